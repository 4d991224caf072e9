"""What of the funnel may be seen outside."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetmap import explain
from assetmap.model import Decision
from assetmap.plans.enumeration import REASONS
from assetmap.plans.funnels import outward
from assetmap.plans.outcome import Funnel, Reason
from tests.plans.small import PAIR, kept_apart, need, person, run, talent

NEUTRAL = sorted(name for name, why in REASONS.items() if why is Reason.NOT_POSSIBLE_HERE)
ONE = (*PAIR, talent("t1", "p2"), need("n1"))


@pytest.mark.parametrize(
    "why",
    [
        (kept_apart("p1", "p2"),),
        (Decision(plan="x", need="n1", provider="p2", date="2026-11-20", decision="no_more"),),
    ],
)
def test_nobody_reads_from_a_result_who_refused_or_is_kept_from_whom(why):
    """A protection and a refusal look the same, in the funnels, as text and in explain."""
    found = run(*ONE, *why)
    hidden = run(person("p1"), person("p2", share="no"), *ONE[2:])
    assert found.funnels == hidden.funnels
    assert repr(found.funnels["n1"]) == repr(hidden.funnels["n1"])
    assert found.funnels["n1"].removed == (("not_possible_here", 1),)
    assert explain.why(found, "n1").funnel == explain.why(hidden, "n1").funnel
    assert not [name for name in NEUTRAL if name in repr(found)]


@given(removed=st.dictionaries(st.sampled_from(sorted(REASONS)), st.integers(1, 5)))
@settings(max_examples=30)
def test_the_counts_stay_the_same_and_the_order_tells_nothing(removed):
    """Nothing is lost, no neutral name is left, and doing it again changes nothing."""
    funnel = Funnel(sum(removed.values()), tuple(removed.items()), 0)
    seen = outward(funnel)
    assert sum(n for _, n in seen.removed) == funnel.offers
    assert not {name for name, _ in seen.removed} & set(NEUTRAL)
    assert outward(seen) == seen
    if "not_possible_here" in dict(seen.removed):
        assert seen.removed[0][0] == "not_possible_here"
