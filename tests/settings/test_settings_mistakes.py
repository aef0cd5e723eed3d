"""Every mistake in `config/` is named with file, line, key and remedy, and all of them at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from aggregator.errors import ConfigError
from aggregator.settings import load, tables

SOURCE = '[[source]]\nid = "wilo"\nurl = "https://www.example.com/news.rss"\n'
COMPANY = '[[company]]\nid = "wilo"\nname = "WILO SE"\n'
TOPIC = '[[topic]]\nid = "alu"\ntitle = "Aluminium"\nany = ["Aluminium"]\n'

# name: (file, text, line, what the message holds: the thing, then the remedy)
MISTAKES: dict[str, tuple[str, str, int, tuple[str, ...]]] = {
    "broken TOML": ("sources.toml", SOURCE + "every = \n", 4, ("broken TOML, column 9", "correct this line")),
    "string left open": ("sources.toml", '[[source]]\nid = "wilo\n', 2, ("broken TOML",)),
    "list left open": ("sources.toml", SOURCE + 'topics = ["a"\n\n', 6, ("broken TOML",)),
    "key twice": ("sources.toml", SOURCE + 'id = "x"\n', 4, ("broken TOML", "Cannot overwrite a value")),
    "enormous number": ("settings.toml", "\npace = " + "9" * 5000, 2, ("broken TOML",)),
    "nested too deeply": ("settings.toml", "pace = " + "[" * 9000, 0, ("nested too deeply", "plain lists")),
    "unknown key": ("sources.toml", SOURCE + "evry = 60\n", 4, ('source "wilo": unknown key "evry"', '"every"?')),
    "far-off key": ("sources.toml", SOURCE + "zz = 60\n", 4, ('unknown key "zz"', "known: adapter, ")),
    "heading in the plural": ("sources.toml", "\n[[sources]]\n", 2, ('"sources"', "did you mean [[source]]?")),
    "foreign heading": ("sources.toml", "\n[[people]]\n", 2, ('"people"', "holds [[source]] blocks only")),
    "key above all headings": (
        "sources.toml", 'id = "a"\n' + SOURCE, 1, ('unknown key "id"', "belongs below a [[source]] heading")
    ),
    "one bracket": ("sources.toml", '# x\n[source]\nid = "a"\n', 2, ("source is no list", "[[source]]")),
    "list of texts": ("topics.toml", 'topic = ["a"]\n', 1, ("topic is no list", "[[topic]]")),
    "unknown setting": ("settings.toml", "\n\npase = 2\n", 3, ('unknown key "pase"', 'did you mean "pace"?')),
    "text for a number": ("settings.toml", 'concurrency = "many"\n', 1, ('concurrency = "many"', "from 1 to 1000")),
    "truth for a number": ("settings.toml", "per_host = true\n", 1, ("per_host = true", "from 1 to 16")),
    "not a number": ("settings.toml", "pace = nan\n", 1, ("pace = NaN", "from 0 to 60 seconds")),
    "size without meaning": ("settings.toml", 'max_bytes = "15 apples"\n', 1, ('"15 apples"', 'as in "15 MB"')),
    "base address with query": ("settings.toml", 'base_url = "http://a.example/?x"\n', 1, ("without ? and #",)),
    "base address of no web": ("settings.toml", 'base_url = "ftp://a.example"\n', 1, ("ftp://a.example", "http")),
    "contact that breaks a header": ("settings.toml", 'contact = "Jürgen"\n', 1, ('"Jürgen"', "e-mail address")),
    "empty title": ("settings.toml", 'title = " "\n', 1, ("title", "not empty")),
    "unknown zone of all": ("settings.toml", 'timezone = "Berlin"\n', 1, ('"Berlin"', '"Europe/Berlin"')),
    "missing id": ("sources.toml", '\n[[source]]\nurl = "inbox"\n', 2, ("source 1: id is missing", "write id =")),
    "missing address": ("sources.toml", '[[source]]\nid = "a"\n', 1, ('source "a": url is missing', "url =")),
    "id in hyphens": ("sources.toml", '[[source]]\nid = "-rf"\nurl = "x"\n', 2, ('id = "-rf"', "at either end")),
    "bad id": ("sources.toml", '[[source]]\nid = "../a"\nurl = "x"\n', 2, ('id = "../a"', "small letters")),
    "long id": ("companies.toml", f'[[company]]\nid = "{"a" * 61}"\nname = "A"\n', 2, ("up to 60",)),
    "id as a number": ("topics.toml", '[[topic]]\nid = 7\ntitle = "A"\nany = ["A"]\n', 2, ("id = 7", "small")),
    "id taken": ("sources.toml", SOURCE + SOURCE, 5, ('source "wilo": this id is taken by line 2', "another")),
    "topic id taken": ("topics.toml", TOPIC + TOPIC, 6, ('topic "alu": this id is taken by line 2',)),
    "wrong selector": (
        "sources.toml", SOURCE + '[source.recipe]\nitems = ["div >"]\n', 5, ('"div >" is no CSS selector', ".news-list")
    ),
    "wrong expression": (
        "sources.toml", SOURCE + '[source.recipe]\nitems = ["li"]\ntitle = ["//a["]\n', 6, ('"//a["', "XPath")
    ),
    "unknown adapter": ("sources.toml", SOURCE + 'adapter = "fed"\n', 4, ('adapter = "fed"', '"feed"?')),
    "password": (
        "sources.toml", '[[source]]\nid = "a"\nurl = "https://me:secret@a.example/x"\n', 3,
        ("…@a.example/x", "they hold no passwords"),
    ),
    "password in a mailbox": (
        "sources.toml",
        '[[source]]\nid = "a"\nurl = "imaps://me:secret@a.example/x"\noptions = { user = "me", password_env = "P" }\n', 3,
        ("…@a.example/x", "they hold no passwords", "password_env"),
    ),
    "mailbox without a user": (
        "sources.toml", '[[source]]\nid = "a"\nurl = "imaps://a.example/x"\n', 1, ("options", "password_env")
    ),
    "password in the options": (
        "sources.toml",
        '[[source]]\nid = "a"\nurl = "imaps://a.example/x"\noptions = { user = "me", password = "secret" }\n', 4,
        ("options = …", "do not belong", "password_env"),
    ),
    "mailbox in a private network": (
        "sources.toml",
        '[[source]]\nid = "a"\nurl = "imaps://10.0.0.7/"\noptions = { user = "me", password_env = "P" }\n', 3,
        ("private network", "allow_private"),
    ),
    "file address": ("sources.toml", '[[source]]\nid = "a"\nurl = "file:///srv/x"\n', 3, ("file:///srv/x", "http")),
    "script address": ("sources.toml", '[[source]]\nid = "a"\nurl = "javascript:1"\n', 3, ("javascript", "http")),
    "unknown home": ("sources.toml", '[[source]]\nid = "a"\nurl = "~nobody-here/x"\n', 3, ("whole path",)),
    "no host": ("sources.toml", '[[source]]\nid = "a"\nurl = "https:///x"\n', 3, ("https:///x", "host")),
    "spaces inside": ("sources.toml", '[[source]]\nid = "a"\nurl = "https://a.example/x y"\n', 3, ("%20",)),
    "backslash": ("sources.toml", "[[source]]\nid = 'a'\nurl = 'https://a.example\\b'\n", 3, ("backslash",)),
    "port that is none": ("sources.toml", '[[source]]\nid = "a"\nurl = "http://a.example:x/"\n', 3, ("a.example:x",)),
    "forgotten scheme": (
        "sources.toml", '[[source]]\nid = "a"\nurl = "www.example.com/f"\n', 3, ('"https://www.example.com/f"', "path")
    ),
    "loopback": ("sources.toml", '[[source]]\nid = "a"\nurl = "http://127.0.0.1/f"\n', 3, ("allow_private = true",)),
    "loopback in IPv6": ("sources.toml", '[[source]]\nid = "a"\nurl = "http://[::1]/f"\n', 3, ("allow_private",)),
    "mapped loopback": (
        "sources.toml", '[[source]]\nid = "a"\nurl = "http://[::ffff:127.0.0.1]/f"\n', 3, ("allow_private = true",)
    ),
    "localhost": ("sources.toml", '[[source]]\nid = "a"\nurl = "http://LOCALHOST:81/f"\n', 3, ("allow_private",)),
    "intranet name": ("sources.toml", '[[source]]\nid = "a"\nurl = "http://newsroom/f"\n', 3, ("allow_private",)),
    "short loopback": ("sources.toml", '[[source]]\nid = "a"\nurl = "http://127.1/f"\n', 3, ("http://127.1/f",)),
    "loopback as one number": ("sources.toml", '[[source]]\nid = "a"\nurl = "http://2130706433/"\n', 3, ("as in",)),
    "unknown role": ("sources.toml", SOURCE + 'role = "Issuer"\n', 4, ('role = "Issuer"', 'did you mean "issuer"?')),
    "interval of fruit": (
        "sources.toml", SOURCE + 'every = "5 bananas"\n', 4,
        ('source "wilo": every = "5 bananas" — write a number with a unit, as in "15 min", "6 h" (1 min to 31 d)',),
    ),
    "interval without unit": ("sources.toml", SOURCE + 'every = "15"\n', 4, ('every = "15"', "with a unit")),
    "interval of nothing": ("sources.toml", SOURCE + "every = 0\n", 4, ("every = 0", 'at least "1 min"')),
    "interval below zero": ("sources.toml", SOURCE + "every = -60\n", 4, ("every = -60", 'at least "1 min"')),
    "interval of a second": ("sources.toml", SOURCE + 'every = "1 s"\n', 4, ('at least "1 min"',)),
    "interval of ten years": ("sources.toml", SOURCE + 'every = "3650 d"\n', 4, ('at most "31 d"',)),
    "interval without end": ("sources.toml", SOURCE + "every = inf\n", 4, ('at most "31 d"',)),
    "interval as a truth": ("sources.toml", SOURCE + "every = true\n", 4, ("every = true", "with a unit")),
    "interval as a date": ("sources.toml", SOURCE + "every = 2026-01-01\n", 4, ("every = 2026-01-01",)),
    "unknown zone": ("sources.toml", SOURCE + 'timezone = "Europe"\n', 4, ('timezone = "Europe"', "IANA")),
    "zone from a path": ("sources.toml", SOURCE + 'timezone = "../../etc"\n', 4, ("IANA time zone",)),
    "language in words": ("sources.toml", SOURCE + 'language = "German!"\n', 4, ('"German!"', 'as in "de"')),
    "truth in quotes": ("sources.toml", SOURCE + 'paused = "yes"\n', 4, ('paused = "yes"', "true or false")),
    "topics as a text": ("sources.toml", SOURCE + 'topics = "alu"\n', 4, ('topics = "alu"', "list of texts")),
    "unknown topic": ("sources.toml", SOURCE + 'topics = ["alo"]\n', 4, ('topics = "alo"', "topics.toml")),
    "options in numbers": ("sources.toml", SOURCE + "options = { a = 5 }\n", 4, ("options", "table of texts")),
    "options below": ("sources.toml", SOURCE + "\n[source.options]\na = 5\n", 5, ("options", "table of texts")),
    "control characters": ("sources.toml", SOURCE + 'title = "a\\u001b[2J"\n', 4, ("title", "control characters")),
    "unknown kind": ("companies.toml", COMPANY + 'kind = "firm"\n', 4, ('kind = "firm"', '"association"')),
    "unknown parent": ("companies.toml", COMPANY + 'parent = "wila"\n', 4, ('parent = "wila"', "no company")),
    "its own parent": ("companies.toml", COMPANY + 'parent = "wilo"\n', 4, ("wilo → wilo", "remove one parent")),
    "parents in a ring": (
        "companies.toml",
        COMPANY + 'parent = "b"\n[[company]]\nid = "b"\nname = "B AG"\nparent = "wilo"\n', 4, ("wilo → b → wilo",),
    ),
    "alias of two": (
        "companies.toml",
        COMPANY + 'aliases = ["Wilo"]\n\n[[company]]\nid = "b"\nname = "B AG"\naliases = [\n  "B",\n  "WILO"]\n', 9,
        ('company "b": aliases holds "WILO", which line 4 claims', "ambiguous = true"),
    ),
    "name of two": ("companies.toml", COMPANY + '[[company]]\nid="b"\nname = "Wilo SE"\n', 6, ("line 3 claims",)),
    "domain with scheme": ("companies.toml", COMPANY + 'domains = ["https://a.b"]\n', 4, ("host alone",)),
    "short ISIN": ("companies.toml", COMPANY + 'isin = ["DE000"]\n', 4, ('isin = "DE000"', "12 characters")),
    "ticker without exchange": ("companies.toml", COMPANY + 'tickers = ["SIE"]\n', 4, ('"SIE"', '"XETRA:SIE"')),
    "short LEI": ("companies.toml", COMPANY + 'lei = "5299"\n', 4, ("20 characters",)),
    "wikidata address": ("companies.toml", COMPANY + 'wikidata = "https://w/Q1"\n', 4, ("item number",)),
    "topic without a rule": ("topics.toml", '\n[[topic]]\nid = "a"\ntitle = "A"\nnone = ["b"]\n', 2, ("no rule", "any =")),
    "empty rule": ("topics.toml", '[[topic]]\nid = "a"\ntitle = "A"\nany = []\n', 1, ("no rule",)),
    "empty term": ("topics.toml", '[[topic]]\nid = "a"\ntitle = "A"\nany = ["b", " "]\n', 4, ("not empty",)),
    "unknown part": ("topics.toml", TOPIC + "weights = { titel = 4 }\n", 5, ('"titel"', 'did you mean "title"?')),
    "weight below zero": ("topics.toml", TOPIC + "weights = { title = -1 }\n", 5, ("weights", "from 0 to 100")),
    "near without b": ("topics.toml", TOPIC + 'near = [{ a = ["x"] }]\n', 5, ("near: b is missing", "write b")),
    "near as a table": ("topics.toml", TOPIC + 'near = { a = ["x"] }\n', 5, ("near", "list of tables")),
    "near far apart": (
        "topics.toml", TOPIC + '[[topic.near]]\na = ["x"]\nb = ["y"]\nwithin = 999\n', 8, ("within = 999", "200")
    ),
    "unknown compound": ("topics.toml", TOPIC + 'compound = "heads"\n', 5, ('"heads"', 'did you mean "head"?')),
    "unknown company role": ("topics.toml", TOPIC + 'roles = ["isuer"]\n', 5, ('"isuer"', '"issuer"?')),
    "unknown sort of release": ("topics.toml", TOPIC + 'kinds = ["earning"]\n', 5, ('"earning"', '"earnings"?')),
    "language with region": ("topics.toml", TOPIC + 'langs = ["de-AT"]\n', 5, ('"de-AT"', "without a region")),
    "shown language with region": (
        "topics.toml", TOPIC + 'languages = ["en", "de-AT"]\n', 5, ("languages", '"de-AT"', "without a region")
    ),
    "shown language as a name": (
        "companies.toml", '[[company]]\nid = "a"\nname = "A AG"\nlanguages = ["German"]\n', 4,
        ("languages", '"German"', '["de", "en"]'),
    ),
    "IPTC without prefix": ("topics.toml", TOPIC + 'iptc = ["20000316"]\n', 5, ('"20000316"', '"medtop:20000316"')),
    "IPTC unknown": ("topics.toml", TOPIC + 'iptc = ["medtop:99999999"]\n', 5, ('"medtop:99999999"', "no such")),
    "except with underscore": ("topics.toml", TOPIC + 'except_ = ["a"]\n', 5, ('"except_"', '"except"?')),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_with_its_line_and_remedy(name: str, tmp_path: Path) -> None:
    """One mistake gives one line: file, line, what stands there, what to write."""
    file, text, line, expected = MISTAKES[name]
    (tmp_path / file).write_text(text, "utf-8")
    with pytest.raises(ConfigError) as caught:
        load(tmp_path)
    place = f"{tmp_path / file}:{line}: " if line else f"{tmp_path / file}: "
    assert [p for p in caught.value.problems if p.startswith(place)], caught.value.problems
    told = next(p for p in caught.value.problems if p.startswith(place))
    assert all(part in told for part in expected), told
    assert len(told.splitlines()) == 1
    assert caught.value.exit_code == 2


def test_each_mistake_of_the_table_gives_no_second_line() -> None:
    """A ring of parents concerns two companies; every other mistake of the table is told once."""
    import tempfile

    for name, (file, text, _, _) in MISTAKES.items():
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / file).write_text(text, "utf-8")
            with pytest.raises(ConfigError) as caught:
                load(Path(folder))
            expected = 2 if name == "parents in a ring" else 1
            assert len(caught.value.problems) == expected, (name, caught.value.problems)


def test_all_mistakes_of_all_files_are_told_at_once_in_their_order(tmp_path: Path) -> None:
    """The operator corrects everything in one go."""
    (tmp_path / "settings.toml").write_text('pace = "x"\nevery = 1\n')
    (tmp_path / "sources.toml").write_text(SOURCE + "evry = 1\nrole = 2\n")
    (tmp_path / "topics.toml").write_text("[[topic]\n")
    with pytest.raises(ConfigError) as caught:
        load(tmp_path)
    places = [p.removeprefix(str(tmp_path) + "/").split(": ")[0] for p in caught.value.problems]
    assert places == [
        "settings.toml:1",
        "settings.toml:2",
        "sources.toml:4",
        "sources.toml:5",
        "topics.toml:1",
    ]


def test_a_broken_file_does_not_make_others_look_wrong(tmp_path: Path) -> None:
    """Topics that cannot be read are not called unknown in the sources."""
    (tmp_path / "sources.toml").write_text(SOURCE + 'topics = ["alu"]\n')
    (tmp_path / "topics.toml").write_text("[[topic]\n")
    with pytest.raises(ConfigError) as caught:
        load(tmp_path)
    assert len(caught.value.problems) == 1


def test_an_entry_with_a_mistake_still_counts_as_known(tmp_path: Path) -> None:
    """A topic whose weight is wrong is not also called unknown by the source that names it."""
    (tmp_path / "sources.toml").write_text(SOURCE + 'topics = ["alu"]\n')
    (tmp_path / "topics.toml").write_text(TOPIC + "min_score = 0\n")
    with pytest.raises(ConfigError) as caught:
        load(tmp_path)
    assert [p.rpartition("/")[2].split(": ")[0] for p in caught.value.problems] == ["topics.toml:5"]


def test_a_password_is_never_repeated(tmp_path: Path) -> None:
    """Whatever else is wrong with an address, its credentials stay out of the message."""
    for url in (
        "https://me:hunter2@a.example/f",
        "ftp://me:hunter2@h/x",
        "https://me:hunter2@h:x/",
        "//me:hunter2@h",
    ):
        (tmp_path / "sources.toml").write_text(f'[[source]]\nid = "a"\nurl = "{url} "\n')
        with pytest.raises(ConfigError) as caught:
            load(tmp_path)
        assert "hunter2" not in str(caught.value)


def test_a_missing_folder_names_the_path_and_the_option(tmp_path: Path) -> None:
    """Nothing is created; the remedy is in the line."""
    missing = tmp_path / "nowhere"
    with pytest.raises(ConfigError, match=r"nowhere: .* does not exist .*aggregator --config DIR"):
        load(missing)
    assert not missing.exists()


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("")
    with pytest.raises(ConfigError, match=r"config: .* is no folder"):
        load(tmp_path / "config")


def test_a_folder_in_place_of_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "topics.toml").mkdir()
    with pytest.raises(ConfigError, match=r"topics.toml: cannot be read"):
        load(tmp_path)


def test_bytes_that_are_not_utf8_are_told_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "companies.toml").write_bytes(b'[[company]]\nid = "a"\nname = "M\xfcller AG"\n')
    with pytest.raises(
        ConfigError, match=r"companies.toml:3: byte 0xfc is not UTF-8 — save the file as UTF-8"
    ):
        load(tmp_path)


def test_a_file_above_ten_megabytes_is_refused_unread(tmp_path: Path) -> None:
    (tmp_path / "topics.toml").write_bytes(b"# " + b"x" * 10_000_000)
    with pytest.raises(ConfigError, match=r"topics.toml: is larger than 10 MB"):
        load(tmp_path)


def test_a_retired_media_topic_is_a_warning_that_names_its_replacement(tmp_path: Path) -> None:
    """Retired ids live on in old feeds; the configuration still loads."""
    (tmp_path / "topics.toml").write_text(TOPIC + 'iptc = ["medtop:20000316", "medtop:20000321"]\n')
    settings = load(tmp_path)
    assert settings.topics[0].iptc == ("medtop:20000316", "medtop:20000321")
    assert len(settings.warnings) == 1
    assert settings.warnings[0].startswith(f'{tmp_path}/topics.toml:5: topic "alu": iptc = "medtop:20000321"')
    assert 'write "medtop:20000316"' in settings.warnings[0]


def test_a_topic_of_companies_or_kinds_needs_no_words(tmp_path: Path) -> None:
    """Every release of theirs belongs to it."""
    (tmp_path / "topics.toml").write_text('[[topic]]\nid = "a"\ntitle = "A"\nkinds = ["earnings"]\n')
    assert load(tmp_path).topics[0].kinds == ("earnings",)


def test_a_company_that_looks_like_an_id_and_is_none_is_a_warning(tmp_path: Path) -> None:
    """A slip in an id would open a feed of its own; a written-out name is another matter."""
    (tmp_path / "companies.toml").write_text(COMPANY + 'aliases = ["wilo-pumps"]\n')
    for company, count in (("wila", 1), ("wilo", 0), ("wilo-pumps", 0), ("Wila GmbH", 0)):
        (tmp_path / "sources.toml").write_text(SOURCE + f'company = "{company}"\n')
        assert len(load(tmp_path).warnings) == count
    (tmp_path / "companies.toml").unlink()
    (tmp_path / "sources.toml").write_text(SOURCE + 'company = "wila"\n')
    assert load(tmp_path).warnings == ()


def test_two_sources_of_one_address_are_a_warning(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(SOURCE + "\n" + SOURCE.replace('"wilo"', '"again"'))
    (told,) = load(tmp_path).warnings
    assert (
        told
        == f'{tmp_path}/sources.toml:7: source "again": its address is also that of source "wilo"; remove one'
    )


ODD = [
    '""', '" "', '"a"', '"\\u0000"', "'\\'", "0", "-1", "1e308", "nan", "-inf", "true", "[]", "{}", '[""]', "[1]", "[[]]",
    '["a", 1]', '[{ a = ["x"], b = ["y"] }]', "[{ a = 1 }]", "{ a = [] }", "{ title = [] }", '{ "" = "" }',
    "1979-05-27T07:32:00Z", "07:32:00", "1979-05-27", '"[[source]]"', '"https://"', '"http://[::1"', '"~"', '".."',
    '"file:"', '"https://a.b/\\u202egpj"', '"medtop:"', '"a:b:c"', "0x7fffffffffffffffffff", '"\\U0010ffff"',
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "table"),
    [
        ("settings", tables.SETTINGS),
        ("sources", tables.SOURCE),
        ("companies", tables.COMPANY),
        ("topics", tables.TOPIC),
    ],
    ids=["settings", "sources", "companies", "topics"],
)
def test_any_value_under_any_key_is_taken_or_refused_in_one_line(
    file: str, table: tables.Table, tmp_path: Path
) -> None:
    """No value of TOML escapes as anything but a mistake with a line."""
    path = tmp_path / f"{file}.toml"
    heading = "" if file == "settings" else f"[[{table.noun}]]\n"
    for key in table.keys:
        for value in ODD:
            path.write_text(f"{heading}{key} = {value}\n", "utf-8")
            told = problems(tmp_path)
            assert all(p.startswith(f"{path}:") and p.isprintable() for p in told), (key, value, told)


def problems(folder: Path) -> list[str]:
    try:
        load(folder)
    except ConfigError as error:
        return error.problems
    return []
