"""The outlines of areas, to draw and to derive from: what a map file holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import isfinite
from types import MappingProxyType
from typing import Any

from assetmap.errors import UnknownName, UnusableInput
from assetmap.geo.cbs import cbs_level
from assetmap.geo.coordinates import (
    X_RANGE,
    Y_RANGE,
    rd_points,
    wgs84_from_rd,
)
from assetmap.geo.outlines import Polygons, Ring, bounds, centroid, shared_borders, surface

__all__ = ["Shape", "Shapes", "outline_of"]

Plain = str | int | float | bool
_CBS_SOURCE = "© CBS, © Kadaster"
_SAID_IN = ("source", "bron", "attribution")
_DECIMALS = 7
"""Digits of a degree that are kept when metres are turned into degrees: about a centimetre."""


@dataclass(frozen=True)
class Shape:
    """The outline of one area.

    Attributes
    ----------
    area : str
        Id of the area.
    degrees : Polygons
        Its parts, each an outer ring and then its holes; longitude and latitude (WGS 84), as in
        GeoJSON.
    properties : Mapping of str to str, number or bool
        What else the map says about it; kept to be written back.

    Examples
    --------
    >>> corner = ((5.38, 52.15), (5.39, 52.15), (5.39, 52.16), (5.38, 52.15))
    >>> Shape("centre", ((corner,),)).km2
    0.38
    """

    area: str
    degrees: Polygons
    properties: Mapping[str, Plain] = field(default_factory=dict)

    @cached_property
    def metres(self) -> Polygons:
        """The same outline in RD New, x and y in metres: what a drawing needs."""
        return tuple(tuple(tuple(rd_points(ring)) for ring in part) for part in self.degrees)

    @cached_property
    def centre(self) -> tuple[int, int]:
        """The middle of the area in RD New, in whole metres; of a bent area it may lie outside."""
        x, y = centroid(self.metres)
        return round(x), round(y)

    @cached_property
    def km2(self) -> float:
        """The surface in square kilometres, to a hundredth; as precise as the outline is."""
        return round(surface(self.metres) / 1e6, 2)


@dataclass(frozen=True, eq=True)
class Shapes:
    """The outlines of the areas of a neighbourhood.

    Attributes
    ----------
    shapes : tuple of Shape
        Sorted by area, each area once.
    about : Mapping of str to str, number or bool
        What the map says about itself, such as its ``source``.

    Examples
    --------
    >>> square = ((5.38, 52.15), (5.39, 52.15), (5.39, 52.16), (5.38, 52.16), (5.38, 52.15))
    >>> beside = ((5.39, 52.15), (5.40, 52.15), (5.40, 52.16), (5.39, 52.16), (5.39, 52.15))
    >>> drawn = Shapes.of([Shape("b", ((beside,),)), Shape("a", ((square,),))])
    >>> [shape.area for shape in drawn], drawn.adjacent()
    (['a', 'b'], {'a': ('b',), 'b': ('a',)})
    """

    shapes: tuple[Shape, ...] = ()
    about: Mapping[str, Plain] = field(default_factory=dict)

    @classmethod
    def of(
        cls, shapes: Iterable[Shape], about: Mapping[str, Plain] = MappingProxyType({})
    ) -> Shapes:
        """Put outlines together, sorted by area.

        Raises
        ------
        UnusableInput
            When an area is there twice.
        """
        made = tuple(sorted(shapes, key=lambda shape: shape.area))
        if len({shape.area for shape in made}) < len(made):
            raise UnusableInput("An area has more than one outline: give each area once.")
        return cls(made, MappingProxyType(dict(about)))

    def __iter__(self) -> Iterator[Shape]:
        """Go through the outlines, by area."""
        return iter(self.shapes)

    def __len__(self) -> int:
        """Return how many areas have an outline."""
        return len(self.shapes)

    def __contains__(self, area: object) -> bool:
        """Say whether an area has an outline."""
        return area in self._by_area

    def __getitem__(self, area: str) -> Shape:
        """Return the outline of an area."""
        if area not in self._by_area:
            raise UnknownName(f"There is no outline of the area {area!r}.")
        return self._by_area[area]

    @cached_property
    def _by_area(self) -> Mapping[str, Shape]:
        return {shape.area: shape for shape in self.shapes}

    @property
    def source(self) -> str | None:
        """Whom to name on every picture of this map; None when the map does not say it.

        Areas of CBS are always those of CBS and Kadaster.
        """
        said = next((str(self.about[n]) for n in _SAID_IN if self.about.get(n)), None)
        if said is None and any(cbs_level(shape.area) for shape in self.shapes):
            return _CBS_SOURCE
        return said

    @property
    def centres(self) -> dict[str, tuple[int, int]]:
        """The middle of every area in RD New, in whole metres."""
        return {shape.area: shape.centre for shape in self.shapes}

    @property
    def bounds(self) -> tuple[float, float, float, float] | None:
        """The box around everything in RD New: least x and y, largest x and y; None when empty."""
        if not self.shapes:
            return None
        return bounds(tuple(part for shape in self.shapes for part in shape.metres))

    def adjacent(self, *, tolerance_m: float = 1.0) -> dict[str, tuple[str, ...]]:
        """Say which areas share a border; touching in a corner is not enough.

        Parameters
        ----------
        tolerance_m : float, default 1.0
            So far apart two edges may run and still be one border: more for a map whose areas
            were simplified each on its own.

        Notes
        -----
        Areas of CBS of another size are not compared: a district shares the borders of the
        neighbourhoods it consists of.
        """
        found: dict[str, set[str]] = {shape.area: set() for shape in self.shapes}
        for level in {cbs_level(area) for area in found}:
            alike = {s.area: s.metres for s in self.shapes if cbs_level(s.area) is level}
            for one, other in shared_borders(alike, tolerance=tolerance_m):
                found[one].add(other)
                found[other].add(one)
        return {area: tuple(sorted(others)) for area, others in found.items()}

    def to_geojson(self) -> dict[str, Any]:
        """Return a FeatureCollection; reading it again gives the same outlines."""
        return {
            "type": "FeatureCollection",
            **self.about,
            "features": [
                {
                    "type": "Feature",
                    "id": shape.area,
                    "properties": {"area": shape.area, **shape.properties},
                    "geometry": {
                        "type": "MultiPolygon",
                        "coordinates": [
                            [[list(point) for point in ring] for ring in part]
                            for part in shape.degrees
                        ],
                    },
                }
                for shape in self.shapes
            ],
        }


def outline_of(geometry: object) -> Polygons | None:
    """Read the outline from a GeoJSON geometry.

    Parameters
    ----------
    geometry : object
        What stands under ``geometry``; longitude and latitude (WGS 84), or x and y in RD New.

    Returns
    -------
    Polygons or None
        In degrees; None for a geometry that is no Polygon or MultiPolygon, or has no surface.

    Raises
    ------
    UnusableInput
        When a corner lies outside the Netherlands; swapped coordinates are recognised.

    Examples
    --------
    >>> outline_of({"type": "Point", "coordinates": [5.38, 52.15]}) is None
    True
    """
    if not isinstance(geometry, Mapping):
        return None
    parts = geometry.get("coordinates")
    if geometry.get("type") == "Polygon":
        parts = [parts]
    elif geometry.get("type") != "MultiPolygon":
        return None
    if not isinstance(parts, Sequence) or not parts:
        return None
    made = tuple(_part(part) for part in parts)
    if any(part is None for part in made):
        return None
    whole = tuple(part for part in made if part is not None)
    return whole if surface(_checked(whole)) > 0 else None


def _part(part: object) -> tuple[Ring, ...] | None:
    if not isinstance(part, Sequence) or isinstance(part, str) or not part:
        return None
    rings = [_ring(ring) for ring in part]
    return None if None in rings else tuple(ring for ring in rings if ring is not None)


def _ring(ring: object) -> Ring | None:
    """Return the corners of a ring, closed; None when it is no ring."""
    if not isinstance(ring, Sequence) or isinstance(ring, str):
        return None
    if not all(_is_position(point) for point in ring):
        return None
    points = [(float(point[0]), float(point[1])) for point in ring]
    if points and points[0] != points[-1]:
        points.append(points[0])
    if len(points) < 4:
        return None
    return tuple(map(_in_degrees, points))


def _is_position(point: object) -> bool:
    return (
        isinstance(point, Sequence)
        and len(point) >= 2
        and all(type(n) in {int, float} and isfinite(n) for n in point[:2])
    )


def _in_degrees(point: tuple[float, float]) -> tuple[float, float]:
    x, y = point
    if not (X_RANGE[0] <= x <= X_RANGE[1] and Y_RANGE[0] <= y <= Y_RANGE[1]):
        return point
    lat, lon = wgs84_from_rd(x, y)
    return round(lon, _DECIMALS), round(lat, _DECIMALS)


def _checked(parts: Polygons) -> Polygons:
    """Return an outline in metres; raise when a corner lies elsewhere."""
    return tuple(tuple(tuple(rd_points(ring)) for ring in part) for part in parts)
