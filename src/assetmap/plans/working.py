"""What a run knows before anything is chosen, and what it came to: kept for solving again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from assetmap.plans.asking import Opened, opened
from assetmap.plans.asks import Ask
from assetmap.plans.carrying import alike, carried, same
from assetmap.plans.catalogue import Catalogue
from assetmap.plans.encoded import Encoded
from assetmap.plans.enumeration import Candidates, candidates
from assetmap.plans.gatherings import gatherings
from assetmap.plans.options import Option
from assetmap.plans.reciprocity import mutual
from assetmap.plans.rides import Supply
from assetmap.plans.roster import Duty
from assetmap.plans.scene import Scene
from assetmap.plans.standing import Busy, reservations
from assetmap.plans.touched import HARMLESS, Coming, Known, Touched, differing
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
    supply : Supply
        What was drawn on; who may be proposed for an activity might drive others there.
    plain : Mapping[str, Candidates]
        The candidates before anybody who may be proposed for an activity counts as a driver.
    looked : Mapping[str, Candidates]
        Those that were looked for again, with these drivers.
    riding : frozenset of str
        The needs for which it was looked who could drive.
    """

    scene: Scene
    opened: Opened
    busy: Busy
    found: Mapping[str, Candidates]
    options: tuple[Option, ...]
    links: Mapping[tuple[str, str], tuple[str, ...]]
    supply: Supply
    plain: Mapping[str, Candidates]
    looked: Mapping[str, Candidates]
    riding: frozenset[str]


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


def prepared(
    scene: Scene, tell: Callable[[int, int], None], *, before: Working | None = None
) -> Working:
    """Find out what is asked, what stands, and which plans could meet each need.

    Parameters
    ----------
    scene : Scene
        The run.
    tell : callable
        Called with how many of all needs are done.
    before : Working, optional
        What an earlier run knew: of needs that no change touches the plans are taken over.
    """
    if before is None:
        return _prepared(scene, tell, None)
    taken = carried(scene, before.scene)
    return _prepared(taken.scene, tell, _Earlier(before, taken.changed))


def _prepared(scene: Scene, tell: Callable[[int, int], None], earlier: _Earlier | None) -> Working:
    open_now = opened(scene)
    busy = reservations(scene, open_now.fixed)
    catalogue = Catalogue(scene)
    kept: frozenset[str] = frozenset()
    if earlier is not None and earlier.helps:
        open_now = earlier.asked(open_now)
        vars(catalogue)["offers"] = alike(catalogue.offers, earlier.before.supply.catalogue.offers)
        kept = earlier.untouched(Known(scene, catalogue, busy), open_now.asks)
    supply = Supply(catalogue, busy)
    plain: dict[str, Candidates] = {}
    for at, ask in enumerate(open_now.asks):
        tell(at, len(open_now.asks))
        if earlier is not None and ask.id in kept:
            plain[ask.id] = earlier.before.plain[ask.id]
        else:
            plain[ask.id] = candidates(scene, ask, supply)
    supply = replace(supply, may_attend=_coming(open_now.asks, plain, supply))
    looked = _with_fellow_guests(scene, open_now.asks, plain, supply, (earlier, kept))
    found = dict(plain | looked)
    links = mutual(scene, open_now.asks, [o for c in found.values() for o in c.options])
    together = gatherings(scene, open_now.asks, {n: c.steps for n, c in found.items()})
    for name, groups in together.items():
        found[name] = replace(found[name], options=(*found[name].options, *groups))
    riding = frozenset(supply.notes.fitting)
    if earlier is not None:
        riding |= earlier.before.riding & kept
    return Working(
        scene=scene,
        opened=open_now,
        busy=busy,
        found=found,
        options=tuple(o for c in found.values() for o in c.options),
        links=links,
        supply=supply,
        plain=plain,
        looked=looked,
        riding=riding,
    )


@dataclass(frozen=True, eq=False)
class _Earlier:
    """An earlier run, and which tables are not as they were."""

    before: Working
    changed: frozenset[str]

    @property
    def helps(self) -> bool:
        """Whether it can be told apart what a change touches."""
        return self.changed <= HARMLESS

    def asked(self, now: Opened) -> Opened:
        """Return the questions, those of before where they are equal."""
        known = {ask.id: ask for ask in self.before.opened.asks}
        asks = (
            old if (old := known.get(ask.id)) is not None and same(ask, old) else ask
            for ask in now.asks
        )
        return replace(now, asks=tuple(asks))

    def untouched(self, now: Known, asks: Sequence[Ask]) -> frozenset[str]:
        """Return the questions whose plans are what they were."""
        was = self.before
        touched = Touched(now, Known(was.scene, was.supply.catalogue, was.busy))
        known = {ask.id: ask for ask in was.opened.asks}
        return frozenset(
            ask.id
            for ask in asks
            if not touched.touches(ask, known.get(ask.id), rides=ask.id in was.riding)
        )


def _coming(
    asks: Sequence[Ask], found: Mapping[str, Candidates], supply: Supply
) -> frozenset[Coming]:
    """Return who may be proposed for an activity and could drive others there."""
    drivers = {o.provider for o in supply.catalogue.drivers}
    return frozenset(
        (ask.need.owner, option.offer.id, option.start)
        for ask in asks
        if ask.need.owner in drivers
        for option in found[ask.id].options
        if option.offer.activity is not None and isinstance(option.start, dt.datetime)
    )


def _with_fellow_guests(
    scene: Scene,
    asks: Sequence[Ask],
    found: Mapping[str, Candidates],
    supply: Supply,
    before: tuple[_Earlier | None, frozenset[str]],
) -> dict[str, Candidates]:
    """Look again where somebody who is proposed for the same activity could drive."""
    earlier, kept = before
    if not supply.may_attend:
        return {}
    again: dict[str, Candidates] = {}
    if earlier is not None and kept:
        was = earlier.before
        joined = differing(supply.catalogue, supply.may_attend, was.supply.may_attend)
        for ask in asks:
            if ask.id in kept and found[ask.id].rides and not joined.answering(ask):
                again[ask.id] = was.looked.get(ask.id, was.plain[ask.id])
    for ask in asks:
        if found[ask.id].rides and ask.id not in again:
            again[ask.id] = candidates(scene, ask, supply)
    return again
