"""The front door to networks: build one, measure it, ask who could meet whom.

:func:`build` makes a plain ``networkx.MultiDiGraph`` of a neighbourhood whose nodes and edges
carry a `kind` and only the attributes that the schema allows, each with one type wherever it
occurs, so that GraphML and GEXF always write. :func:`people` is the network of acquaintance in
it; :func:`from_edges` takes any other network. Every measure is a function that takes such a
graph; what stands behind them lives in :mod:`assetmap.ties` and :mod:`assetmap.sociometry`.
"""

from __future__ import annotations

from assetmap.sociometry import MEASURES, Measure, assumptions, node_by_degree, node_is_isolate
from assetmap.ties import (
    ATTRIBUTES,
    EDGE_KINDS,
    NODE_KINDS,
    EdgeKind,
    NodeKind,
    acquaintances,
    build,
    chain,
    common,
    from_edges,
    people,
)

__all__ = [
    "ATTRIBUTES",
    "EDGE_KINDS",
    "MEASURES",
    "NODE_KINDS",
    "EdgeKind",
    "Measure",
    "NodeKind",
    "acquaintances",
    "assumptions",
    "build",
    "chain",
    "common",
    "from_edges",
    "node_by_degree",
    "node_is_isolate",
    "people",
]
