"""Where questions and talents came from: channels, sources, events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, TypeVar

from assetmap.model import Need, Neighbourhood, ObservationKind, Talent, Tie
from assetmap.model.parties import party_kind
from assetmap.model.spelling import plain
from assetmap.overview.common import between, check_days, heading, homes_of, ref_of, teller
from assetmap.overview.referring import asker
from assetmap.privacy import CountTable, Discloses, split_safety

__all__ = ["FromEvent", "Intake", "from_event", "intake"]

Heard = TypeVar("Heard", Need, Talent, Tie)


@dataclass(frozen=True)
class Intake:
    """Where things were heard. The counts are raw; they leave through the gate of privacy only.

    Attributes
    ----------
    channels : CountTable
        By channel (``unknown`` where it was not filled in): needs, and observations of a need.
    sources : CountTable
        By source: needs, talents, and questions that were referred. A source stands here as the
        organisation or initiative that it names, else as the kind of party; every other text is
        ``other``, because people may have written a name there.
    """

    channels: Annotated[CountTable, Discloses.COUNT]
    sources: Annotated[CountTable, Discloses.COUNT]


def intake(
    hood: Neighbourhood, *, first: dt.date | None = None, last: dt.date | None = None
) -> Intake:
    """Count what came in during a period, by channel and by source.

    Parameters
    ----------
    hood : Neighbourhood
        All tables; what is about safety is left out.
    first, last : date, optional
        The period, both days included. Talents carry no day of their own but their first; with a
        period, a row without a day is not counted.

    Examples
    --------
    >>> from assetmap.model import Need, Neighbourhood, Person
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1"),
    ...     Need(need="n1", owner="p1", category="meal", channel="church", source="kerk"),
    ...     Need(need="n2", owner="p1", category="walk", source="buurvrouw Ans"),
    ... )
    >>> found = intake(hood)
    >>> found.channels.rows, found.sources.rows
    (('church', 'unknown'), ('church', 'other'))
    """
    check_days(first=first, last=last)
    rest, _ = split_safety(hood)
    names = _Names(rest)
    channels: list[tuple[tuple[str, str], str | None]] = []
    sources: list[tuple[tuple[str, str], str | None]] = []
    for need in rest.needs:
        if between(need.since, first, last):
            way = need.channel.value if need.channel else "unknown"
            channels.append(((way, "needs"), need.owner))
            sources.append(((names.of(need.source), "needs"), need.owner))
    for heard in rest.observations:
        if heard.kind is ObservationKind.NEED and between(heard.date, first, last):
            way = heard.channel.value if heard.channel else "unknown"
            channels.append(((way, "observations"), teller(heard)))
    sources += [
        ((names.of(talent.source), "talents"), talent.owner)
        for talent in rest.talents
        if between(talent.from_, first, last)
    ]
    sources += [
        ((heading(rest, row.from_party), "referrals"), asker(rest, row))
        for row in rest.referrals
        if between(row.date, first, last)
    ]
    homes = homes_of(rest)
    return Intake(
        CountTable.tally(channels, households=homes), CountTable.tally(sources, households=homes)
    )


class _Names:
    """Turns what people wrote as a source into a heading that names no person."""

    def __init__(self, hood: Neighbourhood) -> None:
        self.known: dict[str, str] = {}
        bodies = [(row.organisation, row.name, ref_of(row)) for row in hood.organisations]
        bodies += [(row.initiative, row.name, ref_of(row)) for row in hood.initiatives]
        for identifier, name, ref in bodies:
            for word in (identifier, ref, name):
                if word is not None:
                    self.known.setdefault(plain(word), ref)

    def of(self, text: str | None) -> str:
        if text is None:
            return "unknown"
        found = self.known.get(plain(text))
        kind = party_kind(text)
        return found or ("other" if kind is None else kind.id)


@dataclass(frozen=True)
class FromEvent:
    """What came of an event: one-off or not.

    Attributes
    ----------
    needs, talents : tuple of str
        Ids of what was asked and offered there, sorted.
    contacts : int
        How many pairs of people met there; raw.
    """

    needs: Annotated[tuple[str, ...], Discloses.RECORD]
    talents: Annotated[tuple[str, ...], Discloses.RECORD]
    contacts: Annotated[int | None, Discloses.COUNT]


def from_event(hood: Neighbourhood, event: str) -> FromEvent:
    """Return what came of an event.

    Parameters
    ----------
    hood : Neighbourhood
        All tables; what is about safety is left out.
    event : str
        As it stands in the column ``event``: the id or name of an activity, or any other text.
        Capitals, accents and spaces do not matter.

    Examples
    --------
    >>> from assetmap.model import Neighbourhood, Person, Talent
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1"),
    ...     Talent(talent="t1", owner="p1", category="ride", event="Bakkie in de Wijk"),
    ... )
    >>> from_event(hood, "bakkie in de wijk").talents
    ('t1',)
    """
    rest, _ = split_safety(hood)
    words = {plain(event)}
    for row in rest.activities:
        own = {plain(word) for word in (row.activity, ref_of(row), row.name)}
        if plain(event) in own:
            words |= own
    pairs = {frozenset((tie.a, tie.b)) for tie in _met(rest.ties, words)}
    return FromEvent(
        tuple(sorted(need.need for need in _met(rest.needs, words))),
        tuple(sorted(talent.talent for talent in _met(rest.talents, words))),
        len(pairs),
    )


def _met(rows: Iterable[Heard], words: set[str]) -> list[Heard]:
    return [row for row in rows if row.event is not None and plain(row.event) in words]
