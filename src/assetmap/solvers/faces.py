"""Maximise the levels one after another on the best face of each, without a row that holds it.

To hold a level by a row of its own ties everything together again and makes the relaxation
fractional. But where prices prove that a level is at its best, they also say which plans are: those
in which every column with a reduced cost is at the end of its range that is best for it, and every
row with a price is used up. That is a smaller problem of the same kind, which mostly falls apart.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from assetmap.solvers.arrays import SAFE, csr, stacked, times
from assetmap.solvers.cliques import violated_cliques
from assetmap.solvers.components import members, select, split
from assetmap.solvers.cuts import cuts
from assetmap.solvers.levels import End, Task, worst
from assetmap.solvers.mending import mended
from assetmap.solvers.mixed import search_mixed
from assetmap.solvers.model import CUT, HELD, Part, reach
from assetmap.solvers.outcome import Outcome, Watch
from assetmap.solvers.solution import Reason, Status

if TYPE_CHECKING:
    from assetmap.solvers.arrays import Bools, Floats, Ints, Sparse

DENOMINATORS = (1, 2, 3, 4, 6, 12, 60, 2520)
"""Prices are rounded to parts of these; whole scores mostly have whole prices."""
NEAR = 1e-6
"""So near to a whole number is whole."""

STEPS, STEPS_PER_COLUMN = 4_000, 1 / 20
"""A relaxation that takes more steps of the simplex method than this is left to others."""
LATER = 4
"""So many times as many steps once a level is closed: others would have to begin all over."""
ROUNDS = 6
"""So often rows are added that the relaxation breaks."""
LARGE = 1500
"""From so many columns on, a component with many values that are not whole is left to others."""
FEW = 0.02
"""So few of its values, as a part, may be not whole."""

Climber: TypeAlias = Callable[[Part, float, "Ints | None"], Outcome]
"""Takes a part, its share of what is left of the limits, and a plan to begin with."""


@dataclass(frozen=True, eq=False)
class _Open:
    """A component that is left to branch and bound from some level on."""

    part: Part
    level: int


def solve_by_faces(part: Part, watch: Watch, climb: Climber) -> Outcome:
    """Maximise all levels of a part.

    1. The relaxation of a level is solved for everything that is left at once. Components whose
       values are not whole get a branch and bound of their own, for that level alone.
    2. Where prices, rounded to fractions and added up in whole numbers, prove the value of a
       component, it is restricted to its best face: exactly the plans that reach that value.
       Where they prove a little less, what costs more than is left over is fixed, and a row
       holds the level for the little that remains. What was not proven at all is left to
       `climb`, with this level and those after it.
    3. What is decided by now is taken out, and the next level follows.

    Parameters
    ----------
    part : Part
        Rows and columns; sums stay well below what floats hold exactly.
    watch : Watch
        The clock.
    climb : callable
        Maximises all levels of a part, with its share of the limits and from a plan on, with rows
        that hold the levels before.

    Returns
    -------
    Outcome
        The best plan, with the bounds proven.
    """
    faces = _Faces(part, watch)
    for level in range(part.levels):
        if not faces.core.columns.size:
            break
        faces.climb(level)
    return faces.finished(climb)


class _Faces:
    """The state of the climb: what is decided, what is left, and what is left to others."""

    def __init__(self, part: Part, watch: Watch) -> None:
        self.part, self.watch = part, watch
        self.values = part.low.copy()
        self.left: list[_Open] = []
        self.searched = self.begun = False
        here = replace(part, columns=np.arange(part.columns.size, dtype=np.int64))
        self.core = _with_cuts(here)

    def climb(self, level: int) -> None:
        """Maximise one level of what is left, and go on with its best face."""
        core, labels = self._split()
        weight = core.score[:, level]
        rows, columns, count = labels
        if not core.columns.size or (not weight.any() and level + 1 < core.levels):
            self.core = core
            return
        stopped = self.watch.stop_reason() is not None
        relaxed = None if stopped else self._relaxed(core, level)
        if relaxed is None:
            self._leave(core, labels, np.ones(count, dtype=np.bool_), level)
            nothing = np.zeros(0, dtype=np.int64)
            self.core = select(core, nothing, nothing)
            return
        core, rows, (values, price) = self._closer(core, labels, relaxed, level)
        labels = rows, columns, count
        whole = self._whole(core, labels, values, level)
        face = _Face(core, level, price)
        exact, closed = face.restrict(labels, whole)
        doubtful = whole.mended & ~(exact | closed)
        if doubtful.any():
            whole = self._whole(core, labels, values, level, doubtful)
            face = _Face(core, level, price)
            exact, closed = face.restrict(labels, whole)
        before = self.values[core.columns]
        gained = _sums(columns, weight * (whole.values - before), count) >= 0
        better = whole.fine | (whole.usable & gained)
        self.values[core.columns] = np.where(better[columns], whole.values, before)
        kept = exact | closed
        self.begun = True
        self._leave(core, labels, ~kept, level)
        held = _held(face.part(), labels, weight, whole.values, closed)
        added = np.ones(held.row_low.size - rows.size, dtype=np.bool_)
        self.core = _chosen(held, np.concatenate([kept[rows], added]), kept[columns])
        self.watch.tell(level, int(weight @ whole.values))

    def _split(self) -> tuple[Part, tuple[Ints, Ints, int]]:
        taken = split(self.core)
        decided = np.ones(self.core.columns.size, dtype=np.bool_)
        inside = np.flatnonzero(np.isin(self.core.columns, taken.core.columns))
        decided[inside] = False
        self.values[self.core.columns[decided]] = taken.values[decided]
        return taken.core, (taken.row_component, taken.column_component, taken.count)

    def _relaxed(self, core: Part, level: int) -> tuple[Floats, Floats] | None:
        """Solve the relaxation of a level, with more patience once levels are behind it."""
        return _relaxed(core, level, self.watch, LATER if self.begun else 1)

    def _closer(
        self,
        core: Part,
        labels: tuple[Ints, Ints, int],
        relaxed: tuple[Floats, Floats],
        level: int,
    ) -> tuple[Part, Ints, tuple[Floats, Floats]]:
        """Add rows that no plan breaks but the relaxation does, where a large component needs it.

        A handful of halves leaves the bound above the best plan. While it does, prices fix next to
        nothing, on this level and all after it, and nothing falls apart.

        Returns
        -------
        tuple of (Part, array of int, tuple of array of float)
            The core, the component of each of its rows, and its relaxation.
        """
        rows, columns, count = labels
        size = np.bincount(columns, minlength=count)
        for _ in range(ROUNDS):
            values = relaxed[0]
            part_of = (np.abs(values - np.rint(values)) > NEAR) & (size >= LARGE)[columns]
            many = np.bincount(columns[part_of], minlength=count) > FEW * size
            added = violated_cliques(core, values, np.flatnonzero(part_of & ~many[columns]))
            if not added.shape[0]:
                break
            closer = _with_rows(core, added)
            again = self._relaxed(closer, level)
            if again is None:
                break
            core, relaxed = closer, again
            rows = np.concatenate([rows, columns[added.indices[added.indptr[:-1]]]])
        return core, rows, relaxed

    def _whole(
        self,
        core: Part,
        labels: tuple[Ints, Ints, int],
        values: Floats,
        level: int,
        doubtful: Bools | None = None,
    ) -> _Whole:
        """Round the values; where they are not whole search for whole ones, per component.

        That is close to these values first, but for components in which that was proven wrong.
        """
        rows, columns, count = labels
        found = np.rint(values).astype(np.int64)
        broken = np.zeros(count, dtype=np.bool_)
        part_of = np.abs(values - found) > NEAR
        broken[columns[part_of]] = True
        reached = times(core.matrix, found)
        broken[rows[(reached < core.row_low) | (reached > core.row_high)]] = True
        fine = ~broken
        searched, usable, near = (np.zeros(count, dtype=np.bool_) for _ in range(3))
        if broken.any():
            row_of, column_of = members(rows, count), members(columns, count)
            for at in np.flatnonzero(broken):
                many = part_of[column_of[at]].mean() > FEW
                if column_of[at].size >= LARGE and many:
                    continue  # prices alone do not lead there
                piece = select(core, row_of[at], column_of[at])
                task = self._task(piece, level)
                self.searched = True
                if doubtful is None or not doubtful[at]:
                    close = mended(task, values[column_of[at]], NEAR)
                    if close is not None:
                        usable[at] = fine[at] = near[at] = True
                        found[column_of[at]] = close
                        continue
                reply = search_mixed(task)
                if reply.values is not None and piece.keeps(reply.values):
                    usable[at], found[column_of[at]] = True, reply.values
                    fine[at] = searched[at] = reply.end is End.PROVED
        return _Whole(found, fine, searched, usable, near)

    def _task(self, piece: Part, level: int) -> Task:
        share = piece.columns.size / max(1, self.part.columns.size)
        return Task(
            part=piece,
            weight=piece.score[:, level],
            held=(),
            hint=None,
            level=level,
            seconds=max(0.01, self.watch.remaining() * min(0.5, share)),
            work=None if self.watch.work is None else self.watch.work * min(0.5, share),
            gap=0.0,
            watch=self.watch,
        )

    def _leave(self, core: Part, labels: tuple[Ints, Ints, int], which: Bools, level: int) -> None:
        """Leave components to branch and bound over all levels from this one on.

        What is searched there gets its cuts by itself: rows that others imply would only tie
        together what is apart. Those that have to be used up say where the best plans of the
        levels before are, which nothing else implies.
        """
        rows, columns, count = labels
        implied = (core.resource == CUT) & (core.row_low < core.row_high)
        row_of, column_of = members(rows, count), members(columns, count)
        for at in np.flatnonzero(which):
            needed = row_of[at][~implied[row_of[at]]]
            self.left.append(_Open(select(core, needed, column_of[at]), level))

    def finished(self, climb: Climber) -> Outcome:
        """Have the rest maximised, and put everything together."""
        taken_over = np.zeros(self.part.columns.size, dtype=np.bool_)
        outcomes: list[Outcome] = []
        for at, each in enumerate(self.left):
            ahead = sum(other.part.columns.size for other in self.left[at:])
            begin = self.values[each.part.columns]
            plan = begin if each.part.keeps(begin) else None
            outcomes.append(outcome := climb(each.part, each.part.columns.size / ahead, plan))
            taken_over[each.part.columns] = True
            if outcome.values is not None:
                self.values[each.part.columns] = outcome.values
        found = self._together(outcomes, taken_over)
        if found.values is not None and not self.part.keeps(found.values):
            return climb(self.part, 1.0, None)  # what the floats said turned out to be untrue
        return found

    def _together(self, outcomes: list[Outcome], taken_over: Bools) -> Outcome:
        none: tuple[int | None, ...] = (None,) * self.part.levels
        method = "+".join(
            dict.fromkeys(["faces", *(["milp"] if self.searched else []), *_used(outcomes)])
        )
        reason = worst([outcome.reason for outcome in outcomes])
        if any(outcome.status is Status.INFEASIBLE for outcome in outcomes):
            return Outcome(Status.INFEASIBLE, Reason.FINISHED, None, none, method)
        if any(outcome.values is None for outcome in outcomes):
            return Outcome(Status.NO_SOLUTION, reason, None, none, method)
        bound = self._bound(outcomes, taken_over)
        closed = bound == self.part.value(self.values)
        status = Status.OPTIMAL if closed else Status.FEASIBLE
        return Outcome(status, reason, self.values, bound, method)

    def _bound(self, outcomes: list[Outcome], taken_over: Bools) -> tuple[int | None, ...]:
        """Add up what is proven: the value where it is on the best face, else the bound."""
        score, values = self.part.score, self.values
        total: list[int | None] = [int(v) for v in values[~taken_over] @ score[~taken_over]]
        for each, outcome in zip(self.left, outcomes, strict=True):
            mine = values[each.part.columns] @ score[each.part.columns]
            for level, so_far in enumerate(total):
                more = int(mine[level]) if level < each.level else outcome.bound[level]
                total[level] = None if so_far is None or more is None else so_far + more
        return tuple(total)


def _used(outcomes: list[Outcome]) -> list[str]:
    return [name for outcome in outcomes for name in outcome.method.split("+")]


@dataclass(frozen=True, eq=False)
class _Whole:
    """Whole values, and of which components they are the best that a search found.

    Attributes
    ----------
    values : array of int
    fine : array of bool
        They keep every row, and are the best of the relaxation or of a finished search.
    searched : array of bool
        A search proved them.
    usable : array of bool
        They are a plan of a search, finished or not.
    mended : array of bool
        They were found close to the relaxation, and prices have to prove them.
    """

    values: Ints
    fine: Bools
    searched: Bools
    usable: Bools
    mended: Bools


@dataclass(frozen=True, eq=False)
class _Proof:
    """How far above the value of each component its bound is, in parts of a whole."""

    over: Ints
    denominator: int


class _Face:
    """The plans of a core that are best on one level, as prices tell."""

    def __init__(self, core: Part, level: int, price: Floats) -> None:
        self.core, self.level, self.price = core, level, price
        self.weight = core.score[:, level]
        self.low, self.high = core.low.copy(), core.high.copy()
        self.row_low, self.row_high = core.row_low.copy(), core.row_high.copy()

    def restrict(self, labels: tuple[Ints, Ints, int], whole: _Whole) -> tuple[Bools, Bools]:
        """Fix what the prices prove of every plan that is as good as these values.

        Returns
        -------
        tuple of array of bool
            The components of which exactly the best plans are left; and those in which nothing
            better is possible, but worse plans are left as well.
        """
        rows, columns, count = labels
        value = _sums(columns, self.weight * whole.values, count)
        best = [_Proof(np.full(count, SAFE, dtype=np.int64), 1)]
        exact = np.zeros(count, dtype=np.bool_)
        for denominator in self._denominators():
            price, reduced = self._rounded(denominator)
            bound = _sums(rows, np.where(price > 0, self.row_high, self.row_low) * price, count)
            ends = np.where(reduced > 0, self.core.high, self.core.low) * reduced
            bound += _sums(columns, ends, count)
            best.append(_Proof(bound - value * denominator, denominator))
        short = np.array([proof.over / proof.denominator for proof in best])
        chosen = short.argmin(axis=0)
        for at in np.unique(chosen[whole.fine & (chosen > 0)]):
            mine = whole.fine & (chosen == at)
            over = np.where(mine, best[at].over, SAFE)
            price, reduced = self._rounded(best[at].denominator)
            self._fix(reduced, over[columns])
            self._use_up(price, over[rows])
            exact |= mine & (over == 0)
        closed = whole.fine & ~exact & (whole.searched | (short.min(axis=0) < 1))
        return exact, closed

    def _denominators(self) -> Iterator[int]:
        """Yield those with which all sums stay exact."""
        largest = np.maximum(np.abs(self.row_low), np.abs(self.row_high)).astype(np.float64)
        for denominator in DENOMINATORS:
            if float(np.abs(self.price) @ largest + np.abs(self.weight).sum()) * denominator < SAFE:
                yield denominator

    def _rounded(self, denominator: int) -> tuple[Ints, Ints]:
        """Return prices of rows and reduced costs of columns, in parts of a whole."""
        price = np.rint(self.price * denominator).astype(np.int64)
        return price, self.weight * denominator - times(csr(self.core.matrix.T), price)

    def _fix(self, reduced: Ints, over: Ints) -> None:
        """Fix the columns that cost more than the proof leaves over."""
        up, down = reduced > over, -reduced > over
        self.low[up] = self.high[up]
        self.high[down] = self.low[down]

    def _use_up(self, price: Ints, over: Ints) -> None:
        full, least = price > over, -price > over
        self.row_low[full] = self.row_high[full]
        self.row_high[least] = self.row_low[least]

    def part(self) -> Part:
        """Return the core restricted to the face, this level being decided."""
        score = self.core.score.copy()
        score[:, self.level] = 0
        return replace(
            self.core,
            low=self.low,
            high=self.high,
            row_low=self.row_low,
            row_high=self.row_high,
            score=score,
        )


def _sums(labels: Ints, amounts: Ints, count: int) -> Ints:
    """Add up whole numbers by label."""
    total = np.zeros(count, dtype=np.int64)
    np.add.at(total, labels, amounts)
    return total


def _chosen(part: Part, rows: Bools, columns: Bools) -> Part:
    return select(part, np.flatnonzero(rows), np.flatnonzero(columns))


def _held(
    part: Part, labels: tuple[Ints, Ints, int], weight: Ints, values: Ints, closed: Bools
) -> Part:
    """Add a row for each component of which worse plans are left: no less than its value."""
    _, columns, count = labels
    mine = np.flatnonzero(closed[columns] & (weight != 0))
    at = np.flatnonzero(closed)
    place = np.zeros(count, dtype=np.int64)
    place[at] = np.arange(at.size)
    size = (at.size, part.columns.size)
    rows = csr((weight[mine], (place[columns[mine]], mine)), size)
    _, most = reach(rows, part.low, part.high)
    return replace(
        part,
        matrix=stacked([part.matrix, rows]),
        row_low=np.concatenate([part.row_low, times(rows, values)]),
        row_high=np.concatenate([part.row_high, most + 1]),
        resource=np.concatenate([part.resource, np.full(at.size, HELD)]),
    )


def _with_cuts(part: Part) -> Part:
    """Add the rows that tie users to their suppliers."""
    extra = cuts(part)
    least, _ = reach(extra, part.low, part.high)
    return replace(
        part,
        matrix=stacked([part.matrix, extra]),
        row_low=np.concatenate([part.row_low, least - 1]),
        row_high=np.concatenate([part.row_high, np.zeros_like(least)]),
        resource=np.concatenate([part.resource, np.full_like(least, CUT)]),
    )


def _with_rows(part: Part, extra: Sparse) -> Part:
    """Add rows that no plan breaks: at most 1."""
    one = np.ones(extra.shape[0], dtype=np.int64)
    return replace(
        part,
        matrix=stacked([part.matrix, extra]),
        row_low=np.concatenate([part.row_low, -one]),
        row_high=np.concatenate([part.row_high, one]),
        resource=np.concatenate([part.resource, CUT * one]),
    )


def _relaxed(core: Part, level: int, watch: Watch, patience: int) -> tuple[Floats, Floats] | None:
    """Solve the relaxation of one level; return values and the prices of rows, or None."""
    from scipy.optimize import linprog

    least, most = reach(core.matrix, core.low, core.high)
    equal = np.flatnonzero(core.row_low == core.row_high)
    apart = core.row_low != core.row_high
    above = np.flatnonzero((core.row_high < most) & apart)
    below = np.flatnonzero((core.row_low > least) & apart)
    remaining = watch.remaining()
    costs: Any = -core.score[:, level].astype(np.float64)
    steps = STEPS + int(costs.size * STEPS_PER_COLUMN)
    options: Any = {"maxiter": steps * patience, "presolve": False}
    if math.isfinite(remaining):
        options["time_limit"] = remaining
    upper: Any = stacked([core.matrix[above], -core.matrix[below]]).astype(np.float64)
    held: Any = core.matrix[equal].astype(np.float64)
    ranges: Any = np.column_stack([core.low, core.high]).astype(np.float64)
    result = linprog(
        costs,
        A_ub=upper,
        b_ub=np.concatenate([core.row_high[above], -core.row_low[below]]).astype(np.float64),
        A_eq=held,
        b_eq=core.row_high[equal].astype(np.float64),
        bounds=ranges,
        method="highs-ds",
        options=options,
    )
    if result.status != 0:
        return None
    price = np.zeros(core.row_low.size)
    high, low = np.split(result.ineqlin.marginals, [above.size])
    price[above] -= high
    price[below] += low
    price[equal] -= result.eqlin.marginals
    return np.asarray(result.x), price
