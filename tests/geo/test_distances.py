"""Where things are: coordinates, areas and distances."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pyproj
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.errors import UnusableInput
from assetmap.geo import (
    Geography,
    Spot,
    near_pairs,
    rd_from_wgs84,
    rounded,
    wgs84_from_rd,
)

# The test points of RDNAPTRANS(tm)2008 as published by Kadaster and Rijkswaterstaat with its
# certification ("Use of RDNAPTRANS2008"), the six that lie inside its grid and at ground level.
# ETRS89 stands for WGS 84 here, as in EPSG's own operation, whose stated accuracy is 1 m.
RDNAPTRANS = [
    pytest.param(53.160753042, 4.824761912, 117380.12, 575040.34, id="Texel"),
    pytest.param(53.419482050, 6.776726674, 247380.56, 604580.78, id="Noord-Groningen"),
    pytest.param(52.155172897, 5.387203657, 155000.0, 463000.0, id="Amersfoort"),
    pytest.param(51.368607152, 3.397588595, 16460.91, 377380.23, id="Zeeuws-Vlaanderen"),
    pytest.param(50.792584916, 5.773795548, 182260.45, 311480.67, id="Zuid-Limburg"),
    pytest.param(51.947393898, 4.072887101, 64640.89, 440700.01, id="Maasvlakte"),
]
TOLERANCE_M = 0.25

rd_points = st.tuples(st.floats(10_000, 280_000), st.floats(300_000, 620_000))
small_spots = st.builds(
    lambda place, area: (
        Spot(area=area) if place is None else Spot(155_000 + place[0], 463_000 + place[1], area)
    ),
    st.none() | st.tuples(st.integers(0, 12), st.integers(0, 12)),
    st.none() | st.sampled_from("abcd"),
)


@pytest.mark.parametrize(("lat", "lon", "x", "y"), RDNAPTRANS)
def test_degrees_become_the_official_metres(lat: float, lon: float, x: float, y: float) -> None:
    """The official test points come out within the size of the correction grid, 25 cm."""
    assert math.dist(rd_from_wgs84(lat, lon), (x, y)) < TOLERANCE_M


@pytest.mark.parametrize(("lat", "lon", "x", "y"), RDNAPTRANS)
def test_metres_become_the_official_degrees(lat: float, lon: float, x: float, y: float) -> None:
    """The way back ends within 25 cm of the official degrees too."""
    found_lat, found_lon = wgs84_from_rd(x, y)
    north = (found_lat - lat) * 111_200
    east = (found_lon - lon) * 111_200 * math.cos(math.radians(lat))
    assert math.hypot(north, east) < TOLERANCE_M


@given(rd_points)
@settings(max_examples=60)
def test_there_and_back_again(point: tuple[float, float]) -> None:
    """Metres to degrees to metres ends where it began."""
    assert math.dist(rd_from_wgs84(*wgs84_from_rd(*point)), point) < 0.001


@given(rd_points)
@settings(max_examples=30)
def test_the_fixed_parameters_are_those_of_epsg(point: tuple[float, float]) -> None:
    """The registry of pyproj gives the same degrees, to the last bit but rounding."""
    group = pyproj.transformer.TransformerGroup(28992, 4326, always_xy=True, allow_ballpark=False)
    (helmert,) = [t for t in group.transformers if t.description.count("WGS 84 (4)") == 1]
    lon, lat = helmert.transform(*point)
    assert wgs84_from_rd(*point) == pytest.approx((lat, lon), abs=1e-10)


def test_no_network_and_no_global_setting() -> None:
    """Turning degrees into metres does not switch the network of PROJ on."""
    before = pyproj.network.is_network_enabled()
    rd_from_wgs84(52.1, 5.1)
    assert pyproj.network.is_network_enabled() is before


@pytest.mark.parametrize(
    ("lat", "lon", "says"),
    [
        (5.387, 52.155, "swapped"),
        (155_000.0, 463_000.0, "look like RD metres"),
        (48.85, 2.35, "outside the Netherlands"),
        (math.nan, 5.4, "outside the Netherlands"),
        (52.1, math.inf, "outside the Netherlands"),
        (53.75, 3.0, "outside RD New"),
    ],
)
def test_degrees_that_cannot_be_right_are_refused(lat: float, lon: float, says: str) -> None:
    """The error says what is likely wrong, and does not repeat the coordinate."""
    with pytest.raises(UnusableInput, match=says) as caught:
        rd_from_wgs84(lat, lon)
    assert "155000" not in str(caught.value)
    assert "52.155" not in str(caught.value)


@pytest.mark.parametrize(
    ("x", "y", "says"),
    [
        (289_500, 120_000, "swapped"),
        (52.155, 5.387, "look like degrees"),
        (155, 463, "look like kilometres"),
        (155_000, 700_000, "outside RD New"),
        (math.nan, 463_000, "outside RD New"),
        (-7_001, 463_000, "outside RD New"),
    ],
)
def test_metres_that_cannot_be_right_are_refused(x: float, y: float, says: str) -> None:
    """Swapped coordinates, degrees and kilometres are recognised."""
    with pytest.raises(UnusableInput, match=says):
        wgs84_from_rd(x, y)


@pytest.mark.parametrize("corner", list(product((-7_000, 300_000), (289_000, 629_000))))
def test_the_corners_of_rd_can_be_used(corner: tuple[int, int]) -> None:
    """The limits themselves are allowed, and lie within the limits in degrees."""
    lat, lon = wgs84_from_rd(*corner)
    assert 50.4 < lat < 53.8
    assert 2.8 < lon < 7.7


@pytest.mark.parametrize(
    ("x", "y", "to", "want"),
    [
        (155_049.99, 463_050.0, 100, (155_000, 463_100)),
        (-50.0, -49.9, 100, (-100, 0)),
        (0.49999999999999994, 1.5, 1, (0, 2)),
        (12_499, 12_500, 1000, (12_000, 13_000)),
    ],
)
def test_rounding_goes_to_the_nearest_and_from_halfway_outwards(
    x: float, y: float, to: int, want: tuple[int, int]
) -> None:
    """Exactly halfway goes away from zero, and floats are compared exactly."""
    assert rounded(x, y, to) == want


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.integers(1, 5000))
@settings(max_examples=100)
def test_rounding_twice_changes_nothing(x: float, y: float, to: int) -> None:
    """A rounded coordinate is whole, on the grid, near, and stays as it is."""
    east, north = rounded(x, y, to)
    assert rounded(east, north, to) == (east, north)
    assert east % to == north % to == 0
    assert max(abs(east - x), abs(north - y)) <= to / 2


@pytest.mark.parametrize(("x", "to"), [(math.nan, 100), (math.inf, 100), (5.0, 0)])
def test_rounding_refuses_what_is_no_number(x: float, to: int) -> None:
    """Infinity, no number, and a grid of nothing are refused."""
    with pytest.raises(UnusableInput):
        rounded(x, 1.0, to)


@pytest.mark.parametrize(
    ("x", "y", "says"),
    [(155_000, None, "both"), (155_000.5, 463_000, "whole metres"), (463_000, 155_000, "RD New")],
)
def test_a_spot_checks_itself(x: float, y: float | None, says: str) -> None:
    """Half a coordinate, parts of metres and places elsewhere are refused."""
    with pytest.raises(UnusableInput, match=says):
        Spot(x, y)  # type: ignore[arg-type]


def test_a_geography_makes_rounded_spots() -> None:
    """Metres and degrees give the same spot, on the grid of the geography."""
    finer = Geography(grid=10)
    assert finer.spot(x=155_004.9, y=463_005) == Spot(155_000, 463_010)
    assert finer.spot(lat=52.155172897, lon=5.387203657, area="a") == Spot(155_000, 463_000, "a")
    assert finer.spot(area="a") == Spot(area="a")
    assert finer.spot() == Spot()


@pytest.mark.parametrize(
    ("given_", "says"),
    [
        ({"x": 1.0, "y": 2.0, "lat": 3.0}, "not both"),
        ({"lat": 52.0}, "both lat and lon"),
        ({"x": 155_000.0}, "both x and y"),
        ({"x": 463_000.0, "y": 155_000.0}, "RD New"),
    ],
)
def test_a_geography_refuses_half_a_coordinate(given_: dict[str, float], says: str) -> None:
    """What is incomplete or double is refused with the reason."""
    with pytest.raises(UnusableInput, match=says):
        Geography().spot(**given_)  # type: ignore[arg-type]


def test_coordinates_come_before_areas() -> None:
    """With coordinates on both sides the straight line counts, to the nearest metre."""
    here, there = Spot(155_000, 463_000, "a"), Spot(155_001, 463_001, "b")
    assert Geography(adjacent={"a": ["b"]}).metres(here, there) == 1
    assert Geography().metres(here, Spot(155_300, 463_400)) == 500
    assert Geography().metres(here, here) == 0


def test_areas_are_used_when_a_coordinate_is_missing() -> None:
    """Same area, adjacent area, further areas, and no chain of areas at all."""
    chain = Geography(adjacent={"a": {"b"}, "c": {"b"}, "d": (), "e": {"e"}}, within_m=300)
    here = Spot(155_000, 463_000, "a")
    assert chain.metres(here, Spot(area="a")) == 300
    assert chain.metres(here, Spot(area="b")) == 1200
    assert chain.metres(here, Spot(area="c")) == 2400
    assert chain.metres(here, Spot(area="d")) is None
    assert chain.metres(here, Spot(area="unheard of")) is None
    assert chain.metres(here, Spot(area=None)) is None
    assert chain.metres(Spot(area="unheard of"), Spot(area="unheard of")) == 300


def test_adjacency_is_true_false_or_unknown() -> None:
    """Unknown is not false: an area that borders on nothing known answers None."""
    chain = Geography(adjacent={"a": {"b"}, "c": {"b"}})
    a, b, c, z = (Spot(area=name) for name in "abcz")
    assert chain.adjacent(b, a) is True
    assert chain.adjacent(a, c) is False
    assert chain.adjacent(a, a) is False
    assert chain.adjacent(a, z) is None
    assert chain.adjacent(a, Spot()) is None
    assert chain.same_area(a, Spot(area="a")) is True
    assert chain.same_area(a, b) is False
    assert chain.same_area(a, Spot()) is None


def test_own_distances_come_first() -> None:
    """Pairs of ids, then pairs of areas, in both directions; the rest is worked out as usual."""
    own = Geography(travel={("a", "b"): 900.5, ("p1", "hall"): 50, ("b", "c"): 10, ("c", "b"): 20})
    a, b, c = Spot(155_000, 463_000, "a"), Spot(155_000, 463_010, "b"), Spot(area="c")
    assert own.metres(a, b) == own.metres(b, a) == 901
    assert own.metres(a, b, ids=("hall", "p1")) == 50
    assert own.metres(a, b, ids=("p2", "hall")) == 901
    assert (own.metres(b, c), own.metres(c, b)) == (10, 20)
    assert own.metres(a, Spot(area="a")) == 400
    assert own.metres(Spot(), Spot(), ids=("p1", "hall")) == 50


def test_own_function_comes_first() -> None:
    """A function of two spots is asked, and where it does not know the rest decides."""
    own = Geography(travel=lambda a, b: 77.7 if a.area == b.area else None)
    assert own.metres(Spot(area="a"), Spot(area="a")) == 78
    assert own.metres(Spot(155_000, 463_000, "a"), Spot(155_003, 463_004, "b")) == 5


@pytest.mark.parametrize("wrong", [-1, math.nan, math.inf])
def test_own_distances_must_be_distances(wrong: float) -> None:
    """Negative and missing numbers are refused, at once or when the function gives them."""
    with pytest.raises(UnusableInput, match="travel"):
        Geography(travel={("a", "b"): wrong})
    with pytest.raises(UnusableInput, match="travel"):
        Geography(travel=lambda *_: wrong).metres(Spot(), Spot())


@pytest.mark.parametrize(
    "wrong", [{"within_m": -1}, {"adjacent_m": 1.5}, {"grid": 0}, {"adjacent": {"a": "bc"}}]
)
def test_a_geography_refuses_impossible_settings(wrong: dict[str, object]) -> None:
    """Distances are whole and not negative; a text is not a set of areas."""
    with pytest.raises(UnusableInput):
        Geography(**wrong)  # type: ignore[arg-type]


def test_what_was_given_is_not_changed() -> None:
    """The mapping of the caller stays as it is, and later changes to it have no effect."""
    given_ = {"a": {"b"}}
    chain = Geography(adjacent=given_)
    assert given_ == {"a": {"b"}}
    given_["a"].add("c")
    assert chain.adjacent(Spot(area="a"), Spot(area="c")) is None


@given(
    st.dictionaries(st.sampled_from("abcd"), st.sets(st.sampled_from("abcd"))),
    small_spots,
    small_spots,
)
@settings(max_examples=150)
def test_distance_follows_its_definition_and_is_symmetric(
    adjacent: dict[str, set[str]], a: Spot, b: Spot
) -> None:
    """Compared with the straight line, or with all chains of at most three steps."""
    chain = Geography(adjacent=adjacent)
    found = chain.metres(a, b)
    assert found == chain.metres(b, a)
    if a.x is not None and b.x is not None and a.y is not None and b.y is not None:
        assert found == round(math.dist((a.x, a.y), (b.x, b.y)))
        return
    links = {(p, q) for p, near in adjacent.items() for q in near}
    links |= {(q, p) for p, q in links}
    want = None
    if a.area is not None and b.area is not None:
        reach, steps = {a.area}, 0
        while b.area not in reach and steps < 4:
            reach |= {q for p, q in links if p in reach}
            steps += 1
        want = None if b.area not in reach else (steps * 1200 if steps else 400)
    assert found == want


@given(
    st.lists(small_spots, max_size=8),
    st.lists(small_spots, max_size=8),
    st.integers(0, 18) | st.floats(0, 18),
)
@settings(max_examples=150)
def test_near_pairs_are_those_of_brute_force(a: list[Spot], b: list[Spot], metres: float) -> None:
    """Every pair at most that far apart, sorted, and nothing else."""
    want = [
        (i, j)
        for i, p in enumerate(a)
        for j, q in enumerate(b)
        if p.x is not None
        and q.x is not None
        and (p.x - q.x) ** 2 + ((p.y or 0) - (q.y or 0)) ** 2 <= metres**2
    ]
    first, second = near_pairs(a, b, metres)
    assert list(zip(first.tolist(), second.tolist(), strict=True)) == want
    assert first.dtype == second.dtype == np.int64


@pytest.mark.parametrize("wrong", [-0.1, math.nan, math.inf])
def test_near_pairs_needs_a_distance(wrong: float) -> None:
    """A distance that is none is refused."""
    with pytest.raises(UnusableInput):
        near_pairs([Spot()], [Spot()], wrong)
