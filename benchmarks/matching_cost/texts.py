"""Any number of invented releases, German and English, with what makes look-ups expensive.

Word chains learnt from the invented releases of `benchmarks.matching` (so that groups of three words
come again, as they do in trade prose), mixed with a large vocabulary of compounds and numbers; members of
templates; one title for a twentieth of all texts; a few issuers with a large part of them; reprints.
"""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from benchmarks.matching.docs import Doc, load, releases
from benchmarks.matching.edits import EDITS, HOSTS
from benchmarks.matching.others import siblings

KINDS = {"own text": 0.63, "sibling": 0.17, "reprint": 0.15, "common title": 0.05}
"""Kinds of texts and their shares."""
TITLES = ("Pressemitteilung", "Press Release", "Aktuelles")
START, DAYS = date(2022, 1, 3), 1400
_RECENT = 400


class Newsroom:
    """Makes releases; deterministic for a seed."""

    def __init__(self, seed: int = 3) -> None:
        self._rng = random.Random(seed)
        self._templates = load("templates.toml")["template"]
        self._chains = {language: _chain(language) for language in ("de", "en")}
        words = {language: sorted(chain) for language, chain in self._chains.items()}
        self._rare = {
            language: [
                f"{a}{b}" for a, b in zip(self._drawn(pool, 9000), self._drawn(pool, 9000), strict=True)
            ]
            for language, pool in words.items()
        }
        self._recent: list[Doc] = []
        self._n = 0

    def _drawn(self, pool: list[str], count: int) -> list[str]:
        return [self._rng.choice(pool).strip(".,") for _ in range(count)]

    def stream(self, count: int) -> Iterator[Doc]:
        """`count` releases; dates go forward over the years, however many there are."""
        for n in range(count):
            day = START + timedelta(days=DAYS * n // count)
            kind = self._rng.choices([*KINDS], [*KINDS.values()])[0]
            yield self.one(kind if self._recent else "own text", day)

    def one(self, kind: str, day: date, of: Doc | None = None) -> Doc:
        """A release of a kind; `of` is what a reprint is made from."""
        rng = self._rng
        self._n += 1
        if kind == "sibling":
            made = siblings(rng.choice(self._templates), rng)[0]
            made = replace(made, day=day, company=self._issuer(), host=rng.choice(["wire.example", *HOSTS]))
        elif kind == "reprint":
            made = EDITS[rng.choice([*EDITS])](of or rng.choice(self._recent), rng)
        else:
            made = self._own(day)
            if kind == "common title":
                made = replace(made, title=rng.choice(TITLES))
        made = replace(made, id=f"{self._n}")
        if kind == "own text":
            self._recent = [*self._recent[-_RECENT:], made]
        return made

    def _issuer(self) -> str:
        """Few issuers publish most: the first has a tenth of all."""
        rank = int(1.0 / (self._rng.random() + 0.0002))
        return f"Issuer {rank} AG"

    def _own(self, day: date) -> Doc:
        rng = self._rng
        language = rng.choice(["de", "en"])
        company = self._issuer()
        sentences = [self._sentence(language, company) for _ in range(rng.randint(8, 16))]
        parts = [" ".join(sentences[i : i + 3]) for i in range(0, len(sentences), 3)]
        title = " ".join([company.split()[1], *(rng.choice(self._rare[language]) for _ in range(6))])
        host = "newsroom.example" if rng.random() < 0.5 else rng.choice(HOSTS)
        return Doc("", language, company, title, parts, "", day, host, issuer_known=rng.random() < 0.8)

    def _sentence(self, language: str, company: str) -> str:
        rng, chain, rare = self._rng, self._chains[language], self._rare[language]
        word = rng.choice([*chain]) if rng.random() < 0.1 else rng.choice(rare)
        out = [company] if rng.random() < 0.2 else []
        for _ in range(rng.randint(10, 22)):
            follow = chain.get(word)
            word = rng.choice(follow) if follow and rng.random() < 0.75 else rng.choice(rare)
            out.append(str(rng.randint(2, 90_000)) if rng.random() < 0.06 else word)
        return " ".join(out).strip(".,").capitalize() + "."


def _chain(language: str) -> dict[str, list[str]]:
    follow: dict[str, list[str]] = defaultdict(list)
    for doc in releases():
        if doc.language == language:
            words = " ".join(doc.paragraphs).split()
            for one, two in itertools.pairwise(words):
                follow[one].append(two)
    return dict(follow)
