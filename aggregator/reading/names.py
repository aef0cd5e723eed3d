"""Names in headings and source lines: which words are the name, and whether it is one. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from aggregator.reading.markers import lexicon
from aggregator.text import fold

_MAX_WORDS = 12
_SEPARATORS = frozenset({":", "–", "—", "-", "|"})
_NUMBER = re.compile(r"\d[\d.,']*(?:\s|%|$)")


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a boilerplate."""

    name: str
    """Without article; empty for "about us"."""
    glued: bool
    """Whether the text stands in the same line."""
    certain: bool
    """Whether the name comes again at once, or ends in a legal form."""


def head(rest: str, articles: frozenset[str], following: str) -> Heading | None:
    """Read what follows ``Über`` / ``About``; None where it is no heading.

    `following` is the next paragraph: a heading's name comes again in its first words.
    """
    words = rest.strip(" \t:").split()
    if not words or rest.lstrip()[:1] in ",.;)":
        return None
    if words[0].lower() in articles and len(words) > 1:
        words = words[1:]
    sizes = [size for size in (_repeated(words, articles), _until_colon(words)) if size]
    size = min(sizes) if sizes else _until_form(words)
    if size and size < len(words):
        name = tidy(" ".join(words[:size]))
        return Heading(name, True, True) if _is_name(name, certain=True) else None
    return _alone(words, rest, following)


def _alone(words: list[str], rest: str, following: str) -> Heading | None:
    name = tidy(" ".join(words))
    ends = rest.rstrip()[-1:]
    form = any(_form_at(words, i) == len(words) - i for i in range(max(0, len(words) - 4), len(words)))
    if len(words) > _MAX_WORDS or len(name) > 90 or (ends in ".!?,;" and not form):
        return None
    start = fold(following[:300])
    first = fold(core(words[0]))
    certain = bool(form) or (len(first) > 1 and re.search(rf"(?<!\w){re.escape(first)}", start) is not None)
    if _NUMBER.match(name) and not (certain and len(words) > 1 and not _NUMBER.match(following)):
        return None
    return Heading(_as_spelt(name, following), False, certain) if _is_name(name, certain=certain) else None


def _as_spelt(name: str, text: str) -> str:
    """A name in capitals as the text spells it, where it begins with the same words."""
    if not name.isupper() or len(name) < 5:
        return name
    at = fold(text[:120]).find(fold(name))
    found = text[at : at + len(name)]
    return found if at >= 0 and fold(found) == fold(name) and not found.isupper() else name


def core(word: str) -> str:
    return word.strip("„“”\"'’,.:;()»«")


def _same(a: str, b: str) -> bool:
    left, right = fold(core(a)), fold(core(b))
    return bool(left) and (
        left == right or (len(left) > 3 and right in (left + "s", left + "'s", left + "’s"))
    )


def _repeated(words: list[str], articles: frozenset[str]) -> int:
    """``Muster Technik GmbH Die Muster Technik GmbH ist``: 3, the words before the name comes again."""
    for size in range(1, min(_MAX_WORDS, len(words) - 1) + 1):
        at = size
        while at < len(words) - 1 and (words[at] in _SEPARATORS or words[at].lower() in articles):
            at += 1
        if not _same(words[0], words[at]):
            continue
        single = size == 1 or bool(_form_at(words, size - 1)) or words[size - 1].endswith((":", ".", ")"))
        if single or (at + 1 < len(words) and _same(words[1], words[at + 1])) or words[at] != words[size]:
            return size
    return 0


def _until_colon(words: list[str]) -> int:
    """``Muster Technik: Die Firma ...``; "Over de voorwaarden zijn de meesten het eens: ..." is a sentence."""
    for index, word in enumerate(words[:_MAX_WORDS]):
        if word.endswith(":") and index + 1 < len(words):
            small = sum(w[0].islower() and w not in lexicon().particles for w in words[: index + 1])
            return index + 1 if small <= 1 and not words[0][0].islower() else 0
    return 0


def _until_form(words: list[str]) -> int:
    """``Muster GmbH Seit 1950 ...``: a legal form, and a new sentence behind it."""
    for index in range(min(_MAX_WORDS, len(words) - 1)):
        width = _form_at(words, index)
        if not width or index == 0:
            continue
        end = index + width
        if end >= len(words):
            return end
        following = words[end]
        if following[:1].isupper() and (len(words) - end > 4):
            return end
        if following[:1].islower():
            return 0
    return 0


@cache
def _forms() -> dict[str, list[list[str]]]:
    table: dict[str, list[list[str]]] = {}
    for form in sorted(lexicon().legal_forms, key=len, reverse=True):
        parts = form.split()
        table.setdefault(parts[0], []).append(parts)
    return table


def _form_at(words: list[str], index: int) -> int:
    """How many words the legal form that begins here (or ends here, for the last word) takes."""
    word = words[index].rstrip(",:;)")
    for parts in _forms().get(word, ()):
        have = [w.rstrip(",:;)") for w in words[index : index + len(parts)]]
        if have == [p.rstrip(",") for p in parts]:
            return len(parts)
    return 0


def repeats(name: str, text: str, articles: frozenset[str]) -> bool:
    """Whether a text begins with this name of at most six words, with or without an article."""
    words, start = name.split(), text.split()[:8]
    if start and start[0].lower() in articles:
        start = start[1:]
    if words and words[0].lower() in articles:
        words = words[1:]
    if not 1 <= len(words) <= 6 or len(start) <= len(words) or not words[0][:1].isupper():
        return False
    return all(_same(a, b) for a, b in zip(words, start, strict=False))


def issuer(text: str) -> str:
    """The organisation of a source line: ``Muster GmbH, Hamburg`` is Muster GmbH."""
    name = tidy(text)
    first = name.partition(",")[0].strip()
    return first if first != name and ends_in_form(first) else name


def ends_in_form(line: str) -> bool:
    """Whether a short line is a company's name and nothing else: it ends in a legal form."""
    words = line.split()
    sizes = ((i, _form_at(words, i)) for i in range(1, len(words))) if len(words) <= 8 else ()
    return any(size and i + size == len(words) for i, size in sizes)


def _is_name(name: str, *, certain: bool) -> bool:
    first = name[:1]
    return (
        bool(name)
        and (first.isupper() or certain or (first.isdigit() and certain))
        and any(c.isalpha() for c in name)
    )


_TRAILING = re.compile(
    r"\s*\((?:https?:|www\.|[^()]*(?:NYSE|NASDAQ|Nasdaq|XETRA|ISIN|WKN|LSE|SIX)[^()]*)[^()]*\)?$"
)
_TAIL_WORDS = re.compile(r"\s*(?:,?\s+(?:übermittelt|transmitted)\b.*|\s[|]\s.*)$")


def tidy(name: str) -> str:
    """A name without brackets of addresses and tickers, quotation marks and final signs."""
    name = _TAIL_WORDS.sub("", _TRAILING.sub("", name.strip()))
    name = name.strip(" \t:–—-|„“”\"'»«*").rstrip(",;")
    if name.endswith(".") and not re.search(r"(?:\b\w{1,4}\.|\.\w+\.)$", name):
        name = name[:-1]
    return name.strip()


def organisation(text: str) -> bool:
    """Whether the rest of a source line can name an organisation, and no source of figures."""
    name = tidy(text)
    words = name.split()
    if (
        not 1 <= len(words) <= 12
        or len(name) > 100
        or not any(w[:1].isupper() or w[:1].isdigit() for w in words)
    ):
        return False
    folded = fold(name)
    if re.match(r"(?:https?://|www\.)", folded) or re.fullmatch(r"[\w.-]+\.[a-z]{2,6}(?:/\S*)?", folded):
        return False
    return not lexicon().statistics.search(folded)
