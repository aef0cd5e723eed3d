"""One command as a whole process: wall time, processor time and peak memory, children included."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Cost:
    """Seconds, seconds, bytes. Memory is the sum over the process tree, looked at ten times a second."""

    wall: float
    cpu: float
    peak: int


def measured(command: list[str | Path], log: Path) -> Cost:
    """Run a command to its end. Its output goes to ``log``; raises RuntimeError if it fails."""
    started = time.perf_counter()
    with log.open("ab") as out:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
    watcher = Watcher(process.pid)
    watcher.start()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)  # or Popen would wait a second time
    watcher.done.set()
    watcher.join()
    if process.returncode:
        end = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
        raise RuntimeError(f"{' '.join(map(str, command))} left with {process.returncode}:\n{end}")
    # wait4 knows the exact peak of the largest single process, the watcher the sum of them.
    return Cost(wall, usage.ru_utime + usage.ru_stime, max(watcher.peak, usage.ru_maxrss * 1024))


class Watcher(threading.Thread):
    """Samples the resident memory of a process and of all its descendants."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peak, self.done = pid, 0, threading.Event()

    def run(self) -> None:
        while not self.done.wait(0.1):
            self.peak = max(self.peak, sum(map(resident, family(self.pid))))


def family(pid: int) -> list[int]:
    """A process and all its descendants."""
    found = [pid]
    for member in found:  # grows while it is walked
        for listing in Path(f"/proc/{member}/task").glob("*/children"):
            try:
                found += map(int, listing.read_text().split())
            except OSError:
                continue  # the thread ended meanwhile
    return found


def resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except OSError:
        return 0  # the process ended meanwhile
