"""Thirty faults in a neighbourhood that has none: all thirty are named, and no others."""

from __future__ import annotations

import csv
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from assetmap.tables import check, read, write

EXAMPLE = Path(__file__).parents[2] / "examples" / "buurthuis"


@dataclass(frozen=True)
class Fault:
    """What is typed where, and the problem it must bring."""

    code: str
    table: str
    row: int
    column: str
    value: str


FAULTS = (
    Fault("not-a-whole-number", "people", 12, "walks_m", "2,5"),
    Fault("not-yes-no", "people", 14, "wheelchair", "soms"),
    Fault("not-in-list", "people", 15, "share", "een beetje"),
    Fault("not-a-window", "people", 16, "available", "als het uitkomt"),
    Fault("too-small", "people", 17, "born", "195"),
    Fault("half-a-point", "people", 18, "x", "145000"),
    Fault("double-id", "observations", 30, "observation", "o1"),
    Fault("unknown-reference", "talents", 3, "owner", "p999"),
    Fault("missing-value", "talents", 4, "category", ""),
    Fault("not-a-number", "talents", 5, "per_week", "vaak"),
    Fault("ends-before-it-begins", "talents", 6, "until", "2001-01-01"),
    Fault("unknown-category-near", "talents", 7, "category", "boodschapen"),
    Fault("too-large", "needs", 3, "urgency", "9"),
    Fault("not-a-date", "needs", 4, "since", "31-02-2026"),
    Fault("unknown-reference", "needs", 5, "wants", "a999"),
    Fault("not-in-list", "needs", 6, "tried", "buren | de dominee"),
    Fault("not-a-recurrence", "needs", 7, "rrule", "af en toe"),
    Fault("missing-value", "activities", 3, "start", ""),
    Fault("no-time-of-day", "activities", 4, "start", "2026-12-04"),
    Fault("not-a-requirement", "activities", 5, "requires", "kok:veel:te veel"),
    Fault("unclear-amount", "activities", 6, "fee_eur", "1.250"),
    Fault("tie-with-self", "ties", 3, "b", "p2"),
    Fault("too-large", "ties", 4, "strength", "4"),
    Fault("unknown-reference", "places", 3, "manager", "niemand"),
    Fault("not-in-list", "initiatives", 3, "status", "bijna"),
    Fault("missing-value", "arrangements", 3, "leg", ""),
    Fault("not-in-list", "decisions", 3, "decision", "misschien"),
    Fault("review-too-early", "safeguards", 2, "review_on", "2001-01-01"),
    Fault("no-such-week", "team_hours", 5, "week", "2026-W60"),
    Fault("unknown-language", "initiatives", 4, "languages", "Klingonesk"),
)
ALSO = {
    "ends-before-it-begins": {"from": "2026-01-01"},
    "tie-with-self": {"a": "p2"},
    "half-a-point": {"y": ""},
}
"""What must stand in another column of the same row for the fault to be one."""


def _plant(folder: Path, faults: tuple[Fault, ...]) -> None:
    for table in {fault.table for fault in faults}:
        path = folder / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        for fault in faults:
            if fault.table == table:
                cells = {fault.column: fault.value, **ALSO.get(fault.code, {})}
                for column, value in cells.items():
                    if column not in rows[0]:
                        rows[0].append(column)
                        for row in rows[1:]:
                            row.append("")
                    rows[fault.row - 1][rows[0].index(column)] = value
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)


def _found(folder: Path) -> list[tuple[str, str, int | None, str | None]]:
    return sorted((p.code, str(p.table), p.row, p.column) for p in check(folder))


def _expected(faults: tuple[Fault, ...]) -> list[tuple[str, str, int | None, str | None]]:
    return sorted((f.code, f.table, f.row, f.column) for f in faults)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the bundled neighbourhood."""
    shutil.copytree(EXAMPLE, tmp_path / "buurt")
    return tmp_path / "buurt"


def test_the_bundled_neighbourhood_has_no_fault(folder: Path) -> None:
    """Nothing at all is said of it."""
    assert check(folder) == []


def test_thirty_planted_faults_are_all_named_and_no_others(folder: Path) -> None:
    """Each with its code, table, row and column; none hides another, none brings a second."""
    assert len(FAULTS) == 30
    _plant(folder, FAULTS)
    assert _found(folder) == _expected(FAULTS)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f"{f.code}-{f.table}-{f.column}")
def test_a_fault_is_named_by_itself(fault: Fault, folder: Path) -> None:
    """A single fault brings a single problem, in both languages, without what was typed."""
    _plant(folder, (fault,))
    for language in ("nl", "en"):
        (found,) = check(folder, language=language)
        assert (found.code, found.table, found.row, found.column) == _expected((fault,))[0]
        assert len(found.message) > 20
        assert not fault.value or fault.code == "double-id" or fault.value not in found.message


@pytest.mark.parametrize("name", ["b.xlsx", "b.json"])
def test_the_bundled_neighbourhood_is_the_same_in_every_form(name: str, tmp_path: Path) -> None:
    """Written as workbook or document and read again, it is equal, without a word."""
    hood = read(EXAMPLE)
    write(hood, tmp_path / name)
    assert check(tmp_path / name) == []
    assert read(tmp_path / name) == hood
