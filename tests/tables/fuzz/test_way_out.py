"""Damage on the way out: what was there before is as it was, and nothing is left lying about."""

from __future__ import annotations

import errno
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assetmap.errors import DataProblems, UnusableInput
from assetmap.tables import read, write, write_back_ids
from assetmap.tables.output import put
from tests.tables.files import book, laid

Refusal = Callable[..., Any]


def _refusing(number: int, *, times: int = 0) -> Refusal:
    """Return a function that fails, after so many times that it does what it should."""
    calls = []

    def refused(*arguments: Any, **_: Any) -> None:
        calls.append(arguments)
        if len(calls) > times:
            raise OSError(number, os.strerror(number))

    return refused


def _contents(folder: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
@pytest.mark.parametrize("step", ["fsync", "replace", "copy"])
def test_a_full_disk(
    number: int, step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever it stops, all files are the old ones, new folders are gone, and it is said."""
    laid(tmp_path, a="old a", b="old b")
    before = _contents(tmp_path)
    files = {tmp_path / f"{name}.csv": b"new" for name in "abc"}
    files[tmp_path / "uit" / "diep" / "d.csv"] = b"new"
    with monkeypatch.context() as patch:
        if step == "fsync":
            patch.setattr(os, "fsync", _refusing(number, times=2))
        elif step == "copy":
            patch.setattr("assetmap.tables.output.shutil.copy2", _refusing(number, times=1))
        else:
            real, calls = Path.replace, []

            def replaced(path: Path, target: Path) -> Path:
                calls.append(target)
                if len(calls) == 3:
                    raise OSError(number, os.strerror(number))
                return real(path, target)

            patch.setattr(Path, "replace", replaced)
        with pytest.raises(UnusableInput, match="as it was") as said:
            put(files)
    assert ("full" in str(said.value)) == (number != errno.EIO)
    assert _contents(tmp_path) == before


def test_being_stopped_by_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while writing goes through, and leaves nothing half-written."""
    laid(tmp_path, a="old a")
    before = _contents(tmp_path)

    def stopped(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stopped)
    with pytest.raises(KeyboardInterrupt):
        put({tmp_path / "a.csv": b"new", tmp_path / "b.csv": b"new"})
    assert _contents(tmp_path) == before


def test_a_folder_in_the_way_of_the_last_file(tmp_path: Path) -> None:
    """The first files are not written either."""
    laid(tmp_path, a="old a")
    (tmp_path / "b.csv").mkdir()
    before = _contents(tmp_path)
    with pytest.raises(UnusableInput, match=r"b\.csv cannot be written\. There is a folder"):
        put({tmp_path / "a.csv": b"new", tmp_path / "b.csv": b"new"})
    assert _contents(tmp_path) == before


@pytest.mark.parametrize("name", ["x" * 300, "a\x00b.csv"])
def test_a_name_that_cannot_be(name: str, tmp_path: Path) -> None:
    """Refused as an argument, and nothing else is written."""
    with pytest.raises(UnusableInput, match="cannot be written"):
        put({tmp_path / "a.csv": b"new", tmp_path / name: b"new"})
    assert _contents(tmp_path) == {}


def test_a_long_name_leaves_room_for_the_file_beside_it(tmp_path: Path) -> None:
    """A name that is as long as names can be is written like any other."""
    path = tmp_path / f"{'x' * 251}.csv"
    put({path: b"new"})
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("form", ["folder", "b.xlsx", "b.json"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_ids_that_cannot_be_written(
    form: str, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A warning with the name of the file; the file itself is as it was."""
    path = tmp_path if form == "folder" else tmp_path / form
    if form == "folder":
        laid(tmp_path, people="called\nJoke\n")
    elif form == "b.xlsx":
        book(path, Mensen=[["Roepnaam"], ["Joke"]])
    else:
        path.write_text('{"people": [{"called": "Joke"}]}', encoding="utf-8")
    before = _contents(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", _refusing(number))
        (said,) = write_back_ids(path)
    assert (said.code, said.severity.value) == ("ids-not-written", "warning")
    assert _contents(tmp_path) == before
    assert [p.code for p in write_back_ids(path)] == ["ids-written"]


def test_a_workbook_with_a_damaged_picture(tmp_path: Path) -> None:
    """Copying it would fail half-way, so the workbook is refused whole, and stays as it was."""
    path = book(tmp_path / "b.xlsx", Mensen=[["Roepnaam"], ["Joke"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("xl/media/image1.png", b"PICTURE")
    path.write_bytes(path.read_bytes().replace(b"PICTURE", b"picture"))
    before = path.read_bytes()
    with pytest.raises(DataProblems, match="damaged"):
        write_back_ids(path)
    assert path.read_bytes() == before


def test_a_neighbourhood_over_settings_in_other_letters(tmp_path: Path) -> None:
    """Settings that are no UTF-8 do not stop writing with another exception."""
    laid(tmp_path, people="called\nJoke\n")
    hood = read(tmp_path)
    (tmp_path / "team.toml").write_bytes('# één\nlanguage = "nl"\n'.encode("cp1252"))
    write(hood, tmp_path)
    assert read(tmp_path).people == hood.people
