"""Remedies: the smallest change that is enough, confirmed by working everything out anew."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import assetmap
from assetmap import Neighbourhood, Proposals
from assetmap.audit import faults
from assetmap.errors import UnknownName
from assetmap.explain import ChangeKind, called, remedy, shortages, what_if
from assetmap.explain.amended import amended
from assetmap.explain.changes import changes_for
from assetmap.explain.remedies import Search, merged
from assetmap.explain.trial import Study, Trial
from assetmap.model import Area, Record
from assetmap.plans import (
    Outcome,
    Scene,
    Working,
    encode,
    naming_each_other,
    prepared,
    proposed,
    standing_plans,
    unmet,
)
from assetmap.plans.demands import demanding
from assetmap.solvers import Status, solve
from tests.plans.small import (
    WEEK,
    activity,
    initiative,
    kept_apart,
    need,
    person,
    run,
    talent,
    tie,
    worker,
)
from tests.strategies import neighbourhoods, outings

LADY = person("p1", area="north", walks_m=100)
MEAL = need("n1", "p1", "meal", wants="a1")
EVENING = activity("a1", area="south")


def names(found: Any) -> list[tuple[str, str]]:
    return [change.name for change in found.changes]


def anew(run_: Proposals, records: Iterable[Record]) -> Working:
    """Work the whole changed neighbourhood out from its tables."""
    hood = amended(run_.hood, records, ()).hood
    return prepared(Scene(hood, run_.policy, run_.week), lambda _done, _total: None)


def met_in_full(run_: Proposals, records: Iterable[Record], wanted: str) -> bool:
    """Say whether the changed neighbourhood can meet a need beside all that is met now."""
    all_of_it, study = anew(run_, records), Study(run_)
    asks = all_of_it.opened.asks
    encoded = encode(
        all_of_it.scene, all_of_it.busy, asks, all_of_it.options, links=all_of_it.links
    )
    if not any(name[0] == wanted for name in encoded.ledger.needs):  # type: ignore[index]
        return False
    problem = demanding(encoded, study.required, [wanted])
    found = None if problem is None else solve(problem)
    return found is not None and found.objective == (1,)


# --- on anything ----------------------------------------------------------------------------------


def assert_enough(hood: Neighbourhood) -> None:
    before = assetmap.propose(hood, WEEK)
    if before.certificate.status is not Status.OPTIMAL:
        return
    for gap in before.gaps:
        found = remedy(before, gap.need)
        assert found is not None
        assert found == remedy(before, gap.need)
        if not found.changes:
            assert found.reason in {"several", "not_possible_here"}
            assert not found.verified
            continue
        assert found.verified
        assert len(found.changes) <= 2
        assert met_in_full(before, found.records, gap.need)
        after = what_if(before, add=found.records).proposals
        weight = min(s.weight for s in Study(before).asks[gap.need].slots)
        gained = after.certificate.objective["met"] - before.certificate.objective["met"]
        assert gained >= weight
        assert_sound(before, gap.need)


def assert_sound(before: Proposals, name: str) -> None:
    """The plans that show it pass the independent checker as a run of their own."""
    way = Search(Study(before), name).smallest()
    assert way is not None
    full = anew(before, merged(*way.changes))
    chosen = way.found.chosen
    new = [proposed(full.scene, c, full.links) for c in chosen]
    new = naming_each_other(full.scene.hood, new)
    encoded, solution = way.found.encoded, way.found.solution
    met = before.met_by_giving
    if encoded is not None and solution is not None:
        met |= encoded.met_by_giving(solution)
    met |= {need for plan in new for need in plan.also_helps} - {plan.need for plan in new}
    after = what_if(before, add=merged(*way.changes)).proposals
    proof = dataclasses.replace(after.certificate, status=Status.FEASIBLE)
    outcome = Outcome(chosen, met)
    shown = dataclasses.replace(
        after,
        items=(*standing_plans(full.scene, full.opened.fixed), *new),
        gaps=unmet(full.scene, full.opened.asks, full.found, outcome),
        met_by_giving=met,
        certificate=proof,
    )
    assert {c.option.ask.id for c in Study(before).chosen} | {name} <= {p.need for p in new} | met
    reasons = {gap.need for gap in shown.gaps}  # others may well have another reason than is best
    assert [f for f in map(str, faults(shown)) if f.partition(":")[0] not in reasons] == []


@settings(suppress_health_check=list(HealthCheck), max_examples=8, deadline=None)
@given(neighbourhoods())
def test_a_remedy_is_enough(hood: Neighbourhood) -> None:
    """Worked out anew from the tables, the need is met beside all that was met."""
    assert_enough(hood)


@settings(suppress_health_check=list(HealthCheck), max_examples=8, deadline=None)
@given(outings())
def test_a_remedy_is_enough_where_rides_are_scarce(hood: Neighbourhood) -> None:
    """The same where everybody needs a ride and few drive."""
    assert_enough(hood)


@settings(suppress_health_check=list(HealthCheck), max_examples=8, deadline=None)
@given(st.one_of(neighbourhoods(), outings()))
def test_no_smaller_set_would_do(hood: Neighbourhood) -> None:
    """Where two are told, or none, every single change is tried on the whole: none is enough."""
    before = assetmap.propose(hood, WEEK)
    if before.certificate.status is not Status.OPTIMAL:
        return
    study = Study(before)
    for gap in before.gaps:
        found = remedy(before, gap.need)
        assert found is not None
        if found.reason == "not_possible_here" or len(found.changes) == 1:
            continue
        for change in changes_for(Trial(study), study.asks[gap.need]):
            assert not met_in_full(before, change.records, gap.need)


# --- one by one -----------------------------------------------------------------------------------


def test_a_seat() -> None:
    """A full activity: one place more is enough, and it is told by its name."""
    found = remedy(run(person("p1"), activity("a1", capacity=0), MEAL), "n1", language="nl")
    assert found is not None
    assert names(found) == [("seat", "a1")]
    assert str(found) == (
        "Dit is genoeg: één plaats meer bij ‘a1’. "
        "Dit is nagerekend: alle andere voorstellen kunnen blijven."
    )
    assert found.plan is not None
    assert found.plan.legs[0].activity == "a1"
    assert found.reason is None


@pytest.mark.parametrize("missing", ["ride_out", "ride_back"])
def test_a_ride(missing: str) -> None:
    """A driver who goes one way only leaves the other way to be found."""
    hours = {"ride_out": "Fri 19:30-23:00", "ride_back": "Fri 17:00-18:00"}[missing]
    car = talent("t2", "p2", "ride", seats=1, available=hours)
    before = run(LADY, person("p2", area="south"), EVENING, car, MEAL)
    found = remedy(before, "n1")
    assert found is not None
    assert names(found) == [(missing, "a1")]


def test_a_ride_there_and_back() -> None:
    """Where nobody drives at all, one driver for both ways is one change."""
    found = remedy(run(LADY, EVENING, MEAL), "n1", language="en")
    assert found is not None
    assert names(found) == [("ride", "a1")]
    assert "a ride to ‘a1’ and home again" in str(found)


def test_a_seat_and_a_ride_together() -> None:
    """Neither is worth anything alone."""
    full = activity("a1", area="south", capacity=0)
    found = remedy(run(LADY, full, MEAL), "n1", language="nl")
    assert found is not None
    assert {kind for kind, _ in names(found)} == {"seat", "ride"}
    assert str(found).startswith("Dit is samen genoeg: ")
    assert " en " in str(found)


def test_once_more_a_week() -> None:
    """Two ask, one helps once a week: once more is enough for the other one."""
    hood = [person("p1"), person("p2"), person("p3"), talent("t2", "p2", per_week=1)]
    week = {"horizon_weeks": 1}
    asks = [need("n1", "p1", urgency=5), need("n2", "p3", urgency=1)]
    before = run(*hood, *asks, policy=assetmap.Policy(**week))  # type: ignore[arg-type]
    found = remedy(before, "n2", language="nl")
    assert found is not None
    assert names(found) == [("plan", "t2")]
    assert "één keer per week meer van boodschappen" in str(found)


def test_more_hours() -> None:
    """Who gives half an hour a week cannot help for two: so many hours more is enough."""
    hood = [person("p1"), person("p2"), talent("t2", "p2", hours_week=0.5)]
    found = remedy(run(*hood, need("n1", hours=2)), "n1")
    assert found is not None
    assert names(found) == [("hour", "t2")]


@pytest.mark.parametrize(
    ("wish", "offer", "asked"),
    [
        ("fee_max_eur", {"fee_eur": "9"}, {"fee_max_eur": "5"}),
        ("when", {}, {"when": "Mon 09:00-10:00"}),
        ("language_hard", {"languages": "ar"}, {"languages": "nl", "language_hard": "yes"}),
        ("max_km", {"area": "south"}, {"max_km": "0.1"}),
        ("wants", {"capacity": 9}, {"wants": "a2"}),
    ],
)
def test_a_wish(wish: str, offer: dict[str, Any], asked: dict[str, Any]) -> None:
    """A wish that leaves nothing is told, as long as letting it go is enough."""
    other = activity("a2", start="2026-10-02T18:00")
    cells = {"wants": "a1", **asked}
    evening = activity("a1", **offer)
    areas = [Area(area="north", adjacent=("south",)), Area(area="south")]
    before = run(person("p1"), *areas, evening, other, need("n1", "p1", "meal", **cells))
    found = remedy(before, "n1", language="en")
    assert found is not None
    assert names(found) == [("wish", wish)]


def test_a_talent_near_by() -> None:
    """Nobody offers it: somebody near by who does is enough, and is nobody in particular."""
    found = remedy(run(person("p1"), person("p2"), need("n1")), "n1", language="nl")
    assert found is not None
    assert names(found) == [("talent", "shopping")]
    assert "iemand in de buurt die dit kan: boodschappen" in str(found)
    assert {row.table for row in found.records} == {"people", "talents"}


def test_a_cook() -> None:
    """An activity that does not go ahead without a cook asks for one."""
    evening = activity("a1", requires="cook:1", initiative="i1")
    found = remedy(run(person("p1"), initiative("i1"), evening, MEAL), "n1", language="en")
    assert found is not None
    assert names(found) == [("talent", "cook@a1")]
    assert "somebody at ‘a1’ who does this" in str(found)


def test_a_step_that_was_tried() -> None:
    """What waits for people nearer by goes ahead when these were asked."""
    hood = [person("p1"), person("p2"), person("p3"), worker("w1")]
    offers = [talent("t2", "p2", per_week=1), talent("t3", "p3", role="volunteer")]
    asks = [need("n1", urgency=1, since="2026-11-23"), need("n2", "w1", urgency=5)]
    policy = assetmap.Policy(horizon_weeks=1)
    before = run(*hood, *offers, *asks, policy=policy)
    found = remedy(before, "n1", language="nl")
    assert before.gap_for("n1").reason == "waiting_for_rung"  # type: ignore[union-attr]
    assert found is not None
    assert names(found) == [("tried", "neighbour")]
    assert "opschrijven dat het is geprobeerd: buren" in str(found)


def test_the_first_conversation() -> None:
    """A conversation comes first, alone where that is enough, and never goes without saying."""
    hood = [person("p1"), person("p2"), need("n1", talked=None)]
    alone = remedy(run(*hood, talent("t2", "p2")), "n1")
    with_more = remedy(run(*hood), "n1")
    assert alone is not None
    assert with_more is not None
    assert names(alone) == [("conversation", "talked")]
    assert names(with_more) == [("conversation", "talked"), ("talent", "shopping")]


def test_more_than_two() -> None:
    """Where two changes are too few that is the reason, and nothing is claimed."""
    found = remedy(run(person("p1"), need("n1", people_needed=3)), "n1", language="nl")
    assert found is not None
    assert (found.changes, found.reason, found.verified, found.plan) == ((), "several", False, None)
    assert str(found).startswith("Er ontbreekt meer dan één ding tegelijk.")


def test_nothing_has_to_change_where_the_search_was_stopped() -> None:
    """What could be proposed as it is asks for no seat more, and is no shortage."""
    hood = [person("p1"), person("p3"), activity("a1", capacity=1)]
    asks = [need("n1", "p1", "meal"), need("n3", "p3", "meal")]
    before = run(*hood, *asks, time_limit=1e-9)
    assert [gap.stopped for gap in before.gaps] == [True, True]
    found = remedy(before, "n1", language="nl")
    assert found is not None
    assert (found.changes, found.reason, found.verified) == ((), None, True)
    assert found.plan is not None
    assert str(found).startswith("Hier is al een voorstel mogelijk")
    told = shortages(before, language="nl").items
    assert [(s.kind.value, s.one_more) for s in told if s.kind == "seat"] == [("seat", 1)]


def test_there_is_none_for_what_is_met() -> None:
    """A need with a plan has no remedy; an unknown one is told."""
    before = run(person("p1"), person("p2"), talent("t2", "p2"), need("n1"))
    assert remedy(before, "n1") is None
    with pytest.raises(UnknownName):
        remedy(before, "n9")


def test_names_as_the_team_uses_them() -> None:
    """For the team's own eyes whose talent it is has a name."""
    hood = [person("p1"), person("p2", called="Bo"), talent("t2", "p2", hours_week=0.5)]
    before = run(*hood, need("n1", hours=2))
    found = remedy(before, "n1", language="nl", name=called(before.hood))
    assert "van boodschappen, door Bo" in str(found) or "Bo" in str(found)


# --- what is not told -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nl", "en"])
def test_who_may_not_be_proposed_is_not_told(language: str) -> None:
    """What is not possible here has one answer: the worker; the same whoever is behind it."""
    shy = [person("p1"), person("p2", share="no"), talent("t2", "p2"), need("n1")]
    guarded = [person("p1"), person("p2"), talent("t2", "p2"), need("n1"), kept_apart("p2", "p1")]
    told = []
    for hood in (shy, guarded):
        before = run(*hood)
        assert before.gap_for("n1").reason == "not_possible_here"  # type: ignore[union-attr]
        found = remedy(before, "n1", language=language)
        assert found is not None
        assert (found.changes, found.reason) == ((), "not_possible_here")
        assert "p2" not in str(found)
        assert "t2" not in str(found)
        told.append(str(found))
    assert told[0] == told[1]


def test_a_remedy_never_leads_to_who_is_kept_away() -> None:
    """Seats and hours of whom the asker is kept from are no remedy, and are in no record."""
    guest = person("p3")
    before = run(
        person("p1"),
        person("p2"),
        guest,
        talent("t2", "p2", per_week=0),
        talent("t3", "p3", "garden"),
        need("n1", "p1", "shopping"),
        kept_apart("p2", "p1"),
        tie("p1", "p3"),
        activity("a1", "company", capacity=0),
    )
    found = remedy(before, "n1")
    assert found is not None
    shown = str(found) + str(found.changes)
    assert "t2" not in shown
    assert "'p2'" not in shown


def test_every_kind_of_change_can_be_told() -> None:
    """There is a sentence for each kind, so that none is told by its code."""
    kinds = {kind.value for kind in ChangeKind}
    told = {key.removeprefix("explain.change.") for key in _keys()}
    assert kinds - {"wish", "talent"} <= told  # somebody new is told by what they have to be
    assert all(key.split("_")[0] in {k.split("_")[0] for k in kinds} for key in told)


def _keys() -> list[str]:
    from assetmap.texts.catalogue import catalogue_keys

    return [k for k in catalogue_keys("explain", "nl") if k.startswith("explain.change.")]
