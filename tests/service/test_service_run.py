"""The service as an operator meets it: a real process that polls, serves, reloads and ends."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from service_desk import Service, descendants, drop


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    inbox = tmp_path / "config" / "inbox"
    inbox.mkdir(parents=True)
    drop(inbox / "one.txt", "Neue Halle eröffnet", age=60)
    (tmp_path / "config/sources.toml").write_text('[[source]]\nid = "inbox"\nurl = "inbox"\n', "utf-8")
    running = Service(tmp_path)
    try:
        running.ready()
        yield running
    finally:
        if running.process.poll() is None:
            running.process.kill()
            running.process.wait()


def test_it_reads_publishes_serves_and_ends(service: Service) -> None:
    """The release is served within seconds; SIGTERM ends it with exit code 0."""
    service.wait(lambda: "Neue Halle" in service.get("/all.atom").text)
    answer = service.get("/company/musterwerke-gmbh.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    again = httpx.get(str(answer.url), headers={"If-None-Match": answer.headers["etag"]}, trust_env=False)
    assert again.status_code == 304
    assert service.get("/healthz").json()["status"] == "ok"
    (source,) = service.get("/status").json()["sources"]
    assert (source["state"], "url" in source) == ("well", False)
    assert service.end() == 0


def test_a_second_service_on_the_same_data_is_refused(service: Service) -> None:
    """It names the process at work, and so does `poll`."""
    for command in (["run", "--port", "0"], ["poll", "--due"]):
        done = subprocess.run([sys.executable, "-m", "aggregator", *command], cwd=service.folder, capture_output=True,
                              text=True, timeout=30, check=False)  # fmt: skip
        assert done.returncode == 1
        assert str(service.process.pid) in done.stderr
    status = subprocess.run([sys.executable, "-m", "aggregator", "status", "--json"], cwd=service.folder,
                            capture_output=True, text=True, timeout=30, check=False)  # fmt: skip
    assert str(service.process.pid) in json.loads(status.stdout)["at_work"]


def test_a_dropped_file_shows_without_a_restart(service: Service) -> None:
    """The folder is looked into again and again."""
    service.wait(lambda: "Neue Halle" in service.get("/all.atom").text)
    drop(service.folder / "config/inbox/two.txt", "Zweite Halle eröffnet", age=10)
    service.wait(lambda: "Zweite Halle" in service.get("/company/musterwerke-gmbh.atom").text)


def test_a_changed_configuration_is_taken_over_and_a_broken_one_is_not(service: Service) -> None:
    """A mistake is told of on the screen and at /healthz, and the old configuration stays."""
    settings = service.folder / "config/settings.toml"
    settings.write_text('title = "Meldungen"\n', "utf-8")
    service.wait(lambda: "Meldungen" in service.get("/index.html").text)
    settings.write_text("title = [broken\n", "utf-8")
    service.wait(lambda: service.get("/healthz").json()["config_error"])
    assert "settings.toml:1" in service.screen.read_text("utf-8")
    assert "Meldungen" in service.get("/index.html").text


def test_a_new_topic_gets_what_is_stored(service: Service) -> None:
    """A rule written while the service runs is applied to old releases too."""
    service.wait(lambda: "Neue Halle" in service.get("/all.atom").text)
    rule = '[[topic]]\nid = "building"\ntitle = "Building"\nany = ["Halle"]\nmin_score = 1\n'
    (service.folder / "config/topics.toml").write_text(rule, "utf-8")
    service.wait(lambda: "Neue Halle" in service.get("/topic/building.atom").text)


def test_a_killed_service_leaves_nothing_in_the_way(service: Service) -> None:
    """After kill -9 the next start goes on where it was, and nothing is published twice."""
    service.wait(lambda: "Neue Halle" in service.get("/all.atom").text)
    before = service.get("/all.atom").content
    workers = descendants(service.process.pid)
    assert workers
    assert service.end(signal.SIGKILL) == -signal.SIGKILL
    service.wait(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))
    again = Service(service.folder)
    try:
        again.ready()
        again.wait(lambda: again.get("/all.atom").status_code == 200)
        assert again.get("/all.atom").content == before
    finally:
        again.end()


def test_it_ends_soon_in_the_middle_of_a_large_folder(service: Service) -> None:
    """SIGTERM while thousands of files are being read: exit code 0 within seconds, no process left."""
    service.wait(lambda: "Neue Halle" in service.get("/all.atom").text)
    many = service.folder / "config/many"
    many.mkdir()
    for n in range(3000):
        drop(many / f"{n}.txt", f"Meldung {n}", age=60)
    with (service.folder / "config/sources.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[source]]\nid = "many"\nurl = "many"\n')
    service.wait(lambda: "the changed configuration is in use" in service.screen.read_text("utf-8"))
    time.sleep(2)
    workers = descendants(service.process.pid)
    assert service.end() == 0
    service.wait(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))
    assert "Traceback" not in service.screen.read_text("utf-8")
