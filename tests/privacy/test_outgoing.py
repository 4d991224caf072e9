"""Nothing that leaves for others than the team holds a name, a note, a number or a safety word."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import assetmap
from assetmap import graph
from assetmap.cli.choices import Form
from assetmap.cli.network_files import files_of
from assetmap.cli.starting import run
from assetmap.model import Neighbourhood
from assetmap.privacy import Audience
from assetmap.report.record import record, record_json
from assetmap.report.results import result_files, results
from assetmap.texts import Language
from tests.privacy.hostile import SAFETY, hostile_hood, leaks

BUNDLED = Path("examples/buurthuis")
OUTWARD = ("research", "residents", "council")
FORMS = tuple(Form)


def _network(hood: Neighbourhood, audience: str, *, people: bool, at: int) -> dict[str, bytes]:
    """Return the files of a network in two kinds, by turns; for research with measures."""
    research = audience == "research"
    rest = graph.without_sensitive(hood) if research else hood
    built = graph.build(rest, attributes=["born"])
    known = graph.people(built)
    measured = graph.measures(known, seed=0) if research and at % 15 == 0 else None
    shared = graph.for_audience(
        known if people and research else built, audience, hood=hood, measures=measured
    )
    forms = (FORMS[at % len(FORMS)], FORMS[(at + 2) % len(FORMS)])
    lang = list(Language)[at % 2]
    return dict(files_of(shared, forms, measures=measured is not None, lang=lang))


@pytest.mark.parametrize("tens", range(10))
def test_networks_of_a_hundred_hostile_neighbourhoods(tens: int) -> None:
    """Each outward audience and each kind of file, in turn; every byte is read."""
    for seed in range(10 * tens, 10 * tens + 10):
        hood, words = hostile_hood(seed, residents=10)
        audience = OUTWARD[seed % 3]
        files = _network(hood, audience, people=seed % 2 == 0, at=seed)
        assert files
        assert leaks(files, (*words, *SAFETY)) == [], (seed, audience)


@pytest.mark.parametrize("seed", range(3))
def test_the_results_of_a_run_for_research(seed: int) -> None:
    """Tables and record of a run hold codes and words of closed lists."""
    hood, words = hostile_hood(200 + seed, residents=10)
    proposals = assetmap.propose(hood, "2026-W48")
    files = dict(result_files(results(proposals, Audience.RESEARCH)))
    files["run.json"] = record_json(record(proposals, {}, audience=Audience.RESEARCH)).encode()
    assert leaks(files, (*words, *SAFETY)) == []


def _said(folder: Path) -> tuple[str, ...]:
    """Return what is personal in the bundled neighbourhood, straight from its files."""
    columns = {"called", "note", "description", "remark", "motive", "conditions", "outcome"}
    words: set[str] = set()
    open_names: set[str] = set()
    for file in sorted(folder.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                words |= {row[name] for name in columns & row.keys() if row[name]}
                open_names |= {row.get("name", "")}
    return tuple(sorted(word for word in words - open_names if len(word) > 4))


@pytest.mark.parametrize("audience", OUTWARD)
def test_every_file_of_the_bundled_neighbourhood(
    audience: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All kinds of files as the command writes them, and what it says of them."""
    words = _said(BUNDLED)
    assert len(words) > 100
    forms = [part for form in FORMS for part in ("--format", form.value)]
    asked = ["graph", str(BUNDLED), "--out", str(tmp_path), "--audience", audience, *forms]
    assert run([*asked, "--asof", "2026-11-23"]) in {0, 1}
    capsys.readouterr()
    files = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert len(files) >= len(FORMS)
    assert leaks(files, (*words, *SAFETY)) == []


def test_the_search_can_fail() -> None:
    """A network for the team holds the ids, and a planted word is found in any dress."""
    hood, words = hostile_hood(1, residents=10)
    shared = graph.for_audience(graph.build(hood), "team", hood=hood, own_ids=True)
    files = dict(files_of(shared, (Form.JSON,), measures=False, lang=Language.NL))
    assert leaks(files, words)
    assert leaks({"a.json": b'"Q\\u00ebzo"'}, ("QËZO",))
    assert leaks({"a.html": b"Q&euml;zo"}, ("Qëzo",))
