"""Arguments are read strictly, and a fault is told with its place."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import ArrayLike

from assetmap.detectors.checking import counts_of, frozen, numbers_of, one_length, share, whole
from assetmap.errors import UnusableInput


@pytest.mark.parametrize("given", [[1, 2], (1.0, 2.0), np.array([1, 2], dtype=np.uint8), []])
def test_counts_in_any_form(given: ArrayLike) -> None:
    """Lists, tuples and arrays of whole numbers are the same counts, closed for writing."""
    found = counts_of("counts", given)
    assert found.dtype == np.int64
    assert found.tolist() == list(np.asarray(given))
    assert not found.flags.writeable


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([1, -1], r"counts\[1\] is -1; allowed: whole numbers"),
        ([1, 0.5], r"counts\[1\] is 0.5; allowed: whole"),
        ([float("nan")], r"counts\[0\] is nan; allowed: finite"),
        ([float("inf")], r"counts\[0\] is inf"),
        ([None], r"counts\[0\] is nan"),
        (["three"], "counts must be an array of numbers"),
        ([[1], [2, 3]], "as long in each row"),
        ([[1]], "counts has 2 dimensions; allowed: 1"),
        ([2**53], "whole numbers, 0 or more"),
        ([2**52, 2**52], "too large together"),
    ],
)
def test_no_counts(given: ArrayLike, told: str) -> None:
    """What is no count is refused, with its place."""
    with pytest.raises(UnusableInput, match=told):
        counts_of("counts", given)


def test_the_place_in_a_table() -> None:
    """In a table, row and column are told."""
    with pytest.raises(UnusableInput, match=r"counts\[1, 0\] is -3"):
        counts_of("counts", [[0, 1], [-3, -4]], dimensions=(1, 2))


def test_numbers_have_limits() -> None:
    """A smallest number, and a number that all must exceed."""
    assert numbers_of("effort", [0.0], low=0).tolist() == [0.0]
    with pytest.raises(UnusableInput, match=r"effort\[0\] is -1; allowed: numbers, 0 or more"):
        numbers_of("effort", [-1], low=0)
    with pytest.raises(UnusableInput, match=r"effort\[0\] is 0; allowed: numbers above 0"):
        numbers_of("effort", [0], above=0)


def test_one_length() -> None:
    """Arrays of one shape pass; others are named."""
    one_length(a=np.zeros(2), b=np.ones(2))
    with pytest.raises(UnusableInput, match="a and c must be as long as each other: 2 and 2 x 1"):
        one_length(a=np.zeros(2), b=np.ones(2), c=np.zeros((2, 1)))


@pytest.mark.parametrize("given", [1.5, -1, 9, float("nan"), float("inf"), True, "2", None])
def test_no_whole_number(given: object) -> None:
    """Only whole numbers within the limits are."""
    with pytest.raises(UnusableInput, match="from 0 to 8"):
        whole("k", given, high=8)


def test_a_whole_number() -> None:
    """Whole floats, and numbers of numpy, are whole numbers."""
    assert whole("k", 2.0) == whole("k", np.int64(2)) == 2


@pytest.mark.parametrize("given", [0, 1, -0.1, 2, float("nan"), "much"])
def test_no_share(given: float) -> None:
    """0 and 1 themselves are no share."""
    with pytest.raises(UnusableInput, match="alpha"):
        share("alpha", given)


def test_frozen() -> None:
    """A frozen array cannot be written."""
    with pytest.raises(ValueError, match="read-only"):
        frozen(np.zeros(1))[0] = 1
