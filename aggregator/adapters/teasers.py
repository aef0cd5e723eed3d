"""Which items of a list hold only the beginning of their text, so that their page is looked at. Pure.

A short text may be a whole release: then its page gives no more, and looking once is harmless. A text of several
paragraphs is whole unless it says that it is cut. Only pages of the list's own site are looked at unasked: who
gathers other people's headlines links to pages that are not his.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from html import unescape
from importlib import resources
from urllib.parse import urldefrag, urlsplit

from aggregator.adapters.links import same_site
from aggregator.model import Draft, Follow, Problem, Source
from aggregator.reading.markers import data
from aggregator.text import canonical_url

SHORT = 1000
"""Letters from which on a single paragraph is taken for a text."""
SHORT_IN_A_ROW = 2000
"""The same where most items of the list are single paragraphs."""
WHOLE = 300
"""Letters from which on several paragraphs are a text."""
_PARAGRAPH = 40
_BEGIN, _END = 6_000, 1_000
"""Characters of an item that are looked at."""
_LANGUAGES = ("de", "en", "es", "fr", "it", "nl", "pl", "pt")
_BREAK = re.compile(
    r"</?(?:p|div|li|ul|ol|h[1-6]|tr|table|blockquote|section|article)\b[^<>]*>|(?:<br[^<>]*>\s*){2}|\n\s*\n",
    re.I,
)
_TAG = re.compile(r"<[^<>]*>")
_CUT_TAG = re.compile(r"<[^<>]*$")
_FILES = re.compile(
    r"\.(?:mp3|m4a|ogg|wav|mp4|mov|webm|zip|docx?|xlsx?|pptx?|jpe?g|png|gif|webp|svg|ics|epub)$", re.I
)
_MEDIA = ("audio/", "video/")


def followed(
    items: Iterable[Draft | Problem], source: Source, sites: Sequence[str]
) -> list[Draft | Follow | Problem]:
    """The items of a list, with a `Follow` in the place of each whose page is to be looked at.

    `sites` are addresses of the list and of its home: whose pages are its own.
    """
    every = list(items)
    drafts = [item for item in every if isinstance(item, Draft)]
    if source.follow == "never" or not drafts:
        return list(every)
    able = _pages(drafts, {canonical_url(site) for site in (*sites, source.url)})
    texts = {id(d): _paragraphs(d) for d in drafts}
    single = sum(len(t) < 2 for t in texts.values())
    short = SHORT_IN_A_ROW if len(drafts) >= 3 and single * 3 >= len(drafts) * 2 else SHORT

    def wanted(draft: Draft) -> bool:
        if id(draft) not in able or source.follow == "always":
            return id(draft) in able
        own = any(same_site(draft.url, site) for site in sites)
        return own and not _is_recording(draft) and is_teaser(texts[id(draft)], short)

    return [
        Follow(url=item.url, reader="article", listed=item)
        if isinstance(item, Draft) and wanted(item)
        else item
        for item in every
    ]


def is_teaser(paragraphs: Sequence[str], short: int = SHORT) -> bool:
    """Whether an item with these paragraphs is only the beginning of its text, or may be."""
    if not paragraphs or _is_cut(paragraphs[-1]):
        return True
    letters = sum(map(len, paragraphs))
    several = sum(len(p) >= _PARAGRAPH for p in paragraphs) >= 2
    return letters < (WHOLE if several else short)


def ends_early(draft: Draft) -> bool:
    """Whether the text of an item says itself that it goes on elsewhere: dots, or an offer to read on."""
    paragraphs = _paragraphs(draft)
    return bool(paragraphs) and _is_cut(paragraphs[-1])


def _pages(drafts: Sequence[Draft], homes: set[str]) -> set[int]:
    """The items that have a page of their own: no file, not the list itself, and no other item's page."""
    pages = {id(d): urldefrag(d.url).url for d in drafts if d.url.startswith(("http://", "https://"))}
    count = Counter(pages.values())
    return {
        key
        for key, url in pages.items()
        if count[url] == 1 and canonical_url(url) not in homes and not _FILES.search(urlsplit(url).path)
    }


def _is_recording(draft: Draft) -> bool:
    return any(a.media_type.startswith(_MEDIA) for a in draft.attachments)


def _paragraphs(draft: Draft) -> list[str]:
    """The text of an item as its reader sees it, without what its system puts under each."""
    text = draft.content if draft.content.strip() else draft.summary
    if len(text) > _BEGIN + _END:  # enough to see that it is long, and how it ends
        begin, end = _CUT_TAG.sub("", text[:_BEGIN]), text[-_END:]
        text = f"{begin}\n\n{end.partition('>')[2] if '>' in end.partition('<')[0] else end}"
    parts = _BREAK.split(text) if draft.content_type == "text/html" else text.split("\n\n")
    lines = (" ".join(unescape(_TAG.sub(" ", part)).split()) for part in parts)
    return [line for line in lines if line and not _footer().fullmatch(line.lower())]


def _is_cut(last: str) -> bool:
    low = last.lower()[-120:]
    return _cut().search(low) is not None or _more().search(low) is not None


@cache
def _words() -> dict[str, list[str]]:
    return tomllib.loads((resources.files(__package__) / "teasers.toml").read_text("utf-8"))


@cache
def _cut() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(_words()['cut'])})\s*$")


@cache
def _footer() -> re.Pattern[str]:
    return re.compile("|".join(_words()["footers"]))


@cache
def _more() -> re.Pattern[str]:
    """An offer to read on, alone in its line or behind the end of a sentence."""
    offers = [
        p for language in _LANGUAGES for p in tomllib.loads(data(f"markers/{language}.toml")).get("more", [])
    ]
    found = [p for entry in offers for p in ([entry] if isinstance(entry, str) else [])]
    return re.compile(rf"(?:^|[.!?…\])\"”“»:|–-])\s*[\[(>»→]*\s*(?:{'|'.join(found)})[\s.…\])>»→:]*$")
