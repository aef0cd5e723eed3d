"""Which copies are one release: a function of the copies and of the operator's judgements alone.

Two steps, each in the order of standing (`canonical.standing`), which no arrival changes:

1. **Texts.** The best copy leads. Every further one is matched to the leaders before it and joins the one
   that it is most like; a copy that is like none of them leads a text of its own. So a copy is always
   matched to the leader and never to a third copy, and likeness is not handed on.
2. **Releases.** The leaders of texts, in the same order: a translation, correction or withdrawal joins the
   release whose first text it is one of, unless it is a sibling of an edition that is there already.

What the operator merged is one release whatever the texts say; what he keeps apart never is. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from aggregator.matching.canonical import standing
from aggregator.matching.relate import EDITION, LINKED, TEXT, Tie, relate, relation
from aggregator.model import Candidate, Evidence, Relation

Pairs = Collection[frozenset[int]]
"""Pairs of rows of copies."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a copy belongs, and why."""

    copy_id: int
    leader: int
    """The copy whose text it shows; itself where it leads."""
    relation: Relation
    matched: int | None
    """The copy that it was matched to; None for the first text of a release."""
    evidence: tuple[Evidence, ...]
    siblings: tuple[int, ...] = ()
    """Leaders of other releases whose texts are members of one series with this one."""


@dataclass
class _Text:
    leader: Candidate
    followers: list[tuple[Candidate, Tie]] = field(default_factory=list)

    @property
    def rows(self) -> list[int]:
        return [self.leader.copy_id, *(c.copy_id for c, _ in self.followers)]


@dataclass
class _Group:
    texts: list[tuple[_Text, Placed]]
    anchors: list[Candidate]
    """Leaders that other texts are matched to: the first one's, and those joined to it by hand."""

    @property
    def rows(self) -> list[int]:
        return [row for text, _ in self.texts for row in text.rows]


Relate = Callable[[Candidate, Candidate], Tie]


def arrange(
    copies: Sequence[Candidate], never: Pairs = (), merged: Pairs = ()
) -> tuple[tuple[Placed, ...], ...]:
    """The releases that these copies are, the first text of each first."""
    ties: dict[frozenset[int], Tie] = {}

    def related(one: Candidate, two: Candidate) -> Tie:
        pair = frozenset((one.copy_id, two.copy_id))
        if pair not in ties:
            ties[pair] = relate(one, two)
        return ties[pair]

    texts = _texts(sorted(copies, key=lambda c: standing(c, c.role)), related, never)
    groups = _groups(texts, related, never, merged)
    return tuple(tuple(_with_siblings(_placed(g), g, groups, related)) for g in groups)


def _texts(ranked: Sequence[Candidate], related: Relate, never: Pairs) -> list[_Text]:
    texts: list[_Text] = []
    for copy in ranked:
        best: tuple[tuple[float, ...], int] | None = None
        for place, text in enumerate(texts):
            tie = related(copy, text.leader)
            better = tie.kind in TEXT and (best is None or (tie.preference, place) < best)
            if better and not _parted([copy.copy_id], text.rows, never):
                best = tie.preference, place
        if best is None:
            texts.append(_Text(copy))
        else:
            text = texts[best[1]]
            text.followers.append((copy, related(copy, text.leader)))
    return texts


def _groups(texts: Sequence[_Text], related: Relate, never: Pairs, merged: Pairs) -> list[_Group]:
    groups: list[_Group] = []
    for unit in _units(texts, never, merged):
        rows = _rows(unit)
        options = [
            (tie.preference, place, text, anchor)
            for place, group in enumerate(groups)
            if not _parted(rows, group.rows, never)
            for text, anchor in product(unit, group.anchors)
            if (tie := related(text.leader, anchor)).kind in EDITION and not _sibling(unit, group, related)
        ]
        if not options:
            groups.append(_founded(unit))
            continue
        _, place, text, anchor = min(options, key=lambda o: o[:2])
        tie = related(text.leader, anchor)
        for member in unit:
            how = (
                Placed(member.leader.copy_id, member.leader.copy_id, relation(tie, member.leader, anchor),
                       anchor.copy_id, tie.evidence)
                if member is text else _by_hand(member, text)
            )  # fmt: skip
            groups[place].texts.append((member, how))
        if (newer := relation(tie, anchor, text.leader)) in EDITION - {"translation"}:
            _mends(groups[place], anchor, text.leader, newer, tie)
    return groups


def _mends(group: _Group, newer: Candidate, older: Candidate, how: Relation, tie: Tie) -> None:
    """The text that leads is itself the one that corrects or withdraws."""
    place = Placed(newer.copy_id, newer.copy_id, how, older.copy_id, tie.evidence)
    group.texts = [(t, place if t.leader is newer else p) for t, p in group.texts]


def _units(texts: Sequence[_Text], never: Pairs, merged: Pairs) -> list[list[_Text]]:
    """Texts that the operator made one; each unit and all units in the order of standing."""
    units = [[text] for text in texts]
    for pair in sorted(map(sorted, merged)):
        found = [unit for unit in units if any(row in text.rows for text in unit for row in pair)]
        if len(found) == 2 and not _parted(_rows(found[0]), _rows(found[1]), never):
            found[0] += found[1]
            units.remove(found[1])
    order = {id(text): n for n, text in enumerate(texts)}
    for unit in units:
        unit.sort(key=lambda text: order[id(text)])
    return sorted(units, key=lambda unit: order[id(unit[0])])


def _rows(unit: list[_Text]) -> list[int]:
    return [row for text in unit for row in text.rows]


def _founded(unit: list[_Text]) -> _Group:
    first = unit[0]
    head = Placed(first.leader.copy_id, first.leader.copy_id, "new", None, ())
    texts = [(first, head), *((text, _by_hand(text, first)) for text in unit[1:])]
    return _Group(texts, [text.leader for text in unit])


def _by_hand(text: _Text, other: _Text) -> Placed:
    row, to = text.leader.copy_id, other.leader.copy_id
    return Placed(row, row, "copy", to, (Evidence("operator.merge", f"merged by hand with copy {to}"),))


def _sibling(unit: list[_Text], group: _Group, related: Relate) -> bool:
    """Whether one of the texts is another member of a series, or an update, of an edition of the group:
    next week's notice keeps as many numbers of this week's translation as of its original."""
    return any(related(t.leader, o.leader).kind in LINKED for t in unit for o, _ in group.texts)


def _with_siblings(
    places: Iterator[Placed], group: _Group, groups: Sequence[_Group], related: Relate
) -> Iterator[Placed]:
    """... with the siblings of those that lead. All leaders were measured against each other before."""
    others = [text.leader for other in groups if other is not group for text, _ in other.texts]
    leaders = {text.leader.copy_id: text.leader for text, _ in group.texts}
    for place in places:
        leader = leaders.get(place.copy_id)
        found = [o.copy_id for o in others if related(leader, o).kind == "series"] if leader else []
        yield replace(place, siblings=tuple(found)) if found else place


def _placed(group: _Group) -> Iterator[Placed]:
    for text, place in group.texts:
        yield place
        for copy, tie in text.followers:
            how = relation(tie, copy, text.leader)
            yield Placed(copy.copy_id, text.leader.copy_id, how, text.leader.copy_id, tie.evidence)


def _parted(one: Sequence[int], two: Sequence[int], never: Pairs) -> bool:
    return bool(never) and any(frozenset(pair) in never for pair in product(one, two))
