"""Pages with what they must be read to, from folders in any of three layouts.

a  ``html/ID.html[.gz]`` and ``ground-truth/ID.json``, the layout of the WCXB corpus
b  ``NAME.html|.txt|.md|.eml`` beside ``NAME.json`` with ``url title date|published text type|kind``;
   ``text`` is a string or a list of paragraphs
c  ``*.jsonl[.gz]`` with ``{"url", "html" or "text", "expected": {"title", "date", "text", "kind"}}`` a line

``with`` or ``must`` and ``without`` or ``must_not`` may list strings that must and must not be in the text.
All documents are read as UTF-8; in mails and Markdown, bytes that are none survive for the adapter to judge.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Form = Literal["html", "txt", "md", "eml"]
FORMS: dict[str, Form] = {".html": "html", ".htm": "html", ".txt": "txt", ".md": "md", ".eml": "eml"}
CORPUS_FOLDERS = ("html", "ground-truth")


class UnreadableError(Exception):
    """A folder that is absent, holds no pages or holds a broken one; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Page:
    """One document and what a person says it holds. Empty strings where nothing is expected."""

    id: str
    form: Form
    url: str
    content: str
    title: str = ""
    date: str = ""
    """A calendar day, ``2026-03-01``."""
    text: str = ""
    kind: str = ""
    """Page type as the corpus names it: ``article``, ``listing``, ``release`` ..."""
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()


def load(place: Path) -> list[Page]:
    """All pages of a folder or of one JSON Lines file, by id. Raises UnreadableError."""
    if not place.exists():
        raise UnreadableError(f"{place} is not there")
    if all((place / name).is_dir() for name in CORPUS_FOLDERS):
        found = list(_corpus(place))
    elif place.is_file():
        found = list(_lines(place))
    else:
        found = [*_pairs(place), *(page for file in sorted(place.glob("*.jsonl*")) for page in _lines(file))]
    if not found:
        raise UnreadableError(f"{place} holds no pages with expected text (see {Path(__file__).name})")
    return found


def _corpus(place: Path) -> Iterator[Page]:
    for beside in sorted((place / "ground-truth").glob("*.json")):
        record = _json(beside)
        expected = _field(record, "ground_truth", beside)
        kind = record.get("_internal", {}).get("page_type", {}).get("primary", "")
        facts = {**expected, "date": expected.get("publish_date"), "text": expected.get("main_content")}
        path = place / "html" / f"{beside.stem}.html"
        if not path.exists():
            path = path.with_name(path.name + ".gz")
        yield _page(f"{place.name}/{beside.stem}", "html", record, _read(path), {**facts, "kind": kind})


def _pairs(place: Path) -> Iterator[Page]:
    for path in sorted(place.iterdir()):
        plain = path.with_suffix("") if path.suffix == ".gz" else path
        form, beside = FORMS.get(plain.suffix), plain.with_suffix(".json")
        if form and beside.exists():
            record = _json(beside)
            _field(record, "text", beside)
            content = _read(path, "replace" if form in ("html", "txt") else "surrogateescape")
            yield _page(f"{place.name}/{plain.stem}", form, record, content, record)


def _lines(path: Path) -> Iterator[Page]:
    for number, line in enumerate(_read(path).split("\n"), 1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            record = json.loads(line)
        except ValueError as error:
            raise UnreadableError(f"{where}: {error}") from None
        form: Form = "html" if "html" in record else "txt"
        content = _field(record, "html" if "html" in record else "text", where)
        expected = _field(record, "expected", where)
        yield _page(f"{path.name.split('.')[0]}/{record.get('id', number)}", form, record, content, expected)


def _page(name: str, form: Form, record: dict[str, Any], content: str, expected: dict[str, Any]) -> Page:
    text = expected.get("text") or ""
    return Page(
        id=name,
        form=form,
        url=record.get("url") or "",
        content=content,
        title=expected.get("title") or "",
        date=(expected.get("date") or expected.get("published") or "")[:10],
        text=text if isinstance(text, str) else "\n\n".join(text),
        kind=expected.get("kind") or expected.get("type") or "",
        must=tuple(expected.get("with") or expected.get("must") or ()),
        must_not=tuple(expected.get("without") or expected.get("must_not") or ()),
    )


def _read(path: Path, errors: str = "replace") -> str:
    try:
        data = path.read_bytes()
        return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8", errors)
    except (OSError, EOFError) as error:
        raise UnreadableError(f"{path} cannot be read: {error}") from None


def _json(path: Path) -> dict[str, Any]:
    try:
        record: dict[str, Any] = json.loads(_read(path))
    except ValueError as error:
        raise UnreadableError(f"{path}: {error}") from None
    return record


def _field(record: dict[str, Any], name: str, where: object) -> Any:
    if not isinstance(record, dict) or name not in record:
        raise UnreadableError(f"{where}: there is no {name!r}")
    return record[name]
