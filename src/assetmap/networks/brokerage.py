"""Who stands between whom, by group (Gould & Fernandez 1989), and what chance would give.

Somebody brokers an ordered pair: a has a tie to the broker b, b has one to c, a has none to c.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from assetmap.networks.network import Network
from assetmap.networks.triangles import tails, triples

__all__ = ["ROLES", "Brokerage", "brokerage", "expected_of_all", "expected_of_each"]

ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison", "total")
"""Coordinator: all three in one group. Itinerant: the two others are in one group, the broker
is not. Gatekeeper: the pair comes in from another group to one's own. Representative: it goes
out from one's own. Liaison: three groups."""

_TWICE = np.array([2.0, 2.0, 1.0, 1.0, 2.0, 2.0])
_AGAIN = np.array([2.0, 0.0, 1.0, 1.0, 2.0, 2.0])
Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Brokerage:
    """Brokerage by role, in the order of :data:`ROLES`.

    Attributes
    ----------
    raw : array of int, n x 6
        Ordered pairs that each node brokers.
    expected, deviation : array of float, n x 6
        Mean and standard deviation where every ordered pair has a tie with the same chance.
    whole : array of float, 6 x 3
        Raw, expected and standard deviation of the network.
    """

    raw: Whole
    expected: Numbers
    deviation: Numbers
    whole: Numbers


def brokerage(network: Network, group: Whole, *, mutual: bool = False) -> Brokerage:
    """Count whom each node brokers, by role.

    Parameters
    ----------
    network : Network
        An undirected tie counts both ways.
    group : array of int
        The group of each node: 0, 1, 2, ..., none of them empty.
    mutual : bool, default False
        What chance would give: a tie each way on its own, or (True) both ways at once.

    Notes
    -----
    The chance of a tie is the density of the network; the sizes of the groups are as they are.
    """
    sizes, count = np.bincount(group).astype(np.float64), network.count
    density = network.ties.nnz / (count * (count - 1)) if count > 1 else 0.0
    raw = _counted(network, group)
    mean, variance = expected_of_each(sizes, density, mutual=mutual)
    all_mean, all_variance = expected_of_all(sizes, density, mutual=mutual)
    whole = np.column_stack([raw.sum(axis=0), all_mean, np.sqrt(all_variance)])
    return Brokerage(raw, mean[group], np.sqrt(variance)[group], whole)


def _counted(network: Network, group: Whole) -> Whole:
    """Count pairs from who comes in and who goes out; take off who need no broker."""
    ties, count = network.unweighted.ties, network.count
    shape = count, int(group.max(initial=-1)) + 1
    member = sp.csr_array((np.ones(count), (np.arange(count), group)), shape=shape)
    both = sp.csr_array(ties.multiply(ties.T))
    into, out, back = (sp.csr_array(part @ member) for part in (ties.T, ties, both))
    own = np.arange(count), group
    into_own, out_own, back_own = (_at(part, *own) for part in (into, out, back))
    into_all, out_all, back_all = (_rows(part) for part in (into, out, back))
    alike = _rows(into.multiply(out)) - into_own * out_own
    into_other, out_other = into_all - into_own, out_all - out_own
    roles = np.column_stack(
        [
            into_own * out_own - back_own,
            alike - (back_all - back_own),
            into_other * out_own,
            into_own * out_other,
            into_other * out_other - alike,
        ]
    ).astype(np.int64)
    roles -= _needless(network, group)
    return np.column_stack([roles, roles.sum(axis=1)])


def _rows(part: Any) -> Whole:
    return np.asarray(part.sum(axis=1)).ravel().astype(np.int64)


def _at(part: Any, row: Whole, column: Whole) -> Whole:
    chosen = sp.csr_array((np.ones(row.size), (row, column)), shape=part.shape)
    return _rows(part.multiply(chosen))


def _needless(network: Network, group: Whole) -> Whole:
    """Count, by role, the pairs whose first has a tie to the last as well."""
    closed, joined = triples(network), network.undirected.ties
    keys = tails(joined) * network.count + joined.indices
    there = np.isin(keys, tails(network.ties) * network.count + network.ties.indices)
    kept = there[closed.iq] & there[closed.qj] & there[closed.ij]
    a, b, c = (group[node[kept]] for node in (closed.i, closed.q, closed.j))
    role = np.select([(a == b) & (b == c), a == c, b == c, a == b], [0, 1, 2, 3], default=4)
    counted = np.bincount(closed.q[kept] * 5 + role, minlength=5 * network.count)
    return counted.reshape(network.count, 5).astype(np.int64)


def expected_of_each(
    sizes: Numbers, density: float, *, mutual: bool = False
) -> tuple[Numbers, Numbers]:
    """Return mean and variance of each role for a broker of each group.

    With d the density, a pair is brokered with chance q = d²(1 - d). Two pairs of one broker
    vary together only when they share who comes in, or who goes out: by d³(1 - d)³.
    """
    d, n, every = density, sizes, sizes.sum()
    rest = every - n
    others = (n * (n - 1)).sum() - n * (n - 1)
    squares = (n**2).sum() - n**2
    pairs = [
        (n - 1) * (n - 2),
        others,
        rest * (n - 1),
        rest * (n - 1),
        rest**2 - squares,
        np.full_like(n, (every - 1) * (every - 2)),
    ]
    across = np.zeros_like(n)
    for own in range(n.size):
        other = np.delete(n, own)
        left = rest[own] - other
        across[own] = 2 * (other * left * (left - 1)).sum()
    triple = n * (n - 1) * (n - 2)
    sharing = [
        2 * (n - 1) * (n - 2) * (n - 3),
        2 * (triple.sum() - triple),
        rest * (n - 1) * (n - 2 + rest - 1),
        rest * (n - 1) * (n - 2 + rest - 1),
        across,
        np.full_like(n, 2 * (every - 1) * (every - 2) * (every - 3)),
    ]
    q = d**2 * (1 - d)
    number = np.column_stack(pairs)
    variance = number * q * (1 - q) + np.column_stack(sharing) * (d * (1 - d)) ** 3
    # + 0.0: what is none is 0, without a minus
    return number * q + 0.0, variance * (_TWICE if mutual else 1.0) + 0.0


def expected_of_all(
    sizes: Numbers, density: float, *, mutual: bool = False
) -> tuple[Numbers, Numbers]:
    """Return mean and variance of each role for the whole network.

    Two brokered pairs vary together when they share a tie that both need (by d³(1 - d)³), that
    both may not have (d⁵(1 - d)), or that one needs and the other may not have (- d⁴(1 - d)²).
    Ties are counted by the groups they join; what is counted twice on the same three nodes is
    put right.
    """
    d, every = density, sizes.sum()
    joined = np.outer(sizes, sizes) - np.diag(sizes)
    uses = _uses(sizes)
    needed, barred = uses[:, 0] + uses[:, 1], uses[:, 2]
    number = (joined * uses[:, 0]).sum(axis=(1, 2))
    q = d**2 * (1 - d)
    need, bar, mixed = (d * (1 - d)) ** 3, d**5 * (1 - d), d**4 * (1 - d) ** 2
    weight = np.ones(6)
    if mutual:
        needed, barred = (part + part.swapaxes(1, 2) for part in (needed, barred))
        joined, weight = joined / 2, _TWICE
        again = (_AGAIN * _TWICE) * number * (mixed - need)
    else:
        again = _AGAIN * number * mixed
    share = weight[:, None, None]
    together = (
        needed * (needed - share) * need
        + barred * (barred - share) * bar
        - 2 * needed * barred * mixed
    )
    variance = weight * number * q * (1 - q) + (joined * together).sum(axis=(1, 2)) + again
    return number * q + 0.0, np.where(every > 2, np.maximum(variance, 0.0), 0.0)


def _uses(sizes: Numbers) -> Numbers:
    """Return for how many third nodes a tie comes first, second, or may not be there.

    By role, by these three, and by the groups that the tie goes from and to.
    """
    n, m = np.meshgrid(sizes, sizes, indexing="ij")
    rest, every = sizes.sum() - n, sizes.sum()
    same = np.eye(sizes.size, dtype=bool)
    apart = np.where(same, 0.0, 1.0)
    one, within = np.where(same, n - 2, 0.0), np.where(same, rest, 0.0)
    tail, head, third = (n - 1) * apart, (m - 1) * apart, (every - n - m) * apart
    anybody = np.full_like(n, every - 2)
    return np.array(
        [
            [one, one, one],
            [tail, head, within],
            [head, within, head],
            [within, tail, tail],
            [third, third, third],
            [anybody, anybody, anybody],
        ]
    )
