"""presseportal (news aktuell, ots): RSS of teasers, the interface ``api.presseportal.de`` in JSON, and its pages.

Shapes: addresses ``/pm/104477/5778123`` and ``/blaulicht/pm/…`` (customer and story); stories ``{id, url, title, body,
published, language, ressort, company{id,name} or office{id,name}, keywords[], media.image[{url,caption}], short}``
under ``content.story``; pages with the customer above the headline.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from aggregator.adapters import Item, wirefeed
from aggregator.adapters.dates import as_iso
from aggregator.adapters.links import web_url
from aggregator.adapters.wirefeed import objects, string, strings
from aggregator.adapters.wirepage import Layout
from aggregator.model import Attachment, Document, Draft, Source
from aggregator.text import one_line

_MOST_FILES = 50


def read(document: Document, source: Source) -> Iterator[Item]:
    """The releases of a feed, of the interface, or of one page; see `wirefeed.read`."""
    return wirefeed.read(document, source, _WIRE)


def _stories(data: Any, document: Document) -> Iterator[Draft]:
    for story in objects(data, "published"):
        url, title = web_url(string(story, "url")), one_line(string(story, "title"))
        if not url or not title:
            continue
        body = string(story, "body", "teaser")
        yield Draft(
            key=string(story, "id") or url,
            content=body or string(story, "short"),
            content_type="text/html" if "<" in body else "text/plain",
            fetched_at=document.fetched_at,
            url=url,
            base=url,
            title=title,
            summary=string(story, "short") if body else "",
            published=as_iso(string(story, "published")),
            updated=as_iso(string(story, "updated", "modified")),
            language=string(story, "language")[:35],
            company=_house(story),
            categories=strings([*_plain(story.get("ressort")), *_keywords(story)], "name"),
            attachments=tuple(_media(story.get("media")))[:_MOST_FILES],
        )


def _house(story: dict[str, Any]) -> str:
    """The customer; of news by police and fire brigades the office."""
    for name in ("company", "office"):
        house = story.get(name)
        if isinstance(house, dict) and string(house, "name"):
            return one_line(string(house, "name"))
    return ""


def _keywords(story: dict[str, Any]) -> list[Any]:
    found = story.get("keywords")
    return _plain(found.get("keyword") if isinstance(found, dict) else found)


def _plain(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _media(media: Any) -> Iterator[Attachment]:
    for kind in ("image", "document", "audio", "video"):
        for file in _plain(media.get(kind)) if isinstance(media, dict) else []:
            url = web_url(string(file, "url")) if isinstance(file, dict) else ""
            if url:
                yield Attachment(
                    url=url,
                    media_type=string(file, "mime"),
                    title=one_line(string(file, "caption", "title"))[:500],
                )


_WIRE = wirefeed.Wire(
    name="presseportal",
    scheme="ots",
    layout=Layout(
        issuer=("//p[contains(concat(' ', @class, ' '), ' customer ')]",),
        published=("//article//p[contains(concat(' ', @class, ' '), ' date ')]",),
        title=("//article[contains(@class, 'story')]//h1",),
        keywords=(
            "//*[contains(@class, 'tags') or contains(@class, 'keywords')]//a",
            "//meta[@name='news_keywords']/@content",
        ),
    ),
    stories=_stories,
)
