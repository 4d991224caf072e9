"""What there is to join, when, for what price, and what it cannot do without."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from assetmap import Neighbourhood
from assetmap.audit import faults
from assetmap.schedule import occurrences
from tests.acceptance.stories import gap, givers, less, moment, more, put, rows, run, the_plan

# --- S44: two Fridays a month for 7 euro ---------------------------------------------------------

COOKING = {
    "people": """
        person;area
        asks;north
        """,
    "initiatives": """
        initiative;name
        dads;Vaders
        """,
    "activities": """
        activity;initiative;name;category;area;start;minutes;rrule;capacity;fee_eur
        dine;dads;Diner;cooking_evening;north;2026-01-09 18:00;180;elke 2e en 4e vrijdag;20;7,00
        """,
    "needs": """
        need;owner;category;talked;fee_max_eur
        n1;asks;meal;yes;10
        """,
}


def dates(table: str, activity: str, first: dt.date, last: dt.date) -> list[dt.date]:
    """Return the days of an activity from the first up to the last."""
    (row,) = (
        row
        for row in Neighbourhood.from_rows(
            {"activities": rows(table), "initiatives": rows(COOKING["initiatives"])}
        ).activities
        if row.activity == activity
    )
    found = occurrences(
        row.start,
        rrule=row.rrule,
        after=dt.datetime.combine(first, dt.time.min),
        before=dt.datetime.combine(last, dt.time.min),
        until=row.until,
        exceptions=row.except_ or (),
    )
    return [moment.date() for moment in found]


@pytest.mark.parametrize(
    "rule",
    ["elke 2e en 4e vrijdag", "FREQ=MONTHLY;BYDAY=2FR,4FR", "2e en 4e vrijdag van de maand"],
)
def test_S44_two_fridays_in_every_month(rule: str) -> None:
    """Exactly two dates in each of twelve months, all on a Friday."""
    table = put(COOKING["activities"], "dine", rrule=rule)
    found = dates(table, "dine", dt.date(2026, 1, 1), dt.date(2027, 1, 1))
    assert {day.weekday() for day in found} == {4}
    assert [sum(day.month == month for day in found) for month in range(1, 13)] == [2] * 12


@pytest.mark.parametrize(
    ("budget", "fits"), [("0", False), ("6,99", False), ("7", True), ("", True)]
)
def test_S44_the_price_is_told_and_no_budget_is_no_silent_match(budget: str, fits: bool) -> None:
    """Seven euro: within the budget a plan with that doubt, over it a barrier with the price."""
    found = run(COOKING, needs=put(COOKING["needs"], "n1", fee_max_eur=budget))
    if fits:
        assert moment(found, "n1") == "2026-11-27 18:00"
        assert "costs_money" in the_plan(found, "n1").legs[0].doubts
    else:
        assert gap(found, "n1") == "fee_over_budget"
        missing = found.gap_for("n1")
        assert (missing.closest, missing.price) == ("dine", "7.00")


def test_S44_a_free_table_elsewhere_comes_instead() -> None:
    """The budget is nothing; another meal costs nothing."""
    meals = more(COOKING["activities"], "soup;dads;Soep;meal;north;2026-11-25 12:00;60;;20;0")
    found = run(COOKING, activities=meals, needs=put(COOKING["needs"], "n1", fee_max_eur="0"))
    assert givers(found, "n1") == {"activity": "dads"}
    assert the_plan(found, "n1").legs[0].activity == "soup"


# --- S46: six activities of one initiative -------------------------------------------------------

SIX = """
    activity;initiative;name;category;area;start;minutes;rrule;status;until
    lang;dads;Taalles;language_lessons;north;2026-09-01 10:00;90;elke dinsdag;running;
    music;dads;Muziekles;music_lessons;north;2026-09-02 15:00;60;om de week woensdag;running;
    home;dads;Huiswerk;homework_support;north;2026-09-03 15:00;60;elke donderdag;running;
    fix;dads;Repaircafé;repair_cafe;north;2026-09-19 10:00;120;derde zaterdag van de maand;running;
    flea;dads;Rommelmarkt;flea_market;north;2026-12-19 10:00;240;;planned;
    women;dads;Vrouwenmiddag;women_afternoon;north;2026-11-15 14:00;120;;past;
    """
"""The week of the story is 23 to 29 November 2026."""


@pytest.mark.parametrize(
    ("wish", "first"),
    [
        ("lang", "2026-11-24 10:00"),
        ("music", "2026-11-25 15:00"),
        ("home", "2026-11-26 15:00"),
        ("fix", "2026-12-19 10:00"),
        ("flea", "2026-12-19 10:00"),
    ],
)
@pytest.mark.parametrize("by", ["category", "wants"])
def test_S46_each_activity_has_its_own_dates(wish: str, first: str, by: str) -> None:
    """Each under the one initiative, on its own first day from this week on."""
    hood = Neighbourhood.from_rows(
        {"activities": rows(SIX), "initiatives": rows(COOKING["initiatives"])}
    )
    needs = put(COOKING["needs"], "n1", category=hood.index["activities"][wish].category)
    if by == "wants":
        needs = put(COOKING["needs"], "n1", wants=wish)
    found = run(COOKING, activities=SIX, needs=needs)
    assert the_plan(found, "n1").legs[0].activity == wish
    assert moment(found, "n1") == first


def test_S46_what_is_past_is_not_matched() -> None:
    """The afternoon was last week: ended; had it been this week it would have been proposed."""
    needs = put(COOKING["needs"], "n1", wants="women")
    assert gap(run(COOKING, activities=SIX, needs=needs), "n1") == "ended"
    without_status = put(SIX, "women", status="")
    assert gap(run(COOKING, activities=without_status, needs=needs), "n1") == "ended"
    this_week = put(SIX, "women", status="planned", start="2026-11-29 14:00")
    assert moment(run(COOKING, activities=this_week, needs=needs), "n1") == "2026-11-29 14:00"


def test_S46_what_is_planned_is_matched_from_its_date_on() -> None:
    """Weekly from the 19th of December: not a day sooner, and before that a date to wait for."""
    weekly = put(SIX, "flea", rrule="elke zaterdag")
    needs = put(COOKING["needs"], "n1", wants="flea")
    assert moment(run(COOKING, activities=weekly, needs=needs), "n1") == "2026-12-19 10:00"
    early = run(COOKING, activities=weekly, needs=needs, week="2026-W44")
    assert gap(early, "n1") == "next_occurrence"
    assert early.gap_for("n1").next_date == dt.date(2026, 12, 19)
    assert "flea" not in early.plans.to_csv()


# --- S85: the calendar of a quarter --------------------------------------------------------------

QUARTER = """
    activity;name;category;start;rrule
    coffee;Koffieochtend;coffee_morning;2026-01-07 10:00;om de week woensdag
    dine;Kookavond;cooking_evening;2026-01-09 18:00;elke 2e en 4e vrijdag
    drop;Inloop;drop_in;2026-01-06 14:00;eerste dinsdag van de maand
    fix;Repaircafé;repair_cafe;2026-01-17 10:00;derde zaterdag van de maand
    hands;Helpende handen;helping_hands_group;2026-01-29 17:00;laatste donderdag van de maand
    """


@pytest.mark.parametrize("quarter", range(8))
def test_S85_a_quarter_has_the_right_number_of_each(quarter: int) -> None:
    """Coffee 6 or 7 times, the kitchen 6, and three times each of what is monthly."""
    years, place = divmod(quarter, 4)
    first = dt.date(2026 + years, 3 * place + 1, 1)
    last = dt.date(first.year + (place == 3), (first.month + 2) % 12 + 1, 1)
    counts = {
        name: len(dates(QUARTER, name, first, last))
        for name in ("coffee", "dine", "drop", "fix", "hands")
    }
    assert counts.pop("coffee") in {6, 7}
    assert counts == {"dine": 6, "drop": 3, "fix": 3, "hands": 3}


def test_S85_a_day_off_is_one_less() -> None:
    """An exception takes one date away, an end all that follow."""
    first, last = dt.date(2026, 10, 1), dt.date(2027, 1, 1)
    usual = dates(QUARTER, "coffee", first, last)
    off = dates(put(QUARTER, "coffee", **{"except": "2026-12-23"}), "coffee", first, last)
    assert set(usual) - set(off) == {dt.date(2026, 12, 23)}
    ended = dates(put(QUARTER, "coffee", until="2026-10-31"), "coffee", first, last)
    assert ended == [day for day in usual if day.month == 10]


# --- S12 and S48: not without a host, a listening ear, a party -----------------------------------

DROP_IN = {
    "people": """
        person;area;share
        asks;north;yes
        ear;north;yes
        """,
    "initiatives": """
        initiative;name
        house;Buurthuis
        """,
    "organisations": """
        organisation;name
        police;Politie
        homes;Woningcorporatie
        """,
    "activities": """
        activity;initiative;name;category;area;start;minutes;rrule;requires
        drop;house;Inloop;drop_in;north;2026-11-24 14:00;120;elke dinsdag;listening:1
        """,
    "talents": """
        talent;owner;category;available
        t1;ear;listening;Tue 13:00-17:00
        """,
    "memberships": """
        member;party;role
        ear;house;volunteer
        """,
    "needs": """
        need;owner;category;talked;wants
        n1;asks;company;yes;drop
        """,
}


def test_S12_a_drop_in_has_seats_only_with_a_listening_ear() -> None:
    """A volunteer of the house with that talent is there; away, or not of the house: a gap."""
    assert givers(run(DROP_IN), "n1") == {"activity": "house"}
    away = put(DROP_IN["talents"], "t1", available="Wed 13:00-17:00")
    other = put(DROP_IN["talents"], "t1", category="garden")
    for change in (
        {"talents": away},
        {"talents": other},
        {"memberships": less(DROP_IN["memberships"], "ear")},
        {"activities": put(DROP_IN["activities"], "drop", requires="listening:2")},
    ):
        found = run(DROP_IN, **change)
        assert gap(found, "n1") == "activity_incomplete"
        assert found.gap_for("n1").closest == "drop"


def test_S12_who_comes_anyway_is_there_as_well() -> None:
    """Not a member, but noted as going there."""
    talents = put(DROP_IN["talents"], "t1", going_to="drop")
    found = run(DROP_IN, talents=talents, memberships=less(DROP_IN["memberships"], "ear"))
    assert givers(found, "n1") == {"activity": "house"}


def test_S12_every_drop_in_has_a_listening_ear_or_a_gap() -> None:
    """Two volunteers in turns on every Tuesday; from when both are away, a gap for each date."""
    talents = more(DROP_IN["talents"], "t2;second;listening;Tue 13:00-17:00")
    people = more(DROP_IN["people"], "second;north")
    members = more(DROP_IN["memberships"], "second;house;volunteer")
    told = {"talents": talents, "people": people, "memberships": members, "needs": "need;owner"}
    found = run(DROP_IN, **told)
    turns = Counter(name for duty in found.roster for name in duty.people)
    assert [duty.missing for duty in found.roster] == [0] * 5
    assert sorted(turns.values()) == [2, 3]
    assert faults(found) == []
    away = put(put(talents, "t1", until="2026-12-02"), "t2", until="2026-12-09")
    found = run(DROP_IN, **{**told, "talents": away})
    assert [duty.missing for duty in found.roster] == [0, 0, 0, 1, 1]
    assert [duty.people for duty in found.roster[2:]] == [("second",), (), ()]
    assert faults(found) == []


def test_S48_a_party_that_is_missing_is_a_gap_on_every_date() -> None:
    """Police is there every month, housing is not: named for each date."""
    activities = put(DROP_IN["activities"], "drop", requires="party:police:1|party:homes:1")
    members = more("member;party;role", "police;house;")
    found = run(DROP_IN, activities=activities, memberships=members, needs="need;owner")
    assert {duty.party: duty.missing for duty in found.roster} == {"police": 0, "homes": 1}
    assert len({duty.start for duty in found.roster if duty.missing}) == 5


def test_S48_an_open_hour_needs_all_its_parties() -> None:
    """Police and housing: with one of them missing there is no open hour."""
    activities = put(DROP_IN["activities"], "drop", requires="party:police:1|party:homes:1")
    one = more("member;party;role", "police;house;")
    both = more(one, "homes;house;")
    missing = run(DROP_IN, activities=activities, memberships=one)
    assert gap(missing, "n1") == "activity_incomplete"
    assert givers(run(DROP_IN, activities=activities, memberships=both), "n1") == {
        "activity": "house"
    }


# --- S19: moving together ------------------------------------------------------------------------


def test_S19_to_move_more_a_group_comes_before_one_to_one() -> None:
    """A walking club and a neighbour who walks: the club, unless it is full."""
    story = {
        "people": DROP_IN["people"],
        "talents": "talent;owner;category\nt1;ear;walk",
        "activities": """
            activity;name;category;area;start;minutes;rrule;capacity
            club;Wandelclub;walking_club;north;2026-11-24 10:00;90;elke dinsdag;8
            """,
        "needs": "need;owner;category;talked\nn1;asks;walk;yes",
    }
    assert givers(run(story), "n1") == {"activity": "club"}
    full = put(story["activities"], "club", capacity="0")
    assert givers(run(story, activities=full), "n1") == {"help": "ear"}
