"""Is this week above the same weeks of earlier years? Farrington's method, and its later form.

For each week that has ``years`` years and ``half_width`` weeks before it:

1. The baseline of the original form is the weeks within ``half_width`` of the same week in
   earlier years. The flexible form takes every week since the oldest of these, each with a
   season: these windows are one, and between two of them lie nine more, as equal as can be
   (longer ones first). The last ``exclude`` weeks are never in it.
2. Fit a log-linear quasi-Poisson model with a linear trend (and the seasons). Counts whose
   standardised Anscombe residual s is above ``weights_threshold`` get the weight s**-2, the
   others 1; weights are scaled to a mean of 1, and the model is fitted again. The dispersion
   is taken to be at least 1.
3. The trend is kept if its t-test has p below ``trend_p``, there are 3 years, and the
   expected count is not above the largest of the baseline; else 2 is done again without it.
4. An alarm is a count above the limit below, with at least 5 cases in the last 4 weeks.

With the mean mu of the model, its standard error se and the dispersion phi, the limit of the
original form, with z the normal quantile of 1 - alpha, one side, is::

    (mu ** (2 / 3) + z * sqrt(4 / 9 * mu ** (1 / 3) * (phi + se**2 / mu))) ** (3 / 2)

That of the flexible form is the 1 - alpha quantile of the negative binomial distribution with
mean mu and variance phi * mu (of the Poisson distribution for phi = 1).

R's ``algo.farrington`` takes alpha / 2. Its ``farringtonFlexible`` works out se, and the p of the
trend, with the weights that old outbreaks get in place of those of the fit, so that its limits
differ a little where either matters. Here both follow from the fit.

References
----------
C. P. Farrington, N. J. Andrews, A. D. Beale and M. A. Catchpole, "A statistical algorithm for the
early detection of outbreaks of infectious disease", Journal of the Royal Statistical Society A 159
(1996), 547-563.
A. Noufaily, D. G. Enki, P. Farrington, P. Garthwaite, N. Andrews and A. Charlett, "An improved
algorithm for outbreak detection in multiple surveillance systems", Statistics in Medicine 32
(2013), 1206-1222 (first published in 2012).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assetmap.detectors.checking import Flags, Numbers, counts_of, frozen, numbers_of, share, whole
from assetmap.detectors.loglinear import Fit, fitted
from assetmap.errors import UnusableInput

__all__ = ["Farrington", "FarringtonMethod", "farrington"]

FEWEST, LATEST = 5, 4
"""Fewer than 5 cases in the last 4 weeks are never an alarm."""
SEASONS = 10
"""Into so many parts the later form divides the year."""
TREND_YEARS = 3
"""A trend needs at least so many years."""


class FarringtonMethod(StrEnum):
    """Which form."""

    ORIGINAL = "original"
    """The same weeks of earlier years, a limit on the scale of 2/3 powers (Farrington 1996)."""
    FLEXIBLE = "flexible"
    """All weeks, with ten seasons, and a negative binomial limit (Noufaily 2012)."""


@dataclass(frozen=True, eq=False)
class Farrington:
    """What the method says of each week; NaN and False where it cannot say.

    Attributes
    ----------
    method : FarringtonMethod
        Which form.
    expected : array of float
        What the model expects of the week.
    upper : array of float
        The count above which an alarm is given.
    p : array of float
        How often a week like this has as many cases, or more, by the model.
    dispersion : array of float
        Variance over mean, at least 1.
    trend : array of bool
        Whether a trend was kept.
    enough : array of bool
        Whether there were 5 cases in the last 4 weeks.
    alarm : array of bool
        More than ``upper``, and enough.
    """

    method: FarringtonMethod
    expected: Numbers
    upper: Numbers
    p: Numbers
    dispersion: Numbers
    trend: Flags
    enough: Flags
    alarm: Flags


@dataclass(frozen=True)
class _Setting:
    """The arguments, checked and filled in."""

    years: int
    half_width: int
    alpha: float
    exclude: int
    threshold: float
    trend_p: float
    seasons: int
    period: int

    @property
    def history(self) -> int:
        """How many weeks there must be before the first that is judged."""
        return self.years * self.period + self.half_width


def farrington(  # noqa: PLR0913 (each is a choice that papers name)
    counts: ArrayLike,
    *,
    years: int = 5,
    half_width: int = 3,
    alpha: float = 0.05,
    exclude: int | None = None,
    weights_threshold: float | None = None,
    trend_p: float | None = None,
    method: FarringtonMethod | str = FarringtonMethod.ORIGINAL,
    period: int = 52,
) -> Farrington:
    """Compare each week with what the same time of earlier years makes one expect.

    The steps, formulas and sources stand at the top of this file. Nothing is said of a week that
    does not have ``years`` years and ``half_width`` weeks before it.

    Parameters
    ----------
    counts : array of int
        One per week, the oldest first, without gaps.
    years : int, default 5
        How many earlier years.
    half_width : int, default 3
        How many weeks on either side of the same week.
    alpha : float, default 0.05
        One-sided.
    exclude : int, optional
        How many weeks before this one are left out, so that an outbreak does not hide itself;
        None for ``half_width`` (original) or 26 (flexible).
    weights_threshold : float, optional
        From which residual on a count weighs less; None for 1 (original) or 2.58 (flexible).
    trend_p : float, optional
        Above 0, at most 1; None for 0.05 (original) or 1 (flexible).
    method : {"original", "flexible"}, default "original"
        Which form.
    period : int, default 52
        How many counts make a year. A 53rd week is best added to the one before it.

    Raises
    ------
    UnusableInput
        Counts that are missing, negative or not whole; an argument out of range.

    Examples
    --------
    Four years of three or four a week, then eleven:

    >>> found = farrington([3, 4, 4, 3] * 53 + [11], years=4)
    >>> bool(found.alarm[-1]), int(found.alarm.sum()), round(float(found.upper[-1]), 2)
    (True, 1, 7.16)
    """
    seen = counts_of("counts", counts).astype(np.float64)
    if method not in list(FarringtonMethod):
        raise UnusableInput(f"method must be one of {', '.join(FarringtonMethod)}")
    kind = FarringtonMethod(method)
    flexible = kind is FarringtonMethod.FLEXIBLE
    width = whole("half_width", half_width)
    setting = _Setting(
        years=whole("years", years, low=1),
        half_width=width,
        alpha=share("alpha", alpha),
        exclude=whole("exclude", (26 if flexible else width) if exclude is None else exclude),
        threshold=_above_zero(
            "weights_threshold", weights_threshold, usual=2.58 if flexible else 1.0
        ),
        trend_p=_above_zero("trend_p", trend_p, usual=1.0 if flexible else 0.05, high=1.0),
        seasons=SEASONS if flexible else 1,
        period=whole("period", period, low=2 * width + 1 + (SEASONS - 1 if flexible else 0)),
    )
    columns = np.full((4, seen.size), np.nan)
    kept = np.zeros(seen.size, dtype=bool)
    for week in range(setting.history, seen.size):
        columns[:, week], kept[week] = _week(seen, week, setting)
    recent = np.convolve(seen, np.ones(LATEST))[: seen.size] if seen.size else seen
    enough = recent >= FEWEST
    expected, upper, p, dispersion = (frozen(column.copy()) for column in columns)
    flags = (frozen(kept), frozen(enough), frozen(enough & (seen > upper)))
    return Farrington(kind, expected, upper, p, dispersion, *flags)


def _above_zero(
    name: str, value: float | None, *, usual: float, high: float | None = None
) -> float:
    """Return a number above 0, or what is usual."""
    number = usual if value is None else float(numbers_of(name, value, above=0, dimensions=(0,)))
    if high is not None and number > high:
        raise UnusableInput(f"{name} is {number:g}; allowed: above 0, at most {high:g}")
    return number


def _week(
    seen: Numbers, week: int, setting: _Setting
) -> tuple[tuple[float, float, float, float], bool]:
    """Return expected, upper, p and dispersion of one week, and whether a trend was kept."""
    season = _seasons(week, setting)
    weeks = np.flatnonzero(season)
    base, season = seen[weeks], season[weeks]
    apart = [season == other for other in range(1, setting.seasons) if (season == other).any()]
    plain = np.column_stack([np.ones(weeks.size), *apart])
    sloped = np.column_stack([plain, (weeks - week) / setting.period])
    found = _weighed(base, sloped, setting.threshold)
    trend = found is not None and _keeps(found, base, setting)
    if found is None or not trend:
        found = _weighed(base, plain, setting.threshold)
    if found is None:
        return (np.nan,) * 4, False
    mean, phi = float(np.exp(found.coefficients[0])), max(1.0, found.dispersion)
    if setting.seasons > 1:
        upper, p = _by_counts(seen[week], mean, phi, setting.alpha)
    else:
        error = mean**2 * float(found.covariance[0, 0]) * phi
        upper, p = _by_powers(seen[week], mean, phi + error / mean, setting.alpha)
    return (mean, upper, p, phi), trend


def _seasons(week: int, setting: _Setting) -> NDArray[np.int64]:
    """Return the season of each week before this one: 0 outside the baseline.

    The weeks around the same week of the year have the highest number.
    """
    width, years = setting.half_width, setting.years
    season = np.zeros(week, dtype=np.int64)
    between = setting.period - 2 * width - 1
    parts = setting.seasons - 1
    for back in range(years + 1):
        middle = week - back * setting.period
        season[middle - width : middle + width + 1] = setting.seasons
        if back and parts:
            sizes = between // parts + (np.arange(parts) < between % parts)
            begin = middle + width + 1
            season[begin : begin + between] = np.repeat(np.arange(1, parts + 1), sizes)
    season[week - min(week, setting.exclude) :] = 0
    return season


def _weighed(base: Numbers, design: Numbers, threshold: float) -> Fit | None:
    """Fit, weigh down what stands out upwards, and fit again."""
    first = fitted(base, design)
    if first is None:
        return None
    residual = first.anscombe(base, max(1.0, first.dispersion))
    weight = np.where(residual > threshold, np.maximum(residual, threshold) ** -2.0, 1.0)
    return fitted(base, design, weights=weight * (weight.size / weight.sum()))


def _keeps(found: Fit, base: Numbers, setting: _Setting) -> bool:
    """Tell whether the trend, the last column, stays in the model."""
    from scipy.stats import t

    if setting.years < TREND_YEARS or np.exp(found.coefficients[0]) > base.max():
        return False
    spread = np.sqrt(found.covariance[-1, -1] * found.dispersion)
    slope = abs(found.coefficients[-1])
    if not spread > 0:
        return bool(slope > 0)
    return bool(2 * t.sf(slope / spread, found.freedom) < setting.trend_p)


def _by_powers(count: float, mean: float, tau: float, alpha: float) -> tuple[float, float]:
    """Return limit and p on the scale of 2/3 powers, where counts are nearly normal."""
    from scipy.stats import norm

    spread = np.sqrt(4 / 9 * mean ** (1 / 3) * tau)
    upper = (mean ** (2 / 3) + norm.isf(alpha) * spread) ** 1.5
    return float(upper), float(norm.sf((count ** (2 / 3) - mean ** (2 / 3)) / spread))


def _by_counts(count: float, mean: float, phi: float, alpha: float) -> tuple[float, float]:
    """Return limit and p of the negative binomial distribution, or the Poisson one."""
    from scipy.stats import nbinom, poisson

    if phi <= 1:
        return float(poisson.ppf(1 - alpha, mean)), float(poisson.sf(count - 1, mean))
    size, success = mean / (phi - 1), 1 / phi
    upper = float(nbinom.ppf(1 - alpha, size, success))
    return upper, float(nbinom.sf(count - 1, size, success))
