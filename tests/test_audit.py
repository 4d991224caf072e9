"""The audit finds every fault that is planted, and none in what is proposed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from assetmap.audit import faults
from assetmap.audit.clauses import CLAUSES
from assetmap.match import Proposals, propose
from assetmap.model import (
    Activity,
    Area,
    Arrangement,
    Decision,
    Initiative,
    Leg,
    Membership,
    Need,
    Neighbourhood,
    Person,
    Place,
    Policy,
    Record,
    Rung,
    Safeguard,
    Talent,
    Tie,
)
from assetmap.plans import RULES, Funnel, Gap, PlanStatus
from assetmap.plans.outcome import Reason
from assetmap.tables import read
from tests.strategies import WEEK, neighbourhoods, outings

Mutation = Callable[[Proposals], Proposals]
FRIDAY = dt.datetime(2026, 11, 27, 18)
ALWAYS = "Mon-Sun 08:00-22:00"


def person(name: str, **cells: Any) -> Person:
    return Person(person=name, **{"area": "north", "share": "yes", "ground": "consent", **cells})


def asked(name: str, owner: str, category: str, **cells: Any) -> Need:
    return Need(need=name, owner=owner, category=category, **{"talked": "yes", **cells})


def an_evening() -> Neighbourhood:
    """Two ladies and a driver to the eetcafé, help with shopping, and what could not be met."""
    return Neighbourhood.from_records(
        Area(area="north", adjacent=("south",)),
        Area(area="south"),
        Initiative(initiative="i1", name="the eetcafé", area="south"),
        Place(place="hall", area="south"),
        Activity(
            activity="a1",
            name="eetcafé",
            initiative="i1",
            category="meal",
            place="hall",
            start=FRIDAY,
            minutes=120,
            rrule="FREQ=WEEKLY",
            capacity=4,
            fee_eur="3",
        ),
        Activity(
            activity="a2", name="film", category="games", area="south", start=FRIDAY, fee_eur="2"
        ),
        person("p1", walks_m=100),
        person("p2", walks_m=100),
        person("p3"),
        person("p4"),
        person("p5"),
        person("d1"),
        person("h1", available=ALWAYS),
        person("c1"),
        Person(person="w1", kind="worker", area="north"),
        Tie(a="p1", b="c1", kind="friend", strength=2),
        Tie(a="c1", b="h1", kind="friend", strength=2),
        Talent(talent="ride", owner="d1", category="ride", seats=2, per_week=3),
        Talent(talent="shop", owner="h1", category="shopping", per_week=2),
        Talent(talent="pro", owner="w1", category="shopping", per_week=5),
        Talent(talent="chat", owner="p5", category="company"),
        asked("n1", "p1", "meal", since="2026-06-01"),
        asked("n2", "p2", "meal", since="2026-06-01"),
        asked("n3", "p1", "shopping", when="Wed 09:00-11:00", hours=1),
        asked("n4", "p4", "company", since="2026-06-01", setting="one_to_one", fee_max_eur="0"),
        asked("n5", "p5", "company", fee_max_eur="0"),
        asked("n6", "p3", "meal"),
        asked("n7", "p2", "garden"),
        asked("n8", "p2", "violence"),
        Arrangement(arrangement="x6", need="n6", leg="activity", provider="i1", activity="a1"),
        policy=Policy(horizon_weeks=2),
    )


@pytest.fixture(scope="module")
def evening() -> Proposals:
    return propose(an_evening(), WEEK)


def a_garden() -> Neighbourhood:
    """An initiative that asks for people and a room, a youth club led by a worker, two cooks."""
    return Neighbourhood.from_records(
        person("p1", worker="w1"),
        person("p2"),
        person("p3"),
        Person(person="w1", kind="worker", area="north"),
        Initiative(initiative="i1", name="the garden", area="north", manager="w1"),
        Place(place="barn", area="north", manager="p3", space_for=("workshops",)),
        Activity(
            activity="a1",
            name="youth club",
            initiative="i1",
            category="youth_work",
            area="north",
            start=FRIDAY,
        ),
        Talent(talent="cook", owner="p2", category="cook"),
        Talent(talent="fund", owner="p3", category="money"),
        asked("n1", "p1", "volunteering", since="2026-06-01"),
        asked("n2", "i1", "volunteering", people_needed=1),
        asked("n3", "i1", "space", since="2026-06-01"),
        asked("n4", "p1", "youth_work", since="2026-06-01"),
        asked("n5", "i1", "money", since="2026-06-01"),
        asked("n6", "p2", "volunteering", since="2026-11-20"),
        policy=Policy(horizon_weeks=1),
    )


@pytest.fixture(scope="module")
def garden() -> Proposals:
    return propose(a_garden(), WEEK)


# --- ways to plant a fault --------------------------------------------------------------------


def plan(need: str, /, **changes: Any) -> Mutation:
    """Change the plan for a need."""
    return lambda p: replace(
        p, items=tuple(replace(i, **changes) if i.need == need else i for i in p.items)
    )


def part(need: str, leg: str, /, **changes: Any) -> Mutation:
    """Change one part of the plan for a need."""

    def mutate(p: Proposals) -> Proposals:
        found = p.plan_for(need)
        assert found is not None
        legs = tuple(replace(g, **changes) if g.leg is Leg(leg) else g for g in found.legs)
        return plan(need, legs=legs)(p)

    return mutate


def without_part(need: str, leg: str) -> Mutation:
    """Take one part out of the plan for a need."""

    def mutate(p: Proposals) -> Proposals:
        found = p.plan_for(need)
        assert found is not None
        return plan(need, legs=tuple(g for g in found.legs if g.leg is not Leg(leg)))(p)

    return mutate


def row(table: str, name: str, **cells: Any) -> Mutation:
    """Change a record, as if the proposals had overlooked it."""

    def changed(record: Record) -> Record:
        if str(record.id) != name:
            return record
        return type(record).model_validate({**dict(record), **cells})

    return lambda p: replace(
        p, hood=replace(p.hood, **{table: tuple(map(changed, p.hood.table(table)))})
    )


def more(*records: Record) -> Mutation:
    """Add records, as if the proposals had overlooked them."""

    def mutate(p: Proposals) -> Proposals:
        for record in records:
            rows = (*p.hood.table(record.table), record)
            p = replace(p, hood=replace(p.hood, **{record.table: rows}))
        return p

    return mutate


def both(*mutations: Mutation) -> Mutation:
    """Plant several changes at once."""

    def mutate(p: Proposals) -> Proposals:
        for one in mutations:
            p = one(p)
        return p

    return mutate


def dropped(need: str) -> Mutation:
    return lambda p: replace(p, items=tuple(i for i in p.items if i.need != need))


def twice(need: str, /, **changes: Any) -> Mutation:
    def mutate(p: Proposals) -> Proposals:
        found = p.plan_for(need)
        assert found is not None
        return replace(p, items=(*p.items, replace(found, **changes)))

    return mutate


def gap(need: str, reason: str, **cells: Any) -> Mutation:
    """Say another reason for a need, or one for a need that has a plan."""
    told = Gap(need, reason, **{"worker": "w1", **cells})  # type: ignore[arg-type]
    return lambda p: replace(p, gaps=(*(g for g in p.gaps if g.need != need), told))


def policy(**changes: Any) -> Mutation:
    return lambda p: replace(p, policy=p.policy.model_copy(update=changes))


def apart(one: str, at: str) -> Mutation:
    day = dt.date(2026, 11, 1)
    return more(Safeguard(safeguard="s", person=one, at=at, from_=day, review_on="2027-06-01"))


def said_no(need: str, provider: str | None, code: str = "n3-x-20261101") -> Mutation:
    return more(
        Decision(plan=code, need=need, provider=provider, date="2026-11-20", decision="no_more")
    )


def refused_whole(p: Proposals) -> Proposals:
    found = p.plan_for("n1")
    assert found is not None
    return said_no("n1", None, found.plan)(p)


def double(need: str, leg: str) -> Mutation:
    def mutate(p: Proposals) -> Proposals:
        found = p.plan_for(need)
        assert found is not None
        again = tuple(g for g in found.legs if g.leg is Leg(leg))
        return plan(need, legs=(*found.legs, *again))(p)

    return mutate


CAR = Talent(talent="other", owner="p4", category="ride", seats=1, per_week=5)
FAR = {"x": 140_000, "y": 450_000}

PLANTED: dict[str, tuple[Mutation, str]] = {
    # the parts exist and belong together
    "another driver": (part("n1", "ride_out", provider="p4"), "clause exists"),
    "a talent that is not there": (part("n3", "help", talent="nothing"), "clause exists"),
    "a need that is not there": (plan("n3", need="n99"), "no such need"),
    "another talent": (part("n3", "help", talent="ride", provider="d1"), "clause answers"),
    "a car that is no car": (part("n1", "ride_back", talent="shop", provider="h1"), "answers"),
    "to oneself": (
        both(row("talents", "shop", owner="p1"), part("n3", "help", provider="p1")),
        "somebody_else",
    ),
    "no ride back": (without_part("n1", "ride_back"), "ride_back is missing"),
    "no ride out": (without_part("n1", "ride_out"), "ride_out is missing"),
    "no activity": (without_part("n1", "activity"), "missing"),
    "two rides out": (double("n1", "ride_out"), "ride_out too often"),
    "a ride for who can walk": (row("people", "p1", walks_m=None), "ride_out too often"),
    "no ride for who cannot": (
        both(row("people", "p3", walks_m=0), plan("n6", status=PlanStatus.PROPOSED)),
        "ride_out is missing",
    ),
    "no parts": (plan("n3", legs=()), "no parts"),
    "one where two are asked": (row("needs", "n3", people_needed=2), "help is missing"),
    "to two activities": (part("n1", "ride_out", activity="a2"), "different activities"),
    # when
    "another date": (plan("n1", occurrence=FRIDAY + dt.timedelta(days=1)), "no such date"),
    "another hour": (plan("n1", occurrence=FRIDAY + dt.timedelta(hours=1)), "no such date"),
    "an exception": (row("activities", "a1", except_=(FRIDAY.date(),)), "no such date"),
    "beyond the horizon": (
        plan("n1", occurrence=FRIDAY + dt.timedelta(weeks=9)),
        "outside the horizon",
    ),
    "another end": (plan("n1", end=FRIDAY + dt.timedelta(hours=5)), "does not end"),
    "no end": (plan("n3", end=None), "no end"),
    "the asker is away": (row("needs", "n3", when="Thu 09:00-11:00"), "clause time"),
    "the helper is away": (row("talents", "shop", available="Sun 09:00-11:00"), "clause time"),
    "the driver is away": (row("talents", "ride", available="Fri 18:00-20:00"), "clause time"),
    "the talent ended": (row("talents", "shop", until="2026-11-01"), "clause alive"),
    "the helper left": (row("people", "h1", until="2026-11-01"), "clause alive"),
    "the initiative ended": (row("initiatives", "i1", status="ended"), "no such date"),
    "the asker left": (row("people", "p1", until="2026-11-01"), "nothing is asked for"),
    "on its way elsewhere": (row("talents", "ride", going_to="a2"), "goes_there"),
    # the hard rules
    "closed": (row("needs", "n3", closed_on="2026-11-20"), "not asked now"),
    "done": (
        more(Decision(plan="x", need="n3", date="2026-11-20", decision="done")),
        "not asked now",
    ),
    "sharing": (row("people", "h1", share="no"), "clause sharing"),
    "kept apart": (apart("p1", "h1"), "clause safeguard"),
    "kept apart from the driver": (apart("d1", "p1"), "clause safeguard"),
    "kept from the activity": (apart("p1", "a1"), "clause safeguard"),
    "kept from the initiative": (apart("p2", "i1"), "clause safeguard"),
    "the driver kept from it": (apart("d1", "a1"), "clause safeguard"),
    "kept apart at one table": (apart("p1", "p3"), "kept apart meet"),
    "kept apart in one car": (apart("p2", "p1"), "kept apart meet"),
    "refused": (said_no("n3", "h1"), "clause refused"),
    "refused as a whole": (refused_whole, "turned down"),
    "stepped down": (
        more(
            Arrangement(
                arrangement="y",
                need="n1",
                leg="ride_out",
                provider="d1",
                since="2026-01-01",
                until="2026-11-20",
            )
        ),
        "stepped_down",
    ),
    "a minor": (row("people", "h1", minor="yes"), "of_age"),
    "born lately": (row("people", "p1", born=2020), "of_age"),
    "seventeen until the birthday": (row("people", "p1", born=2008), "of_age"),
    "born in a decade that holds minors": (row("people", "h1", born=2000), "of_age"),
    "reserved": (policy(reserved=("shopping",)), "clause reserved"),
    "not talked over": (row("needs", "n3", talked=None), "clause talked"),
    "not known": (
        both(row("needs", "n3", not_known="yes"), more(Tie(a="p1", b="h1", kind="friend"))),
        "not_known",
    ),
    "not from here": (row("needs", "n3", not_area=("yes",)), "not_area"),
    "sensitive": (row("needs", "n3", sensitive="yes"), "clause sensitive"),
    "peers": (
        both(
            row("needs", "n3", category="peer_contact"),
            row("talents", "shop", category="peer_contact"),
        ),
        "opted_in",
    ),
    "wants something else": (row("needs", "n1", wants=("a2",)), "clause wants"),
    "audience": (row("activities", "a1", audience=("women",)), "clause audience"),
    "long": (
        both(row("needs", "n3", term="long"), row("talents", "shop", term="once")),
        "clause term",
    ),
    "language": (
        both(
            row("needs", "n3", language_hard="yes", languages=("ar",)),
            row("people", "h1", languages=("nl",)),
        ),
        "clause language",
    ),
    "steps": (
        both(row("people", "p1", wheelchair="yes"), row("places", "hall", step_free="no")),
        "accessible",
    ),
    "no room for a wheelchair": (row("people", "p1", wheelchair="yes"), "part ride_out"),
    "noise": (
        both(row("needs", "n1", setting="quiet"), row("places", "hall", quiet="no")),
        "accessible",
    ),
    "too dear": (row("needs", "n1", fee_max_eur="2"), "clause fee"),
    "too dear together": (
        both(row("needs", "n1", fee_max_eur="4"), row("talents", "ride", fee_eur="2")),
        "together cost more",
    ),
    "too far for the asker": (row("needs", "n1", max_km=0.1), "clause reach"),
    "too far for the helper": (row("talents", "shop", max_km=0.1), "clause reach"),
    "too far for the driver": (row("talents", "ride", max_km=0.5), "clause reach"),
    "another area": (row("talents", "shop", areas=("south",)), "clause reach"),
    "the formal way": (
        row("needs", "n1", formal_route="eetcafé", formal_open="no"),
        "formal_route",
    ),
    "safety": (row("talents", "shop", category="abuse"), "clause safety"),
    # plans beside each other
    "one seat in the car": (row("talents", "ride", seats=1), "people on the ride_out"),
    "too few places": (row("activities", "a1", capacity=2), "people come"),
    "a detour": (
        both(
            row("people", "p1", **FAR),
            row("people", "p2", x=144_000, y=450_000),
            row("people", "d1", x=142_000, y=450_000),
            row("places", "hall", x=142_000, y=450_400),
        ),
        "of detour",
    ),
    "in two places": (
        plan("n3", occurrence=FRIDAY, end=FRIDAY + dt.timedelta(hours=1)),
        "in two places",
    ),
    "the same id": (twice("n3"), "plans have this id"),
    "twice": (twice("n3", plan="n3-other"), "more plans than"),
    "two seats for one": (twice("n1", plan="n1-other"), "two seats"),
    "no plans a week": (row("talents", "ride", per_week=0), "were offered"),
    "no hours": (row("talents", "shop", hours_week=0.5), "more hours than were offered"),
    "hours of a driver": (row("talents", "ride", hours_week=0.3), "more hours than were offered"),
    "agreed hours": (
        both(
            row("talents", "shop", role="volunteer"),
            more(Membership(member="h1", party="i1", hours_week=0.5)),
        ),
        "than were agreed",
    ),
    "no cook": (row("activities", "a1", requires="cook:1"), "there is no cook"),
    # steps, points, introductions
    "a lower step": (part("n3", "help", rung=Rung.OWN_NETWORK), "is said to be on"),
    "not the highest": (plan("n1", rung=Rung.NEIGHBOUR), "not the highest"),
    "too high on the ladder": (
        both(
            part("n3", "help", provider="w1", talent="pro", rung=Rung.PROFESSIONAL),
            plan("n3", rung=Rung.PROFESSIONAL),
        ),
        "waited for",
    ),
    "points": (part("n3", "help", points={"tie": 1}), "do not add up to its fit"),
    "pinned": (plan("n3", status=PlanStatus.PINNED), "nobody decided"),
    "an unwilling introducer": (row("people", "c1", share="no"), "may not be named"),
    "a broken chain": (part("n3", "help", chain=("p1", "p4", "h1")), "does not lead"),
    "another introducer": (part("n3", "help", introducer="d1"), "not the first"),
    "a made-up introducer": (part("n3", "help", introducer="nobody"), "nobody has the id"),
    # arrangements
    "arranged for another": (part("n6", "activity", provider="i9"), "nothing was arranged"),
    "no longer": (row("arrangements", "x6", until="2026-11-01"), "no longer holds"),
    "standing apart": (apart("p3", "a1"), "no longer holds"),
    # every need in one place
    "forgotten": (dropped("n3"), "in 0 places"),
    "a gap as well": (gap("n3", "no_hours"), "in 2 places"),
    "two gaps": (lambda p: replace(p, gaps=(*p.gaps, p.gaps[0])), "reasons"),
    "safety in the open": (
        lambda p: replace(p, hood=an_evening(), gaps=(*p.gaps, Gap("n8", Reason.NO_TALENT))),
        "kept apart",
    ),
    "met by nothing": (lambda p: replace(p, met_by_giving=frozenset({"n7"})), "n7: nothing that"),
    "helps nobody": (plan("n3", also_helps=("n7",)), "does not help n7"),
    "helps and is a gap": (gap("n5", "no_hours"), "which has no plan"),
    "miscounted": (
        lambda p: replace(p, funnels={**p.funnels, "n3": Funnel(9, (("fee", 1),), 1)}),
        "do not add up",
    ),
    "overlooked": (both(dropped("n3"), gap("n3", "no_hours")), "can be met beside"),
    # reasons
    "no such reason": (gap("n7", "because"), "closed list"),
    "no worker": (gap("n7", "no_talent", worker=None), "no worker is named"),
    "no such worker": (gap("n7", "no_talent", worker="p4"), "no worker is named"),
    "a closest that is not there": (gap("n7", "no_talent", closest="t99"), "does not exist"),
    "a closest that was kept away": (
        both(apart("p1", "h1"), dropped("n3"), gap("n3", "no_hours", closest="shop")),
        "kept from the asker",
    ),
    "nobody, though somebody": (both(dropped("n3"), gap("n3", "no_talent")), "is not true"),
}

IN_THE_GARDEN: dict[str, tuple[Mutation, str]] = {
    "nobody leads it": (row("initiatives", "i1", manager=None), "clause reserved"),
    "the room is let": (row("places", "barn", space_for=()), "clause answers"),
    "another room": (part("n3", "place", provider="p2"), "clause exists"),
    "the keeper says no": (row("people", "p3", share="no"), "clause sharing"),
    "enough people": (row("needs", "n2", people_needed=1, closed_on="2026-11-01"), "does not help"),
    "one place for two": (twice("n1", plan="n6-other", need="n6"), "i1 asks 1 people and gets 2"),
    "given twice": (twice("n5", plan="n5-other", need="n3"), "is given 2 times"),
    "no party": (row("activities", "a1", requires="party:i1:1"), "there is no i1"),
    "nobody to help": (row("needs", "n1", category="shopping"), "clause answers"),
}

UNTRUE = sorted(set(Reason) - {Reason.NO_TALENT, Reason.NO_TIME, Reason.SEVERAL})


def test_nothing_is_wrong_with_the_evening(evening: Proposals) -> None:
    """The story in which faults are planted has none of its own, and holds what is needed."""
    assert faults(evening) == []
    assert [g.reason for g in evening.gaps] == [Reason.NO_TALENT]
    assert evening.met_by_giving == {"n5"}
    assert {i.status for i in evening.items} == {PlanStatus.PROPOSED, PlanStatus.STANDING}
    rides = [evening.plan_for(n) for n in ("n1", "n2")]
    assert [len(found.legs) for found in rides if found is not None] == [3, 3]


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found(evening: Proposals, name: str) -> None:
    """Whatever is changed behind the back of the proposals, the audit says what is wrong."""
    mutate, told = PLANTED[name]
    found = faults(mutate(evening))
    assert any(told in said for said in found), found


def test_nothing_is_wrong_with_the_garden(garden: Proposals) -> None:
    """An initiative gets people, a room and money, and the club is for who is led by a worker."""
    assert faults(garden) == []
    legs = {i.need: [g.leg for g in i.legs] for i in garden.items}
    assert legs["n1"] == [Leg.CONTACT]
    assert legs["n3"] == [Leg.PLACE]
    assert legs["n4"] == [Leg.ACTIVITY]
    assert legs["n5"] == [Leg.MONEY]
    assert garden.met_by_giving == {"n2"}


@pytest.mark.parametrize("name", IN_THE_GARDEN)
def test_a_fault_planted_in_the_garden_is_found(garden: Proposals, name: str) -> None:
    """What initiatives ask and places lend is looked at as closely."""
    mutate, told = IN_THE_GARDEN[name]
    found = faults(mutate(garden))
    assert any(told in said for said in found), found


@pytest.mark.parametrize("reason", UNTRUE)
def test_a_reason_that_is_not_true_is_found(evening: Proposals, reason: Reason) -> None:
    """Nobody gardens: every other reason for that gap, with a closest that is none, is told."""
    found = faults(gap("n7", reason, closest="shop")(evening))
    assert any(said.startswith("n7: the reason") for said in found), found


def test_the_bundled_neighbourhood_is_right(root: Any) -> None:
    """The invented neighbourhood gets proposals without a fault."""
    assert faults(propose(read(root / "examples" / "buurthuis"), WEEK)) == []


@settings(suppress_health_check=list(HealthCheck))
@given(neighbourhoods())
def test_what_is_proposed_is_right(hood: Neighbourhood) -> None:
    """In any neighbourhood, however contrary, nothing is wrong with what is proposed."""
    assert faults(propose(hood, WEEK)) == []


@settings(suppress_health_check=list(HealthCheck))
@given(outings())
def test_outings_are_right(hood: Neighbourhood) -> None:
    """The same where everybody needs a ride and few drive."""
    assert faults(propose(hood, WEEK)) == []


CHECKED_BY = {
    "somebody_else": {"somebody_else"},
    "sharing": {"sharing"},
    "safeguard": {"safeguard"},
    "refused": {"refused", "stepped_down"},
    "of_age": {"of_age"},
    "opted_in": {"opted_in"},
    "formal_route": {"formal_route"},
    "discreet": {"not_known", "not_area", "sensitive"},
    "reserved": {"reserved"},
    "conversation": {"talked"},
    "lasting": {"alive"},
    "audience": {"audience"},
    "term": {"term"},
    "language": {"language"},
    "accessible": {"accessible"},
    "fee": {"fee"},
    "reach": {"reach", "walks"},
    "supportive": {"supportive"},
    "supported": {"supported"},
    "trained": {"trained"},
}
"""For each rule of the enumeration: the clauses of the audit that check the same."""


def test_every_rule_has_a_clause_in_the_audit() -> None:
    """A rule that the audit does not check would drift: name its clause here when it is made."""
    assert set(CHECKED_BY) == {rule.name for rule in RULES}
    assert set().union(*CHECKED_BY.values()) <= set(CLAUSES)


def test_one_place_holds_everybody() -> None:
    """However many people a question is for, a place is lent once."""
    hall = Place(place="pl1", area="north", space_for="company|land")
    asked = Need(need="n1", owner="i1", category="space", people_needed=2)
    hood = Neighbourhood.from_records(Initiative(initiative="i1", name="club"), hall, asked)
    found = propose(hood, WEEK)
    assert [leg.provider for leg in found.items[0].legs] == ["pl1"]
    assert faults(found) == []
