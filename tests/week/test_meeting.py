"""Signals on the page and in the workbook, and what a meeting says of them comes back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from assetmap.errors import DataProblems
from assetmap.history import History
from assetmap.signals import CardState
from assetmap.week import WeekRun, run
from tests.week.books import change, rows_of

WEEK, NEXT = "2026-W48", "2026-W49"
BOOK = f"voorstellen-{WEEK}.xlsx"
PEOPLE = "person,called,area,household,share,ground\n" + "".join(
    f"p{n},{name},noord,h{n},yes,consent\n"
    for n, name in enumerate(["Anna", "Bram", "Cor", "Dina", "Els"], 1)
)
NEEDS = "need,owner,category,talked,since\n" + "".join(
    f"n{n},p{n},homework,yes,2026-11-{10 + n}\n" for n in (1, 2, 3)
)
TALENTS = "talent,owner,category,term,per_week\nt5,p5,homework,long,1\n"


@pytest.fixture
def street(tmp_path: Path) -> Path:
    """Three households ask for help with homework; one neighbour offers it."""
    folder = tmp_path / "straat"
    folder.mkdir()
    for name, text in {"people": PEOPLE, "needs": NEEDS, "talents": TALENTS}.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "uit"


def _cards(made: WeekRun) -> list[str]:
    return [card.card for card in made.signals.cards if card.lane == "agreement"]


def _say(path: Path, card: str, **cells: str) -> None:
    """Fill in cells behind a card by their heading."""
    words = {"doen": "Wat doen we ermee", "waarom": "Waarom", "nu": "Hoe is het nu", "code": "Code"}

    def filled(sheet: Any) -> None:
        heads = {cell.value: cell.column for cell in sheet[1]}
        for row in sheet.iter_rows(min_row=2):
            if row[heads["Code"] - 1].value == card:
                for name, text in cells.items():
                    sheet.cell(row[0].row, heads[words[name]], text)

    change(path, filled, sheet="Signalen")


def test_signals_are_on_the_page_and_in_the_workbook(street: Path, out: Path) -> None:
    """The third household makes a card: told on the page, with room for an answer."""
    made = run(street, WEEK, out=out)
    (card,) = _cards(made)
    rows = {row["Code"]: row for row in rows_of(out / BOOK, sheet="Signalen")}
    assert "huiswerk" in rows[card]["Signaal"]
    assert "Els" in rows[card]["Wat er al is"]
    assert rows[card]["Wat doen we ermee"] is None
    page = (out / f"week-{WEEK}.html").read_text(encoding="utf-8")
    assert rows[card]["Signaal"] in page


def test_what_the_meeting_said_comes_back(street: Path, out: Path) -> None:
    """Picked up, with a reason: it is in the history, and it is not on the table next week."""
    (card,) = _cards(run(street, WEEK, out=out))
    _say(out / BOOK, card, doen="opgepakt", waarom="Els en de school")
    made = run(street, NEXT, out=out)
    assert _cards(made) == []
    (note,) = [n for n in History(out / "history.sqlite").notes() if n.card == card]
    assert (note.state, note.because) == (CardState.PICKED_UP, "Els en de school")
    assert note.date == dt.date(2026, 11, 23)
    assert {"need:n1", "need:n2", "need:n3"} <= set(note.evidence)


def test_it_is_back_when_somebody_joins(street: Path, out: Path) -> None:
    """A fourth household asks the same."""
    (card,) = _cards(run(street, WEEK, out=out))
    _say(out / BOOK, card, doen="besproken")
    more = NEEDS + "n4,p4,homework,yes,2026-11-25\n"
    (street / "needs.csv").write_text(more, encoding="utf-8")
    assert _cards(run(street, NEXT, out=out)) == [card]


def test_the_same_week_again_keeps_what_was_said(street: Path, out: Path) -> None:
    """Running on Wednesday does not wipe what the meeting wrote on Monday."""
    (card,) = _cards(run(street, WEEK, out=out))
    _say(out / BOOK, card, doen="laten rusten", waarom="was een toets")
    again = run(street, WEEK, out=out)
    assert _cards(again) == [card]
    (row,) = [r for r in rows_of(out / BOOK, sheet="Signalen") if r["Code"] == card]
    assert (row["Wat doen we ermee"], row["Waarom"]) == ("laten rusten", "was een toets")
    (note,) = [n for n in History(out / "history.sqlite").notes() if n.card == card]
    assert note.state is CardState.DROPPED


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"doen": "misschien"}, "not-in-list"),
        ({"doen": "besproken", "code": "x|y"}, "signal-unknown"),
    ],
)
def test_what_is_wrong_is_named(street: Path, out: Path, cells: dict[str, str], code: str) -> None:
    """A word that is not in the list, or a code that no signal has; nothing is changed."""
    (card,) = _cards(run(street, WEEK, out=out))
    _say(out / BOOK, card, **cells)
    with pytest.raises(DataProblems) as caught:
        run(street, NEXT, out=out)
    assert [p.code for p in caught.value.problems] == [code]
    assert {n.state for n in History(out / "history.sqlite").notes()} == {CardState.NEW}


def test_who_is_forgotten_is_no_evidence(street: Path, out: Path) -> None:
    """The question of somebody who was forgotten is taken out of the cards as well."""
    run(street, WEEK, out=out)
    with History(out / "history.sqlite") as store:
        store.forget("p1", records=["observation:o1"])
        evidence = {record for note in store.notes() for record in note.evidence}
    assert "need:n1" not in evidence
    assert "need:n2" in evidence


def test_what_is_different_is_told_with_names(street: Path, out: Path) -> None:
    """Who asks something new is named on the page of the next week."""
    run(street, WEEK, out=out)
    more = NEEDS + "n4,p4,garden,yes,2026-11-25\n"
    (street / "needs.csv").write_text(more, encoding="utf-8")
    run(street, NEXT, out=out)
    page = (out / f"week-{NEXT}.html").read_text(encoding="utf-8")
    assert "Nieuw gevraagd: Dina (tuin)." in page
    assert "Anders dan de vorige keer" not in (out / f"week-{WEEK}.html").read_text(
        encoding="utf-8"
    )
