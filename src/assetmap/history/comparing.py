"""What is different between two runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assetmap.history.kept import KeptPlan, KeptRun

__all__ = ["RunDifference", "compare"]


@dataclass(frozen=True, slots=True)
class RunDifference:
    """How the later of two runs differs from the earlier.

    Attributes
    ----------
    earlier, later : int
        Numbers of the runs.
    met : tuple of str
        Needs with a plan now and without one before, asked before or not.
    unmet : tuple of str
        Needs that had a plan and are still asked, without one.
    gone : tuple of str
        Needs that were asked before and are not any more.
    asked : tuple of str
        Needs that are asked now and were not before.
    changed : tuple of str
        Needs met in both, by other plans.
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
    was, now = _met(earlier), _met(later)
    before, after = _all(earlier), _all(later)
    return RunDifference(
        earlier=earlier.run,
        later=later.run,
        met=_sorted(set(now) - set(was)),
        unmet=_sorted((set(was) - set(now)) & after),
        gone=_sorted(before - after),
        asked=_sorted(after - before),
        changed=_sorted({need for need in set(was) & set(now) if was[need] != now[need]}),
        stayed=_sorted({p.plan for p in earlier.plans} & {p.plan for p in later.plans}),
        settings=_differs(_flat(earlier.policy), _flat(later.policy)),
        inputs=_differs(earlier.inputs, later.inputs),
        versions=_differs(earlier.versions, later.versions),
    )


def _met(run: KeptRun) -> dict[str, frozenset[str]]:
    """Return the plans of every need that has one."""
    found: dict[str, set[str]] = {}
    for plan in run.plans:
        found.setdefault(plan.need, set()).add(_same(plan))
    return {need: frozenset(plans) for need, plans in found.items()}


def _same(plan: KeptPlan) -> str:
    """Return what makes two plans the same arrangement of people, whatever the date."""
    return "|".join(f"{leg.leg} {leg.provider} {leg.talent or leg.activity}" for leg in plan.legs)


def _all(run: KeptRun) -> set[str]:
    return {plan.need for plan in run.plans} | {gap.need for gap in run.gaps}


def _sorted(names: set[str]) -> tuple[str, ...]:
    return tuple(sorted(names))


def _differs(one: Mapping[str, object], two: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(sorted(k for k in {*one, *two} if one.get(k, _ABSENT) != two.get(k, _ABSENT)))


_ABSENT = object()


def _flat(settings: Mapping[str, object], before: str = "") -> dict[str, object]:
    """Return nested settings with one name each."""
    flat: dict[str, object] = {}
    for name, value in settings.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{before}{name}.")
        else:
            flat[f"{before}{name}"] = value
    return flat
