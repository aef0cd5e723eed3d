"""The records that the command line prints: a contract, described in docs/commands.md."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from aggregator.model import DEBRIS, GENRES, Block, Copy, DateEvidence, Filing, Genre, Mention, Refusal

Record = dict[str, Any]


def parsed(copy: Copy, filing: Filing, given: str = "", refusal: Refusal | None = None) -> Record:
    """The parts of one text, as `parse` prints them. `given` is what was asked for."""
    dateline = copy.dateline
    return {
        "input": given,
        "url": copy.url or None,
        "canonical_url": copy.canonical_url or None,
        "kind": copy.genre,
        "kind_rule": copy.genre_rule or None,
        "release_kind": filing.kind or None,
        "language": copy.language,
        "editions": [{"language": language, "url": url} for language, url in copy.editions],
        "title": copy.title,
        "kicker": copy.kicker or None,
        "deck": copy.deck or None,
        "dateline": {"text": dateline.text, "place": dateline.place, "date": when(dateline.date)}
        if dateline
        else None,
        "published": when(copy.published),
        "date_basis": copy.date_basis,
        "date_precision": copy.date_precision,
        "date_confidence": copy.dates[0].confidence if copy.published and copy.dates else None,
        "dates": [date(d) for d in copy.dates],
        "updated": when(copy.updated),
        "issuer": issuer(filing),
        "companies": [mention(m) for m in filing.companies],
        "topics": [{"id": t.id, "score": round(t.score, 2)} for t in filing.topics if t.matched],
        "lead": copy.lead,
        "body": copy.body,
        "blocks": [block(b) for b in copy.blocks],
        "boilerplate": list(copy.boilerplates),
        "contact": list(copy.texts("contact")),
        "disclaimer": list(copy.texts("disclaimer")),
        "captions": list(copy.texts("caption")),
        "source_line": copy.source_line or None,
        "marks": list(copy.marks),
        "embargo_until": when(copy.embargo_until),
        "keywords": list(copy.keywords),
        "identifiers": [{"scheme": i.scheme, "value": i.value} for i in copy.identifiers],
        "attachments": [{"url": a.url, "type": a.media_type, "title": a.title} for a in copy.attachments],
        "dropped": [block(b) for b in copy.blocks if b.type in DEBRIS],
        "notes": list(copy.notes),
        "refused": refusal.reason if refusal else None,
        "detail": refusal.detail if refusal else None,
    }


def block(b: Block) -> Record:
    return {"type": b.type, "text": b.text, "rule": b.rule, "line": b.line}


def date(d: DateEvidence) -> Record:
    return {
        "value": when(d.value), "basis": d.basis, "precision": d.precision, "confidence": d.confidence, "text": d.text,
        "line": d.line, "note": d.note,
    }  # fmt: skip


def refused(given: str, reason: str, detail: str, url: str = "") -> Record:
    """What `parse` prints for what could not be read at all."""
    genre: Genre = GENRES.get(reason, "empty")
    nothing = Copy(source="", key="", url=url, canonical_url="", language="und", title="", genre=genre)
    return parsed(nothing, Filing((), (), ""), given, Refusal(reason, detail))


def issuer(filing: Filing) -> Record | None:
    found = filing.issuer
    return {"name": found.name, "id": found.id, "basis": found.basis} if found else None


def mention(m: Mention) -> Record:
    return {"name": m.name, "id": m.id, "role": m.role, "score": round(m.score, 2)}


def when(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def evidence(pairs: Sequence[Any]) -> list[Record]:
    return [{"rule": e.rule, "detail": e.detail} for e in pairs]
