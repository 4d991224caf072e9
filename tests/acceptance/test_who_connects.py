"""A house that leans on one person, and what falls away when somebody stops (S40, S76)."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from assetmap import graph
from tests.acceptance.stories import everywhere

# --- S40: about thirty volunteers, and a chair who is the driving force --------------------------

VOLUNTEERS = [f"v{at:02}" for at in range(1, 30)]
HOUSE = {
    "people": "person;area\nchair;north\n" + "\n".join(f"{v};north" for v in VOLUNTEERS),
    "organisations": "organisation;name\nplatform;Wijkplatform",
    "initiatives": "initiative;name;host;manager\nhouse;Buurthuis;platform;chair",
    "memberships": "member;party;role\nchair;house;chair\n"
    + "\n".join(f"{v};house;volunteer" for v in VOLUNTEERS),
    "ties": "a;b;kind\n" + "\n".join(f"chair;{v};friend" for v in VOLUNTEERS),
}
AMONG = "\n".join(f"{a};{b};friend" for a, b in pairwise(VOLUNTEERS))


def test_S40_without_the_chair_the_house_falls_apart(tmp_path: Path) -> None:
    """Thirty take part; everybody knows the chair and nobody else: without, 29 single people."""
    built = graph.build(everywhere(tmp_path, HOUSE))
    members = [a for a, _, kind in built.in_edges("initiative:house", data="kind")]
    assert len(members) == 30
    (row,) = graph.leaning_on_one(built).to_dict("records")
    assert row["group"] == "initiative:house"
    assert row["person"] == "person:chair"
    assert (row["members"], row["parts_before"], row["parts_after"]) == (30, 1, 29)
    found = graph.falls_away(built, "person:chair", within="initiative:house")
    assert found.splits
    assert len(found.cut_off) == 28
    assert found.initiatives == ()


def test_S40_a_house_whose_volunteers_know_each_other_leans_on_nobody(tmp_path: Path) -> None:
    """The same house with ties among the volunteers, in a row: any one may stop."""
    built = graph.build(everywhere(tmp_path, {**HOUSE, "ties": f"{HOUSE['ties']}\n{AMONG}"}))
    assert graph.leaning_on_one(built).empty
    assert not graph.falls_away(built, "person:chair", within="initiative:house").splits


# --- S76: connectors, and what falls away --------------------------------------------------------

CONNECTOR = {
    "people": """
        person;kind;function
        ans;;
        bo;;
        co;;
        dee;;
        ward;worker;opbouwwerker
        nel;worker;wijkverpleegkundige
        """,
    "ties": """
        a;b;kind
        ans;ward;worker
        ward;bo;worker
        bo;co;friend
        ward;nel;worker
        nel;dee;worker
        """,
    "initiatives": "initiative;name\nsoup;Soepgroep\nclub;Wandelclub",
    "memberships": "member;party\nward;soup\nans;club\nward;club",
    "talents": "talent;owner;category\nt1;ward;coaching\nt2;bo;ride\nt3;ward;ride",
}


def test_S76_what_falls_away_when_the_connector_stops(tmp_path: Path) -> None:
    """The neighbourhood falls into three, the soup group has nobody, one talent is gone."""
    built = graph.build(everywhere(tmp_path, CONNECTOR))
    found = graph.falls_away(built, "person:ward")
    assert found.parts_before == 1
    assert found.parts == (
        ("person:bo", "person:co"),
        ("person:dee", "person:nel"),
        ("person:ans",),
    )
    assert found.initiatives == ("initiative:soup",)
    assert found.talents == ("talent:t1", "talent:t3")
    assert found.categories == ("coaching",)
    quiet = graph.falls_away(built, "person:co")
    assert not quiet.splits
    assert quiet.to_frame().empty


def test_S76_bridges_by_role(tmp_path: Path) -> None:
    """The community builder connects residents, and residents with the team."""
    built = graph.build(everywhere(tmp_path, CONNECTOR), attributes=["function"])
    network = graph.people(built)
    table = graph.node_by_brokerage(network, attribute="part")
    assert table.loc["person:ward", "itinerant"] == 2  # ans and bo, both ways
    assert table.loc["person:ward", "gatekeeper"] == 2  # ans or bo to nel
    assert table.loc["person:ward", "representative"] == 2
    assert table.loc["person:bo", "coordinator"] == 0
    between = graph.node_by_betweenness(network, normalised=False)
    roles = [facts.get("function", facts["part"]) for _, facts in network.nodes(data=True)]
    told = between.groupby(roles).max().to_dict()
    assert told == pytest.approx({"opbouwwerker": 8, "wijkverpleegkundige": 4, "resident": 4})
    bridges = graph.tie_is_bridge(network)
    assert bridges.all()
