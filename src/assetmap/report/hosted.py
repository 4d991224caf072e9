"""What happens at initiatives in a week: who comes, who helps, and what they asked themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Annotated

from assetmap.match import Proposals
from assetmap.model import Activity, Initiative, Leg, Need, Place
from assetmap.model import reference as qualified
from assetmap.plans import Plan, PlanStatus
from assetmap.privacy import Discloses
from assetmap.report.arranged import (
    RIDES,
    activity_in,
    arranged,
    called_of,
    day_of,
    end_minute,
    minute,
    party_of,
    place_of,
    uses_wheelchair,
)
from assetmap.report.facts import Said
from assetmap.report.naming import apart, may_be_named, protected
from assetmap.texts import Language
from assetmap.texts.plain import typed

__all__ = ["InitiativeHelp", "InitiativeItem", "Part", "initiative_parts"]

_ROLES: Mapping[Leg, str] = MappingProxyType(
    {
        **dict.fromkeys(RIDES, "ride"),
        Leg.PLACE: "place",
        Leg.MONEY: "money",
        Leg.CONTACT: "contact",
        Leg.ACTIVITY: "contact",
    }
)
"""What a part of a plan is called on the sheet; any other is help."""


@dataclass(frozen=True, slots=True)
class InitiativeHelp:
    """Who does one thing.

    Attributes
    ----------
    role : str
        ``ride``, ``along``, ``help``, ``place``, ``money`` or ``contact``.
    names : tuple of str
        Who agreed that they may be known, by called name; and what is no person.
    others : int or None
        How many more there are.
    """

    role: Annotated[str, Discloses.OPEN]
    names: Annotated[tuple[str, ...], Discloses.CALLED]
    others: Annotated[int | None, Discloses.COUNT]


@dataclass(frozen=True, slots=True)
class InitiativeItem:
    """One thing at an initiative.

    Attributes
    ----------
    initiative : tuple of str
        Whose it is; nobody else reads of it.
    kind : str
        ``activity``: people come to it; ``help``: the initiative helps somebody; ``ask``: what the
        initiative asked itself.
    slot : str
        Id of the activity, by which a calendar knows the item again; else empty.
    day : date or None
        The day; None: some time, still to be agreed.
    begins, ends : int or None
        Minutes after midnight.
    what : Said or None
        What the initiative itself asked; of what somebody else asked nothing is told.
    activity, place : str or None
        What it is called, and where.
    guests : tuple of str
        Called names of those who come and agreed that they may be known.
    others : int or None
        How many more come.
    step_free : bool or None
        Whether a way in without steps must be arranged.
    helping : tuple of InitiativeHelp
        Who does what.
    settled : bool
        Whether something stands for it; only an own question can be open.
    """

    initiative: Annotated[tuple[str, ...], Discloses.READERS]
    kind: Annotated[str, Discloses.OPEN]
    slot: Annotated[str, Discloses.OPEN]
    day: Annotated[dt.date | None, Discloses.OPEN] = None
    begins: Annotated[int | None, Discloses.OPEN] = None
    ends: Annotated[int | None, Discloses.OPEN] = None
    what: Annotated[Said | None, Discloses.OPEN] = None
    activity: Annotated[str | None, Discloses.OPEN] = None
    place: Annotated[str | None, Discloses.OPEN] = None
    guests: Annotated[tuple[str, ...], Discloses.CALLED] = ()
    others: Annotated[int | None, Discloses.COUNT] = 0
    step_free: Annotated[bool | None, Discloses.TRAIT] = None
    helping: tuple[InitiativeHelp, ...] = ()
    settled: Annotated[bool, Discloses.OPEN] = True


@dataclass(frozen=True, slots=True)
class Part:
    """One item of a sheet, with what the team wants to know of it.

    Attributes
    ----------
    initiative : str
        Bare id of the initiative.
    item : InitiativeItem
        What goes on the sheet.
    parties : frozenset of str
        Who has a part in it, named or not.
    new : bool
        Whether it was decided on and may still have to be asked.
    """

    initiative: str
    item: InitiativeItem
    parties: frozenset[str]
    new: bool


@dataclass(slots=True)
class _Found:
    """What is collected for one item: who comes, by name or only as one more, and who does what."""

    initiative: str
    plan: Plan
    activity: Activity | None = None
    need: Need | None = None
    guests: set[str] = field(default_factory=set)
    quiet: set[str] = field(default_factory=set)
    helping: dict[str, set[str]] = field(default_factory=dict)
    new: bool = False

    @property
    def everybody(self) -> frozenset[str]:
        return frozenset(self.guests.union(self.quiet, *self.helping.values()))


def initiative_parts(run: Proposals) -> Iterator[Part]:
    """Yield what happens at initiatives in the week of a run, and what they still ask."""
    for found in _collected(run):
        _keep_apart(run, found)
        if found.everybody:
            new = found.new or found.plan.status is PlanStatus.PINNED
            yield Part(found.initiative, _item(run, found), found.everybody, new)
    settled = {plan.need for plan in run.items if plan.status is not PlanStatus.PROPOSED}
    for need in run.hood.needs:
        own = _initiative(run, need.owner)
        if own is not None and need.need not in settled and _is_open(run, need):
            reader = (qualified("initiatives", own),)
            item = InitiativeItem(reader, "ask", "", what=_label(run, need), settled=False)
            yield Part(own, item, frozenset(), new=False)


def _collected(run: Proposals) -> Iterator[_Found]:
    """Bring together the plans of one date of an activity; any other plan is an item alone."""
    dates: dict[tuple[str, object], _Found] = {}
    for plan in arranged(run):
        need = run.hood.need(plan.need)
        activity = activity_in(run, plan)
        host = None if activity is None else activity.initiative
        if own := _initiative(run, need.owner):
            if not need.sensitive:
                yield _asked(own, plan, need)
        elif activity is not None and host is not None:
            date = activity.activity, plan.occurrence
            _join(dates.setdefault(date, _Found(host, plan, activity)), plan, need)
        elif not need.sensitive:
            for giver in dict.fromkeys(_initiative(run, leg.provider) for leg in plan.legs):
                if giver is not None:
                    yield _Found(giver, plan, guests={need.owner})
    yield from dates.values()


def _join(found: _Found, plan: Plan, need: Need) -> None:
    """Add who comes by a plan, and who brings them; for a sensitive question only one more."""
    found.new = found.new or plan.status is PlanStatus.PINNED
    if need.sensitive:
        found.quiet.add(need.owner)
        return
    found.guests.add(need.owner)
    for leg in plan.legs:
        if leg.leg is not Leg.ACTIVITY:
            role = "ride" if leg.leg in RIDES else "along"
            found.helping.setdefault(role, set()).add(leg.provider)


def _asked(initiative: str, plan: Plan, need: Need) -> _Found:
    found = _Found(initiative, plan, need=need)
    for leg in plan.legs:
        found.helping.setdefault(_ROLES.get(leg.leg, "help"), set()).add(leg.provider)
    return found


def _initiative(run: Proposals, party: str) -> str | None:
    found = party_of(run, party)
    return found.initiative if isinstance(found, Initiative) else None


def _keep_apart(run: Proposals, found: _Found) -> None:
    """Take out whoever is kept from the initiative, from who runs it, or from who else comes."""
    on = day_of(run, found.plan) or run.week.monday
    row = run.hood.index["initiatives"][found.initiative]
    runs = {str(each) for name in ("manager", "host") if (each := row.value(name))}
    parties = {found.initiative, qualified("initiatives", found.initiative)}
    runs |= {m.member for m in run.hood.memberships if m.party in parties}
    there = {found.initiative, *runs, *found.everybody}
    there |= set() if found.activity is None else {found.activity.activity}
    gone = {who for who in found.everybody if apart(run, who, there, on=on)}
    found.guests -= gone
    found.quiet -= gone
    for role in list(found.helping):
        found.helping[role] -= gone
        if not found.helping[role]:
            del found.helping[role]


def _item(run: Proposals, found: _Found) -> InitiativeItem:
    plan, activity = found.plan, found.activity
    kind = "activity" if activity is not None else "help" if found.need is None else "ask"
    names, unnamed = _named(run, found.guests)
    others = unnamed + len(found.quiet - found.guests)
    return InitiativeItem(
        initiative=(qualified("initiatives", found.initiative),),
        kind=kind,
        slot="" if activity is None else activity.activity,
        day=day_of(run, plan),
        begins=minute(plan.occurrence),
        ends=end_minute(plan.occurrence, plan.end),
        what=None if found.need is None else _label(run, found.need),
        activity=None if activity is None else typed(activity.name),
        place=None if activity is None else place_of(run, activity),
        guests=names,
        others=others,
        step_free=_step_free(run, found),
        helping=tuple(_helping(run, found)),
    )


def _helping(run: Proposals, found: _Found) -> Iterator[InitiativeHelp]:
    for role in sorted(found.helping):
        names, others = _named(run, found.helping[role])
        yield InitiativeHelp(role, names, others)


def _named(run: Proposals, parties: Iterable[str]) -> tuple[tuple[str, ...], int]:
    """Return the names of those who agreed to be known, and how many others there are."""
    names, others, hidden = [], 0, protected(run)
    for party in sorted(parties):
        found = run.hood.matches(party, "people", "initiatives", "organisations", "places")
        name = called_of(found[0]) if len(found) == 1 else None
        known = name is not None and may_be_named(run, party)
        if known and name is not None and str(found[0].id) not in hidden:
            names.append(name)
        else:
            others += 1
    return tuple(sorted(names)), others


def _step_free(run: Proposals, found: _Found) -> bool | None:
    """Tell whether something must be arranged: a wheelchair comes where there may be steps."""
    if found.activity is None or not any(
        uses_wheelchair(party_of(run, who)) for who in found.guests
    ):
        return None
    place = run.hood.matches(found.activity.place or "", "places")
    ready = any(isinstance(row, Place) and row.step_free is True for row in place)
    return None if ready else True


def _label(run: Proposals, need: Need) -> Said | None:
    if need.category not in run.hood.tree:
        return None
    return {lang.value: run.hood.tree.label(need.category, lang) for lang in Language}


def _is_open(run: Proposals, need: Need) -> bool:
    """Tell whether a question may stand on the sheet of who asked it."""
    tree = run.hood.tree
    told = need.category in tree and not tree.is_safety(need.category)
    return told and not need.sensitive and need.closed_on is None
