"""Whom to call and for whom to print: the contact sheet of a week, for the worker."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from os import PathLike
from pathlib import Path
from typing import Annotated

from assetmap.match import Proposals
from assetmap.model import Contact, Neighbourhood, Person
from assetmap.plans import PlanStatus, Reason
from assetmap.plans.wording import called
from assetmap.privacy import Audience, Discloses, Released, notices, release, require
from assetmap.report.templates import style, template
from assetmap.tables.output import put
from assetmap.texts import day, language, listing, say
from assetmap.texts.plain import named, typed

__all__ = [
    "ReachLine",
    "Reaching",
    "Way",
    "gather_contacts",
    "reaching_html",
    "write_reaching",
]


class Way(StrEnum):
    """How to reach somebody who is not reached by e-mail or app."""

    CALL = "call"
    PRINT = "print"
    ASK = "ask"
    """It is not known how they like to be reached: ask them, or who knows them."""


_PREFERRED = {"phone": Way.CALL, "paper": Way.PRINT}
_ABOUT = {PlanStatus.PROPOSED: "proposed", PlanStatus.PINNED: "pinned"}


@dataclass(frozen=True, slots=True)
class ReachLine:
    """One person to call, or to print for.

    Attributes
    ----------
    person : str or None
        Id.
    called : str or None
        What the team calls them.
    way : Way
        How.
    name, phone, address : str or None
        From the file of contacts, as far as it is needed for that way.
    about : tuple of str
        ``talk``, ``proposed``, ``pinned``: what there is to tell or ask.
    worker : str or None
        Who knows them.
    """

    person: Annotated[str | None, Discloses.PERSON]
    called: Annotated[str | None, Discloses.CALLED]
    way: Annotated[Way, Discloses.OPEN]
    name: Annotated[str | None, Discloses.TEAM]
    phone: Annotated[str | None, Discloses.TEAM]
    address: Annotated[str | None, Discloses.TEAM]
    about: Annotated[tuple[str, ...], Discloses.OPEN]
    worker: Annotated[str | None, Discloses.CALLED]


@dataclass(frozen=True, slots=True)
class Reaching:
    """The contact sheet of a week.

    Attributes
    ----------
    week : str
        ISO week.
    monday, sunday : date
        Its first and last day.
    language : str
        The team's language.
    lines : tuple of ReachLine
        Whom to reach, by way, then worker, then name.
    """

    week: Annotated[str, Discloses.OPEN]
    monday: Annotated[dt.date, Discloses.OPEN]
    sunday: Annotated[dt.date, Discloses.OPEN]
    language: Annotated[str, Discloses.OPEN]
    lines: tuple[ReachLine, ...]


def gather_contacts(
    proposals: Proposals, contacts: Iterable[Contact], *, worker: str | None = None
) -> Released[Reaching]:
    """Collect whom of this week to call, and for whom to print; for the team only.

    Somebody is on it who asks or gives something in a plan that is proposed or decided on, or
    with whom a first conversation waits, and who is not reached by e-mail or app. What is about
    safety is in no plan, and so not here.

    Parameters
    ----------
    proposals : Proposals
        The run.
    contacts : iterable of Contact
        What :func:`assetmap.tables.read_contacts` returns. Of several rows about one person the
        first counts; a row names somebody by id, or by a called name that only one has.
    worker : str, optional
        Id of a worker: then only the people whom this worker knows.

    Examples
    --------
    >>> from assetmap.match import propose
    >>> from assetmap.model import Contact, Need, Neighbourhood, Person, Talent
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1", called="Ans", area="north"),
    ...     Person(person="p2", called="Bo", area="north"),
    ...     Talent(talent="t1", owner="p2", category="shopping"),
    ...     Need(need="n1", owner="p1", category="shopping", talked="yes"),
    ... )
    >>> known = [
    ...     Contact(person="p1", phone="06 00000000", prefers="phone"),
    ...     Contact(person="p2", email="bo@example.org"),
    ... ]
    >>> released = gather_contacts(propose(hood, "2026-W48"), known)
    >>> [(line.called, line.way.value) for line in released.value.lines]
    [('Ans', 'call')]
    """
    hood = proposals.hood
    known = _by_person(hood, contacts)
    name = named(called(hood))
    lines = []
    for person, about in _involved(proposals):
        row = hood.person(person)
        way = _way(known.get(person))
        mine = worker is None or row.worker == worker.removeprefix("person:")
        if way is not None and mine and not row.is_worker:
            contact = known.get(person)
            lines.append(_line(row, way, contact=contact, about=about, name=name))
    ways = list(Way)
    lines.sort(key=lambda e: (ways.index(e.way), e.worker or "~", e.called or "", e.person or ""))
    facts = Reaching(
        week=str(proposals.week),
        monday=proposals.week.monday,
        sunday=proposals.week.sunday,
        language=proposals.policy.language,
        lines=tuple(lines),
    )
    return release(facts, Audience.TEAM, thresholds=proposals.policy.privacy)


def _by_person(hood: Neighbourhood, contacts: Iterable[Contact]) -> Mapping[str, Contact]:
    people = hood.index["people"]
    by_name = defaultdict[str, list[str]](list)
    for person in hood.people:
        by_name[(person.called or "").casefold()].append(person.person)
    found: dict[str, Contact] = {}
    for row in contacts:
        bare = row.person.removeprefix("person:")
        same = by_name.get(bare.casefold(), [])
        if bare in people:
            found.setdefault(bare, row)
        elif len(same) == 1:
            found.setdefault(same[0], row)
    return found


def _involved(run: Proposals) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield who has something to hear this week, and about what, by id."""
    people = run.hood.index["people"]
    about = defaultdict[str, set[str]](set)
    for plan in run.items:
        if plan.status in _ABOUT:
            owner = run.hood.need(plan.need).owner
            for party in (owner, *(leg.provider for leg in plan.legs)):
                about[party].add(_ABOUT[plan.status])
    for gap in run.gaps:
        if gap.reason is Reason.FIRST_CONVERSATION:
            about[run.hood.need(gap.need).owner].add("talk")
    order = ("talk", "proposed", "pinned")
    for party in sorted(about):
        bare = party.removeprefix("person:")
        if bare in people:
            yield bare, tuple(each for each in order if each in about[party])


def _way(contact: Contact | None) -> Way | None:
    """Return how to reach somebody; None where that is by e-mail or app."""
    if contact is None:
        return Way.ASK
    if contact.prefers in _PREFERRED:
        return _PREFERRED[contact.prefers]
    if contact.prefers in {"email", "app"} or contact.email:
        return None
    if contact.phone:
        return Way.CALL
    return Way.PRINT if contact.address else Way.ASK


def _line(
    row: Person,
    way: Way,
    *,
    contact: Contact | None,
    about: tuple[str, ...],
    name: Callable[[str], str],
) -> ReachLine:
    def told(text: str | None) -> str | None:
        return None if text is None else typed(text)

    return ReachLine(
        person=row.person,
        called=name(row.person),
        way=way,
        name=None if contact is None else told(contact.name),
        phone=None if contact is None or way is Way.PRINT else told(contact.phone),
        address=None if contact is None or way is not Way.PRINT else told(contact.address),
        about=about,
        worker=None if row.worker is None else name(row.worker),
    )


def reaching_html(released: Released[Reaching], lang: str | None = None) -> str:
    """Return the contact sheet as one HTML document that loads nothing and prints on A4.

    Parameters
    ----------
    released : Released
        What :func:`gather_contacts` returns.
    lang : str, optional
        Language of the page; default: the team's.

    Examples
    --------
    >>> from assetmap.match import propose
    >>> from assetmap.model import Neighbourhood
    >>> page = reaching_html(gather_contacts(propose(Neighbourhood(), "2026-W48"), []), "en")
    >>> "Nobody has to be called" in page
    True
    """
    facts = require(released, Audience.TEAM)
    chosen = language(facts.language if lang is None else lang).value
    parts = {way: [line for line in facts.lines if line.way is way] for way in Way}
    return template("reaching").render(
        lang=chosen,
        style=style("sheet"),
        say=lambda key, **told: say(f"reaching.{key}", chosen, **told),
        number=facts.week.partition("-W")[2].lstrip("0"),
        first=day(facts.monday, chosen),
        last=day(facts.sunday, chosen, year=True),
        parts={way.value: lines for way, lines in parts.items() if lines},
        about=lambda keys: listing([say(f"reaching.about.{key}", chosen) for key in keys], chosen),
        notice=notices(released, chosen)[0],
    )


def write_reaching(
    released: Released[Reaching], path: str | PathLike[str], *, lang: str | None = None
) -> None:
    """Write the contact sheet, whole or not at all, readable by its owner only.

    Parameters
    ----------
    released : Released
        What :func:`gather_contacts` returns.
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
    >>> from assetmap.model import Neighbourhood
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = gather_contacts(propose(Neighbourhood(), "2026-W48"), [])
    ...     write_reaching(made, Path(folder, "bellen.html"))
    ...     [each.name for each in Path(folder).iterdir()]
    ['bellen.html']
    """
    put({Path(path): reaching_html(released, lang).encode()})
