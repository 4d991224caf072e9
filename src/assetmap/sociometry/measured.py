"""A number about the network that says what was assumed."""

from __future__ import annotations

from typing import Any

import numpy as np

from assetmap.sociometry.catalogue import assumptions
from assetmap.sociometry.reading import Reading

__all__ = ["Measured", "measured", "said"]


class Measured(float):
    """A plain number with ``.attrs["assumptions"]``, as a pandas table has.

    Examples
    --------
    >>> half = Measured(0.5, {"assumptions": "weights: not used"})
    >>> half, half + 1, half.attrs["assumptions"]
    (0.5, 1.5, 'weights: not used')
    """

    attrs: dict[str, Any]

    def __new__(cls, value: float, attrs: dict[str, Any] | None = None) -> Measured:
        """Make a number; without `attrs` nothing is said."""
        made = super().__new__(cls, value)
        made.attrs = dict(attrs or {})
        return made


def measured(read: Reading, name: str, value: float | None, *notes: str) -> Measured:
    """Return a number about the network; None becomes NaN: there is none."""
    told = {"assumptions": said(read, name, *notes)}
    return Measured(np.nan if value is None else value, told)


def said(read: Reading, name: str, *notes: str) -> str:
    """Return what a measure of this graph assumes: as in the catalogue, on reading, and notes."""
    return "; ".join((assumptions(name), *read.notes, *filter(None, notes)))
