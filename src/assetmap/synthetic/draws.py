"""Chance that can be repeated: a stream of numbers for every purpose, all from one seed.

Only raw uniform numbers are taken from numpy, whose bit generators keep their streams from
version to version; everything else is made of them here. A stream depends on the seed and its own
name alone, so that what is drawn for one table or week does not move what is drawn for another.
"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

__all__ = ["Bits", "Draws", "Floats", "Stream", "Whole", "closest_below"]

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
Bits = NDArray[np.bool_]


class Stream:
    """Numbers for one purpose, in order."""

    def __init__(self, entropy: Sequence[int]) -> None:
        self._bits = np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy)))

    def uniform(self, count: int) -> Floats:
        """Draw numbers from 0 up to 1."""
        return self._bits.random(count)

    def whole(self, count: int, below: int | Whole) -> Whole:
        """Draw whole numbers from 0 up to `below`, which may differ for each."""
        return (self.uniform(count) * below).astype(np.int64)

    def flags(self, count: int, share: float | Floats) -> Bits:
        """Draw yes or no, yes with this chance."""
        return np.asarray(self.uniform(count) < share)

    def chosen(self, count: int, weights: Sequence[float] | Floats) -> Whole:
        """Draw positions in a list, each as often as its weight says."""
        return closest_below(np.cumsum(np.asarray(weights, dtype=np.float64)), self.uniform(count))

    def often(self, mean: float) -> int:
        """Draw how often something happens that happens `mean` times on average."""
        tries = int(8 * mean) + 1
        return int(self.flags(tries, mean / tries).sum())


def closest_below(sums: Floats, at: Floats) -> Whole:
    """Return where fractions of a whole fall among its running sums."""
    found = np.searchsorted(sums, at * sums[-1], side="right")
    return np.asarray(np.minimum(found, len(sums) - 1), dtype=np.int64)


class Draws:
    """All streams of one seed."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def stream(self, name: str, number: int = 0) -> Stream:
        """Open the stream of a purpose; the same name and number give the same numbers."""
        return Stream((self.seed, crc32(name.encode("ascii")), number))
