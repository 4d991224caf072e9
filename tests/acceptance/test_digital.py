"""Help with a phone or a computer is an ordinary question; nobody needs an e-mail for it (S18)."""

from __future__ import annotations

from pathlib import Path

import pytest

import assetmap
from assetmap.plans import Plan
from assetmap.report import Way, gather_contacts, gather_sheets, reaching_html, sheets_html
from assetmap.tables import read_contacts
from tests.acceptance.stories import WEEK, files, givers, run, the_plan

ALARM = {
    "people": """
        person;area;born;share
        rie;north;1935;yes
        sam;north;1990;yes
        """,
    "talents": """
        talent;owner;category
        t1;sam;computer
        """,
    "needs": """
        need;owner;category;talked
        n1;rie;smartphone_help;yes
        """,
}

CONTACTS = {
    "neither": "person;name;phone;email;prefers\nrie;;;;\nsam;;;;\n",
    "phone": "person;name;phone;email;prefers\nrie;Rie Voorbeeld;06 00000000;;phone\nsam;;;;\n",
    "paper": "person;name;address;prefers\nrie;Rie Voorbeeld;Voorbeeldstraat 1;paper\n",
}


def test_S18_help_with_a_phone_is_a_question_like_any_other() -> None:
    """It is met by a neighbour who offers help with computers."""
    assert givers(run(ALARM), "n1") == {"help": "sam"}


@pytest.mark.parametrize("known", CONTACTS.values(), ids=CONTACTS)
def test_S18_who_has_no_e_mail_gets_the_same_proposal(tmp_path: Path, known: str) -> None:
    """How somebody is reached is in a file of its own, and makes no difference to matching."""
    (tmp_path / "contacts.csv").write_text(known, encoding="utf-8")
    plan = the_plan(assetmap.propose(files(tmp_path, ALARM), WEEK), "n1")
    assert isinstance(plan, Plan)
    assert plan == the_plan(run(ALARM), "n1")


def test_S18_who_has_no_e_mail_is_on_the_list_to_call_or_to_print(tmp_path: Path) -> None:
    """Rie is called and Sam gets paper; who reads e-mail is not on the list."""
    rows = (
        "person;phone;email;address;prefers\nrie;06 00000000;;;\nsam;;;Voorbeeldstraat 1;papier\n"
    )
    (tmp_path / "contacts.csv").write_text(rows, encoding="utf-8")
    proposals = assetmap.propose(files(tmp_path, ALARM), WEEK)
    lines = gather_contacts(proposals, read_contacts(tmp_path)).value.lines
    assert [(line.person, line.way) for line in lines] == [("rie", Way.CALL), ("sam", Way.PRINT)]
    page = reaching_html(gather_contacts(proposals, read_contacts(tmp_path)), "nl")
    assert "06 00000000" in page.partition("Op papier")[0]
    assert "Voorbeeldstraat 1" in page.partition("Op papier")[2]
    mailed = rows.replace("06 00000000;;", ";rie@example.org;")
    (tmp_path / "contacts.csv").write_text(mailed, encoding="utf-8")
    lines = gather_contacts(proposals, read_contacts(tmp_path)).value.lines
    assert [line.person for line in lines] == ["sam"]


def test_S18_who_has_no_e_mail_has_the_week_on_paper() -> None:
    """What was agreed is on a sheet in large letters; no file with addresses is needed for it."""
    table = "arrangement;need;leg;provider;rrule;since\nr1;n1;help;sam;FREQ=WEEKLY;2026-11-05"
    proposals = run(ALARM, arrangements=table)
    made = gather_sheets(proposals, key=b"a key of the tests")
    assert [line.reader for line in made.listed.value.lines] == ["person:sam"]
    assert "Met iemand die het team kent: hulp" in sheets_html(made.listed, made.sheets, lang="nl")
