"""How much better a window is explained by a rate of its own, in each model of a scan."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assetmap.detectors.checking import frozen

__all__ = ["Judge", "Prepared", "ScanModel", "relative_risk"]

Numbers = NDArray[np.float64]
Prepared = tuple[Any, ...]
"""What a window needs besides its cases, worked out once for all replicates."""

LEAST = 1e-300
"""Stands in for nothing under a logarithm that is then multiplied by nothing."""


class ScanModel(StrEnum):
    """What would be there if nothing were the matter."""

    POISSON = "poisson"
    """Cases fall in proportion to the baseline, and there are as many as were seen in all."""
    EXPECTATION = "expectation"
    """The baseline is the number of cases to expect, cell by cell (Neill's form)."""
    BERNOULLI = "bernoulli"
    """The baseline is everybody; each of them is a case with the same chance."""
    PERMUTATION = "permutation"
    """Days and areas have nothing to do with each other; no baseline is needed."""


@dataclass(frozen=True)
class Judge:
    """The log-likelihood ratio of windows, 0 where there are no more cases than expected.

    With c cases in the window and C in all::

        poisson, permutation: c ln(c/e) + (C-c) ln((C-c)/(C-e))         e expected in the window
        expectation:          c ln(c/b) + b - c                         b expected in the window
        bernoulli:            c ln(c/n) + (n-c) ln((n-c)/n)             n of N people in the window
                              + (C-c) ln((C-c)/(N-n)) + (N-n-C+c) ln((N-n-C+c)/(N-n))
                              - C ln(C/N) - (N-C) ln((N-C)/N)

    Each grows with the cases and falls with the baseline, where more than expected are seen.

    Attributes
    ----------
    model : ScanModel
        Which of them.
    cases : int
        C.
    base : float
        The baseline of everything: N for ``bernoulli``, else C or the sum of what is expected.
    minimum : int
        Fewer cases than this are never a cluster.

    Examples
    --------
    >>> judge = Judge(ScanModel.EXPECTATION, cases=9, base=30.0, minimum=2)
    >>> round(float(judge.of(np.array([9]), np.array([3.0]))[0]), 4)  # 9 ln 3 - 6
    3.8875
    """

    model: ScanModel
    cases: int
    base: float
    minimum: int
    table: Numbers = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Work out the part that depends on the cases alone."""
        count = np.arange(self.cases + 1, dtype=np.float64)
        own = _entropy(count)
        object.__setattr__(self, "table", frozen(own + own[::-1]))

    def prepare(self, base: Numbers) -> Prepared:
        """Work out what depends on the baseline of the windows alone."""
        if self.model is ScanModel.BERNOULLI:
            return (base,)
        logarithm = np.log(np.maximum(base, LEAST))
        if self.model is ScanModel.EXPECTATION:
            return base, logarithm, -base
        rest = np.log(np.maximum(self.cases - base, LEAST))
        return base, logarithm - rest, self.cases * rest

    def of(self, count: NDArray[Any], base: Numbers) -> Numbers:
        """Return the ratio of windows with these cases and this baseline."""
        return self.ratio(count, self.prepare(base))

    def ratio(self, count: NDArray[Any], prepared: Prepared) -> Numbers:
        """Return the ratio of windows with these cases, prepared before."""
        if self.model is ScanModel.BERNOULLI:
            return self._bernoulli(count, prepared[0])
        base, slope, level = prepared
        if self.model is ScanModel.EXPECTATION:
            found = _entropy(count) - count
        else:
            found = self.table.take(count)
        found -= count * slope
        found -= level
        return np.where((count > base) & (count >= self.minimum), found, 0.0).clip(0.0)

    def _bernoulli(self, count: NDArray[Any], base: Numbers) -> Numbers:
        share = self.cases / self.base
        high = (count > base * share) & (count >= self.minimum)
        count, base = np.where(high, count, 0), np.where(high, base, 0.0)
        outside, others = self.cases - count, self.base - base
        found = _gain(count, base, share) + _gain(outside, others, share)
        found += _gain(base - count, base, 1 - share) + _gain(others - outside, others, 1 - share)
        return np.where(high, found, 0.0).clip(0.0)


def _entropy(count: NDArray[Any]) -> Numbers:
    """Return x ln x of whole numbers, which is 0 for nothing."""
    found: Numbers = count * np.log(np.maximum(count, 1.0))
    return found


def _gain(some: Numbers, of: Numbers, share: float) -> Numbers:
    """Return how much better a share of its own explains so many of so many."""
    expected = np.maximum(of * share, LEAST)
    return some * np.log(np.maximum(some, LEAST) / expected)


def relative_risk(judge: Judge, cases: int, base: float) -> float | None:
    """Return how much higher the rate is inside than outside; None without a rate outside.

    For ``expectation`` and ``permutation``, which know no outside, observed over expected.

    Examples
    --------
    >>> relative_risk(Judge(ScanModel.POISSON, cases=10, base=10.0, minimum=2), 4, 2.0)
    2.6666666666666665
    """
    if judge.model in (ScanModel.EXPECTATION, ScanModel.PERMUTATION):
        return cases / base
    outside, others = judge.cases - cases, judge.base - base
    return None if not outside else (cases / base) / (outside / others)
