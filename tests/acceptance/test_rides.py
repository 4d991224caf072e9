"""The eetcafé: there with one, back with another, and from then on every week (S2, S3)."""

from __future__ import annotations

from pathlib import Path

import pytest

import assetmap
from assetmap.audit import faults
from assetmap.plans import PlanStatus
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

EVENING = {
    "people": """
        person;kind;area;walks_m;share
        lady;;north;200;yes
        other;;north;200;yes
        guest;;north;;yes
        ward;worker;;;yes
        """,
    "talents": """
        talent;owner;category;going_to;seats;available
        t1;ward;ride;eet;2;Thu 16:00-18:00
        t2;guest;ride;eet;1;Thu 19:30-22:00
        """,
    "needs": """
        need;owner;category;talked;wants
        n1;lady;meal;yes;eet
        """,
    "activities": """
        activity;name;category;area;start;minutes;rrule
        eet;Eetcafé;meal;south;2026-11-26 17:30;150;elke donderdag
        """,
}
"""A worker drives there before the meal, somebody who eats there drives home after it."""

THERE_AND_BACK = {"ride_out": "ward", "activity": "eet", "ride_back": "guest"}
TWO_LADIES = """
    need;owner;category;talked;wants;urgency
    n1;lady;meal;yes;eet;5
    n2;other;meal;yes;eet;2
    """


def test_S02_the_lady_goes_to_the_eetcafe_and_home_again() -> None:
    """One plan of three parts: out with the worker who goes anyway, home with another guest."""
    found = run(EVENING)
    assert givers(found, "n1") == THERE_AND_BACK
    assert [part.leg.value for part in the_plan(found, "n1").legs] == list(THERE_AND_BACK)
    assert moment(found, "n1") == "2026-11-26 17:30"


def test_S02_without_a_ride_home_there_is_no_plan_at_all() -> None:
    """The same evening without the guest: never a one-way plan, and the ride home is named."""
    found = run(EVENING, talents=less(EVENING["talents"], "t2"))
    assert gap(found, "n1") == "no_ride_back"
    assert found.gap_for("n1").leg == "ride_back"
    assert found.plans.empty


def test_S02_without_a_seat_in_the_car_home_there_is_no_plan() -> None:
    """A car without a free seat brings nobody home."""
    found = run(EVENING, talents=put(EVENING["talents"], "t2", seats="0"))
    assert gap(found, "n1") == "no_ride_back"


def test_S02_without_a_ride_there_there_is_no_plan() -> None:
    """The same evening without the worker."""
    found = run(EVENING, talents=less(EVENING["talents"], "t1"))
    assert gap(found, "n1") == "no_ride_out"


def test_S02_one_seat_home_is_not_enough_for_two() -> None:
    """Two ladies and one seat home: one goes whole, the other is told what is missing."""
    once = put(EVENING["activities"], "eet", rrule="")
    found = run(EVENING, needs=TWO_LADIES, activities=once)
    assert givers(found, "n1") == THERE_AND_BACK
    assert gap(found, "n2") == "no_ride_back"


def test_S02_two_seats_home_are_enough_for_two() -> None:
    """The same two ladies with a second seat home, in one car each way."""
    once = put(EVENING["activities"], "eet", rrule="")
    talents = put(EVENING["talents"], "t2", seats="2")
    found = run(EVENING, needs=TWO_LADIES, activities=once, talents=talents)
    assert givers(found, "n1") == givers(found, "n2") == THERE_AND_BACK


def test_S02_one_evening_out_answers_both_of_her_wishes() -> None:
    """She would like a meal, and company: the same evening, one seat home, and neither is unmet."""
    wishes = """
        need;owner;category;talked
        n1;lady;meal;yes
        n2;lady;company;yes
        """
    places = put(EVENING["activities"], "eet", capacity="3", rrule="")
    found = run(EVENING, needs=wishes, activities=places)
    assert unmet(found) == set()
    assert givers(found, "n1") == givers(found, "n2") == THERE_AND_BACK
    assert moment(found, "n1") == moment(found, "n2") == "2026-11-26 17:30"
    assert the_plan(found, "n1").also_answers == ("n2",)
    assert "ook een andere vraag van lady beantwoord" in " ".join(found.plans["why"])
    assert faults(found) == []


def test_S02_the_driver_of_one_wish_who_was_turned_down_for_the_other_brings_for_one() -> None:
    """What holds for the one question is not set aside for the other."""
    wishes = """
        need;owner;category;talked
        n1;lady;meal;yes
        n2;lady;company;yes
        """
    no = """
        plan;need;provider;date;decision
        n2-x-20261116;n2;guest;2026-11-18;no_more
        """
    found = run(EVENING, needs=wishes, decisions=no)
    assert givers(found, "n1") == THERE_AND_BACK
    assert gap(found, "n2") == "no_ride_back"
    assert faults(found) == []


def test_S02_who_goes_anyway_takes_a_seat_at_the_table() -> None:
    """Both drivers eat along: with three seats the lady fits, with two she does not."""
    three = run(EVENING, activities=put(EVENING["activities"], "eet", capacity="3"))
    two = run(EVENING, activities=put(EVENING["activities"], "eet", capacity="2"))
    assert givers(three, "n1") == THERE_AND_BACK
    assert gap(two, "n1") == "no_capacity"


def test_S02_who_can_walk_there_needs_no_ride() -> None:
    """In her own area, or without a known limit, she goes by herself."""
    near = put(EVENING["activities"], "eet", area="north")
    fit = put(EVENING["people"], "lady", walks_m="")
    assert givers(run(EVENING, activities=near), "n1") == {"activity": "eet"}
    assert givers(run(EVENING, people=fit), "n1") == {"activity": "eet"}


@pytest.mark.parametrize(("walks", "rides"), [(800, 2), (1000, 0), (0, 2)])
@pytest.mark.parametrize("initiative", ["", "cafe"])
def test_S02_measured_in_metres(walks: int, rides: int, initiative: str) -> None:
    """With points on a map the metres decide: the hall is 900 metres away."""
    people = f"""
        person;kind;x;y;walks_m;share
        lady;;155000;463000;{walks};yes
        guest;;155000;463100;;yes
        ward;worker;;;;yes
        """
    places = """
        place;x;y
        hall;155900;463000
        """
    activities = put(EVENING["activities"], "eet", area="", place="hall", initiative=initiative)
    story = {"people": people, "places": places, "initiatives": "initiative;name\ncafe;Eetcafé"}
    found = run(EVENING, **story, activities=activities)
    assert len(givers(found, "n1")) == 1 + rides


def test_S02_a_question_for_a_ride_to_an_activity_is_a_question_for_rides() -> None:
    """Whoever asks a ride to the eetcafé gets both rides, however far they can walk."""
    people = put(EVENING["people"], "lady", walks_m="")
    needs = put(EVENING["needs"], "n1", category="ride")
    assert givers(run(EVENING, people=people, needs=needs), "n1") == THERE_AND_BACK


def test_S02_hours_of_the_evening_are_enough_for_who_goes_anyway() -> None:
    """A guest who notes exactly the hours of the meal still comes and goes around it."""
    talents = """
        talent;owner;category;going_to;seats;available
        t2;guest;ride;eet;1;Thu 17:30-20:00
        """
    found = run(EVENING, talents=talents)
    assert givers(found, "n1") == {"ride_out": "guest", "activity": "eet", "ride_back": "guest"}
    away = run(EVENING, talents=talents.replace("Thu", "Wed"))
    assert gap(away, "n1") == "no_ride_out"


def test_S02_who_goes_anyway_comes_before_who_makes_the_trip_for_it() -> None:
    """A guest drives home, not a better placed neighbour who would come specially."""
    talents = more(EVENING["talents"], "t3;other;ride;;4;Thu 19:00-23:00")
    found = run(EVENING, talents=talents)
    assert givers(found, "n1") == THERE_AND_BACK
    alone = run(EVENING, talents=less(talents, "t2"))
    assert givers(alone, "n1") == {**THERE_AND_BACK, "ride_back": "other"}


def test_S02_a_fellow_guest_of_this_week_goes_anyway_as_well() -> None:
    """Somebody who is proposed for the same evening counts as going there anyway."""
    talents = """
        talent;owner;category;role;seats
        t2;guest;ride;volunteer;1
        t3;other;ride;volunteer;1
        """
    needs = more(EVENING["needs"], "n2;guest;meal;yes;eet")
    found = run(EVENING, talents=talents, needs=needs)
    plan = the_plan(found, "n1")
    assert {part.provider for part in plan.legs if part.talent} == {"guest"}
    assert {part.rung.value for part in plan.legs if part.talent} == {"neighbour"}


def test_S02_a_month_ahead_is_a_plan_and_a_year_ahead_is_a_date_that_comes() -> None:
    """An eetcafé three weeks away is planned; one beyond the horizon is named as coming."""
    meals = put(EVENING["activities"], "eet", rrule="", start="2026-12-17 17:30")
    three_weeks = run(EVENING, activities=meals)
    assert moment(three_weeks, "n1") == "2026-12-17 17:30"
    next_year = run(EVENING, activities=put(meals, "eet", start="2027-02-04 17:30"))
    assert gap(next_year, "n1") == "next_occurrence"
    assert str(next_year.gap_for("n1").next_date) == "2027-02-04"


def test_S02_a_wheelchair_needs_a_car_that_takes_one() -> None:
    """The return car takes no wheelchair, so there is no plan; with one that does there is."""
    people = """
        person;kind;area;walks_m;wheelchair;share
        lady;;north;0;yes;yes
        guest;;north;;;yes
        ward;worker;;;;yes
        """
    talents = """
        talent;owner;category;going_to;seats;wheelchair;available
        t1;ward;ride;eet;2;yes;Thu 16:00-18:00
        t2;guest;ride;eet;1;{};Thu 19:30-22:00
        """
    for takes_one in ("no", ""):
        found = run(EVENING, people=people, talents=talents.format(takes_one))
        assert gap(found, "n1") == "no_ride_back"
    assert givers(run(EVENING, people=people, talents=talents.format("yes")), "n1")


def test_S02_a_driver_goes_no_further_than_they_said() -> None:
    """From another area, 1.2 km away by the table of areas, one kilometre is too little."""
    areas = """
        area;adjacent
        north;south
        south;north
        """
    far = put(EVENING["talents"], "t2", max_km="3")
    near = put(EVENING["talents"], "t2", max_km="1")
    assert givers(run(EVENING, talents=far, areas=areas), "n1") == THERE_AND_BACK
    assert gap(run(EVENING, talents=near, areas=areas), "n1") == "no_ride_back"


def test_S02_a_driver_makes_one_trip_at_a_time() -> None:
    """Two evenings that begin at the same time: one car goes to one of them."""
    story = {
        **EVENING,
        "talents": """
            talent;owner;category;seats;per_week
            t2;guest;ride;3;5
            """,
        "activities": """
            activity;name;category;area;start;minutes
            eet;Eetcafé;meal;south;2026-11-26 17:30;150
            gym;Gym;sport;west;{}
            """,
        "needs": """
            need;owner;category;talked;wants;urgency
            n1;lady;meal;yes;eet;5
            n2;other;sport;yes;gym;2
            """,
    }
    there = run(story, activities=story["activities"].format("2026-11-26 17:30;90"))
    assert givers(there, "n1") == {"ride_out": "guest", "activity": "eet", "ride_back": "guest"}
    assert gap(there, "n2") == "no_ride_out"
    back = run(story, activities=story["activities"].format("2026-11-26 18:30;90"))
    assert gap(back, "n2") in {"no_ride_out", "no_ride_back"}
    next_day = run(story, activities=story["activities"].format("2026-11-27 17:30;90"))
    assert givers(next_day, "n2") == {"ride_out": "guest", "activity": "gym", "ride_back": "guest"}


def test_S02_who_says_to_go_far_may_go_far() -> None:
    """Fifteen kilometres is far, but she and the driver both said thirty is fine."""
    story = {
        "people": """
            person;x;y;walks_m
            lady;155000;463000;200
            guest;155000;463200;
            """,
        "places": "place;x;y\nhall;170000;463000",
        "activities": put(EVENING["activities"], "eet", area="", place="hall"),
        "talents": "talent;owner;category;seats;max_km\nt1;guest;ride;1;30",
        "needs": "need;owner;category;talked;max_km\nn1;lady;meal;yes;30",
    }
    assert givers(run(story), "n1")["ride_out"] == "guest"
    assert gap(run(story, needs=put(story["needs"], "n1", max_km="10")), "n1") == "too_far"
    short = put(story["talents"], "t1", max_km="10")
    assert gap(run(story, talents=short), "n1") == "no_ride_out"


def test_S02_from_files_with_the_rows_of_both_frames(tmp_path: Path) -> None:
    """The same story through CSV files; the tables of results hold a row per part."""
    found = assetmap.propose(files(tmp_path, EVENING), WEEK)
    told = found.plans.set_index("leg")
    assert told["provider"].to_dict() == THERE_AND_BACK
    assert set(told["occurrence"]) == {"2026-11-26 17:30"}
    assert found.unmet.empty


def test_S02_from_files_in_dutch(tmp_path: Path) -> None:
    """Dutch headings and words, and a car home without a seat."""
    tables = {
        "mensen": """
            nummer;soort;buurt;loopt;delen
            lady;bewoner;north;200;ja
            guest;bewoner;north;;ja
            ward;werker;;;ja
            """,
        "talenten": """
            nummer;wie;aanbod;gaat al naar;zitplaatsen;beschikbaar
            t1;ward;rit;eet;2;do 16:00-18:00
            t2;guest;rit;eet;0;do 19:30-22:00
            """,
        "vragen": """
            nummer;vrager;vraag;besproken;wil naar
            n1;lady;eten;ja;eet
            """,
        "activiteiten": """
            nummer;naam;categorie;buurt;begin;minuten;herhaling
            eet;Eetcafé;eetcafé;south;26-11-2026 17:30;150;elke donderdag
            """,
    }
    found = assetmap.propose(files(tmp_path, tables), WEEK)
    assert found.unmet.set_index("need")["reason"].to_dict() == {"n1": "no_ride_back"}
    assert set(found.unmet["leg"]) == {"ride_back"}
    tables["talenten"] = tables["talenten"].replace("eet;0;", "eet;1;")
    assert givers(assetmap.propose(files(tmp_path, tables), WEEK), "n1") == THERE_AND_BACK


# --- and from then on every week -----------------------------------------------------------------

EVERY_WEEK = {
    **EVENING,
    "talents": """
        talent;owner;category;going_to;seats
        t1;ward;ride;eet;1
        t2;guest;ride;eet;1
        """,
    "arrangements": """
        arrangement;need;leg;provider;talent;activity;since
        r1;n1;ride_out;guest;t2;eet;2026-11-12
        r2;n1;ride_back;guest;t2;eet;2026-11-12
        """,
}
"""What was agreed after the first evening: the guest brings her there and back."""

BOTH_WAYS = {"ride_out": "guest", "activity": "eet", "ride_back": "guest"}
BY_THE_WORKER = {"ride_out": "ward", "activity": "eet", "ride_back": "ward"}
GUEST_GONE = put(EVENING["people"], "guest", until="2026-11-20")


def test_S03_what_was_agreed_stands_and_is_not_proposed_again() -> None:
    """Both rides by the guest, the worker's part is gone, and nothing is weighed anew."""
    found = run(EVERY_WEEK)
    plan = the_plan(found, "n1")
    assert plan.status is PlanStatus.STANDING
    assert givers(found, "n1") == BOTH_WAYS
    assert {p.status for p in found.items} == {PlanStatus.STANDING}


def test_S03_next_week_brings_the_same() -> None:
    """A week later the same plan stands for the next evening."""
    found = run(EVERY_WEEK, week="2026-W49")
    assert givers(found, "n1") == BOTH_WAYS
    assert moment(found, "n1") == "2026-12-03 17:30"


def test_S03_the_seat_in_the_car_is_taken() -> None:
    """Another lady cannot have the guest's only seat; with a second seat she can."""
    needs = more(EVERY_WEEK["needs"], "n2;other;meal;yes;eet")
    one = less(EVERY_WEEK["talents"], "t1")
    found = run(EVERY_WEEK, needs=needs, talents=one)
    assert givers(found, "n1") == BOTH_WAYS
    assert gap(found, "n2") in {"no_ride_out", "no_ride_back"}
    two = run(EVERY_WEEK, needs=needs, talents=put(one, "t2", seats="2"))
    assert givers(two, "n2") == BOTH_WAYS


def test_S03_the_car_is_taken_also_where_no_talent_is_named() -> None:
    """An agreement that names only the driver takes up the driver's own car."""
    needs = more(EVERY_WEEK["needs"], "n2;other;meal;yes;eet")
    one = less(EVERY_WEEK["talents"], "t1")
    bare = EVERY_WEEK["arrangements"].replace(";t2;", ";;")
    found = run(EVERY_WEEK, needs=needs, talents=one, arrangements=bare)
    assert the_plan(found, "n1").status is PlanStatus.STANDING
    assert gap(found, "n2") in {"no_ride_out", "no_ride_back"}


def test_S03_the_seat_at_the_table_is_taken() -> None:
    """Guest, worker and lady have a seat; a fourth fits at a table of four and not of three."""
    story = {
        **EVERY_WEEK,
        "needs": more(EVERY_WEEK["needs"], "n2;near;meal;yes;eet"),
        "people": more(EVERY_WEEK["people"], "near;;south;;yes"),
    }
    four = run(story, activities=put(EVENING["activities"], "eet", capacity="4"))
    three = run(story, activities=put(EVENING["activities"], "eet", capacity="3"))
    assert givers(four, "n2") == {"activity": "eet"}
    assert gap(three, "n2") == "no_capacity"
    assert givers(three, "n1") == BOTH_WAYS


def test_S03_the_first_evening_being_done_does_not_end_the_agreement() -> None:
    """She came once and that was noted as done; she keeps coming."""
    decisions = """
        plan;need;date;decision
        n1-first-20261105;n1;2026-11-06;done
        """
    found = run(EVERY_WEEK, decisions=decisions)
    assert givers(found, "n1") == BOTH_WAYS
    assert the_plan(found, "n1").status is PlanStatus.STANDING


@pytest.mark.parametrize(
    "change",
    [
        {"people": GUEST_GONE},
        {"people": put(EVERY_WEEK["people"], "guest", share="no")},
        {"talents": put(EVERY_WEEK["talents"], "t2", until="2026-11-19")},
        {
            "decisions": """
                plan;need;provider;date;decision
                n1-x-20261119;n1;guest;2026-11-20;no_more
                """
        },
    ],
    ids=["moved away", "shares no more", "no car any more", "no more"],
)
def test_S03_when_the_guest_drops_out_the_rides_open_again(change: dict[str, str]) -> None:
    """The rides fall away, are told as stopped, and another driver is proposed for them."""
    found = run(EVERY_WEEK, **change)
    assert set(found.stopped) == {"r1", "r2"}
    plans = [plan for plan in found.items if plan.need == "n1"]
    assert plans, found.gap_for("n1")
    for plan in plans:
        assert plan.status is PlanStatus.PROPOSED
        assert {p.leg.value: p.provider for p in plan.legs} == BY_THE_WORKER


def test_S03_who_lost_a_ride_comes_before_a_new_question() -> None:
    """The worker's one seat on the last evening goes to her, not to a more urgent new question."""
    needs = """
        need;owner;category;talked;wants;urgency
        n1;lady;meal;yes;eet;1
        n2;other;meal;yes;eet;4
        """
    story = {
        **EVERY_WEEK,
        "people": GUEST_GONE,
        "needs": needs,
        "activities": put(EVENING["activities"], "eet", until="2026-11-27"),
    }
    found = run(story)
    assert givers(found, "n1") == BY_THE_WORKER
    assert unmet(found) == {"n2"}
    new = run(story, arrangements=less(EVERY_WEEK["arrangements"], "r1", "r2"))
    assert givers(new, "n2") == BY_THE_WORKER
    assert unmet(new) == {"n1"}


def test_S03_an_agreement_that_names_only_the_rides_is_about_where_the_car_goes() -> None:
    """The rows leave the activity blank; the guest goes to the eetcafé, so that is meant."""
    bare = EVERY_WEEK["arrangements"].replace(";eet;", ";;")
    found = run(EVERY_WEEK, arrangements=bare)
    assert givers(found, "n1") == BOTH_WAYS
    assert moment(found, "n1") == "2026-11-26 17:30"
    needs = more(EVERY_WEEK["needs"], "n2;other;meal;yes;eet")
    one = less(EVERY_WEEK["talents"], "t1")
    taken = run(EVERY_WEEK, arrangements=bare, needs=needs, talents=one)
    assert gap(taken, "n2") in {"no_ride_out", "no_ride_back"}


def test_S03_every_other_week_is_every_other_week() -> None:
    """An agreement for every second evening stands on those evenings only."""
    rule = "FREQ=WEEKLY;INTERVAL=2"
    second = put(put(EVERY_WEEK["arrangements"], "r1", rrule=rule), "r2", rrule=rule)
    assert moment(run(EVERY_WEEK, arrangements=second), "n1") == "2026-11-26 17:30"
    next_week = run(EVERY_WEEK, arrangements=second, week="2026-W49")
    days = {
        f"{plan.occurrence:%m-%d}" for plan in next_week.items if plan.status is PlanStatus.STANDING
    }
    assert days == {"12-10"}


def test_S03_who_moved_away_is_no_longer_fetched() -> None:
    """The lady herself left: no plan, standing or new, and a worker to close the question."""
    gone = put(EVENING["people"], "lady", until="2026-11-20")
    for arrangements in (EVERY_WEEK["arrangements"], less(EVERY_WEEK["arrangements"], "r1", "r2")):
        found = run(EVERY_WEEK, people=gone, arrangements=arrangements)
        assert found.items == ()
        assert gap(found, "n1") == "ended"


def test_S03_one_ride_agreed_is_not_a_plan() -> None:
    """With only the ride home agreed the rest is sought around it, never left out."""
    found = run(EVERY_WEEK, arrangements=less(EVERY_WEEK["arrangements"], "r1"))
    for plan in (p for p in found.items if p.need == "n1"):
        assert {p.leg.value: p.provider for p in plan.legs}.keys() == BOTH_WAYS.keys()
        assert plan.leg("ride_back").provider == "guest"
    assert any(p.need == "n1" for p in found.items)


def test_S03_an_activity_that_stopped_is_told() -> None:
    """The initiative ended: her question is not silently dropped."""
    initiatives = """
        initiative;name;status
        i1;Eetcafé;ended
        """
    activities = put(EVENING["activities"], "eet", initiative="i1")
    ended = run(EVERY_WEEK, initiatives=initiatives, activities=activities)
    assert gap(ended, "n1") == "ended"
    runs = put(initiatives, "i1", status="running")
    assert givers(run(EVERY_WEEK, initiatives=runs, activities=activities), "n1")
