"""Who meets whom through what they share: networks of one kind, by way of another."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from assetmap.errors import UnusableInput
from assetmap.ties.checks import check_built, mode_of
from assetmap.ties.order import in_id_order

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["PROJECTIONS", "project"]

Step: TypeAlias = tuple[str, bool]
"""A kind of edge, and whether it is followed the way it points."""

_ON, _BACK = True, False
PROJECTIONS: Mapping[tuple[str, str], tuple[tuple[Step, ...], ...]] = MappingProxyType(
    {
        ("person", "initiative"): ((("member_of", _ON),), (("managed_by", _BACK),)),
        ("person", "activity"): ((("going_to", _ON),),),
        ("person", "organisation"): ((("member_of", _ON),),),
        ("person", "place"): (
            (("offers", _ON), ("at", _ON)),
            (("member_of", _ON), ("at", _ON)),
            (("going_to", _ON), ("at", _ON)),
            (("managed_by", _BACK),),
            (("owned_by", _BACK),),
        ),
        ("organisation", "initiative"): ((("member_of", _ON),), (("hosted_by", _BACK),)),
        ("initiative", "place"): (
            (("at", _ON),),
            (("managed_by", _BACK),),
            (("owned_by", _BACK),),
        ),
        ("activity", "place"): ((("at", _ON),),),
    }
)
"""The ways from one kind of node to another, along edges of the graph. Each can be read from
either end: people through initiatives, and initiatives through people."""

_PLURALS = {
    "people": "person",
    "initiatives": "initiative",
    "activities": "activity",
    "organisations": "organisation",
    "places": "place",
}
_WEIGHTS = MappingProxyType(
    {
        "shared": "weight is the number that two have in common",
        "newman": "weight is the sum of 1/(k-1) over what two have in common, k taking part in it",
    }
)


def project(
    graph: nx.Graph[Any], of: str | int, *, through: str | None = None, weight: str = "shared"
) -> nx.Graph[Any]:
    """Join those of one kind who have something of another kind in common.

    Parameters
    ----------
    graph : networkx.Graph
        As :func:`build` makes it; or a two-mode network, whose nodes have `bipartite` 0 or 1.
    of : str or int
        The kind of the nodes to keep, such as ``"people"``; of a two-mode network 0 or 1.
    through : str, optional
        The kind in common, such as ``"initiative"``; see :data:`PROJECTIONS`. Of a two-mode
        network it is the other mode, and is left out.
    weight : {"shared", "newman"}, default "shared"
        The number that two have in common; or, so that large gatherings count less, the sum of
        1/(k-1), where k take part.

    Returns
    -------
    networkx.Graph
        Every node of the kind, also who has nothing in common with anybody, with its attributes
        (without `bipartite`). Each edge has `weight`; in a graph of :func:`build` also `through`,
        the ids of what is in common, separated by ``|``. ``graph["assumptions"]`` says what was
        assumed.

    Raises
    ------
    UnusableInput
        A kind that is not there, a way that is not documented, or a network of one mode.

    References
    ----------
    M. E. J. Newman, "Scientific collaboration networks. II", Physical Review E 64 (2001), 016132.

    Examples
    --------
    >>> from assetmap.graph import build
    >>> from assetmap.model import Initiative, Membership, Neighbourhood, Person
    >>> hood = Neighbourhood.from_records(
    ...     *[Person(person=p) for p in ("p1", "p2", "p3")],
    ...     Initiative(initiative="i1", name="De Tafel"),
    ...     *[Membership(member=p, party="i1") for p in ("p1", "p2")],
    ... )
    >>> project(build(hood), "people", through="initiative").edges["person:p1", "person:p2"]
    {'weight': 1, 'through': 'initiative:i1'}
    >>> project(build(hood), "initiatives", through="people").number_of_edges()
    0
    """
    import networkx as nx

    if weight not in _WEIGHTS:
        raise UnusableInput(f"weight is {weight!r}; use 'shared' or 'newman'")
    built = not isinstance(of, int)
    kept, groups, said = _built(graph, of, through) if built else _two_mode(graph, of, through)
    network: nx.Graph[Any] = nx.Graph()
    network.add_nodes_from(kept.items())
    for a, b, common in _pairs(kept, groups):
        sizes = [len(groups[each]) for each in common]
        size = sum(1 / (k - 1) for k in sizes) if weight == "newman" else len(sizes)
        facts: dict[str, Any] = {"weight": size}
        if built:
            facts["through"] = "|".join(str(each) for each in common)
        network.add_edge(a, b, **facts)
    network.graph["assumptions"] = f"{said}; {_WEIGHTS[weight]}"
    return network


Groups: TypeAlias = Mapping[Hashable, set[Any]]
"""What can be in common, in the order of the ids, and who takes part in it."""


def _pairs(kept: Mapping[Any, Any], groups: Groups) -> Iterator[tuple[Any, Any, list[Hashable]]]:
    """Yield who has what in common, in the order of those who are kept."""
    place = {node: at for at, node in enumerate(kept)}
    found: dict[tuple[int, int], list[Hashable]] = {}
    for each, members in groups.items():
        for pair in combinations(sorted(place[member] for member in members), 2):
            found.setdefault(pair, []).append(each)
    nodes = list(kept)
    for a, b in sorted(found):
        yield nodes[a], nodes[b], found[a, b]


def _built(
    graph: Any, of: object, through: str | None
) -> tuple[dict[Any, dict[str, Any]], Groups, str]:
    check_built(graph)
    kind, other = _kind(of), _kind(through)
    ways = PROJECTIONS.get((kind, other))
    if ways is None:
        turned = PROJECTIONS.get((other, kind), ())
        ways = tuple(tuple((edge, not on) for edge, on in reversed(way)) for way in turned)
    if not ways:
        may = "; ".join(f"{a} and {b}" for a, b in PROJECTIONS)
        raise UnusableInput(f"there is no way between {kind} and {other}; there are: {may}")
    kept = {n: dict(f) for n, f in sorted(graph.nodes(data=True)) if f["kind"] == kind}
    groups: dict[Hashable, set[Any]] = {
        n: set() for n, f in sorted(graph.nodes(data=True)) if f["kind"] == other
    }
    for node in kept:
        for way in ways:
            for end in _ends(graph, node, way) & groups.keys():
                groups[end].add(node)
    day = graph.graph.get("asof")
    told = sorted({edge for way in ways for edge, _ in way})
    when = f"as it is on {day}" if day else "whenever it was"
    said = f"{kind} joined through {other} by {', '.join(told)}, {when}; roles not looked at"
    return kept, groups, said


def _kind(word: object) -> str:
    kind = _PLURALS.get(word, word) if isinstance(word, str) else None
    if kind not in _PLURALS.values():
        raise UnusableInput(f"{word!r} is no kind to project; use one of: {', '.join(_PLURALS)}")
    return str(kind)


def _ends(graph: nx.MultiDiGraph[str], node: str, way: tuple[Step, ...]) -> set[str]:
    """Return where a way leads from a node."""
    at = {node}
    for kind, on in way:
        found = set[str]()
        for here in at:
            edges = graph.out_edges(here, data=True) if on else graph.in_edges(here, data=True)
            found |= {b if on else a for a, b, facts in edges if facts.get("kind") == kind}
        at = found
    return at


def _two_mode(
    graph: nx.Graph[Any], of: object, through: str | None
) -> tuple[dict[Any, dict[str, Any]], Groups, str]:
    modes = {node: mode_of(facts.get("bipartite")) for node, facts in graph.nodes(data=True)}
    if None in modes.values():
        raise UnusableInput("every node of a two-mode network has the attribute bipartite, 0 or 1")
    if of not in {0, 1} or isinstance(of, bool) or through is not None:
        raise UnusableInput("of a two-mode network, of is 0 or 1 and through is left out")
    kept = {
        node: {name: value for name, value in facts.items() if name != "bipartite"}
        for node, facts in graph.nodes(data=True)
        if modes[node] == of
    }
    groups: dict[Hashable, set[Any]] = {
        node: set() for node in in_id_order(modes) if modes[node] != of
    }
    for a, b in graph.edges():
        if modes[a] == modes[b]:
            raise UnusableInput("a tie of a two-mode network joins the two modes")
        groups[b if modes[a] == of else a].add(a if modes[a] == of else b)
    said = f"mode {of} joined through mode {1 - int(str(of))}; weights and directions not looked at"
    return kept, groups, said
