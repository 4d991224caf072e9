"""The whole: put together in any order, looked up, turned into frames and back."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.errors import DataProblems, Severity, UnknownName, UnusableInput
from assetmap.model import (
    RECORDS,
    Area,
    Initiative,
    Need,
    Neighbourhood,
    Person,
    Policy,
    Row,
    Tie,
    gathered,
    problem,
    reference,
    said_in,
)
from assetmap.texts import Language
from tests.tables.strategies import neighbourhoods


@settings(max_examples=40)
@given(hood=neighbourhoods())
def test_frames_and_back(hood: Neighbourhood) -> None:
    """Every table survives pandas, with types of its own for numbers, dates and yes/no."""
    again = Neighbourhood.from_frames(hood.frames(), policy=hood.policy)
    for table in RECORDS:
        assert again.table(table) == hood.table(table)


@settings(max_examples=30)
@given(hood=neighbourhoods(), data=st.data())
def test_the_order_of_rows_makes_no_difference(hood: Neighbourhood, data: st.DataObject) -> None:
    """Shuffled records give the same rows, only in another order."""
    records = [row for table in RECORDS for row in hood.table(table)]
    again = Neighbourhood.from_records(data.draw(st.permutations(records)), policy=hood.policy)
    for table in RECORDS:
        assert sorted(map(repr, again.table(table))) == sorted(map(repr, hood.table(table)))


def test_the_types_of_frames() -> None:
    """Whole numbers, numbers, dates and yes/no; the rest is text; blank is NA."""
    hood = Neighbourhood.from_records(
        Person(person="p1", walks_m=200, minor=False, until="2026-01-01"), Person(person="p2")
    )
    frame = hood.frames()["people"]
    assert frame.dtypes.astype(str).to_dict() == {
        "person": "string",
        "minor": "boolean",
        "walks_m": "Int64",
        "until": "datetime64[s]",
    }
    assert frame["walks_m"].isna().tolist() == [False, True]


def test_frames_keep_columns_of_ones_own() -> None:
    """Unknown columns go into the frame and come back."""
    hood = Neighbourhood.from_rows({"people": [Row(2, {"person": "p1", "maat": 38})]})
    frame = hood.frames()["people"]
    assert frame["maat"].tolist() == ["38"]
    assert Neighbourhood.from_frames({"people": frame}).extra == hood.extra


def test_frames_of_others_hold_all_sorts_of_blanks() -> None:
    """None, NaN, NA and NaT are blank cells."""
    frame = pd.DataFrame(
        {"person": ["p1", "p2"], "walks_m": [200.0, float("nan")], "until": [pd.NaT, pd.NaT]}
    )
    assert [p.walks_m for p in Neighbourhood.from_frames({"people": frame}).people] == [200, None]


def test_looking_things_up() -> None:
    """By bare or qualified id; unclear and unknown ids say so."""
    hood = Neighbourhood.from_records(
        [Person(person="1"), Person(person="2")], Initiative(initiative="1", name="x")
    )
    assert hood.person("2") == hood.person("person:2") == hood.owner("2")
    assert hood.owner(reference("initiatives", "1")) is hood.initiatives[0]
    with pytest.raises(UnknownName, match="person:1, initiative:1"):
        hood.owner("1")
    with pytest.raises(UnknownName, match="Nothing here"):
        hood.need("n1")
    with pytest.raises(UnknownName, match="no table"):
        hood.table("contacts")


def test_all_errors_travel_together() -> None:
    """Cells, references and contradictions are raised at once, in the order of the tables."""
    with pytest.raises(DataProblems) as raised:
        Neighbourhood.from_rows(
            {
                "ties": [Row(2, {"a": "p1", "b": "p1"})],
                "people": [Row(2, {"person": "p1", "minor": "soms"})],
                "needs": [Row(2, {"owner": "p9", "category": "meal"})],
                "weer": [Row(2, {"x": "y"})],
            }
        )
    assert [p.code for p in raised.value.problems] == [
        "unknown-table",
        "not-yes-no",
        "unknown-reference",
        "tie-with-self",
    ]


def test_errors_of_records_travel_together() -> None:
    """The same for records that are made in Python."""
    people = [Person(person="p1"), Person(person="p1")]
    with pytest.raises(DataProblems) as raised:
        Neighbourhood.from_records(people, Tie(a="p1", b="p2"))
    assert [p.code for p in raised.value.problems] == ["double-id", "unknown-reference"]


def test_ids_that_were_filled_in_are_told() -> None:
    """By table and row number, so that they can be written back."""
    result = gathered({"people": [Row(2, {"called": "Jo"}), Row(5, {"person": "x"})]})
    assert result.ids == {"people": {2: "p1"}}


def test_a_summary_shows_nobody() -> None:
    """Counts only, also in a notebook."""
    hood = Neighbourhood.from_records(
        Person(person="p1", called="Joke"), Need(need="n1", owner="p1", category="meal")
    )
    assert repr(hood) == "<Neighbourhood: 1 people, 1 needs>"
    assert "Joke" not in hood._repr_html_()
    assert repr(Neighbourhood()) == "<Neighbourhood: empty>"


def test_a_notebook_tells_what_is_missing() -> None:
    """Which starter tables are empty, whether ties are, and how many warnings there are."""
    hood = Neighbourhood.from_records(
        Person(person="p1"), Need(need="n1", owner="p1", category="no such thing")
    )
    shown = hood._repr_html_()
    assert "<td>1</td>" in shown
    assert "<p>Hier staat nog niets in: Talenten, Activiteiten en Contacten tussen mensen.</p>" in (
        shown
    )
    warned = sum(p.severity is Severity.WARNING for p in hood.notices)
    assert warned
    assert "waarschuwing" in shown


def test_a_notebook_speaks_the_language_of_the_team() -> None:
    """Dutch by default, English where the team chose that; never both."""
    rows = (Person(person="p1"), Area(area="north"))
    dutch = Neighbourhood.from_records(*rows)._repr_html_()
    english = Neighbourhood.from_records(*rows, policy=Policy(language="en"))._repr_html_()
    assert "<caption>Buurt</caption>" in dutch
    assert "<th scope='row'>Mensen</th>" in dutch
    assert dutch.startswith('<div lang="nl">')
    assert "<th scope='row'>People</th>" in english
    assert "Nothing yet in: Talents, Needs, Activities and Ties." in english


def test_another_policy_is_another_neighbourhood() -> None:
    """The tables stay as they are."""
    hood = Neighbourhood.from_records(Person(person="p1"))
    other = hood.with_policy(Policy(horizon_weeks=2))
    assert (other.people, other == hood) == (hood.people, False)


def test_a_person_is_placed_roughly() -> None:
    """Degrees become metres, and metres hundreds of metres; places keep theirs."""
    from assetmap.model import Place

    person = Person(person="p1", lat="52,1561", lon="5.3878")
    assert (person.lat, person.lon) == (None, None)
    assert person.x % 100 == person.y % 100 == 0
    place = Place(place="pl1", lat=52.1551744, lon=5.38720621)
    assert (place.x, place.y) == (155000, 463000)


@pytest.mark.parametrize(("lat", "lon"), [(5.38, 52.15), (0, 0), (91, 5)])
def test_coordinates_outside_the_country(lat: float, lon: float) -> None:
    """Two numbers that changed places are noticed."""
    (found,) = gathered({"people": [Row(2, {"person": "p1", "lat": lat, "lon": lon})]}).problems
    assert found.code == "not-in-the-netherlands"


def test_a_problem_is_said_in_both_languages() -> None:
    """The facts stay, the sentence changes."""
    found = problem("too-small", Severity.ERROR, ("people", 2, "walks_m"), limit=0)
    assert found.message == "This is too small: 0 is the least."
    assert said_in(found, Language.NL).message == "Dit is te klein: het kleinste is 0."


def test_a_column_that_is_there_twice_is_told() -> None:
    """The one would silently write over the other."""
    twice = pd.DataFrame([["p1", "Ans", "Bo"]], columns=["person", "called", "called"])
    with pytest.raises(DataProblems) as told:
        Neighbourhood.from_frames({"people": twice})
    assert [(p.code, p.table, p.column) for p in told.value.problems] == [
        ("double-heading", "people", "called")
    ]


@pytest.mark.parametrize("wrong", [None, 5, {"people": [1]}, {"people": None}, {3: pd.DataFrame()}])
def test_what_is_no_set_of_frames_is_told(wrong: Any) -> None:
    """By its kind, as an error of the library."""
    with pytest.raises(UnusableInput, match="mapping of table names to DataFrames"):
        Neighbourhood.from_frames(wrong)


@pytest.mark.parametrize(
    "wrong", [None, [Row(2, {})], {"people": 3}, {"people": [{"person": "p1"}]}, {4: []}]
)
def test_what_are_no_rows_is_told(wrong: Any) -> None:
    """Plain dictionaries, too, have to be made rows with a number first."""
    with pytest.raises(UnusableInput, match="table names to sequences of Row"):
        Neighbourhood.from_rows(wrong)
