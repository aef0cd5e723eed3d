"""Every command is documented, and every example in a help text is one that the program understands."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from aggregator.cli import cli
from aggregator.errors import UsageError

DOCS = Path(__file__).resolve().parents[2] / "docs" / "commands.md"


def _commands(
    group: click.Group, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    with click.Context(group) as context:
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            assert command is not None
            if isinstance(command, click.Group):
                yield from _commands(command, (*path, name))
            else:
                yield (*path, name), command


ALL = dict(_commands(cli))


def _options(command: click.Command) -> set[str]:
    return {name for option in command.params for name in option.opts}


def _examples(command: click.Command) -> list[str]:
    return [
        line.strip() for line in (command.help or "").splitlines() if line.strip().startswith("aggregator ")
    ]


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_a_command_is_documented_and_has_an_example(path: tuple[str, ...]) -> None:
    """In docs/commands.md, by its name."""
    text = DOCS.read_text("utf-8")
    assert path[0] in text
    assert f"{path[-1]}" in text
    assert _examples(ALL[path]), "no example in the help text"


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_examples_parse(path: tuple[str, ...]) -> None:
    """Options and arguments of an example are ones that the command takes."""
    for example in _examples(ALL[path]):
        words = shlex.split(re.sub(r"\s{2,}.*| > .*", "", example))
        assert tuple(words[1 : 1 + len(path)]) == path
        ALL[path].make_context(path[-1], words[1 + len(path) :])


@pytest.mark.parametrize("path", [p for p, c in ALL.items() if "--json" in _options(c)], ids=" ".join)
def test_a_command_that_prints_records_takes_one_form(path: tuple[str, ...]) -> None:
    """`--json` or `--jsonl`; both are refused, the same way everywhere."""
    command = ALL[path]
    words = ["1"] * sum(isinstance(p, click.Argument) and p.required for p in command.params)
    assert command.make_context(path[-1], [*words, "--json"]).params["form"] == "json"
    assert command.make_context(path[-1], [*words, "--jsonl"]).params["form"] == "jsonl"
    assert command.make_context(path[-1], words).params["form"] is None
    for both in (["--json", "--jsonl"], ["--jsonl", "--json"]):
        with pytest.raises(UsageError, match="not both"):
            command.make_context(path[-1], [*words, *both])
