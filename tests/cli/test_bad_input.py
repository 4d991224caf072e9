"""Whatever is wrong with the input: a clear problem with its place, and nothing written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.conftest import Typing

Spoil = Callable[[Path], Path]


@dataclass(frozen=True)
class Case:
    """One way to go wrong, and what must be said about it."""

    spoil: Spoil
    code: str
    place: tuple[str | None, int | None, str | None]
    says: str


def _changed(name: str, old: str, new: str) -> Spoil:
    def spoil(street: Path) -> Path:
        path = street / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return street

    return spoil


def _with(name: str, content: bytes) -> Spoil:
    def spoil(street: Path) -> Path:
        (street / name).write_bytes(content)
        return street

    return spoil


def _empty(street: Path) -> Path:
    folder = street.parent / "leeg"
    folder.mkdir()
    return folder


def _damaged(street: Path) -> Path:
    path = street.parent / "buurt.xlsx"
    path.write_bytes(b"PK\x03\x04 dit is geen werkmap")
    return path


def _workbook(street: Path) -> Path:
    import assetmap

    path = street.parent / "buurt.xlsx"
    assetmap.write(assetmap.read(street), path)
    return path


CASES = {
    "a wrong cell": Case(
        _changed("people.csv", "300", "heel ver"),
        "not-a-number",
        ("people", 2, "walks_m"),
        "Dit is geen getal.",
    ),
    "a missing folder": Case(
        lambda street: street.parent / "nergens",
        "no-such-file",
        (None, None, None),
        "Kijk of de naam klopt.",
    ),
    "a missing workbook": Case(
        lambda street: street / "buurt.xlsx",
        "no-such-file",
        (None, None, None),
        "buurt.xlsx is er niet.",
    ),
    "an empty folder": Case(_empty, "nothing-found", (None, None, None), "assetmap new leeg"),
    "a damaged workbook": Case(
        _damaged, "workbook-damaged", (None, None, None), "sla het opnieuw op"
    ),
    "a picture named .csv": Case(
        _with("needs.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
        "not-text",
        (None, None, None),
        "is geen tekstbestand",
    ),
    "rows under wrong headings": Case(
        _with("talents.csv", b"kleur,maat\nrood,42\n"),
        "no-known-headings",
        ("talents", 1, None),
        "geen enkele kop die we kennen",
    ),
    "a reference to nobody": Case(
        _changed("needs.csv", "n1,p1", "n1,p9"),
        "unknown-reference",
        ("needs", 2, "owner"),
        "Zoek het op bij: Mensen",
    ),
    "an activity without a date": Case(
        _changed("activities.csv", "2026-11-25 10:00", ""),
        "missing-value",
        ("activities", 2, "start"),
        "Deze cel moet ingevuld zijn.",
    ),
    "a column with nationality": Case(
        _changed("people.csv", "walks_m", "nationaliteit"),
        "refused-heading-never",
        ("people", 1, "nationaliteit"),
        "hoort niet in deze tabellen",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_match_tells_and_writes_nothing(
    case: Case, typed: Typing, street: Path, tmp_path: Path
) -> None:
    """Exit code 2, the problem with its remedy on stderr, no file made or changed."""
    path = case.spoil(street)
    before = _contents(tmp_path)
    done = typed("match", path, "--week", "2026-W48", "--out", tmp_path / "uit")
    assert (done.code, done.out) == (2, "")
    assert case.says in done.err
    assert "Er is niets geschreven." in done.err
    assert _contents(tmp_path) == before
    assert not (tmp_path / "uit").exists()


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
@pytest.mark.parametrize("command", ["check", "match"])
def test_the_place_is_told_to_a_machine(
    case: Case, command: str, typed: Typing, street: Path
) -> None:
    """Both commands give the code with table, row and column."""
    path = case.spoil(street)
    done = typed(command, path, "--json")
    assert done.code == done.document["exit"] == 2
    errors = [p for p in done.document["problems"] if p["severity"] == "error"]
    assert [(p["code"], (p["table"], p["row"], p["column"])) for p in errors] == [
        (case.code, case.place)
    ]


def test_a_locked_workbook_is_told(
    typed: Typing, street: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A workbook that another program keeps to itself: close it and try again."""
    workbook = _workbook(street)
    real = Path.read_bytes

    def kept(self: Path) -> bytes:
        if self.suffix == ".xlsx":
            raise PermissionError(13, "in use")
        return real(self)

    monkeypatch.setattr(Path, "read_bytes", kept)
    done = typed("match", workbook, "--out", tmp_path / "uit")
    assert done.code == 2
    assert "Is het nog open in een ander programma?" in done.err
    assert not (tmp_path / "uit").exists()


def test_tables_and_week_are_told_at_once(typed: Typing, street: Path) -> None:
    """A wrong week does not hide a wrong table, nor the other way round."""
    _changed("needs.csv", "n1,p1", "n1,p9")(street)
    done = typed("match", street, "--week", "2026-W60")
    assert done.code == 2
    assert "unknown-reference" in done.err
    assert "2026-W53" in done.err


def test_all_at_once(typed: Typing, street: Path) -> None:
    """Several faults in several tables are all named in one go."""
    chosen = [case for name, case in CASES.items() if name[:6] in {"a wron", "a refe", "an act"}]
    for case in chosen:
        case.spoil(street)
    codes = {p["code"] for p in typed("check", street, "--json").document["problems"]}
    assert {case.code for case in chosen} <= codes
    assert len(chosen) == 3


def test_a_message_never_repeats_what_somebody_filled_in(typed: Typing, street: Path) -> None:
    """A roepnaam in the wrong column does not come back on the screen."""
    _changed("people.csv", "300", "Geheimpje")(street)
    done = typed("check", street)
    assert done.code == 2
    assert "Geheimpje" not in done.out + done.err


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
