"""Three files as teams really keep them, and the hand that follows the page about one's own data.

Everybody in them is invented. The page is ``docs/how-to/your-own-data.md``; each step of it is one
method of :class:`Hand`, and does with a workbook what a person would do in a spreadsheet program.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["Hand", "export", "list_of_the_team", "list_of_volunteers", "rewritten"]

Cells = Sequence[Sequence[object]]


def _sheet(book: Any, name: str, rows: Cells) -> Worksheet:
    sheet: Worksheet = book.create_sheet(name)
    for row in rows:
        sheet.append(list(row))
    return sheet


def list_of_the_team(folder: Path) -> Path:
    """A title above the headings, telephone numbers as ids, a total below, sheets about else."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    people = _sheet(
        book,
        "Bewoners Zuid 2026",
        [
            ["Wijkteam Zuid - lijst van bewoners, bijgewerkt in oktober"],
            [],
            ["Nr. ", "Naam ", "Tel.nr", "Wijk", "Spreekt", "Loopafstand", "Rolstoel", "Tijden",
             "Delen", "Bijzonderheden"],
            [612340001, "Truus", "06-12340001", "Zuid ", "Nederlands", "200 m", "?", "", "ja", ""],
            [612340002, "Ali ", "06-12340002", "zuid", "Nederlands en Turks", "", "nee",
             "vr avond", "ja", "rijdt graag"],
            [612340003, "Mo", "06-12340003", "Zuid", "Arabisch, Nederlands", "1500 meter", "x",
             "di 9.00-12.00", "ja", ""],
            [612340004, "Ineke", "06-12340004", "Zuid", "Nederlands", "", "", "doordeweeks", "",
             "eerst bellen"],
            ["Totaal", "", "", "", "", "", "", "", 4, ""],
        ],
    )  # fmt: skip
    people.merge_cells("A1:J1")
    _sheet(
        book,
        "Aanbod",
        [
            ["Naam", "Aanbod", "Keer per week", "Max km", "Zitplaatsen", "Toelichting"],
            ["Ali", "vervoer", "2x", "7,5 km", "3 personen", "avonden zijn fijn"],
            ["612340003", "Arabisch praten", "1", "", "", ""],
            ["Ineke ", "boodschappen", "1 keer", "2,5", "", ""],
        ],
    )
    _sheet(
        book,
        "Vragen",
        [
            ["Wie", "Hulpvraag", "Hoe dringend", "Gevraagd op", "Besproken", "Wanneer",
             "Wil meedoen met"],
            ["Truus", "maaltijd", 4, "3-11-2026", "x", "vrijdag 17.30 - 22.00 uur", "Eetcafé"],
            ["Mo", "boodschappen", "hoog", dt.datetime(2026, 10, 28), "ja", "", ""],
            ["Truus", "hulp met computer", 2, "3-11-26", "nog niet", "", ""],
        ],
    )  # fmt: skip
    _sheet(
        book,
        "Activiteiten",
        [
            ["Activiteit", "Soort", "Wijk", "Eerste keer", "Duur", "Hoe vaak", "Plaatsen",
             "Kosten"],
            ["Eetcafé", "maaltijd", "Zuid", "27-11-2026 18:00", "120 minuten", "elke vrijdag",
             "20 personen", "€ 7,-"],
            ["Wandelen", "wandelen", "Zuid", dt.datetime(2026, 11, 24, 10), 60, "elke dinsdag", "",
             "gratis"],
        ],
    )  # fmt: skip
    _sheet(book, "Notulen 12 okt", [["Aanwezig:", "iedereen"], ["", "volgende keer taart"]])
    _sheet(book, "Begroting", [["Post", "Bedrag"], ["koffie", 120.5], ["Totaal", 120.5]])
    path = folder / "Lijst Zuid.xlsx"
    book.save(path)
    return path


def list_of_volunteers(folder: Path) -> Path:
    """Sheets without a name, full names as ids, dates in all sorts, words of their own."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    _sheet(
        book,
        "Blad1",
        [
            ["Id", "Roepnaam", "Achternaam", "Buurt", "Talen", "Beschikbaar", "Mag gedeeld"],
            ["Wit, Truus de", "Truus", "de Wit", "Noord", "Nederlands", "onbekend", "ja"],
            ["Yilmaz, Emine", "Emine", "Yilmaz", "Noord", "Turks", "ma t/m do 9-12", "ja"],
            [
                "Bakker, Joop",
                "Joop",
                "Bakker",
                "Noord",
                "Nederlands/Engels",
                "woensdagmiddag",
                "ja",
            ],
        ],
    )
    _sheet(
        book,
        "Blad2",
        [
            ["Persoon", "Wat", "Hoe lang", "Opmerking"],
            ["Yilmaz, Emine", "taal", "lang", "samen koffie drinken"],
            ["Bakker, Joop", "tuin", "1 keer", ""],
        ],
    )
    _sheet(
        book,
        "Blad3",
        [
            ["Vrager", "Wat", "Datum", "Al gesproken", "Urgentie", "Tijden"],
            ["Wit, Truus de", "tuin", "3 november 2026", "ja", 3, "-"],
            ["Bakker, Joop", "taal", "3.11.2026", "ja", "?", "n.v.t."],
            ["Yilmaz, Emine", "tuin", "2026-11-03", "", "", ""],
            ["Wit, T. de", "taal", "3/11/2026", "", "", ""],
        ],
    )
    path = folder / "Vrijwilligers.xlsx"
    book.save(path)
    return path


def export(folder: Path) -> Path:
    """Three files of a registration system: semicolons, Windows-1252, spaces, a closing line."""
    tables = {
        "Bewoners": [
            ["Persoonsnummer", "Voornaam", "Postcode", "Kern", "Taal", "Mag gedeeld", ""],
            ["000101", "Renée   ", "1234 AB", "Ruïnerwold", "nl", "Ja", ""],
            ["000102", "Klaas", "1234 AC", "Ruïnerwold", "nl", "Ja", ""],
            ["000103", "Zoë", "", "Ruïnerwold", "nl; en", "Nee", ""],
        ],
        "Export hulpvragen 2026-11": [
            ["Vraagnummer", "Persoon", "Categorie", "Datum", "Besproken", "Mag kosten", "Status"],
            ["V-1", "000101", "Tuin  ", "2-11-2026", "Ja", "12,50", "Open"],
            ["V-2", "000103", "Boodschappen", "9-11-2026", "Nee", "€ 1.250,00", "Open"],
            ["", "", "", "", "", "", "Aantal: 2"],
        ],
        "Aanbod": [
            ["Persoonsnummer", "Aanbod", "Hoe ver (km)", "Vergoeding"],
            ["000102", "tuin", "2,5", "Geen"],
        ],
    }
    place = folder / "export"
    place.mkdir()
    for name, rows in tables.items():
        with (place / f"{name}.csv").open("w", encoding="cp1252", newline="") as file:
            csv.writer(file, delimiter=";").writerows(rows)
    return place


def rewritten(path: Path, change: Callable[[list[list[str]]], None]) -> None:
    """Change the rows of a CSV file as somebody would in a text editor, and nothing else of it."""
    with path.open(encoding="cp1252", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    change(rows)
    with path.open("w", encoding="cp1252", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)


class Hand:
    """What somebody does in a spreadsheet program, by the words on the screen."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = openpyxl.load_workbook(path)

    def name_sheet(self, old: str, new: str) -> None:
        self.book[old].title = new

    def drop_column(self, sheet: str, name: str) -> None:
        self.book[sheet].delete_cols(self._heading(sheet, name).column)

    def type_in(self, sheet: str, row: int, column: str, value: object) -> None:
        self.book[sheet].cell(row, self._heading(sheet, column).column).value = value

    def reads(self, sheet: str, row: int, column: str) -> object:
        return self.book[sheet].cell(row, self._heading(sheet, column).column).value

    def save(self) -> None:
        self.book.save(self.path)

    def _heading(self, sheet: str, name: str) -> Any:
        for row in self.book[sheet].iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.strip() == name:
                    return cell
        raise LookupError(name)
