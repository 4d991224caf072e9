"""Nothing that leaves for others than the team holds a name, a note, a number or a safety word."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import Path

import pytest

import assetmap
from assetmap import graph, view
from assetmap.cli.choices import Form
from assetmap.cli.network_files import files_of
from assetmap.cli.starting import run
from assetmap.texts import Language
from tests.house.imports import read_tree
from tests.privacy.hostile import SAFETY, hostile_hood, leaks, readable
from tests.privacy.ways_out import (
    DAY,
    TEAM_ONLY,
    TURNS,
    WAYS,
    Files,
    World,
    places_that_write,
)

BUNDLED = Path("examples/buurthuis")
PACKAGE = Path(__file__).parents[2] / "src" / "assetmap"
OUTWARD = ("research", "residents", "council")


def _leaking(world: World, words: tuple[str, ...], seen: Counter[str]) -> list[tuple[str, ...]]:
    """Return which word left by which way, in which file, that may not stand there."""
    found: list[tuple[str, ...]] = []
    for name, way in WAYS.items():
        files = way.files(world)
        seen[name] += len(files)
        out = leaks(files, (*words, *SAFETY))
        found += [(name, file, word) for file, word in out if word not in way.may_say(world, file)]
    return found


@pytest.mark.parametrize("tens", range(10))
def test_a_hundred_hostile_neighbourhoods(tens: int) -> None:
    """Every way out of each; audiences, pictures, languages and kinds of file by turns."""
    seen = Counter[str]()
    for seed in range(10 * tens, 10 * tens + 10):
        hood, words = hostile_hood(seed, residents=10)
        assert _leaking(World(hood, seed), words, seen) == [], seed
    assert all(seen[name] >= 10 for name in WAYS), seen


def test_every_way_out_of_the_bundled_neighbourhood() -> None:
    """Every turn of every way: each audience, picture and kind of file there is."""
    world, words = World(assetmap.read(BUNDLED)), _said(BUNDLED)
    assert len(words) > 100
    for name, way in WAYS.items():
        for world.at in range(TURNS.get(name, 6)):
            files = way.files(world)
            found = _standing(files, (*words, *SAFETY))
            wrong = [(file, w) for file, w in found if w not in way.may_say(world, file)]
            assert (name, world.at, wrong) == (name, world.at, [])


def _standing(files: Files, words: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return which word is in which file, as it is written: *Greet*, and not *agree to*."""
    texts = [(name, readable(name, raw)) for name, raw in files.items()]
    return [
        (name, word)
        for name, text in texts
        for word in words
        if word in text and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)
    ]


def test_no_way_out_is_forgotten() -> None:
    """Every place of the package that writes or draws is a way out, or for the team only."""
    there = set(places_that_write(read_tree(PACKAGE)))
    known = {name for way in WAYS.values() for name in way.through} | set(TEAM_ONLY)
    assert there - known == set(), "name it in WAYS or TEAM_ONLY of tests/privacy/ways_out.py"
    assert known - there == set(), "this writes no more: take it out of tests/privacy/ways_out.py"


def test_a_new_way_out_is_seen(tmp_path: Path) -> None:
    """A function that writes, and one that only calls what writes, in a room of their own."""
    package = tmp_path / "assetmap"
    (package / "cli").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "cli" / "__init__.py").write_text("")
    (package / "cli" / "posting.py").write_text("def post(files):\n    put(files)\n")
    (package / "report.py").write_text("def letter(told: Released[str]) -> str: ...\n")
    found = set(places_that_write(read_tree(package)))
    assert found == {"cli.posting.post", "report.letter"}


def _said(folder: Path) -> tuple[str, ...]:
    """Return what is personal in the bundled neighbourhood, straight from its files.

    A single word without a capital (*gesprek*) is one that anybody may use; *Frans* is a language
    as well.
    """
    columns = {"called", "note", "description", "remark", "motive", "conditions", "outcome"}
    words: set[str] = set()
    open_names: set[str] = set()
    for file in sorted(folder.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                words |= {row[name] for name in columns & row.keys() if row[name]}
                open_names |= {row.get("name", "")}
    ordinary = {word for word in words if word.isalpha() and word.islower()}
    return tuple(
        sorted(word for word in words - open_names - ordinary - {"Frans"} if len(word) > 4)
    )


@pytest.mark.parametrize("audience", OUTWARD)
def test_every_network_as_the_command_writes_it(
    audience: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All kinds of files, and what it says of them."""
    words = _said(BUNDLED)
    forms = [part for form in Form for part in ("--format", form.value)]
    asked = ["graph", str(BUNDLED), "--out", str(tmp_path), "--audience", audience, *forms]
    assert run([*asked, "--asof", "2026-11-23"]) in {0, 1}
    capsys.readouterr()
    files = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert len(files) >= len(Form)
    assert leaks(files, (*words, *SAFETY)) == []


def test_the_search_can_fail() -> None:
    """A network for the team holds the ids, and a planted word is found in any dress."""
    hood, words = hostile_hood(1, residents=10)
    shared = graph.for_audience(graph.build(hood), "team", hood=hood, own_ids=True)
    files = dict(files_of(shared, (Form.JSON,), measures=False, lang=Language.NL))
    assert leaks(files, words)
    assert leaks({"a.json": b'"Q\\u00ebzo"'}, ("QËZO",))
    assert leaks({"a.html": b"Q&euml;zo"}, ("Qëzo",))


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_a_word_in_the_properties_of_a_picture_is_found(form: str) -> None:
    """Packed as these files pack what they say of themselves."""
    from matplotlib.figure import Figure

    out = io.BytesIO()
    said = {"Title": "Qbakadë heeft dit gezien, en nog veel meer " * 9}
    Figure(figsize=(1, 1)).savefig(out, format=form, metadata=said)
    assert leaks({f"a.{form}": out.getvalue()}, ("Qbakadë",))


def test_what_the_team_sees_is_found() -> None:
    """The search can fail on a page: that of the team holds what people are called."""
    hood, words = hostile_hood(300)
    page = view.neighbourhood(hood, asof=DAY)._repr_html_().encode()
    found = {word for _, word in leaks({"view.html": page}, words)}
    assert {person.called for person in hood.people if not person.is_worker} & found


@pytest.mark.parametrize("name", ["sheet of a helper", "sheet of an initiative"])
def test_who_gets_a_sheet_reads_of_nobody_else(name: str) -> None:
    """The sheets do say who comes or whom to go to: without that, each would leak a name."""
    told: set[frozenset[str]] = set()
    for seed in (13, 14):
        hood, words = hostile_hood(seed)
        world, way = World(hood), WAYS[name]
        for file, raw in way.files(world).items():
            said = {word for _, word in leaks({file: raw}, words)}
            told.add(frozenset(said))
            assert said
            assert said <= way.may_say(world, file)
    assert len(told) > 1
