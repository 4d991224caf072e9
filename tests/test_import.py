"""A light start: importing assetmap loads none of the libraries it uses later."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = (
    "babel",
    "dateutil",
    "icalendar",
    "IPython",
    "jinja2",
    "matplotlib",
    "networkx",
    "numpy",
    "openpyxl",
    "ortools",
    "pandas",
    "pydantic",
    "pyproj",
    "rapidfuzz",
    "rich",
    "scipy",
    "shapely",
    "sqlite3",
    "typer",
    "xlsxwriter",
)


def _loaded(code: str) -> set[str]:
    """Return the top-level modules in a new process after some code, warnings being errors."""
    show = "import sys; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-I", "-W", "error", "-c", f"{code}\n{show}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return set(done.stdout.split())


def test_importing_assetmap_loads_nothing_heavy() -> None:
    """The package itself needs only the standard library."""
    assert _loaded("import assetmap") & set(HEAVY) == set()


def test_the_errors_load_nothing_heavy() -> None:
    """Whoever catches our errors does not pay for more."""
    code = "import assetmap; assetmap.DataProblems; assetmap.UnusableInput"
    assert _loaded(code) & set(HEAVY) == set()


def test_what_is_loaded_would_be_seen() -> None:
    """The check itself can fail: a heavy library that is loaded is reported."""
    assert "numpy" in _loaded("import assetmap, numpy")


@pytest.mark.parametrize(
    ("module", "spared"),
    [
        ("solvers", {"pandas", "pydantic", "networkx", "matplotlib", "openpyxl", "typer"}),
        ("categories", {"pandas", "numpy", "pydantic", "scipy"}),
        ("schedule", {"pandas", "numpy", "pydantic", "scipy"}),
        ("texts", {"pandas", "numpy", "pydantic", "scipy"}),
    ],
)
def test_a_low_floor_loads_only_its_own_libraries(module: str, spared: set[str]) -> None:
    """Using one module of the ground floor does not drag in the rest of the house."""
    assert _loaded(f"import assetmap; assetmap.{module}") & spared == set()
