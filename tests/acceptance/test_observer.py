"""A party that observes a team reads counts, and nothing of persons (S71)."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path

from openpyxl import load_workbook

from assetmap import overview
from assetmap.cli.starting import run
from assetmap.report import council_files, council_html, gather_council
from tests.acceptance.stories import everywhere, files, more

DAY = dt.date(2026, 11, 23)
PERIOD = {"first": dt.date(2026, 6, 1), "last": DAY}
ADOPTED = {
    "organisations": more(
        "organisation;name;kind",
        "team;Kernteam;kernteam",
        "seniors;Seniorenraad;seniorenraad",
        "village;Dorpsbelangen;dorpsbelangen",
        "police;Politie;politie",
    ),
    "memberships": more(
        "member;party;role;until",
        "seniors;team;adopteert;",
        "village;team;waarnemer;2026-01-31",
        "police;team;lid;",
    ),
    "people": more(
        "person;called;area;household",
        *(f"b{n};Wendelmoed{n};north;" for n in range(12)),
        "ans;Gijsbrechta;north;",
    ),
    "needs": more(
        "need;owner;category;channel;since",
        *(f"q{n};b{n};shopping;church;2026-10-12" for n in range(12)),
        *(f"d{n};b{n};garden;drop_in;2026-10-12" for n in range(9)),
        *(f"x{n};ans;company;phone;2026-10-12" for n in range(6)),
    ),
    "talents": more("talent;owner;category", *(f"t{n};b{n};ride" for n in range(12))),
}


def test_S71_who_observes_a_team_is_a_party_with_that_role_on_that_day(tmp_path: Path) -> None:
    """The seniors do; the village did; the police belongs to the team."""
    hood = everywhere(tmp_path, ADOPTED)
    assert overview.observers(hood, asof=DAY) == ("organisation:seniors",)
    before = dt.date(2026, 1, 31)
    assert "organisation:village" in overview.observers(hood, asof=before)


def test_S71_an_observer_gets_a_report_without_personal_data(tmp_path: Path) -> None:
    """Page, tables and all: made for them by name, with counts of enough people nobody in it."""
    hood = everywhere(tmp_path, ADOPTED)
    released = gather_council(hood, **PERIOD)
    page = council_html(released, "nl", reader="Seniorenraad")
    assert "Verslag voor Seniorenraad" in page
    assert "Voor Seniorenraad. Er staan alleen aantallen in, niets over personen." in page
    made = council_files(released, "nl", reader="Seniorenraad")
    whole = page + "".join(text.decode() for name, text in made.items() if name.endswith(".csv"))
    assert "kerk" in whole
    assert "telefoon" not in made["channels.csv"].decode()
    book = load_workbook(io.BytesIO(made["verslag.xlsx"]))
    whole += " ".join(str(cell) for sheet in book for row in sheet.values for cell in row)
    told = ("Wendelmoed", "Gijsbrechta", "b1", "ans", "q1", "t1")
    assert not [word for word in told if re.search(rf"\b{word}", whole)]


def test_S71_the_command_makes_it_for_an_observer_and_for_nobody_else(tmp_path: Path) -> None:
    """By id or name; the role decides: not for a member, nor for who observed until last winter."""
    tables = tmp_path / "tables"
    tables.mkdir()
    files(tables, ADOPTED)
    page, period = (
        tmp_path / "uit" / "meekijken.html",
        ["--from", "2026-06-01", "--until", f"{DAY}"],
    )
    for party, code in (("police", 2), ("village", 2), ("seniors", 0), (" seniorenraad", 0)):
        asked = ["report", str(tables), "--out", str(page), *period, "--for", party, "--lang", "nl"]
        assert (run(asked), page.exists()) == (code, code == 0)
        page.unlink(missing_ok=True)
    run(asked)
    assert "Verslag voor Seniorenraad" in page.read_text(encoding="utf-8")
