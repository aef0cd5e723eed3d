"""EQS News, formerly DGAP: RSS whose titles carry type and issuer, and pages with a table of master data.

Shapes: ``EQS-Adhoc: Muster AG: Headline``, ``EQS-News: Muster AG / Schlagwort(e): Vertrag``, addresses that end in a
number or in a UUID with the language; rows ``Unternehmen:``, ``ISIN:``, ``WKN:``, ``Börsen:``, ``EQS News ID:``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from aggregator.adapters import Item, wirefeed
from aggregator.adapters.wirepage import Fields, Layout
from aggregator.model import Document, Draft, Source

_TITLE = re.compile(
    r"(?:EQS|DGAP|EANS|euro adhoc)-(?P<type>[^\W\d_-]{2,20}(?:-[^\W\d_]{2,10})?):\s*(?P<issuer>[^:/|]{2,120}?)"
    r"(?P<mark>\s*:\s+|\s*/\s+(?:Schlagwort\(e\)|Key ?word\(s\))\s*:?\s*|\s*/\s+)(?P<rest>.+)",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"_(de|en|fr|it|es)(?:[/?#]|$)")
_LANGUAGES = {
    "deutsch": "de",
    "englisch": "en",
    "english": "en",
    "german": "de",
    "französisch": "fr",
    "french": "fr",
}
_RELAYED = re.compile(r"\s*\((?:deutsch|english|englisch)\)\s*$", re.IGNORECASE)
_ISSUER = ("unternehmen", "company", "emittent", "issuer", "gesellschaft")
_WKN = re.compile(r"[A-HJ-NP-Z0-9]{6}")
_NUMBER = re.compile(r"\d{5,8}")


def read(document: Document, source: Source) -> Iterator[Item]:
    """The announcements of a feed or of one page; see `wirefeed.read`."""
    return wirefeed.read(document, source, _WIRE)


def _item(draft: Draft) -> Draft:
    """Issuer and type out of the title, which keeps the headline alone; a title of keywords keeps nothing."""
    named = _TITLE.fullmatch(draft.title)
    language = _LANGUAGE.search(draft.url)
    title, company = draft.title, draft.company
    kinds: tuple[str, ...] = ()
    if named is not None:
        title = title if "(" in named["mark"] else named["rest"]
        company, kinds = company or named["issuer"].strip(), (named["type"],)
    return replace(
        draft,
        title=_RELAYED.sub("", title),
        company=company,
        categories=tuple(dict.fromkeys((*kinds, *draft.categories))),
        language=language[1] if language else draft.language,
    )


def _page(draft: Draft, fields: Fields) -> Draft:
    """The rows of the master data: issuer, securities, the wire's number and the language."""
    rows = fields.rows
    issuer = next((rows[name] for name in _ISSUER if name in rows), "")
    said = [rows[name] for name in ("isin", "wkn") if name in rows]
    pairs = [*draft.identifiers, *wirefeed.securities(said[:1])]
    pairs += [("wkn", w) for w in re.split(r"[,;\s]+", rows.get("wkn", "")) if _is_wkn(w)]
    number = rows.get("eqs news id", rows.get("eqs-news id", ""))
    pairs += [("eqs", number)] if _NUMBER.fullmatch(number) else []
    language = _LANGUAGES.get(rows.get("sprache", rows.get("language", "")).lower(), draft.language)
    return replace(
        draft,
        company=issuer or draft.company,
        identifiers=tuple(dict.fromkeys(pairs)),
        language=language,
    )


def _is_wkn(text: str) -> bool:
    return bool(_WKN.fullmatch(text)) and any(map(str.isdigit, text))


_WIRE = wirefeed.Wire(
    name="eqs",
    scheme="eqs",
    layout=Layout(
        issuer=("//*[contains(@class, 'news-detail__company')]", "//*[contains(@class, 'news__company')]//a"),
        published=("//*[contains(@class, 'news-detail')]//time/@datetime",),
        title=("//h1",),
        securities=("//*[contains(@class, 'news-detail__isin')]/@data-isin",),
    ),
    item=_item,
    page=_page,
)
