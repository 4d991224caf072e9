"""``assetmap plot`` draws one picture, for somebody, and writes nothing when it cannot."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from assetmap.cli import drawing
from tests.cli.conftest import Typing

WEEK = ("--week", "2026-W48")
TIES = "a,b,kind\np1,p2,friend\n"


@pytest.fixture
def lane(street: Path) -> Path:
    """A folder of tables with a tie."""
    (street / "ties.csv").write_text(TIES, encoding="utf-8")
    return street


@pytest.mark.parametrize(
    "what", ["network", "map", "offers", "flow", "load", "waiting", "change", "signals", "person"]
)
def test_each_picture_is_drawn(typed: Typing, lane: Path, tmp_path: Path, what: str) -> None:
    """A file for its owner only; the screen says where it is and whom it is for."""
    out = tmp_path / "uit" / f"{what}.svg"
    person = ("--person", "p1") if what == "person" else ()
    done = typed("plot", lane, "--what", what, "--out", out, *WEEK, *person)
    assert (done.code, done.err) == (0, "")
    assert out.read_bytes().startswith(b"<?xml")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert done.out.splitlines()[-1] == f"Getekend: {out}"
    holds_names = "Hier staan namen in" in done.out
    assert holds_names is (what in {"network", "person"})


@pytest.mark.parametrize(("ending", "begins"), [(".png", b"\x89PNG"), (".PDF", b"%PDF")])
def test_the_ending_says_which_kind(
    typed: Typing, lane: Path, tmp_path: Path, ending: str, begins: bytes
) -> None:
    """As it is written, large or small; the language is the one asked."""
    out = tmp_path / f"kaart{ending}"
    done = typed("plot", lane, "--what", "map", "--out", out, *WEEK, "--lang", "en")
    assert out.read_bytes().startswith(begins)
    assert done.out.splitlines()[-1] == f"Drawn: {out}"


def test_a_machine_gets_one_document(typed: Typing, lane: Path, tmp_path: Path) -> None:
    """What was drawn, for whom, of which week and where."""
    out = tmp_path / "flow.svg"
    done = typed("plot", lane, "--what", "flow", "--out", out, *WEEK, "--audience", "council",
                 "--json")  # fmt: skip
    assert done.document == {
        "folder": str(lane), "exit": 0, "audience": "council", "what": "flow",
        "week": "2026-W48", "out": str(out),
    }  # fmt: skip


def test_residents_get_no_names(typed: Typing, lane: Path, tmp_path: Path) -> None:
    """Neither in the text of the file nor on the screen."""
    out = tmp_path / "net.svg"
    done = typed("plot", lane, "--what", "network", "--out", out, *WEEK, "--audience", "residents")
    assert done.out.startswith("Voor iedereen in de buurt.")
    assert not [name for name in ("Anna", "Bram", "Wil") if name in done.out]


def test_places_are_kept_from_week_to_week(typed: Typing, lane: Path, tmp_path: Path) -> None:
    """The file is made, used again, and brought up to date with who is new."""
    places, out = tmp_path / "places.json", tmp_path / "net.png"
    ask = ("plot", lane, "--what", "network", "--out", out, *WEEK, "--places", places)
    assert typed(*ask).code == 0
    first = json.loads(places.read_text())
    assert set(first) == {"person:p1", "person:p2", "person:w1"}
    moved = {name: [x + 3, y] for name, (x, y) in first.items()}
    places.write_text(json.dumps(moved))
    with (lane / "people.csv").open("a", encoding="utf-8") as file:
        file.write("p3,Cor,resident,noord,w1,yes,consent,\n")
    assert typed(*ask).code == 0
    last = json.loads(places.read_text())
    assert {name: last[name] for name in moved} == moved
    assert "person:p3" in last
    picture = out.read_bytes()
    assert typed(*ask).code == 0
    assert out.read_bytes() == picture


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("--what", "map", "--out", "OUT/kaart.gif"), "no-such-picture"),
        (("--what", "person", "--out", "OUT/p.svg"), "no-person"),
        (("--what", "person", "--out", "OUT/p.svg", "--person", "p9"), "no-such-person"),
        (("--what", "person", "--out", "OUT/p.svg", "--person", "p1", "--audience", "council"),
         "not-for"),
        (("--what", "network", "--out", "OUT/p.svg", "--places", "OUT/p.json", "--audience",
          "research"), "not-for"),
        (("--what", "network", "--out", "OUT/p.svg", "--places", "LANE/p.json"), "among-tables"),
        (("--what", "change", "--out", "OUT/p.svg", "--since", "2026-W50"), "later-first"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    typed: Typing, lane: Path, tmp_path: Path, arguments: tuple[str, ...], fault: str
) -> None:
    """Exit code 2, one sentence, no file."""
    out = tmp_path / "uit"
    filled = [each.replace("OUT", str(out)).replace("LANE", str(lane)) for each in arguments]
    done = typed("plot", lane, *filled, *WEEK, "--json")
    assert (done.code, done.document["fault"]) == (2, fault)
    assert done.err.strip().endswith("Er is niets geschreven.")
    assert not out.exists()
    assert not (lane / "p.json").exists()


@pytest.mark.parametrize("text", ["[]", "{", '{"person:p1": [1]}', '{"person:p1": ["a", 1]}'])
def test_a_file_without_places_is_left_as_it_is(
    typed: Typing, lane: Path, tmp_path: Path, text: str
) -> None:
    """It may be something else that somebody needs."""
    places = tmp_path / "other.json"
    places.write_text(text)
    done = typed("plot", lane, "--what", "network", "--out", tmp_path / "n.svg", *WEEK,
                 "--places", places)  # fmt: skip
    assert done.code == 2
    assert "other.json" in done.err
    assert places.read_text() == text


def test_a_week_that_is_not_there_is_told(typed: Typing, lane: Path, tmp_path: Path) -> None:
    """With the week that was meant, as `match` does."""
    out = tmp_path / "x.svg"
    done = typed("plot", lane, "--what", "flow", "--out", out, "--week", "2026-W60")
    assert done.code == 2
    assert "2026-W60" in done.err
    done = typed("plot", lane, "--what", "change", "--out", out, *WEEK, "--since", "W99", "--json")
    assert (done.code, done.document["week"]) == (2, "W99")


def test_without_a_week_it_is_the_one_at_hand(
    typed: Typing, lane: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That of today, and from Friday on the next; change looks at the week before it."""
    monkeypatch.setattr(drawing, "_today", lambda: drawing.dt.date(2026, 11, 20))
    out = tmp_path / "x.svg"
    done = typed("plot", lane, "--what", "change", "--out", out, "--lang", "en", "--json")
    assert done.document["week"] == "2026-W48"
    assert "between week 47 and week 48" in out.read_text(encoding="utf-8")


def test_tables_with_errors_are_not_drawn(typed: Typing, lane: Path, tmp_path: Path) -> None:
    """What is wrong is listed, as `check` does."""
    with (lane / "ties.csv").open("a", encoding="utf-8") as file:
        file.write("p1,nobody,friend\n")
    done = typed("plot", lane, "--what", "map", "--out", tmp_path / "x.svg", *WEEK)
    assert done.code == 2
    assert "Er is niets geschreven." in done.err
    assert not (tmp_path / "x.svg").exists()


def test_a_place_that_cannot_be_written_is_told(typed: Typing, lane: Path, tmp_path: Path) -> None:
    """A file in the way of the folder."""
    (tmp_path / "uit").write_text("in the way")
    done = typed("plot", lane, "--what", "map", "--out", tmp_path / "uit" / "x.svg", *WEEK)
    assert done.code == 2
    assert "kan niet worden geschreven" in done.err


def test_what_is_about_safety_is_said_to_stay_out(
    typed: Typing, lane: Path, tmp_path: Path
) -> None:
    """On stderr, without saying what or whom."""
    with (lane / "needs.csv").open("a", encoding="utf-8") as file:
        file.write("n3,p1,violence,5,2026-11-02,yes\n")
    done = typed("plot", lane, "--what", "offers", "--out", tmp_path / "x.svg", *WEEK)
    assert "veiligheid" in done.err
