"""How often something comes back: phrases and rules."""

from __future__ import annotations

import re
from pathlib import Path
from unittest import mock

import dateutil.rrule
import pytest

from assetmap.errors import UnusableInput
from assetmap.schedule import parse_rule, parse_windows
from tests.house.markdown import table_rows

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
    "FREQ=MONTHLY;BYMONTHDAY=-1": ["laatste dag van de maand", "the last day of each month"],
    "FREQ=MONTHLY;BYMONTHDAY=1": ["elke eerste dag van de maand", "first day of the month"],
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


PAGE = Path(__file__).parents[2] / "docs" / "reference" / "schedule.md"


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
