"""Which cards fit a meeting: what is not chance, in the order of people, within the budget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from assetmap.lanes.card import Card, Lane, OwnCard
from assetmap.lanes.results import LaneResult
from assetmap.model import SignalSettings

__all__ = ["Chosen", "NotShown", "choose", "not_chance", "order"]

_LANES = tuple(Lane)


class NotShown(StrEnum):
    """Why a card is not on the list."""

    NOTHING_NEW = "nothing_new"
    """A meeting saw it before, and nobody joined since."""
    BY_CHANCE = "by_chance"
    """So many themes were looked at that chance may well have brought it."""
    OVER_BUDGET = "over_budget"
    """More cards than the team wants in a meeting."""


@dataclass(frozen=True)
class Chosen:
    """The cards of a meeting, and how many others there were.

    Attributes
    ----------
    cards : tuple of Card
        In order; cards for one worker come last.
    not_shown : Mapping[tuple[Lane, NotShown], int]
        How many cards are not on the list, by lane and why.
    """

    cards: tuple[Card, ...]
    not_shown: Mapping[tuple[Lane, NotShown], int]


def not_chance(results: Iterable[LaneResult], settings: SignalSettings) -> float | None:
    """Return the largest p-value that is told, of all streams that were tested.

    Of the cards told in this way at most a share `false_share` is chance, on average: see
    :func:`assetmap.detectors.benjamini_hochberg`. All streams that were tested count, not only
    those that became a card.

    Parameters
    ----------
    results : iterable of LaneResult
        What the lanes found.
    settings : SignalSettings
        With the share.

    Returns
    -------
    float or None
        None where none is told.
    """
    from assetmap.detectors import benjamini_hochberg

    tested = [p for result in results for p in result.tested]
    if not tested:
        return None
    chosen = benjamini_hochberg(tested, settings.false_share).chosen
    return max((p for p, told in zip(tested, chosen, strict=True) if told), default=None)


def order(card: Card) -> tuple[bool, bool, int, int, int, str, str, str]:
    """Return where a card stands.

    To what something was added lately, before what stands as it is; then most people, then the
    freshest, then by lane and name. Cards for one worker come last.
    """
    day = card.latest or card.last
    return (
        isinstance(card, OwnCard),
        card.latest is None,
        -(card.people or 0),
        -(day.toordinal() if day else 0),
        _LANES.index(card.lane),
        card.theme or "",
        card.area or "",
        card.card or "",
    )


def choose(
    cards: Sequence[Card], results: Sequence[LaneResult], settings: SignalSettings
) -> Chosen:
    """Return the cards of the meeting.

    Places within the budget are given in rounds: the second card of a lane comes after the first of
    every other, so that one lane does not fill the list. Agreements and cards for one worker are
    outside the budget, and agreements have no p-value: what the team agreed on is always told, and
    hides nothing else.

    Parameters
    ----------
    cards : sequence of Card
        Those that are not held back.
    results : sequence of LaneResult
        What the lanes found, with every p-value.
    settings : SignalSettings
        Budget, and the share that may be chance.
    """
    limit = not_chance(results, settings)
    left = Counter[tuple[Lane, NotShown]]()
    kept: list[Card] = []
    waiting: list[tuple[int, Card]] = []
    rounds = Counter[Lane]()
    for card in sorted(cards, key=order):
        p = None if card.surprise is None else card.surprise.p
        if p is not None and (limit is None or p > limit):
            left[card.lane, NotShown.BY_CHANCE] += 1
        elif card.lane is Lane.AGREEMENT or isinstance(card, OwnCard):
            kept.append(card)
        else:
            waiting.append((rounds[card.lane], card))
            rounds[card.lane] += 1
    waiting.sort(key=lambda place: place[0])  # stable: within a round in the order of the list
    kept += [card for _, card in waiting[: settings.budget]]
    for _, card in waiting[settings.budget :]:
        left[card.lane, NotShown.OVER_BUDGET] += 1
    return Chosen(tuple(sorted(kept, key=order)), MappingProxyType(dict(left)))
