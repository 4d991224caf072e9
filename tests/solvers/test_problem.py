"""The factory takes what can be understood and names everything that can't."""

from __future__ import annotations

import dataclasses
import pickle

import numpy as np
import pytest
from scipy import sparse

from assetmap.errors import ProblemError
from assetmap.solvers import Problem, check, solve

TWICE = sparse.coo_array(([2**61, 2**61], ([0, 0], [0, 0])), shape=(2, 1))


def small(**changes):
    """Two needs, two options, one leg with one alternative, one switch, one resource."""
    arguments = {
        "needs": 2,
        "capacity": [1],
        "levels": 2,
        "option_need": [0, 1],
        "option_score": [[1, 0], [2, 0]],
        "option_use": [[1], [0]],
        "leg_option": [1],
        "alternative_leg": [0],
        "alternative_score": [[0, 1]],
        "alternative_use": [[1]],
        "switch_score": [[0, -1]],
        "switch_use": [[-1]],
    }
    return Problem(**(arguments | changes))


def test_defaults():
    """What is left out is empty, zero, or one, as documented."""
    problem = Problem(needs=2, capacity=[3])
    assert problem.options == problem.legs == problem.alternatives == problem.switches == 0
    assert problem.need_min.tolist() == [0, 0]
    assert problem.need_max.tolist() == [1, 1]
    assert problem.capacity_min.tolist() == [-(2**63)]
    assert problem.option_use.shape == (0, 1)
    assert problem.option_score.shape == (0, 1)
    full = small()
    assert full.leg_count.tolist() == [1]
    assert full.switch_max.tolist() == [1]
    assert not full.pinned.any()
    assert not full.forbidden.any()


def test_no_needs_is_a_problem():
    """A problem without needs has the empty plan."""
    problem = Problem(needs=0, capacity=[])
    solution = solve(problem)
    assert solution.objective == (0,)
    assert check(problem, solution) == []


def test_arrays_are_read_only_copies_of_int64():
    """Changing the input or an array of the problem is impossible or without effect."""
    scores = np.array([[1, 0], [2, 0]], dtype=np.int8)
    problem = small(option_score=scores)
    scores[0, 0] = 99
    assert problem.option_score[0, 0] == 1
    for field in dataclasses.fields(problem):
        value = getattr(problem, field.name)
        if isinstance(value, int):
            continue
        array = value.data if sparse.issparse(value) else value
        assert array.dtype in (np.int64, np.bool_)
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
    with pytest.raises(dataclasses.FrozenInstanceError):
        problem.needs = 3


def test_uses_become_canonical():
    """Dense and sparse input of any format give the same table, without zeros or repeats."""
    repeated = sparse.coo_array(([1, 2, 0], ([0, 0, 1], [1, 1, 0])), shape=(2, 2))
    wanted = [[0, 3], [0, 0]]
    for use in (
        repeated,
        wanted,
        np.array(wanted),
        sparse.csc_matrix(wanted),
        np.array(wanted) * 1.0,
    ):
        problem = Problem(needs=1, capacity=[9, 9], option_need=[0, 0], option_use=use)
        assert isinstance(problem.option_use, sparse.csr_array)
        assert problem.option_use.has_canonical_format
        assert problem.option_use.nnz == 1
        assert problem.option_use.toarray().tolist() == wanted


def test_compares_by_identity():
    """Equal arrays do not make equal problems; a problem can be a key."""
    one, two = small(), small()
    assert one == one
    assert one != two
    assert len({one, two}) == 2


def test_replace_and_pickle_go_through_the_factory_or_keep_everything():
    """A changed copy is validated again; a pickled one solves to the same."""
    problem = small()
    with pytest.raises(ProblemError, match="capacity"):
        dataclasses.replace(problem, capacity=[1, 2])
    assert dataclasses.replace(problem, capacity=[2]).capacity.tolist() == [2]
    assert solve(pickle.loads(pickle.dumps(problem))).objective == solve(problem).objective


def test_scalars_count_for_every_item():
    """A single number stands for a vector; with one level scores may be a vector."""
    problem = Problem(needs=3, capacity=[1], need_max=2, option_need=[0, 1], option_score=[4, 5])
    assert problem.need_max.tolist() == [2, 2, 2]
    assert problem.option_score.tolist() == [[4], [5]]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"needs": -1}, r"needs: found -1; allowed: a whole number from 0"),
        ({"needs": 1.5}, r"needs: found 1.5"),
        ({"needs": True}, r"needs: found True"),
        ({"levels": 0}, r"levels: found 0; allowed: a whole number from 1"),
        ({"capacity": None}, r"capacity: found nothing"),
        ({"capacity": [[1]]}, r"capacity: found shape \(1, 1\)"),
        ({"capacity": [float("nan")]}, r"capacity\[0\]: found nan; allowed: whole numbers"),
        ({"capacity": ["many"]}, r"capacity: found values of type"),
        ({"capacity_min": [2]}, r"capacity_min\[0\]: found 2; allowed: at most capacity\[0\]"),
        (
            {"need_min": [0, 2]},
            r"need_min\[1\]: found 2; allowed: at most need_max\[1\], which is 1",
        ),
        ({"need_min": [0, -1]}, r"need_min\[1\]: found -1"),
        ({"need_max": [1, 1, 1]}, r"need_max: found shape \(3,\); allowed: shape \(2,\)"),
        ({"option_need": [0, 2]}, r"option_need\[1\]: found 2; allowed: 0 to 1"),
        ({"option_need": [-1, 5]}, r"option_need\[0\]: found -1 \(and 1 more such\)"),
        (
            {"option_score": [[1, 0]]},
            r"option_score: found shape \(1, 2\); allowed: shape \(2, 2\)",
        ),
        ({"option_score": [[1, 0], [1]]}, r"option_score: found rows of different lengths"),
        ({"option_score": [[1, 0.5], [2, 0]]}, r"option_score\[0, 1\]: found 0.5; allowed: whole"),
        (
            {"option_score": [[1, 0], [2**64, 0]]},
            r"option_score\[1, 0\]: found 18446744073709551616",
        ),
        ({"option_score": [[1, 0], [None, 0]]}, r"option_score\[1, 0\]: found a NoneType"),
        (
            {"option_score": [[2**62, 0], [0, 0]]},
            r"option_score\[0, 0\]: found 4611686018427387904",
        ),
        ({"option_score": [[2**61, 0], [-(2**61), 0]]}, r"the scores of level 0: found a sum of"),
        ({"option_use": [[1, 1], [0, 0]]}, r"option_use: found shape \(2, 2\)"),
        ({"option_use": sparse.csr_array([[1.5], [0]])}, r"option_use\[0, 0\]: found 1.5"),
        ({"option_use": sparse.csr_array([[1], [1], [1]])}, r"option_use: found shape \(3, 1\)"),
        ({"option_use": [[2**62], [0]]}, r"option_use\[0, 0\]: found 4611686018427387904"),
        ({"option_use": [[2**61], [2**61]]}, r"the uses of resource 0: found a sum of"),
        ({"leg_option": [2]}, r"leg_option\[0\]: found 2; allowed: 0 to 1"),
        ({"leg_count": [0]}, r"leg_count\[0\]: found 0"),
        ({"alternative_leg": [1]}, r"alternative_leg\[0\]: found 1; allowed: 0 to 0"),
        ({"leg_option": []}, r"alternative_leg\[0\]: found 0; allowed: none"),
        ({"alternative_use": [1]}, r"alternative_use: found shape \(1,\)"),
        ({"switch_max": [-1]}, r"switch_max\[0\]: found -1"),
        ({"switch_max": [2**62 - 1], "switch_use": [[2]]}, r"the uses of resource 0"),
        ({"switch_score": [[0, 4]], "switch_max": [2**60]}, r"the scores of level 1"),
        ({"option_need": np.array([0, 2**63], dtype=np.uint64)}, r"option_need\[1\]: found 92233"),
        (
            {"option_use": sparse.csr_array([[1j], [0]])},
            r"option_use\[0, 0\]: found a complex",
        ),
        ({"option_use": TWICE}, r"option_use: found entries at one place that add up too far"),
        ({"pinned": [1, 2]}, r"pinned\[1\]: found 2; allowed: 0 to 1"),
        (
            {"pinned": [1, 0], "forbidden": [1, 0]},
            r"pinned\[0\]: found an option that is forbidden",
        ),
    ],
)
def test_a_fault_is_named(changes, message):
    """The error names the array, the index, what was found and what is allowed."""
    with pytest.raises(ProblemError, match=message):
        small(**changes)


def test_all_faults_come_together():
    """One error tells of every array."""
    with pytest.raises(ProblemError) as caught:
        small(capacity=[float("inf")], option_need=[0, 7], leg_count=[0], pinned=[1])
    lines = str(caught.value).splitlines()
    assert [line.split(":")[0].split("[")[0] for line in lines] == [
        "capacity",
        "option_need",
        "pinned",
        "leg_count",
    ]


def test_from_scores_takes_every_dense_cell():
    """Cells are options in row-major order; each talent is a resource."""
    problem = Problem.from_scores([[5, 0, 1], [0, 2, 3]], 2, talent_capacity=[1, 2, 3])
    assert problem.option_need.tolist() == [0, 0, 0, 1, 1, 1]
    assert problem.option_score[:, 0].tolist() == [5, 0, 1, 0, 2, 3]
    assert problem.option_use.indices.tolist() == [0, 1, 2, 0, 1, 2]
    assert problem.capacity.tolist() == [1, 2, 3]
    assert problem.need_max.tolist() == [2, 2]
    assert problem.need_min.tolist() == [0, 0]


def test_from_scores_takes_every_stored_entry():
    """In a sparse matrix only what is stored is an option, also a stored zero."""
    scores = sparse.coo_array(([7, 0, 1, 1], ([1, 0, 1, 1], [0, 2, 2, 2])), shape=(2, 3))
    problem = Problem.from_scores(scores)
    assert problem.option_need.tolist() == [0, 1, 1]
    assert problem.option_score[:, 0].tolist() == [0, 7, 2]
    assert problem.option_use.indices.tolist() == [2, 0, 2]


@pytest.mark.parametrize(
    ("score", "message"),
    [
        ([[1, float("nan")]], r"score\[0, 1\]: found nan"),
        ([1, 2], r"score: found shape \(2,\)"),
        (sparse.coo_array([1, 2]), r"score: found shape \(2,\)"),
        (sparse.csr_array([[0.5]]), r"score\[0, 0\]: found 0.5"),
    ],
)
def test_from_scores_names_faults(score, message):
    """A matrix that is no table of whole numbers is refused."""
    with pytest.raises(ProblemError, match=message):
        Problem.from_scores(score)
    with pytest.raises(ProblemError, match="talent_capacity"):
        Problem.from_scores([[1, 2]], talent_capacity=[1])
