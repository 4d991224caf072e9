"""Plans in sentences: facts in, plain words out; nothing is decided here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple, Protocol

from assetmap.model import (
    RUNGS,
    Activity,
    Leg,
    Need,
    Neighbourhood,
    Person,
    Policy,
    Record,
    Rung,
    Talent,
)
from assetmap.plans.claims import also_asking
from assetmap.plans.ending import succeeds
from assetmap.plans.ladder import GROUP_FIRST, days_through
from assetmap.plans.outcome import Doubt, Funnel, Gap, Plan, PlanLeg, PlanStatus
from assetmap.plans.readiness import training_for
from assetmap.plans.rings import Circle, circles
from assetmap.plans.rules import reserved
from assetmap.plans.scene import Scene
from assetmap.schedule import Week
from assetmap.texts import clock, listing, money, number, say

__all__ = [
    "RIDES",
    "Clause",
    "Run",
    "Teller",
    "called",
    "clauses_of_leg",
    "clauses_of_plan",
    "doubts",
    "main_leg",
    "told_group",
    "why_leg",
    "why_plan",
]

RIDES = frozenset({Leg.RIDE_OUT, Leg.RIDE_BACK})
_USUAL_LANGUAGE = "nl"
_PARTIES = ("people", "initiatives", "organisations", "places")


class Clause(NamedTuple):
    """One sentence of a reason, and what kind of reason it is."""

    kind: str
    text: str


class Run(Protocol):
    """What is told about: a run, as :class:`assetmap.match.Proposals` holds it."""

    @property
    def hood(self) -> Neighbourhood:
        """The neighbourhood."""

    @property
    def week(self) -> Week:
        """The week of the run."""

    @property
    def policy(self) -> Policy:
        """The team's choices."""

    @property
    def items(self) -> tuple[Plan, ...]:
        """The plans."""

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The needs without a plan."""

    @property
    def funnels(self) -> Mapping[str, Funnel]:
        """What the rules removed, by need."""


def called(hood: Neighbourhood) -> Callable[[str], str]:
    """Return how the team calls each party: called names, and names of initiatives.

    For the team's own prints only. Who has no called name keeps the id; so do two people with
    the same one, behind the name, so that they can be told apart.

    Examples
    --------
    >>> from assetmap.model import Neighbourhood, Person
    >>> name = called(Neighbourhood.from_records(Person(person="p1", called="Ans")))
    >>> name("p1"), name("p2")
    ('Ans', 'p2')
    """
    given = Counter(p.called for p in hood.people if p.called)
    names: dict[str, str] = {}
    for row in (*hood.places, *hood.organisations, *hood.initiatives):
        name = row.value("name")
        if name:
            names[str(row.id)] = name
    for person in hood.people:
        if person.called:
            twice = given[person.called] > 1
            names[person.person] = f"{person.called} ({person.person})" if twice else person.called
    return lambda party: names.get(party, names.get(party.partition(":")[2], party))


@dataclass(frozen=True, eq=False)
class Teller:
    """Tells about one run, in one language, under one way of naming people.

    Attributes
    ----------
    run : Run
        What is told about.
    lang : str
        Language code.
    name : callable
        How a party is named; default: by id.
    text : callable
        How words that somebody typed are shown, such as the name of an activity; default: as
        they are.
    """

    run: Run
    lang: str
    name: Callable[[str], str] = str
    text: Callable[[str], str] = str

    @cached_property
    def scene(self) -> Scene:
        """Where people are and when things happen."""
        return Scene(self.run.hood, self.run.policy, self.run.week)

    @property
    def hood(self) -> Neighbourhood:
        """The neighbourhood."""
        return self.run.hood

    @cached_property
    def asked(self) -> frozenset[str]:
        """The needs that the run tells about."""
        return frozenset([p.need for p in self.run.items] + [g.need for g in self.run.gaps])

    @cached_property
    def circles(self) -> tuple[Circle, ...]:
        """Who help each other."""
        return circles(self.hood, self.run.items)

    def say(self, key: str, **facts: object) -> str:
        """Return a sentence in the language of this teller."""
        return say(key, self.lang, **facts)

    def label(self, category: str) -> str:
        """Return what a category is called."""
        return self.hood.tree.label(category, self.lang)

    def rungs(self, rungs: list[Rung]) -> str:
        """Return steps of the ladder as one phrase."""
        return listing([say(f"words.rung.{r.value}", self.lang) for r in rungs], self.lang)

    def activity(self, identifier: str) -> str:
        """Return the name of an activity."""
        found = self.hood.index["activities"].get(identifier)
        return self.text(found.name) if isinstance(found, Activity) else identifier

    def asked_by(self, need: str) -> str:
        """Return how the one who asks is named."""
        return self.name(self.hood.need(need).owner)

    def party(self, identifier: str) -> Record | None:
        """Return the record of a party, or None."""
        found = self.hood.matches(identifier, *_PARTIES)
        return found[0] if found else None

    def talent(self, leg: PlanLeg) -> Talent | None:
        """Return the talent of a leg, or None."""
        found = self.hood.index["talents"].get(leg.talent or "")
        return found if isinstance(found, Talent) else None

    def price(self, leg: PlanLeg) -> str | None:
        """Return what a leg costs, in words; None: unknown, or it is a ride without a price."""
        row = self.hood.index["activities"].get(leg.activity or "")
        record = self.talent(leg)
        fee = record.fee_eur if record is not None else getattr(row, "fee_eur", None)
        return None if fee is None else money(fee, self.lang)


def main_leg(plan: Plan) -> PlanLeg:
    """Return the part of a plan that is not a ride (of several helpers: the first)."""
    return next((leg for leg in plan.legs if leg.leg not in RIDES), plan.legs[0])


def why_leg(teller: Teller, leg: PlanLeg, *, plan: Plan) -> str:
    """Return what one part of a plan is, and why it is this one.

    Parameters
    ----------
    teller : Teller
        The run, language and names.
    leg : PlanLeg
        The part.
    plan : Plan
        The plan that it belongs to.
    """
    need = teller.hood.need(plan.need)
    if leg.leg is Leg.GROUP:
        what = told_group(teller, need, [part.provider for part in plan.legs])
    else:
        what = _what(teller, leg, need)
    return " ".join([what, *(c.text for c in _because(teller, leg, need))])


def told_group(teller: Teller, need: Need, others: Sequence[str]) -> str:
    """Return that the asker and all others of a group can meet: one sentence, everybody in it."""
    members = [teller.name(party) for party in (need.owner, *others)]
    asked = teller.label(need.category)
    key = "pair" if len(members) == 2 else "group"
    return teller.say(f"why.leg.{key}", members=members, n=len(members), asked=asked)


def clauses_of_leg(teller: Teller, leg: PlanLeg, *, plan: Plan) -> tuple[Clause, ...]:
    """Return why one part of a plan is this one, sentence by sentence, without what it is."""
    return tuple(_because(teller, leg, teller.hood.need(plan.need)))


def why_plan(teller: Teller, plan: Plan) -> str:
    """Return why this plan as a whole: the step of the ladder, and whom it helps as well."""
    return " ".join(clause.text for clause in clauses_of_plan(teller, plan))


def clauses_of_plan(teller: Teller, plan: Plan) -> tuple[Clause, ...]:
    """Return why this plan as a whole, sentence by sentence."""
    return tuple(_whole(teller, plan))


def _whole(teller: Teller, plan: Plan) -> Iterator[Clause]:
    if plan.status is PlanStatus.STANDING:
        yield Clause("standing", teller.say("why.standing"))
        return
    if plan.status is PlanStatus.PINNED:
        yield Clause("pinned", teller.say("why.pinned"))
    need = teller.hood.need(plan.need)
    yield from _ladder(teller, plan, need)
    if plan.welfare_answer and need.formal_route:
        state = {True: "open", False: "closed", None: "unknown"}[need.formal_open]
        route = teller.text(need.formal_route)
        yield Clause("formal", teller.say(f"why.formal.{state}", route=route))
    stops = succeeds(teller.hood, plan, teller.run.week.monday)
    for giver, old, day in dict.fromkeys((leg.provider, old, day) for leg, old, day in stops):
        facts = {"giver": teller.name(giver), "old": teller.name(old), "day": day}
        yield Clause("successor", teller.say("why.successor", **facts))
    asking = also_asking(teller.hood, teller.asked, plan)
    if asking:
        who = [teller.name(party) for party in asking]
        giver = teller.name(main_leg(plan).provider)
        yield Clause("choice", teller.say("why.choice", giver=giver, who=who, n=len(who)))
    helped = dict.fromkeys(teller.asked_by(n) for n in plan.also_helps)
    if helped:
        yield Clause("also_helps", teller.say("why.also_helps", who=list(helped)))
    answered = _answered(teller, plan)
    if answered:
        facts = {"asker": teller.name(need.owner), "asked": answered, "n": len(answered)}
        yield Clause("also_answers", teller.say("why.also_answers", **facts))
    for circle in teller.circles:
        if plan.plan in circle.plans:
            yield Clause("circle", _circle(teller, circle))


def _answered(teller: Teller, plan: Plan) -> list[str]:
    """Return what else the same visit answers, in words; not what is for few ears."""
    needs = [teller.hood.need(name) for name in plan.also_answers]
    return list(dict.fromkeys(teller.label(n.category) for n in needs if not n.sensitive))


def _circle(teller: Teller, circle: Circle) -> str:
    """Return who help each other, in words."""
    who = [teller.name(person) for person in circle.people]
    if len(who) == 2:
        return teller.say("why.mutual", who=who)
    return teller.say("why.ring", **dict(zip("abc", who, strict=True)))


def doubts(teller: Teller, plan: Plan, *, but: Collection[Doubt] = ()) -> tuple[str, ...]:
    """Return what to ask before a plan goes ahead, each question once, in the order of the legs.

    Parameters
    ----------
    teller : Teller
        Who tells it.
    plan : Plan
        The plan.
    but : collection of Doubt
        Doubts to leave out, because they are told elsewhere.
    """
    need = teller.hood.need(plan.need)
    asked = [(main_leg(plan), doubt) for doubt in plan.doubts]
    asked += [(leg, doubt) for leg in plan.legs for doubt in leg.doubts]
    found = (_question(teller, doubt, leg, need) for leg, doubt in asked if doubt not in but)
    return tuple(dict.fromkeys(found))


def _amounts(teller: Teller, leg: PlanLeg, need: Need) -> dict[str, str]:
    """Return how much money is asked, and how much there is."""
    talent = teller.talent(leg)
    there = talent.amount_eur if talent is not None else None
    asked = need.amount_eur
    amounts = {"asked": asked, "there": there}
    return {name: money(amount or Decimal(0), teller.lang) for name, amount in amounts.items()}


def _question(teller: Teller, doubt: Doubt, leg: PlanLeg, need: Need) -> str:
    asker = teller.name(need.owner)
    facts: dict[str, str] = {"asker": asker, "giver": teller.name(leg.provider)}
    if doubt is Doubt.COSTS_MONEY:
        price = teller.price(leg)
        if price is None:
            return teller.say("doubts.costs_unknown", **facts)
        return teller.say("doubts.costs_money", price=price, **facts)
    if doubt is Doubt.AMOUNT_SHORT:
        return teller.say("doubts.amount_short", **_amounts(teller, leg, need), **facts)
    if doubt is Doubt.CONDITIONS:
        talent = teller.talent(leg)
        if talent is None or not talent.conditions:
            return teller.say("doubts.conditions_unknown", **facts)
        return teller.say("doubts.conditions", conditions=teller.text(talent.conditions), **facts)
    return teller.say(f"doubts.{doubt.value}", **facts)


# --- what a leg is ------------------------------------------------------------------------------


def _what(teller: Teller, leg: PlanLeg, need: Need) -> str:
    names = {"giver": teller.name(leg.provider), "asker": teller.name(need.owner)}
    asked = teller.label(need.category)
    if leg.leg in RIDES:
        if leg.activity is None:
            return teller.say("why.leg.ride_somewhere", **names)
        return teller.say(
            f"why.leg.{leg.leg.value}", activity=teller.activity(leg.activity), **names
        )
    if leg.leg is Leg.ACTIVITY and leg.activity is not None:
        key = "activity_alone" if leg.provider == leg.activity else "activity"
        return teller.say(f"why.leg.{key}", activity=teller.activity(leg.activity), **names)
    talent = teller.talent(leg)
    if talent is None and leg.leg is Leg.CONTACT:
        return teller.say("why.leg.vacancy", **names)
    offered = asked if talent is None else teller.label(talent.category)
    return teller.say(
        f"why.leg.{_kind(teller, leg, asked == offered)}", asked=asked, offered=offered, **names
    )


def _kind(teller: Teller, leg: PlanLeg, same: bool) -> str:
    if leg.leg is not Leg.HELP:
        return leg.leg.value
    if not isinstance(teller.party(leg.provider), Person):
        return "help_at"
    return "help" if same else "help_other"


# --- why this one -------------------------------------------------------------------------------


def _because(teller: Teller, leg: PlanLeg, need: Need) -> Iterator[Clause]:
    giver = teller.name(leg.provider)
    if leg.minutes is not None:
        yield Clause("shift", _shift(teller, leg, leg.minutes))
    if leg.points.get("going_anyway") or _goes(teller, leg):
        back = "_back" if leg.leg is Leg.RIDE_BACK else ""
        said = teller.say(f"why.because.going_anyway{back}", giver=giver)
        yield Clause("going_anyway", said)
    yield from _acquainted(teller, leg, need)
    if _near(teller, leg, need):
        yield Clause("near", teller.say(f"why.because.{_nearness(teller, leg, need)}"))
    if leg.points.get("language") and _worth_saying(teller, need):
        yield Clause("language", teller.say("why.because.language"))
    if leg.points.get("setting") and need.setting is not None:
        word = teller.say(f"words.setting.{need.setting.value}")
        yield Clause("setting", teller.say("why.because.setting", setting=word))
    if leg.points.get("motive"):
        yield Clause("motive", teller.say("why.because.motive", giver=giver))
    if leg.leg not in RIDES or teller.talent(leg) is not None:
        yield from _price(teller, leg)
    yield from _trained(teller, leg, need)


def _shift(teller: Teller, leg: PlanLeg, minutes: int) -> str:
    """Return when somebody comes of several who share one time, or for how long."""
    giver = teller.name(leg.provider)
    if leg.start is None or leg.end is None:
        hours = number(minutes / 60, teller.lang)
        return teller.say("why.because.shift_sometime", giver=giver, n=minutes / 60, hours=hours)
    begin, close = (clock(m.hour * 60 + m.minute, teller.lang) for m in (leg.start, leg.end))
    return teller.say("why.because.shift", giver=giver, begin=begin, close=close)


def _trained(teller: Teller, leg: PlanLeg, need: Need) -> Iterator[Clause]:
    """Tell of a training that the team asks for, and who there is where it does not help."""
    talent, person = teller.talent(leg), teller.party(leg.provider)
    if talent is None or not isinstance(person, Person) or leg.rung is Rung.PROFESSIONAL:
        return
    if leg.leg in RIDES or not training_for(teller.scene, need.category, talent.category):
        return
    giver = teller.name(leg.provider)
    yield Clause("trained", teller.say("why.because.trained", giver=giver))
    worker = need.worker or teller.scene.worker_of(teller.scene.people.get(need.owner))
    if worker is not None and worker != leg.provider:
        facts = {"giver": giver, "worker": teller.name(worker)}
        yield Clause("fallback", teller.say("why.because.fallback", **facts))


def _goes(teller: Teller, leg: PlanLeg) -> bool:
    talent = teller.talent(leg)
    return leg.leg in RIDES and talent is not None and talent.going_to == leg.activity is not None


def _acquainted(teller: Teller, leg: PlanLeg, need: Need) -> Iterator[Clause]:
    if len(leg.chain) == 2:
        yield Clause("know", teller.say("why.because.know"))
    if leg.introducer is None or leg.introducer in {leg.provider, need.owner}:
        return
    facts = {
        "who": teller.name(leg.introducer),
        "giver": teller.name(leg.provider),
        "asker": teller.name(need.owner),
    }
    via = [teller.name(p) for p in leg.chain[2:-1]]
    if via:
        yield Clause("introduction", teller.say("why.because.chain", via=via, **facts))
    elif leg.chain:
        yield Clause("introduction", teller.say("why.because.common", **facts))
    elif isinstance(teller.party(leg.provider), Person):
        yield Clause("introduction", teller.say("why.because.for_party", **facts))
    else:
        yield Clause("introduction", teller.say("why.because.at_party", **facts))


def _near(teller: Teller, leg: PlanLeg, need: Need) -> bool:
    """Say whether it is near; said only where nearness counted, and never of a ride."""
    if leg.leg in RIDES or not leg.points.get("distance"):
        return False
    giver = teller.party(leg.provider)
    if isinstance(giver, Person) and giver.is_worker:
        return False
    scene, hood = teller.scene, teller.hood
    row = hood.index["activities"].get(leg.activity or "")
    talent = teller.talent(leg)
    place = hood.index["places"].get(talent.place or "") if talent is not None else None
    there = scene.spot(row or place or giver)
    here = scene.spot(teller.party(need.owner))
    metres = scene.geography.metres(here, there)
    return metres is not None and metres <= teller.run.policy.distances.neighbour_m


def _nearness(teller: Teller, leg: PlanLeg, need: Need) -> str:
    """Say what is near what: two homes, a home and a place, or two places."""
    giver, asker = teller.party(leg.provider), teller.party(need.owner)
    lives = [isinstance(p, Person) and not p.is_worker for p in (giver, asker)]
    if all(lives):
        return "near"
    return "near_home" if lives[1] and leg.leg is Leg.ACTIVITY else "close"


def _worth_saying(teller: Teller, need: Need) -> bool:
    """Say whether a shared language is news: the asker does not speak Dutch."""
    owner = teller.party(need.owner)
    spoken = need.languages or getattr(owner, "languages", None) or ()
    return _USUAL_LANGUAGE not in {tag.partition("-")[0] for tag in spoken}


def _price(teller: Teller, leg: PlanLeg) -> Iterator[Clause]:
    price = teller.price(leg)
    if price is None:
        return
    talent = teller.talent(leg)
    row = teller.hood.index["activities"].get(leg.activity or "")
    fee = talent.fee_eur if talent is not None else getattr(row, "fee_eur", None)
    if fee:
        yield Clause("price", teller.say("why.because.price", price=price))
    elif leg.leg is Leg.ACTIVITY:
        yield Clause("free", teller.say("why.because.free"))


# --- the ladder ---------------------------------------------------------------------------------


def _ladder(teller: Teller, plan: Plan, need: Need) -> Iterator[Clause]:
    if plan.rung is Rung.OWN_NETWORK:
        yield Clause("own_network", teller.say("why.ladder.own_network"))
        return
    if reserved(teller.scene, need.category):
        yield Clause("reserved", teller.say("why.ladder.reserved"))
        return
    yield Clause("step", teller.say("why.ladder.step", rung=teller.rungs([plan.rung])))
    monday = teller.run.week.monday
    ladder = GROUP_FIRST if teller.hood.tree[need.category].group_first else RUNGS
    waited = (monday - min(need.since or monday, monday)).days
    found: dict[str, list[Rung]] = {"tried": [], "waited": [], "nobody": []}
    for rung in _lower(teller, plan, need):
        if rung.value in (need.tried or ()):
            found["tried"].append(rung)
        elif waited >= days_through(teller.scene, ladder, rung):
            found["waited"].append(rung)
        else:
            found["nobody"].append(rung)
    for how, rungs in found.items():
        if rungs:
            yield Clause(how, teller.say(f"why.ladder.{how}", rungs=teller.rungs(rungs)))


def _lower(teller: Teller, plan: Plan, need: Need) -> tuple[Rung, ...]:
    """Return the steps below that of a plan, in the order that holds for its highest leg."""
    if not isinstance(teller.party(need.owner), Person):
        return ()  # an initiative has no neighbours to try first
    by_ride = all(leg.leg in RIDES for leg in plan.legs if leg.rung is plan.rung)
    group = teller.hood.tree[need.category].group_first and not by_ride
    order = GROUP_FIRST if group else RUNGS
    return order[: order.index(plan.rung)]
