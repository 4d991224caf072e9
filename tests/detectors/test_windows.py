"""The strongest window of replicates: short cuts and all at once against one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assetmap.detectors.likelihood import Judge, ScanModel
from assetmap.detectors.replicates import drawing
from assetmap.detectors.windows import Grid, membership
from tests.detectors import plain

SETTINGS = settings(max_examples=80, deadline=None)


@st.composite
def scenes(draw: st.DrawFn) -> tuple[ScanModel, np.ndarray, np.ndarray]:
    """Draw a model, cases, and a baseline that allows them."""
    areas, days = draw(st.integers(1, 4)), draw(st.integers(1, 5))
    numbers = st.lists(st.integers(0, 3), min_size=areas * days, max_size=areas * days)
    cases = np.array(draw(numbers)).reshape(areas, days)
    base = cases + np.array(draw(numbers)).reshape(areas, days)
    return draw(st.sampled_from(list(ScanModel))), cases, base


@SETTINGS
@given(scenes(), st.booleans(), st.integers(1, 5), st.booleans())
def test_the_strongest_of_each_replicate_is_the_largest_of_all_windows(
    scene: tuple[ScanModel, np.ndarray, np.ndarray], anywhere: bool, longest: int, dense: bool
) -> None:
    """What bounds leave out would not have been stronger, in any model."""
    model, cases, people = scene
    total, days = int(cases.sum()), cases.shape[1]
    assume(total)
    longest = min(longest, days) if anywhere else days
    base = people.astype(float)
    if model is ScanModel.PERMUTATION:
        base = np.outer(cases.sum(axis=1), cases.sum(axis=0)) / total
    elif model is ScanModel.POISSON:
        base *= total / base.sum()
    zones = [(area,) for area in range(len(cases))] + [tuple(range(len(cases)))]
    if not dense:
        zones = [(0,)]
    grid = Grid(
        membership(zones, len(cases)), base, Judge(model, total, base.sum(), 2), longest, anywhere
    )
    drawn = drawing(model, cases, base, days=days, rng=np.random.default_rng(1))(6)
    given_base = None if model is ScanModel.PERMUTATION else people.tolist()
    for table, most in zip(drawn, grid.most(drawn), strict=True):
        every = plain.ratios(
            table.tolist(), given_base, zones, model=model, longest=longest, anywhere=anywhere
        )
        assert most == pytest.approx(max(every.values()), abs=1e-6)


@SETTINGS
@given(scenes(), st.integers(1, 5))
def test_replicates_keep_what_the_model_keeps(
    scene: tuple[ScanModel, np.ndarray, np.ndarray], days: int
) -> None:
    """The total where it is fixed, both margins in a permutation, nobody twice in a drawing."""
    model, cases, people = scene
    assume(people.sum() > 0)
    full = cases.shape[1]
    draw = drawing(model, cases, people.astype(float), days=full, rng=np.random.default_rng(3))
    drawn = draw(7)
    assert drawn.shape == (7, *cases.shape)
    if model is not ScanModel.EXPECTATION:
        assert (drawn.sum(axis=(1, 2)) == cases.sum()).all()
    if model is ScanModel.PERMUTATION:
        assert (drawn.sum(axis=1) == cases.sum(axis=0)).all()
        assert (drawn.sum(axis=2) == cases.sum(axis=1)).all()
    else:
        assert not drawn[:, people == 0].any()
    if model is ScanModel.BERNOULLI:
        assert (drawn <= people).all()
    late = min(days, full)
    tail = drawing(model, cases, people.astype(float), days=late, rng=np.random.default_rng(3))(2)
    assert tail.shape == (2, len(cases), late)


@pytest.mark.parametrize("cases", [3, 40])
def test_cells_fill_in_proportion_to_the_baseline(cases: int) -> None:
    """Few cases or many (drawn case by case, or cell by cell): means come to the shares."""
    base = np.array([[1.0, 0.0, 3.0], [2.0, 4.0, 0.0]])
    seen = np.array([[cases, 0, 0], [0, 0, 0]])
    draw = drawing(ScanModel.POISSON, seen, base, days=2, rng=np.random.default_rng(0))
    mean = draw(20_000).mean(axis=0)
    assert mean == pytest.approx(cases * base[:, 1:] / 10, abs=0.05 * cases**0.5)


@pytest.mark.parametrize("model", list(ScanModel))
def test_a_ratio_grows_with_cases_and_falls_with_the_baseline(model: ScanModel) -> None:
    """What the short cut of retrospective scans rests on."""
    judge = Judge(model, 12, 30.0 if model is ScanModel.BERNOULLI else 12.0, 2)
    base = np.arange(1.0, 12.0)
    table = np.array([judge.of(np.full(11, count), np.maximum(base, count)) for count in range(12)])
    low = np.array([judge.of(np.full(11, count), base) for count in range(12)])
    assert (np.diff(table, axis=1) <= 1e-12).all()
    if model is not ScanModel.BERNOULLI:
        assert (np.diff(low, axis=0) >= -1e-12).all()
        assert (np.diff(low, axis=1) <= 1e-12).all()
    assert (low[:2] == 0).all()
