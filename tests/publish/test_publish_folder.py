"""The folder is ours alone, and nothing in it can lead publishing elsewhere."""

from __future__ import annotations

import os
import resource
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from publish_samples import Shelf, make_release

from aggregator.errors import PublishError
from aggregator.publish import MARKER, publish
from aggregator.rendering import Site

SITE = Site()
SHELF = Shelf({"topic/t": [make_release(1)]})


@pytest.mark.parametrize("place", ["/", "~", "~/.."])
def test_root_and_home_are_refused(place: str) -> None:
    with pytest.raises(PublishError, match="will not publish there"):
        publish(SHELF, Path(place).expanduser(), SITE)


def test_a_link_to_home_is_refused(tmp_path: Path) -> None:
    (tmp_path / "feeds").symlink_to(Path.home())
    with pytest.raises(PublishError, match="will not publish there"):
        publish(SHELF, tmp_path / "feeds", SITE)


def test_a_folder_with_other_files_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "brief.txt").write_text("x")
    with pytest.raises(PublishError, match=r"brief\.txt.*empty folder"):
        publish(SHELF, tmp_path, SITE)
    assert [p.name for p in tmp_path.iterdir()] == ["brief.txt"]


@pytest.mark.parametrize("name", [".gitkeep", ".gitignore", MARKER])
def test_a_fresh_checkout_or_a_marked_folder_is_taken(name: str, tmp_path: Path) -> None:
    (tmp_path / name).touch()
    if name == MARKER:
        (tmp_path / "andere.txt").touch()
    assert publish(SHELF, tmp_path, SITE).written
    assert (tmp_path / MARKER).exists()


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    assert publish(SHELF, tmp_path / "a/b", SITE).written


def test_files_can_be_read_by_a_web_server_of_another_user(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        publish(SHELF, tmp_path, SITE)
    finally:
        os.umask(before)
    for name in ("all.atom", "topic/t.atom", "index.html"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o644
    assert stat.S_IMODE((tmp_path / "topic").stat().st_mode) == 0o755


def test_a_planted_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    feeds, victim = tmp_path / "feeds", tmp_path / "victim"
    publish(SHELF, feeds, SITE)
    victim.write_text("wichtig")
    (feeds / "topic/t.atom").unlink()
    (feeds / "topic/t.atom").symlink_to(victim)
    publish(SHELF, feeds, SITE)
    assert victim.read_text() == "wichtig"
    assert not (feeds / "topic/t.atom").is_symlink()


def test_a_planted_folder_link_is_refused(tmp_path: Path) -> None:
    feeds, elsewhere = tmp_path / "feeds", tmp_path / "elsewhere"
    publish(SHELF, feeds, SITE)
    elsewhere.mkdir()
    (feeds / "topic/t.atom").unlink()
    (feeds / "topic").rmdir()
    (feeds / "topic").symlink_to(elsewhere)
    with pytest.raises(PublishError, match=r"feeds.*remove it"):
        publish(SHELF, feeds, SITE)
    assert list(elsewhere.iterdir()) == []


def test_a_folder_in_the_place_of_a_feed_is_named(tmp_path: Path) -> None:
    publish(SHELF, tmp_path, SITE)
    (tmp_path / "all.atom").unlink()
    (tmp_path / "all.atom").mkdir()
    with pytest.raises(PublishError, match=r"all\.atom.*it is a folder: remove it"):
        publish(SHELF, tmp_path, SITE)


def test_what_a_killed_run_left_behind_is_swept(tmp_path: Path) -> None:
    publish(SHELF, tmp_path, SITE)
    (tmp_path / "topic/.4711-3.tmp").write_text("halb")
    (tmp_path / ".4711-4.tmp").write_text("halb")
    publish(SHELF, tmp_path, SITE)
    assert not list(tmp_path.rglob("*.tmp"))


def test_a_disk_that_cannot_be_written_leaves_the_old_feeds(tmp_path: Path) -> None:
    """A file size limit stands in for a full disk: the write fails in the middle."""
    publish(SHELF, tmp_path, SITE)
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    big = Shelf({"topic/t": [make_release(1, "Satz. " * 20_000)]})
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
    try:
        with pytest.raises(PublishError, match=r"\.atom: File too large.*untouched"):
            publish(big, tmp_path, SITE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


def test_a_read_only_folder_is_named_with_a_remedy(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    tmp_path.chmod(0o555)
    with pytest.raises(PublishError, match="no permission: let this user write"):
        publish(SHELF, tmp_path, SITE)


def test_a_run_killed_at_any_time_leaves_whole_feeds(tmp_path: Path) -> None:
    """kill -9 while feeds are rewritten: what is there is the one content or the other."""
    code = (
        "import sys; from pathlib import Path; from publish_samples import *; "
        "from aggregator.publish import publish; from aggregator.rendering import Site\n"
        "shelves = [Shelf({'topic/t': [make_release(1, text * 50_000)]}) for text in ('a ', 'bb ')]\n"
        "print('ready', flush=True)\n"
        "while True:\n    for shelf in shelves: publish(shelf, Path(sys.argv[1]), Site())\n"
    )
    whole = set()
    for text in ("a ", "bb "):
        publish(Shelf({"topic/t": [make_release(1, text * 50_000)]}), tmp_path, SITE)
        whole.add((tmp_path / "topic/t.atom").read_bytes())
    for delay in (0.0, 0.013, 0.031):
        here = Path(__file__).parent
        with subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path)], cwd=here, stdout=subprocess.PIPE
        ) as child:
            assert child.stdout is not None
            child.stdout.readline()
            with pytest.raises(subprocess.TimeoutExpired):
                child.wait(delay + 0.01)
            child.kill()
        assert (tmp_path / "topic/t.atom").read_bytes() in whole
    publish(SHELF, tmp_path, SITE)
    assert not list(tmp_path.rglob("*.tmp"))
