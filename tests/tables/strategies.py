"""Neighbourhoods of any shape: every column of every table, with awkward texts in it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Any, get_args

from hypothesis import strategies as st

from assetmap.categories import shipped
from assetmap.errors import DataProblems
from assetmap.model import (
    RECORDS,
    RUNGS,
    Column,
    Neighbourhood,
    Policy,
    Record,
    Requirement,
    cells,
    columns,
)
from assetmap.model.record import attribute_of, plain_type
from assetmap.schedule import parse_windows

AWKWARD = (
    "=1+1",
    "'=1+1",
    "''=x",
    "'s avonds",
    "-5",
    "+31 6",
    "@SOM(A1)",
    '"aanhaling"',
    "twee\nregels",
    "tab\tin het midden",
    "a;b",
    "a,b",
    "a|b",
    "_x0041_",
    "<b>&amp;",
    "é\u0301 ï ß İ",
    "\u202etsrif",
    "😀",
    "007",
    "1.0",
    "TRUE",
    "ja",
    "#N/B",
    "2026-11-23",
)

_any_text = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=12
)
texts = st.one_of(st.sampled_from(AWKWARD), _any_text).map(cells.tidy).filter(bool)
words = st.text("abcdefgé -=+'", min_size=1, max_size=8).map(cells.tidy).filter(bool)
days = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))
moments = st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2199, 12, 31)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)
amounts = st.integers(0, 10**9).map(lambda cents: Decimal(cents).scaleb(-2))
numbers = st.one_of(
    st.floats(0, 168, allow_nan=False),
    st.sampled_from([0.1 + 0.2, 1e-7, 1 / 3, 7.5, 52.0]),
)
windows = st.lists(
    st.sampled_from(
        ["Mon 18:00-22:00", "Fri 18:00-Sun 18:00", "Thu 09:00-12:00", "Sat 22:00-02:00"]
    ),
    min_size=1,
    max_size=3,
).map(lambda parts: parse_windows(" | ".join(parts)))
rules = st.sampled_from(["FREQ=WEEKLY;BYDAY=FR", "FREQ=MONTHLY;BYDAY=2FR,4FR"])
categories = st.one_of(st.sampled_from(shipped().ids), st.just("onbekend-soort"))
tags = st.lists(
    st.sampled_from(["nl", "tr", "ar", "en", "zgh", "nl-NL", "max", "ber"]), min_size=1, max_size=3
)


def _several(one: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(one, min_size=1, max_size=3, unique=True).map(tuple)


_requirements = st.one_of(
    st.builds(Requirement, categories, st.none(), st.integers(1, 5)),
    st.just(Requirement("party", "o1", 1)),
)
_BY_CELL: tuple[tuple[Any, st.SearchStrategy[Any]], ...] = (
    (cells.Words, _several(words)),
    (cells.Days, _several(days).map(lambda found: tuple(sorted(found)))),
    (cells.When, windows),
    (cells.Rule, rules),
    (cells.Requirements, _several(_requirements)),
    (
        cells.Trainings,
        _several(st.tuples(words.filter(lambda w: ":" not in w), st.one_of(st.none(), days))),
    ),
    (cells.Marks, _several(st.tuples(words, st.booleans()))),
    (cells.Shares, _several(st.tuples(st.sampled_from(["company", "meal"]), st.integers(1, 100)))),
    (cells.Amount, amounts),
    (cells.Coarse, st.integers(100, 2000).map(lambda n: n * 100)),
)
_BY_NAME: dict[tuple[str, str], st.SearchStrategy[Any]] = {
    ("needs", "tried"): _several(st.sampled_from([rung.value for rung in RUNGS])),
    ("needs", "not_area"): st.sampled_from([("yes",), ("g1", "g2")]),
    ("places", "space_for"): _several(categories),
    ("initiatives", "kind"): categories,
    ("team_hours", "week"): st.sampled_from(["2026-W48", "2026-W53", "2025-W01"]),
    ("categories", "parent"): st.sampled_from(["company", "sport"]),
    ("categories", "distance"): st.sampled_from(["matters", "little", "not"]),
    ("categories", "at"): st.sampled_from(["asker", "provider", "place", "remote"]),
    ("categories", "domain"): st.sampled_from(["indoors", "liveability"]),
    ("categories", "name_nl"): st.sampled_from(["figuurzagen", "vliegeren"]),
    ("categories", "name_en"): st.just("kite flying"),
    ("categories", "answers"): st.just((("company", 40),)),
    ("categories", "reserved"): st.booleans(),
    ("categories", "safety"): st.just(False),
}
_LETTERS = {
    "people": "p",
    "talents": "t",
    "needs": "n",
    "activities": "a",
    "places": "pl",
    "areas": "g",
    "organisations": "o",
    "initiatives": "i",
    "agreements": "ag",
    "arrangements": "ar",
    "safeguards": "s",
    "referrals": "r",
    "observations": "ob",
    "visits": "v",
    "categories": "eigen",
}
_PERIODS = (("since", "until"), ("from_", "until"), ("from_", "review_on"), ("date", "until"))


def ids_of(table: str, many: int) -> list[str]:
    return [f"{_LETTERS[table]}{number}" for number in range(1, many + 1)]


def _value(record: type[Record], column: Column, sizes: dict[str, int]) -> st.SearchStrategy[Any]:
    name = (record.table, column.name)
    if name in _BY_NAME:
        return _BY_NAME[name]
    if column.refers_to:
        pool = [i for table in column.refers_to for i in ids_of(table, sizes[table])]
        one = st.sampled_from(pool)
        return _several(one) if plain_type(record, column.name) is None else one
    if column.name == "category":
        return categories
    if column.name == "languages":
        return tags.map(lambda found: tuple(dict.fromkeys(found)))
    field = record.model_fields[attribute_of(column.name)]
    for cell, strategy in _BY_CELL:
        if cell in get_args(field.annotation) or _required_as(field, cell):
            return strategy
    return _plain(record, column)


def _required_as(field: Any, cell: Any) -> bool:
    return any(each in getattr(cell, "__metadata__", ()) for each in field.metadata)


def _bounds(record: type[Record], column: Column) -> tuple[int, int]:
    metadata = record.model_fields[attribute_of(column.name)].metadata
    least = next((m.ge for m in metadata if hasattr(m, "ge")), 0)
    most = next((m.le for m in metadata if hasattr(m, "le")), 10_000)
    return int(least), int(most)


def _plain(record: type[Record], column: Column) -> st.SearchStrategy[Any]:
    kind = plain_type(record, column.name)
    if kind is bool:
        return st.booleans()
    if kind is int:
        return st.integers(*_bounds(record, column))
    if kind is float:
        return numbers
    if kind is dt.datetime:
        return moments
    if kind is dt.date:
        return days
    if kind is not None and issubclass(kind, StrEnum):
        return st.sampled_from(list(kind))
    return texts


_TOGETHER = {"x", "y", "lat", "lon"}


def _make_whole(table: str, made: dict[str, Any]) -> None:
    """Take away what the checks of the whole set would refuse."""
    if table == "ties":
        made["a"], made["b"] = "p1", "p2"
    if table == "safeguards":
        made["person"], made["at"] = "p1", "i1"
    if table in {"areas", "organisations"}:
        made.pop("parent", None)
    for first, last in _PERIODS:
        if made.get(first) and made.get(last) and made[last] < made[first]:
            made[first], made[last] = made[last], made[first]
    for first, last in (("since", "closed_on"), ("start", "until")):
        if made.get(first) and made.get(last):
            del made[last]


@st.composite
def records(draw: st.DrawFn, table: str, number: int, sizes: dict[str, int]) -> Record:
    """One record with any of its columns filled."""
    record = RECORDS[table]
    made: dict[str, Any] = {}
    for column in columns(record):
        if column.name == record.key:
            made[column.name] = f"{_LETTERS[table]}{number}"
        elif column.name not in _TOGETHER and (column.required or draw(st.booleans())):
            made[attribute_of(column.name)] = draw(_value(record, column, sizes))
    if "x" in record.model_fields and draw(st.booleans()):
        made["x"], made["y"] = 120_000 + 100 * number, 480_000
    if table == "travel":
        made["from_"] = f"g{number}"
    _make_whole(table, made)
    return record(**made)


_LEAST: dict[str, dict[str, Any]] = {
    "talents": {"owner": "p1", "category": "ride"},
    "needs": {"owner": "p1", "category": "meal"},
    "activities": {"name": "eten", "category": "meal", "start": "2026-11-27 18:00"},
    "initiatives": {"name": "eetcafé"},
    "agreements": {"from_party": "o1", "to_party": "i1"},
    "arrangements": {"need": "n1", "leg": "help", "provider": "p1"},
    "safeguards": {"person": "p1", "at": "i1", "from": "2026-01-01", "review_on": "2026-02-01"},
    "referrals": {"from_party": "o1", "to_party": "o2"},
    "observations": {"date": "2026-11-02", "category": "meal"},
    "visits": {"date": "2026-11-02", "area": "g1"},
}
_KEYED = tuple(table for table, record in RECORDS.items() if record.key)


def _plainest(table: str, number: int) -> Record:
    """The smallest row that others can point to."""
    record = RECORDS[table]
    key = f"{_LETTERS[table]}{number}"
    return record.model_validate({str(record.key): key, **_LEAST.get(table, {})})


@st.composite
def neighbourhoods(draw: st.DrawFn) -> Neighbourhood:
    """Every table with a key has two rows; a few tables, others as well, have rows of any sort."""
    sizes = dict.fromkeys(RECORDS, 2)
    rich = draw(st.lists(st.sampled_from(list(RECORDS)), min_size=1, max_size=4, unique=True))
    made = [_plainest(table, n) for table in _KEYED if table not in rich for n in (1, 2)]
    made += [draw(records(table, number, sizes)) for table in rich for number in (1, 2)]
    policy = draw(
        st.sampled_from(
            [Policy(), Policy(language="en", horizon_weeks=3), Policy(distances={"same_area_m": 7})]
        )
    )
    try:
        return Neighbourhood.from_records(made, policy=policy)
    except DataProblems as wrong:
        raise AssertionError(wrong) from wrong
