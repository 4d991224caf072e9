"""The page's own script: typed, and without anything that reads a text as a page."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from tests.house.programs import find_program

HERE = Path(__file__).parent
SCRIPT = Path(__file__).parents[2] / "src/assetmap/view/script"
OWN = "".join(path.read_text(encoding="utf-8") for path in sorted(SCRIPT.glob("*.js")))
WORDS = SCRIPT.parents[1] / "texts/nl/view.toml"


def test_the_script_is_typed(tmp_path: Path) -> None:
    """TypeScript checks it strictly, from its comments; it finds one planted fault and no other."""
    program = find_program("tsc")
    shutil.copytree(SCRIPT, tmp_path / "script")
    (tmp_path / "script/8_wrong.js").write_text("choose('p1');\n", encoding="utf-8")
    settings = (HERE / "tsconfig.json").read_text(encoding="utf-8")
    settings = settings.replace("../../src/assetmap/view/script", "script")
    (tmp_path / "tsconfig.json").write_text(settings, encoding="utf-8")
    found = subprocess.run(
        [str(program), "--project", str(tmp_path)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    (fault,) = found.stdout.splitlines()
    assert "8_wrong.js(1,8)" in fault


def test_no_text_is_read_as_a_page() -> None:
    """Texts become nodes of text; nothing parses or runs them."""
    risky = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function"
    assert re.findall(risky, OWN) == []


def test_the_script_asks_for_nothing_and_keeps_nothing() -> None:
    """No request, no storage, no cookie."""
    outward = r"fetch\(|XMLHttpRequest|WebSocket|sendBeacon|localStorage|sessionStorage|cookie"
    assert re.findall(outward, OWN) == []


def test_files_stay_small() -> None:
    """Each file of the script is read in one go."""
    assert max(len(path.read_text("utf-8").splitlines()) for path in SCRIPT.glob("*")) <= 300
