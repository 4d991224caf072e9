"""Waiting times: a trial that stands in every textbook, and the definition step by step."""

from __future__ import annotations

from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.detectors import kaplan_meier
from assetmap.errors import UnusableInput

TREATED = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
RELAPSED = [True] * 9 + [False] * 12
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
"""Weeks in remission: Freireich and others, Blood 21 (1963), 699-716."""

SETTINGS = settings(max_examples=40, deadline=None)
CASES = st.lists(st.tuples(st.integers(1, 9), st.booleans()), min_size=1, max_size=25)


def test_the_trial_of_freireich() -> None:
    """The curve, its errors and the median of the treated, as printed."""
    found = kaplan_meier(TREATED, RELAPSED)
    assert found.times.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert found.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert found.ended.tolist() == [3, 1, 1, 1, 1, 1, 1]
    assert found.share.round(4).tolist() == [
        0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482,
    ]  # fmt: skip
    assert found.error.round(4).tolist() == [
        0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346,
    ]  # fmt: skip
    assert found.median == 23
    assert kaplan_meier(PLACEBO).median == 8


def test_intervals_of_the_trial() -> None:
    """Log-log and plain intervals of the treated at 6 and 10 weeks, and of the medians."""
    found = kaplan_meier(TREATED, RELAPSED)
    assert found.low[0] == pytest.approx(0.6197, abs=5e-5)
    assert found.high[0] == pytest.approx(0.9516, abs=5e-5)
    assert found.median_interval == (13, None)
    plain = kaplan_meier(TREATED, RELAPSED, band="plain")
    assert (plain.low[2], plain.high[2]) == (
        pytest.approx(0.7529 - 1.96 * 0.0963, abs=2e-4),
        pytest.approx(0.7529 + 1.96 * 0.0963, abs=2e-4),
    )
    assert plain.high[0] == 1.0
    assert kaplan_meier(PLACEBO).median_interval == (4, 11)


@SETTINGS
@given(CASES, st.sampled_from([0.8, 0.95]))
def test_the_curve_is_its_definition(cases: list[tuple[int, bool]], confidence: float) -> None:
    """Time by time: share, Greenwood's error, the interval on the log-log scale."""
    found = kaplan_meier(
        [time for time, _ in cases], [seen for _, seen in cases], confidence=confidence
    )
    z = {0.8: 1.2815515655446004, 0.95: 1.959963984540054}[confidence]
    share, total = 1.0, 0.0
    times = sorted({time for time, seen in cases if seen})
    assert found.times.tolist() == times
    for at, time in enumerate(times):
        risk = sum(each >= time for each, _ in cases)
        ends = sum(each == time and seen for each, seen in cases)
        assert (found.at_risk[at], found.ended[at]) == (risk, ends)
        share *= 1 - ends / risk
        assert found.share[at] == pytest.approx(share, abs=1e-12)
        assert found.at(time) == found.share[at]
        if risk == ends:
            assert np.isnan([found.error[at], found.low[at], found.high[at]]).all()
            continue
        total += ends / (risk * (risk - ends))
        assert found.error[at] == pytest.approx(share * sqrt(total))
        bend = z * sqrt(total) / log(share)
        assert found.low[at] == pytest.approx(exp(-exp(log(-log(share)) - bend)))
        assert found.high[at] == pytest.approx(exp(-exp(log(-log(share)) + bend)))
        assert found.low[at] <= found.share[at] <= found.high[at]


@SETTINGS
@given(st.lists(st.integers(1, 9), min_size=1, max_size=20))
def test_without_open_cases_it_is_the_share_that_is_left(times: list[int]) -> None:
    """All ended: the curve is counting, the median the middle one, the area the mean."""
    found = kaplan_meier(times)
    for at in range(11):
        assert found.at(at) == pytest.approx(sum(time > at for time in times) / len(times))
    middle = sorted(times)[(len(times) - 1) // 2]
    assert found.median == middle
    assert found.restricted_mean(10) == pytest.approx(np.mean(times))
    assert found.restricted_mean(4) == pytest.approx(np.mean(np.minimum(times, 4)))


@SETTINGS
@given(CASES, st.integers(0, 1_000))
def test_order_does_not_matter(cases: list[tuple[int, bool]], seed: int) -> None:
    """The same cases in another order give the same curve."""
    mixed = [cases[at] for at in np.random.default_rng(seed).permutation(len(cases))]
    first = kaplan_meier([t for t, _ in cases], [s for _, s in cases])
    again = kaplan_meier([t for t, _ in mixed], [s for _, s in mixed])
    np.testing.assert_array_equal(first.share, again.share)
    np.testing.assert_array_equal(first.low, again.low)


def test_open_cases_count() -> None:
    """Leaving out those still waiting makes the median shorter than it is."""
    waits, ended = [2, 3, 3, 9, 9, 9], [True, True, True, False, False, False]
    assert kaplan_meier(waits[:3], ended[:3]).median == 3
    assert kaplan_meier(waits, ended).median == 3.0
    assert kaplan_meier([*waits, 9], [*ended, False]).median is None
    assert kaplan_meier([4, 5], [False, False]).at(9) == 1.0
    assert kaplan_meier([4, 5], [False, False]).median_interval == (None, None)


def test_entry_later() -> None:
    """Who came into view later is at risk from then on only."""
    found = kaplan_meier([3, 5, 6], [True, True, True], entry=[0, 4, 0])
    assert found.at_risk.tolist() == [2, 2, 1]
    assert found.share.tolist() == [0.5, 0.25, 0.0]
    same = kaplan_meier([3, 5, 6], [True, True, True], entry=[0, 0, 0])
    np.testing.assert_array_equal(same.share, kaplan_meier([3, 5, 6]).share)


def test_entry_at_the_moment_somebody_ends() -> None:
    """Who comes into view at that very time was not at risk just before it."""
    assert kaplan_meier([3, 5], entry=[0, 3]).at_risk.tolist() == [1, 1]


def test_quantiles() -> None:
    """By when a quarter, and nine tenths, have ended."""
    found = kaplan_meier(TREATED, RELAPSED)
    assert found.quantile(0.25) == 13
    assert found.quantile(0.9) is None


@pytest.mark.parametrize(
    ("arguments", "options", "told"),
    [
        (([],), {}, "durations is empty"),
        (([-1],), {}, r"durations\[0\] is -1"),
        (([1, 2], [True]), {}, "as long as each other"),
        (([1], [2]), {}, "yes or no"),
        (([1, 2],), {"entry": [0, 2]}, r"entry\[1\] must be before"),
        (([1],), {"band": "wide"}, "band is 'wide'; allowed: 'log-log', 'plain'"),
    ],
)
def test_impossible_durations(
    arguments: tuple[list[float], ...], options: dict[str, str], told: str
) -> None:
    """Nothing, negatives, and arrays that do not fit are refused."""
    with pytest.raises(UnusableInput, match=told):
        kaplan_meier(*arguments, **options)
