"""Optimisation on arrays: numbers in, a plan and what is proven about it out.

The package knows nothing of people; it can be used for any problem that can be stated as a
:class:`Problem`.
"""

from assetmap.solvers.checking import check
from assetmap.solvers.pricing import Prices, prices
from assetmap.solvers.problem import Problem
from assetmap.solvers.solution import Progress, Reason, Solution, Status
from assetmap.solvers.solving import solve

__all__ = [
    "Prices",
    "Problem",
    "Progress",
    "Reason",
    "Solution",
    "Status",
    "check",
    "prices",
    "solve",
]
