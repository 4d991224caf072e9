"""How long does a scan take, beside the same scan written plainly?

The claim: 500 areas, 365 days, 2,000 zones, windows of up to 30 days and 999 replicates of the
space-time permutation model in less than two minutes. No kept library scans zones of one's own, so
the peer is the definition in plain numpy, one zone and window after another, on the same replicates
of a smaller problem; both must find the same strongest ratios. Knox's test is timed beside
pointpats where that is installed (it needs geopandas). `--quick` takes fewer replicates.
"""

from __future__ import annotations

import argparse
import time
from typing import Any

import numpy as np
from _peers import write

from assetmap.detectors import knox, scan, zones_by_distance
from assetmap.detectors.likelihood import Judge, ScanModel
from assetmap.detectors.replicates import drawing
from assetmap.detectors.windows import Grid, membership

LIMIT = 120.0
AREAS, DAYS, ZONES, LONGEST = 500, 365, 2000, 30


def made_up(areas: int, days: int, zones: int) -> tuple[np.ndarray, list[tuple[int, ...]]]:
    """Make up cases, six a day, and choose circles."""
    random = np.random.default_rng(1)
    population = random.integers(500, 3000, areas).astype(float)
    listed = zones_by_distance(random.random((areas, 2)) * 5000, population, 0.5)
    chosen = np.sort(random.choice(len(listed), min(zones, len(listed)), replace=False))
    cases = random.poisson(np.outer(6 * population / population.sum(), np.ones(days)))
    return cases, [listed[at] for at in chosen]


def plain(cases: np.ndarray, zones: list[tuple[int, ...]], longest: int) -> float:
    """Return the strongest ratio of one table, one zone and window after another."""
    total, best = cases.sum(), 0.0
    per_area, per_day = cases.sum(axis=1), cases.sum(axis=0)
    for zone in zones:
        members = list(zone)
        in_zone = per_area[members].sum()
        for length in range(1, longest + 1):
            seen = cases[members, -length:].sum()
            expected = in_zone * per_day[-length:].sum() / total
            if seen >= 2 and seen > expected:
                ratio = seen * np.log(seen / expected)
                if seen < total:
                    ratio += (total - seen) * np.log((total - seen) / (total - expected))
                best = max(best, ratio)
    return best


def beside_plain() -> dict[str, float]:
    """Time replicates of a smaller problem both ways."""
    cases, zones = made_up(100, 120, 400)
    base = np.outer(cases.sum(axis=1), cases.sum(axis=0)) / cases.sum()
    judge = Judge(ScanModel.PERMUTATION, int(cases.sum()), float(cases.sum()), 2)
    grid = Grid(membership(zones, len(cases)), base, judge, LONGEST, anywhere=False)
    random = np.random.default_rng(0)
    whole = drawing(ScanModel.PERMUTATION, cases, base, days=cases.shape[1], rng=random)(3)
    begin = time.perf_counter()
    slow = [plain(table, zones, LONGEST) for table in whole]
    middle = time.perf_counter()
    many = np.repeat(whole[:, :, -LONGEST:], 33, axis=0)
    quick = grid.most(many)
    end = time.perf_counter()
    if not np.allclose(quick, np.repeat(slow, 33), atol=1e-6):
        raise SystemExit("the two do not find the same ratios")
    return {"plain": (middle - begin) / 3, "own": (end - middle) / len(many)}


def beside_pointpats() -> dict[str, Any]:
    """Time Knox's test of 500 events with 99 replicates both ways, if pointpats is there."""
    random = np.random.default_rng(2)
    places, days = random.random((500, 2)) * 1000, random.integers(0, 365, 500)
    knox(places[:9], days[:9], near=60, close=10, replicates=1)  # loads what it needs
    begin = time.perf_counter()
    own = knox(places, days, near=60, close=10, replicates=99)
    found: dict[str, Any] = {"own": round(time.perf_counter() - begin, 4), "pairs": own.pairs}
    try:
        from pointpats import Knox
    except ImportError:
        return found | {"pointpats": None}
    begin = time.perf_counter()
    peer = Knox(places, days[:, None], delta=60, tau=10, permutations=99)
    found["pointpats"] = round(time.perf_counter() - begin, 4)
    if int(peer.statistic_) != own.pairs:
        raise SystemExit("the two do not count the same pairs")
    return found


def main() -> None:
    """Measure, print one line, write one file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="99 replicates, not 999")
    replicates = 99 if parser.parse_args().quick else 999
    cases, zones = made_up(AREAS, DAYS, ZONES)
    begin = time.perf_counter()
    found = scan(cases, None, zones, model="permutation", max_days=LONGEST, replicates=replicates)
    seconds = time.perf_counter() - begin
    each, pairs = beside_plain(), beside_pointpats()
    write(
        "scan",
        {
            "claim": f"{AREAS} areas, {DAYS} days, {ZONES} zones, 999 replicates below {LIMIT} s",
            "holds": seconds * 999 / replicates < LIMIT,
            "replicates": replicates,
            "cases": found.cases,
            "p": found.p,
            "seconds": round(seconds, 2),
            "seconds_per_replicate_of_100_areas": {k: round(v, 5) for k, v in each.items()},
            "ratio_to_plain": round(each["plain"] / each["own"], 1),
            "knox_seconds": pairs,
        },
    )
    print(
        f"scan: {seconds:.1f} s for {replicates} replicates of {ZONES} zones; "
        f"{each['plain'] / each['own']:.0f} times as quick as plain numpy, "
        f"Knox {pairs['own']:.3f} s (pointpats: {pairs['pointpats']})"
    )


if __name__ == "__main__":
    main()
