"""How many ways there are to place events so that no k of them stand close together."""

from __future__ import annotations

from enum import StrEnum
from itertools import combinations_with_replacement
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assetmap.detectors.checking import Numbers

__all__ = ["Together", "size_of", "spread_share"]

Rows = NDArray[np.intp]


class Together(StrEnum):
    """What events on one site weigh."""

    ONCE = "once"
    """Events are alike: each way to place them counts once."""
    ORDERED = "ordered"
    """Events are told apart: m on one site stand for m! orders, of which one is seen."""
    NEVER = "never"
    """A site holds one event at most."""


def size_of(sites: int, k: int, window: int) -> int:
    """Return how many numbers :func:`spread_share` keeps at a time.

    Examples
    --------
    >>> size_of(365, 3, 21)
    8030
    """
    return sites * comb(window + k - 2, k - 2)


def spread_share(
    n: int, sites: int, *, k: int, window: int, scale: float, together: Together
) -> float:
    """Count placements in which events i and i + k - 1 always lie `window` sites apart or more.

    The count is multiplied by n! / scale**n. Events are placed one after the other, in order of
    their sites. What matters for the next is the site of the last one and, for each of the k - 2
    before it, how far back it is, up to `window`: one row per such tuple of distances, one column
    per site. To move g sites on is allowed where g and the farthest distance reach `window`.

    Parameters
    ----------
    n, sites : int
        How many events and sites.
    k : int
        2 or more.
    window : int
        1 or more.
    scale : float
        What each event is divided by.
    together : Together
        What events on one site weigh.

    Examples
    --------
    Two events on four days, not on one day and not on the next: 3 of 16 / 2 ways.

    >>> spread_share(2, 4, k=2, window=2, scale=4, together=Together.ORDERED)
    0.375
    """
    states = list(combinations_with_replacement(range(window + 1), k - 2))
    row_of = {state: row for row, state in enumerate(states)}
    moves = [_move(step, row_of, k, window) for step in range(min(window, sites - 1) + 1)]
    weight = np.array([1 / (2 + state.count(0)) for state in states])
    placed: Numbers = np.zeros((len(states), sites))
    placed[-1] = 1 / scale
    for event in range(2, n + 1):
        summed = _from_here(placed, states)
        joined = _from_here(placed * weight[:, None], states)
        placed = np.zeros_like(placed)
        for step, (source, target, first) in enumerate(moves):
            if step == 0 and together is Together.NEVER:
                continue
            base = joined if step == 0 and together is Together.ORDERED else summed
            part = base[source, : sites - step]
            if step == window:
                part = part.cumsum(axis=1)
            placed[target, step:] += np.add.reduceat(part, first, axis=0)
        placed *= event / scale
    return float(placed.sum())


def _from_here(placed: Numbers, states: list[tuple[int, ...]]) -> Numbers:
    """Add to each row those that differ from it by a larger last distance only."""
    summed = placed.copy()
    for row in range(len(states) - 2, -1, -1):
        if states[row][:-1] == states[row + 1][:-1] and states[row]:
            summed[row] += summed[row + 1]
    return summed


def _move(
    step: int, row_of: dict[tuple[int, ...], int], k: int, window: int
) -> tuple[Rows, Rows, Rows]:
    """Return for a move of `step` sites: rows to read, rows to add to, where each of these begins.

    The rows read are those from which the farthest distance is just enough; with what
    :func:`_from_here` added, they stand for all that have enough.
    """
    if k == 2:
        found: list[tuple[int, int]] = [(0, 0)] if step >= window else []
        return _grouped(found)
    pairs: dict[tuple[int, int], None] = {}
    for kept in combinations_with_replacement(range(window + 1), k - 3):
        farthest = max((window - step, *kept[-1:]))
        target = (step, *(min(window, step + each) for each in kept))
        pairs[row_of[target], row_of[(*kept, farthest)]] = None
    return _grouped(sorted(pairs))


def _grouped(pairs: list[tuple[int, int]]) -> tuple[Rows, Rows, Rows]:
    source: Any = np.array([row for _, row in pairs], dtype=np.intp)
    targets = np.array([row for row, _ in pairs], dtype=np.intp)
    target, first = np.unique(targets, return_index=True)
    return source, target, first
