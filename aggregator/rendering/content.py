"""What a subscriber reads: the summary and the HTML of one release. Pure.

The HTML is built from the canonical copy's blocks. Contact data stays out (it is personal data), the
boilerplate stands below a rule, in small print, as some readers drop ``details``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from aggregator.model import Block, Earlier, Release
from aggregator.rendering.markup import escape, gate, safe_url
from aggregator.rendering.phrases import phrases, spoken_date
from aggregator.text import one_line

SUMMARY_LENGTH = 400
_BLOCK_TAGS = ("<p", "<ul", "<ol", "<dl", "<table", "<blockquote", "<h", "<figure", "<pre", "<div")
_SMALL_PRINT = ("boilerplate", "disclaimer")


def summary(release: Release) -> str:
    """Deck, else the first paragraph, at most `SUMMARY_LENGTH` characters of plain text; never empty."""
    copy = release.copy
    if release.status == "withdrawn":
        return str(phrases(copy.language)["withdrawal_note"])
    texts = (
        copy.deck,
        copy.lead,
        copy.body,
        copy.title,
        *(b.text for b in copy.blocks),
        release.source_title,
    )
    return shorten(next(filter(None, map(one_line, texts)), release.uid))


def shown_date(release: Release) -> datetime:
    """The publication date in the offset that the text was written in, so that its calendar day stays."""
    zone = release.copy.published.tzinfo if release.copy.published else None
    return release.published.astimezone(zone) if zone and release.published.tzinfo else release.published


def shorten(text: str, limit: int = SUMMARY_LENGTH) -> str:
    """A text cut at a space so that it fits, with an ellipsis where something was cut off."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    at_space = head.rpartition(" ")[0]
    # A script without spaces is cut where it is; otherwise half the text could go.
    return (at_space if len(at_space) > limit // 2 else head).rstrip(" ,;:–-") + "…"


def content(release: Release) -> str:
    """Sanitised HTML of a release, never empty.

    A correction says first what it changed. A withdrawn release keeps nothing of its text. Where a
    source allows the lead only, it is followed by a link to the whole text.
    """
    if release.status == "withdrawn":
        parts = [_text(summary(release)), *map(_text, release.changes)]
    elif release.content == "lead":
        lead = shorten(one_line(release.copy.lead)) or summary(release)
        parts = [*_correction(release), *_deck(release), _text(lead), *_read_on(release)]
    else:
        body = _body(release) or [_text(summary(release)), *_read_on(release)]
        parts = [*_correction(release), *_deck(release), *body, *_small_print(release)]
    made = "\n".join([*parts, *_earlier(release), *_continued(release)])
    # What was only escaped needs no second look, and the look costs as much as all the rest.
    return gate(made) if any(block.html for block in release.copy.blocks) else made


def shortened(release_summary: str, link: str, language: str) -> str:
    """What stands in for a text that is too long for a feed."""
    words = phrases(language)
    lines = [_text(release_summary), f"<p><em>{escape(words['shortened'])}</em></p>"]
    return "\n".join(lines + ([_link(link, link, words)] if link else []))


def _text(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _correction(release: Release) -> list[str]:
    if release.status != "corrected":
        return []
    language = release.copy.language
    day = spoken_date(release.updated.astimezone(shown_date(release).tzinfo), language)
    head = str(phrases(language)["correction_of"]).format(day)
    changes = "; ".join(map(one_line, release.changes))
    return [f"<p><strong>{escape(f'{head}: {changes}' if changes else head)}</strong></p>"]


def _earlier(release: Release) -> list[str]:
    """Where a feed folds series: the releases that this one stands for."""
    if not release.earlier or release.status == "withdrawn":
        return []
    language = release.copy.language
    items = "".join(f"<li>{_named(one, language)}</li>" for one in release.earlier)
    return [f"<p>{escape(phrases(language)['earlier'])}</p>", f"<ul>{items}</ul>"]


def _continued(release: Release) -> list[str]:
    """Which release this one goes on from."""
    before = release.continues.shown if release.continues else None
    if before is None or release.status == "withdrawn":
        return []
    language = release.copy.language
    return [f"<p>{escape(phrases(language)['continues'])} {_named(before, language)}</p>"]


def _named(one: Earlier, language: str) -> str:
    url, title = safe_url(one.url), escape(one_line(one.title))
    link = f'<a href="{escape(url)}">{title}</a>' if url else title
    return f"{escape(spoken_date(one.published, language))}: {link}"


def _deck(release: Release) -> list[str]:
    deck = one_line(release.copy.deck)
    return [f"<p><strong>{escape(deck)}</strong></p>"] if deck else []


def _read_on(release: Release) -> list[str]:
    url = safe_url(release.copy.url)
    if not url:
        return []
    return [_link(url, one_line(release.source_title) or url, phrases(release.copy.language))]


def _link(url: str, text: str, words: Mapping[str, str]) -> str:
    return f'<p><a href="{escape(url)}">{escape(words["read_on"].format(text))}</a></p>'


def _body(release: Release) -> list[str]:
    makers: Mapping[str, Callable[[Block], str]] = {
        "paragraph": _paragraph,
        "heading": _heading,
        "list": _list,
        "table": _table,
        "quote": _quote,
        "caption": _caption,
    }
    return [makers[b.type](b) for b in release.copy.blocks if b.type in makers and (b.text or b.html).strip()]


def _inline(block: Block) -> str:
    return block.html or escape(block.text.strip()).replace("\n", "<br>")


def _has(block: Block, *starts: str) -> bool:
    """Whether the block's own HTML already brings one of these elements."""
    return block.html.lstrip().lower().startswith(starts)


def _paragraph(block: Block) -> str:
    return block.html if _has(block, *_BLOCK_TAGS) else f"<p>{_inline(block)}</p>"


def _heading(block: Block) -> str:
    return block.html if _has(block, "<h") else f"<h3>{_inline(block)}</h3>"


def _quote(block: Block) -> str:
    return block.html if _has(block, "<blockquote") else f"<blockquote><p>{_inline(block)}</p></blockquote>"


def _caption(block: Block) -> str:
    if _has(block, "<figure"):
        return block.html
    return f"<figure><figcaption>{_inline(block)}</figcaption></figure>"


def _list(block: Block) -> str:
    if _has(block, "<ul", "<ol", "<dl"):
        return block.html
    if _has(block, "<li"):
        return f"<ul>{block.html}</ul>"
    items = [line.strip() for line in block.text.split("\n") if line.strip()]
    return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>"


def _table(block: Block) -> str:
    if _has(block, "<table"):
        return block.html
    if _has(block, "<tr", "<tbody", "<thead"):
        return f"<table>{block.html}</table>"
    rows = [line.split("\t") for line in block.text.split("\n") if line.strip()]
    cells = ("".join(f"<td>{escape(cell.strip())}</td>" for cell in row) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def _small_print(release: Release) -> list[str]:
    blocks = [b for b in release.copy.blocks if b.type in _SMALL_PRINT and b.text.strip()]
    if not blocks:
        return []
    return ["<hr>", *(f"<p><small>{_inline(b)}</small></p>" for b in blocks)]
