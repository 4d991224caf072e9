"""EARS: count by count from the definition, and beside another program."""

from __future__ import annotations

from statistics import mean, stdev

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.detectors import ears
from assetmap.errors import UnusableInput

SETTINGS = settings(max_examples=80, deadline=None)
SERIES = st.lists(st.integers(0, 9), max_size=30)
MADE_UP = [2, 1, 3, 0, 2, 4, 1, 2, 3, 5, 1, 0, 2, 6, 3, 2, 1, 4, 9, 7, 2, 1, 3, 0, 2, 2, 8, 3, 1, 2]


def excess(counts: list[int], at: int, lag: int, length: int, least: float) -> float | None:
    """Return C1 or C2 of one count; None where it is too early to say."""
    begin = at - lag - length
    if begin < 0:
        return None
    before = counts[begin : begin + length]
    above, spread = counts[at] - mean(before), max(stdev(before), least)
    if spread < 1e-12:
        return 0.0 if above == 0 else float("inf") if above > 0 else float("-inf")
    return above / spread


@SETTINGS
@given(SERIES, st.sampled_from(["C1", "C2", "C3"]), st.integers(3, 8), st.sampled_from([0, 0.5, 1]))
def test_each_count_is_judged_by_the_definition(
    counts: list[int], method: str, length: int, least: float
) -> None:
    """Mean and spread of the baseline, over three counts for C3; nothing said too early."""
    found = ears(counts, method=method, baseline=length, minimum_sigma=least)
    for at in range(len(counts)):
        if method == "C3":
            every = [
                excess(counts, back, 2, length, least) for back in (at, at - 1, at - 2) if back >= 0
            ]
            known = len(every) == 3 and None not in every
            value = sum(max(0.0, one - 1) for one in every if one is not None) if known else None
        else:
            value = excess(counts, at, 0 if method == "C1" else 2, length, least)
        if value is None:
            assert np.isnan(found.statistic[at])
            assert not found.alarm[at]
        else:
            assert found.statistic[at] == pytest.approx(value, abs=1e-9)
            assert found.alarm[at] == (value > found.threshold)
            assert found.alarm[at] == (counts[at] > found.upper[at])


def test_thresholds_are_the_customary_ones() -> None:
    """About 3 for C1 and C2, about 2 for C3; one side of the normal curve."""
    thresholds = {method: ears([0], method=method).threshold for method in ("C1", "C2", "C3")}
    assert thresholds == pytest.approx({"C1": 3.0902, "C2": 3.0902, "C3": 1.96}, abs=1e-4)
    assert ears([0], alpha=0.05).threshold == pytest.approx(1.6449, abs=1e-4)


def test_limits_are_those_of_another_program() -> None:
    """R's surveillance 1.20.3 on a made-up series: the limits of C1 from the 8th count on."""
    upper = [
        *(6.014078294, 6.014078294, 6.299792580, 7.738361191, 7.243420672, 7.846497153),
        *(7.046328225, 9.321480306, 9.395150258, 9.321480306, 8.174373009, 8.714994558),
        *(12.492959348, 13.466636519, 13.097397583, 13.439812819, 13.369935261, 13.761784637),
        *(13.655504154, 9.305557595, 10.521826774, 10.636033740, 10.636033740),
    ]
    first, second = ears(MADE_UP), ears(MADE_UP, method="C2")
    assert first.upper[7:].tolist() == pytest.approx(upper, abs=1e-8)
    assert second.upper[9:].tolist() == pytest.approx(upper[:-2], abs=1e-8)
    assert np.flatnonzero(first.alarm).tolist() == [18]
    assert not second.alarm.any()


def test_the_third_counts_the_latest_count_too() -> None:
    """C3 is the sum over three, the latest among them; alarms at 4, 9 and 7, not a week late."""
    found = ears(MADE_UP, method="C3")
    assert np.flatnonzero(found.alarm).tolist() == [19, 20]
    assert found.statistic[19] == pytest.approx(3.428, abs=1e-3)
    assert found.upper[20] == -1


@pytest.mark.parametrize("method", ["C1", "C2", "C3"])
def test_the_limit_is_where_alarms_begin(method: str) -> None:
    """A last count at the limit, rounded down, is no alarm; one more is."""
    for size in range(13, len(MADE_UP)):
        before = MADE_UP[:size]
        limit = int(np.floor(ears([*before, 0], method=method).upper[-1]))
        if limit >= 0:
            assert not ears([*before, limit], method=method).alarm[-1]
        assert ears([*before, limit + 1], method=method).alarm[-1]


@SETTINGS
@given(st.integers(0, 30), st.integers(0, 5), st.sampled_from(["C1", "C2", "C3"]))
def test_a_series_that_does_not_change_never_alarms(size: int, level: int, method: str) -> None:
    """All zeros, or always the same: no alarm, whatever the least spread."""
    assert not ears([level] * size, method=method).alarm.any()
    assert not ears([level] * size, method=method, minimum_sigma=0.5).alarm.any()


@SETTINGS
@given(SERIES, st.lists(st.integers(0, 9), max_size=5), st.sampled_from(["C1", "C2", "C3"]))
def test_what_comes_later_changes_nothing(counts: list[int], more: list[int], method: str) -> None:
    """Each count is judged by itself and those before it."""
    before, after = ears(counts, method=method), ears(counts + more, method=method)
    assert before.alarm.tolist() == after.alarm.tolist()[: len(counts)]


def test_a_least_spread_spares_single_cases() -> None:
    """One case after a week of none is an alarm by the definition, not with a spread of 1."""
    series = [0] * 10 + [1]
    assert ears(series).alarm.tolist()[-1]
    assert np.isinf(ears(series).statistic[-1])
    assert not ears(series, minimum_sigma=1).alarm.any()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"method": "C4"}, "C1, C2, C3"),
        ({"baseline": 2}, "baseline is 2; allowed: a whole number, 3 or more"),
        ({"alpha": 0}, "alpha"),
        ({"minimum_sigma": -1}, "minimum_sigma"),
        ({"counts": [1, -1]}, r"counts\[1\] is -1"),
    ],
)
def test_faulty_arguments_are_told(options: dict[str, object], message: str) -> None:
    """The message says what is allowed."""
    arguments = {"counts": [1, 2]} | options
    with pytest.raises(UnusableInput, match=message):
        ears(arguments.pop("counts"), **arguments)
