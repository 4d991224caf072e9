"""Why a need has no plan: one reason from the closed list, and what came nearest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assetmap.model import Leg, Rung
from assetmap.plans.asks import Ask
from assetmap.plans.building import leg_of
from assetmap.plans.encoded import Chosen
from assetmap.plans.enumeration import REASONS, Candidates, Miss
from assetmap.plans.gatherings import may_meet
from assetmap.plans.limits import NO_LIMIT, seats_of
from assetmap.plans.offers import OfferKind
from assetmap.plans.options import Giver, Option, Part
from assetmap.plans.outcome import Gap, Reason
from assetmap.plans.rules import reserved
from assetmap.plans.scene import Scene
from assetmap.solvers import Status

__all__ = ["Outcome", "gap", "unmet"]

_SILENT = frozenset({Reason.NOT_POSSIBLE_HERE})
"""Reasons with which nothing is named as closest, so that nobody is given away."""


def gap(scene: Scene, ask: Ask, found: Candidates, outcome: Outcome) -> Gap:
    """Return the reason why a need got no plan.

    With the neutral answer the asker's own wishes are told whatever was the cause, so that their
    absence does not give away that it was something else.

    Parameters
    ----------
    scene, ask : Scene, Ask
        The run, and the need.
    found : Candidates
        Its candidates.
    outcome : Outcome
        The plans of everybody.
    """
    why = _why(scene, ask, found, outcome)
    return replace(why, wishes=_wishes(ask)) if why.reason in _SILENT else why


def _why(scene: Scene, ask: Ask, found: Candidates, outcome: Outcome) -> Gap:
    if not ask.slots:
        coming = Reason.ENDED if ask.next_date is None else Reason.NEXT_OCCURRENCE
        return Gap(ask.id, coming, worker=ask.worker, next_date=ask.next_date)
    if found.options:
        return _lost(scene, ask, found, outcome)
    reason = _known_beforehand(scene, ask, found)
    if reason is not None:
        return Gap(ask.id, reason, _asked_leg(scene, ask, reason), worker=ask.worker)
    return _nearest(scene, ask, found, found.misses[0])


def _asked_leg(scene: Scene, ask: Ask, reason: Reason) -> Leg | None:
    if reason is Reason.FIRST_CONVERSATION:
        return None
    return Leg.GROUP if reason is Reason.GROUP_TOO_SMALL else leg_of(scene, ask)


def _known_beforehand(scene: Scene, ask: Ask, found: Candidates) -> Reason | None:
    """Return a reason that does not depend on what came nearest."""
    if not ask.talked:
        return Reason.FIRST_CONVERSATION
    if reserved(scene, ask.need.category):
        return Reason.NEEDS_WORKER
    if found.funnel.colleagues:
        return Reason.NOT_POSSIBLE_HERE  # who could is known to another worker: ask there
    if found.misses:
        return None
    return Reason.GROUP_TOO_SMALL if may_meet(scene, ask) else Reason.NO_TALENT


def _nearest(scene: Scene, ask: Ask, found: Candidates, miss: Miss) -> Gap:
    reason = REASONS[miss.rule]
    closest = None if reason in _SILENT or miss.rule == "somebody_else" else miss.offer.id
    opens, rung = _step_ahead(found) if miss.rule == "ladder" else (None, None)
    record = miss.offer.activity or miss.offer.talent
    fee = record.fee_eur if record is not None and reason is Reason.FEE_OVER_BUDGET else None
    return Gap(
        need=ask.id,
        reason=reason,
        leg=_leg(scene, ask, miss),
        closest=closest,
        worker=ask.worker,
        next_date=miss.date,
        opens_on=opens,
        rung=rung,
        price=None if fee is None else format(fee, ".2f"),
    )


def _wishes(ask: Ask) -> tuple[str, ...]:
    need = ask.need
    wishes = {"not_area": need.not_area, "not_known": need.not_known, "sensitive": need.sensitive}
    return tuple(name for name, value in wishes.items() if value)


def _step_ahead(found: Candidates) -> tuple[dt.date | None, Rung | None]:
    """Return when the lowest step that is held back opens, and which it is."""
    return found.opens, found.waiting


def _leg(scene: Scene, ask: Ask, miss: Miss) -> Leg:
    if miss.rule in {Leg.RIDE_OUT.value, Leg.RIDE_BACK.value}:
        return Leg(miss.rule)
    return Leg.ACTIVITY if miss.offer.kind is OfferKind.ACTIVITY else leg_of(scene, ask)


def _lost(scene: Scene, ask: Ask, found: Candidates, outcome: Outcome) -> Gap:
    """Return the reason where there were plans, but others took what they need.

    Where a higher step of the ladder is still held back, that is what the need waits for.
    """
    chosen = outcome.chosen
    every = sorted(found.options, key=lambda o: (o.step, o.week, o.key))
    if reserved(scene, ask.need.category):
        return Gap(ask.id, Reason.NEEDS_WORKER, every[0].parts[0].leg, worker=ask.worker)
    open_to = [o for o in every if not _meets_somebody(scene, ask, o, chosen)]
    if not open_to:
        return Gap(ask.id, Reason.NOT_POSSIBLE_HERE, every[0].parts[0].leg, worker=ask.worker)
    best = open_to[0]
    part = _scarce(best, chosen)
    busy = [g for g in part.givers if not _left(g, best, chosen)]
    room = len(busy) < len(part.givers)
    if room and outcome.status is not Status.OPTIMAL:
        return Gap(ask.id, Reason.SEVERAL, worker=ask.worker, stopped=True)
    opens, rung = _step_ahead(found)
    used_up = _used_up(scene, best, part, chosen)
    return Gap(
        need=ask.id,
        reason=Reason.WAITING_FOR_RUNG if rung is not None else used_up,
        leg=part.leg,
        closest=None if part.leg is Leg.GROUP else (busy or part.givers)[0].offer.id,
        worker=ask.worker,
        opens_on=opens,
        rung=rung,
    )


def _meets_somebody(scene: Scene, ask: Ask, option: Option, chosen: Sequence[Chosen]) -> bool:
    """Say whether somebody has a seat there who is to be kept apart from the asker."""
    if option.offer.activity is None:
        return False
    there = (c.option for c in chosen if c.option.offer.key == option.offer.key)
    guests = (o.ask.need.owner for o in there if o.start == option.start)
    return any(scene.kept_apart(ask.need.owner, guest, option.day) for guest in guests)


def _used_up(scene: Scene, option: Option, part: Part, chosen: Sequence[Chosen]) -> Reason:
    """Name what ran out: a seat, a ride, or the time of somebody who helps others first."""
    left = any(_left(g, option, chosen) for g in part.givers)
    if part.leg is Leg.ACTIVITY and left:
        # there is a seat: the asker is elsewhere, or a cook or host is
        return Reason.ACTIVITY_INCOMPLETE if _stands_still(option, chosen) else Reason.NO_TIME
    if part.leg is Leg.GROUP:
        return Reason.GROUP_TOO_SMALL
    if part.leg in _USED_UP:
        return _USED_UP[part.leg]
    wanted = {g.offer.key for g in part.givers}
    takers = (c.option.ask.weight for c in chosen for g in c.givers if g.offer.key in wanted)
    if any(weight > option.ask.weight for weight in takers):
        return Reason.TAKEN_BY_MORE_URGENT
    willing = any(_would_give(scene, g, option, chosen) for g in part.givers)
    return Reason.NO_TIME if willing else Reason.NO_HOURS


def _stands_still(option: Option, chosen: Sequence[Chosen]) -> bool:
    """Say whether an activity cannot go on that date, though the asker has time for it."""
    activity = option.offer.activity
    if activity is None or not activity.requires:
        return False
    others = (c.option for c in chosen)
    if any(o.offer.key == option.offer.key and o.start == option.start for o in others):
        return False
    mine = (c.option for c in chosen if c.option.ask.need.owner == option.ask.need.owner)
    return not any(_at_once(option, other) for other in mine)


def _at_once(one: Option, other: Option) -> bool:
    if not isinstance(one.start, dt.datetime) or not isinstance(other.start, dt.datetime):
        return False
    if one.end is None or other.end is None:
        return False
    return one.start < other.end and other.start < one.end


def _would_give(scene: Scene, giver: Giver, option: Option, chosen: Sequence[Chosen]) -> bool:
    """Say whether somebody has plans left that week, so that only the hour does not fit."""
    talent = giver.offer.talent
    if talent is None or talent.hours_week is not None:
        return False
    week = (c for c in chosen if c.option.week == option.week)
    given = sum(g.offer.key == giver.offer.key for c in week for g in c.givers)
    usual = scene.policy.default_per_week if giver.offer.person is not None else NO_LIMIT
    return given < (usual if talent.per_week is None else talent.per_week)


_USED_UP = {
    Leg.ACTIVITY: Reason.NO_CAPACITY,
    Leg.RIDE_OUT: Reason.NO_RIDE_OUT,
    Leg.RIDE_BACK: Reason.NO_RIDE_BACK,
}


def _scarce(option: Option, chosen: Sequence[Chosen]) -> Part:
    """Return the part for which nobody is left; rides are looked at first.

    Where seats are left, but others are in the car, the detour with one more is too long.
    """
    parts = sorted(option.parts, key=lambda p: (not p.givers[0].is_ride, len(p.givers)))
    used_up = (p for p in parts if not any(_left(g, option, chosen) for g in p.givers))
    driven = {g.identity for c in chosen if c.option.start == option.start for g in c.givers}
    shared = (p for p in parts if any(g.is_ride and g.identity in driven for g in p.givers))
    return next(used_up, next(shared, parts[-1]))


def _left(giver: Giver, option: Option, chosen: Sequence[Chosen]) -> bool:
    """Say whether a giver still has room on that date, next to the plans of others."""
    key = giver.offer.key
    if giver.is_ride:
        if any(_elsewhere(giver, option, c) for c in chosen):
            return False
        there = [c for c in chosen if c.option.start == option.start]
        aboard = {
            c.option.ask.need.owner
            for c in there
            if any(g.offer.key == key and g.leg is giver.leg for g in c.givers)
        }
        return len(aboard) < seats_of(giver.offer)
    if giver.leg is Leg.ACTIVITY:
        there = [c for c in chosen if c.option.start == option.start]
        seated = {c.option.ask.need.owner for c in there if c.option.offer.key == key}
        return option.seats_left is None or len(seated) < option.seats_left
    week = [c for c in chosen if c.option.week == option.week]
    return not any(g.offer.key == key for c in week for g in c.givers)


def _elsewhere(giver: Giver, option: Option, other: Chosen) -> bool:
    """Say whether a driver is on the road for another activity at that time."""
    if other.option.offer.id == option.offer.id and other.option.start == option.start:
        return False
    return any(
        g.offer.provider == giver.offer.provider and _overlap(g, giver) for g in other.givers
    )


def _overlap(one: Giver, other: Giver) -> bool:
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    return one.start < other.end and other.start < one.end


@dataclass(frozen=True)
class Outcome:
    """What a search came to.

    Attributes
    ----------
    chosen : tuple of Chosen
        The plans of everybody.
    met : frozenset of str
        Needs that are met by what the asker gives.
    status : Status
        Whether it is proven that nothing better exists.
    """

    chosen: tuple[Chosen, ...]
    met: frozenset[str] = frozenset()
    status: Status = Status.OPTIMAL


def unmet(
    scene: Scene, asks: Sequence[Ask], found: Mapping[str, Candidates], outcome: Outcome
) -> tuple[Gap, ...]:
    """Return the gaps of a run, by need; a need with at least one plan has none."""
    have = outcome.met | {c.option.ask.id for c in outcome.chosen}
    return tuple(gap(scene, a, found[a.id], outcome) for a in asks if a.id not in have)
