"""Who help each other: two people both ways, or three in a ring, recognised in a set of plans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assetmap.model import Leg, Need, Neighbourhood, Rung
from assetmap.plans.outcome import Plan

__all__ = ["Circle", "circles"]

Edges = Mapping[str, Mapping[str, frozenset[str]]]
"""Giver, to asker, to the plans in which one helps the other."""


@dataclass(frozen=True, slots=True)
class Circle:
    """Two or three people of whom each helps the next, and the last the first.

    Attributes
    ----------
    people : tuple of str
        In that order; of all ways to write it the one that begins with the lowest id.
    plans : tuple of str
        Ids of the plans in which they do, sorted.
    """

    people: tuple[str, ...]
    plans: tuple[str, ...]


def circles(hood: Neighbourhood, plans: Iterable[Plan]) -> tuple[Circle, ...]:
    """Return every pair that helps each other, and every ring of three, by their people.

    What counts is what a person does for a person, by an arrangement too; not what somebody does
    as a professional, nor a group, in which everybody asks and gives anyway. A question that is
    not for everybody's ears (``sensitive``, ``not_known``, ``not_area``) is in no circle.

    1. Write down who helps whom.
    2. For each pair see whether the other helps back, or helps a third who helps the first.

    Parameters
    ----------
    hood : Neighbourhood
        The tables.
    plans : iterable of Plan
        Standing, pinned and proposed plans.

    Examples
    --------
    >>> import assetmap
    >>> from assetmap.model import Need, Person, Talent
    >>> hood = assetmap.Neighbourhood.from_records(
    ...     Person(person="p1", area="north"),
    ...     Person(person="p2", area="north"),
    ...     Talent(talent="t1", owner="p1", category="odd_job"),
    ...     Talent(talent="t2", owner="p2", category="shopping"),
    ...     Need(need="n1", owner="p1", category="shopping", talked="yes"),
    ...     Need(need="n2", owner="p2", category="odd_job", talked="yes"),
    ... )
    >>> assetmap.propose(hood, "2026-W48").circles[0].people
    ('p1', 'p2')
    """
    helps = _helps(hood, plans)
    found = {people: _circle(helps, people) for people in _rings(helps)}
    return tuple(found[people] for people in sorted(found, key=lambda p: (len(p), p)))


def _helps(hood: Neighbourhood, plans: Iterable[Plan]) -> Edges:
    people = hood.index["people"]
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for plan in plans:
        need = hood.index["needs"].get(plan.need)
        if not isinstance(need, Need) or need.owner not in people:
            continue
        if need.sensitive or need.not_known or need.not_area:
            continue
        for leg in plan.legs:
            person = leg.leg not in {Leg.ACTIVITY, Leg.GROUP} and leg.provider in people
            if person and leg.rung is not Rung.PROFESSIONAL:
                found[leg.provider][need.owner].add(plan.plan)
    return {
        giver: {asker: frozenset(ids) for asker, ids in asked.items()}
        for giver, asked in found.items()
    }


def _rings(helps: Edges) -> Iterator[tuple[str, ...]]:
    for first, asked in helps.items():
        for second in asked:
            if second <= first or second not in helps:
                continue
            if first in helps[second]:
                yield (first, second)
            for third in helps[second]:
                if third > first and third != second and first in helps.get(third, {}):
                    yield (first, second, third)


def _circle(helps: Edges, people: tuple[str, ...]) -> Circle:
    pairs = zip(people, (*people[1:], people[0]), strict=True)
    return Circle(people, tuple(sorted({plan for a, b in pairs for plan in helps[a][b]})))
