"""Networks drawn at random that share something with a given one."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from assetmap.networks.mixing import ends
from assetmap.networks.network import Network

__all__ = ["Keep", "drawn", "rewired"]

Positions = NDArray[np.int64]


class Keep(StrEnum):
    """What a network drawn at random has in common with the given one."""

    SIZE = "size"
    """The number of nodes; every tie is there or not with equal chance."""
    TIES = "ties"
    """The number of ties as well."""
    DYADS = "dyads"
    """Of a directed network: how many pairs have ties both ways, one way and none."""


def drawn(network: Network, keep: Keep, rng: np.random.Generator) -> Network:
    """Draw a network, each that is possible alike (conditional uniform graph).

    Two modes stay two modes. Drawn ties have weight 1.

    Examples
    --------
    >>> line = Network.from_ties(4, [0, 1, 2], [1, 2, 3])
    >>> drawn(line, Keep.TIES, np.random.default_rng(0)).tie_count
    3
    """
    if keep is Keep.DYADS and network.directed:
        tails, heads = _same_dyads(network, rng)
    else:
        pairs = _Pairs(network)
        number = (
            int(rng.binomial(pairs.count, 0.5)) if keep is Keep.SIZE else int(network.tie_count)
        )
        tails, heads = pairs.at(_some(pairs.count, number, rng))
    return Network.from_ties(
        network.count, tails, heads, directed=network.directed, mode=network.mode
    )


def _some(count: int, number: int, rng: np.random.Generator) -> Positions:
    """Draw so many different numbers below `count`, in order."""
    return np.sort(rng.choice(count, size=number, replace=False, shuffle=False))


class _Pairs:
    """Every pair of nodes that may have a tie, numbered without listing them."""

    def __init__(self, network: Network, *, ordered: bool | None = None) -> None:
        n = network.count
        self.network = network
        self.ordered = network.directed if ordered is None else ordered
        if network.mode is not None:
            self.left = np.flatnonzero(network.mode == 0)
            self.right = np.flatnonzero(network.mode == 1)
            self.count = len(self.left) * len(self.right) * (2 if self.ordered else 1)
        else:
            self.count = n * (n - 1) // (1 if self.ordered else 2)

    def at(self, number: Positions) -> tuple[Positions, Positions]:
        """Return the two ends of the pairs with these numbers."""
        n = self.network.count
        if self.network.mode is not None:
            size = len(self.left) * len(self.right)
            one, other = np.divmod(number % max(1, size), max(1, len(self.right)))
            back = number >= size
            tails, heads = self.left[one], self.right[other]
            return np.where(back, heads, tails), np.where(back, tails, heads)
        if self.ordered:
            tails, heads = np.divmod(number, max(1, n - 1))
            return tails, heads + (heads >= tails)
        start = np.concatenate([[0], np.cumsum(np.arange(n - 1, 0, -1))])
        tails = np.searchsorted(start, number, side="right") - 1
        return tails, number - start[tails] + tails + 1


def _same_dyads(network: Network, rng: np.random.Generator) -> tuple[Positions, Positions]:
    """Draw as many pairs with ties both ways and one way as there are."""
    ties = network.tie_count
    both = int(network.unweighted.ties.multiply(network.unweighted.ties.T).sum()) // 2
    single = ties - 2 * both
    pairs = _Pairs(network, ordered=False)
    chosen = rng.choice(pairs.count, size=both + single, replace=False)
    one, other = pairs.at(chosen.astype(np.int64))
    turn = rng.random(single) < 0.5
    first, second = one[both:], other[both:]
    tail = np.concatenate([one[:both], other[:both], np.where(turn, second, first)])
    head = np.concatenate([other[:both], one[:both], np.where(turn, first, second)])
    return tail, head


def rewired(
    network: Network, rng: np.random.Generator, *, burn_in: int, between: int
) -> Iterator[Network]:
    """Yield networks in which every node keeps its number of ties, without end.

    A Markov chain over simple networks with these degrees, from the given one: two ties are drawn
    and exchange their ends; where that would make a loop or a second tie, nothing changes, and
    that counts as a step too, so that in the long run each network comes alike (Fosdick, Larremore,
    Nishimura and Ugander 2018). Directed: a step in ten turns a triangle of one-way ties round
    instead, without which some networks would not be reached; ties out and in are both kept.

    Parameters
    ----------
    network : Network
        Two modes stay two modes. Weights are dropped.
    rng : numpy.random.Generator
        Where chance comes from.
    burn_in, between : int
        Steps before the first network, and between two.

    Examples
    --------
    >>> ring = Network.from_ties(4, [0, 1, 2, 3], [1, 2, 3, 0])
    >>> chain = rewired(ring, np.random.default_rng(0), burn_in=100, between=10)
    >>> next(chain).degree.tolist()
    [2, 2, 2, 2]
    """
    chain = _Chain(network, rng)
    chain.walk(burn_in)
    while True:
        yield chain.network()
        chain.walk(between)


TURN = 0.1
"""How often a step of a directed chain turns a triangle."""
BLOCK = 1 << 16
"""So many steps are drawn at once."""


class _Chain:
    """The ties as they are now, and steps that change them."""

    def __init__(self, network: Network, rng: np.random.Generator) -> None:
        self.like, self.rng = network, rng
        tails, heads = ends(network)
        if network.mode is not None and not network.directed:
            swap = network.mode[tails] == 1
            tails, heads = np.where(swap, heads, tails), np.where(swap, tails, heads)
        self.tails, self.heads = tails.tolist(), heads.tolist()
        self.one_way = network.directed or network.mode is not None
        self.there = {self._key(a, b) for a, b in zip(self.tails, self.heads, strict=True)}

    def _key(self, a: int, b: int) -> int:
        n = self.like.count
        return a * n + b if self.one_way or a < b else b * n + a

    def network(self) -> Network:
        """Return the ties as they are now."""
        like = self.like
        return Network.from_ties(
            like.count, self.tails, self.heads, directed=like.directed, mode=like.mode
        )

    def walk(self, steps: int) -> None:
        """Take so many steps."""
        if len(self.tails) < 2:
            return
        turns = self.like.directed and self.like.mode is None
        for start in range(0, steps, BLOCK):
            size = min(BLOCK, steps - start)
            first = self.rng.integers(len(self.tails), size=size).tolist()
            second = self.rng.integers(len(self.tails), size=size).tolist()
            chance = self.rng.random(size).tolist()
            for one, other, luck in zip(first, second, chance, strict=True):
                if turns and luck < TURN:
                    third = int(luck / TURN * len(self.tails))
                    self._turn(one, other, third)
                elif one != other:
                    self._exchange(one, other, flip=not self.one_way and luck < 0.5)

    def _exchange(self, one: int, other: int, *, flip: bool) -> None:
        a, b = self.tails[one], self.heads[one]
        c, d = self.tails[other], self.heads[other]
        if flip:
            c, d = d, c
        if a == d or c == b:
            return
        new, new_other = self._key(a, d), self._key(c, b)
        if new in self.there or new_other in self.there or new == new_other:
            return
        self.there -= {self._key(a, b), self._key(c, d)}
        self.there |= {new, new_other}
        self.heads[one] = d
        self.tails[other], self.heads[other] = c, b

    def _turn(self, one: int, other: int, third: int) -> None:
        """Turn a triangle of three ties, one after another, none of them answered."""
        a, b, c = self.tails[one], self.heads[one], self.heads[other]
        ring = b == self.tails[other] and c == self.tails[third] and self.heads[third] == a
        if not ring or len({a, b, c}) < 3:
            return
        new = {self._key(b, a), self._key(c, b), self._key(a, c)}
        if new & self.there:
            return
        self.there -= {self._key(a, b), self._key(b, c), self._key(c, a)}
        self.there |= new
        for at in (one, other, third):
            self.tails[at], self.heads[at] = self.heads[at], self.tails[at]
