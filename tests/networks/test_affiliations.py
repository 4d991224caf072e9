"""Structural holes in two-mode networks, against the definition told with sets."""

from __future__ import annotations

from math import isnan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.networks import Network
from assetmap.networks.affiliations import affiliations

TIES = st.sets(st.tuples(st.integers(0, 5), st.integers(6, 10)), max_size=20)


def network(ties: set[tuple[int, int]]) -> Network:
    """Six people and five places."""
    ends = sorted(ties)
    mode = [0] * 6 + [1] * 5
    return Network.from_ties(11, [a for a, _ in ends], [b for _, b in ends], mode=mode)


def by_hand(ties: set[tuple[int, int]], node: int) -> tuple[float, float] | None:
    """Follow the definition of the paper, word for word."""
    near = {n: {b for a, b in ties if a == n} | {a for a, b in ties if b == n} for n in range(11)}
    peers = {j for place in near[node] for j in near[place]} - {node}
    if not peers:
        return None
    counted = [place for place in near[node] if len(near[place]) > 1]
    constraint = sum((len(near[node] & near[j]) / len(counted)) ** 2 for j in peers)
    redundant = 0.0
    for j in peers:
        also = {q for q in peers - {j} if near[node] & near[j] & near[q]}
        redundant += len(also) / len(peers)
    return constraint, len(peers) - redundant


@settings(max_examples=60)
@given(TIES)
def test_both_measures_are_those_of_the_definition(ties: set[tuple[int, int]]) -> None:
    """For every node of both modes; missing for who meets nobody."""
    found = affiliations(network(ties))
    for node in range(11):
        wanted = by_hand(ties, node)
        got = found.constraint[node], found.effective_size[node]
        if wanted is None:
            assert isnan(got[0])
            assert isnan(got[1])
        else:
            assert got == pytest.approx(wanted, rel=1e-12)


def test_weights_make_no_difference() -> None:
    """The published measures for unweighted ties."""
    ends = [0, 1, 1, 2], [6, 6, 7, 7]
    plain = affiliations(Network.from_ties(8, *ends, mode=[0] * 6 + [1] * 2))
    heavy = affiliations(Network.from_ties(8, *ends, weight=[1, 2, 3, 4], mode=[0] * 6 + [1] * 2))
    np.testing.assert_array_equal(plain.constraint, heavy.constraint)
    np.testing.assert_array_equal(plain.effective_size, heavy.effective_size)
