"""Identifiers with their check digits: ISIN, WKN, LEI, tickers, the wires' own numbers, DOI. Pure."""

from __future__ import annotations

import re

from aggregator.model import Identifier
from aggregator.reading.markers import lexicon

_RUN = re.compile(r"[A-Z0-9]{12,20}(?![A-Za-z0-9])")
_RUN_OF_12 = re.compile(r"[A-Z0-9]{4}")
_PAIR = re.compile(r":\s?[A-Z0-9]")
_WKN = re.compile(r"\bWKN\b[\s:=/.()-]{0,6}([A-HJ-NP-Z0-9]{6})(?![A-Za-z0-9])")
_DOI = re.compile(r"(?<![\w.])10\.\d{4,9}/[-._;()/:A-Za-z0-9]{2,100}")
_EQS = re.compile(r"\b(?:EQS|DGAP)(?:-| )News(?:-| )ID:?\s{0,3}(\d{5,8})\b")

_WIRE = re.compile(r"presseportal|OTS_|eqs-news|dgap|businesswire|globenewswire|prnewswire|newswire\.ca")
_IN_URL = (
    ("ots", re.compile(r"presseportal\.(?:de|ch)/(?:[a-z]{2}/)?(?:blaulicht/)?pm/(\d+/\d+)")),
    ("ots", re.compile(r"(OTS_\d{8}_OT[SE]\d{4})")),
    ("eqs", re.compile(r"(?:eqs-news|dgap)\.[a-z]+/.*?[/_=-](\d{6,8})(?:[/?.&]|$)")),
    ("eqs", re.compile(r"eqs-news\.com/.*?/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})")),
    ("bw", re.compile(r"businesswire\.com/(?:news/|portal/site/)?home/(\d{14})")),
    ("gnw", re.compile(r"globenewswire\.com/(?:[a-z]{2}/)?news-release/\d{4}/\d\d/\d\d/(\d+)")),
    ("prn", re.compile(r"(?:prnewswire\.(?:com|co\.uk)|newswire\.ca)/.*?-(\d{9})\.html")),
)


def find(text: str, url: str = "", declared: tuple[tuple[str, str], ...] = ()) -> tuple[Identifier, ...]:
    """All identifiers of a text and its addresses, each once, declared ones first.

    `url` may hold several addresses with spaces between. A wrong check digit means that it is no
    identifier (ISO 6166, ISO 17442).
    """
    found = [Identifier(scheme.lower(), value.strip()) for scheme, value in declared if value.strip()]
    if _WIRE.search(url):
        hits = ((scheme, pattern.search(url[:4000])) for scheme, pattern in _IN_URL)
        found += [Identifier(scheme, hit[1]) for scheme, hit in hits if hit]
    # Every third character shows whether there may be a run of twelve: a third of the work.
    if _RUN_OF_12.search(text[::3]):
        found += _securities(text)
    if "WKN" in text:
        found += [Identifier("wkn", hit[1]) for hit in _WKN.finditer(text) if any(map(str.isdigit, hit[1]))]
    before_colons = " ".join(text[max(0, hit.start() - 30) : hit.start()] for hit in _PAIR.finditer(text))
    if before_colons and any(exchange in before_colons for exchange in lexicon().exchanges):
        found += [Identifier("ticker", _ticker(hit)) for hit in lexicon().ticker.finditer(text)]
    if "News" in text:
        found += [Identifier("eqs", hit[1]) for hit in _EQS.finditer(text)]
    if "10." in text:
        found += [Identifier("doi", hit[0].rstrip(".,;)")) for hit in _DOI.finditer(text)]
    return tuple(dict.fromkeys(found))


def _securities(text: str) -> list[Identifier]:
    found = []
    for hit in _RUN.finditer(text):
        code, before = hit[0], text[hit.start() - 1 : hit.start()]
        if before.isalnum():
            continue
        if len(code) == 12 and is_isin(code):
            found.append(Identifier("isin", code))
        elif len(code) == 20 and is_lei(code):
            found.append(Identifier("lei", code))
    return found


def _ticker(hit: re.Match[str]) -> str:
    return f"{hit[1].split()[0].upper()}:{hit[2].rstrip('.')}"


def is_isin(code: str) -> bool:
    """ISO 6166: two letters, letters as numbers 10 to 35, then the Luhn sum."""
    if not (code[:2].isalpha() and code[-1].isdigit()):
        return False
    digits = "".join(str(int(c, 36)) for c in code)
    total = 0
    for index, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if index % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_lei(code: str) -> bool:
    """ISO 17442: letters as numbers, the whole modulo 97 is 1."""
    return code[-2:].isdigit() and int("".join(str(int(c, 36)) for c in code)) % 97 == 1
