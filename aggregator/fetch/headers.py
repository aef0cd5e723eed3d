"""What a server's headers say, believed only as far as it is harmless. No I/O, no clock."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST_VALIDATOR = 512
RETRY_LEAST, RETRY_MOST = 60.0, 86_400.0
FRESH_MOST = 86_400.0
"""Seconds of freshness that are believed: a newsroom that says a week is still asked every day."""

_TAG = re.compile(rf"[\x21-\x7e]{{1,{LONGEST_VALIDATOR}}}")
_MAX_AGE = re.compile(r"(?i)(?:^|[\s,])max-age\s*=\s*\"?([0-9]{1,12})(?![0-9])")
_NOT_KEPT = re.compile(r"(?i)(?:^|[\s,])(?:no-store|no-cache)(?=\s*(?:,|$))")
_DATE = re.compile(r"[\x20-\x7e]{1,64}")
_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,64}/[a-z0-9!#$&^_.+-]{1,128}")
_LINK = re.compile(r"<([^<>]{1,2000})>((?:\s*;[^,<>\"]*(?:\"[^\"]*\")?[^,<>\"]*){0,8})")
_REL = re.compile(r"""(?i);\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))""")
_CHARSET = re.compile(r"""(?i);\s*charset\s*=\s*["']?\s*([a-z0-9_.:+-]{1,40})""")


def entity_tag(value: str) -> str:
    """An ETag that can be sent back: visible ASCII, at most 512 bytes; else empty.

    A tag like ``"ü"`` is accepted by clients and then cannot be sent: every later poll would fail.
    """
    return value if _TAG.fullmatch(value) else ""


def modified(value: str, now: datetime) -> str:
    """A Last-Modified that can be sent back; empty where it is no date, or one that is yet to come.

    A date in the future would have servers say "not modified" for as long as it lies ahead
    (RFC 9110, section 8.8.2.1 forbids it; it occurs).
    """
    when = _http_date(value)
    return value if when is not None and when <= now + timedelta(days=1) else ""


def media_type(value: str) -> str:
    """The declared type in lower case without parameters; empty where it is malformed or missing."""
    kind = re.split("[;,]", value, maxsplit=1)[0].strip().lower()  # a comma: the header came twice
    return kind if _MEDIA_TYPE.fullmatch(kind) else ""


def charset(value: str) -> str:
    """The ``charset`` parameter of a Content-Type, in lower case; a name only, not yet a trusted codec."""
    found = _CHARSET.search(value[:1000])
    return found[1].lower() if found else ""


def links(values: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """``(rel, reference)`` of the ``Link`` headers (RFC 8288) that say where a feed's changes are announced:
    ``hub`` and ``self``, at most 20. References are as they stand."""
    found: list[tuple[str, str]] = []
    for value in values[:20]:
        for match in _LINK.finditer(value[:4000]):
            rel = _REL.search(match[2])
            named = (rel[1] or rel[2]).lower().split() if rel else []
            found += [(name, match[1].strip()) for name in named if name in ("hub", "self")]
    return tuple(found[:20])


def retry_after(value: str, now: datetime) -> float | None:
    """Seconds to wait (RFC 9110, section 10.2.3: a number or a date), from one minute to one day.

    None where the header is missing or means nothing.
    """
    value = value.strip()
    if value.isascii() and value.isdigit():
        seconds = float(value[:20])
    elif (when := _http_date(value)) is not None:
        seconds = (when - now).total_seconds()
    else:
        return None
    return min(max(seconds, RETRY_LEAST), RETRY_MOST)


def fresh_for(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds for which an answer stays fresh (RFC 9111, section 4.2): ``max-age`` before ``Expires``, less its
    ``Age``; 0 for ``no-store`` and ``no-cache``, a day at most. None where the server says nothing of use.
    """
    control = headers.get("cache-control", "")[:1000]
    if _NOT_KEPT.search(control):
        return 0.0
    if (stated := _MAX_AGE.search(control)) is not None:
        age = headers.get("age", "").strip()
        seconds = float(stated[1]) - (float(age) if age.isascii() and age.isdigit() and len(age) < 10 else 0)
    elif "expires" in headers:
        when = _http_date(headers["expires"])
        seconds = (when - now).total_seconds() if when is not None else 0.0  # "0": expired already (5.3)
    else:
        return None
    return min(max(seconds, 0.0), FRESH_MOST)


def _http_date(value: str) -> datetime | None:
    if not _DATE.fullmatch(value):
        return None
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    return when if when.tzinfo is not None else when.replace(tzinfo=UTC)
