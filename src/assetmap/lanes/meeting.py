"""How a meeting's answers come back: plain notes, one for each time a card was on the table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from assetmap.errors import UnusableInput
from assetmap.lanes.card import Card, CardState, OwnCard, SixWeeks
from assetmap.lanes.lines import Line
from assetmap.lanes.scene import Scene
from assetmap.model import SignalSettings

__all__ = ["Held", "LookBack", "MeetingNote", "look_backs", "notes_from_rows", "standing"]

_COLUMNS = ("card", "date", "state", "evidence", "because", "outcome")
_SHOWN = frozenset({CardState.NEW, CardState.ONGOING})
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True)
class MeetingNote:
    """What a meeting did with one card on one day.

    Attributes
    ----------
    card : str
        Id of the card.
    date : date
        The day of the meeting.
    state : CardState
        New or ongoing: it was shown; else what the meeting decided.
    evidence : tuple of str
        References of the records on the card that day. They tell later on who has joined since;
        without them the day alone decides.
    because : str or None
        Why it was put aside, in the meeting's own words.
    outcome : SixWeeks or None
        What came of it, where the meeting looked back.

    Examples
    --------
    >>> import datetime as dt
    >>> note = MeetingNote("unusual|meal|-", dt.date(2026, 11, 23), CardState.PICKED_UP)
    >>> note.row()["state"]
    'picked_up'
    """

    card: str
    date: dt.date
    state: CardState
    evidence: tuple[str, ...] = ()
    because: str | None = None
    outcome: SixWeeks | None = None

    def row(self) -> dict[str, str]:
        """Return it as a row of texts, for CSV or JSON; the evidence with ``|`` between."""
        return {
            "card": self.card,
            "date": self.date.isoformat(),
            "state": self.state.value,
            "evidence": "|".join(self.evidence),
            "because": self.because or "",
            "outcome": self.outcome.value if self.outcome else "",
        }


def notes_from_rows(rows: Iterable[Mapping[str, str]]) -> tuple[MeetingNote, ...]:
    """Read notes back from rows of texts; the inverse of :meth:`MeetingNote.row`.

    Parameters
    ----------
    rows : iterable of Mapping[str, str]
        With the columns ``card``, ``date`` and ``state``; ``evidence``, ``because`` and
        ``outcome`` may be blank or missing. Others are passed over.

    Raises
    ------
    UnusableInput
        Naming the row, the column, and what is allowed; never what stood there.

    Examples
    --------
    >>> row = {"card": "unusual|meal|-", "date": "2026-11-23", "state": "discussed"}
    >>> notes_from_rows([row])[0].state.value
    'discussed'
    """
    return tuple(_note(at, row) for at, row in enumerate(rows, start=1))


def _note(at: int, row: Mapping[str, str]) -> MeetingNote:
    cells = {name: (row.get(name) or "").strip() for name in _COLUMNS}
    if not cells["card"]:
        raise UnusableInput(f"row {at}: card is blank; give the id of the card")
    try:
        day = dt.date.fromisoformat(cells["date"])
    except ValueError:
        raise UnusableInput(f"row {at}: date must be a day, such as 2026-11-23") from None
    return MeetingNote(
        card=cells["card"],
        date=day,
        state=_choice(at, "state", cells["state"], CardState),
        evidence=tuple(part for part in cells["evidence"].split("|") if part),
        because=cells["because"] or None,
        outcome=_choice(at, "outcome", cells["outcome"], SixWeeks) if cells["outcome"] else None,
    )


def _choice(at: int, name: str, text: str, kind: type[Choice]) -> Choice:
    if text not in set(kind):
        allowed = ", ".join(kind)
        raise UnusableInput(f"row {at}: {name} must be one of: {allowed}")
    return kind(text)


@dataclass(frozen=True)
class Held:
    """A card that is held back, since nobody new joined.

    Attributes
    ----------
    card : Card
        The card, as it would have been.
    """

    card: Card


def standing(
    card: Card, notes: Iterable[MeetingNote], scene: Scene, settings: SignalSettings
) -> Card | Held:
    """Return a card with what meetings did with it, or that it is held back.

    Notes of the last `remember_days` count. Of an earlier day than `asof`, they tell who was on the
    card: it comes back only when somebody joined. What the meeting decided last stays with it, also
    when that was today.

    Parameters
    ----------
    card : Card
        As its lane made it.
    notes : iterable of MeetingNote
        All notes.
    scene : Scene
        What is looked at.
    settings : SignalSettings
        How long a card is remembered.
    """
    since = scene.asof - dt.timedelta(days=settings.remember_days)
    own = [note for note in notes if note.card == card.card and since <= note.date <= scene.asof]
    own.sort(key=lambda note: note.date)
    if not own:
        return card
    joined = _joined(card, [note for note in own if note.date < scene.asof], scene)
    decided = [note for note in own if note.state not in _SHOWN]
    told = replace(
        card,
        state=decided[-1].state if decided else _ongoing(card, own, scene),
        since=own[0].date,
        joined=joined,
        because=next((note.because for note in reversed(own) if note.because), None),
        outcome=next((note.outcome for note in reversed(own) if note.outcome), None),
    )
    return Held(told) if joined == 0 else told


def _ongoing(card: Card, notes: Iterable[MeetingNote], scene: Scene) -> CardState:
    """Return ongoing when it was shown on an earlier day; else it stays what it was."""
    before = any(note.date < scene.asof for note in notes)
    return CardState.ONGOING if before and card.state is CardState.NEW else card.state


def _joined(card: Card, earlier: list[MeetingNote], scene: Scene) -> int | None:
    """Return how many joined since earlier meetings; None where there were none."""
    if not earlier:
        return None
    records = {ref for note in earlier for ref in note.evidence}
    if records:
        known = {scene.member_of(ref) for ref in records}
        return len(set(card.members or ()) - known)
    last = earlier[-1].date
    before = {scene.member_of(ref) for ref in card.evidence or () if _by(scene, ref, last)}
    return len(set(card.members or ()) - before)


def _by(scene: Scene, ref: str, day: dt.date) -> bool:
    """Tell whether a record was there on a day; what has no day of its own was."""
    own = scene.day_of(ref)
    return own is None or own <= day


@dataclass(frozen=True)
class LookBack:
    """A card that was picked up long enough ago to ask what came of it.

    Attributes
    ----------
    card : str
        Its id.
    picked_up : date
        When it was picked up.
    days : int
        How many days ago that is.
    then : int
        How many households, or other members, it had that day.
    now : int
        How many it has in the present window; 0 where there is no such signal any more.
    """

    card: str
    picked_up: dt.date
    days: int
    then: int
    now: int

    def line(self) -> Line:
        """Return the question for the meeting."""
        return Line.of("signals.look_back", first=self.picked_up, then=self.then, now=self.now)


def look_backs(
    notes: Iterable[MeetingNote],
    cards: Iterable[Card],
    scene: Scene,
    settings: SignalSettings,
) -> tuple[LookBack, ...]:
    """Return what was picked up `look_back_days` ago or longer, and not looked back on since.

    Cards about a person are left out: their worker knows.
    """
    present = {card.card: card for card in cards}
    own = {name for name, card in present.items() if isinstance(card, OwnCard)}
    by_card: dict[str, list[MeetingNote]] = {}
    for note in notes:
        if note.date <= scene.asof:
            by_card.setdefault(note.card, []).append(note)
    found = []
    for name, its in sorted(by_card.items()):
        its.sort(key=lambda note: note.date)
        picked = [note for note in its if note.state is CardState.PICKED_UP]
        if name in own or name.startswith(("visit|", "alone|")) or not picked:
            continue
        first = picked[0]
        days = (scene.asof - first.date).days
        answered = any(note.outcome and note.date >= first.date for note in its)
        if answered or days < settings.look_back_days:
            continue
        then = {scene.member_of(ref) for ref in first.evidence}
        now = len(present[name].members or ()) if name in present else 0
        found.append(LookBack(name, first.date, days, len(then), now))
    return tuple(found)
