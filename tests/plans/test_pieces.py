"""Parts of a run that share nothing: they add up, and can be solved apart."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from assetmap.match import propose
from assetmap.model import Neighbourhood
from assetmap.plans.further import Further
from assetmap.solvers import check, solve
from tests.strategies import WEEK, outings


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(outings())
def test_pieces_add_up_and_are_as_good_apart(hood: Neighbourhood) -> None:
    """Every option is in one piece; their values add up; each is at its best on the first level."""
    found = propose(hood, WEEK)
    assert found.worked is not None
    run = Further(found.worked)
    assert run.solution.objective is not None
    parts = [piece for piece, _ in run.pieces]
    whole = [sum(values) for values in zip(*(p.value(run.solution) for p in parts), strict=True)]
    assert tuple(whole or [0] * run.problem.levels) == run.solution.objective
    for group, size in (("options", run.problem.options), ("switches", run.problem.switches)):
        members = sorted(int(at) for p in parts for at in getattr(p, group))
        assert members == list(range(size))
    for piece, needs in run.pieces:
        asked = piece.asked([0], run.wishes(needs))
        alone = solve(asked)
        assert check(asked, alone) == []
        assert alone.objective is not None
        assert alone.objective[0] == piece.value(run.solution)[0]
        assert alone.objective[1] >= len(run.met & set(needs))


def test_no_needs_no_pieces() -> None:
    """An empty run has no pieces."""
    found = propose(Neighbourhood(), WEEK)
    assert found.worked is not None
    assert Further(found.worked).pieces == ()
