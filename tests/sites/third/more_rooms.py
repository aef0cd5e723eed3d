"""A second handful: streams of several kinds, long archives, days as headings, dates within links, and two sites without releases."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from itertools import groupby

from sites.kit import NOW, Release, Site
from sites.prose import dotted, long_date, month
from sites.skins import Sheet

from .desk import Desk, chunks, e, pdf, short, years

WEEKDAYS_FR = ("Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche")
MRZ = ("Jan", "Feb", "Mrz", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez")


def _article(m: Desk, r: Release) -> str:
    assert r.day
    return f'<div class="text"><p class="stamp">{m.show(r.day)}</p><h1>{e(r.title)}</h1>{m.paras(r)}</div>'


# -- a stream of kinds ---------------------------------------------------------------------------------------------------
def _stream_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{e(s.title)} | {e(m.company)}</title>{s.head}</head><body><header class="gh"><a href="/">{e(m.company)}</a><ul><li><a href="/business">Businesses</a></li><li><a href="/innovation">Innovation</a></li><li><a href="/media">Media</a></li></ul></header><main>{s.main}</main><footer><a href="/legal">Legal</a></footer></body></html>"""


def mixed_stream() -> Site:
    """`Press release`, `Story`, `Event` and `Podcast` in one stream, told by a badge and by the address."""
    m = Desk("mixed_stream", "Brightholm Group", "en", _stream_chrome, _article, section="/media", zone="Europe/London", marks=("og",), press=False)  # fmt: skip
    rels = m.take(12, date(2026, 5, 18), lambda n, d, s: f"/media/press-releases/{s}", gap=(5, 11))
    found = [("Press release", r.title, r.url_path, r.day) for r in rels if r.day]
    found += [
        ("Story", t, u, d) for t, u, d in m.others("blogpost", "/media/stories", 6, (-4, -19, -40, -55))
    ]
    found += [("Event", t, u, d) for t, u, d in m.others("event", "/media/events", 3, (-10, -30, -60))]
    found += [("Podcast", f"Episode {n}: {t}", m.not_a_release(t, f"/media/podcasts/{n}"), NOW.date() - timedelta(days=d)) for n, t, d in ((14, "The sound of copper", 6), (13, "Ports at night", 36))]  # fmt: skip
    found.sort(key=lambda f: f[3], reverse=True)
    cards = "".join(f'<article class="c-card c-card--{k.split()[0].lower()}"><a class="c-card__link" href="{u}"><div class="c-card__media"><img src="/i/{n}.jpg" alt=""></div><p class="c-card__eyebrow"><span class="c-badge">{k}</span><span class="c-card__date">{d.day} {d:%b} {d.year}</span></p><h3 class="c-card__title">{e(t)}</h3></a></article>' for n, (k, t, u, d) in enumerate(found))  # fmt: skip
    m.put(m.section, "Media", f'<h1>Media</h1><div class="chips"><button aria-pressed="true">All</button><button>Press releases</button><button>Stories</button><button>Events</button></div><div class="c-grid">{cards}</div><button>Show more</button>')  # fmt: skip
    return m.site(m.section, rels, zone="Europe/London")


# -- a long archive -------------------------------------------------------------------------------------------------------
def _long_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{e(s.title)}</title>{s.head}</head><body><div id="hd"><a href="/"><b>{e(m.company)}</b></a> <a href="/members.php">Members</a> <a href="/policy.php">Policy</a> <a href="/press.php">Press</a></div><div id="bd">{s.main}</div><div id="ft">Contact: <a href="mailto:office@millers.example">office@millers.example</a></div></body></html>"""


def long_archive() -> Site:
    """Every release since years on one page: `12 May` and the link in list items, the years as headings with anchors."""
    m = Desk("long_archive", "National Association of Millers", "en", _long_chrome, _article, section="/press.php", zone="Europe/London", marks=(), press=False)  # fmt: skip
    rels = m.take(280, date(2026, 5, 15), lambda n, d, s: f"/press.php?release={n}", gap=(3, 9))
    jump = " | ".join(f'<a href="#y{y}">{y}</a>' for y in years(rels))

    def item(r: Release) -> str:
        assert r.day
        return f'<li>{r.day.day} {month(r.day, "en")}: <a href="{r.url_path[1:]}">{e(r.title)}</a></li>'

    body = "".join(f'<h3><a name="y{y}">{y}</a></h3><ul>{"".join(item(r) for r in rows)}</ul>' for y, rows in years(rels).items())  # fmt: skip
    m.put(m.section, "Press releases", f"<h2>Press releases</h2><p>{jump}</p>{body}")
    return m.site(m.section, rels, zone="Europe/London")


# -- a Chinese town ---------------------------------------------------------------------------------------------------------
def _trs_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{e(s.title)}_{e(m.company)}</title><meta name="SiteName" content="{e(m.company)}"/>{s.head}</head><body><div class="header"><a href="/"><img src="/images/logo.png" alt="{e(m.company)}"/></a><ul class="nav"><li><a href="/zwgk/">政务公开</a></li><li><a href="/xwzx/zwyw/">政务要闻</a></li><li><a href="/bsfw/">办事服务</a></li><li><a href="/hdjl/">互动交流</a></li></ul></div><div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/xwzx/">新闻中心</a></div><div class="main">{s.main}</div><div class="footer"><p>主办：{e(m.company)}办公室　网站标识码：0000000001</p><a href="/wzdt/">网站地图</a></div></body></html>"""


def chinese_trs() -> Site:
    """A publishing system's list: the link with a title attribute, `2026-05-12` in a span; dates in the file names too."""
    m = Desk("chinese_trs", "松原市人民政府", "zh", _trs_chrome, _article, section="/xwzx/zwyw/", zone="Asia/Shanghai", show=str, marks=(), press=False, menu=[("政务公开", "/zwgk/", [("机构职能", "/zwgk/jgzn/")])])  # fmt: skip
    rels = m.take(20, date(2026, 5, 20), lambda n, d, s: f"/xwzx/zwyw/{d:%Y%m}/t{d:%Y%m%d}_{1840000 + n * 7}.html", gap=(0, 2))  # fmt: skip
    rows = "".join(f'<li><a href=".{r.url_path.removeprefix("/xwzx/zwyw")}" target="_blank" title="{e(r.title)}">{e(r.title)}</a><span>{r.day}</span></li>' for r in rels)  # fmt: skip
    side = "".join(f'<li><a href="{u}">{t}</a></li>' for t, u in (("部门动态", "/xwzx/bmdt/"), ("通知公告", "/xwzx/tzgg/"), ("图片新闻", "/xwzx/tpxw/")))  # fmt: skip
    m.put(m.section, "政务要闻", f'<div class="left"><h3>新闻中心</h3><ul>{side}</ul></div><div class="right"><div class="tit">政务要闻</div><ul class="list">{rows}</ul><div class="page"><a href="./index_1.html">下一页</a></div></div>')  # fmt: skip
    return m.site(m.section, rels, zone="Asia/Shanghai")


# -- Liferay ------------------------------------------------------------------------------------------------------------------
def _lr_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html class="ltr" dir="ltr" lang="es-ES"><head><title>{e(s.title)} - {e(m.company)}</title><meta charset="utf-8">{s.head}</head><body class="controls-visible yui3-skin-sam signed-out public-page site"><div id="wrapper"><header id="banner"><a class="logo" href="/web/guest"><img alt="{e(m.company)}" src="/image/layout_set_logo"></a><nav id="navigation"><ul role="menubar"><li role="presentation"><a href="/web/guest/clientes" role="menuitem"><span>Clientes</span></a></li><li><a href="/web/guest/sala-de-prensa" role="menuitem"><span>Sala de prensa</span></a></li><li><a href="/web/guest/accionistas" role="menuitem"><span>Accionistas</span></a></li></ul></nav></header><section id="content"><h1 class="hide-accessible">{e(s.title)}</h1>{s.main}</section><footer id="footer"><a href="/web/guest/aviso-legal">Aviso legal</a></footer></div></body></html>"""


def liferay_assets() -> Site:
    """An asset publisher: headline link, summary, `Leer más` with the hidden words `acerca de …`, `12/05/26` last."""
    m = Desk("liferay_assets", "Aguas de Puerto Cañada", "es", _lr_chrome, _article, section="/web/guest/sala-de-prensa", zone="Europe/Madrid", marks=(), press=False)  # fmt: skip
    rels = m.take(20, date(2026, 5, 18), lambda n, d, s: f"/web/guest/-/{s}", gap=(3, 10))

    def row(r: Release) -> str:
        assert r.day
        to = f"{r.url_path}?redirect=%2Fweb%2Fguest%2Fsala-de-prensa"
        return f'<div class="asset-abstract"><h3 class="asset-title"><a href="%%BASE%%{r.url_path}">{e(r.title)}</a></h3><div class="asset-content"><div class="asset-summary">{m.lead(r)}</div><div class="asset-more"><a href="%%BASE%%{r.url_path}">Leer más<span class="hide-accessible"> acerca de {e(r.title)}</span> »</a></div></div><div class="asset-metadata"><span class="metadata-entry metadata-publish-date"><i class="icon-calendar"></i> {r.day.day}/{r.day:%m/%y}</span></div></div><!-- {to} -->'

    pages = list(chunks(rels, 10))
    for n, rows in enumerate(pages):
        m.put(m.section + (f"?_101_INSTANCE_cur={n + 1}" if n else ""), "Sala de prensa", f'<div class="portlet-boundary portlet-asset-publisher"><h2 class="portlet-title">Notas de prensa</h2><div class="portlet-body">{"".join(row(r) for r in rows)}<div class="taglib-page-iterator"><small class="search-results">Mostrando el intervalo 1 - 10 de 20 resultados.</small><ul class="pager lfr-pagination-buttons"><li><a href="?_101_INSTANCE_cur=2">Siguiente</a></li></ul></div></div></div><div class="portlet-boundary portlet-journal-content"><h2>Contacto</h2><p>{m.writer.press_person()}</p></div>')  # fmt: skip
    return m.site(m.section, pages[0], more=rels[10:], zone="Europe/Madrid")


# -- Joomla ---------------------------------------------------------------------------------------------------------------------
def _joomla_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="hu-hu" dir="ltr"><head><meta charset="utf-8"><meta name="generator" content="Joomla! - Open Source Content Management"><title>{e(s.title)}</title>{s.head}</head><body class="site com_content view-category"><header class="header container-header"><div class="navbar-brand"><a class="brand-logo" href="/">{e(m.company)}</a></div><ul class="mod-menu mod-list nav"><li class="nav-item"><a href="/rolunk">Rólunk</a></li><li class="nav-item"><a href="/sajto/kozlemenyek">Közlemények</a></li><li class="nav-item"><a href="/kapcsolat">Kapcsolat</a></li></ul></header><div class="site-grid"><main>{s.main}</main><div class="grid-child container-sidebar-right"><h3>Legolvasottabb</h3><ul class="mostread mod-list"><li><a href="/rolunk/tortenet"><span>Történetünk</span></a></li><li><a href="/rolunk/malom"><span>A malom</span></a></li></ul></div></div><footer><a href="/impresszum">Impresszum</a></footer></body></html>"""


def joomla_table() -> Site:
    """A category as a table: headline in a row's `th`, `2026. május 12.`, author and hits in its cells."""
    m = Desk("joomla_table", "Kőhalom Malom Zrt.", "hu", _joomla_chrome, _article, section="/sajto/kozlemenyek", zone="Europe/Budapest", marks=(), press=False)  # fmt: skip
    rels = m.take(18, date(2026, 5, 14), lambda n, d, s: f"/sajto/kozlemenyek/{n + 80}-{s}", gap=(5, 14))
    rows = "".join(f'<tr class="cat-list-row{n % 2}"><th class="list-title" scope="row"><a href="{r.url_path}">{e(r.title)}</a></th><td class="list-date small">{long_date(r.day, "hu")}</td><td class="list-author">Írta: {m.writer.press_person()}</td><td class="list-hits"><span class="badge bg-info">Találatok: {n * 31 + 12}</span></td></tr>' for n, r in enumerate(rels) if r.day)  # fmt: skip
    m.put(m.section, "Közlemények", f'<div class="com-content-category category-list"><h1>Közlemények</h1><form id="adminForm"><input id="filter-search" placeholder="Cím szűrő"><table class="com-content-category__table category table table-striped"><caption class="visually-hidden">Cikkek</caption><thead><tr><th id="categorylist_header_title"><a href="#">Cím</a></th><th id="categorylist_header_date"><a href="#">Megjelenés dátuma</a></th><th>Szerző</th><th>Találatok</th></tr></thead><tbody>{rows}</tbody></table></form></div>')  # fmt: skip
    return m.site(m.section, rels, zone="Europe/Budapest")


# -- Divi -------------------------------------------------------------------------------------------------------------------------
def _divi_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="en-US"><head><meta charset="UTF-8"/><title>{e(s.title)} | {e(m.company)}</title><meta content="Divi v.4.27" name="generator"/>{s.head}</head><body class="et_pb_pagebuilder_layout et_divi_theme"><div id="page-container"><header id="main-header"><div class="logo_container"><a href="/"><img src="/logo.png" alt="{e(m.company)}" id="logo"/></a></div><nav id="top-menu-nav"><ul id="top-menu"><li class="menu-item"><a href="/programs/">Programs</a></li><li class="menu-item"><a href="/press-room/">Press room</a></li><li class="menu-item"><a href="/give/">Give</a></li></ul></nav></header><div id="et-main-area"><div id="main-content"><div class="entry-content">{s.main}</div></div><footer id="main-footer"><div id="footer-info">{e(m.company)} is a 501(c)(3) organization.</div></footer></div></div></body></html>"""


def divi_blog() -> Site:
    """Divi's blog module: `by Staff | May 12, 2026 | Press`, `read more` in small letters, `« Older Entries`; a donors' slider."""
    m = Desk("divi_blog", "Pinehurst Food Bank", "en", _divi_chrome, _article, section="/press-room/", ending="/", titles="titles_public", zone="America/Chicago", marks=("og",), press=False)  # fmt: skip
    rels = m.take(18, date(2026, 5, 12), lambda n, d, s: f"/{s}/", gap=(5, 13))

    def row(n: int, r: Release) -> str:
        assert r.day
        return f'<article id="post-{5200 - n * 9}" class="et_pb_post clearfix et_pb_blog_item_0_{n} post type-post has-post-thumbnail category-press"><a href="{r.url_path}" class="entry-featured-image-url"><img src="/wp-content/uploads/{n}.jpg" alt="{e(r.title)}"/></a><h2 class="entry-title"><a href="{r.url_path}">{e(r.title)}</a></h2><p class="post-meta">by <span class="author vcard"><a href="/author/staff/" title="Posts by Staff" rel="author">Staff</a></span> | <span class="published">{short(r, "en")} {r.day.day}, {r.day.year}</span> | <a href="/category/press/" rel="tag">Press</a></p><div class="post-content"><div class="post-content-inner"><p>{m.lead(r, 200)}</p></div><a href="{r.url_path}" class="more-link">read more</a></div></article>'

    donors = "".join(f'<div class="et_pb_slide"><h3 class="et_pb_slide_title">{t}</h3><a class="et_pb_more_button" href="/give/">Give today</a></div>' for t in ("Feed a family", "Spring drive: April 3 to May 31"))  # fmt: skip
    for n, rows in enumerate(chunks(rels, 9)):
        m.put(f"{m.section}page/{n + 1}/" if n else m.section, "Press room", f'<div class="et_pb_section et_pb_fullwidth_section"><div class="et_pb_slider"><div class="et_pb_slides">{donors}</div></div></div><div class="et_pb_section"><div class="et_pb_row"><div class="et_pb_column et_pb_column_4_4"><div class="et_pb_module et_pb_blog_0 et_pb_posts"><div class="et_pb_ajax_pagination_container">{"".join(row(i, r) for i, r in enumerate(rows))}<div class="pagination clearfix"><div class="alignleft"><a href="{m.section}page/2/">« Older Entries</a></div></div></div></div></div></div></div>')  # fmt: skip
    return m.site(m.section, rels[:9], more=rels[9:], zone="America/Chicago")


# -- Nuxt 3 -------------------------------------------------------------------------------------------------------------------------
def _nuxt_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="sv" data-capo=""><head><meta charset="utf-8"><title>{e(s.title)}</title>{s.head}<script type="module" src="/_nuxt/entry.js" crossorigin></script></head><body><div id="__nuxt"><header class="sticky"><a href="/" class="router-link-active">{e(m.company)}</a><nav><a href="/resor" class="">Resor</a><a href="/om-oss" class="">Om oss</a><a href="/press" class="router-link-exact-active" aria-current="page">Press</a></nav></header><!--[--><main>{s.main}</main><!--]--><footer><a href="/cookies">Cookies</a></footer></div></body></html>"""


def nuxt_payload() -> Site:
    """Rows drawn by the server with comments between, `ons 13 maj 2026`, and the payload as one flat array of references."""
    m = Desk("nuxt_payload", "Ljungviks Färjor", "sv", _nuxt_chrome, _article, section="/press", zone="Europe/Stockholm", marks=("og",), press=False)  # fmt: skip
    rels = m.take(15, date(2026, 5, 13), lambda n, d, s: f"/press/{s}", gap=(8, 19))
    week = ("mån", "tis", "ons", "tors", "fre", "lör", "sön")
    rows = "".join(f'<!--[--><a href="{r.url_path}" class="row"><div class="row-date">{week[r.day.weekday()]} {r.day.day} {month(r.day, "sv")} {r.day.year}</div><!----><div class="row-title">{e(r.title)}</div><span class="i-arrow" aria-hidden="true"></span></a><!--]-->' for r in rels if r.day)  # fmt: skip
    flat: list[object] = [["ShallowReactive", 1], {"data": 2, "state": 3}, {"press": 4}, {}, [5 + n * 4 for n in range(15)]]  # fmt: skip
    for n, r in enumerate(rels):
        at = 5 + n * 4
        flat += [{"title": at + 1, "slug": at + 2, "date": at + 3}, r.title, r.url_path.split("/")[-1], str(r.day)]  # fmt: skip
    m.put(m.section, "Press", f'<h1>Pressmeddelanden</h1><div class="rows">{rows}</div><section><h2>Presskontakt</h2><p>{m.writer.press_person()}</p><a href="/press/bilder">Pressbilder</a></section><script type="application/json" data-nuxt-data="nuxt-app" data-ssr="true" id="__NUXT_DATA__">{json.dumps(flat)}</script>')  # fmt: skip
    return m.site(m.section, rels, zone="Europe/Stockholm")


# -- Drupal's own formats -----------------------------------------------------------------------------------------------------------
def _dr_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="en" dir="ltr"><head><meta charset="utf-8"/><meta name="Generator" content="Drupal 11 (https://www.drupal.org)"/><title>{e(s.title)} | {e(m.company)}</title>{s.head}</head><body class="path-news"><header role="banner"><div id="block-olivero-site-branding"><a href="/" rel="home">{e(m.company)}</a></div><nav id="block-main-menu"><ul class="menu"><li><a href="/academics">Academics</a></li><li><a href="/admissions">Admissions</a></li><li><a href="/news">News</a></li></ul></nav></header><main><div class="region region--content">{s.main}</div></main><footer><ul class="menu"><li><a href="/contact">Contact</a></li></ul></footer></body></html>"""


def drupal_created() -> Site:
    """Rows of fields as Views writes them: headline, `Thu, 05/14/2026 - 09:00`, a summary, `Read more`; a block of events."""
    m = Desk("drupal_created", "Fort Lindell State College", "en", _dr_chrome, _article, section="/news", titles="titles_public", zone="America/New_York", marks=("og",), press=False)  # fmt: skip
    rels = m.take(20, date(2026, 5, 14), lambda n, d, s: f"/news/{s}", gap=(3, 8), minutes=True)
    rows = "".join(f'<div class="views-row"><div class="views-field views-field-field-image"><div class="field-content"><a href="{r.url_path}" hreflang="en"><img loading="lazy" src="/sites/default/files/styles/{n}.jpg" alt="" class="image-style-thumbnail"/></a></div></div><div class="views-field views-field-title"><span class="field-content"><a href="{r.url_path}" hreflang="en">{e(r.title)}</a></span></div><div class="views-field views-field-created"><span class="field-content"><time datetime="{r.published.isoformat()}">{r.published:%a, %m/%d/%Y - %H:%M}</time></span></div><div class="views-field views-field-body"><div class="field-content"><p>{m.lead(r)}</p></div></div><div class="views-field views-field-view-node"><span class="field-content"><a href="{r.url_path}" hreflang="en">Read more</a></span></div></div>' for n, r in enumerate(rels) if isinstance(r.published, datetime))  # fmt: skip
    events = "".join(f'<div class="views-row"><div class="views-field views-field-title"><span class="field-content"><a href="{u}">{e(t)}</a></span></div><div class="views-field views-field-field-date"><time datetime="{d}T18:00:00-04:00">{d:%a, %m/%d/%Y} - 18:00</time></div></div>' for t, u, d in m.others("event", "/events", 4, (3, 17, 40)))  # fmt: skip
    m.put(m.section, "News", f'<h1 class="title page-title">News</h1><div class="views-element-container"><div class="view view-news view-id-news view-display-id-page_1"><div class="view-content">{rows}</div><nav class="pager"><ul class="pager__items"><li class="pager__item pager__item--next"><a href="?page=1" rel="next">Next ›</a></li></ul></nav></div></div><div class="block block-views block-views-blockevents"><h2>Upcoming events</h2><div class="view view-events"><div class="view-content">{events}</div></div></div>')  # fmt: skip
    return m.site(m.section, rels, zone="America/New_York")


# -- a Swedish town: published and changed --------------------------------------------------------------------------------------------
def _kommun_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>{e(s.title)} - {e(m.company)}</title>{s.head}</head><body><a class="skip" href="#innehall">Till innehåll</a><header><a href="/">{e(m.company)}</a><nav><ul><li><a href="/barn-och-utbildning">Barn och utbildning</a></li><li><a href="/bygga-och-bo">Bygga och bo</a></li><li><a href="/nyhetsarkiv">Nyheter</a></li></ul></nav></header><main id="innehall">{s.main}</main><footer><h2>Kontakta oss</h2><p>Kontaktcenter 000-00 00 00</p><a href="/tillganglighet">Tillgänglighetsredogörelse</a></footer></body></html>"""


def kommun_two_dates() -> Site:
    """Each row tells when it was published and, some, when it was changed later; the first is the day."""
    m = Desk("kommun_two_dates", "Tallberga kommun", "sv", _kommun_chrome, _article, section="/nyhetsarkiv", zone="Europe/Stockholm", marks=(), press=False)  # fmt: skip
    rels = m.take(20, date(2026, 5, 19), lambda n, d, s: f"/nyhetsarkiv/{s}", gap=(1, 5), minutes=True)

    def row(n: int, r: Release) -> str:
        assert isinstance(r.published, datetime)
        d = r.published
        later = d + timedelta(days=1)
        changed = f'<span class="meta__changed">Uppdaterad {later.day} {month(later, "sv")} {later.year}</span>' if n % 3 == 1 else ""  # fmt: skip
        return f'<article class="nyhet"><h2 class="nyhet__rubrik"><a href="{r.url_path}">{e(r.title)}</a></h2><p class="nyhet__ingress">{m.lead(r, 130)}</p><p class="meta"><span class="meta__published">Publicerad {d.day} {month(d, "sv")} {d.year} kl. {d:%H.%M}</span>{changed}</p></article>'

    m.put(m.section, "Nyhetsarkiv", f'<h1>Nyhetsarkiv</h1><div class="filter"><label>Ämne<select><option>Alla</option></select></label></div><div class="nyheter">{"".join(row(n, r) for n, r in enumerate(rels))}</div><nav><a href="{m.section}?sida=2">Visa fler nyheter</a></nav>')  # fmt: skip
    return m.site(m.section, rels, zone="Europe/Stockholm")


# -- today and yesterday ----------------------------------------------------------------------------------------------------------------
def _city_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>{e(s.title)} – {e(m.company)}</title>{s.head}</head><body><header><a href="/">{e(m.company)}</a><nav><a href="/leben">Leben</a><a href="/rathaus">Rathaus</a><a href="/rathaus/presse">Presse</a></nav><div class="weather">18 °C, heiter</div></header>{s.main}<footer><a href="/impressum">Impressum</a></footer></body></html>"""


def relative_days() -> Site:
    """`Heute, 08:30 Uhr` and `Gestern, 16:10 Uhr` above the newest, dates from the day before yesterday on."""
    m = Desk("relative_days", "Stadt Steinfurth", "de", _city_chrome, _article, section="/rathaus/presse", titles="titles_public", marks=("og",), press=False)  # fmt: skip
    rels = m.take(
        25, date(2026, 5, 20), lambda n, d, s: f"/rathaus/presse/{s}-{n}", gap=(1, 3), minutes=False
    )
    hours = ("08:30", "16:10", "10:00", "12:45")

    def told(n: int, d: date) -> str:
        back = (NOW.date() - d).days
        return (
            f"{('Heute', 'Gestern')[back]}, {hours[n % 4]} Uhr"
            if back < 2
            else f"{dotted(d)}, {hours[n % 4]} Uhr"
        )

    rows = "".join(f'<li class="pm"><span class="pm-time">{told(n, r.day)}</span><a class="pm-title" href="{r.url_path}">{e(r.title)}</a></li>' for n, r in enumerate(rels) if r.day)  # fmt: skip
    m.put(m.section, "Presse", f'<main><h1>Pressemitteilungen</h1><ul class="pm-list">{rows}</ul><a href="{m.section}/archiv">Archiv</a><h2>Pressestelle</h2><p>{m.writer.press_person()}</p></main>')  # fmt: skip
    return m.site(m.section, rels)


# -- days as headings ---------------------------------------------------------------------------------------------------------------------
def _pref_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>{e(s.title)} / {e(m.company)}</title>{s.head}</head><body><div id="entete"><a href="/">{e(m.company)}</a></div><ul id="menu"><li><a href="/Actions-de-l-Etat">Actions de l'État</a></li><li><a href="/Publications">Publications</a></li><li><a href="/Presse/Communiques">Communiqués</a></li></ul><div id="contenu">{s.main}</div><div id="pied"><a href="/Plan-du-site">Plan du site</a></div></body></html>"""


def day_headings() -> Site:
    """One heading for each day, `Mardi 12 mai 2026`, with one to three links below."""
    m = Desk("day_headings", "Préfecture de l'Orne-Haute", "fr", _pref_chrome, _article, section="/Presse/Communiques", zone="Europe/Paris", marks=(), press=False)  # fmt: skip
    rels = m.take(26, date(2026, 5, 19), lambda n, d, s: f"/Presse/Communiques/{s.capitalize()}", gap=(0, 3))

    def head(d: date) -> str:
        return f"{WEEKDAYS_FR[d.weekday()]} {'1er' if d.day == 1 else d.day} {month(d, 'fr')} {d.year}"

    body = "".join(f'<h3 class="jour">{head(d)}</h3><ul class="liste">{"".join(f"<li><a href={chr(34)}{r.url_path}{chr(34)}>{e(r.title)}</a></li>" for r in rows)}</ul>' for d, rows in groupby(rels, key=lambda r: r.day or date.min))  # fmt: skip
    m.put(m.section, "Communiqués de presse", f'<h2>Communiqués de presse</h2><p>Service de la communication : 00 00 00 00 00</p>{body}<p><a href="/Presse/Archives">Archives</a></p>')  # fmt: skip
    return m.site(m.section, rels, zone="Europe/Paris")


# -- a German month in three letters --------------------------------------------------------------------------------------------------------
def _kirby_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>{e(s.title)} | {e(m.company)}</title>{s.head}</head><body><header class="header"><a class="logo" href="/">{e(m.company)}</a><nav class="menu"><a href="/programm">Programm</a><a href="/haus">Haus</a><a aria-current="page" href="/presse">Presse</a></nav></header><main class="main">{s.main}</main><footer class="footer"><a href="/impressum">Impressum</a></footer></body></html>"""


def theatre_mrz() -> Site:
    """`12. Mrz 2026` as programmers' tables of months have it; the season's photographs to download below each."""
    m = Desk("theatre_mrz", "Schauspielhaus Lingenau", "de", _kirby_chrome, _article, section="/presse", titles="titles_public", marks=("og",), press=False)  # fmt: skip
    rels = m.take(18, date(2026, 5, 8), lambda n, d, s: f"/presse/{s}", gap=(6, 16))
    rows = "".join(f'<article class="note"><header class="note-header"><a href="{r.url_path}"><h2>{e(r.title)}</h2><time>{r.day.day}. {MRZ[r.day.month - 1]} {r.day.year}</time></a></header><ul class="note-files"><li><a href="/media/presse/{n}-foto.zip">Fotos (ZIP)</a></li></ul></article>' for n, r in enumerate(rels) if r.day)  # fmt: skip
    m.put(m.section, "Presse", f'<h1>Presse</h1><div class="notes">{rows}</div><section><h2>Nächste Premieren</h2><ul><li><a href="/programm/der-deichgraf">Der Deichgraf</a> <time>30. Mai 2026</time></li><li><a href="/programm/platonow">Platonow</a> <time>12. Jun 2026</time></li></ul></section>')  # fmt: skip
    m.bad += ["/programm/der-deichgraf", "/programm/platonow"]
    return m.site(m.section, rels)


# -- American dots ----------------------------------------------------------------------------------------------------------------------------
def _studio_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="en-US"><head><meta charset="utf-8"><title>{e(s.title)} — {e(m.company)}</title>{s.head}</head><body><div class="nav"><a href="/">{e(m.company)}</a><a href="/work">Work</a><a href="/company">Company</a><a href="/news">News</a></div><div class="wrap">{s.main}</div><div class="foot"><a href="/careers">Careers</a><a href="/privacy">Privacy</a></div></body></html>"""


def us_dotted() -> Site:
    """`05.12.26`: month first and dots, as American designers like it; two columns, the headline on the right."""
    m = Desk("us_dotted", "Calloway Rail Partners", "en", _studio_chrome, _article, section="/news", zone="America/New_York", marks=("og",), press=False, show=lambda d: f"{d:%B} {d.day}, {d.year}")  # fmt: skip
    rels = m.take(22, date(2026, 5, 19), lambda n, d, s: f"/news/{s}", gap=(4, 13))
    rows = "".join(f'<div class="news-row"><div class="news-col-date">{r.day:%m.%d.%y}</div><div class="news-col-title"><a href="{r.url_path}">{e(r.title)}</a></div></div>' for r in rels if r.day)  # fmt: skip
    m.put(m.section, "News", f'<h1 class="big">News</h1><div class="news-rows">{rows}</div><p class="press">Press inquiries <a href="mailto:press@calloway.example">press@calloway.example</a></p>')  # fmt: skip
    return m.site(m.section, rels, zone="America/New_York")


# -- the date within the link --------------------------------------------------------------------------------------------------------------------
def _kammer_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>{e(s.title)} - {e(m.company)}</title></head><body><div class="kopf"><a href="/index.html"><img src="/bilder/logo.gif" alt="{e(m.company)}"></a></div><div class="navi"><a href="/kammer.html">Die Kammer</a><a href="/mitglieder.html">Mitglieder</a><a href="/presse.html">Presse</a><a href="/termine.html">Termine</a></div><div class="inhalt">{s.main}</div><div class="fuss"><a href="/impressum.html">Impressum</a></div></body></html>"""


def date_in_link() -> Site:
    """A chamber's PDF list: day, title and size are one link's text, `12.05.2026 – Titel (PDF, 120 KB)`."""
    m = Desk("date_in_link", "Handwerkskammer Mühlengrund", "de", _kammer_chrome, _article, section="/presse.html", ending=".html", titles="titles_public", marks=(), press=False)  # fmt: skip
    rels = m.take(24, date(2026, 5, 13), lambda n, d, s: f"/pdf/presse/{d:%Y}/pm_{n:03d}.pdf", gap=(6, 17))
    for r in rels:
        pdf(m, r.url_path)
    rows = "".join(f'<li class="pdf"><a href="{r.url_path}" target="_blank">{dotted(r.day)} – {e(r.title)} (PDF, {n * 7 + 90} KB)</a></li>' for n, r in enumerate(rels) if r.day)  # fmt: skip
    m.put(m.section, "Presse", f'<h1>Presse</h1><h2>Pressemitteilungen</h2><ul class="downloads">{rows}</ul><h2>Bildmaterial</h2><ul class="downloads"><li class="zip"><a href="{m.not_a_release("Logo", "/pdf/logo.zip")}">Logo der Kammer (ZIP, 800 KB)</a></li></ul>')  # fmt: skip
    return m.site(m.section, rels)


# -- no releases ----------------------------------------------------------------------------------------------------------------------------------
def only_team() -> Site:
    """A practice's people, each with a page, a picture and since when."""
    m = Desk(
        "only_team", "Kanzlei Ellerbrock Graf", "de", _kirby_chrome, _article, section="/team", press=False
    )
    people = (("Dr. Wiebke Harmsdorf", 2011), ("Jost Ellerbrock", 1998), ("Annika Söhnlein", 2019), ("Leopold Graf", 2004), ("Tilda Marquardsen", 2023))  # fmt: skip
    cards = "".join(f'<a class="person" href="{m.not_a_release(p, f"/team/{n}")}"><img src="/p/{n}.jpg" alt="{p}"><h3>{p}</h3><p>Rechtsanwält:in, in der Kanzlei seit {y}</p></a>' for n, (p, y) in enumerate(people))  # fmt: skip
    m.put(
        "/team",
        "Team",
        f'<h1>Unser Team</h1><div class="people">{cards}</div><p>Termine nach Vereinbarung.</p>',
    )
    return m.site("/team", ())


def only_timetables() -> Site:
    """A bus company's timetables as PDFs with the days from which they hold."""
    m = Desk("only_timetables", "Verkehrsbetriebe Oberwalden", "de", _city_chrome, _article, section="/fahrplaene", press=False)  # fmt: skip
    rows = "".join(f'<tr><td>Linie {n}</td><td><a href="{m.not_a_release(f"Linie {n}", f"/fahrplaene/linie-{n}.pdf")}">{a} – {b}</a></td><td>gültig ab {d}</td></tr>' for n, a, b, d in ((1, "Bahnhof", "Klinikum", "14.12.2025"), (2, "Markt", "Industriepark Süd", "14.12.2025"), (4, "Bahnhof", "Oberwalden Dorf", "01.03.2026"), (7, "Schulzentrum", "Freibad", "01.05.2026"), (9, "Markt", "Friedhof", "14.12.2025")))  # fmt: skip
    m.put("/fahrplaene", "Fahrpläne", f'<main><h1>Fahrpläne</h1><table><thead><tr><th>Linie</th><th>Strecke</th><th>Gültigkeit</th></tr></thead><tbody>{rows}</tbody></table><p>Störungen: derzeit keine.</p></main>')  # fmt: skip
    return m.site("/fahrplaene", ())


SITES = (mixed_stream, long_archive, chinese_trs, liferay_assets, joomla_table, divi_blog, nuxt_payload, drupal_created, kommun_two_dates, relative_days, day_headings, theatre_mrz, us_dotted, date_in_link, only_team, only_timetables)  # fmt: skip
