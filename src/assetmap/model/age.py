"""Who may be under age, and is protected."""

from __future__ import annotations

from assetmap.model.people import Person

__all__ = ["under_age"]

OF_AGE = 18
DECADE = 10


def under_age(person: Person, year: int) -> bool:
    """Say whether somebody may be under age at some time in a year.

    What `minor` says goes first. Else the decade of birth may mean any of its years, and a birthday
    may be still to come; without either, somebody is taken to be of age.

    Parameters
    ----------
    person : Person
        Whom it is about.
    year : int
        The year of the run.

    Examples
    --------
    >>> from assetmap.model import Person
    >>> [under_age(Person(person="p1", born=born), 2026) for born in (1990, 2000, 2007, 2008)]
    [False, True, False, True]
    """
    if person.minor is not None:
        return person.minor
    if person.born is None:
        return False
    youngest = person.born + (DECADE - 1 if person.born % DECADE == 0 else 0)
    return year - youngest <= OF_AGE
