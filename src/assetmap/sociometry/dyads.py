"""Networks beside networks: do the same pairs have ties, and what goes with having them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from assetmap.errors import UnusableInput
from assetmap.networks.dyads import correlation, correlations, slopes
from assetmap.sociometry.chance import Chance, compared
from assetmap.sociometry.reading import Readable, Reading, reading
from assetmap.sociometry.steady import in_order, one_mode
from assetmap.sociometry.values import given, numbered, one_group_each
from assetmap.ties.order import in_id_order

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "PairRegression",
    "pairs_alike",
    "pairs_apart",
    "qap_correlation",
    "qap_regression",
]

MOST = 5_000
"""A matrix of more nodes is not made."""
SAME = 1e-9

Paired: TypeAlias = "Readable | pd.DataFrame"
"""A network, or a square table with a number for each pair."""


@dataclass(frozen=True, eq=False)
class _Matrix:
    nodes: tuple[Hashable, ...]
    values: NDArray[np.float64]
    directed: bool


def qap_correlation(x: Paired, y: Paired, *, runs: int = 999, seed: int = 0) -> Chance:
    """Correlate two networks over all pairs of people, tested by exchanging people (QAP).

    1. The correlation over pairs of different nodes of what stands in the two matrices: weights,
       0 without a tie.
    2. The nodes of `y` are exchanged, rows and columns together, and it is worked out again.

    Parameters
    ----------
    x, y : networkx.Graph or DataFrame
        Of the same nodes. A table is square, its index and columns the nodes; the diagonal is not
        looked at.
    runs : int, default 999
        How many exchanges.
    seed : int, default 0
        What they are drawn from.

    Returns
    -------
    Chance
        ``str()`` says it in a sentence.

    Raises
    ------
    UnusableInput
        Other nodes, a table that is not square or has gaps, more than 5,000 nodes, or a matrix
        that does not vary.

    Examples
    --------
    >>> import networkx as nx
    >>> g = nx.karate_club_graph()
    >>> found = qap_correlation(g, pairs_alike(g, "club"), runs=99)
    >>> found.p_greater
    0.01
    """
    _check_runs(runs)
    (one, other), directed = _together([x, y])
    observed = correlation(one, other, directed=directed)
    if np.isnan(observed):
        raise UnusableInput("one of the two does not vary over pairs, so nothing is correlated")
    rng = np.random.default_rng(seed)
    draws = correlations(one, other, directed=directed, runs=runs, rng=rng)
    pairs = "ordered pairs" if directed else "pairs"
    model = f"over {pairs}; the nodes of the second exchanged"
    return compared("correlation", model, observed, draws, seed)


@dataclass(frozen=True, eq=False)
class PairRegression:
    """What goes with having a tie: a regression over pairs, tested by exchanging people.

    Attributes
    ----------
    names : tuple of str
        The predictors, in order.
    constant : float
        What is expected where every predictor is 0.
    coefficient, t : mapping of str to float
        Ordinary least squares, for each predictor.
    p_greater, p_less, p_two_sided : mapping of str to float
        How often the t-value of a shuffled predictor is as large or larger, as small or smaller,
        as far from 0 or farther: (r + 1) / (n + 1).
    distribution : mapping of str to tuple of float
        Those t-values.
    r_squared : float
        Share of the variance that is explained.
    pairs, runs, seed : int
        How many pairs, how many exchanges, and what they were drawn from.
    directed : bool
        Whether pairs are ordered.
    """

    names: tuple[str, ...]
    constant: float
    coefficient: Mapping[str, float]
    t: Mapping[str, float]
    p_greater: Mapping[str, float]
    p_less: Mapping[str, float]
    p_two_sided: Mapping[str, float]
    distribution: Mapping[str, tuple[float, ...]] = field(repr=False)
    r_squared: float
    pairs: int
    runs: int
    seed: int
    directed: bool

    def to_frame(self) -> pd.DataFrame:
        """Return a row per predictor."""
        import pandas as pd

        columns = ("coefficient", "t", "p_greater", "p_less", "p_two_sided")
        index = pd.Index(self.names, name="predictor")
        frame = pd.DataFrame(
            {column: [getattr(self, column)[name] for name in self.names] for column in columns},
            index=index,
        )
        frame.attrs["assumptions"] = self._assumed()
        return frame

    def _assumed(self) -> str:
        pairs = "ordered pairs" if self.directed else "pairs"
        return (
            f"ordinary least squares over {self.pairs} {pairs}, constant {self.constant:.4g}, "
            f"R squared {self.r_squared:.3f}; double semi-partialling, {self.runs} exchanges, "
            f"seed {self.seed}"
        )

    def __str__(self) -> str:
        """Return a line per predictor."""
        lines = [
            f"{name}: {self.coefficient[name]:.4g} (t {self.t[name]:.3g}, "
            f"two-sided p {self.p_two_sided[name]:.3g})"
            for name in self.names
        ]
        return "\n".join([*lines, self._assumed()])


def qap_regression(
    y: Paired, predictors: Mapping[str, Paired], *, runs: int = 999, seed: int = 0
) -> PairRegression:
    """Regress ties on other networks, tested by exchanging people (MRQAP).

    1. Ordinary least squares over pairs of different nodes, with a constant.
    2. For each predictor: what the others do not explain of it has its nodes exchanged, and the
       t-value of that beside the others is one draw (double semi-partialling: Dekker, Krackhardt
       and Snijders 2007).

    Parameters
    ----------
    y : networkx.Graph or DataFrame
        What is explained.
    predictors : mapping of str to networkx.Graph or DataFrame
        Of the same nodes, such as :func:`pairs_alike` makes them.
    runs : int, default 999
        How many exchanges for each predictor.
    seed : int, default 0
        What they are drawn from.

    Returns
    -------
    PairRegression
        ``to_frame()`` is the usual table.

    Raises
    ------
    UnusableInput
        No predictor, one that is flat or follows from the others, other nodes, gaps, or more than
        5,000 nodes.

    Examples
    --------
    >>> import networkx as nx
    >>> g = nx.karate_club_graph()
    >>> found = qap_regression(g, {"same club": pairs_alike(g, "club")}, runs=99)
    >>> found.p_two_sided["same club"]
    0.01
    """
    _check_runs(runs)
    if not predictors:
        raise UnusableInput("name at least one predictor")
    names = tuple(predictors)
    (outcome, *others), directed = _together([y, *predictors.values()])
    if np.ptp(outcome[~np.eye(len(outcome), dtype=bool)]) == 0:
        raise UnusableInput("what is explained does not vary over pairs")
    rng = np.random.default_rng(seed)
    found = slopes(outcome, others, directed=directed, runs=runs, rng=rng)
    tests = [
        compared(name, "", float(t), draws, seed)
        for name, t, draws in zip(names, found.t[1:], found.drawn, strict=True)
    ]
    return PairRegression(
        names,
        constant=float(found.coefficient[0]),
        coefficient=dict(zip(names, found.coefficient[1:].tolist(), strict=True)),
        t=dict(zip(names, found.t[1:].tolist(), strict=True)),
        p_greater={test.statistic: test.p_greater for test in tests},
        p_less={test.statistic: test.p_less for test in tests},
        p_two_sided={test.statistic: _both_sides(test) for test in tests},
        distribution={test.statistic: test.distribution for test in tests},
        r_squared=found.r_squared,
        pairs=found.pairs,
        runs=runs,
        seed=seed,
        directed=directed,
    )


def _both_sides(test: Chance) -> float:
    """Return how often a draw is as far from 0 as what was observed, or farther."""
    far = abs(test.observed) - SAME * max(1.0, abs(test.observed))
    return (sum(abs(x) >= far for x in test.distribution) + 1) / (len(test.distribution) + 1)


def pairs_alike(graph: Readable, attribute: Any) -> pd.DataFrame:
    """Return for each pair whether the two have the same value: 1 or 0.

    Parameters
    ----------
    graph : networkx.Graph
        Any network.
    attribute : str, or mapping or Series by node
        Known for every node.

    Returns
    -------
    pandas.DataFrame
        Square, a row and column per node.

    Raises
    ------
    UnusableInput
        A node without a value, or with several.

    Examples
    --------
    >>> import networkx as nx
    >>> pairs_alike(nx.path_graph(3), {0: "x", 1: "x", 2: "y"}).loc[0].tolist()
    [1.0, 1.0, 0.0]
    """
    read, values = _known(graph, attribute)
    code = numbered(one_group_each(read, dict(zip(read.nodes, values, strict=True)), what="a pair"))
    return _table(read, (code[:, None] == code).astype(np.float64))


def pairs_apart(graph: Readable, attribute: Any) -> pd.DataFrame:
    """Return for each pair how far a number of the two lies apart.

    Parameters
    ----------
    graph : networkx.Graph
        Any network.
    attribute : str, or mapping or Series by node
        A number for every node, such as ``"born"``.

    Returns
    -------
    pandas.DataFrame
        Square, a row and column per node; 0 or more.

    Raises
    ------
    UnusableInput
        A node without a number.

    Examples
    --------
    >>> import networkx as nx
    >>> pairs_apart(nx.path_graph(3), {0: 30, 1: 40, 2: 70}).loc[0].tolist()
    [0.0, 10.0, 40.0]
    """
    read, values = _known(graph, attribute)
    if any(isinstance(v, bool) or not isinstance(v, (int, float, np.number)) for v in values):
        raise UnusableInput("the attribute must be a number for every node")
    numbers = np.array(values, dtype=np.float64)
    return _table(read, np.abs(numbers[:, None] - numbers))


def _known(graph: Readable, attribute: Any) -> tuple[Reading, list[Any]]:
    read = reading(graph)
    _check_size(len(read.nodes))
    values = given(read, attribute)
    if any(value is None for value in values):
        raise UnusableInput("every node needs a value; leave out those without one first")
    return read, values


def _table(read: Reading, values: NDArray[np.float64]) -> pd.DataFrame:
    import pandas as pd

    index = pd.Index(list(read.nodes), name="node", tupleize_cols=False)
    return pd.DataFrame(values, index=index, columns=index)


def _check_runs(runs: int) -> None:
    if runs < 1:
        raise UnusableInput(f"runs is {runs}; there must be 1 or more")


def _check_size(count: int) -> None:
    if count > MOST:
        raise UnusableInput(f"pairs of more than {MOST} nodes do not fit in a matrix")


def _together(several: list[Any]) -> tuple[list[NDArray[np.float64]], bool]:
    """Return matrices of the same nodes, in order of ids, and whether pairs are ordered."""
    found = [_matrix(each) for each in several]
    if any(each.nodes != found[0].nodes for each in found):
        raise UnusableInput("the networks do not have the same nodes")
    if len(found[0].nodes) < 3:
        raise UnusableInput("with fewer than three nodes there is nothing to exchange")
    return [each.values for each in found], any(each.directed for each in found)


def _matrix(one: Any) -> _Matrix:
    import pandas as pd

    if not isinstance(one, pd.DataFrame):
        read, _ = in_order(one_mode(one, "a matrix of pairs"))
        _check_size(len(read.nodes))
        return _Matrix(read.nodes, read.network.ties.toarray(), read.network.directed)
    order = in_id_order(one.index)
    _check_size(len(order))
    if len(set(order)) < len(order) or set(order) != set(one.columns) or one.shape[1] != len(order):
        raise UnusableInput("a table of pairs has the same nodes as rows and as columns, each once")
    try:
        values = one.loc[order, order].to_numpy(dtype=np.float64)
    except (TypeError, ValueError):
        raise UnusableInput("a table of pairs holds numbers") from None
    values = np.where(np.eye(len(order), dtype=bool), 0.0, values)
    if not np.isfinite(values).all():
        raise UnusableInput("a table of pairs has no gaps: every pair needs a number")
    return _Matrix(tuple(order), values, not np.array_equal(values, values.T))
