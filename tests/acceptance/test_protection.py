"""Who is protected, and how: safety, discretion, audiences, measures, minors."""

from __future__ import annotations

import datetime as dt

import pytest

from assetmap import Proposals
from assetmap.model import Policy
from tests.acceptance.stories import gap, givers, less, moment, more, put, run, the_plan, unmet

# --- S33: safety is matched with nobody ----------------------------------------------------------

SAFE = {
    "people": """
        person;kind;area;share;worker
        asks;;north;yes;ward
        next;;north;yes;ward
        ward;worker;;;
        """,
    "talents": """
        talent;owner;category
        t1;next;{category}
        t2;ward;{category}
        """,
    "needs": """
        need;owner;category;talked
        secret9;asks;{category};yes
        n2;asks;company;yes
        """,
}


@pytest.mark.parametrize("category", ["violence", "abuse", "neglect", "domestic_violence"])
def test_S33_a_safety_theme_is_matched_with_nobody_and_told_nowhere(category: str) -> None:
    """No proposal, no gap, no count; it waits for the named worker, apart from all the rest."""
    found = run({name: text.format(category=category) for name, text in SAFE.items()})
    assert unmet(found) == {"n2"}
    assert found.items == ()
    told = "".join(
        [found.plans.to_csv(), found.unmet.to_csv(), repr(found), repr(found.certificate)]
    )
    assert "secret9" not in told
    assert category not in told
    assert "secret9" not in found.funnels
    held = {record.record for record in found.apart.for_worker("ward").safety}
    assert "need:secret9" in held


def test_S33_loneliness_is_no_safety_theme() -> None:
    """The same person asking for company is introduced as anybody."""
    found = run({name: text.format(category="company") for name, text in SAFE.items()})
    assert givers(found, "secret9") == {"help": "next"}


# --- S37: sensitive, and S58: not from the own village -------------------------------------------

VILLAGES = {
    "people": """
        person;kind;area;share
        asks;;north;yes
        near;;north;yes
        away;;south;yes
        ward;worker;;
        """,
    "talents": """
        talent;owner;category;role
        t1;near;listening;volunteer
        t2;away;listening;volunteer
        """,
    "needs": """
        need;owner;category;talked;sensitive;not_area;not_known
        n1;asks;listening;yes;{}
        """,
}


def told(marks: str, **changed: str) -> Proposals:
    """Run the story of the villages; the marks are sensitive, not_area and not_known."""
    return run({**VILLAGES, "needs": VILLAGES["needs"].format(marks)}, **changed)


def test_S37_a_sensitive_question_goes_outside_the_own_circle() -> None:
    """Two volunteers: the one from the own village is passed over; else either would do."""
    assert givers(told("yes;;"), "n1") == {"help": "away"}
    near = less(VILLAGES["talents"], "t2")
    assert gap(told("yes;;", talents=near), "n1") == "not_possible_here"
    assert givers(told(";;", talents=near), "n1") == {"help": "near"}


def test_S37_nor_to_a_volunteer_who_knows_her() -> None:
    """Somebody from elsewhere whom she knows is of her circle as well."""
    ties = "a;b;kind\naway;asks;acquaintance"
    found = told("yes;;", ties=ties)
    assert gap(found, "n1") == "not_possible_here"
    assert found.gap_for("n1").closest is None


@pytest.mark.parametrize("role", ["", "neighbour"])
def test_S37_nor_to_a_neighbour_from_elsewhere(role: str) -> None:
    """Only professionals, or volunteers; who offers it as a neighbour is neither."""
    talents = put(VILLAGES["talents"], "t2", role=role)
    assert gap(told("yes;;", talents=talents), "n1") == "not_possible_here"
    assert givers(told(";;", talents=less(talents, "t1")), "n1") == {"help": "away"}


def test_S37_a_professional_may_even_one_who_knows_her() -> None:
    """Her own worker is no acquaintance in the sense of this rule."""
    talents = more(VILLAGES["talents"], "t3;ward;listening;")
    ties = "a;b;kind\naway;asks;friend\nward;asks;worker"
    assert givers(told("yes;;", talents=talents, ties=ties), "n1") == {"help": "ward"}


@pytest.mark.parametrize("marks", ["yes;;", ";yes;", ";;yes"])
def test_S37_nobody_of_her_circle_introduces_them(marks: str) -> None:
    """A friend knows both and would introduce them in an ordinary question; here the worker."""
    people = more(VILLAGES["people"], "friend;;north;yes")
    people = put(put(people, "asks", worker="ward"), "away", worker="ward")
    story = {
        "people": people,
        "talents": less(VILLAGES["talents"], "t1"),
        "ties": "a;b;kind\nasks;friend;friend\nfriend;away;friend",
    }
    assert the_plan(told(";;", **story), "n1").legs[0].introducer == "friend"
    part = the_plan(told(marks, **story), "n1").legs[0]
    assert part.introducer == "ward"
    assert "friend" not in part.chain
    assert "common" not in part.points


def test_S58_a_volunteer_from_another_village() -> None:
    """Not from the own village: the other one, and without the other nobody, with that reason."""
    assert givers(told(";yes;"), "n1") == {"help": "away"}
    found = told(";yes;", talents=less(VILLAGES["talents"], "t2"))
    assert gap(found, "n1") == "not_possible_here"
    assert found.gap_for("n1").closest is None


def test_S58_no_direct_tie_either() -> None:
    """Who lives elsewhere but knows her is no more discreet."""
    ties = "a;b;kind\naway;asks;acquaintance"
    assert gap(told(";yes;yes", ties=ties), "n1") == "not_possible_here"
    assert gap(told(";yes;", ties=ties), "n1") == "not_possible_here"
    assert givers(told(";;yes", ties=ties), "n1") == {"help": "near"}


def test_S58_a_village_by_name() -> None:
    """She names the village that nobody may come from."""
    assert givers(told(";south;"), "n1") == {"help": "near"}
    assert givers(told(";north;"), "n1") == {"help": "away"}


def test_S58_an_unknown_village_protects_nobody() -> None:
    """Where the volunteer lives is not recorded: it might be next door."""
    people = put(VILLAGES["people"], "away", area="")
    assert gap(told(";yes;", people=people), "n1") == "not_possible_here"


def test_S58_nearness_is_no_merit_then() -> None:
    """Of two from elsewhere the nearer one gains nothing; in an ordinary question she does."""
    areas = """
        area;adjacent
        north;south
        south;north
        """
    found = told(";yes;", areas=areas)
    assert "distance" not in the_plan(found, "n1").legs[0].points
    people = put(VILLAGES["people"], "asks", area="south")
    usual = told(";;", areas=areas, people=people, talents=less(VILLAGES["talents"], "t1"))
    assert the_plan(usual, "n1").legs[0].points["distance"] > 0


# --- S47: for a group ----------------------------------------------------------------------------

AFTERNOON = {
    "people": """
        person;area;groups
        asks;north;{}
        """,
    "activities": """
        activity;name;category;area;start;minutes;audience
        a1;Vrouwenmiddag;women_afternoon;north;2026-11-29 14:00;120;vrouwen
        """,
    "needs": """
        need;owner;category;talked;wants
        n1;asks;company;yes;a1
        """,
}


@pytest.mark.parametrize("groups", ["vrouwen", "Vrouwen", "ouderen|vrouwen"])
def test_S47_who_declared_the_group_may_come(groups: str) -> None:
    """She wrote it down herself."""
    people = AFTERNOON["people"].format(groups)
    assert givers(run(AFTERNOON, people=people), "n1") == {"activity": "a1"}


@pytest.mark.parametrize("groups", ["", "mannen"])
def test_S47_who_left_it_empty_is_asked_and_not_assumed(groups: str) -> None:
    """Blank is unknown: reason `audience`, with the activity named so that she can be asked."""
    found = run(AFTERNOON, people=AFTERNOON["people"].format(groups))
    assert gap(found, "n1") == "audience"
    assert found.gap_for("n1").closest == "a1"
    everybody = put(AFTERNOON["activities"], "a1", audience="")
    people = AFTERNOON["people"].format(groups)
    assert givers(run(AFTERNOON, people=people, activities=everybody), "n1") == {"activity": "a1"}


# --- S59: kept apart, not shut out ---------------------------------------------------------------

PLOT = {
    "people": """
        person;kind;area;walks_m;share;worker
        kept;;north;;yes;ward
        other;;north;;yes;ward
        third;;north;;yes;ward
        ward;worker;;;;
        """,
    "initiatives": """
        initiative;name;area
        plot;Moestuin;north
        cafe;Eetcafé;north
        """,
    "activities": """
        activity;initiative;name;category;area;start;minutes;rrule
        dig;plot;Tuinieren;community_garden;north;2026-11-25 10:00;120;elke woensdag
        eat;cafe;Eten;community_dinner;north;2026-11-26 18:00;120;elke donderdag
        """,
    "needs": """
        need;owner;category;talked;wants
        n1;kept;company;yes;plot
        n2;other;company;yes;plot
        """,
    "safeguards": """
        safeguard;person;at;from;until;review_on;reason
        s1;kept;plot;2026-09-01;;2026-12-31;threat
        """,
}


def test_S59_not_in_that_garden_while_the_measure_holds() -> None:
    """He is not proposed there, the others are; and no word of why leaves the file."""
    found = run(PLOT)
    assert gap(found, "n1") == "not_possible_here"
    assert givers(found, "n2") == {"activity": "plot"}
    assert found.gap_for("n1").closest is None
    words = found.plans.to_csv() + found.unmet.to_csv()
    assert not any(word in words.lower() for word in ("threat", "dreig", "s1", "safeguard"))
    before = run(PLOT, safeguards=less(PLOT["safeguards"], "s1"))
    assert givers(before, "n1") == {"activity": "plot"}


def test_S59_elsewhere_he_is_welcome() -> None:
    """The same wish without the garden leads to the eetcafé."""
    found = run(PLOT, needs=put(PLOT["needs"], "n1", wants=""))
    assert givers(found, "n1") == {"activity": "cafe"}


@pytest.mark.parametrize(
    ("until", "first"), [("2026-11-24", "2026-11-25"), ("2026-11-25", "2026-12-02")]
)
def test_S59_a_measure_ends_on_its_day(until: str, first: str) -> None:
    """Until and with that day; the first morning after it he may come again."""
    found = run(PLOT, safeguards=put(PLOT["safeguards"], "s1", until=until))
    assert moment(found, "n1") == f"{first} 10:00"


def test_S59_a_measure_around_one_activity() -> None:
    """At the activity instead of the initiative: the same for that activity only."""
    by_activity = put(PLOT["safeguards"], "s1", at="activity:dig")
    assert gap(run(PLOT, safeguards=by_activity), "n1") == "not_possible_here"
    other_one = put(PLOT["safeguards"], "s1", at="activity:eat")
    assert givers(run(PLOT, safeguards=other_one), "n1") == {"activity": "plot"}


BETWEEN_TWO = """
    safeguard;person;at;from;until;review_on;reason
    s1;kept;other;2026-09-01;;2026-12-31;threat
    """


def test_S59_two_who_are_kept_apart_do_not_meet_at_the_same_table() -> None:
    """Both want the eetcafé: on different evenings, or one of them not."""
    needs = put(put(PLOT["needs"], "n1", wants="eat"), "n2", wants="eat")
    found = run(PLOT, needs=needs, safeguards=BETWEEN_TWO)
    assert moment(found, "n1") != moment(found, "n2")
    once = put(PLOT["activities"], "eat", rrule="")
    found = run(PLOT, needs=needs, safeguards=BETWEEN_TWO, activities=once)
    assert len(unmet(found)) == 1
    both = run(PLOT, needs=needs, activities=once)
    assert unmet(both) == set()


@pytest.mark.parametrize(("asks", "gives"), [("kept", "other"), ("other", "kept")])
def test_S59_nor_help_each_other(asks: str, gives: str) -> None:
    """It works both ways, and a third is helped by him as by anybody."""
    needs = f"need;owner;category;talked\nn1;{asks};odd_job;yes"
    talents = f"talent;owner;category\nt1;{gives};odd_job"
    found = run(PLOT, needs=needs, talents=talents, safeguards=BETWEEN_TWO)
    assert gap(found, "n1") == "not_possible_here"
    third = run(
        PLOT, needs=put(needs, "n1", owner="third"), talents=talents, safeguards=BETWEEN_TWO
    )
    assert givers(third, "n1") == {"help": gives}


def test_S59_nor_ride_along_nor_drive_there() -> None:
    """He drives nobody to the garden, and not the one he is kept from; others he may."""
    story = {
        **PLOT,
        "people": put(PLOT["people"], "other", walks_m="100"),
        "activities": put(put(PLOT["activities"], "dig", area="south"), "eat", area="south"),
        "talents": "talent;owner;category;seats\nt1;kept;ride;2",
    }
    to_garden = "need;owner;category;talked;wants\nn2;other;company;yes;dig"
    assert gap(run(story, needs=to_garden), "n2") == "no_ride_out"
    to_dinner = put(to_garden, "n2", wants="eat")
    assert givers(run(story, needs=to_dinner), "n2")["ride_back"] == "kept"
    assert gap(run(story, needs=to_dinner, safeguards=BETWEEN_TWO), "n2") == "no_ride_out"


def test_S59_nor_volunteer_there() -> None:
    """The garden asks people and he wants to do something: not there, but at the eetcafé."""
    needs = """
        need;owner;category;talked
        n1;kept;volunteering;yes
        n2;plot;volunteering;
        n3;cafe;volunteering;
        """
    found = run(PLOT, needs=needs)
    assert givers(found, "n1") == {"contact": "cafe"}
    assert gap(run(PLOT, needs=less(needs, "n3")), "n1") == "not_possible_here"


# --- S73: under age ------------------------------------------------------------------------------

YOUNG = {
    "people": """
        person;area;share;minor;born;ground
        old;north;yes;;1950;
        young;north;yes;yes;;consent
        """,
    "talents": "talent;owner;category\nt1;young;smartphone_help",
    "needs": "need;owner;category;talked\nn1;old;computer;yes",
}
ALLOWED = Policy(minors=True, minor_categories=("computer", "sport"))


def test_S73_minors_are_not_matched_by_default() -> None:
    """A boy who could help with the computer is not proposed, nor is one who asks."""
    assert gap(run(YOUNG), "n1") == "not_possible_here"
    asks = run(
        YOUNG,
        needs=put(YOUNG["needs"], "n1", owner="young"),
        talents=put(YOUNG["talents"], "t1", owner="old"),
    )
    assert gap(asks, "n1") == "not_possible_here"
    adult = put(YOUNG["people"], "young", minor="no")
    assert givers(run(YOUNG, people=adult), "n1") == {"help": "young"}


def test_S73_a_decade_that_may_hold_minors_protects() -> None:
    """Born in the 2000s may be 17 in 2026: not proposed until somebody says that they are 18."""
    maybe = put(YOUNG["people"], "young", minor="", born="2000")
    assert gap(run(YOUNG, people=maybe), "n1") == "not_possible_here"
    told = put(maybe, "young", minor="no")
    assert givers(run(YOUNG, people=told), "n1") == {"help": "young"}
    assert givers(run(YOUNG, people=maybe, policy=ALLOWED), "n1") == {"help": "young"}


def test_S73_only_with_the_setting_and_in_a_safe_category() -> None:
    """Both are needed: the setting, and this category in it."""
    assert givers(run(YOUNG, policy=ALLOWED), "n1") == {"help": "young"}
    for policy in (
        Policy(minors=True),
        Policy(minors=True, minor_categories=("sport",)),
        Policy(minor_categories=("computer",)),
    ):
        assert gap(run(YOUNG, policy=policy), "n1") == "not_possible_here"


def test_S73_a_safe_category_holds_for_all_below_it() -> None:
    """Sport is safe for this team, and so is football."""
    story = {
        **YOUNG,
        "needs": "need;owner;category;talked\nn1;young;football;yes",
        "activities": """
            activity;name;category;area;start;minutes
            f;Voetbal;football;north;2026-11-25 15:00;60
            """,
    }
    assert givers(run(story, policy=ALLOWED), "n1") == {"activity": "f"}
    assert gap(run(story), "n1") == "not_possible_here"


@pytest.mark.parametrize(("born", "proposed"), [("2010", False), ("2000", False), ("1990", True)])
def test_S73_a_decade_of_birth_says_enough(born: str, proposed: bool) -> None:
    """Nobody ticked the box, but whoever was born in the years 2000 may be no adult in 2026."""
    people = put(YOUNG["people"], "young", minor="", born=born)
    found = run(YOUNG, people=people)
    assert (found.plan_for("n1") is not None) is proposed


def test_S73_nobody_under_age_is_named_as_the_one_who_introduces() -> None:
    """The boy knows both neighbours; they are introduced without him."""
    story = {
        "people": more(YOUNG["people"], "next;north;yes;;1960;"),
        "talents": "talent;owner;category\nt1;next;computer",
        "needs": YOUNG["needs"],
        "ties": "a;b;kind\nold;young;family\nyoung;next;friend",
    }
    assert the_plan(run(story), "n1").legs[0].introducer is None
    grown = put(story["people"], "young", minor="no")
    assert the_plan(run(story, people=grown), "n1").legs[0].introducer == "young"


def test_S59_the_review_is_dated() -> None:
    """A measure without a date to look at it again is refused."""
    with pytest.raises(ValueError, match="review_on"):
        run(PLOT, safeguards=put(PLOT["safeguards"], "s1", review_on=""))
    assert run(PLOT).hood.safeguards[0].review_on == dt.date(2026, 12, 31)
