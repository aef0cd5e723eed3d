"""Images and files of a release: safe addresses, sane lengths and types, no tracking pixels. Pure."""

from __future__ import annotations

import re

from aggregator.model import Attachment, Draft
from aggregator.reading.lines import one_line
from aggregator.reading.named import is_tracker
from aggregator.reading.pieces import Material
from aggregator.reading.sanitise import address

_MOST = 30
_TYPE = re.compile(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,80}")
_SUFFIXES = {
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp",
    "svg": "image/svg+xml", "pdf": "application/pdf", "mp4": "video/mp4", "mp3": "audio/mpeg",
    "zip": "application/zip",
}  # fmt: skip


def attachments(draft: Draft, material: Material) -> tuple[Attachment, ...]:
    """Those that the source declared, then those in the text; at most 30, each address once."""
    found: dict[str, Attachment] = {}
    for item in (*draft.attachments, *material.attachments):
        url = address(item.url, draft.base or draft.url)
        if not url.startswith("http") or url in found or is_tracker(url):
            continue
        length = item.length if item.length is not None and 0 <= item.length < 2**50 else None
        found[url] = Attachment(
            url=url, media_type=_type(item.media_type, url), length=length, title=one_line(item.title)[:300]
        )
        if len(found) == _MOST:
            break
    return tuple(found.values())


def _type(stated: str, url: str) -> str:
    stated = stated.strip().lower().partition(";")[0]
    if _TYPE.fullmatch(stated):
        return stated
    path = url.partition("?")[0].partition("#")[0]
    return _SUFFIXES.get(path.rpartition(".")[2].lower(), "")
