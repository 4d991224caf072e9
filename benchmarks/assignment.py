"""How much does `solve` add to the bare flow call, and how far is scipy's sparse matcher?

100,000 needs with 20 candidates each. OR-Tools' min-cost flow gets the same arcs and is timed
alone; scipy's `min_weight_full_bipartite_matching` gets one column per place and one per need
to stay without. Alternating runs; medians. `--quick` leaves the matcher and 300,000 needs out.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import statistics
import time
from typing import TYPE_CHECKING

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


def bare(problem: Problem) -> tuple[float, int]:
    """Time the flow call on the arcs of level 0 and nothing else."""
    needs, helpers = problem.needs, problem.resources
    root = needs + helpers
    tail = [problem.option_need, np.full(needs, root), np.arange(needs, root)]
    head = [needs + problem.option_use.indices, np.arange(needs), np.full(helpers, root)]
    room = [np.ones(problem.options), np.ones(needs), problem.capacity]
    cost = [-problem.option_score[:, 0], np.zeros(needs + helpers)]
    arrays = [np.concatenate(parts).astype(np.int64) for parts in (tail, head, room, cost)]
    begin = time.perf_counter()
    flow = min_cost_flow.SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(*arrays)
    flow.set_nodes_supplies(np.arange(root + 1), np.zeros(root + 1, dtype=np.int64))
    if flow.solve() != flow.OPTIMAL:
        raise RuntimeError("The flow was not solved.")
    return time.perf_counter() - begin, -int(flow.optimal_cost())


def matcher(problem: Problem) -> tuple[float, int]:
    """Time scipy's sparse matcher on the same choice."""
    needs = problem.needs
    first = np.concatenate([[0], np.cumsum(problem.capacity)])
    helper = problem.option_use.indices
    times = problem.capacity[helper]
    option = np.repeat(np.arange(problem.options), times)
    copy = np.arange(option.size) - np.repeat(np.cumsum(times) - times, times)
    rows = np.concatenate([problem.option_need[option], np.arange(needs)])
    columns = np.concatenate([first[helper[option]] + copy, first[-1] + np.arange(needs)])
    top = int(problem.option_score.max()) + 1
    score = np.concatenate([problem.option_score[option, 0], np.zeros(needs, dtype=np.int64)])
    graph = sparse.csr_array((top - score, (rows, columns)), shape=(needs, first[-1] + needs))
    begin = time.perf_counter()
    matched = min_weight_full_bipartite_matching(graph)
    seconds = time.perf_counter() - begin
    return seconds, top * needs - int(np.asarray(graph[matched]).sum())


def own(problem: Problem) -> tuple[float, int]:
    """Time `solve`, and have the result checked."""
    begin = time.perf_counter()
    solution = solve(problem, time_limit=600.0)
    seconds = time.perf_counter() - begin
    if str(solution.status) != "optimal" or check(problem, solution):
        raise RuntimeError(f"Not solved: {solution.summary()}")
    assert solution.objective is not None
    return seconds, solution.objective[0]


def peak(needs: int) -> float:
    """Return the memory, in MB, that building and solving takes in a process of its own."""
    solve(assignment(needs, 1), time_limit=600.0)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def against_the_flow(levels: int) -> dict[str, float]:
    """Return seconds of both and their ratio."""
    problem = assignment(NEEDS, 1, levels=levels)
    flows, owns = [], []
    for _ in range(ROUNDS):
        seconds, best = bare(problem)
        flows.append(seconds)
        seconds, value = own(problem)
        owns.append(seconds)
        if best != value:
            raise RuntimeError(f"The flow found {best}, solve found {value}.")
    flow, mine = statistics.median(flows), statistics.median(owns)
    return {"flow": round(flow, 2), "solve": round(mine, 2), "ratio": round(mine / flow, 2)}


def main() -> None:
    """Measure, print, write one file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    one, three = against_the_flow(1), against_the_flow(3)
    result = {
        "claim": "at most 1.5 times the bare flow call for one level, 4 times for three",
        "holds": one["ratio"] <= 1.5 and three["ratio"] <= 4.0,
        "one_level": one,
        "three_levels": three,
    }
    print(f"one level {one['ratio']} x the bare flow; three levels {three['ratio']} x")
    if not quick:
        problem = assignment(NEEDS, 1)
        seconds, value = matcher(problem)
        if value != own(problem)[1]:
            raise RuntimeError("The matcher found another value.")
        with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
            memory = {size: round(pool.apply(peak, (size,))) for size in (NEEDS, 3 * NEEDS)}
        result["matcher"] = {"scipy": round(seconds, 2), "ratio": round(seconds / one["solve"], 1)}
        result["memory_mb"] = memory
        print(f"scipy's sparse matcher takes {seconds / one['solve']:.1f} x as long; MB: {memory}")
    write("assignment", result)


if __name__ == "__main__":
    main()
