"""Doubts about areas and own distances: codes, years, borders that only one side names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from assetmap.errors import DataProblem, Severity
from assetmap.geo import cbs_level, cbs_parents
from assetmap.model.problems import problem
from assetmap.model.words import AreaScheme

__all__ = ["area_doubts"]

Found = Iterator[DataProblem]
Rows = tuple[tuple[int, Any], ...]
_MOST_NAMED = 5
"""So many years are named in one sentence."""


def area_doubts(rows: Mapping[str, Rows]) -> Found:
    """Say what is doubtful about the areas and the team's own distances.

    Parameters
    ----------
    rows : Mapping[str, tuple of (int, Record)]
        Every table with its row numbers, references resolved.
    """
    areas = rows.get("areas", ())
    yield from _codes(areas)
    yield from _years(areas)
    yield from _one_way(areas)
    yield from _travel(rows.get("travel", ()))


def _codes(areas: Rows) -> Found:
    for number, row in areas:
        if row.scheme is not AreaScheme.CBS:
            continue
        if cbs_level(row.area) is None:
            yield problem("cbs-code", Severity.WARNING, ("areas", number, "area"))
        elif _elsewhere(row):
            yield problem("cbs-parent", Severity.WARNING, ("areas", number, "parent"))


def _elsewhere(row: Any) -> bool:
    """Tell whether a code says that its area lies in another one than the row says."""
    if row.parent is None or cbs_level(row.parent) is None:
        return False
    return row.parent not in cbs_parents(row.area)


def _years(areas: Rows) -> Found:
    """Warn when codes of several years stand together: the same code can be other land."""
    coded = [row for _, row in areas if row.scheme is AreaScheme.CBS]
    years = sorted({row.year for row in coded if row.year is not None})
    if len(years) > 1:
        named = ", ".join(map(str, years[:_MOST_NAMED]))
        yield problem("cbs-years-mixed", Severity.WARNING, ("areas", None, "year"), years=named)
    without = sum(row.year is None for row in coded)
    if without:
        yield problem("cbs-year-unknown", Severity.NOTICE, ("areas", None, "year"), n=without)


def _one_way(areas: Rows) -> Found:
    """Warn of a border that one of two areas names, where the other one names others."""
    named = {row.area: row.adjacent for _, row in areas if row.adjacent is not None}
    for number, row in areas:
        for other in row.adjacent or ():
            if other in named and other != row.area and row.area not in named[other]:
                place = ("areas", number, "adjacent")
                yield problem("adjacent-one-way", Severity.WARNING, place, area=other)


def _travel(travel: Rows) -> Found:
    first: dict[tuple[str, str], int] = {}
    for number, row in travel:
        pair = (row.from_, row.to)
        if pair in first:
            place = ("travel", number, None)
            yield problem("travel-double", Severity.ERROR, place, first=first[pair])
        first.setdefault(pair, number)
    ends = sorted({end for pair in first for end in pair})
    pairs = list(combinations(ends, 2))
    missing = sum(pair not in first and pair[::-1] not in first for pair in pairs)
    if missing:
        whole = ("travel", None, None)
        yield problem("travel-incomplete", Severity.NOTICE, whole, n=missing, of=len(pairs))
