"""Sums of excesses: by hand, against likelihoods, and how rarely they cry wolf."""

from __future__ import annotations

from math import exp, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nbinom, poisson

from assetmap.detectors import cusum, likelihood_cusum
from assetmap.errors import UnusableInput

SETTINGS = settings(max_examples=40, deadline=None)
COUNTS = st.lists(st.integers(0, 9), min_size=1, max_size=30)


@SETTINGS
@given(COUNTS, st.floats(0.2, 5), st.floats(0, 2), st.floats(0.5, 5), st.booleans())
def test_the_plain_form_is_its_definition(
    counts: list[int], mean: float, k: float, h: float, reset: bool
) -> None:
    """Period by period: S = max(0, S + z - k), an alarm at h, and back to 0 where asked."""
    found = cusum(counts, mean=mean, k=k, h=h, reset=reset)
    total, began = 0.0, -1
    for at, count in enumerate(counts):
        total = max(0.0, total + (count - mean) / mean**0.5 - k)
        began = -1 if total == 0 else at if began < 0 else began
        assert found.statistic[at] == pytest.approx(total, abs=1e-12)
        assert found.since[at] == began
        assert found.alarm[at] == (found.statistic[at] >= h)
        if reset and found.alarm[at]:
            total, began = 0.0, -1


@SETTINGS
@given(st.integers(0, 20), st.floats(0.1, 9), st.sampled_from([0.4, 1.5, 3]), st.floats(0.01, 2))
def test_steps_are_log_likelihood_ratios(
    count: int, mean: float, ratio: float, spread: float
) -> None:
    """One step is ln of the chance under the changed mean over that under the usual one."""

    def chance(usual: float) -> float:
        return float(nbinom.logpmf(count, 1 / spread, 1 / (1 + spread * usual)))

    step = chance(ratio * mean) - chance(mean)
    found = likelihood_cusum([count], mean=mean, ratio=ratio, dispersion=spread)
    assert found.statistic[0] == pytest.approx(max(0.0, step), abs=1e-8)
    plain = poisson.logpmf(count, ratio * mean) - poisson.logpmf(count, mean)
    assert cusum([count], mean=mean, ratio=ratio).statistic[0] == pytest.approx(
        max(0.0, float(plain)), abs=1e-9
    )


def test_the_defaults_are_those_in_circulation() -> None:
    """Limits of 1.04 and 2.26; in the likelihood-ratio form h 5."""
    assert cusum([1, 1], mean=1).limit == 2.26
    assert cusum([1, 5], mean=1).statistic.tolist() == [0.0, pytest.approx(2.96)]
    assert cusum([1], mean=1, ratio=2).limit == likelihood_cusum([1], mean=1, ratio=2).limit == 5


def test_a_reset_ends_the_alarm_with_the_rise() -> None:
    """After a peak the plain sum stays on for weeks; set back, it is off the next."""
    counts = [1, 1, 20, 1, 1, 1, 1]
    assert cusum(counts, mean=1).alarm.tolist() == [False, False] + [True] * 5
    assert cusum(counts, mean=1, reset=True).alarm.tolist() == [False, False, True] + [False] * 4


def test_the_limit_itself_is_an_alarm() -> None:
    """A sum of exactly h alarms, and is set back."""
    found = cusum([4, 2, 1], mean=1, k=0, h=3, reset=True)
    assert found.alarm.tolist() == [True, False, False]
    assert found.statistic.tolist() == [3, 1, 1]
    assert found.since.tolist() == [0, 1, 1]


def test_all_zeros_never_alarm() -> None:
    """A rise is never found where nothing happened; a fall is."""
    zeros = np.zeros((2, 400), dtype=int)
    assert not cusum(zeros, mean=0.3).alarm.any()
    assert not cusum(zeros, mean=0.3, ratio=2).alarm.any()
    assert cusum(zeros, mean=0.3, ratio=0.5).alarm.any()


@pytest.mark.parametrize(("mean", "ratio"), [(0.3, 2.0), (2.0, 1.5)])
def test_false_alarms_are_as_rare_as_promised(mean: float, ratio: float) -> None:
    """On average at least exp(h) periods pass until the first false alarm."""
    rng = np.random.default_rng(5)
    limit = log(30)
    found = cusum(rng.poisson(mean, (1500, 600)), mean=mean, ratio=ratio, h=limit)
    first = np.where(found.alarm.any(axis=1), found.alarm.argmax(axis=1) + 1, 600)
    assert first.mean() >= exp(limit)


def test_many_series_with_means_of_their_own() -> None:
    """A mean per series or per period; each row gives what it gives alone."""
    rng = np.random.default_rng(2)
    counts, means = rng.poisson(2, (4, 25)), np.array([1.0, 2.0, 3.0, 0.5])
    together = cusum(counts, mean=means[:, None], ratio=2, h=2, reset=True)
    for row in range(4):
        alone = cusum(counts[row], mean=means[row], ratio=2, h=2, reset=True)
        np.testing.assert_array_equal(together.statistic[row], alone.statistic)
        np.testing.assert_array_equal(together.since[row], alone.since)
    by_period = cusum(counts, mean=np.full(25, 2.0))
    np.testing.assert_array_equal(by_period.statistic, cusum(counts, mean=2).statistic)


def test_without_a_mean_it_is_that_of_the_series() -> None:
    """A look back at a whole series; nothing at all is no alarm."""
    counts = [[0, 1, 1, 6], [2, 2, 2, 2], [0, 0, 0, 0]]
    found = cusum(counts)
    expected = cusum(counts, mean=[[2.0], [2.0], [1.0]])
    np.testing.assert_array_equal(found.statistic, expected.statistic)
    assert found.alarm.sum() == 0
    assert likelihood_cusum([[0, 0, 9]], ratio=2).statistic[0, 2] == pytest.approx(9 * log(2) - 3)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"mean": 0}, "mean is 0; allowed: numbers above 0"),
        ({"mean": [1, 2, 3]}, "broadcast to the shape of counts"),
        ({"mean": 1, "k": -1}, "k is -1"),
        ({"mean": 1, "h": 0}, "h is 0"),
        ({"mean": 1, "ratio": 1}, "ratio is 1; allowed: above 1 for a rise"),
        ({"mean": 1, "ratio": -2}, "ratio is -2"),
    ],
)
def test_impossible_settings(options: dict[str, float], told: str) -> None:
    """Each setting that cannot be is refused with what is allowed."""
    with pytest.raises(UnusableInput, match=told):
        cusum([1, 2], **options)
