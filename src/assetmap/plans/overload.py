"""Who gives more hours than was agreed: by what stands, what is proposed, or what was done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assetmap.model import Role, Talent, reference
from assetmap.plans.catalogue import role_of
from assetmap.schedule import Week

if TYPE_CHECKING:
    from assetmap.plans.encoded import Chosen
    from assetmap.plans.scene import Scene
    from assetmap.plans.standing import Busy

__all__ = ["overloaded"]

WEEKS_BACK = 4
"""Hours that were written down in so many weeks before the run are looked at as well."""


def overloaded(scene: Scene, busy: Busy, chosen: Sequence[Chosen]) -> tuple[str, ...]:
    """Return what is more than was agreed, standing plans included.

    Parameters
    ----------
    scene, busy : Scene, Busy
        The run, and what standing arrangements use.
    chosen : sequence of Chosen
        The plans of the run.

    Returns
    -------
    tuple of str
        Ids of talents with more hours than `hours_week`; then people (``person:p1``) who as a
        volunteer or professional give, or wrote down, more than their memberships say.
    """
    minutes = _given(scene, busy, chosen)
    talents = scene.hood.index["talents"]
    hours = {name: getattr(row, "hours_week", None) for name, row in talents.items()}
    over = {
        t for (t, _), used in minutes.items() if (h := hours.get(t)) is not None and used > h * 60
    }
    kind = reference("people", "")
    people = sorted({kind + who.removeprefix(kind) for who in _people(scene, minutes)})
    return (*sorted(over), *people)


def _given(scene: Scene, busy: Busy, chosen: Sequence[Chosen]) -> Counter[tuple[str, int]]:
    """Return the minutes that each talent gives in each week of the horizon."""
    minutes = Counter(busy.minutes)
    for plan in chosen:
        for giver in plan.givers:
            if giver.offer.talent is not None and not giver.is_ride:
                lasts = round((plan.option.ask.hours or scene.policy.help_hours) * 60)
                given = lasts if giver.minutes is None else giver.minutes
                minutes[giver.offer.id, plan.option.week] += given
    return minutes


def _people(scene: Scene, minutes: Counter[tuple[str, int]]) -> Iterator[str]:
    """Yield the people who go over what their memberships say."""
    given: Counter[tuple[str, int]] = Counter()
    for (name, week), used in minutes.items():
        row = scene.hood.index["talents"].get(name)
        owner = scene.people.get(row.owner) if isinstance(row, Talent) else None
        if isinstance(row, Talent) and owner is not None:
            given[owner.person, week] += used * (role_of(row, owner) is not Role.NEIGHBOUR)
    written: Counter[tuple[str, int]] = Counter()
    for hours in scene.hood.team_hours:
        week = scene.week_of(Week.parse(hours.week).monday)
        if -WEEKS_BACK <= week < scene.policy.horizon_weeks:
            written[hours.worker, week] += round(hours.hours * 60)
    agreed = {who: round(60 * sum(hours.values())) for who, hours in scene.agreed_for.items()}
    for (who, _), used in (*given.items(), *written.items()):
        if who in agreed and used > agreed[who]:
            yield who
