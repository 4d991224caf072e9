"""Try every plan of a very small component at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assetmap.solvers.outcome import Outcome
from assetmap.solvers.solution import Reason, Status

if TYPE_CHECKING:
    from assetmap.solvers.model import Part

PLANS = 4096
"""A component with at most so many combinations of values is enumerated."""


def is_tiny(part: Part) -> bool:
    """Say whether a part has few enough combinations to try them all."""
    plans = 1
    for choices in part.high - part.low + 1:
        plans *= int(choices)
        if plans > PLANS:
            return False
    return True


def solve_tiny(part: Part) -> Outcome:
    """Try every combination of values and keep the best, the first among equals.

    Parameters
    ----------
    part : Part
        A part that :func:`is_tiny`.

    Returns
    -------
    Outcome
        Optimal or infeasible.
    """
    choices = part.high - part.low + 1
    place = np.arange(int(np.prod(choices)))
    plans = np.stack(np.unravel_index(place, tuple(choices)), axis=1).astype(np.int64) + part.low
    reached = part.matrix @ plans.T
    kept = (reached >= part.row_low[:, None]) & (reached <= part.row_high[:, None])
    best = plans[kept.all(axis=0)]
    if not best.size:
        none: tuple[int | None, ...] = (None,) * part.levels
        return Outcome(Status.INFEASIBLE, Reason.FINISHED, None, none, "enumeration")
    for level in range(part.levels):
        value = best @ part.score[:, level]
        best = best[value == value.max()]
    values = best[0]
    return Outcome(Status.OPTIMAL, Reason.FINISHED, values, part.value(values), "enumeration")
