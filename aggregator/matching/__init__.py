"""Matching: is this text a release that is known already, and what is it to that release?

Fingerprints find candidates, comparisons measure pairs, `decide` gives the verdict with its
evidence. Pure and picklable: no store, no clock, no network.
"""

from aggregator.matching.arrange import Placed, arrange
from aggregator.matching.canonical import canonical_rank, rank, standing, strong_identifiers
from aggregator.matching.changes import changes, significant
from aggregator.matching.compare import Comparison, compare
from aggregator.matching.decide import decide
from aggregator.matching.fingerprints import fingerprint

__all__ = [
    "Comparison",
    "Placed",
    "arrange",
    "canonical_rank",
    "changes",
    "compare",
    "decide",
    "fingerprint",
    "rank",
    "significant",
    "standing",
    "strong_identifiers",
]
