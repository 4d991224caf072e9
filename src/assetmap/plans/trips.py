"""Shared cars as numbers: a switch per car, trip and largest set of riders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace

from assetmap.geo import Spot
from assetmap.model import Leg
from assetmap.plans.asks import Ask
from assetmap.plans.clashes import Clock
from assetmap.plans.ledger import Ledger
from assetmap.plans.limits import minutes_left, own_limits, plans_left, seats_of
from assetmap.plans.options import Giver, Option
from assetmap.plans.rides import Aboard, maximal_sets
from assetmap.plans.scene import Scene
from assetmap.plans.standing import Busy

__all__ = ["Trip", "Trips", "attending", "trip_of"]


@dataclass(frozen=True, slots=True, order=True)
class Trip:
    """One drive of one car.

    Attributes
    ----------
    start : datetime
        When the activity begins.
    activity : str
        Where the drive goes to, or comes from.
    talent : str
        The ride that is offered.
    leg : Leg
        There or back.
    """

    start: dt.datetime
    activity: str
    talent: str
    leg: Leg


class Trips:
    """Collects who could ride with whom, then writes cars and outings into the ledger.

    A rider takes a token; a switch that stands for a drive with one largest set of riders
    supplies a token to each of them. A drive there and a drive back by one driver are one outing,
    and an outing is one of the driver's plans a week.

    Parameters
    ----------
    scene, busy : Scene, Busy
        The run, and what is used up already.
    ledger : Ledger
        Where the numbers go.
    clock : Clock
        Who is where when.
    """

    def __init__(self, scene: Scene, busy: Busy, ledger: Ledger, clock: Clock) -> None:
        self.scene, self.busy, self.ledger, self.clock = scene, busy, ledger, clock
        self.riders: dict[Trip, dict[str, tuple[Ask, Giver]]] = {}

    def token(self, option: Option, giver: Giver) -> dict[Hashable, int]:
        """Return what riding along takes: a seat, and a driver who goes there where they must."""
        return {**self.seat(option, giver), **self.going(option, giver)}

    def seat(self, option: Option, giver: Giver) -> dict[Hashable, int]:
        """Return what a seat takes: a car that makes this drive, with room in it."""
        trip = trip_of(option, giver)
        self.riders.setdefault(trip, {}).setdefault(option.ask.id, (option.ask, giver))
        token = ("token", trip, option.ask.id)
        self.ledger.resource(token, 0)
        return {token: 1}

    def going(self, option: Option, giver: Giver) -> dict[Hashable, int]:
        """Return what a driver takes who comes only if they are proposed for the same activity."""
        if not giver.if_attending:
            return {}
        trip = trip_of(option, giver)
        going = attending(giver.offer.provider, trip.activity, trip.start)
        self.ledger.resource(going, 0)
        return {going: 1}

    def write(self, load: Callable[[Giver, Trip], dict[Hashable, int]], nothing: list[int]) -> None:
        """Add the switches of all drives and outings.

        Parameters
        ----------
        load : callable
            Returns what one more plan adds to a driver's load.
        nothing : list of int
            The score of a switch: none on any level.
        """
        outings: dict[tuple[str, str, dt.datetime], tuple[Trip, Giver]] = {}
        for trip in sorted(self.riders):
            riders = self.riders[trip]
            giver = next(iter(riders.values()))[1]
            aboard = self.busy.riders.get((trip.talent, trip.activity, trip.start, trip.leg), [])
            uses: dict[Hashable, int] = {("once", trip): 1}
            self.ledger.resource(("once", trip), 1)
            if not aboard:
                uses |= self._drive(trip, giver)
                outings.setdefault((trip.talent, trip.activity, trip.start), (trip, giver))
            for chosen in self._sets(trip, riders, aboard):
                tokens: dict[Hashable, int] = {("token", trip, ask): -1 for ask in chosen}
                self.ledger.switch(nothing, {**uses, **tokens})
        for trip, giver in outings.values():
            self.ledger.switch(nothing, {**self._outing(trip, giver), **load(giver, trip)})

    def _drive(self, trip: Trip, giver: Giver) -> dict[Hashable, int]:
        """Return what a drive takes: the car, the driver, some minutes, and an outing."""
        outing = ("outing", trip)
        self.ledger.resource(outing, 0)
        uses: dict[Hashable, int] = {outing: 1}
        if giver.start is not None and giver.end is not None:
            span = (giver.start, giver.end)
            uses |= self.clock.uses(f"car {trip.talent}", span)
            if giver.offer.person is not None:
                uses |= self.clock.uses(giver.offer.provider, span)
        week = max(0, self.scene.week_of(trip.start.date()))
        left = minutes_left(self.scene, giver.offer, week, self.busy)
        if left is not None:
            name = ("minutes", trip.talent, week)
            self.ledger.resource(name, left)
            uses[name] = self.scene.policy.ride_margin_minutes
        for mine, own in own_limits(self.scene, giver.offer, week, self.busy).items():
            self.ledger.resource(mine, own)
            uses[mine] = self.scene.policy.ride_margin_minutes
        return uses

    def _sets(
        self, trip: Trip, riders: dict[str, tuple[Ask, Giver]], aboard: list[str]
    ) -> list[list[str]]:
        asks = sorted((a for a, _ in riders.values()), key=lambda a: (-a.weight, a.id))
        offer = riders[asks[0].id][1].offer
        free = seats_of(offer) - len(aboard)
        if free <= 0:
            return []
        there = tuple(Aboard(n, self._spot_of(n)) for n in aboard)
        where = self.scene.spot(self.scene.hood.index["activities"][trip.activity])
        found = maximal_sets(self.scene, offer, asks, where, (free, there))
        return [[asks[i].id for i in chosen] for chosen in found]

    def _spot_of(self, person: str) -> Spot:
        return self.scene.spot(self.scene.people.get(person))

    def _outing(self, trip: Trip, giver: Giver) -> dict[Hashable, int]:
        """Return what an outing takes, and that it lets the car drive there and back."""
        week = max(0, self.scene.week_of(trip.start.date()))
        name = ("plans", trip.talent, week)
        self.ledger.resource(name, plans_left(self.scene, giver.offer, week, self.busy))
        uses: dict[Hashable, int] = {name: 1}
        for leg in (Leg.RIDE_OUT, Leg.RIDE_BACK):
            drive = ("outing", replace(trip, leg=leg))
            if drive in self.ledger.resources:
                uses[drive] = -1
        return uses


def attending(person: str, activity: str, start: dt.datetime) -> Hashable:
    """Name the tokens that somebody supplies who is proposed for an activity."""
    return ("attending", person, activity, start)


def trip_of(option: Option, giver: Giver) -> Trip:
    """Return the drive of which a ride is part."""
    assert giver.offer.talent is not None
    assert option.offer.activity is not None
    assert isinstance(option.start, dt.datetime)
    return Trip(option.start, option.offer.activity.activity, giver.offer.talent.talent, giver.leg)
