"""What can be proposed: talents, activities, and the help that initiatives ask for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from assetmap.geo import Spot
from assetmap.model import Activity, Need, Person, Place, Record, Role, Talent
from assetmap.schedule import Window

__all__ = ["Offer", "OfferKind", "bases"]


class OfferKind(StrEnum):
    """Where an offer comes from."""

    TALENT = "talent"
    ACTIVITY = "activity"
    VACANCY = "vacancy"
    """An initiative asks for people: a place for somebody who wants to do something."""
    PLACE = "place"
    """A place that can lend itself to something."""
    PEER = "peer"
    """Somebody in the same situation, who asks for company as well."""


@dataclass(frozen=True, eq=False)
class Offer:
    """One thing that may answer needs.

    Attributes
    ----------
    kind : OfferKind
        Talent, activity, vacancy or place.
    id : str
        Id of the talent, activity, place or (for a vacancy) the initiative's need.
    owner : Record or None
        The person or party behind it; None for an activity of nobody in particular.
    provider : str
        Id of the owner, as it appears in results.
    category : str
        What it is.
    role : Role or None
        In which capacity a person gives it; None for parties and activities.
    spot : Spot
        Where it is.
    windows : tuple of Window or None
        When; None: unknown.
    languages : tuple of str or None
        Languages; None: unknown.
    led : bool
        A worker or an organisation stands behind an activity.
    talent, activity, vacancy, place : record or None
        The record itself; one of the four.
    """

    kind: OfferKind
    id: str
    owner: Record | None
    provider: str
    category: str
    role: Role | None
    spot: Spot
    windows: tuple[Window, ...] | None
    languages: tuple[str, ...] | None
    led: bool = False
    talent: Talent | None = None
    activity: Activity | None = None
    vacancy: Need | None = None
    place: Place | None = None

    @cached_property
    def key(self) -> str:
        """The id with its kind, unique over all offers."""
        return f"{self.kind}:{self.id}"

    @cached_property
    def person(self) -> Person | None:
        """The person who gives it; None for a party."""
        return self.owner if isinstance(self.owner, Person) else None

    @cached_property
    def tongues(self) -> frozenset[str] | None:
        """The languages without their variants; None: unknown."""
        return bases(self.languages)


def bases(languages: tuple[str, ...] | None) -> frozenset[str] | None:
    """Return languages without their variants: ``nl-BE`` is Dutch."""
    return None if languages is None else frozenset(tag.partition("-")[0] for tag in languages)
