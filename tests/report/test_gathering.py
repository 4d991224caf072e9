"""The facts of the page of the week, and who may have them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

import assetmap
from assetmap import Neighbourhood, PrivacyError, Proposals
from assetmap.model import Decision, Safeguard
from assetmap.plans import PlanStatus, Reason
from assetmap.privacy import Audience
from assetmap.report import WeekFacts, gather
from assetmap.solvers import Reason as Stopped
from assetmap.solvers import Status
from tests.golden.hoods import HOODS, WEEK
from tests.plans.small import need, person, talent


@pytest.fixture(scope="module")
def bundled() -> Proposals:
    """The week of the invented neighbourhood."""
    return assetmap.propose(assetmap.read(Path(__file__).parents[2] / "examples/buurthuis"), WEEK)


def _facts(name: str) -> WeekFacts:
    return gather(assetmap.propose(HOODS[name](), WEEK)).value


def _of(*records: object, **changes: object) -> WeekFacts:
    run = assetmap.propose(Neighbourhood.from_records(*records), WEEK)  # type: ignore[arg-type]
    return gather(replace(run, **changes)).value  # type: ignore[arg-type]


@pytest.mark.parametrize("audience", [a for a in Audience if a is not Audience.TEAM])
def test_the_page_is_for_the_team_alone(audience: Audience) -> None:
    """It tells of people by name; others are refused, whatever is in it."""
    with pytest.raises(PrivacyError, match=f"not for {audience.value}"):
        gather(assetmap.propose(Neighbourhood(), WEEK), audience)


def test_every_plan_and_every_gap_is_on_the_page(bundled: Proposals) -> None:
    """Nothing is lost when plans are folded and gaps are put together."""
    facts = gather(bundled).value
    proposed = {p.plan for p in bundled.items if p.status is not PlanStatus.STANDING}
    assert {plan for story in facts.stories for plan in story.plans} == proposed
    assert {s.need for s in facts.stories} == {
        p.need for p in bundled.items if p.status is not PlanStatus.STANDING
    }
    asks = [ask for group in facts.missing for ask in group.asks]
    told = sorted(str(ask.need) for ask in (*asks, *facts.conversations))
    assert told == sorted(gap.need for gap in bundled.gaps)
    assert facts.missing_count == len(bundled.gaps)


def test_stories_come_in_order_of_time(bundled: Proposals) -> None:
    """The first date of each story is not before that of the one above it."""
    first = [story.times.first for story in gather(bundled).value.stories if story.times]
    assert first == sorted(first)


def test_an_evening_with_rides_is_one_story() -> None:
    """What one goes to, who drives there and who drives back stand together."""
    (story,) = _facts("evening").stories
    told = [(giver.role, giver.name, giver.activity) for giver in story.givers]
    assert told == [
        ("activity", "De Lange Tafel", "Eetcafé"),
        ("ride_out", "Jet", None),
        ("ride_back", "Anouk", None),
    ]
    assert story.via == (("Jet",),)
    assert story.acquainted is False
    assert story.unknown is False


def test_a_rota_is_one_story() -> None:
    """Who comes how often; a rhythm instead of six dates."""
    (story,) = _facts("visits").stories
    assert [(giver.name, giver.times) for giver in story.givers] == [("Henk", 3), ("Zaza", 3)]
    assert story.times is not None
    assert (story.times.count, story.times.weekdays) == (6, (0, 2))
    assert story.acquainted is True


def test_needs_with_the_same_reason_stand_together() -> None:
    """A reason and its remedy are said once, in the order of the codes."""
    facts = _facts("lacking")
    codes = [group.reason for group in facts.missing]
    assert codes == [r.value for r in Reason if r.value in codes]
    both = next(g for g in facts.missing if g.reason == "not_possible_here")
    assert [ask.asker for ask in both.asks] == ["Dirk", "Evi"]
    assert [ask.asker for ask in facts.conversations] == ["Milan"]
    assert Reason.FIRST_CONVERSATION.value not in codes


def test_what_fell_away_and_what_is_too_much_is_told() -> None:
    """Arrangements that stopped, and hours over what was agreed."""
    facts = _facts("visits")
    assert [said["nl"] for said in facts.stopped] == ["Toos: hulp door Ria valt weg."]
    assert [said["en"] for said in facts.overloaded] == [
        "Mo (shopping) gives more hours already than was agreed."
    ]


def test_a_decision_that_is_no_longer_possible_is_told() -> None:
    """Its need is named; a note that leads nowhere is left out."""
    records = (
        person("p1", called="Ans"),
        need("n1", "p1", "shopping"),
        Decision(plan="n1-x", need="n1", date=dt.date(2026, 11, 1), decision="other"),
    )
    run = assetmap.propose(Neighbourhood.from_records(*records), WEEK)
    noted = replace(run.certificate, notes=("n1-x", "elsewhere"))
    (said,) = gather(replace(run, certificate=noted)).value.stopped
    assert said["en"] == "Ans (shopping): this was decided, but it is no longer possible."


def test_safeguards_are_a_number_and_nothing_more() -> None:
    """What is to be looked at again: people and needs by name, protections as a count."""
    facts = _of(
        person("p1", called="Ans", review_on=dt.date(2026, 11, 24)),
        person("p2", called="Bo"),
        person("p3", called="Cor", review_on=dt.date(2026, 11, 24)),
        need("n1", "p2", "shopping", review_on=dt.date(2026, 11, 20)),
        Safeguard(
            safeguard="s1",
            person="p2",
            at="p1",
            from_=dt.date(2026, 1, 1),
            review_on=dt.date(2026, 11, 24),
            reason="threat",
        ),
    )
    assert {said["en"] for said in facts.reviews} == {
        "Talk with Ans and Cor again about what may be shared.",
        "Bo (shopping): see whether this need still stands.",
        "There is 1 safeguard to look at again.",
    }


def test_talents_come_first_and_name_only_who_may_be_asked() -> None:
    """Who said no, is not asked yet, is under age or in a protection is counted, not named."""
    facts = _of(
        person("p1", called="Free"),
        person("p2", called="No", share="no"),
        person("p3", called="Unasked", share=None, ground=None),
        person("p4", called="Young", minor=True),
        person("p5", called="Apart"),
        person("p6", called="Gone", until=dt.date(2026, 10, 1)),
        person("p7", called="Perhaps young", born=2000),
        *(talent(f"t{k}", f"p{k}", "pets") for k in range(1, 8)),
        Safeguard(
            safeguard="s1",
            person="p5",
            at="p1",
            from_=dt.date(2026, 1, 1),
            until=dt.date(2026, 2, 1),
            review_on=dt.date(2026, 2, 1),
        ),
        Safeguard(
            safeguard="s2",
            person="p5",
            at="p2",
            from_=dt.date(2026, 1, 1),
            review_on=dt.date(2027, 2, 1),
        ),
    )
    (theme,) = facts.themes
    assert (theme.label["nl"], theme.offers) == ("huisdieren", 6)
    assert theme.free == ("Free",)
    assert (facts.talents, facts.people, facts.initiatives) == (6, 6, 0)


def test_who_takes_part_already_is_not_named_again() -> None:
    """Somebody with a plan this week is not called free."""
    (theme,) = _facts("buddies").themes
    assert theme.free == ()


@pytest.mark.parametrize(
    ("status", "stopped", "considered", "said"),
    [
        (Status.OPTIMAL, Stopped.FINISHED, "all", (True, True, False, False, False)),
        (Status.OPTIMAL, Stopped.FINISHED, "times", (True, True, False, True, False)),
        (Status.OPTIMAL, Stopped.FINISHED, "cut", (True, True, True, False, False)),
        (Status.FEASIBLE, Stopped.TIME_LIMIT, "all", (True, False, False, False, True)),
        (Status.NO_SOLUTION, Stopped.TIME_LIMIT, "all", (False, False, False, False, True)),
        (Status.INFEASIBLE, Stopped.FINISHED, "all", (False, False, False, False, False)),
    ],
)
def test_the_proof_says_what_was_proven(
    status: Status, stopped: Stopped, considered: str, said: tuple[bool, ...]
) -> None:
    """Best only where it was proven."""
    run = assetmap.propose(Neighbourhood(), WEEK)
    certificate = replace(run.certificate, status=status, stopped=stopped, considered=considered)
    proof = gather(replace(run, certificate=certificate)).value.proof
    weighed = (proof.cut, proof.some_times)
    assert (proof.found, proof.optimal, *weighed, proof.out_of_time) == said


def test_safety_is_nowhere_in_the_facts(bundled: Proposals) -> None:
    """No record that was set apart is named."""
    text = repr(gather(bundled).value)
    apart = (*bundled.apart.safety, *bundled.apart.unmapped)
    assert apart
    assert [r.record for r in apart if f"'{r.record.partition(':')[2]}'" in text] == []


def test_facts_do_not_change(bundled: Proposals) -> None:
    """The same run gives the same facts, and they are read-only."""
    assert gather(bundled).value == gather(bundled).value
    story = gather(bundled).value.stories[0]
    assert isinstance(story.asked, MappingProxyType)
