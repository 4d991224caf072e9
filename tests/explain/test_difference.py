"""What if: the changed neighbourhood is matched again, and only what must change changes."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import assetmap
from assetmap import Neighbourhood
from assetmap.audit import faults
from assetmap.errors import DataProblems, UnknownName, UnusableInput
from assetmap.explain import called, what_if
from assetmap.model import RECORDS, Organisation
from assetmap.texts import catalogue_keys
from tests.plans.small import (
    WEEK,
    activity,
    arranged,
    decided,
    initiative,
    kept_apart,
    need,
    person,
    place,
    run,
    talent,
    tie,
    worker,
)
from tests.strategies import neighbourhoods, outings

PEOPLE = [person(p) for p in ("p1", "p2", "p3", "p4")]
EVENING = activity("a1", area="south")
LADY, LORD = (person(p, area="north", walks_m=100) for p in ("p1", "p4"))
DRIVERS = [person("p2", area="south"), person("p3", area="south")]
CARS = [
    talent("t2", "p2", "ride", seats=2, going_to="a1"),
    talent("t3", "p3", "ride", seats=2, going_to="a1"),
]


@settings(suppress_health_check=list(HealthCheck), max_examples=15)
@given(st.one_of(neighbourhoods(), outings()))
def test_no_change_makes_no_difference(hood: Neighbourhood) -> None:
    """Nothing added and nothing removed: every plan stays, to the minute."""
    before = assetmap.propose(hood, WEEK)
    found = what_if(before)
    assert (found.newly_met, found.no_longer_met, found.changed) == ((), (), ())
    assert found.stayed == tuple(p.plan for p in before.items)
    assert (found.added, found.removed, found.blanked) == ((), (), ())
    assert found.proposals.certificate.objective["met"] == before.certificate.objective["met"]


@settings(suppress_health_check=list(HealthCheck), max_examples=15)
@given(st.one_of(neighbourhoods(), outings()), st.data())
def test_anything_may_leave(hood: Neighbourhood, data: st.DataObject) -> None:
    """Whatever is removed, what is left is sound and is proposed for without a fault."""
    before = assetmap.propose(hood, WEEK)
    rows = [r for t in ("people", "activities", "talents", "places") for r in hood.table(t)]
    gone = data.draw(st.sampled_from(rows))
    found = what_if(before, remove=[f"{gone.key}:{gone.id}"])
    assert f"{gone.key}:{gone.id}" in found.removed
    assert faults(found.proposals) == []
    met = {n: p for p in before.items for n in [p.need]}
    for name in found.no_longer_met:
        assert name in met or name in before.met_by_giving
    assert not set(found.newly_met) & set(found.no_longer_met)


def test_a_driver_who_leaves_changes_only_what_must() -> None:
    """The other car takes over; who was not in that car keeps the very same plan."""
    shops = [person("p5"), person("p6"), talent("t6", "p6"), need("n5", "p5")]
    before = run(LADY, *DRIVERS, EVENING, *CARS, *shops, need("n1", "p1", "meal"))
    plan = before.plan_for("n1")
    assert plan is not None
    driver = plan.legs[0].provider
    other = {"p2": "p3", "p3": "p2"}[driver]
    found = what_if(before, remove=[driver], language="en")
    assert found.removed == (f"person:{driver}", f"talent:t{driver[1]}")
    (change,) = found.changed
    assert change.need == "n1"
    assert [leg.provider for leg in change.after[0].legs] == [other, "a1", other]
    assert found.stayed == (before.plan_for("n5").plan,)  # type: ignore[union-attr]
    assert "For 1 need the plan changes: n1" in str(found)
    assert "1 other plan stays as it is." in str(found)
    now, then = (f"a ride there with {p}, ‘a1’ and a ride home with {p}" for p in (driver, other))
    when = "Friday 27 November at 18:00"
    assert f"n1 now: {now}, {when}. Then: {then}, {when}." in str(found)


def test_the_last_driver_leaves() -> None:
    """Without a ride there is no plan any more, and that is told; the question itself stays."""
    before = run(LADY, DRIVERS[0], EVENING, CARS[0], need("n1", "p1", "meal"))
    found = what_if(before, remove=["p2"], language="nl")
    assert found.no_longer_met == ("n1",)
    assert "geen voorstel meer: n1 (eten" in str(found) or "geen voorstel meer: n1 (" in str(found)
    assert found.proposals.gap_for("n1") is not None
    assert found.to_frame().values.tolist() == [["n1", "no_longer_met", "", ""]]


def test_who_leaves_takes_the_own_questions_along() -> None:
    """A question of somebody who is not there any more is not one that is no longer met."""
    before = run(*PEOPLE, talent("t2", "p2"), need("n1"), tie("p1", "p3"))
    found = what_if(before, remove=["p1"])
    assert found.removed == ("person:p1", "need:n1", "ties")
    assert found.no_longer_met == ()
    assert found.proposals.items == ()


def test_what_rests_on_it_goes_too() -> None:
    """Arrangements, decisions on somebody, protections and a ride to what is gone go with it."""
    before = run(
        *PEOPLE,
        worker("w1"),
        person("p9", worker="w1"),
        initiative("i1", manager="w1", place="pl1"),
        place("pl1"),
        activity("a1", initiative="i1", place="pl1"),
        talent("t4", "p4", "ride", going_to="a1", seats=1),
        need("n1", "p1", "meal"),
        arranged("x1", "activity", "i1", activity="a1"),
        decided("n1-aaaaaaaa-20261101", "other", provider="i1"),
        kept_apart("p3", "a1"),
    )
    by_initiative = what_if(before, remove=["i1"])
    assert by_initiative.removed == (
        "initiative:i1",
        "activity:a1",
        "arrangement:x1",
        "decisions",
        "talent:t4",
    )
    by_worker = what_if(before, remove=["w1"])
    assert by_worker.removed == ("person:w1",)
    assert by_worker.blanked == ("initiative:i1", "person:p9")
    assert by_worker.proposals.hood.person("p9").worker is None
    at_home = what_if(before, remove=["pl1"], language="en")
    assert at_home.removed == ("place:pl1",)
    assert at_home.blanked == ("activity:a1", "initiative:i1")
    assert "Here a reference falls away: ‘a1’ and i1." in str(at_home)


def test_a_party_that_is_required_and_gone_is_still_required() -> None:
    """An activity that does not do without the police has no seats when they are gone."""
    police = Organisation(organisation="o1", name="police")
    evening = activity("a1", initiative="i1", requires="party:o1:1")
    hood = [*PEOPLE[:1], initiative("i1"), police, evening, need("n1", "p1", "meal")]
    found = what_if(run(*hood), remove=["o1"])
    assert found.proposals.gap_for("n1") is not None
    assert found.proposals.gap_for("n1").reason == "activity_incomplete"  # type: ignore[union-attr]


def test_records_are_added_and_replaced() -> None:
    """A new talent meets a need; a row with the same id takes the place of the old one."""
    before = run(*PEOPLE, talent("t2", "p2", "garden"), need("n1"))
    added = what_if(before, add=[talent("t3", "p3")])
    assert (added.newly_met, added.added) == (("n1",), ("talent:t3",))
    replaced = what_if(before, add=[talent("t2", "p2")])
    assert replaced.newly_met == ("n1",)
    assert len(replaced.proposals.hood.talents) == 1
    both = what_if(before, add=[talent("t2", "p4")], remove=["p2"])
    assert both.proposals.plan_for("n1").legs[0].provider == "p4"  # type: ignore[union-attr]
    frame = replaced.to_frame()
    assert frame["change"].tolist() == ["newly_met"]
    assert frame["after"].tolist() == [replaced.proposals.items[0].plan]


def test_the_same_week_policy_and_seed() -> None:
    """The run is that of the proposals; what took no part in it still takes none, and is kept."""
    before = run(*PEOPLE, talent("t2", "p2"), need("n1"), need("n2", category="xyzzy"), seed=7)
    found = what_if(before, add=[need("n3", "p3")]).proposals
    assert (found.week, found.policy, found.certificate.seed) == (before.week, before.policy, 7)
    assert found.apart == before.apart
    assert found.apart.unmapped


def test_the_neighbourhood_itself_is_not_changed() -> None:
    """Problem in, result out."""
    before = run(*PEOPLE, talent("t2", "p2"), need("n1"))
    rows = before.hood.counts()
    what_if(before, add=[talent("t3", "p3")], remove=["p2", "n1"])
    assert before.hood.counts() == rows


def test_names_are_used_where_asked() -> None:
    """For the team's own eyes needs are told with the name of who asks."""
    before = run(person("p1", called="Ans"), person("p2"), need("n1"))
    found = what_if(before, add=[talent("t2", "p2")], language="nl", name=called(before.hood))
    assert str(found) == "Dan is er voor 1 vraag meer een voorstel: n1 (boodschappen, Ans)."
    assert "<p>Dan is er" in found._repr_html_()
    assert str(what_if(before, language="nl")) == "Er verandert niets in wat we voorstellen."


def test_what_goes_is_told_in_words() -> None:
    """Names where they were given, talents by whose they are, the rest counted; no table's name."""
    before = run(
        person("p1", called="Ans"),
        person("p2", called="Bo"),
        *(person(name) for name in ("p3", "p4", "p5")),
        talent("t2", "p2"),
        need("n1"),
        *(tie("p2", name) for name in ("p3", "p4", "p5")),
        kept_apart("p2", "p4"),
    )
    name = called(before.hood)
    dutch = str(what_if(before, remove=["p2"], language="nl", name=name))
    english = str(what_if(before, remove=["p2"], language="en", name=name))
    said = "Dit gaat weg, met wat erbij hoort: Bo, boodschappen van Bo en 3 contacten."
    assert dutch.splitlines()[0] == said
    assert "Bo, shopping by Bo and 3 ties." in english
    assert "person:" not in dutch + english
    shielded = what_if(before, remove=["s-p2-p4"], language="nl", name=name)
    assert str(shielded).splitlines()[0] == "Dit gaat weg: 1 maatregel."


def test_every_table_can_be_told() -> None:
    """What has no name is counted by its kind, in both languages."""
    named = {"people", "talents", "needs", "activities"}
    named |= {"places", "areas", "organisations", "initiatives"}
    for lang in ("nl", "en"):
        counted = {f"explain.row.{table}" for table in RECORDS if table not in named}
        assert {k for k in catalogue_keys("explain", lang) if ".row." in k} == counted


def test_dates_that_come_and_go_are_told() -> None:
    """One date falls away, and is there again; further dates are counted."""
    cells = {"rrule": "FREQ=WEEKLY;BYDAY=MO", "when": "Mon 09:00-10:00", "hours": 1}
    before = run(*PEOPLE[:2], talent("t2", "p2"), need("n1", **cells))
    short = talent("t2", "p2", until=dt.date(2026, 12, 8))
    less = what_if(before, add=[short], language="nl")
    assert (
        "n1 nu: hulp van p2, maandag 14 december om 9.00 uur en nog 1 keer. Dan niet meer."
        in str(less)
    )
    again = what_if(less.proposals, add=[talent("t2", "p2")], language="en")
    assert "n1 then also: help from p2, Monday 14 December at 09:00 and 1 more time." in str(again)


def test_what_cannot_be_done_is_told() -> None:
    """Unknown ids, ids of several things, references to nothing, and what is no record."""
    before = run(*PEOPLE, talent("x", "p2"), need("x"))
    with pytest.raises(UnknownName, match="Nothing here has the id"):
        what_if(before, remove=["p99"])
    with pytest.raises(UnknownName, match="talent:x, need:x"):
        what_if(before, remove=["x"])
    assert what_if(before, remove=["talent:x"]).no_longer_met == ("x",)
    with pytest.raises(DataProblems):
        what_if(before, add=[talent("t9", "p99")])
    with pytest.raises(UnusableInput, match="records"):
        what_if(before, add=["t9"])  # type: ignore[list-item]


def test_a_later_day_is_another_plan() -> None:
    """A plan that moves is told as a change, with both dates."""
    cells = {"when": "Mon 09:00-10:00", "hours": 1}
    before = run(*PEOPLE[:2], talent("t2", "p2", per_week=1), need("n1", **cells))
    away = talent("t2", "p2", per_week=1, from_=dt.date(2026, 11, 24))
    (change,) = what_if(before, add=[away]).changed
    assert [p.occurrence for p in change.before] == [dt.datetime(2026, 11, 23, 9, 0)]
    assert [p.occurrence for p in change.after] == [dt.datetime(2026, 11, 30, 9, 0)]
