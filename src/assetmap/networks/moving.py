"""The two steps of a search for groups: moving nodes, and splitting groups into joined parts.

Plain lists, because these steps look at one node after another.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Level", "move", "refine"]

LITTLE = 1e-12
"""A gain that is smaller, as a share of all weight, is none: it is rounding."""


@dataclass(frozen=True, eq=False)
class Level:
    """A network in which a node may stand for several.

    Attributes
    ----------
    near, weight : list of list
        Of each node: those it is joined to, itself left out, and how strongly.
    strength : list of float
        Of each node: the weight of its ties, twice that within it.
    total : float
        Of all nodes.
    """

    near: list[list[int]]
    weight: list[list[float]]
    strength: list[float]
    total: float

    @property
    def count(self) -> int:
        """Number of nodes."""
        return len(self.near)

    @classmethod
    def of(cls, ties: Any) -> Level:
        """Read a symmetric matrix; the diagonal is what lies within a node."""
        ties.sort_indices()
        at, near, weight = ties.indptr.tolist(), ties.indices.tolist(), ties.data.tolist()
        strength = np.asarray(ties.sum(axis=1)).ravel()
        nears, weights = list[list[int]](), list[list[float]]()
        for node, (start, end) in enumerate(pairwise(at)):
            pairs = [
                (to, w)
                for to, w in zip(near[start:end], weight[start:end], strict=True)
                if to != node
            ]
            nears.append([to for to, _ in pairs])
            weights.append([w for _, w in pairs])
        return cls(nears, weights, strength.tolist(), float(strength.sum()))


def move(
    level: Level, label: NDArray[np.int64], rng: np.random.Generator, resolution: float
) -> NDArray[np.int64]:
    """Move nodes one by one to the group with the largest gain, until none gains.

    A node that moved puts its neighbours, as far as they are elsewhere, in the queue again.
    """
    group = label.tolist()
    share = resolution / level.total
    least = LITTLE * level.total
    weight_of, members = [0.0] * level.count, [0] * level.count
    for node, own in enumerate(group):
        weight_of[own] += level.strength[node]
        members[own] += 1
    empty = [name for name in range(level.count - 1, -1, -1) if not members[name]]
    queue = deque(rng.permutation(level.count).tolist())
    waiting = [True] * level.count
    while queue:
        node = queue.popleft()
        waiting[node] = False
        own, near, strength = group[node], level.near[node], level.strength[node]
        links = _links(own, [group[other] for other in near], level.weight[node])
        cost = share * strength
        weight_of[own] -= strength
        best, most = own, links[own] - cost * weight_of[own] + least
        if len(links) > 1:
            for name, weight in links.items():
                gain = weight - cost * weight_of[name]
                if gain > most:
                    best, most = name, gain
        if most < 0 and members[own] > 1:
            best = empty.pop()
        weight_of[best] += strength
        if best != own:
            members[own] -= 1
            members[best] += 1
            if not members[own]:
                empty.append(own)
            group[node] = best
            again = [other for other in near if group[other] != best and not waiting[other]]
            queue.extend(again)
            for other in again:
                waiting[other] = True
    return np.array(group, dtype=np.int64)


def _links(own: int, names: list[int], weights: list[float]) -> dict[int, float]:
    """Return how strongly a node is tied to each group, its own included."""
    links = {own: 0.0}
    for name, weight in zip(names, weights, strict=True):
        if name in links:
            links[name] += weight
        else:
            links[name] = weight
    return links


def refine(
    level: Level, label: NDArray[np.int64], rng: np.random.Generator, resolution: float
) -> NDArray[np.int64]:
    """Split each group into parts that hang together well; return the part of each node.

    Every node begins alone; in random order, one that is still alone and has enough ties to the
    rest of its group joins the part of that group with the largest gain, if it is one with enough
    ties to the rest itself.
    """
    group = label.tolist()
    share = resolution / level.total
    weight_of = np.bincount(label, weights=level.strength).tolist()
    part = list(range(level.count))
    inside = list(level.strength)
    cut = [
        sum(
            weight
            for other, weight in zip(level.near[node], level.weight[node], strict=True)
            if group[other] == group[node]
        )
        for node in range(level.count)
    ]
    alone = [True] * level.count
    for node in rng.permutation(level.count).tolist():
        own, strength = group[node], level.strength[node]
        rest = weight_of[own]
        if not alone[node] or cut[node] < share * strength * (rest - strength):
            continue
        links = dict[int, float]()
        for other, weight in zip(level.near[node], level.weight[node], strict=True):
            if group[other] == own:
                links[part[other]] = links.get(part[other], 0.0) + weight
        best, most = node, 0.0
        for name, weight in links.items():
            gain = weight - share * strength * inside[name]
            joined = cut[name] >= share * inside[name] * (rest - inside[name])
            if gain > most and joined:
                best, most = name, gain
        if best != node:
            part[node] = best
            alone[node] = alone[best] = False
            cut[best] += cut[node] - 2 * links[best]
            inside[best] += strength
    return np.array(part, dtype=np.int64)
