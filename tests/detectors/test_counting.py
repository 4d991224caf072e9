"""From rows to series: against sets filled row by row, and faults that are told."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.detectors import gamma_poisson, streams
from assetmap.errors import UnusableInput

SETTINGS = settings(max_examples=60, deadline=None)
ROWS = st.lists(
    st.tuples(st.integers(-5, 60), st.sampled_from([0, 3, 70]), st.integers(0, 3)), max_size=40
)


def by_sets(rows: list, last: int, block: int, within: int) -> dict[int, list[int]]:
    """Fill a set of persons for each stream and block."""
    blocks = defaultdict(set)
    for day, stream, who in rows:
        if last - within < day <= last:
            blocks[stream, (last - day) // block].add(who)
    periods = range((within - 1) // block, -1, -1)
    return {s: [len(blocks[s, at]) for at in periods] for s in sorted({row[1] for row in rows})}


def by_first_day(rows: list, last: int, block: int, within: int, period: int) -> dict:
    """Look for each row whether the person has an earlier one in the block."""
    size = -(-within // period)
    found = {stream: [0] * size for _, stream, _ in rows}
    for day, stream, who in sorted(set(rows)):
        back = last - day
        earlier = any(
            (s, w) == (stream, who)
            and d < day
            and last - d < within
            and (last - d) // block == back // block
            for d, s, w in rows
        )
        if 0 <= back < within and not earlier:
            found[stream][size - 1 - back // period] += 1
    return found


@SETTINGS
@given(ROWS, st.integers(0, 55), st.integers(1, 9), st.integers(1, 50), st.integers(1, 9))
def test_each_person_counts_once_in_a_block(
    rows: list, last: int, block: int, within: int, period: int
) -> None:
    """The counts of blocks are sizes of sets; those of periods go by the first day."""
    day, stream, who = (
        (list(column) for column in zip(*rows, strict=True)) if rows else ([], [], [])
    )
    found = streams(day, stream, who=who, last=last, block=block, within=within)
    told = dict(zip(found.codes.tolist(), found.per().tolist(), strict=True))
    assert told == by_sets(rows, last, block, within)
    told = dict(zip(found.codes.tolist(), found.per(period).tolist(), strict=True))
    assert told == by_first_day(rows, last, block, within, period)


@SETTINGS
@given(ROWS, st.randoms(use_true_random=False))
def test_order_doubles_and_names_of_persons_do_not_matter(rows: list, random) -> None:
    """Shuffled rows, rows told twice, other codes for the same persons, all days moved."""
    names = random.sample(range(1000), 4)
    changed = [(day + 400, stream, names[who]) for day, stream, who in rows * 2]
    random.shuffle(changed)

    def counts(some: list, last: int) -> list:
        day, stream, who = ([row[at] for row in some] for at in range(3))
        return streams(day, stream, who=who, last=last, block=4, within=30).per().tolist()

    assert counts(changed, 450) == counts(rows, 50)


def test_without_persons_each_row_is_another() -> None:
    """As many as there are rows."""
    assert streams([1, 1, 2], [0, 0, 0], last=2, block=2, within=2).per().tolist() == [[3]]


def test_a_table_with_dates_gives_streams_and_alarms() -> None:
    """Columns of a table, as dates with a time, as plain dates, and as numbers of days."""
    table = pd.DataFrame(
        {
            "date": np.array(
                ["2026-09-01T23:59", "2026-11-10", "2026-11-20", "2026-11-27"], "M8[m]"
            ),
            "who": [1, 2, 3, 4],
        }
    )
    stream, last = [0] * 4, dt.date(2026, 11, 27)
    same = [
        streams(days, stream, who=table["who"], last=end, block=21, within=105).per().tolist()
        for days, end in (
            (table["date"], last),
            (table["date"].dt.date, np.datetime64(last)),
            (table["date"].astype(object), table["date"].max()),
            ([day.toordinal() for day in table["date"]], last.toordinal()),
        )
    ]
    assert same == [[[1, 0, 0, 0, 3]]] * 4
    assert gamma_poisson(same[0], 4).p[0, -1] == pytest.approx(0.2**3 * (1 + 3 * 0.8))


def test_no_rows_are_no_streams() -> None:
    """Nothing in, nothing out."""
    found = streams([], [], who=[], last=10, block=3, within=9)
    assert found.codes.tolist() == []
    assert found.per().shape == (0, 3)


def test_the_result_is_closed_for_writing() -> None:
    """Every array of it."""
    found = streams([1], [0], last=1, block=1, within=1)
    for array in (found.codes, found.stream, found.back, found.per()):
        assert not array.flags.writeable


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"who": [1, -1]}, r"who\[1\] is -1; .* leave out rows"),
        ({"who": [1.0, float("nan")]}, r"who\[1\] is nan"),
        ({"who": ["a", "b"]}, "who must be an array of numbers"),
        ({"who": [[1, 2]]}, "who has 2 dimensions"),
        ({"who": [[1, 2], [3]]}, "who must have one number for each row"),
        ({"stream": [0, 0.5]}, r"stream\[1\] is 0.5"),
        ({"stream": [0]}, "days and stream must be as long as each other: 2 and 1"),
        ({"who": [1]}, "days and who must be as long"),
        ({"days": [1, 1.5]}, r"days\[1\] is no day"),
        ({"days": 3}, "days must have one day for each row"),
        ({"days": np.array(["2026-11-01", "NaT"], dtype="M8[D]")}, r"days\[1\] is no day"),
        ({"last": dt.date(2026, 11, 1)}, "both be numbers, or both be dates"),
        ({"days": [pd.Timestamp("2026-11-01"), pd.NaT]}, "days must be dates without a time zone"),
        ({"days": [dt.date(2026, 11, 1), None]}, "days must be dates without a time zone"),
        ({"days": pd.date_range("2026-11-01", periods=2, tz="UTC")}, "without a time zone"),
        ({"days": ["monday", "friday"]}, "days must be an array of numbers"),
        ({"last": None}, "last"),
        ({"block": 0}, "block is 0"),
        ({"within": 0}, "within is 0"),
        ({"within": 2**62}, "too large together"),
    ],
)
def test_faults_are_told(change: dict, told: str) -> None:
    """What is wrong, where, and what is allowed."""
    given_ = {"days": [1, 2], "stream": [0, 0], "who": [1, 2], "last": 2, "block": 1, "within": 2}
    with pytest.raises(UnusableInput, match=told):
        streams(**(given_ | change))


def test_periods_have_a_day_at_least() -> None:
    """Zero days are no period."""
    with pytest.raises(UnusableInput, match="days is 0"):
        streams([1], [0], last=1, block=1, within=1).per(0)
