"""What is no release, and why: error pages, walls, lists, bytes that are no text. Typed, pure.

A phrase alone never refuses: it has to stand in a short text, or in the headline of one. Phrases are data
(`data/refusals.toml`); a release *about* access control or cookies is long and passes.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache

from aggregator.model import BODY_TYPES, Draft, Refusal
from aggregator.reading.markers import data
from aggregator.reading.pieces import Material, Work

MAX_TEXT = 1_000_000
"""Characters of plain text that are read; the rest of a longer text is left."""
MAX_CONTENT = 20_000_000
"""Characters above which nothing is tried at all."""
_SHORT = 1500
_HEADLINE = 120

_MAGIC = (
    "%PDF-",
    "PK\x03\x04",
    "\x89PNG",
    "GIF8",
    "\xff\xd8\xff",
    "\x1f\x8b",
    "ID3",
    "OggS",
    "{\\rtf",
    "\x7fELF",
    "\xd0\xcf\x11\xe0",
    "RIFF",
)
_ODD = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")


def of_bytes(content: str) -> Refusal | None:
    """Refuse what no parser should see: nothing, too much, or no text."""
    if not content.strip():
        return Refusal("empty", "no content")
    if len(content) > MAX_CONTENT:
        return Refusal("too_large", f"{len(content)} characters; at most {MAX_CONTENT} are read")
    start = content.lstrip("\ufeff \t\r\n")[:16]
    if start.startswith(_MAGIC):
        return Refusal("binary", f"begins as {start[:5]!r} files do, not as text")
    sample = content[:20_000]
    odd = len(_ODD.findall(sample))
    if odd > 3 and odd > 0.02 * len(sample):
        return Refusal("binary", f"{odd} of the first {len(sample)} characters are no text")
    return None


@cache
def _phrases() -> dict[str, re.Pattern[str]]:
    raw = tomllib.loads(data("refusals.toml"))
    return {
        reason: re.compile("|".join(rf"(?<!\w){re.escape(p)}" for p in phrases))
        for reason, phrases in raw.items()
    }


def of_material(material: Material, draft: Draft) -> Refusal | None:
    """Refuse walls and error pages, by what a short text says of itself."""
    texts = [p.text for p in material.pieces]
    size = sum(map(len, texts))
    if not texts:
        if material.scripts:
            return Refusal("script_only", "the page holds scripts and no text")
        return Refusal("no_text", "there is no text in it")
    if size > _SHORT:
        return None
    heads = " \n".join([draft.title or material.title, *texts[:3]]).lower()[:600]
    if material.page and size < 400 and (material.scripts or "javascript" in heads):
        hit = _phrases()["script_only"].search(" ".join(texts).lower())
        if hit:
            return Refusal("script_only", hit.group())
    return _wall(heads, texts, size)


def _wall(heads: str, texts: list[str], size: int) -> Refusal | None:
    for reason, pattern in _phrases().items():
        hit = pattern.search(heads)
        if not hit:
            continue
        line = next((t.lower() for t in texts if hit.group() in t.lower()), heads)
        # The phrase has to fill its line, or to open it in a text that is short as a whole.
        fills = len(line) <= max(40, 3 * len(hit.group()))
        if not fills and not (size < 500 and line.find(hit.group()) <= 3):
            continue
        wordy = reason in ("consent_wall", "login") and size > 900
        if not wordy and not _is_about(hit.group(), size, texts):
            return Refusal(reason, hit.group())
    return None


def _is_about(phrase: str, size: int, texts: list[str]) -> bool:
    """A number or a bare word ("404", "forbidden") refuses only what has no paragraph at all."""
    bare = len(phrase) < 12
    return bare and size > 300 and any(len(t) > 150 for t in texts)


def of_work(work: Work) -> Refusal | None:
    """Refuse what has no text left, and lists of other texts."""
    body = [p for p in work.pieces if p.type in BODY_TYPES]
    prose = [p for p in body if p.type in ("paragraph", "quote", "list", "table")]
    if not prose:
        teasers = sum(p.type == "teaser" for p in work.pieces)
        if teasers > 3:
            return Refusal("list", f"{teasers} teasers and no text of its own")
        return Refusal("no_text", "nothing but a headline" if work.title else "no paragraph of text")
    mores = sum(p.mark == "more" and p.type in ("teaser", "chrome") for p in work.pieces)
    linked = sum(len(p.text) * p.links for p in prose) / max(1, sum(len(p.text) for p in prose))
    longest = max(len(p.text) for p in prose)
    if (
        mores >= 4
        and mores * 2 >= len(prose)
        and work.pieces
        and not any(p.type == "teaser" for p in work.pieces)
    ):
        return Refusal("list", f"{mores} times 'read more'")
    if len(prose) >= 8 and linked > 0.7 and longest < 300:
        return Refusal("list", f"{round(linked * 100)} % of the text are links")
    return None
