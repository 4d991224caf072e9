"""Local time and real time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetmap.errors import UnusableInput
from assetmap.schedule import elapsed_minutes, ends, from_utc, to_utc

MONDAY = datetime(2026, 11, 23)
SPRING = datetime(2026, 3, 29)
AUTUMN = datetime(2026, 10, 25)


def test_a_skipped_time_moves_forward_by_the_gap() -> None:
    """Half past two does not exist on the last Sunday of March: it becomes half past three."""
    for fold in (0, 1):
        skipped = SPRING.replace(hour=2, minute=30, fold=fold)
        assert from_utc(to_utc(skipped)) == SPRING.replace(hour=3, minute=30)
    assert to_utc(SPRING.replace(hour=3)) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_a_double_time_is_the_first_unless_it_says_otherwise() -> None:
    """Half past two comes twice on the last Sunday of October."""
    double = AUTUMN.replace(hour=2, minute=30)
    assert to_utc(double) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert to_utc(double.replace(fold=1)) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "end", "want"),
    [
        (SPRING.replace(hour=1), SPRING.replace(hour=4), 120),
        (SPRING.replace(hour=2, minute=30), SPRING.replace(hour=3, minute=30), 0),
        (AUTUMN.replace(hour=1), AUTUMN.replace(hour=4), 240),
        (AUTUMN.replace(hour=4), AUTUMN.replace(hour=1), -240),
        (MONDAY, MONDAY + timedelta(days=1), 1440),
        (MONDAY, MONDAY + timedelta(seconds=119), 1),
    ],
)
def test_minutes_that_really_pass(start: datetime, end: datetime, want: int) -> None:
    """Three hours on the clock are two in spring and four in autumn."""
    assert elapsed_minutes(start, end) == want


def test_an_evening_across_the_change_has_its_right_end() -> None:
    """Two hours from one at night end at four in spring, and at two in autumn."""
    assert ends(SPRING.replace(hour=1), 120) == SPRING.replace(hour=4)
    assert ends(AUTUMN.replace(hour=1), 120) == AUTUMN.replace(hour=2)
    assert ends(AUTUMN.replace(hour=1), 120).fold == 1
    assert ends(AUTUMN.replace(hour=1), 120, "UTC") == AUTUMN.replace(hour=3)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2036, 1, 1)), st.integers(0, 10_000))
def test_what_takes_so_long_lasts_so_long(start: datetime, length: int) -> None:
    """The end is as many minutes away as was asked, whatever the clock does."""
    assert elapsed_minutes(start, ends(start, length)) == length


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC)),
    st.sampled_from(["Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe", "UTC"]),
)
def test_every_moment_has_its_own_local_time(moment: datetime, zone: str) -> None:
    """To local and back is the same moment, also in the hour that comes twice."""
    assert to_utc(from_utc(moment, zone), zone) == moment


@pytest.mark.parametrize("zone", ["Europe/Amsterdm", "", "../etc", "Mars", "Europe"])
def test_an_unknown_zone_is_refused(zone: str) -> None:
    """The message gives a name that can be used."""
    with pytest.raises(UnusableInput, match="Europe/Amsterdam"):
        to_utc(MONDAY, zone)


def test_local_times_and_moments_are_not_mixed_up() -> None:
    """A local time with a zone, and a moment without one, are refused."""
    with pytest.raises(UnusableInput, match="no time zone of its own"):
        to_utc(MONDAY.replace(tzinfo=UTC))
    with pytest.raises(UnusableInput, match="needs a time zone"):
        from_utc(MONDAY)
