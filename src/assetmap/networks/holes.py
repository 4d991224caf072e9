"""Structural holes: what somebody's contacts have of each other (Burt 1992)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from assetmap.networks.memory import remembered
from assetmap.networks.network import Network
from assetmap.networks.triangles import tails, triples

__all__ = ["Holes", "ego_holes", "whole_holes"]

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Holes:
    """Burt's measures of every node; NaN where there is none.

    Attributes
    ----------
    constraint, effective_size, efficiency, hierarchy : array of float
        NaN for whoever has no tie; hierarchy also for whoever has one.
    """

    constraint: Numbers
    effective_size: Numbers
    efficiency: Numbers
    hierarchy: Numbers


@remembered
def whole_holes(network: Network) -> Holes:
    """Work out Burt's measures with the ties that contacts have anywhere in the network.

    With s the ties both ways added up, p[i, j] = s[i, j] / sum of s[i, .] over everybody, and
    m[j, q] = s[j, q] / largest of s[j, .] over everybody.
    """
    ties = _both_ways(network)
    closed, row = triples(network), tails(ties)
    share = ties.data / _sums(ties)[row]
    through = np.bincount(closed.ij, share[closed.iq] * share[closed.qj], ties.nnz)
    largest = np.zeros(network.count)
    np.maximum.at(largest, row, ties.data)
    strength = share[closed.iq] * ties.data[closed.qj]
    redundant = np.bincount(closed.ij, strength, ties.nnz) / largest[ties.indices]
    return _told(ties, row, share + through, redundant)


@remembered
def ego_holes(network: Network) -> Holes:
    """Work out Burt's measures within each node's own network of contacts.

    As :func:`whole_holes`, but sums and the largest tie of a contact only look at the node
    itself and its other contacts.
    """
    ties = _both_ways(network)
    closed, row, size = triples(network), tails(ties), ties.data
    share = size / _sums(ties)[row]
    inside = size + np.bincount(closed.iq, size[closed.qj], ties.nnz)
    through = share[closed.iq] * size[closed.qj]
    invested = share + np.bincount(closed.ij, through / inside[closed.iq], ties.nnz)
    largest = size.copy()
    np.maximum.at(largest, closed.ij, size[closed.qj])
    return _told(ties, row, invested, np.bincount(closed.ij, through, ties.nnz) / largest)


def _both_ways(network: Network) -> Any:
    """Return the ties with those the other way added; as they are where there is no direction."""
    if not network.directed:
        return network.ties
    ties = sp.csr_array(network.ties + network.ties.T)
    ties.sort_indices()
    return ties


def _sums(ties: Any) -> Numbers:
    return np.bincount(tails(ties), ties.data, ties.shape[0]).astype(np.float64)


def _told(ties: Any, row: NDArray[np.int64], invested: Numbers, redundant: Numbers) -> Holes:
    """Add up what each tie contributes."""
    count = ties.shape[0]
    degree = np.diff(ties.indptr).astype(np.float64)
    part = invested**2
    constraint = np.bincount(row, part, count)
    effective = degree - np.bincount(row, redundant, count)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = part / (constraint / degree)[row]
        uneven = np.bincount(row, ratio * np.log(ratio), count) / (degree * np.log(degree))
        efficiency = effective / degree
    none, few = degree == 0, degree < 2
    return Holes(
        np.where(none, np.nan, constraint),
        np.where(none, np.nan, effective),
        np.where(none, np.nan, efficiency),
        np.where(few, np.nan, uneven),
    )
