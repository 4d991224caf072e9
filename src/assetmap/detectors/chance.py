"""How often a cluster comes by chance: so many events within so many days.

Counting on lattices: the sites are a common measure of window and period, divided by m = 1, 2, ...
Sequences of events whose gaps are at least the window are the whole-number points of a polytope,
and those whose gaps are larger its inner points. Both counts are the values of one polynomial of
degree n, at m and at -m (Ehrhart), and its leading term is the volume: the chance of no cluster.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from math import comb

import numpy as np

from assetmap.detectors.checking import numbers_of, whole
from assetmap.detectors.intervals import wilson
from assetmap.detectors.lattice import Together, size_of, spread_share
from assetmap.errors import UnusableInput

__all__ = ["Chance", "ChanceMethod", "chance_of_cluster"]

DRAWS = 200_000
AT_ONCE = 2_000_000
"""So many draws of one event are made at a time."""
ROOM = 6_000_000
"""The largest lattice, in numbers kept at a time."""
WORK = 100_000_000
"""How many numbers are worked out on lattices in all."""
CLOSE = 1e-4
"""A lattice that changed the answer by more than this when refined last is not used."""


class ChanceMethod(StrEnum):
    """How a chance was found."""

    EXACT = "exact"
    """A closed form, or counting all cases; right but for rounding."""
    REFINED = "refined"
    """Counting on finer and finer lattices; `error` is what the last refinement changed."""
    APPROXIMATE = "approximate"
    """Wallenstein and Neff's formula; `error` is its square."""
    SIMULATED = "simulated"
    """Drawing lots; `error` is the longer side of the interval of 95 %."""


@dataclass(frozen=True)
class Chance:
    """A chance, how it was found, and by how much it may be off.

    Attributes
    ----------
    p : float
        Between 0 and 1.
    method : ChanceMethod
        How it was found.
    error : float
        How far it is from the true chance at most; see the method.

    Examples
    --------
    >>> float(Chance(0.25, ChanceMethod.EXACT, 0.0))
    0.25
    """

    p: float
    method: ChanceMethod
    error: float

    def __float__(self) -> float:
        """Return the chance."""
        return self.p


def chance_of_cluster(
    n: int, days: float, k: int, within: float, *, discrete: bool = False, seed: int = 0
) -> Chance:
    """Return the chance that some `within` days hold `k` or more of `n` events.

    The events are spread at random over `days` days, each independent of the others: the scan
    statistic, given n. With r = within / days, the first of these that applies:

    1. Fewer than k events: 0. So many that there is no room to keep them apart: 1.
    2. Closed forms. k = 2: 1 - (1 - (n - 1) r)**n. k = n, at any r, and k above n / 2, for r up to
       1/2: (k / r - n - 1) b(k) + 2 G(k), with b and G the chance of k, and of k or more, under
       the binomial of n and r.
    3. Counting on lattices, n // 2 + 1 of them, each finer: exact, as the module says. Fewer will
       do where a further one changes nothing any more.
    4. The formula of step 2 where k is at most n / 2 (Wallenstein and Neff): used where its square
       is less than the error of a simulation. It was less than 0.3 times its square too high in
       all cases compared with step 3.
    5. Simulation: 200,000 draws, less beyond 200 events.

    With `discrete`, events fall on whole days, and k of them count where they lie on days that
    are less than `within` apart; then: closed forms for k = 2 and k = n, one lattice, simulation.

    Parameters
    ----------
    n : int
        How many events there were, 0 or more.
    days : float
        In how many days, above 0; whole where `discrete`.
    k : int
        How many make a cluster, 1 or more.
    within : float
        How long the window is, in days; above 0, whole where `discrete`.
    discrete : bool, default False
        Whether only the day of an event is known.
    seed : int, default 0
        Of the simulation.

    Raises
    ------
    UnusableInput
        Numbers out of range.

    References
    ----------
    J. I. Naus, "The distribution of the size of the maximum cluster of points on a line", Journal
    of the American Statistical Association 60 (1965), 532-538. S. Wallenstein and N. Neff, "An
    approximation for the distribution of the scan statistic", Statistics in Medicine 6 (1987),
    197-207. E. Ehrhart, "Sur les polyedres rationnels homothetiques a n dimensions", Comptes
    rendus 254 (1962), 616-618.

    Examples
    --------
    Six questions in a year: three of them within three weeks, by chance?

    >>> found = chance_of_cluster(6, 365, 3, 21)
    >>> round(found.p, 4), found.method.value
    (0.1499, 'exact')
    """
    return _found(_case(n, days, k, within, discrete=discrete), whole("seed", seed))


@dataclass(frozen=True)
class _Case:
    n: int
    days: float
    k: int
    within: float
    discrete: bool

    @property
    def ratio(self) -> float:
        return self.within / self.days


@lru_cache(maxsize=1024)
def _found(case: _Case, seed: int) -> Chance:
    """Try the ways from the sharpest on; the same question is often asked again."""
    for way in (_certain, _closed, _lattice, _formula):
        found = way(case)
        if found is not None:
            return found
    return _simulated(case, seed)


def _case(n: int, days: float, k: int, within: float, *, discrete: bool) -> _Case:
    events, least = whole("n", n), whole("k", k, low=1)
    if discrete:
        return _Case(
            events, whole("days", days, low=1), least, whole("within", within, low=1), True
        )
    period, window = (
        float(numbers_of(name, value, above=0, dimensions=(0,)))
        for name, value in (("days", days), ("within", within))
    )
    return _Case(events, period, least, window, False)


def _certain(case: _Case) -> Chance | None:
    """Return 0 or 1 where that is so whatever happens."""
    if case.n < case.k:
        return Chance(0.0, ChanceMethod.EXACT, 0.0)
    if case.k == 1:
        return Chance(1.0, ChanceMethod.EXACT, 0.0)
    needed = (case.n - 1) // (case.k - 1) * case.within
    if needed > case.days - 1 if case.discrete else needed >= case.days:
        return Chance(1.0, ChanceMethod.EXACT, 0.0)
    return None


def _closed(case: _Case) -> Chance | None:
    n, k, r = case.n, case.k, case.ratio
    if case.discrete:
        found = _closed_on_days(n, int(case.days), k, int(case.within))
    elif k == 2:
        found = 1 - (1 - (n - 1) * r) ** n
    elif k == n:
        found = n * r ** (n - 1) - (n - 1) * r**n
    elif 2 * k > n and r <= 0.5:
        found = _wallenstein_neff(n, k, r)
    else:
        return None
    return None if found is None else Chance(min(1.0, max(0.0, found)), ChanceMethod.EXACT, 0.0)


def _closed_on_days(n: int, days: int, k: int, within: int) -> float | None:
    """Whole days: which days are taken for k = 2, the distance of first and last for k = n."""
    apart = within - 1
    if k == 2:
        ways = Fraction(comb(days - (n - 1) * apart, n))
        for event in range(1, n + 1):
            ways *= Fraction(event, days)
        return float(1 - ways)
    if k == n:
        return float(Fraction((days - apart) * within**n - (days - within) * apart**n, days**n))
    return None


def _wallenstein_neff(n: int, k: int, r: float) -> float:
    from scipy.stats import binom

    return float((k / r - n - 1) * binom.pmf(k, n, r) + 2 * binom.sf(k - 1, n, r))


def _lattice(case: _Case) -> Chance | None:
    """Count on lattices; None where they would be too large, or the answer not sharp enough."""
    ratio = Fraction(case.ratio).limit_denominator(10_000)
    if case.discrete:
        sites, window = int(case.days), int(case.within)
        if not _fits(case, sites, window, 1):
            return None
        free = spread_share(
            case.n, sites, k=case.k, window=window, scale=sites, together=Together.ORDERED
        )
        return Chance(min(1.0, max(0.0, 1 - free)), ChanceMethod.EXACT, 0.0)
    if abs(float(ratio) - case.ratio) > 1e-12 * case.ratio:
        return None
    enough = case.n // 2 + 1
    last, change, done = None, 1.0, 0
    for found in _refined(case, ratio):
        done += 1
        change = 1.0 if last is None else abs(found - last)
        last = found
        if change < 1e-10 or done == enough:
            break
    if last is None or (done < enough and change > CLOSE):
        return None
    p = min(1.0, max(0.0, 1 - last))
    if done == enough or change < 1e-10:
        return Chance(p, ChanceMethod.EXACT, 0.0)
    return Chance(p, ChanceMethod.REFINED, change)


def _fits(case: _Case, sites: int, window: int, factor: int) -> bool:
    size = size_of(factor * sites, case.k, factor * window)
    return size <= ROOM and 2 * size * case.n <= WORK


def _refined(case: _Case, ratio: Fraction) -> Iterator[float]:
    """Yield the chance of no cluster from one lattice, two, three: polynomials at 1 / m = 0."""
    window, sites = ratio.numerator, ratio.denominator
    ladder: list[float] = []
    spent = 0
    for m in range(1, case.n // 2 + 2):
        spent += 2 * case.n * size_of(m * sites, case.k, m * window)
        if spent > WORK or not _fits(case, sites, window, m):
            return
        scale = float(m * sites)
        closed = spread_share(
            case.n, m * sites + 1, k=case.k, window=m * window, scale=scale, together=Together.ONCE
        )
        inner = spread_share(
            case.n,
            m * sites - 1,
            k=case.k,
            window=m * window + 1,
            scale=scale,
            together=Together.NEVER,
        )
        ladder.append((closed + inner) / 2)
        for back in range(m - 1, 0, -1):  # Neville's scheme in 1 / m**2
            ladder[back - 1] = (m**2 * ladder[back] - back**2 * ladder[back - 1]) / (m**2 - back**2)
        yield ladder[0]


def _formula(case: _Case) -> Chance | None:
    """Wallenstein and Neff, where that is sharper than drawing lots."""
    if case.discrete or case.ratio > 0.5:
        return None
    found = max(0.0, _wallenstein_neff(case.n, case.k, case.ratio))
    if found >= 1 or found**2 > 1.96 * (found * (1 - found) / _draws(case)) ** 0.5:
        return None
    return Chance(found, ChanceMethod.APPROXIMATE, found**2)


def _draws(case: _Case) -> int:
    return min(DRAWS, max(10_000, 40_000_000 // case.n))


def _simulated(case: _Case, seed: int) -> Chance:
    rng = np.random.default_rng(seed)
    draws, hits = _draws(case), 0
    step = max(1, AT_ONCE // case.n)
    for start in range(0, draws, step):
        shape = (min(step, draws - start), case.n)
        if case.discrete:
            drawn = np.sort(rng.integers(0, int(case.days), shape), axis=1)
            limit = case.within - 1
        else:
            drawn = np.sort(rng.random(shape) * case.days, axis=1)
            limit = case.within
        nearest = (drawn[:, case.k - 1 :] - drawn[:, : shape[1] - case.k + 1]).min(axis=1)
        hits += int((nearest <= limit).sum())
    around = wilson(hits, draws)
    if around is None:
        raise UnusableInput("nothing was drawn")
    error = max(around.high - around.estimate, around.estimate - around.low)
    return Chance(around.estimate, ChanceMethod.SIMULATED, error)
