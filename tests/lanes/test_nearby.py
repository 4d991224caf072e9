"""Beside every question what is there already: talents and things to join."""

from __future__ import annotations

from typing import Any

import pytest

from assetmap.lanes.card import Card
from assetmap.lanes.nearby import Fitting, fitting
from assetmap.lanes.scene import scene_of
from assetmap.lanes.telling import card_lines
from assetmap.model import (
    Activity,
    Initiative,
    Lane,
    Need,
    Person,
    Place,
    Policy,
    Talent,
    Tie,
)
from tests.lanes.hoods import DAY, ago, hood_of


def _fitting(*records: Any, category: str = "shopping", area: str | None = "north") -> Fitting:
    return fitting(scene_of(hood_of(*records), DAY), category, area)


def _refs(found: Fitting) -> list[str]:
    return [near.ref for near in found.nearby]


def _offer(name: str, owner: str, category: str = "shopping", **cells: Any) -> Talent:
    return Talent(talent=name, owner=owner, category=category, **cells)


def test_those_of_the_area_first_then_what_fits_best() -> None:
    """Then by id; what does not answer the question is not there."""
    persons = [Person(person=f"p{n}", area=area) for n, area in enumerate(["south", "north", None])]
    offers = [
        _offer("t0", "p0"),
        _offer("t1", "p1", "pets"),
        _offer("t2", "p1", "dog_walking"),
        _offer("t3", "p2", "dog_walking"),
    ]
    assert _refs(_fitting(persons, offers, category="dog_walking")) == [
        "talent:t2",
        "talent:t1",
        "talent:t3",
    ]
    whole = _fitting(persons, offers, category="dog_walking", area=None)
    assert _refs(whole) == ["talent:t2", "talent:t3", "talent:t1"]


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        ({}, True),
        ({"share": "yes"}, True),
        ({"share": "team"}, True),
        ({"share": "no"}, False),
        ({"minor": "yes"}, False),
        ({"until": ago(1)}, False),
        ({"until": DAY}, True),
    ],
)
def test_who_is_named(cells: dict[str, Any], named: bool) -> None:
    """Whoever said no is not, nor anybody under age, nor who has left."""
    found = _fitting(Person(person="p1", **cells), _offer("t1", "p1"))
    assert found.talents == int(named)


def test_a_team_may_ask_young_people() -> None:
    """Where its settings say so."""
    hood = hood_of(Person(person="p1", minor="yes"), _offer("t1", "p1"))
    grown = hood.with_policy(Policy(minors=True, minor_categories=("shopping",)))
    assert fitting(scene_of(grown, DAY), "shopping", None).talents == 1
    assert fitting(scene_of(hood, DAY), "shopping", None).talents == 0


def test_what_is_over_or_still_to_come_is_not_near() -> None:
    """A talent of another time."""
    offers = [
        _offer("t1", "p1", until=ago(1)),
        _offer("t2", "p1", from_=ago(-1)),
        _offer("t3", "p1"),
    ]
    assert _refs(_fitting(Person(person="p1"), offers)) == ["talent:t3"]


def test_what_is_reserved_is_offered_by_professionals_only() -> None:
    """A resident with the same talent is not named for it."""
    persons = [Person(person="p1"), Person(person="w1", kind="worker")]
    offers = [_offer("t1", "p1", "debt_help"), _offer("t2", "w1", "debt_help")]
    assert _refs(_fitting(persons, offers, category="debt_help")) == ["talent:t2"]


def test_what_one_can_join() -> None:
    """Activities that are still held and initiatives that have not ended; in their area."""
    records = [
        Initiative(initiative="i1", name="Eetclub", kind="meal", area="north"),
        Initiative(initiative="i2", name="Weg", kind="meal", status="ended"),
        Initiative(initiative="i3", name="Stil", kind="meal", visible="no"),
        Place(place="house", area="north"),
        Activity(
            activity="a1",
            name="Samen eten",
            category="meal",
            place="house",
            start="2026-11-25 18:00",
        ),
        Activity(activity="a2", name="Geweest", category="meal", start="2026-11-20 18:00"),
        Activity(
            activity="a3",
            name="Elke week",
            category="meal",
            start="2026-01-20 18:00",
            rrule="FREQ=WEEKLY",
        ),
        Activity(
            activity="a4",
            name="Voorbij",
            category="meal",
            start="2026-01-20 18:00",
            rrule="FREQ=WEEKLY",
            until=ago(1),
        ),
    ]
    found = _fitting(records, category="meal")
    assert _refs(found) == ["activity:a1", "initiative:i1", "activity:a3", "initiative:i3"]
    assert found.to_join == ("Samen eten", "Eetclub", "Elke week")


def test_five_are_named_and_all_are_counted() -> None:
    """So that a card stays a card."""
    persons = [Person(person=f"p{n}", area="north") for n in range(8)]
    found = _fitting(persons, [_offer(f"t{n}", f"p{n}") for n in range(8)])
    assert (len(found.nearby), found.talents) == (5, 8)


def test_a_talent_about_safety_is_never_near() -> None:
    """It is taken out with everything else of its theme."""
    records = [Person(person="p1"), _offer("t1", "p1", "violence")]
    hood = hood_of(records, Need(need="n1", owner="p1", category="violence"))
    assert scene_of(hood, DAY).hood.talents == ()


def test_for_a_sensitive_question_only_who_is_outside_the_own_circle() -> None:
    """Professionals, and volunteers who live elsewhere and whom the asker does not know."""
    persons = [
        Person(person="asks", area="north", household="h1"),
        Person(person="home", area="south", household="h1"),
        Person(person="friend", area="south"),
        Person(person="once", area="south"),
        Person(person="near", area="north"),
        Person(person="unknown"),
        Person(person="far", area="south"),
        Person(person="w1", kind="worker", area="north"),
    ]
    helpers = [p.person for p in persons if p.person not in {"asks", "w1"}]
    offers = [_offer(f"t-{name}", name, role="volunteer") for name in helpers]
    offers += [_offer("t-w1", "w1"), _offer("t-next", "far", role="neighbour")]
    ties = [
        Tie(a="friend", b="asks", kind="friend"),
        Tie(a="asks", b="once", kind="friend", until=ago(1)),
    ]
    scene = scene_of(hood_of(persons, offers, ties), DAY)
    circle = scene.circle_of(["person:asks"])
    assert circle.people == {"person:asks", "person:home", "person:friend"}
    found = fitting(scene, "shopping", "north", outside=circle)
    assert _refs(found) == ["talent:t-w1", "talent:t-far", "talent:t-once"]
    assert fitting(scene, "shopping", "north").talents == len(offers)


def _told(found: Fitting) -> tuple[str, ...]:
    card = Card(card=None, lane=Lane.GAPS, what=None, nearby=found.nearby, talents=found.talents)
    return card_lines(card, "en")["nearby"]


def test_what_has_no_name_is_counted_and_not_listed() -> None:
    """Rooms are not called "room, room and room"; who has a name is said, once."""
    rooms = [Place(place=f"pl{n}", area="north") for n in range(4)]
    offers = [_offer(f"t{n}", f"pl{n}", "space") for n in range(4)]
    some = _fitting(rooms, offers, category="space")
    assert _told(some) == ("4 talents in the neighbourhood fit this.",)
    person = Person(person="p1", called="Ans", area="north", share="yes", ground="consent")
    twice = [_offer("t8", "p1", "space"), _offer("t9", "p1", "space")]
    (line,) = _told(_fitting(rooms, offers[:2], person, twice, category="space"))
    assert line == "4 talents fit this, such as Ans (room)."
