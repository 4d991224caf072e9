"""Many tests at once: against another implementation, and the promises themselves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from assetmap.detectors import alpha_for_budget, benjamini_hochberg, recurrence
from assetmap.errors import UnusableInput

SETTINGS = settings(max_examples=60, deadline=None)
P = st.lists(st.sampled_from([0.0, 0.001, 0.01, 0.02, 0.04, 0.05, 0.2, 0.5, 1.0]), max_size=12)


def test_the_fifteen_of_the_paper() -> None:
    """Benjamini and Hochberg's own example: four of fifteen at 0.05."""
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
         0.5719, 0.6528, 0.7590, 1.0]  # fmt: skip
    assert benjamini_hochberg(p, 0.05).chosen.tolist() == [True] * 4 + [False] * 11


@SETTINGS
@given(P, st.floats(0.01, 0.6), st.integers(0, 1_000))
def test_chosen_by_the_definition(p: list[float], rate: float, seed: int) -> None:
    """The largest i with p_i <= rate i / m, and all before it; order does not matter."""
    found = benjamini_hochberg(p, rate)
    ordered = sorted(p)
    last = max(
        (i for i, each in enumerate(ordered, 1) if each * len(p) <= rate * i * (1 + 1e-12)),
        default=0,
    )
    assert sorted(np.array(p)[found.chosen].tolist()) == ordered[:last]
    if p:
        np.testing.assert_allclose(found.adjusted, false_discovery_control(p))
    mixed = np.random.default_rng(seed).permutation(len(p))
    again = benjamini_hochberg(np.array(p)[mixed], rate)
    assert again.chosen.tolist() == found.chosen[mixed].tolist()


def test_few_of_the_chosen_are_wrong() -> None:
    """Of lists with four true signals among twenty, a twentieth of the chosen is wrong at most."""
    rng = np.random.default_rng(6)
    wrong = []
    for _ in range(500):
        p = np.concatenate([rng.random(16), rng.random(4) * 0.004])
        chosen = benjamini_hochberg(p, 0.05).chosen
        wrong.append(chosen[:16].sum() / max(1, chosen.sum()))
    assert np.mean(wrong) < 0.05


def test_once_in_how_long() -> None:
    """A weekly p of 0.01: 100 weeks; as the least of ten looks, less often."""
    assert float(recurrence(0.01)) == 700
    assert float(recurrence(0.01, 1)) == 100
    assert float(recurrence(0.01, looks=10)) == pytest.approx(7 / (1 - 0.99**0.1))
    assert float(recurrence(1.0)) == float(recurrence(1.0, looks=3)) == 7


@SETTINGS
@given(st.lists(st.floats(1e-9, 1), min_size=2, max_size=8), st.integers(1, 60))
def test_recurrence_falls_as_p_rises(p: list[float], looks: int) -> None:
    """More surprising is rarer; never more often than one looks."""
    ordered = np.unique(p)
    found = recurrence(ordered, looks=looks)
    assert (np.diff(found) < 0).all() or np.diff(ordered).min() < 1e-12
    assert (found >= 7 * (1 - 1e-12)).all()


@SETTINGS
@given(st.floats(0.1, 50), st.integers(1, 200))
def test_the_budget_is_kept(wanted: float, streams: int) -> None:
    """Streams times looks times the level is what was wanted."""
    alpha = alpha_for_budget(wanted, streams)
    if alpha is None:
        assert wanted >= 52 * streams
    else:
        assert alpha * streams * 52 == pytest.approx(wanted)
        assert 0 < alpha < 1


def test_twenty_themes() -> None:
    """At 0.01, twenty themes give 10.4 false alarms a year; and back."""
    assert alpha_for_budget(10.4, 20) == pytest.approx(0.01)
    assert alpha_for_budget(5, 0) is None


@pytest.mark.parametrize("p", [[-0.1], [1.1], [float("nan")]])
def test_no_chances(p: list[float]) -> None:
    """What is no chance is refused; nor is there a recurrence of what cannot happen."""
    with pytest.raises(UnusableInput, match="p"):
        benjamini_hochberg(p, 0.1)
    with pytest.raises(UnusableInput, match="p"):
        recurrence(p)
    with pytest.raises(UnusableInput, match="p is 0; allowed: numbers above 0"):
        recurrence(0)
