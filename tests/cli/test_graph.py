"""``assetmap graph`` tells who knows whom in a few lines, and writes the network without names."""

from __future__ import annotations

import csv
import json
import stat
from pathlib import Path

import networkx as nx
import openpyxl
import pytest

from assetmap.cli import network_asked
from tests.cli.conftest import Typing

DAY = ("--asof", "2026-11-23")
TIES = """\
a,b,kind,strength,since,until,reported_by
p1,p2,friend,3,,,p1
p2,p3,neighbour,1,,,p3
p4,w1,,,,,w1
p1,p5,friend,2,,2026-10-01,p1
"""
PEOPLE = """\
person,called,kind,area,ties_asked_on,worker,share,ground
p1,Zwaantje,resident,noord,2026-09-01,w1,yes,consent
p2,Quirijn,resident,noord,2026-09-01,w1,yes,consent
p3,Ysbrand,resident,zuid,,w1,yes,consent
p4,Wobbe,resident,zuid,,w1,yes,consent
p5,Taetske,resident,zuid,,w1,yes,consent
w1,Wil,worker,noord,,,,
"""
NAMES = ("Zwaantje", "Quirijn", "Ysbrand", "Wobbe", "Taetske")


@pytest.fixture
def lane(street: Path) -> Path:
    """A folder of tables with ties, one of which has ended."""
    (street / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (street / "ties.csv").write_text(TIES, encoding="utf-8")
    return street


def test_a_few_lines_tell_who_knows_whom(typed: Typing, lane: Path) -> None:
    """What there is comes first, who may be glad of a visit last; counts only, no names."""
    done = typed("graph", lane, *DAY)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[:6] == [
        "Wie kent wie, op maandag 23 november 2026",
        "5 bewoners en 1 werker; daartussen zijn 3 contacten bekend.",
        "Er zijn 2 groepen die los van elkaar staan. In de grootste zitten 3 mensen.",
        "1 mens verbindt anderen die elkaar anders niet zouden bereiken.",
        "1 bewoner kent alleen een werker.",
        "3 bewoners kennen één ander.",
    ]
    assert lines[6] == "Van 1 bewoner is geen enkel contact bekend. Het is ook niet gevraagd."
    assert lines[7].startswith("Verder kijken")
    assert not [name for name in NAMES if name in done.out]


def test_the_same_in_english(typed: Typing, lane: Path) -> None:
    """``--lang`` decides the language."""
    done = typed("graph", lane, *DAY, "--lang", "en")
    assert done.out.startswith("Who knows whom, on Monday 23 November 2026\n5 residents and 1 wor")
    assert "Of 1 resident no tie is known. Nobody asked either." in done.out


def test_the_day_decides(typed: Typing, lane: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tie that has ended since counts on a day before; without a day it is today."""
    before = typed("graph", lane, "--asof", "1-9-2026")
    assert "zijn 4 contacten bekend" in before.out
    monkeypatch.setattr(network_asked, "_today", lambda: network_asked.dt.date(2026, 9, 1))
    assert typed("graph", lane).out == before.out


def test_who_was_asked_is_told_apart(typed: Typing, lane: Path) -> None:
    """One who was asked and names nobody, and one who was not asked."""
    text = PEOPLE + "p6,Aafke,resident,zuid,2026-09-01,w1,yes,consent\n"
    (lane / "people.csv").write_text(text, encoding="utf-8")
    out = " ".join(typed("graph", lane, *DAY).out.split())
    assert "Van 2 bewoners is geen enkel contact bekend. Aan 1 van hen is het niet gevraagd." in out


def test_nothing_is_written_without_a_folder(typed: Typing, lane: Path) -> None:
    """Without ``--out`` the screen is all there is."""
    before = sorted(lane.parent.rglob("*"))
    typed("graph", lane, *DAY)
    assert sorted(lane.parent.rglob("*")) == before


def test_every_kind_of_file(typed: Typing, lane: Path, tmp_path: Path) -> None:
    """All kinds at once, with measures and a text that says whom they are for; no names."""
    out = tmp_path / "uit"
    kinds = ("graphml", "gexf", "json", "cytoscape", "kumu", "csv")
    wanted = [word for kind in kinds for word in ("--format", kind)]
    done = typed("graph", lane, *DAY, "--out", out, *wanted, "--measures")
    assert done.code == 0
    files = {path.name for path in out.iterdir()}
    assert files == {
        *("network.graphml", "network.gexf", "network.json", "network.cyjs", "kumu.xlsx"),
        *("nodes.csv", "edges.csv", "measures.csv", "about.txt"),
    }
    assert done.out.splitlines()[-len(files) :] == sorted(str(out / name) for name in files)
    for path in out.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert not [name for name in NAMES if name.encode() in path.read_bytes()]
    assert (out / "about.txt").read_text(encoding="utf-8").startswith("Voor onderzoek. ")
    persons = {n for n in nx.read_graphml(out / "network.graphml") if n.startswith("person:")}
    with (out / "measures.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["id"] for row in rows} == persons
    assert {"node_by_degree", "node_is_isolate"} <= rows[0].keys()
    assert sorted(row["node_by_degree"] for row in rows) == ["0", "1", "1", "1", "1", "2"]
    book = openpyxl.load_workbook(out / "kumu.xlsx")
    assert book.sheetnames == ["Elements", "Connections"]


def test_without_a_kind_it_is_graphml_for_research(
    typed: Typing, lane: Path, tmp_path: Path
) -> None:
    """Codes instead of people, and a network of people only where that is asked."""
    typed("graph", lane, *DAY, "--out", tmp_path / "a")
    whole = nx.read_graphml(tmp_path / "a" / "network.graphml")
    assert {"person", "talent", "area", "activity"} <= {k for _, k in whole.nodes(data="kind")}
    assert "person:p1" not in whole
    typed("graph", lane, *DAY, "--out", tmp_path / "b", "--people")
    people = nx.read_graphml(tmp_path / "b" / "network.graphml")
    assert {kind for _, kind in people.nodes(data="kind")} == {"person"}
    assert (len(people), people.number_of_edges()) == (6, 3)


@pytest.mark.parametrize("asked", [(), ("--people",)])
def test_research_reads_nothing_of_a_sensitive_need(
    asked: tuple[str, ...], typed: Typing, lane: Path, tmp_path: Path
) -> None:
    """Not by an arrangement without its need, nor by a number of ties; the team has it all."""
    (lane / "needs.csv").write_text("need,owner,category,sensitive\ns1,p4,meal,yes\n")
    (lane / "arrangements.csv").write_text(
        "arrangement,need,leg,provider,since\na1,s1,activity,p5,2026-10-01\n"
    )
    for audience, ties, degrees in (("research", 3, "011112"), ("team", 4, "111122")):
        out = tmp_path / audience
        told = ("--out", out, "--audience", audience, "--measures", *asked)
        assert typed("graph", lane, *DAY, *told).code == 0
        found = nx.read_graphml(out / "network.graphml")
        joins = [kind for *_, kind in found.edges(data="kind", default="tie")]
        assert sum(kind in {"tie", "arrangement"} for kind in joins) == ties
        assert any(node.startswith("need:") for node in found) == (audience == "team" and not asked)
        with (out / "measures.csv").open(newline="") as file:
            assert "".join(sorted(r["node_by_degree"] for r in csv.DictReader(file))) == degrees


@pytest.mark.parametrize(
    ("place", "asked", "written"),
    [
        ("net.gexf", (), {"net.gexf"}),
        ("net.GraphML", (), {"net.GraphML"}),
        ("net.json", ("--format", "cytoscape"), {"net.json"}),
        ("kaart.xlsx", ("--measures",), {"kaart.xlsx", "kaart.measures.csv"}),
        ("net.csv", (), {"net.nodes.csv", "net.edges.csv"}),
        ("v1.2", (), {"v1.2/network.graphml"}),
        (
            "net.json",
            ("--format", "json", "--format", "gexf"),
            {"net.network.json", "net.network.gexf"},
        ),
    ],
)
def test_one_file_can_be_named(
    place: str,
    asked: tuple[str, ...],
    written: set[str],
    typed: Typing,
    lane: Path,
    tmp_path: Path,
) -> None:
    """By its ending a place is a file of that kind; what belongs with it stands beside it."""
    out = tmp_path / "uit" / place
    done = typed("graph", lane, *DAY, "--out", out, *asked)
    assert done.code == 0
    found = {path for path in (tmp_path / "uit").rglob("*") if path.is_file()}
    about = {path for path in found if path.name.endswith("about.txt")}
    assert len(about) == 1
    assert {path.relative_to(tmp_path / "uit").as_posix() for path in found - about} == written
    assert set(done.out.splitlines()[-len(found) :]) == set(map(str, found))


def test_a_folder_stays_a_folder_whatever_it_is_called(
    typed: Typing, lane: Path, tmp_path: Path
) -> None:
    """A folder that is there is no file."""
    (tmp_path / "net.gexf").mkdir()
    typed("graph", lane, *DAY, "--out", tmp_path / "net.gexf")
    assert (tmp_path / "net.gexf" / "network.graphml").is_file()


def test_residents_get_no_persons(typed: Typing, lane: Path, tmp_path: Path) -> None:
    """Areas and what is there; the text says so."""
    done = typed("graph", lane, *DAY, "--out", tmp_path / "a", "--audience", "residents")
    assert done.code == 0
    network = nx.read_graphml(tmp_path / "a" / "network.graphml")
    assert {kind for _, kind in network.nodes(data="kind")} == {"area", "activity"}
    assert "Hier staat niets in over personen." in done.out


def test_the_team_can_keep_its_own_ids(typed: Typing, lane: Path, tmp_path: Path) -> None:
    """Only when it asks; the text does not say that there are names."""
    team = ("--audience", "team", "--people")
    typed("graph", lane, *DAY, "--out", tmp_path / "a", *team)
    assert "person:p1" not in nx.read_graphml(tmp_path / "a" / "network.graphml")
    typed("graph", lane, *DAY, "--out", tmp_path / "b", *team, "--own-ids")
    assert "person:p1" in nx.read_graphml(tmp_path / "b" / "network.graphml")
    about = (tmp_path / "b" / "about.txt").read_text(encoding="utf-8")
    assert about.startswith("Alleen voor het wijkteam. Er staan geen namen in")


def test_a_key_gives_the_same_codes(typed: Typing, lane: Path, tmp_path: Path) -> None:
    """The first time it is made, for its owner only; without one the codes differ."""
    key = tmp_path / "sleutel"
    for name in ("a", "b"):
        assert typed("graph", lane, *DAY, "--out", tmp_path / name, "--key", key).code == 0
    typed("graph", lane, *DAY, "--out", tmp_path / "c")
    files = [(tmp_path / name / "network.graphml").read_bytes() for name in ("a", "b", "c")]
    assert files[0] == files[1] != files[2]
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert key.stat().st_size == 32


def test_a_machine_gets_counts_and_file_names(typed: Typing, lane: Path, tmp_path: Path) -> None:
    """``--json`` gives one document and nothing else."""
    document = typed("graph", lane, *DAY, "--json").document
    assert (document["exit"], document["asof"], document["files"]) == (0, "2026-11-23", [])
    assert document["network"]["residents"] == 5
    assert document["network"]["not_asked"] == 1
    done = typed("graph", lane, *DAY, "--json", "--out", tmp_path / "a", "--format", "csv")
    assert done.document["files"] == ["about.txt", "edges.csv", "nodes.csv"]
    assert json.loads(done.out)["audience"] == "research"


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        (("--asof", "2026-02-30"), "De dag 2026-02-30 bestaat niet."),
        (("--asof", "morgen"), "De dag morgen bestaat niet."),
        (("--format", "gexf"), "met --out"),
        (("--measures",), "met --out"),
        (("--audience", "team"), "met --out"),
        (("--out", "x", "--measures", "--audience", "council"), "niet voor council"),
        (("--out", "."), "Daar staan de tabellen."),
        (("--out", "kumu.xlsx"), "Daar staan de tabellen."),
        (("--out", "x", "--own-ids"), "kies --audience team"),
        (("--out", "x", "--key", "people.csv"), "geen sleutel"),
    ],
)
def test_what_cannot_be_done_is_said(
    asked: tuple[str, ...],
    fault: str,
    typed: Typing,
    lane: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One sentence, exit code 2, and nothing written."""
    monkeypatch.chdir(lane)
    (lane / "people.csv").write_text(PEOPLE + "\n" * 2000, encoding="utf-8")
    done = typed("graph", lane, *asked)
    assert (done.code, done.out) == (2, "")
    assert fault in " ".join(done.err.split())
    assert not (lane / "x").exists()


def test_a_workbook_of_tables_is_not_written_over(
    typed: Typing, root: Path, tmp_path: Path
) -> None:
    """The tables themselves are no place for a network; a file beside them is."""
    book = tmp_path / "buurt.xlsx"
    book.write_bytes((root / "examples" / "buurthuis.xlsx").read_bytes())
    before = book.read_bytes()
    assert typed("graph", book, *DAY, "--out", book, "--format", "kumu").code == 2
    assert book.read_bytes() == before
    assert typed("graph", book, *DAY, "--out", tmp_path / "kaart.xlsx").code in {0, 1}


def test_people_without_areas_cannot_be_counted(typed: Typing, tmp_path: Path) -> None:
    """For residents there has to be something to count by."""
    folder = tmp_path / "kaal"
    folder.mkdir()
    (folder / "people.csv").write_text("person,called\np1,Zwaantje\n", encoding="utf-8")
    wanted = ("--audience", "council", "--out", tmp_path / "a")
    done = typed("graph", folder, *DAY, *wanted)
    assert done.code == 2
    assert "Van niemand is het gebied bekend." in done.err
    assert not (tmp_path / "a").exists()


def test_a_folder_that_cannot_be_written(typed: Typing, lane: Path) -> None:
    """Nothing changes, and the sentence says what to do."""
    done = typed("graph", lane, *DAY, "--out", lane / "people.csv" / "uit")
    assert done.code == 2
    assert "kan niet worden geschreven" in " ".join(done.err.split())


def test_errors_in_the_tables_come_first(typed: Typing, lane: Path, tmp_path: Path) -> None:
    """They are listed as ``check`` does, and nothing is written."""
    (lane / "ties.csv").write_text(TIES.replace("p4,w1", "p4,p9"), encoding="utf-8")
    done = typed("graph", lane, *DAY, "--out", tmp_path / "a")
    assert done.code == 2
    assert "[unknown-reference]" in done.err
    assert "Er is niets geschreven." in done.err
    assert not (tmp_path / "a").exists()
    assert typed("graph", lane, *DAY, "--json").document["problems"]


def test_a_warning_ends_with_one(typed: Typing, lane: Path) -> None:
    """The network is shown, and there is something to look at."""
    talents = (lane / "talents.csv").read_text(encoding="utf-8")
    (lane / "talents.csv").write_text(talents.replace("shopping", "bootschappen"), encoding="utf-8")
    done = typed("graph", lane, *DAY)
    assert done.code == 1
    assert "Er is 1 waarschuwing." in done.err


def test_safety_is_told_and_nowhere_in_it(typed: Typing, lane: Path, tmp_path: Path) -> None:
    """A record about safety is in no file, not as a node and not as a count."""
    needs = (lane / "needs.csv").read_text(encoding="utf-8")
    (lane / "needs.csv").write_text(f"{needs}n9,p1,violence,3,2026-11-02,yes\n", encoding="utf-8")
    done = typed("graph", lane, *DAY, "--out", tmp_path / "a", "--audience", "team", "--own-ids")
    assert "veiligheid" in done.err
    network = nx.read_graphml(tmp_path / "a" / "network.graphml")
    assert {n for n in network if n.startswith("need:")} == {"need:n1", "need:n2"}
    assert b"violence" not in (tmp_path / "a" / "network.graphml").read_bytes()


def test_an_empty_neighbourhood_is_no_fault(typed: Typing, tmp_path: Path) -> None:
    """Headings without rows: nobody yet, and no advice to look further."""
    (tmp_path / "people.csv").write_text("person,called\n", encoding="utf-8")
    done = typed("graph", tmp_path / "people.csv", *DAY)
    assert done.code == 0
    assert done.out.splitlines()[1:] == ["0 bewoners; daartussen zijn 0 contacten bekend."]
