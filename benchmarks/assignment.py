"""How much does `solve` add to the bare flow call, and how far is scipy's sparse matcher?

100,000 needs with 20 candidates each. OR-Tools' min-cost flow gets the same arcs and is timed
alone; scipy's `min_weight_full_bipartite_matching` gets one column per place and one per need
to stay without. Alternating runs; medians, of seconds on the clock and of the processor.
`--quick` leaves the matcher and 300,000 needs out; `--rest` does only those.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import statistics
import time
from typing import TYPE_CHECKING, Any

import numpy as np
from _instances import assignment
from _peers import write
from ortools.graph.python import min_cost_flow
from scipy import sparse
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from assetmap.solvers import check, solve

if TYPE_CHECKING:
    from assetmap.solvers import Problem

ROUNDS = 3
NEEDS = 100_000


class Timer:
    """Seconds on the clock and of the processor since it was made."""

    def __init__(self) -> None:
        self.clock, self.processor = time.perf_counter(), time.process_time()

    def read(self) -> tuple[float, float]:
        """Return both."""
        return time.perf_counter() - self.clock, time.process_time() - self.processor


def bare(problem: Problem) -> tuple[tuple[float, float], int]:
    """Time the flow call on the arcs of level 0 and nothing else."""
    needs, helpers = problem.needs, problem.resources
    root = needs + helpers
    tail = [problem.option_need, np.full(needs, root), np.arange(needs, root)]
    head = [needs + problem.option_use.indices, np.arange(needs), np.full(helpers, root)]
    room = [np.ones(problem.options), np.ones(needs), problem.capacity]
    cost = [-problem.option_score[:, 0], np.zeros(needs + helpers)]
    arrays = [np.concatenate(parts).astype(np.int64) for parts in (tail, head, room, cost)]
    timer = Timer()
    flow = min_cost_flow.SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(*arrays)
    flow.set_nodes_supplies(np.arange(root + 1), np.zeros(root + 1, dtype=np.int64))
    if flow.solve() != flow.OPTIMAL:
        raise RuntimeError("The flow was not solved.")
    return timer.read(), -int(flow.optimal_cost())


def matcher(problem: Problem) -> tuple[tuple[float, float], int]:
    """Time scipy's sparse matcher on the same choice; of equal pairs only the best is given."""
    needs = problem.needs
    first = np.concatenate([[0], np.cumsum(problem.capacity)])
    helper = problem.option_use.indices
    order = np.lexsort((-problem.option_score[:, 0], helper, problem.option_need))
    pair = np.stack([problem.option_need[order], helper[order]])
    kept = order[(np.diff(pair, axis=1, prepend=-1) != 0).any(axis=0)]
    times = problem.capacity[helper[kept]]
    option = np.repeat(kept, times)
    copy = np.arange(option.size) - np.repeat(np.cumsum(times) - times, times)
    rows = np.concatenate([problem.option_need[option], np.arange(needs)])
    columns = np.concatenate([first[helper[option]] + copy, first[-1] + np.arange(needs)])
    top = int(problem.option_score.max()) + 1
    score = np.concatenate([problem.option_score[option, 0], np.zeros(needs, dtype=np.int64)])
    graph = sparse.csr_array((top - score, (rows, columns)), shape=(needs, first[-1] + needs))
    timer = Timer()
    matched = min_weight_full_bipartite_matching(graph)
    seconds = timer.read()
    return seconds, top * needs - int(np.asarray(graph[matched]).sum())


def own(problem: Problem) -> tuple[tuple[float, float], int]:
    """Time `solve`, and have the result checked."""
    timer = Timer()
    solution = solve(problem, time_limit=600.0)
    seconds = timer.read()
    if str(solution.status) != "optimal" or check(problem, solution):
        raise RuntimeError(f"Not solved: {solution.summary()}")
    assert solution.objective is not None
    return seconds, solution.objective[0]


def peak(needs: int) -> float:
    """Return the memory, in MB, that building and solving takes in a process of its own."""
    solve(assignment(needs, 1), time_limit=600.0)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def against_the_flow(levels: int) -> dict[str, float]:
    """Return seconds of both, on the clock and of the processor, and their ratios."""
    problem = assignment(NEEDS, 1, levels=levels)
    flows, owns = [], []
    for _ in range(ROUNDS):
        seconds, best = bare(problem)
        flows.append(seconds)
        seconds, value = own(problem)
        owns.append(seconds)
        if best != value:
            raise RuntimeError(f"The flow found {best}, solve found {value}.")
    result = {}
    for place, name in enumerate(("clock", "processor")):
        flow = statistics.median(each[place] for each in flows)
        mine = statistics.median(each[place] for each in owns)
        result |= {f"flow_{name}": round(flow, 2), f"solve_{name}": round(mine, 2)}
        result[f"ratio_{name}"] = round(mine / flow, 2)
    return result


def flows() -> dict[str, Any]:
    """Compare with the flow call, for one level and for three."""
    one, three = against_the_flow(1), against_the_flow(3)
    for name, found in (("one level", one), ("three levels", three)):
        print(
            f"{name}: {found['ratio_processor']} x the bare flow in seconds of the processor "
            f"({found['solve_processor']} s), {found['ratio_clock']} x on the clock "
            f"({found['solve_clock']} s); load {os.getloadavg()[0]:.1f}",
            flush=True,
        )
    return {
        "claim": "at most 1.5 times the bare flow call for one level, 4 times for three",
        "holds": one["ratio_processor"] <= 1.5 and three["ratio_processor"] <= 4.0,
        "one_level": one,
        "three_levels": three,
    }


def memory() -> dict[str, Any]:
    """Look at the memory of 100,000 and 300,000 needs, less that of the imports.

    This comes first: a process begins with the peak of the one that starts it.
    """
    peaks = {}
    for size in (0, NEEDS, 3 * NEEDS):
        with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
            peaks[size] = pool.apply(peak, (size,))
    per_need = {size: (peaks[size] - peaks[0]) / size for size in (NEEDS, 3 * NEEDS)}
    for size, amount in per_need.items():
        print(f"{size} needs: at most {peaks[size]:.0f} MB, {1000 * amount:.2f} kB per need")
    return {
        "memory_mb": {size: round(amount) for size, amount in peaks.items()},
        "memory_mb_per_need": {size: round(amount, 5) for size, amount in per_need.items()},
    }


def against_the_matcher() -> dict[str, Any]:
    """Compare with scipy's sparse matcher."""
    problem = assignment(NEEDS, 1)
    (clock, processor), value = matcher(problem)
    mine, best = own(problem)
    if value != best:
        raise RuntimeError(f"The matcher found {value}, solve found {best}.")
    ratios = round(clock / mine[0], 1), round(processor / mine[1], 1)
    print(
        f"scipy's sparse matcher takes {ratios[1]} x as long in seconds of the processor "
        f"({processor:.1f} s), {ratios[0]} x on the clock; load {os.getloadavg()[0]:.1f}",
        flush=True,
    )
    return {
        "matcher": {"scipy_processor": round(processor, 2), "ratio_processor": ratios[1]},
    }


def main() -> None:
    """Measure, print, write one file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rest", action="store_true")
    chosen = parser.parse_args()
    result: dict[str, Any] = {} if chosen.quick else memory()
    if not chosen.rest:
        result |= flows()
    if not chosen.quick:
        result |= against_the_matcher()
    write("assignment", result)


if __name__ == "__main__":
    main()
