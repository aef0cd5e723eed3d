"""Configured companies, found in texts, by name and by their own domain.

Knows nothing of issuers or roles.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlsplit

from aggregator.companies import legal_forms
from aggregator.companies._data import words_of
from aggregator.companies.mining import is_shouting, line_around
from aggregator.companies.names import WORD, Names, name_key
from aggregator.companies.words import Words
from aggregator.model import Company
from aggregator.text import key


@dataclass(frozen=True, slots=True)
class Hit:
    """A configured name in a text."""

    company: str
    start: int
    end: int
    weak: bool
    """An ambiguous name that nothing beside it confirms."""


@dataclass(slots=True)
class Gazetteer:
    """The operator's companies. Picklable: it travels as its companies and is indexed where it arrives."""

    companies: Sequence[Company]
    by_id: Mapping[str, Company] = field(init=False)
    _found: Names = field(init=False, repr=False, default_factory=Names)
    _names: dict[str, str] = field(init=False, repr=False, default_factory=dict)
    _domains: dict[str, str] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.by_id = {company.id: company for company in self.companies}
        for company in self.companies:
            self._add(company)

    def __reduce__(self) -> tuple[type[Gazetteer], tuple[Sequence[Company]]]:
        return Gazetteer, (self.companies,)

    def resolve(self, name: str) -> Company | None:
        """The company of this id, name, alias or legal name, with or without its legal form."""
        if name in self.by_id:
            return self.by_id[name]
        bare, form = legal_forms.split(name)
        found = self._names.get(name_key(name)) or self._names.get(name_key(bare))
        if not found or (form and self._has_other_form(self.by_id[found], form)):
            return None
        return self.by_id[found]

    def by_host(self, url: str) -> Company | None:
        """The company whose own domain an address belongs to."""
        host = host_of(url)
        while host:
            if host in self._domains:
                return self.by_id[self._domains[host]]
            host = host.partition(".")[2]
        return None

    def find(self, text: str) -> list[Hit]:
        """The companies named in one text, ambiguous ones only where the text itself confirms them."""
        hits = self.scan(text)
        sure = {hit.company for hit in hits if not hit.weak} | self.confirmed(text)
        return [hit for hit in hits if not hit.weak or (hit.company in sure and not shouts(text, hit.start))]

    def scan(self, text: str, words: Words | None = None) -> list[Hit]:
        """All names, leftmost and longest first; `words` are those of the text, where known."""
        return [
            Hit(name.company, start, end, name.weak and not _has_cue(text, start, end))
            for start, end, name in self._found.scan(text, words)
            if name.company
        ]

    def confirmed(self, text: str) -> set[str]:
        """Ambiguous companies whose ISIN, ticker, LEI or domain stands in a text."""
        return {c.id for c in self.companies if c.ambiguous and any(mark in text for mark in _marks(c))}

    def _has_other_form(self, company: Company, form: str) -> bool:
        """``Merck KGaA`` is not ``Merck & Co., Inc.``: same name, other legal form, other company."""
        own = {name_key(f) for n in (company.name, *company.aliases) if (f := legal_forms.split(n)[1])}
        return bool(own) and name_key(form) not in own

    def _add(self, company: Company) -> None:
        for written in (company.name, *company.aliases):
            bare, form = legal_forms.split(written)
            for name, with_form in ((written, bool(form)), (bare, False)):
                self._names.setdefault(name_key(name), company.id)
                self._found.add(company.id, name, weak=company.ambiguous and not with_form)
        for phrase in company.exclude:
            self._found.add("", phrase)
        for domain in company.domains:
            self._domains.setdefault(host_of(domain), company.id)


# Most addresses; the others (capitals, ports, names and passwords) are taken apart with more care.
_PLAIN_URL = re.compile(r"https?://([a-z0-9.-]+)(?=[/?#]|$)")


@lru_cache(maxsize=4096)
def host_of(url: str) -> str:
    """The host of an address or a bare domain, without ``www.``; empty where there is none."""
    if (plain := _PLAIN_URL.match(url)) is not None:
        return plain[1].rstrip(".").removeprefix("www.")
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
    return host.rstrip(".").removeprefix("www.")


def shouts(text: str, at: int) -> bool:
    """Whether the line at this offset is written in capitals."""
    start, end = line_around(text, at, at)
    return is_shouting(text[start:end])


def _has_cue(text: str, start: int, end: int) -> bool:
    """Whether the words beside an ambiguous name say that a company is meant."""
    found = re.match(r"[ \u00a0,]{1,2}", text[end : end + 2])
    if found and legal_forms.in_text().match(text, end + found.end()):
        return True
    if shouts(text, start):
        return False
    right = WORD.match(text[end : end + 40].lstrip(" -‑’'"))
    if right and key(right[0]) in _cues("right"):
        return True
    left = WORD.findall(text[max(0, start - 40) : start])
    return any(key(word) in _cues("left") for word in left[-2:])


@lru_cache(maxsize=2)
def _cues(side: str) -> frozenset[str]:
    return frozenset(map(key, words_of("cues", side)))


def _marks(company: Company) -> tuple[str, ...]:
    """Strings that stand for one company only. A bare ticker symbol is too short to be one."""
    tickers = tuple(
        f"{market}: {symbol}" for market, _, symbol in (t.partition(":") for t in company.tickers)
    )
    return tuple(m for m in (*company.isin, company.lei, *company.tickers, *tickers, *company.domains) if m)
