"""Maximise the levels one after another with a search that knows one level at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import TYPE_CHECKING, TypeAlias

from assetmap.solvers.outcome import Outcome, Watch
from assetmap.solvers.solution import Reason, Status

if TYPE_CHECKING:
    from assetmap.solvers.arrays import Ints
    from assetmap.solvers.model import Part


class End(Enum):
    """How the search of one level ended."""

    PROVED = auto()
    """The plan is the best on this level."""
    STOPPED = auto()
    """It stopped early, with or without a plan; the reason tells why."""
    INFEASIBLE = auto()
    """It is proven that no plan exists."""
    FAILED = auto()
    """The backend could not do it, or what it said turned out to be untrue."""


@dataclass(frozen=True, eq=False)
class Task:
    """One level to maximise over a part, with the levels before it held.

    Attributes
    ----------
    part : Part
    weight : array of int
        What one unit of each column adds to this level.
    held : tuple of (array of int, int)
        Weights and least value of each level before.
    hint : array of int, or None
        A plan that keeps everything, to begin with.
    level : int
    seconds : float
        Wall-clock limit.
    work : float or None
        Limit on work, in deterministic seconds of CP-SAT; see each search.
    gap : float
        Relative gap at which to stop.
    watch : Watch
    """

    part: Part
    weight: Ints
    held: tuple[tuple[Ints, int], ...]
    hint: Ints | None
    level: int
    seconds: float
    work: float | None
    gap: float
    watch: Watch


@dataclass(frozen=True, eq=False)
class Reply:
    """What a search found: a plan, a proven bound on the level, how and why it ended."""

    end: End
    values: Ints | None = None
    bound: int | None = None
    reason: Reason = Reason.FINISHED
    work: float = 0.0


Search: TypeAlias = Callable[[Task], Reply]

_WORST = (
    Reason.INTERRUPTED,
    Reason.TIME_LIMIT,
    Reason.WORK_LIMIT,
    Reason.GAP,
    Reason.FINISHED,
)


def worst(reasons: Sequence[Reason]) -> Reason:
    """Return the reason that says most about why a search ended early.

    Parameters
    ----------
    reasons : sequence of Reason
        The reasons of the pieces.

    Returns
    -------
    Reason
        Interrupted before time limit, work limit, gap and finished.
    """
    return min(reasons, key=_WORST.index, default=Reason.FINISHED)


@dataclass
class Climb:
    """The state of one part while its levels are maximised.

    Attributes
    ----------
    part : Part
    searches : list of (str, Search)
        The first is used; when it fails the next takes its place.
    watch : Watch
    seconds : float
        Wall-clock time for all levels together.
    work : float or None
        Work for all levels together.
    plan : array of int, or None
        The best plan so far; at the beginning one to fall back on.
    """

    part: Part
    searches: list[tuple[str, Search]]
    watch: Watch
    seconds: float
    work: float | None
    plan: Ints | None
    held: list[tuple[Ints, int]] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    used: list[str] = field(default_factory=list)

    def run(self) -> Outcome:
        """Maximise every level in turn.

        1. A level without scores is closed at 0 and needs no search.
        2. A level gets half of what is left of the limits, the last one everything.
        3. Its best plan is kept and its value held for the levels after it; if the level
           stays open, the later bounds hold for plans at least as good as this one.

        Returns
        -------
        Outcome
            The plan that is best so far, with the bounds proven.
        """
        finish = self.watch.elapsed() + self.seconds
        scored = [i for i in range(self.part.levels) if self.part.score[:, i].any()]
        bound: list[int | None] = [0] * self.part.levels
        for level in scored:
            bound[level] = None
        if not scored and self.plan is None:
            scored = [0]
        for level in scored:
            stopped = self.watch.stop_reason()
            if stopped is not None:
                self.reasons.append(stopped)
                break
            last = level == scored[-1]
            reply = self._ask(level, (finish - self.watch.elapsed()) * (1.0 if last else 0.5), last)
            if reply.end is End.INFEASIBLE:
                none: tuple[int | None, ...] = (None,) * self.part.levels
                return Outcome(Status.INFEASIBLE, Reason.FINISHED, None, none, self._method())
            bound[level] = reply.bound
            self.reasons.append(reply.reason)
            if self.plan is None:
                break
            value = self.part.value(self.plan)[level]
            self.held.append((self.part.score[:, level], value))
            self.watch.tell(level, value)
        return self._outcome(bound)

    def _ask(self, level: int, seconds: float, last: bool) -> Reply:
        """Search one level, with the next method if one fails; keep a better plan."""
        work = self.work if last or self.work is None else self.work / 2
        task = Task(
            part=self.part,
            weight=self.part.score[:, level],
            held=tuple(self.held),
            hint=self.plan,
            level=level,
            seconds=max(seconds, 0.01),
            work=work,
            gap=self.watch.gap if level == 0 else 0.0,
            watch=self.watch,
        )
        while True:
            name, search = self.searches[0]
            if name not in self.used:
                self.used.append(name)
            reply = self._verified(search(task), level)
            if self.work is not None:
                self.work = max(0.0, self.work - reply.work)
            if reply.end is not End.FAILED or len(self.searches) == 1:
                break
            del self.searches[0]
        if reply.values is not None:
            self._keep(reply.values, level)
        return reply

    def _verified(self, reply: Reply, level: int) -> Reply:
        """Turn a reply that contradicts exact arithmetic into a failure."""
        wrong = reply.end is End.INFEASIBLE and self.plan is not None
        values = reply.values
        if values is not None:
            wrong = wrong or not self.part.keeps(values)
            wrong = wrong or any(int(weight @ values) < least for weight, least in self.held)
        if self.plan is not None and reply.bound is not None:
            wrong = wrong or reply.bound < self.part.value(self.plan)[level]
        return replace(reply, end=End.FAILED, values=None, bound=None) if wrong else reply

    def _keep(self, values: Ints, level: int) -> None:
        """Take over a plan that is better on the levels up to this one."""
        upto = level + 1
        if self.plan is None or self.part.value(values)[:upto] > self.part.value(self.plan)[:upto]:
            self.plan = values

    def _method(self) -> str:
        return "+".join(self.used) or self.searches[0][0]

    def _outcome(self, bound: list[int | None]) -> Outcome:
        reason = worst(self.reasons)
        if self.plan is None:
            return Outcome(Status.NO_SOLUTION, reason, None, tuple(bound), self._method())
        closed = tuple(bound) == self.part.value(self.plan)
        status = Status.OPTIMAL if closed else Status.FEASIBLE
        return Outcome(status, reason, self.plan, tuple(bound), self._method())
