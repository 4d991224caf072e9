"""The network of people on a terminal: a few lines, counts only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from assetmap.graph import Glance
from assetmap.privacy import Audience, Released, require
from assetmap.texts import Language, say

__all__ = ["NetworkScreen"]

_LINES = ("connecting", "only_workers", "one_tie")
"""Counts that are told by themselves, where there is something to tell."""


class NetworkScreen:
    """Tells who knows whom: first what there is, then who may be glad of a visit.

    Parameters
    ----------
    released : Released
        The counts, for the team.
    day : date
        The day of which they are.
    lang : Language
        The language to tell them in.
    """

    def __init__(self, released: Released[Glance], day: dt.date, lang: Language) -> None:
        self.counts = require(released, Audience.TEAM)
        self.day = day
        self.lang = lang

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines from top to bottom."""
        yield Text(self._say("title", day=self.day, year=self.day.year), style="bold")
        for line in self._lines():
            yield Text(line)

    def _say(self, key: str, **facts: object) -> str:
        return say(f"cli.graph.{key}", self.lang, **facts)

    def _lines(self) -> Iterator[str]:
        seen = self.counts
        people = self._say("n-residents", n=seen.residents)
        if seen.workers:
            workers = self._say("n-workers", n=seen.workers)
            people = self._say("and", first=people, second=workers)
        yield self._say("people", people=people, ties=self._say("n-ties", n=seen.ties))
        if seen.groups:
            yield self._say("groups", n=seen.groups, largest=seen.largest)
        for name in _LINES:
            if count := getattr(seen, name):
                yield self._say(name.replace("_", "-"), n=count)
        if seen.alone:
            yield " ".join(self._alone(seen.alone, seen.not_asked or 0))

    def _alone(self, alone: int, not_asked: int) -> Iterator[str]:
        yield self._say("alone", n=alone)
        if not_asked == alone:
            yield self._say("nobody-asked")
        elif not_asked:
            yield self._say("not-asked", n=not_asked)
