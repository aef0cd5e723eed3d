"""Invented mails, mailboxes of them, and an application that polls one source of mails."""

from __future__ import annotations

import asyncio
from contextlib import closing
from pathlib import Path

from aggregator.app import App, Paths
from aggregator.ingest import Report
from aggregator.model import Release, Source
from aggregator.settings import Settings
from aggregator.store import Shelf

BODIES = (
    "Die Musterwerke GmbH hat in Beispielstadt eine neue Halle eröffnet. Der Bau kostete nach Angaben des "
    "Unternehmens 12,5 Millionen Euro und dauerte vierzehn Monate.\n\nRund 140 Menschen arbeiten dort in Schichten.",
    "Die Nordhafen AG übernimmt die Reederei Kutterstolz mit ihren neun Schiffen. Über den Kaufpreis haben beide "
    "Seiten Stillschweigen vereinbart.\n\nDie Kartellbehörden müssen der Übernahme noch zustimmen.",
    "Der Verband der Orgelbauer verleiht seinen Preis in diesem Jahr an eine Werkstatt aus Oberbeispiel, die alte "
    "Register aus Zinn neu gießt.\n\nÜberreicht wird er im Herbst in der Stadtkirche vor geladenen Gästen.",
)
TITLES = ("Neue Halle in Beispielstadt", "Reederei wechselt den Besitzer", "Preis für Zinnregister")


def mail(number: int, *, identified: bool = True) -> bytes:
    """An invented release as somebody's mail."""
    known = f"Message-ID: <pm{number}@example.com>\r\n" if identified else ""
    return (
        f"From: Presse <presse@example.com>\r\nTo: press@example.com\r\nSubject: {TITLES[number]}\r\n"
        f"Date: Mon, {number + 2} Mar 2026 09:00:00 +0100\r\n{known}"
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + BODIES[number].replace("\n", "\r\n")
        + "\r\n"
    ).encode()


def boxed(*contents: bytes) -> bytes:
    """An mbox of these mails."""
    envelope = b"From presse@example.com Mon Mar  2 09:00:00 2026\n"
    return b"".join(envelope + c.replace(b"\r\n", b"\n").rstrip(b"\n") + b"\n\n" for c in contents)


class Desk:
    """An application that polls one source, one step at a time."""

    def __init__(self, folder: Path, source: Source) -> None:
        self.paths = Paths(folder / "config", folder / "data", folder / "feeds")
        self.source = source

    def poll(self, settle: float = 0.0) -> Report:
        async def go() -> list[Report]:
            settings = Settings(folder=self.paths.config, sources=(self.source,), pace=0.0, deadline=5.0)
            async with App.open(self.paths, settings) as app:
                return await app.poll(settings.sources, settle_seconds=settle)

        return asyncio.run(go())[0]

    def titles(self) -> set[str]:
        return {release.copy.title for release in self.releases()}

    def releases(self) -> list[Release]:
        with closing(Shelf.open(self.paths.data)) as shelf:
            return shelf.releases(shelf.latest("all", 100))

    def refused(self) -> list[str]:
        with closing(Shelf.open(self.paths.data)) as shelf:
            return [str(r["reason"]) for r in shelf.refused("mails")]


def at(path: Path) -> Source:
    return Source(id="mails", adapter="email", url=str(path))


def maildir(path: Path, **mails: bytes) -> Path:
    for part in ("new", "cur", "tmp"):
        (path / part).mkdir(parents=True, exist_ok=True)
    for name, content in mails.items():
        (path / "new" / name).write_bytes(content)
    return path
