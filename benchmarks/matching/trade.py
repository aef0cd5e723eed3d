"""Hard pairs in the manner of trade press, written when the rules were done, and scored blind first.

What editors do: write a new lead, merge quotations into reported speech, cut to half, add a paragraph of
their own. What issuers do: the next quarter, the next version, another city, another winner, the same
text in three languages, two parties' own texts of one deal.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from benchmarks.matching.cases import Pair
from benchmarks.matching.docs import Doc, load
from benchmarks.matching.edits import HOSTS, SENTENCE

_COMPANIES = [
    "Lindwerk AG",
    "Kaltenbrunn GmbH",
    "Averdung SE",
    "Noack & Söhne GmbH",
    "Tholen Technik AG",
    "Weserland eG",
]
_BUYERS = ["Hallbach Gruppe", "Seelmann Industrie AG", "Orthmann Holding SE"]
_PEOPLE = [
    "Dr. Silke Ahrens",
    "Matthias Brodmann",
    "Henrike Voss",
    "Jonas Telgmann",
    "Carla Imhoff",
    "Peer Lüdecke",
]
_CITIES = ["Wetzlar", "Neumünster", "Aalen", "Zwickau", "Lingen", "Passau", "Celle", "Görlitz"]
_MONTHS = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]
_DAYS = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag"]
_FEATURES = {
    "version": ["an import of point clouds", "a new editor for schedules", "reports in four languages"],
    "council": ["die Sanierung der Turnhalle", "die Gebühren für Kindertagesstätten", "das Radwegekonzept", "der Haushalt"],
    "recall": ["Fremdkörper aus Kunststoff", "Salmonellen", "nicht gekennzeichnete Erdnüsse", "Glassplitter"],
    "award": ["teamwork and fairness", "training opportunities", "the balance of work and family"],
}  # fmt: skip
_PRODUCTS = ["Kräuterquark fein", "Müsli Waldbeere", "Geflügelsalat klassisch", "Linsensuppe Hausmacher"]
_PLACES = ["Bauzentrums", "Berufskollegs", "Messeparks", "Handwerkerhofs"]
_ENGLISH = ["first", "second", "third", "fourth"]
_LANGUAGES = ("quarter", "quarter-en", "quarter-fr")


def pairs(seed: int = 41, rounds: int = 12) -> Iterator[Pair]:
    """Labelled pairs; a round makes 26."""
    rng = random.Random(seed)
    templates = {t["id"]: t for t in load("trade.toml")["template"]}
    single = [t for name, t in templates.items() if name not in ("quarter-en", "quarter-fr", "deal-buyer")]
    for _ in range(rounds):
        for template in single:
            first, second = _slots(template, rng), _slots(template, rng)
            a, b = _member(template, first, rng), _member(template, _next(template, first, second), rng)
            yield Pair(f"trade next {template['id']}", "different", a, b)
        for template in rng.sample(single, 5):
            doc = _member(template, _slots(template, rng), rng)
            for name, edit in rng.sample(list(_EDITS.items()), 2):
                yield Pair(f"trade {name}", "same", doc, edit(doc, rng))
        slots = _slots(templates["deal"], rng)
        yield Pair(
            "trade two sides",
            "different",
            *(_member(templates[t], slots, rng) for t in ("deal", "deal-buyer")),
        )
        slots = _slots(templates["quarter"], rng)
        members = [_member(templates[t], slots, rng) for t in _LANGUAGES]
        one, two = rng.sample(members, 2)
        yield Pair("trade translation", "translation", one, replace(two, day=one.day))
        later = _next(templates["quarter"], slots, _slots(templates["quarter"], rng))
        foreign = _member(templates["quarter-en"], later, rng)
        yield Pair("trade next quarter, other language", "different", members[0], foreign)
        yield Pair(
            "trade translation edited",
            "translation",
            members[0],
            _cut(replace(members[1], day=members[0].day), rng),
        )


def _slots(template: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    german = template["language"] != "en"

    def decimal(low: int, high: int) -> str:
        return f"{rng.randint(low, high)}{',' if german else '.'}{rng.randint(1, 9)}"

    day = date(2025, 1, 6) + timedelta(days=rng.randrange(300))
    person, former = rng.sample(_PEOPLE, 2)
    features = rng.sample(_FEATURES.get(template["id"], ["a", "b", "c"]), 2)
    quarter = rng.randint(1, 3)
    return {
        "company": rng.choice(_COMPANIES), "buyer": rng.choice(_BUYERS), "person": person, "former": former,
        "city": rng.choice(_CITIES), "quarter": quarter, "quarter_en": _ENGLISH[quarter - 1], "year": 2025, "day": day,
        "date": f"{day.day}. {_MONTHS[day.month - 1]} {day.year}", "date_en": f"{day:%B} {day.day}, {day.year}",
        "month": _MONTHS[day.month - 1], "weekday": _DAYS[rng.randrange(5)], "rev": rng.randint(180, 260),
        "orders": rng.randint(190, 290), "ebit": rng.randint(14, 29), "staff": rng.randint(300, 990),
        "age": rng.randint(34, 58),
        "growth": rng.randint(3, 12), "g2": rng.randint(2, 14), "g3": rng.randint(2, 19), "years": rng.randint(6, 20),
        "countries": rng.randint(3, 30), "v": f"4.{rng.randint(1, 9)}", "n": rng.randint(100, 2900),
        "p": rng.randint(15, 95),
        "p1": decimal(1, 9), "p2": decimal(1, 9), "p3": decimal(1, 9), "p4": decimal(1, 9), "p5": decimal(1, 9),
        "p6": decimal(1, 9), "direction": rng.choice(["gestiegen", "gesunken"]), "assoc": "VMB", "h": rng.randint(6, 19),
        "f1": features[0], "f2": features[1], "product": rng.choice(_PRODUCTS),
        "state": rng.choice(["Hessen", "Bayern", "Sachsen"]),
        "place": rng.choice(_PLACES),
    }  # fmt: skip


_STAYS = {
    "quarter": ("company", "person"), "version": ("company", "person"), "statistics": ("assoc", "city"),
    "storm": ("company",), "council": ("city",), "recall": ("company",), "award": ("year",), "roadshow": ("company",),
    "person": ("company", "city"), "deal": ("company",),
}  # fmt: skip


def _next(template: dict[str, Any], first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """The next member: what stays depends on the template; what names a member never does."""
    made = {**second, **{k: first[k] for k in _STAYS[template["id"]]}}
    made["day"] = first["day"] + timedelta(days=30 if template["id"] in ("statistics", "quarter") else 9)
    made["date"] = f"{made['day'].day}. {_MONTHS[made['day'].month - 1]} {made['day'].year}"
    made["month"] = _MONTHS[made["day"].month - 1]
    made["quarter"], made["quarter_en"] = first["quarter"] + 1, _ENGLISH[first["quarter"]]
    for key, pool in (
        ("city", _CITIES),
        ("person", _PEOPLE),
        ("product", _PRODUCTS),
        ("buyer", _BUYERS),
        ("company", _COMPANIES),
    ):
        if made[key] == first[key] and key not in _STAYS[template["id"]]:
            made[key] = pool[(pool.index(first[key]) + 1) % len(pool)]
    if made["v"] == first["v"]:
        made["v"] = first["v"] + ".1"
    return made


def _member(template: dict[str, Any], slots: dict[str, Any], rng: random.Random) -> Doc:
    issuer = slots["buyer"] if template["id"] == "deal-buyer" else slots["company"]
    return Doc(
        f"{template['id']}-{rng.randrange(10**7)}", template["language"], issuer, template["title"].format(**slots),
        template["body"].strip().format(**slots).split("\n\n"), "", slots["day"],
        host=rng.choice(["newsroom.example", "wire.example"]), issuer_known=rng.random() < 0.6,
    )  # fmt: skip


# -- what editors do -------------------------------------------------------------------------------


def _outlet(doc: Doc, rng: random.Random, **changed: Any) -> Doc:
    day = doc.day + timedelta(days=rng.choice([0, 1, 3, 8, 20]))
    known = {
        "host": rng.choice(HOSTS),
        "issuer_known": False,
        "day": day,
        "id": f"{doc.id}-e{rng.randrange(10**6)}",
    }
    return replace(doc, **{**known, **changed})


_LEADS = {
    "de": "Neues von {company}: Das Unternehmen hat sich in dieser Woche zu seinen Plänen geäußert. {rest}",
    "en": "News from {company}: the company has commented on its plans this week. {rest}",
}


def _new_lead(doc: Doc, rng: random.Random) -> Doc:
    """The first sentence is the editor's; the facts of the old one move behind it in other words."""
    first, *rest = SENTENCE.split(doc.paragraphs[0])
    facts = re.sub(r"\b(hat|haben|wird|today|has been)\b ?", "", first)
    lead = _LEADS[doc.language].format(company=doc.company, rest=facts)
    title = f"{doc.company}: {' '.join(w for w in doc.title.split() if w[0].isupper() or w[0].isdigit())}"
    return _outlet(doc, rng, paragraphs=[" ".join([lead, *rest]), *doc.paragraphs[1:]], title=title)


def _merged_quotes(doc: Doc, rng: random.Random) -> Doc:
    """Direct speech becomes reported speech, and two paragraphs become one."""
    text = [re.sub(r"[„“”\"]", "", p) for p in doc.paragraphs]
    said = {"de": "So heißt es aus dem Unternehmen: ", "en": "The company explains: "}[doc.language]
    merged = [
        text[0],
        said + text[1].replace("wir ", "man ").replace("Wir ", "Man ") + " " + " ".join(text[2:]),
    ]
    return _outlet(doc, rng, paragraphs=merged, title=" ".join(doc.title.split()[:4]) + " …")


def _cut(doc: Doc, rng: random.Random) -> Doc:
    """Lead, and every second sentence of the rest."""
    rest = [s for p in doc.paragraphs[1:] for s in SENTENCE.split(p)]
    return _outlet(doc, rng, paragraphs=[doc.paragraphs[0], " ".join(rest[::2])])


_COMMENTS = {
    "de": "Die Branche beobachtet solche Schritte seit Jahren genau. Fachleute sehen darin ein Zeichen dafür, dass sich "
    "der Markt neu ordnet; andere Anbieter dürften folgen. Unsere Redaktion wird weiter darüber berichten.",
    "en": "The industry has been watching such steps closely for years. Experts see a sign that the market is being "
    "reshaped; other suppliers are likely to follow. We will continue to report.",
}


def _commented(doc: Doc, rng: random.Random) -> Doc:
    """A paragraph of the editor's own, and the last one of the release is gone."""
    return _outlet(doc, rng, paragraphs=[doc.paragraphs[0], _COMMENTS[doc.language], *doc.paragraphs[1:-1]])


def _short_forms(doc: Doc, rng: random.Random) -> Doc:
    """House style: Mio., %, no legal forms, first names only once."""
    text = "\n".join(doc.paragraphs)
    for old, new in ((" Millionen Euro", " Mio. Euro"), (" million euros", "m euros"), (" Prozent", "%"), (" percent", "%"),
                     (" AG", ""), (" GmbH", ""), (" SE", ""), ("Dr. ", "")):  # fmt: skip
        text = text.replace(old, new)
    return _outlet(
        doc, rng, paragraphs=text.split("\n"), title=doc.title.replace(" Millionen Euro", " Mio. €")
    )


_EDITS = {
    "new lead": _new_lead, "merged quotes": _merged_quotes, "cut to half": _cut, "commented": _commented,
    "house style": _short_forms,
}  # fmt: skip
