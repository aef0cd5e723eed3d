"""English rooms: a charity and two US issuers on hosted widgets."""

from __future__ import annotations

from datetime import date
from html import escape as esc
from zoneinfo import ZoneInfo

from sites.kit import Release, Site
from sites.prose import long_date, us_date

from .desk import Desk, at_times, minute, on

NEW_YORK = ZoneInfo("America/New_York")


def uk_charity() -> Site:
    """A charity's media centre on Drupal views: cards with topic and date, campaigns and fundraising runs around."""
    d = Desk("uk_charity", "Kettlewick Lantern Fund", "en", "titles_public")
    both = d.write(
        d.days(18, date(2026, 5, 19), 7), lambda n, s, day: f"/about-us/media-centre/press-releases/{s}"
    )
    found, more = both[:12], both[12:]
    menu = "".join(
        f'<li class="menu-item menu-item--expanded"><span>{g}</span><ul class="menu">{"".join(f"<li><a href={p!r} data-drupal-link-system-path=node/1>{esc(t)}</a></li>" for p, t in ls)}</ul></li>'
        for g, ls in d.menu("/{group}/{slug}")
    )
    runs = "".join(
        f'<div class="views-row"><article class="node node--type-event"><h3><a href="{p}">{esc(t)}</a></h3><div class="field--name-field-when">{n + 6} June 2026, 10am</div></article></div>'
        for n, (p, t) in enumerate(d.some("event", 4, "/get-involved/events/{slug}"))
    )
    blogs = "".join(
        f'<div class="views-row"><article class="node node--type-blog"><h3><a href="{p}">{esc(t)}</a></h3><div class="byline">By Sam · {n + 2} May 2026</div></article></div>'
        for n, (p, t) in enumerate(d.some("blogpost", 3, "/blog/{slug}"))
    )

    def frame(title: str, inner: str) -> str:
        return f"""<!DOCTYPE html><html lang="en" dir="ltr"><head><meta charset="utf-8"><meta name="Generator" content="Drupal 10"><title>{esc(title)} | Kettlewick Lantern Fund</title></head><body class="path-media"><a class="visually-hidden focusable skip-link" href="#main">Skip</a>
<div class="dialog-off-canvas-main-canvas"><header><div class="donate"><a href="/donate">Donate £10</a></div><ul class="menu">{menu}</ul></header><main><div class="region region-content">{inner}</div></main>
<div class="region region-after"><div class="block block-views"><h2>Take part</h2>{runs}</div><div class="block block-views"><h2>Blog</h2>{blogs}</div></div><footer>Registered charity 000000</footer></div></body></html>"""

    def listed(part: tuple[Release, ...]) -> str:
        rows = "".join(
            f"""<div class="col-md-4 views-row"><div class="card card--press"><div class="card__image"><a href="{r.url_path}" tabindex="-1" aria-hidden="true"><img src="/p{n}.jpg" alt=""></a></div><div class="card__content"><div class="card__topic"><a href="/topic/{n % 2}">{("Housing", "Health")[n % 2]}</a></div><h3 class="card__title"><a href="{r.url_path}"><span class="field field--name-title">{esc(r.title)}</span></a></h3><div class="card__date"><time datetime="{on(r)}T11:00:00Z" class="datetime">{long_date(on(r), "en")}</time></div><div class="card__summary"><p>{esc(r.deck)}</p></div></div></div></div>"""
            for n, r in enumerate(part)
        )
        return frame(
            "Media centre",
            f'<h1>Media centre</h1><p>Call our press officer, {d.writer.press_person()}, out of hours too.</p><div class="view view-press view-id-press"><div class="view-filters"><select><option>- Any topic -</option></select></div><div class="view-content row">{rows}</div><nav class="pager"><ul><li class="pager__item"><a href="?page=1" rel="next">Next ›</a></li></ul></nav></div>',
        )

    for n, t in enumerate(("Housing", "Health")):
        d.other(f"/topic/{n}", t)
    d.other("/donate", "Donate")
    d.put("/about-us/media-centre", listed(found))
    d.put("/about-us/media-centre?page=1", listed(more))
    d.articles(
        both,
        frame,
        lambda r: (
            f'<article class="node--type-press-release"><h1>{esc(r.title)}</h1><time datetime="{on(r)}T11:00:00Z">{long_date(on(r), "en")}</time><div class="text-formatted">{d.text(r)}</div></article>'
        ),
    )
    return d.done(frame, "/about-us/media-centre", found, more=more, zone="Europe/London")


def us_nir_table() -> Site:
    """A US issuer on a hosted IR platform: `nir-widget` table with date and headline, year select, PDF links, events."""
    d = Desk("us_nir_table", "Calderon Turbines Inc.", "en")
    found = d.write(
        at_times(d.days(10, date(2026, 5, 14), 20), d.dice, NEW_YORK),
        lambda n, s, day: f"/news-releases/news-release-details/{s}",
        decks=False,
    )
    menu = "".join(
        f'<li class="nir-nav"><a href="#">{g}</a><ul>{"".join(f"<li><a href={p!r}>{esc(t)}</a></li>" for p, t in ls)}</ul></li>'
        for g, ls in d.menu("/{group}/{slug}")
    )
    events = "".join(
        f'<tr><td class="nir-widget--field nir-widget--event--date">Jun {n + 9}, 2026 at 9:00 AM EDT</td><td class="nir-widget--event--title"><a href="{p}">{esc(t)}</a></td></tr>'
        for n, (p, t) in enumerate(d.some("event", 3, "/events/event-details/{slug}"))
    )
    files = "".join(
        f'<li><a href="{p}">{esc(t)}</a> <small>05/0{n + 1}/26</small></li>'
        for n, (p, t) in enumerate(d.some("report", 5, "/static-files/{n}c2a-{slug}"))
    )

    def frame(title: str, inner: str) -> str:
        return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{esc(title)} | Calderon Turbines Inc.</title></head><body class="nir-theme"><div id="block-quote">NASDAQ: CTBX $31.07 -0.22 Volume 1,204,511 May 19, 2026 4:00 PM EDT</div><ul>{menu}</ul>
<div class="layout-content">{inner}<div class="box"><h2>Email Alerts</h2><form><label><input type="checkbox"> Press Release</label><label><input type="checkbox"> End of Day Stock Quote</label></form></div></div><div class="quick-links"><h3>SEC Filings</h3><ul>{files}</ul></div></body></html>"""

    rows = "".join(
        f"""<tr><td class="nir-widget--field nir-widget--news--date-time">{us_date(on(r))} at {minute(r):%I:%M %p %Z}</td><td><div class="nir-widget--field nir-widget--news--headline"><a href="{r.url_path}" hreflang="en">{esc(r.title)}</a></div><div class="nir-widget--field nir-widget--news--documents"><a href="/node/{18200 - n}/pdf" title="{esc(r.title)}">PDF Version</a></div></td></tr>"""
        for n, r in enumerate(found)
    )
    for n in range(len(found)):
        d.put(f"/node/{18200 - n}/pdf", frame("PDF", "<p>PDF</p>"))
    options = "".join(f'<option value="{y}">{y}</option>' for y in ("- Any -", 2026, 2025, 2024))
    d.put(
        "/news-releases",
        frame(
            "News Releases",
            f'<h1>News Releases</h1><div class="nir-widget nir-widget--news"><div class="nir-widget--content"><form class="widget-form"><select name="year">{options}</select></form><table class="nirtable news collapse-table"><thead><tr><th>Date</th><th>Title and Summary</th></tr></thead><tbody>{rows}</tbody></table></div></div><div class="nir-widget nir-widget--event"><h2>Upcoming Events</h2><table class="nirtable">{events}</table></div>',
        ),
    )
    d.articles(
        found,
        frame,
        lambda r: (
            f'<div class="node__content"><div class="ndq-date">{us_date(on(r))}</div><h1>{esc(r.title)}</h1><div class="xn-content">{d.text(r)}</div><p>Forward-looking statements involve risks.</p></div>'
        ),
    )
    return d.done(frame, "/news-releases", found, zone="America/New_York")


def us_wire_items() -> Site:
    """A US company whose `wd_item` list leads to the wire's own host; beside it a list of coverage by others."""
    d = Desk("us_wire_items", "Hollis & Vane Corp.", "en")
    found = d.write(
        d.days(12, date(2026, 5, 19), 14),
        lambda n, s, day: f"%%WIRE%%/news-releases/{s}-3027{81155 - n * 411}.html",
    )
    menu = "".join(
        f'<div class="wd_nav"><a>{g}</a><div>{"".join(f"<a href={p!r}>{esc(t)}</a>" for p, t in ls)}</div></div>'
        for g, ls in d.menu("/{group}/{slug}")
    )
    cover = "".join(
        f'<div class="coverage_row"><a href="https://www.gazette{n}.example/business/{n}">{t} profiled</a><span>The {t} Gazette, May {n + 1}, 2026</span></div>'
        for n, t in enumerate(("Harrowby", "Ashcombe", "Kettlewick"))
    )
    blog = "".join(
        f'<a class="story" href="{p}"><b>{esc(t)}</b><i>April {n + 11}, 2026</i></a>'
        for n, (p, t) in enumerate(d.some("blogpost", 4, "/stories/{slug}"))
    )

    def frame(title: str, inner: str) -> str:
        return f"""<!DOCTYPE html><html lang="en-US"><head><meta charset="utf-8"><title>{esc(title)} - Hollis &amp; Vane</title></head><body><div class="wd_header">{menu}</div><div class="wd_layout"><div class="wd_main">{inner}</div><div class="wd_side"><h3>In the news</h3>{cover}<h3>Stories</h3>{blog}</div></div><div id="onetrust-banner-sdk">We value your privacy</div></body></html>"""

    items = "".join(
        f"""<li class="wd_item"><div class="wd_item_wrapper"><div class="wd_date">{us_date(on(r))}</div><div class="wd_title"><a href="{r.url_path}" target="_blank">{esc(r.title)}</a></div><div class="wd_subtitle"></div><div class="wd_summary"><p>{esc(r.deck)}</p></div></div></li>"""
        for r in found
    )
    d.put(
        "/news",
        frame(
            "News",
            f'<h1>Press Releases</h1><div class="wd_newsfeed_releases"><ul class="wd_layout-simple wd_item_list">{items}</ul></div>',
        ),
    )

    def wire(title: str, inner: str) -> str:
        return f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{esc(title)}</title></head><body><header>News by the invented wire</header><article>{inner}</article><aside>More releases in Machinery</aside></body></html>"

    d.articles(
        found,
        wire,
        lambda r: (
            f'<h1>{esc(r.title)}</h1><p class="mb-no">{us_date(on(r))}, 08:30 ET</p><p>HARROWBY, {us_date(on(r))} /InventedWire/ --</p>{d.text(r)}'
        ),
    )
    return d.done(frame, "/news", found, zone="America/New_York")


SITES = (uk_charity, us_nir_table, us_wire_items)
