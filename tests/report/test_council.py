"""The report for a council: what it counts, what it hides, and what stands on it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from dataclasses import replace

import pytest
from openpyxl import load_workbook

import assetmap
from assetmap.errors import PrivacyError, UnusableInput
from assetmap.model import (
    Agreement,
    Area,
    Initiative,
    Membership,
    Need,
    Neighbourhood,
    Organisation,
    Person,
    Record,
    Talent,
    Visit,
)
from assetmap.privacy import Audience
from assetmap.report import council_files, council_html, gather, gather_council
from assetmap.report.council_tables import Sheet, topics

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 6, 30)


def _people(number: int) -> list[Record]:
    return [Person(person=f"p{k}", called=f"Wendelmoed{k}", area="north") for k in range(number)]


def _hood(*records: Record) -> Neighbourhood:
    return Neighbourhood.from_records(*records)


def _sheets(hood: Neighbourhood, lang: str = "en", **more: object) -> dict[str, Sheet]:
    facts = gather_council(hood, first=FIRST, last=LAST, **more).value  # type: ignore[arg-type]
    return {sheet.key: sheet for topic in topics(facts, lang) for sheet in topic.sheets}


def _lines(hood: Neighbourhood, key: str, lang: str = "en") -> tuple[str, ...]:
    facts = gather_council(hood, first=FIRST, last=LAST).value
    return next(topic.lines for topic in topics(facts, lang) if topic.key == key)


def test_talents_and_questions_are_counted_by_theme_and_area() -> None:
    """Twelve offer a ride and seven ask a meal: rounded to fives, talents first."""
    people = _people(12)
    talents = [Talent(talent=f"t{k}", owner=f"p{k}", category="ride") for k in range(12)]
    needs = [Need(need=f"n{k}", owner=f"p{k}", category="meal") for k in range(7)]
    sheets = _sheets(_hood(Area(area="north", name="Noord"), *people, *talents, *needs))
    assert sheets["themes"].rows == (("ride", 10, 0), ("eating together", 0, 5))
    assert sheets["areas"].rows == (("Noord", 10, 5),)
    assert sheets["talents"].columns == ("Theme", "Noord")


@pytest.mark.parametrize(("askers", "shown"), [(4, False), (5, True)])
def test_few_people_are_not_shown(askers: int, shown: bool) -> None:
    """Four who ask are too few; five are not."""
    needs = [Need(need=f"n{k}", owner=f"p{k}", category="meal") for k in range(askers)]
    assert ("themes" in _sheets(_hood(*_people(5), *needs))) is shown


def test_many_questions_of_one_person_are_one() -> None:
    """The number of questions would show what a single person asks."""
    needs = [Need(need=f"n{k}", owner="p0", category="garden") for k in range(9)]
    assert "themes" not in _sheets(_hood(*_people(5), *needs))


def test_only_what_is_there_on_the_last_day_counts() -> None:
    """A talent that ended and a question that was closed are not open any more."""
    ended = [
        Talent(talent=f"t{k}", owner=f"p{k}", category="ride", until="2026-06-29") for k in range(6)
    ]
    closed = [
        Need(need=f"n{k}", owner=f"p{k}", category="meal", closed_on="2026-06-30") for k in range(6)
    ]
    assert "themes" not in _sheets(_hood(*_people(6), *ended, *closed))


def test_safety_and_what_is_sensitive_count_nowhere() -> None:
    """Not even as a number that is large enough."""
    safety = [Need(need=f"n{k}", owner=f"p{k}", category="violence") for k in range(8)]
    secret = [
        Need(need=f"m{k}", owner=f"p{k}", category="meal", sensitive=True, channel="church")
        for k in range(8)
    ]
    assert _sheets(_hood(*_people(8), *safety, *secret)) == {}


def test_an_initiative_is_named_only_when_it_may_be_shown() -> None:
    """Not one that is not public, nor one with somebody's name in it; each is counted."""
    hood = _hood(
        Person(person="p1", called="Wendelmoed"),
        Initiative(initiative="i1", name="Moestuin", status="running", visible=True),
        Initiative(initiative="i2", name="Stille tafel", status="running"),
        Initiative(initiative="i3", name="Tuin van Wendelmoed", status="running", visible=True),
    )
    assert _sheets(hood)["stages"].rows == (("running", 3, 0, "Moestuin"),)
    page = council_html(gather_council(hood, first=FIRST, last=LAST), "nl")
    assert "Stille tafel" not in page
    assert "Wendelmoed" not in page


def test_where_effort_can_go_down_is_counted() -> None:
    """Of two that stand on their own one still has hours of a worker."""
    hood = _hood(
        Person(person="w1", kind="worker"),
        Initiative(initiative="i1", name="Moestuin", status="independent"),
        Initiative(initiative="i2", name="Koor", status="independent"),
        Membership(member="w1", party="i1", hours_week=2),
    )
    assert _lines(hood, "stages")[1:] == (
        "2 initiatives stand on their own.",
        "A professional still works with 1 of them. Talk over whether that can be less.",
    )


def test_the_steps_since_an_earlier_moment() -> None:
    """One came a stage further; without an earlier moment no step is told."""
    before, after = (
        _hood(Initiative(initiative="i1", name="Koor", status=status))
        for status in ("idea", "running")
    )
    assert _sheets(after, before=before)["steps"].rows == (("a stage further", 1),)
    assert "steps" not in _sheets(after)
    facts = gather_council(after, first=FIRST, last=LAST, before=after).value
    told = next(topic.lines for topic in topics(facts, "en") if topic.key == "stages")
    assert told[-1] == "Since the earlier moment no initiative came to another stage."


def test_a_challenge_is_told_without_the_words_of_the_task() -> None:
    """A task is free text, in which people may have written a name."""
    hood = _hood(
        Organisation(organisation="town", name="Gemeente", kind="gemeente"),
        Initiative(initiative="i1", name="Speeltuin", visible=True),
        Agreement(
            agreement="ag1",
            kind="challenge",
            from_party="town",
            to_party="i1",
            about="het veld van oude Gijsbrecht",
            claim="cheaper",
            status="running",
        ),
    )
    (row,) = _sheets(hood)["challenges"].rows
    assert row == ("Speeltuin", "Gemeente", "cheaper", "running", "those who want the task")
    assert "Gijsbrecht" not in council_html(gather_council(hood, first=FIRST, last=LAST))


@pytest.mark.parametrize(("since", "rows"), [(LAST, 1), (LAST + dt.timedelta(days=1), 0)])
def test_a_challenge_of_after_the_period_is_not_in_it(since: dt.date, rows: int) -> None:
    """What residents asked for in autumn is not in a report on the spring."""
    hood = _hood(
        Organisation(organisation="town", name="Gemeente", kind="gemeente"),
        Initiative(initiative="i1", name="Speeltuin", visible=True),
        Agreement(
            agreement="ag1",
            kind="challenge",
            from_party="town",
            to_party="i1",
            claim="cheaper",
            status="proposed",
            since=since,
        ),
    )
    assert len(gather_council(hood, first=FIRST, last=LAST).value.challenges) == rows


def test_doors_stand_by_area_never_by_street() -> None:
    """Of 200 doors 101 opened: half of them, after rounding; the street is told nowhere."""
    doors = [
        Visit(
            visit=f"v{k}",
            date="2026-05-11",
            area="north",
            street=f"Straat {k % 40}",
            reached="yes" if k < 101 else "no",
        )
        for k in range(200)
    ]
    hood = _hood(Area(area="north", name="Noord: oud"), *doors)
    assert _sheets(hood)["doors"].rows == (("Noord: oud", 100, 100),)
    assert _lines(hood, "doors")[0].startswith("About 200 doors were rung. At about 50 per cent")
    assert "Straat" not in council_html(gather_council(hood, first=FIRST, last=LAST))


def test_the_share_of_residents_has_the_claim_beside_it_as_a_comparison() -> None:
    """Nothing is known: that is said, and no share is made up."""
    assert _lines(_hood(), "share") == (
        "How much residents do and how much professionals do cannot be said.",
    )


def test_nothing_filled_in_is_not_nothing_there() -> None:
    """An empty neighbourhood gives a page that says so under every heading."""
    page = council_html(gather_council(_hood(), first=FIRST, last=LAST), "nl")
    assert page.count("Dat betekent niet dat er niets is.") >= 5


def test_whether_proposals_reach_everybody_alike() -> None:
    """With a run the groups are counted; small groups are not shown."""
    needs = [Need(need=f"n{k}", owner=f"p{k}", category="meal", talked=True) for k in range(6)]
    hood = _hood(*_people(6), *needs)
    run = assetmap.propose(hood, "2026-W26")
    assert _sheets(hood, proposals=run)["fair-area"].rows == (("north", 0, 5),)


def test_markup_and_formulas_stay_text() -> None:
    """A name that is markup is escaped, and one that is a formula is no formula."""
    hood = _hood(
        Initiative(initiative="i1", name="<b>&Koor", status="running", visible=True),
        Initiative(initiative="i2", name="=1+1", status="idea", visible=True),
    )
    released = gather_council(hood, first=FIRST, last=LAST)
    page = council_html(released, "en")
    assert "&lt;b&gt;&amp;Koor" in page
    assert "<b>" not in page
    files = council_files(released, "en")
    rows = list(csv.reader(io.StringIO(files["stages.csv"].decode())))
    assert rows[1][3] == "'=1+1"
    book = load_workbook(io.BytesIO(files["report.xlsx"]))
    cells = [cell for row in book["Initiatives by stage"].iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == "=1+1"] == ["s"]


def test_the_workbook_says_what_it_is_about() -> None:
    """The first sheet tells the period, and what a hidden count looks like."""
    book = council_files(gather_council(_hood(), first=FIRST, last=LAST), "nl")["verslag.xlsx"]
    told = [row[0].value for row in load_workbook(io.BytesIO(book)).worksheets[0].iter_rows()]
    assert "1 januari 2026" in told[1]
    assert told[3].startswith("Een – betekent")


def test_two_areas_of_one_name_keep_a_column_each() -> None:
    """In a file every heading is one of its own, so that no column is lost."""
    people = [
        Person(person=f"{area}{k}", area=area)
        for area in ("a", "b")
        for k in range(5 + (area == "b") * 5)
    ]
    talents = [Talent(talent=f"t{p.person}", owner=p.person, category="ride") for p in people]
    areas = [Area(area="a", name="Noord"), Area(area="b", name="Noord")]
    files = council_files(
        gather_council(_hood(*areas, *people, *talents), first=FIRST, last=LAST), "en"
    )
    assert files["talents.csv"].decode().splitlines() == [
        "Theme,Noord,Noord (2)",
        "ride,5,10",
    ]


def test_a_wide_table_is_cut_into_parts_that_fit() -> None:
    """Eight areas stand in two tables, each with its own headings and all of the numbers."""
    people = [Person(person=f"{area}{k}", area=area) for area in "abcdefgh" for k in range(5)]
    talents = [Talent(talent=f"t{p.person}", owner=p.person, category="ride") for p in people]
    page = council_html(gather_council(_hood(*people, *talents), first=FIRST, last=LAST), "en")
    assert "Talents by theme and area (1 of 2)" in page
    assert "Talents by theme and area (2 of 2)" in page
    second = page.partition("(2 of 2)")[2].partition("</table>")[0]
    assert re.findall(r'<th scope="col"[^>]*>([^<]*)<', second) == ["Theme", "g", "h"]


def test_the_page_loads_nothing_and_is_for_the_council_only() -> None:
    """Its own policy forbids all that is not style; another audience's facts are refused."""
    released = gather_council(_hood(), first=FIRST, last=LAST)
    page = council_html(released)
    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|href)=\"(?!#)", page)
    with pytest.raises(PrivacyError):
        council_html(gather(assetmap.propose(_hood(), "2026-W26")))  # type: ignore[arg-type]
    with pytest.raises(PrivacyError):
        council_files(released.value)  # type: ignore[arg-type]
    assert released.audience is Audience.COUNCIL


def test_a_period_must_be_one() -> None:
    """The last day may not lie before the first."""
    with pytest.raises(UnusableInput, match="last lies before first"):
        gather_council(_hood(), first=LAST, last=FIRST)


def test_the_order_of_the_rows_does_not_matter() -> None:
    """The same tables in another order give the same page."""
    people = _people(12)
    talents = [Talent(talent=f"t{k}", owner=f"p{k}", category="ride") for k in range(12)]
    initiatives = [
        Initiative(initiative=f"i{k}", name=f"Koor {9 - k}", status="running", visible=True)
        for k in range(9)
    ]
    hood = _hood(*people, *talents, *initiatives)
    turned = replace(
        hood,
        people=hood.people[::-1],
        talents=hood.talents[::-1],
        initiatives=hood.initiatives[::-1],
    )
    pages = {council_html(gather_council(h, first=FIRST, last=LAST)) for h in (hood, turned)}
    assert len(pages) == 1
