"""Every party written in one way: an id that several kinds share carries its kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assetmap.model import Neighbourhood, Record, Requirement, columns, reference

__all__ = ["distinct"]

PARTIES = ("people", "initiatives", "organisations", "places", "activities")
"""Tables whose ids are compared with one another."""

Names = Mapping[str, Mapping[str, str]]
"""For each of these tables: the id as it was, and as it is written now."""


def distinct(hood: Neighbourhood) -> Neighbourhood:
    """Write ids that several kinds of party share with their kind, everywhere.

    After this two references are equal exactly when they mean the same party. Ids that are
    unique stay as they are, so most neighbourhoods come back unchanged.

    Parameters
    ----------
    hood : Neighbourhood
        The tables; not changed.

    Returns
    -------
    Neighbourhood
        The same, with ids such as ``person:1`` where ``1`` is an initiative too.
    """
    counts = Counter(str(row.id) for table in PARTIES for row in hood.table(table))
    shared = {name for name, count in counts.items() if count > 1}
    if not shared:
        return hood
    names = {
        table: {
            str(row.id): reference(table, str(row.id)) if row.id in shared else str(row.id)
            for row in hood.table(table)
        }
        for table in PARTIES
    }
    changed: dict[str, Any] = {
        table: tuple(_written(row, names) for row in hood.table(table)) for table in hood.counts()
    }
    return replace(hood, **changed)


def _written(row: Record, names: Names) -> Record:
    changes: dict[str, Any] = {}
    if row.table in names and row.key is not None:
        changes[row.key] = names[row.table][str(row.id)]
    for column in columns(type(row)):
        value = row.value(column.name)
        if value is None or not set(column.refers_to) & set(names):
            continue
        if isinstance(value, str):
            changes[column.name] = _name(value, column.refers_to, names)
        else:
            changes[column.name] = tuple(_name(v, column.refers_to, names) for v in value)
    required = getattr(row, "requires", None)
    if required:
        changes["requires"] = tuple(_party(r, names) for r in required)
    return row.model_copy(update=changes)


def _name(text: str, tables: tuple[str, ...], names: Names) -> str:
    """Return how the party is written that a reference means."""
    for table in tables:
        own = names.get(table, {})
        if text in own:
            return own[text]
        prefix = reference(table, "")
        if text.startswith(prefix) and text.removeprefix(prefix) in own:
            return own[text.removeprefix(prefix)]
    return text


def _party(required: Requirement, names: Names) -> Requirement:
    if required.party is None:
        return required
    return replace(required, party=_name(required.party, PARTIES, names))
