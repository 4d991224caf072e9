"""One week: what was decided comes in, what is proposed goes out, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from os import PathLike
from pathlib import Path

from assetmap.errors import DataProblem, DataProblems, Severity
from assetmap.explain import alternatives
from assetmap.history import History, KeptRun, Recorded, RunDifference, compare, trial
from assetmap.match import Progress, Proposals, propose
from assetmap.model import Decision, Neighbourhood
from assetmap.plans import PlanStatus
from assetmap.privacy import Audience, Released
from assetmap.report import gather, week_html
from assetmap.report.decisions import decision_workbook, workbook_name
from assetmap.report.facts import Said, WeekFacts
from assetmap.report.handing import without_empty
from assetmap.report.record import input_hashes, record, record_json
from assetmap.report.results import SHORTAGES, result_files, results
from assetmap.report.stories import reserve
from assetmap.report.voice import Voice
from assetmap.schedule import Week
from assetmap.signals import MeetingNote, Signals, detect, for_audience
from assetmap.tables import read, write_back_ids
from assetmap.tables.collecting import unhurried
from assetmap.tables.output import folder_of, sweep
from assetmap.texts import language, say, unusable
from assetmap.week.answers import Answers, answers_in
from assetmap.week.books import bystanders, stamps, unchanged, workbooks
from assetmap.week.merging import with_history
from assetmap.week.sheets import no_longer, sheet_files
from assetmap.week.staying import unanswered

__all__ = ["HISTORY", "Settings", "WeekRun", "run"]

HISTORY = "history.sqlite"
"""Name of the store, beside the results."""
LATEST = "week.html"
"""The page of the week that was run last, under a name that stays."""
_SLOW = ("remedies", "shortages", "reserves")
"""What a quick week leaves out."""
_WITH_RESERVE = 40
"""For at most so many proposals it is looked up who could step in: it takes a search each."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a week is run.

    Attributes
    ----------
    time_limit : float or None
        Emergency exit of the search in seconds; None: the team's.
    seed : int
        Seed of the search.
    language : str or None
        Language of what is written; None: the team's.
    dry_run : bool
        Whether nothing is written.
    sheets : bool or None
        Whether everybody who does something gets a sheet, and each initiative where something is
        arranged; None: as the team has it.
    quick : bool
        Whether it is not worked out what there is too little of, which change would be enough and
        who could step in. In a large neighbourhood that takes most of the time; the proposals are
        the same. What is left out is said on the page, in the workbook and in ``run.json``.
    """

    time_limit: float | None = None
    seed: int = 0
    language: str | None = None
    dry_run: bool = False
    sheets: bool | None = None
    quick: bool = False


@dataclass(frozen=True)
class WeekRun:
    """What came of a week.

    Attributes
    ----------
    proposals : Proposals
        What is proposed.
    recorded : Recorded
        What became of the decisions that came back.
    kept : KeptRun
        The run as it is remembered.
    before : RunDifference or None
        What is different from the last run of the latest week before; None: there is none.
    signals : Signals
        What is changing or missing, for the meeting of that Monday.
    facts : Released
        What the page shows, for the team.
    files : Mapping[str, Path]
        What was written, or would be, by name.
    problems : tuple of DataProblem
        Warnings about the workbooks that came back, and about ids that could not be filled in.
    """

    proposals: Proposals
    recorded: Recorded
    kept: KeptRun
    before: RunDifference | None
    signals: Signals
    facts: Released[WeekFacts]
    files: Mapping[str, Path]
    problems: tuple[DataProblem, ...]


def run(
    folder: str | PathLike[str],
    week: str | Week,
    *,
    out: str | PathLike[str],
    settings: Settings | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> WeekRun:
    """Live through one week: read, take in what was decided, propose, write.

    Running the same week again gives the same files. Until the last moment nothing is changed:
    a crash, a full disk or an error leaves last week as it was.

    Parameters
    ----------
    folder : path
        The tables, as for :func:`assetmap.read`.
    week : str or Week
        The week.
    out : path
        Folder of the results of all weeks, and of the history.
    settings : Settings, optional
        How; default: ``Settings()``.
    progress : callable, optional
        Called with a :class:`assetmap.match.Progress` now and then.

    Raises
    ------
    DataProblems
        Something in the tables, or in a workbook that came back, must be repaired first; all of
        it at once.
    InUse
        Another run is busy.
    UnusableInput
        A file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as out:
    ...     made = run("examples/buurthuis", "2026-W48", out=out)
    ...     sorted(path.name for path in Path(out).iterdir())  # doctest: +NORMALIZE_WHITESPACE
    ['briefjes-2026-W48', 'history.sqlite', 'plans.csv', 'run.json', 'sheets.key',
     'shortages.csv', 'unmet.csv', 'voorstellen-2026-W48.xlsx', 'week-2026-W48.html', 'week.html']
    """
    how = settings or Settings()
    asked, place = Week.parse(str(week)), Path(out)
    with unhurried(), _store(place, dry_run=how.dry_run) as store, store.changing():
        if not how.dry_run:
            sweep(folder_of(folder))
        read_now = stamps(file for _, file in workbooks(place))
        made, files = _lived(folder, asked, store=store, place=place, how=how, progress=progress)
        if not how.dry_run:
            unchanged(read_now)
            gone = no_longer(place, str(asked), files)
            store.put({place / name: content for name, content in files.items()}, gone=gone)
    if not how.dry_run:
        without_empty(gone)
    return made


def _lived(
    folder: str | PathLike[str],
    week: Week,
    *,
    store: History,
    place: Path,
    how: Settings,
    progress: Callable[[Progress], None] | None,
) -> tuple[WeekRun, dict[str, bytes]]:
    """Take in what was decided, propose, look for signals; return it with the files to write."""
    tables = read(folder)
    beside = tuple(bystanders(place, week, writes=not how.dry_run))
    answers = answers_in(place, store, tables, week=week)
    if answers.wrong or any(each.severity is Severity.ERROR for each in beside):
        raise DataProblems((*beside, *answers.problems))
    recorded = store.decide(answers.decisions)
    store.note(answers.notes)
    hood = with_history(tables, store)
    proposals = propose(
        hood,
        week,
        time_limit=how.time_limit,
        seed=how.seed,
        progress=progress,
        kept=unanswered(store, week, weeks=hood.policy.horizon_weeks),
    )
    before = store.before(week)
    said = () if how.dry_run else write_back_ids(folder)
    hashes = input_hashes(folder)  # with the ids that were filled in, as next time
    kept = store.keep(proposals, hashes)
    difference = None if before is None else compare(before, kept)
    found = _looked(store, hood, week)
    facts = gather(proposals, Audience.TEAM, signals=found, before=difference, quick=how.quick)
    lang = language(how.language or proposals.policy.language).value
    files = {
        **_pages(facts, week, lang),
        **_book(
            proposals,
            (facts, found),
            notes=store.notes(),
            answers=answers,
            reserves=None if how.quick else _reserves(proposals),
            lang=lang,
        ),
        **_results(proposals, hashes, quick=how.quick, lang=lang),
        **sheet_files(proposals, place=place, lang=lang, wanted=how.sheets),
    }
    made = WeekRun(
        proposals=proposals,
        recorded=recorded,
        kept=kept,
        before=difference,
        signals=found,
        facts=facts,
        files={name: place / name for name in files},
        problems=(*beside, *answers.problems, *said),
    )
    return made, files


def _results(
    proposals: Proposals, hashes: Mapping[str, str], *, quick: bool, lang: str
) -> dict[str, bytes]:
    """Return the tables and the record.

    What is left out is named where it would stand: an empty table would say that there is none.
    """
    tables = results(proposals, remedies=not quick, scarce=not quick)
    told = f"{say('report.decisions.no-reserve', lang)}\n".encode()
    proof = record(proposals, hashes, left_out=_SLOW if quick else ())
    return {
        **({SHORTAGES: told} if quick else {}),
        **result_files(tables),
        "run.json": record_json(proof).encode(),
    }


@contextmanager
def _store(place: Path, *, dry_run: bool) -> Iterator[History]:
    """Open the history; for a dry run a copy of it, so that nothing is touched."""
    if not dry_run:
        try:
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as wrong:
            raise unusable("trouble.not-made", name=place.name) from wrong
        with History(place / HISTORY) as store:
            yield store
        return
    with trial(place / HISTORY) as store:
        yield store


def _looked(store: History, hood: Neighbourhood, week: Week) -> Signals:
    """Find the signals of the meeting, and note which cards are on the table.

    What a meeting said of a card already stays as it was said.
    """
    day = week.monday
    found = detect(hood, asof=day, earlier=store.notes(before=day))
    said = {note.card for note in store.notes() if note.date == day}
    store.note(note for note in found.notes() if note.card not in said)
    return found


def _pages(facts: Released[WeekFacts], week: Week, lang: str) -> dict[str, bytes]:
    page = week_html(facts, lang).encode()
    return {f"week-{week}.html": page, LATEST: page}


def _book(
    proposals: Proposals,
    shown: tuple[Released[WeekFacts], Signals],
    *,
    notes: Iterable[MeetingNote],
    answers: Answers,
    reserves: Mapping[str, Said] | None,
    lang: str,
) -> dict[str, bytes]:
    """Return the workbook, with what was answered in it before."""
    facts, found = shown
    latest: dict[str, Decision] = {}
    now = {plan.plan: plan.occurrence for plan in proposals.items}
    for row in sorted(answers.decisions, key=lambda d: d.date):
        latest[row.plan] = row
        if row.moment not in {None, now.get(row.plan)}:
            del latest[row.plan]  # it was agreed for another hour: that is asked again
    book = decision_workbook(
        facts,
        answers={**answers.begun, **latest},
        reserves=reserves,
        signals=for_audience(found, Audience.TEAM),
        noted={note.card: note for note in notes if note.date == found.asof},
        lang=lang,
    )
    return {workbook_name(str(proposals.week), lang): book}


def _reserves(proposals: Proposals) -> dict[str, Said]:
    """Return who could step in, for the first proposals by need."""
    voice = Voice(proposals)
    needs = dict.fromkeys(p.need for p in proposals.items if p.status is not PlanStatus.STANDING)
    found: dict[str, Said] = {}
    for need in islice(needs, _WITH_RESERVE):
        others = alternatives(proposals, need, k=1)
        if others:
            found[need] = reserve(voice, others[0].plan)
    return found
