"""WordPress in three builders: a Gutenberg query loop, Elementor (Italian, from the home page), Divi (Spanish)."""

from __future__ import annotations

from datetime import date
from html import escape as esc

from sites.kit import Release, Site
from sites.prose import long_date, month

from .desk import Desk, on


def wp_query_loop() -> Site:
    """A Dutch cooperative on a block theme: the query loop of one category, a second loop of tips below it."""
    d = Desk("wp_query_loop", "Coöperatie Zonneveld", "nl")
    both = d.write(d.days(14, date(2026, 5, 13), 15), lambda n, s, day: f"/{day:%Y/%m}/{s}/")
    found, more = both[:9], both[9:]
    tips = d.some("blogpost", 3, "/2026/05/{slug}/")
    menu = "".join(
        f'<li class="wp-block-navigation-item has-child wp-block-navigation-submenu"><a class="wp-block-navigation-item__content"><span>{g}</span></a><ul class="wp-block-navigation__submenu-container">{"".join(f"<li><a href={p!r}>{esc(t)}</a></li>" for p, t in ls)}</ul></li>'
        for g, ls in d.menu("/{slug}/")
    )

    def frame(title: str, inner: str) -> str:
        return f"""<!DOCTYPE html><html lang="nl-NL"><head><meta charset="UTF-8"><title>{esc(title)} – Coöperatie Zonneveld</title><meta name="generator" content="WordPress 6.8"></head><body class="archive category category-pers wp-embed-responsive"><div class="wp-site-blocks"><header class="wp-block-template-part"><ul class="wp-block-navigation__container">{menu}</ul></header><main class="wp-block-group is-layout-flow">{inner}</main><footer class="wp-block-template-part"><p>Zonneveld · sinds 1926</p></footer></div></body></html>"""

    def post(path: str, title: str, day: date, deck: str, category: str) -> str:
        return f"""<li class="wp-block-post post type-post status-publish format-standard hentry category-{category}"><figure class="wp-block-post-featured-image"><a href="%%BASE%%{path}"><img src="/wp-content/uploads/x.jpg" alt="{esc(title)}"></a></figure><h2 class="wp-block-post-title"><a href="%%BASE%%{path}" target="_self">{esc(title)}</a></h2><div class="wp-block-post-excerpt"><p class="wp-block-post-excerpt__excerpt">{esc(deck)} </p></div><div class="wp-block-post-date"><time datetime="{day}T10:00:00+02:00"><a href="%%BASE%%{path}">{long_date(day, "nl")}</a></time></div></li>"""

    def listed(part: tuple[Release, ...]) -> str:
        loop = "".join(post(r.url_path, r.title, on(r), r.deck, "pers") for r in part)
        second = "".join(
            post(p, t, date(2026, 5, 2 + n), "Tips voor thuis.", "tips") for n, (p, t) in enumerate(tips)
        )
        return frame(
            "Persberichten",
            f'<h1 class="wp-block-query-title">Persberichten</h1><div class="wp-block-query"><ul class="wp-block-post-template columns-3">{loop}</ul><nav class="wp-block-query-pagination"><a href="/category/pers/page/2/" class="wp-block-query-pagination-next">Volgende pagina</a></nav></div><h2>Tips voor thuis</h2><div class="wp-block-query"><ul class="wp-block-post-template columns-3">{second}</ul></div>',
        )

    d.put("/category/pers/", listed(found))
    d.put("/category/pers/page/2/", listed(more))
    d.articles(
        both,
        frame,
        lambda r: (
            f'<h1 class="wp-block-post-title">{esc(r.title)}</h1><div class="wp-block-post-date"><time datetime="{on(r)}T10:00:00+02:00">{long_date(on(r), "nl")}</time></div><div class="entry-content wp-block-post-content">{d.text(r)}</div>'
        ),
    )
    return d.done(frame, "/category/pers/", found, more=more, zone="Europe/Amsterdam")


def elementor_home() -> Site:
    """An Italian shipyard given by its home page; the list is an Elementor posts widget, the menu leads there."""
    d = Desk("elementor_home", "Cantieri Bellariva", "it")
    found = d.write(d.days(9, date(2026, 5, 8), 25), lambda n, s, day: f"/{s}/")
    menu = "".join(
        f'<li class="menu-item menu-item-has-children"><a href="#" class="elementor-item">{g}</a><ul class="sub-menu elementor-nav-menu--dropdown">{"".join(f"<li><a href={p!r} class=elementor-sub-item>{esc(t)}</a></li>" for p, t in ls)}</ul></li>'
        for g, ls in d.menu("/{group}/{slug}/")
    )
    boats = "".join(
        f'<div class="elementor-widget-image-box"><a href="{d.other(f"/barche/b{n}/", f"Barca B{n}")}"><figure></figure><h3 class="elementor-image-box-title">B{n}</h3></a><p class="elementor-image-box-description">{n} metri, varata nel 202{n % 6}</p></div>'
        for n in range(8, 14)
    )
    fairs = "".join(
        f'<div class="elementor-icon-box-wrapper"><h4><a href="{p}">{esc(t)}</a></h4><p>{n + 4} giugno 2026</p></div>'
        for n, (p, t) in enumerate(d.some("event", 3, "/eventi/{slug}/"))
    )

    def frame(title: str, inner: str) -> str:
        return f"""<!DOCTYPE html><html lang="it-IT"><head><meta charset="UTF-8"><title>{esc(title)} - Cantieri Bellariva</title></head><body class="elementor-default elementor-kit-7"><div data-elementor-type="header"><ul class="elementor-nav-menu">{menu}<li class="menu-item"><a href="/comunicati-stampa/" class="elementor-item">Comunicati stampa</a></li></ul></div>{inner}<div data-elementor-type="footer"><h5>Eventi</h5>{fairs}<p>P. IVA 00000000000</p></div></body></html>"""

    def posts(part: tuple[Release, ...], skin: str) -> str:
        return (
            f'<div class="elementor-widget elementor-widget-posts" data-widget_type="posts.{skin}"><div class="elementor-posts-container elementor-posts elementor-posts--skin-{skin} elementor-grid">'
            + "".join(
                f"""<article class="elementor-post elementor-grid-item post-{n + 40} post type-post"><a class="elementor-post__thumbnail__link" href="%%BASE%%{r.url_path}" tabindex="-1"><div class="elementor-post__thumbnail"><img src="/u.jpg" alt=""></div></a><div class="elementor-post__text"><h3 class="elementor-post__title"><a href="%%BASE%%{r.url_path}">\n\t\t\t{esc(r.title)}\t\t</a></h3><div class="elementor-post__meta-data"><span class="elementor-post-date">\n{on(r).day} {month(on(r), "it").capitalize()} {on(r).year}</span><span class="elementor-post-avatar">Nessun commento</span></div><div class="elementor-post__excerpt"><p>{esc(r.deck)}</p></div><a class="elementor-post__read-more" href="%%BASE%%{r.url_path}" aria-label="Leggi {esc(r.title)}">Leggi tutto »</a></div></article>"""
                for n, r in enumerate(part)
            )
            + "</div></div>"
        )

    d.put(
        "/",
        frame(
            "Home",
            f'<section class="elementor-section"><h1 class="elementor-heading-title">Barche per il lavoro</h1><div class="boats">{boats}</div></section><section class="elementor-section"><h2 class="elementor-heading-title">News</h2>{posts(found[:3], "cards")}</section>',
        ),
    )
    d.put(
        "/comunicati-stampa/",
        frame(
            "Comunicati stampa",
            f'<section class="elementor-section"><h1 class="elementor-heading-title">Comunicati stampa</h1>{posts(found, "classic")}</section>',
        ),
    )
    d.articles(
        found,
        frame,
        lambda r: (
            f'<div data-elementor-type="single-post"><h1 class="elementor-heading-title">{esc(r.title)}</h1><ul class="elementor-post-info"><li><time>{long_date(on(r), "it")}</time></li></ul><div class="elementor-widget-theme-post-content">{d.text(r)}</div></div>'
        ),
    )
    return d.done(frame, "/", found, listing="/comunicati-stampa/", zone="Europe/Rome")


def divi_spanish() -> Site:
    """A Spanish wine board on Divi: `por admin | 12 mayo, 2026 | Categoría` under each title, counters in the side bar."""
    d = Desk("divi_spanish", "Consejo de Almenar", "es")
    found = d.write(d.days(8, date(2026, 5, 11), 22), lambda n, s, day: f"/notas-de-prensa/{s}/")
    menu = "".join(
        f'<li class="menu-item-has-children"><a href="#">{g}</a><ul class="sub-menu">{"".join(f"<li><a href={p!r}>{esc(t)}</a></li>" for p, t in ls)}</ul></li>'
        for g, ls in d.menu("/{slug}/")
    )
    recent = "".join(
        f'<li><a href="{p}">{esc(t)}</a></li>' for p, t in d.some("blogpost", 3, "/blog/{slug}/")
    )
    months = "".join(
        f"<li><a href='{d.other(f'/2026/0{n}/', f'2026-0{n}')}'>{('', 'enero', 'febrero', 'marzo', 'abril', 'mayo')[n]} 2026</a>&nbsp;({n})</li>"
        for n in (5, 4, 3)
    )

    def frame(title: str, inner: str) -> str:
        return f"""<!DOCTYPE html><html lang="es"><head><meta charset="UTF-8"><title>{esc(title)} | Consejo de Almenar</title></head><body class="et_pb_button_helper_class et_fixed_nav et_right_sidebar et_divi_theme"><div id="page-container"><header id="main-header"><ul id="top-menu" class="nav">{menu}</ul></header><div id="et-main-area"><div id="main-content"><div class="container"><div id="content-area" class="clearfix"><div id="left-area">{inner}</div><div id="sidebar"><div class="et_pb_widget widget_recent_entries"><h4 class="widgettitle">Blog</h4><ul>{recent}</ul></div><div class="et_pb_widget widget_archive"><h4 class="widgettitle">Archivos</h4><ul>{months}</ul></div></div></div></div></div><footer id="main-footer">Diseñado por nosotros</footer></div></div><div id="cookie-law-info-bar">Usamos cookies.</div></body></html>"""

    posts = "".join(
        f"""<article id="post-{900 - n}" class="et_pb_post post-{900 - n} post type-post"><a class="entry-featured-image-url" href="%%BASE%%{r.url_path}"><img src="/x.jpg" alt="{esc(r.title)}" width="1080"></a><h2 class="entry-title"><a href="%%BASE%%{r.url_path}">{esc(r.title)}</a></h2><p class="post-meta"> por <span class="author vcard"><a href="/author/admin/" rel="author">admin</a></span> | <span class="published">{on(r).day} {month(on(r), "es")}, {on(r).year}</span> | <a href="/category/notas/" rel="category tag">Notas de prensa</a></p>{esc(r.deck)}</article>"""
        for n, r in enumerate(found)
    )
    d.other("/author/admin/", "admin")
    d.other("/category/notas/", "Notas de prensa")
    d.put("/notas-de-prensa/", frame("Notas de prensa", posts))
    d.articles(
        found,
        frame,
        lambda r: (
            f'<article class="et_pb_post"><div class="et_post_meta_wrapper"><h1 class="entry-title">{esc(r.title)}</h1><p class="post-meta"><span class="published">{long_date(on(r), "es")}</span></p></div><div class="entry-content">{d.text(r)}</div></article>'
        ),
    )
    return d.done(frame, "/notas-de-prensa/", found, zone="Europe/Madrid")


SITES = (wp_query_loop, elementor_home, divi_spanish)
