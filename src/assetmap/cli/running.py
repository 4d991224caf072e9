"""``assetmap match`` and ``demo``: from tables to a week's proposals, on screen and in files."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assetmap.cli.checking import refused, warned
from assetmap.cli.outcome import Outcome, make
from assetmap.cli.screen import Screen, progress
from assetmap.cli.week_asked import nearest_week, week_asked
from assetmap.cli.week_screen import WeekScreen, page_link
from assetmap.errors import DataProblem, DataProblems, UnusableInput
from assetmap.match import Certificate, propose
from assetmap.report.record import input_hashes
from assetmap.schedule import Week
from assetmap.solvers import Status
from assetmap.tables import read, write_back_ids
from assetmap.tables.output import put
from assetmap.tables.reading import everything
from assetmap.texts import Language

__all__ = ["Order", "bundled", "proof_doubtful", "run", "team_language"]


@dataclass(frozen=True)
class Order:
    """What somebody asked for.

    Attributes
    ----------
    folder : Path
        The tables.
    week : str or None
        ISO week; None: that of today.
    out : Path or None
        Where to write; None: nowhere.
    time_limit : float or None
        Emergency exit in seconds; None: the team's.
    seed : int
        Seed of the search.
    lang : Language or None
        Language of what is shown; None: the team's.
    as_json : bool
        Whether a machine reads.
    """

    folder: Path
    week: str | None = None
    out: Path | None = None
    time_limit: float | None = None
    seed: int = 0
    lang: Language | None = None
    as_json: bool = False


@dataclass
class _Watch:
    """Takes the time of each step, for ``run.log``."""

    began: float = field(default_factory=time.perf_counter)
    steps: list[str] = field(default_factory=list)

    def took(self, step: str) -> None:
        now = time.perf_counter()
        self.steps.append(f"{step}: {now - self.began:.3f} s")
        self.began = now

    def log(self) -> bytes:
        return ("\n".join(self.steps) + "\n").encode()


def bundled() -> Path:
    """Return where the invented neighbourhood lies: in the package, or beside its source."""
    package = Path(__file__).parents[1]
    packed = package / "buurthuis"
    return packed if packed.is_dir() else package.parents[1] / "examples" / "buurthuis"


def run(order: Order) -> int:
    """Propose a week, show it, write it where asked, and return the exit code."""
    watch = _Watch()
    try:
        hood = read(order.folder)
    except DataProblems as wrong:
        return _refused(order, wrong.problems)
    screen = Screen(order.lang or Language(hood.policy.language), order.as_json)
    week = _week(order.week)
    if week is None:
        return _no_such_week(order, screen)
    watch.took("read")
    with progress(screen) as step:
        proposals = propose(hood, week, time_limit=order.time_limit, seed=order.seed, progress=step)
    watch.took("match")
    hashes, kept = input_hashes(order.folder), order.out is not None
    outcome = make(proposals, hashes, screen.lang, remedies=kept)
    watch.took("report")
    said = hood.notices
    if order.out is not None:
        files = {**outcome.files, "run.log": watch.log()}
        try:
            put({order.out / name: content for name, content in files.items()})
        except UnusableInput:
            screen.tell("cli.not-written", place=str(order.out))
            return 2
        said = (*said, *write_back_ids(order.folder))
    if proposals.apart.safety:
        screen.tell("cli.safety")
    attention = [warned(order.folder, said, screen), proof_doubtful(proposals.certificate, screen)]
    if order.week is None and _today() > week.monday:
        screen.tell("cli.week-begun", next=str(week + 1))
    return _shown(order, outcome, screen, code=int(any(attention)))


def team_language(folder: Path) -> Language:
    """Return the language that a team chose, whatever else is wrong with its tables."""
    return Language(everything(folder).policy.language)


def _today() -> dt.date:
    return dt.date.today()


def _week(text: str | None) -> Week | None:
    """Return the week that was asked for; None when it does not exist."""
    return Week.at_hand(_today()) if text is None else week_asked(text, _today())


def _no_such_week(order: Order, screen: Screen) -> int:
    given = order.week or ""
    nearest = str(nearest_week(given, _today()))
    screen.tell("cli.no-such-week", found=given, nearest=nearest)
    screen.hand_over({"folder": str(order.folder), "exit": 2, "week": given, "nearest": nearest})
    return 2


def _refused(order: Order, problems: Iterable[DataProblem]) -> int:
    """Show what has to be repaired first; nothing was written."""
    screen = Screen(order.lang or team_language(order.folder), order.as_json)
    code = refused(order.folder, problems, screen)
    if order.week is not None and _week(order.week) is None:
        nearest = str(nearest_week(order.week, _today()))
        screen.tell("cli.no-such-week", found=order.week, nearest=nearest)
    screen.tell("cli.nothing-written")
    return code


def proof_doubtful(proof: Certificate, screen: Screen) -> bool:
    """Say what is not proven or no longer possible; tell whether there is such a thing."""
    if proof.status is not Status.OPTIMAL:
        screen.tell("cli.not-proven")
    if proof.cut:
        screen.tell("cli.not-all-weighed")
    if proof.notes:
        screen.tell("cli.no-longer-possible", n=len(proof.notes))
    return proof.status is not Status.OPTIMAL or bool(proof.cut or proof.notes)


def _shown(order: Order, outcome: Outcome, screen: Screen, *, code: int) -> int:
    screen.show(WeekScreen(outcome.facts, screen.lang))
    where: dict[str, Any] = {"folder": str(order.folder), "exit": code, "out": None}
    if order.out is not None:
        page = order.out / "week.html"
        where |= {"out": str(order.out), "page": page.resolve().as_uri()}
        screen.show(*page_link(page, screen.lang), whole=True)
    screen.hand_over({**where, **outcome.document})
    return code
