"""What the network of people looks like, in a few counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from assetmap.privacy import Discloses
from assetmap.ties.checks import check_built
from assetmap.ties.knowing import people

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Glance", "glance"]


@dataclass(frozen=True, slots=True)
class Glance:
    """A network of people in counts; None is a count that an audience does not get.

    Attributes
    ----------
    residents, workers : int or None
        How many people there are.
    ties : int or None
        Pairs that know each other, by whoever reported it.
    groups, largest : int or None
        Sets of two or more people that hang together by ties, and how many are in the largest.
    connecting : int or None
        People without whom others would hang together no longer.
    alone, not_asked : int or None
        Residents without a tie, and how many of them were not asked whom they know.
    one_tie : int or None
        Residents with one tie.
    only_workers : int or None
        Residents whose every tie, one or more, is with a worker.
    """

    residents: Annotated[int | None, Discloses.COUNT]
    workers: Annotated[int | None, Discloses.COUNT]
    ties: Annotated[int | None, Discloses.COUNT]
    groups: Annotated[int | None, Discloses.COUNT]
    largest: Annotated[int | None, Discloses.COUNT]
    connecting: Annotated[int | None, Discloses.COUNT]
    alone: Annotated[int | None, Discloses.COUNT]
    not_asked: Annotated[int | None, Discloses.COUNT]
    one_tie: Annotated[int | None, Discloses.COUNT]
    only_workers: Annotated[int | None, Discloses.COUNT]


def glance(graph: nx.MultiDiGraph[str]) -> Glance:
    """Count what somebody wants to know first of a network of people.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        As :func:`build` makes it.

    Returns
    -------
    Glance
        Exact counts, for the team; :func:`assetmap.privacy.release` makes them fit for others.

    Raises
    ------
    UnusableInput
        Another graph than one of :func:`build`.

    Examples
    --------
    >>> from assetmap.graph import build
    >>> from assetmap.model import Neighbourhood, Person, Tie
    >>> hood = Neighbourhood.from_records(
    ...     *[Person(person=p) for p in ("p1", "p2", "p3")],
    ...     Tie(a="p1", b="p2"),
    ... )
    >>> seen = glance(build(hood))
    >>> seen.residents, seen.ties, seen.alone, seen.not_asked
    (3, 1, 1, 1)
    """
    import networkx as nx

    check_built(graph)
    network = people(graph)
    workers = {n for n, facts in network.nodes(data=True) if facts.get("part") == "worker"}
    degrees = {node: degree for node, degree in network.degree() if node not in workers}
    groups = [len(group) for group in nx.connected_components(network) if len(group) > 1]
    alone = [node for node, degree in degrees.items() if degree == 0]
    return Glance(
        residents=len(degrees),
        workers=len(workers),
        ties=network.number_of_edges(),
        groups=len(groups),
        largest=max(groups, default=0),
        connecting=sum(1 for _ in nx.articulation_points(network)),
        alone=len(alone),
        not_asked=len(_not_asked(network, alone)),
        one_tie=sum(degree == 1 for degree in degrees.values()),
        only_workers=sum(
            degree > 0 and workers.issuperset(network[node]) for node, degree in degrees.items()
        ),
    )


def _not_asked(network: nx.Graph[str], nodes: Iterable[str]) -> list[Any]:
    return [node for node in nodes if network.nodes[node].get("ties_asked_on") is None]
