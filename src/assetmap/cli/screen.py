"""The two ways out: results to stdout, messages to stderr; in one language."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.console import Console, RenderableType

from assetmap.texts import Language, say

if TYPE_CHECKING:
    from assetmap.match import Progress

__all__ = ["Screen", "progress"]

WIDE = 100
"""Columns that are used at most: longer lines are hard to read."""


@dataclass(frozen=True)
class Screen:
    """Where a command speaks.

    Attributes
    ----------
    lang : Language
        The language of what it says.
    as_json : bool
        Whether stdout gets one JSON document and nothing else.
    """

    lang: Language
    as_json: bool = False

    def show(self, *what: RenderableType, whole: bool = False) -> None:
        """Show a result to a reader; nothing when a machine reads.

        Parameters
        ----------
        *what : renderable
            Texts and tables.
        whole : bool, default False
            Whether a line stays one line, however long, where nobody watches.
        """
        if not self.as_json:
            _print(_console(), what, whole)

    def tell_at_length(self, *what: RenderableType) -> None:
        """Show what is not a result, on stderr."""
        _print(_console(stderr=True), what, True)

    def hand_over(self, document: dict[str, Any]) -> None:
        """Write a result for a machine: plain ASCII, whatever the console's alphabet."""
        if self.as_json:
            sys.stdout.write(json.dumps(document, indent=1) + "\n")

    def pass_on(self, text: str) -> None:
        """Write a table for a machine, as it is; nothing when it reads JSON."""
        if not self.as_json:
            sys.stdout.write(text)

    def tell(self, key: str, /, **facts: Any) -> None:
        """Say something that is not a result, on stderr."""
        _console(stderr=True).print(say(key, self.lang, **facts), soft_wrap=True)


def _print(console: Console, what: Iterable[RenderableType], whole: bool) -> None:
    """Print; where nobody watches without blanks at the end of a line."""
    for each in what:
        if console.is_terminal:
            console.print(each)
            continue
        with console.capture() as caught:
            console.print(each, soft_wrap=whole)
        console.file.writelines(f"{line.rstrip()}\n" for line in caught.get().splitlines())


def _console(*, stderr: bool = False) -> Console:
    """Return a console that keeps its lines readable, and is plain when nobody watches."""
    console = Console(stderr=stderr, highlight=False, emoji=False, markup=False)
    if console.width > WIDE:
        console.width = WIDE
    return console


@contextmanager
def progress(screen: Screen) -> Iterator[Callable[[Progress], None] | None]:
    """Show how far a run has come, while it runs; only where somebody watches a terminal."""
    console = _console(stderr=True)
    if not console.is_terminal or screen.as_json:
        yield None
        return
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    with Bar(TextColumn("{task.description}"), BarColumn(), console=console, transient=True) as bar:
        task = bar.add_task(say("cli.progress.candidates", screen.lang), total=None)

        def step(now: Progress) -> None:
            said = say(f"cli.progress.{now.stage}", screen.lang)
            bar.update(task, description=said, completed=now.done, total=now.total)

        yield step
