"""Import every module and every public name; run with ``python -I -W error`` by `make core`.

It runs in an environment that holds the built package and what it requires, and nothing
else, so it imports nothing of the tests.
"""

import importlib
import importlib.util
import pkgutil
import sys
from pathlib import Path

BESIDE = ("py.typed", "buurthuis/people.csv")
TOOLS = ("hypothesis", "mypy", "nbclient", "playwright", "pytest", "ruff")


def main() -> int:
    """Return how many things went wrong."""
    faults = [f"{tool} is installed here" for tool in TOOLS if importlib.util.find_spec(tool)]
    package = importlib.import_module("assetmap")
    folder = Path(package.__path__[0])
    faults += [f"{name} is not packed" for name in BESIDE if not (folder / name).exists()]
    modules = [
        module.name
        for module in pkgutil.walk_packages(package.__path__, "assetmap.")
        if not module.name.endswith("__main__")
    ]
    for name in modules:
        try:
            importlib.import_module(name)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is reported by name
            faults.append(f"import {name}: {type(error).__name__}: {error}")
    for name in package.__all__:
        try:
            getattr(package, name)
        except Exception as error:  # noqa: BLE001
            faults.append(f"assetmap.{name}: {type(error).__name__}: {error}")
    sys.stdout.write(f"{len(modules)} modules, {len(package.__all__)} public names\n")
    sys.stdout.writelines(f"  {fault}\n" for fault in faults)
    return len(faults)


if __name__ == "__main__":
    sys.exit(min(main(), 1))
