"""Long questions in turns: when they are shared, by whom, and how far one person is asked."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assetmap.audit import faults
from assetmap.audit.facts import Facts
from assetmap.audit.shapes import is_open
from assetmap.match import propose
from assetmap.model import Neighbourhood, Policy, Record, Term
from assetmap.plans import Doubt
from tests.plans.small import ASKER, WEEK, decided, need, person, plan, reason, run, talent, worker
from tests.plans.test_brute import best, reached
from tests.strategies import evenings

STREET = (ASKER, person("p2"), person("p3"), worker("w1"))
SHORT = (talent("t1", "p2", term="short"), talent("t2", "p3", term="short"))
LONG = need("n1", term="long")
TUESDAYS = need("n1", term="long", rrule="FREQ=WEEKLY;BYDAY=TU")


def turns(*records: Record, policy: Policy | None = None) -> Counter[str]:
    found = run(*records, policy=policy)
    assert faults(found) == []
    assert all(Doubt.IN_TURNS in leg.doubts for p in found.items for leg in p.legs)
    return Counter(leg.provider for p in found.items for leg in p.legs)


def test_two_people_share_what_names_no_dates() -> None:
    """One plan for the week with both in it, or none."""
    assert turns(*STREET, *SHORT, LONG) == {"p2": 1, "p3": 1}
    shared = plan(run(*STREET, *SHORT, LONG))
    assert (shared.occurrence, shared.end) == (dt.date(2026, 11, 23), None)
    assert reason(run(*STREET, SHORT[0], LONG)) == "term"


def test_the_dates_of_what_comes_back_are_divided() -> None:
    """Five Tuesdays: three and two, each date one plan."""
    assert sorted(turns(*STREET, *SHORT, TUESDAYS).values()) == [2, 3]


def test_nobody_is_asked_for_more_than_half() -> None:
    """One helper for a short time comes on three of five Tuesdays and not on all."""
    assert turns(*STREET, SHORT[0], TUESDAYS) == {"p2": 3}


@pytest.mark.parametrize("asked", [LONG, TUESDAYS])
def test_who_wants_to_help_for_long_does_all_of_it(asked: Record) -> None:
    """Then nothing is shared, and nobody who wants something short is asked."""
    longer = talent("t3", "p4", term="long")
    found = run(*STREET, person("p4"), *SHORT, longer, asked)
    assert {leg.provider for p in found.items for leg in p.legs} == {"p4"}
    assert faults(found) == []


@pytest.mark.parametrize(
    "cells",
    [{"term": "once"}, {"term": "short", "category": "garden"}, {"term": "short", "max_km": 0}],
)
def test_the_other_rules_hold_as_ever(cells: dict[str, Any]) -> None:
    """What is for once, something else or too far is no turn."""
    other = talent("t2", "p3", **cells)
    assert reason(run(*STREET, SHORT[0], other, LONG)) == "term"


@pytest.mark.parametrize("asked", [LONG, TUESDAYS])
def test_a_team_may_do_without(asked: Record) -> None:
    """With `split_long` off the reason is `term`, as before."""
    assert reason(run(*STREET, *SHORT, asked, policy=Policy(split_long=False))) == "term"


def test_before_the_first_conversation_nothing_is_shared() -> None:
    """First a conversation."""
    found = run(*STREET, *SHORT, need("n1", term="long", talked=None))
    assert reason(found) == "first_conversation"


def test_what_was_agreed_stays_when_somebody_for_long_turns_up() -> None:
    """Two people were asked and said yes; a new volunteer does not undo that."""
    agreed = plan(run(*STREET, *SHORT, LONG)).plan
    longer = (person("p4"), talent("t3", "p4", term="long"))
    found = run(*STREET, *SHORT, *longer, LONG, decided(agreed, "do"))
    assert plan(found).plan == agreed
    assert faults(found) == []


def test_the_audit_tells_when_it_is_shared_without_need() -> None:
    """Plans made without the person for long, looked at in the tables with that person."""
    shared = run(*STREET, *SHORT, LONG)
    more = (person("p4"), talent("t3", "p4", term="long"))
    every = run(*STREET, *SHORT, *more, LONG)
    object.__setattr__(every, "items", shared.items)
    assert any("could do all of it" in said for said in faults(every))


def test_the_audit_tells_when_one_of_them_does_it_all() -> None:
    """All five Tuesdays by one who helps for a short time: a fault."""
    willing = run(*STREET, talent("t1", "p2", term="long"), TUESDAYS)
    assert len(willing.items) == 5
    short = run(*STREET, SHORT[0], TUESDAYS)
    object.__setattr__(short, "items", willing.items)
    assert any("asked 5 times" in said for said in faults(short))


@settings(suppress_health_check=list(HealthCheck), max_examples=20)
@given(evenings(), st.data())
def test_no_division_is_better(hood: Neighbourhood, data: st.DataObject) -> None:
    """Among long questions and short helpers no set of plans is better, tried by brute force."""
    terms = st.sampled_from((Term.SHORT, Term.SHORT, Term.LONG, Term.ONCE))
    asked = st.sampled_from((Term.LONG, Term.LONG, Term.SHORT))
    talents = [t.model_copy(update={"term": data.draw(terms)}) for t in hood.talents]
    needs = [n.model_copy(update={"term": data.draw(asked)}) for n in hood.needs]
    changed = replace(hood, talents=tuple(talents), needs=tuple(needs))
    proposals = propose(changed, WEEK)
    facts = Facts(proposals.hood, proposals.week, proposals.policy)
    assert faults(proposals) == []
    assert reached(facts, proposals) >= best(facts, [n for n in changed.needs if is_open(facts, n)])
