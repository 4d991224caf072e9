"""Neighbourhoods to draw, and what the tests look at in a picture."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

import assetmap
from assetmap import plot
from assetmap.model import Neighbourhood
from assetmap.privacy import Released
from assetmap.signals import detect

DAY = dt.date(2026, 11, 23)
WEEK = "2026-W48"
Facts = Callable[[str], Released[Any]]


@pytest.fixture(scope="session")
def linden() -> Neighbourhood:
    """The bundled neighbourhood."""
    return assetmap.read(Path(__file__).parents[2] / "examples" / "buurthuis")


@pytest.fixture(scope="session")
def weeks(linden: Neighbourhood) -> tuple[assetmap.Proposals, assetmap.Proposals]:
    """Two runs of the bundled neighbourhood."""
    return assetmap.propose(linden, "2026-W46"), assetmap.propose(linden, WEEK)


def gatherers(
    hood: Neighbourhood, weeks: tuple[assetmap.Proposals, assetmap.Proposals]
) -> Mapping[str, Facts]:
    """Return for each picture what gathers its facts for an audience."""
    return {
        "network": lambda who: plot.network_facts(hood, who, asof=DAY, key=b"sixteen bytes ok"),
        "map": lambda who: plot.map_facts(hood, who, asof=DAY),
        "offers": lambda who: plot.offer_facts(hood, who, asof=DAY),
        "waiting": lambda who: plot.waiting_facts(hood, who, asof=DAY),
        "signals": lambda who: plot.signal_facts(detect(hood, asof=DAY), hood, audience=who),
        "flow": lambda who: plot.flow_facts(weeks[1], who),
        "load": lambda who: plot.load_facts(weeks[1], who),
        "change": lambda who: plot.change_facts(*weeks, audience=who),
    }


@pytest.fixture(scope="session")
def gather(
    linden: Neighbourhood, weeks: tuple[assetmap.Proposals, assetmap.Proposals]
) -> Mapping[str, Facts]:
    """What gathers the facts of each picture of the bundled neighbourhood."""
    return gatherers(linden, weeks)


def with_gid(ax: Any, start: str) -> list[Any]:
    """Return the artists on a picture whose group begins so."""
    return [a for a in ax.get_children() if str(a.get_gid() or "").startswith(start)]


def texts_of(ax: Any) -> list[str]:
    """Return every text on a picture, from the title on."""
    import matplotlib.text

    found = [each.get_text() for each in ax.findobj(matplotlib.text.Text)]
    return [text for text in found if text]
