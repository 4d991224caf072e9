"""Who told of a tie, and how many came about through an introduction."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Annotated

from assetmap.model import Neighbourhood, Tie, TieKind
from assetmap.model.parties import Side
from assetmap.overview.common import between, check_days, side
from assetmap.privacy import Discloses

__all__ = ["TieReports", "introduced", "tie_reports"]


@dataclass(frozen=True)
class TieReports:
    """Who told of the ties. The numbers are raw; they leave through the gate of privacy only.

    Attributes
    ----------
    residents, professionals, unknown : int
        Reports by residents, by workers, and by nobody who was named.
    conflicting : tuple of (str, str)
        Pairs of people of whom two reporters tell something else: how well they know each other,
        friend or acquaintance, or whether it has ended. All reports are kept.
    """

    residents: Annotated[int | None, Discloses.COUNT]
    professionals: Annotated[int | None, Discloses.COUNT]
    unknown: Annotated[int | None, Discloses.COUNT]
    conflicting: Annotated[tuple[tuple[str, str], ...] | None, Discloses.TEAM]

    @property
    def resident_share(self) -> float | None:
        """The share that residents told, of the reports whose teller is known; None without any."""
        if self.residents is None or self.professionals is None:
            return None
        known = self.residents + self.professionals
        return self.residents / known if known else None


def tie_reports(hood: Neighbourhood) -> TieReports:
    """Count who told of the ties between people, and find the reports that differ.

    Examples
    --------
    >>> from assetmap.model import Neighbourhood, Person, Tie
    >>> hood = Neighbourhood.from_records(
    ...     *[Person(person=p) for p in ("p1", "p2")],
    ...     Person(person="w1", kind="worker"),
    ...     Tie(a="p1", b="p2", strength=3, reported_by="p1"),
    ...     Tie(a="p2", b="p1", strength=1, reported_by="w1"),
    ... )
    >>> found = tie_reports(hood)
    >>> found.resident_share, found.conflicting
    (0.5, (('p1', 'p2'),))
    """
    sides = Counter(
        Side.NEITHER if tie.reported_by is None else side(hood, tie.reported_by)
        for tie in hood.ties
    )
    pairs: dict[tuple[str, str], list[Tie]] = defaultdict(list)
    for tie in hood.ties:
        pairs[min(tie.a, tie.b), max(tie.a, tie.b)].append(tie)
    differ = tuple(sorted(pair for pair, told in pairs.items() if _differ(told)))
    return TieReports(sides[Side.RESIDENTS], sides[Side.PROFESSIONALS], sides[Side.NEITHER], differ)


_ONE_OF = {TieKind.FRIEND, TieKind.ACQUAINTANCE}
"""Two people can be family and neighbours; of these two they are one."""


def _differ(told: list[Tie]) -> bool:
    if len({tie.reported_by for tie in told}) < 2:
        return False
    strengths = {tie.strength for tie in told if tie.strength is not None}
    kinds = {tie.kind for tie in told} & _ONE_OF
    return len(strengths) > 1 or len(kinds) > 1 or len({tie.until for tie in told}) > 1


def introduced(
    hood: Neighbourhood, *, first: dt.date | None = None, last: dt.date | None = None
) -> int:
    """Count the pairs of people who came to know each other through an introduction.

    Parameters
    ----------
    hood : Neighbourhood
        All tables.
    first, last : date, optional
        The period, both days included: the first day that anybody tells of a tie has to lie in
        it. With a period, a tie without a day is not counted.

    Returns
    -------
    int
        Different pairs; raw, so see :func:`assetmap.privacy.protected_count` before it leaves.

    Examples
    --------
    >>> from assetmap.model import Neighbourhood, Person, Tie
    >>> hood = Neighbourhood.from_records(
    ...     *[Person(person=p) for p in ("p1", "p2", "p3")],
    ...     Tie(a="p1", b="p2", introduced_by="p3"),
    ...     Tie(a="p2", b="p1", kind="introduced"),
    ...     Tie(a="p1", b="p3"),
    ... )
    >>> introduced(hood)
    1
    """
    check_days(first=first, last=last)
    days: dict[frozenset[str], list[dt.date | None]] = defaultdict(list)
    for tie in hood.ties:
        if tie.introduced_by is not None or tie.kind is TieKind.INTRODUCED:
            days[frozenset((tie.a, tie.b))].append(tie.since)
    began = (min((day for day in told if day is not None), default=None) for told in days.values())
    return sum(between(day, first, last) for day in began)
