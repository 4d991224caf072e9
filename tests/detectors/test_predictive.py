"""More than usual: against exact fractions, sums by hand, and the promise about chance."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nbinom

from assetmap.detectors import BAYES1, BAYES2, BAYES3, Baseline, gamma_poisson
from assetmap.errors import UnusableInput

SETTINGS = settings(max_examples=40, deadline=None)
COUNTS = st.lists(st.integers(0, 6), min_size=1, max_size=40)


def binomial_tail(trials: int, chance: Fraction, least: int) -> Fraction:
    """P(at least so many), by adding up."""
    return sum(
        (
            comb(trials, hits) * chance**hits * (1 - chance) ** (trials - hits)
            for hits in range(least, trials + 1)
        ),
        Fraction(0),
    )


@SETTINGS
@given(COUNTS, st.integers(1, 8), st.integers(1, 4))
def test_p_is_the_exact_conditional_tail(counts: list[int], base: int, window: int) -> None:
    """Period by period, p is a binomial tail given the sum, in fractions."""
    found = gamma_poisson(counts, base, window=window)
    for at in range(len(counts)):
        start = at - window + 1 - base
        if start < 0:
            assert np.isnan(found.p[at])
            continue
        before = sum(counts[start : start + base])
        now = sum(counts[start + base : at + 1])
        exact = binomial_tail(before + now, Fraction(window, window + base), now)
        assert found.p[at] == pytest.approx(float(exact), rel=1e-10)
        assert found.expected[at] == pytest.approx(before * window / base)
        assert (found.observed[at], found.base[at]) == (now, before)


@pytest.mark.parametrize("prior", [1.0, 0.5])
@pytest.mark.parametrize("effort", [Fraction(1, 5), Fraction(1), Fraction(4)])
def test_chance_is_not_promised_too_small(prior: float, effort: Fraction) -> None:
    """P(p <= a) <= a when the rate did not change, whatever the sum and the effort.

    All ways to divide each sum are tried; only the exact form keeps the promise.
    """
    share = effort / (1 + effort)
    kept = []
    for total in range(1, 25):
        rows = [[total - now, now] for now in range(total + 1)]
        p = gamma_poisson(rows, 1, effort=[1.0, float(effort)], prior=prior).p[:, 1]
        weights = [float(binomial_tail(total, share, now)) for now in range(total + 1)]
        chance = -np.diff([*weights, 0.0])
        kept += [chance[p <= a].sum() <= a * (1 + 1e-9) for a in p]
    assert all(kept) == (prior == 1.0)


@SETTINGS
@given(COUNTS, st.integers(1, 6), st.floats(0.01, 0.5), st.sampled_from([0.5, 1.0]))
def test_above_the_upper_limit_is_an_alarm(
    counts: list[int], base: int, alpha: float, prior: float
) -> None:
    """The limit is the quantile of 1 - alpha; alarms are what lies above it."""
    found = gamma_poisson(counts, base, alpha=alpha, prior=prior)
    known = ~np.isnan(found.p)
    assert (found.alarm[known] == (found.observed > found.upper)[known]).all()
    assert not found.alarm[~known].any()
    assert np.isnan(found.upper[~known]).all()
    for size, high in zip(found.base[known], found.upper[known], strict=True):
        chance = base / (base + 1)
        assert nbinom.sf(high, size + prior, chance) <= alpha * (1 + 1e-9)
        assert high == 0 or nbinom.sf(high - 1, size + prior, chance) > alpha * (1 - 1e-9)


def test_a_p_at_the_level_is_an_alarm() -> None:
    """At most alpha: a p of exactly a half alarms at a half."""
    found = gamma_poisson([0, 1], 1, alpha=0.5)
    assert (found.p[1], found.alarm[1]) == (0.5, True)


@SETTINGS
@given(st.integers(1, 50), st.integers(1, 6), st.integers(1, 3))
def test_all_zeros_never_alarm(length: int, base: int, window: int) -> None:
    """Where nothing happened, p is 1."""
    found = gamma_poisson([0] * length, base, window=window, alpha=0.999)
    assert not found.alarm.any()
    assert set(found.p[~np.isnan(found.p)]) <= {1.0}


@SETTINGS
@given(COUNTS, st.integers(0, 1_000), st.sampled_from([0.25, 2.0, 1024.0]))
def test_only_proportions_of_effort_matter(counts: list[int], seed: int, times: float) -> None:
    """All efforts doubled, p is the same; all equal, p is that without effort."""
    effort = np.random.default_rng(seed).integers(0, 5, len(counts)).astype(float)
    first = gamma_poisson(counts, 4, window=2, effort=effort)
    again = gamma_poisson(counts, 4, window=2, effort=effort * times)
    np.testing.assert_array_equal(first.p, again.p)
    even = gamma_poisson(counts, 4, window=2, effort=np.full(len(counts), times))
    np.testing.assert_allclose(even.p, gamma_poisson(counts, 4, window=2).p, rtol=1e-9)


@SETTINGS
@given(COUNTS, st.integers(1, 9))
def test_later_dates_shift_the_result(counts: list[int], more: int) -> None:
    """Periods put in front change nothing where everything was known."""
    found = gamma_poisson(counts, 3, window=2).p
    shifted = gamma_poisson([0] * more + counts, 3, window=2).p[more:]
    known = ~np.isnan(found)
    np.testing.assert_array_equal(found[known], shifted[known])


def test_many_series_are_each_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table gives row by row what each row gives, however it is cut in parts."""
    rng = np.random.default_rng(3)
    table, effort = rng.poisson(1.5, (7, 60)), rng.integers(0, 4, (7, 60))
    monkeypatch.setattr("assetmap.detectors.predictive.AT_ONCE", 11)
    together = gamma_poisson(table, 10, window=3, effort=effort)
    shared = gamma_poisson(table, 10, window=3, effort=effort[0])
    for row in range(7):
        alone = gamma_poisson(table[row], 10, window=3, effort=effort[row])
        np.testing.assert_array_equal(together.p[row], alone.p)
        np.testing.assert_array_equal(together.upper[row], alone.upper)
        alone = gamma_poisson(table[row], 10, window=3, effort=effort[0])
        np.testing.assert_array_equal(shared.p[row], alone.p)


def test_without_effort_nothing_can_be_said() -> None:
    """Nobody at work in window or baseline: p is missing, and there is no alarm."""
    found = gamma_poisson([0, 0, 5, 0, 5], 2, effort=[0, 0, 1, 1, 0])
    assert np.isnan(found.p).tolist() == [True, True, True, False, True]
    assert not found.alarm.any()


def test_baselines_in_circulation() -> None:
    """Six recent weeks; thirteen of last year besides; eighteen of two years."""
    rng = np.random.default_rng(11)
    counts = rng.poisson(4, 120)
    at = 115
    recent = counts[at - 6 : at]
    last_year = counts[at - 58 : at - 45]
    two_years = [*counts[at - 56 : at - 47], *counts[at - 108 : at - 99]]
    for baseline, weeks in (
        (BAYES1, recent),
        (BAYES2, [*recent, *last_year]),
        (BAYES3, two_years),
    ):
        found = gamma_poisson(counts, baseline, prior=0.5)
        assert baseline.size == len(weeks)
        assert found.base[at] == sum(weeks)
        limit = nbinom.ppf(0.95, sum(weeks) + 0.5, len(weeks) / (len(weeks) + 1))
        assert found.upper[at] == limit
        assert np.flatnonzero(~np.isnan(found.p))[0] == baseline.reach(1)


def test_a_gap_leaves_out_the_weeks_before() -> None:
    """With a gap of two, a rise that began two weeks ago is not in its own baseline."""
    found = gamma_poisson([1, 1, 1, 9, 9, 9], Baseline(recent=3, gap=2))
    assert found.base[-1] == 3


@pytest.mark.parametrize(
    ("baseline", "window", "told"),
    [
        (0, 1, "needs periods"),
        (-1, 1, "recent is -1"),
        (2.5, 1, "recent is 2.5"),
        (3, 0, "window is 0"),
        (Baseline(recent=40, years=1, half_width=12), 1, "overlaps the recent periods or window"),
    ],
)
def test_impossible_baselines(baseline: int, window: int, told: str) -> None:
    """No periods, part of one, or periods counted twice are refused."""
    with pytest.raises(UnusableInput, match=told):
        gamma_poisson([1, 2], baseline, window=window)


def test_years_that_overlap() -> None:
    """A half width beyond half a year would count weeks of two years twice."""
    with pytest.raises(UnusableInput, match="years overlap"):
        Baseline(years=2, half_width=26)


def test_effort_of_another_length() -> None:
    """Efforts must be there for each period."""
    with pytest.raises(UnusableInput, match="each of the 3 periods"):
        gamma_poisson([1, 2, 3], 1, effort=[1, 1])
