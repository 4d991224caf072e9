"""One spelling per area: capitals and spaces never make two areas of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any

from assetmap.errors import DataProblem, Severity
from assetmap.model.problems import problem
from assetmap.model.record import Record, attribute_of, columns
from assetmap.model.registry import RECORDS

__all__ = ["folded", "one_spelling"]

Numbered = Mapping[str, tuple[tuple[int, Record], ...]]

_PREFIX = "area:"
_WISHES = frozenset({"yes", "no"})
"""Words in `needs.not_area` that are no area."""


def folded(text: str) -> str:
    """Return what two spellings of one area share: no capitals, single spaces.

    Examples
    --------
    >>> folded("  Oud  Zuid "), folded("oud zuid")
    ('oud zuid', 'oud zuid')
    """
    return " ".join(text.split()).casefold()


def one_spelling(tables: Numbered, also: Collection[str], found: list[DataProblem]) -> Numbered:
    """Write every area in one way, in every column and list that holds areas.

    The spelling of the table of areas wins, else the one that stands there most often, else the
    first in the order of text.

    Parameters
    ----------
    tables : Mapping[str, tuple of (int, Record)]
        Every table with its row numbers, references not yet resolved.
    also : collection of str
        Folded names that areas have besides their ids; references are looked up by these later.
    found : list of DataProblem
        What was found: a notice per column and spelling, an error for an area that stands there
        twice.
    """
    listed = _listed(tables.get("areas", ()), found)
    usual = _usual(tables, listed, also)
    if not usual:
        return tables
    places = {place.id for _, place in tables.get("places", ())}
    prefixed = {_PREFIX + text: _PREFIX + name for text, name in usual.items()}
    ways = usual | prefixed
    on_the_way = {text: name for text, name in ways.items() if text not in places}
    return {
        name: _table(name, rows, on_the_way if name == "travel" else ways, found)
        for name, rows in tables.items()
    }


@cache
def _area_columns(table: str) -> tuple[str, ...]:
    """List the columns of a table that may hold areas, the table's own key left out."""
    names = [c.name for c in columns(RECORDS[table]) if "areas" in c.refers_to]
    return (*names, "not_area") if table == "needs" else tuple(names)


def _listed(rows: Collection[tuple[int, Any]], found: list[DataProblem]) -> dict[str, str]:
    """Return the ids in the table of areas by their fold; the first of two that are alike."""
    ids: dict[str, tuple[str, int]] = {}
    for number, row in rows:
        first, at = ids.setdefault(folded(row.area), (row.area, number))
        if first != row.area:
            place = ("areas", number, "area")
            found.append(problem("double-id", Severity.ERROR, place, id=row.area, first=at))
    return {fold: name for fold, (name, _) in ids.items()}


def _usual(tables: Numbered, listed: Mapping[str, str], also: Collection[str]) -> dict[str, str]:
    """Return for every spelling that is not the usual one of its area: the usual one."""
    times = Counter(
        text
        for name, rows in tables.items()
        for column in _area_columns(name)
        for text in _texts(rows, column)
    )
    best = dict(listed)
    for text in sorted(times, key=lambda text: (-times[text], text)):
        if folded(text) not in also:
            best.setdefault(folded(text), text)
    pairs = ((text, best.get(folded(text), text)) for text in times)
    return {text: name for text, name in pairs if text != name}


def _texts(rows: Collection[tuple[int, Record]], column: str) -> Iterator[str]:
    name = attribute_of(column)
    for _, row in rows:
        value = getattr(row, name)
        if value is None:
            continue
        for text in (value,) if isinstance(value, str) else value:
            if column != "not_area" or text not in _WISHES:
                yield text.removeprefix(_PREFIX)


def _table(
    table: str,
    rows: tuple[tuple[int, Record], ...],
    usual: Mapping[str, str],
    found: list[DataProblem],
) -> tuple[tuple[int, Record], ...]:
    """Rewrite one table; every column tells each spelling once, at its first row."""
    names = [(column, attribute_of(column)) for column in _area_columns(table)]
    if not names:
        return rows
    told: set[tuple[str, str]] = set()
    changed = []
    for number, row in rows:
        changes = {}
        for column, name in names:
            value = getattr(row, name)
            if value is None:
                continue
            given = (value,) if isinstance(value, str) else value
            new = tuple(usual.get(text, text) for text in given)
            if new == given:
                continue
            changes[name] = new[0] if isinstance(value, str) else tuple(dict.fromkeys(new))
            for text, near in zip(given, new, strict=True):
                if text != near and (column, text) not in told:
                    told.add((column, text))
                    place = (table, number, column)
                    found.append(
                        problem(
                            "area-read-as", Severity.NOTICE, place, near=near.removeprefix(_PREFIX)
                        )
                    )
        changed.append((number, row.model_copy(update=changes) if changes else row))
    return tuple(changed)
