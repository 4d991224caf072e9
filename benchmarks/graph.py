"""How long do the measures of a network take, beside the plain networkx calls?

Three claims, each with its own numbers: all measures of 5,000 people and 20,000 ties; the core
set of 200,000 people and a million ties, betweenness from 128 sources; and each measure whose
networkx call is pure Python at least ten times as quick, on networks that are read once: 2,000
people and 8,000 ties, or 50,000 and 200,000 where time grows with ties only. What both work out is
compared. `--quick` leaves the city out.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import networkx as nx
import numpy as np
from _peers import write

from assetmap import graph
from assetmap.networks import fast
from assetmap.networks.network import Network
from assetmap.networks.paths import betweenness
from assetmap.sociometry import Reading
from assetmap.sociometry.reading import reading

ROUNDS = 3
TIMES = 10
TOWN = 10.0
TOWN_FAST = 3.0
CITY = 60.0


def made_up(people: int, ties: int, seed: int = 1) -> nx.Graph:
    """Make up who knows whom: seven ties in ten lead to somebody near."""
    random = np.random.default_rng(seed)
    a, far = random.integers(0, people, (2, ties))
    near = (a + random.integers(1, 12, ties)) % people
    b = np.where(random.random(ties) < 0.7, near, far)
    made = nx.Graph()
    made.add_nodes_from(
        (at, {"area": f"area{at * 13 // people}", "part": "worker" if at % 50 == 0 else "resident"})
        for at in range(people)
    )
    made.add_edges_from((x, y) for x, y in zip(a.tolist(), b.tolist(), strict=True) if x != y)
    return made


@dataclass(frozen=True)
class Peer:
    """A measure, and the plain networkx call that says the same."""

    own: Callable[[Reading], Any]
    plain: Callable[[nx.Graph], Any]
    large: bool = False


def _numbers(found: Any) -> np.ndarray:
    """Return what was found as sorted numbers, whatever it came in."""
    if isinstance(found, dict):
        found = list(found.values())
    return np.sort(np.atleast_1d(np.nan_to_num(np.asarray(found, dtype=float))))


PEERS = {
    "betweenness": Peer(graph.node_by_betweenness, nx.betweenness_centrality),
    "closeness": Peer(graph.node_by_closeness, nx.closeness_centrality),
    "harmonic": Peer(
        lambda read: graph.node_by_harmonic(read, normalised=False), nx.harmonic_centrality
    ),
    "constraint_whole": Peer(
        graph.node_by_constraint_whole, lambda g: nx.constraint(g, nodes=list(g))
    ),
    "effective_size_whole": Peer(
        graph.node_by_effective_size_whole,
        lambda g: nx.effective_size(g, nodes=list(g), weight="weight"),
    ),
    "cut_points": Peer(
        lambda read: np.flatnonzero(graph.node_is_cut_point(read)),
        lambda g: list(nx.articulation_points(g)),
        large=True,
    ),
    "bridges": Peer(
        lambda read: graph.tie_is_bridge(read).sum(),
        lambda g: sum(1 for _ in nx.bridges(g)),
        large=True,
    ),
    "clustering": Peer(graph.node_by_clustering, nx.clustering, large=True),
    "transitivity": Peer(graph.whole_transitivity, nx.transitivity, large=True),
    "core": Peer(graph.node_by_core, nx.core_number, large=True),
}


def anew(read: Reading) -> Reading:
    """Return the same reading with nothing remembered of it."""
    network = Network(read.network.ties.copy(), read.network.directed, read.network.mode)
    return Reading(read.nodes, network, read.facts, read.notes)


def seconds(call: Callable[[], Any]) -> tuple[float, Any]:
    """Time one call."""
    begin = time.perf_counter()
    found = call()
    return time.perf_counter() - begin, found


def against_networkx() -> dict[str, dict[str, float]]:
    """Time each measure and its peer on the same network, and compare what they found."""
    drawn = {False: made_up(2_000, 8_000), True: made_up(50_000, 200_000)}
    readings = {large: reading(made) for large, made in drawn.items()}
    rows = {}
    for name, peer in PEERS.items():
        theirs, told = seconds(partial(peer.plain, drawn[peer.large]))
        rounds = [seconds(partial(peer.own, anew(readings[peer.large]))) for _ in range(ROUNDS)]
        mine = statistics.median(took for took, _ in rounds)
        if not np.allclose(_numbers(rounds[0][1]), _numbers(told), rtol=1e-9, atol=1e-12):
            raise RuntimeError(f"{name}: networkx found something else.")
        rows[name] = {
            "assetmap": round(mine, 4),
            "networkx": round(theirs, 3),
            "ratio": round(theirs / mine, 1),
        }
        print(f"{name:22} {mine:8.4f} s, networkx {theirs:8.3f} s: {theirs / mine:6.1f} x")
    return rows


def town() -> dict[str, float]:
    """Time all measures of the nodes and of the whole of 5,000 people, reading included."""
    made = made_up(5_000, 20_000)
    nodes, whole, busy = [], [], []
    for _ in range(ROUNDS):
        begin = time.process_time()
        nodes.append(seconds(partial(graph.measures, made, "area"))[0])
        whole.append(seconds(partial(graph.whole, made, "area"))[0])
        busy.append(time.process_time() - begin)
    told = {
        "nodes": round(statistics.median(nodes), 2),
        "whole": round(statistics.median(whole), 2),
        "all_measures": round(statistics.median(map(sum, zip(nodes, whole, strict=True))), 2),
        "processor": round(statistics.median(busy), 2),
        "betweenness_alone": round(seconds(lambda: betweenness(reading(made).network))[0], 2),
    }
    print("5,000 people, all measures:", told)
    return told


CORE: dict[str, Callable[[Reading], Any]] = {
    "degree": graph.node_by_degree,
    "components": graph.node_in_component,
    "constraint": graph.node_by_constraint,
    "effective_size": graph.node_by_effective_size,
    "pagerank": graph.node_by_pagerank,
    "communities": graph.node_in_community,
    "betweenness": graph.node_by_betweenness,
    "brokerage": partial(graph.node_by_brokerage, attribute="area"),
    "mixing": partial(graph.whole_ei_index, attribute="area"),
}


def city() -> dict[str, float]:
    """Time the core set of 200,000 people, once."""
    made = made_up(200_000, 1_000_000)
    took, read = seconds(lambda: reading(made))
    told = {"reading": round(took, 2)}
    for name, measure in CORE.items():
        took, found = seconds(partial(measure, read))
        told[name] = round(took, 2)
        if name == "betweenness" and "standard error" not in found.attrs["assumptions"]:
            raise RuntimeError("An estimate without a standard error.")
    told["all"] = round(sum(told.values()), 2)
    print("200,000 people, core set:", told)
    return told


def main() -> None:
    """Measure, print, write one file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    peers, small = against_networkx(), town()
    slowest = min(peers, key=lambda name: peers[name]["ratio"])
    most = TOWN_FAST if fast.available() else TOWN
    result = {
        "claim": f"all measures of 5,000 people within {TOWN:.0f} s ({TOWN_FAST:.0f} s with the "
        f"extra), the core set of 200,000 within {CITY:.0f} s, each measure {TIMES} times as "
        "quick as plain networkx",
        "holds": peers[slowest]["ratio"] >= TIMES and small["all_measures"] <= most,
        "extra": fast.available(),
        "peers": peers,
        "town": small,
    }
    if not quick:
        result["city"] = city()
        result["holds"] = result["holds"] and result["city"]["all"] <= CITY
    write("graph", result)
    print(
        f"least against networkx: {slowest}, {peers[slowest]['ratio']} x; holds: {result['holds']}"
    )


if __name__ == "__main__":
    main()
