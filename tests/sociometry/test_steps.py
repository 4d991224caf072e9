"""Steps to all or to a sample: once per network, and refused where a sample says nothing."""

from __future__ import annotations

import networkx as nx
import pytest

from assetmap.errors import UnusableInput
from assetmap.networks import Network
from assetmap.networks.distances import distances
from assetmap.sociometry import steps
from tests.networks.drawn import arrays


@pytest.fixture
def network() -> Network:
    """A random network of forty nodes."""
    return arrays(nx.gnm_random_graph(40, 80, seed=3))


def test_a_small_network_is_counted_whole_and_once(network: Network) -> None:
    """Whatever the seed, it is the one count of the network, and nothing has to be said."""
    found, note = steps.steps(network, 1)
    assert found is steps.steps(network, 2)[0] is distances(network)
    assert note == ""


def test_a_sample_is_kept_until_another_is_asked_for(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same seed and size is the same sample; it is drawn anew, and the same, afterwards."""
    monkeypatch.setattr(steps, "STEPS_UP_TO", 30)
    monkeypatch.setattr(steps, "TARGETS", 20)
    one, note = steps.steps(network, 1)
    assert (one.targets, int(one.others.sum())) == (20, 20 * 39)
    assert note == "estimated from the steps to 20 of 40 nodes, seed 1"
    assert steps.steps(network, 1)[0] is one
    other, _ = steps.steps(network, 2)
    assert other.farness.tolist() != one.farness.tolist()
    again, _ = steps.steps(network, 1)
    assert again.farness.tolist() == one.farness.tolist()
    monkeypatch.setattr(steps, "TARGETS", 10)
    assert steps.steps(network, 1)[0].targets == 10


def test_what_needs_every_step_is_refused_above_the_limit(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit, and the size of this network, are told."""
    assert steps.every_step(network, "farness") is distances(network)
    monkeypatch.setattr(steps, "STEPS_UP_TO", 39)
    with pytest.raises(UnusableInput, match="farness is worked out up to 39 nodes; here are 40"):
        steps.every_step(network, "farness")
