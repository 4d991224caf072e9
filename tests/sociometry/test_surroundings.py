"""Whether a group is open to what is around it: counted by hand, and unknown told."""

from __future__ import annotations

import networkx as nx
import pytest

from assetmap import graph
from assetmap.errors import UnknownName, UnusableInput
from assetmap.privacy import Audience, release


def _house(*out: tuple[str, str]) -> nx.Graph:
    """Four who all know each other, beside six who walk in a line."""
    g = nx.complete_graph(["a", "b", "c", "d"])
    nx.add_path(g, "uvwxyz")
    g.add_edges_from(out)
    return g


def test_a_closed_group_by_hand() -> None:
    """All six pairs inside, one of 24 outside, one of four members reaches out: open by a hair."""
    found = graph.openness(_house(("a", "u")), [*"abcd"])
    assert (found.members, found.others, found.inside, found.outside) == (4, 6, 6, 1)
    assert found.inside_density == 1.0
    assert found.outside_density == pytest.approx(1 / 24)
    assert found.outside_contact == 0.25
    assert found.ei_index == pytest.approx((1 - 6) / 7)
    assert found.closed is False
    assert graph.openness(_house(), [*"abcd"]).closed is True


def test_ties_with_workers_are_no_contact_with_the_surroundings() -> None:
    """Who knows only the worker outside is as closed as before."""
    g = _house(*((member, "worker") for member in "abcd"))
    g.nodes["worker"]["part"] = "worker"
    found = graph.openness(g, [*"abcd"], name="Het Hof")
    assert (found.group, found.others, found.outside, found.closed) == ("Het Hof", 6, 0, True)
    assert "ties with workers left out" in found.assumptions


def test_who_was_not_asked_is_unknown_not_closed() -> None:
    """Where dates of asking are kept, members who were not asked and have no tie are unknown."""
    g = nx.Graph()
    g.add_nodes_from(["a", "b", "c", "d", "u"])
    g.nodes["u"]["ties_asked_on"] = "2026-03-01"
    found = graph.openness(g, [*"abcd"])
    assert (found.known, found.closed, found.outside_contact) == (0, None, None)
    for member in "abc":
        g.nodes[member]["ties_asked_on"] = "2026-03-01"
    g.add_edges_from([("a", "b"), ("b", "c")])
    assert (graph.openness(g, [*"abcd"]).known, graph.openness(g, [*"abcd"]).closed) == (3, True)


@pytest.mark.parametrize("members", ["ab", "", "abcduvwxyz"])
def test_too_few_or_nobody_around_is_unknown(members: str) -> None:
    """Two people are no closed group, and a village without surroundings is not closed either."""
    assert graph.openness(_house(), list(members)).closed is None


def test_what_leaves_rests_on_what_may_be_shown() -> None:
    """Below five nothing is shown, and nothing is concluded from it."""
    outward = release(graph.openness(_house(), [*"abcd"]), Audience.RESIDENTS).value
    assert (outward.members, outward.assumptions, outward.closed) == (None, None, None)
    assert outward.inside_density is None
    assert outward.outside_density is None
    assert outward.ei_index is None


def test_members_have_to_be_there() -> None:
    """A node that is not in the network, and a name where there are no memberships."""
    with pytest.raises(UnknownName, match="'q' is not a person"):
        graph.openness(_house(), ["a", "q"])
    with pytest.raises(UnusableInput, match="name the members"):
        graph.openness(_house(), "initiative:hof")
    with pytest.raises(UnknownName, match="not in this graph"):
        graph.openness(nx.MultiDiGraph(), "initiative:hof")
