"""What ``assetmap new`` writes: the starter workbook, and scripts to double-click."""

from __future__ import annotations

import re
import shlex
import sys
from os import PathLike
from pathlib import Path

from assetmap.categories import shipped
from assetmap.errors import UnusableInput
from assetmap.model import RECORDS, STARTER, Contact, columns
from assetmap.tables.examples import example_rows
from assetmap.tables.output import put
from assetmap.tables.sheets import Sheet, book
from assetmap.tables.sources import is_table_file, workbook_in
from assetmap.tables.vocabulary import heading, table_called
from assetmap.texts import Language, say
from assetmap.texts import language as language_of

__all__ = ["starter", "starter_book"]

_LINES = 8
"""Lines of guidance, the title among them."""
_MORE_LINES = ("full", "contacts", "safeguards")
_APART = ("contacts", "safeguards")
"""Tables that always have a file of their own."""


def starter(
    folder: str | PathLike[str], *, language: str = "nl", full: bool = False
) -> tuple[Path, ...]:
    """Write a starter workbook and the scripts that run it into a folder.

    Parameters
    ----------
    folder : path
        Where to begin; made where needed.
    language : str, default "nl"
        Language of the workbook, ``"nl"`` or ``"en"``.
    full : bool, default False
        Whether the workbook has a sheet for every table with every column, in place of the four
        sheets with the columns to begin with. Contacts and safeguards then get a file of their
        own each, with headings only.

    Returns
    -------
    tuple of Path
        The files that were written. A script that is there already is left as it is.

    Raises
    ------
    UnusableInput
        The folder holds tables already, or cannot be written. Nothing is overwritten, ever.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in starter(folder)][:2]
    ['Buurt.xlsx', 'start-windows.bat']
    """
    chosen, place = language_of(language), Path(folder)
    if place.exists() and not place.is_dir():
        raise UnusableInput(f"{place.name} is a file; give a folder.")
    there = _tables_in(place)
    if there:
        names = ", ".join(path.name for path in there)
        raise UnusableInput(f"{place.name} holds tables already ({names}); choose another folder.")
    texts = _scripts(chosen)
    files = {place / say("workbook.start.file", chosen): starter_book(chosen, full=full)}
    if full:
        files |= {place / f"{table}.csv": _headings_only(table, chosen) for table in _APART}
    files |= {place / name: text.encode() for name, text in texts.items()}
    new = {path: content for path, content in files.items() if not path.exists()}
    put(new)
    for path in new:
        if path.suffix in {".command", ".sh", ".desktop"}:
            path.chmod(0o700)
    return tuple(new)


def _tables_in(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    files = [p for p in sorted(folder.iterdir()) if is_table_file(p) and table_called(p.stem)]
    return [*files, *workbook_in(folder)]


def starter_book(language: Language, *, full: bool = False) -> bytes:
    """Return the starter workbook: four sheets with two examples each, and a guide.

    Parameters
    ----------
    language : Language
        Language of headings, notes, words and guide.
    full : bool, default False
        Whether every table has a sheet, and every column is there.
    """
    examples = example_rows(language)
    sheets = [
        Sheet(table, _columns(table, full=full), examples[table], examples=True)
        for table in STARTER
    ]
    lines = [say(f"workbook.guide.line-{number}", language) for number in range(1, _LINES + 1)]
    if full:
        others = [table for table in RECORDS if table not in (*STARTER, *_APART)]
        sheets += [Sheet(table, _columns(table, full=True), ()) for table in others]
        lines += [say(f"workbook.guide.{name}", language) for name in _MORE_LINES]
    return book(sheets, language=language, tree=shipped(), guide=lines)


def _columns(table: str, *, full: bool) -> tuple[str, ...]:
    """Return the columns of a sheet: those of the starter first, the number last."""
    record = RECORDS[table]
    names = [column.name for column in columns(record) if column.starter]
    if full:
        names += [column.name for column in columns(record) if column.name not in names]
    if table in STARTER:
        names = [name for name in names if name != record.key] + [str(record.key)]
    return tuple(names)


def _headings_only(table: str, language: Language) -> bytes:
    """Return a CSV file to fill in, laid out as a spreadsheet program of that language does."""
    record = Contact if table == "contacts" else RECORDS[table]
    mark = ";" if language is Language.NL else ","
    names = (heading(table, column.name, language) for column in columns(record))
    return f"\ufeff{mark.join(names)}\r\n".encode()


def _scripts(language: Language) -> dict[str, str]:
    """Return the scripts by the name of their file."""
    shell = _shell(language)
    return {
        "start-windows.bat": _batch(language).replace("\n", "\r\n"),
        "start-mac.command": shell,
        "start-linux.sh": shell,
        "start-linux.desktop": _desktop(),
    }


def _batch(language: Language) -> str:
    # pushd also enters a folder on a network drive; exit codes from 2 on mean that nothing was
    # written, so that an older page is not shown as if it were new
    python = sys.executable.replace("%", "%%")
    results = say("workbook.start.results", language)
    return f"""@echo off
chcp 65001 >nul
pushd "%~dp0"
set "PYTHONUTF8=1"
set "PYTHON={python}"
if not exist "%PYTHON%" set "PYTHON=py"
"%PYTHON%" -c "import assetmap" >nul 2>nul
if errorlevel 1 goto nopython
echo {_echoed("running", language)}
"%PYTHON%" -m assetmap week . --out {results}
if errorlevel 2 goto end
if not errorlevel 0 goto end
if exist "{results}\\week.html" start "" "{results}\\week.html"
goto end
:nopython
echo {_echoed("python", language)}
:end
popd
pause
"""


def _echoed(name: str, language: Language) -> str:
    """Return a sentence as ``echo`` of Windows shows it: its signs keep their plain meaning."""
    text = re.sub(r"([&|<>^()])", r"^\1", say(f"workbook.start.{name}", language))
    return text.replace("%", "%%")


def _shell(language: Language) -> str:
    results = say("workbook.start.results", language)
    return f"""#!/bin/sh
cd "$(dirname "$0")" || exit 1
python={shlex.quote(sys.executable)}
[ -x "$python" ] || python=$(command -v python3)
if [ -n "$python" ] && "$python" -c "import assetmap" 2>/dev/null; then
    echo {shlex.quote(say("workbook.start.running", language))}
    "$python" -m assetmap week . --out {results}
    if [ $? -le 1 ] && [ -f {results}/week.html ]; then
        case "$(uname)" in
            Darwin) open {results}/week.html ;;
            *) command -v xdg-open >/dev/null && xdg-open {results}/week.html ;;
        esac
    fi
else
    echo {shlex.quote(say("workbook.start.python", language))}
fi
echo {shlex.quote(say("workbook.start.close", language))}
read -r _
"""


def _desktop() -> str:
    # %k is the place of this very file; the script stands beside it. In such a file a quoted
    # argument has double quotes, and what is special in it has two backslashes.
    command = 'cd "$(dirname "$1")" && exec sh ./start-linux.sh'
    quoted = re.sub(r'(["$])', r"\\\\\1", command)
    return f"""[Desktop Entry]
Type=Application
Name=assetmap
Terminal=true
Exec=sh -c "{quoted}" assetmap %k
"""
