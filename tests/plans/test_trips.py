"""Shared cars: one drive for several, one plan of the driver for there and back."""

from __future__ import annotations

import pytest

from assetmap.model import Distances, Membership, Organisation, Policy
from tests.plans.small import (
    activity,
    arranged,
    gives,
    initiative,
    kept_apart,
    need,
    person,
    place,
    reason,
    run,
    talent,
)

LADIES = tuple(person(f"p{k}", walks_m=100) for k in (1, 3, 4))
DRIVER = person("p2")
EVENING = activity("a1", area="south")
MEALS = tuple(
    need(f"n{k}", f"p{k}", "meal", wants="a1", urgency=u) for k, u in ((1, 5), (3, 4), (4, 3))
)
BASE = (*LADIES, DRIVER, EVENING, *MEALS)


def car(name="t1", owner="p2", **cells):
    """A ride."""
    return talent(name, owner, "ride", **cells)


def met(*records, policy=None):
    """Return the needs that have a plan."""
    return sorted(p.need for p in run(*records, policy=policy).items)


@pytest.mark.parametrize(("seats", "needs"), [(1, 1), (2, 2), (3, 3), (8, 3), (None, 1)])
def test_a_car_takes_as_many_as_it_has_seats(seats, needs):
    """The most urgent first; it is one plan of the driver's week however many ride along."""
    assert met(*BASE, car(seats=seats)) == ["n1", "n3", "n4"][:needs]


def test_there_and_back_by_one_driver_is_one_plan_a_week():
    """A second evening of that week is a second one."""
    later = activity("a2", area="south", start="2026-11-28 18:00")
    both = MEALS[0], need("n3", "p3", "meal", wants="a2")
    base = (*LADIES[:2], DRIVER, EVENING, later, *both)
    assert met(*base, car(seats=2)) == ["n1"]
    assert met(*base, car(seats=2, per_week=2)) == ["n1", "n3"]


def test_a_car_is_at_one_place_at_a_time():
    """Two evenings at one hour need two cars, also if the car is of an organisation."""
    other = activity("a2", area="south")
    waited = {"category": "meal", "since": "2026-01-01"}  # every step is open
    both = need("n1", wants="a1", **waited), need("n3", "p3", wants="a2", urgency=1, **waited)
    base = (*LADIES[:2], DRIVER, EVENING, other, *both)
    assert met(*base, car(seats=8, per_week=9)) == ["n1"]
    bus = Organisation(organisation="o1", name="x", kind="residents"), car(owner="o1", seats=8)
    assert met(*base, *bus) == ["n1"]
    assert met(*base, *bus, car("t2", seats=8)) == ["n1", "n3"]


def test_the_way_there_and_the_way_back_may_be_two_drivers():
    """Each gives one plan."""
    cars = car(available="Fri 17-19"), person("p5"), car("t2", "p5", available="Fri 19-21")
    found = run(LADIES[0], DRIVER, EVENING, MEALS[0], *cars)
    assert gives(found) == {"ride_out": "p2", "activity": "a1", "ride_back": "p5"}


def test_one_seat_back_brings_one_home():
    """Who would come one way only does not go; the missing part is told."""
    cars = car(seats=3, available="Fri 17-19"), person("p5")
    found = run(*BASE, *cars, car("t2", "p5", seats=1, available="Fri 19-21"))
    assert [p.need for p in found.items] == ["n1"]
    assert (reason(found, "n3"), reason(found, "n4")) == ("no_ride_back", "no_ride_back")


def test_nobody_shares_a_car_with_somebody_they_are_kept_from():
    """Nor an evening; with a second evening and a second drive both go."""
    apart = kept_apart("p1", "p3")
    assert met(*LADIES[:2], DRIVER, EVENING, *MEALS[:2], car(seats=3), apart) == ["n1"]
    weekly = activity("a1", area="south", rrule="FREQ=WEEKLY")
    assert met(*LADIES[:2], DRIVER, weekly, *MEALS[:2], car(seats=3), apart) == ["n1", "n3"]


def spread(east, **cells):
    """Two ladies, so many metres apart; the driver next to one, the evening a little further."""
    at = {"area": None, "y": 463_000}
    people = (
        person("p1", x=150_000, walks_m=0, **at),
        person("p3", x=150_000 - east, walks_m=0, **at),
        person("p2", x=150_000, **at),
    )
    hall = place("h1", x=151_000, **at), activity("a1", area=None, place="h1")
    return (*people, *hall, *MEALS[:2], car(seats=3, max_km=20, **cells))


@pytest.mark.parametrize(
    ("east", "detour", "needs"),
    [(1400, 3000, 2), (1500, 3000, 2), (1600, 3000, 1), (1600, 3200, 2)],
)
def test_a_shared_car_makes_no_large_detour(east, detour, needs):
    """Fetching the other takes twice the way to her."""
    policy = Policy(distances=Distances(detour_m=detour))
    assert len(met(*spread(east), policy=policy)) == needs


def test_a_bus_takes_a_whole_street():
    """Eight people of one area are one stop; five known places far apart are too many."""
    street = [person(f"q{k}", walks_m=100) for k in range(8)]
    asks = [need(f"m{k}", f"q{k}", "meal", wants="a1") for k in range(8)]
    assert len(met(*street, DRIVER, EVENING, *asks, car(seats=8))) == 8
    spots = [
        person(f"q{k}", area=None, x=150_000 + 200 * k, y=463_000, walks_m=0) for k in range(5)
    ]
    hall = place("h1", area=None, x=151_000, y=463_000), activity("a1", area=None, place="h1")
    driver = person("p2", area=None, x=150_000, y=463_000)
    assert len(met(*spots, driver, *hall, *asks[:5], car(seats=8))) == 4


@pytest.mark.parametrize(("hours", "needs"), [(0.5, 1), (0.4, 0), (0, 0), (None, 1)])
def test_rides_take_minutes_of_a_drivers_hours(hours, needs):
    """A quarter of an hour each way."""
    found = met(LADIES[0], DRIVER, EVENING, MEALS[0], car(hours_week=hours))
    assert len(found) == needs


def test_rides_take_minutes_of_what_a_volunteer_agreed_with_the_club():
    """Half an hour a week is enough for there and back; less is not."""
    for hours, needs in ((0.5, 1), (0.4, 0)):
        member = initiative("i1"), Membership(member="p2", party="i1", hours_week=hours)
        ride = car(role="volunteer")
        assert len(met(LADIES[0], DRIVER, EVENING, MEALS[0], *member, ride)) == needs


def test_a_standing_drive_costs_the_driver_nothing_more():
    """Who brings one lady each week has a seat for another without a second plan."""
    rows = [
        arranged("r1", "ride_out", "p2", talent="t1", activity="a1"),
        arranged("r2", "activity", "i1", activity="a1"),
        arranged("r3", "ride_back", "p2", talent="t1", activity="a1"),
    ]
    found = run(*LADIES[:2], DRIVER, EVENING, initiative("i1"), *MEALS[:2], car(seats=2), *rows)
    assert gives(found, "n3") == {"ride_out": "p2", "activity": "a1", "ride_back": "p2"}
    full = run(*LADIES[:2], DRIVER, EVENING, initiative("i1"), *MEALS[:2], car(seats=1), *rows)
    assert reason(full, "n3") == "no_ride_out"


def test_a_standing_drive_is_made_once():
    """One seat is left beside the lady who comes each week: one of two gets it."""
    rows = [
        arranged("r1", "ride_out", "p2", talent="t1", activity="a1"),
        arranged("r2", "activity", "i1", activity="a1"),
        arranged("r3", "ride_back", "p2", talent="t1", activity="a1"),
    ]
    found = run(*BASE, initiative("i1"), car(seats=2), *rows)
    assert sorted(p.need for p in found.items) == ["n1", "n3"]
    assert reason(found, "n4") == "no_ride_out"


def test_who_is_proposed_for_the_same_evening_goes_there_anyway():
    """A fellow guest drives as a neighbour, but only if they come themselves."""
    guest = need("n2", "p2", "meal", wants="a1")
    ride = car(role="volunteer", seats=2)
    found = run(LADIES[0], DRIVER, EVENING, MEALS[0], guest, ride)
    assert found.plan_for("n1").rung == "initiative"
    alone = run(LADIES[0], DRIVER, EVENING, MEALS[0], ride)
    assert alone.plan_for("n1").rung == "volunteer"
    full = activity("a1", area="south", capacity=1)
    one = run(LADIES[0], DRIVER, full, MEALS[0], guest, ride)
    assert len(one.items) == 1


def test_a_ride_and_a_seat_are_paid_from_one_purse():
    """Together they may not cost more than somebody can pay."""
    poor = need("n1", category="meal", wants="a1", fee_max_eur=5)
    dinner = activity("a1", area="south", fee_eur=3)
    costs = [
        met(LADIES[0], DRIVER, dinner, poor, car(fee_eur=fee, available=None)) for fee in (1, 1.01)
    ]
    assert costs == [["n1"], []]
