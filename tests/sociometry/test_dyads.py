"""Networks beside networks: what is read, what is refused, and what comes out."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from assetmap import graph
from assetmap.errors import UnusableInput

KARATE = nx.karate_club_graph()


def test_marriage_and_business_of_florentine_families() -> None:
    """Padgett and Ansell's families: QAP correlation 0.372 of marriage with business ties.

    Hanneman and Riddle (2005, Introduction to Social Network Methods, chapter 18) and the manual
    of UCINET correlate them; the business ties are those of Breiger and Pattison (1986, Social
    Networks 8, 215-256). Sixteen families, Pucci without marriages.
    """
    business = nx.Graph(
        [
            *[("Barbadori", x) for x in ("Ginori", "Medici", "Castellani", "Peruzzi")],
            *[("Bischeri", x) for x in ("Guadagni", "Lamberteschi", "Peruzzi")],
            *[("Castellani", x) for x in ("Lamberteschi", "Peruzzi")],
            *[("Ginori", "Medici"), ("Guadagni", "Lamberteschi"), ("Lamberteschi", "Peruzzi")],
            *[("Medici", x) for x in ("Pazzi", "Salviati", "Tornabuoni")],
        ]
    )
    marriage = nx.florentine_families_graph()
    marriage.add_node("Pucci")
    business.add_nodes_from(marriage)
    found = graph.qap_correlation(marriage, business, runs=499)
    assert found.observed == pytest.approx(0.372, abs=5e-4)
    assert found.p_greater < 0.01


def test_a_regression_tells_apart_what_matters() -> None:
    """Ties made by area alone: area explains them, a number drawn at random does not."""
    rng = np.random.default_rng(3)
    area = {node: "xyz"[node % 3] for node in range(24)}
    born = {node: int(rng.integers(1940, 2000)) for node in range(24)}
    g = nx.Graph()
    g.add_nodes_from(range(24))
    for a in g:
        for b in range(a):
            if rng.random() < (0.7 if area[a] == area[b] else 0.1):
                g.add_edge(a, b)
    predictors = {"same area": graph.pairs_alike(g, area), "years": graph.pairs_apart(g, born)}
    found = graph.qap_regression(g, predictors, runs=199)
    table = found.to_frame()
    assert table.index.tolist() == ["same area", "years"]
    assert table.loc["same area", "p_two_sided"] == 1 / 200
    assert table.loc["years", "p_two_sided"] > 0.05
    assert 0.4 < found.coefficient["same area"] < 0.8
    assert found.constant == pytest.approx(0.1, abs=0.1)
    assert (found.pairs, found.directed, len(found.distribution["years"])) == (276, False, 199)
    assert "double semi-partialling, 199 exchanges, seed 0" in table.attrs["assumptions"]
    assert str(found).startswith("same area: 0.")
    assert "two-sided p 0.005" in str(found)


def test_a_directed_network_makes_ordered_pairs() -> None:
    """One directed network is enough; all pairs count both ways."""
    g = nx.gnm_random_graph(8, 20, seed=1, directed=True)
    plain = nx.gnm_random_graph(8, 12, seed=2)
    found = graph.qap_regression(g, {"other": plain}, runs=9)
    assert (found.pairs, found.directed) == (56, True)
    assert "ordered pairs" in graph.qap_correlation(plain, g, runs=9).model


def test_weights_and_tables_are_numbers_of_pairs() -> None:
    """A graph and its table of weights are the same, whatever the order of the rows."""
    g = nx.Graph()
    g.add_weighted_edges_from([("a", "b", 3), ("b", "c", 1), ("c", "d", 2)])
    table = nx.to_pandas_adjacency(g).loc[["d", "a", "c", "b"], ["c", "b", "a", "d"]]
    found = graph.qap_correlation(g, table, runs=9)
    assert found.observed == pytest.approx(1.0)


def test_exchanged_rows_change_the_mind_of_nobody() -> None:
    """The observed number and every draw are the same for shuffled predictors."""
    alike = graph.pairs_alike(KARATE, "club")
    one = graph.qap_regression(KARATE, {"club": alike}, runs=9)
    two = graph.qap_regression(KARATE, {"club": alike.iloc[::-1, ::-1]}, runs=9)
    assert one.to_frame().equals(two.to_frame())
    assert one.distribution == two.distribution


def test_what_cannot_be_read_is_refused() -> None:
    """Other nodes, gaps, words, no square, two modes, nobody, nothing to explain."""
    good = graph.pairs_alike(KARATE, "club")
    square = pd.DataFrame(np.eye(3), index=list("abc"), columns=list("abc"))
    wrong: list[tuple[object, str]] = [
        (square, "do not have the same nodes"),
        (good.where(good > 0), "no gaps"),
        (good.astype(str) + "x", "holds numbers"),
        (good.iloc[:, :-1], "same nodes as rows and as columns"),
        (good.iloc[[0, 0, *range(2, 34)]], "same nodes as rows and as columns"),
        (nx.davis_southern_women_graph(), "project"),
        (good * 0, "does not vary"),
    ]
    for other, words in wrong:
        with pytest.raises(UnusableInput, match=words):
            graph.qap_correlation(KARATE, other)
    with pytest.raises(UnusableInput, match="at least one predictor"):
        graph.qap_regression(KARATE, {})
    with pytest.raises(UnusableInput, match="does not vary"):
        graph.qap_regression(good * 0, {"club": good})
    with pytest.raises(UnusableInput, match="fewer than three"):
        graph.qap_correlation(nx.path_graph(2), nx.path_graph(2))
    with pytest.raises(UnusableInput, match="runs is 0"):
        graph.qap_correlation(KARATE, good, runs=0)
    with pytest.raises(UnusableInput, match="every node needs a value"):
        graph.pairs_alike(KARATE, {0: "x"})
    with pytest.raises(UnusableInput, match="a number for every node"):
        graph.pairs_apart(KARATE, "club")
    with pytest.raises(UnusableInput, match="more than 5000"):
        graph.pairs_alike(nx.empty_graph(5001), {0: 1})
