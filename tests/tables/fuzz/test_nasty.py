"""Named nasty files: one line each, with what must be said of them."""

from __future__ import annotations

import os
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from assetmap.tables import check, read, write_back_ids
from tests.tables.files import book, codes

HEAD = "Roepnaam;Loopt\n"

CSV: dict[str, tuple[bytes, list[str]]] = {
    "NUL bytes": (b"Roepnaam\nJo\x00ke\n", ["not-text"]),
    "UTF-16 without a mark": ((HEAD + "Joke;1\n").encode("utf-16-le"), ["not-text"]),
    "UTF-16, one byte short": ((HEAD + "Joke;1\n").encode("utf-16")[:-1], ["not-text"]),
    "a letter cut in two": ("Roepnaam\nAndré\nZoë".encode() + b"\xc3\n", ["mixed-encoding"]),
    "two encodings": ("Roepnaam\nAndré\n".encode() + "Zoë\n".encode("cp1252"), ["mixed-encoding"]),
    "latin-1": ((HEAD + "André;1\n").encode("latin-1"), ["other-encoding"]),
    "a lone quotation mark": (b'Roepnaam;Loopt\n"Jo"ke;1\nAli;2\n', ["wrong-quotes"]),
    "a mark that never closes": (b'Roepnaam;Loopt\n"Joke;1\nAli;2\n', ["wrong-quotes"]),
    "a cell of 10 MB": (b"Roepnaam\n" + b"x" * 10_000_000 + b"\n", ["cell-too-large"]),
    "a cell of 40,000 signs": (b"Roepnaam\n" + b"(" * 40_000 + b"\n", ["cell-too-large"]),
    "a heading of 10 MB": (
        b"Roepnaam;" + b"(" * 10_000_000 + b"\nJoke;\n",
        ["cell-too-large", "no-known-headings"],
    ),
    "line ends of an old Mac": (b"Roepnaam\rJoke\rAli\r", []),
    "ragged rows": (b"Roepnaam;Loopt\nJoke\nAli;2;3\n", ["too-many-cells"]),
    "blank rows": (b"\n\nRoepnaam;Loopt\n\n;\nJoke;1\n\n", []),
    "headings only": (b"Roepnaam;Loopt\n", []),
    "nothing": (b"", ["no-rows"]),
    "a byte order mark only": (b"\xef\xbb\xbf", ["no-rows"]),
    "sep in capitals": (b"SEP=;\r\nRoepnaam;Loopt\r\nJoke;1\r\n", []),
    "sep between marks": (b'"sep=;"\nRoepnaam;Loopt\nJoke;1\n', []),
    "a name with invisible signs": ("Nummer\np1\np\u200b1\n".encode(), ["double-id"]),
    "other digits": ("Roepnaam;Loopt\nJoke;٣٠٠\n".encode(), []),
    "a number without end": (b"Roepnaam;Loopt\nJoke;1e400\n", ["not-a-number"]),
    "a list of marks": (b'Roepnaam;Talen\nJoke;"|,|"\n', []),
    "a gzip": (b"\x1f\x8b" + bytes(50), ["not-text"]),
}


@pytest.mark.parametrize("name", CSV)
def test_csv(name: str, tmp_path: Path) -> None:
    """Said with a code, and never an exception."""
    raw, expected = CSV[name]
    (tmp_path / "mensen.csv").write_bytes(raw)
    assert codes(tmp_path) == expected


DOCUMENTS: dict[str, tuple[bytes, list[str]]] = {
    "a hundred thousand brackets": (b'{"people": ' + b"[" * 100_000, ["document-too-deep"]),
    "the same name twice": (b'{"people": [], "people": []}', ["document-double-name"]),
    "Infinity": (b'{"people": [{"walks_m": Infinity}]}', ["document-shape"]),
    "an exponent without end": (b'{"people": [{"walks_m": 1e999999999}]}', ["not-a-number"]),
    "a number of a megabyte": (
        b'{"people": [{"walks_m": ' + b"9" * 1_000_000 + b"}]}",
        ["cell-too-large"],
    ),
    "half a letter": (b'{"people": [{"called": "Jo\\ud800ke"}]}', []),
    "half a letter in a name": (
        b'{"people": [{"called": "Joke", "kleur\\ud800": 1}]}',
        ["unknown-heading"],
    ),
    "rows of many names": (
        b'{"people": [' + b",".join(b'{"k%d": 1}' % n for n in range(600)) + b"]}",
        ["table-too-large"],
    ),
    "a byte order mark": (b'\xef\xbb\xbf{"people": [{"called": "Joke"}]}', []),
    "rubbish behind it": (b'{"people": []} x', ["document-damaged"]),
    "a list for a row": (b'{"people": [["Joke"]]}', ["document-table-shape"]),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents(name: str, tmp_path: Path) -> None:
    """Said with a code, and ids go back into what can be read."""
    raw, expected = DOCUMENTS[name]
    path = tmp_path / "buurt.json"
    path.write_bytes(raw)
    assert codes(path) == expected
    if not expected:
        people = read(path).people
        assert [p.code for p in write_back_ids(path)] == ["ids-written"]
        assert read(path).people == people


SETTINGS: dict[str, tuple[str, str]] = {
    "a number of 5,000 digits": ("horizon_weeks = " + "9" * 5000, "settings-unreadable"),
    "brackets without end": ("reserved = " + "[" * 100_000, "settings-unreadable"),
    "points without end": ("a." * 20_000 + "a = 1", "settings-unreadable"),
    "infinity": ("horizon_weeks = inf", "setting-other"),
    "a zone that is a path": ('zone = "../../etc/passwd"', "unknown-zone"),
    "two megabytes": ("# " + "x" * 2_000_000, "file-too-large"),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_settings(name: str, tmp_path: Path) -> None:
    """One problem, with the line where there is one."""
    text, expected = SETTINGS[name]
    (tmp_path / "people.csv").write_text("called\nJoke\n", encoding="utf-8")
    (tmp_path / "team.toml").write_text(text, encoding="utf-8")
    assert codes(tmp_path) == [expected]


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>Roepnaam</t></is></c></row>'


def _cell(place: str, content: str, kind: str = "n") -> str:
    return f'<c r="{place}" t="{kind}">{content}</c>'


def _sheet(rows: str, name: str = MAIN) -> dict[str, str]:
    text = f'<worksheet xmlns="{name}"><sheetData>{ROW}{rows}</sheetData></worksheet>'
    return {"xl/worksheets/sheet1.xml": text}


JOKE = _cell("A2", "<v>Joke</v>", "str")
BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
FILE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
FULL = "".join(f'<row r="{n}"><c r="XFD{n}"/></row>' for n in range(2, 20_000))

WORKBOOKS: dict[str, tuple[dict[str, str], list[str]]] = {
    "as it should be": (_sheet(f'<row r="2">{JOKE}</row>'), []),
    "a bomb behind a long remark": (
        {"xl/worksheets/sheet1.xml": f"<!--{'x' * 100_000}-->{BOMB}<worksheet/>"},
        ["workbook-unsafe"],
    ),
    "a bomb in the shared texts": ({"xl/sharedStrings.xml": f"{BOMB}<sst/>"}, ["workbook-unsafe"]),
    "a bomb in the workbook": ({"xl/workbook.xml": f"{BOMB}<workbook/>"}, ["workbook-unsafe"]),
    "a file from outside": ({"xl/styles.xml": f"{FILE}<x>&a;</x>"}, ["workbook-unsafe"]),
    "a row four thousand million": (
        _sheet(f'<row r="4000000000">{_cell("A4000000000", "<v>1</v>")}</row>'),
        ["table-too-large"],
    ),
    "a row that comes twice": (_sheet(f'<row r="2">{JOKE}</row>' * 2), ["workbook-damaged"]),
    "rows out of order": (
        _sheet(f'<row r="3"></row><row r="2">{JOKE}</row>'),
        ["workbook-damaged"],
    ),
    "cells out of order": (
        _sheet(f'<row r="2">{_cell("B2", "<v>1</v>")}{JOKE}</row>'),
        ["workbook-damaged"],
    ),
    "a cell of another row": (
        _sheet(f'<row r="2">{_cell("A3", "<v>1</v>")}</row>'),
        ["workbook-damaged"],
    ),
    "blank cells to the edge": (_sheet(FULL), []),
    "a row of a million elements": (
        _sheet(f'<row r="2">{"<x/>" * 500_000}</row>'),
        ["workbook-unsafe"],
    ),
    "styles without end": (
        {"xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{"<xf/>" * 500_000}</styleSheet>'},
        ["workbook-unsafe"],
    ),
    "strict OOXML": (
        _sheet(f'<row r="2">{JOKE}</row>', "http://purl.oclc.org/ooxml/spreadsheetml/main"),
        ["workbook-damaged"],
    ),
    "a text where openpyxl looks for none": (
        _sheet(f'<row r="2">{_cell("A2", "<v>Joke</v>", "inlineStr")}</row>'),
        ["workbook-damaged"],
    ),
    "a formula with a blank outcome": (
        _sheet(f'<row r="2">{JOKE}</row><row r="3">{_cell("A3", "<f>B1</f><v></v>", "str")}</row>'),
        [],
    ),
    "a formula that was never worked out": (
        _sheet(f'<row r="2">{_cell("A2", "<f>cmd|x</f>")}</row>'),
        ["formula-without-value"],
    ),
    "an error": (_sheet(f'<row r="2">{_cell("A2", "<v>#REF!</v>", "e")}</row>'), ["cell-error"]),
    "a path that climbs": ({"../../evil.xml": "<x/>"}, []),
    "the same part in capitals": ({"XL/WORKBOOK.XML": "<x/>"}, ["workbook-damaged"]),
    "an OpenDocument sheet": ({"mimetype": "application/vnd.oasis"}, ["other-workbook"]),
    "a binary workbook": ({"xl/workbook.bin": "x"}, ["other-workbook"]),
    "macros": ({"xl/vbaProject.bin": "x"}, []),
}


def _made(path: Path, parts: dict[str, str], method: int = zipfile.ZIP_DEFLATED) -> Path:
    """Make a workbook with one person, and put parts in its place."""
    book(path, Mensen=[["Roepnaam"], ["Joke"]])
    with zipfile.ZipFile(path) as old:
        whole = {name: old.read(name) for name in old.namelist()}
    whole.update({name: text.encode() for name, text in parts.items()})
    with zipfile.ZipFile(path, "w", method) as new:
        for name, raw in whole.items():
            new.writestr(name, raw)
    return path


@pytest.mark.parametrize("name", WORKBOOKS)
def test_workbooks(name: str, tmp_path: Path) -> None:
    """Said with a code; what is read is read whole."""
    parts, expected = WORKBOOKS[name]
    path = _made(tmp_path / "b.xlsx", parts)
    assert codes(path) == expected


def test_a_sheet_whose_part_is_missing(tmp_path: Path) -> None:
    """The library would leave the sheet out; its rows must not go with it."""
    path = book(tmp_path / "b.xlsx", Mensen=[["Roepnaam"], ["Joke"]], Vragen=[["Wie"], ["Joke"]])
    with zipfile.ZipFile(path) as old:
        whole = {name: old.read(name) for name in old.namelist() if "sheet2" not in name}
    with zipfile.ZipFile(path, "w") as new:
        for name, raw in whole.items():
            new.writestr(name, raw)
    assert codes(path) == ["workbook-damaged"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice(tmp_path: Path) -> None:
    """Which of the two would count depends on the program."""
    path = _made(tmp_path / "b.xlsx", {})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")
    assert codes(path) == ["workbook-damaged"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_to_press_a_file_together(method: int, tmp_path: Path) -> None:
    """Read when whole; damaged is damaged."""
    path = _made(tmp_path / "b.xlsx", {}, method)
    assert codes(path) == []
    raw = path.read_bytes()
    path.write_bytes(raw[:60] + bytes(40) + raw[100:])
    assert codes(path) == ["workbook-damaged"]


def _folder(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    os.chdir(path.parent)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _nowhere(path: Path) -> None:
    path.symlink_to(path.parent / "nergens")


def _circle(path: Path) -> None:
    path.symlink_to(path)


PLACES: dict[str, tuple[Callable[[Path], None], str]] = {
    "a folder": (_folder, "not-a-file"),
    "a pipe": (_pipe, "not-a-file"),
    "a socket": (_socket, "not-a-file"),
    "a device without end": (_device, "not-a-file"),
    "a link to nothing": (_nowhere, "no-such-file"),
    "a link to itself": (_circle, "file-unreadable"),
}


@pytest.mark.skipif(os.name == "nt", reason="these exist on other systems only")
@pytest.mark.parametrize("file", ["people.csv", "b.xlsx", "team.toml"])
@pytest.mark.parametrize("name", PLACES)
def test_what_is_no_file(
    name: str, file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has the name of a table, and is none: said, and never waited for."""
    monkeypatch.chdir(tmp_path)
    make, expected = PLACES[name]
    (tmp_path / "talents.csv").write_text("talent\n", encoding="utf-8")
    make(tmp_path / file)
    assert expected in codes(tmp_path)


def test_a_name_as_long_as_names_can_be(tmp_path: Path) -> None:
    """What would stand beside it cannot have a name; that is no reason to stop."""
    path = tmp_path / f"{'x' * 245}.json"
    path.write_text('{"people": [{"called": "Joke"}]}', encoding="utf-8")
    assert codes(path) == []
    assert [p.code for p in write_back_ids(path)] == ["ids-written"]


@pytest.mark.skipif(os.name == "nt", reason="names of files are text there")
def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    """A file from another system may be called by bytes that are no letters."""
    Path(os.fsdecode(os.fsencode(tmp_path / "mensen") + b"\xff.csv")).write_bytes(b"x")
    for found in check(tmp_path):
        assert found.message.encode()
