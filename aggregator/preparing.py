"""From bytes to what can be settled: adapter, reading, labels, fingerprint. Pure and picklable.

This is everything that costs processor time. It runs inline for one document, in a pool of worker
processes for a poll, and asks for nothing but its arguments. It may not touch the network, the disk,
the database or the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol, TypeVar

from aggregator import adapters, codec, matching, reading, topics
from aggregator.adapters.discovery import looks_like
from aggregator.companies import Gazetteer, identify
from aggregator.errors import ReadError
from aggregator.fetch import walls
from aggregator.harvest import Harvest
from aggregator.model import (
    NOTHING_LEARNT,
    Company,
    Copy,
    Document,
    Draft,
    Filing,
    Follow,
    Learnt,
    Mention,
    Prepared,
    Problem,
    Refusal,
    Source,
    Topic,
    TopicMatch,
)
from aggregator.reading import learnt as lessons
from aggregator.records import Record, parsed, refused
from aggregator.topics import Rulebook

# Roles that put a release into the company's feed. A mere mention never does.
FEED_ROLES = frozenset({"issuer", "co-issuer", "subject"})


T = TypeVar("T")


class Guard(Protocol):
    """Does the work on one item within limits; a refusal where it needs more (`workers` has one)."""

    def __call__(self, work: Callable[[], T]) -> T | Refusal: ...


def unguarded(work: Callable[[], T]) -> T:
    """No limits: for items that were read before."""
    return work()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The operator's companies and topics, compiled."""

    gazetteer: Gazetteer
    rulebook: Rulebook

    @classmethod
    def of(cls, companies: Sequence[Company], topics: Sequence[Topic]) -> Vocabulary:
        return cls(Gazetteer(companies), Rulebook(topics))


def harvest(
    documents: Iterable[Document],
    source: Source,
    vocabulary: Vocabulary,
    known: Mapping[str, bytes],
    reader: str = "",
    learnt: Learnt = NOTHING_LEARNT,
    guard: Guard = unguarded,
) -> Harvest:
    """Read documents; drafts whose digest is in `known` under their key are only counted.

    Never raises for what the documents hold: a document that cannot be read is a problem of its own.
    """
    result = Harvest()
    for document in documents:
        _harvest_one(document, source, vocabulary, known, reader or source.adapter, learnt, guard, result)
    return result


def _harvest_one(
    document: Document,
    source: Source,
    vocabulary: Vocabulary,
    known: Mapping[str, bytes],
    reader: str,
    learnt: Learnt,
    guard: Guard,
    result: Harvest,
) -> None:
    where, before = document.place, len(result.problems)
    if not document.complete:
        result.failed.add(where)
    try:
        for item in adapters.load(reader)(document, source):
            if isinstance(item, Draft):
                result.seen.append(item.key)
                result.filled.update(_filled(item))
                place, followed = _place(item, document), document.listed is not None
                _take(item, place, source, vocabulary, known, learnt, guard, result, followed=followed)
            elif isinstance(item, Follow):
                result.follows.append(item)
                if item.kind == "text":
                    result.seen.append(item.listed.key if item.listed else item.url)
                    result.filled.update(_filled(item.listed) if item.listed else ())
            else:
                result.problems.append(item)
                if item.reason == "truncated":
                    result.failed.add(where)
    except ReadError as error:
        result.problems.append(
            _wall(error, document, source, guard) or Problem(error.reason, error.detail, where)
        )
        result.failed.add(where)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - sites change: whatever an adapter raises is this document's failure
        result.problems.append(Problem("broken", f"{type(error).__name__}: {error}", where))
        result.failed.add(where)
    result.documents |= {p.where: where for p in result.problems[before:] if p.where != where}


LISTLESS = frozenset({"no_items", "not_a_feed", "not_a_sitemap"})
"""Why a document gave no list."""
NOTHING = frozenset({"no_text", "script_only"})
_BEGINNING = 100_000


def _wall(error: ReadError, document: Document, source: Source, guard: Guard) -> Problem | None:
    """That a page keeps us out, where it came with status 200 in place of a list; None where it does not."""
    if error.reason not in LISTLESS or document.listed is not None or looks_like(document) != "html":
        return None
    found = guard(lambda: _as_text(document, source))
    if not isinstance(found, Refusal):
        return None
    if found.reason in walls.KEPT_OUT:
        return Problem(found.reason, f"{found.detail} (in place of the list)", document.place)
    mark = walls.on_page(document.content[:_BEGINNING]) if found.reason in NOTHING else ""
    return Problem("walled", f"{mark} in place of the list, {walls.REMEDY}", document.place) if mark else None


def _as_text(document: Document, source: Source) -> Copy | Refusal | None:
    """A page read as if it were a release; None where it is nothing of the kind."""
    try:
        found = adapters.load("text")(replace(document, key="page.html"), source)
        return next((reading.read(item, source) for item in found if isinstance(item, Draft)), None)
    except ReadError:
        return None


def _filled(draft: Draft) -> Iterator[str]:
    """Which fields a list shows of an item: told of the source's health."""
    if draft.published:
        yield "date"
    if draft.title:
        yield "title"
    if draft.content.strip() or draft.summary.strip():
        yield "text"


def _place(draft: Draft, document: Document) -> str:
    """What a person is told: the file, the item of a feed, or the item in the file."""
    own = draft.url or draft.key
    if not document.key:
        return own
    return document.key if draft.key == document.key else f"{document.key} ({own})"


def _take(
    draft: Draft,
    place: str,
    source: Source,
    vocabulary: Vocabulary,
    known: Mapping[str, bytes],
    learnt: Learnt,
    guard: Guard,
    result: Harvest,
    *,
    followed: bool = False,
) -> None:
    mark, before = codec.draft_digest(draft), known.get(draft.key, b"")
    if before == mark:
        result.unchanged += 1
        return
    made = guard(lambda: prepare(draft, source, vocabulary, learnt))
    if isinstance(made, Refusal):
        result.problems.append(Problem(made.reason, made.detail, place))
    elif followed and not codec.is_of_page(made.draft_digest) and _is_no_better(made.draft_digest, before):
        result.unchanged += 1
    else:
        result.prepared.append(codec.pack(made, matching.strong_identifiers(made.copy)))
    result.problems += [Problem("repaired", note, place) for note in draft.notes]


def listed(document: Document, source: Source) -> tuple[list[Draft], list[str]]:
    """The items of a list as it shows them, without their pages, and the addresses of its parts."""
    drafts: list[Draft] = []
    parts: list[str] = []
    try:
        for item in adapters.load(source.adapter)(document, source):
            if isinstance(item, Draft):
                drafts.append(item)
            elif isinstance(item, Follow) and item.kind == "part":
                parts.append(item.url)
            elif isinstance(item, Follow) and item.kind == "text":
                drafts.append(item.listed or _only_an_address(item, document))
    except ReadError:
        return drafts, parts
    return drafts, parts


def _only_an_address(item: Follow, document: Document) -> Draft:
    return Draft(
        key=item.url, url=item.url, content="", content_type="text/plain", fetched_at=document.fetched_at
    )


def _is_no_better(listed: bytes, before: bytes) -> bool:
    """Whether what a list says of a page that cannot be used was known, or the page itself was read earlier."""
    return before == listed or codec.is_of_page(before)


def show(
    document: Document, source: Source, vocabulary: Vocabulary, given: str, guard: Guard = unguarded
) -> list[Record]:
    """The records of everything in one document, also of what is refused: for `parse`, nothing is stored."""
    shown: list[Record] = []
    try:
        for item in adapters.load(source.adapter)(document, source):
            if isinstance(item, Follow) and item.listed is not None:
                item = item.listed  # what the list says; its page is not fetched for this
            if isinstance(item, Draft):
                record = guard(partial(_shown, item, source, vocabulary, given))
                if isinstance(record, Refusal):
                    record = refused(given, record.reason, record.detail, item.url or item.key)
                shown.append(record)
            elif isinstance(item, Problem) and item.reason != "repaired":
                shown.append(refused(given, item.reason, item.detail, item.where))
    except ReadError as error:
        shown.append(refused(given, error.reason, error.detail, document.url))
    return shown or [refused(given, "empty", "nothing in it is a release", document.url)]


def _shown(draft: Draft, source: Source, vocabulary: Vocabulary, given: str) -> Record:
    found = reading.parse(draft, source)
    filing = Filing((), (), "") if found.refusal else label(found.copy, source, vocabulary)
    return parsed(found.copy, filing, given, found.refusal)


def prepare(
    draft: Draft, source: Source, vocabulary: Vocabulary, learnt: Learnt = NOTHING_LEARNT
) -> Prepared | Refusal:
    """Read, label and fingerprint one draft. A learnt boilerplate is its issuer's: so that is found first."""
    draft, copy = _read(draft, source, lessons.unwanted(learnt, source))
    if isinstance(copy, Refusal):
        return copy
    filing = label(copy, source, vocabulary)
    retagged = lessons.retagged(copy, filing, learnt, source)
    if retagged is not copy:
        copy, filing = retagged, label(retagged, source, vocabulary)
    return Prepared(
        copy,
        filing,
        matching.fingerprint(copy),
        codec.draft_digest(draft),
        codec.encode_draft(draft),
        lessons.passages(copy, filing),
    )


def _read(draft: Draft, source: Source, debris: frozenset[str]) -> tuple[Draft, Copy | Refusal]:
    """The text of a page, or what its list says of it where that is the better one; and the draft that it is of."""
    copy = reading.read(draft, source, debris=debris)
    if draft.listed is None:
        return draft, copy
    told = reading.read(draft.listed, source, debris=debris)
    why = reading.instead(copy, told)
    if why and isinstance(told, Copy):
        return draft.listed, replace(told, notes=(*told.notes, f"the list's own text is kept: {why}"))
    if isinstance(copy, Copy):
        copy = replace(copy, notes=(*copy.notes, "the text of the page is kept, not the list's"))
    return draft, copy


def again(
    draft: bytes, source: Source, vocabulary: Vocabulary, learnt: Learnt = NOTHING_LEARNT
) -> codec.Packed | Refusal:
    """Read a stored draft with today's rules, words and lessons."""
    made = prepare(codec.decode_draft(draft), source, vocabulary, learnt)
    return made if isinstance(made, Refusal) else codec.pack(made, matching.strong_identifiers(made.copy))


def label(copy: Copy, source: Source, vocabulary: Vocabulary) -> Filing:
    """Companies with their roles, topics, kind, and the labels that follow from them."""
    mentions, note = identify(copy, source, vocabulary.gazetteer)
    kind, kind_evidence = topics.classify(copy)
    matches = topics.match(copy, mentions, kind, vocabulary.rulebook)
    matches = (*_declared_topics(source, matches), *(m for m in matches if m.id not in source.topics))
    filing = Filing(mentions, matches, kind, kind_evidence, note)
    return replace(filing, labels=tuple(sorted(set(labels(filing, vocabulary.gazetteer)))))


def _declared_topics(source: Source, matches: tuple[TopicMatch, ...]) -> Iterator[TopicMatch]:
    scores = {m.id: m for m in matches}
    for topic in source.topics:
        found = scores.get(topic)
        evidence = (f'topic.source: setting of source "{source.id}"', *(found.evidence if found else ()))
        yield TopicMatch(topic, found.score if found else 0.0, True, evidence)


def labels(filing: Filing, gazetteer: Gazetteer) -> Iterator[str]:
    """The feeds of a release: its companies and their configured parents, topics and kind."""
    for mention in filing.companies:
        if _has_feed(mention):
            yield f"company/{mention.id}"
            company = gazetteer.by_id.get(mention.id)
            while company and company.parent:
                yield f"company/{company.parent}"
                company = gazetteer.by_id.get(company.parent)
    for match in filing.topics:
        if match.matched:
            yield f"topic/{match.id}"
    if filing.kind:
        yield f"kind/{filing.kind}"


def _has_feed(mention: Mention) -> bool:
    return mention.publishable and mention.role in FEED_ROLES
