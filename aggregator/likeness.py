"""Whether two passages are nearly the same: small sketches of their words.

A sketch is a sorted set of 32-bit hashes of folded words, four bytes each, little-endian; of many
words the smallest hashes are kept, so that two sketches stay comparable. Pure; the numbers are small
enough to be handed to worker processes and kept with each copy.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable

from xxhash import xxh3_64_intdigest, xxh32_intdigest

from aggregator.text import Memo, fold, words

KEPT = 128
"""Words of a sketch at most: 512 bytes. A description of a company has 40 to 150 different words."""

NEAR = 0.8
"""From this share of common words on two paragraphs are versions of one: of 40 different words four may
be new."""

_hash = Memo(lambda word: xxh32_intdigest(word.encode("utf-8", "surrogatepass")), 60_000).__getitem__


def mark(text: str) -> int:
    """Signed 64-bit hash of a folded passage; spaces and line breaks do not count."""
    number = xxh3_64_intdigest(" ".join(fold(text).split()).encode("utf-8", "surrogatepass"))
    return number - (1 << 64) if number >> 63 else number


def sketch(text: str) -> bytes:
    """The sketch of a text's words."""
    return _packed(map(_hash, words(text)))


def opening(text: str, limit: int) -> bytes:
    """The sketch of a text's first words without numbers: templates differ in nothing else."""
    plain = [w for w in words(text[: 20 * limit]) if not w[0].isdigit()]
    return _packed(map(_hash, plain[:limit]))


def _packed(hashes: Iterable[int]) -> bytes:
    kept = sorted(set(hashes))[:KEPT]
    return struct.pack(f"<{len(kept)}I", *kept)


def size(of: bytes) -> int:
    """How many different words a sketch holds."""
    return len(of) // 4


def resemblance(a: bytes, b: bytes) -> float:
    """The share of words that two texts have in common, 0 to 1 (Jaccard; of long texts its estimate)."""
    if a == b:
        return 1.0 if a else 0.0
    one, other = set(_unpacked(a)), set(_unpacked(b))
    union = one | other
    if len(one) >= KEPT or len(other) >= KEPT:
        union = set(sorted(union)[:KEPT])
    return len(one & other & union) / len(union) if union else 0.0


def _unpacked(of: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{size(of)}I", of)
