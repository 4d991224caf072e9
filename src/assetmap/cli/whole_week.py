"""``assetmap week``: what was decided comes in, what is proposed goes out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assetmap.cli.checking import refused, warned
from assetmap.cli.problem_list import ProblemList
from assetmap.cli.running import proof_doubtful, team_language
from assetmap.cli.screen import Screen, progress
from assetmap.cli.week_asked import nearest_week, week_asked
from assetmap.cli.week_screen import WeekScreen, page_link
from assetmap.errors import DataProblem, DataProblems, InUse, UnusableInput
from assetmap.history import RunDifference
from assetmap.report.handing import sheet_stem
from assetmap.schedule import Week
from assetmap.tables.output import folder_of
from assetmap.texts import Language, say, unusable_in
from assetmap.week import Settings, WeekRun, run
from assetmap.week.running import HISTORY

__all__ = ["WeekOrder", "live_through"]


@dataclass(frozen=True)
class WeekOrder:
    """What somebody asked for.

    Attributes
    ----------
    folder : Path
        The tables.
    week : str or None
        ISO week; None: that of today, from Friday on the next.
    out : Path or None
        Folder of the results of all weeks; None: one beside the tables.
    dry_run : bool
        Whether nothing is written.
    time_limit : float or None
        Emergency exit in seconds; None: the team's.
    seed : int
        Seed of the search.
    lang : Language or None
        Language of what is shown; None: the team's.
    as_json : bool
        Whether a machine reads.
    no_sheets : bool
        Whether no sheets are written; else it is as the team has it.
    quick : bool
        Whether what takes longest is left out.
    """

    folder: Path
    week: str | None = None
    out: Path | None = None
    dry_run: bool = False
    time_limit: float | None = None
    seed: int = 0
    lang: Language | None = None
    as_json: bool = False
    no_sheets: bool = False
    quick: bool = False


def live_through(order: WeekOrder) -> int:
    """Run the week, show it, and return the exit code."""
    screen = Screen(order.lang or team_language(order.folder), order.as_json)
    today = dt.date.today()
    week = Week.at_hand(today) if order.week is None else week_asked(order.week, today)
    if week is None:
        nearest = str(nearest_week(order.week or "", today))
        screen.tell("cli.no-such-week", found=order.week, nearest=nearest)
        screen.hand_over({"folder": str(order.folder), "exit": 2, "nearest": nearest})
        return 2
    out = _place(order, screen.lang)
    sheets = False if order.no_sheets else None
    settings = Settings(
        order.time_limit, order.seed, order.lang, order.dry_run, sheets, quick=order.quick
    )
    try:
        with progress(screen) as step:
            made = run(order.folder, week, out=out, settings=settings, progress=step)
    except DataProblems as wrong:
        code = refused(order.folder, wrong.problems, screen)
        _in_books(wrong.problems, screen)
        screen.tell("cli.nothing-written")
        return code
    except InUse:
        return _stopped(order, screen, "cli.whole-week.in-use")
    except UnusableInput as wrong:
        return _stopped(
            order, screen, "cli.whole-week.not-written", why=unusable_in(wrong, screen.lang)
        )
    return _shown(order, made, screen, warnings=made.problems)


def _place(order: WeekOrder, lang: Language) -> Path:
    """Return where the results of all weeks are: where there is a history, in any language."""
    if order.out is not None:
        return order.out
    beside = folder_of(order.folder)
    places = [beside / say("workbook.start.results", each) for each in (lang, *Language)]
    return next((place for place in places if (place / HISTORY).is_file()), places[0])


def _stopped(order: WeekOrder, screen: Screen, key: str, **facts: str) -> int:
    screen.tell(key, **facts)
    screen.hand_over({"folder": str(order.folder), "exit": 2, "fault": key.rpartition(".")[2]})
    return 2


def _shown(
    order: WeekOrder, made: WeekRun, screen: Screen, *, warnings: tuple[DataProblem, ...]
) -> int:
    hood = made.proposals.hood
    screen.show(WeekScreen(made.facts, screen.lang))
    for line in _lines(made, screen.lang):
        screen.show(line)
    if order.quick:
        screen.tell("cli.whole-week.quick")
    if made.proposals.apart.safety:
        screen.tell("cli.safety")
    books = [each for each in warnings if "file" in each.facts]
    if books:
        screen.tell_at_length(ProblemList(books, screen.lang))
        _in_books((each for each in books if each.table is not None), screen)
    attention = [
        bool(books),
        warned(order.folder, (*hood.notices, *(w for w in warnings if w not in books)), screen),
        proof_doubtful(made.proposals.certificate, screen),
    ]
    code = int(any(attention))
    page = made.files[f"week-{made.proposals.week}.html"]
    if order.dry_run:
        screen.tell("cli.whole-week.dry-run")
    else:
        screen.show(*page_link(page, screen.lang), *_sheets(made, screen.lang), whole=True)
    screen.hand_over(
        {
            "folder": str(order.folder),
            "exit": code,
            "week": str(made.proposals.week),
            "written": not order.dry_run,
            "files": {name: str(path) for name, path in made.files.items()},
            "decisions": {
                "new": made.recorded.new,
                "changed": made.recorded.changed,
                "known": made.recorded.known,
                "arranged": list(made.recorded.arranged),
                "ended": list(made.recorded.ended),
            },
        }
    )
    return code


def _in_books(found: Iterable[DataProblem], screen: Screen) -> None:
    """Say in which workbooks something is; a row alone does not tell."""
    books = sorted({str(each.facts["file"]) for each in found if "file" in each.facts})
    if books:
        screen.tell("cli.whole-week.in-books", names=", ".join(books))


def _sheets(made: WeekRun, lang: Language) -> Iterator[str]:
    """Yield how many sheets there are to hand out, and where they are in one print."""
    pages = [name for name in made.files if "/" in name and name.endswith(".html")]
    whole = {f"{sheet_stem('all', each)}.html" for each in Language}
    for name in pages:
        if name.rpartition("/")[2] in whole:
            path = str(made.files[name])
            yield say("cli.whole-week.sheets", lang, n=len(pages) - 1, path=path)


def _lines(made: WeekRun, lang: Language) -> list[str]:
    """Return what came in, and what is different from last time, in words."""
    told = []
    came = made.recorded.new + made.recorded.changed
    if came:
        told.append(say("cli.whole-week.decided", lang, n=came))
    changed = {"arranged": made.recorded.arranged, "ended": made.recorded.ended}
    told += [say(f"cli.whole-week.{k}", lang, n=len(ids)) for k, ids in changed.items() if ids]
    return [*told, *difference_lines(made.before, lang)]


def difference_lines(difference: RunDifference | None, lang: Language) -> list[str]:
    """Return how a run differs from an earlier one, in words."""
    if difference is None:
        return []
    names = ("asked", "met", "changed", "unmet", "gone")
    found = {name: len(getattr(difference, name)) for name in names}
    told = [say(f"cli.whole-week.{name}", lang, n=n) for name, n in found.items() if n]
    return told or [say("cli.whole-week.same", lang)]
