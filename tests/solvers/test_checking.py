"""The checker finds what is planted, and nothing in a right solution."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import assume, given, settings

from assetmap.solvers import Problem, Reason, Solution, Status, check, solve
from tests.solvers import strategies
from tests.solvers.brute import NO_MINIMUM, best, dense, is_plan


def party():
    """Need 0 has two options of which the second has a leg of two; a switch gives chairs."""
    return Problem(
        needs=2,
        capacity=[2, 0],
        capacity_min=[1, NO_MINIMUM],
        need_min=[1, 0],
        option_need=[0, 0, 1, 1],
        option_score=[1, 9, 5, 4],
        option_use=[[1, 0], [1, 0], [1, 1], [1, 0]],
        leg_option=[1],
        leg_count=[2],
        alternative_leg=[0, 0, 0],
        alternative_score=[3, 2, 1],
        alternative_use=[[0, 1], [0, 0], [0, 1]],
        switch_score=[-1],
        switch_use=[[0, -1]],
        switch_max=[3],
        pinned=[0, 0, 0, 0],
        forbidden=[0, 0, 0, 1],
    )


def edited(solution, **places):
    """The solution with some places of its arrays changed, and the value made to fit."""
    arrays = {}
    for name in ("chosen", "alternative", "switch"):
        array = getattr(solution, name).copy()
        for place, value in places.get(name, {}).items():
            array[place] = value
        arrays[name] = array
    objective = Solution.from_plan(solution.problem, **arrays).objective
    return dataclasses.replace(solution, **arrays, objective=objective, bound=objective)


def test_the_right_solution_has_no_faults():
    """Both options, two alternatives, two chairs."""
    solution = solve(party())
    assert solution.objective == (17,)
    assert solution.switch.tolist() == [2]
    assert check(solution.problem, solution) == []


@pytest.mark.parametrize(
    ("places", "message"),
    [
        ({"chosen": {0: True}}, "Need 0 has 2 options; allowed: 1 to 1."),
        ({"chosen": {1: False}}, "Need 0 has 0 options; allowed: 1 to 1."),
        ({"chosen": {1: False}}, "Leg 0 has 2 alternatives; allowed: exactly 0."),
        ({"chosen": {2: False, 3: True}}, "Option 3 is forbidden, but chosen."),
        ({"alternative": {2: True}}, "Leg 0 has 3 alternatives; allowed: exactly 2."),
        ({"alternative": {1: False}}, "Leg 0 has 1 alternatives; allowed: exactly 2."),
        ({"switch": {0: 4}}, "Switch 0 is 4; allowed: 0 to 3."),
        ({"switch": {0: -1}}, "Switch 0 is -1; allowed: 0 to 3."),
        ({"switch": {0: 1}}, "Resource 1 has a use of 1; allowed: at most 0."),
        ({"chosen": {0: True}}, "Resource 0 has a use of 3; allowed: 1 to 2."),
        ({"chosen": {1: False, 2: False}}, "Resource 0 has a use of 0; allowed: 1 to 2."),
    ],
)
def test_a_broken_rule_is_found(places, message):
    """Each rule that a plan can break has its own sentence."""
    solution = edited(solve(party()), **places)
    assert message in check(solution.problem, solution)


def test_an_unpinned_pin_is_found():
    """A pinned option that is not chosen is a fault."""
    problem = dataclasses.replace(party(), pinned=[1, 0, 0, 0])
    plan = solve(party())
    moved = dataclasses.replace(plan, problem=problem)
    assert "Option 0 is pinned, but not chosen." in check(problem, moved)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"objective": (18,), "bound": (18,)}, "Level 0 claims the value 18; the plan has 17."),
        ({"objective": (17.0,)}, "Level 0 claims the value 17.0; the plan has 17."),
        ({"bound": (16,)}, "Level 0 claims the bound 16; the plan itself has 17."),
        ({"bound": (18,)}, "The status is optimal, but not all levels are closed."),
        ({"bound": (None,)}, "The status is optimal, but not all levels are closed."),
        ({"bound": ()}, "There are 0 bounds; allowed: 1, one per level."),
        ({"status": Status.FEASIBLE}, "The status is feasible, but all levels are closed."),
        ({"status": Status.INFEASIBLE}, "The status is infeasible, but chosen is present."),
        ({"chosen": None}, "The status is optimal, but chosen is missing."),
        ({"chosen": np.zeros(3, bool)}, "chosen has shape (3,) and type bool; allowed: (4,)."),
        ({"switch": np.zeros(1)}, "switch has shape (1,) and type float64; allowed: (1,)."),
        ({"prices": np.zeros(2)}, "Prices and the price bound are only of use together."),
        (
            {"prices": np.array([1.0, -1.0]), "price_bound": 99},
            "Resource 1 has a negative price, but no lower limit.",
        ),
        (
            {"prices": np.zeros(2), "price_bound": 18},
            "The price bound is 18; the prices prove only 19.",
        ),
        (
            {"prices": np.array([np.nan, 0]), "price_bound": 18},
            "There must be one finite price per resource; allowed: 2.",
        ),
    ],
)
def test_a_false_claim_is_found(changes, message):
    """Values, bounds, status and prices are all looked at."""
    solution = solve(party())
    assert message in check(solution.problem, dataclasses.replace(solution, **changes))


def test_prices_that_prove_their_bound_pass():
    """Free capacity for everything proves 9 + 3 + 2 + 5 and no less."""
    solution = solve(party())
    priced = dataclasses.replace(solution, prices=np.zeros(2), price_bound=19)
    assert check(solution.problem, priced) == []


def test_a_bound_above_what_prices_prove_is_found():
    """bound[0] may be lower than the price bound, not higher."""
    problem = Problem.from_scores([[5], [3]])
    solution = solve(problem)
    loose = dataclasses.replace(solution, bound=(9,), status=Status.FEASIBLE)
    assert check(problem, loose) == ["The bound on level 0 is 9, above the price bound."]


def test_a_false_claim_of_infeasible_is_refuted():
    """Where the plan with only the pinned options fits, there is a plan."""
    problem = Problem.from_scores([[5]])
    claim = Solution(
        problem=problem,
        chosen=None,
        alternative=None,
        switch=None,
        objective=None,
        bound=(None,),
        status=Status.INFEASIBLE,
        reason=Reason.FINISHED,
        seconds=0.0,
        method="flow",
    )
    assert check(problem, claim) == [
        "The status is infeasible, but choosing only what is pinned keeps every rule."
    ]
    crowded = Problem(needs=1, capacity=[0], option_need=[0], option_use=[[1]], pinned=[1])
    assert check(crowded, dataclasses.replace(claim, problem=crowded)) == []


@settings(max_examples=100, deadline=None)
@given(strategies.problems(), strategies.st.randoms(use_true_random=False))
def test_the_checker_agrees_with_trying_everything(problem, random):
    """Any random choice passes exactly if it is a plan by the other definition."""
    chosen = [random.random() < 0.4 for _ in range(problem.options)]
    alternative = [random.random() < 0.4 for _ in range(problem.alternatives)]
    switch = [random.randint(0, int(most)) for most in problem.switch_max]
    uses = [dense(problem, kind)[1] for kind in ("option", "alternative", "switch")]
    plan = Solution.from_plan(problem, chosen, alternative=alternative, switch=switch)
    assert (check(problem, plan) == []) == is_plan(problem, chosen, alternative, switch, uses)


@settings(max_examples=100, deadline=None)
@given(strategies.problems())
def test_a_flipped_choice_never_passes_as_it_is(problem):
    """Changing one choice of a solution without touching its values is always found."""
    assume(best(problem) is not None)
    solution = solve(problem)
    for option in range(problem.options):
        chosen = solution.chosen.copy()
        chosen[option] = ~chosen[option]
        if problem.option_score[option].any():
            assert check(problem, dataclasses.replace(solution, chosen=chosen)) != []
