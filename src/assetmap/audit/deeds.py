"""Plans, arrangements and habits as deeds: who does what, for whom, with what, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from assetmap.audit.facts import Facts, Party, alive
from assetmap.audit.views import PlanView
from assetmap.model import Leg, Need, Person

__all__ = ["RIDES", "Deed", "Moment", "Source", "deeds_of", "habits", "minutes_of", "rides_of"]

RIDES = (Leg.RIDE_OUT, Leg.RIDE_BACK)

Moment = dt.datetime | dt.date | None
"""A time, a week (its Monday), or neither."""


class Source(StrEnum):
    """Where a deed comes from."""

    PLAN = "plan"
    """Proposed, or decided on."""
    STANDING = "standing"
    """A standing plan that the proposals show."""
    ARRANGED = "arranged"
    """An arrangement that is due on a later date."""
    HABIT = "habit"
    """Somebody goes there anyway."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One part of a plan.

    Attributes
    ----------
    plan : str
        Id of the plan.
    need : str or None
        What is asked; None for somebody's own habit.
    asker : Party or None
        Who asks.
    leg : Leg
        Which part.
    giver : Party or None
        Who gives it; for an activity of nobody in particular, nobody.
    talent, activity : str or None
        With what, at what.
    start : datetime, date or None
        When the activity or help begins, or the Monday of its week.
    end : datetime or None
        When that ends.
    source : Source
        Where it comes from.
    place : str or None
        The place that is lent; `giver` is who says yes to that.
    minutes : int or None
        How long it takes, where several people share one time; `start` and `end` are of this part.
    """

    plan: str
    need: str | None
    asker: Party | None
    leg: Leg
    giver: Party | None
    talent: str | None
    activity: str | None
    start: Moment
    end: dt.datetime | None
    source: Source = Source.PLAN
    place: str | None = None
    minutes: int | None = None

    @property
    def day(self) -> dt.date | None:
        """The date, where there is one."""
        return self.start.date() if isinstance(self.start, dt.datetime) else self.start

    @property
    def providers(self) -> frozenset[Party]:
        """Everything by which decisions and arrangements may name who gives it."""
        named = {self.giver, ("places", self.place) if self.place is not None else None}
        if self.leg is Leg.ACTIVITY and self.activity is not None:
            named.add(("activities", self.activity))
        return frozenset(each for each in named if each is not None)

    @property
    def firm(self) -> bool:
        """Whether it is so whatever is proposed."""
        return self.source is not Source.PLAN

    @property
    def is_ride(self) -> bool:
        """Whether it is a ride there or back."""
        return self.leg in RIDES


def deeds_of(facts: Facts, plan: PlanView) -> list[Deed]:
    """Return the parts of a plan."""
    need = facts.need(plan.need)
    return [
        Deed(
            plan=plan.plan,
            need=plan.need,
            asker=facts.party(need.owner) if need is not None else None,
            leg=part.leg,
            giver=_giver(facts, part.provider, part.talent, part.leg),
            talent=part.talent,
            activity=part.activity,
            place=part.provider if part.leg is Leg.PLACE and part.talent is None else None,
            start=part.start or plan.occurrence,
            end=part.end or plan.end,
            minutes=part.minutes,
            source=Source.STANDING if plan.status == "standing" else Source.PLAN,
        )
        for part in plan.legs
    ]


def _giver(facts: Facts, provider: str, talent: str | None, leg: Leg) -> Party | None:
    """Find who is meant by a provider; an id that several things have is told by the rest."""
    meant = facts.talent(talent)
    if meant is not None:
        owner = facts.party(meant.owner)
        if owner is not None and owner[1] == provider.rpartition(":")[2]:
            return owner
    place = facts.place(provider) if leg is Leg.PLACE and talent is None else None
    if place is not None:
        return facts.party(place.manager or place.owner or f"place:{place.place}")
    if leg is Leg.ACTIVITY or (leg is Leg.CONTACT and talent is None):
        row = facts.record(provider, "initiatives")
        return (row.table, str(row.id)) if row is not None else None
    return facts.party(provider)


def rides_of(facts: Facts, deed: Deed) -> tuple[dt.datetime, dt.datetime] | None:
    """Return when a car is under way for a ride."""
    if not isinstance(deed.start, dt.datetime) or deed.end is None:
        return None
    margin = dt.timedelta(minutes=facts.policy.ride_margin_minutes)
    out = deed.leg is Leg.RIDE_OUT
    return (deed.start - margin, deed.start) if out else (deed.end, deed.end + margin)


def minutes_of(facts: Facts, need: Need) -> int:
    """Return how long help for a need takes, in minutes."""
    return max(1, round((need.hours or facts.policy.help_hours) * 60))


def habits(facts: Facts) -> Iterable[Deed]:
    """Yield where people go anyway, within the horizon."""
    for talent in facts.hood.talents:
        owner = facts.record(talent.owner, "people")
        activity = facts.activity(talent.going_to)
        if not isinstance(owner, Person) or activity is None:
            continue
        for start in facts.dates(activity):
            if alive(talent, start.date()):
                yield Deed(
                    plan=f"habit of {owner.person}",
                    need=None,
                    asker=("people", owner.person),
                    leg=Leg.ACTIVITY,
                    giver=None,
                    talent=None,
                    activity=activity.activity,
                    start=start,
                    end=facts.over(activity, start),
                    source=Source.HABIT,
                )
