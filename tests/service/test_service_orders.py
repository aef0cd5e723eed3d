"""Commands beside a running service: it does what they ask, at once, and they say so."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from loopback import Site, rss, serving
from service_desk import Service, drop

from aggregator.store import lock, orders
from aggregator.store.database import open_database
from aggregator.text import digest

WORDS = "Anlage Brücke Deich Fähre Gleis Hafen Kanal Kran Mole Pumpe Reede Schleuse Speicher Tonne Turm Werft"
SOURCE = '[[source]]\nid = "room"\nadapter = "feed"\nurl = "{}"\nallow_private = true\nfollow = "never"\nevery = "6 h"\n'


def items(numbers: range) -> list[tuple[str, str, str]]:
    """Releases that are like no other."""
    made, nouns = [], WORDS.split()
    for n in numbers:
        words = [nouns[b % 16] + nouns[b // 16].lower() + str(b) for b in digest(f"order {n}".encode())]
        body = "".join(
            f"<p>Die {a} neben {b} kostet {len(a) * n} Millionen Euro.</p>"
            for a, b in zip(words[::2], words[1::2], strict=True)
        )
        made.append((f"n-{n}", f"{words[0]} und {words[1]} fertig, Vorhaben {n}", body))
    return made


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        running.put("/feed.xml", rss(*items(range(3))))
        yield running


@pytest.fixture
def service(tmp_path: Path, site: Site) -> Iterator[Service]:
    inbox = tmp_path / "config" / "inbox"
    inbox.mkdir(parents=True)
    drop(inbox / "one.txt", "Neue Halle eröffnet", age=60)
    (tmp_path / "config/settings.toml").write_text("pace = 0\n", "utf-8")
    (tmp_path / "config/sources.toml").write_text(
        '[[source]]\nid = "inbox"\nurl = "inbox"\n\n' + SOURCE.format(site.url()), "utf-8"
    )
    running = Service(tmp_path)
    try:
        running.ready()
        running.wait(lambda: "Vorhaben 2" in running.get("/all.atom").text)
        running.wait(lambda: "Neue Halle" in running.get("/all.atom").text)
        yield running
    finally:
        if running.process.poll() is None:
            running.process.kill()
            running.process.wait()


def shown(service: Service) -> set[int]:
    """The numbers of the releases that subscribers see."""
    text = service.get("/all.atom").text
    return {n for n in range(100) if f"Vorhaben {n}<" in text}


def held(service: Service) -> int:
    return len(json.loads(service.command("sources", "show", "room", "--json").stdout)["held"])


def numbers(service: Service) -> list[str]:
    """Of the first two releases."""
    listed = service.command("releases", "list", "--jsonl").stdout.splitlines()
    return list(map(str, sorted(json.loads(line)["number"] for line in listed)[:2]))


def test_a_poll_a_release_and_a_drop_beside_it(service: Service, site: Site) -> None:
    """Twenty at once are held; `release` publishes them, `--drop` discards the next ones, and both are done when they
    return."""
    site.put("/feed.xml", rss(*items(range(23))))
    polled = service.command("poll", "room", "--json")
    assert polled.returncode == 0, polled.stderr
    assert json.loads(polled.stdout)[0]["counts"]["held"] == 20
    assert "the running service did it" in polled.stderr
    assert held(service) == 20
    released = service.command("sources", "release", "room", "--yes")
    assert released.returncode == 0, released.stderr
    assert "20 new" in released.stderr
    assert shown(service) == set(range(23))
    site.put("/feed.xml", rss(*items(range(10, 95))))
    assert service.command("poll", "room").returncode == 0
    assert held(service) == 72
    dropped = service.command("sources", "release", "room", "--drop", "--yes")
    assert "72 dropped" in dropped.stderr
    assert (held(service), shown(service)) == (0, set(range(23)))


def test_decisions_are_taken_and_taken_back_beside_it(service: Service) -> None:
    """`merge`, `undo`, `split` and `never`; what is wrong is told with exit code 2."""
    one, two = numbers(service)
    before = service.get("/all.atom").text.count("<entry")
    merged = service.command("merge", one, two)
    assert merged.returncode == 0, merged.stderr
    assert service.get("/all.atom").text.count("<entry") == before - 1
    wrong = service.command("merge", one, one)
    assert (wrong.returncode, f"both are release {one} already" in wrong.stderr) == (2, True)
    assert service.command("undo", one).returncode == 0
    assert service.get("/all.atom").text.count("<entry") == before
    assert service.command("never", *numbers(service)).returncode == 0


def test_publish_and_reprocess_beside_it(service: Service) -> None:
    """Everything is written anew, or read anew, by the service."""
    published = service.command("publish", "--json")
    assert published.returncode == 0, published.stderr
    assert json.loads(published.stdout)["unchanged"] > 0
    again = service.command("reprocess")
    assert again.returncode == 0, again.stderr
    assert "0 texts changed" in again.stderr


def test_a_source_that_was_just_added_is_polled_by_the_service(service: Service, site: Site) -> None:
    """The configuration is read before the order is carried out."""
    second = site.put("/second.xml", rss(*items(range(50, 53))))
    with (service.folder / "config/sources.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + SOURCE.format(second).replace('"room"', '"second"'))
    done = service.command("poll", "second")
    assert done.returncode == 0, done.stderr
    assert {50, 51, 52} <= shown(service)


def test_what_belongs_to_the_service_alone_is_refused(service: Service) -> None:
    """`poll --due` and `ingest` name the process at work."""
    for words in (("poll", "--due"), ("ingest", "config/inbox")):
        done = service.command(*words)
        assert done.returncode == 1
        assert str(service.process.pid) in done.stderr


def test_a_command_whose_service_dies_says_so(service: Service) -> None:
    """The order is taken back: no later service does what nobody waits for."""
    service.process.send_signal(signal.SIGSTOP)
    with subprocess.Popen(
        [sys.executable, "-m", "aggregator", "poll", "room"],
        cwd=service.folder,
        stderr=subprocess.PIPE,
        text=True,
    ) as asking:
        service.wait(lambda: _left(service.folder))
        service.process.kill()
        service.process.wait()
        _, said = asking.communicate(timeout=60)
    assert asking.returncode == 1
    assert "the service ended before it was done" in said
    assert _left(service.folder) == 0
    assert service.command("poll", "room").returncode == 0, "the next one does it itself"


def _left(folder: Path) -> int:
    with closing(open_database(folder / "data", write=False).conn) as c:
        return int(c.execute("SELECT count(*) FROM orders WHERE done_at = ''").fetchone()[0])


def test_what_a_service_had_taken_up_when_it_was_killed_is_done_by_the_next(service: Service) -> None:
    """Somebody was promised that it goes on."""
    service.end()
    assert lock.command(service.folder / "data") == ""
    from datetime import UTC, datetime

    now = datetime.now(UTC)
    number = orders.place(service.folder / "data", {"do": "publish"}, now)
    assert number is not None
    db = open_database(service.folder / "data", write=True)
    orders.begin(db.conn, now)
    db.close()
    again = Service(service.folder)
    try:
        again.ready()
        again.wait(lambda: orders.outcome(service.folder / "data", number))
    finally:
        again.end()


def test_a_config_change_needs_no_service_and_is_taken_over(service: Service, site: Site) -> None:
    """`pause` and `resume` only write the configuration, which the service notices."""
    assert service.command("sources", "pause", "room").returncode == 0
    service.wait(lambda: "the changed configuration is in use" in service.screen.read_text("utf-8"))
    assert service.command("sources", "resume", "room").returncode == 0
