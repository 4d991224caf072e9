"""Contradictions: every rule of the whole set, with the nearest case that is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from assetmap.model import Row, gathered

Cells = Mapping[str, Any]
BASE: dict[str, list[Cells]] = {
    "people": [{"person": "p1"}, {"person": "p2"}, {"person": "w1", "kind": "worker"}],
    "initiatives": [{"initiative": "i1", "name": "eetcafé"}],
}
NEED = {"need": "n1", "owner": "p1", "category": "meal"}
TALENT = {"talent": "t1", "owner": "p1", "category": "ride", "seats": 2}
ACTIVITY = {"activity": "a1", "name": "x", "category": "meal", "start": "2026-11-27 18:00"}
GUARD = {
    "safeguard": "s1",
    "person": "p1",
    "at": "p2",
    "from": "2026-01-01",
    "review_on": "2026-01-01",
}
HOURS = {"week": "2026-W53", "worker": "w1", "hours": 8}

CASES: tuple[tuple[str, Cells, Cells, str, str], ...] = (
    (
        "talents",
        TALENT,
        {"from": "2026-02-01", "until": "2026-01-31"},
        "ends-before-it-begins",
        "until",
    ),
    (
        "needs",
        NEED,
        {"since": "2026-02-01", "closed_on": "2026-01-31"},
        "ends-before-it-begins",
        "closed_on",
    ),
    ("activities", ACTIVITY, {"until": "2026-11-26"}, "ends-before-it-begins", "until"),
    ("ties", {"a": "p1", "b": "p2"}, {"b": "p1"}, "tie-with-self", "b"),
    ("needs", NEED, {"tried": "own_network | dominee"}, "not-in-list", "tried"),
    ("places", {"place": "pl1", "x": 1000, "y": 1000}, {"y": None}, "half-a-point", "x"),
    ("places", {"place": "pl1"}, {"lat": 52.1}, "half-a-point", "lat"),
    ("talents", TALENT, {"seats": None}, "seats-unknown", "seats"),
    ("safeguards", GUARD, {"review_on": "2025-12-31"}, "review-too-early", "review_on"),
    ("safeguards", GUARD, {"at": "p1"}, "safeguard-with-self", "at"),
    ("team_hours", HOURS, {"week": "2025-W53"}, "no-such-week", "week"),
    ("team_hours", HOURS, {"worker": "p1"}, "not-a-worker", "worker"),
    ("needs", {**NEED, "worker": "w1"}, {"worker": "p2"}, "not-a-worker", "worker"),
    ("needs", NEED, {"languages": "nl | Klingonesk"}, "unknown-language", "languages"),
    ("needs", NEED, {"category": "iets"}, "unknown-category", "category"),
    ("needs", NEED, {"category": "boodschapen"}, "unknown-category-near", "category"),
    (
        "places",
        {"place": "pl1", "space_for": "meal"},
        {"space_for": "meal | iets"},
        "unknown-category",
        "space_for",
    ),
    (
        "initiatives",
        {"initiative": "i2", "name": "y"},
        {"kind": "qqqq"},
        "unknown-category",
        "kind",
    ),
    (
        "activities",
        {**ACTIVITY, "requires": "cook:1"},
        {"requires": "qqqq:1"},
        "unknown-category",
        "requires",
    ),
    ("categories", {"category": "zaag"}, {"parent": "nergens"}, "unknown-reference", "parent"),
    ("categories", {"category": "zaag", "at": "asker"}, {"at": "thuis"}, "not-in-list", "at"),
    (
        "categories",
        {"category": "zaag", "domain": "indoors"},
        {"domain": "x"},
        "not-in-list",
        "domain",
    ),
)


def _found(table: str, cells: Cells) -> list[tuple[str, str | None, int | None, str | None]]:
    tables = {name: list(rows) for name, rows in BASE.items()}
    tables.setdefault(table, []).append(cells)
    rows = {name: [Row(n, c) for n, c in enumerate(own, 2)] for name, own in tables.items()}
    return [(p.code, p.table, p.row, p.column) for p in gathered(rows).problems]


@pytest.mark.parametrize(
    ("table", "good", "change", "code", "column"),
    CASES,
    ids=[f"{c[3]}-{c[0]}-{c[4]}" for c in CASES],
)
def test_a_contradiction_is_one_problem_and_its_neighbour_none(
    table: str, good: Cells, change: Cells, code: str, column: str
) -> None:
    """With its place; the same row without the change is fine."""
    assert _found(table, good) == []
    row = len(BASE.get(table, [])) + 2
    assert _found(table, {**good, **change}) == [(code, table, row, column)]


def test_seats_are_asked_of_finer_kinds_of_ride_too() -> None:
    """Every category below rides counts as one."""
    from assetmap.categories import shipped

    finer = shipped().children("ride")
    assert finer
    for name in finer:
        assert (
            _found("talents", {**TALENT, "category": name, "seats": None})[0][0] == "seats-unknown"
        )


@pytest.mark.parametrize("table", ["areas", "organisations"])
def test_nothing_lies_inside_itself(table: str) -> None:
    """Neither at once nor by way of others; a chain is fine."""
    key = table[:-1]

    def parents(**above: str) -> list[tuple[str | None, int | None]]:
        rows = [Row(n, {key: k, "parent": v}) for n, (k, v) in enumerate(above.items(), 2)]
        found = gathered({table: [*rows, Row(9, {key: "d"})]}).problems
        return [(p.code, p.row) for p in found]

    assert parents(a="b", b="c", c="d") == []
    assert parents(a="a") == [("inside-itself", 2)]
    assert parents(a="b", b="a", c="a") == [("inside-itself", 2), ("inside-itself", 3)]


def test_a_fault_among_the_categories_blames_no_row_that_uses_them() -> None:
    """Also when the row itself could not be read, or the whole set cannot be used."""
    needs = [Row(2, {**NEED, "category": "zaag"})]
    people = [Row(2, {"person": "p1"})]
    for wrong in ({"reserved": "soms"}, {"parent": "zaag"}, {"distance": "ver"}):
        own = [Row(2, {"category": "zaag", **wrong})]
        found = gathered({"people": people, "needs": needs, "categories": own}).problems
        assert [p.table for p in found] == ["categories"], wrong


@pytest.mark.parametrize(
    ("start", "rule", "doubtful"),
    [
        ("2026-01-31 18:00", "maandelijks", True),
        ("2026-01-29 18:00", "maandelijks", True),
        ("2026-01-28 18:00", "maandelijks", False),
        ("2026-01-31 18:00", "laatste dag van de maand", False),
        ("2026-01-30 18:00", "laatste vrijdag van de maand", False),
        ("2026-01-31 18:00", "FREQ=MONTHLY;BYMONTHDAY=31", False),
        ("2026-01-31 18:00", "elke week", False),
        ("2026-01-31 18:00", "FREQ=MONTHLY;INTERVAL=12", False),
        ("2026-01-31 18:00", "elk kwartaal", True),
        ("2026-07-31 18:00", "FREQ=MONTHLY;INTERVAL=5", True),
        ("2028-02-29 18:00", "jaarlijks", True),
        ("2026-01-31 18:00", "jaarlijks", False),
    ],
)
def test_monthly_on_a_day_that_not_every_month_has(start: str, rule: str, doubtful: bool) -> None:
    """A warning says what is skipped and how to write what is more likely meant."""
    found = _found("activities", {**ACTIVITY, "start": start, "rrule": rule})
    expected = [("month-too-short", "activities", 2, "rrule")] if doubtful else []
    assert found == expected
