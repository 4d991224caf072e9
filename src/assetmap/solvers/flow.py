"""Exact integer min-cost flow, level after level on the arcs that stay free."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assetmap.solvers.network import Network, network_of
from assetmap.solvers.outcome import Outcome, Watch
from assetmap.solvers.potentials import distances
from assetmap.solvers.solution import Reason, Status

if TYPE_CHECKING:
    from assetmap.solvers.arrays import Bools, Floats, Ints
    from assetmap.solvers.model import Part


def solve_flow(part: Part, watch: Watch) -> Outcome:
    """Solve all components that are flow networks, in one go.

    1. Level 0 is solved as a min-cost flow; potentials over the residual network prove it.
    2. A flow is best on level 0 exactly if arcs whose reduced cost is not zero keep their
       flow, so only arcs with reduced cost zero stay free for level 1; and so on.
    3. The potentials of level 0 are the prices of the rows.

    Parameters
    ----------
    part : Part
        Of components for which ``flow_components`` says yes.
    watch : Watch
        The clock; a flow can't be stopped halfway, so it is looked at between levels.

    Returns
    -------
    Outcome
        Optimal unless the clock stopped it between two levels.
    """
    network = network_of(part)
    free = np.ones(network.tail.size, dtype=np.bool_)
    flow: Ints | None = None
    price: Floats | None = None
    bound: list[int | None] = []
    reason = Reason.FINISHED
    for level in range(part.levels):
        cost = -network.gain[:, level]
        if flow is None or cost[free].any():
            stopped = watch.stop_reason()
            if stopped is not None:
                reason = stopped
                break
            better = _cheapest(network, cost, free, flow)
            if better is None:
                none: tuple[int | None, ...] = (None,) * part.levels
                return Outcome(Status.INFEASIBLE, Reason.FINISHED, None, none, "flow")
            flow = better
            potential = _potential(network, cost, free, flow)
            if level == 0:
                price = -(network.sign * potential[:-1]) / network.divisor
            free &= _reduced(network, cost, potential) == 0
        bound.append(int(network.gain[:, level] @ flow))
        watch.tell(level, bound[-1])
    bound += [None] * (part.levels - len(bound))
    values = None if flow is None else flow[: part.columns.size]
    status = Status.OPTIMAL if None not in bound else Status.FEASIBLE
    if values is None:
        status = Status.NO_SOLUTION
    return Outcome(status, reason, values, tuple(bound), "flow", price)


def _cheapest(network: Network, cost: Ints, free: Bools, flow: Ints | None) -> Ints | None:
    """Return the cheapest flow that keeps the flow of arcs that are not free, None if none."""
    from ortools.graph.python import min_cost_flow

    base = network.low if flow is None else np.where(free, network.low, flow)
    room = network.high - network.low
    if (room < 0).any():
        return None
    supply = np.zeros(network.nodes, dtype=np.int64)
    laden = np.flatnonzero(base)
    np.add.at(supply, network.head[laden], base[laden])
    np.subtract.at(supply, network.tail[laden], base[laden])
    arcs = slice(None) if free.all() else np.flatnonzero(free)
    solver = min_cost_flow.SimpleMinCostFlow()
    index = solver.add_arcs_with_capacity_and_unit_cost(
        network.tail[arcs], network.head[arcs], room[arcs], cost[arcs]
    )
    solver.set_nodes_supplies(np.arange(network.nodes), supply)
    status = solver.solve()
    if status == solver.INFEASIBLE:
        return None
    if status != solver.OPTIMAL:
        raise RuntimeError(f"The flow solver stopped with {status}.")
    result = base.copy()
    result[arcs] += np.asarray(solver.flows(index), dtype=np.int64)
    return result


def _potential(network: Network, cost: Ints, free: Bools, flow: Ints) -> Ints:
    """Return potentials, 0 at the root, that prove the flow best on its free arcs."""
    onward = np.flatnonzero(free & (flow < network.high))
    back = np.flatnonzero(free & (flow > network.low))
    potential = distances(
        np.concatenate([network.tail[onward], network.head[back]]),
        np.concatenate([network.head[onward], network.tail[back]]),
        np.concatenate([cost[onward], -cost[back]]),
        network.nodes,
    )
    potential -= potential[-1]
    reduced = _reduced(network, cost, potential)
    if (reduced[onward] < 0).any() or (reduced[back] > 0).any():
        raise RuntimeError("The potentials do not prove the flow best.")
    return potential


def _reduced(network: Network, cost: Ints, potential: Ints) -> Ints:
    return cost + potential[network.tail] - potential[network.head]
