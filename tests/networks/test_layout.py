"""Where nodes are drawn: forces against plain loops, the same every time, nothing over another."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.errors import UnusableInput
from assetmap.networks import Network
from assetmap.networks.components import components
from assetmap.networks.discs import free_spots
from assetmap.networks.forces import pull, push_by_mesh, push_by_pairs
from assetmap.networks.layout import layout

ROOM = 0.5


@st.composite
def networks(draw: st.DrawFn) -> Network:
    count = draw(st.integers(1, 25))
    ends = st.integers(0, count - 1)
    ties = draw(st.lists(st.tuples(ends, ends), max_size=30))
    return Network.from_ties(count, [a for a, _ in ties], [b for _, b in ties])


def ring(count: int) -> Network:
    nodes = list(range(count))
    return Network.from_ties(count, nodes, [*nodes[1:], 0])


@given(network=networks(), seed=st.integers(0, 3))
@settings(max_examples=30)
def test_the_same_network_and_seed_give_the_same_places(network: Network, seed: int) -> None:
    """Every place is a number, rounded, and drawn again alike."""
    at = layout(network, seed=seed)
    assert at.shape == (network.count, 2)
    assert np.isfinite(at).all()
    assert np.array_equal(at, np.round(at, 3))
    assert np.array_equal(layout(network, seed=seed), at)


@given(network=networks(), data=st.data())
@settings(max_examples=30)
def test_who_was_there_stays_exactly_there(network: Network, data: st.DataObject) -> None:
    """Only those without an earlier place get a new one."""
    before = layout(network) + 0.12345
    stay = np.array(data.draw(st.lists(st.booleans(), min_size=len(before), max_size=len(before))))
    previous = np.where(stay[:, None], before, np.nan)
    after = layout(network, previous=previous)
    assert np.array_equal(after[stay], before[stay])
    assert np.isfinite(after).all()


@given(network=networks())
@settings(max_examples=30)
def test_components_do_not_overlap(network: Network) -> None:
    """The circles around two components, with room, share no point."""
    at, label = layout(network), components(network)
    circles = []
    for each in np.unique(label):
        nodes = at[label == each]
        middle = (nodes.min(axis=0) + nodes.max(axis=0)) / 2
        circles.append((middle, np.hypot(*(nodes - middle).T).max() + ROOM))
    for place, (middle, radius) in enumerate(circles):
        for other, size in circles[:place]:
            assert math.dist(middle, other) >= radius + size - 0.01


def test_the_largest_component_lies_in_the_middle() -> None:
    """Around it lie the others, nearer the edge."""
    network = Network.from_ties(9, [0, 1, 2, 5, 7], [1, 2, 3, 6, 8])
    at = layout(network)
    assert np.hypot(*(at[:4].min(axis=0) + at[:4].max(axis=0))) < 0.01
    assert all(np.hypot(*at[node]) > 1 for node in range(4, 9))


def test_a_tie_is_about_one_unit_long_and_others_are_apart() -> None:
    """A pair has a tie of length one; in a ring nobody lies over another."""
    pair = layout(Network.from_ties(2, [0], [1]))
    assert math.dist(*pair) == pytest.approx(1, abs=0.05)
    for count in (12, 400):
        at = layout(ring(count))
        apart = [math.dist(at[one], at[other]) for one in range(count) for other in range(one)]
        assert min(apart) > 0.2
        lengths = [math.dist(at[node], at[(node + 1) % count]) for node in range(count)]
        assert max(lengths) < 4


def test_groups_of_a_large_component_lie_apart() -> None:
    """Two dense groups of a hundred with one tie between them are two clouds."""
    draw = random.Random(1)
    ties = [(draw.randrange(100) + side, draw.randrange(100) + side) for side in (0, 100)
            for _ in range(600)]  # fmt: skip
    ties += [(0, 100), *((0, n) for n in range(1, 100)), *((100, n) for n in range(101, 200))]
    at = layout(Network.from_ties(200, *zip(*ties, strict=True)))
    middles = at[:100].mean(axis=0), at[100:].mean(axis=0)
    spread = max(np.hypot(*(at[part] - at[part].mean(axis=0)).T).mean() for part in
                 (slice(0, 100), slice(100, 200)))  # fmt: skip
    assert math.dist(*middles) > 1.5 * spread


def test_a_newcomer_lies_beside_whom_they_know() -> None:
    """Somebody with one tie to somebody in a long row lies nearest to that end."""
    row = Network.from_ties(10, range(9), range(1, 10))
    before = layout(row)
    longer = Network.from_ties(11, [*range(9), 9], [*range(1, 10), 10])
    after = layout(longer, previous=np.vstack([before, [np.nan, np.nan]]))
    assert int(np.argmin(np.hypot(*(before - after[10]).T))) == 9


def test_a_newcomer_without_ties_lies_on_nobody() -> None:
    """The nearest free spot keeps away from all who were there."""
    before = layout(ring(30))
    after = layout(
        Network.from_ties(31, range(30), [*range(1, 30), 0]),
        previous=np.vstack([before, [np.nan, np.nan]]),
    )
    assert np.hypot(*(before - after[30]).T).min() >= ROOM


def test_many_newcomers_at_once_lie_beside_whom_they_know() -> None:
    """Half of a large ring is new: pushed by the mesh, and still in their places."""
    before = layout(ring(1000))
    previous = before.copy()
    previous[::2] = np.nan
    after = layout(ring(1000), previous=previous)
    lengths = np.hypot(*(after - np.roll(after, 1, axis=0)).T)
    assert np.median(lengths) < 3


@pytest.mark.parametrize(
    "previous",
    [np.zeros((2, 2)), np.zeros(3), [[0, np.nan]] * 3, [[np.inf, 0]] * 3],
)
def test_previous_places_that_are_none_are_refused(previous: object) -> None:
    """Another shape, half a place, or an endless one."""
    with pytest.raises(UnusableInput, match="previous place"):
        layout(ring(3), previous=np.asarray(previous, dtype=float))


def test_no_nodes_have_no_places() -> None:
    """An empty network gives an empty array."""
    assert layout(Network.from_ties(0, [], [])).shape == (0, 2)


@given(seed=st.integers(0, 10**6), count=st.integers(2, 12))
@settings(max_examples=20)
def test_forces_are_what_they_are_defined_to_be(seed: int, count: int) -> None:
    """Against loops over pairs: 1/d apart, d squared together."""
    at = np.random.default_rng(seed).uniform(-5, 5, size=(count, 2))
    pairs = [(i, j) for i in range(count) for j in range(i)]
    pushed, pulled = np.zeros_like(at), np.zeros_like(at)
    for i, j in pairs:
        distance = math.dist(at[i], at[j])
        away = (at[i] - at[j]) / distance
        size = 1 / distance if distance >= 0.05 else distance / 0.05**2
        pushed[i] += away * size
        pushed[j] -= away * size
        pulled[i] -= away * distance**2
        pulled[j] += away * distance**2
    one, other = (np.array(side) for side in zip(*pairs, strict=True))
    assert np.allclose(push_by_pairs(at, one, other), pushed)
    assert np.allclose(pull(at, one, other), pulled)


def test_the_mesh_pushes_nearly_as_all_pairs_do() -> None:
    """The median difference over four hundred nodes is below eight hundredths."""
    at = np.random.default_rng(0).normal(size=(400, 2)) * 10
    exact = push_by_pairs(at, *np.triu_indices(400, 1))
    wrong = np.hypot(*(push_by_mesh(at) - exact).T) / np.hypot(*exact.T)
    assert np.median(wrong) < 0.08


@given(
    radius=st.lists(st.floats(0.5, 20), min_size=1, max_size=15),
    taken=st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), max_size=5),
)
@settings(max_examples=40)
def test_discs_overlap_neither_each_other_nor_what_is_taken(
    radius: list[float], taken: list[tuple[float, float]]
) -> None:
    """Every two middles are as far apart as their radii together."""
    points = np.array(taken, dtype=float).reshape(-1, 2)
    spots = free_spots(np.array(radius), taken=points, taken_radius=1.0)
    for at, spot in enumerate(spots):
        assert all(math.dist(spot, point) >= radius[at] + 1 - 1e-6 for point in taken)
        assert all(
            math.dist(spot, spots[other]) >= radius[at] + radius[other] - 1e-6
            for other in range(at)
        )


def test_no_discs_have_no_spots() -> None:
    """Nothing to put down."""
    assert free_spots(np.zeros(0)).shape == (0, 2)
