"""Exact tests of small counts: against a known share, between two groups, between two rates."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from assetmap.detectors.checking import counts_of, numbers_of, share, whole
from assetmap.detectors.intervals import Interval
from assetmap.errors import UnusableInput

__all__ = ["Side", "exact_binomial", "exact_fisher", "exact_poisson", "finite_interval"]


class Side(StrEnum):
    """Which outcomes count as at least as surprising."""

    LESS = "less"
    """Smaller ones."""
    GREATER = "greater"
    """Larger ones."""
    BOTH = "both"
    """All that are no more likely than what was seen."""


def exact_binomial(
    successes: int, n: int, *, expected: float, side: Side | str = Side.BOTH
) -> float:
    """Return the chance of a share as surprising, if the true share is `expected`.

    Of 40 who were reached, 2 are young, and of the neighbourhood a quarter is: are the young not
    heard yet?

    Parameters
    ----------
    successes, n : int
        How many of how many.
    expected : float
        Between 0 and 1.
    side : Side, default "both"
        Which outcomes count.

    Raises
    ------
    UnusableInput
        More successes than there were, or numbers out of range.

    References
    ----------
    C. J. Clopper and E. S. Pearson, Biometrika 26 (1934), 404-413, for the one-sided sums; both
    sides by the size of the chances, as usual.

    Examples
    --------
    >>> round(exact_binomial(2, 40, expected=0.25, side="less"), 4)
    0.001
    """
    from scipy.stats import binomtest

    total = whole("n", n)
    seen = whole("successes", successes, high=total)
    chance = share("expected", expected)
    if total == 0:
        return 1.0
    return float(binomtest(seen, total, chance, alternative=_side(side)).pvalue)


def exact_fisher(table: ArrayLike, *, side: Side | str = Side.BOTH) -> float:
    """Return the chance of a table as surprising, if its rows do not differ.

    The margins are held: the first cell is hypergeometric.

    Parameters
    ----------
    table : array of int, 2 x 2
        Counts, such as heard and not heard in two groups.
    side : Side, default "both"
        Which first cells count.

    Raises
    ------
    UnusableInput
        Another shape, counts that are negative or not whole.

    References
    ----------
    R. A. Fisher, "On the interpretation of chi-square from contingency tables, and the calculation
    of P", Journal of the Royal Statistical Society 85 (1922), 87-94.

    Examples
    --------
    The lady who tasted tea, three of four right:

    >>> round(exact_fisher([[3, 1], [1, 3]], side="greater"), 4)
    0.2429
    """
    from scipy.stats import fisher_exact

    counts = counts_of("table", table, dimensions=(2,))
    if counts.shape != (2, 2):
        raise UnusableInput("table must have two rows and two columns")
    if not counts.any():
        return 1.0
    return float(fisher_exact(counts, alternative=_side(side)).pvalue)


def exact_poisson(
    counts: ArrayLike, effort: ArrayLike, *, ratio: float = 1.0, side: Side | str = Side.BOTH
) -> float:
    """Return the chance of two counts as surprising, if the first rate is `ratio` times the other.

    Given their sum, the first count is binomial with share ratio * t1 / (ratio * t1 + t2).

    Parameters
    ----------
    counts : array of int
        Two counts.
    effort : array of float
        How long, or how much, each was looked for; above 0.
    ratio : float, default 1
        Of the rates, above 0.
    side : Side, default "both"
        Which first counts count.

    Raises
    ------
    UnusableInput
        Not two of each, or numbers out of range.

    References
    ----------
    J. Przyborowski and H. Wilenski, Biometrika 31 (1940), 313-323.

    Examples
    --------
    A street that was visited as often gave 1 question, where another gave 9:

    >>> round(exact_poisson([1, 9], [4, 4]), 4)
    0.0215
    """
    seen = counts_of("counts", counts)
    time = numbers_of("effort", effort, above=0)
    times = float(numbers_of("ratio", ratio, above=0, dimensions=(0,)))
    if seen.shape != (2,) or time.shape != (2,):
        raise UnusableInput("counts and effort must be two numbers each")
    expected = times * time[0] / (times * time[0] + time[1])
    return exact_binomial(int(seen[0]), int(seen.sum()), expected=float(expected), side=side)


def finite_interval(
    successes: int, n: int, *, population: int, confidence: float = 0.95
) -> Interval | None:
    """Return the interval of a share in a population of which a good part was asked.

    All numbers K of the population for which neither tail of the hypergeometric distribution is
    below (1 - confidence) / 2. Where everybody was asked, it has no width.

    Parameters
    ----------
    successes, n : int
        How many of those asked.
    population : int
        Of how many they were asked, such as doors in the street.
    confidence : float, default 0.95
        Between 0 and 1; the interval holds the true share at least so often.

    Returns
    -------
    Interval or None
        As shares of the population; None where nobody was asked.

    Raises
    ------
    UnusableInput
        More asked than there are, or numbers out of range.

    References
    ----------
    H. S. Konijn, "Statistical Theory of Sample Survey Design and Analysis" (1973).

    Examples
    --------
    Of 101 whose door opened, among 200, 30 would join in:

    >>> low, high = finite_interval(30, 101, population=200)
    >>> round(low, 3), round(high, 3)
    (0.235, 0.365)
    """
    from scipy.stats import hypergeom

    size = whole("population", population)
    total = whole("n", n, high=size)
    seen = whole("successes", successes, high=total)
    tail = (1 - share("confidence", confidence)) / 2
    if not total:
        return None
    true = np.arange(seen, size - (total - seen) + 1)
    above = hypergeom.sf(seen - 1, size, true, total)
    below = hypergeom.cdf(seen, size, true, total)
    inside = true[(above > tail) & (below > tail)]
    return Interval(float(inside[0] / size), float(inside[-1] / size), seen / total, confidence)


def _side(side: Side | str) -> Literal["two-sided", "less", "greater"]:
    try:
        form = Side(side)
    except ValueError:
        allowed = ", ".join(repr(each.value) for each in Side)
        raise UnusableInput(f"side is {side!r}; allowed: {allowed}") from None
    if form is Side.BOTH:
        return "two-sided"
    return "less" if form is Side.LESS else "greater"
