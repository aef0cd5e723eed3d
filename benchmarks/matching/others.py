"""Texts that look alike and are two releases, or one release in another relation than a copy."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from benchmarks.matching.docs import Doc, load, releases
from benchmarks.matching.edits import HOSTS, SENTENCE, headline

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


def siblings(template: dict[str, Any], rng: random.Random) -> tuple[Doc, Doc]:
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
        host="wire.example" if rng.random() < 0.7 else rng.choice(HOSTS), issuer_known=rng.random() < 0.7,
    )  # fmt: skip


# -- corrections, updates, others ------------------------------------------------------------------

NUMBER = re.compile(r"(?<![\d.,])\d{2,3}(?:[.,]\d{3})?(?![\d.,]*\d)")


def corrected(doc: Doc, rng: random.Random, *, marked: bool) -> Doc:
    text = "\n".join(doc.paragraphs)
    found = rng.choice(list(NUMBER.finditer(text)))
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


def reminder(doc: Doc) -> Doc:
    return replace(
        doc,
        id=f"{doc.id}-rem",
        title=f"REMINDER: {doc.title}",
        marks=("reminder",),
        day=doc.day + timedelta(6),
    )


def continued(doc: Doc, rng: random.Random) -> Doc:
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
        title=headline(doc, rng),
        day=doc.day + timedelta(1),
    )


def other_of_issuer(doc: Doc, rng: random.Random) -> Doc:
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


def reused_quote(doc: Doc, rng: random.Random) -> Doc:
    quote = next(p for p in doc.paragraphs if p[0] in '„“"' or "„" in p or '"' in p or "“" in p)
    other = other_of_issuer(doc, rng)
    return replace(other, id=f"q-{other.id}", paragraphs=[*other.paragraphs[:3], quote])


def follow_up_release(doc: Doc, rng: random.Random) -> Doc:
    """The result after the announcement: same names, one background sentence kept."""
    kept = SENTENCE.split(doc.paragraphs[-1])[0]
    other = other_of_issuer(doc, rng)
    return replace(
        other,
        id=f"f-{other.id}",
        paragraphs=[other.paragraphs[1], other.paragraphs[2], kept],
        title=headline(doc, rng),
    )


def with_disclaimer(doc: Doc) -> Doc:
    """A long legal text that reading did not recognise follows."""
    text = load("others.toml")["disclaimer"][doc.language].strip()
    return replace(doc, id=f"d-{doc.id}", paragraphs=[*doc.paragraphs[:3], text])


def rubbish() -> list[Doc]:
    """Pages that say nothing."""
    return [
        Doc(
            f"rubbish-{n}",
            "de",
            "",
            r["title"],
            r["body"].strip().split("\n\n"),
            "",
            date(2024, 5, 2),
            issuer_known=False,
        )
        for n, r in enumerate(load("others.toml")["rubbish"])
    ]
