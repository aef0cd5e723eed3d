"""The one door to the network and to folders: bytes by address, with typed failures only.

`Fetcher` asks web servers, `walk` reads folders, `check_url` judges an address before anything is
asked. Nothing here knows what a feed or a release is, and nothing outside this room opens a socket
to fetch something.

`Fetcher` is imported on first use: httpx takes about 100 ms, which ``--help`` and the checking of the
configuration need not pay.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from aggregator.fetch.address import check_url
from aggregator.fetch.files import walk
from aggregator.fetch.request import Request, Unchanged

if TYPE_CHECKING:
    from aggregator.fetch.fetcher import Fetcher

__all__ = ["Fetcher", "Request", "Unchanged", "check_url", "walk"]


def __getattr__(name: str) -> Any:
    if name == "Fetcher":
        # httpx imports its own command line where rich is installed, for 50 ms; we never run it.
        sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
        from aggregator.fetch.fetcher import Fetcher

        return Fetcher
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
