"""trafilatura as the measured rival. Runs in a virtual environment of its own, never in ours.

One JSON object a line on standard input, ``{"html", "url"}``; one a line on standard output, with the
text, the title, the day, and the processor time of three ways to ask for them.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import trafilatura  # type: ignore[import-not-found]


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """The result (None where it failed) and its processor time in seconds."""
    started = time.process_time()
    try:
        result = work()
    except Exception as error:  # noqa: BLE001 -- a page that it cannot read is a result, too
        print(f"trafilatura: {error!r}", file=sys.stderr)
        result = None
    return result, time.process_time() - started


def read(html: str, url: str) -> dict[str, Any]:
    # Comments are nobody's press release, and without them it scores higher.
    options = {"url": url or None, "include_comments": False}
    text, extract = timed(lambda: trafilatura.extract(html, **options))
    facts, metadata = timed(lambda: trafilatura.extract_metadata(html, default_url=url or None))
    _, at_once = timed(lambda: trafilatura.bare_extraction(html, with_metadata=True, **options))
    return {
        "text": text or "",
        "title": (facts and facts.title) or "",
        "date": (facts and facts.date) or "",
        "seconds": {
            "extract": extract,
            "extract + extract_metadata": extract + metadata,
            "both at once": at_once,
        },
    }


for line in sys.stdin:
    page = json.loads(line)
    print(json.dumps(read(page["html"], page["url"])), flush=True)
