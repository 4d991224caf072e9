"""Who stops with what was arranged, when, and whom a plan takes over from."""

from __future__ import annotations

import datetime as dt

import pytest

from assetmap.plans.ending import last_day, succeeds
from tests.plans.small import MONDAY, arranged, need, person, run, talent

ASKED = need("n1", rrule="elke dinsdag")
NEXT = person("p3"), talent("t3", "p3")


@pytest.mark.parametrize(
    ("row", "giver", "gift", "last"),
    [
        (None, None, None, None),
        ("2026-12-05", None, None, "2026-12-05"),
        (None, "2026-12-04", None, "2026-12-04"),
        (None, None, "2026-12-03", "2026-12-03"),
        ("2026-12-05", "2026-12-04", "2026-12-03", "2026-12-03"),
    ],
)
def test_the_first_end_is_the_last_day(row, giver, gift, last):
    """Of the arrangement, of who does it, or of the talent."""
    found = run(
        person("p1"),
        person("p2", until=giver),
        talent("t2", "p2", until=gift),
        ASKED,
        arranged("r1", "help", "p2", talent="t2", until=row),
    )
    day = last_day(found.hood, found.hood.arrangements[0])
    assert (None if day is None else day.isoformat()) == last


def test_only_plans_after_the_last_day_take_over():
    """Not what stands, and not somebody who stopped before this week."""
    rows = person("p1"), person("p2"), talent("t2", "p2"), *NEXT, ASKED
    ends = arranged("r1", "help", "p2", talent="t2", until="2026-12-05")
    found = run(*rows, ends)
    told = {str(p.occurrence)[:10]: succeeds(found.hood, p, MONDAY) for p in found.items}
    assert told.pop("2026-11-24") == ()
    assert len(told) == 3
    for parts in told.values():
        ((leg, old, day),) = parts
        assert (leg.provider, old, day) == ("p3", "p2", dt.date(2026, 12, 5))
    gone = run(*rows, ends.model_copy(update={"until": dt.date(2026, 11, 1)}))
    assert all(succeeds(gone.hood, p, MONDAY) == () for p in gone.items)
