"""Every set of plans of a tiny run, tried one by one: for comparing with what was chosen.

Only for runs in which each plan has one giver who is fixed, so that what a set takes can be added
up by hand: no rides, no groups, nothing given in return.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product

import numpy as np
from hypothesis import assume

from assetmap.match import Proposals

__all__ = ["Sets"]

MOST = 20_000


class Sets:
    """The sets of plans of a run: at most one plan for each occurrence, nothing taken twice."""

    def __init__(self, found: Proposals) -> None:
        assert found.worked is not None
        self.run, self.encoded = found.worked.working, found.worked.encoded
        self.problem = found.worked.solution.problem
        self.chosen = found.worked.solution.chosen
        assert not self.problem.legs
        assert all(option is not None for option in self.encoded.options)
        self.levels = [level.value for level in found.policy.levels]
        names = self.encoded.ledger.resources
        spare = [n for n, at in names.items() if isinstance(n, tuple) and n[0] == "load"]
        self.counted = [at for n, at in names.items() if n not in spare]
        by_slot: dict[int, list[int | None]] = {}
        for at, need in enumerate(self.problem.option_need):
            by_slot.setdefault(int(need), [None]).append(at)
        self.choices = list(by_slot.values())
        assume(np.prod([len(c) for c in self.choices], dtype=float) <= MOST)

    def every(self) -> Iterator[tuple[int, ...]]:
        """Yield every set that can be, as options."""
        use = self.problem.option_use.toarray()[:, self.counted]
        room = self.problem.capacity[self.counted]
        for picked in product(*self.choices):
            chosen = tuple(at for at in picked if at is not None)
            if (use[list(chosen)].sum(axis=0) <= room).all():
                yield chosen

    def value(self, chosen: tuple[int, ...], *levels: str) -> tuple[int, ...]:
        """Return what a set is worth on some levels; load and order apart."""
        at = [self.levels.index(level) for level in levels]
        total = self.problem.option_score[list(chosen)].sum(axis=0)
        return tuple(int(total[i]) for i in at)

    def needs(self, chosen: tuple[int, ...]) -> frozenset[str]:
        """Return the needs that a set meets."""
        found = (self.encoded.options[at] for at in chosen)
        return frozenset(option.ask.id for option in found if option is not None)

    def plans(self, chosen: tuple[int, ...]) -> frozenset[str]:
        """Return the ids of the plans of a set."""
        options = (self.encoded.options[at] for at in chosen)
        return frozenset(
            o.plan([g for part in o.parts for g in part.givers]) for o in options if o is not None
        )

    def loads(self, chosen: tuple[int, ...]) -> tuple[int, ...]:
        """Return how many plans everybody gives, what stands included, most first."""
        given = Counter(self.run.busy.load)
        for at in chosen:
            option = self.encoded.options[at]
            assert option is not None
            given.update(g.offer.provider for part in option.parts for g in part.givers)
        return tuple(sorted(given.values(), reverse=True))

    def proposed(self) -> tuple[int, ...]:
        """Return the set that was chosen."""
        return tuple(int(at) for at in np.flatnonzero(self.chosen))
