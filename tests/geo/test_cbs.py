"""Codes of CBS: their form, and what they lie in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetmap.geo import CbsLevel, cbs_level, cbs_parents


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("GM0344", CbsLevel.MUNICIPALITY),
        ("WK034402", CbsLevel.DISTRICT),
        ("BU00030000", CbsLevel.NEIGHBOURHOOD),
        ("BU3440211", None),
        ("3440211", None),
        ("03440211", None),
        ("bu03440211", None),
        ("GM344", None),
        ("WK0344021", None),
        ("NL00", None),
        ("GM٠٣٤٤", None),
        ("", None),
    ],
)
def test_a_code_has_letters_and_all_its_digits(code: str, level: CbsLevel | None) -> None:
    """A zero that a spreadsheet program took away makes it another text, so no code."""
    assert cbs_level(code) is level


@given(st.integers(1, 9999), st.integers(0, 99), st.integers(0, 99))
def test_what_lies_in_what_follows_from_the_digits(gm: int, wk: int, bu: int) -> None:
    """A neighbourhood lies in its district and that in its municipality."""
    code = f"BU{gm:04}{wk:02}{bu:02}"
    district, municipality = cbs_parents(code)
    assert (cbs_level(district), cbs_level(municipality)) == ("district", "municipality")
    assert cbs_parents(district) == (municipality,)
    assert code[2:].startswith(district[2:])
    assert district[2:].startswith(municipality[2:])
    assert cbs_parents(municipality) == ()
