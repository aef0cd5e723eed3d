"""What `reprocess` made different in a release, for its report."""

from __future__ import annotations

from dataclasses import dataclass

from aggregator.model import Copy, Filing


@dataclass(frozen=True, slots=True)
class Rereading:
    """What today's rules made different in one release."""

    release: int
    title: str
    parts: tuple[str, ...]
    """``title``, ``date``, ``issuer``, ``body``, ``parts``, ``companies``, ``topics``, ``kind``."""
    before: tuple[str, ...]
    after: tuple[str, ...]
    """The labels of the release."""


def differing(old: tuple[Copy, Filing], new: tuple[Copy, Filing]) -> tuple[str, ...]:
    """The parts that are not as they were, by the names that `Rereading.parts` uses."""
    (copy, filing), (copy2, filing2) = old, new
    pairs = {
        "title": (copy.title, copy2.title), "date": (copy.published, copy2.published),
        "issuer": (filing.issuer, filing2.issuer), "body": (copy.body, copy2.body),
        "parts": (copy.blocks, copy2.blocks), "companies": (filing.companies, filing2.companies),
        "topics": (filing.topics, filing2.topics), "kind": (filing.kind, filing2.kind),
    }  # fmt: skip
    return tuple(name for name, (before, after) in pairs.items() if before != after)
