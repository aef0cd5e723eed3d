"""Any feed, by feedparser: the reference reading, for everything that `fastfeed` does not claim.

feedparser is given bytes in a stream and nothing else: a string or bytes it would try to open as an
address or a file. Its sanitiser and its link rewriting are off; both are done once, later, by us.
"""

from __future__ import annotations

import io
import re
from typing import Any

from aggregator.adapters import markup, older
from aggregator.adapters.feeditems import Form, Piece, RawFeed, RawFile, RawItem
from aggregator.adapters.links import web_url
from aggregator.errors import ReadError

# feedparser closes what it rebuilds from XHTML; read as HTML, `<br></br>` would be two breaks.
_VOID = re.compile(r"<(br|hr|img|wbr|col|input|source)\b([^<>]{0,2000}?)\s*/?></\1>")
_HTML = frozenset({"text/html", "application/xhtml+xml"})


def read_slowly(text: str, url: str) -> RawFeed:
    """Parse a feed that passed the gate. Raises ReadError ``parse_limit``, ``broken``, ``not_a_feed``."""
    markup.check_limits(text)
    parsed = _parse(text)
    version = str(dict.get(parsed, "version") or "")
    entries = list(dict.get(parsed, "entries") or ())
    if not version and not entries:
        raise ReadError("not_a_feed", "no feed format was recognised in it")
    head = dict.get(parsed, "feed") or {}
    feed = RawFeed(
        title=_text(head, "title"),
        language=_text(head, "language") or _text(dict.get(head, "title_detail") or {}, "language"),
        home=web_url(_text(head, "link"), url),
        hub=next(
            (web_url(_text(x, "href"), url) for x in _list(head, "links") if _text(x, "rel") == "hub"), ""
        ),
        base=url,
        items=[
            _item(entry, rss=not version.startswith("atom"), loose=version == "atom03") for entry in entries
        ],
        generator=f"{_text(dict.get(head, 'generator_detail') or {}, 'href')} {_text(head, 'generator')}",
    )
    for link in _list(head, "links"):
        older.note(feed, _text(link, "rel"), _text(link, "href"), url)
    return feed


def _parse(text: str) -> Any:
    import feedparser

    # No content-location: feedparser would rewrite ids with it, and ids must survive a move of the feed.
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        return feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers=headers, sanitize_html=False, resolve_relative_uris=False,
        )  # fmt: skip
    except Exception as error:  # it lets through types that it declares nowhere
        raise ReadError(
            "broken", f"the parser gave up: {type(error).__name__}: {str(error)[:200]}"
        ) from error


# feedparser's dictionaries answer for a missing key with another one's value (and a warning): for
# `updated` with `published`, for `guid` with `id`. What an item really has is asked of `dict` itself.
def _text(values: dict[str, Any], name: str) -> str:
    value = dict.get(values, name)
    return markup.legal(value) if isinstance(value, str) else ""


def _list(values: dict[str, Any], name: str) -> list[dict[str, Any]]:
    value = dict.get(values, name)
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def _item(entry: dict[str, Any], *, rss: bool, loose: bool) -> RawItem:
    published, updated = _text(entry, "published"), _text(entry, "updated")
    if rss and not published:
        # RSS has one date: Dublin Core's `date`, which feedparser files under `updated`.
        published, updated = updated, ""
    return RawItem(
        id=_text(entry, "id"),
        link=_text(entry, "link"),
        origin=_text(entry, "feedburner_origlink"),
        title=_text(entry, "title"),
        pieces=_pieces(entry, guess=rss or loose),
        published=published or _text(entry, "created"),
        updated=updated,
        language=_text(dict.get(entry, "title_detail") or {}, "language"),
        organisations=[
            *(_text(c, "name") for c in _list(entry, "contributors")),
            *(_text(a, "name") for a in _list(entry, "authors")),
            _text(entry, "author"),
        ],
        publisher=_text(entry, "publisher"),
        categories=[_text(t, "label") or _text(t, "term") for t in _list(entry, "tags")],
        files=_files(entry),
    )


def _pieces(entry: dict[str, Any], *, guess: bool) -> list[Piece]:
    details = [*_list(entry, "content"), dict.get(entry, "summary_detail") or {}]
    pieces = [_piece(detail, guess=guess) for detail in details if _is_text(detail)]
    if not any(p.text == _text(entry, "summary") for p in pieces):
        pieces.append(Piece(text=_text(entry, "summary")))
    return pieces


def _is_text(detail: dict[str, Any]) -> bool:
    kind = _text(detail, "type")
    return bool(_text(detail, "value")) and (not kind or kind in _HTML or kind.startswith("text/"))


def _piece(detail: dict[str, Any], *, guess: bool) -> Piece:
    kind, text = _text(detail, "type"), _text(detail, "value")
    form: Form = "plain" if kind == "text/plain" else "html"
    if kind == "application/xhtml+xml":
        text = _VOID.sub(r"<\1\2/>", text)
    elif guess:
        form = "unknown"  # RSS does not say; feedparser's guess depends on what it would sanitise
    return Piece(text=text, form=form, base=_text(detail, "base"), language=_text(detail, "language"))


def _files(entry: dict[str, Any]) -> list[RawFile]:
    links = [x for x in _list(entry, "links") if _text(x, "rel") == "enclosure"]
    return [
        RawFile(
            url=_text(x, "href") or _text(x, "url"),
            media_type=_text(x, "type"),
            length=_text(x, "length") or _text(x, "filesize"),
            title=_text(x, "title"),
        )
        for x in (*links, *_list(entry, "media_content"))
    ]
