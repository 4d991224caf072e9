"""A folder that others use too: workbooks that are open, half saved or copied."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assetmap.errors import DataProblems, Severity, UnusableInput
from assetmap.history import History
from assetmap.week import Settings, running
from assetmap.week.running import run
from tests.week.books import answer, told
from tests.week.test_interrupted import tables_of

WEEK, NEXT = "2026-W48", "2026-W49"
BOOK = f"voorstellen-{WEEK}.xlsx"
LOCKS = (".~lock.{}#", "~${}")


@pytest.fixture
def street(tmp_path: Path) -> Path:
    """A street, of which the first week was run and decided on."""
    folder = tables_of(tmp_path / "straat")
    run(folder, WEEK, out=tmp_path / "uit")
    answer(tmp_path / "uit" / BOOK, {"n1": "gedaan"})
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "uit"


def _bytes(folder: Path) -> dict[str, bytes]:
    return {str(f): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


@pytest.mark.parametrize("lock", LOCKS)
def test_the_workbook_of_the_week_is_open(street: Path, out: Path, lock: str) -> None:
    """What is typed in it and not saved would be written over: nothing is."""
    beside = out / lock.format(BOOK)
    beside.write_text("Bram")
    before = _bytes(out)
    with pytest.raises(DataProblems) as caught:
        run(street, WEEK, out=out)
    (found,) = caught.value.problems
    assert (found.code, found.facts["file"]) == ("book-open", BOOK)
    assert _bytes(out) == before
    assert run(street, WEEK, out=out, settings=Settings(dry_run=True)).recorded.new > 0
    beside.unlink()
    assert run(street, WEEK, out=out).recorded.new > 0


@pytest.mark.parametrize("lock", LOCKS)
def test_the_workbook_of_last_week_is_open(street: Path, out: Path, lock: str) -> None:
    """What was saved is read; that there may be more is told."""
    (out / lock.format(BOOK)).write_text("Bram")
    made = run(street, NEXT, out=out)
    assert made.recorded.new == 1
    assert [(p.code, p.severity) for p in made.problems] == [("book-open-then", Severity.WARNING)]


COPIES = (
    f"voorstellen-{WEEK} (1).xlsx",
    f"voorstellen-{WEEK} - kopie.xlsx",
    f"Kopie van voorstellen-{WEEK}.xlsx",
    f"voorstellen-{WEEK} (conflicted copy 2026-11-25).xlsx",
    f"voorstellen-{WEEK}-LAPTOP.xlsx",
    f"voorstellen-{WEEK}.sync-conflict-20261125-101500-ABCDEFG.xlsx",
    f"voorstellen-{WEEK}.ods",
    f"Voorstellen-{WEEK.lower()}.XLSX",
)


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_is_named_and_not_read(street: Path, out: Path, name: str) -> None:
    """Two people saved at once, or somebody kept a copy: which one holds is for people to say."""
    shutil.copyfile(out / BOOK, out / name)
    if name.endswith("xlsx"):
        answer(out / name, {"n1": "niet meer", "n2": "gedaan"})
    copy = (out / name).read_bytes()
    made = run(street, NEXT, out=out)
    assert made.recorded.new == 1
    (found,) = made.problems
    assert (found.code, found.facts["file"], found.facts["week"]) == ("book-copy", name, WEEK)
    assert (out / name).read_bytes() == copy


def test_other_files_are_nobodys_business(street: Path, out: Path) -> None:
    """A list of somebody's own beside the results is not taken for a copy."""
    for name in ("notulen-2026-W48.xlsx", "voorstellen.xlsx", "voorstellen-2026-W48.pdf"):
        (out / name).write_bytes(b"x")
    assert run(street, NEXT, out=out).problems == ()


HALF: tuple[Callable[[bytes], bytes], ...] = (
    lambda raw: raw[:0],
    lambda raw: raw[: len(raw) // 2],
    lambda raw: raw[:-200],
    lambda raw: b"\0" * len(raw),
)


@pytest.mark.parametrize("spoil", HALF)
def test_a_workbook_that_was_half_saved(
    street: Path, out: Path, spoil: Callable[[bytes], bytes]
) -> None:
    """It is named with what to do, and nothing changes, the file itself included."""
    (out / BOOK).write_bytes(spoil((out / BOOK).read_bytes()))
    before = _bytes(out)
    with pytest.raises(DataProblems) as caught:
        run(street, NEXT, out=out)
    assert all(BOOK in found.message for found in caught.value.problems)
    assert _bytes(out) == before


def test_a_workbook_that_is_saved_while_the_week_is_made(
    street: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody decides on something while the search is busy: it is not written over."""
    search = running.propose

    def busy(*given: Any, **named: Any) -> Any:
        answer(out / BOOK, {"n2": {"Besluit": "doen", "Opmerking": "net nog"}})
        return search(*given, **named)

    monkeypatch.setattr(running, "propose", busy)
    with pytest.raises(DataProblems) as caught:
        run(street, WEEK, out=out)
    monkeypatch.undo()
    assert [p.code for p in caught.value.problems] == ["book-saved-meanwhile"]
    assert told(out / BOOK, "n2")["Opmerking"] == "net nog"
    with History(out / "history.sqlite") as store:
        assert store.decisions() == ()
    run(street, WEEK, out=out)
    assert told(out / BOOK, "n2")["Opmerking"] == "net nog"


def test_a_page_that_another_program_holds(
    street: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows: the file is named, with what to do; files and history are of last week."""
    replace = Path.replace

    def held(source: Path, target: Path) -> Path:
        if target.name == "plans.csv":
            raise PermissionError(13, "in use", str(source), None, str(target))
        return replace(source, target)

    before = _bytes(out)
    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(UnusableInput, match=r"plans\.csv cannot be written\. Close it in other"):
        run(street, NEXT, out=out)
    monkeypatch.undo()
    assert {n: b for n, b in _bytes(out).items() if "sqlite" not in n} == {
        n: b for n, b in before.items() if "sqlite" not in n
    }
    with History(out / "history.sqlite") as store:
        assert {kept.week for kept in store.runs()} == {WEEK}
