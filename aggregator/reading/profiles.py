"""Whether a paragraph is a company's profile, by what it tells: a boilerplate without a heading. Pure.

The kinds of facts that profiles give (founding, head count, seat, trade, reach) are data, `profile_facts` and
`profile_words` in `data/lexicon.toml`.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from aggregator.reading import names
from aggregator.reading.language import small_words
from aggregator.reading.markers import lexicon
from aggregator.text import fold

_FIRST_WORDS = 12
_OPENING = re.compile(r"^(?:[^\W\d_]{1,12}['’]\s?|[^\W\d_]{3,12}\b[^,.]{0,40},\s*)")
"""What may stand before the name: an elided article, "Founded in 1978, "."""


@cache
def _signs() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(lexicon().profile_words)})")


def tells_of_company(text: str) -> bool:
    """Whether a text uses a word of company profiles at all."""
    return _signs().search(fold(text)) is not None


def facts(text: str, before: str) -> int:
    """How many kinds of facts a paragraph gives of the organisation that it begins with; 0 where it begins with
    none. The text before it names the organisation too, or its name ends in a legal form."""
    told = fold(text)
    return max((_of(words, told, before) for words in _beginnings(text)), default=0)


def _beginnings(text: str) -> list[list[str]]:
    """The first words, as they stand and without what may stand before a name."""
    starts = [text[:200]]
    opening = _OPENING.match(starts[0])
    if opening:
        starts.append(starts[0][opening.end() :])
    found = [start.split()[:_FIRST_WORDS] for start in starts]
    return [words[1:] if words[0].lower() in lexicon().name_articles else words for words in found if words]


def _of(words: list[str], told: str, before: str) -> int:
    name = _name(words)
    first = fold(names.core(name[0])) if name else ""
    if not name or not name[0][:1].isupper() or first in small_words():
        return 0
    again = re.search(rf"(?<!\w){re.escape(first)}", fold(before)) is not None
    if not again and not names.ends_in_form(" ".join(name)):
        return 0
    is_a = any(a in lexicon().says_is and b in lexicon().says_a for a, b in pairwise(words))
    return is_a + sum(fact.search(told) is not None for fact in lexicon().profile_facts)


def _name(words: list[str]) -> list[str]:
    """The words up to a legal form, else the first one."""
    sizes = range(min(6, len(words)), 0, -1)
    return next((words[:n] for n in sizes if names.ends_in_form(" ".join(words[:n]))), words[:1])
