"""Contradictions between tables: each told with its place, in two languages, and no value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from assetmap.errors import Severity
from assetmap.model import Row, gathered, said_in
from assetmap.texts import Language

Cells = Mapping[str, Any]
BASE: dict[str, list[Cells]] = {
    "people": [
        {"person": "p1", "until": "2026-12-05"},
        {"person": "p2"},
        {"person": "w1", "kind": "worker"},
    ],
    "organisations": [{"organisation": "o1", "kind": "team"}, {"organisation": "o2"}],
    "initiatives": [
        {"initiative": "i1", "name": "x"},
        {"initiative": "i2", "name": "y", "status": "ended"},
    ],
    "places": [{"place": "pl1"}],
    "needs": [{"need": "n1", "owner": "p2", "category": "meal"}],
    "responsibilities": [{"place": "pl1", "party": "i1", "when": "Mon 09:00-12:00"}],
    "team_hours": [{"week": "2026-W48", "worker": "w1", "purpose": "cases", "hours": 100}],
    "memberships": [
        {"member": "p2", "party": "i1", "reward": "allowance", "hours_week": 4, "hour_eur": "5"}
    ],
    "areas": [{"area": "all", "population": 100}],
}
REFERRAL = {"referral": "r1", "from_party": "i1", "to_party": "o1", "initiator": "p2"}
OBSERVATION = {
    "observation": "ob1",
    "date": "2026-11-23",
    "category": "meal",
    "target_group": "jongeren",
}
KEYS = {"place": "pl1", "party": "i2", "when": "Mon 12:00-14:00"}
BUDGET = {"agreement": "a1", "kind": "budget", "from_party": "o1", "to_party": "i1"}
ACTIVITY = {
    "activity": "a1",
    "initiative": "i2",
    "name": "x",
    "category": "meal",
    "start": "2026-11-27 18:00",
    "status": "past",
}
MEMBER = {"member": "p2", "party": "o1", "reward": "allowance", "hours_week": 3, "hour_eur": "5"}
LEG = {"arrangement": "r1", "need": "n1", "leg": "help", "provider": "p1", "until": "2026-12-05"}
HOURS = {"week": "2026-W48", "worker": "w1", "purpose": "community", "hours": 68}
AREA = {"area": "part", "parent": "all", "population": 110}

W, N = Severity.WARNING, Severity.NOTICE
CASES: tuple[tuple[str, Cells, Cells, str, str, Severity], ...] = (
    ("organisations", {"organisation": "o3"}, {"kind": "ufo"}, "unknown-party-kind", "kind", N),
    (
        "organisations",
        {"organisation": "o3", "kind": "politie"},
        {"kind": "politei"},
        "unknown-party-kind-near",
        "kind",
        N,
    ),
    ("referrals", REFERRAL, {"to_party": "i1"}, "referral-to-self", "to_party", W),
    ("referrals", REFERRAL, {"initiator": None}, "initiator-unknown", "initiator", N),
    ("referrals", REFERRAL, {"initiator": "w1"}, "not-asked-by-residents", "initiator", W),
    ("observations", OBSERVATION, {"about": "p2"}, "group-and-person", "about", W),
    ("responsibilities", KEYS, {"when": "Mon 11:59-14:00"}, "keys-twice", "when", W),
    (
        "agreements",
        {**BUDGET, "amount_eur": 5},
        {"amount_eur": None},
        "budget-without-amount",
        "amount_eur",
        W,
    ),
    (
        "agreements",
        {**BUDGET, "amount_eur": 5},
        {"claim": "better"},
        "claim-without-challenge",
        "claim",
        W,
    ),
    (
        "agreements",
        {**BUDGET, "kind": "challenge", "claim": "better"},
        {"claim": None},
        "challenge-without-claim",
        "claim",
        N,
    ),
    (
        "agreements",
        {**BUDGET, "kind": "task"},
        {"to_party": "o1"},
        "agreement-with-self",
        "to_party",
        W,
    ),
    ("activities", ACTIVITY, {"status": "running"}, "ended-still-runs", "status", W),
    ("memberships", MEMBER, {"reward": "hired"}, "amount-without-allowance", "hour_eur", W),
    ("memberships", MEMBER, {"hours_week": 5}, "allowance-over-year", "hour_eur", W),
    (
        "memberships",
        {**MEMBER, "hours_week": 1},
        {"hour_eur": "5.80"},
        "allowance-over-hour",
        "hour_eur",
        W,
    ),
    (
        "memberships",
        {**MEMBER, "since": "2026-05-01", "until": "2026-05-07"},
        {"hours_week": 30},
        "allowance-over-month",
        "hour_eur",
        W,
    ),
    ("team_hours", HOURS, {"purpose": "cases"}, "hours-twice", "purpose", W),
    ("team_hours", HOURS, {"hours": 69}, "week-too-long", "hours", W),
    ("arrangements", LEG, {"until": None}, "runs-past-end", "until", N),
    ("areas", AREA, {"population": 111}, "parts-exceed-whole", "population", W),
)


def found(table: str, cells: Cells) -> list[Any]:
    """Return the problems of the base with one row added."""
    tables = {name: list(rows) for name, rows in BASE.items()}
    tables.setdefault(table, []).append({k: v for k, v in cells.items() if v is not None})
    rows = {name: [Row(n, c) for n, c in enumerate(own, 2)] for name, own in tables.items()}
    return list(gathered(rows).problems)


@pytest.mark.parametrize(
    ("table", "good", "change", "code", "column", "severity"), CASES, ids=[c[3] for c in CASES]
)
def test_a_contradiction_between_tables_is_one_problem_and_its_neighbour_none(
    table: str, good: Cells, change: Cells, code: str, column: str, severity: Severity
) -> None:
    """With its place; none stops the reading; the same row without the change is fine."""
    assert found(table, good) == []
    number = len(BASE.get(table, [])) + 2
    if code == "parts-exceed-whole":
        number = 2
    (problem,) = found(table, {**good, **change})
    assert (problem.code, problem.table, problem.row) == (code, table, number)
    assert (problem.column, problem.severity) == (column, severity)
    dutch = said_in(problem, Language.NL)
    assert dutch.message != problem.message
    assert not {"p1", "p2", "w1"} & set(dutch.message.split())


def test_what_points_to_nothing_is_told_once() -> None:
    """A party that is not there is an unknown reference, and nothing more is made of it."""
    for table, row, column in (
        ("referrals", REFERRAL, "to_party"),
        ("responsibilities", KEYS, "place"),
        ("arrangements", LEG, "provider"),
        ("memberships", MEMBER, "member"),
    ):
        assert [p.code for p in found(table, {**row, column: "nergens"})] == ["unknown-reference"]


def test_parties_that_share_an_id_are_told_apart_by_their_table() -> None:
    """An initiative and an organisation of one id: from the one to the other is no circle."""
    rows = {
        "initiatives": [Row(2, {"initiative": "x", "name": "Klussen"})],
        "organisations": [Row(2, {"organisation": "x", "kind": "team"})],
        "referrals": [
            Row(
                2,
                {
                    "referral": "r1",
                    "from_party": "initiative:x",
                    "to_party": "organisation:x",
                    "initiator": "organisation:x",
                },
            )
        ],
    }
    assert [p.code for p in gathered(rows).problems] == ["not-asked-by-residents"]
