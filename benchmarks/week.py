"""How long does the whole week of a big team take from a fresh interpreter, beside proposing alone?

A made-up neighbourhood of 2,000 people with about 500 open needs is written to a folder. A fresh
interpreter lives through the week as the command does, through files: it reads, proposes, looks
for signals, finds reserves, remedies and shortages, and writes the page, the workbook, the tables
and the history. The median of some such weeks counts; the seconds of the processor and the memory
are told too, and where the time goes.

The peer is another fresh interpreter that reads the same folder and only proposes: what the rest
of the week costs beside the search itself. Prints the ratio and writes JSON.

    python benchmarks/week.py [ROUNDS] [RESIDENTS] [NEEDS_PER_RESIDENT] [SEED]
"""

from __future__ import annotations

import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

OUT = Path(__file__).parent / "out" / "week.json"
WEEK = "2026-W48"
RESIDENTS, NEEDS, SEED = 2000, 0.34, 3
LIMIT = 15.0
"""Seconds for the whole week."""
STAGES = {
    "read": "assetmap.week.running",
    "propose": "assetmap.week.running",
    "write_back_ids": "assetmap.week.running",
    "detect": "assetmap.week.running",
    "gather": "assetmap.week.running",
    "week_html": "assetmap.week.running",
    "decision_workbook": "assetmap.week.running",
    "_reserves": "assetmap.week.running",
    "with_remedies": "assetmap.report.results",
    "shortages": "assetmap.report.results",
    "sheet_files": "assetmap.week.running",
    "prepared": "assetmap.history.store",
}
"""The stages of a week: each function, and the module that calls it."""


def made(folder: Path, residents: int, per_resident: float, seed: int) -> int:
    """Write the neighbourhood; return how many needs are open."""
    import assetmap
    from assetmap.synthetic import Recipe, neighbourhood

    hood = neighbourhood(residents, seed, recipe=Recipe(needs_per_resident=per_resident))
    assetmap.write(hood, folder)
    return sum(need.closed_on is None for need in hood.needs)


def timed(function: Callable[..., Any], seconds: dict[str, float], name: str) -> Any:
    """Return the function with its seconds of the processor noted."""

    def run(*args: Any, **kwargs: Any) -> Any:
        begin = time.process_time()
        try:
            return function(*args, **kwargs)
        finally:
            seconds[name] = seconds.get(name, 0.0) + time.process_time() - begin

    return run


def whole(folder: str) -> None:
    """Live through a week in this interpreter; print what it took."""
    begin = time.perf_counter()
    from assetmap.week import run

    loading, stages = time.process_time(), dict[str, float]()
    for name, home in STAGES.items():
        module = sys.modules[home]
        setattr(module, name, timed(getattr(module, name), stages, name))
    found = run(folder, WEEK, out=Path(folder).with_name("results")).proposals
    processor = time.process_time()
    stages |= {"loading": loading, "the rest": processor - loading - sum(stages.values())}
    told = {
        "seconds": time.perf_counter() - begin,
        "processor": processor,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "stages": dict(sorted(stages.items(), key=lambda stage: -stage[1])),
        "plans": len(found.items),
        "gaps": len(found.gaps),
        "candidates": len(found.worked.working.options) if found.worked is not None else 0,
        "status": found.certificate.status.value,
        "stopped": found.certificate.stopped.value,
    }
    print(json.dumps(told))


def alone(folder: str) -> None:
    """Read and propose in this interpreter; print what it took."""
    begin = time.perf_counter()
    import assetmap

    assetmap.propose(assetmap.read(folder), WEEK)
    told = {"seconds": time.perf_counter() - begin, "processor": time.process_time()}
    print(json.dumps(told))


def child(what: str, folder: Path) -> Any:
    """Do something in a fresh interpreter with a copy of the folder; return what it told."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place, "tables")
        shutil.copytree(folder, copy)
        command = [sys.executable, __file__, what, str(copy)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def main(rounds: int, residents: int, per_resident: float, seed: int) -> None:
    """Measure, print, write one file."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "tables")
        needs = made(folder, residents, per_resident, seed)
        pairs = [(child("--whole", folder), child("--alone", folder)) for _ in range(rounds)]
    weeks = sorted((week for week, _ in pairs), key=lambda week: week["seconds"])
    middle = weeks[len(weeks) // 2]
    ratio = statistics.median(week["processor"] / peer["processor"] for week, peer in pairs)
    result = {
        "claim": f"the week of {residents} people with {needs} open needs: within {LIMIT:g} s",
        "holds": middle["seconds"] < LIMIT,
        "seconds": round(middle["seconds"], 2),
        "all_seconds": [round(week["seconds"], 2) for week in weeks],
        "median_week": middle,
        "peer": [peer for _, peer in pairs],
        "ratio_to_proposing_alone": round(ratio, 2),
        "load_average": os.getloadavg(),
        "processors": os.cpu_count(),
        "python": platform.python_version(),
    }
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    for name, seconds in middle["stages"].items():
        print(f"  {name}: {seconds:.2f} s")
    print(
        f"the week of {residents} people with {needs} open needs: {middle['seconds']:.1f} s, "
        f"{middle['processor']:.1f} s of the processor, {middle['memory_mb']:.0f} MB, "
        f"{middle['status']}; {ratio:.2f} times reading and proposing alone"
    )


if __name__ == "__main__":
    steps = {"--whole": whole, "--alone": alone}
    if len(sys.argv) > 2 and sys.argv[1] in steps:
        steps[sys.argv[1]](sys.argv[2])
    else:
        given = dict(enumerate(sys.argv[1:]))
        main(
            int(given.get(0, 3)),
            int(given.get(1, RESIDENTS)),
            float(given.get(2, NEEDS)),
            int(given.get(3, SEED)),
        )
