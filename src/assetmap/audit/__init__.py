"""Whether proposals are right, from the definitions: what a plan is, and what must never happen.

The audit shares no code with the search that made the proposals: it looks everything up afresh in
the tables, one predicate per clause. Reading order: `facts` (the tables in the week of the run),
`deeds` (plans taken apart), `clauses` and `wishes` (one part), `shapes` (one plan), `together`
(plans beside each other), `possible` (what else could be), `gaps` (needs without a plan);
`introducing` (introductions).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from assetmap.audit.circles import faults_of_circles
from assetmap.audit.clauses import is_reserved, seeks_people
from assetmap.audit.deeds import Deed, Source, deeds_of, habits
from assetmap.audit.facts import Facts
from assetmap.audit.gaps import Seen, faults_of_gap
from assetmap.audit.groups import faults_of_groups
from assetmap.audit.introducing import introduction_faults
from assetmap.audit.possible import Possible, somebody, waits_for, whole
from assetmap.audit.rosters import faults_of_roster
from assetmap.audit.rotas import uneven
from assetmap.audit.shapes import faults_of, in_turns, is_open, may_share, shape, slots, touches
from assetmap.audit.splits import too_many_turns
from assetmap.audit.standing import arranged, due, later
from assetmap.audit.together import clashes
from assetmap.audit.views import FunnelView, PlanView, ProposalsView
from assetmap.model import Need, Rung

__all__ = ["ProposalsView", "faults", "introduction_faults"]


def faults(proposals: ProposalsView) -> list[str]:
    """Return what is wrong with proposals, in sentences with ids.

    Every clause of what a plan is, of the hard rules, of the ladder and of the reasons is looked
    at by itself, from the tables alone. It also tells when a need without a plan could have been
    met beside everything that is proposed. It does not prove that nothing better is possible.

    Parameters
    ----------
    proposals : ProposalsView
        What :func:`assetmap.match.propose` returned, or anything with the same attributes.

    Returns
    -------
    list of str
        Sorted; empty if nothing is wrong.

    Examples
    --------
    >>> from assetmap import propose
    >>> from assetmap.model import Need, Neighbourhood, Person, Talent
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1", area="north"),
    ...     Person(person="p2", area="north"),
    ...     Talent(talent="t1", owner="p2", category="shopping"),
    ...     Need(need="n1", owner="p1", category="shopping", talked="yes"),
    ... )
    >>> faults(propose(hood, "2026-W48"))
    []
    """
    facts = Facts(proposals.hood, proposals.week, proposals.policy)
    found = [said for plan in proposals.items for said in faults_of(facts, plan)]
    deeds = [d for plan in proposals.items for d in deeds_of(facts, plan)]
    firm = _firm(facts, deeds)
    together = [*firm, *(d for d in deeds if not d.firm)]
    found += clashes(facts, together)
    found += faults_of_groups(facts, proposals.items)
    roster = faults_of_roster(facts, proposals.roster, together, proven=_proven(proposals))
    found += roster
    if _proven(proposals) and proposals.certificate.considered == "all":
        found += uneven(facts, proposals.items, together)
    found += too_many_turns(facts, together)
    found += _shared(facts, proposals.items, firm)
    found += _one_each(facts, proposals.items)
    found += _on_the_ladder(facts, proposals.items, together, firm)
    proven = _proven(proposals)
    every_hour = proposals.certificate.considered == "all"
    seen = Seen(facts, firm, together, proven, every_hour)
    found += [said for gap in proposals.gaps for said in faults_of_gap(seen, gap)]
    found += _accounted(facts, proposals)
    found += _given(facts, proposals)
    found += _one_visit(facts, proposals.items)
    found += _counted(proposals)
    found += faults_of_circles(facts, proposals.items, proposals.circles)
    return sorted(set(found))


def _proven(proposals: ProposalsView) -> bool:
    certificate = proposals.certificate
    return certificate.status == "optimal" and certificate.considered in {"all", "times"}


def _firm(facts: Facts, deeds: Sequence[Deed]) -> list[Deed]:
    """Return habits, the standing plans that are shown, and what stands after those."""
    shown = [d for d in deeds if d.source is Source.STANDING]
    known = {(d.need, d.start) for d in shown}
    rest: list[Deed] = []
    for one in later(facts):
        need, day = facts.need(one[0].need or ""), one[0].day
        soon = day is not None and facts.week.sunday < day < facts.beyond
        whole = need is not None and not shape(facts, need, one)
        if soon and whole and (one[0].need, one[0].start) not in known:
            rest += one
    return [*habits(facts), *shown, *_undisputed(facts, rest)]


def _undisputed(facts: Facts, deeds: Sequence[Deed]) -> list[Deed]:
    """Leave out arrangements that can't all hold: people kept apart, more people than seats."""
    every = [*deeds, *habits(facts)]
    gone = set()
    for one in deeds:
        there = [d for d in every if (d.activity, d.start) == (one.activity, one.start)]
        activity = facts.activity(one.activity)
        most = activity.capacity if activity is not None else None
        full = most is not None and len({d.asker for d in there}) > most
        drivers = {d.giver for d in there if d.is_ride}
        met = {d.asker for d in there} | drivers
        if full or any(facts.yields(one.asker, other, one.day) for other in met):
            gone.add((one.need, one.start))
        if one.is_ride and any(facts.apart(one.giver, other, one.day) for other in met):
            gone.add((one.need, one.start))
    return [d for d in deeds if (d.need, d.start) not in gone]


def _one_each(facts: Facts, plans: Sequence[PlanView]) -> Iterator[str]:
    """Plans have ids of their own, and every occurrence of a need has one plan at most."""
    for name, count in Counter(p.plan for p in plans).items():
        if count > 1:
            yield f"{name}: {count} plans have this id"
    by_need: dict[str, list[PlanView]] = {}
    for plan in plans:
        by_need.setdefault(plan.need, []).append(plan)
    for name, own in by_need.items():
        need = facts.need(name)
        if need is not None and not _assigned(facts, need, own):
            yield f"{name}: more plans than it asks for"


def _assigned(facts: Facts, need: Need, plans: Sequence[PlanView]) -> bool:
    """Say whether every plan can be for another occurrence; timed plans have the first choice."""
    left = slots(facts, need)
    for plan in sorted(plans, key=lambda p: (p.end is None, str(p.occurrence))):
        fitting = [slot for slot in left if touches(slot, plan.occurrence)]
        if not fitting:
            return False
        left.remove(fitting[0])
    return True


def _on_the_ladder(
    facts: Facts, plans: Sequence[PlanView], deeds: Sequence[Deed], firm: Sequence[Deed]
) -> Iterator[str]:
    # A step is used when each lower one was tried, waited for, or has nobody who could
    for plan in plans:
        need = facts.need(plan.need)
        if plan.status != "proposed" or need is None or not plan.legs:
            continue
        own = Possible(tuple(deeds_of(facts, plan)), tuple(p.rung for p in plan.legs))
        if not waits_for(facts, need, own, set(Rung), deeds):
            continue
        for rung in sorted(waits_for(facts, need, own, somebody(facts, need, firm), deeds)):
            yield f"{plan.plan}: somebody on the step {rung} could, and is waited for"


def _shared(facts: Facts, plans: Sequence[PlanView], firm: Sequence[Deed]) -> Iterator[str]:
    # A long question is shared only where nobody could do all of it
    for plan in plans:
        need, deeds = facts.need(plan.need), deeds_of(facts, plan)
        if plan.status != "proposed" or need is None:
            continue
        if any(part.minutes is not None for part in plan.legs) and _alone(facts, need, plan, firm):
            yield f"{plan.plan}: somebody could come for all of it"
        if not may_share(facts, need):
            continue
        if any(in_turns(facts, d) for d in deeds) and any(True for _ in whole(facts, need, firm)):
            yield f"{plan.plan}: somebody could do all of it"


def _alone(facts: Facts, need: Need, plan: PlanView, firm: Sequence[Deed]) -> bool:
    """Say whether somebody could give all of what is asked for the date of a plan."""
    asked = [slot for slot in slots(facts, need) if touches(slot, plan.occurrence)]
    others = (p.deeds[0].start for p in whole(facts, need, firm))
    return any(touches(slot, when) for when in others for slot in asked)


def _accounted(facts: Facts, proposals: ProposalsView) -> Iterator[str]:
    """Every open need is in one place: a plan, a gap, met by giving, or kept apart."""
    planned = {p.need for p in proposals.items}
    gaps = Counter(g.need for g in proposals.gaps)
    apart = {r.record for r in (*proposals.apart.safety, *proposals.apart.unmapped)}
    for need in facts.hood.needs:
        name = need.need
        safe = need.category in facts.tree and not facts.tree.is_safety(need.category)
        mended = bool(due(facts, need, arranged(facts, name)))
        places = [
            name in planned,
            bool(gaps[name]) and not (mended and name in planned),
            name in proposals.met_by_giving and not (need.rrule and name in planned),
        ]
        if f"need:{name}" in apart or not safe:
            if any(places):
                yield f"{name}: it is to be kept apart"
        elif is_open(facts, need) and sum(places) != 1:
            yield f"{name}: it is in {sum(places)} places instead of one"
        elif not is_open(facts, need) and any(places):
            yield f"{name}: it is not asked now"
        if gaps[name] > 1:
            yield f"{name}: it has {gaps[name]} reasons"
    known = {n.need for n in facts.hood.needs}
    named = planned | set(gaps) | set(proposals.met_by_giving)
    named |= {n for p in proposals.items for n in p.also_helps}
    for name in sorted(named - known):
        yield f"{name}: there is no such need"


def _given(facts: Facts, proposals: ProposalsView) -> Iterator[str]:
    # What a plan also helps is an open need of a giver that giving answers; none is a gap
    gaps = {g.need for g in proposals.gaps}
    helped: set[str] = set()
    for plan in proposals.items:
        for name in plan.also_helps:
            need = facts.need(name)
            if need is not None and _helps(facts, plan, need):
                helped.add(name)
            else:
                yield f"{plan.plan}: it does not help {name}"
            if name in gaps:
                yield f"{plan.plan}: it also helps {name}, which has no plan"
    for name in sorted(set(proposals.met_by_giving) - helped):
        yield f"{name}: nothing that its owner gives meets it"


def _helps(facts: Facts, plan: PlanView, need: Need) -> bool:
    """Say whether giving in a plan is what the giver asks with a need of their own."""
    met = facts.need(plan.need)
    givers = {d.giver for d in deeds_of(facts, plan) if not d.is_ride}
    owner = facts.party(need.owner)
    if met is None or owner not in givers or not is_open(facts, need) or need.need == met.need:
        return False
    if owner is not None and owner[0] == "initiatives":
        return seeks_people(facts, need)
    other = facts.party(met.owner)
    if is_reserved(facts, need.category) or need.sensitive or facts.apart(owner, other):
        return False
    as_what = "volunteering" if other and other[0] == "initiatives" else met.category
    answers = facts.tree.answer(as_what, need.category) > 0
    return answers and _wished(facts, need, met)


def _wished(facts: Facts, need: Need, met: Need) -> bool:
    """Say whether the one who is helped suits what the giver wished for."""
    other, own = facts.asker(met), facts.asker(need)
    wanted = {facts.party(w) for w in need.wants or ()}
    if wanted and facts.party(met.owner) not in wanted:
        return False
    if own is None or other is None:
        return bool(need.talked) or own is None
    known = facts.knows(own.person, other.person)
    if need.not_known and known:
        return False
    if need.not_area and (None in (own.area, other.area) or own.area == other.area):
        return False
    return need.talked is True or frozenset((own.person, other.person)) in facts.tied


def _one_visit(facts: Facts, plans: Sequence[PlanView]) -> Iterator[str]:
    # A plan names the other needs of its asker for which a plan goes to the same date
    visits: dict[tuple[object, ...], set[str]] = {}
    for plan in plans:
        visits.setdefault(_visit(facts, plan), set()).add(plan.need)
    for plan in plans:
        if set(plan.also_answers) != visits[_visit(facts, plan)] - {plan.need}:
            yield f"{plan.plan}: what else the same visit answers is told wrongly"


def _visit(facts: Facts, plan: PlanView) -> tuple[object, ...]:
    """Return who goes where and when; a plan that is no visit, or stands, is like no other."""
    need = facts.need(plan.need)
    going = [part.activity for part in plan.legs if part.leg == "activity"]
    if need is None or not going or plan.status == "standing":
        return (plan.plan,)
    return (facts.party(need.owner), going[0], plan.occurrence)


def _counted(proposals: ProposalsView) -> Iterator[str]:
    # What the rules removed and what was left add up to what was offered
    for name, funnel in proposals.funnels.items():
        if not _adds_up(funnel):
            yield f"{name}: what was removed and what was left do not add up"


def _adds_up(funnel: FunnelView) -> bool:
    removed = [count for _, count in funnel.removed]
    return funnel.offers == funnel.left + sum(removed) and min([1, *removed]) > 0
