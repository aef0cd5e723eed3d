"""Folding and splitting into words: the fast ways say what the plain ones say."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from aggregator.text import Memo, fold, key, tokens

_GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "œ": "oe", "å": "aa"}
)

_LATIN = "aeouzZAOU ,.-’„“–äöüßÄÖÜéèñçåøæœłŁıİſŉǆ½²€™№ﬁ…´¨≠→✓●"
_COMBINING = "\u0301\u0308\u0338\u0345\u3099"
texts = st.text(st.one_of(st.sampled_from(_LATIN + _COMBINING), st.characters(exclude_categories=["Cs"])))


def plain(text: str) -> str:
    """The whole text at once, step by step."""
    text = unicodedata.normalize("NFKC", text).casefold().translate(_GERMAN)
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


@given(texts)
def test_a_text_folds_the_same_by_characters_and_as_a_whole(text: str) -> None:
    assert fold(text) == plain(text)


def test_every_character_folds_beside_letters_as_it_does_in_the_whole() -> None:
    for number in range(0x3000):
        text = f"a{chr(number)}e S{chr(number)}{chr(number)} ä{chr(number)}"
        assert fold(text) == plain(text), hex(number)


@given(st.text(st.sampled_from(_LATIN + _COMBINING + "_1\n\t\u00a0")))
def test_tokens_are_the_words_of_a_text_in_order(text: str) -> None:
    assert list(tokens(text)) == re.findall(r"\w+", text)


def test_a_long_text_is_split_like_a_short_one() -> None:
    assert tokens("Wort, wort " * 5000) == ("Wort", "wort") * 5000


def test_the_key_of_a_word_is_the_word_folded() -> None:
    assert key("Dallendörfer") == key("DALLENDOERFER") == "dallendoerfer"


def test_a_memo_makes_each_word_once_forgets_when_full_and_never_keeps_long_ones() -> None:
    asked: list[str] = []

    def upper(word: str) -> str:
        asked.append(word)
        return word.upper()

    memo = Memo(upper, 2)
    assert list(map(memo.__getitem__, ["a", "a", "b", "c", "a"])) == ["A", "A", "B", "C", "A"]
    assert asked == ["a", "b", "c", "a"]
    assert memo["x" * 65] == "X" * 65
    assert set(memo) == {"c", "a"}
