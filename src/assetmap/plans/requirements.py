"""Whether an activity has what it cannot do without: a cook, a host, a party."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.model import Requirement, Talent
from assetmap.plans.scene import live
from assetmap.schedule import covers

if TYPE_CHECKING:
    from assetmap.plans.scene import Meeting, Scene

__all__ = ["complete", "missing"]


def missing(scene: Scene, meeting: Meeting) -> tuple[Requirement, ...]:
    """Return what an activity requires and does not have on a date.

    A role is filled by a live talent of that category whose owner is the initiative itself,
    belongs to it, or goes there anyway, and who is not known to be away; or by a member with
    that role. A party is there when it belongs to the initiative.
    """
    activity = scene.hood.index["activities"][meeting.activity]
    required = getattr(activity, "requires", None) or ()
    return tuple(r for r in required if _found(scene, meeting, r) < r.count)


def complete(scene: Scene, meeting: Meeting) -> bool:
    """Say whether an activity has everything that it requires on a date."""
    return not missing(scene, meeting)


def _found(scene: Scene, meeting: Meeting, wanted: Requirement) -> int:
    activity = scene.hood.index["activities"][meeting.activity]
    party = getattr(activity, "initiative", None)
    day = meeting.start.date()
    members = [m for m in scene.hood.memberships if m.party == party and live(m, day, "since")]
    if wanted.what == "party":
        return sum(m.member == wanted.party for m in members)
    people = {m.member for m in members} | {party}
    able = {t.owner for t in _talents(scene, wanted.what) if _able(scene, meeting, t, people)}
    able |= {m.member for m in members if m.role is not None and _is(scene, m.role, wanted.what)}
    return len(able)


def _talents(scene: Scene, what: str) -> tuple[Talent, ...]:
    """Return the talents of a kind; looked for once."""
    if what not in scene.of_kind:
        found = (t for t in scene.hood.talents if _is(scene, t.category, what))
        scene.of_kind[what] = tuple(found)
    return scene.of_kind[what]


def _able(scene: Scene, meeting: Meeting, talent: Talent, people: set[str | None]) -> bool:
    if not live(talent, meeting.start.date()):
        return False
    if talent.owner not in people and talent.going_to != meeting.activity:
        return False
    owner = scene.people.get(talent.owner)
    windows = talent.available or (owner.available if owner is not None else None)
    return windows is None or covers(windows, meeting.start, meeting.end)


def _is(scene: Scene, category: str, what: str) -> bool:
    if category == what:
        return True
    return category in scene.tree and what in scene.tree.ancestors(category)
