"""Groups compared: the trial of Freireich, and every sum by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import CensoredData, logrank

from assetmap.detectors import Weight, log_rank
from assetmap.errors import UnusableInput
from tests.detectors.test_waiting import PLACEBO, RELAPSED, TREATED

TIMES = [*TREATED, *PLACEBO]
SEEN = [*RELAPSED, *[True] * 21]
ARM = [0] * 21 + [1] * 21


def test_the_trial_of_freireich() -> None:
    """Chi-square 16.79; 9 and 21 relapses where 19.25 and 10.75 were expected."""
    found = log_rank(TIMES, SEEN, group=ARM)
    assert found is not None
    assert round(found.statistic, 2) == 16.79
    assert found.freedom == 1
    assert found.p == pytest.approx(4.17e-5, rel=0.01)
    assert found.ended.tolist() == [9, 21]
    assert found.expected.round(2).tolist() == [19.25, 10.75]


def test_early_differences_weigh_more() -> None:
    """Gehan's form of the same trial: 13.46."""
    found = log_rank(TIMES, SEEN, group=ARM, weight=Weight.AT_RISK)
    assert found is not None
    assert round(found.statistic, 2) == 13.46
    root = log_rank(TIMES, SEEN, group=ARM, weight="root")
    share = log_rank(TIMES, SEEN, group=ARM, weight="share")
    assert root is not None
    assert share is not None
    assert [round(each.statistic, 2) for each in (root, share)] == [15.12, 14.46]


CASES = st.lists(
    st.tuples(st.integers(1, 7), st.booleans(), st.integers(0, 2)), min_size=3, max_size=25
)


@settings(max_examples=40, deadline=None)
@given(CASES)
def test_two_groups_as_another_implementation_has_it(cases: list[tuple[int, bool, int]]) -> None:
    """Of two groups, the statistic is the square of scipy's."""
    groups = [
        [(time, seen) for time, seen, group in cases if (group > 0) == flag]
        for flag in (False, True)
    ]
    if not all(groups):
        return
    found = log_rank(
        [time for time, _, _ in cases],
        [seen for _, seen, _ in cases],
        group=[group > 0 for _, _, group in cases],
    )
    data = [
        CensoredData(
            uncensored=[t for t, seen in part if seen], right=[t for t, seen in part if not seen]
        )
        for part in groups
    ]
    if found is None:
        return
    other = logrank(*data)
    assert found.statistic == pytest.approx(other.statistic**2, abs=1e-9)
    assert found.p == pytest.approx(other.pvalue, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(CASES, st.sampled_from(list(Weight)))
def test_sums_by_hand(cases: list[tuple[int, bool, int]], weight: Weight) -> None:
    """Ends and expectations of each group, time by time; the names of groups do not matter."""
    names = sorted({group for _, _, group in cases})
    if len(names) < 2:
        return
    times, seen, groups = ([each[at] for each in cases] for at in range(3))
    found = log_rank(times, seen, group=groups, weight=weight)
    ended, expected = dict.fromkeys(names, 0.0), dict.fromkeys(names, 0.0)
    left = 1.0
    for time in sorted({t for t, s in zip(times, seen, strict=True) if s}):
        risk = [g for t, g in zip(times, groups, strict=True) if t >= time]
        ends = [g for t, s, g in cases if s and t == time]
        heavy = {
            Weight.EVEN: 1.0,
            Weight.AT_RISK: float(len(risk)),
            Weight.ROOT: len(risk) ** 0.5,
            Weight.SHARE: left,
        }[weight]
        left *= 1 - len(ends) / len(risk)
        for name in names:
            ended[name] += heavy * ends.count(name)
            expected[name] += heavy * len(ends) * risk.count(name) / len(risk)
    if found is None:
        return
    np.testing.assert_allclose(found.ended, [ended[name] for name in names])
    np.testing.assert_allclose(found.expected, [expected[name] for name in names])
    assert 0 <= found.p <= 1
    assert found.freedom <= len(names) - 1
    other = log_rank(times, seen, group=[-5 * each for each in groups], weight=weight)
    assert other is not None
    assert other.statistic == pytest.approx(found.statistic)


def test_by_chance_it_is_rarely_small() -> None:
    """With three groups alike, about one in twenty is below 0.05."""
    rng = np.random.default_rng(4)
    small = 0
    for _ in range(400):
        found = log_rank(
            rng.exponential(5, 90), rng.random(90) < 0.7, group=np.repeat([0, 1, 2], 30)
        )
        assert found is not None
        small += found.p < 0.05
    assert 8 <= small <= 36


def test_nothing_ended() -> None:
    """Where nothing has ended, nothing can differ."""
    assert log_rank([1, 2], [False, False], group=[0, 1]) is None


def test_one_group() -> None:
    """One group cannot be compared; an unknown weight is refused with those there are."""
    with pytest.raises(UnusableInput, match="two groups or more"):
        log_rank([1, 2], group=[0, 0])
    with pytest.raises(UnusableInput, match="weight is 'late'; allowed: 'even'"):
        log_rank([1, 2], group=[0, 1], weight="late")
