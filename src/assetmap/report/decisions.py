"""The workbook of the week, in which the team writes what it decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from assetmap.model import Decision
from assetmap.privacy import Audience, Released, require
from assetmap.report.facts import Said, Story, WeekFacts
from assetmap.report.giving import giving, linked
from assetmap.report.times import times_text
from assetmap.signals import CardState, MeetingNote, SharedSignals, SixWeeks, card_lines
from assetmap.tables.decision_book import Asked, AskedCard, CardSheet, decision_book
from assetmap.texts import Language, language, say

__all__ = ["STATES", "card_columns", "decision_workbook", "workbook_name"]

TOLD = ("asker", "asked", "givers", "times", "via", "why", "questions", "reserve")
"""What a row tells before it asks, in order."""
CARD_TOLD = ("what", "nearby", "ask", "steps", "others")
"""What the sheet of signals tells of a card, in order."""
STATES = (CardState.DISCUSSED, CardState.PICKED_UP, CardState.DROPPED)
"""What a meeting can do with a card."""
_GUIDE = 8
"""Lines of guidance."""
_NONE: Mapping[str, Decision | Mapping[str, str]] = MappingProxyType({})
_NOTHING_NOTED: Mapping[str, MeetingNote] = MappingProxyType({})
_NO_RESERVE: Mapping[str, Said] = MappingProxyType({})


def workbook_name(week: str, lang: str) -> str:
    """Return the file name of the workbook of a week.

    Examples
    --------
    >>> workbook_name("2026-W48", "nl"), workbook_name("2026-W48", "en")
    ('voorstellen-2026-W48.xlsx', 'proposals-2026-W48.xlsx')
    """
    return f"{say('report.decisions.file', lang)}-{week}.xlsx"


def decision_workbook(
    released: Released[WeekFacts],
    *,
    answers: Mapping[str, Decision | Mapping[str, str]] = _NONE,
    reserves: Mapping[str, Said] | None = _NO_RESERVE,
    signals: Released[SharedSignals] | None = None,
    noted: Mapping[str, MeetingNote] = _NOTHING_NOTED,
    lang: str | None = None,
) -> bytes:
    """Return the workbook of a week: one row per proposal, and room for the decision.

    Parameters
    ----------
    released : Released
        What :func:`assetmap.report.gather` returns.
    answers : Mapping[str, Decision or Mapping[str, str]], optional
        By plan what was decided before, or by column what was typed without a decision: it is
        written again, so that nothing is lost.
    reserves : Mapping[str, Said] or None, optional
        By need: who could step in; None: that was not worked out, and the sheet says so.
    signals : Released, optional
        The list of signals for the team, for a sheet of its own.
    noted : Mapping[str, MeetingNote], optional
        What the meeting did with cards so far, by card.
    lang : str, optional
        Language; default: the team's.

    Raises
    ------
    PrivacyError
        Something that was not released, or not for the team.

    Examples
    --------
    >>> from assetmap.match import propose
    >>> from assetmap.model import Neighbourhood
    >>> from assetmap.report import gather
    >>> decision_workbook(gather(propose(Neighbourhood(), "2026-W48")))[:2]
    b'PK'
    """
    week = require(released, Audience.TEAM)
    chosen = language(week.language if lang is None else lang)
    rows = [_row(story, chosen, answers, reserves) for story in week.stories if story.plans]
    headings = [say(f"report.decisions.{name}", chosen) for name in TOLD]
    guide = [say(f"report.decisions.guide-{n}", chosen) for n in range(1, _GUIDE + 1)]
    sheet = None if signals is None else _card_sheet(signals, noted, chosen)
    return decision_book(rows, headings=headings, language=chosen, guide=guide, cards=sheet)


def card_columns(lang: Language) -> Mapping[str, str]:
    """Return the headings of the sheet of signals that the team fills in, and of the id."""
    names = ("state", "because", "outcome", "card")
    return MappingProxyType({name: say(f"report.cards.{name}", lang) for name in names})


def _card_sheet(
    signals: Released[SharedSignals], noted: Mapping[str, MeetingNote], lang: Language
) -> CardSheet:
    shared = require(signals, Audience.TEAM)
    columns = card_columns(lang)
    states = {state: say(f"report.cards.to-{state.value}", lang) for state in STATES}
    outcomes = {found: say(f"report.cards.found-{found.value}", lang) for found in SixWeeks}
    rows = []
    for card in shared.cards:
        lines = card_lines(card, lang.value)
        note = noted.get(card.card or "")
        answer = ("", "", "")
        if note is not None:
            outcome = "" if note.outcome is None else outcomes[note.outcome]
            answer = (states.get(note.state, ""), note.because or "", outcome)
        told = tuple(" ".join(lines[name]) for name in CARD_TOLD)
        rows.append(AskedCard(card.card or "", told, answer))
    return CardSheet(
        name=say("report.cards.sheet", lang),
        told=[say(f"report.cards.{name}", lang) for name in CARD_TOLD],
        open=[columns[name] for name in ("state", "because", "outcome")],
        key=columns["card"],
        choices={
            columns["state"]: tuple(states.values()),
            columns["outcome"]: tuple(outcomes.values()),
        },
        rows=rows,
    )


def _row(
    story: Story,
    lang: Language,
    answers: Mapping[str, Decision | Mapping[str, str]],
    reserves: Mapping[str, Said] | None,
) -> Asked:
    found = (answers[plan] for plan in story.plans if plan in answers)
    reserve = None if reserves is None else reserves.get(story.need or "")
    unknown = say("report.decisions.no-reserve", lang) if reserves is None else ""
    cells = {
        "asker": story.asker or "",
        "asked": "" if story.asked is None else story.asked[lang],
        "givers": giving(story.givers, lang),
        "times": "\n".join(times_text(story.times, lang)),
        "via": " ".join(_via(story, lang)),
        "why": "\n".join(line[lang] for line in story.why),
        "questions": "\n".join(line[lang] for line in story.questions),
        "reserve": unknown if reserve is None else reserve[lang],
    }
    told = tuple(cells[name] for name in TOLD)
    return Asked(story.plans[0], story.need or "", told, next(found, None))


def _via(story: Story, lang: Language) -> Iterator[str]:
    if story.acquainted:
        yield say("report.stories.acquainted", lang)
    elif story.unknown:
        yield say("report.stories.nobody", lang)
    for chain in story.via:
        yield say("report.stories.via", lang, who=linked(chain, lang))
