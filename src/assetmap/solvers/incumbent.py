"""The best plan of a part so far, the levels it holds, and the limits of the search."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assetmap.solvers.arrays import Ints
    from assetmap.solvers.bounding import Held
    from assetmap.solvers.model import Part
    from assetmap.solvers.outcome import Watch
    from assetmap.solvers.summits import Summit


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
    """

    part: Part
    watch: Watch
    seconds: float
    work: float | None
    plan: Ints | None
    low: Ints = field(init=False)
    high: Ints = field(init=False)
    held: Held = ()

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
