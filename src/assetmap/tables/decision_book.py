"""The workbook in which a team writes what it decided, and reading it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assetmap.errors import DataProblem, Severity
from assetmap.model import Decision, Row, gathered
from assetmap.tables.csv_files import read_csv
from assetmap.tables.gathering import gather
from assetmap.tables.grid import Found, letter
from assetmap.tables.headings import known_headings
from assetmap.tables.sheets import MADE, TEXTS_ONLY
from assetmap.tables.vocabulary import choices_of, heading, note, sheet, table_called
from assetmap.tables.workbooks import read_workbook
from assetmap.texts import Language, say

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

__all__ = ["Asked", "SheetAnswers", "decision_book", "read_decision_book"]

_TABLE = "decisions"
_OPEN = ("decision", "until", "provider", "remark", "date")
"""What the team fills in."""
_KEYS = ("plan", "need")
"""What the answer is found back by; people need not read it."""
_COLUMNS = frozenset({*_OPEN, *_KEYS})
_WIDTHS = {"decision": 13, "until": 12, "provider": 16, "remark": 34, "date": 12, "plan": 22}
_TOLD_WIDTHS = (14, 22, 30, 18, 18, 40, 34, 26)
_LIST = "assetmap_decision"
_SPARE = 200
"""Rows below the last in which the drop-down works too, for who copies a row."""
_LINE = {"bottom": 1, "bottom_color": "#BFBFBF"}
_LINE_HEIGHT = 14
_FORMATS: Mapping[str, Mapping[str, Any]] = {
    "heading": {
        "bold": True,
        "bg_color": "#1F4E5F",
        "font_color": "#FFFFFF",
        "text_wrap": True,
        "valign": "vcenter",
    },
    "open-heading": {
        "bold": True,
        "bg_color": "#F2C14E",
        "font_color": "#1A1A1A",
        "text_wrap": True,
        "valign": "vcenter",
    },
    "key-heading": {"italic": True, "bg_color": "#E8E8E8", "font_color": "#595959"},
    "told": {"text_wrap": True, "valign": "top", **_LINE},
    "open": {"text_wrap": True, "valign": "top", **_LINE, "bg_color": "#FFF8E1"},
    "day": {"num_format": "dd-mm-yyyy", "valign": "top", **_LINE, "bg_color": "#FFF8E1"},
    "key": {"valign": "top", "font_color": "#8C8C8C", "font_size": 8},
    "title": {"bold": True, "font_size": 14},
    "line": {"text_wrap": True, "valign": "top"},
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One row: what is told about a proposal, and what was answered so far.

    Attributes
    ----------
    plan, need : str
        Ids by which the answer is found back.
    told : tuple of str
        What the team reads, in the order of the headings.
    answer : Decision or None
        What was decided before, so that writing the workbook again loses nothing.
    """

    plan: str
    need: str
    told: tuple[str, ...]
    answer: Decision | None = None


@dataclass(frozen=True, slots=True)
class SheetAnswers:
    """What stood in a workbook that came back.

    Attributes
    ----------
    decisions : tuple of (int, Decision)
        Row number and decision, of every row in which one was written.
    open : tuple of str
        Plans whose row has no decision.
    problems : tuple of DataProblem
        What is wrong, with row and column; with an error among them nothing should be used.
    """

    decisions: tuple[tuple[int, Decision], ...]
    open: tuple[str, ...]
    problems: tuple[DataProblem, ...]


def decision_book(
    rows: Sequence[Asked],
    *,
    headings: Sequence[str],
    language: Language,
    guide: Sequence[str],
) -> bytes:
    """Return the workbook of a week: a row per proposal, with a drop-down for the decision.

    Parameters
    ----------
    rows : sequence of Asked
        The proposals. Nothing is checked here: give only what may leave.
    headings : sequence of str
        Headings of what is told.
    language : Language
        Language of the other headings and of the words to choose from.
    guide : sequence of str
        Lines for a second sheet that says how to fill it in, the first its title.

    Returns
    -------
    bytes
        The file; the same input always gives the same bytes.

    Examples
    --------
    >>> row = Asked("n1-x", "n1", ("Ans",))
    >>> book = decision_book([row], headings=["Voor wie"], language=Language.NL, guide=["Zo"])
    >>> book[:2]
    b'PK'
    """
    from xlsxwriter import Workbook

    buffer = BytesIO()
    made = Workbook(buffer, {"in_memory": True, **TEXTS_ONLY})
    made.set_properties({"title": "assetmap", "created": MADE})
    formats = {name: made.add_format(dict(kind)) for name, kind in _FORMATS.items()}
    place = made.add_worksheet(sheet(_TABLE, language))
    _guide(made, guide, language, formats)
    _choices(made, language)
    _headings(place, headings, language, formats)
    for number, row in enumerate(rows, 1):
        _row(place, number, row, language=language, formats=formats)
    _finish(place, len(rows), len(headings), language)
    made.close()
    return buffer.getvalue()


def _guide(
    made: Workbook, lines: Sequence[str], language: Language, formats: Mapping[str, Format]
) -> None:
    place = made.add_worksheet(say("workbook.guide-sheet", language))
    place.set_column(0, 0, 90)
    place.hide_gridlines(2)
    for number, line in enumerate(lines):
        place.write_string(number, 0, line, formats["line" if number else "title"])


def _choices(made: Workbook, language: Language) -> None:
    place = made.add_worksheet(say("workbook.list-sheet", language))
    place.hide()
    words = _words(language)
    for number, word in enumerate(words):
        place.write_string(number, 0, word)
    made.define_name(_LIST, f"='{place.get_name()}'!$A$1:$A${len(words)}")


def _words(language: Language) -> list[str]:
    choices = choices_of(_TABLE, "decision")
    assert choices is not None
    return list(choices.labels[language].values())


def _headings(
    place: Worksheet, told: Sequence[str], language: Language, formats: Mapping[str, Format]
) -> None:
    for at, text in enumerate(told):
        place.write_string(0, at, text, formats["heading"])
        place.set_column(at, at, _TOLD_WIDTHS[at % len(_TOLD_WIDTHS)])
    for at, column in enumerate((*_OPEN, *_KEYS), len(told)):
        style = formats["open-heading" if column in _OPEN else "key-heading"]
        place.write_string(0, at, heading(_TABLE, column, language), style)
        place.set_column(at, at, _WIDTHS.get(column, 10))
        text = note(_TABLE, column, language)
        place.write_comment(0, at, text, {"x_scale": 2, "y_scale": 1.2, "author": "assetmap"})
    place.set_row(0, 32)


def _row(
    place: Worksheet,
    number: int,
    row: Asked,
    *,
    language: Language,
    formats: Mapping[str, Format],
) -> None:
    for at, text in enumerate(row.told):
        place.write_string(number, at, text, formats["told"])
    place.set_row(number, _LINE_HEIGHT * _lines(row.told) + 4)
    values = _answered(row.answer, language)
    for at, column in enumerate(_OPEN, len(row.told)):
        value = values.get(column)
        if isinstance(value, dt.date):
            place.write_datetime(number, at, value, formats["day"])
        elif value is None:
            style = formats["day" if column in {"until", "date"} else "open"]
            place.write_blank(number, at, None, style)
        else:
            place.write_string(number, at, str(value), formats["open"])
    for at, text in enumerate((row.plan, row.need), len(row.told) + len(_OPEN)):
        place.write_string(number, at, text, formats["key"])


def _lines(told: Sequence[str]) -> int:
    """Return how many lines the fullest cell of a row takes; a spreadsheet does not always."""
    return max(
        (
            sum(1 + len(line) // _TOLD_WIDTHS[at % len(_TOLD_WIDTHS)] for line in text.split("\n"))
            for at, text in enumerate(told)
        ),
        default=1,
    )


def _answered(answer: Decision | None, language: Language) -> Mapping[str, object]:
    if answer is None:
        return {}
    choices = choices_of(_TABLE, "decision")
    assert choices is not None
    return {
        "decision": choices.labels[language][answer.decision.value],
        "until": answer.until,
        "provider": answer.provider,
        "remark": answer.remark,
        "date": answer.date,
    }


def _finish(place: Worksheet, rows: int, told: int, language: Language) -> None:
    place.data_validation(
        1,
        told,
        rows + _SPARE,
        told,
        {
            "validate": "list",
            "source": f"={_LIST}",
            "error_title": heading(_TABLE, "decision", language)[:32],
            "error_message": say("workbook.choose", language),
        },
    )
    place.freeze_panes(1, 1)
    place.autofilter(0, 0, max(rows, 1), told + len(_OPEN) + len(_KEYS) - 1)
    place.set_landscape()
    place.set_paper(9)
    place.fit_to_pages(1, 0)
    place.repeat_rows(0)
    place.print_area(f"A1:{letter(told + len(_OPEN) - 1)}{rows + 1}")
    place.set_footer("&L&A&R&P / &N")


def read_decision_book(path: str | PathLike[str], *, on: dt.date) -> SheetAnswers:
    """Read back what a team wrote, whatever the order of rows and columns by now.

    Parameters
    ----------
    path : path
        A workbook as :func:`decision_book` makes it, or a CSV file with the same headings.
    on : date
        The date of decisions that name none.

    Returns
    -------
    SheetAnswers
        What was decided, what was not, and what is wrong.

    Examples
    --------
    >>> import tempfile
    >>> row = Asked("n1-x", "n1", ("Ans",))
    >>> book = decision_book([row], headings=["Voor wie"], language=Language.NL, guide=["Zo"])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "a.xlsx").write_bytes(book)
    ...     read_decision_book(Path(folder, "a.xlsx"), on=dt.date(2026, 11, 29)).open
    ('n1-x',)
    """
    found = _found(Path(path))
    rows = gather(found.grids)
    told = [p for p in (*found.problems, *rows.problems) if p.severity is not Severity.NOTICE]
    answered: list[tuple[int, Decision]] = []
    still: list[str] = []
    for row in rows.rows.get(_TABLE, ()):
        cells = {name: value for name, value in row.cells.items() if name in _COLUMNS}
        if "decision" in cells:
            made = gathered({_TABLE: [Row(row.number, {"date": on, **cells})]})
            told += [p for p in made.problems if p.code != "unknown-reference"]
            answered += [(row.number, d) for d in made.tables[_TABLE] if isinstance(d, Decision)]
        elif "plan" in cells:
            still.append(str(cells["plan"]))
    return SheetAnswers(tuple(answered), tuple(still), tuple(told))


def _found(file: Path) -> Found:
    """Read the one sheet that matters; the others tell how to fill it in."""
    if file.suffix.casefold() == ".csv":
        found = read_csv(file, lambda _, cells: known_headings(_TABLE, cells))
        return replace(found, grids=[replace(grid, name=_TABLE) for grid in found.grids])
    found = read_workbook(file)
    grids = [grid for grid in found.grids if table_called(grid.name) == _TABLE]
    return replace(found, grids=grids)
