"""Arguments of the detectors as arrays, or a sentence that says what is wrong with them."""

from __future__ import annotations

from math import isfinite
from numbers import Real
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assetmap.errors import UnusableInput

__all__ = [
    "Counts",
    "Flags",
    "Numbers",
    "counts_of",
    "frozen",
    "numbers_of",
    "one_length",
    "share",
    "whole",
]

Counts = NDArray[np.int64]
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Kind = TypeVar("Kind", bound=np.generic)

LARGEST = 2**53
"""Counts and sums stay below this, so that they are exact as floats too."""


def counts_of(name: str, value: ArrayLike, *, dimensions: tuple[int, ...] = (1,)) -> Counts:
    """Return counts as a read-only array of whole numbers, 0 or more.

    Parameters
    ----------
    name : str
        What the caller knows the argument as, for the message.
    value : array of int
        Whole numbers; floats that are whole, and booleans, will do.
    dimensions : tuple of int, default (1,)
        How many dimensions are allowed.

    Raises
    ------
    UnusableInput
        Something missing, infinite, negative, too large or not whole, or another shape.

    Examples
    --------
    >>> counts_of("counts", [0, 2, 1]).tolist()
    [0, 2, 1]
    >>> counts_of("counts", [0, -2])
    Traceback (most recent call last):
    assetmap.errors.UnusableInput: counts[1] is -2; allowed: whole numbers, 0 or more
    """
    array = numbers_of(name, value, dimensions=dimensions)
    wrong = (array < 0) | (array != np.floor(array)) | (array >= LARGEST)
    if wrong.any():
        raise UnusableInput(f"{_place(name, array, wrong)}; allowed: whole numbers, 0 or more")
    if array.size and array.sum() >= LARGEST:
        raise UnusableInput(f"{name} are too large together: their sum must stay below 2**53")
    return frozen(array.astype(np.int64))


def numbers_of(
    name: str,
    value: ArrayLike,
    *,
    low: float | None = None,
    above: float | None = None,
    dimensions: tuple[int, ...] = (1,),
) -> Numbers:
    """Return finite numbers as a read-only array of floats.

    Parameters
    ----------
    name : str
        What the caller knows the argument as, for the message.
    value : array of float
        Finite numbers.
    low, above : float, optional
        The smallest number allowed; what every number must be larger than.
    dimensions : tuple of int, default (1,)
        How many dimensions are allowed.

    Raises
    ------
    UnusableInput
        Something missing, infinite, too small or no number, or another shape.

    Examples
    --------
    >>> numbers_of("effort", [1.5, 2], low=0).tolist()
    [1.5, 2.0]
    """
    try:
        array = np.array(value, dtype=np.float64)
    except (TypeError, ValueError):
        raise UnusableInput(f"{name} must be an array of numbers, as long in each row") from None
    if array.ndim not in dimensions:
        allowed = " or ".join(str(number) for number in dimensions)
        raise UnusableInput(f"{name} has {array.ndim} dimensions; allowed: {allowed}")
    faults: tuple[tuple[Flags, str], ...] = ((~np.isfinite(array), "finite numbers"),)
    if low is not None:
        faults += ((array < low, f"numbers, {low:g} or more"),)
    if above is not None:
        faults += ((array <= above, f"numbers above {above:g}"),)
    for wrong, allowed in faults:
        if wrong.any():
            raise UnusableInput(f"{_place(name, array, wrong)}; allowed: {allowed}")
    return frozen(array)


def _place(name: str, array: Numbers, wrong: Flags) -> str:
    """Say where the first fault is, and what was found there."""
    first = tuple(int(at) for at in np.argwhere(wrong)[0])
    where = f"[{', '.join(str(at) for at in first)}]" if first else ""
    return f"{name}{where} is {array[first]:g}"


def one_length(**arrays: NDArray[Any]) -> None:
    """Raise unless all arrays have one shape.

    Raises
    ------
    UnusableInput
        Two arrays of different shapes; the text names both.

    Examples
    --------
    >>> one_length(counts=np.zeros(2), effort=np.zeros(3))
    Traceback (most recent call last):
    assetmap.errors.UnusableInput: counts and effort must be as long as each other: 2 and 3
    """
    (first, model), *others = arrays.items()
    for name, array in others:
        if array.shape != model.shape:
            raise UnusableInput(
                f"{first} and {name} must be as long as each other: "
                f"{_shape(model)} and {_shape(array)}"
            )


def _shape(array: NDArray[Any]) -> str:
    return " x ".join(str(size) for size in array.shape)


def whole(name: str, value: object, *, low: int = 0, high: int | None = None) -> int:
    """Return one whole number within limits.

    Raises
    ------
    UnusableInput
        No whole number, or one outside the limits.

    Examples
    --------
    >>> whole("k", 3, low=1)
    3
    """
    allowed = f"{low} or more" if high is None else f"from {low} to {high}"
    if isinstance(value, bool) or not isinstance(value, Real) or not isfinite(value):
        raise UnusableInput(f"{name} must be a whole number, {allowed}")
    number = float(value)
    if number != int(number) or number < low or (high is not None and number > high):
        raise UnusableInput(f"{name} is {number:g}; allowed: a whole number, {allowed}")
    return int(number)


def share(name: str, value: ArrayLike) -> float:
    """Return one number between 0 and 1, neither of them included.

    Raises
    ------
    UnusableInput
        Another number, or none.

    Examples
    --------
    >>> share("alpha", 0.05)
    0.05
    """
    number = float(numbers_of(name, value, dimensions=(0,)))
    if not 0 < number < 1:
        raise UnusableInput(f"{name} is {number:g}; allowed: between 0 and 1")
    return number


def frozen(array: NDArray[Kind]) -> NDArray[Kind]:
    """Return the array, closed for writing.

    Examples
    --------
    >>> frozen(np.zeros(2)).flags.writeable
    False
    """
    array.setflags(write=False)
    return array
