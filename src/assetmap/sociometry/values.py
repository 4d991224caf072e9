"""What the value of an attribute is: one rule for every measure that takes an attribute.

1. None, NaN, pandas' missing values and blank text are unknown.
2. Two values are one group when they are written alike; a whole number is written without a
   fraction, so that 1 and 1.0 are one group. Spaces around text do not count.
3. Text with ``|`` is several values, in no order. A measure that needs one group per node refuses
   them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from assetmap.errors import UnusableInput
from assetmap.sociometry.reading import Reading

__all__ = ["SEVERAL", "given", "groups_of", "is_unknown", "numbered", "one_group_each"]

SEVERAL = "|"
"""What stands between several values of one node, such as languages."""


def is_unknown(value: Any) -> bool:
    """Tell whether a value says nothing.

    Examples
    --------
    >>> [is_unknown(value) for value in (None, float("nan"), pd.NA, " ", 0, "0", False)]
    [True, True, True, True, False, False, False]
    """
    if isinstance(value, str):
        return not value.replace(SEVERAL, " ").strip()
    return bool(pd.api.types.is_scalar(value) and pd.isna(value))


def given(read: Reading, attribute: Any) -> list[Any]:
    """Return a value per node, by the name of an attribute or from a mapping; None is unknown.

    Raises
    ------
    UnusableInput
        No node has a value.
    """
    named = isinstance(attribute, str)
    found = read.attribute(attribute) if named else [attribute.get(node) for node in read.nodes]
    known = [None if is_unknown(value) else value for value in found]
    if read.nodes and all(value is None for value in known):
        raise UnusableInput(
            f"no node has the attribute {attribute!r}"
            if named
            else "no node of the network has a value in what was given"
        )
    return known


def groups_of(read: Reading, attribute: Any) -> list[frozenset[str]]:
    """Return the groups of each node: several where values are separated; none where unknown."""
    return [_groups(value) for value in given(read, attribute)]


def one_group_each(read: Reading, attribute: Any, *, what: str) -> list[str | None]:
    """Return the group of each node, None where it is unknown.

    Raises
    ------
    UnusableInput
        No node has a value, or some have several: `what` needs one.
    """
    groups = groups_of(read, attribute)
    if any(len(own) > 1 for own in groups):
        raise UnusableInput(
            f"{what} needs one group per node, and some have several; the E-I index takes them"
        )
    return [min(own, default=None) for own in groups]


def numbered(groups: Sequence[str | None]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return the groups as numbers, by their names in order; -1 is unknown.

    Examples
    --------
    >>> numbered(["south", None, "north"]).tolist()
    [1, -1, 0]
    """
    names = sorted({name for name in groups if name is not None})
    number = {name: at for at, name in enumerate(names)}
    return np.array([-1 if name is None else number[name] for name in groups], dtype=np.int64)


def _groups(value: Any) -> frozenset[str]:
    if value is None:
        return frozenset()
    return frozenset(part.strip() for part in _written(value).split(SEVERAL)) - {""}


def _written(value: Any) -> str:
    plain = value.item() if isinstance(value, np.generic) else value
    return str(int(plain) if isinstance(plain, float) and plain.is_integer() else plain)
