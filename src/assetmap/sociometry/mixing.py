"""Who mixes with whom: within a group or across, like to like or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Annotated, Any

import numpy as np
from numpy.typing import NDArray

from assetmap.errors import UnusableInput
from assetmap.networks.mixing import (
    degree_assortativity,
    ends,
    group_assortativity,
    number_assortativity,
)
from assetmap.privacy import CountTable, Discloses
from assetmap.sociometry.measured import Measured, measured, said
from assetmap.sociometry.reading import Readable, Reading, reading
from assetmap.sociometry.steady import in_order
from assetmap.sociometry.telling import per_node
from assetmap.sociometry.values import given, groups_of, numbered, one_group_each

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Mixing",
    "ei_by_group",
    "mixing_table",
    "node_by_ei_index",
    "node_in_age_band",
    "whole_assortativity",
    "whole_degree_assortativity",
    "whole_ei_index",
    "whole_numeric_assortativity",
]

UNKNOWN = "unknown"
MIDDLE = 5
"""Where only the decade of birth is known, its middle counts."""


# --- within or across ----------------------------------------------------------------------------


def _inside(read: Reading, groups: Sequence[frozenset[str]]) -> tuple[Any, Any, NDArray[np.int8]]:
    """Return the two ends of each tie, and 1 where they share a group, 0 not, -1 unknown."""
    tails, heads = ends(read.network)
    pairs = zip(tails.tolist(), heads.tolist(), strict=True)
    state = [
        -1 if not (groups[a] and groups[b]) else int(bool(groups[a] & groups[b])) for a, b in pairs
    ]
    return tails, heads, np.array(state, dtype=np.int8)


def _left_out(state: NDArray[np.int8], groups: Sequence[frozenset[str]]) -> tuple[str, ...]:
    unknown = int((state < 0).sum())
    several = any(len(each) > 1 for each in groups)
    return (
        *((f"{unknown} ties left out: the group of an end is unknown",) if unknown else ()),
        *(("of several values, one in common is enough",) if several else ()),
    )


def whole_ei_index(graph: Readable, attribute: Any) -> Measured:
    """Return ties across groups less those within, over all: the E-I index.

    Parameters
    ----------
    graph : networkx.Graph
        Any network.
    attribute : str, or mapping or Series by node
        The group of each node; several, as in ``"nl|ar"``, are all its groups.

    Returns
    -------
    float
        -1 (all within) to 1 (all across); NaN without ties of which both groups are known.

    Raises
    ------
    UnusableInput
        No node has the attribute.

    Examples
    --------
    >>> import networkx as nx
    >>> g = nx.path_graph(4)
    >>> round(whole_ei_index(g, {0: "north", 1: "north", 2: "south", 3: "south"}), 3)
    -0.333
    """
    read = reading(graph)
    groups = groups_of(read, attribute)
    *_, state = _inside(read, groups)
    within, across = int((state == 1).sum()), int((state == 0).sum())
    value = (across - within) / (across + within) if across + within else None
    return measured(read, "whole_ei_index", value, *_left_out(state, groups))


def node_by_ei_index(graph: Readable, attribute: Any) -> pd.Series[Any]:
    """Return for each node its ties across groups less those within, over all of them.

    Parameters
    ----------
    graph : networkx.Graph
        Any network.
    attribute : str, or mapping or Series by node
        The group of each node; several, as in ``"nl|ar"``, are all its groups.

    Returns
    -------
    pandas.Series of float
        -1 to 1; NaN without a tie of which both groups are known.

    Raises
    ------
    UnusableInput
        No node has the attribute.

    Examples
    --------
    >>> import networkx as nx
    >>> g = nx.path_graph(4)
    >>> node_by_ei_index(g, {0: "north", 1: "north", 2: "south", 3: "south"}).to_dict()
    {0: -1.0, 1: 0.0, 2: 0.0, 3: -1.0}
    """
    read = reading(graph)
    groups = groups_of(read, attribute)
    tails, heads, state = _inside(read, groups)
    count = read.network.count
    within, across = (
        np.bincount(np.concatenate([tails[state == s], heads[state == s]]), minlength=count)
        for s in (1, 0)
    )
    every = within + across
    found = np.full(count, np.nan)
    np.divide(across - within, every, where=every > 0, out=found)
    return per_node(read, "node_by_ei_index", found, *_left_out(state, groups))


def ei_by_group(graph: Readable, attribute: Any) -> pd.DataFrame:
    """Return for each group its ties within and across, and the E-I index.

    Parameters
    ----------
    graph : networkx.Graph
        Any network.
    attribute : str, or mapping or Series by node
        The group of each node; who has several, as in ``"nl|ar"``, counts in each.

    Returns
    -------
    pandas.DataFrame
        A row per group, sorted: `members`, `within` and `across` (ties that touch the group, each
        once), `ei_index`. It is for the team; what leaves it goes through :func:`mixing_table`.

    Raises
    ------
    UnusableInput
        No node has the attribute.

    Examples
    --------
    >>> import networkx as nx
    >>> g = nx.path_graph(4)
    >>> ei_by_group(g, {0: "north", 1: "north", 2: "north", 3: "south"}).loc["north"].tolist()
    [3.0, 2.0, 1.0, -0.3333333333333333]
    """
    import pandas as pd

    read = reading(graph)
    groups = groups_of(read, attribute)
    tails, heads, state = _inside(read, groups)
    members = Counter(name for own in groups for name in own)
    within, across = Counter[str](), Counter[str]()
    for a, b, known in zip(tails.tolist(), heads.tolist(), state.tolist(), strict=True):
        if known >= 0:
            within.update(groups[a] & groups[b])
            across.update(groups[a] ^ groups[b])
    rows = {
        name: (members[name], within[name], across[name], _ei(within[name], across[name]))
        for name in sorted(members)
    }
    heads_of = ["members", "within", "across", "ei_index"]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=heads_of)
    frame.index.name = "group"
    frame.attrs["assumptions"] = said(read, "whole_ei_index", *_left_out(state, groups))
    return frame


def _ei(within: int, across: int) -> float:
    return (across - within) / (across + within) if across + within else float("nan")


# --- like to like --------------------------------------------------------------------------------


def whole_assortativity(graph: Readable, attribute: Any) -> Measured:
    """Return how much more ties stay within groups than by chance, 1 when all do.

    Parameters
    ----------
    graph : networkx.Graph
        Any network.
    attribute : str, or mapping or Series by node
        The group of each node; one each.

    Returns
    -------
    float
        Up to 1; NaN without ties, or where all ends are of one group.

    Raises
    ------
    UnusableInput
        No node has the attribute, or a node has several values: ask :func:`whole_ei_index` then.

    Examples
    --------
    >>> import networkx as nx
    >>> g = nx.path_graph(4)
    >>> round(whole_assortativity(g, {0: "north", 1: "north", 2: "south", 3: "south"}), 3)
    0.333
    """
    read = reading(graph)
    code = numbered(one_group_each(read, attribute, what="assortativity"))
    groups = groups_of(read, attribute)
    *_, state = _inside(read, groups)
    value = group_assortativity(read.network, code)
    return measured(read, "whole_assortativity", value, *_left_out(state, groups))


def whole_numeric_assortativity(graph: Readable, attribute: Any) -> Measured:
    """Return the correlation of a number at the two ends of ties.

    Parameters
    ----------
    graph : networkx.Graph
        Any network.
    attribute : str, or mapping or Series by node
        A number of each node, such as ``"born"``.

    Returns
    -------
    float
        -1 to 1; NaN where the number does not vary over the ends.

    Raises
    ------
    UnusableInput
        No node has the attribute, or a value is no number.

    Examples
    --------
    >>> import networkx as nx
    >>> round(whole_numeric_assortativity(nx.path_graph(4), {0: 1, 1: 1, 2: 5, 3: 5}), 3)
    0.333
    """
    read = reading(graph)
    ordered, _ = in_order(read)
    values = given(ordered, attribute)
    kinds = (int, float, np.number)
    if any(v is not None and (isinstance(v, bool) or not isinstance(v, kinds)) for v in values):
        raise UnusableInput("the attribute must be a number for every node that has it")
    numbers = np.array([np.nan if v is None else float(v) for v in values], dtype=np.float64)
    tails, heads = ends(ordered.network)
    unknown = int((~np.isfinite(numbers[tails] + numbers[heads])).sum())
    note = f"{unknown} ties left out: the number of an end is unknown" if unknown else ""
    value = number_assortativity(ordered.network, numbers)
    return measured(read, "whole_numeric_assortativity", value, note)


def whole_degree_assortativity(graph: Readable) -> Measured:
    """Return the correlation of the number of ties at the two ends of ties.

    Parameters
    ----------
    graph : networkx.Graph
        A network of one mode.

    Returns
    -------
    float
        -1 to 1; NaN where all ends have as many ties.

    Raises
    ------
    UnusableInput
        The network has two modes: numbers of ties of the two modes count different things.

    Examples
    --------
    >>> import networkx as nx
    >>> round(whole_degree_assortativity(nx.karate_club_graph()), 4)
    -0.4756
    """
    read = reading(graph)
    if read.network.mode is not None:
        raise UnusableInput(
            "degrees of two modes count different things; project the network on one mode first"
        )
    return measured(read, "whole_degree_assortativity", degree_assortativity(read.network))


# --- tables --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mixing:
    """How many ties there are between groups. It may leave through :func:`privacy.release`.

    Attributes
    ----------
    attribute : str
        What the groups are of.
    directed : bool
        Whether rows are where ties start, and columns where they end.
    ties : CountTable
        Ties by group and group; undirected: each pair of groups once, in order of their names.
    assumptions : str or None
        What was assumed; for the team.
    """

    attribute: Annotated[str, Discloses.OPEN]
    directed: Annotated[bool, Discloses.OPEN]
    ties: Annotated[CountTable, Discloses.COUNT]
    assumptions: Annotated[str | None, Discloses.TEAM] = None

    def to_frame(self) -> pd.DataFrame:
        """Return a square table, symmetric where undirected; what is hidden is missing."""
        import pandas as pd

        names = sorted({*self.ties.rows, *self.ties.columns})

        def cell(a: str, b: str) -> int | None:
            pair = (a, b) if self.directed or a <= b else (b, a)
            return self.ties.cells.get(pair, 0)

        rows = [[cell(a, b) for b in names] for a in names]
        frame = pd.DataFrame(rows, index=names, columns=names, dtype="Int64")
        frame.attrs["assumptions"] = self.assumptions
        return frame


def mixing_table(graph: Readable, attribute: Any, *, name: str | None = None) -> Mixing:
    """Count ties by the groups of their two ends.

    Parameters
    ----------
    graph : networkx.Graph
        Any network.
    attribute : str, or mapping or Series by node
        The group of each node, such as ``"area"``, ``"languages"``, or what
        :func:`node_in_age_band` returned. A tie of somebody with several, as in ``"nl|ar"``,
        counts once in each pair of groups that it joins; counts then add up to more than the ties.
    name : str, optional
        What the groups are of; default: the name of the attribute.

    Returns
    -------
    Mixing
        Raw counts, for the team; :func:`assetmap.privacy.release` hides the small ones. Who has
        no group is ``unknown``.

    Raises
    ------
    UnusableInput
        No node has the attribute.

    Examples
    --------
    >>> import networkx as nx
    >>> table = mixing_table(nx.path_graph(3), {0: "north", 1: "north", 2: "south"})
    >>> table.to_frame().loc["north"].to_dict()
    {'north': 1, 'south': 1}
    """
    read = reading(graph)
    groups = groups_of(read, attribute)
    directed = read.network.directed
    cells = Counter[tuple[str, str]]()
    tails, heads = ends(read.network)
    for a, b in zip(tails.tolist(), heads.tolist(), strict=True):
        pairs = product(groups[a] or {UNKNOWN}, groups[b] or {UNKNOWN})
        cells.update({pair if directed else (min(pair), max(pair)) for pair in pairs})
    notes = [
        *read.notes,
        "directed: from rows to columns" if directed else "undirected: each tie once",
    ]
    if any(len(own) > 1 for own in groups):
        notes.append("several values: a tie counts in each pair of groups that it joins")
    title = name or (attribute if isinstance(attribute, str) else getattr(attribute, "name", None))
    table = CountTable.of(dict(cells))
    return Mixing(str(title or "group"), directed, table, "; ".join(notes))


def node_in_age_band(
    graph: Readable,
    *,
    year: int,
    bands: Sequence[int] = (30, 50, 70),
    attribute: str = "born",
) -> pd.Series[Any]:
    """Return the age band of each node, from the decade of birth.

    Parameters
    ----------
    graph : networkx.Graph
        Of :func:`build` with ``attributes=["born"]``, or any with a year of birth.
    year : int
        In which ages are told.
    bands : sequence of int, default (30, 50, 70)
        Where a new band begins.
    attribute : str, default "born"
        The decade of birth: its middle counts.

    Returns
    -------
    pandas.Series of str
        Such as ``"30-49"``; missing where it is unknown.

    Raises
    ------
    UnusableInput
        No node has the attribute, or bands that do not grow.

    Examples
    --------
    >>> import networkx as nx
    >>> g = nx.Graph()
    >>> g.add_node("a", born=1950)
    >>> g.add_node("b", born=1990)
    >>> node_in_age_band(g, year=2026).to_dict()
    {'a': '70+', 'b': '30-49'}
    """
    starts = list(bands)
    if not starts or starts != sorted(set(starts)) or starts[0] <= 0:
        raise UnusableInput("bands must be ages above 0 that grow, such as (30, 50, 70)")
    read = reading(graph)
    names = [f"{a}-{b - 1}" for a, b in zip([0, *starts], starts, strict=False)]
    names.append(f"{starts[-1]}+")
    ages = [None if b is None else year - int(b) - MIDDLE for b in given(read, attribute)]
    found = [None if age is None else names[sum(age >= s for s in starts)] for age in ages]
    column = per_node(read, "node_in_age_band", found, f"ages in {year}")
    return column.astype(object).where(column.notna(), None)
