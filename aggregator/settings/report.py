"""Every mistake and every warning of one configuration, in the order of its files and lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from aggregator.settings import lines

FILES = ("settings.toml", "sources.toml", "companies.toml", "topics.toml")


@dataclass(slots=True)
class Report:
    """Collects findings; a line is looked up only for what is found."""

    folder: Path
    """As the operator wrote it: findings name files below it."""
    texts: Mapping[str, str]
    """File name to the text that was read."""
    errors: list[tuple[int, int, str]] = field(default_factory=list)
    warnings: list[tuple[int, int, str]] = field(default_factory=list)
    _layouts: dict[str, lines.Layout] = field(default_factory=dict)

    def wrong(self, file: str, path: lines.Path, message: str) -> None:
        """A mistake at this key of this file."""
        self.wrong_at(file, self.line(file, path), message)

    def wrong_at(self, file: str, line: int, message: str) -> None:
        """A mistake in this line of a file that could not be parsed; 0 where it has no line."""
        self.errors.append((FILES.index(file), line, message))

    def warn(self, file: str, path: lines.Path, message: str) -> None:
        """No mistake, but worth a look."""
        self.warnings.append((FILES.index(file), self.line(file, path), message))

    def spell(self, findings: list[tuple[int, int, str]]) -> list[str]:
        """One line each: ``config/sources.toml:12: what is wrong — what to do``."""
        return [
            f"{self.folder / FILES[file]}{':' + str(line) if line else ''}: {message}"
            for file, line, message in sorted(findings)
        ]

    def line(self, file: str, path: lines.Path) -> int:
        """The line of this key."""
        if file not in self._layouts:
            self._layouts[file] = lines.Layout(self.texts[file])
        return self._layouts[file].line(path)
