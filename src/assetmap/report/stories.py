"""Plans as stories: one per need, with all its parts and dates."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assetmap.model import Leg, Rung
from assetmap.plans import Doubt, Plan, PlanLeg, PlanStatus, names_days
from assetmap.plans.wording import Teller, clauses_of_leg, clauses_of_plan, doubts
from assetmap.report.facts import Giver, Said, StandingFacts, Story, Times
from assetmap.report.giving import giving
from assetmap.report.times import folded, times_text
from assetmap.report.voice import Voice
from assetmap.texts import Language

__all__ = ["reserve", "standing", "stories"]

_SHOWN_ELSEWHERE = frozenset({"introduction", "know", "own_network", "pinned", "standing", "step"})
"""Kinds of reason that have a place of their own on the page."""

_SAID_ONCE = frozenset({Doubt.GROUND_UNKNOWN})
"""What the page says once for everybody, not beside each plan."""

_RIDES = {Leg.RIDE_OUT: "ride_out", Leg.RIDE_BACK: "ride_back"}


def stories(voice: Voice) -> tuple[Story, ...]:
    """Return what is proposed, by date and then by need."""
    kept = [p for p in voice.run.items if p.status is not PlanStatus.STANDING]
    ordered = sorted(_by_need(kept), key=_order)
    return tuple(_shortly(voice, ((_story(voice, plans), plans[0]) for plans in ordered)))


def _shortly(voice: Voice, stories: Iterable[tuple[Story, Plan]]) -> Iterator[Story]:
    """Yield the stories; of a group the first says why and what to ask, and names everybody."""
    groups: set[frozenset[str]] = set()
    for story, plan in stories:
        owner = voice.run.hood.need(plan.need).owner
        group = frozenset({owner, *(leg.provider for leg in plan.legs)})
        if any(leg.leg is not Leg.GROUP for leg in plan.legs):
            yield story
        elif group in groups:
            yield replace(story, via=(), unknown=False, why=(), questions=())
        else:
            groups.add(group)
            yield story


def standing(voice: Voice) -> tuple[StandingFacts, ...]:
    """Return the arrangements that go on, by need."""
    kept = [p for p in voice.run.items if p.status is PlanStatus.STANDING]
    return tuple(_standing(voice, plans) for plans in _by_need(kept))


def reserve(voice: Voice, plan: Plan) -> Said:
    """Return another plan in one line, in every language: who does what, and when."""
    givers, times = tuple(_givers(voice, [plan])), _times(voice, [plan])
    return {
        lang.value: ", ".join((giving(givers, lang.value), *times_text(times, lang.value)))
        for lang in Language
    }


def _order(plans: Sequence[Plan]) -> tuple[dt.date, int, str]:
    """By day, then time; what has only a week comes after the dated plans of its Monday."""
    first = plans[0].occurrence
    if isinstance(first, dt.datetime):
        return first.date(), first.hour * 60 + first.minute, plans[0].plan
    return first or dt.date.max, 24 * 60, plans[0].plan


def _by_need(plans: Iterable[Plan]) -> list[list[Plan]]:
    """Put the plans of a need together; what is decided apart from what is proposed."""
    found: dict[tuple[str, PlanStatus], list[Plan]] = {}
    for plan in plans:
        found.setdefault((plan.need, plan.status), []).append(plan)
    return list(found.values())


def _story(voice: Voice, plans: Sequence[Plan]) -> Story:
    first = plans[0]
    chains = _chains(voice, plans)
    meetings = list(_meetings(voice, plans))
    return Story(
        need=first.need,
        plans=tuple(p.plan for p in plans),
        asker=voice.asker(first.need),
        asked=voice.asked(first.need),
        times=_times(voice, plans),
        rung=max((p.rung for p in plans), key=lambda r: r.step).value,
        status=first.status.value,
        givers=tuple(_givers(voice, plans)),
        via=chains,
        acquainted=bool(meetings) and all(len(leg.chain) == 2 for leg in meetings),
        unknown=not chains and any(not leg.chain for leg in meetings),
        why=voice.several(lambda teller: _why(teller, plans)),
        questions=_questions(voice, plans),
    )


def _standing(voice: Voice, plans: Sequence[Plan]) -> StandingFacts:
    need = plans[0].need
    return StandingFacts(
        need=need,
        asker=voice.asker(need),
        asked=voice.asked(need),
        times=_times(voice, plans),
        givers=tuple(_givers(voice, plans)),
        questions=_questions(voice, plans),
    )


def _times(voice: Voice, plans: Sequence[Plan]) -> Times | None:
    """Fold the dates; what stands, and what is asked on named days, is known by its day."""
    first = plans[0]
    asked = names_days(voice.run.hood.need(first.need).rrule)
    by_day = first.status is PlanStatus.STANDING or asked
    return folded([p.occurrence for p in plans if p.occurrence is not None], by_day=by_day)


def _givers(voice: Voice, plans: Sequence[Plan]) -> Iterator[Giver]:
    """Yield who does what over all dates; a ride there and back by one driver is one part."""
    found = Counter(role for plan in plans for role in _roles(plan))
    names = voice.run.hood.index["activities"]
    for (role, provider, activity), n in found.items():
        row = names.get(activity or "")
        yield Giver(
            name=None if provider == activity else voice.name(provider),
            provider=provider,
            role=role,
            activity=None if row is None else voice.activity(str(row.id)),
            times=None if n == len(plans) else n,
        )


def _roles(plan: Plan) -> Iterator[tuple[str, str, str | None]]:
    """Yield role, provider and activity of each part; what one goes to before who drives."""
    rides = {leg.leg: leg.provider for leg in plan.legs if leg.leg in _RIDES}
    both = len(rides) == 2 and len(set(rides.values())) == 1
    parts = sorted(plan.legs, key=lambda leg: leg.leg in _RIDES)
    for leg in parts:
        if leg.leg not in _RIDES:
            yield leg.leg.value, leg.provider, leg.activity
        elif not both:
            yield _RIDES[leg.leg], leg.provider, None
        elif leg.leg is Leg.RIDE_OUT:
            yield "ride_both", leg.provider, None


def _chains(voice: Voice, plans: Sequence[Plan]) -> tuple[tuple[str, ...], ...]:
    """Return who introduces them, link by link; what begins a longer chain is not told apart."""
    owner = voice.run.hood.need(plans[0].need).owner
    found = dict.fromkeys(_links(leg, owner) for plan in plans for leg in plan.legs)
    longest = [c for c in found if c and not any(o[: len(c)] == c != o for o in found)]
    return tuple(tuple(voice.name(person) for person in chain) for chain in longest)


def _meetings(voice: Voice, plans: Sequence[Plan]) -> Iterator[PlanLeg]:
    """Yield the parts in which two people meet who are there as themselves, not for their work."""
    people = voice.run.hood.index["people"]
    owner = voice.run.hood.need(plans[0].need).owner
    for plan in plans:
        for leg in plan.legs:
            if {owner, leg.provider} <= people.keys() and leg.rung is not Rung.PROFESSIONAL:
                yield leg


def _links(leg: PlanLeg, owner: str) -> tuple[str, ...]:
    if leg.introducer is None or leg.introducer in {leg.provider, owner}:
        return ()
    return leg.chain[1:-1] or (leg.introducer,)


def _why(teller: Teller, plans: Sequence[Plan]) -> Iterator[str]:
    asked = any(Doubt.COSTS_MONEY in leg.doubts for plan in plans for leg in plan.legs)
    hidden = _SHOWN_ELSEWHERE | ({"price"} if asked else set())
    for plan in plans:
        for leg in plan.legs:
            clauses = clauses_of_leg(teller, leg, plan=plan)
            yield from (clause.text for clause in clauses if clause.kind not in hidden)
    for plan in plans:
        for clause in clauses_of_plan(teller, plan):
            if clause.kind not in hidden:
                yield clause.text


def _questions(voice: Voice, plans: Sequence[Plan]) -> tuple[Said, ...]:
    return voice.several(
        lambda teller: [q for plan in plans for q in doubts(teller, plan, but=_SAID_ONCE)]
    )
