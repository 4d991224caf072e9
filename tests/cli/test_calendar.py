"""``assetmap export`` and ``import``: to a calendar and back."""

from __future__ import annotations

from pathlib import Path

import pytest

import assetmap
from tests.cli.conftest import Typing

BUNDLED = Path(__file__).parents[2] / "examples" / "buurthuis"
EVENT = "BEGIN:VEVENT\nUID:1\nSUMMARY:Koor\nDTSTART:20261127T180000\nEND:VEVENT\n"


def agenda(folder: Path, *, event: str = EVENT) -> Path:
    file = folder / "agenda.ics"
    file.write_text(f"BEGIN:VCALENDAR\n{event}END:VCALENDAR\n", encoding="utf-8")
    return file


def test_there_and_back(typed: Typing, tmp_path: Path) -> None:
    """What was given away can be taken in again, in a folder of its own."""
    out, folder = tmp_path / "agenda.ics", tmp_path / "new"
    day = ("--asof", "23-11-2026")
    done = typed("export", BUNDLED, "--format", "calendar", "--out", out, *day)
    assert done.code == 0
    assert str(out) in done.out
    assert "voorbij" in done.out
    assert "DTSTAMP:20261122T230000Z" in out.read_text()
    done = typed("import", folder, "--from", out, "--json")
    assert done.code == done.document["exit"] == 0
    assert (done.document["initiatives"], done.document["activities"]) == (0, 21)
    assert len(assetmap.read(folder).activities) == 21


def test_a_calendar_begins_today(
    typed: Typing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no day is given."""
    import datetime as dt

    monkeypatch.setattr("assetmap.cli.exchanging._today", lambda: dt.date(2027, 6, 1))
    out = tmp_path / "agenda.ics"
    assert typed("export", BUNDLED, "--format", "calendar", "--out", out).code == 0
    assert "DTSTAMP:20270531T220000Z" in out.read_text()


@pytest.mark.parametrize(
    ("extra", "name", "fault"),
    [
        (("--asof", "30-02-2026"), "agenda.ics", "no-such-day"),
        ((), "agenda.json", "not-there"),
        ((), "street/agenda.ics", "not-there"),
    ],
)
def test_what_cannot_be_given_away(
    typed: Typing, street: Path, tmp_path: Path, extra: tuple[str, ...], name: str, fault: str
) -> None:
    """Nothing is written, and a machine hears why."""
    out = street / "agenda.ics" if "/" in name else tmp_path / name
    done = typed("export", street, "--format", "calendar", "--out", out, *extra, "--json")
    assert (done.code, done.document["fault"], out.exists()) == (2, fault, False)


def test_what_the_events_are(typed: Typing, tmp_path: Path) -> None:
    """In words of the list of categories; without them the line is named, and nothing written."""
    file, folder = agenda(tmp_path), tmp_path / "new"
    done = typed("import", folder, "--from", file, "--json")
    assert (done.code, folder.exists()) == (2, False)
    assert [(p["code"], p["row"]) for p in done.document["problems"]] == [
        ("calendar-no-category", 2)
    ]
    done = typed("import", folder, "--from", file, "--category", "koor", "--json")
    assert (done.code, assetmap.read(folder).activities[0].category) == (0, "choir")


@pytest.mark.parametrize(
    ("extra", "fault"),
    [
        (("--category", "blauw"), "no-such-category"),
        (("--category", "koor", "--since", "ooit"), "no-such-day"),
    ],
)
def test_what_cannot_be_taken_in(
    typed: Typing, tmp_path: Path, extra: tuple[str, ...], fault: str
) -> None:
    """The folder is not made."""
    folder = tmp_path / "new"
    done = typed("import", folder, "--from", agenda(tmp_path), *extra, "--json")
    assert (done.code, done.document["fault"], folder.exists()) == (2, fault, False)


def test_what_is_over_is_left_out(typed: Typing, tmp_path: Path) -> None:
    """From the day on that was asked for."""
    extra = ("--category", "koor", "--since", "2026-12-01")
    done = typed("import", tmp_path / "new", "--from", agenda(tmp_path), *extra, "--json")
    assert (done.code, done.document["activities"]) == (0, 0)


def test_a_social_map_has_no_such_choice(typed: Typing, tmp_path: Path) -> None:
    """Rather than pass over what was asked."""
    file = tmp_path / "s.json"
    file.write_text("[]", encoding="utf-8")
    done = typed("import", tmp_path / "new", "--from", file, "--category", "koor", "--json")
    assert (done.code, done.document["fault"]) == (2, "only-calendar")
