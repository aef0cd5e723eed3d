"""IPTC Media Topics: does an id exist, is it retired, and what to use instead.

`data/iptc.csv` is the vocabulary of IPTC (CC BY 4.0), pruned to ids, parents, labels and retirement.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from aggregator.topics._data import raw


@dataclass(frozen=True, slots=True)
class MediaTopic:
    """One node of the vocabulary. Ids are the eight digits without ``medtop:``."""

    id: str
    parent: str
    en: str
    de: str
    retired: str
    """ISO date on which IPTC retired it; empty while it is in use."""
    replacement: str
    """For a retired one the nearest ancestor in use."""


def lookup(id: str) -> MediaTopic | None:
    """The node of an id written ``medtop:20000316`` or ``20000316``; None where there is none."""
    return _nodes().get(id.removeprefix("medtop:"))


@cache
def _nodes() -> dict[str, MediaTopic]:
    lines = (line for line in raw("iptc.csv").splitlines() if not line.startswith("#"))
    return {row["id"]: MediaTopic(**row) for row in csv.DictReader(lines)}
