"""What is known of each person, talent, activity and place, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from assetmap.model import Activity, Need, Organisation, Person, Place, Record, Talent
from assetmap.model.places import Initiative
from assetmap.schedule import Window, occurrences
from assetmap.texts import day, moment, money
from assetmap.texts.plain import typed
from assetmap.view.facts import Said, same
from assetmap.view.naming import Words, in_both, in_words, party_word

__all__ = ["dates_of", "details", "times_of"]

_WEEKS_AHEAD = 8
_LONGEST = 300


def details(row: Record, words: Words, asof: dt.date | None) -> Iterator[tuple[str, Said]]:
    """Yield what is known of a row beside its name: a word of ``view.fact`` and what it is."""
    yield from _of_kind(row, words, asof)
    if times := times_of(row):
        yield "when", words.windows(times)
    if tags := getattr(row, "languages", None):
        yield "languages", words.languages(tuple(tags))


def _of_kind(row: Record, words: Words, asof: dt.date | None) -> Iterator[tuple[str, Said]]:
    if isinstance(row, Person):
        yield from _of_person(row, words)
    elif isinstance(row, Talent):
        yield from _typed(row, "description", "conditions")
        yield from _chosen(row, "role", "term")
    elif isinstance(row, Need):
        yield from _of_need(row)
    elif isinstance(row, Activity):
        yield from _of_activity(row, words, asof)
    elif isinstance(row, Initiative):
        yield from _of_initiative(row, words)
    elif isinstance(row, Place):
        yield from _answered(row, "step_free", "quiet")
    elif isinstance(row, Organisation) and row.kind:
        yield "sort", party_word(row.kind)


def _of_person(row: Person, words: Words) -> Iterator[tuple[str, Said]]:
    if row.is_worker:
        yield "part", in_words("words.kind.worker")
        yield from _typed(row, "function")
        if row.team:
            yield "team", words.body(row.team)
    elif row.ties_asked_on is None:
        yield "asked", in_words("view.not_asked")


def _of_initiative(row: Initiative, words: Words) -> Iterator[tuple[str, Said]]:
    if row.kind:
        yield "sort", words.label(row.kind)
    if row.status:
        yield "status", in_words(f"words.initiative_status.{row.status.value}")


def _of_need(row: Need) -> Iterator[tuple[str, Said]]:
    if row.since:
        yield "since", _dated(row.since)
    if not row.talked:
        yield "talked", in_words("view.first_talk")
    yield from _chosen(row, "term", "setting")


def _of_activity(row: Activity, words: Words, asof: dt.date | None) -> Iterator[tuple[str, Said]]:
    yield "about", words.label(row.category)
    if dates := dates_of(row, asof):
        yield "next", in_both(lambda lang: moment(dates[0], lang, year=True))
    if row.capacity is not None:
        yield "capacity", same(str(row.capacity))
    if row.fee_eur is not None:
        price = row.fee_eur
        yield "fee", in_both(lambda lang: money(price, lang)) if price else in_words("view.free")


def _dated(when: dt.date) -> Said:
    return in_both(lambda lang: day(when, lang, year=True))


def _typed(row: Record, *names: str) -> Iterator[tuple[str, Said]]:
    for name in names:
        if text := row.value(name):
            yield name, same(typed(str(text), _LONGEST))


def _chosen(row: Record, *names: str) -> Iterator[tuple[str, Said]]:
    for name in names:
        if choice := getattr(row, name):
            yield name, in_words(f"words.{name}.{choice.value}")


def _answered(row: Record, *names: str) -> Iterator[tuple[str, Said]]:
    for name in names:
        answer = getattr(row, name)
        if answer is not None:
            yield name, in_words(f"words.answer.{'yes' if answer else 'no'}")


def times_of(row: Record | None) -> tuple[Window, ...] | None:
    """Return the windows of the week that somebody gave; None where nobody did."""
    found = getattr(row, "when" if isinstance(row, Need) else "available", None)
    return tuple(found) if found else None


def dates_of(row: Activity, asof: dt.date | None) -> list[dt.datetime]:
    """Return when an activity is, in the weeks after a day or after its first time."""
    first = row.start.date() if asof is None else max(asof, row.start.date())
    return occurrences(
        row.start,
        rrule=row.rrule,
        after=first,
        before=first + dt.timedelta(weeks=_WEEKS_AHEAD),
        until=row.until,
        exceptions=row.except_ or (),
    )
