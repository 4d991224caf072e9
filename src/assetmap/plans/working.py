"""What a run knows before anything is chosen, and what it came to: kept for solving again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from assetmap.plans.asking import Opened, opened
from assetmap.plans.asks import Ask
from assetmap.plans.catalogue import Catalogue
from assetmap.plans.encoding import Encoded
from assetmap.plans.enumeration import Candidates, candidates
from assetmap.plans.gatherings import gatherings
from assetmap.plans.options import Option
from assetmap.plans.reciprocity import mutual
from assetmap.plans.rides import Supply
from assetmap.plans.roster import Duty
from assetmap.plans.scene import Scene
from assetmap.plans.standing import Busy, reservations
from assetmap.solvers import Solution

__all__ = ["Worked", "Working", "prepared"]


@dataclass(frozen=True, eq=False)
class Working:
    """What is asked, what stands, and which plans could meet each need.

    Attributes
    ----------
    scene : Scene
        The neighbourhood in the week of the run.
    opened : Opened
        The open needs.
    busy : Busy
        What standing arrangements use.
    found : Mapping[str, Candidates]
        For every open need its candidate plans.
    options : tuple of Option
        All candidate plans.
    links : Mapping
        Which needs of a giver are met by giving.
    """

    scene: Scene
    opened: Opened
    busy: Busy
    found: Mapping[str, Candidates]
    options: tuple[Option, ...]
    links: Mapping[tuple[str, str], tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class Worked:
    """A run as numbers, so that a question about it can be answered by solving again.

    Attributes
    ----------
    working : Working
        What the run knew.
    encoded : Encoded
        The candidate plans as numbers.
    solution : Solution
        What was chosen among them.
    """

    working: Working
    encoded: Encoded
    solution: Solution

    def duties(self) -> tuple[Duty, ...]:
        """Return who fills the posts of activities that cannot do without."""
        return self.encoded.duties(self.solution)


def prepared(scene: Scene, tell: Callable[[int, int], None]) -> Working:
    """Find out what is asked, what stands, and which plans could meet each need.

    Parameters
    ----------
    scene : Scene
        The run.
    tell : callable
        Called with how many of all needs are done.
    """
    open_now = opened(scene)
    busy = reservations(scene, open_now.fixed)
    supply = Supply(Catalogue(scene), busy)
    found: dict[str, Candidates] = {}
    for at, ask in enumerate(open_now.asks):
        tell(at, len(open_now.asks))
        found[ask.id] = candidates(scene, ask, supply)
    found |= _with_fellow_guests(scene, open_now.asks, found, supply)
    links = mutual(scene, open_now.asks, [o for c in found.values() for o in c.options])
    together = gatherings(scene, open_now.asks, {n: c.steps for n, c in found.items()})
    for name, groups in together.items():
        found[name] = replace(found[name], options=(*found[name].options, *groups))
    options = tuple(o for c in found.values() for o in c.options)
    return Working(scene, open_now, busy, found, options, links)


def _with_fellow_guests(
    scene: Scene, asks: Sequence[Ask], found: Mapping[str, Candidates], supply: Supply
) -> dict[str, Candidates]:
    """Look again where somebody who is proposed for the same activity could drive."""
    drivers = {o.provider for o in supply.catalogue.drivers}
    coming = frozenset(
        (option.ask.need.owner, option.offer.id, option.start)
        for c in found.values()
        for option in c.options
        if option.offer.activity is not None
        and option.ask.need.owner in drivers
        and isinstance(option.start, dt.datetime)
    )
    if not coming:
        return {}
    again = replace(supply, may_attend=coming)
    return {a.id: candidates(scene, a, again) for a in asks if found[a.id].rides}
