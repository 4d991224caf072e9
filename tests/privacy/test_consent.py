"""Who may be proposed to whom: sharing, its ground, its review date, and the teams."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest

from assetmap.model import Initiative, Neighbourhood, Organisation, Person
from assetmap.privacy import SharingScope, may_propose, sharing_of, teams_of

TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("share", "ground", "review_on", "scope", "reason"),
    [
        ("yes", "consent", None, "everybody", "said_yes"),
        ("yes", "consent", "2026-11-24", "everybody", "said_yes"),
        ("yes", "consent", "2026-11-23", "everybody", "said_yes"),
        ("yes", "consent", "2026-11-22", "team", "review_due"),
        ("yes", None, None, "everybody", "no_ground"),
        ("yes", None, "2026-11-22", "team", "review_due"),
        ("team", "consent", None, "team", "said_team"),
        (None, "consent", None, "team", "not_asked"),
        (None, None, None, "team", "not_asked"),
        ("no", "consent", None, "nobody", "said_no"),
        ("no", None, "2026-11-22", "nobody", "said_no"),
    ],
)
def test_sharing_is_read_with_care(
    share: str | None, ground: str | None, review_on: str | None, scope: str, reason: str
) -> None:
    """Blank is never yes; a passed review date narrows yes; a missing ground is told."""
    person = Person(person="p1", share=share, ground=ground, review_on=review_on)
    found = sharing_of(person, asof=TODAY)
    assert (found.scope.value, found.reason.value) == (scope, reason)
    assert found.said("nl") != found.said("en")


def test_nobody_is_proposed_further_than_the_scope_allows() -> None:
    """Everybody: to any team; team: to the own team; nobody: to none."""
    people = {
        SharingScope.EVERYBODY: Person(person="p1", share="yes", ground="consent"),
        SharingScope.TEAM: Person(person="p2"),
        SharingScope.NOBODY: Person(person="p3", share="no"),
    }
    for (scope, person), own, to in product(people.items(), ("a", "b", None), ("a", "b", None)):
        allowed = may_propose(person, own_team=own, to_team=to, asof=TODAY)
        same = own == to or None in (own, to)
        expected = scope is SharingScope.EVERYBODY or (scope is SharingScope.TEAM and same)
        assert allowed is expected, (scope, own, to)


def two_teams() -> Neighbourhood:
    return Neighbourhood.from_records(
        Person(person="w1", kind="worker", team="north"),
        Person(person="w2", kind="worker", team="south"),
        Person(person="p1", worker="w1"),
        Person(person="p2", worker="w2"),
        Person(person="p3"),
        Organisation(organisation="south"),
        Organisation(organisation="club", parent="south"),
        Organisation(organisation="other"),
        Initiative(initiative="i1", name="A", manager="p1"),
        Initiative(initiative="i2", name="B", manager="i1"),
        Initiative(initiative="i3", name="C", host="club"),
        Initiative(initiative="i4", name="D", manager="other"),
        Initiative(initiative="i5", name="E", manager="i6"),
        Initiative(initiative="i6", name="F", manager="i5"),
    )


def test_a_team_is_found_by_way_of_worker_manager_and_host() -> None:
    """The team of a worker, of who is known to one, and of what one of them runs."""
    assert dict(teams_of(two_teams())) == {
        "person:w1": "north",
        "person:w2": "south",
        "person:p1": "north",
        "person:p2": "south",
        "initiative:i1": "north",
        "initiative:i2": "north",
        "initiative:i3": "south",
    }


def test_a_worker_without_a_team_is_a_team_of_one() -> None:
    """Two workers who filled in no team are not taken to be colleagues."""
    hood = Neighbourhood.from_records(
        Person(person="w1", kind="worker"),
        Person(person="w2", kind="worker"),
        Person(person="p1", worker="w1"),
        Initiative(initiative="i1", name="A", manager="w2"),
    )
    teams = teams_of(hood)
    assert teams["person:p1"] == teams["person:w1"] != teams["initiative:i1"]


def test_in_the_starter_everybody_may_be_proposed_within_the_team_that_holds_it() -> None:
    """The starter workbook names no worker and no team: blank share does not stop a proposal."""
    hood = Neighbourhood.from_records(Person(person="p1"), Initiative(initiative="i1", name="A"))
    teams = teams_of(hood)
    assert teams == {}
    assert may_propose(hood.people[0], own_team=None, to_team=None, asof=TODAY)
