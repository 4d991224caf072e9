"""The example scripts run as they stand, say something, and leave nothing behind."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.whole

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
SCRIPTS = sorted([*EXAMPLES.glob("*.py"), *EXAMPLES.glob("*/*.py")])


def test_there_are_examples() -> None:
    """The examples have not gone missing."""
    assert len(SCRIPTS) >= 1


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_an_example_runs_and_answers(script: Path, tmp_path: Path) -> None:
    """A script ends well with warnings as errors, prints its answer and writes no file."""
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    before = _listing(tmp_path)
    done = subprocess.run(
        [sys.executable, "-B", "-W", "error", str(tmp_path / script.relative_to(ROOT))],
        capture_output=True,
        cwd=tmp_path,
        env={**os.environ, "MPLBACKEND": "Agg"},
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert done.stdout.strip() != ""
    assert _listing(tmp_path) == before


def _listing(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*")}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_an_example_is_one_short_story(script: Path) -> None:
    """A script has 30 to 80 lines, and its first words are a question and its answer."""
    text = script.read_text(encoding="utf-8")
    told = ast.get_docstring(ast.parse(text)) or ""
    question, mark, answer = told.partition("?")
    assert question.strip()
    assert mark == "?"
    assert len(answer.split()) >= 5
    assert 30 <= len(text.splitlines()) <= 80
