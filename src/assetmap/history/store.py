"""The store: one SQLite file, in which a run is there whole or not at all."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from assetmap.errors import InUse, UnusableInput
from assetmap.history.decided import Recorded, arrangements_of, decisions_of, record_decisions
from assetmap.history.erasing import Erased, erase_before, erase_person
from assetmap.history.kept import KeptPlan, KeptRun
from assetmap.history.noted import notes_of, record_notes
from assetmap.history.placing import finish, remember, unplaced, waits
from assetmap.history.reading import run_numbers, run_of
from assetmap.history.schema import brought_up_to_date
from assetmap.history.trouble import plainly
from assetmap.history.writing import fingerprint_of, hood_hash, insert_run
from assetmap.match import Proposals
from assetmap.model import Arrangement, Decision
from assetmap.schedule import Week
from assetmap.signals import MeetingNote
from assetmap.tables.output import Placing, prepared
from assetmap.texts import unusable

__all__ = ["History"]

_SETTINGS = (
    "busy_timeout = 0",
    "secure_delete = ON",
    "foreign_keys = ON",
    "journal_mode = WAL",
    "synchronous = FULL",
)
_PATIENCE = 10_000
"""Milliseconds to wait for whoever is putting files in their place."""


class History:
    """What earlier runs proposed and what people decided, in one SQLite file.

    It holds ids and words from closed lists, and the remarks that people wrote with a decision;
    no names and no sentences. Only its owner can read the file. Whatever is written is there
    whole or not at all, also when the program or the machine stops halfway, and two programs
    cannot write at the same time.

    Parameters
    ----------
    path : path
        The file; it is made where it is not there yet, its folder is not.
    must_exist : bool, default False
        Whether a file that is not there is an error.

    Raises
    ------
    UnusableInput
        The file cannot be opened, is something else, or was written by a later version.
    InUse
        Another program is bringing it up to date.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from assetmap.match import propose
    >>> from assetmap.model import Neighbourhood
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with History(Path(folder, "history.sqlite")) as history:
    ...         first = history.keep(propose(Neighbourhood(), "2026-W48"))
    ...         again = history.keep(propose(Neighbourhood(), "2026-W48"))
    ...         first.run, again.run, len(history.runs())
    (1, 1, 1)
    """

    def __init__(self, path: str | os.PathLike[str], *, must_exist: bool = False) -> None:
        self.path = Path(path)
        self._work: list[Placing] = []
        self._wiping = False
        if must_exist and not self.path.is_file():
            raise unusable("trouble.no-history", name=self.path.name)
        self._connection = _connected(self.path)
        try:
            with plainly(self.path):
                brought_up_to_date(self._connection, self.path.name)
            if self._unplaced():
                with suppress(InUse), self.changing():
                    pass  # what a killed program left is put right; one that is busy does so itself
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        """Close the file; what was not finished is undone."""
        self._connection.close()

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self.close()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the store for a set of changes: all of them are made at the end, or none.

        Raises
        ------
        InUse
            Another program is changing it.
        UnusableInput
            The changes cannot be written, for instance because the disk is full.
        """
        if self._connection.in_transaction:
            yield
            return
        self._begin()
        try:
            yield
            with plainly(self.path):
                self._connection.execute("COMMIT")
        except BaseException:
            self._undo()
            raise
        self._place()
        if self._wiping:
            self._wipe()

    def _begin(self) -> None:
        """Take hold of the store; what a killed program left is put right first, for good."""
        with plainly(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            with plainly(self.path):
                if finish(self._connection, self.path.parent):
                    self._connection.execute("COMMIT")
                    self._connection.execute("BEGIN IMMEDIATE")
        except BaseException:
            self._undo()
            raise

    def _undo(self) -> None:
        """Take back the changes, and the files that go with them unless these were made."""
        self._roll_back()
        self._wiping = False
        work, self._work = self._work, []
        if work and not self._unplaced():
            for each in work:
                each.drop()

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def _unplaced(self) -> int:
        with plainly(self.path):
            return unplaced(self._connection)

    def put(
        self, files: Mapping[Path, bytes], *, keep_rights: bool = False, gone: Iterable[Path] = ()
    ) -> None:
        """Write files that go with a set of changes: both are there in the end, or neither.

        They are moved to their places when the changes are made. A program that is killed in
        between leaves the rest to the next one that opens the store.

        Parameters
        ----------
        files, keep_rights, gone
            As for :func:`assetmap.tables.output.put`.

        Raises
        ------
        UnusableInput
            A file cannot be written; then nothing of the set of changes is made.
        """
        with self.changing():
            work = prepared(files, keep_rights=keep_rights, gone=gone)
            self._work.append(work)
            with plainly(self.path):
                remember(self._connection, self.path.parent, work)

    def _place(self) -> None:
        """Move the files that go with the changes, while nobody else does."""
        if not self._work:
            return
        try:
            with self._patient(), plainly(self.path):
                self._connection.execute("BEGIN IMMEDIATE")
        except InUse:
            self._work.clear()  # whoever holds the store began with putting them in place
            return
        work = list(self._work)
        try:
            with plainly(self.path):
                own = any(waits(self._connection, self.path.parent, each) for each in work)
            for each in work if own else ():
                each.move()
        except BaseException:
            self._undo()
            raise
        self._work.clear()
        for each in work:
            each.clear()
        with suppress(UnusableInput), plainly(self.path):  # or else whoever comes next finds out
            if own:  # what is there otherwise is of another program, that put ours in place
                self._connection.execute("DELETE FROM unplaced")
            self._connection.execute("COMMIT")
        self._roll_back()

    @contextmanager
    def _patient(self) -> Iterator[None]:
        self._connection.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
        try:
            yield
        finally:
            self._connection.execute("PRAGMA busy_timeout = 0")

    def keep(self, proposals: Proposals, inputs: Mapping[str, str] | None = None) -> KeptRun:
        """Keep a run. The same run again changes nothing; another one of that week comes after it.

        Parameters
        ----------
        proposals : Proposals
            The run.
        inputs : Mapping[str, str], optional
            SHA-256 of each file it was read from, by name; default: one of all its records.

        Returns
        -------
        KeptRun
            As it is in the store now.
        """
        hashes = {"records": hood_hash(proposals.hood)} if inputs is None else inputs
        fingerprint = fingerprint_of(proposals, hashes)
        with self.changing(), plainly(self.path):
            row = self._connection.execute(
                "SELECT run FROM run WHERE week = ? AND fingerprint = ?",
                (str(proposals.week), fingerprint),
            ).fetchone()
            number = (
                insert_run(self._connection, proposals, hashes, fingerprint=fingerprint)
                if row is None
                else row[0]
            )
            newest = (str(proposals.week), number)
            self._connection.execute("INSERT OR REPLACE INTO newest VALUES (?, ?)", newest)
            return run_of(self._connection, number)

    def run(self, number: int) -> KeptRun:
        """Return a run by its number.

        Raises
        ------
        UnknownName
            There is no such run.
        """
        with plainly(self.path):
            return run_of(self._connection, number)

    def runs(self, week: str | Week | None = None) -> tuple[KeptRun, ...]:
        """Return all runs, or those of one week, in the order in which they were kept."""
        asked = None if week is None else str(Week.parse(str(week)))
        with plainly(self.path):
            return tuple(
                run_of(self._connection, number) for number in run_numbers(self._connection, asked)
            )

    def before(self, week: str | Week) -> KeptRun | None:
        """Return the last run of the latest week before this one; None: there is none."""
        with plainly(self.path):
            row = self._connection.execute(
                "SELECT run FROM newest WHERE week < ? ORDER BY week DESC LIMIT 1",
                (str(Week.parse(str(week))),),
            ).fetchone()
            return None if row is None else run_of(self._connection, row[0])

    def last(self, week: str | Week) -> KeptRun | None:
        """Return the run of a week that was made last; None: the week was not run."""
        with plainly(self.path):
            row = self._connection.execute(
                "SELECT run FROM newest WHERE week = ?", (str(Week.parse(str(week))),)
            ).fetchone()
            return None if row is None else run_of(self._connection, row[0])

    def proposed(self, plan: str, week: str | Week | None = None) -> tuple[KeptPlan, ...]:
        """Return a plan as it was proposed last, and after it what else that run had for the need.

        Nothing when no run ever proposed it.

        Parameters
        ----------
        plan : str
            Its id.
        week : str or Week, optional
            The week in whose workbook it stood: as the last run of that week had it, if that did.
        """
        of = "" if week is None else str(Week.parse(str(week)))
        with plainly(self.path):
            row = self._connection.execute(
                "SELECT plan.run, need FROM plan LEFT JOIN newest ON newest.run = plan.run"
                " WHERE plan = ? ORDER BY coalesce(week, '') = ? DESC, plan.run DESC LIMIT 1",
                (plan, of),
            ).fetchone()
            if row is None:
                return ()
            found = run_of(self._connection, row[0]).plans
        same = [each for each in found if each.need == row[1]]
        return tuple(sorted(same, key=lambda each: each.plan != plan))

    def decide(self, decisions: Iterable[Decision]) -> Recorded:
        """Record what people decided on plans of earlier runs.

        The same decision again changes nothing. Another word on the same plan and day takes the
        place of the one before. ``done`` on a plan for something that comes back becomes a
        standing arrangement, a leg each; ``no_more`` ends it.

        Parameters
        ----------
        decisions : iterable of Decision
            What was decided.

        Returns
        -------
        Recorded
            What became of each.
        """
        with self.changing(), plainly(self.path):
            return record_decisions(self._connection, decisions)

    def decisions(self) -> tuple[Decision, ...]:
        """Return all decisions, by date and plan."""
        with plainly(self.path):
            return decisions_of(self._connection)

    def arrangements(self, on: dt.date | None = None) -> tuple[Arrangement, ...]:
        """Return the standing arrangements that came from decisions, by id.

        Parameters
        ----------
        on : date, optional
            Only those that hold on that day.
        """
        with plainly(self.path):
            found = arrangements_of(self._connection)
        if on is None:
            return found
        return tuple(
            row
            for row in found
            if (row.since is None or row.since <= on) and (row.until is None or on <= row.until)
        )

    def note(self, notes: Iterable[MeetingNote]) -> None:
        """Keep what a meeting did with cards; another note on the same day takes its place."""
        with self.changing(), plainly(self.path):
            record_notes(self._connection, notes)

    def notes(self, before: dt.date | None = None) -> tuple[MeetingNote, ...]:
        """Return what meetings did with cards, by day and card.

        Parameters
        ----------
        before : date, optional
            Only meetings before that day.
        """
        with plainly(self.path):
            return notes_of(self._connection, before)

    def forget(
        self,
        *people: str,
        records: Iterable[str] = (),
        before: str | Week | None = None,
        beside: Callable[[], None] | None = None,
    ) -> Erased:
        """Take somebody out of everything that was kept; the file keeps no trace of it.

        Plans of earlier runs in which they had a part are removed with all parts, and so are
        what they asked, their decisions and arrangements, and their records as the evidence of
        cards. Cards about the person alone go with what meetings noted about them.

        Parameters
        ----------
        *people : str
            Ids; mostly one.
        records : iterable of str, optional
            References to further records about them, such as ``observation:o1``.
        before : str or Week, optional
            The first week that stays: runs of earlier weeks are removed, whoever is in them, and
            what was decided and what ended before it.
        beside : callable, optional
            What has to be done elsewhere as well; when it fails, nothing is removed here.

        Returns
        -------
        Erased
            How much was removed.
        """
        gone = tuple(records)
        with self.changing():
            with plainly(self.path):
                each = [erase_person(self._connection, person, records=gone) for person in people]
                if before is not None:
                    each.append(erase_before(self._connection, Week.parse(str(before))))
            if beside is not None:
                beside()
            self._wiping = True
        return Erased.all_of(each)

    def _wipe(self) -> None:
        """Leave nothing of what was removed in the bytes of the file."""
        self._wiping = False
        with plainly(self.path):
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _connected(path: Path) -> sqlite3.Connection:
    """Open the file, for its owner only, with everything on that keeps it whole."""
    if path.is_dir():
        raise unusable("trouble.history-folder", name=path.name)
    try:
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as wrong:
        raise unusable("trouble.history-not-made", name=path.name) from wrong
    with plainly(path):
        connection = sqlite3.connect(path, timeout=0.0, isolation_level=None)
        try:
            for setting in _SETTINGS:
                connection.execute(f"PRAGMA {setting}")
        except BaseException:
            connection.close()
            raise
    return connection
