"""APA-OTS: RSS of teasers, the interface ``www.ots.at/api`` in JSON, and its pages.

Shapes: addresses ``/presseaussendung/OTS_20240109_OTS0031/headline``; stories ``{OTSKEY, TITEL, ZEITSTEMPEL, WEBLINK,
DATUM, ZEIT, UTL, EMITTENT}``, with ``TEXT`` where one is asked for; pages whose title ends in ``| Sender, 09.01.2024``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from aggregator.adapters import Item, wirefeed
from aggregator.adapters.dates import as_iso
from aggregator.adapters.links import web_url
from aggregator.adapters.wirefeed import objects, string, strings
from aggregator.adapters.wirepage import Fields, Layout
from aggregator.model import Document, Draft, Source
from aggregator.text import one_line

_SENDER = re.compile(r"(?P<title>.+?)\s+\|\s+(?P<sender>[^|]{2,150}?)(?:,\s*\d{1,2}\.\d{1,2}\.\d{4})?$")


def read(document: Document, source: Source) -> Iterator[Item]:
    """The releases of a feed, of the interface, or of one page; see `wirefeed.read`."""
    return wirefeed.read(document, source, _WIRE)


def _stories(data: Any, document: Document) -> Iterator[Draft]:
    for story in objects(data, "OTSKEY"):
        key, title = string(story, "OTSKEY"), one_line(string(story, "TITEL"))
        subtitle, text = one_line(string(story, "UTL")), string(story, "TEXT", "INHALT")
        url = web_url(string(story, "WEBLINK", "LINK"))
        html = "<" in text
        lead = (f"<p>Utl.: {subtitle}</p>" if html else f"Utl.: {subtitle}\n\n") if subtitle and text else ""
        yield Draft(
            key=key,
            content=lead + text if text else subtitle,
            content_type="text/html" if html else "text/plain",
            fetched_at=document.fetched_at,
            url=url,
            base=url,
            title=title,
            summary=subtitle if text else "",
            published=as_iso(
                string(story, "ZEITSTEMPEL") or f"{string(story, 'DATUM')} {string(story, 'ZEIT')}"
            ),
            language=string(story, "SPRACHE")[:35] or "de",
            company=one_line(string(story, "EMITTENT")),
            categories=strings(story.get("RESSORT") or story.get("CHANNEL"), "NAME"),
            identifiers=(("ots", key),) if key.startswith("OTS_") else (),
        )


def _item(draft: Draft) -> Draft:
    """The sender behind the headline, where no field names it."""
    named = _SENDER.fullmatch(draft.title)
    if named is None:
        return draft
    return replace(draft, title=named["title"], company=draft.company or named["sender"])


def _page(draft: Draft, fields: Fields) -> Draft:
    """A page names its sender in its title only; the headline is the one that it shows."""
    return replace(draft, title=fields.title or draft.title)


_WIRE = wirefeed.Wire(
    name="apa_ots",
    scheme="ots",
    layout=Layout(
        issuer=(
            "//*[contains(concat(' ', @class, ' '), ' emitter ')]//h4",
            "//*[contains(@class, 'aussender')]//a",
        ),
        published=("//*[contains(@class, 'meta-top')]//time/@datetime",),
        title=("//h1[@itemprop='headline']", "//h1"),
        keywords=("//*[contains(concat(' ', @class, ' '), ' ressort ')]",),
    ),
    item=_item,
    page=_page,
    stories=_stories,
)
