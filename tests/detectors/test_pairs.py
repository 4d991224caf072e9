"""Knox's pairs: every order tried, moments by formula, and what others published."""

from __future__ import annotations

from itertools import combinations, permutations
from math import hypot

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import poisson

from assetmap.detectors import Knox, knox
from assetmap.errors import UnusableInput

SETTINGS = settings(max_examples=60, deadline=None)


def events(most: int) -> st.SearchStrategy[list[tuple[int, int, int]]]:
    """Draw places on a small grid, and days."""
    one = st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 6))
    return st.lists(one, max_size=most)


def count(
    drawn: list[tuple[int, int, int]], days: tuple[int, ...], near: float, close: float
) -> int:
    """Count the pairs one by one."""
    return sum(
        hypot(drawn[i][0] - drawn[j][0], drawn[i][1] - drawn[j][1]) <= near
        and abs(days[i] - days[j]) <= close
        for i, j in combinations(range(len(drawn)), 2)
    )


def look(drawn: list[tuple[int, int, int]], near: float, close: float, **more: int) -> Knox:
    """Run the test on places and days."""
    places = np.array([event[:2] for event in drawn]).reshape(-1, 2)
    return knox(places, [event[2] for event in drawn], near=near, close=close, **more)


@SETTINGS
@given(events(6), st.integers(0, 2), st.integers(0, 3))
def test_every_order_of_the_days_is_tried_for_few_events(
    drawn: list[tuple[int, int, int]], near: int, close: int
) -> None:
    """P, mean and variance are those over all orders, to the digit."""
    found = look(drawn, near, close)
    days = [event[2] for event in drawn]
    every = [count(drawn, order, near, close) for order in permutations(days)]
    assert found.exact
    assert found.pairs == count(drawn, tuple(days), near, close)
    assert found.p == pytest.approx(np.mean([many >= found.pairs for many in every]))
    assert found.expected == pytest.approx(np.mean(every))
    assert found.variance == pytest.approx(np.var(every), abs=1e-9)
    assert found.all_pairs == len(drawn) * (len(drawn) - 1) // 2


def test_drawn_orders_come_to_the_same_as_all() -> None:
    """Nine events are too many to try all: p lies near that of all 362,880 orders."""
    rng = np.random.default_rng(8)
    drawn = [tuple(row) for row in rng.integers(0, 5, (9, 3)).tolist()]
    rounds = 19_999
    found = look(drawn, 1.5, 1, replicates=rounds)
    days = np.array([event[2] for event in drawn])
    near = [
        (i, j)
        for i, j in combinations(range(9), 2)
        if hypot(drawn[i][0] - drawn[j][0], drawn[i][1] - drawn[j][1]) <= 1.5
    ]
    first, second = np.array(near).T
    orders = days[np.array(list(permutations(range(9))))]
    both = (np.abs(orders[:, first] - orders[:, second]) <= 1).sum(axis=1)
    exact = (both >= found.pairs).mean()
    assert not found.exact
    assert abs(found.p - exact) < 4.5 * (exact * (1 - exact) / rounds) ** 0.5
    assert found.expected == pytest.approx(both.mean())
    assert found.variance == pytest.approx(both.var())


def childhood_leukaemia() -> tuple[np.ndarray, np.ndarray]:
    """Make 96 events with the pairs of Knox 1964: 25 near, 152 close, 5 of them both.

    The table gives no places and days; these have the same numbers of pairs.
    """
    days = np.concatenate(
        [np.zeros(17), np.full(6, 1000), np.full(2, 2000), 3000 + 1000 * np.arange(71)]
    )
    x = 1000.0 * np.arange(96)
    for pair in range(5):
        x[2 * pair + 1] = x[2 * pair]
    for pair in range(20):
        x[25 + 2 * pair + 1] = x[25 + 2 * pair]
    return np.column_stack([x, np.zeros(96)]), days


def test_childhood_leukaemia_in_northumberland() -> None:
    """Knox 1964: 96 cases, within 1 km and 60 days 5 pairs where 0.83 were expected."""
    places, days = childhood_leukaemia()
    found = knox(places, days, near=1, close=60)
    assert (found.pairs, found.near_pairs, found.close_pairs, found.all_pairs) == (5, 25, 152, 4560)
    assert round(found.expected, 2) == 0.83
    assert found.p_poisson == pytest.approx(float(1 - poisson.cdf(4, 25 * 152 / 4560)))
    assert found.p < 0.05


def test_the_poisson_tail_begins_with_what_was_seen() -> None:
    """For 13 pairs where 10.14 are expected (Burkitt's lymphoma, 20 apart and 5 days): 0.222.

    Leaving out 13 itself, as some programs do, gives 0.146.
    """
    mean = 3429 * 52 / (188 * 187 / 2)
    assert round(mean, 4) == 10.1438
    assert round(float(poisson.sf(12, mean)), 3) == 0.222
    assert round(float(poisson.sf(13, mean)), 5) == 0.14625


def test_chance_gives_a_small_p_no_more_often_than_it_says() -> None:
    """Days dealt at random: p at most 0.1 in at most a tenth of the cases, exact or drawn."""
    rng = np.random.default_rng(1)
    for size, rounds in ((7, 200), (14, 200)):
        found = []
        for seed in range(rounds):
            places = rng.integers(0, 4, (size, 2))
            days = rng.integers(0, 8, size)
            found.append(knox(places, days, near=1, close=1, replicates=39, seed=seed).p)
        for level in (0.05, 0.1, 0.25, 0.5):
            often = np.mean(np.array(found) <= level)
            assert often <= level + 3.5 * (level * (1 - level) / rounds) ** 0.5


@SETTINGS
@given(events(12), st.integers(-50, 50), st.randoms(use_true_random=False))
def test_only_differences_count(
    drawn: list[tuple[int, int, int]], shift: int, random: np.random.Generator
) -> None:
    """All days later, all places moved, events in another order: the same pairs and moments."""
    moved = [(x + 7, y - shift, day + shift) for x, y, day in drawn]
    random.shuffle(moved)
    before, after = look(drawn, 1, 1, replicates=9), look(moved, 1, 1, replicates=9)
    for field in ("pairs", "near_pairs", "close_pairs", "all_pairs"):
        assert getattr(before, field) == getattr(after, field)
    assert before.expected == pytest.approx(after.expected)
    assert before.variance == pytest.approx(after.variance)
    assert not before.exact or before.p == pytest.approx(after.p)
    assert 0 < before.p <= 1


def test_distances_may_be_given_instead_of_places() -> None:
    """A walking distance, say: the same result as from places where both agree."""
    rng = np.random.default_rng(0)
    places, days = rng.random((12, 2)), rng.integers(0, 9, 12)
    apart = np.hypot(*(places[:, None] - places).transpose(2, 0, 1))
    options = {"near": 0.3, "close": 2, "replicates": 99, "seed": 5}
    assert knox(places, days, **options) == knox(apart, days, **options)
    assert knox([[0, 3], [3, 0]], [1, 2], near=3, close=1).pairs == 1


def test_nobody_and_one_event_are_no_pairs() -> None:
    """Without pairs there is nothing to see: p is 1."""
    for places, days in (([], []), ([[1, 1]], [4])):
        found = knox(np.array(places).reshape(-1, 2), days, near=1, close=1)
        assert (found.pairs, found.all_pairs, found.expected, found.variance) == (0, 0, 0.0, 0.0)
        assert (found.p, found.p_poisson) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("places", "days", "limits", "message"),
    [
        ([[0, 0]], [1, 2], (1, 1), "one row per day: 2, not 1"),
        ([[0, 0, 0]], [1], (1, 1), "two columns, or be a square"),
        ([[0, 1, 2], [1, 0, 3], [2, 4, 0]], [1, 2, 3], (1, 1), "symmetric"),
        ([[0, -1, 2], [-1, 0, 3], [2, 3, 0]], [1, 2, 3], (1, 1), "0 or more"),
        ([[0, 0]], [float("nan")], (1, 1), "finite"),
        ([[0, 0]], [1], (-1, 1), "near"),
        ([[0, 0]], [1], (1, -1), "close"),
    ],
)
def test_faulty_events_are_told(
    places: list[list[float]], days: list[float], limits: tuple[float, float], message: str
) -> None:
    """The message says what is wrong and what is allowed."""
    with pytest.raises(UnusableInput, match=message):
        knox(places, days, near=limits[0], close=limits[1])
