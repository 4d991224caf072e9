"""The ladder: own network, neighbour, initiative, volunteer, professional."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from assetmap.model import RUNGS, Role, Rung

if TYPE_CHECKING:
    from assetmap.plans.asks import Ask
    from assetmap.plans.offers import Offer
    from assetmap.plans.options import Giver, Option
    from assetmap.plans.scene import Scene

__all__ = [
    "GROUP_FIRST",
    "Steps",
    "days_through",
    "ladder_for",
    "order_for",
    "rung_of",
    "step_of",
    "steps_for",
]

GROUP_FIRST: tuple[Rung, ...] = (
    Rung.OWN_NETWORK,
    Rung.INITIATIVE,
    Rung.NEIGHBOUR,
    Rung.VOLUNTEER,
    Rung.PROFESSIONAL,
)
"""The order for categories where a group comes before an unacquainted neighbour."""


def ladder_for(ask: Ask) -> tuple[Rung, ...]:
    """Return the ladder that holds for a need, lowest step first."""
    return GROUP_FIRST if ask.category.group_first else RUNGS


def order_for(ask: Ask) -> tuple[Rung, ...]:
    """Return the steps in the order in which they are preferred.

    That is the ladder, but what was tried without result comes last.
    """
    return _order(ladder_for(ask), tuple(ask.need.tried or ()))


@lru_cache(maxsize=256)
def _order(ladder: tuple[Rung, ...], tried: tuple[str, ...]) -> tuple[Rung, ...]:
    return (*(r for r in ladder if r not in tried), *(r for r in ladder if r in tried))


def rung_of(scene: Scene, ask: Ask, offer: Offer) -> Rung:
    """Return on which step an offer stands for an asker.

    Own network is a live personal tie between two people neither of whom acts as a professional.
    """
    person = offer.person
    if offer.place is not None:
        return Rung.INITIATIVE
    if person is None:
        return Rung.PROFESSIONAL if offer.role is Role.PROFESSIONAL else _party(offer)
    if offer.role is Role.PROFESSIONAL:
        return Rung.PROFESSIONAL
    asker = ask.person
    acting = asker is not None and scene.personal.get(asker.person, {}).get(person.person, 0)
    if acting:
        return Rung.OWN_NETWORK
    return Rung.VOLUNTEER if offer.role is Role.VOLUNTEER else Rung.NEIGHBOUR


def _party(offer: Offer) -> Rung:
    return Rung.VOLUNTEER if offer.role is Role.VOLUNTEER else Rung.INITIATIVE


def step_of(ask: Ask, rung: Rung, *, ride: bool) -> int:
    """Return the place of a rung in the order of preference; rides keep the ordinary ladder."""
    return RUNGS.index(rung) if ride else order_for(ask).index(rung)


@dataclass(frozen=True, slots=True)
class Steps:
    """Which steps of the ladder a need may use.

    Attributes
    ----------
    open : frozenset of Rung
        The steps that are open now, for the help itself.
    ride_open : frozenset of Rung
        The same for rides, which keep the ordinary ladder; a ride by somebody who goes there
        anyway never waits.
    opens, ride_opens : Mapping[Rung, date]
        From which day each step is open by waiting alone.
    """

    open: frozenset[Rung]
    ride_open: frozenset[Rung]
    opens: Mapping[Rung, dt.date]
    ride_opens: Mapping[Rung, dt.date]

    def day(self, giver: Giver) -> dt.date:
        """Return from which day somebody may be asked by waiting alone."""
        if giver.never_waits:
            return dt.date.min
        return (self.ride_opens if giver.is_ride else self.opens)[giver.rung]

    def waits_until(self, rung: Rung, options: Iterable[Option]) -> dt.date | None:
        """Return when the first of some plans opens that stand on a step; None: there is none."""
        return min(self._days(rung, options), default=None)

    def _days(self, rung: Rung, options: Iterable[Option]) -> Iterator[dt.date]:
        for option in options:
            limited = option.only(lambda g: g.rung.step <= rung.step)
            top = [self.day(g) for p in limited.parts for g in p.givers if g.rung is rung]
            if not limited.possible or not top:
                continue
            # somebody on that step, and for every part as many as it takes
            each = (sorted(map(self.day, p.givers))[p.count - 1] for p in limited.parts)
            yield max(min(top), *each)

    def allow(self, giver: Giver) -> bool:
        """Say whether somebody may be asked now."""
        if giver.is_ride:
            return giver.never_waits or giver.rung in self.ride_open
        return giver.rung in self.open


def steps_for(
    scene: Scene, ask: Ask, options: Iterable[Option], coming: Collection[Rung] = ()
) -> Steps:
    """Return the steps that a need may use now, and when each of the others opens.

    A step is open when every lower one was tried, has nobody who could (competition left aside),
    or its waiting days are over. On which step a plan stands is said by its highest leg.

    Parameters
    ----------
    scene, ask : Scene, Ask
        The run and the need.
    options : iterable of Option
        All plans that pass the hard rules.
    coming : collection of Rung
        Steps on which a date beyond the horizon is coming: there is somebody who could.
    """
    somebody = set(coming).union(*(o.highest_rungs() for o in options))
    opens = _opening(scene, ask, ladder_for(ask), somebody)
    rides = _opening(scene, ask, RUNGS, somebody)
    found = {rung for rung, day in opens.items() if day <= scene.today}
    riding = {rung for rung, day in rides.items() if day <= scene.today}
    if not ask.talked:
        found, riding = found & {Rung.OWN_NETWORK}, riding & {Rung.OWN_NETWORK}
    dates = (MappingProxyType(opens), MappingProxyType(rides))
    return Steps(frozenset(found), frozenset(riding), *dates)


def _opening(
    scene: Scene, ask: Ask, ladder: tuple[Rung, ...], somebody: set[Rung]
) -> dict[Rung, dt.date]:
    """Return from which day each step of a ladder is open by waiting alone."""
    tried = set(ask.need.tried or ())
    opens = {}
    for place, rung in enumerate(ladder):
        waited_for = (q for q in ladder[:place] if q in somebody and q not in tried)
        days = max((days_through(scene, ladder, q) for q in waited_for), default=0)
        opens[rung] = scene.today + dt.timedelta(days=days - ask.days_waited)
    return opens


def days_through(scene: Scene, ladder: tuple[Rung, ...], rung: Rung) -> int:
    """Return the waiting days up to and including a step, in the ladder that holds."""
    days = scene.policy.waiting_days
    return sum(days.get(step, 0) for step in ladder[: ladder.index(rung) + 1])
