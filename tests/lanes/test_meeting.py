"""What a meeting did with a card comes back with it, and a card comes back when somebody joins."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetmap.errors import UnusableInput
from assetmap.lanes.card import Card, CardState, Lane, SixWeeks, card_id
from assetmap.lanes.lines import Line
from assetmap.lanes.meeting import Held, MeetingNote, look_backs, notes_from_rows, standing
from assetmap.lanes.scene import Scene, scene_of
from tests.lanes.hoods import DAY, ago, asked, heard, hood_of, people

NAME = card_id(Lane.AGREEMENT, "homework", "north")
NEEDS = tuple(f"need:n{n}" for n in range(3))


def _scene(*records: Any, **own: Any) -> Scene:
    asks = [asked(f"n{n}", f"p{n}", back) for n, back in enumerate([9, 8, 1])]
    return scene_of(hood_of(people(5), asks, *records, settings=own), DAY)


def _card(*evidence: str) -> Card:
    scene = _scene()
    return Card(
        card=NAME,
        lane=Lane.AGREEMENT,
        what=Line("lane_agreement.group_rule"),
        evidence=evidence or NEEDS,
        members=tuple(sorted({scene.member_of(ref) for ref in evidence or NEEDS})),
    )


def _note(days: int, state: CardState = CardState.NEW, *evidence: str, **more: Any) -> MeetingNote:
    return MeetingNote(NAME, ago(days), state, evidence, **more)


def _standing(card: Card, *notes: MeetingNote, **own: Any) -> Card | Held:
    scene = _scene(**own)
    return standing(card, notes, scene, scene.settings)


def _told(card: Card, *notes: MeetingNote, **own: Any) -> Card:
    found = _standing(card, *notes, **own)
    assert isinstance(found, Card)
    return found


def test_a_card_that_no_meeting_saw_is_as_it_was() -> None:
    """Notes of other cards do not matter."""
    other = MeetingNote("agreement|meal|-", ago(7), CardState.DROPPED, NEEDS)
    assert _told(_card(), other) == _card()


def test_it_is_held_back_until_somebody_joins() -> None:
    """The same households: held. One more: on the table, still going on."""
    assert isinstance(_standing(_card(), _note(7, CardState.NEW, *NEEDS)), Held)
    card = _told(_card(), _note(7, CardState.NEW, *NEEDS[:2]))
    assert (card.state, card.since, card.joined) == (CardState.ONGOING, ago(7), 1)


def test_a_second_note_of_the_same_household_is_nobody_new() -> None:
    """It is another record, and the same people."""
    again = heard("o1", 0, speaker="p1", category="homework")
    scene = _scene(again)
    card = replace(_card(), evidence=(*NEEDS, "observation:o1"))
    found = standing(card, [_note(7, CardState.NEW, *NEEDS)], scene, scene.settings)
    assert isinstance(found, Held)


def test_every_meeting_that_saw_it_counts() -> None:
    """Who was seen two meetings ago is not new either."""
    notes = [_note(14, CardState.NEW, NEEDS[0]), _note(7, CardState.ONGOING, *NEEDS[1:])]
    assert isinstance(_standing(_card(), *notes), Held)


def test_without_evidence_the_day_decides() -> None:
    """A list that somebody kept by hand: who asked after that day has joined."""
    assert _told(_card(), _note(5)).joined == 1
    assert isinstance(_standing(_card(), _note(1)), Held)


@pytest.mark.parametrize("state", [CardState.DISCUSSED, CardState.PICKED_UP, CardState.DROPPED])
def test_what_the_meeting_decided_last_stays_with_it(state: CardState) -> None:
    """With the reason and what came of it, also when it comes back."""
    notes = [
        _note(14, CardState.DISCUSSED, NEEDS[0]),
        _note(7, state, NEEDS[1], because="komt goed", outcome=SixWeeks.BETTER),
        _note(6, CardState.ONGOING, NEEDS[1]),
    ]
    card = _told(_card(), *reversed(notes))
    assert (card.state, card.since, card.joined) == (state, ago(14), 1)
    assert (card.because, card.outcome) == ("komt goed", SixWeeks.BETTER)


def test_the_same_day_again_gives_the_same_card() -> None:
    """A note of today holds nothing back; what was decided today shows."""
    shown = _told(_card(), _note(0, CardState.NEW, *NEEDS))
    assert (shown.state, shown.joined) == (CardState.NEW, None)
    assert _told(_card(), _note(0, CardState.PICKED_UP, *NEEDS)).state is CardState.PICKED_UP


def test_after_half_a_year_it_is_forgotten() -> None:
    """And notes of a later day are not known yet."""
    assert _told(_card(), _note(183, CardState.DROPPED, *NEEDS)).state is CardState.NEW
    assert isinstance(_standing(_card(), _note(182, CardState.DROPPED, *NEEDS)), Held)
    assert _told(_card(), _note(-1, CardState.DROPPED, *NEEDS)).state is CardState.NEW


# Looking back after six weeks


def _backs(*notes: MeetingNote, cards: tuple[Card, ...] = ()) -> list[tuple[int, int, int]]:
    scene = _scene()
    found = look_backs(notes, cards, scene, scene.settings)
    return [(each.days, each.then, each.now) for each in found]


def test_what_was_picked_up_is_looked_back_on_after_six_weeks() -> None:
    """With how many there were then, and how many there are now."""
    assert _backs(_note(41, CardState.PICKED_UP, *NEEDS[:2])) == []
    assert _backs(_note(42, CardState.PICKED_UP, *NEEDS[:2])) == [(42, 2, 0)]
    assert _backs(_note(50, CardState.PICKED_UP, NEEDS[0]), cards=(_card(),)) == [(50, 1, 3)]


def test_once_looked_back_on_it_is_done() -> None:
    """And what was only discussed is not asked after."""
    picked = _note(60, CardState.PICKED_UP, *NEEDS)
    assert _backs(picked, _note(10, CardState.PICKED_UP, outcome=SixWeeks.SAME)) == []
    assert _backs(_note(60, CardState.DISCUSSED, *NEEDS)) == []


def test_a_card_about_a_person_is_not_looked_back_on_at_the_table() -> None:
    """Its worker knows; the others do not even hear that it was there."""
    note = replace(_note(60, CardState.PICKED_UP), card="visit|person:p1")
    assert _backs(note) == []


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_question_can_be_asked(lang: str) -> None:
    """In both languages, with the day."""
    scene = _scene()
    (back,) = look_backs([_note(42, CardState.PICKED_UP, *NEEDS)], (), scene, scene.settings)
    assert "2026" in back.line().said(lang)
    assert back.line().said(lang).endswith("?")


# Rows


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="|", exclude_categories=["Cs"]))
REFS = st.from_regex(r"need:n[0-9]{1,3}", fullmatch=True)


@given(
    st.dates(),
    st.sampled_from(CardState),
    st.lists(REFS).map(tuple),
    st.none() | TEXTS.map(str.strip).filter(bool),
    st.none() | st.sampled_from(SixWeeks),
)
def test_notes_come_back_from_their_rows(
    day: Any, state: CardState, evidence: Any, because: str | None, outcome: SixWeeks | None
) -> None:
    """Every note, whatever the meeting wrote."""
    note = MeetingNote(NAME, day, state, evidence, because, outcome)
    assert notes_from_rows([note.row()]) == (note,)


@pytest.mark.parametrize(
    ("cells", "word"),
    [
        ({"card": " "}, "card"),
        ({"date": "vandaag"}, "date"),
        ({"state": "geheim"}, "state"),
        ({"outcome": "geheim"}, "outcome"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_without_what_stood_there(
    cells: dict[str, str], word: str
) -> None:
    """With its number and the column."""
    row = _note(1).row() | cells
    with pytest.raises(UnusableInput, match=f"row 2: {word}") as wrong:
        notes_from_rows([_note(1).row(), row])
    assert "geheim" not in str(wrong.value)


def test_columns_that_are_missing_are_blank() -> None:
    """Three are enough."""
    (note,) = notes_from_rows([{"card": NAME, "date": "2026-11-23", "state": "new", "more": "x"}])
    assert note == MeetingNote(NAME, DAY, CardState.NEW)
