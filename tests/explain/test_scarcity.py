"""Shortages: what more of a thing would change, worked out anew and never more than is true."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import assetmap
from assetmap import Neighbourhood, Policy, Proposals
from assetmap.explain import Shortage, shortages, what_if
from assetmap.explain.scarcity import COLUMNS, Scarcity
from assetmap.explain.trial import Study
from assetmap.model import PrivacyThresholds
from assetmap.plans import encode
from assetmap.plans.demands import demanding
from assetmap.privacy import Audience
from assetmap.report.results import result_files, results
from assetmap.solvers import Status, solve
from tests.explain.test_remedies import anew
from tests.plans.small import (
    WEEK,
    activity,
    kept_apart,
    need,
    person,
    run,
    talent,
)
from tests.strategies import neighbourhoods, outings, shuffled

LADY = person("p1", area="north", walks_m=100)
START = "2026-11-27 18:00"


def guests(count: int, **cells: Any) -> list[Any]:
    """So many people who would like to come to the evening, each with a question of their own."""
    people = [person(f"p{n}") for n in range(1, count + 1)]
    return [
        *people,
        *(need(f"n{n}", f"p{n}", "meal", wants="a1", **cells) for n in range(1, count + 1)),
    ]


def in_full(run_: Proposals, found: Shortage, *, fixed: bool) -> int | None:
    """Count what one more would meet, from the tables of the changed neighbourhood.

    With the plans of now fixed, or with any plans that meet what is met now; None where a plan of
    now is no longer there.
    """
    study = Study(run_)
    whole = anew(run_, found.records)
    wanted = set(Scarcity(study).needs)
    options = list(whole.options)
    if fixed:
        kept = [plan.plan for plan in run_.items]
        same = [(o, o.way_of(kept)) for o in options if o.ask.id not in wanted]
        now = {(c.option.ask.id, c.option.slot.index): c.option.key for c in study.chosen}
        stay = {}
        for option, way in same:
            at = (option.ask.id, option.slot.index)
            if way is not None and now.get(at) == option.key and at not in stay:
                stay[at] = option.only(lambda g, way=way: g in way)  # type: ignore[misc]
        if set(stay) != set(now):
            return None
        options = [*stay.values(), *(o for o in options if o.ask.id in wanted)]
    asks = whole.opened.asks
    encoded = encode(whole.scene, whole.busy, asks, options, links=whole.links)
    asked = sorted({o.ask.id for o in options} & wanted)
    problem = demanding(encoded, study.required, asked)
    solved = None if problem is None else solve(problem)
    if solved is None or solved.objective is None:
        return None
    return solved.objective[0]


def assert_true(hood: Neighbourhood) -> None:
    before = assetmap.propose(hood, WEEK)
    if before.certificate.status is not Status.OPTIMAL:
        return
    told = shortages(before)
    assert told == shortages(before)
    for found in told.items:
        assert 0 <= found.one_more <= found.two_more <= found.four_more
        assert found.four_more > 0
        assert found.verified
        if not found.one_more:
            continue
        freely = in_full(before, found, fixed=False)
        assert freely is not None
        assert freely >= found.one_more
        fixed = in_full(before, found, fixed=True)
        assert fixed is None or fixed == found.one_more
        after = what_if(before, add=found.records)
        gained = after.proposals.certificate.objective["met"]
        assert gained > before.certificate.objective["met"]


@settings(suppress_health_check=list(HealthCheck), max_examples=8, deadline=None)
@given(neighbourhoods())
def test_one_more_does_what_is_told(hood: Neighbourhood) -> None:
    """Worked out anew from the tables: just so many needs more, and the run gains by it."""
    assert_true(hood)


@settings(suppress_health_check=list(HealthCheck), max_examples=6, deadline=None)
@given(outings())
def test_one_more_seat_or_ride_does_what_is_told(hood: Neighbourhood) -> None:
    """The same where everybody needs a ride and few drive."""
    assert_true(hood)


@settings(suppress_health_check=list(HealthCheck), max_examples=5, deadline=None)
@given(st.data())
def test_the_order_of_rows_does_not_matter(data: st.DataObject) -> None:
    """The same neighbourhood with its rows in another order has the same shortages."""
    hood = data.draw(outings())
    other = shuffled(hood, data.draw)
    first, second = (shortages(assetmap.propose(h, WEEK)) for h in (hood, other))
    assert first.to_frame().equals(second.to_frame())


# --- one by one -----------------------------------------------------------------------------------


def test_places_at_an_activity() -> None:
    """One place for five people: with four more all of them are there."""
    found = shortages(run(*guests(5), activity("a1", capacity=1)), language="nl")
    (seat,) = found.items
    assert (seat.category, seat.area, seat.when, seat.kind) == ("meal", "north", START, "seat")
    assert (seat.one_more, seat.two_more, seat.four_more) == (1, 2, 4)
    assert str(found) == (
        "Één plaats meer bij ‘a1’: dan is er voor 1 vraag meer een voorstel; "
        "met twee erbij 2, met vier erbij 4."
    )


def test_a_seat_and_a_ride() -> None:
    """Neither changes anything alone; together they do, and stand in one row."""
    evening = activity("a1", area="south", capacity=0)
    before = run(LADY, evening, need("n1", "p1", "meal", wants="a1"))
    found = shortages(before, language="en")
    pairs = [s for s in found.items if len(s.changes) == 2]
    assert [s.one_more for s in pairs] == [1]
    assert all(s.together for s in pairs)
    assert "Together" in str(found)
    assert what_if(before, add=pairs[0].records).newly_met == ("n1",)


def test_rides_and_when_they_are() -> None:
    """A car there and home is one thing with two times; a car home alone has its own."""
    evening = activity("a1", area="south")
    before = run(LADY, evening, need("n1", "p1", "meal", wants="a1"))
    (both,) = shortages(before).items
    assert (both.category, both.area, both.kind) == ("ride", "north", "seat")
    assert both.when is not None
    assert both.when < START
    assert both.together == "ride / north / 2026-11-27 20:00 / seat"


def test_hours_and_talents() -> None:
    """Somebody who helps once a week could do so once more; or somebody else could."""
    hood = [person(p) for p in ("p1", "p2", "p3")]
    asks = [need("n1", "p1", urgency=5), need("n2", "p3", urgency=1)]
    policy = Policy(horizon_weeks=1)
    before = run(*hood, talent("t2", "p2", per_week=1), *asks, policy=policy)
    found = shortages(before)
    assert {s.kind for s in found.items} == {"hours", "talent"}
    assert all((s.one_more, s.four_more, s.when) == (1, 1, None) for s in found.items)


def test_a_place() -> None:
    """Room that is asked and not there is a place."""
    before = run(person("p1"), need("n1", "p1", "space"))
    (room,) = shortages(before).items
    assert (room.category, room.kind) == ("space", "place")


def test_nothing_is_short() -> None:
    """Everything is met, or nothing small would help: that is told too."""
    before = run(person("p1"), person("p2"), talent("t2", "p2"), need("n1"))
    assert shortages(before, language="en").items == ()
    assert "Nothing was found" in str(shortages(before, language="en"))


@pytest.mark.parametrize("hidden", ["share", "apart", "conversation"])
def test_what_may_not_be_told_points_to_nothing(hidden: str) -> None:
    """Who is kept apart, does not share or was not talked with yet is in no row and no count."""
    cells = {"share": "no"} if hidden == "share" else {}
    hood = [person("p1"), person("p2", **cells), talent("t2", "p2")]
    asked = need("n1", talked=None) if hidden == "conversation" else need("n1")
    guard = [kept_apart("p2", "p1")] if hidden == "apart" else []
    assert shortages(run(*hood, asked, *guard)).items == ()


def test_as_a_table() -> None:
    """The columns are those of the file, with a type for each."""
    frame = shortages(run(*guests(3), activity("a1", capacity=1))).to_frame()
    assert tuple(frame.columns) == COLUMNS
    assert frame.loc[0, ["one_more", "two_more", "four_more"]].tolist() == [1, 2, 2]
    assert frame.loc[0, "with"] is assetmap_na()


def assetmap_na() -> Any:
    import pandas as pd

    return pd.NA


# --- what leaves ----------------------------------------------------------------------------------


def test_the_team_sees_the_numbers_and_others_only_large_ones() -> None:
    """Small numbers about people stay in the team, and so does a row that has nothing else."""
    few = run(*guests(3), activity("a1", capacity=1))
    assert [r.one_more for r in results(few).value.shortages] == [1]
    assert results(few, Audience.RESEARCH).value.shortages == ()
    strict = Policy(privacy=PrivacyThresholds(minimum=3, base=1))
    many = run(*guests(6), activity("a1", capacity=1), policy=strict)
    (row,) = results(many, Audience.RESEARCH).value.shortages
    assert (row.one_more, row.two_more, row.four_more) == (None, None, 4)
    assert (row.when, row.with_) == (None, None)
    assert results(many, Audience.COUNCIL).value.shortages[0].area is None


def test_the_file() -> None:
    """``shortages.csv`` has the columns of the format."""
    before = run(*guests(3), activity("a1", capacity=1))
    text = result_files(results(before))["shortages.csv"].decode()
    (row,) = csv.DictReader(io.StringIO(text))
    assert tuple(row) == COLUMNS
    assert (row["kind"], row["one_more"], row["verified"], row["with"]) == ("seat", "1", "yes", "")
