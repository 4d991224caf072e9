"""Whether the number that waits fits how many come and how long they wait."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from assetmap.detectors.checking import (
    Counts,
    Numbers,
    counts_of,
    frozen,
    numbers_of,
    one_length,
    whole,
)
from assetmap.detectors.moving import lagged_sum
from assetmap.errors import UnusableInput

__all__ = ["Backlog", "Steadiness", "backlog", "littles_law"]


@dataclass(frozen=True)
class Steadiness:
    """What Little's law gives beside what is there.

    Attributes
    ----------
    waiting, expected : float
        How many wait on average, and how many would if list and flow were in balance.
    ratio : float or None
        The first divided by the second; None where nothing is expected.

    Examples
    --------
    >>> littles_law(24, 4, wait=5).ratio
    1.2
    """

    waiting: float
    expected: float
    ratio: float | None


def littles_law(waiting: float, arrivals: float, *, wait: float) -> Steadiness:
    """Compare a waiting list with Little's law: waiting = arrivals * mean wait.

    It holds for averages over a long time in which as many come as go, whatever the order. A ratio
    well above 1 means that the list grows, or holds items that nobody will end; below 1, that
    waits are shortening, or open ones are left out of the mean.

    Parameters
    ----------
    waiting : float
        How many are open, 0 or more.
    arrivals : float
        How many come per period, 0 or more.
    wait : float
        Mean wait of all, open ones included, in the same periods; 0 or more.

    Raises
    ------
    UnusableInput
        Numbers that are negative or missing.

    References
    ----------
    J. D. C. Little, "A proof for the queuing formula: L = lambda W", Operations Research 9 (1961),
    383-387.

    Examples
    --------
    Four questions a week that wait six weeks: 24 should be open.

    >>> littles_law(24, 4, wait=6)
    Steadiness(waiting=24.0, expected=24.0, ratio=1.0)
    """
    there, rate, mean = (
        float(numbers_of(name, value, low=0, dimensions=(0,)))
        for name, value in (("waiting", waiting), ("arrivals", arrivals), ("wait", wait))
    )
    expected = rate * mean
    return Steadiness(there, expected, there / expected if expected > 0 else None)


@dataclass(frozen=True, eq=False)
class Backlog:
    """How a list grew, period by period.

    Attributes
    ----------
    waiting : array of int
        How many are open after each period.
    rising : array of int
        In how many periods in a row, this one included, the list grew.
    ratio : array of float
        How many came for each that went, over the last `window` periods; NaN where none went, or
        there are not so many periods.

    Examples
    --------
    >>> backlog([3, 3, 4], [3, 2, 2]).rising.tolist()
    [0, 1, 2]
    """

    waiting: Counts
    rising: Counts
    ratio: Numbers


def backlog(inflow: ArrayLike, outflow: ArrayLike, *, start: int = 0, window: int = 8) -> Backlog:
    """Follow a list by what came and what went.

    Parameters
    ----------
    inflow, outflow : array of int
        How many came and went per period.
    start : int, default 0
        How many were open before the first period.
    window : int, default 8
        Over how many periods the ratio is taken.

    Raises
    ------
    UnusableInput
        Counts that are negative or not whole, lengths that differ, more gone than were there.

    Examples
    --------
    >>> found = backlog([3, 3, 4], [3, 2, 2], start=10, window=2)
    >>> found.waiting.tolist(), found.ratio.round(2).tolist()
    ([10, 11, 13], [nan, 1.2, 1.75])
    """
    came, went = counts_of("inflow", inflow), counts_of("outflow", outflow)
    one_length(inflow=came, outflow=went)
    open_ = _waiting(came, went, start)
    grew = came > went
    rising = np.zeros_like(came)
    for at in range(came.size):
        rising[at] = (rising[at - 1] if at else 0) + 1 if grew[at] else 0
    length = whole("window", window, low=1)
    sums = lagged_sum(came, 0, length), lagged_sum(went, 0, length)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(sums[1] > 0, sums[0] / sums[1], np.nan)
    return Backlog(frozen(open_), frozen(rising), frozen(ratio))


def _waiting(came: Counts, went: Counts, start: int) -> Counts:
    found = np.asarray(whole("start", start) + np.cumsum(came - went), dtype=np.int64)
    if (found < 0).any():
        at = int(np.argmax(found < 0))
        raise UnusableInput(f"outflow[{at}] is more than were there; give start, or check both")
    return found
