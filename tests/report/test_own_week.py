"""The week of one helper: only what that helper does, and what is needed for it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import assetmap
from assetmap.errors import PrivacyError, UnknownName
from assetmap.match import Proposals
from assetmap.model import Decision
from assetmap.privacy import Audience
from assetmap.report import gather, gather_helpers, gather_own_week, own_week_html, write_own_week
from assetmap.report.handing import sheet_calendar
from assetmap.report.own_week import own_tasks, own_week, own_week_slip
from tests.acceptance.stories import WEEK, Tables, put, run

if TYPE_CHECKING:
    from playwright.sync_api import Page

THURSDAY = dt.date(2026, 11, 26)
EVENING: Tables = {
    "people": """
        person;called;area;share;wheelchair
        rie;Rie;north;yes;yes
        sam;Sam;north;yes;
        tom;Tom;north;yes;
        ana;Ana;north;yes;
        """,
    "places": "place;name;area\nhall;Zaal;north",
    "activities": """
        activity;name;category;place;start;minutes;rrule;fee_eur
        a1;Eetcafé;meal;hall;2026-11-05 18:00;120;every Thursday;7
        """,
    "talents": """
        talent;owner;category;seats;wheelchair
        t1;sam;ride;2;yes
        t2;tom;shopping;;
        """,
    "needs": """
        need;owner;category;talked
        n1;rie;meal;yes
        n2;ana;shopping;yes
        """,
    "arrangements": """
        arrangement;need;leg;provider;talent;activity;rrule;since
        r1;n1;activity;a1;;a1;FREQ=WEEKLY;2026-11-05
        r2;n1;ride_out;sam;t1;;FREQ=WEEKLY;2026-11-05
        r3;n1;ride_back;sam;t1;;FREQ=WEEKLY;2026-11-05
        r4;n2;help;tom;t2;;FREQ=WEEKLY;2026-11-05
        """,
}


def _run(**tables: str) -> Proposals:
    return run(EVENING, **tables)


def test_the_helpers_of_a_week_each_get_their_own() -> None:
    """A ride there and back is one task; who is helped is no helper, and others are absent."""
    proposals = _run()
    assert gather_helpers(proposals).value.people == ("sam", "tom")
    released = gather_own_week(proposals, "sam")
    assert released.audience is Audience.HELPER
    (task,) = released.value.tasks
    assert (task.day, task.begins, task.ends) == (THURSDAY, 18 * 60, 20 * 60)
    assert (task.role, task.whom, task.activity, task.place) == (
        "ride_both",
        "Rie",
        "Eetcafé",
        "Zaal",
    )
    assert task.wheelchair is True
    (other,) = gather_own_week(proposals, "person:tom").value.tasks
    assert (other.role, other.whom, other.wheelchair, other.activity) == ("help", "Ana", None, None)
    assert gather_own_week(proposals, "rie").value.tasks == ()


def test_the_page_says_what_is_needed_and_nothing_else() -> None:
    """Whom, when, where and what comes along; not the need, nor anything of others."""
    page = own_week_html(gather_own_week(_run(), "sam"), "nl")
    for line in (
        "Je brengt Rie heen en terug.",
        "Van 18.00 tot 20.00 uur.",
        "Naar: Eetcafé, Zaal.",
        "Er gaat een rolstoel mee.",
        "Meedoen kost",
        "Alleen voor jou.",
    ):
        assert line in page
    text = page.partition("<body>")[2]
    assert not [
        word for word in ("Tom", "Ana", "boodschappen", "n1", "r1", "north") if word in text
    ]


def test_who_only_brings_somebody_home_reads_when_it_is_over() -> None:
    """Not to be there when it begins, nor to bring what taking part costs."""
    arrangements = EVENING["arrangements"].replace("r3;n1;ride_back;sam;t1", "r3;n1;ride_back;tom;")
    released = gather_own_week(_run(arrangements=arrangements), "tom")
    page = own_week_html(released, "nl")
    for line in ("weer naar huis", "Het is om 20.00 uur afgelopen.", "Vanaf: Eetcafé, Zaal."):
        assert line in page
    for line in ("Van 18.00", "Naar: Eetcafé", "Meedoen kost"):
        assert line not in page
    events = sheet_calendar(released, reader="person:tom", key=b"a key of the team", lang="nl")
    assert events is not None
    assert b"DTSTART;TZID=Europe/Amsterdam:20261126T200000" in events
    there = own_week_html(gather_own_week(_run(arrangements=arrangements), "sam"), "nl")
    assert "Van 18.00 tot 20.00 uur." in there


def test_a_group_of_whom_nobody_offers_anything_is_told_in_words() -> None:
    """Together in a group, and no word of help where nobody is asked to help."""
    made = _run()
    task = next(task for _, task in own_tasks(made) if task.helper == ("sam",))
    own = dataclasses.replace(task, role="group", what=None, activity=None, place=None)
    slip = own_week_slip(own_week(made, made.hood.person("sam"), (own,)), "nl")
    assert slip.tasks[0].lines[0] == "Samen met Rie, in een groep."


def test_what_is_only_proposed_is_on_no_sheet() -> None:
    """Nobody reads there of what was not asked yet; after a decision to do it, it is there."""
    rows = "arrangement;need;leg;provider\n"
    proposals = _run(arrangements=rows)
    assert proposals.items
    assert gather_helpers(proposals).value.people == ()
    plan = proposals.plan_for("n2")
    assert plan is not None
    decided = Decision(plan=plan.plan, need="n2", date="2026-11-22", decision="do")
    hood = dataclasses.replace(proposals.hood, decisions=(decided,))
    assert gather_helpers(assetmap.propose(hood, WEEK)).value.people == ("tom",)


def test_only_this_week_counts() -> None:
    """An arrangement that begins next week is on next week's sheet."""
    later = put(EVENING["arrangements"], "r4", since="2026-12-03")
    assert gather_helpers(_run(arrangements=later)).value.people == ("sam",)


def test_nobody_is_told_an_id() -> None:
    """Who has no called name is somebody whom the team knows."""
    people = put(EVENING["people"], "rie", called="")
    released = gather_own_week(_run(people=people), "sam")
    assert released.value.tasks[0].whom is None
    page = own_week_html(released, "en")
    assert "You bring somebody whom the team knows there and back." in page
    assert "rie" not in page.partition("<body>")[2]


def test_an_empty_week_says_so() -> None:
    """Somebody without a task gets a page that says it; nobody at all is an error."""
    assert "Nothing is planned for you" in own_week_html(gather_own_week(_run(), "ana"), "en")
    with pytest.raises(UnknownName):
        gather_own_week(_run(), "p99")


def test_only_what_was_released_for_a_helper_is_shown() -> None:
    """The page of the team is refused; what people typed is escaped."""
    with pytest.raises(PrivacyError):
        own_week_html(gather(_run()))  # type: ignore[arg-type]
    people = put(EVENING["people"], "rie", called="<i>Rie")
    page = own_week_html(gather_own_week(_run(people=people), "sam"))
    assert "&lt;i&gt;Rie" in page
    assert "default-src 'none'" in page


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_everybody_can_use_the_sheet(
    lang: str, width: int, tmp_path: Path, chromium_page: Page
) -> None:
    """Nothing is found by axe, and nothing falls off the screen; only the owner can read it."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = tmp_path / "sam.html"
    write_own_week(gather_own_week(_run(), "sam"), page, lang=lang)
    assert page.stat().st_mode & 0o077 == 0
    chromium_page.set_viewport_size({"width": width, "height": 800})
    chromium_page.goto(page.as_uri())
    found = axe.Axe().run(chromium_page).response["violations"]
    assert [each["id"] for each in found] == []
    assert chromium_page.evaluate("document.documentElement.scrollWidth") <= width
