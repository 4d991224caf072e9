"""A sheet that a notebook can show by itself; loaded only when something is drawn."""

from __future__ import annotations

import io

from matplotlib.figure import Figure

__all__ = ["ShownFigure"]


class ShownFigure(Figure):
    """A figure that a notebook shows where it is the last line of a cell.

    A notebook knows how to show figures of matplotlib only once pyplot was set up in it; this one
    tells it itself, whatever was set up.
    """

    def _repr_png_(self) -> bytes:
        to = io.BytesIO()
        self.savefig(to, format="png")
        return to.getvalue()
