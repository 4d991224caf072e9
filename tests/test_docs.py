"""What the documentation shows is true: its code runs, its links lead somewhere."""

from __future__ import annotations

import ast
import doctest
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import measures_page, model_page
from tests.house.markdown import Block, blocks, links, table_rows

pytestmark = pytest.mark.whole

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("**/*.md")])
PYTHON = {"python", "pycon", "py"}
SHELL = {"sh", "bash", "console", "shell", "powershell"}
OPTIONS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
COMMAND = re.compile(r"^(?:\$ |> )?\S*\bassetmap(?:\.exe)? (?P<command>[a-z][\w-]*)", re.MULTILINE)
STATES = ("works", "partly", "not yet")


def _name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def _with_code() -> list[Path]:
    return [page for page in PAGES if any(b.language in PYTHON for b in blocks(page))]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder of its own that holds a copy of the examples."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", _with_code(), ids=_name)
def test_the_code_of_a_page_runs(page: Path, desk: Path) -> None:
    """Code blocks run from top to bottom; what they show is what comes out."""
    names: dict[str, object] = {"__name__": "__page__"}
    for block in blocks(page):
        if block.language in PYTHON:
            _run(block, page, names)


def _run(block: Block, page: Path, names: dict[str, object]) -> None:
    if ">>>" not in block.text:
        source = "\n" * block.line + block.text
        exec(compile(source, _name(page), "exec"), names)
        return
    parser = doctest.DocTestParser()
    test = parser.get_doctest(block.text, names, _name(page), str(page), block.line)
    told: list[str] = []
    runner = doctest.DocTestRunner(optionflags=OPTIONS, verbose=False)
    runner.run(test, out=told.append, clear_globs=False)
    names.update(test.globs)
    assert not told, "".join(told)


def test_a_wrong_example_is_found(tmp_path: Path) -> None:
    """The runner of the pages can fail."""
    with pytest.raises(AssertionError, match="Expected"):
        _run(Block("python", ">>> 1 + 1\n3\n", 1), ROOT / "README.md", {})


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_a_link_leads_somewhere(page: Path) -> None:
    """A link inside the project points at a file that is there."""
    inside = [link for link in links(page) if not re.match(r"[a-z]+:|#", link)]
    lost = [link for link in inside if not (page.parent / link.partition("#")[0]).exists()]
    assert lost == []


def _commands() -> list[str]:
    found = {
        match["command"]
        for page in PAGES
        for block in blocks(page)
        if block.language in SHELL
        for match in COMMAND.finditer(block.text)
    }
    return sorted(found)


@pytest.mark.parametrize("command", _commands())
def test_a_command_in_the_documentation_exists(command: str) -> None:
    """Each command that a page tells the reader to type has a help text."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "assetmap", command, "--help"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert command in done.stdout


def test_the_page_of_the_records_is_that_of_the_records() -> None:
    """The reference tells each column as the record does; `make reference` writes it anew."""
    assert model_page.PAGE.read_text(encoding="utf-8") == model_page.page()


def test_the_page_of_the_measures_is_that_of_the_catalogue() -> None:
    """The reference tells each measure as its row does; `make reference` writes it anew."""
    assert measures_page.PAGE.read_text(encoding="utf-8") == measures_page.page()


def _rows() -> dict[str, str]:
    """Return what the README says of each row of practice: ``{"S1": "works"}``."""
    rows = [cells for cells in table_rows(ROOT / "README.md") if re.fullmatch(r"S\d+", cells[0])]
    assert len(rows) == len({cells[0] for cells in rows}), "a row is told twice"
    return {cells[0]: cells[-1] for cells in rows}


def _tested() -> set[str]:
    """Name the rows that a test is named after, leaving out tests that are skipped."""
    found = set()
    for path in (ROOT / "tests" / "acceptance").glob("**/test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                rows = re.match(r"test((_S\d+)+)_", node.name)
                dodged = any(re.search("skip|xfail", ast.unparse(d)) for d in node.decorator_list)
                if rows and not dodged:
                    found |= {f"S{int(n)}" for n in re.findall(r"S(\d+)", rows[1])}
    return found


def test_the_readme_tells_of_every_row_of_practice() -> None:
    """All 88 rows are there, each with a state from the closed list."""
    rows = _rows()
    assert sorted(rows, key=lambda row: int(row[1:])) == [f"S{n}" for n in range(1, 89)]
    assert set(rows.values()) <= set(STATES)


def test_the_readme_promises_what_is_tested_and_no_more() -> None:
    """A row works, wholly or partly, exactly when a test is named after it."""
    promised = {row for row, state in _rows().items() if state != "not yet"}
    assert promised == _tested()
