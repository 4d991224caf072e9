"""Which areas have something to meet at: places, activities, initiatives, ties; or nobody knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from assetmap.model import Activity, InitiativeStatus, Neighbourhood, Record, Status
from assetmap.overview.common import check_days, live
from assetmap.overview.homes import area_of, areas_by_name, within
from assetmap.privacy import Discloses, split_safety
from assetmap.texts import say

__all__ = ["AreaStructure", "Known", "Structures", "structures"]


class Known(StrEnum):
    """Whether something is there, as far as is known."""

    THERE = "there"
    NONE = "none"
    """Somebody filled things in for this area, and this is not among them."""
    UNKNOWN = "unknown"
    """Nobody filled in anything from which it could be said."""


@dataclass(frozen=True, slots=True)
class AreaStructure:
    """What there is in one area, what lies in it included.

    Attributes
    ----------
    area, name : str
        Its code, and what it is called.
    population : int or None
        Inhabitants.
    places, activities, initiatives : int or None
        How many on that day; None: unknown, which is not none.
    within_reach : int or None
        Activities here and in the areas beside it; None: unknown.
    residents, asked, ties : int
        Residents who are known, how many of them were asked about ties, and pairs of residents of
        this area between whom a tie was told; raw.
    """

    area: Annotated[str, Discloses.OPEN]
    name: Annotated[str | None, Discloses.OPEN]
    population: Annotated[int | None, Discloses.OPEN]
    places: Annotated[int | None, Discloses.OPEN]
    activities: Annotated[int | None, Discloses.OPEN]
    initiatives: Annotated[int | None, Discloses.OPEN]
    within_reach: Annotated[int | None, Discloses.OPEN]
    residents: Annotated[int | None, Discloses.COUNT]
    asked: Annotated[int | None, Discloses.COUNT]
    ties: Annotated[int | None, Discloses.COUNT]

    @property
    def meeting(self) -> Known:
        """Whether there is anything to meet at: a place or an activity."""
        counts = (self.places, self.activities)
        if any(counts):
            return Known.THERE
        return Known.UNKNOWN if None in counts else Known.NONE

    @property
    def density(self) -> float | None:
        """Pairs with a tie, of all pairs of known residents; None where nobody was asked."""
        if not self.residents or not self.asked or self.ties is None or self.residents < 2:
            return None
        return 2 * self.ties / (self.residents * (self.residents - 1))

    def said(self, lang: str) -> str:
        """Return it as a sentence in a language; not known reads as unknown, not as none."""
        counts = {"places": self.places, "activities": self.activities}
        told = {
            name: say("words.answer.unknown", lang) if n is None else _number(n, lang)
            for name, n in {**counts, "initiatives": self.initiatives}.items()
        }
        return say("structures.area", lang, area=self.name or self.area, **told)


def _number(n: int, lang: str) -> str:
    return str(n) if n else say("words.answer.none", lang)


@dataclass(frozen=True, slots=True)
class Structures:
    """What there is in every area.

    Attributes
    ----------
    areas : tuple of AreaStructure
        Sorted by code.
    unplaced : int
        Places, activities and initiatives of which the area is not known: they may lie in any.
    """

    areas: tuple[AreaStructure, ...]
    unplaced: Annotated[int, Discloses.OPEN]

    def where(self, known: Known) -> tuple[str, ...]:
        """Return the areas of which this is so: something to meet at, nothing, or unknown."""
        return tuple(each.area for each in self.areas if each.meeting is known)


def structures(hood: Neighbourhood, *, asof: dt.date) -> Structures:
    """Tell for every area what there is to meet at, and where that is not known.

    *None* is only said of a table that has rows with an area, and of an area of which something
    was filled in: otherwise it is unknown. What lies in an area counts for it too.

    Parameters
    ----------
    hood : Neighbourhood
        All tables.
    asof : date
        The day.

    Returns
    -------
    Structures
        Every area that is listed or named.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Area, Neighbourhood, Person, Place
    >>> hood = Neighbourhood.from_records(
    ...     *[Area(area=a) for a in ("north", "south", "west")],
    ...     Place(place="l1", name="Buurthuis", area="north"),
    ...     Person(person="p1", area="south"),
    ... )
    >>> [each.places for each in structures(hood, asof=dt.date(2026, 11, 23)).areas]
    [1, 0, None]
    """
    check_days(asof=asof)
    rest = split_safety(hood)[0]
    tables: Mapping[str, Sequence[Record]] = {
        "places": rest.places,
        "activities": [row for row in rest.activities if _goes_on(rest, row, asof)],
        "initiatives": [row for row in rest.initiatives if _lasts(row, asof)],
    }
    at = {name: [area_of(rest, row) for row in rows] for name, rows in tables.items()}
    homes = {p.person: p.area for p in rest.people if not p.is_worker and p.area and live(p, asof)}
    asked = {p.person for p in rest.people if p.ties_asked_on and p.ties_asked_on <= asof}
    pairs = {
        frozenset((one, other))
        for tie in rest.ties
        if live(tie, asof)
        and (one := _person(rest, tie.a)) in homes
        and (other := _person(rest, tie.b)) in homes
        and one != other
    }
    filled = {area for areas in at.values() for area in areas} | set(homes.values())
    inside = within(rest)
    beside = _beside(rest, inside)
    population = {area.area: area.population for area in rest.areas}
    found = []
    for name, called in areas_by_name(rest).items():
        here = inside[name]
        living = {who for who, area in homes.items() if area in here}
        told = bool(here & filled)
        count = {table: _count(areas, here, told=told) for table, areas in at.items()}
        found.append(
            AreaStructure(
                name,
                called,
                population.get(name),
                count["places"],
                count["activities"],
                count["initiatives"],
                _count(at["activities"], here | beside[name], told=told),
                len(living),
                len(living & asked),
                sum(pair <= living for pair in pairs),
            )
        )
    return Structures(tuple(found), sum(areas.count(None) for areas in at.values()))


def _count(areas: Sequence[str | None], here: frozenset[str], *, told: bool) -> int | None:
    """Count what lies in an area; None where nothing could be said."""
    count = sum(area in here for area in areas if area is not None)
    looked = told and any(area is not None for area in areas)
    return count if count or looked else None


def _beside(
    hood: Neighbourhood, inside: Mapping[str, frozenset[str]]
) -> Mapping[str, frozenset[str]]:
    """Return the areas that lie beside each area or a part of it, by whichever of them says so."""
    found: dict[str, set[str]] = {name: set() for name in inside}
    for area in hood.areas:
        for other in area.adjacent or ():
            for one, two in ((area.area, other), (other, area.area)):
                for name, parts in inside.items():
                    if one in parts:
                        found[name] |= inside.get(two, frozenset())
    return {name: frozenset(areas) for name, areas in found.items()}


def _lasts(row: Record, asof: dt.date) -> bool:
    return live(row, asof) and getattr(row, "status", None) is not InitiativeStatus.ENDED


def _goes_on(hood: Neighbourhood, row: Activity, asof: dt.date) -> bool:
    """Tell whether an activity is not over: one date still to come, or a series that goes on."""
    initiative = hood.index["initiatives"].get(row.initiative or "")
    if row.status is Status.PAST or (initiative is not None and not _lasts(initiative, asof)):
        return False
    last = row.start.date() if row.rrule is None else row.until
    return last is None or asof <= last


def _person(hood: Neighbourhood, ref: str) -> str | None:
    found = hood.matches(ref, "people")
    return str(found[0].id) if found else None
