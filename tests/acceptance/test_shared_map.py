"""A map of the neighbourhood that residents make and read together, without names (S80)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl

import assetmap
from assetmap import Neighbourhood, graph, plot
from assetmap.cli.starting import run
from tests.acceptance.stories import everywhere

ROOT = Path(__file__).parents[2]
DAY = dt.date(2026, 11, 23)

WALK = {
    "people": "person;called;area\n"
    + "\n".join(f"p{at};Zwaan{at};{'berg' if at < 14 else 'dal'}" for at in range(17)),
    "ties": "a;b;kind\n" + "\n".join(f"p{at};p{at + 1};neighbour" for at in range(16)),
    "initiatives": """
        initiative;name;area;visible
        i1;Soep op de hoek;berg;yes
        i2;Thee bij Zwaan3;dal;yes
        i3;Nog in gesprek;dal;
        """,
    "activities": """
        activity;initiative;name;category;area;start
        a1;i1;Soep;community_dinner;berg;2026-11-26 17:30
        a3;i3;Praten;coffee_morning;dal;2026-11-27 10:00
        """,
    "places": """
        place;name;area;owner
        g1;Achtertuin;dal;p15
        """,
}


def test_S80_a_map_for_everybody_names_nobody(tmp_path: Path) -> None:
    """What there is, area by area, and how many know each other; no person, no small count."""
    hood = everywhere(tmp_path, WALK)
    found = graph.to_networkx(graph.for_audience(graph.build(hood), "residents", hood=hood))
    assert dict(found.nodes["area:berg"]) == {"kind": "area", "people": 15, "acquainted": 15}
    assert dict(found.nodes["area:dal"]) == {"kind": "area"}
    called = {name for _, name in found.nodes(data="name") if name}
    assert called == {"Soep op de hoek", "Soep"}
    assert "initiative:i2" in found, "there, without the name of who pours the tea"
    assert not {"initiative:i3", "activity:a3"} & set(found), "nobody said that it may be shown"
    assert not [node for node in found if node.startswith(("person:", "talent:", "need:"))]
    assert found.has_edge("activity:a1", "initiative:i1")
    everything = str((found.nodes(data=True), found.edges(data=True)))
    assert "Zwaan" not in everything
    assert "Achtertuin" not in everything


def test_S80_the_same_for_the_council_and_for_research(tmp_path: Path) -> None:
    """The council sees what is still quiet, research sees codes; neither sees a name."""
    hood = everywhere(tmp_path, WALK)
    g = graph.build(hood)
    council = graph.to_networkx(graph.for_audience(g, "council", hood=hood))
    assert "initiative:i3" in council
    research = graph.to_networkx(graph.for_audience(g, "research", hood=hood))
    persons = [node for node in research if node.startswith("person:")]
    assert len(persons) == 17
    assert not set(persons) & set(g)
    for shared in (council, research):
        assert "Zwaan" not in str((shared.nodes(data=True), shared.edges(data=True)))


def test_S80_one_command_writes_it(tmp_path: Path) -> None:
    """The invented neighbourhood as a workbook for a map: who lives there is in no cell."""
    hood: Neighbourhood = assetmap.read(ROOT / "examples" / "buurthuis")
    wanted = ("--audience", "residents", "--format", "kumu", "--out", str(tmp_path / "kaart"))
    folder = str(ROOT / "examples" / "buurthuis")
    assert run(["graph", folder, "--asof", "2026-11-23", *wanted]) == 0
    book = openpyxl.load_workbook(tmp_path / "kaart" / "kumu.xlsx")
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    words = {word for row in rows for cell in row for word in str(cell).split()}
    assert not words & {person.called for person in hood.people}
    kinds = {row[1] for row in book["Elements"].iter_rows(min_row=2, values_only=True)}
    assert kinds == {"area", "initiative", "activity", "organisation", "place"}
    about = (tmp_path / "kaart" / "about.txt").read_text(encoding="utf-8")
    assert about.startswith("Voor iedereen in de buurt. Hier staat niets in over personen.")


def test_S80_as_a_picture_too(tmp_path: Path) -> None:
    """Area by area what is offered; no person, no name of anybody, no small count."""
    hood = everywhere(tmp_path, WALK)
    for audience in ("residents", "council"):
        for shown in (
            plot.map_facts(hood, audience, asof=DAY),
            plot.network_facts(hood, audience, asof=DAY),
        ):
            texts = " ".join(text.get_text() for text in plot.draw_picture(shown).texts)
            assert "Zwaan" not in texts
            assert "berg" in texts
    areas = plot.network_facts(hood, "residents", asof=DAY).value.areas
    assert {each.area: each.people for each in areas} == {"berg": 15, "dal": None}
