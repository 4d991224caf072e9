"""Where to draw the nodes of a network: a place for each, the same every time.

1. Every component of more than one node is drawn by itself: it begins where its distances to a few
   pivots put it (pivot MDS; Brandes and Pich 2007), and then ties pull and nodes push in steps that
   become smaller (Fruchterman and Reingold 1991).
2. The components are put side by side, the largest in the middle, none over another.

With the places of an earlier drawing, who was there stays exactly there and only newcomers get a
place: near those they have ties with, or in the nearest free spot.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra

from assetmap.errors import UnusableInput
from assetmap.networks.components import components
from assetmap.networks.discs import free_spots
from assetmap.networks.forces import Index, Points, pull, push_by_mesh, push_by_pairs
from assetmap.networks.mixing import ends
from assetmap.networks.network import Network

__all__ = ["layout"]

_PIVOTS = 30
_STEPS = 90
_FEW = 150
"""In components of at most so many nodes every pair is summed."""
_DIGITS = 6
"""Digits kept at every step, so that the order in which a machine adds makes no difference."""
_SHOWN = 3
_ROOM = 0.5
"""What a component takes around its nodes, in lengths of a tie."""
_AT_ONCE = 50_000
"""Newcomers times nodes whose pairs are summed; beyond that the push comes from a mesh."""


def layout(
    network: Network, *, seed: int = 0, previous: Points | None = None
) -> NDArray[np.float64]:
    """Return a place for every node; a tie is about one unit long.

    Parameters
    ----------
    network : Network
        Directions and weights make no difference. The result depends on the order of the nodes:
        sort them first.
    seed : int, default 0
        What ties between places are broken with; another seed gives another drawing.
    previous : array, n x 2, optional
        Places of an earlier drawing, nan for a newcomer. They are given back as they are.

    Returns
    -------
    array of float, n x 2
        Rounded to three digits; around (0, 0) where nothing was there before.

    Raises
    ------
    UnusableInput
        Previous places of another shape, or one that is only half known or endless.

    Notes
    -----
    Time grows with ties + n log n.

    Examples
    --------
    >>> line = Network.from_ties(3, [0, 1], [1, 2])
    >>> at = layout(line)
    >>> np.allclose(layout(line), at), layout(line, previous=at).tolist() == at.tolist()
    (True, True)
    """
    fixed = _checked(previous, network.count)
    if not network.count:
        return np.zeros((0, 2))
    plain = network.undirected.unweighted
    label = components(plain)
    rng = np.random.default_rng(seed)
    loose = rng.standard_normal((plain.count, 2))
    there = ~np.isnan(fixed[:, 0])
    kept = np.isin(label, label[there])
    at = _apart(plain, label, loose, ~kept)
    if kept.any():
        at[kept] = _beside(plain, fixed, loose, kept)
    at = _packed(at, label, kept)
    at[there] = fixed[there]
    shown: NDArray[np.float64] = np.round(at, _SHOWN) + 0.0
    shown[there] = fixed[there]
    return shown


def _checked(previous: Points | None, count: int) -> Points:
    if previous is None:
        return np.full((count, 2), np.nan)
    given = np.asarray(previous, dtype=np.float64)
    if given.shape != (count, 2):
        raise UnusableInput(f"previous places must be {count} rows of x and y, nan for a newcomer")
    unknown = np.isnan(given)
    if np.isinf(given).any() or bool((unknown[:, 0] != unknown[:, 1]).any()):
        raise UnusableInput("a previous place is two numbers, or nan twice for a newcomer")
    return given


# --- components that were not there before ------------------------------------------------------


def _apart(network: Network, label: Index, loose: Points, new: NDArray[np.bool_]) -> Points:
    """Draw each new component by itself, around (0, 0)."""
    at = np.zeros_like(loose)
    size = np.bincount(label)
    chosen = [c for c in range(len(size)) if size[c] > 1 and new[np.argmax(label == c)]]
    small = np.isin(label, [c for c in chosen if size[c] <= _FEW])
    if small.any():
        at[small] = _small(network, label, loose, np.flatnonzero(small))
    for each in chosen:
        if size[each] > _FEW:
            nodes = np.flatnonzero(label == each)
            at[nodes] = _large(_part(network, nodes), loose[nodes])
    return at


def _part(network: Network, nodes: Index) -> Network:
    return Network(network.ties[nodes][:, nodes])


def _large(part: Network, loose: Points) -> Points:
    at = _begun(part, loose)
    tails, heads = ends(part)
    return _settled(at, lambda now: push_by_mesh(now) + pull(now, tails, heads))


def _small(network: Network, label: Index, loose: Points, nodes: Index) -> Points:
    """Draw many small components in one go: forces between nodes of the same one only."""
    begun = np.zeros((len(nodes), 2))
    groups = label[nodes]
    one, other = list[Index](), list[Index]()
    for each in np.unique(groups):
        inside = np.flatnonzero(groups == each)
        begun[inside] = _begun(_part(network, nodes[inside]), loose[nodes[inside]])
        above, below = np.triu_indices(len(inside), 1)
        one.append(inside[above])
        other.append(inside[below])
    first, second = np.concatenate(one), np.concatenate(other)
    tails, heads = ends(_part(network, nodes))
    return _settled(begun, lambda now: push_by_pairs(now, first, second) + pull(now, tails, heads))


def _begun(part: Network, loose: Points) -> Points:
    """Return where distances to a few pivots put the nodes of one component."""
    steps = _from_pivots(part)
    squared = steps**2
    centred = squared - squared.mean(axis=0) - squared.mean(axis=1)[:, None] + squared.mean()
    square = np.einsum("ij,ik->jk", centred, centred)  # adds in one order on every machine
    vectors = np.linalg.eigh(np.round(square, _DIGITS))[1][:, ::-1][:, :2]
    if vectors.shape[1] < 2:
        vectors = np.column_stack([vectors, np.zeros(len(vectors))])
    vectors = vectors * np.where(vectors[np.abs(vectors).argmax(axis=0), (0, 1)] < 0, -1, 1)
    at = np.einsum("ij,jk->ik", centred, vectors)
    wide = np.sqrt((at**2).sum() / len(at)) or 1.0
    spread = np.sqrt(len(at)) / 2
    begun: Points = np.round(at / wide * spread + 0.05 * loose, _DIGITS)
    return begun


def _from_pivots(part: Network) -> Points:
    """Return the steps from nodes as far apart as possible to every node."""
    ties = part.ties.astype(np.float64)
    ties.indices, ties.indptr = (  # older scipy walks over short integers only
        each.astype(np.int32) for each in (ties.indices, ties.indptr)
    )
    chosen = [int(part.degree.argmax())]
    rows = list[Points]()
    while True:
        rows.append(dijkstra(ties, directed=False, unweighted=True, indices=chosen[-1:])[0])
        near = np.min(rows, axis=0)
        if len(chosen) == _PIVOTS or near.max() == 0:
            return np.stack(rows, axis=1)
        chosen.append(int(near.argmax()))


def _settled(at: Points, force: Callable[[Points], Points]) -> Points:
    """Move nodes with the forces, in steps that become smaller; each component stays around 0."""
    longest = 0.1 * float(np.sqrt(len(at))) + 0.3
    for step in range(_STEPS):
        wanted = force(at)
        length = np.maximum(np.hypot(wanted[:, 0], wanted[:, 1]), 1e-12)
        allowed = longest * (1 - step / _STEPS) ** 1.5 + 0.002
        at = np.round(at + wanted * (np.minimum(length, allowed) / length)[:, None], _DIGITS)
    return at


# --- newcomers beside who was there -------------------------------------------------------------


def _beside(network: Network, fixed: Points, loose: Points, kept: NDArray[np.bool_]) -> Points:
    """Place newcomers in components of which somebody was there; return those components."""
    nodes = np.flatnonzero(kept)
    part = _part(network, nodes)
    at = _near_neighbours(part, fixed[nodes].copy(), loose[nodes])
    new = np.isnan(fixed[nodes, 0])
    if not new.any():
        return at
    tails, heads = ends(part)
    movable = np.flatnonzero(new)
    touched = new[tails] | new[heads]
    tails, heads = tails[touched], heads[touched]
    few = len(movable) * len(nodes) <= _AT_ONCE

    def force(now: Points) -> Points:
        push = _pushed(now, movable) if few else push_by_mesh(now)
        wanted = push + pull(now, tails, heads)
        wanted[~new] = 0.0
        return wanted

    return _settled(at, force)


def _near_neighbours(part: Network, at: Points, loose: Points) -> Points:
    """Begin each newcomer amid those neighbours that have a place, in rounds."""
    while True:
        known = ~np.isnan(at[:, 0])
        if known.all():
            return at
        told = part.ties @ known.astype(np.float64)
        sums = part.ties @ np.where(known[:, None], at, 0.0)
        ready = ~known & (told > 0)
        at[ready] = np.round(sums[ready] / told[ready, None] + 0.3 * loose[ready], _DIGITS)


def _pushed(at: Points, movable: Index) -> Points:
    """Return how everybody pushes at a few nodes."""
    one = np.repeat(movable, len(at))
    other = np.tile(np.arange(len(at)), len(movable))
    apart = one != other
    out = np.zeros_like(at)
    both = push_by_pairs(at, one[apart], other[apart])
    out[movable] = both[movable]
    return out


# --- side by side -------------------------------------------------------------------------------


def _packed(at: Points, label: Index, kept: NDArray[np.bool_]) -> Points:
    """Put the new components where there is room; a component lies around its own middle."""
    new = ~kept
    if not new.any():
        return at
    out = at.copy()
    groups = np.unique(label[new])
    inside = [np.flatnonzero(label == each) for each in groups]
    middle = [(at[nodes].min(axis=0) + at[nodes].max(axis=0)) / 2 for nodes in inside]
    radius = np.array(
        [
            np.hypot(*(at[nodes] - amid).T).max() + _ROOM
            for nodes, amid in zip(inside, middle, strict=True)
        ]
    )
    order = np.lexsort((groups, -radius))
    spots = free_spots(radius[order], taken=at[kept] if kept.any() else None, taken_radius=_ROOM)
    for place, which in enumerate(order):
        out[inside[which]] = at[inside[which]] - middle[which] + spots[place]
    return out
