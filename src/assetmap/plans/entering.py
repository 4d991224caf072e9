"""What a place has to be like for whoever asks: without steps, quiet.

A person asks it for themself. An initiative that looks for room asks it for those who come: it
said that it is open to people with a disability, or one of its activities is a quiet one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.model import Initiative, Setting

if TYPE_CHECKING:
    from assetmap.plans.asks import Ask
    from assetmap.plans.scene import Scene

__all__ = ["quiet_wanted", "step_free_wanted"]

ROOM = frozenset({"space", "land"})
"""What an initiative asks when it looks for somewhere to be."""


def step_free_wanted(scene: Scene, ask: Ask) -> bool:
    """Say whether a wheelchair has to get in: of the asker, or of whoever an initiative invites."""
    if ask.person is not None:
        return bool(ask.person.wheelchair)
    return isinstance(ask.owner, Initiative) and bool(ask.owner.accessible) and _room(scene, ask)


def quiet_wanted(scene: Scene, ask: Ask) -> bool:
    """Say whether it has to be quiet: asked with the question, or what an activity is like."""
    if ask.need.setting is Setting.QUIET:
        return True
    return ask.need.owner in scene.quiet and _room(scene, ask)


def _room(scene: Scene, ask: Ask) -> bool:
    category = ask.need.category
    return not ROOM.isdisjoint((category, *scene.tree.ancestors(category)))
