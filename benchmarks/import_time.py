"""How long does ``import assetmap`` take, beside the libraries it does not load?

Fresh interpreters, alternating, so that a busy moment hits all of them; the median counts.
Prints the ratio to ``import networkx``, the lightest of the heavy ones, and writes JSON.
"""

from __future__ import annotations

import json
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

OUT = Path(__file__).parent / "out" / "import_time.json"
ROUNDS = 9
CASES = {
    "python": "pass",
    "assetmap": "import assetmap",
    "networkx": "import networkx",
    "pandas": "import pandas",
}


def seconds(code: str) -> float:
    """Time one fresh interpreter."""
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-I", "-c", code], check=True)
    return time.perf_counter() - begin


def main() -> None:
    """Measure, print one line, write one file."""
    times: dict[str, list[float]] = {name: [] for name in CASES}
    for _ in range(ROUNDS):
        for name, code in CASES.items():
            times[name].append(seconds(code))
    median = {name: statistics.median(values) for name, values in times.items()}
    own = median["assetmap"] - median["python"]
    peer = median["networkx"] - median["python"]
    result = {
        "claim": "import assetmap stays under 0.5 seconds",
        "holds": median["assetmap"] < 0.5,
        "seconds": {name: round(value, 4) for name, value in median.items()},
        "ratio_to_networkx": round(own / peer, 3),
        "python": platform.python_version(),
    }
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(
        f"import assetmap: {median['assetmap']:.3f} s in all, {own / peer:.2f} times the cost "
        f"of import networkx"
    )


if __name__ == "__main__":
    main()
