"""What a whole page says about itself: in its head, its JSON-LD, its headings. Pure."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

from aggregator.reading import named, sanitise, structured, survey
from aggregator.reading.pieces import Material
from aggregator.text import one_line

_CUT = re.compile(r"<!--|<(script|style|svg|template)\b")
_CUT_ANY = re.compile(_CUT.pattern, re.I)
_LD = re.compile(r"ld\+json")
_QUOTES = ("'", '"', "=")
"""What stands before a mark that is the value of an attribute."""
_MAX_LD = 200_000
_LONGEST = structured.LONGEST
_HEADINGS = 8
"""Headings that are compared with the headlines of JSON-LD."""


def without_scripts(markup: str) -> tuple[str, list[str]]:
    """Markup without scripts, styles, drawings and comments, and the JSON-LD that stood in it.

    Linear: every place is looked at once, and an end that is missing is searched for once.
    """
    if not _CUT_ANY.search(markup):
        return markup, []
    low = markup.lower()
    low = low if len(low) == len(markup) else markup
    found: list[str] = []
    out: list[str] = []
    missing: set[str] = set()
    at = 0
    for hit in _CUT.finditer(low):
        if hit.start() < at or (hit[1] and markup[hit.start() - 1 : hit.start()] in _QUOTES):
            continue
        out.append(markup[at : hit.start()])
        ending = f"</{hit[1]}" if hit[1] else "-->"
        # "<!-->" is a whole comment [R: HTML, 13.2.5.43].
        opened = low.find(">", hit.end()) + 1 if hit[1] else hit.end() - 2
        if _is_whole(low, hit[1], hit.end(), opened):
            at = opened
            continue
        end = low.find(ending, opened) if opened and ending not in missing else -1
        if end < 0:
            missing.add(ending)
            # An unclosed script takes the rest with it, as in browsers; of others only the mark goes.
            rest = opened if hit[1] else hit.end()
            at = len(markup) if hit[1] in ("script", "style") else rest or len(markup)
            continue
        if (
            hit[1] == "script"
            and len(found) < 10
            and end - opened < _MAX_LD
            and _LD.search(low, hit.end(), opened)
        ):
            found.append(markup[opened:end])
        at = low.find(">", end) + 1 if hit[1] else end + 3
        at = at or len(markup)
    out.append(markup[at:])
    return "".join(out), found


def _is_whole(low: str, tag: str | None, start: int, opened: int) -> bool:
    """Whether an opening mark ends itself: ``<svg/>``, ``<!-->``; or what it holds is shown, as that of a shadow root."""
    if not tag:
        return False
    said = low[start:opened]
    return (tag == "svg" and said.endswith("/>")) or (tag == "template" and "shadowroot" in said)


_PAGE = re.compile(r"<(?:html|body|head|!doctype)\b", re.I)


def is_page(markup: str) -> bool:
    """Whether this is a whole page and not a piece of one."""
    return bool(_PAGE.search(markup[:4000]))


# ------------------------------------------------------------------------------- what it says about itself


def describe(root: etree._Element, scripts: list[str], material: Material) -> None:
    """Take title, dates, language, canonical address and keywords from a page's head and JSON-LD."""
    material.page = True
    material.language = root.get("lang") or ""
    metas = _metas(root)
    shown = one_line("".join(next(iter(root.iter("title")), etree.Element("x")).itertext())[:_LONGEST])
    named = (metas.get("og:title", ""), metas.get("twitter:title", ""), metas.get("dc.title", ""), shown)
    headings = ("".join(e.itertext())[:_LONGEST] for e in islice(root.iter("h1", "h2"), _HEADINGS))
    structured.read(scripts, (*named, *headings), material)
    material.site = material.site or metas.get("og:site_name", "")
    stated = (material.title, *named)
    material.claims = tuple(dict.fromkeys(t for t in stated if t))
    for name in (
        "article:published_time",
        "datepublished",
        "dc.date",
        "dc.date.issued",
        "date",
        "dcterms.created",
        "publish-date",
        "og:article:published_time",
    ):
        if name in metas:
            material.declared.append(("published", metas[name]))
    for name in ("article:modified_time", "og:updated_time", "datemodified"):
        if name in metas:
            material.declared.append(("updated", metas[name]))
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and (link.get("href") or "").startswith("http"):
            material.canonical = sanitise.address(link.get("href") or "")
    material.editions = _editions(root)
    material.author = material.author or metas.get("author", "") or metas.get("article:author", "")
    material.types = (*material.types, metas.get("og:type", "")) if metas.get("og:type") else material.types
    material.keywords = material.keywords or tuple(
        k.strip() for k in metas.get("keywords", metas.get("news_keywords", "")).split(",") if k.strip()
    )
    material.password = any(e.get("type") == "password" for e in root.iter("input"))
    material.scripts = not any(text.strip() for text in root.itertext())


_MOST_EDITIONS = 40


_LANGUAGE = re.compile(r"[a-z]{1,8}(?:-[a-z0-9]{1,8})*")
"""A language tag (BCP 47), or ``x-default``."""


def _editions(root: etree._Element) -> tuple[tuple[str, str], ...]:
    """The addresses of a page in other languages, as ``hreflang`` links name them, each once."""
    links = (e for e in root.iter("link") if "alternate" in (e.get("rel") or ""))
    found = {
        (language, address)
        for link in links
        if _LANGUAGE.fullmatch(language := (link.get("hreflang") or "").lower())
        and (address := sanitise.address(link.get("href") or "")).startswith("http")
    }
    return tuple(sorted(found))[:_MOST_EDITIONS]


def _metas(root: etree._Element) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        value = one_line((meta.get("content") or "")[:_LONGEST])
        if name and value:
            metas.setdefault(name, value)
    return metas


_LITTLE = 400


def unfold(root: etree._Element) -> None:
    """Where a page shows little by itself, what it says to those without scripts is its text."""
    hidden = [e for e in root.iter("noscript") if e.find(".//p") is not None or e.find(".//h1") is not None]
    if hidden and survey.Survey(root).total < _LITTLE:
        for element in hidden:
            element.tag = "div"


_OWNER = re.compile(
    r"(?:©|\(c\)|copyright|&copy;)\s*(?:\d{4}(?:\s?[-–/]\s?\d{2,4})?)?,?\s*(?:by |bei )?(.{3,70})", re.I
)


def owner(root: etree._Element) -> str:
    """Who owns the page, by the last sign of copyright on it; empty where nobody does."""
    found = ""
    for text in root.itertext():
        if ("©" in text or "opyright" in text) and len(text) < 400 and (hit := _OWNER.search(one_line(text))):
            found = hit[1]
    return found


_SIZE = re.compile(r"\d+")
_STYLED = re.compile(r"(?:^|;)\s*(?:width|height)\s*:\s*[0-2](?:px)?\s*(?:!important\s*)?(?:;|$)", re.I)


def is_pixel(element: etree._Element) -> bool:
    """Whether an image counts readers: at most 2 by 2, hidden, of a known host, or without a picture's address."""
    for name in ("width", "height"):
        size = _SIZE.match(element.get(name) or "")
        if size and int(size.group()[:6]) <= 2:
            return True
    source = element.get("src") or element.get("data-src") or ""
    if not source or source.startswith("data:") or named.is_tracker(source) or survey.is_hidden(element):
        return True
    return _STYLED.search((element.get("style") or "")[:1000]) is not None


_OF_HEAD = frozenset(
    {
        "base",
        "basefont",
        "bgsound",
        "link",
        "meta",
        "noscript",
        "object",
        "script",
        "style",
        "template",
        "title",
    }
)


def leave_head(root: etree._Element) -> None:
    """Move the text out of the head: libxml2 leaves an HTML 5 element that follows a ``meta`` or ``link`` in it.

    Fragments that begin with a style sheet's link look so, and pages without the optional tags of the body.
    """
    head = root.find("head")
    first = next((e for e in head if e.tag not in _OF_HEAD), None) if head is not None else None
    if head is None or first is None:
        return
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    moved = head[head.index(first) :]
    if moved[-1] is not None and body.text:
        moved[-1].tail, body.text = (moved[-1].tail or "") + body.text, None
    body[:0] = moved
