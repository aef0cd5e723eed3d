"""The scanner finds the line of every key, whatever strings and brackets hold."""

from __future__ import annotations

import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from aggregator.settings.lines import Layout, Path

TEXT = '''# a comment with [[source]] in it
top = 1

[[source]]  # first
id = "a"
list = [ "[[source]]",
  "b = 3",  # c = 4
]
text = """
[[source]]
id = "inside"
"""
raw = \'\'\'
x = 'y' \'\'\'
"quoted key" = 'z # no comment'
dotted.deep.key = { inline = [1, 2], other = "}" }

[source.options]
limit = "50"

[[source]]
  id = "b"
[[source.near]]
a = 1
[[source.near]]
a = 2
[ source . "options" ]
limit = 5
'''


def test_each_statement_of_a_text_full_of_traps_has_its_line() -> None:
    assert tomllib.loads(TEXT)["source"][1]["near"][1]["a"] == 2  # the traps are valid TOML
    layout = Layout(TEXT)
    expected: dict[Path, int] = {
        ("top",): 2,
        ("source", 0): 4,
        ("source", 0, "id"): 5,
        ("source", 0, "list"): 6,
        ("source", 0, "text"): 9,
        ("source", 0, "raw"): 13,
        ("source", 0, "quoted key"): 15,
        ("source", 0, "dotted", "deep", "key"): 16,
        ("source", 0, "dotted"): 16,
        ("source", 0, "options"): 18,
        ("source", 0, "options", "limit"): 19,
        ("source", 1): 21,
        ("source", 1, "id"): 22,
        ("source", 1, "near", 0): 23,
        ("source", 1, "near", 1, "a"): 26,
        ("source", 1, "options", "limit"): 28,
    }
    assert {path: layout.line(path) for path in expected} == expected
    assert [s.last - s.first for s in layout.statements if s.path[-1] in ("list", "text", "raw")] == [2, 3, 1]


def test_a_key_without_a_line_of_its_own_takes_that_of_what_holds_it() -> None:
    layout = Layout("x = 1\nlist = [\n  { a = 1 },\n]\n")
    assert layout.line(("list", 0, "a")) == 2
    assert layout.line(("gone",)) == 1


VALUES = st.one_of(
    st.integers(-5, 5),
    st.booleans(),
    st.text("ab #=[]{}\"'\\\n\u2028ü", max_size=8),
    st.lists(st.sampled_from(["[", "]", '"', "'", "#", "a"]), max_size=3),
)


@given(
    st.lists(st.dictionaries(st.sampled_from(["id", "url", "x y", "ü", "t"]), VALUES), max_size=4),
    st.booleans(),
)
def test_every_key_that_a_writer_wrote_is_found_in_a_line_that_names_it(
    entries: list[dict[str, Any]], crlf: bool
) -> None:
    """Written by tomlkit, read by tomllib, placed by us: the line holds the key."""
    import tomlkit

    text = tomlkit.dumps({"source": entries}) if entries else "# none\n"
    text = text.replace("\n", "\r\n") if crlf else text
    layout, rows = Layout(text), text.split("\n")
    for index, entry in enumerate(tomllib.loads(text).get("source", [])):
        for key in entry:
            row = rows[layout.line(("source", index, key)) - 1]
            assert row.lstrip().startswith((key, f'"{key}"', f"[[source.{key}", "source ="))
