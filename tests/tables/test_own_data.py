"""Whoever follows the page about one's own data gets from a messy list to a week of proposals."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

import assetmap
from assetmap.errors import Severity
from tests.house.markdown import table_rows
from tests.tables.files import book, codes, laid, places
from tests.tables.messy import Hand, export, list_of_the_team, list_of_volunteers, rewritten

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "your-own-data.md"


def _errors(path: Path) -> list[str]:
    return [p.code for p in assetmap.check(path) if p.severity is Severity.ERROR]


def _met(path: Path) -> dict[str, str]:
    """Propose a week; return who answers each need."""
    plans = assetmap.propose(assetmap.read(path), week="2026-W48").plans
    return dict(zip(plans["need"], plans["provider"], strict=True))


def test_the_list_of_a_team(tmp_path: Path) -> None:
    """A title, telephone numbers as ids, a total, minutes: five steps, and two of three are met."""
    path = list_of_the_team(tmp_path)
    first = Counter(codes(path))
    assert first["not-a-table-near"] == 1
    assert first["not-a-table"] == 2
    assert first["unknown-reference"] == 0, "what follows from the unread sheet is not told"

    hand = Hand(path)
    hand.name_sheet("Bewoners Zuid 2026", "Mensen")
    hand.save()
    found = Counter(codes(path))
    assert found["headings-lower"] == found["totals-row"] == found["area-read-as"] == 1
    assert found["personal-id"] == 4
    assert sorted(_errors(path)) == ["not-on-scale", "refused-heading-contacts"]

    hand.drop_column("Mensen", "Tel.nr")
    for row in range(4, 8):
        hand.type_in("Mensen", row, "Nr.", None)
    hand.type_in("Aanbod", 3, "Naam", "Mo")
    hand.type_in("Aanbod", 3, "Aanbod", "taal")
    hand.type_in("Mensen", 5, "Wijk", "Zuid")
    hand.type_in("Mensen", 7, "Delen", "ja")
    hand.type_in("Vragen", 3, "Hoe dringend", 4)
    hand.type_in("Vragen", 4, "Hulpvraag", "computer")
    hand.save()
    assert _errors(path) == []
    assert set(codes(path)) == {"not-a-table", "headings-lower", "unknown-heading", "totals-row"}

    hood = assetmap.read(path)
    assert [person.called for person in hood.people] == ["Truus", "Ali", "Mo", "Ineke"]
    truus, ali, mo, ineke = hood.people
    assert (truus.walks_m, truus.wheelchair, mo.wheelchair) == (200, None, True)
    assert {person.area for person in hood.people} == {"Zuid"}
    assert (hood.talents[0].per_week, hood.talents[0].max_km, hood.talents[0].seats) == (2, 7.5, 3)
    assert [str(need.since) for need in hood.needs] == ["2026-11-03", "2026-10-28", "2026-11-03"]
    assert [need.talked for need in hood.needs] == [True, True, False]
    assert [str(a.fee_eur) for a in hood.activities] == ["7.00", "0.00"]
    dinner = hood.activities[0]
    assert _met(path) == {"n1": dinner.activity, "n2": ineke.person}
    assert ali.available is not None


def test_the_list_of_volunteers(tmp_path: Path) -> None:
    """Sheets without a name, full names as ids, dates in four ways: two steps."""
    path = list_of_volunteers(tmp_path)
    assert Counter(codes(path)) == {"not-a-table-near": 3, "no-table-inside": 1}
    said = [p.message for p in assetmap.check(path, language="nl")]
    assert [re.findall(r"Is misschien (\w+) bedoeld", text) for text in said[:3]] == [
        ["Mensen"],
        ["Talenten"],
        ["Vragen"],
    ]

    hand = Hand(path)
    for old, new in (("Blad1", "Mensen"), ("Blad2", "Talenten"), ("Blad3", "Vragen")):
        hand.name_sheet(old, new)
    hand.save()
    assert sorted(_errors(path)) == ["refused-heading-contacts", "unknown-reference"]
    text = repr(assetmap.check(path)) + repr(assetmap.check(path, language="nl"))
    assert not any(name in text for name in ("Wit", "Truus", "Yilmaz", "Joop"))

    hand.drop_column("Mensen", "Achternaam")
    called = {"Wit, Truus de": "Truus", "Yilmaz, Emine": "Emine", "Bakker, Joop": "Joop"}
    called["Wit, T. de"] = "Truus"
    for row in range(2, 5):
        hand.type_in("Mensen", row, "Id", None)
    for sheet, column in (("Talenten", "Persoon"), ("Vragen", "Vrager")):
        for row in range(2, 6):
            old = hand.reads(sheet, row, column)
            hand.type_in(sheet, row, column, called.get(str(old)))
    hand.save()
    assert codes(path) == []
    hood = assetmap.read(path)
    assert {str(need.since) for need in hood.needs} == {"2026-11-03"}
    assert hood.people[0].available is None
    assert _met(path)["n1"] == "p3"


def test_the_files_of_a_registration_system(tmp_path: Path) -> None:
    """Semicolons, Windows-1252, closing lines: a name and a column, and it proposes."""
    folder = export(tmp_path)
    assert Counter(codes(folder))["other-encoding"] == 1
    (folder / "Export hulpvragen 2026-11.csv").rename(folder / "vragen.csv")
    assert _errors(folder) == ["refused-heading-contacts"]

    def without_postcode(rows: list[list[str]]) -> None:
        at = rows[0].index("Postcode")
        for row in rows:
            del row[at]

    rewritten(folder / "Bewoners.csv", without_postcode)
    assert _errors(folder) == []
    hood = assetmap.read(folder)
    assert [person.called for person in hood.people] == ["Renée", "Klaas", "Zoë"]
    assert hood.people[2].languages == ("nl", "en")
    assert [str(need.fee_max_eur) for need in hood.needs] == ["12.50", "1250.00"]
    assert _met(folder) == {"V-1": "000102"}


def test_the_page_shows_what_the_screen_says() -> None:
    """Every message that the page quotes is one that assetmap gives."""
    import tomllib

    import assetmap.texts

    place = Path(assetmap.texts.__file__).parent / "nl" / "problems.toml"
    texts = [str(t) for t in tomllib.loads(place.read_text(encoding="utf-8")).values()]
    begins = [begin for text in texts for begin in _beginnings(text)]
    quoted = [cell.strip("*") for cell, *_ in table_rows(PAGE) if cell.startswith("*")]
    assert len(quoted) >= 15
    for quote in quoted:
        wanted = quote.removesuffix("…").strip(" .:")
        assert any(re.fullmatch(begin, wanted) for begin in begins), quote


def _beginnings(text: str) -> list[str]:
    """Return patterns for the first sentence of a message, the first two, and so on."""
    parts = re.split(r"(?<=[.?:]) ", text)
    shown = (" ".join(parts[: n + 1]).strip(" .:") for n in range(len(parts)))
    return [re.sub(r"\\\{\w+\\\}", ".+", re.escape(each)) for each in shown]


@pytest.mark.parametrize(
    ("text", "skipped"),
    [
        ("Totaal", True),
        ("TOTAAL:", True),
        ("Subtotaal 12", True),
        ("Totaal aantal bewoners", True),
        ("Totaalvoetbal", False),
        ("Totaal bewegen", False),
    ],
)
def test_rows_with_a_total(text: str, skipped: bool, tmp_path: Path) -> None:
    """A row that adds up is no person; a name that begins like it is."""
    laid(tmp_path, mensen=f"Roepnaam;Loopt\nJoke;200\n{text};200\n")
    assert len(assetmap.read(tmp_path).people) == (1 if skipped else 2)
    assert codes(tmp_path) == (["totals-row"] if skipped else [])


def test_a_row_with_a_number_of_its_own_is_no_total(tmp_path: Path) -> None:
    """Whatever it is called: what we wrote ourselves is always read."""
    laid(tmp_path, people="person,called\np1,Totaal\n")
    assert [p.called for p in assetmap.read(tmp_path).people] == ["Totaal"]
    laid(tmp_path, people="person,called,walks_m\nTotaal,Joke,3\n")
    assert [p.person for p in assetmap.read(tmp_path).people] == ["Totaal"]


def test_a_remark_below_a_table_is_no_person(tmp_path: Path) -> None:
    """A row without any column that is known is said and left out."""
    laid(tmp_path, mensen="Roepnaam;Notitie\nJoke;\n;volgende week verder\n")
    assert len(assetmap.read(tmp_path).people) == 1
    assert ("nothing-known", "people", 3, None) in places(assetmap.check(tmp_path))


@pytest.mark.parametrize("word", ["?", "??", "-", "–", "onbekend", "n.v.t.", "N.B.", "weet niet"])
def test_words_for_not_known_are_blank(word: str, tmp_path: Path) -> None:
    """In a number, date, time or fixed choice they say nothing; never "no"."""
    cells = ";".join([word] * 6)
    laid(tmp_path, mensen=f"Roepnaam;Rolstoel;Loopt;Tijden;Delen;Opnieuw bekijken op\n{cells}\n")
    (person,) = assetmap.read(tmp_path).people
    assert codes(tmp_path) == []
    assert person.called == word
    assert (person.wheelchair, person.walks_m, person.available) == (None, None, None)
    assert (person.share, person.review_on) == (None, None)


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("walks_m", "200 meter", 200),
        ("walks_m", "300m", 300),
        ("walks_m", "2 km", None),
        ("max_km", "3,5 km.", 3.5),
        ("max_km", "200 m", None),
        ("per_week", "2x", 2),
        ("per_week", "1 keer per week", 1),
        ("seats", "3 personen", 3),
        ("minutes", "90 min", 90),
        ("minutes", "2 uur", None),
        ("fee_eur", "€ 7,-", "7.00"),
        ("fee_eur", "gratis", "0.00"),
        ("fee_eur", "7,50 euro", "7.50"),
    ],
)
def test_numbers_with_their_unit(
    column: str, text: str, value: float | str | None, tmp_path: Path
) -> None:
    """The unit of the column itself is understood; another one is never taken for it."""
    tables = {
        "walks_m": f"person;walks_m\np1;{text}\n",
        "max_km": f"owner;category;max_km\np1;garden;{text}\n",
        "per_week": f"owner;category;per_week\np1;garden;{text}\n",
        "seats": f"owner;category;seats\np1;ride;{text}\n",
        "minutes": f"name;category;start;minutes\nx;meal;2026-11-27 18:00;{text}\n",
        "fee_eur": f"name;category;start;fee_eur\nx;meal;2026-11-27 18:00;{text}\n",
    }
    name = {"walks_m": "people", "minutes": "activities", "fee_eur": "activities"}.get(
        column, "talents"
    )
    laid(tmp_path, **{"people": "person\np1\n", name: tables[column]})
    if value is None:
        assert _errors(tmp_path) == ["not-a-number"]
        return
    (row,) = assetmap.read(tmp_path).table(name)
    assert (str(row.value(column)) if isinstance(value, str) else row.value(column)) == value


@pytest.mark.parametrize(
    ("title", "row"),
    [("Activiteiten", 3), ("Wat", 3), ("Activiteit", 3), ("", 3)],
)
def test_a_title_that_is_a_heading_itself(title: str, row: int, tmp_path: Path) -> None:
    """One known word above a row of headings is a title."""
    rows = [
        [title] if title else [None],
        [],
        ["Naam", "Wat", "Begint op"],
        ["eten", "maaltijd", "27-11-2026 18:00"],
    ]
    path = book(tmp_path / "b.xlsx", Activiteiten=rows)
    found = assetmap.check(path)
    assert [p.row for p in found if p.code == "headings-lower"] == ([row] if title else [])
    assert assetmap.read(path).activities[0].name == "eten"


def test_one_file_under_another_name(tmp_path: Path) -> None:
    """A single CSV file that no table is called after says how to call it."""
    path = tmp_path / "lijst.csv"
    path.write_text("Roepnaam;Buurt;Talen\nJoke;Noord;nl\n", encoding="utf-8")
    assert codes(path) == ["not-a-table-near", "no-table-name"]
    assert "people.csv" in assetmap.check(path)[1].message
    assert codes(tmp_path) == ["not-a-table-near", "nothing-found"]
