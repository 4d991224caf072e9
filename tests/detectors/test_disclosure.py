"""What may leave: the rules of others, and that nothing can be worked out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.detectors import (
    dominated,
    hidden_with,
    round_counts,
    smallest_group,
    tells_difference,
    tells_share,
)
from assetmap.errors import UnusableInput
from assetmap.model import PrivacyThresholds
from assetmap.privacy import protected_count

SETTINGS = settings(max_examples=60, deadline=None)


def test_the_rule_that_hides_up_to_seven() -> None:
    """6 and 7 become 0, 8 becomes 10."""
    assert round_counts([0, 6, 7, 8, 12, 13], minimum=8).tolist() == [0, 0, 0, 10, 10, 15]
    assert int(round_counts(13)) == 15


@SETTINGS
@given(st.integers(0, 60), st.integers(1, 12), st.integers(3, 12))
def test_as_the_gate_does(count: int, base: int, minimum: int) -> None:
    """Counts are rounded as those that leave by the gate, which names what is hidden."""
    gate = protected_count(count, thresholds=PrivacyThresholds(minimum=minimum, base=base))
    assert int(round_counts(count, base, minimum=minimum)) == (gate or 0)


@pytest.mark.parametrize("counts", [[-1], [0.5], [float("nan")]])
def test_no_counts(counts: list[float]) -> None:
    """Negative and fractional counts are refused."""
    with pytest.raises(UnusableInput, match=r"counts\[0\]"):
        round_counts(counts)


@SETTINGS
@given(st.lists(st.integers(0, 15), max_size=7), st.integers(1, 6))
def test_a_hidden_part_cannot_be_worked_out(parts: list[int], minimum: int) -> None:
    """With the total known, several values fit a hidden part, or all parts are hidden."""
    hidden = hidden_with(parts, minimum=minimum)
    array = np.array(parts, dtype=int)
    assert hidden[(array > 0) & (array < minimum)].all()
    assert not hidden[array == 0].any()
    if hidden.any() and (array[~hidden] > 0).any():
        assert hidden.sum() >= 2
        assert array[hidden].sum() >= minimum


def test_the_next_smallest_are_hidden_too() -> None:
    """One small part takes all those equal to the next smallest along; none small, none hidden."""
    assert hidden_with([3, 9, 9, 20]).tolist() == [True, True, True, False]
    assert hidden_with([2, 4, 20]).tolist() == [True, True, False]
    assert hidden_with([2, 2, 6]).tolist() == [True, True, True]
    assert hidden_with([0, 9, 9, 20]).tolist() == [False] * 4
    assert hidden_with([3, 0]).tolist() == [True, False]


def test_a_difference_tells() -> None:
    """180 and 177 tell of three persons; equal counts, and large differences, do not."""
    assert tells_difference([180, 177, 5, 0], [177, 177, 10, 4]).tolist() == [
        True, False, False, True,
    ]  # fmt: skip
    with pytest.raises(UnusableInput, match="before and after"):
        tells_difference([1], [1, 2])


def test_a_percentage_needs_a_hundred() -> None:
    """Not of fewer, and not where it tells something of everybody."""
    assert tells_share([30, 60, 0, 120], [99, 120, 120, 120]).tolist() == [
        True, False, True, True,
    ]  # fmt: skip


def test_one_amount_that_gives_away_the_sum() -> None:
    """At most three tenths of the sum; nothing at all gives nothing away."""
    assert dominated([31, 30, 39])
    assert not dominated([30, 30, 25, 15])
    assert not dominated([])


def test_the_smallest_group() -> None:
    """The rarest combination counts."""
    assert smallest_group([[1, 1], [1, 1], [1, 2]]) == 1
    assert smallest_group(np.zeros((4, 2))) == 4
    assert smallest_group(np.zeros((0, 2))) == 0
