"""What stands on the report for the council (S25, S30, S31, S43, S51, S54)."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Mapping
from pathlib import Path

from assetmap.model import Neighbourhood
from assetmap.report import council_html, gather_council
from tests.acceptance.stories import files, put

FIRST, LAST = dt.date(2026, 6, 1), dt.date(2026, 11, 30)
_TABLE = re.compile(r"<caption[^>]*>([^<]*)</caption>(.*?)</table>", re.DOTALL)
_CELL = re.compile(r"<t[hd][^>]*>([^<]*)</t[hd]>")


def _page(hood: Neighbourhood, lang: str = "en", before: Neighbourhood | None = None) -> str:
    return council_html(gather_council(hood, first=FIRST, last=LAST, before=before), lang)


def _table(page: str, caption: str) -> list[list[str]]:
    """Return the rows of a table on the page, headings first."""
    found = dict(_TABLE.findall(page))
    return [_CELL.findall(row) for row in found[caption].split("<tr>")[1:]]


# --- S25: referral in two directions -------------------------------------------------------------

_NUMBERS = itertools.count(1)


PEOPLE = tuple(f"b{n}" for n in range(12))
"""Twelve residents, who ask in turn."""


def _passed(number: int, from_: str, to: str, status: str) -> list[str]:
    rows = [f"r{next(_NUMBERS)};q{k % 12};{from_};{to}" for k in range(number)]
    return [f"{row};2026-10-12;{status}" for row in rows]


PASSED: Mapping[str, str] = {
    "people": "\n".join(["person", *PEOPLE]),
    "needs": "\n".join(
        ["need;owner;category", *(f"q{k};{who};odd_jobs" for k, who in enumerate(PEOPLE))]
    ),
    "organisations": "organisation;name;kind\nteam;Wijkteam;wijkteam",
    "initiatives": "initiative;name\njobs;Diagonaal",
    "referrals": "\n".join(
        [
            "referral;need;from_party;to_party;date;status",
            *_passed(20, "team", "jobs", "taken"),
            *_passed(10, "team", "jobs", "open"),
            *_passed(10, "jobs", "team", "returned"),
        ]
    ),
}


def test_S25_the_page_counts_both_directions_what_is_open_and_what_came_back(
    tmp_path: Path,
) -> None:
    """Thirty to the residents, of which ten wait; ten to the team, which came back."""
    page = _page(files(tmp_path, PASSED))
    assert "about 40 questions were passed on" in page
    assert _table(page, "Who passed questions on to whom")[1:] == [
        ["from residents to professionals", "10"],
        ["from professionals to residents", "30"],
    ]
    assert _table(page, "What became of questions that were passed on") == [
        ["Direction", "Still waiting", "Taken up", "Returned"],
        ["from professionals to residents", "10", "20", "0"],
        ["from residents to professionals", "0", "0", "10"],
    ]


# --- S30 and S31: where questions come from ------------------------------------------------------


def _asked(number: int, source: str, channel: str, people: tuple[str, ...] = PEOPLE) -> list[str]:
    asked = [(next(_NUMBERS), people[k % len(people)]) for k in range(number)]
    return [f"q{n};{who};shopping;{source};{channel};2026-10-12" for n, who in asked]


HEARD: Mapping[str, str] = {
    "people": "\n".join(["person", *PEOPLE]),
    "organisations": "organisation;name;kind\nmove;Praktijk Beweeg;Fysiotherapeut",
    "needs": "\n".join(
        [
            "need;owner;category;source;channel;since",
            *_asked(10, "Praktijk Beweeg", "partner"),
            *_asked(15, "kerk", "church"),
            *_asked(5, "buurvrouw Wendelmoed", "drop_in"),
        ]
    ),
}


def test_S30_the_page_counts_questions_by_who_referred_them(tmp_path: Path) -> None:
    """A practice by its name, churches by their kind, and nobody's name."""
    page = _page(files(tmp_path, HEARD))
    assert _table(page, "Through whom")[1:] == [
        ["church", "15"],
        ["other", "5"],
        ["Praktijk Beweeg", "10"],
    ]
    assert "Wendelmoed" not in page


def test_S31_the_page_counts_questions_by_channel_without_a_form(tmp_path: Path) -> None:
    """Church, drop-in and partner stand beside each other; a question need not be formal."""
    page = _page(files(tmp_path, HEARD), "nl")
    assert _table(page, "Langs welke weg")[1:] == [
        ["inloop", "5"],
        ["kerk", "15"],
        ["via een partner", "10"],
    ]
    assert "Een vraag hoeft niet officieel te zijn om mee te tellen." in page


def test_S25_forty_referrals_of_one_person_are_of_one_person(tmp_path: Path) -> None:
    """The numbers are as large; the person behind all of them is one, and none is shown."""
    own = {**PASSED, "needs": re.sub(r"b\d+", "b0", PASSED["needs"])}
    page = _page(files(tmp_path, own))
    assert "Questions were passed on, but too few to show the number." in page
    assert "Who passed questions on to whom" not in page


def test_S30_S31_thirty_questions_of_one_person_are_of_one_person(tmp_path: Path) -> None:
    """Nor does a church show how often a single person came to it."""
    own = {**HEARD, "needs": re.sub(r";b\d+;", ";b0;", HEARD["needs"])}
    page = _page(files(tmp_path, own))
    assert "Through whom" not in page
    mixed = "\n".join(_asked(15, "kerk", "church", PEOPLE[:1]))
    most = {**HEARD, "needs": "\n".join([HEARD["needs"], mixed])}
    rows = _table(_page(files(tmp_path, most)), "Through whom")[1:]
    assert "church" not in [row[0] for row in rows]


# --- S43 and S54: from idea to independent, and into sight ---------------------------------------

LIFE: Mapping[str, str] = {
    "people": "person;kind\nward;worker\n" + "\n".join(f"b{n};" for n in range(10)),
    "initiatives": """
        initiative;name;status;status_since;found_on;visible;manager
        plot;Moestuin;independent;2026-09-01;2025-03-01;yes;b0
        choir;Koor;running;2024-01-01;2026-10-05;yes;b1
        knit;Breigroep;idea;2026-10-01;;;b2
        """,
    "memberships": "\n".join(
        [
            "member;party;hours_week;since",
            "ward;plot;2;2025-04-01",
            *(f"b{n};choir;;2026-0{5 if n < 5 else 9}-01" for n in range(10)),
        ]
    ),
}


def test_S43_the_page_tells_the_stages_the_steps_and_where_effort_can_go_down(
    tmp_path: Path,
) -> None:
    """The garden came to stand on its own in the period; a worker still gives it hours."""
    hood = files(tmp_path, LIFE)
    rows = put(LIFE["initiatives"], "plot", status="running")
    rows = put(rows, "choir", status="independent")
    before = files(tmp_path, {**LIFE, "initiatives": rows})
    page = _page(hood, before=before)
    assert _table(page, "Initiatives by stage")[1:] == [
        ["idea", "1", "1", ""],
        ["running", "1", "0", "Koor"],
        ["independent", "1", "1", "Moestuin"],
    ]
    assert "A professional still works with 1 of them." in page
    assert _table(page, "Steps since the earlier moment")[1:] == [
        ["a stage further", "1"],
        ["taken up again", "1"],
    ]


def test_S54_the_page_tells_what_was_found_what_is_not_met_and_what_grew(tmp_path: Path) -> None:
    """The choir was found this period and grew from five to ten; the knitters are not met."""
    page = _page(files(tmp_path, LIFE))
    assert "In this period the team heard of 1 initiative. These can be named: Koor." in page
    assert "The team has no contact yet with 1 initiative.</p>" in page
    assert _table(page, "Residents who take part")[1:] == [["Koor", "5", "10"]]
    assert "Breigroep" not in page


# --- S51: the right to challenge -----------------------------------------------------------------


def test_S51_the_page_tells_of_challenges_and_who_does_the_task_now(tmp_path: Path) -> None:
    """One is talked over, one was agreed: there the initiative does what the town did."""
    hood = files(
        tmp_path,
        {
            "organisations": "organisation;name;kind\ntown;Gemeente;gemeente",
            "initiatives": "initiative;name;visible\nplay;Speeltuin;yes\ngreen;Groengroep;yes",
            "agreements": """
                agreement;kind;from_party;to_party;about;claim;status
                ag1;challenge;town;play;speeltuin beheren;better;negotiating
                ag2;challenge;town;green;gras maaien;cheaper;agreed
                """,
        },
    )
    page = _page(hood)
    assert "Residents said 2 times: we can take over this task." in page
    assert _table(page, "Right to challenge")[1:] == [
        ["Groengroep", "Gemeente", "cheaper", "agreed", "those who want the task"],
        ["Speeltuin", "Gemeente", "better", "being talked over", "those who had the task"],
    ]
