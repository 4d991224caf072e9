"""What the team knows about distances decides whether something is near enough."""

from __future__ import annotations

from typing import Any

import pytest

import assetmap
from assetmap import Area, Need, Neighbourhood, Place, Policy, Talent, Travel
from assetmap.audit import faults
from assetmap.geo import Shape, Shapes
from assetmap.model import Distances, Record
from tests.plans.small import WEEK, person, worker

WEST = ((5.38, 52.15), (5.39, 52.15), (5.39, 52.16), (5.38, 52.16), (5.38, 52.15))
EAST = tuple((lon + 0.01, lat) for lon, lat in WEST)


def street(*more: Record, distances: Distances | None = None, **cells: Any) -> Neighbourhood:
    """Somebody of the north asks for shopping; somebody of the south shops within 2 km."""
    return Neighbourhood.from_records(
        Area(area="north", adjacent="south"),
        Area(area="south", adjacent="north"),
        worker("w", area="north"),
        person("asker", area="north", worker="w"),
        person("giver", area="south", worker="w"),
        Talent(talent="t1", owner="giver", category="shopping", max_km=2),
        Need(
            need="n1", owner="asker", category="shopping", talked="yes", since="2026-01-05", **cells
        ),
        *more,
        policy=Policy(distances=distances or Distances()),
    )


def met(hood: Neighbourhood) -> bool:
    proposals = assetmap.propose(hood, week=WEEK)
    assert faults(proposals) == []
    return not proposals.plans.empty


def test_own_distances_decide_before_the_areas() -> None:
    """Side by side is 1.2 km by itself; the team knows that one must go round by the bridge."""
    assert met(street())
    assert not met(street(Travel(from_="north", to="south", km=3.5)))
    assert met(street(Travel(from_="north", to="south", km=1.9)))


def test_there_and_back_may_differ() -> None:
    """From the asker to the giver counts; the other row is the way back."""
    there, back = Travel(from_="north", to="south", km=1), Travel(from_="south", to="north", km=9)
    assert met(street(there, back))
    assert not met(street(there.replace(km=9), back.replace(km=1)))


def test_own_distances_from_python_are_the_same() -> None:
    """A mapping and a function lead to the same proposals as the rows of the table."""
    assert not met(street().with_travel({("north", "south"): 3500}))
    assert not met(street().with_travel(lambda *_: 3500.0))
    assert met(street().with_travel(lambda *_: None))


@pytest.mark.parametrize(("km", "near"), [(1.5, True), (2.5, False)])
def test_a_place_can_be_measured_by_itself(km: float, near: bool) -> None:
    """The distance to the place where it happens goes before that to its area."""
    hood = street(
        Place(place="shop", area="south"),
        Travel(from_="north", to="place:shop", km=km),
        Travel(from_="north", to="south", km=1),
    )
    talents = [t.replace(place="shop") for t in hood.talents]
    others = [
        r for table in ("people", "areas", "places", "needs", "travel") for r in hood.table(table)
    ]
    assert met(Neighbourhood.from_records(*others, *talents, policy=hood.policy)) is near


def test_the_map_can_measure_between_areas() -> None:
    """With by_map the middles count, some 680 metres; without it, or a map, the steps do."""
    shapes = Shapes.of([Shape("north", ((WEST,),)), Shape("south", ((EAST,),))])
    far = {"adjacent_m": 4000}
    assert not met(street(distances=Distances(**far)).with_shapes(shapes))
    assert met(street(distances=Distances(**far, by_map=True)).with_shapes(shapes))
    assert not met(street(distances=Distances(**far, by_map=True)))


def test_without_own_distances_nothing_changes(root: Any) -> None:
    """The map of the bundled neighbourhood is for drawing: steps over areas keep counting."""
    hood = assetmap.read(root / "examples" / "buurthuis")
    assert hood.distances == {}
    assert len(hood.shapes) == 6
    assert not hood.policy.distances.by_map
