"""Reading the key figures of districts and neighbourhoods as CBS publishes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

from assetmap.errors import DataProblem
from assetmap.geo import cbs_level
from assetmap.model.refusals import refused
from assetmap.tables.csv_files import read_csv
from assetmap.tables.grid import AreaFacts, Found, notice
from assetmap.tables.maps import year_in
from assetmap.tables.vocabulary import column_called

__all__ = ["read_figures"]

_CODES = ("gwb_code_10", "gwb_code")
_NAME, _PEOPLE, _HECTARES = "regio", "a_inw", "a_opp_ha"
_USED = frozenset({*_CODES, "gwb_code_8", _NAME, _PEOPLE, _HECTARES})
_MISSING = frozenset({"", ".", "x", "-"})
"""What CBS writes for a figure that is missing or secret."""
_ORIGIN = re.compile(
    r"[ap]_(?:n?w_all|nl_all|eur_al|neu_al|marok|antaru|suri|tur|ov(?:er)?_?nw|geb_\w+|gbl_\w+)\w*"
)
"""Columns about where people or their parents were born; the tables have no place for them."""
_HEADING = b"gwb_code"


def read_figures(path: Path) -> Found | None:
    """Read a file with key figures.

    Parameters
    ----------
    path : Path
        A CSV file.

    Returns
    -------
    Found or None
        What it says about areas: name, inhabitants and size, and the other figures under the
        names that CBS gave them. None when the file is something else.
    """
    try:
        with path.open("rb") as file:
            if _HEADING not in file.readline(65_536).lower():
                return None
    except OSError:
        return None
    found = read_csv(path, lambda _, cells: len(_USED & set(_headings(cells))))
    rows = [cells for grid in found.grids for _, cells in grid.rows]
    if not rows or not set(_CODES) & set(_headings(rows[0])):
        return None  # whoever reads it as a table says what is wrong
    headings = _headings(rows[0])
    never = {name for name in headings if name and _is_never(name)}
    kept = [name if name not in never else "" for name in headings]
    year = year_in(path.stem)
    cells = {code: said for row in rows[1:] for code, said in _areas(kept, row, year)}
    problems: list[DataProblem] = list(found.problems)
    if never:
        problems.append(notice("map-columns-left-out", file=path.name, n=len(never)))
    return Found(problems=problems, areas=[AreaFacts(path.name, cells)])


def _headings(cells: Sequence[str]) -> list[str]:
    return [cell.strip().casefold() for cell in cells]


def _is_never(name: str) -> bool:
    return bool(_ORIGIN.fullmatch(name) or refused("areas", name))


def _areas(
    headings: Sequence[str], row: Sequence[str], year: str | None
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the code of a row and what it says by column; nothing for a row without a code."""
    said = {
        name: cell.strip()
        for name, cell in zip(headings, row, strict=False)
        if name and cell.strip().casefold() not in _MISSING
    }
    code = next((said[name] for name in _CODES if name in said), "")
    if cbs_level(code) is None:
        return
    cells = {"scheme": "cbs"}
    if year is not None:
        cells["year"] = year
    if _NAME in said:
        cells["name"] = said[_NAME]
    if said.get(_PEOPLE, "").isdecimal():
        cells["population"] = said[_PEOPLE]
    size = _km2(said.get(_HECTARES))
    if size is not None:
        cells["km2"] = size
    rest = {n: v for n, v in said.items() if n not in _USED and not column_called("areas", n)}
    yield code, {**cells, **rest}


def _km2(hectares: str | None) -> str | None:
    try:
        return format(Decimal((hectares or "").replace(",", ".")) / 100, "f")
    except InvalidOperation:
        return None
