"""assetmap: find and connect what a neighbourhood already has.

Read a neighbourhood, ask for this week's proposals, and see why:

>>> import assetmap
>>> "propose" in dir(assetmap)
True

Everything public is listed in ``__all__`` and loaded when it is first used, so that
``import assetmap`` stays fast and works without the heavy libraries being touched.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assetmap import (
        audit,
        categories,
        detectors,
        errors,
        explain,
        geo,
        graph,
        history,
        match,
        model,
        overview,
        plot,
        privacy,
        report,
        rights,
        schedule,
        signals,
        solvers,
        synthetic,
        tables,
        texts,
        view,
        week,
    )
    from assetmap.errors import (
        AssetmapError,
        AssetmapWarning,
        DataProblem,
        DataProblems,
        InUse,
        MissingProgram,
        PrivacyError,
        ProblemError,
        Severity,
        UnknownName,
        UnusableInput,
    )
    from assetmap.explain import Explanation
    from assetmap.match import Proposals, propose
    from assetmap.model import (
        Activity,
        Agreement,
        Area,
        Arrangement,
        CategoryRow,
        Contact,
        ContactDay,
        Decision,
        Initiative,
        Membership,
        Need,
        Neighbourhood,
        Observation,
        Organisation,
        Person,
        Place,
        Policy,
        Referral,
        Responsibility,
        Safeguard,
        Talent,
        TeamHours,
        Tie,
        Travel,
        Visit,
    )
    from assetmap.signals import Signals
    from assetmap.tables import check, read, write

    __version__: str

__all__ = [
    "Activity",
    "Agreement",
    "Area",
    "Arrangement",
    "AssetmapError",
    "AssetmapWarning",
    "CategoryRow",
    "Contact",
    "ContactDay",
    "DataProblem",
    "DataProblems",
    "Decision",
    "Explanation",
    "InUse",
    "Initiative",
    "Membership",
    "MissingProgram",
    "Need",
    "Neighbourhood",
    "Observation",
    "Organisation",
    "Person",
    "Place",
    "Policy",
    "PrivacyError",
    "ProblemError",
    "Proposals",
    "Referral",
    "Responsibility",
    "Safeguard",
    "Severity",
    "Signals",
    "Talent",
    "TeamHours",
    "Tie",
    "Travel",
    "UnknownName",
    "UnusableInput",
    "Visit",
    "audit",
    "categories",
    "check",
    "detectors",
    "errors",
    "explain",
    "geo",
    "graph",
    "history",
    "match",
    "model",
    "overview",
    "plot",
    "privacy",
    "propose",
    "read",
    "report",
    "rights",
    "schedule",
    "signals",
    "solvers",
    "synthetic",
    "tables",
    "texts",
    "view",
    "week",
    "write",
]

_HOMES = MappingProxyType(
    {
        "errors": (
            "AssetmapError",
            "AssetmapWarning",
            "DataProblem",
            "DataProblems",
            "InUse",
            "MissingProgram",
            "PrivacyError",
            "ProblemError",
            "Severity",
            "UnknownName",
            "UnusableInput",
        ),
        "explain": ("Explanation",),
        "match": ("Proposals", "propose"),
        "model": (
            "Activity",
            "Agreement",
            "Area",
            "Arrangement",
            "CategoryRow",
            "Contact",
            "ContactDay",
            "Decision",
            "Initiative",
            "Membership",
            "Need",
            "Neighbourhood",
            "Observation",
            "Organisation",
            "Person",
            "Place",
            "Policy",
            "Referral",
            "Responsibility",
            "Safeguard",
            "Talent",
            "TeamHours",
            "Tie",
            "Travel",
            "Visit",
        ),
        "signals": ("Signals",),
        "tables": ("check", "read", "write"),
    }
)
"""Which submodule each public name is loaded from; every other public name is a submodule."""

_HOME_OF = MappingProxyType({name: home for home, names in _HOMES.items() for name in names})


def __getattr__(name: str) -> object:
    """Load a public name the first time somebody asks for it."""
    if name == "__version__":
        value: object = import_module("importlib.metadata").version("assetmap")
    elif name in _HOME_OF:
        value = getattr(import_module(f"assetmap.{_HOME_OF[name]}"), name)
    elif name in __all__:
        value = import_module(f"assetmap.{name}")
    else:
        text = f"module 'assetmap' has no attribute {name!r}"
        raise AttributeError(text)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted({*globals(), *__all__, "__version__"})
