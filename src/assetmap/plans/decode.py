"""Chosen options and standing arrangements as plans that people can read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from assetmap.model import Activity, Arrangement, Leg, Person, Role, Rung
from assetmap.plans.catalogue import role_of
from assetmap.plans.encoded import Chosen
from assetmap.plans.ending import last_day
from assetmap.plans.fit import discreet, introduction
from assetmap.plans.options import Giver, code_of
from assetmap.plans.outcome import Doubt, Plan, PlanLeg, PlanStatus
from assetmap.plans.refusals import plan_id
from assetmap.plans.scene import Scene
from assetmap.plans.standing import Fixed, activity_of

__all__ = ["proposed", "standing_plans"]

_ORDER = {
    leg: at
    for at, leg in enumerate(
        (Leg.RIDE_OUT, Leg.ACTIVITY, Leg.RIDE_BACK, Leg.HELP, Leg.GROUP, Leg.PLACE, Leg.MONEY)
    )
}


def proposed(
    scene: Scene, chosen: Chosen, links: Mapping[tuple[str, str], tuple[str, ...]]
) -> Plan:
    """Turn a chosen option into a plan."""
    option = chosen.option
    need = option.ask.need
    givers = sorted(chosen.givers, key=_in_order)
    main = next(at for at, g in enumerate(givers) if not g.is_ride)
    legs = tuple(_leg(scene, chosen, g, main=at == main) for at, g in enumerate(givers))
    highest = max(givers, key=lambda g: g.rung.step)
    given = (g.offer.provider for g in givers if not g.is_ride)
    also = {n for provider in given for n in links.get((need.need, provider), ())}
    levels = (level.value for level in scene.policy.levels)
    informal = all(leg.rung is not Rung.PROFESSIONAL for leg in legs)
    return Plan(
        plan=option.plan(list(chosen.givers)),
        need=need.need,
        occurrence=option.start,
        end=option.end,
        legs=legs,
        rung=highest.rung,
        status=PlanStatus.PINNED if chosen.pinned else PlanStatus.PROPOSED,
        also_helps=tuple(sorted(also)),
        doubts=option.doubts,
        welfare_answer=need.formal_route is not None and informal,
        scores=MappingProxyType(dict(zip(levels, chosen.scores, strict=True))),
    )


def _leg(scene: Scene, chosen: Chosen, giver: Giver, *, main: bool) -> PlanLeg:
    points = dict(giver.points)
    weeks = scene.policy.horizon_weeks - 1
    sooner = scene.policy.fit.sooner * (weeks - min(chosen.option.week, weeks))
    if main and sooner:
        points["sooner"] = sooner
    introducer, chain = _introduced(scene, chosen, giver)
    if introducer is not None and introducer in scene.people and not scene.permits(introducer):
        introducer, chain = None, ()
    talent, activity = giver.offer.talent, giver.offer.activity
    return PlanLeg(
        leg=giver.leg,
        provider=giver.offer.provider,
        talent=talent.talent if talent is not None else None,
        activity=_where(chosen, giver, activity.activity if activity is not None else None),
        rung=giver.rung,
        introducer=introducer,
        chain=chain,
        doubts=giver.doubts,
        points=MappingProxyType(points),
        start=None if giver.minutes is None else giver.start,
        end=None if giver.minutes is None else giver.end,
        minutes=giver.minutes,
    )


def _in_order(giver: Giver) -> tuple[int, str, str]:
    """Return what the parts of a plan are ordered by: as they happen, then by id."""
    begin = "" if giver.minutes is None or giver.start is None else giver.start.isoformat()
    return (_ORDER.get(giver.leg, 9), begin, giver.offer.key)


def _where(chosen: Chosen, giver: Giver, activity: str | None) -> str | None:
    """Return the activity of a leg; a ride goes to the one of its plan."""
    if giver.is_ride and chosen.option.offer.activity is not None:
        return chosen.option.offer.activity.activity
    return activity


def _introduced(scene: Scene, chosen: Chosen, giver: Giver) -> tuple[str | None, tuple[str, ...]]:
    asker, other = chosen.option.ask.person, giver.offer.person
    if giver.offer.place is not None:
        return (other.person if other is not None else None), ()
    if discreet(scene, chosen.option.ask):
        worker = chosen.option.ask.worker
        return (worker if other is None or worker != other.person else None), ()
    if asker is not None and other is not None:
        return introduction(scene, asker.person, other.person)
    if asker is not None:
        return _by_member(scene, asker, giver), ()
    if other is not None:
        worker = scene.worker_of(other) or chosen.option.ask.worker
        return (worker if worker != other.person else None), ()
    return None, ()


def _by_member(scene: Scene, asker: Person, giver: Giver) -> str | None:
    """Name somebody the asker knows who belongs to the initiative, else the asker's worker."""
    known = scene.personal.get(asker.person, {})
    members = {m.member for m in scene.hood.memberships if m.party == giver.offer.provider}
    friends = [p for p in members & known.keys() if scene.permits(p)]
    if friends:
        return min(friends, key=lambda p: (-known[p], p))
    return scene.worker_of(asker)


def standing_plans(scene: Scene, fixed: Sequence[Fixed]) -> tuple[Plan, ...]:
    """Return the arrangements of the run's week as plans; else each need's next date."""
    shown: dict[str, list[Fixed]] = {}
    for plan in sorted(fixed, key=lambda f: (f.need, f.start)):
        mine = shown.setdefault(plan.need, [])
        if not mine or plan.start.date() <= scene.week.sunday:
            mine.append(plan)
    return tuple(_standing(scene, f) for found in shown.values() for f in found)


def _standing(scene: Scene, fixed: Fixed) -> Plan:
    rows = sorted(fixed.rows, key=lambda r: (_ORDER.get(r.leg, 9), r.arrangement))
    parts = [_standing_leg(scene, fixed, row) for row in rows]
    if all(part.leg is not Leg.ACTIVITY for part in parts) and (seat := _seat(scene, rows)):
        parts.append(seat)
    legs = tuple(sorted(parts, key=lambda part: _ORDER.get(part.leg, 9)))
    code = code_of(
        [
            (r.leg.value, r.provider, r.talent or "", r.activity or activity_of(scene, rows) or "")
            for r in rows
        ]
    )
    highest = max((leg.rung for leg in legs), key=lambda r: r.step)
    return Plan(
        plan=plan_id(fixed.need, code, fixed.start.date()),
        need=fixed.need,
        occurrence=fixed.start if fixed.timed else fixed.start.date(),
        end=fixed.end if fixed.timed else None,
        legs=legs,
        rung=highest,
        status=PlanStatus.STANDING,
    )


def _seat(scene: Scene, rows: Sequence[Arrangement]) -> PlanLeg | None:
    """Return the seat at the activity that everybody rides to, where no row names it."""
    activity = scene.hood.index["activities"].get(activity_of(scene, rows) or "")
    if not isinstance(activity, Activity):
        return None
    party = activity.initiative or activity.activity
    return PlanLeg(Leg.ACTIVITY, party, None, activity.activity, Rung.INITIATIVE)


def _standing_leg(scene: Scene, fixed: Fixed, row: Arrangement) -> PlanLeg:
    person = scene.people.get(row.provider)
    ends = last_day(scene.hood, row)
    soon = scene.today + dt.timedelta(days=scene.policy.ending_soon_days)
    doubts = (Doubt.STOPS_SOON,) if ends is not None and ends <= soon else ()
    return PlanLeg(
        leg=row.leg,
        provider=row.provider,
        talent=row.talent,
        activity=row.activity or activity_of(scene, fixed.rows),
        rung=_standing_rung(scene, fixed, row, person),
        doubts=doubts,
    )


def _standing_rung(scene: Scene, fixed: Fixed, row: Arrangement, person: Person | None) -> Rung:
    if person is None:
        return Rung.INITIATIVE
    need = scene.hood.need(fixed.need)
    talent = scene.hood.index["talents"].get(row.talent or "")
    role = role_of(talent, person) if talent is not None else None  # type: ignore[arg-type]
    riding = row.leg in {Leg.RIDE_OUT, Leg.RIDE_BACK}
    if scene.personal.get(need.owner, {}).get(row.provider) and role is not Role.PROFESSIONAL:
        return Rung.OWN_NETWORK
    if riding or role in {None, Role.NEIGHBOUR}:
        return Rung.NEIGHBOUR
    return Rung.VOLUNTEER if role is Role.VOLUNTEER else Rung.PROFESSIONAL
