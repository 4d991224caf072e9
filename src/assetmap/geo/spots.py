"""A spot: where something is, as far as it is known."""

from __future__ import annotations

from dataclasses import dataclass

from assetmap.errors import UnusableInput
from assetmap.geo.coordinates import check_rd

__all__ = ["Spot"]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map, as far as it is known.

    Attributes
    ----------
    x, y : int or None
        RD New, in metres; both or neither.
    area : str or None
        Id of the area it lies in.
    place : str or None
        Id of the place it is, for distances that the team gave per place.

    Examples
    --------
    >>> Spot(155_000, 463_000, "centre")
    Spot(x=155000, y=463000, area='centre', place=None)
    """

    x: int | None = None
    y: int | None = None
    area: str | None = None
    place: str | None = None

    def __post_init__(self) -> None:
        if (self.x is None) != (self.y is None):
            raise UnusableInput("A spot needs both x and y, or neither of them.")
        if self.x is not None and self.y is not None:
            if type(self.x) is not int or type(self.y) is not int:
                raise UnusableInput("The x and y of a spot are whole metres: use rounded() first.")
            check_rd(self.x, self.y)
