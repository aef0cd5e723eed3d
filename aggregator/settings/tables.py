"""The keys of the four files, and what each may hold; the field names of `model` are the keys.

A new key is one line here, one field there, and one row of `docs/configuration.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from aggregator import model
from aggregator.settings import values as v
from aggregator.settings.addresses import web_address


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of TOML table."""

    noun: str
    """What it is called in messages, and its heading in the file."""
    keys: Mapping[str, v.Check]
    required: Mapping[str, str]
    """Key to an example line."""


def adapter(value: Any) -> str:
    from aggregator.adapters import names

    name = v.filled(value)
    if name not in names():
        raise v.WrongError(f"there is no such adapter; {v.meant(name, names())}")
    return name


def public_address(value: Any) -> str:
    """The address under which the feeds are served: no query, no fragment, no final slash."""
    url = web_address(value)
    if "?" in url or "#" in url:
        raise v.WrongError("write the address without ? and #")
    return url.rstrip("/")


def contact(value: Any) -> str:
    """It goes into a header of every request, so it is plain ASCII."""
    made = v.text(value)
    if not made.isascii() or "(" in made or ")" in made:
        raise v.WrongError('write a page or an e-mail address, as in "https://www.example.com/feeds"')
    return made


def kinds(value: Any) -> tuple[str, ...]:
    """Kinds of release that the program tells apart."""
    from aggregator.topics import KINDS

    made: tuple[str, ...] = v.choices(*KINDS)(value)
    return made


def weights(value: Any) -> dict[str, float]:
    """Weights by part of the release; parts that are not named keep their default."""
    parts = model.DEFAULT_WEIGHTS
    if not isinstance(value, dict):
        raise v.WrongError("write a table of numbers, as in { title = 4, body = 1 }")
    for part in value:
        if part not in parts:
            raise v.WrongError(f'there is no part "{part}"; {v.meant(part, parts)}', shown=v.show(value))
    return {**parts, **{part: v.number(0, 100)(weight) for part, weight in value.items()}}


def locators(texts: tuple[str, ...]) -> None:
    """Refuse what is neither a CSS selector nor an XPath expression."""
    from aggregator.adapters.recipes import check_locator

    for said in texts:
        if said and (wrong := check_locator(said)):
            raise v.WrongError(
                f'{wrong}; write one as in ".news-list > li" or "time@datetime"', shown=v.show(said)
            )


languages = v.all_matching(r"[a-z]{2,3}", 'write languages without a region, as in ["de", "en"]')


SETTINGS = Table(
    noun="setting",
    keys={
        "title": v.filled,
        "base_url": public_address,
        "language": v.language,
        "timezone": v.zone,
        "author": v.text,
        "languages": languages,
        "series": v.choice(*get_args(model.SeriesMode)),
        "series_days": v.whole(1, 400),
        "feed_entries": v.whole(1, 1000),
        "feed_max_bytes": v.size(10_000, 100_000_000),
        "contact": contact,
        "every": v.interval,
        "every_least": v.interval,
        "every_most": v.interval,
        "concurrency": v.whole(1, 1000),
        "per_host": v.whole(1, 16),
        "pace": v.number(0, 60, "seconds"),
        "deadline": v.number(1, 300, "seconds"),
        "max_bytes": v.size(1_000, 100_000_000),
        "websub": v.flag,
    },
    required={},
)

SOURCE = Table(
    noun="source",
    keys={
        "id": v.ident,
        "adapter": adapter,
        "url": v.filled,
        "title": v.text,
        "role": v.choice(*get_args(model.SourceRole)),
        "company": v.text,
        "every": v.interval,
        "language": v.language,
        "timezone": v.zone,
        "day_first": v.flag,
        "topics": v.idents,
        "content": v.choice("full", "lead"),
        "allow_private": v.flag,
        "paused": v.flag,
        "keep": v.texts,
        "recipe": lambda value: value,  # its own table
        "allow": v.texts,
        "skip": v.texts,
        "follow": v.choice("auto", "always", "never"),
        "cron": v.cron,
        "hours": v.hours,
        "robots": v.flag,
        "options": v.options,
    },
    required={"id": 'id = "wilo"', "url": 'url = "https://www.example.com/news.rss"'},
)

RECIPE = Table(
    noun="recipe",
    keys={
        "data": v.text,
        "items": v.one_or_more,
        "url": v.one_or_more,
        "title": v.one_or_more,
        "published": v.one_or_more,
        "deck": v.one_or_more,
        "content": v.one_or_more,
        "next": v.one_or_more,
    },
    required={"items": 'items = [".news-list > li"]'},
)

COMPANY = Table(
    noun="company",
    keys={
        "id": v.ident,
        "name": v.filled,
        "aliases": v.texts,
        "kind": v.choice(*get_args(model.CompanyKind)),
        "parent": v.ident_or_empty,
        "ambiguous": v.flag,
        "domains": v.all_matching(
            r"[a-z0-9-]+(\.[a-z0-9-]+)+", 'write the host alone, in small letters, as in "wilo.com"'
        ),
        "isin": v.all_matching(r"[A-Z]{2}[A-Z0-9]{9}[0-9]", 'write 12 characters, as in "DE0007236101"'),
        "tickers": v.all_matching(r"[A-Z0-9]+:[A-Z0-9.\-]+", 'write exchange and symbol, as in "XETRA:SIE"'),
        "lei": v.matching(r"[A-Z0-9]{18}[0-9]{2}", "write the 20 characters of the LEI"),
        "wikidata": v.matching(r"Q[1-9][0-9]*", 'write the item number, as in "Q81230"'),
        "exclude": v.texts,
        "series": v.choice(*get_args(model.SeriesMode)),
        "languages": languages,
    },
    required={"id": 'id = "wilo"', "name": 'name = "WILO SE"'},
)

TOPIC = Table(
    noun="topic",
    keys={
        "id": v.ident,
        "title": v.filled,
        "iptc": v.all_matching(r"medtop:[0-9]{8}", 'write IPTC Media Topic ids, as in "medtop:20000316"'),
        "any": v.texts,
        "all": v.texts,
        "none": v.texts,
        "phrases": v.texts,
        "near": lambda value: value,  # its own tables, read one by one
        "compound": v.choice("off", "head", "tail", "both"),
        "except": v.texts,
        "weights": weights,
        "min_score": v.number(0.1, 1000),
        "langs": languages,
        "companies": v.idents,
        "roles": v.choices(*get_args(model.Role)),
        "kinds": kinds,
        "series": v.choice(*get_args(model.SeriesMode)),
        "languages": languages,
    },
    required={"id": 'id = "aluminium"', "title": 'title = "Aluminium"'},
)

NEAR = Table(
    noun="near",
    keys={"a": v.some, "b": v.some, "within": v.whole(1, 200), "ordered": v.flag},
    required={"a": 'a = ["Industriepark"]', "b": 'b = ["Aluminium"]'},
)
