"""Mailboxes of this machine as sources: Maildir, mbox, and folders of them; each mail once, whatever is done with it."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from mailbox_desk import TITLES, Desk, at, boxed, mail, maildir

from aggregator.cli.reading import batches
from aggregator.model import Source


def test_a_mail_that_was_read_elsewhere_is_the_same_mail(tmp_path: Path) -> None:
    """In a Maildir it moves from new to cur and gets flags, again and again."""
    box = maildir(tmp_path / "box", **{"1772.M1.host": mail(0), "1773.M2.host": mail(1)})
    desk = Desk(tmp_path, at(box))
    assert desk.poll().counts == {"new": 2}
    (box / "new" / "1772.M1.host").rename(box / "cur" / "1772.M1.host:2,S")
    assert desk.poll().outcome == "unchanged"
    (box / "cur" / "1772.M1.host:2,S").rename(box / "cur" / "1772.M1.host:2,RS")
    (box / "tmp" / "1774.M3.host").write_bytes(mail(2)[:100])
    assert desk.poll().outcome == "unchanged"
    (box / "tmp" / "1774.M3.host").write_bytes(mail(2))
    (box / "tmp" / "1774.M3.host").rename(box / "new" / "1774.M3.host")
    assert desk.poll().counts == {"new": 1}
    assert sorted(p.name for p in box.rglob("*") if p.is_file()) == [
        "1772.M1.host:2,RS", "1773.M2.host", "1774.M3.host",
    ]  # fmt: skip


def test_thrown_away_mails_and_drafts_are_no_releases(tmp_path: Path) -> None:
    """Their flags say so."""
    box = maildir(tmp_path / "box")
    (box / "cur" / "1.a.host:2,ST").write_bytes(mail(0))
    (box / "cur" / "2.b.host:2,D").write_bytes(mail(1))
    (box / "cur" / "3.c.host:2,FS").write_bytes(mail(2))
    desk = Desk(tmp_path, at(box))
    assert desk.poll().counts == {"new": 1}
    assert desk.titles() == {TITLES[2]}


def test_a_refused_mail_of_a_maildir_stays_refused_wherever_it_moves(tmp_path: Path) -> None:
    """The count does not fall because the file is called otherwise now."""
    box = maildir(tmp_path / "box", **{"1.a.host": b"Subject: leer\r\n\r\n"})
    desk = Desk(tmp_path, at(box))
    assert desk.poll().problems[0].reason == "empty"
    (box / "new" / "1.a.host").rename(box / "cur" / "1.a.host:2,S")
    desk.poll()
    assert desk.refused() == ["empty"]


def test_what_is_added_to_an_mbox_is_read_and_nothing_twice(tmp_path: Path) -> None:
    """Also where a mail program rewrites the file with its own notes, and takes mails out."""
    box = tmp_path / "press.mbox"
    box.write_bytes(boxed(mail(0), mail(1, identified=False)))
    desk = Desk(tmp_path, at(box))
    assert desk.poll().counts == {"new": 2}
    box.write_bytes(box.read_bytes() + boxed(mail(2)))
    assert desk.poll().counts == {"new": 1}
    noted = mail(1, identified=False).replace(
        b"Subject:", b"Status: RO\r\nX-Mozilla-Status: 0001\r\nSubject:"
    )
    box.write_bytes(boxed(noted, mail(2)))
    assert desk.poll().outcome == "unchanged"
    assert len(desk.titles()) == 3


def test_an_mbox_that_is_being_written_is_left_for_the_next_poll(tmp_path: Path) -> None:
    """Fresh, with a lock file beside it, or locked by its writer."""
    box = tmp_path / "press.mbox"
    box.write_bytes(boxed(mail(0)))
    desk = Desk(tmp_path, at(box))
    assert desk.poll(settle=60).outcome == "unchanged"
    lock = tmp_path / "press.mbox.lock"
    lock.touch()
    assert desk.poll().outcome == "unchanged"
    lock.unlink()
    with box.open("rb+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert desk.poll().outcome == "unchanged"
    lock.touch()
    os.utime(lock, (1, 1))  # left behind by a program that died
    assert desk.poll().counts == {"new": 1}


def test_a_line_that_only_begins_like_an_envelope_is_text(tmp_path: Path) -> None:
    """``From`` at the start of a paragraph, as text and as it is marked by those who write mailboxes."""
    text = (
        mail(0)
        .replace(b"Rund 140", b"From Monday on, 140")
        .replace(b"Menschen", b"people\r\n\r\n>From Beispiel")
    )
    box = tmp_path / "press.mbox"
    box.write_bytes(boxed(text, mail(1)))
    desk = Desk(tmp_path, at(box))
    assert desk.poll().counts == {"new": 2}
    (body,) = [r.copy.body for r in desk.releases() if r.copy.title == TITLES[0]]
    assert "From Monday on" in body
    assert ">From" not in body


def test_a_folder_may_hold_mailboxes_of_all_kinds(tmp_path: Path) -> None:
    """Maildir, mbox and single mails side by side, one level down too."""
    root = tmp_path / "mails"
    maildir(root / "one", **{"1.a.host": mail(0)})
    (root / "sub").mkdir()
    (root / "sub" / "Archiv").write_bytes(boxed(mail(1)))
    (root / "last.eml").write_bytes(mail(2))
    (root / "notes.txt").write_text("Das ist keine Mail.")
    desk = Desk(tmp_path, at(root))
    assert desk.poll().counts == {"new": 3}
    assert desk.titles() == set(TITLES)
    assert desk.poll().outcome == "unchanged"


def test_a_mailbox_is_known_by_what_it_is(tmp_path: Path) -> None:
    """Also where its source was written without an adapter, as the path of texts."""
    box = maildir(tmp_path / "box", **{"1.a.host": mail(0)})
    source = Source(id="mails", adapter="text", url=str(box))
    assert Desk(tmp_path, source).poll().counts == {"new": 1}


def test_a_mailbox_may_be_ingested_by_hand(tmp_path: Path) -> None:
    """Mail by mail, not as one long text; each keyed by its place."""
    box = tmp_path / "press.mbox"
    box.write_bytes(boxed(mail(0), mail(1)))
    (batch,) = batches([box])
    assert (batch.source.adapter, len(batch.documents)) == ("email", 2)
    assert all(d.key.startswith(f"{box.as_posix()}#") for d in batch.documents)
    (batch,) = batches([maildir(tmp_path / "box", **{"1.a.host": mail(2)})])
    assert [d.key for d in batch.documents] == [f"{(tmp_path / 'box').as_posix()}#1.a.host"]
