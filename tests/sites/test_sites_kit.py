"""The kit is honest: what a site promises can be found on it by anybody who looks."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from html import unescape
from urllib.error import HTTPError
from urllib.parse import unquote, urljoin
from urllib.request import urlopen

import pytest
from lxml import html

from sites import catalogue
from sites.kit import Moved, Release, Running, Site, answer, bare, document, serve
from sites.prose import long_date, us_date
from sites.score import score
from sites.second import catalogue as second

NAMES = (*catalogue.NAMES, *second.NAMES)
EVERY = pytest.mark.parametrize("name", NAMES)


def site_of(name: str) -> Site:
    """A site of either set."""
    return second.site(name) if name in second.NAMES else catalogue.site(name)


def get(address: str) -> tuple[str, str]:
    """Text and media type of a page over the wire."""
    with urlopen(address, timeout=10) as got:
        body: bytes = got.read()
        return decoded(body, got.headers["Content-Type"]), got.headers.get_content_type()


def decoded(body: bytes, media_type: str) -> str:
    return body.decode("cp1252" if "8859-1" in media_type or "pdf" in media_type else "utf-8")


def page(pages, path: str) -> str:  # type: ignore[no-untyped-def]
    """The text of one page, redirects followed."""
    got = answer(pages, path)
    while isinstance(got, Moved):
        got = answer(pages, got.to)
    assert got is not None, f"{path} answers 404"
    return decoded(*got)


def folded(text: str) -> str:
    """Letters and digits only, entities resolved: what a title keeps through typography."""
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    return re.sub(r"\W+", "", unescape(text)).casefold()


def article(site: Site, release: Release) -> str:
    at = release.url_path
    return page(site.wire, at.removeprefix("%%WIRE%%")) if at.startswith("%%") else page(site.pages, at)


@EVERY
def test_every_release_has_a_page_which_holds_its_title(name: str) -> None:
    """Expected addresses answer, with the expected headline."""
    site = site_of(name)
    for release in (*site.releases, *site.more[::7]):
        assert folded(release.title) in folded(article(site, release)), release


@EVERY
def test_every_listed_release_is_named_in_the_list_document(name: str) -> None:
    """The last part of each address stands in the page which holds the list, or in its state."""
    site = site_of(name)
    text = (
        unquote(unescape(decoded(document(site, site.list_path), site_charset(site))))
        .replace("\\u002F", "/")
        .replace("\\/", "/")
    )
    for release in site.releases:
        last = unquote(release.url_path).rstrip("/").rsplit("/", 1)[-1].rsplit("?", 1)[-1]
        assert last in text, release


WITHOUT_ANCHORS = {
    "next_state",
    "nuxt_state",
    "nuxt3_state",
    "wp_rest",
    "wp_rest_type",
    "news_sitemap",
    "plain_sitemap",
}
WITHOUT_ANCHORS |= {"feed_atom", "data_href", "onclick_rows", "state_40", "state_40_en"}
WITHOUT_ANCHORS |= {"hubspot_shell", "prezly_finnish", "sitemap_room"}  # of the second set


@EVERY
def test_links_of_the_list_resolve_to_the_expected_addresses(name: str) -> None:
    """Relative, based, protocol-relative or absolute: a browser's reading of each link is the expected address."""
    site = site_of(name)
    running = Running(site, 8080, 8081)
    tree = html.fromstring(running.fill(document(site, site.list_path)))
    base = urljoin(running.url(site.list_path), next(iter(tree.xpath("//base/@href")), ""))
    linked = {bare(urljoin(base, href)) for href in tree.xpath("//a/@href")}
    missing = [r for r in site.releases if bare(running.url(r.url_path)) not in linked]
    if name in WITHOUT_ANCHORS:
        assert missing, "has anchors after all"
    else:
        assert not missing


@EVERY
def test_a_promised_deck_stands_in_the_list_or_its_feed(name: str) -> None:
    """A deck is promised only where the list document, its state or a feed of the site shows it."""
    site = site_of(name)
    feeds = [body for body in site.pages.values() if isinstance(body, tuple) and "rss" in body[1]]
    shown = folded(
        "".join(
            b.decode("utf-8", "replace") for b in (document(site, site.list_path), *(f[0] for f in feeds))
        )
    )
    for release in site.releases:
        assert folded(release.deck) in shown, release


@EVERY
def test_an_article_tells_the_expected_day(name: str) -> None:
    """Where the site has dates in its articles, they are those of the list."""
    site = site_of(name)
    if site.dated in ("url", "none"):
        return
    for release in site.releases[:5]:
        assert any(form in article(site, release) for form in forms(release, site.language)), release


def forms(release: Release, language: str) -> list[str]:
    """How a day may be written."""
    day = release.day
    assert day is not None
    return [day.isoformat(), f"{day:%d.%m.%Y}", f"{day:%d/%m/%Y}", long_date(day, language), us_date(day)]


def site_charset(site: Site) -> str:
    got = answer(site.pages, site.list_path)
    return got[1] if isinstance(got, tuple) else ""


def moment(release: Release) -> datetime:
    """The release's earliest possible moment."""
    when = release.published
    assert when is not None
    return when if isinstance(when, datetime) else datetime.combine(when, time(), UTC)


@EVERY
def test_dates_are_in_order_and_not_in_the_future(name: str) -> None:
    """In order, none later than the moment at which the site is looked at, all or none dated."""
    site = site_of(name)
    days = [r.day for r in site.releases]
    if site.dated == "none":
        assert set(days) <= {None}
        return
    assert None not in days
    assert days in (sorted(days, reverse=True), sorted(days))
    assert all(moment(r) <= site.now for r in (*site.releases, *site.more))


@EVERY
def test_no_release_is_expected_twice_or_forbidden(name: str) -> None:
    """Addresses are unique; nothing is both release and not."""
    site = site_of(name)
    both = (*site.releases, *site.more)
    assert len({r.url_path for r in both}) == len(both)
    assert not {r.url_path for r in both} & set(site.not_releases)


@EVERY
def test_what_is_no_release_answers(name: str) -> None:
    """Whoever takes a wrong link finds a page there: a wrong address alone saves nobody."""
    site = site_of(name)
    for path in site.not_releases:
        assert document(site, path), path


@EVERY
def test_it_is_served_over_loopback(name: str) -> None:
    """Entry and newest release come over a socket, no mark is left in them, and requests are counted."""
    site = site_of(name)
    with serve(site) as running:
        entry, _ = get(running.entry)
        for newest in site.releases[:1]:
            assert folded(newest.title) in folded(get(running.url(newest.url_path))[0])
        if site.fallback is None:
            with pytest.raises(HTTPError, match="404"):
                get(running.base + "/nothing/here-at-all.xml")
        assert "%%" not in entry
        assert running.counts[site.entry] == 1


def test_both_halves_have_sites() -> None:
    """About half of the sites are held back for the end."""
    tuned, held = len(catalogue.tuned()), len(catalogue.held_back())
    assert abs(tuned - held) <= (tuned + held) / 5


def test_the_sets_share_no_name() -> None:
    """A name tells one site, whichever set it stands in; the second set is all held back."""
    assert len(set(NAMES)) == len(NAMES)
    assert not any(s.tuned for s in second.every())


def test_texts_differ_from_release_to_release() -> None:
    """No two articles of a site share their body."""
    site = catalogue.site("typo3_news")
    bodies = {re.search(r'article-body">(.*?)</div>', article(site, r), re.S)[1] for r in site.releases}  # type: ignore[index]
    assert len(bodies) == len(site.releases)


@EVERY
def test_a_true_reading_scores_perfect(name: str) -> None:
    """Whoever gives back what the site promises has no faults, whatever its addresses look like."""
    site = site_of(name)
    running = Running(site, 8080, 8081)
    got = score(running, [(running.url(r.url_path), r.title, r.published) for r in site.releases])
    assert got.perfect
    assert got.taken == len(site.releases)


def test_each_fault_of_a_reading_is_named() -> None:
    """A job, a cut title, a wrong day and a release that is missing all show in the score."""
    site = catalogue.site("many_lists")
    running = Running(site, 8080, 8081)
    first, second, third, *_ = site.releases
    job = next(p for p in site.not_releases if p.startswith("/karriere/stelle/"))
    found = [
        (running.url(first.url_path), first.title[:10], first.published),
        (running.url(second.url_path), second.title, first.published),
        (running.url(third.url_path) + "?utm_source=x#top", third.title, third.published),
        (running.url(job), "Job", None),
    ]
    got = score(running, found)
    assert (got.taken, len(got.titles), len(got.dates), len(got.missing)) == (3, 1, 1, 7)
    assert got.wrong[0].startswith("!")
