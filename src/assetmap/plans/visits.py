"""Several wishes of one person that one evening answers: one seat, one ride, a plan for each.

Somebody who asks for company and for a meal has two questions, and the eetcafé of Friday is an
answer to both. They go there once. So where plans for different needs of one person are for the
same date of the same activity, they draw on one visit, and the visit takes what is scarce: time,
a seat, a seat in a car. Every plan still passes the rules of its own need.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assetmap.model import Leg, Neighbourhood
from assetmap.plans.outcome import Plan, PlanStatus
from assetmap.plans.trips import trip_of
from assetmap.plans.walking import RIDES

if TYPE_CHECKING:
    from assetmap.plans.clashes import Clock, Span
    from assetmap.plans.ledger import Ledger
    from assetmap.plans.options import Giver, Option
    from assetmap.plans.presence import Presence
    from assetmap.plans.trips import Trip, Trips

__all__ = ["Visit", "Visits", "naming_each_other"]


@dataclass(frozen=True, slots=True, order=True)
class Visit:
    """Somebody who goes to one date of an activity.

    Attributes
    ----------
    person : str
        Who goes.
    activity : str
        Where.
    start : datetime
        When.
    riding : bool
        They are brought there and back.
    """

    person: str
    activity: str
    start: dt.datetime
    riding: bool


class Visits:
    """Finds the visits that several needs of one person could share, and writes them once.

    Parameters
    ----------
    ledger, clock : Ledger, Clock
        Where the numbers go, and who is where when.
    presence, trips : Presence, Trips
        Who may not meet, and who rides with whom.
    """

    def __init__(self, ledger: Ledger, clock: Clock, presence: Presence, trips: Trips) -> None:
        self._ledger, self._clock, self._presence, self._trips = ledger, clock, presence, trips
        self._shared: frozenset[Visit] = frozenset()
        self._spans: dict[Visit, Span] = {}
        self._places: dict[Visit, dict[Hashable, int]] = {}
        self._tokens: dict[Visit, set[Hashable]] = defaultdict(set)
        self._riding: dict[Visit, dict[Trip, dict[str, tuple[Option, Giver]]]] = {}

    def recognise(self, options: Iterable[Option]) -> None:
        """Find the visits that are in plans for more than one need."""
        needs: dict[Visit, set[str]] = defaultdict(set)
        for option in options:
            visit = None if option.offer.activity is None else _visit(option)
            if visit is not None:
                needs[visit].add(option.ask.id)
        self._shared = frozenset(visit for visit, asked in needs.items() if len(asked) > 1)

    def of(self, option: Option) -> Visit | None:
        """Return the visit of an option that other needs may share, or None."""
        visit = None if option.offer.activity is None else _visit(option)
        return visit if visit in self._shared else None

    def note(self, visit: Visit, span: Span) -> None:
        """Remember when somebody would be there, before any time is used."""
        self._spans[visit] = span
        self._clock.note(visit.person, span, visit)

    def uses(self, visit: Visit, option: Option, place: dict[Hashable, int]) -> dict[Hashable, int]:
        """Return what a plan takes of a visit: that it is made.

        Parameters
        ----------
        visit : Visit
            The visit.
        option : Option
            The plan.
        place : dict
            What one more person there takes: a seat.
        """
        token = ("visit", visit, option.ask.id)
        self._ledger.resource(token, 0)
        self._tokens[visit].add(token)
        self._places[visit] = place
        return {token: 1}

    def ride(self, visit: Visit, option: Option, giver: Giver) -> dict[Hashable, int]:
        """Return what a ride takes of a visit: that it is made in this car."""
        trip = trip_of(option, giver)
        known = self._riding.setdefault(visit, {}).setdefault(trip, {})
        known.setdefault(option.ask.id, (option, giver))
        token = ("riding", visit, trip, option.ask.id)
        self._ledger.resource(token, 0)
        return {token: 1, **self._trips.going(option, giver)}

    def write(self, nothing: list[int]) -> None:
        """Add a switch for each visit, and one for each car that could bring somebody.

        Parameters
        ----------
        nothing : list of int
            The score of a switch: none on any level.
        """
        for visit in sorted(self._tokens):
            uses = dict(self._places[visit])
            uses |= self._clock.uses(visit.person, self._spans[visit])
            uses |= self._presence.uses(visit.person, (visit.activity, visit.start), visit)
            uses |= dict.fromkeys(sorted(self._tokens[visit], key=str), -1)
            self._ledger.switch(nothing, uses)
            for trip, riders in sorted(self._riding.get(visit, {}).items()):
                self._ledger.switch(nothing, self._car(visit, trip, riders))

    def _car(
        self, visit: Visit, trip: Trip, riders: dict[str, tuple[Option, Giver]]
    ) -> dict[Hashable, int]:
        """Return what it takes to ride in one car, once for all the needs of a visit."""
        one = ("one car", visit, trip.leg)
        self._ledger.resource(one, 1)
        uses: dict[Hashable, int] = {one: 1, **self._trips.seat(*riders[min(riders)])}
        return uses | {("riding", visit, trip, need): -1 for need in sorted(riders)}


def _visit(option: Option) -> Visit | None:
    activity = option.offer.activity
    if activity is None or option.ask.person is None or not isinstance(option.start, dt.datetime):
        return None
    riding = any(part.leg in RIDES for part in option.parts)
    return Visit(option.ask.need.owner, activity.activity, option.start, riding)


def naming_each_other(hood: Neighbourhood, plans: Sequence[Plan]) -> list[Plan]:
    """Return plans with, in each, the needs of the same asker that the same date answers.

    Parameters
    ----------
    hood : Neighbourhood
        The tables.
    plans : sequence of Plan
        Plans of a run; what stands is left as it is.
    """
    together: dict[Hashable, set[str]] = defaultdict(set)
    for plan in plans:
        together[_occasion(hood, plan)].add(plan.need)
    found = []
    for plan in plans:
        others = together[_occasion(hood, plan)] - {plan.need}
        found.append(replace(plan, also_answers=tuple(sorted(others))))
    return found


def _occasion(hood: Neighbourhood, plan: Plan) -> Hashable:
    """Return whose plan it is, where and when; of another kind, or standing: one of its own."""
    seat = next((leg.activity for leg in plan.legs if leg.leg is Leg.ACTIVITY), None)
    if seat is None or plan.status is PlanStatus.STANDING:
        return plan.plan
    return (hood.need(plan.need).owner, seat, plan.occurrence)
