"""What was heard, for whom it is, and a signal without a single person in it (S32, S34)."""

from __future__ import annotations

from pathlib import Path

import pytest

from assetmap import overview
from assetmap.privacy import Audience, release
from tests.acceptance.stories import everywhere, files, less, put, told

BOTH_WAYS = {
    "people": """
        person;kind;worker
        ans;;ward
        host;;
        ward;worker;
        """,
    "initiatives": """
        initiative;name;manager
        house;Buurthuis;host
        """,
    "observations": """
        observation;date;kind;category;about;reporter;to;initiative
        o1;2026-11-23;concern;listening;ans;ward;house;
        o2;2026-11-24;concern;visit;ans;house;ward;
        o3;2026-11-25;concern;visit;ans;host;;
        o4;2026-11-26;idea;music;;ward;;house
        o5;2026-11-27;idea;music;;;;
        """,
}


def test_S32_a_signal_goes_to_the_party_that_can_act_in_both_directions(tmp_path: Path) -> None:
    """The worker asks the house to lend an ear; the house asks the worker to go by."""
    hood = everywhere(tmp_path, BOTH_WAYS)
    found = {note.observation: note for note in overview.messages(hood)}
    assert (found["o1"].from_party, found["o1"].to_party) == ("person:ward", "initiative:house")
    assert (found["o2"].from_party, found["o2"].to_party) == ("initiative:house", "person:ward")
    assert found["o1"].named
    assert found["o2"].named


def test_S32_where_nobody_is_named_it_goes_to_whoever_knows_the_person_or_runs_it(
    tmp_path: Path,
) -> None:
    """Her worker, the one who runs the house; else it stands open to be addressed."""
    found = {note.observation: note for note in overview.messages(files(tmp_path, BOTH_WAYS))}
    assert [found[o].to_party for o in ("o3", "o4", "o5")] == ["person:ward", "person:host", None]
    assert not any(found[o].named for o in ("o3", "o4", "o5"))


def test_S32_a_theme_of_safety_is_on_no_list(tmp_path: Path) -> None:
    """It goes to the named worker in another way."""
    rows = put(BOTH_WAYS["observations"], "o1", category="elder_abuse")
    notes = overview.messages(files(tmp_path, {**BOTH_WAYS, "observations": rows}))
    assert [note.observation for note in notes] == ["o2", "o3", "o4", "o5"]


YOUNG_DEBTS = {
    "people": "person\nans",
    "organisations": """
        organisation;name;kind
        bar;Bewonersadviesraad;bewonersadviesraad
        town;Gemeente;gemeente
        """,
    "initiatives": """
        initiative;name;kind;status;status_since
        lessons;Budgetlessen;coaching_debts;running;2025-01-15
        """,
    "activities": """
        activity;initiative;name;category;start
        old;lessons;Les voor volwassenen;coaching_debts;2026-01-20 19:00
        young;lessons;Les op school;coaching_debts;2026-04-12 10:00
        """,
    "observations": """
        observation;date;kind;category;reporter;to;target_group;initiative
        o1;2026-03-01;concern;coaching_debts;bar;town;jongeren;lessons
        """,
}


def test_S34_a_collective_signal_names_nobody_and_its_lead_time_is_known(tmp_path: Path) -> None:
    """The council of residents, young people, lessons at school six weeks later."""
    hood = everywhere(tmp_path, YOUNG_DEBTS)
    (signal,) = overview.collective(hood)
    assert (signal.from_party, signal.to_party) == ("organisation:bar", "organisation:town")
    assert (signal.target_group, signal.initiative, signal.days) == ("jongeren", "lessons", 42)
    (row,) = hood.observations
    assert {row.about, row.speaker, row.household, row.note} == {None}
    assert release(signal, Audience.RESIDENTS).left_out == {}


def test_S34_what_was_there_before_is_no_answer(tmp_path: Path) -> None:
    """The lessons for adults came earlier; an agreement with the initiative does answer."""
    story = {**YOUNG_DEBTS, "activities": less(YOUNG_DEBTS["activities"], "young")}
    (signal,) = overview.collective(files(tmp_path, story))
    assert (signal.answered, signal.days) == (None, None)
    asked = "agreement;kind;from_party;to_party;about;since\nag1;task;town;lessons;les;2026-03-02"
    (signal,) = overview.collective(files(tmp_path, {**story, "agreements": asked}))
    assert signal.days == 1


@pytest.mark.parametrize(("column", "code"), [("about", "group-and-person"), ("speaker", None)])
def test_S34_a_row_that_names_a_person_is_not_collective(
    tmp_path: Path, column: str, code: str | None
) -> None:
    """A person it is about contradicts the group; whoever said it is no part of the signal."""
    rows = put(YOUNG_DEBTS["observations"], "o1", **{column: "ans"})
    hood = everywhere(tmp_path, {**YOUNG_DEBTS, "observations": rows})
    assert overview.collective(hood) == ()
    assert told(hood) == ({(code, "observations", 2, column)} if code else set())
