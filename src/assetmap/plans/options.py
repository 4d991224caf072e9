"""A candidate plan before anything is chosen: parts, and who could give each of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from hashlib import blake2b
from itertools import combinations, islice, product

from assetmap.model import RUNGS, Leg, Rung
from assetmap.plans.asks import Ask, Slot
from assetmap.plans.offers import Offer
from assetmap.plans.outcome import Doubt
from assetmap.plans.refusals import plan_id

__all__ = ["TIE_BITS", "Giver", "Option", "Part", "code_of", "different", "stable_number"]


def stable_number(text: str, bits: int) -> int:
    """Return the same number for the same text, on any machine and in any process.

    Examples
    --------
    >>> stable_number("n1", 20) == stable_number("n1", 20) < 2**20
    True
    """
    digest = blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> (64 - bits)


MOST_WAYS = 4096
TIE_BITS = 10
"""Plans that are alike in all else differ by a stable number of so many bits."""
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


def code_of(parts: list[tuple[str, str, str, str]]) -> str:
    """Return a short code for the legs of a plan, whatever their date.

    Examples
    --------
    >>> len(code_of([("help", "p1", "t1", "")]))
    8
    """
    return _code("|".join(["/".join(p) for p in sorted(parts)]))


@lru_cache(maxsize=2**16)
def _code(legs: str) -> str:
    number = stable_number(legs, 40)
    return "".join([_LETTERS[(number >> shift) & 31] for shift in range(0, 40, 5)])


@dataclass(frozen=True, eq=False)
class Giver:
    """Somebody, or something, that can give one part of a plan.

    Attributes
    ----------
    leg : Leg
        Which part.
    offer : Offer
        With what.
    rung : Rung
        The step of the ladder, for this asker.
    step : int
        Its place in the order that holds for this need; 0 comes first.
    points : Mapping[str, int]
        What it adds to `fit`.
    doubts : tuple of Doubt
        What to ask about.
    start, end : datetime or None
        When the giver is busy with it; None: unknown.
    introducer : str or None
        Who can introduce them.
    chain : tuple of str
        The chain of acquaintance.
    never_waits : bool
        The driver goes there anyway: the ladder does not hold this back.
    if_attending : bool
        Only if this giver is proposed for the same activity, and so goes there anyway.
    minutes : int or None
        How long the part takes, where several people share one time in shifts.
    """

    leg: Leg
    offer: Offer
    rung: Rung
    step: int
    points: Mapping[str, int]
    doubts: tuple[Doubt, ...] = ()
    start: dt.datetime | None = None
    end: dt.datetime | None = None
    introducer: str | None = None
    chain: tuple[str, ...] = ()
    never_waits: bool = False
    if_attending: bool = False
    minutes: int | None = None

    @property
    def total(self) -> int:
        """Its points together."""
        return sum(self.points.values())

    @property
    def is_ride(self) -> bool:
        """Whether it is a ride there or back."""
        return self.leg is Leg.RIDE_OUT or self.leg is Leg.RIDE_BACK

    @cached_property
    def identity(self) -> tuple[str, str, str, str]:
        """What it is, whatever the date: leg, provider, talent, activity."""
        talent = self.offer.talent.talent if self.offer.talent is not None else ""
        activity = self.offer.activity.activity if self.offer.activity is not None else ""
        return (self.leg.value, self.offer.provider, talent, activity)


@dataclass(frozen=True, eq=False)
class Part:
    """One part of a plan: so many of these givers are needed.

    Attributes
    ----------
    leg : Leg
        Which part.
    givers : tuple of Giver
        Who could give it.
    count : int
        How many of them it takes.
    """

    leg: Leg
    givers: tuple[Giver, ...]
    count: int = 1

    def upto(self, step: int) -> Part:
        """Keep the givers that stand no higher on the ladder than this step."""
        return Part(self.leg, tuple(g for g in self.givers if g.step <= step), self.count)

    @property
    def providers(self) -> frozenset[str]:
        """Who could give it."""
        return frozenset(g.offer.provider for g in self.givers)

    @property
    def possible(self) -> bool:
        """Whether there are enough givers."""
        return len(self.givers) >= self.count

    @cached_property
    def is_open(self) -> bool:
        """Whether it is still to be chosen who gives it."""
        return len(self.givers) > self.count or _rides(self)


@dataclass(frozen=True, eq=False)
class Option:
    """A candidate plan for one occurrence of one need.

    Attributes
    ----------
    ask : Ask
        The need.
    slot : Slot
        Which occurrence of it.
    offer : Offer
        What answers it.
    parts : tuple of Part
        All parts; each is needed.
    start : datetime, date or None
        When; a bare date is a Monday: some time in that week.
    end : datetime or None
        When it ends.
    week : int
        Week of the horizon, counted from 0.
    step : int
        The highest step of the ladder that its givers may stand on.
    doubts : tuple of Doubt
        What to ask about the whole.
    pinned : bool
        Somebody decided to do just this: its givers are fixed and it is not traded.
    seats_left : int or None
        Seats at the activity that nobody has yet; None: no limit, or no activity.
    group : tuple of str
        The needs that are met together with it, its own among them, or none of them is.
    """

    ask: Ask
    slot: Slot
    offer: Offer
    parts: tuple[Part, ...]
    start: dt.datetime | dt.date | None
    end: dt.datetime | None
    week: int
    step: int = 99
    doubts: tuple[Doubt, ...] = ()
    pinned: bool = False
    seats_left: int | None = None
    group: tuple[str, ...] = ()

    @property
    def day(self) -> dt.date | None:
        """The date, where there is one."""
        return self.start.date() if isinstance(self.start, dt.datetime) else self.start

    @cached_property
    def key(self) -> str:
        """What it is, apart from who drives: unique within a run together with `step`."""
        fixed = [g.identity for p in self.parts if not _rides(p) for g in p.givers[: p.count]]
        when = "" if self.start is None else self.start.isoformat()
        cuts = "".join(f"+{minutes}" for minutes in self.shifts)
        return f"{self.ask.id}#{self.slot.index}@{when}:{code_of(fixed)}{cuts}"

    @cached_property
    def rank(self) -> int:
        """What tells it from plans that are alike in all else: earlier and more even is first."""
        stable = stable_number(f"{self.key}:{self.step}", TIE_BITS)
        uneven = (max(self.shifts) - min(self.shifts)) // 15 if self.shifts else 0
        return -((self.quarter + uneven) << TIE_BITS) - stable

    @cached_property
    def shifts(self) -> tuple[int, ...]:
        """How many minutes each part takes, where several people share one time."""
        found = (part.givers[0].minutes for part in self.parts)
        return tuple(minutes for minutes in found if minutes is not None)

    @property
    def code(self) -> str | None:
        """The code of its givers where all of them are fixed; None where one is to be chosen."""
        if any(part.is_open for part in self.parts):
            return None
        return code_of([g.identity for part in self.parts for g in part.givers])

    @property
    def quarter(self) -> int:
        """The quarter of an hour of the week in which it begins."""
        if not isinstance(self.start, dt.datetime):
            return 0
        start = self.start
        return (start.weekday() * 1440 + start.hour * 60 + start.minute) // 15

    @property
    def possible(self) -> bool:
        """Whether every part has enough givers, and each shift of one time another."""
        if not all(p.possible for p in self.parts):
            return False
        return len(self.shifts) < 2 or different([p.providers for p in self.parts])

    def only(self, keep: Callable[[Giver], bool]) -> Option:
        """Return the same plan with those givers alone."""
        parts = (Part(p.leg, tuple(g for g in p.givers if keep(g)), p.count) for p in self.parts)
        return replace(self, parts=tuple(parts))

    def steps(self) -> frozenset[int]:
        """Return every place in the order of preference that could be the highest one."""
        return frozenset(self._highest(lambda g: g.step))

    def highest_rungs(self) -> frozenset[Rung]:
        """Return every step of the ladder that could be the highest one of this plan."""
        return frozenset(RUNGS[place] for place in self._highest(lambda g: g.rung.step))

    def _highest(self, place: Callable[[Giver], int]) -> Iterator[int]:
        every = {place(g) for p in self.parts for g in p.givers}
        for top in sorted(every):
            limited = self.only(lambda g, top=top: place(g) <= top)  # type: ignore[misc]
            if limited.possible and any(place(g) == top for p in limited.parts for g in p.givers):
                yield top

    def ways(self) -> Iterator[tuple[Giver, ...]]:
        """Yield the ways in which the parts could be given, at most `MOST_WAYS` of them."""
        choices = [combinations(part.givers, part.count) for part in self.parts]
        for found in islice(product(*choices), MOST_WAYS):
            yield tuple(g for some in found for g in some)

    def way_of(self, plans: Collection[str]) -> tuple[Giver, ...] | None:
        """Return the givers with which this is one of these plans; None if it is none."""
        if not any(plan.startswith(f"{self.ask.id}-") for plan in plans):
            return None
        return next((way for way in self.ways() if self.plan(list(way)) in plans), None)

    def plan(self, chosen: list[Giver]) -> str:
        """Return the id of the plan with these givers."""
        return plan_id(self.ask.id, code_of([g.identity for g in chosen]), self.day)


def different(able: Sequence[frozenset[str]], used: frozenset[str] = frozenset()) -> bool:
    """Say whether each of some parts can be given by somebody else.

    Examples
    --------
    >>> one, two = frozenset({"p1"}), frozenset({"p1", "p2"})
    >>> different([one, two]), different([one, one])
    (True, False)
    """
    if not able:
        return True
    return any(different(able[1:], used | {who}) for who in sorted(able[0] - used))


def _rides(part: Part) -> bool:
    return part.leg is Leg.RIDE_OUT or part.leg is Leg.RIDE_BACK
