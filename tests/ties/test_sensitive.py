"""What is sensitive stays with the team, and so does everything that would tell of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import networkx as nx
import pytest

from assetmap import graph
from assetmap.errors import PrivacyError, UnusableInput
from assetmap.model import (
    Arrangement,
    Decision,
    Need,
    Neighbourhood,
    Organisation,
    Person,
    Record,
    Tie,
)
from assetmap.privacy import pseudonyms

KEY = b"a key of the test, long enough"


def _arranged(at: int, *, provider: str, **changes: object) -> Arrangement:
    facts = {"leg": "activity", "since": "2026-01-01", **changes}
    return Arrangement(arrangement=f"a{at}", need=f"n{at}", provider=provider, **facts)


def _hood(*rows: Record) -> Neighbourhood:
    """Two helps p1 with something sensitive, four helps p3 with a meal."""
    return Neighbourhood.from_records(
        [Person(person=f"p{at}", area="north") for at in range(1, 7)],
        Need(need="n1", owner="p1", category="meal", sensitive="yes"),
        Need(need="n2", owner="p3", category="meal"),
        _arranged(1, provider="p2"),
        _arranged(2, provider="p4"),
        *rows,
    )


def _told(hood: Neighbourhood, network: nx.Graph[str], who: str = "research") -> nx.Graph[str]:
    return graph.to_networkx(graph.for_audience(network, who, hood=hood, key=KEY))


def test_an_arrangement_leaves_with_its_sensitive_need() -> None:
    """Asker and helper would be known by an arrangement without a need; the team keeps both."""
    hood = _hood()
    built = graph.build(hood)
    codes = pseudonyms([n for n in built if not n.startswith("area:")], KEY)
    found = _told(hood, built)
    arranged = [(a, b, f) for a, b, f in found.edges(data=True) if f["kind"] == "arrangement"]
    assert [(a, b) for a, b, _ in arranged] == [(codes["person:p4"], codes["person:p3"])]
    assert [facts["need"] for *_, facts in arranged] == [codes["need:n2"]]
    assert codes["need:n1"] not in repr((found.nodes(data=True), found.edges(data=True)))
    team = _told(hood, built, "team")
    assert codes["need:n1"] in team
    kinds = [kind for _, _, kind in team.edges(data="kind")]
    assert kinds.count("arrangement") == 2


def test_help_of_an_organisation_leaves_too() -> None:
    """Nor is an asker known by the organisation that helps."""
    hood = _hood(
        Organisation(organisation="o1", name="Thuiszorg"),
        Need(need="n3", owner="p5", category="meal", sensitive="yes"),
        _arranged(3, provider="organisation:o1"),
    )
    found = _told(hood, graph.build(hood))
    assert "organisation:o1" in found
    assert found.degree("organisation:o1") == 0


def test_two_files_of_one_key_do_not_tell_it_together() -> None:
    """The network of people has the arrangements that the whole network has, and no other."""
    hood = _hood(
        Tie(a="p5", b="p6", kind="friend"),
        Need(need="n3", owner="p5", category="meal", sensitive="yes"),
        _arranged(3, provider="p6"),
        Need(need="n4", owner="p3", category="meal", sensitive="yes"),
        _arranged(4, provider="p4"),
    )
    built = graph.build(hood)
    codes = pseudonyms([n for n in built if n.startswith("person:")], KEY)
    known = _told(hood, graph.people(built))
    told = {frozenset((a, b)): facts["kinds"] for a, b, facts in known.edges(data=True)}
    assert told == {
        frozenset((codes["person:p3"], codes["person:p4"])): "arrangement",
        frozenset((codes["person:p5"], codes["person:p6"])): "friend",
    }
    whole = _told(hood, built)
    arranged = {frozenset((a, b)) for a, b, k in whole.edges(data="kind") if k == "arrangement"}
    assert arranged == {pair for pair, kinds in told.items() if "arrangement" in kinds}
    assert set(graph.people(built).edges["person:p5", "person:p6"]["kinds"].split("|")) == {
        "arrangement",
        "friend",
    }


def test_an_arrangement_that_ended_covers_no_other() -> None:
    """On the day itself only the sensitive one is left between the two."""
    hood = _hood(
        Need(need="n3", owner="p1", category="meal"),
        _arranged(3, provider="p2", until="2026-03-01"),
    )
    for day, expected in ((dt.date(2026, 2, 1), 2), (dt.date(2026, 4, 1), 1)):
        known = graph.people(graph.build(hood, asof=day))
        assert known.number_of_edges() == 2
        assert _told(hood, known).number_of_edges() == expected


@pytest.mark.parametrize("asof", [None, dt.date(2026, 4, 1)])
@pytest.mark.parametrize("both", [False, True])
def test_one_report_is_no_tie_where_both_are_asked(both: bool, asof: dt.date | None) -> None:
    """A tie that is there by a sensitive arrangement only, not by both reports, leaves with it."""
    reports = [Tie(a="p1", b="p2", kind="friend", reported_by="p1")]
    reports += [Tie(a="p2", b="p1", kind="friend", reported_by="p2")] if both else []
    hood = _hood(*reports)
    network = graph.people(graph.build(hood, asof=asof), combine="all")
    assert network.edges["person:p1", "person:p2"]["kinds"] == "arrangement|friend"
    kinds = sorted(facts["kinds"] for *_, facts in _told(hood, network).edges(data=True))
    assert kinds == (["arrangement", "friend"] if both else ["arrangement"])


def test_measures_would_tell_of_a_tie_that_is_left_out() -> None:
    """A number of ties one higher than in the file: refused; of the open tables it is fine."""
    hood = _hood()
    for network in (graph.build(hood), graph.people(graph.build(hood))):
        measured = graph.node_by_degree(network).to_frame()
        with pytest.raises(PrivacyError, match=r"without_sensitive\(hood\)"):
            graph.for_audience(network, hood=hood, measures=measured)
        graph.for_audience(network, "team", hood=hood, measures=measured)
    known = graph.people(graph.build(graph.without_sensitive(hood)))
    measured = graph.node_by_degree(known).to_frame()
    shared = graph.to_networkx(graph.for_audience(known, hood=hood, measures=measured))
    assert {n: f["node_by_degree"] for n, f in shared.nodes(data=True)} == dict(shared.degree())


@pytest.mark.parametrize("audience", ["team", "research", "residents", "council"])
def test_a_neighbourhood_is_not_shared_without_its_tables(audience: str) -> None:
    """They say what is sensitive and what people are called; other networks have none."""
    hood = _hood()
    for network in (graph.build(hood), graph.people(graph.build(hood))):
        with pytest.raises(UnusableInput, match="hood="):
            graph.for_audience(network, audience)
    assert len(graph.to_networkx(graph.for_audience(nx.path_graph(3)))) == 3


def test_what_is_not_in_the_tables_is_not_told() -> None:
    """With other tables than the graph was made of, no need leaves and no arrangement."""
    found = _told(Neighbourhood(), graph.build(_hood()))
    assert not [node for node in found if node.startswith("need:")]
    assert "arrangement" not in {kind for _, _, kind in found.edges(data="kind")}


def test_the_graph_itself_stays_as_it_is() -> None:
    """Leaving out happens on a copy."""
    hood = _hood(Tie(a="p1", b="p2", kind="friend"))
    for network in (graph.build(hood), graph.people(graph.build(hood))):
        before = network.copy()
        _told(hood, network)
        assert nx.utils.graphs_equal(network, before)


def test_tables_without_what_is_sensitive() -> None:
    """Needs, and what rests on them, with their own columns; without any the tables stay."""
    told = {"plan": "p", "provider": "p5", "date": "2026-02-01", "decision": "not_now"}
    own = {"needs": {"n1": {"mark": "x"}, "n2": {"mark": "y"}}, "people": {"p1": {"mark": "z"}}}
    hood = replace(_hood(*(Decision(need=need, **told) for need in ("n1", "n2"))), extra=own)
    rest = graph.without_sensitive(hood)
    assert [row.need for row in rest.needs] == ["n2"]
    assert [row.arrangement for row in rest.arrangements] == ["a2"]
    assert [row.need for row in rest.decisions] == ["n2"]
    assert rest.people == hood.people
    assert rest.extra == {"needs": {"n2": {"mark": "y"}}, "people": {"p1": {"mark": "z"}}}
    assert graph.without_sensitive(rest) is rest
