"""Introductions: who is in the same situation, and said that they want to meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assetmap.audit.clauses import broken, rung_of
from assetmap.audit.deeds import Deed, deeds_of
from assetmap.audit.facts import Facts, Party
from assetmap.audit.views import PlanView
from assetmap.model import Leg, Need, Person, Rung, Setting

__all__ = ["faults_of_groups"]

FEWEST = 3
TOGETHER = {"company", "walk", "sport", "meal", "creative", "peer_contact"}
PAIRS = frozenset(
    {
        "somebody_else",
        "sharing",
        "safeguard",
        "refused",
        "stepped_down",
        "of_age",
        "talked",
        "not_known",
        "not_area",
        "sensitive",
        "opted_in",
        "language",
    }
)
"""The clauses between two members of a group."""


def faults_of_groups(facts: Facts, plans: Sequence[PlanView]) -> Iterator[str]:
    """Yield what is wrong with introductions of three or more: all members, or nobody."""
    groups: dict[frozenset[Party | None], dict[Party | None, PlanView]] = {}
    for plan in plans:
        if plan.status == "standing" or not any(p.leg is Leg.GROUP for p in plan.legs):
            continue
        deeds = deeds_of(facts, plan)
        who = frozenset({deeds[0].asker, *(d.giver for d in deeds)})
        groups.setdefault(who, {})[deeds[0].asker] = plan
        if len(who) < max(2, len(deeds) + 1) or any(d.leg is not Leg.GROUP for d in deeds):
            yield f"{plan.plan}: it is no group of people who all meet each other"
        if len(who) >= FEWEST and any(p.rung is not Rung.INITIATIVE for p in plan.legs):
            yield f"{plan.plan}: a group stands on the step of initiatives"
        if len(who) == 2:
            yield from _introduced(facts, plan, deeds[0])
    for who, members in groups.items():
        for plan in members.values():
            if set(members) != who:
                yield f"{plan.plan}: somebody in the group is not introduced to the others"
        yield from _members(facts, members)


def _introduced(facts: Facts, plan: PlanView, one: Deed) -> Iterator[str]:
    """Yield what is wrong with an introduction of two: both chose it, on what both gave."""
    told = [facts.person(who[1]) for who in (one.asker, one.giver) if who is not None]
    need = facts.need(plan.need)
    chose = [_said_yes(p) for p in told if p is not None]
    asked = {tag.casefold() for tag in (need.context if need is not None else None) or ()}
    if len(chose) != 2 or not asked & chose[0] & chose[1]:
        yield f"{plan.plan}: not both of them chose to be introduced"
    if need is not None and any(p.rung is not rung_of(facts, need, one) for p in plan.legs):
        yield f"{plan.plan}: it stands on another step than who knows whom says"


def _said_yes(person: Person) -> set[str]:
    return {tag.casefold() for tag, yes in person.experiences or () if yes}


def _members(facts: Facts, members: Mapping[Party | None, PlanView]) -> Iterator[str]:
    needs = {who: need for who, p in members.items() if (need := facts.need(p.need)) is not None}
    tags = [{tag.casefold() for tag in need.context or ()} for need in needs.values()]
    if tags and not set.intersection(*tags):
        for plan in members.values():
            yield f"{plan.plan}: the group has no situation in common"
    for who, need in needs.items():
        if _particular(facts, need):
            yield f"{members[who].plan}: its question is not to be met in a group"
        for one in deeds_of(facts, members[who]):
            yield from _pair(facts, need, one, needs.get(one.giver))


def _pair(facts: Facts, need: Need, one: Deed, other: Need | None) -> Iterator[str]:
    if other is not None and facts.tree.answer(other.category, need.category) <= 0:
        yield f"{one.plan}: somebody in the group asks something else"
    for name in broken(facts, need, one, among=PAIRS):
        yield f"{one.plan}: the clause {name} does not hold between two of the group"


def _particular(facts: Facts, need: Need) -> bool:
    special = (need.wants, need.rrule, need.sensitive, (need.people_needed or 1) > 1)
    alone = need.setting is Setting.ONE_TO_ONE or facts.asker(need) is None
    return (
        any(special) or alone or need.talked is not True or not facts.line(need.category) & TOGETHER
    )
