"""Authorities outside Germany as their design systems write lists: GOV.UK, USWDS, DSFR, Bootstrap Italia, gov.pl, gov.br and others."""

from __future__ import annotations

from datetime import date, datetime

from sites.kit import Release, Site
from sites.prose import dotted, long_date, month, us_date
from sites.skins import Sheet

from .desk import Desk, chunks, e, pdf, rss, short

FR = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


# -- GOV.UK finder -----------------------------------------------------------------------------------------------------
def _govuk_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="en" class="govuk-template"><head><meta charset="utf-8"><title lang="en">{e(s.title)} - GOV.ALB</title><link rel="canonical" href="%%BASE%%{e(s.path)}">{s.head}</head><body class="gem-c-layout-for-public govuk-template__body"><div id="global-cookie-message" class="gem-c-cookie-banner govuk-cookie-banner"><h2>Cookies on GOV.ALB</h2><p>We use some essential cookies to make this website work.</p><button>Accept additional cookies</button></div><a class="gem-c-skip-link govuk-skip-link" href="#content">Skip to main content</a>
<header role="banner" class="gem-c-layout-super-navigation-header"><a class="govuk-header__link" href="/">GOV.ALB</a><nav><button>Menu</button><div class="gem-c-layout-super-navigation-header__navigation-dropdown-menu"><h3>Services and information</h3><ul><li><a href="/browse/benefits">Benefits</a></li><li><a href="/browse/births-deaths-marriages">Births, death, marriages and care</a></li></ul><h3>Government activity</h3><ul><li><a href="/government/organisations">Departments</a></li><li><a href="/search/news-and-communications">News</a></li><li><a href="/search/guidance-and-regulation">Guidance and regulation</a></li></ul></div></nav></header>
<div class="govuk-width-container" id="wrapper"><main id="content" class="govuk-main-wrapper">{s.main}</main><div class="gem-c-feedback"><h2>Is this page useful?</h2><button>Yes</button><button>No</button></div></div><footer class="gem-c-layout-footer govuk-footer"><ul class="govuk-footer__list"><li><a class="govuk-footer__link" href="/help/privacy-notice">Privacy</a></li><li><a class="govuk-footer__link" href="/help/cookies">Cookies</a></li></ul></footer></body></html>"""


def _govuk_article(m: Desk, r: Release) -> str:
    assert isinstance(r.published, datetime)
    return f"""<div class="gem-c-heading"><span class="govuk-caption-xl gem-c-heading__context">Press release</span><h1 class="gem-c-heading__text govuk-heading-l">{e(r.title)}</h1></div><p class="gem-c-lead-paragraph">{e(r.deck)}</p><div class="gem-c-metadata"><dl><dt class="gem-c-metadata__term">From:</dt><dd><a href="/government/organisations/office-for-water">Office for Water</a></dd><dt class="gem-c-metadata__term">Published</dt><dd class="gem-c-metadata__definition">{long_date(r.published, "en")}</dd></dl></div><div class="gem-c-govspeak govuk-govspeak">{m.paras(r)}</div>"""


def govuk_finder() -> Site:
    """A finder's results: the date stands last among facts with labels; facets at the side, a next page."""
    m = Desk("govuk_finder", "Office for Water", "en", _govuk_chrome, _govuk_article, section="/search/news-and-communications?organisations[]=office-for-water&content_store_document_type[]=press_release", titles="titles_public", zone="Europe/London", marks=("og", "jsonld"), press=False)  # fmt: skip
    rels = m.take(
        40, date(2026, 5, 19), lambda n, d, s: f"/government/news/{s}", minutes=True, deck=True, gap=(2, 6)
    )

    def row(n: int, r: Release) -> str:
        assert isinstance(r.published, datetime)
        return f"""<li class="gem-c-document-list__item"><div class="gem-c-document-list__item-title"><a data-ga4-ecommerce-path="{r.url_path}" class="govuk-link" href="{r.url_path}">{e(r.title)}</a></div><p class="gem-c-document-list__item-description">{e(r.deck)}</p><ul class="gem-c-document-list__item-metadata"><li class="gem-c-document-list__attribute">Document type: Press release</li><li class="gem-c-document-list__attribute">Organisation: Office for Water</li><li class="gem-c-document-list__attribute">Updated: <time datetime="{r.published:%Y-%m-%d}">{r.published.day} {r.published:%B} {r.published.year}</time></li></ul></li>"""

    entry = "/search/news-and-communications"
    pages = list(chunks(rels, 20))
    for n, rows in enumerate(pages):
        facets = '<form class="js-live-search-form"><h2>Search</h2><input type="search" name="keywords"><fieldset><legend>Topic</legend><select name="level_one_taxon"><option>All topics</option><option>Environment</option></select></fieldset><fieldset><legend>Updated</legend><input name="public_timestamp[from]"><span>For example, 2005 or 21/11/2014</span></fieldset></form>'
        nav = f'<nav class="govuk-pagination govuk-pagination--block"><div class="govuk-pagination__next"><a class="govuk-link govuk-pagination__link" href="{entry}?page=2" rel="next"><span class="govuk-pagination__link-title">Next page</span>: <span class="govuk-pagination__link-label">2 of 2</span></a></div></nav>'
        m.put(entry + (f"?page={n + 1}" if n else ""), "News and communications", f'<h1 class="gem-c-title__text">News and communications</h1><p>Press releases from the Office for Water</p><div class="govuk-grid-row"><div class="govuk-grid-column-one-third">{facets}</div><div class="govuk-grid-column-two-thirds"><div class="result-info"><h2 id="js-result-count">40 results</h2><a href="{entry}/email-signup">Get emails</a></div><div id="js-results"><div class="finder-results"><ul class="gem-c-document-list">{"".join(row(i, r) for i, r in enumerate(rows))}</ul></div></div>{nav}</div></div>')  # fmt: skip
    return m.site(entry, pages[0], more=rels[20:], zone="Europe/London")


# -- USWDS collection ---------------------------------------------------------------------------------------------------
def _uswds_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="en-US"><head><meta charset="utf-8"><title>{e(s.title)} | {e(m.company)}</title>{s.head}</head><body><section class="usa-banner"><div class="usa-accordion"><header class="usa-banner__header"><p class="usa-banner__header-text">An official website of the State government</p><button class="usa-banner__button">Here's how you know</button></header></div></section><header class="usa-header usa-header--extended"><div class="usa-navbar"><em class="usa-logo__text"><a href="/">{e(m.company)}</a></em></div><nav class="usa-nav"><ul class="usa-nav__primary usa-accordion"><li class="usa-nav__primary-item"><button class="usa-accordion__button">About</button><ul class="usa-nav__submenu"><li><a href="/about/leadership">Leadership</a></li><li><a href="/about/budget">Budget</a></li></ul></li><li class="usa-nav__primary-item"><a class="usa-nav__link" href="/newsroom">Newsroom</a></li><li class="usa-nav__primary-item"><a class="usa-nav__link" href="/data">Data</a></li></ul></nav></header><main class="usa-section" id="main-content">{s.main}</main><footer class="usa-footer"><div class="usa-footer__return-to-top"><a href="#">Return to top</a></div><div class="usa-identifier"><ul><li><a href="/foia">FOIA requests</a></li><li><a href="/no-fear">No FEAR Act data</a></li></ul></div></footer></body></html>"""


def _uswds_article(m: Desk, r: Release) -> str:
    assert r.day
    return f"""<article class="grid-container"><h1>{e(r.title)}</h1><p class="text-base">For immediate release: {us_date(r.day)}</p><div class="usa-prose">{m.paras(r)}<p>###</p></div></article>"""


def uswds_collection() -> Site:
    """News releases and, in a second collection with calendar dates, events; the newsroom's front shows both."""
    m = Desk("uswds_collection", "Alder State Geological Survey", "en", _uswds_chrome, _uswds_article, section="/newsroom", titles="titles_public", zone="America/Denver", marks=("og",), press=False)  # fmt: skip
    rels = m.take(15, date(2026, 5, 18), lambda n, d, s: f"/newsroom/releases/{d:%Y/%m}/{s}", gap=(3, 9))

    def row(r: Release) -> str:
        assert r.day
        return f"""<li class="usa-collection__item"><div class="usa-collection__body"><h3 class="usa-collection__heading"><a class="usa-link" href="{r.url_path}">{e(r.title)}</a></h3><p class="usa-collection__description">{m.lead(r)}</p><ul class="usa-collection__meta" aria-label="More information"><li class="usa-collection__meta-item">By Office of Public Affairs</li><li class="usa-collection__meta-item"><time datetime="{r.day}T12:00:00+00:00">{us_date(r.day)}</time></li></ul><ul class="usa-collection__meta" aria-label="Topics"><li class="usa-collection__meta-item usa-tag">Water</li><li class="usa-collection__meta-item usa-tag usa-tag--new">New</li></ul></div></li>"""

    events = "".join(f'<li class="usa-collection__item"><div class="usa-collection__calendar-date"><time datetime="{d}"><span class="usa-collection__calendar-date-month">{d:%b}</span><span class="usa-collection__calendar-date-day">{d.day}</span></time></div><div class="usa-collection__body"><h3 class="usa-collection__heading"><a class="usa-link" href="{u}">{e(t)}</a></h3></div></li>' for t, u, d in m.others("event", "/events/2026", 4, (5, 12, 30)))  # fmt: skip
    m.put(m.section, "Newsroom", f'<div class="grid-container"><h1>Newsroom</h1><section><h2>News releases</h2><ul class="usa-collection">{"".join(row(r) for r in rels)}</ul><nav class="usa-pagination"><ul class="usa-pagination__list"><li class="usa-pagination__item"><a class="usa-pagination__button usa-current" href="/newsroom?p=1">1</a></li><li><a class="usa-pagination__button" href="/newsroom?p=2">2</a></li></ul></nav></section><section><h2>Upcoming events</h2><ul class="usa-collection">{events}</ul></section><aside><h2>Media inquiries</h2><p>555-0142</p></aside></div>')  # fmt: skip
    rss(m, rels[:10], "/newsroom/rss.xml", m.section)
    return m.site(m.section, rels, zone="America/Denver")


# -- DSFR cards -----------------------------------------------------------------------------------------------------------
def _dsfr_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="fr" dir="ltr" data-fr-scheme="system"><head><meta charset="utf-8"><title>{e(s.title)} | {e(m.company)}</title>{s.head}</head><body><div class="fr-skiplinks"><a class="fr-link" href="#contenu">Contenu</a></div><header role="banner" class="fr-header"><div class="fr-header__brand"><p class="fr-logo">République<br>de l'Aunaie</p><a href="/" title="Accueil">{e(m.company)}</a></div><nav class="fr-nav"><ul class="fr-nav__list"><li class="fr-nav__item"><button class="fr-nav__btn">Politiques publiques</button><div class="fr-collapse fr-menu"><ul class="fr-menu__list"><li><a class="fr-nav__link" href="/eau">Eau</a></li><li><a class="fr-nav__link" href="/forets">Forêts</a></li></ul></div></li><li class="fr-nav__item"><a class="fr-nav__link" href="/presse">Presse</a></li><li><a class="fr-nav__link" href="/actualites">Actualités</a></li></ul></nav></header><main id="contenu" role="main"><div class="fr-container"><nav class="fr-breadcrumb"><ol><li><a class="fr-breadcrumb__link" href="/">Accueil</a></li><li><a class="fr-breadcrumb__link" aria-current="page">{e(s.title)}</a></li></ol></nav>{s.main}</div></main><div class="fr-follow"><h2 class="fr-h5">Abonnez-vous à notre lettre d'information</h2><a class="fr-btn" href="/lettre">S'abonner</a></div><footer class="fr-footer"><ul class="fr-footer__bottom-list"><li><a href="/mentions-legales">Mentions légales</a></li><li><a href="/accessibilite">Accessibilité : partiellement conforme</a></li></ul></footer></body></html>"""


def _dsfr_article(m: Desk, r: Release) -> str:
    assert r.day
    return f"""<article><h1>{e(r.title)}</h1><p class="fr-text--sm">Publié le {r.day:%d/%m/%Y}</p><p class="fr-text--lead">{m.lead(r)}</p>{m.paras(r)}<h2>Contact presse</h2><p>{m.writer.press_person()}</p></article>"""


def dsfr_cards() -> Site:
    """Cards of the state's design system: a tag and `Le 12 mai 2026` as details around the title; a PDF tile below."""
    m = Desk("dsfr_cards", "Ministère des Rivières", "fr", _dsfr_chrome, _dsfr_article, section="/presse", zone="Europe/Paris", marks=("og",), press=False)  # fmt: skip
    rels = m.take(24, date(2026, 5, 19), lambda n, d, s: f"/presse/communiques-presse/{s}", gap=(2, 7))

    def card(r: Release) -> str:
        assert r.day
        return f"""<div class="fr-col-12 fr-col-md-4"><div class="fr-card fr-enlarge-link fr-card--sm"><div class="fr-card__body"><div class="fr-card__content"><h2 class="fr-card__title"><a href="{r.url_path}">{e(r.title)}</a></h2><p class="fr-card__desc">{m.lead(r, 120)}</p><div class="fr-card__start"><ul class="fr-tags-group"><li><p class="fr-tag fr-tag--sm">Communiqué de presse</p></li></ul><p class="fr-card__detail fr-icon-calendar-line">Le {r.day.day if r.day.day > 1 else "1er"} {FR[r.day.month - 1]} {r.day.year}</p></div></div></div><div class="fr-card__header"><div class="fr-card__img"><img class="fr-responsive-img" src="/img/{r.day:%m%d}.jpg" alt=""></div></div></div></div>"""

    kit = '<div class="fr-tile"><h3 class="fr-tile__title"><a href="/presse/dossier-loi-eau.pdf">Dossier de presse : loi sur l’eau</a></h3><p class="fr-tile__detail">PDF – 3,2 Mo</p></div>'
    m.bad.append(pdf(m, "/presse/dossier-loi-eau.pdf"))
    for n, rows in enumerate(chunks(rels, 12)):
        m.put(m.section + (f"?page={n}" if n else ""), "Espace presse", f'<h1>Espace presse</h1><div class="fr-grid-row fr-grid-row--gutters">{"".join(card(r) for r in rows)}</div><nav class="fr-pagination" aria-label="Pagination"><ul class="fr-pagination__list"><li><a class="fr-pagination__link" aria-current="page">1</a></li><li><a class="fr-pagination__link" href="?page=1" title="Page 2">2</a></li></ul></nav>{kit}')  # fmt: skip
    return m.site(m.section, rels[:12], more=rels[12:], zone="Europe/Paris")


# -- Bootstrap Italia -------------------------------------------------------------------------------------------------------
def _agid_chrome(m: Desk, s: Sheet) -> str:
    menu = "".join(f'<li class="nav-item"><a class="nav-link" href="/{u}"><span>{n}</span></a></li>' for n, u in (("Amministrazione", "amministrazione"), ("Novità", "novita"), ("Servizi", "servizi"), ("Vivere il Comune", "vivere-il-comune")))  # fmt: skip
    return f"""<!doctype html><html lang="it"><head><meta charset="utf-8"><title>{e(s.title)} | {e(m.company)}</title>{s.head}</head><body><header class="it-header-wrapper"><div class="it-header-slim-wrapper"><a class="navbar-brand" href="https://regione.example">Regione Valdossena</a></div><div class="it-brand-wrapper"><a href="/"><div class="it-brand-title">{e(m.company)}</div></a></div><nav class="navbar has-megamenu"><ul class="navbar-nav">{menu}</ul></nav></header><main><div class="container">{s.main}</div><div class="bg-primary rating"><h2>Quanto sono chiare le informazioni su questa pagina?</h2></div></main><footer class="it-footer"><h4>Contatti</h4><p>Piazza Grande 1, Borgovecchio</p><a href="/privacy">Privacy</a></footer></body></html>"""


def _agid_article(m: Desk, r: Release) -> str:
    assert r.day
    return f"""<h1 data-element="news-title">{e(r.title)}</h1><p class="lead">{m.lead(r)}</p><div class="row"><div class="col-6"><small>Data:</small><p class="fw-semibold">{long_date(r.day, "it")}</p></div><div class="col-6"><small>Tempo di lettura:</small><p>2 min</p></div></div><div class="it-page-section">{m.paras(r)}</div>"""


def agid_comune() -> Site:
    """The news page of an Italian town: category and `12 MAG 26` above, `Leggi di più` with the arrow below."""
    m = Desk("agid_comune", "Comune di Borgovecchio", "it", _agid_chrome, _agid_article, section="/novita/comunicati", zone="Europe/Rome", marks=("og",), press=False)  # fmt: skip
    rels = m.take(18, date(2026, 5, 14), lambda n, d, s: f"/novita/comunicati/{s}", gap=(2, 8))

    def card(r: Release) -> str:
        assert r.day
        return f"""<div class="col-md-6 col-xl-4"><div class="card-wrapper border border-light rounded shadow-sm cmp-list-card-img"><div class="card no-after rounded"><img class="card-img-top" src="/m/{r.day:%j}.jpg" alt=""><div class="card-body"><div class="category-top cmp-list-card-img__body"><a class="category cmp-list-card-img__body-heading-title" href="/novita/comunicati">Comunicato</a><span class="data">{r.day.day:02d} {short(r, "it").upper()} {r.day:%y}</span></div><a class="text-decoration-none" href="{r.url_path}"><h3 class="h5 card-title">{e(r.title)}</h3></a><p class="card-text">{m.lead(r, 130)}</p><a class="read-more" href="{r.url_path}"><span class="text">Leggi di più</span><svg class="icon"><use href="#it-arrow-right"></use></svg></a></div></div></div></div>"""

    m.put(m.section, "Comunicati", f'<h1>Comunicati</h1><p>Consulta tutti i comunicati del Comune.</p><div class="cmp-input-search"><input placeholder="Cerca una parola chiave"></div><p class="mb-4"><strong>18</strong> contenuti trovati</p><div class="row g-4" id="load-more">{"".join(card(r) for r in rels)}</div><button class="btn btn-outline-primary">Carica altri risultati</button><h2>Esplora per argomento</h2><div class="chips"><a class="chip chip-simple" href="/argomenti/ambiente"><span class="chip-label">Ambiente</span></a><a class="chip chip-simple" href="/argomenti/sport"><span class="chip-label">Sport</span></a></div>')  # fmt: skip
    m.put("/", m.company, f'<h2 class="visually-hidden">Contenuti in evidenza</h2><div class="row">{card(rels[0])}</div><h2>Siti tematici</h2><a href="https://museo.example">Museo civico</a><p><a href="/novita">Tutte le novità</a></p>')  # fmt: skip
    m.put("/novita", "Novità", f'<h1>Novità</h1><p>Esplora tutte le novità</p><div class="row"><a href="/novita/notizie">Notizie</a> <a href="{m.section}">Comunicati</a> <a href="/novita/avvisi">Avvisi</a></div>')  # fmt: skip
    return m.site("/novita", rels, listing=m.section, zone="Europe/Rome")


# -- gov.pl --------------------------------------------------------------------------------------------------------------------
def _govpl_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html class="no-js" lang="pl"><head><meta charset="UTF-8"><title>{e(s.title)} - {e(m.company)} - Portal.example</title>{s.head}</head><body class="body--article-list"><header class="main-header"><nav id="nav-quick"><ul><li><a href="#main-content">Przejdź do treści</a></li></ul></nav><a href="/" id="logo">Serwis Rzeczypospolitej</a></header><nav class="menu-context" id="menu"><ul><li><a href="/web/klimat/wiadomosci" class="active">Wiadomości</a></li><li><a href="/web/klimat/kierownictwo">Kierownictwo</a></li><li><a href="/web/klimat/kontakt">Kontakt</a></li></ul></nav><main id="main-content"><article class="article-area__article">{s.main}</article></main><footer class="footer"><h2>stopka</h2><ul><li><a href="/web/mapa-strony">Mapa strony</a></li><li><a href="/web/bip">BIP</a></li></ul></footer></body></html>"""


def _govpl_article(m: Desk, r: Release) -> str:
    assert r.day
    return f"""<h2>{e(r.title)}</h2><p class="event-date">{dotted(r.day)}</p><div class="editor-content">{m.paras(r)}</div><h3>Zdjęcia (2)</h3>"""


def govpl_list() -> Site:
    """One anchor a row; its title, date and intro are `div`s inside; empty alt, a pager of query parts."""
    m = Desk("govpl_list", "Ministerstwo Klimatu Rzek", "pl", _govpl_chrome, _govpl_article, section="/web/klimat/wiadomosci", zone="Europe/Warsaw", marks=("og",), press=False)  # fmt: skip
    rels = m.take(30, date(2026, 5, 19), lambda n, d, s: f"/web/klimat/{s}", gap=(1, 4))

    def row(r: Release) -> str:
        assert r.day
        return f"""<li><a href="{r.url_path}"><picture><img src="/photo/format/{r.day:%m%d}/resolution/250x167" alt="" loading="lazy"></picture><div><div class="title">{e(r.title)}</div><div class="event"><span class="date">{dotted(r.day)}</span></div><div class="intro">{m.lead(r, 190)}</div></div></a></li>"""

    for n, rows in enumerate(chunks(rels, 10)):
        m.put(m.section + (f"?page={n + 1}&size=10" if n else ""), "Wiadomości", f'<h2>Wiadomości</h2><form class="search-form"><label>Szukaj<input name="show"></label></form><div class="art-prev art-prev--near-menu"><ul>{"".join(row(r) for r in rows)}</ul></div><div class="pagination"><a class="pagination__page" href="?page=2&amp;size=10">2</a><a class="pagination__next" href="?page=2&amp;size=10">Następna</a></div>')  # fmt: skip
    return m.site(m.section, rels[:10], more=rels[10:], zone="Europe/Warsaw")


# -- Plone of the Brazilian state ------------------------------------------------------------------------------------------------
def _govbr_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="pt-br" class="no-js"><head><meta charset="utf-8"><title>{e(s.title)} — {e(m.company)}</title>{s.head}</head><body class="template-summary_view portaltype-collection" dir="ltr"><div id="barra"><a href="/acesso-a-informacao">Acesso à Informação</a></div><header id="site-header"><a href="/" class="header-logo">{e(m.company)}</a><nav class="govbr-menu"><ul><li><a href="/assuntos">Assuntos</a><ul><li><a href="/assuntos/noticias">Notícias</a></li></ul></li><li><a href="/composicao">Composição</a></li><li><a href="/canais">Canais de Atendimento</a></li></ul></nav></header><main id="wrapper"><div id="main-content">{s.main}</div></main><footer><a href="/assuntos">Assuntos</a><a href="https://redes.example">Redes sociais</a></footer></body></html>"""


def _govbr_article(m: Desk, r: Release) -> str:
    assert isinstance(r.published, datetime)
    return f"""<article id="content"><h1 class="documentFirstHeading">{e(r.title)}</h1><div class="documentByLine"><span class="documentPublished"><span>Publicado em</span> <span class="value">{r.published:%d/%m/%Y %Hh%M}</span></span></div><div id="parent-fieldname-text">{m.paras(r)}</div><div class="nitf-tags">Tags: <a href="/@@search?Subject=energia">energia</a></div></article>"""


def govbr_plone() -> Site:
    """Plone tiles: a subtitle above the headline, `publicado`, day and hour as icons' texts below, keywords last."""
    m = Desk("govbr_plone", "Instituto Nacional de Marés", "pt", _govbr_chrome, _govbr_article, section="/assuntos/noticias", zone="America/Sao_Paulo", marks=(), press=False)  # fmt: skip
    rels = m.take(
        30, date(2026, 5, 18), lambda n, d, s: f"/assuntos/noticias/{d.year}/{s}", gap=(1, 5), minutes=True
    )

    def row(r: Release) -> str:
        assert isinstance(r.published, datetime)
        return f"""<article class="tileItem visualIEFloatFix tile-collective-nitf-content"><div class="tileImage"><a href="{r.url_path}"><img src="{r.url_path}/@@images/tile" alt="" title="{e(r.title)}"></a></div><div class="tileContent"><span class="subtitle">Energia</span><h2 class="tileHeadline"><a href="{r.url_path}" class="summary url">{e(r.title)}</a></h2><p class="tileBody"><span class="description">{m.lead(r)}</span></p><div class="keywords">registrado em: <span><a href="/@@search?Subject=mar" class="link-category" rel="nofollow">mar</a></span></div></div><span class="documentByLine"><ul class="tileInfo"><li>por <span class="author">Comunicação Social</span></li><li>publicado</li><li><i class="icon-day"></i> {r.published:%d/%m/%Y}</li><li><i class="icon-hour"></i> {r.published:%Hh%M}</li><li>Notícia</li></ul></span><div class="visualClear"></div></article>"""

    for n, rows in enumerate(chunks(rels, 15)):
        m.put(m.section + (f"?b_start:int={n * 15}" if n else ""), "Notícias", f'<h1 class="documentFirstHeading">Notícias</h1><div id="content-core"><div class="tileList">{"".join(row(r) for r in rows)}</div><ul class="paginacao listingBar"><li><span>1</span></li><li><a href="{m.section}?b_start:int=15">2</a></li><li><a class="proximo" href="{m.section}?b_start:int=15">Próximo »</a></li></ul></div>')  # fmt: skip
    return m.site(m.section, rels[:15], more=rels[15:], zone="America/Sao_Paulo")


# -- Rijksoverheid ---------------------------------------------------------------------------------------------------------------
def _ro_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!doctype html><html lang="nl-NL"><head><meta charset="utf-8"><title>{e(s.title)} | {e(m.company)}</title>{s.head}</head><body id="government" data-scope="government"><div id="mainwrapper"><header><div class="skiplinks"><a href="#content-wrapper">Ga direct naar inhoud</a></div><div class="logo"><a href="/"><img src="/logo.svg" alt="Logo {e(m.company)}"></a></div></header><div id="navBar"><nav class="wrapper"><ul class="close"><li><a href="/">Home</a></li><li class="selected"><a href="/actueel">Actueel</a></li><li><a href="/onderwerpen">Onderwerpen</a></li><li><a href="/documenten">Documenten</a></li></ul></nav></div><main id="content-wrapper">{s.main}</main><footer class="site-footer"><div class="column"><h2>Service</h2><ul><li><a href="/contact">Contact</a></li><li><a href="/abonneren">Abonneren</a></li><li><a href="/rss">RSS</a></li></ul></div></footer></div></body></html>"""


def _ro_article(m: Desk, r: Release) -> str:
    assert r.day
    return f"""<div class="article content"><h1 class="news">{e(r.title)}</h1><p class="article-meta">Nieuwsbericht | {r.day:%d-%m-%Y} | 10:00</p><div class="intro"><p>{m.lead(r)}</p></div>{m.paras(r)}</div>"""


def dutch_results() -> Site:
    """An ordered list of results; day only as `12-05-2026` behind the kind in a `meta` line within the anchor."""
    m = Desk("dutch_results", "Inspectie Dijken en Duinen", "nl", _ro_chrome, _ro_article, section="/actueel/nieuws", zone="Europe/Amsterdam", marks=(), press=False)  # fmt: skip
    rels = m.take(20, date(2026, 5, 12), lambda n, d, s: f"/actueel/nieuws/{d:%Y/%m/%d}/{s}", gap=(4, 9))

    def row(r: Release) -> str:
        assert r.day
        return f'<li class="results__item"><a class="news" href="{r.url_path}"><h3>{e(r.title)}</h3><p>{m.lead(r)}</p><p class="meta">Nieuwsbericht | {r.day:%d-%m-%Y}</p></a></li>'

    m.put(m.section, "Nieuws", f'<div class="wrapper"><div class="article content"><h1>Nieuws</h1><form class="searchForm"><input name="trefwoord"><input name="startdatum" placeholder="dd-mm-jjjj"><button>Zoek</button></form><h2 class="assistive">Zoekresultaten</h2><p>1 tot 20 van 412 resultaten</p><ol class="common results">{"".join(row(r) for r in rels)}</ol><div class="paging"><ul><li class="next"><a href="{m.section}?pagina=2">Volgende</a></li></ul></div></div></div>')  # fmt: skip
    return m.site(m.section, rels, zone="Europe/Amsterdam")


# -- a Czech region ----------------------------------------------------------------------------------------------------------------
def _cz_chrome(m: Desk, s: Sheet) -> str:
    return f"""<!DOCTYPE html><html lang="cs"><head><meta charset="utf-8"><title>{e(s.title)}: {e(m.company)}</title>{s.head}</head><body class="generated"><div id="hlavicka"><a href="/">{e(m.company)}</a></div><div id="menu"><ul><li><a href="/kraj/">Kraj</a></li><li><a href="/urad/">Krajský úřad</a></li><li><a href="/tiskove-zpravy/ds-1121">Tiskové zprávy</a></li><li><a href="/uredni-deska/">Úřední deska</a></li></ul></div><div id="stranka">{s.main}</div><div id="paticka"><p>Poslední aktualizace: 19. 5. 2026</p><a href="/prohlaseni">Prohlášení o přístupnosti</a></div></body></html>"""


def _cz_article(m: Desk, r: Release) -> str:
    assert r.day
    return f"""<h1>{e(r.title)}</h1><p><strong>{e(m.writer.home)}, {r.day.day}. {month(r.day, "cs")} {r.day.year}</strong></p>{m.paras(r)}<p class="info">Odpovídá: {m.writer.press_person()}<br>Vytvořeno / změněno: {r.day.day}. {r.day.month}. {r.day.year}</p>"""


def czech_region() -> Site:
    """A table of headline, department and `12. 5. 2026` with spaces; sort links in its head; attachments elsewhere."""
    m = Desk("czech_region", "Lipinský kraj", "cs", _cz_chrome, _cz_article, section="/tiskove-zpravy/ds-1121", zone="Europe/Prague", marks=(), press=False)  # fmt: skip
    rels = m.take(25, date(2026, 5, 19), lambda n, d, s: f"/{s}/d-{1754000 + n * 17}", gap=(1, 5))

    rows = "".join(f'<tr class="{"suda" if n % 2 else "licha"}"><td><a href="{r.url_path}">{e(r.title)}</a></td><td>Oddělení komunikace</td><td class="datum">{r.day.day}. {r.day.month}. {r.day.year}</td></tr>' for n, r in enumerate(rels) if r.day)  # fmt: skip
    m.put(m.section, "Tiskové zprávy", f'<h1>Tiskové zprávy</h1><table class="seznam"><thead><tr><th><a href="?sort=nazev">Název</a></th><th>Autor</th><th><a href="?sort=datum">Datum</a></th></tr></thead><tbody>{rows}</tbody></table><p class="strankovani">Strana: <strong>1</strong> <a href="?p1=26">2</a> <a href="?p1=51">3</a></p>')  # fmt: skip
    return m.site(m.section, rels, zone="Europe/Prague")


SITES = (govuk_finder, uswds_collection, dsfr_cards, agid_comune, govpl_list, govbr_plone, dutch_results, czech_region)  # fmt: skip
