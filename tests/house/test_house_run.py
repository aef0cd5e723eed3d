"""`./run`: what it may import, how it starts, and how it keeps .venv in order."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


def imported_modules(source: str) -> set[str]:
    nodes = list(ast.walk(ast.parse(source)))
    plain = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    return plain | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


def test_imports_the_standard_library_only(home: Path) -> None:
    """It runs before anything is installed."""
    top = {module.split(".")[0] for module in imported_modules((home / "run").read_text(encoding="utf-8"))}
    # The text of .venv/bin/aggregator is written by it, not imported by it.
    assert top <= set(sys.stdlib_module_names)


def test_an_old_python_can_read_it(home: Path) -> None:
    """Else it would end in a SyntaxError instead of saying which Python it needs."""
    ast.parse((home / "run").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_scripts_can_be_started(home: Path) -> None:
    """Git keeps the executable bit, and a newcomer types ./run."""
    assert os.access(home / "run", os.X_OK)
    assert os.access(home / ".ci" / "run", os.X_OK)


def test_continuous_integration_calls_the_same_chores(home: Path) -> None:
    """What passes here passes there."""
    script = (home / ".ci" / "run").read_text(encoding="utf-8")
    assert "./run check" in script
    assert "./run test" in script


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["nonsense"], 2), (["help"], 0), (["--help"], 0)])
def test_without_a_chore_it_explains_itself(home: Path, arguments: list[str], code: int) -> None:
    done = subprocess.run([sys.executable, home / "run", *arguments], capture_output=True, text=True)
    assert done.returncode == code
    assert "./run up" in (done.stdout if code == 0 else done.stderr)


@pytest.fixture
def small_project(home: Path, tmp_path: Path) -> Path:
    """A project with an empty lock and one chore, so that the real script can run without a network."""
    pytest.importorskip("ensurepip", reason="this Python cannot make virtual environments")
    project = tmp_path / "a project"  # the space is a trap for #! lines
    (project / "benchmarks" / "hello").mkdir(parents=True)
    (project / "benchmarks" / "hello" / "__main__.py").write_text("import sys; print(sys.prefix)\n")
    (project / "requirements.lock").write_text("# nothing\n")
    shutil.copy(home / "run", project)
    return project


def hello(project: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, project / "run", "bench", "hello"]
    done = subprocess.run(command, cwd=project.parent, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(project / ".venv")
    return done


def test_venv_is_made_once_and_mended_when_broken(small_project: Path) -> None:
    """First start installs, second does nothing; a new lock installs again; a broken venv is made anew."""
    assert "Making .venv" in hello(small_project).stderr
    assert hello(small_project).stderr == ""

    (small_project / "requirements.lock").write_text("# still nothing\n")
    changed = hello(small_project).stderr
    assert "Installing 0 packages" in changed
    assert "Making" not in changed

    python = small_project / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to(small_project / "gone")
    assert "it is broken" in hello(small_project).stderr


def test_command_of_a_moved_checkout_starts_its_own_code(small_project: Path) -> None:
    """.venv/bin/aggregator works in a path with a space, and follows a folder that was moved."""
    package = small_project / "aggregator" / "cli"
    package.mkdir(parents=True)
    (package.parent / "__init__.py").touch()
    (package / "__init__.py").write_text("def main() -> int:\n    print(__file__)\n    return 3\n")
    hello(small_project)
    moved = small_project.rename(small_project.parent / "moved here")
    hello(moved)
    started = subprocess.run([moved / ".venv" / "bin" / "aggregator"], capture_output=True, text=True)
    assert started.returncode == 3
    assert started.stdout.strip() == str(moved / "aggregator" / "cli" / "__init__.py")
