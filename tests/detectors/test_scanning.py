"""Scans: every window by hand, chance by trying everything, and what others published."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assetmap.detectors import (
    Scan,
    ScanModel,
    connected_zones,
    scan,
    zones_by_distance,
)
from assetmap.errors import UnusableInput
from tests.detectors import plain

SETTINGS = settings(max_examples=60, deadline=None)
MODELS = [str(model) for model in ScanModel]
Table = list[list[int]]


@st.composite
def cases_and_baseline(draw: st.DrawFn) -> tuple[str, Table, list[list[float]] | None]:
    """Draw a model, cases of up to 4 areas and 5 days, and a baseline that allows them."""
    areas, days = draw(st.integers(1, 4)), draw(st.integers(1, 5))
    row = st.lists(st.integers(0, 3), min_size=days, max_size=days)
    cases = draw(st.lists(row, min_size=areas, max_size=areas))
    model = draw(st.sampled_from(MODELS))
    more = draw(st.lists(row, min_size=areas, max_size=areas))
    if model == "permutation":
        return model, cases, None
    step = 1.0 if model == "bernoulli" else 0.7
    baseline = [
        [case + step * extra for case, extra in zip(*rows, strict=True)]
        for rows in zip(cases, more, strict=True)
    ]
    return model, cases, baseline


def every_zone(areas: int) -> list[tuple[int, ...]]:
    """Return all groups of areas in a row."""
    row = [[other for other in (at - 1, at + 1) if 0 <= other < areas] for at in range(areas)]
    return list(connected_zones(row, areas))


def usable(baseline: list[list[float]] | None) -> bool:
    """Tell whether there is anybody."""
    return baseline is None or sum(map(sum, baseline)) > 0


@SETTINGS
@given(cases_and_baseline(), st.integers(1, 5), st.booleans(), st.integers(1, 3))
def test_the_best_window_is_the_best_of_all_tried_one_by_one(
    drawn: tuple[str, Table, list[list[float]] | None], longest: int, anywhere: bool, minimum: int
) -> None:
    """The strongest cluster has the largest ratio of the definition, and the window has it."""
    model, cases, baseline = drawn
    assume(usable(baseline))
    longest = min(longest, len(cases[0]))
    zones = every_zone(len(cases))
    every = plain.ratios(
        cases, baseline, zones, model=model, longest=longest, anywhere=anywhere, minimum=minimum
    )
    found = scan(
        cases,
        baseline,
        zones,
        model=model,
        max_days=longest,
        replicates=0,
        retrospective=anywhere,
        minimum_cases=minimum,
    )
    most = max(every.values(), default=0.0)
    if most < 1e-7:
        assert found.best is None
        return
    best = found.best
    assert best is not None
    assert best.log_likelihood_ratio == pytest.approx(most, abs=1e-6)
    assert every[best.zone, best.first_day, best.last_day] == pytest.approx(most, abs=1e-6)
    inside = [cases[area][best.first_day : best.last_day + 1] for area in best.members]
    assert best.cases == sum(map(sum, inside)) >= minimum
    assert best.cases > best.expected


@SETTINGS
@given(cases_and_baseline(), st.booleans())
def test_further_clusters_are_the_best_of_the_areas_that_are_left(
    drawn: tuple[str, Table, list[list[float]] | None], anywhere: bool
) -> None:
    """No area is in two clusters; each is as strong as the best zone without those areas."""
    model, cases, baseline = drawn
    assume(usable(baseline))
    zones = every_zone(len(cases))
    days = len(cases[0])
    every = plain.ratios(cases, baseline, zones, model=model, longest=days, anywhere=anywhere)
    found = scan(
        cases, baseline, zones, model=model, max_days=days, replicates=0, retrospective=anywhere
    )
    taken: set[int] = set()
    for cluster in found.clusters:
        left = [value for (zone, *_), value in every.items() if taken.isdisjoint(zones[zone])]
        assert cluster.log_likelihood_ratio == pytest.approx(max(left), abs=1e-6)
        assert cluster.members == zones[cluster.zone]
        assert taken.isdisjoint(cluster.members)
        taken.update(cluster.members)
    left = [value for (zone, *_), value in every.items() if taken.isdisjoint(zones[zone])]
    assert max(left, default=0.0) < 1e-6


EXACT = [
    ("permutation", [[0, 0, 2, 0], [1, 0, 0, 2], [0, 1, 0, 0]], None, 4, False),
    ("permutation", [[0, 0, 2, 0], [1, 0, 0, 2], [0, 1, 0, 0]], None, 2, False),
    ("permutation", [[0, 2, 1], [1, 0, 0], [1, 0, 0]], None, 2, True),
    ("poisson", [[0, 2], [1, 1]], [[3, 1], [2, 4]], 2, False),
    ("poisson", [[1, 0, 2], [0, 1, 0]], [[1, 1, 1], [2, 2, 1]], 1, False),
    ("poisson", [[1, 0, 2], [0, 1, 0]], [[1, 1, 1], [2, 2, 1]], 3, True),
    ("poisson", [[2], [0], [3]], [[1], [2], [2]], 1, False),
    ("bernoulli", [[2, 1], [0, 1]], [[3, 2], [4, 3]], 2, False),
    ("bernoulli", [[0, 2, 0], [1, 0, 1]], [[2, 2, 2], [2, 2, 2]], 2, True),
]


@pytest.mark.parametrize(("model", "cases", "baseline", "longest", "anywhere"), EXACT)
def test_p_is_that_of_trying_everything(
    model: str, cases: Table, baseline: list[list[float]] | None, longest: int, anywhere: bool
) -> None:
    """Drawn p of each cluster comes to the share of all arrangements at least as strong."""
    zones = every_zone(len(cases))
    options = {"model": model, "longest": longest, "anywhere": anywhere}
    chances = [
        (chance, max(plain.ratios(table, baseline, zones, **options).values()))
        for chance, table in plain.arrangements(cases, baseline, model)
    ]
    rounds = 19_999
    found = scan(
        cases,
        baseline,
        zones,
        model=model,
        max_days=longest,
        replicates=rounds,
        retrospective=anywhere,
    )
    assert found.clusters
    for cluster in found.clusters:
        edge = cluster.log_likelihood_ratio - 1e-6
        exact = sum(chance for chance, most in chances if most >= edge)
        spread = (exact * (1 - exact) / rounds) ** 0.5
        assert abs(cluster.p - exact) < 4.5 * spread + 2 / rounds


@pytest.mark.parametrize(("model", "cases", "baseline", "longest", "anywhere"), EXACT)
def test_everything_that_might_have_been_has_a_p_that_holds(
    model: str, cases: Table, baseline: list[list[float]] | None, longest: int, anywhere: bool
) -> None:
    """The scan of every arrangement finds its strongest window, and P(p <= a) <= a for any a."""
    zones = every_zone(len(cases))
    most, chances = [], []
    for chance, table in plain.arrangements(cases, baseline, model):
        every = plain.ratios(
            table, baseline, zones, model=model, longest=longest, anywhere=anywhere
        )
        best = scan(
            table,
            baseline,
            zones,
            model=model,
            max_days=longest,
            replicates=0,
            retrospective=anywhere,
        ).best
        most.append(0.0 if best is None else best.log_likelihood_ratio)
        chances.append(chance)
        assert most[-1] == pytest.approx(max(every.values()), abs=1e-6)
    strong, weight = np.array(most), np.array(chances)
    p = np.array([weight[strong >= one - 1e-6].sum() for one in strong])
    for level in np.unique(p):
        assert weight[p <= level].sum() <= level + 1e-9


def test_replicates_of_the_expectation_model_are_poisson() -> None:
    """One area and one day: p is the tail of the Poisson distribution from the count on."""
    from scipy.stats import poisson

    found = scan([[7]], [[3.2]], [[0]], model="expectation", replicates=19_999)
    exact = float(poisson.sf(6, 3.2))
    assert abs(found.p - exact) < 4.5 * (exact * (1 - exact) / 19_999) ** 0.5


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("anywhere", [False, True])
def test_p_is_small_no_more_often_than_it_says(model: str, anywhere: bool) -> None:
    """Where nothing is the matter, p is at most 0.1 in at most a tenth of the scans, and so on."""
    rng = np.random.default_rng(5)
    rounds, zones = 300, every_zone(3)
    people = np.array([[4, 6], [5, 5], [8, 2]])
    base = {"permutation": None, "expectation": people / 4}.get(model, people)
    found = []
    for seed in range(rounds):
        if model == "bernoulli":
            cases = rng.multivariate_hypergeometric(people.ravel(), 7).reshape(people.shape)
        else:
            cases = rng.poisson(people / 4)
        result = scan(
            cases,
            base,
            zones,
            model=model,
            max_days=2,
            replicates=39,
            seed=seed,
            retrospective=anywhere,
        )
        found.append(result.p)
    for level in (0.05, 0.1, 0.25, 0.5):
        often = np.mean(np.array(found) <= level)
        assert often <= level + 3.5 * (level * (1 - level) / rounds) ** 0.5


def told(found: Scan) -> list[tuple[object, ...]]:
    """Return what a scan says of its clusters, areas aside."""
    return [
        (
            cluster.first_day,
            cluster.last_day,
            cluster.cases,
            round(cluster.expected, 9),
            round(cluster.log_likelihood_ratio, 6),
        )
        for cluster in found.clusters
    ]


@SETTINGS
@given(cases_and_baseline(), st.booleans(), st.randoms(use_true_random=False))
def test_the_order_of_areas_does_not_matter(
    drawn: tuple[str, Table, list[list[float]] | None], anywhere: bool, random: np.random.Generator
) -> None:
    """Areas in another order: the strongest cluster has the same cases, days and ratio."""
    model, cases, baseline = drawn
    assume(usable(baseline))
    order = list(range(len(cases)))
    random.shuffle(order)
    zones = every_zone(len(cases))
    place = {area: at for at, area in enumerate(order)}
    options = {"model": model, "replicates": 0, "retrospective": anywhere}
    before = scan(cases, baseline, zones, **options)
    after = scan(
        [cases[area] for area in order],
        None if baseline is None else [baseline[area] for area in order],
        [[place[area] for area in zone] for zone in zones],
        **options,
    )
    ratios = [
        None if one.best is None else one.best.log_likelihood_ratio for one in (before, after)
    ]
    assert ratios[0] == (None if ratios[1] is None else pytest.approx(ratios[1], abs=1e-6))
    if before.best is not None and after.best is not None:
        assert len(before.best.members) == len(after.best.members)
        assert told(before)[0][:2] == told(after)[0][:2]


@SETTINGS
@given(cases_and_baseline(), st.integers(1, 3))
def test_days_without_anything_before_shift_the_window(
    drawn: tuple[str, Table, list[list[float]] | None], shift: int
) -> None:
    """Empty days in front move each window by as much, and change nothing else."""
    model, cases, baseline = drawn
    assume(usable(baseline))
    zones, days = every_zone(len(cases)), len(cases[0])
    pad: list[float] = [0] * shift
    before = scan(cases, baseline, zones, model=model, max_days=days, replicates=19)
    after = scan(
        [pad + row for row in cases],
        None if baseline is None else [pad + row for row in baseline],
        zones,
        model=model,
        max_days=days,
        replicates=19,
    )
    moved = [(first + shift, last + shift, *rest) for first, last, *rest in told(before)]
    assert [tuple(one) for one in moved] == told(after)


@SETTINGS
@given(cases_and_baseline(), st.sampled_from([0.01, 3, 1000]), st.booleans())
def test_the_unit_of_the_population_does_not_matter(
    drawn: tuple[str, Table, list[list[float]] | None], factor: float, anywhere: bool
) -> None:
    """A baseline counted in other units gives the same clusters with the same p."""
    _, cases, baseline = drawn
    assume(baseline is not None and usable(baseline))
    assert baseline is not None
    zones = every_zone(len(cases))
    options = {"model": "poisson", "replicates": 19, "retrospective": anywhere}
    before = scan(cases, baseline, zones, **options)
    after = scan(cases, factor * np.array(baseline), zones, **options)
    assert told(before) == told(after)
    assert [one.p for one in before.clusters] == [one.p for one in after.clusters]


@pytest.mark.parametrize("model", MODELS)
def test_nothing_is_no_cluster(model: str) -> None:
    """All zeros never alarm, and neither does the same count everywhere."""
    zones = every_zone(3)
    base = None if model == "permutation" else np.full((3, 4), 2)
    for cases in (np.zeros((3, 4), int), np.full((3, 4), 1)):
        found = scan(cases, base, zones, model=model)
        assert (found.clusters, found.best, found.p) == ((), None, 1.0)


def test_of_equal_clusters_the_smaller_the_shorter_and_the_later_come_first() -> None:
    """Ties are settled by areas, then days, then the end of the window, then the list."""
    cases, base = np.ones((3, 6), int), np.ones((3, 6))
    cases[0, 1] = cases[1, 3] = cases[2, 2] = 9
    found = scan(cases, base, [[0], [1], [2]], model="poisson", retrospective=True, replicates=0)
    assert [one.members for one in found.clusters] == [(1,), (2,), (0,)]
    empty = np.vstack([cases, np.zeros((1, 6), int)])
    none = np.vstack([base, np.zeros((1, 6))])
    found = scan(empty, none, [[0], [3, 1], [1]], model="poisson", retrospective=True, replicates=0)
    assert [(one.zone, one.members) for one in found.clusters] == [(2, (1,)), (0, (0,))]


def test_a_single_case_is_no_cluster_unless_asked() -> None:
    """One case where nearly none is expected counts only from minimum_cases on."""
    cases, base = [[0, 1], [0, 0]], [[0.01, 0.01], [0.01, 0.01]]
    assert not scan(cases, base, [[0], [1]], model="expectation").clusters
    found = scan(cases, base, [[0], [1]], model="expectation", minimum_cases=1)
    assert found.best is not None
    assert (found.best.cases, found.best.days) == (1, 1)


def test_the_same_seed_gives_the_same_p() -> None:
    """Chance begins where it is told to; half the columns are the longest window by default."""
    cases = np.random.default_rng(2).poisson(1.0, (6, 12))
    one, same = (scan(cases, None, every_zone(6), model="permutation", seed=3) for _ in range(2))
    assert one.clusters == same.clusters
    assert one.max_days == 6
    assert (one.maxima[:-1] <= one.maxima[1:]).all()
    other = scan(cases, None, every_zone(6), model="permutation", seed=4)
    assert told(one) == told(other)
    assert (one.maxima != other.maxima).any()


def test_p_does_not_depend_on_how_many_replicates_are_held_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Little memory or much: the same replicates."""
    cases = np.random.default_rng(2).poisson(1.0, (5, 8))
    for model in MODELS:
        base = None if model == "permutation" else np.full((5, 8), 9)
        run = {"model": model, "replicates": 50, "max_days": 3}
        before = scan(cases, base, every_zone(5), **run)
        monkeypatch.setattr("assetmap.detectors.scanning.AT_ONCE", 300)
        after = scan(cases, base, every_zone(5), **run)
        monkeypatch.undo()
        assert before.maxima.tolist() == pytest.approx(after.maxima.tolist(), abs=1e-9)


def carolina() -> tuple[list[str], np.ndarray]:
    """Return the names of the counties and the figures of the table."""
    path = Path(__file__).parent / "carolina.csv"
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    rows = list(csv.reader(lines))[1:]
    return [row[0] for row in rows], np.array([row[1:] for row in rows], dtype=np.int64)


def test_sudden_infant_deaths_in_north_carolina() -> None:
    """The two clusters of Kulldorff 1997 (table and map): five counties, then three."""
    names, figures = carolina()
    births, deaths = figures[:, 2] + figures[:, 4], figures[:, 3] + figures[:, 5]
    zones = zones_by_distance(figures[:, :2], births, 0.5)
    found = scan(deaths, births, zones, model="poisson", replicates=999)
    first, second = found.clusters[:2]
    assert [names[area] for area in first.members] == [
        "Hoke",
        "Scotland",
        "Robeson",
        "Bladen",
        "Columbus",
    ]
    assert sorted(names[area] for area in second.members) == ["Halifax", "Hertford", "Northampton"]
    assert (first.cases, second.cases, found.cases) == (139, 59, 1503)
    assert first.p == 0.001
    assert second.p == 0.001
    bernoulli = scan(deaths, births, zones, model="bernoulli", replicates=0)
    assert [one.members for one in bernoulli.clusters[:2]] == [first.members, second.members]


SATSCAN = [
    (100, 111674, 58.28, 1.87, 14.083511),
    (38, 34083, 17.79, 2.22, 9.019716),
    (64, 78280, 40.85, 1.64, 6.114140),
    (25, 24571, 12.82, 1.99, 4.651839),
    (12, 9840, 5.14, 2.37, 3.363518),
    (11, 8839, 4.61, 2.41, 3.209485),
]
"""Leukaemia in upstate New York, 552 cases among 1,057,673: cases and people of six clusters, with
expected cases, relative risk and log-likelihood ratio as SaTScan 9.6 prints them."""


@pytest.mark.parametrize(("cases", "people", "expected", "risk", "ratio"), SATSCAN)
def test_figures_of_clusters_are_those_of_satscan(
    cases: int, people: int, expected: float, risk: float, ratio: float
) -> None:
    """Expected, relative risk and ratio of the discrete Poisson model, to the printed digit."""
    found = scan(
        [cases, 552 - cases], [people, 1_057_673 - people], [[0]], model="poisson", replicates=0
    )
    best = found.best
    assert best is not None
    assert round(best.expected, 2) == expected
    assert best.relative_risk is not None
    assert round(best.relative_risk, 2) == risk
    assert round(best.log_likelihood_ratio, 6) == ratio


@pytest.mark.parametrize(
    ("cases", "people", "ratio"),
    [(41, 38999, 8.47836), (42, 40696, 8.29257), (44, 47412, 6.43049), (25, 24571, 4.65493)],
)
def test_figures_of_clusters_are_those_of_flexscan(cases: int, people: int, ratio: float) -> None:
    """The ratio of the binomial model as FleXScan 3.1.2 prints it for clusters of these data."""
    found = scan(
        [cases, 552 - cases], [people, 1_057_673 - people], [[0]], model="bernoulli", replicates=0
    )
    assert found.best is not None
    assert round(found.best.log_likelihood_ratio, 5) == ratio


def test_all_cases_inside_have_no_outside_to_compare_with() -> None:
    """No rate outside: relative_risk is None; the expectation model has observed over expected."""
    found = scan([4, 0], [1, 1], [[0]], model="poisson", replicates=0)
    assert found.best is not None
    assert found.best.relative_risk is None
    found = scan([4, 0], [1, 1], [[0]], model="expectation", replicates=0)
    assert found.best is not None
    assert found.best.relative_risk == 4


def test_gumbel_goes_below_what_replicates_can() -> None:
    """A very strong cluster: p is 1 over replicates + 1, the Gumbel p far smaller; else alike."""
    base = np.ones((5, 6))
    strong = np.ones((5, 6), int)
    strong[2, 5] = 20
    best = scan(strong, base, every_zone(5), model="poisson").best
    assert best is not None
    assert best.p == 0.001
    assert best.p_gumbel is not None
    assert best.p_gumbel < 1e-6
    assert best.recurrence == 1000
    weak = np.random.default_rng(4).poisson(2.0, (5, 6))
    best = scan(weak, base, every_zone(5), model="poisson").best
    assert best is not None
    assert best.p_gumbel == pytest.approx(best.p, abs=0.1)
    assert 0 < best.p <= 1


FAULTS: list[tuple[dict[str, object], str]] = [
    ({"cases": [[1, -1]]}, r"cases\[0, 1\] is -1"),
    ({"cases": [[0.5]]}, "whole numbers"),
    ({"cases": np.zeros((0, 3))}, "at least one area and one day"),
    ({"baseline": None}, "needs a baseline"),
    ({"baseline": [[1, 1, 1]]}, "shape of cases"),
    ({"baseline": [[0, 1], [1, 1]]}, r"cases\[0, 0\] is more than the baseline"),
    ({"baseline": [[1, 1], [1, 1]], "model": "bernoulli"}, r"cases\[0, 0\] is more"),
    ({"baseline": [[2.5, 9], [9, 9]], "model": "bernoulli"}, "whole numbers"),
    ({"model": "permutation"}, "takes no baseline"),
    ({"model": "normal"}, "poisson, expectation, bernoulli, permutation"),
    ({"zones": []}, "at least one zone"),
    ({"zones": [[]]}, r"zones\[0\] must hold"),
    ({"zones": [[0, 2]]}, r"zones\[0\] names an area that is not there; there are 2"),
    ({"zones": [[0], [1, 1]]}, r"zones\[1\] names an area twice"),
    ({"zones": [[0.5]]}, r"zones\[0\] must hold the positions"),
    ({"zones": [[True], [False]]}, r"zones\[0\] must hold the positions"),
    ({"max_days": 3}, "max_days is 3"),
    ({"max_days": 0}, "max_days is 0"),
    ({"replicates": -1}, "replicates is -1"),
]


@pytest.mark.parametrize(("change", "message"), FAULTS)
def test_faulty_arguments_are_told(change: dict[str, object], message: str) -> None:
    """The message says where the fault is and what is allowed."""
    usual: dict[str, object] = {
        "cases": [[2, 0], [0, 1]],
        "baseline": [[9, 9], [9, 9]],
        "zones": [[0], [1]],
        "model": "poisson",
    }
    arguments = usual | change
    with pytest.raises(UnusableInput, match=message):
        scan(
            arguments.pop("cases"),
            arguments.pop("baseline"),
            arguments.pop("zones"),
            **arguments,
        )
