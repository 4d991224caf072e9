"""The parts of a run's problem that have nothing to do with each other, each a problem of its own.

Whoever asks something further of a run (how many more could be helped, what it costs to leave
things as they were) need only solve the parts again that the question is about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from assetmap.solvers import Problem, Solution

__all__ = ["Piece", "Wish", "pieces"]

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Wish:
    """Something that may be counted or asked for: it holds where all of these are chosen.

    Attributes
    ----------
    any_of : tuple of (int, tuple of int)
        Ways in which it can hold: an option, and alternatives of its legs that go with it.
    """

    any_of: tuple[tuple[int, tuple[int, ...]], ...]


@dataclass(frozen=True, eq=False)
class Piece:
    """Needs, options and what goes with them that share nothing with the rest.

    Attributes
    ----------
    problem : Problem
        The whole problem.
    needs, options, legs, alternatives, switches, resources : array of int
        Which of the whole problem's are in it.
    """

    problem: Problem
    needs: Ints
    options: Ints
    legs: Ints
    alternatives: Ints
    switches: Ints
    resources: Ints

    def value(self, solution: Solution) -> tuple[int, ...]:
        """Return what a plan of the whole problem is worth in here, level by level."""
        assert solution.chosen is not None
        assert solution.alternative is not None
        assert solution.switch is not None
        whole = self.problem
        total = whole.option_score[self.options][solution.chosen[self.options]].sum(axis=0)
        mine = self.alternatives[solution.alternative[self.alternatives]]
        total = total + whole.alternative_score[mine].sum(axis=0)
        turns = whole.switch_score[self.switches] * solution.switch[self.switches, None]
        return tuple(int(v) for v in total + turns.sum(axis=0))

    def asked(
        self,
        levels: Sequence[int],
        counted: Sequence[Wish] = (),
        kept: Sequence[Wish] = (),
        least: int = 0,
    ) -> Problem:
        """Return the problem of this piece, with a last level that counts.

        Parameters
        ----------
        levels : sequence of int
            The levels of the whole problem that come first, most important first.
        counted : sequence of Wish
            What is counted on the last level, each once.
        kept : sequence of Wish
            At least `least` of these must hold.
        least : int
            How many.
        """
        return _Asked(self, tuple(levels)).problem(counted, kept, least)


class _Asked:
    """Writes a piece with a switch for each way in which a wish can hold."""

    def __init__(self, piece: Piece, levels: tuple[int, ...]) -> None:
        self.piece, self.whole, self.levels = piece, piece.problem, list(levels)
        self.option_at = {int(at): place for place, at in enumerate(piece.options)}
        self.giver_at = {int(at): place for place, at in enumerate(piece.alternatives)}
        self.resources = int(piece.resources.size)
        self.uses: dict[str, list[tuple[int, int, int]]] = {"option": [], "giver": [], "turn": []}
        self.points: list[int] = []
        self.worth = np.zeros(piece.options.size, dtype=np.int64)
        self.room: list[tuple[int, int | None]] = []

    def problem(self, counted: Sequence[Wish], kept: Sequence[Wish], least: int) -> Problem:
        """Return the problem, every wish with its switches."""
        for wish in counted:
            if self.one_at_most(wish):
                self.worth[[self.option_at[option] for option, _ in wish.any_of]] = 1
            else:
                self.switches(wish, points=1)
        if kept:
            every = self.resource(len(kept), least)
            for wish in kept:
                for turn in self.switches(wish, points=0):
                    self.use("turn", turn, every, 1)
        return self.written()

    def one_at_most(self, wish: Wish) -> bool:
        """Say whether its ways are options of which only one can be chosen."""
        whole = self.whole
        owners = {int(whole.option_need[option]) for option, _ in wish.any_of}
        single = len(owners) == 1 and all(whole.need_max[n] == 1 for n in owners)
        return single and not any(givers for _, givers in wish.any_of)

    def switches(self, wish: Wish, *, points: int) -> list[int]:
        """Add the switches of a wish, of which one can be on; return them."""
        plain = [("option", self.option_at[o]) for o, givers in wish.any_of if not givers]
        ways = [[("giver", self.giver_at[g]) for g in givers] for _, givers in wish.any_of]
        made = [self.switch([plain], points=points)] if plain else []
        made += [self.switch([[g] for g in way], points=points) for way in ways if way]
        once = self.resource(1)
        for turn in made:
            self.use("turn", turn, once, 1)
        return made

    def resource(self, capacity: int, least: int | None = None) -> int:
        self.room.append((capacity, least))
        return self.resources + len(self.room) - 1

    def use(self, kind: str, row: int, resource: int, amount: int) -> None:
        self.uses[kind].append((row, resource, amount))

    def switch(self, needed: Sequence[Sequence[tuple[str, int]]], *, points: int) -> int:
        """Add a switch that is on only where one of each of these is chosen."""
        at = len(self.points)
        self.points.append(points)
        for either in needed:
            there = self.resource(0)
            for kind, row in either:
                self.use(kind, row, there, -1)
            self.use("turn", at, there, 1)
        return at

    def written(self) -> Problem:
        piece, whole = self.piece, self.whole
        lows = [whole.capacity_min[piece.resources]]
        none = np.iinfo(np.int64).min
        lows.append(np.array([none if low is None else low for _, low in self.room], np.int64))
        more = np.array([room for room, _ in self.room], dtype=np.int64)
        turns = np.zeros((len(self.points), len(self.levels) + 1), dtype=np.int64)
        turns[:, -1] = self.points
        own = _with_column(whole.switch_score[piece.switches][:, self.levels])
        most = np.ones(len(self.points), dtype=np.int64)
        return Problem(
            needs=int(piece.needs.size),
            need_min=whole.need_min[piece.needs],
            need_max=whole.need_max[piece.needs],
            levels=len(self.levels) + 1,
            capacity=np.concatenate([whole.capacity[piece.resources], more]),
            capacity_min=np.concatenate(lows),
            option_need=np.searchsorted(piece.needs, whole.option_need[piece.options]),
            option_score=_with_column(
                whole.option_score[piece.options][:, self.levels], self.worth
            ),
            option_use=self.matrix(whole.option_use, piece.options, "option"),
            leg_option=np.searchsorted(piece.options, whole.leg_option[piece.legs]),
            leg_count=whole.leg_count[piece.legs],
            alternative_leg=np.searchsorted(piece.legs, whole.alternative_leg[piece.alternatives]),
            alternative_score=_with_column(
                whole.alternative_score[piece.alternatives][:, self.levels]
            ),
            alternative_use=self.matrix(whole.alternative_use, piece.alternatives, "giver"),
            switch_score=np.concatenate([own, turns]),
            switch_use=self.matrix(whole.switch_use, piece.switches, "turn"),
            switch_max=np.concatenate([whole.switch_max[piece.switches], most]),
            pinned=whole.pinned[piece.options],
            forbidden=whole.forbidden[piece.options],
        )

    def matrix(self, use: sparse.csr_array, rows: Ints, kind: str) -> sparse.csr_array:
        """Return the uses of some rows, with those of the wishes; new switches come last."""
        after = rows.size if kind == "turn" else 0
        count = rows.size + (len(self.points) if kind == "turn" else 0)
        own = sparse.coo_array(use[rows][:, self.piece.resources])
        extra = self.uses[kind]
        row = np.concatenate([own.coords[0], np.array([r + after for r, _, _ in extra], np.int64)])
        column = np.concatenate([own.coords[1], np.array([c for _, c, _ in extra], np.int64)])
        data = np.concatenate([own.data, np.array([n for _, _, n in extra], np.int64)])
        shape = (count, self.resources + len(self.room))
        made = sparse.coo_array((data.astype(np.int64), (row, column)), shape=shape)
        return sparse.csr_array(made)


def _with_column(scores: Ints, last: Ints | None = None) -> Ints:
    """Return scores with one more level, of nought unless told otherwise."""
    more = np.zeros(len(scores), dtype=np.int64) if last is None else last
    return np.concatenate([scores, more[:, None]], axis=1)


def pieces(problem: Problem, together: Mapping[int, int] | None = None) -> tuple[Piece, ...]:
    """Take a problem apart into what shares no need and no resource.

    Parameters
    ----------
    problem : Problem
        The whole.
    together : mapping, optional
        Needs of the problem to the number of what they are part of: parts of one thing stay in
        one piece.

    Returns
    -------
    tuple of Piece
        In the order of their first need.
    """
    groups = sorted(set((together or {}).values()))
    sizes = (problem.needs, problem.options, problem.alternatives, problem.switches)
    starts = np.concatenate([[0], np.cumsum([*sizes, problem.resources])])
    need, option, giver, turn, resource, group = (int(s) for s in starts)
    pairs: list[tuple[Any, Any]] = [
        (option + np.arange(problem.options), need + problem.option_need),
        (giver + np.arange(problem.alternatives), option + _owners(problem)),
    ]
    for first, use in (
        (option, problem.option_use),
        (giver, problem.alternative_use),
        (turn, problem.switch_use),
    ):
        at = sparse.coo_array(use)
        pairs.append((first + at.coords[0], resource + at.coords[1]))
    for one, other in sorted((together or {}).items()):
        ends = np.array([[need + one], [group + groups.index(other)]], dtype=np.int64)
        pairs.append((ends[0], ends[1]))
    size = group + len(groups)
    left = np.concatenate([a for a, _ in pairs])
    right = np.concatenate([b for _, b in pairs])
    edges = sparse.coo_array((np.ones(left.size, dtype=np.int8), (left, right)), (size, size))
    _, label = connected_components(edges, directed=False)
    found = dict.fromkeys(int(n) for n in label[: problem.needs])
    return tuple(_piece(problem, np.flatnonzero(label == n), starts) for n in found)


def _owners(problem: Problem) -> Ints:
    """Return the option of every alternative."""
    owners: Ints = problem.leg_option[problem.alternative_leg]
    return owners


def _piece(problem: Problem, nodes: Ints, starts: Ints) -> Piece:
    """Return the piece of some nodes of the graph."""
    need, option, giver, turn, resource = (
        nodes[(nodes >= low) & (nodes < high)] - low for low, high in pairwise(starts)
    )
    inside = np.zeros(problem.options, dtype=bool)
    inside[option] = True
    legs = np.flatnonzero(inside[problem.leg_option])
    return Piece(problem, need, option, legs, giver, turn, resource)
