"""A card for the meeting: what is seen, on what it rests, and what could be done."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from assetmap.lanes.lines import Line, Word
from assetmap.model import Lane
from assetmap.privacy import Discloses

__all__ = [
    "Basis",
    "Card",
    "CardState",
    "Lane",
    "Nearby",
    "NearbyKind",
    "OwnCard",
    "SixWeeks",
    "Surprise",
    "Whom",
    "card_id",
]


class CardState(StrEnum):
    """Where a card stands with the meeting."""

    NEW = "new"
    """Not seen by a meeting before."""
    ONGOING = "ongoing"
    """Shown before; somebody joined since."""
    DISCUSSED = "discussed"
    PICKED_UP = "picked_up"
    DROPPED = "dropped"
    """Put aside by the meeting, with a reason."""


class SixWeeks(StrEnum):
    """What came of a card that was picked up, some weeks later."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    UNKNOWN = "unknown"


class NearbyKind(StrEnum):
    """What there is near that fits."""

    TALENT = "talent"
    INITIATIVE = "initiative"
    ACTIVITY = "activity"


@dataclass(frozen=True)
class Surprise:
    """How surprising a signal is, were only chance at work.

    Attributes
    ----------
    times_a_year : float or None
        How often chance alone would bring it; None where that cannot be said.
    p : float or None
        The probability behind it, where the lane tests one.
    at_most : bool
        Whether `times_a_year` is a bound, and it happens less often.
    """

    times_a_year: float | None = None
    p: float | None = None
    at_most: bool = False


@dataclass(frozen=True)
class Basis:
    """What a card rests on.

    Attributes
    ----------
    rule : Line
        The rule, with its numbers.
    version : str
        Version of the rule, such as ``"agreement 1"``.
    baseline : Line or None
        With what it was compared.
    left_out : tuple of Line
        What was not counted, and why.
    """

    rule: Line
    version: str
    baseline: Line | None = None
    left_out: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Nearby:
    """A talent or initiative in the neighbourhood that fits what is asked.

    Attributes
    ----------
    kind : NearbyKind
        What it is.
    ref : str
        Reference, such as ``talent:t1``.
    owner : str or None
        Reference of who offers it or runs it.
    name : str or None
        Roepnaam of that person, or the name of the initiative or activity.
    category : str
        What is offered.
    category_name : Word
        How that is called.
    area : str or None
        Where.
    """

    kind: NearbyKind
    ref: str
    owner: str | None
    name: str | None
    category: str
    category_name: Word
    area: str | None


@dataclass(frozen=True)
class Whom:
    """Somebody, or a party, to ask or to bring in.

    Attributes
    ----------
    ref : str or None
        Reference, such as ``person:w1``; None for a kind of party that is not in the tables.
    name : str or None
        Roepnaam or name; None where it is not known.
    kind : Word or None
        What sort of party, such as school.
    """

    ref: str | None
    name: str | None = None
    kind: Word | None = None


@dataclass(frozen=True, kw_only=True)
class Card:
    """A signal for the weekly meeting. Never a score, never about a person's risk.

    Everything but the id, the lane and the sentence `what` may be left at its default. The marks
    say what each audience may have: others than the team get the heading, the period and counts
    that are protected.

    Attributes
    ----------
    card : str
        Id that stays the same from week to week; see :func:`card_id`.
    lane : Lane
        How it was found.
    theme : str or None
        Category it is about.
    theme_name : Word or None
        How that category is called.
    area : str or None
        Area it is about; None: the neighbourhood as a whole.
    area_name : str or None
        How that area is called.
    what : Line
        What is seen, in one plain sentence.
    first, last : date or None
        The period that was looked at, both days included.
    count : int or None
        How many questions and notes.
    people : int or None
        How many distinct persons; 0 for what is about nobody (an area, a group). Others than the
        team get a card only where this says that there are enough, or nobody.
    households : int or None
        How many distinct households.
    reporters : int or None
        How many brought it in.
    contacts : int or None
        How many contacts the team had in the period, where that is known.
    latest : date or None
        The last day on which something was added.
    surprise : Surprise or None
        How surprising it is.
    basis : Basis or None
        Rule, version, baseline, and what was left out.
    evidence : tuple of str
        References of the records it rests on.
    members : tuple of str
        Who or what it is about, one name for each household or thing: a card comes back when there
        is one more.
    nearby : tuple of Nearby
        Talents and initiatives near that fit.
    talents : int or None
        How many of them are talents.
    to_join : tuple of str
        Names of what one can join.
    parties : tuple of Whom
        Whom to bring together.
    ask : tuple of Whom
        Whom to ask about it.
    to : tuple of str
        The workers or parties who can act, to whom it is addressed.
    steps : tuple of Line
        What could be done next.
    others : tuple of Line
        What else it could be.
    sensitive : bool
        Whether it is about a sensitive theme: the higher minimum holds for others.
    state : CardState
        Where it stands with the meeting.
    since : date or None
        When a meeting first saw it.
    joined : int or None
        How many members are new since then.
    because : str or None
        Why the meeting put it aside, in its own words.
    outcome : SixWeeks or None
        What came of it, six weeks after it was picked up.
    """

    card: Annotated[str | None, Discloses.TEAM]
    lane: Annotated[Lane, Discloses.OPEN]
    what: Annotated[Line | None, Discloses.TEAM]
    theme: Annotated[str | None, Discloses.OPEN] = None
    theme_name: Annotated[Word | None, Discloses.OPEN] = None
    area: Annotated[str | None, Discloses.OPEN] = None
    area_name: Annotated[str | None, Discloses.OPEN] = None
    first: Annotated[dt.date | None, Discloses.OPEN] = None
    last: Annotated[dt.date | None, Discloses.OPEN] = None
    count: Annotated[int | None, Discloses.COUNT] = None
    people: Annotated[int | None, Discloses.COUNT] = None
    households: Annotated[int | None, Discloses.COUNT] = None
    reporters: Annotated[int | None, Discloses.COUNT] = None
    contacts: Annotated[int | None, Discloses.COUNT] = None
    latest: Annotated[dt.date | None, Discloses.TEAM] = None
    surprise: Annotated[Surprise | None, Discloses.TEAM] = None
    basis: Annotated[Basis | None, Discloses.TEAM] = None
    evidence: Annotated[tuple[str, ...] | None, Discloses.TEAM] = ()
    members: Annotated[tuple[str, ...] | None, Discloses.TEAM] = ()
    nearby: Annotated[tuple[Nearby, ...] | None, Discloses.TEAM] = ()
    talents: Annotated[int | None, Discloses.COUNT] = None
    to_join: Annotated[tuple[str, ...], Discloses.OPEN] = ()
    parties: Annotated[tuple[Whom, ...] | None, Discloses.TEAM] = ()
    ask: Annotated[tuple[Whom, ...] | None, Discloses.TEAM] = ()
    to: Annotated[tuple[str, ...] | None, Discloses.READERS] = ()
    steps: Annotated[tuple[Line, ...] | None, Discloses.TEAM] = ()
    others: Annotated[tuple[Line, ...] | None, Discloses.TEAM] = ()
    sensitive: Annotated[bool | None, Discloses.TEAM] = False
    state: Annotated[CardState, Discloses.OPEN] = CardState.NEW
    since: Annotated[dt.date | None, Discloses.OPEN] = None
    joined: Annotated[int | None, Discloses.TEAM] = None
    because: Annotated[str | None, Discloses.TEAM] = None
    outcome: Annotated[SixWeeks | None, Discloses.OPEN] = None

    def __repr__(self) -> str:
        """Return a summary without anything personal: no id, no name, no sentence."""
        about = ", ".join(word for word in (self.theme, self.area) if word)
        when = f" {self.last}" if self.last else ""
        told = f" about {about}" if about else ""
        return f"<Card {self.lane.value}{when}{told}: {self.state.value}>"


@dataclass(frozen=True, kw_only=True)
class OwnCard(Card):
    """A card about persons, for their own worker and nobody else.

    Attributes
    ----------
    persons : tuple of str
        References of those whom it is about.
    """

    persons: Annotated[tuple[str, ...], Discloses.OWNER] = ()

    def __repr__(self) -> str:
        """Return that there is one, and nothing of whom or what it is about."""
        return f"<OwnCard {self.lane.value}: {self.state.value}>"


def card_id(lane: Lane, *parts: str | None) -> str:
    """Return an id of a card that stays the same from week to week.

    Parameters
    ----------
    lane : Lane
        How it was found.
    *parts : str or None
        What tells it from the others of the lane: theme and area, or a reference.

    Examples
    --------
    >>> card_id(Lane.UNUSUAL, "meal", None)
    'unusual|meal|-'
    """
    return "|".join([lane.value, *(part or "-" for part in parts)])
