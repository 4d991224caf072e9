"""The same problems given to others, stated plainly; and the form of a result."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

if TYPE_CHECKING:
    from assetmap.solvers import Problem

OUT = Path(__file__).parent / "out"
NO_MINIMUM = np.iinfo(np.int64).min


@dataclass(frozen=True)
class Plain:
    """Rows and columns of a problem, written from its definition."""

    matrix: sparse.csr_array
    low: np.ndarray
    high: np.ndarray
    top: np.ndarray
    score: np.ndarray


def plain(problem: Problem) -> Plain:
    """Write needs, legs and resources as rows; options, alternatives and switches as columns."""
    options, alternatives, switches = problem.options, problem.alternatives, problem.switches
    width = options + alternatives + switches
    one = np.ones(options)
    needs = sparse.csr_array(
        (one, (problem.option_need, np.arange(options))), shape=(problem.needs, width)
    )
    legs = sparse.csr_array(
        (
            np.concatenate([np.ones(alternatives), -problem.leg_count.astype(float)]),
            (
                np.concatenate([problem.alternative_leg, np.arange(problem.legs)]),
                np.concatenate([options + np.arange(alternatives), problem.leg_option]),
            ),
        ),
        shape=(problem.legs, width),
    )
    uses = sparse.vstack([problem.option_use, problem.alternative_use, problem.switch_use])
    least = np.where(problem.capacity_min == NO_MINIMUM, -np.inf, problem.capacity_min)
    zeros = np.zeros(problem.legs)
    return Plain(
        sparse.csr_array(sparse.vstack([needs, legs, uses.T])),
        np.concatenate([problem.need_min, zeros, least]),
        np.concatenate([problem.need_max, zeros, problem.capacity]),
        np.concatenate([np.ones(options + alternatives), problem.switch_max]),
        np.vstack([problem.option_score, problem.alternative_score, problem.switch_score]),
    )


def by_milp(problem: Problem, seconds: float) -> tuple[float | None, float | None]:
    """Return value and bound of level 0 by scipy's milp."""
    model = plain(problem)
    result = milp(
        -model.score[:, 0].astype(float),
        integrality=np.ones(model.top.size),
        bounds=Bounds(np.zeros_like(model.top), model.top),
        constraints=LinearConstraint(model.matrix, model.low, model.high),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    value = None if result.x is None else float(np.rint(result.x) @ model.score[:, 0])
    bound = result.mip_dual_bound
    return value, None if bound is None or not np.isfinite(bound) else -float(bound)


def by_cpsat(problem: Problem, seconds: float) -> tuple[float | None, float | None]:
    """Return value and bound of level 0 by CP-SAT with a worker per processor."""
    from ortools.sat.python import cp_model

    model, rows = cp_model.CpModel(), plain(problem)
    columns = [model.new_int_var(0, int(top), "") for top in rows.top]
    matrix = rows.matrix
    for row in range(matrix.shape[0]):
        places = range(matrix.indptr[row], matrix.indptr[row + 1])
        total = cp_model.LinearExpr.weighted_sum(
            [columns[matrix.indices[place]] for place in places],
            [int(matrix.data[place]) for place in places],
        )
        low, high = rows.low[row], rows.high[row]
        model.add_linear_constraint(
            total,
            cp_model.INT_MIN if np.isinf(low) else int(low),
            cp_model.INT_MAX if np.isinf(high) else int(high),
        )
    model.maximize(cp_model.LinearExpr.weighted_sum(columns, rows.score[:, 0].tolist()))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = os.cpu_count() or 1
    found = solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return (solver.objective_value if found else None), solver.best_objective_bound


def gap(value: float | None, bound: float | None) -> float | None:
    """Return how far the bound lies above the value, in per cent of the bound."""
    if value is None or bound is None:
        return None
    return round(100.0 * (bound - value) / max(abs(bound), 1.0), 4)


def write(name: str, result: dict[str, Any]) -> None:
    """Write one result, with what it was measured on."""
    OUT.mkdir(parents=True, exist_ok=True)
    around = {
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "load_before": round(os.getloadavg()[2], 2),
        "load_now": round(os.getloadavg()[0], 2),
    }
    path = OUT / f"{name}.json"
    path.write_text(json.dumps(result | around, indent=2) + "\n", encoding="utf-8")
