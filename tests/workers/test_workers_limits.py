"""What a document can do to the process that reads it, and what becomes of the others."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest

from aggregator import limits, workers
from aggregator.errors import ReadError
from aggregator.harvest import Harvest
from aggregator.model import Document, Source
from aggregator.workers import Workers

NOW = datetime(2026, 11, 2, tzinfo=UTC)

# An adapter that misbehaves as its document says. Workers find it because they inherit PYTHONPATH.
ADAPTER = """
import os, signal, time
from pathlib import Path
from aggregator.model import Draft

def slow_down():
    import aggregator.preparing as preparing
    prepare = preparing.prepare
    def slow(draft, *others):
        while draft.title == "slow item":
            pass
        return prepare(draft, *others)
    preparing.prepare = slow

def read(document, source):
    order = document.content.decode()
    if order == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if order == "segfault":
        os.kill(os.getpid(), signal.SIGSEGV)
    if order == "spin":
        while True:
            pass
    if order == "hang":
        Path(__file__).with_name("hangs").touch()
        time.sleep(600)
    if order == "eat":
        bytearray(300_000_000)
    if order == "slow":
        slow_down()
        yield Draft(key="its-slow", content="Die Halle ist fertig. " * 20, content_type="text/plain",
                    fetched_at=document.fetched_at, title="slow item")
    if order == "raise":
        raise RecursionError("too deep")
    yield Draft(key=document.key, content="Die Halle ist fertig. " * 20, content_type="text/plain",
                fetched_at=document.fetched_at, title=order)
"""
SITE = """
import sys
import aggregator.adapters as adapters
known, load = adapters.names, adapters.load
def find(name):
    if name == "misbehaving":
        sys.path.insert(0, {folder!r})
        import misbehaving
        return misbehaving.read
    return load(name)
adapters.load = find
"""


@pytest.fixture
def pool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workers]:
    (tmp_path / "misbehaving.py").write_text(ADAPTER, "utf-8")
    (tmp_path / "sitecustomize.py").write_text(SITE.format(folder=str(tmp_path)), "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(workers, "METHOD", "spawn")  # a fresh interpreter, which reads PYTHONPATH
    running = Workers((), (), 2)
    yield running
    running.close()


def read(pool: Workers, *orders: str) -> Harvest:
    return asyncio.run(harvesting(pool, *orders))


async def harvesting(pool: Workers, *orders: str) -> Harvest:
    documents = [
        Document(url=f"file:///{i}", key=f"{i}-{o}", content=o.encode(), fetched_at=NOW)
        for i, o in enumerate(orders)
    ]
    return await pool.harvest(documents, Source(id="s", adapter="misbehaving", url=""), {})


def reasons(harvest: Harvest) -> dict[str, str]:
    return {p.where.partition("-")[2]: p.reason for p in harvest.problems}


@pytest.mark.parametrize("end", ["die", "segfault"])
def test_a_document_that_kills_its_reader_costs_only_itself(pool: Workers, end: str) -> None:
    """X-13: killed, or a fault of memory: the others of the same batch are read, and the pool goes on."""
    harvest = read(pool, "one", end, "two")
    assert sorted(p.title for p in harvest.prepared) == ["one", "two"]
    assert reasons(harvest) == {end: "parser_died"}
    assert harvest.failed == {f"1-{end}"}
    assert len(read(pool, "three").prepared) == 1


def test_one_dead_worker_does_not_multiply_the_processes(
    pool: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All batches that were lost with it look for the deadly document in one and the same process."""
    started: list[int] = []

    class Counted(ProcessPoolExecutor):
        def __init__(self, processes: int, **others: Any) -> None:
            started.append(processes)
            super().__init__(processes, **others)

    monkeypatch.setattr(workers, "ProcessPoolExecutor", Counted)
    monkeypatch.setattr(workers, "BATCH", 2)
    harvest = read(pool, "die", *(str(i) for i in range(11)))
    assert sorted(p.title for p in harvest.prepared) == sorted(str(i) for i in range(11))
    assert reasons(harvest) == {"die": "parser_died"}
    assert started == [2, 1, 1]  # the pool, the lone process, and the one after the lone process's death


def test_who_was_given_up_leaves_nobody_waiting(pool: Workers) -> None:
    """A poll is broken off while its documents wait; then a process dies: all other polls go on."""

    async def give_one_up() -> tuple[Harvest, ...]:
        others = [asyncio.create_task(harvesting(pool, f"{n}")) for n in range(9)]
        given_up = asyncio.create_task(harvesting(pool, "nobody waits for this"))
        await asyncio.sleep(0.3)
        given_up.cancel()
        for child in multiprocessing.active_children():
            child.kill()
        return await asyncio.wait_for(asyncio.gather(*others), 40)

    harvests = asyncio.run(give_one_up())
    assert [p.title for harvest in harvests for p in harvest.prepared] == [f"{n}" for n in range(9)]


def test_closing_ends_a_lone_process_too(pool: Workers, tmp_path: Path) -> None:
    """Just after a death there is no pool, but what is read alone is read on."""

    async def close_while_one_hangs() -> list[BaseProcess]:
        orders = asyncio.create_task(harvesting(pool, "die", "hang", "one"))
        while not (tmp_path / "hangs").exists():
            await asyncio.sleep(0.01)
        hanging = multiprocessing.active_children()
        pool.close()
        with pytest.raises(ReadError, match="the program ends"):
            await asyncio.wait_for(orders, 20)
        return hanging

    hanging = asyncio.run(close_while_one_hangs())
    assert hanging
    for process in hanging:
        process.join(10)
        assert not process.is_alive()


def test_memory_is_limited(pool: Workers) -> None:
    """A document that asks for more than `MEMORY` is given up; the next one has all of it again."""
    assert limits.MEMORY == 200_000_000
    assert reasons(read(pool, "eat", "one", "eat")) == {"eat": "too_large"}


def test_an_adapters_exception_is_the_documents_failure(pool: Workers) -> None:
    """Sites change; whatever reading one raises is named."""
    harvest = read(pool, "raise", "one")
    assert reasons(harvest) == {"raise": "broken"}
    assert len(harvest.prepared) == 1


def test_processor_time_of_an_item_is_limited(pool: Workers) -> None:
    """One release in which reading does not end costs itself, not what stands beside it in its document."""
    harvest = read(pool, "slow", "one")
    assert reasons(harvest) == {"slow (its-slow)": "timeout"}  # the document, and the item in it
    assert sorted(p.title for p in harvest.prepared) == ["one", "slow"]
    assert not harvest.failed


@pytest.mark.long
def test_processor_time_is_limited(pool: Workers) -> None:
    """An endless loop in an adapter ends after `CONTAINER_SECONDS`."""
    assert reasons(read(pool, "spin", "one")) == {"spin": "timeout"}


def test_a_machine_without_processes_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A read-only /dev/shm in a container, say."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Workers, "new_pool", refuse)
    with pytest.raises(ReadError, match="/dev/shm"):
        read(Workers((), (), 1), "one")
