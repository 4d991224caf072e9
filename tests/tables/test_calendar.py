"""A calendar (iCalendar): what goes out of the tables, what comes in, and what is told."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import assetmap
from assetmap.errors import DataProblems, UnusableInput
from assetmap.model import RECORDS, Activity, Initiative, Neighbourhood, Person, Place, Policy
from assetmap.model.cells import tidy
from assetmap.schedule import occurrences
from assetmap.tables import read_calendar, told, write_calendar
from assetmap.texts import Language

MONDAY = dt.date(2026, 11, 23)
BUNDLED = Path(__file__).parents[2] / "examples" / "buurthuis"


def written(hood: Neighbourhood, **options: str) -> tuple[str, list[str]]:
    """Return the file of a neighbourhood, unfolded, and the codes of what was told."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "agenda.ics")
        notices = write_calendar(hood, path, asof=MONDAY, **options)
        return path.read_bytes().decode().replace("\r\n ", ""), [each.code for each in notices]


def read(text: str | bytes, **options: object) -> Neighbourhood:
    """Return what is read from a text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "agenda.ics")
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_calendar(path, **options)


def calendar(*events: str | Sequence[str]) -> str:
    """Return a calendar with events, each given by its lines."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for number, event in enumerate(events):
        own = event.split("\n") if isinstance(event, str) else list(event)
        own += [] if any(line.startswith("UID") for line in own) else [f"UID:{number}"]
        own += [] if any(line.startswith("SUMMARY") for line in own) else ["SUMMARY:Koor"]
        lines += ["BEGIN:VEVENT", *own, "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def one(*lines: str, **options: object) -> tuple[Activity, list[str]]:
    """Read one event; return its activity and the codes of what was told."""
    hood = read(calendar(lines), **{"category": "music", **options})
    [row] = hood.activities
    return row, [each.code.removeprefix("calendar-") for each in hood.notices]


def codes(hood: Neighbourhood) -> list[str]:
    return [each.code.removeprefix("calendar-") for each in hood.notices]


def dates(row: Activity) -> list[dt.datetime]:
    return occurrences(
        row.start,
        rrule=row.rrule,
        after=MONDAY,
        before=dt.date(2028, 1, 1),
        until=row.until,
        exceptions=row.except_ or (),
    )


# --- out ----------------------------------------------------------------------------------------

DINNER = Activity(
    activity="a1",
    initiative="i1",
    name="Buurtmaaltijd",
    category="meal",
    place="hall",
    start=dt.datetime(2026, 11, 27, 18),
    minutes=120,
    rrule="FREQ=MONTHLY;BYDAY=2FR,4FR",
    capacity=14,
    fee_eur="7",
    languages=("nl", "ar"),
    requires="cook:1 | host:2",
)
FATHERS = Initiative(initiative="i1", name="Vaders aan het Vuur", visible="yes")
HALL = Place(place="hall", name="De Put", step_free="yes")


def test_an_activity_tells_what_there_is_to_know() -> None:
    """In the language of the team: who, price, seats, languages, steps, what is needed."""
    text, codes = written(Neighbourhood.from_records(DINNER, FATHERS, HALL))
    assert (
        r"DESCRIPTION:Van: Vaders aan het Vuur.\nKosten: 7\,00 euro.\nEr is plek voor 14 mensen."
        r"\nTalen: Nederlands en Arabisch.\nDe plek heeft geen treden."
        r"\nNodig om door te gaan: kok (1) en gastheer of gastvrouw (2)." in text
    )
    assert "LOCATION:De Put\r\n" in text
    assert "RRULE:FREQ=MONTHLY;BYDAY=2FR,4FR\r\n" in text
    assert "NAME:Te doen in de buurt\r\n" in text
    assert codes == []
    english = Neighbourhood.from_records(DINNER, FATHERS, HALL, policy=Policy(language="en"))
    assert r"Costs: €7.00.\nThere is room for 14 people." in written(english)[0]


def test_what_is_not_for_everybody_stays_out() -> None:
    """Initiatives that may not be shown, safety, and whatever holds somebody's called name."""
    start = dt.datetime(2026, 11, 27, 18)
    rows = [
        Initiative(initiative="i1", name="Stil", visible=None),
        Activity(activity="a1", initiative="i1", name="Geheim", category="meal", start=start),
        Activity(activity="a2", name="Praatgroep", category="violence", start=start),
        Activity(activity="a3", name="Tafel van Joke", category="meal", start=start),
        Activity(activity="a4", name="Open", category="meal", start=start, audience="Joke"),
        Person(person="p1", called="Joke"),
    ]
    text, codes = written(Neighbourhood.from_records(*rows))
    assert text.count("BEGIN:VEVENT") == 1
    assert "SUMMARY:Open" in text
    for secret in ("Joke", "Geheim", "Praatgroep", "p1"):
        assert secret not in text
    assert codes == ["calendar-hidden", "calendar-named", "calendar-named", "calendar-safety"]


@pytest.mark.parametrize(
    "changed",
    [
        {"status": "past"},
        {"rrule": None, "start": dt.datetime(2026, 11, 22, 18)},
        {"until": dt.date(2026, 11, 20), "start": dt.datetime(2026, 1, 9, 18)},
    ],
)
def test_what_is_over_stays_out(changed: dict[str, object]) -> None:
    """Said to be past, a single date before the day, or a series that ended."""
    cells = {"activity": "a1", "name": "Koor", "category": "music", "rrule": "FREQ=WEEKLY"}
    cells |= {"start": dt.datetime(2026, 11, 27, 18)}
    text, codes = written(Neighbourhood.from_records(Activity(**{**cells, **changed})))
    assert "VEVENT" not in text
    assert codes == ["calendar-over"]


def test_what_an_ended_initiative_did_stays_out() -> None:
    """Though nobody said so of the activity."""
    ended = FATHERS.model_copy(update={"status": "ended"})
    text, codes = written(Neighbourhood.from_records(DINNER, HALL, Initiative(**ended.cells())))
    assert ("VEVENT" in text, codes) == (False, ["calendar-over"])


def test_the_same_neighbourhood_gives_the_same_bytes() -> None:
    """Whatever the order of its rows; and next week only the stamp differs."""
    hood = assetmap.read(BUNDLED)
    rows = [row for name in RECORDS for row in reversed(hood.table(name))]
    turned = Neighbourhood.from_records(*rows, policy=hood.policy)
    assert written(hood)[0] == written(turned)[0]


def test_no_person_of_the_bundled_neighbourhood_is_in_its_calendar() -> None:
    """Nobody's called name, and nobody's id."""
    hood = assetmap.read(BUNDLED)
    text = written(hood)[0]
    words = set(text.replace("\\n", " ").replace(":", " ").replace(".", " ").split())
    called = {person.called for person in hood.people if person.called}
    assert words & called <= {"Frans"}  # which is a language as well
    assert not words & {person.person for person in hood.people}
    assert text.count("BEGIN:VEVENT") == 21


# --- there and back -----------------------------------------------------------------------------


def test_the_bundled_neighbourhood_comes_back() -> None:
    """Every column that a calendar holds, as it was; the same dates; nothing to tell."""
    hood = assetmap.read(BUNDLED)
    back = read(written(hood)[0])
    before = {row.activity: row for row in hood.activities}
    assert len(back.activities) == 21
    for row in back.activities:
        old = before[row.activity]
        left_out = {"initiative", "start", "rrule", "until", "except", "requires"}
        assert {n: t for n, t in old.cells().items() if n not in left_out} == {
            n: t for n, t in row.cells().items() if n not in left_out
        }
        assert dates(row) == dates(old)
    assert back.notices == ()


TEXTS = st.text(max_size=30).filter(lambda text: tidy(text) and not re.search(_LINE_ENDS, text))
_LINE_ENDS = "[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]"
"""Which come back as a line end; ``test_calendar_file`` looks at them."""


@st.composite
def activities(draw: st.DrawFn) -> Activity:
    """Draw one activity of any kind that is still to come."""
    rule = draw(
        st.none()
        | st.sampled_from(
            [
                "FREQ=WEEKLY",
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
                "FREQ=MONTHLY;BYDAY=2FR,4FR",
                "FREQ=DAILY;COUNT=9",
                "FREQ=MONTHLY;BYMONTHDAY=-1",
                "FREQ=WEEKLY;UNTIL=20270331",
            ]
        )
    )
    start = draw(st.datetimes(dt.datetime(2026, 11, 24), dt.datetime(2027, 3, 30)))
    cells = {
        "activity": "a1",
        "name": draw(TEXTS),
        "category": "meal",
        "start": start.replace(second=0, microsecond=0),
        "minutes": draw(st.none() | st.integers(1, 20160)),
        "rrule": rule,
        "until": draw(st.none() | st.dates(dt.date(2027, 4, 1), dt.date(2027, 12, 1))),
        "capacity": draw(st.none() | st.integers(0, 99)),
        "fee_eur": draw(st.none() | st.decimals(0, 99, places=2)),
        "setting": draw(st.none() | st.sampled_from(["quiet", "group"])),
        "languages": draw(st.none() | st.just(("nl", "ar"))),
    }
    return Activity(**cells)


@given(activities(), TEXTS)
def test_an_activity_comes_back(row: Activity, place: str) -> None:
    """Its columns, its dates and its place, whatever stands in its texts."""
    try:
        spot = Place(place="s1", name=place)
        hood = Neighbourhood.from_records(row.model_copy(update={"place": "s1"}), spot)
    except (DataProblems, ValueError):
        return
    text, codes = written(hood)
    if "calendar-over" in codes:
        assert not dates(row)
        return
    back = read(text)
    [found] = back.activities
    left_out = {"start", "rrule", "until"}
    want = {n: t for n, t in hood.activities[0].cells().items() if n not in left_out}
    want["name"] = " ".join(want["name"].split())
    assert {n: t for n, t in found.cells().items() if n not in left_out} == want
    assert dates(found) == dates(row)
    assert back.places[0].name == spot.name


# --- in: times ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "start", "said"),
    [
        ("DTSTART:20260703T160000Z", dt.datetime(2026, 7, 3, 18), []),
        ("DTSTART:20261127T180000", dt.datetime(2026, 11, 27, 18), []),
        ("DTSTART;TZID=Europe/Amsterdam:20261127T180000", dt.datetime(2026, 11, 27, 18), []),
        ('DTSTART;TZID="Europe/London":20261127T180000', dt.datetime(2026, 11, 27, 19), []),
        (
            "DTSTART;TZID=W. Europe Standard Time:20260703T180000",
            dt.datetime(2026, 7, 3, 18),
            [],
        ),
        (
            "DTSTART;TZID=/mozilla.org/20070129_1/Europe/Amsterdam:20261127T180000",
            dt.datetime(2026, 11, 27, 18),
            [],
        ),
        (
            "DTSTART;TZID=Customized Time Zone:20261127T180000",
            dt.datetime(2026, 11, 27, 18),
            ["zone-unknown"],
        ),
        ("DTSTART;TZID=Europe/Amsterdam:20270328T023000", dt.datetime(2027, 3, 28, 2, 30), []),
    ],
)
def test_times_become_local(line: str, start: dt.datetime, said: list[str]) -> None:
    """By whatever clock they are written."""
    row, found = one(line)
    assert (row.start, found) == (start, said)


EUROPE = [
    "BEGIN:STANDARD",
    "DTSTART:16011028T030000",
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
    "TZOFFSETTO:+0000",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:16010325T020000",
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
    "TZOFFSETTO:+0100",
    "END:DAYLIGHT",
]


@pytest.mark.parametrize(
    ("clock", "hour", "said"),
    [
        (EUROPE, 19, []),
        (EUROPE[:5], 20, []),
        ([*EUROPE[:3], "TZOFFSETTO:-0430", "END:STANDARD"], 18, ["zone-unknown"]),
        (["X-LIC-LOCATION:Europe/Athens"], 17, []),
        (["X-LIC-LOCATION:Nergens"], 18, ["zone-unknown"]),
        ([*EUROPE[:7], "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3", *EUROPE[8:]], 18, ["zone-unknown"]),
    ],
)
def test_a_zone_that_the_file_describes(clock: list[str], hour: int, said: list[str]) -> None:
    """Europe's clocks and fixed ones are understood; any other is told, and read as local."""
    zone = ["BEGIN:VTIMEZONE", "TZID:Eigen", *clock, "END:VTIMEZONE"]
    text = calendar("DTSTART;TZID=Eigen:20270702T180000")
    begin = "BEGIN:VCALENDAR\r\n"
    hood = read(text.replace(begin, begin + "\r\n".join([*zone, ""])), category="music")
    assert (hood.activities[0].start.hour, codes(hood)) == (hour, said)


@pytest.mark.parametrize(
    ("line", "minutes", "said"),
    [
        ("DTEND:20261127T190000Z", 60, []),
        ("DTEND;TZID=Europe/London:20261127T190000", 60, []),
        ("DURATION:PT1H30M", 90, []),
        ("DURATION:P1D", 1440, []),
        ("DTEND:20261127T180000Z", None, []),
        ("DTEND:20261127T170000Z", None, ["length"]),
        ("DTEND:20270127T170000Z", None, ["length"]),
        ("DURATION:soon", None, ["length"]),
        ("DTEND;VALUE=DATE:20261128", None, ["length"]),
    ],
)
def test_how_long_it_lasts(line: str, minutes: int | None, said: list[str]) -> None:
    """By its end or its length; else blank, and told."""
    row, found = one("DTSTART:20261127T180000Z", line)
    assert (row.minutes, found) == (minutes, said)


def test_a_night_in_which_the_clock_changes_lasts_as_long_as_it_does() -> None:
    """From one to four in the night in which summer time ends is four hours."""
    zone = "TZID=Europe/Amsterdam"
    row, _ = one(f"DTSTART;{zone}:20261025T010000", f"DTEND;{zone}:20261025T040000")
    assert row.minutes == 240


@pytest.mark.parametrize(
    ("rule", "kept", "until", "said"),
    [
        ("FREQ=WEEKLY;BYDAY=FR", "FREQ=WEEKLY;BYDAY=FR", None, []),
        ("FREQ=WEEKLY;UNTIL=20270101T170000Z", "FREQ=WEEKLY", dt.date(2027, 1, 1), []),
        ("FREQ=WEEKLY;UNTIL=20270101T165959Z", "FREQ=WEEKLY", dt.date(2026, 12, 31), []),
        ("FREQ=WEEKLY;UNTIL=20270101", "FREQ=WEEKLY", dt.date(2027, 1, 1), []),
        ("FREQ=WEEKLY;COUNT=3", "FREQ=WEEKLY;COUNT=3", None, []),
        ("FREQ=WEEKLY;BYDAY=FR;BYHOUR=18;BYMINUTE=00", "FREQ=WEEKLY;BYDAY=FR", None, []),
        ("FREQ=WEEKLY;BYHOUR=9,18", None, None, ["rule-unread"]),
        ("FREQ=HOURLY", None, None, ["rule-unread"]),
        ("FREQ=WEEKLY;COUNT=99999", None, None, ["rule-unread"]),
        ("nonsense", None, None, ["rule-unread"]),
        ("FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=MO", None, ["start-off"]),
    ],
)
def test_how_often(rule: str, kept: str | None, until: dt.date | None, said: list[str]) -> None:
    """A rule that the tables hold, its last day in a column of its own; any other is told."""
    row, found = one("DTSTART;TZID=Europe/Amsterdam:20261127T180000", f"RRULE:{rule}")
    assert (row.rrule, row.until, found) == (kept, until, said)


def test_another_clock_that_drifts_is_told() -> None:
    """A series in universal time would be an hour off in summer; one in Brussels would not."""
    row, found = one("DTSTART:20261127T170000Z", "RRULE:FREQ=WEEKLY")
    assert (row.start.hour, found) == (18, ["other-clock"])
    assert one("DTSTART;TZID=Europe/Brussels:20261127T180000", "RRULE:FREQ=WEEKLY")[1] == []


def test_a_rule_whose_days_shift_is_not_taken() -> None:
    """Friday night in New York is Saturday here: the named day would be wrong."""
    lines = ("DTSTART;TZID=America/New_York:20261127T200000", "RRULE:FREQ=WEEKLY;BYDAY=FR")
    row, found = one(*lines)
    assert (row.start, row.rrule) == (dt.datetime(2026, 11, 28, 2), None)
    assert found == ["rule-unread"]


def test_days_on_which_it_is_not_held() -> None:
    """As dates, as times in any zone, several in a line; one of another hour is told."""
    row, found = one(
        "DTSTART;TZID=Europe/Amsterdam:20261127T180000",
        "RRULE:FREQ=WEEKLY",
        "EXDATE:20261204T170000Z,20261211T170000Z",
        "EXDATE;VALUE=DATE:20261218",
        "EXDATE;TZID=Europe/Amsterdam:20261225T090000",
    )
    assert row.except_ == tuple(dt.date(2026, 12, day) for day in (4, 11, 18))
    assert found == ["exception-odd"]


# --- in: series of which something was changed ---------------------------------------------------

SERIES = "DTSTART;TZID=Europe/Amsterdam:20261127T180000\nRRULE:FREQ=WEEKLY\nUID:s"


def test_a_moved_date_is_a_row_of_its_own() -> None:
    """And an exception of the series; it has the name of the series where it gives none."""
    moved = [
        "UID:s",
        "RECURRENCE-ID;TZID=Europe/Amsterdam:20261204T180000",
        "DTSTART;TZID=Europe/Amsterdam:20261205T100000",
        "CATEGORIES:eten",
        "SUMMARY:Koor in de kerk",
    ]
    hood = read(calendar(SERIES, moved), category="music")
    series, single = hood.activities
    assert series.except_ == (dt.date(2026, 12, 4),)
    assert (single.start, single.rrule) == (dt.datetime(2026, 12, 5, 10), None)
    assert (single.name, single.category) == ("Koor in de kerk", "meal")
    assert series.activity != single.activity


def test_a_date_that_was_cancelled_is_an_exception() -> None:
    """And no row."""
    gone = "UID:s\nRECURRENCE-ID:20261204T170000Z\nDTSTART:20261204T170000Z\nSTATUS:CANCELLED"
    hood = read(calendar(SERIES, gone), category="music")
    [row] = hood.activities
    assert (row.except_, codes(hood)) == ((dt.date(2026, 12, 4),), ["cancelled"])


def test_a_change_of_all_that_follows_is_told() -> None:
    """A series cannot be split here; it stays as it was."""
    rest = "UID:s\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261204T170000Z\nDTSTART:20261204T180000Z"
    hood = read(calendar(SERIES, rest), category="music")
    assert (len(hood.activities), codes(hood)) == (1, ["following"])


def test_the_newest_of_two_versions_is_read() -> None:
    """By its number of changes, wherever it stands."""
    new = "UID:s\nSEQUENCE:2\nDTSTART:20261127T190000Z"
    hood = read(calendar(new, SERIES), category="music")
    [row] = hood.activities
    assert (row.start.hour, codes(hood)) == (20, ["double-event"])


def test_what_is_cancelled_is_left_out() -> None:
    """And told, with its line."""
    hood = read(calendar("DTSTART:20261127T180000\nSTATUS:CANCELLED"), category="music")
    assert not hood.activities
    assert [(each.code, each.row) for each in hood.notices] == [("calendar-cancelled", 3)]


# --- in: what it is, where, and who is not taken --------------------------------------------------


def test_nobody_is_taken_over() -> None:
    """Not who comes, who invites or is to be called, nor what is said about them."""
    hood = read(
        calendar(
            [
                "SUMMARY:Koor",
                "DTSTART:20261127T180000",
                "ORGANIZER;CN=Joke:mailto:joke@example.org",
                "ATTENDEE;CN=Ali:mailto:ali@example.org",
                "ATTENDEE:mailto:mia@example.org",
                "CONTACT:Joke 0612345678",
                "DESCRIPTION:Ali komt met de rolstoel",
                "X-ALT-DESC:Ali",
                "BEGIN:VALARM",
                "ATTENDEE:mailto:zoe@example.org",
                "SUMMARY:Bel Ali",
                "END:VALARM",
            ],
            "DTSTART:20261128T180000\nSUMMARY:Ali naar de dokter\nCLASS:PRIVATE",
        ),
        category="music",
    )
    assert len(hood.activities) == 1
    for secret in ("Ali", "Joke", "mia", "061234", "zoe"):
        assert secret not in str(hood.frames()) + "".join(map(str, hood.notices))
    assert {each.facts["field"]: each.facts["n"] for each in hood.notices} == {
        "ATTENDEE": "2",
        "ORGANIZER": "1",
        "CONTACT": "1",
        "DESCRIPTION": "1",
        "X-": "1",
        "VALARM": "1",
        "": "1",
    }
    assert codes(hood) == ["not-kept"] * 6 + ["private"]


def test_what_it_is() -> None:
    """The first word of the calendar that is known; else what was given, and that is told."""
    assert one("DTSTART:20261127T180000", "CATEGORIES:Agenda,Eetcafé")[0].category == (
        "community_dinner"
    )
    row, found = one("DTSTART:20261127T180000", "CATEGORIES:Blauw", category="zingen")
    assert (row.category, found) == ("choir", ["category-given"])


def test_what_nobody_says_is_an_error_with_its_line() -> None:
    """All of them at once, and what to do."""
    with pytest.raises(DataProblems) as wrong:
        read(calendar("DTSTART:20261127T180000", "DTSTART:20261128T180000\nCATEGORIES:Blauw"))
    found = [each for each in wrong.value.problems if each.code == "calendar-no-category"]
    assert [each.row for each in found] == [3, 8]
    assert "--category" in told(found[0], Language.NL).message


def test_a_category_that_is_not_known_is_refused() -> None:
    """Before anything is read."""
    with pytest.raises(UnusableInput, match="blauw"):
        read(calendar(), category="blauw")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Buurthuis De Put", "Buurthuis De Put"),
        (r"Buurthuis De Put\, Dorpsstraat 5\, 1234 AB Leiden", "Buurthuis De Put"),
        ("Dorpsstraat 5", None),
        (r"1234AB\, Leiden", None),
        ("https://example.org/x", None),
        ("bij joke@example.org", None),
    ],
)
def test_where_it_is(text: str, name: str | None) -> None:
    """The name of a place, and never an address."""
    hood = read(calendar(f"DTSTART:20261127T180000\nLOCATION:{text}"), category="music")
    assert [place.name for place in hood.places] == ([name] if name else [])
    assert hood.activities[0].place == (hood.places[0].place if name else None)
    assert codes(hood) == ([] if name == text else ["not-kept"])


def test_two_events_at_one_place() -> None:
    """Are at the same row, however it is written."""
    where = "DTSTART:20261127T180000\nLOCATION:De  Put", "DTSTART:20261128T180000\nLOCATION:de put"
    hood = read(calendar(*where), category="music")
    assert len(hood.places) == 1
    assert len({row.activity for row in hood.activities}) == 2


def test_an_event_has_the_same_id_each_time() -> None:
    """So that the calendar of next month can be laid beside this one."""
    first = read(calendar(SERIES), category="music").activities[0].activity
    more = read(calendar("DTSTART:20261127T180000\nUID:x", SERIES), category="music")
    assert first in {row.activity for row in more.activities}


def test_what_is_over_can_be_left_out() -> None:
    """And is counted."""
    old = "DTSTART:20250101T180000", "DTSTART:20250103T180000\nRRULE:FREQ=WEEKLY"
    hood = read(calendar(*old), category="music", since=MONDAY)
    assert (len(hood.activities), codes(hood)) == (1, ["past"])
    assert len(read(calendar(*old), category="music").activities) == 2


# --- in: damage ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["SUMMARY:x"], ["no-start"]),
        (["DTSTART:morgen"], ["no-start"]),
        (["DTSTART:20261399T250000"], ["no-start"]),
        (["DTSTART:99991127T180000"], ["no-start"]),
        (["DTSTART:PT1H"], ["no-start"]),
        (["DTSTART;:20261127"], ["line-unread", "no-start"]),
        (["DTSTART;VALUE=DATE:20261127", "RRULE:FREQ=YEARLY"], ["all-day"]),
        (["DTSTART:20261127T180000", "SUMMARY: "], ["no-name"]),
        (["DTSTART:20261127T180000", "EXDATE:20261127T180000"], ["never"]),
        (["DTSTART:20261127T180000", "SUMMARY:" + "x" * 10_001], ["line-unread", "no-name"]),
        (["DTSTART:20261127T180000", "RRULE:FREQ=WEEKLY;UNTIL=20261101"], ["never"]),
    ],
)
def test_an_event_that_cannot_be_taken_is_told(lines: list[str], said: list[str]) -> None:
    """With its line, and it is no row."""
    hood = read(calendar(lines), category="music")
    assert not hood.activities
    assert sorted(codes(hood)) == said


def test_a_file_that_was_cut_is_told() -> None:
    """In the middle of an event, and between two."""
    whole = calendar(SERIES, "DTSTART:20261127T180000")
    at = whole.rindex("DTSTART")
    assert codes(read(whole[:at], category="music")) == ["cut-file", "cut-off"]
    between = whole[: whole.rindex("BEGIN:VEVENT")]
    assert codes(read(between, category="music")) == ["cut-file"]


def test_a_line_that_is_none_is_told() -> None:
    """Such as the second line of a text that was not folded."""
    text = calendar("DTSTART:20261127T180000\nDESCRIPTION:een\ntwee zonder inspringen")
    hood = read(text, category="music")
    assert "line-unread" in codes(hood)
    assert next(each.row for each in hood.notices if each.code.endswith("unread")) == 6


@pytest.mark.parametrize("raw", [b"", b"x", b"BEGIN:VCARD", b"PK\x03\x04", b"\x00" * 9])
def test_another_file_is_refused(raw: bytes) -> None:
    """With one error."""
    with pytest.raises(DataProblems):
        read(raw)


def test_too_many_events_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rather than half of them read."""
    monkeypatch.setattr("assetmap.tables.calendar_reading._MOST", 1)
    with pytest.raises(DataProblems) as wrong:
        read(calendar("DTSTART:20261127T180000", "DTSTART:20261127T180000"), category="music")
    assert [each.code for each in wrong.value.problems] == ["calendar-too-many"]
