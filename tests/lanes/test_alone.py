"""Who has hardly a tie: for the own worker; numbers for others; and who has more by now."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap import signals
from assetmap.lanes import alone
from assetmap.lanes.card import Card, OwnCard
from assetmap.lanes.results import LaneResult, Verdict
from assetmap.lanes.scene import scene_of
from assetmap.model import Activity, Person, Talent, Tie
from assetmap.privacy import Audience
from tests.lanes.hoods import DAY, ago, asked, hood_of

WORKERS = [Person(person=w, kind="worker", called=w.title()) for w in ("ward", "wim")]
NAMES = ("ans", "bo", "co", "dee")


def _look(*records: Any, day: dt.date = DAY, **own: Any) -> LaneResult:
    scene = scene_of(hood_of(*records, settings=own), day)
    return alone.look(scene, scene.settings)


def _person(name: str, worker: str | None = "ward", **cells: Any) -> Person:
    asked_on = cells.pop("ties_asked_on", ago(200))
    return Person(person=name, called=name.title(), worker=worker, ties_asked_on=asked_on, **cells)


def _tie(a: str, b: str, **cells: Any) -> Tie:
    return Tie(a=a, b=b, **{"kind": "friend", **cells})


def _of(found: LaneResult) -> dict[str, Card]:
    return {card.card or "": card for card in found.cards}


def test_the_own_worker_reads_it_and_nobody_else() -> None:
    """Ans has one tie: Ward has a card; Wim, the team as a whole and the council have not."""
    base = [WORKERS, _person("ans"), _person("bo", "wim"), _person("co", "wim")]
    hood = hood_of(*base, _tie("ans", "bo"), _tie("bo", "co"), _tie("co", "ward", kind="worker"))
    found = signals.detect(hood, asof=DAY)
    own = signals.for_audience(found, Audience.TEAM, reader="ward").value.cards
    assert [(card.card, card.to) for card in own] == [("alone|person:ans", ("person:ward",))]
    others = signals.for_audience(found, Audience.TEAM, reader="wim").value.cards
    assert [card.card for card in others] == ["alone|person:co"]
    for audience in (Audience.TEAM, Audience.COUNCIL, Audience.RESIDENTS, Audience.RESEARCH):
        assert signals.for_audience(found, audience).value.cards == ()


def test_it_begins_with_talents_and_never_says_lonely() -> None:
    """What somebody can do comes first; then the wish; then what one could go along to."""
    coffee = Activity(
        activity="a1", name="Koffie", category="meal", start="2026-01-01 10:00", rrule="elke dag"
    )
    cook = Talent(talent="t1", owner="ans", category="cook")
    (card,) = _look(WORKERS, _person("ans"), coffee, cook).cards
    assert card.what.said("nl") == "Van Ans kennen wij geen contact met een andere bewoner."
    steps = [line.said("nl") for line in card.steps]
    assert steps[0] == "Begin bij wat Ans kan: kok."
    assert steps[-1] == "Vraag Ans of het fijn is als iemand een keer meegaat naar: Koffie."
    said = " ".join(line.said("en") for line in (card.what, *card.steps))
    assert "lonely" not in said
    assert "not the same as lonely" in card.others[0].said("en")


def test_not_asked_is_not_alone() -> None:
    """Who was never asked has no card, and is counted; nobody asked: it cannot say."""
    found = _look(WORKERS, _person("ans"), _person("bo", ties_asked_on=None))
    assert list(_of(found)) == ["alone|person:ans"]
    assert found.left_out["lane_alone.not_asked"] == 1
    silent = _look(WORKERS, _person("bo", ties_asked_on=None))
    assert silent.verdict is Verdict.CANNOT_SAY
    assert _look(WORKERS, _person("ans", None)).left_out["lane_alone.no_worker"] == 1


TIES = st.lists(
    st.tuples(
        st.sampled_from([*NAMES, "ward"]), st.sampled_from(NAMES), st.integers(0, 100)
    ).filter(lambda tie: tie[0] != tie[1]),
    max_size=8,
)


@settings(max_examples=40, deadline=None)
@given(ties=TIES, few=st.integers(0, 2), days=st.integers(1, 90))
def test_who_is_alone_and_who_is_less_so_is_counted_by_hand(
    ties: list[tuple[str, str, int]], few: int, days: int
) -> None:
    """Count for everybody the residents of whom a tie had begun, now and some days ago."""
    rows = [_tie(a, b, since=ago(back)) for a, b, back in ties]
    found = _of(
        _look(WORKERS, [_person(n) for n in NAMES], rows, few_ties=few, less_alone_days=days)
    )

    def known(name: str, back: int) -> set[str]:
        begun = [{a, b} for a, b, ago_ in ties if ago_ >= back]
        return set().union(*(pair for pair in begun if name in pair)) - {name, "ward"}

    now = {name: len(known(name, 0)) for name in NAMES}
    before = {name: len(known(name, days)) for name in NAMES}
    expected = {f"alone|person:{name}" for name in NAMES if now[name] <= few}
    expected |= {f"alone|person:{n}|more" for n in NAMES if before[n] <= few < now[n]}
    assert set(found) == expected


def test_who_got_a_tie_and_the_carer_who_is_relieved() -> None:
    """The daughter, who cares for her, counts as a second one who is helped."""
    base = [WORKERS, _person("ans"), _person("bo"), _person("co"), _person("dee")]
    ring = [_tie("bo", "co"), _tie("bo", "dee"), _tie("co", "dee")]
    ties = [_tie("co", "ans", kind="carer"), *ring, _tie("ans", "bo", since=ago(20))]
    found = _of(_look(*base, *ties))
    assert list(found) == ["alone|person:ans|more"]
    card = found["alone|person:ans|more"]
    assert isinstance(card, OwnCard)
    assert (card.people, card.persons) == (2, ("person:ans", "person:co"))
    assert card.outcome is None
    assert card.what.said("nl") == "Ans heeft er contacten bij: nu zijn het er 2."
    later = [WORKERS, _person("ans", ties_asked_on=ago(3)), *base[2:]]
    assert _of(_look(*later, *ties)) == {}


def test_an_area_has_a_number_only_where_there_are_enough() -> None:
    """Five in the north are told as a number without names; four in the south are not."""
    north = [_person(f"n{at}", area="north") for at in range(5)]
    south = [_person(f"s{at}", area="south") for at in range(4)]
    found = _of(_look(WORKERS, north, south))
    areas = {name: card for name, card in found.items() if not isinstance(card, OwnCard)}
    assert list(areas) == ["alone|-|north"]
    card = areas["alone|-|north"]
    assert (card.people, card.evidence, card.members) == (5, ("area:north",), ("area:north",))


def test_a_wish_is_what_people_said_and_has_the_higher_minimum() -> None:
    """Ten asked for company; nine would not be told. Their ties are not looked at."""
    people = [_person(f"n{at}", area="north", ties_asked_on=None) for at in range(10)]
    needs = [asked(f"w{at}", f"n{at}", 9, category="company") for at in range(10)]
    (card,) = _look(WORKERS, people, needs).cards
    assert (card.card, card.people, card.sensitive) == ("alone|company|north", 10, True)
    assert "10 mensen zelf" in card.what.said("nl")
    assert _look(WORKERS, people, needs[:9]).cards == ()
    found = signals.detect(hood_of(WORKERS, people, needs), asof=DAY)
    outside = signals.for_audience(found, Audience.COUNCIL).value.cards
    assert [(each.card, each.what) for each in outside if each.lane.value == "alone"] == [
        (None, None)
    ]
