"""What the team wrote in the workbooks of earlier weeks, turned into decisions on plans."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from assetmap.errors import DataProblem, Severity
from assetmap.history import History, KeptPlan
from assetmap.model import Decision, DecisionWord, Neighbourhood, Person
from assetmap.model.problems import problem
from assetmap.plans.refusals import legs_code
from assetmap.report.decisions import STATES, card_columns
from assetmap.schedule import Week
from assetmap.signals import CardState, MeetingNote, SixWeeks
from assetmap.tables.decision_book import CardAnswer, SheetAnswers, read_decision_book
from assetmap.texts import Language, say
from assetmap.week.books import workbooks

__all__ = ["Answers", "answers_in"]

_TABLE = "decisions"
_NOTHING_BEGUN: Mapping[str, Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Answers:
    """What came back.

    Attributes
    ----------
    decisions : tuple of Decision
        One for every plan that a written decision is about.
    notes : tuple of MeetingNote
        What was done with signals, on the Monday of each workbook.
    files : tuple of Path
        The workbooks that were read.
    problems : tuple of DataProblem
        What is wrong, by file and row; with an error among them nothing is to be used.
    begun : mapping of str to mapping of str to str
        By plan and column what was typed without a decision in the workbook of the week itself,
        which is written anew.
    """

    decisions: tuple[Decision, ...]
    notes: tuple[MeetingNote, ...]
    files: tuple[Path, ...]
    problems: tuple[DataProblem, ...]
    begun: Mapping[str, Mapping[str, str]]

    @property
    def wrong(self) -> bool:
        """Whether there is an error among the problems."""
        return any(each.severity is Severity.ERROR for each in self.problems)


def answers_in(folder: Path, store: History, hood: Neighbourhood, *, week: Week) -> Answers:
    """Read every workbook of this and earlier weeks that lies in a folder.

    A workbook may be saved as CSV. Reading one again changes nothing, so all of them are read.

    Parameters
    ----------
    folder : Path
        Where the workbooks are.
    store : History
        Knows what was proposed.
    hood : Neighbourhood
        Knows how people are called.
    week : Week
        The week of the run.
    """
    decisions: list[Decision] = []
    notes: list[MeetingNote] = []
    problems: list[DataProblem] = []
    files = []
    begun = _NOTHING_BEGUN
    for of, file in workbooks(folder):
        if of > week:
            continue
        files.append(file)
        sheet = read_decision_book(file, on=of.sunday, cards=_CARD_SHEETS)
        begun = sheet.begun if of == week else begun
        made, wrong = _understood(sheet, store, hood, week=of)
        decisions += made
        noted, unclear = _noted(sheet, store, of.monday)
        notes += noted
        problems += [_in_file(each, file.name) for each in (*sheet.problems, *wrong, *unclear)]
    return Answers(tuple(decisions), tuple(notes), tuple(files), tuple(problems), begun)


_CARD_SHEETS = {say("report.cards.sheet", lang): card_columns(lang)["card"] for lang in Language}


def _noted(
    sheet: SheetAnswers, store: History, day: dt.date
) -> tuple[list[MeetingNote], list[DataProblem]]:
    """Turn the sheet of signals into notes on cards that were on the table that day."""
    shown = {note.card: note for note in store.notes() if note.date == day}
    made: list[MeetingNote] = []
    wrong: list[DataProblem] = []
    for answer in sheet.cards:
        lang = next(x for x in Language if card_columns(x)["card"] in answer.cells)
        heads = card_columns(lang)
        state, bad_state = _chosen(answer, heads["state"], _state_words(lang))
        outcome, bad_outcome = _chosen(answer, heads["outcome"], _outcome_words(lang))
        because = answer.cells.get(heads["because"])
        for column, allowed in (*bad_state, *bad_outcome):
            facts = {"allowed": ", ".join(allowed)}
            wrong.append(
                problem("not-in-list", Severity.ERROR, ("signals", answer.row, column), **facts)
            )
        note = shown.get(answer.card)
        if note is None and (state or outcome or because):
            wrong.append(
                problem("signal-unknown", Severity.ERROR, ("signals", answer.row, heads["card"]))
            )
        if note is not None and (state or outcome or because):
            made.append(
                replace(
                    note,
                    state=note.state if state is None else CardState(state),
                    because=because,
                    outcome=None if outcome is None else SixWeeks(outcome),
                )
            )
    return made, wrong


def _state_words(lang: Language) -> Mapping[str, str]:
    return {say(f"report.cards.to-{state.value}", lang): state.value for state in STATES}


def _outcome_words(lang: Language) -> Mapping[str, str]:
    return {say(f"report.cards.found-{each.value}", lang): each.value for each in SixWeeks}


def _chosen(
    answer: CardAnswer, column: str, words: Mapping[str, str]
) -> tuple[str | None, list[tuple[str, tuple[str, ...]]]]:
    """Return the meaning of a word from a list, or the column and what it allows."""
    text = answer.cells.get(column, "").strip().casefold()
    if not text:
        return None, []
    found = {word.casefold(): meaning for word, meaning in words.items()}
    return (found[text], []) if text in found else (None, [(column, tuple(words))])


def _in_file(found: DataProblem, name: str) -> DataProblem:
    return replace(found, message=f"{name}: {found.message}", facts={**found.facts, "file": name})


def _understood(
    sheet: SheetAnswers, store: History, hood: Neighbourhood, *, week: Week
) -> tuple[list[Decision], list[DataProblem]]:
    """Turn the rows of one workbook into decisions on plans."""
    made: list[Decision] = []
    wrong: list[DataProblem] = []
    first: dict[tuple[str, str | None], tuple[int, Decision]] = {}
    for number, row in sheet.decisions:
        plans = store.proposed(row.plan, week)
        if not plans:
            wrong.append(_error("decision-unknown-plan", number, "plan"))
            continue
        about, found = _about(row, plans, hood)
        if not found:
            wrong.append(_error("decision-unknown-provider", number, "provider"))
            continue
        earlier = first.setdefault((row.plan, about), (number, row))
        if earlier[1] != row:
            wrong.append(_error("decision-twice", number, "decision", first=earlier[0]))
            continue
        own = row.model_copy(update={"need": plans[0].need, "provider": about})
        made += _on_each_plan(own, plans)
    return made, wrong


def _error(code: str, number: int, column: str, **facts: object) -> DataProblem:
    return problem(code, Severity.ERROR, (_TABLE, number, column), **facts)


def _about(
    row: Decision, plans: Sequence[KeptPlan], hood: Neighbourhood
) -> tuple[str | None, bool]:
    """Return the id of whom a decision is about, and whether they have a part in the plan."""
    if row.provider is None:
        return None, True
    providers = {leg.provider for plan in plans for leg in plan.legs}
    if row.provider in providers:
        return row.provider, True
    named = {name for name in providers if _called(hood, name) == row.provider.strip().casefold()}
    return (named.pop(), True) if len(named) == 1 else (None, False)


def _called(hood: Neighbourhood, provider: str) -> str | None:
    rows = hood.matches(provider)
    if len(rows) != 1:
        return None
    name = rows[0].called if isinstance(rows[0], Person) else rows[0].value("name")
    return None if name is None else str(name).strip().casefold()


def _on_each_plan(row: Decision, plans: Sequence[KeptPlan]) -> Iterator[Decision]:
    """Yield a decision for every plan that the row of the workbook stands for.

    A row tells of all dates of a need that are as firm. What is to be done is to be done on each,
    at the hour that the workbook told; what was done was done on the dates that are past; what is
    turned down is turned down once for every set of people.
    """
    plans = [plan for plan in plans if plan.status == plans[0].status]
    if row.decision is DecisionWord.DO:
        chosen = list(plans)
    elif row.decision is DecisionWord.DONE:
        chosen = [plan for plan in plans if _past(plan, row.date)] or [plans[0]]
    else:
        chosen = list({legs_code(plan.plan, plan.need): plan for plan in reversed(plans)}.values())
    if row.provider is not None:
        chosen = [p for p in chosen if any(leg.provider == row.provider for leg in p.legs)]
    for plan in sorted(chosen, key=lambda each: each.plan):
        timed = row.decision is DecisionWord.DO and isinstance(plan.occurrence, dt.datetime)
        moment = plan.occurrence if timed else None
        yield row.model_copy(update={"plan": plan.plan, "moment": moment})


def _past(plan: KeptPlan, on: dt.date) -> bool:
    when = plan.occurrence
    day = when.date() if isinstance(when, dt.datetime) else when
    return day is not None and day <= on
