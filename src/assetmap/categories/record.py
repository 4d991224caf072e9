"""What a category is: labels, words people type, and facts that steer matching."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from types import MappingProxyType
from typing import Any

__all__ = ["Category", "Distance", "Domain", "Where"]


class Distance(StrEnum):
    """How much it matters that helper and asker live near each other."""

    MATTERS = "matters"
    """Near is clearly better: a visit, shopping, a seat at the table."""
    LITTLE = "little"
    """Near is a little better: a language buddy, volunteering."""
    NOT = "not"
    """It makes no difference: money, advice by telephone."""


class Where(StrEnum):
    """Where the help happens, and so who travels."""

    ASKER = "asker"
    """At the asker's: the provider travels."""
    PROVIDER = "provider"
    """At the provider's: the asker travels."""
    PLACE = "place"
    """At a third place: both travel."""
    REMOTE = "remote"
    """By telephone, letter or computer: nobody travels."""


class Domain(StrEnum):
    """Which table a question belongs to; a category without a domain belongs to both."""

    INDOORS = "indoors"
    """Care and welfare behind the front door."""
    LIVEABILITY = "liveability"
    """The street and the public space outside it."""


@dataclass(frozen=True, kw_only=True)
class Category:
    """One category of what people offer and ask.

    A row as stated may leave facts open (None, or empty); in a :class:`~assetmap.categories.Tree`
    they have been filled in from the parent.

    Parameters
    ----------
    id : str
        Stable id; English ``snake_case`` for the shipped ones.
    parent : str or None
        Id of the more general category; None at the top.
    name_nl, name_en : str
        Labels; an empty one is filled in from the other, or from the id.
    synonyms_nl, synonyms_en : tuple of str
        Other words that people type for it.
    answers : Mapping[str, int]
        How well an offer of this category answers a need of another, in percent (1 to 100).
    reserved : bool or None
        For professionals only. None: as the parent.
    safety : bool or None
        About safety: never matched, counted or shared. Everything below one is one.
    distance : Distance or None
        How much nearness matters. None: as the parent.
    at : Where or None
        Where the help happens. None: as the parent.
    group_first : bool or None
        An initiative or activity goes before a neighbour one does not know. None: as the parent.
    domain : Domain or None
        Indoors or liveability. None: as the parent; at the top, both.
    parties : tuple of str
        Whom to bring together when many ask for it. Empty: as the parent.

    Examples
    --------
    >>> Category(id="chess", parent="games", name_nl="schaken", answers={"homework": 10}).id
    'chess'
    """

    id: str
    parent: str | None = None
    name_nl: str = ""
    name_en: str = ""
    synonyms_nl: tuple[str, ...] = ()
    synonyms_en: tuple[str, ...] = ()
    answers: Mapping[str, int] = field(default_factory=dict, hash=False)
    reserved: bool | None = None
    safety: bool | None = None
    distance: Distance | None = None
    at: Where | None = None
    group_first: bool | None = None
    domain: Domain | None = None
    parties: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Keep an own, read-only copy of the degrees."""
        object.__setattr__(self, "answers", MappingProxyType(dict(self.answers)))

    def __reduce__(self) -> tuple[Any, ...]:
        """Make copies and pickles possible: a read-only mapping has none of its own."""
        facts = {f.name: getattr(self, f.name) for f in fields(self)}
        return _again, ({**facts, "answers": dict(self.answers)},)

    @property
    def words(self) -> tuple[str, ...]:
        """Id, labels and synonyms: every way to write this category."""
        named = (self.id, self.name_nl, self.name_en, *self.synonyms_nl, *self.synonyms_en)
        return tuple(word for word in named if word)


def _again(facts: dict[str, Any]) -> Category:
    return Category(**facts)
