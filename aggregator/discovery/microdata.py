"""Lists of articles in microdata (schema.org): a page's own words for headline, address and date. Pure."""

from __future__ import annotations

import re

from lxml import etree

from aggregator.adapters.links import web_url
from aggregator.discovery.candidate import Candidate
from aggregator.model import Document, Draft, Recipe
from aggregator.text import one_line

_TYPE = re.compile(r"schema\.org/((?:\w{0,20}NewsArticle|Article|BlogPosting|PressRelease|Report))\s*$")
_MOST = 1_000

_FIELDS = {
    "url": ("[itemprop=url]@href", "[itemprop=mainEntityOfPage]@href", "a@href"),
    "title": ("[itemprop=headline]", "[itemprop=name]"),
    "published": (
        "[itemprop=datePublished]@content",
        "[itemprop=datePublished]@datetime",
        "[itemprop=datePublished]",
    ),
    "deck": ("[itemprop=description]", "[itemprop=abstract]"),
}


def find(root: etree._Element, document: Document) -> list[Candidate]:
    """The lists of articles of one type, as candidates of the `newsroom` adapter."""
    kinds: dict[str, list[etree._Element]] = {}
    for element in root.iter():
        hit = _TYPE.search(element.get("itemtype") or "") if isinstance(element.tag, str) else None
        if hit and len(kinds.setdefault(hit[1], [])) < _MOST:
            kinds[hit[1]].append(element)
    return [made for kind, items in kinds.items() if (made := _candidate(kind, items, document))]


def _candidate(kind: str, elements: list[etree._Element], document: Document) -> Candidate | None:
    drafts = {d.key: d for element in elements if (d := _draft(element, document))}
    if len(drafts) < 2 or len(drafts) < 0.6 * len(elements):
        return None
    items = tuple(drafts.values())
    dated = sum(bool(d.published) for d in items) / len(items)
    recipe = Recipe(
        items=(f'[itemtype$="schema.org/{kind}"]', f'//*[contains(@itemtype, "{kind}")]'),
        url=_FIELDS["url"],
        title=_FIELDS["title"],
        published=_FIELDS["published"],
        deck=_FIELDS["deck"],
    )
    evidence = (f"microdata: {len(items)} times {kind}, {round(dated * len(items))} of them dated",)
    score = round(0.3 + 0.5 * dated + 0.1 * min(1.0, len(items) / 5), 3)
    return Candidate(
        adapter="newsroom", url=document.url, recipe=recipe, items=items, score=score, evidence=evidence
    )


def _draft(element: etree._Element, document: Document) -> Draft | None:
    said: dict[str, list[etree._Element]] = {}
    for inner in element.iter():
        if isinstance(inner.tag, str):
            for name in (inner.get("itemprop") or "").split():
                said.setdefault(name, []).append(inner)
    links = [*said.get("url", []), *said.get("mainEntityOfPage", []), *element.iter("a")]
    url = next((u for e in links if (u := web_url(e.get("href") or "", document.url))), "")
    title = next((t for n in ("headline", "name") for e in said.get(n, []) if (t := _text(e))), "")
    if not url or not title:
        return None
    dates = (e.get("content") or e.get("datetime") or _text(e) for e in said.get("datePublished", []))
    deck = next((t for n in ("description", "abstract") for e in said.get(n, []) if (t := _text(e))), "")
    return Draft(
        key=url, content="", content_type="text/plain", fetched_at=document.fetched_at, url=url, base=url,
        title=title[:1000], summary=deck[:2000], published=next((d.strip()[:80] for d in dates if d.strip()), ""),
    )  # fmt: skip


def _text(element: etree._Element) -> str:
    return one_line(element.get("content") or "".join(element.itertext()))
