"""The clauses about support and trainings; the rest are in `clauses` and `wishes`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from assetmap.audit.deeds import Deed
from assetmap.audit.facts import Facts
from assetmap.model import Initiative, Leg, Need, Person, Role, SupportNeeded
from assetmap.model.trainings import categories_of_training

__all__ = ["READY"]

_AMOUNT = MappingProxyType(
    {None: 0, SupportNeeded.NONE: 0, SupportNeeded.SOME: 1, SupportNeeded.MUCH: 2}
)


def _enough(initiative: object, person: Person | None) -> bool:
    """Say whether an initiative gives the support somebody needs; unknown is enough."""
    if not isinstance(initiative, Initiative) or person is None or initiative.support is None:
        return True
    return _AMOUNT[initiative.support] >= _AMOUNT[person.support_needed]


def _supported(facts: Facts, need: Need, deed: Deed) -> bool:
    # Who takes part gets the support that the initiative says it can give
    joins = deed.leg is Leg.ACTIVITY or (deed.leg is Leg.CONTACT and deed.talent is None)
    if not joins or deed.giver is None or deed.giver[0] != "initiatives":
        return True
    return _enough(facts.hood.index["initiatives"][deed.giver[1]], facts.asker(need))


def _supportive(facts: Facts, need: Need, deed: Deed) -> bool:
    # The same for who helps an initiative, unless as a professional
    talent = facts.talent(deed.talent)
    if talent is None or facts.role(talent) is Role.PROFESSIONAL:
        return True
    return _enough(facts.record(need.owner, "initiatives"), facts.person(talent.owner))


def _trained(facts: Facts, need: Need, deed: Deed) -> bool:
    # Where the team asks a training of residents, whoever gives it had one
    talent = facts.talent(deed.talent)
    person = facts.person(talent.owner) if talent is not None else None
    if talent is None or person is None or deed.is_ride:
        return True
    if facts.role(talent) is Role.PROFESSIONAL or not facts.tree.answer(
        talent.category, need.category
    ):
        return True
    asked = set(facts.policy.training_required)
    about = [c for c in (need.category, talent.category) if facts.line(c) & asked]
    if not about:
        return True
    done = [t for t, day in person.trainings or () if day is None or day <= facts.monday]
    had = {c for topic in done for c in categories_of_training(topic, facts.tree)}
    return bool(had & facts.line(about[0]))


READY: Mapping[str, Callable[[Facts, Need, Deed], bool]] = MappingProxyType(
    {"supported": _supported, "supportive": _supportive, "trained": _trained}
)
"""Every clause about support and trainings, by name."""
