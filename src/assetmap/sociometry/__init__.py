"""What is measured on a network: one function per measure, and what each assumes.

Read in this order: `reading` (from networkx to arrays), `catalogue` (what each measure means, as
data), `telling` (numbers back into pandas). Then the rooms, one per question that somebody asks;
`gathering` has them all at once.
Names say what comes back: ``node_by_*`` a number per node, ``node_is_*`` a mark, ``node_in_*`` a
membership, ``tie_*`` something per tie, ``whole_*`` about the network.
:mod:`assetmap.graph` is the front door.
"""

from __future__ import annotations

from assetmap.sociometry.alone import (
    node_by_degree,
    node_by_ties_with_residents,
    node_by_ties_with_workers,
    node_is_isolate,
    node_is_only_with_workers,
    node_is_pendant,
)
from assetmap.sociometry.catalogue import MEASURES, Measure, assumptions
from assetmap.sociometry.gathering import gather_nodes, gather_whole
from assetmap.sociometry.reading import Readable, Reading

__all__ = [
    "MEASURES",
    "Measure",
    "Readable",
    "Reading",
    "assumptions",
    "gather_nodes",
    "gather_whole",
    "node_by_degree",
    "node_by_ties_with_residents",
    "node_by_ties_with_workers",
    "node_is_isolate",
    "node_is_only_with_workers",
    "node_is_pendant",
]
