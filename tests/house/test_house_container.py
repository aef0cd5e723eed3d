"""Dockerfile and docker-compose.yml agree with each other, with the folders and with the command line."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest


def instructions(text: str) -> list[tuple[str, str]]:
    """(name, rest) of every instruction of a Dockerfile, continued lines joined."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in joined.splitlines())]


def plain_yaml(text: str) -> Any:
    """The YAML that docker-compose.yml is written in: mappings, lists of scalars, JSON, two spaces."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return block(lines, 0)


def block(lines: list[str], indent: int) -> Any:
    if not lines:
        return None
    if lines[0][indent:].startswith("- "):
        return [scalar(line[indent + 2 :]) for line in lines]
    found: dict[str, Any] = {}
    starts = [n for n, line in enumerate(lines) if line[indent] != " "]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        key, _, value = lines[start].strip().partition(":")
        found[key] = scalar(value) if value else block(lines[start + 1 : end], indent + 2)
    return found


def scalar(text: str) -> Any:
    text = text.strip()
    return json.loads(text) if re.match(r'\[|"|true$|false$|\d+$', text) else text


@pytest.fixture(scope="module")
def dockerfile(home: Path) -> list[tuple[str, str]]:
    return instructions((home / "Dockerfile").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def service(home: Path) -> dict[str, Any]:
    compose = plain_yaml((home / "docker-compose.yml").read_text(encoding="utf-8"))
    found: dict[str, Any] = compose["services"]["aggregator"]
    return found


def last(dockerfile: list[tuple[str, str]], name: str) -> str:
    return [rest for found, rest in dockerfile if found == name][-1]


def test_every_package_is_checked_against_the_lock(dockerfile: list[tuple[str, str]]) -> None:
    """The only other installation is the project itself, without dependencies."""
    installs = [rest for name, rest in dockerfile if name == "RUN" and "pip install" in rest]
    assert "--require-hashes -r requirements.lock" in installs[0]
    assert all("--require-hashes" in rest or "--no-deps ." in rest for rest in installs)


def test_runs_as_a_numbered_user_that_is_not_root(dockerfile: list[tuple[str, str]]) -> None:
    """A number lets an orchestrator see that it is not root."""
    user, group = last(dockerfile, "USER").split(":")
    assert int(user) > 0
    assert int(group) > 0


def test_the_three_folders_are_mounted_where_the_program_looks(
    dockerfile: list[tuple[str, str]], service: dict[str, Any]
) -> None:
    environment = dict(re.findall(r"(AGGREGATOR_\w+)=(\S+)", last(dockerfile, "ENV")))
    mounted = {volume.split(":")[1] for volume in service["volumes"]}
    assert set(environment.values()) == mounted
    assert sorted(environment) == ["AGGREGATOR_CONFIG", "AGGREGATOR_DATA", "AGGREGATOR_FEEDS"]


def test_mounted_config_is_the_folder_of_the_checkout(home: Path, service: dict[str, Any]) -> None:
    bound = [volume.split(":")[0] for volume in service["volumes"] if volume.startswith(".")]
    assert bound == ["./config"]
    assert (home / "config").is_dir()


def test_nothing_but_the_volumes_can_be_written(service: dict[str, Any]) -> None:
    assert service["read_only"] is True
    assert service["tmpfs"] == ["/tmp"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_stops_cleanly_and_comes_back(service: dict[str, Any]) -> None:
    """An init passes SIGTERM on and reaps children; a poll under way gets time to end."""
    assert service["init"] is True
    assert service["restart"] == "unless-stopped"
    assert int(service["stop_grace_period"].removesuffix("s")) >= 10


def test_is_reached_from_this_machine_only(service: dict[str, Any]) -> None:
    """Whoever wants it on the network says so, behind a proxy."""
    assert service["ports"] == ["127.0.0.1:8000:8000"]


def test_both_ask_the_same_after_its_health(
    dockerfile: list[tuple[str, str]], service: dict[str, Any]
) -> None:
    command = json.loads(last(dockerfile, "HEALTHCHECK").partition("CMD ")[2])
    assert service["healthcheck"]["test"] == ["CMD", *command]
    assert "/healthz" in command[-1]


def test_its_command_is_one_of_ours(dockerfile: list[tuple[str, str]], service: dict[str, Any]) -> None:
    """`--help` behind it fails if the command or one of its options is unknown."""
    assert json.loads(last(dockerfile, "ENTRYPOINT")) == ["aggregator"]
    command = json.loads(last(dockerfile, "CMD"))
    assert service["command"] == command
    start = "import sys; from aggregator.cli import main; sys.exit(main())"
    done = subprocess.run([sys.executable, "-c", start, *command, "--help"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_everything_copied_is_let_through(home: Path, dockerfile: list[tuple[str, str]]) -> None:
    """.dockerignore shuts everything out but what is named."""
    let_in = {line[1:] for line in (home / ".dockerignore").read_text().split() if line.startswith("!")}
    copied = {name for kind, rest in dockerfile if kind == "COPY" for name in sources(rest)}
    assert copied == let_in
    assert all((home / name).exists() for name in copied)


def sources(copy: str) -> list[str]:
    return [] if copy.startswith("--from") else copy.split()[:-1]
