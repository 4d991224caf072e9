"""From a network to a file or another library, for one audience.

Read in this order: `shared` (what may be shared, field by field), `sensitive` (what only the team
may know), `audience` (who gets what; `one_by_one` for the team and research, `by_area` for
residents and the council), `plain` (nodes and edges that every file can hold), and then the files
and objects.
"""

from __future__ import annotations

from assetmap.ties.exports.audience import for_audience
from assetmap.ties.exports.json_files import write_cytoscape, write_json
from assetmap.ties.exports.objects import to_frames, to_igraph, to_networkx, to_sparse
from assetmap.ties.exports.sensitive import without_sensitive
from assetmap.ties.exports.shared import SharedNetwork
from assetmap.ties.exports.table_files import write_csv, write_kumu, write_measures
from assetmap.ties.exports.xml_files import write_gexf, write_graphml

__all__ = [
    "SharedNetwork",
    "for_audience",
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
