"""Ids: blank ones filled in, names and numbers of people replaced, double ones found."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assetmap.errors import DataProblem, Severity
from assetmap.model.cells import as_text, tidy
from assetmap.model.problems import problem
from assetmap.model.registry import PREFIXES, RECORDS

__all__ = ["Ids", "Row", "filled", "looks_personal"]

_FIRST_LETTERS = {
    "people": "p",
    "talents": "t",
    "needs": "n",
    "activities": "a",
    "places": "pl",
    "areas": "area",
    "organisations": "o",
    "initiatives": "i",
    "agreements": "ag",
    "arrangements": "ar",
    "safeguards": "s",
    "referrals": "r",
    "observations": "ob",
    "visits": "v",
    "categories": "c",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of cells with its number.

    Attributes
    ----------
    number : int
        As a spreadsheet shows it; the headings are row 1.
    cells : Mapping[str, object]
        Canonical heading to the text (or value) of the cell.
    """

    number: int
    cells: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Ids:
    """The rows with all ids in place.

    Attributes
    ----------
    rows : Mapping[str, Sequence[Row]]
        The same rows, ids filled in.
    changed : Mapping[str, Mapping[int, str]]
        What was filled in or replaced: table, then row number.
    former : Mapping[str, Mapping[str, str]]
        For replaced ids: table, then the text that stood there, then the new id. It may hold
        names; it is used to follow references and is never shown or kept.
    """

    rows: Mapping[str, Sequence[Row]]
    changed: Mapping[str, Mapping[int, str]]
    former: Mapping[str, Mapping[str, str]]


_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"(?:\+|00)\d[\d\s-]{7,}|0\d[\d\s-]{7,}")
_BARE_PHONE = re.compile(r"(?:\+|00)\d{8,14}|0\d{9}|(?:0?31)?6\d{8}")
"""Without signs; a spreadsheet program takes the 0 or + in front away."""
_PART = r"[^\W\d_]+(?:[-'’][^\W\d_]+)*"
_NAME = re.compile(rf"(?:{_PART}\.?\s+|[^\W\d_]\.)+(?:['’]?{_PART}\.?\s+){{0,3}}{_PART}")
_LAST_FIRST = re.compile(rf"{_PART}(?:\s+{_PART})?\s*,\s*(?:{_PART}\.?|[^\W\d_]\.)[\w\s.'’-]*")
_LONGEST_NAME = 80


def _is_bsn(text: str) -> bool:
    digits = re.sub(r"[\s.]", "", text)
    if not re.fullmatch(r"\d{8,9}", digits):
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(int(d) * w for d, w in zip(digits.zfill(9), weights, strict=True))
    return total % 11 == 0


def looks_personal(text: str) -> str | None:
    """Say what kind of personal datum an id looks like; None if it looks like an id.

    Examples
    --------
    >>> looks_personal("Truus de Wit"), looks_personal("p12"), looks_personal("06-12345678")
    ('name', None, 'phone')
    """
    if _EMAIL.fullmatch(text):
        return "email"
    if _PHONE.fullmatch(text) or _BARE_PHONE.fullmatch(re.sub(r"[\s().\-/]", "", text)):
        return "phone"
    if _is_bsn(text):
        return "bsn"
    return "name" if _is_name(text) else None


def _is_name(text: str) -> bool:
    """Tell whether a text is two or more words, one of them at least two letters, as in a name."""
    if len(text) > _LONGEST_NAME or not re.search(r"[^\W\d_]{2,}$", text.split(",")[0].strip()):
        return False
    return bool(_NAME.fullmatch(text) or _LAST_FIRST.fullmatch(text))


def filled(rows: Mapping[str, Sequence[Row]], found: list[DataProblem]) -> Ids:
    """Fill in blank ids, replace personal ones, and report double ones."""
    new_rows: dict[str, Sequence[Row]] = {}
    changed: dict[str, Mapping[int, str]] = {}
    former: dict[str, Mapping[str, str]] = {}
    for table, own in rows.items():
        key = RECORDS[table].key
        if key is None:
            new_rows[table] = tuple(own)
            continue
        names = _Namer(table, key, own, found)
        new_rows[table] = tuple(names.named(row) for row in own)
        if names.changed:
            changed[table] = names.changed
        if names.former:
            former[table] = names.former
    return Ids(new_rows, changed, former)


class _Namer:
    """Gives the rows of one table their ids, in order."""

    def __init__(self, table: str, key: str, rows: Sequence[Row], found: list[DataProblem]) -> None:
        self.table, self.key, self.found = table, key, found
        self.taken = {_text(row.cells.get(key)) for row in rows}
        self.seen: dict[str, int] = {}
        self.next = 1
        self.changed: dict[int, str] = {}
        self.former: dict[str, str] = {}

    def fresh(self) -> str:
        letters = _FIRST_LETTERS[self.table]
        while (name := f"{letters}{self.next}") in self.taken:
            self.next += 1
        self.taken.add(name)
        return name

    def named(self, row: Row) -> Row:
        text = _text(row.cells.get(self.key))
        place = (self.table, row.number, self.key)
        own_name = self.table in {"areas", "categories"}
        if text and not own_name and (kind := looks_personal(text)):
            if text in self.former:
                self._double(row, self.former[text])
                return _with(row, self.key, self.former[text])
            new = self.former[text] = self.changed[row.number] = self.fresh()
            self.found.append(
                problem("personal-id", Severity.WARNING, place, kind=kind, replaced_by=new)
            )
            return _with(row, self.key, new)
        if not text:
            new = self.changed[row.number] = self.fresh()
            return _with(row, self.key, new)
        if re.search(r"[|,]", text) or (text.partition(":")[0] in PREFIXES and ":" in text):
            self.found.append(problem("id-with-mark", Severity.ERROR, place))
        self._double(row, text)
        return row

    def _double(self, row: Row, text: str) -> None:
        if text in self.seen:
            place = (self.table, row.number, self.key)
            self.found.append(
                problem("double-id", Severity.ERROR, place, id=text, first=self.seen[text])
            )
        self.seen.setdefault(text, row.number)


def _text(value: object) -> str:
    return "" if value is None else tidy(as_text(value))


def _with(row: Row, key: str, value: str) -> Row:
    return Row(row.number, {**row.cells, key: value})
