"""What else could be: plans for one need, tried out one by one with the clauses of the audit."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations, product

from assetmap.audit.clauses import broken, ladder_of, refusal_holds, rung_of
from assetmap.audit.deeds import RIDES, Deed, minutes_of
from assetmap.audit.facts import DAY, MINUTES_OF_WEEK, Facts
from assetmap.audit.shapes import (
    days_waited,
    is_open,
    kind_for,
    may_divide,
    may_share,
    shape,
    slots,
    touches,
)
from assetmap.audit.shifts import divided, windows_of
from assetmap.audit.splits import only_short, too_many_turns
from assetmap.audit.standing import YEAR, activity_of, arranged, deed, due, holds
from assetmap.audit.together import clashes, once
from assetmap.model import Activity, Leg, Need, Place, Rung
from assetmap.schedule import Window, ends

__all__ = ["Possible", "certain", "offers", "possible", "somebody", "waits_for", "whole"]

LASTING = (Leg.PLACE, Leg.MONEY, Leg.CONTACT)
IN_KIND = frozenset({"exists", "answers", "wants", "safety", "somebody_else"})
"""The clauses that say what answers a need in kind."""
MOST_TIMES = 4
"""So many times a week are tried for one helper, or as many plans as they give."""


@dataclass(frozen=True, slots=True)
class Possible:
    """A plan that could be.

    Attributes
    ----------
    deeds : tuple of Deed
        Its parts.
    rungs : tuple of Rung
        The step of every part.
    """

    deeds: tuple[Deed, ...]
    rungs: tuple[Rung, ...]

    @property
    def rung(self) -> Rung:
        """The highest step among its parts."""
        return max(self.rungs, key=lambda rung: rung.step)


def offers(facts: Facts, need: Need) -> list[Deed]:
    """Return, without a date, what others offer that answers a need."""
    empty = Deed(
        plan=f"possible {need.need}",
        need=need.need,
        asker=facts.party(need.owner),
        leg=kind_for(facts, need),
        giver=None,
        talent=None,
        activity=None,
        start=None,
        end=None,
    )
    found = [
        *(replace(empty, giver=facts.party(t.owner), talent=t.talent) for t in facts.hood.talents),
        *(_visit(facts, empty, a) for a in facts.hood.activities),
        *(_room(facts, empty, p) for p in facts.hood.places if _lends(facts, p)),
    ]
    answers = [one for one in found if not broken(facts, need, one, among=IN_KIND)]
    return sorted(answers, key=lambda d: (d.talent or "", d.activity or "", d.place or ""))


def _visit(facts: Facts, empty: Deed, activity: Activity) -> Deed:
    host = facts.initiative(activity)
    giver = None if host is None else ("initiatives", host.initiative)
    return replace(empty, leg=Leg.ACTIVITY, giver=giver, activity=activity.activity)


def _lends(facts: Facts, place: Place) -> bool:
    """Say whether a place is asked for itself, not by what somebody offers there."""
    return bool(place.space_for) and all(t.place != place.place for t in facts.hood.talents)


def _room(facts: Facts, empty: Deed, place: Place) -> Deed:
    giver = facts.party(place.manager or place.owner or f"place:{place.place}")
    return replace(empty, leg=Leg.PLACE, giver=giver, place=place.place)


def possible(
    facts: Facts, need: Need, beside: Sequence[Deed], *, firm: Sequence[Deed] | None = None
) -> Iterator[Possible]:
    """Yield the plans for a need that pass every clause beside other deeds.

    Places among the people of an initiative, and plans with several givers, are not tried; a
    long question is shared where nobody could do all of it beside what is firm.
    """
    alone = False
    for found in chain(whole(facts, need, beside), _divided(facts, need, beside, firm)):
        alone = True
        yield found
    if may_share(facts, need) and not alone and not _could(facts, need, firm):
        yield from _shared(facts, need, beside)


def _divided(
    facts: Facts, need: Need, beside: Sequence[Deed], firm: Sequence[Deed] | None
) -> Iterator[Possible]:
    """Yield the plans in which people come one after another, where nobody could do all of it."""
    if not may_divide(facts, need) or not is_open(facts, need) or not certain(facts, need):
        return
    if _coming(facts, need):
        return
    done = [p.deeds[0].start for p in whole(facts, need, beside if firm is None else firm)]
    for way in divided(facts, need, offers(facts, need), beside, done):
        yield Possible(way, _rungs(facts, need, way, beside))


def _could(facts: Facts, need: Need, firm: Sequence[Deed] | None) -> bool:
    """Say whether somebody could do all of it, now or later."""
    ways = (
        () if firm is None else chain(whole(facts, need, firm), _divided(facts, need, firm, firm))
    )
    return any(True for _ in ways) or bool(_coming(facts, need))


def _shared(facts: Facts, need: Need, beside: Sequence[Deed]) -> Iterator[Possible]:
    """Yield the turns of a long question: one date each, or two people in one week."""
    if not is_open(facts, need) or not certain(facts, need):
        return
    weeks: dict[dt.date, list[Deed]] = {}
    for one in offers(facts, need):
        for at in _times(facts, need, one, beside):
            own = (d for d in beside if d.need == need.need)
            near = list(dict.fromkeys([*_near(facts, [at], beside), *own]))
            if not only_short(facts, need, at) or any(clashes(facts, [*near, at])):
                continue
            if need.rrule is not None:
                if not any(too_many_turns(facts, [*near, at])):
                    yield Possible((at,), _rungs(facts, need, [at], beside))
                continue
            assert at.day is not None
            monday = facts.monday + dt.timedelta(weeks=facts.week_of(at.day))
            weeks.setdefault(monday, []).append(replace(at, start=monday, end=None))
    for found in weeks.values():
        for pair in combinations(dict.fromkeys(found), 2):
            both = [*_near(facts, pair, beside), *pair]
            if pair[0].giver != pair[1].giver and not any(clashes(facts, both)):
                yield Possible(pair, _rungs(facts, need, pair, beside))


def whole(facts: Facts, need: Need, beside: Sequence[Deed]) -> Iterator[Possible]:
    """Yield the plans with one giver for all that is asked."""
    if not is_open(facts, need) or not certain(facts, need):
        return
    rows = arranged(facts, need.need)
    at = activity_of(facts, need, rows) if due(facts, need, rows) else None
    for one in offers(facts, need):
        if at is not None and one.activity != at:
            continue
        for deeds in _dated(facts, need, one, beside):
            near = _near(facts, deeds, beside)
            if not shape(facts, need, deeds) and not any(clashes(facts, [*near, *deeds])):
                yield Possible(tuple(deeds), _rungs(facts, need, deeds, beside))


def _near(facts: Facts, deeds: Sequence[Deed], beside: Sequence[Deed]) -> Sequence[Deed]:
    """Return the deeds that matter to others; whoever an activity needs is taken by anything."""
    posts = (facts.activity(d.activity) for d in (*deeds, *beside))
    if any(activity is not None and activity.requires for activity in posts):
        return beside
    return [d for d in beside if _touch(d, deeds)]


def certain(facts: Facts, need: Need) -> bool:
    """Say whether what could be can be told: no group is asked, no whole plan turned down."""
    said = [d for d in facts.hood.decisions if d.need == need.need and d.provider is None]
    refused = any(refusal_holds(facts, d.date, d.until, d.decision) for d in said)
    return not refused and (need.people_needed or 1) == 1


def somebody(facts: Facts, need: Need, firm: Sequence[Deed]) -> set[Rung]:
    """Return the steps on which somebody could, now or on a date that is coming."""
    found = {p.rung for p in possible(facts, need, firm)}
    return found | {rung_of(facts, need, one) for one in _coming(facts, need)}


def _coming(facts: Facts, need: Need) -> list[Deed]:
    """Return what answers a need and has its first date beyond the horizon."""
    if need.rrule is not None:
        return []
    weeks = facts.policy.horizon_weeks + YEAR
    found = []
    for one in offers(facts, need):
        activity = facts.activity(one.activity)
        left = set(broken(facts, need, one))
        if activity is None:
            found += [one] if left == {"alive"} and begins(facts, one) else []
        elif not left and not facts.dates(activity):
            day = next(iter(facts.dates(activity, weeks=weeks)), None)
            found += [one] if day and not broken(facts, need, replace(one, start=day)) else []
    return found


def begins(facts: Facts, one: Deed) -> dt.date | None:
    """Return the day on which an offer begins, where that lies beyond the horizon."""
    giver = facts.person(one.giver[1]) if one.giver and one.giver[0] == "people" else None
    days = [r.from_ for r in (facts.talent(one.talent), giver) if r is not None and r.from_]
    ends = [r.until for r in (facts.talent(one.talent), giver) if r is not None and r.until]
    begin = max(days, default=None)
    over = any(day < facts.monday for day in ends)
    return None if begin is None or begin < facts.beyond or over else begin


def _touch(other: Deed, deeds: Sequence[Deed]) -> bool:
    who = {p for d in deeds for p in (d.asker, d.giver) if p is not None}
    what = {w for d in deeds for w in (d.talent, d.activity) if w is not None}
    return bool({other.asker, other.giver} & who) or bool({other.talent, other.activity} & what)


def _dated(facts: Facts, need: Need, one: Deed, beside: Sequence[Deed]) -> Iterator[list[Deed]]:
    if one.leg is not Leg.ACTIVITY:
        for at in _times(facts, need, one, beside):
            if not broken(facts, need, at):
                yield [at]
        return
    activity = facts.activity(one.activity)
    assert activity is not None
    for start in facts.dates(activity):
        at = replace(one, start=start, end=facts.over(activity, start))
        asked = any(touches(slot, start) for slot in slots(facts, need))
        if asked and not broken(facts, need, at):
            yield [at]
            yield from _with_rides(facts, need, at)


def _with_rides(facts: Facts, need: Need, visit: Deed) -> Iterator[list[Deed]]:
    cars = [t for t in facts.hood.talents if facts.is_ride(t.category)]
    either = []
    for leg in RIDES:
        rides = [replace(visit, leg=leg, giver=facts.party(t.owner), talent=t.talent) for t in cars]
        fitting = [r for r in rides if not broken(facts, need, r)]
        either.append(_kept(facts, need, fitting, visit, leg))
    for out, back in product(*either):
        yield [out, visit, back]


def _kept(facts: Facts, need: Need, rides: list[Deed], visit: Deed, leg: Leg) -> list[Deed]:
    """Where an arrangement still holds for a ride, whoever was to drive does so."""
    rows = arranged(facts, need.need)
    if visit.start not in due(facts, need, rows) or not isinstance(visit.start, dt.datetime):
        return rides
    dated = [deed(facts, need, rows, at, visit.start) for at in range(len(rows))]
    held = {
        one.giver
        for row, one in zip(rows, dated, strict=True)
        if row.leg is leg and holds(facts, row, one)
    }
    return [r for r in rides if r.giver in held] if held else rides


def _times(facts: Facts, need: Need, one: Deed, beside: Sequence[Deed]) -> Iterator[Deed]:
    """Yield help at every time at which it could begin soonest, or in every week."""
    asked = slots(facts, need)
    mine, theirs = windows_of(facts, need, one)
    weeks = range(facts.policy.horizon_weeks)
    mondays = [facts.monday + dt.timedelta(weeks=w) for w in weeks]
    if one.leg in LASTING or (mine is None and theirs is None):
        named = [slot for slot in asked if slot[1] - slot[0] == DAY]  # then that is the day
        longer = [slot for slot in asked if slot not in named]
        days = {day for day in mondays if any(touches(slot, day) for slot in longer)}
        yield from (replace(one, start=day) for day in sorted(days | {day for day, _ in named}))
        return
    talent = facts.talent(one.talent)
    most = (talent.per_week if talent is not None else None) or facts.policy.default_per_week
    near = [d for d in beside if _touch(d, [one])]
    found: Counter[int] = Counter()
    for start, end in _tiles(facts, need, _minutes(mine) & _minutes(theirs)):
        at, week = replace(one, start=start, end=end), facts.week_of(start.date())
        if found[week] < min(most, MOST_TIMES) and not any(once(facts, [*near, at])):
            found[week] += 1
            yield at


def _minutes(windows: tuple[Window, ...] | None) -> set[int]:
    if windows is None:
        return set(range(MINUTES_OF_WEEK))
    return {m % MINUTES_OF_WEEK for w in windows for m in range(w.start, w.end)}


def _tiles(facts: Facts, need: Need, free: set[int]) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """Lay help end to end over every stretch of time that suits both, occurrence by occurrence."""
    minutes = minutes_of(facts, need)
    for first, last in slots(facts, need):
        begin = dt.datetime.combine(first, dt.time())
        for start, until in _stretches(begin, (last - first).days, free):
            while (end := ends(start, minutes, facts.policy.zone)) <= until:
                if start.date() < last:
                    yield start, end
                start = end


def _stretches(
    begin: dt.datetime, days: int, free: set[int]
) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """Yield the free stretches of some days and of the day after them."""
    minute, length, offset = dt.timedelta(minutes=1), (days + 1) * 1440, begin.weekday() * 1440
    start: int | None = None
    for at in range(length + 1):
        open_now = at < length and (at + offset) % MINUTES_OF_WEEK in free
        if open_now and start is None:
            start = at
        elif not open_now and start is not None:
            yield begin + start * minute, begin + at * minute
            start = None


def _rungs(
    facts: Facts, need: Need, deeds: Sequence[Deed], beside: Sequence[Deed]
) -> tuple[Rung, ...]:
    return tuple(rung_of(facts, need, d, anyway=goes_anyway(d, beside)) for d in deeds)


def goes_anyway(ride: Deed, beside: Sequence[Deed]) -> bool:
    """Say whether it is a ride by somebody who goes there anyway."""
    there = [d for d in beside if (d.activity, d.start) == (ride.activity, ride.start)]
    going = {d.asker for d in there if d.leg is Leg.ACTIVITY}
    going |= {d.giver for d in there if d.is_ride and d.firm}
    return ride.is_ride and ride.giver in going


def passed(facts: Facts, need: Need, rung: Rung, ladder: Sequence[Rung]) -> bool:
    """Say whether a step of a ladder was tried, or waited for long enough."""
    upto = ladder[: ladder.index(rung) + 1]
    waiting = sum(facts.policy.waiting_days.get(r, 0) for r in upto)
    return rung in (need.tried or ()) or days_waited(facts, need) >= waiting


def waits_for(
    facts: Facts, need: Need, found: Possible, could: set[Rung], beside: Sequence[Deed]
) -> set[Rung]:
    """Return the steps that a plan waits for: somebody could there, and it is not their turn yet.

    Help keeps the ladder of the need, rides keep the ordinary one; a ride by somebody who goes
    there anyway never waits.
    """
    steps = set()
    for one, rung in zip(found.deeds, found.rungs, strict=True):
        if goes_anyway(one, beside):
            continue
        ladder = tuple(Rung) if one.is_ride else ladder_of(facts, need)
        lower = ladder[: ladder.index(rung)]
        steps |= {r for r in lower if r in could and not passed(facts, need, r, ladder)}
    return steps
