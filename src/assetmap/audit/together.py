"""What must hold between plans: nobody and nothing is in two places, given twice, or too full."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, permutations
from types import MappingProxyType

from assetmap.audit.clauses import seeks_people
from assetmap.audit.deeds import Deed, Source, minutes_of, rides_of
from assetmap.audit.facts import Facts, Party
from assetmap.audit.hours import agreed, written
from assetmap.audit.rosters import unstaffed
from assetmap.model import Leg, Person, Purpose, Role, Talent

__all__ = ["RULES", "clashes", "once"]

Coming = tuple[Party, Source]
"""Somebody who is there, and why."""
Visit = tuple[str, dt.datetime]
"""An activity on a date."""
Trip = tuple[str, str, dt.datetime, Leg]
"""A car (a talent) on its way to or from an activity on a date."""


def clashes(facts: Facts, deeds: Sequence[Deed]) -> Iterator[str]:
    """Yield what is wrong with plans taken together; what only concerns firm deeds is left out."""
    for rule in RULES.values():
        yield from rule(facts, deeds)


def _proposed(deeds: Iterable[Deed]) -> bool:
    return any(not d.firm for d in deeds)


def _visits(deeds: Iterable[Deed]) -> dict[Visit, list[Deed]]:
    found: dict[Visit, list[Deed]] = defaultdict(list)
    for deed in deeds:
        if deed.leg is Leg.ACTIVITY and deed.activity and isinstance(deed.start, dt.datetime):
            found[deed.activity, deed.start].append(deed)
    return found


def _trips(deeds: Iterable[Deed]) -> dict[Trip, list[Deed]]:
    found: dict[Trip, list[Deed]] = defaultdict(list)
    for d in deeds:
        if d.is_ride and d.talent and d.activity and isinstance(d.start, dt.datetime):
            found[d.talent, d.activity, d.start, d.leg].append(d)
    return found


def _weekly(facts: Facts, deeds: Iterable[Deed]) -> dict[tuple[str, int], list[Deed]]:
    found: dict[tuple[str, int], list[Deed]] = defaultdict(list)
    for deed in deeds:
        if deed.talent is not None and deed.day is not None:
            found[deed.talent, facts.week_of(deed.day)].append(deed)
    return found


# --- seats ------------------------------------------------------------------------------------


def _capacity(facts: Facts, deeds: Sequence[Deed]) -> Iterator[str]:
    """No more people come to an activity than there are seats, whoever comes anyway included."""
    for (name, start), coming in _visits(deeds).items():
        activity = facts.activity(name)
        most = activity.capacity if activity is not None else None
        people = {d.asker for d in coming}
        if most is not None and len(people) > most and _proposed(coming):
            yield f"{name} on {start:%Y-%m-%d}: {len(people)} people come and {most} can"


def _seats(facts: Facts, deeds: Sequence[Deed]) -> Iterator[str]:
    """No more people ride than there are seats; one seat where the number is not known."""
    for (name, _, start, leg), riders in _trips(deeds).items():
        talent = facts.talent(name)
        most = 1 if talent is None or talent.seats is None else talent.seats
        people = {d.asker for d in riders}
        if len(people) > most and _proposed(riders):
            yield f"{name} on {start:%Y-%m-%d}: {len(people)} people on the {leg}, {most} can"


def _detour(facts: Facts, deeds: Sequence[Deed]) -> Iterator[str]:
    """One car takes several people only as long as its detour stays within the policy."""
    for (name, _, start, leg), riders in _trips(deeds).items():
        people = sorted({d.asker for d in riders if d.asker is not None})
        if len(people) < 2 or not _proposed(riders):
            continue
        extra = _extra(facts, riders[0], people)
        if extra is not None and extra > facts.policy.distances.detour_m:
            yield f"{name} on {start:%Y-%m-%d}: {extra} metres of detour on the {leg}"


def _extra(facts: Facts, ride: Deed, people: Sequence[Party]) -> int | None:
    """Return how much further the shortest round is than the straight way; None: unknown."""
    talent = facts.talent(ride.talent)
    owner = facts.hood.owner(talent.owner) if talent is not None else None
    home = facts.spot(facts.place(talent.place) if talent and talent.place else owner)
    there = facts.spot(facts.activity(ride.activity))
    spots = [facts.spot(facts.hood.index[table][name]) for table, name in people]
    direct = facts.metres(home, there)
    rounds = []
    for order in permutations(spots):
        legs = [facts.metres(a, b) for a, b in pairwise((home, *order, there))]
        if None not in legs:
            rounds.append(sum(leg for leg in legs if leg is not None))
    return min(rounds) - direct if rounds and direct is not None else None


# --- time -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Event:
    """Somebody, or a car, is somewhere from `start` to `end`."""

    who: Party
    what: tuple[object, ...]
    start: dt.datetime
    end: dt.datetime


def _events(facts: Facts, deed: Deed) -> Iterator[_Event]:
    if not isinstance(deed.start, dt.datetime) or deed.end is None:
        return
    span = rides_of(facts, deed)
    if deed.is_ride and span is not None:
        trip = (deed.talent, deed.activity, deed.start, deed.leg)
        for who in (deed.giver, deed.asker, ("cars", deed.talent or "")):
            if who is not None and who[0] in {"people", "cars"}:
                yield _Event(who, trip, *span)
        return
    if deed.leg is Leg.ACTIVITY:
        visit = (deed.activity, deed.start)
        who = deed.asker
        if who is not None and who[0] == "people":
            yield _Event(who, visit, deed.start, deed.end)
    elif deed.leg in {Leg.HELP, Leg.GROUP}:
        for who in (deed.asker, deed.giver):
            if who is not None and who[0] == "people":
                yield _Event(who, (deed.plan, deed.need, deed.start), deed.start, deed.end)


def once(facts: Facts, deeds: Sequence[Deed]) -> Iterator[str]:
    """Nobody is in two places at once, askers, helpers, drivers and cars alike."""
    diary: dict[Party, dict[tuple[object, ...], tuple[_Event, bool]]] = defaultdict(dict)
    for deed in deeds:
        for event in _events(facts, deed):
            before = diary[event.who].get(event.what)
            firm = deed.firm and (before is None or before[1])
            diary[event.who][event.what] = (event, firm)
    for who, found in sorted(diary.items()):
        for (one, one_firm), (other, other_firm) in combinations(found.values(), 2):
            both = max(one.start, other.start) < min(one.end, other.end)
            if both and not (one_firm and other_firm):
                yield f"{who[1]} is in two places on {max(one.start, other.start):%Y-%m-%d %H:%M}"


def _goes_twice(facts: Facts, deeds: Sequence[Deed]) -> Iterator[str]:
    """Nobody is proposed for a date where they go already; one visit may answer several needs."""
    for (name, start), coming in _visits(deeds).items():
        people = [d for d in coming if d.asker is not None and d.asker[0] == "people"]
        for who in sorted({d.asker for d in people if d.asker is not None}):
            own = [d for d in people if d.asker == who]
            plans = {(d.plan, d.need) for d in own}
            apart = len({need for _, need in plans}) == len(plans) and all(not d.firm for d in own)
            if len(plans) > 1 and _proposed(own) and not apart:
                yield f"{name} on {start:%Y-%m-%d}: somebody has two seats"


# --- what people give in a week ---------------------------------------------------------------


def _per_week(facts: Facts, deeds: Sequence[Deed]) -> Iterator[str]:
    """No more plans a week than was said; there and back by one driver is one plan."""
    for (name, week), given in _weekly(facts, deeds).items():
        talent = facts.talent(name)
        most = _most(facts, talent) if talent is not None else None
        plans = {(d.activity, d.start) if d.is_ride else (d.plan, d.need) for d in given}
        if most is not None and len(plans) > most and _proposed(given):
            yield f"{name} in week {week}: {len(plans)} plans where {most} were offered"


def _most(facts: Facts, talent: Talent) -> int | None:
    if talent.per_week is not None:
        return talent.per_week
    person = facts.record(talent.owner, "people")
    if not isinstance(person, Person) or talent.hours_week is not None:
        return None
    return facts.policy.default_per_week


def _hours(facts: Facts, deeds: Sequence[Deed]) -> Iterator[str]:
    """No more hours a week than was said, where hours are a limit; a trip counts once."""
    if not facts.policy.hours_hard:
        return
    for (name, week), given in _weekly(facts, deeds).items():
        talent = facts.talent(name)
        most = talent.hours_week if talent is not None else None
        if most is not None and _proposed(given) and _minutes(facts, given) > round(most * 60):
            yield f"{name} in week {week}: more hours than were offered"


def _agreed_hours(facts: Facts, deeds: Sequence[Deed]) -> Iterator[str]:
    """Who agreed on hours as a volunteer or professional gives no more in that capacity."""
    given: dict[tuple[Party, int], list[Deed]] = defaultdict(list)
    for deed in deeds:
        talent = facts.talent(deed.talent)
        acts = talent is not None and facts.role(talent) is not Role.NEIGHBOUR
        if acts and deed.day is not None and deed.giver is not None and deed.giver[0] == "people":
            given[deed.giver, facts.week_of(deed.day)].append(deed)
    for (who, week), own in given.items():
        hours = agreed(facts, who)
        if hours and facts.policy.hours_hard and _proposed(own):
            yield from _too_much(facts, (who, week), own, hours)


def _too_much(
    facts: Facts,
    when: tuple[Party, int],
    own: Sequence[Deed],
    hours: Mapping[Purpose | None, float],
) -> Iterator[str]:
    """Look at all hours together and, where they are meant for something, at each purpose."""
    (who, week), cases, community = when, Purpose.CASES, Purpose.COMMUNITY
    noted = written(facts, who, week)
    if not facts.policy.purposes_apart or all(p is None for p in hours):
        if _asked(facts, own, sum(noted.values())) > round(sum(hours.values()) * 60):
            yield f"{who[1]} in week {week}: more hours than were agreed"
        return
    together = noted[None]
    for purpose in (cases, community):
        part = [d for d in own if _is_case(d) is (purpose is cases)]
        most = round((hours.get(purpose, 0) + hours.get(None, 0)) * 60)
        asked = _asked(facts, part, noted[purpose])
        together += min(asked, most)
        if asked > most and _proposed(part):
            yield f"{who[1]} in week {week}: more hours for {purpose} than were agreed"
    meant = sum(n for p, n in hours.items() if p is not Purpose.OTHER)
    if together > round(meant * 60):
        yield f"{who[1]} in week {week}: more hours than were agreed"


def _is_case(deed: Deed) -> bool:
    return deed.asker is not None and deed.asker[0] == "people"


def _asked(facts: Facts, deeds: Sequence[Deed], noted: int) -> int:
    """Return the minutes of some deeds; of what is firm at least what was written down."""
    firm, new = [d for d in deeds if d.firm], [d for d in deeds if not d.firm]
    trips = {(d.talent, d.activity, d.start, d.leg) for d in firm if d.is_ride}
    more = [d for d in new if (d.talent, d.activity, d.start, d.leg) not in trips]
    return max(noted, _minutes(facts, firm)) + _minutes(facts, more)


def _minutes(facts: Facts, deeds: Iterable[Deed]) -> int:
    """Return how long some deeds take; one trip with several people counts once."""
    trips, used = set(), 0
    for deed in deeds:
        need = facts.need(deed.need or "")
        if deed.is_ride:
            trips.add((deed.talent, deed.activity, deed.start, deed.leg))
        elif deed.leg is not Leg.ACTIVITY and need is not None:
            used += minutes_of(facts, need) if deed.minutes is None else deed.minutes
    return used + facts.policy.ride_margin_minutes * len(trips)


def _grants(facts: Facts, deeds: Sequence[Deed]) -> Iterator[str]:
    # A place among the people of an initiative, or a sum of money, is not given twice over
    money = Counter(d.talent for d in deeds if d.leg is Leg.MONEY)
    for name, count in money.items():
        talent = facts.talent(name)
        most = (talent.per_week or 1) if talent is not None else 1
        if count > most:
            yield f"{name} is given {count} times"
    places = Counter(d.giver for d in deeds if d.leg is Leg.CONTACT and d.talent is None)
    for giver, count in places.items():
        asked = [n for n in facts.hood.needs if facts.party(n.owner) == giver]
        wanted = sum(n.people_needed or 1 for n in asked if seeks_people(facts, n))
        if giver is not None and count > wanted:
            yield f"{giver[1]} asks {wanted} people and gets {count}"


# --- who is there together --------------------------------------------------------------------


def _apart(facts: Facts, deeds: Sequence[Deed]) -> Iterator[str]:
    """Who is kept apart is not brought together: not at an activity, not in a car."""
    groups: list[tuple[dt.date, list[Coming]]] = []
    for (name, start), coming in _visits(deeds).items():
        there = [(d.asker, d.source) for d in coming if d.asker]
        drives = [d for d in deeds if d.is_ride and (d.activity, d.start) == (name, start)]
        there += [(d.giver, d.source) for d in drives if d.giver]
        groups.append((start.date(), there))
    for (_, _, start, _), riders in _trips(deeds).items():
        aboard = [(d.asker, d.source) for d in riders if d.asker]
        aboard += [(d.giver, d.source) for d in riders if d.giver]
        groups.append((start.date(), aboard))
    for day, there in groups:
        for (a, one), (b, other) in combinations(there, 2):
            if a != b and facts.apart(a, b, day) and _wrong(facts, (a, one), (b, other), day):
                yield f"two people who are kept apart meet on {day}"


def _wrong(facts: Facts, one: Coming, other: Coming, day: dt.date) -> bool:
    """Say whether proposals bring two people together, or leave both where one stays away."""
    sources = {one[1], other[1]}
    if Source.PLAN in sources:
        return True
    if sources == {Source.STANDING, Source.HABIT}:
        stands, goes = sorted((one, other), key=lambda c: c[1] is Source.HABIT)
        return facts.yields(stands[0], goes[0], day)
    return sources == {Source.STANDING}


RULES: Mapping[str, Callable[[Facts, Sequence[Deed]], Iterator[str]]] = MappingProxyType(
    {
        "capacity": _capacity,
        "seats": _seats,
        "detour": _detour,
        "once": once,
        "two_seats": _goes_twice,
        "per_week": _per_week,
        "hours": _hours,
        "agreed_hours": _agreed_hours,
        "grants": _grants,
        "apart": _apart,
        "staffed": unstaffed,
    }
)
"""Every rule between plans, by name."""
