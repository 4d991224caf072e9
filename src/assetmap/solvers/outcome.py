"""What a method is given besides numbers, and what it hands back for one part."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Event, Lock
from typing import TYPE_CHECKING, Any, TypeAlias

from assetmap.solvers.solution import Progress, Reason, Status

if TYPE_CHECKING:
    from assetmap.solvers.arrays import Floats, Ints
    from assetmap.solvers.model import Part

Listener: TypeAlias = Callable[[Progress], object]


@dataclass(frozen=True, eq=False)
class Outcome:
    """The result for one part.

    Attributes
    ----------
    status : Status
    reason : Reason
    values : array of int, or None
        The plan: one value per column of the part.
    bound : tuple of (int or None)
        Per level a proven upper bound, given the plan's own values on the levels before.
    method : str
        Which method made it.
    row_price : array of float, or None
        Level-0 units per unit of each row of the part.
    """

    status: Status
    reason: Reason
    values: Ints | None
    bound: tuple[int | None, ...]
    method: str
    row_price: Floats | None = None


@dataclass
class Watch:
    """The clock, the limits and the caller's progress function of one call of solve.

    Components that are solved side by side each have their own, which share the lock, so that
    the caller hears one message at a time, and the sign to stop.

    Attributes
    ----------
    deadline : float
        When the wall clock stops the search, on the scale of ``time.perf_counter``.
    work : float or None
        Work that is left to do; None for no limit.
    gap : float
        Relative gap at which level 0 may stop.
    seed : int
        For methods that use random numbers.
    listener : callable or None
        Called with a Progress; returning False stops the search.
    options : int
        How many of the first columns of the whole problem are options.
    """

    deadline: float
    work: float | None
    gap: float
    seed: int
    listener: Listener | None = None
    options: int = 0
    started: float = field(default_factory=time.perf_counter)
    now: Progress = field(default_factory=lambda: Progress("", 0, 0, 0, None, 0.0))
    lock: Any = field(default_factory=Lock)
    stopping: Event = field(default_factory=Event)

    @property
    def interrupted(self) -> bool:
        """Whether the caller has asked to stop."""
        return self.stopping.is_set()

    def remaining(self) -> float:
        """Return the seconds left, 0 if none are."""
        return max(0.0, self.deadline - time.perf_counter())

    def elapsed(self) -> float:
        """Return the seconds since the start."""
        return time.perf_counter() - self.started

    def enter(self, method: str, component: int, components: int) -> Watch:
        """Return a watch for one component: the same clock, limits and listener."""
        now = replace(self.now, method=method, component=component, components=components)
        return replace(self, now=now)

    def met(self, part: Part, values: Ints) -> int:
        """Return how many options of the whole problem a plan of a part chooses."""
        return int(values[part.columns < self.options].sum())

    def tell(
        self,
        level: int,
        objective: int | None,
        *,
        bound: int | None = None,
        met: int | None = None,
    ) -> bool:
        """Send one message; return whether to go on."""
        with self.lock:
            if self.interrupted:
                return False
            self.now = replace(
                self.now,
                level=level,
                objective=objective,
                bound=bound,
                met=met,
                seconds=self.elapsed(),
            )
            if self.listener is not None:
                try:
                    if self.listener(self.now) is False:
                        self.stopping.set()
                except BaseException:
                    self.stopping.set()
                    raise
        return not self.interrupted

    def stop_reason(self) -> Reason | None:
        """Return why nothing more may be started, None if something may."""
        if self.interrupted:
            return Reason.INTERRUPTED
        if self.remaining() <= 0.0:
            return Reason.TIME_LIMIT
        return None
