"""Which groups of areas a scan looks at: circles on the map, or areas that hang together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assetmap.detectors.checking import numbers_of, whole
from assetmap.errors import UnusableInput

__all__ = ["Zones", "connected_zones", "zones_by_distance"]

SAME = 1e-9
"""Two distances that differ by less than this share of the largest are the same distance."""


@dataclass(frozen=True)
class Zones(Sequence[tuple[int, ...]]):
    """Groups of areas, each a tuple of positions in ascending order; a sequence of these.

    Attributes
    ----------
    members : tuple of tuple of int
        The groups, each once.
    areas : int
        How many areas there are; positions lie below this.
    largest : int
        Every group up to this many areas is there that was asked for.
    cut : bool
        Whether there are more groups that were asked for and are not here.

    Examples
    --------
    >>> zones = Zones(((0,), (0, 1)), areas=2, largest=2, cut=False)
    >>> len(zones), zones[1]
    (2, (0, 1))
    """

    members: tuple[tuple[int, ...], ...]
    areas: int
    largest: int
    cut: bool = False

    def __len__(self) -> int:
        """Return how many groups there are."""
        return len(self.members)

    def __iter__(self) -> Iterator[tuple[int, ...]]:
        """Yield each group."""
        return iter(self.members)

    @overload
    def __getitem__(self, at: int) -> tuple[int, ...]: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[tuple[int, ...], ...]: ...
    def __getitem__(self, at: int | slice) -> tuple[int, ...] | tuple[tuple[int, ...], ...]:
        """Return a group, or several."""
        return self.members[at]


def zones_by_distance(
    xy: ArrayLike, population: ArrayLike | None = None, max_share: float = 0.5
) -> Zones:
    """List the circles around each area that hold at most a share of everybody.

    1. Around each area the others are put in order of distance. Areas at the same distance come
       together or not at all, so that their order in the input does not matter.
    2. The circle grows from distance to distance, for as long as it holds no more than
       ``max_share`` of the population. An area with more than that is in no circle.
    3. A circle with the same areas as an earlier one is left out.

    Time grows with the square of the number of areas, and with what is listed.

    Parameters
    ----------
    xy : array of float, n x 2
        Where each area is, in any unit in which distances are straight lines (metres, not degrees).
    population : array of float, optional
        How many live in each area, 0 or more; None counts each area as 1.
    max_share : float, default 0.5
        Above 0, at most 1.

    Raises
    ------
    UnusableInput
        Arrays of another shape, missing or negative numbers, or nobody anywhere.

    References
    ----------
    M. Kulldorff, "A spatial scan statistic", Communications in Statistics: Theory and Methods 26
    (1997), 1481-1496.

    Examples
    --------
    >>> list(zones_by_distance([[0, 0], [1, 0], [5, 0]], max_share=0.7))
    [(0,), (0, 1), (1,), (2,), (1, 2)]
    """
    places = numbers_of("xy", xy, dimensions=(2,))
    if places.shape[1] != 2:
        raise UnusableInput(f"xy must have two columns, x and y; found {places.shape[1]}")
    count = len(places)
    people = np.ones(count) if population is None else numbers_of("population", population, low=0)
    if people.shape != (count,):
        raise UnusableInput(f"population must hold one number per area: {count}")
    if not 0 < max_share <= 1:
        raise UnusableInput(f"max_share is {max_share:g}; allowed: above 0, at most 1")
    if count and not people.sum() > 0:
        raise UnusableInput("population is 0 everywhere; a share of it means nothing")
    most = max_share * people.sum() * (1 + SAME)
    found: dict[tuple[int, ...], None] = {}
    for place in places:
        away = np.hypot(*(places - place).T)
        order = np.argsort(away, kind="stable")
        held = np.cumsum(people[order])
        last = np.append(np.diff(away[order]) > SAME * away.max(), True)
        for end in np.flatnonzero(last & (held <= most)):
            found.setdefault(tuple(sorted(order[: end + 1].tolist())))
    return Zones(tuple(found), count, max(map(len, found), default=0))


def connected_zones(
    neighbours: Sequence[Sequence[int]] | NDArray[Any], max_size: int, *, limit: int = 100_000
) -> Zones:
    """List every group of areas that hang together, up to a size, each once.

    1. Each area is a group of one.
    2. Each group is made larger by each of its neighbours; a group that was met before is
       dropped. What comes out is every connected group of the next size.
    3. Where the groups of a size would be more than ``limit`` with the smaller ones, that size
       and the larger ones are left out whole, and `Zones.cut` says so.

    A barrier such as a canal is a pair that is not among the neighbours. The groups come by size,
    then by their members. Time and memory grow with what is listed, times the size.

    Parameters
    ----------
    neighbours : sequence of sequences of int, or square array
        The positions of each area's neighbours, or a matrix (dense or sparse) with something
        other than zero for neighbours. Who is a neighbour has the other as neighbour.
    max_size : int
        How many areas a group may have, 1 or more.
    limit : int, default 100000
        How many groups may be listed.

    Raises
    ------
    UnusableInput
        A position that is not there, an area that is its own neighbour, neighbours in one
        direction only, or sizes that are not whole.

    Examples
    --------
    A row of three areas:

    >>> zones = connected_zones([[1], [0, 2], [1]], 2)
    >>> list(zones), zones.cut
    ([(0,), (1,), (2,), (0, 1), (1, 2)], False)
    """
    size, most = whole("max_size", max_size, low=1), whole("limit", limit, low=1)
    around = _around(neighbours)
    count = len(around)
    level = {1 << area: around[area] for area in range(count)}
    listed: list[tuple[int, ...]] = []
    complete = 0
    while level and complete < size and len(listed) + len(level) <= most:
        listed += sorted(_positions(group) for group in level)
        complete += 1
        if complete < size:
            level = _grown(level, around, most - len(listed))
    return Zones(tuple(listed), count, complete, cut=bool(level) and complete < size)


def _grown(level: dict[int, int], around: list[int], room: int) -> dict[int, int]:
    """Return the connected groups with one area more; one too many is enough to stop."""
    larger: dict[int, int] = {}
    for group, outside in level.items():
        left = outside
        while left:
            bit = left & -left
            left ^= bit
            new = group | bit
            if new not in larger:
                larger[new] = (outside | around[bit.bit_length() - 1]) & ~new
        if len(larger) > room:
            break
    return larger


def _positions(group: int) -> tuple[int, ...]:
    """Return the positions of the bits that are set."""
    found = []
    while group:
        bit = group & -group
        found.append(bit.bit_length() - 1)
        group ^= bit
    return tuple(found)


def _around(neighbours: Sequence[Sequence[int]] | NDArray[Any]) -> list[int]:
    """Return the neighbours of each area as the bits of one number."""
    lists = _lists(neighbours)
    around = []
    for area, others in enumerate(lists):
        bits = 0
        for other in others:
            near = whole(f"neighbours[{area}]", other, high=len(lists) - 1)
            if near == area:
                raise UnusableInput(f"neighbours[{area}] holds {area} itself; leave it out")
            bits |= 1 << near
        around.append(bits)
    for area, bits in enumerate(around):
        for other in _positions(bits):
            if not around[other] >> area & 1:
                raise UnusableInput(
                    f"{other} is a neighbour of {area}, but {area} not of {other}; "
                    "neighbours go both ways"
                )
    return around


def _lists(neighbours: Sequence[Sequence[int]] | NDArray[Any]) -> list[list[int]]:
    """Return the neighbours as lists, whether they came so or as a matrix."""
    shape = getattr(neighbours, "shape", None)
    if shape is None:
        try:
            return [list(others) for others in neighbours]
        except TypeError:
            raise UnusableInput("neighbours must be lists of positions, or a matrix") from None
    if len(shape) != 2 or shape[0] != shape[1]:
        raise UnusableInput("a matrix of neighbours must be square")
    matrix: Any = neighbours
    rows, columns = (side.tolist() for side in matrix.nonzero())
    found: list[list[int]] = [[] for _ in range(shape[0])]
    for row, column in zip(rows, columns, strict=True):
        found[row].append(column)
    return found
