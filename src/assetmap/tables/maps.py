"""Reading a map: the outlines of areas in a GeoJSON file; never an exception."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import isfinite
from os import PathLike
from pathlib import Path
from typing import Any

from assetmap.errors import DataProblem, DataProblems, Severity, UnusableInput
from assetmap.geo import Shape, Shapes, cbs_level, outline_of
from assetmap.model.refusals import refused
from assetmap.tables.csv_files import file_bytes, text_of
from assetmap.tables.grid import AreaFacts, Found, notice, unbroken, warning
from assetmap.tables.vocabulary import column_called

__all__ = ["MAP_FILE", "is_map", "read_map", "read_shapes", "year_in"]

MAP_FILE = "areas.geojson"
"""The name under which a map is written; it goes before other maps in the folder."""

_CODES = (
    *("area", "statcode", "code", "gebied", "buurtcode", "bu_code"),
    *("wijkcode", "wk_code", "gemeentecode", "gm_code"),
)
"""Properties that hold the code of an area, the first that is there counts."""
_NAMES = (
    *("name", "naam", "statnaam", "buurtnaam", "bu_naam", "wijknaam", "wk_naam"),
    *("gemeentenaam", "gm_naam"),
)
_COLUMNS = frozenset({"scheme", "year", "parent", "population", "km2", "adjacent"})
"""Columns of the table that a property of the same name may fill."""


def is_map(path: Path) -> bool:
    """Tell whether a file is a map by its name."""
    return path.suffix.casefold() == ".geojson" and not path.name.startswith((".", "~"))


def year_in(text: str) -> str | None:
    """Return the year in the name of a file, or in front of a code.

    Examples
    --------
    >>> year_in("kwb-2024"), year_in("2024BU03440211"), year_in("kaart") is None
    ('2024', '2024', True)
    """
    found = re.search(r"(?<!\d)(19|20)\d{2}(?!\d)", text)
    return found[0] if found else None


@dataclass(slots=True)
class _Drawn:
    """What came of the features of one map."""

    shapes: dict[str, Shape] = field(default_factory=dict)
    cells: dict[str, dict[str, str]] = field(default_factory=dict)
    wrong: dict[str, list[int]] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)

    def add(self, number: int, feature: Any, own: str | None, year: str | None) -> None:
        """Take one feature, or remember by its number why not."""
        properties = feature.get("properties") if isinstance(feature, Mapping) else None
        said = _plain(properties)
        code = _code(said, feature, own)
        try:
            outline = outline_of(feature.get("geometry")) if isinstance(feature, Mapping) else None
        except UnusableInput:
            self.wrong.setdefault("map-elsewhere", []).append(number)
            return
        if code is None or outline is None:
            reason = "map-without-code" if code is None else "map-without-outline"
            self.wrong.setdefault(reason, []).append(number)
            return
        if code in self.shapes:  # one area in several parts
            first = self.shapes[code]
            self.shapes[code] = Shape(code, first.degrees + outline, first.properties)
            return
        never = {name for name in said if _is_never(name)}
        self.refused |= never
        kept = {n: v for n, v in said.items() if n not in never and n != "area"}
        self.shapes[code] = Shape(code, outline, kept)
        self.cells[code] = _cells(code, kept, year)


@lru_cache(maxsize=2_000)
def _is_never(name: str) -> bool:
    """Tell whether the tables have no place for a property; the same for every feature."""
    return refused("areas", name) is not None


def _plain(properties: object) -> dict[str, str | int | float | bool]:
    """Return the properties with a plain value that can be written again."""
    if not isinstance(properties, Mapping):
        return {}
    return {
        unbroken(name): unbroken(value) if isinstance(value, str) else value
        for name, value in properties.items()
        if isinstance(value, str | int) or (isinstance(value, float) and isfinite(value))
    }


def _named(said: Mapping[str, Any], names: Sequence[str]) -> str | None:
    """Return the first of some properties that is filled, whatever its capitals."""
    lower = {name.casefold(): value for name, value in reversed(list(said.items()))}
    values = (lower[name.casefold()] for name in names if name.casefold() in lower)
    return next((str(v).strip() for v in values if type(v) in {str, int} and str(v).strip()), None)


def _code(said: Mapping[str, Any], feature: Any, own: str | None) -> str | None:
    if own is not None:
        return _named(said, [own])
    name = feature.get("id") if isinstance(feature, Mapping) else None
    return _named(said, _CODES) or _named(_plain({"id": name}), ["id"])


def _cells(code: str, said: Mapping[str, Any], year: str | None) -> dict[str, str]:
    """Return what the properties say about an area, by column of the table."""
    cells: dict[str, str] = {}
    name = _named(said, _NAMES)
    if name is not None:
        cells["name"] = name
    if cbs_level(code) is not None:
        cells["scheme"] = "cbs"
        dated = year_in(str(said.get("jrstatcode", ""))[:4]) or year
        if dated is not None:
            cells["year"] = dated
    for name, value in said.items():
        column = column_called("areas", name)
        missing = isinstance(value, bool) or (isinstance(value, int | float) and value < 0)
        if column in _COLUMNS and not missing and str(value).strip():
            cells.setdefault(column, str(value).strip())
    return cells


def read_map(path: Path, *, code: str | None = None) -> Found:
    """Read one map.

    Parameters
    ----------
    path : Path
        A GeoJSON file with a FeatureCollection.
    code : str, optional
        The property with the code of each area; default: ``area``, ``statcode``, ``buurtcode``
        and others that are usual, then the id of the feature.

    Returns
    -------
    Found
        What the map says about areas, or problems. A map that cannot be used is a warning: the
        tables are there without it.
    """
    raw = file_bytes(path)
    if isinstance(raw, DataProblem):
        return Found(problems=[raw])
    text, problems = text_of(raw, path.name)
    document = _parsed(text)
    features = document.get("features") if document is not None else None
    if document is None or not isinstance(features, list):
        return Found(problems=[warning("map-damaged", file=path.name)])
    drawn = _Drawn()
    for number, feature in enumerate(features, 1):
        drawn.add(number, feature, code, year_in(path.stem))
    problems += _told(path.name, drawn)
    about = {n: v for n, v in _plain(document).items() if n != "type"}
    facts = AreaFacts(path.name, drawn.cells, Shapes.of(drawn.shapes.values(), about))
    return Found(problems=problems, areas=[facts])


def _parsed(text: str | None) -> dict[str, Any] | None:
    """Return the FeatureCollection in a text; None when it is not one."""

    def no_number(_: str) -> Any:
        raise ValueError("not a number")

    if text is None:
        return None
    try:
        document = json.loads(text, parse_constant=no_number)
    except (ValueError, RecursionError):
        return None
    fits = isinstance(document, dict) and document.get("type") == "FeatureCollection"
    return document if fits else None


def _told(file: str, drawn: _Drawn) -> Iterator[DataProblem]:
    for reason, numbers in sorted(drawn.wrong.items()):
        yield warning(reason, file=file, n=len(numbers), first=numbers[0])
    if drawn.refused:
        yield notice("map-columns-left-out", file=file, n=len(drawn.refused))


def read_shapes(path: str | PathLike[str], *, code: str | None = None) -> Shapes:
    """Read the outlines of areas from a GeoJSON file, apart from any tables.

    Parameters
    ----------
    path : path
        A file with a FeatureCollection, in degrees (WGS 84) or in RD New.
    code : str, optional
        The property that holds the code of each area; default: the usual ones, such as
        ``statcode`` and ``buurtcode``, then the id of the feature.

    Returns
    -------
    Shapes
        What could be read; for :meth:`assetmap.Neighbourhood.with_shapes`.

    Raises
    ------
    DataProblems
        When the file is no map, or nothing in it can be used.

    Examples
    --------
    >>> import json, tempfile
    >>> ring = [[5.38, 52.15], [5.39, 52.15], [5.39, 52.16], [5.38, 52.15]]
    >>> corner = {
    ...     "type": "Feature",
    ...     "properties": {"mine": "centre"},
    ...     "geometry": {"type": "Polygon", "coordinates": [ring]},
    ... }
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "map.geojson")
    ...     _ = file.write_text(json.dumps({"type": "FeatureCollection", "features": [corner]}))
    ...     read_shapes(file, code="mine")["centre"].km2
    0.38
    """
    found = read_map(Path(path), code=code)
    shapes = next((facts.shapes for facts in found.areas), None)
    if not shapes:
        wrong = found.problems or [warning("map-damaged", file=Path(path).name)]
        raise DataProblems(replace(each, severity=Severity.ERROR) for each in wrong)
    return shapes
