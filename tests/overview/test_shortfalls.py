"""What is offered and asked by area and category: what is unused, and what is not met."""

from __future__ import annotations

import datetime as dt

import pytest

from assetmap import overview
from assetmap.model import (
    Activity,
    Arrangement,
    Initiative,
    Need,
    Neighbourhood,
    Person,
    Place,
    Talent,
)
from assetmap.privacy import Audience, release
from assetmap.synthetic import neighbourhood

DAY = dt.date(2026, 11, 23)
PEOPLE = [Person(person="p1", area="north"), Person(person="p2", area="south"), Person(person="p3")]


def _talent(talent: str, owner: str, category: str, **cells: object) -> Talent:
    return Talent(talent=talent, owner=owner, category=category, **cells)


def _need(need: str, owner: str, category: str, **cells: object) -> Need:
    return Need(need=need, owner=owner, category=category, **cells)


def _arranged(need: str, provider: str, **cells: object) -> Arrangement:
    given = {"arrangement": f"r-{need}-{provider}", "leg": "help", "since": "2026-01-01"}
    return Arrangement(need=need, provider=provider, **{**given, **cells})


def test_talents_and_needs_stand_by_area_and_category() -> None:
    """By hand; the area is that of the owner, an initiative's that of its place."""
    hood = Neighbourhood.from_records(
        *PEOPLE,
        Place(place="l1", name="Buurthuis", area="south"),
        Initiative(initiative="i1", name="De Tafel", place="l1"),
        _talent("t1", "p1", "garden"),
        _talent("t2", "i1", "meal"),
        _talent("t3", "p3", "garden"),
        _need("n1", "p2", "garden"),
        _need("n2", "p1", "ride"),
        _need("n3", "p1", "violence"),
    )
    found = overview.gaps(hood, asof=DAY)
    told = {cell: n for cell, n in found.talents.cells.items() if n}
    assert told == {("north", "garden"): 1, ("south", "meal"): 1, ("unknown", "garden"): 1}
    assert {cell for cell, n in found.needs.cells.items() if n} == {
        ("south", "garden"),
        ("north", "ride"),
    }
    assert found.nobody_offers == (("north", "ride"),)
    assert found.unused_talents == ("t1", "t2", "t3")
    assert found.unmet_needs == ("n1", "n2")


@pytest.mark.parametrize(
    ("arrangement", "unused", "unmet"),
    [
        (_arranged("n1", "p1", talent="t1"), ("t2",), ()),
        (_arranged("n1", "p1"), ("t2",), ()),
        (_arranged("n1", "person:p1"), ("t2",), ()),
        (_arranged("n1", "p1", talent="t2"), ("t1",), ()),
        (_arranged("n1", "p2"), ("t1", "t2"), ()),
        (_arranged("n1", "p1", until="2026-11-22"), ("t1", "t2"), ("n1",)),
        (_arranged("n1", "p1", since="2026-11-24"), ("t1", "t2"), ("n1",)),
        (_arranged("n1", "a1", activity="a1", leg="activity"), ("t1", "t2"), ()),
    ],
)
def test_an_arrangement_that_is_live_uses_a_talent_and_meets_a_need(
    arrangement: Arrangement, unused: tuple[str, ...], unmet: tuple[str, ...]
) -> None:
    """The talent that it names, or what its provider offers that answers the need."""
    hood = Neighbourhood.from_records(
        *PEOPLE,
        Activity(activity="a1", name="Tuin", category="garden", start="2026-11-27 10:00"),
        _talent("t1", "p1", "garden"),
        _talent("t2", "p1", "meal"),
        _need("n1", "p2", "garden"),
        arrangement,
    )
    found = overview.gaps(hood, asof=DAY)
    assert (found.unused_talents, found.unmet_needs) == (unused, unmet)
    assert found.unused.total == len(unused)
    assert found.unmet.total == len(unmet)


def test_what_is_over_or_still_to_come_does_not_count() -> None:
    """A talent that ended, a need that was closed, a need of tomorrow."""
    hood = Neighbourhood.from_records(
        *PEOPLE,
        _talent("t1", "p1", "garden", until="2026-11-22"),
        _need("n1", "p2", "garden", closed_on="2026-11-23"),
        _need("n2", "p2", "garden", since="2026-11-24"),
    )
    found = overview.gaps(hood, asof=DAY)
    assert (found.talents.total, found.needs.total, found.nobody_offers) == (0, 0, ())


@pytest.mark.parametrize(
    ("when", "parts"),
    [
        ("ma 09:00-12:00", {"weekday_morning"}),
        ("ma 09:00-12:01", {"weekday_morning", "weekday_afternoon"}),
        ("vr 18:00-za 01:00", {"weekday_evening", "weekend_night"}),
        ("zo 22:00-ma 07:00", {"weekend_evening", "weekday_night", "weekday_morning"}),
        (None, {"unknown"}),
    ],
)
def test_time_is_told_by_part_of_the_week(when: str | None, parts: set[str]) -> None:
    """Each part in which some of the time lies; the owner's times where the talent has none."""
    for own, owner in ((when, None), (None, when)):
        person = Person(person="p1", available=owner)
        hood = Neighbourhood.from_records(person, _talent("t1", "p1", "garden", available=own))
        table = overview.gaps(hood, asof=DAY).talents_when
        assert set(table.rows) == parts
        assert {table.cells[part, "garden"] for part in parts} == {1}


def test_a_need_without_a_time_is_asked_for_any_time() -> None:
    """Blank is any time, and not unknown."""
    hood = Neighbourhood.from_records(
        *PEOPLE, _need("n1", "p1", "garden"), _need("n2", "p1", "ride", when="za 10:00-11:00")
    )
    table = overview.gaps(hood, asof=DAY).needs_when
    assert {cell for cell, n in table.cells.items() if n} == {
        ("any_time", "garden"),
        ("weekend_morning", "ride"),
    }


def test_the_tables_add_up() -> None:
    """In a made-up neighbourhood: unused is part of what is offered, unmet of what is asked."""
    hood = neighbourhood(residents=60, seed=3, weeks=4)
    found = overview.gaps(hood, asof=DAY)
    for part, whole in ((found.unused, found.talents), (found.unmet, found.needs)):
        assert all((n or 0) <= (whole.cells[cell] or 0) for cell, n in part.cells.items())
    assert found.unused.total == len(found.unused_talents or ())
    assert found.unmet.total == len(found.unmet_needs or ())


def test_small_counts_and_who_it_is_stay_inside() -> None:
    """Outside the team one need is not shown."""
    hood = Neighbourhood.from_records(*PEOPLE, _need("n1", "p2", "garden"))
    outside = release(overview.gaps(hood, asof=DAY), Audience.COUNCIL).value
    assert outside.needs.total is None
    assert (outside.unmet_needs, outside.nobody_offers) == (None, None)
