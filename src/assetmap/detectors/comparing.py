"""Whether some groups wait longer than others."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from assetmap.detectors.checking import Numbers, frozen, numbers_of, one_length
from assetmap.detectors.waiting import Waits
from assetmap.errors import UnusableInput

__all__ = ["Comparison", "Weight", "log_rank"]


class Weight(StrEnum):
    """What a difference at a time counts for."""

    EVEN = "even"
    """The same at all times: the log-rank test."""
    AT_RISK = "at-risk"
    """As many as are at risk: Gehan's and Breslow's test; early differences count more."""
    ROOT = "root"
    """The square root of that: Tarone and Ware's test."""
    SHARE = "share"
    """The share of all that still waits just before: Peto's and Prentice's test."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """What a test of groups found.

    Attributes
    ----------
    statistic, freedom, p : float, int, float
        Chi-square, its degrees of freedom, and the chance of at least so much.
    groups : array of float
        The numbers of the groups, in order.
    ended, expected : array of float
        How many ended in each, and how many would if all were alike; weighted as asked.

    Examples
    --------
    >>> found = log_rank([1, 2, 3, 4], [True] * 4, group=[0, 0, 1, 1])
    >>> found.ended.tolist(), found.expected.round(2).tolist()
    ([2.0, 2.0], [0.83, 3.17])
    """

    statistic: float
    freedom: int
    p: float
    groups: Numbers
    ended: Numbers
    expected: Numbers


def log_rank(
    durations: ArrayLike,
    observed: ArrayLike | None = None,
    *,
    group: ArrayLike,
    weight: Weight | str = Weight.EVEN,
    entry: ArrayLike | None = None,
) -> Comparison | None:
    """Test whether two or more groups wait equally long.

    At each time with d ends among n at risk, n_g of them in group g, d * n_g / n ends are expected
    in g, with the covariance of the hypergeometric distribution::

        d * (n - d) / (n - 1) * (n_g / n) * ((g is h) - n_h / n)

    Differences and covariances are summed over times, multiplied by the weight and its square;
    the statistic is U' V**-1 U without one of the groups.

    Parameters
    ----------
    durations, observed, entry
        As for :func:`kaplan_meier`.
    group : array of int
        A number for the group of each.
    weight : Weight, default "even"
        What a difference at a time counts for.

    Returns
    -------
    Comparison or None
        None where nothing can differ: nothing ended while two groups were at risk.

    Raises
    ------
    UnusableInput
        Fewer than two groups, lengths that differ, an unknown weight.

    References
    ----------
    N. Mantel, "Evaluation of survival data and two new rank order statistics arising in its
    consideration", Cancer Chemotherapy Reports 50 (1966), 163-170. E. A. Gehan, Biometrika 52
    (1965), 203-223. R. E. Tarone and J. Ware, Biometrika 64 (1977), 156-160. R. Peto and J. Peto,
    Journal of the Royal Statistical Society A 135 (1972), 185-206.

    Examples
    --------
    >>> found = log_rank([1, 2, 3, 4], [True] * 4, group=[0, 0, 1, 1])
    >>> round(found.statistic, 3), round(found.p, 3)
    (2.882, 0.09)
    """
    from scipy.stats import chi2

    waits = Waits.of(durations, observed, entry=entry)
    member = numbers_of("group", group)
    one_length(durations=waits.durations, group=member)
    groups = np.unique(member)
    if len(groups) < 2:
        raise UnusableInput("group must name two groups or more")
    times = np.unique(waits.durations[waits.observed])
    parts = [_part(waits, member == each, times) for each in groups]
    risk, ended = (np.array([part[at] for part in parts], dtype=float) for at in (0, 1))
    n, d = risk.sum(axis=0), ended.sum(axis=0)
    heavy = _weights(weight, n, d)
    expected = d * risk / n
    spread = heavy**2 * d * (n - d) / np.maximum(n - 1, 1)
    shares = risk / n
    variance = np.diag((spread * shares).sum(axis=1)) - (spread * shares) @ shares.T
    statistic, freedom = _quadratic(((ended - expected) * heavy).sum(axis=1), variance)
    if freedom == 0:
        return None
    return Comparison(
        statistic=statistic,
        freedom=freedom,
        p=float(chi2.sf(statistic, freedom)),
        groups=frozen(groups),
        ended=frozen((ended * heavy).sum(axis=1)),
        expected=frozen((expected * heavy).sum(axis=1)),
    )


def _quadratic(gap: Numbers, variance: Numbers) -> tuple[float, int]:
    """Return U' V**-1 U and the rank of V, leaving out what is 0 but for rounding."""
    floor = 1e-9 * max(1.0, float(variance.max(initial=0)))
    freedom = int(np.linalg.matrix_rank(variance, tol=floor))
    inverse = np.linalg.pinv(variance, rcond=1e-9, hermitian=True)
    return float(gap @ inverse @ gap), freedom


def _part(waits: Waits, inside: np.ndarray, times: Numbers) -> tuple[np.ndarray, np.ndarray]:
    """Return how many of a group are at risk and end at each time."""
    own = Waits(waits.durations[inside], waits.entry[inside], waits.observed[inside])
    ends = np.sort(own.durations[own.observed])
    until, before = (np.searchsorted(ends, times, side=side) for side in ("right", "left"))
    return own.at_risk(times), until - before


def _weights(weight: Weight | str, n: Numbers, d: Numbers) -> Numbers:
    try:
        form = Weight(weight)
    except ValueError:
        allowed = ", ".join(repr(each.value) for each in Weight)
        raise UnusableInput(f"weight is {weight!r}; allowed: {allowed}") from None
    if form is Weight.AT_RISK:
        return n
    if form is Weight.ROOT:
        return np.asarray(np.sqrt(n), dtype=np.float64)
    if form is Weight.SHARE:
        return np.concatenate([[1.0], np.cumprod(1 - d / n)[:-1]]) if n.size else n
    return np.ones_like(n)
