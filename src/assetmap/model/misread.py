"""What could not be read, as problems: codes and facts, never what stood there."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError

from assetmap.errors import DataProblem, Severity
from assetmap.model.problems import SHOWN, problem

__all__ = ["misread"]

Place = tuple[str, int | None, str | None]

_NO_NUMBERS = {"not-a-number", "not-a-whole-number"}
_EXAMPLES = {"m": "300", "km": "2,5", "minutes": "90", "EUR": "7,50", "year": "1950"}
"""By unit, what a number looks like."""
_SCALE = 10
"""Steps of a scale, such as 1 to 5, that is told as such."""
_BOUNDS = {"greater_than_equal": "ge", "less_than_equal": "le"}


def misread(
    error: ValidationError, record: type[BaseModel], place: tuple[str, int | None]
) -> tuple[DataProblem, ...]:
    """Return what is wrong with the cells of one record.

    Parameters
    ----------
    error : ValidationError
        What the record said.
    record : type of BaseModel
        Which record.
    place : tuple of (str, int or None)
        Table, and the row where it has one.
    """
    found = error.errors(include_url=False, include_input=False)
    return tuple(_cell_problem(place, record, each) for each in found)


def _cell_problem(at: tuple[str, int | None], record: type[BaseModel], error: Any) -> DataProblem:
    column = str(error["loc"][0])[:SHOWN] if error["loc"] else None
    place = (*at, column)
    kind = error["type"]
    context = error.get("ctx", {})
    if kind == "missing":
        return problem("missing-value", Severity.ERROR, place, column=column)
    if kind == "extra_forbidden":
        return problem("no-such-column", Severity.ERROR, place)
    if kind == "cell" and context["code"] in _NO_NUMBERS and column is not None:
        return _no_number(str(context["code"]), place, record)
    if kind == "cell":
        facts = {n: v for n, v in context.items() if n != "code"}
        return problem(str(context["code"]), Severity.ERROR, place, **facts)
    if kind == "enum":
        allowed = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
        return problem("not-in-list", Severity.ERROR, place, allowed=allowed)
    if kind in _BOUNDS:
        code = "too-small" if kind[0] == "g" else "too-large"
        return problem(code, Severity.ERROR, place, limit=context.get(_BOUNDS[kind], ""))
    return problem("unreadable-cell", Severity.ERROR, place)


def _no_number(code: str, place: Place, record: type[BaseModel]) -> DataProblem:
    """Say what sort of number belongs in a column."""
    fields = {name.rstrip("_"): info for name, info in record.model_fields.items()}
    info = fields[str(place[2]).rstrip("_")]
    least = next((bound.ge for bound in info.metadata if hasattr(bound, "ge")), None)
    most = next((bound.le for bound in info.metadata if hasattr(bound, "le")), None)
    if least is not None and most is not None and most - least < _SCALE:
        return problem("not-on-scale", Severity.ERROR, place, least=least, most=most)
    extra = info.json_schema_extra
    facts: Any = extra.get("column", {}) if isinstance(extra, dict) else {}
    return problem(code, Severity.ERROR, place, example=_EXAMPLES.get(facts.get("unit"), "3"))
