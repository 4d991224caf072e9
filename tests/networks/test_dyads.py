"""Pairs compared: against plain least squares, and against all exchanges."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.errors import UnusableInput
from assetmap.networks.dyads import correlation, correlations, slopes

Numbers = np.ndarray


def _matrix(rng: np.random.Generator, count: int, directed: bool) -> Numbers:
    found = rng.integers(0, 4, (count, count)).astype(float)
    found = found if directed else np.triu(found, 1) + np.triu(found, 1).T
    np.fill_diagonal(found, 0)
    return found


def _pairs(matrix: Numbers, directed: bool) -> Numbers:
    size = len(matrix)
    mask = ~np.eye(size, dtype=bool) if directed else np.triu(np.ones((size, size), dtype=bool), 1)
    return matrix[mask]


SETTINGS = settings(max_examples=30, deadline=None)


@SETTINGS
@given(st.integers(0, 10_000), st.booleans(), st.integers(5, 9))
def test_coefficients_are_those_of_least_squares(seed: int, directed: bool, count: int) -> None:
    """Coefficients by numpy.linalg.lstsq; t-values from the textbook formula."""
    rng = np.random.default_rng(seed)
    y, *x = (_matrix(rng, count, directed) for _ in range(3))
    design = np.column_stack([np.ones(len(_pairs(y, directed))), *(_pairs(m, directed) for m in x)])
    if np.linalg.matrix_rank(design) < 3:
        return
    target = _pairs(y, directed)
    expected, *_ = np.linalg.lstsq(design, target, rcond=None)
    found = slopes(y, x, directed=directed, runs=1, rng=rng)
    assert found.coefficient.tolist() == pytest.approx(expected.tolist(), abs=1e-9)
    rest = target - design @ expected
    free = len(target) - 3
    error = np.sqrt(rest @ rest / free * np.diag(np.linalg.inv(design.T @ design)))
    if error.min() > 1e-6:
        assert found.t.tolist() == pytest.approx((expected / error).tolist())
    if np.ptp(target) > 0:
        explained = 1 - rest @ rest / ((target - target.mean()) ** 2).sum()
        assert found.r_squared == pytest.approx(explained)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000), st.booleans())
def test_semi_partialling_from_its_definition(seed: int, directed: bool) -> None:
    """Residuals of a predictor, exchanged by the same orders, regressed anew in full."""
    rng = np.random.default_rng(seed)
    count = 6
    y, *x = (_matrix(rng, count, directed) for _ in range(3))
    plain = [np.ones(len(_pairs(y, directed))), *(_pairs(m, directed) for m in x)]
    if np.linalg.matrix_rank(np.column_stack(plain)) < 3:
        return
    found = slopes(y, x, directed=directed, runs=5, rng=np.random.default_rng(1))
    orders = np.random.default_rng(1)
    target = _pairs(y, directed)
    for at in (1, 2):
        others = np.column_stack([column for place, column in enumerate(plain) if place != at])
        fitted = others @ np.linalg.lstsq(others, plain[at], rcond=None)[0]
        residual = np.zeros((count, count))
        mask = ~np.eye(count, dtype=bool) if directed else np.triu(np.ones((count,) * 2), 1) > 0
        residual[mask] = plain[at] - fitted
        residual = residual if directed else residual + residual.T
        for run in range(5):
            order = orders.permutation(count)
            mixed = _pairs(residual[np.ix_(order, order)], directed)
            design = np.column_stack([mixed, others])
            if np.linalg.matrix_rank(design) < 3:
                continue
            slope, *_ = np.linalg.lstsq(design, target, rcond=None)
            rest = target - design @ slope
            variance = rest @ rest / (len(target) - 3)
            t = slope[0] / np.sqrt(variance * np.linalg.inv(design.T @ design)[0, 0])
            assert found.drawn[at - 1, run] == pytest.approx(t)


@SETTINGS
@given(st.integers(0, 10_000), st.booleans())
def test_exchanges_of_all_nodes_and_no_others(seed: int, directed: bool) -> None:
    """Every drawn correlation is one of those of the 24 orders, and most of these occur."""
    rng = np.random.default_rng(seed)
    x, y = (_matrix(rng, 4, directed) for _ in range(2))
    observed = correlation(x, y, directed=directed)
    if np.isnan(observed):
        return
    every = {
        round(correlation(x, y[np.ix_(order, order)], directed=directed), 9)
        for order in (list(p) for p in permutations(range(4)))
    }
    found = correlations(x, y, directed=directed, runs=300, rng=rng)
    assert {round(value, 9) for value in found.tolist()} == every
    expected = np.corrcoef(_pairs(x, directed), _pairs(y, directed))[0, 1]
    assert observed == pytest.approx(expected)


def test_what_cannot_be_regressed_is_refused() -> None:
    """A flat predictor, one twice, and too few pairs."""
    rng = np.random.default_rng(0)
    y, x = _matrix(rng, 6, False), _matrix(rng, 6, False)
    for wrong in ([np.ones((6, 6))], [x, 2 * x]):
        with pytest.raises(UnusableInput, match="flat, or follows"):
            slopes(y, wrong, directed=False, runs=1, rng=rng)
    with pytest.raises(UnusableInput, match="too few pairs"):
        slopes(y[:3, :3], [x[:3, :3], y[:3, :3]], directed=False, runs=1, rng=rng)
    assert np.isnan(correlation(np.ones((3, 3)), x[:3, :3], directed=False))


def test_a_perfect_fit_has_an_endless_t() -> None:
    """What is explained without rest is as far from chance as can be, in the right direction."""
    x = _matrix(np.random.default_rng(2), 6, False)
    found = slopes(-2 * x, [x], directed=False, runs=50, rng=np.random.default_rng(0))
    assert found.coefficient[1] == pytest.approx(-2)
    assert found.t[1] < -1e6
    assert found.r_squared == pytest.approx(1)
