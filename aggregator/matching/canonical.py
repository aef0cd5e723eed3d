"""Which copy of a release its readers are shown."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aggregator.matching.vocabulary import vocabulary
from aggregator.model import Copy, Filing, SourceRole

if TYPE_CHECKING:
    from aggregator.matching.compare import Matchable

TEASER = 60
"""Words below which a text is taken for a teaser."""
_FAR = datetime.max.replace(tzinfo=UTC)
_TRANSLATED = frozenset({"translation", "machine_translation"})


def canonical_rank(
    copy: Copy, role: SourceRole, issuer_domain_match: bool, completeness: int, issuer: str = ""
) -> tuple[int, int, bool, int, float, str, str]:
    """Sort key, the smallest is canonical.

    The issuer's own site, then a wire, then a text of unknown origin that speaks for its issuer (its
    own boilerplate or contact, and no source named), then an outlet that names its source, then an
    outlet; originals before translations and these before machine translations; the most complete (words of
    the body, in steps of a tenth so that one added caption decides nothing); the earliest.
    """
    if role == "issuer" or issuer_domain_match:
        place = 0
    elif role == "wire":
        place = 1
    elif role == "mixed" and not copy.source_line and copy.texts("boilerplate", "contact"):
        place = 2
    else:
        place = 3 if copy.source_line or copy.declared_issuer else 4
    translated = 2 if "machine_translation" in copy.marks else int(not _TRANSLATED.isdisjoint(copy.marks))
    published = (copy.published or _FAR).timestamp()
    home = home_language(issuer)
    abroad = bool(home) and copy.language != home
    return place, translated, abroad, -_step(completeness), published, copy.source, copy.key


def standing(item: Matchable, role: SourceRole) -> tuple[object, ...]:
    """Sort key of the texts that others are matched by, the smallest leads: `rank`, but a teaser, which
    proves nothing, never leads a full text. Made of the copy alone, so that no arrival changes it."""
    words = item.fingerprint.words
    return words < TEASER, *rank(item.copy, item.filing, role, words)


def rank(copy: Copy, filing: Filing, role: SourceRole, words: int) -> tuple[object, ...]:
    """`canonical_rank` of a copy as it is filed."""
    issuer = filing.issuer
    own_site = issuer is not None and _label_of(copy.url) == issuer.id.partition("-")[0]
    return canonical_rank(copy, role, own_site, words, issuer.name if issuer else "")


def _label_of(url: str) -> str:
    """The name in an address: ``wilo`` of ``https://www.wilo.com/…``."""
    host = (urlsplit(url).hostname or "").split(".")
    return host[-2] if len(host) > 1 else ""


def home_language(name: str) -> str:
    """The language of the country of a legal form at the end of a name; empty where it does not tell."""
    last = name.rpartition(" ")[2].replace(".", "").lower()
    return vocabulary().home_languages.get(last, "")


def strong_identifiers(copy: Copy) -> tuple[tuple[str, str], ...]:
    """The identifiers that name one release. An ISIN or a ticker names a company."""
    strong = vocabulary().strong_schemes
    return tuple((i.scheme, i.value) for i in copy.identifiers if i.scheme in strong)


def _step(words: int) -> int:
    """Tenths on a logarithmic scale: 300 and 310 words are equally complete, 200 and 300 are not."""
    step = 0
    while words > 10:
        words = words * 9 // 10
        step += 1
    return step
