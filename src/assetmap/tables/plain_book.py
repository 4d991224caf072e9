"""A plain workbook: sheets with headings, texts and numbers, for other programs to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, TypeAlias

from assetmap.errors import UnusableInput
from assetmap.tables.grid import LONGEST_TEXT, MOST_ROWS
from assetmap.tables.sheets import MADE, TEXTS_ONLY

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

__all__ = ["plain_book"]

_WIDEST = 70
"""Characters in a line of the widest column."""
_LINE, _MOST_LINES = 15, 20
"""Points of a line, and lines that a row is high at most."""

PlainSheet: TypeAlias = tuple[Sequence[str], Sequence[Mapping[str, object]]]


def plain_book(sheets: Mapping[str, PlainSheet]) -> bytes:
    """Return a workbook of sheets with one row of headings.

    Parameters
    ----------
    sheets : Mapping of str to (columns, rows)
        By name of the sheet: its headings, and its rows by heading. Text is written as text,
        whatever it begins with. Nothing is checked here: give only what may leave.

    Returns
    -------
    bytes
        The file; the same input always gives the same bytes.

    Raises
    ------
    UnusableInput
        More rows, or a longer text, than a sheet can hold.

    Examples
    --------
    >>> book = plain_book({"Elements": (["Label"], [{"Label": "=1+1"}])})
    >>> book == plain_book({"Elements": (["Label"], [{"Label": "=1+1"}])})
    True
    """
    from xlsxwriter import Workbook

    buffer = BytesIO()
    made = Workbook(buffer, {"in_memory": True, **TEXTS_ONLY})
    made.set_properties({"title": "assetmap", "created": MADE})
    wrapped = made.add_format({"text_wrap": True, "valign": "top"})
    for name, (columns, rows) in sheets.items():
        if len(rows) >= MOST_ROWS:
            raise UnusableInput(f"the sheet {name} cannot hold {len(rows)} rows; choose CSV")
        place = made.add_worksheet(name)
        widths = list(_widths(columns, rows))
        for at, width in enumerate(widths):
            place.set_column(at, at, width, wrapped)
        for at, heading in enumerate(columns):
            _put(place, (0, at), heading)
        for number, row in enumerate(rows, 1):
            texts = (str(row.get(heading) or "") for heading in columns)
            lines = max((-(-len(t) // w) for t, w in zip(texts, widths, strict=True)), default=1)
            if lines > 1:
                place.set_row(number, _LINE * min(lines + 1, _MOST_LINES))
            for at, heading in enumerate(columns):
                _put(place, (number, at), row.get(heading))
        place.freeze_panes(1, 0)
        place.fit_to_pages(1, 0)
    made.close()
    return buffer.getvalue()


def _widths(columns: Sequence[str], rows: Sequence[Mapping[str, object]]) -> Iterator[int]:
    """Yield how wide each column is, so that a text can be read; a long one is wrapped."""
    for heading in columns:
        longest = max((len(str(row.get(heading) or "")) for row in rows), default=0)
        yield min(_WIDEST, max(longest, len(heading)) + 2)


def _put(place: Worksheet, cell: tuple[int, int], value: object) -> None:
    if isinstance(value, bool):
        place.write_boolean(*cell, value)
    elif isinstance(value, int | float):
        place.write_number(*cell, value)
    elif value is not None:
        text = str(value)
        if len(text) > LONGEST_TEXT:
            raise UnusableInput(f"a cell cannot hold {len(text)} characters; choose CSV")
        place.write_string(*cell, text)
