"""More than usual: the tail of what the periods before lead one to expect."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from assetmap.detectors.checking import (
    Counts,
    Flags,
    Numbers,
    counts_of,
    frozen,
    numbers_of,
    share,
    whole,
)
from assetmap.detectors.moving import Baseline, lagged_sum
from assetmap.errors import UnusableInput

__all__ = ["MoreThanUsual", "gamma_poisson"]

AT_ONCE = 500_000
"""So many periods are worked out at a time, which bounds the memory taken."""


@dataclass(frozen=True, eq=False)
class MoreThanUsual:
    """How each period compares with its baseline; arrays have the shape of the counts.

    NaN stands where nothing can be said: too little history, or no effort in baseline or window.

    Attributes
    ----------
    observed, base : array of float
        The count in the window that ends here, and in its baseline.
    exposure : array of float
        How much longer the window is than the baseline, in periods or in effort.
    p : array of float
        The chance of at least so many, if nothing changed.
    alarm : array of bool
        Whether p is at most `alpha`; False where p is NaN.
    alpha, prior : float
        As given.

    Examples
    --------
    >>> found = gamma_poisson([1, 0, 1, 5], 3)
    >>> found.expected.round(2).tolist(), found.upper.tolist()
    ([nan, nan, nan, 0.67], [nan, nan, nan, 3.0])
    """

    observed: Numbers
    base: Numbers
    exposure: Numbers
    p: Numbers
    alarm: Flags
    alpha: float
    prior: float

    @property
    def expected(self) -> Numbers:
        """How many the rate of the baseline gives in the window."""
        return frozen(self.base * self.exposure)

    @cached_property
    def upper(self) -> Numbers:
        """The most that gives no alarm."""
        from scipy.stats import nbinom

        known = ~np.isnan(self.p)
        pairs = np.stack([self.base[known], self.exposure[known]])
        each, back = np.unique(pairs, axis=1, return_inverse=True)
        highest = nbinom.ppf(1 - self.alpha, each[0] + self.prior, 1 / (1 + each[1]))
        for _ in range(2):  # a quantile that is one off by rounding would contradict p
            highest += _tail(highest + 1, each, self.prior) > self.alpha
            highest -= (highest > 0) & (_tail(highest, each, self.prior) <= self.alpha)
        found = np.full(self.p.shape, np.nan)
        found[known] = highest[back.ravel()]
        return frozen(found)


def gamma_poisson(
    counts: ArrayLike,
    baseline: int | Baseline,
    *,
    window: int = 1,
    effort: ArrayLike | None = None,
    prior: float = 1.0,
    alpha: float = 0.05,
) -> MoreThanUsual:
    """Compare each period, or moving window of periods, with its baseline.

    With S in the baseline, e the effort (or the number of periods) of the window divided by that
    of the baseline, and a rate that has the prior Gamma(a, 0), the count of the window is negative
    binomial with size S + a and success probability 1 / (1 + e); p is P(X >= observed).

    With a = 1, p equals P(Y >= x) for Y binomial with S + x trials and share e / (1 + e): the
    exact test of two Poisson counts given their sum. So P(p <= c) <= c for every c when the rate
    did not change, also when the effort did. With a = 1/2, which is customary, p is smaller, and
    this does not hold.

    Parameters
    ----------
    counts : array of int, periods or series x periods
        Padded with zeros up to the last period.
    baseline : int or Baseline
        How many periods before the window, or which (``BAYES1``, ``BAYES2``, ``BAYES3``).
    window : int, default 1
        How many periods count together, the present one last.
    effort : array of float, optional
        0 or more per period, such as contacts or days at work; of the shape of `counts`, or one
        row for all series. Only its proportions matter. Default: the same in every period.
    prior : float, default 1
        The a of the prior, above 0; 1/2 for the customary form.
    alpha : float, default 0.05
        p at most this gives an alarm.

    Raises
    ------
    UnusableInput
        Counts that are negative or not whole, efforts that do not fit them, a baseline that
        overlaps itself or the window.

    References
    ----------
    J. Przyborowski and H. Wilenski, "Homogeneity of results in testing samples from Poisson
    series", Biometrika 31 (1940), 313-323: the test given the sum. M. Hoehle, "surveillance: an R
    package for the monitoring of infectious diseases", Computational Statistics 22 (2007),
    571-582: the customary form with a = 1/2. It alarms above the quantile of 1 - alpha, which is
    p <= alpha here.

    Examples
    --------
    >>> found = gamma_poisson([1, 0, 1, 0, 0, 0, 4], 6)
    >>> found.p.round(4).tolist()[-1], found.alarm.tolist()[-1]
    (0.0049, True)
    """
    array = counts_of("counts", counts, dimensions=(1, 2))
    size = whole("window", window, low=1)
    level = share("alpha", alpha)
    strength = float(numbers_of("prior", prior, above=0, dimensions=(0,)))
    before = baseline if isinstance(baseline, Baseline) else Baseline(recent=baseline)
    observed, base = _window_and_base(array, size, before)
    if effort is None:
        exposure = np.where(np.isnan(base), np.nan, size / before.size)
    else:
        now, then = _window_and_base(_effort(effort, array), size, before)
        with np.errstate(divide="ignore", invalid="ignore"):
            exposure = np.where((now > 0) & (then > 0), now / then, np.nan)
        exposure = np.broadcast_to(exposure, array.shape)
    p = _tails(observed, base, exposure, strength)
    return MoreThanUsual(
        observed=frozen(observed),
        base=frozen(base),
        exposure=frozen(np.array(exposure)),
        p=frozen(p),
        alarm=frozen(p <= level),
        alpha=level,
        prior=strength,
    )


def _effort(effort: ArrayLike, counts: Counts) -> Numbers:
    given = numbers_of("effort", effort, low=0, dimensions=(1, 2))
    if given.shape not in (counts.shape, counts.shape[-1:]):
        raise UnusableInput(f"effort must have a number for each of the {counts.shape[-1]} periods")
    return given


def _window_and_base(
    values: Numbers | Counts, window: int, before: Baseline
) -> tuple[Numbers, Numbers]:
    """Return the sums over the window and over its baseline."""
    sums = [lagged_sum(values, lag, length) for lag, length in before.spans(window)]
    return lagged_sum(values, 0, window), np.sum(sums, axis=0)


def _tail(observed: Numbers, given: Numbers, prior: float) -> Numbers:
    """P(X >= observed) for X negative binomial with size base + prior."""
    from scipy.stats import nbinom

    base, exposure = given
    return np.asarray(nbinom.sf(observed - 1, base + prior, 1 / (1 + exposure)), dtype=np.float64)


def _tails(observed: Numbers, base: Numbers, exposure: Numbers, prior: float) -> Numbers:
    """Return p for each period: 1 where nothing was observed, NaN where nothing is known."""
    p = np.where(np.isnan(base + exposure + observed), np.nan, 1.0)
    some = np.flatnonzero(~np.isnan(p) & (observed > 0))
    flat, x, s, e = (np.ravel(each) for each in (p, observed, base, exposure))
    for start in range(0, some.size, AT_ONCE):
        at = some[start : start + AT_ONCE]
        flat[at] = _tail(x[at], np.stack([s[at], e[at]]), prior)
    return flat.reshape(p.shape)
