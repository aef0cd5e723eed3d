"""When two numbers in corresponding places contradict each other, and when they say the same."""

from __future__ import annotations

from collections import Counter

from rapidfuzz.distance import OSA

from aggregator.matching.tokens import without_year


def differing(one: list[str], two: list[str]) -> list[tuple[str, str]]:
    """Pairs of numbers that stand in corresponding places of two texts and are not the same.

    What both have is taken out first, so that a moved number is no difference.
    """
    rest_one, rest_two = _rest(one, two), _rest(two, one)
    return [pair for pair in zip(rest_one, rest_two, strict=False) if not same(*pair)]


def _rest(own: list[str], other: list[str]) -> list[str]:
    """The numbers of `own` that `other` has not, in order."""
    left = Counter(other)
    out = []
    for word in own:
        if left[word] > 0:
            left[word] -= 1
        else:
            out.append(word)
    return out


def is_date(word: str) -> bool:
    """Whether a token is a date, a month or a weekday."""
    return word.count("-") == 2 or word.startswith(("month:", "weekday:"))


def same(one: str, two: str) -> bool:
    """Whether two tokens can be one statement.

    A date with and without its year or day; a value with and without its power of ten (``341.2``
    in a table headed "million"); a date beside a number, which are no replacement of each other.
    """
    if is_date(one) or is_date(two):
        return is_date(one) != is_date(two) or _same_date(one, two)
    return _digits(one) == _digits(two) and _thousandfold(one, two)


def _thousandfold(one: str, two: str) -> bool:
    """Whether two values differ by the factor thousand, million or billion."""
    try:
        small, large = sorted((float(one), float(two)))
    except ValueError:
        return False
    return small > 0 and any(abs(large / small / 10**power - 1) < 1e-9 for power in (3, 6, 9, 12))


def _same_date(one: str, two: str) -> bool:
    if one.startswith("weekday:") or two.startswith("weekday:"):
        return one.startswith("weekday:") != two.startswith("weekday:")
    if one.startswith("month:") or two.startswith("month:"):
        return _month(one) == _month(two)
    yearless = one.startswith("0-") or two.startswith("0-")
    return yearless and without_year(one) == without_year(two)


def _month(word: str) -> str:
    return word[-2:] if word.startswith("month:") else word.split("-")[1]


def _digits(word: str) -> str:
    return word.replace(".", "").strip("0")


def rounded(one: str, two: str) -> bool:
    """Whether one value is the other, said with fewer digits: ``400`` for ``402.6``, ``11.4`` for ``11.352``."""
    try:
        x, y = float(one), float(two)
    except ValueError:
        return False
    rough, exact = sorted((_digits(one), _digits(two)), key=len)
    if not rough or not len(rough) < len(exact) or len(rough) > 3 or 1900 <= max(x, y) <= 2100:
        return False
    value = x if _digits(one) == exact else y
    return float(f"{value:.{len(rough) - 1}e}") == (y if value == x else x)


def worlds_apart(one: str, two: str) -> bool:
    """Whether one value is at least fifty times the other."""
    try:
        small, large = sorted((float(one), float(two)))
    except ValueError:
        return False
    return small >= 0 and large >= 50 * max(small, 1.0)


def slip(one: str, two: str) -> bool:
    """Whether one token is the other with a character misread, lost or doubled, or with its end cut off, or holds
    letters, as no figure does that was read well."""
    if one.isalpha() or two.isalpha() or is_date(one) != is_date(two):
        return False
    garbled = not is_date(one) and any(any(c.isalpha() for c in token) for token in (one, two))
    return (
        garbled or one.startswith(two) or two.startswith(one) or OSA.distance(one, two, score_cutoff=1) <= 1
    )
