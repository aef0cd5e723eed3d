"""What a release is filed under: the operator's topics, the kind of announcement, IPTC ids.

Pure: no I/O beyond this room's own data files, no clock.
"""

from aggregator.topics import iptc
from aggregator.topics.kinds import KINDS, classify
from aggregator.topics.matching import match
from aggregator.topics.rulebook import Rulebook

__all__ = ["KINDS", "Rulebook", "classify", "iptc", "match"]
