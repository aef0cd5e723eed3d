"""No committed file names a package registry or a path of the machine that it was made on."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest


def test_no_file_of_this_project_leaks(run_script: ModuleType) -> None:
    """What `./run check` looks at, held here as well."""
    assert run_script.leaks(run_script.tracked_files()) == []


# Put together here, so that this file does not contain what it forbids.
@pytest.mark.parametrize(
    "text",
    [
        "--index-url https://" + "py" + "pi.org/simple",
        "https://files.python" + "hosted.org/packages/x.whl",
        "FROM docker" + ".io/library/debian",
        "see /ro" + "ot/.config/pip",
        "# made in /ho" + "me/mia/src",
    ],
)
def test_hosts_and_machine_paths_are_found(run_script: ModuleType, tmp_path: Path, text: str) -> None:
    (tmp_path / "notes.md").write_text(f"first\n{text}\n")
    (found,) = run_script.leaks([tmp_path / "notes.md"], tmp_path)
    assert found.startswith("notes.md:2: names ")


@pytest.mark.parametrize(
    "text", ["/home/you/feeds", "https://example.com/root/x", "tests/root/x", "/srv/config", "a PyPI package"]
)
def test_ordinary_text_is_left_alone(run_script: ModuleType, tmp_path: Path, text: str) -> None:
    (tmp_path / "notes.md").write_text(text)
    assert run_script.leaks([tmp_path / "notes.md"], tmp_path) == []


@pytest.mark.parametrize(
    "line",
    ["--find-links wheels", "-e .", "feedgen @ file:///x.whl", "feedgen==1.0.0", "feedgen>=1 \\", "./x.whl"],
)
def test_a_lock_line_that_is_no_version_or_hash_is_found(
    run_script: ModuleType, tmp_path: Path, line: str
) -> None:
    """``feedgen==1.0.0`` alone as well: a version without a hash is not locked."""
    (tmp_path / "requirements.lock").write_text(f"# made\n{line}\n")
    (found,) = run_script.leaks([tmp_path / "requirements.lock"], tmp_path)
    assert found.startswith("requirements.lock:2: not a version")
