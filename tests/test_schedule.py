"""Windows, recurrence, weeks and the clock."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import dateutil.rrule
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.errors import UnusableInput
from assetmap.schedule import (
    Week,
    Window,
    common,
    covers,
    dated,
    elapsed_minutes,
    ends,
    format_windows,
    from_utc,
    occurrences,
    overlaps,
    parse_rule,
    parse_windows,
    to_utc,
    weeks_between,
)
from tests.house.markdown import table_rows

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
moments = st.datetimes(datetime(2020, 1, 1), datetime(2032, 12, 31)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)


def minutes_of(found: list[Window] | tuple[Window, ...]) -> set[int]:
    """Return every minute of the week that lies within the windows, one by one."""
    return {minute % WEEK for window in found for minute in range(window.start, window.end)}


# --- windows ---------------------------------------------------------------------------------


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


# --- rules -----------------------------------------------------------------------------------

PHRASES = {
    "FREQ=DAILY": ["dagelijks", "daily", "elke dag", "every day", "1x per dag"],
    "FREQ=DAILY;INTERVAL=2": ["om de dag", "every other day"],
    "FREQ=WEEKLY": ["elke week", "wekelijks", "every week", "weekly", "1x per week", "once a week"],
    "FREQ=WEEKLY;BYDAY=TU": ["elke dinsdag", "Every Tuesday", "dinsdags", "elke week op dinsdag"],
    "FREQ=WEEKLY;BYDAY=TU,TH": [
        "elke dinsdag en donderdag",
        "do, di",
        "weekly on Tuesday and Thursday",
        "2x per week dinsdag en donderdag",
    ],
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR": [
        "elke werkdag",
        "every weekday",
        "ma-vr",
        "maandag t/m vrijdag",
        "door de week",
    ],
    "FREQ=WEEKLY;BYDAY=SA,SU": ["elk weekend", "every weekend"],
    "FREQ=WEEKLY;BYDAY=MO,SU": ["zo-ma"],
    "FREQ=WEEKLY;INTERVAL=2": [
        "om de week",
        "om de twee weken",
        "om de 2 weken",
        "elke twee weken",
        "every two weeks",
        "every other week",
        "fortnightly",
        "tweewekelijks",
        "eens in de twee weken",
        "één keer per twee weken",
    ],
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE": [
        "om de week woensdag",
        "om de week op woensdag",
        "every other Wednesday",
        "every two weeks on Wednesday",
        "om de woensdag",
    ],
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,SU": ["om het weekend"],
    "FREQ=WEEKLY;INTERVAL=3": ["elke drie weken", "every 3 weeks"],
    "FREQ=MONTHLY": ["elke maand", "maandelijks", "every month", "monthly", "1× per maand"],
    "FREQ=MONTHLY;INTERVAL=2": ["om de maand", "every two months", "tweemaandelijks"],
    "FREQ=MONTHLY;INTERVAL=3": ["elk kwartaal", "quarterly"],
    "FREQ=YEARLY": ["jaarlijks", "every year"],
    "FREQ=MONTHLY;BYDAY=2FR,4FR": [
        "elke 2e en 4e vrijdag",
        "elke tweede en vierde vrijdag van de maand",
        "2nd and 4th Friday",
        "every second and fourth Friday of the month",
        "twee vrijdagen per maand",
        "two Fridays a month",
        "twee keer per maand op vrijdag",
        "4e, 2e vrijdag",
    ],
    "FREQ=MONTHLY;BYDAY=1TU": [
        "eerste dinsdag van de maand",
        "elke 1e dinsdag",
        "first Tuesday of the month",
        "maandelijks op de eerste dinsdag",
        "elke maand de eerste dinsdag",
        "once a month on the first Tuesday",
    ],
    "FREQ=MONTHLY;BYDAY=2FR": ["tweede vrijdag", "elke tweede vrijdag van de maand"],
    "FREQ=MONTHLY;BYDAY=-1FR": ["laatste vrijdag van de maand", "last Friday of each month"],
    "FREQ=MONTHLY;BYDAY=1MO,3TH": ["eerste maandag en derde donderdag van de maand"],
}


@pytest.mark.parametrize(
    ("phrase", "want"), [(phrase, rule) for rule, known in PHRASES.items() for phrase in known]
)
def test_phrases_become_rules(phrase: str, want: str) -> None:
    """Every phrase of the closed set, whatever its capitals and spaces; and a rule stays itself."""
    assert parse_rule(phrase) == want
    assert parse_rule(f"  {phrase.upper()} ") == want
    assert parse_rule(want) == want


PAGE = Path(__file__).parents[1] / "docs" / "reference" / "schedule.md"


def code(cell: str) -> list[str]:
    """Return what a cell of a table shows as code."""
    return re.findall(r"`([^`]+)`", cell)


def test_the_reference_shows_what_is_understood() -> None:
    """Every window and every phrase of the page can be read, and means what the page says."""
    rows = [cells for cells in table_rows(PAGE) if code(cells[0])]
    rules = [(cells[0], code(cells[1])) for cells in rows if len(code(cells[1])) == 1]
    pairs = [(phrase, rule) for cell, (rule,) in rules if "=" in rule for phrase in code(cell)]
    assert len(pairs) > 25
    assert [(phrase, parse_rule(phrase)) for phrase, _ in pairs] == pairs
    written = [text for cells in rows if "FREQ" not in cells[1] for text in code(cells[0])]
    assert len(written) > 20
    assert all(parse_windows(text) for text in written)
    hours = {cells[0]: cells[1:] for cells in rows if len(cells) == 3}
    for cell, (begin, end) in hours.items():
        for part in code(cell):
            assert parse_windows(f"Mon {part}") == parse_windows(f"Mon {begin}-{end}")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("elke tweede vrijdag", "once a month or every so many weeks"),
        ("every third Tuesday", "once a month or every so many weeks"),
        ("2x per maand", "which days of the month"),
        ("3x per maand vrijdag", "which days of the month"),
        ("1x per maand vrijdag", "which days of the month"),
        ("2x per week", "on which days"),
        ("elke dag dinsdag", "go with weeks only"),
        ("elke week eerste dinsdag", "numbered day goes with months"),
        ("twice a month on the first Tuesday", "do not agree"),
        ("elke dinsdga", 'nearest known word is "dinsdag"'),
        ("even weken", "not known"),
        ("biweekly", "not known"),
        ("elke elke", "not one of the phrases"),
        ("", "not one of the phrases"),
    ],
)
def test_a_phrase_with_two_meanings_or_none_is_refused(text: str, says: str) -> None:
    """Nothing is guessed: the message says what to write instead."""
    with pytest.raises(UnusableInput, match=says) as caught:
        parse_rule(text)
    assert "elke dinsdag" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("rrule:freq=monthly;byday=4fr,2FR,2fr", "FREQ=MONTHLY;BYDAY=2FR,4FR"),
        ("BYDAY=-1FR,+1MO; FREQ=MONTHLY;INTERVAL=1;", "FREQ=MONTHLY;BYDAY=1MO,-1FR"),
        ("FREQ=WEEKLY;WKST=MO;COUNT=5", "FREQ=WEEKLY;COUNT=5"),
        ("FREQ=WEEKLY;WKST=SU;INTERVAL=2", "FREQ=WEEKLY;INTERVAL=2;WKST=SU"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1,15,1", "FREQ=MONTHLY;BYMONTHDAY=1,15,-1"),
        ("FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-1"),
        ("FREQ=WEEKLY;UNTIL=20261231", "FREQ=WEEKLY;UNTIL=20261231T235959"),
        ("FREQ=WEEKLY;UNTIL=20260701T220000Z", "FREQ=WEEKLY;UNTIL=20260702T000000"),
        ("FREQ=WEEKLY;UNTIL=20261231T230000", "FREQ=WEEKLY;UNTIL=20261231T230000"),
    ],
)
def test_a_rule_gets_one_canonical_text(text: str, want: str) -> None:
    """Order, doubles, defaults and the zone of UNTIL are settled once."""
    assert parse_rule(text) == want
    assert parse_rule(want) == want


def test_an_until_in_utc_is_read_in_the_zone_of_the_neighbourhood() -> None:
    """The Azores are two hours behind Amsterdam."""
    text = "FREQ=DAILY;UNTIL=20260701T120000Z"
    assert parse_rule(text).endswith("T140000")
    assert parse_rule(text, zone="Atlantic/Azores").endswith("T120000")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("FREQ=SECONDLY", "too often"),
        ("FREQ=MINUTELY;COUNT=3", "too often"),
        ("FREQ=HOURLY", "too often"),
        ("FREQ=DAILY;BYHOUR=9,10", "time of day is that of the start"),
        ("FREQ=WEEKLY;COUNT=10001", "from 1 to 10000"),
        ("FREQ=WEEKLY;COUNT=99999999999999999999", "from 1 to 10000"),
        ("FREQ=WEEKLY;INTERVAL=0", "from 1 to 1000"),
        ("FREQ=WEEKLY;INTERVAL=-2", "from 1 to 1000"),
        ("FREQ=WEEKLY;COUNT=2;UNTIL=20261231", "do not go together"),
        ("FREQ=WEEKLY;BYDAY=2FR", "MONTHLY or YEARLY only"),
        ("FREQ=MONTHLY;BYDAY=6FR", "no sixth"),
        ("FREQ=YEARLY;BYMONTH=2;BYDAY=6FR", "no sixth"),
        ("FREQ=YEARLY;BYWEEKNO=3;BYDAY=1FR", "does not go with BYWEEKNO"),
        ("FREQ=YEARLY;BYDAY=54FR", "BYDAY"),
        ("FREQ=MONTHLY;BYDAY=0FR", "BYDAY"),
        ("FREQ=WEEKLY;BYDAY=XX", "day in the rule is not known"),
        ("FREQ=WEEKLY;BYDAY=", "BYDAY"),
        ("FREQ=WEEKLY;BYMONTHDAY=3", "does not go with WEEKLY"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "1 to 31 or -1 to -31"),
        ("FREQ=YEARLY;BYMONTH=0", "from 1 to 12"),
        ("FREQ=MONTHLY;BYWEEKNO=3", "YEARLY only"),
        ("FREQ=MONTHLY;BYYEARDAY=3", "YEARLY only"),
        ("FREQ=WEEKLY;BYSETPOS=1", "BYSETPOS needs"),
        ("FREQ=WEEKLY;UNTIL=20261331", "UNTIL"),
        ("FREQ=WEEKLY;UNTIL=tomorrow", "UNTIL"),
        ("FREQ=WEEKLY;FREQ=DAILY", "twice"),
        ("FREQ=YEARLY;BYEASTER=0", "not known"),
        ("FREQ=OFTEN", "FREQ"),
        ("INTERVAL=2", "FREQ"),
        ("FREQ=WEEKLY;;COUNT=2", "not known"),
        ("DTSTART=20260101;FREQ=WEEKLY", "not known"),
    ],
)
def test_a_rule_that_cannot_be_used_is_refused(text: str, says: str) -> None:
    """What RFC 5545 forbids, what would never end, and what is not a rule at all."""
    with pytest.raises(UnusableInput, match=says):
        parse_rule(text)


def test_a_rule_that_dateutil_cannot_read_is_not_passed_on() -> None:
    """Other programs read the rules too: what the common library refuses is refused."""
    with (
        mock.patch.object(dateutil.rrule, "rrulestr", side_effect=ValueError),
        pytest.raises(UnusableInput, match="An example"),
    ):
        parse_rule("FREQ=WEEKLY")


# --- dates -----------------------------------------------------------------------------------


def joined(name: str, numbers: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Make one part of a rule, from one to three values."""
    return st.lists(numbers, min_size=1, max_size=3).map(lambda found: f"{name}={','.join(found)}")


def signed(most: int) -> st.SearchStrategy[str]:
    """Make numbers from 1 and from -1, as text."""
    return st.integers(-most, most).filter(bool).map(str)


weekdays = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
numbered = st.builds(lambda n, day: f"{n}{day}", signed(5), weekdays)
# From -51: as week -52 dateutil forgets the days of a first week that lie in December.
week_numbers = st.integers(-51, 53).filter(bool).map(str)
# Not mixed: of MO,-1MO dateutil keeps what is both, where RFC 5545 means either.
days_of_month = joined("BYDAY", weekdays) | joined("BYDAY", numbered)
months = joined("BYMONTH", st.integers(1, 12).map(str))
month_days = joined("BYMONTHDAY", signed(31))
interval = st.integers(1, 4).map(lambda n: f"INTERVAL={n}")
week_start = st.sampled_from(["WKST=SU", "WKST=TH"])
count = st.integers(1, 30).map(lambda n: f"COUNT={n}")
place = joined("BYSETPOS", signed(3))


def rules(freq: str, *parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Make rules of a frequency with any of these parts."""
    some = [st.none() | part for part in (interval, count, week_start, *parts)]
    return st.tuples(*some).map(
        lambda found: ";".join([f"FREQ={freq}", *(part for part in found if part)])
    )


any_rule = st.one_of(
    rules("DAILY", joined("BYDAY", weekdays), months, month_days),
    rules("WEEKLY", joined("BYDAY", weekdays), months),
    rules("MONTHLY", days_of_month, month_days, months),
    rules("MONTHLY", joined("BYDAY", weekdays), place).filter(
        lambda rule: "SETPOS" not in rule or "BYDAY" in rule
    ),
    rules("YEARLY", days_of_month, month_days, months),
    rules("YEARLY", joined("BYYEARDAY", signed(366))),
    rules("YEARLY", joined("BYWEEKNO", week_numbers), joined("BYDAY", weekdays)),
)


def walked(rule: str, start: datetime, before: datetime) -> list[datetime]:
    """Let dateutil walk from the start up to `before`.

    It is told that the calendar ends in 2042: otherwise it looks for a further date up to the
    year 9999 when a rule has none.
    """
    short = SimpleNamespace(**{**vars(dateutil.rrule.datetime), "MAXYEAR": 2042})
    with mock.patch.object(dateutil.rrule, "datetime", short):
        found = []
        for moment in dateutil.rrule.rrulestr(rule, dtstart=start):
            if moment >= before:
                break
            found.append(moment)
        return found


@given(any_rule, moments, st.integers(0, 2000), st.integers(0, 900))
@settings(max_examples=300, deadline=None)
def test_dates_are_those_of_dateutil(rule: str, start: datetime, later: int, length: int) -> None:
    """An implementation that walks from the start every time finds the same dates."""
    after = start + timedelta(days=later)
    before = after + timedelta(days=length, minutes=1)
    want = [moment for moment in walked(rule, start, before) if moment >= after]
    assert occurrences(start, rrule=rule, after=after, before=before) == want


@given(any_rule, moments)
@settings(max_examples=60, deadline=None)
def test_the_canonical_rule_has_the_same_dates(rule: str, start: datetime) -> None:
    """Sorting and leaving out defaults changes nothing."""
    before = start + timedelta(days=800)
    text = parse_rule(rule)
    assert parse_rule(text) == text
    found = occurrences(start, rrule=rule, after=start, before=before)
    assert occurrences(start, rrule=text, after=start, before=before) == found


@given(any_rule, moments, st.integers(0, 400), st.integers(0, 400))
@settings(max_examples=60, deadline=None)
def test_dates_do_not_depend_on_the_window_asked_for(
    rule: str, start: datetime, skip: int, length: int
) -> None:
    """Asking for a part gives that part of the whole: `after` included, `before` not."""
    whole = occurrences(start, rrule=rule, after=start, before=start + timedelta(days=900))
    after, before = start + timedelta(days=skip), start + timedelta(days=skip + length)
    part = occurrences(start, rrule=rule, after=after, before=before)
    assert part == [moment for moment in whole if after <= moment < before]


def test_the_first_week_begins_in_december() -> None:
    """Week 1 and week -52 of 2036 are the same week, from Monday 31 December 2035."""
    around = {"after": date(2035, 12, 1), "before": date(2036, 1, 31)}
    first = listed(rrule="FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO,TU", **around)
    assert first == ["31-12", "01-01"]
    assert listed(rrule="FREQ=YEARLY;BYWEEKNO=-52;BYDAY=MO,TU", **around) == first


def test_every_monday_or_the_last_is_every_monday() -> None:
    """Days of a list add up, numbered or not, as RFC 5545 means it."""
    december = {"after": date(2026, 12, 1), "before": date(2027, 1, 1)}
    assert listed(rrule="FREQ=MONTHLY;BYDAY=-1MO,MO", **december) == [
        f"{day:02}-12" for day in (7, 14, 21, 28)
    ]


START = datetime(2026, 11, 23, 19, 30)
"""A Monday."""


def listed(start: datetime = START, **how: object) -> list[str]:
    """List dates as text, over six weeks unless told otherwise."""
    around = {"after": date(2026, 11, 23), "before": date(2027, 1, 4)}
    found = occurrences(start, **{**around, **how})  # type: ignore[arg-type]
    return [f"{moment:%d-%m}" for moment in found]


def test_a_start_that_does_not_match_is_no_date() -> None:
    """The first date is the rule's first match; COUNT counts from there."""
    assert listed(rrule="FREQ=WEEKLY;BYDAY=WE;COUNT=2") == ["25-11", "02-12"]
    assert listed(rrule="FREQ=WEEKLY;BYDAY=MO;COUNT=2") == ["23-11", "30-11"]


def test_every_other_week_counts_from_the_week_of_the_start() -> None:
    """A start on Thursday leaves out the Wednesday before it, and keeps its weeks."""
    assert listed(rrule="om de week woensdag") == ["25-11", "09-12", "23-12"]
    thursday = START + timedelta(days=3)
    assert listed(thursday, rrule="om de week woensdag") == ["09-12", "23-12"]


def test_the_time_of_day_is_that_of_the_start() -> None:
    """Wall-clock time stays the same through the change of the clock."""
    found = occurrences(
        datetime(2026, 3, 22, 2, 30),
        rrule="elke zondag",
        after=date(2026, 3, 1),
        before=date(2026, 4, 6),
    )
    assert [moment.time() for moment in found] == [time(2, 30)] * 3


def test_without_a_rule_only_the_start_is_a_date() -> None:
    """It is left out when it lies outside what is asked, or is an exception."""
    assert listed() == ["23-11"]
    assert listed(before=START) == []
    assert listed(after=START) == ["23-11"]
    assert listed(after=START + timedelta(minutes=1)) == []
    assert listed(until=date(2026, 11, 22)) == []
    assert listed(exceptions=[date(2026, 11, 23)]) == []


def test_until_is_included() -> None:
    """A last day includes its evening; a last moment includes itself; so does the rule's own."""
    weekly = "elke maandag"
    assert listed(rrule=weekly, until=date(2026, 12, 7)) == ["23-11", "30-11", "07-12"]
    assert listed(rrule=weekly, until=datetime(2026, 12, 7, 19, 30))[-1] == "07-12"
    assert listed(rrule=weekly, until=datetime(2026, 12, 7, 19, 29))[-1] == "30-11"
    assert listed(rrule="FREQ=WEEKLY;UNTIL=20261207")[-1] == "07-12"
    assert listed(rrule="FREQ=WEEKLY;UNTIL=20261207T183000Z")[-1] == "07-12"
    assert listed(rrule="FREQ=WEEKLY;UNTIL=20261207T182900Z")[-1] == "30-11"


def test_exceptions_are_left_out_and_still_count() -> None:
    """A day takes out that day, a time only itself; COUNT does not go on longer for it."""
    rule = "FREQ=WEEKLY;COUNT=4"
    assert listed(rrule=rule, exceptions=[date(2026, 11, 30)]) == ["23-11", "07-12", "14-12"]
    wrong_time = datetime(2026, 11, 30, 19)
    assert len(listed(rrule=rule, exceptions=[wrong_time])) == 4
    assert len(listed(rrule=rule, exceptions=(START, wrong_time))) == 3


def test_the_thirty_first_skips_short_months() -> None:
    """RFC 5545 leaves out a day that a month does not have."""
    found = listed(
        datetime(2026, 1, 31), rrule="maandelijks", after=date(2026, 1, 1), before=date(2026, 6, 1)
    )
    assert found == ["31-01", "31-03", "31-05"]


@pytest.mark.parametrize(
    "rule", ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;INTERVAL=7;BYDAY=SU"]
)
def test_a_rule_without_dates_ends(rule: str) -> None:
    """There is no 30 February, and every seventh day from a Monday is no Sunday."""
    assert listed(rrule=rule) == []


def test_a_start_years_back_and_the_end_of_the_calendar() -> None:
    """An old start gives the same weeks, and the last year of the calendar is no problem."""
    old = START - timedelta(weeks=2 * 26 * 90)
    assert listed(old, rrule="om de week") == listed(rrule="om de week")
    assert listed(before=date.max, rrule="FREQ=YEARLY;COUNT=2") == ["23-11", "23-11"]
    late = datetime(9999, 12, 1, 10)
    for rule in ("wekelijks", "elke maand", "FREQ=YEARLY;BYWEEKNO=-1;BYDAY=MO"):
        found = occurrences(late, rrule=rule, after=late, before=date.max)
        assert all(moment >= late for moment in found)
        assert found


@pytest.mark.parametrize(
    "how",
    [
        {"after": START.replace(tzinfo=UTC)},
        {"before": START.replace(tzinfo=UTC)},
        {"until": START.replace(tzinfo=UTC)},
        {"exceptions": [START.replace(tzinfo=UTC)]},
        {"start": START.replace(tzinfo=UTC)},
    ],
)
def test_dates_are_local(how: dict[str, object]) -> None:
    """A time with a zone is refused instead of compared wrongly."""
    with pytest.raises(UnusableInput, match="without a time zone"):
        listed(rrule="elke dag", **how)  # type: ignore[arg-type]


@given(st.datetimes(datetime(2015, 1, 1), datetime(2026, 1, 1)), st.integers(2026, 2060))
@settings(max_examples=40)
def test_two_fridays_a_month_are_two_in_every_month(start: datetime, year: int) -> None:
    """The eetcafé of two Fridays a month has exactly two dates in each of twelve months."""
    found = occurrences(
        start,
        rrule="twee vrijdagen per maand",
        after=date(year, 1, 1),
        before=date(year + 1, 1, 1),
    )
    assert Counter(moment.month for moment in found) == dict.fromkeys(range(1, 13), 2)
    assert {moment.weekday() for moment in found} == {4}


@pytest.mark.parametrize(
    ("phrase", "counts"),
    [
        ("om de twee weken", {6, 7}),
        ("om de week dinsdag", {6, 7}),
        ("2x per maand op vrijdag", {6}),
        ("elke maand", {3}),
        ("laatste woensdag van de maand", {3}),
        ("eerste zaterdag van de maand", {3}),
    ],
)
@given(day=st.dates(date(2020, 1, 1), date(2026, 1, 1)), quarter=st.integers(0, 80))
@settings(max_examples=25)
def test_a_quarter_has_the_right_number_of_dates(
    phrase: str, counts: set[int], day: date, quarter: int
) -> None:
    """Coffee every two weeks six or seven times, cooking six times, monthly things three times."""
    start = datetime.combine(day.replace(day=min(day.day, 28)), time(10))
    year, first = 2026 + quarter // 4, quarter % 4 * 3 + 1
    last = calendar.monthrange(year, first + 2)[1]
    found = occurrences(
        start,
        rrule=phrase,
        after=date(year, first, 1),
        before=date(year, first + 2, last) + timedelta(days=1),
    )
    assert len(found) in counts


# --- the clock -------------------------------------------------------------------------------

SPRING = datetime(2026, 3, 29)
AUTUMN = datetime(2026, 10, 25)


def test_a_skipped_time_moves_forward_by_the_gap() -> None:
    """Half past two does not exist on the last Sunday of March: it becomes half past three."""
    for fold in (0, 1):
        skipped = SPRING.replace(hour=2, minute=30, fold=fold)
        assert from_utc(to_utc(skipped)) == SPRING.replace(hour=3, minute=30)
    assert to_utc(SPRING.replace(hour=3)) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_a_double_time_is_the_first_unless_it_says_otherwise() -> None:
    """Half past two comes twice on the last Sunday of October."""
    double = AUTUMN.replace(hour=2, minute=30)
    assert to_utc(double) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert to_utc(double.replace(fold=1)) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "end", "want"),
    [
        (SPRING.replace(hour=1), SPRING.replace(hour=4), 120),
        (SPRING.replace(hour=2, minute=30), SPRING.replace(hour=3, minute=30), 0),
        (AUTUMN.replace(hour=1), AUTUMN.replace(hour=4), 240),
        (AUTUMN.replace(hour=4), AUTUMN.replace(hour=1), -240),
        (MONDAY, MONDAY + timedelta(days=1), 1440),
        (MONDAY, MONDAY + timedelta(seconds=119), 1),
    ],
)
def test_minutes_that_really_pass(start: datetime, end: datetime, want: int) -> None:
    """Three hours on the clock are two in spring and four in autumn."""
    assert elapsed_minutes(start, end) == want


def test_an_evening_across_the_change_has_its_right_end() -> None:
    """Two hours from one at night end at four in spring, and at two in autumn."""
    assert ends(SPRING.replace(hour=1), 120) == SPRING.replace(hour=4)
    assert ends(AUTUMN.replace(hour=1), 120) == AUTUMN.replace(hour=2)
    assert ends(AUTUMN.replace(hour=1), 120).fold == 1
    assert ends(AUTUMN.replace(hour=1), 120, "UTC") == AUTUMN.replace(hour=3)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2036, 1, 1)), st.integers(0, 10_000))
def test_what_takes_so_long_lasts_so_long(start: datetime, length: int) -> None:
    """The end is as many minutes away as was asked, whatever the clock does."""
    assert elapsed_minutes(start, ends(start, length)) == length


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC)),
    st.sampled_from(["Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe", "UTC"]),
)
def test_every_moment_has_its_own_local_time(moment: datetime, zone: str) -> None:
    """To local and back is the same moment, also in the hour that comes twice."""
    assert to_utc(from_utc(moment, zone), zone) == moment


@pytest.mark.parametrize("zone", ["Europe/Amsterdm", "", "../etc", "Mars", "Europe"])
def test_an_unknown_zone_is_refused(zone: str) -> None:
    """The message gives a name that can be used."""
    with pytest.raises(UnusableInput, match="Europe/Amsterdam"):
        to_utc(MONDAY, zone)


def test_local_times_and_moments_are_not_mixed_up() -> None:
    """A local time with a zone, and a moment without one, are refused."""
    with pytest.raises(UnusableInput, match="no time zone of its own"):
        to_utc(MONDAY.replace(tzinfo=UTC))
    with pytest.raises(UnusableInput, match="needs a time zone"):
        from_utc(MONDAY)


# --- weeks -----------------------------------------------------------------------------------


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
    assert weeks_between(START, (START + timedelta(days=waited)).date()) == want
