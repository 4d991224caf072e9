"""CSV text for results, and files that are written whole or not at all."""

from __future__ import annotations

import csv
import datetime as dt
import io
import stat
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetmap.errors import UnusableInput
from assetmap.model import Leg
from assetmap.tables import csv_text, write_rows
from assetmap.tables.csv_files import separated
from assetmap.tables.output import put
from tests.tables.strategies import AWKWARD


def test_values_are_written_as_in_the_tables() -> None:
    """Lists with a bar, yes and no, dates, money, and nothing for None or an absent column."""
    row = {"a": ("x", "y"), "b": True, "c": dt.date(2026, 11, 27), "d": Decimal("7.00"), "e": None}
    assert csv_text(["a", "b", "c", "d", "e", "f"], [row]) == (
        "a,b,c,d,e,f\nx | y,yes,2026-11-27,7.00,,\n"
    )
    assert csv_text(["leg"], [{"leg": Leg.RIDE_OUT}]) == "leg\nride_out\n"


@given(rows=st.lists(st.lists(st.sampled_from([*AWKWARD, ""]), min_size=3, max_size=3), max_size=5))
def test_any_text_comes_back_and_none_is_a_formula(rows: list[list[str]]) -> None:
    """Our reader gives the same cells; no other program takes one for a formula."""
    text = csv_text(["a", "b", "c"], [dict(zip("abc", row, strict=True)) for row in rows])
    read = [cells for cells in separated(text, ",") if not isinstance(cells, str)]
    assert [list(cells) for cells in read[1:]] == [[cell.strip() for cell in row] for row in rows]
    for cells in csv.reader(io.StringIO(text, newline="")):
        for cell in cells:
            assert cell[:1] not in {"=", "@"}
            assert cell[:1] not in {"+", "-"} or cell[1:].isdigit()


def test_a_file_is_for_its_owner_only(tmp_path: Path) -> None:
    """Folder and file are made with narrow rights, and the content is canonical."""
    path = tmp_path / "out" / "unmet.csv"
    write_rows(path, columns=["need", "why"], rows=[{"need": "n1", "why": "a;b"}])
    assert path.read_bytes() == b'need,why\nn1,"a;b"\n'
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    """A folder in the way of a file: a clear error, and no half-written file."""
    (tmp_path / "b.csv").mkdir()
    with pytest.raises(UnusableInput, match=r"b\.csv cannot be written"):
        put({tmp_path / "b.csv": b"x"})
    assert [path.name for path in tmp_path.iterdir()] == ["b.csv"]
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UnusableInput, match="cannot be written"):
        put({tmp_path / "file" / "c.csv": b"x"})


def test_an_old_file_is_replaced_whole(tmp_path: Path) -> None:
    """And made narrow again."""
    path = tmp_path / "a.csv"
    path.write_bytes(b"old and longer")
    path.chmod(0o644)
    put({path: b"new"})
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"new", 0o600)
