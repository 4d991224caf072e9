"""An activity that requires a cook, a host or a party has no seats without one."""

from __future__ import annotations

import pytest

from assetmap.model import Membership, Organisation
from assetmap.plans.requirements import complete, missing
from tests.plans.small import (
    PAIR,
    activity,
    initiative,
    meeting,
    person,
    scene,
    talent,
)

CLUB = initiative("i1")
DINNER = activity("a1", initiative="i1", requires="cook:1")
MEMBER = Membership(member="p2", party="i1")
COOK = talent("t1", "p2", "cook")


def is_complete(*records, evening=DINNER):
    """Say whether the dinner on Friday has all it requires."""
    at = scene(*PAIR, CLUB, evening, *records)
    return complete(at, meeting(at, evening.activity))


def test_an_activity_that_requires_nothing_is_complete():
    """Blank is nothing."""
    assert is_complete(evening=activity("a1"))


def test_a_cook_who_belongs_to_the_initiative_is_enough():
    """Neither a cook who has nothing to do with it, nor a member who does not cook."""
    assert is_complete(COOK, MEMBER)
    assert not is_complete(COOK)
    assert not is_complete(MEMBER)
    assert not is_complete()


def test_a_cook_who_goes_there_anyway_or_that_the_initiative_has_is_enough():
    """So is a member whose part it is."""
    assert is_complete(talent("t1", "p2", "cook", going_to="a1"))
    assert is_complete(talent("t1", "i1", "cook"))
    assert is_complete(Membership(member="p2", party="i1", role="cook"))


def test_a_finer_category_will_do():
    """Who does the catering cooks; who cooks is not by that a host."""
    assert is_complete(talent("t1", "p2", "catering"), MEMBER)
    hosted = activity("a1", initiative="i1", requires="host:1")
    assert not is_complete(COOK, MEMBER, evening=hosted)


@pytest.mark.parametrize(
    ("available", "there"),
    [(None, True), ("Fri 17:00-21:00", True), ("Fri 19:00-21:00", False), ("Mon 9-12", False)],
)
def test_a_cook_who_is_known_to_be_away_does_not_count(available, there):
    """An unknown time is not held against anybody; the person's own hours count too."""
    assert is_complete(talent("t1", "p2", "cook", available=available), MEMBER) is there
    at = scene(person("p2", available=available), CLUB, DINNER, COOK, MEMBER)
    assert complete(at, meeting(at, "a1")) is there


def test_a_cook_or_a_membership_that_is_over_does_not_count():
    """On the day itself."""
    assert not is_complete(talent("t1", "p2", "cook", until="2026-11-26"), MEMBER)
    assert not is_complete(COOK, Membership(member="p2", party="i1", until="2026-11-26"))


def test_two_cooks_are_two_people():
    """Two talents of one person are one cook."""
    two = activity("a1", initiative="i1", requires="cook:2")
    other = talent("t2", "p1", "cook"), Membership(member="p1", party="i1")
    assert not is_complete(COOK, talent("t3", "p2", "catering"), MEMBER, evening=two)
    assert is_complete(COOK, MEMBER, *other, evening=two)


def test_a_party_has_to_belong_to_the_initiative():
    """The police at the neighbourhood evening."""
    police = Organisation(organisation="police", name="Police")
    evening = activity("a1", initiative="i1", requires="party:police:1")
    assert not is_complete(police, evening=evening)
    joined = Membership(member="police", party="i1")
    assert is_complete(police, joined, evening=evening)


def test_what_is_missing_is_told():
    """The requirement itself, not only that there is one."""
    both = activity("a1", initiative="i1", requires="cook:1 | host:1")
    at = scene(*PAIR, CLUB, both, COOK, MEMBER)
    assert [r.what for r in missing(at, meeting(at, "a1"))] == ["host"]
