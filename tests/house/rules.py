"""The rules of the house, as data: who lives on which floor, and which library where.

Change this file together with ``docs/explanation/design.md``, which says why.
"""

from __future__ import annotations

from types import MappingProxyType

__all__ = [
    "ANYWHERE",
    "FLOORS",
    "HOMES",
    "NEVER",
    "NO_NETWORK",
    "SPEAKERS",
]

FLOORS = MappingProxyType(
    {
        "errors": 0,
        "geo": 1,
        "schedule": 1,
        "categories": 1,
        "texts": 1,
        "networks": 1,
        "solvers": 1,
        "detectors": 1,
        "model": 2,
        "tables": 3,
        "privacy": 3,
        "synthetic": 3,
        "overview": 4,
        "ties": 4,
        "sociometry": 5,
        "graph": 6,
        "plans": 7,
        "audit": 7,
        "lanes": 7,
        "match": 8,
        "signals": 8,
        "explain": 9,
        "plot": 9,
        "history": 9,
        "report": 10,
        "view": 10,
        "rights": 11,
        "week": 11,
        "cli": 12,
        "__init__": 13,
        "__main__": 13,
    }
)

_TABLES_OF_PEOPLE = frozenset(
    {
        "model",
        "tables",
        "privacy",
        "synthetic",
        "sociometry",
        "ties",
        "graph",
        "plans",
        "lanes",
        "signals",
        "match",
        "explain",
        "plot",
        "report",
    }
)
_ARRAYS = frozenset({"geo", "networks", "solvers", "detectors"})

HOMES = MappingProxyType(
    {
        "babel": frozenset({"texts"}),
        "dateutil": frozenset({"schedule"}),
        "icalendar": frozenset({"tables"}),
        "jinja2": frozenset({"report", "view"}),
        "matplotlib": frozenset({"plot"}),
        "networkit": frozenset({"networks"}),
        "networkx": frozenset({"sociometry", "ties", "graph", "plot"}),
        "numpy": _TABLES_OF_PEOPLE | _ARRAYS,
        "openpyxl": frozenset({"tables"}),
        "ortools": frozenset({"solvers"}),
        "pandas": _TABLES_OF_PEOPLE,
        "pydantic": frozenset({"model"}),
        "pydantic_core": frozenset({"model"}),
        "pyproj": frozenset({"geo"}),
        "rapidfuzz": frozenset({"overview"}),
        "rich": frozenset({"cli"}),
        "rustworkx": frozenset({"networks"}),
        "scipy.optimize": frozenset({"solvers"}),
        "scipy.sparse": frozenset({"networks", "solvers", "detectors", "plans"}),
        "scipy.spatial": frozenset({"geo"}),
        "scipy.stats": frozenset({"detectors"}),
        "sqlite3": frozenset({"history"}),
        "typer": frozenset({"cli"}),
        "xlsxwriter": frozenset({"tables"}),
    }
)
"""Where a library may be imported. A library that is not here may not be imported at all."""

ANYWHERE = frozenset({"typing_extensions"})
"""Libraries without a home: they add words, not behaviour."""

NEVER = frozenset({"highspy", "igraph", "leidenalg"})
"""Cannot share a process with OR-Tools, or carry a licence that does not fit."""

NO_NETWORK = frozenset(
    {"asyncio", "ftplib", "http", "imaplib", "poplib", "smtplib", "socket", "ssl", "urllib"}
)
"""Standard modules that reach out; nothing here ever does."""

SPEAKERS = frozenset({"cli"})
"""The only modules that print."""
