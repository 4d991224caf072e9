"""Many tests at once: which to tell, how rare they are, how many a team wants to hear of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from assetmap.detectors.checking import Flags, Numbers, frozen, numbers_of, share, whole
from assetmap.errors import UnusableInput

__all__ = ["Chosen", "alpha_for_budget", "benjamini_hochberg", "recurrence"]


@dataclass(frozen=True, eq=False)
class Chosen:
    """Which of many tests are told.

    Attributes
    ----------
    chosen : array of bool
        Whether each is.
    adjusted : array of float
        The smallest rate at which it would be.
    rate : float
        As given.

    Examples
    --------
    >>> benjamini_hochberg([0.01, 0.9], 0.05).adjusted.tolist()
    [0.02, 0.9]
    """

    chosen: Flags
    adjusted: Numbers
    rate: float


def benjamini_hochberg(p: ArrayLike, rate: float) -> Chosen:
    """Choose tests so that of those chosen at most a share `rate` is wrong, on average.

    With p sorted from small to large, the i-th of m is chosen if some j >= i has
    p_j <= rate * j / m; its adjusted value is the least m * p_j / j of these j, 1 at most. The
    promise holds for tests that are independent or rise together. For small counts, where p moves
    in steps, fewer are wrong still.

    Parameters
    ----------
    p : array of float
        From 0 to 1, one for each stream that was tested; leave out streams that were not.
    rate : float
        Between 0 and 1.

    Raises
    ------
    UnusableInput
        Values that are missing or not from 0 to 1.

    References
    ----------
    Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate", Journal of the Royal
    Statistical Society B 57 (1995), 289-300.

    Examples
    --------
    >>> benjamini_hochberg([0.04, 0.001, 0.03, 0.5], 0.1).chosen.tolist()
    [True, True, True, False]
    """
    values = _chances(p, low=0.0)
    wanted = share("rate", rate)
    count = values.size
    order = np.argsort(values, kind="stable")
    steps = values[order] * (count / np.arange(1, count + 1))
    least = np.minimum.accumulate(steps[::-1])[::-1]
    adjusted = np.empty(count)
    adjusted[order] = np.minimum(least, 1.0)
    return Chosen(frozen(adjusted <= wanted * (1 + 1e-12)), frozen(adjusted), wanted)


def recurrence(p: ArrayLike, period: float = 7.0, looks: int = 1) -> Numbers:
    """Return once in how long something as rare comes by chance.

    period / p; where each p is the smallest of the last `looks`, period / (1 - (1 - p)**(1 / A))
    with A looks.

    Parameters
    ----------
    p : float or array of float
        Above 0, and at most 1.
    period : float, default 7
        How long it takes from one look to the next, in days.
    looks : int, default 1
        How many looks p is the outcome of, this one included.

    Returns
    -------
    array of float
        In days, or the unit of `period`.

    Raises
    ------
    UnusableInput
        A p that is not above 0 and at most 1.

    References
    ----------
    K. Kleinman, R. Lazarus and R. Platt, "A generalized linear mixed models approach for detecting
    incident clusters of disease in small areas", American Journal of Epidemiology 159 (2004),
    217-224. M. Kulldorff, SaTScan User Guide, on recurrence intervals.

    Examples
    --------
    A p of 0.01, looked at every week: once in a hundred weeks.

    >>> float(recurrence(0.01))
    700.0
    """
    values = _chances(p, above=0.0)
    step = numbers_of("period", period, above=0, dimensions=(0,))
    times = whole("looks", looks, low=1)
    with np.errstate(divide="ignore"):
        single = -np.expm1(np.log1p(-values) / times)
    return frozen(np.asarray(step / (values if times == 1 else single), dtype=np.float64))


def alpha_for_budget(false_alarms: float, streams: int, *, looks: float = 52.0) -> float | None:
    """Return the level at which so many false alarms a year are expected.

    false_alarms / (looks * streams): the expected number is looks * streams * alpha at most,
    whether streams hang together or not.

    Parameters
    ----------
    false_alarms : float
        How many a year one puts up with, above 0.
    streams : int
        How many series are tested at each look; 0 or more.
    looks : float, default 52
        How often a year.

    Returns
    -------
    float or None
        Below 1; None where even every look may alarm, or there is nothing to test.

    Raises
    ------
    UnusableInput
        Numbers out of range.

    Examples
    --------
    Twenty themes, two false alarms a year:

    >>> round(alpha_for_budget(2, 20), 5)
    0.00192
    """
    wanted = float(numbers_of("false_alarms", false_alarms, above=0, dimensions=(0,)))
    times = float(numbers_of("looks", looks, above=0, dimensions=(0,)))
    tests = times * whole("streams", streams)
    return wanted / tests if tests > wanted else None


def _chances(p: ArrayLike, *, low: float | None = None, above: float | None = None) -> Numbers:
    dimensions = (1,) if low is not None else (0, 1, 2)
    values = numbers_of("p", p, low=low, above=above, dimensions=dimensions)
    if (values > 1).any():
        raise UnusableInput(f"p has {values.max():g}; allowed: up to 1")
    return values
