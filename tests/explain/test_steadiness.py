"""What it costs to change less, in numbers and in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from assetmap import UnusableInput
from assetmap.audit import faults
from assetmap.explain import continuity
from assetmap.match import Proposals
from assetmap.model import Level, Policy, Record
from tests.plans.small import MONDAY, activity, need, person, run, talent

SOON = MONDAY + dt.timedelta(days=6)
"""What ends with the week: there is one hour to give, not five."""


def week(*, urgency: int = 3, late: int = 1, kept: tuple[str, ...] = ()) -> Proposals:
    """Two helpers with one hour each; n1 and n2 asked first, n3 and n4 come in later."""
    found = run(
        *(person(p) for p in ("a1", "a2", "a3", "a4", "h1", "h2")),
        talent("t1", "h1", "shopping", until=SOON),
        talent("t2", "h2", "garden", until=SOON),
        need("n1", "a1", "shopping", urgency=urgency),
        need("n2", "a2", "garden", urgency=urgency),
        need("n3", "a3", "shopping", urgency=late),
        need("n4", "a4", "garden", urgency=late),
        kept=kept,
    )
    assert faults(found) == []
    return found


def test_each_change_fewer_has_its_price() -> None:
    """Two more urgent needs came in: each place that stays with whom it was costs one of them."""
    before = tuple(p.plan for p in week().items)
    curve = continuity(week(late=5, kept=before))
    assert (curve.kept, curve.changes) == (2, 2)
    assert [(p.changes, p.needs, p.costs) for p in curve.points] == [
        (0, 2, Level.MET),
        (1, 2, Level.MET),
    ]
    assert [p.value["met"] for p in curve.points] == [60, 80]
    assert all(p.proven for p in curve.points)
    assert str(curve).splitlines() == [
        "Van wat er al lag, veranderen 2 voorstellen.",
        "1 verandering minder: dan krijgt een dringender vraag geen voorstel.",
        "2 veranderingen minder: dan krijgt een dringender vraag geen voorstel.",
    ]


def test_where_nothing_gains_nothing_changes() -> None:
    """The same questions again: all stays, and there is nothing to tell."""
    before = tuple(p.plan for p in week().items)
    curve = continuity(week(kept=before), language="en")
    assert (curve.kept, curve.changes, curve.points) == (2, 0, ())
    assert str(curve) == "All that lay there already and is still possible stays."


def test_a_need_that_would_go_without_is_counted() -> None:
    """One helper could do either; staying leaves somebody without, and that is said as a number."""
    rows = (
        *(person(p) for p in ("a1", "a2", "h1", "h2")),
        talent("t1", "h1", "shopping", until=SOON),
        need("n1", "a1", "shopping", when="Mon 09:00-10:00 | Tue 09:00-10:00", hours=1),
    )
    narrow = need("n2", "a2", "shopping", when="Mon 09:00-10:00", hours=1)
    kept = (run(*rows).items[0].plan,)
    found = run(
        *rows,
        talent("t2", "h2", "shopping", available="Tue 09:00-10:00", until=SOON),
        narrow,
        kept=kept,
    )
    assert {p.need for p in found.items} == {"n1", "n2"}
    curve = continuity(found, language="en")
    assert [(p.changes, p.needs, p.fewer_needs) for p in curve.points] == [(0, 1, 1)]
    assert "1 change fewer: then 1 need has no proposal." in str(curve)


def test_the_order_of_the_levels_is_the_teams() -> None:
    """Where continuity comes right after what is met, a lower step is not worth a change."""
    levels = (Level.MET, Level.CONTINUITY, Level.LADDER, Level.FIT, Level.LOAD, Level.ORDER)
    rows = (person("a1"), person("h1"), person("h2"))
    far = talent("t1", "h1", "shopping", role="volunteer")
    asked = need("n1", "a1", "shopping")
    before = run(*rows, far, asked)
    kept = (before.items[0].plan,)
    near = talent("t2", "h2", "shopping", role="neighbour")
    asked = need("n1", "a1", "shopping", since=MONDAY - dt.timedelta(days=60))
    usual = continuity(run(*rows, far, near, asked, kept=kept))
    assert [(p.changes, p.costs) for p in usual.points] == [(0, Level.LADDER)]
    assert "dan komt hulp van een stap verder weg" in str(usual)
    steady = run(*rows, far, near, asked, kept=kept, policy=Policy(levels=levels))
    assert continuity(steady).changes == 0


def outing(*more: Record, kept: tuple[str, ...] = ()) -> Proposals:
    """Two who cannot walk far want to eat together on Friday, and two cars have one seat each."""
    riders = [person(p, walks_m=100) for p in ("r1", "r2", "r3")]
    tried = ("own_network", "neighbour")
    found = run(
        *riders,
        *(person(p) for p in ("d1", "d2")),
        activity("a9", area="south", capacity=6),
        *(talent(f"t{d}", d, "ride", seats=1, per_week=1) for d in ("d1", "d2")),
        *(need(f"n{n}", f"r{n}", "meal", tried=tried, urgency=3) for n in (1, 2)),
        *more,
        kept=kept,
    )
    assert faults(found) == []
    return found


def test_a_plan_with_rides_is_one_change_however_many_legs_it_has() -> None:
    """A third rider who needs it most takes one of two seats: one plan changes, not three legs."""
    before = tuple(p.plan for p in outing().items)
    assert len(before) == 2
    third = need("n3", "r3", "meal", tried=("own_network", "neighbour"), urgency=5)
    curve = continuity(outing(third, kept=before))
    assert (curve.kept, curve.changes) == (2, 1)
    assert [(p.changes, p.needs, p.costs) for p in curve.points] == [(0, 2, Level.MET)]
    assert continuity(outing(kept=before)).changes == 0


def test_what_time_leaves_open_is_not_claimed() -> None:
    """Without time to search no point is told, or it says that it is not proven."""
    before = tuple(p.plan for p in week().items)
    curve = continuity(week(late=5, kept=before), time_limit=0.0)
    assert curve.changes == 2
    assert all(not p.proven and "Misschien" in p.sentence for p in curve.points)


def test_without_the_working_it_says_so() -> None:
    """Proposals that were read back cannot be solved again."""
    with pytest.raises(UnusableInput, match="working"):
        continuity(replace(week(), worked=None))
