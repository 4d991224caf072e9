"""Areas without structures, and villages without a volunteer (S36, S78)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from assetmap import Neighbourhood, overview
from assetmap.overview import Known
from assetmap.privacy import Audience, release
from tests.acceptance.stories import everywhere, files, less, more, put

DAY = dt.date(2026, 11, 23)

# --- S36: a neighbourhood without structures; empty is "unknown" ---------------------------------

NORTH_SOUTH = {
    "areas": """
        area;name;parent;population
        ns;Noord-Zuid;;14000
        dune;Duinbuurt;ns;2000
        lane;Laanbuurt;ns;3000
        quay;Kadebuurt;ns;
        """,
    "people": """
        person;kind;area;ties_asked_on
        p1;;dune;2026-09-01
        p2;;dune;2026-09-01
        p3;;lane;2026-09-01
        p4;;lane;2026-09-01
        p5;;lane;
        """,
    "places": """
        place;name;area
        house;Buurthuis;lane
        """,
    "initiatives": """
        initiative;name;area;place;status
        table;De Tafel;;house;
        old;De Oude Club;dune;;ended
        """,
    "activities": """
        activity;name;category;start;rrule;initiative;area
        soup;Soep;meal;2026-01-09 12:00;elke vrijdag;table;
        feast;Feest;meal;2026-05-01 12:00;;;dune
        """,
    "ties": """
        a;b;kind;reported_by
        p3;p4;neighbour;p3
        p4;p3;neighbour;p4
        p2;p3;friend;p2
        """,
}


def test_S36_nothing_to_meet_at_is_told_with_the_numbers_behind_it(tmp_path: Path) -> None:
    """Of three areas one has a house and a soup, one has nothing, of one nothing is known."""
    found = overview.structures(everywhere(tmp_path, NORTH_SOUTH), asof=DAY)
    by = {each.area: each for each in found.areas}
    assert {area: each.meeting for area, each in by.items()} == {
        "dune": Known.NONE,
        "lane": Known.THERE,
        "ns": Known.THERE,
        "quay": Known.UNKNOWN,
    }
    assert found.where(Known.NONE) == ("dune",)
    dune, lane = by["dune"], by["lane"]
    assert (dune.places, dune.activities, dune.initiatives) == (0, 0, 0)
    assert (dune.population, dune.residents, dune.asked, dune.ties) == (2000, 2, 2, 0)
    assert (lane.places, lane.activities, lane.initiatives) == (1, 1, 1)
    assert (lane.residents, lane.asked, lane.ties) == (3, 2, 1)
    assert dune.density == 0
    assert lane.density == pytest.approx(1 / 3)
    assert (by["ns"].residents, by["ns"].ties, found.unplaced) == (5, 2, 0)


def test_S36_no_data_reads_unknown_and_not_none(tmp_path: Path) -> None:
    """An area of which nobody filled in anything, and a table that nobody filled in."""
    hood = everywhere(tmp_path, NORTH_SOUTH)
    quay = next(each for each in overview.structures(hood, asof=DAY).areas if each.area == "quay")
    assert (
        quay.said("nl")
        == "Kadebuurt: plekken: onbekend; activiteiten: onbekend; initiatieven: onbekend."
    )
    assert quay.density is None
    without = {**NORTH_SOUTH, "places": "place;name", "initiatives": "initiative;name"}
    without["activities"] = "activity;name;category;start"
    empty = overview.structures(files(tmp_path, without), asof=DAY)
    assert {each.meeting for each in empty.areas} == {Known.UNKNOWN}
    nobody = {**NORTH_SOUTH, "people": put(NORTH_SOUTH["people"], "p1", ties_asked_on="")}
    nobody["people"] = put(nobody["people"], "p2", ties_asked_on="")
    dune = overview.structures(files(tmp_path, nobody), asof=DAY).areas[0]
    assert (dune.area, dune.density) == ("dune", None)
    assert overview.structures(Neighbourhood(), asof=DAY).areas == ()


def test_S36_an_activity_in_the_next_area_is_within_reach(tmp_path: Path) -> None:
    """Beside the lane, by whichever says so; what is beside an unknown area stays unknown."""
    areas = put(NORTH_SOUTH["areas"], "lane", adjacent="dune")
    found = overview.structures(everywhere(tmp_path, {**NORTH_SOUTH, "areas": areas}), asof=DAY)
    reach = {each.area: each.within_reach for each in found.areas}
    assert reach == {"dune": 1, "lane": 1, "ns": 1, "quay": None}
    apart = overview.structures(files(tmp_path, NORTH_SOUTH), asof=DAY)
    assert {each.area: each.within_reach for each in apart.areas}["dune"] == 0


def test_S36_what_could_lie_anywhere_is_told(tmp_path: Path) -> None:
    """A place without an area may lie in any; it is counted apart and reads as nowhere."""
    places = more(NORTH_SOUTH["places"], "barn;De Schuur;")
    found = overview.structures(files(tmp_path, {**NORTH_SOUTH, "places": places}), asof=DAY)
    assert found.unplaced == 1
    assert found.areas[0].said("nl") == (
        "Duinbuurt: plekken: geen; activiteiten: geen; initiatieven: geen."
    )


def test_S36_numbers_of_people_leave_only_when_large_enough(tmp_path: Path) -> None:
    """Places are no secret; three residents are."""
    found = overview.structures(everywhere(tmp_path, NORTH_SOUTH), asof=DAY)
    outside = release(found, Audience.COUNCIL).value
    lane = next(each for each in outside.areas if each.area == "lane")
    assert (lane.places, lane.residents, lane.ties, lane.density) == (1, None, None, None)


# --- S78: which villages have no volunteer -------------------------------------------------------

VILLAGES = [f"kern{n:02};village;Kern {n};all" for n in range(1, 14)]
COVER = {
    "areas": more("area;scheme;name;parent", "all;own;Gemeente;", *VILLAGES, "hamlet;own;;kern03"),
    "organisations": more(
        "organisation;name;kind",
        *(f"t{n};Team {n};dorpsteam" for n in range(6)),
        "club;Club;vereniging",
    ),
    "people": more(
        "person;kind;area;share;minor",
        *(f"v{n:02};;kern{n:02};yes;" for n in range(4, 13)),
        "v03;;hamlet;yes;",
        "out;;kern01;yes;",
        "wants;;kern13;yes;",
        "cooks;;kern13;;",
        "quiet;;kern13;no;",
        "young;;kern13;yes;yes",
        "lost;;;yes;",
        "w1;worker;kern01;;",
    ),
    "memberships": more(
        "member;party;role;until",
        *(f"v{n:02};t{n % 6};vrijwilliger;" for n in range(3, 13)),
        "out;t1;vrijwilliger;2026-10-01",
        "out;club;lid;",
        "lost;t2;vrijwilliger;",
        "w1;t1;in dienst;",
    ),
    "talents": more(
        "talent;owner;category", "t1;cooks;meal", "t2;quiet;meal", "t3;young;meal", "t4;wants;ride"
    ),
    "needs": more("need;owner;category", "n1;wants;volunteering"),
}


def test_S78_thirteen_rows_and_the_villages_without_a_volunteer(tmp_path: Path) -> None:
    """Kern 1 lost hers, of 2 and 13 nobody is in a team; a hamlet counts for its village."""
    found = overview.coverage(everywhere(tmp_path, COVER), asof=DAY)
    assert len(found.villages) == 13
    assert found.without == ("kern01", "kern02", "kern13")
    third = found.villages[2]
    assert (third.area, third.who, third.in_teams) == (
        "kern03",
        ("person:v03",),
        ("organisation:t3",),
    )
    assert found.unplaced == 1


def test_S78_whom_one_could_ask_there(tmp_path: Path) -> None:
    """Who asks for voluntary work comes first; not a child, and not who said no to sharing."""
    found = overview.coverage(everywhere(tmp_path, COVER), asof=DAY)
    last, second = found.villages[12], found.villages[1]
    assert last.could_ask == ("person:wants", "person:cooks")
    assert last.said("nl", name=lambda ref: ref[7:].title()) == (
        "In Kern 13 kennen wij nog geen vrijwilliger van een team. "
        "Je kunt daar vragen: Wants en Cooks."
    )
    assert (second.could_ask, second.said("en")) == (
        (),
        "We know no volunteer of a team in Kern 2 yet, and nobody to ask.",
    )
    assert found.villages[2].said("nl") == "In Kern 3 woont 1 vrijwilliger van een team."
    there = {**COVER, "needs": less(COVER["needs"], "n1")}
    found = overview.coverage(files(tmp_path, there), asof=DAY)
    assert found.villages[12].could_ask == ("person:cooks", "person:wants")


def test_S78_outside_the_team_no_village_of_one_is_told(tmp_path: Path) -> None:
    """One volunteer is one person: hidden; and nobody is named."""
    found = overview.coverage(everywhere(tmp_path, COVER), asof=DAY)
    outside = release(found, Audience.RESIDENTS).value
    assert outside.villages[2].volunteers is None
    assert {each.who for each in outside.villages} | {
        each.could_ask for each in outside.villages
    } <= {None, ()}
    assert outside.unplaced is None
