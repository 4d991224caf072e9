"""Exact mixed-integer search of one level with HiGHS, through scipy."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Any

import numpy as np

from assetmap.solvers.arrays import FLOAT_SAFE, csr, small, stacked
from assetmap.solvers.cuts import cuts
from assetmap.solvers.levels import End, Reply, Task
from assetmap.solvers.model import reach
from assetmap.solvers.solution import Reason

if TYPE_CHECKING:
    from scipy.optimize import OptimizeResult

    from assetmap.solvers.arrays import Floats, Sparse
    from assetmap.solvers.model import Part

NODES_PER_WORK = 100
"""Branch-and-bound nodes that count as one unit of work."""

COMFORTABLE = 2**42
"""Sums up to here leave floats enough room for pivoting; above it, integers are preferred."""


def largest_sum(part: Part) -> int:
    """Return the largest sum of absolute values times range on a level or row.

    Parameters
    ----------
    part : Part
        The rows and columns.

    Returns
    -------
    int
        To be compared with ``FLOAT_SAFE`` and ``COMFORTABLE``.
    """
    size = np.maximum(np.abs(part.low), np.abs(part.high))
    rows = abs(part.matrix) @ size
    return max(int((np.abs(part.score).T @ size).max(initial=0)), int(rows.max(initial=0)))


def is_float_safe(part: Part) -> bool:
    """Say whether every sum over a part is exact in floats."""
    return largest_sum(part) < FLOAT_SAFE


def is_comfortable(part: Part) -> bool:
    """Say whether the numbers of a part leave HiGHS room for its tolerances."""
    return largest_sum(part) < COMFORTABLE


def search_mixed(task: Task) -> Reply:
    """Maximise one level with branch and bound.

    1. Weights are divided by their greatest common divisor; held levels become rows, half a
       unit below their value, which no other whole value reaches.
    2. HiGHS runs with both gaps at zero, and its values are rounded to whole numbers.
    3. The value is computed again from the rounded plan; a plan that keeps all rows but has
       another value than HiGHS claims counts as a failure, as does a broken row (which the
       caller looks for).

    Parameters
    ----------
    task : Task
        A unit of work is 100 nodes.

    Returns
    -------
    Reply
        The plan and the bound, rounded down to an integer after a margin for float error.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    part = task.part
    if not is_float_safe(part):
        return Reply(End.FAILED)
    if not part.columns.size:
        fine = part.keeps(part.low) and all(value <= 0 for _, value in task.held)
        return Reply(End.PROVED, part.low, 0) if fine else Reply(End.INFEASIBLE)
    divisor = int(np.gcd.reduce(task.weight)) or 1
    matrix, low, high = _rows(task)
    options: Any = {"mip_rel_gap": task.gap}
    if math.isfinite(task.seconds):
        options["time_limit"] = task.seconds
    if task.work is not None:
        options["node_limit"] = max(1, int(task.work * NODES_PER_WORK))
    began = time.perf_counter()
    result = milp(
        -(task.weight // divisor).astype(np.float64),
        integrality=np.ones(part.columns.size, dtype=np.int64),
        bounds=Bounds(part.low.astype(np.float64), part.high.astype(np.float64)),
        constraints=LinearConstraint(small(matrix), low, high),
        options=options,
    )
    late = time.perf_counter() - began >= 0.95 * task.seconds
    return _reply(task, result, divisor, late)


def _rows(task: Task) -> tuple[Sparse, Floats, Floats]:
    """Stack the rows of the part, the cuts and the held levels, with their ranges."""
    part = task.part
    extra = cuts(part)
    least, most = reach(part.matrix, part.low, part.high)
    low = np.where(part.row_low > least, part.row_low, -np.inf)
    high = np.where(part.row_high < most, part.row_high, np.inf)
    blocks = [part.matrix, extra]
    floors = []
    for weight, value in task.held:
        divisor = int(np.gcd.reduce(weight)) or 1
        blocks.append(csr((weight // divisor).reshape(1, -1)))
        floors.append(value // divisor - 0.5)
    below = np.full(extra.shape[0], -np.inf)
    return (
        stacked(blocks),
        np.concatenate([low, below, np.array(floors, dtype=np.float64)]),
        np.concatenate([high, np.zeros_like(below), np.full(len(floors), np.inf)]),
    )


def _reply(task: Task, result: OptimizeResult, divisor: int, late: bool) -> Reply:
    """Read what HiGHS says, believing only what can be computed again."""
    work = float(result.mip_node_count or 0) / NODES_PER_WORK
    if result.status == 2:
        return Reply(End.INFEASIBLE, work=work)
    stopped = result.status == 1 or "limit" in result.message.lower()
    if result.status != 0 and not stopped:
        return Reply(End.FAILED, work=work)
    limit = Reason.TIME_LIMIT if late or task.work is None else Reason.WORK_LIMIT
    if result.x is None:
        return Reply(End.STOPPED, reason=limit, work=work)
    values = np.rint(result.x).astype(np.int64)
    value = int(task.weight @ values)
    if abs(-float(result.fun) * divisor - value) > 0.5 * divisor:
        return Reply(End.FAILED, work=work)
    bound = _bound(result.mip_dual_bound, divisor)
    if bound is not None:
        bound = max(bound, value)
    if result.status == 0 and (task.gap == 0.0 or bound == value):
        return Reply(End.PROVED, values, value, work=work)
    return Reply(End.STOPPED, values, bound, limit if stopped else Reason.GAP, work)


def _bound(dual: float | None, divisor: int) -> int | None:
    """Return an upper bound on the level from the lower bound on the negated level."""
    if dual is None or not math.isfinite(dual):
        return None
    return math.floor(-dual + 1e-6 + 1e-11 * abs(dual)) * divisor
