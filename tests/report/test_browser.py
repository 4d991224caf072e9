"""The page of the week in a real browser: on a screen, on a phone, and on paper."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import assetmap
from assetmap import Proposals
from assetmap.history import RunDifference
from assetmap.report import gather, write_week
from tests.golden.hoods import HOODS, WEEK

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the invented neighbourhood and of the tiny ones, in both languages."""
    folder = tmp_path_factory.mktemp("pages")
    hoods = {"buurthuis": assetmap.read(ROOT / "examples/buurthuis")}
    hoods |= {name: make() for name, make in HOODS.items()}
    for name, hood in hoods.items():
        proposals = assetmap.propose(hood, WEEK)
        found = assetmap.signals.detect(hood, asof=proposals.week.monday)
        released = gather(proposals, signals=found, before=_much_changed(proposals))
        for lang in ("nl", "en"):
            write_week(released, folder / f"{name}.{lang}.html", language=lang)
    return folder


def _much_changed(proposals: Proposals) -> RunDifference:
    """A sentence about each thing that can be different, about two questions each."""
    needs = tuple(need.need for need in proposals.hood.needs)
    kinds = dict.fromkeys(("met", "unmet", "gone", "asked", "changed"), needs[:2])
    kinds |= {"ended": needs[2:4]}
    nothing = dict.fromkeys(("began", "stayed", "settings", "inputs", "versions"), ())
    return RunDifference(earlier=1, later=2, **kinds, **nothing)


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("name", ["buurthuis", *sorted(HOODS)])
def test_the_page_prints_on_two_sheets_at_most(
    name: str, lang: str, pages: Path, chromium_page: Page
) -> None:
    """A4, both sides of one sheet; the fixture fails on any request and any error."""
    chromium_page.goto((pages / f"{name}.{lang}.html").as_uri())
    printed = chromium_page.pdf(prefer_css_page_size=True)
    sheets = len(re.findall(rb"/Type\s*/Page\b(?!s)", printed))
    assert 1 <= sheets <= 2
    assert chromium_page.evaluate("document.documentElement.lang") == lang


@pytest.mark.parametrize("width", [1280, 768, 360])
def test_nothing_falls_off_the_screen(width: int, pages: Path, chromium_page: Page) -> None:
    """No sideways scrolling, from a desk to a phone."""
    chromium_page.set_viewport_size({"width": width, "height": 800})
    chromium_page.goto((pages / "buurthuis.nl.html").as_uri())
    assert chromium_page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", ["buurthuis", "lacking", "visits"])
def test_everybody_can_use_the_page(
    name: str, width: int, pages: Path, chromium_page: Page
) -> None:
    """Contrast, names, landmarks, headings: nothing serious is found."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    chromium_page.set_viewport_size({"width": width, "height": 800})
    chromium_page.goto((pages / f"{name}.nl.html").as_uri())
    found = axe.Axe().run(chromium_page).response["violations"]
    assert [each["id"] for each in found if each["impact"] in SERIOUS] == []
