"""Which villages have a volunteer in one of the teams, and whom one could ask elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from assetmap.model import AreaScheme, Neighbourhood, Person, Role, Share
from assetmap.model.age import under_age
from assetmap.model.parties import Side
from assetmap.overview.belonging import members
from assetmap.overview.common import check_days, live, party_ref, ref_of
from assetmap.overview.figures import is_team
from assetmap.overview.homes import areas_by_name, within
from assetmap.privacy import Discloses, split_safety
from assetmap.texts import say

__all__ = ["Coverage", "VillageCoverage", "coverage"]


@dataclass(frozen=True, slots=True)
class VillageCoverage:
    """Who of one village volunteers in a team.

    Attributes
    ----------
    area, name : str
        Its code, and what it is called.
    volunteers : int
        Residents of it who belong to a team; raw.
    who : tuple of str
        Who they are.
    in_teams : tuple of str
        The teams to which they belong.
    could_ask : tuple of str
        Where there is no volunteer: grown residents who did not say no to sharing; first who asks
        for voluntary work, then who offers something as a volunteer, then others who offer
        something.
    """

    area: Annotated[str, Discloses.OPEN]
    name: Annotated[str | None, Discloses.OPEN]
    volunteers: Annotated[int | None, Discloses.COUNT]
    who: Annotated[tuple[str, ...] | None, Discloses.TEAM]
    in_teams: Annotated[tuple[str, ...] | None, Discloses.TEAM]
    could_ask: Annotated[tuple[str, ...] | None, Discloses.TEAM]

    def said(self, lang: str, *, name: Callable[[str], str] = str) -> str:
        """Return it as a sentence for the team, in a language; `name` says how people are named."""
        village = self.name or self.area
        if self.volunteers:
            return say("coverage.there", lang, village=village, n=self.volunteers)
        if self.could_ask:
            who = [name(each) for each in self.could_ask[:3]]
            return say("coverage.ask", lang, village=village, who=who)
        return say("coverage.nobody", lang, village=village)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which villages have a volunteer in one of the teams.

    Attributes
    ----------
    villages : tuple of VillageCoverage
        Sorted by code.
    unplaced : int
        Volunteers of whom the village is not known: a village without one may have one after all.
    """

    villages: tuple[VillageCoverage, ...]
    unplaced: Annotated[int | None, Discloses.COUNT]

    @property
    def without(self) -> tuple[str, ...]:
        """The villages of which no volunteer is known."""
        return tuple(each.area for each in self.villages if each.volunteers == 0)


def coverage(
    hood: Neighbourhood, *, asof: dt.date, scheme: AreaScheme | str = AreaScheme.VILLAGE
) -> Coverage:
    """Tell for each village which of its residents volunteer in a team.

    Parameters
    ----------
    hood : Neighbourhood
        All tables; teams are the organisations of the kind *team*.
    asof : date
        The day.
    scheme : AreaScheme, default "village"
        Which areas are looked at; what lies in one counts for it.

    Returns
    -------
    Coverage
        One row for each area of the scheme.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Area, Membership, Neighbourhood, Organisation, Person
    >>> hood = Neighbourhood.from_records(
    ...     *[Area(area=a, scheme="village") for a in ("k1", "k2")],
    ...     Organisation(organisation="team", kind="dorpsteam"),
    ...     Person(person="p1", area="k1"),
    ...     Membership(member="p1", party="team", role="vrijwilliger"),
    ... )
    >>> coverage(hood, asof=dt.date(2026, 11, 23)).without
    ('k2',)
    """
    check_days(asof=asof)
    wanted = AreaScheme(scheme)
    rest = split_safety(hood)[0]
    homes = {ref_of(p): p.area for p in rest.people if live(p, asof)}
    teams: dict[str, set[str]] = {}
    for team in rest.organisations:
        if is_team(team):
            for each in members(rest, ref_of(team), asof=asof):
                if each.side is Side.RESIDENTS and each.member in homes:
                    teams.setdefault(str(each.member), set()).add(ref_of(team))
    listed = {area.area for area in rest.areas if area.scheme is wanted}
    inside, names = within(rest), areas_by_name(rest)
    found = []
    for village in sorted(listed):
        who = tuple(sorted(each for each in teams if homes[each] in inside[village]))
        in_teams = tuple(sorted({team for each in who for team in teams[each]}))
        ask = () if who else _could_ask(rest, inside[village], asof)
        found.append(VillageCoverage(village, names[village], len(who), who, in_teams, ask))
    placed = {area for village in listed for area in inside[village]}
    return Coverage(tuple(found), sum(homes[each] not in placed for each in teams))


def _could_ask(hood: Neighbourhood, areas: frozenset[str], asof: dt.date) -> tuple[str, ...]:
    """Return whom one could ask, who wants it most first, then by id."""
    here = {ref_of(p) for p in hood.people if p.area in areas and _askable(p, asof)}
    order: dict[str, int] = {}
    for talent in hood.talents:
        owner = party_ref(hood, talent.owner)
        if owner in here and live(talent, asof):
            rank = 1 if talent.role is Role.VOLUNTEER else 2
            order[owner] = min(rank, order.get(owner, rank))
    for need in hood.needs:
        asker = party_ref(hood, need.owner)
        tree = hood.tree
        line = (need.category, *(tree.ancestors(need.category) if need.category in tree else ()))
        begun = need.since is None or need.since <= asof
        open_ = begun and (need.closed_on is None or asof < need.closed_on)
        if asker in here and open_ and not need.sensitive and "volunteering" in line:
            order[asker] = 0
    return tuple(sorted(order, key=lambda each: (order[each], each)))


def _askable(person: Person, asof: dt.date) -> bool:
    grown = not under_age(person, asof.year)
    return live(person, asof) and not person.is_worker and grown and person.share is not Share.NO
