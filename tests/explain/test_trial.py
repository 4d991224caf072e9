"""A run with a few records more: what is taken over is what working it all out anew gives."""

from __future__ import annotations

from itertools import islice
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import assetmap
from assetmap import Neighbourhood
from assetmap.explain.changes import Change, changes_for, records_of
from assetmap.explain.remedies import merged
from assetmap.explain.trial import Study, Trial
from assetmap.model import Record
from assetmap.plans import Candidates, Catalogue, Supply, candidates, reservations
from assetmap.plans.rides import Since, could_drive
from tests.plans.small import WEEK, activity, need, person, place, run, talent
from tests.strategies import neighbourhoods, outings

LADY = person("p1", area="north", walks_m=100)
MEAL = need("n1", "p1", "meal", wants="a1")
EVENING = activity("a1", area="south", capacity=5)
DRIVER = (person("p2", area="north"), talent("t2", "p2", "ride", seats=1, going_to="a1"))


def anew(trial: Trial, name: str) -> Candidates:
    """Work out the plans for a need from the tables of a trial alone."""
    busy = reservations(trial.scene, trial.study.worked.working.opened.fixed)
    supply = Supply(Catalogue(trial.scene), busy, trial.study.supply.may_attend)
    return candidates(trial.scene, trial.asks[name], supply)


def written(found: Candidates) -> tuple[Any, ...]:
    """Write everything of candidates as plain values."""
    options = [
        (o.key, o.step, o.slot.index, o.start, o.end, o.week, o.seats_left, o.pinned, parts_of(o))
        for o in found.options
    ]
    misses = [(m.offer.key, m.rule, m.percent, m.date) for m in found.misses]
    rest = (found.funnel, found.steps, found.waiting, found.opens, found.cut, found.rides)
    return (options, misses, *rest, found.tiled)


def parts_of(option: Any) -> list[Any]:
    return [
        (part.leg, part.is_open, [(g.identity, g.rung, g.step, g.total, g.doubts) for g in givers])
        for part in option.parts
        if (givers := part.givers)
    ]


def ways(study: Study) -> list[tuple[Record, ...]]:
    """Return what is tried for the needs without a plan: one thing, several of it, and pairs."""
    base, found = Trial(study), []
    for name in sorted(study.unmet):
        ask, last = study.asks[name], None
        for change in islice(changes_for(base, ask), 8):
            found.append(change.records)
            if change.category is not None and change.kind not in {"wish", "tried", "conversation"}:
                found.append(more(base, name, change))
            if last is not None:
                found.append(merged(last, change))
            last = change
    return found


def more(base: Trial, name: str, change: Change) -> tuple[Record, ...]:
    return records_of(base, base.asks[name], change, 2)


@settings(suppress_health_check=list(HealthCheck), max_examples=30, deadline=None)
@given(st.one_of(neighbourhoods(), outings()))
def test_what_is_taken_over_is_what_it_comes_to(hood: Neighbourhood) -> None:
    """Whatever there is more of: every question has the plans and misses of a fresh look."""
    study = Study(assetmap.propose(hood, WEEK))
    for records in ways(study)[:12]:
        trial = Trial(study, records)
        for name in trial.asks:
            assert written(trial.candidates(name)) == written(anew(trial, name)), (name, records)


def test_a_trial_knows_its_rows() -> None:
    """The tables of a trial hold the new rows, each once, and are found by id."""
    study = Study(run(LADY, EVENING, MEAL))
    new = (person("p9"), talent("t9", "p9", "ride"), activity("a1", area="south", capacity=6))
    hood = Trial(study, new).hood
    assert [row.person for row in hood.people] == ["p1", "p9"]
    assert [row.capacity for row in hood.activities] == [6]
    for table in ("people", "talents", "activities", "needs"):
        assert list(hood.index[table].values()) == list(hood.table(table))


def test_who_goes_somewhere_takes_a_seat_in_a_trial() -> None:
    """Somebody new who goes to an activity is counted there; then nothing is taken over."""
    study = Study(run(LADY, EVENING, MEAL))
    plain = Trial(study, (person("p9"), talent("t9", "p9", "ride")))
    going = Trial(study, (person("p9"), talent("t9", "p9", "ride", going_to="a1")))
    assert plain.supply.since is not None
    assert plain.supply.busy is study.supply.busy
    assert going.supply.since is None
    assert sum(going.supply.busy.seats.values()) > sum(plain.supply.busy.seats.values())


def test_a_new_room_of_somebody_is_no_longer_lent_by_the_place() -> None:
    """A talent at a place takes away what the place itself is asked for."""
    study = Study(run(person("p1"), place("h1", space_for="meeting"), need("n1", "p1", "space")))
    records = (person("p9"), talent("t9", "p9", "space", place="h1"))
    found = {o.key for o in Trial(study, records).supply.catalogue.offers}
    assert found == {o.key for o in Catalogue(Trial(study, records).scene).offers}
    assert "place:h1" not in found


def test_whether_a_new_driver_comes_into_question() -> None:
    """One who could drive to something that answers; not one who does not come that far."""
    study = Study(run(LADY, EVENING, MEAL, *DRIVER))
    near = Trial(study, (person("p9", area="north"), talent("t9", "p9", "ride")))
    away = Trial(study, (person("p9", area="north"), talent("t9", "p9", "ride", areas="south")))
    for trial, comes in ((near, True), (away, False)):
        since = trial.supply.since
        assert isinstance(since, Since)
        ask = trial.asks["n1"]
        assert could_drive(trial.scene, ask, trial.supply, since.drivers) is comes
        legs = (p for o in trial.candidates("n1").options for p in o.parts)
        assert comes == any(g.offer.id == "t9" for p in legs for g in p.givers)
