"""What is found at a path, and every way in which somebody's tables can be wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import assetmap
from assetmap.errors import DataProblems, Severity
from assetmap.model import Policy
from assetmap.tables import check, read
from tests.tables.files import book, codes, errors, laid, places


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    """A missing file is a problem for check and an exception for read."""
    assert codes(tmp_path / "nergens") == ["no-such-file"]
    with pytest.raises(DataProblems, match="nergens is not there"):
        read(tmp_path / "nergens")


def test_an_empty_folder(tmp_path: Path) -> None:
    """Nothing to read is an error that says how to begin."""
    assert codes(tmp_path) == ["nothing-found"]
    assert "assetmap new" in check(tmp_path)[0].message


@pytest.mark.parametrize(
    ("name", "code"),
    [("a.xls", "other-workbook"), ("a.ods", "other-workbook"), ("a.pdf", "other-file")],
)
def test_other_kinds_of_file(name: str, code: str, tmp_path: Path) -> None:
    """A file that is no folder, workbook or document says what to give instead."""
    (tmp_path / name).write_bytes(b"x")
    assert codes(tmp_path / name) == [code]


def test_files_that_are_no_table_are_passed_over(tmp_path: Path) -> None:
    """Readme, picture, results and what spreadsheet programs leave behind bring no word."""
    laid(tmp_path, people="person\np1\n", plans="plan,need\n", unmet="need\n")
    for name in ("README.md", "kaart.svg", "run.json", "~$Buurt.xlsx", ".~lock.x.csv#"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert codes(tmp_path) == []


def test_a_file_with_a_misspelt_name(tmp_path: Path) -> None:
    """A table that would be missed in silence is named, with the likely intention."""
    laid(tmp_path, people="person\np1\n", tallenten="x\n", iets="x\n")
    found = check(tmp_path, language="nl")
    assert [p.code for p in found] == ["not-a-table", "not-a-table-near"]
    assert "Talenten" in found[1].message


def test_a_table_is_there_once(tmp_path: Path) -> None:
    """The same table under two names is an error that names both files."""
    laid(tmp_path, people="person\np1\n", mensen="Roepnaam\nJoke\n")
    (found,) = check(tmp_path)
    assert (found.code, found.table) == ("table-twice", "people")
    assert "people.csv" in found.message
    assert "mensen.csv" in found.message


def test_a_folder_with_a_workbook(tmp_path: Path) -> None:
    """A workbook in a folder is read, together with tables that have a file of their own."""
    book(tmp_path / "Buurt.xlsx", Mensen=[["Roepnaam"], ["Joke"]])
    laid(tmp_path, vragen="Wie,Wat\nJoke,maaltijd\n")
    assert read(tmp_path).needs[0].owner == "p1"
    book(tmp_path / "Kopie.xlsx", Mensen=[["Roepnaam"], ["Joke"]])
    assert codes(tmp_path) == ["several-workbooks"]


def test_contacts_are_never_opened(tmp_path: Path) -> None:
    """The file with addresses may be anything; nothing of it is read."""
    laid(tmp_path, people="person\np1\n", contacts="person,phone\np1,06-12345678\n")
    hood = read(tmp_path)
    assert hood.notices == ()
    assert "06-12345678" not in repr(hood)


def test_contacts_inside_a_workbook_are_an_error(tmp_path: Path) -> None:
    """Addresses have a file of their own, and nothing of the sheet is repeated."""
    sheets = {"Mensen": [["Roepnaam"], ["Joke"]], "Contacten": [["Naam", "Telefoon"], ["Jo", "06"]]}
    (found,) = check(book(tmp_path / "b.xlsx", **sheets))
    assert (found.code, found.severity) == ("contacts-inside", Severity.ERROR)
    assert "contacts.csv" in found.message


def test_safeguards_inside_a_workbook_count_and_are_warned_of(tmp_path: Path) -> None:
    """A protection is never passed over; a warning says where it belongs."""
    sheets = {
        "Mensen": [["Roepnaam", "Nummer"], ["Joke", "p1"], ["Ali", "p2"]],
        "Maatregelen": [
            ["Persoon", "Niet bij", "Van", "Opnieuw bekijken op"],
            ["Joke", "Ali", "1-1-2026", "1-6-2026"],
        ],
    }
    path = book(tmp_path / "b.xlsx", **sheets)
    assert codes(path) == ["safeguards-inside"]
    assert read(path).safeguards[0].at == "p2"


@pytest.mark.parametrize("form", ["folder", "workbook"])
def test_rows_under_wrong_headings(form: str, tmp_path: Path) -> None:
    """A table without a single known heading is one problem, not one for every cell."""
    if form == "folder":
        path = laid(tmp_path, people="Kleur,Maat\nrood,3\nblauw,4\n")
    else:
        path = book(tmp_path / "b.xlsx", Mensen=[["Kleur", "Maat"], ["rood", 3]])
    found = check(path)
    assert places(found) == [("no-known-headings", "people", 1, None)]
    assert "rood" not in found[0].message


def test_headings_below_a_title(tmp_path: Path) -> None:
    """A title above the headings does no harm, and is said."""
    laid(tmp_path, people="Onze buurt,\n,\nRoepnaam,Loopt\nJoke,ver\n")
    assert places(check(tmp_path)) == [
        ("headings-lower", "people", 3, None),
        ("not-a-number", "people", 4, "walks_m"),
    ]


def test_a_column_that_every_row_needs(tmp_path: Path) -> None:
    """It is told once, not for every row."""
    laid(tmp_path, people="person\np1\n", needs="owner\np1\np1\np1\n")
    assert places(check(tmp_path)) == [("missing-column", "needs", 1, "category")]


def test_a_sheet_with_headings_only(tmp_path: Path) -> None:
    """No rows is no fault; a file without anything is worth a notice."""
    assert codes(laid(tmp_path, people="person,called\n", needs="")) == ["no-rows"]


def test_an_activity_without_a_date(tmp_path: Path) -> None:
    """A blank start and a start without a time are told apart."""
    laid(tmp_path, activities="name,category,start\neten,meal,\neten,meal,2026-11-27\n")
    assert places(check(tmp_path)) == [
        ("missing-value", "activities", 2, "start"),
        ("no-time-of-day", "activities", 3, "start"),
    ]


def test_a_reference_to_nobody(tmp_path: Path) -> None:
    """It names row and column, and where to look; never what was typed."""
    laid(tmp_path, people="person\np1\n", needs="owner,category\nTruus de Wit,meal\n")
    (found,) = check(tmp_path, language="nl")
    assert places([found]) == [("unknown-reference", "needs", 2, "owner")]
    assert "Mensen" in found.message
    assert "Truus" not in repr(found)


REFUSED = [
    "Nationaliteit", "nationality", "Land van herkomst", "Country of birth", "Geloof", "Religie",
    "religion", "Diagnose", "diagnosis", "BSN", "bsn-nummer", "Burgerservicenummer", "Etniciteit",
    "ethnic origin", "Origin", "Medische gegevens", "medical notes", "Medicatie", "Ziekte",
    "Beperking", "Gezondheid", "Seksuele voorkeur", "Politieke voorkeur", "Ras", "Geboorteland",
    "nationalteit",
]  # fmt: skip
CONTACTS = [
    "Adres", "Home address", "E-mail", "email", "E-mailadres", "Telefoonnummer", "phone", "Mobiel",
    "Postcode", "Achternaam", "Geboortedatum", "date of birth", "IBAN",
]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "code"),
    [(h, "refused-heading-never") for h in REFUSED]
    + [(h, "refused-heading-contacts") for h in CONTACTS],
)
def test_headings_that_the_tables_have_no_place_for(
    heading: str, code: str, tmp_path: Path
) -> None:
    """An error, and no cell below the heading enters any object or message."""
    laid(tmp_path, people=f"person,{heading}\np1,geheim-woord\n")
    found = check(tmp_path)
    assert [(p.code, p.severity) for p in found] == [(code, Severity.ERROR)]
    with pytest.raises(DataProblems) as raised:
        read(tmp_path)
    assert "geheim-woord" not in repr(raised.value.problems) + str(raised.value) + repr(found)


def test_no_heading_of_ours_is_refused() -> None:
    """The words of our own list never mean something refused."""
    from assetmap.model import RECORDS, columns
    from assetmap.tables import vocabulary

    for table, record in RECORDS.items():
        for column in columns(record):
            for language in ("nl", "en"):
                label = vocabulary.heading(table, column.name, language)
                assert vocabulary.refused(table, label) is None, (table, column.name)


def test_a_misspelt_heading_is_named_with_the_likely_one(tmp_path: Path) -> None:
    """The column is kept under its own name, and not used."""
    laid(tmp_path, mensen="Roepnaam;Rolstoell;Schoenmaat\nJoke;ja;38\n")
    found = check(tmp_path, language="nl")
    assert [(p.code, p.severity) for p in found] == [
        ("misspelt-heading", Severity.WARNING),
        ("unknown-heading", Severity.NOTICE),
    ]
    assert "Rolstoel " in found[0].message
    hood = read(tmp_path)
    assert hood.extra == {"people": {"p1": {"Rolstoell": "ja", "Schoenmaat": "38"}}}
    assert hood.people[0].wheelchair is None


@pytest.mark.parametrize("headings", ["called,called", "Roepnaam,called", "kleur,kleur"])
def test_a_heading_that_is_there_twice(headings: str, tmp_path: Path) -> None:
    """Two columns of one meaning: nobody can know which counts."""
    laid(tmp_path, people=f"person,{headings}\np1,a,b\n")
    assert "double-heading" in codes(tmp_path)


def test_called_names_and_qualified_ids(tmp_path: Path) -> None:
    """A reference may be an id, a called name, or name its table."""
    laid(
        tmp_path,
        people="person,called\n1,Joke\n2,Ali\n",
        initiatives="initiative,name\n1,Eetcafé\n",
        needs="owner,category\njoke,meal\ninitiative:1,money\nEetcafé,land\n1,meal\n",
    )
    found = check(tmp_path)
    assert places(found) == [("ambiguous-reference", "needs", 5, "owner")]
    assert "person:1" in found[0].message
    assert "initiative:1" in found[0].message


def test_numbers_that_a_spreadsheet_program_made_of_ids(tmp_path: Path) -> None:
    """``12.0`` is 12; ``1E+05`` is read as 100000, with a warning."""
    laid(
        tmp_path,
        people="person\n12.0\n1E+05\n",
        needs="owner,category\n12,meal\n100000,meal\n",
    )
    assert codes(tmp_path) == ["scientific-id"]
    assert [n.owner for n in read(tmp_path).needs] == ["12", "100000"]


def test_own_categories_are_understood_by_name(tmp_path: Path) -> None:
    """A category that the team adds can be used by its Dutch name at once."""
    laid(
        tmp_path,
        people="person\np1\n",
        categorieën="Code;Onderdeel van;Naam;Afstand telt\nzaag;creatief;figuurzagen;niet\n",
        needs="owner,category\np1,Figuurzagen\n",
    )
    hood = read(tmp_path)
    assert hood.needs[0].category == "zaag"
    assert (hood.categories[0].parent, hood.categories[0].distance) == ("creative", "not")
    assert hood.notices == ()


def test_a_fault_in_the_categories_brings_no_others(tmp_path: Path) -> None:
    """One wrong word in the team's own categories is one problem."""
    laid(
        tmp_path,
        people="person\np1\n",
        categories="category,name_nl,distance\nzaag,figuurzagen,ver\n",
        needs="owner,category\np1,zaag\n",
    )
    assert places(check(tmp_path)) == [("not-in-list", "categories", 2, "distance")]


def test_examples_are_left_out_once_there_is_a_row_of_ones_own(tmp_path: Path) -> None:
    """Examples give the first run something to show, and never mix with real people."""
    people = "Roepnaam\nVoorbeeld Anja\n"
    needs = "Wie,Wat\nVoorbeeld Anja,maaltijd\n"
    assert len(read(laid(tmp_path, mensen=people, vragen=needs)).needs) == 1
    laid(tmp_path, mensen=people + "Joke\n")
    hood = read(tmp_path)
    assert ([p.called for p in hood.people], hood.needs) == (["Joke"], ())
    assert [p.code for p in hood.notices] == ["examples-left-out", "examples-left-out"]


def test_examples_are_known_when_people_go_by_id(tmp_path: Path) -> None:
    """Also in tables that a program wrote, where owners are ids."""
    laid(
        tmp_path,
        people="person,called\np1,Voorbeeld Anja\n",
        needs="need,owner,category\nn1,p1,meal\nn2,person:p1,meal\n",
    )
    assert len(read(tmp_path).needs) == 2
    laid(tmp_path, people="person,called\np1,Voorbeeld Anja\np2,Joke\n")
    assert (len(read(tmp_path).people), len(read(tmp_path).needs)) == (1, 0)


def test_messages_exist_in_both_languages_and_hold_no_personal_value(tmp_path: Path) -> None:
    """The same problems, in the same order, in two languages."""
    laid(
        tmp_path,
        people="person,called,walks_m,minor\np1,Geheimnaam,verstop-ver,misschien\n",
        talents="owner,category,term\np1,ride,altijd\n",
    )
    dutch, english = check(tmp_path, language="nl"), check(tmp_path, language="en")
    assert places(dutch) == places(english)
    assert [d.message != e.message for d, e in zip(dutch, english, strict=True)] == [True] * 3
    assert not any(w in repr(dutch) + repr(english) for w in ("Geheimnaam", "verstop", "misschien"))
    (term,) = (p for p in dutch if p.column == "term")
    assert "eenmalig, kort, lang" in term.message


def test_a_policy_that_is_given_wins_from_team_toml(tmp_path: Path) -> None:
    """What a script says goes before the file, even before a file that is wrong."""
    laid(tmp_path, people="person\np1\n")
    (tmp_path / "team.toml").write_text("horizon_weeks = 3\n", encoding="utf-8")
    assert read(tmp_path).policy.horizon_weeks == 3
    assert read(tmp_path, policy=Policy(horizon_weeks=2)).policy.horizon_weeks == 2
    (tmp_path / "team.toml").write_text("horizon_weeks = 99\n", encoding="utf-8")
    assert codes(tmp_path) == ["too-large"]
    assert read(tmp_path, policy=Policy()).people[0].person == "p1"


def test_one_table_by_itself(tmp_path: Path) -> None:
    """A single CSV file is a neighbourhood of one table."""
    laid(tmp_path, people="person\np1\n")
    assert len(read(tmp_path / "people.csv").people) == 1


def test_reading_is_reached_from_the_front_door_and_loads_no_workbook_library(
    tmp_path: Path,
) -> None:
    """Reading CSV leaves openpyxl, xlsxwriter and pandas alone."""
    laid(tmp_path, people="person\np1\n")
    code = (
        "import sys, assetmap\n"
        f"assetmap.read({str(tmp_path)!r})\n"
        "assert not {'openpyxl', 'xlsxwriter', 'pandas'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert assetmap.check(tmp_path) == []
    assert errors(check(tmp_path)) == []
