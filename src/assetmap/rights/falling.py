"""What goes with a row that goes: the rows that are nothing without it, and cells that name it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from assetmap.model import Activity, Record, columns
from assetmap.model.record import Column
from assetmap.rights.sheets import CONTACTS, At, Line, Sheets
from assetmap.tables.grid import Grid
from assetmap.tables.headings import Headings
from assetmap.tables.removing import Removal, without

__all__ = ["Falling", "falling"]

BELONGS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "arrangements": frozenset({"talent", "activity"}),
        "decisions": frozenset({"provider"}),
        "observations": frozenset({"about", "speaker"}),
        "referrals": frozenset({"need"}),
    }
)
"""Optional columns by which a row belongs to what they name, besides the required ones: without
it the row would say something else, or would still be about a person."""
_PARTIES = ("organisations", "initiatives", "people")


@dataclass
class Falling:
    """What goes out of the files.

    Attributes
    ----------
    sheets : Sheets
        The tables.
    rows : set of (str, int)
        Table and number of each row that goes.
    cells : dict of ((str, int), str) to str
        Cells of rows that stay, with the text that stays in them; mostly none.
    contacts : dict of Path to set of int
        Rows that go out of the files with contacts.
    """

    sheets: Sheets
    rows: set[At] = field(default_factory=set)
    cells: dict[tuple[At, str], str] = field(default_factory=dict)
    contacts: dict[Path, set[int]] = field(default_factory=dict)

    @property
    def row_lines(self) -> tuple[Line, ...]:
        """The rows that go, those of contacts among them."""
        lines = [self.sheets.line(at) for at in self.rows]
        lines += [
            Line(file.name, CONTACTS, number)
            for file, numbers in self.contacts.items()
            for number in numbers
        ]
        return tuple(sorted(lines, key=_in_order))

    @property
    def cell_lines(self) -> tuple[Line, ...]:
        """The cells that are emptied."""
        lines = (self.sheets.line(at, column) for at, column in self.cells)
        return tuple(sorted(lines, key=_in_order))

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all records that go."""
        gone = (self.sheets.rows[table][number].id for table, number in self.rows)
        return frozenset(name for name in gone if name is not None)

    def files(self) -> dict[Path, bytes]:
        """Return the new content of each file that changes."""
        tables: dict[Path, dict[str, tuple[tuple[Grid, Headings], Removal]]] = {}
        for table, removal in self._removals().items():
            where = self.sheets.where[table]
            if where[0].file is not None:
                tables.setdefault(where[0].file, {})[table] = (where, removal)
        for where in self.sheets.contacts:
            file = where[0].file
            if file is not None and self.contacts.get(file):
                gone = Removal(frozenset(self.contacts[file]))
                tables.setdefault(file, {})[CONTACTS] = (where, gone)
        return {file: without(file, parts) for file, parts in sorted(tables.items())}

    def _removals(self) -> dict[str, Removal]:
        rows: dict[str, set[int]] = {}
        cells: dict[str, dict[int, dict[str, str]]] = {}
        for table, number in self.rows:
            rows.setdefault(table, set()).add(number)
        for ((table, number), column), text in self.cells.items():
            cells.setdefault(table, {}).setdefault(number, {})[column] = text
        return {
            table: Removal(frozenset(rows.get(table, ())), cells.get(table, {}))
            for table in rows.keys() | cells.keys()
        }


def _in_order(line: Line) -> tuple[str, str, int, str]:
    return (line.file, line.table or "", line.row or 0, line.column or "")


def falling(sheets: Sheets, start: Iterable[At]) -> Falling:
    """Work out what goes with some rows.

    A row goes when a column that it cannot do without names something that goes, or a column
    of ``BELONGS``; this is repeated until nothing more goes. Of other rows the cells are emptied
    that name something that goes. Contacts go with their person.

    Parameters
    ----------
    sheets : Sheets
        The tables.
    start : iterable of (str, int)
        Table and number of the rows that go in any case.
    """
    result = Falling(sheets, rows=set(start))
    places = sheets.places()
    naming = _naming(sheets, places)
    todo = list(result.rows)
    while todo:
        for at, column in naming.get(todo.pop(), ()):
            if at not in result.rows and _rests_on(at[0], column):
                result.rows.add(at)
                todo.append(at)
    for gone in result.rows:
        for at, column in naming.get(gone, ()):
            if at not in result.rows:
                result.cells[at, column.name] = ""
    _requirements(result, places)
    _households(result)
    for person in {row.id for at, row in sheets.all_rows() if at in result.rows and at[0] == _WHO}:
        _contacts_of(result, str(person), places)
    return result


_WHO = "people"


def _rests_on(table: str, column: Column) -> bool:
    return column.required or column.name in BELONGS.get(table, ())


def _naming(
    sheets: Sheets, places: Mapping[tuple[str, str], int]
) -> Mapping[At, list[tuple[At, Column]]]:
    """Return which rows name each row, and in which column."""
    found: dict[At, list[tuple[At, Column]]] = {}
    for at, record in sheets.all_rows():
        for column in columns(type(record)):
            for named in _named(sheets, record, column, places):
                if named != at:
                    found.setdefault(named, []).append((at, column))
    return found


def _named(
    sheets: Sheets, record: Record, column: Column, places: Mapping[tuple[str, str], int]
) -> Iterator[At]:
    value = record.value(column.name) if column.refers_to else None
    if not isinstance(value, str):
        return  # lists name activities, initiatives and areas, which never go
    for row in sheets.hood.matches(value, *column.refers_to):
        number = places.get((row.table, str(row.id)))
        if number is not None:
            yield row.table, number


def _requirements(result: Falling, places: Mapping[tuple[str, str], int]) -> None:
    """Take whoever goes out of what an activity cannot do without."""
    for at, record in result.sheets.all_rows():
        if not isinstance(record, Activity) or not record.requires or at in result.rows:
            continue
        kept = []
        for needed in record.requires:
            rows = result.sheets.hood.matches(needed.party, *_PARTIES) if needed.party else ()
            gone = any((r.table, places.get((r.table, str(r.id)))) in result.rows for r in rows)
            if not gone:
                kept.append(str(needed))
        if len(kept) < len(record.requires):
            result.cells[at, "requires"] = " | ".join(kept)


def _households(result: Falling) -> None:
    """Empty the household of an observation when nobody of that household is left."""
    left: set[str] = set()
    gone: set[str] = set()
    for at, row in result.sheets.all_rows():
        if at[0] == _WHO and (word := row.value("household")) is not None:
            (gone if at in result.rows else left).add(word.casefold())
    for at, row in result.sheets.all_rows():
        if at[0] == "observations" and at not in result.rows:
            word = row.value("household")
            if word is not None and word.casefold() in gone - left:
                result.cells[at, "household"] = ""


def _contacts_of(result: Falling, person: str, places: Mapping[tuple[str, str], int]) -> None:
    """Find how somebody is reached, under the id, the called name or what was there for an id."""
    sheets = result.sheets
    at = (_WHO, places[_WHO, person])
    names = {person, f"person:{person}", sheets.text(at, "person")}
    called = sheets.text(at, "called").casefold()
    same = [p for p in sheets.hood.people if (p.called or "").casefold() == called]
    for grid, headings in sheets.contacts:
        column = next((n for n, name in headings.columns.items() if name == "person"), None)
        for number, cells in grid.rows[headings.first :] if column is not None else ():
            text = cells[column] if column is not None and column < len(cells) else ""
            alone = bool(called) and len(same) == 1 and text.casefold() == called
            if text and (text in names or alone) and grid.file is not None:
                result.contacts.setdefault(grid.file, set()).add(number)
