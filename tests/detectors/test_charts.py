"""Charts of single values: limits by hand, each rule at its edge."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.detectors import Chart, xmr
from assetmap.errors import UnusableInput

SETTINGS = settings(max_examples=60, deadline=None)
VALUES = st.lists(st.integers(0, 6), min_size=2, max_size=30)


def marked(chart: Chart, rule: str) -> list[int]:
    """Positions at which a rule holds."""
    return np.flatnonzero(getattr(chart, rule)).tolist()


def test_limits_by_hand() -> None:
    """Mean 5, moving ranges of mean 2: limits 5 -+ 5.32."""
    chart = xmr([4, 6, 4, 6], screen=False)
    assert (chart.centre[0], chart.low[0], chart.high[0]) == (5, 5 - 5.32, 5 + 5.32)
    assert not chart.signal.any()


def test_large_ranges_are_screened_out() -> None:
    """One jump does not widen the limits that it should be judged by."""
    values = [10, 11] * 8 + [40]
    plain, screened = xmr(values, screen=False), xmr(values)
    assert plain.high[0] - plain.centre[0] == pytest.approx(2.66 * (15 + 29) / 16)
    assert screened.high[0] - screened.centre[0] == pytest.approx(2.66)
    assert marked(screened, "outside") == [16]


def test_what_is_a_large_range() -> None:
    """Six times the mean range is screened out; just below 3.267 times it is not."""
    assert xmr([10, 11] * 8 + [20]).high[0] - xmr([10, 11] * 8 + [20]).centre[0] == pytest.approx(
        2.66
    )
    values = [10, 11] * 8 + [14.9]  # ranges: 15 of 1, one of 3.9; 3.267 times their mean is 3.86
    assert xmr(values).high[0] - xmr(values).centre[0] == pytest.approx(2.66)
    values = [10, 11] * 8 + [14.8]  # one of 3.8; 3.267 times the mean is 3.84
    assert xmr(values).high[0] - xmr(values).centre[0] == pytest.approx(2.66 * 18.8 / 16)


def test_seven_on_one_side() -> None:
    """Six above the mean are no signal; seven are, all of them; a value at the mean ends it."""
    base = [6, 4] * 6
    assert marked(xmr([*base, *[6] * 6], baseline=12), "run") == []
    assert marked(xmr([*base, *[6] * 7], baseline=12), "run") == list(range(12, 19))
    assert marked(xmr([*base, *[4] * 6], baseline=12), "run") == list(range(11, 18))
    assert marked(xmr([*base, 5, 4, 4, 4, 5, 4, 4, 4], baseline=12), "run") == []


def test_seven_rising_or_falling() -> None:
    """Six values that rise are no trend; seven are; two equal ones end it."""
    base = [10, 20] * 6
    assert marked(xmr([*base, 14, 15, 16, 17, 18, 19], baseline=12), "trend") == []
    found = xmr([*base, 13, 14, 15, 16, 17, 18, 19], baseline=12)
    assert marked(found, "trend") == list(range(12, 19))
    found = xmr([*base, 19, 18, 17, 16, 15, 14, 13], baseline=12)
    assert marked(found, "trend") == list(range(11, 19))
    assert marked(xmr([*base, 13, 14, 15, 15, 16, 17, 18], baseline=12), "trend") == []


def test_two_of_three_near_the_same_limit() -> None:
    """Limits 5 -+ 2.66, two thirds of the way 1.773: neighbours, or one apart; same side only."""
    base = [4.5, 5.5] * 6
    near, far = 7.0, 3.0
    assert marked(xmr([*base, near, 5, near], baseline=12), "near") == [12, 14]
    assert marked(xmr([*base, near, near], baseline=12), "near") == [12, 13]
    assert marked(xmr([*base, near, 5, 5, near], baseline=12), "near") == []
    assert marked(xmr([*base, near, far], baseline=12), "near") == []
    assert marked(xmr([*base, far, 5, far], baseline=12), "near") == [12, 14]
    assert marked(xmr([*base, 9, near], baseline=12), "near") == [12, 13]


def test_outside_means_beyond_the_limit() -> None:
    """A value beyond either limit is a signal; inside it is not."""
    base = [4.5, 5.5] * 6
    assert marked(xmr([*base, 7.65, 2.35], baseline=12), "outside") == []
    assert marked(xmr([*base, 7.67, 2.33], baseline=12), "outside") == [12, 13]


def test_limits_on_few_values_are_a_trial() -> None:
    """Eleven values give trial limits, twelve firm ones; a short baseline stays a trial."""
    assert xmr([1, 2] * 5 + [1]).trial.all()
    assert not xmr([1, 2] * 6).trial.any()
    assert xmr([1, 2] * 10, baseline=8).trial.all()


def test_limits_anew_after_a_change() -> None:
    """From a restart on, limits come from there; nothing goes across."""
    values = [10, 12] * 6 + [30, 32] * 6
    chart = xmr(values, restart=(12,))
    assert (chart.centre[11], chart.centre[12]) == (11, 31)
    assert not chart.signal.any()
    assert xmr(values).signal.any()


def rules(values: list[float], centre: float, reach: float) -> dict[str, set[int]]:
    """Find the four rules by looking at every window."""
    above = [int(each > centre) - int(each < centre) for each in values]
    far = [
        side * (abs(each - centre) > 2 * reach / 3)
        for side, each in zip(above, values, strict=True)
    ]
    found: dict[str, set[int]] = {"outside": set(), "run": set(), "trend": set(), "near": set()}
    for at in range(len(values)):
        if abs(values[at] - centre) > reach:
            found["outside"].add(at)
        seven = values[at : at + 7]
        if len(seven) == 7:
            if abs(sum(above[at : at + 7])) == 7:
                found["run"] |= set(range(at, at + 7))
            if sorted(set(seven)) in (seven, seven[::-1]):
                found["trend"] |= set(range(at, at + 7))
        for side in (1, -1):
            three = [here for here in range(at, min(at + 3, len(values))) if far[here] == side]
            if len(three) >= 2:
                found["near"] |= set(three)
    return found


@SETTINGS
@given(VALUES, st.booleans())
def test_rules_by_looking(values: list[int], screen: bool) -> None:
    """Each rule marks exactly what looking at every window marks."""
    chart = xmr(values, screen=screen)
    expected = rules(
        [float(each) for each in values], chart.centre[0], chart.high[0] - chart.centre[0]
    )
    edge = np.isclose(np.abs(chart.values - chart.centre), 2 * (chart.high - chart.centre) / 3)
    if edge.any() or np.isclose(chart.values, chart.centre).any():
        return  # rounding may decide either way there
    assert {rule: set(marked(chart, rule)) for rule in expected} == expected


@SETTINGS
@given(VALUES, st.integers(-20, 20), st.sampled_from([0.5, 2.0, 8.0]))
def test_units_do_not_matter(values: list[int], shift: int, times: float) -> None:
    """Hours or minutes, counted from anywhere: values at the mean aside, the same signals."""
    first, again = xmr(values), xmr([times * (each + shift) for each in values])
    np.testing.assert_allclose(again.centre, times * (first.centre + shift), atol=1e-9)
    np.testing.assert_allclose(again.high - again.low, times * (first.high - first.low), atol=1e-9)


@pytest.mark.parametrize(
    ("values", "options", "told"),
    [
        ([1], {}, "needs 2 values or more"),
        ([1, 2, 3, 4], {"restart": (3,)}, "needs 2 values or more"),
        ([1, 2, 3, 4], {"restart": (9,)}, "positions in restart that rise"),
        ([1, 2, 3], {"baseline": 1}, "baseline is 1"),
        ([1, float("nan")], {}, r"values\[1\] is nan"),
    ],
)
def test_impossible_charts(values: list[float], options: dict[str, int], told: str) -> None:
    """Too few values, positions out of order and missing values are refused."""
    with pytest.raises(UnusableInput, match=told):
        xmr(values, **options)
