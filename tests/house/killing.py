"""Kill a program at each of its writes: run it once to count them, then once for every number.

Run as a program of its own, so that a test can fork without the threads of the test runner:
what is to be killed is imported and warm before the first fork.
"""

from __future__ import annotations

import importlib
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

__all__ = ["KILLED", "killed_at_every_write", "write_kinds"]

ROOT = Path(__file__).parents[2]
KILLED = 9
_CHANGING = frozenset(
    {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.utime", "os.truncate"}
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_READING = ("SELECT", "PRAGMA")


class _Counter:
    """Counts writes, and dies at one of them."""

    def __init__(self, at: int | None, root: str) -> None:
        self.at, self.root = at, root
        self.seen: list[str] = []

    def saw(self, kind: str, handle: int | None = None) -> None:
        self.seen.append(kind)
        if len(self.seen) == self.at:
            if handle is not None:  # half of what was to be written is on the disk
                os.ftruncate(handle, os.fstat(handle).st_size // 2)
            os._exit(KILLED)

    def hook(self, event: str, found: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = found
            if isinstance(path, str) and path.startswith(self.root) and flags & _WRITING:
                self.saw(f"open {_name(path)}")
        elif event in _CHANGING and str(found[0]).startswith(self.root):
            self.saw(f"{event} {_name(str(found[0]))}")

    def statement(self, text: str) -> None:
        if not text.lstrip().upper().startswith(_READING):
            self.saw(f"sql {' '.join(text.split()[:3])}")


def _name(path: str) -> str:
    """Name a file without what is drawn at random in it."""
    name = Path(path).name
    parts = name.split(".")
    return ".".join(("", parts[1], "*", parts[-1])) if "assetmap-" in parts[-1] else name


def _listen(counter: _Counter) -> None:
    """Be told of every write: audit events, syncs of files, and what SQLite does."""
    sync, connect = os.fsync, sqlite3.connect

    def synced(handle: int) -> None:
        regular = stat.S_ISREG(os.fstat(handle).st_mode)
        counter.saw("fsync", handle if regular else None)
        sync(handle)

    def connected(*given: Any, **named: Any) -> sqlite3.Connection:
        made = connect(*given, **named)
        made.set_trace_callback(counter.statement)
        return made

    os.fsync = synced
    sqlite3.connect = connected
    sys.addaudithook(counter.hook)


def write_kinds(at: Path) -> list[str]:
    """Return what was written down of the writes of the run that was not killed."""
    return [str(kind) for kind in json.loads(at.read_text(encoding="utf-8"))]


def killed_at_every_write(
    job: str, state: Path, away: Path, *, most: int
) -> dict[int, tuple[str, Path]]:
    """Run a job in copies of a folder, and kill it at each write in turn.

    Parameters
    ----------
    job : str
        ``module:function`` of what takes a folder and works in it.
    state : Path
        The folder as it is before.
    away : Path
        Where the copies go.
    most : int
        How many writes to choose: one of each kind, and the rest spread evenly.

    Returns
    -------
    dict of int to (str, Path)
        For each number the kind of write, and the folder as the killed program left it.
    """
    away.mkdir()
    command = [sys.executable, "-m", "tests.house.killing", job, str(state), str(away), str(most)]
    done = subprocess.run(
        command, cwd=ROOT, check=False, timeout=600, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    kinds = write_kinds(away / "writes.json")
    return {
        int(folder.name): (kinds[int(folder.name) - 1], folder)
        for folder in sorted(away.iterdir())
        if folder.is_dir()
    }


def _chosen(kinds: Sequence[str], most: int) -> list[int]:
    first = {kind: number for number, kind in reversed(list(enumerate(kinds, 1)))}
    chosen = set(first.values())
    rest = [number for number in range(1, len(kinds) + 1) if number not in chosen]
    room = max(most - len(chosen), 0)
    step = max(1, -(-len(rest) // room)) if room else len(rest) + 1
    return sorted(chosen | set(rest[::step]))


def _forked(work: Callable[[Path], object], folder: Path, at: int | None, log: Path) -> int:
    """Do the work in a child; return its exit code."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = 1
    try:
        counter = _Counter(at, str(folder.parent))
        _listen(counter)
        work(folder)
        code = 0
        if at is None:
            log.write_text(json.dumps(counter.seen), encoding="utf-8")
    finally:
        os._exit(code)


def main(job: str, state: Path, away: Path, most: int) -> None:
    """Count the writes of a job, and kill it at some of them."""
    module, _, name = job.partition(":")
    work: Callable[[Path], object] = getattr(importlib.import_module(module), name)
    warm, log = away / "warm", away / "writes.json"
    shutil.copytree(state, warm)
    work(warm)
    shutil.rmtree(warm)
    shutil.copytree(state, warm)
    assert _forked(work, warm, None, log) == 0
    shutil.rmtree(warm)
    for number in _chosen(write_kinds(log), most):
        folder = away / str(number)
        shutil.copytree(state, folder)
        assert _forked(work, folder, number, log) == KILLED, number


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
