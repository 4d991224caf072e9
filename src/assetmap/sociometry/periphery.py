"""A core whose members know each other, and a periphery around it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from assetmap.errors import UnusableInput
from assetmap.networks.periphery import EXACT, Between, Division, best_core, closeness_to_core
from assetmap.sociometry.measured import said
from assetmap.sociometry.reading import Readable, reading
from assetmap.sociometry.steady import in_order, one_mode
from assetmap.sociometry.telling import per_node

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CorePeriphery", "core_periphery", "node_by_coreness", "node_is_core"]


@dataclass(frozen=True, eq=False)
class CorePeriphery:
    """A network divided in a core and a periphery.

    Attributes
    ----------
    core, periphery : frozenset
        The nodes of each.
    fit : float
        Correlation of ties with the pattern, over pairs: 1 when they are the same.
    exact : bool
        Whether every division was looked at, or a search was made.
    assumptions : str
        What was assumed.
    """

    core: frozenset[Hashable]
    periphery: frozenset[Hashable]
    fit: float
    exact: bool
    assumptions: str = field(repr=False)

    def __str__(self) -> str:
        """Return it in a sentence."""
        how = "all divisions looked at" if self.exact else "by search"
        return (
            f"a core of {len(self.core)} and a periphery of {len(self.periphery)}, "
            f"fit {self.fit:.3f} ({how})"
        )


def core_periphery(
    graph: Readable, *, between: str = "tied", seed: int = 0
) -> CorePeriphery | None:
    """Divide a network in a core, tied among itself, and a periphery that is not.

    Borgatti and Everett (1999), the discrete model: the division of which the pattern correlates
    best with the ties. With at most 20 nodes every division is looked at; above, a search moves
    and exchanges nodes, from those with most ties and from random cores.

    Parameters
    ----------
    graph : networkx.Graph
        A network of one mode; ties either way count, weights do not.
    between : {"tied", "apart", "open"}, default "tied"
        What the pattern says of pairs of one of each: tied, not tied, or nothing (those pairs are
        left out of the correlation).
    seed : int, default 0
        What the random cores are drawn from.

    Returns
    -------
    CorePeriphery or None
        Of equal fits the smallest core, then the first ids. None where no pattern can fit: no
        ties, or all that there could be.

    Raises
    ------
    UnusableInput
        A two-mode network, or another word for `between`.

    Examples
    --------
    >>> import networkx as nx
    >>> found = core_periphery(nx.star_graph(4))
    >>> sorted(found.core), found.fit, found.exact
    ([0], 1.0, True)
    """
    read = one_mode(graph, "a core")
    if between not in set(Between):
        raise UnusableInput(f"between is {between!r}; use 'tied', 'apart' or 'open'")
    ordered, _ = in_order(read)
    found = best_core(ordered.network, between=Between(between), seed=seed)
    if found is None:
        return None
    core = frozenset(n for n, yes in zip(ordered.nodes, found.core.tolist(), strict=True) if yes)
    told = said(read, "node_is_core", _told(found, between, seed))
    rest = frozenset(read.nodes) - core
    return CorePeriphery(core, rest, found.fit, found.exact, told)


def node_is_core(graph: Readable, *, between: str = "tied", seed: int = 0) -> pd.Series[Any]:
    """Mark who is in the core; :func:`core_periphery` tells more.

    Parameters
    ----------
    graph : networkx.Graph
        A network of one mode; ties either way count, weights do not.
    between : {"tied", "apart", "open"}, default "tied"
        What the pattern says of pairs of one of the core and one of the periphery.
    seed : int, default 0
        What random cores to start from are drawn from.

    Returns
    -------
    pandas.Series of bool
        The fit is in ``.attrs["fit"]``.

    Raises
    ------
    UnusableInput
        A two-mode network, another word for `between`, or a network in which no pattern can fit.

    Examples
    --------
    >>> import networkx as nx
    >>> node_is_core(nx.star_graph(3)).to_dict()
    {0: True, 1: False, 2: False, 3: False}
    """
    read = reading(graph)
    if not read.nodes:
        return per_node(read, "node_is_core", np.zeros(0, dtype=bool))
    found = core_periphery(read, between=between, seed=seed)
    if found is None:
        raise UnusableInput("no core: there is no tie, or everybody is tied to everybody")
    column = per_node(read, "node_is_core", [node in found.core for node in read.nodes])
    column.attrs = {"assumptions": found.assumptions, "fit": found.fit}
    return column


def node_by_coreness(graph: Readable) -> pd.Series[Any]:
    """Return how close each node is to the core: the continuous model.

    The numbers of which the products of two come closest to the tie of the two.

    Parameters
    ----------
    graph : networkx.Graph
        A network of one mode; ties either way count, with their weight.

    Returns
    -------
    pandas.Series of float
        0 or more, their squares together 1; ``.attrs["fit"]`` is the correlation of products and
        ties.

    Raises
    ------
    UnusableInput
        A two-mode network, or one in which no pattern can fit: no ties, or all alike.

    Examples
    --------
    >>> import networkx as nx
    >>> g = nx.Graph([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")])
    >>> found = node_by_coreness(g)
    >>> found.idxmax(), found.idxmin(), round(found.attrs["fit"], 2)
    ('c', 'd', 0.77)
    """
    read = one_mode(graph, "a core")
    if not read.nodes:
        return per_node(read, "node_by_coreness", np.zeros(0))
    ordered, back = in_order(read)
    found = closeness_to_core(ordered.network)
    if found is None:
        raise UnusableInput("no core: there is no tie, or everybody is tied to everybody")
    closeness, fit = found
    column = per_node(read, "node_by_coreness", closeness[back], f"fit {fit:.3f}")
    column.attrs["fit"] = fit
    return column


def _told(found: Division, between: str, seed: int) -> str:
    way = f"all divisions of at most {EXACT} nodes" if found.exact else f"by search, seed {seed}"
    return f"core and periphery {between}; fit {found.fit:.3f}; {way}"
