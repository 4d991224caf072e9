"""The browser has no network, the office program types and saves, a missing one is told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.house.browser import opened
from tests.house.office import Office, OfficeError
from tests.house.pictures import draw, draw_terminal
from tests.house.programs import NO_SKIP, find_program

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def test_a_page_of_its_own_opens(chromium_page: Page, tmp_path: Path) -> None:
    """A page that holds all it needs is shown, scripts included."""
    path = tmp_path / "page.html"
    path.write_text(
        "<!doctype html><title>Buurt</title><p id=a>leeg</p>"
        "<script>document.getElementById('a').textContent = 'vol'</script>",
        encoding="utf-8",
    )
    chromium_page.goto(path.as_uri())
    assert chromium_page.title() == "Buurt"
    assert chromium_page.inner_text("#a") == "vol"


@pytest.mark.parametrize(
    "body",
    [
        "<img src='https://example.org/a.png'>",
        "<link rel=stylesheet href='http://example.org/a.css'>",
        "<script src='https://example.org/a.js'></script>",
        "<style>@font-face{font-family:x;src:url(https://example.org/x)}p{font-family:x}</style>"
        "<p>tekst</p>",
        "<script>fetch('https://example.org/').catch(() => 0)</script>",
        "<script>new WebSocket('wss://example.org/')</script>",
        "<iframe src='https://example.org/'></iframe>",
    ],
)
def test_what_a_page_asks_of_a_network_is_counted(
    body: str, chromium: Browser, tmp_path: Path
) -> None:
    """Each way of reaching out is seen, and gets nothing."""
    path = tmp_path / "page.html"
    path.write_text(f"<!doctype html><meta charset=utf-8>{body}", encoding="utf-8")
    with opened(chromium) as (page, heard):
        page.goto(path.as_uri())
        page.wait_for_timeout(150)
    assert [address.partition("://")[2][:11] for address in heard.requests] == ["example.org"]


def test_an_error_of_a_script_is_heard(chromium: Browser, tmp_path: Path) -> None:
    """A script that goes wrong does not go unnoticed."""
    path = tmp_path / "page.html"
    path.write_text("<!doctype html><script>throw new Error('kapot')</script>", encoding="utf-8")
    with opened(chromium) as (page, heard):
        page.goto(path.as_uri())
    assert heard.errors == ["kapot"]


def test_the_office_program_types_and_saves(soffice: Office, tmp_path: Path) -> None:
    """Texts become what a Dutch user means by them, and the rest of the book stays."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Mensen"
    sheet["A1"], sheet["B1"] = "roepnaam", "sinds"
    book.save(tmp_path / "leeg.xlsx")
    typed = {
        ("Mensen", "A2"): 'Joke "de tuin" <&>',
        ("Mensen", "B2"): "23-11-2026",
        ("Mensen", "C2"): "1,5",
    }
    saved = soffice.edit(tmp_path / "leeg.xlsx", typed, saved=tmp_path / "vol.xlsx")
    rows = list(openpyxl.load_workbook(saved)["Mensen"].values)
    assert rows[0][:2] == ("roepnaam", "sinds")
    assert rows[1][0] == 'Joke "de tuin" <&>'
    assert (rows[1][1].year, rows[1][1].month, rows[1][1].day) == (2026, 11, 23)
    assert rows[1][2] == 1.5


def test_the_office_program_converts(soffice: Office, tmp_path: Path) -> None:
    """A file is converted to another kind."""
    source = tmp_path / "tabel.csv"
    source.write_text("a,b\n1,2\n", encoding="utf-8")
    made = soffice.convert(source, to="pdf", folder=tmp_path / "out")
    assert made.read_bytes().startswith(b"%PDF")


def test_what_the_office_program_cannot_do_is_told(soffice: Office, tmp_path: Path) -> None:
    """A sheet that is not there is an error, not a workbook without the edit."""
    import openpyxl

    openpyxl.Workbook().save(tmp_path / "leeg.xlsx")
    with pytest.raises(OfficeError, match=r"leeg\.xlsx was not saved: An exception"):
        soffice.edit(tmp_path / "leeg.xlsx", {("Niemand", "A1"): "x"}, saved=tmp_path / "vol.xlsx")


def test_a_missing_program_is_a_skip_that_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without the program the test is skipped, and the reason names the remedy."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv(NO_SKIP, raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt install chromium"):
        find_program("chromium")


def test_a_missing_program_is_a_failure_where_nothing_may_be_skipped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where every check must run, a missing program fails the test."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv(NO_SKIP, "1")
    with pytest.raises(pytest.fail.Exception, match="apt install libreoffice-calc"):
        find_program("soffice")


def test_a_picture_is_drawn_of_screen_and_paper(chromium: Browser, tmp_path: Path) -> None:
    """A page becomes one picture of the screen and one of each printed sheet."""
    path = tmp_path / "week.html"
    sheet = "<p style='break-after:page'>blad</p>"
    path.write_text(f"<!doctype html><title>x</title>{sheet}<p>blad</p>", encoding="utf-8")
    made = draw([path], tmp_path / "pictures", browser=chromium)
    assert [each.name for each in made] == ["week-print-1.png", "week-print-2.png", "week.png"]
    assert all(each.read_bytes().startswith(b"\x89PNG") for each in made)


def test_a_picture_is_drawn_of_a_terminal(chromium: Browser, tmp_path: Path) -> None:
    """What was printed becomes a picture; more lines make it higher, a link none."""
    line = "\x1b[1mWeek 48\x1b[0m\n"
    heights = []
    for at, output in enumerate((line, line + "file:///ergens\n", line * 9)):
        path = tmp_path / f"{at}.png"
        draw_terminal(output, path, browser=chromium)
        heights.append(int.from_bytes(path.read_bytes()[20:24], "big"))
    assert heights[0] == heights[1] < heights[2]
