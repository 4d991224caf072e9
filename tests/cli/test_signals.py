"""``assetmap signals`` tells what a meeting can act on, and takes back what it decided."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from assetmap.cli import signals_asked
from tests.cli.conftest import Typing

DAY = ("--asof", "2026-11-23")
PEOPLE = """\
person,called,kind,area,worker,share,ground
p1,Zwaantje,resident,noord,w1,yes,consent
p2,Quirijn,resident,noord,w1,yes,consent
p3,Ysbrand,resident,noord,w1,yes,consent
p4,Wobbe,resident,noord,w1,yes,consent
w1,Wil,worker,noord,,,
w2,Bea,worker,noord,,,
"""
NEEDS = """\
need,owner,category,since,talked
n1,p1,homework,2026-11-02,yes
n2,p2,homework,2026-11-09,yes
n3,p3,homework,2026-11-16,yes
"""
NOTES = """\
observation,date,kind,category,about,reporter,area
o1,2026-11-20,complaint,garden,p4,p1,noord
"""


TEAM = """\
[signals]
off = ["place", "peers", "backlog", "structure", "alone", "not_heard", "gaps", "balance"]
"""


@pytest.fixture
def lane(street: Path) -> Path:
    """A folder of tables with an agreement, and a complaint about somebody."""
    (street / "team.toml").write_text(TEAM, encoding="utf-8")
    tables = {"people": PEOPLE, "needs": NEEDS, "observations": NOTES}
    for name, text in tables.items():
        (street / f"{name}.csv").write_text(text, encoding="utf-8")
    return street


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_list_is_told_without_what_is_for_one_worker(typed: Typing, lane: Path) -> None:
    """The card of the team, with what one could do; the complaint is for the own worker."""
    done = typed("signals", lane, *DAY)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0] == "Signalen voor het overleg van maandag 23 november 2026"
    assert lines[2] == "3 huishoudens in noord vroegen in 21 dagen hetzelfde: huiswerk."
    assert any(line.startswith("  Wat kun je doen: ") for line in lines)
    assert "Wobbe" not in done.out
    assert max(map(len, lines)) <= 80


def test_a_worker_reads_the_own_cards_too(typed: Typing, lane: Path) -> None:
    """And another worker does not."""
    mine = typed("signals", lane, *DAY, "--worker", "w1", "--lang", "en")
    assert "There is a complaint about Wobbe" in mine.out
    assert "Wobbe" not in typed("signals", lane, *DAY, "--worker", "w2").out


def test_it_is_written_and_taken_back(typed: Typing, lane: Path, tmp_path: Path) -> None:
    """What the meeting saw stays away until somebody joins, and then says what was decided."""
    out = tmp_path / "uit"
    done = typed("signals", lane, *DAY, "--out", out)
    assert {path.name for path in out.iterdir()} == {"signals.csv", "notes.csv"}
    assert str(out / "notes.csv") in done.out
    (card,) = _rows(out / "signals.csv")
    assert (card["lane"], card["households"], card["to"]) == ("agreement", "3", "person:w1")
    (note,) = _rows(out / "notes.csv")
    assert (note["state"], note["evidence"]) == ("new", "need:n1|need:n2|need:n3")

    text = (out / "notes.csv").read_text(encoding="utf-8").replace(",new,", ",picked_up,")
    (out / "notes.csv").write_text(text, encoding="utf-8")
    week = ("--asof", "30-11-2026", "--earlier", out / "notes.csv", "--out", tmp_path / "later")
    again = typed("signals", lane, *week)
    assert "1 kaart is al besproken of gezien" in " ".join(again.out.split())
    assert _rows(tmp_path / "later" / "signals.csv") == []
    assert len(_rows(tmp_path / "later" / "notes.csv")) == 1

    needs = NEEDS + "n4,p4,homework,2026-11-27,yes\n"
    (lane / "needs.csv").write_text(needs, encoding="utf-8")
    joined = typed("signals", lane, *week)
    assert "Opgepakt." in joined.out
    assert "Sindsdien kwam er 1 bij." in " ".join(joined.out.split())
    assert [row["state"] for row in _rows(tmp_path / "later" / "notes.csv")] == [
        "picked_up",
        "ongoing",
    ]


def test_the_same_day_again_keeps_what_was_filled_in(
    typed: Typing, lane: Path, tmp_path: Path
) -> None:
    """One row for each card and day; a spreadsheet may have written it with ``;``."""
    out = tmp_path / "uit"
    typed("signals", lane, *DAY, "--out", out)
    text = (out / "notes.csv").read_text(encoding="utf-8").replace(",new,", ",dropped,")
    (out / "mine.csv").write_text("\ufeff" + text.replace(",", ";"), encoding="utf-8")
    typed("signals", lane, *DAY, "--out", out, "--earlier", out / "mine.csv")
    assert [row["state"] for row in _rows(out / "notes.csv")] == ["dropped"]


def test_what_the_meeting_wrote_comes_back_as_it_was(
    typed: Typing, lane: Path, tmp_path: Path
) -> None:
    """Also where a spreadsheet would take it for a formula, and with a cell too many in a row."""
    notes = tmp_path / "notes.csv"
    rows = "agreement|homework|noord,2026-11-16,dropped,need:n1,+1 voor later,,nog iets\n"
    notes.write_text("card,date,state,evidence,because,outcome\n" + rows, encoding="utf-8")
    out = tmp_path / "uit"
    for earlier in (notes, out / "notes.csv"):
        done = typed("signals", lane, *DAY, "--earlier", earlier, "--out", out)
        assert "Reden: +1 voor later" in " ".join(done.out.split())
    assert [row["because"] for row in _rows(out / "notes.csv")] == ["'+1 voor later", ""]


@pytest.mark.parametrize("audience", ["residents", "council", "research"])
def test_others_get_no_card_about_three_households(
    typed: Typing, lane: Path, tmp_path: Path, audience: str
) -> None:
    """And no notes either."""
    done = typed("signals", lane, *DAY, "--audience", audience, "--out", tmp_path / "uit")
    assert done.code == 0
    assert "huiswerk" not in done.out
    assert {path.name for path in (tmp_path / "uit").iterdir()} == {"signals.csv"}
    assert _rows(tmp_path / "uit" / "signals.csv") == []


def test_a_machine_reads_one_document(typed: Typing, lane: Path) -> None:
    """With the rows of the file."""
    done = typed("signals", lane, *DAY, "--json", "--lang", "en")
    document = done.document
    assert (document["exit"], document["asof"], document["files"]) == (0, "2026-11-23", [])
    (card,) = document["cards"]
    assert (card["theme"], card["first"], card["households"]) == ("homework", "2026-10-27", 3)
    assert card["what"] == "3 households in noord asked the same within 21 days: homework."
    assert "1 theme was looked at." in document["remarks"]
    assert done.err == ""


def test_without_a_day_it_is_today(
    typed: Typing, lane: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the clock says."""
    monkeypatch.setattr(signals_asked, "_today", lambda: signals_asked.dt.date(2026, 11, 23))
    assert typed("signals", lane).out == typed("signals", lane, *DAY).out


def test_safety_is_told_on_stderr_and_is_nowhere_else(typed: Typing, lane: Path) -> None:
    """One line, without what it is; the list is the same with and without it."""
    before = typed("signals", lane, *DAY, "--json")
    rows = NEEDS + "n4,p4,neglect,2026-11-16,yes\nn5,p4,verwaarlosing,2026-11-16,yes\n"
    (lane / "needs.csv").write_text(rows, encoding="utf-8")
    after = typed("signals", lane, *DAY, "--json")
    assert after.document["cards"] == before.document["cards"]
    assert after.document["remarks"] == before.document["remarks"]
    assert "veiligheid" in after.err
    assert "n4" not in after.out + after.err


def _faulty(*, lane: Path, tmp: Path) -> dict[str, tuple[Any, ...]]:
    wrong = tmp / "wrong.csv"
    wrong.write_text("card,date,state\nx,2026-11-23,geheim\n", encoding="utf-8")
    (tmp / "bytes.csv").write_bytes(b"\xff\xfe\x00")
    return {
        "no-such-day": ("--asof", "31-11-2026"),
        "no-worker": (*DAY, "--worker", "p1"),
        "not-for-worker": (*DAY, "--worker", "w1", "--audience", "council"),
        "among-tables": (*DAY, "--out", lane),
        "no-folder": (*DAY, "--out", wrong),
        "no-notes": (*DAY, "--earlier", wrong),
    }


@pytest.mark.parametrize(
    "fault",
    ["no-such-day", "no-worker", "not-for-worker", "among-tables", "no-folder", "no-notes"],
)
def test_what_cannot_be_done_is_told_and_nothing_is_written(
    typed: Typing, lane: Path, tmp_path: Path, fault: str
) -> None:
    """With exit code 2, for people and for machines, and never what stood in a note."""
    arguments = _faulty(lane=lane, tmp=tmp_path)[fault]
    before = sorted(path.name for path in lane.iterdir())
    done = typed("signals", lane, *arguments)
    assert done.code == 2
    assert "Er is niets geschreven." in done.err
    assert "geheim" not in done.err
    machine = typed("signals", lane, *arguments, "--json")
    assert json.loads(machine.out)["fault"] == fault
    assert sorted(path.name for path in lane.iterdir()) == before


@pytest.mark.parametrize("name", ["nowhere.csv", "bytes.csv"])
def test_notes_that_are_no_table_are_refused(
    typed: Typing, lane: Path, tmp_path: Path, name: str
) -> None:
    """A file that is not there, or no text at all."""
    _faulty(lane=lane, tmp=tmp_path)
    done = typed("signals", lane, *DAY, "--earlier", tmp_path / name)
    assert done.code == 2
    assert name in done.err


def test_errors_in_the_tables_come_first(typed: Typing, lane: Path) -> None:
    """As with every command; warnings give 1."""
    (lane / "needs.csv").write_text("need,owner,category\nn1,nobody,meal\n", encoding="utf-8")
    assert typed("signals", lane, *DAY).code == 2
    (lane / "needs.csv").write_text(NEEDS + "n4,p4,zomaar iets,,yes\n", encoding="utf-8")
    assert typed("signals", lane, *DAY).code == 1


def test_a_place_where_nothing_can_be_written(typed: Typing, lane: Path, tmp_path: Path) -> None:
    """A file stands in the way of the folder."""
    (tmp_path / "vol").write_text("", encoding="utf-8")
    done = typed("signals", lane, *DAY, "--out", tmp_path / "vol" / "uit")
    assert done.code == 2
