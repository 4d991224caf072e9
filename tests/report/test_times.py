"""Dates folded into what people say."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetmap.report.times import folded, short_day, times_text

MONDAY = dt.datetime(2026, 11, 23, 14)
DAY = dt.timedelta(days=1)


def _on(*days: int, hour: int = 14) -> list[dt.datetime]:
    return [MONDAY.replace(hour=hour) + k * DAY for k in days]


@pytest.mark.parametrize(
    ("when", "dutch", "english"),
    [
        (_on(3), ("do 26 nov", "14.00 uur"), ("Thu 26 Nov", "14:00")),
        (
            _on(0, 2, 4, 7, 9, 11),
            ("elke ma, wo en vr", "23 nov – 4 dec", "14.00 uur"),
            ("every Mon, Wed and Fri", "23 Nov – 4 Dec", "14:00"),
        ),
        (_on(0, 7) + _on(14, hour=15), ("elke ma", "23 nov – 7 dec"), None),
        (_on(0, 14), ("2 keer", "eerst op ma 23 nov", "14.00 uur"), None),
        (_on(0, 1), ("2 keer", "eerst op ma 23 nov", "14.00 uur"), None),
        ([MONDAY.date()], ("week van 23 nov",), ("week of 23 Nov",)),
        ([MONDAY.date(), MONDAY.date() + 7 * DAY], ("2 weken, vanaf 23 nov",), None),
        ([], ("in overleg",), ("to be agreed",)),
    ],
)
def test_dates_as_people_say_them(
    when: list[dt.datetime], dutch: tuple[str, ...], english: tuple[str, ...] | None
) -> None:
    """One date, a rhythm, so many times, a week, or nothing yet."""
    assert times_text(folded(when), "nl") == dutch
    assert times_text(folded(list(reversed(when))), "nl") == dutch
    if english is not None:
        assert times_text(folded(when), "en") == english


@given(st.sets(st.integers(0, 40), min_size=1, max_size=12))
def test_a_rhythm_is_said_only_when_it_is_one(days: set[int]) -> None:
    """From first, last and weekdays the very dates can be made again."""
    when = _on(*days)
    times = folded(when)
    assert times is not None
    assert times.count == len(days)
    if times.weekdays:
        span = (times.last - times.first).days
        every = [times.first + k * DAY for k in range(span + 1)]
        assert [d for d in every if d.weekday() in times.weekdays] == sorted(w.date() for w in when)


def test_every_month_and_weekday_has_a_short_name() -> None:
    """Twelve months and seven days, all different."""
    year = [dt.date(2026, 1, 1) + k * DAY for k in range(365)]
    for lang in ("nl", "en"):
        assert len({short_day(d, lang) for d in year}) == 365
