"""The small regression: its own equations, closed forms, and a table from a textbook."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.detectors.loglinear import fitted

SETTINGS = settings(max_examples=60, deadline=None)


@SETTINGS
@given(
    st.lists(
        st.tuples(st.integers(1, 20), st.integers(0, 9), st.floats(0.1, 3)), min_size=5, max_size=20
    )
)
def test_a_fit_solves_its_equations(rows: list[tuple[int, int, float]]) -> None:
    """Weighted residuals are orthogonal to each column; covariance and leverage are as defined."""
    counts, slope, weights = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    slope = slope / 10 + np.arange(slope.size)
    design = np.column_stack([np.ones(slope.size), slope])
    found = fitted(counts, design, weights=weights)
    assert found is not None
    score = design.T @ (weights * (counts - found.mean))
    assert np.abs(score).max() < 1e-5 * (weights * counts).sum() * slope.max()
    assert found.mean == pytest.approx(np.exp(design @ found.coefficients))
    inner = design.T @ (design * (weights * found.mean)[:, None])
    assert found.covariance @ inner == pytest.approx(np.eye(2), abs=1e-6)
    assert found.leverage.sum() == pytest.approx(2)
    assert found.freedom == counts.size - 2
    pearson = (weights * (counts - found.mean) ** 2 / found.mean).sum() / found.freedom
    assert found.dispersion == pytest.approx(pearson)


def test_a_level_alone_is_the_mean() -> None:
    """Without other columns the fit is the weighted mean, and each count pulls as it weighs."""
    counts, weights = np.array([1.0, 2, 9]), np.array([1.0, 1, 2])
    found = fitted(counts, np.ones((3, 1)), weights=weights)
    assert found is not None
    assert np.exp(found.coefficients[0]) == pytest.approx(21 / 4)
    assert found.leverage == pytest.approx(weights / 4)


def test_a_table_of_a_textbook() -> None:
    """Dobson 1990, p. 93: three treatments, three outcomes, nine counts."""
    counts = np.array([18.0, 17, 15, 20, 10, 20, 25, 13, 12])
    outcome, treatment = np.tile([0, 1, 2], 3), np.repeat([0, 1, 2], 3)
    columns = [outcome == 1, outcome == 2, treatment == 1, treatment == 2]
    found = fitted(counts, np.column_stack([np.ones(9), *columns]))
    assert found is not None
    assert found.coefficients == pytest.approx([3.044522, -0.4542553, -0.2929871, 0, 0], abs=1e-6)
    errors = np.sqrt(np.diag(found.covariance))
    assert errors == pytest.approx([0.1708987, 0.2021708, 0.1927423, 0.2, 0.2], abs=1e-6)
    assert found.dispersion * found.freedom == pytest.approx(5.173202, abs=1e-6)


def test_zeros_have_a_mean_of_almost_nothing() -> None:
    """A group of zeros, or zeros only, ends at a mean of nearly 0; the rest is not touched."""
    group = np.repeat([0.0, 1.0], 4)
    found = fitted(np.array([3.0, 5, 4, 4, 0, 0, 0, 0]), np.column_stack([np.ones(8), group]))
    assert found is not None
    assert found.mean[0] == pytest.approx(4)
    assert found.mean[7] < 1e-6
    nothing = fitted(np.zeros(8), np.ones((8, 1)))
    assert nothing is not None
    assert nothing.mean.max() < 1e-6


def test_there_is_no_fit_where_columns_depend_on_each_other() -> None:
    """Twice the same column, or no more counts than columns: None."""
    assert fitted(np.arange(1.0, 6), np.ones((5, 2))) is None
    assert fitted(np.array([1.0, 2]), np.array([[1.0, 0], [1, 1]])) is None


def test_standardised_residuals_of_anscombe() -> None:
    """By hand: 1.5 (8^(2/3) / 4^(1/6) - 2) over the root of 2 times (1 - 1/3)."""
    found = fitted(np.array([8.0, 2, 2]), np.ones((3, 1)))
    assert found is not None
    first = 1.5 * (4 / 4 ** (1 / 6) - 2) / (2 * (2 / 3)) ** 0.5
    assert found.anscombe(np.array([8.0, 2, 2]), 2.0)[0] == pytest.approx(first)
