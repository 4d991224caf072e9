"""What could be asked of a run besides: how many more could be helped, and what staying costs.

Both are answered by solving again the pieces that the question is about, with a last level that
counts needs. What is proven of a piece holds of the whole, because pieces share nothing.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from assetmap.model import Level
from assetmap.plans.encoded import Chosen
from assetmap.plans.pieces import Piece, Wish, pieces
from assetmap.plans.working import Worked
from assetmap.solvers import Problem, Status, solve

__all__ = ["Further", "Staying", "further_needs", "staying"]

Value = tuple[int, ...]
"""What a plan is worth on the levels that are looked at, and last how many needs it meets."""


class Further:
    """A run as pieces, with what can be counted in them.

    Parameters
    ----------
    worked : Worked
        The run; it holds a plan.
    """

    def __init__(self, worked: Worked) -> None:
        self.worked, self.solution = worked, worked.solution
        self.problem: Problem = worked.solution.problem
        self.encoded = worked.encoded

    @cached_property
    def slots(self) -> Mapping[str, list[int]]:
        """The numbers of the occurrences of each need."""
        found: dict[str, list[int]] = defaultdict(list)
        for name, number in self.encoded.ledger.needs.items():
            assert isinstance(name, tuple)
            found[name[0]].append(number)
        return found

    @cached_property
    def options(self) -> Mapping[str, list[int]]:
        """The options of each need that may be chosen."""
        owner = {n: need for need, numbers in self.slots.items() for n in numbers}
        found: dict[str, list[int]] = defaultdict(list)
        for at in np.flatnonzero(~self.problem.forbidden):
            found[owner[int(self.problem.option_need[at])]].append(int(at))
        return found

    @cached_property
    def met(self) -> frozenset[str]:
        """The needs of which at least one occurrence has a plan."""
        assert self.solution.chosen is not None
        chosen = self.solution.chosen
        return frozenset(n for n, mine in self.options.items() if chosen[mine].any())

    @cached_property
    def pieces(self) -> tuple[tuple[Piece, tuple[str, ...]], ...]:
        """The pieces, each with its needs; all occurrences of a need are in one."""
        names = sorted(self.slots)
        together = {n: at for at, name in enumerate(names) for n in self.slots[name]}
        apart = pieces(self.problem, together)
        mine = [sorted({names[together[int(n)]] for n in piece.needs}) for piece in apart]
        return tuple((p, tuple(own)) for p, own in zip(apart, mine, strict=True))

    def wishes(self, needs: Sequence[str]) -> list[Wish]:
        """Return the needs as what is counted."""
        return [Wish(tuple((at, ()) for at in self.options[n])) for n in needs if self.options[n]]


def further_needs(worked: Worked, *, time_limit: float = 10.0) -> int | None:
    """Return a proven bound on how many needs more could be met than are.

    It counts needs among all plans that are worth at least as much on the first level, and looks
    at no other level: "at most 2 more could be helped than is proposed here".

    Parameters
    ----------
    worked : Worked
        The run.
    time_limit : float
        Emergency exit in seconds; then the bound may be wider, but it still holds.

    Returns
    -------
    int or None
        None where the run holds no plan.
    """
    if worked.solution.chosen is None:
        return None
    run, until = Further(worked), time.perf_counter() + time_limit
    whole = worked.solution.bound[0] == (worked.solution.objective or (None,))[0]
    more = 0
    for piece, needs in run.pieces:
        unmet = [n for n in needs if n not in run.met and run.options[n]]
        if not unmet:
            continue
        left = max(0.0, until - time.perf_counter())
        bound = _most(run, piece, needs, left) if whole and left else None
        here = len(unmet)
        more += here if bound is None else min(here, bound - len(run.met & set(needs)))
    return more


def _most(run: Further, piece: Piece, needs: Sequence[str], seconds: float) -> int | None:
    """Return a bound on the needs met in a piece among its plans that are best on level 0."""
    found = solve(piece.asked([0], run.wishes(needs)), time_limit=seconds)
    if found.chosen is None or found.objective is None:
        return None
    return found.bound[1] if found.bound[0] == found.objective[0] else None


# --- what it costs to leave things as they were -------------------------------------------------


@dataclass(frozen=True)
class Staying:
    """What a run is worth when no more than so many earlier plans may change.

    Attributes
    ----------
    levels : tuple of Level
        The levels before continuity.
    kept : int
        How many plans that lay there already can still be.
    changes : int
        How many of them change in the run as it is.
    values : Mapping[int, tuple of int]
        For each number of changes that was tried: the value of each of these levels, and last how
        many needs are met; best level by level. A number that cannot be is left out.
    open : frozenset of int
        Numbers of changes of which it is not proven that nothing better is possible.
    """

    levels: tuple[Level, ...]
    kept: int
    changes: int
    values: Mapping[int, Value]
    open: frozenset[int]


@dataclass(frozen=True)
class _Curve:
    """The values of a piece by number of changes; a missing one cannot be, or is not known."""

    values: dict[int, Value]
    open: frozenset[int]
    most: int


def staying(worked: Worked, *, time_limit: float = 10.0) -> Staying:
    """Find what it would cost to change fewer of the plans that were proposed before.

    1. Pieces in which nothing changes are as good as they can be, and stay.
    2. Every other piece is solved again for each smaller number of changes.
    3. The curves of the pieces are put together: for every total, the best way to divide it.

    Parameters
    ----------
    worked : Worked
        The run; it holds a plan.
    time_limit : float
        Seconds for all pieces together.
    """
    run, until = Further(worked), time.perf_counter() + time_limit
    policy = worked.working.scene.policy
    levels = policy.levels[: policy.levels.index(Level.CONTINUITY)]
    plans = _earlier(run)
    now = {c.option.plan(list(c.givers)) for c in _chosen(worked)}
    place = {int(o): at for at, (piece, _) in enumerate(run.pieces) for o in piece.options}
    at = {plan: place[wish.any_of[0][0]] for plan, wish in plans.items()}
    total = _Curve({0: (0,) * (len(levels) + 1)}, frozenset(), 0)
    for number, (piece, needs) in enumerate(run.pieces):
        mine = [plan for plan in plans if at[plan] == number]
        gone = sum(plan not in now for plan in mine)
        own = piece.value(worked.solution)[: len(levels)]
        curve = {gone: (*own, len(run.met & set(needs)))}
        unproven: set[int] = set()
        for changes in range(gone):
            asked = piece.asked(
                range(len(levels)),
                run.wishes(needs),
                [plans[p] for p in mine],
                len(mine) - changes,
            )
            found = solve(asked, time_limit=max(0.0, until - time.perf_counter()))
            if found.objective is not None and found.chosen is not None:
                curve[changes] = found.objective
            if found.status not in {Status.OPTIMAL, Status.INFEASIBLE}:
                unproven.add(changes)
        total = _added(total, _Curve(curve, frozenset(unproven), gone))
    return Staying(levels, len(plans), total.most, dict(sorted(total.values.items())), total.open)


def _chosen(worked: Worked) -> tuple[Chosen, ...]:
    return worked.encoded.chosen(worked.solution, worked.encoded.pinned)


def _earlier(run: Further) -> dict[str, Wish]:
    """Return the plans of before that can still be, each with the ways in which it can."""
    policy = run.worked.working.scene.policy
    column = policy.levels.index(Level.CONTINUITY)
    kept = run.problem.option_score[:, column] > 0
    stays = run.problem.alternative_score[:, column] > 0
    givers: dict[int, list[int]] = defaultdict(list)
    for giver in map(int, np.flatnonzero(stays)):
        givers[run.encoded.alternatives[giver][0]].append(giver)
    found: dict[str, list[tuple[int, tuple[int, ...]]]] = defaultdict(list)
    for at in map(int, np.flatnonzero(kept & ~run.problem.forbidden)):
        option, mine = run.encoded.options[at], tuple(givers[at])
        if option is not None:
            fixed = [g for part in option.parts if not part.is_open for g in part.givers]
            chosen = [run.encoded.alternatives[a][2] for a in mine]
            found[option.plan([*fixed, *chosen])].append((at, mine))
    return {plan: Wish(tuple(ways)) for plan, ways in sorted(found.items())}


def _added(one: _Curve, other: _Curve) -> _Curve:
    """Put two curves together: for every number of changes the best way to divide it."""
    most = one.most + other.most
    values: dict[int, Value] = {}
    unproven: set[int] = set()
    for changes in range(most + 1):
        ways = [
            (first, changes - first)
            for first in range(changes + 1)
            if first <= one.most and changes - first <= other.most
        ]
        if any(a in one.open or b in other.open for a, b in ways):
            unproven.add(changes)
        known = [
            tuple(x + y for x, y in zip(one.values[a], other.values[b], strict=True))
            for a, b in ways
            if a in one.values and b in other.values
        ]
        if known:
            values[changes] = max(known)
    return _Curve(values, frozenset(unproven), most)
