"""Subjects of mails, and the heads of mails that stand within a text: who passed on what. Lines in, places out.

Mail programs put From, Date, To and Subject of a forwarded or answered mail into the text, each in its own way and
language. Words: `mail.toml`. Pure.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

_LABEL = re.compile(r"[>\s*|_\u00a0]{0,20}([^\W\d_][^:*\n]{0,24}?)\s?\*?\s?:\s?\*?(?!//)\s*(.*)")
_PREFIX = re.compile(r"\s*([^\W\d_]{1,20})\s?(?:\[\d{1,3}\]|\(\d{1,3}\)|\d)?\s?:\s*")
_TAG = re.compile(r"\s*\[[^\[\]]*\]\s*[:–—-]?\s*")
_DEEPEST = 5
_SEARCHED = 3000
"""Lines in which heads of forwarded mails are looked for."""


@cache
def words() -> dict[str, Any]:
    """The tables of `mail.toml`."""
    return tomllib.loads((resources.files(__package__) / "mail.toml").read_text("utf-8"))


# -- subjects ----------------------------------------------------------------------------------------


def is_forward(subject: str) -> bool:
    """Whether a subject says that the mail passes another one on (``WG:``, ``Fwd:``)."""
    found = _PREFIX.match(subject)
    return found is not None and found[1].lower() in words()["subject"]["forward"]


def is_answer(subject: str) -> bool:
    """Whether a subject is that of an earlier mail (``AW:``, ``Re:``)."""
    found = _PREFIX.match(subject)
    return found is not None and found[1].lower() in words()["subject"]["answer"]


_HEAD_LINES = 8


def is_release(name: str, shown: str) -> bool:
    """Whether a file calls itself a press release, by its name or in one of its first lines."""
    genres = words()["subject"]["genre"]
    spelt = re.split(r"[\W_\d]+", name.lower())
    lines = [line.strip().lower() for line in shown.split("\n", _HEAD_LINES)[:_HEAD_LINES]]
    return any(genre in spelt or any(line.startswith(genre) for line in lines) for genre in genres)


def headline(subject: str) -> str:
    """A subject without prefixes, list tags and the words for "press release"; empty where nothing is left."""
    table = words()["subject"]
    known = {*table["forward"], *table["answer"], *table["genre"]}
    for _ in range(8):
        shorter = _without_tag(subject, table["longest_tag"])
        found = _PREFIX.match(shorter)
        if found and found[1].lower() in known:
            shorter = shorter[found.end() :]
        shorter = _without_genre(shorter, table["genre"])
        if shorter == subject:
            break
        subject = shorter
    return subject.strip()


def _without_tag(subject: str, longest: int) -> str:
    found = _TAG.match(subject)
    return subject[found.end() :] if found and found.end() <= longest + 4 else subject


_AFTER_GENRE = re.compile(
    r"\s*(?:(?:nr\.?|no\.?)?\s*\d{1,4}(?:\s?[/-]\s?\d{2,4})?)?\s*(?:[:|–—]|\s-\s|$)\s*", re.I
)


def _without_genre(subject: str, genres: Sequence[str]) -> str:
    """``Presseinformation Nr. 12/2026: ...`` without its label; a label that goes on in words stays."""
    low = subject.lower()
    for genre in genres:
        if low.startswith(genre) and len(low) == len(subject):
            after = _AFTER_GENRE.match(subject, len(genre))
            if after:
                return subject[after.end() :]
    return subject


# -- forwarded mails ---------------------------------------------------------------------------------


@dataclass(slots=True)
class _Head:
    at: int
    end: int
    fields: dict[str, str]
    forwarded: bool


def unwrapped(lines: Sequence[str], forwarded: bool) -> tuple[int, int, dict[str, str]]:
    """Where the text of the innermost forwarded mail begins and ends, and its head.

    What stands above a head is the forwarder's comment, unless nothing says "forwarded" and it is
    the longer part: then the head begins the older mail that was answered.
    """
    start, end, head = 0, len(lines), dict[str, str]()
    for _ in range(_DEEPEST):
        found = _find_head(lines, start, end)
        if found is None:
            break
        above, below = size(lines, start, found.at), size(lines, found.end, end)
        if not below or not (found.forwarded or forwarded or above < below):
            end = found.at
            break
        start, head = found.end, found.fields
        forwarded = is_forward(head.get("subject", ""))
    return start, end, head


def size(lines: Sequence[str], start: int, end: int) -> int:
    return sum(len(line.strip()) for line in lines[start:end])


def _find_head(lines: Sequence[str], start: int, end: int) -> _Head | None:
    number = start
    while number < min(end, start + _SEARCHED):
        if _labelled(lines[number]):
            head = _head(lines, number, end)
            if "from" in head.fields and "subject" in head.fields and len(head.fields) >= 3:
                return _with_mark(lines, start, head)
            number = max(head.end, number + 1)
        else:
            number += 1
    return None


def _head(lines: Sequence[str], at: int, end: int) -> _Head:
    """The run of labelled lines that begins here. Long values go on in lines without a label."""
    fields: dict[str, str] = {}
    name, last, number = "", at, at
    while number < end:
        line = lines[number]
        label = _labelled(line)
        if label:
            if label[0] in fields:
                break  # a second head
            name = label[0]
            fields[name], last = label[1], number + 1
        elif not line.strip(" \t\u00a0>"):
            ahead = number + 1
            if ahead >= end or not (_labelled(lines[ahead]) or not fields[name]):
                break
        elif not fields[name]:
            fields[name], last = line.strip(" \t\u00a0>*"), number + 1  # a cell of a table of its own
        elif any(_labelled(following) for following in lines[number + 1 : min(number + 4, end)]):
            fields[name] += " " + line.strip(" \t\u00a0>")
        elif name == "subject" and number == last and _is_rest(lines, number, end):
            fields[name], last = f"{fields[name]} {line.strip(' >')}", number + 1
        else:
            break
        number += 1
    return _Head(at, last, fields, False)


def _is_rest(lines: Sequence[str], number: int, end: int) -> bool:
    """Whether a line is the end of a wrapped subject: the subject filled its line, and a gap follows."""
    follows = lines[number + 1].strip(" >") if number + 1 < end else ""
    first = lines[number].split(None, 1)[0]
    return not follows and len(lines[number - 1].rstrip()) + len(first) >= 72 and len(lines[number]) < 72


def _labelled(line: str) -> tuple[str, str] | None:
    """Field and value of a line such as ``*Gesendet:* Montag, 23. November 2026``."""
    found = _LABEL.match(line)
    name = _fields().get(found[1].strip().lower()) if found else None
    return (name, found[2].strip(" *")) if found and name else None


@cache
def _fields() -> dict[str, str]:
    return {label: name for name, labels in words()["head"].items() for label in labels}


def _with_mark(lines: Sequence[str], start: int, head: _Head) -> _Head:
    """The head with the line above it that says what it is."""
    table = words()["above"]
    above = [n for n in range(max(start, head.at - 4), head.at) if lines[n].strip(" \t\u00a0>")]
    for number in reversed(above[-2:]):
        said = lines[number].strip(" \t\u00a0>-_–—:*").lower()
        if said in table["forwarded"]:
            return _Head(number, head.end, head.fields, True)
        if said in table["original"] or not said:
            head.at = number
    return head
