"""How many more could be helped, and what staying costs: against every set there is."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.match import Proposals, propose
from assetmap.model import Neighbourhood, Record
from assetmap.plans import further_needs, staying
from tests.plans.sets import Sets
from tests.plans.small import MONDAY, WEEK, need, person, run, talent

HELPERS = ("h1", "h2", "h3")
ASKERS = ("a1", "a2", "a3", "a4")
HOURS = ("Mon 09:00-10:00", "Mon 09:30-11:00", "Mon 10:00-11:00", None)


@st.composite
def contests(draw: Any) -> Neighbourhood:
    """Draw a few helpers with little time, and askers who want the same of them."""
    offered = [
        talent(
            f"t-{name}",
            name,
            draw(st.sampled_from(("shopping", "garden"))),
            per_week=draw(st.integers(1, 2)),
            available=draw(st.sampled_from(HOURS)),
            until=MONDAY + dt.timedelta(days=draw(st.sampled_from((6, 6, 13)))),
        )
        for name in HELPERS[: draw(st.integers(1, 3))]
    ]
    asked = [
        need(
            f"n-{name}",
            name,
            draw(st.sampled_from(("shopping", "garden"))),
            urgency=draw(st.integers(1, 3)),
            tried=("own_network", "neighbour") if draw(st.booleans()) else None,
            rrule=draw(st.sampled_from((None, None, "FREQ=WEEKLY"))),
            hours=1,
        )
        for name in ASKERS[: draw(st.integers(1, 4))]
    ]
    return Neighbourhood.from_records(map(person, (*HELPERS, *ASKERS)), offered, asked)


@settings(max_examples=60)
@given(contests())
def test_the_bound_on_more_needs_holds_and_is_reached(hood: Neighbourhood) -> None:
    """Among all sets worth as much on the first level, the most needs are what the bound says."""
    found = propose(hood, WEEK)
    sets = Sets(found)
    mine = sets.proposed()
    met = sets.value(mine, "met")
    most = max(len(sets.needs(s)) for s in sets.every() if sets.value(s, "met") >= met)
    assert found.certificate.more_needs == most - len(sets.needs(mine))


@settings(max_examples=60)
@given(contests(), contests(), st.randoms(use_true_random=False))
def test_the_curve_is_the_best_for_every_number_of_changes(
    hood: Neighbourhood, other: Neighbourhood, draw: Any
) -> None:
    """For each number of changes the value is the best of all sets that change no more."""
    before = [p.plan for week in (hood, other) for p in propose(week, WEEK).items]
    kept = {p for p in before if draw.random() < 0.8}
    found = propose(hood, WEEK, kept=kept)
    sets = Sets(found)
    able = {p for at in range(len(sets.encoded.options)) for p in sets.plans((at,))} & kept
    assert found.worked is not None
    curve = staying(found.worked)
    changes = len(able - sets.plans(sets.proposed()))
    assert (curve.kept, curve.changes, curve.open) == (len(able), changes, frozenset())
    best: dict[int, tuple[int, ...]] = {}
    for one in sets.every():
        gone = len(able - sets.plans(one))
        value = (*sets.value(one, "met", "ladder"), len(sets.needs(one)))
        for allowed in range(gone, changes + 1):
            best[allowed] = max(best.get(allowed, value), value)
    for allowed in range(changes):
        assert curve.values.get(allowed) == best.get(allowed)
    assert curve.values[changes][:2] == best[changes][:2]


def fought_over(*more: Record, kept: tuple[str, ...] = (), urgency: int = 3) -> Proposals:
    """Somebody gives one hour, and two ask for it."""
    return run(
        person("a1"),
        person("a2"),
        person("h1"),
        talent("t1", "h1", until=MONDAY + dt.timedelta(days=6)),
        need("n1", "a1", urgency=3),
        need("n2", "a2", urgency=urgency),
        *more,
        kept=kept,
    )


def test_who_is_more_urgent_takes_over_and_the_curve_tells() -> None:
    """The plan of last week gives way to a more urgent question; staying costs just that."""
    before = fought_over(urgency=1).plan_for("n1")
    assert before is not None
    found = fought_over(urgency=5, kept=(before.plan,))
    assert found.plan_for("n1") is None
    assert found.worked is not None
    curve = staying(found.worked)
    assert curve.changes == 1
    assert curve.values[0][0] == 30
    assert curve.values[1][0] == 50
    assert further_needs(found.worked) == 0


def test_two_small_questions_may_weigh_as_much_as_one_large_one() -> None:
    """Where one of 50 and two of 20 and 30 are worth the same, one more could be helped."""
    rows = [person(p) for p in ("a1", "a2", "a3", "h1", "h2")]
    late = MONDAY + dt.timedelta(days=6)
    found = run(
        *rows,
        talent("t1", "h1", until=late, hours_week=2, per_week=2, available="Mon 09:00-11:00"),
        need("n1", "a1", urgency=5, hours=2),
        need("n2", "a2", urgency=2, hours=1),
        need("n3", "a3", urgency=3, hours=1),
    )
    met = {p.need for p in found.items}
    assert met in ({"n1"}, {"n2", "n3"})
    assert found.certificate.more_needs == 2 - len(met)


def test_without_plans_there_is_no_more() -> None:
    """Where nobody could be helped at all the bound is nought."""
    assert run(person("a1"), need("n1", "a1")).certificate.more_needs == 0
