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
from assetmap.sociometry.brokering import node_by_brokerage, whole_brokerage
from assetmap.sociometry.catalogue import MEASURES, Measure, assumptions
from assetmap.sociometry.chance import Chance, by_drawing, by_rewiring, by_shuffling
from assetmap.sociometry.connecting import (
    node_by_betweenness,
    node_by_betweenness_sampled,
    node_by_closeness,
    node_by_harmonic,
    node_is_cut_point,
    tie_is_bridge,
)
from assetmap.sociometry.dyads import (
    PairRegression,
    pairs_alike,
    pairs_apart,
    qap_correlation,
    qap_regression,
)
from assetmap.sociometry.falling_apart import (
    Aim,
    KeyPlayers,
    key_players,
    node_by_fragmentation,
    whole_fragmentation,
    whole_fragmentation_distance,
)
from assetmap.sociometry.gathering import gather_nodes, gather_whole
from assetmap.sociometry.groups import (
    Communities,
    communities,
    node_by_core,
    node_by_pagerank,
    node_in_community,
    node_in_component,
    same_names,
    whole_modularity,
)
from assetmap.sociometry.holes import (
    node_by_constraint,
    node_by_constraint_two_mode,
    node_by_constraint_whole,
    node_by_effective_size,
    node_by_effective_size_two_mode,
    node_by_effective_size_whole,
    node_by_efficiency,
    node_by_efficiency_whole,
    node_by_hierarchy,
    node_by_hierarchy_whole,
)
from assetmap.sociometry.mixing import (
    Mixing,
    ei_by_group,
    mixing_table,
    node_by_ei_index,
    node_in_age_band,
    whole_assortativity,
    whole_degree_assortativity,
    whole_ei_index,
    whole_numeric_assortativity,
)
from assetmap.sociometry.periphery import (
    CorePeriphery,
    core_periphery,
    node_by_coreness,
    node_is_core,
)
from assetmap.sociometry.reading import Readable, Reading
from assetmap.sociometry.stopping import FallsAway, falls_away, leaning_on_one, offered_by_one
from assetmap.sociometry.surroundings import Openness, housing_openness, openness
from assetmap.sociometry.wholes import (
    node_by_clustering,
    whole_closeness_centralisation,
    whole_clustering,
    whole_components,
    whole_degree_centralisation,
    whole_density,
    whole_geodesics,
    whole_mean_distance,
    whole_reciprocity,
    whole_transitivity,
)

__all__ = [
    "MEASURES",
    "Aim",
    "Chance",
    "Communities",
    "CorePeriphery",
    "FallsAway",
    "KeyPlayers",
    "Measure",
    "Mixing",
    "Openness",
    "PairRegression",
    "Readable",
    "Reading",
    "assumptions",
    "by_drawing",
    "by_rewiring",
    "by_shuffling",
    "communities",
    "core_periphery",
    "ei_by_group",
    "falls_away",
    "gather_nodes",
    "gather_whole",
    "housing_openness",
    "key_players",
    "leaning_on_one",
    "mixing_table",
    "node_by_betweenness",
    "node_by_betweenness_sampled",
    "node_by_brokerage",
    "node_by_closeness",
    "node_by_clustering",
    "node_by_constraint",
    "node_by_constraint_two_mode",
    "node_by_constraint_whole",
    "node_by_core",
    "node_by_coreness",
    "node_by_degree",
    "node_by_effective_size",
    "node_by_effective_size_two_mode",
    "node_by_effective_size_whole",
    "node_by_efficiency",
    "node_by_efficiency_whole",
    "node_by_ei_index",
    "node_by_fragmentation",
    "node_by_harmonic",
    "node_by_hierarchy",
    "node_by_hierarchy_whole",
    "node_by_pagerank",
    "node_by_ties_with_residents",
    "node_by_ties_with_workers",
    "node_in_age_band",
    "node_in_community",
    "node_in_component",
    "node_is_core",
    "node_is_cut_point",
    "node_is_isolate",
    "node_is_only_with_workers",
    "node_is_pendant",
    "offered_by_one",
    "openness",
    "pairs_alike",
    "pairs_apart",
    "qap_correlation",
    "qap_regression",
    "same_names",
    "tie_is_bridge",
    "whole_assortativity",
    "whole_brokerage",
    "whole_closeness_centralisation",
    "whole_clustering",
    "whole_components",
    "whole_degree_assortativity",
    "whole_degree_centralisation",
    "whole_density",
    "whole_ei_index",
    "whole_fragmentation",
    "whole_fragmentation_distance",
    "whole_geodesics",
    "whole_mean_distance",
    "whole_modularity",
    "whole_numeric_assortativity",
    "whole_reciprocity",
    "whole_transitivity",
]
