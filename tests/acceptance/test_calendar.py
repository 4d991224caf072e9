"""What residents see in their own calendar, read back from the file as another program does."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rruleset, rrulestr

from assetmap import Neighbourhood
from assetmap.tables import write_calendar
from tests.acceptance.stories import rows
from tests.acceptance.test_activities import COOKING, QUARTER, SIX

ZONE = ZoneInfo("Europe/Amsterdam")
SHOWN = (
    COOKING["initiatives"]
    .replace("initiative;name", "initiative;name;visible")
    .replace("dads;Vaders", "dads;Vaders;yes")
)


def events(folder: Path, table: str, asof: dt.date) -> dict[str, Any]:
    """Return the events of the calendar that leaves, by name."""
    import icalendar

    hood = Neighbourhood.from_rows({"activities": rows(table), "initiatives": rows(SHOWN)})
    path = folder / "agenda.ics"
    write_calendar(hood, path, asof=asof)
    found = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    return {str(event["SUMMARY"]): event for event in found}


def days(event: Any, first: dt.date, last: dt.date) -> list[dt.date]:
    """Return the days of an event from the first up to the last, by its own rule and exceptions."""
    dates = rruleset()
    start = event.decoded("DTSTART")
    if "RRULE" in event:
        dates.rrule(rrulestr(event["RRULE"].to_ical().decode(), dtstart=start))
    else:
        dates.rdate(start)
    for gone in [event["EXDATE"]] if "EXDATE" in event else []:
        for each in gone.dts:
            dates.exdate(each.dt)
    since, before = (dt.datetime.combine(day, dt.time(), ZONE) for day in (first, last))
    return [moment.date() for moment in dates.between(since, before, inc=True)]


@pytest.mark.parametrize("quarter", range(8))
def test_S85_the_calendar_of_residents_has_the_right_number_of_each(
    quarter: int, tmp_path: Path
) -> None:
    """Coffee 6 or 7 times, the kitchen 6, and three times each of what is monthly."""
    years, place = divmod(quarter, 4)
    first = dt.date(2026 + years, 3 * place + 1, 1)
    last = dt.date(first.year + (place == 3), (first.month + 2) % 12 + 1, 1)
    found = events(tmp_path, QUARTER, first)
    counts = {name: len(days(event, first, last)) for name, event in found.items()}
    assert counts.pop("Koffieochtend") in {6, 7}
    assert counts == {"Kookavond": 6, "Inloop": 3, "Repaircafé": 3, "Helpende handen": 3}


def test_S44_the_calendar_tells_two_fridays_at_six_and_the_price(tmp_path: Path) -> None:
    """In every month of two years, at six in summer and winter."""
    event = events(tmp_path, COOKING["activities"], dt.date(2026, 1, 1))["Diner"]
    found = days(event, dt.date(2026, 1, 1), dt.date(2028, 1, 1))
    months = [(day.year, day.month) for day in found]
    assert {months.count(month) for month in months} == {2}
    assert len(found) == 48
    assert {day.weekday() for day in found} == {4}
    assert event.decoded("DTSTART").hour == 18
    assert "Kosten: 7,00 euro." in str(event["DESCRIPTION"])
    assert "Van: Vaders." in str(event["DESCRIPTION"])


def test_S46_the_calendar_holds_what_is_still_to_come(tmp_path: Path) -> None:
    """Each activity with its own dates; the afternoon that is past is not there."""
    found = events(tmp_path, SIX, dt.date(2026, 11, 23))
    assert set(found) == {"Taalles", "Muziekles", "Huiswerk", "Repaircafé", "Rommelmarkt"}
    first = {
        name: days(event, dt.date(2026, 11, 23), dt.date(2027, 1, 1))[0]
        for name, event in found.items()
    }
    assert first == {
        "Taalles": dt.date(2026, 11, 24),
        "Muziekles": dt.date(2026, 11, 25),
        "Huiswerk": dt.date(2026, 11, 26),
        "Repaircafé": dt.date(2026, 12, 19),
        "Rommelmarkt": dt.date(2026, 12, 19),
    }
