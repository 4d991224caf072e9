"""Counts that grow or shrink by factors: a small quasi-Poisson regression."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Fit", "fitted"]

Numbers = NDArray[np.float64]

ROUNDS = 60
"""So many rounds of weighted least squares at most."""
SETTLED = 1e-10
"""The deviance changes by less than this share of itself: the fit has converged."""
SMALL = 1e-8


@dataclass(frozen=True, eq=False)
class Fit:
    """A log-linear model of counts, with a variance that is a multiple of the mean.

    Attributes
    ----------
    coefficients : array of float
        One per column of the design.
    mean : array of float
        What the model expects of each count.
    dispersion : float
        Variance over mean, by Pearson's residuals; as found, may be below 1.
    leverage : array of float
        How far each count pulls its own fitted value.
    covariance : array of float
        Of the coefficients, for a dispersion of 1.
    freedom : int
        Counts that count (weight above 0) less coefficients.
    """

    coefficients: Numbers
    mean: Numbers
    dispersion: float
    leverage: Numbers
    covariance: Numbers
    freedom: int

    def anscombe(self, counts: Numbers, dispersion: float) -> Numbers:
        """Return Anscombe's residuals, standardised, of the counts that were fitted.

        ``1.5 * (y**(2/3) / mu**(1/6) - mu**(1/2)) / sqrt(dispersion * (1 - leverage))``
        """
        raw = 1.5 * (counts ** (2 / 3) * self.mean ** (-1 / 6) - self.mean**0.5)
        spread: Numbers = np.sqrt(dispersion * np.maximum(1 - self.leverage, SMALL))
        return np.asarray(raw / spread)


def fitted(counts: Numbers, design: Numbers, *, weights: Numbers | None = None) -> Fit | None:
    """Fit a log-linear model by iterated weighted least squares.

    The variance of a count is the dispersion times its mean, over its weight; the dispersion is
    the sum of Pearson's squared residuals over the degrees of freedom.

    Parameters
    ----------
    counts : array of float, n
        What was counted.
    design : array of float, n x k
        One column per coefficient; a column of ones for the level.
    weights : array of float, n, optional
        How much each count counts; None for 1.

    Returns
    -------
    Fit or None
        None where none was found: the columns depend on each other, or nothing is left to
        estimate the dispersion from. A group of zeros only has a mean of almost 0.

    References
    ----------
    P. McCullagh and J. A. Nelder, Generalized Linear Models, 2nd ed., 1989.

    Examples
    --------
    >>> found = fitted(np.array([2.0, 4, 8]), np.array([[1.0, 0], [1, 1], [1, 2]]))
    >>> np.exp(found.coefficients).round(6).tolist()
    [2.0, 2.0]
    """
    n, k = design.shape
    weight = np.ones(n) if weights is None else weights
    freedom = int((weight > 0).sum()) - k
    if freedom <= 0:
        return None
    mean, previous = counts + 0.1, np.inf
    for _ in range(ROUNDS):
        level = np.log(mean)
        work = weight * mean
        root = np.sqrt(work)
        left, singular, right = np.linalg.svd(root[:, None] * design, full_matrices=False)
        if singular[-1] <= SMALL * singular[0]:
            return None
        target = root * (level + (counts - mean) / mean)
        coefficients = right.T @ ((left.T @ target) / singular)
        mean = np.exp(np.clip(design @ coefficients, -30.0, 30.0))
        now = _deviance(counts, mean, weight)
        if abs(now - previous) <= SETTLED * (abs(now) + 0.1):
            break
        previous = now
    else:
        return None
    root = np.sqrt(weight * mean)
    left, singular, right = np.linalg.svd(root[:, None] * design, full_matrices=False)
    dispersion = float((weight * (counts - mean) ** 2 / mean).sum()) / freedom
    covariance = (right.T / singular**2) @ right
    return Fit(coefficients, mean, dispersion, (left**2).sum(axis=1), covariance, freedom)


def _deviance(counts: Numbers, mean: Numbers, weight: Numbers) -> float:
    """Return twice the log-likelihood that a perfect fit would have more."""
    own = counts * np.log(np.maximum(counts, SMALL) / mean)
    return float(2 * (weight * (own - counts + mean)).sum())
