"""Signals, viewer and pictures for others than the team: no name, note, number or safety word."""

from __future__ import annotations

import datetime as dt

import pytest

import assetmap
from assetmap import plot, signals, view
from assetmap.privacy import Audience
from assetmap.tables.output import csv_text
from assetmap.texts import Language
from tests.privacy.hostile import SAFETY, hostile_hood, leaks

DAY = dt.date(2026, 11, 23)
OUTWARD = (Audience.RESEARCH, Audience.RESIDENTS, Audience.COUNCIL)


@pytest.mark.parametrize("seed", range(6))
def test_the_viewer_and_the_signals(seed: int) -> None:
    """One hostile neighbourhood for each outward audience and language, by turns."""
    hood, words = hostile_hood(300 + seed)
    audience, lang = OUTWARD[seed % 3], list(Language)[seed % 2].value
    drawn = Audience.RESIDENTS if audience is Audience.COUNCIL else audience
    page = view.neighbourhood(hood, audience=drawn.value, language=lang, asof=DAY)
    found = signals.for_audience(signals.detect(hood, asof=DAY), audience)
    rows = signals.as_rows(found, lang)
    files = {
        "view.html": page._repr_html_().encode(),
        "signals.csv": csv_text(signals.COLUMNS, rows).encode(),
    }
    assert leaks(files, (*words, *SAFETY)) == [], audience


def test_what_the_team_sees_is_found() -> None:
    """The search can fail on a page: that of the team holds what people are called."""
    hood, words = hostile_hood(300)
    page = view.neighbourhood(hood, asof=DAY)._repr_html_().encode()
    found = {word for _, word in leaks({"view.html": page}, words)}
    assert {person.called for person in hood.people if not person.is_worker} & found


@pytest.mark.parametrize("audience", [Audience.RESIDENTS, Audience.COUNCIL])
def test_what_the_pictures_show(audience: Audience) -> None:
    """The facts of every picture that others may have; what is drawn is made of these alone."""
    hood, words = hostile_hood(400)
    proposals = assetmap.propose(hood, "2026-W48")
    found = signals.detect(hood, asof=DAY)
    shown = {
        "map": plot.map_facts(hood, audience, asof=DAY),
        "offers": plot.offer_facts(hood, audience, asof=DAY),
        "waiting": plot.waiting_facts(hood, audience, asof=DAY),
        "flow": plot.flow_facts(proposals, audience),
        "change": plot.change_facts(proposals, proposals, audience=audience),
        "signals": plot.signal_facts(found, hood, audience=audience),
    }
    files = {name: repr(each.value).encode() for name, each in shown.items()}
    assert leaks(files, (*words, *SAFETY)) == []
