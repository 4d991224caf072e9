"""Which plans could meet a need, and which rule removed each offer that could not."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assetmap.categories import Where
from assetmap.model import Leg, Rung, Setting
from assetmap.plans.asks import Ask, Slot
from assetmap.plans.company import together
from assetmap.plans.fit import points
from assetmap.plans.ladder import Steps, rung_of, step_of, steps_for
from assetmap.plans.limits import minutes_left, own_minutes_left, plans_left
from assetmap.plans.offers import Offer, OfferKind
from assetmap.plans.options import Giver, Option, Part, code_of
from assetmap.plans.outcome import Doubt, Funnel, Reason
from assetmap.plans.refusals import agreed, turned_down
from assetmap.plans.requirements import complete
from assetmap.plans.rides import Supply, drivers, person_doubts
from assetmap.plans.rules import (
    RULES,
    asker_may_be_named,
    distance,
    first_broken,
    is_ride,
    place_of,
    sharing,
)
from assetmap.plans.scene import Meeting, Scene
from assetmap.plans.walking import RIDES, needs_ride
from assetmap.privacy import SharingScope
from assetmap.schedule import Window, common, covers, dated, ends

__all__ = ["Candidates", "Miss", "candidates"]

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
REASONS = {r.name: r.reason for r in RULES} | dict(LATER_RULES)
MOST_TIMES = 4
"""At most so many times a week are weighed for one offer."""


@dataclass(frozen=True, slots=True)
class Miss:
    """An offer that did not become a plan, and the furthest rule that it reached."""

    offer: Offer
    rule: str
    percent: int = 100
    date: dt.date | None = None


@dataclass(frozen=True)
class Candidates:
    """What could meet one need.

    Attributes
    ----------
    options : tuple of Option
        Plans that pass every hard rule and may be used now, one per highest step of the ladder.
    misses : tuple of Miss
        Offers without a plan, the nearest miss first.
    funnel : Funnel
        How many each rule removed.
    steps : frozenset of Rung
        The steps of the ladder that are open.
    waiting : Rung or None
        The lowest step on which somebody could, where the ladder holds plans back.
    opens : date or None
        When that step opens by waiting alone.
    cut : int
        Plans that were left out because there were too many.
    rides : bool
        Whether some of its plans have, or lack, a ride.
    """

    options: tuple[Option, ...]
    misses: tuple[Miss, ...]
    funnel: Funnel
    steps: frozenset[Rung]
    waiting: Rung | None
    opens: dt.date | None
    cut: int
    rides: bool


def candidates(scene: Scene, ask: Ask, supply: Supply) -> Candidates:
    """Enumerate the plans for one need, and count what each rule removed."""
    offers = supply.catalogue.answering(ask)
    made: dict[str, list[Option]] = {}
    misses: list[Miss] = []
    for offer, percent in offers:
        broken = first_broken(scene, ask, offer)
        if broken is not None:
            misses.append(Miss(offer, broken.name, percent))
            continue
        builder = _Builder(scene, ask, offer, percent, supply)
        found = list(builder.options())
        if found:
            made[offer.key] = found
        else:
            misses.append(Miss(offer, builder.furthest, percent, builder.next_date))
    options = [o for found in made.values() for o in found]
    if (ask.need.people_needed or 1) > 1:
        options = together(scene, ask, options)
        if not options:
            misses.extend(Miss(o, "enough", p) for o, p in offers if o.key in made)
            made = {}
    coming = {rung_of(scene, ask, m.offer) for m in misses if m.rule == "coming"}
    steps = steps_for(scene, ask, options, coming)
    allowed, held = _variants(options, steps)
    allowed.extend(_promised(scene, ask, options))
    waiting = next((rung for rung in steps.opens if rung in held), None)
    able = {g.offer.key for o in allowed for p in o.parts for g in p.givers}
    misses.extend(Miss(o, "ladder", p) for o, p in offers if o.key in made.keys() - able)
    kept, cut = _kept(scene, allowed)
    return Candidates(
        options=kept,
        misses=tuple(sorted(misses, key=_nearest)),
        funnel=_funnel(scene, ask, offers, misses, len(allowed)),
        steps=steps.open,
        waiting=waiting,
        opens=steps.waits_until(waiting, scene.today) if waiting is not None else None,
        cut=cut,
        rides=any(m.rule in RIDES for m in misses)
        or any(p.leg in RIDES for o in options for p in o.parts),
    )


def _nearest(miss: Miss) -> tuple[int, int, str]:
    return (-ORDER[miss.rule], -miss.percent, miss.offer.key)


def _promised(scene: Scene, ask: Ask, options: list[Option]) -> list[Option]:
    """Return the plans that somebody decided to do, one per occurrence: they wait for no step."""
    decided = agreed(scene, ask.id)
    found: dict[int, Option] = {}
    for option in sorted(options, key=lambda o: o.key) if decided else ():
        way = option.way_of(decided)
        if way is not None and option.slot.index not in found:
            fixed = option.only(lambda g, way=way: g in way)  # type: ignore[misc]
            step = max(g.step for g in way)
            found[option.slot.index] = replace(fixed, step=step, pinned=True)
    return list(found.values())


def _variants(options: list[Option], steps: Steps) -> tuple[list[Option], set[Rung]]:
    """Make one option per highest step that is open; return the rungs that are held back, too."""
    allowed: list[Option] = []
    held: set[Rung] = set()
    for option in options:
        now = option.only(steps.allow)
        if now.possible:
            for step in sorted(now.steps()):
                parts = tuple(p.upto(step) for p in now.parts)
                allowed.append(replace(now, parts=parts, step=step))
        rungs = now.highest_rungs() if now.possible else frozenset()
        held |= option.highest_rungs() - rungs
    return allowed, held


def _kept(scene: Scene, options: list[Option]) -> tuple[tuple[Option, ...], int]:
    """Keep the best so many plans per occurrence, and say how many were left out."""
    most = scene.policy.solver.options_per_need
    slots: dict[int, list[Option]] = {}
    for option in options:
        slots.setdefault(option.slot.index, []).append(option)
    kept: list[Option] = []
    for found in slots.values():
        found.sort(key=lambda o: (not o.pinned, _promise(o)))
        kept.extend(found[:most])
    kept.sort(key=lambda o: (o.slot.index, o.key, o.step))
    return tuple(kept), len(options) - len(kept)


def _promise(option: Option) -> tuple[int, int, int, str]:
    best = sum(max(g.total for g in part.givers) for part in option.parts)
    return (option.step, option.week, -best, option.key)


def _funnel(
    scene: Scene, ask: Ask, offers: tuple[tuple[Offer, int], ...], misses: list[Miss], plans: int
) -> Funnel:
    counts = Counter(m.rule for m in misses)
    removed = tuple((name, counts[name]) for name in ORDER if counts[name])
    colleagues = [m for m in misses if m.rule == "sharing" and _with_colleague(scene, ask, m.offer)]
    return Funnel(len(offers), removed, len(offers) - len(misses), len(colleagues), plans)


def _with_colleague(scene: Scene, ask: Ask, offer: Offer) -> bool:
    """Say whether an offer would fit but for being known to another worker only."""
    person = offer.person
    if person is None or sharing(scene, ask, person) is not SharingScope.TEAM:
        return False
    if not asker_may_be_named(scene, ask, offer):
        return False
    return all(r.holds(scene, ask, offer) for r in RULES if r.name != "sharing")


class _Builder:
    """Makes the plans of one offer for one need, and remembers how far it came."""

    def __init__(
        self,
        scene: Scene,
        ask: Ask,
        offer: Offer,
        percent: int,
        supply: Supply,
    ) -> None:
        self.scene, self.ask, self.offer, self.percent = scene, ask, offer, percent
        self.supply, self.busy = supply, supply.busy
        self.furthest = "time"
        self.next_date: dt.date | None = None
        self.reached = -1
        self.down = turned_down(scene, ask.id)
        self.rides = offer.activity is not None and needs_ride(
            scene, ask.need, ask.person, offer.spot
        )

    def stopped_by(self, rule: str) -> None:
        """Remember the furthest rule at which a date of this offer was removed."""
        if ORDER[rule] > self.reached:
            self.reached, self.furthest = ORDER[rule], rule

    def options(self) -> Iterator[Option]:
        """Yield every plan of this offer, for every occurrence that is asked."""
        if self.ask.arranged is not None and self.offer.id != self.ask.arranged:
            return  # what was arranged is mended, not traded
        if self.offer.kind is OfferKind.ACTIVITY:
            yield from self._activity()
        elif self.offer.kind in {OfferKind.VACANCY, OfferKind.PLACE}:
            yield from self._lasting()
        else:
            yield from self._help()

    # --- an activity, with rides where they are needed --------------------------------------

    def _activity(self) -> Iterator[Option]:
        activity = self.offer.activity
        assert activity is not None
        meetings = self.scene.meetings.get(activity.activity, ())
        coming = None if meetings else self.scene.next_meeting(activity.activity)
        if coming is not None and self.ask.need.rrule is None:
            self.next_date = coming.start.date()
            self.stopped_by("coming")
        elif not meetings:
            self.stopped_by("time")
        for slot in self.ask.slots:
            for meeting in meetings:
                if slot.first <= meeting.start.date() < slot.last:
                    option = self._visit(slot, meeting)
                    if option is not None:
                        yield option

    def _visit(self, slot: Slot, meeting: Meeting) -> Option | None:
        rule = self._meeting_broken(meeting)
        if rule is not None:
            self.stopped_by(rule)
            return None
        activity = self._main(Leg.ACTIVITY, meeting.start, meeting.end)
        parts = [Part(Leg.ACTIVITY, (activity,))]
        if self.rides:
            for leg in (Leg.RIDE_OUT, Leg.RIDE_BACK):
                givers = drivers(self.scene, self.ask, leg, meeting, self.supply)
                givers = self._kept_by_arrangement(slot, leg, givers)
                if not givers:
                    self.stopped_by(leg.value)
                    return None
                parts.append(Part(leg, givers))
            parts = [parts[1], parts[0], parts[2]]
        option = self._option(slot, tuple(parts), (meeting.start, meeting.end))
        if option is None or self.offer.activity is None or self.offer.activity.capacity is None:
            return option
        taken = self.busy.seats[meeting.activity, meeting.start]
        return replace(option, seats_left=self.offer.activity.capacity - taken)

    def _kept_by_arrangement(
        self, slot: Slot, leg: Leg, givers: tuple[Giver, ...]
    ) -> tuple[Giver, ...]:
        """Where an arrangement still holds for this leg, its provider does it."""
        rows = self.scene.arrangements.get(self.ask.id, ())
        held = {r.provider for r in rows if r.arrangement in slot.kept and r.leg is leg}
        return tuple(g for g in givers if g.offer.provider in held) if held else givers

    def _meeting_broken(self, meeting: Meeting) -> str | None:
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
        if not complete(scene, meeting):
            return "complete"
        capacity = self.offer.activity.capacity if self.offer.activity is not None else None
        taken = self.busy.seats[meeting.activity, meeting.start]
        return "capacity" if capacity is not None and taken >= capacity else None

    # --- a vacancy for somebody who wants to help, or a place -------------------------------

    def _lasting(self) -> Iterator[Option]:
        leg = Leg.CONTACT if self.offer.kind is OfferKind.VACANCY else Leg.PLACE
        for slot in self.ask.slots:
            giver = self._main(leg, None, None)
            option = self._option(slot, (Part(leg, (giver,)),), (self._day_for(slot), None))
            if option is not None:
                yield option

    # --- help, a place, money, a contact ------------------------------------------------------

    def _help(self) -> Iterator[Option]:
        leg = leg_of(self.scene, self.ask)
        talent = self.offer.talent
        if talent is not None and talent.seats == 0 and is_ride(self.scene, self.offer):
            self.stopped_by("capacity")
            return
        ends = [r.until for r in (self.offer.talent, self.offer.person) if r and r.until]
        if ends and all(slot.first > min(ends) for slot in self.ask.slots):
            self.reached, self.furthest = ORDER["lasting"], "lasting"
            return
        begins = [r.from_ for r in (self.offer.talent, self.offer.person) if r and r.from_]
        if begins and max(begins) >= self.scene.last and self.ask.need.rrule is None:
            self.next_date = max(begins)
            self.stopped_by("coming")
            return
        for slot in self.ask.slots:
            for start, end in self._times(slot):
                if not self._hours_left(start):
                    self.stopped_by("hours")
                    continue
                busy_end = end or start
                if isinstance(start, dt.datetime) and isinstance(busy_end, dt.datetime):
                    giver = self._main(leg, start, busy_end)
                else:
                    giver = self._main(leg, None, None)
                option = self._option(slot, (Part(leg, (giver,)),), (start, end))
                if option is not None:
                    yield option

    def _times(self, slot: Slot) -> Iterator[tuple[dt.datetime | dt.date, dt.datetime | None]]:
        """Yield when it could be: dated where a time is known, else a week."""
        talent = self.offer.talent
        assert talent is not None
        lasting = leg_of(self.scene, self.ask) in {Leg.PLACE, Leg.MONEY, Leg.CONTACT}
        windows = self._shared_windows()
        if lasting or windows is None:
            yield from self._weeks(slot)
            return
        minutes = self._minutes()
        found: Counter[int] = Counter()
        for begin, close in dated(windows, slot.first, slot.last):
            start = begin
            while (end := ends(start, minutes, self.scene.policy.zone)) <= close:
                week = self.scene.week_of(start.date())
                if found[week] >= self._most_times() or start.date() >= slot.last:
                    break
                if start.date() >= slot.first and self._both_free(start, end):
                    found[week] += 1
                    yield start, end
                start = end

    def _weeks(self, slot: Slot) -> Iterator[tuple[dt.date, None]]:
        day = max(slot.first, self.scene.today)
        while day < slot.last:
            week = self.scene.week_of(day)
            monday = self.scene.today + dt.timedelta(weeks=week)
            if self._there(monday) or self._there(monday + dt.timedelta(days=6)):
                yield max(monday, self._day_for(slot)), None
            day = monday + dt.timedelta(weeks=1)

    def _day_for(self, slot: Slot) -> dt.date:
        """Return the day of a slot of one day, else the Monday of its first week."""
        if slot.last - slot.first == dt.timedelta(days=1):
            return slot.first
        return self.scene.today + dt.timedelta(weeks=max(0, self.scene.week_of(slot.first)))

    def _shared_windows(self) -> tuple[Window, ...] | None:
        """Return the windows that suit both, or None when neither side is known."""
        mine, theirs = self.ask.windows, self.offer.windows
        if mine is None or theirs is None:
            return mine if theirs is None else theirs
        return common(mine, theirs, self._minutes())

    def _minutes(self) -> int:
        return max(1, round((self.ask.hours or self.scene.policy.help_hours) * 60))

    def _most_times(self) -> int:
        """Weigh more times where giver or asker have other things to fit in."""
        people = (self.offer.provider, self.ask.need.owner)
        if any(self.scene.involved[p] > 1 for p in people):
            return MOST_TIMES
        per_week = self.offer.talent.per_week if self.offer.talent is not None else None
        return max(1, min(MOST_TIMES, per_week or self.scene.policy.default_per_week))

    def _both_free(self, start: dt.datetime, end: dt.datetime) -> bool:
        if not self._there(start.date()):
            return False
        people = (self.offer.provider, self.ask.need.owner)
        return all(self.busy.free(p, start, end) for p in people)

    def _there(self, day: dt.date) -> bool:
        rows = [r for r in (self.offer.talent, self.offer.person) if r is not None]
        return all(
            (r.from_ is None or r.from_ <= day) and (r.until is None or day <= r.until)
            for r in rows
        )

    def _hours_left(self, start: dt.date) -> bool:
        """Say whether plans and hours of that week allow one more."""
        day = start.date() if isinstance(start, dt.datetime) else start
        week = self.scene.week_of(day)
        if not plans_left(self.scene, self.offer, week, self.busy):
            return False
        limits = (minutes_left, own_minutes_left)
        left = [limit(self.scene, self.offer, week, self.busy) for limit in limits]
        return all(minutes is None or self._minutes() <= minutes for minutes in left)

    # --- what all of them share ---------------------------------------------------------------

    def _main(self, leg: Leg, start: dt.datetime | None, end: dt.datetime | None) -> Giver:
        scene, ask, offer = self.scene, self.ask, self.offer
        rung = rung_of(scene, ask, offer)
        return Giver(
            leg=leg,
            offer=offer,
            rung=rung,
            step=step_of(ask, rung, ride=False),
            points=points(scene, ask, offer, self.percent),
            doubts=tuple(self._doubts(start)),
            start=start,
            end=end,
        )

    def _doubts(self, start: dt.datetime | None) -> Iterator[Doubt]:
        scene, ask, offer = self.scene, self.ask, self.offer
        dated = leg_of(scene, ask) is Leg.HELP
        if offer.kind is OfferKind.TALENT and dated and (start is None or offer.windows is None):
            yield Doubt.TIME_UNKNOWN
        if rung_of(scene, ask, offer).value in (ask.need.tried or ()):
            yield Doubt.TRIED_BEFORE
        if distance(scene, ask, offer) is None and offer.category != "ride" and _local(ask):
            yield Doubt.DISTANCE_UNKNOWN
        yield from person_doubts(scene, ask, offer)
        if offer.activity is not None and offer.activity.fee_eur:
            yield Doubt.COSTS_MONEY
        place = place_of(scene, offer)
        wheels = ask.person is not None and ask.person.wheelchair
        if wheels and offer.activity is not None and (place is None or place.step_free is None):
            yield Doubt.STEP_FREE_UNKNOWN
        if ask.need.setting is Setting.QUIET and (place is None or place.quiet is None):
            yield Doubt.QUIET_UNKNOWN
        if offer.activity is not None and ask.person is not None and ask.person.needs_buddy:
            yield Doubt.BUDDY_WANTED

    def _option(
        self,
        slot: Slot,
        parts: tuple[Part, ...],
        when: tuple[dt.datetime | dt.date, dt.datetime | None],
    ) -> Option | None:
        fixed = [g.identity for p in parts for g in p.givers if not g.is_ride]
        if self.down and code_of(fixed) in self.down:
            self.stopped_by("declined")
            return None
        start, end = when
        day = start.date() if isinstance(start, dt.datetime) else start
        return Option(
            ask=self.ask,
            slot=slot,
            offer=self.offer,
            parts=parts,
            start=start,
            end=end,
            week=max(0, self.scene.week_of(day)),
        )


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
