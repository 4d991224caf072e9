"""From rows to series: how many distinct persons there are in each stream and period."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assetmap.detectors.checking import Counts, frozen, numbers_of, one_length, whole
from assetmap.errors import UnusableInput

__all__ = ["Streams", "streams"]

_LARGEST = 2**62


@dataclass(frozen=True, eq=False)
class Streams:
    """Who is in each stream when: each person once in each block of days, on its first day there.

    Attributes
    ----------
    codes : array of int
        The streams, sorted; also those without a row in the days that count.
    stream : array of int
        For each person in each block: which of `codes`, by its place.
    back : array of int
        How many days before the last day that was.
    block, within : int
        As given.

    Examples
    --------
    >>> found = streams([1, 2, 9], [4, 4, 7], who=[1, 1, 1], last=9, block=3, within=9)
    >>> found.codes.tolist(), found.stream.tolist(), found.back.tolist()
    ([4, 7], [0, 1], [8, 0])
    """

    codes: Counts
    stream: Counts
    back: Counts
    block: int
    within: int

    def per(self, days: int | None = None) -> Counts:
        """Return how many persons there are in each stream and period, the last period last.

        Periods are counted back from the last day; a first one that is not full is there too.
        Somebody counts in the period of the first row of a block, so that another row in the same
        block changes nothing.

        Parameters
        ----------
        days : int, optional
            Days in a period. Default: those of a block.

        Returns
        -------
        array of int, streams x periods
            Of the rows that count; zero where there is none.

        Raises
        ------
        UnusableInput
            Fewer days than one.
        """
        size = self.block if days is None else whole("days", days, low=1)
        periods = -(-self.within // size)
        place = self.stream * periods + (periods - 1 - self.back // size)
        found = np.bincount(place, minlength=self.codes.size * periods)
        return frozen(found.reshape(self.codes.size, periods).astype(np.int64, copy=False))


def streams(
    days: ArrayLike,
    stream: ArrayLike,
    *,
    last: object,
    block: int,
    within: int,
    who: ArrayLike | None = None,
) -> Streams:
    """Count distinct persons by stream and block of days.

    1. Leave out rows after `last`, and `within` days or more before it.
    2. Cut the days back from `last` into blocks.
    3. Keep the first row of each person in each stream and block.

    It takes sorting the rows once, so that millions of them take seconds.

    Parameters
    ----------
    days : array of int or of dates, one for each row
        Numbers of days, or dates (a time of day is dropped).
    stream : array of int
        Which series each row belongs to: 0 or more, such as area times the number of themes plus
        theme.
    last : int or date
        The last day that counts, as `days` are given.
    block : int
        Days in which somebody counts once.
    within : int
        How many days are looked back on, the last one included.
    who : array of int, optional
        Who counts as one: 0 or more. Default: each row is another.

    Raises
    ------
    UnusableInput
        Arrays of different lengths, dates beside numbers, a missing day, or a code that is missing
        or below 0 (as codes of missing values are).

    Examples
    --------
    Three rows of one stream, of two persons, in two blocks of a week:

    >>> found = streams([3, 9, 11], [0, 0, 0], who=[5, 5, 5], last=14, block=7, within=14)
    >>> found.per().tolist(), found.per(2).tolist()
    ([[1, 1]], [[0, 1, 0, 0, 1, 0, 0]])
    """
    size = whole("block", block, low=1)
    span = whole("within", within, low=1)
    ago = _days_back(days, last)
    names, series = np.unique(_codes("stream", stream), return_inverse=True)
    own = np.arange(ago.size) if who is None else _codes("who", who)
    one_length(days=ago, stream=series, **({} if who is None else {"who": own}))
    counts = np.flatnonzero((ago >= 0) & (ago < span))
    _, person = np.unique(own[counts], return_inverse=True)
    persons = int(person.max(initial=0)) + 1
    if names.size * persons * span > _LARGEST:
        raise UnusableInput("stream, who and within are too large together for one call")
    rows = (series[counts] * persons + person) * span + ago[counts]
    rows.sort()
    blocks = rows // span * span + rows % span // size  # one number for stream, person and block
    first = np.append(blocks[1:] != blocks[:-1], np.full(min(rows.size, 1), fill_value=True))
    kept = rows[first]
    return Streams(
        codes=frozen(names),
        stream=frozen(kept // (span * persons)),
        back=frozen(kept % span),
        block=size,
        within=span,
    )


def _codes(name: str, value: ArrayLike) -> Counts:
    """Return codes as whole numbers, 0 or more."""
    array = _array(name, value)
    if array.dtype.kind not in "iu":
        array = numbers_of(name, array)
    if array.ndim != 1:
        raise UnusableInput(f"{name} has {array.ndim} dimensions; allowed: 1")
    wrong = (array < 0) | (array >= 2**53) | (array != np.floor(array))
    if wrong.any():
        at = int(np.argmax(wrong))
        allowed = "whole numbers, 0 or more; leave out rows that have none"
        raise UnusableInput(f"{name}[{at}] is {array[at]:g}; allowed: {allowed}")
    return array.astype(np.int64)


def _array(name: str, value: Any) -> NDArray[Any]:
    try:
        return np.asarray(value)
    except (TypeError, ValueError):
        raise UnusableInput(f"{name} must have one number for each row") from None


def _days_back(days: ArrayLike, last: object) -> Counts:
    """Return how many days before the last day each row is."""
    rows, end = _day_numbers("days", days), _day_numbers("last", [last])
    if rows.size and rows.dtype.kind != end.dtype.kind:
        raise UnusableInput("days and last must both be numbers, or both be dates")
    return np.asarray(end.astype(np.int64)[0] - rows.astype(np.int64), dtype=np.int64)


def _day_numbers(name: str, value: Any) -> NDArray[Any]:
    """Return days as dates without a time, or as whole numbers."""
    array = _array(name, value)
    if array.dtype.kind == "O":
        array = _dates(name, array)
    if array.ndim != 1:
        raise UnusableInput(f"{name} must have one day for each row")
    if array.dtype.kind == "M":
        wrong = np.isnat(array)
        array = array.astype("datetime64[D]")
    else:
        array = numbers_of(name, value)
        wrong = (array != np.floor(array)) | (abs(array) >= 2**53)
    if wrong.any():
        at = int(np.argmax(wrong))
        raise UnusableInput(f"{name}[{at}] is no day; allowed: dates, or whole numbers")
    return array


def _dates(name: str, array: NDArray[Any]) -> NDArray[Any]:
    """Return objects as dates, where they are; what is no date is left as it is."""
    if not any(isinstance(each, dt.date) for each in array.flat):
        return array
    if not all(isinstance(each, dt.date) and _is_plain(each) for each in array.flat):
        raise UnusableInput(f"{name} must be dates without a time zone, or whole numbers")
    return array.astype("datetime64[us]")


def _is_plain(day: dt.date) -> bool:
    """Tell whether a date is a real one (a missing one is unlike itself), of no time zone."""
    return day == day.replace() and not (isinstance(day, dt.datetime) and day.tzinfo)
