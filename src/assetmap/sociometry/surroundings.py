"""Whether a group, such as a housing complex, is open to what is around it."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from assetmap.categories import shipped
from assetmap.errors import UnknownName, UnusableInput
from assetmap.networks.mixing import ends
from assetmap.privacy import Discloses
from assetmap.sociometry.reading import Readable, Reading, reading

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["CLOSED_BELOW", "HOUSING", "Openness", "housing_openness", "openness"]

HOUSING = "shared_housing"
"""The sort of initiative that is a housing complex."""
CLOSED_BELOW = 0.25
"""A group is closed in on itself when a smaller part of its members knows somebody outside."""
KNOWN_FROM = 0.5
"""Of fewer members than this part nothing is said: the ties of the others are unknown."""
FEWEST = 3


@dataclass(frozen=True)
class Openness:
    """A group, its ties inside, and its contact with those around it.

    It may leave through :func:`assetmap.privacy.release`: the properties then rest on what the
    gate let pass, and are None where a number that they need is hidden.

    Attributes
    ----------
    group : str
        Its name or id.
    members, others : int or None
        How many are in it, and how many residents around it there are.
    known : int or None
        Members whose ties are known: who was asked, or has a tie.
    inside, outside : int or None
        Ties between members, and of a member with somebody else.
    reaching_out : int or None
        Members who know somebody outside.
    assumptions : str or None
        What was assumed; for the team.
    """

    group: Annotated[str, Discloses.OPEN]
    members: Annotated[int | None, Discloses.COUNT]
    others: Annotated[int | None, Discloses.COUNT]
    known: Annotated[int | None, Discloses.COUNT]
    inside: Annotated[int | None, Discloses.COUNT]
    outside: Annotated[int | None, Discloses.COUNT]
    reaching_out: Annotated[int | None, Discloses.COUNT]
    assumptions: Annotated[str | None, Discloses.TEAM] = None

    @property
    def inside_density(self) -> float | None:
        """Which part of all pairs of members know each other; None: hidden, or no pair."""
        if self.members is None or self.inside is None or self.members < 2:
            return None
        return min(1.0, self.inside / (self.members * (self.members - 1) / 2))

    @property
    def outside_density(self) -> float | None:
        """Which part of all pairs of a member and another know each other."""
        if not self.members or not self.others or self.outside is None:
            return None
        return min(1.0, self.outside / (self.members * self.others))

    @property
    def outside_contact(self) -> float | None:
        """Which part of the members whose ties are known knows somebody outside."""
        if not self.known or self.reaching_out is None:
            return None
        return min(1.0, self.reaching_out / self.known)

    @property
    def ei_index(self) -> float | None:
        """Ties outside less those inside, over both: -1 all inside, 1 all outside."""
        if not self.members or self.inside is None or self.outside is None:
            return None
        if not self.inside + self.outside:
            return None
        return (self.outside - self.inside) / (self.inside + self.outside)

    @property
    def closed(self) -> bool | None:
        """Whether the group is closed in on itself.

        So it is when members know each other more than those around, and less than a quarter
        knows somebody outside. None is unknown: fewer than three members, nobody around, a hidden
        number, or members of whom most were not asked and have no tie.
        """
        if self.members is None or self.known is None or self.members < FEWEST:
            return None
        reach, near, far = self.outside_contact, self.inside_density, self.outside_density
        if self.known < KNOWN_FROM * self.members or reach is None or near is None or far is None:
            return None
        return reach < CLOSED_BELOW and near > far


def openness(
    graph: Readable, group: str | Iterable[Hashable], *, name: str | None = None
) -> Openness:
    """Measure how a group is tied inside, and to those around it.

    Parameters
    ----------
    graph : networkx.Graph
        Of :func:`build`, of :func:`people`, or any other. Ties with workers and between them do
        not count: who knows only a professional outside has no contact with the surroundings.
    group : str or iterable of node
        The node of an initiative or organisation in a graph of :func:`build`: its members are
        those who are ``member_of`` it. Or the members themselves.
    name : str, optional
        Default: the node, or ``group``.

    Returns
    -------
    Openness
        For the team; for others through :func:`assetmap.privacy.release`.

    Raises
    ------
    UnknownName
        A node or member that is not in the graph.

    Examples
    --------
    >>> import networkx as nx
    >>> found = openness(
    ...     nx.Graph([("a", "b"), ("b", "c"), ("c", "a"), ("d", "e")]), ["a", "b", "c"]
    ... )
    >>> found.inside_density, found.outside_contact, found.closed
    (1.0, 0.0, True)
    """
    members = _members(graph, group) if isinstance(group, str) else set(group)
    read = reading(graph)
    if absent := sorted(str(node) for node in members - set(read.nodes)):
        raise UnknownName(f"{absent[0]!r} is not a person of this network")
    title = name or (group if isinstance(group, str) else "group")
    return _measure(read, members, title)


def housing_openness(graph: nx.MultiDiGraph[str]) -> tuple[Openness, ...]:
    """Measure every housing complex: the initiatives that are ``shared_housing``, in any words.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        Of :func:`build`.

    Returns
    -------
    tuple of Openness
        Sorted by id; ``closed`` marks those that are closed in on themselves.

    Examples
    --------
    >>> from assetmap.graph import build
    >>> from assetmap.model import Initiative, Membership, Neighbourhood, Person, Tie
    >>> hood = Neighbourhood.from_records(
    ...     *[Person(person=f"p{n}", ties_asked_on="2026-03-01") for n in range(5)],
    ...     Initiative(initiative="hof", name="Het Hof", kind="shared_housing"),
    ...     *[Membership(member=f"p{n}", party="hof") for n in range(3)],
    ...     *[Tie(a="p0", b=f"p{n}", reported_by="p0") for n in (1, 2)],
    ... )
    >>> [(found.group, found.closed) for found in housing_openness(build(hood))]
    [('initiative:hof', True)]
    """
    sorts = {node: facts.get("sort") for node, facts in graph.nodes(data=True)}
    read = reading(graph)
    tree = shipped()
    homes = sorted(node for node, sort in sorts.items() if sort and tree.find(sort) == HOUSING)
    return tuple(_measure(read, _members(graph, node), node) for node in homes)


def _members(graph: Any, party: str) -> set[Hashable]:
    """Return the persons who are members of an initiative or organisation."""
    if isinstance(graph, Reading) or not graph.is_multigraph():
        raise UnusableInput("name the members: only a graph of graph.build knows who belongs where")
    if party not in graph:
        raise UnknownName(f"{party!r} is not in this graph")
    into = graph.in_edges(party, data="kind")
    return {
        member
        for member, _, kind in into
        if kind == "member_of" and graph.nodes[member].get("kind") == "person"
    }


def _measure(read: Reading, members: Collection[Hashable], title: str) -> Openness:
    workers = {node for node in read.nodes if read.facts[node].get("part") == "worker"}
    own = {at for at, node in enumerate(read.nodes) if node in members and node not in workers}
    rest = {at for at, node in enumerate(read.nodes) if node not in workers} - own
    tails, heads = ends(read.network.undirected)
    inside = outside = 0
    tied, reaching = set[int](), set[int]()
    for a, b in zip(tails.tolist(), heads.tolist(), strict=True):
        mine = own & {a, b}
        tied |= mine
        if len(mine) == 2:
            inside += 1
        elif mine and {a, b} & rest:
            outside += 1
            reaching |= mine
    dated = any("ties_asked_on" in read.facts[node] for node in read.nodes)
    asked = {at for at in own if not dated or read.facts[read.nodes[at]].get("ties_asked_on")}
    said = [*read.notes, "ties with workers left out", "a tie either way counts"]
    said.append("known: who was asked, or has a tie" if dated else "everybody counts as asked")
    return Openness(
        title,
        members=len(own),
        others=len(rest),
        known=len(asked | tied),
        inside=inside,
        outside=outside,
        reaching_out=len(reaching),
        assumptions="; ".join(said),
    )
