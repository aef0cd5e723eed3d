"""The configuration that ships with the program: it loads, and its comments tell the truth."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from starter import shipped

from aggregator.settings import Settings, load, tables

ROOT = Path(__file__).resolve().parents[2]
CONFIG = shipped()
TOPIC = '[[topic]]\nid = "aluminium"\ntitle = "A"\nany = ["A"]\n'


def uncommented(name: str) -> str:
    """The commented-out lines of a starter file; comments in words have a space behind their #."""
    rows = (CONFIG / name).read_text("utf-8").splitlines()
    return "\n".join(row[1:] for row in rows if re.match(r"#[a-z\[]", row)) + "\n"


def test_the_starter_configuration_loads_without_a_mistake_or_a_warning() -> None:
    missing = [n for n in ("companies.toml", "topics.toml") if not (CONFIG / n).exists()]
    if missing:
        pytest.skip(f"not written yet: {', '.join(missing)}")
    settings = load(CONFIG)
    assert settings.warnings == ()
    assert settings.sources
    assert settings.companies
    assert settings.topics


def test_the_starter_sources_load_by_themselves(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_bytes((CONFIG / "sources.toml").read_bytes())
    settings = load(tmp_path)
    assert settings.warnings == ()
    inbox = settings.sources[0]
    assert (inbox.id, inbox.adapter, inbox.url) == ("inbox", "text", str(tmp_path / "inbox"))
    assert all(s.url.startswith("https://") and s.every for s in settings.sources[1:])


def test_the_starter_settings_show_every_key_with_its_default(tmp_path: Path) -> None:
    """Taking the # away changes nothing."""
    (tmp_path / "settings.toml").write_text(uncommented("settings.toml"))
    assert set(tomllib.loads(uncommented("settings.toml"))) == set(tables.SETTINGS.keys)
    assert load(tmp_path) == Settings(folder=tmp_path.resolve())


def test_the_starter_sources_show_every_key_in_an_example_that_works(tmp_path: Path) -> None:
    text = uncommented("sources.toml")
    (tmp_path / "sources.toml").write_text(text)
    (tmp_path / "topics.toml").write_text(TOPIC)
    assert set(tomllib.loads(text)["source"][0]) == set(tables.SOURCE.keys)
    assert load(tmp_path).warnings == ()


def test_the_examples_in_words_are_right_too(tmp_path: Path) -> None:
    rows = re.findall(r"^# Example: (.+)$", (CONFIG / "settings.toml").read_text("utf-8"), re.MULTILINE)
    (tmp_path / "settings.toml").write_text("\n".join(rows))
    assert len(rows) >= 5
    assert load(tmp_path) != Settings(folder=tmp_path.resolve())


def documented(heading: str) -> dict[str, str]:
    """Key to default of one section's table in docs/configuration.md."""
    page = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    section = page.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `([a-z_]+)` \| (.*?) \|", section, re.MULTILINE)
    return {key: default.strip("`") for key, default in rows}


@pytest.mark.parametrize(
    ("heading", "table"),
    [
        ("settings.toml", tables.SETTINGS),
        ("sources.toml: `[[source]]`", tables.SOURCE),
        ("companies.toml: `[[company]]`", tables.COMPANY),
        ("topics.toml: `[[topic]]`", tables.TOPIC),
        ("topics.toml: `near`", tables.NEAR),
    ],
)
def test_the_page_on_configuration_has_every_key_and_no_other(heading: str, table: tables.Table) -> None:
    rows = documented(heading)
    assert list(rows) == list(table.keys)
    assert {key for key, default in rows.items() if default == "required"} == set(table.required)


def test_the_defaults_on_the_page_are_those_of_the_program(tmp_path: Path) -> None:
    """Each default is written as it would stand in the file; read back, it changes nothing."""
    rows = documented("settings.toml")
    (tmp_path / "settings.toml").write_text("".join(f"{key} = {default}\n" for key, default in rows.items()))
    assert load(tmp_path) == Settings(folder=tmp_path.resolve())


@pytest.mark.parametrize(
    ("file", "noun", "heading", "needed"),
    [
        ("sources", "source", "sources.toml: `[[source]]`", 'id = "a"\nurl = "https://www.example.com/f"\n'),
        ("companies", "company", "companies.toml: `[[company]]`", 'id = "a"\nname = "A AG"\n'),
        ("topics", "topic", "topics.toml: `[[topic]]`", 'id = "a"\ntitle = "A"\nphrases = ["x"]\n'),
    ],
)
def test_the_defaults_of_the_tables_are_those_of_the_program(
    file: str, noun: str, heading: str, needed: str, tmp_path: Path
) -> None:
    """A value that stands as code in the column "default" is taken at its word."""
    path = tmp_path / f"{file}.toml"
    path.write_text(f"[[{noun}]]\n{needed}")
    without = load(tmp_path)
    given = set(tomllib.loads(needed))
    page = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    section = page.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    defaults = [
        (key, default) for key, default in re.findall(r"^\| `([a-z_]+)` \| `(.*?)` \|", section, re.MULTILINE)
    ]
    assert defaults
    path.write_text(
        f"[[{noun}]]\n{needed}" + "".join(f"{key} = {value}\n" for key, value in defaults if key not in given)
    )
    assert load(tmp_path) == without


def test_the_examples_on_the_page_load(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    blocks = re.findall(r"```toml\n# (\w+\.toml)\n(.*?)```", page, re.DOTALL)
    assert {name for name, _ in blocks} == {"settings.toml", "sources.toml", "companies.toml", "topics.toml"}
    for name, text in blocks:
        with (tmp_path / name).open("a") as file:
            file.write(text + "\n")
    settings = load(tmp_path)
    assert settings.warnings == ()
    assert all(
        getattr(settings, f.name) for f in fields(Settings) if f.name in ("sources", "companies", "topics")
    )
