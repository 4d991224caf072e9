"""Counts that leave the team: small ones hidden, and hidden so that they stay hidden."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.errors import UnusableInput
from assetmap.model import PrivacyThresholds
from assetmap.privacy import CountTable, protect, protected_count

EXACT = PrivacyThresholds(minimum=3, minimum_sensitive=5, base=1)

# --- one count --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, 0), (1, None), (4, None), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15), (100, 100)],
)
def test_a_small_count_is_hidden_and_others_are_rounded(count: int, shown: int | None) -> None:
    """Below five nothing is shown; from five on, the nearest multiple of five; nobody is 0."""
    assert protected_count(count) == shown


@pytest.mark.parametrize(("count", "shown"), [(0, None), (9, None), (10, 10), (12, 10), (13, 15)])
def test_a_sensitive_count_needs_ten_and_hides_zero(count: int, shown: int | None) -> None:
    """For a sensitive theme the minimum is higher, and nobody is hidden as well."""
    assert protected_count(count, sensitive=True) == shown


def test_a_count_never_becomes_zero_by_rounding() -> None:
    """A shown 0 always is a true 0."""
    limits = PrivacyThresholds(minimum=3, base=10)
    assert [protected_count(n, thresholds=limits) for n in (3, 4, 5, 14, 15)] == [
        10,
        10,
        10,
        10,
        20,
    ]


@given(st.integers(0, 10_000), st.integers(3, 20), st.integers(1, 20))
def test_a_shown_count_is_near_a_multiple_and_never_small(
    count: int, minimum: int, base: int
) -> None:
    """What is shown is 0 for 0, else a multiple of the base within half of it (or the base)."""
    limits = PrivacyThresholds(minimum=minimum, base=base)
    shown = protected_count(count, thresholds=limits)
    if shown is None:
        assert 0 < count < minimum
    else:
        assert shown % base == 0
        assert (shown == 0) == (count == 0)
        assert 2 * abs(shown - count) <= base or (shown == base and count < base)


def test_a_negative_count_is_refused() -> None:
    """There is no such number of persons."""
    with pytest.raises(UnusableInput, match="0 or more"):
        protected_count(-1)


# --- a table, with a checker from the definition ---------------------------------------------


def grid_of(table: CountTable) -> list[list[int | None]]:
    inside = [
        [*(table.cells[r, c] for c in table.columns), table.row_totals[r]] for r in table.rows
    ]
    return [*inside, [*(table.column_totals[c] for c in table.columns), table.total]]


def with_totals(inside: list[list[int]]) -> list[list[int]]:
    lines = [[*line, sum(line)] for line in inside]
    return [*lines, [sum(column) for column in zip(*lines, strict=True)]]


def agrees(inside: list[list[int]], shown: list[list[int | None]], base: int, least: int) -> bool:
    """Tell whether a table of whole numbers could lie behind what is shown."""
    for line, public in zip(with_totals(inside), shown, strict=True):
        for count, seen in zip(line, public, strict=True):
            if seen is None:
                if count < least:
                    return False
            elif count != seen and not (base > 1 and _could_be(count, seen, base)):
                return False
    return True


def _could_be(count: int, seen: int, base: int) -> bool:
    if seen == 0 or count == 0:
        return count == seen
    return seen - base / 2 <= count < seen + base / 2 or (seen == base and count < base)


def derivable(
    inside: list[list[int]], shown: list[list[int | None]], base: int = 1, least: int = 1
) -> list[tuple[int, int]]:
    """Return the hidden counts for which no other table is found near the true one.

    The equations of a two-way table are totally unimodular: where another table exists at all,
    there is one that differs from the true one by at most one in each cell.
    """
    hidden = {(i, j) for i, line in enumerate(shown) for j, seen in enumerate(line) if seen is None}
    free = [(i, j) for i, line in enumerate(inside) for j, _ in enumerate(line)]
    moving = [place for place in free if place in hidden]
    true = with_totals(inside)
    for steps in product((-1, 0, 1), repeat=len(moving)):
        other = [list(line) for line in inside]
        for (i, j), step in zip(moving, steps, strict=True):
            other[i][j] += step
        if min(map(min, other)) >= 0 and agrees(other, shown, base, least):
            new = with_totals(other)
            hidden -= {(i, j) for i, j in hidden if new[i][j] != true[i][j]}
            if not hidden:
                return []
    return sorted(hidden)


def cells_of(inside: list[list[int]]) -> Mapping[tuple[str, str], int]:
    return {(f"r{i}", f"c{j}"): n for i, line in enumerate(inside) for j, n in enumerate(line)}


def tables(most: int) -> st.SearchStrategy[list[list[int]]]:
    return st.tuples(st.integers(1, 3), st.integers(1, 3)).flatmap(
        lambda size: st.lists(
            st.lists(st.integers(0, most), min_size=size[1], max_size=size[1]),
            min_size=size[0],
            max_size=size[0],
        )
    )


@given(tables(7))
@settings(max_examples=150)
def test_no_hidden_count_can_be_worked_out(inside: list[list[int]]) -> None:
    """Without rounding, for each hidden count another table agrees with all that is shown."""
    shown = grid_of(protect(cells_of(inside), thresholds=EXACT))
    assert derivable(inside, shown) == []


@given(tables(9))
def test_no_hidden_sensitive_count_can_be_worked_out(inside: list[list[int]]) -> None:
    """The same where zeros are hidden too and the minimum is higher."""
    shown = grid_of(protect(cells_of(inside), thresholds=EXACT, sensitive=True))
    assert derivable(inside, shown, least=0) == []
    assert all(seen is None or seen >= 5 for line in shown for seen in line)


@given(tables(12))
def test_no_hidden_count_can_be_worked_out_after_rounding(inside: list[list[int]]) -> None:
    """Rounding only takes information away."""
    limits = PrivacyThresholds(minimum=5, base=5)
    shown = grid_of(protect(cells_of(inside), thresholds=limits))
    assert derivable(inside, shown, base=5) == []


@given(tables(7))
def test_what_is_small_is_hidden_and_what_is_shown_is_true(inside: list[list[int]]) -> None:
    """Each small count is hidden, zeros are shown, and a shown count is the count."""
    shown = grid_of(protect(cells_of(inside), thresholds=EXACT))
    for line, public in zip(with_totals(inside), shown, strict=True):
        for count, seen in zip(line, public, strict=True):
            assert seen in (None, count)
            if 0 < count < 3:
                assert seen is None
            if count == 0:
                assert seen == 0


@given(tables(7))
def test_without_small_counts_nothing_is_hidden(inside: list[list[int]]) -> None:
    """Hiding is not for its own sake."""
    large = [[n + 3 if n else 0 for n in line] for line in inside]
    assert protect(cells_of(large), thresholds=EXACT).hidden == 0


@given(tables(7))
@settings(max_examples=150)
def test_no_more_is_hidden_where_the_small_counts_hide_each_other(inside: list[list[int]]) -> None:
    """Where hiding the small counts is enough, nothing else is hidden."""
    true = with_totals(inside)
    small = [[None if 0 < n < 3 else n for n in line] for line in true]
    if derivable(inside, small) == []:
        assert grid_of(protect(cells_of(inside), thresholds=EXACT)) == small


def test_the_checker_finds_what_only_one_hidden_count_gives_away() -> None:
    """The total minus the others is the hidden count: the checker of these tests can fail."""
    inside = [[1, 9], [8, 7]]
    naive: list[list[int | None]] = [[None, 9, 10], [8, 7, 15], [9, 16, 25]]
    assert derivable(inside, naive) == [(0, 0)]
    two: list[list[int | None]] = [[None, None, 10], [8, 7, 15], [9, 16, 25]]
    assert derivable(inside, two) == [(0, 0), (0, 1)]
    four: list[list[int | None]] = [[None, None, 10], [None, None, 15], [9, 16, 25]]
    assert derivable(inside, four) == []


def test_the_least_is_hidden_that_does() -> None:
    """Around one small count the smallest rectangle is hidden."""
    inside = [[1, 20, 30], [20, 20, 30], [40, 6, 30]]
    table = protect(cells_of(inside), thresholds=EXACT)
    hidden = {cell for cell, seen in table.cells.items() if seen is None}
    assert hidden == {("r0", "c0"), ("r0", "c1"), ("r1", "c0"), ("r1", "c1")}
    assert table.total == 197


def test_a_small_total_is_hidden_as_well() -> None:
    """A total is a count of persons like any other."""
    table = protect({("north", "meal"): 2, ("south", "meal"): 1})
    assert (table.total, table.column_totals["meal"]) == (None, None)
    assert table.hidden == 6


def test_totals_are_rounded_by_themselves() -> None:
    """They need not add up, as in published neighbourhood figures."""
    table = protect({("n", "a"): 7, ("n", "b"): 7, ("n", "c"): 7})
    assert [table.cells["n", c] for c in "abc"] == [5, 5, 5]
    assert table.row_totals["n"] == 20


def test_the_order_in_which_counts_come_makes_no_difference() -> None:
    """Headings are sorted, and so is what is hidden."""
    counts = {("b", "y"): 1, ("a", "x"): 9, ("b", "x"): 9, ("a", "y"): 9, ("c", "x"): 9}
    assert protect(counts) == protect(dict(reversed(counts.items())))


def test_an_empty_table_stays_empty() -> None:
    """No rows and a true total of 0."""
    assert (protect({}).rows, protect({}).total) == ((), 0)


def test_an_exact_table_can_be_given_too_but_not_a_protected_one() -> None:
    """What is hidden cannot be protected again: the exact table is needed."""
    counts = {("a", "x"): 2, ("a", "y"): 8}
    assert protect(CountTable.of(counts)) == protect(counts)
    with pytest.raises(UnusableInput, match="hidden counts already"):
        protect(protect(counts))


@pytest.mark.parametrize("wrong", [-1, 1.5, True, None, "3"])
def test_a_count_that_is_no_number_of_persons_is_refused(wrong: object) -> None:
    """Negative, broken and other things are named by their place."""
    with pytest.raises(UnusableInput, match="whole number, 0 or more"):
        protect({("a", "x"): wrong})
