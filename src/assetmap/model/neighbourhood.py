"""The neighbourhood as a whole: all tables together, frozen, with ways to look things up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self

from assetmap.categories import Tree
from assetmap.errors import DataProblem, DataProblems, Severity, UnknownName, UnusableInput
from assetmap.geo import Shapes
from assetmap.model.assembly import Assembled, Row, gathered, linked
from assetmap.model.categories import extended
from assetmap.model.frames import frame_of, rows_of
from assetmap.model.notes import CategoryRow, ContactDay, Observation, TeamHours, Visit
from assetmap.model.offers import Arrangement, Decision, Need, Referral, Talent
from assetmap.model.people import Person, Safeguard, Tie
from assetmap.model.places import (
    Activity,
    Agreement,
    Area,
    Initiative,
    Membership,
    Organisation,
    Place,
    Responsibility,
)
from assetmap.model.policy import Policy
from assetmap.model.record import Record
from assetmap.model.registry import PREFIXES, RECORDS
from assetmap.model.travel import OwnDistances, Travel, distances_of, travel_rows
from assetmap.texts import say

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Neighbourhood"]


@dataclass(frozen=True, eq=True)
class Neighbourhood:
    """All tables of one neighbourhood; build it with a reader or :meth:`from_records`.

    Attributes
    ----------
    people, talents, needs, ... : tuple of records
        One field per table, in the order of the input.
    policy : Policy
        The team's own choices (``team.toml``).
    extra : Mapping[str, Mapping[str, Mapping[str, str]]]
        Unknown columns that were kept: table, then row key, then column. A table without a key
        uses the row's position, counted from 0, as text.
    notices : tuple of DataProblem
        Warnings and notices that came up while reading; errors never get this far.
    shapes : Shapes
        The outlines of areas, from a map (``.geojson``) beside the tables; empty without one.

    Examples
    --------
    >>> from assetmap.model import Need, Person
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1", area="north"), Need(need="n1", owner="p1", category="meal")
    ... )
    >>> hood.person("p1").area, len(hood.needs)
    ('north', 1)
    """

    people: tuple[Person, ...] = ()
    talents: tuple[Talent, ...] = ()
    needs: tuple[Need, ...] = ()
    activities: tuple[Activity, ...] = ()
    ties: tuple[Tie, ...] = ()
    places: tuple[Place, ...] = ()
    areas: tuple[Area, ...] = ()
    travel: tuple[Travel, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    memberships: tuple[Membership, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    arrangements: tuple[Arrangement, ...] = ()
    decisions: tuple[Decision, ...] = ()
    safeguards: tuple[Safeguard, ...] = ()
    referrals: tuple[Referral, ...] = ()
    observations: tuple[Observation, ...] = ()
    visits: tuple[Visit, ...] = ()
    team_hours: tuple[TeamHours, ...] = ()
    contact_days: tuple[ContactDay, ...] = ()
    categories: tuple[CategoryRow, ...] = ()
    policy: Policy = field(default_factory=Policy)
    extra: Mapping[str, Mapping[str, Mapping[str, str]]] = field(
        default_factory=lambda: MappingProxyType({}), compare=False
    )
    notices: tuple[DataProblem, ...] = field(default=(), compare=False)
    shapes: Shapes = field(default_factory=Shapes, compare=False)

    @classmethod
    def from_records(
        cls, *records: Record | Iterable[Record], policy: Policy | None = None
    ) -> Self:
        """Put records together and check them as a whole.

        Parameters
        ----------
        *records : Record or iterable of Record
            Any records, in any order.
        policy : Policy, optional
            The team's choices; default: ``Policy()``.

        Raises
        ------
        DataProblems
            References to nothing, double ids and contradictions, all at once.
        """
        tables: dict[str, list[Record]] = {}
        for item in records:
            for record in [item] if isinstance(item, Record) else item:
                tables.setdefault(record.table, []).append(record)
        whole, problems = linked(tables)
        _raise_errors(problems)
        return cls(**whole, policy=policy or Policy(), notices=problems)  # type: ignore[arg-type]

    @classmethod
    def from_rows(cls, rows: Mapping[str, Sequence[Row]], *, policy: Policy | None = None) -> Self:
        """Build a neighbourhood from rows of cells, as the readers do.

        Parameters
        ----------
        rows : Mapping[str, Sequence[Row]]
            Canonical table name to its rows; headings are canonical, cells are text or values.
        policy : Policy, optional
            The team's choices; default: ``Policy()``.

        Raises
        ------
        DataProblems
            All cells, references and contradictions that are wrong, at once.
        UnusableInput
            It is no mapping of table names to rows.
        """
        _usable_rows(rows)
        result = gathered(rows)
        _raise_errors(result.problems)
        return cls.of(result, policy=policy, notices=result.problems)

    @classmethod
    def of(
        cls,
        assembled: Assembled,
        *,
        policy: Policy | None = None,
        notices: Sequence[DataProblem] = (),
    ) -> Self:
        """Make a neighbourhood of rows that were put together and held no error.

        Parameters
        ----------
        assembled : Assembled
            What :func:`assetmap.model.gathered` returned.
        policy : Policy, optional
            The team's choices; default: ``Policy()``.
        notices : sequence of DataProblem
            Warnings and notices to remember.
        """
        return cls(
            **assembled.tables,  # type: ignore[arg-type]
            policy=policy or Policy(),
            extra=assembled.extra,
            notices=tuple(notices),
        )

    @classmethod
    def from_frames(
        cls, frames: Mapping[str, pd.DataFrame], *, policy: Policy | None = None
    ) -> Self:
        """Build a neighbourhood from DataFrames; the inverse of :meth:`frames`.

        Raises
        ------
        DataProblems
            All cells, references and contradictions that are wrong, at once.
        UnusableInput
            It is no mapping of table names to DataFrames.
        """
        rows, doubles = rows_of(frames)
        result = gathered(rows)
        problems = (*doubles, *result.problems)
        _raise_errors(problems)
        return cls.of(result, policy=policy, notices=problems)

    def frames(self) -> dict[str, pd.DataFrame]:
        """Return the tables that hold rows as DataFrames, columns in the order of the format.

        Numbers, dates and yes/no have a pandas type of their own with ``NA`` for unknown;
        everything else is the text of the cell.
        """
        return {
            name: frame_of(rows, self.extra.get(name, {}))
            for name in RECORDS
            if (rows := self.table(name))
        }

    def table(self, name: str) -> tuple[Record, ...]:
        """Return the rows of one table by its canonical name."""
        if name not in RECORDS:
            raise UnknownName(f"There is no table {name!r}; there are: {', '.join(RECORDS)}.")
        rows: tuple[Record, ...] = getattr(self, name)
        return rows

    def with_policy(self, policy: Policy) -> Self:
        """Return the same neighbourhood under other choices of the team."""
        return replace(self, policy=policy)

    def with_shapes(self, shapes: Shapes) -> Self:
        """Return the same neighbourhood with these outlines of areas."""
        return replace(self, shapes=shapes)

    def with_travel(self, travel: OwnDistances) -> Self:
        """Return the same neighbourhood with the team's own distances, in place of the former.

        Parameters
        ----------
        travel : mapping or callable
            Metres per pair of ids of areas and places; or a function of two spots that returns
            metres, or None where it does not know. The function is asked once for every pair,
            both ways, so that the table ``travel`` holds all that proposals are made with.

        Raises
        ------
        UnknownName
            When a pair names something that is no area or place.
        UnusableInput
            When a distance is negative, or not a number.

        Examples
        --------
        >>> from assetmap.model import Area
        >>> hood = Neighbourhood.from_records(Area(area="north"), Area(area="south"))
        >>> hood.with_travel({("north", "south"): 1250}).distances
        mappingproxy({('north', 'south'): 1250})
        """
        rows = travel_rows(travel, self.areas, self.places, self.shapes)
        return replace(self, travel=rows)

    @cached_property
    def distances(self) -> Mapping[tuple[str, str], int]:
        """The team's own distances in metres; an area is its id, a place ``place:`` and its id."""
        return MappingProxyType(distances_of(self.travel, self.areas, self.places))

    @cached_property
    def tree(self) -> Tree:
        """The shipped categories together with the team's own."""
        return extended(self.categories)

    @cached_property
    def index(self) -> Mapping[str, Mapping[str, Record]]:
        """For every table with a key: its rows by id."""
        return {
            name: {str(row.id): row for row in self.table(name)}
            for name, record in RECORDS.items()
            if record.key is not None
        }

    def person(self, identifier: str) -> Person:
        """Return one person by id, bare or as ``person:p1``."""
        found = self.find(identifier, "people")
        assert isinstance(found, Person)
        return found

    def need(self, identifier: str) -> Need:
        """Return one need by id, bare or as ``need:n1``."""
        found = self.find(identifier, "needs")
        assert isinstance(found, Need)
        return found

    def find(self, ref: str, *tables: str) -> Record:
        """Return what a reference points to.

        Parameters
        ----------
        ref : str
            An id, bare or with the name of its table (``initiative:1``).
        *tables : str
            Tables to look in; none: every table with a key.

        Raises
        ------
        UnknownName
            Nothing has that id, or it could be several things.
        """
        found = self.matches(ref, *tables)
        if len(found) == 1:
            return found[0]
        if not found:
            raise UnknownName(f"Nothing here has the id {ref!r}.")
        ways = ", ".join(f"{type(r).key}:{r.id}" for r in found)
        raise UnknownName(f"The id {ref!r} could be several things; write one of: {ways}.")

    def matches(self, ref: str, *tables: str) -> tuple[Record, ...]:
        """Return everything that a reference could point to."""
        prefix, mark, rest = ref.partition(":")
        if mark and prefix in PREFIXES and (not tables or PREFIXES[prefix] in tables):
            row = self.index[PREFIXES[prefix]].get(rest)
            if row is not None:
                return (row,)
        names = tables or tuple(self.index)
        return tuple(row for n in names if (row := self.index[n].get(ref)) is not None)

    def owner(self, ref: str) -> Record:
        """Return the party behind an owner, provider or manager reference."""
        return self.find(ref, "people", "initiatives", "organisations", "places")

    @cached_property
    def first_day(self) -> dt.date | None:
        """The earliest date on which something was asked or observed; None if there is none."""
        days = [n.since for n in self.needs if n.since] + [o.date for o in self.observations]
        return min(days, default=None)

    def is_reserved(self, category: str) -> bool:
        """Tell whether a category is for professionals only, as this team has it.

        What the team says of a category or of one above it goes before the shipped tree.

        Parameters
        ----------
        category : str
            An id; one that is not in the tree is reserved only when the team names it.

        Examples
        --------
        >>> from assetmap.model import Policy
        >>> Neighbourhood().is_reserved("debt_help")
        True
        >>> Neighbourhood(policy=Policy(not_reserved=("debt_help",))).is_reserved("debt_help")
        False
        """
        known = category in self.tree
        line = {category, *(self.tree.ancestors(category) if known else ())}
        if line & set(self.policy.not_reserved):
            return False
        return bool(line & set(self.policy.reserved)) or (
            known and bool(self.tree[category].reserved)
        )

    def counts(self) -> dict[str, int]:
        """Return how many rows each table holds, tables without rows left out."""
        return {n: len(rows) for n in RECORDS if (rows := self.table(n))}

    def __repr__(self) -> str:
        """Return a summary without anything personal."""
        inside = ", ".join(f"{n} {table}" for table, n in self.counts().items())
        return f"<Neighbourhood: {inside or 'empty'}>"

    def _repr_html_(self) -> str:
        lang = self.policy.language
        named = {table: say(f"tables.{table}", lang) for table in RECORDS}
        rows = "".join(
            f"<tr><th scope='row'>{escape(named[t])}</th><td>{n}</td></tr>"
            for t, n in self.counts().items()
        )
        lacking = [named[table] for table in self._lacking()]
        told = [say("tables.nothing_yet", lang, tables=lacking)] if lacking else []
        if warned := sum(p.severity is Severity.WARNING for p in self.notices):
            told.append(say("tables.warned", lang, n=warned))
        lines = "".join(f"<p>{escape(line)}</p>" for line in told)
        caption = escape(say("tables.caption", lang))
        return f'<div lang="{lang}"><table><caption>{caption}</caption>{rows}</table>{lines}</div>'

    def _lacking(self) -> list[str]:
        """Return which of the tables that proposals live on are empty, and whether ties are."""
        return [name for name in (*_STARTER, "ties") if not self.table(name)]


_STARTER = ("people", "talents", "needs", "activities")
"""The tables of the starter workbook."""


def _raise_errors(problems: Sequence[DataProblem]) -> None:
    if any(p.severity is Severity.ERROR for p in problems):
        raise DataProblems(problems)


def _usable_rows(rows: Any) -> None:
    """Refuse what is no mapping of table names to rows."""
    say = "Give a mapping of table names to sequences of Row(number, cells)"
    if not isinstance(rows, Mapping):
        raise UnusableInput(f"{say}; found: {type(rows).__name__}.")
    for table, own in rows.items():
        if not isinstance(table, str) or not isinstance(own, Sequence):
            kinds = f"{type(table).__name__} to {type(own).__name__}"
            raise UnusableInput(f"{say}; found: {kinds}.")
        other = next((row for row in own if not isinstance(row, Row)), None)
        if other is not None:
            raise UnusableInput(f"{say}; found a {type(other).__name__} among the rows.")
