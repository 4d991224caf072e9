"""Good plans and a close bound where each choice uses one limit: groups settled, then exchanged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assetmap.solvers.exchanging import exchange
from assetmap.solvers.knapsacks import SHIFT, bound_at, cells, descend, settle, table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assetmap.solvers.arrays import Floats, Ints
    from assetmap.solvers.knapsacks import Table
    from assetmap.solvers.swapping import Choices, Guide

FEWEST = 30
"""With fewer groups others are quicker."""
ROUNDS = 400
"""Rounds in which the bound is lowered first."""
PACE = (1.0, 12)
"""How large steps are at first there, and after how many rounds in vain they get smaller."""
WAYS = ((0.05, 20, 0.5), (0.05, 20, 0.2), (0.05, 10, 0.3), (0.1, 30, 0.3), (0.03, 12, 0.5))
"""How groups are settled, in turn: the part at once, rounds in between, how large steps are."""
STEPS = 1500
"""Moves and exchanges after that."""
FLOOR = 0.1
"""Limits without a price cost this part of the average price."""
BELOW = 5e-3
"""Without a plan one is looked for that is so much below the bound, as a part."""
CELLS_PER_WORK = 20_000_000
"""Cells of knapsacks that count as one unit of work."""
STEPS_PER_WORK = 3000


@dataclass(frozen=True, eq=False)
class Settled:
    """What one attempt came to.

    Attributes
    ----------
    bound : int
        No plan is above this, or above the value there was.
    values : array of int, or None
        A plan.
    work : float
        What it counted for.
    """

    bound: int
    values: Ints | None
    work: float


def settled(
    found: Choices,
    guide: Guide,
    *,
    value: Callable[[], int | None],
    rng: np.random.Generator,
    attempts: int,
    stopped: Callable[[], bool],
) -> Iterator[Settled]:
    """Lower the bound, then yield plan after plan; nothing where a choice uses several limits.

    1. Each limit is a knapsack; prices of groups are changed until the bound sinks no more.
    2. From these prices on groups are settled, a few at a time, with new prices in between.
    3. The choices are moved and exchanged, over the limits too, and the best within them is kept.

    Parameters
    ----------
    found : Choices
        The groups.
    guide : Guide
        The weights, the rows and their prices.
    value : callable
        Says what the best plan so far is worth, None if there is none.
    rng : numpy Generator
        Where chance comes from.
    attempts : int
        So many plans.
    stopped : callable
        Says whether to stop.
    """
    table = table_of(found, guide)
    if table is None or table.groups < FEWEST or stopped():
        return
    fee, price = _prices(found, guide, table)
    size = cells(table) / CELLS_PER_WORK

    def target(bound: float) -> float:
        known = value()
        return bound - BELOW * abs(bound) if known is None else float(known)

    exact, _ = bound_at(table, price)
    best = descend(
        table,
        price,
        target=target(exact / 2.0**SHIFT),
        rounds=ROUNDS,
        pace=PACE,
        stopped=stopped,
    )
    known = value()
    bound = best.exact >> SHIFT
    # ranges may leave out what is no better than the best plan so far
    bound = bound if known is None else max(bound, known)
    yield Settled(bound, None, ROUNDS * size)
    for attempt in range(attempts):
        if stopped():
            return
        share, rounds, step = WAYS[attempt % len(WAYS)]
        choice = settle(
            table,
            best.price,
            target=target(float(bound)),
            pace=(share, rounds, step),
            rng=rng,
            stopped=stopped,
        )
        if choice is None:
            return
        better = exchange(table, choice, fee, steps=STEPS, rng=rng, stopped=stopped)
        work = rounds / share / 2 * size + STEPS / STEPS_PER_WORK
        values = None if better is None else table.plan(better, guide.weight.size)
        yield Settled(bound, values, work)


def _prices(found: Choices, guide: Guide, table: Table) -> tuple[Floats, Floats]:
    """Return what a unit of each limit is worth, and what each group."""
    height = found.own.size
    limits = np.ones(guide.price.size, dtype=np.bool_)
    limits[:height] = ~found.own
    fee = np.maximum(guide.price[limits], 0.0)
    average = float(fee[fee > 0].mean()) if (fee > 0).any() else 1.0
    own = guide.price[~limits]
    price = np.zeros(table.groups)
    price[: own.size] = own
    return np.append(np.maximum(fee, FLOOR * average), 1.0), price
