"""One spelling per area: capitals and spaces never make two areas of one."""

from __future__ import annotations

import pytest

import assetmap
from assetmap.errors import DataProblems, Severity
from assetmap.model import (
    Activity,
    Area,
    Initiative,
    Need,
    Neighbourhood,
    Observation,
    Person,
    Place,
    Row,
    Talent,
    Travel,
    Visit,
)

SOME = (
    Person(person="p1", area="Oost"),
    Person(person="p2", area="Oost"),
    Person(person="p3", area=" oost"),
)


def test_the_usual_spelling_wins_everywhere() -> None:
    """Without a table of areas: what stands there most often, in every column and list."""
    hood = Neighbourhood.from_records(
        SOME,
        [Person(person=f"q{n}", area="Oost") for n in range(9)],
        Place(place="pl1", area="OOST"),
        Activity(activity="a1", name="X", category="meal", start="2026-11-27 18:00", area="oost"),
        Initiative(initiative="i1", name="I", area="oost"),
        Talent(talent="t1", owner="p1", category="meal", areas="oost | Oost | West"),
        Need(need="n1", owner="p1", category="meal", not_area="yes | oost"),
        Observation(observation="o1", date="2026-11-01", category="meal", area="oosT"),
        Visit(visit="v1", date="2026-11-01", area="oost"),
        Travel(from_="oost", to="west", km=2),
    )
    assert {p.area for p in hood.people} == {"Oost"}
    assert hood.places[0].area == hood.activities[0].area == hood.initiatives[0].area == "Oost"
    assert hood.talents[0].areas == ("Oost", "West")
    assert hood.needs[0].not_area == ("yes", "Oost")
    assert hood.observations[0].area == hood.visits[0].area == "Oost"
    assert (hood.travel[0].from_, hood.travel[0].to) == ("Oost", "West")


def test_the_spelling_of_the_table_of_areas_wins() -> None:
    """However often it stands otherwise elsewhere; also in the table's own columns."""
    hood = Neighbourhood.from_records(
        SOME,
        Area(area="oost", parent="STAD", adjacent="WEST"),
        Area(area="west", adjacent="Oost"),
        Area(area="Stad"),
    )
    assert {p.area for p in hood.people} == {"oost"}
    assert hood.areas[0].parent == "Stad"
    assert (hood.areas[0].adjacent, hood.areas[1].adjacent) == (("west",), ("oost",))
    assert not [p for p in hood.notices if p.severity is Severity.WARNING]


def test_as_often_each_the_first_by_text_wins() -> None:
    """The order of the rows makes no difference."""
    people = (Person(person="p1", area="oud  zuid"), Person(person="p2", area="Oud Zuid"))
    for rows in (people, people[::-1]):
        assert {p.area for p in Neighbourhood.from_records(rows).people} == {"Oud Zuid"}


def test_a_notice_says_so_once_per_column_and_spelling() -> None:
    """From rows as from records, with the spelling that is used."""
    rows = [Row(n, {"person": f"p{n}", "area": "N" if n < 5 else "n"}) for n in range(9)]
    hood = Neighbourhood.from_rows({"people": rows})
    assert {p.area for p in hood.people} == {"N"}
    (found,) = [p for p in hood.notices if p.code == "area-read-as"]
    assert (found.severity, found.table, found.row, found.column) == (
        Severity.NOTICE,
        "people",
        5,
        "area",
    )
    assert found.facts == {"near": "N"}


def test_two_areas_that_differ_by_a_capital_are_one_too_many() -> None:
    """The table of areas holds every area once."""
    with pytest.raises(DataProblems) as caught:
        Neighbourhood.from_records(Area(area="Oost"), Area(area="oost"))
    assert [p.code for p in caught.value.problems] == ["double-id"]


def test_the_name_of_an_area_protects_as_well() -> None:
    """`not_area` is looked up by name like every other area, and `Yes` is a yes."""
    hood = Neighbourhood.from_records(
        Area(area="BU01", name="De Kamp"),
        Person(person="p1", area="de kamp"),
        Need(need="n1", owner="p1", category="meal", not_area="de kamp | Yes"),
    )
    assert hood.people[0].area == "BU01"
    assert hood.needs[0].not_area == ("BU01", "yes")


def test_a_place_on_the_way_keeps_its_own_id() -> None:
    """An end of a distance that is a place is no area, whatever it is called."""
    hood = Neighbourhood.from_records(
        Area(area="Markt"),
        Place(place="markt", area="markt"),
        Travel(from_="markt", to="area:markt", km=1),
    )
    assert hood.places[0].area == "Markt"
    assert (hood.travel[0].from_, hood.travel[0].to) == ("markt", "Markt")


def test_frames_are_read_the_same_way() -> None:
    """A frame with two spellings gives one area; reading it back changes nothing."""
    frames = Neighbourhood.from_records(SOME).frames()
    frames["people"].loc[0, "area"] = "OOST"
    again = Neighbourhood.from_frames(frames)
    assert {p.area for p in again.people} == {"Oost"}
    assert Neighbourhood.from_frames(again.frames()) == again


def test_two_spellings_never_undo_a_protection() -> None:
    """A helper from the asker's own area stays one, however it is written (S15, S34)."""
    shopping = {"owner": "p1", "category": "shopping", "talked": "yes"}
    for wish in ({"not_area": "yes"}, {"not_area": "n"}, {"sensitive": "yes"}):
        hood = Neighbourhood.from_records(
            Person(person="p1", area="N"),
            Person(person="p2", area="n", share="yes"),
            Talent(talent="t1", owner="p2", category="shopping", role="volunteer"),
            Need(need="n1", **shopping, **wish),
        )
        assert assetmap.propose(hood, "2026-W48").items == ()


def test_two_spellings_never_make_a_distance() -> None:
    """Who walks 100 metres still gets to the activity in their own area."""
    hood = Neighbourhood.from_records(
        Person(person="p1", area="oost", walks_m=100),
        Activity(activity="a1", name="X", category="meal", start="2026-11-27 18:00", area="Oost"),
        Need(need="n1", owner="p1", category="meal", talked="yes", wants="a1"),
    )
    assert assetmap.propose(hood, "2026-W48").plan_for("n1") is not None
