"""The rule on real dates: who counts, when it fires, when it holds its tongue."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.detectors import clusters, yearly_false_fires
from assetmap.errors import UnusableInput

EVENTS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 5)), max_size=14)


def test_over_the_boundary_of_a_week() -> None:
    """Sunday, Monday and Tuesday are three days, whatever the calendar says."""
    [found] = clusters([6, 7, 8], 3, within=3)
    assert (found.first, found.last, found.distinct, found.events) == (6.0, 8.0, 3, (0, 1, 2))


def test_the_window_is_as_long_as_it_says() -> None:
    """Days 1 and 21 lie within 21 days; days 1 and 22 do not."""
    assert len(clusters([1, 9, 21], 3, within=21)) == 1
    assert clusters([1, 9, 22], 3, within=21) == ()


def test_the_third_household_not_the_third_question() -> None:
    """Three questions of one household are one."""
    assert clusters([1, 2, 3], 3, within=21, who=[4, 4, 4]) == ()
    [found] = clusters([1, 2, 3, 4], 3, within=21, who=[4, 4, 5, 6])
    assert (found.last, found.distinct, found.events) == (4.0, 3, (0, 1, 2, 3))


def test_on_hold_unless_somebody_joins() -> None:
    """A further question of the same persons is silent; a fourth person is not."""
    days, who = [1, 2, 3, 4, 5, 6], [1, 2, 3, 1, 2, 9]
    assert [(each.last, each.new) for each in clusters(days, 3, within=21, who=who)] == [
        (3.0, False),
        (6.0, True),
    ]


def test_after_the_hold_it_may_fire_again() -> None:
    """When the hold has passed, the same persons are told of again."""
    found = clusters([1, 2, 3, 24, 25, 26], 3, within=10, who=[1, 2, 3, 1, 2, 3])
    assert [each.last for each in found] == [3.0, 26.0]


def test_the_hold_ends_after_as_many_days_as_the_window() -> None:
    """Fired on day 3 with a window of 10: day 13 is free again, day 12 is not."""
    again = clusters([1, 2, 3, 13, 13, 13], 3, within=10, who=[1, 2, 3, 1, 2, 3])
    assert [(each.last, each.new) for each in again] == [(3.0, False), (13.0, False)]
    assert len(clusters([1, 2, 3, 12, 12, 12], 3, within=10, who=[1, 2, 3, 1, 2, 3])) == 1


def test_who_was_told_of_before_is_not_new() -> None:
    """Somebody of the first fire who asks again is not new, though the second left them out."""
    found = clusters([1, 2, 3, 11, 12], 3, within=10, who=[1, 2, 3, 9, 1])
    assert [(each.last, each.new) for each in found] == [(3.0, False), (11.0, True)]


@settings(max_examples=60, deadline=None)
@given(EVENTS, st.integers(1, 4), st.integers(1, 20), st.integers(-50, 50))
def test_order_and_dates_do_not_matter(
    events: list[tuple[int, int]], k: int, within: int, shift: int
) -> None:
    """Rows in any order, numbers for persons in any order, all dates shifted: the same fires."""
    found = clusters([d for d, _ in events], k, within=within, who=[w for _, w in events])
    rng = np.random.default_rng(shift + 50)
    mixed = [events[at] for at in rng.permutation(len(events))]
    other = clusters(
        [d + shift for d, _ in mixed], k, within=within, who=[97 - 3 * w for _, w in mixed]
    )
    told = [(c.first + shift, c.last + shift, c.distinct, c.new) for c in found]
    assert told == [(c.first, c.last, c.distinct, c.new) for c in other]


@settings(max_examples=60, deadline=None)
@given(EVENTS, st.integers(1, 4), st.integers(1, 20))
def test_it_fires_exactly_where_there_is_a_cluster(
    events: list[tuple[int, int]], k: int, within: int
) -> None:
    """The first fire is the first day that completes a window; no fire, no such window."""
    found = clusters([d for d, _ in events], k, within=within, who=[w for _, w in events])
    complete = [
        day
        for day in range(61)
        if len({w for d, w in events if day - within < d <= day}) >= k
        and any(d == day for d, _ in events)
    ]
    assert [c.last for c in found][:1] == [float(day) for day in complete][:1]
    for each in found:
        assert each.last in complete
        assert each.distinct == len({events[at][1] for at in each.events}) >= k
        assert each.last - each.first < within


@settings(max_examples=40, deadline=None)
@given(EVENTS, st.integers(1, 4), st.integers(1, 20))
def test_a_second_note_of_the_same_day_changes_nothing(
    events: list[tuple[int, int]], k: int, within: int
) -> None:
    """Each note doubled: the same days, the same numbers of persons."""
    once = clusters([d for d, _ in events], k, within=within, who=[w for _, w in events])
    twice = clusters([d for d, _ in events * 2], k, within=within, who=[w for _, w in events * 2])
    assert [(c.first, c.last, c.distinct, c.new) for c in once] == [
        (c.first, c.last, c.distinct, c.new) for c in twice
    ]


def test_lengths_that_differ() -> None:
    """A number for each event is needed."""
    with pytest.raises(UnusableInput, match="days and who must be as long"):
        clusters([1, 2], 2, within=3, who=[1])
    with pytest.raises(UnusableInput, match="within is 0; allowed: numbers above 0"):
        clusters([1, 2], 2, within=0)


@pytest.mark.parametrize(("rate", "weeks"), [(0.1, 0.16), (0.3, 3.2), (0.5, 10), (1, 30), (2, 49)])
def test_false_fires_a_year(rate: float, weeks: float) -> None:
    """Three in three weeks, as simulated before, by weekly rate."""
    found = yearly_false_fires(rate, 3, within=21)
    assert float(found) == pytest.approx(weeks, rel=0.025, abs=0.04)


def test_false_fires_as_drawn() -> None:
    """The formula gives what drawn years do."""
    rng = np.random.default_rng(1)
    weeks = rng.poisson(0.4, (4000, 54))
    windows = weeks[:, :-2] + weeks[:, 1:-1] + weeks[:, 2:]
    drawn = (windows >= 3).sum(axis=1).mean()
    assert float(yearly_false_fires(0.4, 3, within=21)) == pytest.approx(drawn, rel=0.03)
