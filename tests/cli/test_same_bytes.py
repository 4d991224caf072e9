"""The same tables give the same bytes, whatever the machine and the order of the rows."""

from __future__ import annotations

import csv
import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

RESULTS = ("plans.csv", "unmet.csv", "shortages.csv", "week.html")
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def _run(folder: Path, out: Path, *, hash_seed: str, threads: str) -> dict[str, bytes]:
    """Match in a process of its own, and return what it wrote."""
    settings = {"PYTHONHASHSEED": hash_seed, **dict.fromkeys(THREADS, threads)}
    command = [sys.executable, "-m", "assetmap", "match", str(folder)]
    done = subprocess.run(
        [*command, "--week", "2026-W48", "--out", str(out)],
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {path.name: path.read_bytes() for path in out.iterdir()}


def _shuffled(folder: Path, *, seed: int) -> None:
    """Put the rows of every table in another order."""
    mixed = random.Random(seed)
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            headings, *rows = csv.reader(file)
        mixed.shuffle(rows)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([headings, *rows])


@pytest.fixture(scope="module")
def usual(root_module: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the bundled neighbourhood gives as it lies."""
    out = tmp_path_factory.mktemp("usual") / "uit"
    return _run(root_module / "examples" / "buurthuis", out, hash_seed="0", threads="1")


@pytest.fixture(scope="module")
def root_module() -> Path:
    """The folder of the project."""
    return Path(__file__).parents[2]


@pytest.mark.parametrize(("seed", "hash_seed", "threads"), [(1, "1", "2"), (2, "random", "4")])
def test_order_threads_and_hash_seed_do_not_matter(
    usual: dict[str, bytes],
    root_module: Path,
    tmp_path: Path,
    seed: int,
    hash_seed: str,
    threads: str,
) -> None:
    """Shuffled rows of every table, other threads, other hash seeds: the same bytes."""
    folder = tmp_path / "buurt"
    shutil.copytree(root_module / "examples" / "buurthuis", folder)
    _shuffled(folder, seed=seed)
    found = _run(folder, tmp_path / "uit", hash_seed=hash_seed, threads=threads)
    for name in RESULTS:
        assert found[name] == usual[name], name
    records = [json.loads(files["run.json"]) for files in (usual, found)]
    read = [record.pop("inputs") for record in records]
    assert records[0] == records[1]
    assert read[0] != read[1]


def test_the_record_is_the_same_to_the_byte(
    usual: dict[str, bytes], root_module: Path, tmp_path: Path
) -> None:
    """The same input gives the same record; only the log of times differs."""
    folder = root_module / "examples" / "buurthuis"
    found = _run(folder, tmp_path / "uit", hash_seed="7", threads="3")
    assert found["run.json"] == usual["run.json"]
    assert set(found) == set(usual) == {*RESULTS, "run.json", "run.log"}
