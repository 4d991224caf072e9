"""Somebody who is forgotten leaves no byte behind."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import assetmap
from assetmap import Neighbourhood, Person, Talent
from assetmap.history import History
from assetmap.model import Decision, Need, Tie

WEEK = "2026-W48"
ASKER, HELPER, OTHER = "quite-rare-asker", "quite-rare-helper", "somebody-else"


def _hood() -> Neighbourhood:
    usual = {"share": "yes", "ground": "consent", "area": "north"}
    return Neighbourhood.from_records(
        *(Person(person=name, **usual) for name in (ASKER, HELPER, OTHER)),
        Need(need="n-asked", owner=ASKER, category="shopping", talked=True, rrule="FREQ=WEEKLY"),
        Need(need="n-other", owner=OTHER, category="shopping", talked=True),
        Need(need="n-lone", owner=OTHER, category="land", talked=True),
        Talent(talent="t1", owner=HELPER, category="shopping", term="long", per_week=4),
        Tie(a=ASKER, b=HELPER, kind="friend"),
        Tie(a=OTHER, b=HELPER, kind="friend"),
    )


def _kept(path: Path) -> None:
    with History(path) as history:
        run = history.keep(assetmap.propose(_hood(), WEEK))
        assert {plan.asker for plan in run.plans} == {ASKER, OTHER}
        history.decide(
            Decision(
                plan=plan.plan,
                need=plan.need,
                date=dt.date(2026, 11, 30),
                decision="done",
                remark="said by quite-rare",
            )
            for plan in run.plans
        )
        assert history.arrangements()


def _bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


def test_an_asker_is_forgotten(tmp_path: Path) -> None:
    """Plans, decisions with their remarks, arrangements: gone from the bytes of the file."""
    path = tmp_path / "h.sqlite"
    _kept(path)
    with History(path) as history:
        erased = history.forget(ASKER)
        assert (erased.plans, erased.decisions) == (5, 5)  # a date in each week of the horizon
        assert erased.arrangements == 1
        (run,) = history.runs()
        assert {plan.asker for plan in run.plans} == {OTHER}
        assert [row.need for row in history.decisions()] == ["n-other"]
    left = _bytes(tmp_path)
    assert ASKER.encode() not in left
    assert b"n-asked" not in left
    assert HELPER.encode() in left


def test_a_helper_is_forgotten(tmp_path: Path) -> None:
    """All plans with them go, for whomever; what nobody could do stays on record."""
    path = tmp_path / "h.sqlite"
    _kept(path)
    with History(path) as history:
        assert history.forget(HELPER).plans == 6
        (run,) = history.runs()
        assert run.plans == ()
        assert [gap.need for gap in run.gaps] == ["n-lone"]
        assert history.arrangements() == ()
    assert HELPER.encode() not in _bytes(tmp_path)


def test_somebody_unknown_is_nobody(tmp_path: Path) -> None:
    """Nothing is removed, and it says so."""
    path = tmp_path / "h.sqlite"
    _kept(path)
    with History(path) as history:
        before = history.runs()
        erased = history.forget("nobody")
        assert (erased.plans, erased.gaps, erased.decisions, erased.arrangements) == (0, 0, 0, 0)
        assert history.runs() == before


def test_runs_go_by_their_age(tmp_path: Path) -> None:
    """Runs of earlier weeks, and what was decided and ended before; the week itself stays."""
    path = tmp_path / "h.sqlite"
    _kept(path)
    with History(path) as history:
        assert history.forget(before=WEEK).runs == 0
        assert len(history.runs()) == 1
        gone = history.forget(before="2026-W50")
        assert (gone.runs, gone.plans) == (1, 0)
        assert history.runs() == ()
        assert history.decisions() == ()
        assert history.arrangements()  # these have no last day
    assert b"quite-rare-other" not in _bytes(tmp_path)


def test_what_fails_beside_it_leaves_the_store_alone(tmp_path: Path) -> None:
    """Files that cannot be written: then nothing is forgotten either."""
    path = tmp_path / "h.sqlite"
    _kept(path)

    def fails() -> None:
        raise OSError("the disk is full")

    with History(path) as history:
        before = history.runs()
        with pytest.raises(OSError, match="full"):
            history.forget(ASKER, beside=fails)
        assert history.runs() == before
