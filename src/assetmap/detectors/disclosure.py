"""Counts that may leave: rounded, small ones hidden, and none to be worked out from the rest."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assetmap.detectors.checking import (
    Counts,
    Flags,
    counts_of,
    frozen,
    numbers_of,
    one_length,
    share,
    whole,
)

__all__ = [
    "dominated",
    "hidden_with",
    "round_counts",
    "smallest_group",
    "tells_difference",
    "tells_share",
]


def round_counts(counts: ArrayLike, base: int = 5, minimum: int = 5) -> Counts:
    """Return counts rounded to multiples of `base`, those below `minimum` as 0.

    A shown 0 then means "fewer than `minimum`". Halves go up, and what is not hidden is never
    rounded to 0. For a table with totals, see :func:`assetmap.privacy.protect`.

    Parameters
    ----------
    counts : array of int
        Of any number of dimensions up to 2, or one number.
    base : int, default 5
        1 or more; 1 does not round.
    minimum : int, default 5
        The smallest count that is shown.

    Raises
    ------
    UnusableInput
        Counts that are negative or not whole.

    Examples
    --------
    The rule of another country, which hides up to 7:

    >>> round_counts([6, 7, 8, 12, 13], minimum=8).tolist()
    [0, 0, 10, 10, 15]
    """
    array = counts_of("counts", counts, dimensions=(0, 1, 2))
    step, least = whole("base", base, low=1), whole("minimum", minimum)
    rounded = np.maximum(step, (2 * array + step) // (2 * step) * step)
    return frozen(np.asarray(np.where((array < least) | (array == 0), 0, rounded), dtype=np.int64))


def hidden_with(counts: ArrayLike, *, minimum: int = 5) -> Flags:
    """Tell which parts of a shown total to hide.

    1. Hide parts from 1 to below `minimum`; a 0 is about nobody.
    2. While what is hidden adds up to less than `minimum`, hide all parts that are equal to the
       smallest one shown above 0. Otherwise the total minus what is shown would tell it.

    Parameters
    ----------
    counts : array of int
        The parts; their total is taken to be known.
    minimum : int, default 5
        The smallest count that is shown, 1 or more.

    Returns
    -------
    array of bool
        True where hidden. All parts above 0, where that is still too little.

    Raises
    ------
    UnusableInput
        Counts that are negative or not whole.

    Examples
    --------
    >>> hidden_with([3, 9, 9, 20]).tolist()
    [True, True, True, False]
    """
    array = counts_of("counts", counts)
    least = whole("minimum", minimum, low=1)
    hidden = (array > 0) & (array < least)
    while hidden.any() and array[hidden].sum() < least:
        left = array[~hidden & (array > 0)]
        if not left.size:
            break
        hidden = hidden | (array == left.min())
    return frozen(hidden)


def tells_difference(before: ArrayLike, after: ArrayLike, *, minimum: int = 5) -> Flags:
    """Tell where two counts of the same thing give away a small group by their difference.

    180 last month and 177 now: three persons, if counts are exact.

    Parameters
    ----------
    before, after : array of int
        The same counts at two moments, or with and without a part.
    minimum : int, default 5
        The smallest group that may be told.

    Returns
    -------
    array of bool
        True where the difference is not 0 but below `minimum`.

    Raises
    ------
    UnusableInput
        Counts that are negative or not whole, lengths that differ.

    Examples
    --------
    >>> tells_difference([180, 20, 7], [177, 20, 30]).tolist()
    [True, False, False]
    """
    first, second = counts_of("before", before), counts_of("after", after)
    one_length(before=first, after=second)
    apart = np.abs(first - second)
    return frozen((apart > 0) & (apart < whole("minimum", minimum, low=1)))


def tells_share(counts: ArrayLike, total: ArrayLike, *, minimum: int = 100) -> Flags:
    """Tell where a percentage may not be given: fewer than `minimum` to divide by.

    Statistics Netherlands' rule for incomes; also where nobody or everybody is counted, because
    that tells something of each.

    Parameters
    ----------
    counts, total : array of int
        How many of how many.
    minimum : int, default 100
        The smallest total of which a share is given.

    Returns
    -------
    array of bool
        True where it may not.

    Raises
    ------
    UnusableInput
        Counts that are negative or not whole, lengths that differ.

    Examples
    --------
    >>> tells_share([30, 60, 200], [99, 120, 200]).tolist()
    [True, False, True]
    """
    part, whole_of = counts_of("counts", counts), counts_of("total", total)
    one_length(counts=part, total=whole_of)
    least = whole("minimum", minimum, low=1)
    return frozen((whole_of < least) | (part == 0) | (part >= whole_of))


def dominated(amounts: ArrayLike, *, most: float = 0.3) -> bool:
    """Tell whether one amount is so large that their sum gives it away.

    Parameters
    ----------
    amounts : array of float
        What each contributes to a sum, 0 or more.
    most : float, default 0.3
        The largest share of the sum that one may have: Statistics Netherlands' rule.

    Raises
    ------
    UnusableInput
        Amounts that are negative or missing.

    Examples
    --------
    >>> dominated([10, 12, 11, 50]), dominated([10, 12, 11, 9])
    (True, False)
    """
    array = numbers_of("amounts", amounts, low=0)
    limit = share("most", most)
    return bool(array.size and array.max() > limit * array.sum())


def smallest_group(columns: ArrayLike) -> int:
    """Return how many records at least share each combination of values: k of k-anonymity.

    Parameters
    ----------
    columns : array of int, records x columns
        The columns somebody could know of a person, as numbers.

    Returns
    -------
    int
        0 where there are no records.

    Raises
    ------
    UnusableInput
        Something missing, or another shape.

    References
    ----------
    L. Sweeney, "k-anonymity: a model for protecting privacy", International Journal on Uncertainty,
    Fuzziness and Knowledge-based Systems 10 (2002), 557-570.

    Examples
    --------
    >>> smallest_group([[1, 30], [1, 30], [2, 40], [2, 40], [2, 40]])
    2
    """
    table = numbers_of("columns", columns, dimensions=(2,))
    if not table.shape[0]:
        return 0
    sizes: NDArray[np.intp] = np.unique(table, axis=0, return_counts=True)[1]
    return int(sizes.min())
