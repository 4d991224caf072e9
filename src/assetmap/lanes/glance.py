"""The list of the meeting at a glance, for a notebook: each card with its fields behind a click."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from html import escape

from assetmap.lanes.card import Card
from assetmap.lanes.lines import Line
from assetmap.lanes.telling import card_lines
from assetmap.texts import say
from assetmap.texts.plain import typed

__all__ = ["glance"]

_COLUMNS = ("what", "nearby", "window")
"""What is seen without a click: what there is already stands before the numbers."""
_LONGEST = 2000
_CELL = 'style="text-align: left; vertical-align: top"'
"""Notebooks put the text of cells at the right."""


def glance(
    asof: dt.date,
    cards: Sequence[Card],
    *,
    lang: str,
    remarks: Iterable[Line] = (),
    notices: Iterable[str] = (),
) -> str:
    """Return the list as HTML that needs no script; whatever people typed is escaped.

    Parameters
    ----------
    asof : date
        The day of the meeting.
    cards : sequence of Card
        As an audience may have them, in order.
    lang : str
        Language code.
    remarks : iterable of Line, optional
        What is not on the list, and why.
    notices : iterable of str, optional
        For whom it is.

    Returns
    -------
    str
        A ``section`` with a table: three cells per card, and behind a click all that it says.

    Examples
    --------
    >>> import datetime as dt
    >>> shown = glance(dt.date(2026, 11, 23), (), lang="en")
    >>> "There is no signal this week." in shown
    True
    """
    title = Line.of("signals.glance.title", day=asof).said(lang)
    parts = [f"<p>{_plain(line)}</p>" for line in notices]
    if cards:
        heads = (f'<th scope="col" {_CELL}>{_field(name, lang)}</th>' for name in _COLUMNS)
        rows = "".join(_card(card, lang) for card in cards)
        head = f"<thead><tr>{''.join(heads)}</tr></thead>"
        parts.append(f"<table><caption>{_plain(title)}</caption>{head}{rows}</table>")
    else:
        parts.append(f"<p>{_plain(title)}: {_plain(say('signals.no_signal', lang))}</p>")
    others = [line.said(lang) for line in remarks if line.key != "signals.no_signal"]
    if others:
        listed = "".join(f"<li>{_plain(line)}</li>" for line in others)
        summary = _plain(say("signals.glance.remarks", lang))
        parts.append(f"<details><summary>{summary}</summary><ul>{listed}</ul></details>")
    return f'<section lang="{escape(lang)}">{"".join(parts)}</section>'


def _card(card: Card, lang: str) -> str:
    lines = {name: " ".join(said) for name, said in card_lines(card, lang).items()}
    what, *others = (_plain(lines[name]) for name in _COLUMNS)
    cells = "".join(f"<td {_CELL}>{text}</td>" for text in others)
    told = "".join(
        f"<dt><b>{_field(name, lang)}</b></dt><dd>{_plain(text)}</dd>"
        for name, text in lines.items()
        if text
    )
    more = f"<details><summary>{_plain(say('signals.glance.more', lang))}</summary>"
    return (
        f'<tbody><tr><th scope="rowgroup" {_CELL}>{what}</th>{cells}</tr>'
        f'<tr><td colspan="{len(_COLUMNS)}" {_CELL}>{more}<dl>{told}</dl></details></td></tr>'
        "</tbody>"
    )


def _field(name: str, lang: str) -> str:
    return _plain(say(f"signals.field.{name}", lang))


def _plain(text: str) -> str:
    return escape(typed(text, _LONGEST))
