"""Exact tests: all outcomes added up."""

from __future__ import annotations

from itertools import product
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.detectors import (
    Side,
    exact_binomial,
    exact_fisher,
    exact_poisson,
    finite_interval,
)
from assetmap.errors import UnusableInput

SETTINGS = settings(max_examples=60, deadline=None)
SIDES = st.sampled_from(list(Side))


def tail(chances: list[float], seen: int, side: Side) -> float:
    """Add up the outcomes that count."""
    if side is Side.LESS:
        return sum(chances[: seen + 1])
    if side is Side.GREATER:
        return sum(chances[seen:])
    return sum(each for each in chances if each <= chances[seen] * (1 + 1e-7))


@SETTINGS
@given(st.integers(0, 25), st.data(), st.sampled_from([0.1, 0.25, 0.5, 0.9]), SIDES)
def test_a_share(n: int, data: st.DataObject, expected: float, side: Side) -> None:
    """Binomial chances, one by one."""
    seen = data.draw(st.integers(0, n))
    chances = [comb(n, k) * expected**k * (1 - expected) ** (n - k) for k in range(n + 1)]
    assert exact_binomial(seen, n, expected=expected, side=side) == pytest.approx(
        tail(chances, seen, side)
    )


@SETTINGS
@given(st.tuples(*[st.integers(0, 8)] * 4), SIDES)
def test_two_groups(cells: tuple[int, int, int, int], side: Side) -> None:
    """All tables with the same margins."""
    a, b, c, d = cells
    row, column, total = a + b, a + c, a + b + c + d
    chances = [
        comb(row, k) * comb(total - row, column - k) / comb(total, column)
        if 0 <= column - k <= total - row
        else 0.0
        for k in range(row + 1)
    ]
    found = exact_fisher([[a, b], [c, d]], side=side)
    if total == 0:
        assert found == 1
    else:
        assert found == pytest.approx(min(1.0, tail(chances, a, side)))


def test_the_lady_tasting_tea() -> None:
    """All four right: one in seventy."""
    assert exact_fisher([[4, 0], [0, 4]], side="greater") == pytest.approx(1 / 70)


def test_examples_of_the_language_r() -> None:
    """Twins convicted, peas of Mendel, cases of two places: what the manual prints."""
    assert exact_fisher([[2, 10], [15, 3]], side="less") == pytest.approx(0.0004652, abs=5e-8)
    assert exact_fisher([[2, 10], [15, 3]]) == pytest.approx(0.0005367, abs=5e-8)
    assert exact_binomial(682, 925, expected=0.75) == pytest.approx(0.3825, abs=5e-5)
    assert exact_poisson([11, 21], [800, 3011]) == pytest.approx(0.07967, abs=5e-6)


@SETTINGS
@given(st.integers(0, 12), st.integers(0, 12), st.sampled_from([0.5, 1, 3]), SIDES)
def test_two_rates(first: int, second: int, longer: float, side: Side) -> None:
    """Given the sum, binomial; only the proportion of the efforts matters."""
    n, share = first + second, longer / (1 + longer)
    chances = [comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(n + 1)]
    found = exact_poisson([first, second], [longer, 1], side=side)
    assert found == pytest.approx(tail(chances, first, side))
    assert exact_poisson([first, second], [7 * longer, 7], side=side) == pytest.approx(found)
    assert exact_poisson([first, second], [1, 1], ratio=longer, side=side) == pytest.approx(found)


@pytest.mark.parametrize(("size", "n"), [(6, 3), (9, 4), (8, 8), (7, 1)])
def test_an_interval_that_holds_the_truth(size: int, n: int) -> None:
    """Whatever the true number, the interval of 90 % holds it in nine of ten samples or more."""
    for true in range(size + 1):
        held = 0.0
        for seen in range(max(0, n - size + true), min(n, true) + 1):
            found = finite_interval(seen, n, population=size, confidence=0.9)
            assert found is not None
            assert found.low <= found.estimate <= found.high
            if found.low * size <= true + 1e-9 and true - 1e-9 <= found.high * size:
                held += comb(true, seen) * comb(size - true, n - seen) / comb(size, n)
        assert held >= 0.9


@pytest.mark.parametrize(("size", "n", "seen"), [(30, 12, 4), (25, 20, 15), (40, 10, 0)])
def test_the_interval_by_trying_every_number(size: int, n: int, seen: int) -> None:
    """Kept is each number under which neither tail is below a fortieth."""
    kept = []
    for true in range(seen, size - n + seen + 1):
        chances = [comb(true, k) * comb(size - true, n - k) / comb(size, n) for k in range(n + 1)]
        if min(sum(chances[seen:]), sum(chances[: seen + 1])) > 0.025:
            kept.append(true)
    found = finite_interval(seen, n, population=size)
    assert found is not None
    assert [round(end * size) for end in found] == [kept[0], kept[-1]]


def test_everybody_asked() -> None:
    """Then there is nothing to be unsure about; and nobody asked is no interval."""
    found = finite_interval(3, 8, population=8)
    assert found is not None
    assert (found.low, found.high) == (3 / 8, 3 / 8)
    assert finite_interval(0, 0, population=8) is None


def test_impossible_tables() -> None:
    """Shapes, sides and numbers that cannot be are refused."""
    with pytest.raises(UnusableInput, match="two rows and two columns"):
        exact_fisher([[1, 2, 3], [4, 5, 6]])
    with pytest.raises(UnusableInput, match="two numbers each"):
        exact_poisson([1, 2, 3], [1, 1])
    with pytest.raises(UnusableInput, match="side is 'more'; allowed: 'less'"):
        exact_binomial(1, 2, expected=0.5, side="more")
    with pytest.raises(UnusableInput, match="n is 9"):
        finite_interval(3, 9, population=8)


def test_every_side_is_said() -> None:
    """Words and enum are the same."""
    for side, seen in product(Side, range(4)):
        assert exact_binomial(seen, 3, expected=0.4, side=side.value) == exact_binomial(
            seen, 3, expected=0.4, side=side
        )
