"""What somebody does this week, for that one helper: rides, activities and visits, and no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from os import PathLike
from pathlib import Path
from typing import Annotated

from assetmap.match import Proposals
from assetmap.model import Leg, Person, Talent
from assetmap.plans import Plan, PlanLeg
from assetmap.privacy import Audience, Discloses, Released, notices, release, require
from assetmap.report.arranged import (
    RIDES,
    activity_in,
    arranged,
    bare,
    called_of,
    day_of,
    end_minute,
    minute,
    party_of,
    place_of,
    uses_wheelchair,
)
from assetmap.report.facts import Said
from assetmap.report.naming import apart
from assetmap.report.slips import Slip, SlipTask, clock_lines, document
from assetmap.tables.output import put
from assetmap.texts import Language, clock, day, language, money, say
from assetmap.texts.plain import typed

__all__ = [
    "OwnTask",
    "OwnWeek",
    "WeekHelpers",
    "gather_helpers",
    "gather_own_week",
    "own_tasks",
    "own_week",
    "own_week_html",
    "own_week_slip",
    "write_own_week",
]


@dataclass(frozen=True, slots=True)
class OwnTask:
    """One thing that a helper does.

    Attributes
    ----------
    helper : tuple of str
        Who does it; nobody else reads of it.
    day : date or None
        The day; None: some time in the week, still to be agreed.
    begins, ends : int or None
        Minutes after midnight at which the activity or visit begins and ends.
    role : str
        ``ride_out``, ``ride_back``, ``ride_both``, ``help``, ``group``, or another part.
    whom : str or None
        What the one who is helped is called.
    what : Said or None
        What the helper offers for it; None also where the question is a sensitive one.
    activity, place : str or None
        Where they go together.
    wheelchair : bool or None
        Whether a wheelchair comes along, for a ride.
    fee_eur : Decimal or None
        What taking part costs.
    """

    helper: Annotated[tuple[str, ...], Discloses.READERS]
    day: Annotated[dt.date | None, Discloses.OPEN]
    begins: Annotated[int | None, Discloses.OPEN]
    ends: Annotated[int | None, Discloses.OPEN]
    role: Annotated[str, Discloses.OPEN]
    whom: Annotated[str | None, Discloses.CALLED]
    what: Annotated[Said | None, Discloses.OPEN]
    activity: Annotated[str | None, Discloses.OPEN]
    place: Annotated[str | None, Discloses.OPEN]
    wheelchair: Annotated[bool | None, Discloses.TRAIT]
    fee_eur: Annotated[Decimal | None, Discloses.OPEN]


@dataclass(frozen=True, slots=True)
class OwnWeek:
    """The week of one helper.

    Attributes
    ----------
    helper : tuple of str
        Whose it is.
    called : str or None
        What this helper is called, to know whose sheet it is.
    week : str
        ISO week.
    monday, sunday : date
        Its first and last day.
    language, zone : str
        The team's language, and the time zone of its clock times.
    tasks : tuple of OwnTask
        By day and time; what is still to be agreed last.
    """

    helper: Annotated[tuple[str, ...], Discloses.READERS]
    called: Annotated[str | None, Discloses.CALLED]
    week: Annotated[str, Discloses.OPEN]
    monday: Annotated[dt.date, Discloses.OPEN]
    sunday: Annotated[dt.date, Discloses.OPEN]
    language: Annotated[str, Discloses.OPEN]
    zone: Annotated[str, Discloses.OPEN]
    tasks: tuple[OwnTask, ...]


@dataclass(frozen=True, slots=True)
class WeekHelpers:
    """Who has something to do in a week; for the team, to make a sheet for each.

    Attributes
    ----------
    people : tuple of str
        Ids, sorted.
    """

    people: Annotated[tuple[str, ...], Discloses.PERSON]


def gather_helpers(proposals: Proposals) -> Released[WeekHelpers]:
    """Return who has something to do in the week of a run, for the team.

    Only what stands or was decided on counts: nobody is told of what was not asked yet.

    Parameters
    ----------
    proposals : Proposals
        The run.

    Examples
    --------
    >>> from assetmap.match import propose
    >>> from assetmap.model import Neighbourhood
    >>> gather_helpers(propose(Neighbourhood(), "2026-W48")).value.people
    ()
    """
    found = sorted({who for _, task in own_tasks(proposals) for who in task.helper})
    return release(WeekHelpers(tuple(found)), Audience.TEAM)


def gather_own_week(proposals: Proposals, helper: str) -> Released[OwnWeek]:
    """Collect what one helper does in the week of a run, and release it for that helper.

    Parameters
    ----------
    proposals : Proposals
        The run. What is only proposed is not in it.
    helper : str
        Id of the person.

    Returns
    -------
    Released
        For this helper: when, where, whom by the called name, and what comes along. No reason, no
        need, nothing of anybody else's tasks.

    Raises
    ------
    UnknownName
        Nobody has this id.

    Examples
    --------
    >>> from assetmap.match import propose
    >>> from assetmap.model import Arrangement, Need, Neighbourhood, Person
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1", called="Ans"),
    ...     Person(person="p2", called="Bo"),
    ...     Need(need="n1", owner="p1", category="shopping", talked="yes"),
    ...     Arrangement(
    ...         arrangement="r1",
    ...         need="n1",
    ...         leg="help",
    ...         provider="p2",
    ...         rrule="FREQ=WEEKLY;BYDAY=TU",
    ...         since="2026-11-03",
    ...     ),
    ... )
    >>> released = gather_own_week(propose(hood, "2026-W48"), "p2")
    >>> [(task.whom, task.role) for task in released.value.tasks]
    [('Ans', 'help')]
    """
    row = proposals.hood.person(bare(helper))
    return own_week(proposals, row, (task for _, task in own_tasks(proposals)))


def own_week(run: Proposals, row: Person, tasks: Iterable[OwnTask]) -> Released[OwnWeek]:
    """Release the tasks of one helper; those of anybody else do not come through."""
    facts = OwnWeek(
        helper=(row.person,),
        called=called_of(row),
        week=str(run.week),
        monday=run.week.monday,
        sunday=run.week.sunday,
        language=run.policy.language,
        zone=run.policy.zone,
        tasks=tuple(sorted(tasks, key=_order)),
    )
    return release(facts, Audience.HELPER, reader=row.person, thresholds=run.policy.privacy)


def _order(task: OwnTask) -> tuple[dt.date, int, str, str, str]:
    when = task.day or dt.date.max
    return when, task.begins or 0, task.role, task.whom or "", task.activity or ""


def own_tasks(run: Proposals) -> Iterator[tuple[Plan, OwnTask]]:
    """Yield what each helper does in the week of a run, with the plan that it is part of.

    Nobody is sent to somebody from whom they are kept apart, whatever was arranged before.
    """
    people = run.hood.index["people"]
    for plan in arranged(run):
        owner, day = run.hood.need(plan.need).owner, day_of(run, plan) or run.week.monday
        rides = [leg.provider for leg in plan.legs if leg.leg in RIDES]
        both = len(rides) == 2 and len(set(rides)) == 1
        for leg in plan.legs:
            own = bare(leg.provider) in people and not apart(run, owner, (leg.provider,), on=day)
            if own and not (both and leg.leg is Leg.RIDE_BACK):
                yield plan, _task(run, plan, leg, both=both)


def _task(run: Proposals, plan: Plan, leg: PlanLeg, *, both: bool) -> OwnTask:
    asker = party_of(run, run.hood.need(plan.need).owner)
    activity = activity_in(run, plan)
    ride = leg.leg in RIDES
    return OwnTask(
        helper=(bare(leg.provider),),
        day=day_of(run, plan),
        begins=minute(leg.start or plan.occurrence),
        ends=end_minute(leg.start or plan.occurrence, leg.end or plan.end),
        role="ride_both" if ride and both else leg.leg.value,
        whom=None if asker is None else called_of(asker),
        what=None if ride else _what(run, plan, leg),
        activity=None if activity is None else typed(activity.name),
        place=None if activity is None else place_of(run, activity),
        wheelchair=True if ride and uses_wheelchair(asker) else None,
        fee_eur=None if activity is None else activity.fee_eur,
    )


def _what(run: Proposals, plan: Plan, leg: PlanLeg) -> Said | None:
    """Return what the helper offers; the need itself is not told."""
    row = run.hood.index["talents"].get((leg.talent or "").removeprefix("talent:"))
    if not isinstance(row, Talent) or row.category not in run.hood.tree:
        return None
    if run.hood.need(plan.need).sensitive:
        return None
    return {lang.value: run.hood.tree.label(row.category, lang) for lang in Language}


def own_week_html(released: Released[OwnWeek], lang: str | None = None) -> str:
    """Return the week of a helper as one HTML document that loads nothing and prints on A4.

    Parameters
    ----------
    released : Released
        What :func:`gather_own_week` returns.
    lang : str, optional
        Language of the page; default: the team's.

    Examples
    --------
    >>> from assetmap.match import propose
    >>> from assetmap.model import Neighbourhood, Person
    >>> hood = Neighbourhood.from_records(Person(person="p1"))
    >>> "Nothing is planned" in own_week_html(
    ...     gather_own_week(propose(hood, "2026-W48"), "p1"), "en"
    ... )
    True
    """
    slip = own_week_slip(released, lang)
    return document((slip,), slip.lang, title=slip.sentence("title", week=slip.number))


def own_week_slip(released: Released[OwnWeek], lang: str | None = None) -> Slip:
    """Return the week of a helper in words."""
    facts = require(released, Audience.HELPER)
    chosen = language(facts.language if lang is None else lang).value
    return Slip(
        lang=chosen,
        words="own_week",
        number=facts.week.partition("-W")[2].lstrip("0"),
        monday=facts.monday,
        sunday=facts.sunday,
        zone=facts.zone,
        whom=facts.called,
        heading=say("own_week.heading", chosen),
        tasks=tuple(_slip_task(task, chosen) for task in facts.tasks),
        notice=notices(released, chosen)[0],
    )


def _slip_task(task: OwnTask, lang: str) -> SlipTask:
    first, *rest = _told(task, lang)
    begins, ends, hours = _hours(task, lang)
    return SlipTask(
        when=say("own_week.to-agree", lang) if task.day is None else day(task.day, lang),
        lines=(first, *hours, *rest),
        day=task.day,
        begins=begins,
        ends=ends,
        place=task.place or task.activity,
        kind=task.role,
        all_week=task.day is None,
        told=tuple(rest),
    )


def _hours(task: OwnTask, lang: str) -> tuple[int | None, int | None, tuple[str, ...]]:
    """Return begin and end, and the same in words; who only brings home comes when it is over."""
    begins, ends = task.begins, task.ends
    if task.role != "ride_back" or begins is None or ends is None:
        return begins, ends, tuple(clock_lines(begins, ends, lang))
    said = (say("own_week.over", lang, ends=clock(ends, lang)),)
    return (ends, None, said) if ends > begins else (begins, ends, said)


def _told(task: OwnTask, lang: str) -> Iterator[str]:
    """Yield the lines of a task: what to do, where, and what comes along."""
    what = task.what[lang] if task.what is not None else say("own_week.something", lang)
    role = task.role if task.role in {"ride_out", "ride_back", "ride_both", "group"} else "help"
    role = "group-plain" if role == "group" and task.what is None else role
    home = task.role == "ride_back"
    whom = task.whom or say("own_week.somebody", lang)
    yield say(f"own_week.role.{role}", lang, whom=whom, what=what)
    if task.activity is not None:
        key = "activity-from" if home else "activity"
        key = key if task.place is None else f"{key}-at"
        yield say(f"own_week.{key}", lang, activity=task.activity, place=task.place)
    if task.wheelchair:
        yield say("own_week.wheelchair", lang)
    if task.fee_eur and not home:
        yield say("own_week.fee", lang, amount=money(task.fee_eur, lang))


def write_own_week(
    released: Released[OwnWeek], path: str | PathLike[str], *, lang: str | None = None
) -> None:
    """Write the week of a helper, whole or not at all, readable by its owner only.

    Parameters
    ----------
    released : Released
        What :func:`gather_own_week` returns.
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
    >>> from assetmap.model import Neighbourhood, Person
    >>> made = gather_own_week(
    ...     propose(Neighbourhood.from_records(Person(person="p1")), "2026-W48"), "p1"
    ... )
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_own_week(made, Path(folder, "week.html"))
    ...     [each.name for each in Path(folder).iterdir()]
    ['week.html']
    """
    put({Path(path): own_week_html(released, lang).encode()})
