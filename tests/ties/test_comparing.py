"""Two networks beside each other: every tie is accounted for, and who became less alone."""

from __future__ import annotations

import datetime as dt

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetmap import graph
from assetmap.errors import UnusableInput
from assetmap.graph import Change, compare
from assetmap.model import Neighbourhood, Person, Tie
from assetmap.privacy import Audience, release

SPRING, AUTUMN = dt.date(2026, 4, 1), dt.date(2026, 10, 1)


def _net(*ties: str, alone: str = "") -> nx.Graph:
    """``_net("ab2")`` joins a and b with weight 2."""
    g = nx.Graph()
    g.add_nodes_from(alone)
    g.add_weighted_edges_from((t[0], t[1], int(t[2:] or 1)) for t in ties)
    return g


def test_each_tie_is_gained_lost_kept_stronger_or_weaker() -> None:
    """By hand: one of each; weights of both dates stand beside it."""
    found = compare(_net("ab", "ac2", "ad3", "ae"), _net("ab", "ac3", "ad", "af"))
    assert [(t.a + t.b, t.change.value, t.before, t.after) for t in found.ties or ()] == [
        ("ab", "kept", 1, 1),
        ("ac", "stronger", 2, 3),
        ("ad", "weaker", 3, 1),
        ("ae", "lost", 1, None),
        ("af", "gained", None, 1),
    ]
    assert (found.gained, found.lost, found.kept) == (1, 1, 3)
    assert (found.came, found.left) == (("f",), ("e",))
    assert (found.came_count, found.left_count) == (1, 1)
    assert found.stability == pytest.approx(3 / 5)


def test_a_table_of_it() -> None:
    """A row per tie, with the weights as numbers and what was assumed."""
    frame = compare(_net("ab"), _net("ac2")).to_frame()
    assert frame.columns.tolist() == ["a", "b", "change", "before", "after"]
    assert frame["change"].tolist() == ["lost", "gained"]
    assert frame["before"].isna().tolist() == [False, True]
    assert "nearly alone: at most 1 tie" in frame.attrs["assumptions"]
    assert compare(nx.Graph(), nx.Graph()).to_frame().empty


def test_who_became_less_alone_goes_from_few_ties_to_more() -> None:
    """From one to two counts; from two to three, and who only came later, does not."""
    before = _net("ab", "cd", "ce", alone="g")
    after = _net("ab", "ac", "cd", "ce", "cg", "hb", "ha", alone="x")
    found = compare(before, after)
    assert found.less_alone == ("a", "b")
    assert compare(before, after, few=0).less_alone == ("g",)
    assert compare(after, before).more_alone == ("a", "b")
    assert (found.less_alone_count, found.more_alone_count) == (2, 0)


def test_a_direction_makes_two_ties_of_one_pair() -> None:
    """From a to b may be lost while from b to a is kept; company counts either way."""
    before = nx.DiGraph([("a", "b"), ("b", "a")])
    after = nx.DiGraph([("b", "a"), ("c", "a")])
    found = compare(before, after)
    told = {(t.a, t.b): t.change for t in found.ties or ()}
    assert told == {
        ("a", "b"): Change.LOST,
        ("b", "a"): Change.KEPT,
        ("c", "a"): Change.GAINED,
    }
    assert found.less_alone == ("a",)


def test_ties_to_oneself_are_left_out() -> None:
    """They are no company and no change."""
    found = compare(_net("ab", "aa"), _net("ab"))
    assert [t.change for t in found.ties or ()] == [Change.KEPT]
    assert found.more_alone == ()


@pytest.mark.parametrize(
    ("before", "after", "few"),
    [
        (nx.Graph(), nx.DiGraph(), 1),
        (nx.MultiGraph([("a", "b")]), nx.MultiGraph(), 1),
        (nx.Graph(), nx.Graph(), -1),
        (nx.Graph(), nx.Graph(), True),
    ],
)
def test_what_cannot_be_compared_is_refused(before: nx.Graph, after: nx.Graph, few: int) -> None:
    """With and without a direction, parallel ties, a number that is none."""
    with pytest.raises(UnusableInput):
        compare(before, after, few=few)


NETWORKS = st.dictionaries(
    st.sampled_from([(a, b) for a in "abcde" for b in "abcde" if a < b]), st.integers(1, 3)
)


@given(NETWORKS, NETWORKS)
def test_it_is_what_the_definition_says(
    old: dict[tuple[str, str], int], new: dict[tuple[str, str], int]
) -> None:
    """Sets of ties, subtracted; nobody is counted twice; turned round it is the mirror image."""
    nets = []
    for ties in (old, new):
        g = nx.Graph()
        g.add_nodes_from("abcde")
        g.add_weighted_edges_from((a, b, w) for (a, b), w in ties.items())
        nets.append(g)
    found = compare(*nets)
    assert found.gained == len(new.keys() - old.keys())
    assert found.lost == len(old.keys() - new.keys())
    assert found.kept == len(old.keys() & new.keys())
    told = {(t.a, t.b) for t in found.ties or () if t.change is Change.STRONGER}
    assert told == {pair for pair in old.keys() & new.keys() if new[pair] > old[pair]}
    less = [n for n in "abcde" if nets[0].degree(n) <= 1 < nets[1].degree(n)]
    assert list(found.less_alone) == less
    back = compare(nets[1], nets[0])
    assert (back.gained, back.lost, back.more_alone) == (found.lost, found.gained, tuple(less))


def _street() -> Neighbourhood:
    """The lady knew her daughter and a worker; in summer she met Ans and Bo."""
    return Neighbourhood.from_records(
        Person(person="lady", ties_asked_on="2026-03-01"),
        Person(person="daughter", ties_asked_on="2026-03-01"),
        Person(person="ans", ties_asked_on="2026-09-01"),
        Person(person="bo"),
        Person(person="ward", kind="worker"),
        Tie(a="lady", b="daughter", kind="family", since="1980-01-01"),
        Tie(a="lady", b="ward", kind="worker", since="2026-01-01"),
        Tie(a="lady", b="ans", since="2026-06-01", introduced_by="ward"),
        Tie(a="bo", b="ans", since="2026-06-01"),
        Tie(a="bo", b="lady", since="2026-06-01"),
        Tie(a="bo", b="ward", kind="worker", since="2026-06-01", until="2026-07-01"),
    )


def test_a_worker_is_no_company() -> None:
    """Two snapshots of the tables: ties with workers do not make anybody less alone."""
    hood = _street()
    found = compare(graph.build(hood, asof=SPRING), graph.build(hood, asof=AUTUMN))
    assert found.less_alone == ("person:ans", "person:bo", "person:lady")
    assert found.gained == 3
    assert "ties with workers not counted" in found.assumptions
    assert "live on 2026-04-01" in found.assumptions


def test_who_was_not_asked_before_may_have_had_the_ties_already() -> None:
    """Ans was asked in September only, Bo never; the lady was asked before spring."""
    hood = _street()
    found = compare(graph.build(hood, asof=SPRING), graph.build(hood, asof=AUTUMN))
    assert found.perhaps_before == ("person:ans", "person:bo")


def test_only_numbers_that_are_large_enough_leave() -> None:
    """Residents get no persons and no small counts; the team gets everything."""
    hood = _street()
    found = compare(graph.build(hood, asof=SPRING), graph.build(hood, asof=AUTUMN))
    outside = release(found, Audience.RESIDENTS).value
    assert (outside.less_alone, outside.gained, outside.less_alone_count) == (None, None, None)
    assert (outside.ties, outside.stability) == (None, None)
    assert outside.to_frame().empty
    assert release(found, Audience.TEAM).value == found


def test_an_initiative_is_seen_beside_those_outside_it() -> None:
    """By hand: of three untied pairs of members two became tied, of one pair of others none."""
    before, after = _net("ab", alone="cdef"), _net("ab", "ac", "bc", "ae", alone="df")
    found = graph.effect(before, after, members=["a", "b", "c", "gone"])
    assert (found.members, found.others) == (3, 3)
    assert (found.new_among_members, found.open_among_members) == (2, 2)
    assert (found.new_among_others, found.open_among_others) == (0, 3)
    assert (found.share_among_members, found.share_among_others) == (1.0, 0.0)
    assert graph.effect(before, after, members=[]).share_among_members is None
    assert release(found, Audience.COUNCIL).value.members is None
    with pytest.raises(UnusableInput, match="undirected"):
        graph.effect(nx.DiGraph(), nx.DiGraph(), members=[])
