"""The way in. Read this room first.

    gather:   fetch ─► adapter ─► reading ─► labels        network and processors, no lock held
    settle:   candidates ─► decide ─► store                one short write transaction

`gather` brings home what a source shows (a `Haul`); `settle` decides what each text is to what is known
and stores the decisions with their evidence, together with the validators that vouch for them. A poll
that fails half-way therefore asks again for whatever it did not store.

Nothing is ever judged new because of its date: identity is the source's key, then the text.
"""

from aggregator.ingest.admission import release
from aggregator.ingest.gather import Gatherer
from aggregator.ingest.haul import Haul, Report, is_local
from aggregator.ingest.judging import NOTHING_LIKE_IT, judge
from aggregator.ingest.refilling import Trail
from aggregator.ingest.settle import StoppedError, settle

__all__ = [
    "NOTHING_LIKE_IT",
    "Gatherer",
    "Haul",
    "Report",
    "StoppedError",
    "Trail",
    "is_local",
    "judge",
    "release",
    "settle",
]
