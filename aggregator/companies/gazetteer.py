"""Configured companies, found in texts and by name.

A text is looked at word by word: the first word of a name is a dictionary look-up, so that the cost
follows the length of the text and not the number of companies. Word boundaries, possessives and
hyphen compounds are then properties of the words: ``Wilopark`` is another word than ``Wilo``.

Knows nothing of issuers or roles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from urllib.parse import urlsplit

from aggregator.companies import legal_forms
from aggregator.companies._data import words_of
from aggregator.companies.mining import is_shouting
from aggregator.companies.words import WORD, key, places
from aggregator.model import Company

_LINK = re.compile(r"[@/\\]")


@dataclass(frozen=True, slots=True)
class Name:
    """One spelling under which one company is looked for."""

    company: str
    """Id; empty for a phrase in which no company is meant."""
    written: str
    keys: tuple[str, ...]
    gaps: tuple[str, ...]
    """What stands between the words, without spaces and hyphens."""
    weak: bool
    """Too ordinary a word to count alone."""


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
    """The operator's companies. Picklable; the indexes are built when first used."""

    companies: Sequence[Company]
    by_id: Mapping[str, Company] = field(init=False)
    _starts: dict[str, list[Name]] = field(init=False, repr=False, default_factory=dict)
    _names: dict[str, str] = field(init=False, repr=False, default_factory=dict)
    _domains: dict[str, str] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.by_id = {company.id: company for company in self.companies}
        for company in self.companies:
            self._add(company)
        for names in self._starts.values():
            names.sort(key=lambda name: (-len(name.keys), -len(name.written)))

    def __reduce__(self) -> tuple[type[Gazetteer], tuple[Sequence[Company]]]:
        # The companies are small; what is made of them is not.
        return Gazetteer, (self.companies,)

    # -- by name and by place ------------------------------------------------------------------

    def resolve(self, name: str) -> Company | None:
        """The company of this name, alias or legal name, with or without its legal form, or id."""
        if name in self.by_id:
            return self.by_id[name]
        bare, form = legal_forms.split(name)
        found = self._names.get(name_key(name)) or self._names.get(name_key(bare))
        if not found or (form and self._has_other_form(self.by_id[found], form)):
            return None
        return self.by_id[found]

    def _has_other_form(self, company: Company, form: str) -> bool:
        """``Merck KGaA`` is not ``Merck & Co., Inc.``: same name, other legal form, other company."""
        own = {name_key(f) for n in (company.name, *company.aliases) if (f := legal_forms.split(n)[1])}
        return bool(own) and name_key(form) not in own

    def by_host(self, url: str) -> Company | None:
        """The company whose own domain an address belongs to."""
        host = host_of(url)
        while host:
            if host in self._domains:
                return self.by_id[self._domains[host]]
            host = host.partition(".")[2]
        return None

    # -- in texts --------------------------------------------------------------------------------

    def find(self, text: str) -> list[Hit]:
        """The companies named in one text, ambiguous ones only where the text itself confirms them."""
        hits = self.scan(text)
        sure = {hit.company for hit in hits if not hit.weak} | self.confirmed(text)
        return [hit for hit in hits if not hit.weak or (hit.company in sure and not shouts(text, hit.start))]

    def scan(self, text: str, words: Iterable[str] | None = None) -> list[Hit]:
        """All names, leftmost and longest first; `words` are the distinct words of the text."""
        if not self._starts:
            return []
        spans: list[tuple[int, int, Name]] = []
        for word in words if words is not None else set(WORD.findall(text)):
            names = self._named(key(word))
            if names:
                for at in places(text, word):
                    spans.extend((at, end, name) for name in names if (end := _end(text, at, name)) > at)
        return self._leftmost_longest(text, spans)

    def confirmed(self, text: str) -> set[str]:
        """Companies whose ISIN, ticker, LEI or domain stands in a text."""
        return {
            company.id
            for company in self.companies
            if company.ambiguous and any(mark in text for mark in _marks(company))
        }

    def _named(self, word: str) -> list[Name]:
        names = self._starts.get(word, [])
        if word.endswith("s") and (plain := self._starts.get(word[:-1])):
            return names + [name for name in plain if len(name.keys) == 1]
        return names

    def _leftmost_longest(self, text: str, spans: list[tuple[int, int, Name]]) -> list[Hit]:
        spans.sort(key=lambda span: (span[0], -span[1]))
        hits, done = [], 0
        for start, end, name in spans:
            if start < done:
                continue
            done = end
            if name.company:
                weak = name.weak and not _has_cue(text, start, end)
                hits.append(Hit(name.company, start, end, weak))
        return hits

    # -- building --------------------------------------------------------------------------------

    def _add(self, company: Company) -> None:
        for written in (company.name, *company.aliases):
            bare, form = legal_forms.split(written)
            for name, with_form in ((written, bool(form)), (bare, False)):
                self._names.setdefault(name_key(name), company.id)
                self._index(company.id, name, weak=company.ambiguous and not with_form)
        for phrase in company.exclude:
            self._index("", phrase, weak=False)
        for domain in company.domains:
            self._domains.setdefault(host_of(domain), company.id)

    def _index(self, company: str, written: str, *, weak: bool) -> None:
        found = list(WORD.finditer(written))
        if not found:
            return
        gaps = tuple(_gap(written[a.end() : b.start()]) for a, b in pairwise(found))
        name = Name(company, written, tuple(key(m[0]) for m in found), gaps, weak)
        names = self._starts.setdefault(name.keys[0], [])
        if name not in names:
            names.append(name)


@lru_cache(maxsize=20_000)
def name_key(name: str) -> str:
    """What two spellings of a name have in common: ``WILO-Gruppe`` = ``Wilo Gruppe``."""
    return " ".join(key(word) for word in WORD.findall(name))


def host_of(url: str) -> str:
    """The host of an address or a bare domain, without ``www.``; empty where there is none."""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
    return host.rstrip(".").removeprefix("www.")


def shouts(text: str, at: int) -> bool:
    """Whether the line at this offset is written in capitals."""
    end = text.find("\n", at)
    return is_shouting(text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)])


def _gap(between: str) -> str:
    return "".join(between.replace("-", " ").replace("‑", " ").split())


def _end(text: str, at: int, name: Name) -> int:
    """Where the name ends that starts here, or -1 where it does not stand here."""
    if at and (_LINK.match(text[at - 1]) or (text[at - 1] == "." and at > 1 and text[at - 2].isalnum())):
        return -1
    if at > 1 and text[at - 1] in "-‑" and not _may_precede(text, at - 1):
        return -1
    end, last = at, len(name.keys) - 1
    for index, wanted in enumerate(name.keys):
        found = WORD.match(text, end)
        if found is None:
            return -1
        word = key(found[0])
        if word != wanted and not (index == last and _is_possessive(word, wanted)):
            return -1
        end = found.end()
        if index < last and (end := _after_gap(text, end, name.gaps[index])) < 0:
            return -1
    return end if _fits_case(text[at:end], name.written) and _may_follow(text, end) else -1


def _after_gap(text: str, at: int, gap: str) -> int:
    """The next word's offset, if what stands before it is what the name has there."""
    found = WORD.search(text, at)
    if found is None or found.start() - at > 4:
        return -1
    between = text[at : found.start()]
    if "\n" in between or _gap(between) != gap or (gap == "." and between != "."):
        return -1
    return found.start()


def _is_possessive(word: str, wanted: str) -> bool:
    return (
        len(word) == len(wanted) + 1
        and word.endswith("s")
        and word[:-1] == wanted
        and wanted[-1] not in "sxz"
    )


def _may_precede(text: str, hyphen: int) -> bool:
    """``Ex-Siemens`` names Siemens; ``Mercedes-Benz`` names no company Benz."""
    before = text[max(0, hyphen - 12) : hyphen]
    found = re.search(r"\w+$", before)
    return found is None or found[0].lower() in words_of("cues", "prefixes")


def _may_follow(text: str, end: int) -> bool:
    """A domain (``wilo.com``) or an address (``wilo@``) is no mention."""
    if end >= len(text):
        return True
    return text[end] != "@" and not (text[end] == "." and end + 1 < len(text) and text[end + 1].isalnum())


def _fits_case(found: str, written: str) -> bool:
    """The case rule: a capitalised name starts with a capital, a short one in capitals stays so."""
    first = written[0]
    if first.isupper() and not found[0].isupper():
        return False
    letters = [c for c in written if c.isalpha()]
    if 0 < len(letters) <= 4 and all(map(str.isupper, letters)):
        return all(c.isupper() for c in found[: len(written)] if c.isalpha())
    return True


def _has_cue(text: str, start: int, end: int) -> bool:
    """Whether the words beside an ambiguous name say that a company is meant."""
    if shouts(text, start):
        return False
    after = text[end : end + 40]
    found = re.match(r"[ \u00a0,]{1,2}", after)
    if found and legal_forms.in_text().match(after, found.end()):
        return True
    right = WORD.match(after.lstrip(" -‑’'"))
    if right and key(right[0]) in _cues("right"):
        return True
    left = WORD.findall(text[max(0, start - 40) : start])
    return any(key(word) in _cues("left") for word in left[-2:])


@lru_cache(maxsize=2)
def _cues(side: str) -> frozenset[str]:
    return frozenset(map(key, words_of("cues", side)))


def _marks(company: Company) -> tuple[str, ...]:
    tickers = tuple(
        f"{market}: {symbol}" for market, _, symbol in (t.partition(":") for t in company.tickers)
    )
    return tuple(m for m in (*company.isin, company.lei, *company.tickers, *tickers, *company.domains) if m)
