"""The tables of a run, released and as CSV: ``plans.csv``, ``unmet.csv``, ``shortages.csv``."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from assetmap.explain import Shortage, shortages, with_remedies
from assetmap.match import Proposals
from assetmap.privacy import Audience, Discloses, Released, protected_count, release, require
from assetmap.tables import csv_text

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "SHORTAGES",
    "PlanRow",
    "Results",
    "ShortageRow",
    "UnmetRow",
    "cells_of",
    "result_files",
    "results",
]


SHORTAGES = "shortages.csv"
"""Name of the table of what there is too little of."""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One leg of a plan, as a row of ``plans.csv``; the columns are those of the file."""

    plan: Annotated[str | None, Discloses.RECORD]
    need: Annotated[str | None, Discloses.RECORD]
    occurrence: Annotated[str | None, Discloses.TEAM]
    leg: Annotated[str | None, Discloses.OPEN]
    provider: Annotated[str | None, Discloses.PERSON]
    talent: Annotated[str | None, Discloses.RECORD]
    activity: Annotated[str | None, Discloses.OPEN]
    rung: Annotated[str | None, Discloses.OPEN]
    introducer: Annotated[str | None, Discloses.PERSON]
    status: Annotated[str | None, Discloses.OPEN]
    also_helps: Annotated[str | None, Discloses.TEAM]
    doubts: Annotated[str | None, Discloses.TEAM]
    why: Annotated[str | None, Discloses.TEAM]


@dataclass(frozen=True, slots=True)
class UnmetRow:
    """One open need without a plan, as a row of ``unmet.csv``."""

    need: Annotated[str | None, Discloses.RECORD]
    reason: Annotated[str | None, Discloses.OPEN]
    leg: Annotated[str | None, Discloses.OPEN]
    closest: Annotated[str | None, Discloses.RECORD]
    remedy: Annotated[str | None, Discloses.TEAM]
    worker: Annotated[str | None, Discloses.PERSON]
    why: Annotated[str | None, Discloses.TEAM]


@dataclass(frozen=True, slots=True)
class ShortageRow:
    """One thing that there is too little of, as a row of ``shortages.csv``."""

    category: Annotated[str | None, Discloses.OPEN]
    area: Annotated[str | None, Discloses.AREA]
    when: Annotated[str | None, Discloses.TEAM]
    kind: Annotated[str | None, Discloses.OPEN]
    with_: Annotated[str | None, Discloses.TEAM]
    one_more: Annotated[int | None, Discloses.COUNT]
    two_more: Annotated[int | None, Discloses.COUNT]
    four_more: Annotated[int | None, Discloses.COUNT]
    verified: Annotated[bool | None, Discloses.OPEN]


@dataclass(frozen=True, slots=True)
class Results:
    """The rows of the three tables; shortages are None where they were not worked out."""

    plans: tuple[PlanRow, ...]
    unmet: tuple[UnmetRow, ...]
    shortages: tuple[ShortageRow, ...] | None


Row = TypeVar("Row", PlanRow, UnmetRow)


def results(
    proposals: Proposals,
    audience: Audience = Audience.TEAM,
    *,
    remedies: bool = False,
    scarce: bool = True,
) -> Released[Results]:
    """Return the result tables of a run as one audience may have them.

    Parameters
    ----------
    proposals : Proposals
        The run.
    audience : Audience, default Audience.TEAM
        Who is going to read them.
    remedies : bool, default False
        Whether remedies are worked out, for the team (:func:`assetmap.explain.with_remedies`);
        that takes longer. Otherwise the column holds the general advice.
    scarce : bool, default True
        Whether it is worked out what there is too little of; that takes longer. Otherwise it is
        None, and there is no file of it.

    Examples
    --------
    >>> from assetmap.model import Need, Neighbourhood, Person
    >>> from assetmap.match import propose
    >>> hood = Neighbourhood.from_records(
    ...     Person(person="p1"), Need(need="n1", owner="p1", category="shopping", talked=True)
    ... )
    >>> [row.reason for row in results(propose(hood, "2026-W48")).value.unmet]
    ['no_talent']
    """
    sought = remedies and audience is Audience.TEAM and proposals.worked is not None
    made = Results(
        _rows(proposals.plans, PlanRow),
        _rows(with_remedies(proposals) if sought else proposals.unmet, UnmetRow),
        tuple(_shortage_rows(proposals, audience)) if scarce else None,
    )
    return release(made, audience, thresholds=proposals.policy.privacy)


def _shortage_rows(proposals: Proposals, audience: Audience) -> Iterator[ShortageRow]:
    """Yield the shortages; outside the team only those with a number that may leave it."""
    limits = proposals.policy.privacy
    if proposals.worked is None:
        return
    for found in shortages(proposals).items:
        told = protected_count(found.four_more, thresholds=limits) is not None
        if told or audience is Audience.TEAM:
            yield _shortage_row(found)


def _shortage_row(found: Shortage) -> ShortageRow:
    return ShortageRow(
        category=found.category,
        area=found.area,
        when=found.when,
        kind=found.kind.value,
        with_=found.together,
        one_more=found.one_more,
        two_more=found.two_more,
        four_more=found.four_more,
        verified=found.verified,
    )


def _rows(frame: pd.DataFrame, kind: type[Row]) -> tuple[Row, ...]:
    """Turn a frame of texts into records; a blank cell into None."""
    names = [field.name for field in dataclasses.fields(kind)]
    columns = [
        [
            None if blank else str(cell)
            for cell, blank in zip(frame[n], frame[n].isna(), strict=True)
        ]
        for n in names
    ]
    return tuple(kind(*cells) for cells in zip(*columns, strict=True))


def result_files(released: Released[Results]) -> Mapping[str, bytes]:
    """Return the result tables as CSV files, by name.

    Parameters
    ----------
    released : Released
        What :func:`results` returns, for the team or for research.

    Examples
    --------
    >>> from assetmap.model import Neighbourhood
    >>> from assetmap.match import propose
    >>> sorted(result_files(results(propose(Neighbourhood(), "2026-W48"))))
    ['plans.csv', 'shortages.csv', 'unmet.csv']
    """
    value = require(released, Audience.TEAM, Audience.RESEARCH)
    files = {
        "plans.csv": _csv(PlanRow, value.plans),
        "unmet.csv": _csv(UnmetRow, value.unmet),
    }
    if value.shortages is not None:
        files[SHORTAGES] = _csv(ShortageRow, value.shortages)
    return MappingProxyType(files)


def _csv(
    kind: type[PlanRow | UnmetRow | ShortageRow],
    rows: Sequence[PlanRow | UnmetRow | ShortageRow],
) -> bytes:
    columns = [field.name.rstrip("_") for field in dataclasses.fields(kind)]
    return csv_text(columns, (cells_of(row) for row in rows)).encode()


def cells_of(row: PlanRow | UnmetRow | ShortageRow) -> dict[str, Any]:
    """Return the cells of a row by their headings.

    Parameters
    ----------
    row : PlanRow, UnmetRow or ShortageRow
        A row of a result table.

    Examples
    --------
    >>> row = ShortageRow("ride", "north", None, "seat", None, 1, 1, 1, True)
    >>> cells_of(row)["kind"], "with" in cells_of(row)
    ('seat', True)
    """
    return {name.rstrip("_"): value for name, value in dataclasses.asdict(row).items()}
