"""Whether both sides are ready for it: support, trainings, amounts of money, allowances."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from assetmap.model import Initiative, Need, Person, Reward, Role, SupportNeeded
from assetmap.model.allowance import allowance_of
from assetmap.model.trainings import categories_of_training
from assetmap.plans.offers import Offer, OfferKind
from assetmap.plans.outcome import Doubt

if TYPE_CHECKING:
    from assetmap.plans.asks import Ask
    from assetmap.plans.scene import Scene

__all__ = [
    "is_trained",
    "readiness_doubts",
    "supported",
    "supportive",
    "trained",
    "training_for",
]

Test = Callable[[Offer], bool]
_AMONG_OTHERS = frozenset({OfferKind.ACTIVITY, OfferKind.VACANCY})
"""Offers of an initiative with which somebody takes part in it."""


def _wants_support(person: Person | None) -> bool:
    return person is not None and person.support_needed not in {None, SupportNeeded.NONE}


def supported(_scene: Scene, ask: Ask) -> Test | None:
    """Return the test that an initiative can give the support that the asker needs there."""
    person = ask.person
    if person is None or not _wants_support(person):
        return None
    needed = person.support_needed

    def test(offer: Offer) -> bool:
        owner = offer.owner
        if offer.kind not in _AMONG_OTHERS or not isinstance(owner, Initiative):
            return True
        return owner.can_support(needed) is not False

    return test


def supportive(_scene: Scene, ask: Ask) -> Test | None:
    """Return the test that an initiative that asks can give the support that who helps needs."""
    owner = ask.owner
    if not isinstance(owner, Initiative) or owner.support is None:
        return None
    return lambda offer: (
        offer.person is None
        or offer.role is Role.PROFESSIONAL
        or owner.can_support(offer.person.support_needed) is not False
    )


def training_for(scene: Scene, asked: str, offered: str) -> str | None:
    """Return the category for which this team asks a training; None: it asks none.

    Parameters
    ----------
    scene : Scene
        The run.
    asked, offered : str
        Categories of the need and of the talent that answers it.
    """
    required = set(scene.policy.training_required)
    tree = scene.tree
    if not required or not tree.answer(offered, asked):
        return None
    lines = ((c, {c, *tree.ancestors(c)}) for c in (asked, offered))
    return next((c for c, line in lines if line & required), None)


def is_trained(scene: Scene, person: Person, category: str) -> bool:
    """Say whether somebody had a training for a category, or for a more general one, by now."""
    key = (person.person, category)
    if key not in scene.trained:
        tree = scene.tree
        line = {category, *tree.ancestors(category)}
        scene.trained[key] = any(
            not line.isdisjoint(categories_of_training(topic, tree))
            for topic, day in person.trainings or ()
            if day is None or day <= scene.today
        )
    return scene.trained[key]


def trained(scene: Scene, ask: Ask) -> Test | None:
    """Return the test that a resident had the training that this team asks for."""
    if not scene.policy.training_required:
        return None

    def test(offer: Offer) -> bool:
        if offer.person is None or offer.role is Role.PROFESSIONAL:
            return True
        category = training_for(scene, ask.need.category, offer.category)
        return category is None or is_trained(scene, offer.person, category)

    return test


def readiness_doubts(scene: Scene, ask: Ask, offer: Offer) -> Iterator[Doubt]:
    """Yield what to ask about support that is not known, and about money."""
    if _support_unknown(ask, offer):
        yield Doubt.SUPPORT_UNKNOWN
    if amount_short(ask.need, offer):
        yield Doubt.AMOUNT_SHORT
    if _over_allowance(scene, offer):
        yield Doubt.OVER_ALLOWANCE


def _support_unknown(ask: Ask, offer: Offer) -> bool:
    owner, person = (ask.owner, offer.person) if ask.person is None else (offer.owner, ask.person)
    if not isinstance(owner, Initiative) or person is None or not _wants_support(person):
        return False
    if ask.person is not None and offer.kind not in _AMONG_OTHERS:
        return False
    helps = offer.role is Role.PROFESSIONAL
    return owner.support is None and not helps


def amount_short(need: Need, offer: Offer) -> bool:
    """Say whether there is less money than is asked."""
    there = offer.talent.amount_eur if offer.talent is not None else None
    return there is not None and need.amount_eur is not None and there < need.amount_eur


def _over_allowance(scene: Scene, offer: Offer) -> bool:
    """Say whether an allowance is asked by somebody who passes a limit of this year already."""
    person, talent = offer.person, offer.talent
    if person is None or talent is None or talent.reward is not Reward.ALLOWANCE:
        return False
    rows = [row for row in scene.hood.memberships if row.member == person.person]
    year = scene.today.year
    return bool(allowance_of(rows, year, young=person.minor is True).passed)
