"""What is asked and offered, by category and time, each party once: numbers, no sentences."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assetmap.model import (
    Activity,
    Initiative,
    InitiativeStatus,
    Need,
    Neighbourhood,
    Person,
    Record,
    Status,
    Talent,
)
from assetmap.overview.common import live
from assetmap.schedule import Window, common

__all__ = ["Asked", "Offered", "asked_in_vain", "at_no_time", "never_asked"]


PEERS = "peer_contact"


@dataclass(frozen=True, slots=True)
class Asked:
    """What several parties ask, each of them once.

    Attributes
    ----------
    category : str
        What is asked.
    owners, needs, areas : tuple of str
        Who asks, with which questions, and where they live; sorted.
    elsewhere : int
        How many offers there are at other times; 0 where there are none at all.
    """

    category: str
    owners: tuple[str, ...]
    needs: tuple[str, ...]
    areas: tuple[str, ...]
    elsewhere: int = 0


@dataclass(frozen=True, slots=True)
class Offered:
    """What several parties offer and nobody ever asked.

    Attributes
    ----------
    category : str
        What is offered.
    owners, talents, areas : tuple of str
        Who offers it, with which talents, and where; sorted.
    """

    category: str
    owners: tuple[str, ...]
    talents: tuple[str, ...]
    areas: tuple[str, ...]


def asked_in_vain(hood: Neighbourhood, asof: dt.date, *, least: int) -> tuple[Asked, ...]:
    """Return what so many households or initiatives ask while nothing here answers it.

    An answer is a live talent, or an activity that goes on, of a category that answers it; or a
    place that lends itself to it. What is kept for professionals is left out, as no neighbour
    could fill that gap; and so are questions for others in the same situation, which they answer
    for each other.
    """
    offers = {category for category, _ in _offers(hood, asof)}
    tree = hood.tree
    needs = defaultdict[str, list[Need]](list)
    for need in _open(hood, asof):
        answered = any(tree.answer(offered, need.category) for offered in offers)
        if not answered and not hood.is_reserved(need.category) and not _of_peers(hood, need):
            needs[need.category].append(need)
    return _several(hood, needs, least)


def _of_peers(hood: Neighbourhood, need: Need) -> bool:
    tree = hood.tree
    above = tree.ancestors(need.category) if need.category in tree else ()
    return PEERS in (need.category, *above)


def at_no_time(hood: Neighbourhood, asof: dt.date, *, least: int) -> tuple[Asked, ...]:
    """Return what is offered here, and by nobody at the time for which so many ask it.

    An offer of which the time is not known may be at any time: then nothing is said.
    """
    times = defaultdict[str, list[tuple[Window, ...] | None]](list)
    for category, when in _offers(hood, asof):
        times[category].append(when)
    needs = defaultdict[str, list[Need]](list)
    count: dict[str, int] = {}
    for need in _open(hood, asof):
        if not need.when:
            continue
        answers = hood.tree.answering(need.category)
        fitting = [when for category, _ in answers for when in times.get(category, ())]
        known = [when for when in fitting if when is not None]
        if not fitting or len(known) < len(fitting):
            continue
        if not any(common(need.when, when) for when in known) and not hood.is_reserved(
            need.category
        ):
            needs[need.category].append(need)
            count[need.category] = len(fitting)
    return tuple(
        Asked(found.category, found.owners, found.needs, found.areas, count[found.category])
        for found in _several(hood, needs, least)
    )


def never_asked(hood: Neighbourhood, asof: dt.date, *, least: int) -> tuple[Offered, ...]:
    """Return what so many parties offer while nobody here ever asked for it.

    Asked is every question up to the day, closed ones too; an offer in use is no such offer.
    """
    asked = {need.category for need in hood.needs if need.since is None or need.since <= asof}
    begun = (row for row in hood.arrangements if row.since is None or row.since <= asof)
    used = {row.talent for row in begun if row.talent is not None}
    talents = defaultdict[str, list[Talent]](list)
    for talent in sorted(hood.talents, key=lambda row: row.talent):
        wanted = any(hood.tree.answer(talent.category, category) for category in asked)
        if live(talent, asof) and not wanted and talent.talent not in used:
            talents[talent.category].append(talent)
    found = []
    for category, rows in sorted(talents.items()):
        owners = _parties(hood, rows)
        if len(set(owners.values())) >= least:
            ids = tuple(row.talent for row in rows)
            found.append(Offered(category, tuple(sorted(owners)), ids, _areas(hood, owners)))
    return tuple(found)


def _several(hood: Neighbourhood, needs: Mapping[str, list[Need]], least: int) -> tuple[Asked, ...]:
    """Return what at least so many households or initiatives ask."""
    found = []
    for category, rows in sorted(needs.items()):
        owners = _parties(hood, rows)
        if len(set(owners.values())) >= least:
            ids = tuple(sorted(row.need for row in rows))
            found.append(Asked(category, tuple(sorted(owners)), ids, _areas(hood, owners)))
    return tuple(found)


def _parties(hood: Neighbourhood, rows: Iterable[Need | Talent]) -> Mapping[str, str]:
    """Return the owners as references, each with the household that counts once."""
    found = {}
    for row in rows:
        for owner in _owner(hood, row.owner):
            ref = f"{owner.key}:{owner.id}"
            home = owner.household if isinstance(owner, Person) else None
            found[ref] = ref if home is None else f"household:{home}"
    return found


def _owner(hood: Neighbourhood, ref: str) -> tuple[Record, ...]:
    return hood.matches(ref, "people", "initiatives", "organisations", "places")


def _areas(hood: Neighbourhood, owners: Iterable[str]) -> tuple[str, ...]:
    rows = (row for ref in owners for row in _owner(hood, ref))
    return tuple(sorted({row.value("area") for row in rows if row.value("area") is not None}))


def _open(hood: Neighbourhood, asof: dt.date) -> list[Need]:
    """Return the questions that are open on the day and that nobody answers by an arrangement."""
    met = {row.need.removeprefix("need:") for row in hood.arrangements if live(row, asof)}
    rows = (
        row
        for row in hood.needs
        if (row.since is None or row.since <= asof)
        and (row.closed_on is None or asof < row.closed_on)
        and row.need not in met
    )
    return sorted(rows, key=lambda row: row.need)


def _offers(hood: Neighbourhood, asof: dt.date) -> Iterator[tuple[str, tuple[Window, ...] | None]]:
    """Yield each category that is offered, with its times; None where these are not known."""
    for talent in sorted(hood.talents, key=lambda row: row.talent):
        if live(talent, asof):
            people = [row for row in _owner(hood, talent.owner) if isinstance(row, Person)]
            own = next((row.available for row in people), None)
            yield talent.category, talent.available or own
    for activity in sorted(hood.activities, key=lambda row: row.activity):
        if _goes_on(hood, activity, asof):
            yield activity.category, None
    for place in sorted(hood.places, key=lambda row: row.place):
        for category in place.space_for or ():
            if category in hood.tree:
                yield category, None


def _goes_on(hood: Neighbourhood, row: Activity, asof: dt.date) -> bool:
    owner = hood.index["initiatives"].get((row.initiative or "").removeprefix("initiative:"))
    ended = isinstance(owner, Initiative) and owner.status is InitiativeStatus.ENDED
    last = row.start.date() if row.rrule is None else row.until
    return row.status is not Status.PAST and not ended and (last is None or asof <= last)
