"""A whole neighbourhood as a workbook, in the language of its team."""

from __future__ import annotations

from collections.abc import Mapping

from assetmap.model import RECORDS, Neighbourhood, Record, Row, columns
from assetmap.model.identity import Ids
from assetmap.model.references import Names
from assetmap.tables.sheets import Sheet, book
from assetmap.tables.wording import readers
from assetmap.texts import language

__all__ = ["neighbourhood_book"]

_APART = "safeguards"


def neighbourhood_book(hood: Neighbourhood) -> bytes:
    """Return the workbook of a neighbourhood, safeguards and settings left out.

    People are shown by their called name where that can mean nobody else, and else by id.
    """
    names = _names(hood)
    sheets = [
        _sheet(hood, table, names) for table in RECORDS if table != _APART and hood.table(table)
    ]
    if not sheets:
        sheets = [Sheet("people", ("person", "called"), ())]
    return book(sheets, language=language(hood.policy.language), tree=hood.tree)


def _names(hood: Neighbourhood) -> Names:
    rows = {
        table: [Row(0, {str(record.key): row.id, **_name(row)}) for row in hood.table(table)]
        for table, record in RECORDS.items()
        if record.key is not None
    }
    return Names.of(Ids(rows, {}, {}))


def _name(row: Record) -> dict[str, object]:
    column = "called" if row.table == "people" else "name"
    name = getattr(row, column, None)
    return {} if name is None else {column: name}


def _sheet(hood: Neighbourhood, table: str, names: Names) -> Sheet:
    record, rows = RECORDS[table], hood.table(table)
    kept = hood.extra.get(table, {})
    used = tuple(
        column
        for column in columns(record)
        if column.required or any(row.value(column.name) is not None for row in rows)
    )
    called = {p.person: p.called for p in hood.people if p.called is not None}
    linked = {c.name: c.refers_to for c in used if "people" in c.refers_to}
    words = readers(table, hood.tree)
    values = []
    for at, row in enumerate(rows):
        value: dict[str, object] = {column.name: row.value(column.name) for column in used}
        for name, tables in linked.items():
            shown = _called(value[name], tables, called, names)
            value[name] = shown if words[name](str(shown)) == shown else value[name]
        value.update(kept.get(str(row.id) if record.key else str(at), {}))
        values.append(value)
    more = tuple(sorted({name for cells in kept.values() for name in cells}))
    return Sheet(table, tuple(column.name for column in used), values, more)


def _called(
    ref: object, tables: tuple[str, ...], called: Mapping[str, str], names: Names
) -> object:
    """Return the called name of a person where it is read back as that person and no other."""
    if not isinstance(ref, str):
        return ref
    meant = names.meant(ref, tables)
    if len(meant) != 1 or meant[0][0] != "people":
        return ref
    name = called.get(meant[0][1])
    return name if name is not None and names.meant(name, tables) == meant else ref
