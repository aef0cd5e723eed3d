"""The running service and the clock on the wall."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from schedule_room import START, feed

from aggregator import app as wiring
from aggregator import scheduler
from aggregator.app import App, Paths
from aggregator.scheduler import Service
from aggregator.settings import Settings


def test_t05_a_running_service_takes_note_of_a_clock_that_was_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T-05: a day back, and a source that was polled a minute ago is due within its hour, not tomorrow."""
    now = START

    def clock() -> datetime:
        return now

    monkeypatch.setattr(scheduler, "clock", clock)
    monkeypatch.setattr(wiring, "clock", clock)
    settings = Settings(folder=tmp_path, sources=(feed(),))

    async def go() -> datetime:
        nonlocal now
        async with App.open(
            Paths(tmp_path / "config", tmp_path / "data", tmp_path / "feeds"), settings
        ) as app:
            service = Service(app, lambda _: None, lambda: None, lambda _: None)
            with app.store.settling():
                app.store.record_poll(
                    "newsroom",
                    at=now,
                    seconds=1,
                    outcome="ok",
                    counts={},
                    problems=(),
                    next_due=now + timedelta(hours=1),
                )
            await service.tick()
            now -= timedelta(days=1)
            assert app.store.due(now + timedelta(hours=1)) == []
            await service.tick()
            row = app.store.db.conn.execute("SELECT next_due FROM sources").fetchone()
            return datetime.fromisoformat(row[0])

    due = asyncio.run(go())
    assert START - timedelta(days=1) <= due <= START - timedelta(hours=23)
