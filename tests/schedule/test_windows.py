"""Windows of the week: reading, writing, and what lies within them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.errors import UnusableInput
from assetmap.schedule import Window, common, covers, dated, format_windows, overlaps, parse_windows

WEEK = 7 * 1440
MONDAY = datetime(2026, 11, 23)
windows = st.builds(
    lambda start, length: Window(start, start + length),
    st.integers(0, WEEK - 1),
    st.integers(1, 3000) | st.integers(1, WEEK),
)
window_lists = st.lists(windows, max_size=5)
minutes = st.integers(0, 2 * WEEK - 1)
days = st.dates(date(2020, 1, 1), date(2032, 12, 31))


def minutes_of(found: list[Window] | tuple[Window, ...]) -> set[int]:
    """Return every minute of the week that lies within the windows, one by one."""
    return {minute % WEEK for window in found for minute in range(window.start, window.end)}


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Mon 18:00-22:00 | Thu 09:00-12:00", "Mon 18:00-22:00 | Thu 09:00-12:00"),
        ("do 9-12|maandag 18.00 - 22.00 uur", "Mon 18:00-22:00 | Thu 09:00-12:00"),
        ("Wednesday 9:30 to 10:30", "Wed 09:30-10:30"),
        ("wo van 9u30 tot 10u30", "Wed 09:30-10:30"),
        ("ma-wo 09:00–17:00", "Mon 09:00-17:00 | Tue 09:00-17:00 | Wed 09:00-17:00"),
        ("za t/m ma 10-11", "Mon 10:00-11:00 | Sat 10:00-11:00 | Sun 10:00-11:00"),
        ("Fri 18:00-Sun 18:00", "Fri 18:00-Sun 18:00"),
        ("van vrijdagavond tot zondagavond", "Fri 18:00-Sun 22:00"),
        ("elke dag", "Mon 00:00-Sun 24:00"),
        ("daily", "Mon 00:00-Sun 24:00"),
        ("weekend", "Sat 00:00-Sun 24:00"),
        ("weekend 10:00-12:00", "Sat 10:00-12:00 | Sun 10:00-12:00"),
        ("werkdagen", "Mon 00:00-Fri 24:00"),
        ("door de week", "Mon 00:00-Fri 24:00"),
        ("Weekdays", "Mon 00:00-Fri 24:00"),
        ("dinsdagochtend", "Tue 09:00-12:00"),
        ("Tuesday mornings", "Tue 09:00-12:00"),
        ("di middag", "Tue 12:00-17:00"),
        ("Tue afternoon", "Tue 12:00-17:00"),
        ("Tue morning and afternoon", "Tue 09:00-17:00"),
        ("di en do ’s avonds", "Tue 18:00-22:00 | Thu 18:00-22:00"),
        ("maandagavond en dinsdagochtend", "Mon 18:00-22:00 | Tue 09:00-12:00"),
        ("ma", "Mon 00:00-24:00"),
        ("ma de hele dag", "Mon 00:00-24:00"),
        ("zo 22:00-24:00", "Sun 22:00-24:00"),
        ("zo 22:00-00:00", "Sun 22:00-24:00"),
        ("zo 22:00-02:00", "Sun 22:00-Mon 02:00"),
        ("zo 22:00-02:00 | ma 02:00-03:00", "Sun 22:00-Mon 03:00"),
        ("Sun 24:00-Mon 09:00", "Mon 00:00-09:00"),
        ("Wed 12:00-Wed 12:00", "Mon 00:00-Sun 24:00"),
        ("| ma 9-10 ||", "Mon 09:00-10:00"),
        ("", ""),
        (" | ", ""),
    ],
)
def test_windows_are_read_in_both_languages(text: str, want: str) -> None:
    """Names long and short, ranges, parts of the day, whole days and nights."""
    assert format_windows(parse_windows(text)) == want


def test_hours_without_a_day_are_every_day() -> None:
    """An evening without a day is the evening of all seven days."""
    assert parse_windows("avond") == parse_windows("every day 18:00-22:00")
    assert len(parse_windows("avond")) == 7


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("ma 18:00", "a begin and an end"),
        ("ma 25:00-26:00", "25:00 is not a time"),
        ("ma 10:60-12:00", "10:60 is not a time"),
        ("ma 24:01-24:30", "not a time"),
        ("ma 24:00-02:00", "must begin before it ends"),
        ("ma 9-9", "must begin before it ends"),
        ("ma-ma 9-10", "two different days"),
        ("ma, wo 9-12", r"separated by \| only"),
        ("ma 9-10 | 9-12 ma", "Window 2 .*not in an order"),
        ("Fri-Sun 18:00", "a begin and an end"),
        ("dindag 9-12", 'nearest known word is "dinsdag"'),
        ("uur", "no day and no time"),
        ("1800-2200", "cannot be read"),
    ],
)
def test_windows_that_cannot_be_read_say_why(text: str, says: str) -> None:
    """The message gives the reason and an example of what is allowed."""
    with pytest.raises(UnusableInput, match=says) as caught:
        parse_windows(text)
    assert "Mon 18:00-22:00" in str(caught.value)


@pytest.mark.parametrize("text", ["ma na dialyse", "thuiszorg 9-12", "ma 9-12 bij Fatima"])
def test_an_error_never_repeats_what_somebody_wrote(text: str) -> None:
    """A cell may tell more about a person than a time; its words stay out of the message."""
    with pytest.raises(ValueError, match="Window 1") as caught:
        parse_windows(text)
    assert not any(word in str(caught.value) for word in ("dialyse", "thuiszorg", "Fatima", "fat"))


@given(window_lists)
def test_what_is_written_is_read_back(found: list[Window]) -> None:
    """Reading canonical text gives the joined windows, and those come back unchanged."""
    once = parse_windows(format_windows(found))
    assert parse_windows(format_windows(once)) == once
    assert minutes_of(once) == minutes_of(found)
    assert once == tuple(sorted(once))


@given(windows)
def test_the_text_of_a_window_is_that_window(window: Window) -> None:
    """Only a whole week loses its start, because it has none."""
    want = Window(0, WEEK) if window.minutes == WEEK else window
    assert parse_windows(str(window)) == (want,)


@given(window_lists)
def test_windows_that_are_joined_do_not_touch(found: list[Window]) -> None:
    """Each joined window ends before the next begins, around the week."""
    joined = parse_windows(format_windows(found))
    if joined != (Window(0, WEEK),):
        for window in joined:
            assert window.end % WEEK not in minutes_of(found)
            assert (window.start - 1) % WEEK not in minutes_of(found)


@pytest.mark.parametrize(
    ("start", "end"),
    [(-1, 5), (WEEK, WEEK + 1), (5, 5), (6, 5), (5, 6 + WEEK), (1.0, 2), (True, 2)],
)
def test_an_impossible_window_is_refused(start: int, end: int) -> None:
    """A window starts within the week and lasts from a minute to a week."""
    with pytest.raises(UnusableInput, match="minutes since Monday"):
        Window(start, end)


@given(window_lists, minutes, st.integers(0, 2 * WEEK))
@settings(max_examples=200)
def test_covers_and_overlaps_look_at_every_minute(
    found: list[Window], first: int, length: int
) -> None:
    """Compared minute by minute; a single moment is the minute it begins."""
    inside = minutes_of(found)
    asked = {minute % WEEK for minute in range(first, first + max(length, 1))}
    start = MONDAY + timedelta(minutes=first)
    end = start + timedelta(minutes=length)
    assert covers(found, start, end) is (asked <= inside)
    assert overlaps(found, start, end) is bool(asked & inside)


def test_seconds_count_as_begun_minutes() -> None:
    """A time that runs ten seconds over the end of a window is not covered."""
    evening = parse_windows("ma 18:00-22:00")
    start = MONDAY.replace(hour=18, second=30)
    assert covers(evening, start, MONDAY.replace(hour=22))
    assert not covers(evening, start, MONDAY.replace(hour=22, second=10))


@pytest.mark.parametrize("ask", [covers, overlaps])
def test_windows_know_local_time_in_order_only(ask: object) -> None:
    """An end before its start, and times with a zone, are refused."""
    with pytest.raises(UnusableInput, match="before the start"):
        ask((), MONDAY, MONDAY - timedelta(minutes=1))  # type: ignore[operator]
    with pytest.raises(UnusableInput, match="without a time zone"):
        ask((), MONDAY.replace(tzinfo=UTC), MONDAY)  # type: ignore[operator]


@given(window_lists, window_lists, st.integers(0, 600))
def test_common_time_is_the_intersection(a: list[Window], b: list[Window], least: int) -> None:
    """All common minutes, in stretches; and of those only the long enough."""
    assert minutes_of(common(a, b)) == minutes_of(a) & minutes_of(b)
    assert common(a, b) == common(b, a)
    assert common(a, b, least) == tuple(w for w in common(a, b) if w.minutes >= least)


def test_common_time_runs_through_sunday_night() -> None:
    """What is common on both sides of Sunday midnight is one stretch."""
    found = common(parse_windows("zo 20:00-ma 04:00"), parse_windows("zo 22:00-ma 02:00"), 240)
    assert format_windows(found) == "Sun 22:00-Mon 02:00"


@given(window_lists, days, st.integers(0, 20))
@settings(max_examples=60)
def test_dated_windows_cover_the_same_minutes(
    found: list[Window], first: date, length: int
) -> None:
    """At every quarter of an hour in the range the calendar agrees with the windows."""
    last = first + timedelta(days=length)
    stretches = dated(found, first, last)
    inside = minutes_of(found)
    at = datetime.combine(first, time())
    while at.date() <= last:
        minute = at.weekday() * 1440 + at.hour * 60 + at.minute
        assert any(s <= at < e for s, e in stretches) is (minute in inside)
        at += timedelta(minutes=15)
    for (_, end), (start, _) in pairwise(stretches):
        assert end < start
    if stretches:
        assert stretches[0][0] >= datetime.combine(first, time())
        assert stretches[-1][1] <= datetime.combine(last, time()) + timedelta(days=1)


def test_responsible_for_the_weekend() -> None:
    """Who has the keys from Friday evening to Sunday evening has them on Saturday at ten."""
    keys = parse_windows("vrijdagavond-zondagavond")
    saturday, tuesday = datetime(2026, 11, 28, 10), datetime(2026, 11, 24, 10)
    assert covers(keys, saturday, saturday)
    assert not covers(keys, tuesday, tuesday)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("donderdag vanaf 19u", "Thu 19:00-24:00"),
        ("Tue and Thu from 19:30", "Tue 19:30-24:00 | Thu 19:30-24:00"),
        ("ma di do 19u-21u", "Mon 19:00-21:00 | Tue 19:00-21:00 | Thu 19:00-21:00"),
        ("ma t/m wo overdag", "Mon 09:00-17:00 | Tue 09:00-17:00 | Wed 09:00-17:00"),
        ("za vanaf 9 tot 12", "Sat 09:00-12:00"),
        ("vanaf vrijdag 18:00 tot zondag 18:00", "Fri 18:00-Sun 18:00"),
    ],
)
def test_times_as_people_write_them(text: str, read: str) -> None:
    """A begin without an end runs until midnight; days may follow each other without a comma."""
    assert format_windows(parse_windows(text)) == read


def test_nothing_is_left_of_a_day_from_midnight() -> None:
    """A begin at the end of the day is told."""
    with pytest.raises(UnusableInput, match="nothing is left"):
        parse_windows("do vanaf 24:00")
