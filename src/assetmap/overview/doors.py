"""A door-to-door scan: at how many doors somebody was reached, and what they told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from assetmap.model import Neighbourhood, Observation, ObservationKind, Reached, Visit
from assetmap.overview.common import between, check_days, homes_of, teller
from assetmap.privacy import CountTable, Discloses, split_safety

__all__ = ["DoorToDoor", "door_to_door"]

REACHED, NO_ANSWER, UNKNOWN = "reached", "no_answer", "unknown"
KINDS = tuple(
    kind.value
    for kind in (
        ObservationKind.TALENT,
        ObservationKind.IDEA,
        ObservationKind.NEED,
        ObservationKind.CONCERN,
        ObservationKind.COMPLAINT,
    )
)
"""What is told at a door, talents and ideas first."""


@dataclass(frozen=True, slots=True)
class DoorToDoor:
    """What a door-to-door scan reached, and what was heard; raw.

    It leaves through :func:`assetmap.privacy.release`; shares then rest on what it let pass.

    Attributes
    ----------
    streets : CountTable
        Area and street (``hart: Lindeplein``; only the area where no street was filled in) by
        ``reached``, ``no_answer`` and ``unknown``. No answer is a state of its own: it does not
        say that nobody there asks anything. Unknown: nobody filled it in.
    heard : CountTable
        What was told at a door that opened: ``talent``, ``idea``, ``need``, ``concern``,
        ``complaint`` (``unknown`` where it was not filled in) by category.
    observations : tuple of str
        Which they are, by id: talents first, then ideas, then the rest.
    """

    streets: Annotated[CountTable, Discloses.COUNT]
    heard: Annotated[CountTable, Discloses.COUNT]
    observations: Annotated[tuple[str, ...], Discloses.RECORD]

    def doors(self, street: str | None = None) -> int | None:
        """Return at how many doors it is known whether somebody was reached.

        Parameters
        ----------
        street : str, optional
            A heading of `streets`; default: all of them.
        """
        reached, silent = self._counted(REACHED, street), self._counted(NO_ANSWER, street)
        return None if reached is None or silent is None else reached + silent

    def share(self, street: str | None = None) -> float | None:
        """Return the part of those doors where somebody was reached; None without doors."""
        doors, reached = self.doors(street), self._counted(REACHED, street)
        return reached / doors if doors and reached is not None else None

    def interval(self, street: str | None = None) -> tuple[float, float] | None:
        """Return the 95 % interval of that part (Wilson); None without doors."""
        from assetmap.detectors import wilson

        doors, reached = self.doors(street), self._counted(REACHED, street)
        if doors is None or reached is None:
            return None
        found = wilson(reached, doors)
        return None if found is None else (found.low, found.high)

    def _counted(self, column: str, street: str | None) -> int | None:
        if column not in self.streets.columns:
            return 0
        if street is None:
            return self.streets.column_totals[column]
        return self.streets.cells[street, column]


def door_to_door(
    hood: Neighbourhood, *, first: dt.date | None = None, last: dt.date | None = None
) -> DoorToDoor:
    """Put together what a door-to-door scan reached in a period, and what was told.

    Every door counts, also where nobody is known. Ideas are counted next to problems.

    Parameters
    ----------
    hood : Neighbourhood
        All tables; what is about safety is left out.
    first, last : date, optional
        The period in which the doors were visited, both days included; default: everything.

    Returns
    -------
    DoorToDoor
        Doors by street, and what was heard at the doors that opened.

    Examples
    --------
    >>> from assetmap.model import Neighbourhood, Observation, Visit
    >>> hood = Neighbourhood.from_records(
    ...     Visit(visit="v1", date="2026-05-11", area="north", street="Dijk", reached="yes"),
    ...     Visit(visit="v2", date="2026-05-11", area="north", street="Dijk", reached="no"),
    ...     Observation(
    ...         observation="o1", date="2026-05-11", kind="idea", category="garden", visit="v1"
    ...     ),
    ... )
    >>> found = door_to_door(hood)
    >>> found.share(), found.share("north: Dijk"), found.heard.cells["idea", "garden"]
    (0.5, 0.5, 1)
    """
    check_days(first=first, last=last)
    rest = split_safety(hood)[0]
    doors = [row for row in rest.visits if between(row.date, first, last)]
    streets = [((_street(row), _state(row)), f"visit:{row.visit}") for row in doors]
    every = {(street, column) for (street, _), _ in streets for column in (REACHED, NO_ANSWER)}
    opened = {row.visit for row in doors if row.reached is Reached.YES}
    told = [row for row in rest.observations if _at(row) in opened]
    heard = [((_kind(row), row.category), teller(row)) for row in told]
    return DoorToDoor(
        CountTable.tally(streets, cells=every),
        CountTable.tally(heard, households=homes_of(rest)),
        tuple(row.observation for row in sorted(told, key=_talents_first)),
    )


def _street(row: Visit) -> str:
    return row.area if row.street is None else f"{row.area}: {row.street}"


def _state(row: Visit) -> str:
    if row.reached is None:
        return UNKNOWN
    return REACHED if row.reached is Reached.YES else NO_ANSWER


def _at(row: Observation) -> str | None:
    return None if row.visit is None else row.visit.removeprefix("visit:")


def _kind(row: Observation) -> str:
    return UNKNOWN if row.kind is None else row.kind.value


def _talents_first(row: Observation) -> tuple[int, str]:
    kind = _kind(row)
    return KINDS.index(kind) if kind in KINDS else len(KINDS), row.observation
