"""A core whose members know each other, and a periphery that knows the core at most.

Both models of Borgatti and Everett (1999): nodes divided in two, or a degree of closeness to the
core for each. Fit is the correlation, over pairs of nodes, of the ties with the pattern.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assetmap.networks.network import Network
from assetmap.networks.triangles import tails

__all__ = ["EXACT", "Between", "Division", "best_core", "closeness_to_core", "fit_of_core"]

EXACT = 20
"""Up to so many nodes, all divisions are looked at."""
LATEST = 10
LARGE, MANY_STEPS, FEW_STEPS = 20_000, 2_000, 200
AROUND = 8
"""So many starts of the continuous model lie around one node."""
SMALL = 500
"""Up to so many nodes a search has many starts and moves one node at a time."""
LEAPS = 4096
"""In larger networks half of the nodes that gain are moved at once, then a quarter, down to this
part."""
SWAPS = 200
"""So many nodes of each side are tried in exchange, those that lose least by changing sides."""
SAME = 1e-12
"""Fits that differ by less are the same."""

Numbers = NDArray[np.float64]


class Between(StrEnum):
    """What the pattern says of pairs of one of the core and one of the periphery."""

    TIED = "tied"
    """They are tied: the first model of the paper."""
    APART = "apart"
    """They are not tied: only the core is."""
    OPEN = "open"
    """Nothing: these pairs are left out of the correlation."""


@dataclass(frozen=True, eq=False)
class Division:
    """A core and a periphery.

    Attributes
    ----------
    core : array of bool
        Who is in the core.
    fit : float
        Correlation with the pattern.
    exact : bool
        Whether all divisions were looked at.
    """

    core: NDArray[np.bool_]
    fit: float
    exact: bool


def fit_of_core(network: Network, core: NDArray[np.bool_], between: Between) -> float:
    """Return the correlation of ties with the pattern of a core; NaN where one does not vary.

    Examples
    --------
    >>> star = Network.from_ties(4, [0, 0, 0], [1, 2, 3])
    >>> fit_of_core(star, np.array([True, False, False, False]), Between.TIED)
    1.0
    """
    state = _State.of(network, core)
    return float(state.fits(np.array(core.sum()), state.inside, state.outside, between))


def best_core(
    network: Network, *, between: Between = Between.TIED, starts: int | None = None, seed: int = 0
) -> Division | None:
    """Return the core with the best fit.

    Up to 20 nodes every division is looked at. Above, a search moves one node, or exchanges two,
    as long as the fit grows: from those with most ties, and from random cores. Weights do not
    count; ties either way do.

    Returns
    -------
    Division or None
        Of equal fits the smallest core, then the first nodes. None where no pattern has a fit:
        no tie, or all there could be.

    Examples
    --------
    >>> star = Network.from_ties(4, [0, 0, 0], [1, 2, 3])
    >>> best_core(star).core.tolist()
    [True, False, False, False]
    """
    plain = network.undirected.unweighted
    if plain.count < 2 or plain.tie_count in {0, plain.count * (plain.count - 1) // 2}:
        return None
    if plain.count <= EXACT:
        return _of_all(plain, between)
    many = (
        (20 if plain.count <= SMALL else 2 * (plain.count <= LARGE)) if starts is None else starts
    )
    found = [_climb(plain, core, between) for core in _starts(plain, between, many, seed)]
    usable = [one for one in found if np.isfinite(one.fit)]
    return min(usable, key=lambda d: _rank(d.core, d.fit)) if usable else None


def _rank(core: NDArray[np.bool_], fit: float) -> tuple[float, int, list[int]]:
    return -round(fit / SAME) * SAME, int(core.sum()), np.flatnonzero(core).tolist()


def _of_all(plain: Network, between: Between) -> Division:
    """Look at every division: ties inside each set of nodes, from those without its last node."""
    inside, size = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64)
    for node in range(plain.count):
        to = np.zeros(len(inside), dtype=np.int64)
        sets = np.arange(len(inside))
        for other in plain.neighbours(node):
            if other < node:
                to += (sets >> int(other)) & 1
        inside = np.concatenate([inside, inside + to])
        size = np.concatenate([size, size + 1])
    state = _State.of(plain, np.zeros(plain.count, dtype=bool))
    fits = state.fits(size, inside, inside[::-1], between)
    best = np.nanmax(fits)
    nodes = np.arange(plain.count)
    same = np.flatnonzero(fits >= best - SAME)
    same = same[size[same] == size[same].min()]
    cores = [((int(each) >> nodes) & 1).astype(bool) for each in same]
    core = min(cores, key=lambda one: np.flatnonzero(one).tolist())
    return Division(core, float(best), exact=True)


def _starts(
    plain: Network, between: Between, starts: int, seed: int
) -> Iterator[NDArray[np.bool_]]:
    """Yield the best of the cores made of those with most ties, then random cores."""
    order = np.argsort(-plain.degree, kind="stable")
    rank = np.empty(plain.count, dtype=np.int64)
    rank[order] = np.arange(plain.count)
    row = tails(plain.ties)
    latest = np.maximum(rank[row], rank[plain.ties.indices])
    earliest = np.minimum(rank[row], rank[plain.ties.indices])
    inside = np.cumsum(np.bincount(latest, minlength=plain.count)) // 2
    outside = plain.tie_count - np.cumsum(np.bincount(earliest, minlength=plain.count)) // 2
    state = _State.of(plain, np.zeros(plain.count, dtype=bool))
    fits = state.fits(np.arange(1, plain.count + 1), inside, outside, between)
    if np.isfinite(fits).any():
        yield rank <= np.nanargmax(fits)
    for start in range(starts):
        rng = np.random.default_rng([seed, start])
        yield rng.random(plain.count) < rng.random() / 2


@dataclass
class _State:
    """A core in the making, and the numbers that its fit depends on."""

    plain: Network
    core: NDArray[np.bool_]
    to_core: NDArray[np.int64]
    inside: NDArray[np.int64]
    outside: NDArray[np.int64]

    @classmethod
    def of(cls, network: Network, core: NDArray[np.bool_]) -> _State:
        plain = network.undirected.unweighted
        to_core = np.asarray(plain.ties @ core.astype(np.float64)).astype(np.int64)
        rest = plain.degree - to_core
        inside, outside = to_core[core].sum() // 2, rest[~core].sum() // 2
        return cls(plain, core.copy(), to_core, np.asarray(inside), np.asarray(outside))

    def fits(self, size: Any, inside: Any, outside: Any, between: Between) -> Any:
        """Return fits of cores of `size`, with so many ties inside, and outside of them."""
        count, ties = self.plain.count, self.plain.tie_count
        core, rest = size * (size - 1) // 2, (count - size) * (count - size - 1) // 2
        if between is Between.OPEN:
            pairs, ones, marked, hit = core + rest, inside + outside, core, inside
        else:
            pairs, ones = np.int64(count * (count - 1) // 2), np.int64(ties)
            tied = between is Between.TIED
            marked, hit = (pairs - rest, ones - outside) if tied else (core, inside)
        above = (pairs * hit - ones * marked).astype(np.float64)
        varied = [np.asarray(part, dtype=np.float64) * (pairs - part) for part in (ones, marked)]
        spread = np.sqrt(varied[0]) * np.sqrt(varied[1])
        fits = np.full(np.shape(above), np.nan)
        return np.clip(np.divide(above, spread, out=fits, where=spread > 0), -1, 1)

    def after_moves(self, between: Between) -> Numbers:
        """Return the fit after each node alone changed sides."""
        to_rest = self.plain.degree - self.to_core
        side = np.where(self.core, -1, 1)
        inside, outside = self.inside + side * self.to_core, self.outside - side * to_rest
        found: Numbers = self.fits(self.core.sum() + side, inside, outside, between)
        return np.where(np.isfinite(found), found, -np.inf)

    def best_swap(self, alone: Numbers, between: Between) -> tuple[float, tuple[int, ...]]:
        """Return the best fit after two nodes changed places, and which."""
        order = np.argsort(-alone, kind="stable")
        leaving, coming = order[self.core[order]][:SWAPS], order[~self.core[order]][:SWAPS]
        if not (leaving.size and coming.size):
            return -np.inf, ()
        tied = self.plain.ties[leaving][:, coming].toarray().astype(np.int64)
        to_rest = self.plain.degree - self.to_core
        inside = self.inside - self.to_core[leaving][:, None] + self.to_core[coming] - tied
        outside = self.outside + to_rest[leaving][:, None] - to_rest[coming] - tied
        fits = self.fits(self.core.sum(), inside, outside, between)
        fits = np.where(np.isfinite(fits), fits, -np.inf)
        at = np.unravel_index(np.argmax(fits), fits.shape)
        return float(fits[at]), (int(leaving[at[0]]), int(coming[at[1]]))

    def change(self, nodes: tuple[int, ...]) -> None:
        """Let nodes change sides."""
        for node in nodes:
            side = -1 if self.core[node] else 1
            self.inside = self.inside + side * self.to_core[node]
            self.outside = self.outside - side * (self.plain.degree[node] - self.to_core[node])
            self.core[node] = not self.core[node]
            self.to_core[self.plain.neighbours(node)] += side


def _leap(state: _State, fit: float, between: Between) -> tuple[_State, float]:
    """Move many nodes at once, half of those that gain alone, then fewer, while the fit grows."""
    share = 2
    while share <= LEAPS:
        alone = state.after_moves(between)
        order = np.argsort(-alone, kind="stable")
        gaining = int((alone > fit + SAME).sum())
        core = state.core.copy()
        core[order[: gaining // share]] ^= True
        after = _State.of(state.plain, core)
        new = float(after.fits(core.sum(), after.inside, after.outside, between))
        if gaining // share and new > fit + SAME:
            state, fit = after, new
        else:
            share *= 2
    return state, fit


def _climb(plain: Network, core: NDArray[np.bool_], between: Between) -> Division:
    """Move or exchange nodes as long as the fit grows."""
    state = _State.of(plain, core)
    fit = fit_of_core(plain, core, between)
    if not np.isfinite(fit):
        fit = -np.inf
    if plain.count > SMALL:
        state, fit = _leap(state, fit, between)
    while True:
        alone = state.after_moves(between)
        best = float(alone.max())
        nodes: tuple[int, ...] = (int(np.argmax(alone)),)
        if best <= fit + SAME:
            best, nodes = state.best_swap(alone, between)
        if best <= fit + SAME:
            return Division(state.core, fit, exact=False)
        state.change(nodes)
        fit = best


def closeness_to_core(
    network: Network, *, steps: int | None = None
) -> tuple[Numbers, float] | None:
    """Return how close each node is to the core, and the fit of that.

    The numbers c, none below 0, for which the products of two come closest to the tie of the two,
    least squares over pairs of different nodes; then scaled so that their squares add up to 1
    (Boyd, Fitzgerald, Mahutga and Smith 2010). Ties either way count, weights count. Found by
    going down from several starts; with more than 500 nodes from one, to seven digits. Around a
    star the best numbers grow apart without end; what they are after `steps` (2,000; with more
    than 20,000 nodes 200) is told.

    Returns
    -------
    tuple or None
        Closeness per node, and the correlation of ties and products: NaN where all are equally
        close. None where there is no tie, or all that there could be, with one weight.

    Examples
    --------
    >>> star = Network.from_ties(4, [0, 0, 0], [1, 2, 3])
    >>> closeness, fit = closeness_to_core(star)
    >>> bool(closeness[0] > closeness[1]), round(fit, 3)
    (True, 1.0)
    """
    plain = network.undirected
    pairs = plain.count * (plain.count - 1) // 2
    if not plain.tie_count or (plain.tie_count == pairs and np.ptp(plain.ties.data) == 0):
        return None
    model = _Products(plain)
    most = (MANY_STEPS if plain.count <= LARGE else FEW_STEPS) if steps is None else steps
    found = [model.descend(start, most) for start in model.starts()]
    best = min(found, key=lambda c: float(f"{model(c)[0]:.9g}"))
    return best / np.linalg.norm(best), model.correlation(best)


class _Products:
    """How far ties are from the products of two numbers, and how that falls."""

    def __init__(self, plain: Network) -> None:
        self.ties = plain.ties
        self.pairs = plain.count * (plain.count - 1) / 2

    def __call__(self, c: Numbers) -> tuple[float, Numbers]:
        """Return half the squares, without those of the ties themselves, and the gradient."""
        joined, squares = self.ties @ c, c**2
        two = squares.sum()
        value = ((two**2 - (squares**2).sum()) / 2 - c @ joined) / 2
        return float(value), c * (two - squares) - joined

    def starts(self) -> Iterator[Numbers]:
        """Yield the leading eigenvector, and those around each of the strongest nodes."""
        strength: Numbers = np.asarray(self.ties.sum(axis=1), dtype=np.float64).ravel()
        c = np.sqrt(strength)
        for _ in range(50):
            c = self.ties @ c + c
            c /= np.linalg.norm(c)
        yield c * np.sqrt(max(float(c @ (self.ties @ c)), 0.0))
        around = AROUND if len(strength) <= SMALL else 0
        for node in np.argsort(-strength, kind="stable")[:around].tolist():
            near = np.zeros(len(strength))
            near[node] = 1.0
            near += self.ties @ near
            if near.sum() > 1:
                yield near / np.sqrt(near.max())

    def descend(self, start: Numbers, steps: int) -> Numbers:
        """Go down the gradient, none below 0.

        The length of a step comes from how the gradient turned (Barzilai and Borwein 1988); it may
        go up for a while, not above the latest ten (Raydan 1997).
        """
        c = start
        value, slope = self(c)
        least = 1e-13 if len(c) <= SMALL else 1e-7
        latest, best, lowest = [value], c, value
        length = 1.0 / float(c @ c)
        for _ in range(steps):
            after: Numbers = np.maximum(c - length * slope, 0.0)
            new, flatter = self(after)
            if new > max(latest) + 1e-15 * abs(value):
                length /= 4
                if length < 1e-16:
                    break
                continue
            moved, turned = after - c, flatter - slope
            c, value, slope = after, new, flatter
            latest = [*latest[-LATEST + 1 :], value]
            if value < lowest:
                best, lowest = c, value
            if np.abs(moved).max() <= least * max(1.0, float(c.max())):
                break
            curve = float(moved @ turned)
            length = float(moved @ moved) / curve if curve > 0 else 2.0 * length
        return best

    def correlation(self, c: Numbers) -> float:
        """Return the correlation of ties and products over pairs of different nodes."""
        one, two, four = c.sum(), (c**2).sum(), (c**4).sum()
        total, squares = (one**2 - two) / 2, (two**2 - four) / 2
        weight, power = self.ties.data.sum() / 2, (self.ties.data**2).sum() / 2
        above = c @ (self.ties @ c) / 2 - weight * total / self.pairs
        below = (squares - total**2 / self.pairs) * (power - weight**2 / self.pairs)
        return float(above / np.sqrt(below)) if below > 0 else float("nan")
