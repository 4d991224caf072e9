"""What all lanes look at, gathered once: without themes of safety, as it stood on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar

from assetmap.lanes.card import Whom
from assetmap.lanes.events import Event, Gathered, gather_events, streams_of
from assetmap.lanes.lines import Word
from assetmap.model import (
    Need,
    Neighbourhood,
    Observation,
    Person,
    Record,
    SignalSettings,
    Visit,
    reference,
)
from assetmap.privacy import split_safety

__all__ = ["Circle", "Scene", "scene_of"]

Made = TypeVar("Made")
_PARTIES = ("people", "initiatives", "organisations")


@dataclass(frozen=True, slots=True)
class Circle:
    """The own circle of some people, outside which a sensitive question is kept.

    Attributes
    ----------
    people : frozenset of str
        References of these people, of those they live with and of those they know.
    areas : frozenset of str
        Where they live.
    """

    people: frozenset[str]
    areas: frozenset[str]


@dataclass(frozen=True)
class Scene:
    """A neighbourhood on a day, as lanes may see it. Nothing of safety is in it.

    Attributes
    ----------
    hood : Neighbourhood
        All tables but what is about safety, or maps to nothing known. Rows of a later day are
        still in it: ask `needs`, `observations` and `visits` of the scene instead.
    asof : date
        The day.
    settings : SignalSettings
        The team's choices.
    """

    hood: Neighbourhood
    asof: dt.date
    settings: SignalSettings

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """What was asked up to this day, or on an unknown day; by id."""
        rows = (n for n in self.hood.needs if n.since is None or n.since <= self.asof)
        return tuple(sorted(rows, key=lambda row: row.need))

    @cached_property
    def open_needs(self) -> tuple[Need, ...]:
        """What of it is open."""
        return tuple(n for n in self.needs if n.closed_on is None or n.closed_on > self.asof)

    @cached_property
    def observations(self) -> tuple[Observation, ...]:
        """What was heard up to this day; by day, then by id."""
        rows = (o for o in self.hood.observations if o.date <= self.asof)
        return tuple(sorted(rows, key=lambda row: (row.date, row.observation)))

    @cached_property
    def visits(self) -> tuple[Visit, ...]:
        """Doors up to this day; by day, then by id."""
        rows = (v for v in self.hood.visits if v.date <= self.asof)
        return tuple(sorted(rows, key=lambda row: (row.date, row.visit)))

    @cached_property
    def gathered(self) -> Gathered:
        """What is asked, as events; see :func:`~assetmap.lanes.events.gather_events`."""
        return gather_events(self.hood, self.asof)

    @cached_property
    def memory(self) -> dict[Hashable, Any]:
        """What lanes have worked out for this scene and need again; see :meth:`once`."""
        return {}

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what `make` makes, the same thing for a key that was asked before."""
        if key not in self.memory:
            self.memory[key] = make()
        made: Made = self.memory[key]
        return made

    def graph(self, day: dt.date) -> Any:
        """Return the graph of this neighbourhood on a day, as :func:`assetmap.graph.build` does."""
        from assetmap.graph import build

        return self.once(("graph", day), lambda: build(self.hood, asof=day))

    def ties(self, day: dt.date) -> Any:
        """Return the part of the graph that tells who knows whom on a day."""
        from assetmap.graph import build

        arranged = {row.need for row in self.hood.arrangements}
        own = replace(
            Neighbourhood(policy=self.hood.policy, categories=self.hood.categories),
            people=self.hood.people,
            ties=self.hood.ties,
            needs=tuple(row for row in self.hood.needs if row.need in arranged),
            arrangements=self.hood.arrangements,
        )
        return self.once(("ties", day), lambda: build(own, asof=day))

    def network(self, day: dt.date) -> Any:
        """Return who knows whom on a day, as :func:`assetmap.graph.people` does."""
        from assetmap.graph import people

        own = self.graph if day == self.asof else self.ties
        return self.once(("network", day), lambda: people(own(day)))

    @cached_property
    def askers(self) -> Mapping[tuple[str, str], tuple[Need, ...]]:
        """What each party asked up to this day, by table and id."""
        found: dict[tuple[str, str], list[Need]] = {}
        for need in self.needs:
            who = self.party(need.owner)
            if who is not None:
                found.setdefault((who.table, str(who.id)), []).append(need)
        return MappingProxyType({key: tuple(own) for key, own in found.items()})

    @property
    def events(self) -> tuple[Event, ...]:
        """What is asked, by day."""
        return self.gathered.events

    @cached_property
    def streams(self) -> Mapping[tuple[str, str | None], tuple[Event, ...]]:
        """The events of each theme by area, and in the whole neighbourhood (area None)."""
        return streams_of(self.events)

    @cached_property
    def first_day(self) -> dt.date | None:
        """The first day on which anything was asked or heard; None where nothing was."""
        days = [n.since for n in self.needs if n.since] + [o.date for o in self.observations]
        return min(days, default=None)

    @property
    def history_days(self) -> int:
        """How many days have been written down, this one included; 0 where nothing was."""
        return 0 if self.first_day is None else (self.asof - self.first_day).days + 1

    @cached_property
    def _contacts(self) -> Mapping[tuple[dt.date, str | None], int]:
        found: dict[tuple[dt.date, str | None], int] = {}
        for row in self.hood.contact_days:
            if row.contacts is not None and row.date <= self.asof:
                for area in {row.area, None}:
                    key = (row.date, area)
                    found[key] = found.get(key, 0) + row.contacts
        return MappingProxyType(found)

    def contacts(self, first: dt.date, last: dt.date, area: str | None = None) -> int | None:
        """Return how many contacts the team had in a period; None where no day was noted.

        Of an area only where contacts are noted by area; else those of the whole neighbourhood.
        """
        known = area if any(where == area for _, where in self._contacts) else None
        days = [
            n
            for (day, where), n in self._contacts.items()
            if where == known and first <= day <= last
        ]
        return sum(days) if days else None

    @cached_property
    def _households(self) -> Mapping[str, str]:
        return MappingProxyType({event.record: event.household for event in self.events})

    @cached_property
    def _notes(self) -> Mapping[str, Observation]:
        found = {reference("observations", row.observation): row for row in self.observations}
        return MappingProxyType(found)

    @cached_property
    def _days(self) -> Mapping[str, dt.date]:
        days = {event.record: event.day for event in self.events}
        days |= {ref: note.date for ref, note in self._notes.items()}
        return MappingProxyType(days)

    def day_of(self, ref: str) -> dt.date | None:
        """Return the day of a question or note; None of what has none."""
        return self._days.get(ref)

    def member_of(self, ref: str) -> str:
        """Return whom or what a record counts for, so that a second note of it is nothing new.

        A question counts for its household, another note for whoever brought it in, and everything
        else for itself.
        """
        if ref in self._households:
            return self._households[ref]
        note = self._notes.get(ref)
        who = None if note is None else self.party(note.speaker) or self.party(note.reporter)
        return ref if who is None else reference(who.table, str(who.id))

    def theme_name(self, category: str) -> Word:
        """Return how a category is called."""
        tree = self.hood.tree
        return Word(tree.label(category, "nl"), tree.label(category, "en"))

    def area_name(self, area: str | None) -> str | None:
        """Return how an area is called; None for the whole neighbourhood."""
        if area is None:
            return None
        found = self.hood.index["areas"].get(area)
        name = getattr(found, "name", None)
        return area if name is None else str(name)

    def party(self, ref: str | None) -> Record | None:
        """Return the party behind a reference; None where there is none, or more than one."""
        found = self.hood.matches(ref, *_PARTIES) if ref is not None else ()
        return found[0] if len(found) == 1 else None

    def whom(self, ref: str | None) -> Whom | None:
        """Return a party to be named on a card; None where there is none."""
        found = self.party(ref)
        if found is None:
            return None
        called = found.called if isinstance(found, Person) else getattr(found, "name", None)
        return Whom(reference(found.table, str(found.id)), called or str(found.id))

    def circle_of(self, refs: Iterable[str]) -> Circle:
        """Return the circle of some people: those they live with or know, and where they live.

        Parameters
        ----------
        refs : iterable of str
            References of people.
        """
        own = set(refs)
        rows = [row for row in self.hood.people if reference("people", row.person) in own]
        homes = {row.household for row in rows if row.household}
        found = own | {
            reference("people", row.person) for row in self.hood.people if row.household in homes
        }
        for tie in self.hood.ties:
            begun = tie.since is None or tie.since <= self.asof
            if begun and (tie.until is None or self.asof <= tie.until):
                ends = {
                    reference("people", str(row.id))
                    for ref in (tie.a, tie.b)
                    for row in self.hood.matches(ref, "people")
                }
                found |= ends if ends & own else set()
        return Circle(frozenset(found), frozenset(row.area for row in rows if row.area))

    def worker_of(self, ref: str | None) -> str | None:
        """Return the reference of the worker who knows a person, or who is meant."""
        found = self.party(ref)
        if not isinstance(found, Person):
            return None
        name = found.person if found.is_worker else found.worker
        worker = self.party(name)
        return reference("people", str(worker.id)) if worker is not None else None


def scene_of(hood: Neighbourhood, asof: dt.date, settings: SignalSettings | None = None) -> Scene:
    """Gather what lanes look at; themes of safety are taken out here, before anything else.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Need, Neighbourhood, Person
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1"),
    ...     Need(need="n1", owner="p1", category="meal", since="2026-11-20"),
    ...     Need(need="n2", owner="p1", category="violence", since="2026-11-20"),
    ... )
    >>> [event.record for event in scene_of(hood, dt.date(2026, 11, 23)).events]
    ['need:n1']
    """
    return Scene(split_safety(hood)[0], asof, settings or hood.policy.signals)
