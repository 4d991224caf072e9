"""What the audit reads of proposals; any object with these attributes will do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from assetmap.model import Leg, Neighbourhood, Policy, Rung
from assetmap.privacy import SafetyRecords
from assetmap.schedule import Week

__all__ = [
    "CertificateView",
    "DutyView",
    "FunnelView",
    "GapView",
    "LegView",
    "PlanView",
    "ProposalsView",
]


class LegView(Protocol):
    """One part of a plan."""

    @property
    def leg(self) -> Leg:
        """Which part."""

    @property
    def provider(self) -> str:
        """Who gives it."""

    @property
    def talent(self) -> str | None:
        """With what."""

    @property
    def activity(self) -> str | None:
        """At what."""

    @property
    def rung(self) -> Rung:
        """The step of the ladder."""

    @property
    def introducer(self) -> str | None:
        """Who can introduce them."""

    @property
    def chain(self) -> tuple[str, ...]:
        """The chain of acquaintance."""

    @property
    def points(self) -> Mapping[str, int]:
        """What it adds to `fit`, by part."""

    @property
    def start(self) -> dt.datetime | None:
        """When somebody comes, of several who share one time."""

    @property
    def end(self) -> dt.datetime | None:
        """When they go."""

    @property
    def minutes(self) -> int | None:
        """How long they come for."""


class PlanView(Protocol):
    """A whole plan for one need."""

    @property
    def plan(self) -> str:
        """The id."""

    @property
    def need(self) -> str:
        """The need."""

    @property
    def occurrence(self) -> dt.datetime | dt.date | None:
        """When, or the Monday of a week."""

    @property
    def end(self) -> dt.datetime | None:
        """When it ends."""

    @property
    def legs(self) -> Sequence[LegView]:
        """The parts."""

    @property
    def rung(self) -> Rung:
        """The step of the ladder."""

    @property
    def status(self) -> str:
        """How firm it is."""

    @property
    def also_answers(self) -> tuple[str, ...]:
        """Other needs of the asker that the same visit answers."""

    @property
    def also_helps(self) -> tuple[str, ...]:
        """Needs of the givers that are met as well."""

    @property
    def scores(self) -> Mapping[str, int]:
        """Its score per level."""


class GapView(Protocol):
    """An open need without a plan."""

    @property
    def need(self) -> str:
        """The need."""

    @property
    def reason(self) -> str:
        """One code from the closed list."""

    @property
    def leg(self) -> Leg | None:
        """Which part."""

    @property
    def closest(self) -> str | None:
        """The offer that came nearest."""

    @property
    def worker(self) -> str | None:
        """Who holds the question."""

    @property
    def next_date(self) -> dt.date | None:
        """The date that is coming."""

    @property
    def opens_on(self) -> dt.date | None:
        """When the next step opens."""

    @property
    def rung(self) -> Rung | None:
        """The step of the ladder."""

    @property
    def price(self) -> str | None:
        """What it costs."""


class DutyView(Protocol):
    """One post of an activity on a date."""

    @property
    def activity(self) -> str:
        """The activity."""

    @property
    def start(self) -> dt.datetime:
        """When it begins."""

    @property
    def end(self) -> dt.datetime:
        """When it ends."""

    @property
    def what(self) -> str:
        """The category or role that is required."""

    @property
    def party(self) -> str | None:
        """The party that is required."""

    @property
    def count(self) -> int:
        """How many are required."""

    @property
    def people(self) -> tuple[str, ...]:
        """Who is there."""


class CircleView(Protocol):
    """People of whom each helps the next."""

    @property
    def people(self) -> tuple[str, ...]:
        """Who, in that order."""

    @property
    def plans(self) -> tuple[str, ...]:
        """The plans in which they do."""


class FunnelView(Protocol):
    """How many offers each rule removed."""

    @property
    def offers(self) -> int:
        """Offers that answer the need in kind."""

    @property
    def removed(self) -> Sequence[tuple[str, int]]:
        """How many each rule removed."""

    @property
    def left(self) -> int:
        """Offers from which a plan could be made."""


class CertificateView(Protocol):
    """What is proven about the proposals."""

    @property
    def status(self) -> str:
        """How firm it is."""

    @property
    def considered(self) -> str:
        """All candidates, or not."""


class ProposalsView(Protocol):
    """What a run proposes."""

    @property
    def hood(self) -> Neighbourhood:
        """The neighbourhood."""

    @property
    def week(self) -> Week:
        """The week of the run."""

    @property
    def policy(self) -> Policy:
        """The team's choices."""

    @property
    def items(self) -> Sequence[PlanView]:
        """The plans."""

    @property
    def gaps(self) -> Sequence[GapView]:
        """Open needs without a plan."""

    @property
    def funnels(self) -> Mapping[str, FunnelView]:
        """For every need: what each rule removed."""

    @property
    def met_by_giving(self) -> Collection[str]:
        """Needs met by what the asker gives."""

    @property
    def roster(self) -> Sequence[DutyView]:
        """Who is there for activities that cannot do without."""

    @property
    def circles(self) -> Sequence[CircleView]:
        """Who help each other."""

    @property
    def certificate(self) -> CertificateView:
        """What is proven."""

    @property
    def apart(self) -> SafetyRecords:
        """What is kept apart."""
