"""Files that earlier versions wrote are opened, brought up to date, and lose nothing.

The files in `older` were written by those versions, from four invented people who walk and shop.
"""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

import assetmap
from assetmap import Neighbourhood, Person, Talent, Tie
from assetmap.history import History, compare
from assetmap.history.schema import STEPS
from assetmap.model import Need

OLDER = Path(__file__).parent / "older"
FILES = sorted(path.name for path in OLDER.glob("version-*.sqlite"))
TABLES = ("run", "input", "plan", "leg", "gap", "decision", "arrangement", "note", "evidence")


def walkers() -> Neighbourhood:
    """Those four again: who walks with a neighbour wanted to walk too."""
    usual = {"share": "yes", "ground": "consent", "area": "north"}
    return Neighbourhood.from_records(
        *(Person(person=name, **usual) for name in ("p1", "p2", "p3", "p4")),
        Need(need="n1", owner="p1", category="walk", talked=True),
        Need(need="n2", owner="p2", category="walk", talked=True),
        Need(
            need="n3",
            owner="p3",
            category="shopping",
            talked=True,
            rrule="FREQ=WEEKLY",
            term="long",
        ),
        Need(need="n4", owner="p3", category="land", talked=True),
        Talent(talent="t1", owner="p2", category="walk"),
        Talent(talent="t3", owner="p4", category="shopping", term="long", per_week=2),
        Tie(a="p1", b="p2", kind="neighbour"),
        Tie(a="p3", b="p4", kind="friend"),
    )


@pytest.fixture(params=FILES)
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of a file of an earlier version."""
    return Path(shutil.copyfile(OLDER / request.param, tmp_path / "history.sqlite"))


def _rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return the cells of every table, in the columns that the first version had."""
    found = {}
    with sqlite3.connect(path) as connection:
        there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        for table in there & {*TABLES}:
            found[table] = connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
    connection.close()
    return found


def test_there_is_a_file_of_every_earlier_version() -> None:
    """Whoever adds a step keeps a file of the version before it."""
    assert [f"version-{n}.sqlite" for n in range(1, len(STEPS))] == FILES


def test_nothing_is_lost(older: Path) -> None:
    """Every cell that was there is there; the file tells that it is of today."""
    before = _rows(older)
    with History(older) as history:
        assert [run.week for run in history.runs()] == ["2026-W48", "2026-W49"]
        assert [d.remark for d in history.decisions()] == ["goes well"]
        assert [row.arrangement for row in history.arrangements()] == ["n3-help"]
        last = history.last("2026-W49")
        assert last is not None
        assert last.run == 2
    after = _rows(older)
    for table, rows in before.items():
        cut = [row[: len(rows[0])] if rows else row for row in after[table]]
        assert cut == rows, table
    with sqlite3.connect(older) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(STEPS),)
    connection.close()


def test_what_was_not_noted_then_is_not_told_as_a_change(older: Path) -> None:
    """It is not known that somebody's wish was met by giving before: nobody asks something new."""
    with History(older) as history:
        was = history.run(2)
        if {plan.also_helps for plan in was.plans} != {None}:
            assert any(plan.also_helps for plan in was.plans)  # noted from the third version on
        now = history.keep(assetmap.propose(walkers(), "2026-W50"))
        assert {need for plan in now.plans for need in plan.also_helps or ()} == {"n2"}
    for told in (compare(was, now), compare(now, was)):
        assert (told.asked, told.gone, told.met, told.unmet) == ((), (), (), ())


def test_a_run_of_then_that_is_made_again_knows_more(older: Path) -> None:
    """What it also meets is known from now on, and a third time changes nothing."""
    with History(older) as history:
        known = history.run(1)
        proposals = assetmap.propose(walkers(), "2026-W48")
        first = history.keep(proposals, known.inputs)
        again = history.keep(proposals, known.inputs)
    assert first == again
    assert {need for plan in first.plans for need in plan.also_helps or ()} == {"n2"}


def test_somebody_is_forgotten_in_it_too(older: Path) -> None:
    """Who asked by giving is gone from a file of then, brought up to date."""
    with History(older) as history:
        history.keep(assetmap.propose(walkers(), "2026-W48"))
        history.forget("p2")
        plans = [plan for run in history.runs() for plan in run.plans]
        assert {plan.asker for plan in plans} == {"p3"}
    assert not [row for rows in _rows(older).values() for row in rows if "p2" in row]
