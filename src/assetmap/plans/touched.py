"""Which questions a change may touch, so that all others keep the plans that were found before.

Whatever is looked at for a question is compared with what it was: the question itself, the people
and offers that could have a part in it, who knows whom around the asker, what is decided and what
is taken. A question is touched when any of it differs; when in doubt it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from assetmap.model import Talent
from assetmap.plans.asks import Ask
from assetmap.plans.catalogue import Catalogue
from assetmap.plans.offers import Offer
from assetmap.plans.requirements import complete, requires
from assetmap.plans.scene import Scene
from assetmap.plans.standing import Busy

__all__ = ["HARMLESS", "Coming", "Known", "Touched", "could_serve", "differing", "limited"]

HARMLESS = frozenset(
    {
        "people",
        "talents",
        "needs",
        "activities",
        "ties",
        "arrangements",
        "decisions",
        "responsibilities",
        "agreements",
        "referrals",
        "observations",
        "visits",
        "contact_days",
    }
)
"""Tables of which it is known what a change of a row touches; of all others it is everything."""

Coming = tuple[str, str, Any]
"""Somebody who may be proposed for an activity at a moment."""
Key = TypeVar("Key")
_NOTHING = object()


@dataclass(frozen=True, eq=False)
class Known:
    """What a run drew on: the scene, what is on offer and what is taken.

    Attributes
    ----------
    scene : Scene
        The run.
    catalogue : Catalogue
        The offers.
    busy : Busy
        What standing arrangements use.
    """

    scene: Scene
    catalogue: Catalogue
    busy: Busy


def limited(catalogue: Catalogue, offers: Iterable[Offer]) -> Catalogue:
    """Return a catalogue of some offers alone, to see which questions these answer."""
    few = Catalogue(catalogue.scene)
    vars(few)["offers"] = tuple(sorted(offers, key=lambda o: o.key))
    return few


def could_serve(few: Catalogue, ask: Ask, *, rides: bool) -> bool:
    """Say whether some of a few offers could have a part in a plan for a question.

    Parameters
    ----------
    few : Catalogue
        From `limited`.
    ask : Ask
        The question.
    rides : bool
        Whether a plan for it may have a ride.
    """
    return bool(few.answering(ask)) or (rides and bool(few.drivers))


@dataclass(frozen=True, eq=False)
class Touched:
    """What differs between two runs.

    Attributes
    ----------
    now, before : Known
        The two runs; what is equal in both is the very same.
    """

    now: Known
    before: Known

    def touches(self, ask: Ask, before: Ask | None, *, rides: bool) -> bool:
        """Say whether the candidates of a question may differ from what they were.

        Parameters
        ----------
        ask, before : Ask, Ask or None
            The question now and before; one object where they are equal.
        rides : bool
            Whether who could drive was looked at.
        """
        if ask is not before:
            return True
        name, owner = ask.id, ask.need.owner
        return (
            owner in self.parties
            or ask.worker in self.moved
            or name in self.decided
            or not self.circle.isdisjoint(self.now.scene.personal.get(owner, ()))
            or could_serve(self.offers, ask, rides=rides)
        )

    # --- people -----------------------------------------------------------------------------------

    @cached_property
    def parties(self) -> frozenset[str]:
        """Everybody of whom something is known that is not as it was."""
        here, there = self.now.scene, self.before.scene
        found = _differs(here.people, there.people)
        found |= _differs(here.personal, there.personal)
        found |= _differs(here.talents_of, there.talents_of)
        found |= _differs(_several(here), _several(there))
        found |= here.car_owners ^ there.car_owners
        found |= here.quiet ^ there.quiet
        found |= {name for pair in here.arranged ^ there.arranged for name in pair}
        found |= self.moved
        found |= _differs(_filled(self.now.busy.spans), _filled(self.before.busy.spans))
        for name in self.used:
            talent = here.hood.index["talents"].get(name)
            found |= {talent.owner} if isinstance(talent, Talent) else set()
        return frozenset(found)

    @cached_property
    def used(self) -> frozenset[str]:
        """The talents of which another part is used up."""
        here, there = self.now.busy, self.before.busy
        found = {name for name, _ in _differs(here.plans, there.plans)}
        found |= {name for name, _ in _differs(here.minutes, there.minutes)}
        found |= {name for name, _ in _differs(here.cases, there.cases)}
        riders = _differs(_filled(here.riders), _filled(there.riders))
        return frozenset(found | {talent for talent, *_ in riders})

    @cached_property
    def moved(self) -> frozenset[str]:
        """Everybody who is known to another team."""
        found = _differs(self.now.scene.teams, self.before.scene.teams)
        return frozenset(name.partition(":")[2] for name in found) | found

    @cached_property
    def circle(self) -> frozenset[str]:
        """Everybody who knows others than before, or may be named now and not before."""
        here, there = self.now.scene, self.before.scene
        others = _differs(here.personal, there.personal)
        people = _differs(here.people, there.people)
        return frozenset(others | {p for p in people if here.permits(p) != there.permits(p)})

    @cached_property
    def decided(self) -> frozenset[str]:
        """The needs for which something else is decided or arranged."""
        here, there = self.now.scene, self.before.scene
        found = _differs(here.decisions, there.decisions)
        return frozenset(found | _differs(here.arrangements, there.arrangements))

    # --- offers -----------------------------------------------------------------------------------

    @cached_property
    def offers(self) -> Catalogue:
        """The offers that are not as they were, as they are and as they were."""
        mine, theirs = self.now.catalogue.offers, self.before.catalogue.offers
        found = set(mine) ^ set(theirs)
        every = {*mine, *theirs}
        found |= {o for o in every if o.provider in self.parties or o.id in self.sessions}
        found |= {o for o in every if o.talent is not None and o.id in self.used}
        going = {o.talent.going_to for o in found if o.talent is not None}
        found |= {o for o in every if o.activity is not None and o.id in going}
        return limited(self.now.catalogue, found)

    @cached_property
    def sessions(self) -> frozenset[str]:
        """The activities to which others come, or that have what they require and had it not."""
        here, there = self.now, self.before
        found = {name for name, _ in _differs(here.busy.seats, there.busy.seats)}
        coming = _differs(_filled(here.busy.attending), _filled(there.busy.attending))
        found |= {name for name, _ in coming}
        found |= _differs(here.scene.meetings, there.scene.meetings)
        return frozenset(found | _differs(_complete(here), _complete(there)))


def differing(
    catalogue: Catalogue, now: Collection[Coming], before: Collection[Coming]
) -> Catalogue:
    """Return the activities for which others than before may be proposed who could drive there.

    Parameters
    ----------
    catalogue : Catalogue
        The offers of the run.
    now, before : collection of Coming
        Who may be proposed for what.
    """
    names = {activity for _, activity, _ in set(now) ^ set(before)}
    mine = (o for o in catalogue.offers if o.activity is not None and o.id in names)
    return limited(catalogue, mine)


def _differs(now: Mapping[Key, object], before: Mapping[Key, object]) -> set[Key]:
    """Return the keys under which two mappings hold something else, or one of them nothing."""
    if now is before:
        return set()
    found = {key for key in before if key not in now}
    for key, value in now.items():
        was = before.get(key, _NOTHING)
        if was is not value and was != value:
            found.add(key)
    return found


def _filled(found: Mapping[Key, Iterable[Any]]) -> dict[Key, object]:
    """Return what is not empty, whatever the order of what was gathered."""
    return {key: sorted(values) for key, values in found.items() if values}


def _several(scene: Scene) -> dict[str, bool]:
    return {name: True for name, count in scene.involved.items() if count > 1}


def _complete(known: Known) -> dict[str, tuple[bool, ...]]:
    """Return on which dates each activity has what it requires, where it requires something."""
    scene, busy = known.scene, known.busy
    return {
        name: tuple(complete(scene, meeting, busy) for meeting in dates)
        for name, dates in scene.meetings.items()
        if dates and requires(scene, name)
    }
