"""Are problems that nobody here made solved to their known optimum?

    python benchmarks/public.py FOLDER [--seconds 60]

FOLDER holds `gap/` (generalised assignment in the format of the OR-Library, one problem a file,
with `bounds.txt`: name, lower and upper bound), `assign/` (assign100.txt ...), `mmkp/`
(multiple-choice knapsack with several limits, the first problem of each file) and `flow/`
(DIMACS, `*.min`). A bound below the known value is an error: of ours, or of the file.
Without a folder only the NETGEN network that comes with networkx is solved.
"""

from __future__ import annotations

import argparse
import bz2
import pickle
import time
from pathlib import Path
from typing import TYPE_CHECKING

import networkx
import numpy as np
from _formats import (
    flow,
    generalised_assignment,
    linear_assignment,
    minimum_cost_flow,
    multiple_choice_knapsack,
)
from _peers import by_milp, write

from assetmap.solvers import check, solve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assetmap.solvers import Problem

ASSIGN = {100: 305, 200: 475, 300: 626, 400: 804, 500: 991, 600: 1176, 700: 1362, 800: 1552}
NETGEN = 6_749_969_302


def netgen() -> Iterator[tuple[str, Problem, int | None]]:
    """Yield the NETGEN network among networkx' own test data, where that is installed."""
    path = Path(networkx.__file__).parent / "algorithms/flow/tests/netgen-2.gpickle.bz2"
    if not path.exists():
        return
    with bz2.open(path) as file:
        graph = pickle.load(file)
    place = {node: index for index, node in enumerate(graph)}
    supply = np.array([-data.get("demand", 0) for _, data in graph.nodes(data=True)])
    arcs = [
        (place[a], place[b], int(data["capacity"]), int(data["weight"]))
        for a, b, data in graph.edges(data=True)
    ]
    tail, head, room, cost = np.array(arcs, dtype=np.int64).T
    yield "netgen-2", flow(supply.astype(np.int64), tail, head, (room, cost)), -NETGEN


def public(folder: Path, only: str) -> Iterator[tuple[str, Problem, int | None]]:
    """Yield name, problem and best known value of everything in the folder."""
    for size, best in ASSIGN.items():
        path = folder / "assign" / f"assign{size}.txt"
        if path.exists() and path.stat().st_size:
            yield path.stem, linear_assignment(path), -best
    for path in sorted((folder / "flow").glob("*.min")):
        yield path.stem, minimum_cost_flow(path), None
    for path in sorted((folder / "mmkp").glob("*.txt")):
        yield path.stem, multiple_choice_knapsack(path), None
    bounds = folder / "gap" / "bounds.txt"
    if not bounds.exists():
        return
    for line in bounds.read_text(encoding="utf-8").splitlines():
        fields = line.split()
        if len(fields) == 3 and fields[0].endswith("_Min") and fields[0].startswith(tuple(only)):
            path = folder / "gap" / fields[0].removesuffix("_Min")
            if path.exists():
                yield path.name, generalised_assignment(path), -int(fields[2])


def main() -> None:
    """Solve, compare, print, write one file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--classes", default="abcde", help="classes of generalised assignment")
    parser.add_argument("--peer", action="store_true", help="scipy's milp beside it")
    chosen = parser.parse_args()
    problems = list(netgen())
    if chosen.folder is not None:
        problems += public(chosen.folder, chosen.classes)
    rows = []
    for name, problem, best in problems:
        begin = time.perf_counter()
        solution = solve(problem, time_limit=chosen.seconds)
        seconds = round(time.perf_counter() - begin, 2)
        if check(problem, solution):
            raise RuntimeError(f"{name}: {check(problem, solution)[0]}")
        value, bound = solution.objective, solution.bound[0]
        row = {
            "name": name,
            "best_known": best,
            "value": None if value is None else value[0],
            "bound": bound,
            "status": str(solution.status),
            "method": solution.method,
            "seconds": seconds,
        }
        if chosen.peer:
            row["milp"] = by_milp(problem, chosen.seconds)
        rows.append(row)
        print(row, flush=True)
        if best is not None and bound is not None and bound < best:
            raise RuntimeError(f"{name}: the bound {bound} is below the known value {best}.")
    proven = sum(row["status"] == "optimal" for row in rows)
    print(f"{proven} of {len(rows)} proven")
    write("public", {"claim": "the known optimum, proven", "problems": rows})


if __name__ == "__main__":
    main()
