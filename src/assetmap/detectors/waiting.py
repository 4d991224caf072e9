"""How long things take, when some are not finished yet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assetmap.detectors.checking import (
    Flags,
    Numbers,
    frozen,
    numbers_of,
    one_length,
    share,
)
from assetmap.errors import UnusableInput

__all__ = ["Band", "Survival", "Waits", "kaplan_meier"]

Whole = NDArray[np.int64]


class Band(StrEnum):
    """How the interval around a curve is made."""

    LOG_LOG = "log-log"
    """On the scale ln(-ln S): stays within 0 and 1, and fits small numbers better."""
    PLAIN = "plain"
    """S plus and minus z times Greenwood's error, cut off at 0 and 1."""


@dataclass(frozen=True, eq=False)
class Waits:
    """Durations that passed the checks, with whether each one ended.

    Attributes
    ----------
    durations, entry : array of float
        How long each lasted, and from when on it was looked at.
    observed : array of bool
        Whether it had ended; else it is still going on.

    Examples
    --------
    >>> Waits.of([3, 5], [True, False]).at_risk(np.array([4.0])).tolist()
    [1]
    """

    durations: Numbers
    entry: Numbers
    observed: Flags

    @classmethod
    def of(
        cls, durations: ArrayLike, observed: ArrayLike | None, *, entry: ArrayLike | None = None
    ) -> Waits:
        """Check and return durations.

        Raises
        ------
        UnusableInput
            Negative durations, lengths that differ, something else than yes and no, or an entry
            that is not before the end.
        """
        time = numbers_of("durations", durations, low=0)
        seen = np.ones_like(time) if observed is None else numbers_of("observed", observed)
        start = np.full_like(time, -1.0) if entry is None else numbers_of("entry", entry, low=0)
        one_length(durations=time, observed=seen, entry=start)
        if not np.isin(seen, (0, 1)).all():
            raise UnusableInput("observed must hold yes or no (1 or 0) for each duration")
        if (start >= time).any():
            at = int(np.argmax(start >= time))
            raise UnusableInput(f"entry[{at}] must be before the end, which is durations[{at}]")
        return cls(time, start, seen.astype(np.bool_))

    def at_risk(self, times: Numbers) -> Whole:
        """Return how many were looked at, and had not ended, just before each time."""
        ended = np.searchsorted(np.sort(self.durations), times, side="left")
        begun = np.searchsorted(np.sort(self.entry), times, side="left")
        return np.asarray(begun - ended, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Survival:
    """Which share still waits, at each time at which something ended.

    Attributes
    ----------
    times : array of float
        The different times at which something ended, in order.
    at_risk, ended : array of int
        How many still waited just before, and how many ended then.
    share : array of float
        The share that waits longer than this.
    error : array of float
        Greenwood's standard error; NaN where the share is 0.
    low, high : array of float
        The interval around each share; NaN where it is 0.
    confidence : float
        Of the intervals.

    Examples
    --------
    >>> found = kaplan_meier([1, 2, 2, 4], [True, True, False, True])
    >>> found.share.tolist(), found.at(3), found.median
    ([0.75, 0.5, 0.0], 0.5, 2.0)
    """

    times: Numbers
    at_risk: Whole
    ended: Whole
    share: Numbers
    error: Numbers
    low: Numbers
    high: Numbers
    confidence: float

    def at(self, time: float) -> float:
        """Return the share that waits longer than `time`."""
        place = int(np.searchsorted(self.times, time, side="right"))
        return float(self.share[place - 1]) if place else 1.0

    def quantile(self, part: float) -> float | None:
        """Return the first time by which at least this part has ended; None: not reached."""
        return _first(self.times, self.share, 1 - share("part", part))

    @property
    def median(self) -> float | None:
        """The first time by which half have ended; None where it is not reached."""
        return self.quantile(0.5)

    @property
    def median_interval(self) -> tuple[float | None, float | None]:
        """Brookmeyer and Crowley's interval: all times whose own interval holds one half.

        None at an end that is not reached.
        """
        low, high = (np.nan_to_num(each, nan=0.0) for each in (self.low, self.high))
        return _first(self.times, low, 0.5), _first(self.times, high, 0.5)

    def restricted_mean(self, until: float) -> float:
        """Return the mean wait up to `until`: the area under the curve."""
        limit = float(numbers_of("until", until, low=0, dimensions=(0,)))
        steps = np.concatenate([[0.0], self.times[self.times < limit], [limit]])
        heights = np.concatenate([[1.0], self.share[self.times < limit]])
        return float((np.diff(steps) * heights).sum())


def _first(times: Numbers, curve: Numbers, height: float) -> float | None:
    """Return the first time at which the curve is at most so high, but for rounding."""
    below = np.flatnonzero(curve <= height * (1 + 1e-12))
    return float(times[below[0]]) if below.size else None


def kaplan_meier(
    durations: ArrayLike,
    observed: ArrayLike | None = None,
    *,
    entry: ArrayLike | None = None,
    confidence: float = 0.95,
    band: Band | str = Band.LOG_LOG,
) -> Survival:
    """Estimate which share still waits after each time, open and closed cases together.

    Averaging closed cases only hides those that wait longest. With n at risk and d that end at
    time t::

        S(t) = product over times up to t of (1 - d / n)
        var S(t) = S(t)**2 * sum of d / (n * (n - d))        (Greenwood)

    The log-log interval has the ends S ** exp(-+ z * sqrt(sum) / ln S).

    Parameters
    ----------
    durations : array of float
        How long each lasted, or lasts already; 0 or more, in any unit.
    observed : array of bool, optional
        Whether it ended; False: still open (censored). Default: all ended. An open one is at risk
        at its own duration.
    entry : array of float, optional
        How old each was when it came into view (left truncation), below its duration.
    confidence : float, default 0.95
        Of the intervals.
    band : Band, default "log-log"
        How the interval is made.

    Raises
    ------
    UnusableInput
        Nothing at all, negative durations, lengths that differ, an entry after the end.

    References
    ----------
    E. L. Kaplan and P. Meier, "Nonparametric estimation from incomplete observations", Journal of
    the American Statistical Association 53 (1958), 457-481. M. Greenwood, "The natural duration of
    cancer" (1926). R. Brookmeyer and J. Crowley, "A confidence interval for the median survival
    time", Biometrics 38 (1982), 29-41.

    Examples
    --------
    >>> found = kaplan_meier([6, 6, 6, 7, 10], [True, True, False, True, False])
    >>> found.share.round(3).tolist(), found.median
    ([0.6, 0.3], 7.0)
    """
    from scipy.stats import norm

    waits = Waits.of(durations, observed, entry=entry)
    if not waits.durations.size:
        raise UnusableInput("durations is empty: nothing can be estimated")
    z = float(norm.ppf((1 + share("confidence", confidence)) / 2))
    form = _form(band)
    times, ended = np.unique(waits.durations[waits.observed], return_counts=True)
    at_risk = waits.at_risk(times)
    left: Numbers = np.cumprod(1 - ended / at_risk).astype(np.float64)
    left[np.maximum.accumulate(ended == at_risk)] = 0.0
    with np.errstate(divide="ignore", invalid="ignore"):
        sums = np.sqrt(np.cumsum(ended / (at_risk * (at_risk - ended))))
        error = np.where(left > 0, left * sums, np.nan)
    low, high = _interval(left, sums, z=z, form=form)
    return Survival(
        times=frozen(times),
        at_risk=frozen(at_risk),
        ended=frozen(ended.astype(np.int64)),
        share=frozen(left),
        error=frozen(error),
        low=frozen(low),
        high=frozen(high),
        confidence=confidence,
    )


def _interval(left: Numbers, sums: Numbers, *, z: float, form: Band) -> tuple[Numbers, Numbers]:
    """Return the ends of the interval at each time; nothing where nobody is left."""
    with np.errstate(divide="ignore", invalid="ignore"):
        if form is Band.LOG_LOG:
            bend = z * sums / np.log(left)
            low, high = left ** np.exp(-bend), left ** np.exp(bend)
        else:
            low, high = (np.clip(left + side * z * left * sums, 0, 1) for side in (-1, 1))
    return np.where(left > 0, low, np.nan), np.where(left > 0, high, np.nan)


def _form(band: Band | str) -> Band:
    try:
        return Band(band)
    except ValueError:
        allowed = ", ".join(repr(each.value) for each in Band)
        raise UnusableInput(f"band is {band!r}; allowed: {allowed}") from None
