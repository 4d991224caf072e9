"""What there is near that fits: the talents and initiatives beside every question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from assetmap.lanes.card import Nearby, NearbyKind
from assetmap.lanes.scene import Circle, Scene
from assetmap.model import (
    Activity,
    Initiative,
    InitiativeStatus,
    Person,
    Role,
    Status,
    Talent,
    reference,
)
from assetmap.model.age import under_age
from assetmap.privacy import SharingScope, sharing_of

__all__ = ["Fitting", "fitting"]

_SHOWN = 5
"""So many talents are named on a card, and so many things to join; all are counted."""

Ranked = tuple[bool, int, str, Nearby]


@dataclass(frozen=True)
class Fitting:
    """What fits a question.

    Attributes
    ----------
    nearby : tuple of Nearby
        The nearest and best fitting talents, then what one can join.
    talents : int
        How many talents there are in all.
    to_join : tuple of str
        Names of what one can join, those that may be shown to residents.
    """

    nearby: tuple[Nearby, ...]
    talents: int
    to_join: tuple[str, ...]


def fitting(
    scene: Scene, category: str, area: str | None, *, outside: Circle | None = None
) -> Fitting:
    """Return what fits a question of a category: those of the same area first, then the best.

    A talent is named when its owner may be proposed at least within the team, is of age where the
    team asks that, and is there on the day. What is reserved is offered by professionals only.

    Parameters
    ----------
    scene : Scene
        What is looked at.
    category : str
        What is asked.
    area : str or None
        Where it is asked.
    outside : Circle, optional
        For a sensitive question: only professionals, and volunteers who are not in this circle and
        live elsewhere.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.lanes.scene import scene_of
    >>> from assetmap.model import Neighbourhood, Person, Talent
    >>> hood = Neighbourhood.from_records(
    ...     *[Person(person=p, area=a) for p, a in (("p1", "south"), ("p2", "north"))],
    ...     *[Talent(talent=f"t{n}", owner=f"p{n}", category="cook") for n in (1, 2)],
    ... )
    >>> found = fitting(scene_of(hood, dt.date(2026, 11, 23)), "cook", "north")
    >>> [near.ref for near in found.nearby], found.talents
    (['talent:t2', 'talent:t1'], 2)
    """
    key = ("fitting", category, area, outside)
    return scene.once(key, lambda: _fitting(scene, category, area, outside))


def _fitting(scene: Scene, category: str, area: str | None, outside: Circle | None) -> Fitting:
    offers = _talents(scene, category, area, outside)
    talents = sorted(offers, key=_rank)
    joins = sorted(_to_join(scene, category, area), key=_rank)
    shown = [each[-1] for each in (*talents[:_SHOWN], *joins[:_SHOWN])]
    hidden = {_ref(row) for row in scene.hood.initiatives if row.visible is False}
    names = [j[-1].name for j in joins if j[-1].ref not in hidden and j[-1].owner not in hidden]
    named = tuple(dict.fromkeys(name for name in names if name is not None))
    return Fitting(tuple(shown), len(talents), named[:_SHOWN])


def _rank(each: Ranked) -> tuple[bool, int, str]:
    return each[:3]


def _ref(row: Initiative) -> str:
    return reference("initiatives", row.initiative)


def _live(first: dt.date | None, last: dt.date | None, day: dt.date) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


def _talents(
    scene: Scene, category: str, area: str | None, outside: Circle | None
) -> Iterator[Ranked]:
    reserved = scene.hood.is_reserved(category)
    offered = scene.once("offers", lambda: _offers(scene))
    for other, degree in scene.hood.tree.answering(category):
        for near, role in offered.get(other, ()):
            wanted = outside is None or _from_outside(near, role, outside)
            if wanted and (role is Role.PROFESSIONAL or not reserved):
                yield area is not None and near.area != area, -degree, near.ref, near


def _from_outside(near: Nearby, role: Role, circle: Circle) -> bool:
    """Tell whether somebody may be named for what is sensitive: no neighbour, nobody they know."""
    if role is not Role.VOLUNTEER or not (near.owner or "").startswith("person:"):
        return role is Role.PROFESSIONAL
    elsewhere = not circle.areas or (near.area is not None and near.area not in circle.areas)
    return elsewhere and near.owner not in circle.people


def _offers(scene: Scene) -> dict[str, list[tuple[Nearby, Role]]]:
    """Return by category what is offered by whom one may name, and in which part."""
    found: dict[str, list[tuple[Nearby, Role]]] = {}
    for row in scene.hood.talents:
        if not _live(row.from_, row.until, scene.asof):
            continue
        owner = scene.party(row.owner)
        if isinstance(owner, Person) and not _may(scene, owner):
            continue
        whom = scene.whom(row.owner)
        near = Nearby(
            kind=NearbyKind.TALENT,
            ref=reference("talents", row.talent),
            owner=whom.ref if whom else None,
            name=whom.name if whom else None,
            category=row.category,
            category_name=scene.theme_name(row.category),
            area=getattr(owner, "area", None),
        )
        found.setdefault(row.category, []).append((near, _role(row, owner)))
    return found


def _may(scene: Scene, person: Person) -> bool:
    """Tell whether somebody may be named to the team as one who could help."""
    there = _live(person.from_, person.until, scene.asof)
    shared = sharing_of(person, asof=scene.asof).scope is not SharingScope.NOBODY
    policy = scene.hood.policy
    of_age = policy.minors or not under_age(person, scene.asof.year)
    return there and shared and of_age


def _role(row: Talent, owner: object) -> Role:
    """Return in which part something is offered; blank: a professional for a worker."""
    worker = isinstance(owner, Person) and owner.is_worker
    return row.role or (Role.PROFESSIONAL if worker else Role.NEIGHBOUR)


def _to_join(scene: Scene, category: str, area: str | None) -> Iterator[Ranked]:
    for row in scene.hood.activities:
        degree = scene.hood.tree.answer(row.category, category)
        if degree and _held(row, scene.asof):
            owner = scene.whom(row.initiative)
            where = _where(scene, row)
            near = Nearby(
                kind=NearbyKind.ACTIVITY,
                ref=reference("activities", row.activity),
                owner=owner.ref if owner else None,
                name=row.name,
                category=row.category,
                category_name=scene.theme_name(row.category),
                area=where,
            )
            yield area is not None and where != area, -degree, near.ref, near
    for each in scene.hood.initiatives:
        kind = scene.hood.tree.find(each.kind) if each.kind else None
        degree = scene.hood.tree.answer(kind, category) if kind else 0
        if kind and degree and each.status is not InitiativeStatus.ENDED:
            where = _where(scene, each)
            near = Nearby(
                kind=NearbyKind.INITIATIVE,
                ref=_ref(each),
                owner=_ref(each),
                name=each.name,
                category=kind,
                category_name=scene.theme_name(kind),
                area=where,
            )
            yield area is not None and where != area, -degree, near.ref, near


def _held(row: Activity, day: dt.date) -> bool:
    """Tell whether an activity is still to come, or still going on."""
    once = row.rrule is None
    over = row.status is Status.PAST or (once and row.start.date() < day)
    return not over and (row.until is None or day <= row.until)


def _where(scene: Scene, row: Activity | Initiative) -> str | None:
    if row.area is not None:
        return row.area
    found = scene.hood.matches(row.place, "places") if row.place else ()
    return getattr(found[0], "area", None) if len(found) == 1 else None
