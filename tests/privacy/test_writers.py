"""No public writer or picture takes what was not released."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house.imports import SourceFile, read_tree
from tests.house.writers import unreleased_writers

PACKAGE = Path(__file__).parents[2] / "src" / "assetmap"


def test_every_writer_takes_what_was_released() -> None:
    """In `report`, `view`, `plot`, the exports of `graph` and the results of `tables`."""
    assert unreleased_writers(read_tree(PACKAGE)) == []


def _plant(folder: Path, files: dict[str, str]) -> tuple[SourceFile, ...]:
    package = folder / "assetmap"
    for name, text in {"__init__.py": "", **files}.items():
        path = package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return read_tree(package)


FAULTS: tuple[tuple[dict[str, str], str], ...] = (
    ({"report.py": "def page(week: Week) -> str: ...\n"}, "assetmap.report:1 page"),
    ({"report.py": "def page(week, path): ...\n"}, "assetmap.report:1 page"),
    (
        {"report.py": "def page(week: Released[Week] | Week) -> str: ...\n"},
        "assetmap.report:1 page",
    ),
    (
        {
            "report/__init__.py": "from .html import page\n__all__ = ['page']\n",
            "report/html.py": "def page(week: Week) -> str: ...\ndef part(leg: Leg) -> str: ...\n",
        },
        "assetmap.report.html:1 page",
    ),
    ({"plot.py": "def map_of(areas, *, ax=None) -> Axes: ...\n"}, "assetmap.plot:1 map_of"),
    (
        {"view.py": "class View:\n    hood: Hood\n    def _repr_html_(self) -> str: ...\n"},
        "assetmap.view:1 View",
    ),
    ({"graph.py": "def write_kumu(g, path) -> None: ...\n"}, "assetmap.graph:1 write_kumu"),
    ({"graph.py": "def to_cytoscape(g) -> dict: ...\n"}, "assetmap.graph:1 to_cytoscape"),
    (
        {
            "ties/__init__.py": "from .exports import write_gexf\n__all__ = ['write_gexf']\n",
            "ties/exports/__init__.py": "from .xml_files import write_gexf\n",
            "ties/exports/xml_files.py": "def write_gexf(g, path) -> None: ...\n",
        },
        "assetmap.ties.exports.xml_files:1 write_gexf",
    ),
    (
        {
            "tables/__init__.py": "__all__ = ['write_results']\n",
            "tables/results.py": "def write_results(p: Proposals, path) -> None: ...\n",
        },
        "assetmap.tables.results:1 write_results",
    ),
)


@pytest.mark.parametrize(("files", "finding"), FAULTS, ids=[finding for _, finding in FAULTS])
def test_a_planted_writer_is_found(files: dict[str, str], finding: str, tmp_path: Path) -> None:
    """The rule can fail: it names the planted writer, and nothing else."""
    found = unreleased_writers(_plant(tmp_path, files))
    assert found == [f"{finding} takes what was not released"]


CLEAN = {
    "report.py": (
        "class Page: ...\n"
        "def gather(proposals: Proposals) -> Page: ...\n"
        "def page(data: Released[Page], path) -> None: ...\n"
        "def text(data: 'Released[Page]') -> str: ...\n"
        "def hashes(path: str | PathLike[str]) -> Mapping[str, str]: ...\n"
        "def _part(leg: Leg) -> str: ...\n"
    ),
    "view.py": (
        "class View:\n    data: Released[Page]\n    def save(self, path) -> None: ...\n"
        "class Other:\n    def __init__(self, data: privacy.Released[Page]) -> None: ...\n"
        "    def _repr_html_(self) -> str: ...\n"
        "def neighbourhood(hood, *, audience='team') -> View: ...\n"
    ),
    "graph.py": "def build(hood): ...\ndef write_gexf(data: Released[Net], path) -> None: ...\n",
    "tables/__init__.py": "from .writing import write\n__all__ = ['write']\n",
    "tables/writing.py": "def write(hood, path) -> None: ...\n",
}


def test_a_clean_package_is_left_alone(tmp_path: Path) -> None:
    """Gatherers, private parts, readers of files and the team's own tables need no release."""
    assert unreleased_writers(_plant(tmp_path, CLEAN)) == []
