"""The viewer in a real JupyterLab, in a real browser: it shows, and a click tells why."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.house.programs import missing

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
PATIENCE = 60
KEY = "made-up-for-this-test"


@contextmanager
def laboratory(desk: Path) -> Iterator[str]:
    """Start JupyterLab in a folder, and give its address; it listens on this machine only."""
    if importlib.util.find_spec("jupyterlab") is None:
        missing("JupyterLab is not installed (pip install -e '.[dev]')")
    own = {name: str(desk / ".own") for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR")}
    settings = [
        f"--IdentityProvider.token={KEY}",
        f"--ServerApp.root_dir={desk}",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.port=0",
        "--ServerApp.allow_root=True",
        "--LabApp.news_url=",
        "--no-browser",
    ]
    log = desk / ".log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *settings],
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, **own, "JUPYTER_RUNTIME_DIR": str(desk / ".run")},
        )
    try:
        yield _address(desk / ".run", log)
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _address(folder: Path, log: Path) -> str:
    """Wait until the server says where it is."""
    import json

    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        for path in folder.glob("jpserver-*.json"):
            return str(json.loads(path.read_text(encoding="utf-8"))["url"])
        time.sleep(0.1)
    pytest.fail(log.read_text(encoding="utf-8")[-2000:])


def test_the_notebook_shows_the_map_and_a_click_tells_why(
    tmp_path: Path, chromium: Browser
) -> None:
    """Somebody presses Shift and Enter twice: the bar ends, the map is there and answers."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    (tmp_path / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks/07_rondkijken.ipynb", tmp_path / "notebooks")
    with laboratory(tmp_path) as address:
        page = chromium.new_page(viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(PATIENCE * 1000)
        page.goto(f"{address}lab/tree/notebooks/07_rondkijken.ipynb?token={KEY}&reset")
        page.get_by_role("heading", name="Kijk rond in je buurt").click()
        page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()
        for _ in range(4):
            page.keyboard.press("Shift+Enter")
        page.locator("progress[value='100']").wait_for()
        shown = page.frame_locator("iframe[srcdoc]").first
        plan = shown.locator("#plans details").first
        plan.locator("summary").click()
        assert plan.get_by_text("Waarom dit voorstel?").is_visible()
        shown.locator("#search").fill("Annelies")
        shown.locator("#search").press("Enter")
        assert shown.locator("#about h3").first.inner_text() == "Talenten"
        page.close()
