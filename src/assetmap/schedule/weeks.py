"""The week of a run: ISO weeks such as 2026-W48."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from assetmap.errors import UnusableInput

_TEXT = re.compile(r"(\d{4})-?[Ww](\d{1,2})")
_FIRST_YEAR, _LAST_YEAR = 1900, 2999


@dataclass(frozen=True, order=True, slots=True)
class Week:
    """A week from Monday to Sunday, numbered as ISO 8601 does.

    Attributes
    ----------
    year : int
        The year the week counts for, from 1900 to 2999; near New Year it may differ from the
        year of the days.
    number : int
        From 1 to 52, in some years 53.

    Examples
    --------
    >>> week = Week.parse("2026-W48")
    >>> week.monday.isoformat(), str(week + 6)
    ('2026-11-23', '2027-W01')
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        if not _FIRST_YEAR <= self.year <= _LAST_YEAR:
            raise UnusableInput(
                f"The year {self.year} is out of range: it lies from {_FIRST_YEAR} to {_LAST_YEAR}."
            )
        last = date(self.year, 12, 28).isocalendar().week
        if not 1 <= self.number <= last:
            near = min(max(self.number, 1), last)
            raise UnusableInput(
                f"{self.year} has no week {self.number}: it has weeks 1 to {last}. "
                f"The nearest is {self.year}-W{near:02d}."
            )

    @classmethod
    def parse(cls, text: str) -> Week:
        """Read ``2026-W48`` or ``2026W48``.

        Raises
        ------
        UnusableInput
            When the text is not a week, or the year has no such week; the nearest is named.

        Examples
        --------
        >>> Week.parse("2026w48")
        Week(year=2026, number=48)
        """
        match = _TEXT.fullmatch(text.strip())
        if match is None:
            raise UnusableInput(
                f"{text!r} is not a week: write the year and the week number, such as 2026-W48."
            )
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Week:
        """Find the week in which a day lies.

        Examples
        --------
        >>> str(Week.of(date(2027, 1, 1)))
        '2026-W53'
        """
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @classmethod
    def at_hand(cls, day: date) -> Week:
        """Find the week that somebody has in mind who looks ahead on a day.

        From Friday on that is the coming week: of the present one little is left to arrange.

        Examples
        --------
        >>> str(Week.at_hand(date(2026, 11, 26))), str(Week.at_hand(date(2026, 11, 27)))
        ('2026-W48', '2026-W49')
        """
        return cls.of(day + timedelta(days=3))

    @property
    def monday(self) -> date:
        """The first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        """The last day."""
        return date.fromisocalendar(self.year, self.number, 7)

    def horizon(self, weeks: int) -> tuple[date, date]:
        """Return the first day of this week, and the day after the last of so many weeks.

        Parameters
        ----------
        weeks : int
            How many weeks to look ahead, this one included; at least 1.

        Examples
        --------
        >>> [day.isoformat() for day in Week(2026, 48).horizon(5)]
        ['2026-11-23', '2026-12-28']
        """
        if weeks < 1:
            raise UnusableInput(f"A horizon of {weeks} weeks is not possible: give 1 or more.")
        return self.monday, self.monday + timedelta(weeks=weeks)

    def __add__(self, weeks: int) -> Week:
        return Week.of(self.monday + timedelta(weeks=weeks))

    def __str__(self) -> str:
        """Return the ISO text."""
        return f"{self.year}-W{self.number:02d}"


def weeks_between(since: date, until: date) -> int:
    """Count the whole weeks somebody has waited.

    Parameters
    ----------
    since, until : date
        When the waiting began, and the day it is counted for.

    Returns
    -------
    int
        Whole weeks; 0 when `until` comes before `since`.

    Examples
    --------
    >>> weeks_between(date(2026, 11, 2), date(2026, 11, 23))
    3
    """
    return max(0, (until.toordinal() - since.toordinal()) // 7)
