"""What a place has to be like for whoever asks: without steps, quiet."""

from __future__ import annotations

import pytest

from assetmap.audit import faults
from assetmap.plans import Doubt
from tests.plans.small import (
    activity,
    initiative,
    need,
    person,
    place,
    plan,
    reason,
    removed,
    run,
    scene,
    talent,
    weighed,
)

SEEKS = need("n1", "i1", "space")
QUIET = activity("a1", initiative="i1", setting="quiet")


def room(**cells):
    """Return a place that lends itself as a room."""
    return place("hall", space_for="space", manager="p1", **cells)


@pytest.mark.parametrize(
    ("club", "evening", "cells"),
    [
        ({"accessible": "yes"}, activity("a1", initiative="i1"), {"step_free": "no"}),
        ({}, QUIET, {"quiet": "no"}),
    ],
)
def test_an_initiative_gets_a_room_that_suits_who_comes(club, evening, cells):
    """Open to people with a disability: no steps; with a quiet activity: a quiet room."""
    rows = (person("p1"), initiative("i1", **club), evening, SEEKS)
    found = run(*rows, room(**cells))
    assert reason(found) == "not_accessible"
    assert removed(weighed(scene(*rows, room(**cells)))) == {"accessible": 1}
    assert faults(found) == []
    suits = run(*rows, room(**dict.fromkeys(cells, "yes")))
    assert plan(suits).legs[0].provider == "hall"
    assert faults(suits) == []


def test_what_is_not_known_of_a_room_is_asked():
    """Blank is unknown: the room is proposed, with the question beside it."""
    club = initiative("i1", accessible="yes")
    found = run(person("p1"), club, QUIET, room(), SEEKS)
    asked = {doubt for leg in plan(found).legs for doubt in leg.doubts}
    assert {Doubt.STEP_FREE_UNKNOWN, Doubt.QUIET_UNKNOWN} <= asked


def test_other_questions_of_an_initiative_are_not_about_a_room():
    """Who comes to help has no need of a way in without steps."""
    shed = place("shed", step_free="no", quiet="no")
    digs = talent("t1", "p1", "garden", place="shed")
    club = initiative("i1", accessible="yes")
    found = run(person("p1"), club, QUIET, shed, digs, need("n1", "i1", "garden"))
    assert plan(found).legs[0].provider == "p1"
    assert faults(found) == []


@pytest.mark.parametrize("cells", [{"step_free": "no"}, {"step_free": "yes"}])
def test_a_person_gets_a_room_that_they_can_get_into(cells):
    """A wheelchair and a step do not go together, whoever lends the room."""
    asker = person("p1", wheelchair="yes")
    found = run(
        asker, person("p2"), place("hall", space_for="space", **cells), need("n1", "p1", "space")
    )
    assert (found.gap_for("n1") is None) == (cells["step_free"] == "yes")
    assert faults(found) == []
