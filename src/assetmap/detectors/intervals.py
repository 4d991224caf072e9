"""Between which shares a share lies, when only some were asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

from assetmap.detectors.checking import share, whole

__all__ = ["Interval", "wilson"]


@dataclass(frozen=True)
class Interval:
    """An estimate with the interval around it; unpacks into its two ends.

    Attributes
    ----------
    low, high : float
        The ends.
    estimate : float
        What was seen.
    confidence : float
        How often such an interval holds the true value, in the long run.

    Examples
    --------
    >>> low, high = Interval(0.4, 0.6, 0.5, 0.95)
    >>> low, high
    (0.4, 0.6)
    """

    low: float
    high: float
    estimate: float
    confidence: float

    def __iter__(self) -> Iterator[float]:
        """Yield the lower end, then the upper."""
        yield self.low
        yield self.high


def wilson(successes: int, n: int, *, confidence: float = 0.95) -> Interval | None:
    """Return the score interval of a share.

    With s successes of n and z the normal quantile of (1 + confidence) / 2, the ends are::

        (s + z**2 / 2 - +z * sqrt(s * (n - s) / n + z**2 / 4)) / (n + z**2)

    They never leave 0 to 1, and have a width also where nobody or everybody said yes.

    Parameters
    ----------
    successes, n : int
        How many of how many.
    confidence : float, default 0.95
        Between 0 and 1.

    Returns
    -------
    Interval or None
        As shares of 1; None where nobody was asked.

    Raises
    ------
    UnusableInput
        Numbers that are negative or not whole, or more successes than asked.

    References
    ----------
    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal
    of the American Statistical Association 22 (1927), 209-212.

    Examples
    --------
    Of 200 doors, 101 opened:

    >>> low, high = wilson(101, 200)
    >>> round(100 * low, 1), round(100 * high, 1)
    (43.6, 57.4)
    """
    from scipy.stats import norm

    asked = whole("n", n)
    seen = whole("successes", successes, high=asked)
    z = float(norm.ppf((1 + share("confidence", confidence)) / 2))
    if not asked:
        return None
    middle = seen + z**2 / 2
    spread = z * sqrt(seen * (asked - seen) / asked + z**2 / 4)
    low = 0.0 if seen == 0 else (middle - spread) / (asked + z**2)
    high = 1.0 if seen == asked else (middle + spread) / (asked + z**2)
    return Interval(low, high, seen / asked, confidence)
