"""Exact integer search of one level with CP-SAT, one worker."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from assetmap.solvers.cuts import cuts
from assetmap.solvers.levels import End, Reply, Task
from assetmap.solvers.solution import Reason

if TYPE_CHECKING:
    from assetmap.solvers.arrays import Ints, Sparse


def search_cpsat(task: Task) -> Reply:
    """Maximise one level with CP-SAT.

    One worker and a limit on deterministic time make runs repeatable; everything is whole
    numbers. The objective is read from the plan, never from the solver's float.

    Parameters
    ----------
    task : Task
        A unit of work is one deterministic second.

    Returns
    -------
    Reply
        The plan and the bound.
    """
    from ortools.sat.python import cp_model

    model, variables, divisor = _model(task)
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.num_workers = 1
    parameters.random_seed = task.watch.seed % 2**31
    parameters.relative_gap_limit = task.gap
    if task.work is not None:
        parameters.max_deterministic_time = max(task.work, 1e-3)
    if math.isfinite(task.seconds):
        parameters.max_time_in_seconds = task.seconds
    listener = _listener(task, divisor)
    status = solver.solve(model, listener)
    if listener is not None and listener.error is not None:
        raise listener.error
    work = float(solver.response_proto.deterministic_time)
    if status == cp_model.INFEASIBLE:
        return Reply(End.INFEASIBLE, work=work)
    if status == cp_model.MODEL_INVALID:
        return Reply(End.FAILED, work=work)
    limit = _limit(task, solver.wall_time)
    bound = _bound(solver.best_objective_bound, divisor)
    if status == cp_model.UNKNOWN:
        return Reply(End.STOPPED, bound=None, reason=limit, work=work)
    values = np.array([solver.value(variable) for variable in variables], dtype=np.int64)
    value = int(task.weight @ values)
    if status == cp_model.OPTIMAL and (task.gap == 0.0 or bound == value):
        return Reply(End.PROVED, values, value, work=work)
    reason = Reason.GAP if status == cp_model.OPTIMAL else limit
    return Reply(End.STOPPED, values, max(bound, value), reason, work)


def _model(task: Task) -> tuple[Any, list[Any], int]:
    """Build the model: ranges, rows, cuts, held levels, objective, hint."""
    from ortools.sat.python import cp_model

    part = task.part
    model = cp_model.CpModel()
    variables = [
        model.new_int_var(int(low), int(high), "")
        for low, high in zip(part.low, part.high, strict=True)
    ]

    def total(columns: Ints, weights: Ints) -> Any:
        chosen = [variables[column] for column in columns]
        return cp_model.LinearExpr.weighted_sum(chosen, weights.tolist())

    for row, low, high in zip(_each(part.matrix), part.row_low, part.row_high, strict=True):
        model.add_linear_constraint(total(*row), int(low), int(high))
    for row in _each(cuts(part)):
        model.add(total(*row) <= 0)
    for weight, value in task.held:
        nonzero = np.flatnonzero(weight)
        model.add(total(nonzero, weight[nonzero]) >= value)
    divisor = int(np.gcd.reduce(task.weight)) or 1
    nonzero = np.flatnonzero(task.weight)
    model.minimize(total(nonzero, -task.weight[nonzero] // divisor))
    if task.hint is not None:
        for variable, value in zip(variables, task.hint.tolist(), strict=True):
            model.add_hint(variable, value)
    return model, variables, divisor


def _each(matrix: Sparse) -> list[tuple[Ints, Ints]]:
    """Return columns and entries of every row."""
    ends = matrix.indptr[1:-1]
    columns = np.split(matrix.indices.astype(np.int64), ends)
    entries = np.split(matrix.data, ends)
    return list(zip(columns, entries, strict=True)) if matrix.shape[0] else []


def _listener(task: Task, divisor: int) -> Any:
    """Return a callback that passes better plans on, None if nobody listens."""
    if task.watch.listener is None:
        return None
    from ortools.sat.python import cp_model

    class Listener(cp_model.CpSolverSolutionCallback):
        error: BaseException | None = None

        def on_solution_callback(self) -> None:
            value = round(-self.objective_value) * divisor
            try:
                on = task.watch.tell(task.level, value)
            except BaseException as error:  # noqa: BLE001 (raised again after the search)
                self.error = error
                on = False
            if not on:
                self.stop_search()

    return Listener()


def _limit(task: Task, seconds: float) -> Reason:
    """Return which limit stopped the search."""
    if task.watch.interrupted:
        return Reason.INTERRUPTED
    if task.work is None or seconds >= 0.95 * task.seconds:
        return Reason.TIME_LIMIT
    return Reason.WORK_LIMIT


def _bound(dual: float, divisor: int) -> int:
    """Return an upper bound on the level from the solver's float bound on its negative."""
    margin = math.ceil(abs(dual) * 2.0**-50) if abs(dual) >= 2.0**50 else 0
    return (math.floor(-dual + 1e-6) + margin) * divisor
