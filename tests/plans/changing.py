"""Random changes of a neighbourhood, and what a run knew, written down for comparing."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Set
from enum import Enum
from typing import Any

from hypothesis import strategies as st

from assetmap import Neighbourhood, Proposals
from assetmap.errors import DataProblems, UnknownName
from assetmap.explain.amended import amended
from assetmap.model import Observation, Record, Travel
from tests import strategies

__all__ = ["changed", "neighbourhoods", "told", "told_run"]

TABLES = (
    *("people", "talents", "needs", "activities", "ties", "arrangements", "decisions") * 3,
    *("places", "areas", "initiatives", "memberships", "safeguards", "team_hours"),
    *("travel", "observations", "organisations"),
)
"""The tables in which something changes; those of which most is reused more often."""


USERS = ("option", "alternative", "switch")


def neighbourhoods() -> st.SearchStrategy[Neighbourhood]:
    """Draw a small neighbourhood, rich in conflicts or in rides."""
    return st.one_of(strategies.neighbourhoods(), strategies.outings())


@st.composite
def changed(draw: Any, hood: Neighbourhood, other: Neighbourhood) -> Neighbourhood:
    """Draw the neighbourhood after one to three changes.

    Rows of another neighbourhood are added, or take the place of rows with the same id; rows are
    taken away, with what rests on them.
    """
    for _ in range(draw(st.integers(1, 3))):
        table = draw(st.sampled_from(TABLES))
        rows = _drawn(table) or other.table(table)
        mine = hood.table(table)
        if mine and (not rows or draw(st.booleans())):
            hood = _without(hood, draw(st.sampled_from(mine)))
        elif rows:
            hood = _with(hood, draw(st.sampled_from(rows)))
    return hood


def _drawn(table: str) -> tuple[Record, ...]:
    if table == "travel":
        pairs = (("north", "south", 0.3), ("north", "east", 9))
        return tuple(Travel(from_=a, to=b, km=far) for a, b, far in pairs)
    if table == "observations":
        return (Observation(observation="ob1", date="2026-11-01", about="p1", category="meal"),)
    return ()


def _with(hood: Neighbourhood, row: Record) -> Neighbourhood:
    try:
        return amended(hood, [row], ()).hood
    except DataProblems:  # it does not fit in
        return hood


def _without(hood: Neighbourhood, row: Record) -> Neighbourhood:
    if row.key is None:
        rows = list(hood.table(row.table))
        rows.remove(row)
        return dataclasses.replace(hood, **{row.table: tuple(rows)})
    try:
        return amended(hood, (), [f"{row.key}:{row.id}"]).hood
    except (DataProblems, UnknownName):  # something else cannot do without
        return hood


def told_run(run: Proposals) -> dict[str, object]:
    """Write down all that a run knew and came to, apart from how long it took."""
    assert run.worked is not None
    working, encoded = run.worked.working, run.worked.encoded
    problem = encoded.problem()
    return {
        "results": {
            field.name: told(getattr(run, field.name))
            for field in dataclasses.fields(run)
            if field.name not in {"worked", "hood"}
        },
        "same hood": run.hood == dataclasses.replace(run.hood, **_rows(run.hood)),
        "candidates": told(working.found),
        "plain": told(working.plain),
        "links": told(working.links),
        "asks": told(working.opened),
        "coming": told(working.supply.may_attend),
        "duties": told(run.worked.duties()),
        "numbers": [
            problem.option_score.tolist(),
            problem.alternative_score.tolist(),
            problem.switch_score.tolist(),
            *(getattr(problem, f"{kind}_use").toarray().tolist() for kind in USERS),
            problem.capacity.tolist(),
        ],
        "names": (list(encoded.ledger.resources), list(encoded.ledger.needs)),
    }


def _rows(hood: Neighbourhood) -> dict[str, Any]:
    return {name: hood.table(name) for name in hood.counts()}


def told(value: object) -> object:
    """Write something down with all that is in it, so that equal things look the same."""
    if isinstance(value, Record | Enum | str | int | float) or value is None:
        return value
    if isinstance(value, Mapping):
        return {key: told(each) for key, each in value.items()}
    if isinstance(value, Set):
        return frozenset(value)
    if isinstance(value, list | tuple):
        return [told(each) for each in value]
    if dataclasses.is_dataclass(value):
        fields = (field.name for field in dataclasses.fields(value) if field.name != "_steps")
        return [type(value).__name__, *(told(getattr(value, name)) for name in fields)]
    return value
