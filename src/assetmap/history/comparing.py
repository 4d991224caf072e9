"""What is different between two runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assetmap.history.kept import KeptPlan, KeptRun
from assetmap.plans import PlanStatus

__all__ = ["RunDifference", "compare", "settings_of"]


@dataclass(frozen=True, slots=True)
class RunDifference:
    """How the later of two runs differs from the earlier.

    Attributes
    ----------
    earlier, later : int
        Numbers of the runs.
    met : tuple of str
        Needs that are met now and were not before, asked before or not: by a plan, or by what the
        asker gives to somebody else.
    unmet : tuple of str
        Needs that were met and are still asked, without a plan.
    gone : tuple of str
        Needs that were asked before and are not any more.
    asked : tuple of str
        Needs that are asked now and were not before.
    changed : tuple of str
        Needs met in both, by other plans.
    began, ended : tuple of str
        Needs with a standing arrangement now and not before, and the other way round.
    stayed : tuple of str
        Ids of plans that are in both.
    settings : tuple of str
        Choices of the team that differ, as ``ladder.wait_days``.
    inputs : tuple of str
        Files that differ, came or went.
    versions : tuple of str
        Programs whose version differs.
    """

    earlier: int
    later: int
    met: tuple[str, ...]
    unmet: tuple[str, ...]
    gone: tuple[str, ...]
    asked: tuple[str, ...]
    changed: tuple[str, ...]
    began: tuple[str, ...]
    ended: tuple[str, ...]
    stayed: tuple[str, ...]
    settings: tuple[str, ...]
    inputs: tuple[str, ...]
    versions: tuple[str, ...]


def compare(earlier: KeptRun, later: KeptRun) -> RunDifference:
    """Return how one run differs from another.

    Parameters
    ----------
    earlier, later : KeptRun
        Two runs, of the same or of different weeks.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from assetmap.history import History
    >>> from assetmap.match import propose
    >>> from assetmap.model import Need, Neighbourhood, Person
    >>> ask = Need(need="n1", owner="p1", category="meal", talked=True)
    >>> hood = Neighbourhood.from_records(Person(person="p1"), ask)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with History(Path(folder, "history.sqlite")) as history:
    ...         one = history.keep(propose(Neighbourhood(), "2026-W47"))
    ...         two = history.keep(propose(hood, "2026-W48"))
    >>> compare(one, two).asked
    ('n1',)
    """
    unsure = _unsure(earlier, later)
    was, now = _met(earlier, unsure), _met(later, unsure)
    before, after = _all(earlier) - unsure, _all(later) - unsure
    return RunDifference(
        earlier=earlier.run,
        later=later.run,
        met=_sorted(set(now) - set(was)),
        unmet=_sorted((set(was) - set(now)) & after),
        gone=_sorted(before - after),
        asked=_sorted(after - before),
        changed=_sorted({need for need in set(was) & set(now) if was[need] != now[need]}),
        began=_sorted(_standing(later) - _standing(earlier)),
        ended=_sorted(_standing(earlier) - _standing(later)),
        stayed=_sorted({p.plan for p in earlier.plans} & {p.plan for p in later.plans}),
        settings=_differs(settings_of(earlier), settings_of(later)),
        inputs=_differs(earlier.inputs, later.inputs),
        versions=_differs(earlier.versions, later.versions),
    )


def _met(run: KeptRun, but: set[str]) -> dict[str, frozenset[str]]:
    """Return the plans of every need that has one, or what its owner gives and is met by."""
    found: dict[str, set[str]] = {}
    for plan in run.plans:
        found.setdefault(plan.need, set()).add(_same(plan))
        for need in plan.also_helps or ():
            found.setdefault(need, set()).add(f"by giving for {plan.need}")
    return {need: frozenset(plans) for need, plans in found.items() if need not in but}


def _same(plan: KeptPlan) -> str:
    """Return what makes two plans the same arrangement of people, whatever the date."""
    return "|".join(f"{leg.leg} {leg.provider} {leg.talent or leg.activity}" for leg in plan.legs)


def _standing(run: KeptRun) -> set[str]:
    return {plan.need for plan in run.plans if plan.status == PlanStatus.STANDING}


def _all(run: KeptRun) -> set[str]:
    return _own(run) | _by_giving(run)


def _own(run: KeptRun) -> set[str]:
    return {plan.need for plan in run.plans} | {gap.need for gap in run.gaps}


def _by_giving(run: KeptRun) -> set[str]:
    return {need for plan in run.plans for need in plan.also_helps or ()}


def _unsure(one: KeptRun, two: KeptRun) -> set[str]:
    """Return the needs met by giving in one run, while the other did not note what giving meets.

    Whether they were asked there cannot be known, so nothing is told of them.
    """
    return {
        need
        for run, other in ((one, two), (two, one))
        if any(plan.also_helps is None for plan in other.plans)
        for need in _by_giving(run) - _own(other)
    }


def _sorted(names: set[str]) -> tuple[str, ...]:
    return tuple(sorted(names))


def _differs(one: Mapping[str, object], two: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(sorted(k for k in {*one, *two} if one.get(k, _ABSENT) != two.get(k, _ABSENT)))


_ABSENT = object()


def settings_of(run: KeptRun) -> Mapping[str, object]:
    """Return the choices of the team in a run, each under one name.

    Parameters
    ----------
    run : KeptRun
        The run.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from assetmap.history import History
    >>> from assetmap.match import propose
    >>> from assetmap.model import Neighbourhood
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with History(Path(folder, "history.sqlite")) as history:
    ...         kept = history.keep(propose(Neighbourhood(), "2026-W48"))
    >>> settings_of(kept)["language"]
    'nl'
    """
    return MappingProxyType(_flat(run.policy))


def _flat(settings: Mapping[str, object], before: str = "") -> dict[str, object]:
    """Return nested settings with one name each."""
    flat: dict[str, object] = {}
    for name, value in settings.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{before}{name}.")
        else:
            flat[f"{before}{name}"] = value
    return flat
