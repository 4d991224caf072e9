"""Who cannot get to a place on their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.geo import Spot
from assetmap.model import Leg

if TYPE_CHECKING:
    from assetmap.model import Need, Person
    from assetmap.plans.scene import Scene

__all__ = ["RIDES", "needs_ride"]

RIDES = frozenset({Leg.RIDE_OUT, Leg.RIDE_BACK})


def needs_ride(scene: Scene, need: Need, person: Person | None, where: Spot) -> bool:
    """Say whether somebody needs a ride to a place, there and back.

    That is when the distance is over what they can walk (with only areas known: when a walking
    limit is filled in and the area differs), or when a ride is just what they ask or was arranged.
    Somebody who offers rides has a car.
    """
    if person is None:
        return False
    if "ride" in (need.category, *scene.tree.ancestors(need.category)):
        return True
    if any(row.leg in RIDES for row in scene.arrangements.get(need.need, ())):
        return True
    if person.walks_m is None or person.person in scene.car_owners:
        return False
    spot = scene.spot(person)
    if spot.x is None or where.x is None:
        return where.area is not None and spot.area != where.area
    metres = scene.geography.metres(spot, where)
    return metres is not None and metres > person.walks_m
