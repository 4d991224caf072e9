"""Codes of Statistics Netherlands (CBS) for municipalities, districts and neighbourhoods.

A code is text: two letters and digits, leading zeros and all. Which piece of land it stands for
can change with the year, so a code means something together with the year of its division.
"""

from __future__ import annotations

import re
from enum import StrEnum

__all__ = ["CbsLevel", "cbs_level", "cbs_parents"]


class CbsLevel(StrEnum):
    """How large an area of CBS is."""

    MUNICIPALITY = "municipality"
    DISTRICT = "district"
    NEIGHBOURHOOD = "neighbourhood"


_FORMS = (
    (CbsLevel.MUNICIPALITY, re.compile(r"GM(\d{4})", re.ASCII)),
    (CbsLevel.DISTRICT, re.compile(r"WK(\d{4})(\d{2})", re.ASCII)),
    (CbsLevel.NEIGHBOURHOOD, re.compile(r"BU(\d{4})(\d{2})\d{2}", re.ASCII)),
)


def cbs_level(code: str) -> CbsLevel | None:
    """Say what a CBS code stands for.

    Parameters
    ----------
    code : str
        Such as ``GM0344``, ``WK034402`` or ``BU03440211``.

    Returns
    -------
    CbsLevel or None
        None when it does not have the form of a code: GM with 4 digits, WK with 6 or BU with 8.

    Examples
    --------
    >>> str(cbs_level("WK034402")), cbs_level("3440211"), cbs_level("BU3440211")
    ('district', None, None)
    """
    return next((level for level, form in _FORMS if form.fullmatch(code)), None)


def cbs_parents(code: str) -> tuple[str, ...]:
    """Return the codes of the areas that an area lies in, the smallest first.

    Examples
    --------
    >>> cbs_parents("BU03440211")
    ('WK034402', 'GM0344')
    >>> cbs_parents("WK034402"), cbs_parents("GM0344"), cbs_parents("ours")
    (('GM0344',), (), ())
    """
    level = cbs_level(code)
    if level is CbsLevel.NEIGHBOURHOOD:
        return f"WK{code[2:8]}", f"GM{code[2:6]}"
    return (f"GM{code[2:6]}",) if level is CbsLevel.DISTRICT else ()
