"""Who stops and who takes over: each thing said once, and what still goes on not denied."""

from __future__ import annotations

from typing import Any

from assetmap.explain import successions, why
from assetmap.model import Area, Record
from tests.plans.small import activity, arranged, need, person, run, talent, worker

THURSDAY = "FREQ=WEEKLY;BYDAY=TH"
LEGS = ("ride_out", "activity", "ride_back")


def dinner(*more: Record) -> tuple[Record, ...]:
    """A weekly dinner to which p2 drives p1, until 6 December."""
    return (
        Area(area="north", adjacent=("south",)),
        Area(area="south"),
        worker("w1"),
        person("p1", walks_m=200),
        person("p2", until="2026-12-06"),
        activity("a1", area="south", start="2026-11-26T17:30", rrule=THURSDAY),
        talent("t2", "p2", "ride", seats=2, going_to="a1"),
        need("n1", "p1", "meal", wants="a1", rrule=THURSDAY),
        *(driven(leg) for leg in LEGS),
        *more,
    )


def driven(leg: str) -> Record:
    there: dict[str, Any] = {"provider": "a1"} if leg == "activity" else {"provider": "p2"}
    who = there["provider"]
    cells = {} if leg == "activity" else {"talent": "t2"}
    return arranged(f"r-{leg}", leg, who, activity="a1", rrule=THURSDAY, **cells)


def driver(name: str, **cells: Any) -> tuple[Record, Record]:
    return person(name), talent(f"t-{name}", name, "ride", seats=2, **cells)


def test_a_driver_who_gives_both_rides_stops_once() -> None:
    """One sentence, with both arrangements in the facts; the plan says it once as well."""
    found = run(*dinner(*driver("p3", available="Thu 16:00-21:00")))
    (one,) = successions(found, language="nl")
    assert str(one) == "p2 stopt op zondag 6 december. p3 kan dit overnemen: samen eten."
    assert {one.arrangement, *one.also} == {"r-ride_out", "r-ride_back"}
    told = str(why(found, "n1", language="nl"))
    assert told.count("p3 kan het daarna overnemen.") == 1


def test_two_who_each_take_over_one_way_are_told_apart() -> None:
    """Which way is said where somebody else does the other."""
    out = driver("p3", available="Thu 16:00-18:30")
    back = driver("p4", available="Thu 19:00-21:00")
    told = [str(each) for each in successions(run(*dinner(*out, *back)), language="nl")]
    assert sorted(told) == [
        "p2 stopt op zondag 6 december. p3 kan dit overnemen: samen eten (heenrit).",
        "p2 stopt op zondag 6 december. p4 kan dit overnemen: samen eten (terugrit).",
    ]


def test_until_the_last_day_it_goes_on() -> None:
    """Nobody takes over: only for the days after the last one there is nothing."""
    found = run(*dinner())
    (one,) = successions(found, language="nl")
    assert str(one).endswith("Er is nog niemand die dit overneemt: samen eten.")
    told = str(why(found, "n1", language="nl"))
    assert "Voor de dagen na zondag 6 december is er nog niets." in told
    assert "andere dagen" not in told
