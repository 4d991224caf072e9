"""What counts as a question, for whom, where, and what never counts."""

from __future__ import annotations

import datetime as dt

import pytest

from assetmap.lanes.events import gather_events, streams_of
from assetmap.lanes.scene import scene_of
from assetmap.model import Initiative, Need, Person, Visit
from tests.lanes.hoods import DAY, ago, asked, heard, hood_of, people


def _records(*records: object, **settings: object) -> list[str]:
    scene = scene_of(hood_of(*records), DAY)  # type: ignore[arg-type]
    return [event.record for event in scene.events]


def test_needs_and_notes_of_a_need_count_by_day() -> None:
    """In the order of days; a day later than the meeting does not count."""
    found = _records(
        people(3),
        asked("n1", "p0", 1),
        asked("late", "p1", -1),
        heard("o1", 2, speaker="p2", category="homework"),
        heard("later", -1, speaker="p2", category="homework"),
    )
    assert found == ["observation:o1", "need:n1"]


@pytest.mark.parametrize(
    ("kind", "counts"),
    [("need", True), ("concern", True), ("complaint", True), ("talent", False), ("idea", False)],
)
def test_the_kind_of_a_note_decides(kind: str, counts: bool) -> None:
    """What somebody offers or thinks of is no question."""
    found = _records(people(1), heard("o1", 1, kind=kind, speaker="p0", category="homework"))
    assert found == (["observation:o1"] if counts else [])


def test_a_complaint_about_a_person_is_no_theme() -> None:
    """Whoever brings it in, it counts nowhere."""
    note = heard("o1", 1, kind="complaint", about="p0", speaker="p1", category="garden")
    assert _records(people(2), note) == []


def test_a_signal_about_a_group_is_no_question_of_a_household() -> None:
    """Not even where somebody is named as the one who said it."""
    note = heard("o1", 1, speaker="p0", target_group="jongeren", category="homework")
    assert _records(people(1), note) == []


def test_who_counts_as_one() -> None:
    """The household, else the person, else the door; whoever is not known is told, not guessed."""
    hood = hood_of(
        Person(person="a", household="h1"),
        Person(person="b", household="h1"),
        Person(person="c"),
        Visit(visit="v1", date=ago(3), area="north"),
        asked("n1", "a", 5),
        asked("n2", "c", 4),
        heard("o1", 3, visit="v1", category="homework"),
        heard("o2", 2, household="h1", category="homework"),
        heard("o3", 1, about="b", reporter="c", category="homework"),
        heard("o4", 0, category="homework"),
    )
    gathered = gather_events(hood, DAY)
    assert [event.household for event in gathered.events] == [
        "household:h1",
        "person:c",
        "visit:v1",
        "household:h1",
        "household:h1",
    ]
    assert dict(gathered.left_out_of("homework")) == {"signals.left_out.nobody_known": 1}
    assert gathered.left_out_of("meal") == {}


def test_what_cannot_be_placed_is_counted_and_told() -> None:
    """A need without a day, one of an initiative, a note of no kind."""
    hood = hood_of(
        people(1),
        Initiative(initiative="i1", name="Moestuin"),
        Need(need="n1", owner="p0", category="meal"),
        Need(need="n2", owner="i1", category="land", since=ago(1)),
        heard("o1", 1, kind="", speaker="p0", category="meal"),
    )
    gathered = gather_events(hood, DAY)
    assert gathered.events == ()
    assert {why.rpartition(".")[2] for why in gathered.left_out_of()} == {
        "no_day",
        "of_a_party",
        "no_kind",
    }


@pytest.mark.parametrize("category", ["violence", "abuse", "neglect", "violense", "zomaar iets"])
def test_safety_and_what_maps_to_nothing_known_are_no_events(category: str) -> None:
    """Neither as a need nor as a note; not misspelt either."""
    hood = hood_of(
        people(2),
        asked("n1", "p0", 1, category=category),
        heard("o1", 1, speaker="p1", category=category),
        asked("n2", "p1", 1),
    )
    scene = scene_of(hood, DAY)
    assert [event.record for event in scene.events] == ["need:n2"]
    assert [need.need for need in scene.needs] == ["n2"]
    assert scene.observations == ()


def test_the_area_is_that_of_the_asker_or_of_the_note() -> None:
    """A note says where by itself, else its speaker does."""
    hood = hood_of(
        people(1, area="south"),
        asked("n1", "p0", 3),
        heard("o1", 2, speaker="p0", area="north", category="homework"),
        heard("o2", 1, speaker="p0", category="homework"),
    )
    assert [e.area for e in scene_of(hood, DAY).events] == ["south", "north", "south"]


def test_a_theme_has_a_stream_by_area_and_one_of_the_whole() -> None:
    """Where all lies in one area the whole would be the same, so it is not looked at twice."""
    hood = hood_of(
        Person(person="a", area="north"),
        Person(person="b", area="south"),
        Person(person="c"),
        asked("n1", "a", 3),
        asked("n2", "b", 3),
        asked("n3", "a", 3, category="meal"),
        asked("n4", "c", 3, category="ride"),
        asked("n5", "c", 3, category="walk"),
        asked("n6", "a", 3, category="walk"),
    )
    found = {key: len(own) for key, own in streams_of(scene_of(hood, DAY).events).items()}
    assert found == {
        ("homework", None): 2,
        ("homework", "north"): 1,
        ("homework", "south"): 1,
        ("meal", "north"): 1,
        ("ride", None): 1,
        ("walk", None): 2,
        ("walk", "north"): 1,
    }


def test_the_scene_knows_how_long_has_been_written_down() -> None:
    """From the first question or note of any kind; nothing at all is no history."""
    assert scene_of(hood_of(people(1)), DAY).history_days == 0
    hood = hood_of(people(1), heard("o1", 9, kind="idea", category="music"), asked("n1", "p0", 3))
    assert scene_of(hood, DAY).history_days == 10
    assert scene_of(hood, DAY - dt.timedelta(days=9)).history_days == 1
