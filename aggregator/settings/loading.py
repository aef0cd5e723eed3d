"""From a configuration folder to `Settings`, or to every mistake in it at once.

Read the files, read each table by its description in `tables`, check what concerns more than one of
them in `crosschecks`; the result exists only if nothing was wrong.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aggregator.errors import ConfigError
from aggregator.fetch.imapaddress import is_imap
from aggregator.model import Company, Near, Recipe, Source, Topic
from aggregator.settings import crosschecks, lines, tables, values
from aggregator.settings.addresses import mail_account, source_address, usual_adapter, usual_role
from aggregator.settings.report import FILES, Report
from aggregator.settings.shape import DEFAULT_TIMEZONE, Settings
from aggregator.settings.tables import Table
from aggregator.settings.values import WrongError, meant, show

_RULES = ("any", "all", "phrases", "near", "companies", "kinds")
MAX_BYTES = 10_000_000
_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")


def load(folder: Path) -> Settings:
    """The settings of this folder; each of its four files may be absent.

    Raises `ConfigError` with one line for each mistake in any of the files.
    """
    return load_with(folder, {})


def load_with(folder: Path, replaced: Mapping[str, str]) -> Settings:
    """`load`, with the text of some files (by name) put in place of what the folder holds."""
    if not folder.is_dir():
        fault = "is no folder" if folder.exists() else "does not exist"
        remedy = 'create it, or name another with "aggregator --config DIR"'
        raise ConfigError(f"{folder}: the configuration folder {fault} — {remedy}")
    report = Report(folder, {})
    found = {name: _parse(name, _text(name, replaced, report), report) for name in FILES}
    settings = _Reading(report, found).settings()
    if report.errors:
        raise ConfigError(report.spell(report.errors))
    return settings


def _text(name: str, replaced: Mapping[str, str], report: Report) -> str | None:
    """The text of one file; empty where there is none, None where it cannot be read."""
    text = replaced.get(name)
    if text is None:
        try:
            text = _decode(name, _bytes(report.folder / name), report)
        except FileNotFoundError:
            text = ""
        except OSError as error:
            report.wrong_at(name, 0, f"cannot be read ({error.strerror}) — check the file and its rights")
    if text is not None:
        report.texts = {**report.texts, name: text}
    return text


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _decode(name: str, data: bytes, report: Report) -> str | None:
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // 1_000_000
        report.wrong_at(name, 0, f"is larger than {limit} MB — this cannot be a configuration file")
        return None
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        report.wrong_at(name, line, f"byte 0x{data[error.start]:02x} is not UTF-8 — save the file as UTF-8")
        return None


def _parse(name: str, text: str | None, report: Report) -> dict[str, Any] | None:
    """The tables of one file; None where it is broken."""
    if text is None:
        return None
    try:
        return tomllib.loads(text)
    except RecursionError:
        report.wrong_at(name, 0, "brackets are nested too deeply — write plain lists")
    except ValueError as error:  # TOMLDecodeError, and what int() says of a number with 5,000 digits
        message, place = str(error), _PLACE.search(str(error))
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        column = f", column {place[2]}" if place and place[2] else ""
        said = show(_PLACE.sub("", message), 160).strip('"').replace('\\"', '"')
        if "Illegal character" in said and "\\n" in said:
            said = "a line ends inside a text: a quotation mark is missing"
        report.wrong_at(name, line, f"broken TOML{column}: {said} — correct this line or the one before it")
    return None


@dataclass(slots=True)
class _Reading:
    """One pass over the parsed files. A file that is broken counts as unknown, not as empty."""

    report: Report
    found: Mapping[str, dict[str, Any] | None]
    base: dict[str, Any] = field(default_factory=dict)

    def settings(self) -> Settings:
        self.base = self._table(tables.SETTINGS, "settings.toml", (), self.found["settings.toml"] or {})
        sources = [self._source(path, raw) for path, raw in self._entries("sources.toml", tables.SOURCE)]
        companies = [
            self._company(path, raw) for path, raw in self._entries("companies.toml", tables.COMPANY)
        ]
        topics = [self._topic(path, raw) for path, raw in self._entries("topics.toml", tables.TOPIC)]
        crosschecks.check(self.report, self.found)
        return Settings(
            **self.base,
            folder=self.report.folder.resolve(),
            sources=tuple(s for s in sources if s),
            companies=tuple(c for c in companies if c),
            topics=tuple(t for t in topics if t),
            warnings=tuple(self.report.spell(self.report.warnings)),
        )

    def _entries(self, file: str, table: Table) -> list[tuple[lines.Path, dict[str, Any]]]:
        """The ``[[source]]`` blocks of a file, each with its place."""
        top = self.found[file] or {}
        for key in top:
            if key != table.noun:
                self.report.wrong(file, (key,), _stray(key, table))
        entries = top.get(table.noun, [])
        if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
            remedy = f"write each as a block that begins with [[{table.noun}]]"
            self.report.wrong(file, (table.noun,), f"{table.noun} is no list of tables — {remedy}")
            return []
        return [((table.noun, i), entry) for i, entry in enumerate(entries)]

    def _table(
        self, table: Table, file: str, path: lines.Path, raw: dict[str, Any], name: str = ""
    ) -> dict[str, Any]:
        """The values of one table in our units, without those that are wrong."""
        made: dict[str, Any] = {}
        for key, value in raw.items():
            if key not in table.keys:
                told = f'{name}unknown key "{show(key)[1:-1]}" — {meant(key, table.keys)}'
                self.report.wrong(file, (*path, key), told)
                continue
            try:
                made[key] = table.keys[key](value)
            except WrongError as wrong:
                self._refuse(file, (*path, key), name, value, wrong)
        for key, example in table.required.items():
            if key not in raw:
                self.report.wrong(file, path, f"{name}{key} is missing — write {example}")
        return made

    def _refuse(self, file: str, path: lines.Path, name: str, value: object, wrong: WrongError) -> None:
        shown = show(value) if wrong.shown is None else wrong.shown
        self.report.wrong(file, path, f"{name}{path[-1]} = {shown} — {wrong.remedy}")

    def _source(self, path: lines.Path, raw: dict[str, Any]) -> Source | None:
        name = called("source", path, raw)
        made = self._table(tables.SOURCE, "sources.toml", path, raw, name)
        made.setdefault("adapter", usual_adapter(made.get("url", "")))
        made.setdefault("role", usual_role(made["adapter"]))
        made.setdefault("timezone", self.base.get("timezone", DEFAULT_TIMEZONE))
        made["recipe"] = self._recipe(path, raw, name)
        if "url" in made:
            try:
                private = made.get("allow_private", False)
                made["url"] = source_address(made["url"], self.report.folder, allow_private=private)
            except WrongError as wrong:
                self._refuse("sources.toml", (*path, "url"), name, raw["url"], wrong)
            self._account(path, made, name)
        return Source(**made) if _complete(tables.SOURCE, made) else None

    def _account(self, path: lines.Path, made: dict[str, Any], name: str) -> None:
        options = made.get("options", {})
        if not is_imap(made["url"]):
            return
        try:
            mail_account(options)
        except WrongError as wrong:
            self._refuse("sources.toml", (*path, "options"), name, options, wrong)

    def _recipe(self, path: lines.Path, raw: dict[str, Any], name: str) -> Recipe | None:
        entry = raw.get("recipe")
        if entry is None:
            return None
        if not isinstance(entry, dict):
            wrong = WrongError("write a table below the source, headed [source.recipe]")
            self._refuse("sources.toml", (*path, "recipe"), name, entry, wrong)
            return None
        made = self._table(tables.RECIPE, "sources.toml", (*path, "recipe"), entry, f"{name}recipe: ")
        for key in (
            made if not made.get("data") else ()
        ):  # in JSON a locator is a path of names: any text is one
            try:
                tables.locators(made[key])
            except WrongError as wrong:
                self._refuse("sources.toml", (*path, "recipe", key), f"{name}recipe: ", entry[key], wrong)
        return Recipe(**made) if _complete(tables.RECIPE, made) else None

    def _company(self, path: lines.Path, raw: dict[str, Any]) -> Company | None:
        made = self._table(tables.COMPANY, "companies.toml", path, raw, called("company", path, raw))
        return Company(**made) if _complete(tables.COMPANY, made) else None

    def _topic(self, path: lines.Path, raw: dict[str, Any]) -> Topic | None:
        name = called("topic", path, raw)
        made = self._table(tables.TOPIC, "topics.toml", path, raw, name)
        if not any(raw.get(key) for key in _RULES):
            remedy = 'write any = ["…"], all, phrases or near (or companies, kinds: every release of theirs)'
            self.report.wrong("topics.toml", path, f"{name}no rule says what belongs to it — {remedy}")
        made["except_"] = made.pop("except", ())
        made["near"] = self._near(path, raw, name)
        return Topic(**made) if _complete(tables.TOPIC, made) else None

    def _near(self, path: lines.Path, raw: dict[str, Any], name: str) -> tuple[Near, ...]:
        entries = raw.get("near", [])
        if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
            wrong = WrongError(
                'write a list of tables, as in [{ a = ["Park"], b = ["Aluminium"], within = 12 }]'
            )
            self._refuse("topics.toml", (*path, "near"), name, entries, wrong)
            return ()
        read = (
            self._table(tables.NEAR, "topics.toml", (*path, "near", i), e, f"{name}near: ")
            for i, e in enumerate(entries)
        )
        return tuple(Near(**made) for made in read if _complete(tables.NEAR, made))


def _complete(table: Table, made: Mapping[str, Any]) -> bool:
    return all(key in made for key in table.required)


def called(noun: str, path: lines.Path, raw: Mapping[str, Any]) -> str:
    """How a message begins: ``source "wilo": ``, or by its position where it has no usable id."""
    name = raw.get("id")
    if isinstance(name, str) and name:
        return f"{noun} {show(name)}: "
    return f"{noun} {int(path[1]) + 1}: "


def _stray(key: str, table: Table) -> str:
    """What to say of a key outside all blocks."""
    told = f'unknown key "{show(key)[1:-1]}" — '
    if key in table.keys:
        return told + f"it belongs below a [[{table.noun}]] heading"
    if values.nearest(key, [table.noun]):
        return told + f"did you mean [[{table.noun}]]?"
    return told + f"this file holds [[{table.noun}]] blocks only"
