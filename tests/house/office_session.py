"""One LibreOffice that stays open: workbooks are opened, worked in and saved one after another.

A macro of its own waits for orders in a folder, so that a test of many weeks starts the program
once. Each order is a line of words with tabs between.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.house.office import Office, OfficeError

__all__ = ["Session", "session"]

_SECONDS = 60
_SERVE = """
Sub Main
    Dim docs As Object
    docs = CreateUnoService("com.sun.star.ucb.SimpleFileAccess")
    Do While True
        If docs.exists({order}) Then Serve docs
        Wait 20
    Loop
End Sub

Sub Serve(docs As Object)
    On Error GoTo Failed
    Dim outcome As String
    outcome = "done"
    Dim lines As Object
    lines = CreateUnoService("com.sun.star.io.TextInputStream")
    lines.setInputStream(docs.openFileRead({order}))
    lines.setEncoding("UTF-8")
    Dim book As Object
    Do While Not lines.isEOF()
        Dim words
        words = Split(lines.readLine(), Chr(9))
        If UBound(words) > 0 Then Work book, words
    Loop
    lines.closeInput()
Ready:
    docs.kill({order})
    Dim channel As Integer
    channel = FreeFile
    Open {begun} For Output As #channel
    Print #channel, outcome
    Close #channel
    docs.move({begun}, {done})
    Exit Sub
Failed:
    outcome = Error$ & " (line " & Erl & ")"
    Resume Ready
End Sub

Sub Work(book As Object, words)
    Dim place As Object
    Select Case words(0)
    Case "open"
        book = StarDesktop.loadComponentFromURL(words(1), "_blank", 0, Array(Said("Hidden", True)))
    Case "type"
        place = book.Sheets.getByName(words(1)).getCellRangeByName(words(2))
        place.FormulaLocal = words(3)
    Case "sort"
        Dim by(0) As New com.sun.star.table.TableSortField
        by(0).Field = CInt(words(2))
        by(0).IsAscending = False
        Used(book, words(1)).sort(Array(Said("SortFields", by()), Said("ContainsHeader", True)))
    Case "filter"
        Dim only(0) As New com.sun.star.sheet.TableFilterField
        only(0).Field = CInt(words(2))
        only(0).IsNumeric = False
        only(0).StringValue = CStr(words(3))
        only(0).Operator = com.sun.star.sheet.FilterOperator.EQUAL
        Dim asked As Object
        asked = Used(book, words(1)).createFilterDescriptor(True)
        asked.ContainsHeader = True
        asked.setFilterFields(only())
        Used(book, words(1)).filter(asked)
    Case "hide"
        book.Sheets.getByName(words(1)).Rows.getByIndex(CInt(words(2))).IsVisible = False
    Case "save"
        Dim kept(0) As New com.sun.star.beans.PropertyValue
        kept(0).Name = "FilterName"
        kept(0).Value = "Calc MS Excel 2007 XML"
        book.storeToURL(words(1), kept())
        book.close(True)
    Case "quit"
        StarDesktop.terminate()
    End Select
End Sub

Function Said(name As String, value) As Object
    Dim made As New com.sun.star.beans.PropertyValue
    made.Name = name
    made.Value = value
    Said = made
End Function

Function Used(book As Object, name As String) As Object
    Dim place As Object
    Dim cursor As Object
    place = book.Sheets.getByName(name)
    cursor = place.createCursor()
    cursor.gotoEndOfUsedArea(False)
    Used = place.getCellRangeByPosition(0, 0, cursor.RangeAddress.EndColumn, \
cursor.RangeAddress.EndRow)
End Function
"""


@dataclass(frozen=True)
class Session:
    """A LibreOffice that waits for orders."""

    folder: Path
    running: subprocess.Popen[bytes]

    def work(self, workbook: Path, orders: Sequence[Sequence[str]]) -> None:
        """Open a workbook, do what is ordered, and save it in its place as such a program does.

        Parameters
        ----------
        workbook : Path
            The file.
        orders : sequence
            ``("type", sheet, cell, text)``, ``("sort", sheet, column)``,
            ``("filter", sheet, column, text)`` and ``("hide", sheet, row)``; columns and rows
            are counted from 0.
        """
        saved = self.folder / "saved.xlsx"
        opened = ("open", workbook.resolve().as_uri())
        kept = ("save", saved.resolve().as_uri())
        self._order([opened, *orders, kept])
        saved.replace(workbook)

    def _order(self, orders: Sequence[Sequence[str]]) -> None:
        waiting, done = self.folder / "waiting.txt", self.folder / "done.txt"
        last = ("end", "of orders")  # the program reads the last line with its end
        lines = "\n".join("\t".join(words) for words in (*orders, last))
        waiting.write_text(lines, encoding="utf-8")
        waiting.replace(self.folder / "order.txt")
        until = time.monotonic() + _SECONDS
        while not done.exists():
            if self.running.poll() is not None or time.monotonic() > until:
                raise OfficeError(f"LibreOffice is gone, or does not answer: {orders}")
            time.sleep(0.02)
        said = done.read_text(encoding="utf-8").strip()
        done.unlink()
        if said != "done":
            raise OfficeError(f"{said}: {orders}")

    def quit(self) -> None:
        """Close the program."""
        (self.folder / "order.txt").write_text("quit\tnow\nend\tnow", encoding="utf-8")
        try:
            self.running.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(self.running.pid, signal.SIGKILL)
            self.running.wait()


@contextmanager
def session(office: Office, folder: Path) -> Iterator[Session]:
    """Start a LibreOffice and keep it open; its folder is for its orders only."""
    folder.mkdir(parents=True)
    names = {"order": "order.txt", "begun": "begun.txt", "done": "done.txt"}
    basic = _SERVE
    for name, file in names.items():
        basic = basic.replace(f"{{{name}}}", f'"{(folder / file).resolve().as_uri()}"')
    office.install(basic)
    running = subprocess.Popen(
        [*office.command, "macro:///Standard.House.Main"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    opened = Session(folder, running)
    try:
        yield opened
    finally:
        opened.quit()
