"""The HTTP face: the published folder over HTTP, from memory. It changes nothing and asks no store.

`table` holds what is published, `app` answers from it, `server` runs the application in our own loop, and
`patience` bounds what a client may send before it is answered.
"""

from aggregator.web.app import make_app
from aggregator.web.server import serve
from aggregator.web.table import FeedTable

__all__ = ["FeedTable", "make_app", "serve"]
