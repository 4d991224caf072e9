"""The neighbourhood as a networkx graph: who knows whom, and what is around them.

Read in this order: `schema` (what the graph may hold), `building` (from tables to graph),
`knowing` (the network of people in it), `projections` (who shares what), `acquaintance` (who
could introduce whom), `comparing` (what changed), `company` (who has hardly a tie); `edges`
makes a graph of any other network.
could introduce whom), `exports` (what leaves, and for whom); `edges` makes a graph of any other
network.
could introduce whom), `first_look` (a few counts), `exports` (what leaves, and for whom); `edges`
`knowing` (the network of people in it), `projections` (who shares what), `acquaintance` (chains),
`street` and `grounds` (who may meet whom, and why), `introducing` (who could), `triangles` (which
ties are likely), `comparing` (what changed), `company` (who has hardly a tie). `edges` makes a
graph of any other network, `kumu` of a map in Kumu.
:mod:`assetmap.graph` is the front door.
"""

from __future__ import annotations

from assetmap.ties.acquaintance import acquaintances, chain, common
from assetmap.ties.building import build
from assetmap.ties.company import (
    Company,
    CompanyByArea,
    NearlyAlone,
    NearlyAloneResident,
    nearly_alone,
    nearly_alone_by_area,
)
from assetmap.ties.comparing import Change, Comparison, Effect, TieChange, compare, effect
from assetmap.ties.edges import from_edges
from assetmap.ties.exports import (
    SharedNetwork,
    for_audience,
    to_frames,
    to_igraph,
    to_networkx,
    to_sparse,
    without_sensitive,
    write_csv,
    write_cytoscape,
    write_gexf,
    write_graphml,
    write_json,
    write_kumu,
    write_measures,
)
from assetmap.ties.first_look import Glance, glance
from assetmap.ties.grounds import Ground, IntroductionReason
from assetmap.ties.introducing import Introduction, Introductions, introductions
from assetmap.ties.knowing import people
from assetmap.ties.kumu import read_kumu
from assetmap.ties.placing import positions
from assetmap.ties.projections import PROJECTIONS, project
from assetmap.ties.schema import ATTRIBUTES, EDGE_KINDS, NODE_KINDS, EdgeKind, NodeKind
from assetmap.ties.triangles import closing_triangles

__all__ = [
    "ATTRIBUTES",
    "EDGE_KINDS",
    "NODE_KINDS",
    "PROJECTIONS",
    "Change",
    "Company",
    "CompanyByArea",
    "Comparison",
    "EdgeKind",
    "Effect",
    "Glance",
    "Ground",
    "Introduction",
    "IntroductionReason",
    "Introductions",
    "NearlyAlone",
    "NearlyAloneResident",
    "NodeKind",
    "SharedNetwork",
    "TieChange",
    "acquaintances",
    "build",
    "chain",
    "closing_triangles",
    "common",
    "compare",
    "effect",
    "for_audience",
    "from_edges",
    "glance",
    "introductions",
    "nearly_alone",
    "nearly_alone_by_area",
    "people",
    "positions",
    "project",
    "read_kumu",
    "to_frames",
    "to_igraph",
    "to_networkx",
    "to_sparse",
    "without_sensitive",
    "write_csv",
    "write_cytoscape",
    "write_gexf",
    "write_graphml",
    "write_json",
    "write_kumu",
    "write_measures",
]
