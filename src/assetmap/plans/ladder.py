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


def order_for(ask: Ask) -> tuple[Rung, ...]:
    """Return the order of the ladder that holds for a need."""
    return GROUP_FIRST if ask.category.group_first else RUNGS


def rung_of(scene: Scene, ask: Ask, offer: Offer) -> Rung:
    """Return on which step an offer stands for an asker.

    Own network is a live personal tie between two people neither of whom acts as a professional.
    """
    person = offer.person
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
    """Return the place of a rung in the order that holds; rides keep the ordinary order."""
    order = RUNGS if ride else order_for(ask)
    return order.index(rung)


def opening(scene: Scene, ask: Ask, step: int) -> dt.date:
    """Return the day from which a step is open by waiting alone."""
    rung = order_for(ask)[step]
    days = scene.policy.opens_after()[rung]
    return scene.today + dt.timedelta(days=days - ask.days_waited)


def open_steps(
    scene: Scene, ask: Ask, options: Iterable[Option], coming: Collection[int] = ()
) -> frozenset[int]:
    """Return the steps of the ladder that a need may use now.

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
    order = order_for(ask)
    tried = set(ask.need.tried or ())
    possible = set(coming).union(*(o.steps() for o in options))
    found = []
    for step in range(len(order)):
        lower = range(step)
        if all(_passed(scene, ask, q, order, tried, possible) for q in lower):
            found.append(step)
    if not ask.talked:
        found = [s for s in found if order[s] is Rung.OWN_NETWORK]
    return frozenset(found)


def _passed(
    scene: Scene,
    ask: Ask,
    step: int,
    order: tuple[Rung, ...],
    tried: set[str],
    possible: set[int],
) -> bool:
    if order[step].value in tried or step not in possible:
        return True
    policy = scene.policy
    days = policy.opens_after()[order[step]] + policy.waiting_days.get(order[step], 0)
    return ask.days_waited >= days
