"""What is asked, when, by which household and where: the streams that lanes look at."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assetmap.model import Need, Neighbourhood, Observation, ObservationKind, Person, reference
from assetmap.model.spelling import plain

__all__ = ["Event", "Gathered", "gather_events", "households", "streams_of"]

_COUNTED = frozenset({ObservationKind.NEED, ObservationKind.CONCERN, ObservationKind.COMPLAINT})


@dataclass(frozen=True)
class Event:
    """One question, or one note of one.

    Attributes
    ----------
    record : str
        Reference, ``need:n1`` or ``observation:o1``.
    day : date
        Since when, or when it was heard.
    theme : str
        Category.
    area : str or None
        Where; that of the asker for a need.
    household : str
        Who counts as one: ``household:h1``, else ``person:p1``, else ``visit:v1`` (one door).
    person : str or None
        Whose question it is, where that is known.
    reporter : str or None
        Who brought it in, as one word to count; never shown.
    channel : str or None
        How it came in.
    """

    record: str
    day: dt.date
    theme: str
    area: str | None
    household: str
    person: str | None = None
    reporter: str | None = None
    channel: str | None = None


@dataclass(frozen=True)
class Gathered:
    """All events up to a day.

    Attributes
    ----------
    events : tuple of Event
        By day, then by reference.
    left_out : Mapping[tuple[str, str], int]
        How many records made no event, by theme and by the key of the sentence that says why.
    """

    events: tuple[Event, ...]
    left_out: Mapping[tuple[str, str], int]

    def left_out_of(self, theme: str | None = None) -> Mapping[str, int]:
        """Return how many records made no event, by why; of one theme, or of all."""
        found = Counter[str]()
        for (own, why), number in self.left_out.items():
            if theme is None or own == theme:
                found[why] += number
        return MappingProxyType(dict(sorted(found.items())))


def gather_events(rest: Neighbourhood, asof: dt.date) -> Gathered:
    """Return what is asked, up to and with a day.

    A need of a person counts from its `since`. A note counts as a need, a concern or a complaint
    about no person. A complaint about a person is no theme. Who it is about must be known somehow:
    nobody can tell whether three nameless notes are of three households.

    Parameters
    ----------
    rest : Neighbourhood
        Tables from which themes of safety were taken out.
    asof : date
        The last day that counts.
    """
    left_out = Counter[tuple[str, str]]()
    found: list[Event] = []
    for need in rest.needs:
        event = _asked(rest, need, left_out)
        found += [event] if event is not None and event.day <= asof else []
    for note in rest.observations:
        if note.date <= asof and not _about_somebody(note):
            event = _heard(rest, note, left_out)
            found += [event] if event is not None else []
    found.sort(key=lambda event: (event.day, event.record))
    return Gathered(tuple(found), MappingProxyType(dict(sorted(left_out.items()))))


def _about_somebody(note: Observation) -> bool:
    return note.kind is ObservationKind.COMPLAINT and note.about is not None


def _asked(rest: Neighbourhood, need: Need, left_out: Counter[tuple[str, str]]) -> Event | None:
    person = _person(rest, need.owner)
    if person is None:
        left_out[need.category, "signals.left_out.of_a_party"] += 1
        return None
    if need.since is None:
        left_out[need.category, "signals.left_out.no_day"] += 1
        return None
    return Event(
        record=reference("needs", need.need),
        day=need.since,
        theme=need.category,
        area=person.area,
        household=_household(person),
        person=reference("people", person.person),
        reporter=f"source:{plain(need.source)}" if need.source else need.worker,
        channel=need.channel.value if need.channel else None,
    )


def _heard(
    rest: Neighbourhood, note: Observation, left_out: Counter[tuple[str, str]]
) -> Event | None:
    if note.kind not in _COUNTED:
        if note.kind is None:
            left_out[note.category, "signals.left_out.no_kind"] += 1
        return None
    if note.target_group is not None:
        return None
    person = _person(rest, note.speaker) or _person(rest, note.about)
    household = _household(person) if person else _place(note)
    if household is None:
        left_out[note.category, "signals.left_out.nobody_known"] += 1
        return None
    return Event(
        record=reference("observations", note.observation),
        day=note.date,
        theme=note.category,
        area=note.area or (person.area if person else None),
        household=household,
        person=reference("people", person.person) if person else None,
        reporter=note.reporter,
        channel=note.channel.value if note.channel else None,
    )


def _place(note: Observation) -> str | None:
    if note.household is not None:
        return f"household:{note.household}"
    return None if note.visit is None else f"visit:{note.visit}"


def _household(person: Person) -> str:
    return f"household:{person.household}" if person.household else f"person:{person.person}"


def _person(rest: Neighbourhood, ref: str | None) -> Person | None:
    found = rest.matches(ref, "people") if ref is not None else ()
    return found[0] if len(found) == 1 and isinstance(found[0], Person) else None


def streams_of(events: Iterable[Event]) -> Mapping[tuple[str, str | None], tuple[Event, ...]]:
    """Return the events of each theme, in each area and (area None) in the whole neighbourhood.

    Where all events of a theme lie in one area, there is no stream of the whole.

    Examples
    --------
    >>> import datetime as dt
    >>> day = dt.date(2026, 11, 23)
    >>> heard = [
    ...     Event(f"need:n{n}", day, "meal", area, f"person:p{n}")
    ...     for n, area in enumerate(["north", "north", "south"])
    ... ]
    >>> {key: len(own) for key, own in streams_of(heard).items()}
    {('meal', None): 3, ('meal', 'north'): 2, ('meal', 'south'): 1}
    """
    found: dict[tuple[str, str | None], list[Event]] = {}
    for event in events:
        found.setdefault((event.theme, None), []).append(event)
        if event.area is not None:
            found.setdefault((event.theme, event.area), []).append(event)
    whole = {key: len(own) for key, own in found.items() if key[1] is None}
    kept = {key: tuple(own) for key, own in found.items() if not _is_double(key, found, whole)}
    return MappingProxyType(dict(sorted(kept.items(), key=lambda item: _order(item[0]))))


def _order(key: tuple[str, str | None]) -> tuple[str, str]:
    return key[0], key[1] or ""


def _is_double(
    key: tuple[str, str | None],
    found: Mapping[tuple[str, str | None], list[Event]],
    whole: Mapping[tuple[str, str | None], int],
) -> bool:
    """Tell whether a stream of the whole is that of one area."""
    theme, area = key
    if area is not None:
        return False
    return any(t == theme and a and len(own) == whole[key] for (t, a), own in found.items())


def households(events: Iterable[Event], first: dt.date, last: dt.date) -> Iterator[str]:
    """Yield the distinct households of a period, sorted."""
    yield from sorted({event.household for event in events if first <= event.day <= last})
