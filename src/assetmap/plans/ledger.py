"""Named resources and switches gathered into the arrays of a numbers-only problem."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from assetmap.solvers import Problem

__all__ = ["Ledger", "Uses"]

Uses = Mapping[Hashable, int]
"""How much of each resource something takes, by its name or number; negative: it supplies."""


def _numbers() -> array[int]:
    return array("q")


@dataclass(eq=False)
class _Rows:
    """Rows of scores and uses that grow, one number after another."""

    scores: array[int] = field(default_factory=_numbers)
    count: array[int] = field(default_factory=_numbers)
    column: array[int] = field(default_factory=_numbers)
    value: array[int] = field(default_factory=_numbers)

    def add(self, scores: Iterable[int], columns: list[int], values: list[int]) -> int:
        at = len(self.count)
        self.scores.extend(scores)
        self.count.append(len(columns))
        self.column.extend(columns)
        self.value.extend(values)
        return at

    def matrix(self, resources: int) -> sparse.csr_array:
        """Return the uses as a sparse matrix."""
        size = len(self.count)
        rows = np.repeat(np.arange(size), np.array(self.count, dtype=np.int64))
        places = (rows, np.array(self.column, dtype=np.int64))
        data = (np.array(self.value, dtype=np.int64), places)
        return sparse.csr_array(sparse.coo_array(data, shape=(size, resources), dtype=np.int64))

    def score_array(self, levels: int) -> np.ndarray:
        """Return the scores as an array of items × levels."""
        return np.array(self.scores, dtype=np.int64).reshape(len(self.count), levels)


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
        at = self.resources.get(name)
        if at is None:
            at = self.resources[name] = len(self.capacity)
            self.capacity.append(capacity)
        return at

    def need(self, name: Hashable) -> int:
        """Return the number of a need."""
        return self.needs.setdefault(name, len(self.needs))

    def _add(self, rows: _Rows, scores: Iterable[int], uses: Uses) -> int:
        columns, values, known = [], [], self.resources
        for name, amount in uses.items():
            if amount:
                at = name if isinstance(name, int) else known.get(name)
                columns.append(self.resource(name) if at is None else at)
                values.append(amount)
        return rows.add(scores, columns, values)

    def option(self, need: Hashable, scores: Iterable[int], uses: Uses) -> int:
        """Add an option."""
        self.option_need.append(self.need(need))
        return self._add(self.options, scores, uses)

    def plain(
        self, need: Hashable, scores: Iterable[int], uses: tuple[list[int], list[int]]
    ) -> int:
        """Add an option that uses resources, each once, by number: which, and how much."""
        self.option_need.append(self.need(need))
        return self.options.add(scores, *uses)

    def leg(self, option: int, count: int = 1) -> int:
        """Add a leg to an option."""
        self.leg_option.append(option)
        self.leg_count.append(count)
        return len(self.leg_option) - 1

    def alternative(self, leg: int, scores: Iterable[int], uses: Uses) -> int:
        """Add somebody who could give a leg."""
        self.alternative_leg.append(leg)
        return self._add(self.alternatives, scores, uses)

    def switch(self, scores: Iterable[int], uses: Uses, most: int = 1) -> int:
        """Add a switch."""
        self.switch_max.append(most)
        return self._add(self.switches, scores, uses)

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
