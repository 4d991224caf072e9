"""Rides: who could drive, and who fits in one car together."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import combinations, pairwise, permutations
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetmap.geo import Spot
from assetmap.model import Distances, Leg, Policy
from assetmap.plans.asking import opened
from assetmap.plans.rides import MOST_STOPS, Aboard, drivers, goes_anyway, maximal_sets
from tests.plans.small import (
    activity,
    arranged,
    ask,
    initiative,
    kept_apart,
    meeting,
    need,
    offer,
    person,
    place,
    scene,
    supply,
    talent,
    tie,
)

LADY = person("p1", walks_m=200)
GUEST = person("p2")
EVENING = activity("a1", area="south", rrule="FREQ=WEEKLY")
MEAL = need("n1", category="meal", wants="a1")
BASE = (LADY, GUEST, EVENING, MEAL)
OUT, BACK = Leg.RIDE_OUT, Leg.RIDE_BACK


def car(**cells):
    """A ride that p2 offers."""
    return talent("t1", "p2", "ride", **cells)


def who(*records, leg=OUT, policy=None):
    """Return who could drive p1 on Friday: provider and step."""
    at = scene(*records, policy=policy)
    found = drivers(at, ask(at), leg, meeting(at, "a1"), supply(at))
    return [(g.offer.provider, g.rung.value) for g in found]


def drives(*records, **told):
    """Say for which legs p2 could drive p1."""
    return [leg.value for leg in (OUT, BACK) if who(*records, leg=leg, **told)]


BOTH = ["ride_out", "ride_back"]


@pytest.mark.parametrize(("seats", "can"), [(2, BOTH), (None, BOTH), (0, [])])
def test_a_driver_needs_a_seat(seats, can):
    """Unknown is read as one, with a doubt."""
    assert drives(*BASE, car(seats=seats)) == can


@pytest.mark.parametrize(
    ("asker", "takes", "can"),
    [
        ("yes", "yes", BOTH),
        ("yes", "no", []),
        ("yes", None, []),
        ("no", "no", BOTH),
        (None, None, BOTH),
    ],
)
def test_a_wheelchair_needs_a_car_that_is_known_to_take_one(asker, takes, can):
    """Blank is not a yes here: nobody is left standing beside a car."""
    lady = person("p1", walks_m=0, wheelchair=asker)
    assert drives(lady, *BASE[1:], car(wheelchair=takes)) == can


@pytest.mark.parametrize(
    ("hours", "can"),
    [
        (None, BOTH),
        ("Fri 17:45-20:15", BOTH),
        ("Fri 17:45-18:00", ["ride_out"]),
        ("Fri 20:00-20:15", ["ride_back"]),
        ("Fri 18:00-20:00", []),
        ("Thu", []),
    ],
)
def test_a_driver_has_time_before_and_after(hours, can):
    """A quarter of an hour on each side; unknown hours are a doubt."""
    assert drives(*BASE, car(available=hours)) == can


@pytest.mark.parametrize(
    ("hours", "can"),
    [
        ("Fri 18:00-20:00", BOTH),
        ("Fri 17:45-18:00", ["ride_out"]),
        ("Fri 19:30-22:00", ["ride_back"]),
        ("Fri 18:00-19:00", []),
        ("Mon", []),
        (None, BOTH),
    ],
)
def test_who_goes_there_anyway_needs_just_the_hours_of_the_evening(hours, can):
    """Who is there from beginning to end travels there and back; own hours do not count."""
    guest = person("p2", available="Tue 9-10")
    assert drives(LADY, guest, EVENING, MEAL, car(going_to="a1", available=hours)) == can


def test_a_policy_sets_how_much_time_a_ride_takes():
    """Five minutes here."""
    short = Policy(ride_margin_minutes=5)
    assert drives(*BASE, car(available="Fri 17:55-20:05"), policy=short) == BOTH
    assert drives(*BASE, car(available="Fri 17:55-20:05")) == []


def test_who_goes_elsewhere_does_not_drive_here():
    """`going_to` names the only place."""
    assert drives(*BASE, activity("a2"), car(going_to="a2")) == []


@pytest.mark.parametrize(
    ("cells", "can"),
    [
        ({"areas": "north"}, BOTH),
        ({"areas": "south"}, []),
        ({"until": "2026-11-26"}, []),
        ({"from": "2026-11-28"}, []),
        ({"per_week": 0}, []),
        ({"term": "once"}, BOTH),
    ],
)
def test_a_driver_comes_where_and_while_they_say(cells, can):
    """Areas are those of who is fetched."""
    assert drives(*BASE, car(**cells)) == can


def test_a_driver_goes_no_further_than_they_say():
    """Neither to fetch somebody nor with them."""
    spots = {"p1": 155_000, "p2": 157_000, "a1": 158_000}
    people = (
        person("p1", area=None, x=spots["p1"], y=463_000, walks_m=0),
        person("p2", area=None, x=spots["p2"], y=463_000),
    )
    hall = place("h1", area=None, x=spots["a1"], y=463_000)
    evening = activity("a1", area=None, place="h1")
    can = [drives(*people, hall, evening, MEAL, car(max_km=km)) for km in (2.9, 3, None)]
    assert can == [[], BOTH, BOTH]


@pytest.mark.parametrize(
    ("records", "can"),
    [
        ((GUEST, kept_apart("p2", "p1")), []),
        ((GUEST, kept_apart("p2", "a1")), []),
        ((GUEST, initiative("i1"), kept_apart("p2", "i1")), BOTH),
        ((person("p2", share="no"),), []),
        ((person("p2", minor="yes"),), []),
    ],
)
def test_the_rules_for_people_hold_for_drivers(records, can):
    """Protection, sharing, age; also towards the activity they drive to."""
    assert drives(LADY, EVENING, MEAL, car(), *records) == can


def test_wishes_about_who_hold_for_drivers_and_wishes_about_what_do_not():
    """Not somebody known; but a driver belongs to no audience."""
    known = tie("p1", "p2")
    private = need("n1", category="meal", wants="a1", not_known="yes")
    assert drives(LADY, GUEST, EVENING, private, car(), known) == []
    assert drives(*BASE, car(), known) == BOTH
    women = activity("a1", area="south", audience="women", rrule="FREQ=WEEKLY")
    lady = person("p1", walks_m=200, groups="women")
    assert drives(lady, GUEST, women, MEAL, car()) == BOTH


def test_steps_of_drivers():
    """Somebody known, then who goes there anyway, then as what they drive."""
    assert who(*BASE, car(role="volunteer")) == [("p2", "volunteer")]
    assert who(*BASE, car(role="volunteer", going_to="a1")) == [("p2", "neighbour")]
    assert who(*BASE, car(role="volunteer", going_to="a1"), tie("p1", "p2")) == [
        ("p2", "own_network")
    ]


def test_going_anyway_is_said_or_follows_from_an_arrangement():
    """By `going_to`, or because one is brought there oneself, or brings somebody already."""
    at = scene(*BASE, car(going_to="a1"))
    assert goes_anyway(offer(at), meeting(at, "a1"), supply(at).busy)
    at = scene(*BASE, car())
    assert not goes_anyway(offer(at), meeting(at, "a1"), supply(at).busy)
    at = scene(*BASE, car(), talent("t2", "p2", "cook", going_to="a1"))
    assert goes_anyway(offer(at), meeting(at, "a1"), supply(at).busy)
    third = person("p3", walks_m=0), need("n3", "p3", "meal")
    rows = (
        arranged("r1", "ride_out", "p2", need="n3", talent="t1", activity="a1"),
        arranged("r2", "ride_back", "p2", need="n3", talent="t1", activity="a1"),
    )
    at = scene(*BASE, car(seats=2), *third, *rows)
    assert goes_anyway(offer(at), meeting(at, "a1"), supply(at).busy)


def test_a_standing_ride_leaves_the_other_seats():
    """With one seat the car is full, with two there is one left."""
    third = person("p3", walks_m=0), need("n3", "p3", "meal")
    rows = (
        arranged("r1", "ride_out", "p2", need="n3", talent="t1", activity="a1"),
        arranged("r2", "ride_back", "p2", need="n3", talent="t1", activity="a1"),
    )
    assert drives(*BASE, *third, *rows, car(seats=1)) == []
    assert drives(*BASE, *third, *rows, car(seats=2)) == BOTH


def test_doubts_about_a_driver():
    """What is unknown is asked, not assumed."""
    at = scene(*BASE, car())
    (giver,) = drivers(at, ask(at), OUT, meeting(at, "a1"), supply(at))
    assert {d.value for d in giver.doubts} == {"time_unknown", "seats_unknown", "not_met_before"}
    assert (giver.start, giver.end) == (
        dt.datetime(2026, 11, 27, 17, 45), dt.datetime(2026, 11, 27, 18),
    )  # fmt: skip


# --- one car for several ------------------------------------------------------------------


def _stops(homes):
    """Return the different known places; an unknown one makes nothing longer."""
    return list(dict.fromkeys(home for home in homes if home is not None))


coordinate = st.tuples(st.integers(0, 6), st.integers(0, 6))
places = st.one_of(st.none(), coordinate)


def _spot(at):
    if at is None:
        return Spot(None, None, None)
    return Spot(150_000 + at[0] * 1000, 460_000 + at[1] * 1000, None)


def _longest(homes, start, end):
    """Return the metres by which the best order is longer than driving straight; None: unknown."""
    points = _stops(homes)
    if start is None or end is None:
        return None
    ways = (
        sum(round(1000 * dist(a, b)) for a, b in pairwise((start, *order, end)))
        for order in permutations(points)
    )
    return min(ways) - round(1000 * dist(start, end))


@given(
    homes=st.lists(places, min_size=1, max_size=5),
    start=places,
    end=places,
    seats=st.integers(1, 5),
    apart=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=2),
    aboard=st.lists(coordinate, max_size=1),
    detour=st.sampled_from([0, 1500, 3000]),
)
def test_the_largest_sets_of_riders_are_those_of_all_sets(
    homes, start, end, seats, apart, aboard, detour
):
    """Every set is tried: it has seats, nobody is kept apart, and the detour is small."""
    names = [f"q{k}" for k in range(len(homes))]
    people = [*names, "q9"]
    pairs = {(a, b) for x, y in apart if x != y for a, b in [(f"q{min(x, y)}", f"q{max(x, y)}")]}
    pairs = {(a, b) for a, b in pairs if a in names and b in names}
    at = scene(
        *(person(n) for n in people),
        *(need(f"n-{n}", n, "meal") for n in names),
        *(kept_apart(a, b) for a, b in sorted(pairs)),
        GUEST,
        car(),
        policy=Policy(distances=Distances(detour_m=detour)),
    )
    asks = {a.need.owner: a for a in opened(at).asks}
    riders = [replace(asks[n], spot=_spot(h)) for n, h in zip(names, homes, strict=True)]
    there = tuple(Aboard("q9", _spot(h)) for h in aboard)
    driver = replace(offer(at), spot=_spot(start))
    found = maximal_sets(at, driver, riders, _spot(end), (seats, there))

    def fits(chosen):
        if len(chosen) > seats:
            return False
        if any((names[i], names[j]) in pairs for i, j in combinations(chosen, 2)):
            return False
        if len(chosen) == 1 and not there:
            return True
        stops = [homes[i] for i in chosen] + aboard
        if len(_stops(stops)) > MOST_STOPS:
            return False
        more = _longest(stops, start, end)
        return more is None or more <= detour

    every = [
        set(c) for size in range(1, len(homes) + 1) for c in combinations(range(len(homes)), size)
    ]
    # a set counts where all its parts fit as well
    wholly = [s for s in every if all(fits(tuple(sorted(t))) for t in every if t <= s)]
    largest = {tuple(sorted(s)) for s in wholly if not any(s < t for t in wholly)}
    assert set(found) == largest
    assert list(found) == sorted(found)
