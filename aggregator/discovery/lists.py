"""(Written on branch detect.)"""

from __future__ import annotations

from aggregator.discovery.candidate import Candidate
from aggregator.model import Document, Source


def find(document: Document, source: Source) -> list[Candidate]:
    del document, source
    return []
