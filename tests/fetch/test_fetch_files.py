"""Folders as sources: everything wanted is yielded once, whatever cannot be read is named."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aggregator.errors import FetchError
from aggregator.fetch import walk
from aggregator.model import Document, Problem

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def put(root: Path, name: str, content: bytes = b"text", age: float = 60.0) -> Path:
    """A file that was last changed ``age`` seconds before now."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (NOW.timestamp() - age,) * 2)
    return path


def documents(root: Path, **settings: object) -> list[Document]:
    """What a walk yields, without its problems."""
    found = walk(root, **{"known": {}, "now": NOW, **settings})  # type: ignore[arg-type]
    return [item for item in found if isinstance(item, Document)]


def problems(root: Path, **settings: object) -> list[Problem]:
    """What a walk complains of."""
    found = walk(root, **{"known": {}, "now": NOW, **settings})  # type: ignore[arg-type]
    return [item for item in found if isinstance(item, Problem)]


def test_a_folder_is_read_in_order_with_its_subfolders(tmp_path: Path) -> None:
    """Keys are paths relative to the folder, with forward slashes; the address is a file: one."""
    for name in ("b.txt", "a/ü.md", "a/b/c.HTML", "a.htm", "z.docx"):
        put(tmp_path, name)
    found = documents(tmp_path)
    assert [d.key for d in found] == ["a/b/c.HTML", "a/ü.md", "a.htm", "b.txt"]
    assert [d.media_type for d in found] == ["text/html", "text/markdown", "text/html", "text/plain"]
    assert found[3].url == (tmp_path / "b.txt").resolve().as_uri()
    assert (found[3].content, found[3].fetched_at, found[3].complete) == (b"text", NOW, True)
    assert [d.key for d in documents(tmp_path, suffixes=(".docx",))] == ["z.docx"]


def test_a_file_that_is_known_is_not_read_again(tmp_path: Path) -> None:
    """Until its size or its time changes."""
    put(tmp_path, "a.txt")
    known = {d.key: d.etag for d in documents(tmp_path)}
    assert documents(tmp_path, known=known) == []
    put(tmp_path, "a.txt", b"text", age=30)
    assert [d.key for d in documents(tmp_path, known=known)] == ["a.txt"]
    put(tmp_path, "a.txt", b"longer text")
    assert [d.content for d in documents(tmp_path, known=known)] == [b"longer text"]


def test_hidden_and_unfinished_files_are_passed_over(tmp_path: Path) -> None:
    """Editors and copiers leave them while they work."""
    for name in (".a.txt", "b.txt~", "c.txt.part", "d.txt.tmp", ".git/e.txt", "f.txt.swp", "~g.txt"):
        put(tmp_path, name)
    assert [d.key for d in documents(tmp_path, suffixes=(".txt", ".part", ".tmp", "~", ".swp"))] == ["~g.txt"]
    assert problems(tmp_path) == []


def test_a_file_that_may_still_be_written_is_left_for_the_next_poll(tmp_path: Path) -> None:
    """Unless it is to be read at once, and unless its time is plainly wrong."""
    put(tmp_path, "fresh.txt", age=1.0)
    put(tmp_path, "skewed.txt", age=-1.0)
    put(tmp_path, "future.txt", age=-90_000.0)
    assert [d.key for d in documents(tmp_path)] == ["future.txt"]
    assert len(documents(tmp_path, settle=0)) == 3


def test_a_single_file_is_a_folder_of_one(tmp_path: Path) -> None:
    """Its key is its name; its suffix does not matter, because it was named."""
    path = put(tmp_path, "release.note")
    put(tmp_path, "other.txt")
    found = documents(path)
    assert [(d.key, d.media_type) for d in found] == [("release.note", "")]
    assert documents(path, known={"release.note": found[0].etag}) == []


def test_a_missing_place_is_said_at_once_with_its_path(tmp_path: Path) -> None:
    """Before anything is iterated over."""
    with pytest.raises(FetchError) as caught:
        walk(tmp_path / "gone", known={}, now=NOW)
    assert caught.value.reason == "missing"
    assert str(tmp_path / "gone") in str(caught.value)
    assert "create it" in str(caught.value)


def test_a_place_that_is_neither_file_nor_folder_is_refused(tmp_path: Path) -> None:
    """A pipe would be waited for without end."""
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(FetchError) as caught:
        walk(tmp_path / "pipe.txt", known={}, now=NOW)
    assert caught.value.reason == "unreadable"
    assert "not a regular file" in problems(tmp_path)[0].detail


def test_a_file_that_is_too_large_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    """It is not even read."""
    put(tmp_path, "a.txt", b"x" * 101)
    put(tmp_path, "b.txt", b"x" * 100)
    assert [d.key for d in documents(tmp_path, max_bytes=100)] == ["b.txt"]
    (problem,) = problems(tmp_path, max_bytes=100)
    assert problem.reason == "too_large"
    assert problem.where == str(tmp_path / "a.txt")
    assert problem.where in problem.detail


def test_links_stay_inside_the_folder(tmp_path: Path) -> None:
    """Links to files inside are read under their own name; all others are named, and none is followed out."""
    root = tmp_path / "root"
    put(root, "a.txt")
    put(root, "sub/b.txt")
    put(tmp_path, "outside/secret.txt")
    (root / "c.txt").symlink_to("a.txt")
    (root / "d.txt").symlink_to("../outside/secret.txt")
    (root / "e").symlink_to("../outside")
    (root / "f").symlink_to("sub")
    (root / "g.txt").symlink_to("gone.txt")
    (root / "h.txt").symlink_to("h.txt")
    assert [d.key for d in documents(root)] == ["a.txt", "c.txt", "sub/b.txt"]
    found = problems(root)
    assert [Path(p.where).name for p in found] == ["d.txt", "e", "g.txt", "h.txt"]
    assert [p.detail.count("out of the folder") for p in found] == [1, 1, 0, 0]


def test_a_folder_behind_a_link_is_read(tmp_path: Path) -> None:
    """The configured place itself may be a link, as on many servers."""
    put(tmp_path, "real/a.txt")
    (tmp_path / "link").symlink_to("real")
    assert [d.key for d in documents(tmp_path / "link")] == ["a.txt"]
    assert problems(tmp_path / "link") == []


def test_a_file_that_vanishes_while_walking_is_named(tmp_path: Path) -> None:
    """And its neighbours are read."""
    put(tmp_path, "a.txt")
    put(tmp_path, "b.txt")
    put(tmp_path, "c.txt")
    found = walk(tmp_path, known={}, now=NOW)
    first = next(found)
    (tmp_path / "b.txt").unlink()
    second, third = found
    assert [getattr(d, "key", d) for d in (first, third)] == ["a.txt", "c.txt"]
    assert isinstance(second, Problem)
    assert second.reason == "unreadable"


def test_a_name_that_is_no_text_is_named_in_escapes(tmp_path: Path) -> None:
    """It could not be stored; the message can be printed."""
    put(tmp_path, "fine.txt")
    try:
        (tmp_path / os.fsdecode(b"b\xfc.txt")).write_bytes(b"x")
    except OSError:
        pytest.skip("this file system takes only valid names")
    os.utime(tmp_path / os.fsdecode(b"b\xfc.txt"), (0, 0))
    assert [d.key for d in documents(tmp_path)] == ["fine.txt"]
    (problem,) = problems(tmp_path)
    assert "b\\xfc.txt" in problem.detail
    problem.detail.encode()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_named(tmp_path: Path) -> None:
    """A file and a folder without permission."""
    put(tmp_path, "a.txt").chmod(0)
    put(tmp_path, "sub/b.txt")
    (tmp_path / "sub").chmod(0)
    try:
        assert [Path(p.where).name for p in problems(tmp_path)] == ["a.txt", "sub"]
    finally:
        (tmp_path / "sub").chmod(0o700)


def test_a_folder_of_unknown_files_says_so(tmp_path: Path) -> None:
    """With their suffixes and how many there are; documents of word processors also beside texts."""
    for name in ("a.docx", "sub/b.docx", "c.png", "d"):
        put(tmp_path, name)
    (problem,) = problems(tmp_path)
    assert problem.reason == "unknown_type"
    assert "2 .docx, 1 .png" in problem.detail
    assert "1 without a suffix" in problem.detail
    put(tmp_path, "e.txt")
    (problem,) = problems(tmp_path)
    assert ".docx" in problem.detail
    assert ".png" not in problem.detail


def test_pictures_beside_texts_are_no_news(tmp_path: Path) -> None:
    """Saved pages bring theirs."""
    for name in ("a.html", "a/b.png", "a/c.css"):
        put(tmp_path, name)
    assert problems(tmp_path) == []


def test_a_file_that_grows_while_it_is_read_is_left_for_the_next_poll(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a release is none, and its other half would be a revision."""
    path = put(tmp_path, "a.txt", b"x" * 100)
    fstat = os.fstat

    def grown(handle: int) -> os.stat_result:
        seen = fstat(handle)
        with path.open("ab") as file:
            file.write(b"more")
        return seen

    monkeypatch.setattr(os, "fstat", grown)
    assert documents(tmp_path) == []
    monkeypatch.undo()
    os.utime(path, (NOW.timestamp() - 60,) * 2)
    assert len(documents(tmp_path)) == 1


def test_a_file_that_is_renamed_into_place_is_read_at_once_under_its_name(tmp_path: Path) -> None:
    """As programs write that want to be read whole; what they began with is no file of ours."""
    path = put(tmp_path, "a.txt.part")
    put(tmp_path, "b.txt.crdownload")
    assert documents(tmp_path) == []
    assert problems(tmp_path) == []
    path.rename(tmp_path / "a.txt")
    assert [d.key for d in documents(tmp_path)] == ["a.txt"]
