"""What somebody does this week, for that one helper: rides, activities and visits, and no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from os import PathLike
from pathlib import Path
from typing import Annotated

from assetmap.match import Proposals
from assetmap.model import Activity, Leg, Person, Record, Talent
from assetmap.plans import Plan, PlanLeg, PlanStatus, names_days
from assetmap.privacy import Audience, Discloses, Released, notices, release, require
from assetmap.report.facts import Said
from assetmap.report.templates import style, template
from assetmap.tables.output import put
from assetmap.texts import Language, clock, day, language, money, say
from assetmap.texts.plain import typed

__all__ = [
    "OwnTask",
    "OwnWeek",
    "WeekHelpers",
    "gather_helpers",
    "gather_own_week",
    "own_week_html",
    "write_own_week",
]

_FIRM = frozenset({PlanStatus.STANDING, PlanStatus.PINNED})
_RIDES = (Leg.RIDE_OUT, Leg.RIDE_BACK)


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
        What the helper offers for it.
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
    week : str
        ISO week.
    monday, sunday : date
        Its first and last day.
    language : str
        The team's language.
    tasks : tuple of OwnTask
        By day and time; what is still to be agreed last.
    """

    week: Annotated[str, Discloses.OPEN]
    monday: Annotated[dt.date, Discloses.OPEN]
    sunday: Annotated[dt.date, Discloses.OPEN]
    language: Annotated[str, Discloses.OPEN]
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
    found = sorted({who for task in _tasks(proposals) for who in task.helper})
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
    person = proposals.hood.person(helper.removeprefix("person:")).person
    facts = OwnWeek(
        week=str(proposals.week),
        monday=proposals.week.monday,
        sunday=proposals.week.sunday,
        language=proposals.policy.language,
        tasks=tuple(sorted(_tasks(proposals), key=_order)),
    )
    return release(facts, Audience.HELPER, reader=person, thresholds=proposals.policy.privacy)


def _order(task: OwnTask) -> tuple[dt.date, int, str, str, str]:
    when = task.day or dt.date.max
    return when, task.begins or 0, task.role, task.whom or "", task.activity or ""


def _tasks(run: Proposals) -> Iterator[OwnTask]:
    people = run.hood.index["people"]
    for plan in run.items:
        if plan.status in _FIRM and _in_week(run, plan):
            rides = [leg.provider for leg in plan.legs if leg.leg in _RIDES]
            both = len(rides) == 2 and len(set(rides)) == 1
            for leg in plan.legs:
                own = leg.provider.removeprefix("person:") in people
                if own and not (both and leg.leg is Leg.RIDE_BACK):
                    yield _task(run, plan, leg, both=both)


def _in_week(run: Proposals, plan: Plan) -> bool:
    when = plan.occurrence
    found = when.date() if isinstance(when, dt.datetime) else when
    return found is not None and run.week.monday <= found <= run.week.sunday


def _task(run: Proposals, plan: Plan, leg: PlanLeg, *, both: bool) -> OwnTask:
    asker = _asker(run, plan)
    activity = next(
        (row for part in plan.legs if isinstance(row := _activity(run, part), Activity)), None
    )
    ride = leg.leg in _RIDES
    begins, ends = leg.start or plan.occurrence, leg.end or plan.end
    return OwnTask(
        helper=(leg.provider.removeprefix("person:"),),
        day=_day(run, plan),
        begins=_minute(begins),
        ends=_minute(ends),
        role="ride_both" if ride and both else leg.leg.value,
        whom=None if asker is None else _called(asker),
        what=None if ride else _what(run, leg),
        activity=None if activity is None else typed(activity.name),
        place=None if activity is None else _place(run, activity),
        wheelchair=True if ride and _uses_wheelchair(asker) else None,
        fee_eur=None if activity is None else activity.fee_eur,
    )


def _asker(run: Proposals, plan: Plan) -> Record | None:
    owner = run.hood.need(plan.need).owner
    found = run.hood.matches(owner, "people", "initiatives", "organisations")
    return found[0] if len(found) == 1 else None


def _called(asker: Record) -> str | None:
    """Return the called name or the name of an initiative; never an id."""
    text = asker.value("called" if asker.table == "people" else "name")
    return typed(str(text)) if text else None


def _uses_wheelchair(asker: Record | None) -> bool:
    return isinstance(asker, Person) and asker.wheelchair is True


def _activity(run: Proposals, leg: PlanLeg) -> object:
    return run.hood.index["activities"].get((leg.activity or "").removeprefix("activity:"))


def _day(run: Proposals, plan: Plan) -> dt.date | None:
    """Return the day; a bare date is one where the plan stands or was asked on named days."""
    when = plan.occurrence
    if isinstance(when, dt.datetime):
        return when.date()
    known = plan.status is PlanStatus.STANDING or names_days(run.hood.need(plan.need).rrule)
    return when if known else None


def _minute(when: dt.datetime | dt.date | None) -> int | None:
    return when.hour * 60 + when.minute if isinstance(when, dt.datetime) else None


def _what(run: Proposals, leg: PlanLeg) -> Said | None:
    """Return what the helper offers; the need itself is not told."""
    row = run.hood.index["talents"].get((leg.talent or "").removeprefix("talent:"))
    if not isinstance(row, Talent) or row.category not in run.hood.tree:
        return None
    return {lang.value: run.hood.tree.label(row.category, lang) for lang in Language}


def _place(run: Proposals, activity: Activity) -> str | None:
    rows = run.hood.matches(activity.place, "places") if activity.place else ()
    return next((typed(str(row.value("name"))) for row in rows if row.value("name")), None)


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
    facts = require(released, Audience.HELPER)
    chosen = language(facts.language if lang is None else lang).value
    return template("own_week").render(
        lang=chosen,
        style=style("sheet"),
        say=lambda key, **told: say(f"own_week.{key}", chosen, **told),
        number=facts.week.partition("-W")[2].lstrip("0"),
        first=day(facts.monday, chosen),
        last=day(facts.sunday, chosen, year=True),
        tasks=facts.tasks,
        when=lambda task: _when(task, chosen),
        told=lambda task: tuple(_told(task, chosen)),
        notice=notices(released, chosen)[0],
    )


def _when(task: OwnTask, lang: str) -> str:
    if task.day is None:
        return say("own_week.to-agree", lang)
    return day(task.day, lang)


def _told(task: OwnTask, lang: str) -> Iterator[str]:
    """Yield the lines of a task: what to do, when and where, and what comes along."""
    what = task.what[lang] if task.what is not None else say("own_week.something", lang)
    role = task.role if task.role in {"ride_out", "ride_back", "ride_both", "group"} else "help"
    whom = task.whom or say("own_week.somebody", lang)
    yield say(f"own_week.role.{role}", lang, whom=whom, what=what)
    begins, ends = (None if at is None else clock(at, lang) for at in (task.begins, task.ends))
    if begins is not None and ends is not None:
        yield say("own_week.from-to", lang, begins=begins, ends=ends)
    elif begins is not None:
        yield say("own_week.at", lang, begins=begins)
    if task.activity is not None:
        key = "activity" if task.place is None else "activity-at"
        yield say(f"own_week.{key}", lang, activity=task.activity, place=task.place)
    if task.wheelchair:
        yield say("own_week.wheelchair", lang)
    if task.fee_eur:
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
