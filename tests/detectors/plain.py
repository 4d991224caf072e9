"""Scans from the definition, window by window and arrangement by arrangement: slow and plain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, permutations, product
from math import log

Table = Sequence[Sequence[float]]
Window = tuple[int, int, int]


def term(some: float, of: float) -> float:
    """Return x ln(x/y), 0 for nothing."""
    return some * log(some / of) if some else 0.0


def ratio(model: str, c: float, e: float, total: float, people: float) -> float:
    """Return the log-likelihood ratio of one window; e is its baseline."""
    if model == "expectation":
        return term(c, e) + e - c if c > e else 0.0
    if model == "bernoulli":
        if c * people <= total * e:
            return 0.0
        inside, outside = e - c, people - e - (total - c)
        found = term(c, e) + term(inside, e)
        found += term(total - c, people - e) + term(outside, people - e)
        return found - term(total, people) - term(people - total, people)
    return term(c, e) + term(total - c, total - e) if c > e else 0.0


def windows(days: int, longest: int, anywhere: bool) -> Iterator[tuple[int, int]]:
    """Yield the first and last day of each window."""
    for last in range(days) if anywhere else [days - 1]:
        for first in range(max(0, last - longest + 1), last + 1):
            yield first, last


def ratios(
    cases: Table,
    baseline: Table | None,
    zones: Sequence[Sequence[int]],
    *,
    model: str,
    longest: int,
    anywhere: bool = False,
    minimum: int = 2,
) -> dict[Window, float]:
    """Return the ratio of each zone and window."""
    days, areas = len(cases[0]), range(len(cases))
    total = sum(map(sum, cases))
    people = sum(map(sum, baseline)) if baseline is not None else total

    def cut(table: Table, members: Sequence[int], first: int, last: int) -> float:
        return sum(sum(table[area][first : last + 1]) for area in members)

    found = {}
    for at, zone in enumerate(zones):
        for first, last in windows(days, longest, anywhere):
            c = cut(cases, zone, first, last)
            if baseline is None:
                e = cut(cases, zone, 0, days - 1) * cut(cases, areas, first, last) / (total or 1)
            else:
                e = cut(baseline, zone, first, last)
                if model == "poisson":
                    e *= total / people
            found[at, first, last] = 0.0 if c < minimum else ratio(model, c, e, total, people)
    return found


def arrangements(
    cases: Table, baseline: Table | None, model: str
) -> Iterator[tuple[float, list[list[int]]]]:
    """Yield everything that might have been if nothing were the matter, with its chance."""
    areas, days = len(cases), len(cases[0])
    cells = [(area, day) for area in range(areas) for day in range(days)]
    total = sum(map(sum, cases))
    if model == "permutation":
        listed = [(a, d) for a, d in cells for _ in range(int(cases[a][d]))]
        orders = Counter(permutations([day for _, day in listed]))
        ways: Iterator[tuple[float, list[tuple[int, int]]]] = (
            (count, [(a, day) for (a, _), day in zip(listed, order, strict=True)])
            for order, count in orders.items()
        )
    elif model == "bernoulli":
        assert baseline is not None
        everybody = [(a, d) for a, d in cells for _ in range(int(baseline[a][d]))]
        ways = ((1, list(drawn)) for drawn in combinations(everybody, int(total)))
    else:
        assert baseline is not None
        weight = {(a, d): baseline[a][d] for a, d in cells}
        ways = (
            (_product(weight[cell] for cell in drawn), list(drawn))
            for drawn in product(cells, repeat=int(total))
        )
    together: Counter[tuple[tuple[int, int], ...]] = Counter()
    for chance, drawn in ways:
        together[tuple(sorted(drawn))] += chance
    whole = sum(together.values())
    for drawn_cells, chance in together.items():
        table = [[0] * days for _ in range(areas)]
        for area, day in drawn_cells:
            table[area][day] += 1
        yield chance / whole, table


def _product(values: Iterator[float]) -> float:
    found = 1.0
    for value in values:
        found *= value
    return found
