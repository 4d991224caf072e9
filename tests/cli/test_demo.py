"""``assetmap demo``: the first thing a newcomer sees."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest
from rich.console import Console

import assetmap
from assetmap.cli import running
from assetmap.cli.running import bundled
from assetmap.cli.screen import Screen, progress
from assetmap.cli.starting import run
from assetmap.cli.week_screen import WeekScreen
from assetmap.match import Progress, Proposals
from assetmap.model import Need, Neighbourhood, Person
from assetmap.report import gather
from assetmap.texts import Language
from tests.cli.conftest import Typed, Typing

CONTROL = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


@pytest.fixture(scope="module")
def week() -> Proposals:
    """The week of the bundled neighbourhood."""
    return assetmap.propose(assetmap.read(bundled()), week="2026-W48")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder to type in."""
    return tmp_path_factory.mktemp("desk")


@pytest.fixture(scope="module")
def demo(desk: Path) -> Typed:
    """The demo, typed once with its output piped."""
    out, err = io.StringIO(), io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        patch.chdir(desk)
        patch.setenv("COLUMNS", "80")
        code = run(["demo"])
    return Typed(code, out.getvalue(), err.getvalue())


def test_a_newcomer_sees_the_evening_with_its_rides(demo: Typed) -> None:
    """The story of the eetcafé is told whole: who, when, the ride there and the ride back."""
    assert demo.code == 0
    assert demo.err.startswith("Er staat iets over veiligheid in.")  # and nothing else
    assert demo.err.count("\n") == 1
    story = demo.out.partition("Hennie: samen eten")[2].partition("\n\n")[0]
    assert "do 26 nov 17.30 uur" in story
    assert "Joris haalt Hennie op." in story
    assert "‘Eetcafé’" in story
    assert "Ruud brengt Hennie thuis." in story
    assert "Joris gaat er toch al heen." in story


def test_the_week_is_told_from_what_there_is_to_what_is_missing(demo: Typed) -> None:
    """Talents come first, then who could meet whom, then what has not worked out yet."""
    parts = ["61 talenten", "Hennie: samen eten", "  maandag 23 november\n", "Nog niet gelukt"]
    places = [demo.out.index(part) for part in parts]
    assert places == sorted(places)


def test_the_page_is_named_and_there(demo: Typed, desk: Path) -> None:
    """The page lies in ./demo-out, and its link can be opened."""
    page = desk / "demo-out" / "week.html"
    assert page.exists()
    assert "demo-out/week.html" in demo.out
    assert page.as_uri() in demo.out.splitlines()


def test_a_page_can_be_written_elsewhere(typed: Typing, tmp_path: Path) -> None:
    """``--out`` chooses the folder; the bundled tables are only read."""
    before = {path: path.read_bytes() for path in bundled().iterdir() if path.is_file()}
    done = typed("demo", "--out", tmp_path / "hier", "--lang", "en", "--json")
    assert done.code == 0
    assert done.document["out"] == str(tmp_path / "hier")
    assert (tmp_path / "hier" / "week.html").exists()
    assert {path: path.read_bytes() for path in bundled().iterdir() if path.is_file()} == before


def test_piped_it_is_plain(demo: Typed) -> None:
    """Where nobody watches there are no colours, no trailing blanks and no line over 80."""
    assert "\x1b" not in demo.out
    lines = [line for line in demo.out.splitlines() if not line.startswith("file:")]
    assert max(map(len, lines)) <= 80
    assert [line for line in lines if line != line.rstrip()] == []


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("lang", list(Language))
def test_it_fits_a_terminal(week: Proposals, width: int, lang: Language) -> None:
    """No line is wider than the terminal, and no name is cut off."""
    console = Console(width=width, force_terminal=True, color_system="standard", highlight=False)
    with console.capture() as caught:
        console.print(WeekScreen(gather(week), lang))
    lines = CONTROL.sub("", caught.get()).splitlines()
    assert max(map(len, lines)) <= width
    assert not any("…" in line for line in lines)
    words = " ".join(" ".join(lines).split())
    facts = gather(week).value
    names = {story.asker for story in facts.stories if story.times.first <= facts.sunday}
    assert all(part in words for name in names for part in (name or "").split())


def test_an_installed_package_brings_its_own_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tables beside the package's modules come before those of a source folder."""
    package = tmp_path / "assetmap"
    (package / "cli").mkdir(parents=True)
    monkeypatch.setattr(running, "__file__", str(package / "cli" / "running.py"))
    assert bundled() == tmp_path.parent / "examples" / "buurthuis"
    (package / "buurthuis").mkdir()
    assert bundled() == package / "buurthuis"


def test_a_week_in_which_nothing_can_be_proposed() -> None:
    """An empty neighbourhood gets a plain sentence; what is missing is still told."""
    alone = Neighbourhood.from_records(
        Person(person="p1", called="Anna"),
        Need(need="n1", owner="p1", category="language", talked=True),
        Need(need="n2", owner="p1", category="garden"),
    )
    shown = _shown(assetmap.propose(alone, week="2026-W48"))
    assert "Deze week is er niets om voor te stellen." in shown
    assert "Eerst een gesprek: 1 vraag" in shown
    assert "Niemand in de buurt biedt dit nu aan." in shown


def _shown(proposals: Proposals) -> str:
    console = Console(width=80, no_color=True, highlight=False)
    with console.capture() as caught:
        console.print(WeekScreen(gather(proposals), Language.NL))
    return caught.get()


def test_progress_is_shown_on_a_terminal_only(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bar where somebody watches stderr; else nothing, and nothing for a machine."""
    with progress(Screen(Language.NL)) as step:
        assert step is None
    monkeypatch.setenv("FORCE_COLOR", "1")
    with progress(Screen(Language.NL, as_json=True)) as step:
        assert step is None
    with progress(Screen(Language.NL)) as step:
        assert step is not None
        step(Progress("candidates", 3, 10))
        step(Progress("solving", 0, 1))
    said = capsys.readouterr()
    assert "Mogelijkheden zoeken" in said.err
    assert said.out == ""
