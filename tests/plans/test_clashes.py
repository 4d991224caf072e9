"""Nobody in two places at once."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from assetmap.plans.clashes import Clock
from assetmap.plans.ledger import Ledger

NOON = dt.datetime(2026, 11, 23, 12)
spans = st.tuples(st.integers(0, 12), st.integers(1, 6)).map(
    lambda pair: (
        NOON + dt.timedelta(minutes=15 * pair[0]),
        NOON + dt.timedelta(minutes=15 * (pair[0] + pair[1])),
    )
)


def noted(spans, who="p1"):
    """Return a ledger and what each stretch of time takes of it."""
    ledger = Ledger(1)
    clock = Clock(ledger)
    for span in spans:
        clock.note(who, span)
    return ledger, [clock.uses(who, span) for span in spans]


@given(st.lists(spans, min_size=2, max_size=7))
def test_two_stretches_of_time_share_a_moment_exactly_when_they_overlap(found):
    """One that begins when another ends does not; one that covers another does."""
    _, uses = noted(found)
    for i, (a, b) in enumerate(found):
        for j, (c, d) in enumerate(found[:i]):
            overlap = a < d and c < b
            assert bool(uses[i].keys() & uses[j].keys()) is overlap


@given(st.lists(spans, min_size=1, max_size=7))
def test_every_set_within_the_capacities_is_free_of_overlaps(found):
    """For whole sets too, not only for pairs: each moment has room for one."""
    ledger, uses = noted(found)
    for chosen in range(1 << len(found)):
        mine = [k for k in range(len(found)) if chosen >> k & 1]
        taken = [name for k in mine for name in uses[k]]
        fits = all(taken.count(at) <= room for at, room in enumerate(ledger.capacity))
        apart = all(
            found[i][1] <= found[j][0] or found[j][1] <= found[i][0]
            for i in mine
            for j in mine
            if i < j
        )
        assert fits is apart


def test_time_of_one_is_not_time_of_another():
    """Two people may do something at the same moment."""
    ledger = Ledger(1)
    clock = Clock(ledger)
    span = (NOON, NOON + dt.timedelta(hours=1))
    clock.note("p1", span)
    clock.note("p2", span)
    assert not clock.uses("p1", span).keys() & clock.uses("p2", span).keys()


def test_time_that_only_one_thing_could_take_is_no_limit():
    """Of all that is noted for one thing at most one stretch is used, so nothing can clash."""
    ledger = Ledger(1)
    clock = Clock(ledger)
    one, other = ((NOON, NOON + dt.timedelta(hours=n)) for n in (1, 2))
    clock.note("p1", one, "visit")
    clock.note("p1", other, "visit")
    assert clock.uses("p1", one) == clock.uses("p1", other) == {}
    assert not ledger.resources


def test_time_that_two_things_could_take_is_a_limit_where_they_meet():
    """And only there."""
    hour = dt.timedelta(hours=1)
    ledger = Ledger(1)
    clock = Clock(ledger)
    early, late = (NOON, NOON + 2 * hour), (NOON + hour, NOON + 3 * hour)
    clock.note("p1", early, "visit")
    clock.note("p1", late, "meal")
    assert clock.uses("p1", early) == clock.uses("p1", late) == {0: 1}
    assert list(ledger.resources) == [("time", "p1", NOON + hour)]
