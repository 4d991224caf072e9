"""What the page of the week shows: typed facts, each with what it tells about a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from assetmap.privacy import Discloses

__all__ = [
    "Giver",
    "MissingAsk",
    "MissingGroup",
    "Proof",
    "Said",
    "SignalFacts",
    "StandingFacts",
    "Story",
    "Theme",
    "Times",
    "WeekFacts",
]

Said = Mapping[str, str]
"""One sentence in every language, by language code."""


@dataclass(frozen=True, slots=True)
class Times:
    """The dates of a plan, folded.

    Attributes
    ----------
    first, last : date
        First and last day; for a plan that is known by its week only, the Mondays.
    count : int
        How many dates.
    clock : int or None
        Minutes after midnight at which it begins; None: unknown, or not always the same.
    weekdays : tuple of int
        The days of the week (0 is Monday) on which it is every week from first to last;
        empty for a single date and where there is no such rhythm.
    by_week : bool
        Only the week is known, not the day.
    """

    first: dt.date
    last: dt.date
    count: int
    clock: int | None
    weekdays: tuple[int, ...]
    by_week: bool


@dataclass(frozen=True, slots=True)
class Theme:
    """What the neighbourhood has of one kind.

    Attributes
    ----------
    category : str
        Id of the category at the top of the tree.
    label : Said
        What it is called.
    offers : int or None
        How many talents.
    free : tuple of str
        Who offers it and has no part in the plans of this run; only those who may be named.
    """

    category: Annotated[str, Discloses.OPEN]
    label: Annotated[Said, Discloses.OPEN]
    offers: Annotated[int | None, Discloses.COUNT]
    free: Annotated[tuple[str, ...], Discloses.CALLED]


@dataclass(frozen=True, slots=True)
class Giver:
    """Who gives what part of a story.

    Attributes
    ----------
    name : str or None
        What the team calls them.
    provider : str or None
        Their id.
    role : str
        ``activity``, ``ride_out``, ``ride_back``, ``ride_both``, or the leg.
    activity : str or None
        Name of the activity.
    times : int or None
        On how many of the dates; None: on all.
    """

    name: Annotated[str | None, Discloses.CALLED]
    provider: Annotated[str | None, Discloses.PERSON]
    role: Annotated[str, Discloses.OPEN]
    activity: Annotated[str | None, Discloses.TEAM]
    times: Annotated[int | None, Discloses.TEAM]


@dataclass(frozen=True, slots=True)
class Story:
    """The proposal for one need, with all its parts and dates.

    Attributes
    ----------
    need : str or None
        Id of the need.
    plans : tuple of str
        Ids of the plans, one per date.
    asker : str or None
        What the team calls the one who asks.
    asked : Said or None
        What is asked.
    times : Times or None
        When; None: still to be agreed.
    rung : str
        The highest step of the ladder.
    status : str
        ``proposed`` or ``pinned``.
    givers : tuple of Giver
        Who does what.
    via : tuple of tuple of str
        Who can introduce them: chains of acquaintance, the one nearest the asker first.
    acquainted : bool or None
        They know each other already.
    unknown : bool or None
        They do not, and nobody is known who could introduce them.
    why : tuple of Said
        Why this is proposed.
    questions : tuple of Said
        What to ask first.
    """

    need: Annotated[str | None, Discloses.RECORD]
    plans: Annotated[tuple[str, ...], Discloses.RECORD]
    asker: Annotated[str | None, Discloses.CALLED]
    asked: Annotated[Said | None, Discloses.TEAM]
    times: Annotated[Times | None, Discloses.TEAM]
    rung: Annotated[str, Discloses.OPEN]
    status: Annotated[str, Discloses.OPEN]
    givers: tuple[Giver, ...]
    via: Annotated[tuple[tuple[str, ...], ...], Discloses.CALLED]
    acquainted: Annotated[bool | None, Discloses.TEAM]
    unknown: Annotated[bool | None, Discloses.TEAM]
    why: Annotated[tuple[Said, ...], Discloses.TEAM]
    questions: Annotated[tuple[Said, ...], Discloses.TEAM]


@dataclass(frozen=True, slots=True)
class StandingFacts:
    """A confirmed arrangement that goes on."""

    need: Annotated[str | None, Discloses.RECORD]
    asker: Annotated[str | None, Discloses.CALLED]
    asked: Annotated[Said | None, Discloses.TEAM]
    times: Annotated[Times | None, Discloses.TEAM]
    givers: tuple[Giver, ...]
    questions: Annotated[tuple[Said, ...], Discloses.TEAM]


@dataclass(frozen=True, slots=True)
class MissingAsk:
    """One open need without a plan.

    Attributes
    ----------
    need : str or None
        Its id.
    asker, worker : str or None
        Who asks, and who holds the question.
    asked : Said or None
        What is asked.
    details : tuple of Said
        What is known about why, and when the next step opens.
    """

    need: Annotated[str | None, Discloses.RECORD]
    asker: Annotated[str | None, Discloses.CALLED]
    asked: Annotated[Said | None, Discloses.TEAM]
    worker: Annotated[str | None, Discloses.CALLED]
    details: Annotated[tuple[Said, ...], Discloses.TEAM]


@dataclass(frozen=True, slots=True)
class MissingGroup:
    """Open needs without a plan for the same reason, with what helps now.

    Attributes
    ----------
    reason : str
        Code from the closed list.
    why, remedy : Said
        The reason, and what helps now.
    asks : tuple of MissingAsk
        The needs, by id.
    """

    reason: Annotated[str, Discloses.OPEN]
    why: Annotated[Said, Discloses.OPEN]
    remedy: Annotated[Said, Discloses.OPEN]
    asks: tuple[MissingAsk, ...]


@dataclass(frozen=True, slots=True)
class SignalFacts:
    """A signal on the table of the meeting, in short.

    Attributes
    ----------
    what : Said or None
        What is seen.
    nearby, steps : Said or None
        What there is already that fits, and what one could do first.
    new : bool
        Whether no meeting saw it before.
    """

    what: Annotated[Said | None, Discloses.TEAM]
    nearby: Annotated[Said | None, Discloses.TEAM]
    steps: Annotated[Said | None, Discloses.TEAM]
    new: Annotated[bool, Discloses.OPEN]


@dataclass(frozen=True, slots=True)
class Proof:
    """How good the proposals are as a whole.

    Attributes
    ----------
    found : bool
        Whether plans could be searched for at all.
    optimal : bool
        Proven: no better set of plans among those considered.
    bounded : bool
        It is proven how much better any other set of plans could be at most.
    cut : bool
        Some candidates were not weighed because there were too many.
    some_times : bool
        Of the hours at which help could begin only some were weighed.
    out_of_time : bool
        The search ended by the clock; another run may end differently.
    more : int or None
        So many needs more could be met at most without leaving a more urgent one.
    """

    found: Annotated[bool, Discloses.OPEN]
    optimal: Annotated[bool, Discloses.OPEN]
    bounded: Annotated[bool, Discloses.OPEN]
    cut: Annotated[bool, Discloses.OPEN]
    some_times: Annotated[bool, Discloses.OPEN]
    out_of_time: Annotated[bool, Discloses.OPEN]
    more: Annotated[int | None, Discloses.COUNT]


@dataclass(frozen=True, slots=True)
class WeekFacts:
    """Everything that the page of one week shows.

    Attributes
    ----------
    week : str
        ISO week.
    monday, sunday, until : date
        The week, and the last day that the run looked ahead to.
    language : str
        The team's language.
    talents, people, initiatives, activities : int or None
        How many talents, how many people and how many initiatives offer them, and how many
        activities have a date within the horizon.
    themes : tuple of Theme
        What there is, most first.
    stories : tuple of Story
        What is proposed, by date.
    standing : tuple of StandingFacts
        Arrangements that go on.
    conversations : tuple of MissingAsk
        Needs that begin with a conversation.
    missing : tuple of MissingGroup
        Needs without a plan, by reason.
    missing_count : int or None
        How many needs without a plan there are, conversations included.
    by_giving : tuple of MissingAsk
        Needs that are met by what the asker gives.
    stopped, overloaded, reviews : tuple of Said
        Arrangements and decisions that fell away, people with more hours than agreed, and what
        is to be looked at again.
    signals : tuple of SignalFacts
        What is changing or missing, for the meeting.
    changes : tuple of Said
        What is different from the last run of the week before.
    unmapped : int or None
        How many needs, talents and activities take no part because their subject is not known.
    unasked : int or None
        How many people may be proposed without a note of what that rests on.
    joinable : tuple of str
        The activities with a date within the horizon, by name.
    quick : bool
        Whether what is short, what would help and who could step in was not worked out.
    proof : Proof
        How good the proposals are as a whole.
    """

    week: Annotated[str, Discloses.OPEN]
    monday: Annotated[dt.date, Discloses.OPEN]
    sunday: Annotated[dt.date, Discloses.OPEN]
    until: Annotated[dt.date, Discloses.OPEN]
    language: Annotated[str, Discloses.OPEN]
    talents: Annotated[int | None, Discloses.COUNT]
    people: Annotated[int | None, Discloses.COUNT]
    initiatives: Annotated[int | None, Discloses.COUNT]
    activities: Annotated[int | None, Discloses.COUNT]
    themes: tuple[Theme, ...]
    stories: tuple[Story, ...]
    standing: tuple[StandingFacts, ...]
    conversations: tuple[MissingAsk, ...]
    missing: tuple[MissingGroup, ...]
    missing_count: Annotated[int | None, Discloses.COUNT]
    by_giving: tuple[MissingAsk, ...]
    stopped: Annotated[tuple[Said, ...], Discloses.TEAM]
    overloaded: Annotated[tuple[Said, ...], Discloses.TEAM]
    reviews: Annotated[tuple[Said, ...], Discloses.TEAM]
    signals: tuple[SignalFacts, ...]
    changes: Annotated[tuple[Said, ...], Discloses.TEAM]
    unmapped: Annotated[int | None, Discloses.COUNT]
    unasked: Annotated[int | None, Discloses.COUNT]
    joinable: Annotated[tuple[str, ...], Discloses.TEAM]
    quick: Annotated[bool, Discloses.OPEN]
    proof: Proof
