"""Sums on outlines, compared with shapely where it is there."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.geo.outlines import Polygons, Ring, centroid, shared_borders, surface


def box(x: float, y: float, wide: float = 100, high: float = 100) -> Ring:
    return ((x, y), (x + wide, y), (x + wide, y + high), (x, y + high), (x, y))


@st.composite
def stars(draw: st.DrawFn) -> Polygons:
    """A ring around a point, its corners in order of angle, sometimes with a hole."""
    n = draw(st.integers(3, 9))
    reach = draw(st.lists(st.floats(20, 500), min_size=n, max_size=n))
    corners = [
        (
            150_000 + r * math.cos(2 * math.pi * i / n),
            450_000 + r * math.sin(2 * math.pi * i / n),
        )
        for i, r in enumerate(reach)
    ]
    if draw(st.booleans()):
        corners.reverse()
    outer = (*corners, corners[0])
    hole = box(149_999, 449_999, 2, 2)
    return ((outer, hole),) if draw(st.booleans()) else ((outer,),)


@given(stars())
@settings(max_examples=80)
def test_surface_and_middle_are_those_of_shapely(outline: Polygons) -> None:
    """The sums give what a library for geometry gives, whichever way a ring turns."""
    geometry = pytest.importorskip("shapely.geometry")
    outer, *holes = outline[0]
    polygon = geometry.Polygon(outer, holes)
    assert surface(outline) == pytest.approx(polygon.area, rel=1e-9)
    assert centroid(outline) == pytest.approx((polygon.centroid.x, polygon.centroid.y), abs=1e-4)


def test_several_parts_count_together() -> None:
    """Two squares are twice as large, with the middle between them."""
    both: Polygons = ((box(0, 0),), (box(300, 0),))
    assert surface(both) == 20_000
    assert centroid(both) == (200.0, 50.0)


@pytest.mark.parametrize(
    ("other", "shares"),
    [
        (box(100, 0), True),  # a whole side
        (box(100, 40, 50, 300), True),  # part of a side, with corners of its own
        (box(100.6, 0), True),  # within the tolerance
        (box(101.5, 0), False),  # further than the tolerance
        (box(100, 100), False),  # only a corner
        (box(100, 95), False),  # less than ten times the tolerance
        (box(100, 89), True),
        (box(400, 0), False),
        (box(20, 20, 30, 30), False),  # inside, with no side in common
    ],
)
def test_a_border_is_a_stretch_and_not_a_corner(other: Ring, shares: bool) -> None:
    """Sides that run together over ten metres or more make neighbours, both ways round."""
    here: Polygons = ((box(0, 0),),)
    for pair in ({"a": here, "b": ((other,),)}, {"b": here, "a": ((other,),)}):
        assert shared_borders(pair) == (frozenset({("a", "b")}) if shares else frozenset())


def test_a_wider_tolerance_joins_what_was_simplified_apart() -> None:
    """Borders that were drawn apart are one when somebody says how far apart they may be."""
    apart: dict[str, Polygons] = {"a": ((box(0, 0, 900, 900),),), "b": ((box(920, 0, 900, 900),),)}
    assert not shared_borders(apart)
    assert shared_borders(apart, tolerance=25) == {("a", "b")}


@given(st.lists(st.booleans(), min_size=25, max_size=25))
@settings(max_examples=40)
def test_squares_of_a_board_border_on_those_beside_them(there: list[bool]) -> None:
    """On a board exactly the squares side by side share a border, by their row and column."""
    spots = [(i % 5, i // 5) for i, is_there in enumerate(there) if is_there]
    board: dict[str, Polygons] = {f"{x}{y}": ((box(x * 100, y * 100),),) for x, y in spots}
    want = {
        (f"{x}{y}", f"{p}{q}")
        for x, y in spots
        for p, q in spots
        if abs(x - p) + abs(y - q) == 1 and f"{x}{y}" < f"{p}{q}"
    }
    assert shared_borders(board) == want
