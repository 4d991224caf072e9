"""Whether a count is above the mean of the last few, by their own spread: EARS.

With the baseline's mean m and standard deviation s (divisor n - 1)::

    C1(t) = (y(t) - m) / s     baseline: the counts t-7 to t-1
    C2(t) = (y(t) - m) / s     baseline: the counts t-9 to t-3
    C3(t) = sum over t, t-1, t-2 of max(0, C2 - 1)

An alarm is a statistic above the normal quantile of 1 - alpha, one side: 3.09 for C1 and C2
(customary: 3), 1.96 for C3 (customary: 2). That is the definition, and others differ from it. R's
surveillance calls its limit two-sided and computes one side, as here; its C3 alarm leaves the
latest count out (it asks whether the two before it make 1.96 together). epysurv takes an alpha of
0.001 for C3 too.

References
----------
L. Hutwagner, W. Thompson, G. M. Seeman and T. Treadwell, "The bioterrorism preparedness and
response Early Aberration Reporting System (EARS)", Journal of Urban Health 80 (2003), i89-i96.
R. D. Fricker, B. L. Hegler and D. A. Dunfee, "Comparing syndromic surveillance detection methods:
EARS' versus a CUSUM-based methodology", Statistics in Medicine 27 (2008), 3407-3429.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from assetmap.detectors.checking import Flags, Numbers, counts_of, frozen, numbers_of, share, whole
from assetmap.errors import UnusableInput

__all__ = ["Ears", "EarsMethod", "ears"]


class EarsMethod(StrEnum):
    """Which of the three."""

    C1 = "C1"
    """The baseline ends with the count before."""
    C2 = "C2"
    """Two counts lie between the baseline and the one that is judged."""
    C3 = "C3"
    """What C2 has above 1, summed over three counts."""


@dataclass(frozen=True, eq=False)
class Ears:
    """What EARS says of each count; NaN and False where the series is too short to say.

    Attributes
    ----------
    method : EarsMethod
        Which of the three.
    threshold : float
        An alarm is a statistic above this.
    statistic : array of float
        C1, C2 or C3; infinite where the baseline does not vary and the count is above it.
    mean, sigma : array of float
        Mean and standard deviation (n - 1) of the baseline; sigma is at least ``minimum_sigma``.
    upper : array of float
        The count above which an alarm is given; -1 where C3 gives one whatever the count.
    alarm : array of bool
        Where there is one.
    """

    method: EarsMethod
    threshold: float
    statistic: Numbers
    mean: Numbers
    sigma: Numbers
    upper: Numbers
    alarm: Flags


def ears(
    counts: ArrayLike,
    *,
    method: EarsMethod | str = EarsMethod.C1,
    baseline: int = 7,
    alpha: float | None = None,
    minimum_sigma: float = 0.0,
) -> Ears:
    """Compare each count with the mean and spread of the few before it.

    The formulas, thresholds and sources stand at the top of this file. Where the baseline does not
    vary, any count above its mean is an alarm: with sparse counts that is most alarms, so 0.5 or 1
    is advised as ``minimum_sigma`` (Burkom).

    Meant for comparison: with 0 to 2 a week the false alarms are many, and a peak raises the
    limit so that the next is missed.

    Parameters
    ----------
    counts : array of int
        One per day or week, the oldest first.
    method : {"C1", "C2", "C3"}, default "C1"
        Which of the three.
    baseline : int, default 7
        How many counts the baseline has, 3 or more.
    alpha : float, optional
        The share of the normal curve above the threshold; None for 0.001, C3 0.025.
    minimum_sigma : float, default 0
        The standard deviation is never taken to be smaller.

    Raises
    ------
    UnusableInput
        Counts that are missing, negative or not whole, or an argument out of range.

    Examples
    --------
    >>> found = ears([1, 0, 2, 1, 1, 0, 2, 6])
    >>> found.alarm.tolist().index(True), round(float(found.statistic[7]), 2)
    (7, 6.12)
    """
    from scipy.stats import norm

    seen = counts_of("counts", counts)
    if method not in list(EarsMethod):
        raise UnusableInput(f"method must be one of {', '.join(EarsMethod)}")
    kind, length = EarsMethod(method), whole("baseline", baseline, low=3)
    usual = 0.025 if kind is EarsMethod.C3 else 0.001
    threshold = float(norm.isf(share("alpha", usual if alpha is None else alpha)))
    least = float(numbers_of("minimum_sigma", minimum_sigma, low=0, dimensions=(0,)))
    lag = 0 if kind is EarsMethod.C1 else 2
    mean, sigma = _baseline(seen.astype(np.float64), length, lag, least)
    statistic = _scaled(seen - mean, sigma)
    before = np.zeros(seen.size)
    if kind is EarsMethod.C3:
        above = np.maximum(0.0, statistic - 1)
        for back in (1, 2):
            before[back:] += above[:-back]
            before[:back] = np.nan
        statistic = above + before
    allowed = threshold if kind is not EarsMethod.C3 else threshold + 1 - before
    with np.errstate(invalid="ignore"):
        upper = np.where(before > threshold, -1.0, mean + sigma * allowed)
    return Ears(
        kind,
        threshold,
        frozen(statistic),
        frozen(mean),
        frozen(sigma),
        frozen(upper),
        frozen(statistic > threshold),
    )


def _baseline(seen: Numbers, length: int, lag: int, least: float) -> tuple[Numbers, Numbers]:
    """Return mean and standard deviation of the counts before each, NaN where too few."""
    mean, sigma = np.full(seen.size, np.nan), np.full(seen.size, np.nan)
    begin = length + lag
    if seen.size > begin:
        before = np.lib.stride_tricks.sliding_window_view(seen, length)[: seen.size - begin]
        mean[begin:] = before.mean(axis=1)
        sigma[begin:] = np.maximum(before.std(axis=1, ddof=1), least)
    return mean, sigma


def _scaled(above: Numbers, sigma: Numbers) -> Numbers:
    """Return how many standard deviations; infinite, or 0 for 0, where there is no spread."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(above == 0, 0.0, above / sigma)
