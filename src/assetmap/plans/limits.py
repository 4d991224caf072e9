"""How much somebody gives in a week: plans, hours, seats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.model import Role

if TYPE_CHECKING:
    from assetmap.plans.offers import Offer
    from assetmap.plans.scene import Scene
    from assetmap.plans.standing import Busy

__all__ = ["NO_LIMIT", "minutes_left", "own_minutes_left", "plans_left", "seats_of"]

NO_LIMIT = 1_000
"""Plans a week of a party that names no limit, and of somebody who names hours instead."""


def seats_of(offer: Offer) -> int:
    """Return the passenger seats of a ride; unknown is read as one."""
    assert offer.talent is not None
    return 1 if offer.talent.seats is None else offer.talent.seats


def plans_left(scene: Scene, offer: Offer, week: int, busy: Busy) -> int:
    """Return how many plans a talent can still give in a week of the horizon.

    A person who names neither plans nor hours is asked for the policy's number, once by default.
    """
    talent = offer.talent
    if talent is None:
        return NO_LIMIT
    most = talent.per_week
    if most is None:
        counted = offer.person is not None and talent.hours_week is None
        most = scene.policy.default_per_week if counted else NO_LIMIT
    return max(0, most - busy.plans[talent.talent, week])


def own_minutes_left(scene: Scene, offer: Offer, week: int, busy: Busy) -> int | None:
    """Return the minutes that somebody can still give in a week as a volunteer or professional.

    That is what their memberships say, all together; None: they say nothing, or it does not bind.
    """
    if offer.person is None or offer.role is Role.NEIGHBOUR or not scene.policy.hours_hard:
        return None
    hours = scene.agreed_hours.get(offer.provider)
    if hours is None:
        return None
    own = [t.talent for t in scene.talents_of.get(offer.provider, ())]
    return max(0, round(hours * 60) - sum(busy.minutes[talent, week] for talent in own))


def minutes_left(scene: Scene, offer: Offer, week: int, busy: Busy) -> int | None:
    """Return the minutes that a talent can still give in a week; None: no limit that binds."""
    talent = offer.talent
    if talent is None or talent.hours_week is None or not scene.policy.hours_hard:
        return None
    return max(0, round(talent.hours_week * 60) - busy.minutes[talent.talent, week])
