"""Whom we have not reached: streets, areas, groups, channels. Numbers, no sentences."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from assetmap.lanes.scene import Scene
from assetmap.model import Channel, Neighbourhood, Person
from assetmap.model.age import under_age
from assetmap.model.spelling import plain
from assetmap.overview import DoorToDoor
from assetmap.overview.common import live

__all__ = ["Group", "Less", "by_population", "by_street", "groups", "quiet"]

BLOCKS = 4
"""A channel that went quiet is compared with so many periods as long, before it."""
BANDS = ((30, "18-29"), (50, "30-49"), (70, "50-69"))
OLDEST = "70+"
HALF_DECADE = 5


class Group(StrEnum):
    """By what residents are put together."""

    AGE = "age"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Less:
    """Something of which less was reached than blind chance would give.

    Attributes
    ----------
    name : str
        Street, area, group or channel.
    seen, of : int
        How many were reached or heard, of how many.
    others, of_others : int
        The same of all the others.
    p : float
        How often chance gives so few, or fewer.
    """

    name: str
    seen: int
    of: int
    others: int
    of_others: int
    p: float


def _less(name: str, seen: int, of: int, whole: tuple[int, int]) -> Less:
    from assetmap.detectors import exact_fisher

    all_seen, everything = whole
    others, of_others = all_seen - seen, everything - of
    table = [[seen, of - seen], [others, of_others - others]]
    return Less(name, seen, of, others, of_others, exact_fisher(table, side="less"))


def by_street(found: DoorToDoor, *, least: int) -> tuple[Less, ...]:
    """Test each street with enough doors, beside all other doors of the scan."""
    doors = {street: found.doors(street) or 0 for street in found.streets.rows}
    reached = {street: found.streets.cells[street, "reached"] or 0 for street in doors}
    whole = sum(reached.values()), sum(doors.values())
    return tuple(
        _less(street, reached[street], doors[street], whole)
        for street in sorted(doors)
        if doors[street] >= least and whole[1] - doors[street] >= least
    )


def by_population(scene: Scene, since: dt.date, *, least: int) -> tuple[Less, ...]:
    """Test whether each area has its part, by inhabitants, of all who were heard since a day.

    Only areas of which the inhabitants are known and that hold no such area themselves.
    """
    population = {row.area: row.population for row in scene.hood.areas if row.population}
    above = {row.parent for row in scene.hood.areas if row.area in population}
    leaves = {area: n for area, n in population.items() if area not in above}
    people = {f"person:{p.person}": p.area for p in scene.hood.people}
    known = [people[node] for node in _heard(scene, since) if node in people]
    heard = Counter(area for area in known if area in leaves)
    whole = sum(heard.values()), sum(leaves.values())
    if whole[0] < least or len(leaves) < 2 or any(heard[a] > n for a, n in leaves.items()):
        return ()
    return tuple(_less(area, heard[area], n, whole) for area, n in sorted(leaves.items()))


def groups(scene: Scene, since: dt.date, *, least: int) -> Iterator[tuple[Group, Less]]:
    """Test whether each group of residents we know of was heard as often as the others.

    A group, and all the others together, have at least so many people; of whom it is not known,
    they are in neither. Who may be under age is left out: a team does not look for their questions.
    """
    year = scene.asof.year
    here_now = (p for p in scene.hood.people if live(p, scene.asof) and not p.is_worker)
    here = {f"person:{p.person}": p for p in here_now if not under_age(p, year)}
    heard = _heard(scene, since)
    for by in Group:
        own = {node: _group(by, person, year) for node, person in here.items()}
        sizes = Counter(name for name in own.values() if name is not None)
        spoke = Counter(name for node, name in own.items() if name is not None and node in heard)
        whole = sum(spoke.values()), sum(sizes.values())
        for name, size in sorted(sizes.items()):
            if size >= least and whole[1] - size >= least:
                yield by, _less(name, spoke[name], size, whole)


def _group(by: Group, person: Person, year: int) -> str | None:
    if by is Group.LANGUAGE:
        return person.languages[0] if person.languages else None
    if person.born is None:
        return None
    age = year - person.born - HALF_DECADE
    return next((name for below, name in BANDS if age < below), OLDEST)


def _heard(scene: Scene, since: dt.date) -> set[str]:
    """Return who asked, offered or told something since a day, or on a day that is not known."""
    hood, asof = scene.hood, scene.asof
    rows: list[tuple[str | None, dt.date | None]] = [(n.owner, n.since) for n in scene.needs]
    rows += [(talent.owner, talent.from_) for talent in hood.talents]
    rows += [(note.speaker, note.date) for note in scene.observations]
    return {
        f"person:{person.id}"
        for ref, day in rows
        if ref is not None and (day is None or since < day <= asof)
        for person in hood.matches(ref, "people")
    }


def quiet(scene: Scene, *, days: int, least: int) -> tuple[Less, ...]:
    """Test whether a channel, or an organisation that brings in questions, went quiet.

    Counted are households, once in each period. Of all that came in during the last period and
    the four before it, so many came now; how many of what this channel brought should that be?
    When everything is quiet, as in a holiday, no channel stands out. The doorstep is left out: a
    round from door to door ends by itself.
    """
    names = _names(scene.hood)
    told = set[tuple[str, int, str]]()
    for event in scene.events:
        block = (scene.asof - event.day).days // days
        if block <= BLOCKS:
            source = names.get(plain((event.reporter or "").removeprefix("source:")))
            usual = event.channel not in {None, Channel.DOORSTEP.value}
            channel = f"channel:{event.channel}" if usual else ""
            told |= {(name, block, event.household) for name in ("", channel, source or "")}
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for name, block, _ in told:
        counts[name][block] += 1
    everything = counts.pop("", Counter())
    whole = everything[0], everything.total()
    found = []
    for name, blocks in sorted(counts.items()):
        of = blocks.total()
        if of - blocks[0] >= least and whole[1] > of:
            found.append(_less(name, blocks[0], of, whole))
    return tuple(found)


def _names(hood: Neighbourhood) -> Mapping[str, str]:
    """Return by which words an organisation or initiative is known; never a person."""
    rows = [(row.organisation, row.name, "organisation") for row in hood.organisations]
    rows += [(row.initiative, row.name, "initiative") for row in hood.initiatives]
    found: dict[str, str] = {}
    for identifier, name, kind in sorted(rows, key=lambda row: (row[2], row[0])):
        for word in _words(identifier, name, kind):
            found.setdefault(plain(word), f"{kind}:{identifier}")
    return found


def _words(identifier: str, name: str | None, kind: str) -> Iterable[str]:
    return (identifier, f"{kind}:{identifier}", *([name] if name else []))
