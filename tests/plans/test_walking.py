"""Who cannot get to a place on their own."""

from __future__ import annotations

import pytest

from assetmap.plans.walking import needs_ride
from tests.plans.small import activity, arranged, initiative, need, person, place, scene, talent

MEAL = need("n1", category="meal")


def rides(asker, *records, asked=MEAL, evening=None):
    """Say whether an asker needs a ride to activity a1."""
    at = scene(asker, evening or activity("a1"), asked, *records)
    where = at.spot(at.hood.index["activities"]["a1"])
    return needs_ride(at, asked, at.people.get(asker.person), where)


@pytest.mark.parametrize(("walks", "needed"), [(None, False), (0, True), (899, True), (900, False)])
def test_metres_decide_where_they_are_known(walks, needed):
    """Blank is no limit known; the hall is 900 metres away."""
    asker = person("p1", area=None, x=155_000, y=463_000, walks_m=walks)
    hall = place("h1", area=None, x=155_900, y=463_000)
    assert rides(asker, hall, evening=activity("a1", area=None, place="h1")) is needed


@pytest.mark.parametrize(
    ("area", "walks", "needed"),
    [
        ("north", 5000, True),
        ("south", 100, False),
        ("north", None, False),
        (None, 100, True),
    ],
)
def test_with_only_areas_known_another_area_is_too_far_to_walk(area, walks, needed):
    """Wherever a walking limit is filled in, however large it is."""
    asker = person("p1", area=area, walks_m=walks)
    assert rides(asker, evening=activity("a1", area="south")) is needed


def test_to_a_place_that_is_not_known_nobody_needs_a_ride():
    """Nothing says that it is far."""
    assert not rides(person("p1", walks_m=100), evening=activity("a1", area=None))


SOUTH = activity("a1", area="south")
ASKER = person("p1", walks_m=100)


def test_who_offers_rides_has_a_car():
    """They drive themselves."""
    assert rides(ASKER, evening=SOUTH)
    assert not rides(ASKER, talent("t1", "p1", "ride"), evening=SOUTH)


def test_who_asks_a_ride_needs_one_however_far_they_walk():
    """So does who has one by arrangement."""
    anywhere = person("p1")
    for category in ("ride", "hospital_ride"):
        assert rides(anywhere, asked=need("n1", category=category))
    assert not rides(anywhere)
    drives = arranged("r1", "ride_out", "p2", activity="a1")
    assert rides(anywhere, person("p2"), drives)
    comes = arranged("r1", "activity", "i1", activity="a1")
    assert not rides(anywhere, initiative("i1"), comes)


def test_an_initiative_needs_no_ride():
    """Only people are brought."""
    at = scene(SOUTH, MEAL, person("p1"))
    assert not needs_ride(at, MEAL, None, at.spot(SOUTH))
