"""Millions of broken texts through `reading.parse`: nothing may raise, hang, swell or let anything through."""
