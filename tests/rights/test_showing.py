"""Everything about one person, and nothing of what others asked, refused or were kept from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assetmap.errors import UnknownName
from assetmap.history import History
from assetmap.model import Decision
from assetmap.rights import export_person, person_page
from assetmap.rights.results import HISTORY
from assetmap.texts import Language
from assetmap.week import run
from tests.rights.hood import FULL_NAME, PHONE, mentions, street


def test_her_own_rows_are_in_it(tmp_path: Path) -> None:
    """Person, talent, question, tie, what she said, what was noted, contact data."""
    found = export_person(street(tmp_path / "straat"), "p1")
    assert {name: len(rows) for name, rows in found.tables.items()} == {
        "people": 1,
        "talents": 1,
        "needs": 1,
        "ties": 1,
        "observations": 2,
        "initiatives": 1,
        "contacts": 1,
    }
    text = found.to_json()
    assert json.loads(text)["tables"]["contacts"][0]["phone"] == PHONE
    assert FULL_NAME in person_page(found, "nl")
    assert {(line.table, line.column) for line in found.read_first} == {
        ("talents", "description"),
        ("observations", "note"),
    }


def test_what_is_of_others_is_not(tmp_path: Path) -> None:
    """No question or refusal of another, nobody's confidence; the team sees what was left out."""
    found = export_person(street(tmp_path / "straat"), "p1")
    text = found.to_json() + person_page(found)
    for word in ("n2", "n2-abc", "liever later", "Cor", "p3", "ob4", "w2", "reported_by"):
        assert not mentions(text, word), word
    held = {(line.table, line.row) for line in found.held_back}
    assert held >= {("decisions", 2), ("safeguards", 2), ("observations", 5), ("ties", 3)}


@pytest.mark.parametrize("lang", list(Language))
@pytest.mark.parametrize("person", ["p1", "p3"])
def test_a_safeguard_makes_no_difference(tmp_path: Path, person: str, lang: Language) -> None:
    """With and without one the files are the same to the byte, for both of the two people."""
    folder = street(tmp_path / "straat")
    found = export_person(folder, person)
    before = (found.to_json(), person_page(found, lang.value))
    (folder / "safeguards.csv").unlink()
    found = export_person(folder, person)
    assert (found.to_json(), person_page(found, lang.value)) == before


def test_a_safety_question_makes_no_difference(tmp_path: Path) -> None:
    """It is with the named worker and nowhere else."""
    folder = street(tmp_path / "straat")
    before = export_person(folder, "p1").to_json()
    with (folder / "needs.csv").open("a", encoding="utf-8") as file:
        file.write("n9;p1;violence;5;2026-11-01;yes;\n")
    assert export_person(folder, "p1").to_json() == before


def test_a_concern_of_a_neighbour_is_not_in_it(tmp_path: Path) -> None:
    """Who told it would be known by it."""
    folder = street(tmp_path / "straat")
    before = export_person(folder, "p1").to_json()
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.write("ob9;2026-11-01;company;noord;p1;p2;;w1;Ze roept zo\n")
        file.write("ob10;2026-11-01;company;noord;p1;;h2;p2;Ze is veel weg\n")
    assert export_person(folder, "p1").to_json() == before


def test_earlier_weeks_tell_the_own_part(tmp_path: Path) -> None:
    """As asker the question, as helper the part; never who else, or whether somebody refused."""
    folder, out = street(tmp_path / "straat"), tmp_path / "uit"
    run(folder, "2026-W48", out=out)
    asker, helper = (export_person(folder, name, out=out) for name in ("p1", "p2"))
    assert {row["part"] for row in asker.history} == {"asked"}
    assert {row["need"] for row in asker.history} == {"n1"}
    assert "offered" in {row["part"] for row in helper.history}
    assert not mentions(helper.to_json(), "n1")
    assert not mentions(json.dumps([dict(row) for row in asker.history]), "p2")
    with History(out / HISTORY) as store:
        plan = next(p for p in store.runs()[0].plans if p.need == "n1")
        day = plan.occurrence.date() if hasattr(plan.occurrence, "date") else plan.occurrence
        facts = {"plan": plan.plan, "need": "n1", "date": day or "2026-11-24"}
        store.decide([Decision(**facts, provider="p2", decision="no_more", remark="kan niet")])
    assert export_person(folder, "p1", out=out).to_json() == asker.to_json()


def test_the_page_is_in_a_language_they_read(tmp_path: Path) -> None:
    """The first language that there are words in; else that of the team."""
    folder = street(tmp_path / "straat")
    people = folder / "people.csv"
    lines = people.read_text(encoding="utf-8").splitlines()
    lines[0] += ";languages"
    lines[1] += ";ar, en-GB, nl"
    people.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert export_person(folder, "p1").language is Language.EN
    assert export_person(folder, "p2").language is Language.NL
    assert "Roepnaam: Bram" in person_page(export_person(folder, "p2"))


def test_nobody_is_an_error(tmp_path: Path) -> None:
    """An id that is not there, and a called name, which may be that of several."""
    for name in ("p99", "Zwaantje"):
        with pytest.raises(UnknownName, match="column `person`"):
            export_person(street(tmp_path / "straat"), name)
