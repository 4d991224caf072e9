"""Inputs that are small and would grow, in a process of its own with little memory and time."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.tables.files import book

pytest.importorskip("resource", reason="limits on memory are a matter of other systems")

PROGRAM = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000,) * 2)
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
import assetmap
print(*(problem.code for problem in assetmap.check(sys.argv[1])))
"""


def _said(path: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-500:]
    return done.stdout.split()


def _csv(path: Path) -> list[str]:
    path = path / "people.csv"
    path.write_bytes(b'called\n"' + b"a\n" * 2_500_000)
    return _said(path)


def _rows(path: Path) -> list[str]:
    path = path / "people.csv"
    path.write_bytes(b"called\n" + b"a\n" * 1_200_000)
    return _said(path)


def _names(path: Path) -> list[str]:
    path = path / "b.json"
    rows = ",".join(f'{{"k{n}":1}}' for n in range(300_000))
    path.write_text(f'{{"people": [{rows}]}}', encoding="utf-8")
    return _said(path)


def _objects(path: Path) -> list[str]:
    path = path / "b.json"
    path.write_text('{"people": [' + "{}," * 10_000_000 + "{}]}", encoding="utf-8")
    return _said(path)


def _points(path: Path) -> list[str]:
    (path / "people.csv").write_text("called\nJoke\n", encoding="utf-8")
    (path / "team.toml").write_text("a." * 500_000 + "a = 1", encoding="utf-8")
    return _said(path)


def _nothings(path: Path) -> list[str]:
    """A workbook that unpacks to a hundred megabytes of elements without a name of ours."""
    path = book(path / "b.xlsx", Mensen=[["Roepnaam"], ["Joke"]])
    with zipfile.ZipFile(path) as old:
        whole = {name: old.read(name) for name in old.namelist()}
    whole["xl/worksheets/sheet1.xml"] = b"<worksheet>" + b"<x/>" * 25_000_000
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, raw in whole.items():
            new.writestr(name, raw)
    return _said(path)


CASES = {
    "a quotation mark that never closes": (_csv, ["cell-too-large", "table-too-large"]),
    "rows without end": (_rows, ["table-too-large"]),
    "a name for every row": (_names, ["table-too-large"]),
    "rows of nothing": (_objects, ["table-too-large"]),
    "points without end": (_points, ["settings-unreadable"]),
    "elements without end": (_nothings, ["workbook-unsafe"]),
}


@pytest.mark.parametrize("name", CASES)
def test_memory_and_time_are_bounded(name: str, tmp_path: Path) -> None:
    """Said in two gigabytes of addresses and a minute of work, and mostly in far less."""
    make, expected = CASES[name]
    assert make(tmp_path) == expected
