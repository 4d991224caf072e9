"""What numbers stand for: candidate plans as a problem, and a solution back as plans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from assetmap.plans.clashes import Span
from assetmap.plans.ledger import Ledger
from assetmap.plans.options import Giver, Option, Part
from assetmap.plans.roster import Duty, Roster
from assetmap.solvers import Problem, Solution

__all__ = ["Chosen", "Earlier", "Encoded", "Written"]


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """What an option comes to by itself, whatever else there is.

    Attributes
    ----------
    spans : tuple of (str, (datetime, datetime))
        Who is busy when with its fixed parts.
    scores : tuple of int
        Its score on every level, where it was not proposed before.
    alone : Giver or None
        The giver, where there is just one and nothing but their time and the asker's is shared.
    """

    spans: tuple[tuple[str, Span], ...]
    scores: tuple[int, ...]
    alone: Giver | None


@dataclass(frozen=True)
class Chosen:
    """An option that was chosen, with the givers of its parts in the order of the legs."""

    option: Option
    givers: tuple[Giver, ...]
    scores: tuple[int, ...]
    pinned: bool


@dataclass(frozen=True, eq=False)
class Encoded:
    """A problem, and what its numbers stand for.

    Attributes
    ----------
    ledger : Ledger
        The numbers, still by name.
    options : tuple of (Option or None)
        What each option is; None for "met by somebody else's plan".
    alternatives : tuple of (int, int, Giver)
        For each alternative: its option, the place of its part, and who gives it.
    also : dict
        For options that stand for "met by what the asker gives to somebody else": the need.
    pinned : frozenset of int
        Options that somebody decided to do.
    roster : Roster
        Who could fill the posts of activities.
    written : dict
        What was worked out of options by themselves, for a run that has the same ones.
    """

    ledger: Ledger
    options: tuple[Option | None, ...]
    alternatives: tuple[tuple[int, int, Giver], ...]
    also: dict[int, str]
    pinned: frozenset[int]
    roster: Roster
    written: Mapping[Option, Written]

    def duties(self, solution: Solution) -> tuple[Duty, ...]:
        """Return who fills the posts of activities, by date."""
        if solution.switch is None:
            return ()
        return self.roster.duties({at: int(n) for at, n in enumerate(solution.switch)})

    def problem(self, pins: Collection[int] | None = None, *, only: bool = False) -> Problem:
        """Return the numbers-only problem.

        Parameters
        ----------
        pins : collection of int, optional
            Options that have to be chosen; default: all that somebody decided to do.
        only : bool, default False
            Nothing else may be chosen.
        """
        return self.ledger.problem(self.pinned if pins is None else pins, only=only)

    def promises(self) -> Problem:
        """Return the problem of keeping as many as possible of what was decided."""
        return self.ledger.counting(self.pinned)

    def chosen(self, solution: Solution, pinned: Collection[int] = ()) -> tuple[Chosen, ...]:
        """Return the plans of a solution, in the order of needs and dates."""
        if solution.chosen is None or solution.alternative is None:
            return ()
        by_option: dict[int, dict[int, list[Giver]]] = defaultdict(lambda: defaultdict(list))
        points: dict[int, list[int]] = {}
        scores = solution.problem.alternative_score
        for at, (owner, place, giver) in enumerate(self.alternatives):
            if solution.alternative[at]:
                by_option[owner][place].append(giver)
                row = points.setdefault(owner, [0] * solution.problem.levels)
                points[owner] = [a + int(b) for a, b in zip(row, scores[at], strict=True)]
        found = []
        for at, option in enumerate(self.options):
            if option is None or not solution.chosen[at]:
                continue
            mine = by_option[at]
            givers = [g for i, part in enumerate(option.parts) for g in _given(part, mine[i])]
            own = [int(v) for v in solution.problem.option_score[at]]
            extra = points.get(at, [0] * len(own))
            total = tuple(a + b for a, b in zip(own, extra, strict=True))
            found.append(Chosen(option, tuple(givers), total, at in pinned))
        return tuple(sorted(found, key=lambda c: (c.option.ask.id, c.option.slot.index)))

    def met_by_giving(self, solution: Solution) -> frozenset[str]:
        """Return the needs that are met by what the asker gives to somebody else."""
        if solution.chosen is None:
            return frozenset()
        return frozenset(need for at, need in self.also.items() if solution.chosen[at])


@dataclass(frozen=True, eq=False)
class Earlier:
    """What was before.

    Attributes
    ----------
    kept : collection of str
        Ids of plans that were proposed before and not answered.
    encoded : Encoded or None
        An earlier run: what it worked out of the very same options is taken over.
    """

    kept: Collection[str] = ()
    encoded: Encoded | None = None


def _given(part: Part, chosen: list[Giver]) -> list[Giver]:
    return chosen if part.is_open else list(part.givers)
