"""The shape of the settings: one frozen value that the rest of the house is wired from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from aggregator import __version__
from aggregator.model import Company, SeriesMode, Source, Topic

DEFAULT_TIMEZONE = "Europe/Berlin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything under `config/`. Field names are the keys of `settings.toml`, except the last five."""

    title: str = "Press releases"
    """Name of the whole collection: index page, OPML, feed of everything."""
    base_url: str = "http://127.0.0.1:8000"
    """Where `feeds/` is served, without a final slash; every self link starts with it."""
    language: str = "en"
    """BCP 47 tag of the index page and of feeds as a whole; releases keep their own."""
    timezone: str = DEFAULT_TIMEZONE
    """IANA zone for sources that name none, and for times shown to a person."""
    author: str = ""
    """Author of a feed as a whole (RFC 4287 section 4.1.1); empty takes `title`."""
    languages: tuple[str, ...] = ()
    """Languages that a release is shown in, best first, where it was published in several; empty: its original."""
    series: SeriesMode = "show"
    """What feeds do with weekly notices and their like."""
    series_days: int = 35
    """Days within which the next release of a series stands for the one before, where they are folded."""
    feed_entries: int = 100
    """Newest entries that a feed holds."""
    feed_max_bytes: int = 5_000_000
    """Upper limit of one feed file; the oldest entries are left out to stay below it."""
    contact: str = ""
    """Address or page named to the hosts we visit."""
    every: float = 3600.0
    """Seconds between two polls of a source that says nothing itself."""
    every_least: float = 300.0
    """Seconds between two polls of a source at least, where its rhythm decides."""
    every_most: float = 21600.0
    """The same at most."""
    concurrency: int = 64
    """Requests under way at once."""
    per_host: int = 2
    """Requests under way at once to one host."""
    pace: float = 1.0
    """Seconds between the starts of two requests to one host."""
    deadline: float = 30.0
    """Seconds for one document, redirects included."""
    max_bytes: int = 15_000_000
    """Largest document that is read, after decompression."""
    websub: bool = True
    """Whether hubs that feeds name are subscribed to, where `base_url` is a public address."""

    folder: Path
    """The configuration folder, absolute."""
    sources: tuple[Source, ...] = ()
    """Of `sources.toml`, in its order; paths absolute, time zones filled in."""
    companies: tuple[Company, ...] = ()
    topics: tuple[Topic, ...] = ()
    warnings: tuple[str, ...] = ()
    """What is no mistake but should be looked at: one line each, in the form of a mistake."""

    @property
    def user_agent(self) -> str:
        """What we call ourselves to the hosts we visit: name, version, and how to reach a person."""
        about = f" (+{self.contact})" if self.contact else ""
        return f"press-release-aggregator/{__version__}{about}"
