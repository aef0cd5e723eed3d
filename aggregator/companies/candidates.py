"""Who is named in a copy, how often and where: the houses from which the issuer is chosen.

Counts and measures only; what the numbers mean is decided in `issuer.py` and `identify.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache

from aggregator.companies import legal_forms
from aggregator.companies._data import table, words_of
from aggregator.companies.gazetteer import Gazetteer, Hit, name_key, shouts
from aggregator.companies.mining import Found, is_title_case, mine
from aggregator.companies.organisations import organisations
from aggregator.companies.parts import TOLD, Part, parts_of
from aggregator.model import Company, Copy, Source
from aggregator.text import slug


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
    def certain(self) -> bool:
        """Configured, or with a legal form."""
        return self.company is not None or legal_forms.has_form(self.name)


@dataclass(slots=True)
class Field:
    """All candidates of one copy, by id, and the parts they were found in."""

    parts: list[Part]
    gazetteer: Gazetteer
    by_id: dict[str, Candidate] = field(default_factory=dict)

    def add(self, name: str, *, organisation: bool = False) -> Candidate | None:
        """The candidate of this name, made where it is new."""
        company = self.gazetteer.resolve(name)
        if company is not None:
            return self.by_id.setdefault(company.id, Candidate(company.id, company.name, company))
        if not any(map(str.isalnum, name)):
            return None
        found = self.complete(name)
        if found is not None:
            return found
        made = Candidate(slug(name), name, organisation=organisation)
        return self.by_id.setdefault(made.id, made)

    def complete(self, name: str) -> Candidate | None:
        """A candidate with a legal form that a bare name stands for: ``Wilo`` for ``WILO SE``."""
        bare, form = legal_forms.split(name)
        wanted = name_key(bare)
        for candidate in self.by_id.values():
            if candidate.company is None and (not form or not legal_forms.has_form(candidate.name)):
                same = wanted in (name_key(short) for short in short_names(candidate.name))
                if same or (form and name_key(candidate.name) == wanted):
                    if form and not candidate.organisation:
                        candidate.name, candidate.id = name, slug(name)
                    return candidate
        return None


def gather(copy: Copy, source: Source, gazetteer: Gazetteer) -> Field:
    """Every house that the copy names, with counts and score."""
    found = Field(parts_of(copy), gazetteer)
    hits = [gazetteer.scan(part.text, part.words) for part in found.parts]
    mined = [_mined(part) for part in found.parts]
    sure = _sure(copy, source, gazetteer, hits)
    for part, names, named in zip(found.parts, mined, hits, strict=True):
        covered = _add_mined(found, part, names)
        for hit in named:
            weak = hit.weak and (hit.company not in sure or shouts(part.text, hit.start))
            if not weak and not any(a <= hit.start < b for a, b in covered):
                _count(
                    found.by_id.setdefault(hit.company, _configured(gazetteer, hit)), part, hit.start, hit.end
                )
    return found


def recount(found: Field) -> None:
    """Count the short forms of the unconfigured names too, and the organisations beside them."""
    local = [c for c in found.by_id.values() if c.company is None and not c.organisation]
    short = _short_gazetteer(local)
    for part in found.parts:
        taken = [(hit.start, hit.end) for hit in found.gazetteer.scan(part.text, part.words)]
        if part.kind not in TOLD:
            continue
        for hit in short.scan(part.text, part.words) if local else []:
            if not any(a <= hit.start < b for a, b in taken):
                taken.append((hit.start, hit.end))
                _count(found.by_id[hit.company], part, hit.start, hit.end)
        if part.kind != "caption":
            for house in organisations(part.text, part.words):
                if all(house.span[1] <= a or house.span[0] >= b for a, b in taken):
                    taken.append(house.span)
                    _add_found(found, part, house, organisation=True)


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


def _mined(part: Part) -> list[Found]:
    if part.kind == "title" and is_title_case(part.text):
        return []
    return list(mine(part.text, part.words))


def _add_mined(found: Field, part: Part, names: list[Found]) -> list[tuple[int, int]]:
    """Add the mined names of a part; the spans where they hide configured names inside them."""
    covered = []
    for name in names:
        if found.gazetteer.resolve(name.name) is None:
            covered.append(name.span)
            if part.kind in TOLD or part.kind in ("contact", "source"):
                # Counted with its short forms, in `recount`.
                found.add(name.name)
    return covered


def _add_found(found: Field, part: Part, name: Found, *, organisation: bool) -> None:
    candidate = found.add(name.name, organisation=organisation)
    if candidate is not None:
        _count(candidate, part, *name.span)


def _configured(gazetteer: Gazetteer, hit: Hit) -> Candidate:
    company = gazetteer.by_id[hit.company]
    return Candidate(company.id, company.name, company)


def _short_gazetteer(candidates: list[Candidate]) -> Gazetteer:
    return Gazetteer([Company(id=c.id, name=c.name, aliases=short_names(c.name)[1:]) for c in candidates])


def _sure(copy: Copy, source: Source, gazetteer: Gazetteer, hits: list[list[Hit]]) -> set[str]:
    """Companies of whom something less ambiguous than the name is seen."""
    sure = {hit.company for named in hits for hit in named if not hit.weak}
    if all(hit.company in sure for named in hits for hit in named):
        return sure
    declared = (copy.declared_issuer, copy.source_line, source.company, *copy.boilerplate_names)
    sure |= {company.id for name in declared if name and (company := gazetteer.resolve(name))}
    if (owner := gazetteer.by_host(copy.url)) is not None:
        sure.add(owner.id)
    values = " ".join(identifier.value for identifier in copy.identifiers)
    return sure | gazetteer.confirmed(
        " ".join((values, copy.title, *(b.text for b in copy.blocks if b.type in _SPOKEN)))
    )


_SPOKEN = frozenset({"paragraph", "quote", "list", "table", "contact", "source", "boilerplate"})


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
_MOST = {"title": 1, "deck": 1, "lead": 1, "body": 3}


def _count(candidate: Candidate, part: Part, start: int, end: int) -> None:
    """One mention: its points for place and wording, each with the line it stands in."""
    candidate.counts[part.kind] += 1
    if part.kind not in TOLD:
        return
    shown = " ".join(part.text[start:end].split())
    if candidate.counts[part.kind] <= _MOST.get(part.kind, 0):
        _give(candidate, _POINTS[part.kind], f"{part.kind}: {shown}", part)
    announces, executive, partner = _patterns()
    before, after = part.text[max(0, start - 90) : start], part.text[end : end + 60]
    if part.kind == "title" and start < 3 and after.startswith(":"):
        _give(candidate, 4.0, f"headline prefix: {shown}", part)
    if part.kind == "lead" and candidate.counts["announces"] == 0 and announces.search(after):
        candidate.counts["announces"] += 1
        _give(candidate, 3.0, f"subject of the lead: {shown}", part)
    if (
        part.kind == "caption"
        and part.text[:start].rstrip().endswith((":", "©"))
        and candidate.counts["credit"] == 0
    ):
        candidate.counts["credit"] += 1
        _give(candidate, 1.5, f"credit: {shown}", part)
    if part.kind in ("lead", "body") and candidate.counts["executive"] < 3 and executive.search(before):
        candidate.counts["executive"] += 1
        _give(candidate, 0.5, f"executive of {shown}", part)
    if not candidate.partner and part.kind != "caption" and partner.search(before):
        candidate.partner = f"partner wording before {shown} ({part.where})"


def _give(candidate: Candidate, points: float, rule: str, part: Part) -> None:
    candidate.score += points
    candidate.evidence.append(f"{rule} ({part.where}) +{points:g}")
