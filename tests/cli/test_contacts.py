"""``assetmap contacts``: whom to call, and for whom to print."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from assetmap.cli import contacting
from tests.cli.conftest import Typing


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contacting, "_today", lambda: dt.date(2026, 11, 24))


def _known(street: Path, text: str = "p1,06 1,phone\np2,06 2,paper\n") -> None:
    (street / "contacts.csv").write_text(f"person,phone,prefers\n{text}", encoding="utf-8")


def test_the_sheet_of_the_week(street: Path, tmp_path: Path, typed: Typing) -> None:
    """The page tells whom to call; the screen tells whose page it is, and no number."""
    _known(street)
    page = tmp_path / "bellen.html"
    done = typed("contacts", street, "--out", page, "--week", "2026-W48", "--lang", "nl")
    assert done.code == 0
    assert done.out.startswith("Alleen voor het wijkteam.")
    assert "06 1" not in done.out + done.err
    text = page.read_text(encoding="utf-8")
    assert "06 1" in text
    assert "06 2" not in text


def test_for_one_worker(street: Path, tmp_path: Path, typed: Typing) -> None:
    """A machine is told where it is; somebody who is no worker has no sheet."""
    _known(street)
    page = tmp_path / "bellen.html"
    done = typed("contacts", street, "--out", page, "--worker", "w1", "--json")
    assert (done.document["week"], done.document["out"]) == ("2026-W48", str(page))
    assert typed("contacts", street, "--out", page, "--worker", "p1").code == 2


def test_without_a_file_of_contacts(street: Path, tmp_path: Path, typed: Typing) -> None:
    """Everybody is to be asked how, and the screen says why."""
    page = tmp_path / "bellen.html"
    done = typed("contacts", street, "--out", page, "--lang", "en")
    assert done.code == 0
    assert "There is no file contacts.csv" in done.err
    assert "Ask how" in page.read_text(encoding="utf-8")


def test_what_cannot_be_done_is_said(street: Path, tmp_path: Path, typed: Typing) -> None:
    """Errors in contacts or tables, another kind of file, a place that is taken, no such week."""
    page = tmp_path / "bellen.html"
    assert typed("contacts", street, "--out", street / "bellen.html").code == 2
    assert typed("contacts", street, "--out", tmp_path / "bellen.txt").code == 2
    assert "2026-W53" in typed("contacts", street, "--out", page, "--week", "2026-W60").err
    (tmp_path / "taken.html").mkdir()
    assert typed("contacts", street, "--out", tmp_path / "taken.html").code == 2
    _known(street, ",0612345678,phone\n")
    done = typed("contacts", street, "--out", page, "--lang", "nl")
    assert (done.code, "Regel 2" in done.err) == (2, True)
    assert "0612345678" not in done.err
    (street / "needs.csv").write_text("need,owner,category\nn1,p9,meal\n", encoding="utf-8")
    assert typed("contacts", street, "--out", page).code == 2
    assert not page.exists()
