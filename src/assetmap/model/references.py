"""References: ids, qualified ids and called names become plain ids, or a problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from assetmap.errors import DataProblem, Severity
from assetmap.model.cells import Requirement, as_text, tidy
from assetmap.model.identity import Ids
from assetmap.model.offers import Arrangement, Need
from assetmap.model.places import Activity
from assetmap.model.problems import problem
from assetmap.model.record import Column, Record, columns
from assetmap.model.registry import PREFIXES, RECORDS, reference
from assetmap.model.words import Leg

__all__ = ["Names", "resolved"]


@dataclass(frozen=True, slots=True)
class Names:
    """What a reference may be: the ids of every table, and what else people write.

    Attributes
    ----------
    ids : Mapping[str, frozenset[str]]
        The ids of every table.
    also : Mapping[str, Mapping[str, tuple[str, ...]]]
        Other ways to write it, casefolded: called names of people, names of activities,
        initiatives, places, organisations and areas, ids that were replaced; with the ids meant.
    """

    ids: Mapping[str, frozenset[str]]
    also: Mapping[str, Mapping[str, tuple[str, ...]]]

    @classmethod
    def of(cls, ids: Ids) -> Names:
        """Gather the names of all rows, of those that could not be read as well."""
        own: dict[str, frozenset[str]] = {}
        also: dict[str, Mapping[str, tuple[str, ...]]] = {}
        for table, rows in ids.rows.items():
            key = RECORDS[table].key
            if key is None:
                continue
            own[table] = frozenset(tidy(as_text(row.cells[key])) for row in rows)
            names: dict[str, set[str]] = {}
            for row in rows:
                name = row.cells.get("called" if table == "people" else "name")
                if name is not None:
                    folded = tidy(as_text(name)).casefold()
                    names.setdefault(folded, set()).add(tidy(as_text(row.cells[key])))
            for text, new in ids.former.get(table, {}).items():
                names[text.casefold()] = {new}
            also[table] = {name: tuple(sorted(meant)) for name, meant in names.items()}
        return cls(own, also)

    def meant(self, text: str, tables: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """Return every (table, id) that a text could mean; an id wins from a name."""
        prefix, mark, rest = text.partition(":")
        rest = rest.strip()
        if mark and PREFIXES.get(prefix) in tables:
            table = PREFIXES[prefix]
            found = self._in(rest, (table,))
            if found:
                return found
        return self._in(text, tables)

    def _in(self, text: str, tables: Sequence[str]) -> tuple[tuple[str, str], ...]:
        exact = tuple((t, text) for t in tables if text in self.ids.get(t, ()))
        if exact:
            return exact
        folded = text.casefold()
        return tuple((t, i) for t in tables for i in self.also.get(t, {}).get(folded, ()))

    def written(self, table: str, identifier: str, tables: Sequence[str]) -> str:
        """Write a reference as briefly as is still clear among ``tables``."""
        alone = sum(identifier in self.ids.get(t, ()) for t in tables) == 1
        return identifier if alone else reference(table, identifier)


@cache
def _links(record: type[Record]) -> tuple[tuple[Column, str], ...]:
    """List the columns that refer to something, each with its attribute name."""
    return tuple(
        (column, name)
        for column, name in zip(columns(record), record.model_fields, strict=True)
        if column.refers_to
    )


def resolved(record: Record, number: int | None, names: Names, found: list[DataProblem]) -> Record:
    """Return the record with plain ids for references; report what points to nothing."""
    changes: dict[str, object] = {}
    for column, name in _links(type(record)):
        value = getattr(record, name)
        if value is None:
            continue
        if isinstance(value, str):
            if len(column.refers_to) == 1 and value in names.ids.get(column.refers_to[0], ()):
                continue
            new: object = _one(value, column, record, number, names, found)
        else:
            new = tuple(_one(v, column, record, number, names, found) for v in value)
        if new != value:
            changes[name] = new
    changes |= _besides(record, number, names, found)
    return record.model_copy(update=changes) if changes else record


def _besides(
    record: Record, number: int | None, names: Names, found: list[DataProblem]
) -> dict[str, object]:
    """Return what refers in another way than by one id in one column."""
    if isinstance(record, Arrangement):
        return _seat(record, names)
    if isinstance(record, Need) and record.not_area:
        barred = tuple(_barred(text, record, number, names, found) for text in record.not_area)
        return {"not_area": barred} if barred != record.not_area else {}
    if isinstance(record, Activity) and record.requires:
        parties = tuple(_party(r, record, number, names, found) for r in record.requires)
        return {"requires": parties} if parties != record.requires else {}
    return {}


def _seat(row: Arrangement, names: Names) -> dict[str, object]:
    """Fill in the activity that is its own provider, where the row does not repeat it."""
    if row.leg is not Leg.ACTIVITY or row.activity or names.meant(row.provider, _PARTIES):
        return {}
    meant = names.meant(row.provider, ("activities",))
    return {"activity": meant[0][1]} if len(meant) == 1 else {}


_PARTIES = ("people", "initiatives", "organisations")
_NOT_AREA = Column("not_area", "", refers_to=("areas",), soft=True)


def _barred(
    text: str, record: Record, number: int | None, names: Names, found: list[DataProblem]
) -> str:
    """Return the id of an area that nobody may come from; ``yes`` and ``no`` are no area."""
    if text.casefold() in {"yes", "no"}:
        return text.casefold()
    return _one(text, _NOT_AREA, record, number, names, found)


_REQUIRES = Column("requires", "", refers_to=("organisations", "initiatives", "people"))


def _party(
    needed: Requirement,
    record: Record,
    number: int | None,
    names: Names,
    found: list[DataProblem],
) -> Requirement:
    if needed.party is None:
        return needed
    return replace(needed, party=_one(needed.party, _REQUIRES, record, number, names, found))


def _one(
    text: str,
    column: Column,
    record: Record,
    number: int | None,
    names: Names,
    found: list[DataProblem],
) -> str:
    meant = names.meant(text, column.refers_to)
    first = tuple(found_in for found_in in meant if found_in[0] not in column.after)
    meant = first or meant
    if len(meant) == 1:
        return names.written(*meant[0], column.refers_to)
    if column.soft and not any(names.ids.get(t) for t in column.refers_to):
        return text  # nobody has listed the areas, so any word will do
    place = (record.table, number, column.name)
    tables = ", ".join(column.refers_to)
    if meant:
        # an id is safe to show; a called name is not, so only qualified ids are suggested
        ways = ", ".join(reference(*m) for m in meant)
        found.append(problem("ambiguous-reference", Severity.ERROR, place, ways=ways))
    elif column.soft:
        found.append(problem("unknown-area", Severity.WARNING, place))
    else:
        found.append(problem("unknown-reference", Severity.ERROR, place, tables=tables))
    return text
