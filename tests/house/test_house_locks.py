"""The two lock files: hashes for everything, and everything that pyproject.toml asks for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest


def locked(path: Path) -> dict[str, str]:
    """Normalised name to version (PEP 503)."""
    found = re.findall(r"^([\w.-]+)==(\S+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {normal(name): version for name, version in found}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def names(requirements: list[str]) -> set[str]:
    return {normal(re.split(r"[^\w.-]", requirement)[0]) for requirement in requirements}


@pytest.fixture(scope="module")
def project(home: Path) -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((home / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return found


def test_every_dependency_is_locked(home: Path, project: dict[str, Any]) -> None:
    """Forgot `./run lock` after editing pyproject.toml?"""
    assert names(project["dependencies"]) <= locked(home / "requirements.lock").keys()
    wanted = names(project["dependencies"] + project["optional-dependencies"]["dev"])
    assert wanted <= locked(home / "requirements-dev.lock").keys()


def test_developers_run_what_users_run(home: Path) -> None:
    """The development lock holds the other one, version by version."""
    assert locked(home / "requirements.lock").items() <= locked(home / "requirements-dev.lock").items()


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_version_has_a_hash(home: Path, name: str) -> None:
    """pip --require-hashes refuses a lock in which one is missing."""
    text = (home / name).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert entries
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
