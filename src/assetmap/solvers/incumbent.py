"""The best plan of a part so far, the levels it holds, and the limits of the search."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from assetmap.solvers.levels import Reply, Task
from assetmap.solvers.mixed import search_mixed
from assetmap.solvers.regions import narrow

if TYPE_CHECKING:
    from assetmap.solvers.arrays import Ints
    from assetmap.solvers.bounding import Held
    from assetmap.solvers.model import Part
    from assetmap.solvers.outcome import Watch
    from assetmap.solvers.summits import Summit


COST = 0.01
"""Work that every search counts for, besides its nodes."""


@dataclass
class Incumbent:
    """What a search over one part has reached.

    Attributes
    ----------
    part : Part
    watch : Watch
    seconds : float
        Wall-clock time for all levels together.
    work : float or None
        Work for all levels together.
    plan : array of int, or None
        The best plan so far; at the beginning one to fall back on.
    low, high : array of int
        The range of each column in which plans of interest lie.
    held : tuple of (array of int, int)
        Weights and least value of each level before that a row has to hold.
    used : set of str
        Other methods that had a part in it.
    """

    part: Part
    watch: Watch
    seconds: float
    work: float | None
    plan: Ints | None
    low: Ints = field(init=False)
    high: Ints = field(init=False)
    held: Held = ()
    used: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.low, self.high = self.part.low, self.part.high

    def hold(self, level: int, found: Summit | None) -> None:
        """Keep the value of a level for the levels after it.

        Parameters
        ----------
        level : int
            The level.
        found : Summit, or None
            Where all plans lie that are worth as much, as far as known.
        """
        assert self.plan is not None
        value = self.part.value(self.plan)[level]
        if found is not None and found.enough and found.part.keeps(self.plan):
            self.part, self.low, self.high = found.part, found.part.low, found.part.high
            return
        self.held = (*self.held, (self.part.score[:, level], value))

    def spend(self, work: float) -> None:
        """Take work off what is left."""
        if self.work is not None:
            self.work = max(0.0, self.work - work)

    def keep(self, values: Ints, level: int, bound: int | None) -> bool:
        """Take over a plan that keeps everything and is better; say whether it was."""
        if not self.part.keeps(values):
            return False
        if any(int(weight @ values) < least for weight, least in self.held):
            return False
        value = self.part.value(values)
        if self.plan is not None and value[level:] <= self.part.value(self.plan)[level:]:
            return False
        self.plan = values
        self.watch.tell(level, value[level], bound=bound, met=self.watch.met(self.part, values))
        return True

    def search(
        self,
        part: Part,
        held: Held,
        level: int | None,
        *,
        nodes: int,
        seconds: float,
        gap: float = 0.0,
    ) -> tuple[Reply, Ints | None]:
        """Maximise a level by branch and bound, or look for any plan; the bound is for the part.

        Parameters
        ----------
        part : Part
            The part, with narrower ranges or more rows.
        held : tuple of (array of int, int)
            Weights and least value of each level that a row holds.
        level : int or None
            The level; None where any plan is good.
        nodes : int
            At most so many nodes.
        seconds : float
            At most so long.
        gap : float, default 0.0
            Relative gap at which the search may stop.

        Returns
        -------
        tuple of (Reply, array of int or None)
            What the search replies, and the plan.
        """
        low = part.low
        free = np.flatnonzero(low < part.high)
        sub = narrow(part, low, free, ranges=(low, part.high))
        base = low.copy()
        base[free] = 0
        weight = np.zeros_like(low) if level is None else part.score[:, level]
        reply = search_mixed(
            Task(
                part=sub,
                weight=weight[free],
                held=tuple((w[free], least - int(w @ base)) for w, least in held),
                hint=None,
                level=0 if level is None else level,
                seconds=max(seconds, 0.01),
                work=nodes / 100 if self.work is None else min(nodes / 100, self.work),
                gap=gap,
                watch=self.watch,
            )
        )
        self.spend(reply.work + COST)
        self.used.add("milp")
        bound = None
        if reply.bound is not None:
            bound = reply.bound + int(weight @ base)
        values = None
        if reply.values is not None:
            values = base
            values[free] = reply.values
        return replace(reply, bound=bound), values
