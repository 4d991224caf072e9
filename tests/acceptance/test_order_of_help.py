"""Who is asked first: own network, neighbours, initiatives, volunteers, professionals."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import assetmap
from assetmap.model import Policy
from tests.acceptance.stories import (
    WEEK,
    files,
    gap,
    givers,
    less,
    moment,
    more,
    put,
    run,
    the_plan,
    unmet,
)

SHOPPING = {
    "people": """
        person;kind;area;share;worker
        asks;;north;yes;ward
        also;;north;yes;ward
        next;;north;yes;ward
        friend;;south;yes;
        vol;;north;yes;ward
        ward;worker;;;
        """,
    "talents": """
        talent;owner;category;role
        t1;friend;shopping;
        t2;next;shopping;
        t3;vol;shopping;volunteer
        t4;ward;shopping;
        """,
    "needs": """
        need;owner;category;talked;since
        n1;asks;shopping;yes;2026-11-20
        """,
    "ties": """
        a;b;kind;strength
        asks;friend;friend;2
        """,
}
"""A friend, a neighbour, a volunteer and a worker could all do it."""


# --- S21: first the own network ------------------------------------------------------------------


def test_S21_somebody_of_the_own_network_comes_before_strangers() -> None:
    """The friend, from another area, is proposed; without the tie it is the neighbour."""
    found = run(SHOPPING)
    assert givers(found, "n1") == {"help": "friend"}
    assert the_plan(found, "n1").rung == "own_network"
    no_tie = run(SHOPPING, ties="a;b;kind", talents=less(SHOPPING["talents"], "t1"))
    assert givers(no_tie, "n1") == {"help": "next"}
    assert the_plan(no_tie, "n1").rung == "neighbour"


@pytest.mark.parametrize("talked", ["", "no"])
def test_S21_before_the_talk_nobody_outside_the_own_network_is_proposed(talked: str) -> None:
    """Not talked over: the friend may be, a stranger not, and it is told as such."""
    needs = put(SHOPPING["needs"], "n1", talked=talked)
    assert givers(run(SHOPPING, needs=needs), "n1") == {"help": "friend"}
    found = run(SHOPPING, needs=needs, ties="a;b;kind")
    assert gap(found, "n1") == "first_conversation"
    assert found.gap_for("n1").worker == "ward"
    assert found.gap_for("n1").closest is None


def test_S21_what_was_tried_is_not_tried_first_again() -> None:
    """The talk showed that the own network cannot: the next step is used."""
    needs = put(SHOPPING["needs"], "n1", tried="own_network")
    assert givers(run(SHOPPING, needs=needs), "n1") == {"help": "next"}


@pytest.mark.parametrize("change", [{"until": "2026-10-01"}, {"kind": "worker"}])
def test_S21_a_tie_that_ended_or_is_professional_is_no_own_network(change: dict[str, str]) -> None:
    """Who no longer knows her, or knows her as a worker, is no friend."""
    ties = put("a;b;kind;until\nasks;friend;friend;", "asks", **change)
    assert the_plan(run(SHOPPING, ties=ties), "n1").rung == "neighbour"


def test_S21_a_housemate_is_own_network() -> None:
    """Who shares a household needs no tie in the tables."""
    people = put(put(SHOPPING["people"], "asks", household="h1"), "friend", household="h1")
    found = run(SHOPPING, people=people, ties="a;b;kind")
    assert givers(found, "n1") == {"help": "friend"}
    assert the_plan(found, "n1").rung == "own_network"


# --- S22: neighbours first, then step by step ----------------------------------------------------

ONE_MORNING = """
    need;owner;category;talked;urgency;since;when
    n1;asks;shopping;yes;5;{since};Mon 10:00-11:00
    n2;also;shopping;yes;2;{since};Mon 10:00-11:00
    """
TWO_STEPS = {
    **SHOPPING,
    "ties": "a;b;kind",
    "talents": """
        talent;owner;category;role;per_week;until
        t2;next;shopping;;1;2026-11-27
        t3;vol;shopping;volunteer;5;
        """,
}
"""One neighbour, for one more week, and a volunteer with plenty of time."""


def test_S22_with_a_free_neighbour_no_volunteer_is_used() -> None:
    """Not even when the volunteer fits better: known to a friend, and of the same tongue."""
    ties = """
        a;b;kind
        asks;friend;friend
        friend;vol;friend
        """
    people = put(put(SHOPPING["people"], "asks", languages="tr"), "vol", languages="tr")
    talents = less(SHOPPING["talents"], "t1")
    found = run(SHOPPING, people=people, ties=ties, talents=talents)
    assert givers(found, "n1") == {"help": "next"}
    alone = run(SHOPPING, people=people, ties=ties, talents=less(talents, "t2"))
    assert givers(alone, "n1") == {"help": "vol"}


def test_S22_losing_the_neighbour_to_another_is_waiting() -> None:
    """Two ask the same hour of one neighbour: the second waits, and is told from when."""
    found = run(TWO_STEPS, needs=ONE_MORNING.format(since="2026-11-20"))
    assert givers(found, "n1") == {"help": "next"}
    assert gap(found, "n2") == "waiting_for_rung"
    missing = found.gap_for("n2")
    assert missing.rung == "volunteer"
    assert missing.opens_on == dt.date(2026, 12, 4)


@pytest.mark.parametrize(("waited", "step"), [(13, None), (14, "volunteer"), (40, "volunteer")])
def test_S22_after_the_waiting_days_the_next_step_opens(waited: int, step: str | None) -> None:
    """Seven days for each step: after the days of the neighbours, and no sooner, the volunteer."""
    since = dt.date(2026, 11, 23) - dt.timedelta(days=waited)
    found = run(TWO_STEPS, needs=ONE_MORNING.format(since=since))
    assert givers(found, "n1") == {"help": "next"}
    if step is None:
        assert gap(found, "n2") == "waiting_for_rung"
    else:
        assert givers(found, "n2") == {"help": "vol"}
        assert the_plan(found, "n2").rung == step


def test_S22_a_team_may_wait_shorter() -> None:
    """With other waiting days the same question is open at once."""
    policy = Policy(waiting_days={"own_network": 0, "neighbour": 0, "initiative": 0})
    found = run(TWO_STEPS, needs=ONE_MORNING.format(since="2026-11-20"), policy=policy)
    assert givers(found, "n2") == {"help": "vol"}


def test_S22_where_nobody_could_no_time_is_lost() -> None:
    """No neighbour offers it, or none is free then: the volunteer is proposed the same day."""
    needs = put(SHOPPING["needs"], "n1", when="Mon 10:00-11:00")
    talents = put(TWO_STEPS["talents"], "t2", available="Sun 09:00-12:00")
    for offers in (talents, less(talents, "t2")):
        found = run(TWO_STEPS, needs=needs, talents=offers)
        assert givers(found, "n1") == {"help": "vol"}
        assert the_plan(found, "n1").rung == "volunteer"


def test_S22_a_step_that_was_tried_is_passed() -> None:
    """The neighbours were tried for the second: the volunteer comes at once."""
    needs = put(ONE_MORNING.format(since="2026-11-20"), "n2", tried="neighbour")
    assert givers(run(TWO_STEPS, needs=needs), "n2") == {"help": "vol"}


def test_S22_the_professional_comes_last() -> None:
    """With a volunteer the worker is not used; without anybody else the worker is."""
    story = {**SHOPPING, "ties": "a;b;kind"}
    both = run(story, talents=less(SHOPPING["talents"], "t1", "t2"))
    assert givers(both, "n1") == {"help": "vol"}
    last = run(story, talents=less(SHOPPING["talents"], "t1", "t2", "t3"))
    assert givers(last, "n1") == {"help": "ward"}
    assert the_plan(last, "n1").rung == "professional"


def test_S62_the_ladder_looks_at_the_part_somebody_plays() -> None:
    """A resident who is hired stands on the last step, a worker off duty is a neighbour."""
    story = {
        **SHOPPING,
        "ties": "a;b;kind",
        "people": put(SHOPPING["people"], "ward", area="north"),
    }
    talents = """
        talent;owner;category;role;reward
        t2;next;shopping;professional;hired
        t4;ward;shopping;neighbour;none
        """
    found = run(story, talents=talents)
    assert givers(found, "n1") == {"help": "ward"}
    assert the_plan(found, "n1").rung == "neighbour"
    assert the_plan(run(story, talents=less(talents, "t4")), "n1").rung == "professional"


# --- S23: a welfare answer to a question of care -------------------------------------------------

DAY = {
    "people": """
        person;area;share
        asks;north;yes
        """,
    "organisations": """
        organisation;name;area
        care;Zorgaanbieder;north
        """,
    "talents": """
        talent;owner;category
        t1;care;day_activity
        """,
    "activities": """
        activity;name;category;area;start;minutes;rrule
        group;Helpende handen;helping_hands_group;north;2026-11-24 10:00;120;elke dinsdag
        """,
    "needs": """
        need;owner;category;talked;formal_route;formal_open
        n1;asks;day_activity;yes;dagbesteding;yes
        """,
}


def test_S23_what_residents_do_comes_before_formal_day_care() -> None:
    """The group of residents, marked as a welfare answer; the formal one only without it."""
    found = run(DAY)
    assert givers(found, "n1") == {"activity": "group"}
    assert the_plan(found, "n1").welfare_answer
    formal = run(DAY, activities=less(DAY["activities"], "group"))
    assert givers(formal, "n1") == {"help": "care"}
    assert the_plan(formal, "n1").rung == "professional"
    assert not the_plan(formal, "n1").welfare_answer


def test_S23_without_a_formal_alternative_it_is_just_a_plan() -> None:
    """The same group is no welfare answer where no care was the alternative."""
    found = run(DAY, needs=put(DAY["needs"], "n1", formal_route="", formal_open=""))
    assert givers(found, "n1") == {"activity": "group"}
    assert not the_plan(found, "n1").welfare_answer


# --- S24: the safety net -------------------------------------------------------------------------


def test_S24_what_nobody_could_do_stays_with_a_named_worker() -> None:
    """All steps were tried: never dropped, a worker holds it; a free one takes it on."""
    needs = put(
        SHOPPING["needs"],
        "n1",
        tried="own_network|neighbour|initiative|volunteer",
        since="2026-05-01",
    )
    found = run(SHOPPING, needs=needs, talents="talent;owner;category")
    assert gap(found, "n1") == "no_talent"
    assert found.gap_for("n1").worker == "ward"
    assert found.unmet.set_index("need").loc["n1", "worker"] == "ward"
    helped = run(SHOPPING, needs=needs)
    assert givers(helped, "n1") == {"help": "ward"}


def test_S24_a_question_without_a_worker_gets_one() -> None:
    """Nobody was named with it: a worker of the same area, else any worker."""
    people = """
        person;kind;area
        asks;;north
        w1;worker;south
        w2;worker;north
        """
    story = {"people": people, "needs": SHOPPING["needs"]}
    assert run(story).gap_for("n1").worker == "w2"
    assert run(story, people=less(people, "w2")).gap_for("n1").worker == "w1"


@pytest.mark.parametrize("weeks", [0, 3, 30])
def test_S24_waiting_makes_a_question_weigh_more(weeks: int) -> None:
    """Two ask for one place: in the end who waited long comes before who is more urgent."""
    since = dt.date(2026, 11, 23) - dt.timedelta(weeks=weeks)
    needs = f"""
        need;owner;category;talked;urgency;since;when
        old;asks;shopping;yes;1;{since};Mon 10:00-11:00
        new;also;shopping;yes;3;2026-11-23;Mon 10:00-11:00
        """
    talents = less(put(TWO_STEPS["talents"], "t2", per_week="1"), "t3")
    found = run(TWO_STEPS, needs=needs, talents=talents)
    assert unmet(found) == ({"new"} if weeks >= 3 else {"old"})


# --- S29: kept for professionals -----------------------------------------------------------------


@pytest.mark.parametrize(
    "category", ["debt_help", "budget_management", "youth_work", "nursing", "social_work"]
)
@pytest.mark.parametrize("role", ["", "neighbour", "volunteer"])
def test_S29_reserved_categories_are_never_given_to_residents(category: str, role: str) -> None:
    """A resident offers it: a worker is needed; a worker offers it: it is proposed at once."""
    needs = put(SHOPPING["needs"], "n1", category=category)
    talents = f"talent;owner;category;role\nt1;friend;{category};{role}"
    found = run(SHOPPING, needs=needs, talents=talents)
    assert gap(found, "n1") == "needs_worker"
    assert found.gap_for("n1").worker == "ward"
    found = run(SHOPPING, needs=needs, talents=more(talents, f"t2;ward;{category};"))
    assert givers(found, "n1") == {"help": "ward"}


def test_S29_what_is_reserved_differs_per_team() -> None:
    """One team frees debt help, another keeps forms, with all below it, for professionals."""
    debts = put(SHOPPING["needs"], "n1", category="debt_help")
    offers = put(SHOPPING["talents"], "t2", category="debt_help")
    free = run(SHOPPING, needs=debts, talents=offers, policy=Policy(not_reserved=("debt_help",)))
    assert givers(free, "n1") == {"help": "next"}
    taxes = put(SHOPPING["needs"], "n1", category="tax_help")
    offers = put(SHOPPING["talents"], "t2", category="tax_help")
    assert givers(run(SHOPPING, needs=taxes, talents=offers), "n1") == {"help": "next"}
    kept = run(SHOPPING, needs=taxes, talents=offers, policy=Policy(reserved=("forms",)))
    assert gap(kept, "n1") == "needs_worker"


def test_S29_a_team_keeps_it_in_its_own_file(tmp_path: Path) -> None:
    """The same choice, written in team.toml beside the tables."""
    (tmp_path / "team.toml").write_text('reserved = ["shopping"]\n', encoding="utf-8")
    hood = files(tmp_path, {**SHOPPING, "talents": less(SHOPPING["talents"], "t4")})
    assert gap(assetmap.propose(hood, WEEK), "n1") == "needs_worker"
    (tmp_path / "team.toml").unlink()
    assert givers(assetmap.propose(assetmap.read(tmp_path), WEEK), "n1") == {"help": "friend"}


def test_S29_a_worker_without_time_is_no_help() -> None:
    """The one professional has no hours left: the question stays with a worker, by name."""
    needs = """
        need;owner;category;talked;urgency;hours
        n1;asks;debt_help;yes;5;1
        n2;also;debt_help;yes;2;1
        """
    talents = """
        talent;owner;category;hours_week;until
        t4;ward;debt_help;1;2026-11-29
        """
    found = run(SHOPPING, needs=needs, talents=talents)
    assert givers(found, "n1") == {"help": "ward"}
    assert gap(found, "n2") == "needs_worker"
    more_hours = run(SHOPPING, needs=needs, talents=put(talents, "t4", hours_week="2"))
    assert unmet(more_hours) == set()
    assert moment(more_hours, "n2").startswith("2026-11-2")
