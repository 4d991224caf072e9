"""What of a neighbourhood may stand in a social map: everybody can read that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

from assetmap.model import Activity, Area, Initiative, Neighbourhood, Record
from assetmap.model.called import Names
from assetmap.model.record import attribute_of
from assetmap.tables.social_map_words import CARRIED

__all__ = ["OpenPart", "open_part"]

Row = TypeVar("Row", bound=Record)

_PARTIES = ("people", "initiatives", "organisations")
_MAY_BE_PERSON = frozenset({"manager", "owner"})
_POINTS = MappingProxyType(
    {
        "initiative": ("initiatives",),
        "place": ("places",),
        "host": ("organisations", "initiatives"),
        "parent": ("organisations",),
    }
)
"""Columns that point to another row, which may stay out."""

_FIXED = frozenset(
    {
        *("name", "category", "requires", "start", "minutes", "rrule", "except", "until"),
        *("capacity", "fee_eur", "setting", "status", "status_since", "accessible", "support"),
        *("visible", "x", "y", "step_free", "quiet"),
    }
)
"""Columns that were looked at with the row, or that hold a number, a date or a fixed word."""


@dataclass(frozen=True, slots=True)
class OpenPart:
    """The rows that everybody may read, and what stayed behind.

    Attributes
    ----------
    hood : Neighbourhood
        Initiatives, activities, and the places, organisations and areas that they name.
    names : Names
        What people are called.
    told : Counter
        How often something stayed behind: by code, table and column.
    """

    hood: Neighbourhood
    names: Names
    told: Counter[tuple[str, str, str]]


def open_part(hood: Neighbourhood) -> OpenPart:
    """Return what everybody may read of a neighbourhood.

    Parameters
    ----------
    hood : Neighbourhood
        Any neighbourhood.

    Notes
    -----
    1. An initiative stays only with ``visible`` yes: blank is not permission. What belongs to one
       that goes, goes with it; an activity of no initiative stays.
    2. What may be about safety goes, and every row whose name or id holds what somebody is called.
    3. Columns that point to a person go, those that point to a row that went, and other texts
       with somebody's name.

    Examples
    --------
    >>> shown = Initiative(initiative="i1", name="Koor", manager="w1", visible="yes")
    >>> part = open_part(Neighbourhood(initiatives=(shown, Initiative(initiative="i2", name="x"))))
    >>> [(row.initiative, row.manager) for row in part.hood.initiatives]
    [('i1', None)]
    """
    return _Opening(hood, Names.of(hood)).part()


@dataclass(slots=True)
class _Opening:
    hood: Neighbourhood
    names: Names
    told: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    there: dict[str, set[str]] = field(default_factory=dict)

    def part(self) -> OpenPart:
        """Choose the rows first, from what is named on; then clean them."""
        started = [row for row in self.hood.initiatives if self._may_start(row)]
        self.there["initiatives"] = {row.initiative for row in started}
        held = [row for row in self.hood.activities if self._may_be_held(row)]
        places = self._named_by((*started, *held), "place", "places")
        behind = self._named_by(started, "host", "organisations")
        for table, rows in (
            ("places", self.hood.places),
            ("organisations", self.hood.organisations),
        ):
            alone = len(rows) - len(places if table == "places" else behind)
            self.told["hsds-alone", table, ""] += alone
        self.there |= {"places": set(places), "organisations": set(behind)}
        whole = Neighbourhood(
            initiatives=tuple(map(self._clean, started)),
            activities=tuple(map(self._clean, held)),
            places=tuple(self._clean(p) for p in self.hood.places if p.place in places),
            organisations=tuple(
                self._clean(o) for o in self.hood.organisations if o.organisation in behind
            ),
            areas=tuple(map(self._area, self.hood.areas)),
            categories=self.hood.categories,
            policy=self.hood.policy,
        )
        return OpenPart(whole, self.names, +self.told)

    def _may_start(self, row: Initiative) -> bool:
        if row.visible is not True:
            self.told["hsds-hidden", "initiatives", ""] += 1
            return False
        return not self._is_safety(row, row.kind) and not self._is_named(row)

    def _may_be_held(self, row: Activity) -> bool:
        if row.initiative is not None and not self._comes_along("initiative", row.initiative):
            return False
        return not self._is_safety(row, row.category) and not self._is_named(row, row.category)

    def _is_safety(self, row: Record, category: str | None) -> bool:
        found = category is not None and self.hood.tree.may_be_safety(category)
        self.told["hsds-safety", row.table, ""] += found
        return found

    def _is_named(self, row: Record, *texts: str) -> bool:
        """Tell whether what a row cannot do without holds what somebody is called."""
        own = (str(row.id), getattr(row, "name", None) or "", *texts)
        found = any(map(self.names.said_in, own))
        self.told["hsds-named", row.table, ""] += found
        return found

    def _named_by(self, rows: Iterable[Record], column: str, table: str) -> dict[str, Record]:
        """Return the rows of a table that others name, without those called after somebody."""
        refs = {ref for row in rows if (ref := getattr(row, column, None)) is not None}
        found = {str(row.id): row for ref in sorted(refs) for row in self.hood.matches(ref, table)}
        return {name: row for name, row in sorted(found.items()) if not self._is_named(row)}

    def _comes_along(self, column: str, ref: str) -> bool:
        found = self.hood.matches(ref, *_POINTS[column])
        return bool(found) and all(str(row.id) in self.there[row.table] for row in found)

    def _clean(self, row: Row) -> Row:
        changed: dict[str, object] = {}
        for column, text in row.cells().items():
            why = self._why_not(row, column, text)
            if why is not None:
                self.told[why, row.table, column] += 1
                changed[attribute_of(column)] = None
        if isinstance(row, Activity) and row.requires is not None:
            kept = tuple(each for each in row.requires if each.party is None)
            if kept != row.requires:
                self.told["hsds-left-out", row.table, "requires"] += 1
                changed["requires"] = kept or None
        for column in self.hood.extra.get(row.table, {}).get(str(row.id), {}):
            self.told["hsds-left-out", row.table, column] += 1
        return row.model_copy(update=changed) if changed else row

    def _why_not(self, row: Record, column: str, text: str) -> str | None:
        """Return why a cell stays behind; None where it may go."""
        if column not in CARRIED[row.table]:
            return "hsds-person" if self._is_person(column, text) else "hsds-left-out"
        if column in _POINTS and column != row.key:
            return None if self._comes_along(column, text) else "hsds-left-out"
        if column in _FIXED or column == row.key:
            return None  # looked at with the whole row, or no text
        return "hsds-named" if self.names.said_in(text) else None

    def _is_person(self, column: str, ref: str) -> bool:
        found = self.hood.matches(ref, *_PARTIES) if column in _MAY_BE_PERSON else ()
        return any(each.table == "people" for each in found)

    def _area(self, row: Area) -> Area:
        named = row.name is not None and self.names.said_in(row.name)
        return Area(area=row.area, name=None if named else row.name)
