"""Many measures at once: one reading, a column per measure, and what each assumes.

Nothing has to be added here for a new measure: its row in the catalogue, and its function in the
list of this package, are enough. ``gathered = false`` in the row keeps it out.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from numbers import Real
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from assetmap.errors import UnusableInput
from assetmap.sociometry.catalogue import MEASURES, assumptions
from assetmap.sociometry.reading import Readable, Reading, reading
from assetmap.sociometry.steady import in_order
from assetmap.sociometry.values import groups_of

__all__ = ["gather_nodes", "gather_whole"]

T = TypeVar("T")

_BY_ITSELF = "gives something else than numbers; call graph.{} by itself"


def gather_nodes(
    functions: Mapping[str, Any], graph: Readable, *, attribute: str | None, seed: int
) -> pd.DataFrame:
    """Return every gathered measure of the nodes as a column.

    Ties are read in the order of the ids, whatever the order of the graph, so that rounding does
    not depend on it; the rows come in the order of the graph.
    """
    read = reading(graph)
    columns, attrs = _gathered(functions, "node_", (read, attribute, seed), _columns)
    index = pd.Index(list(read.nodes), name="node", tupleize_cols=False)
    aligned = {name: _aligned(column, read.nodes) for name, column in columns.items()}
    frame = pd.DataFrame(aligned, index=index)
    frame.attrs.update(attrs)
    return frame


def gather_whole(
    functions: Mapping[str, Any], graph: Readable, *, attribute: str | None, seed: int
) -> pd.Series[Any]:
    """Return every gathered measure of the whole network as an entry."""
    read = reading(graph)
    entries, attrs = _gathered(functions, "whole_", (read, attribute, seed), _entries)
    series = pd.Series(entries, dtype=np.float64, name="whole")
    series.index.name = "measure"
    series.attrs.update(attrs)
    return series


def _gathered(
    functions: Mapping[str, Any],
    prefix: str,
    given: tuple[Reading, str | None, int],
    parts: Callable[[str, Any], Iterator[tuple[str, T]]],
) -> tuple[dict[str, T], dict[str, dict[str, str]]]:
    """Return the parts of every result by name, with what each assumes and what was refused."""
    gathered: dict[str, T] = {}
    assumed, refused = dict[str, str](), dict[str, str]()
    for name, result in _results(functions, prefix, given, refused):
        found = dict(parts(name, result))
        if not found:
            refused[name] = _BY_ITSELF.format(name)
        gathered |= found
        assumed |= dict.fromkeys(found, _assumed(name, result, given[0]))
    return gathered, {"assumptions": assumed, "refused": refused}


def _results(
    functions: Mapping[str, Any],
    prefix: str,
    given: tuple[Reading, str | None, int],
    refused: dict[str, str],
) -> Iterator[tuple[str, Any]]:
    """Work out each measure; note why for those that this graph or call does not allow."""
    read, attribute, seed = given
    if attribute is not None:
        groups_of(read, attribute)
    read, _ = in_order(read)
    for name, row in MEASURES.items():
        if not (name.startswith(prefix) and row.gathered and name in functions):
            continue
        try:
            call = _call(functions[name], attribute, seed)
            result = functions[name](read, **call)
        except UnusableInput as reason:
            refused[name] = str(reason)
        else:
            yield name, result


def _call(function: Callable[..., Any], attribute: str | None, seed: int) -> dict[str, Any]:
    """Return the arguments that a measure takes besides the graph."""
    _, *others = inspect.signature(function).parameters.values()
    known = {"attribute": attribute, "seed": seed}
    call: dict[str, Any] = {}
    for each in others:
        if each.name in known and known[each.name] is not None:
            call[each.name] = known[each.name]
        elif each.default is each.empty and each.kind is not each.VAR_KEYWORD:
            raise UnusableInput(f"needs {each.name}")
    return call


def _aligned(column: pd.Series[Any], nodes: tuple[Hashable, ...]) -> Any:
    """Return the values of a column for these nodes, missing where it has none."""
    place = {node: at for at, node in enumerate(column.index)}
    at = np.array([place.get(node, -1) for node in nodes], dtype=np.intp)
    if (at >= 0).all():
        return column.array.take(at)
    return pd.api.extensions.take(column.to_numpy(), at, allow_fill=True)


def _assumed(name: str, result: Any, read: Reading) -> str:
    own = getattr(result, "attrs", {}).get("assumptions")
    return own if isinstance(own, str) else "; ".join((assumptions(name), *read.notes))


def _columns(name: str, result: Any) -> Iterator[tuple[str, pd.Series[Any]]]:
    """Yield the columns of a result; none of what is no table of nodes."""
    if isinstance(result, pd.Series):
        yield name, result
    elif isinstance(result, pd.DataFrame):
        for at, head in enumerate(result.columns):
            yield _joined(name, head), result.iloc[:, at]


def _entries(name: str, result: Any) -> Iterator[tuple[str, float]]:
    """Yield the numbers of a result, each with a name."""
    if result is None or isinstance(result, Real):
        yield name, np.nan if result is None else float(result)
    elif isinstance(result, pd.Series):
        yield from _named(name, zip(result.index, result.tolist(), strict=True))
    elif isinstance(result, pd.DataFrame):
        for head in result.columns:
            cells = zip(result.index, result[head].tolist(), strict=True)
            yield from _named(name, ((_joined(str(row), head), cell) for row, cell in cells))
    elif is_dataclass(result):
        yield from _named(name, ((f.name, getattr(result, f.name)) for f in fields(result)))


def _named(name: str, cells: Any) -> Iterator[tuple[str, float]]:
    for head, cell in cells:
        if cell is None or isinstance(cell, Real):
            own = head in {name, "value"}
            yield name if own else _joined(name, head), np.nan if cell is None else float(cell)


def _joined(name: str, head: Any) -> str:
    parts = head if isinstance(head, tuple) else (head,)
    told = [name, *(str(part) for part in parts)]
    return "_".join(part for at, part in enumerate(told) if part and part not in told[:at])
