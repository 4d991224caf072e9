"""How much somebody gives in a week: plans, hours, seats."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING

from assetmap.model import Purpose, Role

if TYPE_CHECKING:
    from assetmap.plans.asks import Ask
    from assetmap.plans.offers import Offer
    from assetmap.plans.scene import Scene
    from assetmap.plans.standing import Busy

__all__ = [
    "NO_LIMIT",
    "minutes_left",
    "own_limits",
    "own_minutes_left",
    "plans_left",
    "purpose_of",
    "seats_of",
]

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


def purpose_of(ask: Ask) -> Purpose:
    """Return to what hours go that a need takes: a person is a case, a party the community."""
    return Purpose.CASES if ask.person is not None else Purpose.COMMUNITY


def own_limits(
    scene: Scene, offer: Offer, week: int, busy: Busy, purpose: Purpose = Purpose.CASES
) -> Mapping[Hashable, int]:
    """Return the minutes that somebody can still give in a week as a volunteer or professional.

    That is what their memberships say, all together; and where those say what hours are meant
    for, what is left for this purpose. Hours that are meant for nothing in particular may be used
    for either. What was written down for the week is used up.

    Parameters
    ----------
    scene, offer, week : Scene, Offer, int
        The run, what is given, and in which week of the horizon.
    busy : Busy
        What standing arrangements use.
    purpose : Purpose
        To what the hours go.

    Returns
    -------
    Mapping
        Minutes by the name of the limit; empty where nothing binds.
    """
    if offer.person is None or offer.role is Role.NEIGHBOUR or not scene.policy.hours_hard:
        return {}
    who = offer.provider
    hours = scene.agreed_for.get(who)
    if hours is None:
        return {}
    written = scene.written_down.get((who, week), {})
    own = [t.talent for t in scene.talents_of.get(who, ())]
    given = sum(busy.minutes[talent, week] for talent in own)
    cases = sum(busy.cases[talent, week] for talent in own)
    whole, named = ("own minutes", who, week), hours.keys() - {None}
    if not named or not scene.policy.purposes_apart:
        used = max(given, sum(written.values()))
        return {whole: max(0, round(sum(hours.values()) * 60) - used)}
    standing = {Purpose.CASES: cases, Purpose.COMMUNITY: given - cases}
    spent = {p: max(minutes, written.get(p, 0)) for p, minutes in standing.items()}
    most = {p: round((hours.get(p, 0) + hours.get(None, 0)) * 60) for p in standing}
    every = round(sum(h for p, h in hours.items() if p is not Purpose.OTHER) * 60)
    # too many hours for one purpose take nothing of what is kept for the other
    left = every - sum(min(spent[p], most[p]) for p in standing) - written.get(None, 0)
    return {
        whole: max(0, left),
        (*whole, purpose.value): max(0, most[purpose] - spent[purpose]),
    }


def own_minutes_left(
    scene: Scene, offer: Offer, week: int, busy: Busy, purpose: Purpose = Purpose.CASES
) -> int | None:
    """Return the least of `own_limits`; None: memberships say nothing, or it does not bind."""
    return min(own_limits(scene, offer, week, busy, purpose).values(), default=None)


def minutes_left(scene: Scene, offer: Offer, week: int, busy: Busy) -> int | None:
    """Return the minutes that a talent can still give in a week; None: no limit that binds."""
    talent = offer.talent
    if talent is None or talent.hours_week is None or not scene.policy.hours_hard:
        return None
    return max(0, round(talent.hours_week * 60) - busy.minutes[talent.talent, week])
