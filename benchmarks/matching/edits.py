"""What outlets do to a release: every way in which copies differ from their original."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from benchmarks.matching.docs import Doc, releases

SENTENCE = re.compile(r"(?<=[.!?“”\"])\s+(?=[A-ZÄÖÜ„“\"])")
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
HOSTS = [
    "fachblatt-muster.example",
    "wirtschaft-vorort.example",
    "branchenbote.example",
    "tradeweekly.example",
]


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
        " ".join(_rewrite(s, doc.language, rng) if rng.random() < share else s for s in SENTENCE.split(p))
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


def headline(doc: Doc, rng: random.Random) -> str:
    words = [w for w in doc.title.split() if w[0].isupper() or w[0].isdigit()]
    kept = rng.sample(words, min(len(words), max(2, len(words) // 2)))
    return " ".join([*kept, *rng.sample(_FILL[doc.language], 3)])


def _reprint(doc: Doc, rng: random.Random, **changed: Any) -> Doc:
    host = rng.choice(HOSTS)
    day = doc.day + timedelta(days=rng.choice([0, 0, 1, 2, 5, 12, 24]))
    return replace(doc, host=host, day=day, id=f"{doc.id}-{rng.randrange(10**6)}", **changed)


def _scatter(share: float) -> Edit:
    return lambda d, rng: _reprint(d, rng, paragraphs=_words(d, share, rng), title=headline(d, rng))


def _rewriting(share: float) -> Edit:
    return lambda d, rng: _reprint(d, rng, paragraphs=_rewritten(d, share, rng), title=headline(d, rng))


def _truncate(share: float) -> Edit:
    def edit(doc: Doc, rng: random.Random) -> Doc:
        words = "\n".join(doc.paragraphs).split(" ")
        kept = " ".join(words[: int(len(words) * share)])
        return _reprint(doc, rng, paragraphs=kept.split("\n"), title=headline(doc, rng))

    return edit


def _reorder(doc: Doc, rng: random.Random) -> Doc:
    rest = doc.paragraphs[1:]
    rng.shuffle(rest)
    return _reprint(doc, rng, paragraphs=[*rest, doc.paragraphs[0]], title=headline(doc, rng))


def _swapped_boilerplate(doc: Doc, rng: random.Random) -> Doc:
    """Boilerplates that reading did not recognise, one on each side, are compared as body."""
    other = rng.choice(releases())
    return _reprint(
        doc, rng, paragraphs=[*_words(doc, 0.1, rng), other.boilerplate], title=headline(doc, rng)
    )


def _caption(doc: Doc, rng: random.Random) -> Doc:
    caption = f"Foto {rng.randrange(9)}: {' '.join(rng.sample(_FILL[doc.language], 9))} ({doc.company})."
    return _reprint(doc, rng, paragraphs=[caption, *doc.paragraphs], title=headline(doc, rng))


def _new_lead(doc: Doc, rng: random.Random) -> Doc:
    lead = _rewrite(doc.paragraphs[0].replace(". ", ", "), doc.language, rng)
    return _reprint(doc, rng, paragraphs=[lead, *doc.paragraphs[1:]], title=headline(doc, rng))


def _excerpt(doc: Doc, rng: random.Random) -> Doc:
    words = " ".join(doc.paragraphs).split()
    return _reprint(doc, rng, paragraphs=[" ".join(words[: rng.randint(25, 90)]) + " …"])


def _middle_cut(doc: Doc, rng: random.Random) -> Doc:
    kept = [doc.paragraphs[0], *doc.paragraphs[-2:]] if rng.random() < 0.5 else doc.paragraphs[::2]
    return _reprint(doc, rng, paragraphs=kept, title=headline(doc, rng))


def _formats(doc: Doc, rng: random.Random) -> Doc:
    text = "\n".join(_words(doc, 0.1, rng))
    for old, new in (("Millionen Euro", "Mio. €"), ("Milliarden", "Mrd."), ("Prozent", "%"), (" percent", "%"),
                     ("million", "mn"), ("zwölf", "12"), ("vier", "4"), ("„", "«"), ("“", "»"), ("EUR ", "€")):  # fmt: skip
        text = text.replace(old, new)
    text = re.sub(r"\b(\d{1,2})\. März", r"\1.03.", text)
    return _reprint(doc, rng, paragraphs=text.split("\n"), title=headline(doc, rng))


def _furniture(doc: Doc, rng: random.Random) -> Doc:
    menu = "Startseite Themen Märkte Köpfe Termine Abo Newsletter Suche Anmelden"
    tail = "Das könnte Sie auch interessieren: " + rng.choice(releases()).paragraphs[0]
    return _reprint(
        doc, rng, paragraphs=[menu, *_words(doc, 0.05, rng), doc.boilerplate, tail], title=headline(doc, rng)
    )


def _dropped_and_moved(doc: Doc, rng: random.Random) -> Doc:
    paragraphs = [" ".join(s for s in SENTENCE.split(p) if rng.random() < 0.65) for p in doc.paragraphs]
    paragraphs = [p for p in paragraphs if p]
    rng.shuffle(paragraphs)
    return _reprint(doc, rng, paragraphs=paragraphs, title=headline(doc, rng))


def _unknown(doc: Doc, rng: random.Random) -> Doc:
    return replace(_scatter(0.2)(doc, rng), issuer_known=False)


def _contact(doc: Doc, rng: random.Random) -> Doc:
    """Each outlet names its own contact; reading did not recognise it."""
    area, number, extension = rng.randrange(200, 999), rng.randrange(10**5, 10**6), rng.randrange(99)
    phone = f"Kontakt: Redaktion, Telefon 0{area} {number}-{extension}, Fax -{extension + 1}"
    return _reprint(doc, rng, paragraphs=[*_words(doc, 0.1, rng), phone], title=headline(doc, rng))


EDITS: dict[str, Edit] = {
    "words 5 %": _scatter(0.05), "words 15 %": _scatter(0.15), "words 30 %": _scatter(0.3),
    "rewritten 20 %": _rewriting(0.2), "rewritten 40 %": _rewriting(0.4), "rewritten 60 %": _rewriting(0.6),
    "truncated to 60 %": _truncate(0.6), "truncated to 35 %": _truncate(0.35), "reordered": _reorder,
    "boilerplate swapped": _swapped_boilerplate, "caption added": _caption, "new lead": _new_lead, "excerpt": _excerpt,
    "middle cut out": _middle_cut, "formats": _formats, "page furniture": _furniture,
    "sentences dropped and moved": _dropped_and_moved, "issuer unknown": _unknown, "contact left in": _contact,
}  # fmt: skip
