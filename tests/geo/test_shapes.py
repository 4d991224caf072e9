"""Outlines of areas, as a map file holds them."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from assetmap.errors import UnknownName, UnusableInput
from assetmap.geo import Shape, Shapes, outline_of, rd_from_wgs84

CBS = Path(__file__).parents[2] / "examples" / "cbs" / "cbs_noordwest_2024.geojson"
SQUARE = ((5.38, 52.15), (5.39, 52.15), (5.39, 52.16), (5.38, 52.16), (5.38, 52.15))


def drawn() -> Shapes:
    features = json.loads(CBS.read_text(encoding="utf-8"))["features"]
    found = [(f["id"], outline_of(f["geometry"])) for f in features]
    return Shapes.of(Shape(code, outline) for code, outline in found if outline is not None)


def test_the_map_of_cbs_gives_its_borders() -> None:
    """Neighbourhoods that share an edge of the generalised map are adjacent, corners are not."""
    borders = drawn().adjacent()
    features = json.loads(CBS.read_text(encoding="utf-8"))["features"]
    edges = {
        f["id"]: {
            frozenset(map(tuple, pair))
            for ring in f["geometry"]["coordinates"]
            for pair in pairwise(ring)
        }
        for f in features
    }
    want = {a: {b for b in edges if b != a and edges[a] & edges[b]} for a in edges}
    assert {a: set(others) for a, others in borders.items()} == want
    assert sum(map(len, borders.values())) == 2 * 21
    assert "BU03440231" not in borders["BU03440222"]  # these only touch in a corner


def test_a_shape_knows_its_metres_size_and_middle() -> None:
    """A square of a hundredth of a degree is some 684 by 1112 metres."""
    shape = Shape("centre", ((SQUARE,),))
    assert shape.metres[0][0][0] == pytest.approx(rd_from_wgs84(52.15, 5.38))
    assert shape.km2 == pytest.approx(0.684 * 1.112, abs=0.01)
    assert shape.centre == pytest.approx(rd_from_wgs84(52.155, 5.385), abs=2)


def test_the_source_is_named_for_every_map() -> None:
    """Areas of CBS are those of CBS and Kadaster; another map says it itself, or nobody does."""
    assert drawn().source == "© CBS, © Kadaster"
    own = Shape("ours", ((SQUARE,),))
    assert Shapes.of([own], {"source": "drawn by hand"}).source == "drawn by hand"
    assert Shapes.of([own]).source is None


def test_shapes_are_looked_up_by_area() -> None:
    """Sorted by area, each once; an unknown area is said to be unknown."""
    shapes = drawn()
    assert [s.area for s in shapes] == sorted(s.area for s in shapes)
    assert len(shapes) == 13
    assert "BU03440211" in shapes
    assert shapes["BU03440211"].area == "BU03440211"
    with pytest.raises(UnknownName, match="nowhere"):
        shapes["nowhere"]
    with pytest.raises(UnusableInput, match="once"):
        Shapes.of([*shapes, *shapes])


def test_the_box_around_everything() -> None:
    """The box holds every corner, and there is none around nothing."""
    shapes = drawn()
    assert shapes.bounds is not None
    left, low, right, high = shapes.bounds
    corners = [p for s in shapes for part in s.metres for ring in part for p in ring]
    assert min(x for x, _ in corners) == left
    assert max(y for _, y in corners) == high
    assert all(left <= x <= right and low <= y <= high for x, y in corners)
    assert Shapes().bounds is None


def test_a_district_is_not_beside_its_own_neighbourhoods() -> None:
    """Only areas of one size are compared: the border of a district is that of its parts."""
    shapes = Shapes.of([Shape("WK034402", ((SQUARE,),)), Shape("BU03440211", ((SQUARE,),))])
    assert shapes.adjacent() == {"BU03440211": (), "WK034402": ()}


def test_metres_in_a_map_become_degrees() -> None:
    """A map in RD New is read as well; back in metres it is the same within a centimetre."""
    ring = [[155_000, 463_000], [155_500, 463_000], [155_500, 463_700], [155_000, 463_000]]
    outline = outline_of({"type": "Polygon", "coordinates": [ring]})
    assert outline is not None
    for (x, y), (want_x, want_y) in zip(Shape("a", outline).metres[0][0], ring, strict=True):
        assert (x, y) == pytest.approx((want_x, want_y), abs=0.01)


def test_a_ring_that_is_open_is_closed() -> None:
    """The first corner is put behind the last when it is missing; heights are left out."""
    ring = [[5.38, 52.15, 3.0], [5.39, 52.15, 3.0], [5.39, 52.16, 3.0]]
    outline = outline_of({"type": "MultiPolygon", "coordinates": [[ring]]})
    assert outline == ((((5.38, 52.15), (5.39, 52.15), (5.39, 52.16), (5.38, 52.15)),),)


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        "Polygon",
        {"type": "Point", "coordinates": [5.38, 52.15]},
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[]]},
        {"type": "Polygon", "coordinates": "text"},
        {"type": "Polygon", "coordinates": ["text"]},
        {"type": "MultiPolygon", "coordinates": 7},
        {"type": "MultiPolygon", "coordinates": ["text"]},
        {"type": "Polygon", "coordinates": [[[5.38, 52.15], [5.39, 52.15]]]},
        {"type": "Polygon", "coordinates": [[[5.38, 52.15], [5.39], [5.39, 52.16]]]},
        {"type": "Polygon", "coordinates": [[[5.38, 52.15], [True, 52.15], [5.39, 52.16]]]},
        {"type": "Polygon", "coordinates": [[[5.38, 52.15], ["5", 52.15], [5.39, 52.16]]]},
        {"type": "Polygon", "coordinates": [[[5.38, 52.15], [5.39, 52.16], [5.40, 52.17]] * 0]},
        {"type": "Polygon", "coordinates": [[[5.38, 52.15]] * 4]},
    ],
)
def test_what_is_no_outline_is_none(geometry: Any) -> None:
    """Points, lines, halves and flat rings give nothing, and never an exception."""
    assert outline_of(geometry) is None


def test_swapped_coordinates_are_recognised() -> None:
    """Latitude first is refused with the remedy."""
    ring = [[52.15, 5.38], [52.15, 5.39], [52.16, 5.39], [52.15, 5.38]]
    with pytest.raises(UnusableInput, match="swapped"):
        outline_of({"type": "Polygon", "coordinates": [ring]})
