"""What can only be seen when several tables are looked at together.

Works on the tables as `tomllib` read them, so that an entry with a mistake of its own still counts
as known; a file that is broken (None) is not looked into, and nothing is said of what it may hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from aggregator.settings import lines
from aggregator.settings.report import Report
from aggregator.settings.values import meant, show
from aggregator.text import fold, one_line

Raw = Mapping[str, Any]

_LIKE_AN_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def check(report: Report, found: Mapping[str, dict[str, Any] | None]) -> None:
    """Report everything that is wrong between the entries of all files."""
    sources, companies, topics = (
        list(_entries(found[f"{plural}.toml"], noun))
        for plural, noun in (("sources", "source"), ("companies", "company"), ("topics", "topic"))
    )
    for file, entries in (("sources", sources), ("companies", companies), ("topics", topics)):
        _unique_ids(report, f"{file}.toml", entries)
    if found["topics.toml"] is not None:
        _known_topics(report, sources, topics)
    if companies:
        _known_companies(report, sources, companies)
    _same_addresses(report, sources)
    _parents(report, companies)
    _aliases(report, companies)
    _iptc(report, topics)


def _entries(top: Mapping[str, Any] | None, noun: str) -> Iterator[tuple[lines.Path, Raw]]:
    entries = (top or {}).get(noun, [])
    for index, entry in enumerate(entries if isinstance(entries, list) else []):
        if isinstance(entry, dict):
            yield (noun, index), entry


def _strings(raw: Raw, key: str) -> list[str]:
    value = raw.get(key)
    return [v for v in value if isinstance(v, str)] if isinstance(value, list) else []


def _ids(entries: list[tuple[lines.Path, Raw]]) -> dict[str, lines.Path]:
    """Each id and where it stands first."""
    found: dict[str, lines.Path] = {}
    for path, raw in entries:
        if isinstance(raw.get("id"), str):
            found.setdefault(raw["id"], path)
    return found


def _unique_ids(report: Report, file: str, entries: list[tuple[lines.Path, Raw]]) -> None:
    first = _ids(entries)
    for path, raw in entries:
        known = first.get(raw["id"]) if isinstance(raw.get("id"), str) else None
        if known and known != path:
            line = report.line(file, (*known, "id"))
            told = f"{path[0]} {show(raw['id'])}: this id is taken by line {line} — give one of them another"
            report.wrong(file, (*path, "id"), told)


def _known_topics(
    report: Report, sources: list[tuple[lines.Path, Raw]], topics: list[tuple[lines.Path, Raw]]
) -> None:
    known = _ids(topics)
    for path, raw in sources:
        for topic in _strings(raw, "topics"):
            if topic not in known:
                told = f"topics = {show(topic)} — topics.toml has no such id; {meant(topic, known)}"
                report.wrong("sources.toml", (*path, "topics"), f"source {show(raw.get('id', ''))}: {told}")


def _known_companies(
    report: Report, sources: list[tuple[lines.Path, Raw]], companies: list[tuple[lines.Path, Raw]]
) -> None:
    """A source may name a company that is not configured; what looks like an id was hardly meant so."""
    known = {
        name for _, raw in companies for name in (raw.get("id"), *_spellings(raw)) if isinstance(name, str)
    }
    for path, raw in sources:
        company = raw.get("company")
        if isinstance(company, str) and _LIKE_AN_ID.fullmatch(company) and company not in known:
            told = (
                f"source {show(raw.get('id', ''))}: company = {show(company)} — companies.toml has no such id"
            )
            remedy = "it is taken as the name of another company; correct it, or write the full name"
            report.warn("sources.toml", (*path, "company"), f"{told}: {remedy}")


def _same_addresses(report: Report, sources: list[tuple[lines.Path, Raw]]) -> None:
    first: dict[str, str] = {}
    for path, raw in sources:
        if isinstance(url := raw.get("url"), str):
            name = show(raw.get("id", ""))
            if (other := first.setdefault(url, name)) != name:
                told = f"source {name}: its address is also that of source {other}; remove one"
                report.warn("sources.toml", (*path, "url"), told)


def _spellings(raw: Raw) -> list[str]:
    name = raw.get("name")
    return [name, *_strings(raw, "aliases")] if isinstance(name, str) else _strings(raw, "aliases")


def _parents(report: Report, companies: list[tuple[lines.Path, Raw]]) -> None:
    paths = _ids(companies)
    parents = {raw["id"]: raw.get("parent", "") for _, raw in companies if isinstance(raw.get("id"), str)}
    for name, parent in parents.items():
        place, company = (*paths[name], "parent"), f"company {show(name)}: parent = {show(parent)}"
        if isinstance(parent, str) and parent and parent not in paths:
            report.wrong(
                "companies.toml", place, f"{company} — no company has this id; {meant(parent, paths)}"
            )
        elif name in (ring := _ring(name, parents)):
            around = " → ".join((*ring, name))
            remedy = "a company cannot be above itself; remove one parent"
            report.wrong("companies.toml", place, f"{company} — {remedy} of {around}")


def _ring(start: str, parents: Mapping[str, Any]) -> tuple[str, ...]:
    """The way from a company up to itself; empty where it does not come back."""
    way = [start]
    while isinstance(above := parents.get(way[-1]), str) and above:
        if above == start:
            return tuple(way)
        if above in way:
            return ()
        way.append(above)
    return ()


def _aliases(report: Report, companies: list[tuple[lines.Path, Raw]]) -> None:
    """One spelling, one company, unless the operator marked it as ambiguous."""
    owners: dict[str, tuple[lines.Path, str]] = {}
    for path, raw in companies:
        if raw.get("ambiguous") is True:
            continue
        names = [raw["name"]] if isinstance(raw.get("name"), str) else []
        claims = [("name", n) for n in names] + [("aliases", a) for a in _strings(raw, "aliases")]
        for key, spelling in claims:
            owner, at = owners.setdefault(fold(one_line(spelling)), (path, key))
            if owner != path:
                _claimed_twice(report, (*path, key), raw, spelling, (*owner, at))


def _claimed_twice(report: Report, place: lines.Path, raw: Raw, spelling: str, first: lines.Path) -> None:
    line = report.line("companies.toml", first)
    told = f"company {show(raw.get('id', ''))}: {place[-1]} holds {show(spelling)}, which line {line} claims"
    remedy = "keep it with one of them, or write ambiguous = true"
    report.wrong("companies.toml", place, f"{told} — {remedy}")


def _iptc(report: Report, topics: list[tuple[lines.Path, Raw]]) -> None:
    """An unknown subject is a mistake; a retired one still works for those who subscribed to it."""
    for path, raw in topics:
        for subject in _strings(raw, "iptc"):
            told = f"topic {show(raw.get('id', ''))}: iptc = {show(subject)}"
            _iptc_subject(report, (*path, "iptc"), told, subject)


def _iptc_subject(report: Report, place: lines.Path, told: str, subject: str) -> None:
    from aggregator.topics.iptc import lookup

    node = lookup(subject)
    if not subject.startswith("medtop:"):
        return  # its form is wrong, which has been said
    if node is None:
        remedy = "IPTC has no such Media Topic; look it up at https://cv.iptc.org/newscodes/mediatopic"
        report.wrong("topics.toml", place, f"{told} — {remedy}")
    elif node.retired:
        instead = lookup(node.replacement)
        remedy = f'write "medtop:{instead.id}" ({instead.en})' if instead else "take it out"
        report.warn("topics.toml", place, f"{told} — IPTC retired it on {node.retired}; {remedy}")
