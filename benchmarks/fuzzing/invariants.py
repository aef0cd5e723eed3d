"""What must hold for whatever was read. Each broken promise is a short word, the same for the same kind."""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterator
from datetime import timedelta

from aggregator import reading
from aggregator.model import Copy, Draft, Reading
from aggregator.reading import sanitise
from aggregator.text import scrub
from benchmarks.fuzzing.inputs import SOURCE

TITLE = 400 + 2
"""Longest title: `reader` cuts at 400 characters and adds an ellipsis."""

_PLAIN = (
    "abbr|b|br|code|em|i|small|strong|sub|sup|blockquote|caption|li|ol|p|pre|table|tbody|tfoot|thead|tr|ul"
)
_ADDRESS = r"(?:https?://[^\"<>\s@/]+(?:[/?#][^\"<>\s]*)?|mailto:[^\"<>\s]*)"
_SPAN = r"(?: (?:colspan|rowspan)=\"[1-9]\d?\")*"
_MARKUP = re.compile(
    rf"[^<>]*(?:(?:</(?:{_PLAIN}|a|td|th)>|<(?:{_PLAIN})>|<a(?: href=\"{_ADDRESS}\")?>|<t[dh]{_SPAN}>)[^<>]*)*"
)
_BODY = re.compile("</?tbody>")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def broken(draft: Draft, found: Reading, *, closely: bool = False) -> Iterator[str]:
    """The promises that this reading breaks. `closely` reads again and pickles."""
    copy = found.copy
    if "\n".join(every := _strings(copy)) != scrub("\n".join(every)) or any(map(_INVISIBLE.search, every)):
        yield "characters"
    if not copy.title or len(copy.title) > TITLE or "\n" in copy.title:
        yield "title"
    yield from _dates(draft, copy)
    yield from _blocks(copy)
    if closely:
        if pickle.loads(pickle.dumps(found)) != found:
            yield "pickle"
        if reading.parse(draft, SOURCE) != found:
            yield "not the same again"


def _strings(copy: Copy) -> list[str]:
    """All that may be shown; `url` and `key` are what the adapter said."""
    dateline = (copy.dateline.text, copy.dateline.place) if copy.dateline else ()
    return [
        copy.title, copy.kicker, copy.deck, copy.canonical_url, copy.language, copy.source_line, copy.declared_issuer,
        *dateline, *copy.boilerplate_names, *copy.marks, *copy.keywords, *copy.notes, copy.genre_rule,
        *(b.text for b in copy.blocks), *(b.html for b in copy.blocks if b.html), *(e.text for e in copy.dates),
        *(i.value for i in copy.identifiers), *(part for a in copy.attachments for part in (a.url, a.title)),
        *(part for edition in copy.editions for part in edition),
    ]  # fmt: skip


def _dates(draft: Draft, copy: Copy) -> Iterator[str]:
    every = (copy.published, copy.updated, copy.embargo_until, *(e.value for e in copy.dates))
    if any(d is not None and d.utcoffset() is None for d in every):
        yield "naive date"
    elif copy.published and copy.published > draft.fetched_at + timedelta(days=1):
        yield "future date"


def _blocks(copy: Copy) -> Iterator[str]:
    if any(not b.rule or b.line < 1 or not b.text for b in copy.blocks):
        yield "block without rule, line or text"
    for block in copy.blocks:
        if block.html and not _MARKUP.fullmatch(block.html):
            yield "markup"
            return
        # A parser writes the body of a table that the markup leaves out.
        if 0 < len(block.html) < sanitise.MAX_FRAGMENT and _BODY.sub(
            "", sanitise.fragment(block.html)
        ) != _BODY.sub("", block.html):
            yield "markup is not stable"
            return
