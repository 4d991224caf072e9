"""One time in shifts, from its definition: who comes one after another, and who could."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, permutations

from assetmap.audit.clauses import CLAUSES, broken
from assetmap.audit.deeds import Deed, Moment, minutes_of
from assetmap.audit.facts import DAY, Facts
from assetmap.audit.shapes import Slot, may_divide, slots
from assetmap.audit.together import clashes
from assetmap.model import Need
from assetmap.schedule import Window, ends

__all__ = ["divided", "windows_of"]

HOUR = 60
MOST = 4
UNDATED = CLAUSES.keys() - {"time", "alive"}
MINUTE = dt.timedelta(minutes=1)

Windows = tuple[Window, ...] | None


def windows_of(facts: Facts, need: Need, one: Deed) -> tuple[Windows, Windows]:
    """Return the hours of whoever asks, and of whoever gives; None: unknown."""
    asker, talent = facts.asker(need), facts.talent(one.talent)
    mine = need.when or (asker.available if asker is not None else None)
    owner = facts.hood.owner(talent.owner) if talent is not None else None
    theirs = (talent.available if talent is not None else None) or getattr(owner, "available", None)
    return mine, theirs


def divided(
    facts: Facts,
    need: Need,
    offers: Sequence[Deed],
    beside: Sequence[Deed],
    done: Sequence[Moment],
) -> Iterator[tuple[Deed, ...]]:
    """Yield ways in which as few people as can be come one after another.

    Parameters
    ----------
    facts, need : Facts, Need
        What is asked.
    offers : sequence of Deed
        What answers it in kind, without a date.
    beside : sequence of Deed
        What is so besides.
    done : sequence of date
        When somebody could give all of it: those occurrences are not shared.
    """
    if not may_divide(facts, need):
        return
    helpers = [d for d in offers if d.talent and not broken(facts, need, d, among=UNDATED)]
    for slot in slots(facts, need):
        if any(_within(slot, when) for when in done):
            continue
        for people in range(2, MOST + 1):
            ways = _ways(facts, need, slot, (helpers, people))
            found = [way for way in ways if _free(facts, need, way, beside)]
            yield from found
            if found:
                break


def _within(slot: Slot, when: Moment) -> bool:
    day = when.date() if isinstance(when, dt.datetime) else when
    return day is not None and slot[0] <= day < slot[1]


def _free(facts: Facts, need: Need, way: Sequence[Deed], beside: Sequence[Deed]) -> bool:
    """Say whether every clause holds for each part, and for all of them beside the rest."""
    if any(broken(facts, need, one) for one in way):
        return False
    who = {p for d in way for p in (d.asker, d.giver)}
    near = [d for d in beside if {d.asker, d.giver} & who]
    return not any(clashes(facts, [*near, *way]))


def _ways(
    facts: Facts, need: Need, slot: Slot, among: tuple[Sequence[Deed], int]
) -> Iterator[tuple[Deed, ...]]:
    """Yield every order of so many different givers, at every moment that could matter."""
    helpers, people = among
    whole = minutes_of(facts, need)
    if whole < people * HOUR:
        return
    asked = windows_of(facts, need, helpers[0])[0] if helpers else None
    timed = [h for h in helpers if asked is not None or windows_of(facts, need, h)[1] is not None]
    even = [whole * at // people for at in range(people + 1)]
    untimed = [h for h in helpers if h not in timed]
    yield from _weekly(facts, slot, untimed, (people, max(b - a for a, b in pairwise(even))))
    edges = _edges(facts, need, slot, timed)
    for way in permutations(timed, people):
        if len({d.giver for d in way}) < people:
            continue
        for start, cuts in _moments(facts, way, even, edges):
            if slot[0] <= start.date() < slot[1]:
                yield _laid(facts, way, start, cuts)


def _weekly(
    facts: Facts, slot: Slot, helpers: Sequence[Deed], share: tuple[int, int]
) -> Iterator[tuple[Deed, ...]]:
    people, minutes = share
    named = slot[1] - slot[0] == DAY
    mondays = (facts.monday + dt.timedelta(weeks=w) for w in range(facts.policy.horizon_weeks))
    days = [slot[0]] if named else [m for m in mondays if slot[0] < m + 7 * DAY and m < slot[1]]
    for day in days:
        for way in permutations(helpers, people):
            if [d.talent for d in way] == sorted(str(d.talent) for d in way):
                yield tuple(replace(d, start=day, end=None, minutes=minutes) for d in way)


def _edges(
    facts: Facts, need: Need, slot: Slot, helpers: Sequence[Deed]
) -> tuple[list[dt.datetime], list[dt.datetime]]:
    """Return when somebody's hours begin and end, within an occurrence."""
    begins, closes = set(), set()
    days = [slot[0] + at * DAY for at in range((slot[1] - slot[0]).days + 1)]
    for windows in {w for h in helpers for w in windows_of(facts, need, h)}:
        for window in windows or ():
            for day in days:
                monday = dt.datetime.combine(day - day.weekday() * DAY, dt.time())
                begins.add(monday + window.start * MINUTE)
                closes.add(monday + window.end * MINUTE)
    return sorted(begins), sorted(closes)


def _moments(
    facts: Facts,
    way: Sequence[Deed],
    even: list[int],
    edges: tuple[list[dt.datetime], list[dt.datetime]],
) -> Iterator[tuple[dt.datetime, list[int]]]:
    """Yield beginnings and cuts: in even parts, and for two at any moment that could matter."""
    begins, closes = edges
    whole = even[-1]
    for begin in begins:
        for cut in even[:-1]:
            yield begin - cut * MINUTE, even
    if len(way) > 2:
        return
    rooms = [_room(facts, one) for one in way]
    for start in begins:
        inner = {(edge - start) // MINUTE for edge in (*begins, *closes)}
        inner |= {rooms[0], whole - rooms[1]}
        for cut in sorted(inner):
            if HOUR <= cut <= whole - HOUR:
                yield start, [0, cut, whole]


def _room(facts: Facts, one: Deed) -> int:
    talent = facts.talent(one.talent)
    hours = talent.hours_week if talent is not None else None
    return 0 if hours is None else round(hours * 60)


def _laid(
    facts: Facts, way: Sequence[Deed], start: dt.datetime, cuts: Sequence[int]
) -> tuple[Deed, ...]:
    zone = facts.policy.zone
    at = [ends(start, minutes, zone) if minutes else start for minutes in cuts]
    return tuple(
        replace(one, start=begin, end=end, minutes=b - a)
        for one, (begin, end), (a, b) in zip(way, pairwise(at), pairwise(cuts), strict=True)
    )
