"""The workbook in which a team writes what it decided, and reading it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from assetmap.errors import DataProblem, Severity
from assetmap.model import Decision, Row, gathered
from assetmap.model.problems import problem
from assetmap.tables.csv_files import read_csv
from assetmap.tables.gathering import gather
from assetmap.tables.grid import Found, Grid, letter
from assetmap.tables.headings import known_headings
from assetmap.tables.sheets import MADE, TEXTS_ONLY
from assetmap.tables.vocabulary import choices_of, heading, note, sheet, table_called
from assetmap.tables.workbooks import read_workbook
from assetmap.texts import Language, say

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

__all__ = [
    "Asked",
    "AskedCard",
    "CardAnswer",
    "CardSheet",
    "SheetAnswers",
    "decision_book",
    "read_decision_book",
]

_TABLE = "decisions"
_OPEN = ("decision", "until", "provider", "remark", "date")
"""What the team fills in."""
_KEYS = ("plan", "need")
"""What the answer is found back by; people need not read it."""
_COLUMNS = frozenset({*_OPEN, *_KEYS})
_WIDTHS = {"decision": 13, "until": 12, "provider": 16, "remark": 34, "date": 12, "plan": 22}
_TOLD_WIDTHS = (14, 22, 30, 18, 18, 40, 34, 26)
_LIST = "assetmap_decision"
_NO_CARDS: Mapping[str, str] = MappingProxyType({})
_SPARE = 200
"""Rows below the last in which the drop-down works too, for who copies a row."""
_LINE = {"bottom": 1, "bottom_color": "#BFBFBF"}
_LINE_HEIGHT = 14
_CARD_WIDTH = 44
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
    answer : Decision, mapping of str to str, or None
        What was decided before, so that writing the workbook again loses nothing; or by column what
        was typed without a decision.
    """

    plan: str
    need: str
    told: tuple[str, ...]
    answer: Decision | Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class AskedCard:
    """One row of the sheet of signals.

    Attributes
    ----------
    card : str
        Id by which the answer is found back.
    told : tuple of str
        What the team reads, in the order of the headings.
    answer : tuple of str
        What was answered so far: one text for each open column.
    """

    card: str
    told: tuple[str, ...]
    answer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CardSheet:
    """The sheet of signals.

    Attributes
    ----------
    name : str
        Name of the sheet.
    told, open, key : sequence of str, sequence of str, str
        Headings: of what is told, of what the team fills in, and of the id.
    choices : mapping of str to sequence of str
        Heading of an open column to the words to choose from.
    rows : sequence of AskedCard
        The cards.
    """

    name: str
    told: Sequence[str]
    open: Sequence[str]
    key: str
    choices: Mapping[str, Sequence[str]]
    rows: Sequence[AskedCard]


@dataclass(frozen=True, slots=True)
class CardAnswer:
    """What stood behind a card.

    Attributes
    ----------
    row : int
        Row number.
    card : str
        Id of the card.
    cells : mapping of str to str
        Heading to text, of every cell of the row that holds something.
    """

    row: int
    card: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SheetAnswers:
    """What stood in a workbook that came back.

    Attributes
    ----------
    decisions : tuple of (int, Decision)
        Row number and decision, of every row in which one was written.
    open : tuple of str
        Plans whose row has no decision.
    cards : tuple of CardAnswer
        The rows of the sheet of signals.
    problems : tuple of DataProblem
        What is wrong, with row and column; with an error among them nothing should be used.
    begun : mapping of str to mapping of str to str
        By plan and column what was typed in a row that has no decision.
    """

    decisions: tuple[tuple[int, Decision], ...]
    open: tuple[str, ...]
    cards: tuple[CardAnswer, ...]
    problems: tuple[DataProblem, ...]
    begun: Mapping[str, Mapping[str, str]]


def decision_book(
    rows: Sequence[Asked],
    *,
    headings: Sequence[str],
    language: Language,
    guide: Sequence[str],
    cards: CardSheet | None = None,
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
        Lines for a sheet that says how to fill it in, the first its title.
    cards : CardSheet, optional
        A sheet of signals.

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
    if cards is not None:
        _cards(made.add_worksheet(cards.name), cards, formats)
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


def _answered(
    answer: Decision | Mapping[str, str] | None, language: Language
) -> Mapping[str, object]:
    if not isinstance(answer, Decision):
        return answer or {}
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


def _cards(place: Worksheet, cards: CardSheet, formats: Mapping[str, Format]) -> None:
    """Lay out the sheet of signals."""
    heads = (*cards.told, *cards.open, cards.key)
    for at, text in enumerate(heads):
        told, key = at < len(cards.told), at == len(heads) - 1
        style = formats["heading" if told else "key-heading" if key else "open-heading"]
        place.write_string(0, at, text, style)
        place.set_column(at, at, _CARD_WIDTH if told else 18)
    for number, row in enumerate(cards.rows, 1):
        cells = (*row.told, *(row.answer or [""] * len(cards.open)), row.card)
        for at, text in enumerate(cells):
            told, key = at < len(cards.told), at == len(heads) - 1
            style = formats["told" if told else "key" if key else "open"]
            if text:
                place.write_string(number, at, text, style)
            else:
                place.write_blank(number, at, None, style)
        lines = max(1 + len(text) // _CARD_WIDTH for text in row.told)
        place.set_row(number, _LINE_HEIGHT * lines + 4)
    for at, name in enumerate(cards.open, len(cards.told)):
        if name in cards.choices:
            words = {"validate": "list", "source": list(cards.choices[name])}
            place.data_validation(1, at, len(cards.rows) + 1, at, words)
    place.set_row(0, 32)
    place.freeze_panes(1, 1)
    place.set_landscape()
    place.set_paper(9)
    place.fit_to_pages(1, 0)
    place.repeat_rows(0)
    place.print_area(f"A1:{letter(len(heads) - 2)}{len(cards.rows) + 1}")
    place.set_footer("&L&A&R&P / &N")


def read_decision_book(
    path: str | PathLike[str], *, on: dt.date, cards: Mapping[str, str] = _NO_CARDS
) -> SheetAnswers:
    """Read back what a team wrote, whatever the order of rows and columns by now.

    Parameters
    ----------
    path : path
        A workbook as :func:`decision_book` makes it, or a CSV file with the same headings.
    on : date
        The date of decisions that name none.
    cards : mapping of str to str, optional
        Names that the sheet of signals may have, each with the heading of its ids.

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
    found = _found(Path(path), tuple(cards))
    rows = gather([grid for grid in found.grids if grid.name not in cards])
    answers = [
        answer
        for grid in found.grids
        if grid.name in cards
        for answer in _card_answers(grid, cards[grid.name])
    ]
    told = [p for p in (*found.problems, *rows.problems) if p.severity is not Severity.NOTICE]
    answered: list[tuple[int, Decision]] = []
    still: list[str] = []
    begun: dict[str, Mapping[str, str]] = {}
    for row in rows.rows.get(_TABLE, ()):
        cells = {name: value for name, value in row.cells.items() if name in _COLUMNS}
        if "decision" in cells:
            made = gathered({_TABLE: [Row(row.number, {"date": on, **cells})]})
            told += [p for p in made.problems if p.code != "unknown-reference"]
            answered += [(row.number, d) for d in made.tables[_TABLE] if isinstance(d, Decision)]
        elif "plan" in cells:
            still.append(plan := str(cells["plan"]))
            typed = {name: str(cells[name]) for name in _OPEN if name in cells}
            begun |= {plan: MappingProxyType(typed)} if typed else {}
    return SheetAnswers(
        tuple(answered), tuple(still), tuple(answers), tuple(told), MappingProxyType(begun)
    )


def _card_answers(grid: Grid, key: str) -> Iterator[CardAnswer]:
    """Yield the rows of the sheet of signals by their headings, wherever those are by now."""
    if not grid.rows:
        return
    heads = grid.rows[0][1]
    for number, texts in grid.rows[1:]:
        cells = {head: text for head, text in zip(heads, texts, strict=False) if head and text}
        if key in cells:
            yield CardAnswer(number, cells[key], MappingProxyType(cells))


def _found(file: Path, cards: Sequence[str]) -> Found:
    """Read the one sheet that matters; the others tell how to fill it in."""
    if file.suffix.casefold() == ".csv":
        found = read_csv(file, lambda _, cells: known_headings(_TABLE, cells))
        return replace(found, grids=[replace(grid, name=_TABLE) for grid in found.grids])
    found = read_workbook(file, also=cards)
    wanted = {grid.name for grid in found.grids if table_called(grid.name) == _TABLE} | {*cards}
    grids = [grid for grid in found.grids if grid.name in wanted]
    problems = list(found.problems)
    if not wanted - {*cards} and not found.wrong:
        problems.append(problem("no-decisions", Severity.ERROR))
    return replace(found, grids=grids, problems=problems)
