"""What those who run an initiative need this week: who comes, who helps, what must be ready."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Annotated

from assetmap.errors import UnknownName
from assetmap.match import Proposals
from assetmap.model import Initiative
from assetmap.model import reference as qualified
from assetmap.privacy import Audience, Discloses, Released, notices, release, require
from assetmap.report.arranged import called_of
from assetmap.report.hosted import InitiativeItem, initiative_parts
from assetmap.report.slips import Slip, SlipTask, clock_lines, document
from assetmap.tables.output import put
from assetmap.texts import day, language, listing, say

__all__ = [
    "InitiativeWeek",
    "WeekInitiatives",
    "gather_initiative_week",
    "gather_initiatives",
    "initiative_week",
    "initiative_week_html",
    "initiative_week_slip",
    "write_initiative_week",
]


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
