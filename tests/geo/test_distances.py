"""How far apart spots are."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.errors import UnusableInput
from assetmap.geo import Geography, Spot
from tests.geo.strategies import small_spots


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


def test_places_have_distances_of_their_own() -> None:
    """Place to place goes before place to area, and that before area to area, there before back."""
    own = Geography(
        travel={("hall", "b"): 700, ("hall", "club"): 300, ("a", "b"): 900, ("b", "a"): 950}
    )
    hall, club = Spot(area="a", place="hall"), Spot(area="b", place="club")
    assert own.metres(hall, club) == own.metres(club, hall) == 300
    assert own.metres(hall, Spot(area="b")) == own.metres(Spot(area="b"), hall) == 700
    assert (own.metres(Spot(area="a"), club), own.metres(club, Spot(area="a"))) == (900, 950)
    assert own.metres(hall, Spot(area="a", place="hall")) == 400


def test_middles_replace_steps() -> None:
    """With the middles of areas the straight line between them counts, but not within an area."""
    map_ = Geography(
        adjacent={"a": {"b"}, "b": {"c"}},
        centres={"a": (155_000, 463_000), "b": (155_300, 463_400)},
    )
    assert map_.metres(Spot(area="a"), Spot(area="b")) == 500
    assert map_.metres(Spot(155_030, 463_040, "a"), Spot(area="b")) == 450
    assert map_.metres(Spot(area="a"), Spot(area="a")) == 400
    assert map_.metres(Spot(area="a"), Spot(area="c")) == 2400


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 5000)), min_size=3, max_size=3))
@settings(max_examples=80)
def test_the_way_round_is_never_shorter(places: list[tuple[int, int]]) -> None:
    """Along the straight line and between middles the triangle inequality holds, to a metre."""
    points = [(155_000 + east, 463_000 + north) for east, north in places]
    named = dict(zip("abc", points, strict=True))
    map_ = Geography(centres=named)
    for spots in ([Spot(x, y) for x, y in points], [Spot(area=name) for name in named]):
        a, b, c = spots
        legs = [map_.metres(a, b), map_.metres(b, c)]
        direct = map_.metres(a, c)
        assert direct is not None
        assert None not in legs
        assert direct <= sum(leg or 0 for leg in legs) + 1


@given(
    st.dictionaries(
        st.sampled_from("abcd"), st.sets(st.sampled_from("abcd"), min_size=1), min_size=1
    ),
    st.permutations("abcd"),
)
@settings(max_examples=60)
def test_steps_over_areas_keep_the_triangle_too(
    adjacent: dict[str, set[str]], order: list[str]
) -> None:
    """Between three different areas the way round takes no fewer steps."""
    chain = Geography(adjacent=adjacent)
    a, b, c = (Spot(area=name) for name in order[:3])
    round_, direct = (chain.metres(a, b), chain.metres(b, c)), chain.metres(a, c)
    if None not in round_:
        assert direct is not None
        assert direct <= sum(leg or 0 for leg in round_)
