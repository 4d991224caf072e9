"""Ties that would close a triangle: two who know the same people and not each other."""

from __future__ import annotations

from collections import defaultdict
from math import log
from typing import TYPE_CHECKING, Any

from assetmap.errors import UnusableInput
from assetmap.ties.order import in_id_order

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

__all__ = ["closing_triangles"]


def closing_triangles(network: nx.Graph[Any]) -> pd.DataFrame:
    """List the pairs that have acquaintances in common and no tie, with indices of likely ties.

    Each index is a property of a pair, never of a person. No index knows whether the two would
    like to meet: :func:`introductions` looks at that, with this as one ingredient.

    Parameters
    ----------
    network : networkx.Graph
        Without a direction; weights and ties of a node to itself are not looked at.

    Returns
    -------
    pandas.DataFrame
        A row per pair, the highest Adamic-Adar first, then by id: ``a``, ``b``,
        ``common_neighbours``, ``jaccard`` (common, of all whom either knows),
        ``adamic_adar`` (the sum of 1/ln(ties) over those in common),
        ``resource_allocation`` (the sum of 1/ties).

    Raises
    ------
    UnusableInput
        A network with a direction, or a two-mode network.

    References
    ----------
    D. Liben-Nowell, J. Kleinberg, "The link-prediction problem for social networks", Journal of
    the American Society for Information Science and Technology 58 (2007), 1019-1031.

    Examples
    --------
    >>> import networkx as nx
    >>> closing_triangles(nx.Graph([("a", "x"), ("x", "b"), ("a", "y"), ("y", "b")])).iloc[
    ...     0
    ... ].to_dict()["common_neighbours"]
    2
    """
    import pandas as pd

    if network.is_directed():
        raise UnusableInput("closing_triangles needs a network without a direction")
    modes = {facts.get("bipartite") for _, facts in network.nodes(data=True)}
    if len(modes) > 1:
        raise UnusableInput("in a two-mode network no triangle closes; project it first")
    known = {n: set(network.adj[n]) - {n} for n in in_id_order(network)}
    place = {node: at for at, node in enumerate(known)}
    common = defaultdict[tuple[Any, Any], list[Any]](list)
    for middle, others in known.items():
        ordered = sorted(others, key=place.__getitem__)
        for at, a in enumerate(ordered):
            for b in ordered[at + 1 :]:
                if b not in known[a]:
                    common[a, b].append(middle)
    rows = [
        (
            a,
            b,
            len(between),
            len(between) / len(known[a] | known[b]),
            sum(1 / log(len(known[node])) for node in between),
            sum(1 / len(known[node]) for node in between),
        )
        for (a, b), between in common.items()
    ]
    rows.sort(key=lambda row: (-row[4], place[row[0]], place[row[1]]))
    heads = ["a", "b", "common_neighbours", "jaccard", "adamic_adar", "resource_allocation"]
    frame = pd.DataFrame(rows, columns=heads)
    frame.attrs["assumptions"] = "weights and ties of a node to itself are not looked at"
    return frame
