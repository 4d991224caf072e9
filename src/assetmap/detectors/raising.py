"""The rule "at least k in w days" on real dates: when it fires, and how often for nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from assetmap.detectors.checking import Numbers, frozen, numbers_of, one_length, whole
from assetmap.errors import UnusableInput

__all__ = ["Cluster", "clusters", "yearly_false_fires"]


@dataclass(frozen=True)
class Cluster:
    """One time that the rule fired.

    Attributes
    ----------
    first, last : float
        The first day on which an event of the window happened, and the day on which it fired.
    distinct : int
        How many different persons, or households, are in the window.
    events : tuple of int
        Positions of the events in the window, by day.
    new : bool
        Whether it fired although it was on hold, because somebody new had joined.

    Examples
    --------
    >>> [found] = clusters([3, 40, 44, 51], 3, within=21)
    >>> found.first, found.last, found.events
    (40.0, 51.0, (1, 2, 3))
    """

    first: float
    last: float
    distinct: int
    events: tuple[int, ...]
    new: bool


def clusters(
    days: ArrayLike, k: int, *, within: float, who: ArrayLike | None = None
) -> tuple[Cluster, ...]:
    """Return each time that `k` different persons are seen within `within` days.

    1. After all events of a day, look back: the window holds that day and everything less than
       `within` days before it.
    2. Fire where it holds k or more different persons.
    3. Having fired, do not fire again for `within` days, unless the window holds somebody who was
       in no window since the rule fired first.

    Parameters
    ----------
    days : array of float
        The day of each event, counted from any day; order does not matter.
    k : int
        How many make a cluster, 1 or more.
    within : float
        How long the window is, in days, above 0.
    who : array of int, optional
        A number for the person, or household, of each event; default: all differ.

    Returns
    -------
    tuple of Cluster
        By day; empty where the rule never fired.

    Raises
    ------
    UnusableInput
        Days that are missing or infinite, lengths that differ.

    Examples
    --------
    The third household fires, not the second question of the first:

    >>> [found] = clusters([1, 2, 5, 9], 3, within=21, who=[7, 7, 8, 9])
    >>> found.last, found.distinct
    (9.0, 3)
    """
    when = numbers_of("days", days)
    persons = np.arange(len(when)) if who is None else numbers_of("who", who)
    one_length(days=when, who=persons)
    least, length = whole("k", k, low=1), _above("within", within)
    order = np.lexsort((np.arange(len(when)), when))
    found: list[Cluster] = []
    held_until, known = -np.inf, set[float]()
    for day in np.unique(when):
        inside = order[(when[order] <= day) & (when[order] > day - length)]
        present = set(persons[inside].tolist())
        if len(present) < least:
            continue
        held = bool(day < held_until)
        if held and present <= known:
            continue
        known = known | present if held else present
        held_until = day + length
        first = float(when[inside].min())
        found.append(Cluster(first, float(day), len(present), tuple(inside.tolist()), held))
    return tuple(found)


def yearly_false_fires(
    rate: ArrayLike, k: int, *, within: float, looks: float = 52.0, period: float = 7.0
) -> Numbers:
    """Return at how many looks a year the rule fires although nothing changed.

    looks * P(X >= k), X Poisson with mean rate * within / period: exact for the expected number,
    because each look sees one window. Looks that follow each other often fire together.

    Parameters
    ----------
    rate : float or array of float
        How many different persons come on average per period, 0 or more.
    k : int
        How many make a cluster, 1 or more.
    within : float
        How long the window is, in days, above 0.
    looks : float, default 52
        How often a year one looks.
    period : float, default 7
        How many days the rate is for.

    Raises
    ------
    UnusableInput
        Numbers out of range.

    Examples
    --------
    Three in three weeks, of themes that come once in ten weeks, once in two, every week:

    >>> yearly_false_fires([0.1, 0.5, 1], 3, within=21).round(1).tolist()
    [0.2, 9.9, 30.0]
    """
    from scipy.stats import poisson

    usual = numbers_of("rate", rate, low=0, dimensions=(0, 1, 2))
    least = whole("k", k, low=1)
    mean = usual * _above("within", within) / _above("period", period)
    return frozen(np.asarray(_above("looks", looks) * poisson.sf(least - 1, mean)))


def _above(name: str, value: float) -> float:
    number = float(numbers_of(name, value, dimensions=(0,)))
    if number <= 0:
        raise UnusableInput(f"{name} is {number:g}; allowed: numbers above 0")
    return number
