"""What introductions look at on one day: who may be introduced, who knows whom, who is where."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from assetmap.model import Need, Neighbourhood, Person, Record, Status
from assetmap.model.age import under_age
from assetmap.privacy import SharingScope, may_propose, sharing_of, teams_of
from assetmap.ties.building import build
from assetmap.ties.knowing import people

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Street", "live"]


def live(row: Record, day: dt.date) -> bool:
    """Tell whether a row holds on a day; a blank first or last day is open."""
    first = getattr(row, "since", None) or getattr(row, "from_", None)
    last = getattr(row, "until", None)
    return (first is None or first <= day) and (last is None or day <= last)


@dataclass(frozen=True, eq=False)
class Street:
    """A neighbourhood on one day, without what is about safety.

    Attributes
    ----------
    hood : Neighbourhood
        All tables, safety set apart already.
    asof : date
        The day.
    """

    hood: Neighbourhood
    asof: dt.date

    # --- who may be introduced -----------------------------------------------------------

    @cached_property
    def here(self) -> Mapping[str, Person]:
        """Everybody who is there on the day, by node."""
        rows = sorted(self.hood.people, key=lambda row: row.person)
        return {f"person:{row.person}": row for row in rows if live(row, self.asof)}

    @cached_property
    def young(self) -> frozenset[str]:
        """Who may be under age."""
        year = self.asof.year
        return frozenset(node for node, row in self.here.items() if under_age(row, year))

    @cached_property
    def open(self) -> tuple[str, ...]:
        """The residents who may be introduced to somebody, sorted."""
        return tuple(
            node
            for node, row in self.here.items()
            if not row.is_worker and self.nameable(node) and node not in self._unshared
        )

    @cached_property
    def _unshared(self) -> frozenset[str]:
        """Who said no to sharing."""
        return frozenset(
            node
            for node, row in self.here.items()
            if sharing_of(row, asof=self.asof).scope is SharingScope.NOBODY
        )

    def nameable(self, node: str) -> bool:
        """Tell whether somebody may be named as the one who introduces others."""
        grown = self.hood.policy.minors or node not in self.young
        return node in self.here and grown and node not in self._unshared

    @cached_property
    def _teams(self) -> Mapping[str, str]:
        return teams_of(self.hood)

    def may_meet(self, a: str, b: str) -> bool:
        """Tell whether each of two may be proposed to the other, and nothing keeps them apart."""
        if a == b or self.kept_apart(a, b):
            return False
        return all(
            may_propose(
                self.here[one],
                own_team=self._teams.get(one),
                to_team=self._teams.get(other),
                asof=self.asof,
            )
            for one, other in ((a, b), (b, a))
        )

    @cached_property
    def _apart(self) -> frozenset[frozenset[str]]:
        """Pairs of a person and whom or what they are kept from, now or later on."""
        found = set()
        for row in self.hood.safeguards:
            if row.until is None or row.until >= self.asof:
                for at in self.hood.matches(row.at, "people", "initiatives", "activities"):
                    for person in self.nodes(row.person):
                        found.add(frozenset((person, _node(at))))
        return frozenset(found)

    def kept_apart(self, a: str, b: str) -> bool:
        """Tell whether a safeguard keeps two from each other, whichever of them it names."""
        return frozenset((a, b)) in self._apart

    def nodes(self, ref: str | None) -> tuple[str, ...]:
        """Return the people behind a reference."""
        found = self.hood.matches(ref, "people") if ref is not None else ()
        return tuple(_node(row) for row in found)

    # --- who knows whom, and who is where ------------------------------------------------

    @cached_property
    def network(self) -> nx.Graph[str]:
        """Who knows whom on the day, with households and the workers who know people."""
        network = people(build(self.hood, asof=self.asof))
        homes = defaultdict[str, list[str]](list)
        for node, row in self.here.items():
            if row.household:
                homes[row.household].append(node)
            for worker in self.nodes(row.worker):
                if worker != node and worker in self.here:
                    _join(network, node, worker, 1)
        for home in homes.values():
            for at, node in enumerate(home):
                for other in home[at + 1 :]:
                    _join(network, node, other, 3)
        return network

    @cached_property
    def ways(self) -> nx.Graph[str]:
        """The ties that a chain may go by: those of the network between two not kept apart."""
        ways = self.network.copy()
        ways.remove_edges_from([(a, b) for a, b in (sorted(p) for p in self._apart if len(p) == 2)])
        return ways

    @cached_property
    def company(self) -> Mapping[str, frozenset[str]]:
        """The activities and initiatives where each person comes, as far as they may."""
        found = defaultdict[str, set[str]](set)
        for talent in self.hood.talents:
            if talent.going_to is not None and live(talent, self.asof):
                self._comes(found, talent.owner, talent.going_to, "activities")
        for row in self.hood.arrangements:
            need = self.hood.index["needs"].get(row.need)
            if row.activity is not None and live(row, self.asof) and isinstance(need, Need):
                self._comes(found, need.owner, row.activity, "activities")
        for membership in self.hood.memberships:
            if live(membership, self.asof):
                self._comes(found, membership.member, membership.party, "initiatives")
        return {node: frozenset(places) for node, places in found.items()}

    def _comes(self, found: Mapping[str, set[str]], who: str, at: str, table: str) -> None:
        for row in self.hood.matches(at, table):
            status = getattr(row, "status", None)
            over = status is Status.PAST or getattr(status, "value", None) == "ended"
            for node in self.nodes(who):
                if live(row, self.asof) and not over and not self.kept_apart(node, _node(row)):
                    found[node].add(_node(row))


def _node(row: Record) -> str:
    return f"{row.key}:{row.id}"


def _join(network: nx.Graph[str], a: str, b: str, weight: int) -> None:
    known: Mapping[str, Any] = network.get_edge_data(a, b, default={})
    network.add_edge(a, b, weight=max(weight, known.get("weight", weight)))
