"""Statistics on arrays: what is more than usual, and what may be chance.

Numbers go in, a frozen result comes out; no name and no id of a person enters here. Other projects
may use each method for data of their own.
"""

from __future__ import annotations

from assetmap.detectors.chance import Chance, ChanceMethod, chance_of_cluster
from assetmap.detectors.charts import Chart, xmr
from assetmap.detectors.comparing import Comparison, Weight, log_rank
from assetmap.detectors.cumulative import CumulativeSum, cusum, likelihood_cusum
from assetmap.detectors.intervals import Interval, wilson
from assetmap.detectors.moving import BAYES1, BAYES2, BAYES3, Baseline
from assetmap.detectors.predictive import MoreThanUsual, gamma_poisson
from assetmap.detectors.raising import Cluster, clusters, yearly_false_fires
from assetmap.detectors.sharing import Shrunk, empirical_bayes
from assetmap.detectors.waiting import Band, Survival, kaplan_meier

__all__ = [
    "BAYES1",
    "BAYES2",
    "BAYES3",
    "Band",
    "Baseline",
    "Chance",
    "ChanceMethod",
    "Chart",
    "Cluster",
    "Comparison",
    "CumulativeSum",
    "Interval",
    "MoreThanUsual",
    "Shrunk",
    "Survival",
    "Weight",
    "chance_of_cluster",
    "clusters",
    "cusum",
    "empirical_bayes",
    "gamma_poisson",
    "kaplan_meier",
    "likelihood_cusum",
    "log_rank",
    "wilson",
    "xmr",
    "yearly_false_fires",
]
