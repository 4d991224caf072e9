"""The front door to networks: build one, measure it, ask who could meet whom.

:func:`build` makes a plain ``networkx.MultiDiGraph`` of a neighbourhood whose nodes and edges
carry a `kind` and only the attributes that the schema allows, each with one type wherever it
occurs, so that GraphML and GEXF always write. :func:`people` is the network of acquaintance in
it; :func:`from_edges` takes any other network. Every measure is a function that takes such a
graph; what stands behind them lives in :mod:`assetmap.ties` and :mod:`assetmap.sociometry`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assetmap import sociometry
from assetmap.sociometry import (
    MEASURES,
    Aim,
    Chance,
    Communities,
    CorePeriphery,
    FallsAway,
    KeyPlayers,
    Measure,
    Mixing,
    Openness,
    PairRegression,
    assumptions,
    by_drawing,
    by_rewiring,
    by_shuffling,
    communities,
    core_periphery,
    ei_by_group,
    falls_away,
    housing_openness,
    key_players,
    leaning_on_one,
    mixing_table,
    node_by_betweenness,
    node_by_betweenness_sampled,
    node_by_brokerage,
    node_by_closeness,
    node_by_clustering,
    node_by_constraint,
    node_by_constraint_two_mode,
    node_by_constraint_whole,
    node_by_core,
    node_by_coreness,
    node_by_degree,
    node_by_effective_size,
    node_by_effective_size_two_mode,
    node_by_effective_size_whole,
    node_by_efficiency,
    node_by_efficiency_whole,
    node_by_ei_index,
    node_by_fragmentation,
    node_by_harmonic,
    node_by_hierarchy,
    node_by_hierarchy_whole,
    node_by_pagerank,
    node_by_ties_with_residents,
    node_by_ties_with_workers,
    node_in_age_band,
    node_in_community,
    node_in_component,
    node_is_core,
    node_is_cut_point,
    node_is_isolate,
    node_is_only_with_workers,
    node_is_pendant,
    offered_by_one,
    openness,
    pairs_alike,
    pairs_apart,
    qap_correlation,
    qap_regression,
    same_names,
    tie_is_bridge,
    whole_assortativity,
    whole_brokerage,
    whole_closeness_centralisation,
    whole_clustering,
    whole_components,
    whole_degree_assortativity,
    whole_degree_centralisation,
    whole_density,
    whole_ei_index,
    whole_fragmentation,
    whole_fragmentation_distance,
    whole_geodesics,
    whole_mean_distance,
    whole_modularity,
    whole_numeric_assortativity,
    whole_reciprocity,
    whole_transitivity,
)
from assetmap.ties import (
    ATTRIBUTES,
    EDGE_KINDS,
    NODE_KINDS,
    PROJECTIONS,
    Change,
    Company,
    CompanyByArea,
    Comparison,
    EdgeKind,
    Effect,
    Glance,
    Ground,
    Introduction,
    IntroductionReason,
    Introductions,
    NearlyAlone,
    NearlyAloneResident,
    NodeKind,
    SharedNetwork,
    TieChange,
    acquaintances,
    build,
    chain,
    closing_triangles,
    common,
    compare,
    effect,
    for_audience,
    from_edges,
    glance,
    introductions,
    nearly_alone,
    nearly_alone_by_area,
    people,
    positions,
    project,
    read_kumu,
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

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "ATTRIBUTES",
    "EDGE_KINDS",
    "MEASURES",
    "NODE_KINDS",
    "PROJECTIONS",
    "Aim",
    "Chance",
    "Change",
    "Communities",
    "Company",
    "CompanyByArea",
    "Comparison",
    "CorePeriphery",
    "EdgeKind",
    "Effect",
    "FallsAway",
    "Glance",
    "Ground",
    "Introduction",
    "IntroductionReason",
    "Introductions",
    "KeyPlayers",
    "Measure",
    "Mixing",
    "NearlyAlone",
    "NearlyAloneResident",
    "NodeKind",
    "Openness",
    "PairRegression",
    "SharedNetwork",
    "TieChange",
    "acquaintances",
    "assumptions",
    "build",
    "by_drawing",
    "by_rewiring",
    "by_shuffling",
    "chain",
    "closing_triangles",
    "common",
    "communities",
    "compare",
    "core_periphery",
    "effect",
    "ei_by_group",
    "falls_away",
    "for_audience",
    "from_edges",
    "glance",
    "housing_openness",
    "introductions",
    "key_players",
    "leaning_on_one",
    "measures",
    "mixing_table",
    "nearly_alone",
    "nearly_alone_by_area",
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
    "people",
    "positions",
    "project",
    "qap_correlation",
    "qap_regression",
    "read_kumu",
    "same_names",
    "tie_is_bridge",
    "to_frames",
    "to_igraph",
    "to_networkx",
    "to_sparse",
    "whole",
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
    "without_sensitive",
    "write_csv",
    "write_cytoscape",
    "write_gexf",
    "write_graphml",
    "write_json",
    "write_kumu",
    "write_measures",
]


def measures(
    graph: sociometry.Readable, attribute: str | None = None, seed: int = 0
) -> pd.DataFrame:
    """Return the measures of every node: a row per node, a column per measure.

    Parameters
    ----------
    graph : networkx.Graph
        Any network; one of :func:`build` is read as the network of people.
    attribute : str, optional
        The attribute of the nodes for measures that look at one, such as brokerage. Default:
        without those.
    seed : int, default 0
        For measures that draw.

    Returns
    -------
    pandas.DataFrame
        In the order of the graph. ``.attrs["assumptions"]`` says per column what was assumed,
        ``.attrs["refused"]`` per measure that is not there why not.

    Raises
    ------
    UnusableInput
        No node has the attribute, or a tie has a weight that is not a number above 0.

    Examples
    --------
    >>> import networkx as nx
    >>> table = measures(nx.Graph([("b", "a"), ("b", "c")]))
    >>> table["node_by_degree"].to_dict()
    {'b': 2, 'a': 1, 'c': 1}
    >>> table.attrs["assumptions"]["node_by_degree"].split("; ")[1]
    'weights: not used'
    """
    found = vars(sociometry)
    return sociometry.gather_nodes(found, graph, attribute=attribute, seed=seed)


def whole(
    graph: sociometry.Readable, attribute: str | None = None, seed: int = 0
) -> pd.Series[Any]:
    """Return the measures of the network as a whole.

    Parameters
    ----------
    graph : networkx.Graph
        Any network; one of :func:`build` is read as the network of people.
    attribute : str, optional
        The attribute of the nodes for measures that look at one. Default: without those.
    seed : int, default 0
        For measures that draw.

    Returns
    -------
    pandas.Series of float
        An entry per measure, with ``.attrs["assumptions"]`` and ``.attrs["refused"]`` as
        :func:`measures` has them. NaN is missing, as the assumptions say when.

    Raises
    ------
    UnusableInput
        As :func:`measures`.

    Examples
    --------
    >>> import networkx as nx
    >>> whole(nx.Graph([("b", "a"), ("b", "c")])).index.name
    'measure'
    """
    found = vars(sociometry)
    return sociometry.gather_whole(found, graph, attribute=attribute, seed=seed)
