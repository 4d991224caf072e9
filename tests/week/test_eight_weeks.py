"""Eight weeks through files only, with a real spreadsheet program in between."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from assetmap.history import History
from assetmap.model import DecisionWord
from assetmap.schedule import Week
from assetmap.week import WeekRun, run
from tests.house.office import Office
from tests.house.office_session import Session, session
from tests.week.books import rows_of

BUNDLED = Path("examples/buurthuis")
FIRST = Week.parse("2026-W48")
SHEET = "Besluiten"
Order = Sequence[str]

# What somebody types in the row of a question that was not decided on before: the word as it is
# chosen, or as a program that corrects while one types makes it; a last day in figures or words.
TYPED: tuple[tuple[dict[str, str], DecisionWord, dt.date | None], ...] = (
    ({"Besluit": "gedaan"}, DecisionWord.DONE, None),
    (
        {"Besluit": "Nu niet", "Tot en met": "31 december 2026"},
        DecisionWord.NOT_NOW,
        dt.date(2026, 12, 31),
    ),
    ({"Besluit": "doen ", "Opmerking": "belt zelf; „liever 's ochtends”…"}, DecisionWord.DO, None),
    ({"Besluit": "NIET MEER", "Opmerking": "regel een, 100%"}, DecisionWord.NO_MORE, None),
    ({"Besluit": "Gedaan", "Datum": "27-12-2026"}, DecisionWord.DONE, None),
    (
        {"Besluit": "nu\u00a0niet", "Tot en met": "1-3-27"},
        DecisionWord.NOT_NOW,
        dt.date(2027, 3, 1),
    ),
    ({"Besluit": "Anders", "Opmerking": "é ü \N{GRINNING FACE} – één"}, DecisionWord.OTHER, None),
)


@pytest.fixture(scope="module")
def calc(soffice: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A spreadsheet program that stays open."""
    with session(soffice, tmp_path_factory.mktemp("orders") / "calc") as opened:
        yield opened


def _orders(book: Path, need: str, cells: dict[str, str], turn: int) -> list[Order]:
    """Type in the row of a need; then sort, filter or hide what was typed, by turns."""
    rows = rows_of(book)
    heads = list(rows[0])
    at = next(place for place, row in enumerate(rows, 1) if row["Vraag"] == need)
    letters = {head: chr(ord("A") + place) for place, head in enumerate(heads)}
    typed: list[Order] = [
        ("type", SHEET, f"{letters[head]}{at + 1}", text) for head, text in cells.items()
    ]
    views: tuple[list[Order], ...] = (
        [("sort", SHEET, str(heads.index("Vraag")))],
        [("filter", SHEET, str(heads.index("Vraag")), "nothing-like-it")],
        [("hide", SHEET, str(at))],
    )
    return [*typed, *views[turn % len(views)]]


def _open_need(book: Path, done: set[str]) -> str:
    """Return the first question that nobody decided on."""
    return next(
        row["Vraag"]
        for row in rows_of(book)
        if not row["Besluit"] and row["Vraag"] and row["Vraag"] not in done
    )


def test_eight_weeks(calc: Session, tmp_path: Path) -> None:
    """Each week what was typed is taken in as it was meant; nothing is lost or invented."""
    street, out = tmp_path / "straat", tmp_path / "uit"
    shutil.copytree(BUNDLED, street)
    tables = {file.name: file.read_bytes() for file in street.iterdir()}
    said: dict[str, tuple[DecisionWord, dt.date | None, str | None]] = {}
    ended: dict[str, set[frozenset[str]]] = {}
    for turn in range(len(TYPED) + 1):
        week = FIRST + turn
        made = run(street, week, out=out)
        assert made.problems == (), week
        assert made.recorded.changed == 0, week
        assert _kept(out) == said, week
        assert all(not _helpers(made, need) & gone for need, gone in ended.items()), week
        if turn < len(TYPED):
            book = out / f"voorstellen-{week}.xlsx"
            cells, word, until = TYPED[turn]
            need = _open_need(book, set(said))
            calc.work(book, _orders(book, need, cells, turn))
            if word is DecisionWord.NO_MORE:
                ended[need] = _helpers(made, need)
            said[need] = (word, until, cells.get("Opmerking"))
    assert {file.name: file.read_bytes() for file in street.iterdir() if file.is_file()} == tables
    assert not [file.name for file in out.iterdir() if file.name.startswith(".")]


def _kept(out: Path) -> dict[str, tuple[DecisionWord, dt.date | None, str | None]]:
    """Return what the history knows was said of each question."""
    with History(out / "history.sqlite") as store:
        return {d.need: (d.decision, d.until, d.remark) for d in store.decisions()}


def _helpers(made: WeekRun, need: str) -> set[frozenset[str]]:
    """Return who is proposed for a question, plan by plan."""
    return {
        frozenset(leg.provider for leg in plan.legs)
        for plan in made.proposals.items
        if plan.need == need
    }
