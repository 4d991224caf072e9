"""Two at once, a crash at any point, a full disk, a spoilt file: last week stays as it was."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import assetmap
from assetmap import Proposals
from assetmap.errors import InUse, UnusableInput
from assetmap.history import History
from assetmap.history.schema import APPLICATION, STEPS, brought_up_to_date
from assetmap.model import Decision
from tests.golden.hoods import WEEK, evening

KILLED = 9
DAY = dt.date(2026, 12, 7)

KEEPS_ANOTHER_WEEK = """
import os, sys
from assetmap.model import Decision
from tests.golden.hoods import evening
from tests.history.test_safe import another_week
from assetmap.history import History

with History(sys.argv[1]) as history:
    history._connection.set_trace_callback(lambda said: said == "COMMIT" and os._exit(9))
    another_week(history)
"""


def another_week(history: History) -> None:
    """Keep another run, and that all of it was done: one set of changes."""
    proposals = assetmap.propose(evening(), WEEK, seed=1)
    with history.changing():
        history.keep(proposals)
        history.decide(
            Decision(plan=plan.plan, need=plan.need, date=DAY, decision="done")
            for plan in proposals.items
        )


@pytest.fixture(scope="module")
def proposals() -> Proposals:
    return assetmap.propose(evening(), WEEK)


def test_two_at_once_are_refused(tmp_path: Path, proposals: Proposals) -> None:
    """The second is told to wait; what the first does is not touched, and reading goes on."""
    path = tmp_path / "h.sqlite"
    with History(path) as one, History(path) as two:
        with one.changing():
            one.keep(proposals)
            with pytest.raises(InUse, match=r"h\.sqlite is being changed by another program"):
                two.keep(proposals)
            assert two.runs() == ()
        assert len(two.runs()) == 1
        assert two.keep(proposals).run == 1


def _kept_and_stopped(history: History, proposals: Proposals) -> None:
    history.keep(proposals)
    raise InUse("stop")


def test_what_goes_wrong_halfway_leaves_nothing(tmp_path: Path, proposals: Proposals) -> None:
    """An error in the middle of a set of changes takes back all of them."""
    with History(tmp_path / "h.sqlite") as history:
        with pytest.raises(InUse), history.changing():
            _kept_and_stopped(history, proposals)
        assert history.runs() == ()
        assert history.keep(proposals).run == 1


def test_a_crash_at_any_statement_leaves_last_week(tmp_path: Path, proposals: Proposals) -> None:
    """The files as they are before every statement: what a crash there would leave behind.

    In each of them last week is whole and the new week is not there; at the end it is, whole.
    """
    path, copies = tmp_path / "now" / "h.sqlite", []
    path.parent.mkdir()

    def photographed(statement: str) -> None:
        copies.append(tmp_path / f"{len(copies)}")
        shutil.copytree(path.parent, copies[-1])

    with History(path) as history:
        last_week = history.keep(proposals)
        history._connection.set_trace_callback(photographed)
        another_week(history)
    assert len(copies) > 20
    for folder in copies:
        with History(folder / path.name) as history:
            found = (len(history.runs()), len(history.decisions()), len(history.arrangements()))
            assert found == (1, 0, 0)
            assert history.run(1) == last_week
    with History(path) as history:
        assert len(history.runs()) == 2
        assert history.decisions()


def test_a_program_that_is_killed_leaves_last_week(tmp_path: Path, proposals: Proposals) -> None:
    """Killed at the last moment, for real; the store is free again for the next."""
    path = tmp_path / "h.sqlite"
    with History(path) as history:
        last_week = history.keep(proposals)
    command = [sys.executable, "-c", KEEPS_ANOTHER_WEEK, str(path)]
    killed = subprocess.run(command, cwd=Path(__file__).parents[2], check=False, timeout=60)
    assert killed.returncode == KILLED
    with History(path) as history:
        assert history.runs() == (last_week,)
        another_week(history)
        assert len(history.runs()) == 2


def test_a_full_disk_is_told_and_changes_nothing(tmp_path: Path, proposals: Proposals) -> None:
    """The text says so, and what was there is there."""
    with History(tmp_path / "h.sqlite") as history:
        (pages,) = history._connection.execute("PRAGMA page_count").fetchone()
        history._connection.execute(f"PRAGMA max_page_count = {pages}")
        runs = iter(assetmap.propose(proposals.hood, WEEK, seed=n) for n in range(200))
        with pytest.raises(UnusableInput, match="The disk is full"):
            _kept_until_full(history, runs)
        assert [run.run for run in history.runs()] == list(range(1, len(history.runs()) + 1))
        assert all(len(run.plans) == len(proposals.items) for run in history.runs())


def _kept_until_full(history: History, runs: Iterator[Proposals]) -> None:
    for run in runs:
        history.keep(run)


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"no database at all, only text" * 40, "not a history"), (b"", "")],
)
def test_a_file_that_is_something_else(tmp_path: Path, content: bytes, told: str) -> None:
    """It is refused and stays as it is; an empty file is simply a new history."""
    path = tmp_path / "h.sqlite"
    path.write_bytes(content)
    if not told:
        with History(path) as history:
            assert history.runs() == ()
        return
    with pytest.raises(UnusableInput, match=told):
        History(path)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    """Its tables are not touched."""
    path = tmp_path / "h.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipe (name TEXT)")
    other.close()
    with pytest.raises(UnusableInput, match="is not a history of assetmap"):
        History(path)


def test_a_store_of_a_later_version_is_refused(tmp_path: Path) -> None:
    """Older software does not write in what it does not know."""
    path = tmp_path / "h.sqlite"
    with History(path) as history:
        history._connection.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    with pytest.raises(UnusableInput, match="later version of assetmap"):
        History(path)


def test_a_store_is_brought_up_to_date_step_by_step(tmp_path: Path) -> None:
    """Each step once, in order; one that fails leaves the store as it was."""
    connection = sqlite3.connect(tmp_path / "h.sqlite", isolation_level=None)
    one = ("CREATE TABLE a (x)",)
    two = (*one, "INSERT INTO a VALUES (1); CREATE TABLE b (y)")
    broken = (*two, "INSERT INTO a VALUES (2); INSERT INTO nowhere VALUES (1)")
    assert brought_up_to_date(connection, "h", steps=one) == 1
    assert brought_up_to_date(connection, "h", steps=two) == 1
    with pytest.raises(sqlite3.OperationalError):
        brought_up_to_date(connection, "h", steps=broken)
    assert connection.execute("SELECT x FROM a").fetchall() == [(1,)]
    assert connection.execute("PRAGMA user_version").fetchone() == (2,)
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION,)
    connection.close()


def test_a_place_that_cannot_be_used(tmp_path: Path) -> None:
    """A folder of that name, or a folder that is not there."""
    with pytest.raises(UnusableInput, match="is a folder"):
        History(tmp_path)
    with pytest.raises(UnusableInput, match="cannot be made"):
        History(tmp_path / "nowhere" / "h.sqlite")
