"""Why a need has this plan, or why none: the facts, and the answer in words."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import assetmap
from assetmap import Neighbourhood, Proposals, UnknownName, UnusableInput, explain
from assetmap.explain import Outcome
from assetmap.plans import Reason
from tests.golden.hoods import HOODS, WEEK
from tests.plans.small import need, person, talent, worker


@pytest.fixture(scope="module")
def bundled() -> Proposals:
    """The week of the invented neighbourhood."""
    return assetmap.propose(assetmap.read(Path(__file__).parents[2] / "examples/buurthuis"), WEEK)


def _run(name: str) -> Proposals:
    return assetmap.propose(HOODS[name](), WEEK)


def test_every_need_can_be_explained_and_every_score_adds_up(bundled: Proposals) -> None:
    """Each need of a run has an answer; the parts of a score are the score, exactly."""
    outcomes = set()
    for each in bundled.hood.needs:
        told = explain.why(bundled, each.need)
        outcomes.add(told.outcome)
        assert str(told)
        for plan in told.plans:
            scores = next(p.scores for p in bundled.items if p.plan == plan.plan)
            assert plan.fit == scores.get("fit")
            assert sum(plan.parts.values()) == (plan.fit or 0)
    assert outcomes == set(Outcome) - {Outcome.SUBJECT_UNKNOWN}


def test_a_score_that_does_not_add_up_is_refused() -> None:
    """Parts that are not the whole would be a false explanation."""
    run = _run("buddies")
    plan = run.items[0]
    wrong = replace(plan, scores={**plan.scores, "fit": plan.scores["fit"] + 1})
    with pytest.raises(UnusableInput, match="do not add up"):
        explain.why(replace(run, items=(wrong,)), "n1")


def test_the_plans_of_a_need_together_hold_every_date(bundled: Proposals) -> None:
    """Dates on which the same people do the same are one plan; none is lost or told twice."""
    for each in bundled.hood.needs:
        told = explain.why(bundled, each.need)
        dates = sorted(str(date) for plan in told.plans for date in plan.dates)
        mine = [p for p in bundled.items if p.need == each.need]
        assert dates == sorted(str(p.occurrence) for p in mine)


def test_an_evening_with_rides_is_told_in_order() -> None:
    """There, the evening, and back again; with who introduces whom and what to ask."""
    told = explain.why(_run("evening"), "n1")
    (plan,) = told.plans
    assert [leg.leg.value for leg in plan.legs] == ["ride_out", "activity", "ride_back"]
    assert [leg.provider for leg in plan.legs] == ["w1", "i1", "p3"]
    assert plan.legs[2].chain == ("p1", "w1", "p3")
    text = str(told)
    assert text.index("brengt p1 naar") < text.index("kan meedoen") < text.index("naar huis")
    assert len(plan.questions) == 4


def test_a_gap_tells_reason_remedy_and_worker() -> None:
    """Facts of a gap are typed; the funnel is counts in the fixed order."""
    told = explain.why(_run("lacking"), "n3", language="en")
    assert told.outcome is Outcome.UNMET
    assert told.gap is not None
    assert told.gap.reason is Reason.NEXT_OCCURRENCE
    assert str(told.gap.next_date) == "2027-01-03"
    assert (told.gap.closest, told.gap.worker) == ("a2", "w1")
    assert told.funnel is not None
    assert told.funnel.removed == ((Reason.NEXT_OCCURRENCE, 1),)
    assert "The next date is Sunday 3 January." in str(told)


def test_dates_that_stand_and_dates_that_fell_away_are_both_told() -> None:
    """What goes on comes first, then what is missing for the other days."""
    told = explain.why(_run("visits"), "n3", language="en")
    assert told.outcome is Outcome.PLANNED
    assert told.gap is not None
    assert "For the days after Wednesday 25 November there is nothing yet." in told.sentences


@pytest.mark.parametrize(
    ("hood", "asked", "outcome"),
    [
        ("giving", "n2", Outcome.MET_BY_GIVING),
        ("lacking", "n9", Outcome.NOT_OPEN),
        ("visits", "need:n2", Outcome.PLANNED),
    ],
)
def test_needs_without_a_plan_or_gap_have_an_answer_too(
    hood: str, asked: str, outcome: Outcome
) -> None:
    """Met by giving, closed, or standing: each is said."""
    told = explain.why(_run(hood), asked)
    assert told.outcome is outcome
    assert len(told.sentences) >= 1


def test_an_unknown_need_is_named_with_the_nearest() -> None:
    """The error is a KeyError that helps."""
    with pytest.raises(UnknownName, match="no need 'n11' in this run; did you mean 'n1'"):
        explain.why(_run("evening"), "n11")
    with pytest.raises(UnknownName, match=r"no need 'q' in this run$"):
        explain.why(_run("evening"), "q")


def test_a_need_about_safety_is_as_if_it_were_not_there() -> None:
    """It was set apart for the named worker; nothing here knows of it."""
    hood = Neighbourhood.from_records(
        person("p1"), need("n1", "p1", "violence"), need("n2", "p1", "shopping")
    )
    run = assetmap.propose(hood, WEEK)
    with pytest.raises(UnknownName) as caught:
        explain.why(run, "n1")
    assert "violence" not in str(caught.value)


def test_the_language_is_that_of_the_team_unless_one_is_named() -> None:
    """The facts are the same in every language, the words are not."""
    run = _run("buddies")
    dutch, english = explain.why(run, "n1"), explain.why(run, "n1", language="en-GB")
    assert (dutch.language, english.language) == ("nl", "en")
    assert "Maandag 23 november" in str(dutch)
    assert "Monday 23 November" in str(english)
    assert dutch.plans[0].parts == english.plans[0].parts


def test_the_facts_can_be_written_as_json(bundled: Proposals) -> None:
    """Plain values all the way down."""
    for each in bundled.hood.needs:
        told = explain.why(bundled, each.need).to_dict()
        assert json.loads(json.dumps(told)) == told


def test_in_a_notebook_what_people_typed_stays_text() -> None:
    """Names and conditions are escaped."""
    hood = Neighbourhood.from_records(
        person("p1", called="<b>Ans</b>"),
        person("p2", called="Bo"),
        talent("t1", "p2", conditions="<script>alert(1)</script>"),
        need("n1", "p1", "shopping"),
    )
    run = assetmap.propose(hood, WEEK)
    shown = explain.why(run, "n1", name=explain.called(hood))._repr_html_()
    assert "&lt;b&gt;Ans&lt;/b&gt;" in shown
    assert "<script" not in shown
    assert shown.startswith('<div lang="nl">')


def test_what_python_shows_of_an_explanation_is_one_line_without_names() -> None:
    """The need, what became of it and how many plans; nothing of whom."""
    hood = Neighbourhood.from_records(
        person("p1", called="Ans"), person("p2", called="Bo"), need("n1", "p1", "shopping")
    )
    answer = explain.why(assetmap.propose(hood, WEEK), "n1", name=explain.called(hood))
    assert repr(answer) == f"<Explanation n1: {answer.outcome.value}, no plan>"


def test_nobody_learns_what_another_asked(bundled: Proposals) -> None:
    """An explanation names no need but its own; what it also helps is an id for the team alone."""
    others = {n.need for n in bundled.hood.needs}
    for each in bundled.hood.needs:
        words = set(str(explain.why(bundled, each.need)).replace(".", " ").split())
        assert words & (others - {each.need}) == set()


@pytest.mark.parametrize(
    ("lang", "said"), [("nl", "Kies uit de lijst"), ("en", "Choose from the list")]
)
def test_a_need_of_an_unknown_subject_is_answered_in_words(lang: str, said: str) -> None:
    """It took no part; who holds it is named, and what to do. One about safety is not there."""
    hood = Neighbourhood.from_records(
        worker("w1"),
        person("p1", worker="w1"),
        need("n1", category="fladderen"),
        need("n2", category="violence"),
    )
    assert [p.code for p in hood.notices if p.table == "needs"] == ["unknown-category"]
    run = assetmap.propose(hood, "2026-W48")
    for written in ("n1", "need:n1"):
        told = explain.why(run, written, language=lang, name=lambda name: f"<{name}>")
        assert told.outcome is Outcome.SUBJECT_UNKNOWN
        assert said in str(told)
        assert "<w1>" in str(told)
        assert told.to_dict()["outcome"] == "subject_unknown"
    with pytest.raises(UnknownName, match="There is no need"):
        explain.why(run, "n2")
    with pytest.raises(UnknownName, match="choose a category"):
        explain.alternatives(run, "n1")
