"""ISO weeks and waiting."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetmap.errors import UnusableInput
from assetmap.schedule import Week, weeks_between

days = st.dates(date(2020, 1, 1), date(2032, 12, 31))


@pytest.mark.parametrize("text", ["2026-W48", "2026W48", " 2026-w48 "])
def test_a_week_is_read(text: str) -> None:
    """With and without a dash, in capitals or not."""
    week = Week.parse(text)
    assert (week, str(week)) == (Week(2026, 48), "2026-W48")
    assert (week.monday, week.sunday) == (date(2026, 11, 23), date(2026, 11, 29))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2026-W54", "The nearest is 2026-W53"),
        ("2027-W53", "The nearest is 2027-W52"),
        ("2026-W00", "The nearest is 2026-W01"),
        ("2026-48", "such as 2026-W48"),
        ("next week", "such as 2026-W48"),
        ("", "such as 2026-W48"),
        ("0026-W01", "from 1900 to 2999"),
    ],
)
def test_a_week_that_does_not_exist_is_refused(text: str, says: str) -> None:
    """The message names the nearest week, or how to write one."""
    with pytest.raises(UnusableInput, match=says):
        Week.parse(text)


@given(days, st.integers(-300, 300))
def test_weeks_follow_each_other(day: date, steps: int) -> None:
    """A day lies in its week; so many weeks on is so many times seven days on; order is time."""
    week = Week.of(day)
    assert week.monday <= day <= week.sunday
    assert (week.monday.weekday(), week.sunday.weekday()) == (0, 6)
    assert (week + steps).monday == week.monday + timedelta(weeks=steps)
    assert ((week + steps) > week) is (steps > 0)
    assert Week.parse(str(week)) == week


@given(days, st.integers(1, 60))
def test_a_horizon_runs_from_monday_to_the_day_after_the_last(day: date, weeks: int) -> None:
    """Its days are exactly those of so many weeks."""
    week = Week.of(day)
    first, after = week.horizon(weeks)
    assert first == week.monday
    assert after == (week + (weeks - 1)).sunday + timedelta(days=1)


def test_a_horizon_of_nothing_is_refused() -> None:
    """Looking ahead takes at least this week."""
    with pytest.raises(UnusableInput, match="1 or more"):
        Week(2026, 48).horizon(0)


@pytest.mark.parametrize(("waited", "want"), [(0, 0), (6, 0), (7, 1), (20, 2), (21, 3), (-9, 0)])
def test_only_whole_weeks_have_been_waited(waited: int, want: int) -> None:
    """Six days are no week yet, and nobody waits before it began."""
    since = date(2026, 11, 2)
    assert weeks_between(since, since + timedelta(days=waited)) == want
    evening = datetime(2026, 11, 23, 19, 30)
    assert weeks_between(evening, (evening + timedelta(days=waited)).date()) == want
