"""Groups of areas: every one that was asked for, once, and none besides."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from assetmap.detectors import Zones, connected_zones, scan, zones_by_distance
from assetmap.errors import UnusableInput

SETTINGS = settings(max_examples=60, deadline=None)


@st.composite
def streets(draw: st.DrawFn) -> list[list[int]]:
    """Draw which of up to seven areas are neighbours."""
    count = draw(st.integers(1, 7))
    pairs = list(combinations(range(count), 2))
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    around: list[list[int]] = [[] for _ in range(count)]
    for a, b in chosen:
        around[a].append(b)
        around[b].append(a)
    return around


def hang_together(group: tuple[int, ...], around: list[list[int]]) -> bool:
    """Walk through a group from its first area."""
    met, to_go = {group[0]}, [group[0]]
    while to_go:
        for other in around[to_go.pop()]:
            if other in group and other not in met:
                met.add(other)
                to_go.append(other)
    return met == set(group)


@SETTINGS
@given(streets(), st.integers(1, 7))
def test_every_connected_group_is_there_once(around: list[list[int]], size: int) -> None:
    """All sets of areas up to the size are tried; those that hang together are listed."""
    every = [
        group
        for length in range(1, size + 1)
        for group in combinations(range(len(around)), length)
        if hang_together(group, around)
    ]
    zones = connected_zones(around, size)
    assert list(zones) == every
    assert not zones.cut
    assert zones.areas == len(around)


@SETTINGS
@given(streets(), st.integers(1, 4), st.integers(1, 30))
def test_a_limit_leaves_out_whole_sizes_and_says_so(
    around: list[list[int]], size: int, limit: int
) -> None:
    """What is listed is complete up to a size; cut tells exactly whether something is missing."""
    whole, part = connected_zones(around, size), connected_zones(around, size, limit=limit)
    assert len(part) <= limit
    assert list(part) == [zone for zone in whole if len(zone) <= part.largest]
    assert part.cut == (len(part) < len(whole))
    larger = [zone for zone in whole if len(zone) <= part.largest + 1]
    assert not part.cut or len(larger) > limit


@SETTINGS
@given(streets(), st.integers(1, 4), st.randoms(use_true_random=False))
def test_numbers_of_areas_do_not_matter(
    around: list[list[int]], size: int, random: np.random.Generator
) -> None:
    """Areas under other numbers make the same groups under other numbers, cut or not."""
    new = list(range(len(around)))
    random.shuffle(new)
    renamed: list[list[int]] = [[] for _ in around]
    for area, others in enumerate(around):
        renamed[new[area]] = [new[other] for other in others]
    for limit in (7, 100_000):
        before = connected_zones(around, size, limit=limit)
        after = connected_zones(renamed, size, limit=limit)
        assert {tuple(sorted(new[a] for a in zone)) for zone in before} == set(after)
        assert before.cut == after.cut


def test_a_matrix_says_the_same_as_lists() -> None:
    """Dense or sparse, anything but zero is a neighbour; a canal is a pair that is not there."""
    matrix = np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0]])
    expected = [(0,), (1,), (2,), (0, 1)]
    assert list(connected_zones(matrix, 3)) == expected
    assert list(connected_zones(sparse.csr_array(matrix), 3)) == expected
    assert list(connected_zones([[1], [0], []], 3)) == expected


def test_a_grid_has_as_many_pieces_as_counted_elsewhere() -> None:
    """Fixed polyominoes inside a 4 x 4 square: 16 cells, 24 dominoes, 52 of three, 113 of four."""
    around = [
        [other for other in range(16) if abs(at % 4 - other % 4) + abs(at // 4 - other // 4) == 1]
        for at in range(16)
    ]
    sizes = [len(zone) for zone in connected_zones(around, 4)]
    assert [sizes.count(size) for size in (1, 2, 3, 4)] == [16, 24, 52, 113]


@pytest.mark.parametrize(
    ("neighbours", "size", "told"),
    [
        ([[1], []], 2, "1 is a neighbour of 0, but 0 not of 1"),
        ([[0]], 2, r"neighbours\[0\] holds 0 itself"),
        ([[2], []], 2, r"neighbours\[0\] is 2; allowed"),
        ([[]], 0, "max_size is 0; allowed"),
        (np.zeros((2, 3)), 2, "must be square"),
    ],
)
def test_faulty_neighbours_are_told(neighbours: list[list[int]], size: int, told: str) -> None:
    """The message says where the fault is and what is allowed."""
    with pytest.raises(UnusableInput, match=told):
        connected_zones(neighbours, size)


POINTS = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 5)), min_size=1, max_size=8
)


@SETTINGS
@given(POINTS, st.sampled_from([0.2, 0.5, 1.0]))
def test_every_circle_with_few_enough_people_is_there_once(
    points: list[tuple[int, int, int]], share: float
) -> None:
    """A circle is what lies within the distance of some other area; equal distances go together."""
    if not any(people for *_, people in points):
        points = [(x, y, 1) for x, y, _ in points]
    total = sum(people for *_, people in points)
    expected = set()
    for x, y, _ in points:
        for edge in {(x - a) ** 2 + (y - b) ** 2 for a, b, _ in points}:
            inside = [
                at for at, (a, b, _) in enumerate(points) if (x - a) ** 2 + (y - b) ** 2 <= edge
            ]
            if sum(points[at][2] for at in inside) <= share * total + 1e-9:
                expected.add(tuple(inside))
    zones = zones_by_distance([p[:2] for p in points], [p[2] for p in points], share)
    assert set(zones) == expected
    assert len(zones) == len(expected)


def test_areas_count_alike_where_no_population_is_given() -> None:
    """Half of four areas is two of them."""
    zones = zones_by_distance([[0, 0], [1, 0], [10, 0], [11, 0]])
    assert set(zones) == {(0,), (1,), (2,), (3,), (0, 1), (2, 3)}
    assert zones.largest == 2


@pytest.mark.parametrize(
    ("xy", "population", "share", "told"),
    [
        ([[0, 0, 0]], None, 0.5, "two columns"),
        ([[0, 0]], [1, 2], 0.5, "one number per area: 1"),
        ([[0, 0]], [0], 0.5, "0 everywhere"),
        ([[0, 0]], [-1], 0.5, "0 or more"),
        ([[0, 0]], [1], 0.0, "above 0, at most 1"),
        ([[0, float("nan")]], [1], 0.5, "finite"),
    ],
)
def test_faulty_places_are_told(
    xy: list[list[float]], population: list[float] | None, share: float, told: str
) -> None:
    """The message says what is allowed."""
    with pytest.raises(UnusableInput, match=told):
        zones_by_distance(xy, population, share)


def test_zones_are_a_sequence() -> None:
    """Length, order, single groups and slices, as of a tuple."""
    zones = Zones(((0,), (1,), (0, 1)), areas=2, largest=2)
    assert (len(zones), zones[-1], zones[:2]) == (3, (0, 1), ((0,), (1,)))
    assert (0, 1) in zones


@pytest.mark.parametrize("wrong", [[1, 2], None, 3])
def test_numbers_where_groups_belong_are_refused(wrong: Any) -> None:
    """A list of areas is no list of groups, and no list of neighbours."""
    with pytest.raises(UnusableInput, match="neighbours must be lists of positions"):
        connected_zones(wrong, 2)
    with pytest.raises(UnusableInput, match="zones must be groups of areas"):
        scan([[1, 2], [2, 3]], None, wrong, model="permutation")
