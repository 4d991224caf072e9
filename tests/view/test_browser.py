"""The viewer in a real browser: no request, and everything can be done by mouse and by keys."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import assetmap
from assetmap.view import neighbourhood
from tests.house.browser import Overheard, opened
from tests.view.hoods import WEEK, hostile, street

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
SERIOUS = {"moderate", "serious", "critical"}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the street for each audience, of hostile texts, and of a whole neighbourhood."""
    folder = tmp_path_factory.mktemp("views")
    hood, bad = street(), hostile()
    week = assetmap.propose(hood, WEEK)
    for audience in ("team", "residents", "research"):
        neighbourhood(hood, week, audience=audience, before=dt.date(2026, 2, 1)).save(
            folder / f"{audience}.html"
        )
    neighbourhood(bad, assetmap.propose(bad, WEEK)).save(folder / "hostile.html")
    whole = assetmap.read(ROOT / "examples/buurthuis")
    neighbourhood(whole, assetmap.propose(whole, WEEK)).save(folder / "whole.html")
    return folder


@pytest.fixture(scope="module")
def tab(chromium: Browser) -> Iterator[tuple[Page, Overheard]]:
    """One tab for the tests that look at the team's page."""
    with opened(chromium) as (page, heard):
        yield page, heard


@pytest.fixture
def team(pages: Path, tab: tuple[Page, Overheard]) -> Iterator[Page]:
    """The team's page of the street, opened anew; it fails on any request and any error."""
    page, heard = tab
    heard.requests.clear()
    heard.errors.clear()
    page.goto((pages / "team.html").as_uri())
    yield page
    assert (heard.requests, heard.errors) == ([], [])


def rows(page: Page) -> list[str]:
    """Return the names in the table."""
    return page.locator("tbody th button").all_inner_texts()


def about(page: Page) -> str:
    return page.locator("#about").inner_text()


def test_searching_finds_and_chooses(team: Page) -> None:
    """Typing narrows the list; Enter chooses the first, and the focus goes to what is told."""
    team.get_by_label("Zoek een naam").fill("zíngen")
    assert team.locator("#found").inner_text() == "Gevonden: 1"
    assert rows(team) == ["Zingen"]
    team.keyboard.press("Enter")
    assert about(team).startswith("Zingen")
    assert team.evaluate("document.activeElement.id") == "about-heading"
    team.get_by_label("Zoek een naam").fill("rondje")
    assert rows(team) == ["boodschappen (Bo)"]


def test_talents_come_before_everything_else(team: Page) -> None:
    """Questions are not on the map until somebody asks; with a person talents stand first."""
    assert not team.get_by_label("vragen").is_checked()
    assert not [name for name in rows(team) if name.startswith("hulp met computer")]
    team.get_by_label("Zoek een naam").fill("Cees")
    team.get_by_label("Zoek een naam").press("Enter")
    headings = team.locator("#about h3").all_inner_texts()
    assert headings[0] == "Talenten"
    assert headings.index("Talenten") < headings.index("Kent")


def test_filters_work_together(team: Page) -> None:
    """By kind, subject, area and day; what has the subject shows who has it."""
    team.get_by_label("Dag").select_option(label="zaterdag")
    assert {"Cees", "tuin (Cees)"} <= set(rows(team))
    assert "Bo" not in rows(team)
    team.get_by_label("Dag").select_option(label="alle dagen")
    team.locator("#area").select_option(label="Zuid")
    assert rows(team) == ["Ed"]
    team.get_by_role("button", name="Alles weer laten zien").click()
    team.get_by_label("mensen").uncheck()
    assert "Ed" not in rows(team)
    assert "Straatkoor" in rows(team)
    team.get_by_label("vragen").check()
    assert "Straatkoor" in rows(team)
    assert [name for name in rows(team) if name.endswith("(Ans)")]


def test_whoever_has_no_talent_written_down_is_worth_asking(team: Page) -> None:
    """The team is told so about a resident; never about a worker."""
    for name, asked in (("Ed", True), ("Wil", False)):
        team.get_by_label("Zoek een naam").fill(name)
        team.get_by_label("Zoek een naam").press("Enter")
        assert about(team).startswith(name)
        assert ("Vraag eens wat deze persoon graag doet" in about(team)) is asked


def test_a_click_on_the_map_tells_of_somebody(team: Page) -> None:
    """The dot in the middle of the map, after looking at one person only."""
    team.get_by_label("Zoek een naam").fill("Ed")
    team.get_by_label("Zoek een naam").press("Enter")
    team.wait_for_timeout(500)
    team.keyboard.press("Escape")
    assert about(team).startswith("Kies iemand of iets")
    team.locator("#canvas").click()
    assert about(team).startswith("Ed")


def test_the_map_listens_to_keys(team: Page) -> None:
    """Arrows move it, plus and minus zoom, zero shows the whole; the picture changes."""
    canvas = team.locator("#canvas")
    canvas.focus()
    team.wait_for_timeout(500)
    seen = canvas.screenshot()
    for key in ("ArrowLeft", "+"):
        team.keyboard.press(key)
        team.wait_for_timeout(250)
        now = canvas.screenshot()
        assert now != seen, key
        seen = now


def test_everything_is_reached_by_keyboard(team: Page) -> None:
    """From the top: the first stop is the way to the list; choices, map and list follow."""
    team.keyboard.press("Tab")
    assert team.evaluate("document.activeElement.className") == "skip"
    seen = []
    for _ in range(60):
        team.keyboard.press("Tab")
        seen.append(
            team.evaluate("[document.activeElement.id, document.activeElement.tagName].join(' ')")
        )
    for stop in ("stop INPUT", "search INPUT", "theme SELECT", "canvas DIV", "whole BUTTON"):
        assert stop in seen
    assert seen.index("canvas DIV") < len(seen) - 1
    assert " SUMMARY" in seen


def test_the_table_is_sorted_by_its_headings(team: Page) -> None:
    """A heading sorts, a second time the other way round, and says so."""
    names = sorted(rows(team), key=str.casefold)
    team.get_by_role("button", name="Naam").click()
    assert rows(team) == names
    heading = team.locator("th[aria-sort]")
    assert heading.get_attribute("aria-sort") == "ascending"
    team.keyboard.press("Enter")
    assert rows(team) == names[::-1]
    assert heading.get_attribute("aria-sort") == "descending"


def test_a_name_in_the_table_is_a_way_to_the_map(team: Page) -> None:
    """By keyboard: the row is marked, and somebody's links lead on to the next."""
    team.get_by_role("button", name="Ans", exact=True).first.focus()
    team.keyboard.press("Enter")
    assert about(team).startswith("Ans")
    assert team.locator("tr[aria-current] th").inner_text() == "Ans"
    team.locator("#about").get_by_role("button", name="Cees").click()
    assert about(team).startswith("Cees")
    assert "vriend of vriendin" in about(team)


def test_a_proposal_tells_why_and_via_whom(team: Page) -> None:
    """Behind a click on the week, and with the person; drawn on the map."""
    plan = team.locator("#plans details").filter(has_text="Ans: boodschappen")
    plan.locator("summary").press("Enter")
    assert plan.get_by_text("Waarom dit voorstel?").is_visible()
    assert plan.get_by_text("Ans → Cees → Bo").is_visible()
    plan.get_by_role("button", name="Laat zien op de kaart").click()
    assert "Waarom dit voorstel?" in about(team)
    gap = team.locator("#gaps details").filter(has_text="Dina")
    gap.locator("summary").click()
    assert gap.get_by_text("Waarom (nog) niet?").is_visible()


def test_a_proposal_is_shown_whatever_was_left_out(team: Page) -> None:
    """At another date, without people, proposals or its area: all of it comes back, and stays."""
    team.get_by_label("Op welke datum?").focus()
    team.keyboard.press("ArrowLeft")
    for name in ("mensen", "voorstellen van de week"):
        team.get_by_role("checkbox", name=name).uncheck()
    team.locator("#area").select_option(label="Zuid")
    assert team.locator("#found").inner_text() == "Gevonden: 0"
    assert "Hier past niets bij" in team.locator("#table").inner_text()
    plan = team.locator("#plans details").filter(has_text="Ans: boodschappen")
    plan.locator("summary").click()
    plan.get_by_role("button", name="Laat zien op de kaart").click()
    assert team.locator("#stop-name").inner_text() == "maandag 23 november 2026"
    for name in ("mensen", "voorstellen van de week"):
        assert team.get_by_role("checkbox", name=name).is_checked()
    assert {"Ans", "Bo", "Cees"} <= set(rows(team))
    assert team.locator("#found").inner_text() == f"Gevonden: {len(rows(team))}"
    team.get_by_role("button", name="English").click()
    assert "Why this proposal?" in about(team)


def test_the_focus_stays_where_somebody_reads(team: Page) -> None:
    """After closing what is told, with its button or with Escape, the keyboard goes on there."""
    for key in ("Enter", "Escape"):
        team.locator("tbody th button").first.click()
        team.locator("#close").focus()
        team.keyboard.press(key)
        assert about(team).startswith("Kies iemand of iets")
        assert team.evaluate("document.activeElement.id") == "about-heading"


def test_the_slider_marks_what_is_new(team: Page) -> None:
    """At the first date nothing is new; at the last the newcomers say so."""
    slider = team.get_by_label("Op welke datum?")
    assert "nieuw" in team.locator("#stop-news").inner_text()
    team.get_by_label("vragen").check()
    assert team.locator("tbody .fresh").count() == 2
    slider.focus()
    team.keyboard.press("ArrowLeft")
    assert team.locator("#stop-name").inner_text() == "zondag 1 februari 2026"
    assert team.locator("tbody .fresh").count() == 0
    assert not [name for name in rows(team) if name.endswith("(Dina)")]


def test_the_language_changes_everything(team: Page) -> None:
    """Words, labels and what is told; and back again."""
    team.get_by_label("Zoek een naam").fill("Cees")
    team.get_by_label("Zoek een naam").press("Enter")
    team.get_by_role("button", name="English").click()
    assert team.evaluate("document.documentElement.lang") == "en"
    assert team.get_by_label("Search for a name").is_visible()
    assert "Talents" in about(team)
    assert "neighbour" in about(team)
    assert not re.search(r"\b(Kent|Talenten|buur)\b", team.locator("body").inner_text())
    team.get_by_role("button", name="Nederlands").click()
    assert "Talenten" in about(team)


def test_the_team_can_look_through_the_eyes_of_others(team: Page) -> None:
    """A preview of the page for residents: no person is left on it."""
    team.get_by_label("Zo ziet dit eruit voor").select_option(label="bewoners")
    body = team.locator("body").inner_text()
    assert "Voorbeeld van wat anderen krijgen" in body
    assert not re.search(r"\b(Ans|Bo|Cees|Dina)\b", body)
    assert "Straatkoor" in rows(team)
    team.get_by_label("Zo ziet dit eruit voor").select_option(label="team")
    assert "Ans" in rows(team)


@pytest.mark.parametrize("name", ["residents", "research"])
def test_others_get_a_page_that_works(name: str, pages: Path, chromium_page: Page) -> None:
    """It opens on what there is, has no week and no other audiences, and can be searched."""
    chromium_page.goto((pages / f"{name}.html").as_uri())
    assert chromium_page.locator("#audiences").is_hidden()
    assert chromium_page.locator("#week").is_hidden()
    chromium_page.get_by_label("Zoek een naam").fill("straatkoor")
    chromium_page.get_by_label("Zoek een naam").press("Enter")
    assert about(chromium_page).startswith("Straatkoor")


def test_hostile_texts_are_only_read(pages: Path, chromium_page: Page) -> None:
    """They are shown letter for letter, in every place, and nothing of them runs."""
    chromium_page.goto((pages / "hostile.html").as_uri())
    for name in rows(chromium_page)[:6]:
        assert "<img src=x" in name or "boodschappen" in name
    chromium_page.locator("tbody th button").first.click()
    assert "</script><img src=x" in about(chromium_page)
    assert chromium_page.locator("img").count() == 0
    assert chromium_page.title() == "Kaart van de buurt – team"


def test_the_page_may_not_reach_out(pages: Path, chromium: Browser) -> None:
    """Its own policy forbids it: a picture is refused, wherever it is from."""
    with opened(chromium) as (page, heard):
        page.goto((pages / "team.html").as_uri())
        refused = page.evaluate(
            """() => new Promise((tell) => {
                addEventListener("securitypolicyviolation", (e) => tell(e.effectiveDirective));
                new Image().src = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";
            })"""
        )
        assert refused == "img-src"
        assert len(heard.errors) == 1


def test_nothing_glides_where_motion_is_unwanted(pages: Path, chromium_page: Page) -> None:
    """The map is in its place at once."""
    chromium_page.emulate_media(reduced_motion="reduce")
    chromium_page.goto((pages / "team.html").as_uri())
    chromium_page.get_by_label("Zoek een naam").fill("Ed")
    chromium_page.get_by_label("Zoek een naam").press("Enter")
    chromium_page.wait_for_timeout(150)
    first = chromium_page.locator("#canvas").screenshot()
    chromium_page.wait_for_timeout(300)
    assert chromium_page.locator("#canvas").screenshot() == first


@pytest.mark.parametrize("name", ["whole", "hostile"])
def test_nothing_falls_off_the_screen(name: str, pages: Path, chromium_page: Page) -> None:
    """No sideways scrolling, from a desk to a phone."""
    chromium_page.goto((pages / f"{name}.html").as_uri())
    for width in (1024, 768, 360):
        chromium_page.set_viewport_size({"width": width, "height": 800})
        assert chromium_page.evaluate("document.documentElement.scrollWidth") <= width


_ALIKE = {"exclude": [["tbody tr:nth-child(n+12)"], ["details.plan:nth-child(n+5)"]]}
"""Rows and proposals that are made as those above them are not looked at again."""


@pytest.mark.parametrize(
    ("name", "widths"), [("team", (1280, 390)), ("residents", (1280,)), ("whole", (1280,))]
)
def test_everybody_can_use_the_page(
    name: str, widths: tuple[int, ...], pages: Path, chromium_page: Page
) -> None:
    """Contrast, names, landmarks, headings: nothing serious is found, also with somebody chosen."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    chromium_page.goto((pages / f"{name}.html").as_uri())
    chromium_page.locator("tbody th button").first.click()
    for details in chromium_page.locator("details.plan > summary").all()[:2]:
        details.click()
    for width in widths:
        chromium_page.set_viewport_size({"width": width, "height": 800})
        found = axe.Axe().run(chromium_page, context=_ALIKE).response["violations"]
        assert [each["id"] for each in found if each["impact"] in SERIOUS] == []


def test_it_prints_with_the_map_the_week_and_the_whole_list(
    pages: Path, chromium_page: Page
) -> None:
    """On paper there are no buttons, and every row of the list is there."""
    chromium_page.goto((pages / "whole.html").as_uri())
    assert chromium_page.locator("tbody tr").count() == 100
    chromium_page.locator("#more").focus()
    chromium_page.keyboard.press("Enter")
    assert (
        chromium_page.locator("tbody th button")
        .nth(100)
        .evaluate("each => each === document.activeElement")
    )
    plan = chromium_page.locator("#plans details").first
    plan.locator("summary").click()
    plan.locator("> button").click()
    chromium_page.emulate_media(media="print")
    printed = chromium_page.pdf(prefer_css_page_size=True)
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) <= 30
    assert chromium_page.locator("tbody tr").count() > 150
    for name in ("#choose", ".zoom", ".choices", "#close", "#about .plan > button"):
        assert chromium_page.locator(name).is_hidden()


def test_on_a_phone_one_finger_scrolls_the_page_and_not_the_map(
    pages: Path, chromium: Browser
) -> None:
    """A swipe over the map moves the page; two fingers, or one after a tap on it, the map."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 780}, has_touch=True, is_mobile=True, offline=True
    )
    try:
        page = context.new_page()
        page.goto((pages / "team.html").as_uri())
        touch = context.new_cdp_session(page)

        def swipe(fingers: int = 1) -> tuple[bool, bool]:
            """Swipe up over the map; tell whether the page moved, and whether the map did."""
            page.locator("#canvas").evaluate("at => at.scrollIntoView({block: 'center'})")
            page.wait_for_timeout(200)
            box = page.locator("#canvas").bounding_box()
            assert box is not None
            before = page.evaluate("[scrollY, canvas._cyreg.cy.pan().y]")
            x, y = box["x"] + 60, box["y"] + box["height"] * 0.8

            def at(up: float) -> list[dict[str, float]]:
                return [{"x": x + 90 * n, "y": y - up, "id": n} for n in range(fingers)]

            send = "Input.dispatchTouchEvent"
            touch.send(send, {"type": "touchStart", "touchPoints": at(0)})
            for step in range(1, 13):
                touch.send(send, {"type": "touchMove", "touchPoints": at(12 * step)})
                page.wait_for_timeout(16)
            touch.send(send, {"type": "touchEnd", "touchPoints": []})
            page.wait_for_timeout(300)
            after = page.evaluate("[scrollY, canvas._cyreg.cy.pan().y]")
            return abs(after[0] - before[0]) > 20, abs(after[1] - before[1]) > 20

        assert swipe() == (True, False)
        assert swipe(fingers=2) == (False, True)
        page.locator("#canvas").tap(position={"x": 8, "y": 8})
        assert swipe() == (False, True)
        page.locator("h1").first.tap()
        assert swipe() == (True, False)
    finally:
        context.close()
