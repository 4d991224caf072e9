"""A closed set of small changes that could help a need, each as records to add."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from assetmap.explain.newcomers import Newcomer, Trait
from assetmap.explain.trial import Trial
from assetmap.model import (
    Activity,
    Leg,
    Need,
    Person,
    Record,
    Rung,
    Setting,
    Share,
    Talent,
)
from assetmap.plans import Ask, Option
from assetmap.plans.building import leg_of
from assetmap.plans.enumeration import Miss
from assetmap.plans.ladder import ladder_for
from assetmap.plans.limits import minutes_left, plans_left
from assetmap.plans.offers import Offer
from assetmap.plans.requirements import missing
from assetmap.plans.shifts import may_divide
from assetmap.plans.standing import ride_span
from assetmap.plans.walking import RIDES

__all__ = ["Change", "ChangeKind", "changes_for", "records_of"]

MOST = 8
"""At most so many changes of a kind are tried for one need, those of the nearest misses first."""
FAR_KM = 1_000
OFTEN = 50
"""Plans a week of a driver who is there whenever the activity is."""
ALL_WEEK = "Mon-Sun 00:00-24:00"


class ChangeKind(StrEnum):
    """What would be different; in the order in which they are tried."""

    CONVERSATION = "conversation"
    """The first conversation is held."""
    TRIED = "tried"
    """A step of the ladder was tried without result, so that the next one opens."""
    RIDE_OUT = "ride_out"
    """A seat in a car there."""
    RIDE_BACK = "ride_back"
    """A seat in a car home."""
    RIDE = "ride"
    """A seat in a car there and home again."""
    SEAT = "seat"
    """One place more at an activity."""
    PLAN = "plan"
    """Somebody helps once more a week."""
    HOUR = "hour"
    """Somebody gives so many hours more a week as this takes."""
    WISH = "wish"
    """A wish of the asker is let go."""
    RELIEF = "relief"
    """Somebody near the asker takes over for some hours, where others have too few."""
    TALENT = "talent"
    """Somebody near the asker offers what is asked, or what an activity cannot do without."""


WISHES = (
    "when",
    "fee_max_eur",
    "max_km",
    "language_hard",
    "setting",
    "wants",
    "not_known",
    "not_area",
)
"""The wishes that may be talked over, in the order in which they are tried."""
_ORDER = {kind: at for at, kind in enumerate(ChangeKind)}
_TABLES = {ChangeKind.SEAT: "activities", ChangeKind.PLAN: "talents", ChangeKind.HOUR: "talents"}


@dataclass(frozen=True, slots=True)
class Change:
    """One small change.

    Attributes
    ----------
    kind : ChangeKind
        What would be different.
    thing : str
        Of what: the id of an activity or talent, a step of the ladder, a wish, or a category.
    category : str or None
        What there would be more of.
    area : str or None
        Where.
    when : str or None
        The local start of the activity, where it is about one.
    records : tuple of Record
        What :func:`assetmap.explain.what_if` would add for it.
    traits : tuple of Trait
        What somebody new has to be; empty: any neighbour will do.
    language : str or None
        The language that they have to speak.
    hours : float or None
        How many hours a week more.
    """

    kind: ChangeKind
    thing: str
    category: str | None = None
    area: str | None = None
    when: str | None = None
    records: tuple[Record, ...] = ()
    traits: tuple[Trait, ...] = ()
    language: str | None = None
    hours: float | None = None

    @property
    def name(self) -> tuple[str, str]:
        """What it is, whoever asks."""
        return self.kind.value, self.thing


def changes_for(trial: Trial, ask: Ask, focus: frozenset[str] | None = None) -> tuple[Change, ...]:
    """Return the changes that could bring a need further, in the order in which to try them.

    Parameters
    ----------
    trial : Trial
        The run, with what was changed already.
    ask : Ask
        The need.
    focus : frozenset of str, optional
        Keys of offers: only what has to do with these; default: everything.

    Returns
    -------
    tuple of Change
        Each once.
    """
    maker = _Maker(trial, ask)
    found: dict[tuple[str, str, float | None], Change] = {}
    for change in maker.changes(focus):
        found.setdefault((*change.name, change.hours), change)
    kinds: Counter[ChangeKind] = Counter()
    nearest = []
    for change in sorted(found.values(), key=lambda c: _ORDER[c.kind]):
        kinds[change.kind] += 1
        if kinds[change.kind] <= MOST:
            nearest.append(change)
    return tuple(nearest)


def records_of(trial: Trial, ask: Ask, change: Change, times: int) -> tuple[Record, ...]:
    """Return the records with which there is so many times more of something.

    Parameters
    ----------
    trial : Trial
        The run.
    ask : Ask
        For whom it was thought of.
    change : Change
        A seat, a ride, a plan, hours or a talent.
    times : int
        How much more.
    """
    return _Maker(trial, ask).records(change.kind, change.thing, times, change.hours)


class _Maker:
    """Thinks of changes for one need."""

    def __init__(self, trial: Trial, ask: Ask) -> None:
        self.trial, self.ask, self.need = trial, ask, ask.need
        self.scene, self.hood = trial.scene, trial.scene.hood

    def changes(self, focus: frozenset[str] | None) -> Iterator[Change]:
        if not self.ask.talked:
            if focus is None:
                yield self.of_need(ChangeKind.CONVERSATION, "talked", talked=True)
            return
        found = self.trial.candidates(self.ask.id)
        if found.waiting is not None:
            yield from self.steps(found.waiting)
        for miss in found.misses:
            if focus is None or miss.offer.key in focus:
                yield from self.after(miss)
        for option in found.options:
            if focus is None or option.offer.key in focus:
                yield from self.lost(option)
        if focus is None or any(m.rule == "enough" for m in found.misses):
            yield from self.wider()

    def wider(self) -> Iterator[Change]:
        """Yield what does not depend on what is there: wishes let go, and somebody new."""
        for wish in WISHES:
            value = getattr(self.need, wish)
            if value and (wish != "setting" or value is Setting.QUIET):
                yield self.wish(wish)
        if self.ask.windows is not None and not self.need.when:
            yield self.wish("when")
        if not self.need.wants:
            for hours in self.short_by():
                category = self.need.category
                yield self.made(ChangeKind.RELIEF, category, category, hours)
            yield self.made(ChangeKind.TALENT, self.need.category, self.need.category)

    # --- what stands in the way ---------------------------------------------------------------

    def after(self, miss: Miss) -> Iterator[Change]:
        """Yield what would bring an offer past the rule that removed it."""
        offer, rule = miss.offer, miss.rule
        if rule in {"hours", "capacity"} and offer.talent is not None:
            yield from self.more_of(offer)
        elif offer.activity is not None and rule in {"complete", "capacity", *_RIDES}:
            if rule == "complete":
                yield from self.whom_it_lacks(offer)
            yield from self.seat(offer.activity)
            if rule in _RIDES:
                yield from self.rides(offer.activity)

    def lost(self, option: Option) -> Iterator[Change]:
        """Yield what there could be more of, where others have what there is."""
        activity = option.offer.activity
        for part in option.parts:
            if part.leg in RIDES and activity is not None:
                yield from self.rides(activity)
            elif part.leg is Leg.ACTIVITY and activity is not None:
                yield from self.seat(activity)
            else:
                for giver in part.givers:
                    yield from self.more_of(giver.offer)

    def steps(self, waiting: Rung) -> Iterator[Change]:
        """Yield the steps below the one that is waited for."""
        ladder, tried = ladder_for(self.ask), self.need.tried or ()
        for rung in ladder[: ladder.index(waiting)]:
            if rung.value not in tried:
                every = (*tried, rung.value)
                yield self.of_need(ChangeKind.TRIED, rung.value, tried=every)

    def more_of(self, offer: Offer) -> Iterator[Change]:
        talent = offer.talent
        if talent is None or self.hood.index["talents"].get(talent.talent) is None:
            return
        if plans_left(self.scene, offer, 0, self.trial.supply.busy) < OFTEN:
            yield self.made(ChangeKind.PLAN, talent.talent, talent.category)
        if talent.hours_week is not None:
            for hours in self.short_of(offer):
                yield self.made(ChangeKind.HOUR, talent.talent, talent.category, hours)

    def short_of(self, offer: Offer) -> Iterator[float]:
        """Yield how many hours a week more it takes: what is short, then all where others ask."""
        whole = self.ask.hours or self.scene.policy.help_hours
        left = minutes_left(self.scene, offer, 0, self.trial.supply.busy)
        short = whole - (left or 0) / 60
        if 0 < short < whole:
            yield short
        yield whole

    def short_by(self) -> list[float]:
        """Return for how many hours somebody could take over: half, and what the others lack."""
        scene, ask = self.scene, self.ask
        found = self.trial.candidates(ask.id)
        near = [m.offer for m in found.misses if m.rule in {"hours", "time"}]
        near += [o.offer for o in found.options if o.shifts]
        if not near or not may_divide(scene, ask, leg_of(scene, ask)):
            return []
        whole = ask.hours or 0
        left = (minutes_left(scene, offer, 0, self.trial.supply.busy) or 0 for offer in near)
        short = {whole / 2, *(whole - minutes / 60 for minutes in left)}
        return sorted(hours for hours in short if 1 <= hours <= whole - 1)

    def seat(self, activity: Activity) -> Iterator[Change]:
        if activity.capacity is not None:
            yield self.made(ChangeKind.SEAT, activity.activity, activity.category)

    def rides(self, activity: Activity) -> Iterator[Change]:
        for kind in (ChangeKind.RIDE_OUT, ChangeKind.RIDE_BACK, ChangeKind.RIDE):
            if self.records(kind, activity.activity, 1):
                yield self.made(kind, activity.activity, "ride")

    def whom_it_lacks(self, offer: Offer) -> Iterator[Change]:
        """Yield the cook or host that an activity cannot do without."""
        wanted = (w for m in self.scene.meetings.get(offer.id, ()) for w in missing(self.scene, m))
        for what in dict.fromkeys(w.what for w in wanted if w.what in self.scene.tree):
            yield self.made(ChangeKind.TALENT, f"{what}@{offer.id}", what)

    # --- a change ---------------------------------------------------------------------------------

    def wish(self, wish: str) -> Change:
        value = {"when": ALL_WEEK, "max_km": FAR_KM}.get(wish)
        return self.of_need(ChangeKind.WISH, wish, **{wish: value})

    def of_need(self, kind: ChangeKind, thing: str, **cells: Any) -> Change:
        given = {name: getattr(self.need, name) for name in type(self.need).model_fields}
        changed = Need(**{**given, **cells})
        return Change(kind, thing, self.need.category, self.ask.spot.area, None, (changed,))

    def made(
        self, kind: ChangeKind, thing: str, category: str, hours: float | None = None
    ) -> Change:
        activity = self.hood.index["activities"].get(thing.rpartition("@")[2])
        talent = self.hood.index["talents"].get(thing)
        area, when = self.ask.spot.area, None
        if isinstance(activity, Activity):
            when = self.first(activity)
            area = area if kind in _DRIVING else self.scene.spot(activity).area
        elif isinstance(talent, Talent):
            area = self.scene.spot(self.hood.owner(talent.owner)).area
        records = self.records(kind, thing, 1, hours)
        found = Change(kind, thing, category, area, when, records, hours=hours)
        somebody = self.newcomer(kind, thing)
        if somebody is None:
            return found
        return replace(found, traits=somebody.traits, language=somebody.language)

    def first(self, activity: Activity) -> str:
        dates = self.scene.meetings.get(activity.activity)
        return (dates[0].start if dates else activity.start).strftime("%Y-%m-%d %H:%M")

    def records(
        self, kind: ChangeKind, thing: str, times: int, hours: float | None = None
    ) -> tuple[Record, ...]:
        if kind in _TABLES:
            row = self.hood.index[_TABLES[kind]][thing]
            more = times if hours is None else times * hours
            return (row.model_copy(update=self.raised(kind, row, more)),)
        rows: list[Record] = []
        for number in range(times):
            rows.extend(self.somebody(kind, thing, number, hours))
        return tuple(rows)

    def raised(self, kind: ChangeKind, row: Any, more: float) -> dict[str, object]:
        if kind is ChangeKind.SEAT:
            return {"capacity": row.capacity + more}
        if kind is ChangeKind.HOUR:
            return {"hours_week": (row.hours_week or 0) + more}
        usual = self.scene.policy.default_per_week
        return {"per_week": (usual if row.per_week is None else row.per_week) + more}

    # --- somebody who is not there yet --------------------------------------------------------

    def somebody(
        self, kind: ChangeKind, thing: str, number: int, hours: float | None
    ) -> tuple[Record, ...]:
        """Return a person near the asker, and what they offer.

        Never a worker: who holds a question may depend on which workers there are.
        """
        name = self.unused(f"extra-{kind.value.replace('_', '-')}", number)
        what, _, activity = thing.partition("@")
        found = self.newcomer(kind, thing)
        if kind in _DRIVING:
            cells = self.driving(kind, thing)
        elif activity:
            cells = {"category": what, "going_to": activity}
        else:
            cells = {"category": what, "per_week": 1, "hours_week": hours}
        if cells is None:
            return ()
        lives = {"area": self.ask.spot.area} if found is None else found.person()
        gives = {} if found is None else found.talent()
        person = Person(person=name, share=Share.YES, ground="consent", **lives)
        return (person, Talent(talent=name, owner=name, **gives, **cells))

    def newcomer(self, kind: ChangeKind, thing: str) -> Newcomer | None:
        """Return what somebody has to be for this question; None for a post at an activity."""
        if kind in _DRIVING:
            where = self.scene.spot(self.hood.index["activities"][thing])
            return Newcomer(self.scene, self.ask, where)
        if kind in {ChangeKind.TALENT, ChangeKind.RELIEF} and "@" not in thing:
            return Newcomer(self.scene, self.ask)
        return None

    def unused(self, name: str, number: int) -> str:
        """Return an id that nobody has."""
        index, at = self.hood.index, 0
        free: list[str] = []
        while len(free) <= number:
            at += 1
            if f"{name}-{at}" not in index["people"] and f"{name}-{at}" not in index["talents"]:
                free.append(f"{name}-{at}")
        return free[-1]

    def driving(self, kind: ChangeKind, activity: str) -> dict[str, Any] | None:
        """Return what a driver offers; None: hours there and home again cannot be told apart.

        They only drive: a seat at the activity is not counted on, nor that they like to go.
        """
        windows = None
        if kind is not ChangeKind.RIDE:
            leg = Leg(kind.value)
            dates = self.scene.meetings.get(activity, ())
            spans = [ride_span(self.scene, leg, m.start, m.end) for m in dates]
            if not spans or any(start.date() != end.date() for start, end in spans):
                return None
            windows = " | ".join(dict.fromkeys(_window(*span) for span in spans))
        return {"category": "ride", "seats": 1, "per_week": OFTEN, "available": windows}


_DRIVING = frozenset({ChangeKind.RIDE_OUT, ChangeKind.RIDE_BACK, ChangeKind.RIDE})
_RIDES = frozenset({"ride_out", "ride_back"})
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _window(start: dt.datetime, end: dt.datetime) -> str:
    return f"{_DAYS[start.weekday()]} {start:%H:%M}-{end:%H:%M}"
