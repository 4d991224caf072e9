"""What each measure means, as data: one row per measure, read from the files beside it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from importlib import resources
from types import MappingProxyType

from assetmap.errors import UnknownName

__all__ = ["MEASURES", "Measure", "assumptions"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One row of the table of measures."""

    name: str
    """The function, and the name of its column."""
    question: str
    """What somebody asks."""
    definition: str
    """The definition that is followed."""
    domain: str
    """The values it can take."""
    direction: str
    """What a directed network means for it."""
    weights: str
    """Whether weights count, and as what."""
    two_mode: str
    """What it does with a two-mode network."""
    isolates: str
    """What somebody without ties gets."""
    missing: str
    """When the value is missing."""
    source: str
    """Where the definition stands."""
    gathered: bool = True
    """Whether it is one of :func:`assetmap.graph.measures` or :func:`assetmap.graph.whole`."""

    @property
    def treatment(self) -> str:
        """What is assumed, in one sentence."""
        said = ("direction", "weights", "two_mode", "isolates", "missing")
        return "; ".join(f"{name.replace('_', '-')}: {getattr(self, name)}" for name in said)


_BLANK = {f.name: "" if f.default is MISSING else f.default for f in fields(Measure)}


def _read() -> Mapping[str, Measure]:
    found = dict[str, Measure]()
    rows = resources.files("assetmap.sociometry").joinpath("rows")
    for file in sorted(rows.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            for name, cells in tomllib.loads(file.read_text(encoding="utf-8")).items():
                columns = {f.name: cells.get(f.name, _BLANK[f.name]) for f in fields(Measure)}
                found[name] = Measure(**{**columns, "name": name})
    return MappingProxyType(found)


MEASURES: Mapping[str, Measure] = _read()
"""Every measure by name."""


def assumptions(name: str) -> str:
    """Return what a measure assumes: direction, weights, two modes, isolates, missing values.

    The same text is in ``.attrs["assumptions"]`` of what the measure returns, followed by what
    holds for that one graph.

    Raises
    ------
    UnknownName
        There is no such measure.

    Examples
    --------
    >>> assumptions("node_is_isolate").split("; ")[0]
    'direction: a tie either way counts'
    """
    if name not in MEASURES:
        raise UnknownName(f"there is no measure {name!r}; see assetmap.graph.MEASURES")
    return MEASURES[name].treatment
