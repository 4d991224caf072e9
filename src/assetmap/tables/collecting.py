"""A rest for Python's cycle collector while very many rows become records, or plans are sought."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["unhurried"]

MANY = 50_000
"""From so many rows on it pays."""


@contextmanager
def unhurried(rows: int = MANY) -> Iterator[None]:
    """Let the cycle collector rest while very many records are made, and go on after it.

    Records hold no cycles, yet the collector looks through all of them again and again: a quarter
    of the time that 800,000 rows take. Candidate plans hold none either: an eighth of the time of
    the week of 2,000 people. Below `MANY` rows, and where it rests already, nothing is done.

    Parameters
    ----------
    rows : int
        How many rows are coming; default: so many that it pays.
    """
    if rows < MANY or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
