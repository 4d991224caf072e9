"""What else might have been: cases drawn anew as if nothing were the matter."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from assetmap.detectors.likelihood import ScanModel

__all__ = ["Draw", "drawing"]

Counts = NDArray[np.int64]
Numbers = NDArray[np.float64]
Draw = Callable[[int], NDArray[np.int32]]
"""Draws so many replicates: replicate x area x day, of the last days only."""

DENSE = 2
"""With more cases than cells, and this few cells at least, each cell is drawn, not each case."""


def drawing(
    model: ScanModel, cases: Counts, base: Numbers, *, days: int, rng: np.random.Generator
) -> Draw:
    """Return a function that draws replicates of the last so many days.

    Parameters
    ----------
    model : ScanModel
        ``poisson``: every case falls into a cell with the chance of the cell's baseline;
        ``expectation``: each cell is Poisson with the baseline as its mean; ``bernoulli``: the
        cases are so many drawn from everybody; ``permutation``: the days are dealt out anew over
        the cases, which keep their areas.
    cases, base : array, areas x days
        What was seen, and the baseline (unused in ``permutation``).
    days : int
        How many of the last days are wanted.
    rng : numpy.random.Generator
        Where chance comes from.

    Examples
    --------
    >>> cases, rng = np.array([[2, 1], [0, 1]]), np.random.default_rng(0)
    >>> draw = drawing(ScanModel.PERMUTATION, cases, np.ones((2, 2)), days=2, rng=rng)
    >>> draw(3).sum(axis=1).tolist()  # each day keeps its cases
    [[2, 2], [2, 2], [2, 2]]
    """
    if model is ScanModel.PERMUTATION:
        return _dealt(cases, days, rng)
    tail = base[:, base.shape[1] - days :]
    shape = (-1, *tail.shape)
    cells = np.append(tail.ravel(), base[:, : base.shape[1] - days].sum())
    total = int(cases.sum())
    if model is ScanModel.EXPECTATION:
        return lambda size: rng.poisson(tail, (size, *tail.shape)).astype(np.int32)
    if model is ScanModel.BERNOULLI:
        people = cells.astype(np.int64)

        def everybody(size: int) -> NDArray[np.int32]:
            found = rng.multivariate_hypergeometric(people, total, size, method="marginals")
            return found[:, :-1].astype(np.int32).reshape(shape)

        return everybody
    return _scattered(cells, total, shape, rng)


def _scattered(
    cells: Numbers, total: int, shape: tuple[int, ...], rng: np.random.Generator
) -> Draw:
    """Return a function that lets every case fall into a cell by itself; the last is dropped."""
    chance = cells / cells.sum()
    if total >= cells.size or cells.size <= DENSE:

        def by_cell(size: int) -> NDArray[np.int32]:
            found = rng.multinomial(total, chance, size)
            return found[:, :-1].astype(np.int32).reshape(shape)

        return by_cell
    filled = np.flatnonzero(chance)
    edges = np.cumsum(chance[filled])
    edges[-1] = np.inf

    def by_case(size: int) -> NDArray[np.int32]:
        cell = filled[np.searchsorted(edges, rng.random((size, total)), side="right")]
        return _counted(cell, cells.size)[:, :-1].reshape(shape)

    return by_case


def _dealt(cases: Counts, days: int, rng: np.random.Generator) -> Draw:
    """Return a function that deals the cases of the last days out over the areas of all cases."""
    areas, width = cases.shape
    area_of_case = np.repeat(np.arange(areas), cases.sum(axis=1))
    late = cases[:, width - days :].sum(axis=0)
    day_of_case = np.repeat(np.arange(days), late)

    def dealt(size: int) -> NDArray[np.int32]:
        mixed = rng.permuted(np.tile(area_of_case, (size, 1)), axis=1)[:, : day_of_case.size]
        return _counted(mixed * days + day_of_case, areas * days).reshape(size, areas, days)

    return dealt


def _counted(cell: NDArray[np.intp], cells: int) -> NDArray[np.int32]:
    """Return how many cases of each row are in each cell."""
    size = len(cell)
    place = cell + np.arange(size)[:, None] * cells
    return np.bincount(place.ravel(), minlength=size * cells).astype(np.int32).reshape(size, cells)
