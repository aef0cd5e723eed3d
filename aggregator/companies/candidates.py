"""Who is named in a copy, how often and where: the houses from which the issuer is chosen.

Counts and measures only; what the numbers mean is decided in `issuer.py` and `identify.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from aggregator.companies import legal_forms
from aggregator.companies._data import table, words_of
from aggregator.companies.gazetteer import Gazetteer, Hit, shouts
from aggregator.companies.mining import is_title_case, mine
from aggregator.companies.names import Names, name_key
from aggregator.companies.organisations import organisations
from aggregator.companies.parts import TOLD, Part, Whole, whole_of
from aggregator.model import Company, Copy, Source
from aggregator.text import slug

slug_of = lru_cache(maxsize=8192)(slug)


@dataclass(slots=True)
class Candidate:
    """One house named in a copy."""

    id: str
    name: str
    company: Company | None = None
    organisation: bool = False
    """Known by a head word only: never an issuer by score."""
    score: float = 0.0
    counts: Counter[str] = field(default_factory=Counter)
    """Mentions by kind of part."""
    evidence: list[str] = field(default_factory=list)
    partner: str = ""
    """The place where the text calls it a partner."""

    @property
    def told(self) -> bool:
        """Whether the release itself names it, outside boilerplate, contact and captions."""
        return any(self.counts[kind] for kind in ("title", "deck", "lead", "body"))

    @property
    def announces(self) -> bool:
        """Whether some wording speaks for it as the one who announces."""
        return any(
            self.counts[sign] for sign in ("headline prefix", "subject of the lead", "executive", "credit")
        )

    @property
    def certain(self) -> bool:
        """Configured, or with a legal form."""
        return self.company is not None or legal_forms.has_form(self.name)


@dataclass(slots=True)
class Field:
    """All candidates of one copy, by id, and the text they were found in."""

    whole: Whole
    gazetteer: Gazetteer
    by_id: dict[str, Candidate] = field(default_factory=dict)
    taken: list[tuple[int, int]] = field(default_factory=list)
    """Places of configured names."""

    def add(self, name: str, *, organisation: bool = False) -> Candidate | None:
        """The candidate of this name, made where it is new."""
        company = self.gazetteer.resolve(name)
        if company is not None:
            return self.configured(company)
        if not any(map(str.isalnum, name)):
            return None
        found = self.complete(name)
        if found is not None:
            return found
        made = Candidate(slug_of(name), name, organisation=organisation)
        return self.by_id.setdefault(made.id, made)

    def configured(self, company: Company) -> Candidate:
        """The candidate of a configured company, made where it is new."""
        found = self.by_id.get(company.id)
        if found is None:
            found = self.by_id[company.id] = Candidate(company.id, company.name, company)
        return found

    def complete(self, name: str) -> Candidate | None:
        """A candidate with a legal form that a bare name stands for: ``Wilo`` for ``WILO SE``."""
        bare, form = legal_forms.split(name)
        wanted = name_key(bare)
        for candidate in self.by_id.values():
            if candidate.company is None and (not form or not legal_forms.has_form(candidate.name)):
                same = wanted in (name_key(short) for short in short_names(candidate.name))
                if same or (form and name_key(candidate.name) == wanted):
                    if form and not candidate.organisation:
                        self._rename(candidate, name)
                    return candidate
        return None

    def _rename(self, candidate: Candidate, name: str) -> None:
        """A bare name that turns out to have a legal form takes it, and the id that goes with it."""
        self.by_id.pop(candidate.id, None)
        candidate.name, candidate.id = name, slug_of(name)
        self.by_id[candidate.id] = candidate


def gather(copy: Copy, source: Source, gazetteer: Gazetteer) -> Field:
    """Every house that the copy names, configured ones with counts and score."""
    found = Field(whole_of(copy), gazetteer)
    covered = _add_mined(found)
    hits = gazetteer.scan(found.whole.text, found.whole.words)
    sure = _sure(copy, source, gazetteer, hits, found.whole.text)
    for hit in hits:
        weak = hit.weak and (hit.company not in sure or shouts(found.whole.text, hit.start))
        if not weak and not any(a <= hit.start < b for a, b in covered):
            found.taken.append((hit.start, hit.end))
            _count(found.configured(gazetteer.by_id[hit.company]), found.whole, hit.start, hit.end)
    return found


def recount(found: Field) -> None:
    """Count the short forms of the unconfigured names, and the organisations beside them."""
    whole, taken = found.whole, bytearray(len(found.whole.text))
    for start, end in found.taken:
        _take(start, end, taken)
    short = _short(tuple((c.id, c.name) for c in found.by_id.values() if c.company is None))
    for start, end, spelling in short.scan(whole.text, whole.words):
        if _is_free(start, end, taken):
            _take(start, end, taken)
            _count(found.by_id[spelling.company], whole, start, end)
    for house in organisations(whole.text, whole.words.all):
        part = whole.part_at(house.span[0])
        if part.kind in TOLD and part.kind != "caption" and _is_free(*house.span, taken):
            _take(*house.span, taken)
            named = found.add(house.name, organisation=True)
            if named is not None:
                _count(named, whole, *house.span)


@lru_cache(maxsize=1024)
def _short(unconfigured: tuple[tuple[str, str], ...]) -> Names:
    """The short forms of these names, by ``(id, name)``; the releases of one feed name the same few."""
    made = Names()
    for house, name in unconfigured:
        for short in short_names(name):
            made.add(house, short)
    return made


def _take(start: int, end: int, taken: bytearray) -> None:
    """Mark the letters of a name: one byte for each letter of the text, so that a look costs the name's length."""
    taken[start:end] = b"\x01" * (end - start)


def _is_free(start: int, end: int, taken: bytearray) -> bool:
    return taken.find(1, start, end) < 0


@lru_cache(maxsize=4096)
def short_names(name: str) -> tuple[str, ...]:
    """The ways a text speaks of a name: ``WEIQIAO Germany GmbH``, ``WEIQIAO Germany``, ``WEIQIAO``."""
    bare = legal_forms.split(name)[0]
    words = bare.split()
    shorter = list(words)
    while len(shorter) > 1 and shorter[-1] in words_of("cues", "tails"):
        shorter.pop()
    names = [name, bare]
    if (
        shorter != words
        and name_key(" ".join(shorter)) not in words_of("cues", "generic")
        and len(" ".join(shorter)) > 3
    ):
        names.append(" ".join(shorter))
    names += [f"{names[-1]} {word}" for word in ("Gruppe", "Group")]
    if len(words) >= 3 and words[-1] in words_of("cues", "tails"):
        names.append(" ".join(words[1:]))
    return tuple(dict.fromkeys(names))


_NAMED = TOLD | {"contact", "source"}


def _add_mined(found: Field) -> list[tuple[int, int]]:
    """Add the mined names; the spans where they hide configured names inside longer ones."""
    covered = []
    for name, span in mine(found.whole.text, found.whole.words.all):
        part = found.whole.part_at(span[0])
        if part.kind == "title" and is_title_case(part.text):
            continue  # in an English headline every word is capitalised: a name has no left edge there
        if found.gazetteer.resolve(name) is None:
            covered.append(span)
            if part.kind in _NAMED:
                found.add(name)
    return covered


def _sure(copy: Copy, source: Source, gazetteer: Gazetteer, hits: list[Hit], text: str) -> set[str]:
    """Companies of whom something less ambiguous than the name is seen."""
    sure = {hit.company for hit in hits if not hit.weak}
    if all(hit.company in sure for hit in hits):
        return sure
    declared = (copy.declared_issuer, copy.source_line, source.company, *copy.boilerplate_names)
    sure |= {company.id for name in declared if name and (company := gazetteer.resolve(name))}
    if (owner := gazetteer.by_host(copy.url)) is not None:
        sure.add(owner.id)
    return sure | gazetteer.confirmed(" ".join((text, *(i.value for i in copy.identifiers))))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    cues = table("cues")
    return (
        re.compile(cues["announce"]["after"]),
        re.compile(cues["announce"]["executive"]),
        re.compile(cues["partner"]["before"]),
    )


# Points of the score, from the domain notes: position first, then wording, then mere counts.
_POINTS = {"title": 3.0, "deck": 1.0, "lead": 2.0, "caption": 0.0, "body": 0.5}
_MOST = {"title": 1, "deck": 1, "lead": 1, "body": 3, "executive": 3}


def _count(candidate: Candidate, whole: Whole, start: int, end: int) -> None:
    """One mention: its points for place and wording, each with the line it stands in."""
    part, text = whole.part_at(start), whole.text
    candidate.counts[part.kind] += 1
    if part.kind not in TOLD:
        return
    shown = " ".join(text[start:end].split())
    if candidate.counts[part.kind] <= _MOST.get(part.kind, 0):
        _give(candidate, _POINTS[part.kind], f"{part.kind}: {shown}", part)
    before = text[max(part.start, start - 90) : start]
    after = text[end : min(part.start + len(part.text), end + 60)]
    for rule, points, holds in _wording(part, before, after):
        if holds and candidate.counts[rule] < _MOST.get(rule, 1):
            candidate.counts[rule] += 1
            _give(candidate, points, f"{rule}: {shown}", part)
    if not candidate.partner and part.kind != "caption" and _patterns()[2].search(before):
        candidate.partner = f"partner wording before {shown} ({part.where})"


def _wording(part: Part, before: str, after: str) -> Iterator[tuple[str, float, bool]]:
    """``(rule, points, holds)`` of the rules for this kind of part."""
    announces, executive, _ = _patterns()
    if part.kind == "title":
        yield "headline prefix", 4.0, after.startswith(":") and len(before) < 3
    elif part.kind == "caption":
        yield "credit", 1.5, before.rstrip().endswith((":", "©"))
    elif part.kind in ("lead", "body"):
        yield "subject of the lead", 3.0, part.kind == "lead" and announces.search(after) is not None
        yield "executive", 0.5, executive.search(before) is not None


def _give(candidate: Candidate, points: float, rule: str, part: Part) -> None:
    candidate.score += points
    candidate.evidence.append(f"{rule} ({part.where}) +{points:g}")
