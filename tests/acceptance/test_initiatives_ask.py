"""Initiatives ask as people do: people, a place, land, money, permission (S27, S41, S42)."""

from __future__ import annotations

import pytest

from assetmap import explain
from assetmap.audit import faults
from tests.acceptance.stories import gap, givers, less, put, run, the_plan, unmet

START = {
    "people": """
        person;kind;area;share;worker
        cook1;;north;yes;ward
        ward;worker;;;
        """,
    "organisations": """
        organisation;name
        town;Gemeente
        fund;Wijkfonds
        """,
    "places": """
        place;name;area;owner;space_for
        field;Veldje;north;town;
        """,
    "initiatives": """
        initiative;name;area;manager
        plot;Moestuin;north;ward
        soup;Soepgroep;north;ward
        """,
    "talents": """
        talent;owner;category;amount_eur;conditions
        t1;field;land;;na overleg
        t2;fund;money;500;
        t3;town;permission;;
        t4;plot;goods;;
        t5;cook1;cook;;
        """,
    "needs": """
        need;owner;category
        n1;plot;land
        n2;plot;money
        n3;plot;permission
        n4;soup;goods
        n5;soup;cook
        """,
}


@pytest.mark.parametrize(
    ("need", "leg", "provider"),
    [
        ("n1", "place", "field"),
        ("n2", "money", "fund"),
        ("n3", "contact", "town"),
        ("n4", "help", "plot"),
        ("n5", "help", "cook1"),
    ],
)
def test_S41_S42_what_an_initiative_asks_is_matched_as_well(
    need: str, leg: str, provider: str
) -> None:
    """Land from a place, money from a fund, permission from the town, goods from each other."""
    found = run(START)
    assert givers(found, need) == {leg: provider}
    talent = the_plan(found, need).legs[0].talent
    without = run(START, talents=less(START["talents"], talent))
    assert gap(without, need) == "no_talent"
    assert without.gap_for(need).worker == "ward"


def test_S41_a_place_may_say_itself_what_it_lends_itself_to() -> None:
    """The field has room for a garden; no talent needs to be written for it."""
    places = put(START["places"], "field", space_for="land")
    found = run(START, talents=less(START["talents"], "t1"), places=places)
    assert [part.leg for part in the_plan(found, "n1").legs] == ["place"]


def test_S42_conditions_are_told() -> None:
    """The field comes with a condition, which is told as a doubt."""
    assert "conditions" in the_plan(run(START), "n1").legs[0].doubts
    free = put(START["talents"], "t1", conditions="")
    assert "conditions" not in the_plan(run(START, talents=free), "n1").legs[0].doubts


@pytest.mark.parametrize(
    ("asked", "there", "short"),
    [("800", "500", True), ("500", "500", False), ("800", "", False), ("", "500", False)],
)
def test_S42_less_money_than_is_asked_is_told_with_both_amounts(
    asked: str, there: str, short: bool
) -> None:
    """It may still be a beginning: a question with the proposal, not a refusal."""
    needs = put(START["needs"], "n2", amount_eur=asked)
    found = run(START, needs=needs, talents=put(START["talents"], "t2", amount_eur=there))
    assert faults(found) == []
    assert givers(found, "n2") == {"money": "fund"}
    assert ("amount_short" in the_plan(found, "n2").legs[0].doubts) is short
    questions = explain.why(found, "n2", language="en").plans[0].questions
    told = "€800.00 is asked, and there is €500.00. Where can the rest come from?"
    assert (told in questions) is short


def test_S41_an_initiative_needs_no_first_conversation_with_itself() -> None:
    """The same question of a person waits for the talk."""
    assert "n5" not in unmet(run(START))
    needs = put(START["needs"], "n5", owner="ward")
    assert gap(run(START, needs=needs), "n5") == "first_conversation"


def test_S41_a_noisy_place_is_no_answer_to_a_quiet_question() -> None:
    """What a place says of itself counts as well where it only lends itself."""
    places = put(START["places"], "field", space_for="land", quiet="no")
    needs = put(START["needs"], "n1", setting="quiet")
    bare = less(START["talents"], "t1")
    assert gap(run(START, talents=bare, places=places, needs=needs), "n1") == "not_accessible"
    still = put(places, "field", quiet="yes")
    assert the_plan(run(START, talents=bare, places=still, needs=needs), "n1") is not None
