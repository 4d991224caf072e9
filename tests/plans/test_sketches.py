"""Plans that are written out only when they are weighed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.model import Leg, Rung
from assetmap.plans.asks import Slot
from assetmap.plans.offers import Offer
from assetmap.plans.options import Option
from assetmap.plans.sketches import Hand, Sketch, best
from tests.plans.small import ASKER, MONDAY, ask, need, offer, person, scene, talent

PEOPLE = [person(f"p{n}") for n in range(2, 6)]
TALENTS = [talent(f"t{n}", f"p{n}") for n in range(2, 6)]
SCENE = scene(ASKER, *PEOPLE, *TALENTS, need("n1"))
ASK = ask(SCENE)
SLOT = Slot(0, MONDAY, MONDAY + dt.timedelta(weeks=5), 10)
OFFERS: list[Offer] = [offer(SCENE, f"talent:t{n}") for n in range(2, 6)]


def hand(at: int, step: int = 1, points: int = 0) -> Hand:
    """Return somebody who could help."""
    return Hand(ASK, OFFERS[at], Leg.HELP, Rung.NEIGHBOUR, step, {"tie": points}, tuple)


def evening(week: int, day: int) -> tuple[dt.datetime, dt.datetime]:
    """Return an hour in some evening."""
    start = dt.datetime.combine(MONDAY, dt.time(18)) + dt.timedelta(weeks=week, days=day)
    return start, start + dt.timedelta(hours=1)


sketches = st.lists(
    st.builds(
        lambda at, step, points, days: Sketch(
            hand(at, step, points),
            SLOT,
            {w: tuple(evening(w, d) for v, d in sorted(days) if v == w) for w, _ in days},
        ),
        st.integers(0, 3),
        st.integers(0, 2),
        st.integers(0, 2),
        st.sets(st.tuples(st.integers(0, 2), st.integers(0, 3)), min_size=1, max_size=6),
    ),
    max_size=4,
    unique_by=lambda s: s.hand.offer.key,
)


def promise(option: Option) -> tuple[int, int, int, str]:
    """Return what is preferred, from the definition."""
    (giver,) = option.parts[0].givers
    return (option.step, option.week, -giver.total, option.key)


@settings(max_examples=80)
@given(sketches, st.integers(0, 12))
def test_the_best_are_those_that_come_first_of_all_that_are_written_out(found, most):
    """A lower step, an earlier week, more points, then the key."""
    every = sorted((o for s in found for o in s.options()), key=promise)
    assert [promise(o) for o in sorted(best(found, most), key=promise)] == [
        promise(o) for o in every[:most]
    ]


@given(sketches)
def test_a_sketch_knows_how_many_plans_it_is_and_what_they_are_called(found):
    """Without writing them out."""
    for sketch in found:
        assert len(sketch) == len(list(sketch.options()))
        names = [sketch.name(t) for times in sketch.times.values() for t in times]
        assert names == [o.key for o in sketch.options()]


def test_a_plan_has_its_giver_at_its_time():
    """And a plan for a week leaves the time of the giver open."""
    at = evening(1, 2)
    sketch = Sketch(hand(0), SLOT, {0: ((MONDAY, None),), 1: (at,)})
    week, dated = sketch.options()
    assert (week.start, week.end, week.week) == (MONDAY, None, 0)
    assert (week.parts[0].givers[0].start, week.parts[0].givers[0].end) == (None, None)
    assert (dated.start, dated.end, dated.week) == (*at, 1)
    assert (dated.parts[0].givers[0].start, dated.parts[0].givers[0].end) == at


def test_what_to_ask_about_is_worked_out_when_it_is_wanted():
    """And once."""
    asked = []

    def doubts():
        asked.append(1)
        return ()

    found = Hand(ASK, OFFERS[0], Leg.HELP, Rung.NEIGHBOUR, 1, {}, doubts)
    sketch = Sketch(found, SLOT, {0: (evening(0, 0), evening(0, 1))})
    assert len(sketch) == 2
    assert not asked
    assert len(list(sketch.options())) == 2
    assert len(asked) == 1


@pytest.mark.parametrize("most", [0, 1])
def test_of_none_there_is_no_best(most):
    """However many are asked for."""
    assert list(best([], most)) == []
