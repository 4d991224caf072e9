"""Somebody new in a remedy: the record, the sentence and what the question needs are one."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import assetmap
from assetmap import Neighbourhood
from assetmap.explain import Change, ChangeKind, Trait, remedy, shortages
from assetmap.explain.changes import changes_for
from assetmap.explain.remedies import told_change
from assetmap.explain.trial import Study, Trial
from assetmap.model import Area, Person, Policy, Record, Role, Talent, Term
from assetmap.plans import Ask
from assetmap.plans.rides import drivers
from assetmap.plans.rules import first_broken
from assetmap.plans.wording import Teller
from assetmap.texts import catalogue_keys
from tests.plans.small import WEEK, activity, need, person, run, talent
from tests.strategies import neighbourhoods, outings

RIDES = {ChangeKind.RIDE, ChangeKind.RIDE_OUT, ChangeKind.RIDE_BACK}
AREAS = (Area(area="north", adjacent=("south",)), Area(area="south"))
SAID = {
    Trait.PROFESSIONAL: "een professional",
    Trait.VOLUNTEER: "een vrijwilliger",
    Trait.ELSEWHERE: "uit een andere buurt",
    Trait.FAR: "verder wil reizen",
    Trait.LANGUAGE: "spreekt",
    Trait.PEER: "hetzelfde heeft meegemaakt",
    Trait.WHEELCHAIR: "een auto",
    Trait.TRAINED: "een cursus voor heeft gedaan",
    Trait.LONG: "dit langere tijd wil doen",
    Trait.AGAIN: "dit vaker dan één keer wil doen",
}


def parts(change: Change) -> tuple[Person, Talent]:
    somebody, offer = change.records
    assert isinstance(somebody, Person)
    assert isinstance(offer, Talent)
    return somebody, offer


def special(change: Change, ask: Ask) -> set[Trait]:
    """Return what is special about somebody, read from the cells of the record."""
    somebody, offer = parts(change)
    roles = {Role.PROFESSIONAL: Trait.PROFESSIONAL, Role.VOLUNTEER: Trait.VOLUNTEER}
    terms = {Term.LONG: Trait.LONG, Term.SHORT: Trait.AGAIN}
    cells = {
        roles.get(offer.role),  # type: ignore[arg-type]
        terms.get(offer.term),  # type: ignore[arg-type]
        Trait.ELSEWHERE if somebody.area != ask.spot.area else None,
        Trait.FAR if offer.max_km is not None else None,
        Trait.LANGUAGE if somebody.languages is not None else None,
        Trait.PEER if somebody.experiences is not None else None,
        Trait.TRAINED if somebody.trainings is not None else None,
        Trait.WHEELCHAIR if offer.wheelchair is not None else None,
    }
    return {cell for cell in cells if cell is not None}


def without(change: Change, trait: Trait, ask: Ask) -> tuple[Record, Record]:
    """Return the same somebody who lacks one of these."""
    somebody, offer = parts(change)
    own: dict[Trait, dict[str, Any]] = {
        Trait.ELSEWHERE: {"area": ask.spot.area},
        Trait.LANGUAGE: {"languages": ("xx",)},
        Trait.PEER: {"experiences": None},
        Trait.TRAINED: {"trainings": None},
    }
    gives: dict[Trait, dict[str, Any]] = {
        Trait.PROFESSIONAL: {"role": Role.VOLUNTEER},
        Trait.VOLUNTEER: {"role": None},
        Trait.FAR: {"max_km": None},
        Trait.WHEELCHAIR: {"wheelchair": None},
        Trait.LONG: {"term": Term.SHORT},
        Trait.AGAIN: {"term": Term.ONCE},
    }
    return (
        somebody.model_copy(update=own.get(trait, {})),
        offer.model_copy(update=gives.get(trait, {})),
    )


def will_do(study: Study, ask: Ask, change: Change, records: tuple[Record, ...]) -> bool:
    """Say whether the rules let somebody stay who is like this."""
    trial, new = Trial(study, records), parts(change)[1].talent
    offer = next(o for o in trial.supply.catalogue.offers if o.id == new)
    if change.kind not in RIDES:
        return first_broken(trial.scene, ask, offer) is None
    dates = trial.scene.meetings.get(change.thing, ())
    legs = [kind for kind in ("ride_out", "ride_back") if change.kind in {"ride", kind}]
    every = [
        giver.offer.id
        for meeting in dates
        for leg in legs
        for giver in drivers(trial.scene, ask, leg, meeting, trial.supply)  # type: ignore[arg-type]
    ]
    return new in every


def assert_told(hood: Neighbourhood, policy: Policy) -> None:
    before = assetmap.propose(hood, WEEK, policy=policy)
    study = Study(before)
    tellers = [Teller(before, lang) for lang in ("nl", "en")]
    for gap in before.gaps:
        ask = study.asks.get(gap.need)
        for change in () if ask is None else changes_for(Trial(study), ask):
            if change.kind not in {*RIDES, ChangeKind.TALENT} or "@" in change.thing:
                assert change.traits == ()
                continue
            assert ask is not None
            assert set(change.traits) == special(change, ask)
            dutch, english = (told_change(teller, change) for teller in tellers)
            assert {t for t, said in SAID.items() if said in dutch} == set(change.traits)
            assert (change.traits == ()) == (english == told_plain(tellers[1], change))
            if will_do(study, ask, change, change.records):
                for trait in change.traits:
                    assert not will_do(study, ask, change, without(change, trait, ask)), trait


def test_every_trait_can_be_told() -> None:
    """There is a sentence for each, alone and with another area."""
    keys = set(catalogue_keys("explain", "nl"))
    assert {f"explain.newcomer.{trait.value}" for trait in Trait} <= keys
    assert {f"explain.newcomer.{who}_elsewhere" for who in ("professional", "volunteer")} <= keys


def told_plain(teller: Teller, change: Change) -> str:
    return told_change(teller, dataclasses.replace(change, traits=()))


@settings(suppress_health_check=list(HealthCheck), max_examples=60, deadline=None)
@given(st.one_of(neighbourhoods(), outings()), st.booleans())
def test_record_sentence_and_question_agree(hood: Neighbourhood, training: bool) -> None:
    """Each special cell is told, what is told is in the record, and without it nothing is met."""
    assert_told(hood, Policy(training_required=("shopping", "company") if training else ()))


@pytest.mark.parametrize(
    ("asked", "asker", "said"),
    [
        ({}, {}, "iemand in de buurt die dit kan: boodschappen"),
        ({"not_area": "south"}, {}, "iemand in de buurt die dit kan: boodschappen"),
        ({"sensitive": "yes"}, {}, "een vrijwilliger uit een andere buurt die dit kan"),
        ({"not_area": "north"}, {}, "iemand uit een andere buurt die dit kan"),
        ({"language_hard": "yes"}, {"languages": "ar"}, "die Arabisch spreekt en dit kan"),
        ({"language_hard": "yes"}, {"languages": "ar, nl"}, "die Nederlands spreekt en dit kan"),
        ({"category": "debt_help"}, {}, "een professional die dit kan: schuldhulpverlening"),
        ({"category": "ride"}, {"wheelchair": "yes"}, "een auto heeft waar een rolstoel in kan"),
        ({"term": "long"}, {}, "die dit langere tijd wil doen en dit kan"),
        ({"rrule": "FREQ=WEEKLY"}, {}, "die dit vaker dan één keer wil doen en dit kan"),
    ],
)
def test_somebody_new(asked: dict[str, Any], asker: dict[str, Any], said: str) -> None:
    """A remedy and a shortage tell who would really do; a neighbour is enough unless asked."""
    cells = {"category": "shopping", **asked}
    before = run(*AREAS, person("p1", **asker), need("n1", "p1", **cells))
    found = remedy(before, "n1", language="nl")
    assert found is not None
    assert found.verified
    assert [change.kind for change in found.changes] == ["talent"]
    assert said in str(found)
    assert said.partition(" ")[2] in str(shortages(before, language="nl"))


def test_a_training_that_the_team_asks_for() -> None:
    """Of a resident it is asked; of a professional it is not."""
    policy = Policy(training_required=("shopping", "debt_help"))
    before = run(person("p1"), need("n1"), policy=policy)
    found = remedy(before, "n1", language="nl")
    assert found is not None
    assert found.verified
    assert "iemand in de buurt die er een cursus voor heeft gedaan en dit kan" in str(found)
    reserved = run(person("p1"), need("n1", "p1", "debt_help"), policy=policy)
    assert "een professional die dit kan" in str(remedy(reserved, "n1", language="nl"))


def test_a_car_that_takes_a_wheelchair() -> None:
    """A ride is told with the car that it takes, and by a volunteer where the question asks."""
    lady = person("p1", walks_m=100, wheelchair="yes")
    rows = [*AREAS, lady, activity("a1", area="south")]
    plain = remedy(run(*rows, need("n1", "p1", "meal", wants="a1")), "n1", language="nl")
    assert "een rit heen en terug naar ‘a1’, in een auto waar een rolstoel in kan." in str(plain)
    arabic = {"languages": "ar", "language_hard": "yes"}
    found = remedy(run(*rows, need("n1", "p1", "meal", wants="a1", **arabic)), "n1", language="en")
    assert (
        "a ride to ‘a1’ and home again, in a car that takes a wheelchair, by somebody who"
        " speaks Arabic."
    ) in str(found)


def test_how_many_hours() -> None:
    """Hours that are short are told by how many, and no more are added than that."""
    hood = [person("p1"), person("p2"), talent("t2", "p2", hours_week=0.5)]
    found = remedy(run(*hood, need("n1", hours=2)), "n1", language="nl")
    assert "1,5 uur per week meer van boodschappen" in str(found)
    assert found is not None
    assert found.records[0].hours_week == 2  # type: ignore[attr-defined]
