"""What makes one giver fit better than another, in parts that add up; and who can introduce."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from assetmap.categories import Distance
from assetmap.plans.rules import distance, languages_shared, reserved

if TYPE_CHECKING:
    from assetmap.plans.asks import Ask
    from assetmap.plans.offers import Offer
    from assetmap.plans.scene import Scene

__all__ = ["discreet", "introduction", "points"]


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
    weights = scene.policy.fit
    parts = {
        "tie": weights.tie * _strength(scene, ask, offer),
        "common": weights.common * _has_common(scene, ask, offer),
        "going_anyway": weights.going_anyway * anyway,
        "category": weights.category * percent // 100,
        "distance": _nearness(scene, ask, offer),
        "language": weights.language * (languages_shared(ask, offer) is True),
        "setting": weights.setting * _setting(ask, offer),
        "motive": weights.motive * _motive(scene, offer),
    }
    return {name: value for name, value in parts.items() if value}


def _strength(scene: Scene, ask: Ask, offer: Offer) -> int:
    if ask.person is None or offer.person is None:
        return 0
    return scene.strength(ask.person.person, offer.person.person)


def _has_common(scene: Scene, ask: Ask, offer: Offer) -> bool:
    if ask.person is None or offer.person is None or _strength(scene, ask, offer):
        return False
    if discreet(scene, ask):
        return False
    return bool(connectors(scene, ask.person.person, offer.person.person))


_MATTERS = {Distance.MATTERS: 6, Distance.LITTLE: 2, Distance.NOT: 0, None: 2}


def _nearness(scene: Scene, ask: Ask, offer: Offer) -> int:
    """Nearer is better where the category says so; never when somebody from elsewhere is asked."""
    if ask.need.not_area or ask.need.sensitive:
        return 0
    metres = distance(scene, ask, offer)
    limit = scene.policy.distances.default_max_m
    if metres is None or metres >= limit:
        return 0
    return (
        scene.policy.fit.distance
        * _MATTERS[ask.category.distance]
        * (limit - metres)
        // (6 * limit)
    )


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
    motive = scene.tree.find(person.motive)
    return motive is not None and (
        scene.tree.answer(offer.category, motive) > 0 or motive == "work_experience"
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
    if worker is not None and worker == scene.worker_of(scene.people.get(b)) != b != worker != a:
        return worker, (a, worker, b)
    found = scene.chain(a, b)
    return (found[1], found) if found is not None and len(found) > 2 else (None, ())
