"""Shares with their interval: against the quadratic equation they solve."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, poisson

from assetmap.detectors import funnel, poisson_interval, wilson
from assetmap.errors import UnusableInput


def test_two_hundred_doors() -> None:
    """101 of 200 doors: 50.5 %, between 43.6 and 57.4."""
    found = wilson(101, 200)
    assert found is not None
    assert [round(100 * end, 1) for end in found] == [43.6, 57.4]
    assert found.estimate == 0.505


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_newcombe(successes: int, n: int, low: float, high: float) -> None:
    """The table of Newcombe, Statistics in Medicine 17 (1998), 857-872, method 3."""
    found = wilson(successes, n)
    assert found is not None
    assert [round(end, 4) for end in found] == [low, high]


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


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 60), st.floats(0.1, 9), st.sampled_from([0.8, 0.95]))
def test_a_rate_and_its_tails(count: int, effort: float, confidence: float) -> None:
    """At either end, what was seen is just as surprising as may be."""
    found = poisson_interval(count, effort=effort, confidence=confidence)
    tail = (1 - confidence) / 2
    assert poisson.cdf(count, found.high * effort) == pytest.approx(tail)
    if count:
        assert poisson.sf(count - 1, found.low * effort) == pytest.approx(tail)
    else:
        assert found.low == 0
    assert found.low <= found.estimate <= found.high


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(1, 900), min_size=1, max_size=6), st.floats(0, 0.3))
def test_a_funnel_holds_most_of_what_is_alike(population: list[int], rate: float) -> None:
    """Inside lies at least the share asked for; taken in by one at either end, less."""
    found = funnel(population, rate, confidence=0.9)
    for size, low, high in zip(population, found.low, found.high, strict=True):
        ends = round(low * size), round(high * size)
        assert poisson.cdf(ends[1], rate * size) - poisson.cdf(ends[0] - 1, rate * size) >= 0.9
        assert poisson.cdf(ends[1], rate * size) >= 0.95
        assert ends[1] == 0 or poisson.cdf(ends[1] - 1, rate * size) < 0.95
        assert poisson.sf(ends[0] - 1, rate * size) >= 0.95
