"""A slow rise: small excesses added up until they are too many."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assetmap.detectors.checking import Counts, Flags, Numbers, counts_of, frozen, numbers_of
from assetmap.errors import UnusableInput

__all__ = ["CumulativeSum", "cusum", "likelihood_cusum"]

ROSSI_LIMIT = 2.26
LIKELIHOOD_LIMIT = 5.0


@dataclass(frozen=True, eq=False)
class CumulativeSum:
    """The cumulative sum after each period; arrays have the shape of the counts.

    Attributes
    ----------
    statistic : array of float
        The sum; where it was set back, it is shown as it was before that.
    alarm : array of bool
        Whether it reached `limit`.
    since : array of int
        The period in which the present climb began, -1 where the sum is 0: the best guess of when
        the rise did.
    limit : float
        As given.

    Examples
    --------
    >>> cusum([0, 3, 4, 0], mean=1).since.tolist()
    [-1, 1, 1, 1]
    """

    statistic: Numbers
    alarm: Flags
    since: NDArray[np.int64]
    limit: float


def cusum(
    counts: ArrayLike,
    *,
    mean: ArrayLike | None = None,
    k: float = 1.04,
    h: float | None = None,
    ratio: float | None = None,
    reset: bool = False,
) -> CumulativeSum:
    """Add up how far counts lie above their mean.

    S = max(0, S + z - k), where z = (count - mean) / sqrt(mean); an alarm where S >= h. With
    `ratio` the likelihood-ratio form instead: see :func:`likelihood_cusum`, which takes more.

    Parameters
    ----------
    counts : array of int, periods or series x periods
        One per period.
    mean : float or array of float, optional
        What is usual, above 0: one number, one per period, or anything that broadcasts to the
        shape of `counts`, such as ``means[:, None]`` for one number per series. Default: the mean
        of each series, for a look back; it holds the rise too, so better give one from before.
    k : float, default 1.04
        What is taken off each period; half the shift to be found, in standard deviations.
    h : float, optional
        The limit; default 2.26, and 5 in the likelihood-ratio form.
    ratio : float, optional
        How many times the mean the rise to be found is; `k` is not used then.
    reset : bool, default False
        Whether the sum starts at 0 again after an alarm. Without it, the alarm stays on until the
        sum has come down by itself, long after the rise is over.

    Raises
    ------
    UnusableInput
        Counts that are negative or not whole, a mean that is not above 0 or does not fit.

    References
    ----------
    G. Rossi, L. Lampugnani and M. Marchi, "An approximate CUSUM procedure for surveillance of
    health events", Statistics in Medicine 18 (1999), 2111-2122, for k and h. They also give a z
    that is nearer to normal, (count - 3 mean + 2 sqrt(count mean)) / (2 sqrt(mean)); what goes
    round under their name uses the plain one, as is done here.

    Examples
    --------
    >>> found = cusum([1, 1, 3, 4], mean=1)
    >>> found.statistic.round(2).tolist(), found.alarm.tolist()
    ([0.0, 0.0, 0.96, 2.92], [False, False, False, True])
    """
    if ratio is not None:
        limit = LIKELIHOOD_LIMIT if h is None else h
        return likelihood_cusum(counts, mean=mean, ratio=ratio, h=limit, reset=reset)
    array, usual = _counts_and_mean(counts, mean)
    allowance = float(numbers_of("k", k, low=0, dimensions=(0,)))
    steps = (array - usual) / np.sqrt(usual) - allowance
    return _climbed(steps, ROSSI_LIMIT if h is None else h, reset=reset)


def likelihood_cusum(
    counts: ArrayLike,
    *,
    mean: ArrayLike | None = None,
    ratio: float,
    h: float = LIKELIHOOD_LIMIT,
    dispersion: float = 0.0,
    reset: bool = False,
) -> CumulativeSum:
    """Add up how much better counts fit a changed mean than the usual one.

    S = max(0, S + l), an alarm where S >= h, with l the logarithm of the likelihood ratio of a
    mean of ratio * mean against mean. For Poisson counts::

        l = count * ln(ratio) - mean * (ratio - 1)

    For negative binomial counts, with variance mean + d * mean**2 and b = (1 + d * mean) /
    (1 + d * ratio * mean)::

        l = count * ln(ratio * b) + ln(b) / d

    It takes at least exp(h) periods on average until a false alarm (Lorden), whatever the mean: 5
    gives 148 weeks or more, and the logarithm of a number of weeks gives at least that number.

    Parameters
    ----------
    counts : array of int, periods or series x periods
        One per period.
    mean : float or array of float, optional
        What is usual, above 0; broadcasts to the shape of `counts`. Default: the mean of each
        series.
    ratio : float
        The change to be found: above 1 for a rise, between 0 and 1 for a fall.
    h : float, default 5
        The limit, above 0.
    dispersion : float, default 0
        The d of the variance; 0 for Poisson counts.
    reset : bool, default False
        Whether the sum starts at 0 again after an alarm.

    Raises
    ------
    UnusableInput
        Counts that are negative or not whole, a mean or ratio that is not above 0, a ratio of 1.

    References
    ----------
    E. S. Page, "Continuous inspection schemes", Biometrika 41 (1954), 100-115. G. Lorden,
    "Procedures for reacting to a change in distribution", Annals of Mathematical Statistics 42
    (1971), 1897-1908. M. Hoehle and M. Paul, "Count data regression charts for the monitoring of
    surveillance time series", Computational Statistics and Data Analysis 52 (2008), 4357-4368.

    Examples
    --------
    >>> found = likelihood_cusum([1, 3, 4, 2, 4], mean=1, ratio=2, h=3)
    >>> found.statistic.round(2).tolist(), found.alarm.tolist()
    ([0.0, 1.08, 2.85, 3.24, 5.01], [False, False, False, True, True])
    """
    array, usual = _counts_and_mean(counts, mean)
    times = float(numbers_of("ratio", ratio, above=0, dimensions=(0,)))
    spread = float(numbers_of("dispersion", dispersion, low=0, dimensions=(0,)))
    if times == 1:
        raise UnusableInput("ratio is 1; allowed: above 1 for a rise, below 1 for a fall")
    if spread == 0:
        steps = array * log(times) - usual * (times - 1)
    else:
        gain = np.log1p(spread * usual) - np.log1p(spread * times * usual)
        steps = array * (log(times) + gain) + gain / spread
    return _climbed(steps, h, reset=reset)


def _counts_and_mean(counts: ArrayLike, mean: ArrayLike | None) -> tuple[Counts, Numbers]:
    array = counts_of("counts", counts, dimensions=(1, 2))
    if mean is None:  # any mean will do where nothing happened, and 1 for a series without periods
        own = array.sum(axis=-1, keepdims=True) / max(1, array.shape[-1])
        return array, np.broadcast_to(np.where(own > 0, own, 1.0), array.shape)
    usual = numbers_of("mean", mean, above=0, dimensions=(0, 1, 2))
    try:
        return array, np.broadcast_to(usual, array.shape)
    except ValueError:
        raise UnusableInput(
            f"mean must be one number, or broadcast to the shape of counts: {array.shape}"
        ) from None


def _climbed(steps: Numbers, limit: float, *, reset: bool) -> CumulativeSum:
    """Add up the steps, never below 0, period by period for all series at once."""
    height = float(numbers_of("h", limit, above=0, dimensions=(0,)))
    statistic = np.zeros(steps.shape)
    since = np.full(steps.shape, -1, dtype=np.int64)
    total = np.zeros(steps.shape[:-1])
    began = np.full(steps.shape[:-1], -1, dtype=np.int64)
    for period in range(steps.shape[-1]):
        total = np.maximum(0.0, total + steps[..., period])
        began = np.where(total > 0, np.where(began < 0, period, began), -1)
        statistic[..., period] = total
        since[..., period] = began
        if reset:
            over = total >= height
            total, began = np.where(over, 0.0, total), np.where(over, -1, began)
    return CumulativeSum(frozen(statistic), frozen(statistic >= height), frozen(since), height)
