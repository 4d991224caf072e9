"""Is there a corner, and a time, with more cases than elsewhere? Scan statistics.

1. Work out the log-likelihood ratio of each zone in each window of 1 to ``max_days`` columns
   that ends on the last one (``retrospective``: on any one).
2. The strongest window is the first cluster. Then, of the zones that share no area with a
   cluster found before, the strongest, and so on.
3. Draw the cases anew as if nothing were the matter, and keep the strongest ratio of each
   replicate. p is (1 + number of replicates that are at least as strong) / (replicates + 1).
   For every cluster but the first this is on the safe side.

The ratio is 0 unless there are more cases than expected, and enough of them. With c of C cases
and e expected inside::

    poisson      c ln(c/e) + (C-c) ln((C-c)/(C-e))     e: the share of the baseline, times C
    permutation  the same                              e: the zone's cases times the window's
                                                       cases, over C
    expectation  c ln(c/e) + e - c                     e: the baseline itself
    bernoulli    cases and others among everybody, inside and outside against together

Ratios that differ by less than 1e-7 count as equal: in a replicate as "at least as strong", and
among zones the one with fewer areas comes first, then the shorter and the later window.

References
----------
M. Kulldorff, "A spatial scan statistic", Communications in Statistics: Theory and Methods 26
(1997), 1481-1496; "Prospective time periodic geographical disease surveillance using a scan
statistic", Journal of the Royal Statistical Society A 164 (2001), 61-72.
M. Kulldorff and others, "A space-time permutation scan statistic for disease outbreak detection",
PLoS Medicine 2 (2005), e59.
D. B. Neill, A. W. Moore, M. Sabhnani and K. Daniel, "Detection of emerging space-time clusters",
KDD 2005, 218-227.
A. M. Abrams, K. Kleinman and M. Kulldorff, "Gumbel based p-value approximations for spatial scan
statistics", International Journal of Health Geographics 9 (2010), 61.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import exp, expm1, pi, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assetmap.detectors.checking import Counts, Numbers, counts_of, frozen, numbers_of, whole
from assetmap.detectors.likelihood import Judge, ScanModel, relative_risk
from assetmap.detectors.many import recurrence
from assetmap.detectors.replicates import drawing
from assetmap.detectors.windows import TIED, Found, Grid, membership
from assetmap.errors import UnusableInput

__all__ = ["Scan", "ScanCluster", "scan"]

AT_ONCE = 4_000_000
"""So many windows, or drawn numbers, are held in memory together."""
EULER = 0.5772156649015329


@dataclass(frozen=True)
class ScanCluster:
    """A zone and a window with more cases than expected.

    Attributes
    ----------
    zone : int
        The position of the zone in the list of zones.
    members : tuple of int
        The areas in it.
    first_day, last_day : int
        The columns where the window begins and ends, both in it.
    cases : int
        How many were seen in the window.
    expected : float
        How many would be there if nothing were the matter.
    relative_risk : float or None
        The rate inside over the rate outside; None if all cases are inside. Without an outside
        (models ``expectation`` and ``permutation``) observed over expected.
    log_likelihood_ratio : float
        How much better a rate of its own explains the window.
    p : float
        How often chance alone has a cluster as strong anywhere in the scan.
    p_gumbel : float or None
        The same from a Gumbel curve through the replicates, which goes below 1 / (replicates +
        1); None where all replicates are alike. An approximation.
    """

    zone: int
    members: tuple[int, ...]
    first_day: int
    last_day: int
    cases: int
    expected: float
    relative_risk: float | None
    log_likelihood_ratio: float
    p: float
    p_gumbel: float | None

    @property
    def days(self) -> int:
        """How many columns the window has."""
        return self.last_day - self.first_day + 1

    @property
    def recurrence(self) -> float:
        """Once in so many analyses chance alone gives as much: 1 / p."""
        return float(recurrence(self.p, 1.0))


@dataclass(frozen=True, eq=False)
class Scan:
    """What a scan found.

    Attributes
    ----------
    clusters : tuple of ScanCluster
        The strongest first; none shares an area with a stronger one. Empty where no window has
        more cases than expected.
    model : ScanModel
        Which model.
    cases : int
        How many there are in all.
    zones : int
        How many zones were looked at.
    max_days : int
        The longest window.
    retrospective : bool
        Whether windows could end before the last day.
    maxima : array of float
        The strongest log-likelihood ratio of each replicate, in ascending order.
    """

    clusters: tuple[ScanCluster, ...]
    model: ScanModel
    cases: int
    zones: int
    max_days: int
    retrospective: bool
    maxima: Numbers = field(repr=False)

    @property
    def best(self) -> ScanCluster | None:
        """The strongest cluster; None where there is none."""
        return self.clusters[0] if self.clusters else None

    @property
    def p(self) -> float:
        """The p of the strongest cluster; 1 where there is none."""
        return self.clusters[0].p if self.clusters else 1.0


def scan(  # noqa: PLR0913 (what is looked at, and how: all but three are keywords)
    cases: ArrayLike,
    baseline: ArrayLike | None,
    zones: Iterable[Iterable[int]],
    *,
    model: ScanModel | str,
    max_days: int | None = None,
    replicates: int = 999,
    seed: int = 0,
    retrospective: bool = False,
    minimum_cases: int = 2,
) -> Scan:
    """Look for the zone and window that stand out most, and how often chance does the same.

    The steps, formulas and sources stand at the top of this file. One column alone makes the scan
    purely spatial. Time grows with replicates times zones times windows.

    Parameters
    ----------
    cases : array of int, areas x days
        How many cases per area and day (or week, or year); one row of numbers is one day.
    baseline : array of float, areas x days or areas
        ``poisson``: the population, in any unit; ``expectation``: the expected number of cases;
        ``bernoulli``: everybody, cases included, in whole numbers; ``permutation``: None. One
        number per area holds for every day.
    zones : sequence of sequences of int
        The groups of areas to look at, as of `zones_by_distance` or `connected_zones`.
    model : {"poisson", "expectation", "bernoulli", "permutation"}
        What would be there if nothing were the matter.
    max_days : int, optional
        The longest window, in columns; None for half of them, at least 1.
    replicates : int, default 999
        How often chance is asked.
    seed : int, default 0
        Where chance begins.
    retrospective : bool, default False
        Whether windows may end before the last day.
    minimum_cases : int, default 2
        Fewer cases than this are never a cluster, however few are expected.

    Raises
    ------
    UnusableInput
        Arrays of another shape, cases where the baseline is 0 (or smaller, for ``bernoulli``), a
        baseline with ``permutation`` or none without it, or zones with areas that are not there.

    Examples
    --------
    Four streets in a row, ten days; the last three days are busy in the first two streets:

    >>> cases = [[0, 0, 1, 0, 0, 0, 0, 2, 3, 2], [1, 0, 0, 0, 0, 0, 1, 2, 2, 3]]
    >>> cases += [[0, 1, 0, 0, 1, 0, 0, 0, 1, 0], [0, 0, 1, 1, 0, 0, 1, 0, 0, 0]]
    >>> zones = [(0,), (1,), (2,), (3,), (0, 1), (1, 2), (2, 3)]
    >>> found = scan(cases, None, zones, model="permutation", max_days=4)
    >>> best = found.best
    >>> best.members, best.first_day, best.last_day, best.cases, round(best.expected, 2)
    ((0, 1), 7, 9, 14, 11.09)
    """
    seen, base, kind = _read(cases, baseline, model)
    table = membership(zones, len(seen))
    days = seen.shape[1]
    longest = (
        max(1, days // 2) if max_days is None else whole("max_days", max_days, low=1, high=days)
    )
    rounds = whole("replicates", replicates)
    judge = Judge(kind, int(seen.sum()), float(base.sum()), whole("minimum_cases", minimum_cases))
    grid = Grid(table, base, judge, longest, anywhere=bool(retrospective))
    listed = grid.best_of_each(seen) if judge.cases else []
    rng = np.random.default_rng(whole("seed", seed))
    maxima = _maxima(grid, seen, rounds, rng) if listed else np.zeros(0)
    clusters = _apart(listed, table.indptr, table.indices)
    return Scan(
        tuple(_cluster(one, areas, judge, maxima) for one, areas in clusters),
        kind,
        judge.cases,
        table.shape[0],
        longest,
        bool(retrospective),
        frozen(np.sort(maxima)),
    )


def _read(
    cases: ArrayLike, baseline: ArrayLike | None, model: ScanModel | str
) -> tuple[Counts, Numbers, ScanModel]:
    """Return the cases and the baseline as tables, in the unit that the model compares."""
    seen = counts_of("cases", cases, dimensions=(1, 2))
    if not seen.size:
        raise UnusableInput("cases must hold at least one area and one day")
    seen = seen.reshape(len(seen), -1)
    if model not in list(ScanModel):
        raise UnusableInput(f"model must be one of {', '.join(ScanModel)}")
    kind, total = ScanModel(model), int(seen.sum())
    if kind is ScanModel.PERMUTATION:
        if baseline is not None:
            raise UnusableInput("the permutation model takes no baseline; give None")
        return seen, np.outer(seen.sum(axis=1), seen.sum(axis=0)) / max(1, total), kind
    if baseline is None:
        raise UnusableInput(f"the {kind} model needs a baseline")
    base = numbers_of("baseline", baseline, low=0, dimensions=(1, 2))
    base = base[:, None] if base.ndim == 1 else base
    if base.shape not in (seen.shape, (len(seen), 1)):
        raise UnusableInput("baseline must have the shape of cases, or one number per area")
    base = np.broadcast_to(base, seen.shape)
    wrong = (seen > base) if kind is ScanModel.BERNOULLI else (seen > 0) & (base == 0)
    if wrong.any():
        at = ", ".join(str(place) for place in np.argwhere(wrong)[0])
        raise UnusableInput(f"cases[{at}] is more than the baseline there allows")
    if kind is ScanModel.BERNOULLI:
        base = counts_of("baseline", base, dimensions=(2,)).astype(np.float64)
    elif kind is ScanModel.POISSON:
        base = base * (total / max(base.sum(), np.finfo(float).tiny))
    return seen, base, kind


def _maxima(grid: Grid, seen: Counts, rounds: int, rng: np.random.Generator) -> Numbers:
    """Return the strongest ratio of each replicate."""
    draw = drawing(grid.judge.model, seen, grid.base, days=grid.tail, rng=rng)
    each = max(grid.tail * max(grid.zones.shape), int(seen.sum()))
    step = max(1, AT_ONCE // each)
    sizes = [min(step, rounds - at) for at in range(0, rounds, step)]
    return np.concatenate([np.zeros(0), *(grid.most(draw(size)) for size in sizes)])


def _apart(
    listed: list[Found], begin: NDArray[np.int32], areas: NDArray[np.int32]
) -> list[tuple[Found, tuple[int, ...]]]:
    """Keep the strongest windows whose zones share no area with a stronger one."""
    taken: set[int] = set()
    kept = []
    for one in listed:
        members = areas[begin[one.zone] : begin[one.zone + 1]].tolist()
        if taken.isdisjoint(members):
            taken.update(members)
            kept.append((one, tuple(sorted(members))))
    return kept


def _cluster(one: Found, members: tuple[int, ...], judge: Judge, maxima: Numbers) -> ScanCluster:
    """Return a cluster with how often chance is at least as strong."""
    strong = int((maxima >= one.ratio - TIED * max(1.0, one.ratio)).sum())
    expected = one.base
    if judge.model is ScanModel.BERNOULLI:
        expected = one.base * judge.cases / judge.base
    return ScanCluster(
        one.zone,
        members,
        one.first,
        one.last,
        one.cases,
        expected,
        relative_risk(judge, one.cases, one.base),
        one.ratio,
        (1 + strong) / (len(maxima) + 1),
        _gumbel(one.ratio, maxima),
    )


def _gumbel(ratio: float, maxima: Numbers) -> float | None:
    """Return the upper tail of the Gumbel curve with the mean and spread of the replicates."""
    spread = float(maxima.std(ddof=1)) if len(maxima) > 1 else 0.0
    if spread <= TIED:
        return None
    scale = spread * sqrt(6) / pi
    middle = float(maxima.mean()) - EULER * scale
    return -expm1(-exp(min(700.0, -(ratio - middle) / scale)))
