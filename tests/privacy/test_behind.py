"""Counts of things: what is hidden depends on the people behind them; an attacker tries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from assetmap.errors import UnusableInput
from assetmap.model import PrivacyThresholds
from assetmap.privacy import CountTable, protect
from assetmap.privacy.behind import few_behind

Cell = tuple[str, str]
Thing = tuple[Cell, str]

EXACT = PrivacyThresholds(
    minimum=3,
    minimum_sensitive=5,
    base=1,
    minimum_households=2,
    dominance_percent=70,
    p_percent=10,
)
"""No rounding, so that an attacker knows as much as can be."""

# --- the rules, by hand ---------------------------------------------------------------------------


def _alone(number: int) -> tuple[int, ...]:
    return tuple(range(number))


@pytest.mark.parametrize(
    ("given", "few"),
    [
        ({0: 6}, True),
        ({0: 1, 1: 1, 2: 1, 3: 1}, True),
        ({0: 1, 1: 1, 2: 1, 3: 1, 4: 1}, False),
        ({0: 26, 1: 1, 2: 1, 3: 1, 4: 1}, True),
        ({0: 5, 1: 2, 2: 1, 3: 1, 4: 1}, False),
        ({0: 6, 1: 2, 2: 1, 3: 1, 4: 1}, True),
        ({0: 50, 1: 46, 2: 1, 3: 1, 4: 1}, True),
        ({}, False),
    ],
)
def test_who_gives_how_much_decides(given: dict[int, int], few: bool) -> None:
    """Six of one person; five people; one who gives more than half; two who know each other's."""
    assert few_behind(given, _alone(6), PrivacyThresholds()) is few


def test_five_people_in_two_households_are_two_households() -> None:
    """Each household could take away its own, and know the other's."""
    given = dict.fromkeys(range(5), 1)
    assert few_behind(given, (0, 0, 0, 3, 3), PrivacyThresholds())
    assert not few_behind(given, (0, 0, 2, 3, 3), PrivacyThresholds())


def test_a_sensitive_theme_needs_more_people() -> None:
    """Ten, as for the counts."""
    limits = PrivacyThresholds()
    assert few_behind(dict.fromkeys(range(9), 1), _alone(9), limits, sensitive=True)
    assert not few_behind(dict.fromkeys(range(10), 1), _alone(10), limits, sensitive=True)


def test_things_of_whom_nobody_is_known_are_taken_to_be_of_one_person() -> None:
    """Nothing says that they are of more."""
    assert protect(CountTable.tally([(("a", "x"), None)] * 30)).total is None
    known = [(("a", "x"), f"p{k}") for k in range(5)]
    assert protect(CountTable.tally([*known, (("a", "x"), None)])).total == 5


def test_the_ids_of_people_are_not_in_a_table() -> None:
    """Not in its text, nor in what it holds; a protected table holds nothing of people."""
    table = CountTable.tally([(("a", "x"), "wendelmoed")] * 6)
    assert "wendelmoed" not in repr((table, table.behind))
    assert protect(table).behind is None


def test_people_who_give_more_than_is_counted_are_refused() -> None:
    """Or less than one."""
    for wrong in ({"p1": 4}, {"p1": -1}):
        with pytest.raises(UnusableInput, match="no more"):
            CountTable.of({("a", "x"): 3}, people={("a", "x"): wrong})


# --- tables, with a checker from the definitions --------------------------------------------------


def _few(things: Iterable[str], homes: Mapping[str, str], limits: PrivacyThresholds) -> bool:
    """Tell from the definitions whether things tell of too few."""
    owners = Counter(things)
    by_home: Counter[str] = Counter()
    for who, n in owners.items():
        by_home[homes.get(who, who)] += n
    parts = sorted((n for n in by_home.values() if n), reverse=True)
    if not parts:
        return False
    if len(owners) < limits.minimum or len(parts) < limits.minimum_households:
        return True
    second = parts[1] if len(parts) > 1 else 0
    most = parts[0] / sum(parts) > limits.dominance_percent / 100
    return most or sum(parts) - parts[0] - second < limits.p_percent / 100 * parts[0]


class _Attacker:
    """Knows what is shown, that hidden counts are 1 or more, and can solve linear programs."""

    def __init__(self, table: CountTable) -> None:
        self.free = [cell for cell, n in table.cells.items() if n is None]
        rows, columns = (*table.rows, None), (*table.columns, None)
        self.sums = {
            **{(r, None): n for r, n in table.row_totals.items()},
            **{(None, c): n for c, n in table.column_totals.items()},
            (None, None): table.total,
        }
        self.known = {
            (row, column): sum(
                n
                for (r, c), n in table.cells.items()
                if n is not None and row in {None, r} and column in {None, c}
            )
            for row, column in product(rows, columns)
            if row is None or column is None
        }

    def _in(self, entry: tuple[str | None, str | None]) -> np.ndarray:
        return np.array(
            [entry[0] in {None, r} and entry[1] in {None, c} for r, c in self.free], float
        )

    def range_of(self, places: Iterable[tuple[str | None, str | None]]) -> tuple[float, float]:
        """Return between what the sum of hidden cells or totals lies, by linear programming."""
        weights = sum((self._in(place) for place in places), np.zeros(len(self.free)))
        shown = [entry for entry, n in self.sums.items() if n is not None]
        hidden = [entry for entry, n in self.sums.items() if n is None]
        limits = {
            "A_eq": np.array([self._in(e) for e in shown]) if shown else None,
            "b_eq": [(self.sums[e] or 0) - self.known[e] for e in shown] if shown else None,
            "A_ub": -np.array([self._in(e) for e in hidden]) if hidden else None,
            "b_ub": [self.known[e] - 1 for e in hidden] if hidden else None,
            "bounds": [(1, 1000)] * len(self.free),
        }
        low, high = (linprog(sign * weights, **limits) for sign in (1, -1))
        assert low.success
        assert high.success
        return low.fun, -high.fun


def _entries(table: CountTable) -> dict[tuple[str | None, str | None], int | None]:
    return {
        **table.cells,
        **{(r, None): n for r, n in table.row_totals.items()},
        **{(None, c): n for c, n in table.column_totals.items()},
        (None, None): table.total,
    }


def _of(things: list[Thing], entry: tuple[str | None, str | None]) -> list[str]:
    return [w for (r, c), w in things if entry[0] in {None, r} and entry[1] in {None, c}]


def worked_out(
    things: list[Thing],
    shown: CountTable,
    homes: Mapping[str, str],
    limits: PrivacyThresholds = EXACT,
) -> list[object]:
    """Return everything of too few people that is shown or can be worked out."""
    attacker, entries = _Attacker(shown), _entries(shown)
    found: list[object] = []
    for entry, seen in entries.items():
        behind = _of(things, entry)
        if not _few(behind, homes, limits):
            continue
        if seen is not None or _is_one(attacker.range_of([entry])):
            found.append(entry)
        behind_homes = _homes(behind, homes)
        theirs = [
            cell for cell in attacker.free if _homes(_of(things, cell), homes) <= behind_homes
        ]  # the sum of all that the same households give
        if theirs and _is_one(attacker.range_of(theirs)):
            found.append(tuple(theirs))
    return [*found, *_lines(things, shown, homes, limits)]


def _homes(people: Iterable[str], homes: Mapping[str, str]) -> set[str]:
    return {homes.get(who, who) for who in people}


def _is_one(ends: tuple[float, float]) -> bool:
    return abs(ends[1] - ends[0]) < 1e-6


def _lines(
    things: list[Thing], shown: CountTable, homes: Mapping[str, str], limits: PrivacyThresholds
) -> Iterable[object]:
    """Yield the lines of which what is hidden adds up to what too few people give."""
    entries = _entries(shown)
    for row, column in [(r, None) for r in (*shown.rows, None)] + [
        (None, c) for c in (*shown.columns, None)
    ]:
        for inside in (
            [(row, c) for c in shown.columns] if column is None else [],
            [(r, column) for r in shown.rows] if row is None else [],
        ):
            hidden = [entry for entry in inside if entries[entry] is None]
            behind = [who for entry in hidden for who in _of(things, entry)]
            if entries[row, column] is not None and _few(behind, homes, limits):
                yield (row, column), tuple(hidden)


THINGS = st.lists(
    st.tuples(
        st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), st.sampled_from("ppppqrstu")
    ),
    min_size=1,
    max_size=28,
)
HOMES = st.dictionaries(st.sampled_from("pqrstu"), st.sampled_from(["h1", "h2"]), max_size=4)


@given(things=THINGS, homes=HOMES)
@settings(max_examples=150)
def test_an_attacker_finds_nothing_of_too_few_people(
    things: list[Thing], homes: dict[str, str]
) -> None:
    """No cell, total, line, or sum of what a household gives is shown or can be worked out."""
    table = CountTable.tally(things, households=homes)
    assert worked_out(things, protect(table, thresholds=EXACT), homes) == []


@given(things=THINGS)
@settings(max_examples=50)
def test_what_is_shown_is_true_and_zeros_are_shown(things: list[Thing]) -> None:
    """Hiding is all that is done to a table that is not rounded."""
    table = CountTable.tally(things, cells=product("abc", "xyz"))
    shown = protect(table, thresholds=EXACT)
    for entry, n in _entries(table).items():
        assert _entries(shown)[entry] in (None, n)
        assert n != 0 or _entries(shown)[entry] == 0


@given(things=THINGS)
@settings(max_examples=50)
def test_more_is_hidden_than_by_the_counts_alone_never_less(things: list[Thing]) -> None:
    """Whoever knows the people hides at least every count that is small by itself."""
    table = CountTable.tally(things)
    shown = _entries(protect(table, thresholds=EXACT))
    small = [e for e, n in _entries(table).items() if n and n < EXACT.minimum]
    assert all(shown[entry] is None for entry in small)


@given(things=THINGS, homes=HOMES)
@settings(max_examples=50)
def test_the_order_of_things_makes_no_difference(
    things: list[Thing], homes: dict[str, str]
) -> None:
    """Nor what people are called."""
    one = protect(CountTable.tally(things, households=homes))
    assert one == protect(CountTable.tally(things[::-1], households=homes))
    other = [(cell, f"x{who}") for cell, who in things]
    theirs = {f"x{who}": home for who, home in homes.items()}
    assert one == protect(CountTable.tally(other, households=theirs))


def _each(cell: Cell, people: str) -> list[Thing]:
    return [(cell, who) for who in people]


def test_six_questions_of_one_person_in_two_cells_stay_hidden_together() -> None:
    """Their sum would be the total less the others: so a third count is hidden with them."""
    things = [
        *[(("a", "x"), "p")] * 6,
        *[(("a", "y"), "p")] * 6,
        *_each(("a", "z"), "qrstuvw"),
        *[thing for c in "xyz" for thing in _each(("b", c), "qrstuvw")],
    ]
    shown = protect(CountTable.tally(things))
    assert [shown.cells["a", c] for c in "xyz"] == [None, None, None]
    by_counts = protect(Counter(cell for cell, _ in things))
    assert [by_counts.cells["a", c] for c in "xyz"] == [5, 5, 5]


def test_two_of_one_household_in_two_lines_stay_hidden_together() -> None:
    """What is left of the total would be what that household asks: three and two."""
    things = [
        *[(("a", "x"), "p")] * 3,
        *[(("c", "z"), "q")] * 2,
        *_each(("b", "z"), "uor"),
        *_each(("c", "y"), "vwr"),
    ]
    homes = {"p": "h", "q": "h"}
    shown = protect(CountTable.tally(things, households=homes), thresholds=EXACT)
    assert worked_out(things, shown, homes) == []


def test_small_counts_of_enough_people_together_need_no_more() -> None:
    """Two of the one and four of others: the total of six people may be shown."""
    things = [
        *_each(("a", "x"), "pq"),
        *_each(("a", "y"), "rstu"),
        *_each(("b", "x"), "pqrs"),
        *_each(("b", "y"), "tuvw"),
    ]
    shown = protect(CountTable.tally(things))
    assert set(shown.cells.values()) == {None}
    assert (shown.total, shown.row_totals["a"]) == (15, 5)


def test_the_checker_finds_what_protection_by_counts_gives_away() -> None:
    """The attacker of these tests can find something."""
    things = [*[(("a", "x"), "p")] * 6, *_each(("a", "y"), "qrstuv")]
    by_counts = protect(Counter(cell for cell, _ in things), thresholds=EXACT)
    assert ("a", "x") in worked_out(things, by_counts, {})
