"""Charts of single values over time: which differ more than values always do."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from assetmap.detectors.checking import Flags, Numbers, frozen, numbers_of, whole
from assetmap.errors import UnusableInput

__all__ = ["Chart", "xmr"]

WIDTH = 2.66
SCREEN = 3.267
RUN = 7
FIRM = 12


@dataclass(frozen=True, eq=False)
class Chart:
    """A chart of values and moving ranges; every array has an entry per value.

    Attributes
    ----------
    values : array of float
        As given.
    centre, low, high : array of float
        The mean and the limits that hold for each value.
    outside : array of bool
        Rule 1: above or below the limits.
    run : array of bool
        Rule 2: one of seven or more in a row on one side of the mean.
    trend : array of bool
        Rule 3: one of seven or more in a row, each above the one before, or each below.
    near : array of bool
        Rule 4: one of two in three in a row that are beyond two thirds of the way to the same
        limit.
    trial : array of bool
        Whether the limits rest on fewer than 12 values.

    Examples
    --------
    >>> found = xmr([5, 6, 5, 4, 5, 6, 5, 4, 5, 6, 5, 11])
    >>> found.outside.nonzero()[0].tolist(), bool(found.trial.any())
    ([11], False)
    """

    values: Numbers
    centre: Numbers
    low: Numbers
    high: Numbers
    outside: Flags
    run: Flags
    trend: Flags
    near: Flags
    trial: Flags

    @property
    def signal(self) -> Flags:
        """Whether any of the four rules holds."""
        return frozen(self.outside | self.run | self.trend | self.near)


def xmr(
    values: ArrayLike,
    *,
    baseline: int | None = None,
    restart: tuple[int, ...] = (),
    screen: bool = True,
) -> Chart:
    """Return a chart of single values and moving ranges (XmR, also called plot-the-dots).

    The limits are the mean -+ 2.66 times the mean of the moving ranges, the differences between
    neighbours. Ranges above 3.267 times their mean are screened out first, once. A value equal to
    the mean ends a run; two equal values end a trend; a value at the limit is not outside.

    For figures of ten and more; where they are small, count days between events instead. Of rule 4
    there are several forms: NHSRplotthedots asks that all three lie on one side of the mean, and
    does not count what is outside the limits as beyond two thirds of the way.

    Parameters
    ----------
    values : array of float
        One per period, in order.
    baseline : int, optional
        From how many first values of each stretch the limits come, 2 or more; default: all of it.
    restart : tuple of int, default ()
        Positions at which limits are worked out anew, because something changed on purpose. No
        run, trend or range goes across.
    screen : bool, default True
        Whether large ranges are screened out.

    Raises
    ------
    UnusableInput
        Values that are missing or infinite, stretches of fewer than 2 values, positions that do
        not rise.

    References
    ----------
    D. J. Wheeler, "Understanding Variation" (1993); NHS England, "Making data count" (2019), for
    the four rules. 2.66 is 3 / 1.128, and 3.267 the limit of ranges of two normal values.

    Examples
    --------
    >>> found = xmr([10, 12, 11, 13, 12, 11])
    >>> [round(float(each[0]), 2) for each in (found.low, found.centre, found.high)]
    [7.78, 11.5, 15.22]
    """
    array = numbers_of("values", values)
    first = None if baseline is None else whole("baseline", baseline, low=2)
    edges = _edges(len(array), restart)
    columns = [_stretch(array[start:end], first, screen=screen) for start, end in pairwise(edges)]
    centre, low, high, outside, run, trend, near, trial = (
        frozen(np.concatenate(each)) for each in zip(*columns, strict=True)
    )
    marks = [each.astype(np.bool_) for each in (outside, run, trend, near, trial)]
    for each in marks:
        frozen(each)
    return Chart(array, centre, low, high, *marks)


def _edges(count: int, restart: tuple[int, ...]) -> list[int]:
    edges = [0, *(whole("restart", each) for each in restart), count]
    if any(after - before < 2 for before, after in pairwise(edges)):
        raise UnusableInput(
            "each stretch of the chart needs 2 values or more; give more values, or positions in "
            "restart that rise by 2 or more"
        )
    return edges


def _stretch(values: Numbers, first: int | None, *, screen: bool) -> tuple[Numbers, ...]:
    """Return limits and rules of values that share their limits."""
    base = values[:first]
    ranges = np.abs(np.diff(base))
    usual = ranges.mean()
    if screen:
        usual = ranges[ranges <= SCREEN * usual].mean()
    centre, reach = base.mean(), WIDTH * usual
    side = np.sign(values - centre)
    step = np.sign(np.diff(values))
    beyond = np.where(np.abs(values - centre) > 2 / 3 * reach, side, 0.0)
    full = np.ones_like(values)
    return (
        centre * full,
        (centre - reach) * full,
        (centre + reach) * full,
        (np.abs(values - centre) > reach).astype(float),
        _in_a_row(side, RUN),
        _points(_in_a_row(step, RUN - 1)),
        _two_in_three(beyond),
        (len(base) < FIRM) * full,
    )


def _in_a_row(sign: Numbers, least: int) -> Numbers:
    """Mark every member of `least` or more equal signs in a row, none of them 0."""
    marks = np.zeros_like(sign)
    for end in range(least, len(sign) + 1):
        part = sign[end - least : end]
        if part[0] != 0 and (part == part[0]).all():
            marks[end - least : end] = 1.0
    return marks


def _points(steps: Numbers) -> Numbers:
    """Mark the values at both ends of each marked step."""
    marks = np.zeros(len(steps) + 1)
    marks[:-1] += steps
    marks[1:] += steps
    return np.minimum(marks, 1.0)


def _two_in_three(beyond: Numbers) -> Numbers:
    """Mark values beyond, where another of three in a row is beyond on the same side."""
    marks = np.zeros_like(beyond)
    for apart in (1, 2):
        same = (beyond[apart:] == beyond[:-apart]) & (beyond[apart:] != 0)
        marks[apart:][same] = 1.0
        marks[:-apart][same] = 1.0
    return marks
