"""Reading: from a draft to the clean parts of a press release.

    draft ─► markup | markdown | plain ─► pieces ─► anatomy (head, sections) ─► choice of date ─► copy

`read` is the only thing that the rest of the house calls, and `instead` where a list and a page say something of one
text; `dates.parse_date`, `language.detect` and
`sanitise` may be used beside it. Everything here is pure: no I/O but the package's own data files, no
clock, no exception for any input, and every result pickles. Rules and their ids: docs/rules.md.
"""

from aggregator.reading.candidates import instead
from aggregator.reading.reader import parse, read

__all__ = ["instead", "parse", "read"]
