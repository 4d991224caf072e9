"""The page of the week, ``week.html``: the released facts in HTML, for screen, phone and paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

from assetmap.privacy import Audience, Released, require
from assetmap.report.facts import WeekFacts
from assetmap.report.giving import giving, linked
from assetmap.report.templates import style, template
from assetmap.report.times import short_day, times_text
from assetmap.tables.output import put
from assetmap.texts import day, language, listing, say

__all__ = ["week_html", "write_week"]

_THEMES = 12
"""So many themes are shown with names; the others by name only."""
_NAMES = 4
"""At most so many people are named per theme."""
_ACTIVITIES = 10
"""At most so many activities are named."""

_SIGNALS, _FEW, _FULL = 5, 1, 45
"""At most so many signals are told; fewer where there are more than so many questions on the page,
which is to stay within two sheets. The workbook has them all."""


def week_html(released: Released[WeekFacts], language: str | None = None) -> str:
    """Return the page of the week as one HTML document that loads nothing.

    Parameters
    ----------
    released : Released
        What :func:`gather` returns.
    language : str, optional
        Language of the page; default: the team's.

    Returns
    -------
    str
        The document. It prints on A4.

    Raises
    ------
    PrivacyError
        Something that was not released, or not for the team.

    Examples
    --------
    >>> from assetmap.match import propose
    >>> from assetmap.model import Neighbourhood
    >>> from assetmap.report import gather
    >>> page = week_html(gather(propose(Neighbourhood(), "2026-W48")), "en")
    >>> page.splitlines()[:2]
    ['<!doctype html>', '<html lang="en">']
    """
    week = require(released, Audience.TEAM)
    return template("week").render(**_context(week, _code(language, week)))


def write_week(
    released: Released[WeekFacts], path: str | PathLike[str], *, language: str | None = None
) -> None:
    """Write the page of the week, whole or not at all, readable by its owner only.

    Parameters
    ----------
    released : Released
        What :func:`gather` returns.
    path : path
        The file; its folder is made where needed.
    language : str, optional
        Language of the page; default: the team's.

    Raises
    ------
    UnusableInput
        The file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from assetmap.match import propose
    >>> from assetmap.model import Neighbourhood
    >>> from assetmap.report import gather
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_week(gather(propose(Neighbourhood(), "2026-W48")), Path(folder, "week.html"))
    ...     Path(folder, "week.html").read_text(encoding="utf-8")[:15]
    '<!doctype html>'
    """
    put({Path(path): week_html(released, language).encode()})


def _code(chosen: str | None, week: WeekFacts) -> str:
    return language(week.language if chosen is None else chosen).value


def _context(week: WeekFacts, lang: str) -> dict[str, Any]:
    return {
        "week": week,
        "lang": lang,
        "style": style("week"),
        "number": week.week.partition("-W")[2].lstrip("0"),
        "first": day(week.monday, lang),
        "last": day(week.sunday, lang, year=True),
        "until": short_day(week.until, lang, weekday=False),
        "stories": week.stories,
        "themes": week.themes[:_THEMES],
        "more": week.themes[_THEMES:],
        "signals": week.signals[: _room(week)],
        "more_signals": _more_signals(week, lang),
        "notes": tuple(_notes(week, lang)),
        "proof": tuple(_proof(week, lang)),
        "say": lambda key, **facts: say(key, lang, **facts),
        "owners": _owners(week, lang),
        "counted": lambda name: say(f"report.talents.{name}", lang, n=getattr(week, name)),
        "joinable": _joinable(week, lang),
        "names": lambda names: _named(names, lang),
        "linked": lambda chain: linked(chain, lang),
        "giving": lambda givers: giving(givers, lang),
        "times_text": lambda times: times_text(times, lang),
    }


def _room(week: WeekFacts) -> int:
    """Return for how many signals there is room beside the questions."""
    questions = len(week.stories) + len(week.standing) + (week.missing_count or 0)
    return _FEW if questions > _FULL else _SIGNALS


def _more_signals(week: WeekFacts, lang: str) -> str:
    rest = len(week.signals) - _room(week)
    return say("report.signals.more", lang, n=rest) if rest > 0 else ""


def _owners(week: WeekFacts, lang: str) -> str:
    there = [name for name in ("people", "initiatives") if getattr(week, name)]
    return listing([say(f"report.talents.{n}", lang, n=getattr(week, n)) for n in there], lang)


def _named(names: Sequence[str], lang: str, most: int = _NAMES) -> str:
    return ", ".join([*names[:most], "…"]) if len(names) > most else listing(names, lang)


def _joinable(week: WeekFacts, lang: str) -> str:
    names = _named(week.joinable, lang, _ACTIVITIES)
    return say("report.talents.joinable", lang, names=names).replace("….", "…")


def _notes(week: WeekFacts, lang: str) -> Iterator[str]:
    for line in (*week.stopped, *week.overloaded):
        yield line[lang]
    for each in week.by_giving:
        asked = "" if each.asked is None else each.asked[lang]
        yield say("report.others.by_giving", lang, asker=each.asker, asked=asked)
    for line in week.reviews:
        yield line[lang]
    if week.quick:
        yield say("report.quick", lang)
    for key in ("unasked", "unmapped"):
        if n := getattr(week, key):
            yield say(f"report.{key}", lang, n=n)


def _proof(week: WeekFacts, lang: str) -> Iterator[str]:
    proof = week.proof
    if not proof.found:
        yield say("report.proof.nothing", lang)
    elif proof.optimal:
        of_times = "best_of_times" if proof.some_times else "best"
        yield say(f"report.proof.{'best_of_seen' if proof.cut else of_times}", lang)
    else:
        yield say(f"report.proof.{'good' if proof.bounded else 'open'}", lang)
    if proof.found and proof.more is not None and week.missing_count:
        some = bool(week.stories or week.by_giving)
        key = ("more" if some else "any") if proof.more else ("no_more" if some else "none")
        yield say(f"report.proof.{key}", lang, n=proof.more)
    if proof.out_of_time:
        yield say("report.proof.out_of_time", lang)
