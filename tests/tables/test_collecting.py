"""The cycle collector rests while very many rows are read, and only then."""

from __future__ import annotations

import gc

import pytest

from assetmap.tables.collecting import MANY, unhurried


@pytest.mark.parametrize(("rows", "works"), [(0, True), (MANY - 1, True), (MANY, False)])
def test_it_rests_for_many_rows_only(rows: int, works: bool) -> None:
    """Few rows are read as always."""
    assert gc.isenabled()
    with unhurried(rows):
        assert gc.isenabled() is works
    assert gc.isenabled()


def test_where_nothing_is_said_it_pays() -> None:
    """For what is known to be much work."""
    with unhurried():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_after_an_error() -> None:
    """Whatever happens while reading."""
    with pytest.raises(KeyError), unhurried(MANY):
        raise KeyError
    assert gc.isenabled()


def test_who_let_it_rest_before_finds_it_resting() -> None:
    """What somebody chose stays."""
    gc.disable()
    try:
        with unhurried(MANY):
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()
