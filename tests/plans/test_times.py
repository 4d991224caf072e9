"""Shared hours as bits of the week, and the dates that follow from them."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.plans.asks import Slot
from assetmap.plans.times import WEEK, Hours, minutes_of_week
from assetmap.schedule import Window, common, ends
from tests.plans.small import ASKER, MONDAY, scene

HOUR = 60
starts = st.integers(0, WEEK // 30 - 1).map(lambda n: n * 30)
windows = st.lists(
    st.builds(lambda s, n: Window(s, s + n * 30), starts, st.integers(1, 40)), max_size=4
).map(tuple)


def slot(days: int = 35, first: int = 0) -> Slot:
    """Return an occurrence that asks for so many days from a day of the horizon on."""
    begin = MONDAY + dt.timedelta(days=first)
    return Slot(0, begin, begin + dt.timedelta(days=days), 1)


def hours() -> Hours:
    """Return the hours of a run."""
    return Hours(scene(ASKER))


@given(windows)
def test_a_bit_is_on_exactly_where_the_minute_lies_within_a_window(found):
    """Windows that run into Monday count there."""
    bits = minutes_of_week(found)
    inside = {minute % WEEK for w in found for minute in range(w.start, w.end)}
    assert bits.bit_count() == len(inside)
    assert all(bits >> minute & 1 for minute in inside)


@given(windows, windows, st.sampled_from((30, 60, 90)))
def test_both_share_a_bit_exactly_when_they_share_a_minute(mine, theirs, minutes):
    """So that no bit means no window at all, and the bits tell which windows there are."""
    bits = minutes_of_week(mine) & minutes_of_week(theirs)
    shared = common(mine, theirs)
    assert minutes_of_week(shared) == bits
    found = hours().both(mine, theirs, bits, minutes)
    assert found.windows == tuple(w for w in shared if w.minutes >= minutes)


def test_the_same_shared_minutes_are_worked_out_once():
    """Whoever they are of."""
    book = hours()
    evening, day = (Window(18 * HOUR, 22 * HOUR),), (Window(0, 24 * HOUR),)
    bits = minutes_of_week(evening)
    first = book.both(evening, day, bits, 60)
    assert book.both(evening, evening, bits, 60) is first
    assert book.both(evening, day, bits, 90) is not first
    assert book.one(evening, 60) is book.one(evening, 60)
    assert book.dates(first, slot(), 2) is book.dates(first, slot(), 2)


def test_times_follow_on_one_another_and_are_limited_per_week():
    """Four hours are room for two times of an hour and a half, and one more that ends with them."""
    book = hours()
    evening = (Window(18 * HOUR, 22 * HOUR),)
    suited = book.one(evening, 90)
    weeks = book.dates(suited, slot(), 4)
    assert list(weeks) == [0, 1, 2, 3, 4]
    assert [(s.hour, s.minute) for s, _ in weeks[0]] == [(18, 0), (19, 30), (20, 30)]
    assert {len(times) for times in book.dates(suited, slot(), 1).values()} == {1}


@settings(max_examples=60)
@given(
    windows,
    st.sampled_from((30, 60, 150)),
    st.integers(1, 4),
    st.integers(1, 21),
    st.integers(0, 12),
)
def test_every_time_lies_within_a_window_and_the_days_that_are_asked(
    found, minutes, most, days, first
):
    """Each lasts what it takes, none overlaps the one before it, and no week has too many."""
    book, wanted = hours(), slot(days, first)
    bits = minutes_of_week(found)
    every = [
        span
        for spans in book.dates(book.one(found, minutes), wanted, most).values()
        for span in spans
    ]
    for start, end in every:
        begin = start.weekday() * 24 * HOUR + start.hour * HOUR + start.minute
        assert end == ends(start, minutes)
        assert all(bits >> (begin + m) % WEEK & 1 for m in range(minutes))
        assert wanted.first <= start.date() < wanted.last
    assert all(a[0] < b[0] for a, b in itertools.pairwise(every))
    per_week = [(start.date() - MONDAY).days // 7 for start, _ in every]
    assert all(per_week.count(week) <= most for week in per_week)


def test_a_time_that_does_not_suit_leaves_room_for_the_next():
    """Where somebody has an appointment the time after it counts, from when that is over."""
    book = hours()
    suited = book.one((Window(18 * HOUR, 22 * HOUR),), 60)

    def taken(start: dt.datetime, end: dt.datetime) -> dt.datetime | None:
        over = start.replace(hour=19, minute=40)
        return over if start < over else None

    late = [start for _, (start, _) in book.weighed(suited, slot(7), 9, taken=taken)]
    assert [(s.hour, s.minute) for s in late] == [(19, 40), (20, 40), (21, 0)]


def test_what_is_left_of_a_window_is_used_from_its_end():
    """Two people with an hour each fit where their windows leave room at different ends."""
    book = hours()
    suited = book.one((Window(9 * HOUR, 9 * HOUR + 90),), 60)
    found = [start for _, (start, _) in book.weighed(suited, slot(7), 4)]
    assert [(s.hour, s.minute) for s in found] == [(9, 0), (9, 30)]
    exact = book.one((Window(9 * HOUR, 11 * HOUR),), 60)
    found = [start for _, (start, _) in book.weighed(exact, slot(7), 4)]
    assert [(s.hour, s.minute) for s in found] == [(9, 0), (10, 0)]


@pytest.mark.parametrize(("fold", "clock"), [(0, "02:30"), (1, "03:30")])
def test_the_hour_that_comes_twice_is_told_apart(fold, clock):
    """An hour from 2:30 on ends at the second 2:30, or, from that one on, at 3:30."""
    at = scene(ASKER, week="2026-W43")
    book = Hours(at)
    night = dt.datetime(2026, 10, 25, 2, 30, fold=fold)
    assert f"{book.end(night.replace(fold=1 - fold), 60):%H:%M}" != clock
    assert f"{book.end(night, 60):%H:%M}" == clock
