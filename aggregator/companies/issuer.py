"""Who issued a release: by class of evidence first, by score only where nothing is declared.

Counting names elects the wrong house (a partner is often named more than the issuer), so a declared
issuer (A), the source's own company (B), the heading of the boilerplate (C) and the contact block (D)
outrank the score (E), and a score without a clear margin elects nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from aggregator.companies import legal_forms
from aggregator.companies._data import table, words_of
from aggregator.companies.candidates import Candidate, Field, short_names
from aggregator.companies.gazetteer import host_of
from aggregator.companies.names import Names, name_key
from aggregator.model import Copy, IssuerBasis, Source

MIN_SCORE = 3.0
MIN_MARGIN = 1.0


@dataclass(frozen=True, slots=True)
class Claim:
    """A name that one piece of evidence puts forward as the issuer."""

    name: str
    basis: IssuerBasis
    evidence: str


@dataclass(frozen=True, slots=True)
class Carrier:
    """A wire, portal or outlet that a source line or field names instead of the issuer."""

    name: str
    role: str
    evidence: str


def claims(copy: Copy, source: Source, found: Field) -> tuple[list[Claim], list[Carrier]]:
    """The claims of classes A to C, strongest first, and the carriers that are none."""
    accepted: list[Claim] = []
    carriers: list[Carrier] = []
    for claim in (*_declared(copy), *_owned(copy, source, found), *_boilerplates(copy, found)):
        role = carrier_role(claim.name, source)
        if role:
            carriers.append(Carrier(claim.name, role, claim.evidence))
        elif claim.basis != "declared" or _is_house(claim.name, found):
            accepted.append(claim)
    return accepted, carriers


def carrier_role(name: str, source: Source) -> str:
    """``wire`` or ``outlet`` where a name is the carrier's or a data source's, else empty."""
    wanted = name_key(name)
    if wanted in _keys("wires") or name_key(legal_forms.split(name)[0]) in _keys("wires"):
        return "wire"
    if wanted in _keys("data_sources"):
        return "outlet"
    if (
        source.role == "outlet"
        and wanted
        and wanted in (name_key(source.title), name_key(host_of(source.url)))
    ):
        return "outlet"
    host = host_of(source.url).rpartition(".")[0].rpartition(".")[2]
    return "outlet" if source.role in ("outlet", "wire") and wanted == host and host else ""


def by_score(found: Field) -> tuple[Candidate | None, str]:
    """The candidate that leads clearly and speaks for itself, or why there is none.

    A newspaper names a company in headline and lead as well: only wording (a headline prefix, the subject
    of an announcing lead, its executives, its picture credit) tells the issuer from the subject.
    """
    ranked = sorted((c for c in found.by_id.values() if c.certain and c.told), key=lambda c: (-c.score, c.id))
    nothing = "No issuer: no field, source line, own domain, boilerplate or contact names one"
    if not ranked:
        return None, f"{nothing}, and the text names no company."
    best = ranked[0]
    if best.score < MIN_SCORE:
        return None, f"{nothing}, and {best.name} scores {best.score:g} of the {MIN_SCORE:g} that are needed."
    if len(ranked) > 1 and best.score - ranked[1].score < MIN_MARGIN:
        other = ranked[1]
        return (
            None,
            f"{nothing}, and {best.name} ({best.score:g}) and {other.name} ({other.score:g}) are too close.",
        )
    if not best.announces:
        return None, f"{nothing}, and nothing says that {best.name} announces it itself."
    return best, ""


@lru_cache(maxsize=4096)
def tidy(name: str) -> str:
    """A declared name as a name: no article, no address behind it, nothing glued to its legal form."""
    name = re.sub(r"\s+", " ", name).strip(" ,;:–-")
    name = re.sub(r"^(?:die|der|das|den|dem|the) ", "", name, flags=re.IGNORECASE)
    name = re.sub(r"\s*(?:\(ots\)|https?://\S+|www\.\S+|\|.*)$", "", name).strip(" ,;:")
    form = legal_forms.in_text()
    for found in re.finditer(r"(?<=[\s,])(?=\S)", name):
        ended = form.match(name, found.start())
        if ended:
            return name[: ended.end()]
    return name


def _declared(copy: Copy) -> Iterator[Claim]:
    """Class A: a field, a regulated head, an ``Original-Content von``, the final source line."""
    if copy.declared_issuer:
        yield Claim(tidy(copy.declared_issuer), "declared", f"declared field: {copy.declared_issuer}")
    for kind, text, where in _lines(copy):
        patterns = _headline_patterns() if kind in ("title", "kicker") else _declared_patterns()
        for pattern in patterns:
            if (match := pattern.search(text)) is not None:
                yield Claim(tidy(match["name"]), "declared", f"declared line: {match['name']} ({where})")
    if copy.source_line:
        line = next((b.line for b in reversed(copy.blocks) if b.type == "source"), None)
        where = f"line {line}" if line is not None else "last line"
        for piece in re.split(r"\s*/\s*|\s*;\s*", copy.source_line):
            if piece and not carrier_role(tidy(piece), _NO_SOURCE):
                yield Claim(tidy(piece), "declared", f"source line: {piece} ({where})")
                return
        yield Claim(tidy(copy.source_line), "declared", f"source line: {copy.source_line} ({where})")


_NO_SOURCE = Source(id="", adapter="", url="")


def _lines(copy: Copy) -> Iterator[tuple[str, str, str]]:
    for kind, head in (("kicker", copy.kicker), ("title", copy.title)):
        if head:
            yield kind, head, kind
    for block in copy.blocks:
        if block.type in ("source", "contact", "note", "table"):
            for line in block.text.split("\n"):
                yield block.type, line.strip().replace("\t", " "), f"line {block.line}"


def _owned(copy: Copy, source: Source, found: Field) -> Iterator[Claim]:
    """Class B: the source's setting, or a company's own domain."""
    if source.company:
        yield Claim(source.company, "source", f"source setting: company = {source.company}")
    owner = found.gazetteer.by_host(copy.url)
    if owner is not None:
        yield Claim(owner.name, "source", f"own domain: {host_of(copy.url)}")


def _boilerplates(copy: Copy, found: Field) -> Iterator[Claim]:
    """Class C: the heading of the boilerplate; of several, the one the release speaks of most."""
    lines = [block.line for block in copy.blocks if block.type == "boilerplate"]
    named = []
    for index, raw in enumerate(copy.boilerplate_names):
        name = tidy(raw)
        where = f"line {lines[index]}" if index < len(lines) else "boilerplate"
        # One heading needs no comparison; of several the best supported comes first.
        weight = _support_of(name, found) if len(copy.boilerplate_names) > 1 else 0.0
        named.append((-weight, index, Claim(name, "boilerplate", f"boilerplate heading: {raw} ({where})")))
    yield from (claim for _, _, claim in sorted(named, key=lambda item: item[:2]))


def _support_of(name: str, found: Field) -> float:
    company = found.gazetteer.resolve(name)
    return support(found.by_id.get(company.id) if company else found.complete(name), name, found)


def support(candidate: Candidate | None, name: str, found: Field) -> float:
    """How much the release itself speaks of a name: its score, or the places of its bare mentions."""
    if candidate is not None and candidate.told:
        return candidate.score
    short = short_names(name)[-1] if candidate is None else short_names(candidate.name)[1]
    points = {"title": 3.0, "lead": 2.0, "deck": 1.0, "body": 0.5}
    return sum(points.get(kind, 0.0) for kind in _kinds_naming(short, found))


def contacts(found: Field) -> Iterator[Claim]:
    """Class D: the house of the contact block, unless it is an agency or never spoken of."""
    for part in found.whole.parts:
        if part.kind != "contact":
            continue
        for candidate in found.by_id.values():
            agency = any(word in f" {name_key(candidate.name)} " for word in _agency_keys())
            if candidate.certain and candidate.told and candidate.counts["contact"] and not agency:
                yield Claim(candidate.name, "contact", f"contact block: {candidate.name} ({part.where})")


def _is_house(name: str, found: Field) -> bool:
    """A declared name must be a house: configured, with a legal form, or spoken of in the release."""
    if found.gazetteer.resolve(name) or legal_forms.has_form(name) or found.complete(name):
        return True
    return not _SPEAKING.isdisjoint(_kinds_naming(name, found))


_SPEAKING = frozenset({"title", "deck", "lead", "body", "boilerplate"})


def _kinds_naming(name: str, found: Field) -> list[str]:
    """The kind of part of every mention of one spelling."""
    names = Names()
    names.add("", name)
    whole = found.whole
    return [whole.part_at(start).kind for start, _, _ in names.scan(whole.text, whole.words)]


@cache
def _keys(key: str) -> frozenset[str]:
    return frozenset(map(name_key, words_of("cues", key)))


@cache
def _agency_keys() -> tuple[str, ...]:
    return tuple(f" {name_key(word)} " for word in sorted(words_of("cues", "agencies")))


@cache
def _declared_patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, table("cues")["declared"]["patterns"]))


@cache
def _headline_patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, table("cues")["declared"]["headline"]))
