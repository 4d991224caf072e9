"""team.toml: every problem at once, by key; and what is written is read again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetmap.model import Level, Policy, Rung
from assetmap.tables import check, read
from assetmap.tables.settings import read_settings, settings_text
from tests.tables.files import laid

POLICIES = st.builds(
    Policy,
    language=st.sampled_from(["nl", "en"]),
    horizon_weeks=st.integers(1, 26),
    waiting_days=st.dictionaries(st.sampled_from(list(Rung)), st.integers(0, 60)),
    levels=st.permutations([Level.LADDER, Level.CONTINUITY, Level.FIT, Level.LOAD]).map(
        lambda middle: (Level.MET, *middle, Level.ORDER)
    ),
    reserved=st.lists(st.text(max_size=8), max_size=3).map(tuple),
    minors=st.booleans(),
    distances=st.fixed_dictionaries({"same_area_m": st.integers(0, 5000)}),
    solver=st.fixed_dictionaries(
        {"work_limit": st.one_of(st.none(), st.floats(0.1, 100)), "time_limit": st.floats(1, 1e6)}
    ),
)


@given(policy=POLICIES)
def test_a_policy_survives_its_file(policy: Policy) -> None:
    """Sections, lists, texts with odd signs and numbers: read again, it is equal."""
    assert read_settings(settings_text(policy)) == (policy, [])


def test_the_usual_policy_needs_no_file() -> None:
    """Only what differs is written."""
    assert settings_text(Policy()) == ""
    assert read_settings(None) == (Policy(), [])


WRONG = """
horizon_weeks = 40
horizon_week = 3
levels = ["met", "order"]
minors = "misschien"
zone = "Europe/Amsterdam"
reserved = "debt_help"
[waiting_days]
buurman = 3
[distances]
same_area_m = "ver"
same_aera_m = 3
[privacy]
minimum = 1
[solver]
time_limit = 0
"""


def test_every_wrong_setting_is_named_at_once(tmp_path: Path) -> None:
    """With the key, what is allowed, or which key is likely meant."""
    laid(tmp_path, people="person\np1\n")
    (tmp_path / "team.toml").write_text(WRONG, encoding="utf-8")
    found = {(p.code, p.column): p for p in check(tmp_path)}
    assert set(found) == {
        ("too-large", "horizon_weeks"),
        ("unknown-setting-near", "horizon_week"),
        ("setting-levels", "levels"),
        ("setting-yes-no", "minors"),
        ("setting-list", "reserved"),
        ("not-in-list", "waiting_days.buurman"),
        ("setting-whole-number", "distances.same_area_m"),
        ("unknown-setting-near", "distances.same_aera_m"),
        ("too-small", "privacy.minimum"),
        ("too-small", "solver.time_limit"),
    }
    assert {p.table for p in found.values()} == {"team.toml"}
    assert "distances.same_area_m" in found["unknown-setting-near", "distances.same_aera_m"].message
    assert "neighbour" in found["not-in-list", "waiting_days.buurman"].message


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("horizon_weeks = ", "settings-unreadable", None),
        ('zone = "Mars/Olympus"', "unknown-zone", "zone"),
        ('language = "fr"', "not-in-list", "language"),
        ("[waiting_days]\nneighbour = -1", "setting-waiting-days", "waiting_days"),
        ("kleur = 1", "unknown-setting", "kleur"),
        ("distances = 3", "setting-section", "distances"),
        ("language = 3", "setting-text", "language"),
        ('help_hours = "half"', "setting-number", "help_hours"),
    ],
)
def test_a_wrong_setting(text: str, code: str, column: str | None, tmp_path: Path) -> None:
    """Each is one problem, in both languages."""
    laid(tmp_path, people="person\np1\n")
    (tmp_path / "team.toml").write_text(text, encoding="utf-8")
    for language in ("nl", "en"):
        assert [(p.code, p.column) for p in check(tmp_path, language=language)] == [(code, column)]


def test_categories_in_settings_may_go_by_name(tmp_path: Path) -> None:
    """A Dutch name is understood; an unknown one is a warning."""
    laid(tmp_path, people="person\np1\n", categories="category,name_nl\nzaag,figuurzagen\n")
    (tmp_path / "team.toml").write_text('reserved = ["Figuurzagen", "iets"]', encoding="utf-8")
    hood = read(tmp_path)
    assert hood.policy.reserved == ("zaag", "iets")
    assert [(p.code, p.column) for p in hood.notices] == [("unknown-category", "reserved")]


def test_settings_that_are_no_text(tmp_path: Path) -> None:
    """A damaged file with settings is one problem."""
    laid(tmp_path, people="person\np1\n")
    (tmp_path / "team.toml").write_bytes(b"\x00\x01")
    assert [p.code for p in check(tmp_path)] == ["not-text"]
