"""All sheets of a week: one for everybody, one print, and the same in a calendar."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar

from assetmap import propose
from assetmap.model import Decision
from assetmap.privacy import Audience
from assetmap.report import (
    WeekSheets,
    gather_sheets,
    sheet_calendar,
    sheet_html,
    sheets_html,
)
from assetmap.report.handing import sheet_files_in, sheets_json, without_empty
from tests.acceptance.stories import put
from tests.report.evening import EVENING, evening

if TYPE_CHECKING:
    from playwright.sync_api import Page

KEY = b"a key that the team keeps"
NAMES = ("Rie", "Sam", "Tom", "Ana", "Kees", "Wil", "Dirk", "Jet", "Bep", "Marga")


def _made(**tables: str) -> WeekSheets:
    return gather_sheets(evening(**tables), key=KEY)


def _calendar(made: WeekSheets, at: int, key: bytes = KEY) -> bytes:
    line = made.listed.value.lines[at]
    found = sheet_calendar(made.sheets[at], reader=line.reader or "", key=key)
    assert found is not None
    return found


def test_everybody_who_does_something_gets_one() -> None:
    """Helpers by name, then initiatives; each is released for its own reader."""
    made = _made()
    assert [(line.file, line.called) for line in made.listed.value.lines] == [
        ("helper-p2", "Sam"),
        ("helper-p3", "Tom"),
        ("initiatief-i1", "Eetcafé De Hoek"),
        ("initiatief-i2", "Klusploeg"),
    ]
    assert [sheet.audience for sheet in made.sheets] == [
        *[Audience.HELPER] * 2,
        *[Audience.INITIATIVE] * 2,
    ]
    assert made.listed.audience is Audience.TEAM


@pytest.mark.parametrize(
    ("at", "named"),
    [(0, {"Sam", "Rie"}), (1, {"Tom"}), (2, {"Rie", "Sam", "Tom"}), (3, {"Rie", "Jet"})],
)
def test_a_sheet_holds_no_byte_about_others(at: int, named: set[str]) -> None:
    """Page and calendar: the own name and whom they meet, no other name, no id, no reason."""
    made = _made()
    page = sheet_html(made.sheets[at]).partition("<body")[2]
    dates = _calendar(made, at).decode().replace("\r\n ", "")
    events = dates.partition("BEGIN:VEVENT")[2]
    secret = ("huisarts", "noordhoek", "consent", "gezelschap", "p1", "p4", "p8", "n1", "r2", "t1")
    for text in (page, events):
        words = {word.strip(".,:;\\") for word in text.replace("<", " ").replace(">", " ").split()}
        assert {name for name in NAMES if name in words} <= named
        assert {each for each in secret if each in words} == set()
    assert "Rie" in page or at == 1


def test_the_calendar_says_what_the_sheet_says() -> None:
    """Every line of an event is on the page too; day, hours and place are in their columns."""
    made = _made()
    page = sheet_html(made.sheets[2])
    events = Calendar.from_ical(_calendar(made, 2)).walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == ["Jullie vroegen: kok", "Samen eten"]
    supper = events[1]
    assert supper["DTSTART"].dt.replace(tzinfo=None) == dt.datetime(2026, 11, 26, 18)
    assert supper["DTEND"].dt.replace(tzinfo=None) == dt.datetime(2026, 11, 26, 20)
    assert supper["DTSTART"].dt.utcoffset() == dt.timedelta(hours=1)
    assert (str(supper["LOCATION"]), str(supper["CLASS"])) == ("Zaal De Hoek", "PRIVATE")
    for event in events:
        assert str(event["SUMMARY"]) in page
        assert all(line in page for line in str(event["DESCRIPTION"]).splitlines())
    assert not any(name in supper for name in ("ORGANIZER", "ATTENDEE", "RRULE", "VALARM"))


def test_an_event_is_known_again_by_the_key_alone() -> None:
    """The same bytes each time; a changed hour is the same event; another key gives others."""
    made = _made()
    assert _calendar(made, 2) == _calendar(_made(), 2)
    later = put(EVENING["activities"], "a1", start="2026-11-05 19:00")
    codes = [_codes(_calendar(each, 2)) for each in (made, _made(activities=later))]
    assert codes[0] == codes[1]
    assert codes[0].isdisjoint(_codes(_calendar(made, 2, b"another key that is kept")))
    everywhere = [code for at in range(4) for code in _codes(_calendar(made, at))]
    assert len(everywhere) == len(set(everywhere))


def _codes(raw: bytes) -> set[str]:
    return {str(event["UID"]) for event in Calendar.from_ical(raw).walk("VEVENT")}


def test_an_evening_that_ends_after_midnight_ends_the_next_day() -> None:
    """In the calendar too; of a camp that lasts for days only the begin is told."""
    late = put(EVENING["activities"], "a1", start="2026-11-05 22:00", minutes="180")
    made = _made(activities=late)
    assert "Van 22.00 tot 1.00 uur." in sheet_html(made.sheets[2])
    event = Calendar.from_ical(_calendar(made, 2)).walk("VEVENT")[1]
    assert event["DTEND"].dt.replace(tzinfo=None) == dt.datetime(2026, 11, 27, 1)
    camp = put(EVENING["activities"], "a1", minutes="4320")
    made = _made(activities=camp)
    assert "Om 18.00 uur." in sheet_html(made.sheets[-2])
    event = Calendar.from_ical(_calendar(made, -2)).walk("VEVENT")[1]
    assert "DTEND" not in event


def test_a_helper_without_a_day_has_the_whole_week() -> None:
    """What is still to be agreed is in the calendar from Monday to Sunday, and says so."""
    needs = put(EVENING["needs"], "n5", when="", rrule="")
    rows = "arrangement;need;leg;provider\n"
    run = evening(needs=needs, arrangements=rows)
    plan = next(p for p in run.items if p.need == "n5")
    decided = Decision(plan=plan.plan, need="n5", date="2026-11-22", decision="do")
    made = gather_sheets(
        propose(dataclasses.replace(run.hood, decisions=(decided,)), "2026-W48"), key=KEY
    )
    assert made.listed.value.lines[0].new
    (event,) = Calendar.from_ical(_calendar(made, 0)).walk("VEVENT")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (
        dt.date(2026, 11, 23),
        dt.date(2026, 11, 30),
    )
    assert "spreek samen af" in str(event["DESCRIPTION"])
    assert "Vraag het eerst." in sheets_html(made.listed, made.sheets, lang="nl")


def test_two_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """On the list by their codes; on their own sheets there is no code."""
    del tmp_path
    made = _made(people=put(EVENING["people"], "p3", called="Sam"))
    page = sheets_html(made.listed, made.sheets)
    assert "Sam (code p2)" in page
    assert "Sam (code p3)" in page
    assert "code" not in sheet_html(made.sheets[0]).partition("<body")[2]
    nameless = _made(people=put(EVENING["people"], "p3", called=""))
    assert ">code p3<" in sheets_html(nameless.listed, nameless.sheets)


def test_a_file_name_tells_nothing() -> None:
    """A short code stays; a name, a path, an id that differs in capitals only is a pseudonym."""
    tables = dict(EVENING)
    for old, new in (("p2", "sam-de-wit"), ("p3", "../x")):
        tables = {name: text.replace(f"{old};", f"{new};") for name, text in tables.items()}
    made = _made(**tables)
    files = [line.file for line in made.listed.value.lines]
    assert [file for file in files if file.startswith("initiatief")] == [
        "initiatief-i1",
        "initiatief-i2",
    ]
    helpers = [file.removeprefix("helper-") for file in files if file.startswith("helper")]
    assert len(helpers) == 2
    assert all(len(code) == 16 and code.isalnum() and code.islower() for code in helpers)
    assert [line.file for line in _made(**tables).listed.value.lines] == files


def test_the_list_for_machines_tells_whom_each_is_about() -> None:
    """Also those who are on it without a name: so that somebody can be found and forgotten."""
    listed = json.loads(sheets_json(_made().listed))
    assert listed["week"] == "2026-W48"
    about = {each["file"]: each["about"] for each in listed["sheets"]}
    assert about["initiatief-i1"] == ["p1", "p2", "p3", "p4", "p5", "p6"]
    assert about["helper-p2"] == ["p1"]


def test_only_files_of_our_own_are_found(tmp_path: Path) -> None:
    """Other files, folders and what only points somewhere else stay as they are."""
    folder = tmp_path / "briefjes-2026-W48"
    folder.mkdir()
    for name in ("helper-p1.html", "helper-p1.ics", "alles.html", "sheets.json", "mijn.txt"):
        (folder / name).write_text("x", encoding="utf-8")
    (folder / "helper-p9.html").symlink_to(folder / "mijn.txt")
    (folder / "helper-p8.html").mkdir()
    (tmp_path / "sheets-2026-W49").symlink_to(folder)
    (tmp_path / "briefjes-oud").mkdir()
    (tmp_path / "briefjes-oud" / "helper-p1.html").write_text("x", encoding="utf-8")
    names = ["alles.html", "helper-p1.html", "helper-p1.ics", "sheets.json"]
    assert [path.name for path in sheet_files_in(tmp_path)] == names
    assert sheet_files_in(tmp_path, "2026-W49") == ()
    assert sheet_files_in(tmp_path / "nergens") == ()
    without_empty(sheet_files_in(tmp_path))
    assert folder.is_dir()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_everybody_can_use_the_sheets(
    lang: str, width: int, tmp_path: Path, chromium_page: Page
) -> None:
    """Nothing is found by axe on the print and on a single sheet; nothing falls off the screen."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    made = _made()
    chromium_page.set_viewport_size({"width": width, "height": 800})
    for page in (
        sheets_html(made.listed, made.sheets, lang=lang),
        sheet_html(made.sheets[2], lang),
    ):
        path = tmp_path / "sheet.html"
        path.write_text(page, encoding="utf-8")
        chromium_page.goto(path.as_uri())
        found = axe.Axe().run(chromium_page).response["violations"]
        assert [each["id"] for each in found] == []
        assert chromium_page.evaluate("document.documentElement.scrollWidth") <= width


def test_each_sheet_is_on_paper_of_its_own(tmp_path: Path, chromium_page: Page) -> None:
    """The list and four sheets are five pages of A4, in large letters."""
    made = _made()
    path = tmp_path / "all.html"
    path.write_text(sheets_html(made.listed, made.sheets, lang="nl"), encoding="utf-8")
    chromium_page.goto(path.as_uri())
    printed = chromium_page.pdf(prefer_css_page_size=True, format="A4")
    assert printed.count(b"/Type /Page\n") == 5
    chromium_page.emulate_media(media="print")
    size = "getComputedStyle(document.querySelector('article .task p')).fontSize"
    assert float(chromium_page.evaluate(size).removesuffix("px")) >= 14 * 96 / 72
