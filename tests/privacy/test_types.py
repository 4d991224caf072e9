"""The type checker sees a writer that is given what was not released."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

SNIPPET = """
from dataclasses import dataclass
from typing import Annotated

from assetmap.privacy import Audience, Discloses, Released, release, require


@dataclass(frozen=True)
class Facts:
    title: Annotated[str, Discloses.OPEN]


@dataclass(frozen=True)
class Other:
    title: Annotated[str, Discloses.OPEN]


def write(data: Released[Facts]) -> str:
    return require(data, Audience.RESIDENTS).title


write(release(Facts("week 48"), Audience.RESIDENTS))
write(Facts("week 48"))
write(release(Other("week 48"), Audience.RESIDENTS))
require(Facts("week 48"), Audience.RESIDENTS)
Released(Facts("week 48"), Audience.RESIDENTS, {})
release(Facts("week 48"), Audience.TEAM).value = Facts("week 49")
"""

EXPECTED = {
    'write(Facts("week 48"))': 'incompatible type "Facts"; expected "Released[Facts]"',
    'write(release(Other("week 48"), Audience.RESIDENTS))': 'incompatible type "Other"',
    'require(Facts("week 48"), Audience.RESIDENTS)': 'incompatible type "Facts"',
    'Released(Facts("week 48"), Audience.RESIDENTS, {})': 'Missing named argument "seal"',
    'release(Facts("week 48"), Audience.TEAM).value = Facts("week 49")': "read-only",
}


def test_the_type_checker_refuses_what_was_not_released(tmp_path: Path) -> None:
    """One line passes; a bare value, another result, a home-made one and a swap do not."""
    api = pytest.importorskip("mypy.api")
    path = tmp_path / "writer.py"
    path.write_text(SNIPPET, encoding="utf-8")
    settings = [f"--config-file={ROOT / 'pyproject.toml'}", f"--cache-dir={ROOT / '.mypy_cache'}"]
    out, err, _ = api.run([*settings, "--no-error-summary", "--hide-error-codes", str(path)])
    assert err == ""
    lines = SNIPPET.splitlines()
    errors = [told for told in out.splitlines() if ": error: " in told]
    found = [(lines[int(told.split(":")[1]) - 1], told) for told in errors]
    assert [line for line, _ in found] == list(EXPECTED)
    assert all(EXPECTED[line] in told for line, told in found), out
