"""From rows of cells to a checked neighbourhood: every problem is found, none hides another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from pydantic import ValidationError

from assetmap.errors import DataProblem, Severity
from assetmap.model.area_spelling import one_spelling
from assetmap.model.cells import as_text, is_blank, tidy
from assetmap.model.checks import contradictions
from assetmap.model.identity import Ids, Row, filled
from assetmap.model.misread import misread
from assetmap.model.problems import SHOWN, problem
from assetmap.model.record import Record, columns
from assetmap.model.references import Names, resolved
from assetmap.model.refusals import refused
from assetmap.model.registry import RECORDS

__all__ = ["Assembled", "Row", "gathered", "linked"]

Tables = Mapping[str, tuple[Record, ...]]


@dataclass(frozen=True)
class Assembled:
    """What came of a set of rows.

    Attributes
    ----------
    tables : Mapping[str, tuple of Record]
        The rows that could be read, references resolved.
    problems : tuple of DataProblem
        Errors, warnings and notices, by table, row and column.
    extra : Mapping
        Cells of unknown columns: table, then row key (or position), then column.
    ids : Mapping[str, Mapping[int, str]]
        Ids that were filled in or replaced: table, then row number; to be written back.
    """

    tables: Tables
    problems: tuple[DataProblem, ...]
    extra: Mapping[str, Mapping[str, Mapping[str, str]]]
    ids: Mapping[str, Mapping[int, str]]


def linked(tables: Mapping[str, Sequence[Record]]) -> tuple[Tables, tuple[DataProblem, ...]]:
    """Check records that are already made: double ids, references, contradictions."""
    found: list[DataProblem] = []
    named = {
        name: [Row(at, _name_cells(row)) for at, row in enumerate(rows, 2)]
        for name, rows in tables.items()
    }
    ids = filled(named, found)
    numbered = {
        name: tuple(_renamed(row, at, ids) for at, row in enumerate(rows, 2))
        for name, rows in tables.items()
    }
    return _whole(numbered, Names.of(ids), found)


def _name_cells(row: Record) -> dict[str, object]:
    names, values = (row.key, "called", "name"), vars(row)
    return {name: value for name in names if name and (value := values.get(name))}


def _renamed(row: Record, at: int, ids: Ids) -> tuple[int, Record]:
    new = ids.changed.get(row.table, {}).get(at)
    return at, row.model_copy(update={str(row.key): new}) if new is not None else row


def gathered(rows: Mapping[str, Sequence[Row]]) -> Assembled:
    """Put rows together and report everything found, without raising on bad rows.

    Parameters
    ----------
    rows : Mapping[str, Sequence[Row]]
        Canonical table name to its rows; headings are canonical, cells are text or values.

    Returns
    -------
    Assembled
        The records that could be made, and every problem.

    Examples
    --------
    >>> result = gathered({"people": [Row(2, {"called": "Joke", "walks_m": "200"})]})
    >>> result.tables["people"][0].id, result.ids["people"]
    ('p1', {2: 'p1'})
    """
    found: list[DataProblem] = []
    found.extend(
        problem("unknown-table", Severity.ERROR, (name, None, None))
        for name in sorted(rows.keys() - RECORDS.keys())
    )
    own = {name: _without_refused(name, rows[name], found) for name in RECORDS if name in rows}
    ids = filled(own, found)
    parsed = {name: _records(name, own, found) for name, own in ids.rows.items()}
    tables, problems = _whole(parsed, Names.of(ids), found)
    return Assembled(tables, problems, _extra(ids, parsed), ids.changed)


def _without_refused(table: str, rows: Sequence[Row], found: list[DataProblem]) -> Sequence[Row]:
    """Drop the columns that the tables have no place for; what stands in them is not looked at."""
    known = {column.name for column in columns(RECORDS[table])}
    others = {name for row in rows for name in row.cells if name not in known}
    dropped = {name: reason for name in others if (reason := refused(table, name))}
    for name, reason in sorted(dropped.items()):
        place = (table, None, name[:SHOWN])
        found.append(problem(f"refused-heading-{reason}", Severity.ERROR, place))
    if not dropped:
        return rows
    return [
        Row(row.number, {name: v for name, v in row.cells.items() if name not in dropped})
        for row in rows
    ]


Numbered = Mapping[str, tuple[tuple[int, Record], ...]]


def _whole(
    parsed: Numbered, names: Names, found: list[DataProblem]
) -> tuple[Tables, tuple[DataProblem, ...]]:
    spelt = one_spelling(parsed, names.also.get("areas", {}).keys(), found)
    whole = {
        name: tuple((number, resolved(record, number, names, found)) for number, record in pairs)
        for name, pairs in spelt.items()
    }
    found.extend(contradictions(whole, names.ids.get("categories", frozenset())))
    tables = {name: tuple(record for _, record in pairs) for name, pairs in whole.items()}
    return tables, tuple(sorted(found, key=_order))


_TABLE_ORDER = {name: place for place, name in enumerate(RECORDS)}


def _order(found: DataProblem) -> tuple[int, str, int, str, str, str]:
    table = found.table or ""
    place = _TABLE_ORDER.get(table, -1)
    return (place, table, found.row or 0, found.column or "", found.code, found.message)


def _records(
    table: str, rows: Sequence[Row], found: list[DataProblem]
) -> tuple[tuple[int, Record], ...]:
    record = RECORDS[table]
    described = {column.name for column in columns(record)}
    made = []
    for row in rows:
        cells = {n: v for n, v in row.cells.items() if n in described}
        try:
            made.append((row.number, record.read(cells)))
        except ValidationError as error:
            found.extend(misread(error, record, (table, row.number)))
    return tuple(made)


def _extra(ids: Ids, parsed: Numbered) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Keep the cells of unknown columns, by row id (or position where a table has no key)."""
    kept: dict[str, Mapping[str, Mapping[str, str]]] = {}
    for table, rows in ids.rows.items():
        known = {column.name for column in columns(RECORDS[table])}
        key = RECORDS[table].key
        position = {number: str(at) for at, (number, _) in enumerate(parsed[table])}
        cells: dict[str, Mapping[str, str]] = {}
        for row in rows:
            own = {
                n: tidy(as_text(v))
                for n, v in row.cells.items()
                if n not in known and not is_blank(v)
            }
            if own and row.number in position:
                at = str(row.cells[key]) if key else position[row.number]
                cells[at] = MappingProxyType(own)
        if cells:
            kept[table] = MappingProxyType(cells)
    return MappingProxyType(kept)
