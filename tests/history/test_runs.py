"""A run is kept whole, once, and comes back as it was."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import pytest

import assetmap
from assetmap import Neighbourhood, Proposals
from assetmap.errors import UnknownName, UnusableInput
from assetmap.history import History, KeptRun, compare
from assetmap.model import Need, Person, Policy
from tests.golden.hoods import WEEK, evening, visits
from tests.history.test_older import walkers


@pytest.fixture(scope="module")
def proposals() -> Proposals:
    return assetmap.propose(evening(), WEEK)


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "history.sqlite")


def test_a_run_comes_back_as_it_was(history: History, proposals: Proposals) -> None:
    """Every plan, part and gap, the settings, the proof and the seed; ids, no sentences."""
    kept = history.keep(proposals, {"people.csv": "1f", "needs.csv": "2e"})
    assert [p.plan for p in kept.plans] == sorted(p.plan for p in proposals.items)
    of = {p.plan: p for p in proposals.items}
    for plan in kept.plans:
        was = of[plan.plan]
        assert (plan.need, plan.occurrence, plan.status) == (was.need, was.occurrence, was.status)
        assert plan.asker == proposals.hood.need(plan.need).owner
        assert [
            (g.leg, g.provider, g.talent, g.activity, g.rung, g.introducer) for g in plan.legs
        ] == [(g.leg, g.provider, g.talent, g.activity, g.rung, g.introducer) for g in was.legs]
    assert {(g.need, g.reason) for g in kept.gaps} == {(g.need, g.reason) for g in proposals.gaps}
    assert kept.policy["language"] == proposals.policy.language
    assert kept.inputs == {"people.csv": "1f", "needs.csv": "2e"}
    assert kept.certificate["objective"] == dict(proposals.certificate.objective)
    assert (kept.week, kept.seed, kept.status) == (WEEK, 0, "optimal")
    assert history.run(kept.run) == kept


def test_what_is_kept_outlives_the_program(tmp_path: Path, proposals: Proposals) -> None:
    """Another program, or the next week, reads the same."""
    with History(tmp_path / "h.sqlite") as first:
        kept = first.keep(proposals)
    with History(tmp_path / "h.sqlite", must_exist=True) as second:
        assert second.runs() == (kept,)
        assert second.before("2026-W49") == kept
        assert second.before(WEEK) is None


def test_the_same_run_twice_is_kept_once(history: History, proposals: Proposals) -> None:
    """Also when the rows were in another order; another seed or policy is another run."""
    first = history.keep(proposals)
    hood = proposals.hood
    turned = replace(hood, people=hood.people[::-1], needs=hood.needs[::-1])
    assert history.keep(assetmap.propose(turned, WEEK)) == first
    second = history.keep(assetmap.propose(hood, WEEK, seed=1))
    third = history.keep(assetmap.propose(hood, WEEK, policy=Policy(horizon_weeks=4)))
    assert [run.run for run in history.runs()] == [first.run, second.run, third.run]
    assert history.before("2026-W49") == third


def test_weeks_are_asked_for_by_name(history: History, proposals: Proposals) -> None:
    """A week without runs has none; a number that is not there is named with those that are."""
    kept = history.keep(proposals)
    assert history.runs(WEEK) == (kept,)
    assert history.runs("2026-W49") == ()
    with pytest.raises(UnknownName, match="There is no run 7; there are runs 1 to 1"):
        history.run(7)


def test_names_and_remarks_are_not_in_the_file(tmp_path: Path, proposals: Proposals) -> None:
    """The store holds ids: not one called name of the neighbourhood is in its bytes."""
    with History(tmp_path / "h.sqlite") as history:
        history.keep(proposals)
    bytes_ = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    names = [person.called for person in proposals.hood.people if person.called]
    assert names
    assert b"p1" in bytes_
    for name in names:
        assert name.encode() not in bytes_


def test_only_the_owner_can_read_it(tmp_path: Path, proposals: Proposals) -> None:
    """The file and what lies beside it while it is used are closed to others."""
    with History(tmp_path / "h.sqlite") as history:
        history.keep(proposals)
        for path in tmp_path.iterdir():
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path.name


def test_a_history_that_must_be_there(tmp_path: Path) -> None:
    """Asking for one that is not there makes no file."""
    with pytest.raises(UnusableInput, match=r"no history at h\.sqlite"):
        History(tmp_path / "h.sqlite", must_exist=True)
    assert list(tmp_path.iterdir()) == []


def _run(number: int, hood: Neighbourhood, path: Path, **choices: object) -> KeptRun:
    with History(path / f"{number}.sqlite") as history:
        return history.keep(assetmap.propose(hood, WEEK, **choices))  # type: ignore[arg-type]


def replace_policy(policy: Policy) -> Policy:
    """The same choices, in English."""
    return policy.model_copy(update={"language": "en"})


def test_what_is_different_between_two_runs(tmp_path: Path) -> None:
    """Needs that came, went, are met now or are not any more, and settings by name."""
    hood = visits()
    one = _run(1, hood, tmp_path)
    extra = Need(need="n99", owner=hood.people[0].person, category="garden", talked=True)
    fewer = [need for need in hood.needs if need.need != one.plans[0].need]
    other = replace(
        hood, needs=(*fewer, extra), decisions=(), arrangements=(), referrals=(), extra={}
    )
    two = _run(2, other, tmp_path, policy=replace_policy(hood.policy))
    told = compare(one, two)
    assert told.gone == (one.plans[0].need,)
    assert told.asked == ("n99",)
    assert told.settings == ("language",)
    assert told.inputs == ("records",)
    assert told.versions == ()
    same = compare(one, one)
    assert (same.met, same.unmet, same.gone, same.asked, same.changed) == ((), (), (), (), ())
    assert same.stayed == tuple(sorted(plan.plan for plan in one.plans))


def test_met_and_unmet_are_each_others_mirror(tmp_path: Path) -> None:
    """What is newly met one way is no longer met the other way."""
    ask = Need(need="n1", owner="p1", category="shopping", talked=True)
    lone = Neighbourhood.from_records(Person(person="p1"), ask)
    one = _run(1, lone, tmp_path)
    helped = assetmap.Neighbourhood.from_records(
        Person(person="p1", share="yes", ground="consent"),
        Person(person="p2", share="yes", ground="consent"),
        ask,
        assetmap.Talent(talent="t1", owner="p2", category="shopping"),
        assetmap.Tie(a="p1", b="p2", kind="friend"),
    )
    two = _run(2, helped, tmp_path)
    assert [plan.need for plan in two.plans] == ["n1"]
    assert compare(one, two).met == compare(two, one).unmet == ("n1",)
    assert compare(one, two).unmet == compare(two, one).met == ()


def test_a_wish_met_by_giving_is_a_wish_that_is_met(tmp_path: Path) -> None:
    """Who walks along with a neighbour wanted to walk: it is not gone, and not newly asked."""
    hood = walkers()
    with History(tmp_path / "h.sqlite") as history:
        both = history.keep(assetmap.propose(hood, WEEK))
        alone = replace(hood, needs=tuple(n for n in hood.needs if n.need != "n1"))
        one = history.keep(assetmap.propose(alone, "2026-W49"))
    plan = next(plan for plan in both.plans if plan.need == "n1")
    assert (plan.also_helps, plan.also_answers) == (("n2",), ())
    told = compare(both, one)
    assert (told.gone, told.unmet, told.asked, told.met) == (("n1",), ("n2",), (), ())
    back = compare(one, both)
    assert (back.asked, back.met) == (("n1",), ("n1", "n2"))
    assert compare(both, both).changed == ()


def test_other_questions_of_the_same_visit_are_kept(tmp_path: Path) -> None:
    """Two questions that one evening answers know of each other."""
    hood = evening()
    second = Need(
        need="n9", owner="p1", category="meal", wants="a1", talked=True, tried="own_network"
    )
    proposals = assetmap.propose(replace(hood, needs=(*hood.needs, second)), WEEK)
    with History(tmp_path / "h.sqlite") as history:
        kept = history.keep(proposals)
    assert any(plan.also_answers for plan in kept.plans)
    of = {plan.plan: plan for plan in proposals.items}
    for plan in kept.plans:
        assert plan.also_answers == of[plan.plan].also_answers
        assert plan.also_helps == of[plan.plan].also_helps


def test_the_run_that_was_made_last_is_the_last(tmp_path: Path) -> None:
    """Tables that were changed and changed back: the first run of the week counts again."""
    hood = walkers()
    other = replace(hood, talents=hood.talents[:1])
    with History(tmp_path / "h.sqlite") as history:
        assert history.last(WEEK) is None
        first = history.keep(assetmap.propose(hood, WEEK))
        second = history.keep(assetmap.propose(other, WEEK))
        assert (history.last(WEEK), history.before("2026-W49")) == (second, second)
        assert history.keep(assetmap.propose(hood, WEEK)) == first
        assert (history.last(WEEK), history.before("2026-W49")) == (first, first)
        assert [run.run for run in history.runs()] == [first.run, second.run]
