"""Sources out and in again: nothing is lost, and what a list may bring is checked like what a person writes."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, replace
from pathlib import Path

import pytest

from aggregator.adapters import opml
from aggregator.errors import ReadError
from aggregator.model import Recipe, Source, Topic
from aggregator.settings import Settings, load
from aggregator.settings.editing import add_source, add_sources
from aggregator.settings.exchange import Exchanged, exchanged, listed

FULL = Source(
    id="werk", adapter="feed", url="https://www.example.com/news.rss", title="Werk „Süd“ & Söhne <neu>", role="issuer",
    company="Musterwerke GmbH", every=5400.0, language="de", timezone="America/New_York", day_first=False,
    topics=("stahl",), content="lead", allow_private=True, paused=True, keep=("Kurz:", 'Mit "Zeichen"\\'),
    recipe=Recipe(data="script#x", items=(".news > li", "//li[@class='n']"), url=("a@href",), next=("a.next@href",)),
    allow=("/jobs/", "en"), skip=("/produkte/",), follow="always", cron="*/15 7-18 * * mon-fri", hours="mon-fri 7-18",
    robots=False, options={"limit": "50", "ü": "ß"},
)  # fmt: skip
TOPICS = (Topic(id="stahl", title="Stahl", any=("Stahl",)),)


def brought(data: bytes, folder: Path, *, trusted: bool = True, known: tuple[Source, ...] = ()) -> Exchanged:
    settings = Settings(folder=folder, topics=TOPICS, sources=known)
    return exchanged(opml.read(data).entries, settings, trusted=trusted)


def outlined(*urls: str) -> bytes:
    return opml.write("x", [opml.ListedFeed(title=f"Feed {n}", xml_url=url) for n, url in enumerate(urls)])


def test_every_setting_of_a_source_comes_back(tmp_path: Path) -> None:
    """The sample sets each of them to something else than its default."""
    for field in fields(Source):
        assert getattr(FULL, field.name) != field.default, field.name
    folder = replace(FULL, id="inbox", adapter="text", url=str(tmp_path / "in"), title="")
    mailbox = Source(
        id="mail", adapter="email", url="imaps://mail.example.com/Presse",
        options={"user": "press@example.com", "password_env": "P"},
    )  # fmt: skip
    data = opml.write("Alle", [listed(s) for s in (FULL, folder, mailbox)])
    assert brought(data, tmp_path) == Exchanged((FULL, folder, mailbox), 0, ())


def test_other_programs_see_a_plain_list() -> None:
    """Title and address of each feed; nothing of ours is in the way."""
    data = opml.write("Alle", [listed(FULL)])
    assert b'text="Werk' in data
    assert b'xmlUrl="https://www.example.com/news.rss"' in data
    assert b'type="rss"' in data


def test_what_is_followed_already_is_not_added_again(tmp_path: Path) -> None:
    """By its address in the normal form; two entries of one list neither."""
    known = (Source(id="a", adapter="feed", url="https://a.example/feed"),)
    made = brought(
        outlined("https://A.example/feed", "https://b.example/", "https://b.example"), tmp_path, known=known
    )
    assert [s.url for s in made.new] == ["https://b.example/"]
    assert made.followed == 2


def test_ids_are_made_from_titles_and_are_free(tmp_path: Path) -> None:
    """The exported id, where nobody has it."""
    known = (Source(id="feed-0", adapter="feed", url="https://x.example/feed"),)
    made = brought(outlined("https://a.example/1", "https://a.example/2"), tmp_path, known=known)
    assert [s.id for s in made.new] == ["feed-0-2", "feed-1"]


def test_one_wrong_entry_costs_itself(tmp_path: Path) -> None:
    """Private hosts, unknown topics, settings of another version: each with its reason."""
    entries = [
        listed(replace(FULL, topics=("unbekannt",))),
        opml.ListedFeed(title="Innen", xml_url="http://192.168.0.7/feed"),
        opml.ListedFeed(
            title="Später",
            xml_url="https://c.example/f",
            settings={"url": "https://c.example/f", "warp": "9"},
        ),
        opml.ListedFeed(
            title="Falsch",
            xml_url="https://d.example/f",
            settings={"url": "https://d.example/f", "every": "1"},
        ),
        opml.ListedFeed(title="Gut", xml_url="https://e.example/f"),
    ]
    made = brought(opml.write("x", entries), tmp_path)
    assert [s.url for s in made.new] == ["https://e.example/f"]
    said = dict(made.refused)
    assert "unbekannt" in said[FULL.title]
    assert "allow_private" in said["Innen"]
    assert "another version" in said["Später"]
    assert "every" in said["Falsch"]


@pytest.mark.parametrize(
    "source",
    [
        replace(FULL, allow_private=False, robots=True, options={}, topics=(), adapter="text", url="/etc"),
        replace(FULL, robots=True, options={}, topics=()),
        replace(FULL, allow_private=False, options={}, topics=()),
        replace(FULL, allow_private=False, robots=True, topics=()),
    ],
    ids=["folder", "private network", "robots", "options"],
)
def test_a_list_from_the_web_opens_no_doors(tmp_path: Path, source: Source) -> None:
    """Folders, private networks and options are taken from lists of this machine alone."""
    made = brought(opml.write("x", [listed(source)]), tmp_path, trusted=False)
    assert made.new == ()
    assert "save it first" in made.refused[0][1]


def test_hundreds_are_written_at_once_and_read_back(tmp_path: Path) -> None:
    """One change of the file, which keeps what stood there."""
    (tmp_path / "sources.toml").write_text("# Meine Quellen\n", "utf-8")
    add_source(tmp_path, Source(id="a", adapter="feed", url="https://a.example/feed"))
    made = brought(outlined(*(f"https://b.example/{n}" for n in range(500))), tmp_path)
    add_sources(tmp_path, made.new)
    text = (tmp_path / "sources.toml").read_text("utf-8")
    assert text.startswith("# Meine Quellen\n")
    assert load(tmp_path).sources[1:] == made.new


def test_every_list_of_the_corpora_is_read_or_refused_and_comes_back(shared: Path, tmp_path: Path) -> None:
    """Lists that others collected, good and broken: each works or says why; export and import lose nothing."""
    roots = [
        shared / "corpora" / "feeds" / n
        for n in ("listparser-opml", "countries", "recommended", "w3c-testcases/opml")
    ]
    files = [path for root in roots for path in sorted(root.rglob("*")) if path.is_file()]
    if not files:
        pytest.skip("the lists of others are not there")
    refused: Counter[str] = Counter()
    entries: list[opml.ListedFeed] = []
    for path in files:
        try:
            found = opml.read(path.read_bytes())
        except ReadError as error:
            refused[error.reason] += 1
            continue
        assert all(p.reason and p.detail for p in found.problems)
        entries += found.entries
    assert set(refused) <= {"not_a_list"}
    settings = Settings(folder=tmp_path)
    made = exchanged(entries, settings, trusted=True)
    assert len(made.new) > 700
    assert all(reason for _, reason in made.refused)
    add_sources(tmp_path, made.new)
    sources = load(tmp_path).sources
    assert sources == made.new
    again = opml.read(opml.write("Alle", [listed(s) for s in sources]))
    assert not again.problems
    assert exchanged(again.entries, settings, trusted=True) == Exchanged(sources, 0, ())
