"""What makes one giver fit better than another, in parts that add up; and who can introduce."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from assetmap.categories import Distance
from assetmap.plans.rules import distance, languages_shared, reserved

if TYPE_CHECKING:
    from assetmap.plans.asks import Ask
    from assetmap.plans.offers import Offer
    from assetmap.plans.scene import Scene

__all__ = ["Weigher", "discreet", "introduction", "points"]

_MATTERS = {Distance.MATTERS: 6, Distance.LITTLE: 2, Distance.NOT: 0, None: 2}


def points(
    scene: Scene, ask: Ask, offer: Offer, percent: int, *, anyway: bool = False
) -> Mapping[str, int]:
    """Return what a giver adds to `fit`, by part; parts of nothing are left out.

    Parameters
    ----------
    scene, ask, offer : Scene, Ask, Offer
        The run, the need, and what is offered.
    percent : int
        How well the category answers the need, 1 to 100.
    anyway : bool
        The driver is going there anyway.
    """
    return Weigher(scene, ask).points(offer, percent, anyway=anyway)


class Weigher:
    """Weighs offers for one need; what does not depend on the offer is worked out once.

    Parameters
    ----------
    scene, ask : Scene, Ask
        The run and the need.
    """

    def __init__(self, scene: Scene, ask: Ask) -> None:
        self.scene, self.ask, self.weights = scene, ask, scene.policy.fit
        self.asker = ask.person.person if ask.person is not None else None
        self.limit = scene.policy.distances.default_max_m
        near = self.weights.distance * _MATTERS[ask.category.distance]
        self.nearness = 0 if ask.need.not_area or ask.need.sensitive else near

    def points(self, offer: Offer, percent: int, *, anyway: bool = False) -> Mapping[str, int]:
        """Return what a giver adds to `fit`, by part; parts of nothing are left out."""
        weights = self.weights
        strength = common = 0
        if self.asker is not None and offer.person is not None:
            strength = self.scene.strength(self.asker, offer.person.person)
            common = not strength and self._has_common(offer.person.person)
        parts = {
            "tie": weights.tie * strength,
            "common": weights.common * common,
            "going_anyway": weights.going_anyway * anyway,
            "category": weights.category * percent // 100,
            "distance": self._nearness(offer),
            "language": weights.language * (languages_shared(self.ask, offer) is True),
            "setting": weights.setting * _setting(self.ask, offer),
            "motive": weights.motive * _motive(self.scene, offer),
        }
        return {name: value for name, value in parts.items() if value}

    @cached_property
    def circle(self) -> frozenset[str]:
        """Everybody whom a permitted acquaintance of the asker knows as well."""
        if self.asker is None or discreet(self.scene, self.ask):
            return frozenset()
        personal = self.scene.personal
        between = (c for c in personal.get(self.asker, {}) if self.scene.permits(c))
        return frozenset().union(*(personal.get(c, {}) for c in between))

    def _has_common(self, other: str) -> bool:
        if self.asker is None or other not in self.circle:
            return False
        return not self.scene.guarded or bool(connectors(self.scene, self.asker, other))

    def _nearness(self, offer: Offer) -> int:
        """Nearer is better where the category says so; never when somebody from elsewhere is."""
        metres = distance(self.scene, self.ask, offer) if self.nearness else None
        if metres is None or metres >= self.limit:
            return 0
        return self.nearness * (self.limit - metres) // (6 * self.limit)


def _setting(ask: Ask, offer: Offer) -> bool:
    wish = ask.need.setting
    if wish is None:
        return False
    if offer.activity is not None:
        return offer.activity.setting is wish
    return wish.value == "one_to_one"


def _motive(scene: Scene, offer: Offer) -> bool:
    """Say whether giving this serves a wish of the giver's own."""
    person = offer.person
    if person is None or not person.motive:
        return False
    key = (person.motive, offer.category)
    if key not in scene.motives:
        scene.motives[key] = _serves(scene, *key)
    return scene.motives[key]


def _serves(scene: Scene, wish: str, category: str) -> bool:
    motive = scene.tree.find(wish)
    return motive is not None and (
        scene.tree.answer(category, motive) > 0 or motive == "work_experience"
    )


def discreet(scene: Scene, ask: Ask) -> bool:
    """Say whether nobody of the asker's circle needs to know about a question."""
    need = ask.need
    wishes = need.sensitive or need.not_known or need.not_area
    return bool(wishes) or reserved(scene, need.category)


def connectors(scene: Scene, a: str, b: str) -> tuple[str, ...]:
    """Return acquaintances of both who may be named, the best known to both first."""
    ties = scene.personal
    found = [c for c in scene.common(a, b) if scene.permits(c) and not _barred(scene, c, a, b)]
    return tuple(sorted(found, key=lambda c: (-min(ties[a][c], ties[b][c]), c)))


def _barred(scene: Scene, connector: str, a: str, b: str) -> bool:
    return scene.kept_apart(connector, a) or scene.kept_apart(connector, b)


def introduction(scene: Scene, a: str, b: str) -> tuple[str | None, tuple[str, ...]]:
    """Return who can introduce two people, and the chain of acquaintance between them.

    A shared acquaintance comes first, then a worker who knows both, then the shortest longer
    chain in which everybody may be named. Nobody is needed for people who know each other.

    Returns
    -------
    tuple of (str or None, tuple of str)
        The introducer nearest to `a`, and the chain from `a` to `b`; (None, ()) if there is none.
    """
    if scene.strength(a, b):
        return None, (a, b)
    shared = connectors(scene, a, b)
    if shared:
        return shared[0], (a, shared[0], b)
    worker = scene.worker_of(scene.people.get(a))
    both = worker is not None and worker == scene.worker_of(scene.people.get(b))
    if both and worker not in {a, b} and not _barred(scene, str(worker), a, b):
        return worker, (a, str(worker), b)
    found = scene.chain(a, b)
    return (found[1], found) if found is not None and len(found) > 2 else (None, ())
