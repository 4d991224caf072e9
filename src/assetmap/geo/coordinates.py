"""RD New and degrees: one into the other, and rounded to a grid."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from math import isfinite
from typing import TYPE_CHECKING

from assetmap.errors import UnusableInput

if TYPE_CHECKING:
    from pyproj import Transformer

__all__ = ["check_rd", "nearest", "rd_from_wgs84", "rd_points", "rounded", "wgs84_from_rd"]

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


def rd_from_wgs84(lat: float, lon: float) -> tuple[float, float]:
    """Turn degrees into RD New.

    Parameters
    ----------
    lat, lon : float
        Degrees north and east (WGS 84).

    Returns
    -------
    tuple of float
        x and y in metres, within 25 cm of the official transformation (RDNAPTRANS2018).

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
    check_rd(x, y)
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
    check_rd(x, y)
    lon, lat = _transformer().transform(x, y)
    return float(lat), float(lon)


def rd_points(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Turn many points at once into RD New.

    Parameters
    ----------
    points : sequence of (float, float)
        Longitude and latitude, in this order, as GeoJSON holds them.

    Raises
    ------
    UnusableInput
        When one of them lies outside the Netherlands.
    """
    for lon, lat in points:
        if not _within(lat, LAT_RANGE) or not _within(lon, LON_RANGE):
            raise UnusableInput(_wrong_degrees(lat, lon))
    east, north = _transformer().transform(
        [lon for lon, _ in points], [lat for _, lat in points], direction="INVERSE"
    )
    for x, y in zip(east, north, strict=True):
        check_rd(x, y)
    return list(zip(map(float, east), map(float, north), strict=True))


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
    if any(_within(x, X_RANGE) and _within(y, Y_RANGE) for x, y in ((lat, lon), (lon, lat))):
        return f"These look like RD metres: give them as x and y. {allowed}"
    return f"The point lies outside the Netherlands. {allowed}"


def check_rd(x: float, y: float) -> None:
    """Refuse a point outside RD New; say what is likely wrong, never the coordinate."""
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
    return nearest(x, to), nearest(y, to)


def nearest(value: float, to: int) -> int:
    """Return the nearest multiple; from exactly halfway away from zero."""
    steps = int(Fraction(abs(value)) / to + Fraction(1, 2))
    return steps * to if value >= 0 else -steps * to
