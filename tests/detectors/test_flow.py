"""Lists that grow: by counting, and by a simulated desk."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap.detectors import backlog, littles_law
from assetmap.errors import UnusableInput


def test_a_desk_in_balance() -> None:
    """Items that come and wait by themselves: what is open is arrivals times mean wait."""
    rng = np.random.default_rng(8)
    came = np.sort(rng.uniform(0, 2000, 8000))
    waits = rng.exponential(6, 8000)
    moments = np.arange(200, 1900)
    open_ = np.mean([((came <= at) & (came + waits > at)).sum() for at in moments[::10]])
    found = littles_law(open_, 4, wait=float(waits.mean()))
    assert found.ratio == pytest.approx(1, abs=0.06)


def test_nothing_expected() -> None:
    """Where nothing comes, there is no ratio."""
    assert littles_law(3, 0, wait=5).ratio is None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=15), st.integers(1, 9))
def test_counted_period_by_period(flows: list[tuple[int, int]], window: int) -> None:
    """Open, in a row, and in for out, each from its definition."""
    found = backlog([i for i, _ in flows], [o for _, o in flows], start=80, window=window)
    rising, there = 0, 80
    for at, (came, went) in enumerate(flows):
        there += came - went
        rising = rising + 1 if came > went else 0
        assert (found.waiting[at], found.rising[at]) == (there, rising)
        part = flows[max(0, at - window + 1) : at + 1]
        out = sum(each for _, each in part)
        if len(part) < window or out == 0:
            assert np.isnan(found.ratio[at])
        else:
            assert found.ratio[at] == pytest.approx(sum(each for each, _ in part) / out)


def test_more_gone_than_there() -> None:
    """A list cannot be shorter than empty."""
    with pytest.raises(UnusableInput, match=r"outflow\[1\] is more than were there"):
        backlog([1, 0], [0, 2])
