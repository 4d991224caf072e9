"""Where a made-up neighbourhood lies: areas on a grid, streets, places; all of it in a lake."""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt

from assetmap.model import Area, Place, Travel
from assetmap.synthetic.words import Words

__all__ = ["CELL", "Ground", "areas", "centres", "corner", "places", "travel"]

CELL = 400
"""Metres that an area is wide and deep."""
_WEST, _SOUTH = 143_000, 503_000
KINDS_OF_PLACE = 6
_SPACE_FOR = (
    ("company", "meal", "creative"),
    ("company", "creative"),
    ("homework", "language"),
    ("sport",),
    ("green", "garden"),
    ("language", "forms"),
)
_OWNERS = ("o3", "o6", "o7", "o3", "o4", "o3")
_STEP_FREE = (True, False, True, True, False, True)
_QUIET = (False, True, None, False, True, True)


@dataclass(frozen=True, slots=True)
class Ground:
    """How the neighbourhood is divided.

    Attributes
    ----------
    areas : int
        How many areas.
    streets_per_area, homes_per_street : int
        The rest is counted on from these.
    centres : int
        How many community centres.
    """

    areas: int
    streets_per_area: int
    homes_per_street: int
    centres: int

    def centre_of(self, area: int) -> int:
        """Return which community centre an area belongs to."""
        return area * self.centres // self.areas

    def area_of_centre(self, centre: int) -> int:
        """Return the area in which a centre stands."""
        return -(-centre * self.areas // self.centres)

    def street(self, number: int, words: Words) -> str:
        """Name a street, counted over the whole neighbourhood."""
        return f"{words.kept('streets', number)} {number + 1}"


def centres(residents: int) -> int:
    """Return how many community centres so many residents have."""
    return max(1, round(residents / 1200))


def cell(area: int) -> tuple[int, int]:
    """Return column and row of an area: a square that grows outwards, so that none ever moves."""
    ring = isqrt(area)
    at = area - ring * ring
    return (ring, at) if at <= ring else (2 * ring - at, ring)


def corner(area: int) -> tuple[int, int]:
    """Return the south-west point of an area, in RD metres."""
    column, row = cell(area)
    return _WEST + CELL * column, _SOUTH + CELL * row


def areas(ground: Ground, people: list[int], year: int, words: Words) -> list[Area]:
    """Make the areas: the whole, and its parts with what they border on."""
    at = {cell(area): area for area in range(ground.areas)}
    size = (CELL / 1000) ** 2
    found = [
        Area(
            area="whole",
            scheme="own",
            year=year,
            name=words.one("whole", 2) if words.hostile else words.kept("whole"),
            population=sum(people),
            km2=round(size * ground.areas, 2),
        )
    ]
    for area in range(ground.areas):
        column, row = cell(area)
        beside = [(column - 1, row), (column + 1, row), (column, row - 1), (column, row + 1)]
        found.append(
            Area(
                area=f"b{area + 1}",
                scheme="own",
                year=year,
                name=_numbered(words, area),
                parent="whole",
                population=people[area],
                km2=size,
                adjacent=tuple(f"b{at[spot] + 1}" for spot in beside if spot in at),
            )
        )
    return found


def _numbered(words: Words, area: int) -> str:
    names = 16
    again = area // names
    return words.one("areas", area) + (f" {again + 1}" if again else "")


def travel(ground: Ground, found: list[Place]) -> list[Travel]:
    """Make some distances of the team's own: from the areas of a centre to it, by the road."""
    made = []
    for area in range(ground.areas):
        centre = found[ground.centre_of(area) * KINDS_OF_PLACE]
        x, y = corner(area)
        metres = abs(x + CELL // 2 - (centre.x or x)) + abs(y + CELL // 2 - (centre.y or y))
        if area % 4 == 1:
            made.append(Travel(from_=f"b{area + 1}", to=centre.place, km=metres / 1000))
    return made


def places(ground: Ground, words: Words) -> list[Place]:
    """Make the places of every centre: a centre, a hall, a school and so on."""
    found = []
    for number in range(ground.centres * KINDS_OF_PLACE):
        centre, kind = divmod(number, KINDS_OF_PLACE)
        area = (ground.area_of_centre(centre) + kind // 2) % ground.areas
        x, y = corner(area)
        found.append(
            Place(
                place=words.id("pl", number),
                name=words.one("places", kind),
                area=f"b{area + 1}",
                x=x + 50 + 37 * kind,
                y=y + 60 + 29 * kind,
                step_free=_STEP_FREE[kind],
                quiet=_QUIET[kind],
                owner=_OWNERS[kind],
                manager="o2" if kind == 0 else _OWNERS[kind],
                space_for=_SPACE_FOR[kind],
            )
        )
    return found
