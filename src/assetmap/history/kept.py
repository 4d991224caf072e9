"""What the store remembers of a run: ids and words from closed lists, no names and no sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["KeptGap", "KeptLeg", "KeptPlan", "KeptRun"]


@dataclass(frozen=True, slots=True)
class KeptLeg:
    """One part of a plan that was proposed.

    Attributes
    ----------
    leg : str
        What part it is.
    provider : str
        Id of who would do it.
    talent, activity : str or None
        With what, or at what.
    rung : str
        Step of the ladder.
    introducer : str or None
        Who could introduce them.
    instead : str or None
        Id of who stops with this part, when it takes over from somebody.
    last_day : date or None
        The last day of that one.
    """

    leg: str
    provider: str
    talent: str | None
    activity: str | None
    rung: str
    introducer: str | None
    instead: str | None = None
    last_day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A plan as a run proposed it.

    Attributes
    ----------
    plan, need, asker : str
        Ids; the asker is who owns the need.
    status : str
        Proposed, standing or pinned.
    occurrence : datetime, date or None
        Local date and time; a bare date is a week, by its Monday.
    repeats : str or None
        How often the need comes back, or the activity it is met at; None: it is for once.
    legs : tuple of KeptLeg
        Its parts, in the order in which they happen.
    also_helps : tuple of str or None
        Needs of those who give that are met by giving; None: an older version did not note it.
    also_answers : tuple of str or None
        Other needs of the asker that the same date of the activity answers; None likewise.
    """

    plan: str
    need: str
    asker: str
    status: str
    occurrence: dt.datetime | dt.date | None
    repeats: str | None
    legs: tuple[KeptLeg, ...]
    also_helps: tuple[str, ...] | None = None
    also_answers: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class KeptGap:
    """An open need for which a run had no plan.

    Attributes
    ----------
    need, asker : str
        Ids.
    reason : str
        The code.
    leg : str or None
        The part that was missing.
    worker : str or None
        Who holds the question.
    """

    need: str
    asker: str
    reason: str
    leg: str | None
    worker: str | None


@dataclass(frozen=True, slots=True)
class KeptRun:
    """One run, whole.

    Attributes
    ----------
    run : int
        Its number; later runs have higher ones.
    week : str
        ISO week.
    fingerprint : str
        SHA-256 of everything that could change the outcome: input, policy, versions, seed.
    seed : int
        Seed of the search.
    status, stopped : str
        What was proven, and why the search ended.
    policy : Mapping
        Every choice of the team.
    versions : Mapping of str to str
        Of assetmap and what it solves with.
    certificate : Mapping
        Objective, bound and gap per level, and what was considered.
    inputs : Mapping of str to str
        SHA-256 of each input, by name.
    plans : tuple of KeptPlan
        By id.
    gaps : tuple of KeptGap
        By need.
    """

    run: int
    week: str
    fingerprint: str
    seed: int
    status: str
    stopped: str
    policy: Mapping[str, object]
    versions: Mapping[str, str]
    certificate: Mapping[str, object]
    inputs: Mapping[str, str]
    plans: tuple[KeptPlan, ...]
    gaps: tuple[KeptGap, ...]
