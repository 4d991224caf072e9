"""Two releases after each other: what differs, differs by no few people."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.errors import UnusableInput
from assetmap.model import PrivacyThresholds
from assetmap.privacy import CountTable, Republished, protect, republish

Counts = dict[tuple[str, str], int]
LIMITS = PrivacyThresholds()
EXACT = PrivacyThresholds(minimum=3, minimum_sensitive=5, base=1)
CELLS = tuple(product("ab", "xy"))


def _tables(most: int, headings: str = "abc") -> st.SearchStrategy[Counts]:
    cells = st.sampled_from(list(product(headings, "xyz")))
    return st.dictionaries(cells, st.integers(0, most), min_size=1, max_size=9)


def _lines(counts: Mapping[tuple[str, str], int]) -> dict[tuple[str | None, str | None], int]:
    """Every count and total, added up from the definition."""
    rows, columns = {r for r, _ in counts} | {None}, {c for _, c in counts} | {None}
    return {
        (row, column): sum(
            n for (r, c), n in counts.items() if row in {None, r} and column in {None, c}
        )
        for row in rows
        for column in columns
    }


@given(tables=st.lists(_tables(40), min_size=2, max_size=6), sensitive=st.booleans())
@settings(max_examples=150)
def test_no_small_difference_between_two_releases(tables: list[Counts], sensitive: bool) -> None:
    """Of any two after each other, each count and total is the same or far enough away."""
    least = LIMITS.minimum_sensitive if sensitive else LIMITS.minimum
    last = republish(tables[0], sensitive=sensitive)
    for counts in tables[1:]:
        new = republish(counts, previous=last, sensitive=sensitive)
        before, after = _lines(last.behind), _lines(new.behind)
        for entry, n in after.items():
            assert n == before.get(entry, 0) or abs(n - before.get(entry, 0)) >= least
        assert new.shown == protect(dict(new.behind), sensitive=sensitive)
        _same_where_unchanged(last, new)
        last = new


def _same_where_unchanged(last: Republished, new: Republished) -> None:
    for cell in last.shown.cells:
        if last.behind.get(cell, 0) == new.behind.get(cell, 0) and cell in new.shown.cells:
            assert last.shown.cells[cell] == new.shown.cells[cell]


@given(counts=_tables(40), moves=st.lists(st.integers(-2, 2), min_size=9, max_size=9))
@settings(max_examples=100)
def test_one_or_two_people_change_nothing(counts: Counts, moves: list[int]) -> None:
    """Somebody who comes or goes between two releases is in neither difference."""
    first = republish(counts)
    moved = {cell: max(0, n + step) for (cell, n), step in zip(counts.items(), moves, strict=False)}
    assert republish(moved, previous=first).shown == first.shown


@given(counts=_tables(40), later=_tables(40))
@settings(max_examples=50)
def test_the_same_in_any_order(counts: Counts, later: Counts) -> None:
    """The order in which counts come does not matter, and the same counts change nothing."""
    first = republish(counts)
    one = republish(later, previous=first)
    two = republish(dict(reversed(later.items())), previous=first)
    assert one.shown == two.shown
    assert dict(one.behind) == dict(two.behind)
    assert republish(counts, previous=first).shown == first.shown


Lines = dict[tuple[str | None, str | None], int]


@cache
def _every_table() -> tuple[Lines, ...]:
    """List every table of four small counts, with all its totals."""
    whole = product(range(9), repeat=4)
    return tuple(_lines(dict(zip(CELLS, values, strict=True))) for values in whole)


def _could_be(shown: CountTable) -> list[Lines]:
    """List what a reader of an unrounded release cannot rule out."""
    seen = {
        **shown.cells,
        **{(r, None): n for r, n in shown.row_totals.items()},
        **{(None, c): n for c, n in shown.column_totals.items()},
        (None, None): shown.total,
    }
    return [
        lines
        for lines in _every_table()
        if all(lines[e] == n if n is not None else lines[e] >= 1 for e, n in seen.items())
    ]


def _apart(one: Lines, other: Lines, least: int) -> bool:
    return all(n == other[e] or abs(n - other[e]) >= least for e, n in one.items())


SMALL = st.lists(st.integers(0, 7), min_size=4, max_size=4).map(
    lambda values: dict(zip(CELLS, values, strict=True))
)


@given(first=SMALL, later=SMALL)
@settings(max_examples=25)
def test_a_reader_of_both_cannot_find_a_hidden_count(first: Counts, later: Counts) -> None:
    """By trying all pairs of tables, without rounding: a count that both hide stays unknown."""
    one = republish(first, thresholds=EXACT)
    two = republish(later, previous=one, thresholds=EXACT)
    pairs = [
        (a, b)
        for a in _could_be(one.shown)
        for b in _could_be(two.shown)
        if _apart(a, b, EXACT.minimum)
    ]
    assert (_lines(dict(one.behind)), _lines(dict(two.behind))) in pairs
    for cell in CELLS:
        assert all(a[cell] == b[cell] or abs(a[cell] - b[cell]) >= 3 for a, b in pairs)
        if one.shown.cells[cell] is None and 0 < first[cell] < EXACT.minimum:
            assert len({a[cell] for a, _ in pairs}) > 1


def test_what_is_new_and_what_is_gone() -> None:
    """A row that appears with few stays away; one that disappears goes when it was large enough."""
    first = republish({("north", "meal"): 12, ("south", "meal"): 30})
    few = republish(
        {("north", "meal"): 12, ("south", "meal"): 30, ("west", "meal"): 2}, previous=first
    )
    assert "west" not in few.shown.rows
    gone = republish({("south", "meal"): 30}, previous=first)
    assert gone.behind["north", "meal"] == 0
    assert gone.shown.total == 30


def test_what_is_no_count_is_refused() -> None:
    """Negative, half, or without a heading."""
    for counts in ({("a", "x"): -1}, {("a", "x"): 1.5}, {("", "x"): 1}):
        with pytest.raises(UnusableInput):
            republish(counts)  # type: ignore[arg-type]


def test_what_stays_with_the_team_is_not_shown() -> None:
    """The exact counts are not in the text of the result."""
    assert "1234" not in repr(republish({("a", "x"): 1234}))


# --- counts of things, and the people behind them -------------------------------------------------

Thing = tuple[tuple[str, str], str]
PEOPLE = PrivacyThresholds(
    minimum=3, minimum_sensitive=5, base=1, minimum_households=2, dominance_percent=70
)
THINGS = st.lists(
    st.tuples(st.sampled_from(CELLS), st.sampled_from("pppqrstuvw")), min_size=1, max_size=20
)


def _owners(things: list[Thing], entry: tuple[str | None, str | None]) -> Counter[str]:
    return Counter(who for (r, c), who in things if entry[0] in {None, r} and entry[1] in {None, c})


@given(first=THINGS, more=THINGS)
@settings(max_examples=150)
def test_no_shown_difference_is_of_too_few_people(first: list[Thing], more: list[Thing]) -> None:
    """Things are added: a cell shown twice differs by what enough people added, or not at all."""
    one = republish(CountTable.tally(first), thresholds=PEOPLE)
    later = [*first, *more]
    two = republish(CountTable.tally(later), previous=one, thresholds=PEOPLE)
    for cell in CELLS:
        was, now = one.shown.cells.get(cell), two.shown.cells.get(cell)
        if was is None or now is None or was == now:
            continue
        added = _owners(more, cell)
        assert len(added) >= PEOPLE.minimum
        assert now - was == added.total()


@given(first=THINGS, more=THINGS)
@settings(max_examples=100)
def test_a_reader_of_two_releases_learns_of_nobody_new(
    first: list[Thing], more: list[Thing]
) -> None:
    """One person who adds any number of things changes nothing that can be seen."""
    one = republish(CountTable.tally(first), thresholds=PEOPLE)
    mine = [(cell, "somebody") for cell, _ in more]
    two = republish(CountTable.tally([*first, *mine]), previous=one, thresholds=PEOPLE)
    assert two.shown == one.shown


@given(first=THINGS, later=THINGS)
@settings(max_examples=100)
def test_what_was_kept_is_as_good_as_what_was_made(first: list[Thing], later: list[Thing]) -> None:
    """Through JSON, and the gate lets pass just what was settled."""
    one = republish(CountTable.tally(first), thresholds=PEOPLE)
    kept = Republished.of_kept(json.loads(json.dumps(one.kept())))
    assert (kept.shown, kept.behind, kept.people) == (one.shown, one.behind, one.people)
    table = CountTable.tally(later)
    two = republish(table, previous=one, thresholds=PEOPLE)
    assert two.shown == republish(table, previous=kept, thresholds=PEOPLE).shown
    assert protect(two.table, thresholds=PEOPLE) == two.shown


@given(counts=st.lists(THINGS, min_size=2, max_size=4))
@settings(max_examples=75)
def test_what_was_hidden_and_did_not_change_stays_hidden(counts: list[list[Thing]]) -> None:
    """Of any two releases after each other, with people behind the counts."""
    last = republish(CountTable.tally(counts[0]), thresholds=PEOPLE)
    for things in counts[1:]:
        new = republish(CountTable.tally(things), previous=last, thresholds=PEOPLE)
        before, after = _lines(last.behind), _lines(new.behind)
        for entry, n in after.items():
            assert n == before.get(entry, 0) or abs(n - before.get(entry, 0)) >= PEOPLE.minimum
        _same_where_unchanged(last, new)
        last = new


def test_six_new_questions_of_one_person_do_not_show() -> None:
    """The count alone would: it differs by six."""
    first = [(("a", "x"), f"p{k}") for k in range(10)]
    more = [(("a", "x"), "p0")] * 6
    one = republish(CountTable.tally(first))
    assert republish(CountTable.tally([*first, *more]), previous=one).shown.total == 10
    six = [(("a", "x"), f"q{k}") for k in range(6)]
    assert republish(CountTable.tally([*first, *six]), previous=one).shown.total == 15


@pytest.mark.parametrize("wrong", [None, {}, {"counts": 3}, {"counts": [[1]], "shown": []}, "x"])
def test_something_else_than_what_was_kept_is_refused(wrong: object) -> None:
    """A file that somebody changed is no earlier release."""
    with pytest.raises(UnusableInput, match="not what was kept"):
        Republished.of_kept(wrong)


def test_a_new_family_of_five_is_not_told_by_a_difference() -> None:
    """Ten households, and then one more: who knows that it came reads what it asks."""
    cell = ("north", "meal")
    known = [(cell, f"p{k}") for k in range(10)]
    first = republish(CountTable.tally(known))
    for homes in ({f"q{k}": "h" for k in range(6)}, {f"q{k}": f"h{k % 2}" for k in range(6)}):
        table = CountTable.tally([*known, *((cell, who) for who in homes)], households=homes)
        assert republish(table, previous=first).shown == first.shown
    apart = CountTable.tally([*known, *((cell, f"q{k}") for k in range(6))])
    assert republish(apart, previous=first).shown.total == 15
