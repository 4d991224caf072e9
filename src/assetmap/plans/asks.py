"""The open needs of a run, each with what the rules need to know about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from assetmap.categories import Category
from assetmap.geo import Spot
from assetmap.model import Need, Person, Record
from assetmap.plans.offers import Offer, bases
from assetmap.schedule import Window

__all__ = ["Ask", "Slot", "names_days"]


def names_days(rule: str | None) -> bool:
    """Say whether a recurrence names its days; else only the week or month is known.

    Examples
    --------
    >>> names_days("FREQ=WEEKLY;BYDAY=TU"), names_days("FREQ=WEEKLY"), names_days(None)
    (True, False, False)
    """
    return rule is not None and any(w in rule for w in ("BYDAY", "BYMONTHDAY", "FREQ=DAILY"))


@dataclass(frozen=True, slots=True)
class Slot:
    """One occurrence of a need that asks for a plan of its own.

    Attributes
    ----------
    index : int
        0 for a need that is asked once.
    first, last : date
        The plan starts on or after `first` and before `last`.
    weight : int
        What meeting it is worth at the level `met`.
    kept : tuple of str
        Ids of arrangements whose legs still stand here, while others fell away.
    """

    index: int
    first: dt.date
    last: dt.date
    weight: int
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Ask:
    """One open need.

    Attributes
    ----------
    need : Need
        The record.
    owner : Record
        The person or party that asks.
    category : Category
        What is asked.
    spot : Spot
        Where the asker is.
    windows : tuple of Window or None
        When it suits; None: unknown.
    languages : tuple of str or None
        Languages of the asker; None: unknown.
    worker : str or None
        The worker who holds the question.
    days_waited : int
        Days from the first question to the Monday of the run.
    weight : int
        10 × urgency + 10 × whole weeks waited.
    slots : tuple of Slot
        Occurrences that ask for a plan.
    arranged : str or None
        The activity of an arrangement that is to be mended.
    next_date : date or None
        The next date of such an arrangement, where it lies beyond the horizon.
    split : bool
        It is long, and is divided over people who help for a short time.
    """

    need: Need
    owner: Record
    category: Category
    spot: Spot
    windows: tuple[Window, ...] | None
    languages: tuple[str, ...] | None
    worker: str | None
    days_waited: int
    weight: int
    slots: tuple[Slot, ...]
    arranged: str | None = None
    next_date: dt.date | None = None
    split: bool = False

    @cached_property
    def id(self) -> str:
        """The id of the need."""
        return self.need.need

    @cached_property
    def person(self) -> Person | None:
        """The asker, where a person asks; None for an initiative or organisation."""
        return self.owner if isinstance(self.owner, Person) else None

    @property
    def talked(self) -> bool:
        """Whether the first conversation was held; a party's question needs none."""
        return self.person is None or self.need.talked is True

    @property
    def hours(self) -> float | None:
        """How long it takes each time; None: not said."""
        return self.need.hours

    @cached_property
    def tongues(self) -> frozenset[str] | None:
        """The languages of the asker without their variants; None: unknown."""
        return bases(self.languages)

    @cached_property
    def metres(self) -> dict[Offer, int | None]:
        """Distances to offers that were worked out already."""
        return {}
