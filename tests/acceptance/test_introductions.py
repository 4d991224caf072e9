"""Who is introduced to whom: neighbours, givers who ask, groups before one to one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import assetmap
from assetmap import explain
from assetmap.audit import faults
from assetmap.model import Policy
from tests.acceptance.stories import (
    WEEK,
    files,
    gap,
    givers,
    less,
    more,
    put,
    run,
    the_plan,
    unmet,
)

# --- S1: the neglected garden --------------------------------------------------------------------

GARDEN = {
    "people": """
        person;kind;area;share;worker;available
        man;;north;yes;ward;
        next;;north;yes;ward;Mon 09:00-17:00|Tue 09:00-17:00
        other;;north;yes;;
        ward;worker;;;;
        """,
    "talents": """
        talent;owner;category;term;description
        t1;next;garden;short;werkte in de groenvoorziening
        """,
    "needs": """
        need;owner;category;talked
        n1;man;garden_upkeep;yes
        """,
    "observations": """
        observation;date;kind;category;area;about;reporter
        o1;2026-10-20;complaint;garden;north;man;other
        o2;2026-11-03;complaint;garden;north;man;next
        o3;2026-11-09;complaint;garden;north;man;other
        """,
}


def test_S01_complaints_about_a_man_are_no_question_of_his() -> None:
    """Stage 1: three complaints and no wish of his own bring no proposal whatever."""
    found = run({name: text for name, text in GARDEN.items() if name != "needs"})
    assert found.items == ()
    assert found.gaps == ()
    assert "man" not in found.plans.to_csv() + found.unmet.to_csv()


def test_S01_after_the_coffee_he_meets_the_neighbour_who_knows_gardens() -> None:
    """Stage 2: exactly one proposal, introduced by the worker who knows them both."""
    found = run(GARDEN)
    (plan,) = found.items
    (part,) = plan.legs
    assert (part.leg, part.provider, part.talent) == ("help", "next", "t1")
    assert plan.rung == "neighbour"
    assert part.introducer == "ward"
    assert part.chain == ("man", "ward", "next")
    assert {"category", "distance"} <= set(part.points)
    assert plan.occurrence.isoformat() == "2026-11-23T09:00:00"


def test_S01_before_the_talk_there_is_no_neighbour() -> None:
    """The same wish, not yet talked over: first a conversation, held by his worker."""
    found = run(GARDEN, needs=put(GARDEN["needs"], "n1", talked=""))
    assert gap(found, "n1") == "first_conversation"
    assert found.gap_for("n1").worker == "ward"


@pytest.mark.parametrize("kind", ["worker", "acquaintance", ""])
def test_S01_the_worker_may_be_known_by_ties(kind: str) -> None:
    """Whether the worker's acquaintance is a column or a tie makes no difference."""
    people = put(put(GARDEN["people"], "man", worker=""), "next", worker="")
    ties = f"""
        a;b;kind
        ward;man;{kind}
        next;ward;{kind}
        """
    assert the_plan(run(GARDEN, people=people, ties=ties), "n1").legs[0].introducer == "ward"
    stranger = run(GARDEN, people=people)
    assert the_plan(stranger, "n1").legs[0].introducer is None


def test_S01_a_neighbour_without_time_is_not_proposed() -> None:
    """He is free on Thursdays and the neighbour on Mondays and Tuesdays."""
    needs = put(GARDEN["needs"], "n1", when="Thu 09:00-17:00")
    assert gap(run(GARDEN, needs=needs), "n1") == "no_time"


# --- S5 and S61: who asks gives as well ----------------------------------------------------------

DESK = {
    "people": """
        person;kind;area;share;worker
        asks;;north;yes;ward
        ward;worker;;;
        """,
    "talents": """
        talent;owner;category;role;available
        t1;asks;information_volunteer;volunteer;Tue 09:00-12:00
        t2;ward;debt_help;professional;Wed 09:00-12:00
        """,
    "needs": """
        need;owner;category;talked
        n1;asks;debt_help;yes
        n2;asks;company;yes
        n3;desk;information_volunteer;
        """,
    "initiatives": """
        initiative;name
        desk;Vraagbaak
        """,
}


def test_S05_who_has_debts_answers_the_questions_of_others() -> None:
    """One person in one run: helped with her debts by a professional, and helper at the desk."""
    found = run(DESK)
    assert givers(found, "n1") == {"help": "ward"}
    assert the_plan(found, "n1").rung == "professional"
    assert givers(found, "n3") == {"help": "asks"}
    assert the_plan(found, "n3").also_helps == ("n2",)
    assert unmet(found) == set()


def test_S05_the_debts_are_no_reason_to_leave_her_out() -> None:
    """With and without the question about debts the same place is proposed to her."""
    found = run(DESK, needs=less(DESK["needs"], "n1"))
    assert the_plan(found, "n3").legs == the_plan(run(DESK), "n3").legs


def test_S05_without_a_place_her_wish_stays_open() -> None:
    """The desk asks nobody: her wish for company is told as unmet."""
    found = run(DESK, needs=less(DESK["needs"], "n3"))
    assert gap(found, "n2") == "no_talent"


@pytest.mark.parametrize("role", ["", "neighbour", "volunteer"])
def test_S05_experience_with_debts_is_no_debt_help(role: str) -> None:
    """Somebody else's debts are not given to a resident, whatever they offer."""
    people = more(DESK["people"], "other;;north;yes;ward")
    needs = put(DESK["needs"], "n1", owner="other")
    talents = put(put(DESK["talents"], "t2", owner="asks"), "t2", role=role)
    found = run(DESK, people=people, needs=needs, talents=talents)
    assert gap(found, "n1") == "needs_worker"
    assert found.gap_for("n1").worker == "ward"


def test_S05_a_wish_to_do_something_and_a_place_meet_once() -> None:
    """Who wants to volunteer and who seeks a volunteer: one proposal that meets both."""
    needs = """
        need;owner;category;talked
        n2;asks;volunteering;yes
        n3;desk;host;
        """
    found = run(DESK, talents="talent;owner;category", needs=needs)
    assert [plan.need for plan in found.items] == ["n2"]
    assert the_plan(found, "n2").also_helps == ("n3",)
    assert givers(found, "n2") == {"contact": "desk"}
    assert unmet(found) == set()


def test_S05_work_experience_is_found_at_a_place_that_seeks_people() -> None:
    """A question for work experience is answered by an initiative with a vacancy."""
    needs = """
        need;owner;category;talked
        n2;asks;work_experience;yes
        n3;desk;volunteering;
        """
    story = {**DESK, "talents": "talent;owner;category", "needs": needs}
    assert givers(run(story), "n2") == {"contact": "desk"}
    assert gap(run(story, needs=less(needs, "n3")), "n2") == "no_talent"


def test_S61_one_record_asks_and_gives() -> None:
    """Two neighbours, each with a question and a talent: both are asker and giver, once each."""
    people = """
        person;area;share
        p1;north;yes
        p2;north;yes
        """
    talents = """
        talent;owner;category
        t1;p1;odd_job
        t2;p2;shopping
        """
    needs = """
        need;owner;category;talked
        n1;p1;shopping;yes
        n2;p2;odd_job;yes
        """
    story = {"people": people, "talents": talents, "needs": needs}
    found = run(story)
    assert givers(found, "n1") == {"help": "p2"}
    assert givers(found, "n2") == {"help": "p1"}
    assert len(found.hood.people) == 2
    own = put(talents, "t1", category="shopping")
    assert givers(
        run(story, talents=less(own, "t2"), needs=put(needs, "n2", category="shopping")), "n2"
    ) == {"help": "p1"}


RING = {
    "people": """
        person;called;area;share
        p1;Ada;north;yes
        p2;Bo;north;yes
        p3;Cas;north;yes
        """,
    "talents": """
        talent;owner;category
        t1;p1;odd_job
        t2;p2;computer
        t3;p3;shopping
        """,
    "needs": """
        need;owner;category;talked
        n1;p1;shopping;yes
        n2;p2;odd_job;yes
        n3;p3;computer;yes
        """,
}


def test_S05_two_who_help_each_other_are_named() -> None:
    """Both ask and both give; each of the two plans says so, in Dutch and in English."""
    needs = put(less(RING["needs"], "n3"), "n1", category="computer")
    found = run(RING, needs=needs)
    assert [circle.people for circle in found.circles] == [("p1", "p2")]
    assert found.circles[0].plans == tuple(sorted(plan.plan for plan in found.items))
    for need in ("n1", "n2"):
        name = explain.called(found.hood)
        dutch = str(explain.why(found, need, language="nl", name=name))
        assert "Ada en Bo helpen elkaar: allebei vragen ze iets, en allebei geven ze iets." in dutch
        english = str(explain.why(found, need, language="en", name=name))
        assert "Ada and Bo help each other: both ask something, and both give something." in english
    assert faults(found) == []


def test_S05_three_who_help_each_other_round_are_named() -> None:
    """No two of them help each other, and all three give and get."""
    found = run(RING)
    assert [circle.people for circle in found.circles] == [("p1", "p2", "p3")]
    assert len(found.circles[0].plans) == 3
    name = explain.called(found.hood)
    dutch = str(explain.why(found, "n3", language="nl", name=name))
    assert "Zo is de kring rond: Ada helpt Bo, Bo helpt Cas, en Cas helpt Ada." in dutch
    english = str(explain.why(found, "n3", language="en", name=name))
    assert "This closes a circle: Ada helps Bo, Bo helps Cas, and Cas helps Ada." in english
    assert faults(found) == []


def test_S37_a_sensitive_question_closes_no_circle() -> None:
    """What one does not discuss with everybody is told to nobody by way of a circle."""
    needs = put(RING["needs"], "n2", sensitive="yes")
    talents = put(RING["talents"], "t1", role="volunteer")
    found = run(RING, needs=needs, talents=talents, people=put(RING["people"], "p1", area="south"))
    assert givers(found, "n2") == {"help": "p1"}
    assert {plan.need for plan in found.items} == {"n1", "n2", "n3"}
    assert found.circles == ()
    assert faults(found) == []


def test_S61_nobody_is_introduced_to_themself() -> None:
    """Her own talent does not answer her own question."""
    story = {
        "people": "person;area\np1;north",
        "talents": "talent;owner;category\nt1;p1;shopping",
        "needs": "need;owner;category;talked\nn1;p1;shopping;yes",
    }
    assert gap(run(story), "n1") == "no_talent"


# --- S6: the course is closed, a buddy is there --------------------------------------------------

LANGUAGE = {
    "people": """
        person;area;share;languages
        learns;north;yes;ti
        buddy;north;yes;nl|en
        """,
    "talents": """
        talent;owner;category
        t1;buddy;language_buddy
        """,
    "needs": """
        need;owner;category;talked;formal_route;formal_open;setting
        n1;learns;language;yes;cursus Nederlands;no;one_to_one
        """,
}


def test_S06_the_course_is_not_possible_and_a_buddy_is() -> None:
    """The formal route is closed; the same question falls through to a language buddy."""
    found = run(LANGUAGE)
    plan = the_plan(found, "n1")
    assert givers(found, "n1") == {"help": "buddy"}
    assert plan.welfare_answer
    assert plan.legs[0].points["setting"] > 0
    assert gap(run(LANGUAGE, talents="talent;owner;category"), "n1") == "no_talent"


def test_S06_a_course_that_is_closed_to_her_is_not_proposed() -> None:
    """The course stands in the tables as what it is; it is not offered to who may not come."""
    activities = """
        activity;name;category;area;start;minutes;rrule
        course;Cursus Nederlands;language_lessons;north;2026-11-24 10:00;90;elke dinsdag
        """
    closed = put(LANGUAGE["needs"], "n1", formal_route="course")
    none = "talent;owner;category"
    found = run(LANGUAGE, activities=activities, needs=closed, talents=none)
    assert found.plan_for("n1") is None
    assert gap(found, "n1") in {"not_possible_here", "no_talent"}
    opened = put(closed, "n1", formal_open="yes")
    assert givers(run(LANGUAGE, activities=activities, needs=opened, talents=none), "n1") == {
        "activity": "course"
    }


@pytest.mark.parametrize(
    "heading", ["nationality", "nationaliteit", "origin", "diagnosis", "religion", "bsn"]
)
def test_S06_the_tables_have_no_place_for_what_is_behind_it(heading: str, tmp_path: Path) -> None:
    """A column with where somebody comes from is refused, not kept."""
    people = LANGUAGE["people"].replace("languages", f"languages;{heading}")
    with pytest.raises(assetmap.DataProblems):
        files(tmp_path, {**LANGUAGE, "people": people})


def test_S06_what_is_told_names_both_routes(tmp_path: Path) -> None:
    """Through files; the sentence speaks of the formal and the informal route."""
    why = assetmap.propose(files(tmp_path, LANGUAGE), WEEK).plans["why"].str.lower()
    assert why.str.contains("formele").all()
    assert why.str.contains("informele").all()


# --- S7: known to a colleague --------------------------------------------------------------------

TEAMS = {
    "people": """
        person;kind;area;share;worker;team
        yes1;;north;yes;wb;
        team1;;north;team;wb;
        team2;;north;;wb;
        no1;;north;no;wb;
        wa;worker;;;;A
        wb;worker;;;;B
        """,
    "talents": """
        talent;owner;category
        t1;yes1;garden
        t2;team1;garden
        t3;team2;garden
        t4;no1;garden
        """,
    "needs": """
        need;owner;category;worker
        n1;plot;garden;wa
        """,
    "initiatives": """
        initiative;name;manager
        plot;Moestuin;wa
        """,
}


def test_S07_a_talent_known_to_another_worker_is_proposed() -> None:
    """She agreed to be proposed to anybody; her own worker introduces her."""
    part = the_plan(run(TEAMS), "n1").legs[0]
    assert (part.provider, part.introducer) == ("yes1", "wb")


def test_S07_without_permission_only_a_number() -> None:
    """Two would fit and said so to their own team only: counted, not named."""
    found = run(TEAMS, talents=less(TEAMS["talents"], "t1"))
    assert gap(found, "n1") == "not_possible_here"
    assert found.funnels["n1"].colleagues == 2
    told = found.plans.to_csv() + found.unmet.to_csv()
    assert not any(person in told for person in ("team1", "team2", "no1", "t2", "t3", "t4"))


@pytest.mark.parametrize("change", ["same worker", "same team"])
def test_S07_within_the_own_team_they_are_named(change: str) -> None:
    """The worker who asks knows them, or is of the same team."""
    people = put(TEAMS["people"], "wb", team="A")
    if change == "same worker":
        people = put(TEAMS["people"], "team1", worker="wa")
    found = run(TEAMS, people=people, talents=less(TEAMS["talents"], "t1", "t3", "t4"))
    assert givers(found, "n1") == {"help": "team1"}


def test_S07_an_initiative_without_a_worker_sees_no_more() -> None:
    """Residents run it and no worker holds the question: still counted, not named."""
    found = run(
        TEAMS,
        talents=less(TEAMS["talents"], "t1"),
        needs=put(TEAMS["needs"], "n1", worker=""),
        initiatives=put(TEAMS["initiatives"], "plot", manager=""),
    )
    assert found.plan_for("n1") is None


def test_S07_who_is_interested_in_the_garden_is_brought_to_it() -> None:
    """A resident wants to join the garden, and the garden asks people: they meet."""
    needs = more(
        "need;owner;category;talked;worker;wants",
        "n1;plot;garden;;wa;",
        "n2;yes1;volunteering;yes;;plot",
    )
    found = run(TEAMS, needs=needs, talents="talent;owner;category")
    assert givers(found, "n2") == {"contact": "plot"}
    assert "n1" not in unmet(found)


# --- S14: a group before one to one --------------------------------------------------------------

COMPANY = {
    "people": """
        person;x;y;share
        asks;155000;463000;yes
        vol;155000;463100;yes
        """,
    "places": """
        place;x;y
        near;155500;463000
        far;158500;463000
        """,
    "talents": """
        talent;owner;category;role
        t1;vol;company;volunteer
        """,
    "needs": """
        need;owner;category;talked
        n1;asks;company;yes
        """,
    "activities": """
        activity;name;category;place;start;minutes;rrule;capacity
        a1;Koffieochtend;coffee_morning;near;2026-12-09 10:00;90;om de week woensdag;12
        a2;Soep;coffee_morning;far;2026-11-24 12:00;90;elke dinsdag;12
        """,
}


def test_S14_the_nearest_initiative_comes_before_a_volunteer() -> None:
    """Two coffee mornings and a volunteer: the nearest group, even if it is a little later."""
    found = run(COMPANY)
    assert givers(found, "n1") == {"activity": "a1"}
    assert the_plan(found, "n1").rung == "initiative"


def test_S14_a_full_group_gives_way_to_the_next_and_then_to_the_volunteer() -> None:
    """Without a seat in the near one the far one, without both the volunteer."""
    one = put(COMPANY["activities"], "a1", capacity="0")
    both = put(one, "a2", capacity="0")
    assert givers(run(COMPANY, activities=one), "n1") == {"activity": "a2"}
    assert givers(run(COMPANY, activities=both), "n1") == {"help": "vol"}


def test_S14_a_neighbour_one_to_one_comes_after_the_group_too() -> None:
    """Company is sought in a group first, before a neighbour nobody introduced yet."""
    talents = put(COMPANY["talents"], "t1", role="neighbour")
    assert givers(run(COMPANY, talents=talents), "n1") == {"activity": "a1"}
    friends = "a;b;kind\nasks;vol;friend"
    assert givers(run(COMPANY, talents=talents, ties=friends), "n1") == {"help": "vol"}


def test_S14_who_wants_to_give_is_brought_to_the_nearest_vacancy() -> None:
    """Two initiatives seek people; the near one is proposed and the far one keeps asking."""
    initiatives = """
        initiative;name;place
        i1;Een;near
        i2;Twee;far
        """
    needs = """
        need;owner;category;talked
        n1;asks;volunteering;yes
        n2;i1;volunteering;
        n3;i2;volunteering;
        """
    story = {**COMPANY, "talents": "talent;owner;category", "initiatives": initiatives}
    found = run(story, needs=needs)
    assert givers(found, "n1") == {"contact": "i1"}
    assert unmet(found) == {"n3"}
    assert givers(run(story, needs=less(needs, "n2")), "n1") == {"contact": "i2"}


# --- S15: short for short ------------------------------------------------------------------------

JOBS = {
    "people": """
        person;area;share
        asks;north;yes
        handy;north;yes
        """,
    "talents": """
        talent;owner;category;term
        t1;handy;odd_job;once
        """,
    "needs": """
        need;owner;category;talked;term;rrule
        n1;asks;hang_lamp;yes;once;
        """,
}


def test_S15_a_small_job_meets_a_small_offer() -> None:
    """One lamp, one time, one neighbour."""
    assert givers(run(JOBS), "n1") == {"help": "handy"}


@pytest.mark.parametrize(("term", "rrule"), [("", "elke maandag"), ("short", ""), ("long", "")])
def test_S15_an_offer_for_once_is_not_bound_to_what_comes_back(term: str, rrule: str) -> None:
    """The same offer and a question that returns: reason `term`; a short offer does fit."""
    needs = put(JOBS["needs"], "n1", term=term, rrule=rrule)
    assert gap(run(JOBS, needs=needs), "n1") == "term"
    longer = put(JOBS["talents"], "t1", term=term or "short")
    assert run(JOBS, needs=needs, talents=longer).plan_for("n1") is not None


def test_S20_a_long_need_is_not_put_on_who_only_wants_something_short() -> None:
    """Long volunteering scares people off; who said long is asked, who said short is not."""
    needs = put(JOBS["needs"], "n1", term="long")
    talents = """
        talent;owner;category;term
        t1;handy;odd_job;short
        """
    assert gap(run(JOBS, needs=needs, talents=talents), "n1") == "term"
    willing = put(talents, "t1", term="long")
    assert givers(run(JOBS, needs=needs, talents=willing), "n1") == {"help": "handy"}


@pytest.mark.parametrize("rrule", ["", "elke maandag"])
def test_S20_a_long_need_is_shared_by_people_who_help_for_a_short_time(rrule: str) -> None:
    """Two who want something short: both, in turns, with the question who comes when."""
    needs = put(JOBS["needs"], "n1", term="long", rrule=rrule)
    people = more(JOBS["people"], "other;north;yes")
    talents = """
        talent;owner;category;term
        t1;handy;odd_job;short
        t2;other;odd_job;short
        """
    found = run(JOBS, people=people, talents=talents, needs=needs)
    legs = [leg for plan in found.items for leg in plan.legs]
    turns = Counter(leg.provider for leg in legs)
    assert sorted(turns.values()) == ([2, 3] if rrule else [1, 1])
    assert all("in_turns" in leg.doubts for leg in legs)
    assert "handy helpt liever kort" in str(explain.why(found, "n1"))
    assert faults(found) == []
    for lasting in ("t1", "t2"):
        willing = put(talents, lasting, term="long")
        found = run(JOBS, people=people, talents=willing, needs=needs)
        assert len({leg.provider for plan in found.items for leg in plan.legs}) == 1
        assert faults(found) == []


def test_S20_a_team_may_choose_not_to_share() -> None:
    """With the switch off, a long question stays with who wants to help for long."""
    needs = put(JOBS["needs"], "n1", term="long")
    people = more(JOBS["people"], "other;north;yes")
    talents = "talent;owner;category;term\nt1;handy;odd_job;short\nt2;other;odd_job;short"
    told = {"people": people, "talents": talents, "needs": needs}
    assert gap(run(JOBS, policy=Policy(split_long=False), **told), "n1") == "term"


# --- S74: meeting comes before helping -----------------------------------------------------------

STREET = {
    "people": """
        person;area;share
        asks;north;yes
        close;north;yes
        known;south;yes
        mutual;north;yes
        """,
    "areas": """
        area;adjacent
        north;south
        south;north
        """,
    "talents": """
        talent;owner;category
        t1;close;shopping
        t2;known;shopping
        """,
    "needs": """
        need;owner;category;talked
        n1;asks;shopping;yes
        """,
}


def test_S74_a_common_acquaintance_counts_more_than_distance() -> None:
    """Of two neighbours the further one is proposed, because somebody knows them both."""
    ties = """
        a;b;kind
        asks;mutual;friend
        mutual;known;acquaintance
        """
    found = the_plan(run(STREET, ties=ties), "n1").legs[0]
    assert (found.provider, found.introducer) == ("known", "mutual")
    alone = the_plan(run(STREET), "n1").legs[0]
    assert (alone.provider, alone.introducer) == ("close", None)


def test_S74_who_does_not_want_to_be_named_introduces_nobody() -> None:
    """The common acquaintance does not share: the chain is not used."""
    ties = """
        a;b;kind
        asks;mutual;friend
        mutual;known;acquaintance
        """
    people = put(STREET["people"], "mutual", share="no")
    assert the_plan(run(STREET, people=people, ties=ties), "n1").legs[0].provider == "close"
