"""The table of areas together with what maps and key figures say about the same areas.

What stands in the table goes before everything else; figures go before a map. What the table
leaves blank is filled: a blank cell is not known, and here somebody knows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assetmap.errors import DataProblem
from assetmap.geo import Shape, Shapes, cbs_parents
from assetmap.model import Row
from assetmap.tables.grid import AreaFacts, notice, warning

__all__ = ["Areas", "with_facts"]


@dataclass(frozen=True, slots=True)
class Areas:
    """The areas with everything known about them.

    Attributes
    ----------
    rows : sequence of Row
        Those of the table in its order, then new ones by code.
    shapes : Shapes
        The outlines on all maps.
    problems : list of DataProblem
        What came up.
    """

    rows: Sequence[Row]
    shapes: Shapes = field(default_factory=Shapes)
    problems: list[DataProblem] = field(default_factory=list)


def with_facts(rows: Sequence[Row], facts: Sequence[AreaFacts]) -> Areas:
    """Fill the table of areas with what maps and figures say.

    Parameters
    ----------
    rows : sequence of Row
        The table, in canonical headings.
    facts : sequence of AreaFacts
        Maps and figures, in the order in which they count.
    """
    maps = [each for each in facts if each.shapes is not None]
    figures = [each for each in facts if each.shapes is None]
    problems: list[DataProblem] = []
    shapes = _together(maps, problems)
    known = {area for row in rows if (area := _code(row))}
    drawn = {area for each in maps for area in each.cells}
    wanted = _with_parents(known | drawn)
    said: dict[str, dict[str, str]] = {}
    for each in figures:
        chosen = {a: c for a, c in each.cells.items() if a in wanted or not wanted}
        problems.extend(_other_year(each.file, chosen, rows, maps))
        problems.append(notice("figures-added", file=each.file, n=len(chosen)))
        _fill(said, chosen)
    for each in maps:
        _fill(said, each.cells)
        new = len(each.cells.keys() - known)
        known |= each.cells.keys()
        if new:
            problems.append(notice("map-added", file=each.file, n=new))
    whole = _merged(rows, said)
    for shape in shapes:
        whole[shape.area].setdefault("km2", str(shape.km2))
    _set_parents(whole)
    _set_adjacent(whole, shapes)
    return Areas(_numbered(rows, whole), shapes, problems)


def _code(row: Row) -> str:
    return str(row.cells.get("area", ""))


def _with_parents(codes: Iterable[str]) -> set[str]:
    found = set(codes)
    return found | {parent for code in found for parent in cbs_parents(code)}


def _together(maps: Sequence[AreaFacts], problems: list[DataProblem]) -> Shapes:
    """Put the outlines of all maps together; the first that has an area counts."""
    found: dict[str, Shape] = {}
    about: dict[str, str | int | float | bool] = {}
    for each in maps:
        drawn = each.shapes if each.shapes is not None else Shapes()
        other = sum(s.area in found and found[s.area].degrees != s.degrees for s in drawn)
        if other:
            problems.append(warning("map-double", file=each.file, n=other))
        found = {**{shape.area: shape for shape in drawn}, **found}
        about = {**drawn.about, **about}
    return Shapes.of(found.values(), about)


def _other_year(
    file: str,
    chosen: Mapping[str, Mapping[str, str]],
    rows: Sequence[Row],
    maps: Sequence[AreaFacts],
) -> list[DataProblem]:
    """Warn when figures of one year are joined to areas of another."""
    years = {
        a: cells["year"] for each in maps for a, cells in each.cells.items() if "year" in cells
    }
    years |= {_code(row): str(row.cells["year"]) for row in rows if row.cells.get("year")}
    of = {cells["year"] for cells in chosen.values() if "year" in cells}
    other = sum(
        years.get(area, cells.get("year")) != cells.get("year") for area, cells in chosen.items()
    )
    if not other or not of:
        return []
    return [warning("figures-other-year", file=file, year=min(of), n=other)]


def _fill(said: dict[str, dict[str, str]], more: Mapping[str, Mapping[str, str]]) -> None:
    for area, cells in more.items():
        said[area] = {**cells, **said.get(area, {})}


def _merged(
    rows: Sequence[Row], said: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, object]]:
    """Return the cells of every area; what the table holds comes first."""
    whole: dict[str, dict[str, object]] = {}
    for row in rows:
        if _code(row):
            whole.setdefault(_code(row), {**said.get(_code(row), {}), **row.cells})
    for area in sorted(said.keys() - whole.keys()):
        whole[area] = {"area": area, **said[area]}
    return whole


def _set_parents(whole: dict[str, dict[str, object]]) -> None:
    for area, cells in whole.items():
        parent = next((code for code in cbs_parents(area) if code in whole), None)
        if parent is not None:
            cells.setdefault("parent", parent)


def _set_adjacent(whole: dict[str, dict[str, object]], shapes: Shapes) -> None:
    """Fill in shared borders, where the table leaves them open and the other side agrees."""
    blank = [area for area, cells in whole.items() if area in shapes and "adjacent" not in cells]
    if not blank:
        return
    own = {
        area: {part.strip().casefold() for part in re.split(r"[|,]", str(cells["adjacent"]))}
        for area, cells in whole.items()
        if "adjacent" in cells
    }
    borders = shapes.adjacent()
    for area in blank:
        names = {area.casefold(), str(whole[area].get("name", area)).casefold()}
        beside = [
            other
            for other in borders[area]
            if not _inside(area, other, whole)
            and not _inside(other, area, whole)
            and (other not in own or own[other] & names)
        ]
        if beside:
            whole[area]["adjacent"] = " | ".join(beside)


def _inside(area: str, other: str, whole: Mapping[str, Mapping[str, object]]) -> bool:
    """Tell whether an area lies in another, by the larger areas that are named."""
    seen = {area}
    above = str(whole.get(area, {}).get("parent", ""))
    while above and above not in seen:
        if above == other:
            return True
        seen.add(above)
        above = str(whole.get(above, {}).get("parent", ""))
    return False


def _numbered(rows: Sequence[Row], whole: dict[str, dict[str, object]]) -> list[Row]:
    """Return the rows again, each with its number; a code that is there twice keeps both."""
    first: set[str] = set()
    made = []
    for row in rows:
        area = _code(row)
        made.append(Row(row.number, whole[area]) if area and area not in first else row)
        first.add(area)
    last = max((row.number for row in rows), default=1)
    new = [area for area in whole if area not in first]
    return made + [Row(number, whole[area]) for number, area in enumerate(new, last + 1)]
