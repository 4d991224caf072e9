"""Pairs of spots within a distance."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.errors import UnusableInput
from assetmap.geo import Spot, near_pairs
from tests.geo.strategies import small_spots


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
