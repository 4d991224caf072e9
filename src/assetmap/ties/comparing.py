"""What changed between two dates: ties gained, lost and kept, and who became less alone."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

from assetmap.errors import UnusableInput
from assetmap.privacy import Discloses
from assetmap.ties.checks import is_built
from assetmap.ties.knowing import people
from assetmap.ties.order import id_key, in_id_order

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

__all__ = ["Change", "Comparison", "Effect", "TieChange", "compare", "effect"]


class Change(StrEnum):
    """What became of a tie."""

    GAINED = "gained"
    LOST = "lost"
    KEPT = "kept"
    STRONGER = "stronger"
    """Kept, with a higher weight."""
    WEAKER = "weaker"
    """Kept, with a lower weight."""


@dataclass(frozen=True, slots=True)
class TieChange:
    """What became of one tie; without a direction, `a` comes before `b`."""

    a: Hashable
    b: Hashable
    change: Change
    before: float | None
    """The weight; None where there was no tie."""
    after: float | None


@dataclass(frozen=True)
class Comparison:
    """What changed between two networks. The numbers are raw; they leave through the gate only.

    Attributes
    ----------
    came, left : tuple
        Who is there afterwards only, and who was there before only.
    ties : tuple of TieChange
        Every tie of either network.
    less_alone : tuple
        Who was there both times, with at most `few` ties before and more afterwards.
    more_alone : tuple
        The other way round.
    perhaps_before : tuple
        Who of `less_alone` had not been asked about ties at the time of the first network: the
        ties may have been there already.
    came_count, left_count, gained, lost, kept, less_alone_count, more_alone_count : int
        How many; `kept` counts every tie that is in both, with whatever weight.
    assumptions : str
        What was assumed.
    """

    came: Annotated[tuple[Hashable, ...] | None, Discloses.TEAM]
    left: Annotated[tuple[Hashable, ...] | None, Discloses.TEAM]
    ties: Annotated[tuple[TieChange, ...] | None, Discloses.TEAM]
    less_alone: Annotated[tuple[Hashable, ...] | None, Discloses.TEAM]
    more_alone: Annotated[tuple[Hashable, ...] | None, Discloses.TEAM]
    perhaps_before: Annotated[tuple[Hashable, ...] | None, Discloses.TEAM]
    came_count: Annotated[int | None, Discloses.COUNT]
    left_count: Annotated[int | None, Discloses.COUNT]
    gained: Annotated[int | None, Discloses.COUNT]
    lost: Annotated[int | None, Discloses.COUNT]
    kept: Annotated[int | None, Discloses.COUNT]
    less_alone_count: Annotated[int | None, Discloses.COUNT]
    more_alone_count: Annotated[int | None, Discloses.COUNT]
    assumptions: Annotated[str, Discloses.OPEN]

    @property
    def stability(self) -> float | None:
        """The Jaccard index: ties kept, of all ties of either network; None without ties."""
        if self.kept is None or self.gained is None or self.lost is None:
            return None
        known = self.kept + self.gained + self.lost
        return self.kept / known if known else None

    def to_frame(self) -> pd.DataFrame:
        """Return a row per tie: ``a``, ``b``, ``change``, ``before``, ``after``."""
        import pandas as pd

        rows = [(tie.a, tie.b, tie.change.value, tie.before, tie.after) for tie in self.ties or ()]
        heads = ["a", "b", "change", "before", "after"]
        frame = pd.DataFrame(rows, columns=heads)
        frame.attrs["assumptions"] = self.assumptions
        return frame.astype({"before": "float64", "after": "float64"})


def compare(before: nx.Graph[Any], after: nx.Graph[Any], *, few: int = 1) -> Comparison:
    """Tell what changed from one network to another.

    1. A graph of :func:`build` is read as its network of people.
    2. A tie is gained, lost or kept; what is kept may be stronger or weaker. Ties of a node to
       itself are left out.
    3. Who has at most `few` ties, and more afterwards, became less alone. Where nodes have
       `part`, this counts residents, and ties with residents only: a worker is no company.

    Parameters
    ----------
    before, after : networkx.Graph
        Two graphs of :func:`build`, as of two days; or two networks of any source, both with a
        direction or both without.
    few : int, default 1
        With how many ties somebody is still nearly alone.

    Returns
    -------
    Comparison
        Everything sorted by id.

    Raises
    ------
    UnusableInput
        One network with a direction and one without, a `few` below 0, or parallel ties.

    Examples
    --------
    >>> import networkx as nx
    >>> spring = nx.Graph([("lady", "daughter"), ("ans", "bo")])
    >>> autumn = nx.Graph([("lady", "daughter"), ("lady", "ans")])
    >>> found = compare(spring, autumn)
    >>> found.less_alone, found.gained, found.lost, found.kept
    (('lady',), 1, 1, 1)
    >>> found.left
    ('bo',)
    """
    if type(few) is not int or few < 0:
        raise UnusableInput("few must be a whole number, 0 or more")
    before, after = _network(before), _network(after)
    if before.is_directed() != after.is_directed():
        raise UnusableInput("compare two networks with a direction, or two without")
    ties = tuple(_changes(before, after))
    told = [tie.change for tie in ties]
    came, left = _only(after, before), _only(before, after)
    less, more = (
        tuple(n for n in in_id_order(before) if _crosses(n, one, other, few))
        for one, other in ((before, after), (after, before))
    )
    perhaps = tuple(n for n in less if _not_asked(before, after, n))
    return Comparison(
        came,
        left,
        ties,
        less,
        more,
        perhaps,
        len(came),
        len(left),
        told.count(Change.GAINED),
        told.count(Change.LOST),
        len(told) - told.count(Change.GAINED) - told.count(Change.LOST),
        len(less),
        len(more),
        _assumed(before, after, few),
    )


def _network(graph: nx.Graph[Any]) -> nx.Graph[Any]:
    if is_built(graph):
        return people(graph)
    if graph.is_multigraph():
        raise UnusableInput("make one tie of parallel ties first, as from_edges does")
    return graph


def _only(one: nx.Graph[Any], other: nx.Graph[Any]) -> tuple[Hashable, ...]:
    return tuple(node for node in in_id_order(one) if node not in other)


def _weights(graph: nx.Graph[Any]) -> Mapping[tuple[Any, Any], float]:
    found = {}
    key = id_key(graph)
    for a, b, facts in graph.edges(data=True):
        if a != b:
            pair = (a, b) if graph.is_directed() or key(a) <= key(b) else (b, a)
            found[pair] = facts.get("weight", 1)
    return found


def _changes(before: nx.Graph[Any], after: nx.Graph[Any]) -> Iterable[TieChange]:
    old, new = _weights(before), _weights(after)
    key = id_key(node for pair in (*old, *new) for node in pair)
    for a, b in sorted(old.keys() | new.keys(), key=lambda pair: (key(pair[0]), key(pair[1]))):
        was, now = old.get((a, b)), new.get((a, b))
        if was is None or now is None:
            change = Change.GAINED if was is None else Change.LOST
        elif was == now:
            change = Change.KEPT
        else:
            change = Change.STRONGER if now > was else Change.WEAKER
        yield TieChange(a, b, change, was, now)


def _crosses(node: Any, one: nx.Graph[Any], other: nx.Graph[Any], few: int) -> bool:
    """Tell whether somebody has few ties in the one network and more in the other."""
    if node not in one or node not in other or _works(one, node):
        return False
    return _company(one, node) <= few < _company(other, node)


def _works(graph: nx.Graph[Any], node: Any) -> bool:
    return bool(graph.nodes[node].get("part") == "worker")


def _company(graph: nx.Graph[Any], node: Any) -> int:
    """Count those whom somebody is tied to, either way, workers left out."""
    import networkx as nx

    others = set(nx.all_neighbors(graph, node)) - {node}
    return sum(not _works(graph, other) for other in others)


def _not_asked(before: nx.Graph[Any], after: nx.Graph[Any], node: Any) -> bool:
    """Tell whether somebody was asked about ties only after the first network."""
    asked = after.nodes[node].get("ties_asked_on")
    day = before.graph.get("asof")
    if "part" not in before.nodes[node] or asked is None:
        return "part" in before.nodes[node]
    return day is not None and str(asked) > str(day)


def _assumed(before: nx.Graph[Any], after: nx.Graph[Any], few: int) -> str:
    said = [f"nearly alone: at most {few} {'tie' if few == 1 else 'ties'}"]
    if any("part" in facts for _, facts in after.nodes(data=True)):
        said.append("of residents, ties with workers not counted")
    said.append("ties of a node to itself left out")
    for name, graph in (("before", before), ("after", after)):
        if own := graph.graph.get("assumptions"):
            said.append(f"{name}: {own}")
    return "; ".join(said)


@dataclass(frozen=True)
class Effect:
    """New ties among those who take part in something, beside those among others.

    It describes; it does not prove. Who takes part differs from who does not.

    Attributes
    ----------
    members, others : int
        Who was there both times, taking part or not.
    new_among_members, new_among_others : int
        Pairs that were not tied before and are now.
    open_among_members, open_among_others : int
        Pairs that were not tied before.
    """

    members: Annotated[int | None, Discloses.COUNT]
    others: Annotated[int | None, Discloses.COUNT]
    new_among_members: Annotated[int | None, Discloses.COUNT]
    new_among_others: Annotated[int | None, Discloses.COUNT]
    open_among_members: Annotated[int | None, Discloses.COUNT]
    open_among_others: Annotated[int | None, Discloses.COUNT]

    @property
    def share_among_members(self) -> float | None:
        """The share of untied pairs of members that became tied; None where there was no pair."""
        return _share(self.new_among_members, self.open_among_members)

    @property
    def share_among_others(self) -> float | None:
        """The same among those who do not take part."""
        return _share(self.new_among_others, self.open_among_others)


def _share(part: int | None, of: int | None) -> float | None:
    return None if part is None or not of else part / of


def effect(before: nx.Graph[Any], after: nx.Graph[Any], *, members: Iterable[Hashable]) -> Effect:
    """Count new ties among those who take part in something, and among those who do not.

    Parameters
    ----------
    before, after : networkx.Graph
        As for :func:`compare`, without a direction.
    members : iterable
        The ids of those who take part, such as the members of an initiative.

    Returns
    -------
    Effect
        Only of residents, where nodes have `part`, who were there both times.

    Raises
    ------
    UnusableInput
        A network with a direction, or with parallel ties.

    Examples
    --------
    >>> import networkx as nx
    >>> spring = nx.empty_graph("abcd")
    >>> autumn = nx.Graph([("a", "b")])
    >>> autumn.add_nodes_from("cd")
    >>> found = effect(spring, autumn, members=["a", "b"])
    >>> found.share_among_members, found.share_among_others
    (1.0, 0.0)
    """
    before, after = _network(before), _network(after)
    if before.is_directed() or after.is_directed():
        raise UnusableInput("make the two networks undirected first")
    wanted = set(members)
    there = [n for n in before if n in after and not _works(before, n)]
    inside = {n for n in there if n in wanted}
    outside = set(there) - inside
    counted = [_new_among(group, before, after) for group in (inside, outside)]
    (new, open_), (new_else, open_else) = counted
    return Effect(len(inside), len(outside), new, new_else, open_, open_else)


def _new_among(group: set[Any], before: nx.Graph[Any], after: nx.Graph[Any]) -> tuple[int, int]:
    """Count new ties, and pairs that were not tied, in a group."""
    old, new = (
        {frozenset(pair) for pair in graph.subgraph(group).edges() if pair[0] != pair[1]}
        for graph in (before, after)
    )
    pairs = len(group) * (len(group) - 1) // 2
    return len(new - old), pairs - len(old)
