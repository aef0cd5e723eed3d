"""A subscriber's month: copies, corrections, translations, quiet edits and withdrawals, as feed readers see them.

The company's feed folds its weekly notices. From the 22nd day on the operator prefers English, but German in the
company's feed.

Everything is real but the clock: sources on a web server, polled into a store, published, served over HTTP, and
read by readers that know nothing of each other.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from loopback import serving
from month_script import (
    CHIEF,
    CRANE,
    FESTIVAL,
    HALL,
    HALL_ENGLISH,
    MODEL,
    NOTED,
    NOTICE,
    QUAY,
    RETOLD,
    YARD,
    YARD_ENGLISH,
    Desk,
    script,
)  # fmt: skip
from subscribers import ByContent, ById, Library, Newsboat

from aggregator import app as wiring
from aggregator.app import App, Paths
from aggregator.model import Company, Source
from aggregator.settings import Settings
from aggregator.store import Shelf
from aggregator.web import FeedTable, make_app

Running = Callable[..., AbstractContextManager[int]]
START = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)

DELETED = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"


@dataclass
class Month:
    """What the readers saw, and what was published on the last day."""

    readers: dict[str, list[ById]]
    edited: dict[str, dict[int, list[str]]]
    """By feed and day the titles of edited entries."""
    programs: dict[str, Newsboat | Library]
    last: dict[str, bytes]
    repeated: bool
    """Whether a publishing without news wrote a byte."""
    gone: list[str]
    """The ids of the entries that became part of others: the note, then what the operator merged."""
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
            folder=paths.config,
            base_url=base,
            sources=tuple(sources),
            pace=0.0,
            deadline=5.0,
            companies=(Company(id="musterwerke-gmbh", name="Musterwerke GmbH", series="fold"),),
        )
        names = ("all", "company/musterwerke-gmbh", "corrections")
        readers = {name: [ById(f"{base}/{name}.atom"), ByContent(f"{base}/{name}.atom")] for name in names}
        programs: dict[str, Newsboat | Library] = {}
        for kind in (Newsboat, Library):
            if kind.there():
                (tmp_path / kind.__name__).mkdir()
                programs[kind.__name__] = kind(f"{base}/all.atom", tmp_path / kind.__name__)
        edited: dict[str, dict[int, list[str]]] = {name: {} for name in names}
        gone: list[str] = []

        async def live() -> bool:
            repeated = False
            async with App.open(paths, settings) as app:
                for day in range(30):
                    now[0] = START + timedelta(days=day)
                    script(desk, day, now[0])
                    if day == 22:
                        await app.reconfigure(_in_english(settings))
                    for _ in range(2):
                        now[0] += timedelta(hours=2)
                        await app.poll(sources)
                        await app.in_store(app.publish)
                        repeated |= bool((await app.in_store(lambda: app.publish(everything=True))).written)
                    if day == 13:
                        gone.append(await app.in_store(lambda: _uid(app, "https://magazine.example/41")))
                    if day == 20:
                        gone.append(await app.in_store(lambda: _merge(app, now[0])))
                        await app.in_store(app.publish)
                    for each in [*(r for found in readers.values() for r in found), *programs.values()]:
                        await asyncio.to_thread(each.poll)
                    for name, (_, by_content) in readers.items():
                        assert isinstance(by_content, ByContent)
                        known = sum(map(len, edited[name].values()))
                        if by_content.edited[known:]:
                            edited[name][day] = by_content.edited[known:]
            return repeated

        repeated = asyncio.run(live())
        last = {name: (paths.feeds / f"{name}.atom").read_bytes() for name in names}
        with closing(Shelf.open(paths.data)) as shelf:
            withdrawn = shelf.releases([shelf.find("https://own.example/chief")])[0].uid
        yield Month(readers, edited, programs, last, repeated, gone, withdrawn)


def _in_english(settings: Settings) -> Settings:
    """The operator prefers English, but German in the company's feed."""
    companies = tuple(replace(company, languages=("de",)) for company in settings.companies)
    return replace(settings, languages=("en",), companies=companies)


def _uid(app: App, reference: str) -> str:
    shelf = Shelf(app.store.db.conn)
    return shelf.releases([shelf.find(reference)])[0].uid


def _merge(app: App, now: datetime) -> str:
    """The operator finds that the magazine retold what the issuer had said. Returns the id that is gone."""
    shelf = Shelf(app.store.db.conn)
    kept, gone = shelf.find("https://own.example/model"), shelf.find("https://magazine.example/22")
    uid = _uid(app, "https://magazine.example/22")
    with app.store.settling():
        app.store.overrules.merge(kept, gone, now)
    return uid


@pytest.mark.long
def test_a_month_of_a_subscriber(month: Month) -> None:
    """Each release once, corrections once, nothing resurfaced that did not change, byte-stable throughout."""
    notices = [NOTICE.format(24 + week) for week in range(4)]
    own = [HALL, CRANE, CHIEF, YARD_ENGLISH, QUAY, MODEL, *notices]
    expected = [*own, NOTED, FESTIVAL, RETOLD]  # the magazine names no issuer
    mended, taken_back, again = f"[Korrektur] {HALL}", f"[Zurückgezogen] {QUAY}", f"[Korrektur] {QUAY}"
    withdrawn = f"[Zurückgezogen] {CHIEF}"
    for name, titles in (("all", expected), ("company/musterwerke-gmbh", own)):
        by_id, by_content = month.readers[name]
        assert sorted(by_id.shown) == sorted(by_content.shown) == sorted(titles)
        assert isinstance(by_content, ByContent)
        assert by_content.resurfaced == [mended, taken_back, again, withdrawn]
    # An entry is rewritten when its text really changed or the original came, and at no copy, translation, repetition,
    # late reprint or notice; by the operator's other wish only where it was another one.
    edited = {
        6: [mended],
        10: [CHIEF],
        11: [YARD],
        12: [CHIEF],
        16: [taken_back],
        17: [again],
        18: [withdrawn],
    }
    assert month.edited["company/musterwerke-gmbh"] == edited
    # The hall's translation has the wrong number until it is mended.
    shown = {22: [YARD_ENGLISH], 25: [f"[Correction] {HALL_ENGLISH}"]}
    assert month.edited["all"] == {**edited, **shown}
    by_id, by_content = month.readers["corrections"]
    assert by_id.shown == by_content.shown
    assert by_id.shown == [
        f"Korrigiert: {HALL}", f"Zurückgezogen: {QUAY}", f"Korrigiert: {QUAY}", f"Zurückgezogen: {CHIEF}"
    ]  # fmt: skip
    assert isinstance(by_content, ByContent)
    assert (by_content.edited, by_content.resurfaced) == ([], [])
    for program in month.programs.values():
        assert sorted(program.shown) == sorted(expected)
        marked = {f"[Correction] {HALL_ENGLISH}", again, withdrawn}
        assert marked < set(program.kept)  # the mark reaches those who ignore tombstones
    assert not month.repeated
    assert notices[-1:] == [
        title for title in _titles(month.last["company/musterwerke-gmbh"]) if title in notices
    ]
    assert sorted(notices) == sorted(title for title in _titles(month.last["all"]) if title in notices)
    stones = ElementTree.fromstring(month.last["all"]).findall(DELETED)
    assert [stone.get("ref") for stone in stones] == [month.gone[1], month.withdrawn, month.gone[0]]


def _titles(feed: bytes) -> list[str]:
    return [title.text or "" for title in ElementTree.fromstring(feed).findall("{*}entry/{*}title")]
