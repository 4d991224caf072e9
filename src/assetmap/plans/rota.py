"""Visits in turns: a question that comes back more than once a week is spread over who can.

Within such a question the k-th turn of one person costs 2k - 1, so that the turns are spread as
evenly as can be (the sum of squares is least exactly where no turns are more even). That comes
before all points of `fit`, and after the level `ladder`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assetmap.model import Policy
    from assetmap.plans.asks import Ask
    from assetmap.plans.ledger import Ledger
    from assetmap.plans.options import Giver, Option
    from assetmap.plans.scene import Scene

__all__ = ["Rota", "is_rota"]


def is_rota(scene: Scene, ask: Ask) -> bool:
    """Say whether a question comes back more than once in some week."""
    if ask.need.rrule is None:
        return False
    weeks = Counter(scene.week_of(slot.first) for slot in ask.slots)
    return max(weeks.values(), default=0) > 1


class Rota:
    """Writes the turns of one run into a ledger.

    Parameters
    ----------
    scene, ledger : Scene, Ledger
        The run, and where the numbers go.
    options : sequence of Option
        All candidates: a turn costs more than all their points together.
    """

    def __init__(self, scene: Scene, ledger: Ledger, options: Sequence[Option]) -> None:
        self.ledger = ledger
        asks = {option.ask.id: option.ask for option in options}
        self.needs = frozenset(name for name, ask in asks.items() if is_rota(scene, ask))
        self.price = _all_points(scene.policy, options) if self.needs else 0
        self.turns: dict[tuple[str, str], set[int]] = defaultdict(set)

    def turn(self, option: Option, giver: Giver) -> dict[Hashable, int]:
        """Return what giving takes: a turn, where the question is visited in turns."""
        if option.ask.id not in self.needs or giver.offer.person is None:
            return {}
        pair = (option.ask.id, giver.offer.provider)
        self.turns[pair].add(option.slot.index)
        self.ledger.resource(("turn", *pair), 0)
        return {("turn", *pair): 1}

    def write(self, scores: Callable[..., list[int]]) -> None:
        """Add the turns: each further one of the same person costs more than the one before."""
        for pair in sorted(self.turns):
            for k in range(1, len(self.turns[pair]) + 1):
                cost = -self.price * (2 * k - 1)
                self.ledger.switch(scores(fit=cost), {("turn", *pair): -1})


def _all_points(policy: Policy, options: Sequence[Option]) -> int:
    """Return more than the points of all that could ever be proposed together."""
    best: dict[tuple[str, int], int] = defaultdict(int)
    spare = policy.fit.sooner * policy.horizon_weeks + policy.fit.motive
    for option in options:
        found = sum(part.count * max(g.total for g in part.givers) for part in option.parts)
        slot = (option.ask.id, option.slot.index)
        best[slot] = max(best[slot], found + spare)
    return 1 + sum(best.values())
