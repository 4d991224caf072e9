"""Two programs at the same moment, a disk that is full at any point, a folder that is closed."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assetmap.errors import InUse, UnusableInput
from assetmap.history import History, KeptRun
from assetmap.rights import forget, retention
from assetmap.week import run
from tests.week.books import answer
from tests.week.test_interrupted import tables_of

ROOT = Path(__file__).parents[2]
WEEK, NEXT = "2026-W48", "2026-W49"
SIZES = (0, 1, 500, 4_000, 16_000, *range(32_000, 200_000, 2_000))
_LATE = dt.date(2036, 1, 1)

AT_ONCE = """
import json, sys, time
from pathlib import Path
from assetmap.cli.starting import run
import assetmap.week, assetmap.rights
place = Path(sys.argv[1])
Path(sys.argv[2]).touch()
while not place.joinpath("now").exists():
    time.sleep(0.001)
print(run(json.loads(sys.argv[3])), file=sys.stderr)
"""


@pytest.fixture
def street(tmp_path: Path) -> Path:
    """A street after its first week, with a decision."""
    folder = tables_of(tmp_path / "straat")
    run(folder, WEEK, out=tmp_path / "uit")
    answer(tmp_path / "uit" / f"voorstellen-{WEEK}.xlsx", {"n1": "gedaan"})
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "uit"


def _files(folder: Path) -> dict[str, bytes]:
    found = (f for f in sorted(folder.rglob("*")) if f.is_file() and "sqlite" not in f.name)
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in found}


def _known(out: Path) -> tuple[object, ...]:
    with History(out / "history.sqlite") as store:
        return store.runs(), store.decisions(), store.arrangements(), store.notes()


def _at_once(folder: Path, *asked: list[str]) -> list[tuple[int, str]]:
    """Start programs that wait for one sign, give it, and return their exit codes and words."""
    ready = [folder / f"ready-{at}" for at in range(len(asked))]
    started = [
        subprocess.Popen(
            [sys.executable, "-c", AT_ONCE, str(folder), str(mark), json.dumps(order)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for mark, order in zip(ready, asked, strict=True)
    ]
    try:
        while not all(mark.exists() for mark in ready):
            assert all(each.poll() is None for each in started)
        (folder / "now").touch()
        said = [each.communicate(timeout=120) for each in started]
    finally:
        for each in started:
            each.kill()
    return [(int(words.split()[-1]), words) for _, words in said]


def test_two_weeks_at_once(street: Path, out: Path, tmp_path: Path) -> None:
    """Two real programs at the same moment: what there is in the end is of one, and whole.

    Who comes second is told to wait, or comes so late that the first is ready, and does the
    same once more.
    """
    alone = tmp_path / "alleen"
    shutil.copytree(street, alone / "straat")
    shutil.copytree(out, alone / "uit")
    run(alone / "straat", NEXT, out=alone / "uit")
    order = ["week", str(street), "--week", NEXT, "--out", str(out)]
    done = _at_once(tmp_path, order, order)
    codes = sorted(code for code, _ in done)
    assert codes in ([0, 2], [0, 0]), done
    for code, words in done:
        assert code == 0 or "Een ander venster is al met deze week bezig" in words
    assert _files(out) == _files(alone / "uit")
    assert _known(out) == _known(alone / "uit")


def test_a_week_and_a_forgetting_at_once(street: Path, out: Path, tmp_path: Path) -> None:
    """Nobody comes back who was forgotten, and no half week is left."""
    week = ["week", str(street), "--week", NEXT, "--out", str(out)]
    away = ["forget", str(street), "--person", "p2", "--out", str(out), "--yes"]
    (first, _), (second, said) = _at_once(tmp_path, week, away)
    assert {first, second} <= {0, 1, 2}
    assert 2 not in (first, second) or first != second
    if second == 2:
        assert "open in een ander programma" in said
        forget(street, "p2", out=out)
    run(street, NEXT, out=out)
    assert "Bram" not in (street / "people.csv").read_text(encoding="utf-8")
    assert all(b"Bram" not in raw for raw in _files(out).values())


ASKED: tuple[Callable[[Path, Path], object], ...] = (
    lambda street, out: run(street, NEXT, out=out),
    lambda street, out: forget(street, "p2", out=out),
    lambda street, out: retention(street, asof=_LATE, out=out, dry_run=False),
)


@pytest.mark.parametrize("asked", ASKED)
def test_while_another_is_busy_nothing_is_even_read(
    street: Path, out: Path, asked: Callable[[Path, Path], object]
) -> None:
    """A week, a forgetting and a clearing up each wait for whoever came first, in either order."""
    before = _files(street), _files(out)
    with (
        History(out / "history.sqlite") as busy,
        busy.changing(),
        pytest.raises(InUse, match=r"history\.sqlite is being changed by another program"),
    ):
        asked(street, out)
    assert (_files(street), _files(out)) == before


@contextmanager
def _no_larger_than(size: int) -> Iterator[None]:
    """Let no file grow beyond a size, as a disk that is full at that point."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_that_is_full_at_any_point(street: Path, out: Path) -> None:
    """The text says so, and last week is whole, until there is room for all of this week."""
    before, known = (_files(street), _files(out)), _known(out)
    told: list[str] = []
    for size in SIZES:
        try:
            with _no_larger_than(size):
                run(street, NEXT, out=out)
        except UnusableInput as wrong:
            told.append(str(wrong))
        else:
            break
        assert (_files(street), _files(out)) == before, size
        assert _known(out) == known, size
    assert 6 < len(told) < len(SIZES)
    assert all(re.search("disk|cannot be|make room", text) for text in told)
    assert {NEXT, WEEK} == {kept.week for kept in _runs(out)}


def test_a_disk_that_gets_full_at_each_file(
    street: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first files have room and the next has not: none is there, and nothing lies about."""
    before, known = (_files(street), _files(out)), _known(out)
    sync, told = os.fsync, 0
    for number in range(1, 40):
        left = iter(range(number))

        def synced(handle: int, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise OSError(errno.ENOSPC, "No space left on device")
            sync(handle)

        monkeypatch.setattr(os, "fsync", synced)
        try:
            run(street, NEXT, out=out)
        except UnusableInput as wrong:
            told += "The disk is full" in str(wrong)
        monkeypatch.undo()
        if _known(out) != known:
            break
        assert (_files(street), _files(out)) == before, number
    assert told >= 5
    assert {NEXT, WEEK} == {kept.week for kept in _runs(out)}
    assert not [name for name in _files(out) if name.startswith(".")]


def _runs(out: Path) -> tuple[KeptRun, ...]:
    with History(out / "history.sqlite") as store:
        return store.runs()


@contextmanager
def _refused_to_write(*folders: Path) -> Iterator[None]:
    """Close folders and what is in them to writing, also for whoever may do everything."""
    mighty = os.geteuid() == 0
    for folder in folders:
        for path in (*folder.iterdir(), folder):
            path.chmod(0o555 if path.is_dir() else 0o444)
            if mighty:
                os.chown(path, _NOBODY, -1)
    if mighty:
        os.seteuid(_NOBODY)
    try:
        yield
    finally:
        if mighty:
            os.seteuid(0)
        for folder in folders:
            folder.chmod(0o755)


_NOBODY = 65534


@pytest.mark.parametrize("closed", [("uit",), ("straat", "uit"), ("straat",)])
def test_a_folder_that_may_only_be_read(closed: tuple[str, ...]) -> None:
    """A closed place for results is refused in words; closed tables are read as they are."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o777)
        street, out = tables_of(place / "straat"), place / "uit"
        run(street, WEEK, out=out)
        before, known = (_files(street), _files(out)), _known(out)
        if os.geteuid() == 0 and "uit" not in closed:
            for path in (out, *out.iterdir()):
                os.chown(path, _NOBODY, -1)
        with _refused_to_write(*(place / each for each in closed)):
            if "uit" in closed:
                with pytest.raises(UnusableInput, match=r"history\.sqlite c.*(rights|written in)"):
                    run(street, NEXT, out=out)
            else:
                run(street, NEXT, out=out)
        assert _files(street) == before[0]
        if "uit" in closed:
            assert (_files(out), _known(out)) == (before[1], known)
