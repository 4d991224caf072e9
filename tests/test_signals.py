"""The list of signals for a meeting: the same for the same facts, and nothing of safety in it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap import signals
from assetmap.errors import PrivacyError, UnusableInput
from assetmap.model import (
    Activity,
    ContactDay,
    Initiative,
    Need,
    Neighbourhood,
    Observation,
    Person,
    Policy,
    Record,
    Talent,
)
from assetmap.privacy import Audience
from assetmap.signals import Card, CardState, Lane, NotShown, OwnCard, Signals
from tests.lanes.hoods import (
    DAY,
    ago,
    asked,
    contact_days,
    heard,
    hood_of,
    people,
    slow_agreements,
    slow_unusual,
    told_apart,
)

SHORT = {
    "window_days": 7,
    "baseline_weeks": 5,
    "households": 2,
    "people": 2,
    "growth_limit": 1.0,
    "alpha": 0.2,
    "false_share": 0.8,
    "common_times_a_year": 60.0,
}
"""Settings under which a few records are enough for every lane."""
THEMES = ("homework", "meal", "garden")
UNSEEN = ("violence", "abuse", "neglect", "huislijk gewelt", "zomaar iets")
"""Themes of safety, one misspelt, and one that maps to nothing known."""


# Neighbourhoods of all sorts


@st.composite
def hoods(draw: Any, *, area: bool = True) -> Neighbourhood:
    """Draw a neighbourhood with rising and falling questions, complaints, groups and talents."""
    areas = st.sampled_from(["north", "south", None] if area else [None])
    homes = st.sampled_from(["h1", "h2", None, None])
    persons: list[Record] = [
        Person(
            person=f"p{n}",
            area=draw(areas),
            household=draw(homes),
            worker=draw(st.sampled_from(["w1", "w2", None])),
            called=f"Naam{n}",
        )
        for n in range(6)
    ]
    persons += [Person(person=w, kind="worker", called=w.upper()) for w in ("w1", "w2")]
    who = st.sampled_from([f"p{n}" for n in range(6)])
    back = st.integers(0, 6) | st.integers(0, 20) | st.integers(40, 120)
    themes = st.sampled_from(THEMES)
    needs = [
        asked(f"n{n}", draw(who), draw(back), category=draw(themes))
        for n in range(draw(st.sampled_from([0, 3, 6, 9, 12, 15])))
    ]
    kinds = st.sampled_from(["need", "complaint", "idea", "concern"])
    notes = [
        heard(
            f"o{n}",
            draw(back),
            kind=draw(kinds),
            category=draw(themes),
            about=draw(who | st.none()),
            reporter=draw(who | st.none()),
            area=draw(areas),
        )
        for n in range(draw(st.integers(0, 6)))
    ]
    group = [heard("g1", draw(back), category="meal", target_group="ouderen")]
    offers = [
        Talent(talent=f"t{n}", owner=draw(who), category=draw(themes))
        for n in range(draw(st.integers(0, 4)))
    ]
    contacts: list[Record] = []
    if draw(st.booleans()):
        contacts += contact_days([draw(st.integers(1, 9)) for _ in range(42)])
    old = heard("old", 130, kind="idea", category="music")
    return hood_of(persons, needs, notes, group, offers, contacts, old, settings=SHORT)


def _rows(hood: Neighbourhood) -> list[Record]:
    return [row for table in hood.counts() for row in hood.table(table)]


def _again(rows: Iterable[Record], hood: Neighbourhood) -> Neighbourhood:
    return Neighbourhood.from_records(list(rows), policy=hood.policy)


def _detect(hood: Neighbourhood, day: dt.date = DAY, **more: Any) -> Signals:
    return signals.detect(hood, asof=day, **more)


def _bare(found: Signals) -> dict[str, Any]:
    """Return everything of a list but what was kept apart."""
    return {
        field.name: getattr(found, field.name) for field in fields(found) if field.name != "apart"
    }


def _all_cards(found: Signals) -> list[Card]:
    return [card for result in found.lanes.values() for card in result.cards]


# What may not change anything


@settings(max_examples=60, deadline=None)
@given(hoods(), st.data())
def test_records_about_safety_change_nothing(hood: Neighbourhood, data: st.DataObject) -> None:
    """No card, no count, no text, for nobody; nor does what maps to nothing known."""
    who = st.sampled_from([f"p{n}" for n in range(6)])
    theme = st.sampled_from(UNSEEN)
    back = st.integers(0, 100)
    more: list[Record] = []
    for n in range(data.draw(st.integers(1, 5))):
        more += [
            asked(f"x{n}", data.draw(who), data.draw(back), category=data.draw(theme)),
            heard(
                f"x{n}",
                data.draw(back),
                kind=data.draw(st.sampled_from(["need", "complaint", "concern"])),
                category=data.draw(theme),
                about=data.draw(who | st.none()),
                speaker=data.draw(who | st.none()),
                reporter=data.draw(who | st.none()),
            ),
            heard(f"y{n}", data.draw(back), category=data.draw(theme), target_group="jongeren"),
            Talent(talent=f"x{n}", owner=data.draw(who), category=data.draw(theme)),
            Activity(
                activity=f"x{n}",
                name="Les",
                category=data.draw(theme),
                start="2026-11-30 10:00",
            ),
        ]
    plain, mixed = _detect(hood), _detect(_again([*_rows(hood), *more], hood))
    assert _bare(mixed) == _bare(plain)
    kept = mixed.apart
    assert len(kept.safety) + len(kept.unmapped) == len(more)
    for audience in (Audience.TEAM, Audience.RESIDENTS, Audience.COUNCIL, Audience.RESEARCH):
        shown = [signals.for_audience(each, audience, reader="w1") for each in (plain, mixed)]
        assert signals.told(shown[0]) == signals.told(shown[1])
        assert shown[0].value == shown[1].value
    assert mixed.text() == plain.text()


@settings(max_examples=40, deadline=None)
@given(hoods(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(hood: Neighbourhood, random: Any) -> None:
    """Not even the order of the list."""
    rows = _rows(hood)
    random.shuffle(rows)
    assert _bare(_detect(_again(rows, hood))) == _bare(_detect(hood))


@settings(max_examples=40, deadline=None)
@given(hoods(), st.integers(-800, 800))
def test_shifting_all_dates_shifts_the_windows(hood: Neighbourhood, days: int) -> None:
    """And nothing else."""
    shift = dt.timedelta(days=days)
    moved = [_moved(row, shift) for row in _rows(hood)]
    there, here = _detect(_again(moved, hood), DAY + shift), _detect(hood)
    assert [_on_day(card, shift) for card in here.cards] == [
        _on_day(card, dt.timedelta()) for card in there.cards
    ]
    assert there.not_shown == here.not_shown
    assert [r.tested for r in there.lanes.values()] == [r.tested for r in here.lanes.values()]


def _moved(row: Record, shift: dt.timedelta) -> Record:
    days = {
        name: getattr(row, name) + shift
        for name in ("since", "date", "closed_on")
        if getattr(row, name, None) is not None
    }
    return row.replace(**days)


def _on_day(card: Card, shift: dt.timedelta) -> tuple[object, ...]:
    days = [day and day + shift for day in (card.first, card.last, card.latest, card.since)]
    numbers = (card.count, card.people, card.households, card.reporters, card.contacts)
    return (card.card, days, numbers, card.surprise, card.evidence, card.members, card.state)


@settings(max_examples=40, deadline=None)
@given(hoods(), st.permutations(range(6)), st.permutations(range(20)))
def test_permuting_ids_changes_nothing(
    hood: Neighbourhood, persons: list[int], records: list[int]
) -> None:
    """But the order of what is exactly alike."""
    whom = {f"p{n}": f"p{to}" for n, to in enumerate(persons)}
    which = {f"{kind}{n}": f"{kind}{to}" for kind in "no" for n, to in enumerate(records)}
    renamed = [_renamed(row, whom, which) for row in _rows(hood)]
    refs = {f"person:{old}": f"person:{new}" for old, new in whom.items()}
    for old, new in which.items():
        refs[f"{'need' if old[0] == 'n' else 'observation'}:{old}"] = (
            f"{'need' if old[0] == 'n' else 'observation'}:{new}"
        )
    there, here = _detect(_again(renamed, hood)), _detect(hood)
    same = sorted((_about(card, {}) for card in there.cards), key=str)
    assert same == sorted((_about(card, refs) for card in here.cards), key=str)
    assert there.not_shown == here.not_shown
    order = [(card.lane, card.people, card.latest) for card in there.cards]
    assert order == [(card.lane, card.people, card.latest) for card in here.cards]


def _renamed(row: Record, whom: dict[str, str], which: dict[str, str]) -> Record:
    changes: dict[str, str] = {}
    for name in ("person", "owner", "about", "speaker", "reporter"):
        if getattr(row, name, None) in whom:
            changes[name] = whom[getattr(row, name)]
    for name in ("need", "observation"):
        if getattr(row, name, None) in which:
            changes[name] = which[getattr(row, name)]
    return row.replace(**changes)


def _about(card: Card, refs: dict[str, str]) -> tuple[object, ...]:
    name = card.card or ""
    for old, new in refs.items():
        if name.endswith(f"|{old}"):
            name = name.removesuffix(old) + new
            break
    evidence = sorted(refs.get(ref, ref) for ref in card.evidence or ())
    members = sorted(refs.get(ref, ref) for ref in card.members or ())
    counts = (card.count, card.people, card.households, card.reporters, card.talents)
    return (name, card.lane, card.theme, card.area, counts, evidence, members, card.surprise)


@settings(max_examples=40, deadline=None)
@given(hoods(), st.integers(2, 9))
def test_scaling_effort_on_both_sides_changes_nothing(hood: Neighbourhood, times: int) -> None:
    """Twice as many contacts throughout: the same cards, with the contacts as they are."""
    scaled = [
        row.replace(contacts=row.contacts * times)
        if isinstance(row, ContactDay) and row.contacts
        else row
        for row in _rows(hood)
    ]
    there, here = _detect(_again(scaled, hood)), _detect(hood)
    assert [replace(card, contacts=None) for card in there.cards] == [
        replace(card, contacts=None) for card in here.cards
    ]


@settings(max_examples=60, deadline=None)
@given(hoods(), st.data())
def test_a_second_note_of_the_same_person_changes_nothing(
    hood: Neighbourhood, data: st.DataObject
) -> None:
    """But how many notes there are, and by whom."""
    needs = [need for need in hood.needs if need.since is not None]
    if not needs:
        return
    twice = data.draw(st.lists(st.sampled_from(needs), min_size=1, max_size=4))
    area = {person.person: person.area for person in hood.people}
    notes = [
        Observation(
            observation=f"again{n}",
            date=need.since,
            kind="need",
            category=need.category,
            speaker=need.owner,
            area=area[need.owner],
            reporter=data.draw(st.sampled_from(["w1", "p3", None])),
        )
        for n, need in enumerate(twice)
    ]
    there, here = _detect(_again([*_rows(hood), *notes], hood)), _detect(hood)
    assert [_people_of(card) for card in there.cards] == [_people_of(card) for card in here.cards]
    assert [r.tested for r in there.lanes.values()] == [r.tested for r in here.lanes.values()]
    assert there.not_shown == here.not_shown


def _people_of(card: Card) -> tuple[object, ...]:
    counts = (card.people, card.households, card.members, card.surprise)
    return (card.card, card.first, card.last, card.latest, counts)


@settings(max_examples=30, deadline=None)
@given(hoods(), st.integers(21, 60))
def test_all_zeros_never_alarm(hood: Neighbourhood, days: int) -> None:
    """Where nothing was asked lately, nothing is unusual, agreed on or growing."""
    quiet = [
        row
        for row in _rows(hood)
        if not isinstance(row, Need | Observation)
        or (row.since if isinstance(row, Need) else row.date) <= ago(days)
    ]
    found = _detect(_again(quiet, hood))
    lanes = {Lane.AGREEMENT, Lane.UNUSUAL}
    assert [c for c in _all_cards(found) if c.lane in lanes and c.households] == []
    assert found.lanes[Lane.UNUSUAL].tested == ()


# Against the definition, with the tables as a reader would count them


@settings(max_examples=50, deadline=None)
@given(hoods())
def test_the_list_is_what_the_definitions_say(hood: Neighbourhood) -> None:
    """Agreements and what is unusual, worked out slowly, and which of them chance may give."""
    rows = told_apart(hood)
    found = _detect(hood)
    agreed = slow_agreements(rows, DAY, households=2, window=7)
    listed = {(c.theme, c.area) for c in found.cards if c.lane is Lane.AGREEMENT and c.households}
    assert listed == agreed
    slow = slow_unusual(rows, DAY, window=7, periods=5)
    ranked = sorted(p for _, p in slow.values())
    m = len(ranked)
    limit = max((p for at, p in enumerate(ranked, start=1) if p <= at * 0.8 / m), default=-1)
    high = {key for key, (now, p) in slow.items() if p <= 0.2 and now >= 2}
    in_areas = {theme for theme, area in high if area is not None}
    kept = {
        (t, a) for t, a in high if (a is not None or t not in in_areas) and slow[t, a][1] <= limit
    }
    left = found.not_shown.get((Lane.UNUSUAL, NotShown.OVER_BUDGET), 0)
    told = {(card.theme, card.area) for card in found.cards if card.lane is Lane.UNUSUAL}
    assert told <= kept
    assert len(told) + left == len(kept)


# The list


def _three(category: str = "homework", **cells: Any) -> list[Record]:
    return [asked(f"{category}{n}", f"p{n}", n, category=category, **cells) for n in range(3)]


OLD = heard("old", 400, kind="idea", category="music")


def test_an_agreement_hides_no_card_of_what_is_unusual() -> None:
    """Both are told, also with a budget of one."""
    found = _detect(hood_of(people(3), OLD, _three(), settings={"budget": 1}))
    assert [card.lane for card in found.cards] == [Lane.AGREEMENT, Lane.UNUSUAL]
    none = _detect(hood_of(people(3), OLD, _three(), settings={"budget": 0}))
    assert [card.lane for card in none.cards] == [Lane.AGREEMENT]
    assert none.not_shown == {(Lane.UNUSUAL, NotShown.OVER_BUDGET): 1}
    assert "past niet meer op de lijst" in none.text()


def test_a_lane_that_the_team_does_not_use_is_not_asked() -> None:
    """It is not among the answers either."""
    found = _detect(hood_of(people(3), OLD, _three(), settings={"off": ["agreement"]}))
    assert Lane.AGREEMENT not in found.lanes
    assert [card.lane for card in found.cards] == [Lane.UNUSUAL]


def test_a_policy_goes_before_that_of_the_tables() -> None:
    """As with proposals."""
    hood = hood_of(people(3), _three())
    four = Policy.model_validate({"signals": {"households": 4}})
    assert len(_detect(hood).cards) == 1
    assert _detect(hood, policy=four).cards == ()


@pytest.mark.parametrize("day", ["2026-11-23", dt.datetime(2026, 11, 23, 9), None])
def test_the_day_is_a_plain_date(day: Any) -> None:
    """Anything else is refused."""
    with pytest.raises(UnusableInput, match="asof"):
        signals.detect(Neighbourhood(), asof=day)


def test_the_streams_are_those_of_questions() -> None:
    """A theme in each area; initiatives and areas that other lanes look at are none."""
    groups = [Initiative(initiative=f"i{n}", name=f"Groep {n}") for n in range(9)]
    found = _detect(hood_of(people(3), OLD, groups, _three()))
    assert found.streams == 1
    assert found.tested == 1
    assert "Er is naar 1 onderwerp gekeken." in found.text()


def test_nothing_to_tell_is_told() -> None:
    """With what could not be said, and why."""
    found = _detect(hood_of(people(1)))
    assert found.cards == ()
    assert found.text("en").startswith("There is no signal this week.")
    assert "More than usual: What goes on has been written down for too short" in found.text("en")


def test_a_card_comes_back_when_somebody_joins() -> None:
    """From one meeting to the next, with the notes of the first."""
    first = _detect(hood_of(people(4), _three(), settings={"off": ["unusual"]}))
    notes = first.notes()
    assert [(note.card, note.state) for note in notes] == [
        ("agreement|homework|north", CardState.NEW)
    ]
    week = DAY + dt.timedelta(days=7)
    same = hood_of(people(4), _three())
    again = _detect(same, week, earlier=notes)
    assert again.cards == ()
    assert again.not_shown == {(Lane.AGREEMENT, NotShown.NOTHING_NEW): 1}
    more = hood_of(people(4), _three(), asked("n9", "p3", -6))
    (card,) = _detect(more, week, earlier=notes).cards
    assert (card.state, card.joined, card.since) == (CardState.ONGOING, 1, DAY)
    picked = [replace(notes[0], state=CardState.PICKED_UP)]
    (card,) = _detect(more, week, earlier=picked).cards
    assert card.state is CardState.PICKED_UP
    (note,) = _detect(more, week, earlier=picked).notes()
    assert note.state is CardState.ONGOING
    later = _detect(more, DAY + dt.timedelta(days=42), earlier=picked)
    assert [(each.card, each.then) for each in later.look_back] == [("agreement|homework|north", 3)]
    assert "Wat is ervan gekomen?" in later.text()


def test_the_frame_has_a_row_for_each_card() -> None:
    """In the order of the list, with the sentence in the team's language."""
    found = _detect(hood_of(people(3), OLD, _three()))
    frame = found.to_frame()
    assert frame["lane"].tolist() == ["agreement", "unusual"]
    assert frame["households"].tolist() == [3, 3]
    assert frame.loc[0, "what"] == "3 huishoudens in north vroegen in 21 dagen hetzelfde: huiswerk."
    assert _detect(Neighbourhood()).to_frame().empty
    assert list(_detect(Neighbourhood()).to_frame()) == list(frame)


# For whom


def _with_visit() -> Signals:
    persons = [
        *people(7),
        Person(person="henk", called="Henk", worker="w1"),
        *[Person(person=w, kind="worker", called=w) for w in ("w1", "w2")],
    ]
    many = [asked(f"n{n}", f"p{n}", n) for n in range(7)]
    few = _three("meal")
    complaint = heard("o1", 1, kind="complaint", about="henk", reporter="p0", category="garden")
    return _detect(hood_of(persons, many, few, complaint))


def test_a_visit_is_for_the_own_worker_alone() -> None:
    """Not on the list of the team, not in its text, not counted."""
    found = _with_visit()
    assert [type(card) for card in found.cards][-1] is OwnCard
    mine = signals.for_audience(found, "team", reader="w1")
    assert [card.lane for card in mine.value.cards] == [Lane.AGREEMENT, Lane.AGREEMENT, Lane.VISIT]
    for reader in ("w2", None):
        others = signals.for_audience(found, "team", reader=reader)
        assert Lane.VISIT not in [card.lane for card in others.value.cards]
        assert "Henk" not in signals.told(others)
        assert others.left_out == {}
    assert "Henk" in signals.told(mine)
    assert "Henk" not in found.text()


@pytest.mark.parametrize("audience", ["residents", "council", "research"])
def test_others_get_only_cards_about_enough_people(audience: str) -> None:
    """Seven households are five; three are not there at all, and no name or id is."""
    released = signals.for_audience(_with_visit(), audience)
    (card,) = released.value.cards
    assert (card.theme, card.households, card.people, card.count) == ("homework", 5, 5, 5)
    text = signals.told(released, "nl")
    assert text.startswith("Meerdere huishoudens vragen hetzelfde: huiswerk, in north.")
    assert not re.search(r"need:|p\d|person:|Henk", text)
    assert "De aantallen zijn afgerond." in text
    assert released.value.remarks is None


def test_a_note_for_the_next_time_is_made_of_what_a_reader_sees() -> None:
    """The cards on the table; with a worker as reader the own ones too."""
    found = _with_visit()
    assert [note.card.partition("|")[0] for note in found.notes()] == ["agreement"] * 2
    assert found.notes(reader="w2") == found.notes()
    assert found.notes(reader="w1")[-1].card == "visit|person:henk"
    assert {note.state for note in found.notes(CardState.DROPPED)} == {CardState.DROPPED}


def test_rows_are_of_what_was_released() -> None:
    """With the columns of the frame; what others do not get is blank."""
    found = _with_visit()
    (row,) = signals.as_rows(signals.for_audience(found, "council"), "en")
    assert set(row) == set(signals.COLUMNS)
    assert (row["card"], row["evidence"], row["to"], row["p"]) == (None, "", "", None)
    assert row["what"] == "Several households ask the same: homework, in north."
    team = signals.as_rows(signals.for_audience(found, "team"))
    assert [each["card"] for each in team] == [note.card for note in found.notes()]


def test_a_sensitive_theme_needs_more_people() -> None:
    """Seven are enough for homework, not for help with debts, nor where somebody marked it."""
    many = [asked(f"n{n}", f"p{n}", n, category="debt_help") for n in range(7)]
    found = _detect(hood_of(people(7), many))
    assert len(found.cards) == 1
    assert signals.for_audience(found, "council").value.cards == ()
    marked = [asked(f"n{n}", f"p{n}", n, sensitive=n == 3 or None) for n in range(7)]
    found = _detect(hood_of(people(7), marked))
    assert signals.for_audience(found, "council").value.cards == ()


def test_persons_and_households_both_have_to_be_enough() -> None:
    """Nine persons of three households are too few."""
    homes = [Person(person=f"p{n}", area="north", household=f"h{n % 3}") for n in range(9)]
    many = [asked(f"n{n}", f"p{n}", n) for n in range(9)]
    found = _detect(hood_of(homes, many))
    assert next((c.people, c.households) for c in found.cards if c.theme == "homework") == (9, 3)
    assert signals.for_audience(found, "council").value.cards == ()


def test_what_hangs_on_one_person_never_leaves_the_team() -> None:
    """However many people it is about: its heading alone would tell of somebody."""
    found = _with_visit()
    leaning = replace(found.cards[0], lane=Lane.STRUCTURE)
    assert signals.for_audience(found, "council").value.cards
    only = replace(found, cards=(leaning,))
    assert signals.for_audience(only, "council").value.cards == ()
    assert signals.for_audience(only, "team").value.cards


def test_one_reader_gets_only_what_is_addressed_to_them() -> None:
    """A helper has to be named; a card for somebody else is not there."""
    found = _with_visit()
    with pytest.raises(UnusableInput, match="reader"):
        signals.for_audience(found, "helper")
    assert signals.for_audience(found, "helper", reader="p0").value.cards == ()


def test_a_list_that_was_not_released_is_not_told() -> None:
    """The text is made of what came through the gate."""
    for write in (signals.told, signals.as_rows):
        with pytest.raises(PrivacyError):
            write(_with_visit())  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("make", [_with_visit])
def test_every_field_can_be_said(make: Callable[[], Signals], lang: str) -> None:
    """Ten fields; whatever is known of them ends as a sentence."""
    found = make()
    for card in found.cards:
        lines = signals.card_lines(card, lang)
        assert len(lines) == 10
        for said in lines.values():
            assert all(each[0].isupper() or each[0].isdigit() for each in said)
            assert all(each.endswith((".", "?")) for each in said)
        assert lines["what"]
        assert lines["state"]


def test_the_same_input_gives_the_same_text() -> None:
    """To the letter, in both languages."""
    one, other = _with_visit(), _with_visit()
    for lang in ("nl", "en"):
        assert one.text(lang) == other.text(lang)


def test_an_initiative_stays_in_both_kinds_of_signals() -> None:
    """What can be joined is named to residents too, unless it may not be shown."""
    many = [asked(f"n{n}", f"p{n}", n, category="meal") for n in range(7)]
    places = [
        Initiative(initiative="i1", name="Eetclub", kind="meal"),
        Initiative(initiative="i2", name="Stil", kind="meal", visible="no"),
    ]
    found = _detect(hood_of(people(7), many, places))
    text = signals.told(signals.for_audience(found, "residents"))
    assert "Eetclub" in text
    assert "Stil" not in text
    assert "Stil" in found.text()


def test_others_get_weeks_not_days() -> None:
    """The day of a card can be that of one question: outside the team it is a whole week."""
    needs = [
        Need(need=f"n{n}", owner=f"p{n}", category="homework", since=dt.date(2026, 11, n + 1))
        for n in range(1, 13)
    ]
    people = [Person(person=f"p{n}", area="north", household=f"h{n}") for n in range(1, 13)]
    hood = Neighbourhood.from_records(*people, *needs)
    found = signals.detect(hood, asof=dt.date(2026, 11, 18))
    inside = signals.for_audience(found, "team").value.cards
    outside = signals.for_audience(found, "council").value.cards
    assert {card.last.weekday() for card in inside if card.last} != {6}
    assert outside
    for card in outside:
        assert card.first is None or card.first.weekday() == 0
        assert card.last is None or card.last.weekday() == 6
