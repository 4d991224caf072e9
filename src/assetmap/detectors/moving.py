"""What happened in the periods just before each period, for many series at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assetmap.detectors.checking import Counts, Numbers, whole
from assetmap.errors import UnusableInput

__all__ = ["BAYES1", "BAYES2", "BAYES3", "Baseline", "lagged_sum"]


@dataclass(frozen=True)
class Baseline:
    """The earlier periods that a period is compared with.

    Attributes
    ----------
    recent : int, default 0
        How many periods right before the window.
    years : int, default 0
        How many earlier years are looked at around the same time of the year.
    half_width : int, default 0
        How many periods on either side of the same period of an earlier year.
    season : int, default 52
        How many periods a year has.
    gap : int, default 0
        How many periods right before the window are left out, so that a rise that has begun does
        not hide itself.

    Examples
    --------
    >>> Baseline(recent=6, years=1, half_width=6).size
    19
    """

    recent: int = 0
    years: int = 0
    half_width: int = 0
    season: int = 52
    gap: int = 0

    def __post_init__(self) -> None:
        """Refuse what has no periods, or counts one twice."""
        for name in ("recent", "years", "half_width", "gap"):
            whole(name, getattr(self, name))
        whole("season", self.season, low=1)
        if self.size == 0:
            raise UnusableInput("a baseline needs periods: give recent, or years")
        if self.years > 1 and 2 * self.half_width >= self.season:
            raise UnusableInput("half_width is so large that the years overlap")

    @property
    def size(self) -> int:
        """How many periods there are in all."""
        return self.recent + self.years * (2 * self.half_width + 1)

    def spans(self, window: int) -> tuple[tuple[int, int], ...]:
        """Return from how many periods ago each stretch starts, and how long it is.

        Raises
        ------
        UnusableInput
            Stretches that overlap each other or the window.
        """
        first = window + self.gap
        found = [(first, self.recent)] if self.recent else []
        width = 2 * self.half_width + 1
        found += [
            (year * self.season - self.half_width, width) for year in range(1, self.years + 1)
        ]
        nearest = first + self.recent
        if self.years and found[-self.years][0] < nearest:
            raise UnusableInput("the baseline of last year overlaps the recent periods or window")
        return tuple(found)

    def reach(self, window: int) -> int:
        """Return how many periods ago the oldest one was."""
        return max(lag + length - 1 for lag, length in self.spans(window))


BAYES1 = Baseline(recent=6)
"""The last six periods."""
BAYES2 = Baseline(recent=6, years=1, half_width=6)
"""The last six, and thirteen around the same week of last year."""
BAYES3 = Baseline(years=2, half_width=4)
"""Nine around the same week of each of the last two years, nothing recent."""


def lagged_sum(values: Numbers | Counts, lag: int, length: int) -> Numbers:
    """Return for each period the sum of `length` periods, the newest of them `lag` ago.

    Works along the last axis. NaN where the series does not go back so far.

    Examples
    --------
    >>> lagged_sum(np.array([1, 2, 3, 4]), 1, 2).tolist()
    [nan, nan, 3.0, 5.0]
    """
    found = np.full(values.shape, np.nan)
    start = lag + length - 1
    if start < values.shape[-1]:
        moving = np.lib.stride_tricks.sliding_window_view(values, length, axis=-1)
        found[..., start:] = moving[..., : values.shape[-1] - start, :].sum(axis=-1)
    return found
