"""Investor rooms as their hosts write them: Q4, Nasdaq's Drupal rooms, Equisolve, newsHQ, wire services' company pages."""

from __future__ import annotations

from datetime import date, datetime

from sites.kit import Release, Site
from sites.prose import us_date
from sites.skins import Sheet, json_ld

from .desk import Desk, chunks, e, pdf, rss, short, years

NY = "America/New_York"


# -- Q4 Inc: ASP.NET pages with modules ---------------------------------------------------------------------------
def _q4_chrome(m: Desk, s: Sheet) -> str:
    menu = "".join(
        f'<li class="level1 has-children"><a href="{at}" class="nav-link"><span>{e(name)}</span></a><ul class="level2">'
        + "".join(f'<li><a href="{u}">{e(t)}</a></li>' for t, u in links)
        + "</ul></li>"
        for name, at, links in m.navigation()
    )
    return f"""<!DOCTYPE html><html lang="en-US"><head><meta charset="utf-8"><meta name="generator" content="Q4 Web CMS"><title>{e(m.company)} - {e(s.title)}</title>
<link rel="canonical" href="%%BASE%%{e(s.path)}"><link rel="stylesheet" href="/files/css/global.css"><script src="/js/q4.core.min.js"></script>{s.head}</head>
<body class="BodyBackground"><form method="post" action="./default.aspx" id="litForm"><div class="aspNetHidden"><input type="hidden" name="__VIEWSTATE" value="/wEPDwUKLTM5"></div>
<div class="PageDesktop"><a class="skip-link" href="#maincontent">Skip to main content</a><header class="layout_header"><div class="module-logo"><a href="/"><img src="/files/design/logo.svg" alt="{e(m.company)} logo"></a></div>
<nav class="nav nav--main"><ul class="level1">{menu}</ul></nav><div class="module-stock"><span class="stock_symbol">NYSE: LRKM</span> <span class="stock_price">$41.07</span> <span class="stock_date">May 19, 2026 4:02 PM</span></div></header>
<div class="PaneBanner"><h1 class="module-page-title">{e(s.title)}</h1></div><div id="maincontent" class="layout_content"><section class="PaneContent">{s.main}</section><aside class="PaneRight">
<div class="module module-ir-contact"><h2 class="module_title">Investor Contact</h2><p>Investor Relations<br><a href="mailto:ir@larkmoor.example">ir@larkmoor.example</a></p></div>
<div class="module module-quick-links"><h2>Quick Links</h2><ul><li><a href="/financials/sec-filings/default.aspx">SEC Filings</a></li><li><a href="/resources/email-alerts/default.aspx">Email Alerts</a></li><li><a href="/rss/pressrelease.aspx">RSS News Feed</a></li></ul></div></aside></div>
<footer class="layout_footer"><ul><li><a href="/privacy/default.aspx">Privacy</a></li><li><a href="/sitemap/default.aspx">Site Map</a></li></ul><p>&copy; 2026 {e(m.company)}. <a href="https://q4host.example">Powered By Q4 Inc. 5.141.0.2</a></p></footer></div></form></body></html>"""


def _q4_article(m: Desk, r: Release) -> str:
    assert r.day
    return f"""<div class="module module-details module-news-details"><div class="module_container module_container--content"><div class="module_date-time"><span class="module_date-text">{r.day:%m/%d/%Y}</span></div>
<h2 class="module_title"><span class="ModuleTitle">{e(r.title)}</span></h2><div class="module_links"><a href="/files/doc_news/{r.day.year}/{r.url_path.split("/")[-2].lower()}.pdf" class="module_link" target="_blank">Download this Press Release <span class="sr-only">(opens in new window)</span></a></div>
<div class="module_body"><div class="q4default">{m.paras(r)}<p><strong>About {e(m.company)}</strong></p><p>{e(m.writer.about())}</p></div></div></div>
<div class="module_back"><a href="/investors/news/press-releases/default.aspx">Back to Press Releases</a></div></div>"""


def q4_larkmoor() -> Site:
    """The year is a drop-down that posts back; each release has its headline, its date above and a PDF beside."""
    m = Desk("q4_larkmoor", "Larkmoor Materials, Inc.", "en", _q4_chrome, _q4_article, section="/investors/news/press-releases/default.aspx", ending="/default.aspx", zone=NY, marks=())  # fmt: skip

    def path(n: int, day: date, name: str) -> str:
        return f"/investors/news/press-releases/press-release-details/{day.year}/{name.title()}/default.aspx"

    rels = m.take(26, date(2026, 5, 14), path, gap=(4, 6))
    this = [r for r in rels if r.day and r.day.year == 2026]
    rest = [r for r in rels if r not in this]

    def item(n: int, r: Release) -> str:
        assert r.day
        doc = pdf(m, f"/files/doc_news/{r.day.year}/{r.url_path.split('/')[-2].lower()}.pdf")
        m.bad.append(doc)
        return f"""<div class="module_item{" module_item--alt" if n % 2 else ""}"><div class="module_item-wrap"><div class="module_date-time"><span class="module_date-text">{r.day:%m/%d/%Y}</span></div>
<div class="module_headline"><a class="module_headline-link" href="{r.url_path}">{e(r.title)}</a></div><div class="module_links"><ul class="module_attachments"><li><a href="{doc}" target="_blank" class="module_link-pdf"><span class="module_link-text">Download PDF</span></a></li></ul></div></div></div>"""

    def listing(rows: list[Release]) -> str:
        opts = "".join(f'<option value="{y}">{y}</option>' for y in (2026, 2025, 2024))
        return (
            f'<div class="module module-news"><h2 class="module_title sr-only">Press Releases</h2><div class="module_options"><label for="yr">Year</label><select id="yr" name="ctl00$ctl05$ddlYear" onchange="javascript:setTimeout(\'__doPostBack(\\\'ctl00$ctl05$ddlYear\\\',\\\'\\\')\', 0)" class="dropdown module_options-select">{opts}</select></div>'
            f'<div class="module_container module_container--outer">{"".join(item(n, r) for n, r in enumerate(rows))}</div></div>'
        )

    m.put(m.section, "Press Releases", listing(this))
    m.put("/", "Investor Overview", '<div class="module-hero"><h2>Materials that last</h2></div><div class="module module-news-preview"><h2 class="module_title">Latest News</h2>' + "".join(item(n, r) for n, r in enumerate(this[:3])) + f'<div class="module_all"><a href="{m.section}">View all Press Releases</a></div></div>' + m.section_of("events", m.rows(m.others("event", "/investors/events/event-details/2026", 2, (9, 30), "/default.aspx"), "cards", "module_item"), "module module-event"))  # fmt: skip
    rss(m, rels[:20], "/rss/pressrelease.aspx", m.section)
    return m.site("/", this, more=rest, listing=m.section, zone=NY)


# -- Nasdaq IR: Drupal with nir widgets ---------------------------------------------------------------------------
def _nir_chrome(m: Desk, s: Sheet) -> str:
    menu = "".join(
        f'<li class="menu-item menu-item--expanded"><a href="{at}" data-drupal-link-system-path="node/{n}6">{e(name)}</a><ul class="menu">{"".join(f"<li class=menu-item><a href={chr(34)}{u}{chr(34)}>{e(t)}</a></li>" for t, u in links)}</ul></li>'
        for n, (name, at, links) in enumerate(m.navigation())
    )
    return f"""<!DOCTYPE html><html lang="en" dir="ltr" prefix="og: https://ogp.me/ns#"><head><meta charset="utf-8"/><meta name="Generator" content="Drupal 10 (https://www.drupal.org)"/><title>{e(s.title)} | {e(m.company)}</title><link rel="canonical" href="%%BASE%%{e(s.path)}"/>{s.head}</head>
<body class="html not-front not-logged-in one-sidebar"><div class="dialog-off-canvas-main-canvas" data-off-canvas-main-canvas><header class="header"><div class="region region-header"><a href="/" rel="home" class="site-logo"><img src="/themes/custom/logo.png" alt="Home"></a></div><nav role="navigation" aria-labelledby="block-main-menu" class="block block-menu navigation"><ul class="menu">{menu}</ul></nav></header>
<div role="main" class="main-container"><a id="main-content" tabindex="-1"></a><div class="region region-content"><h1 class="page-header"><span>{e(s.title)}</span></h1>{s.main}</div></div>
<footer role="contentinfo"><div class="region region-footer"><h2>Investor tools</h2><ul><li><a href="/rss-feeds">RSS</a></li><li><a href="/email-alerts">Email alerts</a></li><li><a href="/contact-ir">Contact IR</a></li></ul><p>© 2026 {e(m.company)}</p></div></footer></div></body></html>"""


def _nir_article(m: Desk, r: Release) -> str:
    assert isinstance(r.published, datetime)
    return f"""<article role="article" class="node node--type-nir-news node--view-mode-full"><div class="node__content"><div class="nir-widget--field nir-widget--news--date-time">{us_date(r.published)} at {r.published:%I:%M %p} EDT</div>
<div class="nir-widget--news--accordion-wrapper"><a href="/node/{len(r.url_path) * 97}/pdf">PDF Version</a></div><div class="xn-content"><p>{e(m.writer.home.upper())}, {us_date(r.published)} /PRWire/ --</p>{m.paras(r)}<p>Source: {e(m.company)}</p></div></div></article>"""


def nasdaq_ir() -> Site:
    """A Drupal view inside an IR widget: the date is a field, the headline another; a pager and a year form."""
    m = Desk("nasdaq_ir", "Ostrander Therapeutics", "en", _nir_chrome, _nir_article, section="/news-events/news-releases", zone=NY, marks=("og",))  # fmt: skip
    rels = m.take(34, date(2026, 5, 18), lambda n, d, s: f"/news-releases/news-release-details/{s[:60].strip('-')}-{n}", minutes=True)  # fmt: skip

    def row(r: Release) -> str:
        assert r.day
        return f"""<article role="article" class="node node--nir-news--nir-widget-list node--type-nir-news node--view-mode-nir-widget-list node--promoted"><div class="node__content">
<div class="nir-widget--field nir-widget--news--date-time">{us_date(r.day)}</div><div class="nir-widget--field nir-widget--news--headline"><a href="{r.url_path}" hreflang="en">{e(r.title)}</a></div>
<div class="nir-widget--field nir-widget--news--teaser">{m.lead(r, 140)} <a class="more" href="{r.url_path}">Read More</a></div></div></article>"""

    pages = list(chunks(rels, 10))
    for n, rows in enumerate(pages):
        pager = "".join(f'<li class="pager__item"><a href="?page={i}" title="Go to page {i + 1}"><span class="visually-hidden">Page</span>{i + 1}</a></li>' for i in range(len(pages)))  # fmt: skip
        form = '<form class="widget-form" method="get" id="widget-form-base"><label for="edit-year">Select year:</label><select name="year" id="edit-year"><option value="_none">All Years</option><option value="2026">2026</option><option value="2025">2025</option></select><input type="submit" value="Filter"></form>'
        main = f'<div class="block block-nir-pid19 block--widget-news-list"><form><fieldset class="nir-widget--list-form">{form}</fieldset></form><div class="nir-widget nir-widget--list"><div class="nir-widget--content">{"".join(row(r) for r in rows)}</div></div><nav class="pager" aria-labelledby="pagination-heading"><h4 class="visually-hidden">Pagination</h4><ul class="pager__items js-pager__items">{pager}</ul></nav></div>'
        m.put(m.section + (f"?page={n}" if n else ""), "News Releases", main)
    events = m.events(3, "articles", "/events/event-details")
    m.put("/", "Investors & Media", f'<div class="hero"><p>Medicines for rare lung disease</p></div><section class="block"><h2>Latest news</h2>{"".join(row(r) for r in rels[:3])}<a href="{m.section}">View all news releases</a></section>{events}')  # fmt: skip
    return m.site("/", pages[0], more=rels[10:], listing=m.section, zone=NY)


# -- Equisolve -------------------------------------------------------------------------------------------------------
def _eq_chrome(m: Desk, s: Sheet) -> str:
    menu = "".join(
        f'<li class="dropdown"><a class="dropdown-toggle" href="{at}">{e(name)}</a><div class="dropdown-menu">{"".join(f"<a class={chr(34)}dropdown-item{chr(34)} href={chr(34)}{u}{chr(34)}>{e(t)}</a>" for t, u in links)}</div></li>'
        for name, at, links in m.navigation()[:6]
    )
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{e(s.title)} :: {e(m.company)} (TLWD)</title><meta name="author" content="{e(m.company)}">{s.head}<link rel="alternate" type="application/rss+xml" title="{e(m.company)} - Recent News" href="%%BASE%%/news-events/press-releases/rss"></head>
<body class="pg-57 two-col"><div id="wrap"><header id="header" class="fixed"><nav class="navbar"><a class="navbar-brand" href="/">{e(m.company)}</a><ul class="nav navbar-nav">{menu}</ul></nav></header>
<div class="page-banner"><h1>{e(s.title)}</h1></div><div class="main-content container"><div class="row"><div id="column-content" class="col-lg-9"><main>{s.main}</main></div>
<div class="col-lg-3 sidebar"><div class="eq-box"><h3>Email Alerts</h3><form action="/email-alerts"><input name="email"><button>Submit</button></form></div><div class="eq-box"><h3>Upcoming event</h3><p><a href="/news-events/ir-calendar/detail/20260611-summer-growth-conference">Summer Growth Conference</a><br>June 11, 2026</p></div></div></div></div>
<footer><p>&copy; 2026 {e(m.company)} All Rights Reserved. <a href="/sitemap">Sitemap</a> | <a href="/disclaimer">Disclaimer</a> | <a href="https://equi.example">Powered by Equi</a></p></footer></div></body></html>"""


def _eq_article(m: Desk, r: Release) -> str:
    assert r.day
    return f"""<article class="full-news-article"><h1 class="article-heading">{e(r.title)}</h1><div class="related-documents-line hidden-print"><a class="link pull-right" href="{r.url_path}/pdf"><span class="eqicon-PDF"></span>PDF Version</a></div><time datetime="{r.day} 08:00:00" class="date">{us_date(r.day)} 8:00 am EDT</time>
<div class="body">{m.paras(r)}<p><b>About {e(m.company)}</b><br>{e(m.writer.about())}</p></div></article>"""


def equisolve_rss() -> Site:
    """Media rows, a PDF icon of each release, an RSS feed named in the head."""
    m = Desk("equisolve_rss", "Tallowood Energy Corp.", "en", _eq_chrome, _eq_article, section="/news-events/press-releases", zone=NY, marks=())  # fmt: skip
    rels = m.take(22, date(2026, 5, 19), lambda n, d, s: f"/news-events/press-releases/detail/{n + 140}/{s}")

    def row(r: Release) -> str:
        assert r.day
        m.bad.append(pdf(m, r.url_path + "/pdf"))
        return f"""<article class="media"><div class="media-body"><div class="pull-right hidden-sm"><a class="pdf-file-link" href="{r.url_path}/pdf" target="_blank" title="PDF: {e(r.title)}"><i class="eqicon-PDF"></i></a></div>
<time datetime="{r.day} 08:00:00" class="date">{us_date(r.day)} 8:00 am EDT</time><h2 class="media-heading"><a href="{r.url_path}">{e(r.title)}</a></h2></div></article>"""

    years_ = "".join(f'<a class="btn" href="{m.section}?year={y}">{y}</a>' for y in (2026, 2025, 2024))
    for n, rows in enumerate(chunks(rels, 15)):
        main = f'<div class="years">{years_}</div><div class="media-list">{"".join(row(r) for r in rows)}</div><nav><ul class="pagination"><li><a href="{m.section}?page=1">1</a></li><li><a href="{m.section}?page=2">2</a></li><li class="next"><a rel="next" href="{m.section}?page=2">»</a></li></ul></nav>'
        m.put(m.section + (f"?page={n + 1}" if n else ""), "Press Releases", main)
    rss(m, rels[:10], "/news-events/press-releases/rss", m.section)
    return m.site(m.section, rels[:15], more=rels[15:], zone=NY)


# -- Business Wire newsHQ --------------------------------------------------------------------------------------------
def _hq_chrome(m: Desk, s: Sheet) -> str:
    tabs = "".join(f'<td class="tab"><a href="{u}">{e(n)}</a></td>' for n, u, _ in m.navigation()[:6])
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd"><html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>{e(s.title)} | {e(m.company)}</title><meta http-equiv="Content-Type" content="text/html; charset=utf-8"/>{s.head}</head>
<body><div id="outer"><table width="960" cellpadding="0" cellspacing="0"><tr><td colspan="6"><a href="/"><img src="/images/hdr.gif" alt="{e(m.company)}"/></a></td></tr><tr>{tabs}</tr></table><div id="bwContent"><h1 id="bwPageTitle">{e(s.title)}</h1>{s.main}</div><div id="bwRight"><h3>Media Contacts</h3><p>Corporate Communications<br/>+1 555 0100</p><h3>Media Kit</h3><ul><li><a href="/kits/corporate">Corporate</a></li><li><a href="/kits/executives">Executives</a></li></ul></div><div id="footer">© 2026 {e(m.company)} | <a href="/legal">Legal</a></div></div></body></html>"""


def _hq_article(m: Desk, r: Release) -> str:
    assert r.day
    return f"""<div id="bwNewsRelease"><div class="bwDate">{r.day:%B} {r.day.day:02d}, {r.day.year} 08:00 AM Eastern Daylight Time</div><div class="bwStory"><p>{e(m.writer.home.upper())}, Ohio--(<a href="https://wire.example">WIRE</a>)--</p>{m.paras(r)}</div><h4>Contacts</h4><p>Corporate Communications</p></div>"""


def newshq_table() -> Site:
    """An old hosted room: a table, month headings across, `Nov 26`-like dates; the year only in the heading."""
    m = Desk("newshq_table", "Brannock Freight Systems", "en", _hq_chrome, _hq_article, section="/newsroom/news-releases", zone=NY, marks=())  # fmt: skip
    rels = m.take(28, date(2026, 5, 12), lambda n, d, s: f"/newsroom/news-releases/news-release-details/{d:%Y%m%d}{n:02d}/en")  # fmt: skip
    rows, last = "", ""
    for r in rels:
        assert r.day
        head = f"{r.day:%B} {r.day.year}"
        if head != last:
            rows += f'<tr class="bwMonthRow"><th colspan="2" align="left">{head}</th></tr>'
            last = head
        rows += f'<tr valign="top"><td class="bwListDate" nowrap="nowrap">{r.day:%b} {r.day.day}</td><td class="bwListHeadline"><a href="{r.url_path}">{e(r.title)}</a></td></tr>'
    m.put(m.section, "News Releases", f'<form action="/newsroom/search" method="get">Search: <input name="q"/> <input type="submit" value="Go"/></form><table id="bwNewsList" class="bwNewsList" border="0" width="100%">{rows}</table><p><a href="/newsroom/news-releases/archive-2024">2024 News Releases</a> | <a href="/newsroom/news-releases/archive-2023">2023 News Releases</a></p>')  # fmt: skip
    return m.site(m.section, rels, zone=NY)


# -- wire services' pages of one company ----------------------------------------------------------------------------
def _gnw_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{e(s.title)} - Wireline Newswire</title><link rel="canonical" href="%%BASE%%{e(s.path)}">{s.head}</head><body class="pnr-layout"><header><nav class="navbar"><a href="/en"><img alt="Wireline" src="/logo.svg"></a>
<ul class="main-nav"><li><a href="/en/newsroom">Newsroom</a></li><li><a href="/en/search/subject/mna/Mergers">Mergers and Acquisitions</a></li><li><a href="/en/search/subject/ern/Earnings">Earnings Releases and Operating Results</a></li><li><a href="/en/services">Services</a></li><li><a href="/en/contact">Contact Us</a></li><li><a href="/en/security/login">Sign In</a></li><li><a href="/en/security/register">Register</a></li></ul></nav></header>
<div role="main" class="main-body-container">{s.main}</div><footer><h4>About Us</h4><p>Wireline is one of the world's largest newswire distribution networks, specializing in the delivery of corporate press releases.</p><h4>Newswire Distribution Network</h4><ul><li><a href="/en/feeds">RSS Feeds</a></li><li><a href="/en/legal">Legal</a></li></ul></footer></body></html>"""


def _gnw_article(m: Desk, r: Release) -> str:
    assert isinstance(r.published, datetime)
    return f"""<div class="main-container"><h1 class="article-headline" itemprop="headline">{e(r.title)}</h1><p class="article-published-source"><span class="article-published"><time datetime="{r.published.isoformat()}">{us_date(r.published)} {r.published:%H:%M} ET</time></span> | <span class="article-source">Source: <a href="/en/search/organization/Quillfeather%20Labs">{e(m.company)}</a></span></p><div id="main-body-container" itemprop="articleBody">{m.paras(r)}</div></div>"""


def wire_company_page() -> Site:
    """A wire's page of one company: the text below the headline, source and time in one row, a share bar each."""
    m = Desk("wire_company_page", "Quillfeather Labs", "en", _gnw_chrome, _gnw_article, section="/en/search/organization/Quillfeather%20Labs", zone=NY, press=False, marks=("og",))  # fmt: skip
    rels = m.take(20, date(2026, 5, 19), lambda n, d, s: f"/news-release/{d:%Y/%m/%d}/{3290000 + n * 731}/0/en/{s.title()}.html", minutes=True)  # fmt: skip

    def row(r: Release) -> str:
        assert isinstance(r.published, datetime)
        return f"""<li class="row"><div class="pagging-list-item-text-container"><div class="date-source"><span data-autid="article-published-date">{us_date(r.published)} {r.published:%H:%M} ET</span> | <span>Source: <a href="{m.section}" data-autid="article-source">{e(m.company)}</a></span></div>
<div class="mainLink"><a data-autid="article-url" href="{r.url_path}">{e(r.title)}</a></div><div class="newsbody"><span data-autid="article-summary">{m.lead(r, 240)}</span></div></div><div class="pagging-list-item-image"><a href="{r.url_path}"><img src="/Attachment/LogoDisplay/{abs(len(r.title))}" alt="{e(m.company)}"></a></div></li>"""

    m.put(m.section, f"{m.company} press releases", f'<h1>{m.company} Press Releases</h1><form class="filters"><h3>Date</h3><a href="{m.section}?date=24">Past day</a> <a href="{m.section}?date=week">Past week</a><h3>Language</h3><a href="{m.section}?lang=en">English (20)</a></form><ul class="recentNewsH">{"".join(row(r) for r in rels)}</ul><div class="pagnition"><span>1</span><a href="{m.section}?page=2">2</a></div>')  # fmt: skip
    return m.site(m.section, rels, zone=NY)


def _prn_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{e(s.title)}</title>{s.head}</head><body><a href="#main" class="skipnav">Accessibility Statement</a><header class="main"><a class="navbar-brand" href="/"><img src="/content/logo.svg" alt="PRCircuit: news distribution"></a><ul class="nav"><li class="dropdown"><a href="/news-releases/news-releases-list/">News</a><div class="omniture-subnav"><a href="/news-releases/business-technology-latest-news/">Business Technology</a><a href="/news-releases/health-latest-news/">Health</a><a href="/news-releases/energy-latest-news/">Energy</a></div></li><li><a href="/products/">Products</a></li><li><a href="/contact-us/">Contact</a></li></ul><form action="/search/news"><input name="keyword" placeholder="Search"></form></header>
<main id="main" class="container-wide">{s.main}</main><footer><div class="col"><h3>Contact PRCircuit</h3><ul><li>555-0199</li><li><a href="/contact-us/">Contact Us</a></li></ul></div><div class="col"><h3>My Services</h3><ul><li><a href="/all-news-releases/">All News Releases</a></li><li><a href="/online-member-center/">Online Member Center</a></li></ul></div><p>Copyright © 2026 PRCircuit</p></footer></body></html>"""


def _prn_article(m: Desk, r: Release) -> str:
    assert isinstance(r.published, datetime)
    return f"""<article class="news-release inline-gallery-template"><header class="release-header"><h1>{e(r.title)}</h1><div class="row detail-headline"><p class="meta"><strong>News provided by</strong> <a href="/news/stillwater-orchards/"><strong>{e(m.company)}</strong></a></p><p class="mb-no">{short(r, "en")} {r.published:%d, %Y, %H:%M} ET</p></div></header><section class="release-body"><p><span class="legendSpanClass">{e(m.writer.home.upper())}</span>, <span class="legendSpanClass">{short(r, "en")}. {r.published.day}, {r.published.year}</span> /PRCircuit/ -- </p>{m.paras(r)}<p>SOURCE {e(m.company)}</p></section></article>"""


def prn_company() -> Site:
    """The date is a `small` inside the headline's own `h3`; one anchor wraps headline and teaser."""
    m = Desk("prn_company", "Stillwater Orchards", "en", _prn_chrome, _prn_article, section="/news/stillwater-orchards/", zone=NY, press=False, marks=("og", "jsonld"))  # fmt: skip
    rels = m.take(25, date(2026, 5, 18), lambda n, d, s: f"/news-releases/{s}-{302400000 + n * 1311}.html", minutes=True)  # fmt: skip

    def row(r: Release) -> str:
        assert isinstance(r.published, datetime)
        return f"""<div class="row newsCards"><div class="col-sm-12 card"><a class="newsreleaseconsolidatelink display-outline w-100" href="{r.url_path}" title="{e(r.title)}"><h3 class="no-top-margin"><small>{short(r, "en")} {r.published:%d, %Y, %H:%M} ET</small> {e(r.title)}</h3><p class="remove-outline">{e(m.writer.home.upper())}, {short(r, "en")}. {r.published.day}, {r.published.year} /PRCircuit/ -- {m.lead(r, 180)}</p></a></div></div>"""

    m.put(m.section, f"{m.company} News", f'<div class="company-bio"><h1>News from {m.company}</h1><a href="https://stillwater.example">Visit website</a></div><form class="form-inline"><label>Display <select name="pagesize"><option>25</option><option>50</option></select> per page</label></form><div class="row"><div class="col-md-8 card-list card-list-hr">{"".join(row(r) for r in rels)}</div><aside class="col-md-4"><h4>Trending Topics</h4><a href="/news-releases/food-latest-news/">Food &amp; Beverages</a></aside></div>')  # fmt: skip
    return m.site(m.section, rels, zone=NY)


# -- Nordic wire's room on a company's own pages ---------------------------------------------------------------------
def _cision_chrome(m: Desk, s: Sheet) -> str:
    menu = "".join(
        f'<li class="navigation__item"><a href="{at}">{e(n)}</a><ul>{"".join(f"<li><a href={chr(34)}{u}{chr(34)}>{e(t)}</a></li>" for t, u in links)}</ul></li>'
        for n, at, links in m.navigation()
    )
    return f"""<!DOCTYPE html><html lang="sv-SE"><head><meta charset="utf-8"><title>{e(s.title)} - {e(m.company)}</title>{s.head}<link rel="alternate" hreflang="en" href="%%BASE%%/en/media/press-releases/"></head><body><div id="CybotCookiebotDialog" role="dialog"><p>{m.label("cookies")}</p></div><header class="site-header"><a href="/" class="site-header__logo">{e(m.company)}</a><ul class="navigation">{menu}</ul><a href="/en/media/press-releases/" class="lang">English</a></header>
<main><div class="intro"><h1>{e(s.title)}</h1></div>{s.main}</main><footer class="site-footer"><p>{e(m.company)}, Box 417, {e(m.writer.home)}</p><a href="/om-webbplatsen">Om webbplatsen</a><a href="/gdpr">Personuppgifter</a></footer></body></html>"""


def _cision_article(m: Desk, r: Release) -> str:
    assert isinstance(r.published, datetime)
    return f"""<article class="release"><p class="release__meta"><time datetime="{r.published.isoformat()}">{r.published:%Y-%m-%d %H:%M}</time></p><div class="release__body"><p><strong>{m.lead(r, 400)}</strong></p>{m.paras(r)}<h2>För ytterligare information</h2><p>{m.writer.press_person()}, presschef</p><h2>Bilagor</h2><ul><li><a href="/globalassets/{r.url_path.split("/")[-2][:20]}.pdf">Pressmeddelande (PDF)</a></li></ul></div></article>"""


def nordic_regulatory() -> Site:
    """Swedish, numeric day first in ISO with a time; a badge tells the regulatory ones; year sections on one page."""
    m = Desk("nordic_regulatory", "Norrholma Skog AB", "sv", _cision_chrome, _cision_article, section="/media/pressmeddelanden/", zone="Europe/Stockholm", marks=("og",))  # fmt: skip
    rels = m.take(30, date(2026, 5, 15), lambda n, d, s: f"/media/pressmeddelanden/{d.year}/{s}-{n}/", gap=(6, 14), minutes=True)  # fmt: skip

    def row(n: int, r: Release) -> str:
        assert isinstance(r.published, datetime)
        badge = '<span class="badge badge--regulatory">Regulatorisk</span>' if n % 4 == 1 else ""
        return f"""<a class="press-item" href="{r.url_path}"><span class="press-item__date">{r.published:%Y-%m-%d | %H:%M}</span>{badge}<span class="press-item__title">{e(r.title)}</span><svg class="icon icon-arrow" aria-hidden="true"><use href="#arrow"></use></svg></a>"""

    body = "".join(
        f'<section class="press-year" id="y{y}"><h2>{y}</h2>{"".join(row(n, r) for n, r in enumerate(rows))}</section>'
        for y, rows in years(rels).items()
    )
    m.put(m.section, "Pressmeddelanden", f'<div class="filter"><label><input type="radio" name="t" checked> Alla</label><label><input type="radio" name="t"> Regulatoriska</label></div><div class="press-list">{body}</div><div class="subscribe"><h2>Prenumerera</h2><p>Få våra pressmeddelanden via e-post.</p><a href="/media/prenumerera/">Prenumerera här</a></div>')  # fmt: skip
    m.put("/", m.company, f'<section class="puffs"><h2>Aktuellt</h2>{"".join(row(1, r) for r in rels[:2])}<a href="{m.section}">Alla pressmeddelanden</a></section>' + m.events(2) + json_ld({"@context": "https://schema.org", "@type": "Organization", "name": m.company}))  # fmt: skip
    return m.site("/", rels, listing=m.section, zone="Europe/Stockholm")


SITES = (
    q4_larkmoor,
    nasdaq_ir,
    equisolve_rss,
    newshq_table,
    wire_company_page,
    prn_company,
    nordic_regulatory,
)
