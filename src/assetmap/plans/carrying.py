"""What a new run takes over from the one before: equal rows, and all that rests on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from assetmap.model import RECORDS, Neighbourhood, Record
from assetmap.plans.offers import Offer
from assetmap.plans.scene import Scene

__all__ = ["SOURCES", "Carried", "alike", "carried", "same"]

SOURCES: Mapping[str, frozenset[str]] = {
    name: frozenset(tables.split())
    for name, tables in {
        "geography": "areas travel places",
        "_measured": "areas travel places",
        "people": "people",
        "_permitting": "people",
        "_households": "people",
        "workers": "people",
        "trained": "people",
        "personal": "people ties",
        "arranged": "people needs arrangements",
        "network": "people ties needs arrangements",
        "chains": "people ties needs arrangements",
        "teams": "people initiatives organisations",
        "scopes": "people initiatives organisations",
        "agreed_for": "memberships",
        "agreed_hours": "memberships",
        "written_down": "team_hours",
        "talents_of": "talents",
        "of_kind": "talents",
        "car_owners": "talents",
        "involved": "talents needs",
        "meetings": "activities initiatives",
        "lasting": "activities initiatives organisations people places talents needs",
        "quiet": "activities",
        "regulars": "arrangements needs talents",
        "arrangements": "arrangements",
        "decisions": "decisions",
        "safeguards": "safeguards",
        "guarded": "safeguards",
        "motives": "",
        "named_days": "",
    }.items()
}
"""What a scene works out, with the tables that it follows from; categories and policy aside."""


@dataclass(frozen=True, eq=False)
class Carried:
    """A scene that took over what it could from the one before.

    Attributes
    ----------
    scene : Scene
        The scene, with the rows of before where they are equal.
    changed : frozenset of str
        The tables that are not as they were; every table where nothing was taken over.
    """

    scene: Scene
    changed: frozenset[str]


def carried(scene: Scene, before: Scene) -> Carried:
    """Take over what was worked out before and cannot be otherwise now.

    Rows that are equal become the very rows of before, so that things made of them can be
    compared by identity. Another policy, week, map or set of categories takes over nothing.

    Parameters
    ----------
    scene : Scene
        The new run, of which nothing was worked out yet.
    before : Scene
        The run before.
    """
    here, there = scene.hood, before.hood
    alike_runs = scene.week == before.week and scene.policy == before.policy
    if not alike_runs or here.shapes != there.shapes or here.categories != there.categories:
        return Carried(scene, frozenset(RECORDS))
    tables = {name: _rows(here, there, name) for name in RECORDS}
    changed = frozenset(name for name in RECORDS if tables[name] is not there.table(name))
    hood: Neighbourhood = replace(here, **tables)  # type: ignore[arg-type]
    _known_of(hood, there, changed)
    found = Scene(hood, before.policy, before.week)
    known = vars(before)
    kept = (n for n, of in SOURCES.items() if n in known and changed.isdisjoint(of))
    vars(found).update({name: known[name] for name in kept})
    return Carried(found, changed)


def _rows(here: Neighbourhood, there: Neighbourhood, name: str) -> tuple[Record, ...]:
    """Return the rows of a table, those of before where they are equal."""
    now, was = here.table(name), there.table(name)
    if now == was:
        return was
    if RECORDS[name].key is None:
        return now
    known = there.index[name]
    return tuple(old if (old := known.get(str(r.id))) is not None and old == r else r for r in now)


def _known_of(hood: Neighbourhood, before: Neighbourhood, changed: frozenset[str]) -> None:
    """Take over the indexes, the categories and the distances that stay."""
    keyed = (name for name, record in RECORDS.items() if record.key is not None)
    index = {
        name: {str(row.id): row for row in hood.table(name)}
        if name in changed
        else before.index[name]
        for name in keyed
    }
    vars(hood).update(index=index, tree=before.tree)
    if changed.isdisjoint({"areas", "travel", "places"}):
        vars(hood).update(distances=before.distances)


def same(now: Any, was: Any) -> bool:
    """Say whether two things made by two runs are equal, field by field, rows by identity."""
    return all(
        _equal(getattr(now, name), getattr(was, name)) for name in type(now).__dataclass_fields__
    )


def _equal(one: object, other: object) -> bool:
    if one is other:
        return True
    return not isinstance(one, Record) and one == other


def alike(offers: tuple[Offer, ...], before: tuple[Offer, ...]) -> tuple[Offer, ...]:
    """Return offers, those of before where they are equal."""
    known = {offer.key: offer for offer in before}
    return tuple(
        old if (old := known.get(offer.key)) is not None and same(offer, old) else offer
        for offer in offers
    )
