"""Candidate plans as numbers."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from math import ceil

from assetmap.model import Leg, Purpose, Rung
from assetmap.plans.asks import Ask
from assetmap.plans.catalogue import VACANCY_FOR
from assetmap.plans.clashes import Clock, Span
from assetmap.plans.encoded import Earlier, Encoded, Written
from assetmap.plans.ladder import order_for
from assetmap.plans.ledger import Ledger
from assetmap.plans.limits import minutes_left, own_limits, plans_left, purpose_of
from assetmap.plans.offers import Offer
from assetmap.plans.options import TIE_BITS, Giver, Option, Part, code_of, stable_number
from assetmap.plans.presence import Presence
from assetmap.plans.refusals import by_need, turned_down
from assetmap.plans.roster import Roster
from assetmap.plans.rota import Rota
from assetmap.plans.scene import Scene
from assetmap.plans.splitting import turns_each
from assetmap.plans.standing import Busy
from assetmap.plans.trips import Trip, Trips, attending, trip_of
from assetmap.plans.visits import Visits
from assetmap.plans.walking import RIDES

__all__ = ["encode"]

HIGHEST = 32
"""Weight of the highest step against the sum of steps; a plan has far fewer than 32 of these."""
ATTENDING_CARRIES = 100
"""So many rides may rest on one person's own visit; the seats of the car are the real limit."""
LOAD_UNITS = 40
"""So many plans of one person are told apart by load."""

_NO_TIME = dt.timedelta()
Links = Mapping[tuple[str, str], tuple[str, ...]]
"""Need and giver, to the needs of the giver that giving meets as well."""


class _Encoder:
    """Writes one run into a ledger."""

    def __init__(self, scene: Scene, busy: Busy, kept: Collection[str], links: Links) -> None:
        self.scene, self.busy, self.kept, self.links = scene, busy, by_need(kept), links
        self.linked: dict[str, set[str]] = defaultdict(set)
        self.levels, self.tree = scene.policy.levels, scene.tree
        self.ledger = Ledger(len(self.levels))
        self.options: list[Option | None] = []
        self.alternatives: list[tuple[int, int, Giver]] = []
        self.also: dict[int, str] = {}
        self.pins: set[int] = set()
        self.wanted: dict[tuple[str, int], tuple[Giver, ...]] = {}
        self.refused: dict[tuple[str, int], list[tuple[tuple[Giver, ...], int]]] = {}
        self.clock = Clock(self.ledger)
        self.presence = Presence(scene, self.ledger)
        self.trips = Trips(scene, busy, self.ledger, self.clock)
        self.visits = Visits(self.ledger, self.clock, self.presence, self.trips)
        self.roster = Roster(scene, busy, self.ledger, self.clock)
        self.rota: Rota | None = None
        self.groups: set[tuple[str, ...]] = set()
        self.givable: dict[str, set[Hashable]] = defaultdict(set)
        self.names = [level.value for level in self.levels]
        self.margin = dt.timedelta(minutes=scene.policy.ride_margin_minutes)
        self.known: dict[tuple[Hashable, ...], tuple[list[int], list[int]]] = {}
        self.written: dict[Option, Written] = {}
        self.companions: set[tuple[str, str, object]] = set()
        self.down: dict[str, frozenset[str]] = {}
        self.limits: dict[tuple[str, int, Purpose], tuple[Hashable, ...]] = {}

    def scores(self, **values: int) -> list[int]:
        return [values.get(name, 0) for name in self.names]

    # --- what was proposed or decided before --------------------------------------------------

    def recognise(self, options: Sequence[Option]) -> None:
        """Find back the plans of last week, and those that were turned down as a whole."""
        for option in options:
            if option.pinned:
                continue
            name = (option.key, option.step)
            self.refused[name] = self.refusals(option)
            before = option.way_of(self.kept.get(option.ask.id, ()))
            if before is not None:
                self.wanted[name] = before

    def refusals(self, option: Option) -> list[tuple[tuple[Giver, ...], int]]:
        """Return the sets of givers that were refused together, with how many may still be."""
        need = option.ask.id
        if need not in self.down:
            self.down[need] = turned_down(self.scene, need)
        codes = self.down[need]
        if not codes:
            return []
        found = []
        for givers in option.ways():
            if code_of([g.identity for g in givers]) in codes:
                chosen = [g for p in option.parts if p.is_open for g in p.givers if g in givers]
                found.append((tuple(chosen), max(0, len(chosen) - 1)))
        return found

    # --- time -------------------------------------------------------------------------------

    def note_times(self, options: Sequence[Option]) -> None:
        """Remember when anybody could begin something, before any time is used."""
        self.roster.note_times()
        self.visits.recognise(options)
        for option in options:
            of = (option.ask.id, option.slot.index)
            visit = self.visits.of(option)
            for who, span in self.written[option].spans:
                if visit is None:
                    self.clock.note(who, span, of)
                else:
                    self.visits.note(visit, span)
            for part in option.parts:
                for giver in part.givers if part.is_open else ():
                    self.note_giver(option, giver, of)

    def note_giver(self, option: Option, giver: Giver, of: Hashable) -> None:
        """Remember when somebody could begin a part that is still to be chosen."""
        if giver.start is None or giver.end is None:
            return
        span = (giver.start, giver.end)
        if not giver.is_ride or giver.offer.talent is None:
            self.clock.note(giver.offer.provider, span, of)
            return
        trip = trip_of(option, giver)
        self.clock.note(giver.offer.provider, span, trip)
        self.clock.note(f"car {giver.offer.talent.talent}", span, trip)
        if giver.if_attending:
            self.companions.add((giver.offer.provider, trip.activity, trip.start))

    def busy_with(self, option: Option) -> list[tuple[str, Span]]:
        """Return who is busy when with the fixed parts of an option; the asker, rides and all."""
        start, end = option.start, option.end
        if not isinstance(start, dt.datetime) or end is None:
            return []
        found = []
        if option.ask.person is not None:
            margin = self.margin if any(p.leg in RIDES for p in option.parts) else _NO_TIME
            found.append((option.ask.need.owner, (start - margin, end + margin)))
        for part in option.parts:
            if part.leg is Leg.ACTIVITY or part.is_open:
                continue
            for giver in part.givers:
                if giver.offer.person is not None:
                    span = (giver.start or start, giver.end or end)
                    found.append((giver.offer.provider, span))
        return found

    # --- options ----------------------------------------------------------------------------

    def work_out(self, options: Sequence[Option], before: Mapping[Option, Written]) -> None:
        """Work out what each option comes to by itself, or take it over."""
        for option in options:
            known = before.get(option)
            self.written[option] = self.by_itself(option) if known is None else known

    def by_itself(self, option: Option) -> Written:
        fixed = [g for p in option.parts if not p.is_open for g in p.givers]
        scores = self.scores(
            met=option.slot.weight,
            ladder=-HIGHEST * option.step - sum(g.step for g in fixed),
            fit=sum(g.total for g in fixed) + self.sooner(option),
            order=option.rank,
        )
        single = len(option.parts) == len(fixed) == 1
        timed = option.end is not None or fixed[:1] == [] or fixed[0].start is None
        joined = option.offer.activity is not None or bool(option.group)
        alone = fixed[0] if single and timed and not joined else None
        return Written(tuple(self.busy_with(option)), tuple(scores), alone)

    def add(self, option: Option) -> None:
        """Add one option with its legs."""
        known, need = self.written[option], (option.ask.id, option.slot.index)
        scores: Sequence[int] = known.scores
        if (option.key, option.step) in self.wanted:
            kept = self.scores(continuity=1)
            scores = [a + b for a, b in zip(scores, kept, strict=True)]
        if known.alone is not None:
            columns = [n for who, span in known.spans for n in self.clock.taken(who, span)]
            names, amounts = self.fixed_uses(option, known.alone)
            uses = (columns + names, [1] * len(columns) + amounts)
            at = self.ledger.plain(need, scores, uses)
        else:
            at = self.ledger.option(need, scores, self.all_uses(option))
        self.options.append(option)
        if option.pinned:
            self.pins.add(at)
        for place, part in enumerate(option.parts):
            if part.is_open:
                self.add_leg(at, place, part)

    def all_uses(self, option: Option) -> dict[Hashable, int]:
        """Return what an option takes with all its fixed parts."""
        uses = self.shared_uses(option)
        for giver in (g for p in option.parts if not p.is_open for g in p.givers):
            _merge(uses, dict(zip(*self.fixed_uses(option, giver), strict=True)))
            if option.end is None:  # several givers, each at their own time
                _merge(uses, self.time_of(giver))
        return uses

    def sooner(self, option: Option) -> int:
        weeks = self.scene.policy.horizon_weeks
        return self.scene.policy.fit.sooner * (weeks - 1 - min(option.week, weeks - 1))

    def shared_uses(self, option: Option) -> dict[Hashable, int]:
        uses: dict[Hashable, int] = self.in_group(option)
        if self.visits.of(option) is None:
            for person, span in self.written[option].spans:
                _merge(uses, self.clock.uses(person, span))
        activity = option.offer.activity
        if activity is not None and isinstance(option.start, dt.datetime):
            key = (activity.activity, option.start)
            if (option.ask.need.owner, *key) in self.companions:
                going = attending(option.ask.need.owner, *key)
                self.ledger.resource(going, 0)
                uses[going] = -ATTENDING_CARRIES
            seat: dict[Hashable, int] = {}
            if activity.capacity is not None:
                left = activity.capacity - self.busy.seats[key]
                self.ledger.resource(("seat", *key), max(0, left))
                seat["seat", *key] = 1
            visit = self.visits.of(option)
            if visit is not None:
                _merge(uses, self.visits.uses(visit, option, seat))
            else:
                _merge(uses, seat)
                _merge(uses, self.presence.uses(option.ask.need.owner, key, option.ask.id))
        _merge(uses, self.roster.seat(option))
        return uses

    def in_group(self, option: Option) -> dict[Hashable, int]:
        """Return what being in a group takes: that it comes about, with everybody in it."""
        if not option.group:
            return {}
        self.groups.add(option.group)
        self.ledger.resource(("members", option.group), 0)
        self.ledger.resource(("group", option.group), 0)
        return {("members", option.group): -1, ("group", option.group): 1}

    def add_groups(self) -> None:
        """Let a group come about when every member is there for it."""
        for group in sorted(self.groups):
            count = len(group)
            uses: dict[Hashable, int] = {("members", group): count, ("group", group): -count}
            self.ledger.switch(self.scores(), uses)

    def fixed_uses(self, option: Option, giver: Giver) -> tuple[list[int], list[int]]:
        """Return what the part of a giver takes at any time of a week: which, and how much."""
        slot, offer = option.slot.index, giver.offer
        key = (option.ask.id, slot, offer.key, option.week, giver.minutes)
        if key not in self.known:
            uses = self.giver_uses(option, giver)
            _merge(uses, self.also_uses(option, giver))
            names = [self.ledger.resource(name) for name in uses]
            self.known[key] = (names, list(uses.values()))
        return self.known[key]

    def time_of(self, giver: Giver) -> Mapping[Hashable, int]:
        """Return what the own time of a giver takes, where it is known."""
        if giver.offer.person is None or giver.start is None or giver.end is None:
            return {}
        return self.clock.uses(giver.offer.provider, (giver.start, giver.end))

    def giver_uses(self, option: Option, giver: Giver) -> dict[Hashable, int]:
        """Return what one giver's part takes: plans and hours of the week, load."""
        uses: dict[Hashable, int] = {}
        talent = giver.offer.talent
        if talent is None:
            return uses
        if giver.leg is Leg.MONEY:
            return self.money(giver)
        self.take_plan(uses, giver, option.week)
        if self.rota is not None:
            _merge(uses, self.rota.turn(option, giver))
        if option.ask.split and option.ask.need.rrule is not None:
            name: Hashable = ("part", option.ask.id, giver.offer.provider)
            self.ledger.resource(name, turns_each(option.ask))
            uses[name] = 1
        limits = self.time_limits(giver.offer, option.week, purpose_of(option.ask))
        if limits:
            whole = round((option.ask.hours or self.scene.policy.help_hours) * 60)
            uses |= dict.fromkeys(limits, whole if giver.minutes is None else giver.minutes)
        if giver.minutes is not None:
            once = ("shift", option.ask.id, option.slot.index, giver.offer.provider)
            self.ledger.resource(once, 1)
            uses[once] = 1
        if giver.offer.person is not None:
            uses["load", giver.offer.provider] = 1
            self.givable[giver.offer.provider].add((option.ask.id, option.slot.index))
        return uses

    def time_limits(self, offer: Offer, week: int, purpose: Purpose) -> tuple[Hashable, ...]:
        """Return what limits the minutes of a giver in a week; worked out once."""
        assert offer.talent is not None
        key = (offer.talent.talent, week, purpose)
        if key not in self.limits:
            found: dict[Hashable, int] = {}
            left = minutes_left(self.scene, offer, week, self.busy)
            if left is not None:
                found["minutes", offer.talent.talent, week] = left
            found |= own_limits(self.scene, offer, week, self.busy, purpose)
            for name, minutes in found.items():
                self.ledger.resource(name, minutes)
            self.limits[key] = tuple(found)
        return self.limits[key]

    def take_plan(self, uses: dict[Hashable, int], giver: Giver, week: int) -> None:
        """Count one of somebody's plans of a week."""
        assert giver.offer.talent is not None
        name = ("plans", giver.offer.talent.talent, week)
        if name not in self.ledger.resources:
            self.ledger.resource(name, plans_left(self.scene, giver.offer, week, self.busy))
        uses[name] = 1

    def money(self, giver: Giver) -> dict[Hashable, int]:
        talent = giver.offer.talent
        assert talent is not None
        name = ("grants", talent.talent)
        self.ledger.resource(name, talent.per_week or 1)
        return {name: 1}

    def add_leg(self, option: int, place: int, part: Part) -> None:
        leg = self.ledger.leg(option, part.count)
        chosen = self.options[option]
        assert chosen is not None
        refused = self.refused.get((chosen.key, chosen.step), ())
        for giver in part.givers:
            if giver.is_ride:
                visit = self.visits.of(chosen)
                uses = (
                    self.trips.token(chosen, giver)
                    if visit is None
                    else self.visits.ride(visit, chosen, giver)
                )
                _merge(uses, self.ride_fee(chosen, giver))
            else:
                uses = self.giver_uses(chosen, giver)
                _merge(uses, self.time_of(giver))
                _merge(uses, self.also_uses(chosen, giver))
            for number, (givers, room) in enumerate(refused):
                if giver in givers:
                    name = ("refused", chosen.key, chosen.step, number)
                    self.ledger.resource(name, room)
                    uses[name] = 1
            scores = self.scores(
                ladder=-giver.step,
                continuity=int(giver in self.wanted.get((chosen.key, chosen.step), ())),
                fit=giver.total,
                order=-stable_number("/".join(giver.identity), TIE_BITS),
            )
            self.ledger.alternative(leg, scores, uses)
            self.alternatives.append((option, place, giver))

    def ride_fee(self, option: Option, giver: Giver) -> dict[Hashable, int]:
        """Return what a ride takes of what the asker can pay, in cents."""
        fee = giver.offer.talent.fee_eur if giver.offer.talent is not None else None
        most = option.ask.need.fee_max_eur
        if not fee or most is None:
            return {}
        activity = option.offer.activity
        left = most - ((activity.fee_eur if activity is not None else None) or 0)
        name = ("purse", option.ask.id, option.slot.index, option.key)
        self.ledger.resource(name, max(0, int(left * 100)))
        return {name: ceil(fee * 100)}

    # --- load -------------------------------------------------------------------------------

    def driver_load(self, giver: Giver, trip: Trip) -> dict[Hashable, int]:
        """Return what an outing adds to a driver's load."""
        if giver.offer.person is None:
            return {}
        self.givable[giver.offer.provider].add((trip.talent, trip.activity, trip.start))
        # who drives is kept from who comes there, as if they had a seat themself
        there = self.presence.uses(giver.offer.provider, (trip.activity, trip.start), trip.talent)
        return {("load", giver.offer.provider): 1, **there}

    def turn_load(self, person: str, turn: Hashable) -> dict[Hashable, int]:
        """Return what being there for an activity adds to somebody's load."""
        self.givable[person].add(turn)
        return {("load", person): 1}

    def add_load(self) -> None:
        """Spread the work: the k-th plan of one person costs 2k - 1."""
        for person in sorted(self.givable):
            self.ledger.resource(("load", person), 0)
            before, givable = self.busy.load[person], len(self.givable[person])
            count = min(givable, LOAD_UNITS)
            for k in range(before + 1, before + count + 1):
                self.ledger.switch(self.scores(load=-(2 * k - 1)), {("load", person): -1})
            if givable > count:
                rest = givable - count
                cost = -(2 * (before + count) + 1)
                self.ledger.switch(self.scores(load=cost), {("load", person): -1}, rest)

    # --- two at once --------------------------------------------------------------------------

    def also_uses(self, option: Option, giver: Giver) -> dict[Hashable, int]:
        """Return the tokens that giving supplies to needs of the giver's own."""
        uses: dict[Hashable, int] = {}
        for need in self.links.get((option.ask.id, giver.offer.provider), ()):
            self.ledger.resource(("also", need), 0)
            uses["also", need] = -1
            self.linked[need].add(option.ask.id)
        if giver.offer.vacancy is not None:
            name = ("vacancy", giver.offer.id)
            self.ledger.resource(name, giver.offer.vacancy.people_needed or 1)
            uses[name] = 1
        return uses

    def add_also(self, asks: Mapping[str, Ask]) -> None:
        """Let a need be met by what its owner gives to somebody else."""
        for need in sorted(self.linked):
            ask = asks.get(need)
            if ask is None or not ask.slots:
                continue
            slot = ask.slots[0]
            # wanting to do something is met by doing it: nobody else is needed
            wholly = VACANCY_FOR in (ask.need.category, *self.tree.ancestors(ask.need.category))
            step = 0 if wholly else order_for(ask).index(Rung.INITIATIVE)
            scores = self.scores(
                met=slot.weight,
                ladder=-(HIGHEST + 1) * step,
                fit=self.scene.policy.fit.motive,
                order=-stable_number(f"{need}:also", TIE_BITS),
            )
            at = self.ledger.option((need, slot.index), scores, {("also", need): 1})
            self.options.append(None)
            self.also[at] = need


def _merge(uses: dict[Hashable, int], more: Mapping[Hashable, int]) -> None:
    if uses.keys().isdisjoint(more):
        uses.update(more)
        return
    for name, amount in more.items():
        uses[name] = uses.get(name, 0) + amount


def encode(
    scene: Scene,
    busy: Busy,
    asks: Sequence[Ask],
    options: Sequence[Option],
    *,
    links: Links | None = None,
    earlier: Earlier | None = None,
) -> Encoded:
    """Write candidate plans as a numbers-only problem.

    Parameters
    ----------
    scene, busy : Scene, Busy
        The run, and what is used up already.
    asks : sequence of Ask
        All open needs, those without a candidate too.
    options : sequence of Option
        The candidates.
    links : mapping, optional
        Which needs of a giver are met by giving, from `reciprocity`.
    earlier : Earlier, optional
        What was proposed before, and what an earlier run worked out.
    """
    was = Earlier() if earlier is None else earlier
    ordered = sorted(options, key=lambda o: (o.ask.id, o.slot.index, o.key, o.step))
    encoder = _Encoder(scene, busy, was.kept, links or {})
    encoder.rota = Rota(scene, encoder.ledger, ordered)
    encoder.work_out(ordered, {} if was.encoded is None else was.encoded.written)
    encoder.recognise(ordered)
    encoder.note_times(ordered)
    for option in ordered:
        encoder.add(option)
    encoder.visits.write(encoder.scores())
    encoder.trips.write(encoder.driver_load, encoder.scores())
    encoder.roster.write(encoder.scores, encoder.turn_load, lambda t: stable_number(t, TIE_BITS))
    encoder.rota.write(encoder.scores)
    encoder.presence.write(encoder.scores())
    encoder.add_groups()
    encoder.add_load()
    encoder.add_also({a.id: a for a in asks})
    encoder.clock.close()
    return Encoded(
        ledger=encoder.ledger,
        options=tuple(encoder.options),
        alternatives=tuple(encoder.alternatives),
        also=encoder.also,
        pinned=frozenset(encoder.pins),
        roster=encoder.roster,
        written=encoder.written,
    )
