"""Play many spoilt inputs: ``python -m tests.tables.fuzz.play [how many] [first number]``."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.tables.fuzz.judge import judged
from tests.tables.fuzz.spoil import FORMS, Case, spoilt

__all__ = ["main", "played"]


def played(case: Case) -> list[str]:
    """Make the input of a case in a folder of its own, and judge it."""
    with tempfile.TemporaryDirectory() as folder:
        path, rows = spoilt(case, Path(folder))
        return judged(path, rows)


def main(arguments: list[str]) -> int:
    """Play the cases, print what does not hold, and return how much that is, at most 1."""
    many = int(arguments[0]) if arguments else 10_000
    first = int(arguments[1]) if len(arguments) > 1 else 0
    wrong: Counter[str] = Counter()
    for seed in range(first, first + many):
        case = Case(seed, FORMS[seed % len(FORMS)])
        try:
            found = played(case)
        except Exception as fault:  # noqa: BLE001 - any exception is what is looked for
            found = [f"{type(fault).__name__}"]
        for text in found:
            wrong[text] += 1
            sys.stdout.write(f"{case}: {text}\n")
    sys.stdout.write(f"{many} inputs played, {sum(wrong.values())} things do not hold\n")
    return min(1, len(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
