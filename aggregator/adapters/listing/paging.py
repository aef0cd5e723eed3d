"""The next page of a list: the link that says so, or the page's own number plus one. Pure."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from aggregator.adapters.listing import words
from aggregator.adapters.listing.page import Link, Page
from aggregator.adapters.listing.texts import text_of

_NUMBER = re.compile(r"^(?:seite|page|pagina|strona)?\s?(\d{1,5})$", re.I)
_PLACE = re.compile(r"(?:page|seite|pagina|p|s|pg|start|offset)?[/=_-]?(\d{1,6})/?(?:\.html?)?$", re.I)
_AROUND = 400
"""Elements behind the last item within which pages are named where nothing calls itself so."""
_TURNS = re.compile(r"page|seite|pagina|offset|start|pag|strona", re.I)


def find(page: Page, last: int) -> tuple[str, int]:
    """Address of the next page and the number of its link (-1: the head says it); empty where there is none.

    `last` is the last element of the list. The last page and the next month are no next page.
    """
    for element in page.root.iter("link"):
        is_next = "next" in (element.get("rel") or "").lower().split()
        if is_next and (url := page.address(element.get("href") or "")):
            return url, -1
    for link in page.links:
        said = "next" in (page.elements[link.at].get("rel") or "").lower().split()
        if said and (_is_same_list(page, link.url) or _is_beside(page, link.url)):
            return link.url, link.at
    return _by_text(page, last) or _by_number(page, last) or ("", -1)


def _is_same_list(page: Page, url: str) -> bool:
    """Whether an address is the list's own but for numbers: same host, and the path goes on from it."""
    here, there = urlsplit(page.document.url), urlsplit(url)
    if here.hostname != there.hostname:
        return False
    return bool(_bare(here.path) == _bare(there.path) and (there.query or there.path != here.path))


def _is_beside(page: Page, url: str) -> bool:
    """Whether an address stands in the list's own folder, or below it: enough for what calls itself the next page."""
    here, there = urlsplit(page.document.url), urlsplit(url)
    return here.hostname == there.hostname and there.path.startswith(here.path.rpartition("/")[0] + "/")


def _bare(path: str) -> str:
    """A path without the number of the page in it."""
    path = re.sub(r"/(?:page|seite|pagina|p|strona)[/=_-]?\d*(?=/|\.\w{2,5}$|$)", "", path, flags=re.I)
    return re.sub(
        r"(?:/index)?(?:\.html?|\.php|\.aspx)?/?$", "", re.sub(r"[/_,-]?\d+(?=/?$|\.html?$)", "", path)
    )


def _by_text(page: Page, last: int) -> tuple[str, int] | None:
    for link in page.links:
        if link.at <= last and page.zone[link.at] != "paging":
            continue
        element = page.elements[link.at]
        said = [text_of(element, 60), element.get("aria-label") or "", element.get("title") or ""]
        named = set((element.get("class") or "").lower().replace("--", "-").split("-")[-1:])
        if not (any(_says_next(s) for s in said if s) or named & {"next"}):
            continue
        near = page.zone[link.at] == "paging" or link.at - last <= _AROUND
        if near and _is_same_list(page, link.url) and not _is_last(page, link):
            return link.url, link.at
    return None


def _says_next(text: str) -> bool:
    return text.strip() in words.table()["links"]["next"] or words.plain(text) in words.entries(
        "links", "next"
    )


def _is_last(page: Page, link: Link) -> bool:
    """Whether it jumps to the end, as its words or its class say, or leads back: its number is no later than this page's,
    where both are told and count pages: of a thousand and more that is not certain."""
    here, there = _page_number(page.document.url), _page_number(link.url)
    element = page.elements[link.at]
    said = words.spaced(
        " ".join(filter(None, (element.get("title"), element.get("class"), element.get("aria-label"))))
    )
    if " last " in said or " letzte " in said:
        return True
    return 0 < there <= here < 1000


def _page_number(url: str) -> int:
    parts = urlsplit(url)
    for name, value in parse_qsl(parts.query[:2000]):
        if _TURNS.search(name) and value.isdecimal():
            return int(value[:6])
    hit = re.search(r"/(?:page|seite|pagina|p|strona)[/=_-]?(\d{1,5})(?=/|$)", parts.path, re.I)
    return int(hit[1]) if hit else 0


def _by_number(page: Page, last: int) -> tuple[str, int] | None:
    """A row of numbers behind the list: the one that follows the page's own."""
    numbered: list[tuple[int, Link]] = []
    for link in page.links:
        if link.at <= last and page.zone[link.at] != "paging":
            continue
        hit = _NUMBER.match(text_of(page.elements[link.at], 20))
        if hit and _is_same_list(page, link.url):
            numbered.append((int(hit[1]), link))
    here = _page_number(page.document.url) or 1
    # A site may count its pages from nought in the address and from one in the text.
    wanted = (
        {here + 1} if all(_page_number(link.url) in (0, n) for n, link in numbered) else {here + 1, here + 2}
    )
    if _page_number(page.document.url) == 0:
        wanted = {2}
    found = [(n, link) for n, link in numbered if n in wanted]
    return (found[0][1].url, found[0][1].at) if found else None
