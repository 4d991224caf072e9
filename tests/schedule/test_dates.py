"""The dates on which a rule falls."""

from __future__ import annotations

import calendar
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from unittest import mock

import dateutil.rrule
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.errors import UnusableInput
from assetmap.schedule import occurrences, parse_rule

moments = st.datetimes(datetime(2020, 1, 1), datetime(2032, 12, 31)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)


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
