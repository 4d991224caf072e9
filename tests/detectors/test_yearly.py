"""Farrington's method: beside another program, step by step, and what must hold in any case."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nbinom

from assetmap.detectors import farrington
from assetmap.detectors.yearly import _seasons, _Setting
from assetmap.errors import UnusableInput

SETTINGS = settings(max_examples=10, deadline=None)
WEEK = np.arange(364)


def rising() -> np.ndarray:
    """Make up seven years that rise, with a busy season and three outbreaks."""
    counts = (7 * WEEK**2 + 3 * WEEK) % 11 // 2 + WEEK // 60
    counts += np.where((WEEK % 52 >= 10) & (WEEK % 52 <= 20), 5, 2)
    counts[150:153] += 15
    counts[330] += 8
    counts[360] += 16
    return counts


def bumpy() -> np.ndarray:
    """Make up the same with many more, every fifth week."""
    return rising() + np.where(WEEK % 5 == 0, 9 * (1 + WEEK % 2), 0)


LAST = [
    *(19.2927086315, 19.1866680834, 19.3035552809, 19.8545277005, 19.4581929336, 19.0743290825),
    *(20.2580850640, 19.1872941968, 20.3038507227, 19.3579601115, 19.1399903781, 19.6862385434),
]
LAST_BUMPY = [
    *(20.5641473332, 18.7532792789, 21.2844173816, 21.4244210577, 24.2294296812, 24.9198700565),
    *(25.6371856231, 24.7939348533, 26.8490521251, 24.8657858292, 24.3721625181, 22.2252997085),
]
FLEXIBLE = [
    *(22, 22, 21, 20, 20, 19, 18, 18, 17, 17, 17, 17, 17, 17, 17, 17, 17, 17),
    *(17, 17, 17, 18, 17, 17, 17, 17, 18, 18, 17, 18, 18, 18, 18, 17, 17, 18),
]
FLEXIBLE_BUMPY = [
    *(38, 38, 38, 36, 37, 35, 35, 34, 33, 32, 33, 32, 33, 32, 33, 33, 34, 33),
    *(33, 33, 33, 33, 33, 32, 33, 33, 34, 34, 35, 36, 36, 36, 36, 35, 35, 34),
]


def test_limits_of_the_original_form_are_those_of_another_program() -> None:
    """R's surveillance 1.20.3, algo.farrington with alpha 0.02 (two sides), to its convergence.

    Its fit stops at a change of 1e-8 in the deviance, which leaves the limit sure to about 1e-5.
    """
    found, rough = farrington(rising(), alpha=0.01), farrington(bumpy(), alpha=0.01)
    assert found.upper[352:].tolist() == pytest.approx(LAST, rel=1e-5)
    assert rough.upper[352:].tolist() == pytest.approx(LAST_BUMPY, rel=1e-4)
    assert found.trend[352:].all()
    assert not rough.trend[352:].any()
    assert np.flatnonzero(found.alarm[352:]).tolist() == [8]
    assert np.flatnonzero(rough.alarm[352:]).tolist() == [3, 8]


SETTLED = [
    (313, 18.3537495968, 9.44101846755, 1.0, 0.668616694748, True),
    (331, 20.6868800310, 11.2126807772, 1.0, 0.043482899526, True),
    (361, 20.3038024206, 10.5267267088, 1.11077162178, 2.19216888427e-05, True),
]
SETTLED_BUMPY = [
    (313, 20.7619740204, 7.03476429702, 3.18004483521, 0.421960678879, False),
    (331, 22.5668171642, 10.2412504545, 1.9899755289, 0.00115189928994, False),
    (356, 21.4242252038, 8.19242216347, 2.67116296128, 0.000506512085791, False),
]


@pytest.mark.parametrize(("bumps", "rows"), [(False, SETTLED), (True, SETTLED_BUMPY)])
def test_steps_done_one_by_one_in_r_come_to_the_same(
    bumps: bool, rows: list[tuple[int, float, float, float, float, bool]]
) -> None:
    """R 4.2.2 with glm, hatvalues and predict, each run to convergence: equal to 7 digits."""
    found = farrington(bumpy() if bumps else rising(), alpha=0.01)
    for number, upper, expected, dispersion, p, trend in rows:
        at = number - 1
        assert found.upper[at] == pytest.approx(upper, rel=1e-7)
        assert found.expected[at] == pytest.approx(expected, rel=1e-7)
        assert found.dispersion[at] == pytest.approx(dispersion, rel=1e-7)
        assert found.p[at] == pytest.approx(p, rel=1e-6)
        assert found.trend[at] == trend


def test_a_higher_threshold_weighs_less_down() -> None:
    """The same in R with weights from a residual of 2.58 on, alpha 0.05."""
    found = farrington(rising(), alpha=0.05, weights_threshold=2.58)
    assert found.upper[[312, 330, 360]].tolist() == pytest.approx(
        [15.617784849, 17.7167423265, 15.0125387939], rel=1e-7
    )


@pytest.mark.parametrize(("bumps", "upper"), [(False, FLEXIBLE), (True, FLEXIBLE_BUMPY)])
def test_limits_of_the_flexible_form_are_those_of_another_program(
    bumps: bool, upper: list[int]
) -> None:
    """R's farringtonFlexible: ten seasons, 26 weeks left out, nbPlugin, alpha 0.01."""
    found = farrington(bumpy() if bumps else rising(), alpha=0.01, method="flexible")
    assert found.upper[328:].tolist() == upper
    assert np.flatnonzero(found.alarm[328:]).tolist() == [32]
    if bumps:
        assert found.expected[328:331] == pytest.approx(
            [14.7053109201, 14.8925886416, 15.1423507667], rel=1e-6
        )
        assert found.p[328:331] == pytest.approx(
            [0.71744335164066, 0.61952755531903, 0.08361825355517], rel=1e-5
        )
        assert found.dispersion[328:330] == pytest.approx([4.28498308104, 4.1666337143], rel=1e-6)
        size = found.expected[360] / (found.dispersion[360] - 1)
        tail = nbinom.sf(bumpy()[360] - 1, size, 1 / found.dispersion[360])
        assert found.p[360] == pytest.approx(float(tail))


def test_seasons_of_the_flexible_form() -> None:
    """Ten seasons a year: seven weeks around now, and 45 others in nine parts of five each."""
    setting = _Setting(
        years=2,
        half_width=3,
        alpha=0.05,
        exclude=26,
        threshold=2.58,
        trend_p=1.0,
        seasons=10,
        period=52,
    )
    season = _seasons(120, setting)
    assert season.size == 120
    assert not season[:13].any()
    assert not season[94:].any()
    assert np.flatnonzero(season == 10).tolist() == [*range(13, 20), *range(65, 72)]
    assert season[20:65].tolist() == np.repeat(np.arange(1, 10), 5).tolist()
    assert season[72:94].tolist() == np.repeat(np.arange(1, 6), 5).tolist()[:22]


def test_parts_of_a_year_that_does_not_divide_are_longer_first() -> None:
    """With two weeks on each side 47 are left: two parts of six, seven of five."""
    setting = _Setting(1, 2, 0.05, 0, 2.58, 1.0, 10, 52)
    sizes = [int((_seasons(60, setting) == part).sum()) for part in range(1, 10)]
    assert sizes == [6, 6, 5, 5, 5, 5, 5, 5, 5]


def test_nothing_is_said_of_weeks_without_enough_years() -> None:
    """The first week that is judged has all years and the half width before it."""
    found = farrington(rising(), years=5, half_width=3)
    assert np.isnan(found.upper[:263]).all()
    assert np.isfinite(found.upper[263:]).all()
    assert not found.alarm[:263].any()
    assert np.isnan(farrington([1, 2, 3]).upper).all()
    assert farrington([]).alarm.size == 0


@pytest.mark.parametrize("method", ["original", "flexible"])
def test_zeros_never_alarm_and_four_cases_are_too_few(method: str) -> None:
    """After years of nothing, 4 cases in 4 weeks are no alarm; the fifth is one."""
    series = np.zeros(300, int)
    options = {"method": method, "years": 5, "exclude": 26}
    assert not farrington(series, **options).alarm.any()
    series[290:294] = 1
    assert not farrington(series, **options).alarm.any()
    series[293] = 2
    found = farrington(series, **options)
    assert np.flatnonzero(found.alarm).tolist() == [293]
    assert found.enough[293]
    assert not found.enough[292]


@pytest.mark.parametrize("method", ["original", "flexible"])
def test_recent_weeks_are_left_out(method: str) -> None:
    """What happened in the excluded weeks does not change the limit of this week."""
    before = rising()
    after = before.copy()
    after[340:360] += 30
    one, other = (farrington(s, method=method, exclude=26) for s in (before, after))
    assert one.upper[360] == other.upper[360]
    short = farrington(after, method=method, exclude=2)
    assert short.upper[360] > one.upper[360]


def test_an_old_outbreak_is_weighed_down() -> None:
    """Without weights a peak in a reference week raises the limit; with them, hardly."""
    calm = farrington([4, 5, 3, 4] * 78, years=5, alpha=0.01)
    series = np.array([4, 5, 3, 4] * 78)
    series[308 - 104] = 60
    light = farrington(series, years=5, alpha=0.01)
    heavy = farrington(series, years=5, alpha=0.01, weights_threshold=1e6)
    assert light.upper[308] < 1.5 * calm.upper[308] < heavy.upper[308]


def test_a_trend_needs_three_years() -> None:
    """Two years that double: no trend is kept."""
    series = np.repeat([3, 6, 12], 60)
    assert not farrington(series, years=2, trend_p=1).trend.any()


def test_a_trend_is_not_drawn_beyond_what_was_ever_seen() -> None:
    """A steady growth of a third a year would be expected above all years before: no trend."""
    steep = farrington(np.round(5 * 1.0055**WEEK).astype(int), trend_p=1)
    assert not steep.trend.any()
    falling = farrington(np.round(30 / 1.0055**WEEK).astype(int), trend_p=1)
    assert falling.trend[263:].all()


@SETTINGS
@given(st.lists(st.integers(0, 8), min_size=60, max_size=90), st.integers(0, 20))
def test_p_is_a_share_and_goes_with_the_limit(counts: list[int], peak: int) -> None:
    """P lies in 0 to 1, and is below alpha exactly where the count is above the limit."""
    series = np.array([*counts, peak])
    for method in ("original", "flexible"):
        found = farrington(
            series, years=2, half_width=1, exclude=4, alpha=0.1, method=method, period=24
        )
        judged = np.isfinite(found.upper)
        assert ((found.p[judged] >= 0) & (found.p[judged] <= 1)).all()
        above = series[judged] > found.upper[judged]
        clear = np.abs(found.p[judged] - 0.1) > 1e-9
        assert ((found.p[judged] < 0.1) == above)[clear].all()
        assert (found.alarm <= found.enough).all()
        assert (found.dispersion[judged] >= 1).all()


@SETTINGS
@given(st.lists(st.integers(0, 8), min_size=60, max_size=80), st.integers(1, 20))
def test_weeks_before_the_history_change_nothing(counts: list[int], more: int) -> None:
    """Weeks in front of a long enough series shift what is found, and nothing else."""
    options = {"years": 2, "half_width": 1, "period": 24, "alpha": 0.05}
    before = farrington(counts, **options)
    after = farrington([7] * more + counts, **options)
    assert after.upper[more + 49 :].tolist() == pytest.approx(
        before.upper[49:].tolist(), rel=1e-6, nan_ok=True
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"method": "improved"}, "original, flexible"),
        ({"years": 0}, "years is 0"),
        ({"half_width": -1}, "half_width is -1"),
        ({"alpha": 1}, "alpha"),
        ({"weights_threshold": 0}, "weights_threshold"),
        ({"trend_p": 0}, "trend_p"),
        ({"trend_p": 1.5}, "trend_p is 1.5; allowed: above 0, at most 1"),
        ({"period": 6}, "period is 6; allowed: a whole number, 7 or more"),
        ({"exclude": 1.5}, "exclude is 1.5"),
        ({"counts": [1, -1]}, r"counts\[1\] is -1"),
    ],
)
def test_faulty_arguments_are_told(options: dict[str, object], message: str) -> None:
    """The message says what is allowed."""
    arguments = {"counts": [1, 2]} | options
    with pytest.raises(UnusableInput, match=message):
        farrington(arguments.pop("counts"), **arguments)
