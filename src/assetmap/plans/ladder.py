"""The ladder: own network, neighbour, initiative, volunteer, professional."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from assetmap.model import RUNGS, Role, Rung

if TYPE_CHECKING:
    from assetmap.plans.asks import Ask
    from assetmap.plans.offers import Offer
    from assetmap.plans.options import Option
    from assetmap.plans.scene import Scene

__all__ = ["GROUP_FIRST", "open_steps", "opening", "order_for", "rung_of"]

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
    tried = set(ask.need.tried or ())
    ladder = ladder_for(ask)
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


def opening(scene: Scene, ask: Ask, step: int) -> dt.date:
    """Return the day from which a step is open by waiting alone."""
    ladder = ladder_for(ask)
    lower = ladder[: ladder.index(order_for(ask)[step])]
    days = max((_days_through(scene, rung) for rung in lower), default=0)
    return scene.today + dt.timedelta(days=days - ask.days_waited)


def open_steps(
    scene: Scene, ask: Ask, options: Iterable[Option], coming: Collection[int] = ()
) -> frozenset[int]:
    """Return the steps that a need may use now, as places in its order of preference.

    A step is open when every lower one was tried, has nobody who could (competition left aside),
    or its waiting days are over.

    Parameters
    ----------
    scene, ask : Scene, Ask
        The run and the need.
    options : iterable of Option
        All plans that pass the hard rules.
    coming : collection of int
        Steps on which a date beyond the horizon is coming: there is somebody who could.
    """
    order, ladder = order_for(ask), ladder_for(ask)
    somebody = {order[s] for s in set(coming).union(*(o.steps() for o in options))}
    tried = set(ask.need.tried or ())
    found = set()
    for place, rung in enumerate(ladder):
        waiting = (q for q in ladder[:place] if q in somebody and q not in tried)
        if all(ask.days_waited >= _days_through(scene, q) for q in waiting):
            found.add(order.index(rung))
    if not ask.talked:
        found &= {order.index(Rung.OWN_NETWORK)}
    return frozenset(found)


def _days_through(scene: Scene, rung: Rung) -> int:
    """Return the waiting days up to and including a step."""
    policy = scene.policy
    return policy.opens_after()[rung] + policy.waiting_days.get(rung, 0)
