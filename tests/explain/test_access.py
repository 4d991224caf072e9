"""What an initiative is asked is just what keeps somebody out, by the clauses of the audit."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

import assetmap
from assetmap import Neighbourhood
from assetmap.audit.clauses import broken
from assetmap.audit.facts import Facts
from assetmap.audit.possible import offers
from assetmap.explain import Lack, openings
from tests.plans.small import WEEK
from tests.strategies import neighbourhoods


@settings(suppress_health_check=list(HealthCheck), max_examples=40)
@given(neighbourhoods())
def test_nothing_but_access_and_support_keeps_them_out(hood: Neighbourhood) -> None:
    """Every clause holds for what is asked about, but those that the question is about."""
    run = assetmap.propose(hood, WEEK)
    facts = Facts(run.hood, run.week, run.policy)
    for each in openings(run):
        assert each.people == len({run.hood.need(n).owner for n in each.needs})
        for name in each.needs:
            need = run.hood.need(name)
            near = [d for d in offers(facts, need) if each.offer in {d.activity, d.place}]
            gone = set().union(*(broken(facts, need, d) for d in near))
            if each.lack is not Lack.BUDDY and near:
                assert gone & {"accessible", "supported"}


def test_without_a_run_behind_them_there_is_nothing_to_ask() -> None:
    """Proposals of nothing ask nothing."""
    assert openings(assetmap.propose(Neighbourhood(), WEEK)) == ()
