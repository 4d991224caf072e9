"""Somebody who is forgotten is in no file any more, and what others have stays as it was."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.comments import Comment

import assetmap
from assetmap.errors import DataProblems, InUse, UnknownName, UnusableInput
from assetmap.history import History
from assetmap.model import Neighbourhood
from assetmap.rights import forget
from assetmap.rights import forgetting as forgetting_module
from assetmap.rights.results import HISTORY
from assetmap.week import run
from assetmap.week.running import HISTORY as OF_THE_WEEK
from tests.rights.hood import FULL_NAME, PHONE, everything_written, mentions, street
from tests.strategies import neighbourhoods

WEEK = "2026-W48"
TOLD = ("p1", "n1", "t2", FULL_NAME, PHONE, "zwaantje@voorbeeld.nl", "Kerkstraat 12")


def _state(*folders: Path) -> dict[str, bytes]:
    return {str(f): f.read_bytes() for d in folders for f in sorted(d.rglob("*")) if f.is_file()}


def test_the_street_without_her(tmp_path: Path) -> None:
    """Her rows go and what rests on them; cells that name her are emptied; the rest stays."""
    folder = street(tmp_path / "straat")
    done = forget(folder, "p1")
    assert done.done
    rows = [(line.table, line.row) for line in done.rows]
    assert rows == [
        ("contacts", 2),
        ("decisions", 2),
        ("needs", 2),
        ("observations", 2),
        ("observations", 3),
        ("people", 2),
        ("safeguards", 2),
        ("talents", 3),
        ("ties", 2),
    ]
    cells = [(line.table, line.row, line.column) for line in done.cells]
    assert cells == [
        ("activities", 2, "requires"),
        ("initiatives", 2, "manager"),
        ("observations", 5, "reporter"),
        ("people", 4, "worker"),
        ("ties", 3, "reported_by"),
    ]
    hood = assetmap.read(folder)
    assert [p.person for p in hood.people] == ["p2", "p3", "w1"]
    assert [str(r) for r in hood.activities[0].requires or ()] == ["host:1"]
    assert hood.decisions[0].plan == "n2-def"
    left = everything_written(folder)
    assert [word for word in TOLD if mentions(left, word)] == []


def test_texts_are_named_for_a_reader_and_not_touched(tmp_path: Path) -> None:
    """A description, a note in capitals, the name of an initiative, a letter of somebody's own."""
    folder = street(tmp_path / "straat")
    (folder / "brief.txt").write_text("Beste Zwaantje, tot gauw", encoding="utf-16")
    (folder / "belijst.txt").write_text("bel 06 1234 5678", encoding="cp1252")
    look = forget(folder, "p1").look
    assert [(line.file, line.row, line.column) for line in look] == [
        ("belijst.txt", None, None),
        ("brief.txt", None, None),
        ("initiatives.csv", 2, "name"),
        ("observations.csv", 4, "note"),
        ("talents.csv", 2, "description"),
    ]
    assert "vroeger" in (folder / "talents.csv").read_text(encoding="utf-8")


def test_a_dry_run_changes_nothing(tmp_path: Path) -> None:
    """It tells the same as the real one, and no byte is different."""
    folder, out = street(tmp_path / "straat"), tmp_path / "uit"
    run(folder, WEEK, out=out)
    before = _state(folder, out)
    seen = forget(folder, "p1", out=out, dry_run=True)
    assert _state(folder, out) == before
    assert not seen.done
    done = forget(folder, "person:p1", out=out)
    assert (done.rows, done.cells, done.results) == (seen.rows, seen.cells, seen.results)
    assert (done.erased, done.look) == (seen.erased, seen.look)


def test_the_results_and_the_history_go_along(tmp_path: Path) -> None:
    """Pages, tables and the workbook that mention her are removed; the history holds no trace."""
    folder, out = street(tmp_path / "straat"), tmp_path / "uit"
    run(folder, WEEK, out=out)
    assert mentions(everything_written(out), "Zwaantje")
    done = forget(folder, "p1", out=out)
    assert done.erased is not None
    assert done.erased.plans > 0
    assert {path.name for path in done.results} >= {"plans.csv", f"week-{WEEK}.html"}
    left = everything_written(out)
    assert [word for word in (*TOLD, "Zwaantje") if mentions(left, word)] == []
    run(folder, WEEK, out=out)
    assert not mentions(everything_written(out / ".."), "p1")


def test_somebody_of_the_history_only(tmp_path: Path) -> None:
    """Who left the tables long ago can be forgotten as well; twice is nobody."""
    folder, out = street(tmp_path / "straat"), tmp_path / "uit"
    run(folder, WEEK, out=out)
    forget(folder, "p1")
    assert mentions(everything_written(out), "p1")
    forget(folder, "p1", out=out)
    assert not mentions(everything_written(out), "p1")
    with pytest.raises(UnknownName, match="nothing about"):
        forget(folder, "p1", out=out)


def test_a_full_disk_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tables, results and history: whatever fails, all of it is as before."""
    folder, out = street(tmp_path / "straat"), tmp_path / "uit"
    run(folder, WEEK, out=out)
    before = _state(folder, out)
    real, count = Path.replace, 0

    def fails_late(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == 9:
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", fails_late)
    with pytest.raises(UnusableInput, match="as it was"):
        forget(folder, "p1", out=out)
    monkeypatch.undo()
    assert _state(folder, out) == before
    with History(out / HISTORY) as store:
        assert forgetting_module.plans_with(store, ("p1",))


def test_an_open_file_is_left_alone(tmp_path: Path) -> None:
    """What a spreadsheet program has open, it would write back with everybody in it."""
    folder = street(tmp_path / "straat")
    (folder / ".~lock.people.csv#").write_text("", encoding="utf-8")
    before = _state(folder)
    with pytest.raises(InUse, match=r"people\.csv"):
        forget(folder, "p1")
    assert _state(folder) == before


def test_tables_with_errors_are_repaired_first(tmp_path: Path) -> None:
    """Half understood is not enough to take somebody out."""
    folder = street(tmp_path / "straat")
    (folder / "needs.csv").write_text("need,owner,category\nn1,nobody,meal\n", encoding="utf-8")
    with pytest.raises(DataProblems):
        forget(folder, "p1")


def _book(tmp_path: Path) -> Path:
    folder = street(tmp_path / "straat")
    hood = assetmap.read(folder)
    contacts = folder / "contacts.csv"
    book = tmp_path / "boek" / "buurt.xlsx"
    book.parent.mkdir()
    assetmap.write(hood, book)
    shutil.copy(contacts, book.with_name("buurt.contacts.csv"))
    return book


def test_a_workbook_keeps_its_shape(tmp_path: Path) -> None:
    """Cells are emptied, texts of no cell leave the file, formats and other rows stay."""
    book = _book(tmp_path)
    done = forget(book, "p1")
    assert any(line.table == "contacts" for line in done.rows)
    left = everything_written(book.parent)
    assert [word for word in TOLD if mentions(left, word)] == []
    assert [p.person for p in assetmap.read(book).people] == ["p2", "p3", "w1"]


def test_notes_in_a_workbook_are_named(tmp_path: Path) -> None:
    """A comment at a cell is no table; somebody has to look at it."""
    book = _book(tmp_path)
    opened = load_workbook(book)
    opened.worksheets[0]["H9"].comment = Comment("vraag het Zwaantje", "iemand")
    opened.save(book)
    assert "buurt.xlsx" in {line.file for line in forget(book, "p1", dry_run=True).look}


def test_the_name_of_the_store_is_that_of_the_week() -> None:
    """Both look for the same file."""
    assert HISTORY == OF_THE_WEEK


def _written(hood: Neighbourhood, folder: Path, form: str) -> Path:
    place = folder if form == "csv" else folder / f"buurt.{form}"
    assetmap.write(hood, place)
    return place


@given(hood=neighbourhoods(), form=st.sampled_from(["csv", "json", "xlsx"]))
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
def test_nobody_else_loses_anything(hood: Neighbourhood, form: str) -> None:
    """Checked from the definition: what goes named the gone, what stays names them no more."""
    person = min(p.person for p in hood.people)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "b"
        folder.mkdir()
        place = _written(hood, folder, form)
        before = assetmap.read(place)
        forget(place, person)
        after = assetmap.read(place)
    gone = {person, f"person:{person}"}
    gone |= {str(t.talent) for t in before.talents if t.owner in gone}
    gone |= {str(n.need) for n in before.needs if n.owner in gone}
    for table in ("people", "talents", "needs", "ties", "arrangements", "decisions", "memberships"):
        old = [row.cells() for row in before.table(table)]
        new = [row.cells() for row in after.table(table)]
        assert not any(gone & {*row.values()} for row in new)
        kept = [row for row in old if not _goes(table, row, gone)]
        bare = [{k: v for k, v in row.items() if v not in gone} for row in kept]
        assert new == bare


def _goes(table: str, row: dict[str, str], gone: set[str]) -> bool:
    strong = {
        "people": ("person",),
        "talents": ("talent",),
        "needs": ("need",),
        "ties": ("a", "b"),
        "arrangements": ("need", "provider", "talent"),
        "decisions": ("need", "provider"),
        "memberships": ("member",),
    }[table]
    return any(row.get(column) in gone for column in strong)
