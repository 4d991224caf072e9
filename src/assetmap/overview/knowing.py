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

__all__ = ["IntroducedTies", "TieReports", "introduced", "introduced_ties", "tie_reports"]


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


@dataclass(frozen=True)
class IntroducedTies:
    """Which people came to know each other through an introduction; raw.

    Attributes
    ----------
    pairs : tuple of (str, str)
        Different pairs, sorted.
    total : int
        How many.
    by : tuple of (str, int)
        Who introduced, and how many pairs; most first, then by id. A pair that two introduced
        counts for both.
    by_residents, by_professionals, by_unknown : int
        Pairs that a resident introduced, that a worker did, and of which nobody is named.
    """

    pairs: Annotated[tuple[tuple[str, str], ...] | None, Discloses.TEAM]
    total: Annotated[int | None, Discloses.COUNT]
    by: Annotated[tuple[tuple[str, int], ...] | None, Discloses.TEAM]
    by_residents: Annotated[int | None, Discloses.COUNT]
    by_professionals: Annotated[int | None, Discloses.COUNT]
    by_unknown: Annotated[int | None, Discloses.COUNT]


def introduced_ties(
    hood: Neighbourhood, *, first: dt.date | None = None, last: dt.date | None = None
) -> IntroducedTies:
    """Tell which people came to know each other through an introduction, and who introduced them.

    Parameters
    ----------
    hood : Neighbourhood
        All tables.
    first, last : date, optional
        The period, both days included: the first day that anybody tells of a tie has to lie in
        it. With a period, a tie without a day is not counted.

    Returns
    -------
    IntroducedTies
        Different pairs, whoever told of them.

    Examples
    --------
    >>> from assetmap.model import Neighbourhood, Person, Tie
    >>> hood = Neighbourhood.from_records(
    ...     *[Person(person=p) for p in ("p1", "p2", "p3")],
    ...     Tie(a="p1", b="p2", introduced_by="p3"),
    ...     Tie(a="p2", b="p1", kind="introduced"),
    ... )
    >>> introduced_ties(hood).by
    (('p3', 1),)
    """
    check_days(first=first, last=last)
    told: dict[tuple[str, str], list[Tie]] = defaultdict(list)
    for tie in hood.ties:
        if tie.introduced_by is not None or tie.kind is TieKind.INTRODUCED:
            told[min(tie.a, tie.b), max(tie.a, tie.b)].append(tie)
    pairs = sorted(pair for pair, rows in told.items() if between(_began(rows), first, last))
    by = Counter[str]()
    sides = Counter[Side]()
    for pair in pairs:
        named = {tie.introduced_by for tie in told[pair] if tie.introduced_by is not None}
        by.update(named)
        sides.update({side(hood, who) for who in named} or {Side.NEITHER})
    most = sorted(by.items(), key=lambda each: (-each[1], each[0]))
    counts = (sides[Side.RESIDENTS], sides[Side.PROFESSIONALS], sides[Side.NEITHER])
    return IntroducedTies(tuple(pairs), len(pairs), tuple(most), *counts)


def _began(told: list[Tie]) -> dt.date | None:
    return min((tie.since for tie in told if tie.since is not None), default=None)


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
    return len(introduced_ties(hood, first=first, last=last).pairs or ())
