"""What it costs to change less: proposals that lay there already against needs that are met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assetmap.errors import UnusableInput
from assetmap.explain.reasons import chosen_language
from assetmap.match import Proposals
from assetmap.model import Level
from assetmap.plans import Staying, staying
from assetmap.texts import say

__all__ = ["Continuity", "ContinuityPoint", "continuity"]


@dataclass(frozen=True, slots=True)
class ContinuityPoint:
    """The best that is possible when at most so many earlier proposals change.

    Attributes
    ----------
    changes : int
        How many may change.
    needs : int
        How many open needs have a plan then.
    fewer_needs : int
        How many fewer that are than now; below 0: more, of less weight together.
    costs : Level or None
        The first level that is worse than now, of those before continuity; None: none is.
    value : Mapping[str, int]
        The value of each of those levels.
    proven : bool
        Whether it is proven that nothing better is possible with so many changes.
    sentence : str
        The same in words.
    """

    changes: int
    needs: int
    fewer_needs: int
    costs: Level | None
    value: Mapping[str, int]
    proven: bool
    sentence: str

    def __str__(self) -> str:
        """Return the sentence."""
        return self.sentence


@dataclass(frozen=True, slots=True)
class Continuity:
    """What changing less would cost, for every number of changes below that of the run.

    Attributes
    ----------
    kept : int
        How many earlier proposals, not answered, are still possible.
    changes : int
        How many of these change in the run.
    points : tuple of ContinuityPoint
        From the fewest changes that are possible to one fewer than now.
    sentences : tuple of str
        The same in words, the smallest step first.
    """

    kept: int
    changes: int
    points: tuple[ContinuityPoint, ...]
    sentences: tuple[str, ...]

    def __str__(self) -> str:
        """Return the sentences, one per line."""
        return "\n".join(self.sentences)


def continuity(
    proposals: Proposals, *, time_limit: float = 10.0, language: str | None = None
) -> Continuity:
    """Tell what it would cost to change fewer of the proposals that lay there already.

    Continuity is no hidden weight: a change is made only where a level before it gains. This
    tells what: for every smaller number of changes the best that is possible, found by solving
    again with the number of changed proposals held down.

    1. What shares nothing with a changed proposal stays as it is.
    2. Every other piece of the run is solved for each smaller number of changes.
    3. For every total the best division over the pieces is taken: (max, +) convolution, level by
       level.

    Parameters
    ----------
    proposals : Proposals
        A run that was told what was proposed before (`kept` of :func:`assetmap.propose`).
    time_limit : float, default 10.0
        Seconds; points that it leaves open say so, and what was not found at all is left out.
    language : str, optional
        Language of the sentences; default: the team's.

    Raises
    ------
    UnusableInput
        The proposals do not hold their working.

    Examples
    --------
    >>> import assetmap
    >>> from assetmap.model import Need, Neighbourhood, Person, Talent
    >>> def week(urgency):
    ...     hood = Neighbourhood.from_records(
    ...         [Person(person=p, area="north") for p in ("p1", "p2", "p3")],
    ...         Talent(talent="t1", owner="p3", category="shopping", until="2026-11-29"),
    ...         Need(need="n1", owner="p1", category="shopping", talked="yes", urgency=3),
    ...         Need(need="n2", owner="p2", category="shopping", talked="yes", urgency=urgency),
    ...     )
    ...     return hood
    >>> before = assetmap.propose(week(1), "2026-W48").plan_for("n1").plan
    >>> now = assetmap.propose(week(5), "2026-W48", kept=[before])
    >>> print(continuity(now, language="en"))
    Of what lay there already, 1 proposal changes.
    1 change fewer: then a more urgent need has no proposal.
    """
    worked = proposals.worked
    if worked is None:
        raise UnusableInput("These proposals do not hold their working; run propose again.")
    lang = chosen_language(proposals, language)
    if worked.solution.chosen is None:
        return Continuity(0, 0, (), (say("explain.steady.none", lang),))
    found = staying(worked, time_limit=time_limit)
    points = tuple(_points(found, lang))
    first = (
        say("explain.steady.now", lang, n=found.changes)
        if found.changes
        else say("explain.steady.none", lang)
    )
    told = [p.sentence for p in reversed(points)]
    return Continuity(found.kept, found.changes, points, (first, *told))


def _points(found: Staying, lang: str) -> Iterator[ContinuityPoint]:
    now = found.values[found.changes]
    for changes, value in found.values.items():
        if changes == found.changes:
            continue
        pairs = zip(found.levels, value, now, strict=False)
        costs = next((level for level, here, there in pairs if here < there), None)
        fewer = now[-1] - value[-1]
        proven = changes not in found.open
        said = [_sentence(found.changes - changes, fewer, costs, lang)]
        if not proven:
            said.append(say("explain.steady.open", lang))
        yield ContinuityPoint(
            changes=changes,
            needs=value[-1],
            fewer_needs=fewer,
            costs=costs,
            value=MappingProxyType(
                {level.value: n for level, n in zip(found.levels, value, strict=False)}
            ),
            proven=proven,
            sentence=" ".join(said),
        )


def _sentence(steps: int, fewer: int, costs: Level | None, lang: str) -> str:
    """Tell what a number of changes fewer costs: needs before all else."""
    step = say("explain.steady.fewer", lang, n=steps)
    if costs is Level.MET and fewer > 0:
        return say("explain.steady.needs", lang, fewer=step, n=fewer)
    return say(f"explain.steady.{'free' if costs is None else costs.value}", lang, fewer=step)
