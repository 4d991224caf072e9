"""One time in shifts: people who come one after another, where nobody has hours for all of it.

Who asks for four hours on an afternoon may be helped by two people of two hours each. As few
people as can be share it. Two divide it at any moment at which one has to go or the other can
come, or in the middle; three or four come for the same part each. Nobody comes for less than an
hour. Where nobody's hours are known they share it within a week, and agree on who comes when.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from assetmap.model import Leg
from assetmap.plans.offers import Offer, OfferKind
from assetmap.plans.options import Giver, Option, Part, different
from assetmap.plans.outcome import Doubt
from assetmap.schedule import Window, dated

if TYPE_CHECKING:
    from assetmap.plans.asks import Ask, Slot
    from assetmap.plans.building import Desk
    from assetmap.plans.diaries import Diary
    from assetmap.plans.scene import Scene
    from assetmap.plans.sketches import Hand

__all__ = ["in_shifts", "may_divide"]

LEAST = 60
"""Nobody comes for fewer minutes than these."""
FEWEST, MOST = 2, 4
"""So many people share it."""
TIMES = 8
"""At most so many beginnings a week are weighed."""
MINUTE = dt.timedelta(minutes=1)

Span = tuple[dt.datetime, dt.datetime]


def may_divide(scene: Scene, ask: Ask, leg: Leg) -> bool:
    """Say whether what is asked may be shared: help of some hours, for which hours were told."""
    need = ask.need
    return (
        scene.policy.split_hours
        and leg is Leg.HELP
        and need.hours is not None
        and round(need.hours * 60) >= FEWEST * LEAST
        and (need.people_needed or 1) == 1
        and ask.talked
        and not ask.split
        and ask.id not in scene.arrangements
    )


def in_shifts(
    desk: Desk, offers: Sequence[tuple[Offer, int]], slots: Sequence[Slot]
) -> list[Option]:
    """Return the plans in which several people share one time, for each of some occurrences.

    Parameters
    ----------
    desk : Desk
        Where plans for the question are made.
    offers : sequence of (Offer, int)
        What passes the rules that need no date, and how well it answers.
    slots : sequence of Slot
        Occurrences for which nobody could give all of it, competition left aside.
    """
    helpers = [
        _Helper(desk, offer, percent)
        for offer, percent in sorted(offers, key=lambda pair: pair[0].key)
        if offer.kind is OfferKind.TALENT and not desk.diary(offer).full
    ]
    found: list[Option] = []
    for slot in slots:
        division = _Division(desk, slot, helpers)
        for people in range(FEWEST, MOST + 1):
            shared = list(division.options(people))
            if shared:
                found += shared
                break
    return found


class _Helper:
    """Somebody who could give a part."""

    def __init__(self, desk: Desk, offer: Offer, percent: int) -> None:
        self.offer = offer
        self.known: Diary = desk.diary(offer)
        both = self.known.windows is not None and desk.ask.windows is not None
        self.hand: Hand = desk.hand(offer, desk.leg, percent, dated=both)

    def giver(self, minutes: int, span: Span | None) -> Giver:
        """Return the helper with a part of so many minutes."""
        begin, end = span or (None, None)
        doubts = (*self.hand.doubts, Doubt.IN_SHIFTS)
        return replace(self.hand.giver(begin, end), minutes=minutes, doubts=doubts)


@dataclass(frozen=True, eq=False)
class _Free:
    """A helper, and when they are free within an occurrence."""

    helper: _Helper
    spans: tuple[Span, ...]

    def can(self, span: Span, minutes: int, week: int) -> bool:
        """Say whether they could come for just this."""
        begin, end = span
        known = self.helper.known
        there = known.there(begin.date()) and known.room[week] >= minutes
        return there and any(b <= begin and end <= e for b, e in self.spans)


class _Division:
    """The ways to divide one occurrence of a question."""

    def __init__(self, desk: Desk, slot: Slot, helpers: Sequence[_Helper]) -> None:
        self.desk, self.slot, self.whole = desk, slot, desk.minutes
        asker = desk.ask.windows
        self.own = self.free(asker, desk.owner)
        known = [h for h in helpers if asker is not None or h.known.windows is not None]
        self.timed = [_Free(h, self.free(h.known.windows, h.offer.provider)) for h in known]
        self.timed = [free for free in self.timed if free.spans]
        self.untimed = [h for h in helpers if h not in known]

    def free(self, windows: tuple[Window, ...] | None, who: str) -> tuple[Span, ...]:
        """Return when somebody is free: their hours, all day where unknown, less what stands."""
        first, last = self.slot.first, self.slot.last
        day = dt.timedelta(days=1)
        every = (dt.datetime.combine(first, dt.time()), dt.datetime.combine(last + day, dt.time()))
        spans = [every] if windows is None else dated(windows, first, last)
        for begin, end in self.desk.busy.spans.get(who, ()):
            spans = [piece for span in spans for piece in _without(span, (begin, end))]
        return tuple(spans)

    def options(self, people: int) -> Iterator[Option]:
        """Yield the plans with so many people."""
        if self.whole < people * LEAST:
            return
        cuts = [self.whole * at // people for at in range(people + 1)]
        count: dict[int, int] = defaultdict(int)
        for start in self.starts(cuts):
            week = self.desk.scene.week_of(start.date())
            if count[week] < TIMES:
                made = [o for c in self.divided(start, cuts) if (o := self.option(start, c, week))]
                count[week] += bool(made)
                yield from made
        yield from self.weekly(people, max(b - a for a, b in pairwise(cuts)))

    # --- at a time --------------------------------------------------------------------------

    def starts(self, cuts: Sequence[int]) -> list[dt.datetime]:
        """Return the moments before which it could not begin just as well, soonest first."""
        found = {begin for begin, _ in self.own}
        rooms = {m for f in self.timed for m in f.helper.known.room if LEAST <= m < self.whole}
        before = {*cuts[:-1], *(rooms if len(cuts) == FEWEST + 1 else ())}
        for free in self.timed:
            found |= {begin - minutes * MINUTE for begin, _ in free.spans for minutes in before}
        first, last = self.slot.first, self.slot.last
        return sorted(moment for moment in found if first <= moment.date() < last)

    def divided(self, start: dt.datetime, even: list[int]) -> Iterator[list[int]]:
        """Yield in which parts it could be, as minutes from the beginning; even parts first."""
        yield even
        if len(even) > FEWEST + 1:
            return
        end = self.end(start, self.whole)
        week, found = self.desk.scene.week_of(start.date()), set()
        for free in self.timed:
            room = free.helper.known.room[week]
            for begin, close in free.spans:
                if begin <= start < close:
                    found.add(min(room, (close - start) // MINUTE))
                if begin < end <= close:
                    found.add(max(self.whole - room, (begin - start) // MINUTE))
        for cut in sorted(found - set(even)):
            if LEAST <= cut <= self.whole - LEAST:
                yield [0, cut, self.whole]

    def option(self, start: dt.datetime, cuts: Sequence[int], week: int) -> Option | None:
        """Return the plan that is cut at these minutes; None where nobody can for some part."""
        moments = [self.end(start, minutes) if minutes else start for minutes in cuts]
        if not any(b <= start and moments[-1] <= e for b, e in self.own):
            return None
        if self.desk.scene.week_of(moments[-2].date()) != week:
            return None
        parts = []
        for (since, until), (a, b) in zip(pairwise(moments), pairwise(cuts), strict=True):
            able = (f.helper for f in self.timed if f.can((since, until), b - a, week))
            parts.append(Part(self.desk.leg, tuple(h.giver(b - a, (since, until)) for h in able)))
        if not different([part.providers for part in parts]):
            return None
        return Option(
            ask=self.desk.ask,
            slot=self.slot,
            offer=parts[0].givers[0].offer,
            parts=tuple(parts),
            start=start,
            end=moments[-1],
            week=week,
        )

    def end(self, start: dt.datetime, minutes: int) -> dt.datetime:
        return self.desk.hours.end(start, minutes)

    # --- in a week --------------------------------------------------------------------------

    def weekly(self, people: int, minutes: int) -> Iterator[Option]:
        """Yield the plans for a week in which so many share it, where no hours are known."""
        weeks: dict[int, dict[str, Giver]] = defaultdict(dict)
        days: dict[int, dt.datetime | dt.date] = {}
        for helper in self.untimed:
            for week, times in self.desk.weeks(self.slot, helper.known).items():
                if helper.known.room[week] >= minutes:
                    days[week] = times[0][0]
                    weeks[week].setdefault(helper.offer.provider, helper.giver(minutes, None))
        for week, givers in sorted(weeks.items()):
            if len(givers) >= people:
                part = Part(self.desk.leg, tuple(givers.values()), people)
                yield Option(
                    ask=self.desk.ask,
                    slot=self.slot,
                    offer=part.givers[0].offer,
                    parts=(part,),
                    start=days[week],
                    end=None,
                    week=week,
                )


def _without(span: Span, taken: Span) -> Iterator[Span]:
    """Yield what is left of a span."""
    begin, end = span
    if taken[1] <= begin or end <= taken[0]:
        yield span
        return
    if begin < taken[0]:
        yield begin, taken[0]
    if taken[1] < end:
        yield taken[1], end
