"""A scan from door to door, a wish for contact, and who does what is done (S39, S81, S82)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from assetmap import overview
from assetmap.errors import PrivacyError
from assetmap.privacy import Audience, release
from tests.acceptance.stories import everywhere, files, more, put

DAY = dt.date(2026, 11, 23)

# --- S81: 200 doors, 101 reached -----------------------------------------------------------------


def _doors() -> str:
    """Two streets of a hundred doors: 61 opened in the one, 40 in the other."""
    opened = {"Lindeplein": 61, "Kade": 40}
    lines = [
        f"{street.lower()}{at:03};2026-10-01;north;{street};{'yes' if at < reached else 'no'}"
        for street, reached in opened.items()
        for at in range(100)
    ]
    return more("visit;date;area;street;reached", *lines)


TOLD = [
    *(f"i{at};2026-10-01;idea;garden;lindeplein{at:03}" for at in range(8)),
    *(f"t{at};2026-10-01;talent;meal;lindeplein{at:03}" for at in range(12)),
    *(f"n{at};2026-10-01;need;company;kade{at:03}" for at in range(9)),
    "c0;2026-10-01;concern;traffic;kade001",
]
SCAN = {"visits": _doors(), "observations": more("observation;date;kind;category;visit", *TOLD)}


def test_S81_of_200_doors_101_opened(tmp_path: Path) -> None:
    """The reach is 50.5 %, between 43.6 and 57.4; per street as well."""
    found = overview.door_to_door(everywhere(tmp_path, SCAN))
    assert found.doors() == 200
    assert found.share() == pytest.approx(0.505)
    low, high = found.interval() or (0, 0)
    assert (round(100 * low, 1), round(100 * high, 1)) == (43.6, 57.4)
    assert found.share("north: Lindeplein") == pytest.approx(0.61)
    assert found.streets.cells["north: Kade", "no_answer"] == 60


def test_S81_needs_ideas_and_talents_of_those_who_opened(tmp_path: Path) -> None:
    """Ideas are counted next to problems, talents first; what nobody told is told by nobody."""
    found = overview.door_to_door(everywhere(tmp_path, SCAN))
    assert {row: found.heard.row_totals[row] for row in found.heard.rows} == {
        "concern": 1,
        "idea": 8,
        "need": 9,
        "talent": 12,
    }
    kinds = [ref[0] for ref in found.observations]
    assert kinds == ["t"] * 12 + ["i"] * 8 + ["n"] * 9 + ["c"]


def test_S81_no_answer_is_no_answer_and_blank_is_unknown(tmp_path: Path) -> None:
    """A door that nobody filled in is not one where nobody was in, nor a note there a talk."""
    blank = put(SCAN["visits"], "kade000", reached="")
    closed = more(SCAN["observations"], "x;2026-10-01;idea;garden;kade099")
    found = overview.door_to_door(files(tmp_path, {"visits": blank, "observations": closed}))
    assert found.streets.cells["north: Kade", "unknown"] == 1
    assert (found.doors(), found.doors("north: Kade")) == (199, 99)
    assert "x" not in found.observations


def test_S81_small_numbers_stay_with_the_team(tmp_path: Path) -> None:
    """The council sees the reach of the whole; one concern is hidden, and what gives it away."""
    found = overview.door_to_door(everywhere(tmp_path, SCAN))
    outside = release(found, Audience.COUNCIL).value
    assert outside.doors() == 200
    assert outside.heard.cells["concern", "traffic"] is None
    assert outside.observations == ()


# --- S82: the informal and the professional share ------------------------------------------------

SHARED = {
    "people": """
        person;kind
        asks;
        ans;
        bo;
        ward;worker
        """,
    "initiatives": "initiative;name\nsoup;Soepgroep",
    "activities": "activity;name;category;start;initiative\na1;Soep;meal;2026-01-09 12:00;soup",
    "talents": "talent;owner;category;role\nt1;bo;nursing;professional",
    "needs": more(
        "need;owner;category", *(f"n{at};asks;shopping" for at in range(9)), "n9;asks;nursing"
    ),
    "arrangements": more(
        "arrangement;need;leg;provider;talent;since;until",
        *(f"r{at};n{at};help;ans;;2026-01-01;" for at in range(7)),
        "r7;n7;activity;a1;;2026-01-01;",
        "r8;n8;help;ward;;2025-01-01;2025-12-31",
        "r9;n9;help;bo;t1;2026-01-01;",
    ),
    "decisions": "plan;need;provider;date;decision\nn8-x;n8;ans;2026-11-20;done",
    "memberships": "member;party;hours_week\nans;soup;9",
    "team_hours": "week;worker;purpose;hours\n2026-W45;ward;cases;4\n2026-W45;ward;other;30",
}


def test_S82_nine_of_ten_questions_are_answered_by_residents(tmp_path: Path) -> None:
    """A nurse next door who does it for a living is a professional; the ladies of the soup not."""
    hood = everywhere(tmp_path, SHARED)
    found = overview.informal_share(hood, first=dt.date(2026, 11, 2), last=dt.date(2026, 11, 29))
    assert (found.residents, found.professionals, found.neither) == (9, 1, 0)
    assert found.by_questions == pytest.approx(overview.COMPARISON)
    assert (found.resident_hours, found.professional_hours) == (36.0, 4.0)
    assert found.by_hours == pytest.approx(0.9)
    assert found.said("nl") == (
        "Bij 90 procent van wat er gedaan is, deden bewoners het. "
        "Ter vergelijking: in de praktijk wordt wel 90 procent genoemd. Dat is geen doel."
    )
    outside = release(found, Audience.COUNCIL).value
    assert (outside.professionals, outside.by_questions) == (None, None)
    assert outside.said("nl").endswith("is niet te zeggen.")


def test_S82_the_year_before_was_another_share(tmp_path: Path) -> None:
    """In 2025 only the worker did something; hours that nobody wrote down are not nought."""
    hood = everywhere(tmp_path, SHARED)
    found = overview.informal_share(hood, first=dt.date(2025, 1, 1), last=dt.date(2025, 12, 31))
    assert (found.residents, found.professionals) == (0, 1)
    assert found.by_questions == 0.0
    assert (found.professional_hours, found.by_hours) == (None, None)


# --- S39: a wish for contact ---------------------------------------------------------------------

WISHES = {
    "people": more(
        "person;kind;area;worker",
        *(f"p{at:02};;north;ward" for at in range(12)),
        "q0;;south;wim",
        "ward;worker;;",
        "wim;worker;;",
    ),
    "needs": more(
        "need;owner;category;since;closed_on",
        *(f"n{at:02};p{at:02};company;2026-10-01;" for at in range(10)),
        "n10;p00;company;2026-10-08;",
        "n11;p11;company;2026-10-08;2026-11-01",
        "m0;q0;company;2026-10-01;",
    ),
    "observations": """
        observation;date;kind;category;area;speaker;household
        o1;2026-10-01;need;company;north;p01;
        o2;2026-10-01;need;company;north;p10;
        o3;2026-10-01;need;company;north;;h7
        o4;2026-10-08;need;company;north;;h7
        o5;2025-10-08;need;company;south;;h8
        """,
}


def test_S39_everybody_who_said_it_counts_once_where_they_live(tmp_path: Path) -> None:
    """Twelve in the north: ten questions that are open, one told, and one household."""
    hood = everywhere(tmp_path, WISHES)
    found = overview.contact_wishes_by_area(hood, asof=DAY).table
    assert found.row_totals == {"north": 12, "south": 1}
    assert len(overview.contact_wishes(hood, asof=DAY).people) == 12


def test_S39_only_protected_counts_leave_and_the_list_goes_to_the_own_worker(
    tmp_path: Path,
) -> None:
    """One in the south is hidden, and what would give it away; Wim reads of his own resident."""
    hood = everywhere(tmp_path, WISHES)
    found = overview.contact_wishes(hood, asof=DAY)
    (own,) = release(found, Audience.TEAM, reader="wim").value.people
    assert (own.person, own.since) == ("person:q0", dt.date(2026, 10, 1))
    for audience in (Audience.COUNCIL, Audience.RESIDENTS, Audience.RESEARCH):
        with pytest.raises(PrivacyError):
            release(found, audience)
        outside = release(overview.contact_wishes_by_area(hood, asof=DAY), audience).value.table
        assert outside.row_totals["south"] is None
        assert None in {outside.row_totals["north"], outside.total}
