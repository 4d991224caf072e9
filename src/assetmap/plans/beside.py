"""Other plans for one question, beside everything else that a run proposes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from assetmap.plans.encoded import Chosen, Encoded
from assetmap.plans.options import Giver, Option
from assetmap.solvers import Problem, Solution, solve

__all__ = ["Beside", "Other"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Allowed = Callable[[Option, Giver], bool]
Bar = tuple[int, list[int], int]
"""An option, those of its alternatives that may not all be taken, and how many of them may."""
SECONDS = 2.0
"""One question beside everything else is a small problem; this is an emergency exit."""


@dataclass(frozen=True)
class Other:
    """Another way to meet one question, everything else staying as it is.

    Attributes
    ----------
    chosen : Chosen
        The plan.
    cost : tuple of int
        How much is lost on each level of the whole run against what is proposed; below 0: gained.
    plan : Solution
        The whole run with this plan in it, for a checker.
    """

    chosen: Chosen
    cost: tuple[int, ...]
    plan: Solution


@dataclass(eq=False)
class Beside:
    """The small problem of one occurrence of a need, what all others use being used.

    Only what this occurrence can touch is left free: its own plans, and the cars and turns that
    share something with them. The others keep the very plans they have. Other wishes of the asker
    that the same visit answers stay answered by it, whoever drives.

    Parameters
    ----------
    encoded : Encoded
        The run as numbers.
    solution : Solution
        What it came to; it holds a plan.
    slot : tuple of (str, int)
        The need and the number of its occurrence.
    """

    encoded: Encoded
    solution: Solution
    slot: tuple[str, int]

    def __post_init__(self) -> None:
        """Work out what is free and what is used."""
        problem = self.solution.problem
        self._pinned = self.encoded.pinned
        number = self.encoded.ledger.needs.get(self.slot, -1)
        self._own = problem.option_need == number
        self._options = np.flatnonzero(self._own | self._same_visit())
        mine = np.zeros(problem.options, dtype=bool)
        mine[self._options] = True
        self._legs = np.flatnonzero(mine[problem.leg_option])
        leg = np.zeros(problem.legs, dtype=bool)
        leg[self._legs] = True
        self._alternatives = np.flatnonzero(leg[problem.alternative_leg])
        self._switches, self._resources = self._within_reach(problem)
        self._left = self._capacity_left(problem)

    # --- what is free ---------------------------------------------------------------------------

    def _same_visit(self) -> Bools:
        """Return the options of other needs with which the present visit answers those."""
        chosen, options = self._plan()[0], self.encoded.options
        found = np.zeros(chosen.size, dtype=bool)
        now = next((options[at] for at in np.flatnonzero(self._own & chosen)), None)
        if now is None or now.offer.activity is None or now.ask.person is None:
            return found
        keys = {
            option.key
            for at in np.flatnonzero(chosen & ~self._own)
            if (option := options[at]) is not None and _one_visit(option, now)
        }
        for at, option in enumerate(options if keys else ()):
            found[at] = option is not None and option.key in keys
        return found

    def _within_reach(self, problem: Problem) -> tuple[Ints, Ints]:
        """Return the switches and the resources that this occurrence can touch."""
        reached = np.zeros(problem.resources, dtype=bool)
        reached[_columns(problem.option_use, self._options)] = True
        reached[_columns(problem.alternative_use, self._alternatives)] = True
        by_resource = sparse.csr_array(problem.switch_use.T)
        free = np.zeros(problem.switches, dtype=bool)
        new = np.flatnonzero(reached)
        while new.size:
            touched = _columns(by_resource, new)
            touched = touched[~free[touched]]
            free[touched] = True
            more = _columns(problem.switch_use, touched)
            new = np.unique(more[~reached[more]])
            reached[new] = True
        return np.flatnonzero(free), np.flatnonzero(reached)

    def _capacity_left(self, problem: Problem) -> Ints:
        """Return what the others leave of each resource."""
        chosen, alternative, switch = self._plan()
        chosen[self._options] = False
        alternative[self._alternatives] = False
        switch[self._switches] = 0
        used = problem.option_use.T @ chosen.astype(np.int64)
        used = used + problem.alternative_use.T @ alternative.astype(np.int64)
        used = used + problem.switch_use.T @ switch
        left: Ints = problem.capacity - used
        return left

    def _plan(self) -> tuple[Bools, Bools, Ints]:
        found = self.solution
        assert found.chosen is not None
        assert found.alternative is not None
        assert found.switch is not None
        return found.chosen.copy(), found.alternative.copy(), found.switch.copy()

    # --- the plans ------------------------------------------------------------------------------

    def now(self) -> Chosen | None:
        """Return the plan that is proposed for this occurrence, or None."""
        return self._read(*self._plan())

    def others(
        self, allowed: Allowed | None = None, *, other_people: bool = False
    ) -> Iterator[Other]:
        """Yield the plans that are not proposed, the best first.

        Parameters
        ----------
        allowed : callable, optional
            Says of an option, and somebody who gives a part of it, whether they may be used.
        other_people : bool, default False
            Only plans by other people, or at other activities, than all before: each once, on its
            best day.
        """
        now = self.now()
        said = [] if now is None else [now]
        before = self._value(*self._plan())
        while (found := self._best(said, allowed, other_people=other_people)) is not None:
            chosen = self._read(*found)
            assert chosen is not None
            after = self._value(*found)
            cost = tuple(b - a for b, a in zip(before, after, strict=True))
            whole = self.solution.problem
            plan = Solution.from_plan(whole, found[0], alternative=found[1], switch=found[2])
            yield Other(chosen, cost, plan)
            said.append(chosen)

    def _value(self, chosen: Bools, alternative: Bools, switch: Ints) -> tuple[int, ...]:
        """Return the value of what is free; the rest is the same in every plan."""
        problem = self.solution.problem
        options = self._options[chosen[self._options]]
        givers = self._alternatives[alternative[self._alternatives]]
        turns = problem.switch_score[self._switches] * switch[self._switches, None]
        total = problem.option_score[options].sum(axis=0) + turns.sum(axis=0)
        total = total + problem.alternative_score[givers].sum(axis=0)
        return tuple(int(value) for value in total)

    def _read(self, chosen: Bools, alternative: Bools, _switch: Ints) -> Chosen | None:
        """Return the plan of this occurrence, or None."""
        problem = self.solution.problem
        found = np.flatnonzero(self._own & chosen)
        at = next((int(o) for o in found if self.encoded.options[o] is not None), None)
        if at is None:
            return None
        option = self.encoded.options[at]
        assert option is not None
        every = self._alternatives[alternative[self._alternatives]]
        picked = np.array([a for a in every if self.encoded.alternatives[a][0] == at], dtype=int)
        placed = [self.encoded.alternatives[a] for a in picked]
        givers = [
            giver
            for number, part in enumerate(option.parts)
            for giver in ([g for _, p, g in placed if p == number] or part.givers)
        ]
        scores = problem.option_score[at] + problem.alternative_score[picked].sum(axis=0)
        return Chosen(option, tuple(givers), tuple(int(s) for s in scores), at in self._pinned)

    def _best(
        self, said: Sequence[Chosen], allowed: Allowed | None, *, other_people: bool
    ) -> tuple[Bools, Bools, Ints] | None:
        """Return the best plan that was not said yet, as arrays of the whole run."""
        options, givers = self._usable(allowed)
        if not options[self._own[self._options]].any():
            return None
        bars = list(self._bars(said, self._alternatives[givers], any_day=other_people))
        found = solve(self._problem(bars, options, givers), time_limit=SECONDS)
        if found.chosen is None or found.alternative is None or found.switch is None:
            return None
        chosen, alternative, switch = self._plan()
        chosen[self._options] = found.chosen
        alternative[self._alternatives] = False
        alternative[self._alternatives[givers]] = found.alternative
        switch[self._switches] = found.switch
        return chosen, alternative, switch

    def _usable(self, allowed: Allowed | None) -> tuple[Bools, Bools]:
        """Return which of the options and of the alternatives may be used."""
        forbidden = self.solution.problem.forbidden
        options = np.zeros(self._options.size, dtype=bool)
        for place, at in enumerate(self._options):
            option = self.encoded.options[at]
            if option is not None and not forbidden[at]:
                fixed = (g for p in option.parts if not p.is_open for g in p.givers)
                options[place] = allowed is None or all(allowed(option, g) for g in fixed)
        givers = np.ones(self._alternatives.size, dtype=bool)
        for place, at in enumerate(self._alternatives if allowed is not None else ()):
            owner, _, giver = self.encoded.alternatives[at]
            option = self.encoded.options[owner]
            givers[place] = option is not None and allowed is not None and allowed(option, giver)
        return options, givers

    def _problem(self, bars: Sequence[Bar], usable: Bools, givers: Bools) -> Problem:
        """State the choice of one plan that was not said, as a problem of its own."""
        whole = self.solution.problem
        options, alternatives = self._options, self._alternatives[givers]
        needs, need = np.unique(whole.option_need[options], return_inverse=True)
        room = np.array([room for _, _, room in bars], dtype=np.int64)
        return Problem(
            needs=needs.size,
            need_min=1,
            capacity=np.concatenate([self._left[self._resources], room]),
            levels=whole.levels,
            option_need=need,
            option_score=whole.option_score[options],
            option_use=self._use(whole.option_use, options, [[at] for at, _, _ in bars]),
            leg_option=np.searchsorted(options, whole.leg_option[self._legs]),
            leg_count=whole.leg_count[self._legs],
            alternative_leg=np.searchsorted(self._legs, whole.alternative_leg[alternatives]),
            alternative_score=whole.alternative_score[alternatives],
            alternative_use=self._use(
                whole.alternative_use, alternatives, [same for _, same, _ in bars]
            ),
            switch_score=whole.switch_score[self._switches],
            switch_use=self._use(whole.switch_use, self._switches, [[] for _ in bars]),
            switch_max=whole.switch_max[self._switches],
            forbidden=~usable,
        )

    def _bars(self, said: Sequence[Chosen], alternatives: Ints, *, any_day: bool) -> Iterator[Bar]:
        """Yield each option and its alternatives that together are a plan already said, and room.

        The same people on the same day, or on any, are the same plan, at whatever hour.
        """
        mine: dict[int, list[tuple[int, Giver]]] = defaultdict(list)
        for place, at in enumerate(alternatives):
            owner, _, giver = self.encoded.alternatives[at]
            mine[owner].append((place, giver))
        told = [(o.option.day, {g.identity for g in o.givers}) for o in said]
        for place, at in enumerate(self._options):
            option = self.encoded.options[at]
            if option is None or not self._own[at]:
                continue
            fixed = {g.identity for p in option.parts if not p.is_open for g in p.givers}
            for day, people in told:
                same = [(a, g.identity) for a, g in mine[int(at)] if g.identity in people]
                alike = any_day or option.day == day
                if alike and fixed | {identity for _, identity in same} == people:
                    yield place, [a for a, _ in same], len(people - fixed)

    def _use(self, use: sparse.csr_array, rows: Ints, more: Sequence[Sequence[int]]) -> Any:
        """Return the uses of some rows, with a column for each plan that was said."""
        own = use[rows][:, self._resources]
        extra = sparse.lil_array((rows.size, len(more)), dtype=np.int64)
        for column, places in enumerate(more):
            for place in places:
                extra[place, column] = 1
        return sparse.csr_array(sparse.hstack([own, extra.tocsr()], format="csr", dtype=np.int64))


def _one_visit(one: Option, other: Option) -> bool:
    """Say whether two plans bring the same person to the same date of an activity."""
    same = one.ask.need.owner == other.ask.need.owner and one.offer.key == other.offer.key
    return same and one.start == other.start


def _columns(use: Any, rows: Ints) -> Ints:
    """Return the resources that some rows of a matrix use."""
    found: Ints = np.unique(use[rows].indices).astype(np.int64)
    return found
