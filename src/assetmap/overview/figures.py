"""A district in figures: inhabitants, villages, teams, and what follows from them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Annotated

from assetmap.model import Area, AreaScheme, Neighbourhood, Organisation, Person
from assetmap.model.parties import Side, party_kind, side_of
from assetmap.overview.belonging import members
from assetmap.overview.common import check_days, live, party, ref_of
from assetmap.privacy import CountTable, Discloses

__all__ = ["District", "district", "is_team"]


@dataclass(frozen=True)
class District:
    """The facts of a district, as the tables tell them.

    Attributes
    ----------
    population : int or None
        Inhabitants, of the areas that lie in no other; where one of these does not say it, of the
        areas in it. None where nobody filled it in.
    km2 : float or None
        Size, in the same way.
    villages, teams : int
        Areas with the scheme *village*; organisations of the kind *team*.
    parents : int
        Organisations that a team is part of, or that its professionals belong to besides.
    professionals, volunteers : int
        Different persons who belong to a team on that day; raw.
    by_team : CountTable
        Team by ``professionals`` and ``residents``; raw.
    """

    population: Annotated[int | None, Discloses.OPEN]
    km2: Annotated[float | None, Discloses.OPEN]
    villages: Annotated[int, Discloses.OPEN]
    teams: Annotated[int, Discloses.OPEN]
    parents: Annotated[int, Discloses.OPEN]
    professionals: Annotated[int | None, Discloses.COUNT]
    volunteers: Annotated[int | None, Discloses.COUNT]
    by_team: Annotated[CountTable, Discloses.COUNT]

    @property
    def inhabitants_per_team(self) -> float | None:
        """Inhabitants for each team; None without teams or inhabitants."""
        return _ratio(self.population, self.teams)

    @property
    def professionals_per_team(self) -> float | None:
        """Professionals for each team; None without teams."""
        return _ratio(self.professionals, self.teams)

    @property
    def inhabitants_per_km2(self) -> float | None:
        """Inhabitants for each square kilometre; None where one of the two is not known."""
        return _ratio(self.population, self.km2)


def _ratio(above: float | None, below: float | None) -> float | None:
    return above / below if above is not None and below else None


def district(hood: Neighbourhood, *, asof: dt.date) -> District:
    """Put the figures of a district together.

    Parameters
    ----------
    hood : Neighbourhood
        All tables.
    asof : date
        The day, for who belongs to a team.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Area, Neighbourhood, Organisation
    >>> hood = Neighbourhood.from_records(
    ...     Area(area="all", population=46_000, km2=115),
    ...     *[Organisation(organisation=f"team{n}", kind="dorpsteam") for n in range(6)],
    ... )
    >>> round(district(hood, asof=dt.date(2026, 11, 23)).inhabitants_per_team)
    7667
    """
    check_days(asof=asof)
    teams = sorted((row for row in hood.organisations if is_team(row)), key=ref_of)
    cells: list[tuple[str, str]] = []
    there: list[tuple[tuple[str, str], str]] = []
    found: dict[Side, set[str]] = defaultdict(set)
    for team in teams:
        persons = {
            (each.side, str(each.member))
            for each in members(hood, ref_of(team), asof=asof)
            if each.member is not None and each.member.startswith("person:")
        }
        for side in (Side.PROFESSIONALS, Side.RESIDENTS):
            own = {member for at, member in persons if at is side}
            cells.append((ref_of(team), side.value))
            there += [((ref_of(team), side.value), member) for member in sorted(own)]
            found[side] |= own
    population = _whole(hood, "population")
    return District(
        None if population is None else round(population),
        _whole(hood, "km2"),
        sum(area.scheme is AreaScheme.VILLAGE for area in hood.areas),
        len(teams),
        len(_parents(hood, teams, found[Side.PROFESSIONALS], asof)),
        len(found[Side.PROFESSIONALS]),
        len(found[Side.RESIDENTS]),
        CountTable.tally(there, cells=cells),
    )


def is_team(row: Organisation) -> bool:
    """Tell whether an organisation is a team."""
    kind = party_kind(row.kind) if row.kind is not None else None
    return kind is not None and kind.id == "team"


def _parents(
    hood: Neighbourhood, teams: list[Organisation], workers: set[str], asof: dt.date
) -> set[str]:
    found = {
        ref_of(parent)
        for team in teams
        if (parent := party(hood, team.parent)) is not None and parent not in teams
    }
    for row in hood.memberships:
        member, body = party(hood, row.member), party(hood, row.party)
        works = isinstance(member, Person) and ref_of(member) in workers
        if works and live(row, asof) and isinstance(body, Organisation) and not is_team(body):
            found.add(ref_of(body))
    return {ref for ref in found if _employs(hood, ref)}


def _employs(hood: Neighbourhood, ref: str) -> bool:
    """Tell whether a party is one that professionals come from, not a club they are in as well."""
    body = party(hood, ref)
    return body is not None and side_of(body) is not Side.RESIDENTS


def _whole(hood: Neighbourhood, column: str) -> float | None:
    """Add up a figure of the areas that lie in no other, or of the areas in them."""
    inside: dict[str | None, list[Area]] = defaultdict(list)
    for area in hood.areas:
        at = area.parent if area.parent in hood.index["areas"] else None
        inside[at].append(area)
    found = [value for area in inside[None] if (value := _figure(area, column, inside)) is not None]
    return sum(sorted(found)) if found else None


def _figure(area: Area, column: str, inside: dict[str | None, list[Area]]) -> float | None:
    own: float | None = area.value(column)
    if own is not None:
        return own
    parts = [_figure(each, column, inside) for each in inside[area.area]]
    known = [part for part in parts if part is not None]
    return sum(sorted(known)) if known and len(known) == len(parts) else None
