"""Spoilt calendars: rows or problems, never a fault, and no event is lost without a word."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

import assetmap
from assetmap.errors import AssetmapError, DataProblems
from assetmap.model import Neighbourhood
from assetmap.tables import read_calendar, told, write_calendar
from assetmap.texts import Language

BUNDLED = Path(__file__).parents[3] / "examples" / "buurthuis"
OTHERS = r"""BEGIN:VCALENDAR
VERSION:2.0
METHOD:PUBLISH
BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16011028T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:1
DTSTART;TZID="W. Europe Standard Time":20261124T100000
DTEND;TZID="W. Europe Standard Time":20261124T113000
RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20271231T225959Z
EXDATE;TZID="W. Europe Standard Time":20261208T100000,20261222T100000
LOCATION:Zaal 2\, Dorpsstraat 5
SUMMARY;LANGUAGE=nl:Koffieochtend\; voor
  iedereen
ORGANIZER;CN="Beheer: hal":mailto:beheer@example.org
BEGIN:VALARM
TRIGGER:-PT15M
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:1
RECURRENCE-ID;TZID="W. Europe Standard Time":20270105T100000
DTSTART;TZID="W. Europe Standard Time":20270106T100000
DURATION:PT1H
SUMMARY:Nieuwjaarskoffie
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;VALUE=DATE:20261221
DTEND;VALUE=DATE:20270103
SUMMARY:Gesloten
END:VEVENT
BEGIN:VEVENT
UID:4
DTSTART:20261221T180000
CATEGORIES:Eten,Anders
SUMMARY:Kerst
END:VEVENT
BEGIN:VEVENT
UID:3
DTSTART:20261127T170000Z
STATUS:CANCELLED
SUMMARY:Koor
END:VEVENT
END:VCALENDAR
"""
NASTY = (
    *("BEGIN:VEVENT", "END:VEVENT", "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VALARM", "END:X"),
    *("DTSTART:", "DTSTART;TZID=:20261127T180000", "DTSTART;TZID=../../etc:20261127T180000"),
    *("DTSTART;VALUE=PERIOD:20261127T180000Z/PT1H", "DTSTART:00010101T000000Z", "DTEND:P1D"),
    *("DURATION:P99999999999999999999D", "DURATION:-P1W", "RRULE:FREQ=SECONDLY", "RRULE:=;;="),
    *("RRULE:FREQ=YEARLY;INTERVAL=1000;BYMONTH=2;BYMONTHDAY=30", "RRULE:FREQ=DAILY;COUNT=10000"),
    *("RRULE:FREQ=WEEKLY;UNTIL=99999999", "EXDATE:,,,", "EXDATE:" + "20261127T170000Z," * 300),
    *("RECURRENCE-ID:x", "RECURRENCE-ID;RANGE=THISANDFUTURE:20261127T170000Z", "UID:", "UID:1"),
    *("SUMMARY:\\", "SUMMARY:" + "x" * 9_999, 'SUMMARY;X=":y', "SUMMARY;=:y", ":", ";", " ", "\t"),
    *("CATEGORIES:\\,\\,,", "LOCATION:" + ";" * 5_000, "SEQUENCE:99999999999999", "STATUS:"),
    *("X-ASSETMAP-CATEGORY:geweld", "X-ASSETMAP-FEE-EUR:veel", "X-ASSETMAP-ACTIVITY:a1", "CLASS:"),
    *("ATTACH:" + "A" * 50_000, "SUMMARY;" + "A = B ;" * 250 + "X=Y:z", "\x00", "\u2028", "🎉"),
)
GONE = re.compile(
    "calendar-(all-day|cancelled|no-start|no-name|never|double-event|cut-off|following)"
)


@pytest.fixture(scope="module")
def calendars(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, ...]:
    """Return a calendar of ours and one as other programs write it."""
    path = tmp_path_factory.mktemp("whole") / "agenda.ics"
    write_calendar(assetmap.read(BUNDLED), path, asof=assetmap.schedule.Week(2026, 48).monday)
    return path.read_bytes(), OTHERS.replace("\n", "\r\n").encode()


def spoilt(raw: bytes, chance: random.Random) -> bytes:
    """Spoil a calendar: its lines, its letters, its end."""
    lines = raw.split(b"\r\n")
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(lines))
        other = chance.randrange(len(lines))
        match chance.randrange(6):
            case 0:
                del lines[at]
            case 1:
                lines[at:at] = [lines[other]] * chance.choice((1, 2, 50))
            case 2:
                lines[at], lines[other] = lines[other], lines[at]
            case 3:
                lines[at:at] = [chance.choice(NASTY).encode()]
            case 4:
                cut = chance.randrange(len(lines[at]) + 1)
                lines[at] = lines[at][:cut] + chance.choice((b"", b"\n", b";", b"\xff", b'"'))
            case _:
                lines = lines[: at + 1]
        lines = lines or [b""]
    return chance.choice((b"\r\n", b"\r\n", b"\n", b"\r")).join(lines)


def events_in(raw: bytes) -> int:
    """Count the events by looking at the lines only; None is inside another."""
    text = raw.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return sum(
        line.strip().upper() == "BEGIN:VEVENT" for line in re.sub("\n[ \t]", "", text).split("\n")
    )


def judged(path: Path, raw: bytes) -> list[str]:
    """Read a calendar, and return what does not hold."""
    try:
        hood: Neighbourhood = read_calendar(path, category="company")
    except DataProblems as refused:
        problems, rows = refused.problems, None
    else:
        problems, rows = hood.notices, len(hood.activities)
    wrong = [f"no place: {each.code}" for each in problems if each.row == 0]
    for each in problems:
        for language in Language:
            said = told(each, language).message
            said.encode()
            if not said or re.search("[\x00-\x1f\x7f]", said):
                wrong.append(f"cannot be said: {each.code}")
    if rows is not None:
        named = sum(bool(GONE.fullmatch(each.code)) for each in problems)
        if rows + named != events_in(raw):
            wrong.append(f"{events_in(raw)} events in, {rows} rows, {named} named")
        again = Neighbourhood.from_frames(hood.frames(), policy=hood.policy)
        if again != hood:
            wrong.append("frames do not come back the same")
    return wrong


@pytest.mark.parametrize("seed", range(150))
def test_a_spoilt_calendar_gives_rows_or_problems(
    seed: int, calendars: tuple[bytes, ...], tmp_path: Path
) -> None:
    """Never another exception than ours, and every event is a row or is named."""
    chance = random.Random(seed)
    raw = spoilt(calendars[seed % 2], chance)
    path = tmp_path / "agenda.ics"
    path.write_bytes(raw)
    assert judged(path, raw) == []


@pytest.mark.parametrize(
    "lines",
    [
        "?\n" * 2_001,
        "BEGIN:VEVENT\n" * 50_001,
        "BEGIN:VEVENT\nUID:{n}\nDTSTART:20261127T180000\nSUMMARY:x\n"
        "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\nEND:VEVENT\n" * 501,
    ],
)
def test_a_file_in_which_nothing_holds_is_given_up(lines: str, tmp_path: Path) -> None:
    """Rather than a list of millions of problems."""
    path = tmp_path / "agenda.ics"
    numbered = "".join(
        f"{line}\n".replace("{n}", str(n)) for n, line in enumerate(lines.split("\n"))
    )
    path.write_text(f"BEGIN:VCALENDAR\n{numbered}", encoding="utf-8")
    with pytest.raises(DataProblems) as wrong:
        read_calendar(path, category="company")
    assert [each.code for each in wrong.value.problems] == ["calendar-damaged"]


def test_many_names_are_counted_as_one(tmp_path: Path) -> None:
    """So that the list stays short enough to read."""
    path = tmp_path / "agenda.ics"
    names = "".join(f"A{n}:x\n" for n in range(5_000))
    path.write_text(f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{names}END:VEVENT\n", encoding="utf-8")
    told = [each.facts["n"] for each in read_calendar(path).notices if "n" in each.facts]
    assert (len(told), sum(map(int, told))) == (201, 5_000)


def test_bytes_that_are_no_calendar(tmp_path: Path) -> None:
    """Noise behind the first line."""
    path = tmp_path / "agenda.ics"
    for seed in range(60):
        noise = random.Random(seed).randbytes(400)
        path.write_bytes(b"BEGIN:VCALENDAR\r\n" + noise)
        try:
            read_calendar(path, category="company")
        except AssetmapError:
            continue
