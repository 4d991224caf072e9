"""What all pictures share: the sheet, the colours with their hatches and marks, and the caption."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from assetmap.privacy import Audience, Released, notices
from assetmap.texts import language as known_language
from assetmap.texts import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "ASKED",
    "DARK",
    "HIDDEN",
    "INK",
    "LIGHT",
    "MARKS",
    "OFFERED",
    "PALE",
    "SETTINGS",
    "clear",
    "drawing",
    "emptied",
    "finish",
    "hidden_mark",
    "language_of",
    "sheet",
    "tell",
]

OFFERED, ASKED = "#0072B2", "#F0C27B"
"""What is offered, and what is asked: far apart in brightness too, and the second is hatched."""
DARK, LIGHT, PALE, INK = "#08306B", "#9ECAE1", "#E8E8E8", "#222222"
HIDDEN = "xx"
"""The hatch of what is too small to be shown."""
MARKS = (
    ("o", "#0072B2"),
    ("s", "#E69F00"),
    ("^", "#009E73"),
    ("D", "#CC79A7"),
    ("v", "#56B4E9"),
    ("P", "#D55E00"),
    ("X", "#F0E442"),
)
"""Marks with their colours (Okabe and Ito 2008): each shape is another one, without colour too."""
SETTINGS = MappingProxyType(
    {
        "font.family": ["DejaVu Sans"],  # comes with matplotlib: the same on every machine
        "font.size": 10.0,
        "axes.unicode_minus": False,
        "hatch.linewidth": 0.7,
        "svg.hashsalt": "assetmap",
        "svg.fonttype": "path",
    }
)
_COLUMNS_PER_INCH = 13.5
"""So many letters of the caption go on an inch."""


@contextmanager
def drawing() -> Iterator[None]:
    """Draw with the settings of this house, whatever those of the program are."""
    import matplotlib as mpl
    from matplotlib import style

    settings: Any = dict(SETTINGS)
    with style.context("default"), mpl.rc_context(settings):
        yield


def clear() -> list[Any]:
    """Return the white rim that keeps a text readable over lines."""
    from matplotlib.patheffects import withStroke

    return [withStroke(linewidth=2.0, foreground="white")]


def sheet(ax: Axes | None, width: float, height: float) -> Axes:
    """Return the axes to draw on: those given, or those of a new sheet of this size in inches."""
    if ax is not None:
        return ax
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    from assetmap.plot.shown import ShownFigure

    figure = ShownFigure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure.add_subplot()


def language_of(facts: Any, asked: str | None) -> str:
    """Return the language that was asked for, else that of the team."""
    return known_language(facts.language if asked is None else asked).value


def tell(key: str, lang: str, /, **facts: object) -> str:
    """Return a text of the catalogue of pictures."""
    return say(f"plot.{key}", lang, **facts)


def finish(
    ax: Axes,
    released: Released[Any],
    title: str,
    *further: str,
    lang: str,
    room: tuple[float, float] = (34, 10),
    named: bool = False,
) -> Axes:
    """Put the title above, and below whom it is for, what was left out and what else to know.

    Parameters
    ----------
    ax : Axes
        The picture.
    released : Released
        What it shows.
    title : str
        One line.
    *further : str
        Sentences that go before the others.
    lang : str
        Language code.
    room : (float, float), default (34, 10)
        How far the caption begins below the axes, and the title above them, in points.
    named : bool, default False
        Whether somebody's name stands in it.
    """
    ax.set_title(title, loc="left", fontsize=12, fontweight="bold", color=INK, pad=room[1])
    figure = ax.get_figure(root=True)
    wide = (7.0 if figure is None else figure.get_figwidth()) * ax.get_position().width / 0.775
    wide -= _beside(ax) / _COLUMNS_PER_INCH
    told = notices(released, lang)
    if released.audience is Audience.TEAM and not named:
        told = (tell("for-team", lang), *told[1:])
    lines = [*further, *told]
    text = textwrap.fill(" ".join(lines), max(30, int(wide * _COLUMNS_PER_INCH * 0.95)))
    ax.annotate(
        text,
        (0, 0),
        xycoords="axes fraction",
        xytext=(0, -room[0]),
        textcoords="offset points",
        va="top",
        fontsize=8,
        color="#444444",
        annotation_clip=False,
        gid="caption",
    )
    return ax


def _beside(ax: Axes) -> int:
    """Return how many letters stand left and right of the axes, by their longest lines."""
    left = [each.get_text() for each in ax.get_yticklabels()]
    right = [each.get_text() for each in ax.texts if each.get_gid() == "beside"]
    lines = ([line for text in side for line in text.splitlines()] for side in (left, right))
    return sum(max(map(len, each), default=0) for each in lines)


def emptied(ax: Axes, text: str) -> None:
    """Say on the sheet that there is nothing to draw yet."""
    ax.text(
        0.5,
        0.5,
        textwrap.fill(text, 44),
        transform=ax.transAxes,
        ha="center",
        va="center",
        fontsize=11,
        color=INK,
        gid="empty",
    )
    ax.set_axis_off()


def hidden_mark(lang: str) -> str:
    """Return what stands in the place of a count that is too small to be shown."""
    return tell("hidden", lang)
