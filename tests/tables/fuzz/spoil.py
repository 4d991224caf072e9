"""Good tables, spoilt at every level: cells, rows, headings, files, parts and bytes.

A case is made from one number, so that a failure can be played again: ``spoilt(case, folder)``.
"""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assetmap.errors import DataProblem, Severity
from assetmap.model import Row, gathered

__all__ = ["CELLS", "FORMS", "Case", "book_bytes", "spoilt", "tables"]

EXAMPLES = Path(__file__).parents[3] / "examples"

CELLS = (
    "",
    " ",
    "0",
    "-0",
    "-1",
    "1e400",
    "1E+05",
    "1e-400",
    "٣",
    "1.000.000",
    "1.000,50",
    "1,000.50",
    "9" * 400,
    "NaN",
    "inf",
    "TRUE",
    "ja",
    "misschien",
    "#REF!",
    "#N/A",
    "=1+1",
    "=cmd|' /C calc'!A0",
    "@SUM(A1)",
    "0001-01-01",
    "9999-12-31",
    "31-02-2026",
    "2026-11-23T18:00+01:00",
    "23-11-2026 25:61",
    "2026-W54",
    "45000",
    "45000,5",
    "FREQ=SECONDLY",
    "FREQ=DAILY;COUNT=1000000000",
    "FREQ=YEARLY;BYDAY=-53MO",
    "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;UNTIL=99991231T235959Z",
    "FREQ=DAILY;INTERVAL=1000000000",
    "FREQ=WEEKLY;BYDAY=XX",
    "FREQ=MONTHLY;BYMONTHDAY=31;BYSETPOS=-366",
    "elke 9e vrijdag",
    "elke " * 500,
    "ma 25:00-26:00",
    "ma 22:00-02:00 | zo 23:59-00:00",
    "Mon 00:00-Mon 00:00",
    "ma-zo " * 300,
    "a|b",
    "a,b",
    "p1:p2",
    "person:",
    "person:person:p1",
    "initiative:initiative:1",
    ":",
    "|||",
    ",,,",
    "p1\np2",
    "e\u0301",
    "é",
    "p\u200b1",
    "\u202ep1",
    "P1",
    "x" * 10_000,
    "x" * 10_001,
    "(" * 5_000,
    "a@b.c",
    "06-12345678",
    "123456782",
    "Voorbeeld",
    "totaal",
    "kok:0",
    "kok:1001",
    "party::1",
    "company:2",
    "company:0,5 | meal:x",
    "\x00",
    "\x1b[31m",
    "\ufeff",
    "😀",
    "{0}",
    "%s",
    "<b>&amp;",
    '"',
    "''",
    "nl;en/tr",
)
"""What somebody, or some program, may put in a cell."""

Rows = list[list[str]]
Written = tuple[Path, dict[str, list[int]]]


@dataclass(frozen=True)
class Case:
    """One input: the number that makes it, and the form that it takes.

    Attributes
    ----------
    seed : int
        Where the dice begin.
    form : str
        ``"folder"``, ``"book"``, ``"document"``, ``"settings"``, ``"bytes"`` or ``"parts"``.
    """

    seed: int
    form: str


@cache
def tables() -> dict[str, Rows]:
    """Return a small part of the bundled neighbourhood in which every reference holds."""
    whole = {}
    for path in sorted((EXAMPLES / "buurthuis").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            whole[path.stem] = [row for row in csv.reader(file) if row]
    made = {name: rows[: 25 if name == "people" else 9] for name, rows in whole.items()}
    while loose := {(p.table, p.row) for p in gathered(_rows(made)).problems if _is_error(p)}:
        for name, rows in made.items():
            rows[1:] = [r for n, r in enumerate(rows[1:], 2) if (name, n) not in loose]
    return {name: rows for name, rows in made.items() if len(rows) > 1}


def _rows(made: dict[str, Rows]) -> dict[str, list[Row]]:
    return {
        name: [
            Row(number, {h: text for h, text in zip(rows[0], row, strict=False) if text})
            for number, row in enumerate(rows[1:], 2)
        ]
        for name, rows in made.items()
    }


def _is_error(found: DataProblem) -> bool:
    return found.severity is Severity.ERROR


def spoilt(case: Case, folder: Path) -> Written:
    """Write the input of a case.

    Returns
    -------
    (Path, dict of str to list of int)
        What to read, and for each table the numbers of the rows that hold something below the
        first; empty when the damage is of a kind that nobody can count rows under.
    """
    dice = random.Random(case.seed)
    made = {name: [list(row) for row in rows] for name, rows in tables().items()}
    if case.form in {"folder", "book", "document"}:
        for _ in range(dice.randint(1, 6)):
            dice.choice(_CHANGES)(dice, made)
    return _FORMS[case.form](dice, made, folder)


# --- changes of what stands in the tables ----------------------------------------------------


def _place(dice: random.Random, made: dict[str, Rows]) -> tuple[Rows, int]:
    rows = made[dice.choice(sorted(made))]
    return rows, dice.randrange(len(rows))


def _cell(dice: random.Random, made: dict[str, Rows]) -> None:
    rows, at = _place(dice, made)
    if at and rows[at]:
        rows[at][dice.randrange(len(rows[at]))] = dice.choice(CELLS)


def _column(dice: random.Random, made: dict[str, Rows]) -> None:
    rows, _ = _place(dice, made)
    at = dice.randrange(max(len(rows[0]), 1))
    value = dice.choice(CELLS)
    for row in rows[1:]:
        if at < len(row):
            row[at] = value


def _swap(dice: random.Random, made: dict[str, Rows]) -> None:
    rows, at = _place(dice, made)
    other = dice.randrange(len(rows))
    if at and other:
        rows[at], rows[other] = rows[other], rows[at]


def _again(dice: random.Random, made: dict[str, Rows]) -> None:
    rows, at = _place(dice, made)
    rows.insert(dice.randint(1, len(rows)), list(rows[at]))


def _gone(dice: random.Random, made: dict[str, Rows]) -> None:
    rows, at = _place(dice, made)
    if at:
        del rows[at]


def _blank(dice: random.Random, made: dict[str, Rows]) -> None:
    rows, at = _place(dice, made)
    rows.insert(at, [""] * dice.randint(0, 3))


def _ragged(dice: random.Random, made: dict[str, Rows]) -> None:
    rows, at = _place(dice, made)
    if dice.random() < 0.5:
        rows[at].extend(dice.choices(CELLS, k=dice.randint(1, 4)))
    elif at:
        del rows[at][dice.randrange(max(len(rows[at]), 1)) :]


def _heading(dice: random.Random, made: dict[str, Rows]) -> None:
    rows, _ = _place(dice, made)
    if rows[0]:
        at = dice.randrange(len(rows[0]))
        words = ("", rows[0][0], rows[0][at].upper(), rows[0][at] + "x", "nationaliteit", "Adres")
        rows[0][at] = dice.choice((*words, *CELLS))


def _title(dice: random.Random, made: dict[str, Rows]) -> None:
    rows, _ = _place(dice, made)
    rows.insert(0, [dice.choice(("Onze buurt", *CELLS))])


def _no_headings(dice: random.Random, made: dict[str, Rows]) -> None:
    rows, _ = _place(dice, made)
    if len(rows) > 1:
        del rows[0]


def _table(dice: random.Random, made: dict[str, Rows]) -> None:
    name = dice.choice(sorted(made))
    others = ("Mensen", "mensen ", "needz", "Blad1", "contacts", "plans", name.upper(), "..")
    made[dice.choice(others)] = [list(row) for row in made[name]]


_CHANGES: tuple[Callable[[random.Random, dict[str, Rows]], None], ...] = (
    *(_cell,) * 8,
    *(_column,) * 2,
    _swap,
    _again,
    _gone,
    _blank,
    _ragged,
    _heading,
    _heading,
    _title,
    _no_headings,
    _table,
)


# --- the forms that tables take --------------------------------------------------------------


def _filled(made: dict[str, Rows]) -> dict[str, list[int]]:
    """Number the rows that hold something, below the first such row."""
    return {
        name: [number for number, row in enumerate(rows, 1) if any(c.strip() for c in row)][1:]
        for name, rows in made.items()
    }


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def _folder(dice: random.Random, made: dict[str, Rows], folder: Path) -> Written:
    mark, ending = dice.choice(",;\t"), dice.choice(("\n", "\r\n", "\r"))
    encoding = dice.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252"))
    for name, rows in made.items():
        text = "".join(mark.join(map(_quoted, row)) + ending for row in rows)
        raw = text.encode(encoding, "replace")
        (folder / f"{name}.csv").write_bytes(raw)
    return folder, _filled(made)


def _book(dice: random.Random, made: dict[str, Rows], folder: Path) -> Written:
    path = folder / "buurt.xlsx"
    path.write_bytes(book_bytes(made, dice))
    return path, _filled(_named_apart(made))  # what a workbook can hold side by side


def book_bytes(made: dict[str, Rows], dice: random.Random) -> bytes:
    """Make a workbook with xlsxwriter; a cell is a text, and sometimes what it looks like."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        for name, rows in _named_apart(made).items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for at, text in enumerate(row):
                    if text.lstrip("-").isascii() and text.isdecimal() and dice.random() < 0.5:
                        sheet.write_number(number, at, float(text[:300]))
                    else:
                        sheet.write_string(number, at, text[:32_000])
            if dice.random() < 0.1:
                sheet.hide()
            if rows and dice.random() < 0.1:
                sheet.set_row(dice.randrange(len(rows)), None, None, {"hidden": True})
        if book.worksheets():
            book.worksheets()[0].hidden = False
    return buffer.getvalue()


def _named_apart(made: dict[str, Rows]) -> dict[str, Rows]:
    """Return the tables under names that a workbook can hold."""
    found: dict[str, Rows] = {}
    seen: set[str] = set()
    for name, rows in made.items():
        if name.casefold() not in seen:
            found[name] = rows
            seen.add(name.casefold())
    return found


def _document(dice: random.Random, made: dict[str, Rows], folder: Path) -> Written:
    document = {}
    for name, rows in made.items():
        headings = [text or f"kolom {at}" for at, text in enumerate(rows[0] if rows else ())]
        document[name] = [dict(zip(headings, row, strict=False)) for row in rows[1:]]
    text = json.dumps(document, ensure_ascii=dice.random() < 0.5)
    path = folder / "buurt.json"
    path.write_text(text, encoding="utf-8")
    numbers = {
        name: [
            number
            for number, row in enumerate(rows, 2)
            if any(value.strip() for value in row.values())
        ]
        for name, rows in document.items()
    }
    return path, numbers


_SETTINGS = (
    "horizon_weeks",
    "language",
    "zone",
    "reserved",
    "distances",
    "time_limit_seconds",
    "a.b.c",
    "[distances]",
    "[[distances]]",
    '"\\ud800"',
)
_VALUES = (
    "1",
    "-1",
    "9" * 5000,
    "1e400",
    "nan",
    "inf",
    '"nl"',
    '"../../etc/passwd"',
    '"\\u0000"',
    "[" * 3000,
    "{a=" * 500,
    "[1, 'x']",
    "2026-11-23",
    "0001-01-01T00:00:00+23:59",
    "true",
    "'''",
    '"' + "x" * 20_000 + '"',
    "{}",
    "[]",
)


def _settings(dice: random.Random, made: dict[str, Rows], folder: Path) -> Written:
    lines = []
    for _ in range(dice.randint(1, 6)):
        name = dice.choice(_SETTINGS)
        lines.append(name if name[0] == "[" else f"{name} = {dice.choice(_VALUES)}")
    (folder / "people.csv").write_text("person,called\np1,Joke\n", encoding="utf-8")
    (folder / "team.toml").write_bytes(_bitten(dice, "\n".join(lines).encode()))
    return folder, {}


def _bitten(dice: random.Random, raw: bytes) -> bytes:
    """Change, cut, double or add some bytes; or none."""
    kind = dice.randrange(6)
    if kind == 0 or not raw:
        return raw
    at = dice.randrange(len(raw))
    if kind == 1:
        return raw[:at]
    if kind == 2:
        return raw[:at] + raw[at + dice.randint(1, 40) :]
    if kind == 3:
        return raw[: at + 30] + raw[at:]
    if kind == 4:
        return raw[:at] + dice.randbytes(dice.randint(1, 8)) + raw[at:]
    changed = bytearray(raw)
    for _ in range(dice.randint(1, 10)):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def _bytes(dice: random.Random, made: dict[str, Rows], folder: Path) -> Written:
    """Take a whole file and spoil its bytes; sometimes give it another file's ending."""
    form = dice.choice(("book", "document", "folder"))
    path, _ = _FORMS[form](dice, made, folder)
    if path.is_dir():
        path = folder / f"{dice.choice(sorted(made))}.csv"
    path.write_bytes(_bitten(dice, path.read_bytes()))
    if dice.random() < 0.1:
        path = path.rename(path.with_suffix(dice.choice((".xlsx", ".json", ".csv", ".xls"))))
    return path, {}


_SIGNS = (b"<", b">", b'"', b"&", b"&#0;", b"&a;", b"/", b"=", b"0", b"99999999999", b"A1", b"ZZZ9")


def _parts(dice: random.Random, made: dict[str, Rows], folder: Path) -> Written:
    """Spoil the parts inside a workbook, behind the back of its checksums."""
    with zipfile.ZipFile(io.BytesIO(book_bytes(made, dice))) as old:
        parts = [(name, old.read(name)) for name in old.namelist()]
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(len(parts))
        parts[at] = _spoilt_part(dice, *parts[at], parts)
    path = folder / "buurt.xlsx"
    with zipfile.ZipFile(path, "w", dice.choice((0, 8, 12, 14))) as new:
        for name, raw in parts:
            if name not in new.namelist():
                new.writestr(name, raw)
    return path, {}


def _spoilt_part(
    dice: random.Random, name: str, raw: bytes, parts: list[tuple[str, bytes]]
) -> tuple[str, bytes]:
    kind = dice.randrange(5)
    if kind == 0:
        return f"{dice.choice(('../', '/', 'x'))}{name}", raw
    if kind == 1:
        return name, dice.choice(parts)[1]
    if kind == 2:
        return name, _bitten(dice, raw)
    at = dice.randrange(len(raw) + 1)
    if kind == 3:
        numbers = [place for place in range(len(raw)) if raw[place : place + 1].isdigit()]
        if numbers:
            at = dice.choice(numbers)
            return name, raw[:at] + dice.choice((b"0", b"9" * 12, b"-1", b"")) + raw[at + 1 :]
    return name, raw[:at] + dice.choice(_SIGNS) + raw[at + dice.randint(0, 3) :]


_FORMS = {
    "folder": _folder,
    "book": _book,
    "document": _document,
    "settings": _settings,
    "bytes": _bytes,
    "parts": _parts,
}
FORMS = tuple(_FORMS)
