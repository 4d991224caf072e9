"""Rides: who needs one, who could drive, and who fits in one car together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise, permutations
from typing import TYPE_CHECKING

from assetmap.geo import Spot
from assetmap.model import Leg, Role, Rung, Share, Term
from assetmap.plans.fit import points
from assetmap.plans.ladder import rung_of, step_of
from assetmap.plans.limits import minutes_left, own_minutes_left, plans_left, seats_of
from assetmap.plans.offers import Offer
from assetmap.plans.options import Giver
from assetmap.plans.outcome import Doubt
from assetmap.plans.refusals import stepped_down
from assetmap.plans.rules import RULES, languages_shared
from assetmap.plans.standing import ride_span
from assetmap.schedule import covers

if TYPE_CHECKING:
    from assetmap.model import Purpose
    from assetmap.plans.asks import Ask
    from assetmap.plans.catalogue import Catalogue
    from assetmap.plans.diaries import Diary
    from assetmap.plans.scene import Meeting, Scene
    from assetmap.plans.standing import Busy

__all__ = ["Aboard", "Notes", "Since", "Supply", "could_drive", "drivers", "maximal_sets"]

RIDE_RULES = frozenset(
    {
        "somebody_else",
        "sharing",
        "safeguard",
        "refused",
        "of_age",
        "discreet",
        "lasting",
        "term",
        "language",
        "fee",
    }
)
"""The rules that hold for a driver as well."""

MOST_STOPS = 4
"""At most so many different places are called at in one drive."""
MOST_RIDERS = 12
"""At most so many people are weighed for one car; those who waited longest come first."""


@dataclass(frozen=True, eq=False)
class Notes:
    """What a run worked out already; the answers are the same with and without it.

    Attributes
    ----------
    free : dict
        The offers of drivers who could drive then, by part of a trip and meeting.
    fitting, willing : dict
        Who could drive somebody at all, by need; and to an activity, by need and activity.
    givers : dict
        A driver for somebody, whatever the date, by need, offer, and whether they go anyway.
    diaries : dict
        When the giver of a talent could do something, by key of the offer
        and what the hours go to.
    complete : dict
        Whether a meeting has all that it requires.
    """

    free: dict[tuple[Leg, Meeting], frozenset[str]] = field(default_factory=dict)
    fitting: dict[str, tuple[Offer, ...]] = field(default_factory=dict)
    willing: dict[tuple[str, str], tuple[Offer, ...]] = field(default_factory=dict)
    givers: dict[tuple[str, str, bool], Giver] = field(default_factory=dict)
    diaries: dict[tuple[str, Purpose], Diary] = field(default_factory=dict)
    complete: dict[Meeting, bool] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Supply:
    """What a run can draw on.

    Attributes
    ----------
    catalogue : Catalogue
        The offers.
    busy : Busy
        What is used up already.
    may_attend : frozenset of (str, str, datetime)
        Who may be proposed for which activity, and so might go there anyway.
    notes : Notes
        What was worked out already, for whoever asks again.
    since : Since or None
        What is otherwise than in another run; None: there is no other.
    """

    catalogue: Catalogue
    busy: Busy
    may_attend: frozenset[tuple[str, str, dt.datetime]] = frozenset()
    notes: Notes = field(default_factory=Notes, repr=False)
    since: Since | None = field(default=None, repr=False)


@dataclass(frozen=True, eq=False)
class Since:
    """What is otherwise than in another run; all else that was worked out there still holds.

    Attributes
    ----------
    before : Supply
        The other run, in which as much is used up.
    offers : frozenset of str
        The offers that are new or not as they were there, by key.
    drivers : tuple of Offer
        Those of them that can carry somebody, as they are now.
    needs : frozenset of str
        The needs that ask something else.
    """

    before: Supply
    offers: frozenset[str]
    drivers: tuple[Offer, ...]
    needs: frozenset[str]

    @property
    def scene(self) -> Scene:
        """The scene of the other run."""
        return self.before.catalogue.scene

    def and_those(self, same: Sequence[Offer], new: Sequence[Offer]) -> tuple[Offer, ...]:
        """Return what was found there and still holds together with what is found now, by key."""
        stay = [o for o in same if o.key not in self.offers]
        return tuple(sorted([*stay, *new], key=lambda o: o.key)) if new else tuple(stay)


def drivers(
    scene: Scene, ask: Ask, leg: Leg, meeting: Meeting, supply: Supply
) -> tuple[Giver, ...]:
    """Return who could drive somebody to or from a meeting, by key of the offer.

    Somebody who may be proposed for the same activity appears twice: as the driver they offer to
    be, and as one who goes there anyway.
    """
    free = _free(scene, leg, meeting, supply)
    givers = []
    for offer in _willing_drivers(scene, ask, meeting.activity, supply):
        if offer.key not in free or stepped_down(scene, ask.id, offer.provider, leg):
            continue
        anyway = goes_anyway(offer, meeting, supply.busy)
        riding = _Riding(scene, ask, supply)
        giver = riding.giver(offer, leg, meeting, anyway=anyway)
        givers.append(giver)
        coming = (offer.provider, meeting.activity, meeting.start) in supply.may_attend
        if coming and not anyway:
            too = riding.giver(offer, leg, meeting, anyway=True)
            givers.append(replace(too, if_attending=True))
    return tuple(givers)


def _free(scene: Scene, leg: Leg, meeting: Meeting, supply: Supply) -> frozenset[str]:
    """Return the offers of all drivers who could drive then, whoever asks."""
    known, since = supply.notes.free, supply.since
    if (leg, meeting) not in known:
        new = supply.catalogue.drivers if since is None else since.drivers
        free = frozenset(o.key for o in new if _in_time(scene, o, leg, meeting, supply.busy))
        if since is not None:
            free |= _free(since.scene, leg, meeting, since.before) - since.offers
        known[leg, meeting] = free
    return known[leg, meeting]


def _willing_drivers(scene: Scene, ask: Ask, activity: str, supply: Supply) -> tuple[Offer, ...]:
    """Return who could drive somebody to an activity, whenever it is."""
    known, since = supply.notes.willing, supply.since
    if (ask.id, activity) not in known:
        where = scene.spot(scene.hood.index["activities"][activity])
        if since is None or ask.id in since.needs:
            fitting, same = _fitting(scene, ask, supply), None
        else:
            fitting = _fit(scene, ask, since.drivers)
            same = _willing_drivers(since.scene, ask, activity, since.before)
        willing = tuple(o for o in fitting if _willing(scene, ask, o, where, activity))
        if since is not None and same is not None:
            willing = since.and_those(same, willing)
        known[ask.id, activity] = willing
    return known[ask.id, activity]


def could_drive(scene: Scene, ask: Ask, supply: Supply, offers: Sequence[Offer]) -> bool:
    """Say whether one of some drivers could drive somebody, to or from anything they might join."""
    fitting = _fit(scene, ask, offers)
    if not fitting:
        return False
    joined = [o for o, _ in supply.catalogue.answering(ask) if o.activity is not None]
    return any(
        offer.key in _free(scene, leg, meeting, supply)
        for to in joined
        for offer in fitting
        if _willing(scene, ask, offer, to.spot, to.id)
        for meeting in scene.meetings.get(to.id, ())
        for leg in (Leg.RIDE_OUT, Leg.RIDE_BACK)
    )


def _fitting(scene: Scene, ask: Ask, supply: Supply) -> tuple[Offer, ...]:
    """Return who could drive somebody at all."""
    known = supply.notes.fitting
    if ask.id not in known:
        known[ask.id] = _fit(scene, ask, supply.catalogue.drivers)
    return known[ask.id]


def _fit(scene: Scene, ask: Ask, offers: Sequence[Offer]) -> tuple[Offer, ...]:
    """Return those of some drivers who could drive somebody at all."""
    tests = [rule.test(scene, ask) for rule in RULES if rule.name in RIDE_RULES]
    rules = [test for test in tests if test is not None]
    fitting = (o for o in offers if _car_fits(ask, o))
    return tuple(o for o in fitting if all(test(o) for test in rules))


def _car_fits(ask: Ask, offer: Offer) -> bool:
    assert offer.talent is not None
    wheels = ask.person is not None and ask.person.wheelchair
    return seats_of(offer) > 0 and (not wheels or offer.talent.wheelchair is True)


def _willing(scene: Scene, ask: Ask, offer: Offer, where: Spot, activity: str) -> bool:
    """Say whether a driver comes this way: areas, distance, and where they go anyway."""
    talent = offer.talent
    assert talent is not None
    if talent.going_to is not None and talent.going_to != activity:
        return False
    if talent.areas and ask.spot.area is not None and ask.spot.area not in talent.areas:
        return False
    usual = scene.policy.distances.default_max_m
    most = usual if talent.max_km is None else round(talent.max_km * 1000)
    metres = (
        scene.geography.metres(offer.spot, ask.spot),
        scene.geography.metres(ask.spot, where),
    )
    return all(m is None or m <= most for m in metres)


def _in_time(scene: Scene, offer: Offer, leg: Leg, meeting: Meeting, busy: Busy) -> bool:
    assert offer.talent is not None
    span = ride_span(scene, leg, meeting.start, meeting.end)
    going = offer.talent.going_to == meeting.activity
    if offer.person is not None and _kept_away(scene, offer.provider, meeting, busy):
        return False
    windows = offer.talent.available if going else offer.windows
    if windows is not None and not covers(windows, *span):
        # somebody who is there from start to end travels there and back
        there = (meeting.start, meeting.end)
        if not going or not covers(windows, *there):
            return False
    if not _live(offer, meeting.start.date()):
        return False
    aboard = busy.riders.get((offer.talent.talent, meeting.activity, meeting.start, leg))
    if aboard:  # drives there already, by arrangement
        return len(aboard) < seats_of(offer)
    week = scene.week_of(meeting.start.date())
    if not plans_left(scene, offer, week, busy):
        return False
    limits = (minutes_left(scene, offer, week, busy), own_minutes_left(scene, offer, week, busy))
    if any(left is not None and left < scene.policy.ride_margin_minutes for left in limits):
        return False
    return offer.person is None or busy.free(offer.provider, *span)


def _kept_away(scene: Scene, driver: str, meeting: Meeting, busy: Busy) -> bool:
    """Say whether a driver is kept from the activity, or from somebody who comes there."""
    if driver not in scene.guarded:
        return False
    row = scene.hood.index["activities"][meeting.activity]
    others = busy.attending.get((meeting.activity, meeting.start), set()) - {driver}
    places = {meeting.activity, getattr(row, "initiative", None) or "", *others}
    return any(scene.kept_apart(driver, at, meeting.start.date()) for at in sorted(places))


def _live(offer: Offer, day: dt.date) -> bool:
    rows = [r for r in (offer.talent, offer.person) if r is not None]
    return all(
        (r.from_ is None or r.from_ <= day) and (r.until is None or day <= r.until) for r in rows
    )


def goes_anyway(offer: Offer, meeting: Meeting, busy: Busy) -> bool:
    """Say whether the driver goes there anyway: said so, or by a standing arrangement."""
    assert offer.talent is not None
    if offer.talent.going_to == meeting.activity:
        return True
    if offer.provider in busy.attending.get((meeting.activity, meeting.start), ()):
        return True
    return any(
        busy.riders.get((offer.talent.talent, meeting.activity, meeting.start, leg))
        for leg in (Leg.RIDE_OUT, Leg.RIDE_BACK)
    )


@dataclass(frozen=True, eq=False)
class _Riding:
    """Makes the givers of rides for one need."""

    scene: Scene
    ask: Ask
    supply: Supply

    def giver(self, offer: Offer, leg: Leg, meeting: Meeting, *, anyway: bool) -> Giver:
        """Return somebody as a driver; what does not depend on the date is worked out once."""
        key = (self.ask.id, offer.key, anyway)
        known, since = self.supply.notes.givers, self.supply.since
        first = known.get(key)
        if first is None and since is not None:
            new = offer.key in since.offers or self.ask.id in since.needs
            first = None if new else since.before.notes.givers.get(key)
        if first is None:
            first = known[key] = self._driver(offer, leg, anyway=anyway)
        start, end = ride_span(self.scene, leg, meeting.start, meeting.end)
        return replace(first, leg=leg, start=start, end=end)

    def _driver(self, offer: Offer, leg: Leg, *, anyway: bool) -> Giver:
        rung = rung_of(self.scene, self.ask, offer)
        if anyway and rung is not Rung.OWN_NETWORK:
            rung = Rung.NEIGHBOUR
        return Giver(
            leg=leg,
            offer=offer,
            rung=rung,
            step=step_of(self.ask, rung, ride=True),
            points=points(self.scene, self.ask, offer, 100, anyway=anyway),
            doubts=ride_doubts(self.scene, self.ask, offer, anyway=anyway),
            never_waits=anyway,
        )


def ride_doubts(scene: Scene, ask: Ask, offer: Offer, *, anyway: bool) -> tuple[Doubt, ...]:
    """Return what to ask a driver."""
    talent = offer.talent
    assert talent is not None
    found = []
    if offer.windows is None and not anyway:
        found.append(Doubt.TIME_UNKNOWN)
    if talent.seats is None:
        found.append(Doubt.SEATS_UNKNOWN)
    found.extend(person_doubts(scene, ask, offer))
    return tuple(found)


def person_doubts(scene: Scene, ask: Ask, offer: Offer) -> list[Doubt]:
    """Return what to ask about any giver who is a person."""
    found: list[Doubt] = []
    talent, person = offer.talent, offer.person
    if talent is not None and talent.fee_eur:
        found.append(Doubt.COSTS_MONEY)
    if talent is not None and talent.conditions:
        found.append(Doubt.CONDITIONS)
    shared = languages_shared(ask, offer)
    learns = "language" in (ask.need.category, *scene.tree.ancestors(ask.need.category))
    if shared is False and not learns:
        found.append(Doubt.NO_SHARED_LANGUAGE)
    if shared is None and ask.need.language_hard:
        found.append(Doubt.LANGUAGE_UNKNOWN)
    if person is None:
        return found
    professional = offer.role is Role.PROFESSIONAL
    asker = ask.person
    if asker is not None and not professional and not scene.strength(asker.person, person.person):
        found.append(Doubt.NOT_MET_BEFORE)
    if person.share is Share.YES and person.ground is None and not person.is_worker:
        found.append(Doubt.GROUND_UNKNOWN)
    ending = scene.today + dt.timedelta(days=scene.policy.ending_soon_days)
    ends = [r.until for r in (talent, person) if r is not None and r.until is not None]
    if ends and min(ends) <= ending and _lasting(ask):
        found.append(Doubt.STOPS_SOON)
    return found


def _lasting(ask: Ask) -> bool:
    return ask.need.rrule is not None or ask.need.term is Term.LONG


@dataclass(frozen=True, slots=True)
class Aboard:
    """Somebody who rides along already, by arrangement."""

    person: str
    spot: Spot


def maximal_sets(
    scene: Scene,
    offer: Offer,
    riders: Sequence[Ask],
    where: Spot,
    room: tuple[int, tuple[Aboard, ...]],
) -> tuple[tuple[int, ...], ...]:
    """Return every largest set of riders that one car can take together, as indices.

    A set fits when there are seats, nobody in the car is kept apart from another, and the best
    order of boarding makes the drive at most `detour_m` longer than driving straight there.

    Parameters
    ----------
    scene, offer : Scene, Offer
        The run, and the ride.
    riders : sequence of Ask
        Who could ride; a rider alone in the car always fits.
    where : Spot
        Where they all go.
    room : tuple of (int, tuple of Aboard)
        Free seats, and who rides along already.
    """
    seats, aboard = room
    drive = _Drive(scene, offer, where, aboard)
    alone = {frozenset((i,)) for i in range(len(riders))}
    layer = {s for s in alone if not aboard or drive.fits([riders[i] for i in s])}
    fitting = set(layer)
    count = min(len(riders), MOST_RIDERS)
    for _ in range(1, seats):
        grown = {s | {i} for s in layer for i in range(count) if i not in s}
        layer = {
            s
            for s in grown
            if all(s - {i} in fitting for i in s) and drive.fits([riders[i] for i in sorted(s)])
        }
        fitting |= layer
    largest = [s for s in fitting if not any(s < other for other in fitting)]
    return tuple(sorted(tuple(sorted(s)) for s in largest))


@dataclass(frozen=True, eq=False)
class _Drive:
    """One drive of one car, and who is in it already."""

    scene: Scene
    offer: Offer
    where: Spot
    aboard: tuple[Aboard, ...]

    def fits(self, asks: Sequence[Ask]) -> bool:
        people = [a.need.owner for a in asks] + [a.person for a in self.aboard]
        apart = self.scene.kept_apart
        if any(apart(a, b) for a, b in combinations(people, 2)):
            return False
        spots = [a.spot for a in asks] + [a.spot for a in self.aboard]
        stops = [s for s in dict.fromkeys(spots) if s != Spot(None, None, None)]
        if len(stops) > MOST_STOPS:
            return False
        direct = self.scene.geography.metres(self.offer.spot, self.where)
        routes = [self.length(order) for order in permutations(stops)]
        known = [r for r in routes if r is not None]
        if not known or direct is None:
            return True  # unknown is not "no": whoever drives will see
        return min(known) - direct <= self.scene.policy.distances.detour_m

    def length(self, order: Sequence[Spot]) -> int | None:
        """Return the metres of a drive past these stops; None where one is unknown."""
        stops = (self.offer.spot, *order, self.where)
        legs = [self.scene.geography.metres(a, b) for a, b in pairwise(stops)]
        known = [leg for leg in legs if leg is not None]
        return sum(known) if len(known) == len(legs) else None
