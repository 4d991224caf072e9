"""Who holds the keys of a place at a moment."""

from __future__ import annotations

import datetime as dt

from assetmap.errors import UnusableInput
from assetmap.model import Neighbourhood, Place
from assetmap.overview.common import live, party_ref
from assetmap.schedule import covers

__all__ = ["responsible"]


def responsible(hood: Neighbourhood, place: str, *, at: dt.datetime) -> tuple[str, ...]:
    """Return who is responsible for a place at a moment.

    Whoever has a row in ``responsibilities`` whose hours hold the moment, on a date from its first
    to its last day; else the one who manages the place. Hours hold their own start and not their
    own end, and may run over midnight and over the weekend. A row that ends on a Friday ends at
    midnight, also where its hours run on.

    Parameters
    ----------
    hood : Neighbourhood
        All tables.
    place : str
        Id of the place, or ``place:`` and its id.
    at : datetime
        Local wall-clock time, without a time zone.

    Returns
    -------
    tuple of str
        References such as ``initiative:i6``, sorted. More than one where the tables name several;
        none where nobody is named, not even a manager.

    Raises
    ------
    UnknownName
        A place that is not there.
    UnusableInput
        A moment with a time zone.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Initiative, Neighbourhood, Place, Responsibility
    >>> hood = Neighbourhood.from_records(
    ...     Initiative(initiative="dads", name="Vaders"),
    ...     Initiative(initiative="house", name="Buurthuis"),
    ...     Place(place="hall", manager="house"),
    ...     Responsibility(place="hall", party="dads", when="Fri 18:00-Sun 18:00"),
    ... )
    >>> responsible(hood, "hall", at=dt.datetime(2026, 11, 28, 10))
    ('initiative:dads',)
    >>> responsible(hood, "hall", at=dt.datetime(2026, 11, 24, 10))
    ('initiative:house',)
    """
    if at.tzinfo is not None:
        raise UnusableInput("at must be local wall-clock time, without a time zone")
    row = hood.find(place, "places")
    assert isinstance(row, Place)
    holders = {
        found
        for each in hood.responsibilities
        if hood.find(each.place, "places") is row
        and live(each, at.date())
        and covers(each.when, at, at)
        and (found := party_ref(hood, each.party)) is not None
    }
    if not holders and (manager := party_ref(hood, row.manager)) is not None:
        holders = {manager}
    return tuple(sorted(holders))
