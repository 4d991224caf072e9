"""A rest for Python's cycle collector while very many rows become records."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["unhurried"]

MANY = 50_000
"""From so many rows on it pays."""


@contextmanager
def unhurried(rows: int) -> Iterator[None]:
    """Let the cycle collector rest while very many records are made, and go on after it.

    Records hold no cycles, yet the collector looks through all of them again and again: a quarter
    of the time that 800,000 rows take. Up to `MANY` rows, and where it rests already, nothing is
    done.

    Parameters
    ----------
    rows : int
        How many rows are coming.
    """
    if rows < MANY or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
