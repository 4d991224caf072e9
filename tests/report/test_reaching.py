"""Whom to call and for whom to print: who is on the contact sheet, and what it tells."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import assetmap
from assetmap.errors import PrivacyError
from assetmap.match import Proposals
from assetmap.model import Contact, Decision, Need, Neighbourhood, Person, Talent
from assetmap.report import Way, gather_contacts, gather_council, reaching_html, write_reaching
from tests.acceptance.stories import WEEK

if TYPE_CHECKING:
    from playwright.sync_api import Page


def _run(*more: object) -> Proposals:
    told = {"area": "north", "share": "yes", "ground": "consent"}
    hood = Neighbourhood.from_records(
        Person(person="w1", called="Wil", kind="worker"),
        Person(person="w2", called="Wout", kind="worker"),
        Person(person="p1", called="Ans", worker="w1", **told),
        Person(person="p2", called="Bo", worker="w2", **told),
        Person(person="p3", called="Cor", worker="w1", **told),
        Person(person="p4", called="Dirkje", **told),
        Talent(talent="t1", owner="p2", category="shopping"),
        Need(need="n1", owner="p1", category="shopping", talked=True),
        Need(need="n2", owner="p3", category="language"),
        *more,  # type: ignore[arg-type]
    )
    return assetmap.propose(hood, WEEK)


@pytest.mark.parametrize(
    ("contact", "way"),
    [
        ({"phone": "06 1", "prefers": "phone"}, Way.CALL),
        ({"prefers": "phone"}, Way.CALL),
        ({"phone": "06 1", "email": "ans@example.org", "prefers": "phone"}, Way.CALL),
        ({"phone": "06 1", "address": "Straat 1", "prefers": "paper"}, Way.PRINT),
        ({"phone": "06 1"}, Way.CALL),
        ({"address": "Straat 1"}, Way.PRINT),
        ({"name": "Ans Voorbeeld"}, Way.ASK),
        (None, Way.ASK),
        ({"phone": "06 1", "email": "ans@example.org"}, None),
        ({"email": "ans@example.org", "prefers": "email"}, None),
        ({"phone": "06 1", "prefers": "app"}, None),
    ],
)
def test_how_somebody_is_reached(contact: dict[str, str] | None, way: Way | None) -> None:
    """As they like it; else by phone, on paper, or to be asked; e-mail and app are not here."""
    known = [] if contact is None else [Contact(person="p1", **contact)]
    lines = gather_contacts(_run(), known).value.lines
    assert next((line.way for line in lines if line.person == "p1"), None) is way


def test_only_those_who_have_something_to_hear_are_on_it() -> None:
    """Who asks, who gives and who is waiting for a conversation; not the fourth, nor workers."""
    lines = gather_contacts(_run(), []).value.lines
    assert {line.called: line.about for line in lines} == {
        "Ans": ("proposed",),
        "Bo": ("proposed",),
        "Cor": ("talk",),
    }


def test_what_was_decided_is_told_as_decided() -> None:
    """After the decision to do it there is nothing to propose any more."""
    (plan,) = _run().items
    decided = Decision(plan=plan.plan, need="n1", date="2026-11-22", decision="do")
    lines = gather_contacts(_run(decided), []).value.lines
    assert {line.about for line in lines if line.person in {"p1", "p2"}} == {("pinned",)}


def test_a_worker_gets_the_own_people() -> None:
    """One worker's sheet holds nobody of the other; without a worker all, by worker."""
    run = _run()
    assert [x.called for x in gather_contacts(run, [], worker="w1").value.lines] == ["Ans", "Cor"]
    assert [x.called for x in gather_contacts(run, [], worker="w2").value.lines] == ["Bo"]
    assert [x.worker for x in gather_contacts(run, []).value.lines] == ["Wil", "Wil", "Wout"]


def test_only_what_is_needed_is_printed() -> None:
    """A telephone number to call and an address for the post, never both."""
    both = {"phone": "06 1", "address": "Straat 1"}
    known = [
        Contact(person="p1", prefers="phone", **both),
        Contact(person="p2", prefers="paper", **both),
    ]
    lines = {line.person: line for line in gather_contacts(_run(), known).value.lines}
    assert (lines["p1"].phone, lines["p1"].address) == ("06 1", None)
    assert (lines["p2"].phone, lines["p2"].address) == (None, "Straat 1")


def test_a_row_may_name_somebody_by_a_name_that_only_one_has() -> None:
    """A called name that two people have points to nobody; the first of two rows counts."""
    known = [Contact(person="ANS", prefers="paper"), Contact(person="p1", prefers="phone")]
    first = gather_contacts(_run(), known).value.lines[-1]
    assert (first.called, first.way) != ("Ans", Way.CALL)
    twice = _run(Person(person="p5", called="Ans"))
    ways = {line.person: line.way for line in gather_contacts(twice, known[:1]).value.lines}
    assert ways["p1"] is Way.ASK


def test_nothing_about_safety_is_on_it() -> None:
    """A question about safety is in no plan and no conversation list."""
    run = _run(Need(need="n9", owner="p4", category="violence"))
    assert "Dirkje" not in {line.called for line in gather_contacts(run, []).value.lines}


def test_the_page_escapes_what_people_typed_and_loads_nothing() -> None:
    """Markup in a name stays text; the page has a policy of its own and is for the team."""
    known = [Contact(person="p1", name="<b>Ans", phone="06 1", prefers="phone")]
    page = reaching_html(gather_contacts(_run(), known), "nl")
    assert "&lt;b&gt;Ans" in page
    assert "default-src 'none'" in page
    assert "Alleen voor het wijkteam." in page
    days = {"first": _run().week.monday, "last": _run().week.sunday}
    with pytest.raises(PrivacyError):
        reaching_html(gather_council(_run().hood, **days))  # type: ignore[arg-type]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_everybody_can_use_the_sheet(
    lang: str, width: int, tmp_path: Path, chromium_page: Page
) -> None:
    """Nothing is found by axe, and nothing falls off the screen; only the owner can read it."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    known = [Contact(person="p1", phone="06 1", prefers="phone"), Contact(person="p2", address="x")]
    page = tmp_path / "bellen.html"
    write_reaching(gather_contacts(_run(), known), page, lang=lang)
    assert page.stat().st_mode & 0o077 == 0
    chromium_page.set_viewport_size({"width": width, "height": 800})
    chromium_page.goto(page.as_uri())
    found = axe.Axe().run(chromium_page).response["violations"]
    assert [each["id"] for each in found] == []
    assert chromium_page.evaluate("document.documentElement.scrollWidth") <= width
