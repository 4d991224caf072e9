"""Standing arrangements: what stands, how a leg falls away, and what is reserved."""

from __future__ import annotations

import datetime as dt

import pytest

from assetmap.audit import faults
from assetmap.match import propose
from assetmap.model import Arrangement, Leg, Need, Neighbourhood, Person, Talent
from assetmap.plans.asking import opened
from assetmap.plans.scene import Meeting
from assetmap.plans.standing import Busy, activity_of, reservations, ride_span, what_stands
from tests.plans.small import (
    FRIDAY,
    PAIR,
    activity,
    arranged,
    decided,
    gives,
    initiative,
    kept_apart,
    need,
    person,
    reason,
    run,
    scene,
    talent,
)

HELP = arranged("r1", "help", "p2", talent="t1", rrule="FREQ=WEEKLY")
T1, N1 = talent("t1", "p2"), need("n1")
BASE = (*PAIR, T1, N1)

EVENING = activity("a1", area="south", rrule="FREQ=WEEKLY")
CLUB = initiative("i1")
MEAL = need("n1", category="meal")
RIDES = (
    arranged("r1", "ride_out", "p2", talent="t1", activity="a1"),
    arranged("r2", "activity", "i1", activity="a1"),
    arranged("r3", "ride_back", "p3", talent="t2", activity="a1"),
)
DRIVERS = (
    person("p3"),
    talent("t1", "p2", "ride", seats=1),
    talent("t2", "p3", "ride", seats=2),
)
WEEKLY = (person("p1", walks_m=100), person("p2"), *DRIVERS, EVENING, CLUB, MEAL)


def standing(*records, week="2026-W48"):
    """Return what stands for n1."""
    at = scene(*records, week=week)
    return what_stands(at, at.hood.need("n1"))


def dates(*records):
    """Return the days of the month on which everything stands, and on which something fell away."""
    found = standing(*records)
    return [f.start.day for f in found.whole], [(b[0].day, b[1]) for b in found.broken]


def test_nothing_was_arranged():
    """Then nothing stands, and nothing fell away."""
    assert standing(*BASE) is None


def test_an_arrangement_stands_on_every_date_of_the_horizon():
    """Weekly from the day it began; the length is that of the need, an hour if blank."""
    found = standing(*BASE, HELP)
    assert [f.start for f in found.whole] == [
        dt.datetime(2026, 11, 23, 12) + n * dt.timedelta(weeks=1) for n in range(5)
    ]
    assert found.whole[0].end - found.whole[0].start == dt.timedelta(hours=1)
    assert (found.broken, found.stopped) == ((), ())


def test_the_rule_of_the_arrangement_goes_before_that_of_the_need():
    """Every other week, by whichever names it; every week if neither does."""
    other = "FREQ=WEEKLY;INTERVAL=2"
    row = {"talent": "t1"}
    asked = need("n1", rrule=other)
    assert len(standing(*BASE, arranged("r1", "help", "p2", rrule=other, **row)).whole) == 3
    assert len(standing(*PAIR, T1, asked, arranged("r1", "help", "p2", **row)).whole) == 3
    assert len(standing(*PAIR, T1, asked, HELP).whole) == 5
    assert len(standing(*BASE, arranged("r1", "help", "p2", **row)).whole) == 5


def test_an_arrangement_about_an_activity_is_on_its_dates():
    """With every leg."""
    found = standing(*WEEKLY, *RIDES)
    assert [f.start for f in found.whole] == [FRIDAY + n * dt.timedelta(weeks=1) for n in range(5)]
    assert {r.leg.value for r in found.whole[0].rows} == {"ride_out", "activity", "ride_back"}


def test_what_an_arrangement_is_about_where_the_rows_leave_it_blank():
    """Where a ride goes anyway, else the only activity that is wanted, else that of the host."""
    home = arranged("r1", "ride_back", "p2", talent="t1")
    ride, asked = talent("t1", "p2", "ride"), need("n1", category="meal", wants="a1")
    other = activity("a2", initiative="i1")
    goes = talent("t1", "p2", "ride", going_to="a1")

    def about(*records, rows=(home,)):
        return activity_of(scene(*PAIR, CLUB, EVENING, other, *records, *rows), rows)

    assert about(goes, MEAL) == about(ride, asked) == "a1"
    assert about(ride, MEAL) is None
    seat = arranged("r2", "activity", "i1")
    assert about(ride, MEAL, rows=(home, seat)) == "a2"
    assert about(ride, asked, rows=(home, RIDES[1])) == "a1"
    helps = arranged("r1", "help", "p2", talent="t1")
    assert about(goes, asked, rows=(helps,)) is None


def test_the_rhythm_of_the_arrangement_holds_on_the_dates_of_an_activity():
    """Every other week of a weekly evening, counted from when it began."""
    begun = {"rrule": "FREQ=WEEKLY;INTERVAL=2", "since": dt.date(2026, 11, 20)}
    rows = [r.model_copy(update=begun) for r in RIDES]
    assert dates(*WEEKLY, *rows)[0] == [4, 18]


def test_somebody_who_moves_away_no_longer_has_an_arrangement():
    """From the day after the last."""
    gone = person("p1", walks_m=100, until="2026-12-04")
    assert dates(gone, *WEEKLY[1:], *RIDES)[0] == [27, 4]


def ended(row, **cells):
    """Return a row with some cells changed."""
    return row.model_copy(update=cells)


FALLS = {
    "the row ends": {"rows": (RIDES[0], RIDES[1], ended(RIDES[2], until=dt.date(2026, 11, 20)))},
    "the talent ends": {"t2": {"until": "2026-11-20"}},
    "the driver leaves": {"p3": {"until": "2026-11-20"}},
    "the driver says no to sharing": {"p3": {"share": "no"}},
    "the driver has other hours": {"t2": {"available": "Mon 9-12"}},
    "the person has other hours": {"p3": {"available": "Mon 9-12"}},
    "the driver stops": {"more": (decided("n1-x-20261118", "no_more", provider="p3"),)},
    "they are kept apart": {"more": (kept_apart("p1", "p3"),)},
}


@pytest.mark.parametrize("what", FALLS)
def test_a_leg_falls_away_and_the_others_are_kept(what):
    """The slot asks again, and tells which legs still stand; the arrangement is told as stopped."""
    told = FALLS[what]
    people = person("p1", walks_m=100), person("p2"), person("p3", **told.get("p3", {}))
    cars = DRIVERS[1], talent("t2", "p3", "ride", seats=2, **told.get("t2", {}))
    rest = EVENING, CLUB, MEAL, *told.get("rows", RIDES), *told.get("more", ())
    found = standing(*people, *cars, *rest)
    assert found.whole == ()
    assert [(b[0].day, b[1]) for b in found.broken] == [
        (day, ("r1", "r2")) for day in (27, 4, 11, 18, 25)
    ]
    if "rows" not in told:
        assert found.stopped == ("r3",)


def test_a_leg_falls_away_from_the_day_on_which_it_ends():
    """Before that day everything stands."""
    last = ended(RIDES[2], until=dt.date(2026, 12, 4))
    assert dates(*WEEKLY, *RIDES[:2], last) == (
        [27, 4],
        [(11, ("r1", "r2")), (18, ("r1", "r2")), (25, ("r1", "r2"))],
    )


def test_nobody_is_brought_one_way_only():
    """Only the ride home was arranged, and she can't walk there: the evening is asked again."""
    assert dates(*WEEKLY, *RIDES[1:])[0] == []
    walker = (person("p1"), person("p2"), *DRIVERS, EVENING, CLUB, MEAL)
    alone = arranged("r2", "activity", "i1", activity="a1")
    assert dates(*walker, alone)[0] == [27, 4, 11, 18, 25]


def test_help_of_an_initiative_that_ended_has_ended():
    """Nobody comes any more."""
    for status, whole in (("running", 5), ("ended", 0)):
        club = initiative("i1", status=status)
        helps = arranged("r1", "help", "i1", talent="t1")
        assert len(standing(person("p1"), club, talent("t1", "i1"), N1, helps).whole) == whole


def test_somebody_who_takes_over_takes_the_place_of_who_stopped():
    """The last arrangement of a leg counts."""
    gone = ended(RIDES[2], until=dt.date(2026, 11, 20))
    new = arranged("r4", "ride_back", "p2", talent="t1", activity="a1", since="2026-11-21")
    found = standing(*WEEKLY, *RIDES[:2], gone, new)
    assert len(found.whole) == 5
    assert {r.arrangement for r in found.whole[0].rows} == {"r1", "r2", "r4"}


def test_what_ended_long_ago_is_no_longer_missed():
    """After half a year nothing was arranged any more."""
    gone = arranged("r1", "help", "p2", talent="t1", since="2026-01-05", until="2026-05-24")
    assert standing(*BASE, gone) is None
    lately = arranged("r1", "help", "p2", talent="t1", since="2026-01-05", until="2026-05-25")
    assert standing(*BASE, lately).whole == ()


def test_a_blank_talent_is_the_one_that_answers():
    """A ride that goes there anyway first; then what belongs nowhere else; then by id."""
    cars = (
        talent("t0", "p3", "shopping"),
        talent("t1", "p2", "ride"),
        talent("t3", "p3", "ride"),
        talent("t4", "p3", "ride", going_to="a1"),
    )
    rows = (*RIDES[:2], arranged("r3", "ride_back", "p3", activity="a1"))
    people = person("p1", walks_m=100), person("p2"), person("p3")
    found = standing(*people, *cars, EVENING, CLUB, MEAL, *rows)
    assert [r.talent for r in found.whole[0].rows if r.arrangement == "r3"] == ["t4"]


def test_around_an_activity_that_is_over_everything_has_stopped():
    """The question is asked anew."""
    over = activity("a1", area="south", status="past")
    found = standing(*WEEKLY[:5], over, CLUB, MEAL, *RIDES)
    assert (found.whole, found.broken) == ((), ())
    assert found.stopped == ("r1", "r2", "r3")


def test_a_protection_against_the_activity_or_somebody_there_ends_it():
    """Of two who come there the one for whom it was written stays away."""
    for row in (kept_apart("p1", "a1"), kept_apart("p1", "i1")):
        assert standing(*WEEKLY, *RIDES, row).whole == ()
    other = person("p4"), talent("t9", "p4", "ride", going_to="a1")
    assert standing(*WEEKLY, *RIDES, *other, kept_apart("p1", "p4")).whole == ()
    assert len(standing(*WEEKLY, *RIDES, *other, kept_apart("p4", "p1")).whole) == 5


# --- what is used up before a run -----------------------------------------------------------


def reserved(*records):
    """Return what is used up."""
    at = scene(*records)
    return reservations(at, opened(at).fixed)


def test_who_goes_somewhere_anyway_has_a_seat_there():
    """On each date while the offer lasts, once per person."""
    last = {"until": "2026-12-04"}
    rides = (
        talent("t1", "p2", "ride", going_to="a1", **last),
        talent("t2", "p2", "cook", going_to="a1", **last),
    )
    busy = reserved(*PAIR, *rides, EVENING)
    assert dict(busy.seats) == {("a1", FRIDAY): 1, ("a1", FRIDAY + dt.timedelta(weeks=1)): 1}
    assert not busy.free("p2", FRIDAY, FRIDAY + dt.timedelta(hours=1))
    assert busy.free("p2", FRIDAY - dt.timedelta(hours=1), FRIDAY)
    assert busy.free("p1", FRIDAY, FRIDAY + dt.timedelta(hours=1))


def test_standing_help_uses_a_plan_some_minutes_and_time_of_both():
    """In its own week."""
    busy = reserved(*PAIR, T1, need("n1", hours=1.5, when="Mon 12:00-18:00"), HELP)
    noon = dt.datetime(2026, 11, 23, 12)
    assert busy.plans == {("t1", week): 1 for week in range(5)}
    assert busy.minutes == {("t1", week): 90 for week in range(5)}
    assert busy.load == {"p2": 5}
    for who in ("p1", "p2"):
        assert not busy.free(who, noon, noon + dt.timedelta(minutes=90))
        assert busy.free(who, noon + dt.timedelta(minutes=90), noon + dt.timedelta(hours=9))


def test_standing_help_of_which_no_hour_is_known_keeps_no_hour_of_anybody():
    """What is blank is unknown: the day is told, no hour is made up, and minutes do count."""
    busy = reserved(*PAIR, T1, need("n1", hours=1.5), HELP)
    assert busy.minutes == {("t1", week): 90 for week in range(5)}
    monday = dt.datetime(2026, 11, 23)
    for who in ("p1", "p2"):
        assert busy.free(who, monday, monday + dt.timedelta(days=1))
    shown = run(*PAIR, T1, need("n1", hours=1.5), HELP).items[0]
    assert (shown.occurrence, shown.end) == (dt.date(2026, 11, 23), None)


def test_standing_rides_use_a_seat_each_way_and_one_plan_per_driver():
    """She has a seat at the table; there and back by one driver is one plan."""
    busy = reserved(*WEEKLY, *RIDES)
    assert busy.seats["a1", FRIDAY] == 1
    assert busy.riders["t1", "a1", FRIDAY, Leg.RIDE_OUT] == ["p1"]
    assert busy.riders["t2", "a1", FRIDAY, Leg.RIDE_BACK] == ["p1"]
    assert (busy.plans["t1", 0], busy.plans["t2", 0]) == (1, 1)
    one = RIDES[0], RIDES[1], arranged("r3", "ride_back", "p2", talent="t1", activity="a1")
    busy = reserved(*WEEKLY, *one)
    assert (busy.plans["t1", 0], busy.plans["t2", 0], busy.load["p2"]) == (1, 0, 5)
    before = FRIDAY - dt.timedelta(minutes=15)
    assert not busy.free("p2", before, FRIDAY)
    assert not busy.free("p1", before, FRIDAY)


def test_a_standing_ride_of_somebody_without_a_car_in_the_tables_keeps_their_time():
    """It was agreed; no seats are known."""
    rows = [
        arranged(f"r{k}", leg, "p2", activity="a1")
        for k, leg in ((1, "ride_out"), (2, "ride_back"))
    ]
    busy = reserved(person("p1", walks_m=100), person("p2"), EVENING, MEAL, *rows)
    assert not busy.free("p2", FRIDAY - dt.timedelta(minutes=15), FRIDAY)
    assert dict(busy.riders) == {}
    assert busy.load["p2"] == 5


def test_a_second_standing_rider_needs_a_seat_and_no_second_drive():
    """Both are in the car; the driver gives one plan."""
    second = person("p4", walks_m=100), need("n4", "p4", "meal")
    cells = {"need": "n4", "activity": "a1"}
    rows = (
        arranged("r5", "ride_out", "p3", talent="t2", **cells),
        arranged("r6", "activity", "i1", **cells),
        arranged("r7", "ride_back", "p3", talent="t2", **cells),
    )
    first = RIDES[1], RIDES[2], arranged("r1", "ride_out", "p3", talent="t2", activity="a1")
    busy = reserved(*WEEKLY, *second, *first, *rows)
    assert sorted(busy.riders["t2", "a1", FRIDAY, Leg.RIDE_OUT]) == ["p1", "p4"]
    assert busy.plans["t2", 0] == 1
    assert busy.seats["a1", FRIDAY] == 2


def test_when_a_driver_is_busy():
    """A quarter of an hour before the beginning, and after the end."""
    at = scene()
    end = FRIDAY + dt.timedelta(hours=2)
    quarter = dt.timedelta(minutes=15)
    assert ride_span(at, Leg.RIDE_OUT, FRIDAY, end) == (FRIDAY - quarter, FRIDAY)
    assert ride_span(at, Leg.RIDE_BACK, FRIDAY, end) == (end, end + quarter)


def test_nobody_takes_two_seats_at_one_meeting():
    """However often they are noted there."""
    busy = Busy()
    evening = Meeting(FRIDAY, FRIDAY + dt.timedelta(hours=2), "a1")
    busy.attend("p1", evening)
    busy.attend("p1", evening)
    assert busy.seats["a1", FRIDAY] == 1
    assert len(busy.spans["p1"]) == 1


# --- through a whole run ----------------------------------------------------------------------


def test_a_leg_that_fell_away_is_given_by_somebody_else_while_the_rest_stays():
    """p2 still brings her there; another brings her home."""
    gone = ended(RIDES[2], until=dt.date(2026, 11, 20))
    other = person("p5"), talent("t5", "p5", "ride", seats=1)
    once = activity("a1", area="south")
    cars = person("p2"), talent("t1", "p2", "ride", available="Fri 17-19"), person("p3"), DRIVERS[2]
    base = (person("p1", walks_m=100), *cars, once, CLUB, MEAL)
    found = run(*base, *RIDES[:2], gone, *other)
    assert gives(found) == {"ride_out": "p2", "activity": "a1", "ride_back": "p5"}


@pytest.mark.parametrize(
    ("away", "other", "kept"), [("p2", "p3", Leg.RIDE_BACK), ("p3", "p2", Leg.RIDE_OUT)]
)
def test_a_driver_stays_away_from_another_driver_they_are_kept_from(away, other, kept):
    """The one for whom the protection is written gives way, and somebody else drives."""
    known = standing(*WEEKLY, *RIDES, kept_apart(away, other))
    assert not known.whole
    assert known.stopped == ({"p2": "r1", "p3": "r3"}[away],)
    more = person("p5"), talent("t5", "p5", "ride", seats=1)
    found = run(*WEEKLY, *RIDES, *more, kept_apart(away, other))
    assert faults(found) == []
    (first, *_) = found.items
    assert {part.leg: part.provider for part in first.legs}[kept] == other
    assert away not in {part.provider for part in first.legs}


def test_a_driver_stays_away_from_who_comes_by_an_arrangement_of_their_own():
    """Not only the driver's own passenger counts."""
    other = person("p6"), need("n6", "p6", "meal")
    comes = arranged("r6", "activity", "i1", need="n6", activity="a1")
    assert standing(*WEEKLY, *RIDES, *other, comes).whole
    known = standing(*WEEKLY, *RIDES, *other, comes, kept_apart("p3", "p6"))
    assert not known.whole
    assert known.stopped == ("r3",)


def test_a_leg_that_fell_away_and_that_nobody_gives_leaves_no_plan():
    """Not half of it."""
    gone = ended(RIDES[2], until=dt.date(2026, 11, 20))
    once = activity("a1", area="south")
    cars = person("p3"), talent("t1", "p2", "ride", available="Fri 17-19"), DRIVERS[2]
    found = run(person("p1", walks_m=100), person("p2"), *cars, once, CLUB, MEAL, *RIDES[:2], gone)
    assert reason(found) == "no_ride_back"
    assert found.gap_for("n1").leg == "ride_back"


@pytest.mark.parametrize(
    ("free", "hour"),
    [
        ("Mon 16:00-18:00", 16),  # the first hour that suits both
        ("Mon 18:30-21:00", 15),  # none does that day: the asker's first
        ("", 15),  # nothing is known of the helper
    ],
)
def test_an_arrangement_begins_when_it_suits_both(free: str, hour: int) -> None:
    """What was proposed at four is not told, and kept free, at three."""
    hood = Neighbourhood.from_records(
        Person(person="p1", share="yes", ground="consent"),
        Person(person="p2", share="yes", ground="consent"),
        Talent(talent="t1", owner="p2", category="shopping", available=free or None, term="long"),
        Need(
            need="n1",
            owner="p1",
            category="shopping",
            talked=True,
            when="Fri 10:00-12:00 | Mon 15:00-19:00",
            term="long",
        ),
        Arrangement(
            arrangement="a1",
            need="n1",
            leg="help",
            provider="p2",
            talent="t1",
            rrule="FREQ=WEEKLY;BYDAY=MO",
            since="2026-11-16",
        ),
    )
    proposals = propose(hood, "2026-W48")
    assert {p.occurrence.hour for p in proposals.items} == {hour}  # type: ignore[union-attr]
    assert faults(proposals) == []
