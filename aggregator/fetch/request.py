"""What is asked of the network, and the answer that nothing has changed."""

from __future__ import annotations

from dataclasses import dataclass

FEEDS_AND_PAGES = (
    "application/atom+xml, application/rss+xml, application/feed+json;q=0.9, application/xml;q=0.9, "
    "text/xml;q=0.8, text/html;q=0.7, */*;q=0.5"
)


@dataclass(frozen=True, slots=True)
class Request:
    """One document that is wanted."""

    url: str
    """``http:`` or ``https:`` address, as configured or as found in a document."""
    etag: str = ""
    """Validators of the copy at hand; the server may then answer that nothing has changed."""
    last_modified: str = ""
    allow_private: bool = False
    """Whether addresses of private networks may be connected to, for this document only."""
    accept: str = FEEDS_AND_PAGES
    robots: bool = True
    """Whether the site's robots.txt is asked first, on every hop, and obeyed."""
    first: int = 0
    """So many bytes are enough: reading stops there, and the document is marked incomplete. 0: all of it, and
    a document beyond the fetcher's limit is refused."""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The server's word (304) that the copy at hand is still the current one."""

    url: str
    """The address that was asked for."""
    etag: str = ""
    """The validators to ask with next time: the server's newer ones, else those that were sent."""
    last_modified: str = ""
    fresh_for: float | None = None
    """As in `Document`."""
    moved_to: str = ""
    """As in `Document`."""
