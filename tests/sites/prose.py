"""Writes the invented texts: titles, decks, articles and dates, from the words in `prose/<language>.toml`."""

from __future__ import annotations

import random
import re
import tomllib
import unicodedata
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
    "hu": "január február március április május június július augusztus szeptember október november december",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
}
SHORT_DE = ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."]


@cache
def words(language: str) -> dict[str, Any]:
    """The word lists of a language."""
    return tomllib.loads((Path(__file__).parent / "prose" / f"{language}.toml").read_text("utf-8"))


def month(when: date, language: str) -> str:
    """The month's name as it stands in a date."""
    return MONTHS[language].split()[when.month - 1]


def long_date(when: date, language: str) -> str:
    """The date in words, as a press office of that country writes it (English: British order)."""
    name = month(when, language)
    if language in ("de", "da", "fi", "cs"):
        return f"{when.day}. {name} {when.year}"
    if language == "hu":
        return f"{when.year}. {name} {when.day}."
    if language in ("es", "pt"):
        return f"{when.day} de {name} de {when.year}"
    return f"{when.day} {name} {when.year}"


def us_date(when: date) -> str:
    """May 12, 2026."""
    return f"{month(when, 'en')} {when.day}, {when.year}"


def dotted(when: date) -> str:
    """12.05.2026."""
    return f"{when:%d.%m.%Y}"


@cache
def slug(text: str) -> str:
    """Words of a title as they stand in an address."""
    for old, new in (
        ("ä", "ae"),
        ("ö", "oe"),
        ("ü", "ue"),
        ("ß", "ss"),
        ("Ä", "ae"),
        ("Ö", "oe"),
        ("Ü", "ue"),
        ("ł", "l"),
    ):
        text = text.replace(old, new)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


class Writer:
    """Writes for one company; the same seed writes the same texts."""

    def __init__(self, language: str, company: str, seed: str, titles: str = "titles") -> None:
        self.language, self.company = language, company
        self.words = words(language)
        self.titles = self.words[titles]
        self.voice = titles.removeprefix("titles")
        self.dice = random.Random(seed)
        self._taken: set[str] = set()
        self.home = self.dice.choice(self.words["places"])

    def label(self, name: str) -> str:
        return str(self.words["labels"][name])

    def slot(self, name: str) -> str:
        return str(self.dice.choice(self.words["slots"][name]))

    def fill(self, template: str, dice: random.Random | None = None) -> str:
        """A template with its slots filled by chance."""
        dice = dice or self.dice
        slots = self.words["slots"]

        def one(found: re.Match[str]) -> str:
            name = found[1]
            if name == "company":
                return self.company
            if name == "place":
                return str(dice.choice(self.words["places"]))
            if name in ("num", "pct", "cents"):
                return str(dice.randint(*{"num": (12, 940), "pct": (2, 48), "cents": (15, 95)}[name]))
            if name == "when":  # another date than that of publication
                return long_date(date(2026, 2, 1) + timedelta(days=dice.randint(0, 240)), self.language)
            value = str(dice.choice(slots[name.lower()]))
            return value[0].upper() + value[1:] if name[0].isupper() else value

        filled = re.sub(r"\{(\w+)\}", one, template)
        return filled[0].upper() + filled[1:]

    def title(self) -> str:
        """A headline that this writer has not used yet."""
        while True:
            title = self.fill(self.dice.choice(self.titles))
            if title not in self._taken:
                self._taken.add(title)
                return title

    def deck(self) -> str:
        return self.fill(self.dice.choice(self.words["sentences" + self.voice]))

    def paragraphs(self, seed: str, count: int = 0) -> list[str]:
        """4 to 8 paragraphs, always the same for the same seed."""
        dice = random.Random(seed)
        count = count or dice.randint(4, 8)
        pool = self.words["sentences" + self.voice]
        order = dice.sample(pool, len(pool))
        each = max(2, min(3, len(order) // count))
        picked = [order[i * each : i * each + each] for i in range(count)]
        return [" ".join(self.fill(s, dice) for s in part) for part in picked if part]

    def about(self) -> str:
        return self.fill(self.words["about" + self.voice], random.Random(self.company))

    def press_person(self) -> str:
        return str(self.words["press_people"][len(self.company) % len(self.words["press_people"])])
