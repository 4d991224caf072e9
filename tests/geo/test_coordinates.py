"""RD New and degrees: one into the other, and rounded to a grid."""

from __future__ import annotations

import math
from itertools import product

import pyproj
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.errors import UnusableInput
from assetmap.geo import rd_from_wgs84, rounded, wgs84_from_rd
from assetmap.geo.coordinates import rd_points

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

points_in_rd = st.tuples(st.floats(10_000, 280_000), st.floats(300_000, 620_000))


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


@given(points_in_rd)
@settings(max_examples=60)
def test_there_and_back_again(point: tuple[float, float]) -> None:
    """Metres to degrees to metres ends where it began."""
    assert math.dist(rd_from_wgs84(*wgs84_from_rd(*point)), point) < 0.001


@given(points_in_rd)
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


# From the self-validation file of RDNAPTRANS(tm)2018 (Z001_ETRS89andRDNAP.txt) of NSGI, the
# Dutch cooperation for geodesy, as it stands in its public repository of transformations. Chosen
# for their spread over the country. Of the 4,994 points of that file that lie within the limits
# of RD New, the furthest off is 24.0 cm and half are within 6.0 cm.
RDNAPTRANS_2018 = [
    pytest.param(51.728601274, 4.712120126, 108360.8790, 415757.2745, id="30010000"),
    pytest.param(53.184783369, 5.816489592, 183697.1899, 577653.4349, id="30010009"),
    pytest.param(51.825323002, 5.049883673, 131745.5792, 426355.6419, id="30010014"),
    pytest.param(53.473095072, 6.886681267, 254565.6835, 610693.7409, id="30010020"),
    pytest.param(52.140280214, 6.283826609, 216379.0437, 461722.4577, id="30010055"),
    pytest.param(51.480145290, 3.681236541, 36499.2877, 389286.2694, id="30010066"),
    pytest.param(52.395678441, 4.341813011, 83847.1065, 490272.6705, id="30010075"),
    pytest.param(51.271897246, 3.546428168, 26551.8139, 366351.3980, id="30010102"),
    pytest.param(52.768594428, 5.477261726, 161077.9604, 531257.5360, id="30010114"),
    pytest.param(50.880783361, 5.770979299, 182010.4298, 321291.5269, id="30010119"),
    pytest.param(52.883183705, 6.462408482, 227375.3252, 544543.9126, id="30010128"),
    pytest.param(52.084624209, 6.739201249, 247665.3631, 456014.0614, id="30010149"),
    pytest.param(51.441379076, 5.366727866, 153576.6806, 383587.1493, id="30010153"),
    pytest.param(51.197393492, 5.779817307, 182443.1827, 356517.3349, id="30010164"),
    pytest.param(52.048259828, 4.757637224, 111813.3549, 451292.0588, id="30010189"),
]


@pytest.mark.parametrize(("lat", "lon", "x", "y"), RDNAPTRANS_2018)
def test_points_of_the_official_self_validation(lat: float, lon: float, x: float, y: float) -> None:
    """Without the correction grid both ways end within 25 cm of RDNAPTRANS2018."""
    assert math.dist(rd_from_wgs84(lat, lon), (x, y)) < TOLERANCE_M
    found_lat, found_lon = wgs84_from_rd(x, y)
    north = (found_lat - lat) * 111_200
    east = (found_lon - lon) * 111_200 * math.cos(math.radians(lat))
    assert math.hypot(north, east) < TOLERANCE_M


def _great_circle(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Metres over a ball with the mean radius of the earth, by the haversine formula."""
    (lat1, lon1), (lat2, lon2) = (map(math.radians, a), map(math.radians, b))
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6_371_000 * math.asin(math.sqrt(half))


@given(points_in_rd, points_in_rd)
@settings(max_examples=60)
def test_the_straight_line_is_the_great_circle(
    a: tuple[float, float], b: tuple[float, float]
) -> None:
    """RD and a ball agree to half a percent: the earth is no ball, and the map is flat."""
    over_the_map = math.dist(a, b)
    over_the_earth = _great_circle(wgs84_from_rd(*a), wgs84_from_rd(*b))
    assert over_the_map == pytest.approx(over_the_earth, rel=0.005, abs=1)


@given(points_in_rd, points_in_rd)
@settings(max_examples=60)
def test_the_line_over_the_map_is_that_over_the_ellipsoid(
    a: tuple[float, float], b: tuple[float, float]
) -> None:
    """Against the geodesic of PROJ the map is off by its own scale only, at most two in 10,000."""
    (lat1, lon1), (lat2, lon2) = wgs84_from_rd(*a), wgs84_from_rd(*b)
    *_, metres = pyproj.Geod(ellps="WGS84").inv(lon1, lat1, lon2, lat2)
    assert math.dist(a, b) == pytest.approx(metres, rel=0.0002, abs=0.01)


@given(st.floats(10_000, 280_000), st.floats(0, 49.99), st.floats(300_000, 620_000))
@settings(max_examples=80)
def test_what_is_rounded_hides_where_in_the_square_it_was(x: float, off: float, y: float) -> None:
    """All points of one square of 100 m give the same: rounding tells nothing finer."""
    corner = round(x, -2)
    assert rounded(corner + off, y) == rounded(corner, y) == rounded(corner - off, y)


@given(st.lists(points_in_rd, min_size=1, max_size=5))
@settings(max_examples=30)
def test_many_points_at_once_are_the_same_points(points: list[tuple[float, float]]) -> None:
    """Points turned together come out as each by itself."""
    degrees = [wgs84_from_rd(*point) for point in points]
    together = rd_points([(lon, lat) for lat, lon in degrees])
    for found, (lat, lon) in zip(together, degrees, strict=True):
        assert found == pytest.approx(rd_from_wgs84(lat, lon), abs=1e-6)


@pytest.mark.parametrize(
    ("point", "says"), [((52.1, 5.1), "swapped"), ((155_000.0, 463_000.0), "RD metres")]
)
def test_many_points_are_checked_too(point: tuple[float, float], says: str) -> None:
    """One point elsewhere is refused with the likely reason."""
    with pytest.raises(UnusableInput, match=says):
        rd_points([(5.1, 52.1), point])
