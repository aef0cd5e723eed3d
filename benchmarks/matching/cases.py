"""Labelled pairs of invented texts, in all the ways in which copies and siblings come.

`generate` is deterministic for a seed. Kinds in `HELD_BACK` were left out while the rules were made:
they tell whether the rules hold for what nobody had in mind.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

from aggregator.matching import fingerprint
from aggregator.model import Block, Copy, Filing, Mention, Prepared

Truth = Literal["same", "different", "update", "correction", "translation"]

HELD_BACK = frozenset(
    {"rewritten 60 %", "middle cut out", "formats", "page furniture", "sentences dropped and moved", "issuer unknown",
     "template dealings", "template award", "template personnel", "template monthly", "template total-voting",
     "reused quotation", "follow-up of one issuer"}
)  # fmt: skip

_SENTENCE = re.compile(r"(?<=[.!?“”\"])\s+(?=[A-ZÄÖÜ„“\"])")
_FILL = {
    language: words.split()
    for language, words in {
        "de": """dabei künftig bereits deutlich gemeinsam weiterhin insgesamt zugleich derzeit nunmehr jeweils weitere
            entsprechend neuer großen wichtige regional erfolgreich schrittweise ausgebaut begleitet geplant vorgestellt
            umgesetzt berichtet teilte mitteilte betonte hieß es demnach laut zufolge inzwischen vielmehr allerdings""",
        "en": """now further currently together overall clearly meanwhile accordingly already jointly gradually important
            regional successful larger planned presented delivered expanded supported reported noted added stressed
            according roughly instead however likewise later widely newly soon partly mostly""",
    }.items()
}
_HOSTS = [
    "fachblatt-muster.example",
    "wirtschaft-vorort.example",
    "branchenbote.example",
    "tradeweekly.example",
]


@dataclass(frozen=True)
class Doc:
    """One invented text with the circumstances in which a source shows it."""

    id: str
    language: str
    company: str
    title: str
    paragraphs: list[str]
    boilerplate: str
    day: date
    host: str = "newsroom.example"
    marks: tuple[str, ...] = ()
    issuer_known: bool = True
    pair: str = ""

    def prepared(self) -> Prepared:
        """As reading and labelling would hand it on."""
        blocks = [Block("paragraph", p, "made", i) for i, p in enumerate(self.paragraphs, 1)]
        blocks.append(Block("boilerplate", self.boilerplate, "made", len(blocks) + 1))
        url = f"{self.host}/{self.id}"
        copy = Copy(
            source=self.host, key=self.id, url=f"https://{url}", canonical_url=url, language=self.language,
            title=self.title, blocks=tuple(blocks), marks=self.marks, date_basis="label",
            published=datetime.combine(self.day, datetime.min.time(), UTC), date_precision="day",
        )  # fmt: skip
        slug = self.company.lower().replace(" ", "-")
        issuer = Mention(slug, self.company, "issuer", 1.0, False, True, basis="boilerplate")
        filing = Filing((issuer,) if self.issuer_known else (), (), "")
        return Prepared(copy, filing, fingerprint(copy), b"", b"")


@dataclass(frozen=True)
class Pair:
    kind: str
    truth: Truth
    a: Doc
    b: Doc
    held_back: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "held_back", self.kind in HELD_BACK)


@cache
def releases() -> tuple[Doc, ...]:
    """The invented releases of `texts/releases.toml`."""
    raw = _load("releases.toml")["release"]
    return tuple(
        Doc(
            r["id"], r["language"], r["company"], r["title"], r["body"].strip().split("\n\n"), r["boilerplate"],
            date.fromisoformat(r["date"]), pair=r.get("pair", ""),
        )
        for r in raw
    )  # fmt: skip


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "texts" / name).read_text("utf-8"))


# -- edits ---------------------------------------------------------------------------------------

Edit = Callable[[Doc, random.Random], Doc]


def _words(doc: Doc, share: float, rng: random.Random) -> list[str]:
    """Replace, drop or add single words; names and numbers stay, as an editor leaves them."""
    out = []
    for paragraph in doc.paragraphs:
        words = []
        for word in paragraph.split():
            plain = word.islower() and word.isalpha()
            if plain and rng.random() < share:
                words += rng.choice(
                    [[rng.choice(_FILL[doc.language])], [], [word, rng.choice(_FILL[doc.language])]]
                )
            else:
                words.append(word)
        out.append(" ".join(words))
    return out


def _rewritten(doc: Doc, share: float, rng: random.Random) -> list[str]:
    """Rewrite a share of the sentences: names and numbers kept, other words and another order."""
    return [
        " ".join(_rewrite(s, doc.language, rng) if rng.random() < share else s for s in _SENTENCE.split(p))
        for p in doc.paragraphs
    ]


def _rewrite(sentence: str, language: str, rng: random.Random) -> str:
    clauses = sentence.rstrip(".").split(", ")
    rng.shuffle(clauses)
    words = []
    for word in " ".join(clauses).split():
        if word.islower() and rng.random() < 0.6:
            word = rng.choice(_FILL[language])
        words.append(word)
    return " ".join(words) + "."


def _headline(doc: Doc, rng: random.Random) -> str:
    words = [w for w in doc.title.split() if w[0].isupper() or w[0].isdigit()]
    kept = rng.sample(words, min(len(words), max(2, len(words) // 2)))
    return " ".join([*kept, *rng.sample(_FILL[doc.language], 3)])


def _reprint(doc: Doc, rng: random.Random, **changed: Any) -> Doc:
    host = rng.choice(_HOSTS)
    day = doc.day + timedelta(days=rng.choice([0, 0, 1, 2, 5, 12, 24]))
    return replace(doc, host=host, day=day, id=f"{doc.id}-{rng.randrange(10**6)}", **changed)


def _scatter(share: float) -> Edit:
    return lambda d, rng: _reprint(d, rng, paragraphs=_words(d, share, rng), title=_headline(d, rng))


def _rewriting(share: float) -> Edit:
    return lambda d, rng: _reprint(d, rng, paragraphs=_rewritten(d, share, rng), title=_headline(d, rng))


def _truncate(share: float) -> Edit:
    def edit(doc: Doc, rng: random.Random) -> Doc:
        words = "\n".join(doc.paragraphs).split(" ")
        kept = " ".join(words[: int(len(words) * share)])
        return _reprint(doc, rng, paragraphs=kept.split("\n"), title=_headline(doc, rng))

    return edit


def _reorder(doc: Doc, rng: random.Random) -> Doc:
    rest = doc.paragraphs[1:]
    rng.shuffle(rest)
    return _reprint(doc, rng, paragraphs=[*rest, doc.paragraphs[0]], title=_headline(doc, rng))


def _swapped_boilerplate(doc: Doc, rng: random.Random) -> Doc:
    """Boilerplates that reading did not recognise, one on each side, are compared as body."""
    other = rng.choice(releases())
    return _reprint(
        doc, rng, paragraphs=[*_words(doc, 0.1, rng), other.boilerplate], title=_headline(doc, rng)
    )


def _caption(doc: Doc, rng: random.Random) -> Doc:
    caption = f"Foto {rng.randrange(9)}: {' '.join(rng.sample(_FILL[doc.language], 9))} ({doc.company})."
    return _reprint(doc, rng, paragraphs=[caption, *doc.paragraphs], title=_headline(doc, rng))


def _new_lead(doc: Doc, rng: random.Random) -> Doc:
    lead = _rewrite(doc.paragraphs[0].replace(". ", ", "), doc.language, rng)
    return _reprint(doc, rng, paragraphs=[lead, *doc.paragraphs[1:]], title=_headline(doc, rng))


def _excerpt(doc: Doc, rng: random.Random) -> Doc:
    words = " ".join(doc.paragraphs).split()
    return _reprint(doc, rng, paragraphs=[" ".join(words[: rng.randint(25, 90)]) + " …"])


def _middle_cut(doc: Doc, rng: random.Random) -> Doc:
    kept = [doc.paragraphs[0], *doc.paragraphs[-2:]] if rng.random() < 0.5 else doc.paragraphs[::2]
    return _reprint(doc, rng, paragraphs=kept, title=_headline(doc, rng))


def _formats(doc: Doc, rng: random.Random) -> Doc:
    text = "\n".join(_words(doc, 0.1, rng))
    for old, new in (("Millionen Euro", "Mio. €"), ("Milliarden", "Mrd."), ("Prozent", "%"), (" percent", "%"),
                     ("million", "mn"), ("zwölf", "12"), ("vier", "4"), ("„", "«"), ("“", "»"), ("EUR ", "€")):  # fmt: skip
        text = text.replace(old, new)
    text = re.sub(r"\b(\d{1,2})\. März", r"\1.03.", text)
    return _reprint(doc, rng, paragraphs=text.split("\n"), title=_headline(doc, rng))


def _furniture(doc: Doc, rng: random.Random) -> Doc:
    menu = "Startseite Themen Märkte Köpfe Termine Abo Newsletter Suche Anmelden"
    tail = "Das könnte Sie auch interessieren: " + rng.choice(releases()).paragraphs[0]
    return _reprint(
        doc, rng, paragraphs=[menu, *_words(doc, 0.05, rng), doc.boilerplate, tail], title=_headline(doc, rng)
    )


def _dropped_and_moved(doc: Doc, rng: random.Random) -> Doc:
    paragraphs = [" ".join(s for s in _SENTENCE.split(p) if rng.random() < 0.65) for p in doc.paragraphs]
    paragraphs = [p for p in paragraphs if p]
    rng.shuffle(paragraphs)
    return _reprint(doc, rng, paragraphs=paragraphs, title=_headline(doc, rng))


def _unknown(doc: Doc, rng: random.Random) -> Doc:
    return replace(_scatter(0.2)(doc, rng), issuer_known=False)


EDITS: dict[str, Edit] = {
    "words 5 %": _scatter(0.05), "words 15 %": _scatter(0.15), "words 30 %": _scatter(0.3),
    "rewritten 20 %": _rewriting(0.2), "rewritten 40 %": _rewriting(0.4), "rewritten 60 %": _rewriting(0.6),
    "truncated to 60 %": _truncate(0.6), "truncated to 35 %": _truncate(0.35), "reordered": _reorder,
    "boilerplate swapped": _swapped_boilerplate, "caption added": _caption, "new lead": _new_lead, "excerpt": _excerpt,
    "middle cut out": _middle_cut, "formats": _formats, "page furniture": _furniture,
    "sentences dropped and moved": _dropped_and_moved, "issuer unknown": _unknown,
}  # fmt: skip


# -- siblings ------------------------------------------------------------------------------------

_CITIES = [
    "Ansbach",
    "Bocholt",
    "Coburg",
    "Detmold",
    "Emden",
    "Fulda",
    "Gotha",
    "Hof",
    "Itzehoe",
    "Bad Soden",
    "Uelzen",
]
_PEOPLE = [
    "Merle Dankwart",
    "Justus Ohlendorf",
    "Carina Feldhaus",
    "Ruben Staack",
    "Yasmin Kettler",
    "Ole Brodersen",
]
_FUNDS = ["Greyrock, Inc.", "Vandermeer Group, Inc.", "Norgate Fund Managers", "Halden Asset Management AS"]
_FIRMS = [
    "Ostkamp AG",
    "Brinkhof GmbH",
    "Tiedemann SE",
    "Vilsbach KGaA",
    "Rotfeld Werke AG",
    "Sander & Lück GmbH",
]
_ENGLISH = [
    "Corvane Inc.",
    "Aldermoor plc",
    "Tessel Holdings",
    "Blue Larch Corp.",
    "Wexcombe Ltd.",
    "Orrin Air",
]
_MONTHS = ["Mai", "Juni", "Juli", "August", "September", "Oktober"]
_MONTHS_EN = ["May", "June", "July", "August", "September", "October"]


def _slots(rng: random.Random, start: date, step: int) -> dict[str, Any]:
    day = start + timedelta(days=7 * step)
    later = day + timedelta(days=rng.randint(2, 4))

    def number(low: int, high: int) -> str:
        return f"{rng.randint(low, high):,}".replace(",", ".")

    def share() -> str:
        return f"{rng.randint(2, 9)},{rng.randint(10, 99)}"

    def english(when: date) -> str:
        return f"{when:%B} {when.day}, {when.year}"

    return {
        "n": 20 + step, "d1": f"{day:%d.%m.%Y}", "d2": f"{later:%d.%m.%Y}",
        "e1": english(day), "e2": english(later.replace(year=later.year - 1)), "e3": english(later),
        **{f"v{i}": number(10_000, 900_000) for i in range(4)},
        **{f"p{i}": f"{rng.randint(20, 60)},{rng.randint(10, 99)}" for i in (1, 2)},
        **{f"q{i}": share() for i in (1, 2, 3, 4)},
        "month": _MONTHS[step % 6], "monthen": _MONTHS_EN[step % 6], "fund": rng.choice(_FUNDS),
        "area": number(1_200, 9_000), "items": number(10_000, 60_000), "jobs": rng.randint(12, 60),
        "years": rng.randint(12, 30), "countries": rng.randint(3, 40),
    }  # fmt: skip


def _siblings(template: dict[str, Any], rng: random.Random) -> tuple[Doc, Doc]:
    """Two members of a series: what stays (company, or nothing) depends on the template."""
    names = _ENGLISH if template["language"] == "en" else _FIRMS
    one, two = rng.sample(names, 2)
    personnel = template["id"] == "personnel" and rng.random() < 0.5
    other_company = template["id"] in ("award", "classaction") or personnel
    people, cities = rng.sample(_PEOPLE, 2), rng.sample(_CITIES, 2)
    step, ahead = rng.randrange(6), rng.randint(1, 4)
    firsts = {"company": one, "person": people[0], "city": cities[0], "former": names[-1]}
    seconds = {
        "company": two if other_company else one,
        "person": people[1],
        "city": cities[1],
        "former": names[-2],
    }
    return _member(template, firsts, step, rng), _member(template, seconds, step + ahead, rng)


def _member(template: dict[str, Any], fixed: dict[str, str], step: int, rng: random.Random) -> Doc:
    start = date(2024, 3, 4)
    slots = {**_slots(rng, start, step), **fixed}
    day = start if template["id"] == "award" else start + timedelta(days=7 * step + 5)
    return Doc(
        f"{template['id']}-{rng.randrange(10**6)}", template["language"], fixed["company"],
        template["title"].format(**slots), template["body"].strip().format(**slots).split("\n\n"), "", day,
        host="wire.example" if rng.random() < 0.7 else rng.choice(_HOSTS), issuer_known=rng.random() < 0.7,
    )  # fmt: skip


# -- corrections, updates, others ------------------------------------------------------------------

_NUMBER = re.compile(r"(?<![\d.,])\d{2,3}(?:[.,]\d{3})?(?![\d.,]*\d)")


def _corrected(doc: Doc, rng: random.Random, *, marked: bool) -> Doc:
    text = "\n".join(doc.paragraphs)
    found = rng.choice(list(_NUMBER.finditer(text)))
    digits = list(found[0])
    digits[-1] = str((int(digits[-1]) + rng.randint(1, 8)) % 10)
    text = text[: found.start()] + "".join(digits) + text[found.end() :]
    mark = "Korrektur: " if doc.language == "de" else "CORRECTION: "
    title, marks = (mark + doc.title, ("correction",)) if marked else (doc.title, ())
    return replace(
        doc,
        id=f"{doc.id}-neu",
        paragraphs=text.split("\n"),
        title=title,
        marks=marks,
        day=doc.day + timedelta(1),
    )


def _reminder(doc: Doc) -> Doc:
    return replace(
        doc,
        id=f"{doc.id}-rem",
        title=f"REMINDER: {doc.title}",
        marks=("reminder",),
        day=doc.day + timedelta(6),
    )


def _continued(doc: Doc, rng: random.Random) -> Doc:
    sentences = {
        "de": "Nachtrag zu unserer gestrigen Meldung: Die Zahl der Beteiligten ist nach Angaben der Behörden inzwischen "
        "bekannt, und die Sperrung der Zufahrt konnte am frühen Morgen aufgehoben werden. Über den Sachschaden lagen "
        "zunächst keine Angaben vor; ein Gutachter hat die Arbeit aufgenommen. Die ursprüngliche Meldung lautete:",
        "en": "Follow up to yesterday's announcement: the number of people concerned has since been established by the "
        "authorities, and the closure of the access road was lifted in the early morning. No figure was available for "
        "the damage; an expert has begun work. The text that was originally published read:",
    }
    lead = sentences[doc.language]
    return replace(
        doc,
        id=f"{doc.id}-nach",
        paragraphs=[lead, *doc.paragraphs],
        title=_headline(doc, rng),
        day=doc.day + timedelta(1),
    )


def _other_of_issuer(doc: Doc, rng: random.Random) -> Doc:
    """Another release that carries the same company, place and unrecognised boilerplate."""
    other = rng.choice(
        [r for r in releases() if r.language == doc.language and r.pair != doc.pair and r.id != doc.id]
    )
    return replace(
        other,
        id=f"{other.id}-{doc.id}",
        company=doc.company,
        paragraphs=[*other.paragraphs[:4], doc.boilerplate],
        day=doc.day + timedelta(9),
    )


def _reused_quote(doc: Doc, rng: random.Random) -> Doc:
    quote = next(p for p in doc.paragraphs if p[0] in '„“"' or "„" in p or '"' in p or "“" in p)
    other = _other_of_issuer(doc, rng)
    return replace(other, id=f"q-{other.id}", paragraphs=[*other.paragraphs[:3], quote])


def _follow_up_release(doc: Doc, rng: random.Random) -> Doc:
    """The result after the announcement: same names, one background sentence kept."""
    kept = _SENTENCE.split(doc.paragraphs[-1])[0]
    other = _other_of_issuer(doc, rng)
    return replace(
        other,
        id=f"f-{other.id}",
        paragraphs=[other.paragraphs[1], other.paragraphs[2], kept],
        title=_headline(doc, rng),
    )


def generate(seed: int = 7, rounds: int = 1) -> Iterator[Pair]:
    """All kinds of pairs; every round makes about 390."""
    rng = random.Random(seed)
    for _ in range(rounds):
        yield from _same(rng)
        yield from _different(rng)
        yield from _linked(rng)


def _same(rng: random.Random) -> Iterator[Pair]:
    for kind, edit in EDITS.items():
        for doc in releases():
            base = (
                replace(doc, paragraphs=[*doc.paragraphs, doc.boilerplate])
                if kind == "boilerplate swapped"
                else doc
            )
            yield Pair(kind, "same", base, edit(doc, rng))


def _different(rng: random.Random) -> Iterator[Pair]:
    for template in _load("templates.toml")["template"]:
        for _ in range(10):
            yield Pair(f"template {template['id']}", "different", *_siblings(template, rng))
    for doc in releases():
        with_about = replace(doc, paragraphs=[*doc.paragraphs, doc.boilerplate])
        yield Pair("shared boilerplate", "different", with_about, _other_of_issuer(doc, rng))
        yield Pair("reused quotation", "different", doc, _reused_quote(doc, rng))
        yield Pair("follow-up of one issuer", "different", doc, _follow_up_release(doc, rng))


def _linked(rng: random.Random) -> Iterator[Pair]:
    for doc in releases():
        if _NUMBER.search("\n".join(doc.paragraphs)):
            yield Pair("correction marked", "correction", doc, _corrected(doc, rng, marked=True))
            yield Pair("correction unmarked", "correction", doc, _corrected(doc, rng, marked=False))
        yield Pair("reminder", "update", doc, _reminder(doc))
        yield Pair("earlier text continued", "update", doc, _continued(doc, rng))
        for other in releases():
            if other.language != doc.language and doc.id < other.id:
                true = bool(doc.pair) and doc.pair == other.pair
                yield Pair(
                    "translation" if true else "other language",
                    "translation" if true else "different",
                    doc,
                    other,
                )
