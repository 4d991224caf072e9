"""Where things are: RD New coordinates, areas, and how far apart two spots are.

Coordinates are whole metres in RD New (EPSG:28992). Degrees are turned into metres with fixed
published parameters and without correction grids, so that every machine gives the same result,
with or without grids installed; it differs from the official RDNAPTRANS by less than 25 cm.
Nothing is loaded from a network. Messages never repeat a coordinate, because it may be somebody's.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from math import isfinite, isqrt
from types import MappingProxyType
from typing import TYPE_CHECKING

from assetmap.errors import UnusableInput

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from pyproj import Transformer

__all__ = ["Geography", "Spot", "near_pairs", "rd_from_wgs84", "rounded", "wgs84_from_rd"]

X_RANGE = (-7_000, 300_000)
"""Lowest and highest x of RD New, in metres."""
Y_RANGE = (289_000, 629_000)
"""Lowest and highest y of RD New, in metres."""
LAT_RANGE = (50.4, 53.8)
"""Degrees north between which RD New lies."""
LON_RANGE = (2.8, 7.7)
"""Degrees east between which RD New lies."""

_PIPELINE = """
+proj=pipeline
+step +inv +proj=sterea +lat_0=52.1561605555556 +lon_0=5.38763888888889 +k=0.9999079
      +x_0=155000 +y_0=463000 +ellps=bessel
+step +proj=push +v_3
+step +proj=cart +ellps=bessel
+step +proj=helmert +x=565.4171 +y=50.3319 +z=465.5524 +rx=0.398957388243134
      +ry=-0.343987817378283 +rz=1.87740163998045 +s=4.0725 +convention=coordinate_frame
+step +inv +proj=cart +ellps=WGS84
+step +proj=pop +v_3
+step +proj=unitconvert +xy_in=rad +xy_out=deg
"""
"""EPSG:28992 to EPSG:4326 (longitude first), by the operation "Amersfoort to WGS 84 (4)"."""

Travel = Callable[["Spot", "Spot"], "float | None"] | Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map, as far as it is known.

    Attributes
    ----------
    x, y : int or None
        RD New, in metres; both or neither.
    area : str or None
        Id of the area it lies in.

    Examples
    --------
    >>> Spot(155_000, 463_000, "centre")
    Spot(x=155000, y=463000, area='centre')
    """

    x: int | None = None
    y: int | None = None
    area: str | None = None

    def __post_init__(self) -> None:
        if (self.x is None) != (self.y is None):
            raise UnusableInput("A spot needs both x and y, or neither of them.")
        if self.x is not None and self.y is not None:
            if type(self.x) is not int or type(self.y) is not int:
                raise UnusableInput("The x and y of a spot are whole metres: use rounded() first.")
            _check_rd(self.x, self.y)


def rd_from_wgs84(lat: float, lon: float) -> tuple[float, float]:
    """Turn degrees into RD New.

    Parameters
    ----------
    lat, lon : float
        Degrees north and east (WGS 84).

    Returns
    -------
    tuple of float
        x and y in metres, within 25 cm of the official transformation.

    Raises
    ------
    UnusableInput
        When the point lies outside the Netherlands; swapped degrees are recognised.

    Examples
    --------
    >>> x, y = rd_from_wgs84(52.155172897, 5.387203657)
    >>> round(x), round(y)
    (155000, 463000)
    """
    if not _within(lat, LAT_RANGE) or not _within(lon, LON_RANGE):
        raise UnusableInput(_wrong_degrees(lat, lon))
    x, y = _transformer().transform(lon, lat, direction="INVERSE")
    _check_rd(x, y)
    return float(x), float(y)


def wgs84_from_rd(x: float, y: float) -> tuple[float, float]:
    """Turn RD New into degrees.

    Parameters
    ----------
    x, y : float
        RD New, in metres.

    Returns
    -------
    tuple of float
        Degrees north and east (WGS 84).

    Raises
    ------
    UnusableInput
        When the point lies outside RD New; swapped coordinates and kilometres are recognised.

    Examples
    --------
    >>> lat, lon = wgs84_from_rd(155_000, 463_000)
    >>> round(lat, 5), round(lon, 5)
    (52.15517, 5.3872)
    """
    _check_rd(x, y)
    lon, lat = _transformer().transform(x, y)
    return float(lat), float(lon)


@lru_cache(maxsize=1)
def _transformer() -> Transformer:
    from pyproj import Transformer

    return Transformer.from_pipeline(_PIPELINE)


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return isfinite(value) and bounds[0] <= value <= bounds[1]


def _wrong_degrees(lat: float, lon: float) -> str:
    allowed = (
        f"The latitude lies from {LAT_RANGE[0]} to {LAT_RANGE[1]} degrees north and the "
        f"longitude from {LON_RANGE[0]} to {LON_RANGE[1]} degrees east."
    )
    if _within(lon, LAT_RANGE) and _within(lat, LON_RANGE):
        return f"Latitude and longitude are swapped: exchange them. {allowed}"
    if _within(lat, X_RANGE) and _within(lon, Y_RANGE):
        return f"These look like RD metres: give them as x and y. {allowed}"
    return f"The point lies outside the Netherlands. {allowed}"


def _check_rd(x: float, y: float) -> None:
    if _within(x, X_RANGE) and _within(y, Y_RANGE):
        return
    allowed = (
        f"In RD New x lies from {X_RANGE[0]} to {X_RANGE[1]} and y from {Y_RANGE[0]} to "
        f"{Y_RANGE[1]} metres."
    )
    if _within(y, X_RANGE) and _within(x, Y_RANGE):
        raise UnusableInput(f"x and y are swapped: exchange them. {allowed}")
    if _within(x, LAT_RANGE) and _within(y, LON_RANGE):
        raise UnusableInput(f"These look like degrees: give them as lat and lon. {allowed}")
    if _within(x * 1000, X_RANGE) and _within(y * 1000, Y_RANGE):
        raise UnusableInput(f"These look like kilometres: give metres. {allowed}")
    raise UnusableInput(f"The point lies outside RD New. {allowed}")


def rounded(x: float, y: float, /, to: int = 100) -> tuple[int, int]:
    """Round coordinates, so that they no longer tell an address.

    Parameters
    ----------
    x, y : float
        In metres.
    to : int, default 100
        The size of the grid in metres.

    Returns
    -------
    tuple of int
        The nearest multiples of `to`; from exactly halfway away from zero. Rounding again
        changes nothing.

    Raises
    ------
    UnusableInput
        When a coordinate is not a finite number, or `to` is below 1.

    Examples
    --------
    >>> rounded(155_049.9, 463_050)
    (155000, 463100)
    """
    if to < 1:
        raise UnusableInput(f"A grid of {to} metres is not possible: give 1 or more.")
    if not (isfinite(x) and isfinite(y)):
        raise UnusableInput("Coordinates must be finite numbers, in metres.")
    return _nearest(x, to), _nearest(y, to)


def _nearest(value: float, to: int) -> int:
    steps = int(Fraction(abs(value)) / to + Fraction(1, 2))
    return steps * to if value >= 0 else -steps * to


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
        mapping of pairs of area ids, or of pairs of ids that are given to `metres`. A pair counts
        in both directions unless the other direction is there too. What it does not know
        (None, or absent) is worked out as usual.
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
    grid: int
    _steps: dict[str, dict[str, int]] = field(repr=False)

    def __init__(
        self,
        *,
        adjacent: Mapping[str, Iterable[str]] = MappingProxyType({}),
        within_m: int = 400,
        adjacent_m: int = 1200,
        travel: Travel | None = None,
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
        Spot(x=155000, y=463000, area='centre')
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
        _check_rd(x, y)
        east, north = rounded(x, y, self.grid)
        return Spot(east, north, area)

    def metres(self, a: Spot, b: Spot, *, ids: tuple[str, str] | None = None) -> int | None:
        """Return how far two spots are apart.

        The first of these that knows: the team's own distances; coordinates, in a straight line;
        the areas.

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
            square = (a.x - b.x) ** 2 + (a.y - b.y) ** 2
            return (isqrt(4 * square) + 1) // 2
        if a.area is None or b.area is None:
            return None
        if a.area == b.area:
            return self.within_m
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
        pairs = [ids] if ids is not None else []
        if a.area is not None and b.area is not None:
            pairs.append((a.area, b.area))
        for one, other in pairs:
            for pair in ((one, other), (other, one)):
                if pair in self.travel:
                    return int(self.travel[pair])
        return None

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


def _distance(value: float) -> int:
    if not isfinite(value) or value < 0:
        raise UnusableInput("A distance in travel must be a number of metres, 0 or more.")
    return _nearest(value, 1)


def near_pairs(
    spots_a: Sequence[Spot], spots_b: Sequence[Spot], /, metres: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Find every pair of spots that lie within a distance of each other.

    Parameters
    ----------
    spots_a, spots_b : sequence of Spot
        Spots without coordinates are in no pair.
    metres : float
        The distance in a straight line, itself included.

    Returns
    -------
    tuple of arrays
        Positions in `spots_a` and in `spots_b`, one of each for every pair, sorted by the first
        and then by the second.

    Raises
    ------
    UnusableInput
        When `metres` is negative or not a finite number.

    Notes
    -----
    A k-d tree finds the candidates, whole numbers decide: time grows with the number of spots
    and of pairs found, not with the number of possible pairs.

    Examples
    --------
    >>> here, there = near_pairs(
    ...     [Spot(155_000, 463_000)], [Spot(155_000, 463_500), Spot(155_300, 463_400)], 500
    ... )
    >>> here.tolist(), there.tolist()
    ([0, 0], [0, 1])
    """
    import numpy as np
    from scipy.spatial import cKDTree

    if not isfinite(metres) or metres < 0:
        raise UnusableInput("The distance must be a number of metres, 0 or more.")
    places_a, at_a = _located(spots_a)
    places_b, at_b = _located(spots_b)
    if not len(at_a) or not len(at_b):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    near = cKDTree(places_a).sparse_distance_matrix(
        cKDTree(places_b), metres + 0.5, output_type="ndarray"
    )
    first, second = near["i"].astype(np.int64), near["j"].astype(np.int64)
    squares = ((places_a[first] - places_b[second]) ** 2).sum(axis=1)
    within = squares <= int(Fraction(metres) ** 2)
    first, second = at_a[first[within]], at_b[second[within]]
    order = np.lexsort((second, first))
    return first[order], second[order]


def _located(spots: Sequence[Spot]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the coordinates of the spots that have any, and their positions."""
    import numpy as np

    found = [(spot.x, spot.y, place) for place, spot in enumerate(spots) if spot.x is not None]
    table = np.array(found, dtype=np.int64).reshape(-1, 3)
    return table[:, :2], table[:, 2]
