"""LibreOffice without a screen: convert a file, or fill in a workbook as a person would.

Cells are filled in through the program itself, by a macro in a profile of its own, so that
the saved file is what a real spreadsheet program writes.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

__all__ = ["Office", "OfficeError"]

_SECONDS = 180
_FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".ods": "calc8"}
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:{kind} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{dtd}.dtd">
<library:{kind} xmlns:library="http://openoffice.org/2000/library" \
xmlns:xlink="http://www.w3.org/1999/xlink"{attributes}>
{content}
</library:{kind}>
"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" \
script:name="House" script:language="StarBasic">{basic}</script:module>
"""
_BASIC = """
Sub Main
    On Error GoTo Failed
    Dim opened(0) As New com.sun.star.beans.PropertyValue
    opened(0).Name = "Hidden"
    opened(0).Value = True
    Dim book As Object
    book = StarDesktop.loadComponentFromURL({source}, "_blank", 0, opened())
{edits}
    Dim saved(0) As New com.sun.star.beans.PropertyValue
    saved(0).Name = "FilterName"
    saved(0).Value = {filter}
    book.storeToURL({target}, saved())
    book.close(True)
    StarDesktop.terminate()
    Exit Sub
Failed:
    Dim channel As Integer
    channel = FreeFile
    Open {log} For Output As #channel
    Print #channel, Error$ & " (line " & Erl & ")"
    Close #channel
    StarDesktop.terminate()
End Sub
"""


_DUTCH = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" \
xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" \
oor:op="fuse"><value>nl-NL</value></prop></item>
</oor:items>
"""


class OfficeError(RuntimeError):
    """LibreOffice did not do what it was asked."""


@dataclass(frozen=True)
class Office:
    """One LibreOffice with its own profile folder."""

    program: Path
    profile: Path

    def convert(self, source: Path, *, to: str, folder: Path) -> Path:
        """Convert a file to another kind (``"pdf"``, ``"csv"``, ``"xlsx"``) in a folder."""
        self._lay_out()
        folder.mkdir(parents=True, exist_ok=True)
        result = self._run("--convert-to", to, "--outdir", str(folder), str(source))
        target = folder / f"{source.stem}.{to.partition(':')[0]}"
        if not target.exists():
            raise OfficeError(f"no {target.name} was written: {result}")
        return target

    def edit(self, workbook: Path, cells: Mapping[tuple[str, str], str], *, saved: Path) -> Path:
        """Type texts into cells, ``{("Mensen", "A4"): "Joke"}``, and save under another name.

        Each text is entered the way a Dutch user types it, so that ``23-11-2026`` becomes a
        date and ``1,5`` a number.
        """
        log = self.profile / "failed.txt"
        log.unlink(missing_ok=True)
        saved.unlink(missing_ok=True)
        self.install(_macro(workbook, cells, saved=saved, log=log))
        result = self._run("macro:///Standard.House.Main")
        if not saved.exists():
            reason = log.read_text(encoding="utf-8") if log.exists() else result
            raise OfficeError(f"{workbook.name} was not saved: {reason}")
        return saved

    def _lay_out(self) -> None:
        """Start once with Dutch as the language of the cells; a later start finds macros."""
        settings = self.profile / "user" / "registrymodifications.xcu"
        if not settings.exists():
            settings.parent.mkdir(parents=True)
            settings.write_text(_DUTCH, encoding="utf-8")
            self._run("--terminate_after_init")

    @property
    def command(self) -> tuple[str, ...]:
        """How the program is started."""
        profile = f"-env:UserInstallation={self.profile.as_uri()}"
        return (str(self.program), profile, "--headless", "--norestore", "--nolockcheck")

    def _run(self, *arguments: str) -> str:
        command = [*self.command, *arguments]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
        return f"exit code {done.returncode}; {done.stdout.strip()} {done.stderr.strip()}"

    def install(self, basic: str) -> None:
        """Write the macro into the profile."""
        self._lay_out()
        user = self.profile / "user"
        standard = user / "basic" / "Standard"
        standard.mkdir(parents=True, exist_ok=True)
        (standard / "House.xba").write_text(_MODULE.format(basic=escape(basic)), encoding="utf-8")
        (standard / "script.xlb").write_text(
            _LIBRARY.format(
                kind="library",
                dtd="library",
                attributes=' library:name="Standard" library:readonly="false"',
                content='<library:element library:name="House"/>',
            ),
            encoding="utf-8",
        )
        (user / "basic" / "script.xlc").write_text(
            _LIBRARY.format(
                kind="libraries",
                dtd="libraries",
                attributes="",
                content='<library:library library:name="Standard" '
                'xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple" '
                'library:link="false"/>',
            ),
            encoding="utf-8",
        )


def _macro(workbook: Path, cells: Mapping[tuple[str, str], str], *, saved: Path, log: Path) -> str:
    edits = "\n".join(
        f"    book.Sheets.getByName({_quoted(sheet)}).getCellRangeByName({_quoted(cell)})"
        f".FormulaLocal = {_quoted(text)}"
        for (sheet, cell), text in cells.items()
    )
    return _BASIC.format(
        source=_quoted(workbook.resolve().as_uri()),
        edits=edits,
        filter=_quoted(_FILTERS[saved.suffix]),
        target=_quoted(saved.resolve().as_uri()),
        log=_quoted(str(log.resolve())),
    )


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
