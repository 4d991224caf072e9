"""The tables of a run, released and as CSV: ``plans.csv`` and ``unmet.csv``."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, TypeVar

from assetmap.match import Proposals
from assetmap.privacy import Audience, Discloses, Released, release, require
from assetmap.tables import csv_text

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["PlanRow", "Results", "UnmetRow", "result_files", "results"]


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
class Results:
    """The rows of both tables."""

    plans: tuple[PlanRow, ...]
    unmet: tuple[UnmetRow, ...]


Row = TypeVar("Row", PlanRow, UnmetRow)


def results(proposals: Proposals, audience: Audience = Audience.TEAM) -> Released[Results]:
    """Return the result tables of a run as one audience may have them.

    Parameters
    ----------
    proposals : Proposals
        The run.
    audience : Audience, default Audience.TEAM
        Who is going to read them.

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
    made = Results(_rows(proposals.plans, PlanRow), _rows(proposals.unmet, UnmetRow))
    return release(made, audience, thresholds=proposals.policy.privacy)


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
    ['plans.csv', 'unmet.csv']
    """
    value = require(released, Audience.TEAM, Audience.RESEARCH)
    return MappingProxyType(
        {"plans.csv": _csv(PlanRow, value.plans), "unmet.csv": _csv(UnmetRow, value.unmet)}
    )


def _csv(kind: type[Row], rows: tuple[Row, ...]) -> bytes:
    columns = [field.name for field in dataclasses.fields(kind)]
    return csv_text(columns, (dataclasses.asdict(row) for row in rows)).encode()
