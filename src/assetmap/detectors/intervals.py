"""Between which shares a share lies, when only some were asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from assetmap.detectors.checking import Numbers, frozen, numbers_of, share, whole

__all__ = ["Funnel", "Interval", "funnel", "poisson_interval", "wilson"]


@dataclass(frozen=True)
class Interval:
    """An estimate with the interval around it; unpacks into its two ends.

    Attributes
    ----------
    low, high : float
        The ends.
    estimate : float
        What was seen.
    confidence : float
        How often such an interval holds the true value, in the long run.

    Examples
    --------
    >>> low, high = Interval(0.4, 0.6, 0.5, 0.95)
    >>> low, high
    (0.4, 0.6)
    """

    low: float
    high: float
    estimate: float
    confidence: float

    def __iter__(self) -> Iterator[float]:
        """Yield the lower end, then the upper."""
        yield self.low
        yield self.high


def wilson(successes: int, n: int, *, confidence: float = 0.95) -> Interval | None:
    """Return the score interval of a share.

    With s successes of n and z the normal quantile of (1 + confidence) / 2, the ends are::

        (s + z**2 / 2 - +z * sqrt(s * (n - s) / n + z**2 / 4)) / (n + z**2)

    They never leave 0 to 1, and have a width also where nobody or everybody said yes.

    Parameters
    ----------
    successes, n : int
        How many of how many.
    confidence : float, default 0.95
        Between 0 and 1.

    Returns
    -------
    Interval or None
        As shares of 1; None where nobody was asked.

    Raises
    ------
    UnusableInput
        Numbers that are negative or not whole, or more successes than asked.

    References
    ----------
    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal
    of the American Statistical Association 22 (1927), 209-212.

    Examples
    --------
    Of 200 doors, 101 opened:

    >>> low, high = wilson(101, 200)
    >>> round(100 * low, 1), round(100 * high, 1)
    (43.6, 57.4)
    """
    from scipy.stats import norm

    asked = whole("n", n)
    seen = whole("successes", successes, high=asked)
    z = float(norm.ppf((1 + share("confidence", confidence)) / 2))
    if not asked:
        return None
    middle = seen + z**2 / 2
    spread = z * sqrt(seen * (asked - seen) / asked + z**2 / 4)
    low = 0.0 if seen == 0 else (middle - spread) / (asked + z**2)
    high = 1.0 if seen == asked else (middle + spread) / (asked + z**2)
    return Interval(low, high, seen / asked, confidence)


def poisson_interval(count: int, *, effort: float = 1.0, confidence: float = 0.95) -> Interval:
    """Return the exact interval of a rate, from one count.

    The lower end is the rate at which so many or more have the chance (1 - confidence) / 2, the
    upper end that at which so many or fewer have: half of chi-square quantiles with 2 * count and
    2 * count + 2 degrees of freedom.

    Parameters
    ----------
    count : int
        How many, 0 or more.
    effort : float, default 1
        In how long, or of how many; above 0.
    confidence : float, default 0.95
        Between 0 and 1; the interval holds the true rate at least so often.

    Raises
    ------
    UnusableInput
        A count that is negative or not whole, an effort that is not above 0.

    References
    ----------
    F. Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28 (1936), 437-442.

    Examples
    --------
    >>> low, high = poisson_interval(10)
    >>> round(low, 2), round(high, 2)
    (4.8, 18.39)
    """
    from scipy.stats import chi2

    seen = whole("count", count)
    time = float(numbers_of("effort", effort, above=0, dimensions=(0,)))
    tail = (1 - share("confidence", confidence)) / 2
    low = float(chi2.ppf(tail, 2 * seen)) / 2 if seen else 0.0
    high = float(chi2.isf(tail, 2 * seen + 2)) / 2
    return Interval(low / time, high / time, seen / time, confidence)


@dataclass(frozen=True, eq=False)
class Funnel:
    """Between which rates areas of a size lie by chance; arrays have an entry per area.

    Attributes
    ----------
    low, high : array of float
        The smallest and the largest rate that is no surprise.
    rate : float
        The rate that all have in common.

    Examples
    --------
    >>> found = funnel([50, 500], 0.04)
    >>> found.low.tolist(), found.high.tolist()
    ([0.0, 0.024], [0.1, 0.058])
    """

    low: Numbers
    high: Numbers
    rate: float


def funnel(population: ArrayLike, rate: float, *, confidence: float = 0.95) -> Funnel:
    """Return limits to draw rates of areas in, narrower the more people live there.

    The quantiles of (1 -+ confidence) / 2 of a Poisson count with mean rate * population, divided
    by the population. Areas are not ranked: within the limits they do not differ.

    Parameters
    ----------
    population : array of float
        How many live in each area, above 0.
    rate : float
        What all have in common, 0 or more.
    confidence : float, default 0.95
        Between 0 and 1: so many areas at least lie inside, if all are alike.

    Raises
    ------
    UnusableInput
        A population that is not above 0, a rate below 0.

    References
    ----------
    D. J. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in
    Medicine 24 (2005), 1185-1202.

    Examples
    --------
    >>> funnel([200], 0.05).high.tolist()
    [0.085]
    """
    from scipy.stats import poisson

    size = numbers_of("population", population, above=0)
    common = float(numbers_of("rate", rate, low=0, dimensions=(0,)))
    tail = (1 - share("confidence", confidence)) / 2
    low, high = (np.asarray(poisson.ppf(part, common * size)) for part in (tail, 1 - tail))
    return Funnel(frozen(np.maximum(low, 0.0) / size), frozen(high / size), common)
