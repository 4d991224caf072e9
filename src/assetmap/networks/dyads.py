"""Matrices of pairs compared: correlation and regression, tested by exchanging whole nodes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assetmap.errors import UnusableInput

__all__ = ["Slopes", "correlation", "correlations", "slopes"]

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Slopes:
    """A regression over pairs, with what each t-value is when a predictor is shuffled.

    Attributes
    ----------
    coefficient, t : array of float
        Of the constant, then of each predictor: ordinary least squares.
    drawn : array of float, predictors x runs
        The t-value of a predictor whose residuals were permuted.
    r_squared : float
        Share of the variance that is explained.
    pairs : int
        How many pairs there were.
    """

    coefficient: Numbers
    t: Numbers
    drawn: Numbers
    r_squared: float
    pairs: int


def _places(count: int, directed: bool) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return rows and columns of the pairs: all but the diagonal, or what is above it."""
    if directed:
        mask = ~np.eye(count, dtype=bool)
        rows, columns = np.nonzero(mask)
        return rows, columns
    rows, columns = np.triu_indices(count, 1)
    return rows, columns


def correlation(x: Numbers, y: Numbers, *, directed: bool) -> float:
    """Return the correlation of two matrices over pairs of different nodes; NaN: one is flat.

    Examples
    --------
    >>> x = np.array([[0, 1, 2], [1, 0, 3], [2, 3, 0.0]])
    >>> correlation(x, 2 * x, directed=False)
    1.0
    """
    rows, columns = _places(len(x), directed)
    a, b = x[rows, columns], y[rows, columns]
    if not len(a) or np.ptp(a) == 0 or np.ptp(b) == 0:
        return float("nan")
    a, b = a - a.mean(), b - b.mean()
    return float(np.clip((a @ b) / np.sqrt((a @ a) * (b @ b)), -1, 1))


def correlations(
    x: Numbers, y: Numbers, *, directed: bool, runs: int, rng: np.random.Generator
) -> Numbers:
    """Return correlations of `x` with `y` after permuting the nodes of `y`.

    Hubert (1987): rows and columns together, so that what hangs on one node stays together.
    """
    rows, columns = _places(len(x), directed)
    a, b = x[rows, columns], y[rows, columns]
    a = a - a.mean()
    middle = b.mean()
    scale = np.sqrt((a @ a) * ((b - middle) @ (b - middle)))
    found = np.empty(runs)
    for run in range(runs):
        order = rng.permutation(len(y))
        found[run] = a @ (y[order[rows], order[columns]] - middle) / scale
    return np.clip(found, -1, 1)


def slopes(
    y: Numbers, predictors: list[Numbers], *, directed: bool, runs: int, rng: np.random.Generator
) -> Slopes:
    """Regress a matrix on others; test each by double semi-partialling.

    1. Ordinary least squares over pairs of different nodes, with a constant.
    2. For each predictor: its residuals on the others, put back into a matrix, have their nodes
       permuted; the t-value of the permuted residuals beside the others is one draw.

    Dekker, Krackhardt and Snijders (2007).

    Raises
    ------
    UnusableInput
        Too few pairs, or a predictor that follows from the others.

    Examples
    --------
    >>> x = np.array([[0, 1, 2, 0], [1, 0, 3, 1], [2, 3, 0, 2], [0, 1, 2, 0.0]])
    >>> found = slopes(1 + 2 * x, [x], directed=False, runs=5, rng=np.random.default_rng(0))
    >>> found.coefficient.round(6).tolist()
    [1.0, 2.0]
    """
    rows, columns = _places(len(y), directed)
    outcome = y[rows, columns]
    design = np.column_stack([np.ones(len(rows)), *(x[rows, columns] for x in predictors)])
    free = len(rows) - design.shape[1]
    if free < 1:
        raise UnusableInput("too few pairs of nodes for so many predictors")
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise UnusableInput("a predictor is flat, or follows from the others: leave one out")
    base, triangle = np.linalg.qr(design)
    coefficient = np.linalg.solve(triangle, base.T @ outcome)
    rest = outcome - design @ coefficient
    inverse = np.linalg.inv(triangle)
    error = np.sqrt((rest @ rest) / free * (inverse**2).sum(axis=1))
    drawn = np.empty((len(predictors), runs))
    for at in range(len(predictors)):
        others = np.linalg.qr(np.delete(design, at + 1, axis=1))[0]
        left = design[:, at + 1] - others @ (others.T @ design[:, at + 1])
        residual = np.zeros_like(y)
        residual[rows, columns] = left
        if not directed:
            residual[columns, rows] = left
        target = outcome - others @ (others.T @ outcome)
        for run in range(runs):
            order = rng.permutation(len(y))
            mixed = residual[order[rows], order[columns]]
            drawn[at, run] = _t_of(mixed - others @ (others.T @ mixed), target, free)
    spread = ((outcome - outcome.mean()) ** 2).sum()
    explained = 1 - (rest @ rest) / spread if spread > 0 else float("nan")
    with np.errstate(divide="ignore", invalid="ignore"):
        t = coefficient / error
    return Slopes(coefficient, t, drawn, float(explained), len(rows))


def _t_of(predictor: Numbers, target: Numbers, free: int) -> float:
    """Return the t-value of one predictor; both are residuals on all others. NaN: nothing left."""
    size = predictor @ predictor
    if size <= 1e-12:
        return float("nan")
    slope = predictor @ target / size
    rest = target - slope * predictor
    noise = np.sqrt((rest @ rest) / free / size)
    return float(slope / noise) if noise > 0 else float(np.copysign(np.inf, slope))
