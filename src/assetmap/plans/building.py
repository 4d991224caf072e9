"""The plans that one offer could make for one need, and how far each got that could not."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

from assetmap.categories import Where
from assetmap.model import Leg
from assetmap.plans.asks import Ask, Slot
from assetmap.plans.diaries import Diary, diary
from assetmap.plans.entering import quiet_wanted, step_free_wanted
from assetmap.plans.fit import Weigher
from assetmap.plans.ladder import rung_of, step_of
from assetmap.plans.limits import purpose_of
from assetmap.plans.offers import Offer, OfferKind
from assetmap.plans.options import Giver, Option, Part
from assetmap.plans.outcome import Doubt, Reason
from assetmap.plans.readiness import readiness_doubts
from assetmap.plans.refusals import agreed_moments, turned_down
from assetmap.plans.requirements import complete
from assetmap.plans.rides import Supply, drivers, person_doubts
from assetmap.plans.rules import RULES, distance, place_of
from assetmap.plans.scene import Meeting, Scene
from assetmap.plans.sketches import Hand, Sketch, Time
from assetmap.plans.times import Suited, Taken, minutes_of_week
from assetmap.plans.walking import needs_ride
from assetmap.schedule import covers

__all__ = ["LATER_RULES", "ORDER", "Desk", "Tried", "leg_of"]

LATER_RULES: tuple[tuple[str, Reason], ...] = (
    ("coming", Reason.NEXT_OCCURRENCE),
    ("declined", Reason.NOT_POSSIBLE_HERE),
    ("apart", Reason.NOT_POSSIBLE_HERE),
    ("time", Reason.NO_TIME),
    ("hours", Reason.NO_HOURS),
    ("complete", Reason.ACTIVITY_INCOMPLETE),
    ("capacity", Reason.NO_CAPACITY),
    ("enough", Reason.GROUP_TOO_SMALL),
    ("ride_out", Reason.NO_RIDE_OUT),
    ("ride_back", Reason.NO_RIDE_BACK),
    ("ladder", Reason.WAITING_FOR_RUNG),
)
"""The rules that need a date, in the order of the funnel, after those of `rules`."""

ORDER = {name: at for at, name in enumerate([r.name for r in RULES] + [n for n, _ in LATER_RULES])}
MOST_TIMES = 4
"""At most so many times a week are weighed for one offer."""


@dataclass(eq=False)
class Tried:
    """What came of one offer for one need.

    Attributes
    ----------
    options : list of Option
        Plans.
    sketches : list of Sketch
        Plans that differ in their time alone.
    rule : str
        The furthest rule that stopped it on some date.
    date : date or None
        The date that is coming, where there is none within the horizon.
    reached : int
        The place of that rule in the order of the funnel.
    tiled : bool
        It could begin at other times of the day as well, and when it does may matter.
    """

    options: list[Option] = field(default_factory=list)
    sketches: list[Sketch] = field(default_factory=list)
    rule: str = "time"
    date: dt.date | None = None
    reached: int = -1
    tiled: bool = False

    def stopped_by(self, rule: str) -> None:
        """Remember the furthest rule at which a date of this offer was removed."""
        if ORDER[rule] > self.reached:
            self.reached, self.rule = ORDER[rule], rule

    @property
    def possible(self) -> bool:
        """Whether there is any plan."""
        return bool(self.options or self.sketches)


class Desk:
    """Makes the plans for one need, offer by offer.

    Parameters
    ----------
    scene, ask : Scene, Ask
        The run and the need.
    supply : Supply
        What can be drawn on.
    """

    def __init__(self, scene: Scene, ask: Ask, supply: Supply) -> None:
        self.scene, self.ask, self.supply, self.busy = scene, ask, supply, supply.busy
        self.weigher = Weigher(scene, ask)
        self.hours = supply.catalogue.hours
        self.down = turned_down(scene, ask.id)
        self.agreed = {m for m in agreed_moments(scene, ask.id).values() if m is not None}
        self.leg = leg_of(scene, ask)
        self.minutes = max(1, round((ask.hours or scene.policy.help_hours) * 60))
        self.bits = 0 if ask.windows is None else minutes_of_week(ask.windows)
        self.owner = ask.need.owner
        self.purpose = purpose_of(ask)
        self.several = scene.involved[self.owner] > 1
        self.idle = not self.busy.spans.get(self.owner)

    def tried(self, offer: Offer, percent: int) -> Tried:
        """Return every plan of an offer, for every occurrence that is asked."""
        found = Tried()
        if self.ask.arranged is not None and offer.id != self.ask.arranged:
            return found  # what was arranged is mended, not traded
        if offer.kind is OfferKind.ACTIVITY:
            _Visits(self, offer, percent, found).write()
        elif offer.kind in {OfferKind.VACANCY, OfferKind.PLACE}:
            self._lasting(offer, percent, found)
        else:
            self._help(offer, percent, found)
        return found

    # --- a vacancy for somebody who wants to help, or a place -------------------------------

    def _lasting(self, offer: Offer, percent: int, found: Tried) -> None:
        leg = Leg.CONTACT if offer.kind is OfferKind.VACANCY else Leg.PLACE
        hand = self.hand(offer, leg, percent, dated=False)
        for slot in self.ask.slots:
            day = self._day_for(slot)
            week = max(0, self.scene.week_of(day))
            self._add(found, hand, slot, {week: ((day, None),)})

    def _add(
        self, found: Tried, hand: Hand, slot: Slot, times: Mapping[int, Sequence[Time]]
    ) -> None:
        """Add the plans of one giver, unless just these were turned down as a whole."""
        if self.down and hand.code in self.down:
            found.stopped_by("declined")
        else:
            found.sketches.append(Sketch(hand, slot, times))

    # --- help, a place, money, a contact ------------------------------------------------------

    def _help(self, offer: Offer, percent: int, found: Tried) -> None:
        known = self.diary(offer)
        if known.full:
            found.stopped_by("capacity")
            return
        slots = self.ask.slots
        if known.last is not None and all(slot.first > known.last for slot in slots):
            found.reached, found.rule = ORDER["lasting"], "lasting"
            return
        late = known.first is not None and known.first >= self.scene.last
        if late and self.ask.need.rrule is None:
            found.date = known.first
            found.stopped_by("coming")
            return
        suited = self._suited(known)
        if suited is not None and not suited.windows:
            return
        hand = None
        for slot in slots:
            times = (
                self.weeks(slot, known)
                if suited is None
                else self._times(slot, known, suited, offer)
            )
            left = times
            if self.minutes > known.least:
                left = {w: t for w, t in times.items() if self.minutes <= known.room[w]}
                if len(left) < len(times):
                    found.stopped_by("hours")
            if left:
                longer = suited is not None and any(
                    w.minutes > self.minutes for w in suited.windows
                )
                found.tiled |= longer and self._most(known) > 1
                hand = hand or self.hand(offer, self.leg, percent, dated=suited is not None)
                self._add(found, hand, slot, left)

    def diary(self, offer: Offer) -> Diary:
        """Return when the giver of a talent could do something."""
        key = (offer.key, self.purpose)
        known, since = self.supply.notes.diaries.get(key), self.supply.since
        if known is None and since is not None and offer.key not in since.offers:
            known = since.before.notes.diaries.get(key)
        if known is None:
            known = diary(self.scene, offer, self.busy, self.purpose)
            self.supply.notes.diaries[key] = known
        return known

    def _suited(self, known: Diary) -> Suited | None:
        """Return the windows that suit both; None where weeks are asked, not hours."""
        mine, theirs = self.ask.windows, known.windows
        if self.leg in {Leg.PLACE, Leg.MONEY, Leg.CONTACT}:
            return None
        if mine is None or theirs is None:
            one = mine if theirs is None else theirs
            return None if one is None else self.hours.one(one, self.minutes)
        return self.hours.both(mine, theirs, self.bits & known.bits, self.minutes)

    def _times(
        self, slot: Slot, known: Diary, suited: Suited, offer: Offer
    ) -> Mapping[int, Sequence[Time]]:
        """Return when it could be, for what takes hours."""
        most = self._most(known)
        taken = partial(self._taken, known, offer)
        if known.always and self.idle:
            return self._and_agreed(self.hours.dates(suited, slot, most), slot, suited, taken)
        found: dict[int, list[Time]] = defaultdict(list)
        for week, span in self.hours.weighed(suited, slot, most, taken=taken):
            found[week].append(span)
        return self._and_agreed(found, slot, suited, taken)

    def _and_agreed(
        self, found: Mapping[int, Sequence[Time]], slot: Slot, suited: Suited, taken: Taken
    ) -> Mapping[int, Sequence[Time]]:
        """Add the hours that people agreed to before: those are always weighed."""
        moments = {m for m in self.agreed if slot.first <= m.date() < slot.last}
        more: dict[int, list[Time]] = defaultdict(list)
        for start in sorted(moments):
            end, week = self.hours.end(start, self.minutes), self.scene.week_of(start.date())
            known = (start, end) in found.get(week, ())
            if not known and covers(suited.windows, start, end) and taken(start, end) is None:
                more[week].append((start, end))
        return (
            {w: [*found.get(w, ()), *more[w]] for w in sorted({*found, *more})} if more else found
        )

    def _most(self, known: Diary) -> int:
        """Return how many times a week are weighed."""
        several = self.several or known.several
        return MOST_TIMES if several else max(1, min(MOST_TIMES, known.most))

    def weeks(self, slot: Slot, known: Diary) -> Mapping[int, Sequence[Time]]:
        """Return the weeks of a slot in which the giver is there some day."""
        found: dict[int, Sequence[Time]] = {}
        day = max(slot.first, self.scene.today)
        while day < slot.last:
            week = self.scene.week_of(day)
            monday = self.scene.today + dt.timedelta(weeks=week)
            named = slot.last - slot.first == dt.timedelta(days=1)
            days = (slot.first,) if named else (monday, monday + dt.timedelta(days=6))
            if any(known.there(day) for day in days):
                found[week] = ((max(monday, self._day_for(slot)), None),)
            day = monday + dt.timedelta(weeks=1)
        return found

    def _day_for(self, slot: Slot) -> dt.date:
        """Return the day of a slot of one day, else the Monday of its first week."""
        if slot.last - slot.first == dt.timedelta(days=1):
            return slot.first
        return self.scene.today + dt.timedelta(weeks=max(0, self.scene.week_of(slot.first)))

    def _taken(
        self, known: Diary, offer: Offer, start: dt.datetime, end: dt.datetime
    ) -> dt.datetime | None:
        """Return until when it has to wait; None: both are there and free."""
        if not known.there(start.date()):
            return dt.datetime.combine(start.date() + dt.timedelta(days=1), dt.time())
        waits = (self.busy.over(p, start, end) for p in (offer.provider, self.owner))
        return max((moment for moment in waits if moment is not None), default=None)

    # --- what all of them share ---------------------------------------------------------------

    def hand(self, offer: Offer, leg: Leg, percent: int, *, dated: bool) -> Hand:
        """Return who gives it, and how well that fits.

        Parameters
        ----------
        offer, leg : Offer, Leg
            With what, and which part.
        percent : int
            How well it answers the need in kind.
        dated : bool
            Whether the time is known.
        """
        rung = rung_of(self.scene, self.ask, offer)
        return Hand(
            ask=self.ask,
            offer=offer,
            leg=leg,
            rung=rung,
            step=step_of(self.ask, rung, ride=False),
            points=self.weigher.points(offer, percent),
            ask_about=lambda: tuple(self._doubts(offer, dated=dated)),
        )

    def _doubts(self, offer: Offer, *, dated: bool) -> Iterator[Doubt]:
        scene, ask = self.scene, self.ask
        unknown = not dated or offer.windows is None
        if offer.kind is OfferKind.TALENT and self.leg is Leg.HELP and unknown:
            yield Doubt.TIME_UNKNOWN
        if ask.split:
            yield Doubt.IN_TURNS
        if rung_of(scene, ask, offer).value in (ask.need.tried or ()):
            yield Doubt.TRIED_BEFORE
        if distance(scene, ask, offer) is None and offer.category != "ride" and _local(ask):
            yield Doubt.DISTANCE_UNKNOWN
        yield from person_doubts(scene, ask, offer)
        yield from readiness_doubts(scene, ask, offer)
        if offer.activity is not None and offer.activity.fee_eur:
            yield Doubt.COSTS_MONEY
        place = place_of(scene, offer)
        there = offer.activity is not None or offer.place is not None or self.leg is Leg.PLACE
        if there and step_free_wanted(scene, ask) and (place is None or place.step_free is None):
            yield Doubt.STEP_FREE_UNKNOWN
        if quiet_wanted(scene, ask) and (place is None or place.quiet is None):
            yield Doubt.QUIET_UNKNOWN
        if offer.activity is not None and ask.person is not None and ask.person.needs_buddy:
            yield Doubt.BUDDY_WANTED


class _Visits:
    """Writes the plans of one activity, with rides where they are needed."""

    def __init__(self, desk: Desk, offer: Offer, percent: int, found: Tried) -> None:
        self.desk, self.offer, self.percent, self.found = desk, offer, percent, found
        self.scene, self.ask, self.busy = desk.scene, desk.ask, desk.busy
        self.rides = needs_ride(self.scene, self.ask.need, self.ask.person, offer.spot)

    @cached_property
    def hand(self) -> Hand:
        """The seat at the activity, whatever the date."""
        return self.desk.hand(self.offer, Leg.ACTIVITY, self.percent, dated=True)

    def write(self) -> None:
        """Add a plan for every date on which it is possible."""
        meetings = self.scene.meetings.get(self.offer.id, ())
        coming = None if meetings else self.scene.next_meeting(self.offer.id)
        if coming is not None and self.ask.need.rrule is None:
            self.found.date = coming.start.date()
            self.found.stopped_by("coming")
        elif not meetings:
            self.found.stopped_by("time")
        for slot in self.ask.slots:
            for meeting in meetings:
                if slot.first <= meeting.start.date() < slot.last:
                    option = self._visit(slot, meeting)
                    if option is not None:
                        self.found.options.append(option)

    def _visit(self, slot: Slot, meeting: Meeting) -> Option | None:
        rule = self._broken(meeting)
        if rule is not None:
            self.found.stopped_by(rule)
            return None
        parts = [Part(Leg.ACTIVITY, (self.hand.giver(meeting.start, meeting.end),))]
        if self.rides:
            for leg in (Leg.RIDE_OUT, Leg.RIDE_BACK):
                givers = drivers(self.scene, self.ask, leg, meeting, self.desk.supply)
                givers = self._kept_by_arrangement(slot, leg, givers)
                if not givers:
                    self.found.stopped_by(leg.value)
                    return None
                parts.append(Part(leg, givers))
            parts = [parts[1], parts[0], parts[2]]
        if self.desk.down and self.hand.code in self.desk.down:
            self.found.stopped_by("declined")
            return None
        assert self.offer.activity is not None
        capacity = self.offer.activity.capacity
        taken = self.busy.seats[meeting.activity, meeting.start]
        return Option(
            ask=self.ask,
            slot=slot,
            offer=self.offer,
            parts=tuple(parts),
            start=meeting.start,
            end=meeting.end,
            week=max(0, self.scene.week_of(meeting.start.date())),
            seats_left=None if capacity is None else capacity - taken,
        )

    def _kept_by_arrangement(
        self, slot: Slot, leg: Leg, givers: tuple[Giver, ...]
    ) -> tuple[Giver, ...]:
        """Where an arrangement still holds for this leg, its provider does it."""
        rows = self.scene.arrangements.get(self.ask.id, ())
        held = {r.provider for r in rows if r.arrangement in slot.kept and r.leg is leg}
        return tuple(g for g in givers if g.offer.provider in held) if held else givers

    def _broken(self, meeting: Meeting) -> str | None:
        """Return the rule that removes this date of the activity, or None."""
        scene, ask, day = self.scene, self.ask, meeting.start.date()
        owner = ask.need.owner
        if any(scene.kept_apart(owner, at, day) for at in (self.offer.provider, self.offer.id)):
            return "apart"
        others = self.busy.attending.get((meeting.activity, meeting.start), set())
        if any(scene.kept_apart(owner, other, day) for other in others):
            return "apart"
        if ask.windows is not None and not covers(ask.windows, meeting.start, meeting.end):
            return "time"
        margin = dt.timedelta(minutes=scene.policy.ride_margin_minutes * self.rides)
        if not self.busy.free(owner, meeting.start - margin, meeting.end + margin):
            return "time"
        if not self._complete(meeting):
            return "complete"
        capacity = self.offer.activity.capacity if self.offer.activity is not None else None
        taken = self.busy.seats[meeting.activity, meeting.start]
        return "capacity" if capacity is not None and taken >= capacity else None

    def _complete(self, meeting: Meeting) -> bool:
        known = self.desk.supply.notes.complete
        if meeting not in known:
            known[meeting] = complete(self.scene, meeting, self.busy)
        return known[meeting]


def _local(ask: Ask) -> bool:
    return ask.category.at is not Where.REMOTE and ask.person is not None


_LEGS = {
    "space": Leg.PLACE,
    "land": Leg.PLACE,
    "money": Leg.MONEY,
    "permission": Leg.CONTACT,
    "knowledge": Leg.CONTACT,
}


def leg_of(scene: Scene, ask: Ask) -> Leg:
    """Return what kind of part a talent is for this need: help, a place, money or a contact."""
    line = (ask.need.category, *scene.tree.ancestors(ask.need.category))
    return next((leg for top, leg in _LEGS.items() if top in line), Leg.HELP)
