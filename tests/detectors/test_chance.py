"""The chance of a cluster: all cases counted, closed forms, and drawn lots."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations_with_replacement, pairwise, product
from math import comb, factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.detectors import ChanceMethod, chance, chance_of_cluster
from assetmap.detectors.lattice import Together, spread_share
from assetmap.errors import UnusableInput


def clustered(days: tuple[int, ...], k: int, within: int) -> bool:
    """Tell whether k of these days lie in some window, by looking at every window."""
    return any(sum(start <= day < start + within for day in days) >= k for start in days)


@pytest.mark.parametrize(
    ("n", "days", "k", "within"),
    [
        (3, 6, 2, 2),
        (4, 5, 2, 1),
        (4, 7, 3, 2),
        (5, 6, 3, 1),
        (5, 6, 4, 3),
        (6, 5, 3, 1),
        (3, 4, 3, 3),
    ],
)
def test_whole_days_counted_one_by_one(n: int, days: int, k: int, within: int) -> None:
    """Of all ways to choose a day for each event, so many have a cluster."""
    hits = sum(clustered(each, k, within) for each in product(range(days), repeat=n))
    found = chance_of_cluster(n, days, k, within, discrete=True)
    assert found.method is ChanceMethod.EXACT
    assert found.p == pytest.approx(hits / days**n, abs=1e-12)


def volume(n: int, days: int, k: int, within: int) -> Fraction:
    """Return the chance of a cluster in continuous time, from counts of whole points alone.

    The points of n-fold sequences whose gaps are `within` or more, on a scale of m, are a
    polynomial in m; Lagrange's formula gives its leading coefficient.
    """
    counts = [
        sum(
            all(each[i + k - 1] - each[i] >= m * within for i in range(n - k + 1))
            for each in combinations_with_replacement(range(m * days + 1), n)
        )
        for m in range(n + 1)
    ]
    leading = sum(
        Fraction((-1) ** (n - m) * comb(n, m) * count, factorial(n))
        for m, count in enumerate(counts)
    )
    return 1 - leading * factorial(n) / Fraction(days) ** n


@pytest.mark.parametrize(
    ("n", "days", "k", "within"),
    [
        (3, 3, 2, 1),
        (4, 3, 3, 1),
        (4, 4, 2, 1),
        (5, 3, 3, 1),
        (6, 3, 3, 1),
        (5, 5, 4, 3),
    ],
)
def test_continuous_time_counted_on_lattices(n: int, days: int, k: int, within: int) -> None:
    """The chance is a volume; counting points with plain fractions gives the same."""
    found = chance_of_cluster(n, days, k, within)
    assert found.method is ChanceMethod.EXACT
    assert found.p == pytest.approx(float(volume(n, days, k, within)), abs=1e-9)


def test_closed_forms_in_print() -> None:
    """Three of three in 21 days of a year; two of five; beyond what holds them apart."""
    assert chance_of_cluster(3, 365, 3, 21).p == pytest.approx(0.0095497, abs=5e-8)
    assert chance_of_cluster(5, 365, 2, 21).p == pytest.approx(0.72956, abs=5e-6)
    assert chance_of_cluster(4, 365, 4, 200).p == pytest.approx(
        4 * (200 / 365) ** 3 - 3 * (200 / 365) ** 4
    )
    assert chance_of_cluster(5, 365, 2, 100) == chance_of_cluster(2, 10, 1, 1)


@pytest.mark.parametrize(
    ("n", "k", "within", "drawn"),
    [
        (3, 3, 21, 0.0093),
        (4, 3, 21, 0.036),
        (5, 3, 21, 0.082),
        (6, 3, 21, 0.150),
        (8, 3, 21, 0.345),
        (10, 3, 21, 0.574),
        (15, 3, 21, 0.949),
        (10, 4, 21, 0.098),
        (20, 5, 21, 0.262),
        (6, 3, 28, 0.240),
        (8, 4, 28, 0.079),
    ],
)
def test_chances_a_year_as_drawn_before(n: int, k: int, within: int, drawn: float) -> None:
    """What 200,000 draws of somebody else gave, within what such draws differ."""
    found = chance_of_cluster(n, 365, k, within)
    assert found.p == pytest.approx(drawn, abs=0.0015 + found.error)


@pytest.mark.parametrize("n", [4, 5, 7])
def test_the_lattice_agrees_with_closed_forms(n: int) -> None:
    """The general count, made to do the cases that have a formula of their own."""
    for k in range(2, n + 1):
        for within in (36.5, 73.0, 146.0):
            case = chance._case(n, 365, k, within, discrete=False)
            closed = chance._certain(case) or chance._closed(case)
            counted = chance._certain(case) or chance._lattice(case)
            if closed is not None and counted is not None:
                assert counted.p == pytest.approx(closed.p, abs=1e-9 + counted.error)


@pytest.mark.parametrize(
    ("n", "days", "k", "within"), [(6, 30, 3, 4), (9, 30, 4, 10), (12, 52, 3, 1), (7, 10, 3, 6.5)]
)
@pytest.mark.parametrize("discrete", [False, True])
def test_the_simulation_agrees_with_the_count(
    n: int, days: int, k: int, within: float, discrete: bool
) -> None:
    """Drawn lots lie within twice the error they give from what is counted."""
    if discrete:
        within = int(within)
    exact = chance_of_cluster(n, days, k, within, discrete=discrete)
    drawn = chance._simulated(chance._case(n, days, k, within, discrete=discrete), 3)
    assert exact.method is ChanceMethod.EXACT
    assert drawn.method is ChanceMethod.SIMULATED
    assert abs(exact.p - drawn.p) <= 2 * drawn.error


def test_the_formula_is_off_by_less_than_it_says() -> None:
    """Where Wallenstein and Neff are used, their square holds what they are off."""
    for n, k, within in ((6, 3, 2), (8, 3, 1), (8, 4, 7), (12, 4, 3), (20, 4, 2), (10, 5, 5)):
        case = chance._case(n, 365, k, within, discrete=False)
        formula, counted = chance._formula(case), chance_of_cluster(n, 365, k, within)
        assert formula is not None
        assert formula.method is ChanceMethod.APPROXIMATE
        assert abs(formula.p - counted.p) <= formula.error + counted.error + 1e-12


def test_each_size_has_its_method() -> None:
    """Exact as far as it goes, then the sharper of formula and simulation; it tells which."""
    methods = [
        chance_of_cluster(n, 365, k, 21).method
        for n, k in ((10, 3), (8, 5), (20, 8), (20, 5), (12, 4))
    ]
    assert methods == [
        ChanceMethod.EXACT,
        ChanceMethod.EXACT,
        ChanceMethod.APPROXIMATE,
        ChanceMethod.SIMULATED,
        ChanceMethod.REFINED,
    ]


def test_a_simulation_is_the_same_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The seed decides; other seeds give other draws."""
    monkeypatch.setattr(chance, "DRAWS", 2_000)
    chance._found.cache_clear()
    first = chance_of_cluster(20, 365, 5, 21)
    other = chance_of_cluster(20, 365, 5, 21, seed=1)
    chance._found.cache_clear()
    assert first == chance_of_cluster(20, 365, 5, 21, seed=0)
    assert first != other
    chance._found.cache_clear()


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 8), st.integers(1, 5), st.integers(1, 11), st.booleans())
def test_more_events_longer_windows_fewer_needed(
    n: int, k: int, within: int, discrete: bool
) -> None:
    """The chance grows with events and window, and falls with what is needed."""
    chances = np.array(
        [
            chance_of_cluster(*case, discrete=discrete).p
            for case in (
                (n, 12, k, within),
                (n + 1, 12, k, within),
                (n, 12, k, within + 1),
                (n, 12, k + 1, within),
            )
        ]
    )
    assert ((chances >= 0) & (chances <= 1)).all()
    assert chances[1] >= chances[0] - 1e-9
    assert chances[2] >= chances[0] - 1e-9
    assert chances[3] <= chances[0] + 1e-9


def test_only_the_proportion_of_the_window_matters() -> None:
    """Hours or days: the same chance."""
    assert chance_of_cluster(6, 364, 3, 7).p == pytest.approx(chance_of_cluster(6, 52, 3, 1).p)


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 5), st.integers(2, 4), st.integers(1, 6), st.integers(1, 4))
def test_placements_on_a_lattice(n: int, k: int, sites: int, window: int) -> None:
    """Each way to weigh events on one site, against all sequences."""
    weights = dict.fromkeys(Together, 0.0)
    for each in combinations_with_replacement(range(sites), n):
        if all(each[i + k - 1] - each[i] >= window for i in range(n - k + 1)):
            orders = np.prod([factorial(each.count(site)) for site in set(each)])
            weights[Together.ONCE] += 1
            weights[Together.ORDERED] += 1 / orders
            weights[Together.NEVER] += all(a < b for a, b in pairwise(each))
    for together, weight in weights.items():
        found = spread_share(n, sites, k=k, window=window, scale=2.0, together=together)
        assert found == pytest.approx(weight * factorial(n) / 2**n)


@pytest.mark.parametrize(
    ("case", "told"),
    [
        ((-1, 365, 3, 21), "n is -1"),
        ((3, 0, 3, 21), "days is 0"),
        ((3, 365, 0, 21), "k is 0"),
        ((3, 365, 3, -1), "within is -1"),
        ((3, float("nan"), 3, 21), "days is nan"),
    ],
)
def test_numbers_out_of_range(case: tuple[int, float, int, float], told: str) -> None:
    """Each number that cannot be is refused by name."""
    with pytest.raises(UnusableInput, match=told):
        chance_of_cluster(*case)


def test_whole_days_must_be_whole() -> None:
    """With whole days, half a window is refused."""
    with pytest.raises(UnusableInput, match=r"within is 2\.5"):
        chance_of_cluster(3, 365, 3, 2.5, discrete=True)
