"""Doubts about areas and own distances."""

from __future__ import annotations

from typing import Any

import pytest

from assetmap import Area, Neighbourhood, Travel
from assetmap.errors import DataProblems, Severity


def cbs(code: str, **cells: Any) -> Area:
    return Area(area=code, **{"scheme": "cbs", "year": 2024, **cells})


def told(*records: Any) -> list[tuple[str, int | None, str | None]]:
    hood = Neighbourhood.from_records(*records)
    return [(p.code, p.row, p.column) for p in hood.notices]


@pytest.mark.parametrize("code", ["3440211", "BU3440211", "bu03440211", "WK03440"])
def test_a_code_without_its_zeros_or_letters_is_doubted(code: str) -> None:
    """What does not have the form of a code is a warning on its row, and is kept."""
    assert told(cbs(code)) == [("cbs-code", 2, "area")]
    assert told(cbs("BU03440211")) == []
    assert told(Area(area=code)) == []
    assert told(Area(area=code, scheme="own")) == []


def test_codes_of_several_years_are_doubted() -> None:
    """One warning names the years; areas of a team's own do not count."""
    found = Neighbourhood.from_records(
        cbs("BU03440211"), cbs("BU03440212", year=2023), Area(area="own", scheme="own", year=1999)
    ).notices
    assert [(p.code, p.severity, p.facts["years"]) for p in found] == [
        ("cbs-years-mixed", Severity.WARNING, "2023, 2024")
    ]


def test_a_missing_year_is_told_once() -> None:
    """Codes without a year bring one notice with their number."""
    (found,) = Neighbourhood.from_records(
        cbs("BU03440211", year=None), cbs("BU03440212", year=None)
    ).notices
    assert (found.code, found.severity, found.facts["n"]) == (
        "cbs-year-unknown",
        Severity.NOTICE,
        "2",
    )


def test_a_code_says_what_it_lies_in() -> None:
    """Another district than the digits say is doubted; the right one, or one of one's own, not."""
    district, other = cbs("WK034402"), cbs("WK034403")
    assert told(other, cbs("BU03440211", parent="WK034403")) == [("cbs-parent", 3, "parent")]
    assert told(district, cbs("BU03440211", parent="WK034402")) == []
    assert told(Area(area="kern"), cbs("BU03440211", parent="kern")) == []


def test_a_border_that_one_side_names_is_doubted() -> None:
    """A blank list is not known and is no contradiction; another list is one."""
    a, b = Area(area="a", adjacent="b | c"), Area(area="b", adjacent="c")
    c = Area(area="c")
    assert told(a, b, c) == [("adjacent-one-way", 2, "adjacent")]
    assert told(a, Area(area="b", adjacent="a | c"), c) == []


def test_a_distance_that_is_there_twice_is_an_error() -> None:
    """The same pair in the same direction twice must be repaired; there and back is fine."""
    ends = (Area(area="a"), Area(area="b"))
    there, back = Travel(from_="a", to="b", km=1), Travel(from_="b", to="a", km=2)
    assert told(*ends, there, back) == []
    with pytest.raises(DataProblems) as caught:
        Neighbourhood.from_records(*ends, there, back, there)
    assert [(p.code, p.row) for p in caught.value.problems] == [("travel-double", 4)]


def test_pairs_without_a_distance_are_counted() -> None:
    """Missing pairs fall back on coordinates or areas, and that is told with their number."""
    ends = [Area(area=name) for name in "abc"]
    (found,) = Neighbourhood.from_records(
        *ends, Travel(from_="a", to="b", km=1), Travel(from_="c", to="a", km=1)
    ).notices
    assert (found.code, found.facts["n"], found.facts["of"]) == ("travel-incomplete", "1", "3")
