"""(Written on branch lists.)"""

from __future__ import annotations

from aggregator.discovery.candidate import Candidate
from aggregator.model import Document, Source


def find(document: Document, source: Source) -> list[Candidate]:
    del document, source
    return []


def wordpress(document: Document) -> str:
    del document
    return ""


def feed_paths(url: str) -> list[str]:
    del url
    return []


def sitemap_paths(url: str) -> list[str]:
    del url
    return []
