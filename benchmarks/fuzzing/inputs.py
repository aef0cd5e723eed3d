"""Inputs for the fuzzer: golden texts and pages, broken in every way that the web breaks them.

Input number N of seed S is always the same draft, so that a failure can be had again by its number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random

from aggregator.model import Draft, Source
from benchmarks.fuzzing import dictionary as words

GOLDEN = Path(__file__).resolve().parents[2] / "tests" / "golden"
FETCHED = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
SOURCE = Source(
    id="fuzz", adapter="feed", url="https://newsroom.example/feed.xml", title="Musterwerke Newsroom"
)

SHORTEST, LONGEST = 500, 8_000
"""Characters of most inputs."""
LARGE, LARGEST = 1_000, 3_000_000
"""One input in so many is blown up, to at most so many characters."""
WHOLE = 80
"""One input in so many is a whole page, however long."""


@dataclass(frozen=True, slots=True)
class Seeds:
    """Golden documents by kind."""

    html: tuple[str, ...]
    plain: tuple[str, ...]
    markdown: tuple[str, ...]

    @property
    def every(self) -> tuple[str, ...]:
        return self.html + self.plain + self.markdown


@cache
def seeds() -> Seeds:
    """All golden documents that reading or the adapters are tested with."""

    def of(*patterns: str) -> tuple[str, ...]:
        paths = sorted({p for pattern in patterns for p in GOLDEN.glob(pattern)})
        return tuple(text for p in paths if (text := p.read_bytes().decode("utf-8", "replace")))

    return Seeds(
        of("reading/*.html", "pages/*.html", "adapters/*/*.html", "adapters/*/*.xml"),
        of("reading/*.txt", "adapters/*/*.txt"),
        of("reading/*.md"),
    )


def draft(seed: int, number: int) -> Draft:
    """Input `number` of a run."""
    random = Random(f"{seed}:{number}")
    kind, text = _start(random)
    for _ in range(random.choice((1, 1, 2, 3, 5, 8))):
        text = random.choice(MUTATIONS)(random, text)
        text = text if len(text) <= 4 * LONGEST else _window(random, text)
    if random.randrange(LARGE) == 0:
        text = _blown_up(random, text)
    return Draft(
        key=str(number),
        content=text,
        content_type=kind,  # type: ignore[arg-type]
        fetched_at=FETCHED,
        url=random.choice(words.ADDRESSES),
        base=random.choice(("", "https://newsroom.example/a/", random.choice(words.ADDRESSES))),
        title=_field(random, text, words.TITLES),
        summary=_field(random, text, words.TITLES) if random.random() < 0.1 else "",
        published=random.choice(words.DATES) if random.random() < 0.5 else "",
        updated=random.choice(words.DATES) if random.random() < 0.1 else "",
        language=random.choice(("", "", "de", "en-US", "xx", "de" * 40)),
        company=_field(random, text, words.TITLES) if random.random() < 0.1 else "",
        categories=(_field(random, text, words.TITLES),) if random.random() < 0.1 else (),
    )


def _start(random: Random) -> tuple[str, str]:
    kinds = ("text/html",) * 10 + ("text/plain",) * 7 + ("text/markdown",) * 3
    kind = random.choice(kinds)
    own = {"text/html": seeds().html, "text/plain": seeds().plain, "text/markdown": seeds().markdown}[kind]
    text = random.choice(own if random.random() < 0.9 else seeds().every)
    if random.randrange(WHOLE) == 0:
        return kind, text
    if kind == "text/html" and random.random() < 0.5:
        # The head of a page and a part of its text: what a page is known by, in few characters.
        head = text[: random.randrange(200, 2_000)]
        return kind, head + _window(random, text[len(head) :])
    return kind, _window(random, text)


def _window(random: Random, text: str) -> str:
    size = int(SHORTEST * (LONGEST / SHORTEST) ** random.random())  # as many short ones as long ones
    if len(text) <= size:
        return text
    at = random.randrange(len(text) - size)
    return text[at : at + size]


def _field(random: Random, text: str, known: tuple[str, ...]) -> str:
    chance = random.random()
    if chance < 0.3:
        return ""
    if chance < 0.6:
        return random.choice(known)
    lines = text[:4_000].split("\n")
    return random.choice(lines)[: random.choice((80, 300, 3_000))]


# ------------------------------------------------------------------------------------------ mutations

Mutation = Callable[[Random, str], str]


def _place(random: Random, text: str) -> int:
    return random.randrange(len(text) + 1)


def _insert(random: Random, text: str, piece: str) -> str:
    at = _place(random, text)
    return text[:at] + piece + text[at:]


def flip(random: Random, text: str) -> str:
    """Bytes changed, read as UTF-8 with replacements."""
    data = bytearray(text.encode("utf-8", "surrogatepass"))
    for _ in range(random.choice((1, 4, 40)) if data else 0):
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return data.decode("utf-8", "replace")


def misread(random: Random, text: str) -> str:
    """Written in one encoding, read in another."""
    written, read = random.choice(words.ENCODINGS)
    return text.encode(written, "replace").decode(read, "replace")


def delete(random: Random, text: str) -> str:
    at = _place(random, text)
    return text[:at] + text[at + random.choice((1, 8, 200, 2_000)) :]


def duplicate(random: Random, text: str) -> str:
    at = _place(random, text)
    piece = text[at : at + random.choice((5, 60, 600))]
    return _insert(random, text, piece * random.choice((1, 2, 10)))


def splice(random: Random, text: str) -> str:
    """The beginning of one document and the end of another."""
    other = random.choice(seeds().every)
    return text[: _place(random, text)] + _window(random, other)


def put_words(random: Random, text: str) -> str:
    """Tags, attributes, entities, markers, dates, odd characters."""
    for _ in range(random.choice((1, 3, 20))):
        text = _insert(random, text, random.choice(words.PIECES))
    return text


def nest(random: Random, text: str) -> str:
    """One element in itself, up to 2,000 times, closed or not."""
    opening, closing = random.choice(words.NESTS)
    depth = random.choice((3, 30, 300, 2_000)) if len(text) < LONGEST else 30
    at = _place(random, text)
    end = random.choice(("", closing * depth))
    return text[:at] + opening * depth + text[at : at + 300] + end + text[at + 300 :]


def flood(random: Random, text: str) -> str:
    """A tag of many attributes, or of one long one."""
    count = random.choice((5, 50, 500))
    made = " ".join(f"{random.choice(words.ATTRIBUTES)}" for _ in range(count))
    return _insert(random, text, f"<{random.choice(words.TAGS)} {made}>")


def long_token(random: Random, text: str) -> str:
    """One character, or a few, thousands of times in one line."""
    return _insert(random, text, random.choice(words.TOKENS) * random.choice((30, 300, 3_000)))


def repeat_line(random: Random, text: str) -> str:
    """A line or a paragraph again and again."""
    lines = text.split("\n")
    line = random.choice((random.choice(lines)[:200], random.choice(words.LINES)))
    wrap = random.choice(("{}\n", "<p>{}</p>", "{}\n\n", "<li>{}", "> {}\n\n", "<br>{}"))
    return _insert(random, text, wrap.format(line.replace("{", "")) * random.choice((10, 100, 400)))


def truncate(random: Random, text: str) -> str:
    """Cut in the middle of a tag, where there is one."""
    at = text.find("<", _place(random, text))
    return text[: at + random.randrange(1, 12)] if at >= 0 else text[: _place(random, text)]


def unclose(random: Random, text: str) -> str:
    """What swallows all that follows: comments, scripts, raw text, broken JSON-LD."""
    return _insert(random, text, random.choice(words.UNCLOSED))


def data(random: Random, text: str) -> str:
    """JSON-LD: broken, deep, of the wrong types, with a text."""
    script = f'<script type="application/ld+json">{random.choice(words.JSON)}</script>'
    at = text.find("</head>")
    return text[:at] + script + text[at:] if at >= 0 else script + text


def odd_numbers(random: Random, text: str) -> str:
    """Digits made others: dates and amounts out of every range."""
    return "".join(random.choice("0139") if c.isdigit() and random.random() < 0.3 else c for c in text)


def join_lines(random: Random, text: str) -> str:
    """One long line, or the other way round: a line per word."""
    old, new = random.choice(
        (("\n", " "), (" ", "\n"), ("\n", "\r\n"), (" ", "\u00a0"), ("><", ">\n<"), ("\n", ""))
    )
    return text.replace(old, new)


def swap_case(random: Random, text: str) -> str:
    return random.choice((str.upper, str.lower, str.swapcase, str.title))(text)


MUTATIONS: tuple[Mutation, ...] = (
    flip, flip, misread, delete, delete, duplicate, duplicate, splice, splice, put_words, put_words, put_words, nest,
    flood, long_token, repeat_line, truncate, unclose, data, odd_numbers, join_lines, swap_case,
)  # fmt: skip


def _blown_up(random: Random, text: str) -> str:
    """Hundreds of kilobytes to some megabytes of the same, or of one hostile piece."""
    size = random.choice((100_000, 300_000, 1_000_000, LARGEST))
    piece = (
        random.choice((text, text[:200], random.choice(words.BOMBS), random.choice(words.LINES) + "\n"))
        or "a"
    )
    made = piece * (size // len(piece) + 1)
    return random.choice((made, text + made, made + text))[:size]
