"""From two million rows to signals: how long, and in how much memory?

Five years of 100 themes in 500 areas, a row for each question with its date, area, theme and
household, as a table of pandas. The rows are counted (distinct households by stream and period of
three weeks, and by week), every stream is tested for more than usual and for a slow rise, and the
tests of all streams go through Benjamini-Hochberg. The claim: within a minute and 4 GB, and
counting takes less time than grouping by pandas (`groupby` and `nunique`), with the same
numbers. Twenty rises of eight households are planted in the last three weeks, in streams of
middling size, to see that the chain from rows to alarms holds: all are to be told. It is no measure
of what is found: in the largest streams, of thousands of rows, eight more drown.
"""

from __future__ import annotations

import argparse
import resource
import time
from dataclasses import dataclass

import numpy as np
import pandas as pd
from _peers import write

from assetmap.detectors import Streams, benjamini_hochberg, cusum, gamma_poisson, streams

AREAS, THEMES, DAYS = 500, 100, 5 * 365
ROWS, HOUSEHOLDS = 2_000_000, 150_000
WINDOW, BASELINE, WEEKS, LEAST = 21, 8, 78, 3
PLANTED, EACH = 20, 8
RISEN = 200 * THEMES + 40 + np.arange(PLANTED) * (THEMES + 1)
WATCHED_FROM = 26
SECONDS, GIGABYTES = 60.0, 4.0


@dataclass(frozen=True)
class Found:
    """How many streams there are, were tested, and are told."""

    streams: int
    tested: int
    unusual: int
    planted: int
    slow: int


def table(rows: int, seed: int = 3) -> pd.DataFrame:
    """Draw rows: areas and themes unequal, and one in four is asked again within days."""
    rng = np.random.default_rng(seed)
    first = rows - rows // 4
    drawn = {
        "day": rng.integers(0, DAYS, first),
        "area": (AREAS * rng.random(first) ** 1.5).astype(np.int64),
        "theme": (THEMES * rng.random(first) ** 2).astype(np.int64),
        "household": rng.integers(0, HOUSEHOLDS, first),
    }
    again = rng.integers(0, first, rows // 4)
    columns = {name: np.append(own, own[again]) for name, own in drawn.items()}
    columns["day"][first:] += rng.integers(0, 20, rows // 4)
    columns["day"] = np.minimum(columns["day"], DAYS - 1)
    columns["day"][: PLANTED * EACH] = DAYS - 1 - rng.integers(0, WINDOW, PLANTED * EACH)
    columns["area"][: PLANTED * EACH] = (RISEN // THEMES).repeat(EACH)
    columns["theme"][: PLANTED * EACH] = (RISEN % THEMES).repeat(EACH)
    columns["household"][: PLANTED * EACH] = np.arange(PLANTED * EACH)
    order = rng.permutation(rows)
    found = pd.DataFrame({name: own[order] for name, own in columns.items()})
    start = np.datetime64("2021-11-29")
    dates = (start + found.pop("day").to_numpy()).astype("M8[s]")
    return found.assign(
        date=dates,
        area=pd.Categorical.from_codes(found["area"], [f"area {at}" for at in range(AREAS)]),
        theme=pd.Categorical.from_codes(found["theme"], [f"theme {at}" for at in range(THEMES)]),
    )


def counted(rows: pd.DataFrame, block: int, within: int) -> Streams:
    """Count by stream: the codes of area and theme go in, no name."""
    return streams(
        rows["date"],
        rows["area"].cat.codes.to_numpy().astype(np.int64) * THEMES + rows["theme"].cat.codes,
        who=rows["household"],
        last=rows["date"].max(),
        block=block,
        within=within,
    )


def alarms(codes: np.ndarray, blocks: np.ndarray, weeks: np.ndarray) -> Found:
    """Test all streams, as a meeting would want to know."""
    planted = np.isin(codes, RISEN)
    asked = blocks[:, -1] > 0
    found = gamma_poisson(blocks[asked], BASELINE)
    told = benjamini_hochberg(found.p[:, -1], 0.1).chosen & (found.observed[:, -1] >= LEAST)
    base = (weeks[:, :WATCHED_FROM].sum(axis=1, keepdims=True) + 1) / WATCHED_FROM
    slow = cusum(weeks[:, WATCHED_FROM:], mean=base, ratio=1.5, h=5, reset=True)
    return Found(
        len(blocks),
        int(asked.sum()),
        int(told.sum()),
        int(told[planted[asked]].sum()),
        int(slow.alarm[:, -3:].any(axis=1).sum()),
    )


def by_grouping(rows: pd.DataFrame) -> np.ndarray:
    """Count periods of three weeks in the plain way of pandas."""
    back = (rows["date"].max() - rows["date"]).dt.days
    recent = rows.assign(block=back // WINDOW)[back < DAYS]
    keys = ["area", "theme", "block"]
    found = recent.groupby(keys, observed=True)["household"].nunique().reset_index()
    wide = found.pivot_table(
        index=["area", "theme"], columns="block", values="household", fill_value=0, observed=True
    )
    return wide[sorted(wide.columns, reverse=True)].to_numpy()


def main() -> None:
    """Measure, print, write one file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    rows = table(ROWS // 4 if parser.parse_args().quick else ROWS)
    marks = [(time.perf_counter(), time.process_time())]
    own, codes = (first := counted(rows, WINDOW, DAYS)).per(), first.codes
    marks.append((time.perf_counter(), time.process_time()))
    weeks = counted(rows, WINDOW, 7 * WEEKS).per(7)
    found = alarms(codes, own[:, -BASELINE - 1 :], weeks)
    gamma_poisson(own, BASELINE)  # and how it was in all five years
    marks.append((time.perf_counter(), time.process_time()))
    gigabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    peer = by_grouping(rows)
    marks.append((time.perf_counter(), time.process_time()))
    if not np.array_equal(own, peer):
        raise RuntimeError("Both ways of counting must give the same numbers.")
    wall = np.diff([mark[0] for mark in marks])
    busy = np.diff([mark[1] for mark in marks])
    ratio = float(busy[2] / busy[0])
    holds = wall[0] + wall[1] <= SECONDS and gigabytes <= GIGABYTES and ratio >= 1
    holds = holds and found.planted == PLANTED
    result = {
        "claim": "two million rows to the signals of 50,000 streams within a minute and 4 GB; "
        "counting takes less time than grouping by pandas",
        "holds": bool(holds),
        "rows": len(rows),
        "streams": found.streams,
        "tested": found.tested,
        "told": {"unusual": found.unusual, "planted": found.planted, "slow": found.slow},
        "seconds": {
            "all": round(float(wall[0] + wall[1]), 2),
            "counting": round(float(wall[0]), 2),
        },
        "processor": {
            "all": round(float(busy[0] + busy[1]), 2),
            "counting": round(float(busy[0]), 2),
        },
        "pandas": {"processor": round(float(busy[2]), 2), "ratio": round(ratio, 2)},
        "gigabytes": round(gigabytes, 2),
    }
    write("signals_large", result)
    print(
        f"{len(rows)} rows, {found.streams} streams: {wall[0] + wall[1]:.1f} s "
        f"({busy[0] + busy[1]:.1f} s of processor), {gigabytes:.2f} GB; told {found.unusual} "
        f"unusual ({found.planted} of {PLANTED} planted) and "
        f"{found.slow} slow; counting {ratio:.1f} x as fast as pandas; holds: {holds}"
    )


if __name__ == "__main__":
    main()
