"""Who observes a team: a party that looks on, and reads counts."""

from __future__ import annotations

import datetime as dt

from assetmap.model import Neighbourhood
from assetmap.overview.belonging import audience_of, members
from assetmap.overview.common import check_days, ref_of
from assetmap.overview.figures import is_team

__all__ = ["observers"]


def observers(hood: Neighbourhood, *, asof: dt.date) -> tuple[str, ...]:
    """Return the parties that observe a team on a day, such as a council of seniors.

    They may read reports of counts, as the municipality does (:func:`audience_of`).

    Parameters
    ----------
    hood : Neighbourhood
        All tables.
    asof : date
        The day.

    Returns
    -------
    tuple of str
        References to initiatives and organisations, sorted; a person is no party.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Membership, Neighbourhood, Organisation
    >>> hood = Neighbourhood.from_records(
    ...     Organisation(organisation="team", kind="team"),
    ...     Organisation(organisation="seniors", kind="seniorenraad"),
    ...     Membership(member="seniors", party="team", role="observer"),
    ... )
    >>> observers(hood, asof=dt.date(2026, 11, 24))
    ('organisation:seniors',)
    """
    check_days(asof=asof)
    teams = (row for row in hood.organisations if is_team(row))
    found = {
        each.member
        for team in teams
        for each in members(hood, ref_of(team), asof=asof)
        if each.member is not None and audience_of(each.role) is not None
    }
    return tuple(sorted(ref for ref in found if not ref.startswith("person:")))
