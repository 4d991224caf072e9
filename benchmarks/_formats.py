"""Readers for the common text formats of public test problems; each returns a `Problem`."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy import sparse

from assetmap.solvers import Problem


def numbers(path: Path) -> np.ndarray:
    """Return all whole numbers of a text file in order."""
    return np.array(path.read_text(encoding="utf-8").split(), dtype=np.int64)


def generalised_assignment(path: Path, *, maximise: bool = False) -> Problem:
    """Read agents and jobs, costs by agent, uses by agent, capacities."""
    found = numbers(path)
    agents, jobs = (int(each) for each in found[:2])
    size = agents * jobs
    cost = found[2 : 2 + size].reshape(agents, jobs)
    use = found[2 + size : 2 + 2 * size].reshape(agents, jobs)
    option = np.arange(size)
    return Problem(
        needs=jobs,
        need_min=1,
        capacity=found[2 + 2 * size : 2 + 2 * size + agents],
        option_need=np.repeat(np.arange(jobs), agents),
        option_score=(cost if maximise else -cost).T.ravel(),
        option_use=sparse.csr_array(
            (use.T.ravel(), (option, np.tile(np.arange(agents), jobs))), shape=(size, agents)
        ),
    )


def linear_assignment(path: Path) -> Problem:
    """Read the number of items and the costs, row by row; everybody gets exactly one."""
    found = numbers(path)
    size = int(found[0])
    cost = found[1 : 1 + size * size].reshape(size, size)
    option = np.arange(size * size)
    one = np.ones(option.size, dtype=np.int64)
    return Problem(
        needs=size,
        need_min=1,
        capacity=np.ones(size, dtype=np.int64),
        option_need=option // size,
        option_score=-cost.ravel(),
        option_use=sparse.csr_array((one, (option, option % size)), shape=(option.size, size)),
    )


def multiple_choice_knapsack(path: Path) -> Problem:
    """Read the first problem of a file; one item of each class is taken.

    Its number, how many classes, items and limits; the limits; then for each class its number
    and, for each item, the value and the uses.
    """
    found = numbers(path)
    classes, items, limits = (int(each) for each in found[1:4])
    rows = found[4 + limits :][: classes * (1 + items * (1 + limits))].reshape(classes, -1)
    table = rows[:, 1:].reshape(classes * items, 1 + limits)
    return Problem(
        needs=classes,
        need_min=1,
        capacity=found[4 : 4 + limits],
        option_need=np.repeat(np.arange(classes), items),
        option_score=table[:, 0],
        option_use=table[:, 1:],
    )


def minimum_cost_flow(path: Path) -> Problem:
    """Read DIMACS lines: `p min`, `n node supply`, `a tail head low high cost`."""
    supply, arcs = np.zeros(0, dtype=np.int64), []
    for line in path.read_text(encoding="utf-8").splitlines():
        kind, *rest = line.split() or ["c"]
        if kind == "p":
            supply = np.zeros(int(rest[1]), dtype=np.int64)
        elif kind == "n":
            supply[int(rest[0]) - 1] = int(rest[1])
        elif kind == "a":
            arcs.append([int(each) for each in rest])
    table = np.array(arcs, dtype=np.int64)
    if table[:, 2].any():
        raise ValueError("Arcs with a lower limit are not read.")
    return flow(supply, table[:, 0] - 1, table[:, 1] - 1, (table[:, 3], table[:, 4]))


def flow(
    supply: np.ndarray,
    tail: np.ndarray,
    head: np.ndarray,
    room_and_cost: tuple[np.ndarray, np.ndarray],
) -> Problem:
    """State a flow: a balanced resource per node, a switch per arc."""
    room, cost = room_and_cost
    arc, one = np.arange(tail.size), np.ones(tail.size, dtype=np.int64)
    use = sparse.csr_array((one, (arc, tail)), shape=(tail.size, supply.size))
    use = use - sparse.csr_array((one, (arc, head)), shape=(tail.size, supply.size))
    return Problem(
        needs=0,
        capacity=supply,
        capacity_min=supply,
        switch_score=-cost,
        switch_use=use,
        switch_max=room,
    )
