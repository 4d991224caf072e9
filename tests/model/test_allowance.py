"""A volunteer's allowance in a year, compared with counting day by day."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.errors import UnusableInput
from assetmap.model import ALLOWANCE_LIMITS, Cap, Membership, Reward, allowance_of

days = st.dates(dt.date(2024, 11, 1), dt.date(2027, 2, 28))
memberships = st.builds(
    lambda hours, cents, reward, ends: Membership(
        member="p1",
        party="i1",
        reward=reward,
        hours_week=hours,
        hour_eur=None if cents is None else Decimal(cents).scaleb(-2),
        since=min(ends) if len(ends) > 1 else None,
        until=max(ends) if len(ends) > 1 else None,
    ),
    st.one_of(st.none(), st.sampled_from([0.0, 1.5, 4.0, 9.0, 40.0])),
    st.one_of(st.none(), st.integers(0, 700)),
    st.sampled_from([*Reward, None]),
    st.lists(days, max_size=2, unique=True),
)


def by_day(rows: list[Membership], year: int) -> dict[int, Fraction]:
    """Add up each day of the year apart; return euros by month."""
    months = dict.fromkeys(range(1, 13), Fraction(0))
    day = dt.date(year, 1, 1)
    while day.year == year:
        for row in rows:
            begun = row.since is None or row.since <= day
            there = begun and (row.until is None or day <= row.until)
            paid = row.reward is Reward.ALLOWANCE and row.hours_week and row.hour_eur
            if there and paid:
                months[day.month] += Fraction(row.hours_week) * Fraction(row.hour_eur) / 7
        day += dt.timedelta(days=1)
    return months


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(memberships, max_size=3), year=st.sampled_from([2025, 2026]))
def test_a_year_is_the_sum_of_its_days(rows: list[Membership], year: int) -> None:
    """To the cent, whatever the dates; the limits are passed exactly when they are."""
    found, months = allowance_of(rows, year), by_day(rows, year)
    assert abs(Fraction(found.year_eur) - sum(months.values())) < Fraction(1, 100)
    assert abs(Fraction(found.month_eur) - max(months.values())) < Fraction(1, 100)
    limit = ALLOWANCE_LIMITS[year]
    assert (Cap.YEAR in found.passed) == (found.year_eur > limit.year_eur)
    assert (Cap.MONTH in found.passed) == (found.month_eur > limit.month_eur)


def test_a_year_that_nobody_knows_is_not_judged() -> None:
    """The amount is told, no limit is passed."""
    row = Membership(member="p1", party="i1", reward="allowance", hour_eur="90", hours_week=40)
    found = allowance_of([row], 2099)
    assert found.year_eur > 100_000
    assert found.passed == ()


def test_an_impossible_year_is_refused() -> None:
    """The error says which years there are."""
    with pytest.raises(UnusableInput, match="from 1900 to 2200"):
        allowance_of([], 26)


def test_a_row_that_has_ended_passes_no_limit_of_this_year() -> None:
    """Too much an hour last year says nothing of this one."""
    row = Membership(
        member="p1",
        party="i1",
        reward="allowance",
        hour_eur="9",
        hours_week=1,
        until="2025-12-31",
    )
    assert allowance_of([row], 2025).passed == (Cap.HOUR,)
    assert allowance_of([row], 2026).passed == ()
