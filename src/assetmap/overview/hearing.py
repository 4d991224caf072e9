"""What was heard: for whom it is, and what became of a signal about a whole group."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from assetmap.model import InitiativeStatus, Neighbourhood, Observation, Person
from assetmap.overview.common import between, check_days, party, party_ref
from assetmap.privacy import Discloses, split_safety

__all__ = ["Collective", "Message", "collective", "messages"]


@dataclass(frozen=True)
class Message:
    """Something heard, on its way to the party that can act; for the team.

    Attributes
    ----------
    observation : str
        Id of what was heard.
    from_party : str or None
        Who brought it in, as a reference; None where nobody filled that in.
    to_party : str or None
        Who can act; None: somebody still has to be named.
    named : bool
        Whether the row itself names who can act. Otherwise it goes to the worker of the person it
        is about, to whoever runs the initiative it is about, or to the worker who brought it in.
    """

    observation: Annotated[str | None, Discloses.RECORD]
    from_party: Annotated[str | None, Discloses.PERSON]
    to_party: Annotated[str | None, Discloses.PERSON]
    named: Annotated[bool | None, Discloses.TEAM]


def messages(
    hood: Neighbourhood, *, first: dt.date | None = None, last: dt.date | None = None
) -> tuple[Message, ...]:
    """Address what was heard in a period to the party that can act.

    It works both ways: a worker asks the house to lend an ear, the house asks a worker to go by.

    Parameters
    ----------
    hood : Neighbourhood
        All tables; what is about safety is left out.
    first, last : date, optional
        The period, both days included.

    Returns
    -------
    tuple of Message
        By date, then by id.

    Examples
    --------
    >>> from assetmap.model import Initiative, Neighbourhood, Observation, Person
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="w1", kind="worker"),
    ...     Initiative(initiative="house", name="Buurthuis"),
    ...     Observation(
    ...         observation="o1", date="2026-11-24", category="listening", reporter="w1", to="house"
    ...     ),
    ... )
    >>> [(note.from_party, note.to_party) for note in messages(hood)]
    [('person:w1', 'initiative:house')]
    """
    check_days(first=first, last=last)
    rest, _ = split_safety(hood)
    rows = [row for row in rest.observations if between(row.date, first, last)]
    return tuple(_message(rest, row) for row in sorted(rows, key=_by_date))


def _by_date(row: Observation) -> tuple[dt.date, str]:
    return row.date, row.observation


def _message(hood: Neighbourhood, row: Observation) -> Message:
    to = party_ref(hood, row.to) or next(_others(hood, row), None)
    return Message(row.observation, party_ref(hood, row.reporter), to, row.to is not None)


def _others(hood: Neighbourhood, row: Observation) -> Iterator[str]:
    """Yield who else could act, the nearest first."""
    for ref in (row.about, row.speaker):
        person = party(hood, ref)
        if isinstance(person, Person):
            yield from _known(hood, person.worker)
    for each in hood.initiatives:
        if each.initiative == row.initiative:
            yield from _known(hood, each.manager)
    reporter = party(hood, row.reporter)
    if isinstance(reporter, Person):
        yield from _known(hood, reporter.person if reporter.is_worker else reporter.worker)


def _known(hood: Neighbourhood, ref: str | None) -> Iterator[str]:
    found = party_ref(hood, ref)
    if found is not None:
        yield found


@dataclass(frozen=True)
class Collective:
    """A signal about a group in which nobody appears, and what became of it.

    Attributes
    ----------
    observation : str
        Id of the signal.
    date : date
        When it was brought in.
    category, target_group : str
        About what, and for which group.
    from_party, to_party : str or None
        The council, initiative or organisation that brought it in, and the one that can act; a
        person is never named here.
    initiative : str or None
        The initiative that takes it up.
    answered : date or None
        The first thing that initiative did on or after that date; None: nothing yet.
    """

    observation: Annotated[str, Discloses.OPEN]
    date: Annotated[dt.date, Discloses.OPEN]
    category: Annotated[str, Discloses.OPEN]
    target_group: Annotated[str, Discloses.OPEN]
    from_party: Annotated[str | None, Discloses.OPEN]
    to_party: Annotated[str | None, Discloses.OPEN]
    initiative: Annotated[str | None, Discloses.OPEN]
    answered: Annotated[dt.date | None, Discloses.OPEN]

    @property
    def days(self) -> int | None:
        """The lead time: days from the signal to the first answer; None while there is none."""
        return None if self.answered is None else (self.answered - self.date).days


def collective(hood: Neighbourhood) -> tuple[Collective, ...]:
    """List the signals about a group, in which no person is named.

    An answer is the first of these that comes on or after the date of the signal: an activity of
    the initiative, an agreement with it, or the day on which it began.

    Parameters
    ----------
    hood : Neighbourhood
        All tables; what is about safety is left out, and so is a row that also names a person.

    Returns
    -------
    tuple of Collective
        By date, then by id.

    Examples
    --------
    >>> from assetmap.model import Activity, Initiative, Neighbourhood, Observation
    >>> hood = Neighbourhood.from_records(
    ...     Initiative(initiative="i1", name="Lessen op school"),
    ...     Activity(
    ...         activity="a1",
    ...         initiative="i1",
    ...         name="Les",
    ...         category="training",
    ...         start="2026-03-02 10:00",
    ...     ),
    ...     Observation(
    ...         observation="o1",
    ...         date="2026-01-31",
    ...         category="coaching_debts",
    ...         target_group="jongeren",
    ...         initiative="i1",
    ...     ),
    ... )
    >>> [(signal.target_group, signal.days) for signal in collective(hood)]
    [('jongeren', 30)]
    """
    rest, _ = split_safety(hood)
    rows = [row for row in rest.observations if row.target_group and not _person(row)]
    return tuple(
        Collective(
            row.observation,
            row.date,
            row.category,
            str(row.target_group),
            _body(rest, row.reporter),
            _body(rest, row.to),
            row.initiative,
            _answer(rest, row),
        )
        for row in sorted(rows, key=_by_date)
    )


def _person(row: Observation) -> bool:
    return any(cell is not None for cell in (row.about, row.speaker, row.household))


def _body(hood: Neighbourhood, ref: str | None) -> str | None:
    found = party(hood, ref)
    return None if found is None or isinstance(found, Person) else party_ref(hood, ref)


def _answer(hood: Neighbourhood, row: Observation) -> dt.date | None:
    if row.initiative is None:
        return None
    own = hood.find(row.initiative, "initiatives")
    days = [a.start.date() for a in hood.activities if a.initiative == row.initiative]
    days += [a.since for a in hood.agreements if a.since and party(hood, a.to_party) is own]
    for each in hood.initiatives:
        active = each.status not in {None, InitiativeStatus.IDEA, InitiativeStatus.ENDED}
        if each is own and active and each.status_since is not None:
            days.append(each.status_since)
    return min((day for day in days if day >= row.date), default=None)
