"""The week of an initiative: who comes and who helps, and nothing of what anybody asked."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest

import assetmap
from assetmap.errors import PrivacyError, UnknownName
from assetmap.match import Proposals
from assetmap.model import Decision, Safeguard
from assetmap.privacy import Audience
from assetmap.report import (
    gather_initiative_week,
    gather_initiatives,
    gather_own_week,
    initiative_week_html,
    write_initiative_week,
)
from assetmap.report.initiative_week import initiative_week_slip
from tests.acceptance.stories import WEEK, more, put
from tests.report.evening import EVENING, evening

if TYPE_CHECKING:
    from pathlib import Path

    from assetmap.report import InitiativeItem

THURSDAY = dt.date(2026, 11, 26)


def _items(run: Proposals, initiative: str = "i1") -> list[InitiativeItem]:
    return list(gather_initiative_week(run, initiative).value.items)


def _supper(run: Proposals) -> InitiativeItem:
    (found,) = [item for item in _items(run) if item.kind == "activity"]
    return found


def _with_safeguard(**cells: object) -> Proposals:
    """Run the evening, and lay down a protection afterwards: the plans stand already."""
    run = evening()
    row = Safeguard.model_validate(
        {"safeguard": "s1", "from": "2026-01-01", "review_on": "2027-01-01", **cells}
    )
    return dataclasses.replace(run, hood=dataclasses.replace(run.hood, safeguards=(row,)))


def test_the_evening_is_told_as_those_who_run_it_need_it() -> None:
    """Time and place, how many come and who agreed to be known, who drives, who cooks."""
    run = evening()
    assert gather_initiatives(run).value.initiatives == ("i1", "i2")
    released = gather_initiative_week(run, "initiative:i1")
    assert released.audience is Audience.INITIATIVE
    slip = initiative_week_slip(released, "nl")
    assert [(task.when, task.lines) for task in slip.tasks] == [
        (
            "donderdag 26 november",
            ("Jullie vroegen: kok.", "Van 16.00 tot 17.00 uur.", "Wie helpt: Tom."),
        ),
        (
            "donderdag 26 november",
            (
                "Samen eten",
                "Van 18.00 tot 20.00 uur.",
                "Plaats: Zaal De Hoek.",
                "Er komen 4 mensen: Rie en nog 3 anderen.",
                "Er komt iemand in een rolstoel. Zorg voor een ingang zonder drempel.",
                "Wie rijdt: Sam.",
            ),
        ),
        (
            "Wat jullie vroegen",
            ("Jullie vroegen: ruimte.", "Dit is nog niet rond. Het team is ermee bezig."),
        ),
    ]


def test_whom_an_initiative_helps_is_told_and_not_with_what() -> None:
    """Its own help at home: by name, day and hour; what is needed is told by the team."""
    first, second = initiative_week_slip(gather_initiative_week(evening(), "i2"), "en").tasks
    assert first.lines == (
        "You help somebody. The team tells you what is needed.",
        "From 10:00 to 11:00.",
        "Who: Jet.",
    )
    assert second.lines[3:] == ("1 person comes: Rie.",)


def test_nothing_else_is_on_the_page() -> None:
    """No word of what anybody asked, how it was heard, who is only proposed, no id, no area."""
    run = evening()
    page = initiative_week_html(gather_initiative_week(run, "i1"), "nl").partition("<main>")[2]
    words = set(re.findall(r"\w+", page.casefold()))
    ids = {row.id for table in ("people", "needs", "talents") for row in getattr(run.hood, table)}
    names = {"ana", "kees", "wil", "dirk", "jet", "bep", "marga"}
    told = {"maaltijd", "huisarts", "noordhoek", "gezelschap", "klus", "toestemming", "a1", "i1"}
    assert words.isdisjoint({*map(str, ids), *names, *told})
    assert {"rie", "sam", "tom", "ruimte"} <= words


def test_who_did_not_agree_is_a_number() -> None:
    """Blank and ``team`` count; so does a review that is past, and somebody under age."""
    people = put(EVENING["people"], "p1", review_on="2026-11-22")
    assert (_supper(evening(people=people)).guests, _supper(evening(people=people)).others) == (
        (),
        4,
    )
    young = put(EVENING["people"], "p1", minor="yes")
    assert _supper(evening(people=young)).guests == ()
    known = put(put(EVENING["people"], "p4", share="yes"), "p5", share="yes", ground="consent")
    assert _supper(evening(people=known)).guests == ("Ana", "Kees", "Rie")
    nameless = put(EVENING["people"], "p1", called="")
    assert (_supper(evening(people=nameless)).guests, _supper(evening(people=nameless)).others) == (
        (),
        4,
    )


def test_helpers_are_named_on_the_same_ground() -> None:
    """A driver and a cook who did not agree are somebody whom the team knows."""
    people = put(put(EVENING["people"], "p2", share=""), "p3", share="team")
    slip = initiative_week_slip(gather_initiative_week(evening(people=people), "i1"), "en")
    told = [line for task in slip.tasks for line in task.lines]
    assert "Who drives: somebody whom the team knows." in told
    assert "Who helps: somebody whom the team knows." in told


def test_what_is_only_proposed_is_on_no_sheet() -> None:
    """After a decision to do it, it is counted; another decision takes nobody along."""
    run = evening()
    assert "p7" not in str(_items(run))
    plan = run.plan_for("n8")
    assert plan is not None
    assert plan.status == "proposed"
    decided = Decision(plan=plan.plan, need="n8", date="2026-11-22", decision="do")
    after = assetmap.propose(dataclasses.replace(run.hood, decisions=(decided,)), WEEK)
    assert _supper(after).guests == ("Dirk", "Rie")
    assert gather_initiatives(evening(arrangements="arrangement;need;leg;provider\n")).value == (
        type(gather_initiatives(run).value)(())
    )


def test_nothing_of_a_sensitive_question() -> None:
    """Who comes for it is one more to lay the table for, and is never named, driven or seen to."""
    needs = EVENING["needs"]
    before = _supper(evening())
    assert (before.guests, before.others) == (("Rie",), 3)
    open_about_it = _supper(evening(needs=put(needs, "n4", sensitive="")))
    assert (open_about_it.guests, open_about_it.others) == (("Rie", "Wil"), 2)
    own = put(needs, "n6", sensitive="yes")
    assert [item.kind for item in _items(evening(needs=own))] == ["ask", "activity"]


def test_a_helper_reads_no_subject_of_a_sensitive_question() -> None:
    """Whom and when, and that it is help; with what is told by the team."""
    needs = put(EVENING["needs"], "n7", sensitive="yes")
    rows = put(EVENING["arrangements"], "r8", provider="p6", talent="t4")
    run = evening(needs=put(needs, "n7", category="listening"), arrangements=rows)
    tasks = gather_own_week(run, "p6").value.tasks
    assert [(task.whom, task.what) for task in tasks] == [("Jet", None)]


@pytest.mark.parametrize("at", ["i1", "a1", "p9", "p4"])
def test_whoever_is_kept_apart_never_shows(at: str) -> None:
    """From the initiative, its activity, who runs it, or who comes as well: not even counted."""
    supper = _supper(_with_safeguard(person="p1", at=at))
    assert (supper.guests, supper.step_free) == ((), None)
    assert supper.others == (2 if at == "p4" else 3)


def test_whoever_is_kept_from_somebody_elsewhere_is_not_named() -> None:
    """A name on a sheet could reach the one they are kept from; the number tells nothing."""
    supper = _supper(_with_safeguard(person="p1", at="p8"))
    assert (supper.guests, supper.others) == ((), 4)
    driver = _supper(_with_safeguard(person="p8", at="p2"))
    assert [(each.role, each.names, each.others) for each in driver.helping] == [("ride", (), 1)]
    over = _supper(_with_safeguard(person="p1", at="i1", until="2026-11-20"))
    assert over.guests == ("Rie",)


def test_a_helper_is_not_sent_to_whom_they_are_kept_from() -> None:
    """The same for a helper's own sheet, whatever was arranged before."""
    assert gather_own_week(evening(), "p2").value.tasks
    apart = _with_safeguard(person="p1", at="p2")
    assert gather_own_week(apart, "p2").value.tasks == ()


def test_a_way_in_is_only_told_where_it_must_be_arranged() -> None:
    """Where there are no steps nothing has to be arranged, so nothing is told of anybody."""
    assert _supper(evening()).step_free is True
    ready = put(EVENING["places"], "hall", step_free="yes")
    assert _supper(evening(places=ready)).step_free is None
    (_, repairing) = _items(evening(), "i2")
    assert repairing.step_free is None


def test_an_own_question_that_was_closed_is_gone() -> None:
    """Nothing is told any more; one that is open makes no sheet by itself."""
    closed = put(EVENING["needs"], "n6", closed_on="2026-11-01")
    assert [item.kind for item in _items(evening(needs=closed))] == ["ask", "activity"]
    more_asked = more(EVENING["initiatives"], "i3;Naaiclub;;noordhoek;running")
    asked = more(EVENING["needs"], "n10;i3;space;yes")
    run = evening(initiatives=more_asked, needs=asked)
    assert "i3" not in gather_initiatives(run).value.initiatives
    (item,) = _items(run, "i3")
    assert not item.settled


def test_an_initiative_reads_nothing_of_another() -> None:
    """Two initiatives each get their own; of a name that nobody has an error is told."""
    assert {item.activity for item in _items(evening(), "i2")} == {None, "Repareren"}
    with pytest.raises(UnknownName):
        gather_initiative_week(evening(), "i99")
    with pytest.raises(PrivacyError):
        initiative_week_html(gather_own_week(evening(), "p2"))  # type: ignore[arg-type]


def test_what_people_typed_is_escaped(tmp_path: Path) -> None:
    """Names with signs stay text, and only the owner can read the file."""
    people = put(EVENING["people"], "p1", called="<b>Rie")
    initiatives = put(EVENING["initiatives"], "i1", name='"><script>x')
    released = gather_initiative_week(evening(people=people, initiatives=initiatives), "i1")
    path = tmp_path / "week.html"
    write_initiative_week(released, path, lang="nl")
    page = path.read_text(encoding="utf-8")
    assert "&lt;b&gt;Rie" in page
    assert "<script" not in page
    assert path.stat().st_mode & 0o077 == 0
