"""Why a need has no plan: one reason from the closed list, and what came nearest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assetmap.model import Leg
from assetmap.plans.asking import fallback_worker
from assetmap.plans.asks import Ask
from assetmap.plans.encoding import Chosen
from assetmap.plans.enumeration import REASONS, Candidates, Miss, leg_of
from assetmap.plans.ladder import opening, order_for
from assetmap.plans.limits import seats_of
from assetmap.plans.offers import OfferKind
from assetmap.plans.options import Giver, Option, Part
from assetmap.plans.outcome import Gap, Reason
from assetmap.plans.rules import reserved
from assetmap.plans.scene import Scene

__all__ = ["gap"]

_SILENT = frozenset({Reason.NOT_POSSIBLE_HERE})
"""Reasons with which nothing is named as closest, so that nobody is given away."""


def gap(scene: Scene, ask: Ask, found: Candidates, chosen: Sequence[Chosen]) -> Gap:
    """Return the reason why a need got no plan.

    Parameters
    ----------
    scene, ask : Scene, Ask
        The run, and the need.
    found : Candidates
        Its candidates.
    chosen : sequence of Chosen
        The plans of everybody.
    """
    worker = fallback_worker(scene, ask)
    if found.options:
        return _lost(scene, ask, found, chosen, worker)
    if not ask.talked:
        return Gap(ask.id, Reason.FIRST_CONVERSATION, worker=worker)
    if reserved(scene, ask.need.category):
        return Gap(ask.id, Reason.NEEDS_WORKER, leg_of(scene, ask), worker=worker)
    if not found.misses:
        return Gap(ask.id, Reason.NO_TALENT, leg_of(scene, ask), worker=worker)
    return _nearest(scene, ask, found, found.misses[0], worker)


def _nearest(scene: Scene, ask: Ask, found: Candidates, miss: Miss, worker: str | None) -> Gap:
    reason = REASONS[miss.rule]
    closest = None if reason in _SILENT or miss.rule == "somebody_else" else miss.offer.id
    opens = rung = None
    if reason is Reason.WAITING_FOR_RUNG and found.waiting is not None:
        opens = opening(scene, ask, found.waiting)
        rung = order_for(ask)[found.waiting]
    record = miss.offer.activity or miss.offer.talent
    fee = record.fee_eur if record is not None and reason is Reason.FEE_OVER_BUDGET else None
    return Gap(
        need=ask.id,
        reason=reason,
        leg=_leg(scene, ask, miss),
        closest=closest,
        worker=worker,
        next_date=miss.date,
        opens_on=opens,
        rung=rung,
        price=None if fee is None else format(fee, ".2f"),
        wishes=_wishes(ask) if miss.rule == "discreet" else (),
    )


def _wishes(ask: Ask) -> tuple[str, ...]:
    need = ask.need
    wishes = {"not_area": need.not_area, "not_known": need.not_known, "sensitive": need.sensitive}
    return tuple(name for name, value in wishes.items() if value)


def _leg(scene: Scene, ask: Ask, miss: Miss) -> Leg:
    if miss.rule in {Leg.RIDE_OUT.value, Leg.RIDE_BACK.value}:
        return Leg(miss.rule)
    return Leg.ACTIVITY if miss.offer.kind is OfferKind.ACTIVITY else leg_of(scene, ask)


def _lost(
    scene: Scene, ask: Ask, found: Candidates, chosen: Sequence[Chosen], worker: str | None
) -> Gap:
    """Return the reason where there were plans, but others took what they need."""
    best = min(found.options, key=lambda o: (o.step, o.week, o.key))
    if reserved(scene, ask.need.category):
        return Gap(ask.id, Reason.NEEDS_WORKER, best.parts[0].leg, worker=worker)
    taken = {g.offer.key: c.option.ask.weight for c in chosen for g in c.givers}
    part = _scarce(best, chosen)
    wanted = {g.offer.key for o in found.options for p in o.parts for g in p.givers}
    more_urgent = any(taken[key] > ask.weight for key in wanted & taken.keys())
    reason = Reason.TAKEN_BY_MORE_URGENT
    if not more_urgent:
        reason = _USED_UP.get(part.leg, Reason.NO_HOURS)
    return Gap(ask.id, reason, part.leg, part.givers[0].offer.id, worker)


_USED_UP = {
    Leg.ACTIVITY: Reason.NO_CAPACITY,
    Leg.RIDE_OUT: Reason.NO_RIDE_OUT,
    Leg.RIDE_BACK: Reason.NO_RIDE_BACK,
}


def _scarce(option: Option, chosen: Sequence[Chosen]) -> Part:
    """Return the part for which nobody is left; rides are looked at first."""
    parts = sorted(option.parts, key=lambda p: (not p.givers[0].is_ride, len(p.givers)))
    return next(
        (p for p in parts if not any(_left(g, option, chosen) for g in p.givers)), parts[-1]
    )


def _left(giver: Giver, option: Option, chosen: Sequence[Chosen]) -> bool:
    """Say whether a giver still has room on that date, next to the plans of others."""
    key = giver.offer.key
    if giver.is_ride:
        there = [c for c in chosen if c.option.start == option.start]
        aboard = sum(g.offer.key == key and g.leg is giver.leg for c in there for g in c.givers)
        return aboard < seats_of(giver.offer)
    week = [c for c in chosen if c.option.week == option.week]
    return not any(g.offer.key == key for c in week for g in c.givers)


def unmet(
    scene: Scene,
    asks: Sequence[Ask],
    found: Mapping[str, Candidates],
    chosen: Sequence[Chosen],
    met: frozenset[str],
) -> tuple[Gap, ...]:
    """Return the gaps of a run, by need; a need with at least one plan has none."""
    have = met | {c.option.ask.id for c in chosen}
    return tuple(gap(scene, a, found[a.id], chosen) for a in asks if a.id not in have)
