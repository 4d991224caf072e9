"""Everything that a run looks at, worked out once: who is where, who knows whom, what is when."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from assetmap import ties
from assetmap.categories import Tree
from assetmap.geo import Geography, Spot
from assetmap.model import (
    Activity,
    Arrangement,
    Decision,
    Initiative,
    InitiativeStatus,
    Neighbourhood,
    Person,
    Place,
    Policy,
    Purpose,
    Record,
    Safeguard,
    Setting,
    Status,
    Talent,
    TieKind,
)
from assetmap.model.age import under_age
from assetmap.privacy import SharingScope, sharing_of, teams_of
from assetmap.schedule import Week, ends, occurrences

__all__ = ["Acquaintance", "Meeting", "Scene", "live"]

COMING_WEEKS = 52
"""How far beyond the horizon a next date is still named."""


def live(row: object, day: dt.date, first: str = "from_", last: str = "until") -> bool:
    """Say whether a record with a period holds on a day; a blank end is open."""
    begin, end = getattr(row, first, None), getattr(row, last, None)
    return (begin is None or begin <= day) and (end is None or day <= end)


@dataclass(frozen=True, slots=True, order=True)
class Meeting:
    """One dated occurrence of an activity, in local time."""

    start: dt.datetime
    end: dt.datetime
    activity: str


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """Who knows whom, and how well: as much of a network as a chain is looked for in.

    Attributes
    ----------
    adj : Mapping
        For every node those that it is tied to, each with the `weight` of the tie.
    """

    adj: Mapping[str, Mapping[str, Mapping[str, int]]]

    def __contains__(self, node: object) -> bool:
        """Say whether somebody is in it."""
        return node in self.adj


@dataclass(frozen=True, eq=False)
class Scene:
    """A neighbourhood in one week under one policy; nothing here is changed by a run.

    Attributes
    ----------
    hood : Neighbourhood
        The neighbourhood, safety records already set apart, every party written in one way
        (`distinct`), so that two references are equal exactly when they mean the same.
    policy : Policy
        The team's choices.
    week : Week
        The week of the run.
    """

    hood: Neighbourhood
    policy: Policy
    week: Week

    @cached_property
    def tree(self) -> Tree:
        """The categories."""
        return self.hood.tree

    @cached_property
    def today(self) -> dt.date:
        """The Monday of the run."""
        return self.week.monday

    @cached_property
    def last(self) -> dt.date:
        """The first day beyond the horizon."""
        return self.week.horizon(self.policy.horizon_weeks)[1]

    def week_of(self, day: dt.date) -> int:
        """Return which week of the horizon a day lies in, counted from 0."""
        return (day - self.today).days // 7

    # --- where ---------------------------------------------------------------------------

    @cached_property
    def geography(self) -> Geography:
        """Distances, measured or by area."""
        adjacent = {a.area: frozenset(a.adjacent or ()) for a in self.hood.areas}
        distances = self.policy.distances
        return Geography(
            adjacent=adjacent,
            within_m=distances.same_area_m,
            adjacent_m=distances.adjacent_m,
            travel=self.hood.distances or None,
            centres=self.hood.shapes.centres if distances.by_map else {},
        )

    @cached_property
    def _measured(self) -> frozenset[str]:
        """The places to which the team gave distances of its own."""
        ends = {end for pair in self.hood.distances for end in pair}
        return frozenset(end for end in ends if end.startswith("place:"))

    def spot(self, record: Record | None) -> Spot:
        """Return where a person, place, initiative, activity or organisation is."""
        if record is None:
            return Spot(None, None, None)
        x, y = getattr(record, "x", None), getattr(record, "y", None)
        area = getattr(record, "area", None)
        own = getattr(record, "place", None)
        place = None if isinstance(record, Place) else own
        found = self.hood.index["places"].get(place) if place else None
        if found is not None:
            x, y = getattr(found, "x", None), getattr(found, "y", None)
            area = area or getattr(found, "area", None)
        measured = f"place:{own}" if f"place:{own}" in self._measured else None
        unknown = area is None and x is None and measured is None
        if unknown and isinstance(record, Activity) and record.initiative:
            return self.spot(self.initiative(record))
        return Spot(x, y, area, measured)

    def initiative(self, activity: Activity) -> Initiative | None:
        """Return the initiative behind an activity, if there is one."""
        found = self.hood.index["initiatives"].get(activity.initiative or "")
        return found if isinstance(found, Initiative) else None

    # --- who knows whom ------------------------------------------------------------------

    @cached_property
    def personal(self) -> Mapping[str, Mapping[str, int]]:
        """Live personal ties, both ways, with the strongest reported strength (1 if blank)."""
        ties: dict[str, dict[str, int]] = defaultdict(dict)
        for tie in self.hood.ties:
            if tie.kind is not TieKind.WORKER and live(tie, self.today, "since"):
                for a, b in ((tie.a, tie.b), (tie.b, tie.a)):
                    ties[a][b] = max(ties[a].get(b, 0), tie.strength or 1)
        for person, others in self._households.items():
            for other in others:
                if other != person:
                    ties[person][other] = max(ties[person].get(other, 0), 3)
        return ties

    @cached_property
    def _households(self) -> Mapping[str, tuple[str, ...]]:
        homes: dict[str, list[str]] = defaultdict(list)
        for person in self.hood.people:
            if person.household:
                homes[person.household].append(person.person)
        return {p: tuple(home) for home in homes.values() for p in home if len(home) > 1}

    @cached_property
    def arranged(self) -> frozenset[frozenset[str]]:
        """Pairs of people who meet through a confirmed arrangement."""
        pairs = set()
        for row in self.hood.arrangements:
            need = self.hood.index["needs"].get(row.need)
            owner = str(getattr(need, "owner", ""))
            if (
                owner in self.people
                and row.provider in self.people
                and live(row, self.today, "since")
            ):
                pairs.add(frozenset((owner, row.provider)))
        return frozenset(pairs)

    @cached_property
    def people(self) -> Mapping[str, Person]:
        """Everybody by id."""
        return {p.person: p for p in self.hood.people}

    def strength(self, a: str, b: str) -> int:
        """Return how well two people know each other: 0 (no tie recorded) to 3."""
        found = self.personal.get(a, {}).get(b, 0)
        return found or int(bool(self.arranged) and frozenset((a, b)) in self.arranged)

    def common(self, a: str, b: str) -> tuple[str, ...]:
        """Return the acquaintances that two people share, by id."""
        return tuple(sorted(self.personal.get(a, {}).keys() & self.personal.get(b, {}).keys()))

    def permits(self, person: str) -> bool:
        """Say whether somebody may be named as the one who can introduce people."""
        if person not in self._permitting:
            self._permitting[person] = self._permits(self.people.get(person))
        return self._permitting[person]

    @cached_property
    def _permitting(self) -> dict[str, bool]:
        return {}

    def _permits(self, person: Person | None) -> bool:
        if person is None or (under_age(person, self.today.year) and not self.policy.minors):
            return False
        return sharing_of(person, asof=self.today).scope is not SharingScope.NOBODY

    @cached_property
    def network(self) -> Acquaintance:
        """Who knows whom on the Monday of the run, with the workers who know people.

        The same as the network of :func:`assetmap.graph.people`, with its workers, by node.
        """
        here = {p.person for p in self.hood.people if live(p, self.today)}
        known: dict[str, dict[str, dict[str, int]]] = {f"person:{p}": {} for p in sorted(here)}

        def join(a: str, b: str, weight: int) -> None:
            a, b = (p if p in here else p.removeprefix("person:") for p in (a, b))
            if a in here and b in here and a != b:
                for one, other in ((f"person:{a}", f"person:{b}"), (f"person:{b}", f"person:{a}")):
                    strongest = max(weight, known[one].get(other, {}).get("weight", 1))
                    known[one][other] = {"weight": strongest}

        for tie in self.hood.ties:
            if live(tie, self.today, "since"):
                join(tie.a, tie.b, tie.strength or 1)
        for row in self.hood.arrangements:
            if live(row, self.today, "since"):
                need = self.hood.index["needs"].get(row.need)
                join(row.provider, str(getattr(need, "owner", "")), 1)
        for person in self.hood.people:
            join(person.worker or "", person.person, 1)
        return Acquaintance(known)

    def chain(self, a: str, b: str) -> tuple[str, ...] | None:
        """Return the shortest chain in which everybody may be named, and none is kept apart."""
        if (a, b) not in self.chains:
            self.chains[a, b] = self._chain(a, b)
        return self.chains[a, b]

    @cached_property
    def chains(self) -> dict[tuple[str, str], tuple[str, ...] | None]:
        """Chains of acquaintance, as far as they were looked for."""
        return {}

    def _chain(self, a: str, b: str) -> tuple[str, ...] | None:
        ends = (f"person:{a}", f"person:{b}")
        network: Any = self.network
        if a == b or not all(end in network for end in ends):
            return None

        def permits(node: str) -> bool:
            person = node.partition(":")[2]
            apart = self.kept_apart(person, a) or self.kept_apart(person, b)
            return self.permits(person) and not apart

        found = ties.chain(network, *ends, permits=permits)
        if found is None:
            return None
        people = tuple(node.partition(":")[2] for node in found)
        return None if any(self.kept_apart(*pair) for pair in pairwise(people)) else people

    @cached_property
    def agreed_hours(self) -> Mapping[str, float]:
        """The hours a week that people agreed on in their memberships, all together."""
        return {who: sum(hours.values()) for who, hours in self.agreed_for.items()}

    @cached_property
    def agreed_for(self) -> Mapping[str, Mapping[Purpose | None, float]]:
        """The same by what the hours are meant for; None: for anything."""
        hours: dict[str, dict[Purpose | None, float]] = {}
        for row in self.hood.memberships:
            if row.hours_week is not None and live(row, self.today, "since"):
                mine = hours.setdefault(row.member, defaultdict(float))
                mine[row.purpose] += row.hours_week
        return hours

    @cached_property
    def written_down(self) -> Mapping[tuple[str, int], Mapping[Purpose | None, int]]:
        """The minutes that workers wrote down, by worker and week of the horizon, by purpose."""
        minutes: dict[tuple[str, int], dict[Purpose | None, int]] = {}
        for row in self.hood.team_hours:
            week = self.week_of(Week.parse(row.week).monday)
            if 0 <= week < self.policy.horizon_weeks:
                mine = minutes.setdefault((row.worker, week), defaultdict(int))
                mine[row.purpose] += round(row.hours * 60)
        return minutes

    @cached_property
    def trained(self) -> dict[tuple[str, str], bool]:
        """Who had a training for which category, as far as it was worked out."""
        return {}

    @cached_property
    def talents_of(self) -> Mapping[str, tuple[Talent, ...]]:
        """The talents of everybody who offers any, in the order of the table."""
        found: dict[str, list[Talent]] = defaultdict(list)
        for talent in self.hood.talents:
            found[talent.owner].append(talent)
        return {owner: tuple(talents) for owner, talents in found.items()}

    @cached_property
    def involved(self) -> Mapping[str, int]:
        """How many talents and open needs each person has: what may fill the same hours."""
        found = Counter(t.owner for t in self.hood.talents)
        last = self.week.sunday
        found.update(n.owner for n in self.hood.needs if n.closed_on is None or n.closed_on > last)
        return found

    @cached_property
    def car_owners(self) -> frozenset[str]:
        """Everybody who offers rides some day within the horizon."""
        tree = self.tree
        return frozenset(
            t.owner
            for t in self.hood.talents
            if t.category in tree
            and "ride" in (t.category, *tree.ancestors(t.category))
            and (t.until is None or t.until >= self.today)
        )

    @cached_property
    def workers(self) -> tuple[Person, ...]:
        """The workers who are there, or will be."""
        there = (p for p in self.hood.people if p.until is None or p.until >= self.today)
        return tuple(p for p in there if p.is_worker)

    def worker_of(self, person: Person | None) -> str | None:
        """Return the worker who knows somebody; a worker is known to themself."""
        if person is None:
            return None
        return person.person if person.is_worker else person.worker

    @cached_property
    def teams(self) -> Mapping[str, str]:
        """Which team knows each person and initiative."""
        return teams_of(self.hood)

    # --- when ----------------------------------------------------------------------------

    @cached_property
    def meetings(self) -> Mapping[str, tuple[Meeting, ...]]:
        """The dated occurrences of every activity within the horizon."""
        return {a.activity: self._dates(a, self.today, self.last) for a in self.hood.activities}

    def _dates(self, activity: Activity, first: dt.date, last: dt.date) -> tuple[Meeting, ...]:
        if activity.status is Status.PAST:
            return ()
        initiative = self.initiative(activity)
        if initiative is not None and initiative.status is InitiativeStatus.ENDED:
            return ()
        minutes = activity.minutes or self.policy.activity_minutes
        starts = occurrences(
            activity.start,
            rrule=activity.rrule,
            after=dt.datetime.combine(first, dt.time.min),
            before=dt.datetime.combine(last, dt.time.min),
            until=activity.until,
            exceptions=activity.except_ or (),
        )
        zone = self.policy.zone
        return tuple(Meeting(s, ends(s, minutes, zone), activity.activity) for s in starts)

    def next_meeting(self, activity: str) -> Meeting | None:
        """Return the first occurrence from today on, within the horizon or a year beyond it."""
        if self.meetings.get(activity):
            return self.meetings[activity][0]
        row = self.hood.index["activities"].get(activity)
        beyond = self.last + dt.timedelta(weeks=COMING_WEEKS)
        found = self._dates(row, self.last, beyond) if isinstance(row, Activity) else ()
        return found[0] if found else None

    # --- what was agreed, decided and protected ---------------------------------------------

    @cached_property
    def arrangements(self) -> Mapping[str, tuple[Arrangement, ...]]:
        """Arrangements by need, in order of id."""
        by_need: dict[str, list[Arrangement]] = defaultdict(list)
        for row in sorted(self.hood.arrangements, key=lambda a: a.arrangement):
            by_need[row.need].append(row)
        return {need: tuple(rows) for need, rows in by_need.items()}

    @cached_property
    def decisions(self) -> Mapping[str, tuple[Decision, ...]]:
        """Decisions by need, oldest first; ties by plan id."""
        by_need: dict[str, list[Decision]] = defaultdict(list)
        for row in sorted(self.hood.decisions, key=lambda d: (d.date, d.plan, d.decision)):
            if row.date <= self.week.sunday:
                by_need[row.need].append(row)
        return {need: tuple(rows) for need, rows in by_need.items()}

    @cached_property
    def safeguards(self) -> Mapping[str, tuple[Safeguard, ...]]:
        """Protections that are not over, by person."""
        by_person: dict[str, list[Safeguard]] = defaultdict(list)
        for row in self.hood.safeguards:
            if row.until is None or row.until >= self.today:
                by_person[row.person].append(row)
        return {person: tuple(rows) for person, rows in by_person.items()}

    @cached_property
    def guarded(self) -> frozenset[str]:
        """Everybody and everything that a protection is about."""
        rows = [row for rows in self.safeguards.values() for row in rows]
        return frozenset({row.person for row in rows} | {row.at for row in rows})

    @cached_property
    def scopes(self) -> dict[tuple[str | None, str], SharingScope]:
        """To whom people may be proposed, as far as it was worked out: by team and person."""
        return {}

    @cached_property
    def named_days(self) -> dict[tuple[dt.date, str], tuple[dt.date, ...]]:
        """The days within the horizon of rules that were laid out already."""
        return {}

    @cached_property
    def motives(self) -> dict[tuple[str, str], bool]:
        """Which wishes giving serves, as far as it was worked out: by wish and category."""
        return {}

    @cached_property
    def of_kind(self) -> dict[str, tuple[Talent, ...]]:
        """Talents of a kind that somebody asked for, such as cooks, as far as it was needed."""
        return {}

    @cached_property
    def lasting(self) -> dict[str, bool]:
        """Which offers have not stopped, as far as it was worked out: by key."""
        return {}

    @cached_property
    def quiet(self) -> frozenset[str]:
        """The initiatives with an activity that is a quiet one."""
        found = (a.initiative for a in self.hood.activities if a.setting is Setting.QUIET)
        return frozenset(name for name in found if name is not None)

    @cached_property
    def regulars(self) -> Mapping[str, frozenset[str]]:
        """Who comes to each activity by arrangement, or says so."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.hood.arrangements:
            need = self.hood.index["needs"].get(row.need)
            if row.activity is not None and live(row, self.today, "since"):
                found[row.activity].add(str(getattr(need, "owner", "")))
        for talent in self.hood.talents:
            if talent.going_to is not None:
                found[talent.going_to].add(talent.owner)
        return {activity: frozenset(people) for activity, people in found.items()}

    def yields(self, person: str, other: str, day: dt.date) -> bool:
        """Say whether it is this person who stays away, of two who are kept apart."""
        rows = self.safeguards.get(person, ())
        return any(row.at == other and live(row, day) for row in rows)

    def kept_apart(self, person: str, other: str, day: dt.date | None = None) -> bool:
        """Say whether a protection keeps somebody from a person, initiative or activity.

        Between people it works both ways. Who is kept from somebody is also kept from the
        initiatives that this person manages or belongs to. Without a day it counts if it holds
        at any time within the horizon.
        """
        if person not in self.guarded:
            return False
        there = self.running.get(other, frozenset())
        return any(self._protected(person, at, day) for at in (other, *sorted(there)))

    def _protected(self, person: str, other: str, day: dt.date | None) -> bool:
        pairs = ((person, other), (other, person)) if other in self.guarded else ()
        for one, at in pairs:
            for row in self.safeguards.get(one, ()):
                if row.at == at and (row.from_ < self.last if day is None else live(row, day)):
                    return True
        return False

    @cached_property
    def running(self) -> Mapping[str, frozenset[str]]:
        """Who manages or belongs to each initiative: they may be met at what it does."""
        found: dict[str, set[str]] = {
            row.initiative: {
                p for p in (row.manager, row.host) if p is not None and p in self.people
            }
            for row in self.hood.initiatives
        }
        for member in self.hood.memberships:
            over = member.until is not None and member.until < self.today
            if member.party in found and member.member in self.people and not over:
                found[member.party].add(member.member)
        for activity in self.hood.activities:
            found[activity.activity] = found.get(activity.initiative or "", set())
        return {party: frozenset(people) for party, people in found.items()}
