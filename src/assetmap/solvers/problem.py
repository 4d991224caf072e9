"""The problem as numbers: needs, options, legs, alternatives, switches and capacities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from assetmap.solvers.arrays import INT_MAX, INT_MIN, SAFE, Reader, csr, length, magnitude

if TYPE_CHECKING:
    from assetmap.solvers.arrays import Bools, Ints, Sparse

NO_MINIMUM = INT_MIN
"""The value in `capacity_min` that means: there is no lower limit."""


@dataclass(frozen=True, eq=False, init=False, repr=False)
class Problem:
    """Choose options for needs, so that the levels are best one after another.

    Every argument is copied into a read-only array; absent groups are empty, absent scores
    and uses are zero. A single number for a vector counts for every item. All faults are
    reported together. Two problems are equal only if they are the same object.

    Parameters
    ----------
    needs : int
        Number of needs, N; may be 0.
    capacity : array of int, shape (R,)
        The most that may be used of each resource; may be negative.
    levels : int, default 1
        Number of objective levels, L. Level 0 is maximised first; no amount of a later
        level is ever worth anything of an earlier one.
    need_min, need_max : array of int, shape (N,), default 0 and 1
        Between these two, distinct options of the need are chosen.
    option_need : array of int, shape (P,)
        The need that each option is for.
    option_score, alternative_score, switch_score : array of int, shape (.., L)
        What choosing one adds to each level.
    option_use, alternative_use, switch_use : dense or sparse array of int, shape (.., R)
        What choosing one takes of each resource; a negative use supplies.
    leg_option : array of int, shape (G,)
        The option that each leg belongs to.
    leg_count : array of int, shape (G,), default 1
        If the option is chosen, exactly so many distinct alternatives of the leg are;
        otherwise none. An option whose leg has too few alternatives can't be chosen.
    alternative_leg : array of int, shape (A,)
        The leg that each alternative belongs to.
    switch_max : array of int, shape (S,), default 1
        A switch takes a whole value from 0 to this; its score and use count that often.
    capacity_min : array of int, shape (R,), default: no limit
        The least that must be used; the smallest int64 means that there is no limit.
    pinned, forbidden : array of bool, shape (P,), default False
        Options that must be, and that can't be, chosen.

    Raises
    ------
    ProblemError
        If a shape, a range or a type is wrong, arrays contradict each other, or sums could
        leave 64 bits (per level and per resource the sum of absolute values times count
        must stay below 2**62). The text names each array, index, finding and allowed range.

    Examples
    --------
    Two needs, one helper with room for one:

    >>> problem = Problem(
    ...     needs=2, capacity=[1], option_need=[0, 1], option_score=[3, 5], option_use=[[1], [1]]
    ... )
    >>> problem
    Problem(needs=2, options=2, legs=0, alternatives=0, switches=0, resources=1, levels=1)
    >>> Problem(needs=2, capacity=[1], option_need=[0, 2])
    Traceback (most recent call last):
    assetmap.errors.ProblemError: option_need[1]: found 2; allowed: 0 to 1.
    """

    needs: int
    capacity: Ints
    levels: int
    need_min: Ints
    need_max: Ints
    option_need: Ints
    option_score: Ints
    option_use: Sparse
    leg_option: Ints
    leg_count: Ints
    alternative_leg: Ints
    alternative_score: Ints
    alternative_use: Sparse
    switch_score: Ints
    switch_use: Sparse
    switch_max: Ints
    capacity_min: Ints
    pinned: Bools
    forbidden: Bools

    def __init__(  # noqa: PLR0913 (one keyword per array: this is the parameter object)
        self,
        *,
        needs: int,
        capacity: object,
        levels: int = 1,
        need_min: object = None,
        need_max: object = None,
        option_need: object = None,
        option_score: object = None,
        option_use: object = None,
        leg_option: object = None,
        leg_count: object = None,
        alternative_leg: object = None,
        alternative_score: object = None,
        alternative_use: object = None,
        switch_score: object = None,
        switch_use: object = None,
        switch_max: object = None,
        capacity_min: object = None,
        pinned: object = None,
        forbidden: object = None,
    ) -> None:
        read = Reader()
        fields: dict[str, Any] = {
            "needs": read.number("needs", needs, low=0),
            "levels": read.number("levels", levels, low=1),
        }
        read.finish()
        if capacity is None:
            read.fault("capacity", "nothing", "one number per resource, [] for no resources")
        fields["capacity"] = read.vector("capacity", capacity, None)
        fields["capacity_min"] = read.vector(
            "capacity_min", capacity_min, fields["capacity"].size, default=NO_MINIMUM
        )
        _read_needs(read, fields, need_min, need_max)
        _read_options(read, fields, option_need, option_score, option_use)
        size = fields["option_need"].size
        fields["pinned"] = read.flags("pinned", pinned, size)
        fields["forbidden"] = read.flags("forbidden", forbidden, size)
        _read_legs(read, fields, leg_option, leg_count)
        _read_alternatives(read, fields, alternative_leg, alternative_score, alternative_use)
        _read_switches(read, fields, switch_score, switch_use, switch_max)
        read.finish()
        _contradictions(read, fields)
        _sums(read, fields)
        read.finish()
        for name, value in fields.items():
            object.__setattr__(self, name, value)

    @classmethod
    def from_scores(
        cls, score: Any, need_max: object = 1, *, talent_capacity: object = 1
    ) -> Problem:
        """Make the classic assignment problem from a matrix of needs by talents.

        Parameters
        ----------
        score : dense or sparse array of int, shape (needs, talents)
            Every dense cell, or every stored sparse entry, is an option, in row-major order.
        need_max : int or array of int, default 1
            The most options chosen per need; the least is 0.
        talent_capacity : int or array of int, default 1
            How often each talent may be chosen.

        Returns
        -------
        Problem
            With one level, and one resource per talent.

        Examples
        --------
        >>> Problem.from_scores([[5, 1], [4, 3]])
        Problem(needs=2, options=4, legs=0, alternatives=0, switches=0, resources=2, levels=1)
        """
        read = Reader()
        if sparse.issparse(score):
            table: Any = score
            shape = table.shape
            if len(shape) != 2:
                read.fault("score", f"shape {shape}", "2 dimensions, needs by talents")
                read.finish()
            entries = read.entries("score", table, shape)
        else:
            dense = read.whole("score", score)
            if dense is None or dense.ndim != 2:
                if dense is not None:
                    read.fault("score", f"shape {dense.shape}", "2 dimensions, needs by talents")
                read.finish()
            assert dense is not None
            shape = dense.shape
            rows, columns = (index.ravel() for index in np.indices(shape))
            entries = (dense.ravel(), rows, columns)
        capacity = read.vector("talent_capacity", talent_capacity, int(shape[1]))
        read.finish()
        assert entries is not None
        values, rows, columns = entries
        one = np.ones(rows.size, dtype=np.int64)
        use = csr((one, (np.arange(rows.size), columns)), (rows.size, shape[1]))
        return cls(
            needs=int(shape[0]),
            capacity=capacity,
            need_max=need_max,
            option_need=rows,
            option_score=values.reshape(-1, 1),
            option_use=use,
        )

    @property
    def options(self) -> int:
        """Number of options, P."""
        return int(self.option_need.size)

    @property
    def legs(self) -> int:
        """Number of legs, G."""
        return int(self.leg_option.size)

    @property
    def alternatives(self) -> int:
        """Number of alternatives, A."""
        return int(self.alternative_leg.size)

    @property
    def switches(self) -> int:
        """Number of switches, S."""
        return int(self.switch_max.size)

    @property
    def resources(self) -> int:
        """Number of resources, R."""
        return int(self.capacity.size)

    def __repr__(self) -> str:
        """Return the sizes."""
        return (
            f"Problem(needs={self.needs}, options={self.options}, legs={self.legs}, "
            f"alternatives={self.alternatives}, switches={self.switches}, "
            f"resources={self.resources}, levels={self.levels})"
        )


def _read_needs(read: Reader, fields: dict[str, Any], least: object, most: object) -> None:
    size = fields["needs"]
    fields["need_min"] = read.vector("need_min", least, size, bounds=(0, INT_MAX))
    fields["need_max"] = read.vector("need_max", most, size, default=1, bounds=(0, INT_MAX))


def _read_options(
    read: Reader, fields: dict[str, Any], need: object, score: object, use: object
) -> None:
    needs, levels, resources = fields["needs"], fields["levels"], fields["capacity"].size
    need_of = read.vector("option_need", need, None, bounds=(0, needs - 1))
    fields["option_need"] = need_of
    fields["option_score"] = read.table("option_score", score, (need_of.size, levels))
    fields["option_use"] = read.uses("option_use", use, (need_of.size, resources))


def _read_legs(read: Reader, fields: dict[str, Any], option: object, count: object) -> None:
    bounds = (0, fields["option_need"].size - 1)
    leg_of = read.vector("leg_option", option, None, bounds=bounds)
    fields["leg_option"] = leg_of
    fields["leg_count"] = read.vector(
        "leg_count", count, leg_of.size, default=1, bounds=(1, INT_MAX)
    )


def _read_alternatives(
    read: Reader, fields: dict[str, Any], leg: object, score: object, use: object
) -> None:
    legs, levels, resources = fields["leg_option"].size, fields["levels"], fields["capacity"].size
    leg_of = read.vector("alternative_leg", leg, None, bounds=(0, legs - 1))
    fields["alternative_leg"] = leg_of
    fields["alternative_score"] = read.table("alternative_score", score, (leg_of.size, levels))
    fields["alternative_use"] = read.uses("alternative_use", use, (leg_of.size, resources))


def _read_switches(
    read: Reader, fields: dict[str, Any], score: object, use: object, most: object
) -> None:
    size = next((n for n in map(length, (score, use, most)) if n is not None), 0)
    fields["switch_score"] = read.table("switch_score", score, (size, fields["levels"]))
    fields["switch_use"] = read.uses("switch_use", use, (size, fields["capacity"].size))
    fields["switch_max"] = read.vector("switch_max", most, size, default=1, bounds=(0, SAFE - 1))


def _contradictions(read: Reader, fields: dict[str, Any]) -> None:
    """Note limits that exclude each other."""
    for index in np.flatnonzero(fields["need_min"] > fields["need_max"]):
        least, most = fields["need_min"][index], fields["need_max"][index]
        read.fault(f"need_min[{index}]", str(least), f"at most need_max[{index}], which is {most}")
    for index in np.flatnonzero(fields["capacity_min"] > fields["capacity"]):
        least, most = fields["capacity_min"][index], fields["capacity"][index]
        allowed = f"at most capacity[{index}], which is {most}"
        read.fault(f"capacity_min[{index}]", str(least), allowed)
    for index in np.flatnonzero(fields["pinned"] & fields["forbidden"]):
        read.fault(f"pinned[{index}]", "an option that is forbidden too", "one of the two")


def _sums(read: Reader, fields: dict[str, Any]) -> None:
    """Note levels and resources whose sums could leave 64 bits."""
    for kind, place, allowed in (
        ("score", "level", "less than 2**62 (the sum of |score| times count on one level)"),
        ("use", "resource", "less than 2**62 (the sum of |use| times count of one resource)"),
    ):
        parts = [
            magnitude(fields[f"{group}_{kind}"], count)
            for group, count in (
                ("option", 1),
                ("alternative", 1),
                ("switch", fields["switch_max"]),
            )
        ]
        for index, total in enumerate(map(sum, zip(*parts, strict=True))):
            if total >= SAFE:
                read.fault(
                    f"the scores of level {index}"
                    if kind == "score"
                    else f"the uses of {place} {index}",
                    f"a sum of {total}",
                    allowed,
                )
