"""Resources by name become the arrays of a numbers-only problem."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from assetmap.plans.ledger import Ledger
from assetmap.solvers import solve

uses = st.dictionaries(st.sampled_from(["seat", "car", ("time", "p1")]), st.integers(-2, 2))
scores = st.lists(st.integers(-9, 9), min_size=2, max_size=2)


def row(matrix, at):
    """Return one row of uses by number of the resource, without zeros."""
    dense = matrix.toarray()[at]
    return {int(k): int(dense[k]) for k in dense.nonzero()[0]}


@given(st.data())
def test_what_is_written_is_what_the_problem_holds(data):
    """Needs, options, legs, alternatives, switches, uses and scores: nothing lost or added."""
    ledger = Ledger(2)
    capacity = {name: data.draw(st.integers(0, 5)) for name in ("seat", "car")}
    for name, amount in capacity.items():
        ledger.resource(name, amount)
    told = {"option": [], "alternative": [], "switch": []}
    pins, legs = [], []
    for _ in range(data.draw(st.integers(0, 4))):
        item = (data.draw(scores), data.draw(uses))
        pins.append(data.draw(st.booleans()))
        at = ledger.option(data.draw(st.sampled_from("abc")), *item)
        told["option"].append(item)
        for _ in range(data.draw(st.integers(0, 2))):
            count = data.draw(st.integers(1, 2))
            leg = ledger.leg(at, count)
            legs.append((at, count))
            other = (data.draw(scores), data.draw(uses))
            ledger.alternative(leg, *other)
            told["alternative"].append(other)
    most = data.draw(st.integers(1, 3))
    told["switch"].append((data.draw(scores), data.draw(uses)))
    ledger.switch(*told["switch"][0], most)

    problem = ledger.problem([at for at, pin in enumerate(pins) if pin])
    assert problem.needs == len(ledger.needs)
    assert problem.pinned.tolist() == pins
    assert list(zip(problem.leg_option.tolist(), problem.leg_count.tolist(), strict=True)) == legs
    assert problem.switch_max.tolist() == [most]
    for name, amount in capacity.items():
        assert problem.capacity[ledger.resources[name]] == amount
    for kind, items in told.items():
        for at, (score, used) in enumerate(items):
            assert getattr(problem, f"{kind}_score")[at].tolist() == score
            named = {ledger.resources[n]: v for n, v in used.items() if v}
            assert row(getattr(problem, f"{kind}_use"), at) == named


def test_an_empty_ledger_is_a_valid_problem():
    """A neighbourhood in which nobody asks anything."""
    assert solve(Ledger(6).problem()).objective == (0,) * 6


def test_the_first_mention_of_a_resource_fixes_its_capacity():
    """Later ones just name it."""
    ledger = Ledger(1)
    assert ledger.resource("seat", 3) == ledger.resource("seat", 9) == ledger.resource("seat")
    assert ledger.capacity == [3]


def test_without_pins_nothing_is_fixed_beforehand():
    """So that a run can go on when a promise can no longer be kept."""
    ledger = Ledger(1)
    ledger.resource("seat", 0)
    ledger.option("n1", [1], {"seat": 1})
    assert str(solve(ledger.problem([0])).status) == "infeasible"
    assert solve(ledger.problem()).chosen.tolist() == [False]


def test_where_only_the_pins_may_be_chosen_nothing_else_is():
    """However much it is worth."""
    ledger = Ledger(1)
    for name in ("n1", "n2"):
        ledger.option(name, [5], {})
    assert solve(ledger.problem([1], only=True)).chosen.tolist() == [False, True]
    assert solve(ledger.problem([1])).chosen.tolist() == [True, True]


@given(st.lists(st.integers(0, 2), min_size=1, max_size=5), st.integers(1, 3))
def test_as_many_promises_as_possible_are_kept(wanted, room):
    """Counted one by one, whatever they score; of as many the first ones."""
    ledger = Ledger(2)
    ledger.resource("hours", room)
    for at, hours in enumerate(wanted):
        ledger.option(f"n{at}", [-100 * at, 7], {"hours": hours})
    ledger.option("other", [10**6, 0], {"hours": room})
    chosen = solve(ledger.counting(range(len(wanted)))).chosen.tolist()
    sets = [
        kept
        for size in range(len(wanted) + 1)
        for kept in combinations(range(len(wanted)), size)
        if sum(wanted[k] for k in kept) <= room
    ]
    best = max(sets, key=lambda kept: (len(kept), -sum(kept)))
    found = [at for at, yes in enumerate(chosen[: len(wanted)]) if yes]
    assert (len(found), sum(found)) == (len(best), sum(best))
