"""CSV as the world writes it: separators, letters, quotes, ragged and damaged files."""

from __future__ import annotations

from pathlib import Path

import pytest

from assetmap.tables import check, read
from tests.tables.files import codes, laid, places

MENSEN = "Roepnaam{0}Loopt (meter){0}Talen\nJoke{0}200{0}Nederlands\nAndré{0}50{0}nl | Turks\n"


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_separator_mark_and_line_ends_are_recognised(
    mark: str, bom: bytes, ending: str, tmp_path: Path
) -> None:
    """Comma, semicolon or tab; with or without a byte order mark; line ends of any system."""
    text = MENSEN.format(mark).replace("\n", ending)
    (tmp_path / "mensen.csv").write_bytes(bom + text.encode())
    hood = read(tmp_path)
    assert [(p.called, p.walks_m, p.languages) for p in hood.people] == [
        ("Joke", 200, ("nl",)),
        ("André", 50, ("nl", "tr")),
    ]
    assert hood.notices == ()


def test_a_line_that_names_the_separator_is_understood(tmp_path: Path) -> None:
    """``sep=;`` is for the program, and does not count as a row."""
    laid(tmp_path, mensen="sep=;\nRoepnaam;Loopt\nJoke;veel\n")
    assert places(check(tmp_path)) == [("not-a-number", "people", 2, "walks_m")]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_other_letters_are_read_with_a_warning(encoding: str, tmp_path: Path) -> None:
    """A file of an older spreadsheet program is read, and a warning says to look at accents."""
    (tmp_path / "mensen.csv").write_bytes(MENSEN.format(";").encode(encoding))
    assert read(tmp_path).people[1].called == "André"
    assert codes(tmp_path) == ["other-encoding"]


@pytest.mark.parametrize(
    "raw",
    [b"PK\x03\x04....", b"%PDF-1.7", b"Roepnaam\x00;x", b"\xff\xfe\x00", b"naam\n\x81\x8d\x8f\n"],
)
def test_a_binary_file_named_csv_is_no_table(raw: bytes, tmp_path: Path) -> None:
    """One clear error, and no rubbish rows."""
    (tmp_path / "mensen.csv").write_bytes(raw)
    assert codes(tmp_path) == ["not-text"]


def test_quotes_commas_and_line_ends_inside_a_cell(tmp_path: Path) -> None:
    """RFC 4180: a cell may hold anything between quotation marks; rows count as in a sheet."""
    laid(
        tmp_path,
        people="person,called\np1,Joke\n",
        talents='owner,category,description,seats\np1,ride,"een ""rit"",\nheen",\np1,ride,x,veel\n',
    )
    assert places(check(tmp_path))[-1] == ("not-a-number", "talents", 3, "seats")
    laid(tmp_path, talents='owner,category,description\np1,ride,"een ""rit"",\nheen"\n')
    assert read(tmp_path).talents[0].description == 'een "rit",\nheen'


@pytest.mark.parametrize("text", ['a,"b\nc,d\ne,f\n', 'a,"b" c\nx,y\n'])
def test_a_quotation_mark_that_is_never_closed_loses_no_row_in_silence(
    text: str, tmp_path: Path
) -> None:
    """The rest of the file would become one cell; it is an error at that row."""
    laid(tmp_path, people="person,called\n" + text)
    assert ("wrong-quotes", 2) in [(p.code, p.row) for p in check(tmp_path)]


def test_a_row_with_too_many_cells_is_an_error(tmp_path: Path) -> None:
    """A comma in a text without quotes moves everything after it, so the row cannot be used."""
    laid(tmp_path, people="person,called,available\np1,Joke,ma 9-12, di 9-12\np2,Ali\n")
    assert places(check(tmp_path)) == [("too-many-cells", "people", 2, None)]


def test_short_and_blank_rows_are_fine(tmp_path: Path) -> None:
    """A row may end early; rows without anything are passed over, and numbers go on."""
    laid(tmp_path, people="person,called,walks_m\n\np1\n,,\np2,Ali,ver\n")
    assert places(check(tmp_path)) == [("not-a-number", "people", 5, "walks_m")]


def test_a_cell_with_a_whole_book_in_it(tmp_path: Path) -> None:
    """Too much text in a cell is said with its row; other problems are told as well."""
    laid(tmp_path, people="person,called,walks_m\np1," + "x" * 200_000 + ",\np2,,ver\n")
    assert places(check(tmp_path)) == [
        ("cell-too-large", None, 2, None),
        ("not-a-number", "people", 3, "walks_m"),
    ]
    laid(tmp_path, people="person,called\np1," + "x" * 20_000 + "\n")
    assert places(check(tmp_path)) == [("too-long", "people", 2, "called")]


def test_formulas_that_were_marked_come_back_bare(tmp_path: Path) -> None:
    """The mark before a formula goes; an apostrophe of the language stays."""
    laid(tmp_path, people="person,called,motive\np1,'=1+1,'s ochtends fit\n")
    person = read(tmp_path).people[0]
    assert (person.called, person.motive) == ("=1+1", "'s ochtends fit")


def test_a_file_that_may_not_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A locked file is a problem with a remedy, not an exception."""
    laid(tmp_path, people="person\np1\n")

    def locked(path: Path) -> bytes:
        raise PermissionError(13, "locked", str(path))

    monkeypatch.setattr(Path, "read_bytes", locked)
    assert codes(tmp_path) == ["file-locked"]


def test_decimal_comma_and_dutch_dates(tmp_path: Path) -> None:
    """Numbers and dates are read the way Dutch people write them."""
    laid(
        tmp_path,
        mensen="Roepnaam\nJoke\n",
        talenten="Wie;Wat;Hoe ver (km);Kosten\nJoke;vervoer;3,5;€ 7,50\n",
        vragen="Wie;Wat;Sinds\nJoke;maaltijd;2-11-2026\n",
    )
    hood = read(tmp_path)
    assert hood.talents[0].max_km == 3.5
    assert str(hood.talents[0].fee_eur) == "7.50"
    assert str(hood.needs[0].since) == "2026-11-02"
    assert (hood.needs[0].owner, hood.needs[0].category) == ("p1", "meal")
