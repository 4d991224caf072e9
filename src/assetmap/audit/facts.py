"""What the tables say in the week of a run, looked up afresh for the audit."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import dist

from assetmap.categories import Tree
from assetmap.geo import Spot
from assetmap.model import (
    Activity,
    Initiative,
    InitiativeStatus,
    Need,
    Neighbourhood,
    Organisation,
    Person,
    Place,
    Policy,
    Record,
    Role,
    Safeguard,
    Status,
    Talent,
    TieKind,
    reference,
)
from assetmap.privacy import teams_of
from assetmap.schedule import Week, Window, ends, occurrences

__all__ = ["DAY", "PARTIES", "Facts", "Party", "alive", "fits"]

DAY = dt.timedelta(days=1)
MINUTES_OF_WEEK = 7 * 24 * 60
CIVIC = ("association", "church", "mosque", "club", "residents", "foundation")
"""Kinds of organisation that people form themselves; they stand beside initiatives."""

Party = tuple[str, str]
"""Table and id: what a reference points to, whatever it is written like."""
PARTIES = ("people", "initiatives", "organisations", "places")


def alive(row: Record | None, day: dt.date, first: str = "from_") -> bool:
    """Say whether a record with a period, or no record at all, holds on a day."""
    if row is None:
        return True
    begin, end = getattr(row, first, None), getattr(row, "until", None)
    return not (begin is not None and day < begin) and not (end is not None and day > end)


def fits(windows: Iterable[Window] | None, start: dt.datetime, end: dt.datetime) -> bool:
    """Say whether every minute of a stretch of time lies in a window; unknown windows fit."""
    if windows is None:
        return True
    free = {m % MINUTES_OF_WEEK for w in windows for m in range(w.start, w.end)}
    first = start.weekday() * 1440 + start.hour * 60 + start.minute
    length = int((end - start).total_seconds() // 60)
    if length == 0:
        return bool(free & {first, (first - 1) % MINUTES_OF_WEEK})
    return all((first + m) % MINUTES_OF_WEEK in free for m in range(length))


@dataclass(frozen=True, eq=False)
class Facts:
    """A neighbourhood in one week, under one policy.

    Attributes
    ----------
    hood : Neighbourhood
        The tables.
    week : Week
        The week of the run.
    policy : Policy
        The team's choices.
    """

    hood: Neighbourhood
    week: Week
    policy: Policy

    @property
    def tree(self) -> Tree:
        """The categories."""
        return self.hood.tree

    @property
    def monday(self) -> dt.date:
        """The first day of the run."""
        return self.week.monday

    @property
    def beyond(self) -> dt.date:
        """The first day after the horizon."""
        return self.monday + dt.timedelta(weeks=self.policy.horizon_weeks)

    @property
    def horizon(self) -> int:
        """The days of the horizon."""
        return self.policy.horizon_weeks * 7

    def within(self, day: dt.date) -> bool:
        """Say whether a day lies within the horizon."""
        return self.monday <= day < self.beyond

    # --- who is who ------------------------------------------------------------------------

    def record(self, ref: str | None, *tables: str) -> Record | None:
        """Return what a reference points to; None if that is nothing, or not clear."""
        found = self.hood.matches(ref, *tables) if ref else ()
        return found[0] if len(found) == 1 else None

    def party(self, ref: str | None) -> Party | None:
        """Return table and id of somebody or something."""
        row = self.record(ref, *PARTIES)
        return (row.table, str(row.id)) if row is not None else None

    def provider(self, ref: str | None) -> Party | None:
        """Return what a provider of a plan points to: a party, or an activity of nobody."""
        row = self.activity(ref)
        return self.party(ref) or (("activities", row.activity) if row is not None else None)

    def need(self, ref: str) -> Need | None:
        """Return a need."""
        row = self.hood.index["needs"].get(ref)
        return row if isinstance(row, Need) else None

    def talent(self, ref: str | None) -> Talent | None:
        """Return a talent."""
        row = self.hood.index["talents"].get(ref or "")
        return row if isinstance(row, Talent) else None

    def activity(self, ref: str | None) -> Activity | None:
        """Return an activity."""
        row = self.hood.index["activities"].get(ref or "")
        return row if isinstance(row, Activity) else None

    def person(self, ref: str | None) -> Person | None:
        """Return a person."""
        row = self.record(ref, "people")
        return row if isinstance(row, Person) else None

    def asker(self, need: Need) -> Person | None:
        """Return the person who asks; None where a party asks."""
        row = self.record(need.owner, *PARTIES)
        return row if isinstance(row, Person) else None

    def initiative(self, activity: Activity) -> Initiative | None:
        """Return whose activity it is."""
        row = self.record(activity.initiative, "initiatives")
        return row if isinstance(row, Initiative) else None

    def role(self, talent: Talent) -> Role | None:
        """Return in which capacity a talent is given; None for initiatives and places."""
        owner = self.record(talent.owner, *PARTIES)
        if talent.role is not None and not isinstance(owner, Initiative):
            return talent.role
        if isinstance(owner, Person):
            return Role.PROFESSIONAL if owner.is_worker else Role.NEIGHBOUR
        formal = isinstance(owner, Organisation) and (owner.kind or "") not in CIVIC
        return Role.PROFESSIONAL if formal else None

    @cached_property
    def teams(self) -> Mapping[str, str]:
        """Which team knows whom."""
        return teams_of(self.hood)

    def team(self, person: Person | None) -> str | None:
        """Return the team that knows a person."""
        return self.teams.get(reference("people", person.person)) if person is not None else None

    def worker_of(self, person: Person | None) -> Person | None:
        """Return the worker who knows somebody; a worker is known to themself."""
        if person is None or person.is_worker:
            return person
        return self.person(person.worker)

    def holder(self, need: Need) -> Person | None:
        """Return the worker who holds a question: named with it, the asker's, or the nearest."""
        owner = self.record(need.owner, *PARTIES)
        person = owner if isinstance(owner, Person) else None
        if isinstance(owner, Initiative):
            person = self.person(owner.manager)
        named = self.person(need.worker) or self.worker_of(person)
        if named is not None:
            return named
        there = [p for p in self.hood.people if p.is_worker]
        there = [p for p in there if p.until is None or p.until >= self.monday]
        area = self.spot(owner).area
        near = [p for p in there if area is not None and p.area == area]
        return min(near or there, key=lambda p: p.person, default=None)

    # --- who knows whom --------------------------------------------------------------------

    @cached_property
    def tied(self) -> frozenset[frozenset[str]]:
        """Pairs of people with a live personal tie, or of one household."""
        pairs = set()
        for tie in self.hood.ties:
            a, b = self.person(tie.a), self.person(tie.b)
            personal = tie.kind is not TieKind.WORKER and alive(tie, self.monday, "since")
            if a is not None and b is not None and personal:
                pairs.add(frozenset((a.person, b.person)))
        for one in self.hood.people:
            for other in self.hood.people:
                if one.household and one.household == other.household:
                    pairs.add(frozenset((one.person, other.person)))
        return frozenset(p for p in pairs if len(p) == 2)

    @cached_property
    def arranged(self) -> frozenset[frozenset[str]]:
        """Pairs of people who meet by arrangement."""
        pairs = set()
        for row in self.hood.arrangements:
            need = self.need(row.need)
            a = self.asker(need) if need is not None else None
            b = self.person(row.provider)
            if a is not None and b is not None and alive(row, self.monday, "since"):
                pairs.add(frozenset((a.person, b.person)))
        return frozenset(pairs)

    def knows(self, a: str, b: str) -> bool:
        """Say whether two people know each other."""
        return frozenset((a, b)) in self.tied or frozenset((a, b)) in self.arranged

    def _protected(self, row: Safeguard) -> Party | None:
        person = self.person(row.person)
        return ("people", person.person) if person is not None else None

    def apart(self, a: Party | None, b: Party | None, day: dt.date | None = None) -> bool:
        """Say whether a protection keeps two apart, on a day or some time within the horizon.

        Whoever is kept from somebody is kept from the initiatives which that person manages or
        belongs to, and from what these do.
        """
        if a is None or b is None:
            return False
        if a[0] == "people":
            return any(self._kept(a, x, day) for x in (b, *self._met_at(b)))
        return any(self._kept(x, b, day) for x in (a, *self._met_at(a)))

    def _met_at(self, party: Party) -> list[Party]:
        held = self.activity(party[1]) if party[0] == "activities" else None
        by: Record | None = self.initiative(held) if held is not None else None
        if party[0] == "initiatives":
            by = self.record(party[1], "initiatives")
        if by is None:
            return []
        named = [by.value("manager"), by.value("host")]
        for row in self.hood.memberships:
            over = row.until is not None and row.until < self.monday
            if self.party(row.party) == ("initiatives", str(by.id)) and not over:
                named.append(row.member)
        found = [self.party(name) for name in named]
        return [p for p in found if p is not None and p[0] == "people"]

    def _kept(self, a: Party, b: Party, day: dt.date | None) -> bool:
        for row in self.hood.safeguards:
            at = self.record(row.at, "initiatives", "activities", "people")
            named = {p for p in [self._protected(row)] if p is not None}
            named |= {(at.table, str(at.id))} if at is not None else set()
            if named != {a, b}:
                continue
            if day is not None and alive(row, day):
                return True
            over = row.until is not None and row.until < self.monday
            if day is None and row.from_ < self.beyond and not over:
                return True
        return False

    def yields(self, a: Party | None, b: Party | None, day: dt.date | None) -> bool:
        """Say whether it is `a` who stays away, of two who are kept apart."""
        if a is None or a[0] != "people" or not self.apart(a, b, day):
            return False
        return any(
            self._protected(row) == a and self.party(row.at) == b and alive(row, day or self.monday)
            for row in self.hood.safeguards
        )

    # --- where -----------------------------------------------------------------------------

    def place(self, ref: str | None) -> Place | None:
        """Return a place."""
        row = self.record(ref, "places")
        return row if isinstance(row, Place) else None

    def spot(self, row: Record | None) -> Spot:
        """Return where something is: its own point, else that of its place, and its area."""
        if row is None:
            return Spot()
        place = None if isinstance(row, Place) else self.place(getattr(row, "place", None))
        at = place or row
        area = getattr(row, "area", None) or getattr(at, "area", None)
        own = f"place:{at.place}" if isinstance(at, Place) else ""
        told = own if any(own in pair for pair in self.told) else None
        found = Spot(getattr(at, "x", None), getattr(at, "y", None), area, told)
        if isinstance(row, Activity) and found == Spot():
            return self.spot(self.initiative(row))
        return found

    @cached_property
    def beside(self) -> Mapping[str, set[str]]:
        """The areas beside each area, both ways."""
        found: dict[str, set[str]] = {}
        for area in self.hood.areas:
            for other in area.adjacent or ():
                found.setdefault(area.area, set()).add(other)
                found.setdefault(other, set()).add(area.area)
        return found

    @cached_property
    def told(self) -> Mapping[tuple[str, str], int]:
        """The metres that the team told of itself, per area and ``place:`` with its id."""

        def name(ref: str) -> str:
            found = self.hood.matches(ref, "areas", "places")
            area = next((row for row in found if row.table == "areas"), None)
            return str(area.id) if area else f"place:{found[0].id}" if found else ref

        return {(name(r.from_), name(r.to)): round(1000 * r.km) for r in self.hood.travel}

    def _told(self, a: Spot, b: Spot) -> int | None:
        """Return what the team told of two spots: the nearest names first, there before back."""
        if a.place is not None and a.place == b.place:
            return None
        for one in (a.place, a.area):
            for other in (b.place, b.area):
                for pair in ((one or "", other or ""), (other or "", one or "")):
                    if pair in self.told:
                        return self.told[pair]
        return None

    def metres(self, a: Spot, b: Spot) -> int | None:
        """Return the distance between two spots; None: unknown."""
        told = self._told(a, b)
        if told is not None:
            return told
        if None not in (a.x, a.y, b.x, b.y):
            return round(dist((a.x or 0, a.y or 0), (b.x or 0, b.y or 0)))
        if a.area is None or b.area is None:
            return None
        if a.area == b.area:
            return self.policy.distances.same_area_m
        if self.policy.distances.by_map and {a.area, b.area} <= set(self._middles):
            ends = [(s.x, s.y) if s.x is not None else self._middles[s.area or ""] for s in (a, b)]
            return round(dist(*[(float(x or 0), float(y or 0)) for x, y in ends]))
        steps = self._steps(a.area, b.area)
        return None if steps is None else steps * self.policy.distances.adjacent_m

    @cached_property
    def _middles(self) -> Mapping[str, tuple[int, int]]:
        return {shape.area: shape.centre for shape in self.hood.shapes}

    def _steps(self, a: str, b: str) -> int | None:
        seen, queue = {a}, deque([(a, 0)])
        while queue:
            here, steps = queue.popleft()
            if here == b:
                return steps
            for there in self.beside.get(here, set()) - seen:
                seen.add(there)
                queue.append((there, steps + 1))
        return None

    # --- when ------------------------------------------------------------------------------

    def dates(self, activity: Activity, *, weeks: int | None = None) -> list[dt.datetime]:
        """Return the dates of an activity within the horizon, or within so many weeks."""
        host = self.initiative(activity)
        ended = host is not None and host.status is InitiativeStatus.ENDED
        if activity.status is Status.PAST or ended:
            return []
        last = self.beyond if weeks is None else self.monday + dt.timedelta(weeks=weeks)
        return occurrences(
            activity.start,
            rrule=activity.rrule,
            after=dt.datetime.combine(self.monday, dt.time()),
            before=dt.datetime.combine(last, dt.time()),
            until=activity.until,
            exceptions=activity.except_ or (),
        )

    def repeated(self, first: dt.date, rule: str) -> list[dt.date]:
        """Return the days within the horizon on which something comes back."""
        found = occurrences(
            dt.datetime.combine(first, dt.time()),
            rrule=rule,
            after=dt.datetime.combine(self.monday, dt.time()),
            before=dt.datetime.combine(self.beyond, dt.time()),
        )
        return [moment.date() for moment in found]

    def over(self, activity: Activity, start: dt.datetime) -> dt.datetime:
        """Return when a date of an activity ends."""
        minutes = activity.minutes or self.policy.activity_minutes
        return ends(start, minutes, self.policy.zone)

    def week_of(self, day: dt.date) -> int:
        """Return the week of the horizon in which a day lies, counted from 0."""
        return (day - self.monday).days // 7

    def line(self, category: str) -> set[str]:
        """Return a category and everything above it."""
        return {category, *self.tree.ancestors(category)} if category in self.tree else {category}

    def led(self, activity: Activity) -> bool:
        """Say whether a worker or an organisation stands behind an activity."""
        host = self.initiative(activity)
        manager = self.person(host.manager) if host is not None else None
        return host is not None and (host.host is not None or bool(manager and manager.is_worker))

    def is_ride(self, category: str) -> bool:
        """Say whether a category is a ride."""
        return "ride" in self.line(category)
