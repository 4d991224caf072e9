"""What a lane gives back: cards, nothing, or why it cannot say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from assetmap.lanes.card import Card, Lane
from assetmap.lanes.lines import Fact, Line
from assetmap.model import SignalSettings

if TYPE_CHECKING:
    from assetmap.lanes.scene import Scene

__all__ = ["Lack", "Lacking", "LaneResult", "Look", "Verdict", "cannot_say", "looked"]


class Verdict(StrEnum):
    """What a lane has to say."""

    SIGNAL = "signal"
    NONE = "none"
    CANNOT_SAY = "cannot_say"


class Lack(StrEnum):
    """Why a lane cannot say anything."""

    LITTLE_HISTORY = "little_history"
    """Too short a time has been written down."""
    NO_EFFORT = "no_effort"
    """It is not known how many contacts there were."""
    NO_DATES = "no_dates"
    """Nothing of what is asked has a day."""
    NO_AREAS = "no_areas"
    """It is not known where."""
    NOT_BESIDE = "not_beside"
    """It is not known which areas lie beside each other."""
    TOO_FEW = "too_few"
    """There are too few questions to compare."""
    NO_TALENTS = "no_talents"
    """No talent was written down, so that nobody can tell what is missing."""
    NO_VISITS = "no_visits"
    """There was no door-to-door scan."""
    NOT_KNOWN_REACHED = "not_known_reached"
    """There was one, but of no door is it known whether it opened."""
    NO_HOURS = "no_hours"
    """No hours of the team were written down."""
    NO_AGREEMENT = "no_agreement"
    """The team has not said what it agreed on."""
    NOT_ASKED = "not_asked"
    """Nobody was asked."""
    NOTHING_KNOWN = "nothing_known"
    """There are no records of it at all."""


@dataclass(frozen=True)
class Lacking:
    """One thing that a lane lacks.

    Attributes
    ----------
    lack : Lack
        What it is.
    facts : Mapping[str, Fact]
        The numbers of it, for the sentence.
    """

    lack: Lack
    facts: Mapping[str, Fact] = field(default_factory=lambda: MappingProxyType({}))

    def said(self, lang: str) -> str:
        """Return it as a sentence."""
        return Line(f"signals.lack.{self.lack.value}", self.facts).said(lang)


@dataclass(frozen=True)
class LaneResult:
    """What a lane found.

    Attributes
    ----------
    lane : Lane
        Which one.
    verdict : Verdict
        Signal, none, or cannot say.
    cards : tuple of Card
        The signals.
    lacking : tuple of Lacking
        What it lacks; it may still have found something elsewhere.
    streams : int
        How many streams (a theme in an area) were looked at.
    tested : tuple of float
        The p-value of every stream that was tested, those of the cards among them; empty for a
        lane that tests nothing.
    left_out : Mapping[str, int]
        How many things were left out, by the key of the sentence that says so.
    """

    lane: Lane
    verdict: Verdict
    cards: tuple[Card, ...] = ()
    lacking: tuple[Lacking, ...] = ()
    streams: int = 0
    tested: tuple[float, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


Look: TypeAlias = "Callable[[Scene, SignalSettings], LaneResult]"
"""A lane is a plain function of the scene and the team's settings."""


def looked(
    lane: Lane,
    cards: Iterable[Card] = (),
    *,
    streams: int = 0,
    tested: Iterable[float] = (),
    lacking: Iterable[Lacking] = (),
    left_out: Mapping[str, int] | None = None,
) -> LaneResult:
    """Return what a lane found: a signal when there is a card, else none."""
    found = tuple(cards)
    verdict = Verdict.SIGNAL if found else Verdict.NONE
    counted = MappingProxyType({key: n for key, n in sorted((left_out or {}).items()) if n})
    return LaneResult(lane, verdict, found, tuple(lacking), streams, tuple(tested), counted)


def cannot_say(lane: Lane, lack: Lack, **facts: Fact) -> LaneResult:
    """Return that a lane cannot say, and why."""
    return LaneResult(lane, Verdict.CANNOT_SAY, lacking=(Lacking(lack, MappingProxyType(facts)),))
