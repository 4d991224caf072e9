"""What has to fit before people meet: access, language, distance, shared experience."""

from __future__ import annotations

import pytest

from assetmap import explain
from assetmap.audit import faults
from tests.acceptance.stories import gap, givers, less, more, put, run, the_plan

# --- S55: open to everybody ----------------------------------------------------------------------

HALL = {
    "people": """
        person;area;wheelchair;needs_buddy
        asks;north;yes;
        """,
    "places": """
        place;area;step_free;quiet
        hall;north;yes;yes
        """,
    "activities": """
        activity;name;category;place;start;minutes;rrule
        craft;Handwerk;handcraft;hall;2026-11-26 13:30;120;elke donderdag
        """,
    "needs": """
        need;owner;category;talked;wants;setting
        n1;asks;creative;yes;craft;
        """,
}


def test_S55_a_stair_keeps_a_wheelchair_out_and_the_initiative_is_named() -> None:
    """Step-free she comes; with a stair not, and the activity is named to ask what it takes."""
    assert givers(run(HALL), "n1") == {"activity": "craft"}
    found = run(HALL, places=put(HALL["places"], "hall", step_free="no"))
    assert gap(found, "n1") == "not_accessible"
    assert found.gap_for("n1").closest == "craft"
    walks = put(HALL["people"], "asks", wheelchair="no")
    stairs = put(HALL["places"], "hall", step_free="no")
    assert givers(run(HALL, people=walks, places=stairs), "n1") == {"activity": "craft"}


def test_S55_what_nobody_noted_is_a_doubt_and_no_stair() -> None:
    """Unknown is not no: she is proposed, with the question whether it is step-free."""
    found = run(HALL, places=put(HALL["places"], "hall", step_free=""))
    assert "step_free_unknown" in the_plan(found, "n1").legs[0].doubts
    assert "step_free_unknown" not in the_plan(run(HALL), "n1").legs[0].doubts


def test_S55_who_asked_for_quiet_gets_quiet() -> None:
    """A noisy hall is no answer to a quiet wish."""
    needs = put(HALL["needs"], "n1", setting="quiet")
    assert givers(run(HALL, needs=needs), "n1") == {"activity": "craft"}
    noisy = put(HALL["places"], "hall", quiet="no")
    assert gap(run(HALL, needs=needs, places=noisy), "n1") == "not_accessible"
    assert givers(run(HALL, places=noisy), "n1") == {"activity": "craft"}


def test_S55_who_wants_a_buddy_is_told_so() -> None:
    """The wish to have somebody come along stands with the proposal."""
    people = put(HALL["people"], "asks", needs_buddy="yes")
    assert "buddy_wanted" in the_plan(run(HALL, people=people), "n1").legs[0].doubts


CLOSED = {
    **HALL,
    "people": """
        person;area;wheelchair;needs_buddy;support_needed
        asks;north;yes;;
        other;north;yes;;
        bo;north;;;much
        """,
    "places": put(HALL["places"], "hall", step_free="no"),
    "initiatives": "initiative;name;area;support\nknit;Breigroep;north;some",
    "activities": put(HALL["activities"], "craft", initiative="knit"),
    "needs": """
        need;owner;category;talked;wants;setting
        n1;asks;creative;yes;craft;
        n2;other;creative;yes;craft;
        n3;bo;creative;yes;craft;
        """,
}


def test_S55_the_initiative_is_asked_what_would_make_it_accessible() -> None:
    """Two who cannot take the stair, one who needs more support: two questions, and no name."""
    found = run(CLOSED)
    assert faults(found) == []
    step_free, support = explain.openings(found, name=explain.called(found.hood))
    assert (step_free.party, step_free.offer, step_free.lack) == ("knit", "craft", "step_free")
    assert (step_free.needs, step_free.people) == (("n1", "n2"), 2)
    assert str(step_free) == (
        "Vraag aan Breigroep: met wat wordt ‘Handwerk’ toegankelijk zonder trap of drempel? "
        "Daar zijn nu 2 bewoners mee geholpen."
    )
    assert (support.lack, support.needs) == ("support", ("n3",))


def test_S55_besides_what_else_there_is_for_them() -> None:
    """A neighbour who can help is proposed all the same; the question to the initiative stays."""
    needs = put(CLOSED["needs"], "n1", wants="")
    talents = "talent;owner;category\nt1;bo;creative"
    people = put(CLOSED["people"], "bo", support_needed="")
    found = run(CLOSED, needs=needs, talents=talents, people=people)
    assert givers(found, "n1") == {"help": "bo"}
    (asked,) = explain.openings(found)
    assert asked.needs == ("n1", "n2")


def test_S55_nothing_is_asked_where_it_fits_or_would_not_fit_anyway() -> None:
    """Step-free, or not known: nothing to ask. Too far or too dear: the stair is not what it is."""
    for step_free in ("yes", ""):
        places = put(CLOSED["places"], "hall", step_free=step_free)
        lacks = {each.lack for each in explain.openings(run(CLOSED, places=places))}
        assert lacks == {"support"}
    dear = put(CLOSED["activities"], "craft", fee_eur="9")
    needs = put(put(CLOSED["needs"], "n1", fee_max_eur="5"), "n2", fee_max_eur="5")
    lacks = {each.lack for each in explain.openings(run(CLOSED, activities=dear, needs=needs))}
    assert lacks == {"support"}


def test_S55_who_could_come_along_is_asked_of_the_initiative_as_well() -> None:
    """A wish for a buddy is told to the group where somebody could go."""
    people = put(put(CLOSED["people"], "asks", wheelchair=""), "asks", needs_buddy="yes")
    found = run(CLOSED, people=people, needs=less(CLOSED["needs"], "n2", "n3"))
    (asked,) = explain.openings(found, language="en")
    assert str(asked) == (
        "Ask knit: who can come along with somebody to ‘Handwerk’ the first time? "
        "That would help 1 resident now."
    )


# --- language and distance -----------------------------------------------------------------------

VISIT = {
    "people": """
        person;area;share;languages
        asks;north;yes;fa
        dutch;north;yes;nl
        both;south;yes;nl|fa-IR
        """,
    "areas": """
        area;adjacent
        north;south
        south;north
        """,
    "talents": """
        talent;owner;category;max_km
        t1;dutch;visit;
        t2;both;visit;
        """,
    "needs": """
        need;owner;category;talked;language_hard
        n1;asks;visit;yes;yes
        """,
}


def test_a_shared_language_can_be_a_must() -> None:
    """As a must it decides, whatever is nearer; as a wish it is a doubt."""
    assert givers(run(VISIT), "n1") == {"help": "both"}
    dutch = less(VISIT["talents"], "t2")
    assert gap(run(VISIT, talents=dutch), "n1") == "no_shared_language"
    found = run(VISIT, talents=dutch, needs=put(VISIT["needs"], "n1", language_hard=""))
    assert "no_shared_language" in the_plan(found, "n1").legs[0].doubts


@pytest.mark.parametrize(("kilometres", "fits"), [("1", False), ("2", True), ("", True)])
def test_S58_nobody_goes_further_than_they_said(kilometres: str, fits: bool) -> None:
    """The next village is 1.2 km away by the table of areas; the limit of each side holds."""
    far = put(less(VISIT["talents"], "t1"), "t2", max_km=kilometres)
    found = run(VISIT, talents=far)
    assert (found.plan_for("n1") is not None) is fits
    if not fits:
        assert gap(found, "n1") == "too_far"
    asker = put(VISIT["needs"], "n1", max_km=kilometres)
    found = run(VISIT, talents=less(VISIT["talents"], "t1"), needs=asker)
    assert (found.plan_for("n1") is not None) is fits


# --- S17: the same experience, by choice of both -------------------------------------------------


@pytest.mark.parametrize(
    ("mine", "theirs", "fits"),
    [
        ("carer:yes", "carer:yes", True),
        ("carer:yes", "carer", False),
        ("carer", "carer:yes", False),
        ("carer:yes", "debts:yes", False),
        ("", "carer:yes", False),
    ],
)
def test_S17_only_who_both_chose_it_meet_on_a_shared_experience(
    mine: str, theirs: str, fits: bool
) -> None:
    """Having it is not enough, and one of the two is not enough."""
    story = {
        "people": f"person;area;share;experiences\na;north;yes;{mine}\nb;north;yes;{theirs}",
        "talents": "talent;owner;category\nt1;b;peer_contact",
        "needs": "need;owner;category;talked\nn1;a;peer_contact;yes",
    }
    found = run(story)
    if fits:
        assert givers(found, "n1") == {"help": "b"}
        return
    assert gap(found, "n1") == "not_possible_here"
    told = found.unmet.to_csv() + found.plans.to_csv()
    assert "carer" not in told
    assert "debts" not in told


# --- who cannot walk far -------------------------------------------------------------------------


def test_S02_next_door_is_near_enough_for_who_walks_little() -> None:
    """With only areas known her own area is within walking, another area is not."""
    story = {
        "people": "person;area;share;walks_m\na;north;yes;200\nb;north;yes;",
        "talents": "talent;owner;category\nt1;b;meal",
        "needs": "need;owner;category;talked\nn1;a;meal;yes",
    }
    assert givers(run(story), "n1") == {"help": "b"}
    elsewhere = put(story["people"], "b", area="south")
    assert gap(run(story, people=elsewhere), "n1") == "too_far"


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("wheelchair", "no", "not_accessible"),
        ("seats", "0", "no_capacity"),
        ("going_to", "eet", ""),
    ],
)
def test_S02_a_ride_of_its_own_asks_for_a_car_that_fits(
    column: str, value: str, reason: str
) -> None:
    """To the hospital in a wheelchair: a car that takes one, with a seat, and free to go there."""
    story = {
        "people": "person;area;share;wheelchair\na;north;yes;yes\nb;north;yes;",
        "talents": "talent;owner;category;seats;wheelchair;going_to\nt1;b;ride;2;yes;",
        "activities": more(
            "activity;name;category;area;start;minutes", "eet;Eten;meal;north;2026-11-26 18:00;90"
        ),
        "needs": "need;owner;category;talked;when\nn1;a;hospital_ride;yes;Fri 09:00-12:00",
    }
    assert givers(run(story), "n1") == {"help": "b"}
    found = run(story, talents=put(story["talents"], "t1", **{column: value}))
    assert found.plan_for("n1") is None
    assert not reason or gap(found, "n1") == reason


# --- S8: the same situation several times ---------------------------------------------------------

ALONE = {
    "people": """
        person;area;share;experiences
        a;north;yes;alone_with_children:yes
        b;north;yes;alone_with_children:yes
        c;north;yes;alone_with_children:yes
        d;north;yes;alone_with_children:no
        """,
    "needs": """
        need;owner;category;talked;context
        n1;a;peer_contact;yes;alone_with_children
        n2;b;peer_contact;yes;alone_with_children
        n3;c;peer_contact;yes;alone_with_children
        n4;d;peer_contact;yes;alone_with_children
        """,
}


def test_S08_three_in_one_situation_are_introduced_together() -> None:
    """One group instead of three separate matches: each of them asks, each of them gives."""
    found = run(ALONE)
    met = {p.need: {leg.provider for leg in p.legs} for p in found.items}
    assert met == {"n1": {"b", "c"}, "n2": {"a", "c"}, "n3": {"a", "b"}}
    assert {leg.leg.value for p in found.items for leg in p.legs} == {"group"}
    assert "kunnen samen in één groep van 3" in found.plans.why[0]
    assert faults(found) == []


def test_S08_not_without_consent_and_two_are_no_group() -> None:
    """Who did not choose it meets nobody; two who did get to know each other."""
    assert gap(run(ALONE), "n4") == "group_too_small"
    for needs in (less(ALONE["needs"], "n3"), put(ALONE["needs"], "n3", context="")):
        two = run(ALONE, needs=needs)
        assert {p.need: p.legs[0].provider for p in two.items} == {"n1": "b", "n2": "a"}
        assert "kunnen met elkaar kennismaken" in two.plans.why[0]
        assert faults(two) == []


def test_S08_who_asks_alone_is_told_what_is_missing_and_not_who_else_asks() -> None:
    """Nobody did not offer it: there are too few for a group, whoever else is there."""
    told = []
    for keep in (("a",), ("a", "d")):
        people = ALONE["people"]
        for name in {"a", "b", "c", "d"} - set(keep):
            people = put(people, name, share="no")
        found = run(ALONE, people=people)
        assert gap(found, "n1") == "group_too_small"
        row = found.unmet[found.unmet["need"] == "n1"].iloc[0]
        told.append((row["why"], row["remedy"], row["closest"]))
        assert "situatie" in row["why"]
    assert told[0] == told[1]


def test_S17_with_one_experience_only_those_meet_who_chose_it() -> None:
    """One who told of it without choosing to be introduced stays out, and is named nowhere."""
    people = put(ALONE["people"], "c", experiences="alone_with_children:no")
    found = run(ALONE, people=people)
    assert {p.need for p in found.items} == {"n1", "n2"}
    assert {leg.provider for p in found.items for leg in p.legs} == {"a", "b"}
    told = found.unmet[found.unmet["need"].isin(["n3", "n4"])]
    assert set(told["closest"].fillna("")) == {""}
    everybody = run(ALONE, people=put(ALONE["people"], "d", experiences="alone_with_children:yes"))
    assert {len(p.legs) for p in everybody.items} == {3}
    assert faults(everybody) == []
