"""Labelled pairs of invented texts, in all the ways in which copies and siblings come.

`generate` is deterministic for a seed. Kinds in `HELD_BACK` were left out while the rules were made:
they tell whether the rules hold for what nobody had in mind.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Literal

from benchmarks.matching.docs import Doc, load, releases
from benchmarks.matching.edits import EDITS, HOSTS
from benchmarks.matching.others import (
    NUMBER,
    continued,
    corrected,
    follow_up_release,
    other_of_issuer,
    reminder,
    reused_quote,
    rubbish,
    siblings,
    with_disclaimer,
)  # fmt: skip

Truth = Literal["same", "different", "update", "correction", "translation"]

HELD_BACK = frozenset(
    {"middle cut out", "page furniture", "issuer unknown", "contact left in", "template dealings", "template award",
     "template personnel", "template monthly", "template total-voting", "reused quotation", "follow-up of one issuer",
     "shared disclaimer"}
)  # fmt: skip


@dataclass(frozen=True)
class Pair:
    kind: str
    truth: Truth
    a: Doc
    b: Doc
    held_back: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "held_back", self.kind in HELD_BACK)


def generate(seed: int = 7, rounds: int = 1) -> Iterator[Pair]:
    """All kinds of pairs; every round makes about 390."""
    rng = random.Random(seed)
    for _ in range(rounds):
        yield from _same(rng)
        yield from _different(rng)
        yield from _linked(rng)
        yield from _rubbish(rng)


def _same(rng: random.Random) -> Iterator[Pair]:
    for kind, edit in EDITS.items():
        for doc in releases():
            base = (
                replace(doc, paragraphs=[*doc.paragraphs, doc.boilerplate])
                if kind == "boilerplate swapped"
                else doc
            )
            yield Pair(kind, "same", base, edit(doc, rng))
    yield from (_teasers(doc, rng) for doc in releases())


def _teasers(doc: Doc, rng: random.Random) -> Pair:
    """The first words under the same headline, cut at another word by each portal."""
    words = " ".join(doc.paragraphs).split()
    one, two = rng.sample(range(24, 56), 2)
    first, second = ([" ".join(words[:n]) + " …"] for n in (one, two))
    day = doc.day + timedelta(days=1)
    a = replace(doc, id=f"{doc.id}-t", paragraphs=first, host=HOSTS[0], issuer_known=False)
    b = replace(doc, id=f"{doc.id}-u", paragraphs=second, host=HOSTS[1], issuer_known=False, day=day)
    return Pair("two teasers", "same", a, b)


def _different(rng: random.Random) -> Iterator[Pair]:
    for template in load("templates.toml")["template"]:
        for _ in range(10):
            yield Pair(f"template {template['id']}", "different", *siblings(template, rng))
    for doc in releases():
        with_about = replace(doc, paragraphs=[*doc.paragraphs, doc.boilerplate])
        yield Pair("shared boilerplate", "different", with_about, other_of_issuer(doc, rng))
        disclaimed = with_disclaimer(other_of_issuer(doc, rng))
        yield Pair("shared disclaimer", "different", with_disclaimer(doc), disclaimed)
        yield Pair("reused quotation", "different", doc, reused_quote(doc, rng))
        yield Pair("follow-up of one issuer", "different", doc, follow_up_release(doc, rng))


def _rubbish(rng: random.Random) -> Iterator[Pair]:
    """The same page in two places of one site, in two sites, and beside another such page."""
    pages = rubbish()
    for page in pages:
        yield Pair("rubbish", "different", page, replace(page, id=f"{page.id}-2"))
        yield Pair("rubbish", "different", page, replace(page, id=f"{page.id}-3", host=rng.choice(HOSTS)))
        yield Pair("rubbish", "different", page, rng.choice([p for p in pages if p is not page]))


def _linked(rng: random.Random) -> Iterator[Pair]:
    for doc in releases():
        if NUMBER.search("\n".join(doc.paragraphs)):
            yield Pair("correction marked", "correction", doc, corrected(doc, rng, marked=True))
            yield Pair("correction unmarked", "correction", doc, corrected(doc, rng, marked=False))
        yield Pair("reminder", "update", doc, reminder(doc))
        yield Pair("earlier text continued", "update", doc, continued(doc, rng))
        for other in releases():
            if other.language != doc.language and doc.id < other.id:
                true = bool(doc.pair) and doc.pair == other.pair
                yield Pair(
                    "translation" if true else "other language",
                    "translation" if true else "different",
                    doc,
                    other,
                )
