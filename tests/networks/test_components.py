"""Components against networkx; groups numbered by their size."""

from __future__ import annotations

import networkx as nx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.networks.components import by_size, components
from tests.networks.drawn import arrays, graphs


@settings(max_examples=40, deadline=None)
@given(graphs(directed=None))
def test_components_are_the_weak_ones_largest_first(graph: nx.Graph) -> None:
    """Same label, same component; of equal size the one with the first node has the lower."""
    plain = graph.to_undirected()
    found = sorted(nx.connected_components(plain), key=lambda part: (-len(part), min(part)))
    expected = {node: at for at, part in enumerate(found) for node in part}
    assert components(arrays(graph)).tolist() == [expected[node] for node in range(len(graph))]


@given(st.lists(st.integers(0, 5)))
def test_numbers_by_size_keep_the_groups(label: list[int]) -> None:
    """The same are together as before, and sizes do not grow with the number."""
    new = by_size(np.array(label, dtype=np.int64)).tolist()
    assert len(set(zip(label, new, strict=True))) == len(set(label)) == len(set(new))
    sizes = [new.count(name) for name in sorted(set(new))]
    assert sizes == sorted(sizes, reverse=True)
