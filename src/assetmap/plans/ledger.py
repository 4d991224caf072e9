"""Named resources and switches gathered into the arrays of a numbers-only problem."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from assetmap.solvers import Problem

__all__ = ["Ledger", "Uses"]

Uses = Mapping[Hashable, int]
"""How much of each named resource something takes; negative: it supplies."""


@dataclass(eq=False)
class _Rows:
    """Rows of scores and uses that grow."""

    scores: list[list[int]] = field(default_factory=list)
    row: list[int] = field(default_factory=list)
    column: list[int] = field(default_factory=list)
    value: list[int] = field(default_factory=list)

    def add(self, scores: list[int], uses: Iterable[tuple[int, int]]) -> int:
        at = len(self.scores)
        self.scores.append(scores)
        for column, value in uses:
            self.row.append(at)
            self.column.append(column)
            self.value.append(value)
        return at

    def matrix(self, resources: int) -> sparse.csr_array:
        """Return the uses as a sparse matrix."""
        shape = (len(self.scores), resources)
        data = (np.array(self.value, dtype=np.int64), (self.row, self.column))
        return sparse.csr_array(sparse.coo_array(data, shape=shape, dtype=np.int64))

    def score_array(self, levels: int) -> np.ndarray:
        """Return the scores as an array of items × levels."""
        return np.array(self.scores, dtype=np.int64).reshape(len(self.scores), levels)


class Ledger:
    """Collects needs, options, legs, alternatives and switches by name; then makes a Problem.

    Parameters
    ----------
    levels : int
        Number of objective levels.
    """

    def __init__(self, levels: int) -> None:
        self.levels = levels
        self.resources: dict[Hashable, int] = {}
        self.capacity: list[int] = []
        self.needs: dict[Hashable, int] = {}
        self.options, self.alternatives, self.switches = _Rows(), _Rows(), _Rows()
        self.option_need: list[int] = []
        self.leg_option: list[int] = []
        self.leg_count: list[int] = []
        self.alternative_leg: list[int] = []
        self.switch_max: list[int] = []

    def resource(self, name: Hashable, capacity: int = 0) -> int:
        """Return the number of a resource; the first mention fixes its capacity."""
        if name not in self.resources:
            self.resources[name] = len(self.capacity)
            self.capacity.append(capacity)
        return self.resources[name]

    def need(self, name: Hashable) -> int:
        """Return the number of a need."""
        return self.needs.setdefault(name, len(self.needs))

    def _columns(self, uses: Uses) -> list[tuple[int, int]]:
        return [(self.resource(name), amount) for name, amount in uses.items() if amount]

    def option(self, need: Hashable, scores: list[int], uses: Uses) -> int:
        """Add an option."""
        self.option_need.append(self.need(need))
        return self.options.add(scores, self._columns(uses))

    def leg(self, option: int, count: int = 1) -> int:
        """Add a leg to an option."""
        self.leg_option.append(option)
        self.leg_count.append(count)
        return len(self.leg_option) - 1

    def alternative(self, leg: int, scores: list[int], uses: Uses) -> int:
        """Add somebody who could give a leg."""
        self.alternative_leg.append(leg)
        return self.alternatives.add(scores, self._columns(uses))

    def switch(self, scores: list[int], uses: Uses, most: int = 1) -> int:
        """Add a switch."""
        self.switch_max.append(most)
        return self.switches.add(scores, self._columns(uses))

    def problem(self, pins: Collection[int] = (), *, only: bool = False) -> Problem:
        """Make the numbers-only problem.

        Parameters
        ----------
        pins : collection of int, optional
            Options that have to be chosen.
        only : bool, default False
            No other option may be chosen.
        """
        pinned = np.zeros(len(self.option_need), dtype=bool)
        pinned[sorted(pins)] = True
        return self._made(self.levels, self.options.score_array(self.levels), pinned, only=only)

    def counting(self, options: Collection[int]) -> Problem:
        """Make a problem of one level: as many of these options as possible, lowest first."""
        count = len(options)
        score = np.zeros((len(self.option_need), 1), dtype=np.int64)
        for place, option in enumerate(sorted(options)):
            score[option] = (count + 1) ** 2 - place
        nothing = np.zeros(len(self.option_need), dtype=bool)
        return self._made(1, score, nothing, only=False)

    def _made(self, levels: int, score: np.ndarray, pinned: np.ndarray, *, only: bool) -> Problem:
        count = len(self.capacity)
        full = levels == self.levels
        return Problem(
            needs=len(self.needs),
            capacity=np.array(self.capacity, dtype=np.int64),
            levels=levels,
            option_need=np.array(self.option_need, dtype=np.int64),
            option_score=score,
            option_use=self.options.matrix(count),
            leg_option=np.array(self.leg_option, dtype=np.int64),
            leg_count=np.array(self.leg_count, dtype=np.int64),
            alternative_leg=np.array(self.alternative_leg, dtype=np.int64),
            alternative_score=self.alternatives.score_array(levels) if full else None,
            alternative_use=self.alternatives.matrix(count),
            switch_score=self.switches.score_array(levels) if full else None,
            switch_use=self.switches.matrix(count),
            switch_max=np.array(self.switch_max, dtype=np.int64),
            pinned=pinned,
            forbidden=~pinned if only else None,
        )
