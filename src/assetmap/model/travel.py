"""The team's own distances: a row per pair of areas and places, from a table or a function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import permutations
from math import isfinite
from typing import TYPE_CHECKING, ClassVar

from assetmap.errors import UnknownName, UnusableInput
from assetmap.geo import Spot
from assetmap.model.cells import Number, Text
from assetmap.model.record import Record, col

if TYPE_CHECKING:
    from assetmap.geo import Shapes
    from assetmap.model.places import Area, Place

__all__ = ["OwnDistances", "Travel", "distances_of", "travel_rows"]

OwnDistances = Callable[[Spot, Spot], float | None] | Mapping[tuple[str, str], float]
"""Distances in metres: of two spots, or per pair of ids of areas and places."""

_ENDS = ("areas", "places")


class Travel(Record):
    """How far it is from one area or place to another, by the team's own measure."""

    table: ClassVar[str] = "travel"

    from_: Text = col("An area or place.", default=..., refers_to=_ENDS, soft=True)
    to: Text = col("An area or place.", default=..., refers_to=_ENDS, soft=True)
    km: Number = col(
        "How far; it counts for the way back as well, unless that has a row too.",
        default=...,
        unit="km",
        least=0,
    )


def distances_of(
    rows: Iterable[Travel], areas: Iterable[Area], places: Iterable[Place]
) -> dict[tuple[str, str], int]:
    """Return the metres per pair; an area is its id, a place ``place:`` and its id.

    Parameters
    ----------
    rows : iterable of Travel
        The distances.
    areas, places : iterable of records
        What the ends can be; a bare id of both is the area.

    Examples
    --------
    >>> distances_of([Travel(from_="north", to="south", km=1.25)], [], [])
    {('north', 'south'): 1250}
    """
    here, there = {a.area for a in areas}, {p.place for p in places}

    def end(ref: str) -> str:
        kind, mark, name = ref.partition(":")
        if mark and kind == "area" and name in here:
            return name
        return f"place:{ref}" if ref in there and ref not in here else ref

    return {(end(row.from_), end(row.to)): round(row.km * 1000) for row in rows}


def travel_rows(
    own: OwnDistances, areas: Iterable[Area], places: Iterable[Place], shapes: Shapes
) -> tuple[Travel, ...]:
    """Write a team's own distances as rows.

    Parameters
    ----------
    own : mapping or callable
        Metres per pair of ids; or a function of two spots that returns metres, or None where it
        does not know. A function is asked once for every pair of different areas and places, both
        ways. The spot of an area is the middle of its outline, where there is one.
    areas, places : iterable of records
        The ends.
    shapes : Shapes
        Outlines of areas.

    Raises
    ------
    UnknownName
        When a pair names something that is no area or place.
    UnusableInput
        When a distance is negative, or not a number.
    """
    ends = dict(_ends(areas, places, shapes))
    if callable(own):
        pairs = permutations(sorted(ends), 2)
        found = {pair: own(ends[pair[0]], ends[pair[1]]) for pair in pairs}
    else:
        found = {(_known(a, ends), _known(b, ends)): own[a, b] for a, b in sorted(own)}
    return tuple(
        Travel(from_=one, to=other, km=_kilometres(metres))
        for (one, other), metres in found.items()
        if metres is not None
    )


def _ends(
    areas: Iterable[Area], places: Iterable[Place], shapes: Shapes
) -> Iterator[tuple[str, Spot]]:
    """Yield every end as it is written in the table, with where it is."""
    names = set()
    for area in areas:
        x, y = shapes[area.area].centre if area.area in shapes else (None, None)
        names.add(area.area)
        yield area.area, Spot(x, y, area.area)
    for place in places:
        double = place.place in names
        name = f"place:{place.place}" if double else place.place
        yield name, Spot(place.x, place.y, place.area, place.place)


def _known(name: str, ends: Mapping[str, Spot]) -> str:
    bare = name.partition(":")[2] if name.startswith(("area:", "place:")) else name
    for written in (name, bare):
        if written in ends:
            return written
    raise UnknownName(f"There is no area or place with the id {name!r}.")


def _kilometres(metres: float) -> float:
    if not isfinite(metres) or metres < 0:
        raise UnusableInput("A distance in travel must be a number of metres, 0 or more.")
    return round(metres) / 1000
