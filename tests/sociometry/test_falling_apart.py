"""What falls apart: fragmentation, key players, and what goes with one person."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from assetmap import Neighbourhood, graph
from assetmap.errors import UnknownName, UnusableInput
from assetmap.graph import Aim
from assetmap.model import (
    Activity,
    Arrangement,
    Initiative,
    Membership,
    Need,
    Organisation,
    Person,
    Talent,
    Tie,
)
from assetmap.privacy import Audience, release

DAY = "2026-11-24 19:30"
PEOPLE = ("ans", "bo", "co", "dee", "eef", "guus")


def hood() -> Neighbourhood:
    """Ans, Bo and Co in a row; Dee and Eef by themselves; Guus knows nobody."""
    return Neighbourhood.from_records(
        *[Person(person=p) for p in PEOPLE],
        *[Tie(a=a, b=b, kind="friend") for a, b in (("ans", "bo"), ("bo", "co"), ("dee", "eef"))],
        Initiative(initiative="choir", name="Koor", manager="bo"),
        Initiative(initiative="club", name="Club"),
        Organisation(organisation="corp", name="Corporatie"),
        Membership(member="bo", party="choir"),
        *[Membership(member=p, party="club") for p in ("ans", "bo", "co", "dee", "eef")],
        Activity(activity="evening", name="Zang", initiative="choir", category="music", start=DAY),
        Activity(activity="cards", name="Kaarten", initiative="club", category="games", start=DAY),
        Talent(talent="t1", owner="bo", category="ride"),
        Talent(talent="t2", owner="bo", category="garden"),
        Talent(talent="t3", owner="dee", category="ride"),
        Talent(talent="t4", owner="club", category="meal"),
        Need(need="n1", owner="co", category="garden"),
        Arrangement(
            arrangement="a1", need="n1", leg="help", provider="bo", talent="t2", since="2026-01-01"
        ),
    )


def test_what_falls_away_with_a_person() -> None:
    """Who is cut off, the choir that only Bo holds, the talent that nobody else has."""
    found = graph.falls_away(graph.build(hood()), "person:bo")
    assert found.parts_before == 3
    assert found.parts == (("person:ans",), ("person:co",))
    assert found.splits
    assert found.cut_off == ("person:co",)
    assert found.initiatives == ("initiative:choir",)
    assert found.activities == ("activity:evening",)
    assert found.talents == ("talent:t1", "talent:t2")
    assert found.categories == ("garden",)
    assert found.arrangements == ("person:co",)
    table = found.to_frame()
    assert table.loc[table["what"] == "cut_off", "id"].tolist() == ["person:co"]
    assert len(table) == 7


def test_what_does_not_fall_away() -> None:
    """Ans at the end of a row, and Guus who is alone."""
    built = graph.build(hood())
    for person, parts in (("person:ans", 1), ("person:guus", 0)):
        found = graph.falls_away(built, person)
        assert not found.splits
        assert len(found.parts) == parts
        assert found.to_frame().empty
        assert list(found.to_frame().columns) == ["what", "id"]


def test_within_one_initiative() -> None:
    """Only the ties among those who take part count."""
    built = graph.build(hood())
    found = graph.falls_away(built, "person:bo", within="initiative:club")
    assert found.parts_before == 2
    assert found.parts == (("person:ans",), ("person:co",))
    with pytest.raises(UnusableInput, match="does not take part"):
        graph.falls_away(built, "person:guus", within="initiative:club")
    with pytest.raises(UnusableInput, match="is a person; allowed are: initiative, organisation"):
        graph.falls_away(built, "person:bo", within="person:ans")


def test_what_falls_away_with_an_initiative() -> None:
    """The club joins the row of three and the two; its activity and its talent go."""
    found = graph.falls_away(graph.build(hood()), "initiative:club")
    assert found.parts_before == 2
    assert found.parts == (
        ("person:ans", "person:bo", "person:co"),
        ("person:dee", "person:eef"),
    )
    assert found.activities == ("activity:cards",)
    assert found.categories == ("meal",)
    assert found.initiatives == ()


def test_what_falls_away_is_for_the_team() -> None:
    """Whole for the team; for the council nothing of it is left, not even a count."""
    found = graph.falls_away(graph.build(hood()), "person:bo")
    assert release(found, Audience.TEAM).value == found
    empty = release(found, Audience.COUNCIL).value
    assert (empty.node, empty.parts, empty.parts_before) == (None, None, None)
    assert not empty.splits
    assert empty.to_frame().empty


def test_groups_that_lean_on_one() -> None:
    """The club without Bo; the choir is too small to fall apart."""
    table = graph.leaning_on_one(graph.build(hood()))
    assert table.to_dict("records") == [
        {
            "group": "initiative:club",
            "person": "person:bo",
            "members": 5,
            "parts_before": 2,
            "parts_after": 3,
            "largest_after": 2,
        }
    ]
    assert graph.leaning_on_one(graph.build(Neighbourhood.from_records())).empty


def test_talents_of_which_there_is_one() -> None:
    """Garden with Bo, meals with the club; two give rides."""
    table = graph.offered_by_one(graph.build(hood()))
    assert table.values.tolist() == [["garden", "person:bo"], ["meal", "initiative:club"]]


def test_what_is_refused() -> None:
    """A node that is not there, one of another kind, another graph."""
    built = graph.build(hood())
    with pytest.raises(UnknownName, match="'person:nobody' is not in this graph"):
        graph.falls_away(built, "person:nobody")
    with pytest.raises(UnusableInput, match="is a talent"):
        graph.falls_away(built, "talent:t1")
    for function in (graph.leaning_on_one, graph.offered_by_one):
        with pytest.raises(UnusableInput, match="not a graph made by"):
            function(nx.MultiDiGraph([("a", "b")]))


def test_fragmentation_counts_those_who_are_left() -> None:
    """A row of three and one alone: 3 pairs of 6 joined; without the middle none of 3."""
    g = nx.path_graph(["ans", "bo", "co"])
    g.add_node("dee")
    assert graph.whole_fragmentation(g) == 0.5
    found = graph.node_by_fragmentation(g)
    assert found.to_dict() == pytest.approx({"ans": 2 / 3, "bo": 1, "co": 2 / 3, "dee": 0})
    assert "counts those who are left" in graph.MEASURES["node_by_fragmentation"].definition
    assert graph.whole_fragmentation_distance(g) == pytest.approx(1 - (4 + 2 / 2) / 12)


def test_fragmentation_of_too_few() -> None:
    """Missing, never 0."""
    assert graph.node_by_fragmentation(nx.path_graph(2)).isna().all()
    for few in (nx.Graph(), nx.empty_graph(1)):
        assert np.isnan(graph.whole_fragmentation(few))
        assert np.isnan(graph.whole_fragmentation_distance(few))
        assert graph.node_by_fragmentation(few).isna().all()


def test_published_fragmentation() -> None:
    """Borgatti's measures at their ends: a clique 0, isolates 1, two cliques in between."""
    two = nx.disjoint_union(nx.complete_graph(3), nx.complete_graph(3))
    assert graph.whole_fragmentation(nx.complete_graph(5)) == 0
    assert graph.whole_fragmentation(nx.empty_graph(5)) == 1
    assert graph.whole_fragmentation(two) == graph.whole_fragmentation_distance(two) == 0.6


@pytest.mark.parametrize("aim", Aim)
def test_key_players_do_not_depend_on_the_order_of_rows(aim: Aim) -> None:
    """The same set, with what was assumed."""
    g = nx.connected_watts_strogatz_graph(16, 4, 0.3, seed=2)
    turned = nx.Graph()
    turned.add_nodes_from(reversed(list(g)))
    turned.add_edges_from(list(g.edges)[::-1])
    found = graph.key_players(g, 2, aim=aim)
    assert found == graph.key_players(turned, 2, aim=str(aim))
    assert found.exact
    assert "every set was tried" in found.assumptions
    assert (found.before is None) == aim.startswith("reach")


def test_key_players_of_a_larger_network_say_how_they_were_found() -> None:
    """Two hundred people, three of them: not every set."""
    g = nx.gnm_random_graph(200, 260, seed=1)
    found = graph.key_players(g, 3)
    assert not found.exact
    assert "one added after the other" in found.assumptions
    assert found.before is not None
    assert found.value > found.before
    rest = g.copy()
    rest.remove_nodes_from(found.nodes)
    assert graph.whole_fragmentation(rest) == pytest.approx(found.value)
    reach = graph.key_players(g, 3, aim="reach_within", within=3)
    assert "within 3 steps" in reach.assumptions


def test_another_aim_is_refused() -> None:
    """With the words that may be used."""
    with pytest.raises(UnusableInput, match="use break, break_distance, reach, reach_within"):
        graph.key_players(nx.path_graph(4), 1, aim="rule")


def test_measures_gather_what_falls_apart() -> None:
    """In the table of all measures, and of the whole network."""
    g = nx.path_graph(4)
    assert "node_by_fragmentation" in graph.measures(g)
    assert {"whole_fragmentation", "whole_fragmentation_distance"} <= set(graph.whole(g).index)
    assert isinstance(graph.measures(g), pd.DataFrame)
