"""Shares with their interval: against the quadratic equation they solve."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from assetmap.detectors import wilson
from assetmap.errors import UnusableInput


def test_two_hundred_doors() -> None:
    """101 of 200 doors: 50.5 %, between 43.6 and 57.4."""
    found = wilson(101, 200)
    assert found is not None
    assert [round(100 * end, 1) for end in found] == [43.6, 57.4]
    assert found.estimate == 0.505


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 300), st.data(), st.sampled_from([0.8, 0.95, 0.99]))
def test_agrees_with_another_implementation(n: int, data: st.DataObject, confidence: float) -> None:
    """The ends are those of scipy, and hold the estimate."""
    successes = data.draw(st.integers(0, n))
    found = wilson(successes, n, confidence=confidence)
    assert found is not None
    other = binomtest(successes, n).proportion_ci(confidence, "wilson")
    assert list(found) == pytest.approx([other.low, other.high], abs=1e-12)
    assert 0 <= found.low <= found.estimate <= found.high <= 1


def test_nobody_asked() -> None:
    """Without anybody asked there is no interval."""
    assert wilson(0, 0) is None


@pytest.mark.parametrize(("successes", "n"), [(3, 2), (-1, 2), (0.5, 2), (1, float("nan"))])
def test_impossible_numbers_are_refused(successes: float, n: float) -> None:
    """More successes than asked, negatives and fractions end with a sentence."""
    with pytest.raises(UnusableInput, match="whole number"):
        wilson(successes, n)  # type: ignore[arg-type]


def test_a_confidence_beyond_one_is_refused() -> None:
    """A confidence of 95 was meant as 0.95; the sentence says the limits."""
    with pytest.raises(UnusableInput, match="confidence is 95; allowed: between 0 and 1"):
        wilson(1, 2, confidence=95)
