"""Residents who coach each other, a next step after it, and a club born of three institutions."""

from __future__ import annotations

import datetime as dt

import pytest

import assetmap
from assetmap import Neighbourhood, explain
from assetmap.audit import faults
from tests.acceptance.stories import givers, less, put, rows, run, unmet

# --- S16: coaching by residents, and a next step -------------------------------------------------

COACHES = {
    "people": """
        person;area;share
        asks;north;yes
        ans;north;yes
        bo;north;yes
        """,
    "initiatives": "initiative;name;area\ncafe;Eetcafé;north",
    "talents": """
        talent;owner;category
        t1;ans;coaching_loneliness
        t2;bo;coaching_debts
        t3;asks;cook
        """,
    "needs": """
        need;owner;category;talked;closed_on
        n1;asks;coaching_loneliness;yes;
        n2;cafe;cook;;
        """,
}


@pytest.mark.parametrize(
    ("theme", "coach"),
    [("coaching_loneliness", "ans"), ("coaching_debts", "bo")],
)
def test_S16_a_coach_is_proposed_by_theme(theme: str, coach: str) -> None:
    """Loneliness to the one, debts to the other; where nobody coaches on it nobody is proposed."""
    found = run(COACHES, needs=put(COACHES["needs"], "n1", category=theme))
    assert givers(found, "n1") == {"help": coach}
    assert faults(found) == []
    bare = run(COACHES, talents=less(COACHES["talents"], "t1", "t2"))
    assert unmet(bare) == {"n1"}


def test_S16_after_coaching_a_role_with_a_talent_of_their_own() -> None:
    """Once the coaching is done, cooking at the eetcafé is told as a next step."""
    assert explain.next_steps(run(COACHES)) == ()
    closed = put(COACHES["needs"], "n1", closed_on="2026-11-20")
    decided = "plan;need;date;decision\nn1-x;n1;2026-11-20;done"
    for found in (run(COACHES, needs=closed), run(COACHES, decisions=decided)):
        (step,) = explain.next_steps(found, name=explain.called(found.hood))
        assert (step.person, step.initiative, step.talent) == ("asks", "cafe", "t3")
        assert step.proposed
        assert str(step) == "Een volgende stap voor asks: meedoen bij Eetcafé (kok)."
        assert faults(found) == []


def test_S16_no_next_step_without_a_talent_or_after_a_refusal() -> None:
    """Nothing is made up; whoever said no to it is left alone."""
    closed = put(COACHES["needs"], "n1", closed_on="2026-11-20")
    assert (
        explain.next_steps(run(COACHES, needs=closed, talents=less(COACHES["talents"], "t3"))) == ()
    )
    said = "plan;need;provider;date;decision\nn2-x;n2;asks;2026-11-20;no_more"
    assert explain.next_steps(run(COACHES, needs=closed, decisions=said)) == ()


# --- S10: a walking club -------------------------------------------------------------------------

CLUB = {
    "people": """
        person;area;share;born
        old1;north;yes;1940
        old2;north;yes;1941
        young1;north;yes;2004
        young2;north;yes;2005
        """,
    "organisations": """
        organisation;name;kind
        home;Verzorgingshuis;verzorgingshuis
        doctor;Huisartsen;huisarts
        youth;Jongerenraad;vereniging
        """,
    "initiatives": "initiative;name;area\nwalkers;Wandelclub;north",
    "memberships": """
        member;party;since
        home;walkers;2026-09-01
        doctor;walkers;2026-09-01
        youth;walkers;2026-09-01
        old1;walkers;2026-09-07
        young1;walkers;2026-09-07
        """,
    "ties": """
        a;b;kind;since;introduced_by
        old1;old2;neighbour;2010-01-01;
        young1;young2;friend;2020-01-01;
        old1;young1;introduced;2026-09-07;
        """,
    "activities": """
        activity;initiative;name;category;area;start;minutes;rrule
        round;walkers;Rondje;walk;north;2026-09-07 10:00;60;elke maandag
        """,
    "needs": "need;owner;category;talked\nn1;old2;walk;yes\nn2;young2;walk;yes",
}


def test_S10_a_club_born_of_three_institutions_stands_in_the_graph() -> None:
    """It is tied to all three, and since then old and young know each other."""
    hood = Neighbourhood.from_rows({name: rows(text) for name, text in CLUB.items()})
    whole = assetmap.graph.build(hood, asof=dt.date(2026, 11, 23))
    parties = {n for n in whole.predecessors("initiative:walkers") if n.startswith("organisation:")}
    assert parties == {"organisation:home", "organisation:doctor", "organisation:youth"}
    born = {f"person:{p.person}": p.born for p in hood.people}
    across = []
    for day in (dt.date(2026, 8, 31), dt.date(2026, 11, 23)):
        network = assetmap.graph.people(assetmap.graph.build(hood, asof=day))
        across.append({frozenset((a, b)) for a, b in network.edges if abs(born[a] - born[b]) > 40})
    assert across == [set(), {frozenset(("person:old1", "person:young1"))}]


def test_S10_residents_of_the_home_and_young_people_are_proposed_for_it() -> None:
    """Whoever wants to walk is proposed for the same Monday walk, old and young."""
    found = run(CLUB)
    assert givers(found, "n1") == givers(found, "n2") == {"activity": "walkers"}
    assert faults(found) == []
