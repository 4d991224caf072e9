"""What those who run an initiative need this week: who comes, who helps, what must be ready."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from assetmap.errors import UnknownName
from assetmap.match import Proposals
from assetmap.model import Activity, Initiative, Leg, Need, Place
from assetmap.model import reference as qualified
from assetmap.plans import Plan, PlanStatus
from assetmap.privacy import Audience, Discloses, Released, notices, release, require
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
from assetmap.report.slips import Slip, SlipTask, clock_lines, document
from assetmap.tables.output import put
from assetmap.texts import Language, day, language, listing, say
from assetmap.texts.plain import typed

__all__ = [
    "InitiativeHelp",
    "InitiativeItem",
    "InitiativeWeek",
    "WeekInitiatives",
    "gather_initiative_week",
    "gather_initiatives",
    "initiative_parts",
    "initiative_week",
    "initiative_week_html",
    "initiative_week_slip",
    "write_initiative_week",
]

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
class InitiativeWeek:
    """The week of one initiative.

    Attributes
    ----------
    initiative : tuple of str
        Whose it is.
    name : str or None
        What it is called.
    week : str
        ISO week.
    monday, sunday : date
        Its first and last day.
    language, zone : str
        The team's language, and the time zone of its clock times.
    items : tuple of InitiativeItem
        By day and time; what has no day last.
    """

    initiative: Annotated[tuple[str, ...], Discloses.READERS]
    name: Annotated[str | None, Discloses.OPEN]
    week: Annotated[str, Discloses.OPEN]
    monday: Annotated[dt.date, Discloses.OPEN]
    sunday: Annotated[dt.date, Discloses.OPEN]
    language: Annotated[str, Discloses.OPEN]
    zone: Annotated[str, Discloses.OPEN]
    items: tuple[InitiativeItem, ...]


@dataclass(frozen=True, slots=True)
class WeekInitiatives:
    """Where something is arranged in a week; for the team, to make a sheet for each.

    Attributes
    ----------
    initiatives : tuple of str
        Ids, sorted.
    """

    initiatives: Annotated[tuple[str, ...], Discloses.OPEN]


def gather_initiatives(proposals: Proposals) -> Released[WeekInitiatives]:
    """Return at which initiatives something is arranged in the week of a run, for the team.

    Only what stands or was decided on counts. An own question that is still open makes no sheet.

    Parameters
    ----------
    proposals : Proposals
        The run.

    Examples
    --------
    >>> from assetmap.match import propose
    >>> from assetmap.model import Neighbourhood
    >>> gather_initiatives(propose(Neighbourhood(), "2026-W48")).value.initiatives
    ()
    """
    found = {part.initiative for part in initiative_parts(proposals) if part.item.settled}
    return release(WeekInitiatives(tuple(sorted(found))), Audience.TEAM)


def gather_initiative_week(proposals: Proposals, initiative: str) -> Released[InitiativeWeek]:
    """Collect what an initiative needs in the week of a run, and release it for that initiative.

    Parameters
    ----------
    proposals : Proposals
        The run. What is only proposed is not in it.
    initiative : str
        Id of the initiative.

    Returns
    -------
    Released
        For this initiative: when and where, how many come, by name only who agreed to be known,
        who helps, whether a way in without steps must be arranged, and what stands for what the
        initiative asked. Not what somebody asked or why, of a sensitive question only that one
        more comes, and nobody who is kept apart.

    Raises
    ------
    UnknownName
        There is no initiative with this id.

    Examples
    --------
    >>> from assetmap.match import propose
    >>> from assetmap.model import Activity, Arrangement, Initiative, Need, Neighbourhood, Person
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1", called="Ans", share="yes", ground="consent"),
    ...     Initiative(initiative="i1", name="Eetcafé"),
    ...     Activity(
    ...         activity="a1",
    ...         initiative="i1",
    ...         name="Eten",
    ...         category="meal",
    ...         start="2026-11-05 18:00",
    ...         rrule="FREQ=WEEKLY",
    ...     ),
    ...     Need(need="n1", owner="p1", category="meal", talked="yes"),
    ...     Arrangement(arrangement="r1", need="n1", leg="activity", provider="i1", activity="a1"),
    ... )
    >>> released = gather_initiative_week(propose(hood, "2026-W48"), "i1")
    >>> [(item.activity, item.guests, item.others) for item in released.value.items]
    [('Eten', ('Ans',), 0)]
    """
    row = proposals.hood.index["initiatives"].get(initiative.removeprefix("initiative:"))
    if not isinstance(row, Initiative):
        raise UnknownName("No initiative has this id. Look in the table of initiatives.")
    return initiative_week(proposals, row, (part.item for part in initiative_parts(proposals)))


def initiative_week(
    run: Proposals, row: Initiative, items: Iterable[InitiativeItem]
) -> Released[InitiativeWeek]:
    """Release the items of one initiative; those of any other do not come through."""
    reader = qualified("initiatives", row.initiative)
    facts = InitiativeWeek(
        initiative=(reader,),
        name=called_of(row),
        week=str(run.week),
        monday=run.week.monday,
        sunday=run.week.sunday,
        language=run.policy.language,
        zone=run.policy.zone,
        items=tuple(sorted(items, key=_order)),
    )
    return release(facts, Audience.INITIATIVE, reader=reader, thresholds=run.policy.privacy)


def _order(item: InitiativeItem) -> tuple[dt.date, int, str, str]:
    return item.day or dt.date.max, item.begins or 0, item.kind, item.slot


# --- what happens at an initiative ----------------------------------------------------------------


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


# --- in words ---------------------------------------------------------------------------------


def initiative_week_html(released: Released[InitiativeWeek], lang: str | None = None) -> str:
    """Return the week of an initiative as one HTML document that loads nothing, for A4.

    Parameters
    ----------
    released : Released
        What :func:`gather_initiative_week` returns.
    lang : str, optional
        Language of the page; default: the team's.

    Examples
    --------
    >>> from assetmap.match import propose
    >>> from assetmap.model import Initiative, Neighbourhood
    >>> hood = Neighbourhood.from_records(Initiative(initiative="i1", name="Eetcafé"))
    >>> made = gather_initiative_week(propose(hood, "2026-W48"), "i1")
    >>> "This week at Eetcafé" in initiative_week_html(made, "en")
    True
    """
    slip = initiative_week_slip(released, lang)
    return document((slip,), slip.lang, title=slip.sentence("title", week=slip.number))


def initiative_week_slip(released: Released[InitiativeWeek], lang: str | None = None) -> Slip:
    """Return the week of an initiative in words."""
    facts = require(released, Audience.INITIATIVE)
    chosen = language(facts.language if lang is None else lang).value
    name = facts.name or say("initiative_week.nameless", chosen)
    return Slip(
        lang=chosen,
        words="initiative_week",
        number=facts.week.partition("-W")[2].lstrip("0"),
        monday=facts.monday,
        sunday=facts.sunday,
        zone=facts.zone,
        whom=facts.name,
        heading=say("initiative_week.heading", chosen, name=name),
        tasks=tuple(_slip_task(item, chosen) for item in facts.items),
        notice=notices(released, chosen)[0],
    )


def _slip_task(item: InitiativeItem, lang: str) -> SlipTask:
    first, *rest = _told(item, lang)
    hours = tuple(clock_lines(item.begins, item.ends, lang))
    where = () if item.place is None else (_say("place", lang, place=item.place),)
    return SlipTask(
        when=_when(item, lang),
        lines=(first, *hours, *where, *rest),
        day=item.day,
        begins=item.begins,
        ends=item.ends,
        place=item.place,
        kind=f"{item.kind}|{item.slot}",
        all_week=item.day is None and item.kind == "help",
        told=tuple(rest),
    )


def _when(item: InitiativeItem, lang: str) -> str:
    if item.day is not None:
        return day(item.day, lang)
    return _say("asked" if item.kind == "ask" else "to-agree", lang)


def _say(key: str, lang: str, **facts: object) -> str:
    return say(f"initiative_week.{key}", lang, **facts)


def _told(item: InitiativeItem, lang: str) -> Iterator[str]:
    """Yield the lines of an item: what it is, who comes, what must be ready, who does what."""
    if item.kind == "activity":
        yield item.activity or ""
        n, who = len(item.guests) + (item.others or 0), _who(item.guests, item.others, lang)
        if n:
            yield _say("guests" if item.guests else "guests-unnamed", lang, n=n, who=who)
    elif item.kind == "help":
        yield _say("help", lang)
        yield _say("whom", lang, who=_who(item.guests, item.others, lang))
    else:
        what = item.what[lang] if item.what is not None else say("own_week.something", lang)
        yield _say("ask", lang, what=what)
    if item.step_free:
        yield _say("step-free", lang)
    for each in item.helping:
        yield _say(f"role.{each.role}", lang, who=_who(each.names, each.others, lang))
    if not item.settled:
        yield _say("open", lang)


def _who(names: tuple[str, ...], others: int | None, lang: str) -> str:
    if not others:
        return listing(names, lang)
    rest = _say("others" if names else "someone", lang, n=others)
    return listing((*names, rest), lang)


def write_initiative_week(
    released: Released[InitiativeWeek], path: str | PathLike[str], *, lang: str | None = None
) -> None:
    """Write the week of an initiative, whole or not at all, readable by its owner only.

    Parameters
    ----------
    released : Released
        What :func:`gather_initiative_week` returns.
    path : path
        The file; its folder is made where needed.
    lang : str, optional
        Language of the page; default: the team's.

    Raises
    ------
    UnusableInput
        The file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from assetmap.match import propose
    >>> from assetmap.model import Initiative, Neighbourhood
    >>> hood = Neighbourhood.from_records(Initiative(initiative="i1", name="Eetcafé"))
    >>> made = gather_initiative_week(propose(hood, "2026-W48"), "i1")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_initiative_week(made, Path(folder, "week.html"))
    ...     [each.name for each in Path(folder).iterdir()]
    ['week.html']
    """
    put({Path(path): initiative_week_html(released, lang).encode()})
