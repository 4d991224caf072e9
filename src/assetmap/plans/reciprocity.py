"""Where giving helps the giver as well: needs of a provider that a plan meets too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from assetmap.model import Initiative
from assetmap.plans.catalogue import VACANCY_FOR
from assetmap.plans.rules import reserved

if TYPE_CHECKING:
    from assetmap.plans.asks import Ask
    from assetmap.plans.options import Option
    from assetmap.plans.scene import Scene

__all__ = ["SHARED", "mutual"]

SHARED = ("company", "walk", "sport", "meal", "creative", "peer_contact")
"""What two people do together serves both: categories at the top of the tree."""


def mutual(
    scene: Scene, asks: Sequence[Ask], options: Sequence[Option]
) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Return, per need and giver, the open needs of the giver that giving meets as well.

    Helping an initiative counts as volunteering for the helper; doing together what both like
    serves both; and a place for somebody who wants to help meets the initiative's own question.
    """
    own: dict[str, list[Ask]] = defaultdict(list)
    for ask in asks:
        if ask.slots:
            own[ask.need.owner].append(ask)
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    pairs = ((o, g) for o in options for part in o.parts for g in part.givers)
    for option, giver in pairs:
        asking = own.get(giver.offer.provider)
        if asking is None or giver.is_ride:
            continue
        pair = (option.ask.id, giver.offer.provider)
        vacancy = giver.offer.vacancy
        if pair in found:
            continue
        if vacancy is not None:
            needs = [a for a in asking if a.id == vacancy.need]
        else:
            given = _given(scene, option)
            needs = [a for a in asking if _serves(scene, given, a)]
        if needs:
            found[pair] = tuple(sorted(a.id for a in needs if a.id != option.ask.id))
    return found


def _given(scene: Scene, option: Option) -> str | None:
    """Return as what giving counts for the giver: volunteering, or the thing done together."""
    if isinstance(option.ask.owner, Initiative):
        return VACANCY_FOR
    category = option.ask.need.category
    line = (category, *scene.tree.ancestors(category))
    return category if set(SHARED) & set(line) and option.offer.person is not None else None


def _serves(scene: Scene, given: str | None, ask: Ask) -> bool:
    """Say whether giving meets a need of the giver's own, wishes and all."""
    need = ask.need
    particular = (
        need.wants,
        need.not_area,
        need.not_known,
        need.sensitive,
        need.language_hard,
        need.rrule,
        not ask.talked,
    )
    if given is None or any(particular) or reserved(scene, need.category):
        return False
    return scene.tree.answer(given, need.category) > 0
