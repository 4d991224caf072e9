"""A small seeded share of the spoilt inputs; `make fuzz` plays ten thousand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.errors import DataProblem, DataProblems, Severity
from assetmap.model import Neighbourhood, Row
from assetmap.tables import check
from tests.tables.fuzz.judge import judged
from tests.tables.fuzz.play import played
from tests.tables.fuzz.spoil import CELLS, FORMS, Case, tables


@pytest.mark.parametrize("form", FORMS)
def test_spoilt_inputs(form: str) -> None:
    """No exception but ours, no row lost without a word, nothing half-written."""
    cases = [Case(seed, form) for seed in range(4)]
    assert [(case, found) for case in cases if (found := played(case))] == []


def test_what_was_found_before() -> None:
    """Cases that once went wrong: an id with signs without a shape, a list of marks only."""
    cases = [Case(4453, "book"), Case(1020, "folder"), Case(1532, "document"), Case(14719, "book")]
    assert [(case, found) for case in cases if (found := played(case))] == []


def test_the_unspoilt_tables_are_fine(tmp_path: Path) -> None:
    """The judge has nothing to say of good tables, and would see a row that went missing."""
    rows = tables()
    for name, own in rows.items():
        text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in own)
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    numbers = {name: list(range(2, len(own) + 1)) for name, own in rows.items()}
    assert judged(tmp_path, numbers) == []
    numbers["people"].append(99)
    assert judged(tmp_path, numbers) != []


@settings(max_examples=25)
@given(st.data())
def test_rows_of_any_values(data: st.DataObject) -> None:
    """Rows that never were a file: the row is taken, or a problem names it; nothing else comes."""
    names = [name for name in tables() if name != "categories"]
    table = data.draw(st.sampled_from(names))
    values = st.one_of(
        st.sampled_from(CELLS),
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.dates(),
        st.binary(max_size=3),
        st.lists(st.text(max_size=3), max_size=3),
        st.sampled_from([10**5000, {"a": 1}, object, ("", None), [["x"]], 1j]),
    )
    cells = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(tables()[table][0], values)))
    try:
        hood = Neighbourhood.from_rows({table: [Row(2, cells)]})
    except DataProblems as told:
        wrong = [p for p in told.problems if p.severity is Severity.ERROR]
        assert wrong
        assert {(p.table, p.row) for p in wrong} <= {(table, 2), (table, None)}
    else:
        assert len(hood.table(table)) == 1


@settings(max_examples=25)
@given(
    raw=st.binary(max_size=60),
    name=st.sampled_from(["people.csv", "b.json", "b.xlsx", "team.toml"]),
)
def test_any_bytes(raw: bytes, name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A file may hold anything at all."""
    folder = tmp_path_factory.mktemp("bytes")
    (folder / name).write_bytes(raw)
    for place in (folder, folder / name):
        assert all(isinstance(p, DataProblem) and p.message for p in check(place))
    assert [path.name for path in folder.iterdir()] == [name]
