"""What a run proposes and what it could not: frozen facts, no sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from assetmap.model import Leg, Rung

__all__ = ["Doubt", "Funnel", "Gap", "Plan", "PlanLeg", "PlanStatus", "Reason"]


class Reason(StrEnum):
    """Why an open need has no plan; a closed list."""

    FIRST_CONVERSATION = "first_conversation"
    NEEDS_WORKER = "needs_worker"
    WAITING_FOR_RUNG = "waiting_for_rung"
    NEXT_OCCURRENCE = "next_occurrence"
    NO_TALENT = "no_talent"
    TOO_FAR = "too_far"
    NO_TIME = "no_time"
    NO_SHARED_LANGUAGE = "no_shared_language"
    NO_CAPACITY = "no_capacity"
    NO_HOURS = "no_hours"
    NO_RIDE_OUT = "no_ride_out"
    NO_RIDE_BACK = "no_ride_back"
    NOT_ACCESSIBLE = "not_accessible"
    FEE_OVER_BUDGET = "fee_over_budget"
    AUDIENCE = "audience"
    TERM = "term"
    GROUP_TOO_SMALL = "group_too_small"
    ACTIVITY_INCOMPLETE = "activity_incomplete"
    TAKEN_BY_MORE_URGENT = "taken_by_more_urgent"
    ENDED = "ended"
    NOT_POSSIBLE_HERE = "not_possible_here"
    SEVERAL = "several"


class PlanStatus(StrEnum):
    """How firm a plan is."""

    PROPOSED = "proposed"
    """New: people decide."""
    STANDING = "standing"
    """A confirmed arrangement; not weighed again."""
    PINNED = "pinned"
    """Somebody decided to do it; kept as it is until its date."""


class Doubt(StrEnum):
    """What to ask about before a plan goes ahead."""

    TIME_UNKNOWN = "time_unknown"
    DISTANCE_UNKNOWN = "distance_unknown"
    LANGUAGE_UNKNOWN = "language_unknown"
    NO_SHARED_LANGUAGE = "no_shared_language"
    SEATS_UNKNOWN = "seats_unknown"
    STEP_FREE_UNKNOWN = "step_free_unknown"
    QUIET_UNKNOWN = "quiet_unknown"
    COSTS_MONEY = "costs_money"
    NOT_MET_BEFORE = "not_met_before"
    BUDDY_WANTED = "buddy_wanted"
    GROUND_UNKNOWN = "ground_unknown"
    STOPS_SOON = "stops_soon"
    OVER_HOURS = "over_hours"
    TERM_UNKNOWN = "term_unknown"
    CONDITIONS = "conditions"
    TRIED_BEFORE = "tried_before"
    SUPPORT_UNKNOWN = "support_unknown"
    AMOUNT_SHORT = "amount_short"
    OVER_ALLOWANCE = "over_allowance"
    IN_TURNS = "in_turns"
    IN_SHIFTS = "in_shifts"


@dataclass(frozen=True, slots=True)
class PlanLeg:
    """One part of a plan.

    Attributes
    ----------
    leg : Leg
        What part it is.
    provider : str
        Id of the person, initiative or organisation that gives it.
    talent, activity : str or None
        With what, or at what.
    rung : Rung
        The step of the ladder it stands on.
    introducer : str or None
        Who can introduce them: the person nearest the asker on the shortest chain of
        acquaintance; None when they know each other or nobody is known who could.
    chain : tuple of str
        The whole chain from asker to provider; empty when none was found.
    doubts : tuple of Doubt
        What to ask about this part.
    points : Mapping[str, int]
        What it adds to `fit`, by part.
    start, end : datetime or None
        When somebody comes and goes, where several people share one time in shifts.
    minutes : int or None
        How long they come for, then.
    """

    leg: Leg
    provider: str
    talent: str | None
    activity: str | None
    rung: Rung
    introducer: str | None = None
    chain: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    points: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    start: dt.datetime | None = None
    end: dt.datetime | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole plan for one need: all its legs or nothing.

    Attributes
    ----------
    plan : str
        Stable id: the same need, legs and date always get the same one.
    need : str
        The need it meets.
    occurrence : datetime, date or None
        Local date and time; a bare date (a Monday) means some time in that week.
    end : datetime or None
        When it ends, where that is known.
    legs : tuple of PlanLeg
        In the order in which they happen.
    rung : Rung
        The highest step among the legs.
    status : PlanStatus
        Proposed, standing or pinned.
    also_helps : tuple of str
        Needs of the providers themselves that this meets as well.
    also_answers : tuple of str
        Other needs of the asker that the same date of the activity answers; each has a plan of
        its own, for the one visit.
    doubts : tuple of Doubt
        What to ask about the plan as a whole.
    welfare_answer : bool
        An informal plan where a formal provision was the alternative (welzijnsantwoord).
    scores : Mapping[str, int]
        Its score per level; the parts of `fit` are in the legs and add up exactly.
    """

    plan: str
    need: str
    occurrence: dt.datetime | dt.date | None
    end: dt.datetime | None
    legs: tuple[PlanLeg, ...]
    rung: Rung
    status: PlanStatus = PlanStatus.PROPOSED
    also_helps: tuple[str, ...] = ()
    also_answers: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    welfare_answer: bool = False
    scores: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    def leg(self, kind: Leg | str) -> PlanLeg | None:
        """Return the part of that kind (``"ride_back"``), or None if the plan has none."""
        return next((part for part in self.legs if part.leg == kind), None)


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many of the offers for one need each rule removed, in the fixed order of the rules.

    Attributes
    ----------
    offers : int
        Offers that answer the need in kind.
    removed : tuple of (str, int)
        Rule and number of offers it removed; rules that removed none are left out. In results
        the rules that may not be told apart stand together under ``not_possible_here``.
    left : int
        Offers from which at least one plan could be made.
    colleagues : int
        Offers that would fit and are known to another worker only.
    plans : int
        Plans that were weighed.
    """

    offers: int
    removed: tuple[tuple[str, int], ...]
    left: int
    colleagues: int = 0
    plans: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """An open need without a plan.

    Attributes
    ----------
    need : str
        The need.
    reason : Reason
        One code from the closed list.
    leg : Leg or None
        The part that is missing.
    closest : str or None
        The offer that came nearest; never one that was kept from the asker.
    worker : str or None
        The named worker who holds the question now.
    next_date : date or None
        The date that is coming, with `next_occurrence`.
    opens_on : date or None
        When the next step of the ladder opens by waiting, with `waiting_for_rung`.
    rung : Rung or None
        The step that is waited for.
    price : str or None
        What it costs, with `fee_over_budget`.
    wishes : tuple of str
        The asker's own wishes about who (`not_area`, `not_known`, `sensitive`), with
        `not_possible_here`; always all of them, so that they do not tell whether they were why.
    stopped : bool
        The search was stopped before anything was found to be missing: with `several`, which then
        proves nothing.
    """

    need: str
    reason: Reason
    leg: Leg | None = None
    closest: str | None = None
    worker: str | None = None
    next_date: dt.date | None = None
    opens_on: dt.date | None = None
    rung: Rung | None = None
    price: str | None = None
    wishes: tuple[str, ...] = ()
    stopped: bool = False
