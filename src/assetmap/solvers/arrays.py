"""Whole-number arrays from whatever the caller has, with every fault named at once."""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from scipy import sparse

from assetmap.errors import ProblemError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints: TypeAlias = NDArray[np.int64]
    Bools: TypeAlias = NDArray[np.bool_]
    Floats: TypeAlias = NDArray[np.float64]
    Sparse: TypeAlias = sparse.csr_array[np.int64, tuple[int, int]]

INT_MIN = int(np.iinfo(np.int64).min)
INT_MAX = int(np.iinfo(np.int64).max)

SAFE = 2**62
"""Sums of absolute values stay below this, so that int64 arithmetic is exact everywhere."""

SHORT = 2**30
"""Tables with fewer rows, columns and entries than this have 32-bit places."""

FLOAT_SAFE = 2**53
"""The same for anything that passes through a float."""


class Reader:
    """Turns arguments into read-only int64 arrays and collects what is wrong with them.

    Each method returns a usable stand-in when its argument is faulty, so that the other
    arguments can still be looked at; :meth:`finish` then raises with every fault.
    """

    def __init__(self) -> None:
        self.faults: list[str] = []

    def fault(self, name: str, found: str, allowed: str) -> None:
        """Note one fault: where it is, what was found there and what is allowed."""
        self.faults.append(f"{name}: found {found}; allowed: {allowed}.")

    def finish(self) -> None:
        """Raise a :class:`ProblemError` with all faults, if there are any."""
        if self.faults:
            raise ProblemError("\n".join(self.faults))

    def number(self, name: str, value: object, *, low: int) -> int:
        """Read one whole number that is at least `low`."""
        if not isinstance(value, bool) and isinstance(value, int | np.integer):
            number = int(value)
            if low <= number < 2**31:
                return number
        self.fault(name, _show(value), f"a whole number from {low} to {2**31 - 1}")
        return low

    def vector(
        self,
        name: str,
        value: object,
        size: int | None,
        *,
        default: int = 0,
        bounds: tuple[int, int] = (INT_MIN, INT_MAX),
    ) -> Ints:
        """Read one number per item; a single number counts for every item."""
        if value is None:
            return _frozen(np.full(size or 0, default, dtype=np.int64))
        array = self.whole(name, value)
        if array is not None and array.ndim == 0 and size is not None:
            array = np.full(size, array, dtype=np.int64)
        shape = None if size is None else (size,)
        array = self._shaped(name, array, shape, dimensions=1)
        if array is None:
            stand_in = length(value) if size is None else size
            return _frozen(np.full(stand_in or 0, default, dtype=np.int64))
        self._within(name, array, bounds)
        return _frozen(array)

    def table(self, name: str, value: object, shape: tuple[int, int]) -> Ints:
        """Read a score per item and level; with one level a plain vector will do."""
        if value is None:
            return _frozen(np.zeros(shape, dtype=np.int64))
        array = self.whole(name, value)
        if array is not None and array.ndim == 1 and shape[1] == 1:
            array = array.reshape(-1, 1)
        array = self._shaped(name, array, shape, dimensions=2)
        if array is None:
            return _frozen(np.zeros(shape, dtype=np.int64))
        self._within(name, array, (1 - SAFE, SAFE - 1))
        return _frozen(array)

    def flags(self, name: str, value: object, size: int) -> Bools:
        """Read one yes or no per item, given as booleans or as 0 and 1."""
        array = self.vector(name, value, size, bounds=(0, 1)).astype(np.bool_)
        array.setflags(write=False)
        return array

    def uses(self, name: str, value: object, shape: tuple[int, int]) -> Sparse:
        """Read a dense or sparse table of uses into a canonical csr array without zeros."""
        empty = csr(shape)
        if value is None:
            return _frozen_csr(empty)
        if sparse.issparse(value):
            entries = self.entries(name, value, shape)
        else:
            array = self._shaped(name, self.whole(name, value), shape, dimensions=2)
            if array is None:
                return _frozen_csr(empty)
            rows, columns = np.nonzero(array)
            entries = (array[rows, columns], rows, columns)
        if entries is None:
            return _frozen_csr(empty)
        data, rows, columns = entries
        outside = np.flatnonzero((data <= -SAFE) | (data >= SAFE))
        if outside.size:
            first = outside[0]
            place = f"{name}[{rows[first]}, {columns[first]}]"
            self.fault(place, str(data[first]), "a number between -2**62 and 2**62")
            return _frozen_csr(empty)
        result = csr((data, (rows, columns)), shape)
        result.eliminate_zeros()
        return _frozen_csr(result)

    def whole(self, name: str, value: object) -> Ints | None:
        """Return the argument as int64 of any shape, or None after noting what is wrong."""
        try:
            array = np.asarray(value)
        except ValueError:
            self.fault(name, "rows of different lengths", "a rectangular array of whole numbers")
            return None
        if array.dtype.kind in "bi":
            return array.astype(np.int64)
        if array.size == 0:
            return np.zeros(array.shape, dtype=np.int64)
        if array.dtype.kind == "u":
            wrong = array > np.uint64(INT_MAX)
        elif array.dtype.kind == "f":
            with np.errstate(invalid="ignore"):
                wrong = ~((np.abs(array) < 2.0**63) & (np.floor(array) == array))
        elif array.dtype.kind == "O":
            wrong = np.array([not _is_whole(item) for item in array.flat]).reshape(array.shape)
        else:
            self.fault(name, f"values of type {array.dtype}", "whole numbers")
            return None
        if wrong.any():
            self._first(name, array, wrong, "whole numbers that fit 64 bits")
            return None
        return array.astype(np.int64)

    def _shaped(
        self, name: str, array: Ints | None, shape: tuple[int, ...] | None, *, dimensions: int
    ) -> Ints | None:
        """Return the array if it has the shape; an empty one may leave dimensions out."""
        if array is None:
            return None
        if shape is None:
            if array.ndim == dimensions:
                return array
            self.fault(name, f"shape {array.shape}", f"{dimensions} dimension")
            return None
        if array.shape == shape:
            return array
        if array.size == 0 and 0 in shape and array.shape[0] == shape[0]:
            return array.reshape(shape)
        self.fault(name, f"shape {array.shape}", f"shape {shape}")
        return None

    def _within(self, name: str, array: Ints, bounds: tuple[int, int]) -> None:
        low, high = bounds
        wrong = (array < low) | (array > high)
        if wrong.any():
            allowed = f"{low} to {high}" if low <= high else "none, there is nothing to point at"
            self._first(name, array, wrong, allowed)

    def _first(self, name: str, array: NDArray[Any], wrong: Bools, allowed: str) -> None:
        """Note the first wrong item, and how many more there are."""
        place = tuple(int(i) for i in np.argwhere(wrong)[0])
        index = ", ".join(str(i) for i in place)
        more = int(wrong.sum()) - 1
        found = _show(array[place]) + (f" (and {more} more such)" if more else "")
        self.fault(f"{name}[{index}]" if place else name, found, allowed)

    def entries(
        self, name: str, value: Any, shape: tuple[int, int]
    ) -> tuple[Ints, Ints, Ints] | None:
        """Return data, rows and columns of a sparse argument in row-major order.

        Entries at the same place are added up. None after noting a fault.
        """
        if value.shape != shape:
            self.fault(name, f"shape {value.shape}", f"shape {shape}")
            return None
        entries = sparse.coo_array(value)
        rows, columns = (np.asarray(c, dtype=np.int64) for c in entries.coords)
        outside = np.flatnonzero(
            (rows < 0) | (rows >= shape[0]) | (columns < 0) | (columns >= shape[1])
        )
        if outside.size:
            first = outside[0]
            self.fault(name, f"an entry at ({rows[first]}, {columns[first]})", f"shape {shape}")
            return None
        quiet = Reader()
        data = quiet.whole(name, entries.data)
        if data is None:
            self._sparse_fault(name, entries.data, rows, columns)
            return None
        order = np.lexsort((columns, rows))
        data, rows, columns = data[order], rows[order], columns[order]
        first = np.flatnonzero(np.diff(rows, prepend=-1) | np.diff(columns, prepend=-1))
        if first.size < data.size:
            if (np.add.reduceat(np.abs(data.astype(np.float64)), first) >= SAFE).any():
                self.fault(name, "entries at one place that add up too far", "less than 2**62")
                return None
            data, rows, columns = np.add.reduceat(data, first), rows[first], columns[first]
        return data, rows, columns

    def _sparse_fault(self, name: str, data: NDArray[Any], rows: Ints, columns: Ints) -> None:
        wrong = [i for i, item in enumerate(data) if not _is_whole(item)]
        first = wrong[0]
        more = f" (and {len(wrong) - 1} more such)" if len(wrong) > 1 else ""
        place = f"{name}[{rows[first]}, {columns[first]}]"
        self.fault(place, _show(data[first]) + more, "whole numbers that fit 64 bits")


def length(value: Any) -> int | None:
    """Return the number of rows of an argument, None if it has none to count.

    Parameters
    ----------
    value : Any
        An argument as the caller gave it.

    Returns
    -------
    int or None
    """
    if value is None:
        return None
    shape = value.shape if hasattr(value, "shape") else None
    if shape is None:
        return len(value) if hasattr(value, "__len__") else None
    return int(shape[0]) if shape else None


def csr(source: Any, shape: tuple[int, int] | None = None) -> Sparse:
    """Make a csr array of int64 from anything scipy takes.

    Parameters
    ----------
    source : Any
        Entries with coordinates, a dense or a sparse table.
    shape : tuple of int, optional
        Rows and columns, where the source does not tell.

    Returns
    -------
    csr array of int
        The table, duplicates added up.
    """
    table: Any = sparse.csr_array(source, shape=shape, dtype=np.int64)
    table.sum_duplicates()
    if max(*table.shape, table.nnz) < SHORT:
        # half of the memory to go through, and what HiGHS and PDLP know
        table.indices = table.indices.astype(np.int32, copy=False)
        table.indptr = table.indptr.astype(np.int32, copy=False)
    result: Sparse = table
    return result


def stacked(blocks: Sequence[Sparse]) -> Sparse:
    """Put tables on top of each other.

    Parameters
    ----------
    blocks : sequence of csr array
        Tables with the same number of columns.

    Returns
    -------
    csr array of int
        One table.
    """
    return csr(sparse.vstack(list(blocks), format="csr"))


def small(matrix: Sparse) -> Any:
    """Return the same table with 32-bit places, the only ones that HiGHS and PDLP know.

    Parameters
    ----------
    matrix : csr array of int

    Returns
    -------
    csr array of int
    """
    places = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    table: Any = sparse.csr_array(matrix.shape, dtype=matrix.dtype)
    table.data, table.indices, table.indptr = matrix.data, *places
    return table


def times(matrix: Sparse, vector: Ints) -> Ints:
    """Return ``matrix @ vector``, exact as long as it fits 64 bits.

    Parameters
    ----------
    matrix : csr array of int
    vector : array of int

    Returns
    -------
    array of int
    """
    if not vector.any():
        return np.zeros(matrix.shape[0], dtype=np.int64)
    return np.asarray(matrix @ vector, dtype=np.int64)


def magnitude(weights: Ints | Sparse, count: Ints | int) -> list[int]:
    """Return the sum of the absolute values times a count per column, exactly.

    Parameters
    ----------
    weights : dense or csr array of int
        The values.
    count : int or array of int
        How often each row counts.

    Returns
    -------
    list of int
        One sum per column.
    """
    width = weights.shape[1]
    if isinstance(weights, np.ndarray):
        sizes = np.abs(weights).astype(np.float64)
        rough = (sizes * (count if isinstance(count, int) else count[:, None])).sum(axis=0)
        if (rough < FLOAT_SAFE / 2).all():
            return [int(total) for total in rough.tolist()]
        rows, columns = np.nonzero(weights)
        data = weights[rows, columns]
    else:
        rows = np.repeat(np.arange(weights.shape[0]), np.diff(weights.indptr))
        columns = weights.indices.astype(np.int64)
        data = weights.data
    often = np.full(data.size, count) if isinstance(count, int) else count[rows]
    rough = np.bincount(columns, np.abs(data).astype(np.float64) * often, minlength=width)
    if (rough < FLOAT_SAFE / 2).all():
        return [int(total) for total in rough.tolist()]
    if not (rough >= SAFE / 2).any():
        exact = np.zeros(width, dtype=np.int64)
        np.add.at(exact, columns, np.abs(data) * often)
        return [int(total) for total in exact]
    totals = [0] * width
    for column, size, number in zip(columns, data, often, strict=True):
        totals[column] += abs(int(size)) * int(number)
    return totals


def _is_whole(item: object) -> bool:
    if isinstance(item, Integral):
        return INT_MIN <= int(item) <= INT_MAX
    if isinstance(item, Real):
        number = float(item)
        return abs(number) < 2.0**63 and number.is_integer()
    return False


def _show(item: object) -> str:
    """Return a number as it is and anything else by its type only."""
    if isinstance(item, np.generic):
        item = item.item()
    return str(item) if isinstance(item, int | float) else f"a {type(item).__name__}"


def _frozen(array: Ints) -> Ints:
    copy = np.array(array, dtype=np.int64, order="C")
    copy.setflags(write=False)
    return copy


def _frozen_csr(matrix: Sparse) -> Sparse:
    for part in (matrix.data, matrix.indices, matrix.indptr):
        part.setflags(write=False)
    return matrix
