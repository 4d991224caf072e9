"""The house keeps its floors: imports go down, libraries stay home, files stay small."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house import architecture
from tests.house.imports import SourceFile, read_tree
from tests.house.rules import FLOORS

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "assetmap"

Rule = Callable[[tuple[SourceFile, ...]], list[str]]

RULES: tuple[Rule, ...] = (
    architecture.floor_breaches,
    architecture.library_breaches,
    architecture.network_imports,
    architecture.dynamic_imports,
    architecture.cycles,
    architecture.too_long,
    architecture.loud_places,
    architecture.same_names,
)


@pytest.fixture(scope="module")
def house() -> tuple[SourceFile, ...]:
    """Every file of assetmap, parsed."""
    return read_tree(PACKAGE)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(rule: Rule, house: tuple[SourceFile, ...]) -> None:
    """No file of assetmap breaks the rule."""
    assert rule(house) == []


@pytest.mark.parametrize(
    ("word", "cap"),
    [("noqa", 10), ("type: ignore", 10)],
)
def test_exceptions_name_their_code_and_are_rare(word: str, cap: int) -> None:
    """At most ten exceptions of a kind in the whole package, each with a code."""
    pattern = re.compile(rf"#\s*{word}(?P<code>\s*[:\[]\s*[A-Za-z]+[\w-]*)?")
    found = [
        (path.relative_to(ROOT), match)
        for path in PACKAGE.rglob("*.py")
        for match in pattern.finditer(path.read_text(encoding="utf-8"))
    ]
    assert [str(path) for path, match in found if not match["code"]] == []
    assert len(found) <= cap, sorted(str(path) for path, _ in found)


def test_the_design_page_shows_the_floors_that_are_checked() -> None:
    """The page that explains the floors names each module on the floor the rules give it."""
    page = (ROOT / "docs" / "explanation" / "design.md").read_text(encoding="utf-8")
    told = {
        name: int(floor)
        for floor, names in re.findall(r"^\|\s*(\d+)\s*\|([^|]*)\|", page, re.MULTILINE)
        for name in re.findall(r"`(\w+)/?`", names)
    }
    assert told == dict(FLOORS)


PLANTED: tuple[tuple[Rule, dict[str, str], str], ...] = (
    (
        architecture.floor_breaches,
        {"geo.py": "def f():\n    from assetmap.model import Person\n", "model.py": ""},
        "assetmap.geo:2 (floor 1) imports assetmap.model (floor 2)",
    ),
    (
        architecture.floor_breaches,
        {
            "geo.py": "import typing\nif typing.TYPE_CHECKING:\n    from . import texts\n",
            "texts.py": "",
        },
        "assetmap.geo:3 (floor 1) imports assetmap.texts (floor 1)",
    ),
    (
        architecture.floor_breaches,
        {"tables/reading.py": "from ..graph import build\n", "graph.py": ""},
        "assetmap.tables.reading:1 (floor 3) imports assetmap.graph (floor 6)",
    ),
    (
        architecture.floor_breaches,
        {"geo.py": "import assetmap\n"},
        "assetmap.geo:1 (floor 1) imports assetmap (floor 13)",
    ),
    (
        architecture.floor_breaches,
        {"helpers.py": ""},
        "assetmap.helpers has no floor; give it one in tests/house/rules.py",
    ),
    (
        architecture.library_breaches,
        {"model.py": "def f():\n    import networkx as nx\n"},
        "assetmap.model:2 imports networkx, whose home is graph, plot, sociometry, ties",
    ),
    (
        architecture.library_breaches,
        {"graph.py": "from scipy import stats\n"},
        "assetmap.graph:1 imports scipy.stats, whose home is detectors",
    ),
    (
        architecture.library_breaches,
        {"solvers/mip.py": "import highspy\n"},
        "assetmap.solvers.mip:1 imports highspy, which is never used here",
    ),
    (
        architecture.library_breaches,
        {"graph.py": "import requests\n"},
        "assetmap.graph:1 imports requests, which has no home in tests/house/rules.py",
    ),
    (
        architecture.library_breaches,
        {"graph.py": "from scipy import fft\n"},
        "assetmap.graph:1 imports scipy.fft, which has no home in tests/house/rules.py",
    ),
    (
        architecture.library_breaches,
        {"week.py": "import importlib\nimportlib.import_module('sqlite3')\n"},
        "assetmap.week:2 imports sqlite3, whose home is history",
    ),
    (
        architecture.network_imports,
        {"report/page.py": "from urllib.request import urlopen\n"},
        "assetmap.report.page:1 imports urllib.request",
    ),
    (
        architecture.dynamic_imports,
        {"graph.py": "from importlib import import_module\nimport_module('a' + 'b')\n"},
        "assetmap.graph:2 imports a module whose name cannot be read here",
    ),
    (
        architecture.cycles,
        {
            "tables/__init__.py": "",
            "tables/a.py": "from assetmap.tables import b\n",
            "tables/b.py": "def f():\n    from assetmap.tables.c import x\n",
            "tables/c.py": "from .a import y\n",
        },
        "assetmap.tables.a <-> assetmap.tables.b <-> assetmap.tables.c",
    ),
    (
        architecture.too_long,
        {"geo.py": "\n" * 601},
        "assetmap.geo has 601 lines (cap 600)",
    ),
    (
        architecture.too_long,
        {"geo.py": "def f():\n" + "    x = 1\n" * 60},
        "assetmap.geo:1 f has 61 lines, 61 without its docstring (caps 80 and 60)",
    ),
    (
        architecture.too_long,
        {"geo.py": 'def f():\n    """One.' + "\n" * 80 + '    """\n'},
        "assetmap.geo:1 f has 82 lines, 1 without its docstring (caps 80 and 60)",
    ),
    (
        architecture.loud_places,
        {"geo.py": "show = print\n"},
        "assetmap.geo:1 uses print",
    ),
    (
        architecture.loud_places,
        {"geo.py": "import sys\nsys.stdout.write('x')\n"},
        "assetmap.geo:2 uses sys.stdout",
    ),
    (
        architecture.loud_places,
        {"geo.py": "import warnings\nwarnings.simplefilter('ignore')\n"},
        "assetmap.geo:2 uses warnings.simplefilter",
    ),
    (
        architecture.same_names,
        {
            "solvers/__init__.py": "from assetmap.solvers.solve import solve\n",
            "solvers/solve.py": "def solve():\n    pass\n",
        },
        "assetmap.solvers.solve is a module and a function",
    ),
)


@pytest.mark.parametrize(
    ("rule", "files", "finding"), PLANTED, ids=[finding for _, _, finding in PLANTED]
)
def test_a_planted_fault_is_found(
    rule: Rule, files: dict[str, str], finding: str, tmp_path: Path
) -> None:
    """Each checker can fail: it names a planted fault, and nothing else."""
    assert rule(_plant(tmp_path, files)) == [finding]


CLEAN = {
    "__init__.py": "from importlib import import_module\ndef f(n):\n    import_module(n)\n",
    "errors.py": "class Wrong(Exception):\n    pass\n",
    "geo.py": "import math\nimport numpy as np\nfrom assetmap.errors import Wrong\n",
    "model.py": "def f():\n    from assetmap import errors, geo\n    import pydantic\n",
    "tables/__init__.py": "from assetmap.tables.reading import read\n",
    "tables/reading.py": (
        "import warnings\nimport openpyxl\nfrom .names import N\n\n"
        "def read():\n    with warnings.catch_warnings():\n"
        "        warnings.simplefilter('ignore')\n"
    ),
    "tables/names.py": "N = 1\n",
    "cli.py": "import typer\nfrom assetmap.tables import read\nprint(1)\n",
    "__main__.py": "from assetmap.cli import main\n",
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_clean_house_is_left_alone(rule: Rule, tmp_path: Path) -> None:
    """No checker sees a fault where there is none."""
    assert rule(_plant(tmp_path, CLEAN)) == []


def _plant(folder: Path, files: dict[str, str]) -> tuple[SourceFile, ...]:
    package = folder / "assetmap"
    for name, text in {"__init__.py": "", **files}.items():
        path = package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return read_tree(package)
