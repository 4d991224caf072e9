"""A plain workbook holds texts and numbers as they are, and says what it cannot hold."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from assetmap.errors import UnusableInput
from assetmap.tables import plain_book as module
from assetmap.tables.plain_book import plain_book


def test_cells_keep_their_type() -> None:
    """Text stays text, whatever it begins with; numbers, yes and no are those; None is blank."""
    row = {"a": "=1+1", "b": 2, "c": 0.5, "d": True, "e": None, "f": "https://x.nl", "g": "0012"}
    book = openpyxl.load_workbook(BytesIO(plain_book({"One": (list(row), [row]), "Two": ([], [])})))
    assert book.sheetnames == ["One", "Two"]
    cells = [tuple(cell.value for cell in line) for line in book["One"].iter_rows()]
    assert cells == [tuple(row), tuple(row.values())]
    kinds = [cell.data_type for cell in book["One"][2]]
    assert kinds == ["s", "n", "n", "b", "n", "s", "s"]
    assert book["One"]["F2"].hyperlink is None


def test_what_does_not_fit_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that is too long is not cut, and rows are not lost."""
    with pytest.raises(UnusableInput, match="cannot hold 32768 characters"):
        plain_book({"One": (["a"], [{"a": "x" * 32_768}])})
    monkeypatch.setattr(module, "MOST_ROWS", 3)
    assert plain_book({"One": (["a"], [{"a": "x"}] * 2)})
    with pytest.raises(UnusableInput, match="cannot hold 3 rows; choose CSV"):
        plain_book({"One": (["a"], [{"a": "x"}] * 3)})
