"""Sources as entries of a list (`adapters.opml`) and back: what import and export change between. No I/O.

An exported source carries everything that its block in the configuration may hold; a foreign entry gives a feed
with its title and language. Each entry is checked like a block that a person writes, and alone: one that is wrong
is refused with the reason and costs no other.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from typing import Any

from aggregator.adapters.opml import ListedFeed
from aggregator.errors import FetchError
from aggregator.fetch import check_url
from aggregator.fetch.imapaddress import is_imap
from aggregator.model import Recipe, Source
from aggregator.settings.addresses import is_path, mail_account, source_address, usual_adapter
from aggregator.settings.editing import free_name
from aggregator.settings.shape import Settings
from aggregator.settings.tables import RECIPE, SOURCE, Table
from aggregator.settings.values import WrongError, language, spell_interval
from aggregator.text import address_key

_ALWAYS = ("id", "adapter", "url", "timezone")
"""Written although they may be what the reader would assume: there it may be assumed otherwise."""
_OF_THIS_MACHINE = ("allow_private", "options", "robots")
"""Settings that a list from elsewhere may not bring: they open doors, or name files and variables of this machine."""


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What a list would change."""

    new: tuple[Source, ...]
    followed: int
    """Entries whose address is a source already."""
    refused: tuple[tuple[str, str], ...]
    """(title or address, reason) of the others."""


def listed(source: Source) -> ListedFeed:
    """A source as an entry that loses nothing of it."""
    settings: dict[str, str] = {}
    for field in fields(Source):
        value = getattr(source, field.name)
        if field.name in _ALWAYS or value != _default(field):
            settings[field.name] = value if _is_text(field) else json.dumps(_plain(field.name, value))
    web = not is_path(source.url) and not is_imap(source.url)
    return ListedFeed(
        title=source.title or source.id,
        xml_url=source.url if web and source.adapter == "feed" else "",
        html_url=source.url if web and source.adapter != "feed" else "",
        language=source.language,
        settings=settings,
    )


def exchanged(entries: Iterable[ListedFeed], settings: Settings, *, trusted: bool) -> Exchanged:
    """The new sources of a list. ``trusted``: it lies on this machine, so that it may name folders, mailboxes
    and hosts in private networks."""
    taken = {source.id for source in settings.sources}
    known = {address for source in settings.sources for address in _spellings(source.url)}
    new: list[Source] = []
    refused: list[tuple[str, str]] = []
    followed = 0
    for entry in entries:
        try:
            source = _source(entry, settings, taken, trusted=trusted)
        except WrongError as wrong:
            refused.append((entry.title or entry.xml_url, wrong.remedy))
            continue
        # What was exported here was one source each, however alike their addresses are.
        exact, plain = _spellings(source.url)
        if (exact if entry.settings else plain) in known:
            followed += 1
            continue
        known |= {exact, plain}
        taken.add(source.id)
        new.append(source)
    return Exchanged(tuple(new), followed, tuple(refused))


def _source(entry: ListedFeed, settings: Settings, taken: set[str], *, trusted: bool) -> Source:
    """The source that an entry stands for; `WrongError` says what is wrong with it."""
    made = _own(entry.settings) if entry.settings else _foreign(entry)
    if not trusted and (
        is_path(made["url"]) or is_imap(made["url"]) or any(k in made for k in _OF_THIS_MACHINE)
    ):
        raise WrongError(
            "a list from the web may not name folders, mailboxes or private networks: save it first"
        )
    made["url"] = source_address(made["url"], settings.folder, allow_private=made.get("allow_private", False))
    if is_imap(made["url"]):
        mail_account(made.get("options", {}))
    if unknown := set(made.get("topics", ())) - {topic.id for topic in settings.topics}:
        raise WrongError(f"topics.toml has no topic {', '.join(sorted(unknown))}: import or write it first")
    wanted = made.get("id") or entry.title or made["url"]
    made["id"] = made["id"] if "id" in made and made["id"] not in taken else free_name(taken, wanted)
    made.setdefault("adapter", usual_adapter(made["url"]))
    made.setdefault("timezone", settings.timezone)
    return Source(**made)


def _own(raw: Mapping[str, str]) -> dict[str, Any]:
    """The values of an entry that was exported here, checked as those of a block."""
    known = {field.name: field for field in fields(Source)}
    if strange := set(raw) - set(known):
        raise WrongError(
            f"unknown setting {', '.join(sorted(strange))[:80]}: it was exported by another version"
        )
    if "url" not in raw:
        raise WrongError("it has settings of a source but no address")
    made: dict[str, Any] = {}
    for key, said in raw.items():
        try:
            value = said if _is_text(known[key]) else json.loads(said)
        except (ValueError, RecursionError):
            raise WrongError(f"its {key} cannot be read") from None
        made[key] = _recipe(value) if key == "recipe" else _checked(SOURCE, key, value)
    return made


def _recipe(value: Any) -> Recipe:
    if not isinstance(value, dict) or any(key not in RECIPE.keys for key in (*value, *RECIPE.required)):
        raise WrongError("its recipe cannot be read")
    return Recipe(**{key: _checked(RECIPE, key, said) for key, said in value.items()})


def _checked(table: Table, key: str, value: Any) -> Any:
    try:
        return table.keys[key](value)
    except WrongError as wrong:
        raise WrongError(f"{key}: {wrong.remedy}") from None


def _foreign(entry: ListedFeed) -> dict[str, Any]:
    made: dict[str, Any] = {"url": entry.xml_url, "title": entry.title}
    try:
        made["language"] = language(entry.language) if entry.language else ""
    except WrongError:
        made["language"] = ""  # a guess of another program; the texts tell
    return made


def _default(field: Field[Any]) -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def _is_text(field: Field[Any]) -> bool:
    """Whether a field holds a text, which is written as it is; all others as JSON."""
    return (field.default is MISSING and field.default_factory is MISSING) or isinstance(field.default, str)


def _plain(key: str, value: Any) -> Any:
    if isinstance(value, Recipe):
        return {f.name: said for f in fields(Recipe) if (said := getattr(value, f.name))}
    if key == "every":
        return spell_interval(value)
    return dict(value) if isinstance(value, Mapping) else value


def _spellings(url: str) -> tuple[str, str]:
    """An address as it is asked, and without what makes no other one: scheme, `www.`, tracking."""
    exact = _normal(url)
    return exact, address_key(exact)


def _normal(url: str) -> str:
    try:
        return url if is_path(url) or is_imap(url) else check_url(url)
    except FetchError:
        return url
