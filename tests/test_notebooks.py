"""The notebooks run from top to bottom, and are kept without their output."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

pytestmark = pytest.mark.whole

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def test_there_are_notebooks() -> None:
    """The notebooks have not gone missing."""
    assert len(NOTEBOOKS) >= 1


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path: Path, tmp_path: Path) -> None:
    """Every cell runs in a fresh kernel, and none writes a warning."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    book = nbformat.read(path, as_version=4)
    folder = {"metadata": {"path": str(tmp_path / "notebooks")}}
    NotebookClient(book, timeout=300, kernel_name="python3", resources=folder).execute()
    outputs = [out for cell in book.cells for out in cell.get("outputs", ())]
    assert [out.text for out in outputs if out.get("name") == "stderr"] == []
    assert outputs


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_output(path: Path) -> None:
    """Outputs and counters are stripped, so that a change can be reviewed as text."""
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    assert cells
    assert [cell.source for cell in cells if cell.outputs or cell.execution_count] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_begins_and_ends_with_words(path: Path) -> None:
    """The first cell is a title; the last says what to try next."""
    cells = nbformat.read(path, as_version=4).cells
    assert cells[0].cell_type == cells[-1].cell_type == "markdown"
    assert cells[0].source.startswith("# ")


def test_a_figure_is_shown_as_the_last_line_of_a_cell(tmp_path: Path) -> None:
    """In a fresh kernel, without pyplot and without any setting: a picture, not its name."""
    source = (
        "import datetime as dt\nimport assetmap\nfrom assetmap import plot\n"
        "day = dt.date(2026, 11, 23)\n"
        "facts = plot.offer_facts(assetmap.Neighbourhood(), 'residents', asof=day)\n"
        "plot.draw_offers(facts).figure"
    )
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    folder = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(book, timeout=120, kernel_name="python3", resources=folder).execute()
    (shown,) = book.cells[0].outputs
    assert "image/png" in shown.data
