"""The cause of a problem is told, and as an error; what only follows from it is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from assetmap.errors import DataProblems, Severity
from assetmap.tables import check, read, starter


def _changed(folder: Path, change: Callable[[Workbook], object]) -> Path:
    starter(folder)
    (book,) = folder.glob("*.xlsx")
    sheets = load_workbook(book)
    change(sheets)
    sheets.save(book)
    return folder


def _renamed(sheets: Workbook) -> None:
    sheets["Mensen"].title = "Bewoners 2026"


def _renamed_and_wrong(sheets: Workbook) -> None:
    _renamed(sheets)
    headings = [cell.value for cell in sheets["Vragen"][1]]
    sheets["Vragen"].cell(2, headings.index("Hoe dringend (1-5)") + 1).value = "hoog"


def _without_talked(sheets: Workbook) -> None:
    headings = [cell.value for cell in sheets["Vragen"][1]]
    sheets["Vragen"].delete_cols(headings.index("Besproken") + 1)


@pytest.mark.parametrize(("change", "errors"), [(_renamed, 1), (_renamed_and_wrong, 2)])
def test_a_renamed_sheet_is_the_error_and_not_each_row_that_needs_it(
    change: Callable[[Workbook], object], errors: int, tmp_path: Path
) -> None:
    """Also beside another error; the name of the sheet comes first, with what may be meant."""
    folder = _changed(tmp_path, change)
    found = check(folder, language="nl")
    wrong = [problem for problem in found if problem.severity is Severity.ERROR]
    assert len(wrong) == errors
    assert wrong[0].code == "not-a-table-near"
    assert "Mensen" in wrong[0].message
    assert "unknown-reference" not in {problem.code for problem in found}
    with pytest.raises(DataProblems):
        read(folder)


def test_a_sheet_of_needs_without_talked_gets_a_notice(tmp_path: Path) -> None:
    """The most important column does not go missing in silence; reading goes on."""
    folder = _changed(tmp_path, _without_talked)
    (found,) = check(folder, language="nl")
    assert (found.code, found.severity) == ("no-talked", Severity.NOTICE)
    assert (found.table, found.column) == ("needs", "talked")
    assert "Besproken" in found.message
    assert all(need.talked is None for need in read(folder).needs)


def test_the_starter_as_it_is_says_nothing(tmp_path: Path) -> None:
    """With the column there is no notice, filled or not."""
    assert check(_changed(tmp_path, lambda _: None)) == []
