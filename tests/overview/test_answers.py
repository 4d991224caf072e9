"""What holds of every answer: it can go through the gate; the order of rows is nothing to it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import assetmap
from assetmap import Neighbourhood, overview
from assetmap.errors import UnknownName, UnusableInput
from assetmap.model import RECORDS
from assetmap.privacy import Audience, release

DAY = dt.date(2026, 11, 23)
PERIOD = {"first": dt.date(2026, 1, 1), "last": DAY}
QUESTIONS: dict[str, Callable[[Neighbourhood], Any]] = {
    "budgets": lambda hood: overview.budgets(hood, asof=DAY),
    "challenges": overview.challenges,
    "collective": overview.collective,
    "coverage": lambda hood: overview.coverage(hood, asof=DAY, scheme="own"),
    "district": lambda hood: overview.district(hood, asof=DAY),
    "effort": lambda hood: overview.effort(hood, asof=DAY),
    "fairness": lambda hood: overview.fairness(assetmap.propose(hood, "2026-W48")),
    "from_event": lambda hood: overview.from_event(hood, "Eetcafé"),
    "gaps": lambda hood: overview.gaps(hood, asof=DAY),
    "hand_overs": lambda hood: overview.hand_overs(hood, asof=DAY, days=400),
    "intake": overview.intake,
    "introduced_ties": overview.introduced_ties,
    "meetings": lambda hood: overview.meetings(hood, "a4", **PERIOD),
    "members": lambda hood: overview.members(hood, "team", asof=DAY),
    "messages": overview.messages,
    "purpose_hours": lambda hood: overview.purpose_hours(hood, week="2026-W22"),
    "referrals": overview.referrals,
    "steps": lambda hood: overview.steps(Neighbourhood(), hood),
    "stewardships": overview.stewardships,
    "structures": lambda hood: overview.structures(hood, asof=DAY),
    "tie_reports": overview.tie_reports,
    "triage": lambda hood: overview.triage(hood, asof=DAY),
}
PLAIN: dict[str, Callable[[Neighbourhood], Any]] = {
    "agenda": lambda hood: overview.agenda(hood, **PERIOD),
    "answered": overview.answered,
    "introduced": overview.introduced,
    "newly_found": lambda hood: overview.newly_found(hood, **PERIOD),
    "participants": lambda hood: overview.participants(hood, asof=DAY),
    "responsible": lambda hood: overview.responsible(
        hood, "centre", at=dt.datetime(2026, 11, 28, 10)
    ),
    "unknown_to_team": lambda hood: overview.unknown_to_team(hood, asof=DAY),
}


@pytest.fixture(scope="module")
def hood() -> Neighbourhood:
    return assetmap.read(Path(__file__).parents[2] / "examples" / "buurthuis")


@pytest.fixture(scope="module")
def turned(hood: Neighbourhood) -> Neighbourhood:
    tables = {name: tuple(reversed(hood.table(name))) for name in RECORDS}
    changes: dict[str, Any] = tables
    return dataclasses.replace(hood, **changes)


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("audience", list(Audience))
def test_an_answer_goes_through_the_gate_and_outside_it_names_nobody(
    hood: Neighbourhood, name: str, audience: Audience
) -> None:
    """Every result can be released; for residents and council no id of a person is in it."""
    found = QUESTIONS[name](hood)
    items = found if isinstance(found, tuple) else (found,)
    persons = {person.person for person in hood.people}
    for item in items:
        out = release(item, audience, reader="i1", key=b"k" * 32).value
        if audience in {Audience.RESIDENTS, Audience.COUNCIL}:
            words = {word.removeprefix("person:") for word in _words(out)}
            assert not words & persons


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield str(value)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _words(getattr(value, field.name))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _words(each)
    elif hasattr(value, "items"):
        for key, each in value.items():
            yield from _words(key)
            yield from _words(each)


@pytest.mark.parametrize("name", [*QUESTIONS, *PLAIN])
def test_the_order_of_rows_makes_no_difference(
    hood: Neighbourhood, turned: Neighbourhood, name: str
) -> None:
    """The same tables from the last row to the first give the same answer."""
    question = (QUESTIONS | PLAIN)[name]
    assert question(hood) == question(turned)


@pytest.mark.parametrize("name", [*QUESTIONS, *PLAIN])
def test_an_empty_neighbourhood_has_an_answer_or_an_unknown_name(name: str) -> None:
    """Nothing is made up where nothing is known."""
    try:
        found = (QUESTIONS | PLAIN)[name](Neighbourhood())
    except UnknownName:
        assert name in {"meetings", "members", "responsible"}
    else:
        if isinstance(found, tuple) and name != "purpose_hours":
            assert found == ()


@pytest.mark.parametrize(
    "ask",
    [
        lambda hood: overview.triage(hood, asof=dt.datetime(2026, 11, 23, 10)),
        lambda hood: overview.referrals(hood, first=DAY, last=DAY - dt.timedelta(days=1)),
        lambda hood: overview.responsible(
            hood, "centre", at=dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
        ),
        lambda hood: overview.purpose_hours(hood, week="2025-W53"),
    ],
)
def test_a_day_that_cannot_be_is_refused(
    hood: Neighbourhood, ask: Callable[[Neighbourhood], Any]
) -> None:
    """A moment for a day, an end before the beginning, a time zone, a week that is not there."""
    with pytest.raises(UnusableInput):
        ask(hood)


def test_nothing_about_safety_is_counted() -> None:
    """A need, what was heard and what was passed on about safety change no answer."""
    calm = Neighbourhood.from_records(
        assetmap.Person(person="p1"),
        assetmap.Person(person="w1", kind="worker"),
    )
    tense = Neighbourhood.from_records(
        *calm.people,
        assetmap.Need(need="n1", owner="p1", category="violence", channel="phone", event="x"),
        assetmap.Talent(talent="t1", owner="p1", category="neglect", event="x"),
        assetmap.Observation(
            observation="o1", date="2026-11-01", category="abuse", kind="need", target_group="g"
        ),
        assetmap.Referral(referral="r1", need="n1", from_party="p1", to_party="w1"),
    )
    for ask in (
        overview.intake,
        overview.messages,
        overview.collective,
        overview.referrals,
        lambda hood: overview.triage(hood, asof=DAY),
        lambda hood: overview.agenda(hood, **PERIOD),
        lambda hood: overview.from_event(hood, "x"),
    ):
        assert ask(tense) == ask(calm)
