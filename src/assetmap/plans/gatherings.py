"""Three or more in the same situation, introduced together instead of two by two.

Who says with a question that they share a situation with others (`context`) may meet the others
who say so. Every member asks and gives; who may not be introduced to one of them is in no group
with that one. A group comes about as a whole or not at all. Two for whom there is no group may
meet each other where both said, with their experiences, that they may be introduced on it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, permutations
from types import MappingProxyType
from typing import TYPE_CHECKING

from assetmap.model import Leg, Role, Rung, Setting
from assetmap.plans.ladder import rung_of, step_of
from assetmap.plans.offers import Offer, OfferKind
from assetmap.plans.options import Giver, Option, Part
from assetmap.plans.outcome import Doubt
from assetmap.plans.refusals import agreed, turned_down
from assetmap.plans.rides import person_doubts
from assetmap.plans.rules import first_broken, reserved

if TYPE_CHECKING:
    from collections.abc import Collection

    from assetmap.plans.asks import Ask
    from assetmap.plans.scene import Scene

__all__ = ["FEWEST", "MOST", "gatherings", "may_meet"]

FEWEST = 3
"""So many people are a group."""
MOST = 6
"""So many at most: of more, those whose questions weigh most meet first."""
TOGETHER = frozenset({"company", "walk", "sport", "meal", "creative", "peer_contact"})
"""What people do together: categories at the top of the tree."""


def gatherings(
    scene: Scene, asks: Sequence[Ask], steps: Mapping[str, Collection[Rung]]
) -> dict[str, list[Option]]:
    """Return, for each member's question, the groups in which it could be met.

    Parameters
    ----------
    scene, asks : Scene, sequence of Ask
        The run, and all open questions.
    steps : mapping
        The steps of the ladder that each question may use now.
    """
    shared: dict[str, list[Ask]] = defaultdict(list)
    for ask in asks:
        if may_meet(scene, ask):
            for tag in {tag.casefold() for tag in ask.need.context or ()}:
                shared[tag].append(ask)
    known = {ask.id: ask for ask in asks}
    groups = {
        group
        for members in shared.values()
        for group in _groups(scene, [a for a in members if Rung.INITIATIVE in steps[a.id]])
    }
    in_groups = {name for group in groups for name in group}
    for tag, members in shared.items():
        alone = [ask for ask in members if ask.id not in in_groups and _chose(ask, tag)]
        groups |= set(_pairs(scene, alone, steps))
    found: dict[str, list[Option]] = defaultdict(list)
    for chosen in sorted(groups):
        members = [known[name] for name in chosen]
        options = [_option(scene, one, [m for m in members if m is not one]) for one in members]
        if not any(_declined(scene, option) for option in options):
            for option in options:
                found[option.ask.id].append(option)
    return found


def _groups(scene: Scene, asks: Sequence[Ask]) -> Iterator[tuple[str, ...]]:
    """Yield every group of people who may all be introduced to each other."""
    first = sorted(_one_each(asks), key=lambda a: (-a.weight, a.id))[:MOST]
    suited = {(a.id, b.id) for a in first for b in first if a is not b and _suits(scene, a, b)}
    for size in range(FEWEST, len(first) + 1):
        for chosen in combinations(sorted(a.id for a in first), size):
            if suited.issuperset(permutations(chosen, 2)):
                yield chosen


def _pairs(
    scene: Scene, asks: Sequence[Ask], steps: Mapping[str, Collection[Rung]]
) -> Iterator[tuple[str, ...]]:
    """Yield every two who both chose to be introduced, and may be asked now."""
    first = sorted(_one_each(asks), key=lambda a: (-a.weight, a.id))[:MOST]
    for one, other in combinations(first, 2):
        both = ((one, other), (other, one))
        asked = all(rung_of(scene, a, _offer(b)) in steps[a.id] for a, b in both)
        if asked and all(_suits(scene, a, b) for a, b in both):
            yield tuple(sorted((one.id, other.id)))


def _chose(ask: Ask, tag: str) -> bool:
    """Say whether somebody said that they may be introduced on an experience."""
    told = ask.person.experiences if ask.person is not None else None
    return any(yes and name.casefold() == tag for name, yes in told or ())


def _declined(scene: Scene, option: Option) -> bool:
    """Say whether just this group was turned down by one of its members."""
    return option.key.rpartition(":")[2] in turned_down(scene, option.ask.id)


def may_meet(scene: Scene, ask: Ask) -> bool:
    """Say whether a question may be met in a group: by who said so, and asks nothing special."""
    need = ask.need
    line = {need.category, *scene.tree.ancestors(need.category)}
    particular = (need.wants, need.rrule, need.sensitive, ask.arranged, ask.person is None)
    alone = need.setting is Setting.ONE_TO_ONE or (need.people_needed or 1) > 1
    fit = ask.talked and ask.slots and not any(particular) and not alone
    return bool(fit and need.context and line & TOGETHER and not reserved(scene, need.category))


def _one_each(asks: Sequence[Ask]) -> list[Ask]:
    """Return one question of each person: the heaviest."""
    found: dict[str, Ask] = {}
    for ask in sorted(asks, key=lambda a: (-a.weight, a.id)):
        found.setdefault(ask.need.owner, ask)
    return list(found.values())


def _suits(scene: Scene, ask: Ask, other: Ask) -> bool:
    """Say whether somebody may be introduced to the one who asks."""
    answers = scene.tree.answer(other.need.category, ask.need.category) > 0
    return answers and first_broken(scene, ask, _offer(other)) is None


def _offer(ask: Ask) -> Offer:
    return Offer(
        kind=OfferKind.PEER,
        id=ask.id,
        owner=ask.person,
        provider=ask.need.owner,
        category=ask.need.category,
        role=Role.NEIGHBOUR,
        spot=ask.spot,
        windows=ask.windows,
        languages=ask.languages,
    )


def _option(scene: Scene, ask: Ask, others: Sequence[Ask]) -> Option:
    givers = tuple(_giver(scene, ask, other, pair=len(others) == 1) for other in others)
    slot = ask.slots[0]
    option = Option(
        ask=ask,
        slot=slot,
        offer=givers[0].offer,
        parts=(Part(Leg.GROUP, givers, len(givers)),),
        start=scene.today,
        end=None,
        week=0,
        step=givers[0].step,
        group=tuple(sorted((ask.id, *(other.id for other in others)))),
    )
    if option.way_of(agreed(scene, ask.id)) is not None:
        return replace(option, pinned=True)
    return option


def _giver(scene: Scene, ask: Ask, other: Ask, *, pair: bool) -> Giver:
    offer = _offer(other)
    rung = rung_of(scene, ask, offer) if pair else Rung.INITIATIVE
    return Giver(
        leg=Leg.GROUP,
        offer=offer,
        rung=rung,
        step=step_of(ask, rung, ride=False),
        points=MappingProxyType({}),
        doubts=(Doubt.TIME_UNKNOWN, *person_doubts(scene, ask, offer)),
    )
