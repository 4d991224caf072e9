"""The bundled neighbourhood is the same in its folder and in its workbook."""

from __future__ import annotations

from pathlib import Path

import pytest

import assetmap
from assetmap.errors import Severity


@pytest.fixture
def folder(root: Path) -> Path:
    return root / "examples" / "buurthuis"


def test_the_bundled_neighbourhood_has_no_problem(folder: Path) -> None:
    """Nothing in it needs repair, not even a warning."""
    problems = assetmap.check(folder)
    assert [p for p in problems if p.severity is not Severity.NOTICE] == []


def test_the_bundled_workbook_holds_what_the_folder_holds(folder: Path) -> None:
    """Whoever changes a table writes the workbook anew (``make workbook``)."""
    workbook = assetmap.read(folder.with_suffix(".xlsx"))
    assert workbook == assetmap.read(folder)
