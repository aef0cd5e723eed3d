"""How well and how fast pages and texts are read, beside trafilatura."""
