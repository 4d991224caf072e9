"""Statistics on arrays: what is more than usual, and what may be chance.

Numbers go in, a frozen result comes out; no name and no id of a person enters here. Other projects
may use each method for data of their own.
"""

from __future__ import annotations

from assetmap.detectors.chance import Chance, ChanceMethod, chance_of_cluster
from assetmap.detectors.cumulative import CumulativeSum, cusum, likelihood_cusum
from assetmap.detectors.intervals import Interval, wilson
from assetmap.detectors.moving import BAYES1, BAYES2, BAYES3, Baseline
from assetmap.detectors.predictive import MoreThanUsual, gamma_poisson
from assetmap.detectors.raising import Cluster, clusters, yearly_false_fires

__all__ = [
    "BAYES1",
    "BAYES2",
    "BAYES3",
    "Baseline",
    "Chance",
    "ChanceMethod",
    "Cluster",
    "CumulativeSum",
    "Interval",
    "MoreThanUsual",
    "chance_of_cluster",
    "clusters",
    "cusum",
    "gamma_poisson",
    "likelihood_cusum",
    "wilson",
    "yearly_false_fires",
]
