"""A place to type commands, and a small neighbourhood to type them about."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assetmap.cli.starting import run

PEOPLE = """\
person,called,kind,area,worker,share,ground,walks_m
p1,Anna,resident,noord,w1,yes,consent,300
p2,Bram,resident,noord,w1,yes,consent,
w1,Wil,worker,noord,,,,
"""
TALENTS = """\
talent,owner,category,term,available
t1,p2,shopping,short,Mon 09:00-12:00
"""
NEEDS = """\
need,owner,category,urgency,since,talked
n1,p1,shopping,3,2026-11-02,yes
n2,p2,language,2,2026-11-02,yes
"""
ACTIVITIES = """\
activity,name,category,area,start,minutes,rrule,capacity
a1,Koffieochtend,coffee_morning,noord,2026-11-25 10:00,90,every Wednesday,12
"""


@dataclass(frozen=True)
class Typed:
    """What came of a command."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """What a machine reads on stdout."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


Typing = Callable[..., Typed]


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typing:
    """Type a command: ``typed("check", folder)``."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, "C")
    monkeypatch.setenv("COLUMNS", "80")

    def type_in(*arguments: object) -> Typed:
        capsys.readouterr()
        code = run([str(each) for each in arguments])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return Typed(code, said.out, said.err)

    return type_in


@pytest.fixture
def street(tmp_path: Path) -> Path:
    """A folder of tables in which one question can be met and one cannot."""
    folder = tmp_path / "straat"
    folder.mkdir()
    tables = {"people": PEOPLE, "talents": TALENTS, "needs": NEEDS, "activities": ACTIVITIES}
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder
