"""A week that is stopped at any moment: last week is whole, or this week is."""

from __future__ import annotations

import hashlib
import re
import shutil
import stat
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from fnmatch import fnmatch
from pathlib import Path

import pytest

from assetmap.errors import UnknownName
from assetmap.history import History
from assetmap.rights import forget
from assetmap.week import run
from tests.house.killing import killed_at_every_write
from tests.week.books import answer
from tests.week.test_week import NEEDS, PEOPLE, TALENTS, TIES

WEEK, NEXT = "2026-W48", "2026-W49"
TABLES = {"people": PEOPLE, "talents": TALENTS, "ties": TIES}
NO_IDS = NEEDS.replace("n3,p4", ",p4")


ALL = 1_000


def next_week(folder: Path) -> None:
    """Live through the week after."""
    run(folder / "straat", NEXT, out=folder / "uit")


def forgetting(folder: Path) -> None:
    """Take somebody out of everything."""
    forget(folder / "straat", "p2", out=folder / "uit")


def tables_of(folder: Path) -> Path:
    """Write the tables of a small street in a folder."""
    folder.mkdir(parents=True)
    for name, text in {**TABLES, "needs": NEEDS}.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A street after its first week, with decisions, and a need that has no id yet."""
    folder = tmp_path_factory.mktemp("killed") / "state"
    tables = tables_of(folder / "straat")
    run(tables, WEEK, out=folder / "uit")
    answer(folder / "uit" / f"voorstellen-{WEEK}.xlsx", {"n1": "gedaan", "n2": "doen"})
    (tables / "needs.csv").write_text(NO_IDS, encoding="utf-8")
    return folder


def _files(folder: Path) -> dict[str, bytes]:
    """Return what lies in the folder of the tables and of the results, but for the history."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.name.startswith("history.sqlite")
    }


def _told(folder: Path) -> tuple[object, ...]:
    """Open the history, and return all that it knows; what was left over is put right by that."""
    with History(folder / "uit" / "history.sqlite") as store:
        return store.runs(), store.decisions(), store.arrangements(), store.notes()


def _left_over(folder: Path) -> dict[str, int]:
    """Return the files that nobody asked for, with the rights of others on them."""
    return {
        file.name: stat.S_IMODE(file.stat().st_mode) & 0o077
        for file in folder.rglob(".*")
        if file.is_file()
    }


def _whole(job: Callable[[Path], None], state: Path, away: Path) -> tuple[Path, Path]:
    """Return the folder as it was, and as a run that nobody stopped leaves it."""
    before, after = away / "before", away / "after"
    shutil.copytree(state, before)
    shutil.copytree(state, after)
    job(after)
    return before, after


@pytest.mark.parametrize(("job", "others"), [(next_week, {".needs.*"}), (forgetting, {".*.csv.*"})])
def test_killed_at_every_write(
    job: Callable[[Path], None], others: set[str], state: Path, tmp_path: Path
) -> None:
    """Really killed, at every write that there is, half of what was being written included.

    The history tells which week it is, and the files are those of that week, all of them. What is
    left over is nobody else's to read, and the next run takes it away, and gives what a run
    that nobody stopped gives.
    """
    before, after = _whole(job, state, tmp_path)
    weeks = {name: (_files(folder), _told(folder)) for name, folder in _both(before, after)}
    assert weeks["before"][1] != weeks["after"][1]
    name = f"tests.week.test_interrupted:{job.__name__}"
    killed = killed_at_every_write(name, state, tmp_path / "killed", most=ALL)
    found = Counter[str]()
    again: dict[str, str] = {}
    for number, (kind, folder) in killed.items():
        at = f"write {number}: {kind}"
        wide = {name for name, rights in _left_over(folder).items() if rights}
        assert all(any(fnmatch(name, form) for form in others) for name in wide), at
        told = _told(folder)
        (week,) = [name for name, (_, known) in weeks.items() if known == told]
        found[week] += 1
        now = {name: raw for name, raw in _files(folder).items() if not _hidden(name)}
        assert _of_the_week(now) == _of_the_week(weeks[week][0]), at
        assert _tables(now) in (_tables(weeks["before"][0]), _tables(weeks["after"][0])), at
        code = _code(folder)
        if code not in again:
            again[code] = at
            with suppress(UnknownName):  # it was done already
                job(folder)
            assert (_files(folder), _told(folder)) == weeks["after"], at
    assert len(killed) > 40
    assert len(found) == 2, found


def _both(before: Path, after: Path) -> tuple[tuple[str, Path], ...]:
    return ("before", before), ("after", after)


def _hidden(name: str) -> bool:
    return Path(name).name.startswith(".")


def _of_the_week(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: raw for name, raw in files.items() if name.startswith("uit")}


def _tables(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: raw for name, raw in files.items() if name.startswith("straat")}


def _code(folder: Path) -> str:
    """Return a code of everything that lies in a folder: two of the same need one look."""
    whole = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            name = re.sub(r"\.\w{8}\.assetmap", ".assetmap", str(file.relative_to(folder)))
            whole.update(name.encode() + hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()
