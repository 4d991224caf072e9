"""What somebody who is not there yet would have to be, so that the asker is really helped.

Nothing is asked of them beyond what a question needs; each trait is a cell of the record with
which a remedy is worked out, and a part of the sentence that tells it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from assetmap.geo import Spot
from assetmap.model import Role, Term
from assetmap.plans import Ask, Scene
from assetmap.plans.readiness import training_for
from assetmap.plans.rules import reserved
from assetmap.plans.wording import Teller
from assetmap.texts import language_name

__all__ = ["Newcomer", "Trait", "told_newcomer", "told_ride"]

FAR_KM = 1_000


class Trait(StrEnum):
    """What somebody new has to be, because of this question."""

    PROFESSIONAL = "professional"
    """Acts as a professional: the team keeps this for them."""
    VOLUNTEER = "volunteer"
    """A volunteer whom the asker does not know: it is a delicate question."""
    ELSEWHERE = "elsewhere"
    """Lives in another area than the asker, or outside those the asker would rather not have."""
    FAR = "far"
    """Travels further than people do who have not said how far."""
    LANGUAGE = "language"
    """Speaks a language of the asker."""
    PEER = "peer"
    """Went through the same, and wants to share it."""
    WHEELCHAIR = "wheelchair"
    """Has a car that takes a wheelchair."""
    TRAINED = "trained"
    """Had the training that this team asks for."""
    LONG = "long"
    """Helps for a longer time."""
    AGAIN = "again"
    """Helps more than once."""


@dataclass(frozen=True, eq=False)
class Newcomer:
    """Somebody who is not there yet, for one question.

    Parameters
    ----------
    scene, ask : Scene, Ask
        The run, and the question.
    drives : Spot or None
        Where they would drive the asker; None: they do what is asked.
    """

    scene: Scene
    ask: Ask
    drives: Spot | None = None

    @cached_property
    def traits(self) -> tuple[Trait, ...]:
        """What they have to be, in the order of :class:`Trait`; empty: any neighbour."""
        tests = {
            Trait.PROFESSIONAL: self._professional,
            Trait.VOLUNTEER: bool(self.ask.need.sensitive) and not self._professional,
            Trait.ELSEWHERE: self._elsewhere,
            Trait.FAR: self._far,
            Trait.LANGUAGE: bool(self.ask.need.language_hard and self.ask.languages),
            Trait.PEER: self.drives is None and self._shared is not None,
            Trait.WHEELCHAIR: self._wheels,
            Trait.TRAINED: self._training is not None,
            Trait.LONG: self._term is Term.LONG,
            Trait.AGAIN: self._term is Term.SHORT,
        }
        return tuple(trait for trait, needed in tests.items() if needed)

    @property
    def language(self) -> str | None:
        """The language that they have to speak: one is enough, Dutch where that will do."""
        if Trait.LANGUAGE not in self.traits:
            return None
        known = self.ask.languages or ()
        return "nl" if "nl" in known else known[0]

    def person(self) -> dict[str, Any]:
        """Return the cells of the person; where the asker lives, if they may live there."""
        cells: dict[str, Any] = {"area": self.area}
        home = self.ask.person
        if Trait.ELSEWHERE not in self.traits and home is not None and home.x is not None:
            cells |= {"x": home.x, "y": home.y}
        if self.language is not None:
            cells["languages"] = (self.language,)
        if Trait.PEER in self.traits:
            cells["experiences"] = ((self._shared, True),)
        if self._training is not None:
            cells["trainings"] = ((self._training, None),)
        return cells

    def talent(self) -> dict[str, Any]:
        """Return the cells of what they offer, beyond what it is."""
        cells: dict[str, Any] = {"role": self._role, "term": self._term}
        if Trait.WHEELCHAIR in self.traits:
            cells["wheelchair"] = True
        if Trait.FAR in self.traits:
            cells["max_km"] = FAR_KM
        return cells

    @cached_property
    def area(self) -> str | None:
        """Where they live: with the asker, else in the nearest area that may be."""
        if not self._elsewhere:
            return self.ask.spot.area
        barred = set(self._barred) | ({self.ask.spot.area} if self._apart else set())
        areas = sorted(r.area for r in self.scene.hood.areas if r.area not in barred)
        return min(areas, key=self._metres, default=None)

    def _metres(self, area: str) -> tuple[bool, int]:
        found = self.scene.geography.metres(self.ask.spot, Spot(area=area))
        return (found is None, found or 0)

    # --- what the question asks -------------------------------------------------------------------

    @cached_property
    def _professional(self) -> bool:
        return self.drives is None and reserved(self.scene, self.ask.need.category)

    @property
    def _role(self) -> Role | None:
        if self._professional:
            return Role.PROFESSIONAL
        return Role.VOLUNTEER if self.ask.need.sensitive else None

    @property
    def _apart(self) -> bool:
        """Whether a volunteer may not live next door."""
        sensitive = self.ask.need.sensitive and not self._professional
        return bool(sensitive) and self.ask.spot.area is not None

    @cached_property
    def _barred(self) -> frozenset[str]:
        """The areas that the asker would rather not have anybody from."""
        wished = set(self.ask.need.not_area or ())
        own = {self.ask.spot.area} if "yes" in wished and self.ask.spot.area else set()
        return frozenset((wished - {"yes", "no"}) | own)

    @cached_property
    def _elsewhere(self) -> bool:
        """Whether a neighbour of the asker would not do."""
        own = self.ask.spot.area
        return self._apart or (bool(self._barred) and (own is None or own in self._barred))

    @cached_property
    def _far(self) -> bool:
        geography = self.scene.geography
        home = Spot(area=self.area) if self._elsewhere else self.ask.spot
        ways = [geography.metres(home, self.ask.spot)]
        if self.drives is not None:
            ways.append(geography.metres(self.ask.spot, self.drives))
        return any(m is not None and m > self.scene.policy.distances.default_max_m for m in ways)

    @cached_property
    def _shared(self) -> str | None:
        """Return the experience that the asker shares, for meeting somebody in the same boat."""
        need, person = self.ask.need, self.ask.person
        line = (need.category, *self.scene.tree.ancestors(need.category))
        if "peer_contact" not in line or person is None or self._professional:
            return None
        return min((tag for tag, yes in person.experiences or () if yes), default=None)

    @cached_property
    def _training(self) -> str | None:
        """Return for what this team asks a training of residents, where it does."""
        if self.drives is not None or self._professional:
            return None
        return training_for(self.scene, self.ask.need.category, self.ask.need.category)

    @property
    def _wheels(self) -> bool:
        person, category = self.ask.person, self.ask.need.category
        rides = self.drives is not None or "ride" in (
            category,
            *self.scene.tree.ancestors(category),
        )
        return rides and person is not None and bool(person.wheelchair)

    @property
    def _term(self) -> Term | None:
        """For how long they have to be there; None: once is enough."""
        need = self.ask.need
        if need.term is Term.LONG:
            return Term.SHORT if self.ask.split else Term.LONG
        return Term.SHORT if need.rrule or need.term is Term.SHORT else None


# --- in words -----------------------------------------------------------------------------------

_WHO = (Trait.PROFESSIONAL, Trait.VOLUNTEER, Trait.ELSEWHERE)


def told_newcomer(
    teller: Teller, traits: tuple[Trait, ...], *, language: str | None, what: str
) -> str:
    """Return somebody new in words: who, and what they have to be and to offer."""
    clauses = _clauses(teller, traits, language)
    clauses.append(teller.say("explain.newcomer.can", what=what))
    who = _who(teller, traits) or teller.say("explain.newcomer.near")
    return teller.say("explain.newcomer.that", who=who, clauses=clauses)


def told_ride(teller: Teller, traits: tuple[Trait, ...], *, language: str | None, ride: str) -> str:
    """Return a ride in words, with the car and the driver that it takes."""
    if Trait.WHEELCHAIR in traits:
        ride = teller.say("explain.newcomer.car", ride=ride)
    others = tuple(trait for trait in traits if trait is not Trait.WHEELCHAIR)
    clauses, who = _clauses(teller, others, language), _who(teller, others)
    if clauses:
        who = who or teller.say("explain.newcomer.anybody")
        who = teller.say("explain.newcomer.that", who=who, clauses=clauses)
    return teller.say("explain.newcomer.by", ride=ride, who=who) if who else ride


def _who(teller: Teller, traits: tuple[Trait, ...]) -> str | None:
    said = "_".join(trait.value for trait in _WHO if trait in traits)
    return teller.say(f"explain.newcomer.{said}") if said else None


def _clauses(teller: Teller, traits: tuple[Trait, ...], language: str | None) -> list[str]:
    tongue = language_name(language, teller.lang) if language is not None else ""
    told = (trait for trait in traits if trait not in _WHO)
    return [teller.say(f"explain.newcomer.{trait.value}", language=tongue) for trait in told]
