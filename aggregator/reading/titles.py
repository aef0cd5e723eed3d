"""Headlines as the issuer wrote them: without site names, wire prefixes, labels and marks. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from aggregator.reading.lines import one_line
from aggregator.reading.markers import Markers, lexicon
from aggregator.text import fold

MARKS = {
    "correction": "correction",
    "update": "update",
    "withdrawal": "withdrawal",
    "reminder": "reminder",
    "translation": "translation",
    "machine": "machine_translation",
}
"""Kinds of markers and the mark of `model.Copy` that each stands for."""

_OPENERS = "[(/ \t"
_AFTER_MARK = re.compile(r"[\s\])/]*(?:[:|/]|[-–—]{1,3}\s|\s[-–—]|\.{3})?[\s:–—-]*")
_NUMBER = re.compile(r"\s*(?:(?:nr|no)\.?\s*)?[\d/. -]{1,12}(?=[:|–—-]|\s)", re.I)
_BREAK = re.compile(r"\s+(?:[|·•»›«–—]|::|-{1,2}|//)\s+|\s*\|\s*|\s+»\s*")
_SUFFIX = 60
"""Characters of the longest suffix."""
_PEELS = 12
"""Parts that are taken off a title at most."""
_PARENTHESIS = re.compile(r"\s*[\[(]([^\[\]()]{4,40})[\])]$")


def headline(title: str, markers: Markers) -> tuple[str, tuple[str, ...]]:
    """A headline without what wires and portals put around it, and the marks that said something.

    Empty where the title was nothing but a label ("Pressemitteilung").
    """
    title = one_line(title)
    marks: list[str] = []
    for _ in range(4):
        shorter = _without_wire(_without_marker(title, markers, marks))
        shorter = _without_suffix(shorter, markers, marks)
        if shorter == title:
            break
        title = shorter
    return title.strip(), tuple(dict.fromkeys(marks))


def _without_marker(title: str, markers: Markers, marks: list[str]) -> str:
    low = title.lower()
    if len(low) != len(title):
        return title
    at = len(low) - len(low.lstrip(_OPENERS))
    hit = markers.start.match(low, at)
    if not hit or (hit.lastgroup != "label" and hit.lastgroup not in MARKS):
        return title
    end = hit.end()
    if hit.lastgroup == "label":
        number = _NUMBER.match(title, end)
        end = number.end() if number else end
    after = _AFTER_MARK.match(title, end)
    rest = title[after.end() if after else end :]
    separated = bool(after and re.search(r"[:|/\])–—-]|\.\.\.", after.group())) or not rest or at > 0
    if hit.lastgroup in MARKS:
        marks.append(MARKS[hit.lastgroup])
        # "CORRECTING and REPLACING Acme ..." and "/C O R R E C T I O N -- Acme/" have no colon.
        return rest.removesuffix("/")
    return rest if separated else title


def _without_wire(title: str) -> str:
    low = title.lower()
    hit = lexicon().title_prefix.match(low) if len(low) == len(title) else None
    return title[hit.end() :] if hit and len(title) - hit.end() >= 8 else title


def _without_suffix(title: str, markers: Markers, marks: list[str]) -> str:
    low = title.lower()
    if len(low) != len(title):
        return title
    hit = lexicon().title_suffix.search(low, max(0, len(low) - _SUFFIX))
    if hit and hit.start() >= 8:
        return title[: hit.start()]
    bracket = _PARENTHESIS.search(title) if title.endswith((")", "]")) else None
    if bracket:
        inner = markers.start.match(bracket[1].lower() + ":")
        if inner and inner.lastgroup in MARKS:
            marks.append(MARKS[inner.lastgroup])
            return title[: bracket.start()]
    return title


_NO_LETTER = re.compile(r"[\W_]+")


def squeezed(text: str) -> str:
    """Folded letters and digits of any script: equal for two spellings of one headline."""
    # Long texts are not remembered: a thousand of them would fill the memory of a worker.
    return _squeezed(text) if len(text) <= _REMEMBERED else _NO_LETTER.sub("", fold(text))


_REMEMBERED = 2_000


@lru_cache(maxsize=1024)
def _squeezed(text: str) -> str:
    return _NO_LETTER.sub("", fold(text))


def parts(title: str) -> list[str]:
    """A title taken apart at its bars and dashes."""
    return [part for part in _BREAK.split(title) if part]


def without_site(
    title: str, *, url: str = "", sites: tuple[str, ...] = (), seen: tuple[str, ...] = ()
) -> str:
    """A page's title without the site's name before or behind it.

    `sites` are names of the site, `seen` the lines that the text itself shows as headlines: where one of
    them is a part of the title it decides. Otherwise a part goes if it names the site or its host, or,
    behind a bar, if it is short.
    """
    pieces = parts(title)
    if len(pieces) < 2:
        return title
    for line in seen:
        if len(line) >= 8 and squeezed(line) and squeezed(line) in {squeezed(p) for p in pieces}:
            return line
        if len(line) >= 8 and title != line and _is_edge(title, line):
            return line
    known = {squeezed(s) for s in sites if s} | {squeezed(s) for s in lexicon().sites}
    known |= {squeezed(label) for label in host_names(url)}
    return _peel(title, known - {""})


def _is_edge(title: str, line: str) -> bool:
    rest = title.removeprefix(line) if title.startswith(line) else title.removesuffix(line)
    return rest != title and bool(re.match(r"\s*(?:[|·•»›«–—-]|::|//)|.*(?:[|·•»›«–—-]|::|//)\s*$", rest))


def host_names(url: str) -> list[str]:
    """The host of an address, and its labels without the last one: what its site may be called."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return []
    labels = host.removeprefix("www.").split(".")
    return [host, host.removeprefix("www."), *(label for label in labels[:-1] if len(label) > 2)]


def _peel(title: str, known: set[str]) -> str:
    for _ in range(_PEELS):
        cuts = list(_BREAK.finditer(title))
        if not cuts:
            break
        first, last = cuts[0], cuts[-1]
        tail, head = title[last.end() :], title[: last.start()]
        bar = "|" in last.group() or "::" in last.group() or "»" in last.group()
        short = bar and len(tail.split()) <= 4 and len(head.split()) >= 3
        if len(head) >= 8 and (squeezed(tail) in known or short):
            title = head
        elif len(title) - first.end() >= 8 and squeezed(title[: first.start()]) in known:
            title = title[first.end() :]
        else:
            break
    return title


def same(a: str, b: str) -> bool:
    """Whether two lines are the same headline: equal folded, or one cut short with an ellipsis."""
    cut = a.endswith(("…", "...")) or b.endswith(("…", "..."))
    if abs(len(a) - len(b)) > 12 and not cut:
        return False
    left, right = squeezed(a[:600]), squeezed(b[:600])
    if not left or not right:
        return False
    if left == right:
        return True
    if len(left) > len(right):
        a, left, right = b, right, left
    return a.rstrip().endswith(("…", "...")) and len(left) >= 20 and right.startswith(left)


def shouted(title: str) -> bool:
    """Whether a headline of three words or more is all capitals."""
    letters = [c for c in title if c.isalpha()]
    return (
        len(title.split()) >= 3 and bool(letters) and sum(c.isupper() for c in letters) > 0.9 * len(letters)
    )
