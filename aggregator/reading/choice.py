"""Which of the stated dates is the release's own. Pure; nothing is invented.

Order (docs/rules.md, "Dates"): declared by structured data or the feed, labelled line, dateline, bare line
before the body, address, file. Two corrections of that order: a dateline of an earlier day wins over what
an outlet or a content system declares, and no date later than a day after the fetch is ever chosen.

Where a list led to the page, its date is one more witness: what it agrees with is believed, and where it agrees
with nothing it wins over a bare line (a teaser's) and over the page's data (the day of an import), not over a label,
a dateline, or two kinds of evidence that say the same day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from aggregator.model import Copy, DateBasis, DateEvidence, Draft, Source
from aggregator.reading import dates
from aggregator.reading.dates import Found, parse_date
from aggregator.reading.pieces import Material, Work

_ORDER: tuple[DateBasis, ...] = ("declared", "feed", "label", "dateline", "line", "url", "list", "file")

_MOST = 100
"""Candidates that are compared with each other; a release has a handful."""


def choose(draft: Draft, source: Source, material: Material, work: Work) -> tuple[DateEvidence, ...]:
    """All candidates, the chosen one first. If the first one's note begins with ``not chosen``, none is."""
    declared = _declared(draft, source, material)
    # What stands beside a text may be another's: it is asked only where the page says nothing itself.
    shown = work.dates or ([] if declared else _beside(material, work))
    listed = _listed(draft, source)
    every = [*declared, *shown, *_address(draft, source), *listed]
    every = every or _changed(source, material, work)
    every.sort(key=lambda e: _ORDER.index(e.basis))
    every = list(dict.fromkeys(every))[:_MOST]
    limit = (
        draft.fetched_at if draft.fetched_at.tzinfo else draft.fetched_at.replace(tzinfo=UTC)
    ) + timedelta(days=1)
    usable = [e for e in every if e.value <= limit and _month_is_old(e, limit)]
    refused = [replace(e, note=_why_not(e, limit)) for e in every if e not in usable]
    if not usable:
        return tuple(refused)
    best = _shown(usable, limit) if material.page and not draft.published else None
    best = best or _best([e for e in usable if e not in listed] or usable)
    best = _beside_list(best, listed[0], usable) if listed and listed[0] in usable else best
    rest = [e for e in usable if e is not best]
    return tuple(replace(e, confidence=_confidence(e, usable)) for e in (best, *rest)) + tuple(refused)


_WORTH: dict[DateBasis, float] = {
    "label": 0.95, "dateline": 0.95, "feed": 0.95, "declared": 0.9, "line": 0.85, "list": 0.8, "url": 0.7, "file": 0.3,
}  # fmt: skip
_SAID_AGAIN = 0.5
"""What is left of the doubt for each other kind of evidence that says the same day."""


LAST_CHANGE = "last change; nothing says when it was published"
"""The note of a date that is none of publication."""


def is_dated(copy: Copy) -> bool:
    """Whether a text says when it was published, and not only when it was changed."""
    return copy.published is not None and not any(e.note == LAST_CHANGE for e in copy.dates[:1])


def _confidence(evidence: DateEvidence, usable: list[DateEvidence]) -> float:
    doubt = 1.0 - _WORTH.get(evidence.basis, 0.3)
    doubt += 0.3 if "ambiguous" in evidence.note else 0.0
    doubt += 0.4 if evidence.note == LAST_CHANGE else 0.0
    doubt = max(doubt, 0.7) if evidence.precision == "month" else doubt
    others = {e.basis for e in usable if e.value.date() == evidence.value.date()} - {evidence.basis}
    return round(1.0 - doubt * _SAID_AGAIN ** len(others), 3)


def _why_not(evidence: DateEvidence, limit: datetime) -> str:
    return "not chosen: in the future" if evidence.value > limit else "not chosen: a month only"


def _month_is_old(evidence: DateEvidence, limit: datetime) -> bool:
    """A month without a day says something only where the release is older than that."""
    return evidence.precision != "month" or limit - evidence.value > timedelta(days=62)


def _declared(draft: Draft, source: Source, material: Material) -> list[DateEvidence]:
    found: list[DateEvidence] = []
    for what, text in material.declared:
        date = (
            parse_date(text, day_first=source.day_first, tz=source.timezone) if what == "published" else None
        )
        if date:
            found.append(_evidence(date, "declared"))
    if draft.published:
        date = parse_date(draft.published, day_first=source.day_first, tz=source.timezone)
        if date:
            found.append(_evidence(date, _OF_ITEMS.get(source.adapter, "declared")))
    return found


_OF_ITEMS: dict[str, DateBasis] = {"feed": "feed", "newsroom": "list", "sitemap": "list"}
"""What the date of an item is by the adapter of its source: a list page shows one, a feed declares it."""
_LISTS = ("newsroom", "sitemap", "jsonlist")


def _listed(draft: Draft, source: Source) -> list[DateEvidence]:
    """The date that the list states which led to this page."""
    if draft.listed is None or not draft.listed.published:
        return []
    date = parse_date(draft.listed.published, day_first=source.day_first, tz=source.timezone)
    return [_evidence(date, "list" if source.adapter in _LISTS else "feed")] if date else []


def _beside_list(best: DateEvidence, listed: DateEvidence, usable: list[DateEvidence]) -> DateEvidence:
    """The date of a page, after what its list said of it."""
    page = [e for e in usable if e is not listed]
    if not page or best is listed:
        return listed
    if best.value.date() == listed.value.date():
        return listed if best.precision != "minute" and listed.precision == "minute" else best
    if best.basis == "dateline" and _earlier(best, listed):
        return best
    agreeing = [e for e in page if e.value.date() == listed.value.date() and e.precision != "month"]
    if agreeing:
        return next((e for e in (*agreeing, listed) if e.precision == "minute"), agreeing[0])
    kinds = {e.basis for e in page if e.value.date() == best.value.date()}
    if len(kinds) > 1 or best.basis in ("label", "dateline"):
        return best
    return listed


def _beside(material: Material, work: Work) -> list[DateEvidence]:
    """The labelled date in a box beside the text; of several none, for they are other texts' dates."""
    found = {f.value: f for text in material.labelled if (f := dates.match(text, work.style))}
    return [_evidence(f, "label") for f in found.values()] if len({v.date() for v in found}) == 1 else []


def _changed(source: Source, material: Material, work: Work) -> list[DateEvidence]:
    """The day of the last change, where nothing says when a text was published."""
    stated = [text for what, text in material.declared if what == "updated"]
    found = [f for text in stated if (f := parse_date(text, day_first=source.day_first, tz=source.timezone))]
    found = [work.updated] if work.updated else found[:1]
    return [
        replace(_evidence(f, "label" if f is work.updated else "declared"), note=LAST_CHANGE) for f in found
    ]


def _address(draft: Draft, source: Source) -> list[DateEvidence]:
    date = dates.in_url(draft.url, source.timezone) if draft.url.startswith("http") else None
    return [_evidence(date, "url")] if date else []


def _evidence(found: Found, basis: DateBasis) -> DateEvidence:
    return DateEvidence(found.value, basis, found.precision, found.text, None, found.note)


_VISIBLE = ("label", "dateline", "line")


_TODAY, _OLDER = timedelta(days=3), timedelta(days=10)
"""A bare line with a day so close to the fetch is the page's own clock or ticker, where its data says a day that
is so much older."""


def _shown(usable: list[DateEvidence], limit: datetime) -> DateEvidence | None:
    """The date that a page shows, where its data says another day: that of the import, or of an edit."""
    declared = [e for e in usable if e.basis == "declared"]
    visible = [e for e in usable if e.basis in _VISIBLE]
    if declared and all(limit - e.value > _OLDER for e in declared):
        visible = [e for e in visible if e.basis != "line" or limit - e.value > _TODAY]
    if not declared or not visible or any(_agree(a, b) for a in declared for b in visible):
        return None
    return _best(visible)


def _agree(declared: DateEvidence, visible: DateEvidence) -> bool:
    a, b = declared.value, visible.value
    swapped = "ambiguous" in visible.note and (a.month, a.day) == (b.day, b.month) and a.year == b.year
    return swapped or a.date() == b.date()


def _best(usable: list[DateEvidence]) -> DateEvidence:
    best = usable[0]
    if best.basis in ("declared", "feed", "label"):
        # A reprint's own date is the outlet's; the dateline keeps the issuer's.
        older = next((e for e in usable if e.basis == "dateline" and _earlier(e, best)), None)
        best = older or best
    same_day = [e for e in usable if e.value.date() == best.value.date() and e.precision == "minute"]
    return best if best.precision == "minute" or not same_day else same_day[0]


def _earlier(dateline: DateEvidence, declared: DateEvidence) -> bool:
    if dateline.value.date() >= declared.value.date():
        return False
    # The same day of the year before is January's habit of writing last year's number.
    a, b = dateline.value, declared.value
    return not ((a.month, a.day) == (b.month, b.day) and b.year - a.year == 1)
