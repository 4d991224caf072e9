"""Residents with hardly a tie: for the worker who knows them, and counted by area for others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

from assetmap.errors import UnusableInput
from assetmap.privacy import CountTable, Discloses
from assetmap.ties.knowing import people

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "Company",
    "CompanyByArea",
    "NearlyAlone",
    "NearlyAloneResident",
    "nearly_alone",
    "nearly_alone_by_area",
]


class Company(StrEnum):
    """Whether somebody has hardly a tie, as far as is known."""

    NEARLY_ALONE = "nearly_alone"
    """Asked about ties, and hardly one told."""
    NOT_ASKED = "not_asked"
    """Hardly a tie is known, and nobody asked: it says nothing."""
    MORE = "more"


@dataclass(frozen=True, slots=True)
class NearlyAloneResident:
    """One resident with hardly a tie, for the worker who knows them and nobody else.

    Attributes
    ----------
    workers : tuple of str
        The workers who know them: they alone read this.
    person : str
        Who it is.
    known : tuple of str
        The residents to whom there is a tie.
    with_workers : int
        Ties with workers, told apart: they are no company.
    company : Company
        Nearly alone, or not asked.
    """

    workers: Annotated[tuple[str, ...] | None, Discloses.READERS]
    person: Annotated[str, Discloses.OWNER]
    known: Annotated[tuple[str, ...], Discloses.OWNER]
    with_workers: Annotated[int, Discloses.OWNER]
    company: Annotated[Company, Discloses.OWNER]


@dataclass(frozen=True, slots=True)
class NearlyAlone:
    """Who has hardly a tie; it leaves through the gate for one named worker at a time.

    Attributes
    ----------
    people : tuple of NearlyAloneResident
        Sorted by id.
    """

    people: tuple[NearlyAloneResident, ...]


@dataclass(frozen=True, slots=True)
class CompanyByArea:
    """How many residents have hardly a tie, by area; raw.

    Attributes
    ----------
    table : CountTable
        Area (``unknown`` where it is not) by :class:`Company`.
    """

    table: Annotated[CountTable, Discloses.COUNT]


def nearly_alone(graph: nx.MultiDiGraph[str], *, few: int = 1) -> NearlyAlone:
    """List the residents with hardly a tie to other residents.

    Ties with workers do not count, and are told apart. Who was never asked about ties
    (``ties_asked_on``) is listed as such: no tie known is not the same as no tie.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        As :func:`build` makes it.
    few : int, default 1
        At most so many ties.

    Returns
    -------
    NearlyAlone
        ``release(found, Audience.TEAM, reader=worker)`` gives each worker the own residents.

    Raises
    ------
    UnusableInput
        Another graph than one of :func:`build`, or a `few` below 0.

    Examples
    --------
    >>> from assetmap.graph import build
    >>> from assetmap.model import Neighbourhood, Person, Tie
    >>> from assetmap.privacy import Audience, release
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1", worker="w1", ties_asked_on="2026-09-01"),
    ...     Person(person="p2", worker="w2"),
    ...     *[Person(person=w, kind="worker") for w in ("w1", "w2")],
    ...     Tie(a="p1", b="p2", kind="carer"),
    ... )
    >>> found = release(nearly_alone(build(hood)), Audience.TEAM, reader="w1").value
    >>> [(each.person, each.company.value) for each in found.people]
    [('person:p1', 'nearly_alone')]
    """
    network = _checked(graph, few)
    workers: dict[str, list[str]] = {}
    for person, worker, facts in sorted(graph.edges(data=True), key=lambda edge: edge[:2]):
        if facts["kind"] == "known_to":
            workers.setdefault(person, []).append(worker)
    found = []
    for person in _residents(network):
        known = _known(network, person)
        if len(known) <= few:
            readers = tuple(workers.get(person, ()))
            with_workers = len(network.adj[person]) - len(known)
            company = _company(network.nodes[person], len(known), few)
            found.append(NearlyAloneResident(readers, person, known, with_workers, company))
    return NearlyAlone(tuple(found))


def nearly_alone_by_area(graph: nx.MultiDiGraph[str], *, few: int = 1) -> CompanyByArea:
    """Count the residents with hardly a tie to other residents, by area.

    Parameters
    ----------
    graph, few
        As for :func:`nearly_alone`.

    Returns
    -------
    CompanyByArea
        Raw; :func:`assetmap.privacy.release` hides small counts.

    Examples
    --------
    >>> from assetmap.graph import build
    >>> from assetmap.model import Neighbourhood, Person
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1", area="north", ties_asked_on="2026-09-01"),
    ...     Person(person="p2", area="north"),
    ... )
    >>> table = nearly_alone_by_area(build(hood)).table
    >>> table.cells["north", "nearly_alone"], table.cells["north", "not_asked"]
    (1, 1)
    """
    network = _checked(graph, few)
    counts = Counter[tuple[str, str]]()
    for person in _residents(network):
        facts = network.nodes[person]
        company = _company(facts, len(_known(network, person)), few)
        counts[facts.get("area", "unknown"), company.value] += 1
    return CompanyByArea(CountTable.of(counts))


def _checked(graph: nx.MultiDiGraph[str], few: int) -> nx.Graph[str]:
    if type(few) is not int or few < 0:
        raise UnusableInput("few must be a whole number, 0 or more")
    return people(graph)


def _residents(network: nx.Graph[str]) -> list[str]:
    return [node for node, facts in network.nodes(data=True) if facts["part"] != "worker"]


def _known(network: nx.Graph[str], person: str) -> tuple[str, ...]:
    nodes = network.nodes
    return tuple(sorted(n for n in network.adj[person] if nodes[n]["part"] != "worker"))


def _company(facts: Mapping[str, Any], known: int, few: int) -> Company:
    if known > few:
        return Company.MORE
    return Company.NOT_ASKED if facts.get("ties_asked_on") is None else Company.NEARLY_ALONE
