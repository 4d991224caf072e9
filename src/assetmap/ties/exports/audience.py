"""From a network to what one audience may have of it.

- **team**: every node and edge with all it carries, the ids of people and of their talents and
  needs replaced by pseudonyms, unless it asks for its own ids.
- **research**: the same with coarse facts only. Of a person: area, part, whether they were asked
  whom they know, the decade of birth where enough people of the area share it; of a talent its
  category, of a need its theme; of a tie relation, strength and weight. No other dates, no needs
  that are sensitive, and nothing that was arranged for one.
- **residents**, **council**: no persons, talents or needs; areas, initiatives, activities, places
  and organisations, with counts by area of which small ones are hidden and the others rounded.
  Residents see the initiatives that may be shown to them.
"""

from __future__ import annotations

import secrets
from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

from assetmap.errors import PrivacyError, UnusableInput
from assetmap.model import Neighbourhood, PrivacyThresholds
from assetmap.privacy import Audience, Released, pseudonyms, release
from assetmap.ties.exports.by_area import by_area
from assetmap.ties.exports.naming import Ids, Names, kind_of
from assetmap.ties.exports.one_by_one import one_by_one
from assetmap.ties.exports.sensitive import only_open
from assetmap.ties.exports.shared import SharedNetwork
from assetmap.ties.schema import NODE_KINDS

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

__all__ = ["COUNTED", "SERVED", "for_audience"]

_SINGLE = (Audience.TEAM, Audience.RESEARCH)
COUNTED = (Audience.RESIDENTS, Audience.COUNCIL)
"""Audiences that get counts, and no persons."""
SERVED = (*_SINGLE, *COUNTED)
"""Audiences that a network can be shared with."""


def for_audience(
    graph: nx.Graph[Any],
    audience: str = Audience.RESEARCH,
    *,
    hood: Neighbourhood | None = None,
    measures: pd.DataFrame | None = None,
    key: bytes | None = None,
    own_ids: bool = False,
) -> Released[SharedNetwork]:
    """Return what one audience may have of a network, and nobody's name: the only way to a file.

    The team gets every node and edge with pseudonyms; research coarse facts only; residents and
    the council areas, initiatives and counts, without any person. The module says which facts.

    Parameters
    ----------
    graph : networkx.Graph
        Of :func:`build`, of :func:`people`, or any other network, whose nodes are then taken for
        people and whose attributes are for the team only.
    audience : Audience, default "research"
        Who is going to read it: team, research, residents or council.
    hood : Neighbourhood, optional
        The tables that `graph` was made of; without them a network of a neighbourhood is refused.
        They say which texts and ids hold somebody's called name, which needs are sensitive (left
        out of research with what was arranged for them), and the thresholds of the team.
    measures : DataFrame, optional
        Measures of :mod:`assetmap.graph` by node; they become attributes. A text in them, such as
        a group named after one of its members, becomes a pseudonym too.
    key : bytes, optional
        Of the pseudonyms (:func:`assetmap.privacy.pseudonyms`), at least 16 bytes: the same key
        gives the same ones. Default: a random one, thrown away.
    own_ids : bool, default False
        Whether the team keeps its own ids, to find its rows again.

    Returns
    -------
    Released
        For the writers and converters beside this function.

    Raises
    ------
    PrivacyError
        Own ids or measures for others than may have them; measures that tell research of what is
        sensitive (:func:`without_sensitive`); a helper or an initiative, who get no network.
    UnusableInput
        A network of a neighbourhood without its tables, another word for an audience, columns
        that are no measures, ids that are the same text, or nothing to count by.

    Examples
    --------
    >>> from assetmap.graph import build, for_audience, to_networkx
    >>> from assetmap.model import Neighbourhood, Person, Tie
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1", called="Ans", area="north"),
    ...     Person(person="p2", called="Bo", area="north"),
    ...     Tie(a="p1", b="p2", kind="friend"),
    ... )
    >>> shared = for_audience(build(hood), "research", hood=hood)
    >>> sorted(name.partition(":")[0] for name in to_networkx(shared))
    ['area', 'person', 'person']
    """
    reader = _reader(audience)
    _refuse(reader, measures, own_ids=own_ids)
    graph = _for_reader(graph, reader, hood, measures)
    secret = secrets.token_bytes(32) if key is None else key
    limits = PrivacyThresholds() if hood is None else hood.policy.privacy
    nodes = _with_areas(dict(graph.nodes(data=True)))
    hide = reader is Audience.TEAM
    ids = Ids.own(nodes) if own_ids else Ids.of(nodes, Names.of(hood), secret, persons=hide)
    if reader in COUNTED:
        shared = by_area(graph, ids, audience=reader, hood=hood, limits=limits)
    else:
        shared = one_by_one(
            graph,
            ids,
            hood=hood,
            measures=_by_node(measures, nodes, None if own_ids else secret),
            smallest=limits.minimum,
        )
    return release(shared, reader, thresholds=limits, key=secret)


def _with_areas(nodes: dict[Hashable, Mapping[str, Any]]) -> dict[Hashable, Mapping[str, Any]]:
    """Add the areas that nodes lie in, which a network of people has not."""
    areas = {f"area:{facts['area']}" for facts in nodes.values() if facts.get("area")}
    return {**nodes, **{area: {"kind": "area"} for area in sorted(areas - nodes.keys())}}


def _reader(audience: str) -> Audience:
    words = [each.value for each in Audience]
    if audience not in words:
        raise UnusableInput(f"there is no audience {audience!r}; there are: {', '.join(words)}")
    reader = Audience(audience)
    if reader not in SERVED:
        served = ", ".join(each.value for each in SERVED)
        raise PrivacyError(f"a network tells of many people: it is for {served}")
    return reader


def _refuse(reader: Audience, measures: pd.DataFrame | None, *, own_ids: bool) -> None:
    if own_ids and reader is not Audience.TEAM:
        raise PrivacyError(f"own ids are for the team, not for {reader.value}")
    if measures is not None and reader in COUNTED:
        raise PrivacyError(f"measures of single people are not for {reader.value}")
    named = () if measures is None else (str(name) for name in measures.columns)
    if others := [name for name in named if not name.startswith("node_")]:
        raise UnusableInput(f"{others[0]!r} is no measure: those of nodes begin with 'node_'")


def _for_reader(
    graph: nx.Graph[Any],
    reader: Audience,
    hood: Neighbourhood | None,
    measures: pd.DataFrame | None,
) -> nx.Graph[Any]:
    """Leave out what is sensitive for research; refuse a neighbourhood without its tables."""
    if hood is not None:
        research = reader is Audience.RESEARCH
        return _for_research(graph, hood, measures) if research else graph
    kinds = (facts.get("kind") for _, facts in graph.nodes(data=True))
    if any(isinstance(kind, str) and kind in NODE_KINDS for kind in kinds):
        raise UnusableInput(
            "these nodes have the kinds of a neighbourhood: give its tables too, as hood=, which "
            "say what must not leave; a network that no tables are of takes hood=Neighbourhood()"
        )
    return graph


def _for_research(
    graph: nx.Graph[Any], hood: Neighbourhood, measures: pd.DataFrame | None
) -> nx.Graph[Any]:
    """Leave out what is sensitive; refuse numbers of ties that would tell of it."""
    kept = only_open(graph, hood)
    known, left = (
        sum(all(kind_of(graph.nodes[node]) == "person" for node in pair) for pair in each.edges())
        for each in (graph, kept)
    )
    if measures is not None and left < known:
        raise PrivacyError(
            "measures of this network tell of arrangements for sensitive needs: make it, and its "
            "measures, of graph.without_sensitive(hood)"
        )
    return kept


def _by_node(
    measures: pd.DataFrame | None, nodes: Mapping[Hashable, Any], key: bytes | None
) -> Mapping[Hashable, Mapping[str, Any]]:
    """Return the measures of each node; a group that a text names gets a pseudonym under a key."""
    if measures is None:
        return {}
    names = [str(name) for name in measures.columns]
    columns = [measures[name].tolist() for name in measures.columns]
    if key is not None:
        columns = [_coded(column, nodes, key) for column in columns]
    rows = zip(*columns, strict=True) if columns else iter(())
    return {
        node: dict(zip(names, row, strict=True))
        for node, row in zip(measures.index, rows, strict=False)
    }


def _coded(column: list[Any], nodes: Mapping[Hashable, Any], key: bytes) -> list[Any]:
    """Replace texts, which may hold an id: by the pseudonym of that node, or of that text."""
    texts = {value for value in column if isinstance(value, str)}
    bare = {text for text in texts if text in nodes and nodes[text].get("kind") not in NODE_KINDS}
    meant = {text: f"person:{text}" if text in bare else text for text in texts}
    codes = pseudonyms(meant.values(), key)
    return [codes[meant[value]] if isinstance(value, str) else value for value in column]
