"""References: by id, by name of table, by called name; to nothing, or to several things."""

from __future__ import annotations

import pytest

from assetmap.model import Row, gathered

PEOPLE = [Row(2, {"person": "1", "called": "Joke"}), Row(3, {"person": "2", "called": "Ali"})]
INITIATIVES = [Row(2, {"initiative": "1", "name": "Eetcafé"})]


def _owner(text: str) -> tuple[str | None, list[str]]:
    needs = [Row(2, {"need": "n1", "owner": text, "category": "meal"})]
    result = gathered({"people": PEOPLE, "initiatives": INITIATIVES, "needs": needs})
    return result.tables["needs"][0].value("owner"), [p.code for p in result.problems]


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("2", "2"),
        ("person:1", "person:1"),
        ("initiative:1", "initiative:1"),
        ("initiative: 1", "initiative:1"),
        ("person:2", "2"),
        ("JOKE", "person:1"),
        ("ali", "2"),
        ("eetcafé", "initiative:1"),
    ],
)
def test_a_reference_is_written_as_briefly_as_is_clear(text: str, owner: str) -> None:
    """A bare id where it is unique, else with the name of its table."""
    assert _owner(text) == (owner, [])


@pytest.mark.parametrize(
    ("text", "code"),
    [("1", "ambiguous-reference"), ("3", "unknown-reference"), ("place:1", "unknown-reference")],
)
def test_a_reference_that_is_not_clear(text: str, code: str) -> None:
    """It is an error on that row, which keeps its text."""
    assert _owner(text) == (text, [code])


def test_two_of_the_same_name() -> None:
    """A called name counts only while it is unique; the message shows ids, not the name."""
    people = [Row(2, {"person": "a", "called": "Jo"}), Row(3, {"person": "b", "called": "jo"})]
    needs = [Row(2, {"need": "n1", "owner": "Jo", "category": "meal"})]
    (found,) = gathered({"people": people, "needs": needs}).problems
    assert (found.code, found.facts["ways"]) == ("ambiguous-reference", "person:a, person:b")


def test_what_points_to_a_row_with_a_fault_points_to_something() -> None:
    """One wrong cell is one problem: who refers to that person is not blamed."""
    people = [Row(2, {"person": "a", "called": "Jo", "walks_m": "ver"})]
    needs = [
        Row(2, {"need": "n1", "owner": "a", "category": "meal", "worker": "a"}),
        Row(3, {"need": "n2", "owner": "Jo", "category": "meal"}),
    ]
    found = gathered({"people": people, "needs": needs}).problems
    assert [(p.table, p.code) for p in found] == [("people", "not-a-number")]


def test_areas_are_free_until_somebody_lists_them() -> None:
    """An unknown area is a warning, and only when there is a table of areas."""
    people = [Row(2, {"person": "a", "area": "noord"})]
    assert gathered({"people": people}).problems == ()
    areas = [Row(2, {"area": "zuid"})]
    (found,) = gathered({"people": people, "areas": areas}).problems
    assert (found.code, str(found.severity)) == ("unknown-area", "warning")


def test_parties_that_an_activity_requires_must_be_there() -> None:
    """By id or by name; a party that nobody knows is an error."""
    organisations = [Row(2, {"organisation": "o1", "name": "Politie"})]
    activity = {"activity": "a1", "name": "inloop", "category": "meal", "start": "2026-11-27 18:00"}
    rows = {
        "organisations": organisations,
        "activities": [
            Row(2, {**activity, "requires": "party:politie:1 | cook:1"}),
            Row(3, {**activity, "activity": "a2", "requires": "party:brandweer"}),
        ],
    }
    result = gathered(rows)
    assert [(p.code, p.row, p.column) for p in result.problems] == [
        ("unknown-reference", 3, "requires")
    ]
    assert result.tables["activities"][0].cells()["requires"] == "party:o1:1 | cook:1"
