"""Half a year, week by week, in small: nobody waits unnamed, nobody starves, nothing moves idly."""

from __future__ import annotations

import datetime as dt
import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from assetmap import Neighbourhood, Proposals, propose
from assetmap.audit import faults
from assetmap.explain import continuity
from assetmap.model import Record
from assetmap.plans import Reason
from assetmap.schedule import Week
from assetmap.synthetic import neighbourhood
from tests.plans.small import MONDAY, WEEK, activity, need, person, talent, worker

pytestmark = pytest.mark.whole

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "half_year.py"


@pytest.fixture(scope="module")
def script() -> Iterator[ModuleType]:
    """The benchmark of half a year, as a module."""
    spec = importlib.util.spec_from_file_location("half_year", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["half_year"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["half_year"]


def test_half_a_year_in_a_made_up_neighbourhood(script: ModuleType) -> None:
    """Every week is right, everybody is named, and no proposal changes for nothing."""
    hood = neighbourhood(30, 1, weeks=8)
    told = script.half_year(hood, dt.date(2026, 7, 20), weeks=26, seed=5)
    assert told.faults == []
    assert told.unnamed == []
    assert told.idle == told.restless == told.moved == []
    assert told.counts["weeks"] == 26
    for word in ("done", "not_now", "no_more", "stopped", "leavers tried"):
        assert told.counts[word] > 0, word


def test_the_half_year_is_the_same_every_time(script: ModuleType) -> None:
    """The same seed gives the same half year."""
    hood = neighbourhood(20, 4, weeks=4)
    one, other = (script.half_year(hood, dt.date(2026, 6, 22), weeks=4, seed=2) for _ in "ab")
    assert one == other


# --- nobody starves ---------------------------------------------------------------------------


def weeks_until_helped(urgency: int) -> int:
    """Count the weeks in which somebody loses one hour of help to ever new urgent questions."""
    rows: list[Record] = [person("old"), person("h1"), worker("w1")]
    rows.append(talent("t1", "h1", per_week=1))
    old = need("n0", "old", urgency=urgency, since=MONDAY, worker="w1")
    for number in range(26):
        week = Week.of(MONDAY + dt.timedelta(weeks=number))
        # all five weeks ahead are wanted by somebody who is new and as urgent as can be
        new: list[Record] = []
        for k in range(5):
            new.append(person(f"a{k}"))
            new.append(need(f"n{k + 1}", f"a{k}", urgency=5, since=week.monday))
        found = propose(Neighbourhood.from_records(rows, old, new), week)
        assert faults(found) == []
        if found.plan_for("n0") is not None:
            return number
        gap = found.gap_for("n0")
        assert gap is not None
        assert gap.reason in {Reason.TAKEN_BY_MORE_URGENT, Reason.NO_HOURS}
        assert gap.worker == "w1"
    raise AssertionError("never helped")


def test_nobody_starves() -> None:
    """Ten points a week: what is least urgent is helped once its waiting outweighs what is new."""
    waits = [weeks_until_helped(urgency) for urgency in (5, 3, 1)]
    assert waits == sorted(waits)
    assert 0 < waits[-1] <= 5


def test_waiting_for_a_step_ends_on_the_day_that_was_told() -> None:
    """The day on which the next step opens is named, and in that week it is open."""
    rows = (person("p1"), person("v1"), person("p2"))
    helper = talent("t1", "v1", role="volunteer")
    nearer = talent("t3", "p2", per_week=1, until=MONDAY + dt.timedelta(days=6))
    asked = need("n1", "p1", since=MONDAY, worker="v1")
    other = (person("p3"), need("n2", "p3", urgency=5, since=MONDAY))
    hood = Neighbourhood.from_records(*rows, helper, nearer, asked, *other)
    first = propose(hood, WEEK)
    gap = first.gap_for("n1") or first.gap_for("n2")
    assert gap is not None
    assert gap.need == "n1"
    assert gap.reason is Reason.WAITING_FOR_RUNG
    assert gap.opens_on == MONDAY + dt.timedelta(days=14)
    after = propose(hood, Week.of(gap.opens_on))
    assert after.plan_for("n1") is not None


# --- what stays -------------------------------------------------------------------------------


def evening(
    *, drivers: tuple[str, ...] = ("d1", "d2"), kept: frozenset[str] = frozenset()
) -> Proposals:
    """Two who cannot walk, two drivers with one seat, and two neighbours with other questions."""
    hood = Neighbourhood.from_records(
        *(person(p, walks_m=100) for p in ("r1", "r2")),
        *(person(p) for p in ("d1", "d2", "h1", "h2", "a1", "a2")),
        activity("a9", area="south", capacity=6),
        *(talent(f"t{d}", d, "ride", seats=1, per_week=2) for d in drivers),
        talent("th1", "h1", "shopping"),
        talent("th2", "h2", "garden"),
        need("n1", "r1", "meal", tried=("own_network", "neighbour")),
        need("n2", "r2", "meal", tried=("own_network", "neighbour")),
        need("n3", "a1", "shopping"),
        need("n4", "a2", "garden"),
    )
    found = propose(hood, WEEK, kept=kept)
    assert faults(found) == []
    return found


def test_unchanged_input_changes_nothing() -> None:
    """The same tables and what was proposed before give the very same plans."""
    before = evening()
    again = evening(kept=frozenset(p.plan for p in before.items))
    assert {p.plan for p in again.items} == {p.plan for p in before.items}
    assert continuity(again).changes == 0


@pytest.mark.parametrize("gone", ["d1", "d2"])
def test_a_driver_who_leaves_changes_only_what_that_driver_did(gone: str) -> None:
    """One car is left for two: one of the two goes without, everybody else keeps their plan."""
    before = evening()
    kept = frozenset(p.plan for p in before.items)
    left = tuple(d for d in ("d1", "d2") if d != gone)
    after = evening(drivers=left, kept=kept)
    drove = {p.plan for p in before.items if any(part.provider == gone for part in p.legs)}
    assert drove
    assert kept - {p.plan for p in after.items} == drove
    assert continuity(after).changes == 0


def test_an_answer_that_is_awaited_is_not_replaced_by_what_is_no_better() -> None:
    """Somebody else who could do it just as well comes in: what lies there stays."""
    rows = (person("p1"), person("h1"), person("h2"), need("n1", "p1"))
    hood = Neighbourhood.from_records(*rows, talent("t2", "h2"))
    before = propose(hood, WEEK).items[0]
    both = replace(hood, talents=(*hood.talents, talent("t1", "h1", max_km=5)))
    after = propose(both, WEEK, kept=[before.plan])
    assert [p.plan for p in after.items] == [before.plan]
