"""Synthetic press feeds, the same ones on every machine: feed ``i``, items ``from`` to ``to``.

Every feed is one invented company; odd feeds are English, even ones German. A release has about
3.2 kB of text; a feed of 20 items with description and content:encoded has about 85 kB.
"""

from __future__ import annotations

import random
import tomllib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

SEED = 2026
ITEMS = 20
FIRST = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)


@cache
def words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def feed(number: int, first: int, host: str) -> bytes:
    """RSS 2.0 of feed ``number`` with the items ``first`` to ``first + ITEMS - 1``, newest on top."""
    company = _company(number)
    items = "".join(_item(number, item, host) for item in range(first + ITEMS - 1, first - 1, -1))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{escape(company['name'])}</title><link>{host}/</link>"
        f"<description>News</description><language>{_language(number)}</language>"
        f"{items}</channel></rss>\n"
    ).encode()


def release(number: int, item: int) -> tuple[str, list[str]]:
    """Title and paragraphs of one release."""
    draw = random.Random(f"{SEED}/{number}/{item}")
    company, terms = _company(number), words()[_language(number)]
    when = _date(number, item)
    title = f"{company['name']}: {_sentence(draw, terms)[:-1]}"
    dateline = terms["dateline"].format(
        place=company["place"], day=when.day, month=when.month, year=when.year
    )
    body = [" ".join(_sentence(draw, terms) for _ in range(draw.randint(2, 6))) for _ in range(5)]
    quote = terms["quoted"].format(
        text=_sentence(draw, terms)[:-1], person=company["person"], name=company["name"]
    )
    return title, [dateline, *body[:2], quote, *body[2:], company["about"]]


@cache
def _company(number: int) -> dict[str, str]:
    draw, all_words = random.Random(f"{SEED}/{number}"), words()
    name = draw.choice(all_words["name_starts"]) + draw.choice(all_words["name_ends"])
    # The number keeps 500 invented firms apart from one another.
    name = f"{name}{number} {draw.choice(all_words['trades'])} {draw.choice(all_words['forms'])}"
    terms, place = all_words[_language(number)], draw.choice(all_words["places"])
    noun, other = draw.sample(terms["nouns"], 2)
    about = terms["about"].format(name=name, place=place, noun=noun, other=other, n=draw.randint(40, 9000))
    return {"name": name, "place": place, "person": draw.choice(all_words["people"]), "about": about}


def _sentence(draw: random.Random, terms: dict[str, Any]) -> str:
    parts = [draw.choice(terms["starts"])] if draw.random() < 0.5 else []
    for position in range(draw.randint(2, 4)):
        if position:
            parts.append(draw.choice(terms["joins"]))
        parts += [draw.choice(terms["adjectives"]), _noun(draw, terms), draw.choice(terms["verbs"])]
        if draw.random() < 0.3:
            parts.append(str(draw.randint(2, 9999)))
        parts += [draw.choice(terms["adjectives"]), _noun(draw, terms)]
    text = " ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _noun(draw: random.Random, terms: dict[str, Any]) -> str:
    """Mostly a compound: 60 nouns alone would make unrelated releases share too many runs of words."""
    first, second = draw.sample(terms["nouns"], 2)
    compound: str = terms["compound"].format(first=first, second=second, lower=second.lower())
    return compound if draw.random() < 0.7 else str(first)


def _item(number: int, item: int, host: str) -> str:
    title, paragraphs = release(number, item)
    link = f"{host}/news/{item}"
    html = "".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in paragraphs)
    return (
        f"<item><title>{escape(title)}</title><link>{link}</link><guid>{link}</guid>"
        f"<pubDate>{format_datetime(_date(number, item))}</pubDate>"
        f"<description>{escape(paragraphs[1][:400])}</description>"
        f"<content:encoded><![CDATA[{html}]]></content:encoded></item>"
    )


def _language(number: int) -> str:
    return "en" if number % 2 else "de"


def _date(number: int, item: int) -> datetime:
    return FIRST + timedelta(days=item, minutes=number)
