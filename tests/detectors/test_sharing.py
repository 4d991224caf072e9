"""Rates of small areas: by hand, and what shrinking promises."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.detectors import empirical_bayes
from assetmap.errors import UnusableInput

AREAS = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 200)), min_size=1, max_size=12)


def test_by_hand() -> None:
    """Three areas worked out with a pencil."""
    found = empirical_bayes([9, 0, 30], [30, 10, 300])
    mean = 39 / 340
    spread = (30 * (0.3 - mean) ** 2 + 10 * mean**2 + 300 * (0.1 - mean) ** 2) / 340
    variance = spread - mean / (340 / 3)
    assert found.mean == pytest.approx(mean)
    assert found.variance == pytest.approx(variance)
    weight = variance / (variance + mean / 30)
    assert found.rate[0] == pytest.approx(weight * 0.3 + (1 - weight) * mean)


def test_a_negative_variance_is_none() -> None:
    """Areas that differ less than by chance all get the common rate."""
    found = empirical_bayes([10, 10, 10], [100, 101, 99])
    assert found.variance == 0
    assert found.weight.tolist() == [0, 0, 0]
    np.testing.assert_allclose(found.rate, 0.1)


@settings(max_examples=60, deadline=None)
@given(AREAS, st.integers(0, 1_000))
def test_between_own_and_common(areas: list[tuple[int, int]], seed: int) -> None:
    """Every rate lies between its own and the common one; larger areas keep more of theirs."""
    counts, people = (np.array([area[at] for area in areas]) for at in (0, 1))
    found = empirical_bayes(counts, people)
    low, high = np.minimum(found.raw, found.mean), np.maximum(found.raw, found.mean)
    assert ((found.rate >= low - 1e-12) & (found.rate <= high + 1e-12)).all()
    assert ((found.weight >= 0) & (found.weight <= 1)).all()
    order = np.argsort(people, kind="stable")
    assert (np.diff(found.weight[order]) >= -1e-12).all()
    mixed = np.random.default_rng(seed).permutation(len(areas))
    np.testing.assert_allclose(
        empirical_bayes(counts[mixed], people[mixed]).rate, found.rate[mixed], atol=1e-12
    )


def test_nothing_anywhere() -> None:
    """No counts at all: rate 0, no division by 0."""
    assert empirical_bayes([0, 0], [5, 9]).rate.tolist() == [0, 0]


def test_impossible_areas() -> None:
    """No areas, nobody living there, lengths that differ."""
    with pytest.raises(UnusableInput, match="counts is empty"):
        empirical_bayes([], [])
    with pytest.raises(UnusableInput, match=r"population\[1\] is 0"):
        empirical_bayes([1, 2], [5, 0])
    with pytest.raises(UnusableInput, match="counts and population"):
        empirical_bayes([1, 2], [5])
