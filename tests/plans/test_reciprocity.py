"""Where giving helps the giver as well."""

from __future__ import annotations

import pytest

from assetmap.audit import faults
from assetmap.model import Policy
from assetmap.plans import mutual
from assetmap.plans.asking import opened
from assetmap.plans.enumeration import candidates
from tests.plans.small import (
    PAIR,
    activity,
    initiative,
    need,
    person,
    plan,
    run,
    scene,
    supply,
    talent,
)

CLUB = initiative("i1")


def links(*records, policy=None):
    """Return which needs of a giver are met by giving: (need, giver) to needs."""
    at = scene(*records, policy=policy)
    asks, has = opened(at).asks, supply(at)
    options = [o for a in asks for o in candidates(at, a, has).options]
    return dict(mutual(at, asks, options))


def test_helping_an_initiative_is_something_to_do_for_who_wants_that():
    """Volunteering, and what volunteering answers; not shopping."""
    call, gives = need("n1", "i1", "garden"), talent("t1", "p2", "garden")
    for wish in ("volunteering", "work_experience", "company"):
        asked = need("n2", "p2", wish)
        assert links(*PAIR, CLUB, call, gives, asked)["n1", "p2"] == ("n2",)
    assert links(*PAIR, CLUB, call, gives, need("n2", "p2", "shopping")) == {}


def test_doing_something_together_serves_both():
    """A walk is a walk for both; carrying shopping is not shopping for oneself."""
    both = need("n1", category="walk"), need("n2", "p2", "walk")
    found = links(*PAIR, *both, talent("t1", "p2", "walk"))
    assert found["n1", "p2"] == ("n2",)
    shops = need("n1"), need("n2", "p2")
    assert links(*PAIR, *shops, talent("t1", "p2")) == {}


def test_a_place_for_somebody_meets_the_question_of_the_initiative():
    """Who wants to help and the call for help are one and the same plan."""
    wish, call = need("n1", category="volunteering"), need("n2", "i1", "host")
    assert links(*PAIR, CLUB, wish, call)["n1", "i1"] == ("n2",)
    found = run(*PAIR, CLUB, wish, call)
    assert plan(found, "n1").also_helps == ("n2",)
    assert found.met_by_giving == {"n2"}
    assert found.gaps == ()


@pytest.mark.parametrize(
    "cells",
    [
        {"wants": "a1"},
        {"not_known": "yes"},
        {"not_area": "south"},
        {"sensitive": "yes"},
        {"language_hard": "yes"},
        {"rrule": "FREQ=WEEKLY"},
        {"talked": None},
    ],
)
def test_a_wish_with_conditions_of_its_own_is_not_met_by_the_way(cells):
    """Such a question gets a plan that looks at them, or a reason."""
    both = need("n1", category="walk"), need("n2", "p2", "walk", **cells)
    assert links(*PAIR, activity("a1"), *both, talent("t1", "p2", "walk")) == {}


def test_what_is_for_professionals_is_not_met_by_the_way():
    """A team that keeps company for professionals does not call a walk that."""
    both = need("n1", category="walk"), need("n2", "p2", "company")
    walks = talent("t1", "p2", "walk")
    assert links(*PAIR, *both, walks)["n1", "p2"] == ("n2",)
    assert links(*PAIR, *both, walks, policy=Policy(reserved=("company",))) == {}


def test_what_is_met_by_giving_needs_no_plan_and_has_no_gap():
    """Two who want to walk: one plan, both met."""
    both = need("n1", category="walk"), need("n2", "p2", "walk")
    found = run(*PAIR, *both, talent("t1", "p2", "walk"))
    assert [p.need for p in found.items] == ["n1"]
    assert plan(found).also_helps == ("n2",)
    assert found.met_by_giving == {"n2"}
    assert found.gaps == ()


def test_who_gives_once_a_week_is_met_by_the_one_plan_and_another_waits():
    """Two ask for the same walk: one goes, and the other has no plan."""
    third = person("p3"), need("n3", "p3", "walk")
    both = need("n1", category="walk"), need("n2", "p2", "walk")
    week = Policy(horizon_weeks=1)
    found = run(*PAIR, *third, *both, talent("t1", "p2", "walk"), policy=week)
    assert len(found.items) == 1
    assert found.met_by_giving == {"n2"}
    assert len(found.gaps) == 1


def test_who_drives_is_not_company_by_that():
    """Somebody who would like company, and could give it, but drives to another activity here."""
    rows = (
        *(person("p1", walks_m=100), person("p4")),
        *(talent("t1", "p4", "ride"), talent("t2", "p4", "company")),
        activity("a1", "company", area="south"),
        *(need("n1", category="company", wants="a1"), need("n4", "p4", "company")),
    )
    found = run(*rows)
    assert found.plan_for("n1").legs[0].provider == "p4"
    assert found.plan_for("n1").also_helps == ()
    assert faults(found) == []
