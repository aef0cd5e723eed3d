"""All the SQL. One writer; readers open their own connection.

`Store` keeps what happened (sources, documents, copies, releases, decisions) and carries verdicts
out; it takes none itself. `Shelf` is what the way out and the command line read.
"""

from aggregator.store.rereading import Rereading
from aggregator.store.shelf import Shelf
from aggregator.store.store import DocumentState, Memory, Store
from aggregator.store.view import View

__all__ = ["DocumentState", "Memory", "Rereading", "Shelf", "Store", "View"]
