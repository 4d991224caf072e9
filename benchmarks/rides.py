"""How far does `solve` get with shared rides, two levels, and how far do others?

Half of the needs need a ride there and back and drivers are scarce; stated only as a `Problem`.
scipy's `milp` and CP-SAT get the same problem, stated plainly, the same time, and only level 0.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time

from _instances import rides
from _peers import by_cpsat, by_milp, gap, write

from assetmap.solvers import check, solve

CASES = ((200, 10.0, 5), (300, 15.0, 5), (1_000, 30.0, 5), (5_000, 120.0, 3))


def measure(needs: int, seconds: float, seeds: int, *, peers: bool) -> dict[str, object]:
    """Return gaps per level in per cent, proofs and seconds for each seed."""
    gaps, took, busy, proven = [], [], [], []
    other: dict[str, list[float | None]] = {"milp": [], "cpsat": []}
    for seed in range(1, seeds + 1):
        problem = rides(needs, seed)
        begin, work = time.perf_counter(), time.process_time()
        solution = solve(problem, time_limit=seconds)
        took.append(round(time.perf_counter() - begin, 2))
        busy.append(round(time.process_time() - work, 1))
        if check(problem, solution) or solution.objective is None:
            raise RuntimeError(f"Not a plan: {solution.summary()}")
        pairs = zip(solution.objective, solution.bound, strict=True)
        gaps.append([gap(value, bound) for value, bound in pairs])
        proven.append(str(solution.status) == "optimal")
        for name, peer in (("milp", by_milp), ("cpsat", by_cpsat)) if peers else ():
            other[name].append(gap(*peer(problem, seconds)))
    first = [each[0] for each in gaps if each[0] is not None]
    return {
        "gaps": gaps,
        "median_gap": statistics.median(first) if first else None,
        "proven": sum(proven),
        "of": seeds,
        "seconds": took,
        "median_seconds": statistics.median(took),
        "seconds_of_the_processor": busy,
        "peers_level_0": other,
    }


def main() -> None:
    """Measure, print, write one file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="200 and 300 needs, no peers")
    parser.add_argument("--alone", action="store_true", help="all sizes, no peers")
    parser.add_argument("--seeds", type=int, default=5, help="at most so many of each size")
    chosen = parser.parse_args()
    result: dict[str, object] = {"claim": "closer to proven than milp and CP-SAT at equal time"}
    for needs, seconds, seeds in CASES[:2] if chosen.quick else CASES:
        seeds = min(seeds, chosen.seeds)
        found = measure(needs, seconds, seeds, peers=not (chosen.quick or chosen.alone))
        result[str(needs)] = found
        print(
            f"{needs} needs in {seconds} s: level 0 within {found['median_gap']} % (median), "
            f"{found['proven']} of {seeds} proven, {found['median_seconds']} s (median); "
            f"gaps {found['gaps']}; peers on level 0 {found['peers_level_0']}; seconds of the "
            f"processor {found['seconds_of_the_processor']}, load {os.getloadavg()[0]:.1f}",
            flush=True,
        )
    write("rides", result)


if __name__ == "__main__":
    main()
