"""The report for a council in a real browser: on a screen, on a phone, and on paper."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import assetmap
from assetmap.report import gather_council, write_council

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the invented neighbourhood and of an empty one, in both languages."""
    folder = tmp_path_factory.mktemp("council")
    days = {"first": dt.date(2026, 1, 1), "last": dt.date(2026, 11, 30)}
    hoods = {"buurthuis": assetmap.read(ROOT / "examples/buurthuis")}
    hoods["empty"] = assetmap.Neighbourhood()
    for name, hood in hoods.items():
        released = gather_council(hood, **days, before=hood)
        for lang in ("nl", "en"):
            write_council(released, folder / f"{name}.{lang}.html", lang=lang)
    return folder


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", ["buurthuis.nl", "buurthuis.en", "empty.nl"])
def test_everybody_can_use_the_report(
    name: str, width: int, pages: Path, chromium_page: Page
) -> None:
    """Nothing is found by axe, nothing falls off the screen, and nothing is loaded."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    chromium_page.set_viewport_size({"width": width, "height": 800})
    chromium_page.goto((pages / f"{name}.html").as_uri())
    found = axe.Axe().run(chromium_page).response["violations"]
    assert [each["id"] for each in found] == []
    assert chromium_page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_report_fits_the_paper(lang: str, pages: Path, chromium_page: Page) -> None:
    """On A4 no table is wider than the sheet, and the way through the page is left out."""
    chromium_page.emulate_media(media="print")
    chromium_page.set_viewport_size({"width": 680, "height": 1000})
    chromium_page.goto((pages / f"buurthuis.{lang}.html").as_uri())
    wide = "Array.from(document.querySelectorAll('table')).map(t => t.offsetWidth)"
    assert max(chromium_page.evaluate(wide)) <= 680
    assert not chromium_page.locator("nav").is_visible()
