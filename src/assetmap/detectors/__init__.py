"""Statistics on arrays: what is more than usual, and what may be chance.

Numbers go in, a frozen result comes out; no name and no id of a person enters here. Other projects
may use each method for data of their own.
"""

from __future__ import annotations

from assetmap.detectors import scales
from assetmap.detectors.chance import Chance, ChanceMethod, chance_of_cluster
from assetmap.detectors.charts import Chart, xmr
from assetmap.detectors.comparing import Comparison, Weight, log_rank
from assetmap.detectors.counting import Streams, streams
from assetmap.detectors.cumulative import CumulativeSum, cusum, likelihood_cusum
from assetmap.detectors.disclosure import (
    dominated,
    hidden_with,
    round_counts,
    smallest_group,
    tells_difference,
    tells_share,
)
from assetmap.detectors.early_aberration import Ears, EarsMethod, ears
from assetmap.detectors.exact import (
    Side,
    exact_binomial,
    exact_fisher,
    exact_poisson,
    finite_interval,
)
from assetmap.detectors.flow import Backlog, Steadiness, backlog, littles_law
from assetmap.detectors.intervals import Funnel, Interval, funnel, poisson_interval, wilson
from assetmap.detectors.likelihood import ScanModel
from assetmap.detectors.many import Chosen, alpha_for_budget, benjamini_hochberg, recurrence
from assetmap.detectors.moving import BAYES1, BAYES2, BAYES3, Baseline
from assetmap.detectors.pairs import Knox, knox
from assetmap.detectors.predictive import MoreThanUsual, gamma_poisson
from assetmap.detectors.raising import Cluster, clusters, yearly_false_fires
from assetmap.detectors.scanning import Scan, ScanCluster, scan
from assetmap.detectors.sharing import Shrunk, empirical_bayes
from assetmap.detectors.waiting import Band, Survival, kaplan_meier
from assetmap.detectors.yearly import Farrington, FarringtonMethod, farrington
from assetmap.detectors.zones import Zones, connected_zones, zones_by_distance

__all__ = [
    "BAYES1",
    "BAYES2",
    "BAYES3",
    "Backlog",
    "Band",
    "Baseline",
    "Chance",
    "ChanceMethod",
    "Chart",
    "Chosen",
    "Cluster",
    "Comparison",
    "CumulativeSum",
    "Ears",
    "EarsMethod",
    "Farrington",
    "FarringtonMethod",
    "Funnel",
    "Interval",
    "Knox",
    "MoreThanUsual",
    "Scan",
    "ScanCluster",
    "ScanModel",
    "Shrunk",
    "Side",
    "Steadiness",
    "Streams",
    "Survival",
    "Weight",
    "Zones",
    "alpha_for_budget",
    "backlog",
    "benjamini_hochberg",
    "chance_of_cluster",
    "clusters",
    "connected_zones",
    "cusum",
    "dominated",
    "ears",
    "empirical_bayes",
    "exact_binomial",
    "exact_fisher",
    "exact_poisson",
    "farrington",
    "finite_interval",
    "funnel",
    "gamma_poisson",
    "hidden_with",
    "kaplan_meier",
    "knox",
    "likelihood_cusum",
    "littles_law",
    "log_rank",
    "poisson_interval",
    "recurrence",
    "round_counts",
    "scales",
    "scan",
    "smallest_group",
    "streams",
    "tells_difference",
    "tells_share",
    "wilson",
    "xmr",
    "yearly_false_fires",
    "zones_by_distance",
]
