"""A calendar file: what stands in it, for every text, rule and zone, as other programs read it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rruleset, rrulestr
from hypothesis import assume, example, given
from hypothesis import strategies as st

from assetmap.errors import UnusableInput
from assetmap.model.cells import tidy
from assetmap.schedule import ends, occurrences, to_utc
from assetmap.tables import CalendarEvent, calendar_bytes

ZONE = "Europe/Amsterdam"
STAMP = dt.date(2026, 11, 23)
DINNER = CalendarEvent(
    uid="d1",
    summary="Buurtmaaltijd",
    begins=dt.datetime(2026, 11, 27, 18),
    ends=dt.datetime(2026, 11, 27, 20),
)


def text_of(*events: CalendarEvent, zone: str = ZONE) -> str:
    return calendar_bytes(events, name="Te doen", zone=zone, stamp=STAMP).decode()


def lines_of(text: str) -> list[str]:
    """Return the lines of a file as RFC 5545 says: only CR and LF together end one."""
    return re.sub("\r\n[ \t]", "", text).removesuffix("\r\n").split("\r\n")


def said(text: str) -> str:
    """Return what a written text says, by the definition of RFC 5545."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)


def fields(text: str, name: str) -> list[str]:
    """Return the values of a property within events."""
    inside = text[text.find("BEGIN:VEVENT") :] if "BEGIN:VEVENT" in text else ""
    pattern = re.compile(f"{name}(;[^:]*)?:(.*)", re.DOTALL)
    return [found[2] for line in lines_of(inside) if (found := pattern.fullmatch(line))]


def moments(text: str, zone: str = ZONE) -> list[dt.datetime]:
    """Return when the one event of a file is held, as dateutil reads its rule."""
    [line] = [one for one in lines_of(text) if one.startswith("DTSTART;TZID")]
    start = dt.datetime.strptime(line.split(":")[1], "%Y%m%dT%H%M%S").replace(tzinfo=ZoneInfo(zone))
    dates = rruleset()
    for rule in fields(text, "RRULE"):
        dates.rrule(rrulestr(rule, dtstart=start))
    if not fields(text, "RRULE"):
        dates.rdate(start)
    for gone in fields(text, "EXDATE"):
        moment = dt.datetime.strptime(gone, "%Y%m%dT%H%M%S")
        dates.exdate(moment.replace(tzinfo=ZoneInfo(zone)))
    close = dt.datetime(2036, 1, 1, tzinfo=ZoneInfo(zone))
    found = [moment.replace(tzinfo=None) for moment in dates.between(start, close, inc=True)]
    return [moment for moment in found if moment < close.replace(tzinfo=None)]


# --- what stands in it --------------------------------------------------------------------------


def test_a_file_with_one_event() -> None:
    """The whole event, line by line; summer time is told by two rules."""
    event = CalendarEvent(
        uid="d1",
        summary="Buurtmaaltijd; drie gangen",
        begins=dt.datetime(2026, 11, 27, 18),
        ends=dt.datetime(2026, 11, 27, 20),
        place="De Put, zaal 2",
        description="7 euro.\nVol is vol.",
        rrule="elke 2e en 4e vrijdag",
        until=dt.date(2027, 6, 30),
        except_=(dt.date(2026, 12, 25),),
        categories=("maaltijd", "gezelschap"),
        private=True,
        marks=(("CAPACITY", "12"),),
    )
    text = text_of(event)
    assert lines_of(text)[:8] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//assetmap//calendar//EN",
        "NAME:Te doen",
        "X-WR-CALNAME:Te doen",
        "X-WR-TIMEZONE:Europe/Amsterdam",
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Amsterdam",
    ]
    assert lines_of(text)[-16:] == [
        "END:VTIMEZONE",
        "BEGIN:VEVENT",
        "UID:d1",
        "DTSTAMP:20261122T230000Z",
        "DTSTART;TZID=Europe/Amsterdam:20261127T180000",
        "DTEND;TZID=Europe/Amsterdam:20261127T200000",
        "RRULE:FREQ=MONTHLY;UNTIL=20270630T215959Z;BYDAY=2FR,4FR",
        "EXDATE;TZID=Europe/Amsterdam:20261225T180000",
        r"SUMMARY:Buurtmaaltijd\; drie gangen",
        r"LOCATION:De Put\, zaal 2",
        r"DESCRIPTION:7 euro.\nVol is vol.",
        "CATEGORIES:maaltijd,gezelschap",
        "CLASS:PRIVATE",
        "X-ASSETMAP-CAPACITY:12",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_nothing_is_an_invitation() -> None:
    """No organiser, nobody asked to come, no method: a program that opens it sends nothing."""
    text = text_of(DINNER)
    assert not re.search("^(METHOD|ORGANIZER|ATTENDEE|BEGIN:VALARM)", text, re.MULTILINE)


def test_a_date_alone_lasts_all_day() -> None:
    """Its last day is part of it, and its rule and exceptions are days as well."""
    event = CalendarEvent(
        uid="x",
        summary="Kermis",
        begins=dt.date(2026, 12, 4),
        ends=dt.date(2026, 12, 5),
        rrule="FREQ=WEEKLY;UNTIL=20261231",
        except_=(dt.date(2026, 12, 11),),
    )
    inside = lines_of(text_of(event))
    assert inside[6:12] == [
        "BEGIN:VEVENT",
        "UID:x",
        "DTSTAMP:20261122T230000Z",
        "DTSTART;VALUE=DATE:20261204",
        "DTEND;VALUE=DATE:20261206",
        "RRULE:FREQ=WEEKLY;UNTIL=20261231",
    ]
    assert inside[12] == "EXDATE;VALUE=DATE:20261211"


def test_the_same_events_give_the_same_bytes() -> None:
    """Whatever their order."""
    other = CalendarEvent(uid="d2", summary="Koor", begins=dt.datetime(2026, 11, 27, 18))
    assert text_of(DINNER, other) == text_of(other, DINNER)


def test_an_event_begins_on_the_first_date_of_its_rule() -> None:
    """Other programs count the begin as a date; ours must match the rule."""
    event = CalendarEvent(
        uid="d1",
        summary="x",
        begins=dt.datetime(2026, 11, 23, 18),
        ends=dt.datetime(2026, 11, 23, 19),
        rrule="FREQ=WEEKLY;BYDAY=FR;COUNT=2",
    )
    text = text_of(event)
    assert fields(text, "DTEND") == ["20261127T190000"]
    assert moments(text) == [dt.datetime(2026, 11, 27, 18), dt.datetime(2026, 12, 4, 18)]


def test_an_end_at_an_hour_that_comes_twice_is_told_as_a_length() -> None:
    """The night in which summer time ends: 02:10 is before 02:40, and after it."""
    begins = dt.datetime(2026, 10, 25, 2, 40)
    event = CalendarEvent(uid="n", summary="x", begins=begins, ends=ends(begins, 30))
    assert fields(text_of(event), "DURATION") == ["PT1800S"]
    assert fields(text_of(event), "DTEND") == []


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"uid": " \x00"}, "uid"),
        ({"ends": dt.datetime(2026, 11, 27, 17)}, "before"),
        ({"ends": dt.date(2026, 11, 27)}, "dates alone"),
        ({"begins": dt.datetime(2026, 11, 27, 18, tzinfo=dt.UTC)}, "time zone"),
        ({"except_": (dt.datetime(2026, 11, 27, 18, tzinfo=dt.UTC),)}, "time zone"),
        ({"rrule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "never"),
        ({"until": dt.date(2026, 11, 1)}, "never"),
        ({"rrule": "FREQ=HOURLY"}, "recurrence|too often"),
        ({"marks": (("a:b", "x"),)}, "mark"),
    ],
)
def test_what_no_program_could_read_is_refused(changed: dict[str, Any], says: str) -> None:
    """With what is wrong."""
    whole = {"uid": "d1", "summary": "x", "begins": DINNER.begins, "ends": DINNER.ends}
    with pytest.raises(UnusableInput, match=says):
        text_of(CalendarEvent(**{**whole, **changed}))


def test_two_events_with_one_uid_are_refused() -> None:
    """The second would take the place of the first."""
    with pytest.raises(UnusableInput, match="d1"):
        text_of(DINNER, DINNER)


def test_an_unknown_zone_is_refused() -> None:
    """With the name that is nearest."""
    with pytest.raises(UnusableInput, match="Europe/Amsterdam"):
        text_of(DINNER, zone="Europe/Amsterdm")


# --- no text can become a line ------------------------------------------------------------------

HOSTILE = st.one_of(
    st.text(max_size=60),
    st.text(alphabet='\r\n;,:\\nN"= \tABEGIN\x0b\x0c\x85\u2028\u2029\x00é🎉', max_size=40),
    st.sampled_from(
        [
            "x\r\nBEGIN:VEVENT\r\nATTENDEE:mailto:a@example.org\r\nEND:VEVENT",
            "x\nEND:VEVENT\nEND:VCALENDAR",
            "x\rORGANIZER:y",
            "x\u2028METHOD:REQUEST",
            "🎉" * 100,
            "e\u0301" * 100,
            "a" * 5000,
            "\ud800x",
        ]
    ),
)


@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
@example("C:\\New", "\\", "\\\\n", ";", ",")
def test_no_text_becomes_a_line(
    name: str, place: str, description: str, about: str, uid: str
) -> None:
    """Every text comes back as it was, and there is not one line more than with plain texts."""
    made = {"summary": name, "place": place, "description": description}
    event = CalendarEvent(
        uid=f"u{uid}", begins=DINNER.begins, categories=(about,), marks=(("X", name),), **made
    )
    whole = calendar_bytes([event], name=name, zone=ZONE, stamp=STAMP)
    assert all(len(line) <= 75 for line in whole.split(b"\r\n"))
    text = whole.decode()
    assert len(text.splitlines()) == text.count("\r\n") == text.count("\n")
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]", text)
    names = [re.match("[A-Z-]+", line) for line in lines_of(text)[1:]]
    assert {found[0] for found in names if found} <= {
        *("VERSION", "PRODID", "NAME", "X-WR-CALNAME", "X-WR-TIMEZONE", "BEGIN", "END", "TZID"),
        *("DTSTART", "RRULE", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME", "UID", "DTSTAMP"),
        *("SUMMARY", "LOCATION", "DESCRIPTION", "CATEGORIES", "X-ASSETMAP-X"),
    }
    assert lines_of(text).count("BEGIN:VEVENT") == 1
    plain = {
        "SUMMARY": name,
        "LOCATION": place,
        "DESCRIPTION": description,
        "CATEGORIES": about,
    }
    for field, written in plain.items():
        kept = tidy(re.sub("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", "\n", written))
        assert [said(each) for each in fields(text, field)] == ([kept] if kept else [])


@given(HOSTILE, HOSTILE)
def test_icalendar_reads_the_same_event(name: str, about: str) -> None:
    """A library that reads calendars finds one event with that name."""
    import icalendar

    event = CalendarEvent(uid="u", summary=name, begins=DINNER.begins, categories=(about, "x"))
    text = text_of(event)
    kept = said("".join(fields(text, "SUMMARY")))
    assume("\\N" not in kept)  # icalendar takes that for a line end
    [found] = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert str(found.get("SUMMARY", "")) == kept
    assert found.start == DINNER.begins.replace(tzinfo=ZoneInfo(ZONE))


@given(HOSTILE, HOSTILE)
def test_vobject_reads_the_same_event(name: str, about: str) -> None:
    """And so does another one."""
    vobject = pytest.importorskip("vobject")
    event = CalendarEvent(uid="u", summary=name, begins=DINNER.begins, categories=(about, "x"))
    text = text_of(event)
    [found] = vobject.readOne(text).vevent_list
    seen = getattr(getattr(found, "summary", None), "value", "")
    assert seen == said("".join(fields(text, "SUMMARY")))
    assert found.dtstart.value.replace(tzinfo=None) == DINNER.begins
    assert found.dtstart.value.utcoffset() == dt.timedelta(hours=1)


# --- the clock and the rule ---------------------------------------------------------------------

ZONES = (
    *(ZONE, "Europe/London", "Europe/Dublin", "America/New_York", "America/Curacao"),
    *("Africa/Casablanca", "Asia/Kolkata", "Australia/Lord_Howe", "America/Santiago", "UTC"),
)


@pytest.mark.parametrize("zone", ZONES)
def test_the_clock_of_the_file_is_that_of_the_zone(zone: str) -> None:
    """Every day at noon and at night, ten years on, as icalendar reads the VTIMEZONE."""
    import icalendar

    begins = dt.datetime(2026, 11, 27, 18)
    event = CalendarEvent(uid="u", summary="x", begins=begins)
    [told] = icalendar.Calendar.from_ical(text_of(event, zone=zone)).walk("VTIMEZONE")
    clock = told.to_tz(lookup_tzid=False)
    for day in range(3650):
        for hour in (4, 12):
            at = dt.datetime(2026, 1, 1, hour) + dt.timedelta(days=day)
            want = at.replace(tzinfo=ZoneInfo(zone)).utcoffset()
            assert clock.utcoffset(at) == want, at


def test_the_clock_is_right_for_what_began_long_ago() -> None:
    """Until 1995 summer time ended in September: that is told by dates, and the rest by rules."""
    import icalendar

    event = CalendarEvent(uid="u", summary="x", begins=dt.datetime(1990, 5, 1, 18))
    [told] = icalendar.Calendar.from_ical(text_of(event)).walk("VTIMEZONE")
    clock = told.to_tz(lookup_tzid=False)
    for day in range(0, 12000, 3):
        at = dt.datetime(1990, 1, 1, 12) + dt.timedelta(days=day)
        assert clock.utcoffset(at) == at.replace(tzinfo=ZoneInfo(ZONE)).utcoffset(), at


RULES = st.sampled_from(
    [
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU",
        "FREQ=WEEKLY;COUNT=5;BYDAY=FR",
        "FREQ=MONTHLY;BYDAY=2FR,4FR",
        "FREQ=MONTHLY;BYDAY=-1WE;COUNT=20",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=-1",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU",
        "FREQ=WEEKLY;UNTIL=20280301",
        "FREQ=MONTHLY;BYDAY=1SA;UNTIL=20271225T163000",
        "FREQ=YEARLY",
    ]
)


@given(
    RULES,
    st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 12, 31)),
    st.none() | st.dates(dt.date(2027, 6, 1), dt.date(2030, 1, 1)),
    st.lists(st.integers(0, 40), max_size=3),
)
def test_the_rule_means_the_same_elsewhere(
    rule: str, start: dt.datetime, until: dt.date | None, gone: list[int]
) -> None:
    """Every date by the clock, exceptions left out, as dateutil works them out with the zone."""
    start = start.replace(second=0, microsecond=0)
    assume(not 1 <= start.hour <= 3)  # an hour that the clock skips, which dateutil moves
    whole = {"after": start, "before": dt.datetime(2036, 1, 1), "until": until}
    dates = occurrences(start, rrule=rule, **whole)
    assume(dates)
    except_ = tuple(dates[n].date() for n in gone if n < len(dates))
    event = CalendarEvent(
        uid="u", summary="x", begins=start, rrule=rule, until=until, except_=except_
    )
    want = occurrences(start, rrule=rule, exceptions=except_, **whole)
    assert moments(text_of(event)) == want


def test_six_o_clock_stays_six_o_clock_in_summer() -> None:
    """In UTC it is an hour earlier from the last Sunday of March on."""
    event = CalendarEvent(
        uid="u", summary="x", begins=dt.datetime(2027, 3, 21, 18), rrule="FREQ=WEEKLY;COUNT=2"
    )
    found = moments(text_of(event))
    assert [to_utc(each).hour for each in found] == [17, 16]
