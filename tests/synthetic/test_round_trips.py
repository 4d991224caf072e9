"""Made-up neighbourhoods on the way out and in: files, frames, and the gate."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

import assetmap
from assetmap import report
from assetmap.model import Neighbourhood
from assetmap.privacy import Audience, release
from assetmap.synthetic import HOSTILE, neighbourhood

TELLING = [text.strip() for text in HOSTILE if "hostile" in text]


@pytest.mark.parametrize("awkward", [False, True])
@pytest.mark.parametrize("name", ["folder", "book.xlsx", "whole.json"])
def test_what_is_written_is_read_again(tmp_path: Path, name: str, awkward: bool) -> None:
    """All three forms hold every table without loss, awkward texts and ids included."""
    made = neighbourhood(120, 4, weeks=8, hostile=awkward)
    place = tmp_path / name
    if not place.suffix:
        place.mkdir()
    assetmap.write(made, place)
    back = assetmap.read(place)
    for table in made.counts():
        assert back.table(table) == made.table(table), table
    assert back == made


@pytest.mark.parametrize("awkward", [False, True])
def test_frames_and_back(awkward: bool) -> None:
    """DataFrames hold every table without loss."""
    made = neighbourhood(120, 4, weeks=8, hostile=awkward)
    assert Neighbourhood.from_frames(made.frames(), policy=made.policy) == made


def _texts(value: Any) -> Iterator[str]:
    """Yield every text inside a result."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(key)
            yield from _texts(item)
    elif isinstance(value, tuple | frozenset | list):
        for item in value:
            yield from _texts(item)


def _telling(value: Any, people: Collection[str]) -> set[str]:
    """Return the awkward texts and the ids of people inside a result."""
    texts = set(_texts(value))
    awkward = {text for text in TELLING for told in texts if text in told}
    return awkward | {name for name in people if name in texts}


def test_nothing_awkward_gets_out() -> None:
    """No awkward text and no id of a person reaches an outside audience; the team sees both."""
    made = neighbourhood(60, 3, hostile=True)
    facts = report.gather(assetmap.propose(made, "2026-W48")).value
    people = {p.person for p in made.people}
    assert len(_telling(facts, people)) > 5
    for audience in (Audience.RESIDENTS, Audience.COUNCIL, Audience.RESEARCH):
        assert _telling(release(facts, audience).value, people) == set()


def test_the_page_of_the_team_only_shows_them() -> None:
    """On the team's own page awkward texts are text: no tag and no script comes of them."""
    made = neighbourhood(60, 3, hostile=True)
    proposals = assetmap.propose(made, "2026-W48")
    page = report.week_html(report.gather(proposals))
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b>hostile" not in page
    assert '"><b>' not in page
