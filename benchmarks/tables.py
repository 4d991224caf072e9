"""How long does reading and checking the tables of a hundred thousand people take?

A made-up neighbourhood of 100,000 residents with 200,000 talents and 100,000 questions is made and
written once; then fresh processes read it: assetmap with every check, and pandas without any.
Smaller ones are measured as a workbook. Prints one line and writes JSON.

``python benchmarks/tables.py 20000`` measures with another number of residents.
"""

from __future__ import annotations

import json
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

OUT = Path(__file__).parent / "out" / "tables.json"
PEOPLE, IN_WORKBOOK = 100_000, 10_000
SECONDS, MEMORY = 30.0, 3000
BEGIN = "import json, resource, sys, time; begin = time.perf_counter(); cpu = time.process_time()"
END = """
print(json.dumps({
    "seconds": round(time.perf_counter() - begin, 2),
    "processor_seconds": round(time.process_time() - cpu, 2),
    "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    "rows": rows,
}))
"""
MAKE = """
from assetmap.synthetic import Recipe, neighbourhood
recipe = Recipe(talents_per_resident=2, needs_per_resident=1)
hood = neighbourhood(int(sys.argv[2]), recipe=recipe)
rows = sum(hood.counts().values())
"""
WRITE = """
import assetmap
assetmap.write(hood, sys.argv[1])
"""
READ = """
import assetmap
rows = sum(assetmap.read(sys.argv[1]).counts().values())
"""
PANDAS = """
from pathlib import Path
import pandas
files = sorted(Path(sys.argv[1]).glob("*.csv"))
rows = sum(len(pandas.read_csv(file, dtype=str)) for file in files)
"""
PANDAS_WORKBOOK = """
import pandas
sheets = pandas.read_excel(sys.argv[1], sheet_name=None, dtype=str)
rows = sum(map(len, sheets.values()))
"""
PYDANTIC = """
import csv
from pathlib import Path
from pydantic import TypeAdapter
from assetmap.model import RECORDS
rows = 0
for file in sorted(Path(sys.argv[1]).glob("*.csv")):
    if file.stem in RECORDS:
        with file.open(encoding="utf-8", newline="") as text:
            cells = list(csv.DictReader(text))
        found = TypeAdapter(list[RECORDS[file.stem]]).validate_python(cells)
        rows += len(found)
"""


def measured(code: str, place: Path, people: int) -> dict[str, float]:
    """Run one piece of work in a fresh interpreter; seconds and memory are its own."""
    done = subprocess.run(
        [sys.executable, "-c", f"{BEGIN}\n{code}\n{END}", str(place), str(people)],
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Measure, print one line, write one file."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    in_workbook = min(people, IN_WORKBOOK)
    with tempfile.TemporaryDirectory() as desk:
        folder, book = Path(desk, "buurt"), Path(desk, "buurt.xlsx")
        folder.mkdir()
        runs = {
            "make": measured(MAKE, folder, people),
            "make_and_write_csv": measured(MAKE + WRITE, folder, people),
            "read_csv": measured(READ, folder, people),
            "pandas_read_csv_unchecked": measured(PANDAS, folder, people),
            "pydantic_records_only": measured(PYDANTIC, folder, people),
            "make_and_write_xlsx": measured(MAKE + WRITE, book, in_workbook),
            "read_xlsx": measured(READ, book, in_workbook),
            "pandas_read_xlsx_unchecked": measured(PANDAS_WORKBOOK, book, in_workbook),
        }
    own, peer = runs["read_csv"], runs["pandas_read_csv_unchecked"]
    ratio = own["seconds"] / peer["seconds"]
    result = {
        "claim": f"{people:,} people are read and checked in under {SECONDS:.0f} s and 3 GB",
        "holds": own["seconds"] < SECONDS and own["peak_mb"] < MEMORY,
        "residents": {"csv": people, "xlsx": in_workbook},
        "runs": runs,
        "ratio_to_pandas": round(ratio, 2),
        "python": platform.python_version(),
    }
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(
        f"read and check {own['rows']:,} rows: {own['seconds']:.1f} s, {own['peak_mb']:.0f} MB; "
        f"{ratio:.1f} times pandas.read_csv, which checks nothing"
    )


if __name__ == "__main__":
    main()
