"""``assetmap new``: the workbook and the start files, and what to do next."""

from __future__ import annotations

from pathlib import Path

from rich.text import Text

from assetmap.cli.screen import Screen
from assetmap.errors import UnusableInput
from assetmap.tables import starter
from assetmap.tables.sources import is_table_file, workbook_in
from assetmap.texts import say

__all__ = ["begin"]


def begin(folder: Path, screen: Screen, *, full: bool = False) -> int:
    """Write the starter workbook, say what to do with it, and return the exit code."""
    try:
        made = starter(folder, language=screen.lang, full=full)
    except UnusableInput:
        screen.tell(_why_not(folder), folder=str(folder), place=str(folder))
        return 2
    screen.show(Text(say("cli.new.made", screen.lang, folder=str(folder)), style="bold green"))
    screen.show(*(Text(f"  {path.name}") for path in made))
    screen.show(say("cli.new.first", screen.lang), say("cli.new.then", screen.lang))
    screen.hand_over({"folder": str(folder), "files": [path.name for path in made]})
    return 0


def _why_not(folder: Path) -> str:
    if folder.is_file():
        return "cli.not-a-folder"
    if folder.is_dir() and (workbook_in(folder) or any(map(is_table_file, folder.iterdir()))):
        return "cli.not-empty"
    return "cli.not-written"
