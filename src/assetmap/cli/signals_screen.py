"""The list of signals on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.text import Text

from assetmap.privacy import Audience, Released, require
from assetmap.signals import Card, SharedSignals, card_lines
from assetmap.texts import Language, say

__all__ = ["SignalsScreen"]

_SHORT = ("nearby", "window", "surprise", "ask", "steps", "others", "state")
"""What is shown of a card; rule and records stand in the file."""


class SignalsScreen:
    """Tells each card: what is seen, what is there already, and what could be done.

    Parameters
    ----------
    released : Released
        The list, as somebody may have it.
    lang : Language
        The language to tell it in.
    """

    def __init__(self, released: Released[SharedSignals], lang: Language) -> None:
        self.shared = require(released, *Audience)
        self.lang = lang

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the cards from top to bottom, then what else is to be known."""
        day = self.shared.asof
        yield Text(say("cli.signals.title", self.lang, day=day, year=day.year), style="bold")
        for card in self.shared.cards:
            yield Text()
            yield from self._card(card)
        remarks = [line.said(self.lang) for line in self.shared.remarks or ()]
        if remarks:
            yield Text()
            yield from map(Text, remarks)

    def _card(self, card: Card) -> Iterator[Text | Padding]:
        lines = card_lines(card, self.lang)
        yield Text(" ".join(lines["what"]), style="bold")
        for name in _SHORT:
            if lines[name]:
                label = say(f"signals.field.{name}", self.lang)
                yield Padding(Text(f"{label}: {' '.join(lines[name])}"), (0, 0, 0, 2))
