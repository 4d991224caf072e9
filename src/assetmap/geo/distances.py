"""How far apart spots are: the team's own distances, the straight line, or the areas."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from math import isfinite, isqrt
from types import MappingProxyType

from assetmap.errors import UnusableInput
from assetmap.geo.coordinates import check_rd, nearest, rd_from_wgs84, rounded
from assetmap.geo.spots import Spot

__all__ = ["Geography", "Travel"]

Travel = Callable[[Spot, Spot], float | None] | Mapping[tuple[str, str], float]
"""Somebody's own distances in metres: a function of two spots, or a mapping of pairs of ids."""


@dataclass(frozen=True, slots=True, eq=False)
class Geography:
    """How far apart spots are, with coordinates where there are any and with areas otherwise.

    Attributes
    ----------
    adjacent_areas : Mapping of str to frozenset of str
        The areas that border on each area, made symmetric.
    within_m : int
        Distance in metres within one area, when coordinates are missing; default 400.
    adjacent_m : int
        Distance in metres to an adjacent area, when coordinates are missing; default 1200.
        Further areas are as many times that as there are steps from area to area.
    travel : callable, mapping or None
        The team's own distances in metres, which come first: a function of two spots, or a
        mapping of pairs of ids: of areas and places, or those that are given to `metres`. A pair
        counts in both directions unless the other direction is there too. What it does not know
        (None, or absent) is worked out as usual.
    centres : Mapping of str to (int, int)
        The middle of each area in RD New. With them, two areas are as far apart as their middles
        are in a straight line; default: none, so that the steps between areas count.
    grid : int
        The grid in metres to which `spot` rounds; default 100.

    Notes
    -----
    Compared by identity. Without own distances in `travel` that say otherwise, the distance from
    a to b is that from b to a.

    Examples
    --------
    >>> map_ = Geography(adjacent={"north": {"centre"}, "centre": {"south"}})
    >>> map_.metres(Spot(area="north"), Spot(area="south"))
    2400
    """

    adjacent_areas: Mapping[str, frozenset[str]]
    within_m: int
    adjacent_m: int
    travel: Travel | None
    centres: Mapping[str, tuple[int, int]]
    grid: int
    _steps: dict[str, dict[str, int]] = field(repr=False)

    def __init__(
        self,
        *,
        adjacent: Mapping[str, Iterable[str]] = MappingProxyType({}),
        within_m: int = 400,
        adjacent_m: int = 1200,
        travel: Travel | None = None,
        centres: Mapping[str, tuple[int, int]] = MappingProxyType({}),
        grid: int = 100,
    ) -> None:
        for name, value, least in (
            ("within_m", within_m, 0),
            ("adjacent_m", adjacent_m, 0),
            ("grid", grid, 1),
        ):
            if type(value) is not int or value < least:
                raise UnusableInput(f"{name} must be a whole number of metres, {least} or more.")
        if isinstance(travel, Mapping):
            travel = MappingProxyType({pair: _distance(value) for pair, value in travel.items()})
        put = object.__setattr__
        put(self, "adjacent_areas", _symmetric(adjacent))
        put(self, "within_m", within_m)
        put(self, "adjacent_m", adjacent_m)
        put(self, "travel", travel)
        put(self, "centres", MappingProxyType(dict(centres)))
        put(self, "grid", grid)
        put(self, "_steps", {})

    def spot(
        self,
        *,
        x: float | None = None,
        y: float | None = None,
        lat: float | None = None,
        lon: float | None = None,
        area: str | None = None,
    ) -> Spot:
        """Make a spot from metres or degrees, rounded to the grid.

        Raises
        ------
        UnusableInput
            When half a coordinate is given, or metres and degrees together, or a point that is
            not in the Netherlands.

        Examples
        --------
        >>> Geography().spot(lat=52.15517, lon=5.38721, area="centre")
        Spot(x=155000, y=463000, area='centre', place=None)
        """
        metres, degrees = (x, y) != (None, None), (lat, lon) != (None, None)
        if metres and degrees:
            raise UnusableInput("Give x and y, or lat and lon, not both.")
        if lat is not None and lon is not None:
            x, y = rd_from_wgs84(lat, lon)
        elif degrees:
            raise UnusableInput("A spot needs both lat and lon, or neither of them.")
        if x is None and y is None:
            return Spot(area=area)
        if x is None or y is None:
            raise UnusableInput("A spot needs both x and y, or neither of them.")
        check_rd(x, y)
        east, north = rounded(x, y, self.grid)
        return Spot(east, north, area)

    def metres(self, a: Spot, b: Spot, *, ids: tuple[str, str] | None = None) -> int | None:
        """Return how far two spots are apart.

        The first of these that knows: the team's own distances; coordinates, in a straight line;
        the areas, by their middles where these are known and by steps otherwise.

        Parameters
        ----------
        a, b : Spot
            From and to.
        ids : tuple of str, optional
            The ids of the two, for distances in `travel` that are given per pair of ids.

        Returns
        -------
        int or None
            Whole metres; None when it is not known, or no chain of areas connects them.

        Examples
        --------
        >>> Geography().metres(Spot(155_000, 463_000), Spot(155_300, 463_400))
        500
        """
        own = self._own(a, b, ids)
        if own is not None:
            return own
        if a.x is not None and a.y is not None and b.x is not None and b.y is not None:
            return _straight((a.x, a.y), (b.x, b.y))
        if a.area is None or b.area is None:
            return None
        if a.area == b.area:
            return self.within_m
        here, there = self._point(a), self._point(b)
        if here is not None and there is not None:
            return _straight(here, there)
        steps = self._reach(min(a.area, b.area)).get(max(a.area, b.area))
        return None if steps is None else steps * self.adjacent_m

    def same_area(self, a: Spot, b: Spot) -> bool | None:
        """Say whether two spots lie in one area; None when an area is not known.

        Examples
        --------
        >>> Geography().same_area(Spot(area="north"), Spot(area="north"))
        True
        """
        return None if a.area is None or b.area is None else a.area == b.area

    def adjacent(self, a: Spot, b: Spot) -> bool | None:
        """Say whether two spots lie in areas that border on each other.

        Returns
        -------
        bool or None
            False within one area; None when an area, or what it borders on, is not known.

        Examples
        --------
        >>> Geography(adjacent={"north": {"centre"}}).adjacent(
        ...     Spot(area="centre"), Spot(area="north")
        ... )
        True
        """
        if a.area is None or b.area is None:
            return None
        if a.area == b.area:
            return False
        if a.area not in self.adjacent_areas or b.area not in self.adjacent_areas:
            return None
        return b.area in self.adjacent_areas[a.area]

    def _own(self, a: Spot, b: Spot, ids: tuple[str, str] | None) -> int | None:
        if self.travel is None:
            return None
        if not isinstance(self.travel, Mapping):
            found = self.travel(a, b)
            return None if found is None else _distance(found)
        if a.place is not None and a.place == b.place:
            return None
        pairs = [ids] if ids is not None else []
        ends = [[n for n in (s.place, s.area) if n is not None] for s in (a, b)]
        for one, other in [*pairs, *product(*ends)]:
            for pair in ((one, other), (other, one)):
                if pair in self.travel:
                    return int(self.travel[pair])
        return None

    def _point(self, spot: Spot) -> tuple[int, int] | None:
        """Return where a spot is; without coordinates of its own the middle of its area."""
        if not self.centres:
            return None
        if spot.x is not None and spot.y is not None:
            return spot.x, spot.y
        return self.centres.get(spot.area or "")

    def _reach(self, area: str) -> dict[str, int]:
        """Count the steps to every area that can be reached, breadth first; worked out once."""
        known = self._steps.get(area)
        if known is None:
            known = {area: 0}
            waiting = deque([area])
            while waiting:
                here = waiting.popleft()
                for there in self.adjacent_areas.get(here, ()):
                    if there not in known:
                        known[there] = known[here] + 1
                        waiting.append(there)
            self._steps[area] = known
        return known


def _symmetric(adjacent: Mapping[str, Iterable[str]]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {area: set() for area in adjacent}
    for area, others in adjacent.items():
        if isinstance(others, str):
            raise UnusableInput("What an area borders on must be a set or list of area ids.")
        for other in others:
            if other != area:
                found[area].add(other)
                found.setdefault(other, set()).add(area)
    return MappingProxyType({area: frozenset(found[area]) for area in sorted(found)})


def _straight(a: tuple[int, int], b: tuple[int, int]) -> int:
    """Return the straight line between two points, to the nearest whole metre."""
    square = (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2
    return (isqrt(4 * square) + 1) // 2


def _distance(value: float) -> int:
    if not isfinite(value) or value < 0:
        raise UnusableInput("A distance in travel must be a number of metres, 0 or more.")
    return nearest(value, 1)
