"""A complaint about somebody who asked nothing is for their own worker: have coffee."""

from __future__ import annotations

from typing import Any

import pytest

from assetmap.lanes import visit
from assetmap.lanes.card import OwnCard
from assetmap.lanes.results import LaneResult, Verdict
from assetmap.lanes.scene import scene_of
from assetmap.model import Initiative, Person, Record
from tests.lanes.hoods import DAY, ago, asked, heard, hood_of

PEOPLE = [
    Person(person="henk", worker="w1", area="north"),
    Person(person="ans"),
    Person(person="bo"),
    Person(person="w1", kind="worker"),
    Person(person="w2", kind="worker"),
]


def _complaint(name: str, days: int = 1, **cells: Any) -> Record:
    told = {"about": "henk", "reporter": "ans", "category": "garden", **cells}
    return heard(name, days, kind="complaint", **told)


def _look(*records: Record, **settings: Any) -> LaneResult:
    scene = scene_of(hood_of(PEOPLE, records, settings=settings), DAY)
    return visit.look(scene, scene.settings)


def test_one_card_for_the_worker_however_many_complain() -> None:
    """The reporters are counted, a second note of one of them is not a second reporter."""
    found = _look(
        _complaint("o1", 5), _complaint("o2", 3, reporter="bo"), _complaint("o3", 1, reporter="bo")
    )
    (card,) = found.cards
    assert isinstance(card, OwnCard)
    assert (card.to, card.persons) == (("person:w1",), ("person:henk",))
    assert (card.count, card.people, card.reporters) == (3, 1, 2)
    assert (card.theme, card.area, card.first, card.last) == (None, "north", ago(5), DAY)
    assert "koffie" in card.steps[0].said("nl")
    assert "henk" in card.steps[0].said("en")


@pytest.mark.parametrize("days", [1, 20])
def test_an_own_wish_ends_it(days: int) -> None:
    """An open question, also one from before; then matching takes over."""
    assert _look(_complaint("o1", 5), asked("n1", "henk", days)).verdict is Verdict.NONE


def test_what_was_asked_and_answered_long_ago_does_not_end_it() -> None:
    """A question that is closed, from before the complaints."""
    old = asked("n1", "henk", 200, closed_on=ago(150))
    assert len(_look(_complaint("o1", 5), old).cards) == 1
    since = asked("n1", "henk", 4, closed_on=ago(2))
    assert _look(_complaint("o1", 5), since).cards == ()


def test_only_residents_and_only_lately() -> None:
    """A complaint about a worker is no visit; one of long ago neither."""
    assert _look(_complaint("o1", 1, about="w2")).cards == ()
    assert len(_look(_complaint("o1", 90)).cards) == 1
    assert _look(_complaint("o1", 91)).cards == ()
    assert len(_look(_complaint("o1", 91), visit_days=92).cards) == 1


@pytest.mark.parametrize(
    ("cells", "worker"),
    [
        ({"to": "w2"}, "person:w2"),
        ({"reporter": "w2"}, "person:w2"),
        ({"about": "henk", "to": "w2"}, "person:w1"),
    ],
)
def test_it_goes_to_the_own_worker_else_to_whom_the_note_names(
    cells: dict[str, str], worker: str
) -> None:
    """Else to the worker who wrote it down."""
    (card,) = _look(_complaint("o1", 1, **{"about": "ans", **cells})).cards
    assert card.to == (worker,)


def test_without_a_worker_only_that_is_told() -> None:
    """There is no card that nobody may read; the team is told to agree on who goes."""
    found = _look(_complaint("o1", 1, about="ans", reporter="bo"))
    assert found.cards == ()
    assert dict(found.left_out) == {"lane_visit.no_worker": 1}


def test_a_complaint_about_safety_gives_no_visit() -> None:
    """That goes another way: to the named worker, with the steps of the meldcode."""
    found = _look(_complaint("o1", 1, category="neglect"))
    assert (found.cards, found.streams, dict(found.left_out)) == ((), 0, {})


# A concern that was passed on


def _concern(name: str, **cells: Any) -> Record:
    return heard(name, 3, kind="concern", **{"about": "henk", "category": "visit", **cells})


def test_a_concern_that_was_passed_on_to_a_worker_asks_to_go_by() -> None:
    """It is for that worker, also when another knows the resident; who told it can be asked."""
    (card,) = _look(_concern("o1", to="w2", reporter="ans")).cards
    assert card.to == ("person:w2",)
    assert [whom.ref for whom in card.ask or ()] == ["person:ans"]
    assert (card.steps or ())[0].key == "lane_visit.go_by"
    assert isinstance(card, OwnCard)
    assert card.persons == ("person:henk",)


def test_a_concern_that_was_passed_on_to_the_house_asks_it_to_lend_an_ear() -> None:
    """By the own worker, who asks the resident first."""
    house = Initiative(initiative="house", name="Buurthuis")
    scene = scene_of(hood_of(PEOPLE, house, _concern("o1", to="house", reporter="w2")), DAY)
    (card,) = visit.look(scene, scene.settings).cards
    assert card.to == ("person:w1", "initiative:house")
    said = [line.said("nl") for line in card.steps or ()]
    assert said == [
        "Vraag Buurthuis om een luisterend oor voor henk.",
        "Vraag eerst of henk dat goed vindt.",
    ]


def test_each_party_has_a_card_of_its_own_and_more_notes_are_one_card() -> None:
    """Two notes to one worker are one; a concern for nobody in particular is none."""
    found = _look(_concern("o1", to="w1"), _concern("o2", to="w1"), _concern("o3", to="w2"))
    assert [(card.to, card.count) for card in found.cards] == [
        (("person:w1",), 2),
        (("person:w2",), 1),
    ]
    assert _look(_concern("o1")).cards == ()


def test_a_concern_without_a_worker_is_told_as_such() -> None:
    """Nobody knows this resident, and nobody of the team passed it on."""
    found = _look(_concern("o1", about="ans", to="bo"))
    assert dict(found.left_out) == {"lane_visit.no_worker": 1}
    assert found.cards == ()
