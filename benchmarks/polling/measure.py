"""One command as a whole process: wall time, processor time and peak memory, children included.

Worker processes often outlive the process that started them by a moment, and their processor time
is then in nobody's account. So each command runs below a small process of its own that adopts such
orphans (Linux: prctl PR_SET_CHILD_SUBREAPER) and waits for every one of them.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

PAGE = os.sysconf("SC_PAGE_SIZE")
PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True)
class Cost:
    """Seconds, seconds, bytes. Memory is the sum over the process tree, looked at ten times a second."""

    wall: float
    cpu: float
    peak: int


def measured(command: list[str | Path], log: Path) -> Cost:
    """Run a command to its end. Its output goes to ``log``; raises RuntimeError if it fails."""
    adopter = [sys.executable, "-m", __name__, log, *command]
    done = subprocess.run(adopter, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        end = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
        raise RuntimeError(f"{' '.join(map(str, command))} left with {done.returncode}:\n{end}{done.stderr}")
    return Cost(**json.loads(done.stdout))


def adopt(log: Path, command: list[str]) -> tuple[int, Cost]:
    """What the process in between does. Processor time is that of everything it has waited for."""
    if ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError("this system cannot adopt orphaned processes")
    watcher = Watcher(os.getpid())
    watcher.start()
    started = time.perf_counter()
    with log.open("ab") as out:
        code = subprocess.run(command, stdout=out, stderr=out).returncode
    wall = time.perf_counter() - started
    watcher.done.set()
    watcher.join()
    wait_for_orphans()
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    # The kernel knows the exact peak of the largest single process, the watcher the sum of them.
    return code, Cost(wall, usage.ru_utime + usage.ru_stime, max(watcher.peak, usage.ru_maxrss * 1024))


def wait_for_orphans(patience: float = 30.0) -> None:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        try:
            waited, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not waited:
            time.sleep(0.02)
    raise TimeoutError("a process of the command went on running after it")


class Watcher(threading.Thread):
    """Samples the resident memory of all descendants of a process."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peak, self.done = pid, 0, threading.Event()

    def run(self) -> None:
        while not self.done.wait(0.1):
            self.peak = max(self.peak, sum(map(resident, descendants(self.pid))))


def descendants(pid: int) -> list[int]:
    found = [pid]
    for member in found:  # grows while it is walked
        for listing in Path(f"/proc/{member}/task").glob("*/children"):
            try:
                found += map(int, listing.read_text().split())
            except OSError:
                continue  # the thread ended meanwhile
    return found[1:]


def resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except OSError:
        return 0  # the process ended meanwhile


if __name__ == "__main__":
    exit_code, cost = adopt(Path(sys.argv[1]), sys.argv[2:])
    print(json.dumps(asdict(cost)))
    sys.exit(exit_code)
