"""What falls away when somebody stops: in a graph of a neighbourhood, as a list to talk about.

**Privacy.** The results name persons, and are for the team. :func:`assetmap.privacy.release` gives
:class:`FallsAway` to nobody else; it refuses tables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Annotated, Any

from assetmap.errors import UnknownName, UnusableInput
from assetmap.networks.articulation import cuts
from assetmap.networks.components import components
from assetmap.privacy import Discloses
from assetmap.sociometry.reading import reading
from assetmap.ties import people
from assetmap.ties.checks import check_built

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

__all__ = ["FallsAway", "falls_away", "leaning_on_one", "offered_by_one"]

_PARTIES = ("initiative", "organisation")


@dataclass(frozen=True, slots=True)
class FallsAway:
    """What falls away if one node stops; ids, in order. Only for the team: None to others."""

    node: Annotated[str | None, Discloses.TEAM]
    """Who or what stops."""
    within: Annotated[str | None, Discloses.TEAM]
    """The initiative or organisation that was looked at; None: the whole neighbourhood."""
    parts_before: Annotated[int | None, Discloses.TEAM]
    """Into how many parts the people fall now."""
    parts: Annotated[tuple[tuple[str, ...], ...] | None, Discloses.TEAM]
    """The parts that the node's own part falls into without it, the largest first; one part:
    nothing splits."""
    initiatives: Annotated[tuple[str, ...] | None, Discloses.TEAM]
    """Initiatives and organisations in which nobody else takes part or manages."""
    activities: Annotated[tuple[str, ...] | None, Discloses.TEAM]
    """Activities of those, or of the initiative that stops."""
    talents: Annotated[tuple[str, ...] | None, Discloses.TEAM]
    """Talents that it offers, and that go with it."""
    categories: Annotated[tuple[str, ...] | None, Discloses.TEAM]
    """Of these talents, the categories that nobody else offers."""
    arrangements: Annotated[tuple[str, ...] | None, Discloses.TEAM]
    """Who would no longer get what was arranged."""

    @property
    def splits(self) -> bool:
        """Whether people who are joined now would no longer be."""
        return len(self.parts or ()) > 1

    @property
    def cut_off(self) -> tuple[str, ...]:
        """Everybody outside the largest of the parts."""
        return tuple(sorted(person for part in (self.parts or ())[1:] for person in part))

    def to_frame(self) -> pd.DataFrame:
        """Return one row per thing that falls away: ``what`` and ``id``."""
        import pandas as pd

        listed = ("initiatives", "activities", "talents", "categories", "arrangements")
        rows = [("cut_off", each) for each in self.cut_off]
        for entry in fields(self):
            if entry.name in listed:
                rows += [(entry.name, each) for each in getattr(self, entry.name) or ()]
        return pd.DataFrame(rows, columns=["what", "id"], dtype=object)


def falls_away(graph: nx.MultiDiGraph[str], node: str, *, within: str | None = None) -> FallsAway:
    """Tell what falls away if a person, an initiative or an organisation stops.

    1. For a person: which people are then no longer joined by ties. For an initiative or an
       organisation: by ties, or by taking part in one thing.
    2. Where nobody else takes part or manages, and the activities of those.
    3. The talents that go, and which categories nobody else offers.
    4. Who would no longer get what was arranged.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        As :func:`assetmap.graph.build` makes it, for the day that it was built for.
    node : str
        Id of a person, an initiative or an organisation.
    within : str, optional
        Id of an initiative or organisation: only the ties among those who take part or manage
        are looked at. Default: everybody.

    Returns
    -------
    FallsAway
        Nothing in it is a judgement of anybody: no tie may also mean that nobody asked.

    Raises
    ------
    UnusableInput
        Another graph than one of :func:`assetmap.graph.build`, a node of another kind, or a
        person who does not take part in `within`.
    UnknownName
        A node that is not in the graph.

    Examples
    --------
    >>> from assetmap.graph import build
    >>> from assetmap.model import Neighbourhood, Person, Talent, Tie
    >>> hood = Neighbourhood.from_records(
    ...     *[Person(person=p) for p in ("ans", "bo", "co")],
    ...     Tie(a="ans", b="bo", kind="friend"),
    ...     Tie(a="bo", b="co", kind="friend"),
    ...     Talent(talent="t1", owner="bo", category="ride"),
    ... )
    >>> found = falls_away(build(hood), "person:bo")
    >>> found.parts, found.categories
    ((('person:ans',), ('person:co',)), ('ride',))
    """
    network = people(graph)
    kind = _kind(graph, node, "person", *_PARTIES)
    if within is not None:
        _kind(graph, within, *_PARTIES)
        network = network.subgraph(sorted(_takers(graph)[within] & set(network)))
        if kind != "person" or node not in network:
            raise UnusableInput(f"{node!r} does not take part in {within!r}")
    joined = network if kind == "person" else _with_parties(graph, network)
    parts_before, parts = _split(joined, node)
    parties = _left_alone(graph, node)
    talents, owners = _ends(graph, node, "offers"), _owners(graph)
    own = {str(graph.nodes[talent].get("category")) for talent in talents}
    return FallsAway(
        node,
        within,
        parts_before,
        parts,
        tuple(party for party in parties if party != node),
        tuple(sorted(_activities(graph, {*parties, *([node] if kind != "person" else [])}))),
        talents,
        tuple(sorted(each for each in own if owners.get(each) == {node})),
        _ends(graph, node, "arrangement"),
    )


def leaning_on_one(graph: nx.MultiDiGraph[str]) -> pd.DataFrame:
    """List the initiatives and organisations that fall apart when one person stops.

    Looked at are the ties among those who take part or manage, in groups of three or more.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        As :func:`assetmap.graph.build` makes it.

    Returns
    -------
    pandas.DataFrame
        One row per group and person without whom others in it are no longer joined, in the order
        of ids: ``group``, ``person``, ``members`` (with the person), ``parts_before``,
        ``parts_after`` and ``largest_after``.

    Examples
    --------
    >>> from assetmap.graph import build
    >>> from assetmap.model import Initiative, Membership, Neighbourhood, Person, Tie
    >>> hood = Neighbourhood.from_records(
    ...     Initiative(initiative="choir", name="Koor"),
    ...     *[Person(person=p) for p in ("ans", "bo", "co")],
    ...     *[Membership(member=p, party="choir") for p in ("ans", "bo", "co")],
    ...     Tie(a="ans", b="bo", kind="friend"),
    ...     Tie(a="bo", b="co", kind="friend"),
    ... )
    >>> leaning_on_one(build(hood))[["person", "parts_after"]].values.tolist()
    [['person:bo', 2]]
    """
    import numpy as np
    import pandas as pd

    network = people(graph)
    rows = list[dict[str, Any]]()
    for group, members in sorted(_takers(graph).items()):
        inside = sorted(members & set(network))
        if len(inside) < 3:
            continue
        read = reading(network.subgraph(inside))
        part, found = components(read.network), cuts(read.network)
        for at in sorted(np.flatnonzero(found.parts > 1), key=lambda at: str(read.nodes[at])):
            _, parts = _split(network.subgraph(inside), str(read.nodes[at]))
            others = [int(size) for size in np.delete(np.bincount(part), part[at])]
            rows.append(
                {
                    "group": group,
                    "person": read.nodes[at],
                    "members": len(inside),
                    "parts_before": len(others) + 1,
                    "parts_after": len(others) + len(parts),
                    "largest_after": max([*others, *(len(each) for each in parts)]),
                }
            )
    names = ["group", "person", "members", "parts_before", "parts_after", "largest_after"]
    return pd.DataFrame(rows, columns=names)


def offered_by_one(graph: nx.MultiDiGraph[str]) -> pd.DataFrame:
    """List the talents of which there is only one in the neighbourhood.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        As :func:`assetmap.graph.build` makes it.

    Returns
    -------
    pandas.DataFrame
        One row per category that only one party offers, in order: ``category`` and ``owner``.

    Examples
    --------
    >>> from assetmap.graph import build
    >>> from assetmap.model import Neighbourhood, Person, Talent
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="ans"),
    ...     Person(person="bo"),
    ...     Talent(talent="t1", owner="ans", category="ride"),
    ...     Talent(talent="t2", owner="bo", category="ride"),
    ...     Talent(talent="t3", owner="bo", category="garden"),
    ... )
    >>> offered_by_one(build(hood)).values.tolist()
    [['garden', 'person:bo']]
    """
    import pandas as pd

    check_built(graph)
    rows = [(category, *owners) for category, owners in _owners(graph).items() if len(owners) == 1]
    return pd.DataFrame(sorted(rows), columns=["category", "owner"], dtype=object)


def _is(facts: Any, kind: str) -> bool:
    return bool(facts.get("kind") == kind)


def _ends(graph: nx.MultiDiGraph[str], node: str, kind: str) -> tuple[str, ...]:
    """Return where the edges of a kind go that leave a node."""
    out = graph.out_edges(node, data=True)
    return tuple(sorted({end for _, end, facts in out if _is(facts, kind)}))


def _kind(graph: nx.MultiDiGraph[str], node: str, *allowed: str) -> str:
    if node not in graph:
        raise UnknownName(f"{node!r} is not in this graph")
    kind = str(graph.nodes[node]["kind"])
    if kind not in allowed:
        raise UnusableInput(f"{node!r} is a {kind}; allowed are: {', '.join(allowed)}")
    return kind


def _takers(graph: nx.MultiDiGraph[str]) -> dict[str, set[str]]:
    """Return for each initiative and organisation who takes part in it or manages it."""
    found = {n: set[str]() for n, f in graph.nodes(data=True) if f["kind"] in _PARTIES}
    for a, b, facts in graph.edges(data=True):
        if _is(facts, "member_of") and b in found:
            found[b].add(a)
        elif _is(facts, "managed_by") and a in found:
            found[a].add(b)
    return found


def _left_alone(graph: nx.MultiDiGraph[str], node: str) -> list[str]:
    """Return the parties in which nobody but this node takes part or manages."""
    return sorted(party for party, takers in _takers(graph).items() if takers == {node})


def _activities(graph: nx.MultiDiGraph[str], parties: set[str]) -> Iterator[str]:
    for a, b, facts in graph.edges(data=True):
        if _is(facts, "part_of") and b in parties and _is(graph.nodes[a], "activity"):
            yield a


def _owners(graph: nx.MultiDiGraph[str]) -> dict[str, set[str]]:
    """Return for each category who offers a talent of it."""
    found = defaultdict[str, set[str]](set)
    for owner, talent, facts in graph.edges(data=True):
        category = graph.nodes[talent].get("category")
        if _is(facts, "offers") and category is not None:
            found[category].add(owner)
    return dict(sorted(found.items()))


def _with_parties(graph: nx.MultiDiGraph[str], network: nx.Graph[str]) -> nx.Graph[str]:
    """Return the network of people with the things that they take part in as nodes."""
    import networkx as nx

    joined: nx.Graph[str] = nx.Graph()
    joined.add_nodes_from(network)
    joined.add_edges_from(network.edges)
    for party, takers in _takers(graph).items():
        joined.add_node(party)
        joined.add_edges_from((party, taker) for taker in takers)
    return joined


def _split(joined: nx.Graph[str], node: str) -> tuple[int, tuple[tuple[str, ...], ...]]:
    """Return the number of parts now, and the parts of people the node's own falls into."""
    import networkx as nx

    before = [part for part in nx.connected_components(joined) if _persons(part)]
    own = nx.node_connected_component(joined, node) - {node}
    rest = [_persons(part) for part in nx.connected_components(joined.subgraph(own))]
    parts = sorted((part for part in rest if part), key=lambda part: (-len(part), part))
    return len(before), tuple(parts)


def _persons(part: set[str]) -> tuple[str, ...]:
    return tuple(sorted(each for each in part if each.startswith("person:")))
