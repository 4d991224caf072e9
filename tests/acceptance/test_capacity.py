"""How much may be asked of somebody, and when: hours a week, times, turns (S63, S64)."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from assetmap import Proposals
from assetmap.audit import faults
from assetmap.model import Policy
from assetmap.report import gather, week_html
from tests.acceptance.stories import gap, givers, less, moment, more, put, run, unmet

EIGHT_HOURS = {
    "people": """
        person;kind;area;share;worker
        a;;north;yes;ward
        b;;north;yes;ward
        c;;north;yes;ward
        vol;;north;yes;ward
        ward;worker;;;
        """,
    "talents": """
        talent;owner;category;role;hours_week;until
        t1;vol;shopping;volunteer;8;2026-11-29
        """,
    "needs": """
        need;owner;category;talked;hours;when;rrule;urgency
        n1;a;shopping;yes;4;Mon 09:00-13:00;;5
        n2;b;shopping;yes;4;Tue 09:00-13:00;;4
        """,
}
"""A volunteer of eight hours a week, who stops after this week."""


def hours(found: Proposals, person: str) -> Counter[tuple[int, int]]:
    """Return the hours that a run gives somebody, by ISO week."""
    used: Counter[tuple[int, int]] = Counter()
    for plan in found.items:
        if any(part.provider == person for part in plan.legs):
            begin = plan.occurrence
            assert isinstance(begin, dt.datetime)
            assert plan.end is not None
            used[begin.isocalendar()[:2]] += round((plan.end - begin).total_seconds() / 3600)
    return used


def test_S63_eight_hours_are_eight_hours() -> None:
    """Four and four fit in the week, four and five do not."""
    found = run(EIGHT_HOURS)
    assert hours(found, "vol") == {(2026, 48): 8}
    five = put(EIGHT_HOURS["needs"], "n2", hours="5", when="Tue 09:00-14:00")
    less_found = run(EIGHT_HOURS, needs=five)
    assert hours(less_found, "vol") == {(2026, 48): 4}
    assert gap(less_found, "n2") in {"no_hours", "taken_by_more_urgent"}


def test_S63_what_does_not_fit_this_week_may_fit_the_next() -> None:
    """Without an end the second helping is a week later: never over eight in any week."""
    needs = more(EIGHT_HOURS["needs"], "n3;c;shopping;yes;5;Wed 09:00-14:00;;3")
    found = run(EIGHT_HOURS, needs=needs, talents=put(EIGHT_HOURS["talents"], "t1", until=""))
    assert unmet(found) == set()
    used = hours(found, "vol")
    assert sum(used.values()) == 13
    assert max(used.values()) <= 8


STANDING = {
    **EIGHT_HOURS,
    "needs": """
        need;owner;category;talked;hours;when;rrule
        n1;a;shopping;yes;6;Mon 09:00-15:00;elke maandag
        n2;b;shopping;yes;2;Tue 09:00-13:00;
        """,
    "arrangements": """
        arrangement;need;leg;provider;talent;since
        r1;n1;help;vol;t1;2026-10-01
        """,
}


@pytest.mark.parametrize(("asked", "fits"), [("2", True), ("3", False)])
def test_S63_standing_hours_count(asked: str, fits: bool) -> None:
    """Six hours stand every Monday: two more fit in eight, three do not."""
    found = run(STANDING, needs=put(STANDING["needs"], "n2", hours=asked))
    assert (found.plan_for("n2") is not None) is fits
    assert hours(found, "vol")[2026, 48] == (8 if fits else 6)
    if not fits:
        assert gap(found, "n2") == "no_hours"


def test_S63_more_than_was_agreed_is_told() -> None:
    """Nine standing hours of eight: told as too much, and nothing is added."""
    found = run(STANDING, needs=put(STANDING["needs"], "n1", hours="9", when="Mon 09:00-18:00"))
    assert found.overloaded == ("t1",)
    assert gap(found, "n2") == "no_hours"
    assert run(STANDING).overloaded == ()


def test_S63_a_team_may_treat_hours_as_a_warning() -> None:
    """Soft by setting: four and five are proposed, and told as too much."""
    five = put(EIGHT_HOURS["needs"], "n2", hours="5", when="Tue 09:00-14:00")
    soft = run(EIGHT_HOURS, needs=five, policy=Policy(hours_hard=False))
    assert hours(soft, "vol") == {(2026, 48): 9}
    assert soft.overloaded == ("t1",)
    assert run(EIGHT_HOURS, policy=Policy(hours_hard=False)).overloaded == ()


def test_S63_hours_of_a_member_of_the_team() -> None:
    """The eight hours may stand with the membership instead of the talent."""
    story = {
        **EIGHT_HOURS,
        "talents": put(EIGHT_HOURS["talents"], "t1", hours_week="", per_week="5"),
        "organisations": "organisation;name\ncore;Kernteam",
        "memberships": "member;party;role;hours_week\nvol;core;volunteer;8",
        "needs": put(EIGHT_HOURS["needs"], "n2", hours="5", when="Tue 09:00-14:00"),
    }
    assert hours(run(story), "vol") == {(2026, 48): 4}
    ten = put(story["memberships"], "vol", hours_week="10")
    assert hours(run(story, memberships=ten), "vol") == {(2026, 48): 9}


MEMBER = {
    **STANDING,
    "talents": put(EIGHT_HOURS["talents"], "t1", hours_week="", per_week="5", until=""),
    "organisations": "organisation;name\ncore;Kernteam",
    "memberships": "member;party;role;hours_week\nvol;core;volunteer;8",
}
"""The eight hours stand with the membership in the core team."""


@pytest.mark.parametrize(("asked", "told"), [("8", ()), ("9", ("person:vol",))])
def test_S63_a_member_of_the_core_team_who_stands_for_more_is_told(
    asked: str, told: tuple[str, ...]
) -> None:
    """Nine standing hours of a membership of eight are told, whatever the talent says."""
    when = "Mon 09:00-18:00"
    found = run(MEMBER, needs=put(MEMBER["needs"], "n1", hours=asked, when=when))
    assert found.overloaded == told
    assert gap(found, "n2") == "no_hours"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("2026-W47;vol;cases;8", ()),
        ("2026-W47;vol;cases;11", ("person:vol",)),
        ("2026-W47;vol;cases;5\n2026-W47;vol;other;4", ("person:vol",)),
        ("2026-W46;vol;cases;5\n2026-W47;vol;cases;5", ()),
        ("2026-W40;vol;cases;30", ()),
    ],
)
def test_S63_more_hours_written_down_than_agreed_are_told(rows: str, told: tuple[str, ...]) -> None:
    """Formally eight, often more: what was written down of the last weeks is told, week by week."""
    found = run(MEMBER, team_hours=f"week;worker;purpose;hours\n{rows}")
    assert found.overloaded == told
    page = week_html(gather(found))
    assert ("meer uren dan bij het lidmaatschap" in page) is bool(told)


# --- S64: only in the hours of the part one plays ------------------------------------------------

CHURCH = {
    "people": """
        person;area;share;available
        asks;north;yes;
        vol;north;yes;Sun 09:00-18:00
        """,
    "talents": """
        talent;owner;category;role;available
        t1;vol;odd_job;volunteer;Tue 09:00-12:00
        """,
    "needs": """
        need;owner;category;talked;hours;when
        n1;asks;odd_job;yes;1;Sun 11:00-13:00
        """,
}
"""He goes to church on Sunday and is a volunteer on Tuesday morning."""


def test_S64_after_church_is_not_his_time() -> None:
    """A question for Sunday is not his, though he is about; on Tuesday it is."""
    assert gap(run(CHURCH), "n1") == "no_time"
    tuesday = put(CHURCH["needs"], "n1", when="Sun 11:00-13:00|Tue 11:00-13:00")
    assert moment(run(CHURCH, needs=tuesday), "n1") == "2026-11-24 11:00"
    any_time = put(CHURCH["needs"], "n1", when="")
    assert moment(run(CHURCH, needs=any_time), "n1") == "2026-11-24 09:00"


@pytest.mark.parametrize(("asked", "fits"), [("3", True), ("4", False)])
def test_S64_the_whole_job_lies_inside_his_hours(asked: str, fits: bool) -> None:
    """Three hours fill the morning exactly, four do not fit."""
    found = run(CHURCH, needs=put(CHURCH["needs"], "n1", hours=asked, when=""))
    assert (found.plan_for("n1") is not None) is fits


def test_S64_where_the_talent_says_nothing_his_own_time_counts() -> None:
    """Without hours of the part his own windows hold."""
    talents = put(CHURCH["talents"], "t1", available="")
    assert moment(run(CHURCH, talents=talents), "n1") == "2026-11-29 11:00"
    unknown = put(CHURCH["people"], "vol", available="")
    found = run(CHURCH, talents=talents, people=unknown)
    assert givers(found, "n1") == {"help": "vol"}
    assert "time_unknown" in found.plan_for("n1").legs[0].doubts


def test_S64_nobody_is_in_two_places_at_once() -> None:
    """Two talents of one person, one hour: one of the two questions."""
    people = more(CHURCH["people"], "also;north;yes;")
    talents = more(CHURCH["talents"], "t2;vol;shopping;volunteer;Tue 09:00-12:00")
    needs = """
        need;owner;category;talked;hours;when
        n1;asks;odd_job;yes;1;Tue 09:00-10:00
        n2;also;shopping;yes;1;Tue 09:00-10:00
        """
    talents = put(put(talents, "t1", until="2026-11-29"), "t2", until="2026-11-29")
    found = run(CHURCH, people=people, talents=talents, needs=needs)
    assert len(found.items) == len(unmet(found)) == 1
    later = put(needs, "n2", when="Tue 10:00-11:00")
    assert unmet(run(CHURCH, people=people, talents=talents, needs=later)) == set()


def test_S63_what_stands_takes_its_own_hour() -> None:
    """Shopping every Monday at ten: nothing else at that hour for either, an hour later is fine."""
    story = {
        **STANDING,
        "talents": more(
            "talent;owner;category;per_week",
            "t1;vol;shopping;5",
            "t2;vol;odd_job;5",
            "t3;c;odd_job;5",
        ),
        "needs": more(
            "need;owner;category;talked;hours;when;rrule",
            "n1;a;shopping;yes;1;Mon 10:00-11:00;elke maandag",
            "n2;b;odd_job;yes;1;{};",
        ),
    }
    own = {"talents": less(story["talents"], "t3")}
    for hour, fits in (("Mon 10:00-11:00", False), ("Mon 11:00-12:00", True)):
        needs = story["needs"].format(hour)
        helper = run(story, needs=needs, **own)
        asker = run(story, needs=put(needs, "n2", owner="a"), talents=less(story["talents"], "t2"))
        assert (helper.plan_for("n2") is not None) is fits
        assert (asker.plan_for("n2") is not None) is fits
        assert fits or gap(helper, "n2") == gap(asker, "n2") == "no_time"


# --- S11: turns ----------------------------------------------------------------------------------


def test_S11_visits_are_shared_between_the_members() -> None:
    """Three visits a week for five weeks, three who can: five turns each, none at the same time."""
    story = {
        "people": """
            person;area;share
            ill;north;yes
            m1;north;yes
            m2;north;yes
            m3;north;yes
            """,
        "talents": """
            talent;owner;category;per_week;available
            t1;m1;visit;3;Mon 14:00-16:00|Wed 14:00-16:00|Fri 14:00-16:00
            t2;m2;visit;3;Mon 14:00-16:00|Wed 14:00-16:00|Fri 14:00-16:00
            t3;m3;visit;3;Mon 14:00-16:00|Wed 14:00-16:00|Fri 14:00-16:00
            """,
        "needs": """
            need;owner;category;talked;hours;rrule
            n1;ill;visit;yes;1;"FREQ=WEEKLY;BYDAY=MO,WE,FR"
            """,
    }
    found = run(story)
    turns = Counter(part.provider for plan in found.items for part in plan.legs)
    assert turns == {"m1": 5, "m2": 5, "m3": 5}
    assert len({plan.occurrence.date() for plan in found.items}) == 15
    mondays = put(story["talents"], "t1", available="Mon 14:00-16:00")
    for plan in run(story, talents=mondays).items:
        assert plan.legs[0].provider != "m1" or plan.occurrence.weekday() == 0


def test_S11_turns_are_even_whoever_she_likes_best_and_whenever_they_can() -> None:
    """A friend of a friend comes no more often; who can on one day only takes that day."""
    story = {
        "people": """
            person;area;share
            ill;north;yes
            m1;north;yes
            m2;north;yes
            m3;north;yes
            friend;north;yes
            """,
        "ties": """
            a;b;kind
            ill;friend;friend
            friend;m1;friend
            """,
        "talents": """
            talent;owner;category;per_week;available
            t1;m1;visit;3;Mon 14:00-16:00|Wed 14:00-16:00|Fri 14:00-16:00
            t2;m2;visit;3;Mon 14:00-16:00|Wed 14:00-16:00|Fri 14:00-16:00
            t3;m3;visit;3;Mon 14:00-16:00
            """,
        "needs": """
            need;owner;category;talked;hours;rrule
            n1;ill;visit;yes;1;"FREQ=WEEKLY;BYDAY=MO,WE,FR"
            """,
    }
    found = run(story)
    turns = Counter(part.provider for plan in found.items for part in plan.legs)
    assert turns == {"m1": 5, "m2": 5, "m3": 5}
    assert faults(found) == []
    two = less(story["talents"], "t3")
    turns = Counter(part.provider for plan in run(story, talents=two).items for part in plan.legs)
    assert sorted(turns.values()) == [7, 8]


def test_S66_who_stops_soon_is_told_and_asked_nothing_after() -> None:
    """A helper leaves in two weeks: plans before that day carry the doubt, none comes after."""
    needs = """
        need;owner;category;talked;hours;rrule
        n1;asks;odd_job;yes;1;elke dinsdag
        """
    talents = put(put(CHURCH["talents"], "t1", until="2026-12-05"), "t1", term="short")
    found = run(CHURCH, needs=needs, talents=talents)
    days = sorted(plan.occurrence.date() for plan in found.items)
    assert days == [dt.date(2026, 11, 24), dt.date(2026, 12, 1)]
    assert all("stops_soon" in plan.legs[0].doubts for plan in found.items)
    assert len(run(CHURCH, needs=needs, talents=put(talents, "t1", until="")).items) == 5
