"""Seeded problems for the benchmarks, stated as numbers and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from assetmap.solvers import Problem

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass
class Uses:
    """Entries of a table of uses, one item after another."""

    items: list[int] = field(default_factory=list)
    resources: list[int] = field(default_factory=list)
    amounts: list[int] = field(default_factory=list)
    size: int = 0

    def add(self, uses: dict[int, int]) -> int:
        """Add an item with its uses; return its number."""
        for resource, amount in uses.items():
            self.items.append(self.size)
            self.resources.append(resource)
            self.amounts.append(amount)
        self.size += 1
        return self.size - 1

    def table(self, resources: int) -> sparse.csr_array:
        """Return the table."""
        entries = (np.array(self.amounts, dtype=np.int64), (self.items, self.resources))
        return sparse.csr_array(entries, shape=(self.size, resources))


def assignment(needs: int, seed: int, *, candidates: int = 20, levels: int = 1) -> Problem:
    """Needs with candidates among a third as many helpers, each with room for one to three.

    Level 0 is the weight of the need, less a little for distance; later levels are fit.
    """
    rng = np.random.default_rng(seed)
    helpers = max(1, needs // 3)
    need = np.repeat(np.arange(needs), candidates)
    helper = rng.integers(0, helpers, need.size)
    score = rng.integers(0, 100, (need.size, levels))
    score[:, 0] += 100 * rng.integers(1, 5, needs)[need]
    one = np.ones(need.size, dtype=np.int64)
    return Problem(
        needs=needs,
        levels=levels,
        capacity=rng.integers(1, 4, helpers),
        option_need=need,
        option_score=score,
        option_use=sparse.csr_array((one, (np.arange(need.size), helper)), (need.size, helpers)),
    )


def bundles(needs: int, seed: int, *, choices: int = 8) -> Problem:
    """Needs that take two to four things at once, of which there are too few; no switches.

    One thing per hundred needs; there is enough for about half of what would be asked for.
    """
    rng = np.random.default_rng(seed)
    things = max(4, needs // 100)
    need = np.repeat(np.arange(needs), choices)
    parts = rng.integers(2, 5, need.size)
    option = np.repeat(np.arange(need.size), parts)
    thing = rng.integers(0, things, option.size)
    amount = rng.integers(1, 4, option.size)
    weight = 10 * rng.integers(1, 11, needs)
    return Problem(
        needs=needs,
        capacity=rng.integers(200, 401, things),
        option_need=need,
        option_score=weight[need] + rng.integers(0, 40, need.size),
        option_use=sparse.csr_array((amount, (option, thing)), (need.size, things)),
    )


def rides(needs: int, seed: int) -> Problem:
    """Needs for a seat at one of three sessions; half need a ride there and a ride back.

    One driver per ten askers, who knows three sessions, takes three at a time and makes at
    most three trips. Level 0 is urgency and waiting; level 1 is fit less the trips made.
    """
    rng = np.random.default_rng(seed)
    sessions, drivers = max(3, needs // 10), max(1, needs // 10)
    capacity = [int(seats) for seats in rng.integers(4, 8, sessions)] + [3] * drivers
    trips, by_session = Uses(), _trips(rng, sessions, drivers, capacity)
    for (driver, _, _), car in sorted(by_session[1].items(), key=lambda item: item[1]):
        trips.add({car: -3, sessions + driver: 1})
    option, alternative = Uses(), Uses()
    option_need, option_score, leg_option = [], [], []
    alternative_leg, alternative_score = [], []
    for need in range(needs):
        weight = 10 * int(rng.integers(1, 5)) + 10 * int(rng.integers(0, 7))
        ride = rng.random() < 0.5
        for session in rng.choice(sessions, 3, replace=False).tolist():
            option_need.append(need)
            option_score.append([weight, int(rng.integers(0, 50))])
            chosen = option.add({session: 1})
            for way in range(2 if ride else 0):
                for car in by_session[0][session, way]:
                    alternative_leg.append(len(leg_option))
                    alternative_score.append([0, int(rng.integers(0, 10))])
                    alternative.add({car: 1})
                leg_option.append(chosen)
    return Problem(
        needs=needs,
        levels=2,
        capacity=capacity,
        option_need=option_need,
        option_score=option_score,
        option_use=option.table(len(capacity)),
        leg_option=leg_option,
        alternative_leg=alternative_leg,
        alternative_score=alternative_score,
        alternative_use=alternative.table(len(capacity)),
        switch_score=[[0, -2]] * trips.size,
        switch_use=trips.table(len(capacity)),
    )


def _trips(
    rng: np.random.Generator, sessions: int, drivers: int, capacity: list[int]
) -> tuple[dict[tuple[int, int], list[int]], dict[tuple[int, int, int], int]]:
    """Return the cars that serve a session and way, and the seats of each possible trip."""
    serving: dict[tuple[int, int], list[int]] = {
        (session, way): [] for session in range(sessions) for way in range(2)
    }
    car: dict[tuple[int, int, int], int] = {}
    for driver in range(drivers):
        for session in sorted(rng.choice(sessions, 3, replace=False).tolist()):
            for way in range(2):
                car[driver, session, way] = len(capacity)
                serving[session, way].append(len(capacity))
                capacity.append(0)
    return serving, car


def arcs(problem: Problem) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return need, helper and level-0 score of each option that uses exactly one thing."""
    return problem.option_need, problem.option_use.indices.astype(np.int64), problem.option_score
