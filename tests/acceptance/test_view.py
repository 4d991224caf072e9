"""The viewer in practice: a map to share without names (S80), and talents first (S87)."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import assetmap
from assetmap.cli.starting import run

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
BUURTHUIS = ROOT / "examples" / "buurthuis"


@pytest.fixture(scope="module")
def whole() -> assetmap.Neighbourhood:
    """The invented neighbourhood."""
    return assetmap.read(BUURTHUIS)


def _facts(page: str) -> Any:
    """Return what a page holds of a neighbourhood, without the words of the page itself."""
    found = re.search(r'id="facts">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    return json.loads(found[1])["worlds"]


def test_S80_the_page_to_share_holds_nobody(whole: assetmap.Neighbourhood, tmp_path: Path) -> None:
    """One command writes it; in its bytes is no name, no id of a person, no talent, no need."""
    page = tmp_path / "buurt.html"
    asked = ("--audience", "residents", "--week", "2026-W48", "--out", str(page))
    assert run(["view", str(BUURTHUIS), *asked]) == 0
    held = json.dumps(_facts(page.read_text(encoding="utf-8")), ensure_ascii=False)
    words = set(re.findall(r"\w+", held))
    assert not words & {person.called for person in whole.people}
    assert not re.search(r"\b(person|talent|need):", held)
    people = whole.index["people"]
    told = {each.description for each in whole.talents if each.description and each.owner in people}
    assert told
    assert not [text for text in told if text in held]
    visible = {each.name for each in whole.initiatives if each.visible}
    assert len([name for name in visible if name in held]) >= 10


def test_S80_residents_read_the_map_together(
    whole: assetmap.Neighbourhood, tmp_path: Path, chromium_page: Page
) -> None:
    """Without a network they search it, choose an area and see what is there, and print it."""
    page = assetmap.view.neighbourhood(whole, audience="residents").save(tmp_path / "buurt.html")
    chromium_page.goto(page.as_uri())
    chromium_page.get_by_label("Zoek een naam").fill("Tuinwijk")
    chromium_page.keyboard.press("Enter")
    about = chromium_page.locator("#about").inner_text()
    assert about.startswith("Tuinwijk")
    assert "Bewoners in de tabel" in about
    assert "In deze buurt" in about
    assert len(chromium_page.pdf()) > 10_000


def test_S87_talents_stand_first_on_the_map(
    whole: assetmap.Neighbourhood, tmp_path: Path, chromium_page: Page
) -> None:
    """The map begins with what there is; questions are there once somebody asks for them."""
    week = assetmap.propose(whole, "2026-W48")
    page = assetmap.view.neighbourhood(whole, week).save(tmp_path / "buurt.html")
    chromium_page.goto(page.as_uri())
    kinds = chromium_page.locator("#kinds label").all_inner_texts()
    named = [re.sub(r"[^a-z ]", "", kind).strip() for kind in kinds]
    assert named.index("talenten") < named.index("vragen")
    assert chromium_page.get_by_label("talenten").is_checked()
    assert not chromium_page.get_by_label("vragen").is_checked()
    askers = {need.owner for need in whole.needs if need.closed_on is None}
    both = [t.owner for t in whole.talents if t.owner in askers]
    names = [whole.person(each).called for each in both if each in whole.index["people"]]
    for name in sorted(filter(None, names))[:3]:
        chromium_page.get_by_label("Zoek een naam").fill(name)
        chromium_page.locator("#hits button").first.click()
        headings = chromium_page.locator("#about h3").all_inner_texts()
        assert headings[0] == "Talenten"
        assert headings[-1] == "Vragen"
