"""Make a plan better region by region, each decided anew by a small exact programme."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from assetmap.solvers.arrays import csr, times
from assetmap.solvers.levels import End, Reply, Task
from assetmap.solvers.mixed import search_mixed
from assetmap.solvers.model import OWN
from assetmap.solvers.regions import ball, chart, narrow
from assetmap.solvers.solution import Reason

if TYPE_CHECKING:
    from assetmap.solvers.arrays import Bools, Ints
    from assetmap.solvers.bounding import Proof
    from assetmap.solvers.incumbent import Incumbent
    from assetmap.solvers.model import Part
    from assetmap.solvers.regions import Map

SIZES = (600, 1500, 2500, 4000, 6400, 10_000, 16_000, 25_000)
"""Columns of a region: larger ones while they are easy, smaller ones where they are hard."""
STEADY = 6
"""Up to this place in the sizes regions grow even while they bring something."""
COVER = 2500
"""Columns of a region of the first plan."""
NEAR = 1e-4
"""Relative gap at which the search of a region may stop: it proves nothing."""
COARSE = 1e-3
"""The same for the first plan."""
AT_ONCE = 5000
"""With at most so many columns left by the prices, they are decided all together first."""
AT_ONCE_NODES = 200
EASY = 1.5
"""A region with at most so many nodes is easy."""
REGION_NODES = 30
"""Branch-and-bound nodes for each of them."""
BATCH = 4
"""Regions decided side by side; always so many, whatever the machine has."""
BRIEF = 8
"""Batches after the first plan, before more columns are looked at."""
MANY = 200
"""Batches of a pass at most."""
START = 1
"""The place in the sizes at which regions begin."""
PATIENCE = 2
"""Batches of the largest size without any gain after which a pass ends."""
FORTY = 40
"""A unit of the level outweighs the largest score of the next so often, in a search."""
COST = 0.01
"""Work that every search counts for, besides its nodes."""
BLEND = 2**40
"""Two levels are searched together while their combined sums stay below this."""


@dataclass
class Polish:
    """One pass over a part, on the columns that the prices leave.

    Attributes
    ----------
    state : Incumbent
        The part, the best plan and the limits.
    levels : tuple of int
        The level to improve and, if there is one, the next.
    guide : Proof or None
        Prices that say which columns are worth looking at.
    share : float
        The part of the columns that the prices speak against that is looked at all the same.
    stopped : callable
        Says why to stop, None to go on.
    left : callable
        Says how many seconds are left.
    hope : tuple of array of int, or None
        Ranges in which the plans lie that reach the bound; None for those of the state.
    """

    state: Incumbent
    levels: tuple[int, ...]
    guide: Proof | None
    share: float
    stopped: Callable[[], Reason | None]
    left: Callable[[], float]
    hope: tuple[Ints, Ints] | None = None
    low: Ints = field(init=False)
    high: Ints = field(init=False)

    def __post_init__(self) -> None:
        self.low, self.high = self.ranges(with_plan=True)

    def ranges(self, *, with_plan: bool) -> tuple[Ints, Ints]:
        """Return the ranges that the prices leave.

        Parameters
        ----------
        with_plan : bool
            Whether the best plan so far has to lie in them.
        """
        state = self.state
        low, high = self.hope or (state.low, state.high)
        if self.guide is not None and self.share < 1.0:
            worth = self.guide.worth
            against = np.flatnonzero((low < high) & (worth < 0))
            if against.size:
                place = min(int(against.size * (1.0 - self.share)), against.size - 1)
                least = np.partition(worth[against], place)[place]
                dead = against[worth[against] < least]
                high = high.copy()
                high[dead] = low[dead]
        if with_plan and state.plan is not None:
            low, high = np.minimum(low, state.plan), np.maximum(high, state.plan)
        return low, high

    def run(self, closed: Callable[[], bool], bound: int | None, passes: int) -> None:
        """Improve the plan until nothing is gained any more.

        1. All columns that are left are decided together, if they are few.
        2. Otherwise, from nothing, the part is covered with regions, one after another.
        3. Regions around rows drawn at random are decided anew, a batch at a time, with larger
           regions when smaller ones bring nothing.

        Parameters
        ----------
        closed : callable
            Says whether the level is closed.
        bound : int or None
            For messages.
        passes : int
            How many went before: regions are drawn anew each time.
        """
        state = self.state
        free = np.flatnonzero(self.low < self.high)
        if free.size <= AT_ONCE:
            reply = self.at_once(self.left() / 2, AT_ONCE_NODES)
            if reply.end is End.PROVED:
                return
        if closed() or self.stopped() is not None or not free.size:
            return
        rng = np.random.default_rng([state.watch.seed % 2**31, self.levels[0], passes])
        found = chart(state.part, free)
        with ThreadPoolExecutor(min(BATCH, os.cpu_count() or 1)) as pool:
            fresh = state.plan is not None and np.array_equal(state.plan, state.part.low)
            if fresh:
                self._cover(found, rng, pool, bound)
            self._rounds(found, rng, pool, (closed, bound, BRIEF if fresh else MANY))

    def _rounds(
        self,
        found: Map,
        rng: np.random.Generator,
        pool: ThreadPoolExecutor,
        until: tuple[Callable[[], bool], int | None, int],
    ) -> None:
        """Decide batches of regions anew: larger ones while they are easy, smaller if not."""
        closed, bound, batches = until
        size, idle = START, 0
        for _ in range(batches):
            if idle >= len(SIZES) + PATIENCE or closed() or self.stopped() is not None:
                return
            taken: set[int] = set()
            drawn = [ball(found, rng, columns=SIZES[size], taken=taken) for _ in range(BATCH)]
            gained, ease = self._decide(found, [units for units in drawn if units], pool, bound)
            idle = 0 if gained else idle + 1
            if ease < 0:
                size = max(size - 1, 0)
            elif ease > 0 and (size < STEADY or idle):
                if size == len(SIZES) - 1 and idle >= PATIENCE:
                    return
                size = min(size + 1, len(SIZES) - 1)

    def at_once(self, seconds: float, nodes: int | None) -> Reply:
        """Decide all columns that are left together; the reply speaks of those only.

        Parameters
        ----------
        seconds : float
            At most so long.
        nodes : int or None
            At most so many nodes of branch and bound.
        """
        state = self.state
        free = np.flatnonzero(self.low < self.high)
        plan = self.low if state.plan is None else state.plan
        columns, reply = self._search(free, plan, seconds=seconds, nodes=nodes)
        self._take(columns, reply, None)
        return reply

    def _cover(
        self, found: Map, rng: np.random.Generator, pool: ThreadPoolExecutor, bound: int | None
    ) -> None:
        """Decide every unit once, in regions; what others still need is paid for at its price."""
        taken: set[int] = set()
        regions: list[list[int]] = []
        while units := ball(found, rng, columns=COVER, taken=taken):
            regions.append(units)
        rest = sorted(set(range(found.units)) - taken)
        regions += _packed(found, rest, COVER)
        done = np.zeros(self.low.size, dtype=np.bool_)
        for start in range(0, len(regions), BATCH):
            if self.stopped() is not None:
                return
            batch = regions[start : start + BATCH]
            self._decide(found, batch, pool, bound, done)

    def _decide(
        self,
        found: Map,
        regions: list[list[int]],
        pool: ThreadPoolExecutor,
        bound: int | None,
        done: Bools | None = None,
    ) -> tuple[bool, int]:
        """Decide regions anew, side by side.

        Says whether the plan is better; and 1 if all were easy, -1 if some was too hard.
        """
        plan = self.state.plan
        assert plan is not None
        chosen = [np.sort(np.concatenate([found.members[u] for u in units])) for units in regions]
        waiting = None
        if done is not None:
            waiting = ~done
        replies = list(
            pool.map(lambda columns: self._search(columns, plan, waiting=waiting), chosen)
        )
        gained = False
        for columns, reply in replies:
            taken = self._take(columns, reply, bound)
            now = self.state.plan
            if not taken and done is not None and now is not None and self.stopped() is None:
                taken = self._take(*self._search(columns, now, waiting=waiting), bound)
            gained |= taken
            if done is not None:
                done[columns] = True
        if any(reply.end is End.STOPPED and reply.reason is not Reason.GAP for _, reply in replies):
            return gained, -1
        return gained, int(all(reply.work * 100 <= EASY for _, reply in replies))

    def _take(self, columns: Ints, reply: Reply, bound: int | None) -> bool:
        """Take what was found for some columns over into the plan, if that is better."""
        state = self.state
        state.spend(reply.work + COST)
        if reply.values is None:
            return False
        values = self.low.copy() if state.plan is None else state.plan.copy()
        values[columns] = reply.values
        return state.keep(values, self.levels[0], bound)

    def _search(
        self,
        columns: Ints,
        plan: Ints,
        *,
        seconds: float | None = None,
        nodes: int | None = REGION_NODES,
        waiting: Bools | None = None,
    ) -> tuple[Ints, Reply]:
        """Decide some columns anew with the others as in the plan."""
        state = self.state
        sub = narrow(state.part, plan, columns, ranges=(self.low, self.high))
        rest = plan.copy()
        rest[columns] = 0
        held = [(weight[columns], least - int(weight @ rest)) for weight, least in state.held]
        weight = self._blend(sub)
        if waiting is not None and self.guide is not None:
            weight = self._priced(columns, waiting)
        reply = search_mixed(
            Task(
                part=sub,
                weight=weight,
                held=tuple((w, least) for w, least in held if w.any()),
                hint=None,
                level=self.levels[0],
                seconds=max(self.left() / 3 if seconds is None else seconds, 0.01),
                work=None if nodes is None else nodes / 100,
                gap=NEAR if waiting is None else COARSE,
                watch=state.watch,
            )
        )
        return columns, reply

    def _blend(self, sub: Part) -> Ints:
        """Return one weight for the level and the next, for a search that proves nothing."""
        first = sub.score[:, self.levels[0]]
        first = first // (int(np.gcd.reduce(first, initial=0)) or 1)
        if len(self.levels) == 1:
            return first
        second = sub.score[:, self.levels[1]]
        own = int((sub.resource == OWN).sum()) or int(sub.columns.size)
        size = int(np.abs(second).max(initial=0))
        most = 1 + min(own * size, FORTY * size)
        span = sub.high - sub.low
        total = most * int(np.abs(first) @ span) + int(np.abs(second) @ span)
        return first * most + second if total < BLEND else first

    def _priced(self, columns: Ints, waiting: Bools) -> Ints:
        """Return weights less the price of what others, still waiting, may want as well."""
        assert self.guide is not None
        part, guide = self.state.part, self.guide
        others = waiting.copy()
        others[columns] = False
        others &= self.low < self.high
        wanted = times(abs(part.matrix), others.astype(np.int64)) > 0
        wanted &= part.resource >= 0
        price = np.rint(guide.price[: wanted.size] * 2.0**guide.shift).astype(np.int64)
        table = part.by_column[:, columns]
        paid = times(csr(table.T), np.where(wanted, price, 0))
        return np.asarray((guide.combined[columns] - paid) >> max(guide.shift - 2, 0))


def _packed(found: Map, units: list[int], columns: int) -> list[list[int]]:
    """Put units that meet nobody into regions of about so many columns."""
    regions: list[list[int]] = []
    total = columns
    for unit in units:
        if total >= columns:
            regions.append([])
            total = 0
        regions[-1].append(unit)
        total += found.members[unit].size
    return regions
