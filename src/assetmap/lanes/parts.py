"""Parts of a card that many lanes make alike: whom to ask, whom it is for, what is near."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assetmap.lanes.card import Whom
from assetmap.lanes.nearby import fitting
from assetmap.lanes.scene import Scene

__all__ = ["addressed", "around", "members_of", "whoms", "workers_of"]


def around(scene: Scene, category: str, area: str | None) -> dict[str, Any]:
    """Return where it is, and the talents and things to join near that fit a category."""
    found = fitting(scene, category, area)
    return {
        "area": area,
        "area_name": scene.area_name(area),
        "nearby": found.nearby,
        "talents": found.talents,
        "to_join": found.to_join,
    }


def members_of(scene: Scene, evidence: Iterable[str]) -> tuple[str, ...]:
    """Return for whom or what records count, each once: what tells whether somebody joined."""
    return tuple(sorted({scene.member_of(ref) for ref in evidence}))


def whoms(scene: Scene, refs: Iterable[str | None]) -> tuple[Whom, ...]:
    """Return the parties to be named on a card, each once; what is no party is left out."""
    found = (scene.whom(ref) for ref in dict.fromkeys(refs))
    return tuple(whom for whom in found if whom is not None)


def workers_of(scene: Scene, refs: Iterable[str | None]) -> tuple[str, ...]:
    """Return the workers who know these people, sorted."""
    found = {scene.worker_of(ref) for ref in refs if ref is not None}
    return tuple(sorted(ref for ref in found if ref is not None))


def addressed(scene: Scene, refs: Iterable[str | None]) -> dict[str, Any]:
    """Return the workers who know these people, as whom to ask and whom it is for."""
    workers = workers_of(scene, refs)
    return {"ask": whoms(scene, workers), "to": workers}
