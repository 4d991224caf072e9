"""What one cell can hold: read, refused with a code, and written so that it is read again."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from assetmap.model import Requirement, cell_text, cells
from assetmap.schedule import parse_windows
from tests.tables import strategies


def _read(kind: Any, value: object) -> Any:
    return TypeAdapter(kind).validate_python(value)


def _refusal(kind: Any, value: object) -> str:
    with pytest.raises(ValidationError) as raised:
        _read(kind, value)
    (error,) = raised.value.errors()
    return str(error["ctx"]["code"])


ROUND_TRIPS: tuple[tuple[Any, st.SearchStrategy[Any]], ...] = (
    (cells.Text, strategies.texts),
    (cells.YesNo, st.booleans()),
    (cells.Count, st.integers(-(10**12), 10**12)),
    (cells.Number, st.floats(-1e12, 1e12)),
    (cells.Amount, strategies.amounts),
    (cells.Day, strategies.days),
    (
        cells.Days,
        st.lists(strategies.days, min_size=1, unique=True).map(lambda d: tuple(sorted(d))),
    ),
    (cells.Moment, strategies.moments),
    (cells.Words, st.lists(strategies.words, min_size=1, unique=True).map(tuple)),
    (cells.When, strategies.windows),
    (cells.Rule, strategies.rules),
    (cells.Requirements, st.lists(strategies._requirements, min_size=1, unique=True).map(tuple)),
    (
        cells.Marks,
        st.lists(st.tuples(strategies.words, st.booleans()), min_size=1, unique=True).map(tuple),
    ),
    (
        cells.Shares,
        st.lists(st.tuples(strategies.words, st.integers(1, 100)), min_size=1, unique=True).map(
            tuple
        ),
    ),
)


@pytest.mark.parametrize(("kind", "values"), ROUND_TRIPS, ids=lambda v: getattr(v, "__name__", ""))
@given(data=st.data())
def test_a_value_is_read_from_its_own_text(
    kind: Any, values: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    """Writing and reading gives the value again; so does reading the value itself."""
    value = data.draw(values)
    assert _read(kind, cell_text(value)) == value
    assert _read(kind, value) == value


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (cells.YesNo, " Ja ", True),
        (cells.YesNo, "FALSE", False),
        (cells.Count, "1200", 1200),
        (cells.Count, "3,0", 3),
        (cells.Count, 3.0, 3),
        (cells.Number, "1.250,5", 1250.5),
        (cells.Number, "1,250.5", 1250.5),
        (cells.Number, "-0,5", -0.5),
        (cells.Amount, "€ 7", Decimal("7.00")),
        (cells.Amount, "7,5", Decimal("7.50")),
        (cells.Amount, 7.1, Decimal("7.10")),
        (cells.Amount, "1.250,00", Decimal("1250.00")),
        (cells.Coarse, "145449", 145400),
        (cells.Coarse, 145450, 145500),
        (cells.Day, "3-2-2026", dt.date(2026, 2, 3)),
        (cells.Day, "3-2-26", dt.date(2026, 2, 3)),
        (cells.Day, "3.2.2026", dt.date(2026, 2, 3)),
        (cells.Day, "3 februari 2026", dt.date(2026, 2, 3)),
        (cells.Day, "di 3 feb. 2026", dt.date(2026, 2, 3)),
        (cells.Day, "1 Mrt 2026", dt.date(2026, 3, 1)),
        (cells.Moment, "27-11-2026 18.00 uur", dt.datetime(2026, 11, 27, 18)),
        (cells.Moment, "27-11-26 8u", dt.datetime(2026, 11, 27, 8)),
        (cells.Moment, "vrijdag 27 november 2026 om 18:30", dt.datetime(2026, 11, 27, 18, 30)),
        (cells.Day, "2026-02-03T00:00:00", dt.date(2026, 2, 3)),
        (cells.Day, dt.datetime(2026, 2, 3, 12), dt.date(2026, 2, 3)),
        (cells.Moment, "3/2/2026 9:05", dt.datetime(2026, 2, 3, 9, 5)),
        (cells.Moment, "2026-02-03T18:00:30", dt.datetime(2026, 2, 3, 18)),
        (cells.Days, "3-2-2026, 2026-01-01 | 3-2-2026", (dt.date(2026, 1, 1), dt.date(2026, 2, 3))),
        (cells.Words, "b, a | b ||", ("b", "a")),
        (cells.When, "di 9-12", parse_windows("Tue 09:00-12:00")),
        (cells.Rule, "elke dinsdag", "FREQ=WEEKLY;BYDAY=TU"),
        (cells.Requirements, "cook | host:2", (Requirement("cook"), Requirement("host", None, 2))),
        (cells.Requirements, "party:o1", (Requirement("party", "o1", 1),)),
        (
            cells.Trainings,
            "praten:1-3-2026, ehbo",
            (("praten", dt.date(2026, 3, 1)), ("ehbo", None)),
        ),
        (cells.Marks, "rouw:ja | schulden", (("rouw", True), ("schulden", False))),
        (cells.Shares, "company:0,8 | meal", (("company", 80), ("meal", 100))),
        (cells.Text, "  e\u0301\r\n\x07b ", "é\nb"),
    ],
)
def test_what_people_type(kind: Any, text: object, value: object) -> None:
    """Dutch numbers and dates, loose lists, composed letters, nothing invisible."""
    assert _read(kind, text) == value


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (cells.YesNo, "soms", "not-yes-no"),
        (cells.Count, "2,5", "not-a-whole-number"),
        (cells.Count, "drie", "not-a-number"),
        (cells.Count, True, "not-a-number"),
        (cells.Number, "1e999", "not-a-number"),
        (cells.Number, float("nan"), "not-a-number"),
        (cells.Number, "9" * 13, "not-a-number"),
        (cells.Amount, "1.250", "unclear-amount"),
        (cells.Amount, "€1,250", "unclear-amount"),
        (cells.Amount, "7,005", "unclear-amount"),
        (cells.Amount, Decimal("7.005"), "not-in-cents"),
        (cells.Day, "31-02-2026", "not-a-date"),
        (cells.Day, "3-11-226", "not-a-date"),
        (cells.Day, "3 smarch 2026", "not-a-date"),
        (cells.Day, "okt 2026", "not-a-date"),
        (cells.Moment, "27-11-2026 25u", "not-a-moment"),
        (cells.Moment, "27-11-2026 18", "not-a-moment"),
        (cells.Day, "23-11-0026", "not-a-date"),
        (cells.Day, "2026-11-23 10:00", "not-a-date"),
        (cells.Moment, "2026-11-27", "no-time-of-day"),
        (cells.Moment, "vrijdag 18:00", "not-a-moment"),
        (cells.Moment, "2026-11-27T18:00:00+01:00", "moment-with-zone"),
        (cells.When, "als het uitkomt", "not-a-window"),
        (cells.Rule, "af en toe", "not-a-recurrence"),
        (cells.Requirements, "cook:0", "not-a-requirement"),
        (cells.Requirements, "party:o1:0", "not-a-requirement"),
        (cells.Requirements, "cook:a:1", "not-a-requirement"),
        (cells.Requirements, "cook:²", "not-a-requirement"),
        (cells.Shares, "company:0", "not-a-share"),
        (cells.Shares, "company:80", "not-a-share"),
        (cells.Marks, "rouw:soms", "not-yes-no"),
        (cells.Words, ("a|b",), "mark-in-word"),
        (cells.Text, "x" * 10_001, "too-long"),
    ],
)
def test_what_cannot_be_read_has_a_code(kind: Any, text: object, code: str) -> None:
    """The code says what is wrong, and the value is not in the error."""
    assert _refusal(kind, text) == code


@pytest.mark.parametrize("value", [None, "", "  ", "\u00a0", "\x00", (), []])
def test_what_says_nothing_is_blank(value: object) -> None:
    """Blank means unknown."""
    assert cells.is_blank(value)


@pytest.mark.parametrize("value", ["x", 0, False, 0.0, ("",)])
def test_nought_and_no_are_not_blank(value: object) -> None:
    """They say something."""
    assert not cells.is_blank(value)
