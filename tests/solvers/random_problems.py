"""Seeded problems of any size."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from assetmap.solvers import Problem


def transportation(needs, seed, *, candidates=8, levels=3):
    """Needs with candidates at resources that take one to three of them."""
    rng = np.random.default_rng(seed)
    resources = max(1, needs // 3)
    need = np.repeat(np.arange(needs), candidates)
    place = rng.integers(0, resources, need.size)
    score = rng.integers(0, 100, (need.size, levels))
    score[:, 0] = 10 * rng.integers(1, 5, needs)[need]
    return Problem(
        needs=needs,
        levels=levels,
        capacity=rng.integers(1, 4, resources),
        option_need=need,
        option_score=score,
        option_use=sparse.csr_array(
            (np.ones(need.size, dtype=int), (np.arange(need.size), place)),
            shape=(need.size, resources),
        ),
    )


def neighbourhood(needs, seed):
    """Needs for sessions, half of them with a ride there and a ride back; three levels."""
    rng = np.random.default_rng(seed)
    sessions, drivers = max(2, needs // 10), max(1, needs // 10)
    capacity = [int(seats) for seats in rng.integers(3, 7, sessions)] + [4] * drivers
    option_need, option_score, option_use = [], [], []
    leg_option, alternative_leg, alternative_score, alternative_use = [], [], [], []
    switch_use, car = [], {}
    for driver in range(drivers):
        for session in sorted(rng.choice(sessions, min(sessions, 3), replace=False).tolist()):
            for way in range(2):
                car[driver, session, way] = len(capacity)
                switch_use.append({len(capacity): -3, sessions + driver: 1})
                capacity.append(0)
    for need in range(needs):
        weight, ride = 10 * int(rng.integers(1, 5)), rng.random() < 0.5
        for session in rng.choice(sessions, min(sessions, 3), replace=False).tolist():
            option_score.append([weight, int(rng.integers(0, 50)), int(rng.integers(0, 2**20))])
            option_need.append(need)
            option_use.append({session: 1})
            for way in range(2 if ride else 0):
                for driver in range(drivers):
                    if (driver, session, way) in car:
                        alternative_leg.append(len(leg_option))
                        alternative_score.append([0, int(rng.integers(0, 10)), 0])
                        alternative_use.append({car[driver, session, way]: 1})
                leg_option.append(len(option_need) - 1)

    def table(rows):
        entries = [(i, r, use) for i, row in enumerate(rows) for r, use in row.items()]
        items, resources, uses = (list(part) for part in zip(*entries, strict=True))
        return sparse.csr_array((uses, (items, resources)), shape=(len(rows), len(capacity)))

    return Problem(
        needs=needs,
        levels=3,
        capacity=capacity,
        option_need=option_need,
        option_score=option_score,
        option_use=table(option_use),
        leg_option=leg_option,
        alternative_leg=alternative_leg,
        alternative_score=alternative_score,
        alternative_use=table(alternative_use),
        switch_score=[[0, -2, 0]] * len(switch_use),
        switch_use=table(switch_use),
    )
