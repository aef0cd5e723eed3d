"""What a right configuration becomes: typed values in our own units, defaults filled in."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from aggregator import model
from aggregator.settings import Settings, load, tables
from aggregator.settings.values import WrongError, interval, size, spell_interval


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, "utf-8")
    return folder


def test_an_empty_folder_is_a_configuration(tmp_path: Path) -> None:
    """All four files may be absent."""
    settings = load(tmp_path)
    assert settings == Settings(folder=tmp_path.resolve())
    assert settings.warnings == ()


def test_empty_files_are_a_configuration(tmp_path: Path) -> None:
    write(tmp_path, settings="", sources="# none yet\n", companies="\n", topics="")
    assert load(tmp_path) == Settings(folder=tmp_path.resolve())


@pytest.mark.parametrize(
    ("table", "noun", "extra"),
    [
        (tables.SOURCE, model.Source, set()),
        (tables.COMPANY, model.Company, set()),
        (tables.TOPIC, model.Topic, set()),
        (tables.NEAR, model.Near, set()),
        (tables.SETTINGS, Settings, {"folder", "sources", "companies", "topics", "warnings"}),
    ],
)
def test_the_keys_of_a_table_are_the_fields_of_its_noun(
    table: tables.Table, noun: type, extra: set[str]
) -> None:
    """A field that no file can set, or a key that goes nowhere, is a mistake of ours."""
    assert set(table.keys) == {f.name.rstrip("_") for f in fields(noun)} - extra


def test_every_key_of_a_source_arrives(tmp_path: Path) -> None:
    write(
        tmp_path,
        topics='[[topic]]\nid = "alu"\ntitle = "A"\nany = ["A"]\n',
        sources="""
[[source]]
id = "wilo"
adapter = "feed"
url = "https://www.example.com/news.rss"
title = "  Wilo   newsroom "
role = "issuer"
company = "WILO SE"
every = "15 min"
language = "de"
timezone = "America/New_York"
day_first = false
topics = ["alu"]
content = "lead"
allow_private = true
paused = true
options = { limit = "50" }
""",
    )
    assert load(tmp_path).sources == (
        model.Source(
            id="wilo",
            adapter="feed",
            url="https://www.example.com/news.rss",
            title="Wilo newsroom",
            role="issuer",
            company="WILO SE",
            every=900.0,
            language="de",
            timezone="America/New_York",
            day_first=False,
            topics=("alu",),
            content="lead",
            allow_private=True,
            paused=True,
            options={"limit": "50"},
        ),
    )


def test_companies_and_topics_arrive(tmp_path: Path) -> None:
    write(
        tmp_path,
        companies="""
[[company]]
id = "group"
name = "Group AG"
[[company]]
id = "shell"
name = "Shell plc"
aliases = ["Shell"]
kind = "company"
parent = "group"
ambiguous = true
domains = ["shell.example"]
isin = ["GB00BP6MXD84"]
tickers = ["LSE:SHEL"]
lei = "21380068P1DRHMJ8KU70"
wikidata = "Q154950"
exclude = ["shell script"]
languages = ["de", "en"]
series = "hide"
""",
        topics="""
[[topic]]
id = "park"
title = "Parks"
all = ["Park"]
except = ["Parkett"]
compound = "both"
weights = { title = 10 }
min_score = 2
langs = ["de"]
companies = ["shell"]
roles = ["issuer", "co-issuer"]
kinds = ["earnings"]
languages = []
series = "fold"
[[topic.near]]
a = ["Industrie"]
b = ["Park"]
within = 3
ordered = true
""",
    )
    settings = load(tmp_path)
    assert settings.companies[1] == model.Company(
        id="shell",
        name="Shell plc",
        aliases=("Shell",),
        parent="group",
        ambiguous=True,
        domains=("shell.example",),
        isin=("GB00BP6MXD84",),
        tickers=("LSE:SHEL",),
        lei="21380068P1DRHMJ8KU70",
        wikidata="Q154950",
        exclude=("shell script",),
        languages=("de", "en"),
        series="hide",
    )
    assert settings.topics[0] == model.Topic(
        id="park",
        title="Parks",
        all=("Park",),
        except_=("Parkett",),
        compound="both",
        weights={**model.DEFAULT_WEIGHTS, "title": 10.0},
        min_score=2.0,
        langs=("de",),
        companies=("shell",),
        roles=("issuer", "co-issuer"),
        kinds=("earnings",),
        languages=(),
        series="fold",
        near=(model.Near(a=("Industrie",), b=("Park",), within=3, ordered=True),),
    )


def test_settings_arrive_and_the_agent_names_a_contact(tmp_path: Path) -> None:
    write(
        tmp_path,
        settings='base_url = "https://feeds.example.com/press/"\nmax_bytes = "2 MB"\nfeed_entries = 20\n'
        'every = 120\npace = 0\ncontact = "https://www.example.com/feeds"\n',
    )
    settings = load(tmp_path)
    assert settings.base_url == "https://feeds.example.com/press"
    assert (settings.max_bytes, settings.feed_entries, settings.every, settings.pace) == (
        2_000_000,
        20,
        120,
        0,
    )
    assert settings.user_agent.endswith(" (+https://www.example.com/feeds)")
    assert " " not in Settings(folder=tmp_path).user_agent


def test_a_source_without_a_zone_takes_the_one_of_the_settings(tmp_path: Path) -> None:
    write(tmp_path, settings='timezone = "Asia/Tokyo"\n', sources='[[source]]\nid = "a"\nurl = "inbox"\n')
    assert load(tmp_path).sources[0].timezone == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("inbox", "{folder}/inbox"),
        ("./inbox/", "{folder}/inbox"),
        ("../press/2026", "{parent}/press/2026"),
        ("/srv/press", "/srv/press"),
        ("news.txt", "{folder}/news.txt"),
    ],
)
def test_a_path_begins_at_the_configuration_folder(written: str, expected: str, tmp_path: Path) -> None:
    """Wherever the program is started, the same folder is meant; a path is read as text by default."""
    write(tmp_path, sources=f'[[source]]\nid = "a"\nurl = "{written}"\n')
    source = load(tmp_path).sources[0]
    assert source.url == expected.format(folder=tmp_path, parent=tmp_path.parent)
    assert source.adapter == "text"


def test_a_path_is_the_same_from_a_relative_configuration_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, sources='[[source]]\nid = "a"\nurl = "inbox"\n')
    monkeypatch.chdir(tmp_path.parent)
    assert load(Path(tmp_path.name)).sources[0].url == str(tmp_path / "inbox")


def test_a_private_host_is_fine_where_it_is_meant(tmp_path: Path) -> None:
    address = "http://192.168.1.7:8080/f"
    write(tmp_path, sources=f'[[source]]\nid = "a"\nurl = "{address}"\nallow_private = true\n')
    assert load(tmp_path).sources[0].url == address


def test_a_spelling_of_two_is_fine_where_one_is_ambiguous(tmp_path: Path) -> None:
    """The other company owns it; the ambiguous one needs a further cue anyway."""
    write(
        tmp_path,
        companies='[[company]]\nid = "a"\nname = "Post AG"\naliases = ["Post"]\n'
        '[[company]]\nid = "b"\nname = "Post GmbH"\naliases = ["POST", "Post"]\nambiguous = true\n',
    )
    assert len(load(tmp_path).companies) == 2


def test_a_file_from_windows_is_read(tmp_path: Path) -> None:
    """Byte order mark and CRLF are no mistakes, and lines are counted right."""
    (tmp_path / "sources.toml").write_bytes(b'\xef\xbb\xbf[[source]]\r\nid = "a"\r\nurl = "inbox"\r\n')
    assert [s.id for s in load(tmp_path).sources] == ["a"]


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("15 min", 900), ("15min", 900), (" 2 h ", 7200), ("1.5 h", 5400), ("1 d", 86400), ("2 days", 172800),
        ("90 s", 90), ("1 week", 604800), ("31 d", 2678400), (60, 60), (3600.5, 3600.5), ("1 Hour", 3600),
    ],
)  # fmt: skip
def test_an_interval_is_read_as_seconds(written: str | float, seconds: float) -> None:
    assert interval(written) == seconds


@pytest.mark.parametrize(
    "written", ["", "min", "15 m", "1 h 30 min", "-5 min", "1e3 s", "٣ min", None, [], "9" * 400]
)
def test_an_interval_that_cannot_be_read_is_refused(written: object) -> None:
    with pytest.raises(WrongError):
        interval(written)


@pytest.mark.parametrize("seconds", [60, 61, 90, 900, 3600, 5400, 86400, 100_000, 2_678_400, 90.5])
def test_an_interval_that_we_write_reads_the_same(seconds: float) -> None:
    assert interval(spell_interval(seconds)) == seconds


@pytest.mark.parametrize(
    ("written", "count"), [("15 MB", 15_000_000), ("1.5MB", 1_500_000), ("4 MiB", 4_194_304), (5000, 5000)]
)
def test_a_size_is_read_as_bytes(written: str | int, count: int) -> None:
    assert size(1000, 10**9)(written) == count


def test_importing_the_settings_is_light() -> None:
    """No HTTP client, no parser, no TOML writer: every command pays for this import."""
    heavy = "{'httpx', 'lxml', 'tomlkit', 'feedparser', 'sqlite3', 'difflib'}"
    code = f"import sys, aggregator.settings, aggregator.settings.editing; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_mailbox_on_a_server_is_a_source_of_mails(tmp_path: Path) -> None:
    """Its adapter is `email`, and its address stays as it was written."""
    text = (
        '[[source]]\nid = "mail"\nurl = "imaps://mail.example.com/Presse"\n'
        'options = { user = "press@example.com", password_env = "PRESS_MAIL_PASSWORD" }\n'
    )
    (tmp_path / "sources.toml").write_text(text, "utf-8")
    (source,) = load(tmp_path).sources
    assert (source.adapter, source.url) == ("email", "imaps://mail.example.com/Presse")
