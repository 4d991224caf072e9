"""A neighbourhood with some records added or taken away, and all that goes with these."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from assetmap.errors import UnusableInput
from assetmap.model import (
    RECORDS,
    Neighbourhood,
    Record,
    Requirement,
    Safeguard,
    columns,
    reference,
)

__all__ = ["Amended", "amended"]

RESTS = frozenset(
    {
        ("activities", "initiative"),
        ("arrangements", "activity"),
        ("arrangements", "talent"),
        ("decisions", "provider"),
        ("talents", "going_to"),
    }
)
"""References that may be blank, but whose row means something else without them: it goes too."""

Gone = Mapping[str, frozenset[str]]
"""The ids that are taken away, by table."""


@dataclass(frozen=True)
class Amended:
    """A changed neighbourhood, and what was changed in it.

    Attributes
    ----------
    hood : Neighbourhood
        The neighbourhood as it would be.
    added : tuple of str
        What was added or replaced; rows without an id are told by their table.
    removed : tuple of str
        What was taken away, with what rested on it; protections only where they were named.
    blanked : tuple of str
        Rows in which a reference to these was made blank.
    gone, emptied : tuple of Record
        The same rows, as they were taken away or are left; each once, also without an id.
    """

    hood: Neighbourhood
    added: tuple[str, ...]
    removed: tuple[str, ...]
    blanked: tuple[str, ...]
    gone: tuple[Record, ...] = ()
    emptied: tuple[Record, ...] = ()


def amended(hood: Neighbourhood, add: Iterable[Record], remove: Iterable[str]) -> Amended:
    """Take records away with all that rests on them, and add or replace others.

    Parameters
    ----------
    hood : Neighbourhood
        The neighbourhood; it is not changed.
    add : iterable of Record
        Records; one with the id of a row replaces it.
    remove : iterable of str
        Ids, bare where only one row has it, else with the table: ``talent:t1``.

    Raises
    ------
    UnknownName
        Nothing has that id, or several rows have.
    UnusableInput
        Something to add is no record.
    DataProblems
        What is added does not fit in: references to nothing, contradictions.
    """
    new = list(add)
    if not all(isinstance(row, Record) for row in new):
        raise UnusableInput("add takes records, such as Talent(talent='t9', owner='p1', ...).")
    named = [hood.find(ref) for ref in remove]
    tables: dict[str, list[Record]] = {name: list(hood.table(name)) for name in RECORDS}
    removed, blanked = _take_away(hood, tables, named)
    for row in new:
        _put(tables[row.table], row)
    made = Neighbourhood.from_records(*tables.values(), policy=hood.policy)
    made = made.with_shapes(hood.shapes)
    gone = tuple(row for row in removed if row in named or _may_be_told(row))
    emptied = {_named(row): row for row in blanked if _may_be_told(row)}
    return Amended(
        hood=made,
        added=tuple(dict.fromkeys(_named(row) for row in new)),
        removed=_told(gone),
        blanked=tuple(sorted(emptied)),
        gone=gone,
        emptied=tuple(emptied[name] for name in sorted(emptied)),
    )


def _told(rows: Iterable[Record]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_named(row) for row in rows))


def _may_be_told(row: Record) -> bool:
    """Whether somebody has to stay away from somebody is not told by what goes with a person."""
    return not isinstance(row, Safeguard)


def _named(row: Record) -> str:
    if row.key is None:
        return row.table
    prefix = reference(row.table, "")
    return prefix + str(row.id).removeprefix(prefix)


def _put(rows: list[Record], new: Record) -> None:
    """Replace the row with the same id, else add it."""
    for place, row in enumerate(rows) if new.key is not None else ():
        if row.id == new.id:
            rows[place] = new
            return
    rows.append(new)


def _take_away(
    hood: Neighbourhood, tables: dict[str, list[Record]], named: Sequence[Record]
) -> tuple[list[Record], list[Record]]:
    """Take rows out of the tables until nothing points to what is gone any more."""
    removed, blanked = list(dict.fromkeys(named)), []
    new = removed
    while new:
        gone: dict[str, set[str]] = {}
        for row in new:
            if row.key is not None:
                gone.setdefault(row.table, set()).add(str(row.id))
        _leave_out(tables, gone)
        new, without = [], {table: frozenset(ids) for table, ids in gone.items()}
        for rows in tables.values():
            for place, row in enumerate(rows):
                after = _without(hood, row, without)
                if after is None:
                    new.append(row)
                elif after is not row:
                    rows[place] = after
                    blanked.append(after)
        out = {id(row) for row in new}
        for table, rows in tables.items():
            tables[table] = [row for row in rows if id(row) not in out]
        removed.extend(new)
    over = {_named(row) for row in removed if row.key is not None}
    return removed, [row for row in blanked if _named(row) not in over]


def _leave_out(tables: dict[str, list[Record]], gone: Mapping[str, set[str]]) -> None:
    for table, ids in gone.items():
        tables[table] = [row for row in tables[table] if str(row.id) not in ids]


@cache
def _links(record: type[Record]) -> tuple[tuple[str, tuple[str, ...], bool], ...]:
    """List the attributes that refer to something: name, tables, whether it is required."""
    return tuple(
        (name, column.refers_to, column.required)
        for column, name in zip(columns(record), record.model_fields, strict=True)
        if column.refers_to
    )


def _without(hood: Neighbourhood, row: Record, gone: Gone) -> Record | None:
    """Return a row without references to what is gone; None where it rests on that."""
    changes: dict[str, Any] = {}
    for name, tables, required in _links(type(row)):
        value = getattr(row, name)
        if value is None or not any(table in gone for table in tables):
            continue
        if isinstance(value, str):
            if not _points(hood, value, tables, gone):
                continue
            if required or (row.table, name) in RESTS:
                return None
            changes[name] = None
        else:
            kept = tuple(v for v in value if not _points(hood, v, tables, gone))
            if kept != value:
                changes[name] = kept or None
    required_there = getattr(row, "requires", None)
    if required_there:
        left = tuple(_party(hood, wanted, gone) for wanted in required_there)
        changes |= {"requires": left} if left != required_there else {}
    return row.model_copy(update=changes) if changes else row


def _points(hood: Neighbourhood, value: str, tables: tuple[str, ...], gone: Gone) -> bool:
    """Say whether a reference points to something that is gone."""
    found = hood.matches(value, *tables)
    return any(str(row.id) in gone.get(row.table, ()) for row in found)


_PARTIES = ("people", "organisations", "initiatives")


def _party(hood: Neighbourhood, wanted: Requirement, gone: Gone) -> Requirement:
    """Keep asking for a party that is gone, whichever it was: the activity stays incomplete."""
    if wanted.party is None or not _points(hood, wanted.party, _PARTIES, gone):
        return wanted
    return dataclasses.replace(wanted, party=None)
