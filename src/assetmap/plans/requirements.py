"""Whether an activity has what it cannot do without: a cook, a host, a party."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetmap.model import Requirement, Talent
from assetmap.plans.scene import live
from assetmap.schedule import covers

if TYPE_CHECKING:
    from assetmap.plans.scene import Meeting, Scene
    from assetmap.plans.standing import Busy

__all__ = ["complete", "fillers", "missing", "requires"]


def requires(scene: Scene, activity: str) -> tuple[Requirement, ...]:
    """Return what an activity cannot do without."""
    return getattr(scene.hood.index["activities"][activity], "requires", None) or ()


def missing(scene: Scene, meeting: Meeting, busy: Busy | None = None) -> tuple[Requirement, ...]:
    """Return what an activity requires and does not have on a date, whatever is proposed.

    A role is filled by a live talent of that category whose owner is the initiative itself,
    belongs to it, or goes there anyway, and who is not known to be away; or by a member with
    that role. A party is there when it belongs to the initiative.
    """
    required = requires(scene, meeting.activity)
    return tuple(r for r in required if len(fillers(scene, meeting, r, busy)) < r.count)


def complete(scene: Scene, meeting: Meeting, busy: Busy | None = None) -> bool:
    """Say whether an activity has everything that it requires on a date."""
    return not missing(scene, meeting, busy)


def fillers(
    scene: Scene, meeting: Meeting, wanted: Requirement, busy: Busy | None = None
) -> frozenset[str]:
    """Return who can fill a post on a date, or the party that is there.

    Parameters
    ----------
    scene, meeting, wanted : Scene, Meeting, Requirement
        The run, the date of the activity, and the post.
    busy : Busy, optional
        Who has to be elsewhere already; they can't.
    """
    party = getattr(scene.hood.index["activities"][meeting.activity], "initiative", None)
    day = meeting.start.date()
    members = [m for m in scene.hood.memberships if m.party == party and live(m, day, "since")]
    if wanted.what == "party":
        return frozenset(m.member for m in members if m.member == wanted.party)
    people = {m.member for m in members} | {party}
    able = {t.owner for t in _talents(scene, wanted.what) if _able(scene, meeting, t, people)}
    able |= {m.member for m in members if m.role is not None and _is(scene, m.role, wanted.what)}
    return frozenset(name for name in able if busy is None or not _elsewhere(name, meeting, busy))


def _elsewhere(name: str, meeting: Meeting, busy: Busy) -> bool:
    """Say whether somebody has to be somewhere else at that hour, whatever is proposed."""
    comes = name in busy.attending.get((meeting.activity, meeting.start), ())
    return not comes and not busy.free(name, meeting.start, meeting.end)


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
