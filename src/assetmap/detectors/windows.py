"""The best window of each zone, and of each replicate: sums over areas and days, compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from assetmap.detectors.likelihood import Judge, Prepared
from assetmap.errors import UnusableInput

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["Found", "Grid", "membership"]

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]

TIED = 1e-7
"""Two ratios that differ by less than this, relative to the larger or to 1, are the same."""
DENSE = 0.05
"""Where more than this share of the areas is in a zone on average, a plain matrix is quicker."""
LARGEST = 2**26
"""A plain matrix has at most so many entries."""
EXACT = 2**23
"""Whole numbers and their sums below this are exact in half the memory."""


def membership(zones: Iterable[Iterable[int]], areas: int) -> sparse.csr_array:
    """Return which area is in which zone, as a matrix of zones by areas.

    Raises
    ------
    UnusableInput
        No zone at all, an empty one, one that names an area twice, or an area that is not there.

    Examples
    --------
    >>> membership([(0, 1), (1,)], 2).toarray().tolist()
    [[1, 1], [0, 1]]
    """
    from scipy import sparse

    try:
        lists = [tuple(zone) for zone in zones]
    except TypeError:
        raise UnusableInput("zones must be groups of areas, each with their positions") from None
    if not lists:
        raise UnusableInput("zones must hold at least one zone")
    columns = np.array([area for zone in lists for area in zone])
    for at, zone in enumerate(lists):
        if not zone or not (columns.dtype.kind in "iu" or _positions(zone)):
            raise UnusableInput(f"zones[{at}] must hold the positions of areas, at least one")
    sizes = np.array([len(zone) for zone in lists])
    row = np.repeat(np.arange(sizes.size), sizes)
    wrong = (columns < 0) | (columns >= areas)
    if wrong.any():
        at = row[wrong.argmax()]
        raise UnusableInput(f"zones[{at}] names an area that is not there; there are {areas}")
    place = np.sort(row * areas + columns)
    twice = place[1:] == place[:-1]
    if twice.any():
        raise UnusableInput(f"zones[{place[twice.argmax()] // areas}] names an area twice")
    ones = np.ones(columns.size, dtype=np.int32)
    ends = np.concatenate([[0], np.cumsum(sizes)])
    return sparse.csr_array((ones, columns, ends), shape=(sizes.size, areas))


def _positions(zone: tuple[object, ...]) -> bool:
    """Tell whether a zone holds whole numbers only."""
    return all(isinstance(area, int | np.integer) and not isinstance(area, bool) for area in zone)


@dataclass(frozen=True)
class Found:
    """The best window of one zone: columns ``first`` up to and including ``last``."""

    zone: int
    first: int
    last: int
    cases: int
    base: float
    ratio: float


@dataclass(frozen=True, eq=False)
class Grid:
    """Zones and windows to look at: up to so many days, ending on the last or on any.

    Attributes
    ----------
    zones : scipy.sparse.csr_array
        Which area is in which zone.
    base : array of float, areas x days
        The baseline of each cell.
    judge : Judge
        What makes one window better than another.
    longest : int
        How many days a window may have.
    anywhere : bool
        Whether a window may end before the last day.
    """

    zones: sparse.csr_array
    base: Numbers
    judge: Judge
    longest: int
    anywhere: bool

    @property
    def tail(self) -> int:
        """How many of the last days a window may touch."""
        return self.base.shape[1] if self.anywhere else self.longest

    def best_of_each(self, cases: Whole) -> list[Found]:
        """Return the best window of each zone that has one, the best zone first.

        Of equal windows the shorter one counts, then the later; of equal zones the smaller one,
        then the one listed first.
        """
        days, early = self.tail, self.base.shape[1] - self.tail
        count = _summed(self.zones @ cases[:, early:])
        base = _summed(self.zones @ self.base[:, early:])
        zone = np.arange(self.zones.shape[0])
        best = np.zeros((5, zone.size))
        for length in range(1, self.longest + 1):
            ends = np.arange(length if self.anywhere else days, days + 1)[::-1]
            here, there = (total[:, ends] - total[:, ends - length] for total in (count, base))
            ratio = self.judge.of(here, there)
            top = np.argmax(ratio >= _nearly(ratio.max(axis=1))[:, None], axis=1)
            new = np.vstack(
                [
                    ratio[zone, top],
                    ends[top] - length,
                    ends[top] - 1,
                    here[zone, top],
                    there[zone, top],
                ]
            )
            better = new[0] > best[0] + TIED * np.maximum(1.0, best[0])
            best[:, better] = new[:, better]
        listed = [
            Found(at, early + int(first), early + int(last), int(seen), base, ratio)
            for at, (ratio, first, last, seen, base) in enumerate(best.T.tolist())
            if ratio > TIED
        ]
        return self._in_order(listed)

    def _in_order(self, listed: list[Found]) -> list[Found]:
        """Put the best first; those that are equal by size, length and place."""
        sizes = np.diff(self.zones.indptr)
        listed.sort(key=lambda one: -one.ratio)
        level, group = 0, max((one.ratio for one in listed), default=0.0)
        ranks = {}
        for one in listed:
            if one.ratio < _nearly(group):
                level, group = level + 1, one.ratio
            ranks[one.zone] = level
        return sorted(
            listed,
            key=lambda one: (
                ranks[one.zone],
                int(sizes[one.zone]),
                one.last - one.first,
                -one.last,
                one.zone,
            ),
        )

    def most(self, drawn: NDArray[np.int32]) -> Numbers:
        """Return the largest ratio of each replicate (replicate x area x day of the tail)."""
        size, areas, days = drawn.shape
        if not self.anywhere:
            drawn = drawn[:, :, ::-1]
        running = np.cumsum(drawn, axis=2, dtype=np.int32).transpose(1, 0, 2)
        flat = np.ascontiguousarray(running).reshape(areas, size * days)
        count = self._over_zones(flat).reshape(-1, size, days)
        if self.anywhere:
            return self._largest_anywhere(count)
        found: Numbers = self.judge.ratio(count, self._prepared).max(axis=(0, 2))
        return found

    def _over_zones(self, flat: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return the sums over the areas of each zone."""
        plain = self._plain
        if plain is None:
            found: NDArray[np.int32] = self.zones @ flat
            return found
        return np.asarray((plain @ flat.astype(plain.dtype)).astype(np.int32))

    @cached_property
    def _plain(self) -> NDArray[Any] | None:
        """The zones as a plain matrix; None where a sparse one is better."""
        size = self.zones.shape[0] * self.zones.shape[1]
        if self.zones.nnz < DENSE * size or size > LARGEST:
            return None
        small = max(self.judge.cases, self.base.sum()) < EXACT
        return np.asarray(self.zones.astype(np.float32 if small else np.float64).toarray())

    @cached_property
    def _prepared(self) -> Prepared:
        """What the windows that end on the last day need, the shortest first."""
        late = self.base[:, self.base.shape[1] - self.longest :]
        return self.judge.prepare(np.cumsum((self.zones @ late)[:, ::-1], axis=1)[:, None, :])

    def _largest_anywhere(self, count: NDArray[np.int32]) -> Numbers:
        """Return the largest ratio of each replicate, over windows that end on any day.

        A ratio grows with the cases and falls with the baseline. So the most cases of a zone in
        any window of a length, with the smallest baseline, bound its ratios; only zones whose
        bound is above the best so far are looked at day by day.
        """
        zones, size, _ = count.shape
        total = np.concatenate([np.zeros((zones, size, 1), np.int32), count], axis=2)
        base = _summed(self.zones @ self.base)
        best, column = np.zeros(size), np.arange(size)
        for length in range(1, self.longest + 1):
            here = total[:, :, length:] - total[:, :, :-length]
            there = np.maximum(base[:, length:] - base[:, :-length], 0.0)
            bound = self.judge.of(here.max(axis=2), there.min(axis=1)[:, None])
            lead = bound.argmax(axis=0)
            exact = self.judge.of(here[lead, column], there[lead]).max(axis=1)
            best = np.maximum(best, exact)
            zone, which = np.nonzero(bound > best)
            if zone.size:
                exact = self.judge.of(here[zone, which], there[zone]).max(axis=1)
                np.maximum.at(best, which, exact)
        return best


def _nearly(ratio: Any) -> Any:
    """Return from where on a ratio counts as being as large as this one."""
    return ratio - TIED * np.maximum(1.0, ratio)


def _summed(values: NDArray[Any]) -> NDArray[Any]:
    """Return running totals over days, from nothing on."""
    return np.concatenate([np.zeros_like(values[:, :1]), np.cumsum(values, axis=1)], axis=1)
