"""Talents come before problems: in forms, maps, pictures and pages (S87)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib.text
import openpyxl
import pytest

import assetmap
from assetmap import plot
from assetmap.cli.starting import run
from assetmap.privacy import Audience
from assetmap.report import gather, week_html
from assetmap.signals import detect

ROOT = Path(__file__).parents[2]
DAY = dt.date(2026, 11, 23)
GIVES = re.compile(r"talent|offer|bied|bod|biedt|kan en|can do|wat er al is|already there|kunnen")
ASKS = re.compile(r"need|question|ask|vra(ag|gen|agt)|hulpvra|nog niet|no step|unmet|zonder")


@pytest.fixture(scope="module")
def linden() -> assetmap.Neighbourhood:
    """The bundled neighbourhood."""
    return assetmap.read(ROOT / "examples" / "buurthuis")


@pytest.fixture(scope="module")
def pictures(linden: assetmap.Neighbourhood) -> tuple[tuple[str, str, Any], ...]:
    """Every picture, for the team in both languages, for residents in Dutch."""
    return tuple(
        (name, lang, plot.draw_picture(shown, language=lang))
        for name, shown in _pictures(linden)
        for lang in (("nl", "en") if shown.audience is Audience.TEAM else ("nl",))
    )


def _pictures(hood: assetmap.Neighbourhood) -> Iterator[tuple[str, Any]]:
    week, before = (assetmap.propose(hood, name) for name in ("2026-W48", "2026-W46"))
    for who in ("team", "residents"):
        yield "map", plot.map_facts(hood, who, asof=DAY)
        yield "offers", plot.offer_facts(hood, who, asof=DAY)
        yield "flow", plot.flow_facts(week, who)
        yield "change", plot.change_facts(before, week, audience=who)
        yield "signals", plot.signal_facts(detect(hood, asof=DAY), hood, audience=who)
        yield "network", plot.network_facts(hood, who, asof=DAY)
    yield "ego", plot.ego_facts(hood, "p5", asof=DAY)


def _first(found: list[str], words: re.Pattern[str]) -> int:
    """Return where something is first said; after all else where it is not said at all."""
    said = (at for at, text in enumerate(found) if words.search(text.casefold()))
    return next(said, len(found))


def _read(ax: Any) -> list[str]:
    """Return the title, and then what stands on a picture from top to bottom, line by line."""
    caption = {each for each in ax.texts if each.get_gid() == "caption"}
    shown = [
        each for each in ax.figure.findobj(matplotlib.text.Text)
        if each.get_text().strip() and each.get_visible() and each not in caption
        and each is not ax.xaxis.label
    ]  # fmt: skip
    ax.figure.set_layout_engine("none")
    tops = {each: each.get_window_extent().y1 for each in shown}
    ordered = sorted(shown, key=lambda each: -tops[each])
    return [line for each in ordered for line in each.get_text().splitlines()]


def test_S87_every_picture_tells_what_is_offered_before_what_is_asked(
    pictures: tuple[tuple[str, str, Any], ...],
) -> None:
    """Read from the title down."""
    for name, lang, ax in pictures:
        lines = _read(ax)
        assert _first(lines, GIVES) < len(lines), name
        assert _first(lines, GIVES) <= _first(lines, ASKS), (name, lang, lines)


def test_S87_within_a_line_too(pictures: tuple[tuple[str, str, Any], ...]) -> None:
    """A title that names both begins with what is there; so does the label of an area."""
    for name, _, ax in pictures:
        title = ax.get_title(loc="left").casefold()
        gives, asks = GIVES.search(title), ASKS.search(title)
        assert asks is None or (gives is not None and gives.start() < asks.start()), name
        for each in ax.texts:
            if str(each.get_gid()).startswith("label-"):
                _, talents, needs = each.get_text().splitlines()
                assert GIVES.search(talents)
                assert ASKS.search(needs)


def test_S87_the_form_asks_what_somebody_can_before_what_they_need(tmp_path: Path) -> None:
    """The sheet of talents stands before that of questions, in both workbooks."""
    for at, more in enumerate(((), ("--full",))):
        folder = tmp_path / str(at)
        assert run(["new", str(folder), *more]) == 0
        (book,) = folder.glob("*.xlsx")
        sheets = [name.casefold() for name in openpyxl.load_workbook(book).sheetnames]
        assert sheets.index("talenten") < sheets.index("vragen")


def test_S87_the_page_and_the_screen_begin_with_what_there_is(
    linden: assetmap.Neighbourhood, capsys: pytest.CaptureFixture[str]
) -> None:
    """Talents, then proposals, and only then what is missing."""
    page = week_html(gather(assetmap.propose(linden, "2026-W48")))
    heads = [re.sub(r"<[^>]+>", "", head) for head in re.findall(r"<h2[^>]*>(.*?)</h2>", page)]
    assert "Wat er al is" in heads[0]
    assert _first(heads, ASKS) > 1
    run(["match", str(ROOT / "examples" / "buurthuis"), "--week", "2026-W48", "--lang", "nl"])
    screen = capsys.readouterr().out
    assert 0 < screen.index("Wat er al is") < screen.index("Nog niet gelukt")
