"""From a copy to its companies with their roles, and why there is no issuer where there is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from aggregator.companies import legal_forms
from aggregator.companies._data import table
from aggregator.companies.candidates import Candidate, Field, gather, recount, short_names
from aggregator.companies.gazetteer import Gazetteer
from aggregator.companies.issuer import Carrier, Claim, by_score, claims, contacts, support, tidy
from aggregator.companies.names import name_key
from aggregator.model import Copy, IssuerBasis, Mention, Role, Source
from aggregator.text import slug

_DECLARED: frozenset[str] = frozenset({"declared", "source", "boilerplate"})
"""The classes on whose word an unconfigured issuer may have a feed."""
_CLASS = {"declared": 12.0, "source": 10.0, "boilerplate": 8.0, "contact": 6.0, "score": 0.0}


def identify(copy: Copy, source: Source, gazetteer: Gazetteer) -> tuple[tuple[Mention, ...], str]:
    """The companies of a copy, issuers first and then by score, and a sentence why there is no issuer.

    The sentence is empty where there is one. Pure: nothing is remembered from copy to copy.
    """
    found = gather(copy, source, gazetteer)
    _add_boilerplates(copy, found)
    recount(found)
    accepted, carriers = claims(copy, source, found)
    issuer, basis, note = _issuer(accepted, found)
    parents = _parents(found, issuer)
    others = _co_issuers(accepted, found, issuer, parents)
    mentions = [
        _mention(c, issuer, basis, others, parents)
        for c in found.by_id.values()
        if _counts(c, issuer, others, parents)
    ]
    shown = {mention.id for mention in mentions}
    mentions += [m for m in map(_carrier, carriers) if m.id not in shown]
    ranked = {mention.id: mention for mention in sorted(mentions, key=_rank)}
    return tuple(ranked.values()), note


def _add_boilerplates(copy: Copy, found: Field) -> None:
    """Names that are declared in headings are counted like mined ones."""
    for name in (*copy.boilerplate_names, copy.source_line, copy.declared_issuer):
        if name and legal_forms.has_form(tidy(name)):
            found.add(tidy(name))
    for match, _ in _parent_lines(found):
        found.add(match)


def _parent_lines(found: Field) -> Iterator[tuple[str, str]]:
    """The parents that boilerplates name, with their evidence."""
    for part in found.whole.parts:
        if part.kind == "boilerplate":
            for when, pattern in _parent_patterns():
                for match in pattern.finditer(part.text) if when in part.text else ():
                    yield tidy(match["name"]), f"boilerplate parent: {match['name']} ({part.where})"


def _issuer(accepted: list[Claim], found: Field) -> tuple[Candidate | None, IssuerBasis | None, str]:
    for claim in (*accepted, *([] if accepted else contacts(found))):
        candidate = found.add(claim.name)
        if candidate is not None:
            candidate.organisation = False
            if candidate.company is None and legal_forms.has_form(claim.name):
                candidate.name = claim.name  # as the issuer writes itself, not as a caption does
            candidate.evidence.insert(0, claim.evidence)
            return candidate, claim.basis, ""
    candidate, note = by_score(found)
    return candidate, ("score" if candidate else None), note


def _co_issuers(
    accepted: list[Claim], found: Field, issuer: Candidate | None, parents: dict[str, str]
) -> dict[str, Claim]:
    """Other boilerplate heads that the release itself speaks of."""
    others: dict[str, Claim] = {}
    for claim in accepted:
        if claim.basis != "boilerplate" or issuer is None:
            continue
        candidate = found.add(claim.name)
        if (
            candidate is None
            or candidate is issuer
            or candidate.id in parents
            or _same_house(candidate, issuer)
        ):
            continue
        if support(candidate, claim.name, found) >= 1.0:
            others[candidate.id] = claim
    return others


def _same_house(one: Candidate, other: Candidate) -> bool:
    """``Wilo Gruppe`` beside ``WILO SE``: two names of one house."""
    keys = {name_key(name) for name in short_names(other.name)}
    return any(name_key(name) in keys for name in short_names(one.name))


def _parents(found: Field, issuer: Candidate | None) -> dict[str, str]:
    """Ids of parents with their evidence: configured, or told by a boilerplate."""
    parents: dict[str, str] = {}
    if issuer is None:
        return parents
    if issuer.company is not None and issuer.company.parent in found.gazetteer.by_id:
        parent = found.gazetteer.by_id[issuer.company.parent]
        found.by_id.setdefault(parent.id, Candidate(parent.id, parent.name, parent))
        parents[parent.id] = f"configured parent of {issuer.name}"
    for name, evidence in _parent_lines(found):
        candidate = found.add(name)
        if candidate is not None and candidate is not issuer and not _same_house(candidate, issuer):
            candidate.organisation = False
            parents[candidate.id] = evidence
    return parents


_NAME = (
    r"[A-ZÄÖÜ0-9][\w&'’+-]*(?:\.[A-Z]\w*)*"
    r"(?: (?:(?:&|and|und|of) )?[A-ZÄÖÜ0-9][\w&'’+-]*(?:\.[A-Z]\w*)*){0,6}"
)


@cache
def _parent_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    made = table("cues")["parent"]
    return tuple((p["when"], re.compile(p["pattern"].replace("{name}", _NAME))) for p in made)


def _counts(
    candidate: Candidate, issuer: Candidate | None, others: dict[str, Claim], parents: dict[str, str]
) -> bool:
    """What stands only in a boilerplate or contact is no mention of this release."""
    if candidate is issuer or candidate.id in others or candidate.id in parents:
        return True
    return candidate.told or bool(candidate.counts["caption"])


def _mention(
    candidate: Candidate,
    issuer: Candidate | None,
    basis: IssuerBasis | None,
    others: dict[str, Claim],
    parents: dict[str, str],
) -> Mention:
    role, reason = _role(candidate, issuer, others, parents)
    own = basis if candidate is issuer else ("boilerplate" if role == "co-issuer" else None)
    configured = candidate.company is not None
    # The operator's word in a source's `company` needs no legal form; one that looks like an id may be a slip.
    by_operator = own == "source" and candidate.name != slug(candidate.name)
    declared = by_operator or (own in _DECLARED and legal_forms.has_form(candidate.name))
    evidence = [reason, *candidate.evidence] if reason else candidate.evidence
    return Mention(
        id=candidate.id,
        name=candidate.name,
        role=role,
        score=round(candidate.score + _CLASS.get(own or "", 0.0), 2),
        configured=configured,
        publishable=configured or declared,
        evidence=tuple(dict.fromkeys(evidence)),
        basis=own,
    )


def _role(
    candidate: Candidate, issuer: Candidate | None, others: dict[str, Claim], parents: dict[str, str]
) -> tuple[Role, str]:
    """The role, the strongest first, and its reason where the evidence does not hold it yet."""
    if candidate is issuer:
        return "issuer", ""
    if candidate.id in others:
        return "co-issuer", others[candidate.id].evidence
    if candidate.id in parents:
        return "parent", parents[candidate.id]
    if candidate.counts["title"] and not candidate.organisation:
        return "subject", "named in the headline"
    if candidate.partner and not candidate.organisation:
        return "partner", candidate.partner
    if not candidate.told:
        return "credit", "named in a caption only"
    return "mention", ""


def _carrier(carrier: Carrier) -> Mention:
    role: Role = "wire" if carrier.role == "wire" else "outlet"
    return Mention(
        id=slug(carrier.name), name=carrier.name, role=role, score=0.0, configured=False, publishable=False,
        evidence=(carrier.evidence,),
    )  # fmt: skip


_ORDER = {"issuer": 0, "co-issuer": 1}


def _rank(mention: Mention) -> tuple[int, float, str]:
    return _ORDER.get(mention.role, 2), -mention.score, mention.id
