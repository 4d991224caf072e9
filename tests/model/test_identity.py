"""Ids: blank ones filled in, personal ones replaced, double ones found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetmap.errors import DataProblem
from assetmap.model import Need, Neighbourhood, Person, Row, gathered
from assetmap.model.identity import filled, looks_personal


def _rows(*ids: str | None) -> list[Row]:
    return [Row(n, {} if i is None else {"person": i}) for n, i in enumerate(ids, 2)]


def test_blank_ids_are_filled_in_around_those_that_are_taken() -> None:
    """In order, never one that occurs anywhere in the table."""
    found: list[DataProblem] = []
    ids = filled({"people": _rows(None, "p2", " ", None)}, found)
    assert [row.cells["person"] for row in ids.rows["people"]] == ["p1", "p2", "p3", "p4"]
    assert ids.changed == {"people": {2: "p1", 4: "p3", 5: "p4"}}
    assert found == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Truus de Wit", "name"),
        ("Jean-Marie Pfaff", "name"),
        ("Wit, Truus de", "name"),
        ("T.J. Jansen", "name"),
        ("Jan van 't Hof", "name"),
        ("Anne Jansen-Smit", "name"),
        ("Truus M.", None),
        ("612345678", "phone"),
        ("31612345678", "phone"),
        ("(06) 12345678", "phone"),
        ("+31 (0)6 1234 5678", "phone"),
        ("p1, p2", None),
        ("2026-11-23", None),
        ("Ali Öztürk", "name"),
        ("p12", None),
        ("0363", None),
        ("06-12345678", "phone"),
        ("+31 6 1234 5678", "phone"),
        ("a@b.nl", "email"),
        ("111222333", "bsn"),
        ("111222334", None),
        ("wijk 3", None),
        ("Truus", None),
    ],
)
def test_what_looks_like_a_person(text: str, kind: str | None) -> None:
    """Full names, telephone numbers, addresses, and numbers that pass the test of eleven."""
    assert looks_personal(text) == kind


def test_a_personal_id_is_replaced_everywhere_and_shown_nowhere() -> None:
    """References follow; a warning says what sort of thing it was, not what."""
    rows = {
        "people": [Row(2, {"person": "Truus de Wit"}), Row(3, {"person": "p1"})],
        "needs": [Row(2, {"need": "n1", "owner": "truus de wit", "category": "meal"})],
    }
    result = gathered(rows)
    assert [row.id for row in result.tables["people"]] == ["p2", "p1"]
    assert result.tables["needs"][0].owner == "p2"
    assert [p.code for p in result.problems] == ["personal-id"]
    assert "ruus" not in repr(result)


def test_the_same_holds_for_records() -> None:
    """What is put together in Python is guarded as well."""
    hood = Neighbourhood.from_records(
        Person(person="Truus de Wit"), Need(need="n1", owner="Truus de Wit", category="meal")
    )
    assert (hood.people[0].person, hood.needs[0].owner) == ("p1", "p1")
    assert "ruus" not in repr(hood) + repr(hood.notices) + repr(hood.index)


@pytest.mark.parametrize("identifier", ["a|b", "a,b", "initiative:1"])
def test_marks_that_an_id_cannot_hold(identifier: str) -> None:
    """They would be read as a list, or as a reference to another table."""
    found: list[DataProblem] = []
    filled({"people": _rows(identifier)}, found)
    assert [(p.code, p.row) for p in found] == [("id-with-mark", 2)]


def test_a_double_id_names_the_first_row() -> None:
    """Every repetition is an error of its own."""
    found: list[DataProblem] = []
    filled({"people": _rows("p1", "p1", "p1")}, found)
    assert [(p.code, p.row, p.facts["first"]) for p in found] == [
        ("double-id", 3, "2"),
        ("double-id", 4, "2"),
    ]


@given(ids=st.lists(st.one_of(st.none(), st.sampled_from(["p1", "p2", "p5", "x"])), max_size=8))
def test_every_row_has_an_id_and_given_ones_stay(ids: list[str | None]) -> None:
    """Filling in adds only ids that were not there."""
    result = filled({"people": _rows(*ids)}, [])
    made = [str(row.cells["person"]) for row in result.rows["people"]]
    new = [m for m, old in zip(made, ids, strict=True) if old is None]
    assert [m for m, old in zip(made, ids, strict=True) if old is not None] == [i for i in ids if i]
    assert len(set(new)) == len(new)
    assert set(new).isdisjoint(i for i in ids if i)
