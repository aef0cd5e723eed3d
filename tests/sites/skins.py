"""The chrome around a page's content, as eight families of content management write it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .maker import Maker

Link = tuple[str, str]


@dataclass
class Sheet:
    """What a skin is given: the parts of one page."""

    title: str
    main: str
    aside: str = ""
    head: str = ""
    path: str = "/"
    crumbs: Sequence[Link] = field(default_factory=tuple)


def link(at: Link, css: str = "") -> str:
    """An anchor of (label, path)."""
    return f'<a{f" class={chr(34)}{css}{chr(34)}" if css else ""} href="{escape(at[1])}">{escape(at[0])}</a>'


def items(links: Sequence[Link], css: str = "", tag: str = "li") -> str:
    return "".join(f"<{tag}>{link(at, css)}</{tag}>" for at in links)


def meta(m: Maker, s: Sheet, generator: str = "") -> str:
    """The head as a CMS writes it."""
    mark = f'<meta name="generator" content="{generator}">' if generator else ""
    return (
        f'<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">{mark}'
        f"<title>{escape(s.title)} | {escape(m.company)}</title>"
        f'<meta property="og:site_name" content="{escape(m.company)}"><meta property="og:title" content="{escape(s.title)}">'
        f'<link rel="canonical" href="{"" if s.path.startswith("%%") else "%%BASE%%"}{escape(s.path)}"><link rel="icon" href="/favicon.ico">'
        f'<link rel="stylesheet" href="/assets/main.8f3c.css"><script src="/assets/app.min.js" defer></script>{s.head}'
    )


def typo3(m: Maker, s: Sheet) -> str:
    """German corporate TYPO3 with a mega menu, a skip link and frames."""
    mega = "".join(
        f'<li class="nav-item dropdown"><a class="nav-link" href="{at}">{escape(name)}</a>'
        f'<div class="dropdown-menu mega"><ul>{items(links, "dropdown-item")}</ul></div></li>'
        for name, at, links in m.navigation()
    )
    crumbs = items((m.home_link, *s.crumbs), "breadcrumb-link")
    return f"""<!DOCTYPE html><html lang="{m.language}" dir="ltr" class="no-js"><head>
<!-- This website is powered by TYPO3 - inspiring people to share! -->
{meta(m, s, "TYPO3 CMS")}</head><body id="p417" class="page-417 pagelevel-2 layout-default">
<a class="visually-hidden-focusable" href="#page-content">{m.label("search")}</a>
<div id="cookieman-modal" class="modal" role="dialog"><p>{m.label("cookies")}</p><button data-cookieman-accept-all>{m.label("accept")}</button></div>
<header id="page-header" class="bp-page-header navbar"><div class="container"><a class="navbar-brand" href="/"><img src="/fileadmin/logo.svg" alt="Logo {escape(m.company)}"></a>
<nav id="mainnavigation"><ul class="navbar-nav">{mega}</ul></nav><form action="/suche"><input name="tx_kesearch_pi1[sword]" placeholder="{m.label("search")}"></form></div></header>
<nav class="breadcrumb-section"><ol class="breadcrumb">{crumbs}</ol></nav>
<div id="page-content" class="bp-page-content main-section"><div class="section"><div class="container"><div class="row">
<main class="col-md-9" role="main"><!--TYPO3SEARCH_begin--><div class="frame frame-default"><header class="frame-header"><h1 class="element-header">{escape(s.title)}</h1></header>
{s.main}</div><!--TYPO3SEARCH_end--></main><div class="col-md-3 subcontent">{s.aside}</div></div></div></div></div>
<footer id="page-footer">{m.footer("frame frame-footer")}</footer></body></html>"""


def wordpress(m: Maker, s: Sheet) -> str:
    """A classic WordPress theme with widgets."""
    menu = "".join(
        f'<li id="menu-item-{100 + n}" class="menu-item menu-item-has-children"><a href="{at}">{escape(name)}</a><ul class="sub-menu">{items(links)}</ul></li>'
        for n, (name, at, links) in enumerate(m.navigation())
    )
    return f"""<!doctype html><html lang="{m.language}"><head>{meta(m, s, "WordPress 6.8.1")}
<link rel="stylesheet" id="wp-block-library-css" href="/wp-includes/css/dist/block-library/style.min.css"></head>
<body class="archive wp-theme-norden hfeed"><div id="page" class="site"><header id="masthead" class="site-header"><p class="site-title"><a href="/" rel="home">{escape(m.company)}</a></p>
<nav id="site-navigation" class="main-navigation"><ul id="primary-menu" class="menu nav-menu">{menu}</ul></nav></header>
<div id="content" class="site-content"><div id="primary" class="content-area"><main id="main" class="site-main">
<header class="page-header"><h1 class="page-title">{escape(s.title)}</h1></header>{s.main}</main></div>
<aside id="secondary" class="widget-area">{s.aside}</aside></div>
<footer id="colophon" class="site-footer"><div class="footer-widgets">{m.footer("widget")}</div></footer></div>
<div id="cmplz-cookiebanner-container"><div class="cmplz-cookiebanner"><p>{m.label("cookies")}</p><button>{m.label("accept")}</button></div></div></body></html>"""


def drupal(m: Maker, s: Sheet) -> str:
    """Drupal 10 regions and blocks."""
    menu = "".join(
        f'<li class="menu-item menu-item--expanded">{link((name, at))}<ul class="menu">{items(links)}</ul></li>'
        for name, at, links in m.navigation()
    )
    return f"""<!DOCTYPE html><html lang="{m.language}" dir="ltr" prefix="og: https://ogp.me/ns#"><head>{meta(m, s, "Drupal 10 (https://www.drupal.org)")}</head>
<body class="path-node"><div class="dialog-off-canvas-main-canvas" data-off-canvas-main-canvas><div class="layout-container">
<header role="banner"><div class="region region-header"><div class="block block-system-branding"><a href="/" rel="home">{escape(m.company)}</a></div></div>
<div class="region region-primary-menu"><nav role="navigation"><ul class="menu">{menu}</ul></nav></div></header>
<div class="region region-breadcrumb"><nav class="breadcrumb" aria-labelledby="system-breadcrumb"><ol>{items((m.home_link, *s.crumbs))}</ol></nav></div>
<main role="main"><a id="main-content" tabindex="-1"></a><div class="layout-content"><div class="region region-content"><h1 class="page-title">{escape(s.title)}</h1>{s.main}</div></div>
<aside class="layout-sidebar-second" role="complementary"><div class="region region-sidebar">{s.aside}</div></aside></main>
<footer role="contentinfo"><div class="region region-footer">{m.footer("block block-menu")}</div></footer></div></div></body></html>"""


def aem(m: Maker, s: Sheet) -> str:
    """Adobe Experience Manager: nothing but nested divs, no main element."""
    menu = "".join(
        f'<div class="cmp-navigation__item--level-0">{link((name, at), "cmp-navigation__item-link")}<div class="cmp-navigation__group">'
        f"{items(links, 'cmp-navigation__item-link', 'div')}</div></div>"
        for name, at, links in m.navigation()
    )
    return f"""<!DOCTYPE HTML><html lang="{m.language}"><head>{meta(m, s)}<meta name="template" content="editorial-page-template"></head>
<body class="page basicpage"><div class="root container responsivegrid"><div class="aem-Grid aem-Grid--12">
<div class="experiencefragment header"><div class="cmp-experiencefragment"><div class="navigation"><div class="cmp-navigation">{menu}</div></div></div></div>
<div class="teaser hero"><div class="cmp-teaser"><div class="cmp-teaser__content"><h1 class="cmp-teaser__title">{escape(s.title)}</h1></div></div></div>
<div class="container responsivegrid"><div class="cmp-container">{s.main}</div></div><div class="container responsivegrid rail"><div class="cmp-container">{s.aside}</div></div>
<div class="experiencefragment footer"><div class="cmp-experiencefragment">{m.footer("cmp-list")}</div></div></div></div>
<div id="onetrust-banner-sdk"><div id="onetrust-policy-text">{m.label("cookies")}</div><button id="onetrust-accept-btn-handler">{m.label("accept")}</button></div></body></html>"""


def tailwind(m: Maker, s: Sheet) -> str:
    """A headless front end with utility classes."""
    menu = "".join(
        f'<li class="group relative"><button class="px-4 text-sm font-medium">{escape(name)}</button><div class="invisible absolute grid grid-cols-2 gap-4 p-6">'
        f"{''.join(link(at, 'block text-sm hover:underline') for at in links)}</div></li>"
        for name, _, links in m.navigation()
    )
    return f"""<!DOCTYPE html><html lang="{m.language}" class="scroll-smooth"><head>{meta(m, s)}</head><body class="antialiased bg-white text-slate-900"><div id="__next">
<header class="sticky top-0 z-50 flex items-center justify-between"><a href="/" aria-label="{escape(m.company)}"><svg width="96" height="24"></svg></a><nav><ul class="flex gap-2">{menu}</ul></nav></header>
<main class="mx-auto max-w-7xl px-6"><section class="py-24"><h1 class="text-5xl font-semibold tracking-tight">{escape(s.title)}</h1></section>{s.main}</main>
<section class="bg-slate-100 px-6">{s.aside}</section><footer class="grid grid-cols-4 gap-8 bg-slate-900 text-white">{m.footer("space-y-2")}</footer></div></body></html>"""


TICKER = (
    '<div class="module module-stock-header"><span class="stock_symbol">Share</span> <span class="stock_price">48.17</span> '
    '<span class="stock_date">05/19/26 4:00 p.m. ET</span></div>'
)


def bootstrap(m: Maker, s: Sheet) -> str:
    """An investor-relations host: bootstrap, modules, a stock ticker."""
    menu = "".join(
        f'<li class="nav-item"><a class="nav-link" href="{at}">{escape(name)}</a><ul class="dropdown-menu">{items(links, "dropdown-item")}</ul></li>'
        for name, at, links in m.navigation()
    )
    return f"""<!DOCTYPE html><html lang="{m.language}"><head>{meta(m, s)}</head><body class="BodyBackground" role="document">
{"" if m.writer.voice else TICKER}
<div class="PageDefaultInner"><div class="pane pane--header"><nav class="navbar"><ul class="navbar-nav mr-auto">{menu}</ul></nav></div>
<div class="pane pane--banner"><h1 class="module_title"><span class="ModuleTitle">{escape(s.title)}</span></h1></div>
<div class="pane pane--content" id="maincontent">{s.main}</div><div class="pane pane--right">{s.aside}</div>
<div class="pane pane--footer">{m.footer("module-footer")}</div></div></body></html>"""


def tables(m: Maker, s: Sheet) -> str:
    """Layout tables of the nineties, still in service."""
    menu = "".join(
        f'<TR><TD BGCOLOR="#E0E0E0"><FONT SIZE=2><B><A HREF="{at}">{escape(name)}</A></B></FONT>'
        + "".join(f'<TR><TD><FONT SIZE=1>&nbsp;<A HREF="{p}">{escape(n)}</A></FONT>' for n, p in links)
        for name, at, links in m.navigation()
    )
    return f"""<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">
<HTML><HEAD><TITLE>{escape(m.company)} - {escape(s.title)}</TITLE>{s.head}</HEAD>
<BODY BGCOLOR="#FFFFFF" LINK="#003366"><TABLE WIDTH=900 BORDER=0 CELLPADDING=4><TR><TD COLSPAN=2><A HREF="/"><IMG SRC="/bilder/kopf.gif" ALT="{escape(m.company)}" BORDER=0></A>
<TR><TD WIDTH=180 VALIGN=TOP><TABLE>{menu}</TABLE><TD VALIGN=TOP><H1>{escape(s.title)}</H1>{s.main}<HR>{s.aside}
<TR><TD COLSPAN=2>{m.footer("")}</TABLE></BODY></HTML>"""


def builder(m: Maker, s: Sheet) -> str:
    """A site builder (Webflow, Squarespace, Wix): generated class names, sections."""
    menu = "".join(
        f'<div class="w-dropdown"><div class="w-dropdown-toggle">{escape(name)}</div><nav class="w-dropdown-list">{"".join(link(at, "w-dropdown-link") for at in links)}</nav></div>'
        for name, _, links in m.navigation()
    )
    return f"""<!DOCTYPE html><html data-wf-site="64c0ffee" lang="{m.language}"><head>{meta(m, s, "Webflow")}</head><body>
<div role="banner" class="navbar_component w-nav"><div class="navbar_container"><a href="/" class="w-nav-brand">{escape(m.company)}</a><nav role="navigation" class="w-nav-menu">{menu}<a href="/demo" class="button w-button">Demo</a></nav></div></div>
<div class="page-wrapper"><section class="section_header"><div class="padding-global"><h1 class="heading-style-h1">{escape(s.title)}</h1></div></section>
{s.main}<section class="section_cta">{s.aside}</section></div><div class="footer_component">{m.footer("footer_link-list")}</div></body></html>"""


SKINS: dict[str, Callable[[Maker, Sheet], str]] = {
    f.__name__: f for f in (typo3, wordpress, drupal, aem, tailwind, bootstrap, tables, builder)
}


def json_ld(data: object) -> str:
    """A JSON-LD script; data may hold the marks of the server."""
    text = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
    return f'<script type="application/ld+json">{text}</script>'
