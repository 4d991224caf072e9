"""Laying out a workbook: headings, notes, drop-downs, widths and print settings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from assetmap.categories import Tree
from assetmap.model import RECORDS, STARTER, columns
from assetmap.model.record import plain_type
from assetmap.tables.grid import letter, marked
from assetmap.tables.shown import shown
from assetmap.tables.vocabulary import (
    CATEGORY_COLUMNS,
    choices_of,
    heading,
    language_names,
    note,
    sheet,
)
from assetmap.texts import Language, say

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

__all__ = ["MADE", "TEXTS_ONLY", "Sheet", "book"]

_ROOM = 500
"""Rows below the headings in which drop-downs work."""
_FIRST = len(STARTER)
"""Sheets that stand before the guide."""
_COMMON_LANGUAGES = ("nl", "en", "ar", "tr", "ber", "pl", "uk", "fa", "ti", "so", "es", "fr", "de")
_LETTERS_ON_A_PAGE = 170
"""Width of a landscape page on which one can still read."""
_GUIDE_WIDTH = 80
_LETTERS_IN_A_LINE = 72
_LINE_HEIGHT = 15
MADE = dt.datetime(2026, 1, 1)
"""Date that every workbook bears, so that the same tables give the same bytes."""
TEXTS_ONLY: Mapping[str, bool] = MappingProxyType(
    dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
)
"""What keeps a text a text, whatever it begins with."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What goes on one sheet.

    Attributes
    ----------
    table : str
        Canonical name of the table.
    columns : tuple of str
        Canonical names of the columns, in order.
    rows : sequence of Mapping[str, object]
        Column to value.
    more : tuple of str
        Headings of further columns, whose values are text.
    examples : bool
        Whether the rows are examples, and are written in grey.
    """

    table: str
    columns: tuple[str, ...]
    rows: Sequence[Mapping[str, object]]
    more: tuple[str, ...] = ()
    examples: bool = False


@dataclass(frozen=True)
class _Making:
    """The workbook under construction."""

    book: Workbook
    language: Language
    tree: Tree
    formats: Mapping[str, Format]
    lists: dict[str, str] = field(default_factory=dict)
    """Name of a list of choices to the range of cells that holds it."""


_FORMATS: Mapping[str, Mapping[str, Any]] = {
    "heading": {
        "bold": True,
        "bg_color": "#1F4E5F",
        "font_color": "#FFFFFF",
        "text_wrap": True,
        "valign": "vcenter",
    },
    "number-heading": {
        "italic": True,
        "bg_color": "#E8E8E8",
        "font_color": "#595959",
        "valign": "vcenter",
    },
    "text": {"text_wrap": True, "valign": "top"},
    "date": {"num_format": "dd-mm-yyyy", "valign": "top", "align": "left"},
    "moment": {"num_format": "dd-mm-yyyy hh:mm", "valign": "top", "align": "left"},
    "money": {"num_format": "0.00", "valign": "top", "align": "left"},
    "plain": {"valign": "top", "align": "left"},
    "title": {"bold": True, "font_size": 14},
    "line": {"text_wrap": True, "valign": "top"},
}
_WIDTHS = {"called": 20, "name": 28, "owner": 20, "category": 26, "description": 40, "when": 30}
_WIDTHS |= {"available": 30, "languages": 20, "wants": 24, "rrule": 26, "start": 18, "note": 40}


def book(
    sheets: Sequence[Sheet], *, language: Language, tree: Tree, guide: Sequence[str] = ()
) -> bytes:
    """Return a workbook.

    Parameters
    ----------
    sheets : sequence of Sheet
        The tables, in order.
    language : Language
        Language of headings, words and notes.
    tree : Tree
        The categories to choose from.
    guide : sequence of str
        Lines for a sheet with guidance, the first its title; none: no such sheet.

    Returns
    -------
    bytes
        The file; the same input always gives the same bytes.
    """
    from xlsxwriter import Workbook

    buffer = BytesIO()
    made = Workbook(buffer, {"in_memory": True, **TEXTS_ONLY})
    made.set_properties({"title": "assetmap", "created": MADE})
    formats = {name: made.add_format(dict(kind)) for name, kind in _FORMATS.items()}
    formats |= {
        f"example-{name}": made.add_format({**kind, "italic": True, "font_color": "#6B6B6B"})
        for name, kind in _FORMATS.items()
    }
    making = _Making(made, language, tree, formats)
    places = [made.add_worksheet(sheet(each.table, language)) for each in sheets[:_FIRST]]
    if guide:
        _guide(making, guide)
    places += [made.add_worksheet(sheet(each.table, language)) for each in sheets[_FIRST:]]
    _lists(making, sheets)
    for each, place in zip(sheets, places, strict=True):
        _fill(making, each, place)
    made.close()
    return buffer.getvalue()


def _fill(making: _Making, each: Sheet, place: Worksheet) -> None:
    key = RECORDS[each.table].key
    for at, column in enumerate(each.columns):
        last = column == key and at > 0
        style = making.formats["number-heading" if last else "heading"]
        place.write_string(0, at, heading(each.table, column, making.language), style)
        place.set_column(at, at, _width(column, key_last=last))
        _note(making, each.table, at, column, place)
        _drop_down(making, each, at, place)
    for at, name in enumerate(each.more, len(each.columns)):
        place.write_string(0, at, marked(name), making.formats["heading"])
        place.set_column(at, at, 14)
    for number, row in enumerate(each.rows, 1):
        _row(making, each, number, row, place)
    width = len(each.columns) + len(each.more) - 1
    place.set_row(0, 32)
    place.freeze_panes(1, 1)
    place.autofilter(0, 0, max(len(each.rows), 1), width)
    place.set_landscape()
    place.set_paper(9)
    place.fit_to_pages(_pages(each), 0)
    place.repeat_rows(0)
    place.repeat_columns(0)
    place.set_footer("&L&A&R&P / &N")


def _width(column: str, *, key_last: bool = False) -> int:
    return 10 if key_last else _WIDTHS.get(column, 14)


def _pages(each: Sheet) -> int:
    """Return how many pages beside each other keep a printed sheet readable."""
    letters = sum(map(_width, (*each.columns, *each.more)))
    return max(1, round(letters / _LETTERS_ON_A_PAGE))


def _row(
    making: _Making, each: Sheet, number: int, row: Mapping[str, object], place: Worksheet
) -> None:
    for at, column in enumerate((*each.columns, *each.more)):
        if column in each.more:
            own = row.get(column)
            value: Any = None if own is None else marked(str(own))
        else:
            value = shown(
                each.table,
                column,
                row.get(column),
                language=making.language,
                tree=making.tree,
            )
        if value is None:
            continue
        prefix = "example-" if each.examples else ""
        if isinstance(value, dt.datetime):
            place.write_datetime(number, at, value, making.formats[f"{prefix}moment"])
        elif isinstance(value, dt.date):
            place.write_datetime(number, at, value, making.formats[f"{prefix}date"])
        elif isinstance(value, float):
            money = isinstance(row.get(column), Decimal)
            style = making.formats[f"{prefix}{'money' if money else 'plain'}"]
            place.write_number(number, at, value, style)
        else:
            place.write_string(number, at, str(value), making.formats[f"{prefix}text"])


def _note(making: _Making, table: str, at: int, column: str, place: Worksheet) -> None:
    text = note(table, column, making.language)
    place.write_comment(0, at, text, {"x_scale": 2, "y_scale": 1.2, "author": "assetmap"})


def _guide(making: _Making, lines: Sequence[str]) -> None:
    place = making.book.add_worksheet(say("workbook.guide-sheet", making.language))
    place.set_column(0, 0, _GUIDE_WIDTH)
    place.hide_gridlines(2)
    place.set_landscape()
    place.set_paper(9)
    place.fit_to_pages(1, 0)
    for number, line in enumerate(lines):
        place.write_string(number, 0, line, making.formats["line" if number else "title"])
        high = 1 + len(line) // _LETTERS_IN_A_LINE + (number == 0)
        place.set_row(number, _LINE_HEIGHT * high + 6)


def _lists(making: _Making, sheets: Sequence[Sheet]) -> None:
    """Write every list of choices on a hidden sheet."""
    wanted: dict[str, list[str]] = {}
    for each in sheets:
        for column in each.columns:
            name, words = _words(making, each.table, column)
            if words:
                wanted.setdefault(name, words)
    place = making.book.add_worksheet(say("workbook.list-sheet", making.language))
    place.hide()
    for at, (name, words) in enumerate(wanted.items()):
        place.write_string(0, at, name)
        for number, word in enumerate(words, 1):
            place.write_string(number, at, word)
        cells = f"='{place.get_name()}'!${letter(at)}$2:${letter(at)}${len(words) + 1}"
        making.lists[name] = _defined(making, name, cells)
    for each in sheets:
        for table, column in _NAMED_BY.items():
            if each.table == table and column in each.columns:
                here = letter(each.columns.index(column))
                there = f"='{sheet(table, making.language)}'!${here}$2:${here}${_ROOM + 1}"
                making.lists[table] = _defined(making, table, there)


_NAMED_BY: Mapping[str, str] = MappingProxyType(
    {
        "people": "called",
        "activities": "name",
        "initiatives": "name",
        "organisations": "name",
        "places": "name",
        "areas": "area",
    }
)
"""The column by which somebody who fills in a workbook calls the rows of a table."""


def _defined(making: _Making, name: str, cells: str) -> str:
    """Give a range a name: drop-downs by name survive every spreadsheet program."""
    making.book.define_name(f"assetmap_{name}", cells)
    return f"=assetmap_{name}"


def _words(making: _Making, table: str, column: str) -> tuple[str, list[str]]:
    if CATEGORY_COLUMNS.get((table, column)) == "one":
        tree = making.tree
        names = [name for name in tree.ids if not tree.is_safety(name)]
        return "categories", sorted({tree.label(n, making.language) for n in names}, key=str.lower)
    if column == "languages":
        return "languages", list(language_names(_COMMON_LANGUAGES))
    choices = choices_of(table, column)
    if choices is None or choices.several:
        return "", []
    kind = plain_type(RECORDS[table], column)
    name = kind.__name__ if kind not in {None, bool, str} else column
    return ("yes_no" if kind is bool else name), list(choices.labels[making.language].values())


def _drop_down(making: _Making, each: Sheet, at: int, place: Worksheet) -> None:
    column = each.columns[at]
    name, words = _words(making, each.table, column)
    strict = bool(words) and name not in {"categories", "languages"}
    if not words:
        name = _refers_to(each.table, column)
    if name not in making.lists:
        return
    place.data_validation(
        1,
        at,
        max(_ROOM, len(each.rows) + 100),
        at,
        {
            "validate": "list",
            "source": making.lists[name],
            "show_error": strict,
            "error_title": heading(each.table, column, making.language)[:32],
            "error_message": say("workbook.choose", making.language),
        },
    )


def _refers_to(table: str, column: str) -> str:
    """Return the list of names that a column is likely to be filled from."""
    for known in columns(RECORDS[table]):
        if known.name == column and known.refers_to:
            return known.refers_to[0]
    return ""
