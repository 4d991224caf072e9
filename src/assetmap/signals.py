"""Signals that a meeting can act on: every lane is asked, and the cards that fit are put in order.

A signal is a card for the weekly meeting; never a score, and never about a person's risk. Themes of
safety are taken out before anything else, and so is whatever maps to nothing known. How each lane
looks stands in its own module of :mod:`assetmap.lanes`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated

from assetmap.errors import UnusableInput
from assetmap.lanes.card import (
    Basis,
    Card,
    CardState,
    Lane,
    Nearby,
    NearbyKind,
    OwnCard,
    SixWeeks,
    Surprise,
    Whom,
)
from assetmap.lanes.choosing import NotShown, choose
from assetmap.lanes.lines import Line, Word
from assetmap.lanes.meeting import (
    Held,
    LookBack,
    MeetingNote,
    look_backs,
    notes_from_rows,
    standing,
)
from assetmap.lanes.registry import LANES
from assetmap.lanes.results import Lack, Lacking, LaneResult, Verdict
from assetmap.lanes.scene import Scene
from assetmap.lanes.telling import card_lines, how_surprising, what_of
from assetmap.model import Neighbourhood, Policy
from assetmap.privacy import (
    Audience,
    Discloses,
    Released,
    SafetyRecords,
    notices,
    release,
    require,
    split_safety,
)
from assetmap.schedule import Week

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "COLUMNS",
    "Basis",
    "Card",
    "CardState",
    "Lack",
    "Lacking",
    "Lane",
    "LaneResult",
    "Line",
    "LookBack",
    "MeetingNote",
    "Nearby",
    "NearbyKind",
    "NotShown",
    "OwnCard",
    "SharedSignals",
    "Signals",
    "SixWeeks",
    "Surprise",
    "Verdict",
    "Whom",
    "Word",
    "as_rows",
    "card_lines",
    "detect",
    "for_audience",
    "notes_from_rows",
    "told",
]


@dataclass(frozen=True)
class Signals:
    """What the lanes found on a day; raw, for inside the library.

    What is printed, drawn or written goes through :func:`for_audience`.

    Attributes
    ----------
    asof : date
        The day.
    cards : tuple of Card
        The list of the meeting, most people and freshest first; cards for one worker come last.
    lanes : Mapping[Lane, LaneResult]
        What each lane said: a signal, none, or why it cannot say; with the streams it looked at,
        and all its cards.
    not_shown : Mapping[tuple[Lane, NotShown], int]
        How many cards are not on the list, by lane and why.
    left_out : Mapping[str, int]
        How many questions and notes could not be counted, by the key of the sentence about it.
    look_back : tuple of LookBack
        What was picked up long enough ago to ask what came of it.
    apart : SafetyRecords
        What is about safety, or maps to nothing known: for the named workers alone, and in
        nothing else here.
    policy : Policy
        The team's choices.
    """

    asof: dt.date
    cards: tuple[Card, ...]
    lanes: Mapping[Lane, LaneResult]
    not_shown: Mapping[tuple[Lane, NotShown], int]
    left_out: Mapping[str, int]
    look_back: tuple[LookBack, ...]
    apart: SafetyRecords
    policy: Policy

    @property
    def streams(self) -> int:
        """How many streams were looked at: a theme in an area, or in the whole neighbourhood."""
        own = (self.lanes[lane].streams for lane in _OF_QUESTIONS if lane in self.lanes)
        return max(own, default=0)

    @property
    def tested(self) -> int:
        """How many of them were tested on chance."""
        return sum(len(result.tested) for result in self.lanes.values())

    def notes(
        self, state: CardState | None = None, *, reader: str | None = None
    ) -> tuple[MeetingNote, ...]:
        """Return a note for each card on the table, to give to the next run as `earlier`.

        Parameters
        ----------
        state : CardState, optional
            What the meeting did with all of them; default: it saw them.
        reader : str, optional
            Id of a worker, whose own cards get a note as well.

        Returns
        -------
        tuple of MeetingNote
            In the order of the list. Where the meeting did something else with a card,
            ``dataclasses.replace(note, state=...)`` says so.
        """
        seen = for_audience(self, Audience.TEAM, reader=reader).value.cards
        return tuple(
            MeetingNote(
                card.card or "",
                self.asof,
                state or (CardState.NEW if card.since is None else CardState.ONGOING),
                card.evidence or (),
            )
            for card in seen
        )

    def to_frame(self) -> pd.DataFrame:
        """Return one row per card, in the order of the list; raw, like the cards."""
        import pandas as pd

        rows = [_row(card, self.policy.language) for card in self.cards]
        return pd.DataFrame(rows, columns=list(COLUMNS))

    def text(self, language: str | None = None) -> str:
        """Return the list as text for the team, without the cards for one worker.

        Parameters
        ----------
        language : str, optional
            Default: the team's.
        """
        return told(for_audience(self, Audience.TEAM), language or self.policy.language)

    def __repr__(self) -> str:
        """Return a summary without anything personal."""
        return f"<Signals {self.asof}: {len(self.cards)} cards>"

    def _repr_html_(self) -> str:
        from assetmap.lanes.glance import glance

        released, lang = for_audience(self, Audience.TEAM), self.policy.language
        shared = released.value
        return glance(
            shared.asof,
            shared.cards,
            lang=lang,
            remarks=shared.remarks or (),
            notices=notices(released, lang)[:1],
        )


_OF_QUESTIONS = (Lane.AGREEMENT, Lane.UNUSUAL, Lane.GROWTH)
"""Lanes that look at what is asked, theme by theme and area by area."""
_COUNTS = ("count", "people", "households", "reporters", "contacts")
COLUMNS = (
    "card",
    "lane",
    "theme",
    "area",
    "first",
    "last",
    *_COUNTS,
    "times_a_year",
    "p",
    "talents",
    "to",
    "evidence",
    "state",
    "since",
    "what",
    "surprise",
)
"""What a row says of a card."""


def _row(card: Card, lang: str) -> dict[str, object]:
    """Return a card as a row; None where an audience does not get it."""
    known = {field.name for field in fields(Card)}
    row: dict[str, object] = {name: getattr(card, name) for name in COLUMNS if name in known}
    chance = card.surprise
    return row | {
        "lane": card.lane.value,
        "state": card.state.value,
        "to": "|".join(card.to or ()),
        "evidence": "|".join(card.evidence or ()),
        "times_a_year": chance.times_a_year if chance else None,
        "p": chance.p if chance else None,
        "what": what_of(card, lang),
        "surprise": how_surprising(chance, lang),
    }


def detect(
    hood: Neighbourhood,
    *,
    asof: dt.date,
    policy: Policy | None = None,
    earlier: Iterable[MeetingNote] = (),
) -> Signals:
    """Return the signals for the meeting of a day.

    1. Themes of safety, and whatever maps to nothing known, are taken out.
    2. Each lane that the team uses looks, and gives cards, nothing, or why it cannot say.
    3. A card that a meeting saw before is held back until somebody new has joined.
    4. Of the cards that rest on a test, those that chance may well have brought are left out, over
       all streams that were tested (:func:`assetmap.lanes.choosing.not_chance`).
    5. The rest is put in order, most people and freshest first, up to the team's budget. What the
       team agreed on itself, and cards for one worker, stand outside the budget.

    Parameters
    ----------
    hood : Neighbourhood
        All tables.
    asof : date
        The day; nothing of a later day counts.
    policy : Policy, optional
        The team's choices; default: those of the tables.
    earlier : iterable of MeetingNote
        What meetings did with cards: from :meth:`Signals.notes`, or :func:`notes_from_rows`.

    Returns
    -------
    Signals
        Frozen, and the same for the same input whatever the order of its rows.

    Raises
    ------
    UnusableInput
        An `asof` that is no plain date.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Need, Neighbourhood, Person
    >>> hood = Neighbourhood.from_records(
    ...     *[Person(person=f"p{n}", area="north") for n in (1, 2, 3)],
    ...     *[
    ...         Need(need=f"n{n}", owner=f"p{n}", category="homework", since=f"2026-11-{n + 10}")
    ...         for n in (1, 2, 3)
    ...     ],
    ... )
    >>> found = detect(hood, asof=dt.date(2026, 11, 23))
    >>> [(card.lane.value, card.theme, card.households) for card in found.cards]
    [('agreement', 'homework', 3)]
    >>> found.lanes["unusual"].verdict.value
    'cannot_say'
    """
    if isinstance(asof, dt.datetime) or not isinstance(asof, dt.date):
        raise UnusableInput("asof must be a date without a time")
    chosen = policy or hood.policy
    rest, apart = split_safety(hood.with_policy(chosen))
    scene, settings = Scene(rest, asof, chosen.signals), chosen.signals
    results = [look(scene, settings) for lane, look in LANES.items() if lane not in settings.off]
    notes = tuple(earlier)
    cards = [card for result in results for card in result.cards]
    placed = [standing(card, notes, scene, settings) for card in cards]
    list_ = choose([each for each in placed if isinstance(each, Card)], results, settings)
    held = [each.card.lane for each in placed if isinstance(each, Held)]
    return Signals(
        asof=asof,
        cards=list_.cards,
        lanes=MappingProxyType({result.lane: result for result in results}),
        not_shown=MappingProxyType(
            dict(sorted({**list_.not_shown, **_held(held)}.items(), key=_by_lane))
        ),
        left_out=scene.gathered.left_out_of(),
        look_back=look_backs(notes, cards, scene, settings),
        apart=apart,
        policy=chosen,
    )


def _held(lanes: list[Lane]) -> dict[tuple[Lane, NotShown], int]:
    return {(lane, NotShown.NOTHING_NEW): lanes.count(lane) for lane in lanes}


def _by_lane(item: tuple[tuple[Lane, NotShown], int]) -> tuple[int, str]:
    (lane, why), _ = item
    return list(Lane).index(lane), why


@dataclass(frozen=True)
class SharedSignals:
    """The list as an audience may have it.

    Attributes
    ----------
    asof : date
        The day.
    cards : tuple of Card
        In order.
    remarks : tuple of Line
        What did not fit, what cannot be said, what to look back on; for the team.
    """

    asof: Annotated[dt.date, Discloses.OPEN]
    cards: tuple[Card, ...]
    remarks: Annotated[tuple[Line, ...] | None, Discloses.TEAM] = ()


def for_audience(
    signals: Signals, audience: Audience | str, *, reader: str | None = None
) -> Released[SharedSignals]:
    """Return the list as one audience may have it.

    The team gets all but the cards for one worker; with a worker as `reader`, those of that worker
    too. Others get headings with counts that are protected, and only of cards about enough people:
    a card about fewer is not there at all, for even that it exists would tell of them. A card
    that does not say how many people it is about never leaves the team.

    Parameters
    ----------
    signals : Signals
        What :func:`detect` returned.
    audience : Audience or str
        Who is going to read it.
    reader : str, optional
        Id of the one reader, for the team, a helper or an initiative.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Neighbourhood
    >>> shared = for_audience(detect(Neighbourhood(), asof=dt.date(2026, 11, 23)), "council")
    >>> shared.value.cards
    ()
    """
    for_whom = Audience(audience)
    inside = for_whom is Audience.TEAM
    cards = tuple(card for card in signals.cards if inside or _may_leave(card, signals.policy))
    if for_whom in _COUNTED:
        cards = tuple(_by_week(replace(card, to=())) for card in cards)
    shared = SharedSignals(signals.asof, cards, tuple(_remarks(signals)))
    return release(shared, for_whom, thresholds=signals.policy.privacy, reader=reader)


def _by_week(card: Card) -> Card:
    """Return a card with whole weeks for its days: a day can be that of one question."""
    first = None if card.first is None else Week.of(card.first).monday
    return replace(card, first=first, last=Week.of(card.last).sunday if card.last else None)


_COUNTED = frozenset({Audience.RESIDENTS, Audience.COUNCIL, Audience.RESEARCH})
"""Audiences that get headings and counts, and not even in a code to whom a card is addressed."""


_INSIDE = frozenset({Lane.VISIT, Lane.STRUCTURE})
"""Lanes whose cards never leave the team: even their heading tells of the place of one person."""


def _may_leave(card: Card, policy: Policy) -> bool:
    """Tell whether a card is about enough people, or about nobody."""
    limits = policy.privacy
    least = limits.minimum_sensitive if card.sensitive else limits.minimum
    numbers = [n for n in (card.people, card.households) if n is not None]
    enough = bool(numbers) and (min(numbers) >= least or max(numbers) == 0)
    return enough and card.lane not in _INSIDE and not isinstance(card, OwnCard)


def _remarks(signals: Signals) -> list[Line]:
    found = [Line.of("signals.no_signal")] if not signals.cards else []
    found += [each.line() for each in signals.look_back]
    for (lane, why), number in signals.not_shown.items():
        found.append(Line.of(f"signals.not_shown.{why.value}", n=number, lane=_name(lane)))
    for result in signals.lanes.values():
        found += [Line.of(key, n=number) for key, number in result.left_out.items()]
        for each in result.lacking:
            why_not = Word(each.said("nl"), each.said("en"))
            found.append(Line.of("signals.cannot_say", lane=_name(result.lane), why=why_not))
    found += [Line.of(key, n=number) for key, number in signals.left_out.items()]
    if signals.streams:
        found.append(Line.of("signals.streams", n=signals.streams))
    if signals.tested:
        found.append(Line.of("signals.tested", n=signals.tested))
    return found


def _name(lane: Lane) -> Word:
    name = Line.of(f"signals.lane.{lane.value}")
    return Word(name.said("nl"), name.said("en"))


def as_rows(
    released: Released[SharedSignals], language: str = "nl"
) -> tuple[dict[str, object], ...]:
    """Return a list that was released, as rows with the columns of ``COLUMNS``.

    Parameters
    ----------
    released : Released
        What :func:`for_audience` returned.
    language : str, default "nl"
        Language code of the sentences.

    Raises
    ------
    PrivacyError
        A list that was not released.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Neighbourhood
    >>> found = detect(Neighbourhood(), asof=dt.date(2026, 11, 23))
    >>> as_rows(for_audience(found, "team"))
    ()
    """
    shared = require(released, *Audience)
    return tuple(_row(card, language) for card in shared.cards)


def told(released: Released[SharedSignals], language: str = "nl") -> str:
    """Return a list that was released, as text.

    Parameters
    ----------
    released : Released
        What :func:`for_audience` returned.
    language : str, default "nl"
        Language code.

    Raises
    ------
    PrivacyError
        A list that was not released.

    Examples
    --------
    >>> import datetime as dt
    >>> from assetmap.model import Neighbourhood
    >>> found = detect(Neighbourhood(), asof=dt.date(2026, 11, 23))
    >>> print(told(for_audience(found, "team"), "en").splitlines()[0])
    There is no signal this week.
    """
    shared = require(released, *Audience)
    blocks = []
    for card in shared.cards:
        lines = card_lines(card, language)
        head = " ".join(lines.pop("what"))
        body = [
            f"  {Line.of(f'signals.field.{name}').said(language)}: {' '.join(said)}"
            for name, said in lines.items()
            if said
        ]
        blocks.append("\n".join([head, *body]))
    remarks = [line.said(language) for line in shared.remarks or ()]
    blocks += ["\n".join(remarks)] if remarks else []
    return "\n\n".join(blocks)
