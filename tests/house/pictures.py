"""Draw the pictures of the documentation from what the demo shows: ``make pictures``.

The terminal; for each page two kinds, as a screen shows it and as a printer prints it; a few of
the pictures that the package draws itself; and the viewer for the team and for residents.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.console import Console
from rich.terminal_theme import NIGHT_OWLISH
from rich.text import Text

import assetmap
from assetmap import plot
from tests.house.browser import launched, opened
from tests.house.programs import find_program

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["draw", "draw_plots", "draw_terminal", "draw_views"]

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "docs" / "pictures"
EXAMPLE = ROOT / "examples" / "buurthuis"


def draw(pages: Iterable[Path], folder: Path, *, browser: Browser) -> list[Path]:
    """Write ``<page>.png`` and ``<page>-print-<n>.png`` for each page; return what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(pages):
        with opened(browser) as (page, _):
            page.goto(path.resolve().as_uri())
            page.screenshot(path=folder / f"{path.stem}.png", full_page=True)
            printed = page.pdf(prefer_css_page_size=True, format="A4")
        _rasterise(printed, folder / f"{path.stem}-print")
    return sorted(folder.glob("*.png"))


def draw_terminal(output: str, path: Path, *, browser: Browser) -> None:
    """Draw what a program wrote to a terminal of 80 columns, colours included.

    A line with a link is left out: it names a folder of this machine.
    """
    lines = (line for line in output.splitlines() if "file://" not in line)
    console = Console(width=80, record=True, file=io.StringIO(), highlight=False)
    console.print(Text.from_ansi("\n".join(lines)))
    page_text = console.export_html(inline_styles=True, theme=NIGHT_OWLISH)
    path.parent.mkdir(parents=True, exist_ok=True)
    with opened(browser) as (page, _):
        page.set_content(page_text)
        page.add_style_tag(content="pre { display: inline-block; padding: 1em }")
        page.locator("pre").screenshot(path=path)


def draw_plots(folder: Path) -> list[Path]:
    """Write pictures of the invented neighbourhood, in English; return what was written."""
    hood = assetmap.read(EXAMPLE)
    day = dt.date(2026, 11, 23)
    week, before = (assetmap.propose(hood, name) for name in ("2026-W48", "2026-W44"))
    pictures = {
        "map": plot.map_facts(hood, "residents", asof=day),
        "network": plot.network_facts(hood, asof=day),
        "flow": plot.flow_facts(week),
        "change": plot.change_facts(before, week),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, shown in pictures.items():
        content = plot.picture_bytes(shown, form="png", language="en", dots=80)
        (folder / f"{name}.png").write_bytes(content)
    return sorted(folder / f"{name}.png" for name in pictures)


def draw_views(folder: Path, *, browser: Browser) -> list[Path]:
    """Draw the viewer: somebody chosen on the team's page, and the page for residents."""
    hood = assetmap.read(EXAMPLE)
    week = assetmap.propose(hood, "2026-W48")
    made = []
    for audience in ("team", "residents"):
        seen = assetmap.view.neighbourhood(
            hood, week, audience=audience, before=dt.date(2026, 9, 1), language="nl"
        )
        with opened(browser) as (page, _), tempfile.TemporaryDirectory() as desk:
            page.emulate_media(reduced_motion="reduce")
            page.goto(seen.save(Path(desk, "buurt.html")).as_uri())
            _choose(page, "Annelies" if audience == "team" else "Tuinwijk")
            page.screenshot(path=folder / f"view-{audience}.png")
        made.append(folder / f"view-{audience}.png")
    return made


def _choose(page: Page, name: str) -> None:
    """Search somebody or something, choose it, and let the map come to rest."""
    page.locator("#search").fill(name)
    page.keyboard.press("Enter")
    page.evaluate("document.activeElement.blur()")
    page.wait_for_timeout(500)


def _rasterise(pdf: bytes, stem: Path) -> None:
    for old in stem.parent.glob(f"{stem.name}-*.png"):
        old.unlink()
    command = [str(find_program("pdftoppm")), "-png", "-r", "80", "-", str(stem)]
    subprocess.run(command, input=pdf, check=True)


def main() -> int:
    """Run the demo in a folder of its own and draw what it shows and each page it wrote."""
    with tempfile.TemporaryDirectory() as desk:
        demo = [sys.executable, "-m", "assetmap", "demo"]
        watched = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": "80"}
        done = subprocess.run(
            demo, cwd=desk, check=True, capture_output=True, env=watched, encoding="utf-8"
        )
        pages = list(Path(desk).rglob("*.html"))
        if not pages:
            sys.stderr.write("The demo wrote no page.\n")
            return 1
        draw_plots(TARGET)
        try:
            with launched() as browser:
                draw_terminal(done.stdout, TARGET / "terminal.png", browser=browser)
                made = [
                    *draw(pages, TARGET, browser=browser),
                    *draw_views(TARGET, browser=browser),
                ]
        except pytest.skip.Exception as reason:
            sys.stderr.write(f"{reason}\n")
            return 1
    sys.stdout.writelines(f"{path}\n" for path in made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
