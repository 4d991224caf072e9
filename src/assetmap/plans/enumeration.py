"""Which plans could meet a need, and which rule removed each offer that could not."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from assetmap.model import Rung
from assetmap.plans.asks import Ask
from assetmap.plans.building import LATER_RULES, ORDER, Desk
from assetmap.plans.company import together
from assetmap.plans.ladder import Steps, rung_of, steps_for
from assetmap.plans.offers import Offer
from assetmap.plans.options import Option
from assetmap.plans.outcome import Funnel
from assetmap.plans.refusals import agreed, agreed_moments
from assetmap.plans.rides import Supply
from assetmap.plans.rules import RULES, all_but, asker_may_be_named, sharing, sifted
from assetmap.plans.scene import Scene
from assetmap.plans.shifts import in_shifts, may_divide
from assetmap.plans.sketches import Sketch, best
from assetmap.plans.splitting import in_turns, may_split
from assetmap.plans.walking import RIDES
from assetmap.privacy import SharingScope

__all__ = ["Candidates", "Miss", "candidates"]

REASONS = {r.name: r.reason for r in RULES} | dict(LATER_RULES)


@dataclass(frozen=True, slots=True)
class Miss:
    """An offer that did not become a plan, and the furthest rule that it reached."""

    offer: Offer
    rule: str
    percent: int = 100
    date: dt.date | None = None


@dataclass(frozen=True)
class Candidates:
    """What could meet one need.

    Attributes
    ----------
    options : tuple of Option
        Plans that pass every hard rule and may be used now, one per highest step of the ladder.
    misses : tuple of Miss
        Offers without a plan, the nearest miss first.
    funnel : Funnel
        How many each rule removed.
    steps : frozenset of Rung
        The steps of the ladder that are open.
    waiting : Rung or None
        The lowest step on which somebody could, where the ladder holds plans back.
    opens : date or None
        When that step opens by waiting alone.
    cut : int
        Plans that were left out because there were too many.
    rides : bool
        Whether some of its plans have, or lack, a ride.
    tiled : bool
        Whether help could begin at other times of the day than were weighed, and it may matter.
    """

    options: tuple[Option, ...]
    misses: tuple[Miss, ...]
    funnel: Funnel
    steps: frozenset[Rung]
    waiting: Rung | None
    opens: dt.date | None
    cut: int
    rides: bool
    tiled: bool = False


def candidates(scene: Scene, ask: Ask, supply: Supply) -> Candidates:
    """Enumerate the plans for one need, and count what each rule removed.

    A long one for which nobody could, competition left aside, is divided over short helpers.
    """
    found = _enumerated(scene, ask, supply)
    if not may_split(scene, ask):
        return found
    nobody = not found.options and found.waiting is None
    if nobody and all(miss.rule != "coming" for miss in found.misses):
        shared = _enumerated(scene, replace(ask, split=True), supply)
        return shared if shared.options or shared.waiting is not None else found
    if agreed(scene, ask.id) and not any(option.pinned for option in found.options):
        shared = _enumerated(scene, replace(ask, split=True), supply)
        promised = tuple(option for option in shared.options if option.pinned)
        return replace(found, options=(*found.options, *promised))
    return found


@dataclass(eq=False)
class _Pool:
    """What the offers for a need come to, before the ladder is looked at.

    Attributes
    ----------
    desk : Desk
        Where its plans are made.
    left : list of (Offer, int)
        What passes the rules that need no date, and how well it answers.
    misses : list of Miss
        What does not become a plan.
    options, sketches : list
        The plans; of those that differ in their time alone, sketches.
    made : set of str
        Keys of the offers in them.
    tiled : bool
        It could begin at other times of the day as well.
    """

    desk: Desk
    left: list[tuple[Offer, int]]
    misses: list[Miss]
    options: list[Option] = field(default_factory=list)
    sketches: list[Sketch] = field(default_factory=list)
    made: set[str] = field(default_factory=set)
    tiled: bool = False

    def fill(self) -> None:
        """Make every plan of one giver."""
        for offer, percent in self.left:
            tried = self.desk.tried(offer, percent)
            if tried.possible:
                self.made.add(offer.key)
                self.tiled |= tried.tiled
                self.options += tried.options
                self.sketches += tried.sketches
            else:
                self.misses.append(Miss(offer, tried.rule, percent, tried.date))

    def join(self) -> None:
        """Make plans of several givers of them, where one is not enough."""
        scene, ask = self.desk.scene, self.desk.ask
        join = in_turns if ask.split else together
        self.options, self.sketches = join(scene, ask, self.written()), []
        if not self.options:
            self.misses.extend(Miss(o, "enough", p) for o, p in self.left if o.key in self.made)
            self.made = set()

    def written(self) -> list[Option]:
        """Return all plans, those that were sketched too."""
        return _written(self.options, self.sketches)

    def divide(self) -> list[Option]:
        """Add plans in shifts for the dates that nobody could do as a whole, now or later.

        Returns
        -------
        list of Option
            Plans that were agreed on, although somebody could do all of it by now.
        """
        desk = self.desk
        coming = any(miss.rule == "coming" for miss in self.misses)
        if coming or not may_divide(desk.scene, desk.ask, desk.leg):
            return []
        whole = {o.slot.index for o in self.options} | {s.slot.index for s in self.sketches}
        slots = [slot for slot in desk.ask.slots if slot.index not in whole]
        shared = in_shifts(desk, self.left, slots)
        if shared:
            self.options += shared
            self.tiled = True
            self.made |= _keys(shared)
            self.misses = [miss for miss in self.misses if miss.offer.key not in self.made]
        if not agreed(desk.scene, desk.ask.id):
            return []
        return in_shifts(desk, self.left, [s for s in desk.ask.slots if s.index in whole])

    def but_declined(self, options: list[Option]) -> list[Option]:
        """Leave out plans of several givers that were turned down just so."""
        down = self.desk.down
        dropped = [o for o in options if down and o.code in down]
        if not dropped:
            return options
        left = [o for o in options if o not in dropped]
        gone = _keys(dropped) - _keys(left) - {s.hand.offer.key for s in self.sketches}
        self.misses.extend(Miss(o, "declined", p) for o, p in self.left if o.key in gone)
        self.made -= gone
        return left


def _keys(options: list[Option]) -> set[str]:
    """Return the offers that have a part in some plans."""
    return {g.offer.key for o in options for p in o.parts for g in p.givers}


def _enumerated(scene: Scene, ask: Ask, supply: Supply) -> Candidates:
    offers = supply.catalogue.answering(ask)
    left, gone = sifted(scene, ask, offers)
    pool = _Pool(Desk(scene, ask, supply), left, [Miss(o, rule, p) for o, p, rule in gone])
    pool.fill()
    if ask.split or (ask.need.people_needed or 1) > 1:
        pool.join()
    promised = pool.divide()
    pool.options = pool.but_declined(pool.options)
    misses, options, sketches = pool.misses, pool.options, pool.sketches
    able = {s.hand.rung for s in sketches}
    coming = {rung_of(scene, ask, m.offer) for m in misses if m.rule == "coming"}
    steps = steps_for(scene, ask, options, able | coming)
    allowed, held = _variants(options, steps)
    allowed = pool.but_declined(allowed)
    now = [s for s in sketches if s.hand.rung in steps.open]
    held |= able - steps.open
    if agreed(scene, ask.id):
        allowed.extend(_promised(scene, ask, [*pool.written(), *promised]))
    waiting = next((rung for rung in steps.opens if rung in held), None)
    used = _keys(allowed)
    used.update(s.hand.offer.key for s in now)
    misses.extend(Miss(o, "ladder", p) for o, p in offers if o.key in pool.made - used)
    kept = _kept(scene, allowed, now)
    plans = len(allowed) + sum(map(len, now))
    return Candidates(
        options=kept,
        misses=tuple(sorted(misses, key=_nearest)),
        funnel=_funnel(scene, ask, offers, misses, plans),
        steps=steps.open,
        waiting=waiting,
        opens=None if waiting is None else _opens(steps, waiting, options, able),
        cut=plans - len(kept),
        rides=any(m.rule in RIDES for m in misses)
        or any(p.leg in RIDES for o in options for p in o.parts),
        tiled=pool.tiled,
    )


def _opens(
    steps: Steps, waiting: Rung, options: list[Option], able: Collection[Rung]
) -> dt.date | None:
    """Return when the step that is held back opens by waiting alone: for help or for a ride."""
    days = [steps.waits_until(waiting, options), steps.opens[waiting] if waiting in able else None]
    return min((day for day in days if day is not None), default=None)


def _written(options: list[Option], sketches: list[Sketch]) -> list[Option]:
    """Return all plans, those that were sketched too."""
    return [*options, *(option for sketch in sketches for option in sketch.options())]


def _nearest(miss: Miss) -> tuple[int, int, str]:
    return (-ORDER[miss.rule], -miss.percent, miss.offer.key)


def _promised(scene: Scene, ask: Ask, options: list[Option]) -> list[Option]:
    """Return the plans that somebody decided to do, one per occurrence: they wait for no step.

    What was agreed for a certain hour is not moved: at another hour it is another proposal.
    """
    decided = agreed_moments(scene, ask.id)
    found: dict[int, Option] = {}
    for option in sorted(options, key=lambda o: o.key) if decided else ():
        way = option.way_of(decided)
        if way is None or option.slot.index in found:
            continue
        if decided[option.plan(list(way))] in {None, option.start}:
            fixed = option.only(lambda g, way=way: g in way)  # type: ignore[misc]
            step = max(g.step for g in way)
            found[option.slot.index] = replace(fixed, step=step, pinned=True)
    return list(found.values())


def _variants(options: list[Option], steps: Steps) -> tuple[list[Option], set[Rung]]:
    """Make one option per highest step that is open; return the rungs that are held back, too."""
    allowed: list[Option] = []
    held: set[Rung] = set()
    for option in options:
        now = option.only(steps.allow)
        if now.possible:
            for step in sorted(now.steps()):
                parts = tuple(p.upto(step) for p in now.parts)
                allowed.append(replace(now, parts=parts, step=step))
        rungs = now.highest_rungs() if now.possible else frozenset()
        held |= option.highest_rungs() - rungs
    return allowed, held


def _kept(scene: Scene, options: list[Option], sketches: list[Sketch]) -> tuple[Option, ...]:
    """Keep the best so many plans per occurrence."""
    most = scene.policy.solver.options_per_need
    written: dict[int, list[Option]] = defaultdict(list)
    sketched: dict[int, list[Sketch]] = defaultdict(list)
    for option in options:
        written[option.slot.index].append(option)
    for sketch in sketches:
        sketched[sketch.slot.index].append(sketch)
    kept: list[Option] = []
    for slot in sorted(written.keys() | sketched.keys()):
        found = [*written[slot], *best(sketched[slot], most)]
        if len(found) > most:
            found.sort(key=lambda o: (not o.pinned, _promise(o)))
        kept.extend(found[:most])
    kept.sort(key=lambda o: (o.slot.index, o.key, o.step))
    return tuple(kept)


def _promise(option: Option) -> tuple[int, int, int, str]:
    best = sum(max(g.total for g in part.givers) for part in option.parts)
    return (option.step, option.week, -best, option.key)


def _funnel(
    scene: Scene, ask: Ask, offers: tuple[tuple[Offer, int], ...], misses: list[Miss], plans: int
) -> Funnel:
    counts = Counter(m.rule for m in misses)
    removed = tuple((name, counts[name]) for name in ORDER if counts[name])
    shy = [m.offer for m in misses if m.rule == "sharing"]
    colleagues = _with_colleague(scene, ask, shy) if shy else 0
    return Funnel(len(offers), removed, len(offers) - len(misses), colleagues, plans)


def _with_colleague(scene: Scene, ask: Ask, offers: list[Offer]) -> int:
    """Count the offers that would fit but for being known to another worker only."""
    fits, named = all_but(scene, ask, "sharing"), asker_may_be_named(scene, ask)
    people = ((o, o.person) for o in offers if o.person is not None)
    shared = (o for o, person in people if sharing(scene, ask, person) is SharingScope.TEAM)
    return sum(named(offer) and fits(offer) for offer in shared)
