"""A change to `sources.toml` touches one block, is tried first, and happens whole or not at all."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aggregator.errors import ConfigError
from aggregator.model import Source
from aggregator.settings import load
from aggregator.settings.editing import add_source, free_id, remove_source, update_source

TEXT = '''# Our sources.   Two  spaces  are ours.

# --- Companies ---

# Pumps; asked for by the energy desk
[[source]]
id = "wilo"                      # never change this
url   =   "https://www.example.com/news.rss"
every = "2 h"    # they publish rarely
# paused = true

# --- Wires ---

# The big one
[[source]]
id = "wire"
url = 'https://wire.example.com/rss'
topics = [
  # none yet
]
[source.options]
limit = "50"  # as agreed
note = """
[[source]]
"""
[[source]]
id = "inbox"
url = "inbox"

# The end.
'''


@pytest.fixture
def config(tmp_path: Path) -> Path:
    (tmp_path / "sources.toml").write_text(TEXT, "utf-8")
    return tmp_path


def text_of(folder: Path) -> str:
    return (folder / "sources.toml").read_bytes().decode("utf-8")


def source_of(folder: Path, name: str) -> Source:
    return next(s for s in load(folder).sources if s.id == name)


def test_an_update_changes_the_named_keys_and_no_byte_elsewhere(config: Path) -> None:
    """A comment behind a value stays behind the new value."""
    update_source(config, "wilo", every=900.0)
    assert text_of(config) == TEXT.replace('every = "2 h"    # they', 'every = "15 min"    # they')


def test_a_new_key_is_written_at_the_end_of_its_block(config: Path) -> None:
    update_source(config, "wilo", paused=True, title='Wilo "news"')
    added = '# paused = true\npaused = true\ntitle = "Wilo \\"news\\""\n'
    assert text_of(config) == TEXT.replace("# paused = true\n", added)


def test_none_takes_a_key_out(config: Path) -> None:
    update_source(config, "wilo", every=None)
    assert text_of(config) == TEXT.replace('every = "2 h"    # they publish rarely\n', "")
    assert source_of(config, "wilo").every is None


def test_options_in_a_table_of_their_own_stay_there(config: Path) -> None:
    update_source(config, "wire", options={"limit": "10", "more": "x"})
    assert 'limit = "10"  # as agreed\n' in text_of(config)
    assert source_of(config, "wire").options == {"limit": "10", "more": "x"}
    before, after = TEXT.split("[source.options]"), text_of(config).split("[source.options]")
    assert after[0] == before[0]
    assert after[1].endswith(before[1].partition('"""\n[[source]]\n"""\n')[2])


def test_a_key_of_the_block_goes_before_the_table_of_its_options(config: Path) -> None:
    update_source(config, "wire", role="wire", options=None)
    assert (source_of(config, "wire").role, source_of(config, "wire").options) == ("wire", {})


def test_a_removal_takes_the_block_and_the_comment_right_above_it(config: Path) -> None:
    """The heading comment of a section, set off by a blank line, is not the source's own."""
    remove_source(config, "wilo")
    start, end = TEXT.index("# Pumps"), TEXT.index("# --- Wires")
    assert text_of(config) == TEXT[:start] + TEXT[end:]


def test_a_removal_in_the_middle_leaves_the_comments_of_the_next(config: Path) -> None:
    remove_source(config, "wire")
    start, end = TEXT.index("# The big one"), TEXT.index('[[source]]\nid = "inbox"')
    assert text_of(config) == TEXT[:start] + TEXT[end:]


def test_a_removal_at_the_end_leaves_the_last_words(config: Path) -> None:
    remove_source(config, "inbox")
    assert text_of(config) == TEXT.replace('[[source]]\nid = "inbox"\nurl = "inbox"\n\n', "")


def test_an_addition_stands_at_the_end_and_names_only_what_differs(config: Path) -> None:
    source = Source(
        id="new", adapter="feed", url="https://new.example.com/feed", every=5400.0, company="New AG"
    )
    add_source(config, source)
    block = '\n[[source]]\nid = "new"\nurl = "https://new.example.com/feed"\ncompany = "New AG"\nevery = "90 min"\n'
    assert text_of(config) == TEXT + block
    assert source_of(config, "new") == source


def test_an_addition_with_every_key_reads_the_same(config: Path) -> None:
    (config / "topics.toml").write_text('[[topic]]\nid = "alu"\ntitle = "A"\nany = ["A"]\n')
    source = Source(
        id="full",
        adapter="text",
        url="http://10.0.0.1/x?a=1&b=%20",
        title='Quote " and \\ and ü',
        role="outlet",
        company="Müller & Söhne",
        every=61.0,
        language="de-AT",
        timezone="Europe/Vienna",
        day_first=False,
        topics=("alu",),
        content="lead",
        allow_private=True,
        paused=True,
        options={"a b": "c", "d": '"'},
    )
    add_source(config, source)
    assert source_of(config, "full") == source


def test_the_zone_of_an_added_source_survives_other_defaults(config: Path) -> None:
    """A zone is left out only where the settings say the same."""
    (config / "settings.toml").write_text('timezone = "Asia/Tokyo"\n')
    for zone in ("Asia/Tokyo", "Europe/Berlin"):
        source = Source(
            id=zone.lower().replace("/", "-"), adapter="feed", url="https://a.example/f", timezone=zone
        )
        add_source(config, source)
        assert source_of(config, source.id) == source
    assert text_of(config).count("timezone") == 1


def test_the_first_source_creates_the_file(tmp_path: Path) -> None:
    add_source(tmp_path, Source(id="a", adapter="text", url="inbox"))
    assert text_of(tmp_path).startswith("# Where press releases come from")
    assert [s.id for s in load(tmp_path).sources] == ["a"]
    assert (tmp_path / "sources.toml").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_an_addition_keeps_the_line_ends_and_the_mark_of_the_file(tmp_path: Path, end: str) -> None:
    """A file from Windows stays one, with one blank line between the blocks."""
    old = ('\ufeff[[source]]\nid = "a"\nurl = "inbox"' + end).replace("\n", "\r\n").encode()
    (tmp_path / "sources.toml").write_bytes(old)
    add_source(tmp_path, Source(id="b", adapter="text", url="other"))
    made = (tmp_path / "sources.toml").read_bytes()
    assert made == old.rstrip() + b'\r\n\r\n[[source]]\r\nid = "b"\r\nurl = "other"\r\n'
    update_source(tmp_path, "a", paused=True)
    remove_source(tmp_path, "b")
    assert (tmp_path / "sources.toml").read_bytes() == old.rstrip() + b"\r\npaused = true\r\n\r\n"


def test_line_separators_inside_strings_are_no_line_ends(tmp_path: Path) -> None:
    """Python knows more line ends than TOML does; counting those would cut the wrong rows."""
    text = '[[source]]\nid = "a"\ntitle = "x\u2028y"\nurl = "inbox"\n\n[[source]]\nid = "b"\nurl = "b"\n'
    (tmp_path / "sources.toml").write_text(text, "utf-8", newline="")
    remove_source(tmp_path, "a")
    assert text_of(tmp_path) == '[[source]]\nid = "b"\nurl = "b"\n'


WRONG: dict[str, tuple[Any, str]] = {
    "unknown source": (lambda f: remove_source(f, "wila"), 'there is no source "wila" — did you mean "wilo"'),
    "unknown key": (lambda f: update_source(f, "wilo", evry=60), 'unknown key "evry" — did you mean "every"'),
    "short interval": (lambda f: update_source(f, "wilo", every=1.0), 'every = "1 s" — write at least'),
    "no address": (lambda f: update_source(f, "wilo", url=None), "url is missing"),
    "taken id": (lambda f: add_source(f, Source(id="wire", adapter="text", url="x")), "is taken by line 16"),
    "bad id": (lambda f: add_source(f, Source(id="-rf ..", adapter="text", url="x")), "small letters"),
    "password": (lambda f: update_source(f, "wilo", url="https://a:b@c.example/"), "no passwords"),
    "unknown topic": (lambda f: update_source(f, "wilo", topics=("alu",)), "topics.toml has no such id"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_change_that_would_not_load_is_refused_and_changes_nothing(name: str, config: Path) -> None:
    act, told = WRONG[name]
    with pytest.raises(ConfigError) as caught:
        act(config)
    assert told in str(caught.value)
    assert text_of(config) == TEXT
    assert sorted(p.name for p in config.iterdir()) == [".lock", "sources.toml"]


def test_a_source_with_a_mistake_can_be_corrected_or_removed(config: Path) -> None:
    """Else a slip by hand would lock the command line out."""
    wrong = TEXT.replace('"2 h"', '"2 bananas"')
    (config / "sources.toml").write_text(wrong, "utf-8")
    update_source(config, "wilo", every=7200.0)
    assert text_of(config) == TEXT
    (config / "sources.toml").write_text(wrong, "utf-8")
    remove_source(config, "wilo")
    assert [s.id for s in load(config).sources] == ["wire", "inbox"]


def test_a_broken_file_is_named_and_left_alone(config: Path) -> None:
    (config / "sources.toml").write_text(TEXT + "[[source]\n", "utf-8")
    for act in (lambda: remove_source(config, "wilo"), lambda: update_source(config, "wilo", paused=True)):
        with pytest.raises(ConfigError, match=r"sources.toml:31: broken TOML"):
            act()
    (config / "sources.toml").write_bytes(b"# \xff\n")
    with pytest.raises(ConfigError, match=r"sources.toml:1: byte 0xff is not UTF-8"):
        remove_source(config, "wilo")


def test_sources_in_one_inline_list_are_not_cut_apart(tmp_path: Path) -> None:
    text = 'source = [{ id = "a", url = "x" }]\n'
    (tmp_path / "sources.toml").write_text(text)
    with pytest.raises(ConfigError, match=r"one inline list — write each as a \[\[source\]\] block"):
        remove_source(tmp_path, "a")
    assert text_of(tmp_path) == text


def test_a_linked_file_stays_a_link_and_keeps_its_rights(tmp_path: Path) -> None:
    real = tmp_path / "real.toml"
    real.write_text(TEXT, "utf-8")
    real.chmod(0o640)
    config = tmp_path / "config"
    config.mkdir()
    (config / "sources.toml").symlink_to(real)
    remove_source(config, "wire")
    assert (config / "sources.toml").is_symlink()
    assert "wire.example" not in real.read_text("utf-8")
    assert real.stat().st_mode & 0o777 == 0o640


def test_a_missing_folder_is_not_created(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="does not exist"):
        add_source(tmp_path / "nowhere", Source(id="a", adapter="text", url="x"))
    assert not (tmp_path / "nowhere").exists()


def test_a_lock_that_cannot_be_written_is_named(config: Path) -> None:
    (config / ".lock").mkdir()
    with pytest.raises(ConfigError, match=r"\.lock: cannot be written \(.+\) — check the rights"):
        remove_source(config, "wilo")
    assert text_of(config) == TEXT


def test_editors_at_the_same_time_lose_nothing_of_each_other(config: Path) -> None:
    """Real processes: every addition and every update of all of them is there in the end."""
    code = (
        "import sys; from pathlib import Path; from aggregator.model import Source\n"
        "from aggregator.settings.editing import add_source, update_source\n"
        "folder, name = Path(sys.argv[1]), sys.argv[2]\n"
        "for i in range(8):\n"
        "    add_source(folder, Source(id=f'{name}-{i}', adapter='text', url=f'{name}/{i}'))\n"
        "    update_source(folder, f'{name}-{i}', paused=True)\n"
    )
    command = [sys.executable, "-c", code, str(config)]
    started = [subprocess.Popen([*command, name]) for name in ("one", "two", "three")]
    assert [process.wait(timeout=100) for process in started] == [0, 0, 0]
    added = [s for s in load(config).sources if "-" in s.id]
    assert len(added) == 24
    assert all(s.paused for s in added)
    assert text_of(config).startswith(TEXT)
    assert sorted(p.name for p in config.iterdir()) == [".lock", "sources.toml"]


def test_a_held_lock_is_waited_for_and_then_told(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    from aggregator.settings import editing

    monkeypatch.setattr(editing, "_LOCK_TRIES", 2)
    with (config / ".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(ConfigError, match="another process is changing the configuration"):
            remove_source(config, "wilo")
    assert text_of(config) == TEXT
    remove_source(config, "wilo")


def test_many_random_changes_keep_every_other_source_and_comment(tmp_path: Path) -> None:
    """After each change the file means what the model says, and every foreign comment is still there."""
    chance = random.Random(20260901)
    expected: dict[str, Source] = {}
    for step in range(120):
        act = chance.choice(["add", "add", "update", "remove"])
        name = chance.choice(sorted(expected)) if expected else ""
        if act == "add" or not name:
            made = Source(id=f"s-{step}", adapter="feed", url=f"https://h{step}.example/f", title=f"T {step}")
            add_source(tmp_path, made)
            with (tmp_path / "sources.toml").open("a") as file:
                file.write(
                    chance.choice(["", f"# own {made.id}\n", f"\n# apart {step}\n\n", "[source.options]\n"])
                )
            expected[made.id] = made
        elif act == "update":
            options = chance.choice([{}, {"k": str(step)}])
            update_source(tmp_path, name, title=f"U {step}", options=options)
            expected[name] = replace(expected[name], title=f"U {step}", options=options)
        else:
            kept = [row for row in text_of(tmp_path).split("\n") if row.startswith("# apart")]
            remove_source(tmp_path, name)
            del expected[name]
            assert [row for row in text_of(tmp_path).split("\n") if row.startswith("# apart")] == kept
        assert {s.id: s for s in load(tmp_path).sources} == expected


def test_a_free_id_is_made_of_any_name(config: Path) -> None:
    settings = load(config)
    assert free_id(settings, "WEIQIAO Germany GmbH") == "weiqiao-germany-gmbh"
    assert free_id(settings, "Wilo") == "wilo-2"
    assert free_id(settings, "北京新闻").isascii()
    long = free_id(settings, "a" * 200)
    crowded = replace(settings, sources=tuple(Source(id=i, adapter="text", url="x") for i in (long, "b")))
    assert free_id(crowded, "a" * 200) == "a" * 58 + "-2"
