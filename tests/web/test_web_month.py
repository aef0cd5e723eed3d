"""A subscriber's month: copies, corrections, translations, quiet edits and withdrawals, as feed readers see them.

Everything is real but the clock: sources on a web server, polled into a store, published, served over HTTP, and
read by readers that know nothing of each other.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from loopback import Site, serving
from subscribers import ByContent, ById, Library, Newsboat

from aggregator import app as wiring
from aggregator.app import App, Paths
from aggregator.model import Source
from aggregator.settings import Settings
from aggregator.store import Shelf
from aggregator.web import FeedTable, make_app

Running = Callable[..., AbstractContextManager[int]]
START = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)

DELETED = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"

HALL = "Neue Halle für Windradteile in Beispielstadt eröffnet"
HALL_TEXT = (
    "Die Musterwerke GmbH hat in Beispielstadt eine neue Halle für Windradteile eröffnet. Der Bau kostete 12,5 "
    "Millionen Euro und dauerte 14 Monate; beteiligt waren die Kranbau Nordfeld GmbH und das Büro Talheim.",
    "„Wir haben auf diesen Tag lange gewartet und danken allen, die bei Wind und Wetter gebaut haben“, sagte die "
    "Geschäftsführerin Ida Sonnfeld bei der Feier vor 300 Gästen.",
    "Rund 140 Menschen arbeiten in der Halle. Bis 2028 sollen es 200 sein; die Stadt hat dafür 3,2 Hektar im "
    "Gewerbegebiet Nordfeld freigehalten, die im kommenden Frühjahr erschlossen werden.",
)
HALL_ENGLISH = "Musterwerke opens new hall for wind turbine parts in Beispielstadt"
HALL_ENGLISH_TEXT = (
    "Musterwerke GmbH has opened a new hall for wind turbine parts in Beispielstadt. Construction cost 12.5 million "
    "euros and took 14 months; Kranbau Nordfeld GmbH and the engineers of Talheim took part.",
    "“We have waited for this day for a long time and thank everybody who built in wind and weather”, managing "
    "director Ida Sonnfeld said at the celebration before 300 guests.",
    "Some 140 people work in the hall. By 2028 there are to be 200; the city has kept 3.2 hectares free in the "
    "business park of Nordfeld, which will be developed next spring.",
)
CHIEF = "Neue Personalchefin kommt aus der Schifffahrt"
CHIEF_TEXT = (
    "Henrike Wattenberg übernimmt zum Quartalsbeginn die Verantwortung für alle Beschäftigten der Musterwerke GmbH. "
    "Sie leitete zuvor die Ausbildung einer großen Fährreederei und hat selbst als Matrosin begonnen.",
    "Zu ihren ersten Aufgaben zählt ein Tarifvertrag, der Schichten besser planbar macht. Gespräche mit der "
    "Gewerkschaft sind für den Spätsommer verabredet; Werkstudenten will sie früher einstellen als bisher.",
)
MODEL = "Schüler bauen Modell der Schleuse"
MODEL_TEXT = (
    "Drei Klassen der Gesamtschule haben die Große Schleuse aus Holz, Blech und Acryl nachgebaut. Die Musterwerke GmbH "
    "stellte dafür ihre Lehrwerkstatt und das Material zur Verfügung.",
    "Wasser hebt darin kleine Boote, und ein Motor aus einem Plattenspieler öffnet die Tore. Zu sehen ist das Werk bis "
    "Pfingsten im Foyer der Verwaltung, der Eintritt kostet nichts.",
)
RETOLD = "Kleine Schleuse ganz groß"
RETOLD_TEXT = (
    "Wer derzeit ins Verwaltungsgebäude der Musterwerke kommt, hört es plätschern: Jugendliche zeigen dort, was sie in "
    "monatelanger Bastelei geschaffen haben, und die Besucher staunen über jedes Detail.",
    "Angeleitet wurden sie von Auszubildenden, einige Teile kommen aus dem Drucker, andere von der Drehbank. Eine Jury "
    "hat die genaueste Zeichnung mit einem Ausflug belohnt.",
)
NOTICE = "Aktienrückkauf – {}. Zwischenmeldung"
NOTICE_TEXT = (
    "Im Zeitraum vom {0}. November bis {1}. November 2026 hat die Musterwerke GmbH insgesamt {2} Aktien im Rahmen des "
    "laufenden Rückkaufs erworben. Der Durchschnittspreis betrug {3} Euro je Aktie.",
    "Am {0}. November wurden {4} Aktien zum Kurs von {5} Euro erworben, am {1}. November {6} Aktien zum Kurs von {7} "
    "Euro. Die Gesamtzahl der seit Beginn erworbenen Aktien beläuft sich damit auf {8} Stück.",
)


@dataclass
class Desk:
    """Feeds of four sources, items by guid; an item is a headline, its paragraphs and its date."""

    site: Site
    feeds: dict[str, dict[str, tuple[str, tuple[str, ...], datetime]]] = field(default_factory=dict)

    def put(self, feed: str, guid: str, title: str, text: tuple[str, ...], at: datetime) -> None:
        known = self.feeds.setdefault(feed, {})
        known[guid] = (title, text, known[guid][2] if guid in known else at)
        self.write(feed)

    def write(self, feed: str) -> str:
        items = "".join(
            f"<item><guid isPermaLink='false'>{guid}</guid><title>{escape(title)}</title>"
            f"<link>https://{feed}.example/{guid}</link><pubDate>{format_datetime(at)}</pubDate><description>"
            f"{escape(''.join(f'<p>{p}</p>' for p in text))}</description></item>"
            for guid, (title, text, at) in self.feeds.setdefault(feed, {}).items()
        )
        head = f"<?xml version='1.0'?><rss version='2.0'><channel><title>{feed}</title><link>https://{feed}.example</link>"
        return self.site.put(f"/{feed}.xml", f"{head}{items}</channel></rss>")


def notice(week: int) -> tuple[str, tuple[str, ...]]:
    first, bought = 2 + 7 * week, 1100 + 137 * week
    values = (first, first + 4, bought, f"{41 + week},{23 + week}", 500 + 61 * week, f"{40 + week},8{week}",
              600 + 76 * week, f"{42 + week},1{week}", 9000 + 1237 * week)  # fmt: skip
    return NOTICE.format(24 + week), tuple(part.format(*values) for part in NOTICE_TEXT)


def script(desk: Desk, day: int, now: datetime) -> None:
    """What the sources do on a day of the month."""
    mended = (HALL_TEXT[0].replace("12,5", "12,9"), *HALL_TEXT[1:])
    match day:
        case 0:
            desk.put("own", "hall", HALL, HALL_TEXT, now)
        case 1:
            desk.put("wire", "7", HALL, HALL_TEXT, now)
        case 3:
            desk.put("abroad", "hall-en", HALL_ENGLISH, HALL_ENGLISH_TEXT, now)
        case 4:
            desk.put("own", "chief", CHIEF, CHIEF_TEXT, now)
        case 5:
            desk.put("magazine", "19", "Halle für Windräder", HALL_TEXT[:2], now)
        case 6:
            desk.put("own", "hall", HALL, mended, now)
        case 7:
            desk.put("wire", "8", f"Korrektur: {HALL}", mended, now)
        case 10:
            desk.put("own", "chief", CHIEF, (CHIEF_TEXT[0], CHIEF_TEXT[1] + " Das Büro liegt am Kai."), now)
        case 12:
            desk.put("own", "chief", CHIEF, CHIEF_TEXT, now)
        case 15:
            desk.put("own", "model", MODEL, MODEL_TEXT, now)
            desk.put("magazine", "22", RETOLD, RETOLD_TEXT, now)
        case 18:
            desk.put("own", "chief", f"Zurückgezogen: {CHIEF}", CHIEF_TEXT, now)
        case 24:
            desk.put("magazine", "31", "Windräder: Halle fertig", mended[:2], now)
    if day % 7 == 5:
        desk.put("own", f"notice-{day}", *notice(day // 7), now)


@dataclass
class Month:
    """What the readers saw, and what was published on the last day."""

    readers: dict[str, list[ById]]
    edited: dict[int, list[str]]
    """By day the titles of edited entries of the feed of everything."""
    programs: dict[str, Newsboat | Library]
    last: dict[str, bytes]
    repeated: bool
    """Whether a publishing without news wrote a byte."""
    gone: str
    """The id of the entry that the operator merged into another one."""
    withdrawn: str


@pytest.fixture
def month(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Running) -> Iterator[Month]:
    now = [START]
    monkeypatch.setattr(wiring, "clock", lambda: now[0])
    paths = Paths(tmp_path / "config", tmp_path / "data", tmp_path / "feeds")
    paths.config.mkdir()
    paths.feeds.mkdir()
    with serving() as site, run(make_app(FeedTable(paths.feeds, interval=0.0))) as port:
        base = f"http://127.0.0.1:{port}"
        desk = Desk(site)
        sources = [
            Source(id=id, adapter="feed", url=desk.write(id), role=role, company="Musterwerke GmbH" * (role == "issuer"),
                   language=language, allow_private=True, follow="never", title=id)  # type: ignore[arg-type]
            for id, role, language in (("own", "issuer", "de"), ("wire", "wire", "de"), ("abroad", "issuer", "en"),
                                       ("magazine", "outlet", "de"))
        ]  # fmt: skip
        settings = Settings(
            folder=paths.config, base_url=base, sources=tuple(sources), pace=0.0, deadline=5.0
        )
        names = ("all", "company/musterwerke-gmbh", "corrections")
        readers = {name: [ById(f"{base}/{name}.atom"), ByContent(f"{base}/{name}.atom")] for name in names}
        programs: dict[str, Newsboat | Library] = {}
        for kind in (Newsboat, Library):
            if kind.there():
                (tmp_path / kind.__name__).mkdir()
                programs[kind.__name__] = kind(f"{base}/all.atom", tmp_path / kind.__name__)
        edited: dict[int, list[str]] = {}
        gone: list[str] = []

        async def live() -> bool:
            repeated = False
            async with App.open(paths, settings) as app:
                for day in range(30):
                    now[0] = START + timedelta(days=day)
                    script(desk, day, now[0])
                    for _ in range(2):
                        now[0] += timedelta(hours=2)
                        await app.poll(sources)
                        await app.in_store(app.publish)
                        repeated |= bool((await app.in_store(lambda: app.publish(everything=True))).written)
                    if day == 20:
                        gone.append(await app.in_store(lambda: _merge(app, now[0])))
                        await app.in_store(app.publish)
                    everything = readers["all"][1]
                    assert isinstance(everything, ByContent)
                    before = len(everything.edited)
                    for each in [*(r for found in readers.values() for r in found), *programs.values()]:
                        await asyncio.to_thread(each.poll)
                    if everything.edited[before:]:
                        edited[day] = everything.edited[before:]
            return repeated

        repeated = asyncio.run(live())
        last = {name: (paths.feeds / f"{name}.atom").read_bytes() for name in names}
        with closing(Shelf.open(paths.data)) as shelf:
            withdrawn = shelf.releases([shelf.find("https://own.example/chief")])[0].uid
        yield Month(readers, edited, programs, last, repeated, gone[0], withdrawn)


def _merge(app: App, now: datetime) -> str:
    """The operator finds that the magazine retold what the issuer had said. Returns the id that is gone."""
    shelf = Shelf(app.store.db.conn)
    kept, gone = shelf.find("https://own.example/model"), shelf.find("https://magazine.example/22")
    uid = shelf.releases([gone])[0].uid
    with app.store.settling():
        app.store.overrules.merge(kept, gone, now)
    return uid


@pytest.mark.long
def test_a_month_of_a_subscriber(month: Month) -> None:
    """Each release once, corrections once, nothing resurfaced that did not change, byte-stable throughout."""
    notices = [NOTICE.format(24 + week) for week in range(4)]
    expected = [HALL, CHIEF, MODEL, RETOLD, *notices]
    withdrawn = f"[Zurückgezogen] {CHIEF}"
    own = [title for title in expected if title != RETOLD]  # the magazine names no issuer
    for name, titles in (("all", expected), ("company/musterwerke-gmbh", own)):
        by_id, by_content = month.readers[name]
        assert sorted(by_id.shown) == sorted(by_content.shown) == sorted(titles)
        assert isinstance(by_content, ByContent)
        assert by_content.resurfaced == [f"[Korrektur] {HALL}", withdrawn]
    # An entry is rewritten when its text really changed, and at no copy, translation, repetition or late reprint.
    assert month.edited == {6: [f"[Korrektur] {HALL}"], 10: [CHIEF], 12: [CHIEF], 18: [withdrawn]}
    by_id, by_content = month.readers["corrections"]
    assert by_id.shown == by_content.shown == [f"Korrigiert: {HALL}", f"Zurückgezogen: {CHIEF}"]
    assert isinstance(by_content, ByContent)
    assert (by_content.edited, by_content.resurfaced) == ([], [])
    for program in month.programs.values():
        assert sorted(program.shown) == sorted(expected)
        assert withdrawn in program.kept  # the mark reaches those who know nothing of tombstones
    assert not month.repeated
    stones = ElementTree.fromstring(month.last["all"]).findall(DELETED)
    assert [stone.get("ref") for stone in stones] == [month.gone, month.withdrawn]
