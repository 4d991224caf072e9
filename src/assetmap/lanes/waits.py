"""How long questions wait, and how the list of open ones came and went: numbers, no sentences."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assetmap.model import DecisionWord, Need, Neighbourhood

__all__ = ["Flow", "Wait", "flow", "little", "waits"]

WEEK = 7


@dataclass(frozen=True, slots=True)
class Wait:
    """One wait: of somebody, for something.

    Attributes
    ----------
    needs : tuple of str
        The question; more than one where the same party asked the same again while it waited.
    owner, category : str
        Who waits, and for what.
    since : date
        The first day.
    ended : date or None
        The day on which it was closed, arranged or done; None while it waits.
    """

    needs: tuple[str, ...]
    owner: str
    category: str
    since: dt.date
    ended: dt.date | None

    def days(self, asof: dt.date) -> int:
        """Return how long it lasted, or has lasted so far."""
        return ((self.ended or asof) - self.since).days

    def open_on(self, day: dt.date) -> bool:
        """Tell whether it was waiting at the end of a day."""
        return self.since <= day and (self.ended is None or day < self.ended)


def waits(hood: Neighbourhood, asof: dt.date) -> tuple[tuple[Wait, ...], int]:
    """Return every wait that had begun on a day, and how many questions carry no first day.

    A wait ends on the day on which the question is closed, on the first day of an arrangement
    for it, or with a decision ``done``, whichever is first. An arrangement without a first day
    ended the wait on a day that is not known: that question is left out as well.
    """
    ends = defaultdict[str, list[dt.date]](list)
    lost = set[str]()
    for row in hood.arrangements:
        if row.since is None:
            lost.add(row.need)
        else:
            ends[row.need].append(row.since)
    for made in hood.decisions:
        if made.decision is DecisionWord.DONE:
            ends[made.need].append(made.date)
    same = defaultdict[tuple[str, str], list[Wait]](list)
    undated = 0
    for need in hood.needs:
        if need.since is None or need.need in lost:
            undated += 1
        elif need.since <= asof:
            found = _wait(need, need.since, ends[need.need], asof)
            same[found.owner, found.category].append(found)
    merged = (wait for own in same.values() for wait in _merged(own))
    return tuple(sorted(merged, key=lambda wait: wait.needs)), undated


def _wait(need: Need, since: dt.date, ends: list[dt.date], asof: dt.date) -> Wait:
    days = [*ends, *([need.closed_on] if need.closed_on is not None else [])]
    ended = min((max(day, since) for day in days if day <= asof), default=None)
    return Wait((need.need,), need.owner, need.category, since, ended)


def _merged(own: Iterable[Wait]) -> Iterable[Wait]:
    """Put the waits of one party for one thing together where they overlap."""
    done: Wait | None = None
    for wait in sorted(own, key=lambda wait: (wait.since, wait.needs)):
        if done is None or (done.ended is not None and done.ended <= wait.since):
            if done is not None:
                yield done
            done = wait
            continue
        never = done.ended is None or wait.ended is None
        ended = None if never else max(day for day in (done.ended, wait.ended) if day is not None)
        needs = tuple(sorted({*done.needs, *wait.needs}))
        done = Wait(needs, wait.owner, wait.category, done.since, ended)
    if done is not None:
        yield done


@dataclass(frozen=True, slots=True)
class Flow:
    """What came in and went out per week, the oldest week first.

    Attributes
    ----------
    inflow, outflow : tuple of int
        Waits that began, and that ended, in each week of seven days up to the day.
    open : tuple of int
        Waits at the end of each week, before it the number with which the first week began.
    """

    inflow: tuple[int, ...]
    outflow: tuple[int, ...]
    open: tuple[int, ...]

    @property
    def rose(self) -> int:
        """In how many of the weeks the list grew."""
        return sum(after > before for before, after in pairwise(self.open))


def flow(found: Sequence[Wait], asof: dt.date, weeks: int) -> Flow:
    """Count what came in and went out in the weeks up to and including a day."""
    ends = [asof - dt.timedelta(days=WEEK * back) for back in range(weeks, -1, -1)]
    return Flow(
        tuple(sum(a < wait.since <= b for wait in found) for a, b in pairwise(ends)),
        tuple(
            sum(wait.ended is not None and a < wait.ended <= b for wait in found)
            for a, b in pairwise(ends)
        ),
        tuple(sum(wait.open_on(day) for wait in found) for day in ends),
    )


def little(found: Sequence[Wait], asof: dt.date, weeks: int) -> tuple[float, float] | None:
    """Check Little's law: the mean length of the list, and what coming and waiting make of it.

    The first is the mean number of open waits over the days of the weeks; the second what came
    in per day, times the mean wait of what went out in these weeks. In balance they are near
    each other; a list that grows, or that nobody cleans up, is longer than the second tells.
    None where nothing came in or nothing went out.
    """
    days = WEEK * weeks
    span = [asof - dt.timedelta(days=back) for back in range(days)]
    first = span[-1]
    came = sum(first <= wait.since <= asof for wait in found)
    gone = [w.days(asof) for w in found if w.ended is not None and first <= w.ended <= asof]
    if not came or not gone:
        return None
    length = sum(sum(wait.open_on(day) for wait in found) for day in span) / days
    return length, came / days * sum(gone) / len(gone)
