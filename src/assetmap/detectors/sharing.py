"""Rates of small areas, drawn towards what all of them have in common."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from assetmap.detectors.checking import Numbers, counts_of, frozen, numbers_of, one_length
from assetmap.errors import UnusableInput

__all__ = ["Shrunk", "empirical_bayes"]


@dataclass(frozen=True, eq=False)
class Shrunk:
    """Rates per area, as they are and shrunk.

    Attributes
    ----------
    raw, rate : array of float
        Count divided by population, and the same drawn towards the mean.
    weight : array of float
        From 0, wholly the mean, to 1, wholly the area's own.
    mean, variance : float
        The rate of all together, and how much true rates differ; 0 where counts differ no more
        than by chance.

    Examples
    --------
    >>> empirical_bayes([0, 12], [10, 300]).weight.round(2).tolist()
    [0.0, 0.0]
    """

    raw: Numbers
    rate: Numbers
    weight: Numbers
    mean: float
    variance: float


def empirical_bayes(counts: ArrayLike, population: ArrayLike) -> Shrunk:
    """Shrink rates of small areas towards the rate of all together.

    With r the raw rates, n the populations, m = sum(counts) / sum(n)::

        variance = max(0, sum(n * (r - m) ** 2) / sum(n) - m / mean(n))
        weight = variance / (variance + m / n)
        rate = weight * r + (1 - weight) * m

    Without the floor the variance can come out negative, and weights beyond 0 to 1 with it, as
    they do in a well-known implementation.

    Parameters
    ----------
    counts : array of int
        How many, per area.
    population : array of float
        Out of how many, above 0.

    Raises
    ------
    UnusableInput
        No areas, counts that are negative or not whole, a population that is not above 0.

    References
    ----------
    R. J. Marshall, "Mapping disease and mortality rates using empirical Bayes estimators", Applied
    Statistics 40 (1991), 283-294: the global estimator.

    Examples
    --------
    >>> found = empirical_bayes([9, 0, 30], [30, 10, 300])
    >>> found.raw.round(3).tolist(), found.rate.round(3).tolist()
    ([0.3, 0.0, 0.1], [0.19, 0.094, 0.102])
    """
    number = counts_of("counts", counts)
    size = numbers_of("population", population, above=0)
    one_length(counts=number, population=size)
    if not number.size:
        raise UnusableInput("counts is empty: there is nothing to shrink")
    raw = number / size
    mean = float(number.sum() / size.sum())
    variance = max(0.0, float((size * (raw - mean) ** 2).sum() / size.sum() - mean / size.mean()))
    weight = np.zeros_like(raw) if variance == 0 else variance / (variance + mean / size)
    rate = weight * raw + (1 - weight) * mean
    return Shrunk(frozen(raw), frozen(rate), frozen(weight), mean, variance)
